"""What every sheet of the workbook shares: styles, safe cells, headings, printing.

Letters of a document reach a cell through `Page.text` alone: always as a string, never as a formula, a link or a
number; characters that XML forbids are gone, and a text longer than a cell holds ends with words that say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

import regex
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from extractor.catalog.labels import Labels

FONT = "Times New Roman"
# Dark to light, so that they differ in grey too; culprit and candidate are bold besides.
STYLES: Mapping[str, Mapping[str, Any]] = {
    "culprit": {"bg_color": "#A61C00", "font_color": "#FFFFFF", "bold": True},
    "candidate": {"bg_color": "#F4B183", "bold": True},
    "part": {"bg_color": "#FFF2CC"},
    "blank": {"font_color": "#595959", "italic": True, "font_size": 9, "align": "center", "text_wrap": True},
    "nothing": {"bg_color": "#E7E6E6"},
    "short": {"font_color": "#A61C00", "italic": True},
    "recomputed": {"bg_color": "#DDEBF7", "font_color": "#1F3864"},
    "ocr": {"italic": True, "underline": 1},
    "total": {"bold": True, "bg_color": "#F2F2F2", "shrink": True},
    "heading": {
        "bold": True, "bg_color": "#D9E2F3", "align": "center", "valign": "vcenter", "text_wrap": True,
    },
    "band": {"bold": True, "bg_color": "#EDEDED", "align": "left", "text_wrap": True},
    "title": {"bold": True, "font_size": 14, "border": 0},
    "note": {"italic": True, "border": 0, "text_wrap": True, "valign": "top"},
    "plain": {"border": 0},
    "bold": {"bold": True},
    "text": {"text_wrap": True, "valign": "top"},
    "name": {"text_wrap": True, "indent": 1},
    "centre": {"align": "center", "text_wrap": True, "valign": "top"},
    "middle": {"align": "center"},
    "top": {"valign": "top"},
    "across": {"align": "center_across"},
}  # fmt: skip
COUNT, DAY = "#,##0", "dd/mm/yyyy"
MOST = 32_000  # a cell holds 32,767 UTF-16 units; the remark that it was cut must fit too
_TALLEST = 409  # points; Excel knows no higher row
_NOTE_MOST = 1_500
_FORBIDDEN = regex.compile(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_FORMULA_LIKE = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: heading, width in characters, and what its cells hold."""

    heading: str
    width: float
    style: str = "text"
    number: str = ""


@dataclass
class Book:
    """The open workbook, the words, and every style made so far (Excel allows a style only once)."""

    workbook: xlsxwriter.Workbook
    labels: Labels
    _styles: dict[tuple[tuple[str, ...], str, bool], Format] = field(default_factory=dict)
    _pages: list[Page] = field(default_factory=list)

    def style(self, *names: str, number: str = "", quoted: bool = False) -> Format:
        """The named styles laid over each other, the later over the earlier, with a number format."""
        wanted = (names, number, quoted)
        if wanted not in self._styles:
            looks: dict[str, Any] = {"font_name": FONT, "font_size": 11, "border": 1, "valign": "vcenter"}
            for name in names:
                looks |= STYLES[name]
            if looks["border"]:
                looks["border_color"] = "#7F7F7F"
            if number:
                looks["num_format"] = number
            if quoted:
                looks["quote_prefix"] = True
            self._styles[wanted] = self.workbook.add_format(looks)
        return self._styles[wanted]

    def page(self, key: str, *, columns: int) -> Page:
        """A new sheet named `sheet.<key>`, landscape A4 on one page's width, its title and note in place."""
        sheet = self.workbook.add_worksheet(self._name(self.labels.text(f"sheet.{key}")))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(
            f'&L&"{FONT},Regular"&9{self.labels.text(f"sheet.{key}")}&R&"{FONT},Regular"&9{self.labels.text("footer")}'
        )
        sheet.hide_gridlines(2)
        page = Page(self, sheet, columns)
        self._pages.append(page)
        page.text(0, 0, self.labels.text(f"title.{key}"), "title")
        page.height(0, 22)
        return page

    def close(self) -> None:
        """Give every row the height its words need, and write the file."""
        for page in self._pages:
            page.set_heights()
        self.workbook.close()

    def _name(self, wanted: str) -> str:
        """A name that Excel accepts: at most 31 letters, none of []:*?/\\, no apostrophe at its ends, only once."""
        name = (regex.sub(r"[\[\]:*?/\\]", " ", wanted).strip(" '") or "Trang")[:31]
        taken = {sheet.get_name().lower() for sheet in self.workbook.worksheets()}
        number = 2
        while name.lower() in taken:
            name = f"{name[:27]} ({number})"
            number += 1
        return name


