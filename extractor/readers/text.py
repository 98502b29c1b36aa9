"""Plain text files (.txt, .md): paragraphs from broken lines, tables from tabs, no leftovers of markup.

A text file has no boxes, so a block's raw text is the cleaned one. What would surprise you: a row of a
table that a page's end cut in two is one row again, page numbers between the lines go to the margins,
and the cells that a merge covers are the empty cells that the file has.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from extractor.errors import BrokenFileError, UnknownFormatError
from extractor.model import Block, Problem, Table
from extractor.readers.assemble import RawDocument
from extractor.readers.legacy_text import converter, share_of_syllables
from extractor.readers.text_markup import MAX_COLUMNS, Line, lines_and_tables, table_of
from extractor.readers.text_paragraphs import TextLine, paragraphs, starts_item

_LINE_ENDS = regex.compile(r"\r\n|[\r\x85\u2028\u2029\x0b]")
_ITEM_MARK = regex.compile(r"(?:[-–—+*•●▪]|\d{1,2}(?:\.\d{1,2})*[.)]?|[\p{L}][.)]|[IVXLC]{1,6}[.)]?)")
_PAGE_NUMBER = regex.compile(r"[-–\s]*(?:[Tt]rang\s+)?(\d{1,3})(?:\s*/\s*\d{1,3})?[-–\s]*")
_FEWEST_LINES_A_PAGE = 12
_GOOD_TEXT = 0.85  # share of words that are syllables


def read_text(path: Path) -> RawDocument:
    """The blocks and tables of a text file.

    Raises BrokenFileError where there is no letter, UnknownFormatError where the bytes are no text.
    """
    text, problems = _decode(path)
    if not text.strip():
        raise BrokenFileError(f"Tệp {path.name} không có chữ nào. Hãy kiểm tra lại tệp rồi gửi lại.")
    convert = converter(text.splitlines())
    if convert is not None:
        text = convert(text).text if not convert.mixed else "\n".join(convert(line).text for line in text.split("\n"))
        problems = [*problems, convert.problem]
    text = _LINE_ENDS.sub("\n", text).replace("\f", "\n\n")
    parts, margins = _without_page_numbers(list(lines_and_tables(text)))
    return RawDocument("txt", list(_content(parts)), margins, problems=problems)


def _decode(path: Path) -> tuple[str, list[Problem]]:
    """The letters of the file: UTF-8 or UTF-16 as marked or as it decodes, else the old Vietnamese code page."""
    data = path.read_bytes()
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), _replaced(data.decode(encoding, "replace"))
    sample = data[:4000]
    if sample.count(0) * 5 > len(sample):
        odd = sum(byte == 0 for byte in sample[1::2])
        text = data.decode("utf-16-le" if odd * 2 >= sample.count(0) else "utf-16-be", "replace")
        return text, _replaced(text)
    if sum(byte < 32 and byte not in b"\t\n\r\f\x0b\x1a" for byte in sample) * 50 > len(sample):
        raise UnknownFormatError(
            f"Tệp {path.name} không phải văn bản thuần. Hãy lưu lại thành .docx, PDF hoặc .txt (UTF-8) rồi gửi lại."
        )
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 1000 <= len(text):
        return text, _replaced(text)
    return _western(data)


def _western(data: bytes) -> tuple[str, list[Problem]]:
    """Bytes of before Unicode: the code page that makes syllables of them, Windows-1258 or a legacy font's."""
    letters = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
    text = data.decode("latin-1").translate(dict(enumerate(letters)))
    windows = data.decode("cp1258", "replace")
    if share_of_syllables(windows) > max(share_of_syllables(text), _GOOD_TEXT):
        return windows, []
    if converter(text.splitlines()) is not None:
        return text, []  # converted by `read_text`
    return windows, [
        Problem(
            "encoding",
            "Văn bản không ở bảng mã Unicode (UTF-8); chữ có dấu có thể đọc sai. Hãy lưu lại bằng UTF-8 rồi gửi lại.",
        )
    ]


def _replaced(text: str) -> list[Problem]:
    count = text.count("\ufffd")
    return [Problem("encoding", f"Có {count} chữ trong tệp bị hỏng, không đọc được.")] if count else []


