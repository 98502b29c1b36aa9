"""Labels that a scan or bare typing has left without accents, or with a letter wrong: heard, and less certain."""

from __future__ import annotations

import pytest

from extractor.catalog import Catalog
from extractor.find import find_figures
from extractor.find.hearing import ear_of
from extractor.model import Block, Document, Findings, Identity

CATALOG = Catalog.load()
WARD = Identity(kind="BC", period="2026-Q2", level="commune")


def read(text: str, ocr: bool) -> Findings:
    blocks = tuple(Block(f"p{i}", line, ocr=ocr) for i, line in enumerate(text.split("\n"), 1))
    return find_figures(Document("x", "0", "pdf", blocks), WARD, CATALOG)


def told(text: str, ocr: bool = True) -> dict[str, int]:
    return {f.indicator: int(f.value) for f in read(text, ocr).figures}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Tong so ho so tiep nhan: 1.874 ho so", {"received.total": 1874}),
        ("Tổng sô hồ sơ tiêp nhân: 1.874 hồ sơ", {"received.total": 1874}),
        ("Đã giài quyêt 1.790 hồ sơ", {"resolved.total": 1790}),
        ("Hồ sơ trực tuyén: 1.750", {"received.online": 1750}),
        ("Đang giải quyét 84 hồ sơ", {"pending.total": 84}),
        ("Hồ sơ chưa giải quyếl xong: 84", {"pending.total": 84}),  # one letter wrong
        ("So phan anh, kien nghi da tiep nhan: 06", {"feedback.received": 6}),
    ],
)
def test_worn_labels_of_a_scan_are_heard(text: str, figures: dict[str, int]) -> None:
    assert told(text) == figures


def test_bare_typing_is_heard_in_any_file() -> None:
    assert told("Da giai quyet 1.790 ho so; dung han 81; qua han 7.", ocr=False) == {
        "resolved.total": 1790, "resolved.on_time": 81, "resolved.overdue": 7,
    }  # fmt: skip


def test_accents_are_asked_for_where_the_file_has_them() -> None:
    """A typed text with accents is no scan: letters without them say something else there."""
    assert told("Tổng sô hồ sơ tiêp nhân: 1.874 hồ sơ", ocr=False) == {}


def test_a_worn_label_gives_way_to_a_clear_one() -> None:
    found = read("Đã giải quyết 1.790 hồ sơ.\nDà giai quyet 1.970 hồ sơ.", ocr=True)
    assert [(f.indicator, int(f.value)) for f in found.figures] == [("resolved.total", 1790)]
    assert [(u.printed, u.readings) for u in found.unread] == [("1.970", ("resolved.total",))]


def test_phrases_that_lose_their_difference_with_their_accents_are_not_heard() -> None:
    ear = ear_of(CATALOG.indicators)
    for text in ("xa hoi hoa", "bo sung ho so moi", "ngoi nha van hoa"):
        for heard in ear.hear_worn(text)[0]:
            assert " " in text[heard.start : heard.end]
    assert ear.hear_worn("đã giải quyết") == (ear.hear("đã giải quyết"), False)


@pytest.mark.parametrize("text", ["Ho so chua kip giai quyet: 84", "Hồ sơ chưa đuợc giài quyêt: 84 hồ sơ"])
def test_a_negation_is_heard_before_a_worn_label(text: str) -> None:
    assert told(text) in ({"pending.total": 84}, {})
