"""Tables as wards and their software print them, each with every figure that must be read in it and no other.

A table is drawn: "|" parts cells, "<" joins a cell to the one on its left, "^" to the one above. Each is read twice:
with its merges, as Word and PDF give them, and flat, as text gives them (a joined cell is an empty one). Expectations
are written as in test_find_sentences.py. All figures are made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st
from places import unaccounted
from test_find_sentences import CATALOG, DISTRICT, WARD, told, wanted

from extractor.find import find_figures
from extractor.model import Block, Cell, Document, Findings, Identity, Table


def drawn(text: str, merged: bool = True, number: int = 1) -> Table:
    """The table that `text` draws; flat (joined cells empty, no spans) unless `merged`."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    assert len({len(row) for row in rows}) == 1, "rows of one length"
    cells = []
    for r, row in enumerate(rows):
        for c, letters in enumerate(row):
            if letters in ("<", "^") and merged:
                continue
            down, right = r + 1, c + 1
            while merged and right < len(row) and row[right] == "<":
                right += 1
            while merged and down < len(rows) and rows[down][c] == "^":
                down += 1
            plain = "" if letters in ("<", "^") else letters.replace("\\n", "\n")
            block = Block(f"t{number}r{r + 1}c{c + 1}", plain)
            cells.append(Cell(block, r, c, down - r, right - c))
    return Table(f"t{number}", len(rows), len(rows[0]), tuple(cells))


def report(text: str, merged: bool = True, before: Iterable[str] = ()) -> Document:
    """A document of paragraphs and, behind them, the table."""
    blocks = tuple(Block(f"p{i}", line) for i, line in enumerate(before, 1))
    return Document("", "", "docx" if merged else "txt", (*blocks, drawn(text, merged)))


def find(document: Document, identity: Identity = WARD) -> Findings:
    return find_figures(document, identity, CATALOG)


def figures(document: Document, identity: Identity = WARD) -> set[str]:
    return {told(figure) for figure in find(document, identity).figures}


TOTALS = ("received.total", "received.online", "received.in_person", "received.carried_over", "resolved.total",
          "resolved.early", "resolved.on_time", "resolved.overdue", "pending.total", "pending.in_time",
          "pending.overdue")  # fmt: skip


def row(values: str, scope: str = "", names: Iterable[str] = TOTALS, basis: str = "") -> str:
    """The figures of one row of a table: values parted by blanks, "." where there is none."""
    at = f"@{scope}" if scope else ""
    pairs = zip(names, values.split(), strict=True)
    return "; ".join(f"{name}{at}{basis}={value}" for name, value in pairs if value != ".")


# --------------------------------------------------------------------------- form II.06a and its relatives

HEADING = """
TT | Lĩnh vực, công việc giải quyết theo cấp | Số hồ sơ nhận giải quyết | < | < | < | Số hồ sơ đã giải quyết | < | < | < | Số hồ sơ đang giải quyết | < | <
^ | ^ | Tổng số | Trong kỳ | < | Từ kỳ trước | Tổng số | Trước hạn | Đúng hạn | Quá hạn | Tổng số | Trong hạn | Quá hạn
^ | ^ | ^ | Trực tuyến | Trực tiếp, dịch vụ bưu chính | ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^
"""  # noqa: E501
NUMBERS = "(1) | (2) | (3)=(4)+(5)+(6) | (4) | (5) | (6) | (7)=(8)+(9) | (8) | (9) | (10) | (11) | (12) | (13)\n"
PLAIN_NUMBERS = "1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13\n"
FIELD_ROWS = """
1 | Hộ tịch | 264 | 250 | 10 | 4 | 260 | 255 | 4 | 1 | 4 | 3 | 1
2 | Chứng thực | 1.510 | 1.450 | 60 | 0 | 1.510 | 1.500 | 10 | 0 | 0 | 0 | 0
"""
TOTAL_ROW = "| Tổng cộng | 1.774 | 1.700 | 70 | 4 | 1.770 | 1.755 | 14 | 1 | 4 | 3 | 1\n"
FIELDS = (
    row("264 250 10 4 260 255 4 1 4 3 1", "field:hộ tịch")
    + "; "
    + row("1510 1450 60 0 1510 1500 10 0 0 0 0", "field:chứng thực")
)
TOTAL = row("1774 1700 70 4 1770 1755 14 1 4 3 1")


def stacked(*parts: str) -> str:
    return "\n".join(line for part in parts for line in part.strip("\n").splitlines())


