# `make demo` and `make test` are all that a newcomer needs; each installs what it needs and says so.
# Every target may be run again: what is there and current is left alone.

PYTHON := .venv/bin/python
# With ARGS the tests are run as asked; without, all of them on every core.
EVERYTHING := -n logical --maxprocesses 4 --dist loadscope

.DEFAULT_GOAL := help
.PHONY: help env assets demo test soak lint bench mutants docs requirements clean

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

env: .venv/.ready ## Make the environment: .venv/bin/onestory works after it
	@echo "env: ready (.venv/bin/onestory)"

.venv/.ready: requirements-dev.txt requirements-tools.txt pyproject.toml scripts/environment.sh
	@scripts/environment.sh

assets: .venv/.ready ## Build the pages' styles and scripts
	@.venv/bin/onestory assets

demo: .venv/.ready ## Bring everything up with invented families; Ctrl-C ends it (ARGS="--port 8001")
	@.venv/bin/onestory demo $(ARGS)

test: .venv/.ready assets ## Every test, on each PostgreSQL that is here; ARGS="-k chronology" hands arguments to pytest
	@scripts/browser.sh
ifeq ($(strip $(ARGS)),)
	@scripts/test-other-server.sh
	.venv/bin/pytest $(EVERYTHING)
else
	.venv/bin/pytest $(ARGS)
endif

soak: .venv/.ready ## What may never be lost: crashes, messages, concerns, joins, edits in great numbers; and every route as everybody (hours)
	ONESTORY_TEST_CRASHES=50 ONESTORY_TEST_MANY=5000 ONESTORY_TEST_CONCERNS=5000 .venv/bin/pytest -n0 --timeout 14400 tests/faults/never_lost
	ONESTORY_TEST_ORDERS=20 .venv/bin/pytest -n0 --timeout 14400 tests/faults/test_ten_times.py
	ONESTORY_TEST_JOINS=1000 .venv/bin/pytest -n0 --timeout 14400 tests/integration/arrive/matching/test_joining_at_the_same_time.py
	ONESTORY_TEST_ROWS=1000000 .venv/bin/pytest -n0 --timeout 14400 tests/integration/command_line/test_link_long_files.py
	ONESTORY_TEST_EDITS=1000 .venv/bin/pytest -n0 --timeout 14400 tests/integration/decide/decisions/test_at_the_same_time.py
	ONESTORY_TEST_EVERY_ROUTE=1 .venv/bin/pytest -n2 --timeout 14400 tests/integration/web/test_every_route.py tests/integration/web/test_canaries.py

lint: .venv/.ready ## Style, types, layout, and whether generated pages are current
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PYTHON) -m scripts.generated_docs --check

bench: .venv/.ready ## Measure, each figure beside its floor (ARGS="--only replay")
	@.venv/bin/onestory bench $(ARGS)

mutants: .venv/.ready ## Change rules and stories one place at a time and see that a test notices (long; ARGS="every=9")
	@nice -n 19 $(PYTHON) -m scripts.mutants $(ARGS)

docs: .venv/.ready ## Write the generated pages of docs/ anew
	@$(PYTHON) -m scripts.generated_docs

requirements: .venv/.ready ## Pin the packages of requirements*.in anew (in this order: each builds on the one before)
	@for name in requirements requirements-dev requirements-tools; do \
		PATH="$$PWD/.tools/bin:$$PATH" uv pip compile -q --universal --generate-hashes --python-version 3.12 \
			--no-header --no-emit-index-url $$name.in -o $$name.txt || exit; \
	done

clean: ## Remove what was built; keeps .data
	rm -rf .venv .tools node_modules build static
