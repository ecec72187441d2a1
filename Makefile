# verify needs Python 3.11 or newer and, the first time, a package index that pip can reach.
# Everything is put into .venv; `make clean` takes it away again. pip's own settings (PIP_INDEX_URL,
# PIP_FIND_LINKS, pip.conf …) hold. Another Python: make test PYTHON=/path/to/python3.12

PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
VENV = .venv
BIN = $(VENV)/bin
SAMPLE = samples/damascus-2019-11-20.txt
#: What an installation depends on; a stamp younger than all of it means that nothing is to be done.
HELD = pyproject.toml constraints.txt weights.txt scripts/install.py

.PHONY: help demo test lint python clean

help:
	@echo 'make demo   install verify into $(VENV) and check the sample article'
	@echo 'make test   install what the tests need as well and run them'
	@echo 'make lint   check style and types (ruff, mypy)'
	@echo 'make clean  remove $(VENV)'

demo: $(VENV)/.installed
	@echo 'verify check $(SAMPLE)'
	@$(BIN)/verify check $(SAMPLE)

test: $(VENV)/.installed-test
	@echo 'Running the tests (pytest); those that need a browser or extra files say so and are skipped.'
	@$(BIN)/python -m pytest -rs $(ARGS)

lint: $(VENV)/.installed-test
	@echo 'Checking style (ruff) and types (mypy).'
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

$(VENV)/.installed: $(HELD)
	@$(MAKE) --no-print-directory python
	@$(PYTHON) scripts/install.py $(VENV)

$(VENV)/.installed-test: $(HELD)
	@$(MAKE) --no-print-directory python
	@$(PYTHON) scripts/install.py $(VENV) test pdf web train postgres
	@touch $(VENV)/.installed

python:
	@if [ -z "$(PYTHON)" ]; then \
		found=$$(python3 --version 2>/dev/null || echo 'no python3'); \
		echo "make: verify needs Python 3.11 or newer, and here is $$found." >&2; \
		echo "make: install a newer one, or name it: make $(or $(MAKECMDGOALS),demo) PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	elif ! $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		echo "make: verify needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1 | head -n 1)." >&2; \
		exit 1; \
	fi

clean:
	rm -rf $(VENV)
