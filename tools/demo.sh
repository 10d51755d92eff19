#!/bin/sh
# The demonstration: prepares BALAI_HOME once, then serves it and says what to look at.
set -e
export BALAI_HOME="${BALAI_HOME:-var}"
[ -f "$BALAI_HOME/.demo" ] || {
    .venv/bin/balai init
    .venv/bin/balai demo
    touch "$BALAI_HOME/.demo"
}
[ "$PORT" != 0 ] || PORT=$(.venv/bin/python -c 'from balai.config.commands.serve import free_port; print(free_port())')
address="http://127.0.0.1:$PORT"
cat <<TOUR

  Balai: $address/
  1. Kabupaten Musi Rawas, kelas 199 desa dan peta  $address/wilayah/16.05
  2. Satu desa: kelas, penahan, jalan naik kelas    $address/desa/16.05.02.2001
  3. Dua aturan kelas berdampingan                  $address/aturan

TOUR
exec .venv/bin/balai serve --port "$PORT"
