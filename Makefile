# Commands for this project.

PYTHON ?= python3
BIN := .venv/bin
SOURCES := core referral schema web scripts bench conftest.py manage.py

.DEFAULT_GOAL := help
.PHONY: help run serve test test-all test-sqlite test-postgres newest e2e faults bench soak lint types format schema docs pictures release assets assets-anew messages \
	lock clean anew

help: ## List these targets
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: .venv/requirements assets ## Install, migrate, and serve on PORT (8000) in demonstration mode
	$(BIN)/python manage.py migrate
	$(BIN)/python manage.py runserver

serve: export DEBUG ?= false
serve: .venv/requirements assets ## Migrate and serve in production, on PORT (8000); SECRET_KEY and ALLOWED_HOSTS must be set
	$(BIN)/python manage.py check
	STATEMENT_TIMEOUT=0 $(BIN)/python manage.py migrate
	$(BIN)/python manage.py collectstatic --noinput -v 0
	exec $(BIN)/gunicorn -c core/gunicorn.py

ON_SQLITE := DATABASE_URL=sqlite:///tests.sqlite3 TEST_VENDOR=sqlite
ON_POSTGRES := $(BIN)/python -W ignore scripts/with_postgres.py
QUICK := $(BIN)/pytest -q -n auto --dist worksteal -m
test: .venv/requirements-dev ## Run the quick tests, in parallel, on SQLite and on a temporary PostgreSQL
	$(ON_SQLITE) $(QUICK) "not slow"
	$(ON_POSTGRES) $(QUICK) "django_db and not slow"
	@echo "Left out: slow tests, and on PostgreSQL those that use no database. make test-all runs every test."

test-all: .venv/requirements-dev ## Run all tests on both, side by side; require 95 % coverage
	$(BIN)/coverage erase
	$(MAKE) -j2 --output-sync=target test-sqlite test-postgres
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

test-sqlite: .venv/requirements-dev
	$(ON_SQLITE) $(BIN)/coverage run -m pytest

test-postgres: .venv/requirements-dev
	$(ON_POSTGRES) $(BIN)/coverage run -m pytest

newest: .venv/requirements-dev ## Run the tests on SQLite with the newest Django that the other packages allow
	$(BIN)/uv venv -q --clear --python "$$(bash scripts/newest_python.sh)" .venv-newest
	sed -nE '/^(django|asgiref|sqlparse)==/d; s/^([a-z].*[^ \\]) ?\\?$$/\1/p' requirements-dev.txt | \
	  $(BIN)/uv pip install -q --python .venv-newest -r -
	@.venv-newest/bin/python -c 'import django, platform; print("Django", django.__version__, "on Python", platform.python_version())'
	DATABASE_URL=sqlite:///newest.sqlite3 TEST_VENDOR=sqlite .venv-newest/bin/pytest -p no:cacheprovider

e2e: .venv/requirements-dev ## Run end-to-end checks in a fresh clone of the last commit
	$(BIN)/pytest -c e2e/pytest.ini --ignore e2e/faults e2e

faults: .venv/requirements-dev ## Break one part after another under load, and check that no data is lost
	$(BIN)/pytest -c e2e/pytest.ini e2e/faults

MEASURE := $(BIN)/python -W ignore scripts/with_postgres.py $(BIN)/python -W ignore -m
bench: .venv/requirements-dev ## Measure performance on a temporary PostgreSQL (needs wrk); SERVERS="--only me --rounds 2" for a part
	@$(MEASURE) bench.run $(SERVERS)
	@if [ -z "$(SERVERS)" ]; then $(MEASURE) bench.known_and_unknown && $(MEASURE) bench.million_users; fi

soak: .venv/requirements-dev ## Load a production server for SECONDS (600) with mixed requests, and fail if its memory or connections grow
	@$(MEASURE) bench.soak --seconds $(or $(SECONDS),600)

types: .venv/requirements-dev
	$(BIN)/mypy $(SOURCES)
	$(BIN)/mypy --config-file e2e/mypy.ini e2e