FORMS = {
    "total last": (stacked(HEADING, FIELD_ROWS, TOTAL_ROW), f"{FIELDS}; {TOTAL}"),
    "total last, column numbers": (stacked(HEADING, NUMBERS, FIELD_ROWS, TOTAL_ROW), f"{FIELDS}; {TOTAL}"),
    "plain column numbers": (stacked(HEADING, PLAIN_NUMBERS, FIELD_ROWS, TOTAL_ROW), f"{FIELDS}; {TOTAL}"),
    "total first": (stacked(HEADING, NUMBERS, TOTAL_ROW, FIELD_ROWS), f"{FIELDS}; {TOTAL}"),
    "no total": (stacked(HEADING, NUMBERS, FIELD_ROWS), FIELDS),
    "total only": (stacked(HEADING, NUMBERS, TOTAL_ROW), TOTAL),
    "two heading rows": (
        """
        TT | Lĩnh vực | Tiếp nhận | < | < | < | Đã giải quyết | < | < | < | Đang giải quyết | < | <
        ^ | ^ | Tổng số | Trực tuyến | Trực tiếp | Kỳ trước chuyển sang | Tổng số | Trước hạn | Đúng hạn | Quá hạn | Tổng số | Trong hạn | Quá hạn
        1 | Hộ tịch | 264 | 250 | 10 | 4 | 260 | 255 | 4 | 1 | 4 | 3 | 1
        Tổng số | < | 264 | 250 | 10 | 4 | 260 | 255 | 4 | 1 | 4 | 3 | 1
        """,  # noqa: E501
        row("264 250 10 4 260 255 4 1 4 3 1", "field:hộ tịch") + "; " + row("264 250 10 4 260 255 4 1 4 3 1"),
    ),
    "one heading row": (
        """
        Lĩnh vực | Tổng số tiếp nhận | Trực tuyến | Trực tiếp | Đã giải quyết | Trước hạn | Đúng hạn | Đang giải quyết
        Hộ tịch | 264 | 250 | 14 | 260 | 255 | 5 | 4
        Đất đai | 31 | 25 | 6 | 20 | 18 | 2 | 11
        Tổng | 295 | 275 | 20 | 280 | 273 | 7 | 15
        """,
        "; ".join((
            row("264 250 14 . 260 255 5 . 4 . .", "field:hộ tịch"),
            row("31 25 6 . 20 18 2 . 11 . .", "field:đất đai"),
            row("295 275 20 . 280 273 7 . 15 . ."),
        )),
    ),
    # zero and nothing: "-" is none, an empty cell or "x" says nothing
    "dashes and blanks": (
        """
        TT | Lĩnh vực | Tiếp nhận | < | Đã giải quyết | < | <
        ^ | ^ | Tổng số | Trực tuyến | Tổng số | Trước hạn | Quá hạn
        1 | Hộ tịch | 264 | 250 | 260 | 260 | -
        2 | Đất đai | 31 |  | 20 | x | –
        | Tổng cộng | 295 | 250 | 280 | 260 | 0
        """,
        "; ".join((
            row("264 250 260 260 0", "field:hộ tịch", HALF := ("received.total", "received.online", "resolved.total",
                                                                "resolved.early", "resolved.overdue")),
            row("31 . 20 . 0", "field:đất đai", HALF),
            row("295 250 280 260 0", "", HALF),
        )),
    ),
    # how other systems head their columns
    "Sớm hạn, Trễ hạn, Chưa đến hạn, Đã quá hạn": (
        """
        STT | Lĩnh vực | Tiếp nhận | < | < | Đã giải quyết | < | < | < | Đang giải quyết | < | <
        ^ | ^ | Tổng | Nhận mới | Tồn đầu kỳ | Tổng | Sớm hạn | Đúng hạn | Trễ hạn | Tổng | Chưa đến hạn | Đã quá hạn
        1 | Hộ tịch | 264 | 260 | 4 | 260 | 255 | 4 | 1 | 4 | 3 | 1
        | Tổng | 264 | 260 | 4 | 260 | 255 | 4 | 1 | 4 | 3 | 1
        """,
        "; ".join(
            row("264 260 4 260 255 4 1 4 3 1", scope, (
                "received.total", "received.new", "received.carried_over", "resolved.total", "resolved.early",
                "resolved.on_time", "resolved.overdue", "pending.total", "pending.in_time", "pending.overdue",
            ))
            for scope in ("", "field:hộ tịch")
        ),
    ),
    "CD rút hồ sơ, Hồ sơ trả lại, Tồn cuối": (
        """
        STT | Lĩnh vực | Tiếp nhận | Đã giải quyết | CD rút hồ sơ | Hồ sơ trả lại | Tồn cuối
        1 | Hộ tịch | 264 | 255 | 3 | 2 | 4
        2 | Đất đai | 31 | 25 | 1 | 0 | 5
        | Tổng cộng | 295 | 280 | 4 | 2 | 9
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total", "resolved.withdrawn", "resolved.refused",
                                "pending.total"))
            for values, scope in (("264 255 3 2 4", "field:hộ tịch"), ("31 25 1 0 5", "field:đất đai"),
                                  ("295 280 4 2 9", ""))
        ),
    ),
    "percent column beside its count": (
        """
        TT | Lĩnh vực | Tiếp nhận | Trực tuyến | Tỷ lệ (%) | Đã giải quyết | Trước hạn | Tỷ lệ %
        1 | Hộ tịch | 264 | 250 | 94,7 | 260 | 255 | 98,08
        | Tổng cộng | 264 | 250 | 94,70 | 260 | 255 | 98.08
        """,
        "; ".join(
            row("264 250 94.7 260 255 98.08", scope, ("received.total", "received.online", "rate.online",
                                                      "resolved.total", "resolved.early", "rate.early"))
            for scope in ("", "field:hộ tịch")
        ),
    ),
    "percent in the cell of its count": (
        """
        Lĩnh vực | Tiếp nhận | Trực tuyến | Đã giải quyết | Trước hạn
        Hộ tịch | 264 | 250 (94,7%) | 260 | 255 (98,08%)
        Tổng cộng | 264 | 250 (94,7%) | 260 | 255 (98,08%)
        """,
        "; ".join(
            row("264 250 94.7 260 255 98.08", scope, ("received.total", "received.online", "rate.online",
                                                      "resolved.total", "resolved.early", "rate.early"))
            for scope in ("", "field:hộ tịch")
        ),
    ),
    "fields in words of a procedure": (
        """
        Số TT | Tên thủ tục | Số hồ sơ tiếp nhận | Số hồ sơ đã giải quyết
        1 | Đăng ký khai sinh | 52 | 50
        2 | Đăng ký kết hôn | 31 | 31
        Cộng | < | 83 | 81
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("52 50", "field:đăng ký khai sinh"), ("31 31", "field:đăng ký kết hôn"),
                                  ("83 81", ""))
        ),
    ),
}  # fmt: skip

# --------------------------------------------------------------------------- by unit, by level, by month, by system

BY_ROW = {
    "units": (
        """
        TT | Đơn vị | Tiếp nhận | Đã giải quyết | Đang giải quyết
        1 | Phường An Bình | 500 | 480 | 20
        2 | Xã Bình Minh | 300 | 295 | 5
        | Tổng cộng | 800 | 775 | 25
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total", "pending.total"))
            for values, scope in (("500 480 20", "unit:phường an bình"), ("300 295 5", "unit:xã bình minh"),
                                  ("800 775 25", ""))
        ),
    ),
    "departments of a ward": (
        """
        TT | Phòng chuyên môn | Tiếp nhận | Đã giải quyết
        1 | Phòng Kinh tế, Hạ tầng và Đô thị | 50 | 48
        2 | Phòng Văn hóa - Xã hội | 30 | 29
        | Toàn phường | 80 | 77
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("50 48", "unit:phòng kinh tế, hạ tầng và đô thị"),
                                  ("30 29", "unit:phòng văn hóa - xã hội"), ("80 77", ""))
        ),
    ),
    "months": (
        """
        Tháng | Tiếp nhận | Đã giải quyết | Đang giải quyết
        Tháng 4 | 300 | 290 | 10
        Tháng 5 | 310 | 300 | 20
        Tháng 6 | 330 | 335 | 15
        Tổng cộng | 940 | 925 | 15
        """,
        row("940 925 15", "", ("received.total", "resolved.total", "pending.total")),
    ),
    "months without a total": (
        """
        Tháng | Tiếp nhận | Đã giải quyết
        Tháng 4 | 300 | 290
        Tháng 5 | 310 | 300
        Tháng 6 | 330 | 335
        """,
        "",
    ),
    # the same field under two source systems: the groups are not the ward
    "source systems": (
        """
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết
        I | Trên Hệ thống của các Bộ | < | <
        1 | Hộ tịch | 200 | 190
        2 | Chứng thực | 50 | 50
        II | Trên Hệ thống của thành phố | < | <
        1 | Đất đai | 60 | 55
        | TỔNG CỘNG | 310 | 295
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("200 190", "field:hộ tịch"), ("50 50", "field:chứng thực"),
                                  ("60 55", "field:đất đai"), ("310 295", ""))
        ),
    ),
    "levels as rows": (
        """
        TT | Cấp giải quyết | Tiếp nhận | Đã giải quyết
        1 | Cấp tỉnh | 40 | 38
        2 | Cấp xã | 600 | 590
        | Tổng cộng | 640 | 628
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("40 38", "province_level"), ("600 590", "commune_level"), ("640 628", ""))
        ),
    ),
    "periods as rows": (
        """
        Kỳ | Tiếp nhận | Đã giải quyết
        Quý II/2026 | 640 | 628
        Lũy kế từ đầu năm | 1.200 | 1.190
        """,
        row("640 628", "", ("received.total", "resolved.total")) + "; "
        + row("1200 1190", "", ("received.total", "resolved.total"), "/cumulative"),
    ),
}  # fmt: skip

# --------------------------------------------------------------------------- one row an indicator

