"""Tables of a PDF: grids from ruling lines, merged cells, and tables that run over pages.

What would surprise you: a cell is merged where the ruling between two neighbours is missing. A row that a page
break cut in two is put together again, but only on evidence: what stands on the new page must go on in cells that
had text before, and the text must read as going on (the last line was full, or the rule at the page's end is
missing). A grid that is in doubt is read a second time by pdfplumber, and the reading with fewer faults is kept.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from rapidfuzz import fuzz

from extractor.model import Block, Cell, Line, Table
from extractor.readers.pdf_letters import Fragment, PageLetters
from extractor.readers.pdf_lines import PrintedLine, cell_joins, join_row, lay_out, rows_of

_SNAP = 2.2  # points; rulings nearer than this are one
_TOUCH = 3.5  # points; how far a ruling may end before the one that it meets
_SHORTEST_RULE = 5.0  # points; what is shorter rules nothing (corners of borders, dots, dashes of letters)
_FIGURE = re.compile(r"[\d.,%/()+\-–]+")
_TOO_MANY_CROSSINGS = 400_000  # pairs of rulings; a page of any real table has a hundredth of it
_SAME_COLUMN = 3.5  # points; the edges of one column on two pages
_STROKES = re.compile("[1lI]")  # which pictures do not tell apart
_HEADING, _ALIKE = 20, 85.0  # letters of a heading, and percent of them that are the same where it is repeated


@dataclass(slots=True)
class Grid:
    """The ruled cells of one table on one page: `cells` are (row, column, row end, column end), ends exclusive."""

    xs: list[float]
    ys: list[float]
    cells: list[tuple[int, int, int, int]]
    faults: int = 0
    """Groups of cells that are no rectangles, letters that cross a ruling, letters in no cell."""
    open_top: bool = False
    open_bottom: bool = False

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]


@dataclass(slots=True)
class DraftCell:
    """A cell while its table is put together: columns as points from the table's left edge."""

    row: int
    rows: int
    x0: float
    x1: float
    lines: list[PrintedLine]
    left: float
    right: float
    """How far the letters of this cell may reach (points of the page): its rulings less the usual margin."""
    parts: list[list[PrintedLine]] = field(default_factory=list)
    """Lines of the same cell on following pages."""

    @property
    def empty(self) -> bool:
        return not self.lines and not self.parts

    def text(self) -> str:
        return self.laid_out()[0]

    def laid_out(self) -> tuple[str, tuple[Line, ...]]:
        """The text of the cell and its lines."""
        groups = [group for group in [self.lines, *self.parts] if group]
        if not groups:
            return "", ()
        printed: list[PrintedLine] = []
        joins: list[str] = []
        for group in groups:
            if printed:
                joins.extend(cell_joins([printed[-1], group[0]], self.left, self.right))
            joins.extend(cell_joins(group, self.left, self.right))
            printed.extend(group)
        return lay_out(printed, joins)


@dataclass(slots=True)
class DraftTable:
    """A table, or the part of it that stands on one page."""

    page: int
    x0: float
    bounds: list[float]
    rows: int
    cells: list[DraftCell]
    top: float
    bottom: float
    page_height: float
    open_top: bool = False
    open_bottom: bool = False
    heading_rows: int | None = None
    ruled: bool = True
    last_page: int = 0

    @property
    def width(self) -> float:
        return self.bounds[-1]

    def row_cells(self, row: int) -> list[DraftCell]:
        """The cells that cover a row, from the left."""
        return sorted((c for c in self.cells if c.row <= row < c.row + c.rows), key=lambda cell: cell.x0)


# --------------------------------------------------------------------------- rulings → grids


