"""Spreadsheets (.xlsx; .xls and .ods through LibreOffice): each sheet's lines of text, then its tables, as shown.

What would surprise you: hidden sheets, rows and columns are not read, as on paper, and that is said; a formula
counts with the value that was saved with it; which rows are a table and which are a title above it or a signature
below is told by the ruled cells, and where none are ruled by rows with several cells.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import ParseError

import regex
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from extractor.errors import BrokenFileError, EncryptedError, LimitError
from extractor.model import Block, Cell, Problem, Table
from extractor.readers.assemble import RawDocument
from extractor.readers.legacy_fonts import is_legacy, is_unicode, to_unicode
from extractor.readers.office import converted
from extractor.readers.sheet_numbers import shown

MAX_XML_BYTES = 80 * 2**20
MAX_PACKAGE_BYTES = 500 * 2**20
MAX_CELLS = 400_000
MAX_MERGED_CELLS = 1_000_000  # each of them becomes an object when the file is opened
MAX_COLUMNS = 128
_OPENING_ERRORS = (
    KeyError, ValueError, AttributeError, TypeError, IndexError, EOFError, NotImplementedError, AssertionError,
    OSError, RuntimeError, InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, etree.LxmlError,
)  # fmt: skip
_DEFAULT_NAME = regex.compile(r"(?i)(?:sheet|trang[_ ]?tính|table|bảng)\s*\d*")
_ERROR_VALUE = regex.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)")
_CELL_WITH_FORMULA = regex.compile(rb"<c\b[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_MERGE = regex.compile(rb"""<mergeCell\b[^>]*?ref=["']([^"']{1,40})["']""")
_DRAWN_TEXT = regex.compile(rb"<a:t>[^<]*\S[^<]*</a:t>")


def read_xlsx(path: Path) -> RawDocument:
    """The blocks and tables of an .xlsx or .xlsm file.

    Raises BrokenFileError for a damaged one, EncryptedError for a locked one, LimitError for one that is too large.
    """
    uncounted, drawn = _look_over(path)
    try:
        with path.open("rb") as file, warnings.catch_warnings():  # by its content: openpyxl goes by the name
            warnings.simplefilter("ignore")  # of parts that are not read anyway: validation, print settings …
            book = load_workbook(file, data_only=True, keep_links=False)
    except _OPENING_ERRORS as error:
        raise _broken(path) from error
    raw = _content(book)
    if not any(item.text.strip() if isinstance(item, Block) else True for item in raw.content):
        raise BrokenFileError(f"Tệp {path.name} không có ô nào có chữ. Hãy kiểm tra lại tệp rồi gửi lại.")
    problems = list(raw.problems)
    if uncounted:
        problems.append(
            Problem(
                "formula_unread",
                f"Có {uncounted} ô công thức chưa lưu kết quả nên không có số. Hãy mở bằng Excel, lưu lại rồi gửi lại.",
            )
        )
    if drawn:
        problems.append(Problem("embedded", "Bảng tính có chữ trong khung vẽ; phần đó không được đọc."))
    return replace(raw, problems=tuple(problems))


def read_xls(path: Path) -> RawDocument:
    """An .xls file; raises MissingProgramError without LibreOffice, else what `read_xlsx` raises."""
    with converted(path, "xls") as sheet:
        return replace(read_xlsx(sheet), format="xls")


def read_ods(path: Path) -> RawDocument:
    """An .ods file; raises what `read_xls` raises."""
    with converted(path, "ods") as sheet:
        return replace(read_xlsx(sheet), format="ods")


# --------------------------------------------------------------------------- the package


def _look_over(path: Path) -> tuple[int, bool]:
    """How many formulas have no saved value, and whether text stands in drawings; refuses what must not be opened."""
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            if any(member.flag_bits & 1 for member in members):
                raise EncryptedError(f"Tệp {path.name} có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
            xml = sum(member.file_size for member in members if member.filename.endswith((".xml", ".rels")))
            if xml > MAX_XML_BYTES or sum(member.file_size for member in members) > MAX_PACKAGE_BYTES:
                raise _too_large(path)
            uncounted, drawn, merged = 0, False, 0
            for member in members:
                if not member.filename.endswith((".xml", ".rels")):
                    continue
                data = package.read(member)
                if b"<!DOCTYPE" in data[:2000]:
                    raise _broken(path)  # no such part has a document type; one that has is up to something
                if member.filename.startswith("xl/worksheets/"):
                    uncounted += sum(1 for _ in _CELL_WITH_FORMULA.finditer(data))
                    merged += sum(map(_area, _MERGE.findall(data)))
                    if merged > MAX_MERGED_CELLS:
                        raise _too_large(path)
                drawn = drawn or (member.filename.startswith("xl/drawings/") and _DRAWN_TEXT.search(data) is not None)
            return uncounted, drawn
    except _OPENING_ERRORS as error:
        raise _broken(path) from error


def _area(reference: bytes) -> int:
    """How many cells a range like A1:D20 covers."""
    try:
        left, top, right, bottom = range_boundaries(reference.decode("ascii", "replace"))
    except (ValueError, TypeError):
        return 0
    return int((right - left + 1) * (bottom - top + 1))


def _too_large(path: Path) -> LimitError:
    return LimitError(f"Bảng tính {path.name} quá lớn để đọc. Hãy bỏ bớt trang tính, ảnh rồi lưu lại và gửi lại.")


def _broken(path: Path) -> BrokenFileError:
    return BrokenFileError(
        f"Tệp {path.name} bị hỏng, không mở được như bảng tính. Hãy mở bằng Excel, lưu lại thành .xlsx rồi gửi lại."
    )


# --------------------------------------------------------------------------- sheets


@dataclass(frozen=True, slots=True)
class _Filled:
    """A cell that shows something: its text, where its merge ends, and whether it is ruled or holds a number."""

    row: int
    col: int
    bottom: int
    right: int
    text: str
    number: bool
    ruled: bool
    bold: bool
    centred: bool


class _Notes:
    """What is said about the workbook, gathered sheet by sheet."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.rows: Counter[str] = Counter()
        self.columns: dict[str, set[str]] = {}
        self.errors = 0
        self.fonts: set[str] = set()
        self.cut = False

    def problems(self) -> Iterator[Problem]:
        hidden = [f"trang tính {name}" for name in self.sheets]
        hidden += [f"{count} hàng ở trang {name}" for name, count in self.rows.items()]
        hidden += [f"cột {', '.join(sorted(names))} ở trang {name}" for name, names in self.columns.items()]
        if hidden:
            yield Problem("hidden_cells", f"Bảng tính có phần bị ẩn, không được đọc: {'; '.join(hidden)}.")
        if self.errors:
            yield Problem("formula_error", f"Có {self.errors} ô công thức báo lỗi (#REF!, #DIV/0! …), không có số.")
        if self.fonts:
            yield Problem(
                "legacy_converted",
                f"Bảng tính dùng phông chữ cũ ({', '.join(sorted(self.fonts))}); chữ đã được chuyển sang Unicode.",
            )
        if self.cut:
            yield Problem("cut_off", f"Bảng tính quá rộng hoặc quá dài; chỉ đọc {MAX_COLUMNS} cột đầu có chữ.")


