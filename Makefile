# The whole set-up is done here; a machine needs python3 (3.11 or later) and make.
#
#   make demo    compares the constructed examples and names the report that it wrote
#   make test    style, types and tests
#
# `make help` lists the rest. The environment is .venv in the checkout.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LOCK := requirements/test.txt
OPTIONAL := requirements/optional.txt
CODE := src tests evaluations benchmarks
EXAMPLES := $(sort $(wildcard examples/*/*.txt examples/*/*.html))
BROWSERS := chromium chromium-browser google-chrome
BROWSER_PACKAGES := chromium fonts-noto-core

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo serve test fuzz lint browser optional lock bench eval pictures clean

help: ## lists what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(READY) ## compares the examples; the report is reports/demo.html
	@mkdir -p reports
	$(BIN)/khabar compare $(EXAMPLES) --html reports/demo.html --json reports/demo.json
	@echo
	@echo "The report:  $(CURDIR)/reports/demo.html  (open it in a browser)"
	@echo "As data:     $(CURDIR)/reports/demo.json"

serve: $(READY) ## opens the web app in the browser; paste reports or take an example there
	@mkdir -p reports
	$(BIN)/khabar serve --open --library reports/khabar.db

test: lint browser optional ## style, types and tests
	$(BIN)/python -m pytest

fuzz: $(READY) ## reads damaged files for five minutes (SECONDS=...), and keeps in .fuzz what fails
	$(BIN)/python tests/fuzz/fuzz_read.py $(or $(SECONDS),300)

lint: $(READY) ## style and types only
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy

# What must be compiled where there is no ready package (ICU for FollowTheMoney): its one test skips without it.
optional: $(READY)
	@$(BIN)/python -c 'import followthemoney' 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(OPTIONAL) \
	    >/dev/null 2>&1 || echo "FollowTheMoney cannot be built here: the test that its library takes our entities skips."

# The tests that need a browser skip where there is none, and fail where CI=true.
browser:
	@for name in $(BROWSERS); do command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing $(BROWSER_PACKAGES) for the tests of the page"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  { apt-get update -qq && apt-get install -y -qq --no-install-recommends $(BROWSER_PACKAGES); } \
	    </dev/null >/dev/null || echo "That did not work: the tests of the page in a browser cannot run."; \
	else \
	  echo "Chromium is not here: the tests of the page in a browser cannot run. Install the package chromium."; \
	fi

# Without build isolation: what builds khabar is in the lock as well, so every byte installed is a known one.
$(READY): pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "khabar needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv </dev/null >/dev/null; } || \
	  { echo "$(PYTHON) cannot make environments. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lock: $(READY) ## takes the newest versions that pyproject.toml allows into requirements/test.txt
	$(BIN)/python -m pip install --quiet "uv>=0.5"
	$(BIN)/uv pip compile pyproject.toml --extra test --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	  --custom-compile-command "make lock" --quiet -o $(LOCK)
	$(BIN)/uv pip compile pyproject.toml --extra ftm --constraint $(LOCK) --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	  --custom-compile-command "make lock" --quiet -o $(OPTIONAL)

bench: $(READY) ## prints how long a comparison, the encoder and reading take
	$(BIN)/python benchmarks/compare.py
	$(BIN)/python benchmarks/encode.py
	$(BIN)/python benchmarks/read.py

pictures: $(READY) browser ## takes a picture of every page of the web app, into reports/pictures
	$(BIN)/python docs/pictures/pages.py

eval: $(READY) ## prints how well each stage does; what needs ../shared is skipped without it
	$(BIN)/khabar eval

clean: ## removes the environment, reports and caches in the checkout
	rm -rf $(VENV) reports build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