def _merge(lines: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Rulings on one position (within `_SNAP`) joined where they touch or overlap."""
    merged: list[tuple[float, float, float]] = []
    group: list[tuple[float, float, float]] = []

    def close() -> None:
        if not group:
            return
        position = sum(line[0] for line in group) / len(group)
        start = end = None
        for _, a, b in sorted(group, key=lambda line: line[1]):
            if end is not None and start is not None and a <= end + _TOUCH:
                end = max(end, b)
            else:
                if end is not None and start is not None:
                    merged.append((position, start, end))
                start, end = a, b
        if end is not None and start is not None:
            merged.append((position, start, end))
        group.clear()

    for line in sorted(lines):
        if group and line[0] - group[0][0] > _SNAP:
            close()
        group.append(line)
    close()
    return [line for line in merged if line[2] - line[1] > _SHORTEST_RULE]


def _positions(values: Sequence[float]) -> list[float]:
    """Values nearer than `_SNAP` to one another as one."""
    result: list[float] = []
    group: list[float] = []
    for value in sorted(values):
        if group and value - group[0] > _SNAP:
            result.append(sum(group) / len(group))
            group = []
        group.append(value)
    if group:
        result.append(sum(group) / len(group))
    return result


def find_grids(page: PageLetters) -> list[Grid]:
    """The grids that the ruling lines of a page draw, from the top down; a frame of one cell is none."""
    horizontals, verticals = _merge(page.horizontals), _merge(page.verticals)
    if len(horizontals) * len(verticals) > _TOO_MANY_CROSSINGS:  # a map or a chart
        horizontals = [line for line in horizontals if line[2] - line[1] > 0.2 * page.width]
        verticals = [line for line in verticals if line[2] - line[1] > 12]
    if not horizontals or not verticals or len(horizontals) + len(verticals) < 4:
        return []
    if len(horizontals) * len(verticals) > _TOO_MANY_CROSSINGS:
        return []
    parent = list(range(len(horizontals) + len(verticals)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    for i, (y, x0, x1) in enumerate(horizontals):
        for k, (x, y0, y1) in enumerate(verticals):
            if x0 - _TOUCH <= x <= x1 + _TOUCH and y0 - _TOUCH <= y <= y1 + _TOUCH:
                parent[root(i)] = root(len(horizontals) + k)
    together: dict[int, tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]]
    together = defaultdict(lambda: ([], []))
    for i, line in enumerate(horizontals):
        together[root(i)][0].append(line)
    for k, line in enumerate(verticals):
        together[root(len(horizontals) + k)][1].append(line)
    grids = [grid for hs, vs in together.values() if (grid := _grid(hs, vs)) is not None]
    return sorted(grids, key=lambda grid: grid.top)


def _grid(hs: list[tuple[float, float, float]], vs: list[tuple[float, float, float]]) -> Grid | None:
    if len(hs) + len(vs) < 5 or not hs or not vs:
        return None
    xs, ys = _positions([v[0] for v in vs]), _positions([h[0] for h in hs])
    open_top = open_bottom = False
    faults = 0
    left, right = min(h[1] for h in hs), max(h[2] for h in hs)
    top, bottom = min(v[1] for v in vs), max(v[2] for v in vs)
    if left < xs[0] - 6:
        xs.insert(0, left)
        vs = [*vs, (left, top, bottom)]
    if right > xs[-1] + 6:
        xs.append(right)
        vs = [*vs, (right, top, bottom)]
    if top < ys[0] - 6:
        ys.insert(0, top)
        hs = [*hs, (top, xs[0], xs[-1])]
        open_top = True
    if bottom > ys[-1] + 6:
        ys.append(bottom)
        hs = [*hs, (bottom, xs[0], xs[-1])]
        open_bottom = True
    rows, cols = len(ys) - 1, len(xs) - 1
    if rows < 1 or cols < 1 or rows * cols < 2:
        return None
    below = _cover(hs, ys, xs)  # [ruling][column]
    beside = _cover(vs, xs, ys)  # [ruling][row]
    owner = [[(i, j) for j in range(cols)] for i in range(rows)]

    def find(cell: tuple[int, int]) -> tuple[int, int]:
        while owner[cell[0]][cell[1]] != cell:
            cell = owner[cell[0]][cell[1]]
        return cell

    for i in range(rows):
        for j in range(cols):
            if j + 1 < cols and not beside[j + 1][i]:
                a, b = sorted((find((i, j)), find((i, j + 1))))
                owner[b[0]][b[1]] = a
            if i + 1 < rows and not below[i + 1][j]:
                a, b = sorted((find((i, j)), find((i + 1, j))))
                owner[b[0]][b[1]] = a
    groups: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for i in range(rows):
        for j in range(cols):
            groups[find((i, j))].append((i, j))
    cells: list[tuple[int, int, int, int]] = []
    for members in groups.values():
        r0, r1 = min(m[0] for m in members), max(m[0] for m in members) + 1
        c0, c1 = min(m[1] for m in members), max(m[1] for m in members) + 1
        if (r1 - r0) * (c1 - c0) == len(members):
            cells.append((r0, c0, r1, c1))
            continue
        faults += 1
        for i in range(r0, r1):  # no rectangle: keep it apart row by row
            start = None
            for j in range(c0, c1 + 1):
                inside = j < c1 and find((i, j)) == find(members[0])
                if inside and start is None:
                    start = j
                elif not inside and start is not None:
                    cells.append((i, start, i + 1, j))
                    start = None
    if len(cells) < 2:
        return None
    return Grid(xs, ys, sorted(cells), faults, open_top, open_bottom)


def _cover(
    lines: Sequence[tuple[float, float, float]], positions: Sequence[float], across: Sequence[float]
) -> list[list[bool]]:
    """Whether a ruling stands at each of `positions` over the middle of each stretch of `across`."""
    middles = [(a + b) / 2 for a, b in pairwise(across)]
    cover = [[False] * len(middles) for _ in positions]
    for position, start, end in lines:
        index = min(range(len(positions)), key=lambda k: abs(positions[k] - position))
        row = cover[index]
        for k, middle in enumerate(middles):
            if start - 1 <= middle <= end + 1:
                row[k] = True
    return cover


# --------------------------------------------------------------------------- letters → cells


def fill(grid: Grid, page: PageLetters, fragments: Sequence[Fragment]) -> tuple[DraftTable, set[int]]:
    """The table of a grid with its letters, and the `order`s of the fragments that it took."""
    xs, ys = grid.xs, grid.ys
    rows, cols = len(ys) - 1, len(xs) - 1
    owner = [[-1] * cols for _ in range(rows)]
    for number, (r0, c0, r1, c1) in enumerate(grid.cells):
        for i in range(r0, r1):
            for j in range(c0, c1):
                owner[i][j] = number
    inside: list[list[Fragment]] = [[] for _ in grid.cells]
    taken: set[int] = set()
    for fragment in fragments:
        middle = fragment.base - 0.3 * fragment.size
        if not (ys[0] < middle < ys[-1] and fragment.x1 > xs[0] and fragment.x0 < xs[-1]):
            continue
        if (max(0.0, xs[0] - fragment.x0) + max(0.0, fragment.x1 - xs[-1])) > 0.5 * (fragment.x1 - fragment.x0):
            continue
        taken.add(fragment.order)
        line = owner[min(rows - 1, max(0, bisect_right(ys, middle) - 1))]
        first = line[min(cols - 1, max(0, bisect_right(xs, fragment.x0 + 0.5) - 1))]
        last = line[min(cols - 1, max(0, bisect_right(xs, fragment.x1 - 0.5) - 1))]
        if first == last:
            inside[first].append(fragment)
            continue
        start = 0
        current = -1
        edges = fragment.edges
        for k in range(len(fragment.text) + 1):
            here = -2
            if k < len(fragment.text):
                if fragment.text[k].isspace():
                    continue
                centre = (edges[k] + edges[k + 1]) / 2
                here = line[min(cols - 1, max(0, bisect_right(xs, centre) - 1))]
            if current == -1:
                current = here
            elif here != current:
                part = fragment.part(start, k)
                if part is not None and current >= 0:
                    inside[current].append(part)
                if here >= 0:  # a word, or two words with no more than a blank between them, over a ruling?
                    blank = edges[k] - edges[k - 1] if fragment.text[k - 1].isspace() else 0.0
                    grid.faults += blank < 0.3 * fragment.size
                start, current = k, here
    drafts: list[DraftCell] = []
    for (r0, c0, r1, c1), letters in zip(grid.cells, inside, strict=True):
        lines = [join_row(row, page.number) for row in rows_of(letters)]
        drafts.append(DraftCell(r0, r1 - r0, xs[c0] - xs[0], xs[c1] - xs[0], lines, xs[c0], xs[c1]))
    margin = _margin(drafts)
    for cell in drafts:
        cell.left, cell.right = cell.left + margin, cell.right - margin
    bounds = [x - xs[0] for x in xs]
    table = DraftTable(
        page.number, xs[0], bounds, rows, drafts, ys[0], ys[-1], page.height, grid.open_top, grid.open_bottom,
        last_page=page.number,
    )  # fmt: skip
    _drop_thin_rows(table, ys)
    return table, taken


def _margin(cells: Sequence[DraftCell]) -> float:
    """The usual distance of letters from the ruling on their left."""
    gaps = sorted(line.x0 - cell.left for cell in cells for line in cell.lines)
    if len(gaps) < 4:
        return 5.0
    return min(8.0, max(0.5, gaps[len(gaps) // 10]))


def _drop_thin_rows(table: DraftTable, ys: Sequence[float]) -> None:
    """Rows that are only the space between two rulings of a double line."""
    for row in reversed(range(table.rows)):
        if ys[row + 1] - ys[row] >= 5 or table.rows == 1:
            continue
        if any(cell.row == row and cell.rows == 1 and not cell.empty for cell in table.cells):
            continue
        table.cells = [cell for cell in table.cells if not (cell.row == row and cell.rows == 1)]
        for cell in table.cells:
            if cell.row > row:
                cell.row -= 1
            elif cell.row + cell.rows > row:
                cell.rows -= 1
        table.rows -= 1


# --------------------------------------------------------------------------- tables without rulings


def aligned_tables(page: PageLetters, fragments: Sequence[Fragment]) -> list[tuple[DraftTable, set[int]]]:
    """Tables that only their alignment shows, and the `order`s of their fragments.

    At least three rows of at least three pieces each, no piece across the gap between two columns, and figures in
    most places beside the first column: less than that stays lines of text.
    """
    rows = rows_of(fragments)
    found: list[tuple[DraftTable, set[int]]] = []
    index = 0
    while index < len(rows):
        if len(rows[index]) < 3:
            index += 1
            continue
        end = index + 1
        while end < len(rows) and rows[end][0].base - rows[end - 1][0].base < 3 * rows[end][0].size:
            if len(rows[end]) < 2 and not any(len(row) > 2 for row in rows[end + 1 : end + 2]):
                break
            end += 1
        table = _aligned(page, rows[index:end])
        if table is not None:
            found.append((table, {fragment.order for row in rows[index:end] for fragment in row}))
            index = end
        else:
            index += 1
    return found


def _aligned(page: PageLetters, rows: Sequence[Sequence[Fragment]]) -> DraftTable | None:
    if sum(len(row) > 2 for row in rows) < 3:
        return None
    columns: list[list[float]] = []
    for x0, x1 in sorted((fragment.x0, fragment.x1) for row in rows for fragment in row):
        if columns and x0 < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], x1)
        else:
            columns.append([x0, x1])
    if len(columns) < 3:
        return None
    starts = [column[0] for column in columns]
    bounds = [starts[0], *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), columns[-1][1]]
    anchors = [k for k, row in enumerate(rows) if len(row) > 1]
    figures = places = 0
    inside: dict[tuple[int, int], list[Fragment]] = defaultdict(list)
    for k, row in enumerate(rows):
        nearest = min(anchors, key=lambda anchor: abs(rows[anchor][0].base - row[0].base))
        for fragment in row:
            column = bisect_right(starts, fragment.x0) - 1
            inside[anchors.index(nearest), column].append(fragment)
            if k and column:
                places += 1
                figures += bool(_FIGURE.fullmatch(fragment.text))
        if len({bisect_right(starts, fragment.x0) for fragment in row}) < len(row):
            return None
    if places < 4 or figures < 0.6 * places:
        return None
    left = bounds[0]
    cells = []
    for i in range(len(anchors)):
        for j in range(len(columns)):
            lines = [join_row(row, page.number) for row in rows_of(inside[i, j])]
            cells.append(DraftCell(i, 1, bounds[j] - left, bounds[j + 1] - left, lines, columns[j][0], columns[j][1]))
    return DraftTable(
        page.number, left, [x - left for x in bounds], len(anchors), cells, rows[0][0].top, rows[-1][0].bottom,
        page.height, ruled=False, last_page=page.number,
    )  # fmt: skip


# --------------------------------------------------------------------------- the second reader


def second_grids(path: Path, page: PageLetters) -> list[Grid]:
    """The grids of a page as pdfplumber sees them, in the coordinates of `PageLetters`; none where it fails."""
    import pdfplumber
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    try:
        with pdfplumber.open(path, pages=[page.number]) as document:
            found = document.pages[0].find_tables({"snap_tolerance": 3, "join_tolerance": 4})
            boxes_of_tables = [[box for box in table.cells if box] for table in found]
    except (PSException, MalformedPDFException, PdfminerException, AttributeError, LookupError, TypeError, ValueError):
        return []  # a file that pdfium mends and pdfplumber does not: there is no second opinion
    return [grid for boxes in boxes_of_tables if (grid := _grid_of_boxes(boxes)) is not None]


def _grid_of_boxes(boxes: Sequence[tuple[float, float, float, float]]) -> Grid | None:
    """A grid from the boxes (x0, top, x1, bottom) of its cells; of cells that overlap, the smaller ones."""
    xs = _positions([x for box in boxes for x in (box[0], box[2])])
    ys = _positions([y for box in boxes for y in (box[1], box[3])])
    if len(xs) < 2 or len(ys) < 2 or len(boxes) < 2:
        return None
    cells = []
    covered: set[tuple[int, int]] = set()
    for x0, top, x1, bottom in sorted(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1])):
        r0, r1 = _nearest(ys, top), _nearest(ys, bottom)
        c0, c1 = _nearest(xs, x0), _nearest(xs, x1)
        places = {(i, j) for i in range(r0, r1) for j in range(c0, c1)}
        if places and not places & covered:
            cells.append((r0, c0, r1, c1))
            covered |= places
    everywhere = {(i, j) for i in range(len(ys) - 1) for j in range(len(xs) - 1)}
    cells.extend((i, j, i + 1, j + 1) for i, j in everywhere - covered)
    return Grid(xs, ys, sorted(cells))


def _nearest(positions: Sequence[float], value: float) -> int:
    return min(range(len(positions)), key=lambda k: abs(positions[k] - value))


# --------------------------------------------------------------------------- tables over pages


def _key(cell: DraftCell) -> str:
    return re.sub(r"\s+", "", cell.text())


def goes_on(table: DraftTable, part: DraftTable) -> bool:
    """Whether `part`, the first thing on the next page, is the same table as `table`, the last thing before it."""
    if part.page != table.last_page + 1 or not (table.ruled and part.ruled):
        return False
    repeated = _repeated_rows(table, part)
    if repeated and len(table.bounds) == len(part.bounds):
        return True
    fits = _mapping(table, part) is not None
    if not fits:
        return False
    return bool(repeated) or table.bottom > 0.6 * table.page_height


def _mapping(table: DraftTable, part: DraftTable) -> list[float] | None:
    """The bounds of `part` in the measure of `table`, or None where the columns differ."""
    scale = 1.0
    if abs(table.width - part.width) > 6:
        if len(table.bounds) != len(part.bounds) or len(table.bounds) < 4:
            return None
        scale = table.width / part.width
    scaled = [x * scale for x in part.bounds]
    tolerance = _SAME_COLUMN if scale == 1.0 else 0.015 * table.width
    result = []
    unknown = 0
    for x in scaled:
        nearest = min(table.bounds, key=lambda bound: abs(bound - x))
        if abs(nearest - x) <= tolerance or x == scaled[0] or x == scaled[-1]:
            result.append(nearest if x not in (scaled[0], scaled[-1]) else (0.0 if x == scaled[0] else table.width))
        else:
            unknown += 1
            result.append(x)
    if not unknown:
        return result
    missing = [b for b in table.bounds[1:-1] if min(abs(b - x) for x in scaled) > tolerance]
    return None if missing or scale != 1.0 else result


def _repeated_rows(table: DraftTable, part: DraftTable) -> int:
    """How many rows at the head of `part` repeat the head of `table`."""
    count = 0
    for row in range(min(table.rows, part.rows)):
        ours = [(cell.row, cell.rows, _key(cell)) for cell in table.row_cells(row)]
        theirs = [(cell.row, cell.rows, _key(cell)) for cell in part.row_cells(row)]
        if not any(text for _, _, text in ours) or not (ours == theirs or _is_alike(ours, theirs)):
            break
        count += 1
    while count and any(cell.row < count < cell.row + cell.rows for cell in table.cells):
        count -= 1
    named = sum(1 for cell in table.cells if cell.row == 0 and not cell.empty)
    return count if named >= 2 else 0


def _is_alike(ours: Sequence[tuple[int, int, str]], theirs: Sequence[tuple[int, int, str]]) -> bool:
    """Whether two rows of the same cells are one heading, though a picture was read otherwise or letters cut off.

    No row with numbers is: it may be another one's.
    """
    if [cell[:2] for cell in ours] != [cell[:2] for cell in theirs]:
        return False
    one, other = ("|".join(_STROKES.sub("I", text) for *_, text in row) for row in (ours, theirs))
    if any(map(str.isdigit, one + other)) and re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    lone = any(re.fullmatch(r"[\d.,%]+", text) for *_, text in ours)
    return not lone and len(one) >= _HEADING and fuzz.ratio(one, other) >= _ALIKE


def append(table: DraftTable, part: DraftTable) -> None:
    """Puts the rows of the next page under the table: repeated heading dropped, a torn row put together."""
    repeated = _repeated_rows(table, part)
    bounds = _mapping(table, part) or (table.bounds if len(table.bounds) == len(part.bounds) else part.bounds)
    moved = dict(zip(part.bounds, bounds, strict=True))
    if repeated:
        table.heading_rows = repeated
    cells = [cell for cell in part.cells if cell.row >= repeated]
    for cell in cells:
        cell.row -= repeated
        cell.x0, cell.x1 = moved[cell.x0], moved[cell.x1]
    rows = part.rows = part.rows - repeated
    part.cells = cells
    table.bounds = _positions([*table.bounds, *bounds])
    for cell in [*table.cells, *cells]:
        cell.x0 = table.bounds[_nearest(table.bounds, cell.x0)]
        cell.x1 = table.bounds[_nearest(table.bounds, cell.x1)]
    if rows > 0:
        head = [cell for cell in cells if cell.row == 0]
        last_row = table.rows - 1
        pairs = _pairs(table, last_row, head)
        torn = pairs is not None and _is_torn(table, part, pairs)
        offset = table.rows - 1 if torn else table.rows
        joined: set[int] = set()
        for above, below in pairs or []:
            spans = above.rows > 1 or below.rows > 1
            if torn or (spans and below.empty and not above.empty):
                above.parts.append(below.lines)
                above.rows = below.row + offset + below.rows - above.row
                joined.add(id(below))
        for cell in cells:
            if id(cell) not in joined:
                cell.row += offset
                table.cells.append(cell)
        table.rows = offset + rows
    table.last_page, table.bottom, table.page_height = part.page, part.bottom, part.page_height
    table.open_bottom = part.open_bottom


def _pairs(table: DraftTable, row: int, head: Sequence[DraftCell]) -> list[tuple[DraftCell, DraftCell]] | None:
    """The cells of the last row beside those of the next page's first row; None where their columns differ."""
    above = {(round(cell.x0), round(cell.x1)): cell for cell in table.row_cells(row)}
    pairs = []
    differ = False
    for cell in head:
        other = above.get((round(cell.x0), round(cell.x1)))
        if other is None:
            differ = True
        else:
            pairs.append((other, cell))
    if differ or len(pairs) != len(above):
        return None
    return sorted(pairs, key=lambda pair: pair[0].x0)


def _is_torn(table: DraftTable, part: DraftTable, pairs: Sequence[tuple[DraftCell, DraftCell]]) -> bool:
    """Whether the first row of the new page is the rest of the last row of the page before."""
    going_on = [(above, below) for above, below in pairs if not below.empty]
    if not going_on:
        return False
    if any(above.empty for above, _ in going_on):
        return False  # something new begins in a cell that was empty
    if table.open_bottom or part.open_top:
        return True
    first_below = pairs[0][1]
    if not first_below.empty and len(pairs) > 2 and len(_key(first_below)) <= 6:
        return False  # a row number: a new row
    evidence = 0
    filled = sum(not above.empty for above, _ in pairs)
    if 2 * len(going_on) <= filled:
        always = any(below.empty and below.rows == 1 and _always_filled(table, above) for above, below in pairs)
        unseen = not (_shapes(table, 0, table.rows - 1) | _shapes(part, 1, part.rows)) & {
            tuple(round(below.x0) for _, below in going_on)
        }
        if always or (unseen and table.rows + part.rows > 5):
            evidence += 2  # no row of this table is without its task, its name …; no row looks like this one
    for above, below in going_on:
        last = (above.parts[-1] if above.parts and above.parts[-1] else above.lines)[-1]
        following = below.lines[0]
        joined = cell_joins([last, following], above.left, above.right)[0]
        letter = following.text[0]
        if joined != "\n" and (last.text[-1] not in ".;:" or letter.islower()):
            evidence += 1 + letter.islower()
        elif (letter.islower() and last.text[-1] != ".") or (last.text[-1] in ";:," and letter in "-–+*•"):
            evidence += 1
        else:
            evidence -= 1
    return evidence >= (len(going_on) if 2 * len(going_on) > filled else 1)


def _shapes(table: DraftTable, start: int, end: int) -> set[tuple[int, ...]]:
    """Which columns have text, for each row from `start` to `end`."""
    filled: dict[int, list[int]] = defaultdict(list)
    for cell in table.cells:
        if not cell.empty:
            filled[cell.row].append(round(cell.x0))
    return {tuple(sorted(filled[row])) for row in range(start, end)}


def _always_filled(table: DraftTable, like: DraftCell) -> bool:
    """Whether the column of a cell has text, in cells of one row, in every row of the table but merged ones."""
    column = [cell for cell in table.cells if cell.x0 == like.x0 and cell.x1 == like.x1]
    return len(column) >= 3 and not any(cell.empty or cell.rows > 1 for cell in column)


def finish(table: DraftTable) -> Table:
    """The table as the other rooms see it; ids are given later."""
    bounds = table.bounds
    cells = []
    for draft in sorted(table.cells, key=lambda cell: (cell.row, cell.x0)):
        col, end = _nearest(bounds, draft.x0), _nearest(bounds, draft.x1)
        text, lines = draft.laid_out()
        bold = bool(draft.lines) and all(line.bold for line in draft.lines)
        page = lines[0].page if lines else table.page
        block = Block(id="", text=text, lines=lines, page=page, bold=bold)
        cells.append(Cell(block, draft.row, col, max(1, draft.rows), max(1, end - col)))
    return Table(
        id="",
        rows=table.rows,
        cols=len(bounds) - 1,
        cells=tuple(cells),
        page=table.page,
        heading_rows=table.heading_rows,
        ruled=table.ruled,
    )