LABELLED = {
    "two columns": (
        """
        Nội dung | Số lượng
        Tổng số hồ sơ tiếp nhận | 640
        Trong đó: trực tuyến | 610
        Số hồ sơ đã giải quyết | 628
        - Trước hạn | 600
        - Đúng hạn | 27
        - Quá hạn | 1
        Số hồ sơ đang giải quyết | 12
        - Trong hạn | 12
        - Quá hạn | 0
        """,
        "received.total=640; received.online=610; resolved.total=628; resolved.early=600; resolved.on_time=27; "
        "resolved.overdue=1; pending.total=12; pending.in_time=12; pending.overdue=0",
    ),
    "four columns": (
        """
        TT | Chỉ tiêu | Đơn vị tính | Kết quả
        I | Tiếp nhận hồ sơ | |
        1 | Tổng số hồ sơ tiếp nhận | Hồ sơ | 1.640
        2 | Tỷ lệ hồ sơ trực tuyến | % | 97,3
        II | Giải quyết hồ sơ | |
        1 | Tổng số hồ sơ đã giải quyết | Hồ sơ | 1.628
        2 | Tỷ lệ giải quyết trước hạn | % | 95
        """,
        "received.total=1640; rate.online=97.3; resolved.total=1628; rate.early=95",
    ),
    "periods as columns": (
        """
        Nội dung | Kỳ này | Kỳ trước | Cùng kỳ năm trước | Lũy kế từ đầu năm
        Tổng số hồ sơ tiếp nhận | 640 | 600 | 580 | 1.240
        Tổng số hồ sơ đã giải quyết | 628 | 590 | 570 | 1.218
        """,
        "; ".join(
            row(values, "", ("received.total", "resolved.total"), basis)
            for values, basis in (("640 628", ""), ("600 590", "/previous"), ("580 570", "/last_year"),
                                  ("1240 1218", "/cumulative"))
        ),
    ),
    "quarters as columns": (
        """
        Nội dung | Quý I/2026 | Quý II/2026 | 6 tháng đầu năm 2026
        Tổng số hồ sơ tiếp nhận | 600 | 640 | 1.240
        Tổng số hồ sơ đã giải quyết | 590 | 628 | 1.218
        """,
        "; ".join(
            row(values, "", ("received.total", "resolved.total"), basis)
            for values, basis in (("640 628", ""), ("600 590", "/previous"), ("1240 1218", "/cumulative"))
        ),
    ),
    "plan, result, comparison": (
        """
        Nội dung | Kế hoạch | Kết quả | So sánh (%) | Ghi chú
        Tỷ lệ hồ sơ trực tuyến (%) | 90 | 97,3 | 108,1 | Vượt 7,3
        Tỷ lệ số hóa hồ sơ (%) | 95 | 98 | 103,2 |
        """,
        "rate.online=97.3; rate.digitised=98",
    ),
    "shares as remarks": (
        """
        TT | Chỉ tiêu | ĐVT | Kết quả | Ghi chú
        1 | Tổng số hồ sơ tiếp nhận | hồ sơ | 640 | Quý I: 600 hồ sơ
        1.1 | Trực tuyến | hồ sơ | 590 | Tỷ lệ 96,41% số nhận mới
        2 | Hồ sơ đã giải quyết | hồ sơ | 612 | 612/640, đạt 95,63%
        2.1 | Trước hạn | hồ sơ | 580 | 94,77%
        2.2 | Quá hạn | hồ sơ | 02 | 1/612, chiếm 0,16%; đã xin lỗi
        3 | Thanh toán trực tuyến | hồ sơ | 240 | Chỉ tiêu thành phố 90%
        """,
        "received.total=640; received.online=590; rate.online=96.41; resolved.total=612; rate.resolved=95.63; "
        "resolved.early=580; rate.early=94.77; resolved.overdue=2; payment.online=240",
    ),
    "to be done, done, share": (
        """
        TT | Nội dung | Số hồ sơ phải thực hiện | Số hồ sơ đã thực hiện | Tỷ lệ (%)
        1 | Số hóa thành phần hồ sơ khi tiếp nhận | 640 | 620 | 96,88
        2 | Số hóa kết quả giải quyết | 612 | 590 | 96,41
        """,
        "digitised.intake=620; rate.digitised_intake=96.88; digitised.results=590; rate.digitised_results=96.41",
    ),
    "two columns of counts that nothing tells apart": (
        """
        TT | Nội dung | Lần một | Lần hai
        1 | Tổng số hồ sơ tiếp nhận | 640 | 650
        2 | Tổng số hồ sơ đã giải quyết | 612 | 620
        """,
        "",
    ),
    "kinds of feedback": (
        """
        TT | Nội dung PAKN | Tiếp nhận | Đã xử lý | Đang xử lý
        1 | Về hành vi hành chính | 4 | 3 | 1
        2 | Về quy định hành chính | 1 | 1 | 0
         | Cộng | 5 | 4 | 1
        """,
        "feedback.received=5; feedback.resolved=4; feedback.pending=1",
    ),
    "transposed: fields as columns": (
        """
        Nội dung | Hộ tịch | Chứng thực | Đất đai | Tổng cộng
        Số hồ sơ tiếp nhận | 264 | 510 | 31 | 805
        Số hồ sơ đã giải quyết | 260 | 510 | 25 | 795
        Số hồ sơ đang giải quyết | 4 | 0 | 6 | 10
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total", "pending.total"))
            for values, scope in (("264 260 4", "field:hộ tịch"), ("510 510 0", "field:chứng thực"),
                                  ("31 25 6", "field:đất đai"), ("805 795 10", ""))
        ),
    ),
    "count and rate columns": (
        """
        Nội dung | Số lượng | Tỷ lệ (%)
        Số hồ sơ trực tuyến | 610 | 95,3
        Số hồ sơ giải quyết trước hạn | 600 | 95,5
        """,
        "received.online=610; rate.online=95.3; resolved.early=600; rate.early=95.5",
    ),
    "feedback": (
        """
        TT | Nội dung | Số PAKN
        1 | Tiếp nhận trong kỳ | 6
        2 | Đã xử lý | 5
        3 | Đang xử lý | 1
        """,
        "feedback.received=6; feedback.resolved=5; feedback.pending=1",
    ),
    "digitisation": (
        """
        TT | Nội dung | Kết quả
        1 | Tỷ lệ số hóa thành phần hồ sơ khi tiếp nhận | 98,2%
        2 | Tỷ lệ số hóa kết quả giải quyết TTHC | 97,03%
        3 | Tỷ lệ khai thác, sử dụng lại dữ liệu số hóa | 71,4%
        4 | Tỷ lệ thanh toán trực tuyến | 88,1%
        5 | Mức độ hài lòng | 98,9%
        """,
        "rate.digitised_intake=98.2; rate.digitised_results=97.03; rate.data_reuse=71.4; rate.online_payment=88.1; "
        "rate.satisfaction=98.9",
    ),
    "procedures": (
        """
        Nội dung | Số TTHC
        Tổng số TTHC thuộc thẩm quyền giải quyết | 358
        TTHC cung cấp dịch vụ công trực tuyến toàn trình | 150
        TTHC cung cấp dịch vụ công trực tuyến một phần | 201
        """,
        "procedures.total=358; procedures.online_full=150; procedures.online_partial=201",
    ),
    "words for zero": (
        """
        Nội dung | Số lượng
        Tổng số hồ sơ tiếp nhận | 640
        Hồ sơ từ chối | không
        Hồ sơ rút | -
        Hồ sơ quá hạn | x
        """,
        "received.total=640; resolved.refused=0; resolved.withdrawn=0",
    ),
    "units behind numbers": (
        """
        Nội dung | Kết quả
        Tổng số hồ sơ tiếp nhận | 1.640 hồ sơ
        Trong đó: trực tuyến | 1.600 hồ sơ (97,56%)
        """,
        "received.total=1640; received.online=1600; rate.online=97.56",
    ),
}  # fmt: skip

# --------------------------------------------------------------------------- shapes that mislead

ODD = {
    # a column of another act under the same short words: "Đúng hạn" is in time where it is pending
    "Đúng hạn twice": (
        """
        TT | Lĩnh vực | Đã giải quyết | < | < | Đang giải quyết | < | <
        ^ | ^ | Tổng | Đúng hạn | Quá hạn | Tổng | Đúng hạn | Quá hạn
        1 | Hộ tịch | 260 | 259 | 1 | 4 | 3 | 1
        | Tổng | 260 | 259 | 1 | 4 | 3 | 1
        """,
        "; ".join(
            row("260 259 1 4 3 1", scope, ("resolved.total", "resolved.on_time", "resolved.overdue", "pending.total",
                                           "pending.in_time", "pending.overdue"))
            for scope in ("", "field:hộ tịch")
        ),
    ),
    # a subtotal is not the total
    "subtotals": (
        """
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết
        1 | Hộ tịch | 200 | 190
        2 | Chứng thực | 50 | 50
        Cộng I | < | 250 | 240
        1 | Đất đai | 60 | 55
        Cộng II | < | 60 | 55
        Tổng cộng (I+II) | < | 310 | 295
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("200 190", "field:hộ tịch"), ("50 50", "field:chứng thực"),
                                  ("60 55", "field:đất đai"), ("310 295", ""))
        ),
    ),
    # the last row has no name: it may be the total, it is certainly no field
    "a row without a name": (
        """
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết
        1 | Hộ tịch | 200 | 190
        2 | Đất đai | 60 | 55
        | | 260 | 245
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("200 190", "field:hộ tịch"), ("60 55", "field:đất đai"))
        ),
    ),
    # parts in rows of their own, not set in: each belongs to the total above it
    "bare parts below their total": (
        """
        Nội dung | Số lượng (hồ sơ)
        Hồ sơ đã giải quyết | 3.214
        Trước hạn | 2.950
        Đúng hạn | 251
        Quá hạn | 13
        Hồ sơ đang giải quyết | 91
        Trong đó: Trong hạn | 87
        Quá hạn | 4
        """,
        "resolved.total=3214; resolved.early=2950; resolved.on_time=251; resolved.overdue=13; "
        "pending.total=91; pending.in_time=87; pending.overdue=4",
    ),
    # behind something else of which it might be said a bare part stays unread
    "bare parts below another thing": (
        """
        Nội dung | Số lượng
        Hồ sơ đã giải quyết | 3.214
        Phản ánh, kiến nghị tiếp nhận | 12
        Quá hạn | 4
        """,
        "resolved.total=3214; feedback.received=12",
    ),
    # two label tables side by side in one
    "labels side by side": (
        """
        Nội dung | Số lượng | Nội dung | Số lượng
        Tổng số hồ sơ tiếp nhận | 640 | Tổng số hồ sơ đã giải quyết | 628
        Trực tuyến | 610 | Trước hạn | 600
        """,
        "received.total=640; received.online=610; resolved.total=628; resolved.early=600",
    ),
    # the row says the act, the column the part
    "acts as rows, parts as columns": (
        """
        Nội dung | Tổng số | Trực tuyến | Trực tiếp
        Hồ sơ tiếp nhận | 640 | 610 | 30
        Hồ sơ đã giải quyết | 628 | 600 | 28
        """,
        "received.total=640; received.online=610; received.in_person=30; resolved.total=628",
    ),
    "feedback named by the rows": (
        """
        TT | Nội dung | Tiếp nhận | Đã xử lý | Đang xử lý
        1 | PAKN về quy định hành chính | 2 | 2 | 0
        2 | PAKN về hành vi hành chính | 4 | 3 | 1
        | Tổng số PAKN | 6 | 5 | 1
        """,
        "; ".join(
            row(values, scope, ("feedback.received", "feedback.resolved", "feedback.pending"))
            for values, scope in (("2 2 0", "field:pakn về quy định hành chính"), ("6 5 1", ""),
                                  ("4 3 1", "field:pakn về hành vi hành chính"))
        ),
    ),
    "feedback named by the heading": (
        """
        Số PAKN tiếp nhận | Số PAKN đã xử lý | < | Số PAKN đang xử lý
        ^ | Đúng hạn | Quá hạn | ^
        6 | 5 | 0 | 1
        """,
        "feedback.received=6; feedback.resolved_on_time=5; feedback.resolved_overdue=0; feedback.pending=1",
    ),
    "a title inside the table": (
        """
        TỔNG HỢP KẾT QUẢ GIẢI QUYẾT TTHC | < | < | <
        Đơn vị tính: hồ sơ | < | < | <
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết
        1 | Hộ tịch | 200 | 190
        | Tổng | 200 | 190
        """,
        "; ".join(row("200 190", scope, ("received.total", "resolved.total")) for scope in ("", "field:hộ tịch")),
    ),
    "sentences in the cells": (
        """
        TT | Nội dung | Kết quả thực hiện
        1 | Tiếp nhận hồ sơ | Đã tiếp nhận 640 hồ sơ, trong đó trực tuyến 610 hồ sơ
        2 | Giải quyết hồ sơ | Đã giải quyết 628 hồ sơ (trước hạn 600; đúng hạn 28)
        """,
        "received.total=640; received.online=610; resolved.total=628; resolved.early=600; resolved.on_time=28",
    ),
    "one row of values": (
        """
        Tiếp nhận | Đã giải quyết | Đang giải quyết
        640 | 628 | 12
        """,
        "received.total=640; resolved.total=628; pending.total=12",
    ),
    "no heading": (
        """
        1 | Tổng số hồ sơ tiếp nhận | 640
        2 | Tổng số hồ sơ đã giải quyết | 628
        3 | Tổng số hồ sơ đang giải quyết | 12
        """,
        "received.total=640; resolved.total=628; pending.total=12",
    ),
    "months beside their quarter": (
        """
        Nội dung | Tháng 4 | Tháng 5 | Tháng 6 | Quý II
        Tổng số hồ sơ tiếp nhận | 200 | 210 | 230 | 640
        Tổng số hồ sơ đã giải quyết | 200 | 208 | 220 | 628
        """,
        "received.total=640; resolved.total=628",
    ),
    "last year, this year, growth": (
        """
        Nội dung | Quý II/2025 | Quý II/2026 | Tăng/giảm
        Tổng số hồ sơ tiếp nhận | 580 | 640 | 60
        Tổng số hồ sơ đã giải quyết | 570 | 628 | 58
        """,
        "received.total/last_year=580; received.total=640; resolved.total/last_year=570; resolved.total=628",
    ),
    # a number broken by the cell's edge is not put together
    "a broken number": (
        """
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết
        1 | Hộ tịch | 1.2\\n00 | 190
        | Tổng | 1.200 | 190
        """,
        "resolved.total@field:hộ tịch=190; received.total=1200; resolved.total=190",
    ),
    "two numbers in a cell": (
        """
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết
        1 | Hộ tịch | 12\\n34 | 190
        2 | Đất đai | 12 34 | 25
        | Tổng | 260 | 215
        """,
        "resolved.total@field:hộ tịch=190; resolved.total@field:đất đai=25; received.total=260; resolved.total=215",
    ),
    "rates of units": (
        """
        TT | Đơn vị | Tỷ lệ hồ sơ trực tuyến (%) | Tỷ lệ số hóa hồ sơ (%)
        1 | Phường An Bình | 97,3 | 98
        2 | Xã Bình Minh | 95 | 90,5
        """,
        "rate.online@unit:phường an bình=97.3; rate.digitised@unit:phường an bình=98; "
        "rate.online@unit:xã bình minh=95; rate.digitised@unit:xã bình minh=90.5",
    ),
    "procedures by field": (
        """
        TT | Lĩnh vực | Tổng số TTHC | Toàn trình | Một phần
        1 | Hộ tịch | 40 | 30 | 10
        2 | Đất đai | 20 | 5 | 15
        | Tổng | 60 | 35 | 25
        """,
        "; ".join(
            row(values, scope, ("procedures.total", "procedures.online_full", "procedures.online_partial"))
            for values, scope in (("40 30 10", "field:hộ tịch"), ("20 5 15", "field:đất đai"), ("60 35 25", ""))
        ),
    ),
}  # fmt: skip

# --------------------------------------------------------------------------- columns and rows of something else

APART = {
    # columns of a part of the time are not the period's
    "stages as columns": (
        """
        Nội dung | Giai đoạn 1 | Giai đoạn 2 | Tổng cộng
        Tổng số hồ sơ tiếp nhận | 300 | 340 | 640
        Số hồ sơ đã giải quyết | 290 | 338 | 628
        """,
        "received.total=640; resolved.total=628",
    ),
    "stages as heads over acts": (
        """
        Lĩnh vực | Giai đoạn 1 (đến 30/4/2026) | < | Giai đoạn 2 (từ 01/5/2026) | <
        ^ | Tiếp nhận | Đã giải quyết | Tiếp nhận | Đã giải quyết
        Hộ tịch | 120 | 118 | 144 | 142
        Tổng cộng | 120 | 118 | 144 | 142
        """,
        "",
    ),
    "rounds as columns": (
        """
        Nội dung | Đợt 1 | Đợt 2 | Quý II/2026
        Số hồ sơ trực tuyến | 300 | 310 | 610
        Số hồ sơ giải quyết trước hạn | 280 | 320 | 600
        """,
        "received.online=610; resolved.early=600",
    ),
    "till a day, from a day": (
        """
        Nội dung | Đến 30/4/2026 | Từ 01/5/2026 | Cả kỳ
        Tổng số hồ sơ tiếp nhận | 300 | 340 | 640
        Số hồ sơ đã giải quyết | 290 | 338 | 628
        """,
        "received.total=640; resolved.total=628",
    ),
    # what a rate is taken of, and points for it, are no figures
    "denominator columns": (
        """
        TT | Nội dung | Tử số | Mẫu số | Tỷ lệ (%)
        1 | Tỷ lệ hồ sơ trực tuyến | 610 | 640 | 95,31
        2 | Tỷ lệ thanh toán trực tuyến | 215 | 244 | 88,11
        """,
        "rate.online=95.31; rate.online_payment=88.11",
    ),
    "counts, bases, rates": (
        """
        Nội dung | Số hồ sơ | Số phải thực hiện | Tỷ lệ (%)
        Số hồ sơ thanh toán trực tuyến | 215 | 244 | 88,11
        Số hồ sơ số hóa kết quả | 600 | 628 | 95,54
        """,
        "payment.online=215; rate.online_payment=88.11; digitised.results=600; rate.digitised_results=95.54",
    ),
    "points": (
        """
        TT | Tiêu chí | Tỷ lệ (%) | Điểm tối đa | Điểm đạt
        1 | Tỷ lệ hồ sơ trực tuyến | 95,3 | 12 | 11
        2 | Tỷ lệ thanh toán trực tuyến | 88,1 | 10 | 9
        3 | Mức độ hài lòng | 98,9 | 18 | 18
        """,
        "rate.online=95.3; rate.online_payment=88.1; rate.satisfaction=98.9",
    ),
    "points only": (
        """
        TT | Tiêu chí | Điểm chuẩn | Điểm tự chấm
        1 | Công khai, minh bạch | 18 | 17
        2 | Dịch vụ công trực tuyến | 12 | 11
        3 | Số hóa hồ sơ | 22 | 20
        """,
        "",
    ),
    "places are no points": (
        """
        TT | Địa điểm | Tiếp nhận | Đã giải quyết
        1 | Phường An Bình | 500 | 480
        2 | Xã Bình Minh | 300 | 295
        | Tổng cộng | 800 | 775
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("500 480", "unit:phường an bình"), ("300 295", "unit:xã bình minh"), ("800 775", ""))
        ),
    ),
    # what one system holds is not the unit's
    "systems as rows": (
        """
        TT | Hệ thống | Tiếp nhận | Đã giải quyết
        1 | Phần mềm hộ tịch điện tử | 264 | 260
        2 | Cổng Dịch vụ công quốc gia | 376 | 368
        | Tổng cộng | 640 | 628
        """,
        "received.total=640; resolved.total=628",
    ),
    "sources of figures as rows": (
        """
        Nguồn số liệu | Số hồ sơ tiếp nhận | Số hồ sơ đã giải quyết
        CSDL đất đai | 60 | 55
        Hệ thống một cửa | 580 | 573
        Tổng | 640 | 628
        """,
        "received.total=640; resolved.total=628",
    ),
    "fields twice, by system": (
        """
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết
        I | Hệ thống của Bộ | 250 | 240
        1 | Hộ tịch | 200 | 190
        2 | Đất đai | 50 | 50
        II | Hệ thống của tỉnh | 390 | 388
        1 | Hộ tịch | 330 | 330
        2 | Đất đai | 60 | 58
        | Tổng cộng | 640 | 628
        """,
        "received.total=640; resolved.total=628",
    ),
    "feedback by content": (
        """
        TT | Nội dung phản ánh | Số PAKN tiếp nhận | Số PAKN đã xử lý
        1 | Về hành vi hành chính | 4 | 3
        2 | Về quy định hành chính | 2 | 2
        3 | Cả hai nội dung | 0 | 0
        | Tổng số | 6 | 5
        """,
        "feedback.received=6; feedback.resolved=5",
    ),
    # levels in the rows
    "levels under counts": (
        """
        TT | Nội dung | Đơn vị tính | Kết quả
        1 | Tổng số hồ sơ tiếp nhận | Hồ sơ | 600
        - | Thẩm quyền cấp xã | Hồ sơ | 512
        - | Thẩm quyền cấp tỉnh | Hồ sơ | 88
        2 | Tổng số hồ sơ đã giải quyết | Hồ sơ | 580
        - | Thẩm quyền cấp xã | Hồ sơ | 500
        - | Thẩm quyền cấp tỉnh | Hồ sơ | 80
        """,
        "received.total=600; received.total@commune_level=512; received.total@province_level=88; "
        "resolved.total=580; resolved.total@commune_level=500; resolved.total@province_level=80",
    ),
    "procedures by level": (
        """
        TT | Nội dung | Kết quả
        1 | Tổng số TTHC đang áp dụng | 447
        - | Thẩm quyền cấp xã | 358
        - | Thẩm quyền cấp tỉnh | 89
        2 | Dịch vụ công trực tuyến toàn trình | 150
        3 | Dịch vụ công trực tuyến một phần | 201
        """,
        "procedures.total=447; procedures.total@commune_level=358; procedures.total@province_level=89; "
        "procedures.online_full=150; procedures.online_partial=201",
    ),
    "totals by level": (
        """
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết
        1 | Hộ tịch | 400 | 395
        2 | Chứng thực | 112 | 105
        | Tổng cộng thẩm quyền cấp xã | 512 | 500
        3 | Đất đai | 88 | 80
        | Tổng cộng thẩm quyền cấp tỉnh | 88 | 80
        | Tổng cộng | 600 | 580
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("400 395", "field:hộ tịch"), ("112 105", "field:chứng thực"),
                                  ("512 500", "commune_level"), ("88 80", "field:đất đai"),
                                  ("88 80", "province_level"), ("600 580", ""))
        ),
    ),
    # whose parts the columns are, told by what adds up
    "flat form, parts add up": (
        """
        Lĩnh vực | Tiếp nhận | Đã giải quyết | Trước hạn | Đúng hạn | Quá hạn | Đang giải quyết | Trong hạn | Đã quá hạn
        Hộ tịch | 264 | 260 | 255 | 4 | 1 | 4 | 3 | 1
        Đất đai | 31 | 20 | 18 | 2 | 0 | 11 | 9 | 2
        Tổng cộng | 295 | 280 | 273 | 6 | 1 | 15 | 12 | 3
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total", "resolved.early", "resolved.on_time",
                                "resolved.overdue", "pending.total", "pending.in_time", "pending.overdue"))
            for values, scope in (("264 260 255 4 1 4 3 1", "field:hộ tịch"), ("31 20 18 2 0 11 9 2", "field:đất đai"),
                                  ("295 280 273 6 1 15 12 3", ""))
        ),
    ),
    "flat form, overdue of which": (
        """
        Lĩnh vực | Tiếp nhận | Đã giải quyết | Đang giải quyết | Quá hạn
        Hộ tịch | 264 | 260 | 4 | 1
        Đất đai | 31 | 20 | 11 | 2
        Tổng cộng | 295 | 280 | 15 | 3
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total", "pending.total"))
            for values, scope in (("264 260 4", "field:hộ tịch"), ("31 20 11", "field:đất đai"), ("295 280 15", ""))
        ),
    ),
    "received, resolved, pending": (
        """
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết | Đang giải quyết
        1 | Hộ tịch | 264 | 260 | 4
        | Tổng cộng | 264 | 260 | 4
        """,
        "; ".join(row("264 260 4", scope, ("received.total", "resolved.total", "pending.total"))
                  for scope in ("", "field:hộ tịch")),
    ),
    "a field's only row": (
        """
        Lĩnh vực | Tiếp nhận | Đã giải quyết
        Đất đai | 31 | 20
        """,
        "received.total@field:đất đai=31; resolved.total@field:đất đai=20",
    ),
    "total including what came over": (
        """
        Lĩnh vực | Tổng số tiếp nhận (gồm kỳ trước chuyển sang) | Kỳ trước chuyển sang | Đã giải quyết
        Hộ tịch | 264 | 4 | 260
        Tổng cộng | 264 | 4 | 260
        """,
        "; ".join(row("264 4 260", scope, ("received.total", "received.carried_over", "resolved.total"))
                  for scope in ("", "field:hộ tịch")),
    ),
    "plan, done": (
        """
        TT | Nội dung | Kế hoạch | Đã thực hiện
        1 | Số TTHC được rà soát | 12 | 5
        2 | Tỷ lệ hồ sơ trực tuyến (%) | 90 | 95,3
        """,
        "procedures.reviewed=5; rate.online=95.3",
    ),
    "fees": (
        """
        Nội dung | Số lượng
        Số hồ sơ phải nộp phí, lệ phí | 244
        Số hồ sơ thanh toán trực tuyến | 215
        Tỷ lệ thanh toán trực tuyến (%) | 88,11
        """,
        "payment.online=215; rate.online_payment=88.11",
    ),
    "points beside counts": (
        """
        TT | Nội dung | Kết quả | Điểm
        1 | Tổng số hồ sơ tiếp nhận | 640 | 5
        2 | Số hồ sơ đã giải quyết | 628 | 10
        """,
        "received.total=640; resolved.total=628",
    ),
    "times are no points": (
        """
        TT | Nội dung | Số liệu tại thời điểm 14/6/2026
        1 | Tổng số hồ sơ tiếp nhận | 640
        2 | Số hồ sơ đã giải quyết | 628
        """,
        "received.total=640; resolved.total=628",
    ),
    "months in a row, windows": (
        """
        Nội dung | Từ 15/3 đến 14/4/2026 | Từ 15/4 đến 14/6/2026 | Từ 15/3 đến 14/6/2026
        Tổng số hồ sơ tiếp nhận | 200 | 440 | 640
        Số hồ sơ đã giải quyết | 190 | 438 | 628
        """,
        "received.total=640; resolved.total=628",
    ),
    "named parts of the office as rows": (
        """
        TT | Địa điểm tiếp nhận | Tiếp nhận | Đã giải quyết
        1 | Cơ sở 1 | 400 | 395
        2 | Cơ sở 2 | 240 | 233
        | Tổng cộng | 640 | 628
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("400 395", "unit:cơ sở 1"), ("240 233", "unit:cơ sở 2"), ("640 628", ""))
        ),
    ),
    # parts that do not add up to the column before are not said to be its parts
    "flat form, parts of more": (
        """
        Lĩnh vực | Tiếp nhận | Đã giải quyết | Trước hạn | Quá hạn
        Hộ tịch | 264 | 260 | 255 | 2
        Đất đai | 31 | 20 | 18 | 9
        Tổng cộng | 295 | 280 | 273 | 11
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total", "resolved.early"))
            for values, scope in (("264 260 255", "field:hộ tịch"), ("31 20 18", "field:đất đai"), ("295 280 273", ""))
        ),
    ),
    # one wrong row among several is for the checks to find
    "flat form, one row wrong": (
        """
        Lĩnh vực | Đã giải quyết | Trước hạn | Đúng hạn | Quá hạn
        Hộ tịch | 260 | 255 | 4 | 1
        Đất đai | 20 | 18 | 1 | 0
        Chứng thực | 400 | 400 | 0 | 0
        Tổng cộng | 680 | 673 | 6 | 1
        """,
        "; ".join(
            row(values, scope, ("resolved.total", "resolved.early", "resolved.on_time", "resolved.overdue"))
            for values, scope in (("260 255 4 1", "field:hộ tịch"), ("20 18 1 0", "field:đất đai"),
                                  ("400 400 0 0", "field:chứng thực"), ("680 673 6 1", ""))
        ),
    ),
    "what must be done as a column": (
        """
        TT | Nội dung | Tổng số phải số hóa | Số lượng | Tỷ lệ (%)
        1 | Số hồ sơ được số hóa thành phần khi tiếp nhận | 640 | 612 | 95,63
        2 | Số hồ sơ được số hóa kết quả | 628 | 600 | 95,54
        """,
        "digitised.intake=612; rate.digitised_intake=95.63; digitised.results=600; rate.digitised_results=95.54",
    ),
    # the content of feedback is no field of procedures
    "feedback by content, no total": (
        """
        Nội dung | PAKN tiếp nhận | PAKN đã xử lý | PAKN đang xử lý
        Hành vi hành chính | 4 | 3 | 1
        Quy định hành chính | 2 | 2 | 0
        """,
        "",
    ),
    "feedback by content, the total first": (
        """
        Loại PAKN | Số PAKN tiếp nhận | Số PAKN đã xử lý
        Tổng cộng | 9 | 8
        Về quy định hành chính | 3 | 3
        Về hành vi hành chính của công chức | 6 | 5
        """,
        "feedback.received=9; feedback.resolved=8",
    ),
    # the same field in two systems under names of other kinds
    "fields twice, in sections of software": (
        """
        STT | Tên lĩnh vực | Hồ sơ tiếp nhận | Hồ sơ đã giải quyết | Hồ sơ đang giải quyết
        A | Phần mềm chuyên ngành | 310 | 300 | 10
        1 | Chứng thực | 110 | 110 | 0
        2 | Hộ tịch | 200 | 190 | 10
        B | Cổng Dịch vụ công quốc gia | 90 | 85 | 5
        1 | Hộ tịch | 90 | 85 | 5
        | TỔNG | 400 | 385 | 15
        """,
        "received.total=400; resolved.total=385; pending.total=15",
    ),
    "levels as totals": (
        """
        TT | Nội dung | Tiếp nhận | Đã giải quyết
        1 | Tổng số cấp xã | 512 | 500
        2 | Tổng số cấp tỉnh | 88 | 80
        | Tổng cộng | 600 | 580
        """,
        "; ".join(
            row(values, scope, ("received.total", "resolved.total"))
            for values, scope in (("512 500", "commune_level"), ("88 80", "province_level"), ("600 580", ""))
        ),
    ),
    "stages by name": (
        """
        Nội dung | Giai đoạn trước | Giai đoạn sau | Trong kỳ
        Số hồ sơ nộp trực tuyến | 300 | 310 | 610
        Số hồ sơ nộp trực tiếp | 20 | 10 | 30
        """,
        "received.online=610; received.in_person=30",
    ),
    "points with a bonus": (
        """
        TT | Nội dung | Kết quả (%) | Điểm cộng | Điểm trừ
        1 | Tỷ lệ số hóa hồ sơ | 95,3 | 2 | 0
        2 | Tỷ lệ hồ sơ giải quyết đúng hạn | 99,1 | 0 | 1
        """,
        "rate.digitised=95.3; rate.on_time=99.1",
    ),
}  # fmt: skip

# --------------------------------------------------------------------------- tables of which nothing is read

MEANINGLESS = {
    "staff": """
        TT | Họ và tên | Năm sinh | Điện thoại
        1 | Nguyễn Văn A | 1980 | 0912345678
        2 | Trần Thị B | 1985 | 0987654321
        """,
    "equipment": """
        TT | Thiết bị | Số lượng | Đơn giá
        1 | Máy quét | 2 | 12.500.000
        2 | Máy tính | 8 | 15.000.000
        """,
    "letterhead": """
        ỦY BAN NHÂN DÂN PHƯỜNG AN BÌNH | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
        Số: 215/BC-UBND | An Bình, ngày 14 tháng 6 năm 2026
        """,
    "visitors": """
        Ngày | Số lượt khách | Giờ cao điểm
        02/6/2026 | 120 | 8 giờ
        03/6/2026 | 135 | 9 giờ
        """,
}


ALL = {**FORMS, **BY_ROW, **LABELLED, **ODD, **APART}
# What is read wrongly today, with its merges and flat; the last one with its merges only.
WRONG = {
    "periods as rows": "missed: rows headed “Kỳ” are taken for months",
    "feedback": "missed: what came in",
    "procedures": "missed: the rows are not taken for indicators",
    "words for zero": "missed: one number and words are taken for no table",
    "labels side by side": "missed: a table in two halves is left",
    "acts as rows, parts as columns": "missed: rows and columns both say a part",
    "sentences in the cells": "missed: sentences in a table of few rows",
    "procedures by field": "missed: the columns' indicators are not heard",
    "a title inside the table": "missed: a title over all columns hides the heading",
}
READ_FLAT = {"a title inside the table"}


def cases() -> list[ParameterSet]:
    found = []
    for name, (text, expected) in ALL.items():
        for merged in (True, False):
            case = name if merged else f"{name} flat"
            fails = name in WRONG and (merged or name not in READ_FLAT)
            marks = pytest.mark.xfail(strict=True, reason=WRONG[name]) if fails else ()
            found.append(pytest.param(text, expected, merged, id=case, marks=marks))
    return found


@pytest.mark.parametrize(("text", "expected", "merged"), cases())
def test_a_table(text: str, expected: str, merged: bool) -> None:
    assert figures(report(text, merged)) == wanted(expected)


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("name", MEANINGLESS)
def test_a_table_of_other_things_yields_nothing(name: str, merged: bool) -> None:
    document = report(MEANINGLESS[name], merged)
    found = find(document)
    assert found.figures == ()
    assert unaccounted(document, found) == []
    assert found.unread or found.masked


# --------------------------------------------------------------------------- what stands round a table

FEEDBACK = """
TT | Nội dung | Số lượng
1 | Tiếp nhận | 6
2 | Đã xử lý | 5
3 | Đang xử lý | 1
"""
RESULTS = """
Nội dung | Số lượng
Tổng số hồ sơ tiếp nhận | 640
Số hồ sơ đã giải quyết | 628
"""


@pytest.mark.parametrize(
    ("total", "cell", "expected"),
    [
        ("Cộng", "1.124", {(3, (1412, 1087)), (4, (1380, 1124))}),
        ("Cộng", "-", {(3, (1412, 1087)), (4, (1380, 0))}),  # a dash is none
        ("Cộng", "", {(3, (1412, 1087))}),  # a blank is not known
        ("Lũy kế", "1.124", set()),  # may hold months that are not in the table
    ],
)
def test_what_stands_month_by_month_above_a_total(
    total: str, cell: str, expected: set[tuple[int, tuple[int, ...]]]
) -> None:
    drawing = f"""
        STT | Tháng | Hồ sơ mới tiếp nhận | Hồ sơ đã giải quyết
        1 | Tháng 01 | 1.412 | 1.380
        2 | Tháng 02 | 1.087 | {cell}
         | {total} | 2.499 | 2.504
        """
    found = find(report(drawing)).months
    assert {(int(m.block.rpartition("c")[2]), m.parts) for m in found} == expected


def test_a_heading_says_what_the_table_below_counts() -> None:
    document = report(FEEDBACK, before=["5. Tiếp nhận, xử lý phản ánh, kiến nghị"])
    assert figures(document) == {"feedback.received=6", "feedback.resolved=5", "feedback.pending=1"}


def test_what_stands_in_sentence_and_table_is_one_figure_with_both_places() -> None:
    found = find(report(RESULTS, before=["Trong quý, phường đã tiếp nhận 640 hồ sơ."])).figures
    received = next(figure for figure in found if figure.indicator == "received.total")
    assert (received.place.block, [place.block for place in received.also]) == ("p1", ["t1r2c2"])


def test_a_table_that_contradicts_the_sentence_stands_beside_it() -> None:
    document = report(RESULTS, before=["Trong quý, phường đã tiếp nhận 604 hồ sơ."])
    assert figures(document) == {"received.total=604", "received.total=640", "resolved.total=628"}


def test_levels_in_a_district_report() -> None:
    text = """
        TT | Đơn vị | Tiếp nhận | Đã giải quyết
        I | Cấp huyện | 100 | 95
        II | Cấp xã | 300 | 290
        | Tổng cộng | 400 | 385
        """
    expected = "; ".join(
        row(values, scope, ("received.total", "resolved.total"))
        for values, scope in (("100 95", "district_level"), ("300 290", "commune_level"), ("400 385", ""))
    )
    assert figures(report(text), DISTRICT) == wanted(expected)


HIGHER = "Hồ sơ thuộc thẩm quyền cấp tỉnh và cấp xã được tổng hợp như sau:"


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("name", ["totals by level", "levels as totals"])
def test_levels_have_totals_where_a_paragraph_tells_them_apart(name: str, merged: bool) -> None:
    text, expected = ALL[name]
    assert figures(report(text, merged, [HIGHER])) == wanted(expected)


LEVEL_ROWS = """
    TT | Nội dung | Đơn vị tính | Kết quả
    1 | Tổng số hồ sơ tiếp nhận | Hồ sơ | 400
    - | Cấp huyện | Hồ sơ | 100
    - | Cấp xã | Hồ sơ | 300
    2 | Số hồ sơ giải quyết trước hạn | Hồ sơ | 380
    - | Cấp huyện | Hồ sơ | 90
    - | Cấp xã | Hồ sơ | 290
    """


def test_levels_in_rows_below_a_count_of_a_district() -> None:
    expected = "; ".join(
        row(values, scope, ("received.total", "resolved.early"))
        for values, scope in (("400 380", ""), ("100 90", "district_level"), ("300 290", "commune_level"))
    )
    assert figures(report(LEVEL_ROWS), DISTRICT) == wanted(expected)


@pytest.mark.parametrize(
    "title",
    ["Kết quả giải quyết TTHC", "2. Tình hình, kết quả giải quyết thủ tục hành chính", "Bảng tổng hợp giải quyết TTHC"],
)
def test_a_title_of_procedures_over_columns_of_dossiers(title: str) -> None:
    text, expected = ALL["received, resolved, pending"]
    assert figures(report(text, before=[title])) == wanted(expected)


def test_a_plan_has_no_figures_in_tables_either() -> None:
    document = report(RESULTS)
    found = find(document, Identity(kind="KH", period="2026", level="commune"))
    assert found.figures == ()
    assert unaccounted(document, found) == []


# --------------------------------------------------------------------------- laws

LAWFUL = [text for text, _ in ALL.values()] + list(MEANINGLESS.values())


@pytest.mark.parametrize("merged", [True, False])
def test_every_digit_of_these_tables_is_accounted_for(merged: bool) -> None:
    for text in LAWFUL:
        document = report(text, merged)
        assert unaccounted(document, find(document)) == []


CELL = st.sampled_from(
    ["12", "1.234", "1,234", "0", "-", "", "x", "96,5%", "1.234 (96,5%)", "12/15", "1 2", "12\n34", "Hộ tịch",
     "Tổng", "Tiếp nhận", "Trước hạn", "Quá hạn 02", "(3)=(4)+(5)", "Tỷ lệ (%)", "15/6/2026", "Năm 2025", "| 5"],
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_every_digit_of_any_table_is_accounted_for(rows: int, cols: int, data: st.DataObject) -> None:
    """Also of tables without sense, with cells missing or joined over each other's place."""
    cells = []
    for r in range(rows):
        for c in range(cols):
            if data.draw(st.integers(0, 9)) == 0:
                continue  # a cell that the file does not have
            down, right = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 2))
            cells.append(Cell(Block(f"t1r{r + 1}c{c + 1}", data.draw(CELL)), r, c, down, right))
    document = Document("", "", "docx", (Table("t1", rows, cols, tuple(cells)),))
    assert unaccounted(document, find(document)) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 9999), st.integers(0, 9999), st.sampled_from(["", ".", ","]), st.booleans())
