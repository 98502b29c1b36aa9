"""The workbook as a spreadsheet program sees it: numbers as numbers, words as words, doubts in sight."""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from extractor.catalog import Catalog, labels
from extractor.comparison import Followed, Progress, Submission, Unit
from extractor.consolidate import compare
from extractor.errors import OutputError
from extractor.export.causes import causes
from extractor.export.workbook import write_workbook
from extractor.export.workbook_page import clean, number_format, plain_format
from extractor.export.workbook_words import file_names
from extractor.model import (
    Figure,
    Finding,
    Identity,
    Place,
    PlanRow,
    Problem,
    Report,
    Suggestion,
    Target,
    Unread,
)

CATALOG = Catalog.load()
LABELS = CATALOG.labels
COUNTS = {
    "received.total": 3286,
    "received.online": 3258,
    "received.in_person": 0,
    "received.carried_over": 28,
    "resolved.total": 3246,
    "resolved.early": 3000,
    "resolved.on_time": 241,
    "resolved.overdue": 0,
    "pending.total": 45,
    "pending.in_time": 45,
    "pending.overdue": 0,
}
# What spreadsheets have been made to run or to break on.
HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    "+1",
    "-1",
    '=HYPERLINK("http://x","y")',
    "http://vi-du.vn",
    "\t=1",
    "a\x00b\x1fc\ufffe",
    "12",
)


def figure(indicator: str, value: object, **more: object) -> Figure:
    printed = str(value).replace(".", ",")
    decimals = len(printed.partition(",")[2])
    place = Place("p14", 12, 17, f"{LABELS.indicator(indicator)} là {printed}", 2)
    return replace(Figure(indicator, "self", "period", Decimal(str(value)), printed, place, decimals), **more)  # type: ignore[arg-type]


def report(
    unit: str = "Phường Ví Dụ", counts: dict[str, int] | None = None, *, period: str = "2026-Q2", path: str = "",
    province: str = "Hải Phòng", **more: object,
) -> Report:  # fmt: skip
    identity = Identity("BC", "10/BC-UBND", date(2026, 6, 14), unit, None, province, period, None, "commune")
    figures = tuple(figure(i, v) for i, v in (COUNTS if counts is None else counts).items())
    path = path or f"nhan/{unit} {period}.docx"
    return replace(Report(path, path, "docx", "read", identity=identity, figures=figures), **more)  # type: ignore[arg-type]


def written(tmp_path: Path, reports: Sequence[Report]) -> Workbook:
    path = tmp_path / "bang.xlsx"
    write_workbook(path, reports, compare(reports), CATALOG)
    return load_workbook(path)


def row_of(sheet: Worksheet, words: str, column: int = 2) -> int:
    return next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, column).value == words)


def column_of(sheet: Worksheet, number: str) -> int:
    """The column of form II.06a with this number."""
    return next(c.column for line in sheet["A6:Z7"] for c in line if c.value == f"({number})")


# --------------------------------------------------------------------------- the form


def test_the_form_has_the_merged_headings_of_the_circular(tmp_path: Path) -> None:
    sheet = written(tmp_path, [report()])["Tổng hợp"]
    merged = {str(r): sheet.cell(r.min_row, r.min_col).value for r in sheet.merged_cells.ranges if r.min_row in (4, 5)}
    assert merged["C4:F4"] == "Số hồ sơ tiếp nhận"
    assert merged["D5:E5"] == "Trong kỳ"
    assert merged["G4:J4"] == "Số hồ sơ đã giải quyết"
    assert merged["K4:M4"] == "Số hồ sơ đang giải quyết"
    assert merged["B4:B6"] == "Đơn vị"
    assert [sheet.cell(7, c).value for c in range(1, 14)] == [f"({n})" for n in range(1, 14)]
    assert sheet.freeze_panes == "C8"
    assert sheet.print_title_rows == "$4:$7"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages down as it takes, one across


