"""The picture of a page becomes `PageLetters`, the same that pdfium gives for a page with letters.

So lines, paragraphs, columns and tables are found by the rules that hold for every PDF. What would surprise you:
one run of Tesseract reads a whole page, in the mode for prose, or in the mode for scattered pieces where ruling
lines draw a table; the cells of the table are our own (from the lines of the picture), Tesseract's words fall into
them by their middles. Every number is read a second time (`second_look`). Sizes
and baselines are computed from the heights of the words, knowing which of their letters reach up or down. Places
are those of the page once it is straight: on a page that lay askew they are off by some points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
import regex
from PIL import Image

from extractor.readers import ocr, tesseract
from extractor.readers.digit_shapes import strokes_of
from extractor.readers.pdf_letters import Fragment, PageLetters
from extractor.readers.pdf_tables import Grid, find_grids
from extractor.readers.picture import (
    POINT,
    Ink,
    even,
    grey_of,
    ink_of,
    rulings_of,
    straightened,
    without_rulings,
)
from extractor.readers.second_look import COLUMN_NUMBER, REASON, Target, is_column, is_number, look_again
from extractor.readers.tesseract import Grey, Word
from extractor.vietnamese.misread import doubtful_rates, mended
from extractor.vietnamese.normalize import fold
from extractor.vietnamese.syllables import syllables

_BLANK = 100  # pixels of ink; fewer are dust on an empty page
_DUSTY, _BETWEEN = 2, 10  # pixels of ink in a bare row, rows of a strip between two lines
_LINES = 12  # at least in either half of a page
_ONE_LINE = 50  # pixels; the ink of one line of letters is not as high
_FEW_SYLLABLES = 12
_UPRIGHT = 0.72  # share of syllables below which a page may stand on its head
_LIKELY = 0.5  # share of syllables; letters that lie on their side do not make as many
_APART = 1.2  # letter sizes; a wider gap parts two fragments
_USUAL_SIZE = 0.15  # a line that differs less from the page's usual size has that size
_BOLD = 1.28  # times the usual width of strokes
_STROKES = regex.compile(r"([IlH|1]*[IlH|][IlH|1]*|H[iíìỉĩị])([.,;:)]*)")  # I, II, III as they are read
_OF_QUARTER = regex.compile(r"([IlH|1]{0,4})(?:[UL]?[/⁄]+(?=20\d\d(?!\d))|[UL](?=20\d\d(?!\d))|(?=[.,;:)]+$))")
_SEEN = 100.0  # confidence of what was seen by its shape; Tesseract is never as sure
_DASH = (6, 40), (2, 6)  # pixels that a dash is broad and high
_FULL = 0.75  # share of ink in its box
_ALIKE = 0.25  # of the breadth by which two dashes of a page may differ
_OFF_RULING = 3  # pixels of paper above and below it; closer it may be a remnant of a ruling
_BULLET = 0.18, 0.5  # of the letter size
_ROUND = 0.6  # share of ink in the box of a spot; a circle has three quarters
_DUST = frozenset("_~|'`‘’°¬¦^ˆ˜´¨")
_SPECKS = frozenset("_~|'`‘’.·•*«»“”\"^ˆ˜´¨°¬¦,:;-—–=")
_DESCENDERS = frozenset("gjpqyQ,;()[]@")
_ASCENDERS = frozenset("bdđfhkltijß()[]/|%&!?\"'“”‘’")
_MARKS_ABOVE = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's picture made ready: straight and evenly lit, its ink, its ruling lines as points."""

    grey: Grey
    ink: Ink
    letters: PageLetters
    grids: list[Grid]
    turned: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A page's picture evenly lit, and made ready as it most likely stands."""

    page: Grey
    number: int
    turn: int
    single: bool
    sheet: Sheet


