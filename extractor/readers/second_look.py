"""Every number of a scanned page is read a second time, cut out of its surroundings and by another reader.

A reader's own confidence does not tell a wrong number from a right one; a second reader does. The numbers of a page
are cut out, put side by side far apart, and read in one run with Tesseract's English letters, which read lone
digits better than the Vietnamese ones. Where the two differ, the same strip is read once more with the Vietnamese
letters and, where it is installed (extra `ocr-check`), by RapidOCR. What two readers say alike stands; else the
number keeps its letters and carries a `Doubt` with all that was read. A reading with more or fewer digits than the
ink has shapes (`digit_shapes`) counts for nothing, however many agree on it. Nothing is repaired from what is likely.

What would surprise you: in prose the first reading, made with the words round it, stands if either later look
agrees. In a table's cell, where no word helps, a number needs two different readers; there, letters in place of a
digit ("Đ" for 5) or nothing at all are replaced by what two readers say alike. The numbers of columns are put down
only where they read well: they are no figures, and misread ones look like some.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
import regex
from PIL import Image

from extractor.readers import ocr, tesseract
from extractor.readers.digit_shapes import Shapes, fits, shapes_of, stand_apart
from extractor.readers.picture import Ink
from extractor.readers.tesseract import Grey, Word
from extractor.vietnamese.numerals import parse_number

_RAPIDOCR = "rapidocr"
REASON = "đọc từ ảnh chưa chắc"

_APART, _BELOW = 150, 60  # pixels between two cuttings, wide enough for each to be read by itself
_AROUND = 2  # pixels of paper round a cutting
_WIDTH = 1500
_NUMBER = regex.compile(r"[(\[\"“'<>≥≤=+\-–]*(\d(?:[\d.,/⁄]*\d)?)\s?(%?)[)\].,;:\"”'|]*")
COLUMN_NUMBER = regex.compile(r"[(\[]?(\d{1,2})[)\]]?(?:\s?=[\d()\[\]+=\-*/\s]*)?")
"""The number of a column as it stands in its heading: "(4)", "4", "(3)=(4)+(5)"."""
_PLAIN = regex.compile(r"\d(?:[\d.,/]*\d)?%?")
_BARE = regex.compile(r"[\p{L}\d.,\s]*")  # no bracket or sign stands beside the digits
_ITEM = regex.compile(r"\d{1,2}[.)]|\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2}){1,3}\.")  # "3.", "b)", "(12)", "2.1."


@dataclass(slots=True)
class Target:
    """A number to be read again: what was read first, where it is, its words; `cell` where it stands alone, `column`
    the number of the column where the cell can only hold that, `shapes` what its ink says."""

    first: str
    box: tuple[int, int, int, int]
    words: list[Word] = field(default_factory=list)
    cell: bool = False
    column: int = 0
    shapes: Shapes | None = None


def is_number(text: str) -> bool:
    """Whether a token is a printed number that could be a figure; marks of list items are not."""
    return _NUMBER.fullmatch(text) is not None and _ITEM.fullmatch(text) is None


def is_column(text: str, number: int) -> bool:
    """Whether a heading's cell holds the number of its column, alone or with what it is computed from."""
    match = COLUMN_NUMBER.fullmatch(text)
    return match is not None and int(match[1]) == number