def _without_page_numbers(parts: list[Line | Table]) -> tuple[list[Line | Table], list[Block]]:
    """Numbers that stand alone, a page apart and count on by one, are page numbers."""
    found = []
    filled = 0
    for at, part in enumerate(parts):
        if isinstance(part, Line) and part.text.strip():
            filled += 1
            match = _PAGE_NUMBER.fullmatch(part.text.strip())
            if match:
                found.append((at, int(match.group(1)), filled))
    chain: list[tuple[int, int, int]] = []
    for candidate in found:
        if not chain and candidate[1] <= 2:
            chain = [candidate]
        elif chain and candidate[1] == chain[-1][1] + 1 and candidate[2] - chain[-1][2] >= _FEWEST_LINES_A_PAGE:
            chain.append(candidate)
    if len(chain) < 2:
        return parts, []
    numbers = {at for at, _, _ in chain}
    margins = [Block("", part.text.strip()) for at in sorted(numbers) if isinstance(part := parts[at], Line)]
    return [part for at, part in enumerate(parts) if at not in numbers], margins


# --------------------------------------------------------------------------- paragraphs and tables


@dataclass(slots=True)
class _Row:
    """A row of a tabbed table; `gap` where an empty line stands above it, perhaps a page's end."""

    cells: list[str]
    gap: bool


def _content(parts: Sequence[Line | Table]) -> Iterator[Block | Table]:
    """Paragraphs and tables in order."""
    groups: list[list[TextLine]] = [[]]
    tables: list[Table] = []
    for piece in _pieces(parts):
        if isinstance(piece, Table):
            tables.append(piece)
            groups.append([])
        else:
            groups[-1].append(piece)
    for number, group in enumerate(paragraphs(groups)):
        for paragraph in group:
            yield Block("", paragraph.text, bold=paragraph.bold)
        if number < len(tables):
            yield tables[number]


def _pieces(parts: Sequence[Line | Table]) -> Iterator[TextLine | Table]:
    """Lines of prose, each with the empty lines above it, and tables."""
    gap = at = prose = 0
    while at < len(parts):
        part = parts[at]
        if isinstance(part, Table):
            yield part
            gap = 0
        elif not part.text.strip():
            gap += 1
        else:
            if at >= prose and "\t" in part.text:
                rows, behind = _tabbed_rows(parts, at)
                if _is_table(rows):
                    yield from _tables(rows)
                    at, gap = behind, 0
                    continue
                prose = behind  # tabs, but no table: not looked at again
            text = part.text.expandtabs(8)
            indent = len(text) - len(text.lstrip())
            yield TextLine(" ".join(part.text.split()), indent, gap, part.bold, part.heading)
            gap = 0
        at += 1


def _tabbed_rows(parts: Sequence[Line | Table], start: int) -> tuple[list[_Row], int]:
    """The lines with tabs from `start` on, as rows of what may be a table, and where they end."""
    rows: list[_Row] = []
    at, end, gap, width = start, start, False, 0
    while at < len(parts):
        part = parts[at]
        if isinstance(part, Table) or part.text.count("\t") >= MAX_COLUMNS:
            break
        if not part.text.strip():
            gap = gap or bool(rows)
        elif "\t" in part.text:
            cells = _cells(part.text)
            begins = gap or not rows or not _has_letters(rows[-1].cells[-1]) or _begins_row(cells)
            if not begins and len(rows[-1].cells) < width == len(rows[-1].cells) + len(cells) - 1:
                _break_into(rows[-1], cells)
            else:
                rows.append(_Row(cells, gap))
            gap, end, width = False, at + 1, max(width, len(rows[-1].cells))
        else:
            behind = None if gap or width < 3 else _cell_lines(parts, at, rows[-1], width)
            if behind is None:
                break
            at, end = behind, behind
            continue
        at += 1
    return rows, end


def _cells(text: str) -> list[str]:
    return ["\n".join(" ".join(line.split()) for line in cell.split("\v")) for cell in text.split("\t")]


def _cell_lines(parts: Sequence[Line | Table], at: int, row: _Row, width: int) -> int | None:
    """Lines without a tab inside a table are further lines of a cell: they end in the line that fills the row.

    The answer is where the reading goes on, None where the lines are no part of the table.
    """
    lines: list[str] = []
    while at < len(parts) and len(lines) < 12:
        part = parts[at]
        if isinstance(part, Table) or not part.text.strip():
            return None
        if "\t" in part.text:
            cells = _cells(part.text)
            if len(row.cells) == width and (len(cells) == width or _begins_row(cells)):
                row.cells[-1] = "\n".join([row.cells[-1], *lines])
                return at
            if len(row.cells) + len(cells) - 1 == width and _has_letters(row.cells[-1]):
                row.cells[-1] = "\n".join([row.cells[-1], *lines])
                _break_into(row, cells)
                return at + 1
            return None
        lines.append(" ".join(part.text.split()))
        at += 1
    return None


