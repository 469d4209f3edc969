# Two commands are enough: `make up` runs Truebook, `make test` proves it. `make check` is the daily one.
PYTHON ?= python3
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST := $(BIN)/python -m pytest

.PHONY: up test check lint pooled fuzz faults crash bench bench-dialogues screenshots train lock client format clean
.DEFAULT_GOAL := up

up: .venv/run           ## set up everything and run the desk
	@$(BIN)/truebook up

test: .venv/dev         ## set up everything and pass the whole suite
	@$(PYTEST) -n $$(( ($$(nproc) * 3 + 1) / 2 )) --dist worksteal  # many tests wait for a server more than they compute

check: lint             ## the daily one: format, types, imports, unit tests; under a minute
	@$(PYTEST) -q -n auto -m unit

lint: .venv/dev         ## format, style, types and imports
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: .venv/dev        ## performance as ratios measured in one run
	@$(BIN)/python -m bench

faults: .venv/dev       ## book while everything breaks, and hold what was said against the rows
	@$(BIN)/python -m tests.faults

crash: .venv/dev         ## kill everything while people book; then the eight planted bugs
	@$(BIN)/python -m tests.crash $(CRASH)
	@$(BIN)/python -m tests.crash --bugs

bench-dialogues: .venv/dev  ## how well the offline assistant understands people
	@$(BIN)/python -m bench.dialogues

screenshots: .venv/dev  ## the README's pictures, from the demo salon in a real browser
	@$(BIN)/python -m tests.web.screenshots

pooled: .venv/dev       ## the core suite behind PgBouncer in transaction mode, four connections to each database
	@TRUEBOOK_POOLED=yes $(PYTEST) -n auto --dist worksteal tests/booking tests/api tests/people

fuzz: .venv/dev         ## 5,000 webhooks that nobody should send, at a real app
	@TRUEBOOK_FUZZ=5000 $(PYTEST) -q tests/whatsapp/test_fuzz.py
train: .venv/dev        ## learn the acts from the examples again
	@$(BIN)/python -m training

format: .venv/dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

client: .venv/dev .venv/client  ## generate a client from the API's description, and book with it
	@TRUEBOOK_CLIENT_GENERATOR=$(abspath .venv/client/bin) $(PYTEST) -q tests/api/test_generated_client.py

.venv/client: requirements/client.txt | .venv/bin/python
	@$(PYTHON) -m venv $@
	@$@/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement $<
	@touch $@

lock: .venv/dev         ## rewrite the hash-pinned requirement files
	@$(PIP) install uv
	$(call compile,run,pyproject.toml --group build)
	$(call compile,dev,pyproject.toml --group build --group dev)
	$(call compile,client,requirements/client.in)

define compile
@$(BIN)/uv pip compile $(2) --universal --python-version 3.11 --generate-hashes \
  --custom-compile-command "make lock" --quiet --output-file requirements/$(1).txt
endef

.venv/bin/python:
	@echo "Setting up Truebook in .venv (once; about a minute) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Truebook needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"; exit 1; }

.venv/run: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "  installing the locked packages …"
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	@echo "  installing the locked test tools …"
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

clean:
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