def value_of(text: str) -> str | None:
    """What a token says, alike for "1.932" and "1932", different for "97,2" and "972"; None where it is no number."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    parts = []
    for part in regex.split("[/⁄]+", match[1]):
        parsed = parse_number(part.strip(".,"), bool(match[2]))
        parts.append(str(parsed[0].normalize()) if parsed else part)
    return "/".join(parts)


def look_again(grey: Grey, ink: Ink, targets: Sequence[Target]) -> list[list[Word]]:
    """The words of each target, with doubts where the readers differ and with the digits that two of them found."""
    if not targets:
        return []
    boxes = [_tight(ink, target.box) for target in targets]
    for target, box in zip(targets, boxes, strict=True):
        target.shapes = shapes_of(ink, box) if _BARE.fullmatch(target.first) else None
    other = tesseract.DIGITS if tesseract.has(tesseract.DIGITS) else tesseract.LANGUAGE
    seconds = _strips(grey, boxes, [(other, 1.0)])[0]
    votes = [[(tesseract.LANGUAGE, target.first), (other, text)] for target, text in zip(targets, seconds, strict=True)]
    undecided = []
    for index, target in enumerate(targets):
        readings = [target.first, seconds[index]]
        alike = value_of(target.first) is not None and value_of(seconds[index]) == value_of(target.first)
        if target.column or (alike and all(fits(text, target.shapes) for text in readings)):
            continue
        if target.shapes is not None and not stand_apart(ink, boxes[index]):
            target.shapes = None
        if not alike or not fits(target.first, target.shapes):
            undecided.append(index)
    if undecided:
        _decide(targets, votes, undecided, grey, boxes, other)
    looked = []
    for index, (target, box) in enumerate(zip(targets, boxes, strict=True)):
        if target.column:
            looked.append([Word(seconds[index], *box, 0.0)] if is_column(seconds[index], target.column) else [])
        else:
            looked.append(_verdict(target, box, votes[index]))
    return looked


def _decide(
    targets: Sequence[Target],
    votes: Sequence[list[tuple[str, str]]],
    undecided: Sequence[int],
    grey: Grey,
    boxes: Sequence[tuple[int, int, int, int]],
    other: str,
) -> None:
    """Adds further readings to the votes on some targets, one after the other until the target is decided.

    Tesseract is asked for all of its readings at once: one more takes it less time than another run to start.
    """
    looks = ((tesseract.LANGUAGE, 1.0), (other, 1.6), (tesseract.LANGUAGE, 1.6))
    strips = _strips(grey, [boxes[index] for index in undecided], looks)
    for index, texts in zip(undecided, zip(*strips, strict=True), strict=True):
        first, *larger = ((reader, text) for (reader, _), text in zip(looks, texts, strict=True))
        for vote in chain([first], _by_rapidocr(grey, boxes[index]), larger):
            votes[index].append(vote)
            if decided(targets[index], votes[index]) is not None:
                break


def decided(target: Target, votes: Sequence[tuple[str, str]]) -> str | None:
    """What two readers say alike and no two others contradict, as one of them put it; None where that is nothing."""
    votes = [(reader, text if fits(text, target.shapes) else "") for reader, text in votes]
    readers: dict[str, set[str]] = {}
    for reader, text in votes:
        if (value := value_of(text)) is not None:
            readers.setdefault(value, set()).add(reader)
    agreed = [value for value, by in readers.items() if len(by) > 1]
    first = value_of(votes[0][1])
    if not agreed and not target.cell and first is not None and _stands(first, votes):
        return target.first
    if len(agreed) != 1:
        return None
    texts = [text for _, text in votes if value_of(text) == agreed[0]]
    return next((text for text in texts if _PLAIN.fullmatch(text)), texts[0])


def _stands(first: str, votes: Sequence[tuple[str, str]]) -> bool:
    """Whether what was read in a sentence stands by itself: no other reader says twice that it is another number."""
    same = [value_of(text) for reader, text in votes[1:] if reader == tesseract.LANGUAGE]
    others = [value_of(text) for reader, text in votes if reader != tesseract.LANGUAGE]
    against = [value for value in others if value is not None]
    if not same or (first not in same and any(same)):
        return False
    return not against or (len(others) > 1 and max(map(against.count, against)) == 1)


def _verdict(target: Target, box: tuple[int, int, int, int], votes: Sequence[tuple[str, str]]) -> list[Word]:
    """The words of a target after all looks at it."""
    agreed = decided(target, votes)
    first = value_of(target.first)
    if agreed is not None:
        kept = first == value_of(agreed) and (not target.cell or _PLAIN.fullmatch(target.first) is not None)
        return target.words if kept else [Word(agreed, *box, 0.0)]
    numbers = [text for _, text in votes if value_of(text) is not None]
    if not numbers:
        later = [text for _, text in votes[1:] if text]
        usual = max(later, key=later.count, default="")
        if not target.words and later.count(usual) > 1:
            return [Word(usual, *box, 0.0)]  # letters that were passed over: "TT", "II", the X in a column of quarters
        return target.words  # no number for any reader: a dash, a word
    readings = tuple(dict.fromkeys(text for _, text in votes if text))
    if first is None and (target.cell or not target.words):
        return [Word(numbers[0], *box, 0.0, (readings, REASON))]
    return [replace(word, doubt=(readings, REASON)) for word in target.words]


def _tight(ink: Ink, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The box of the ink near a word's box, which may be some pixels off."""
    x0, y0, x1, y1 = box
    left, top = max(0, x0 - 1), max(0, y0 - 2)
    part = ink[top : y1 + 2, left : x1 + 1]
    rows, cols = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not len(rows):
        return box
    return left + int(cols[0]), top + int(rows[0]), left + int(cols[-1]) + 1, top + int(rows[-1]) + 1