lint: types ## Check style, types, import direction, migrations, packages and compose files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/check-jsonschema -q --builtin-schema vendor.compose-spec docker-compose*.yml
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/pip check

format: .venv/requirements-dev ## Format the code and apply automatic fixes
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

assets: ## Install GraphiQL from npm, so that it works offline; without npm it loads from a CDN
	@if [ ! -f schema/static/graphiql/graphiql.js ]; then $(MAKE) -s assets-anew; fi

assets-anew:
	@if command -v npm >/dev/null; then \
	  echo "Installing schema/assets/package-lock.json" && \
	  (cd schema/assets && npm ci --no-audit --no-fund --loglevel=error) && \
	  $(PYTHON) scripts/copy_assets.py || echo "npm failed: GraphiQL will load from a CDN."; \
	else echo "npm is missing: GraphiQL will load from a CDN."; fi

schema: .venv/requirements ## Export schema/schema.graphql
	$(BIN)/python manage.py export_schema schema.api:schema --path schema/schema.graphql

docs: ## Render the API reference, served at /docs/
	cd docs/reference && npm ci --no-audit --no-fund --loglevel=error
	@echo "Rendering docs/reference/build"  # the output is mostly warnings about the styles of spectaql's theme
	@docs/reference/node_modules/.bin/spectaql -q docs/reference/spectaql.yml > docs/reference/spectaql.log 2>&1 \
	  || { cat docs/reference/spectaql.log; exit 1; }

PICTURED := one_user_invites_another or a_wrong_code_is_reported or staff_sees or whole_flow_without
pictures: .venv/requirements-dev ## Retake the screenshots in the documents and the preview of invite links (needs Chromium)
	$(BIN)/pytest -q -c e2e/pytest.ini e2e -k "$(PICTURED)"
	$(BIN)/python scripts/preview_picture.py
	mkdir -p docs/pictures
	cd e2e/pictures && cp code.png profile.png profile-dark.png graphiql.png admin.png ../../docs/pictures/

VERSION = $(shell sed -n 's/^__version__ = "\(.*\)".*/\1/p' core/__init__.py)
release: ## Mark the current schema as released: later changes must not break it
	@grep -qF '## [$(VERSION)]' CHANGELOG.md || { echo "CHANGELOG.md has no section for $(VERSION)."; exit 1; }
	cp schema/schema.graphql schema/released.graphql

messages: .venv/requirements-dev ## Extract messages into locale/, and compile the translations
	$(BIN)/pybabel -q extract -k gettext_lazy --no-location --omit-header -o .venv/messages.pot core referral schema web
	$(BIN)/pybabel -q update --no-fuzzy-matching -N --ignore-pot-creation-date -D django -i .venv/messages.pot -d locale
	$(BIN)/pybabel -q compile -D django -d locale

PIN := $(BIN)/uv pip compile -q -U --universal --python-version 3.11 --no-header --generate-hashes
lock: .venv/requirements-dev ## Update the pins and hashes in requirements.txt and requirements-dev.txt
	$(PIN) requirements.in -o requirements.txt
	$(PIN) requirements-dev.in -o requirements-dev.txt

clean: ## Remove the virtual environments and the development database
	rm -rf .venv .venv-newest *.sqlite3 *.sqlite3-*

# The virtual environment. A marker file in it stands for each installed lock file. A half-made environment has no
# pip, and one that was moved a pip whose Python is elsewhere: both are made anew.

IS_WHOLE = test -x "$$(sed -n '1s/^\#!//p' $(BIN)/pip 2>/dev/null)" && echo yes

.venv/bin/pip: $(if $(shell $(IS_WHOLE)),,anew)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is required: make PYTHON=python3.11 ...")'
	@echo "Creating .venv with $$($(PYTHON) --version)"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "Python cannot create virtual environments. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }

anew:

.venv/%: %.txt .venv/bin/pip
	@echo "Installing $<"
	@$(BIN)/pip install -qq --disable-pip-version-check --root-user-action=ignore -r $<
	@touch $@
