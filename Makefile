# Each target sets up what it needs: Python 3.11 or newer and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo crawl test check bench clean

$(VENV)/installed: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

demo: $(VENV)/installed  ## crawl the bundled press hall, offline
	$(BIN)/scrapy demo

crawl: $(VENV)/installed  ## crawl the live hall: make crawl CONTACT=you@example.org
	$(BIN)/scrapy crawl acftu -s CONTACT="$(CONTACT)"

test: $(VENV)/installed-dev  ## run the tests
	$(BIN)/python -m pytest

check: $(VENV)/installed-dev  ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/installed-dev  ## the benchmarks; their peers are installed beside
	$(BIN)/pip install --quiet --disable-pip-version-check -r benchmarks/requirements.txt
	$(BIN)/python -m benchmarks.parse
	$(BIN)/python -m benchmarks.crawl
	$(BIN)/python -m benchmarks.restore
	$(BIN)/python -m benchmarks.spam

clean:
	rm -rf $(VENV)
