# The one command surface; .ci/run calls the same names.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
# Every command of an administrator is one of `python -m infra.local`: any Python can begin it.
BEGIN := $(shell command -v python3 || command -v python)
LOCAL = $(or $(BEGIN),$(error Python is missing: install Python 3.13 (python.org, your package manager))) -m infra.local
ARGS ?=

.PHONY: help setup demo serve test test-fast test-desk desk-pictures chaos bench check fmt lock connector package release test-package check-infra

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Python 3.13 environments and Azurite; fast when nothing changed
	@$(LOCAL) setup

demo: ## Show the main job on this machine, end to end
	@$(LOCAL) demo $(ARGS)

serve: ## Keep the service running on this machine (PORT=7180 ARGS="--function-key ...")
	@$(LOCAL) serve $(ARGS)

.PHONY: lose
lose: ## Let a person of serve's made-up tenant lose the account (USER="Hanna Vos" ARGS=--licence)
	@$(LOCAL) lose $(if $(filter command,$(firstword $(origin USER))),"$(USER)") $(ARGS)

test: setup ## Every test, the fast ones first
	@tests/desk/browser.sh
	@$(PY) -m tests $(ARGS)

test-fast: setup ## The tests in memory, in about a minute
	@$(PY) -m tests --fast $(ARGS)

test-desk: setup ## The desk: every screen in every way, for minutes
	@tests/desk/browser.sh
	@$(PY) -m pytest tests/desk --desk-matrix $(ARGS)

desk-pictures: setup ## A picture of every view in every state, in .local/desk-pictures (URL=make serve's)
	@tests/desk/browser.sh
	@$(PY) -m tests.desk.pictures $(ARGS)
	@$(PY) -m tests.desk.real.pictures $(if $(URL),--url "$(URL)") $(ARGS)

chaos: setup ## Kill hosts, cut networks, let Graph fail; nothing is lost (SEED=1 MINUTES=6)
	@$(PY) -m pytest tests/chaos --chaos-minutes $(or $(MINUTES),6) $(if $(SEED),--chaos-seed $(SEED)) $(ARGS)

.PHONY: soak
soak: setup ## Many drawn cases: pairs of requests under lag, tenants with a history (minutes)
	@$(PY) -m pytest tests/lag --soak $(ARGS)

.PHONY: mutate
mutate: setup ## Whether a test notices each small change of what decides: half an hour, may be stopped (tests/MUTATION.md)
	@$(PY) -m tests.mutation $(ARGS)

bench: setup ## Measure what the service costs, as a table: three minutes (ARGS=--small for one)
	@$(PY) -m tests.bench $(ARGS)

check: setup ## Style, types, direction of imports, spelling
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/mypy --platform win32 --cache-dir .mypy_cache/win32 infra/local
	@.venv/bin/lint-imports
	@.venv/bin/codespell
	@echo "check: all passed"

fmt: setup ## Format the code
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

connector: ## Write the API descriptions and the connector (ARGS="--host ... --into ...")
	@$(LOCAL) connector $(ARGS)

package: ## The zip for Azure, its bill of materials and its figures, in .local/package
	@$(LOCAL) package

release: ## Package, bill of materials, connector and checksums, in .local/release
	@$(LOCAL) release

.PHONY: verify-trail
verify-trail: ## Whether the trail was rewritten (FILE=trail.ndjson or ACCOUNT=<storage>, KNOWN=<hash>; reads only)
	@$(LOCAL) trail $(if $(FILE),--file "$(FILE)",$(if $(ACCOUNT),--account "$(ACCOUNT)")) $(if $(KNOWN),--known "$(KNOWN)") $(ARGS)

test-package: package ## The end-to-end tests on the package, in an interpreter without this tree; its size
	@$(PY) -m pytest tests/e2e tests/bench/package_size.py --package .local/package/app $(ARGS)

check-infra: ## The Azure templates, queries and workflows: syntax, policy, and that they fit
	@$(LOCAL) check

lock: setup ## Compile the requirement files from pyproject.toml
	@.venv/bin/uv pip compile pyproject.toml --python-version 3.13 --generate-hashes --no-header -q -o requirements.txt
	@.venv/bin/uv pip compile pyproject.toml --group dev --python-version 3.13 --generate-hashes --no-header -q -o tests/requirements.txt
	@.venv/bin/uv pip compile infra/requirements.in --override infra/overrides.in --python-version 3.13 --generate-hashes --no-header -q -o infra/requirements.txt
