"""The path of one document: what `read_report` puts together from the rooms, and what it never lets through."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from extractor import readers
from extractor.catalog import Catalog
from extractor.model import Block, Document, Problem
from extractor.pipeline import failed_report, read_report, reading_version

REPORT = """ỦY BAN NHÂN DÂN
PHƯỜNG LÊ CHÂN
Số: 12/BC-UBND
Lê Chân, ngày 15 tháng 6 năm 2026

BÁO CÁO
Kết quả giải quyết thủ tục hành chính quý II năm 2026

Tổng số hồ sơ tiếp nhận: 1.250 hồ sơ (trực tuyến: 1.100 hồ sơ; trực tiếp: 110 hồ sơ; kỳ trước chuyển sang: 40 hồ sơ).
Số hồ sơ đã giải quyết: 1.200 hồ sơ; trong đó trước hạn: 1.150 hồ sơ, đúng hạn: 50 hồ sơ, quá hạn: 0 hồ sơ.
Số hồ sơ đang giải quyết: 50 hồ sơ.
Tỷ lệ hài lòng của người dân, tổ chức đạt 98,30%.
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load()


@pytest.fixture()
def report_file(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_report_passes_through_all_rooms(report_file: Path, catalog: Catalog) -> None:
    report = read_report(report_file, catalog)
    assert (report.status, report.format, report.pages) == ("read", "txt", None)
    assert report.identity.issuer == "Phường Lê Chân" and report.identity.period == "2026-Q2"
    values = {figure.key: figure.value for figure in report.figures}
    assert values["received.total", "self", "period"] == 1250
    assert values["pending.total", "self", "period"] == 50
    assert report.findings == ()


def test_evidence_says_what_speaks_for_a_figure(report_file: Path, catalog: Catalog) -> None:
    report_file.write_text(REPORT + "Như vậy, tỷ lệ hài lòng của người dân, tổ chức đạt 98,30%.\n", encoding="utf-8")
    evidence = {figure.indicator: figure.evidence for figure in read_report(report_file, catalog).figures}
    assert evidence["received.total"] == "arithmetic"  # the parts add up to it
    assert evidence["rate.satisfaction"] == "restated"  # no sum, two places
    report_file.write_text("Tỷ lệ hài lòng của người dân, tổ chức đạt 98,30%.\n", encoding="utf-8")
    (alone,) = read_report(report_file, catalog).figures
    assert (alone.evidence, alone.value, alone.decimals) == ("single", Decimal("98.30"), 2)


def test_a_broken_sum_becomes_a_finding(report_file: Path, catalog: Catalog) -> None:
    report_file.write_text(REPORT.replace("đang giải quyết: 50", "đang giải quyết: 60"), encoding="utf-8")
    findings = read_report(report_file, catalog).findings
    assert [(finding.rule, finding.difference) for finding in findings] == [("balance", Decimal(10))]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("missing.docx", None, "unreadable"),
        ("empty.docx", b"", "broken"),
        ("sheet.xyz", b"\x00\x01\x02", "unknown_format"),
        ("cut.pdf", b"%PDF-1.7\nnothing more", "broken"),
    ],
)
def test_what_cannot_be_read_is_a_failed_report_with_a_reason(
    name: str, content: bytes | None, code: str, tmp_path: Path, catalog: Catalog
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    report = read_report(path, catalog)
    assert (report.status, report.problems[0].code, report.figures) == ("failed", code, ())
    assert report.problems[0].message and report.path == str(path)


def document(report_file: Path, *codes: str) -> Document:
    blocks = tuple(Block(f"p{number}", line) for number, line in enumerate(REPORT.splitlines(), 1) if line)
    return Document(str(report_file), "ab" * 32, "pdf", blocks, problems=tuple(Problem(code, "…") for code in codes))


@pytest.mark.parametrize(
    ("codes", "status", "from_picture"),
    [
        ((), "read", False),
        (("scan_page",), "partial", False),  # a page was not read
        (("tracked_changes", "encoding"), "partial", False),  # broken letters
        (("tracked_changes",), "read", False),  # all read, the official should look
        (("ocr_text",), "read", True),  # all read, by a machine before us
    ],
)
def test_what_the_reader_doubts_reaches_the_report(
    codes: tuple[str, ...], status: str, from_picture: bool, report_file: Path, catalog: Catalog,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(readers, "read", lambda path: document(path, *codes))
    report = read_report(report_file, catalog)
    assert report.status == status and {figure.ocr for figure in report.figures} == {from_picture}
    assert tuple(problem.code for problem in report.problems)[: len(codes)] == codes


def test_a_failed_report_knows_the_content_where_there_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"abc")
    report = failed_report(path, "timeout", "…")
    assert report.sha256.startswith("ba7816bf") and report.format == "docx"
    assert failed_report(tmp_path, "unreadable", "…").sha256 == ""  # a folder has no content


def test_the_version_of_a_reading_changes_with_the_patterns(tmp_path: Path, catalog: Catalog) -> None:
    for file in catalog.folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    same = Catalog.load(tmp_path)
    assert reading_version(same) == reading_version(catalog)
    with (tmp_path / "cues.toml").open("a", encoding="utf-8") as file:
        file.write("# một dòng ghi chú\n")
    assert reading_version(Catalog.load(tmp_path)) != reading_version(catalog)
