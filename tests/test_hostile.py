"""Broken and hostile files: each ends in one status and a sentence. The long run is benchmarks/fuzz.py."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import hostile
import pytest

from extractor import readers
from extractor.batch import read_many
from extractor.catalog import Catalog
from extractor.model import Report

NOT_PROPER = {"crashed", "internal", "timeout"}
QUICK = [(kind, make()) for kind, make in hostile.HEALTHY.items() if kind != "rtf"]  # LibreOffice is slow

REFUSED = [
    ("rong.docx", "broken"),
    ("bom-xml.docx", "broken"),
    ("bom-xml.xlsx", "broken"),
    ("lay-tep.docx", "broken"),
    ("bom.docx", "limit"),
    ("bang-khong-lo.xlsx", "limit"),
    ("bom.zip!/bom.txt", "limit"),
    ("nhieu-tep.zip", "limit"),
    ("nhieu-lop.eml", "limit"),
    ("khoa.docx", "encrypted"),
    ("khoa.xlsx", "encrypted"),
    ("khoa.zip!/bc.docx", "encrypted"),
    ("khoa-office.docx", "encrypted"),
    ("goi.rar", "unknown_format"),
    ("trong.zip", "unreadable"),
    ("khong-co.docx", "unreadable"),
]


def read(paths: list[Path]) -> list[Report]:
    """One report for each path, checked for what every report must be."""
    found = dict(read_many(paths, Catalog.load(None), workers=2, seconds=20))
    assert sorted(found) == list(range(len(paths)))
    reports = [found[index] for index in range(len(paths))]
    for path, report in zip(paths, reports, strict=True):
        codes = {problem.code for problem in report.problems}
        assert not codes & NOT_PROPER, (path, report.problems)
        assert report.path == str(path)
        if report.status == "failed":
            assert report.problems and not report.figures
            assert any(ord(letter) > 0x7F for letter in report.problems[0].message), "a sentence in Vietnamese"
    return reports


def test_what_was_made_to_hurt(tmp_path: Path) -> None:
    paths = readers.collect(hostile.traps(tmp_path) + hostile.healthy(tmp_path))
    reports = {report.path.removeprefix(f"{tmp_path}/"): report for report in read(paths)}
    statuses = {name: report.status for name, report in reports.items()}
    for name in ("tot.docx", "tot.xlsx", "tot.txt", "tot.pdf", "tot.zip!/xa/bc.docx", "tot.eml!/báo cáo.docx"):
        assert statuses[name] == "read", name
    for name, code in REFUSED:
        assert [problem.code for problem in reports[name].problems] == [code], name
    assert "root:" not in str(reports["lay-tep.docx"])
    assert not (tmp_path.parent / "ra-ngoai.docx").exists() and not Path("/tmp/ra-ngoai.docx").exists()


def test_damage_anywhere(tmp_path: Path) -> None:
    paths = hostile.mutations(QUICK, 110, seed=2026, folder=tmp_path)
    for kind, data in QUICK[:2]:
        for number, piece in enumerate(hostile.cut(data)):
            paths.append(tmp_path / f"cut{number}.{kind}")
            paths[-1].write_bytes(piece)
    statuses = [report.status for report in read(readers.collect(paths))]
    assert statuses.count("failed") > 20 and statuses.count("read") > 20


def test_the_seed_makes_the_same_files_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = time.struct_time((2026, 4, 1, 12, 0, 0, 2, 91, 0))
    monkeypatch.setattr(time, "localtime", lambda *_: noon)  # packages hold the second in which they were made

    def contents(name: str) -> list[bytes]:
        (tmp_path / name).mkdir()
        return [path.read_bytes() for path in hostile.mutations(QUICK[:1], 5, 7, tmp_path / name)]

    assert contents("a") == contents("b")


def test_folders_that_go_round_end(tmp_path: Path) -> None:
    hostile.traps(tmp_path)
    found = [path.relative_to(tmp_path).as_posix() for path in readers.collect([tmp_path])]
    assert len(found) == len(set(found)) and "rong.docx" in found
    assert not any("lai/lai" in name for name in found)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such thing on this system")
def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("cua.docx")
        (report,) = read([tmp_path / "cua.docx"])
    assert report.status == "failed" and "không phải tệp" in report.problems[0].message
