"""Printed lines and paragraphs, from geometry alone.

What would surprise you: where a paragraph ends is decided by asking whether the first word of the next line would
still have fitted on the line before. If it would have, the author ended the line; if not, the line was full and the
sentence runs on, unless the next line is set in as a first line is. Columns that stand side by side (letterheads,
signatures) are read one after the other, the left one first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractor.model import Block, Line
from extractor.readers.pdf_letters import Fragment

_SIGN = r"[-–—+*•●○▪■□➢\uf0b7\uf0d8\uf02d]"
_LIST_SIGN = re.compile(_SIGN + r"\s")
_MARKER = re.compile(rf"(?:{_SIGN}|\(?\d{{1,2}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+\.?|[IVX]{{1,5}}[.)]|[a-zđ][.)])\s")
_COLUMN_GAP = 1.2  # letter sizes; a narrower gap is no gap between columns
_SPLIT_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?%?|\d+(?:[.,]\d+)?%?|\d{1,2}/\d{1,2}/\d{4}")

_NO_WORD = re.compile(r"[bcdđghklmnpqrstvx]{1,3}")  # without a vowel: the end of a word that was cut
_COLUMN_FORMULA = re.compile(r"[\d()+=]+[+=(]\n[\d()+=]+|[\d()+=]+\n[+=)][\d()+=]*")  # (3)=(4)+ / (5)


class PrintedLine:
    """One line of one column: its text with the left edges of its letters, `edges` one longer than `text`."""

    __slots__ = ("base", "bold", "column", "edges", "page", "size", "text")

    def __init__(
        self, text: str, edges: list[float], base: float, size: float, bold: bool, page: int, column: int = 0
    ) -> None:
        self.text = text
        self.edges = edges
        self.base = base
        self.size = size
        self.bold = bold
        self.page = page
        self.column = column

    @property
    def x0(self) -> float:
        return self.edges[0]

    @property
    def x1(self) -> float:
        return self.edges[-1]

    def first_word_width(self) -> float:
        """Width of the letters before the first blank."""
        end = self.text.find(" ")
        return self.edges[end if end > 0 else len(self.text)] - self.edges[0]


@dataclass(slots=True)
class Flow:
    """Lines that follow one another in one column, with the edges between which they are set."""

    lines: list[PrintedLine]
    left: float
    right: float
    loose: bool = False
    """True for a column of a letterhead or signature, whose edges are only guessed."""
    notes: bool = False
    """True for the footnotes of a page."""


@dataclass(frozen=True, slots=True)
class Habits:
    """`pitch`: usual distance between the lines of a paragraph, in letter sizes. `sets_in`: first lines are set in."""

    pitch: float = 1.35
    sets_in: bool = False


def join_row(fragments: Sequence[Fragment], page: int) -> PrintedLine:
    """Fragments on one baseline as one line, a blank between neighbours that do not touch."""
    ordered = sorted(fragments, key=lambda fragment: fragment.x0)
    first = ordered[0]
    if len(ordered) == 1:
        return PrintedLine(first.text, first.edges, first.base, first.size, first.bold, page)
    text, edges = first.text, list(first.edges)
    for fragment in ordered[1:]:
        gap = fragment.x0 - edges[-1]
        if gap > 0.14 * fragment.size or gap < -0.4 * fragment.size:  # apart, or printed over one another
            text += " "
            edges.append(max(fragment.x0, edges[-1]))
        else:
            edges[-1] = max(edges[-1], fragment.x0)
        text += fragment.text
        reached = edges[-1]
        edges.extend(max(edge, reached) for edge in fragment.edges[1:])
    largest = max(ordered, key=lambda fragment: len(fragment.text))
    return PrintedLine(text, edges, largest.base, largest.size, all(f.bold for f in ordered), page)


def rows_of(fragments: Iterable[Fragment]) -> list[list[Fragment]]:
    """Fragments grouped by their baseline, from the top down."""
    rows: list[list[Fragment]] = []
    base = 0.0
    for fragment in sorted(fragments, key=lambda fragment: (fragment.base, fragment.x0)):
        if rows and fragment.base - base <= 0.3 * min(fragment.size, rows[-1][0].size):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
            base = fragment.base
    return rows


# --------------------------------------------------------------------------- columns side by side


def _gaps(row: Sequence[Fragment]) -> list[tuple[float, float]]:
    ordered = sorted(row, key=lambda fragment: fragment.x0)
    return [(a.x1, b.x0) for a, b in pairwise(ordered) if b.x0 > a.x1]


def flows_of(fragments: Sequence[Fragment], page: int, left: float, right: float) -> list[Flow]:
    """The flows of a stretch of page without ruled tables, in reading order.

    `left`/`right` are the edges of the text on the page. Columns side by side become loose flows, the left one
    first; everything else is a flow over the whole width. Columns are known by the order in which they were drawn
    (the second begins above the end of the first), else by an empty band between them that no line crosses.
    """
    columns, others = _drawn_columns(fragments, (left + right) / 2)
    rows = rows_of(others)
    waiting = sorted(columns, key=lambda group: min(fragment.base for column in group for fragment in column))
    flows: list[Flow] = []
    plain: list[PrintedLine] = []

    def flush() -> None:
        if plain:
            flows.append(Flow(list(plain), left, right))
            plain.clear()

    def add(group: Sequence[Sequence[Fragment]]) -> None:
        flush()
        for column in group:
            lines = [join_row(row, page) for row in rows_of(column)]
            flows.append(Flow(lines, *_loose_edges(lines, left, right), loose=True))

    index = 0
    while index < len(rows):
        while waiting and min(fragment.base for column in waiting[0] for fragment in column) < rows[index][0].base:
            add(waiting.pop(0))
        band = _band(rows, index) if len(rows) > index + 1 or len(rows[index]) > 1 else None
        if band is None and not _wide_apart(rows[index]):
            plain.append(join_row(rows[index], page))
            index += 1
            continue
        if band is None:
            add([[fragment] for fragment in sorted(rows[index], key=lambda fragment: fragment.x0)])
            index += 1
            continue
        end, gutter = band
        sides: tuple[list[Fragment], list[Fragment]] = ([], [])
        for row in rows[index:end]:
            for fragment in row:
                sides[fragment.x0 >= gutter].append(fragment)
        add(sides)
        index = end
    for group in waiting:
        add(group)
    flush()
    return flows


def _wide_apart(row: Sequence[Fragment]) -> bool:
    """Whether a row is two things side by side, not a label with its figure and not one sentence."""
    if len(row) != 2:
        return False
    left, right = sorted(row, key=lambda fragment: fragment.x0)
    return right.x0 - left.x1 > 5 * left.size and not right.text[0].isdigit() and left.text[-1] not in ".…_"


def _drawn_columns(fragments: Sequence[Fragment], middle: float) -> tuple[list[list[list[Fragment]]], list[Fragment]]:
    """Groups of columns side by side, as the order of drawing shows them, and the fragments in none of them.

    A column begins where the next letters stand higher than the last ones and to the right of everything beside
    them. `middle` is the middle of the page's text: a line set there below the columns is no part of them.
    """
    drawn = sorted(fragments, key=lambda fragment: fragment.order)
    groups: list[list[list[Fragment]]] = []
    used: set[int] = set()
    index = 1
    while index < len(drawn):
        before, here = drawn[index - 1], drawn[index]
        if not (here.base < before.base - 0.5 * here.size and here.x0 > before.x0):
            index += 1
            continue
        start = index
        while (
            start > 0
            and drawn[start - 1].base > here.base - 1.6 * here.size
            and drawn[start - 1].x1 < here.x1
            and drawn[start - 1].order not in used
        ):
            start -= 1
        left_column = drawn[start:index]
        edge = max((fragment.x1 for fragment in left_column), default=here.x0)
        if not left_column or edge > here.x0 - 0.3 * here.size:
            index += 1
            continue
        end = index + 1
        lowest = max(fragment.base for fragment in left_column)
        while end < len(drawn):
            fragment, last = drawn[end], drawn[end - 1]
            if fragment.x0 <= edge or fragment.base < last.base - 0.5 * fragment.size:
                break
            centre = (fragment.x0 + fragment.x1) / 2
            own = (here.x0 + here.x1) / 2
            if fragment.base > lowest and abs(centre - middle) < 15 < 0.5 * abs(own - middle):
                break
            end += 1
        right_column = drawn[index:end]
        if groups and groups[-1][-1][-1] is left_column[-1]:
            groups[-1].append(right_column)
        else:
            groups.append([left_column, right_column])
        used.update(fragment.order for fragment in drawn[start:end])
        index = end
        if index < len(drawn) and drawn[index].x0 > max(fragment.x1 for fragment in right_column):
            continue
        index += 1
    return groups, [fragment for fragment in fragments if fragment.order not in used]


def _loose_edges(lines: Sequence[PrintedLine], left: float, right: float) -> tuple[float, float]:
    """The edges of a column of which only the lines are known: as wide as its middle and the page allow."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    starts = [line.x0 for line in lines]
    if max(starts) - min(starts) < 3 and len(lines) > 2:
        return x0, x1
    middle = median((line.x0 + line.x1) / 2 for line in lines)
    half = min(middle - left, right - middle)
    return min(x0, middle - half), max(x1, middle + half)


