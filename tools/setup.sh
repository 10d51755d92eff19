#!/bin/sh
# A virtual environment with exactly the locked packages: uv when it can be had, pip otherwise.
set -e
PYTHON=${PYTHON:-python3}
[ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
uv_pin=$(grep -m1 '^uv==' requirements-dev.lock | cut -d' ' -f1)
if .venv/bin/python -m pip install -q --disable-pip-version-check "$uv_pin" 2>/dev/null; then
    .venv/bin/uv pip install -q --require-hashes -r requirements-dev.lock
    .venv/bin/uv pip install -q --no-deps --no-build-isolation -e .
else
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
.venv/bin/python tools/messages.py --compile-only
