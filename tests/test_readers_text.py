# ruff: noqa: E501, SIM905 -- the tables of cases are aligned for the eye
"""Text files: paragraphs from broken lines, tables from tabs, nothing left of markup, no word lost."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import readers
from extractor.model import Block, Document, Table
from extractor.readers.text_paragraphs import TextLine, paragraphs, starts_item

SEEDS = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"


def read(tmp_path: Path, text: str | bytes) -> Document:
    path = tmp_path / "bc.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return readers.read(path)


def texts(document: Document) -> list[str]:
    return [item.text for item in document.content if isinstance(item, Block)]


def rows(table: Table) -> list[list[str]]:
    found = [[""] * table.cols for _ in range(table.rows)]
    for cell in table.cells:
        found[cell.row][cell.col] = cell.text
    return found


# --------------------------------------------------------------------------- letters

# fmt: off
ENCODINGS = [
    ("utf-8",                 "Hồ sơ: 12".encode(),                                           "Hồ sơ: 12", False),
    ("utf-8 with its mark",   b"\xef\xbb\xbf" + "Hồ sơ: 12".encode(),                         "Hồ sơ: 12", False),
    ("utf-16, little end",    "Hồ sơ: 12".encode("utf-16"),                                   "Hồ sơ: 12", False),
    ("utf-16, big end",       b"\xfe\xff" + "Hồ sơ: 12".encode("utf-16-be"),                  "Hồ sơ: 12", False),
    ("utf-16 without mark",   "Tong so ho so: 12".encode("utf-16-le"),                         "Tong so ho so: 12", False),
    ("Windows, Vietnamese",   "Hô\u0300 sơ: 12".encode("cp1258"),                            "Hô\u0300 sơ: 12", True),  # too short to be sure
    ("of no code page",       "H\xf4 \x9d\x81: 12 \xa4\xa6".encode("latin-1"),                "Hô \ufffd\ufffd: 12 ¤¦", True),
    ("Windows line ends",     b"a: 1\r\n\r\nb: 2\r\n",                                        "a: 1", False),
    ("old Mac line ends",     b"a: 1\r\rb: 2",                                                "a: 1", False),
]
# fmt: on


@pytest.mark.parametrize(("why", "content", "first", "doubt"), ENCODINGS, ids=[row[0] for row in ENCODINGS])
def test_letters_in_every_encoding(tmp_path: Path, why: str, content: bytes, first: str, doubt: bool) -> None:
    document = read(tmp_path, content)
    assert texts(document)[0] == first
    assert [problem.code for problem in document.problems] == (["encoding"] if doubt else [])


def test_one_broken_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    document = read(tmp_path, ("Hồ sơ đã tiếp nhận. " * 60).encode() + b"\xff")
    assert document.problems[0].code == "encoding"
    assert texts(document)[0].startswith("Hồ sơ đã tiếp nhận.")


# --------------------------------------------------------------------------- paragraphs

# A text broken at about 80 letters, as copied from a page: it teaches the width in the cases below.
WRAPPED = """\
- Bộ phận tiếp nhận duy trì lịch trực vào sáng thứ bảy hằng tuần, hướng dẫn người
dân nộp hồ sơ từ xa, không để hồ sơ nằm chờ ở khâu chuyển tiếp, đồng thời gửi tin
nhắn báo kết quả cho từng người nộp ngay khi phòng chuyên môn ký xong văn bản và
chuyển lại cho quầy trả kết quả của phường trong cùng một buổi làm việc theo lịch
hẹn trên giấy.
"""
# fmt: off
PARAGRAPHS = [
    # why                                           lines                                                               how many of them begin a paragraph
    ("a bullet begins",                             "- Việc thứ nhất đã xong\n- Việc thứ hai chưa xong",                2),
    ("every sign of a bullet",                      "- một\n+ hai\n* ba\n• bốn\n– năm\n-100% hồ sơ\n+Sáu",              7),
    ("numbers of lists and headings",               "1. Một\n1.1. Hai\n2.2.Ba\n1.1 Bốn\na) năm\nb. Sáu\nIV. Bảy\n1/ Tám", 8),
    ("a number with thousands is no list",          "Trong đó (trực tiếp:\n1.467 hồ sơ; còn lại: 5)",                   1),
    ("a decree's number is no list",                "Phường thực hiện đầy đủ các nội dung nêu tại Công văn số\n1085/UBND-VP của thành phố", 1),
    ("an open bracket runs on, over a blank line",  "+ Đã nhận 90 hồ sơ (trực tiếp: 4;\n\ntrực tuyến: 86).",            1),
    ("a closed one does not",                       "+ Đã nhận 90 hồ sơ (trực tiếp: 4);\ntrực tuyến: 86.",              2),
    ("a bracket that was never closed",             "Có 28 hồ sơ chậm (lý do: lỗi phần mềm.\nPhường đã khắc phục.",     2),
    ("a document number cut at its hyphen",         "Thực hiện Quyết định số 10/QĐ-\n\nUBND của xã",                    1),
    ("or before it",                                "Thực hiện Quyết định số 10/QĐ\n-UBND của xã",                      1),
    ("or at its stroke",                            "Thực hiện Quyết định số 10/\nQĐ-UBND của xã",                      1),
    ("capitals stand apart",                        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Thị Bình", 4),
    ("a letterhead's lines stand apart",            "Số: 12/BC-UBND\n\nTân An, ngày 02 tháng 6 năm 2026\n\nBÁO CÁO\n\nCông tác quý II", 4),
    ("items without marks stay apart",              "trước hạn: 3.241\nđúng hạn: 8\nquá hạn: 0",                        3),
    ("so do lines of a small table",                "Hộ tịch\n655\n612",                                                3),
    ("a page's end inside a sentence",              "Phường đã tích hợp danh mục thủ tục lên trang thông tin, liên kết với Cổng dịch\n\nvụ công quốc gia.", 1),
    ("sentences of one line are paragraphs",        "Phường đã họp.\nPhường đã báo cáo.",                               2),
    ("a heading of Markdown",                       "## 1. Kết quả chung\nphường đã họp",                               2),
    ("a drawn line",                                "BÁO CÁO\n-------\nCông tác quý II",                                2),
]
# fmt: on


@pytest.mark.parametrize(("why", "text", "count"), PARAGRAPHS, ids=[row[0] for row in PARAGRAPHS])
def test_lines_of_a_text_that_is_not_broken_at_a_width(tmp_path: Path, why: str, text: str, count: int) -> None:
    found = texts(read(tmp_path, text))
    assert len(found) == count, found
    letters = "".join("".join(found).split())
    assert letters == "".join(text.replace("## ", "").replace("-------", "").split())


# fmt: off
FULL = "Trong kỳ, phường đã tiếp nhận và giải quyết xong hồ sơ đúng theo lịch hẹn tại quầy"
WIDE = [
    ("a full line runs on before a capital",          f"{FULL} của\nPhường",                       1),
    ("a short line does not",                         "Trong kỳ, phường đã họp\nTrung tâm báo cáo", 2),
    ("a sentence's end at a full line is an end",     f"{FULL}.\nTrung tâm báo cáo",               2),
    ("a label announces",                             f"{FULL} cũ\nTại các xã:",                   2),
    ("a full line runs on after a semicolon",         f"{FULL};\nđúng lịch",                       1),
    ("an indented line begins",                       f"{FULL} cũ\n        Trung tâm báo cáo",     2),
    ("a dash inside a sentence",                      f"{FULL} kinh tế\n- xã hội",                 1),
    ("a bullet behind a full line",                   f"{FULL} cũ\n- Trung tâm báo cáo",           2),
    ("an acronym at the end",                         f"{FULL} cấp\nTTHC",                         1),
    ("a signature",                                   f"{FULL} cũ\nTM. ỦY BAN NHÂN DÂN",           2),
]
# fmt: on


@pytest.mark.parametrize("spacing", ["\n", "\n\n"], ids=["single", "double"])
@pytest.mark.parametrize(("why", "text", "count"), WIDE, ids=[row[0] for row in WIDE])
def test_lines_of_a_text_that_is_broken_at_a_width(
    tmp_path: Path, why: str, text: str, count: int, spacing: str
) -> None:
    found = texts(read(tmp_path, (WRAPPED * 2 + text).replace("\n", spacing)))
    assert len(found) == 2 + count, found
    assert found[0] == found[1] == " ".join(WRAPPED.split())


def test_glue_is_a_blank_or_nothing(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "theo Báo cáo số 33/BC-\nUBND ngày 15/3/\n2026 của xã,\nphường")) == [
        "theo Báo cáo số 33/BC-UBND ngày 15/3/2026 của xã, phường"
    ]


WORDS = "hồ sơ đã được phường tiếp nhận và trả kết quả cho người dân trong buổi sáng theo lịch hẹn tại quầy".split()
SENTENCES = st.lists(
    st.integers(25, 60).flatmap(lambda n: st.permutations(WORDS * 4).map(lambda words: "- Việc " + " ".join(words[:n]) + ".")),
    min_size=8, max_size=14,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(SENTENCES, st.integers(55, 110), st.sampled_from(["\n", "\n\n"]))
def test_wrapping_is_undone(bullets: list[str], width: int, spacing: str) -> None:
    wrapped = [line for bullet in bullets for line in textwrap.wrap(bullet, width, break_on_hyphens=False)]
    gap = 1 if spacing == "\n\n" else 0
    (found,) = paragraphs([[TextLine(line, gap=gap) for line in wrapped]])
    assert [paragraph.text for paragraph in found] == bullets


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text("aÂđ1. -+()*\t|<>/,;:ồ", max_size=30).filter(str.strip), min_size=1, max_size=25))
def test_no_letter_is_lost_and_nothing_raises(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    text = "bắt đầu\n" + "\n".join(lines)
    document = read(tmp_path_factory.mktemp("t"), text)

    def letters(words: str) -> list[str]:
        return sorted(letter for letter in words if letter.isalnum())

    blocks = [*document.blocks(), *document.margins]
    unmarked = text if "<" not in text else None  # a tag <a> goes
    if unmarked is not None:
        assert letters("".join(block.text for block in blocks)) == letters(unmarked)


def test_page_numbers_go_to_the_margins(tmp_path: Path) -> None:
    page = "\n".join(f"- Việc thứ {n} đã giao cho tổ." for n in range(15))
    document = read(tmp_path, f"{page}\n2\n{page}\n3\n{page}")
    assert [block.text for block in document.margins] == ["2", "3"]
    assert len(texts(document)) == 45


def test_numbers_that_stand_close_are_no_page_numbers(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "Số lớp:\n1\nSố cuộc họp:\n2\nSố tin bài:\n3")) == [
        "Số lớp:", "1", "Số cuộc họp:", "2", "Số tin bài:", "3",
    ]  # fmt: skip


# fmt: off
MARKS = [
    ("- việc", True), ("-việc", True), ("-100% hồ sơ", True), ("+ 5 hồ sơ", True), ("1. Kết quả", True), ("12. Khác", True),
    ("II. ĐÁNH GIÁ", True), ("a) một", True), ("đ) một", True), ("1.2.3. Một", True), ("• một", True),
    ("1.467 hồ sơ", False), ("2,899); số", False), ("15/5/2015 của", False), ("98,31%", False), ("II.06a/VPCP", False),
    ("1 hồ sơ", False), ("(QPPL)", False), ("100% hồ sơ", False), ("và 3. phần", False), ("--", False),
]
# fmt: on


@pytest.mark.parametrize(("text", "wanted"), MARKS)
def test_marks_of_items(text: str, wanted: bool) -> None:
    assert starts_item(text) is wanted


# --------------------------------------------------------------------------- tables

PLAN = """\
TT\tNhiệm vụ\tChủ trì\tPhối hợp\tSản phẩm\tThời gian
I\tThể chế\t\t\t\t
1\tRà soát danh mục, gồm: - hộ tịch;\tVăn phòng\tCác phòng\tBáo cáo\tQuý I

