"""Sums that a form prints in its own heading: read from the row of column numbers, and held against its rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from extractor.catalog import default_folder
from extractor.catalog import rules as rules_file
from extractor.check import check
from extractor.find.formulas import find_formulas
from extractor.model import Block, Cell, Document, Figure, Finding, Formula, Place, Table

RULES = rules_file.load(default_folder())


def table(*rows: Sequence[str]) -> Document:
    cells = tuple(
        Cell(Block(f"t1r{r}c{c}", text), r - 1, c - 1) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)
    )
    return Document("a.docx", "", "docx", (Table("t1", len(rows), max(map(len, rows)), cells),))


@pytest.mark.parametrize(
    ("reason", "row", "sums"),
    [
        ("the official form", ("(1)", "(2)", "(3)=(4)+(5)", "(4)", "(5)"), [(3, (4, 5))]),
        ("without brackets, with blanks", ("1", "2", "3 = 4 + 5", "4", "5"), [(3, (4, 5))]),
        ("two sums of one column", ("1", "2=3+4=5+6", "3", "4", "5", "6"), [(2, (3, 4)), (2, (5, 6))]),
        ("letters before the numbers", ("A", "B", "1=2+3", "2", "3"), [(3, (4, 5))]),
        ("a line break in the cell", ("1", "2", "3=\n4+5", "4", "5"), [(3, (4, 5))]),
        ("no sum at all", ("1", "2", "3", "4", "5"), []),
        ("a column that is not there", ("1", "2", "3=4+9", "4", "5"), []),
        ("a difference is no sum", ("1", "2", "3=4-5", "4", "5"), []),
        ("a row of figures", ("1", "Hộ tịch", "12", "8", "4"), []),
        ("one number twice", ("1", "1", "3=4+5", "4", "5"), []),
        ("too few cells", ("1=2+3", "2"), []),
    ],
)
def test_the_row_of_column_numbers(reason: str, row: Sequence[str], sums: list[tuple[int, tuple[int, ...]]]) -> None:
    heading = ("TT", "Lĩnh vực", "Tổng số", "Trực tuyến", "Trực tiếp", "Khác")[: len(row)]
    found = find_formulas(table(heading, row))
    assert [(f.total, f.parts) for f in found] == sums, reason


NAMES = ("resolved.total", "resolved.early", "resolved.on_time", "resolved.overdue")
FORM = (Formula("t1", 3, (4, 5, 6), "7=8+9+10"),)
FIELDS = {
    "field:hộ tịch": (506, 471, 30, 5), "field:chứng thực": (1467, 1460, 7, 0), "field:đất đai": (156, 140, 13, 3),
}  # fmt: skip


def told(rows: dict[str, tuple[int, ...]], more: Sequence[Figure] = (), formulas: Sequence[Formula] = FORM) -> list[
    Finding
]:  # fmt: skip
    given = [
        Figure(name, scope, "period", Decimal(v), str(v), Place(f"t1r{r}c{c}", 0, 1, ""))
        for r, (scope, row) in enumerate(rows.items(), 4)
        for c, (name, v) in enumerate(zip(NAMES, row, strict=True), 3)
    ]
    return list(check([*given, *more], RULES, formulas).findings)


def test_a_form_that_prints_its_sum_leaves_no_class_open() -> None:
    """Six dossiers in no class: a form without its sum may have left out those withdrawn, this one says it has not."""
    rows = {**FIELDS, "field:đất đai": (156, 140, 7, 3)}
    (found,) = told(rows)
    assert (found.rule, found.scope, found.severity) == ("resolved.parts", "field:đất đai", "error")
    assert found.message.endswith("Biểu ghi 7=8+9+10.")
    assert [f.severity for f in told(rows, formulas=())] == ["warning"]


def test_a_form_whose_rows_all_break_its_sum_is_misprinted() -> None:
    """Every field has withdrawn dossiers in its total: the ward counts so, whatever its heading says."""
    rows = {scope: (row[0] + 2, *row[1:]) for scope, row in FIELDS.items()}
    assert [f.severity for f in told(rows)] == [f.severity for f in told(rows, formulas=())] == ["warning"] * 3


def test_a_class_printed_elsewhere_that_closes_the_sum_speaks_against_the_form() -> None:
    total = tuple(map(sum, zip(*FIELDS.values(), strict=True)))
    withdrawn = Figure("resolved.withdrawn", "self", "period", Decimal(4), "04", Place("p9", 0, 2, ""))
    rows = {**FIELDS, "field:đất đai": (160, 140, 13, 3), "self": (total[0] + 4, *total[1:])}
    assert [f.severity for f in told(rows, [withdrawn])] == ["warning"]


def test_a_formula_of_columns_that_were_not_read_is_left_alone() -> None:
    assert told(FIELDS, formulas=(Formula("t1", 3, (4, 5, 9), "7=8+9+13"),)) == []
    assert told(FIELDS, formulas=(Formula("t2", 3, (4, 5, 6), "7=8+9+10"),)) == []
