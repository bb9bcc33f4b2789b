# `make` alone lists the targets. Python's versions are pinned here and nowhere else.
PYTHON_SERVICES := 3.12
PYTHON_RASA := 3.10
UV_VERSION := 0.13.9

# Interpreters that pyenv keeps are found by uv once they are on PATH; elsewhere uv fetches them itself.
PYENV_ROOT ?= $(HOME)/.pyenv
PYENV_BINS := $(wildcard $(PYENV_ROOT)/versions/$(PYTHON_SERVICES)*/bin) $(wildcard $(PYENV_ROOT)/versions/$(PYTHON_RASA)*/bin)
space := $(subst ,, )
export PATH := $(PATH):$(subst $(space),:,$(strip $(PYENV_BINS)))
export RASA_TELEMETRY_ENABLED := false
export UV_PYTHON_PREFERENCE := system

UV := $(shell command -v uv 2>/dev/null || echo $(CURDIR)/.tools/bin/uv)
PY := .venv/bin/python
LOA := .venv/bin/loa
RASA_PY := PYTHONPATH=$(CURDIR) .venv-rasa/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run test check train bench understand rehearse crash-test lock browser clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: .venv/.done .venv-rasa/.done ## Make .venv (services) and .venv-rasa from their lock files

$(CURDIR)/.tools/bin/uv:
	@echo "Fetching uv from the package index …"
	@python3 -m venv .tools && .tools/bin/python -m pip install --quiet uv==$(UV_VERSION)

.venv/.done: requirements/dev.txt pyproject.toml | $(UV)
	@test -x .venv/bin/python || $(UV) venv --quiet --python $(PYTHON_SERVICES) .venv
	@$(UV) pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes requirements/dev.txt
	@$(UV) pip install --quiet --python .venv/bin/python --no-deps --editable .
	@touch $@

.venv-rasa/.done: requirements/rasa.txt | $(UV)
	@test -x .venv-rasa/bin/python || $(UV) venv --quiet --python $(PYTHON_RASA) .venv-rasa
	@$(UV) pip sync --quiet --python .venv-rasa/bin/python --require-hashes requirements/rasa.txt
	@touch $@

run: setup ## Set everything up, start every process with a demo campaign, print the addresses
	@$(LOA) run

train: setup ## Train the dialogue's model where something it depends on has changed
	@$(PY) -m loa.training

test: setup browser train ## Run every test (real PostgreSQL, Rasa, action server, stand-ins, Chromium)
	@$(PY) -m pytest -n 2 --dist loadfile

check: setup ## ruff, strict mypy, import directions, rasa data validate
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache
	@$(PY) -m loa.validating

understand: train ## FILE=x.jsonl  How well the bot understands the utterances of a file
	@$(RASA_PY) -m bot.components.understand $(FILE)

rehearse: train ## FILE=citizens.yml [ONLY=tag]  Play citizens through the real stack and look at the roster
	@$(LOA) rehearse $(FILE) $(if $(ONLY),--only $(ONLY))

crash-test: setup ## [PEOPLE=20000] [KILLS=50] [SEED=1]  Kill and freeze what sends a wave, then count who got it
	@$(LOA) crash-test $(if $(PEOPLE),--people $(PEOPLE)) $(if $(KILLS),--kills $(KILLS)) $(if $(SEED),--seed $(SEED))

bench: train ## Speed and memory, as ratios taken in one run
	@$(PY) -m bench

browser: ## Debian's Chromium for the browser tests, where it is missing and can be installed
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core >/dev/null; } || \
	  echo "chromium is not installed and could not be: the browser tests will fail"

lock: | $(UV) ## Write the lock files anew from requirements/*.in
	@$(UV) pip compile --quiet --no-header --generate-hashes --python-version $(PYTHON_SERVICES) requirements/dev.in -o requirements/dev.txt
	@$(UV) pip compile --quiet --no-header --generate-hashes --python-version $(PYTHON_SERVICES) requirements/services.in -c requirements/dev.txt -o requirements/services.txt
	@$(UV) pip compile --quiet --no-header --generate-hashes --python-version $(PYTHON_RASA) requirements/rasa.in -o requirements/rasa.txt

clean: ## Remove the environments and what was trained (the data stays)
	@rm -rf .venv .venv-rasa .tools models
