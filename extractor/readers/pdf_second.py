"""A second opinion on a few numbers of a PDF: the same boxes, read by another library.

pdfium read the document; pdfplumber (pdfminer) decodes fonts and places letters in its own way, some thirty times
slower. So it is asked only about numbers that a finding would hold against a ward. Where it has nothing to say (a
scan, a page turned sideways, letters without a code) there is no second opinion, never a guess.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extractor.errors import ReadError
from extractor.model import BoxTuple, Place
from extractor.readers import archives

MOST_PAGES = 8
"""So many pages of a document are asked about; a document with findings on more is bad enough to be looked at."""
# What pdfminer says of a file that pdfium mends, and what stands in the way of opening it.
_REFUSALS = (
    PSException, MalformedPDFException, PdfminerException, AttributeError, LookupError, TypeError, ValueError,
    RecursionError, OSError, ReadError,
)  # fmt: skip
_SLACK = 0.6  # points beyond the box within which a letter's middle still counts as inside

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def reread(path: Path, places: Sequence[Place]) -> tuple[str | None, ...]:
    """The letters at each place, without blanks; None where there is no second opinion. Raises nothing.

    Places count pages from 1 and points from the upper left corner, as everywhere.
    """
    wanted = list(dict.fromkeys(p.page for p in places if p.page is not None and p.box is not None))[:MOST_PAGES]
    if not wanted:
        return (None,) * len(places)
    try:
        with archives.real(path) as file, pdfplumber.open(file, pages=wanted) as pdf:
            letters = {page.page_number: _upright(page) for page in pdf.pages}
    except _REFUSALS:
        return (None,) * len(places)
    return tuple(
        _inside(letters.get(place.page, []), place.box) if place.page is not None and place.box is not None else None
        for place in places
    )


def _upright(page: Any) -> list[Any]:
    """The letters of a page; none where most stand sideways, because pdfium's page was turned then."""
    chars = [c for c in page.chars if not c["text"].isspace()]
    upright = sum(bool(c["upright"]) for c in chars)
    return chars if not page.rotation and 2 * upright > len(chars) else []


def _inside(letters: Sequence[Any], box: BoxTuple) -> str | None:
    """The letters whose middles lie in the box, line by line; None where none of them is a digit."""
    x0, top, x1, bottom = box
    found = [
        c for c in letters
        if x0 - _SLACK <= (c["x0"] + c["x1"]) / 2 <= x1 + _SLACK and top <= (c["top"] + c["bottom"]) / 2 <= bottom
    ]  # fmt: skip
    found.sort(key=lambda c: (round(c["bottom"] / 4), c["x0"]))
    text = "".join(c["text"] for c in found)
    return text if any(c.isdigit() for c in text) else None