def _band(rows: Sequence[Sequence[Fragment]], start: int) -> tuple[int, float] | None:
    """The end (exclusive) of a stretch of rows in two columns that begins at `start`, and where they part.

    In at least two rows letters must stand on both sides of an empty band which no line of the stretch crosses.
    """
    wide = [(a, b) for a, b in _gaps(rows[start]) if b - a > _COLUMN_GAP * rows[start][0].size]
    if len(wide) != 1:
        return None
    low, high = wide[0]
    both, end, bottom = 0, start, rows[start][0].base
    for index in range(start, len(rows)):
        row = rows[index]
        row_low, row_high = low, high
        sides = [False, False]
        for fragment in row:
            if fragment.x1 < row_high and fragment.x0 < row_low:
                row_low = max(row_low, fragment.x1)
                sides[0] = True
            elif fragment.x0 > row_low and fragment.x1 > row_high:
                row_high = min(row_high, fragment.x0)
                sides[1] = True
            else:
                row_high = row_low
        if row_high - row_low < 0.8 * row[0].size or row[0].base - bottom > 2.6 * row[0].size:
            break
        low, high = row_low, row_high
        both += all(sides)
        bottom = row[0].base
        end = index + 1
    return (end, (low + high) / 2) if both >= 2 else None


# --------------------------------------------------------------------------- paragraphs


