#!/bin/sh
# The demonstration: prepares BALAI_HOME once, then serves it and says what to look at.
set -e
export BALAI_HOME="${BALAI_HOME:-var}"
[ -f "$BALAI_HOME/.demo" ] || {
    .venv/bin/balai init
    .venv/bin/balai demo
    touch "$BALAI_HOME/.demo"
}
.venv/bin/balai demo --visitors
exec .venv/bin/balai serve --tour --port "$PORT"
