"""PDFs: letters, lines, paragraphs, tables over pages, and what is refused.

Shapes are drawn here through pdfium's own hand (`Sheet`), documents with Vietnamese letters are kept in tests/data
(made by tests/data/make_pdfs.py). The shared corpus is read where it is there.
"""

from __future__ import annotations

import ctypes
import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c_pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import BrokenFileError, EncryptedError, LimitError, ReadError, ScanError
from extractor.model import Block, Table, box_of
from extractor.readers import pdf_letters, pdf_tables, read, tesseract
from extractor.readers.assemble import RawDocument
from extractor.readers.pdf import read_pdf

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "shared" / "corpus"
CONTENT = json.loads((DATA / "pdf_content.json").read_text(encoding="utf-8"))
UPRIGHT = (1.0, 0.0, 0.0, 1.0)
UPWARD = (0.0, 1.0, -1.0, 0.0)


class Sheet:
    """Pages drawn letter run by letter run, with the place counted from the upper left corner."""

    def __init__(self) -> None:
        self.document = pdfium.PdfDocument.new()
        self.page: Any = None
        self.height = 0.0

    def new_page(self, width: float = 595, height: float = 842) -> Sheet:
        self._finish()
        self.page, self.height = self.document.new_page(width, height), height
        return self

    def text(
        self, x: float, y: float, text: str, size: float = 12, bold: bool = False, hidden: bool = False,
        matrix: tuple[float, float, float, float] = UPRIGHT, face: bytes = b"Times-Roman",
    ) -> Sheet:  # fmt: skip
        font = b"Times-Bold" if bold else face
        item = c_pdfium.FPDFPageObj_NewTextObj(self.document.raw, font, size)
        letters = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
        c_pdfium.FPDFText_SetText(item, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
        if hidden:
            c_pdfium.FPDFTextObj_SetTextRenderMode(item, c_pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        c_pdfium.FPDFPageObj_Transform(item, *matrix, x, self.height - y)
        c_pdfium.FPDFPage_InsertObject(self.page.raw, item)
        return self

    def box(self, x: float, y: float, width: float, height: float, stroke: bool = False) -> Sheet:
        item = c_pdfium.FPDFPageObj_CreateNewRect(x, self.height - y - height, width, height)
        c_pdfium.FPDFPath_SetDrawMode(item, 0 if stroke else 2, stroke)
        c_pdfium.FPDFPage_InsertObject(self.page.raw, item)
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        """Rulings as thin filled boxes, one for each cell edge, as Word draws them."""
        for y in ys:
            for a, b in pairwise(xs):
                self.box(a, y, b - a, 0.48)
        for x in xs:
            for a, b in pairwise(ys):
                self.box(x, a, 0.48, b - a)
        return self

    def picture(self) -> Sheet:
        """A grey picture over most of the page."""
        bitmap = pdfium.PdfBitmap.new_native(8, 8, 4)
        bitmap.fill_rect((120, 120, 120, 255), 0, 0, 8, 8)
        item = pdfium.PdfImage.new(self.document)
        item.set_bitmap(bitmap)
        item.set_matrix(pdfium.PdfMatrix().scale(500, 700).translate(40, 40))
        self.page.insert_obj(item)
        return self

    def _finish(self) -> None:
        if self.page is not None:
            self.page.gen_content()
            self.page = None

    def save(self, folder: Path) -> Path:
        self._finish()
        path = folder / "drawn.pdf"
        self.document.save(str(path))
        self.document.close()
        return path


def texts(document: RawDocument) -> list[str]:
    return [item.text for item in document.content if isinstance(item, Block)]


def tables(document: RawDocument) -> list[Table]:
    return [item for item in document.content if isinstance(item, Table)]


def rows_of(table: Table) -> list[list[str | None]]:
    """The texts of a table; None at a place that a merged cell covers."""
    rows: list[list[str | None]] = [[None] * table.cols for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.col] = cell.text
    return rows


def one_line(rows: list[list[str | None]]) -> list[list[str | None]]:
    return [[None if text is None else " ".join(text.split()) for text in row] for row in rows]


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# --------------------------------------------------------------------------- documents kept in tests/data


@pytest.fixture(scope="module")
def documents() -> dict[str, RawDocument]:
    return {name: read_pdf(DATA / f"{name}.pdf") for name in CONTENT}


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_every_paragraph_is_whole(documents: dict[str, RawDocument], name: str) -> None:
    marks = str.maketrans("12", "¹²")
    wanted = []
    for kind, text in CONTENT[name]["body"]:
        if kind in ("p", "heading", "title"):
            pieces = text.split("^")
            wanted.append("".join(p.translate(marks) if k % 2 else p for k, p in enumerate(pieces)))
    found = texts(documents[name])
    assert [text for text in wanted if text not in found] == []


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_every_table_row_is_whole(documents: dict[str, RawDocument], name: str) -> None:
    wanted = [value["rows"] for kind, value in CONTENT[name]["body"] if kind == "table"]
    assert [one_line(rows_of(table)) for table in tables(documents[name])] == [one_line(rows) for rows in wanted]


def test_a_table_over_pages_is_one_and_its_heading_stands_once(documents: dict[str, RawDocument]) -> None:
    (table,) = tables(documents["plan"])
    pages = {line.page for cell in table.cells for line in cell.block.lines}
    assert len(pages) > 3 and table.heading_rows == 1 and table.ruled


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_merged_cells_have_their_spans(documents: dict[str, RawDocument], name: str) -> None:
    merges = [m for kind, value in CONTENT[name]["body"] if kind == "table" for m in value["merges"]]
    (table,) = tables(documents[name])
    found = [
        [c.row, c.col, c.row + c.rowspan - 1, c.col + c.colspan - 1] for c in table.cells if c.rowspan * c.colspan > 1
    ]
    assert sorted(found) == sorted(merges)


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_columns_side_by_side_are_not_mixed(documents: dict[str, RawDocument], name: str) -> None:
    found = texts(documents[name])
    left, right = CONTENT[name]["letterhead"]
    assert found[: len(left)] == left
    assert plain(" ".join(found)).startswith(plain(" ".join([*left, *right])))
    assert found[-1] == CONTENT[name]["signature"][1][-1]


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_page_numbers_are_margins(documents: dict[str, RawDocument], name: str) -> None:
    document = documents[name]
    assert [block.text for block in document.margins] == [str(page) for page in range(2, (document.pages or 0) + 1)]


def test_hyphen_at_a_line_end_is_kept_without_a_blank(documents: dict[str, RawDocument]) -> None:
    (block,) = [item for item in documents["report"].content if isinstance(item, Block) and "1208" in item.text]
    assert "1208/KH-UBND-TTPVHCC-VP" in block.text


def test_raised_marks_do_not_lengthen_numbers(documents: dict[str, RawDocument]) -> None:
    joined = " ".join(texts(documents["report"]))
    assert "3.286¹ hồ sơ" in joined and "2.911² hồ sơ" in joined and "35 m²," in joined


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_no_digit_is_lost_and_none_is_read_twice(documents: dict[str, RawDocument], name: str) -> None:
    pages = pdfium.PdfDocument(DATA / f"{name}.pdf")
    printed = "".join(page.get_textpage().get_text_range() for page in pages)
    blocks = [*documents[name].margins]
    for item in documents[name].content:
        blocks.extend([item] if isinstance(item, Block) else [cell.block for cell in item.cells])
    found = "".join(block.text for block in blocks).translate(str.maketrans("¹²", "12"))
    assert Counter(filter(str.isdigit, found)) == Counter(filter(str.isdigit, printed))


@pytest.mark.parametrize("name", sorted(CONTENT))
def test_lines_cover_the_letters_and_boxes_stand_where_the_letters_are(
    documents: dict[str, RawDocument], name: str
) -> None:
    pages = pdfium.PdfDocument(DATA / f"{name}.pdf")
    checked = 0
    for item in documents[name].content:
        for block in [item] if isinstance(item, Block) else [cell.block for cell in item.cells]:
            for line in block.lines:
                assert len(line.edges) == line.end - line.start + 1
                assert list(line.edges) == sorted(line.edges)
            start = next((i for i, letter in enumerate(block.text) if letter.isdigit()), None)
            if start is None or checked > 60:
                continue
            end = start
            while end < len(block.text) and block.text[end].isdigit():
                end += 1
            number, box = box_of(block, start, end)
            assert number is not None and box is not None
            page = pages[number - 1]
            x0, top, x1, bottom = box
            height = page.get_height()
            letters = page.get_textpage().get_text_bounded(x0 + 0.3, height - bottom, x1 - 0.3, height - top)
            assert block.text[start:end] in letters
            checked += 1
    assert checked > 20


# --------------------------------------------------------------------------- drawn shapes


def test_word_draws_rulings_as_thin_boxes_one_for_each_cell(tmp_path: Path) -> None:
    xs, ys = [72.0, 110.0, 300.0, 420.0], [100.0, 120.0, 140.0, 160.0]
    sheet = Sheet().new_page().text(72, 60, "Above the table").box(72, 62, 90, 0.6).grid(xs, ys)
    for i in range(3):
        for j in range(3):
            sheet.text(xs[j] + 5, ys[i] + 14, f"{i}.{j}")
    document = read_pdf(sheet.text(72, 200, "Below the table").save(tmp_path))
    assert [type(item).__name__ for item in document.content] == ["Block", "Table", "Block"]
    assert rows_of(tables(document)[0]) == [[f"{i}.{j}" for j in range(3)] for i in range(3)]


def test_a_frame_round_text_is_no_table(tmp_path: Path) -> None:
    sheet = Sheet().new_page().box(60, 80, 400, 60, stroke=True).text(72, 110, "Framed words stand here as text")
    assert texts(read_pdf(sheet.save(tmp_path))) == ["Framed words stand here as text"]


def test_letters_of_two_cells_drawn_in_one_run_are_parted_at_the_ruling(tmp_path: Path) -> None:
    sheet = Sheet().new_page().grid([72, 132, 200], [100, 120, 140])
    sheet.text(100, 114, "1.932").text(140, 114, "58").text(100, 134, "17").text(137, 134, "204")
    assert rows_of(tables(read_pdf(sheet.save(tmp_path)))[0]) == [["1.932", "58"], ["17", "204"]]


NARROW = [
    # first line, second line, cell width, what the cell holds; why
    ("1.93", "2", 33.0, "1.932", "too narrow for the number"),
    ("98,3", "1%", 33.0, "98,31%", "too narrow for the percentage"),
    ("(3)=(4)+", "(5)", 60.0, "(3)=(4)+(5)", "a column formula"),
    ("12", "15", 120.0, "12\n15", "two figures, each on its own line"),
    ("1.932", "1.874", 40.0, "1.932 1.874", "two full numbers make no number together"),
    ("Chun", "g thuc", 36.0, "Chung thuc", "what is left has no vowel"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "width", "text", "why"), NARROW)
def test_numbers_cut_by_a_narrow_cell(
    tmp_path: Path, first: str, second: str, width: float, text: str, why: str
) -> None:
    sheet = Sheet().new_page().grid([100, 100 + width, 400], [100, 140, 160])
    sheet.text(105, 114, first).text(105, 128, second)
    for k in range(8):
        sheet.text(105 + width + 14 * k, 154, str(k))
    assert rows_of(tables(read_pdf(sheet.save(tmp_path)))[0])[0][0] == text, why


def test_a_small_raised_digit_is_no_digit_of_the_number(tmp_path: Path) -> None:
    sheet = Sheet().new_page().text(72, 100, "Nhan 3.286", 14).text(134.6, 95, "1", 8).text(142, 100, "ho so", 14)
    found = " ".join(texts(read_pdf(sheet.save(tmp_path))))
    assert "3.286¹" in found and "3.2861" not in found


def test_words_stay_whole_when_some_letters_come_from_another_font(tmp_path: Path) -> None:
    words = "Công trình này đã có ý nghĩa là hoàn thành 1.205 hạng mục".encode("latin-1", "ignore").decode("latin-1")
    (block,) = read_pdf(Sheet().new_page().text(72, 100, words).save(tmp_path)).content
    assert isinstance(block, Block)
    sheet = Sheet().new_page()
    for letter, x in zip(block.text, block.lines[0].edges, strict=False):
        if letter != " ":
            sheet.text(x, 100, letter, bold=not letter.isascii())
    assert texts(read_pdf(sheet.save(tmp_path))) == [block.text]


@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_sideways_pages_are_read_along_their_letters(tmp_path: Path, rotate: int) -> None:
    sheet = Sheet().new_page()
    for k in range(5):
        sheet.text(100 + 16 * k, 700, f"Sideways row {k} of the page", matrix=UPWARD)
    path = sheet.save(tmp_path)
    turned = pdfium.PdfDocument(path)
    turned[0].set_rotation(rotate)
    turned.save(str(tmp_path / "turned.pdf"))
    assert " ".join(texts(read_pdf(tmp_path / "turned.pdf"))).split("Sideways ")[1:] == [
        f"row {k} of the page{' ' * (k < 4)}" for k in range(5)
    ]


def test_a_heading_that_stands_upright_in_a_narrow_column_is_one_word_group(tmp_path: Path) -> None:
    sheet = Sheet().new_page().grid([100, 130, 160, 300], [100, 200, 220])
    sheet.text(120, 195, "Dung han", matrix=UPWARD).text(150, 195, "Qua han", matrix=UPWARD)
    sheet.text(165, 150, "Ghi chu cho ca bang nay")
    for k, text in enumerate(("7", "2", "cac so lieu tren day")):
        sheet.text(104 + 30 * k, 214, text)
    assert rows_of(tables(read_pdf(sheet.save(tmp_path)))[0]) == [
        ["Dung han", "Qua han", "Ghi chu cho ca bang nay"],
        ["7", "2", "cac so lieu tren day"],
    ]


def test_columns_without_rulings_are_a_table_when_figures_stand_in_line(tmp_path: Path) -> None:
    lines = [("Nhom", "Nhan", "Tra"), ("A", "1.014", "998"), ("B", "120", "118"), ("Cong", "1.134", "1.116")]
    sheet = Sheet().new_page()
    for k, line in enumerate(lines):
        for x, text in zip((72, 250, 400), line, strict=True):
            sheet.text(x, 100 + 16 * k, text)
    (table,) = tables(read_pdf(sheet.save(tmp_path)))
    assert rows_of(table) == [list(line) for line in lines] and not table.ruled


def test_letters_printed_over_one_another_stay_apart(tmp_path: Path) -> None:
    (block,) = read_pdf(Sheet().new_page().text(72, 100, "Over the top").text(110, 100, "1.205").save(tmp_path)).content
    assert isinstance(block, Block) and block.text.split()[-1] == "1.205"
    assert list(block.lines[0].edges) == sorted(block.lines[0].edges)


def test_words_in_line_are_no_table(tmp_path: Path) -> None:
    sheet = Sheet().new_page()
    for k in range(4):
        for x, text in zip((72, 250, 400), ("Noi nhan", "cac phong", "KT. CHU TICH"), strict=True):
            sheet.text(x, 100 + 16 * k, text)
    assert tables(read_pdf(sheet.save(tmp_path))) == []


def test_a_label_keeps_the_figure_that_stands_far_from_it(tmp_path: Path) -> None:
    sheet = Sheet().new_page().text(72, 100, "Tong so ho so:").text(400, 100, "1.245")
    assert texts(read_pdf(sheet.save(tmp_path))) == ["Tong so ho so: 1.245"]


def _two_pages(first: list[list[str]], second: list[list[str]], folder: Path) -> Table:
    """A table of three columns at the foot of one page and the head of the next."""
    xs = [72.0, 110.0, 300.0, 520.0]
    sheet = Sheet()
    for top, rows in ((700.0, first), (60.0, second)):
        ys = [top + 20 * k for k in range(len(rows) + 1)]
        sheet.new_page().grid(xs, ys)
        for k, row in enumerate(rows):
            for x, text in zip(xs, row, strict=False):
                if text:
                    sheet.text(x + 5, ys[k] + 14, text)
    found = tables(read_pdf(sheet.save(folder)))
    assert len(found) == 1
    return found[0]


HEAD = ["TT", "Viec", "Han"]
FULL = "A line of the cell that fills it up to"  # as wide as the second column

TORN = [
    # last row of the page, first row of the next, rows after joining; why
    (["1", FULL, "Quy II"], ["", "and goes on here", ""], 2, "the rest of a sentence"),
    (["1", FULL, "Quy II"], ["2", "Another task", "Quy III"], 3, "a row with its own number"),
    (["1", "Short task", "Quy II"], ["", "Another task", "Quy III"], 3, "all cells filled, nothing goes on"),
    (["1", "Title only", ""], ["", "A task of it", "Quy II"], 3, "something begins in a cell that was empty"),
]  # fmt: skip


@pytest.mark.parametrize(("last", "first", "rows", "why"), TORN)
@pytest.mark.parametrize("repeated", [True, False])
def test_a_row_cut_by_the_page_is_put_together_only_on_evidence(
    tmp_path: Path, last: list[str], first: list[str], rows: int, why: str, repeated: bool
) -> None:
    table = _two_pages([HEAD, last], ([HEAD] if repeated else []) + [first, ["9", "Last", "x"]], tmp_path)
    assert table.rows == rows + 1, why
    if rows == 2:
        assert rows_of(table)[1] == ["1", f"{FULL} and goes on here", "Quy II"]
    assert table.heading_rows == (1 if repeated else None)


# fmt: off
HEADS_AGAIN = [
    # heading of the next page                               whether it is the first one repeated
    (["No", "Task to be done", "To be done in Quarter I"],  True),
    (["No", "Task to be done", "To be done in Quarter l"],  True),   # as a picture is read
    (["No", "Task to be", "To be done in Quarter I"],       True),   # its second line is cut off
    (["No", "Task to be done", "To be done in Quarter 2"],  False),  # another number
    (["No", "What was done", "Where it went after that"],   False),
]
# fmt: on


@pytest.mark.parametrize(("again", "same"), HEADS_AGAIN)
def test_a_heading_that_is_repeated_with_a_letter_or_two_otherwise(
    tmp_path: Path, again: list[str], same: bool
) -> None:
    head, row = HEADS_AGAIN[0][0], ["1", "Short task", "Quy II"]
    table = _two_pages([head, row], [again, ["2", "Another", "Quy III"]], tmp_path)
    assert (table.rows, table.heading_rows) == ((3, 1) if same else (4, None))


def test_a_row_of_numbers_is_no_repeated_heading(tmp_path: Path) -> None:
    first, other = ["12", "Dossiers of all kinds together", "a"], ["12", "Dossiers of all kinds together.", "a"]
    assert _two_pages([first, ["1", "x", "y"]], [other, ["2", "z", "w"]], tmp_path).rows == 4


def test_tables_of_other_columns_on_the_next_page_stay_apart(tmp_path: Path) -> None:
    sheet = Sheet().new_page().grid([72, 110, 300, 520], [700, 720, 740])
    for k in range(6):
        sheet.text((77, 115, 305)[k % 3], 714 + 20 * (k // 3), f"a{k}")
    sheet.new_page().grid([72, 200, 410, 520], [60, 80, 100])
    for k in range(6):
        sheet.text((77, 205, 415)[k % 3], 74 + 20 * (k // 3), f"b{k}")
    assert [len(table.cells) for table in tables(read_pdf(sheet.save(tmp_path)))] == [6, 6]


def test_the_second_reader_is_asked_where_a_grid_is_in_doubt(tmp_path: Path, monkeypatch: Any) -> None:
    asked = []
    second = pdf_tables.second_grids

    def listen(path: Path, page: pdf_letters.PageLetters) -> list[pdf_tables.Grid]:
        grids = second(path, page)
        asked.append(len(grids))
        return grids

    monkeypatch.setattr("extractor.readers.pdf.second_grids", listen)
    sheet = Sheet().new_page().grid([72, 200, 330], [100, 130, 160])
    for k in range(4):
        sheet.text(76 + 129 * (k % 2), 118 + 30 * (k // 2), str(k))
    clear = read_pdf(sheet.save(tmp_path))
    assert asked == [] and clear.problems == []
    sheet = Sheet().new_page()
    for y in (100, 130, 160, 190):
        sheet.box(72, y, 400 if y != 130 else 258, 0.5)
    for x, top in ((72, 100), (200, 100), (330, 130), (471.5, 100)):  # the upper right cell has the form of an L
        sheet.box(x, top, 0.5, 190 - top)
    for k in range(9):
        sheet.text(76 + (k % 3) * 129, 118 + 30 * (k // 3), str(k))
    mended = read_pdf(sheet.save(tmp_path))
    assert asked == [1] and [problem.code for problem in mended.problems] == ["table_doubt"]
    assert rows_of(tables(mended)[0]) == [list("012"), list("345"), list("678")]
    asked.clear()
    sheet = Sheet().new_page().grid([72, 200, 330], [100, 130, 160])
    sheet.text(150, 118, "Words that run over the ruling").text(76, 148, "1").text(204, 148, "2")
    doubtful = read_pdf(sheet.save(tmp_path))
    assert asked == [1] and [problem.code for problem in doubtful.problems] == ["table_doubt"]
    assert "trang 1" in doubtful.problems[0].message


@settings(max_examples=40, deadline=None)
@given(
    widths=st.lists(st.floats(30, 120), min_size=2, max_size=5),
    heights=st.lists(st.floats(16, 60), min_size=2, max_size=6),
    wobble=st.lists(st.floats(-0.7, 0.7), min_size=12, max_size=12),
)
def test_a_closed_grid_has_every_cell_once(widths: list[float], heights: list[float], wobble: list[float]) -> None:
    xs = [72 + sum(widths[:k]) for k in range(len(widths) + 1)]
    ys = [90 + sum(heights[:k]) for k in range(len(heights) + 1)]
    page = pdf_letters.PageLetters(1, 595, 842)
    for k, y in enumerate(ys):
        page.horizontals.append((y + wobble[k], xs[0] - 0.4, (xs[0] + xs[-1]) / 2))
        page.horizontals.append((y - wobble[k], (xs[0] + xs[-1]) / 2, xs[-1] + 0.4))
    for x in xs:
        page.verticals.append((x, ys[0] - 0.5, ys[-1] + 0.5))
    (grid,) = pdf_tables.find_grids(page)
    assert grid.faults == 0
    assert len(grid.cells) == len(widths) * len(heights)
    assert {(r, c) for r, c, _, _ in grid.cells} == {(r, c) for r in range(len(heights)) for c in range(len(widths))}


def _ragged(texts: Sequence[str], width: float, folder: Path) -> list[str]:
    """The blocks of a page whose texts are broken at `width` points and flush left, in letters of 6 points each."""
    sheet, y = Sheet().new_page(), 80.0
    for text in texts:
        line = ""
        for word in text.split():
            if line and 6 * len(f"{line} {word}") > width:
                sheet.text(80, y, line, 10, face=b"Courier")
                line, y = "", y + 15
            line = f"{line} {word}".strip()
        sheet.text(80, y, line, 10, face=b"Courier")
        y += 27
    return [block.text for block in read_pdf(sheet.save(folder)).content if isinstance(block, Block)]


def test_ragged_lines_far_from_the_edge_of_the_page_are_paragraphs(tmp_path: Path) -> None:
    texts = [
        f"In part {name} of the year the ward took in {count} dossiers, of which more than a half came through the "
        "portal and the others over the counter or by post, and nearly all of them were settled before their day, as "
        "the table below tells for each kind of business and each of the offices"
        for name, count in (("one", "1.205"), ("two", "1.310"), ("three", "987"), ("four", "1.420"))
    ]
    assert _ragged(texts, 330, tmp_path) == texts


def test_a_list_of_long_lines_is_no_flowing_text(tmp_path: Path) -> None:
    lines = [f"Dossiers of the kind that has the number {k} in the list: {k}5{'1' * (k % 4)}" for k in range(14)]
    assert _ragged(lines, 900, tmp_path) == lines


def test_running_heads_are_margins_but_repeated_rows_of_text_are_not(tmp_path: Path) -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.new_page().text(72, 40, "Bao cao quy II cua xa").text(290, 810, f"- {number} -")
        sheet.text(72, 90, f"+ Tra dung han: {number * 111} ho so;").text(72, 120, f"Con lai {number}")
    document = read_pdf(sheet.save(tmp_path))
    assert sum("Tra dung han" in text for text in texts(document)) == 4
    assert {block.text for block in document.margins} >= {"Bao cao quy II cua xa", "- 2 -"}
    assert len(document.margins) == 8


def test_a_signature_stamp_is_no_content(tmp_path: Path) -> None:
    sheet = Sheet().new_page().text(72, 100, "Noi dung cua van ban nay gom mot dong.", 14)
    sheet.text(350, 300, "Signature: UBND xa", 8).text(350, 310, "Email: xa@example.vn", 8)
    document = read_pdf(sheet.save(tmp_path))
    assert texts(document) == ["Noi dung cua van ban nay gom mot dong."] and len(document.margins) == 2


# --------------------------------------------------------------------------- what cannot be read


def test_hidden_letters_behind_visible_ones_are_left_out(tmp_path: Path) -> None:
    sheet = Sheet().new_page().text(72, 100, "Seen 12").text(72, 140, "Hidden 99", hidden=True)
    assert texts(read_pdf(sheet.save(tmp_path))) == ["Seen 12"]


def test_letters_that_a_machine_read_from_a_picture_are_named(tmp_path: Path) -> None:
    document = read_pdf(Sheet().new_page().picture().text(72, 100, "Read 1.234 by machine", hidden=True).save(tmp_path))
    assert [problem.code for problem in document.problems] == ["ocr_text"]


def test_pictures_of_pages_are_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(ScanError, match="bản Word hoặc PDF xuất từ Word"):
        read_pdf(Sheet().new_page().picture().save(tmp_path))


def test_some_pages_as_pictures_are_named_even_with_printed_letters_round_them(tmp_path: Path) -> None:
    sheet = Sheet().new_page().text(72, 100, "A page of letters, long enough to be read as one.")
    sheet.new_page().picture().new_page().picture().text(290, 30, "3")
    (problem,) = read_pdf(sheet.save(tmp_path)).problems
    assert problem.code == "scan_page" and "Trang 2–3" in problem.message


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b"> >>",
    ]
    path = tmp_path / "locked.pdf"
    path.write_bytes(_raw_pdf(objects, b"/Encrypt 4 0 R /ID [<00> <00>]"))
    with pytest.raises(EncryptedError, match="mật khẩu"):
        read_pdf(path)


def test_the_values_of_a_form_are_read(tmp_path: Path) -> None:
    stream = b"BT /F 12 Tf 72 700 Td (Tong so:) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R]"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (1.245) /Rect [130 695 200 712] >>",
    ]
    path = tmp_path / "form.pdf"
    path.write_bytes(_raw_pdf(objects, b""))
    assert texts(read_pdf(path)) == ["Tong so: 1.245"]


def _raw_pdf(objects: list[bytes], trailer: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return data


@pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 0.5, 0.9, 0.99])
def test_files_cut_off_are_refused_or_named(tmp_path: Path, share: float) -> None:
    whole = (DATA / "report.pdf").read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: int(len(whole) * share)])
    try:
        document = read_pdf(path)
    except BrokenFileError as error:
        assert "PDF" in error.message
    else:
        assert "cut_off" in {problem.code for problem in document.problems}


@settings(max_examples=25, deadline=None)
@given(place=st.integers(0, 10_000), noise=st.binary(min_size=1, max_size=200))
def test_damaged_files_never_end_in_another_error(tmp_path_factory: Any, place: int, noise: bytes) -> None:
    whole = bytearray((DATA / "report.pdf").read_bytes())
    start = place * (len(whole) - len(noise)) // 10_000
    whole[start : start + len(noise)] = noise
    path = tmp_path_factory.getbasetemp() / "damaged.pdf"
    path.write_bytes(bytes(whole))
    try:
        assert read_pdf(path).pages
    except ReadError as error:
        assert error.message


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(pdf_letters, "MAX_PAGES", 2)
    sheet = Sheet()
    for _ in range(3):
        sheet.new_page().text(72, 100, "A page of letters")
    with pytest.raises(LimitError, match="3 trang"):
        read_pdf(sheet.save(tmp_path))


# --------------------------------------------------------------------------- the shared corpus


def _shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the shared corpus is not here")
    return path


@pytest.mark.parametrize("name", ["r01", "r04", "r08", "s01", "s03", "s05", "p01", "p03", "p07"])
def test_tables_of_the_shared_cases(name: str) -> None:
    case = json.loads(_shared(f"cases/{name}.json").read_text(encoding="utf-8"))
    wanted = [one_line(block["table"]["rows"]) for block in case["body"] if "table" in block]
    assert [one_line(rows_of(table)) for table in tables(read_pdf(_shared(f"files/{name}.pdf")))] == wanted


@pytest.mark.parametrize("name", ["r01", "r06", "s01", "p01", "p05", "p07", "c01"])
def test_paragraphs_of_the_shared_cases(name: str) -> None:
    case = json.loads(_shared(f"cases/{name}.json").read_text(encoding="utf-8"))
    wanted = [plain(text) for block in case["body"] for kind, text in block.items() if kind in ("h", "p", "li")]
    found = {plain(text) for text in texts(read_pdf(_shared(f"files/{name}.pdf")))}
    assert [text for text in wanted if text not in found] == []


def test_the_plan_table_of_the_shared_seed() -> None:
    wanted = json.loads(_shared("seeds/002_decision.truth.json").read_text(encoding="utf-8"))
    (table,) = tables(read_pdf(_shared("seeds/002_decision.pdf")))
    assert one_line(rows_of(table)) == one_line(wanted)


@pytest.mark.parametrize("name", ["001_report_reportlab_nfc", "001_report_reportlab_nfd"])
def test_composed_and_decomposed_letters_read_alike(name: str) -> None:
    truth = plain(_shared("seeds/001_report.truth.txt").read_text(encoding="utf-8"))
    assert plain(" ".join(texts(read_pdf(_shared(f"seeds/{name}.pdf"))))) == truth


def test_legacy_fonts_and_scans_of_the_shared_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "program", _missing)
    document = read_pdf(_shared("seeds/001_report_tcvn3.pdf"))
    assert [problem.code for problem in document.problems] == ["legacy_converted"]
    with pytest.raises(ScanError, match="tesseract-ocr-vie"):
        read_pdf(_shared("seeds/003_report_scan200.pdf"))


def _missing() -> str:
    raise ScanError(tesseract.INSTALL)


def test_read_gives_addresses() -> None:
    document = read(DATA / "report.pdf")
    assert document.format == "pdf" and document.pages == 3
    assert [table.id for table in document.tables()] == ["t1"]
    assert next(iter(document.blocks())).id == "p1"
