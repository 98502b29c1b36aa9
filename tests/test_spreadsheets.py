# ruff: noqa: E501 -- the tables of cases are aligned for the eye
"""Spreadsheets: what the cells show, where the table is, what is hidden; form II.06a to its figures."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from extractor import readers
from extractor.catalog import Catalog
from extractor.consolidate import compare
from extractor.errors import LimitError
from extractor.model import Block, Document, Table
from extractor.pipeline import read_report
from extractor.readers import office
from extractor.readers.sheet_numbers import shown

LINE = Side(style="thin")
RULED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)

# fmt: off
SHOWN = [
    # value               format                               shown         why
    (3286,                "#,##0",                             "3286",       "no mark that could be taken for the other one"),
    (3286,                "General",                           "3286",       ""),
    (3286.0,              "General",                           "3286",       ""),
    (0.9831,              "0.00%",                             "98,31%",     "a percent sign multiplies"),
    (0.9831,              "0%",                                "98%",        "as the screen has it"),
    (0.98125,             "0.000%",                            "98,125%",    ""),
    (98.30999999999999,   "General",                           "98,31",      "binary dust"),
    (98.31,               '0.00"%"',                           "98,31%",     "a sign in quotes does not multiply"),
    (1234.5,              "#,##0.00",                          "1234,50",    ""),
    (2.125,               "0.000",                             "2,13",       "three decimals would be read as thousands"),
    (1234567,             "#,##0,",                            "1234567",    "a format in thousands loses no digits"),
    (-5,                  "#,##0",                             "-5",         ""),
    (-5,                  "#,##0;(#,##0)",                     "(5)",        ""),
    (0,                   '_-* #,##0_-;-* #,##0_-;_-* "-"??_-', "-",         "accounting"),
    (3286,                '_-* #,##0_-;-* #,##0_-;_-* "-"??_-', "3286",      ""),
    (0,                   "#",                                 "",           ""),
    (5,                   ";;;",                               "",           "hidden by its format"),
    (12,                  '0" hồ sơ"',                         "12 hồ sơ",   ""),
    (12,                  "# ?/?",                             "12",         ""),
    (3286,                "0.00E+00",                          "3286",       ""),
    (0.5,                 "0.##",                              "0,5",        ""),
    (True,                "General",                           "TRUE",       ""),
    (dt.datetime(2026, 6, 14), "mm-dd-yy",                     "14/06/2026", "the day before the month, whatever the format"),
    (dt.date(2026, 6, 14), "d/m/yyyy",                         "14/06/2026", ""),
    ("3.286",             "@",                                 "3.286",      "a number stored as text keeps its letters"),
    (None,                "General",                           "",           ""),
    (1e300,               "General",                           "1" + "0" * 300, "no error"),
]
# fmt: on


@pytest.mark.parametrize(("value", "form", "text", "why"), SHOWN)
def test_values_as_the_cells_show_them(value: object, form: str, text: str, why: str) -> None:
    assert shown(value, form) == text, why


# --------------------------------------------------------------------------- tables


def saved(path: Path, *fill: Callable[[Worksheet], None]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for number, make in enumerate(fill, 1):
        make(book.create_sheet(f"Sheet{number}"))
    book.save(path)
    return path


def rule(sheet: Worksheet, area: str) -> None:
    for row in sheet[area]:
        for cell in row:
            cell.border = RULED


def table_rows(table: Table) -> list[list[str]]:
    return [["" if cell is None else cell.text for cell in row] for row in table.grid()]


def outline(document: Document) -> list[str | list[list[str]]]:
    return [item.text if isinstance(item, Block) else table_rows(item) for item in document.content]


def form(sheet: Worksheet, ruled: bool = True) -> None:
    """A form with 13 columns and three heading rows."""
    sheet["A1"], sheet["D1"], sheet["K1"] = (
        "Biểu số II.06a/VPCP/KSTT",
        "KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        "Đơn vị báo cáo: UBND phường Hồng An",
    )
    sheet["D2"], sheet["D3"], sheet["K4"] = (
        "Kỳ báo cáo: Quý II/2026",
        "(Từ ngày 15/3/2026 đến ngày 14/6/2026)",
        "Đơn vị tính: Số hồ sơ TTHC",
    )
    for area in ("A1:C1", "D1:J1", "K1:M1", "D2:J2", "D3:J3", "K4:M4"):
        sheet.merge_cells(area)
    for area, text in (
        ("A6:A8", "STT"), ("B6:B8", "Lĩnh vực"), ("C6:F6", "Số hồ sơ nhận giải quyết"), ("C7:C8", "Tổng số"), ("D7:E7", "Trong kỳ"),
        ("D8", "Trực tuyến"), ("E8", "Trực tiếp, dịch vụ bưu chính"), ("F7:F8", "Từ kỳ trước"), ("G6:J6", "Số lượng hồ sơ đã giải quyết"),
        ("G7:G8", "Tổng số"), ("H7:H8", "Trước hạn"), ("I7:I8", "Đúng hạn"), ("J7:J8", "Quá hạn"), ("K6:M6", "Số lượng hồ sơ đang giải quyết"),
        ("K7:K8", "Tổng số"), ("L7:L8", "Trong hạn"), ("M7:M8", "Quá hạn"),
    ):  # fmt: skip
        sheet[area.split(":")[0]] = text
        if ":" in area:
            sheet.merge_cells(area)
    sheet.cell(9, 1, "(1)")
    for col in range(2, 14):
        sheet.cell(9, col, f"({col})")
    rows = [
        ("1", "Hộ tịch", 1120, 1100, 15, 5, 1110, 1100, 9, 1, 10, 10, 0),
        ("2", "Đất đai", "166", 100, 60, 6, 136, 100, 34, 2, 30, 28, 2),
    ]
    totals = (None, "Tổng cộng", 1286, 1200, 75, 11, 1246, 1200, 43, 3, 40, 38, 2)
    for number, values in enumerate([*rows, totals], 10):
        for col, value in enumerate(values, 1):
            sheet.cell(number, col, value).number_format = "#,##0"
    if ruled:
        rule(sheet, "A6:M12")
    sheet["B14"], sheet["K14"], sheet["K15"] = "Người lập biểu", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"


@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "without rules"])
def test_a_form_is_title_lines_a_table_and_signatures(tmp_path: Path, ruled: bool) -> None:
    document = readers.read(saved(tmp_path / "bieu.xlsx", lambda sheet: form(sheet, ruled)))
    assert document.format == "xlsx" and document.problems == ()
    texts = [item.text for item in document.content if isinstance(item, Block)]
    assert texts[:3] == [
        "Biểu số II.06a/VPCP/KSTT",
        "KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        "Đơn vị báo cáo: UBND phường Hồng An",
    ]
    assert texts[-3:] == ["Người lập biểu", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    (table,) = document.tables()
    assert (table.rows, table.cols) == (7, 13)
    spans = {cell.text: (cell.rowspan, cell.colspan) for cell in table.cells if cell.row == 0}
    assert spans["STT"] == (3, 1) and spans["Số hồ sơ nhận giải quyết"] == (1, 4)
    assert [cell.text for cell in table.cells if cell.row == 6][:4] == ["", "Tổng cộng", "1286", "1200"]


def test_a_form_gives_its_figures(tmp_path: Path) -> None:
    report = read_report(saved(tmp_path / "bieu.xlsx", form), Catalog.load(None))
    figures = {(figure.indicator, figure.scope): figure.value for figure in report.figures}
    assert figures["received.total", "self"] == 1286
    assert figures["received.carried_over", "self"] == 11
    assert figures["received.total", "field:đất đai"] == 166  # a number stored as text
    assert figures["pending.overdue", "field:hộ tịch"] == 0
    assert len(figures) == 33 and not report.unread and not report.findings
    assert all(figure.evidence == "arithmetic" for figure in report.figures)


def titled(*lines: str) -> Callable[[Worksheet], None]:
    """The form below other lines than its own."""

    def fill(sheet: Worksheet) -> None:
        form(sheet)
        for area in ("A1:C1", "D1:J1", "K1:M1", "D2:J2", "D3:J3", "K4:M4"):
            sheet.unmerge_cells(area)
        for row in sheet["A1:M4"]:
            for cell in row:
                cell.value = None
        for number, line in enumerate(lines, 1):
            sheet.cell(number, 1, line)

    return fill


# fmt: off
FORMS = [
    # lines above the table                                                         kind     unit                   period     why
    (("Biểu số II.06a/VPCP/KSTT", "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT TTHC", "Kỳ báo cáo: Quý II/2026", "Đơn vị báo cáo: UBND phường Hồng An"),
                                                                                    "BC",    "Phường Hồng An",      "2026-Q2", "the form as it is printed"),
    (("KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "6 tháng đầu năm 2026", "Đơn vị: UBND phường Hồng An"),
                                                                                    "BC",    "Phường Hồng An",      "2026-H1", "no mark of the form, a period"),
    (("TỔNG HỢP TÌNH HÌNH TIẾP NHẬN VÀ GIẢI QUYẾT TTHC QUÝ II NĂM 2026", "UBND PHƯỜNG HỒNG AN"),
                                                                                    "BC",    "Phường Hồng An",      "2026-Q2", "the period in the title"),
    (("KẾT QUẢ GIẢI QUYẾT TTHC", "Kỳ báo cáo: Tháng 6/2026", "Đơn vị nhận báo cáo: UBND phường Hồng Bàng", "Đơn vị báo cáo: UBND phường Hồng An"),
                                                                                    "BC",    "Phường Hồng An",      "2026-M06", "the unit that gets it has not made it"),
    (("DANH SÁCH CÁN BỘ TRỰC", "Kỳ báo cáo: Quý II/2026", "UBND phường Hồng An"),   "other", "Phường Hồng An",      None,      "no form of results"),
    (("KẾT QUẢ GIẢI QUYẾT TTHC", "UBND phường Hồng An"),                            "other", "Phường Hồng An",      None,      "neither mark nor period"),
    (("Số: 12/KH-UBND", "KẾT QUẢ GIẢI QUYẾT TTHC", "Quý II năm 2026", "UBND phường Hồng An"),
                                                                                    "KH",    "Phường Hồng An",      "2026",    "a document with a number is what that says"),
]
# fmt: on


@pytest.mark.parametrize(("lines", "kind", "unit", "period", "why"), FORMS)
def test_a_form_by_itself_is_a_report(
    tmp_path: Path, lines: tuple[str, ...], kind: str, unit: str, period: str | None, why: str
) -> None:
    identity = read_report(saved(tmp_path / "bieu.xlsx", titled(*lines)), Catalog.load(None)).identity
    assert (identity.kind, identity.issuer) == (kind, unit), why
    assert identity.period == period or kind == "KH", why


def test_a_form_by_itself_is_compared(tmp_path: Path) -> None:
    report = read_report(saved(tmp_path / "bieu.xlsx", form), Catalog.load(None))
    assert (report.identity.kind, report.identity.period) == ("BC", "2026-Q2")
    assert report.identity.window == (dt.date(2026, 3, 15), dt.date(2026, 6, 14))
    comparison = compare([report])
    assert [standing.reason for standing in comparison.standings] == ["counted"]


def test_every_sheet_is_read_and_named(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "TONGHOP"
    for row in (["Chỉ tiêu", "Giá trị"], ["Tiếp nhận", 12], ["Tỷ lệ", 0.5]):
        book.active.append(row)
    book.active["B3"].number_format = "0.0%"
    book.create_sheet("Phụ lục")["A1"] = "Ghi chú"
    book.create_sheet("Trống")
    book.save(tmp_path / "b.xlsx")
    assert outline(readers.read(tmp_path / "b.xlsx")) == [
        "TONGHOP", [["Chỉ tiêu", "Giá trị"], ["Tiếp nhận", "12"], ["Tỷ lệ", "50,0%"]], "Phụ lục", "Ghi chú",
    ]  # fmt: skip


def test_section_rows_and_empty_columns(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["STT", None, "Lĩnh vực", "Số"], ["I", None, "Hệ thống của bộ"], [1, None, "Hộ tịch", 5],
                    ["II", None, "Hệ thống của thành phố"], [1, None, "Hộ tịch", 7]):  # fmt: skip
            sheet.append(row)

    (table,) = readers.read(saved(tmp_path / "b.xlsx", fill)).tables()
    assert table_rows(table) == [
        ["STT", "Lĩnh vực", "Số"], ["I", "Hệ thống của bộ", ""], ["1", "Hộ tịch", "5"],
        ["II", "Hệ thống của thành phố", ""], ["1", "Hộ tịch", "7"],
    ]  # fmt: skip


def test_what_is_hidden_is_not_read_and_said(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["Lĩnh vực", "Số", "Nháp", "Ghi chú"],
        ["Hộ tịch", 5, 6, "a"],
        ["Đất đai", 7, 8, "b"],
        ["Cộng", 12, 14, "c"],
    ):
        sheet.append(row)
    rule(sheet, "A1:D4")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Cũ")["A1"] = 99
    book["Cũ"].sheet_state = "hidden"
    book.save(tmp_path / "b.xlsx")
    document = readers.read(tmp_path / "b.xlsx")
    assert outline(document) == [[["Lĩnh vực", "Số", "Ghi chú"], ["Hộ tịch", "5", "a"], ["Cộng", "12", "c"]]]
    (problem,) = document.problems
    assert problem.code == "hidden_cells"
    for part in ("Cũ", "1 hàng", "cột C"):
        assert part in problem.message
    assert read_report(tmp_path / "b.xlsx", Catalog.load(None)).status == "partial"


def test_formulas_without_a_value_are_said(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "b.xlsx", lambda sheet: [sheet.append(row) for row in (["a", 1, 2], ["b", 3, "=B1+B2"])] and None
    )
    document = readers.read(path)
    assert [problem.code for problem in document.problems] == ["formula_unread"]
    assert "1 ô" in document.problems[0].message
    assert outline(document) == [[["a", "1", "2"], ["b", "3", ""]]]


def test_error_values_are_said(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "b.xlsx", lambda sheet: [sheet.append(row) for row in (["a", 1, 2], ["b", 3, "#REF!"])] and None
    )
    assert [problem.code for problem in readers.read(path).problems] == ["formula_error"]


def test_old_fonts_in_cells_are_converted(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "Hå s¬ tiÕp nhËn"
        sheet["A1"].font = Font(name=".VnTime")

    document = readers.read(saved(tmp_path / "b.xlsx", fill))
    assert outline(document) == ["Hồ sơ tiếp nhận"]
    assert [problem.code for problem in document.problems] == ["legacy_converted"]


def test_a_merge_without_end_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "b.xlsx", lambda sheet: sheet.append(["a", 1]))
    large = tmp_path / "lon.xlsx"
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(large, "w") as copy:
        for name in package.namelist():
            merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            data = package.read(name)
            copy.writestr(name, data.replace(b"</sheetData>", merge) if "sheet1" in name else data)
    with pytest.raises(LimitError, match="quá lớn"):
        readers.read(large)


@pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
def test_an_old_workbook_gives_the_same(tmp_path: Path) -> None:
    path = saved(tmp_path / "bieu.xlsx", form)
    old = converted_by_office(path, "xls:MS Excel 97", tmp_path)
    new, document = readers.read(path), readers.read(old)
    assert document.format == "xls"
    assert outline(document) == outline(new)


def converted_by_office(path: Path, to: str, folder: Path) -> Path:
    import subprocess

    program = office.program()
    assert program is not None
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", to, "--outdir", folder, path],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return path.with_suffix("." + to.split(":")[0])


# --------------------------------------------------------------------------- sheets in sections, flat headings

FLAT = (
    "STT", "Lĩnh vực", "Tổng số tiếp nhận", "Trực tuyến", "Trực tiếp, BCCI", "Kỳ trước chuyển sang",
    "Tổng số đã giải quyết", "Trước hạn", "Đúng hạn", "Quá hạn", "Tổng số đang giải quyết", "Trong hạn", "Quá hạn",
)  # fmt: skip
# fmt: off
FIELDS = {
    "chứng thực": (500, 480, 10, 10, 490, 480, 8, 2, 10, 9, 1),
    "hộ tịch":    (130, 100, 25, 5, 120, 100, 19, 1, 10, 10, 0),
    "hộ tịch cũ": (20, 18, 2, 0, 20, 18, 2, 0, 0, 0, 0),
    "đất đai":    (166, 100, 60, 6, 136, 100, 34, 2, 30, 28, 2),
}
# fmt: on
TOTAL = tuple(map(sum, zip(*FIELDS.values(), strict=True)))


def sectioned(
    sums: bool = False, fields: dict[str, tuple[int, ...]] = FIELDS, total_first: bool = False, again: str = "hộ tịch"
) -> Callable[[Worksheet], None]:
    """The sheet that offices pass round: the fields below the system in which they are recorded, `again` in both."""
    names = ["chứng thực", "hộ tịch", "hộ tịch cũ", "đất đai"]
    named = {"hộ tịch cũ": again}
    rows = [(number, named.get(name, name).capitalize(), *fields[name]) for number, name in enumerate(names, 1)]

    def section(mark: str, name: str, below: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
        counted = tuple(sum(row[c] for row in below) for c in range(2, 13)) if sums else ()  # type: ignore[misc]
        return [(mark, name, *counted), *below]

    total = (None, "TỔNG CỘNG", *TOTAL)
    body = [*section("I", "Trên Hệ thống các Bộ", rows[:2]), *section("II", "Trên Hệ thống thành phố", rows[2:])]

    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "TỔNG HỢP TÌNH HÌNH TIẾP NHẬN VÀ GIẢI QUYẾT TTHC", "Quý II năm 2026"
        sheet["A3"] = "UBND phường Hồng An"
        for row in (FLAT, *([total, *body] if total_first else [*body, total])):
            sheet.append(row)
        rule(sheet, "A4:M11")

    return fill


@pytest.mark.parametrize("sums", [False, True], ids=["plain", "with sums"])
@pytest.mark.parametrize("total_first", [False, True], ids=["total last", "total first"])
def test_a_sheet_in_sections_by_system_gives_its_total(tmp_path: Path, sums: bool, total_first: bool) -> None:
    path = saved(tmp_path / "b.xlsx", sectioned(sums, total_first=total_first))
    report = read_report(path, Catalog.load(None))
    assert (report.identity.kind, report.identity.period) == ("BC", "2026-Q2")
    figures = {(figure.indicator, figure.scope): int(figure.value) for figure in report.figures}
    indicators = (
        "received.total", "received.online", "received.in_person", "received.carried_over", "resolved.total",
        "resolved.early", "resolved.on_time", "resolved.overdue", "pending.total", "pending.in_time", "pending.overdue",
    )  # fmt: skip
    assert [figures[indicator, "self"] for indicator in indicators] == list(TOTAL)
    assert {scope for _, scope in figures} == {"self"} and not report.findings
    left = {unread.reason for unread in report.unread}  # a field in two systems is told by neither row alone
    assert left == {"lĩnh vực nêu riêng ở từng hệ thống, chưa cộng lại"} | (
        {"dòng của một hệ thống, không phải của toàn đơn vị"} if sums else set()
    )
    assert len(report.unread) == 44 + (22 if sums else 0)


def test_where_each_field_is_in_one_system_the_rows_are_read(tmp_path: Path) -> None:
    report = read_report(saved(tmp_path / "b.xlsx", sectioned(again="tư pháp")), Catalog.load(None))
    figures = {(figure.indicator, figure.scope): int(figure.value) for figure in report.figures}
    assert figures["pending.overdue", "field:chứng thực"] == 1 and figures["received.total", "field:tư pháp"] == 20
    assert not report.findings and not report.unread


def test_parts_that_do_not_add_up_are_not_taken_for_parts(tmp_path: Path) -> None:
    fields = {name: (*row[:7], row[7] + 3, *row[8:]) for name, row in FIELDS.items()}  # overdue of another thing
    report = read_report(saved(tmp_path / "b.xlsx", sectioned(fields=fields)), Catalog.load(None))
    assert not any(figure.indicator == "resolved.overdue" for figure in report.figures)
    assert any(figure.indicator == "pending.overdue" for figure in report.figures)


def test_one_row_that_does_not_add_up_is_found(tmp_path: Path) -> None:
    fields = FIELDS | {"đất đai": (166, 100, 60, 6, 136, 100, 34, 5, 30, 28, 2)}
    report = read_report(saved(tmp_path / "b.xlsx", sectioned(fields=fields, again="tư pháp")), Catalog.load(None))
    assert ("resolved.parts", "field:đất đai") in {(finding.rule, finding.scope) for finding in report.findings}
