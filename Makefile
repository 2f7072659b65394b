# Every target sets up what it needs in .venv by itself; an environment is rebuilt only when its lock changed.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
OUT ?= reports/$(YEAR)
FAMILY ?= tip
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
export YEAR SINCE CORPUS COUNTRY OUT FAMILY PROFILE JOBS

.DEFAULT_GOAL := help
.PHONY: help diff history lab test check bench bench-align bench-figures bench-judging bench-reading fuzz docs corpus lock audit browser wheel versions

help: ## help | this list
	@sed -n 's/^[a-z][^#]*## \(.*\) | \(.*\)/  make \1 | \2/p' Makefile | awk -F ' \\| ' '{printf "%-32s %s\n", $$1, $$2}'
	@echo '  diff also takes SINCE=2019 CORPUS=corpora/sample COUNTRY=turkmenistan OUT=reports/2020 PROFILE=tip JOBS=2'

diff: .venv/core.stamp ## diff YEAR=2020 | what changed in a year: writes reports/YEAR and says where
	@test -n "$$YEAR" || { echo "Which year? Say, for example: make diff YEAR=2020" >&2; exit 2; }
	@set -- --year "$$YEAR" --out "$$OUT"; \
	 test -z "$$SINCE" || set -- "$$@" --since "$$SINCE"; \
	 test -z "$$CORPUS" || set -- "$$@" --corpus "$$CORPUS"; \
	 test -z "$$PROFILE" || set -- "$$@" --profile "$$PROFILE"; \
	 test -z "$$COUNTRY" || set -- "$$@" --country "$$COUNTRY"; \
	 test -z "$$JOBS" || set -- "$$@" --jobs "$$JOBS"; \
	 $(BIN)/diffing diff "$$@"

history: OUT = reports/history
history: .venv/core.stamp ## history | every sentence, number and rating through all editions: writes reports/history
	@set -- --out "$$OUT"; \
	 test -z "$$CORPUS" || set -- "$$@" --corpus "$$CORPUS"; \
	 test -z "$$PROFILE" || set -- "$$@" --profile "$$PROFILE"; \
	 test -z "$$COUNTRY" || set -- "$$@" --country "$$COUNTRY"; \
	 test -z "$$JOBS" || set -- "$$@" --jobs "$$JOBS"; \
	 $(BIN)/diffing history "$$@"

lab: .venv/lab.stamp ## lab | JupyterLab on notebooks/, with the sample corpus ready
	@$(BIN)/jupyter labextension disable @jupyterlab/apputils-extension:announcements >/dev/null 2>&1 || true
	@$(BIN)/jupyter lab $$(test "$$(id -u)" != 0 || echo --allow-root) --ServerApp.root_dir=. \
	  --LabApp.default_url=/lab/tree/notebooks/01_first_look.ipynb

corpus: .venv/download.stamp ## corpus FAMILY=tip YEAR=2020 | download a year's reports into corpora/FAMILY
	@test -n "$$YEAR" || { echo "Which year? Say, for example: make corpus FAMILY=tip YEAR=2020" >&2; exit 2; }
	@$(BIN)/diffing corpus download --family "$$FAMILY" --year "$$YEAR"