@dataclass(slots=True)
class Paragraph:
    """Lines that make one paragraph, and what is needed to go on with it on the next line or page."""

    lines: list[PrintedLine]
    flow: Flow
    body: float | None = None
    """Left edge of the second and later lines, from the flow's left edge."""


def _is_centred(line: PrintedLine, flow: Flow) -> bool:
    before, after = line.x0 - flow.left, flow.right - line.x1
    return before > 5 and abs(before - after) < max(6.0, 0.08 * (flow.right - flow.left) if flow.loose else 6.0)


def _is_full(line: PrintedLine, following: PrintedLine, flow: Flow) -> bool:
    """Whether the first word of the following line would not have fitted on this line."""
    room = flow.right - line.x1
    if _is_centred(line, flow) and _is_centred(following, flow):
        room += line.x0 - flow.left
    if flow.loose:
        room -= 0.08 * (flow.right - flow.left)
    return following.first_word_width() + 0.22 * line.size > room - 0.5


def _shouts(text: str) -> bool | None:
    """Whether a line is set in capitals: None where too few letters tell."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) < 6 or " " not in text:
        return None
    return sum(letter.isupper() for letter in letters) > 0.9 * len(letters)


def _belongs(
    paragraph: Paragraph, line: PrintedLine, following: PrintedLine | None, flow: Flow, habits: Habits
) -> bool:
    """Whether the line goes on with the paragraph; `following` is the line after it in its flow."""
    last, first = paragraph.lines[-1], paragraph.lines[0]
    if not 0.88 < line.size / last.size < 1.14:
        return False
    if line.page == last.page and not 0 < line.base - last.base < 1.28 * habits.pitch * line.size:
        return False
    if not _is_full(last, line, paragraph.flow):
        return False
    x = line.x0 - flow.left
    first_x = first.x0 - paragraph.flow.left
    last_centred, centred = _is_centred(last, paragraph.flow), _is_centred(line, flow)
    if flow.loose or (centred and (last_centred or (first_x < 25 and last.bold))):
        if last.bold != line.bold or _shouts(last.text) is (not _shouts(line.text)):
            return False
        if flow.loose and (abs(line.size / last.size - 1) > 0.04 or _MARKER.match(line.text)):
            return False
        if not flow.loose or centred:
            return True
    if last_centred and x < 5 < first_x and len(paragraph.lines) == 1 and (last.bold != line.bold or first_x > 60):
        return False  # a centred heading over a flush line, not a first line set in that happens to stand in the middle
    if paragraph.body is not None:
        return abs(x - paragraph.body) <= 4
    if line.bold and not last.bold and _MARKER.match(line.text):
        return False
    if x < first_x - 4:
        if x > 5 and not (following is not None and abs(following.x0 - line.x0) <= 4):
            return False  # neither at the edge nor in a block of its own: a first line that is set in less
        return not (last.text[-1] in ".;:!?" and _MARKER.match(line.text))
    if x <= first_x + 4:
        if first_x > 10 and not flow.loose and habits.sets_in:
            runs_on = following is not None and abs(following.x0 - line.x0) <= 4 and _is_full(line, following, flow)
            if not runs_on or _MARKER.match(following.text if following else ""):
                return False
        if _MARKER.match(line.text) and (_LIST_SIGN.match(line.text) or last.text[-1] in ".;:"):
            return False
        if _MARKER.match(first.text) and _MARKER.match(line.text):
            return False
        return first.bold == line.bold or not last.bold
    return bool(_MARKER.match(first.text)) and x - first_x < 45


def paragraphs_of(flows: Iterable[Flow], habits: Habits) -> list[Paragraph]:
    """The paragraphs of flows that follow one another without a table between them, on one page or several.

    A sentence that stopped at the foot of a page goes on behind the page's footnotes.
    """
    paragraphs: list[Paragraph] = []
    text: Paragraph | None = None
    for flow in flows:
        before = None if flow.notes else text
        for number, line in enumerate(flow.lines):
            following = flow.lines[number + 1] if number + 1 < len(flow.lines) else None
            if before is not None:
                turns_page = not flow.loose and not before.flow.loose and number == 0
                if (before.flow is flow or turns_page) and _belongs(before, line, following, flow, habits):
                    before.lines.append(line)
                    before.flow = flow
                    if before.body is None and not _is_centred(line, flow):
                        before.body = line.x0 - flow.left
                    continue
            before = Paragraph([line], flow)
            paragraphs.append(before)
        if not flow.notes:
            text = before
    return paragraphs


def habits_of(flows: Iterable[Flow]) -> Habits:
    """What is usual in a document: the distance of lines, and whether first lines are set in."""
    pitches: Counter[float] = Counter()
    set_in = level = 0
    for flow in flows:
        if flow.loose or flow.notes:
            continue
        for a, b in pairwise(flow.lines):
            if a.page != b.page or flow.right - a.x1 > 3 or not 0 < b.base - a.base < 3 * b.size:
                continue
            if b.x0 - flow.left < 3:
                pitches[round((b.base - a.base) / b.size, 1)] += 1
                set_in += a.x0 - flow.left > 10
            elif abs(b.x0 - a.x0) <= 4:
                level += 1
    pitch = pitches.most_common(1)[0][0] if sum(pitches.values()) >= 3 else 1.35
    return Habits(max(1.0, pitch), set_in > level)


def joiner(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: nothing after a hyphen that was glued to its word."""
    if len(before) > 1 and before[-1] in "-‐\u2011/" and not before[-2].isspace() and not after[0].isspace():
        return ""
    return " "