def test_a_number_in_a_cell_is_read_back_in_any_style(one: int, other: int, mark: str, merged: bool) -> None:
    def printed(value: int) -> str:
        return f"{value:,}".replace(",", mark)

    text = f"""
        TT | Lĩnh vực | Tiếp nhận | Đã giải quyết
        1 | Hộ tịch | {printed(one)} | {printed(other)}
        | Tổng cộng | {printed(one)} | {printed(other)}
        """
    expected = "; ".join(
        row(f"{one} {other}", scope, ("received.total", "resolved.total")) for scope in ("", "field:hộ tịch")
    )
    assert figures(report(text, merged)) == wanted(expected)


@pytest.mark.parametrize(
    ("before", "read"),
    [
        (["2. Kết quả giải quyết thủ tục hành chính"], True),
        (["IV. Công tác tiếp công dân, đơn thư"], False),
        (["3. Kết quả của Công an phường"], False),
        (["* Hồ sơ phi địa giới hành chính:"], False),
        (["III. Phương hướng, nhiệm vụ quý III", "Phấn đấu đạt các chỉ tiêu sau:"], False),
        (["III. Phương hướng, nhiệm vụ quý III", "1. Tiếp tục rà soát.", "Phụ lục kèm theo báo cáo"], True),
    ],
)
def test_a_table_is_of_what_its_heading_says(before: list[str], read: bool) -> None:
    document = report(RESULTS, before=before)
    assert figures(document) == (wanted("received.total=640; resolved.total=628") if read else set())
    assert unaccounted(document, find(document)) == []


