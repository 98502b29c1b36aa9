"""The letters of the office: whom they ask, what they say of which number, and how they are laid out."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from typer.testing import CliRunner

from extractor.catalog import Catalog
from extractor.catalog.units import Commune
from extractor.cli import app
from extractor.errors import OutputError, PatternError
from extractor.export.letter_page import Letter, write_letter
from extractor.export.letters import letters, without_letter, write_letters
from extractor.model import Figure, Finding, Identity, Place, Question, Report, Suggestion, Unread
from extractor.overview import overlook

CATALOG = Catalog.load()
VALUES = {"received.total": 3286, "resolved.total": 3246, "pending.total": 45}


def figure(indicator: str, value: int, **more: object) -> Figure:
    printed = f"{value:,}".replace(",", ".")
    place = Place("p14", 12, 12 + len(printed), f"Số đã ghi là {printed} hồ sơ", 2)
    return replace(Figure(indicator, "self", "period", Decimal(value), printed, place), **more)  # type: ignore[arg-type]


def slip(printed: int = 3246, proposed: int = 3241, indicator: str = "resolved.total") -> Suggestion:
    return Suggestion(indicator, "self", "period", Decimal(printed), Decimal(proposed), "khớp")


def broken(**more: object) -> Finding:
    base = Finding(
        "balance", "self", "period", "error", 1, "pinned", "Tiếp nhận 3.286 không bằng 3.291; chênh lệch 5.",
        (0, 1, 2), Decimal(5), (slip(),),
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def report(*findings: Finding, unit: str = "Phường Lê Chân", **more: object) -> Report:
    kind, _, name = unit.partition(" ")
    commune = CATALOG.units.commune(name, kind, "Hải Phòng")
    own = {"number": "12/BC-UBND", "date": date(2026, 6, 16), "kind": "BC", "internal": False, "level": None}
    own |= {k: more.pop(k) for k in list(own) if k in more}
    identity = Identity(
        issuer=unit, issuer_code=commune.code if commune else None, province="Hải Phòng", period="2026-Q2", **own,
    )  # type: ignore[arg-type]  # fmt: skip
    figures = tuple(figure(i, v) for i, v in VALUES.items())
    base = Report(f"{unit}.docx", unit, "docx", "read", (), identity, figures, findings=findings)
    return replace(base, **more)  # type: ignore[arg-type]


def composed(
    reports: Sequence[Report], roster: Sequence[Commune] = (), deadline: date | None = None
) -> tuple[Letter, ...]:
    return letters(reports, overlook(reports, CATALOG, roster), CATALOG, deadline)


def row(*findings: Finding, **more: object) -> Sequence[str]:
    (letter,) = composed([report(*findings, **more)])
    assert letter.grid is not None
    return letter.grid.rows[0]


# --------------------------------------------------------------------------- what is asked


def test_an_exact_contradiction_is_a_request_to_correct_with_the_place_of_the_number() -> None:
    (letter,) = composed([report(broken())], deadline=date(2026, 7, 5))
    assert letter.name == "ra-soat-2026-Q2-phuong-le-chan"
    assert letter.to == "Kính gửi: Ủy ban nhân dân phường Lê Chân"
    assert letter.subject.startswith("V/v đề nghị rà soát, điều chỉnh số liệu") and "quý II năm 2026" in letter.subject
    assert "Báo cáo số 12/BC-UBND ngày 16/6/2026 của Ủy ban nhân dân phường Lê Chân" in letter.opening[0]
    assert "trước ngày 05 tháng 7 năm 2026" in letter.closing[0] and letter.closing[-1].endswith("./.")
    assert letter.grid is not None
    assert letter.grid.rows == [(
        "1", "Tiếp nhận 3.286 không bằng 3.291; chênh lệch 5.",
        "Tổng số đã giải quyết: 3.246 (trang 2, đoạn 14)\n“Số đã ghi là 3.246 hồ sơ”\n"
        "Tổng số hồ sơ tiếp nhận: 3.286 (trang 2, đoạn 14)\nTổng số đang giải quyết: 45 (trang 2, đoạn 14)",
        "Tổng số đã giải quyết: 3.241", "5", "Rà soát, điều chỉnh số liệu",
    )]  # fmt: skip


def test_several_possibilities_name_every_number_and_accuse_none() -> None:
    cells = row(broken(certainty="candidates", suggestions=(slip(), slip(45, 40, "pending.total"))))
    assert cells[2].count("(trang 2, đoạn 14)") == 3
    assert cells[3] == "Một trong các khả năng: \n- Tổng số đã giải quyết: 3.241\n- Tổng số đang giải quyết: 40"
    assert cells[5] == "Đối chiếu từng số, điều chỉnh số chưa đúng"


def test_what_a_proposal_depends_on_stands_beside_it() -> None:
    cells = row(broken(suggestions=(replace(slip(), provided="nếu đúng hạn = 0"),)))
    assert cells[3] == "Tổng số đã giải quyết: 3.241 (nếu đúng hạn = 0)"


def test_two_numbers_that_are_wrong_together_stand_together() -> None:
    cells = row(broken(suggestions=(slip(3246, 45), slip(45, 3246, "pending.total"))))
    assert cells[3] == "Tổng số đã giải quyết: 45\nTổng số đang giải quyết: 3.246"
    shown = [line.partition(" (")[0] for line in cells[2].splitlines() if not line.startswith("“")]
    assert shown == ["Tổng số đã giải quyết: 3.246", "Tổng số đang giải quyết: 45", "Tổng số hồ sơ tiếp nhận: 3.286"]


def test_what_would_settle_it_is_asked() -> None:
    question = Question("resolved.on_time", "self", "period", None, "Đúng hạn thực tế là bao nhiêu?")
    assert row(broken(question=question))[5].splitlines() == [
        "Rà soát, điều chỉnh số liệu", "Đề nghị xác nhận: Đúng hạn thực tế là bao nhiêu?",
    ]  # fmt: skip


def test_a_number_printed_twice_is_to_be_mended_in_both_places() -> None:
    again = replace(figure("resolved.total", 3246), also=(Place("p43", 0, 5, "3.246 hồ sơ", 4),))
    figures = (figure("received.total", 3286), again, figure("pending.total", 45))
    assert "3.246 (trang 2, đoạn 14; và tại trang 4, đoạn 43)" in row(broken(), figures=figures)[2]


@pytest.mark.parametrize(
    ("found", "more"),
    [
        (broken(severity="warning", certainty="none", suggestions=()), {}),
        (broken(), {"figures": tuple(figure(i, v, ocr=True) for i, v in VALUES.items())}),
    ],
)
def test_what_may_be_our_doubt_is_only_to_be_confirmed(found: Finding, more: dict[str, object]) -> None:
    (letter,) = composed([report(found, **more)])
    assert letter.subject.startswith("V/v đề nghị xác nhận số liệu")
    assert "chưa thống nhất" not in letter.opening[0] and letter.grid is not None
    assert letter.grid.rows[0][5].startswith("Xác nhận")


def test_unread_numbers_are_asked_about_not_held_against_anybody() -> None:
    left = Unread("1.205", ("received.total", "received.new"), "…", Place("p3", 0, 5, "nhận 1.205 hồ sơ", 1))
    unknown = Unread("77", (), "…", Place("p4", 0, 2, "77", 1))
    (letter,) = composed([report(broken(), unread=(left, unknown))])
    assert "có thể hiểu khác nhau" in letter.closing[0]
    assert letter.closing[1] == "- Số 1.205 tại trang 1, đoạn 3: “nhận 1.205 hồ sơ”."
    assert not any("77" in line for line in letter.closing)


@pytest.mark.parametrize(
    "quiet",
    [
        report(),
        report(broken(severity="notice")),
        report(broken(), internal=True),
        report(broken(), level="province", unit="Thành phố Hải Phòng"),
        report(broken(), kind="KH"),
        replace(report(), unread=(Unread("1", ("received.total",), "…", Place("p1", 0, 1, "1")),)),
    ],
)
def test_no_letter_where_nothing_is_to_be_asked_of_a_ward(quiet: Report) -> None:
    assert composed([quiet]) == ()


def test_errors_that_no_ward_can_be_asked_about_are_named() -> None:
    reports = [report(broken(), level="district", path="huyen.docx"), report(broken(), path="phuong.docx")]
    assert without_letter(reports, overlook(reports, CATALOG, ())) == ("huyen.docx",)


def test_a_version_that_does_not_count_gets_no_letter() -> None:
    old = report(broken(), number="3/BC-UBND", date=date(2026, 6, 10), path="old.docx")
    assert composed([old, report(path="new.docx")]) == ()


def test_a_carry_over_asks_for_a_look_at_the_last_report() -> None:
    last = report(figures=(figure("pending.total", 30),))
    last = replace(last, path="q1.docx", identity=replace(last.identity, period="2026-Q1"))
    now = report(figures=(figure("received.carried_over", 35),))
    (letter,) = composed([last, now])
    assert letter.grid is not None and letter.grid.rows[0][5].startswith("Xác nhận")
    abut = [replace(r, identity=replace(r.identity, window=w)) for r, w in (
        (last, (date(2025, 12, 15), date(2026, 3, 14))), (now, (date(2026, 3, 15), date(2026, 6, 14))),
    )]  # fmt: skip
    (letter,) = composed(abut)
    assert letter.grid is not None
    assert letter.grid.rows[0][2].splitlines()[-1] == (
        "Tổng số đang giải quyết: 30 (báo cáo số 12/BC-UBND ngày 16/6/2026, trang 2, đoạn 14)"
    )
    assert letter.grid.rows[0][5].splitlines() == [
        "Đối chiếu với báo cáo kỳ trước, điều chỉnh hoặc giải trình",
        "Đề nghị xác nhận: Số hồ sơ đang giải quyết cuối quý I năm 2026 là 30 hay 35?",
    ]  # fmt: skip


# --------------------------------------------------------------------------- the reminder

ROSTER = [c for n in ("Lê Chân", "Đồ Sơn", "Tiên Lãng") if (c := CATALOG.units.commune(n, None, "Hải Phòng"))]


def test_the_reminder_lists_who_is_missing_and_why() -> None:
    (letter,) = composed([report(), report(unit="Phường Đồ Sơn", number=None)], ROSTER)
    assert letter.name == "don-doc-2026-Q2" and "theo danh sách kèm theo" in letter.to
    assert "của 1/3 đơn vị; còn 2 đơn vị" in letter.opening[0] and letter.annex is not None
    assert [(r[1], r[2]) for r in letter.annex.rows] == [
        ("Phường Đồ Sơn", "Bản gửi chưa thấy số hoặc ngày ban hành"), ("Xã Tiên Lãng", "Chưa nhận được báo cáo"),
    ]  # fmt: skip
    assert composed([report()], ROSTER[:1]) == ()
    assert "trước ngày        tháng" in letter.opening[1]  # no deadline was given: blank to fill


# --------------------------------------------------------------------------- the page


def test_the_layout_is_that_of_the_decree(tmp_path: Path) -> None:
    reports = [report(broken())]
    (path,) = write_letters(tmp_path / "cv", composed(reports))
    document = Document(str(path))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 30, 20, 20]
    assert document.styles["Normal"].font.name == "Times New Roman"
    head, table, foot = document.tables
    left, right = ([p.text for row in head.rows for p in row.cells[c].paragraphs] for c in (0, 1))
    assert left[:3] == ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG", "VĂN PHÒNG"] and left[-1].startswith("V/v")
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert right[-1] == "Hải Phòng, ngày        tháng        năm 20…"
    assert "w:tblBorders" not in head._tbl.xml and "w:tblHeader" in table.rows[0]._tr.xml
    assert [c.text for c in table.rows[0].cells] == [
        "TT", "Nội dung", "Số liệu báo cáo", "Số liệu tính lại", "Chênh lệch", "Đề nghị",
    ]  # fmt: skip
    assert foot.rows[0].cells[0].paragraphs[0].text == "Nơi nhận:"
    body = [p for p in document.paragraphs if p.text.startswith("Thực hiện")]
    assert body[0].runs[0].font.size == Pt(14)


def test_letters_that_xml_forbids_do_not_reach_the_file(tmp_path: Path) -> None:
    (letter,) = composed([report(broken(message="Số\x00 \x0b9 <b>&amp;"))])
    write_letter(tmp_path / "a.docx", letter)
    assert Document(str(tmp_path / "a.docx")).tables[1].cell(1, 1).text == "Số 9 <b>&amp;"


def test_two_letters_of_one_name_are_two_files(tmp_path: Path) -> None:
    (letter,) = composed([report(broken())])
    other = report(broken(), path="b.docx")
    other = replace(other, identity=replace(other.identity, issuer_code=None, province="Cần Thơ"))
    assert [found.name for found in composed([report(broken()), other])] == [letter.name, f"{letter.name}-2"]


def test_of_two_equal_versions_one_letter_is_written_that_asks_which_is_the_official_one() -> None:
    figures = (*report().figures[:2], figure("pending.total", 46))
    tied = [report(broken(), path="a.docx"), report(broken(), path="b.pdf", sha256="b", figures=figures)]
    (letter,) = composed(tied)
    assert letter.grid is not None
    assert [r[5] for r in letter.grid.rows] == ["Rà soát, điều chỉnh số liệu", "Xác nhận bản chính thức"]


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cv").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="Không ghi được"):
        write_letters(tmp_path / "cv", composed([report(broken())]))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('close           = "{speaker}', 'close           = "{loudspeaker}', "loudspeaker"),
        ('"Chênh lệch", "Đề nghị"]', '"Chênh lệch"]', "headings"),
        ('pinned     = "', 'pined     = "', "pinned"),
        ('signer    = ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]', 'signer    = "CHÁNH VĂN PHÒNG"', "signer"),
    ],
)
def test_wrong_words_are_refused_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    shutil.copytree(CATALOG.folder, tmp_path / "patterns")
    path = tmp_path / "patterns" / "letters.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PatternError, match=named):
        _ = Catalog.load(tmp_path / "patterns").letters


# --------------------------------------------------------------------------- the command

TEXT = """ỦY BAN NHÂN DÂN
PHƯỜNG LÊ CHÂN
Số: 12/BC-UBND
Lê Chân, ngày 15 tháng 6 năm 2026
BÁO CÁO
Kết quả giải quyết thủ tục hành chính quý II năm 2026

