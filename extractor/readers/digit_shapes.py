"""How many digits a printed number has, or strokes a Roman one, is seen from its ink.

Each digit stands apart, a point or comma is low and small; an 8 goes round two pieces of paper, a 3 round none.
It is the one reading of a number that no language model has a part in. Two readers of the same maker may both take
the point of "2.137" for a 1, or a 3 for an 8; that there are four tall shapes and a small one, or no hole, is not a
matter of opinion. Where shapes touch, or there is more than digits and marks, nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import regex

from extractor.readers.picture import Ink

_TALL, _LOW = 0.75, 0.45  # of the height of the number: digits reach at least as high, marks not higher
_ONE_DIGIT = 0.85  # breadth of a digit in its height; what is broader may be two that touch
_SMALLEST = 2  # pixels of a mark
_JOINED = 3  # pixels between the feet of two strokes of one Roman number
_LEANING = 2  # pixels that an upright stroke may lean over its height
_ALIKE = 1.6  # times as wide may one stroke of a number be as another
_HOLES = {**dict.fromkeys("12357", (0,)), **dict.fromkeys("069", (1,)), "4": (0, 1), "8": (2,)}
"""Pieces of paper that a digit goes round; some letters have an open 4. 4,915 digits of scans had no others."""
_DIGITS_AND_MARKS = regex.compile(r"\d[\d.,\s]*")


@dataclass(frozen=True, slots=True)
class Shapes:
    """The digits of a printed number, and the points and commas between them, by their shapes; the `holes` that each
    digit has, where they are known."""

    digits: int
    marks: int
    holes: tuple[int, ...] = ()


def shapes_of(ink: Ink, box: tuple[int, int, int, int]) -> Shapes | None:
    """The shapes in a box (pixels), which the ink fills; None where they do not stand apart or are something else, or
    the box cuts one."""
    x0, y0, x1, y1 = box
    part = ink[y0:y1, x0:x1]
    beyond = ((x0 - 1, x0), (x1, x1 - 1))
    if part.size == 0 or any(
        0 <= out < ink.shape[1] and (ink[y0:y1, out] & ink[y0:y1, edge]).any() for out, edge in beyond
    ):
        return None
    height = part.shape[0]
    kinds = ""
    holes = []
    for start, end in _pieces(part):
        rows = np.flatnonzero(part[:, start:end].any(axis=1))
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        if bottom - top >= _TALL * height and end - start <= _ONE_DIGIT * height:
            kinds += "1"
            holes.append(_holes(part[:, start:end]))
        elif top >= (1 - _LOW) * height and end - start <= _LOW * height:
            kinds += "." if min(end - start, bottom - top) >= _SMALLEST else ""
        else:
            return None
    kinds = kinds.strip(".")
    return Shapes(kinds.count("1"), kinds.count("."), tuple(holes)) if kinds else None


def _holes(shape: Ink) -> int:
    """How many pieces of paper a shape of one piece goes round; dust of a pixel or two is none, nor a second piece.

    Its Euler number, from the quads of pixels with one, three or two opposite ones inked (Gray 1971).
    """
    firm = shape & (_around(shape) >= 2)
    shape = shape & (firm | (_around(firm) > 0))
    framed = np.pad(shape, 1)
    shape = shape | (framed[:-2, 1:-1] & framed[2:, 1:-1] & framed[1:-1, :-2] & framed[1:-1, 2:])
    framed = np.pad(shape, 1).astype(np.int8)
    quads = framed[:-1, :-1] + framed[:-1, 1:] + framed[1:, :-1] + framed[1:, 1:]
    opposite = (quads == 2) & (framed[:-1, :-1] == framed[1:, 1:])
    euler = int((quads == 1).sum()) - int((quads == 3).sum()) - 2 * int(opposite.sum())
    return 1 - euler // 4


def _around(shape: Ink) -> npt.NDArray[np.int8]:
    """How many of the eight pixels round each are inked."""
    framed = np.pad(shape, 1).astype(np.int8)
    rows = framed[:-2] + framed[1:-1] + framed[2:]
    return np.asarray(rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:] - shape, np.int8)


def stand_apart(ink: Ink, box: tuple[int, int, int, int]) -> bool:
    """Whether each shape of a box is of one piece: under the roof of a 7 a comma may stand and be taken for its part.

    Takes about a millisecond, so it is asked only where readings differ or do not fit.
    """
    x0, y0, x1, y1 = box
    part = ink[y0:y1, x0:x1]
    return all(_is_one(part[:, start:end]) for start, end in _pieces(part))


def _pieces(part: Ink) -> list[tuple[int, int]]:
    """The columns of each shape, parted by columns of paper."""
    steps = np.diff(np.pad(part.any(axis=0).astype(np.int8), 1))
    return list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))


def _is_one(shape: Ink) -> bool:
    """Whether ink hangs together, but for a pixel or two of dust."""
    above: list[tuple[int, int, int]] = []  # the strokes of the row above: where they start and end, their piece
    pieces: dict[int, int] = {}  # to each piece the piece that it runs into; those alone stand for themselves
    inked: dict[int, int] = {}  # the pixels of each
    steps = np.diff(np.pad(shape.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    for row in steps:
        here: list[tuple[int, int, int]] = []
        for start, end in zip(np.flatnonzero(row == 1).tolist(), np.flatnonzero(row == -1).tolist(), strict=True):
            own = len(pieces)
            pieces[own], inked[own] = own, end - start
            for first, last, piece in above:
                if first <= end and start <= last:  # corners that touch are enough
                    piece = _whole(pieces, piece)
                    if piece != own:
                        pieces[piece] = own
                        inked[own] += inked.pop(piece)
            here.append((start, end, own))
        above = here
    first_ink = inked[_whole(pieces, 0)]
    return min(first_ink, sum(inked.values()) - first_ink) <= _SMALLEST


def _whole(pieces: dict[int, int], piece: int) -> int:
    """The piece that a piece has become a part of in the end."""
    while pieces[piece] != piece:
        piece = pieces[piece]
    return piece


def fits(text: str, shapes: Shapes | None) -> bool:
    """Whether a reading can be what was seen: as many digits and marks, holes where they have them; also where
    nothing is known."""
    plain = text.strip().rstrip(".,")
    if shapes is None or _DIGITS_AND_MARKS.fullmatch(plain) is None:
        return True
    digits = [letter for letter in plain if letter.isdigit()]
    if (len(digits), sum(letter in ".," for letter in plain)) != (shapes.digits, shapes.marks):
        return False
    return all(holes in _HOLES[digit] for digit, holes in zip(digits, shapes.holes, strict=False))


def strokes_of(ink: Ink, box: tuple[int, int, int, int]) -> int | None:
    """How many upright strokes stand at the start of a box (I, II, III), alone or before a "/"; None where something
    else stands beside them.

    The box may leave the last strokes out: what follows without a gap is looked at too.
    """
    x0, y0, x1, y1 = box
    near = ink[y0:y1, x0 : x1 + 2 * (y1 - y0)]
    inked = np.flatnonzero(near.any(axis=0))
    if not len(inked):
        return None
    near = near[:, int(inked[0]) :]
    rows = np.flatnonzero(near[:, : max(1, (y1 - y0) // 4)].any(axis=1))  # of the first stroke: a comma reaches lower
    top, height = int(rows[0]), int(rows[-1]) + 1 - int(rows[0])
    if height < _TALL * (y1 - y0):
        return None
    filled: Ink = np.asarray(near[top : top + round(0.75 * height)].any(axis=0))
    end = max(1, x1 - x0 - int(inked[0]))
    while end < len(filled) and filled[end : end + _JOINED].any():
        end += 1
    part = near[top + round(0.25 * height) : top + round(0.75 * height), :end]
    if part.shape[0] < _SMALLEST:
        return None
    steps = np.diff(np.pad(part.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    begun = [np.flatnonzero(row == 1) for row in steps]
    ended = [np.flatnonzero(row == -1) for row in steps]
    least = min(map(len, begun))
    starts, ends = (np.array([row[:least] for row in rows]) for rows in (begun, ended))
    upright = np.maximum(np.ptp(starts, axis=0), np.ptp(ends, axis=0)) <= _LEANING
    count = least if upright.all() else int(upright.argmin())
    widths = (ends - starts).mean(axis=0)[:count]
    if not count or widths.max() > _ALIKE * widths.min():  # two that ran together are twice as wide
        return None
    if count == least:
        return count if max(map(len, begun)) == count else None
    slant = np.diff(starts[:, count])
    return count if slant.max() <= 0 and slant.min() >= -_LEANING else None  # a "/" leans to the left on its way down
