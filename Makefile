# Two commands: make demo, make test. `make help` lists all.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
QUIET := --quiet --disable-pip-version-check --no-compile
PIP = $(BIN)/python -m pip install $(QUIET)
LOCKED := --no-deps --require-hashes
DEV := $(VENV)/.runtime $(VENV)/.dev

.PHONY: help setup demo test system-packages test-engine test-spark check bench docs pictures format lock clean
.DEFAULT_GOAL := help

help: ## list these targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@echo "setting up the environment (once, a minute)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock requirements-build.lock pyproject.toml | $(BIN)/python
	@$(PIP) $(LOCKED) -r requirements.lock -r requirements-build.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements.lock requirements-build.lock requirements-dev.lock | $(BIN)/python
	@awk 'FNR == 1 {file++} /^[^ ]/ {known = $$1 in have; if (file < 3) have[$$1]} file == 3 && !known' $^ > $(VENV)/dev-only.lock
	@$(PIP) $(LOCKED) -r $(VENV)/dev-only.lock
	@touch $@

setup: $(VENV)/.runtime ## the environment, with .venv/bin/kechuang

demo: setup ## load the reference centre and serve it on 127.0.0.1:8000 (ARGS=--no-serve only loads)
	@$(BIN)/kechuang centre demo $(ARGS)

test: ## everything: lint, engines, records and pages on SQLite and PostgreSQL, journeys in Chromium
	@$(MAKE) --no-print-directory --jobs=2 $(DEV) $(if $(ARGS),,system-packages)
	@$(BIN)/python -m tools.run_tests $(ARGS)

system-packages:
	@$(PYTHON) -m tools.system_packages

test-engine: $(DEV) ## the engines alone
	@$(BIN)/python -m tools.run_tests --only engine

.venv-spark/.ready: requirements-spark.lock requirements-build.lock
	@echo "setting up Spark (once)"
	@test -x .venv-spark/bin/python || $(PYTHON) -m venv .venv-spark
	@.venv-spark/bin/python -m pip install $(QUIET) --require-hashes -r requirements-spark.lock
	@.venv-spark/bin/python -m pip install $(QUIET) --require-hashes --no-deps -r requirements-build.lock
	@.venv-spark/bin/python -m pip install $(QUIET) --no-deps --no-build-isolation -e .
	@touch $@

test-spark: .venv-spark/.ready ## the indicators on Spark (needs Java 17)
	@.venv-spark/bin/python -m pytest tests/spark

check: $(DEV) ## lint and architecture contracts only
	@$(BIN)/python -m tools.run_tests --only check

.venv-bench/.ready: requirements-bench.lock
	@echo "setting up the peers for the benches (once)"
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install $(QUIET) --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(DEV) .venv-bench/.ready ## ours beside a peer on the same input, as ratios
	@$(BIN)/python -m bench $(ARGS)

docs: $(DEV) ## write the generated pages of docs/ anew (acts, states, workflows)
	@$(BIN)/python -m tools.write_docs

pictures: $(DEV) ## take the user guide's pictures anew
	@KECHUANG_PICTURES=docs/pictures $(BIN)/python -m tools.run_tests --only browser -k guide

format: $(DEV) ## format the code
	@$(BIN)/ruff check --fix --quiet src tests bench tools
	@$(BIN)/ruff format --quiet src tests bench tools

lock: ## pin dependencies anew (needs uv)
	@for extra in "" dev spark; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $${extra:+--extra $$extra} \
	    pyproject.toml -o requirements$${extra:+-$$extra}.lock; done
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements-bench.in -o requirements-bench.lock
	@printf 'editables\nhatchling\n' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header - -o requirements-build.lock

clean: ## remove everything that was built or loaded
	rm -rf $(VENV) .venv-* var node_modules