def _content(book: Workbook) -> RawDocument:
    notes = _Notes()
    content: list[Block | Table] = []
    shown_sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            if any(cell.value is not None for cell in _cells(sheet)):
                notes.sheets.append(sheet.title)
            continue
        shown_sheets.append(sheet)
    old_fonts = _old_fonts(shown_sheets)
    for sheet in shown_sheets:
        parts = list(_sheet(sheet, old_fonts, notes))
        if parts and not _DEFAULT_NAME.fullmatch(sheet.title):
            content.append(Block("", sheet.title, bold=True))
        content.extend(parts)
    margins = [Block("", text) for sheet in shown_sheets for text in _margins(sheet)]
    return RawDocument("xlsx", content, margins, problems=tuple(notes.problems()))


def _margins(sheet: Worksheet) -> Iterator[str]:
    for band in (sheet.oddHeader, sheet.oddFooter):
        for part in (band.left, band.center, band.right):
            if part.text and part.text.strip():
                yield str(part.text)


def _old_fonts(sheets: Iterable[Worksheet]) -> frozenset[str]:
    """The fonts of before Unicode whose letters are to be converted: not those whose name is only left over."""
    legacy: set[str] = set()
    unicode: set[str] = set()
    for sheet in sheets:
        for cell in _cells(sheet):
            name = cell.font.name if isinstance(cell.value, str) and not cell.value.isascii() else None
            if name and is_legacy(name):
                legacy.add(name)
                if is_unicode(cell.value):
                    unicode.add(name)
    return frozenset(legacy - unicode)


