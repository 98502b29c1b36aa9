"""Sums that a form prints in its own heading: the row of column numbers, "(3)=(4)+(5)+(6)", as columns of the table.

Nothing is computed here and no number of such a row is a figure.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.model import Document, Formula, Table

_NUMBER = r"\(?\s*(\d{1,2})\s*\)?"
_HEAD = regex.compile(rf"{_NUMBER}(?P<sums>(?:\s*=\s*{_NUMBER}(?:\s*\+\s*{_NUMBER})*+)*+)")
_LETTER = regex.compile(r"\(?\s*[A-Z]\s*\)?")
_DIGITS = regex.compile(r"\d+")
_CELL = regex.compile(r"t\d+r\d+c(\d+)")
_LEAST = 3  # cells of a row of column numbers


def find_formulas(document: Document) -> tuple[Formula, ...]:
    """Every sum of two columns or more that a table's row of column numbers prints, in reading order."""
    return tuple(formula for table in document.tables() for formula in _of_table(table))


def _of_table(table: Table) -> Iterator[Formula]:
    for row in range(table.rows):
        cells = [cell for cell in table.cells if cell.row == row and cell.text.strip()]
        read = [(cell, _HEAD.fullmatch(" ".join(cell.text.split()))) for cell in cells]
        if len(cells) < _LEAST or not all(match or _LETTER.fullmatch(cell.text.strip()) for cell, match in read):
            continue
        columns: dict[int, int] = {}  # number of a column → where it stands
        for cell, match in read:
            place = _CELL.fullmatch(cell.block.id)
            if match and place and columns.setdefault(int(match[1]), int(place[1])) != int(place[1]):
                return  # one number twice: no numbering of columns
        for cell, match in read:
            for printed in match["sums"].split("=")[1:] if match else ():
                parts = [int(number) for number in _DIGITS.findall(printed)]
                if match and len(parts) > 1 and all(part in columns for part in parts):
                    found = tuple(columns[part] for part in parts)
                    yield Formula(table.id, columns[int(match[1])], found, " ".join(cell.text.split()))
        if any(match and match["sums"] for _, match in read):
            return
