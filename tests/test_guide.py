"""The officials' guide speaks of the program as it is: its commands, its sheets, the words in its cells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from extractor.catalog import Catalog, labels
from extractor.cli import app

GUIDE = (Path(__file__).parents[1] / "docs" / "huong-dan.md").read_text(encoding="utf-8")
LABELS = Catalog.load().labels


def test_every_command_of_the_guide_exists_with_its_options() -> None:
    commands = typer.main.get_group(app).commands
    lines = [line for line in re.findall(r"`?(doisoat [^`\n|]+)", GUIDE) if not line.startswith("doisoat đọc")]
    assert len(lines) > 8
    for line in lines:
        name = line.split()[1]
        if name.startswith("--"):
            assert name == "--version"
            continue
        assert name in commands, line
        known = {option for parameter in commands[name].params for option in parameter.opts} | {"--help"}
        assert set(re.findall(r"--[\w-]+", line)) <= known, line


@pytest.mark.parametrize("key", sorted(k for k in LABELS.texts if k.startswith("sheet.")))
def test_every_sheet_is_explained(key: str) -> None:
    assert f"| {LABELS.text(key)} |" in GUIDE


@pytest.mark.parametrize("reason", labels.BLANKS)
def test_every_reason_of_a_blank_is_explained(reason: str) -> None:
    assert f"| {LABELS.mark(reason)} |" in GUIDE


@pytest.mark.parametrize("certainty", ["pinned", "likely", "candidates", "sum", "none"])
def test_every_certainty_is_explained(certainty: str) -> None:
    assert f"| {LABELS.certainty(certainty)} |" in GUIDE
