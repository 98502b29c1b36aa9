"""`doisoat doctor`: what is there and what is missing is told by the programs themselves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor import doctor
from extractor.cli import app
from extractor.readers import office, tesseract

NOTHING = "khong-co-chuong-trinh-nay"


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    tesseract.program.cache_clear()
    yield
    tesseract.program.cache_clear()


def script(folder: Path, name: str, text: str) -> Path:
    """A program that prints a text, whatever it is asked."""
    path = folder / name
    path.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_what_is_missing_is_named_with_one_command_and_the_way_for_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tesseract.PROGRAM_VARIABLE, NOTHING)
    monkeypatch.setenv("DOISOAT_SOFFICE", NOTHING)
    done = CliRunner().invoke(app, ["doctor"])
    assert done.exit_code == 1
    (command,) = [line for line in done.stdout.splitlines() if "apt install" in line]
    for package in ("tesseract-ocr", "tesseract-ocr-vie", "libreoffice-writer-nogui", "libreoffice-calc-nogui"):
        assert f" {package} " in f"{command} "
    assert "UB-Mannheim" in done.stdout and "libreoffice.org" in done.stdout
    assert "[THIẾU] LibreOffice" in done.stdout and "--retry-failed" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for the program")
def test_what_is_there_is_told_with_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(tesseract.PROGRAM_VARIABLE, str(script(tmp_path, "tesseract", "tesseract 5.5.1\nvie\neng")))
    monkeypatch.setenv("DOISOAT_SOFFICE", str(script(tmp_path, "soffice", "LibreOffice 25.2.3.2 abc(Build:2)")))
    found = doctor.readers()
    assert {reader.name: reader.version for reader in found if reader.needed} == {
        "Tesseract kèm tiếng Việt (vie)": "5.5.1",
        "LibreOffice": "25.2.3.2",
    }
    assert doctor.complete(found)
    told = doctor.diagnosis(found, "1.0", "patterns")
    assert "LibreOffice 25.2.3.2" in told and "[THIẾU]" not in told
    assert CliRunner().invoke(app, ["doctor"]).exit_code == 0  # the small helpers are not needed


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for the program")
@pytest.mark.parametrize(
    ("languages", "mode", "words"),
    [
        ("eng\nosd", 0o755, "thiếu dữ liệu tiếng Việt"),  # the usual half installation
        ("vie\neng", 0o644, "chưa có chương trình đọc ảnh"),  # there, and may not be run
    ],
)
def test_half_an_installation_is_none(
    languages: str, mode: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = script(tmp_path, "tesseract", languages)
    path.chmod(mode)
    monkeypatch.setenv(tesseract.PROGRAM_VARIABLE, str(path))
    (found, *_) = doctor.readers()
    assert found.version is None and words in found.trouble
    assert not doctor.complete([found])


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for the program")
def test_a_program_that_does_not_run_counts_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "soffice"
    path.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("DOISOAT_SOFFICE", str(path))
    assert office.program() == str(path)
    libreoffice = next(reader for reader in doctor.readers() if reader.name == "LibreOffice")
    assert libreoffice.version is None and "không chạy được" in libreoffice.trouble


def test_nothing_missing_asks_for_nothing() -> None:
    there = doctor.Reader("X", "đọc x", True, "1")
    told = doctor.diagnosis([there], "1.0", "patterns")
    assert "đủ mọi chương trình" in told and "apt" not in told and "Windows" not in told
