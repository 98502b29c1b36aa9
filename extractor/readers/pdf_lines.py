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
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extractor.model import Block, Line
from extractor.readers.pdf_letters import Fragment

_SIGN = r"[-–—+*•●○▪■□➢\uf0b7\uf0d8\uf02d]"
_LIST_SIGN = re.compile(_SIGN + r"\s")
_MARKER = re.compile(rf"(?:{_SIGN}|\(?\d{{1,2}}[.)]|\d{{1,2}}(?:\.\d{{1,2}})+\.?|[IVX]{{1,5}}[.)]|[a-zđ][.)])\s")
_SPLIT_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,2})?%?|\d+(?:[.,]\d+)?%?|\d{1,2}/\d{1,2}/\d{4}")

_COLUMN_FORMULA = re.compile(r"\(?\d+\)?=[\d()+\-=/*]+")


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


def join_row(fragments: Sequence[Fragment], page: int) -> PrintedLine:
    """Fragments on one baseline as one line, a blank between neighbours that do not touch."""
    ordered = sorted(fragments, key=lambda fragment: fragment.x0)
    first = ordered[0]
    if len(ordered) == 1:
        return PrintedLine(first.text, first.edges, first.base, first.size, first.bold, page)
    text, edges = first.text, list(first.edges)
    for fragment in ordered[1:]:
        if fragment.x0 - edges[-1] > 0.14 * fragment.size:
            text += " "
            edges.append(fragment.x0)
        else:
            edges[-1] = max(edges[-1], fragment.x0)
        text += fragment.text
        edges.extend(fragment.edges[1:])
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


def flows_of(
    fragments: Sequence[Fragment], page: int, left: float, right: float, column_gap: float = 1.2
) -> list[Flow]:
    """The flows of a stretch of page without ruled tables, in reading order.

    `left`/`right` are the edges of the text on the page. A stretch where lines stand side by side with one empty
    band between them becomes two loose flows; everything else is one flow over the whole width.
    """
    rows = rows_of(fragments)
    flows: list[Flow] = []
    plain: list[PrintedLine] = []

    def flush() -> None:
        if plain:
            flows.append(Flow(list(plain), left, right))
            plain.clear()

    index = 0
    while index < len(rows):
        band = _band(rows, index, column_gap) if len(rows[index]) > 1 or index + 1 < len(rows) else None
        if band is None:
            plain.append(join_row(rows[index], page))
            index += 1
            continue
        end, gutter = band
        flush()
        sides: tuple[list[Fragment], list[Fragment]] = ([], [])
        for row in rows[index:end]:
            for fragment in row:
                sides[fragment.x0 >= gutter].append(fragment)
        for number, side in enumerate(sides):
            lines = [join_row(row, page) for row in rows_of(side)]
            edges = (left, gutter) if number == 0 else (gutter, right)
            flows.append(Flow(lines, *_loose_edges(lines, *edges), loose=True))
        index = end
    flush()
    return flows


