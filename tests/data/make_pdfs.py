"""Makes the PDFs of tests/test_readers_pdf.py from pdf_content.json: `python tests/data/make_pdfs.py`.

Needs python-docx and LibreOffice (soffice). The PDFs are kept beside this script, so that the tests need neither.
All text is made up for the tests.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

HERE = Path(__file__).parent


def build(content: dict[str, Any], path: Path) -> None:
    """One document: letterhead, paragraphs, tables, signature, a page number in the header."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = number.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    two_columns(document, content["letterhead"])
    for kind, value in content["body"]:
        if kind == "table":
            add_table(document, value)
        elif kind == "turn":
            section = document.add_section(WD_SECTION.NEW_PAGE)
            section.orientation = WD_ORIENT.LANDSCAPE if value == "landscape" else WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = section.page_height, section.page_width
            section.different_first_page_header_footer = False
        else:
            add_paragraph(document, kind, value)
    two_columns(document, content["signature"])
    document.save(str(path))


def two_columns(document: Any, columns: list[list[str]]) -> None:
    table = document.add_table(rows=1, cols=2)
    for cell, lines in zip(table.rows[0].cells, columns, strict=True):
        for k, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if k == 0 else cell.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(line).font.size = Pt(12)


def add_paragraph(document: Any, kind: str, text: str) -> None:
    paragraph = document.add_paragraph()
    for k, piece in enumerate(text.split("^")):  # ^1^: a raised mark
        run = paragraph.add_run(piece)
        run.bold = kind in ("title", "heading")
        run.font.superscript = k % 2 == 1
    if kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.space_after = Pt(4)


def add_table(document: Any, content: dict[str, Any]) -> None:
    """A ruled table; null in a row is a place that the cell named in `merges` covers."""
    rows = content["rows"]
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, content["widths"], strict=True):
        for cell in column.cells:
            cell.width = Cm(width)
    for top, left, bottom, right in content.get("merges", []):
        table.cell(top, left).merge(table.cell(bottom, right))
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            if text is None:
                continue
            cell = table.cell(i, j)
            for k, line in enumerate(text.split("\n")):
                paragraph = cell.paragraphs[0] if k == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.add_run(line).font.size = Pt(content["size"])
    for row in table.rows[: content.get("heading", 0)]:
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)
    document.add_paragraph()


def main() -> None:
    everything = json.loads((HERE / "pdf_content.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, content in everything.items():
            files.append(Path(folder) / f"{name}.docx")
            build(content, files[-1])
        subprocess.run(
            ["soffice", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless", "--convert-to",
             "pdf", "--outdir", str(HERE), *map(str, files)],
            check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main()
