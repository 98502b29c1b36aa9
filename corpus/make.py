"""Render corpus/sources/*.json into corpus/documents/, the files that a ward would send.

    python corpus/make.py                     all documents
    python corpus/make.py kien-an-q1 hai-an-q2    only these

Word files are written by python-docx, PDF files are printed from them by LibreOffice (`soffice`); where it is not
installed the PDF files are left as they are and the program says so. Times of day are taken out, so that the same
source gives the same bytes under the same versions of both. The form of a source is described in corpus/README.md.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

Object = dict[str, Any]
FOLDER = Path(__file__).parent
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
FONT = "Times New Roman"
MADE = datetime(2026, 1, 1, tzinfo=UTC)

CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
# What LibreOffice writes into a PDF file anew each time: the time of day, and two marks made of it.
PRINTED_AT = re.compile(
    rb"(?P<name>/CreationDate\(D:|/DocChecksum /|/ID \[ )(?P<stamp><[0-9A-F]+>\s*<[0-9A-F]+>|[0-9A-F]+)"
)
# The marks that belong to a letter (â ă ơ); the others are tones, which some keyboards type after the letter.
VOWEL_MARKS = re.compile("([AEOUaeou])([\u0302\u0306\u031b])")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="names of sources, without .json; none means all")
    names = parser.parse_args().names
    paths = [FOLDER / "sources" / f"{name}.json" for name in names] or sorted((FOLDER / "sources").glob("*.json"))
    sources = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    printed = [source for source in sources if source["file"].endswith(".pdf")]
    for source in sources:
        path = FOLDER / "documents" / source["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".docx":
            write_docx(source, path)
        elif path.suffix == ".txt":
            path.write_text(plain_text(source), encoding="utf-8", newline="\n")
    soffice = shutil.which("soffice")
    if printed and not soffice:
        print("LibreOffice (soffice) is not installed; these PDF files were left as they are:", file=sys.stderr)
        print(*(f"  {source['file']}" for source in printed), sep="\n", file=sys.stderr)
        return 1
    if printed and soffice:
        print_pdf(printed, soffice)
    print(f"{len(sources)} documents in {FOLDER / 'documents'}")
    return 0


# --------------------------------------------------------------------------- files


def write_docx(source: Object, path: Path) -> None:
    """One source as a Word file."""
    document = _page_set(docx.Document())
    _Writer(source, document).write()
    properties = document.core_properties
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.title = source["meta"]["title"]
    properties.created = properties.modified = MADE
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.docx"
        document.save(str(made))
        _without_times(made, path)


def _without_times(made: Path, path: Path) -> None:
    """Copy a zip file, every member dated alike."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            plain = zipfile.ZipInfo(item.filename, (2026, 1, 1, 0, 0, 0))
            plain.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(plain, old.read(item.filename))


def print_pdf(sources: Iterable[Object], soffice: str) -> None:
    """Sources as PDF files, printed by LibreOffice from Word files that are thrown away."""
    with tempfile.TemporaryDirectory() as name:
        folder, made = Path(name), []
        for source in sources:
            made.append((source, folder / f"{source['id']}.docx"))
            write_docx(*made[-1])
        profile = (folder / "profile").as_uri()
        subprocess.run(
            [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", name]
            + [str(path) for _, path in made],
            check=True,
            capture_output=True,
        )
        for source, path in made:
            made_pdf = PRINTED_AT.sub(_zeros, path.with_suffix(".pdf").read_bytes())
            (FOLDER / "documents" / source["file"]).write_bytes(made_pdf)


def _zeros(found: re.Match[bytes]) -> bytes:
    """The same number of letters, so that the offsets inside the file hold; 2026-01-01 for the date."""
    stamp = re.sub(rb"[0-9A-F]", b"0", found["stamp"])
    return found["name"] + (b"20260101" + stamp[8:] if b"Date" in found["name"] else stamp)


def plain_text(source: Object) -> str:
    """A source as text pasted into a message: one paragraph a line, no letterhead table."""
    meta = source["meta"]
    lines = [*filter(None, [meta["parent"]]), *meta["agency"].split("\n"), meta["number"], meta["place_date"], ""]
    lines += [meta["doc_type"], meta["title"], ""]
    for item in source["body"]:
        ((kind, value),) = item.items()
        if kind not in ("h", "p", "li"):
            raise ValueError(f"{source['id']}: {kind!r} cannot be written as plain text")
        lines.append(value)
    return "\n".join([*lines, "", *meta["signature"], "", "Nơi nhận:", *meta["recipients"], ""])


# --------------------------------------------------------------------------- Word


def _page_set(document: Document) -> Document:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    section.different_first_page_header_footer = True
    _page_number(section.header.paragraphs[0])
    return document


def _page_number(paragraph: Paragraph) -> None:
    """The number of the page, centred at its top, as from the second page on."""
    paragraph.alignment = CENTRE
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if text:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind or "")
            run._r.append(mark)