def test_numbers_are_numbers_and_totals_are_formulas(tmp_path: Path) -> None:
    sheet = written(tmp_path, [report("Xã A"), report("Xã B")])["Tổng hợp"]
    row, total = row_of(sheet, "Xã A"), row_of(sheet, "Tổng cộng")
    assert [sheet.cell(row, c).value for c in range(3, 14)] == list(COUNTS.values())
    assert sheet.cell(row, 3).number_format == "#,##0"
    assert sheet.cell(total, 3).value == f'=IF(COUNT(C{row}:C{row + 1})=0,"không có số",SUM(C{row}:C{row + 1}))'
    assert sheet.cell(total + 1, 3).value == f"=COUNT(C{row}:C{row + 1})"
    assert sheet.auto_filter.ref == f"A{row - 1}:O{row + 1}"  # from the numbers of the columns to the last unit
    assert not any(row - 1 <= r.min_row <= row + 1 for r in sheet.merged_cells.ranges)  # or nobody can sort it


def test_formulas_carry_their_values_for_programs_that_do_not_calculate(tmp_path: Path) -> None:
    reports = [report("Xã A"), report("Xã B")]
    write_workbook(tmp_path / "b.xlsx", reports, compare(reports), CATALOG)
    sheet = load_workbook(tmp_path / "b.xlsx", data_only=True)["Tổng hợp"]
    assert sheet.cell(row_of(sheet, "Tổng cộng"), 3).value == 2 * 3286


@pytest.mark.parametrize(
    ("extra", "heading"),
    [
        ("received.new", "Cộng trong kỳ"),
        ("received.postal", "Trong đó: bưu chính (ghi riêng)"),
        ("resolved.withdrawn", "Rút"),
        ("resolved.refused", "Từ chối, trả lại"),
        ("pending.supplement", "Chờ bổ sung, tạm dừng"),
        ("resolved.early_or_on_time", "Trước và đúng hạn (gộp)"),
    ],
)
def test_columns_outside_the_form_only_where_used(tmp_path: Path, extra: str, heading: str) -> None:
    def headings(reports: list[Report]) -> set[object]:
        sheet = written(tmp_path, reports)["Tổng hợp"]
        return {sheet.cell(r, c).value for r in (5, 6) for c in range(1, sheet.max_column + 1)}

    assert heading not in headings([report()])
    assert heading in headings([report(counts={**COUNTS, extra: 3})])


def test_a_zero_and_a_blank_never_look_alike(tmp_path: Path) -> None:
    counts = {k: v for k, v in COUNTS.items() if k != "resolved.overdue"}
    sheet = written(tmp_path, [report("Xã A", counts), report("Xã B")])["Tổng hợp"]
    blank, zero = (sheet.cell(row_of(sheet, u), column_of(sheet, "10")) for u in ("Xã A", "Xã B"))
    assert (blank.value, zero.value) == ("không nêu", 0)
    assert blank.comment is not None
    assert "Không nêu trong báo cáo" in blank.comment.text


def test_a_column_without_any_number_has_no_zero_total(tmp_path: Path) -> None:
    reports = [report(counts={"received.total": 5})]
    write_workbook(tmp_path / "b.xlsx", reports, compare(reports), CATALOG)
    sheet = load_workbook(tmp_path / "b.xlsx", data_only=True)["Tổng hợp"]
    assert sheet.cell(row_of(sheet, "Tổng cộng"), column_of(sheet, "7")).value == "không có số"


def test_the_note_of_a_cell_names_file_place_and_quote(tmp_path: Path) -> None:
    also = (Place("t2r5c3", 0, 5, "…", 4),)
    figures = (figure("received.total", 3286, also=also, ocr=True),)
    sheet = written(tmp_path, [report("Xã A", figures=figures)])["Tổng hợp"]
    comment = sheet.cell(row_of(sheet, "Xã A"), 3).comment
    assert comment is not None
    for words in ("Xã A 2026-Q2.docx", "trang 2, đoạn 14", "“Tổng số hồ sơ tiếp nhận là 3286”",
                  "trang 4, bảng 2, dòng 5, cột 3", "Đọc từ ảnh"):  # fmt: skip
        assert words in comment.text


def test_the_column_of_both_ways_says_what_it_adds(tmp_path: Path) -> None:
    counts = {"received.total": 20, "received.online": 10, "received.in_person": 6, "received.postal": 4}
    sheet = written(tmp_path, [report("Xã A", counts)])["Tổng hợp"]
    cell = sheet.cell(row_of(sheet, "Xã A"), column_of(sheet, "5"))
    assert cell.value == 10
    assert cell.comment is not None
    for words in ("Cộng các số ghi riêng: Trực tiếp, BCCI 6 + Bưu chính 4", "Ghi trong văn bản: 6",
                  "Ghi trong văn bản: 4"):  # fmt: skip
        assert words in cell.comment.text