def _sheet(sheet: Worksheet, old_fonts: frozenset[str], notes: _Notes) -> Iterator[Block | Table]:
    filled = _squeezed(list(_filled(sheet, old_fonts, notes)))
    rows = {row: list(cells) for row, cells in groupby(sorted(filled, key=lambda c: (c.row, c.col)), lambda c: c.row)}
    for first, last, table in _stretches(rows):
        cells = [cell for row in range(first, last + 1) for cell in rows.get(row, ())]
        if table:
            yield _table(cells)
            continue
        for cell in cells:
            for line in cell.text.split("\n"):
                yield Block("", line, bold=cell.bold, centred=cell.centred)


def _filled(sheet: Worksheet, old_fonts: frozenset[str], notes: _Notes) -> Iterator[_Filled]:
    """The cells that show something, and the empty ones with a rule or a merge, which are part of a table."""
    merges = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    hidden_rows = sorted(number for number, row in sheet.row_dimensions.items() if row.hidden)
    hidden_cols = _hidden_columns(sheet)
    said: set[int] = set()
    count = 0

    def line(row: int) -> int:
        """The row among those that are shown: a hidden one leaves no gap."""
        return row - bisect_left(hidden_rows, row)

    for cell in _cells(sheet):
        at = (cell.row, cell.column)
        if cell.value is None and not cell.has_style:
            continue
        area = merges.get(at)
        bottom, right = (area.max_row, area.max_col) if area else at
        if line(bottom + 1) == line(cell.row):  # every row of it is hidden
            if cell.value is not None and cell.row not in said:
                notes.rows[sheet.title] += 1
                said.add(cell.row)
            continue
        if all(col in hidden_cols for col in range(cell.column, right + 1)):
            if cell.value is not None:
                notes.columns.setdefault(sheet.title, set()).add(get_column_letter(cell.column))
            continue
        count += 1
        if count > MAX_CELLS:
            notes.cut = True
            return
        yield _as_shown(cell, line(cell.row), line(bottom + 1) - 1, right, old_fonts, notes)


def _cells(sheet: Worksheet) -> Iterator[SheetCell]:
    """The cells that the file has, row by row, without those that a merge covers.

    `iter_rows` would make up all the cells between them, thousands of millions where one stands at the far end.
    """
    found = sheet._cells
    return (found[at] for at in sorted(found) if isinstance(found[at], SheetCell))


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min is not None and column.max is not None:
            hidden.update(range(column.min, min(column.max, column.min + 20_000) + 1))
    return hidden


def _as_shown(cell: SheetCell, row: int, bottom: int, right: int, old_fonts: frozenset[str], notes: _Notes) -> _Filled:
    value, font, border = cell.value, cell.font, cell.border
    number = isinstance(value, int | float) and not isinstance(value, bool)
    text = shown(value, cell.number_format)
    if isinstance(value, str):
        if _ERROR_VALUE.fullmatch(text.strip()):
            notes.errors += 1
        if font.name in old_fonts and not text.isascii():
            notes.fonts.add(font.name)
            text = to_unicode(text, font.name)
    sides = (border.left, border.right, border.top, border.bottom)
    return _Filled(
        row=row,
        col=cell.column,
        bottom=bottom,
        right=right,
        text="\n".join(line.strip() for line in text.strip().splitlines()),
        number=number or regex.fullmatch(r"\s*\d[\d.,]*\s*%?\s*", text) is not None,
        ruled=sum(side is not None and side.style is not None for side in sides) >= 2,
        bold=bool(font.b),
        centred=cell.alignment.horizontal in ("center", "centerContinuous"),
    )