def made_ready(image: Image.Image, number: int, turn: int = 0, single: bool = False) -> Ready:
    """The picture of a page at `tesseract.DPI`, ready to be read; `turn` is the turn of the page before, tried first.

    A `single` page has Tesseract for itself, and is read in two halves at a time.
    """
    with ocr.under_way():
        page = even(grey_of(image))
        return Ready(page, number, turn, single, _sheet(page, number, turn, None))


def read_picture(ready: Ready) -> PageLetters:
    """The letters of a page from the way up in which they make words.

    Raises ScanError where Tesseract is missing or fails, LimitError where it takes too long.
    """
    with ocr.under_way():
        best = _read(ready.sheet, ready.single)
        for way in _other_ways(best.turned, ready.turn):
            if _stands(best) or (way % 2 != best.turned % 2 and _share(best) > _LIKELY):
                break
            again = _read(_sheet(ready.page, ready.number, way & 2, way % 2), ready.single)
            if _share(again) > _share(best):
                best = again
        return best


def _other_ways(turned: int, turn: int) -> tuple[int, int, int]:
    """The turns that were not tried: on its head first, then those on its side."""
    return turned ^ 2, (turned ^ 1) & 1 | turn, (turned ^ 1) & 1 | turn ^ 2


def _share(letters: PageLetters) -> float:
    good, count = syllables(" ".join(fragment.text for fragment in letters.fragments))
    return good / count if count >= _FEW_SYLLABLES else 0.5 * good / max(1, count)


def _stands(letters: PageLetters) -> bool:
    good, count = syllables(" ".join(fragment.text for fragment in letters.fragments))
    return count < _FEW_SYLLABLES or good >= _UPRIGHT * count


def _read(sheet: Sheet, single: bool) -> PageLetters:
    if int(sheet.ink.sum()) < _BLANK:
        sheet.letters.blank = True
        return sheet.letters
    lines = _lines(sheet, single)
    lines = _mended(_by_cell(_counted(sheet.ink, _checked(sheet, lines)), sheet.grids))
    sheet.letters.fragments = _fragments(lines, sheet)
    return sheet.letters


def _lines(sheet: Sheet, single: bool) -> list[list[Word]]:
    if sheet.grids:
        return ocr.lines_of(sheet.grey, tesseract.SPARSE)
    middle = _middle(sheet.ink) if single else None
    if middle is None:
        return ocr.lines_of(sheet.grey, tesseract.PAGE)
    halves = sheet.grey[:middle], sheet.grey[middle:]
    upper, lower = ocr.lines_of_each([(half, tesseract.PAGE, tesseract.LANGUAGE) for half in halves])
    return [*upper, *([replace(word, y0=word.y0 + middle, y1=word.y1 + middle) for word in line] for line in lower)]