def test_the_note_of_a_cell_at_fault_says_what_it_may_have_been_and_on_what_condition(tmp_path: Path) -> None:
    meant = Suggestion("resolved.total", "self", "period", Decimal(3246), Decimal(3241), "", "nếu đúng hạn = 0")
    counts = {"received.total": 3286, "resolved.total": 3246, "pending.total": 45}
    finding = Finding("balance", "self", "period", "error", 1, "pinned", "3.286 ≠ 3.291.", (0, 1, 2), None, (meant,))
    sheet = written(tmp_path, [report("Xã A", counts, findings=(finding,))])["Tổng hợp"]
    notes = [sheet.cell(row_of(sheet, "Xã A"), column_of(sheet, n)).comment for n in ("7", "3")]
    assert notes[0] is not None and notes[1] is not None
    assert notes[0].text.endswith("Có thể là 3.241 chứ không phải 3.246 (nếu đúng hạn = 0)")
    assert notes[1].text.endswith("3.286 ≠ 3.291.")


def test_a_file_in_an_archive_is_named_with_the_archive(tmp_path: Path) -> None:
    paths = ["/in/goi.zip!/xa/bc.docx", "/in/GOI.ZIP!/thu.eml!/a.docx", "/in/bc.docx", "/in/Khẩn!/d.docx"]
    assert file_names(paths) == ("goi.zip!/xa/bc.docx", "GOI.ZIP!/thu.eml!/a.docx", "bc.docx", "d.docx")


def test_a_stranger_among_reports_has_no_findings_told(tmp_path: Path) -> None:
    finding = Finding("restated", "self", "period", "error", 1, "candidates", "Hai số khác nhau.", (0,))
    stranger = Report("la.xlsx", "1", "xlsx", "read", figures=(figure("received.total", 5),), findings=(finding,))
    alone = causes([stranger], compare([stranger]))
    among = [report("Xã A", findings=(finding,)), stranger]
    assert [c.report for c in alone] == [0] and [c.report for c in causes(among, compare(among))] == [0]


def test_the_note_of_a_blank_cell_says_what_may_still_be_in_the_report(tmp_path: Path) -> None:
    rate = figure("rate.online", 95, numerator=Decimal(1910), denominator=Decimal(2000))
    unread = (Unread("12", (), "không rõ đếm gì", Place("p3", 0, 2, "12 hồ sơ", 1)),)
    counted = report("Xã A", figures=(figure("received.total", 2000), rate), unread=unread)
    sheet = written(tmp_path, [counted])["Tổng hợp"]
    for number, mark, words in (
        ("4", "trong phân số", "Chỉ nêu trong phân số 1.910/2.000 của tỷ lệ"),
        ("7", "chưa thấy", "Chưa thấy; báo cáo còn 1 số chưa đọc được chắc chắn"),
    ):
        cell = sheet.cell(row_of(sheet, "Xã A"), column_of(sheet, number))
        assert cell.value == mark
        assert cell.comment is not None and words in cell.comment.text


def test_an_unread_number_is_quoted_in_the_note(tmp_path: Path) -> None:
    unread = (
        Unread("1.2O5", ("received.total",), "chữ O lẫn trong số", Place("p3", 0, 5, "tiếp nhận 1.2O5 hồ sơ", 1)),
    )
    sheet = written(tmp_path, [report("Xã A", {"resolved.total": 1}, unread=unread)])["Tổng hợp"]
    cell = sheet.cell(row_of(sheet, "Xã A"), 3)
    assert cell.value == "chưa đọc được"
    assert cell.comment is not None
    assert "tiếp nhận 1.2O5 hồ sơ" in cell.comment.text


