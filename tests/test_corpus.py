"""The made-up documents of corpus/: read as labelled, shown as their transcripts say, rendered from their sources."""

from __future__ import annotations

import importlib.util
import re
import sys
import zipfile
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extractor.catalog import Catalog
from extractor.model import Report
from extractor.pipeline import read_report

FOLDER = Path(__file__).parents[1] / "corpus"


def _module(name: str) -> ModuleType:
    """A script of corpus/, which is no package."""
    spec = importlib.util.spec_from_file_location(f"corpus_{name}", FOLDER / f"{name}.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check, make = _module("check"), _module("make")
SOURCES: dict[str, dict[str, Any]] = {source["id"]: source for source in check.sources()}
WARDS = ("kien-an", "le-ich-moc", "hai-an", "thach-khoi", "an-lao", "ke-sat", "khuc-thua-du", "cat-hai")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")

each = pytest.mark.parametrize("name", SOURCES)


@cache
def catalog() -> Catalog:
    return Catalog.load()


@cache
def reading(name: str) -> Report:
    return read_report(check.document_path(SOURCES[name]), catalog())


def _texts(source: dict[str, Any]) -> str:
    """Every letter of a body, cells included."""
    parts: list[str] = []
    for item in source["body"]:
        ((_, value),) = item.items()
        if isinstance(value, dict) and "rows" in value:
            parts += [cell or "" for row in value["rows"] for cell in row]
        elif isinstance(value, str):
            parts.append(value)
    return "\n".join(parts)


# --------------------------------------------------------------------------- what the program reads


@each
def test_read_as_labelled(name: str) -> None:
    known = {line for line in check.known_gaps() if line.startswith(f"{name} | ")}
    found = set(check.differences(SOURCES[name], reading(name)))
    assert found - known == set(), "read otherwise than labelled"
    assert known - found == set(), "no longer true: take these lines out of corpus/known_gaps.txt"


@each
def test_shown_as_the_golden_transcript_says(name: str) -> None:
    path = check.transcript_path(SOURCES[name])
    if not path.exists():
        assert any(line.startswith(f"{name} | ") for line in check.known_gaps()), f"{path.name} is missing"
        return
    assert check.changed_lines(path.read_text(encoding="utf-8"), check.shown(reading(name), catalog())) == []


def test_side_by_side_as_labelled() -> None:
    """Carry-over, versions, windows and targets: told where they were planted and nowhere else."""
    reports = {name: reading(name) for name in SOURCES}
    found = set(check.across_differences(list(SOURCES.values()), reports, catalog()))
    assert found == {line for line in check.known_gaps() if line in found}


# --------------------------------------------------------------------------- the corpus itself


@each
def test_every_label_is_printed(name: str) -> None:
    """A label names a number that stands in the text; zeros may be words."""
    source = SOURCES[name]
    printed = {token.replace(".", "").replace(",", "").lstrip("0") for token in NUMBER.findall(_texts(source))}
    for figure in source["gold"]["figures"]:
        digits = f"{figure['value']:g}".replace(".", "") if figure["value"] < 100_000 else str(figure["value"])
        ways = {digits.lstrip("0"), digits.lstrip("0") + "0"}  # 98,70 is labelled 98.7
        assert figure["value"] == 0 or ways & printed, figure


@pytest.mark.parametrize("ward", WARDS)
def test_carried_over_is_what_was_pending(ward: str) -> None:
    def value(source: dict[str, Any], indicator: str) -> int:
        return next(
            int(figure["value"])
            for figure in source["gold"]["figures"]
            if (figure["indicator"], figure["scope"], figure["basis"]) == (indicator, "self", "period")
        )

    first, second = SOURCES[f"{ward}-q1"], SOURCES[f"{ward}-q2"]
    slip = any(across["rule"] == "carry_over" for across in second["gold"].get("across", ()))
    assert (value(first, "pending.total") == value(second, "received.carried_over")) is not slip


@pytest.mark.parametrize("name", [name for name, source in SOURCES.items() if source["file"].endswith(".docx")])
def test_word_files_are_what_their_sources_say(name: str, tmp_path: Path) -> None:
    def body(path: Path) -> bytes:
        with zipfile.ZipFile(path) as archive:
            return archive.read("word/document.xml")

    make.write_docx(SOURCES[name], tmp_path / "made.docx")
    assert body(tmp_path / "made.docx") == body(check.document_path(SOURCES[name])), "run corpus/make.py"


def test_every_document_has_a_source() -> None:
    wanted = {check.document_path(source) for source in SOURCES.values()}
    there = {path for path in check.DOCUMENTS.rglob("*") if path.is_file()}
    transcripts = {check.transcript_path(source) for source in SOURCES.values()}
    assert wanted <= there <= wanted | transcripts
    assert sum(path.stat().st_size for path in there) < 3_000_000