\t- đất đai.\t\t\t\t
2\tTuyên truyền\tPhòng Văn hóa\tĐoàn thể\tTin bài\tThường xuyên
\tMở lớp\tVăn phòng\tCác tổ\tKế hoạch\tTháng 5
3\tĐo hài lòng, phấn đấu lĩnh vực\tTrung tâm\tCác phòng\tPhiếu hỏi và\tQuý II

\tĐất đai đạt 90%\tphòng Kinh tế\t\tbáo cáo\t
TT\tNhiệm vụ\tChủ trì\tPhối hợp\tSản phẩm\tThời gian
II\tHạ tầng\t\t\t\t
1\tMua máy quét\tVăn phòng\t\tMáy\tQuý III
"""


def test_torn_rows_are_whole_again_and_real_rows_stay(tmp_path: Path) -> None:
    (table,) = read(tmp_path, PLAN.replace("90%\tphòng Kinh tế", "90%\t")).tables()
    assert [row[:2] + row[-2:] for row in rows(table)] == [
        ["TT", "Nhiệm vụ", "Sản phẩm", "Thời gian"],
        ["I", "Thể chế", "", ""],
        ["1", "Rà soát danh mục, gồm: - hộ tịch;\n- đất đai.", "Báo cáo", "Quý I"],
        ["2", "Tuyên truyền", "Tin bài", "Thường xuyên"],
        ["", "Mở lớp", "Kế hoạch", "Tháng 5"],
        ["3", "Đo hài lòng, phấn đấu lĩnh vực Đất đai đạt 90%", "Phiếu hỏi và báo cáo", "Quý II"],
        ["TT", "Nhiệm vụ", "Sản phẩm", "Thời gian"],  # no empty line above: perhaps a heading of its own
        ["II", "Hạ tầng", "", ""],
        ["1", "Mua máy quét", "Máy", "Quý III"],
    ]
    (table,) = read(tmp_path, PLAN).tables()
    assert rows(table)[5][2] == "Trung tâm phòng Kinh tế"  # every cell goes on in its own column
    assert table.ruled and table.heading_rows is None


def test_a_heading_that_a_page_repeats_is_dropped(tmp_path: Path) -> None:
    (table,) = read(tmp_path, PLAN.replace("TT\tNhiệm vụ\tChủ trì", "\nTT\tNhiệm vụ\tChủ trì")).tables()
    assert [row[0] for row in rows(table)].count("TT") == 1
    heading = "TT\tTên\tSố\n\t\t(hồ sơ)\n(1)\t(2)\t(3)\n"
    (table,) = read(tmp_path, heading + "1\ta\t5\n2\tb\t6\n3\tc\t7\n\n" + heading + "4\td\t5\n1\ta\t5").tables()
    assert [row[0] for row in rows(table)] == ["TT", "", "(1)", "1", "2", "3", "4", "1"]


FORM = """\
TT\tLĩnh vực\tTiếp nhận\t\t\tGhi chú
\t\tTổng\ttrực tuyến\ttrực tiếp\t
1\tHộ tịch\t12\t10\t2
2\tĐất đai\t5\t5\t0\tkhông

