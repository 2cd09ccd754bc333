# make demo    sets up .venv, writes the samples, reads them, shows the comparison and the findings
#              make demo REPORTS=folder does it with your own reports
# make test    sets up what the tests need and runs all of them
# make check   ruff, mypy, and make test; what CI runs
# make accuracy  measures against the true records of the samples, of generated reports and of ../shared
# make format  puts the code into the house style

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
OUT := out
REPORTS ?= $(OUT)/samples
DB := $(OUT)/demo.db

.PHONY: demo test check lint accuracy score bench format setup system lock clean

demo: setup
	@mkdir -p $(OUT)
	@if [ "$(REPORTS)" = "$(OUT)/samples" ]; then rm -rf $(OUT)/samples; $(RUN) -m samples.write $(OUT)/samples; fi
	@rm -f $(DB) $(DB)-wal $(DB)-shm
	@echo "\$$ cchc ingest $(REPORTS)"; $(VENV)/bin/cchc ingest "$(REPORTS)" --db $(DB) || true
	@echo; echo "\$$ cchc list"; $(VENV)/bin/cchc list --db $(DB)
	@for year in $$($(RUN) -m cchc.years $(DB)); do \
		echo; echo "\$$ cchc compare --year $$year"; $(VENV)/bin/cchc compare --year $$year --db $(DB); done
	@echo; echo "\$$ cchc findings"; $(VENV)/bin/cchc findings --db $(DB) || true
	@echo; $(VENV)/bin/cchc export --db $(DB) --format xlsx --out $(OUT)/archive.xlsx

test: setup
	$(RUN) -m pytest -n 2 $(ARGS)

check: setup lint test

lint:
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

accuracy: setup
	$(RUN) -m benchmarks.accuracy $(ARGS)

bench: setup
	$(RUN) -m benchmarks.scale $(ARGS)

# The contract's own measure over the real reports; only where they are beside the project. In a folder of its own, so that
# two at once do not disturb each other.
score: setup
	@if [ -d ../shared/reports ]; then \
		scored=$$(mktemp -d) && trap 'rm -rf "$$scored"' EXIT && \
		{ $(VENV)/bin/cchc ingest ../shared/reports/*.$(or $(FORMS),{txt,docx,pdf}) --db $$scored/archive.db || true; } && \
		$(VENV)/bin/cchc export --db $$scored/archive.db --out $$scored/records.jsonl && \
		$(RUN) ../shared/contract/score.py $$scored/records.jsonl ../shared/contract/gold --worst 20; \
	else echo "../shared is absent: the real reports are not beside this checkout, nothing was scored."; fi

format:
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

setup: system $(VENV)/.ready

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed (make PYTHON=python3.12 ...)"; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: apt install python3-venv"; exit 1; }
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Programs that pip cannot install. Without the right to install them the commands below are shown and the rest goes on.
system:
	@bash .ci/system

# Writes the locked set anew from pyproject.toml (needs uv).
lock:
	uv export --quiet --all-extras --no-emit-project --no-header --format requirements-txt --output-file requirements.lock

clean:
	rm -rf $(VENV) $(OUT) dist build
