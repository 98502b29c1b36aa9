"""Word files (.docx) as they are printed once every tracked change is accepted.

python-docx opens the package; the text is then walked in the XML, because its paragraphs know no tracked
changes, no automatic numbers and no text boxes, and its table cells repeat merged text and are slow.
What would surprise you: nested tables and text boxes come after the table or paragraph that holds them,
notes come last, the marks of notes leave nothing in the text (a raised 1 must not make 3.286 into 3.2861),
and struck or hidden letters are not read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import regex
from docx.opc.exceptions import OpcError
from docx.opc.part import Part, XmlPart
from docx.package import Package
from lxml import etree

from extractor.errors import BrokenFileError, EncryptedError, LimitError, ScanError
from extractor.model import Block, Cell, Problem, Table
from extractor.readers.assemble import RawDocument
from extractor.readers.docx_numbering import Numbering, W
from extractor.readers.docx_styles import (
    NO_STYLE,
    Style,
    Styles,
    borders,
    over,
    paragraph_style,
    run_style,
    signature,
    toggle,
)
from extractor.readers.legacy_fonts import is_legacy, is_unicode, to_unicode
from extractor.readers.text_paragraphs import TextLine, is_broken_at_a_width, is_inside_bracket, paragraphs

MAX_XML_BYTES = 100 * 2**20
MAX_PACKAGE_BYTES = 500 * 2**20
MAX_COLUMNS = 128  # Word itself allows 63

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION, _EMBED = _OFFICE + "id", _OFFICE + "embed"

# Content that is not printed, or belongs to another place: properties, deleted and moved-away text, codes of fields.
_SILENT = frozenset(
    W + name
    for name in (
        "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblGrid", "sdtPr", "sdtEndPr", "sectPr", "customXmlPr", "smartTagPr",
        "del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "fldData", "numberingChange",
        "footnoteReference", "endnoteReference", "commentReference", "annotationRef", "footnoteRef", "endnoteRef",
    )
)  # fmt: skip
_BREAKS = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_BLANKS = str.maketrans("\n\r\t", "   ")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNKNOWN_FONT = regex.compile(r"(?i)vi[eê]tware|bk ?hcm")  # of before Unicode too, and not converted
_LARGE_WIDTH, _LARGE_HEIGHT = 10 / 2.54, 4 / 2.54  # inches; larger than a stamp, a signature or a logo
_EMU = 914_400  # an inch
_FEW_LETTERS = 150  # a text has more; with fewer, large pictures are what the file is about
_LENGTH = regex.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|in|cm|mm|px)")  # in the style of a VML shape
_INCH = {"pt": 72.0, "in": 1.0, "cm": 2.54, "mm": 25.4, "px": 96.0}

_OPENING_ERRORS = (
    KeyError, ValueError, AttributeError, TypeError, EOFError, NotImplementedError, OSError, RuntimeError,
    OpcError, zipfile.BadZipFile, zlib.error, etree.LxmlError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside another file: its bytes, its width in inches as it is shown (0 where unknown), and how much of
    its left, top, right and bottom is not shown, as shares of its width and height."""

    data: bytes
    inches: float
    cut: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


