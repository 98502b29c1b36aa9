"""A letter as a Word file in the layout of Decree 30/2020/NĐ-CP: letterhead, body, table, signature, annex.

A4; margins 20, 20, 30 and 20 mm; Times New Roman, 14 points in the body, 12 in the letterhead and in tables; the page
number centred at the top from the second page on. What stands in the letter is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex
from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Mm, Pt

FONT = "Times New Roman"
BODY, SMALL, LIST = 14, 12, 11
_LEFT, _RIGHT = Mm(62), Mm(98)
_FORBIDDEN = regex.compile(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_CENTRE, _JUSTIFY, _BESIDE = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.LEFT


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: headings, widths in millimetres, rows of texts (lines divided by line breaks); `centred` columns."""

    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    centred: frozenset[int] = frozenset({0})


@dataclass(frozen=True, slots=True)
class Head:
    """Letterhead and signature."""

    parent: Sequence[str]
    office: Sequence[str]
    number: str
    state: str
    motto: str
    place: str
    copies: str
    receivers: Sequence[str]
    signer: Sequence[str]
    signature: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. `opening` stands before the table, `closing` after it; an annex has a page of its own."""

    name: str
    head: Head
    subject: str
    to: str
    opening: Sequence[str]
    grid: Grid | None
    closing: Sequence[str]
    annex_title: Sequence[str] = ()
    annex: Grid | None = None


def write_letter(path: Path, letter: Letter) -> None:
    """Write the letter to `path` (.docx). Raises OSError where it cannot be written."""
    document = Document()
    _page(document)
    _letterhead(document, letter)
    to, _, receiver = letter.to.partition(": ")
    _paragraph(document, [(f"{to}: {receiver}", False, False)], _CENTRE, before=18, after=12)
    for text in letter.opening:
        _body(document, text)
    if letter.grid is not None:
        _table(document, letter.grid)
    for number, text in enumerate(letter.closing):
        _body(document, text, before=8 if number == 0 and letter.grid is not None else 0)
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # no signature stands alone on a page
    _signature(document, letter.head)
    if letter.annex is not None:
        document.add_section(WD_SECTION.NEW_PAGE)
        for number, line in enumerate(letter.annex_title):
            last = number == len(letter.annex_title) - 1
            _paragraph(document, [(line, not last, last)], _CENTRE, after=12 if last else 0)
        _table(document, letter.annex)
    document.save(str(path))


def _page(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(kind), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = _CENTRE
    run = header.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _letterhead(document: Any, letter: Letter) -> None:
    """The two columns without borders: who writes, number and subject | the state, its motto, place and day."""
    head = letter.head
    table = _bare(document, (_LEFT, _RIGHT))
    left, right = table.rows[0].cells
    for line in head.parent:
        _in_cell(left, line, SMALL)
    for line in head.office:
        _in_cell(left, line, SMALL, bold=True)
    _rule(left, _LEFT, Mm(14))
    _in_cell(right, head.state, SMALL, bold=True)
    _in_cell(right, head.motto, 13, bold=True)
    _rule(right, _RIGHT, Mm(57))
    left, right = table.rows[1].cells
    _in_cell(left, head.number, 13, before=4)
    _in_cell(left, letter.subject, SMALL, before=2)
    _in_cell(right, head.place, 13, italic=True, before=4)
    for row in table.rows:
        for cell in row.cells:
            first = cell.paragraphs[0]
            first._p.getparent().remove(first._p)


def _signature(document: Any, head: Head) -> None:
    _paragraph(document, [("", False, False)], _BESIDE, size=6)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    table = _bare(document, (Mm(80), Mm(80)), rows=1)
    left, right = table.rows[0].cells
    _keep_whole(table.rows[0])
    _in_cell(left, head.copies, SMALL, bold=True, italic=True, align=_BESIDE)
    for line in head.receivers:
        _in_cell(left, f"- {line}", LIST, align=_BESIDE)
    for line in head.signer:
        _in_cell(right, line, BODY, bold=True)
    for _ in range(3):
        _in_cell(right, "", BODY)
    _in_cell(right, head.signature, BODY, bold=True)
    for cell in (left, right):
        first = cell.paragraphs[0]
        first._p.getparent().remove(first._p)


def _table(document: Any, grid: Grid) -> None:
    """A table with ruling lines, its heading row repeated on every page."""
    table = document.add_table(rows=1, cols=len(grid.headings))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for row, texts in enumerate([grid.headings, *grid.rows]):
        cells = (table.rows[0] if row == 0 else table.add_row()).cells
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            align = _CENTRE if row == 0 or column in grid.centred else _BESIDE
            for number, line in enumerate(_clean(text).split("\n")):
                paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                _set(paragraph, align, 1, 1)
                quoted = line.startswith("“")
                _run(paragraph, line, SMALL if not quoted else LIST, bold=row == 0, italic=quoted)
    heading = OxmlElement("w:tblHeader")
    heading.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(heading)
    _set_widths(table, [Mm(width) for width in grid.widths])


def _bare(document: Any, widths: Sequence[int], rows: int = 2) -> Any:
    """A table without borders and without padding."""
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:w"), "0")
        element.set(qn("w:type"), "dxa")
        margins.append(element)
    table._tbl.tblPr.append(margins)
    _set_widths(table, widths)
    return table


def _set_widths(table: Any, widths: Sequence[int]) -> None:
    """Widths in the grid and in every cell: Word goes by the cells, LibreOffice by the grid."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _rule(cell: Any, width: Length, length: Length) -> None:
    """A line of this length in the middle of a cell."""
    paragraph = cell.add_paragraph()
    _set(paragraph, _CENTRE, 0, 0)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Length((width - length) // 2)
    paragraph.paragraph_format.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)


def _in_cell(
    cell: Any, text: str, size: float, *, bold: bool = False, italic: bool = False, before: float = 0,
    align: WD_ALIGN_PARAGRAPH = _CENTRE,
) -> None:  # fmt: skip
    paragraph = cell.add_paragraph()
    _set(paragraph, align, before, 0)
    _run(paragraph, text, size, bold=bold, italic=italic)


def _body(document: Any, text: str, before: float = 0) -> None:
    paragraph = document.add_paragraph()
    _set(paragraph, _JUSTIFY, before, 6)
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    _run(paragraph, text, BODY)


def _paragraph(
    document: Any, runs: Sequence[tuple[str, bool, bool]], align: WD_ALIGN_PARAGRAPH, *, before: float = 0,
    after: float = 0, size: float = BODY,
) -> None:  # fmt: skip
    paragraph = document.add_paragraph()
    _set(paragraph, align, before, after)
    for text, bold, italic in runs:
        _run(paragraph, text, size, bold=bold, italic=italic)


def _set(paragraph: Any, align: WD_ALIGN_PARAGRAPH, before: float, after: float) -> None:
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    paragraph.paragraph_format.line_spacing = 1.0


def _run(paragraph: Any, text: str, size: float, *, bold: bool = False, italic: bool = False) -> None:
    run = paragraph.add_run(_clean(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _clean(text: str) -> str:
    """Letters that a Word file can hold: documents come from outside."""
    return str(_FORBIDDEN.sub("", text))