def test_the_culprit_stands_out_from_those_that_take_part(tmp_path: Path) -> None:
    suggestion = Suggestion("resolved.total", "self", "period", Decimal(3246), Decimal(3241), "khớp hai phép tính")
    finding = Finding(
        "balance", "self", "period", "error", 1, "pinned", "Lệch 5.", (0, 4, 8), Decimal(5), (suggestion,)
    )
    sheet = written(tmp_path, [report("Xã A", findings=(finding,))])["Tổng hợp"]
    row = row_of(sheet, "Xã A")
    fill = {n: sheet.cell(row, column_of(sheet, n)).fill.fgColor.rgb for n in ("3", "7", "11", "8")}
    assert fill["7"] == "FFA61C00"
    assert fill["3"] == fill["11"] == "FFFFF2CC"
    assert fill["8"] not in {fill["3"], fill["7"]}
    assert sheet.cell(row, column_of(sheet, "7")).font.bold
    comment = sheet.cell(row, column_of(sheet, "7")).comment
    assert comment is not None
    assert "Lệch 5." in comment.text


def test_an_approximation_is_marked_in_the_cell(tmp_path: Path) -> None:
    figures = (figure("received.total", 3200, approximate=True, printed="hơn 3.200"),)
    sheet = written(tmp_path, [report("Xã A", figures=figures)])["Tổng hợp"]
    assert sheet.cell(row_of(sheet, "Xã A"), 3).number_format == '"≈ "#,##0'


def test_every_period_has_its_block_and_total(tmp_path: Path) -> None:
    reports = [report("Xã A"), report("Xã A", period="2026-Q1"), report("Xã B", period="2026-Q1")]
    sheet = written(tmp_path, reports)["Tổng hợp"]
    bands = [c.value for c in sheet["A"] if isinstance(c.value, str) and c.value.startswith("Quý")]
    assert [b.split(":")[0] for b in bands] == ["Quý II năm 2026", "Quý I năm 2026"]
    assert [c.value for c in sheet["B"]].count("Tổng cộng") == 2
    absent = row_of(sheet, "Xã B")
    assert sheet.cell(absent, 3).value == "không có báo cáo"
    assert sheet.auto_filter.ref is None  # a filter over two blocks would hide totals


def test_the_province_is_shown_where_there_is_more_than_one(tmp_path: Path) -> None:
    sheet = written(tmp_path, [report("Xã A"), report("Xã A", province="Hà Nội", path="x.docx")])["Tổng hợp"]
    assert sheet.cell(4, 3).value == "Tỉnh, thành phố"


def test_114_units(tmp_path: Path) -> None:
    sheet = written(tmp_path, [report(f"Xã {n:03d}") for n in range(114)])["Tổng hợp"]
    total = row_of(sheet, "Tổng cộng")
    assert sheet.cell(total - 1, 1).value == 114
    assert ":C121" in str(sheet.cell(total, 3).value)


# --------------------------------------------------------------------------- the other sheets


def test_rates_as_printed_beside_recomputed(tmp_path: Path) -> None:
    figures = (*report().figures, figure("rate.online", "98.5"), figure("rate.satisfaction", "99.05"))
    sheet = written(tmp_path, [report("Xã A", figures=figures)])["Tỷ lệ"]
    row = row_of(sheet, "Xã A")
    assert [sheet.cell(4, c).value for c in (3, 4)] == ["Báo cáo", "Tính lại"]
    assert (sheet.cell(row, 3).value, sheet.cell(row, 3).number_format) == (98.5, "#,##0.0")
    assert sheet.cell(row, 4).value == 100  # 3258 / (3286 - 28)
    comment = sheet.cell(row, 4).comment
    assert comment is not None
    assert "3.258 ÷ 3.258" in comment.text
    assert sheet.cell(row, sheet.max_column).value == 99.05


def test_findings_of_one_cause_are_one_line(tmp_path: Path) -> None:
    suggestion = Suggestion("resolved.total", "self", "period", Decimal(3246), Decimal(3241), "khớp", "nếu là 241")
    findings = tuple(
        Finding(
            rule, "self", "period", "error", cause, "pinned", f"Lệch theo {rule}.", (4, 5), Decimal(5), (suggestion,)
        )
        for rule, cause in (("balance", 1), ("resolved.parts", 1), ("pending.parts", 2))
    )
    sheet = written(tmp_path, [report("Xã A", findings=findings)])["Sai lệch"]
    cells = {sheet.cell(3, c).value: sheet.cell(4, c).value for c in range(1, sheet.max_column + 1)}
    assert sheet.cell(5, 2).value == "Xã A"
    assert sheet.cell(6, 2).value is None
    assert (cells["Số ghi"], cells["Số tính lại"], cells["Chênh lệch"]) == (3246, 3241, 5)
    assert "balance" in str(cells["Nội dung"])
    assert "resolved.parts" in str(cells["Nội dung"])
    assert "3.246 → 3.241 (khớp); nếu là 241" in str(cells["Đề xuất kiểm tra"])
    assert cells["Trích văn bản"] == "Tổng số hồ sơ đã giải quyết là 3246"


