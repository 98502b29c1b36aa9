"""The nouns that the rooms exchange. Frozen, without verbs of their own beyond looking themselves over.

Two things would surprise you. Text is raw: every `Block.text` holds the letters as the file has them
(only line breaks that belong to the page and not to the sentence are joined), and every `Place` counts
in those letters; normalised text lives inside a room and never leaves it. Numbers are `Decimal` with the
count of printed decimals beside them, never floats, because the printed precision is the tolerance of
every check.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["BC", "QD", "KH", "CV", "other"]
Status = Literal["read", "partial", "failed"]
Basis = Literal["period", "cumulative", "previous", "last_year"]
Evidence = Literal["arithmetic", "restated", "single"]
Severity = Literal["error", "warning", "notice"]
Certainty = Literal["pinned", "likely", "candidates", "sum", "none"]
DeadlineKind = Literal["continuous", "date", "range", "month", "quarter", "year", "periodic", "roadmap", "none"]
BoxTuple = tuple[float, float, float, float]


# --------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a block on one page.

    `start`/`end` are offsets into the block's raw text; `edges` are the left edges of the characters
    `start … end-1` and, last, the right edge of the line (PDF points from the page's left edge), so
    `len(edges) == end - start + 1`. `top`/`bottom` are PDF points from the page's top edge. Pages count
    from 1.
    """

    start: int
    end: int
    page: int
    top: float
    bottom: float
    edges: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Letters `start:end` of a block that were read from a picture and may be others.

    `readings` are the letters they may be, the ones in the text first; `reason` is for officials.
    """

    start: int
    end: int
    readings: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or table cell, in raw letters.

    `id` is its address: "p14" for the 14th paragraph, "t2r5c3" for the cell in row 5, column 3 of table 2
    (all counted from 1). Automatic numbers and bullets of Word are part of `text`, as they are printed.
    `lines` is empty where the format has no pages. `indent` is the left indent in points (0 where unknown).
    `ocr` says that a machine read the letters (or some of them) from a picture, `doubts` at which of them it may
    have erred; numbers there are no figures.
    """

    id: str
    text: str
    lines: tuple[Line, ...] = ()
    page: int | None = None
    bold: bool = False
    centred: bool = False
    indent: float = 0.0
    ocr: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its block and the rows and columns (from 0) that it covers."""

    block: Block
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1

    @property
    def text(self) -> str:
        return self.block.text


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells. A merged cell is one `Cell` with spans; positions it covers hold no other cell.

    A table that ran over several pages is one Table, its repeated heading rows dropped and its torn rows
    rejoined by the reader. Cell texts keep the line breaks of the cell as "\\n". `heading_rows` is the
    number of heading rows where the file says so (Word's repeated heading rows), else None. `ruled` is
    False for tables known to be without ruling lines (letterheads, signature blocks).
    """

    id: str
    rows: int
    cols: int
    cells: tuple[Cell, ...]
    page: int | None = None
    heading_rows: int | None = None
    ruled: bool = True

    def grid(self) -> list[list[Cell | None]]:
        """Rows × columns; a merged cell stands at each position that it covers, an absent one is None."""
        grid: list[list[Cell | None]] = [[None] * self.cols for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.rowspan, self.rows)):
                for col in range(cell.col, min(cell.col + cell.colspan, self.cols)):
                    grid[row][col] = cell
        return grid


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read or is in doubt: a code for programs, a Vietnamese sentence for officials."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: blocks and tables in reading order, headers and footers apart.

    `format` is "docx", "pdf", "txt" …; `pages` is None where the format has no pages.
    """

    path: str
    sha256: str
    format: str
    content: tuple[Block | Table, ...]
    margins: tuple[Block, ...] = ()
    pages: int | None = None
    problems: tuple[Problem, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order, table cells row by row among them."""
        for item in self.content:
            if isinstance(item, Block):
                yield item
            else:
                for cell in item.cells:
                    yield cell.block

    def tables(self) -> Iterator[Table]:
        for item in self.content:
            if isinstance(item, Table):
                yield item