test: .venv/dev.stamp browser check ## test | everything that CI checks: style, types, tests, notebooks, pages in a browser
	@$(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist worksteal

check: .venv/dev.stamp
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

bench: .venv/dev.stamp ## bench | speed, memory and growth, against other tools
	@$(BIN)/python tests/benchmarks/bench_speed.py

bench-align bench-figures bench-judging bench-reading: bench-%: .venv/dev.stamp ## bench-align | how right aligning is; likewise bench-figures, bench-judging, bench-reading
	@$(BIN)/python tests/benchmarks/bench_$*.py

fuzz: .venv/dev.stamp .venv/fuzz.stamp ## fuzz | a million odd inputs to every stage
	@$(BIN)/python tests/benchmarks/fuzz.py

docs: .venv/dev.stamp browser ## docs | the README's picture, and the notebooks with outputs
	@$(BIN)/python docs/screenshot.py && $(BIN)/python docs/data_dictionary.py
	@$(BIN)/python docs/render_notebooks.py
	@$(BIN)/python -m sphinx -q -W -b html docs build/site && echo "The site is in build/site."

lock: .venv/dev.stamp ## lock | new locks, without addresses, for every use
	@$(PIP) uv
	@compile() { out=$$1; shift; $(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --quiet "$$@" -o "$$out"; }; \
	 compile requirements.lock; compile requirements-download.lock --extra download; \
	 compile requirements-lab.lock --extra lab; compile requirements-dev.lock --all-extras --group dev; \
	 compile requirements-fuzz.lock --all-extras --group dev --group fuzz

audit: wheel ## audit | known holes and licences of what we depend on; the wheel alone in an empty environment
	@$(BIN)/python docs/dependencies.py
	@cd .venv-wheel && bin/diffing --help >/dev/null && \
	 bin/diffing diff --year 2020 --corpus ../corpora/sample --out report && echo "The wheel installs and runs alone."
	@$(BIN)/python docs/dependencies.py --holes

# The wheel, what the lock says beside it in an empty environment, and the list of that (CycloneDX).
wheel: .venv/dev.stamp
	@rm -rf .venv-wheel dist && $(PYTHON) -m venv .venv-wheel
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@.venv-wheel/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@.venv-wheel/bin/python -m pip install --quiet --disable-pip-version-check --no-deps dist/*.whl
	@$(PIP) uv
	@$(BIN)/uv tool run --quiet --from "cyclonedx-bom>=7" cyclonedx-py environment --pyproject pyproject.toml \
	  --output-reproducible -o dist/diffing.cdx.json .venv-wheel && ls dist/*

# The lowest versions that pyproject.toml allows, and the newest (VERSIONS=highest), with the core of the suite.
VERSIONS ?= lowest-direct
CORE_TESTS := tests/test_sample.py tests/test_cli.py tests/reading tests/aligning tests/extracting \
  tests/corpus/test_download.py tests/reporting/test_swapping.py tests/running/test_year.py
versions: .venv/bin/python
	@$(PIP) uv
	@rm -rf .venv-versions && $(PYTHON) -m venv .venv-versions
	@$(BIN)/uv pip compile pyproject.toml --quiet --extra documents --extra download --resolution $(VERSIONS) \
	  --only-binary :all: --no-header --no-annotate --python .venv-versions/bin/python -o .venv-versions/pins.txt
	@$(BIN)/uv pip install --quiet --python .venv-versions/bin/python --only-binary :all: -r .venv-versions/pins.txt \
	  hatchling editables pytest hypothesis pytest-regressions pytest-httpserver pytest-benchmark nbmake fsspec aiohttp
	@$(BIN)/uv pip install --quiet --python .venv-versions/bin/python --no-deps --no-build-isolation -e .
	@.venv-versions/bin/python -m pytest -q $(CORE_TESTS)

# The browser that the page tests drive: Debian's. Without it those tests skip and say so.
browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	 { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq >/dev/null && \
	   DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu-core >/dev/null; } || \
	 echo "No browser: the page tests will be skipped. On Debian or Ubuntu: sudo apt-get install chromium" >&2

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	 { echo "This needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1). Say: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -m venv .venv || \
	 { rm -rf .venv; echo "Python can't make an environment. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 2; }

.venv/core.stamp: requirements.lock | .venv/bin/python
	@echo "Setting up .venv ($<) ..." >&2
	@$(PIP) --require-hashes -r $<
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q diffing
	@touch $@

.venv/%.stamp: requirements-%.lock | .venv/core.stamp
	@echo "Adding to .venv ($<) ..." >&2
	@$(PIP) --require-hashes -r $<
	@touch $@