def test_a_second_file_with_the_same_content_tells_its_findings_once(tmp_path: Path) -> None:
    finding = Finding("balance", "self", "period", "error", 1, "sum", "Lệch 5.", (0, 4, 8), Decimal(5), ())
    both = [report("Xã A", findings=(finding,), path=p, sha256=p) for p in ("a.docx", "a.pdf")]
    book = written(tmp_path, both)
    assert [c.value for c in book["Sai lệch"]["B"]].count("Xã A") == 1
    assert [c.value for c in book["Tài liệu"]["E"]].count("Xã A") == 2


def test_plan_rows_have_days_that_sort_and_targets_in_words(tmp_path: Path) -> None:
    row = PlanRow(
        "II", "1", "Rà soát quy trình", "Trung tâm", "", "Báo cáo", "Quý II năm 2026", "quarter", date(2026, 4, 1),
        date(2026, 6, 30), (Target(">=", Decimal(80), "percent", "rate.online"),), Place("t1r2c2", 0, 3, "…", 1),
    )  # fmt: skip
    plan = report("Xã A", {}, plan_rows=(row,))
    sheet = written(tmp_path, [replace(plan, identity=replace(plan.identity, kind="KH"))])["Kế hoạch"]
    cells = {sheet.cell(3, c).value: sheet.cell(4, c) for c in range(1, sheet.max_column + 1)}
    assert cells["Đến ngày"].value == datetime(2026, 6, 30)
    assert cells["Đến ngày"].number_format == "dd/mm/yyyy"
    assert cells["Chỉ tiêu"].value == "Tỷ lệ hồ sơ tiếp nhận trực tuyến tối thiểu 80%"
    assert not cells["Kết quả đã báo cáo"].value
    assert sheet.auto_filter.ref is not None


@pytest.mark.parametrize(
    ("came", "words"),
    [
        (("met", Decimal("98.50"), 3), "đạt, 98,5% (Quý II năm 2026)"),
        (("missed", Decimal("66.6666"), None), "chưa đạt, 66,67% (tính từ số hồ sơ) (Quý II năm 2026)"),
        (("open", Decimal(80), 3), "chưa kết luận được, 80% (Quý II năm 2026)"),
        (("unreported", None, None), "không thấy nêu trong báo cáo Quý II năm 2026"),
    ],
)
def test_what_came_of_a_target_stands_beside_it(tmp_path: Path, came: tuple[Any, ...], words: str) -> None:
    target = Target(">=", Decimal(80), "percent", "rate.online")
    row = PlanRow("", "1", "Rà soát", "", "", "", "", "none", None, None, (target,), Place("t1r2c2", 0, 3, "…", 1))
    reports = [report("Xã A", {}, plan_rows=(row,)), report("Xã B", {}, plan_rows=(row,))]
    followed = Followed(0, "rate.online", (target,), 1, "2026-Q2", *came)
    write_workbook(tmp_path / "b.xlsx", reports, replace(compare(reports), followed=(followed,)), CATALOG)
    sheet = load_workbook(tmp_path / "b.xlsx")["Kế hoạch"]
    column = [c.value for c in sheet[3]].index("Kết quả đã báo cáo") + 1
    assert sheet.cell(4, column).value == f"Tỷ lệ hồ sơ tiếp nhận trực tuyến: {words}"
    assert not sheet.cell(5, column).value  # another unit's plan


def test_every_file_is_listed_with_its_standing(tmp_path: Path) -> None:
    draft = report("Xã A", {**COUNTS, "resolved.total": 3241}, path="nhan/du thao.docx")
    draft = replace(draft, identity=replace(draft.identity, number=None, date=None))
    broken = Report("nhan/hong.pdf", "x", "pdf", "failed", (Problem("broken", "Tệp hỏng."),))
    sheet = written(tmp_path, [report("Xã A"), draft, broken])["Tài liệu"]
    column = next(c for c in range(1, sheet.max_column + 1) if sheet.cell(3, c).value == "Tính vào bảng tổng hợp")
    standing = [str(sheet.cell(r, column).value) for r in (4, 5, 6)]
    assert standing[0] == "Tính vào bảng tổng hợp Quý II năm 2026"
    assert "đã tính Xã A 2026-Q2.docx" in standing[1]
    assert "Tổng số hồ sơ đã giải quyết: bản này 3.241, bản được tính 3.246" in standing[1]
    assert standing[2] == "Không tính: tệp không đọc được"
    assert "Tệp hỏng." in [c.value for c in sheet[6]]