def read_docx(path: Path) -> RawDocument:
    """The blocks and tables of a .docx (also .docm, .dotx) file.

    Raises BrokenFileError for a damaged package, EncryptedError for a locked one, LimitError for one that
    unpacks too large, ScanError where there are pictures of pages and no letters, and nothing could be read from them.
    """
    _check_package(path)
    part = _open(path)
    walker = _Walker(part)
    raw, pictures, margins = walker.content(), tuple(walker.pages), walker.margins()
    old_fonts = walker.legacy_fonts - walker.unicode_fonts
    if old_fonts:
        walker = _Walker(part, frozenset(old_fonts))
        raw, pictures, margins = walker.content(), tuple(walker.pages), walker.margins()
    content = _unbroken(raw)
    letters = _count_letters(content)
    if letters < _FEW_LETTERS and pictures:
        from extractor.readers.image import read_pictures

        scan = read_pictures("docx", path, pictures)
        if scan is not None:
            problems = [problem for problem in walker.problems() if problem.code != "pictures"]
            content = [*content, *scan.content]
            margins += scan.margins
            return replace(scan, content=content, margins=margins, problems=[*problems, *scan.problems])
    if letters == 0:
        if walker.pictures:
            from extractor.readers import tesseract

            raise ScanError(
                f"Tệp {path.name} chỉ có {walker.pictures} ảnh chụp trang giấy, không có chữ; ảnh chưa đọc được. "
                f"Hãy gửi bản Word gốc hoặc PDF có chữ.{'' if tesseract.is_there() else f' {tesseract.INSTALL}'}"
            )
        raise BrokenFileError(f"Tệp {path.name} không có chữ nào. Hãy kiểm tra lại tệp rồi gửi lại.")
    return RawDocument("docx", content, margins, problems=tuple(walker.problems()))


def _unbroken(content: list[Block | Table]) -> list[Block | Table]:
    """Paragraphs that were cut inside a bracket are one again; so are all, where each is a line of a page.

    Files that were converted from PDF have a paragraph for every printed line.
    """
    groups: list[list[TextLine]] = [[]]
    for at, item in enumerate(content):
        if isinstance(item, Table):
            groups.append([])
        else:
            groups[-1].append(TextLine(" ".join(item.text.split()), bold=item.bold, apart=item.centred, mark=at))
    if is_broken_at_a_width(groups):
        joined = {line.mark: line for group in paragraphs(groups) for line in group}
        return [
            replace(item, text=joined[at].text, bold=joined[at].bold) if isinstance(item, Block) else item
            for at, item in enumerate(content)
            if isinstance(item, Table) or at in joined
        ]
    whole: list[Block | Table] = []
    for item in content:
        above = whole[-1] if whole else None
        if isinstance(item, Block) and isinstance(above, Block) and is_inside_bracket(above.text, item.text):
            whole[-1] = replace(above, text=f"{above.text} {item.text}")
        else:
            whole.append(item)
    return whole


def _count_letters(content: Iterable[Block | Table]) -> int:
    texts = (
        text for item in content for text in ([item.text] if isinstance(item, Block) else [c.text for c in item.cells])
    )
    return sum(len("".join(text.split())) for text in texts)


# --------------------------------------------------------------------------- the package


def _check_package(path: Path) -> None:
    """Refuse what is damaged, locked or too large before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise _broken(path) from error
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedError(f"Tệp {path.name} có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
    xml = sum(member.file_size for member in members if member.filename.lower().endswith((".xml", ".rels")))
    if xml > MAX_XML_BYTES or sum(member.file_size for member in members) > MAX_PACKAGE_BYTES:
        raise LimitError(
            f"Tệp {path.name} khi giải nén quá lớn (chữ {xml // 2**20} MB). "
            "Hãy bỏ bớt ảnh, phụ lục hoặc chia thành nhiều tệp rồi gửi lại."
        )


def _broken(path: Path) -> BrokenFileError:
    return BrokenFileError(
        f"Tệp {path.name} bị hỏng, không mở được như tệp Word. Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại."
    )


def _open(path: Path) -> Part:
    """The main part of the package. A package with dangling relations or in strict form is mended in memory."""
    try:
        return _main_part(Package.open(str(path)))
    except _OPENING_ERRORS:
        pass
    try:
        return _main_part(Package.open(_mended(path)))
    except _OPENING_ERRORS as error:
        raise _broken(path) from error


def _main_part(package: Package) -> Part:
    part: Part = package.main_document_part
    if _root(part).find(W + "body") is None:
        raise ValueError("no document body")
    return part


def _mended(path: Path) -> io.BytesIO:
    """A copy without relations to parts that are absent, and with the strict names of ISO 29500 made usual."""
    mended = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(mended, "w") as copy:
        names = set(package.namelist())
        for name in sorted(names):
            data = package.read(name)
            if name.endswith((".xml", ".rels")):
                data = regex.sub(
                    rb"http://purl\.oclc\.org/ooxml/(\w+)/", rb"http://schemas.openxmlformats.org/\1/2006/", data
                )
            if name.endswith(".rels"):
                data = _without_dangling(data, name, names)
            copy.writestr(name, data)
    mended.seek(0)
    return mended


def _without_dangling(data: bytes, name: str, names: set[str]) -> bytes:
    root = _parse(data)
    folder = name.rsplit("_rels/", 1)[0]
    for relation in list(root):
        target = relation.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else _resolved(folder + target)
        if relation.get("TargetMode") != "External" and full not in names:
            root.remove(relation)
    return etree.tostring(root)


def _resolved(target: str) -> str:
    steps: list[str] = []
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _parse(data: bytes) -> etree._Element:
    """XML from outside: no entity is resolved, nothing is fetched, depth and size keep the parser's limits."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _root(part: Part) -> etree._Element:
    root: etree._Element = part.element if isinstance(part, XmlPart) else _parse(part.blob)
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]
        raise ValueError("a document type has no place in a Word file")
    return root


