"""Names of rows in scanned tables: put right where only one name can be meant, else as they were read."""

from __future__ import annotations

import pytest

from extractor.catalog import Catalog
from extractor.find import find_figures
from extractor.find.row_names import RowNames, fields, units
from extractor.model import Block, Cell, Document, Identity, Table

CATALOG = Catalog.load()
FIELDS, UNITS = fields(CATALOG.indicators), units(CATALOG.units, "Nghệ An")


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("chứn thực", "chứng thực"),
        ("nông nghiệ", "nông nghiệp"),
        ("nñ gười có công", "người có công"),
        ("hộ tich", "hộ tịch"),
        ("đấtđai", "đất đai"),
        ("đất đai", "đất đai"),
        ("lý lịch tư pháp", "lý lịch tư pháp"),  # not known, and like no other
        ("y tê", "y tế"),
        ("y tá", "y tá"),  # too short to be taken for another
    ],
)
def test_fields(read: str, meant: str) -> None:
    assert FIELDS.meant(read) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("phường nghỉ hải", "phường nghi hải"),  # a ward of before July 2025
        ("phường thành vnh", "phường thành vinh"),
        ("phường vinh hưg", "phường vinh hưng"),
        ("p. thành vình", "p. thành vinh"),
        ("tt. đô luơng", "tt. đô lương"),
        ("phường vinh hương", "phường vinh hương"),  # may be a name that the list has not
    ],
)
def test_units(read: str, meant: str) -> None:
    assert UNITS.meant(read) == meant


def test_digits_and_names_like_two_others_stay() -> None:
    names = RowNames(["phường 1", "phường 11", "xã tân hòa", "xã tân hóa", "xã an phú"])
    for name in ("phường 12", "xã tan hoa", "xã tân hoa"):
        assert names.meant(name) == name


@pytest.mark.parametrize(("ocr", "field"), [(True, "field:chứng thực"), (False, "field:chứn thực")])
def test_only_names_of_scanned_tables_are_put_right(ocr: bool, field: str) -> None:
    rows = [["Lĩnh vực", "Tiếp nhận", "Đã giải quyết"], ["Chứn thực", "120", "118"], ["Hộ tịch", "45", "40"]]
    table = Table(
        "t1",
        len(rows),
        3,
        tuple(
            Cell(Block(f"t1r{r}c{c}", text, ocr=ocr), r, c) for r, row in enumerate(rows) for c, text in enumerate(row)
        ),
    )
    found = find_figures(Document("x", "0", "pdf", (table,)), Identity(kind="BC", period="2026-Q2"), CATALOG)
    assert (field, 120) in {(f.scope, f.value) for f in found.figures}
