# Volunteer CLI. `make` alone lists what there is.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
TESTS ?= unit

.DEFAULT_GOAL := help
.PHONY: help install demo test lint types contracts architecture density messages reference-check unit coverage test-postgres test-matrix faults bench docs pictures hooks release format golden clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(READY): pyproject.toml constraints.txt hatch_build.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[pdf,postgres,encrypted,province]' --group dev
	@touch $@

volunteer_cli/locale/zh_CN/LC_MESSAGES/volunteer.mo: $(READY) $(wildcard volunteer_cli/locale/zh_CN/*.po)
	@$(BIN)/python hatch_build.py 

install: $(READY) volunteer_cli/locale/zh_CN/LC_MESSAGES/volunteer.mo ## Make .venv with everything in it

demo: install ## Make the example database of two communities, afresh, in ./demo
	@rm -rf demo && mkdir demo
	@$(BIN)/volunteer demo --dir demo

test: lint types contracts density messages reference-check $(TESTS) ## Everything CI runs; CI counts what the tests reach: TESTS=coverage

lint: install ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install ## Types
	$(BIN)/mypy

contracts: install ## The arrows between the rooms
	$(BIN)/python tools/arrows.py --check

architecture: install ## Draw the floors and what each stands on
	@$(BIN)/python tools/arrows.py

density: install ## The ratchet: no denser than it was, no fewer reasons, no worse names
	$(BIN)/python tools/density.py

messages: install ## Every sentence has its Chinese
	$(BIN)/python tools/messages.py

reference-check: install
	$(BIN)/python tools/reference.py --check
	$(BIN)/python tools/schemas.py --check
	$(BIN)/python tools/sql_pages.py --check

unit: install ## Tests, on two cores
	$(BIN)/python -m pytest -n 2 -m "not faults and not bench" tests

coverage: install ## Tests as above, and how much of the code they reach; some minutes more
	$(BIN)/python -m pytest -n 2 -m "not faults and not bench" --cov --cov-report=term tests

test-postgres: install ## Tests on PostgreSQL, all that can run there; `make test` runs those that are marked
	$(BIN)/python -m pytest -n 2 -m "not faults and not bench" --engine postgres tests

test-matrix: install ## Tests on other Pythons, on the oldest dependencies and on the newest
	$(BIN)/python tools/matrix.py

faults: install ## Fault tests at full size, within an hour: docs/reliability.md says what is tried how often
	$(BIN)/python -m pytest -n 2 -m faults tests

bench: install ## Benchmarks on an installed wheel, as ratios to something run beside it
	$(BIN)/python -m tests.bench

docs: install ## Write the reference, the schemas of JSON and of the database, the drawing of the arrows, and what the examples print
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/schemas.py
	$(BIN)/python tools/sql_pages.py
	$(BIN)/python tools/arrows.py --write
	$(BIN)/python tools/examples.py --write

man: install ## Write a manual page for each command to man/man1, for packagers
	$(BIN)/python tools/manual.py

pictures: install ## Draw the pictures of the READMEs from the example database, with the Chromium that is installed
	$(BIN)/python tools/pictures.py

hooks: install ## Check style, arrows, words and the reason at each commit of yours
	$(BIN)/pre-commit install

release: install ## Make a release, with its tag and packages: make release VERSION=0.2.0
	@test -n "$(VERSION)" || { echo "Say which: make release VERSION=0.2.0"; exit 2; }
	$(MAKE) test
	$(BIN)/python tools/release.py $(VERSION)

format: install ## Let the formatter have its way
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: install ## Write a small database file of the newest schema to tests/golden
	$(BIN)/python tools/golden.py

clean: ## Remove what was made
	rm -rf .venv .matrix .coverage demo man dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
