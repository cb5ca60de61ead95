# What a developer does here. `make` alone lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SHARED ?= ../shared
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint types docs eval bench train

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 14

setup: $(INSTALLED)  ## install everything into .venv (PYTHON=python3.12 chooses the Python)

$(INSTALLED): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "quotes needs Python 3.11 or newer: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade 'pip>=25.1'
	$(PIP) install --editable '.[documents,postgres,semantic,warc]' --group dev
	@touch $@

demo: export PATH := $(CURDIR)/$(BIN):$(PATH)
demo: export QUOTES_DB := demo/quotes.db
demo: setup  ## the sample articles in a new database, searched, shown and exported
	@rm -rf demo && mkdir demo
	quotes ingest seeds/articles
	@echo
	quotes search --speaker putin --limit 5
	@echo
	quotes search "no deal"
	@echo
	quotes show $$(quotes sql "SELECT id FROM quote_list ORDER BY variants DESC, outlets DESC, id" --format csv --quiet | sed -n 2p)
	@echo
	quotes sql "SELECT speaker, count(*) AS quotes, sum(variants) AS wordings, sum(divergent) AS divergent FROM quote_list GROUP BY speaker ORDER BY quotes DESC LIMIT 5"
	@echo
	quotes export quotations -o demo/quotations.csv

test: setup  ## all tests
	$(BIN)/python -m pytest -n 2

lint: setup  ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup  ## types
	$(BIN)/mypy

docs: setup  ## write the reference pages again
	$(BIN)/python docs/generate.py

eval: setup  ## accuracy on the labelled articles in $(SHARED), against the floors; docs/accuracy.md
	$(BIN)/python benchmarks/gate.py $(SHARED)

bench: setup  ## start-up and speed, as ratios of one run
	$(BIN)/python benchmarks/startup.py
	$(PIP) install --group bench
	$(BIN)/python benchmarks/extract.py --polnear $(SHARED)/corpora/polnear
	$(BIN)/python benchmarks/normalise.py

train: setup  ## fit kinds, rules and ranker again on the labelled articles in $(SHARED)
	$(PIP) install --group train
	$(BIN)/python benchmarks/fit_kinds.py $(SHARED)/corpora/polnear
	$(BIN)/python benchmarks/fit_rules.py $(SHARED)/corpora/polnear
	$(BIN)/python benchmarks/fit_ranker.py $(SHARED)/corpora/polnear