def _strips(
    grey: Grey, boxes: Sequence[tuple[int, int, int, int]], looks: Sequence[tuple[str, float]]
) -> list[list[str]]:
    """What stands in each box for each look, a language and how much larger to show it: read from a picture of the
    boxes side by side."""
    strip, places = _side_by_side(grey, boxes)
    pictures = [(_enlarged(strip, scale), tesseract.ONE_BLOCK, language) for language, scale in looks]
    found = []
    for (_, scale), lines in zip(looks, ocr.lines_of_each(pictures), strict=True):
        texts = [""] * len(boxes)
        for word in chain.from_iterable(lines):
            across, down = (word.x0 + word.x1) / 2 / scale, (word.y0 + word.y1) / 2 / scale
            for index, (x0, y0, x1, y1) in enumerate(places):
                if x0 - 25 < across < x1 + 25 and y0 - 10 < down < y1 + 10:
                    texts[index] = f"{texts[index]} {word.text}".strip()
                    break
        found.append(texts)
    return found


def _enlarged(strip: Grey, scale: float) -> Grey:
    if scale == 1.0:
        return strip
    size = round(strip.shape[1] * scale), round(strip.shape[0] * scale)
    return np.asarray(Image.fromarray(strip).resize(size, Image.Resampling.BICUBIC))


def _side_by_side(
    grey: Grey, boxes: Sequence[tuple[int, int, int, int]]
) -> tuple[Grey, list[tuple[int, int, int, int]]]:
    """A picture of boxes in rows, far apart, and where each stands in it."""
    rows: list[list[tuple[int, int]]] = [[]]
    x = _APART
    for index, (x0, _, x1, _) in enumerate(boxes):
        width = x1 - x0 + 2 * _AROUND
        if rows[-1] and x + width + _APART > _WIDTH:
            rows.append([])
            x = _APART
        rows[-1].append((index, x))
        x += width + _APART
    heights = [max(boxes[i][3] - boxes[i][1] for i, _ in row) + 2 * _AROUND for row in rows]
    paper = int(np.percentile(grey[::8, ::8], 75))
    widest = max(_WIDTH, *(x1 - x0 + 2 * (_AROUND + _APART) for x0, _, x1, _ in boxes))
    strip = np.full((sum(heights) + _BELOW * (len(rows) + 1), widest), paper, np.uint8)
    places: list[tuple[int, int, int, int]] = []
    y = _BELOW
    for row, height in zip(rows, heights, strict=True):
        for index, x in row:
            x0, y0, x1, y1 = boxes[index]
            part = grey[max(0, y0 - _AROUND) : y1 + _AROUND, max(0, x0 - _AROUND) : x1 + _AROUND]
            strip[y + height - part.shape[0] : y + height, x : x + part.shape[1]] = part
            places.append((x, y, x + part.shape[1], y + height))
        y += height + _BELOW
    return strip, places


# --------------------------------------------------------------------------- RapidOCR, where it is installed


@cache
def _rapidocr() -> Any:
    """RapidOCR's recogniser, or None where the extra `ocr-check` is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    import logging

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1})


def _by_rapidocr(grey: Grey, box: tuple[int, int, int, int]) -> Iterator[tuple[str, str]]:
    """The vote of RapidOCR on a box; none where it is not installed."""
    if (engine := _rapidocr()) is None:
        return
    x0, y0, x1, y1 = box
    part = grey[max(0, y0 - 4) : y1 + 4, max(0, x0 - 6) : x1 + 6]
    result = engine(np.repeat(part[:, :, None], 3, axis=2), use_det=False, use_cls=False, use_rec=True)
    yield _RAPIDOCR, " ".join(result.txts) if result.txts else ""