class _Writer:
    """Writes one source into one Word document, item by item."""

    def __init__(self, source: Object, document: Document) -> None:
        self.meta, self.body, self.look = source["meta"], source["body"], source.get("look", {})
        self.document = document
        self.signed = False

    def write(self) -> None:
        self._letterhead(self.meta)
        for name in ("doc_type", "title"):
            for line in self.meta[name].split("\n"):
                self._title(line)
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)
        for item in self.body:
            ((kind, value),) = item.items()
            getattr(self, f"_{kind}")(value)
        if not self.signed:
            self._sign(True)

    # --- the kinds of items in a body

    def _h(self, text: str) -> None:
        alignment = CENTRE if text.isupper() and text[0] not in "IVX123456789" else None
        self._paragraph(self.document, text, bold=True, alignment=alignment, indent=0 if alignment else 1)

    def _p(self, text: str) -> None:
        self._paragraph(self.document, text, alignment=JUSTIFY, indent=1)

    def _li(self, text: str) -> None:
        if self.look.get("bullets") == "word":
            paragraph = self.document.add_paragraph(style="List Bullet")
            paragraph.add_run(self._typed(text))
            paragraph.alignment = JUSTIFY
        else:
            self._paragraph(self.document, text, alignment=JUSTIFY, indent=1.5 if text.startswith("+") else 1)

    def _title(self, text: str) -> None:
        self._paragraph(self.document, text, bold=True, alignment=CENTRE, after=0)

    def _note(self, text: str) -> None:
        self._paragraph(self.document, text, italic=True, alignment=CENTRE)

    def _break(self, _: object) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _landscape(self, on: bool) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        if on != (section.orientation == WD_ORIENT.LANDSCAPE):
            section.orientation = WD_ORIENT.LANDSCAPE if on else WD_ORIENT.PORTRAIT
            section.page_width, section.page_height = section.page_height, section.page_width
        if on:
            section.left_margin = section.right_margin = Cm(2)

    def _letterhead(self, meta: Object) -> None:
        left, right = self._two_columns(7, 9.5)
        for line in filter(None, [meta["parent"]]):
            self._paragraph(left, line, size=12, alignment=CENTRE, after=0)
        for line in meta["agency"].split("\n"):
            self._paragraph(left, line, size=12, bold=True, alignment=CENTRE, after=0)
        self._paragraph(left, meta["number"], size=13, alignment=CENTRE)
        self._paragraph(right, NATION, size=12, bold=True, alignment=CENTRE, after=0)
        self._paragraph(right, MOTTO, size=13, bold=True, alignment=CENTRE, after=0)
        self._paragraph(right, meta["place_date"], size=13, italic=True, alignment=CENTRE)

    def _sign(self, _: object) -> None:
        self.signed = True
        left, right = self._two_columns(8, 8.5)
        self._paragraph(left, "Nơi nhận:", size=12, bold=True, italic=True, after=0)
        for line in self.meta["recipients"]:
            self._paragraph(left, line, size=11, after=0)
        for line in self.meta["signature"]:
            self._paragraph(right, line, bold=True, alignment=CENTRE, after=0 if line else 24)

    def _table(self, spec: Object) -> None:
        rows, merges = spec["rows"], {tuple(m[:2]): tuple(m[2:]) for m in spec.get("merges", [])}
        table = self.document.add_table(len(rows), len(rows[0]))
        if spec.get("ruled", True):
            table.style = "Table Grid"
        _set_widths(table, spec.get("widths"))
        size = 10 if len(rows[0]) > 8 else 12
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                if text is None:
                    continue
                cell = table.cell(i, j)
                if (i, j) in merges:
                    cell = cell.merge(table.cell(*merges[i, j]))
                head = i < spec["header_rows"]
                bold = head or spec.get("bold", False) or ((i, j) in merges and merges[i, j][1] > j)
                numeric = bool(re.fullmatch(r"[\d.,x-]*", text))
                centred = head or spec.get("align") == "centre" or numeric
                cell._tc.remove(cell.paragraphs[0]._p)
                for line in text.split("\n"):
                    self._paragraph(cell, line, size=size, bold=bold, alignment=CENTRE if centred else None, after=0)
        for row in table.rows[: spec["header_rows"]]:
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(mark)
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    # --- their parts

    def _two_columns(self, *widths: float) -> tuple[_Cell, _Cell]:
        """A table without rules, as letterheads and signature blocks are set."""
        table = self.document.add_table(1, 2)
        _set_widths(table, widths)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        left, right = table.rows[0].cells
        for cell in (left, right):
            cell._tc.remove(cell.paragraphs[0]._p)
        return left, right

    def _paragraph(
        self, parent: Document | _Cell, text: str, *, size: float | None = None, bold: bool = False,
        italic: bool = False, alignment: WD_ALIGN_PARAGRAPH | None = None, indent: float = 0, after: float = 4,
    ) -> None:  # fmt: skip
        paragraph = parent.add_paragraph()
        run = paragraph.add_run(self._typed(text))
        run.bold, run.italic = bold, italic
        if size:
            run.font.size = Pt(size)
        paragraph.alignment = alignment
        if indent:
            paragraph.paragraph_format.first_line_indent = Cm(indent)
        paragraph.paragraph_format.space_after = Pt(after)

    def _typed(self, text: str) -> str:
        """The text as the officer's keyboard left it."""
        return combining(text) if self.look.get("accents") == "combining" else text


def combining(text: str) -> str:
    """Tones as marks of their own after the letter (ế = ê + U+0301), as some Vietnamese keyboards type them."""
    apart = unicodedata.normalize("NFD", text)
    # canonical order puts a dot below before a circumflex; the letter's own mark goes first
    apart = re.sub("(\u0323)([\u0302\u0306])", r"\2\1", apart)
    return VOWEL_MARKS.sub(lambda found: unicodedata.normalize("NFC", found.group()), apart)


def _set_widths(table: Table, widths: Iterable[float] | None) -> None:
    if widths is None:
        return
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


if __name__ == "__main__":
    raise SystemExit(main())