def _middle(ink: Ink) -> int | None:
    """Where a page of prose falls into two of many lines each: the middle of the widest bare strip between two lines,
    from a third to two thirds of its ink. None where there is none; a half of few lines may be taken for something
    else than prose."""
    rows = ink.sum(axis=1, dtype=np.int64)
    before = np.cumsum(rows) / rows.sum()
    steps = np.diff(np.pad((rows <= _DUSTY).astype(np.int8), 1))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    strips = [(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True) if b - a >= _BETWEEN]
    likely = [
        (end - start, (start + end) // 2)
        for start, end in strips[_LINES : len(strips) - _LINES]
        if 1 / 3 < before[start] < 2 / 3
    ]
    return max(likely, default=(0, None))[1]


def _counted(ink: Ink, lines: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The words of lines with Roman numbers put right that have other strokes than were read ("II" for III).

    Behind "quý" the "/" of "III/2026" may have been read as a part of the number ("IIL2026").
    """
    after = []
    for line in lines:
        after.append(list(line))
        for index, word in enumerate(line):
            quarter = _OF_QUARTER.match(word.text) if index and fold(line[index - 1].text).endswith("quy") else None
            match = quarter or _STROKES.fullmatch(word.text)
            if match is None:
                continue
            read, rest = match[1], word.text[match.end(1) :]
            if quarter is not None and match.end() > match.end(1):
                rest = "/" + word.text[match.end() :]
            count = strokes_of(ink, (word.x0, word.y0, word.x1, word.y1)) or 0
            as_read = read + rest == word.text and count < 2
            if not as_read and 0 < count <= 3 and (count >= len(read) or set(read) != {"I"}):
                after[-1][index] = replace(word, text="I" * count + rest)
    return after


def _by_cell(lines: Sequence[list[Word]], grids: Sequence[Grid]) -> list[list[Word]]:
    """The lines with those of a cell one under the other, as they are read on."""

    def place(line: Sequence[Word]) -> tuple[int, ...]:
        for number, grid in enumerate(grids, 1):
            if (cell := _cell_of(line[0], grid)) is not None:
                return number, *cell[:2], line[0].y0
        return (0,)

    return sorted(lines, key=place) if grids else list(lines)


def _cell_of(word: Word, grid: Grid) -> tuple[int, int, int, int] | None:
    """The cell of a grid in which the middle of a word lies."""
    x, y = (word.x0 + word.x1) / 2 * POINT, (word.y0 + word.y1) / 2 * POINT
    for r0, c0, r1, c1 in grid.cells:
        if grid.xs[c0] < x < grid.xs[c1] and grid.ys[r0] < y < grid.ys[r1]:
            return r0, c0, r1, c1
    return None


def _mended(lines: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The words of lines with misread letters put right, and rates that may be misread in doubt.

    The lines are looked at as one text: "bố" may stand at the end of one and "sung" at the start of the next.
    """
    words = [word for line in lines for word in line]
    texts = mended([word.text for word in words])
    rates = doubtful_rates(texts)
    after = []
    for index, (word, text) in enumerate(zip(words, texts, strict=True)):
        doubt = word.doubt or ((rates[index], REASON) if index in rates else None)
        after.append(word if (text, doubt) == (word.text, word.doubt) else replace(word, text=text, doubt=doubt))
    rest = iter(after)
    return [[next(rest) for _ in line] for line in lines]


def _sheet(page: Grey, number: int, turn: int, side: int | None) -> Sheet:
    """`turn` is 2 for a half turn besides the quarter turn `side`, or besides that which the page's lines ask for."""
    grey, turned = straightened(page, side)
    if turn == 2:
        grey, turned = np.ascontiguousarray(np.rot90(grey, 2)), turned + 2
    ink = ink_of(grey)
    rulings = rulings_of(ink)
    height, width = grey.shape
    letters = PageLetters(number, width * POINT, height * POINT, turned=turned)
    letters.horizontals = [(y * POINT, x0 * POINT, x1 * POINT) for y, x0, x1, _ in rulings.across]
    letters.verticals = [(x * POINT, y0 * POINT, y1 * POINT) for x, y0, y1, _ in rulings.down]
    letters.recognised = [(0.0, 0.0, letters.width, letters.height)]
    if rulings.across or rulings.down:
        grey = without_rulings(grey, rulings)
        ink = ink_of(grey)
    return Sheet(grey, ink, letters, find_grids(letters), turned)


# --------------------------------------------------------------------------- numbers, read a second time


def _checked(sheet: Sheet, lines: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The lines with every number looked at again, and with the numbers of cells from which no word came."""
    in_cells, rest = _cell_targets(sheet, lines)
    in_lines = [
        Target(word.text, (word.x0, word.y0, word.x1, word.y1), [word])
        for line in rest
        for word in line
        if is_number(word.text)
    ]
    looked = look_again(sheet.grey, sheet.ink, [*in_cells, *in_lines])
    after = {id(target.words[0]): words[0] for target, words in zip(in_lines, looked[len(in_cells) :], strict=True)}
    return [*([after.get(id(word), word) for word in line] for line in rest), *filter(None, looked[: len(in_cells)])]


def _cell_targets(sheet: Sheet, lines: Sequence[Sequence[Word]]) -> tuple[list[Target], list[list[Word]]]:
    """Cells that hold a number, or may hold one, as targets; and the lines without the words of such cells, with the
    dashes of cells from which no word came.

    A cell may hold a number if it has ink of one line and no word, or no more than four letters in a column where
    another cell has a number.
    """
    targets: list[Target] = []
    dashes: list[Word] = []
    taken: set[int] = set()
    words = [word for line in lines for word in line]
    for grid in sheet.grids:
        inside: dict[tuple[int, int, int, int], list[Word]] = {cell: [] for cell in grid.cells}
        for word in words:
            if (place := _cell_of(word, grid)) is not None:
                inside[place].append(word)
        texts = {cell: " ".join(word.text for word in sorted(own, key=lambda w: w.x0)) for cell, own in inside.items()}
        numbering = _numbering_rows(texts)
        counting = {cell[1] for cell, text in texts.items() if is_number(text)}
        counted = {cell[0] for cell, text in texts.items() if is_number(text)}
        for (r0, c0, r1, c1), own in inside.items():
            text = texts[r0, c0, r1, c1]
            column = c0 + numbering[r0] if r0 in numbering else 0
            if column and is_column(text, column):
                continue
            if text and not column and not (c0 in counting and (is_number(text) or len(text) <= 4)):
                continue
            cell = _inside(grid.xs[c0], grid.ys[r0], grid.xs[c1], grid.ys[r1])
            box = _ink_box(sheet.ink, cell)
            counts = c0 in counting or r0 in counted
            if box is None and not text and counts and (dash := _dash(sheet.ink, cell)) is not None:
                dashes.append(Word("-", *dash, _SEEN))
                continue
            if column:
                taken.update(id(word) for word in own)
                if box is not None:
                    targets.append(Target(text, box, own, cell=True, column=column))
                continue
            if box is None or box[3] - box[1] > _ONE_LINE or box[2] - box[0] > 6 * _ONE_LINE:
                continue
            targets.append(Target(text, box, own, cell=True))
            taken.update(id(word) for word in own)
    rest = [left for line in lines if (left := [word for word in line if id(word) not in taken])]
    return targets, [*rest, *([dash] for dash in dashes if _is_one_of_several(dash, dashes))]


def _is_one_of_several(dash: Word, dashes: Sequence[Word]) -> bool:
    """Whether another dash of a page is as broad: a lone one may be a scratch, and would be read as a zero."""
    breadth = dash.x1 - dash.x0
    return any(one is not dash and abs(one.x1 - one.x0 - breadth) <= _ALIKE * breadth for one in dashes)


def _numbering_rows(texts: dict[tuple[int, int, int, int], str]) -> dict[int, int]:
    """The rows that only number the columns, (1) (2) (3)=(4)+(5) …, though some of them were misread.

    To each row the difference between the number of a column and its index (1, or 0 where the first has none). In
    brackets three of them, and one of four, must count with the columns; without, five and six of ten.
    """
    rows: dict[int, list[tuple[int, str]]] = {}
    for (r0, c0, r1, _), text in texts.items():
        if text and r1 == r0 + 1:
            rows.setdefault(r0, []).append((c0, text))
    found: dict[int, int] = {}
    for row, cells in rows.items():
        steps = [int(match[1]) - column for column, text in cells if (match := COLUMN_NUMBER.fullmatch(text))]
        usual = max(steps, key=steps.count, default=-1)
        bare = any(is_number(text) for _, text in cells)
        least, share = (5, 0.6) if bare else (3, 0.25)
        if usual in (0, 1) and steps.count(usual) >= max(least, share * len(cells)):
            found[row] = usual
    return found


def _inside(x0: float, y0: float, x1: float, y1: float) -> tuple[int, int, int, int]:
    """The box in pixels of what lies between the rulings of a cell (points)."""
    left, top, right, bottom = (round(v / POINT) for v in (x0, y0, x1, y1))
    return left + 4, top + 4, right - 4, bottom - 4


def _ink_box(ink: Ink, cell: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The box in pixels of what is printed in a cell; None where that is a speck."""
    left, top, right, bottom = cell
    part = ink[top:bottom, left:right]
    if part.size == 0:
        return None
    rows, cols = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows) or rows[-1] - rows[0] < 9 or part.sum() < 20:
        return None
    return left + int(cols[0]), top + int(rows[0]), left + int(cols[-1]) + 1, top + int(rows[-1]) + 1


def _dash(ink: Ink, cell: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The box of the dash that is all that is printed in a cell, a short stroke along the line; None where there is
    something else or nothing."""
    left, top, right, bottom = cell
    part = ink[top:bottom, left:right]
    if not part.any():
        return None
    rows, cols = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    high, broad = int(rows[-1]) + 1 - int(rows[0]), int(cols[-1]) + 1 - int(cols[0])
    (least, most), (low, tall) = _DASH
    if not (least <= broad <= most and low <= high <= tall and broad >= 2 * high):
        return None
    box = left + int(cols[0]), top + int(rows[0]), left + int(cols[-1]) + 1, top + int(rows[-1]) + 1
    full = bool(ink[box[1] : box[3], box[0] : box[2]].mean() > _FULL)
    margins = box[1] - top, bottom - box[3]
    return box if full and min(margins) >= _OFF_RULING else None


# --------------------------------------------------------------------------- words → fragments


@dataclass(slots=True)
class _Line:
    words: list[Word]
    size: float
    base: float
    stroke: float


def _reach(text: str) -> tuple[float, float]:
    """How far the letters of a word reach above and below their baseline, in letter sizes (measures of Times)."""
    up = down = 0.0
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        plain, marks = parts[0], parts[1:]
        above = sum(mark in _MARKS_ABOVE for mark in marks)
        if plain.isupper():
            up = max(up, 0.66 + 0.17 * min(above, 1) + 0.08 * (above > 1))
        elif plain.isdigit() or plain in _ASCENDERS:
            up = max(up, 0.67)
        elif plain.isalpha():
            up = max(up, 0.45 + 0.22 * min(above, 1) + 0.1 * (above > 1))
        if plain in _DESCENDERS or "\u0323" in marks:
            down = max(down, 0.21 if plain.isalpha() else 0.16)
    return up, down


def _fragments(lines: Sequence[Sequence[Word]], sheet: Sheet) -> list[Fragment]:
    """The words as runs of letters on one baseline, cut where ruling lines or wide gaps stand between them."""
    read = [line for words in lines if (line := _line(words, sheet.ink)) is not None]
    if not read:
        return []
    weights = [(line.size, line.stroke, sum(len(word.text) for word in line.words)) for line in read]
    usual = _weighted_median([(size, n) for size, _, n in weights])
    stroke = _weighted_median([(width / size, n) for size, width, n in weights])
    fragments = []
    for line in read:
        short = sum(len(word.text) for word in line.words) < 5
        if abs(line.size / usual - 1) < (2 if short else 1) * _USUAL_SIZE:
            line.size = usual
        bold = line.stroke / line.size > _BOLD * stroke
        for run in _runs(line, sheet.letters):
            text, edges = _lay_out(run)
            top, bottom = (line.base - 0.95 * line.size) * POINT, (line.base + 0.25 * line.size) * POINT
            for word in run:
                if word.doubt is not None:
                    box = (word.x0 * POINT, top, word.x1 * POINT, bottom)
                    sheet.letters.doubts.append((box, *word.doubt))
            fragments.append(Fragment(text, edges, line.base * POINT, line.size * POINT, bold, 0))
    fragments.sort(key=lambda fragment: (fragment.base, fragment.x0))
    for order, fragment in enumerate(fragments):
        fragment.order = order
    return fragments


def _line(words: Sequence[Word], ink: Ink) -> _Line | None:
    kept = [word for word in words if not _is_speck(word, len(words))]
    if not kept:
        return None
    measured = []
    for word in kept:
        up, down = _reach(word.text)
        if up:
            measured.append(((word.y1 - word.y0) / (up + down), down, word))
    if not measured:
        if len(kept) == len(words) == 1 and not any(map(str.isalnum, kept[0].text)) and kept[0].confidence != _SEEN:
            return None
        measured = [((word.y1 - word.y0) / 0.67, 0.0, word) for word in kept]
    size = _weighted_median([(size, len(word.text)) for size, _, word in measured])
    base = median(word.y1 - down * size for _, down, word in measured)
    first = words[0]
    if first is not kept[0] and _is_bullet(first, size, base, ink):
        kept.insert(0, replace(first, text="•"))
    return _Line(kept, max(size, 8.0), base, _stroke(kept, ink))


def _is_bullet(word: Word, size: float, base: float, ink: Ink) -> bool:
    """Whether what was read as a sign before a line is a round black spot at half the height of its letters."""
    broad, high = word.x1 - word.x0, word.y1 - word.y0
    least, most = (share * size for share in _BULLET)
    if not (least <= broad <= most and least <= high <= most):
        return False
    middle = (base - (word.y0 + word.y1) / 2) / size
    return 0.1 < middle < 0.5 and bool(ink[word.y0 : word.y1, word.x0 : word.x1].mean() > _ROUND)


def _is_speck(word: Word, count: int) -> bool:
    """Dust and the remains of rulings: signs alone that nobody prints alone, or that Tesseract itself doubts."""
    if all(letter in _DUST for letter in word.text):
        return True
    if any(map(str.isalnum, word.text)) or word.text in ("-", "–", "+", "%", "/", "≥", "≤", ">", "<", "=", "&"):
        return False
    return all(letter in _SPECKS for letter in word.text) and (count == 1 or word.confidence < 60)


def _stroke(words: Sequence[Word], ink: Ink) -> float:
    """The usual width of the strokes of a line in pixels: bold letters have wider ones."""
    pixels = starts = 0
    for word in words:
        part = ink[word.y0 : word.y1, word.x0 : word.x1]
        pixels += int(part.sum())
        starts += int((part[:, 1:] & ~part[:, :-1]).sum()) + int(part[:, :1].sum())
    return pixels / max(1, starts)


def _runs(line: _Line, page: PageLetters) -> list[list[Word]]:
    runs = [[line.words[0]]]
    y = line.base - 0.3 * line.size
    between = sorted(x / POINT for x, y0, y1 in page.verticals if y0 <= y * POINT <= y1)
    for before, word in pairwise(line.words):
        left, right = (before.x0 + before.x1) / 2, (word.x0 + word.x1) / 2
        if word.x0 - before.x1 > _APART * line.size or any(left < x < right for x in between):
            runs.append([])
        runs[-1].append(word)
    return runs


def _lay_out(words: Sequence[Word]) -> tuple[str, list[float]]:
    """The text of words with blanks between them, and the left edges of its letters with the last right edge."""
    text = ""
    edges: list[float] = []
    for word in words:
        start = max(word.x0 * POINT, edges[-1] if edges else 0.0)
        end = max(word.x1 * POINT, start)
        if text:
            text += " "
            edges.append(start)
        else:
            edges.append(start)
        letters = unicodedata.normalize("NFC", word.text)
        step = (end - start) / len(letters)
        edges.extend(start + step * k for k in range(1, len(letters) + 1))
        text += letters
    return text, edges


def _weighted_median(values: Sequence[tuple[float, int]]) -> float:
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    for value, weight in ordered:
        half -= weight
        if half <= 0:
            return value
    return ordered[-1][0]