def _squeezed(cells: list[_Filled]) -> list[_Filled]:
    """Without the columns in which nothing stands, which only make room between the others."""
    used = sorted({cell.col for cell in cells if cell.text})
    place: Mapping[int, int] = {col: index for index, col in enumerate(used)}
    squeezed = []
    for cell in cells:
        inside = [place[col] for col in used if cell.col <= col <= cell.right]
        if inside:
            squeezed.append(replace(cell, col=inside[0], right=inside[-1]))
    return squeezed


# --------------------------------------------------------------------------- what is a table


def _stretches(rows: Mapping[int, list[_Filled]]) -> Iterator[tuple[int, int, bool]]:
    """First row, last row, whether a table: the rows of the sheet in order, each once."""
    if not rows:
        return
    ruled = {row for row, cells in rows.items() if sum(cell.ruled for cell in cells) >= 2}
    for row in list(ruled):  # a merged cell holds the rows that it spans together
        for cell in rows[row]:
            if cell.ruled:
                ruled.update(range(row, min(cell.bottom, row + 1000) + 1))
    inside = _by_rules(rows, ruled) if len(ruled) > 1 else _by_shape(rows)
    first = last = min(rows)
    table = first in inside
    for row in range(first + 1, max(rows) + 1):
        if row not in rows and row not in inside:
            continue
        if (row in inside) != table or (table and row - last > 1):
            yield first, last, table
            first, table = row, row in inside
        last = row
    yield first, last, table


def _by_rules(rows: Mapping[int, list[_Filled]], ruled: set[int]) -> set[int]:
    """Ruled rows, and rows between them in which one wide cell stands (a section's heading)."""
    inside = {row for row in ruled if row not in rows or any(cell.text for cell in rows[row])}
    for row in sorted(set(rows) - ruled):
        if row - 1 in inside and row + 1 in ruled:
            inside.add(row)
    return inside


def _by_shape(rows: Mapping[int, list[_Filled]]) -> set[int]:
    """Rows with three texts, or a text and a number, and what stands between such rows without an empty row."""

    def is_core(row: int) -> bool:
        cells = [cell for cell in rows.get(row, ()) if cell.text]
        return len(cells) >= 3 or (len(cells) >= 2 and any(cell.number for cell in cells[1:]))

    inside: set[int] = set()
    filled = sorted(row for row, cells in rows.items() if any(cell.text for cell in cells))
    start = 0
    while start < len(filled):
        end = start
        while end + 1 < len(filled) and filled[end + 1] == filled[end] + 1:
            end += 1
        core = [row for row in filled[start : end + 1] if is_core(row)]
        if core:
            head = core[0] - 1  # the heading of two columns: texts without a number
            first = head if head >= filled[start] and sum(bool(cell.text) for cell in rows[head]) >= 2 else core[0]
            if first < core[-1]:
                inside.update(range(first, core[-1] + 1))
        start = end + 1
    return inside


def _table(cells: list[_Filled]) -> Table:
    """The table of a stretch of rows; rows in which nothing stands are left out."""
    rows = sorted({cell.row for cell in cells if cell.text})
    place = {row: index for index, row in enumerate(rows)}
    first = min(cell.col for cell in cells if cell.text)
    width = min(MAX_COLUMNS, max(cell.right for cell in cells if cell.text) - first + 1)
    made = []
    for cell in cells:
        spanned = [place[row] for row in rows if cell.row <= row <= cell.bottom]
        left, right = cell.col - first, min(cell.right - first, width - 1)
        if not spanned or left < 0 or left >= width:
            continue
        block = Block("", cell.text, bold=cell.bold, centred=cell.centred)
        made.append(Cell(block, spanned[0], left, len(spanned), right - left + 1))
    taken = {
        (row, col) for c in made for row in range(c.row, c.row + c.rowspan) for col in range(c.col, c.col + c.colspan)
    }
    empty = (Cell(Block("", ""), r, c) for r in range(len(rows)) for c in range(width) if (r, c) not in taken)
    return Table("", len(rows), width, (*made, *empty))