def block_of(paragraph: Paragraph) -> Block:
    """The paragraph as a block; its id is given later."""
    joins = [joiner(a.text, b.text) for a, b in pairwise(paragraph.lines)]
    first = paragraph.lines[0]
    flow = paragraph.flow
    text, lines = lay_out(paragraph.lines, joins)
    return Block(
        id="",
        text=text,
        lines=lines,
        page=first.page,
        bold=all(line.bold for line in paragraph.lines),
        centred=_is_centred(paragraph.lines[-1], flow),
        indent=round(max(0.0, first.x0 - flow.left), 1),
    )


def lay_out(printed: Sequence[PrintedLine], joins: Sequence[str]) -> tuple[str, tuple[Line, ...]]:
    """Text and `Line`s of printed lines with what stands between them (`joins`, one shorter than `printed`)."""
    pieces: list[str] = []
    lines: list[Line] = []
    offset = 0
    for number, line in enumerate(printed):
        end = offset + len(line.text)
        lines.append(
            Line(
                offset,
                end,
                line.page,
                round(line.base - 0.95 * line.size, 2),
                round(line.base + 0.25 * line.size, 2),
                tuple(line.edges),
            )
        )
        pieces.append(line.text)
        if number < len(joins):
            pieces.append(joins[number])
            end += len(joins[number])
        offset = end
    return "".join(pieces), tuple(lines)


# --------------------------------------------------------------------------- text of a cell


def cell_joins(lines: Sequence[PrintedLine], left: float, right: float) -> list[str]:
    """What stands between the lines of a cell whose letters may reach from `left` to `right`.

    A blank where the line was full, a line break where the author ended it, nothing where the cell was too
    narrow for a number.
    """
    return [_cell_join(a, b, left, right) for a, b in pairwise(lines)]


def _cell_join(before: PrintedLine, after: PrintedLine, left: float, right: float) -> str:
    room = right - before.x1
    gap_left = before.x0 - left
    if gap_left > 1.5 and (abs(gap_left - room) < 5 or room < 1.5):
        room += gap_left
    letter = after.edges[min(1, len(after.text))] - after.edges[0]
    if " " not in before.text:
        head = after.text.split(" ", 1)[0]
        if _COLUMN_FORMULA.fullmatch(f"{before.text}\n{head}"):
            return ""
        if room < letter + 1.0 and (_SPLIT_NUMBER.fullmatch(before.text + head) or _NO_WORD.fullmatch(head)):
            return ""
    if after.first_word_width() + 0.22 * before.size <= room - 0.3:
        return "\n"
    if _LIST_SIGN.match(after.text) and (before.text[-1] in ".;:," or after.text[2:3].isupper()):
        return "\n"
    return joiner(before.text, after.text)