def _begins_row(cells: Sequence[str]) -> bool:
    """A row begins with its number or with an empty cell; the rest of a broken cell does not."""
    return not cells[0] or _ITEM_MARK.fullmatch(cells[0]) is not None


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _break_into(row: _Row, cells: list[str]) -> None:
    row.cells[-1] += "\n" + cells[0]
    row.cells.extend(cells[1:])


def _is_table(rows: Sequence[_Row]) -> bool:
    """At least two rows of at least two cells that are more than an indent or the mark of a list."""
    width = max((len(row.cells) for row in rows), default=0)
    empty = 0
    while empty < width and not any(row.cells[empty : empty + 1] not in ([], [""]) for row in rows):
        empty += 1
    filled = [[cell for cell in row.cells if cell] for row in rows]
    if width - empty == 2 and all(_ITEM_MARK.fullmatch(cells[0]) for cells in filled if len(cells) > 1):
        return False
    return sum(len(cells) > 1 for cells in filled) >= 2


def _tables(rows: list[_Row]) -> Iterator[Table]:
    """The tables of rows that follow each other: where an empty line is followed by another shape, a new one."""
    first = 0
    for at in range(1, len(rows)):
        width = {len(row.cells) for row in rows[first:at]}
        own = len(rows[at].cells)
        heads = rows[at].cells[0] and not _ITEM_MARK.fullmatch(rows[at].cells[0])
        alike = at + 1 < len(rows) and len(rows[at + 1].cells) == own
        if rows[at].gap and heads and alike and len(width) == 1 and own not in width:
            yield _table(rows[first:at])
            first = at
    yield _table(rows[first:])


def _table(rows: Sequence[_Row]) -> Table:
    """A table: repeated heading rows dropped, torn rows one again."""
    width = max(len(row.cells) for row in rows)
    whole: list[_Row] = []
    gaps = sum(row.gap for row in rows)
    pages = gaps * 2 < len(rows)  # empty lines are rare: they are pages' ends, not the file's way of writing
    repeated = 0  # heading rows already seen again behind this page's end
    for row in rows:
        row = _Row(row.cells + [""] * (width - len(row.cells)), row.gap and pages)
        if not any(row.cells):
            continue
        again = (row.gap and _is_heading(row.cells)) if not repeated else repeated < len(whole)
        if whole and again and row.cells == whole[repeated].cells:
            repeated += 1
            continue
        repeated = 0
        if len(whole) > 1 and _is_torn(whole[-1].cells, row):
            whole[-1].cells = [_rejoined(*pair) for pair in zip(whole[-1].cells, row.cells, strict=True)]
        else:
            whole.append(row)
    return table_of([row.cells for row in whole])


def _is_heading(cells: Sequence[str]) -> bool:
    """Words in several columns and no number alone in its cell."""
    filled = [cell for cell in cells if cell]
    return len(filled) > 1 and all(map(_has_letters, filled))


def _is_torn(before: Sequence[str], row: _Row) -> bool:
    """Whether a row is the rest of the one before it.

    It has neither a number nor a last cell (the deadline of a plan), letters in its other cells, and each of
    them goes on with a cell of a row that was whole. Right behind a page's end an unfinished cell is enough
    of a sign; elsewhere every cell must start with a small letter or a bullet.
    """
    filled = [at for at, cell in enumerate(row.cells) if cell]
    if len(row.cells) < 4 or row.cells[0] or row.cells[-1] or not before[-1] or not filled:
        return False
    if not all(before[at] and _has_letters(row.cells[at]) for at in filled):
        return False
    goes_on = [row.cells[at][0].islower() or starts_item(row.cells[at]) for at in filled]
    unfinished = [before[at][-1] not in ".!?" for at in filled]
    if row.gap:
        return goes_on[0] or unfinished[0]
    return all(goes_on) and all(unfinished)


def _rejoined(before: str, rest: str) -> str:
    if not before or not rest:
        return before or rest
    return before + ("\n" if starts_item(rest) else " ") + rest
