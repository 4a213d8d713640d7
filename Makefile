# Everything a person types. `make` explains the targets; docs/development.md tells more.
#
# Paths are relative and never hold the name of this folder, so that the folder may lie
# anywhere and have spaces in its name.

.DEFAULT_GOAL := help
.PHONY: help chat setup setup-dev test lint format eval bench reader docs lock size clean

VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet
WORKERS ?= 2
PYTHONS := python3 python3.13 python3.12 python3.11 python3.14
LOCKING := --universal --python-version 3.11 --only-binary :all: --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet

# An extra is the user's choice and not in the lock. Its own requirements are installed by
# name, so that pip keeps what the lock pins wherever they can live with it.
define install-extras
$(RUN) -c "import sys, tomllib; \
	  known = tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']; \
	  wanted = '$(EXTRAS)'.split(','); \
	  set(wanted) <= set(known) or sys.exit('EXTRAS is $(EXTRAS): there are ' + ', '.join(known)); \
	  print(*(line for extra in wanted for line in known[extra]), sep='\n')" \
	  >$(VENV)/.extras && $(PIP) install -r $(VENV)/.extras
endef

help: ## Explain every target (this text)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

chat: setup ## Open the chat on the seed articles; more with ARGS="--port 8000 --no-browser"
	@exec $(VENV)/bin/dateline chat --seed-from seeds $(ARGS)

setup: $(VENV)/.runtime ## Make .venv with what Dateline needs to run; a language model's library with EXTRAS=ollama
	@$(if $(EXTRAS),$(install-extras))
	@$(if $(filter setup,$(MAKECMDGOALS)),echo "Ready: make chat",:)

setup-dev: $(VENV)/.dev ## Make .venv with the tools that tests and checks need as well
	@$(if $(filter setup-dev,$(MAKECMDGOALS)),echo "Ready: make test lint",:)

$(VENV)/bin/python:
	@for python in "$${PYTHON:-}" $(PYTHONS); do \
	  [ -n "$$python" ] && "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	    >/dev/null 2>&1 || continue; \
	  echo "Making $(VENV) with $$("$$python" --version)"; \
	  "$$python" -m venv $(VENV) && exit 0; \
	  rm -rf $(VENV); exit 1; \
	done; \
	echo "Dateline needs Python 3.11 or newer with its venv module: install it (on Debian or" \
	  "Ubuntu: sudo apt-get install python3 python3-venv) or name one with 'make PYTHON=/path/to/python3'." >&2; \
	exit 1

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Dateline needs (about 0.9 GB on disk; a few minutes the first time)"
	@$(PIP) install --require-hashes --only-binary :all: -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime | $(VENV)/bin/python
	@echo "Installing the tools for tests and checks"
	@$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@

test: setup-dev ## Run all tests, a real Chromium included; a part with ARGS="tests/index -k query"
	@DATELINE_CHROMIUM="$$($(RUN) -m tests.browser_setup)" && export DATELINE_CHROMIUM && \
	  $(RUN) -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

lint: setup-dev ## Check style, formatting and types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

format: setup-dev ## Put the code into its form, and mend what can be mended without thought
	@$(RUN) -m ruff check --fix-only .
	@$(RUN) -m ruff format .

eval: setup ## Measure the answers on the seed articles and gate them; reports in build/eval
	@rm -rf build/eval
	@$(VENV)/bin/dateline eval run seeds --articles seeds --out build/eval \
		--baseline evals/baselines/seeds.json $(ARGS)

bench: setup ## Measure speed and quality on outside data: make bench DATA=/path/to/data
	@[ -d "$(DATA)" ] || { echo "Name the folder of the data: make bench DATA=/path/to/data" >&2; exit 2; }
	@for file in evals/bench/[a-z]*.py; do \
	  name=$$(basename "$$file" .py); echo "== $$name"; \
	  $(RUN) -m "evals.bench.$$name" --data "$(DATA)" $(ARGS) || exit 1; \
	done

reader: ## Train the reader again, about two hours: make setup EXTRAS=train reader DATA=/path/to/data
	@[ -d "$(DATA)" ] || { echo "Name the folder of the data: make reader DATA=/path/to/data" >&2; exit 2; }
	@$(MAKE) -f rag/models/reader_training/Makefile RUN="$(RUN)"

docs: setup ## Write again the pages that are made from the code
	@$(RUN) -m docs.settings_page
	@$(RUN) -m ui.docs

lock: ## Pin all dependencies again (needs uv); newer ones with ARGS=--upgrade
	@command -v uv >/dev/null || { echo "make lock needs uv: python3 -m pip install uv" >&2; exit 1; }
	uv pip compile $(LOCKING) $(ARGS) pyproject.toml --group build -o requirements.lock
	uv pip compile $(LOCKING) $(ARGS) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

size: setup ## Print what the installed environment weighs
	@$(RUN) -m tests.house.environment

clean: ## Remove .venv and caches; articles and indexes stay
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
