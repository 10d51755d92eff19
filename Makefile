# The only list of commands. `make demo` and `make test` do all the set-up.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 0
# Without them every process of the suite, a hundred or so, would compile all it imports once more.
export PYTHONDONTWRITEBYTECODE =

# Every branch; without the real files beside the project the tests that read them are skipped.
COVERED = $(if $(wildcard ../shared/data),100,97)
# The browser and the matrix take twice their time when lines are counted, and reach none that the others miss.
SUITE = $(BIN)/python -m pytest -n 2 --dist worksteal -m "not nightly"

.PHONY: help setup demo run test fuzz test-sqlite test-postgres check semgrep mutation fix spec bench docs messages vendor lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 16

setup: .venv/.ready  ## virtual environment with the locked packages

.venv/.ready: requirements-dev.lock pyproject.toml tools/setup.sh $(wildcard balai/locale/*/LC_MESSAGES/*.po)
	PYTHON=$(PYTHON) sh tools/setup.sh
	@touch $@

demo: setup  ## database, invented data, server on a free port (PORT= chooses one)
	@PORT=$(PORT) sh tools/demo.sh

run: setup  ## server on the data in BALAI_HOME
	$(BIN)/balai serve --port $(PORT)

test: check test-sqlite test-postgres  ## everything: gates, suite on SQLite with the browser, suite on PostgreSQL

test-sqlite: setup
	sh tools/debian.sh chromium
	sh tools/debian.sh java
	$(SUITE) --ignore tests/functional --ignore tests/matrix --cov --cov-report=term --cov-fail-under=$(COVERED)
	$(SUITE) tests/functional tests/matrix

test-postgres: setup
	sh tools/debian.sh postgresql
	sh tools/debian.sh java
	$(BIN)/python -m tests.postgres $(BIN)/python -m pytest -n 2 --dist worksteal -m "not browser and not nightly"

fuzz: setup  ## ten thousand spoilt lists of residents (T16); nightly
	$(BIN)/python -m pytest -m nightly

check: setup semgrep  ## format, lint, imports, types, migrations, generated docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m django makemigrations --check --dry-run --settings tests.settings
	$(BIN)/python tools/docs.py --check

SEMGREP := .venv/semgrep/bin/semgrep scan --quiet --error --metrics=off --disable-version-check

semgrep: .venv/semgrep/.ready  ## classes of bugs that reading finds: the rules on their planted examples, then on the package
	cd tools/semgrep && ../../$(SEMGREP) --test . >/dev/null
	$(SEMGREP) --config tools/semgrep/rules.yml --config tools/semgrep/templates.yml balai

.venv/semgrep/.ready: tools/semgrep/requirements.lock .venv/.ready
	$(PYTHON) -m venv .venv/semgrep
	$(BIN)/uv pip install -q --python .venv/semgrep/bin/python --require-hashes -r tools/semgrep/requirements.lock
	@touch $@

mutation: setup  ## changes the access and crypto code in a copy and asks whether a test notices (half an hour)
	sh tools/debian.sh postgresql
	$(BIN)/python -m tools.mutation

fix: setup  ## what the tools can mend by themselves
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

spec: setup  ## the drawn tables alone
	$(BIN)/python -m pytest tests/spec

bench: setup  ## speed and memory; figures go to docs/benchmarks.md
	$(BIN)/python -m tools.bench

docs: setup  ## pages built from code
	$(BIN)/python tools/docs.py

messages: setup  ## collect translatable sentences into balai/locale
	$(BIN)/python tools/messages.py

vendor:  ## refresh the vendored front-end files from the npm registry
	$(PYTHON) tools/vendor.py

lock: setup  ## pin the newest packages that fit pyproject.toml
	$(BIN)/uv pip compile -q pyproject.toml --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --upgrade --extra dev -c requirements.lock --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate -o requirements-dev.lock

clean:  ## remove the environment and the demo's data
	rm -rf .venv var