def _related(part: Part, kind: str) -> etree._Element | None:
    """The first related part of a kind ("styles", "numbering", "footnotes" …), None where absent or unreadable."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/" + kind):
            try:
                return _root(relation.target_part)
            except _OPENING_ERRORS:
                return None
    return None


# --------------------------------------------------------------------------- the walk


@dataclass(slots=True)
class _Text:
    """The text of a paragraph while it is gathered; `boxes` are the text boxes anchored in it.

    Where paragraphs run together, the last one's style holds.
    """

    style: Style = NO_STYLE
    pieces: list[str] = field(default_factory=list)
    bold: list[bool] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)

    def add(self, letters: str, bold: bool) -> None:
        if letters:
            self.pieces.append(letters)
            if letters.strip():
                self.bold.append(bold)

    @property
    def all_bold(self) -> bool:
        return bool(self.bold) and all(self.bold)


class _Walker:
    """One walk over one document: lists are counted, fields followed, notes and doubts remembered."""

    def __init__(self, part: Part, old_fonts: frozenset[str] = frozenset()) -> None:
        """`old_fonts` are the fonts of before Unicode whose letters are to be converted.

        A first walk finds them (`legacy_fonts`), and those whose name is only left over (`unicode_fonts`).
        """
        self._part = part
        self._old_fonts = old_fonts
        self.legacy_fonts: set[str] = set()
        self.unicode_fonts: set[str] = set()
        self._body = _root(part).find(W + "body")
        self._styles = Styles(_related(part, "styles"))
        self._numbering = Numbering(_related(part, "numbering"), self._styles.lists())
        self._paragraph_styles: dict[tuple[object, ...], tuple[Style, str]] = {}
        self._run_styles: dict[tuple[int, tuple[object, ...]], Style] = {}
        self._fields: list[bool] = []  # open fields; True once the result began
        self._notes: list[tuple[str, str]] = []
        self._doubts: dict[str, str] = {}
        self.pictures = 0
        self.pages: list[Picture] = []
        self._large_pictures = 0

    def content(self) -> list[Block | Table]:
        content = list(self._story(self._body)) if self._body is not None else []
        for kind, note_id in list(self._notes):
            notes = _related(self._part, kind + "s")
            for note in notes.iterfind(W + kind) if notes is not None else ():
                if note.get(W + "id") == note_id:
                    content.extend(self._story(note))
        return content

    def margins(self) -> list[Block]:
        """Headers and footers of every section, each text once, their tables as blocks."""
        margins: dict[str, Block] = {}
        references = self._body.iter(W + "headerReference", W + "footerReference") if self._body is not None else ()
        for reference in references:
            relation = self._part.rels.get(reference.get(_RELATION, ""))
            if relation is None or relation.is_external:
                continue
            try:
                root = _root(relation.target_part)
            except _OPENING_ERRORS:
                continue
            for item in self._story(root):
                blocks = [item] if isinstance(item, Block) else [cell.block for cell in item.cells]
                for block in blocks:
                    margins.setdefault(block.text, block)
        return list(margins.values())

    def problems(self) -> Iterator[Problem]:
        for code, message in self._doubts.items():
            yield Problem(code, message)
        if self._large_pictures:
            yield Problem("pictures", f"Văn bản có {self._large_pictures} ảnh lớn; chữ và số trong ảnh không được đọc.")

    # ----- blocks

    def _story(self, container: etree._Element) -> Iterator[Block | Table]:
        """Blocks and tables of a body, a cell, a text box, a note, a header."""
        carried: _Text | None = None
        for element in _flow(container):
            if element.tag == W + "p":
                text, carried = carried or _Text(), None
                number = self._paragraph(element, text)
                if _mark_is_deleted(element):
                    carried = text
                    continue
                yield from self._blocks(number, text)
            elif element.tag == W + "tbl":
                if carried is not None:
                    yield from self._blocks("", carried)
                    carried = None
                yield from self._table(element)
            else:
                self._doubts["embedded"] = "Văn bản chèn một tệp khác vào giữa; phần đó không được đọc."
        if carried is not None:
            yield from self._blocks("", carried)

    def _blocks(self, number: str, text: _Text) -> Iterator[Block | Table]:
        block = self._block(number, text)
        if block.text:
            yield block
        for box in text.boxes:
            yield from self._story(box)

    def _block(self, number: str, text: _Text) -> Block:
        style = text.style
        letters = "".join(text.pieces).strip()
        return Block(
            id="",
            text=number + letters if letters else number.strip(),
            bold=text.all_bold or (not letters and bool(style.bold)),
            centred=bool(style.centred),
            indent=round((style.left or 0.0) + (style.first or 0.0), 1),
        )

    def _paragraph_style(self, element: etree._Element) -> tuple[Style, str]:
        """The paragraph's own word, then its list's indents, its style's, the document's defaults; its style's name."""
        properties = element.find(W + "pPr")
        key = () if properties is None else signature(properties)
        known = self._paragraph_styles.get(key)
        if known is None:
            named = properties.find(W + "pStyle") if properties is not None else None
            name = named.get(W + "val", "") if named is not None else self._styles.paragraph_default or ""
            own = paragraph_style(properties)
            if own.list_id is not None and own.list_id != "0":
                level = self._numbering.level(own.list_id, own.depth or 0)
                if level is not None:
                    own = over(own, Style(left=level.left, first=level.first))
            known = over(over(own, self._styles.get(name)), self._styles.defaults), name
            self._paragraph_styles[key] = known
        return known

    def _run_style(self, run: etree._Element, paragraph: Style) -> Style:
        """The run's own word, then its style's, the paragraph's."""
        properties = run.find(W + "rPr")
        if properties is None:
            return paragraph
        key = (id(paragraph), signature(properties))  # styles live as long as this walk
        known = self._run_styles.get(key)
        if known is None:
            named = properties.find(W + "rStyle")
            known = over(self._styles.get(named.get(W + "val")), paragraph) if named is not None else paragraph
            known = over(run_style(properties), known)
            self._run_styles[key] = known
        return known

    def _paragraph(self, element: etree._Element, text: _Text) -> str:
        """Gather the paragraph's letters; the answer is its automatic number with the blank behind it."""
        style, name = self._paragraph_style(element)
        text.style = style
        before = len(text.pieces)
        self._inline(element, text, style)
        if False in self._fields:
            # The code of a field ends with its paragraph; one that never ends must not swallow the document.
            self._fields.clear()
        list_id = style.list_id
        if list_id is None or list_id == "0":
            return ""
        depth = self._numbering.depth_of_style(list_id, name) if style.depth is None else style.depth
        level = self._numbering.level(list_id, depth)
        empty = not "".join(text.pieces[before:]).strip()
        if level is None or (level.form == "bullet" and empty) or (empty and _mark_is_deleted(element)):
            return ""
        number = self._numbering.count(list_id, depth)
        return number + ("" if level.suffix == "nothing" else " ") if number else ""

    # ----- letters

    def _inline(self, element: etree._Element, text: _Text, style: Style) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, text, style)
            elif not isinstance(tag, str) or tag in _SILENT:
                if tag == W + "del" or tag == W + "moveFrom":
                    self._tracked()
            elif tag == _MC + "AlternateContent":
                self._inline(_chosen(child), text, style)
            elif tag == _M + "f":
                self._fraction(child, text, style)
            elif tag == _M + "t":
                text.add(child.text or "", False)
            else:
                if tag == W + "ins" or tag == W + "moveTo":
                    self._tracked()
                self._inline(child, text, style)

    def _run(self, run: etree._Element, text: _Text, paragraph: Style) -> None:
        style = self._run_style(run, paragraph)
        for child in run:
            tag = child.tag
            if tag == W + "fldChar":
                self._field(child)
            elif not isinstance(tag, str) or tag in _SILENT:
                self._note(child)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                self._drawing(child, text)
            elif tag == _MC + "AlternateContent":
                self._drawing(_chosen(child), text)
            elif style.hidden or not all(self._fields):
                continue
            elif tag == W + "t":
                letters = (child.text or "").translate(_BLANKS)
                if style.struck and letters.strip():
                    self._doubts["struck_out"] = "Văn bản có chữ bị gạch ngang; phần gạch đi không được đọc."
                    continue
                letters = self._printed(letters, style.font)
                text.add(letters.translate(_SUPERSCRIPT) if style.raised else letters, bool(style.bold))
            elif tag in _BREAKS:
                text.add(_BREAKS[tag], bool(style.bold))
            elif tag == W + "sym":
                text.add(_symbol(child), bool(style.bold))
            elif tag == W + "ruby":
                self._inline(child, text, style)

    def _printed(self, letters: str, font: str | None) -> str:
        """The letters as the run's font draws them; fonts of before Unicode are remembered or converted."""
        if font is None or letters.isascii():
            return letters
        if font in self._old_fonts:
            self._doubts["legacy_converted"] = f"Văn bản dùng phông chữ cũ ({font}); chữ đã được chuyển sang Unicode."
            return to_unicode(letters, font)
        if is_legacy(font):
            self.legacy_fonts.add(font)
            if is_unicode(letters):
                self.unicode_fonts.add(font)
        elif _UNKNOWN_FONT.match(font) and not is_unicode(letters):
            self._doubts["legacy_font"] = (
                f"Văn bản dùng phông chữ cũ ({font}), chữ có dấu có thể đọc sai. "
                "Hãy chuyển sang Unicode (Times New Roman) rồi gửi lại."
            )
        return letters

    def _field(self, mark: etree._Element) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, child: etree._Element) -> None:
        if child.tag in (W + "footnoteReference", W + "endnoteReference"):
            note = (child.tag.removeprefix(W).removesuffix("Reference"), child.get(W + "id", ""))
            if note not in self._notes:
                self._notes.append(note)

    def _drawing(self, drawing: etree._Element, text: _Text) -> None:
        """Text boxes of a drawing, each once; pictures are counted."""
        for child in drawing:
            if child.tag == _MC + "AlternateContent":
                self._drawing(_chosen(child), text)
            elif child.tag == W + "txbxContent":
                text.boxes.append(child)
            elif isinstance(child.tag, str):
                name = child.tag.rsplit("}", 1)[-1]
                if name == "OLEObject":
                    self._doubts["embedded"] = "Văn bản nhúng bảng tính hoặc tệp khác; phần đó không được đọc."
                elif name in ("blip", "imagedata"):
                    self.pictures += 1
                    width, height = _size(child)
                    if width >= _LARGE_WIDTH and height >= _LARGE_HEIGHT:
                        self._large_pictures += 1
                        self._page(child, width)
                self._drawing(child, text)

    def _page(self, picture: etree._Element, inches: float) -> None:
        """Remember a picture that may be one of a page, with what is cut off it; one that lies elsewhere is not."""
        relation = self._part.rels.get(picture.get(_EMBED) or picture.get(_RELATION, ""))
        if relation is None or relation.is_external:
            return
        parent = picture.getparent()
        shown = parent.find(_A + "srcRect") if parent is not None else None
        cut = [_number(shown.get(side, "0")) / 100_000 if shown is not None else 0.0 for side in "ltrb"]
        left, top, right, bottom = (min(max(share, 0.0), 1.0) for share in cut)
        self.pages.append(Picture(relation.target_part.blob, inches, (left, top, right, bottom)))

    def _fraction(self, fraction: etree._Element, text: _Text, style: Style) -> None:
        for part, sign in ((fraction.find(_M + "num"), "/"), (fraction.find(_M + "den"), "")):
            if part is not None:
                self._inline(part, text, style)
            text.add(sign, False)

    def _tracked(self) -> None:
        self._doubts["tracked_changes"] = (
            "Văn bản còn các sửa đổi đang theo dõi (Track Changes); đã đọc như khi chấp nhận mọi sửa đổi."
        )

    # ----- tables

    def _table(self, element: etree._Element) -> Iterator[Block | Table]:
        """The table, then what stood inside its cells and is not text: nested tables and text boxes."""
        inner: list[Block | Table] = []
        places: list[Cell] = []
        above: dict[int, int] = {}  # column → index of the open cell that a merge may continue
        sides: list[dict[str, bool]] = []
        heading, in_heading, row, cols = 0, True, 0, 0
        for tr in _rows(element):
            properties = tr.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self._tracked()
                continue
            in_heading = in_heading and toggle(properties, "tblHeader") is True
            heading += in_heading
            col = _span(properties, "gridBefore", 0)
            below: dict[int, int] = {}
            for tc, span, merge in _cells(tr):
                if col + span > MAX_COLUMNS:
                    break
                origin = above.get(col) if merge == "continue" else None
                if origin is not None and places[origin].colspan == span:
                    cell = places[origin]
                    places[origin] = Cell(cell.block, cell.row, cell.col, row - cell.row + 1, cell.colspan)
                    below[col] = origin
                else:
                    places.append(Cell(self._cell(tc, inner), row, col, 1, span))
                    own = tc.find(W + "tcPr")
                    sides.append(borders(own.find(W + "tcBorders") if own is not None else None))
                    if merge is not None:
                        below[col] = len(places) - 1
                col += span
            above, cols, row = below, max(cols, col), row + 1
        if places:
            drawn = self._drawn(element, places, sides, row, cols)
            yield Table("", row, cols, tuple(places), heading_rows=heading or None, ruled=drawn)
        yield from inner

    def _cell(self, tc: etree._Element, inner: list[Block | Table]) -> Block:
        """One block for a cell: its paragraphs, a line each."""
        blocks: list[Block] = []
        carried: _Text | None = None
        for element in _flow(tc):
            if element.tag == W + "p":
                text, carried = carried or _Text(), None
                number = self._paragraph(element, text)
                if _mark_is_deleted(element):
                    carried = text
                    continue
                blocks.append(self._block(number, text))
                for box in text.boxes:
                    inner.extend(self._story(box))
            elif element.tag == W + "tbl":
                inner.extend(self._table(element))
        if carried is not None:
            blocks.append(self._block("", carried))
        blocks = [block for block in blocks if block.text]
        return Block(
            id="",
            text="\n".join(block.text for block in blocks),
            bold=bool(blocks) and all(block.bold for block in blocks),
            centred=bool(blocks) and all(block.centred for block in blocks),
            indent=blocks[0].indent if blocks else 0.0,
        )

    def _drawn(
        self, element: etree._Element, cells: list[Cell], sides: list[dict[str, bool]], rows: int, cols: int
    ) -> bool:
        """Whether most cells are ruled on two sides or more: a line under a motto is no table."""
        properties = element.find(W + "tblPr")
        named = properties.find(W + "tblStyle") if properties is not None else None
        of_table = dict(self._styles.get(named.get(W + "val") if named is not None else None).borders)
        of_table |= borders(properties.find(W + "tblBorders") if properties is not None else None)
        ruled = 0
        for cell, own in zip(cells, sides, strict=True):
            usual = {
                "top": "top" if cell.row == 0 else "insideH",
                "bottom": "bottom" if cell.row + cell.rowspan >= rows else "insideH",
                "left": "left" if cell.col == 0 else "insideV",
                "right": "right" if cell.col + cell.colspan >= cols else "insideV",
            }
            ruled += sum(own.get(side, of_table.get(whole, False)) for side, whole in usual.items()) >= 2
        return ruled * 2 > len(cells)