# --------------------------------------------------------------------------- identity


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document this is: what stands in letterhead, title, first and closing sentences.

    `period` is "2026-Q2", "2026-H1", "2026-M06", "2026-9M", "2026" … or None; `window` the two dates between
    which the figures were counted, as printed. `internal` marks a report of a ward's own Centre, `level`
    the administrative level of the issuer, `replaces` the number of the document that this one replaces.
    """

    kind: Kind = "other"
    number: str | None = None
    date: dt.date | None = None
    issuer: str | None = None
    issuer_code: str | None = None
    province: str | None = None
    period: str | None = None
    window: tuple[dt.date, dt.date] | None = None
    level: Literal["commune", "district", "province"] | None = None
    internal: bool = False
    replaces: str | None = None
    title: str = ""
    problems: tuple[Problem, ...] = ()


# --------------------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: block, raw offsets, the sentence round it, page and box (PDF points)."""

    block: str
    start: int
    end: int
    quote: str
    page: int | None = None
    box: BoxTuple | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: an indicator of a scope on a basis, its value, and every place it is printed.

    `value` counts dossiers, procedures … or percent (as printed, 98.31). `numerator`/`denominator` belong to
    a rate beside which a fraction is printed. `pattern` names the record of patterns/ that answers for the
    reading; `decided` tells the sum that decided between several readings, where the words leave them open.
    `place` is the first place, `also` the others.
    """

    indicator: str
    scope: str
    basis: Basis
    value: Decimal
    printed: str
    place: Place
    decimals: int = 0
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    approximate: bool = False
    ocr: bool = False
    evidence: Evidence = "single"
    pattern: str = ""
    also: tuple[Place, ...] = ()
    decided: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.indicator, self.scope, self.basis)


@dataclass(frozen=True, slots=True)
class Formula:
    """A sum that a form prints in its heading: in every row of `table`, column `total` is the sum of `parts`.

    Columns are those of block ids, counted from 1; `printed` are the letters of the cell.
    """

    table: str
    total: int
    parts: tuple[int, ...]
    printed: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that is neither a figure nor masked: its letters, what it could be, why it was left."""

    printed: str
    readings: tuple[str, ...]
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Masked:
    """A number that is no figure, with the reason (date, document number, article, money …)."""

    printed: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class Months:
    """What a table prints month by month above the total in the cell `block`; the months are no figures themselves."""

    block: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What room 3 found in one document. Every number of the document is in one of the first three."""

    figures: tuple[Figure, ...] = ()
    unread: tuple[Unread, ...] = ()
    masked: tuple[Masked, ...] = ()
    months: tuple[Months, ...] = ()


# --------------------------------------------------------------------------- plans


@dataclass(frozen=True, slots=True)
class Target:
    """What a plan row promises: op ">=", "=", "<=" or "reduce"; unit "percent" or "count"."""

    op: str
    value: Decimal
    unit: str
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A task of a plan. Texts as printed, line breaks of a cell as one space."""

    section: str
    number: str
    task: str
    lead: str
    partners: str
    product: str
    deadline: str
    deadline_kind: DeadlineKind
    deadline_start: dt.date | None
    deadline_end: dt.date | None
    targets: tuple[Target, ...]
    place: Place


# --------------------------------------------------------------------------- findings


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that would repair what is broken; never applied."""

    indicator: str
    scope: str
    basis: Basis
    printed: Decimal
    proposed: Decimal
    because: str
    provided: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """The one figure to ask the unit about: its true value decides between the suggestions, or bears out the only one.

    `printed` is None where the report does not print it; `text` asks in Vietnamese and says what each answer means.
    """

    indicator: str
    scope: str
    basis: Basis
    printed: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction in the document itself. `figures` are indices into the report's figures."""

    rule: str
    scope: str
    basis: Basis
    severity: Severity
    cause: int
    certainty: Certainty
    message: str
    figures: tuple[int, ...]
    difference: Decimal | None = None
    suggestions: tuple[Suggestion, ...] = ()
    documents: tuple[str, ...] = ()
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about one document. `status` "failed" comes with an empty rest and a problem."""

    path: str
    sha256: str
    format: str
    status: Status
    problems: tuple[Problem, ...] = ()
    identity: Identity = field(default_factory=Identity)
    figures: tuple[Figure, ...] = ()
    unread: tuple[Unread, ...] = ()
    masked: tuple[Masked, ...] = ()
    plan_rows: tuple[PlanRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: int | None = None


def place_of(block: Block, start: int, end: int, quote_chars: int = 160) -> Place:
    """The `Place` of raw letters `start:end` of a block, with its quote, page and box.

    The quote is the text round the letters, at most about `quote_chars` long, cut at blanks.
    """
    half = max(20, (quote_chars - (end - start)) // 2)
    left, right = max(0, start - half), min(len(block.text), end + half)
    while left > 0 and left < start and not block.text[left - 1].isspace():
        left += 1
    while right < len(block.text) and right > end and not block.text[right].isspace():
        right -= 1
    quote = " ".join(block.text[left:right].split())
    page, box = box_of(block, start, end)
    return Place(block.id, start, end, quote, page, box)


def box_of(block: Block, start: int, end: int) -> tuple[int | None, BoxTuple | None]:
    """Page and box of raw letters `start:end`: the part on the first page they stand on."""
    page, boxes = None, []
    for line in block.lines:
        a, b = max(start, line.start), min(end, line.end)
        if a >= b or (page is not None and line.page != page):
            continue
        page = line.page
        x0, x1 = line.edges[a - line.start], line.edges[b - line.start]
        boxes.append((min(x0, x1), line.top, max(x0, x1), line.bottom))
    if not boxes:
        return block.page, None
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return page, (round(min(x0s), 1), round(min(tops), 1), round(max(x1s), 1), round(max(bottoms), 1))
