"""How many digits a printed number has is seen from its ink: each digit stands apart, a point or comma is low and small.

It is the one reading of a number that no language model has a part in. Two readers of the same maker may both take
the point of "2.137" for a 1; that there are four tall shapes and a small one is not a matter of opinion. Where shapes
touch, or there is more than digits and marks, nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import regex

from extractor.readers.picture import Ink

_TALL, _LOW = 0.75, 0.45  # of the height of the number: digits reach at least as high, marks not higher
_ONE_DIGIT = 0.85  # breadth of a digit in its height; what is broader may be two that touch
_SMALLEST = 2  # pixels of a mark
_DIGITS_AND_MARKS = regex.compile(r"\d[\d.,\s]*")


@dataclass(frozen=True, slots=True)
class Shapes:
    """The digits of a printed number, and the points and commas between them, by their shapes."""

    digits: int
    marks: int


def shapes_of(ink: Ink, box: tuple[int, int, int, int]) -> Shapes | None:
    """The shapes in a box (pixels), which the ink fills; None where they do not stand apart or are something else."""
    x0, y0, x1, y1 = box
    part = ink[y0:y1, x0:x1]
    if part.size == 0:
        return None
    height = part.shape[0]
    filled = np.concatenate([[False], part.any(axis=0), [False]])
    starts, ends = np.flatnonzero(filled[1:] & ~filled[:-1]), np.flatnonzero(filled[:-1] & ~filled[1:])
    kinds = ""
    for start, end in zip(starts, ends, strict=True):
        rows = np.flatnonzero(part[:, start:end].any(axis=1))
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        if bottom - top >= _TALL * height and end - start <= _ONE_DIGIT * height:
            kinds += "1"
        elif top >= (1 - _LOW) * height and end - start <= _LOW * height:
            kinds += "." if min(end - start, bottom - top) >= _SMALLEST else ""
        else:
            return None
    kinds = kinds.strip(".")
    return Shapes(kinds.count("1"), kinds.count(".")) if kinds else None


def fits(text: str, shapes: Shapes | None) -> bool:
    """Whether a reading has the digits and marks whose shapes were seen; also where nothing is known."""
    plain = text.strip().rstrip(".,")
    if shapes is None or _DIGITS_AND_MARKS.fullmatch(plain) is None:
        return True
    return (sum(map(str.isdigit, plain)), sum(letter in ".," for letter in plain)) == (shapes.digits, shapes.marks)
