# Each target does its own set-up into .venv. Needed: make, and Python 3.11 or newer; uv is used where it is on the PATH.
#   make demo                        make test                       make test PYTHON=python3.12 WORKERS=4

SHELL := /bin/bash
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PACKAGES := db sources reports tracker
WORKERS ?= 3
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
# The first Python on the PATH that is recent enough, unless PYTHON names one.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$name" -c '$(RECENT)' >/dev/null 2>&1 && echo "$$name" && break; done)
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv)

.PHONY: help demo test setup lint types tests docs bench lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: $(READY) ## set up, then show the main job on the notes that come with the project (offline)
	@$(BIN)/casualty-figures demo

test: ## set up, then everything that must hold: style, types, the house, the tests with coverage
	@$(MAKE) lint
	@$(MAKE) types
	@$(MAKE) tests

setup: $(READY) ## set up only

lint: $(READY) ## ruff, import-linter, deptry
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/deptry $(PACKAGES) $(addprefix --known-first-party ,$(PACKAGES)) --per-rule-ignores "DEP002=$(IMPORTED_BY_OTHERS)"

# Not imported by name in our code: drivers, fonts and extras that another library loads (docs/dependencies.md says which).
IMPORTED_BY_OTHERS := lxml-html-clean|psycopg|manimgx-fonts|manimgx-fonts-cjk

types: $(READY) ## mypy --strict
	$(BIN)/mypy

tests: $(READY) ## the tests, with branch coverage; those that need a browser, or minutes, are left to .ci/run
	$(BIN)/python -m pytest -m "not browser and not long" -n $(WORKERS) --dist worksteal --cov --cov-report=term --cov-fail-under=95

docs: $(READY) ## make the gallery of reports anew (needs a Chromium); the public series too: make docs SERIES=FOLDER
	$(BIN)/python docs/gallery.py $(SERIES)

bench: $(READY) ## the benchmarks, one after the other
	@for file in benchmarks/[a-z]*.py; do [ -e "$$file" ] || continue; echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

lock: ## pin the dependencies of pyproject.toml anew, with hashes and without addresses (needs uv)
	@[ -n "$(UV)" ] || { echo "make lock needs uv on the PATH" >&2; exit 1; }
	$(UV) pip compile --universal --generate-hashes --all-extras --group dev pyproject.toml -o requirements.lock \
		--no-header --no-annotate --quiet

clean: ## remove what the tools leave behind; .venv stays
	rm -rf build dist htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Pinned versions first, each checked against its hash; then the project itself, which brings nothing along.
$(READY): requirements.lock pyproject.toml
	@"$(PYTHON)" -c '$(RECENT)' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; $(if $(PYTHON),$(PYTHON) is not that,there is none on the PATH). Install one, or name it:" \
			"make $(or $(firstword $(MAKECMDGOALS)),test) PYTHON=/path/to/python3.12" >&2; exit 1; }
ifneq ($(UV),)
	@$(BIN)/python -c '$(RECENT)' 2>/dev/null || $(UV) venv --quiet --clear --python "$$(command -v "$(PYTHON)")" $(VENV)
	@VIRTUAL_ENV=$(VENV) UV_COMPILE_BYTECODE=1 $(UV) pip install --quiet --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation -e .
else
	@$(BIN)/python -m pip --version >/dev/null 2>&1 && $(BIN)/python -c '$(RECENT)' || "$(PYTHON)" -m venv --clear $(VENV) || { \
		echo "$(PYTHON) could not make $(VENV); on Debian and Ubuntu the package python3-venv brings what is missing" >&2; exit 1; }
	@echo "installing the pinned dependencies into $(VENV) with pip (about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@$(BIN)/python -m compileall -q $(PACKAGES)
	@touch $@