Tổng số hồ sơ tiếp nhận: 1.250 hồ sơ. Số hồ sơ đã giải quyết: 1.200 hồ sơ. Số hồ sơ đang giải quyết: 60 hồ sơ.
"""


def test_the_command_writes_the_letters_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "ds.txt").write_text("Phường Lê Chân\nPhường Đồ Sơn\n", encoding="utf-8")
    arguments = ["letters", str(tmp_path / "in"), "--out", str(tmp_path / "cv"), "--roster", str(tmp_path / "ds.txt")]
    done = CliRunner().invoke(app, [*arguments, "--deadline", "30/6/2026"])
    assert done.exit_code == 0, done.output
    assert [p.name for p in sorted((tmp_path / "cv").iterdir())] == [
        "don-doc-2026-Q2.docx", "ra-soat-2026-Q2-phuong-le-chan.docx",
    ]  # fmt: skip
    (tmp_path / "ds.txt").write_text("Phường Lê Chân\nPhường Đồ Xơn Xa\n", encoding="utf-8")
    refused = CliRunner().invoke(app, arguments)
    assert refused.exit_code == 2 and "dòng 2" in refused.stderr
    nothing = CliRunner().invoke(app, ["letters", "--from", str(tmp_path)])
    assert nothing.exit_code == 2 and "doisoat run" in nothing.stderr