# --------------------------------------------------------------------------- shapes of the XML


def _flow(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables and embedded files of a container, through content controls and the like."""
    for child in container:
        tag = child.tag
        if tag in (W + "p", W + "tbl", W + "altChunk"):
            yield child
        elif tag == _MC + "AlternateContent":
            yield from _flow(_chosen(child))
        elif isinstance(tag, str) and tag not in _SILENT:
            yield from _flow(child)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == W + "tr":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SILENT:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[tuple[etree._Element, int, str | None]]:
    """The cells of a row with the columns they cover and their part in a vertical merge.

    Old files merge sideways with w:hMerge: the cells that continue one are counted into its span.
    """
    found: list[tuple[etree._Element, int, str | None]] = []
    for tc in _descend(row, W + "tc"):
        properties = tc.find(W + "tcPr")
        span = _span(properties, "gridSpan", 1)
        sideways = properties.find(W + "hMerge") if properties is not None else None
        if sideways is not None and sideways.get(W + "val", "continue") == "continue" and found:
            first, width, merge = found[-1]
            found[-1] = (first, width + span, merge)
            continue
        down = properties.find(W + "vMerge") if properties is not None else None
        found.append((tc, span, None if down is None else down.get(W + "val", "continue")))
    yield from found


def _descend(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SILENT:
            yield from _descend(child, tag)


def _span(properties: etree._Element | None, name: str, otherwise: int) -> int:
    found = properties.find(W + name) if properties is not None else None
    value = found.get(W + "val", "") if found is not None else ""
    return min(max(int(value), otherwise), MAX_COLUMNS) if value.isdecimal() and len(value) <= 6 else otherwise


def _chosen(alternatives: etree._Element) -> etree._Element:
    """Of the same content said twice, the first form (Choice), or Fallback where it is the only one."""
    for name in ("Choice", "Fallback"):
        found = alternatives.find(_MC + name)
        if found is not None and len(found):
            return found
    return alternatives


def _mark_is_deleted(paragraph: etree._Element) -> bool:
    """The end of the paragraph is a deletion: once accepted, its text runs on in the next paragraph."""
    properties = paragraph.find(W + "pPr")
    mark = properties.find(W + "rPr") if properties is not None else None
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _symbol(sym: etree._Element) -> str:
    code = sym.get(W + "char", "")
    if not regex.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
        return ""
    value = int(code, 16)
    return "•" if 0xE000 <= value <= 0xF8FF or value < 32 else chr(value)


def _size(picture: etree._Element) -> tuple[float, float]:
    """Width and height in inches in which a picture is shown; 0 where the file does not say."""
    for holder in picture.iterancestors(_WP + "inline", _WP + "anchor"):
        extent = holder.find(_WP + "extent")
        if extent is not None:
            return _number(extent.get("cx", "0")) / _EMU, _number(extent.get("cy", "0")) / _EMU
    parent = picture.getparent()
    style = parent.get("style", "") if parent is not None else ""
    sizes = {name: float(size) / _INCH[unit] for name, size, unit in _LENGTH.findall(style) if size.count(".") < 2}
    return sizes.get("width", 0.0), sizes.get("height", 0.0)


def _number(text: str) -> float:
    """A whole number of an attribute; 0 for what is none."""
    return float(text) if regex.fullmatch(r"-?\d{1,12}", text, regex.ASCII) else 0.0
