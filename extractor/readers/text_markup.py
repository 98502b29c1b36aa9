"""Leftovers of Markdown and HTML in plain text become plain lines and tables.

Text that went through a converter or a chat keeps stars, tags and bars. Only what is surely markup goes:
a known tag, a pair of stars round words, a bar table with its ruler. "< 5%", "5 * 3" and "(*)" stay.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

import regex
from lxml import etree
from lxml import html as lxml_html

from extractor.model import Block, Cell, Table

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MAX_COLUMNS = 128  # a line with more cells is no row of a table
_BOLD_ON, _BOLD_OFF = "\ue100", "\ue101"  # private letters, gone before a line leaves this module

_FENCE = regex.compile(r"(?m)^[ \t]*(?:```|~~~)[^\n]*\n?")
_HTML_TABLE = regex.compile(r"(?is)<table\b[^>]{0,500}>.{0,200000}?</table\s*>")
_HTML_SILENT = regex.compile(r"(?is)<(script|style|head)\b[^>]{0,500}>.{0,100000}?</\1\s*>|<!--.{0,100000}?-->")
_HTML_ITEM = regex.compile(r"(?i)[ ]*<li\b[^<>\t\n]{0,200}>[ ]*(?:[-–•+][ ]+)?")
_HTML_LIST = regex.compile(r"(?i)[ ]*<(?:ul|ol)\b[^<>\t\n]{0,200}>([^<>\t\n]{0,20000})")
_HTML_BLOCK = regex.compile(
    r"(?i)[ ]*</?(?:p|br|div|ul|ol|li|tr|h[1-6]|hr|center|section|article|body|html|blockquote|table|tbody|thead)"
    r"\b[^<>\n]{0,300}/?>[ ]*"
)
_HTML_INLINE = regex.compile(r"(?i)</?(?:span|b|strong|i|em|u|s|font|a|sub|small|big|mark|td|th|o:p)\b[^<>\n]{0,300}>")
_HTML_RAISED = regex.compile(r"(?i)<sup>([^<>\n]{0,40})</sup>")
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
_LIST_DASH = regex.compile(r"(?<=[\s;.])-[ ]+(?=\S)")

_BOLD = regex.compile(
    r"\*\*(?=[^\s*])((?:[^*\n]|\n(?!\s*\n)|\*(?!\*)){1,2000}?)(?<=\S)\*\*|(?i:<(b|strong)>([^<>]{0,2000}?)</\2>)"
)
_ITALIC = regex.compile(r"(?<![\w*])\*(?=[\p{L}\d“\"(<\[])((?:[^*\n]|\n(?!\s*\n)){1,4000}?)(?<=\S)\*(?![\w*])")
_STRAY_BOLD = regex.compile(r"(?<=\S)\*\*(?=\s|$)|(?<=^|\s)\*\*(?=\S)")
_AUTOLINK = regex.compile(r"<((?:https?://|mailto:|www\.)[^<>\s]{1,500})>")
_LINK = regex.compile(r"!?\[([^\[\]\n]{0,300})\]\((?:https?:|mailto:|/|#|\.)[^()\s]{0,500}\)")
_ESCAPE = regex.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_HEADING = regex.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.*?)[ \t#]*$")
_QUOTED = regex.compile(r"^[ ]{0,3}>[ ]?(?!\s*\d)")
_RULE = regex.compile(r"^[\s\-_=*─━·.]{3,}$")
_BAR_RULER = regex.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text without its markup. `heading` stands apart for sure; `rule` is a drawn line, no text.

    The text keeps its leading blanks and its tabs; `breaks` within a cell of a tabbed line are "\\v".
    """

    text: str
    bold: bool = False
    heading: bool = False
    rule: bool = False


def lines_and_tables(text: str) -> Iterator[Line | Table]:
    """The lines of a text, and the tables that are written in HTML or with bars."""
    text = _FENCE.sub("", text)
    at = 0
    for match in _HTML_TABLE.finditer(text):
        table = _html_table(match.group())
        if table is not None:
            yield from _lines(text[at : match.start()])
            yield table
            at = match.end()
    yield from _lines(text[at:])


def _lines(text: str) -> Iterator[Line | Table]:
    bars: list[list[str]] = []
    ruled = False
    for line in _plain(text):
        if ruled or line.text.strip().startswith("|"):
            if _BAR_RULER.match(line.text):
                ruled = True
                continue
            if 0 < line.text.count("|") <= MAX_COLUMNS:
                bars.append(_bar_cells(line.text))
                continue
        yield from _bar_table(bars, ruled)
        bars, ruled = [], False
        yield line
    yield from _bar_table(bars, ruled)


def _bar_table(rows: list[list[str]], ruled: bool) -> Iterator[Line | Table]:
    if len(rows) >= 2 and max(len(row) for row in rows) >= 2:
        yield table_of(rows, heading_rows=1 if ruled else None)
    else:
        for row in rows:
            yield Line(" | ".join(row))