# --------------------------------------------------------------------------- tables of scans


def of_scan(text: str) -> Document:
    """A document with the table as a scan gives it."""
    table = drawn(text)
    cells = tuple(replace(cell, block=replace(cell.block, ocr=True)) for cell in table.cells)
    return Document("", "", "pdf", (replace(table, cells=cells),))


def of_fields(early: str = "Trước hạn", on_time: str = "Đúng hạn", numbering: str = "") -> str:
    return f"""
Lĩnh vực | Tiếp nhận | Đã giải quyết | < | < | Đang giải quyết
^ | ^ | Tổng số | {early} | {on_time} | ^
{numbering}
Hộ tịch | 734 | 719 | 688 | 31 | 15
Đất đai | 400 | 392 | 380 | 12 | 8
Tổng cộng | 1.134 | 1.111 | 1.068 | 43 | 23
""".replace("\n\n", "\n")


WHOLE = row("1134 1111 1068 43 23", names=("received.total", "resolved.total", "resolved.early", "resolved.on_time",
                                           "pending.total"))  # fmt: skip


@pytest.mark.parametrize(
    ("early", "on_time"),
    [("Trước hạn", "Đúng hạn"), ("Trướ chạn", "Đúnghạn"), ("Truớc han", "Đúng hạn"), ("Trước hạn", "Đủng hạn")],
)
def test_headings_of_a_scan_are_heard_with_misplaced_blanks_and_accents(early: str, on_time: str) -> None:
    assert wanted(WHOLE) <= figures(of_scan(of_fields(early, on_time)))


@pytest.mark.parametrize("spoilt", ["Trước sọ", "7", "Tước nạn"])
def test_a_spoilt_heading_does_not_make_its_column_the_total(spoilt: str) -> None:
    for document in (of_scan(of_fields(early=spoilt)), report(of_fields(early=spoilt))):
        found = figures(document)
        assert not any(told.startswith("resolved.total") and told.endswith(("=1068", "=688", "=380")) for told in found)


@pytest.mark.parametrize(
    "numbering",
    ["(1) | (2) | (3) | (4) | (5) | (6)", " | (2) | (3 | (4) | (5)œ | (6)", "{1) | (2) | q3) | (4) | (5) | (6)"],
)
def test_a_row_of_column_numbers_is_none_of_figures_though_some_are_misread(numbering: str) -> None:
    found = figures(of_scan(of_fields(numbering=numbering)))
    assert wanted(WHOLE) <= found and not any(told.endswith(("=2", "=4", "=5", "=6")) for told in found)
