# make demo   install, read the made-up documents of corpus/documents/ and say where the workbook lies
# make test   install with the developers' tools, then style, types, walls between rooms, tests
PYTHON ?= python3
VENV   ?= .venv
DEMO   ?= corpus/documents
OUT    ?= outputs

BIN := $(VENV)/bin
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
endif

.PHONY: demo test clean

demo: $(VENV)/installed
	$(BIN)/doisoat run $(DEMO) --out $(OUT) || test $$? -eq 1
	@echo "Bảng tổng hợp: $(OUT)/bang-tong-hop.xlsx"

test: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	@touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
