# `make run` and `make test` do all the set-up. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
DATA_DIR ?= var
DEMO ?= 1
COVERED ?= 96
BIN := .venv/bin
MESSAGES := locale/en/LC_MESSAGES/django.mo locale/fr/LC_MESSAGES/django.mo

.PHONY: help run services services-stop test check check-services soak coverage mutants bench messages requirements upgrade pictures clean
help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: .venv/.run $(MESSAGES) ## Serve on http://localhost:8000 with a demo (PORT, DATA_DIR, DEMO=0)
	@PORT=$(PORT) MEDINJOB_DATA_DIR=$(DATA_DIR) DEMO=$(DEMO) deploy/run_local.sh

services: ## Start PostgreSQL, Redis and Elasticsearch for development; prints the settings that use them
	@deploy/services.sh start

services-stop: ## Stop them (their data stays)
	@deploy/services.sh stop

test: .venv/.dev $(MESSAGES) ## Run the tests
	$(BIN)/pytest -q -n auto --dist loadfile

check: .venv/.dev $(MESSAGES) ## Everything CI asks: style, types, floors, migrations, messages, then the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djade --check $$(git ls-files 'templates/*.html')
	$(BIN)/lint-imports
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run --settings medinjob.settings.test
	$(BIN)/python locale/messages.py check
	MEDINJOB_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	MEDINJOB_ALLOWED_HOSTS=medinjob.example MEDINJOB_SITE_URL=https://medinjob.example \
	MEDINJOB_EMAIL_URL=smtp://localhost MEDINJOB_MAIL_FROM=essai@example.org MEDINJOB_DATA_DIR=$$(mktemp -d) \
	MEDINJOB_PUBLISHER_ADDRESS=Essai MEDINJOB_PUBLICATION_DIRECTOR=Essai MEDINJOB_HOST=Essai \
	MEDINJOB_CONTACT_EMAIL=essai@example.org MEDINJOB_PRIVACY_EMAIL=essai@example.org \
	$(BIN)/python manage.py check --deploy --fail-level WARNING --settings medinjob.settings.production
	$(MAKE) test

# First what asks a database or a search engine (tests/conftest.py marks it), again on PostgreSQL and Elasticsearch. The
# rest and the browser's side of the pages gave their answer in `make check`. Then sites of whole processes, which wait
# more than they work: three at a time on two cores, after the containers, whose names a second podman may not resolve.
check-services: .venv/.dev $(MESSAGES) ## The tests on PostgreSQL and Elasticsearch, outages, kills; as root installs what lacks
	deploy/services.sh install && .ci/containers
	MEDINJOB_ELASTIC_OPTIONS=--memory deploy/services.sh start >/dev/null
	eval "$$(deploy/services.sh test-env)" && export MEDINJOB_REQUIRE_SERVICES=1 && \
	timeout -k 30 1500 $(BIN)/pytest -q -n auto --dist loadfile -m served --ignore tests/services --ignore tests/soak --ignore tests/browser && \
	export MEDINJOB_TEST_SERVICES=1 && \
	timeout -k 30 1500 $(BIN)/pytest -v -p no:randomly --durations 20 tests/services/test_containers.py && \
	timeout -k 30 3000 $(BIN)/pytest -v -p no:randomly -n 3 --dist loadfile --no-loadscope-reorder --durations 20 \
	tests/services --ignore tests/services/test_containers.py
	deploy/services.sh stop

soak: .venv/.dev $(MESSAGES) ## What takes an hour: floods, truncated files, a site on a busy machine; once for a release
	MEDINJOB_TEST_SOAK=1 MEDINJOB_TEST_SERVICES=1 \
	$(BIN)/pytest -q -p no:randomly --durations 8 tests/soak tests/services/test_damaged_files.py tests/services/test_kills.py

# One figure over both runs of CI: what only PostgreSQL or Elasticsearch asks for counts. Half an hour and more.
coverage: .venv/.dev $(MESSAGES) ## Branches of production code that no test takes, on SQLite and on the services; fails under COVERED
	rm -f .coverage .coverage.*
	COVERAGE_FILE=.coverage.local $(BIN)/pytest -q -n auto --dist loadfile --cov --cov-report=
	MEDINJOB_ELASTIC_OPTIONS=--memory deploy/services.sh start >/dev/null
	eval "$$(deploy/services.sh test-env)" && export MEDINJOB_REQUIRE_SERVICES=1 && \
	COVERAGE_FILE=.coverage.served $(BIN)/pytest -q -n auto --dist loadfile -m served --cov --cov-report= \
	--ignore tests/services --ignore tests/soak --ignore tests/browser
	deploy/services.sh stop
	$(BIN)/coverage combine -q
	$(BIN)/coverage report --precision 2 --fail-under $(COVERED)

mutants: .venv/.dev $(MESSAGES) ## Change the rules of attribution and declarations; which changes do their tests not notice?
	$(BIN)/python -m tests.mutants

bench: .venv/.dev ## Measure search, relevance and imports side by side; writes bench/RESULTS.md
	$(BIN)/python -m bench

messages: .venv/.dev ## Bring locale/ up to date with the sources
	$(BIN)/python locale/messages.py update

requirements: .venv/.dev ## Compile requirements/*.txt from *.in
	cd requirements && for name in base demo dev; do \
	../$(BIN)/uv pip compile -q --generate-hashes --python-version 3.11 --no-emit-index-url --no-header $$name.in -o $$name.txt; done

upgrade: .venv/.dev ## Take the newest versions that the *.in allow; then make check (docs/operate.md: what to watch)
	cd requirements && for name in base demo dev; do \
	../$(BIN)/uv pip compile -q --upgrade --generate-hashes --python-version 3.11 --no-emit-index-url --no-header $$name.in -o $$name.txt; done

pictures: .venv/.dev $(MESSAGES) ## Remake the pictures of README from the code and a fresh demo
	PYTHONPATH=. $(BIN)/python docs/make_pictures.py

clean: ## Remove what set-up made (not var/, which holds data)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache $(MESSAGES)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Medinjob needs Python 3.11 or later: apt install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python lacks venv: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.run: requirements/base.txt requirements/demo.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt -r requirements/demo.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

locale/fr/LC_MESSAGES/django.mo: locale/en/LC_MESSAGES/django.po locale/messages.py | .venv/.run
	$(BIN)/python locale/messages.py french

%.mo: %.po | .venv/.run
	$(BIN)/pybabel -q compile -D django -i $< -o $@
