"""What README.md shows is what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from extractor.catalog import Catalog
from extractor.cli import app
from extractor.pipeline import read_report

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_sentence_is_read_as_shown(tmp_path: Path) -> None:
    sentence = " ".join(line.removeprefix("> ") for line in README.splitlines() if line.startswith("> "))
    shown = re.findall(r"^\| ([a-z_]+\.[a-z_]+) \| (\d+) \|$", README, re.MULTILINE)
    path = tmp_path / "bao-cao.txt"
    path.write_text(sentence, encoding="utf-8")
    report = read_report(path, Catalog.load())
    assert [(figure.indicator, str(figure.value)) for figure in report.figures] == shown
    assert {finding.rule for finding in report.findings} == set(re.findall(r"\(`([\w.]+)`\)", README))
    best = report.findings[0].suggestions[0]
    assert (best.indicator, int(best.printed), int(best.proposed)) == ("resolved.total", 1187, 1182)
    assert "letters 116–121" in README and (report.figures[4].place.start, report.figures[4].place.end) == (116, 121)


def test_the_library_example_runs(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    path = tmp_path / "bao-cao.txt"
    path.write_text("Tổng số hồ sơ tiếp nhận: 1.205 hồ sơ.", encoding="utf-8")
    exec(compile(program.replace('"bao-cao.docx"', repr(str(path))), "README.md", "exec"), {})


def test_the_files_and_commands_named_exist() -> None:
    for name in re.findall(r"`((?:extractor|patterns|corpus|benchmarks|docs)/[\w./]*)`", README):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"\]\(([\w./-]+)\)", README):
        assert (ROOT / name).exists(), name
    listed = CliRunner().invoke(app, ["--help"]).stdout
    for command in re.findall(r"`(?:doisoat )?(run|extract|show|check|table|export|patterns)\b", README):
        assert command in listed