def _loose_edges(lines: Sequence[PrintedLine], left: float, right: float) -> tuple[float, float]:
    """The edges of a column of which only the lines are known: as wide as its middle and the page allow."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    starts = [line.x0 for line in lines]
    if max(starts) - min(starts) < 3 and len(lines) > 2:
        return x0, max(x1, right - 4)
    middle = median((line.x0 + line.x1) / 2 for line in lines)
    half = min(middle - left, right - middle)
    return min(x0, middle - half), max(x1, middle + half)


def _band(rows: Sequence[Sequence[Fragment]], start: int, column_gap: float) -> tuple[int, float] | None:
    """The end (exclusive) of a stretch of rows in two columns that begins at `start`, and where they part.

    The rows must have at least one place where letters stand on both sides of an empty band which no line crosses:
    twice, or once where the two sides were drawn apart from one another.
    """
    gutter: tuple[float, float] | None = None
    both = drawn_apart = 0
    seed = None
    for index in range(start, min(start + 3, len(rows))):
        wide = [(a, b) for a, b in _gaps(rows[index]) if b - a > column_gap * rows[index][0].size]
        if len(wide) == 1:
            seed, gutter = index, wide[0]
            break
        if len(wide) > 1:
            return None
    if seed is None or gutter is None:
        return None
    if any(fragment.x0 < gutter[1] and fragment.x1 > gutter[0] for row in rows[start:seed] for fragment in row):
        return None
    low, high = gutter
    last_left: float | None = None
    last_right: float | None = None
    end = start
    bottom = rows[start][0].base
    for index in range(start, len(rows)):
        row = rows[index]
        row_low, row_high = low, high
        sides = [False, False]
        crossing = False
        for fragment in row:
            if fragment.x1 <= row_low + 0.5 or (fragment.x1 < row_high and fragment.x0 < row_low):
                row_low = max(row_low, fragment.x1)
                sides[0] = True
            elif fragment.x0 >= row_high - 0.5 or (fragment.x0 > row_low and fragment.x1 > row_high):
                row_high = min(row_high, fragment.x0)
                sides[1] = True
            else:
                crossing = True
        if crossing or row_high - row_low < 0.6 * row[0].size:
            break
        size = row[0].size
        if not all(sides):  # one side alone must follow closely on its own column
            before = last_left if sides[0] else last_right
            if before is not None and row[0].base - before > 2.2 * size:
                other = last_right if sides[0] else last_left
                if other is None or row[0].base - bottom > 2.2 * size:
                    break
                ahead = _resumes(rows, index, row_low, row_high)
                if not ahead:
                    break
        low, high = row_low, row_high
        if all(sides):
            both += 1
            ordered = sorted(row, key=lambda fragment: fragment.x0)
            drawn_apart += any(
                abs(a.order - b.order) > 1 for a, b in pairwise(ordered) if b.x0 > a.x1
            )
        if sides[0]:
            last_left = row[0].base
        if sides[1]:
            last_right = row[0].base
        bottom = row[0].base
        end = index + 1
    if both >= 2 or (both == 1 and drawn_apart):
        return end, (low + high) / 2
    return None


def _resumes(rows: Sequence[Sequence[Fragment]], index: int, low: float, high: float) -> bool:
    """Whether, among the next rows, letters stand again on both sides of the empty band."""
    for row in rows[index : index + 4]:
        if any(f.x0 < high and f.x1 > low and not (f.x1 <= low + 0.5 or f.x0 >= high - 0.5) for f in row):
            return False
        if any(f.x1 <= low + 0.5 for f in row) and any(f.x0 >= high - 0.5 for f in row):
            return True
    return False


# --------------------------------------------------------------------------- paragraphs


@dataclass(slots=True)
class Paragraph:
    """Lines that make one paragraph, and what is needed to go on with it on the next line or page."""

    lines: list[PrintedLine]
    flow: Flow
    body: float | None = None
    """Left edge of the second and later lines, from the flow's left edge."""
    open_end: bool = field(default=True)


def _is_centred(line: PrintedLine, flow: Flow) -> bool:
    before, after = line.x0 - flow.left, flow.right - line.x1
    return before > 5 and abs(before - after) < max(6.0, 0.08 * (flow.right - flow.left) if flow.loose else 6.0)


def _is_full(line: PrintedLine, following: PrintedLine, flow: Flow) -> bool:
    """Whether the first word of the following line would not have fitted on this line."""
    room = flow.right - line.x1
    if _is_centred(line, flow) and following.x0 - flow.left > 5:
        room += line.x0 - flow.left
    if flow.loose:
        room -= 0.08 * (flow.right - flow.left)
    return following.first_word_width() + 0.22 * line.size > room - 0.5