def test_every_figure_and_every_unread_number_is_listed(tmp_path: Path) -> None:
    unread = (Unread("57", ("received.total", "received.new"), "thiếu nhãn", Place("p3", 0, 2, "có 57 hồ sơ", 1)),)
    book = written(tmp_path, [report("Xã A", unread=unread), report("Xã B")])
    figures = book["Số liệu"]
    assert figures.max_row == 3 + 2 * len(COUNTS)
    values = [c.value for c in book["Chưa rõ"][4]]
    assert "57" in values  # as printed, not as a number
    assert "Tổng số hồ sơ tiếp nhận;\nSố hồ sơ tiếp nhận mới trong kỳ" in values


def test_changes_only_where_two_periods_follow_each_other(tmp_path: Path) -> None:
    assert "Biến động" not in written(tmp_path, [report("Xã A")]).sheetnames
    sheet = written(tmp_path, [report("Xã A"), report("Xã A", period="2026-Q1")])["Biến động"]
    row = row_of(sheet, "Xã A")
    assert [sheet.cell(row, c).value for c in (3, 4, 5)] == [45, 28, f"=D{row}-C{row}"]


def test_the_summary_counts_and_explains_the_colours(tmp_path: Path) -> None:
    book = written(tmp_path, [report("Xã A"), Report("b.pdf", "x", "pdf", "failed", (Problem("broken", "Tệp hỏng."),))])
    sheet = book.worksheets[0]
    assert sheet.title == "Tóm tắt"
    numbers = {str(sheet.cell(r, 1).value).strip(" –"): sheet.cell(r, 2).value for r in range(1, sheet.max_row + 1)}
    assert (numbers["Số tệp đã đưa vào"], numbers["Không đọc được"]) == (2, 1)
    assert LABELS.text("legend.culprit") in numbers
    assert "b.pdf: Tệp hỏng." in numbers


def test_nothing_at_all_still_makes_a_workbook(tmp_path: Path) -> None:
    book = written(tmp_path, [])
    assert book["Tổng hợp"].cell(7, 1).value == LABELS.text("empty.form")
    for name in ("Sai lệch", "Kế hoạch", "Số liệu", "Tài liệu", "Chưa rõ"):
        assert str(book[name].cell(4, 1).value).startswith("Không")


# --------------------------------------------------------------------------- hostile letters


def test_letters_of_documents_never_become_formulas_links_or_numbers(tmp_path: Path) -> None:
    reports = []
    for n, evil in enumerate(HOSTILE):
        place = Place(evil, 0, 1, evil, 1)
        row = PlanRow(evil, evil, evil, evil, evil, evil, evil, "none", None, None, (), place)
        made = report(
            evil, path=f"{n}/{evil}.docx", plan_rows=(row,), problems=(Problem("x", evil),),
            figures=(figure("received.total", 1, printed=evil, place=place, scope="self"),
                     figure("received.total", 2, scope=f"unit:{evil}", place=place)),
            unread=(Unread(evil, ("resolved.total",), evil, place),),
            findings=(Finding("balance", "self", "period", "error", 1, "none", evil, (0,), None, ()),),
        )  # fmt: skip
        reports.append(replace(made, identity=replace(made.identity, number=evil, province=evil)))
    book = written(tmp_path, reports)
    ours = re.compile(r"=(IF\(COUNT\(|COUNT\(|[A-Z]+\d+-[A-Z]+\d+$)")
    for sheet in book.worksheets:
        assert not sheet._hyperlinks
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    assert ours.match(str(cell.value)), cell.value
    plans = book["Kế hoạch"]
    kept = {c.value: c for c in next(plans.iter_cols(6, 6))}
    for evil in ("=1+1", "@SUM(A1)", "+1", "-1", "http://vi-du.vn", "12"):
        assert kept[evil].data_type == "s"
    assert kept["=1+1"].quotePrefix  # stays text when somebody edits the cell
    assert "abc" in kept