\tTổng cộng\t17\t15\t2\t
"""


def test_empty_cells_of_merges_and_totals_stay(tmp_path: Path) -> None:
    (table,) = read(tmp_path, FORM).tables()
    assert rows(table) == [
        ["TT", "Lĩnh vực", "Tiếp nhận", "", "", "Ghi chú"],
        ["", "", "Tổng", "trực tuyến", "trực tiếp", ""],
        ["1", "Hộ tịch", "12", "10", "2", ""],
        ["2", "Đất đai", "5", "5", "0", "không"],
        ["", "Tổng cộng", "17", "15", "2", ""],
    ]


# fmt: off
TABBED = [
    ("a table between paragraphs",       "Chi tiết:\na\tb\n1\t2\nhết",                          ["Chi tiết:", [["a", "b"], ["1", "2"]], "hết"]),
    ("every row behind an empty line",   "a\tb\tc\n\n1\t2\t3\n\n4\t5\t6",                       [[["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]]]),
    ("a list with tabs is no table",     "1.\tMột\n2.\tHai\n-\tBa",                             ["1. Một", "2. Hai", "- Ba"]),
    ("nor are indented paragraphs",      "\tPhường đã họp.\n\tPhường đã báo cáo.",              ["Phường đã họp.", "Phường đã báo cáo."]),
    ("nor is one line",                  "Nơi nhận:\tTM. ỦY BAN",                               ["Nơi nhận: TM. ỦY BAN"]),
    ("a cell of several lines",          "a\tb\tc\n1\tmột\nhai\tba\n2\tbốn\tnăm",               [[["a", "b", "c"], ["1", "một\nhai", "ba"], ["2", "bốn", "năm"]]]),
    ("the last cell of several lines",   "a\tb\tc\n1\tmột\thai\nba\n2\tbốn\tnăm",               [[["a", "b", "c"], ["1", "một", "hai\nba"], ["2", "bốn", "năm"]]]),
    ("a short row of numbers is whole",  "a\tb\tc\n1\t2\nTổng\t2\n3\t4\t5",                   [[["a", "b", "c"], ["1", "2", ""], ["Tổng", "2", ""], ["3", "4", "5"]]]),
    ("two tables, an empty line between", "a\tb\tc\n1\t2\t3\n\nx\ty\n1\t2",                     [[["a", "b", "c"], ["1", "2", "3"]], [["x", "y"], ["1", "2"]]]),
    ("bars with a ruler",                "| a | b |\n|---|:-:|\n| 1 | 2 |",                     [[["a", "b"], ["1", "2"]]]),
    ("bars without",                     "| a | b |\n| 1 | 2 |",                                [[["a", "b"], ["1", "2"]]]),
    ("HTML with merged cells",           "<table><tr><th rowspan=2>a</th><th colspan='2'>b</th></tr><tr><td>1</td><td>2<br>3</td></tr></table>", [[["a", "b", ""], ["", "1", "2\n3"]]]),
    ("lists of HTML in a cell",          "a\tb\n1\t<ul style=\"x\"> - một; - hai \n2\t<p>ba</p> <p>bốn</p>\t", [[["a", "b", ""], ["1", "- một;\n- hai", ""], ["2", "ba\nbốn", ""]]]),
]
# fmt: on


@pytest.mark.parametrize(("why", "text", "wanted"), TABBED, ids=[row[0] for row in TABBED])
def test_tables_in_text(tmp_path: Path, why: str, text: str, wanted: list[object]) -> None:
    found = [item.text if isinstance(item, Block) else rows(item) for item in read(tmp_path, text).content]
    assert found == wanted


# --------------------------------------------------------------------------- markup

# fmt: off
MARKUP = [
    ("bold",                        "**KẾ HOẠCH**",                                  ["KẾ HOẠCH"]),
    ("bold over lines",             "**ỦY BAN\nPHƯỜNG TÂN AN**",                     ["ỦY BAN", "PHƯỜNG TÂN AN"]),
    ("italics over lines",          "*Căn cứ Luật Tổ chức chính quyền địa phương về\nviệc phân cấp;*", ["Căn cứ Luật Tổ chức chính quyền địa phương về việc phân cấp;"]),
    ("half of a pair",              "KẾ HOẠCH**",                                    ["KẾ HOẠCH"]),
    ("a bullet with a star",        "* Kết quả\n* Hạn chế",                          ["* Kết quả", "* Hạn chế"]),
    ("a note's star",               "5 hồ sơ (*)\n(*) Đã trừ hồ sơ rút",             ["5 hồ sơ (*)", "(*) Đã trừ hồ sơ rút"]),
    ("a product",                   "2 * 3 = 6 và 2*3*4",                            ["2 * 3 = 6 và 2*3*4"]),
    ("a link in brackets",          "tại <https://tanan.gov.vn/>.",                  ["tại https://tanan.gov.vn/."]),
    ("a link with a name",          "tại [trang tin](https://tanan.gov.vn) phường",  ["tại trang tin phường"]),
    ("a heading",                   "### 1. Kết quả",                                ["1. Kết quả"]),
    ("escaped signs",               r"1\. Kết quả \- chung",                         ["1. Kết quả - chung"]),
    ("tags",                        "<p>Đã giải quyết <b>12</b> hồ sơ<br/>quá hạn: 0</p>", ["Đã giải quyết 12 hồ sơ", "quá hạn: 0"]),
    ("entities",                    "HĐND&amp;UBND, HĐND&UBND; 5&nbsp;hồ sơ",        ["HĐND&UBND, HĐND&UBND; 5 hồ sơ"]),
    ("a raised figure",             "12<sup>1</sup> hồ sơ",                          ["12¹ hồ sơ"]),
    ("less and more",               "quá hạn < 5% và > 3% hồ sơ <quý II>",           ["quá hạn < 5% và > 3% hồ sơ <quý II>"]),
    ("a fence",                     "```\nHồ sơ: 12\n```",                           ["Hồ sơ: 12"]),
    ("a quotation",                 "> Đã giải quyết 12 hồ sơ",                      ["Đã giải quyết 12 hồ sơ"]),
    ("no quotation",                "> 90% hồ sơ",                                   ["> 90% hồ sơ"]),
]
# fmt: on


@pytest.mark.parametrize(("why", "text", "wanted"), MARKUP, ids=[row[0] for row in MARKUP])
def test_markup_goes_and_signs_stay(tmp_path: Path, why: str, text: str, wanted: list[str]) -> None:
    assert texts(read(tmp_path, text)) == wanted


def test_bold_is_kept_where_the_whole_block_is(tmp_path: Path) -> None:
    document = read(tmp_path, "**BÁO CÁO**\n\nCó **12** hồ sơ.\n\n**Một\nHai**")
    assert [block.bold for block in document.blocks()] == [True, False, True, True]


@pytest.mark.parametrize(
    "letter", ["*", "<", "|", "\t", "(", "-", "a ", "<p", "**a", "*a", "<table>", "&", "[", "1.\t"]
)
def test_hostile_repetition_is_quick(tmp_path: Path, letter: str) -> None:
    document = read(tmp_path, "bắt đầu\n" + letter * 20_000 + "\n" + (letter + "\n") * 4_000)
    assert texts(document)[0].startswith("bắt đầu")


# --------------------------------------------------------------------------- real documents


def seed(number: str) -> Path:
    return next(path for path in SEEDS.glob(f"{number}_*.txt") if "truth" not in path.name)


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared documents are not here")
@pytest.mark.parametrize(("number", "least"), [("000", 0.94), ("001", 0.96), ("003", 0.86), ("004", 0.94)])
def test_paragraphs_of_real_reports(number: str, least: float) -> None:
    """Most paragraphs come out letter by letter; the rest is split or joined at a sentence's end."""
    import unicodedata

    def plain(text: str) -> str:
        return " ".join(unicodedata.normalize("NFC", text).split())

    truth = next(SEEDS.glob(f"{number}_*.truth.txt")).read_text(encoding="utf-8")
    wanted = {plain(line) for line in truth.split("\n") if line.strip()}
    found = [plain(text) for text in texts(readers.read(seed(number)))]
    assert sum(text in wanted for text in found) >= least * len(found)


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared documents are not here")
def test_every_row_of_a_real_plan() -> None:
    wanted = json.loads((SEEDS / "002_decision.truth.json").read_text(encoding="utf-8"))
    (table,) = readers.read(seed("002")).tables()
    assert [[" ".join(cell.split()) for cell in row] for row in rows(table)] == [
        [" ".join((cell or "").split()) for cell in row] for row in wanted
    ]
