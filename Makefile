# Only Python 3.11 or later, git and make are assumed; `make help` says what there is.
# The first Python that is new enough; another is chosen by `make demo PYTHON=/path/to/python`.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$python; break; }; done)
PORT ?= 8000
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --only-binary :all:

PYTHONS := 3.11 3.12 3.13
PLATFORMS := x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-apple-darwin aarch64-apple-darwin
LOCK := $(BIN)/uv --quiet pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--only-binary :all: --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --group build

IDE := hub/static/ide
IDE_SOURCES := $(shell find hub/ide -type f -not -path '*/node_modules/*' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo test check format schema fuzz fuzz-http bench pictures ide lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.* ## ' $(MAKEFILE_LIST) | awk -F ':.* ## ' '{printf "  make %-9s %s\n", $$1, $$2}'

demo: $(VENV)/.runtime ## Install, seed the demo city if the database is empty, serve it (PORT=8000)
	@if command -v node >/dev/null && command -v npm >/dev/null; \
		then $(MAKE) --no-print-directory ide || echo "The IDE was not built: its page will load from the CDN."; \
		else echo "Node is not here: the IDE's page will load from the CDN."; fi
	@$(BIN)/hub migrate
	@$(BIN)/hub seed --if-empty
	@$(BIN)/hub demo || echo "No demo identities were made."
	@HUB_PORT=$(PORT) $(BIN)/hub serve

test: $(VENV)/.dev ## Run every test on SQLite and PostgreSQL, and in a browser (ARGS="-k gpa" for some)
	@$(BIN)/python -m tests.browser.chromium || test -z "$$HUB_TEST_BROWSER_REQUIRED"
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: $(VENV)/.dev ## Lint, format, types, import contracts, and schema.graphql
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(BIN)/hub schema > $(VENV)/schema.graphql
	@$(BIN)/hub schema --since docs/schema-released.graphql
	@diff -u schema.graphql $(VENV)/schema.graphql || { echo "schema.graphql is behind the tables: make schema"; exit 1; }

format: $(VENV)/.dev ## Put the code in the project's format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

schema: $(VENV)/.runtime ## Write schema.graphql from the tables
	$(BIN)/hub schema > $(VENV)/schema.graphql
	cp $(VENV)/schema.graphql schema.graphql

fuzz: $(VENV)/.dev ## Ask random operations of both engines and of the oracle (ARGS="--examples 100000 --seed 7")
	$(BIN)/python -m tests.oracle.fuzz $(ARGS)

fuzz-http: $(VENV)/.dev ## Send random requests to a running hub for ten minutes (ARGS="--seconds 60 --engine postgresql")
	$(BIN)/python -m tests.hub.fuzz_http $(ARGS)

bench: $(VENV)/.dev ## Measure the service against the floor and a DataLoader server
	$(BIN)/python -m bench $(ARGS)

pictures: $(VENV)/.dev ## Take the pictures of docs/ anew, by the tests in a browser
	$(BIN)/python -m pytest -q tests/browser -k sqlite
	@for picture in docs/pictures/*.png; do \
		cp build/browser/$$(basename $$picture .png)-sqlite.png $$picture || exit 1; done

ide: $(IDE)/.built ## Build the IDE's page from npm's packages (needs Node)

lock: $(VENV)/.dev ## Write both requirements files again, and check every platform (ARGS=--upgrade for new releases)
	$(LOCK) $(ARGS) --output-file requirements.txt
	$(LOCK) $(ARGS) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	@for python in $(PYTHONS); do for platform in $(PLATFORMS); do \
		echo "CPython $$python on $$platform"; \
		$(BIN)/uv --quiet pip install --dry-run --target $(VENV)/locked --python-version $$python \
			--python-platform $$platform --require-hashes --only-binary :all: -r requirements-dev.txt || exit 1; \
	done; done

clean: ## Remove the virtual environment, the built page and the caches (databases stay)
	rm -rf $(VENV) $(IDE) hub/ide/node_modules build dist *.egg-info .hypothesis .*_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip is the last thing that venv writes: without it the environment is not whole.
$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed, and none was found. \
	Install one, or say where it is: make demo PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "$(PYTHON) is not Python 3.11 or later: make demo PYTHON=/path/to/python"; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/pip
	@echo "Installing the pinned requirements into $(VENV)"
	@$(INSTALL) -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@echo "Installing what tests and checks need into $(VENV)"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

$(IDE)/.built: $(IDE_SOURCES)
	cd hub/ide && npm ci --no-audit --no-fund && npm run build
	@touch $@
