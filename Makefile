# Each target sets up what it needs: Python 3.11 or newer and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo crawl test test-long check lock outdated bench fuzz clean

# What is installed is what the lock names, to the byte of each file: requirements.txt says what is wanted, and why.
$(VENV)/installed: requirements.lock
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

# The optional requirements too: what needs them is tested.
OPTIONAL := requirements-postgres.txt requirements-parquet.txt requirements-cluster.txt requirements-browse.txt

# The web archive that some tests ask; they are skipped where it cannot be installed.
REPLAY := .venv-replay

$(REPLAY)/installed: tests/requirements-pywb.txt
	-$(PYTHON) -m venv $(REPLAY) && $(REPLAY)/bin/pip install --quiet --disable-pip-version-check -r tests/requirements-pywb.txt
	mkdir -p $(REPLAY) && touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

LOCK := .venv-lock
COMPILE := $(LOCK)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

lock: tools/requirements-lock.txt  ## after a change of requirements: write the locks anew (asks PyPI)
	$(PYTHON) -m venv $(LOCK)
	$(LOCK)/bin/pip install --quiet --disable-pip-version-check -r tools/requirements-lock.txt
	$(COMPILE) requirements.txt -o requirements.lock
	$(COMPILE) requirements-dev.txt $(OPTIONAL) -c requirements.lock -o requirements-dev.lock

outdated: $(VENV)/installed-dev  ## which pins are behind (asks PyPI)
	$(BIN)/python -m tools.outdated

demo: $(VENV)/installed  ## crawl the bundled press hall, offline
	$(BIN)/scrapy demo

crawl: $(VENV)/installed  ## crawl the live hall: make crawl CONTACT=you@example.org
	$(BIN)/scrapy crawl acftu -s CONTACT="$(CONTACT)"

test: $(VENV)/installed-dev $(REPLAY)/installed  ## run the tests
	$(BIN)/python -m pytest

test-long: $(VENV)/installed-dev $(REPLAY)/installed  ## the same, with many more examples of each property, other ones each time
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest

check: $(VENV)/installed-dev  ## lint and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

BENCH := .venv-bench

$(BENCH)/installed: requirements.txt benchmarks/requirements.txt requirements-parquet.txt requirements-browse.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet --upgrade pip  # the one that Python 3.11 brings fails on lxml[html-clean]
	$(BENCH)/bin/pip install --quiet -r requirements.txt -r benchmarks/requirements.txt
	touch $@

bench: $(BENCH)/installed  ## every benchmark beside its peer, into docs/benchmarks.md: make bench QUICK=--quick writes nothing
	$(BENCH)/bin/python -m benchmarks $(QUICK)

FUZZ := .venv-fuzz
SECONDS ?= 60

$(FUZZ)/installed: requirements.txt fuzzing/requirements.txt
	$(PYTHON) -m venv $(FUZZ)
	$(FUZZ)/bin/pip install --quiet --disable-pip-version-check -r requirements.txt -r fuzzing/requirements.txt
	touch $@

fuzz: $(FUZZ)/installed  ## all fuzz targets, guided by coverage: make fuzz SECONDS=3600
	$(FUZZ)/bin/python -m fuzzing --seconds $(SECONDS)

clean:
	rm -rf $(VENV) $(BENCH) $(REPLAY) $(LOCK) $(FUZZ)