@pytest.mark.parametrize("words", ["à" * 40_000, "🙂" * 20_000, "dòng\n" * 20_000])
def test_a_text_too_long_for_a_cell_says_that_it_was_cut(tmp_path: Path, words: str) -> None:
    row = PlanRow("", "", words, "", "", "", "", "none", None, None, (), Place("p1", 0, 1, words, 1))
    made = report("Xã A", findings=(Finding("balance", "self", "period", "error", 1, "none", words, (0,), None, ()),))
    book = written(tmp_path, [replace(made, plan_rows=(row,))])
    value = str(book["Kế hoạch"].cell(4, 6).value)
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.endswith(LABELS.text("text.cut"))


def test_lone_surrogates_and_control_letters_are_dropped() -> None:
    assert clean("a\ud800b\x07c\r\nd\ufffe", "…") == "abc\nd"
    assert clean("x" * 10, "…", 6) == "xxxxx…"


def test_sheet_names_of_a_changed_label_file_are_made_acceptable(tmp_path: Path) -> None:
    text = (CATALOG.folder / "labels.toml").read_text(encoding="utf-8")
    text = text.replace('"Tóm tắt"', '"a/b:[c]*?"').replace('"Tổng hợp"\n', '"A b  c"\n')
    text = text.replace('"Tỷ lệ"', f'"{"Tỷ lệ rất dài " * 5}"').replace('"Số liệu"\n', "\"''\"\n")
    (tmp_path / "labels.toml").write_text(text, encoding="utf-8")
    changed = Catalog(tmp_path)
    reports = [report()]
    write_workbook(tmp_path / "b.xlsx", reports, compare(reports), changed)
    names = load_workbook(tmp_path / "b.xlsx").sheetnames
    assert all(0 < len(n) <= 31 and not set(n) & set("[]:*?/\\") for n in names)
    assert len({n.lower() for n in names}) == len(names)


def test_the_file_is_well_formed_inside(tmp_path: Path) -> None:
    """Every part is XML, and no sheet has a merged range over another: Excel would ask to repair it."""
    from lxml import etree

    reports = [report("Xã A"), report("Xã A", period="2026-Q1"), report("Xã B", {**COUNTS, "feedback.received": 1})]
    write_workbook(tmp_path / "b.xlsx", reports, compare(reports), CATALOG)
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    for sheet in load_workbook(tmp_path / "b.xlsx").worksheets:
        seen: set[tuple[int, int]] = set()
        for area in sheet.merged_cells.ranges:
            cells = {
                (r, c) for r in range(area.min_row, area.max_row + 1) for c in range(area.min_col, area.max_col + 1)
            }
            assert not cells & seen
            seen |= cells


# --------------------------------------------------------------------------- writing


def test_the_target_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "ket qua" / "bảng.xlsx"
    for _ in range(2):
        write_workbook(path, [report()], compare([report()]), CATALOG)
    assert [p.name for p in path.parent.iterdir()] == ["bảng.xlsx"]


def test_a_read_only_target_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(b"old")
    path.chmod(stat.S_IREAD)
    with pytest.raises(OutputError, match="đóng tệp"):
        write_workbook(path, [], compare([]), CATALOG)
    assert path.read_bytes() == b"old"


def test_an_open_target_is_refused_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.xlsx"
    path.write_bytes(b"old")

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")  # as Windows says of a file that Excel holds

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(OutputError, match="Excel"):
        write_workbook(path, [], compare([]), CATALOG)
    assert [p.name for p in tmp_path.iterdir()] == ["b.xlsx"]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("name", "words"), [("b.xls", ".xlsx"), ("bang", ".xlsx"), ("thu-muc.xlsx", "thư mục"), ("tep/b.xlsx", "tep")]
)
def test_a_target_that_cannot_be_written_is_named(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "thu-muc.xlsx").mkdir()
    (tmp_path / "tep").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=words):
        write_workbook(tmp_path / name, [], compare([]), CATALOG)