@dataclass
class Page:
    """One sheet: cells by row and column, both from 0."""

    book: Book
    sheet: Worksheet
    columns: int
    _widths: dict[int, float] = field(default_factory=dict)
    _fixed: dict[int, float] = field(default_factory=dict)
    _needed: dict[int, float] = field(default_factory=dict)

    def text(self, row: int, column: int, words: str, *styles: str) -> None:
        """Words as a string, whatever they look like."""
        self._string(row, column, words, *styles)
        if any("text_wrap" in STYLES[name] for name in styles) and "across" not in styles:
            width = self._widths.get(column, 8.43) - (1.5 if "indent" in STYLES[styles[0]] else 0)
            self._need(row, words, width * (0.88 if "heading" in styles else 1), small="blank" in styles)

    def height(self, row: int, points: float) -> None:
        """A height that stays, whatever the words of the row need."""
        self._fixed[row] = points

    def set_heights(self) -> None:
        """Tell Excel the height of every row with long words; it does not look for itself in every program."""
        for row, points in (self._needed | self._fixed).items():
            self.sheet.set_row(row, min(points, _TALLEST))

    def _need(self, row: int, words: str, width: float, *, small: bool = False) -> None:
        """Make a row at least as high as words in a cell of `width` characters need."""
        room = max(1.0, width * (1.6 if small else 1.35) - 1)
        lines = sum(max(1, ceil(len(line) / room)) for line in words.split("\n"))
        self._needed[row] = max(self._needed.get(row, 0), (12 if small else 14.5) * lines + 2)

    def _string(self, row: int, column: int, words: str, *styles: str) -> None:
        words = clean(words, self.book.labels.text("text.cut"))
        quoted = words.startswith(_FORMULA_LIKE)
        self.sheet.write_string(row, column, words, self.book.style(*styles, quoted=quoted))

    def number(self, row: int, column: int, value: Decimal | int, *styles: str, number: str = COUNT) -> None:
        self.sheet.write_number(row, column, float(value), self.book.style(*styles, number=number))

    def day(self, row: int, column: int, day: date | None, *styles: str) -> None:
        if day is None or day.year < 1900:
            self.text(row, column, "" if day is None else day.strftime("%d/%m/%Y"), *styles)
        else:
            self.sheet.write_datetime(row, column, day, self.book.style(*styles, number=DAY))

    def formula(self, row: int, column: int, formula: str, value: Decimal | str | int, *styles: str) -> None:
        """A formula of our own with the value it has now, for programs that do not calculate."""
        now = value if isinstance(value, str) else float(value)
        self.sheet.write_formula(row, column, formula, self.book.style(*styles, number=COUNT), now)

    def empty(self, row: int, column: int, *styles: str) -> None:
        self.sheet.write_blank(row, column, None, self.book.style(*styles))

    def merged(self, top: int, left: int, bottom: int, right: int, words: str, *styles: str) -> None:
        """One cell over several; a single cell stays what it is."""
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", self.book.style(*styles))
        self._string(top, left, words, *styles)
        if top == bottom and any("text_wrap" in STYLES[name] for name in styles):
            self._need(top, words, sum(self._widths.get(c, 8.43) for c in range(left, right + 1)))

    def comment(self, row: int, column: int, lines: Sequence[str]) -> None:
        """A note on a cell, as large as its words need."""
        words = clean("\n".join(line for line in lines if line), self.book.labels.text("text.cut"), _NOTE_MOST)
        if not words:
            return
        height = sum(max(1, ceil(len(line) / 52)) for line in words.split("\n"))
        looks = {"x_scale": 2.9, "height": min(420, 14 + 15 * height), "font_name": FONT, "font_size": 10}
        self.sheet.write_comment(row, column, words, {**looks, "author": "doisoat", "color": "#FFFFE1"})

    def width(self, column: int, characters: float) -> None:
        self._widths[column] = characters
        self.sheet.set_column(column, column, characters)

    def note(self, row: int, words: str) -> None:
        """A remark over the whole width of the table, as many lines as it needs. After the widths are set."""
        self.merged(row, 0, row, max(0, self.columns - 1), words, "note")

    def table(self, row: int, columns: Sequence[Column], records: Sequence[Sequence[Any]]) -> None:
        """A list with headings (frozen, printed on every page) and a filter.

        Cells are words, numbers, days or None (empty). A number column shows whole numbers without decimals.
        """
        for c, column in enumerate(columns):
            self.text(row, c, column.heading, "heading")
        for r, record in enumerate(records, row + 1):
            for c, (column, value) in enumerate(zip(columns, record, strict=True)):
                if isinstance(value, (Decimal, int)):
                    self.number(r, c, value, column.style, number=column.number or plain_format(value))
                elif isinstance(value, date):
                    self.day(r, c, value, column.style)
                else:
                    self.text(r, c, value or "", column.style)
        self.sheet.autofilter(row, 0, row + max(1, len(records)), len(columns) - 1)
        self.sheet.freeze_panes(row + 1, 0)
        self.sheet.repeat_rows(row)


def plain_format(value: Decimal | int) -> str:
    """The number format that keeps the digits of a value: 98.31 → two decimals, 3286 → thousands."""
    exponent = Decimal(value).as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return number_format(decimals)


def number_format(decimals: int, approximate: bool = False) -> str:
    """A number format with separators of thousands; the marks themselves are those of the reader's computer."""
    shown = COUNT + ("." + "0" * min(decimals, 10) if decimals else "")
    return f'"≈ "{shown}' if approximate else shown


def clean(words: str, cut: str, most: int = MOST) -> str:
    """Words that a cell can hold: no forbidden characters, at most `most` UTF-16 units, else ending with `cut`."""
    words = _FORBIDDEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))
    if len(words) * 2 <= most or len(words.encode("utf-16-le")) // 2 <= most:
        return words
    kept = words.encode("utf-16-le")[: 2 * (most - len(cut))].decode("utf-16-le", "ignore")
    return kept + cut
