# Everything runs in one build configuration, so that dependencies are built once; our own targets are optimised in it.
SHELL := /bin/bash
environment = . Scripts/environment &&
populace = .build/debug/populace

.PHONY: setup build demo test test-all bench clean help

help:
	@echo "make setup     install what is missing: system packages, libllama, the default models"
	@echo "make build     setup, then build .build/debug/populace"
	@echo "make demo      build, then do the main job on real survey data; says where the results are"
	@echo "make test      build and run every test but the slow ones"
	@echo "make test-all  the slow ones too: the model at length, a real server, a browser, kill -9, Slurm"
	@echo "make bench     measure ours beside its rivals (an hour); ONLY=kernel,calls for some; Benchmarks/README.md"
	@echo "make clean     remove build output (the cache and your results stay)"

setup:
	@Scripts/setup

build: setup
	@$(environment) swift build --product populace

demo: build
	@Scripts/demo

# One test at a time: model threads wait by spinning, and two models at once crawl.
test: setup
	@$(environment) swift build --build-tests
	@$(environment) swift test --skip-build --no-parallel

test-all: setup
	@Scripts/slurm install
	@$(environment) swift build --build-tests
	@$(environment) POPULACE_TEST_ALL=1 swift test --skip-build --no-parallel

# It builds what it measures and says at its start about how long it takes.
bench: setup
	@Benchmarks/bench.py $(if $(ONLY),--only $(ONLY))

clean:
	@rm -rf .build