def _belongs(paragraph: Paragraph, line: PrintedLine, flow: Flow, pitch: float | None, usual_pitch: float) -> bool:
    """Whether the line goes on with the paragraph. `pitch` is None across a page break."""
    last, first = paragraph.lines[-1], paragraph.lines[0]
    if not 0.88 < line.size / last.size < 1.14:
        return False
    if pitch is not None and (pitch > 1.28 * usual_pitch * line.size or pitch <= 0):
        return False
    if not _is_full(last, line, paragraph.flow):
        return False
    x = line.x0 - flow.left
    first_x = first.x0 - paragraph.flow.left
    last_centred, centred = _is_centred(last, paragraph.flow), _is_centred(line, flow)
    if centred and (last_centred or (first_x < 25 and last.bold)):
        return last.bold == line.bold and not (flow.loose and _MARKER.match(line.text))
    if last_centred and x < 5 < first_x and len(paragraph.lines) == 1 and (last.bold != line.bold or first_x > 60):
        return False  # a centred heading over a flush line, not a first line set in that happens to stand in the middle
    if paragraph.body is not None:
        return abs(x - paragraph.body) <= 4
    if x < first_x - 4:
        ends = last.text[-1] in ".;:!?"
        return not (ends and _MARKER.match(line.text) and x < 5)
    if x <= first_x + 4:
        if _MARKER.match(line.text) and (_LIST_SIGN.match(line.text) or last.text[-1] in ".;:"):
            return False
        if _MARKER.match(first.text) and _MARKER.match(line.text):
            return False
        return first.bold == line.bold or not last.bold
    return bool(_MARKER.match(first.text)) and x - first_x < 45


def paragraphs_of(flows: Iterable[Flow], usual_pitch: float) -> list[Paragraph]:
    """The paragraphs of flows that follow one another without a table between them, on one page or several.

    `usual_pitch` is the usual distance between lines of one paragraph, as a multiple of the letter size.
    """
    paragraphs: list[Paragraph] = []
    for flow in flows:
        for number, line in enumerate(flow.lines):
            if paragraphs:
                before = paragraphs[-1]
                last = before.lines[-1]
                same = before.flow is flow
                turns_page = not same and not flow.loose and not before.flow.loose and number == 0
                if same or turns_page:
                    pitch = line.base - last.base if line.page == last.page else None
                    if _belongs(before, line, flow, pitch, usual_pitch):
                        before.lines.append(line)
                        before.flow = flow
                        if before.body is None and not _is_centred(line, flow):
                            before.body = line.x0 - flow.left
                        continue
            paragraphs.append(Paragraph([line], flow))
    return paragraphs


def usual_pitch(flows: Iterable[Flow]) -> float:
    """The usual distance between the lines of a paragraph, as a multiple of the letter size."""
    ratios: Counter[float] = Counter()
    for flow in flows:
        if flow.loose:
            continue
        for a, b in pairwise(flow.lines):
            if a.page == b.page and b.x0 - flow.left < 3 and flow.right - a.x1 < 3 and b.base > a.base:
                ratios[round((b.base - a.base) / b.size, 1)] += 1
    if sum(ratios.values()) < 3:
        return 1.35
    return max(1.0, ratios.most_common(1)[0][0])


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
        edges = tuple([round(edge, 2) for edge in line.edges])
        lines.append(
            Line(
                offset,
                end,
                line.page,
                round(line.base - 0.95 * line.size, 2),
                round(line.base + 0.25 * line.size, 2),
                edges,
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
    if " " not in before.text and room < letter + 1.0:
        whole = before.text + after.text.split(" ", 1)[0]
        if _SPLIT_NUMBER.fullmatch(whole) or _COLUMN_FORMULA.fullmatch(whole):
            return ""
    if after.first_word_width() + 0.22 * before.size <= room - 0.3:
        return "\n"
    if _LIST_SIGN.match(after.text) and (before.text[-1] in ".;:," or after.text[2:3].isupper()):
        return "\n"
    return joiner(before.text, after.text)
