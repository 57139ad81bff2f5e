# Builds, runs and tests EdgeDSP. Every target does the set-up that it needs.
.DEFAULT_GOAL := help
.PHONY: help setup python chromium build demo test page-test client-test parity bench dist format lint clean

# Debian and Ubuntu packages that the package links, and what must be there when they are installed.
PACKAGES := libfftw3-dev libcbor-dev libsndfile1-dev libpng-dev libturbojpeg0-dev libxxhash-dev pkg-config
PKG_CONFIG_NAMES := fftw3 libcbor sndfile libpng libturbojpeg libxxhash

# `make build` uses the machine's own instruction set; features do not depend on it.
NATIVE := $(if $(filter x86_64,$(shell uname -m)),-Xcc -march=native)
RELEASE := -c release $(NATIVE)
EDGEDSP = $(shell swift build $(RELEASE) --show-bin-path)/edgedsp

# Root installs directly; anyone else through sudo.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install missing Debian packages (with sudo where not root)
	@command -v swift > /dev/null || { \
	  echo "EdgeDSP needs a Swift 6.1 (or newer) toolchain: see https://www.swift.org/install/linux" >&2; exit 1; }
	@if ! pkg-config --exists $(PKG_CONFIG_NAMES) 2> /dev/null; then \
	  echo "Installing Debian packages: $(PACKAGES)"; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES); \
	fi

# A Python that has NumPy and PyWavelets, for the comparison with the independent implementation.
PYTHON_CHECK := import numpy, pywt
PYTHON = $(shell for p in python3 /usr/bin/python3; do $$p -c "$(PYTHON_CHECK)" 2> /dev/null && echo $$p && break; done)
DRAWS := 500

python: setup
	@if [ -z "$(PYTHON)" ]; then \
	  echo "Installing Debian packages: python3-numpy python3-pywt"; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    python3-numpy python3-pywt; \
	fi

# A browser for the tests of the page; $CHROMIUM names one that lies elsewhere.
BROWSER = $(shell for p in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do \
  command -v "$$p" 2> /dev/null && break; done)

chromium:
	@if [ -z "$(BROWSER)" ]; then \
	  echo "Installing Debian package: chromium"; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium || { \
	    echo "Install Chromium or Chrome by hand, or name one in CHROMIUM" >&2; exit 1; }; \
	fi

build: setup ## Build the command line tool for this machine
	swift build $(RELEASE) --product edgedsp

demo: build ## Generate features from Fixtures/dataset and print a summary
	$(EDGEDSP) generate Fixtures/dataset --impulse Fixtures/impulses/motion.json \
	  --output output/demo --overwrite

test: python ## Run every test
	swift build --build-tests
	$(PYTHON) Fixtures/parity/compare.py "$$(swift build --show-bin-path)/edgedsp" --draws 25
	swift test --skip-build
	$(MAKE) page-test
	$(MAKE) client-test

page-test: setup chromium ## Use the web page in headless Chromium
	swift build --product edgedsp
	python3 -B Tests/page/test_page.py "$$(swift build --show-bin-path)/edgedsp"

# Studio's own Python clients come from the Python package index, into .build/client-environments.
MUTATIONS := 1000

client-test: setup ## Ask the local Studio with Studio's Python clients, and with spoiled requests
	@python3 -c "import ensurepip" 2> /dev/null || { \
	  echo "Installing Debian packages: python3-venv"; \
	  $(SUDO) apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv; \
	}
	swift build --product edgedsp
	python3 Tests/clients/run.py "$$(swift build --show-bin-path)/edgedsp"
	python3 Tests/clients/mutate.py "$$(swift build --show-bin-path)/edgedsp" --count $(MUTATIONS) --hostile short

parity: build python ## Compare DRAWS random configurations a block with an independent implementation
	$(PYTHON) Fixtures/parity/compare.py $(EDGEDSP) --draws $(DRAWS)

bench: build ## Compare W1 to W6 with the peers that this machine has (see Benchmarks/NOTES.md)
	python3 Benchmarks/compare.py

dist: python ## Build output/dist/edgedsp: one portable file that picks SSE4.2, AVX2 or AVX-512 as it starts
	Tools/dist/build.sh
	PYTHON="$(PYTHON)" Tools/dist/check.sh output/dist/edgedsp

SWIFT_FILES := Sources Tests Package.swift Benchmarks/Package.swift Benchmarks/Sources Benchmarks/Benchmarks

format: ## Format all sources
	swift format -i -r $(SWIFT_FILES)

lint: ## Check formatting
	swift format lint --strict -r $(SWIFT_FILES)

clean: ## Remove everything that was built
	rm -rf .build output
