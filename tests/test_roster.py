"""The list of units that owe a report: names as offices write them, and refusals that name the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from extractor.catalog import Catalog
from extractor.catalog.roster import province_collected, read_roster
from extractor.errors import RosterError

UNITS = Catalog.load().units
NAMES = ["Phường Lê Chân", "Xã Tiên Lãng", "Đặc khu Cát Hải"]


def names(path: Path, province: str | None = None) -> list[str]:
    return [commune.display for commune in read_roster(path, UNITS, province)]


@pytest.mark.parametrize(
    "text",
    [
        "Phường Lê Chân\nXã Tiên Lãng\nĐặc khu Cát Hải\n",
        "\ufeffDANH SÁCH\r\n1. UBND phường Lê Chân\r\n2) Uỷ ban nhân dân xã Tiên Lãng;\r\n\r\n3 ĐẶC KHU CÁT HẢI\r\n",
        "P. Lê Chân\nX.Tiên Lãng\nĐK Cát Hải\nPhường Lê Chân\n",  # named twice, listed once
        "Lê Chân\nTiên Lãng\nCát Hải",
        "Phường Lê Chân\nXã Tien Lang\nĐặc khu Cát Hải",  # without accents, beyond doubt
        "# đợt 2, Phường Hải An xin lùi\nPhường Lê Chân\n  # Xã Tiên Lãng nộp sau\nXã Tiên Lãng\nĐặc khu Cát Hải",
    ],
)
def test_names_as_offices_write_them(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ds.txt"
    path.write_bytes(text.encode("utf-8"))
    assert names(path) == NAMES


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_first_column_with_letters_of_a_csv(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "ds.csv"
    rows = [["STT", "Tên đơn vị", "Ghi chú"], *([str(n), name, "x"] for n, name in enumerate(NAMES, 1))]
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8-sig")
    assert names(path) == NAMES


def test_an_excel_list(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["TT", "Đơn vị"], *([n, name] for n, name in enumerate(NAMES, 1))):
        book.active.append(row)
    book.save(tmp_path / "ds.xlsx")
    assert names(tmp_path / "ds.xlsx") == NAMES


def test_a_name_of_several_provinces_is_that_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "ds.txt"
    path.write_text("Phường Lê Chân\nXã Tiên Lãng\nXã Hà Đông\nXã Vĩnh Bảo", encoding="utf-8")
    assert {commune.province for commune in read_roster(path, UNITS)} == {"Hải Phòng"}


@pytest.mark.parametrize(
    ("name", "content", "fact"),
    [
        ("ds.txt", "Phường Lê Chân\n\nPhường Không Có Thật\n".encode(), "dòng 3: không tìm thấy “Phường Không"),
        ("ds.txt", "Xã Một Nào\nPhường Lê Chân\nXã Hai Nào".encode(),
         "dòng 1: không tìm thấy “Xã Một Nào”; dòng 3: không tìm thấy “Xã Hai Nào”"),
        ("ds.txt", b"\n1\n2\n", "không có tên đơn vị nào"),
        ("ds.txt", "Phường Lê Chân".encode("utf-16"), "không phải chữ UTF-8"),
        ("ds.xlsx", b"PK", "không phải tệp Excel"),
        ("missing.txt", None, "Không mở được"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(tmp_path: Path, name: str, content: bytes | None, fact: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(RosterError, match=fact):
        read_roster(tmp_path / name, UNITS)


def test_a_province_is_collected_where_most_units_are_its_own() -> None:
    assert province_collected(["Hải Phòng"] * 10 + [None]) == "Hải Phòng"
    assert province_collected(["Hải Phòng"] * 9) is None
    assert province_collected(["Hải Phòng"] * 10 + ["Cần Thơ"] * 10) is None
    assert province_collected([]) is None
