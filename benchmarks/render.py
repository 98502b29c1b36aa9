"""Labelled cases as the Word files a ward would send: letterhead, title, body, signature block.

Used by the other benchmarks; the form of a case stands in corpus/labelled/README.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell

Case = dict[str, Any]
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def render_docx(case: Case, path: Path) -> Path:
    """Write the case as a .docx file; the path."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    meta = case["meta"]
    left = [meta["parent"], *meta["agency"].split("\n"), meta["number"]]
    _two_columns(document, left, [*NATION, meta["place_date"]])
    for line in (*meta["doc_type"].split("\n"), *meta["title"].split("\n")):
        _paragraph(document, line, centred=True, bold=True)
    for item in case["body"]:
        ((kind, value),) = item.items()
        if kind == "table":
            _table(document, value)
        elif kind == "break":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif kind == "landscape":
            _turn(document, bool(value))
        else:
            _paragraph(document, value, bold=kind == "h")
    _two_columns(document, ["Nơi nhận:", *meta["recipients"]], meta["signature"])
    document.save(str(path))
    return path


def _paragraph(parent: Document | _Cell, text: str, centred: bool = False, bold: bool = False) -> None:
    paragraph = parent.add_paragraph()
    paragraph.add_run(text).bold = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _two_columns(document: Document, left: list[str], right: list[str]) -> None:
    """A table without rules, as letterheads and signatures are set."""
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, lines in zip(cells, (left, right), strict=True):
        for line in lines:
            _paragraph(cell, line, centred=True)


def _table(document: Document, table: dict[str, Any]) -> None:
    rows = table["rows"]
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    made.style = "Table Grid"
    ends = {(top, left): (bottom, right) for top, left, bottom, right in table.get("merges", [])}
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if text is None:
                continue
            cell = made.cell(i, j)
            if (i, j) in ends:
                cell = cell.merge(made.cell(*ends[i, j]))
            first, *others = str(text).split("\n")
            cell.text = first
            for line in others:
                cell.add_paragraph(line)
    for i in range(table.get("header_rows", 1)):
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        made.rows[i]._tr.get_or_add_trPr().append(mark)
    document.add_paragraph()


def _turn(document: Document, landscape: bool) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if landscape != (section.orientation == WD_ORIENT.LANDSCAPE):
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = section.page_height, section.page_width
