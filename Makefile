# Rotative's commands; `make` alone lists them. A machine with python3, make and git is enough.
PYTHON ?= python3
VENV ?= .venv
SEEDS ?= 2000
SEED0 ?= 0
CHOICE ?= -m "not long"
FOLDERS ?= tests
TARGET ?= test
PYTHONS := 3.11 3.12 3.13
REQUIREMENTS := infra/requirements
BIN := $(VENV)/bin
SAM := $(VENV)-samcli/bin/sam
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# One set of versions: functions.txt and dev.txt are solved under the pins of local.txt.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.PHONY: $(shell sed -n "s/^\([a-z-]*\):.*\#\#.*/\1/p" Makefile)

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.run ## set up and start the press with the demo newsroom (OPTIONS="--port 8080" and others of `rotative serve`)
	$(BIN)/rotative serve $(OPTIONS)

set-up: $(VENV)/.dev ## set up for development

test: $(VENV)/.dev ## set up and run the tests
	$(BIN)/python -m pytest -n auto --dist loadfile $(CHOICE) $(FOLDERS)

test-long: ## run the tests that take long: the packages as Lambda holds them, every look of every page, costs
	@$(MAKE) --no-print-directory test CHOICE='-m long'

# Pages and the protocol are the same on every Python: one browses and simulates. A version that pyenv holds but has not
# selected counts as one that the machine has.
test-others: $(VENV)/.dev ## run the tests on every other supported Python of this machine
	@mine=$$($(BIN)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	for version in $(PYTHONS); do \
		test $$version != $$mine || continue; \
		for python in python$$version $${PYENV_ROOT:-$$HOME/.pyenv}/versions/$$version.*/bin/python none; do \
			! $$python -c '' 2>/dev/null || break; \
		done; \
		test $$python != none || { echo "no Python $$version here: skipped"; continue; }; \
		echo "Python $$version:"; \
		$(MAKE) --no-print-directory $(TARGET) CHOICE='-m "not browser and not once and not long"' PYTHON=$$python VENV=$(VENV)-$$version || exit 1; \
	done

test-all: test test-long test-others ## run the tests on every supported Python of this machine

check: $(VENV)/.dev $(VENV)-sam/.tool ## run the gates: style, types, imports, template
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m infra.lint_template $(VENV)-sam/bin/python

format: $(VENV)/.dev ## put the code into its one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

checkers: tests/e2e/node_modules/.checkers ## fetch the checkers of the browser tests (needs npm; they also want java)

tests/e2e/node_modules/.checkers: tests/e2e/package.json
	npm install --prefix tests/e2e --omit=dev --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

lighthouse: $(VENV)/.dev ## Lighthouse on front, category and article, mobile profile (needs chromium and npm)
	npm install --prefix tests/e2e --no-package-lock --no-audit --no-fund --loglevel=error
	$(BIN)/python -m tests.e2e.lighthouse

xss: $(VENV)/.dev ## try every hostile vector in every field and format, in chromium, without and with the policy
	ROTATIVE_XSS=all $(BIN)/python -m pytest -q -s tests/e2e/test_xss.py

bad-input: $(VENV)/.dev ## take in every bad file there is and can be made: a receipt for each, the site as it was
	$(BIN)/python -m tests.e2e.bad_input

pictures: $(VENV)/.dev ## take the README's pictures from the running demo (needs chromium)
	$(BIN)/python -m tests.e2e.pictures

bench: $(VENV)/.dev $(VENV)-bench/.peers ## Rotative beside other generators, the same site from the same articles (SIZES="1000 10000 50000 100000")
	$(BIN)/python -m tests.bench.side_by_side $(VENV)-bench $(SIZES)

# An environment of their own. Without npm there is no Eleventy, without Debian's jekyll (tests/bench/peers.py) no Jekyll.
$(VENV)-bench/.peers: tests/bench/peer_sites/requirements.txt tests/bench/peer_sites/eleventy/package.json
	sh infra/virtualenv.sh $(PYTHON) $(VENV)-bench
	$(VENV)-bench/bin/pip install --quiet --disable-pip-version-check -r $<
	cp $(word 2,$^) $(VENV)-bench/
	! command -v npm >/dev/null || npm install --prefix $(VENV)-bench --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@

bench-floors: $(VENV)/.dev ## what each step of an article costs in a build, beside the least that does such a thing
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench.floors # else NumPy's idle threads are counted too

bench-check: $(VENV)/.dev ## how many files a second are checked
	$(BIN)/python -m tests.bench.check

bench-targets: $(VENV)/.dev ## what was aimed at beside what the other benchmarks found
	$(BIN)/python -m tests.bench.targets

bench-rebuild: $(VENV)/.dev ## a rebuild into S3, by the functions' clients and in bulk, and what a PUT alone costs (SIZE=1000)
	$(BIN)/python -m tests.bench.rebuild $(SIZE)

bench-scale: $(VENV)/.dev ## count the S3 calls of a publish at 1,000, 10,000 and 100,000 articles
	$(BIN)/python -m tests.bench.scale

bench-load: $(VENV)/.dev ## upload 1,000 articles at once into one category; none may be lost
	$(BIN)/python -m tests.bench.load

bench-walk: $(VENV)/.dev ## give an archive of 100,000 articles new settings, on fakes; none may be left behind
	$(BIN)/python -m tests.bench.walk

bench-live: $(VENV)/.dev ## time how soon a saved, changed or deleted file shows wherever it belongs
	$(BIN)/python -m tests.bench.live

cold-start: $(VENV)/.dev ## measure what each function loads before its first event, against a floor
	$(BIN)/python -m tests.bench.cold_start

bench-signup: $(VENV)/.dev ## sign-ups a second, and whether their time tells of an address
	$(BIN)/python -m tests.bench.signup

bench-losses: $(VENV)/.dev ## lose one message in ten; one reconcile must heal all of it
	$(BIN)/python -m tests.simulation.losses

eval-related: $(VENV)/.dev ## judge the related boxes by labelled articles (CORPUS="FILE...", JSON lines)
	$(BIN)/python -m tests.bench.related $(CORPUS)

eval-related-sizes: $(VENV)/.dev ## the same in archives of 1,000 to 50,000 articles (CORPUS="FILE...")
	$(BIN)/python -m tests.bench.related_sizes $(CORPUS)

simulate: $(VENV)/.dev ## interleave, crash, double and lose events (SEEDS=2000 SEED0=0), on all cores
	$(BIN)/python -m tests.simulation --seeds $(SEEDS) --seed0 $(SEED0) --jobs $$(nproc)

mutation: $(VENV)/.dev ## take every guard of the protocol away; each must be missed
	$(BIN)/python -m tests.simulation.gate --jobs $$(nproc)

lock: $(VENV)/.dev ## solve pyproject.toml anew into the hashed requirements (UPGRADE=--upgrade for newer releases)
	$(COMPILE) $(UPGRADE) pyproject.toml --group build -o $(REQUIREMENTS)/local.txt
	$(COMPILE) $(UPGRADE) --group pyproject.toml:functions -c $(REQUIREMENTS)/local.txt -o $(REQUIREMENTS)/functions.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev -c $(REQUIREMENTS)/local.txt -o $(REQUIREMENTS)/dev.txt
	$(COMPILE) $(UPGRADE) --group pyproject.toml:sam -o $(REQUIREMENTS)/sam.txt
	$(COMPILE) $(UPGRADE) --group pyproject.toml:checkov -o $(REQUIREMENTS)/checkov.txt
	$(COMPILE) $(UPGRADE) --group pyproject.toml:weed -o $(REQUIREMENTS)/weed.txt
	$(COMPILE) $(UPGRADE) --group pyproject.toml:ministack -o $(REQUIREMENTS)/ministack.txt

build: $(VENV)/.run $(SAM) ## build what `sam deploy` deploys, into .aws-sam/
	$(BIN)/python -m infra.local.proof
	$(SAM) build --template infra/template.yaml --build-in-source

# What `sam build` calls for each function and for the layer, with the folder to fill in ARTIFACTS_DIR.
build-%:
	$(BIN)/python -m infra.package $* "$(ARTIFACTS_DIR)"

checkov: $(VENV)-checkov/.tool ## ask checkov about the template: everything but what infra/checkov.yaml excuses
	$(VENV)-checkov/bin/checkov --config-file infra/checkov.yaml

second-opinion: $(VENV)/.dev $(VENV)-weed/.tool ## hold the S3 adapters to their contract on a server that is not moto
	WEED=$(abspath $(VENV)-weed/bin/weed) $(BIN)/python -m pytest tests/adapters/test_s3.py

deploy-trial: $(VENV)/.dev $(VENV)-ministack/.tool ## deploy the whole template on an emulator of AWS, and live a day with it
	$(BIN)/python -m tests.stack.trial $(VENV)-ministack/bin/python

deploy: $(VENV)/.run $(SAM) ## put the press on AWS: checks, asks, builds, deploys (OPTIONS="--dry-run" and others of `rotative deploy`)
	$(BIN)/rotative deploy $(OPTIONS)

diagram: $(VENV)/.run ## draw the architecture of the template anew, into docs/architecture.svg
	$(BIN)/python -m infra.diagram

sbom: $(VENV)/.dev ## list what the layer holds, with versions and hashes, as CycloneDX in build/sbom.json
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements --output-reproducible --of JSON -o build/sbom.json $(REQUIREMENTS)/functions.txt

audit: ## look the pinned libraries up in the vulnerability databases (needs the network)
	test -x $(VENV)-audit/bin/pip-audit || { sh infra/virtualenv.sh $(PYTHON) $(VENV)-audit && $(VENV)-audit/bin/pip install --quiet pip-audit; }
	$(VENV)-audit/bin/pip-audit --require-hashes --disable-pip -r $(REQUIREMENTS)/local.txt

clean: ## remove what these commands made, but no inbox and no site
	rm -rf $(VENV) $(VENV)-* build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find functions infra tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Tools that want other versions than ours have environments of their own: pyproject.toml says why each.
$(VENV)-%/.tool: $(REQUIREMENTS)/%.txt
	sh infra/virtualenv.sh $(PYTHON) $(VENV)-$*
	$(VENV)-$*/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(SAM):
	sh infra/virtualenv.sh $(PYTHON) $(VENV)-samcli
	$(VENV)-samcli/bin/pip install --quiet --disable-pip-version-check aws-sam-cli

$(BIN)/python:
	sh infra/virtualenv.sh $(PYTHON) $(VENV)

$(VENV)/.run: $(BIN)/python pyproject.toml $(REQUIREMENTS)/local.txt
	$(INSTALL) --require-hashes --requirement $(REQUIREMENTS)/local.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run $(REQUIREMENTS)/dev.txt
	$(INSTALL) --require-hashes --requirement $(REQUIREMENTS)/dev.txt
	@touch $@
