# Short recipes; what they call is in .ci/ and can be read there.
PREFIX ?= /usr/local
# Small code: most of an idle host's memory is the pages of its code.
RELEASE = swift build -c release -Xswiftc -Osize

.PHONY: demo serve test check format contract bench install

demo: ## Builds, downloads a sample solution through the API, and ends
	.ci/demo

serve: ## Builds and serves the samples until Ctrl-C
	.ci/demo --serve

test: ## Installs what is missing, builds, and runs all tests
	.ci/test

check: ## Formatting and warnings
	swift format lint --strict --recursive --parallel Package.swift Sources Plugins Tests Benchmarks
	.ci/dependencies build && swift build --build-tests

format: ## Formats all Swift files
	swift format --in-place --recursive --parallel Package.swift Sources Plugins Tests Benchmarks

contract: ## Takes over the kit's public interface as the current contract
	swift build --product DeploymentKit && Sources/DeploymentKit/contract/update.sh

bench: ## Speed and memory, in release mode
	.ci/dependencies test && $(RELEASE) && Benchmarks/run

install: ## Into $(PREFIX); DESTDIR=FOLDER prepares a package or an image
	.ci/dependencies install && umask 022 && $(RELEASE)
	PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' .ci/install release