def _bar_cells(text: str) -> list[str]:
    body = text.strip()
    body = body[1:] if body.startswith("|") else body
    body = body[:-1] if body.endswith("|") else body
    return [cell.strip().replace("\v", "\n") for cell in body.split("|")]


def table_of(rows: list[list[str]], heading_rows: int | None = None) -> Table:
    """A table of cell texts; rows that are short get empty cells."""
    cols = max(len(row) for row in rows)
    whole = [row + [""] * (cols - len(row)) for row in rows]
    cells = tuple(Cell(Block("", text), at, col) for at, row in enumerate(whole) for col, text in enumerate(row))
    return Table("", len(rows), cols, cells, heading_rows=heading_rows)


def _plain(text: str) -> Iterator[Line]:
    """Lines without tags, stars and links. A tag that breaks a tabbed line breaks inside its cell."""
    text = _HTML_SILENT.sub("", text)
    text = _HTML_RAISED.sub(lambda m: m.group(1).translate(_SUPERSCRIPT), text)
    text = _BOLD.sub(lambda m: _BOLD_ON + (m.group(1) or m.group(3) or "") + _BOLD_OFF, text)
    text = _ITALIC.sub(r"\1", text)
    text = _STRAY_BOLD.sub("", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    depth = 0
    for raw in text.split("\n"):
        line = raw
        if "<" in line:
            line = _HTML_ITEM.sub("\v- ", line)
            line = _HTML_LIST.sub(lambda m: "\v" + _LIST_DASH.sub("\v- ", " " + m.group(1)).strip(" "), line)
            line = _HTML_INLINE.sub("", _HTML_BLOCK.sub("\v", line))
        if "&" in line:
            line = _ENTITY.sub(lambda m: html.unescape(m.group()).replace("\xa0", " "), line)
        heading = _HEADING.match(line)
        if heading:
            line = heading.group(1)
        line = _ESCAPE.sub(r"\1", _QUOTED.sub("", line))
        line, bold, depth = _without_bold(line, depth)
        if "\t" in line or "|" in line:
            yield Line(_cell_breaks(line), bold, bool(heading))
            continue
        pieces = [piece for piece in line.split("\v") if piece.strip()] or [""]
        for piece in pieces:
            if _RULE.match(piece):
                yield Line("", rule=True)
            else:
                yield Line(piece, bold, bool(heading))


def _cell_breaks(line: str) -> str:
    """One break where several tags stood side by side, none at a cell's ends."""
    cells = []
    for cell in line.split("\t"):
        pieces = [piece.strip() for piece in cell.split("\v")]
        cells.append("\v".join(piece for piece in pieces if piece))
    return "\t".join(cells)


def _without_bold(line: str, depth: int) -> tuple[str, bool, int]:
    """The line without the bold signs, whether all of its letters were bold, and the depth behind it."""
    if not depth and _BOLD_ON not in line:
        return line.replace(_BOLD_OFF, ""), False, 0
    letters, plain, any_bold = [], False, False
    for letter in line:
        if letter == _BOLD_ON:
            depth += 1
        elif letter == _BOLD_OFF:
            depth = max(0, depth - 1)
        else:
            letters.append(letter)
            if not letter.isspace():
                plain, any_bold = plain or not depth, any_bold or bool(depth)
    return "".join(letters), any_bold and not plain, depth


def _html_table(markup: str) -> Table | None:
    """A table written in HTML, with its merged cells; None where it cannot be parsed or holds nothing."""
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
    try:
        root = lxml_html.fragment_fromstring(markup.encode("utf-8"), create_parent="div", parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    row = heading = 0
    in_heading = True
    for tr in root.iter("tr"):
        col = 0
        parts = [part for part in tr if part.tag in ("td", "th")]
        in_heading = in_heading and bool(parts) and all(part.tag == "th" for part in parts)
        heading += in_heading
        for part in parts:
            while (row, col) in taken:
                col += 1
            down, across = _count(part.get("rowspan")), _count(part.get("colspan"))
            while any((row, col + i) in taken for i in range(1, across)):
                across -= 1
            taken.update((row + i, col + j) for i in range(down) for j in range(across))
            inner = "".join(lxml_html.tostring(piece, encoding="unicode") for piece in part)
            text = "\n".join(line.text.strip() for line in _plain((part.text or "") + inner) if line.text.strip())
            cells.append(Cell(Block("", text), row, col, down, across))
            col += across
        row += bool(parts)
    if not cells or row == 0:
        return None
    cells = [Cell(c.block, c.row, c.col, min(c.rowspan, row - c.row), c.colspan) for c in cells]
    cols = max(cell.col + cell.colspan for cell in cells)
    return Table("", row, cols, tuple(cells), heading_rows=heading or None)


def _count(span: str | None) -> int:
    return min(max(int(span), 1), 100) if span and regex.fullmatch(r"[0-9]{1,4}", span) else 1