# --------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a/x.docx", "a/y.docx"], ("x.docx", "y.docx")),
        (["a/q1/x.docx", "a/q2/x.docx", "a/y.pdf"], (str(Path("q1/x.docx")), str(Path("q2/x.docx")), "y.pdf")),
        ([], ()),
    ],
)
def test_files_are_named_shortly_but_apart(paths: list[str], names: tuple[str, ...]) -> None:
    assert file_names(paths) == names


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (number_format(0), "#,##0"),
        (number_format(2), "#,##0.00"),
        (plain_format(Decimal("98.50")), "#,##0.00"),
        (plain_format(Decimal("1E+3")), "#,##0"),
        (plain_format(7), "#,##0"),
    ],
)
def test_number_formats(made: str, expected: str) -> None:
    assert made == expected


def test_every_sentence_that_the_program_asks_for_is_in_the_label_file() -> None:
    sources = (Path(labels.__file__).parents[1]).rglob("*.py")
    asked = {m for p in sources for m in re.findall(r"""labels\.text\(\s*"([\w.]+)\"""", p.read_text(encoding="utf-8"))}
    assert asked, "the pattern no longer finds the calls"
    assert asked - set(LABELS.texts) == set()


def test_findings_over_several_documents_stand_among_the_others_and_progress_has_its_sheet(tmp_path: Path) -> None:
    reports = [report("Xã A"), report("Xã B")]
    listed = tuple(row.unit for row in compare(reports).periods[0].rows)
    absent = Unit("x", "Xã C")
    over = Finding(
        "missing", "unit:Xã C", "period", "warning", 1, "none", "Xã C chưa có báo cáo.", (),
        documents=(reports[1].path, reports[0].path),
    )  # fmt: skip
    states = (
        Submission(listed[0], "submitted", 0), Submission(listed[1], "draft", 1), Submission(absent, "absent"),
    )  # fmt: skip
    comparison = replace(compare(reports), findings=(over,), progress=(Progress("2026-Q2", states),))
    write_workbook(tmp_path / "b.xlsx", reports, comparison, CATALOG)
    book = load_workbook(tmp_path / "b.xlsx")
    cells = [cell.value for cell in book["Sai lệch"][4]]
    assert cells[1] == "Xã C" and cells[5] == "Xã C chưa có báo cáo."
    assert not cells[11]  # a report that is not there is no number that may be wrong
    assert cells[15].splitlines() == [Path(r.path).name for r in reversed(reports)]
    lines = list(book["Tiến độ nộp"].iter_rows(min_row=4, values_only=True))
    assert "1/3 đơn vị đã nộp" in lines[0][0]
    assert [line[1:3] for line in lines[1:4]] == [
        ("Xã A", "Đã nộp"), ("Xã B", "Bản dự thảo (chưa có số hoặc ngày)"), ("Xã C", "Chưa nộp"),
    ]  # fmt: skip
    assert "Tiến độ nộp" not in written(tmp_path, reports).sheetnames  # nobody said which units there are


def test_what_was_not_read_stands_with_what_to_do(tmp_path: Path) -> None:
    locked = Report("nhan/khoa.docx", "a", "docx", "failed", (Problem("encrypted", "Tệp khoa.docx có mật khẩu."),))
    half = report("Xã A", problems=(
        Problem("ocr_page", "Trang 1 được đọc từ ảnh."), Problem("scan_page", "Trang 3 chưa đọc."),
        Problem("cut_off", "Thiếu phần cuối."),
    ), status="partial")  # fmt: skip
    whole = report("Xã B", problems=(Problem("ocr_page", "Trang 1 được đọc từ ảnh."),))  # read, if by a machine
    sheet = written(tmp_path, [half, whole, locked])["Tệp chưa đọc"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_col=6)]
    assert [(name, reason, message) for _, name, _, reason, _, message in rows] == [
        ("khoa.docx", "có mật khẩu", "Tệp khoa.docx có mật khẩu."),
        ("Xã A 2026-Q2.docx", "có trang là ảnh chụp, bản scan chưa đọc được", "Trang 3 chưa đọc."),
        ("Xã A 2026-Q2.docx", "tệp thiếu phần cuối", "Thiếu phần cuối."),
    ]
    assert all(remedy for _, _, _, _, remedy, _ in rows)
    (tmp_path / "khong").mkdir()
    assert written(tmp_path / "khong", [whole])["Tệp chưa đọc"].cell(4, 1).value == "Mọi tệp đều được đọc đủ."
