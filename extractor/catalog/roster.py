"""The units that owe a report: a list of the office, or the official list of the province that is collected.

A list is a text (one unit a line), a CSV or an Excel file whose first column names the units. Headings, running
numbers and lines that start with # are passed over; names that are in no official list are refused, all of them with
their lines, because a unit that is silently left out of the roster would never be reminded.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

from extractor.catalog.units import COMMUNE_KINDS, Commune, Gazetteer, name_key
from extractor.errors import RosterError, fact
from extractor.vietnamese.normalize import key

LEAST_UNITS = 10  # of one province, before its official list is taken for the roster
_NUMBER = regex.compile(r"\s*\d*[.):]?\s*")
_BODY = regex.compile(r"(?:ủy ban nhân dân|ubnd|u\.b\.n\.d)\s+")
_KINDS = {
    **{kind.lower(): kind for kind in COMMUNE_KINDS}, "p.": "Phường", "p": "Phường", "x.": "Xã", "x": "Xã",
    "đk.": "Đặc khu", "đk": "Đặc khu",
}  # fmt: skip
_KIND = regex.compile(r"(?P<kind>phường|xã|đặc khu|(?:p|x|đk)\.|(?:p|x|đk)(?=\s))\s*(?P<name>.+)")
_HEADINGS = frozenset({"tt", "stt", "số tt", "đơn vị", "tên đơn vị", "tên xã", "xã, phường", "danh sách", "địa phương"})


def read_roster(path: Path, units: Gazetteer, province: str | None = None) -> tuple[Commune, ...]:
    """The communes that a list names, in its order, each once.

    `province` (its name) decides between communes of one name. Raises RosterError where the file cannot be read,
    names no unit, or names one that is in no official list or in several.
    """
    found: dict[str, Commune] = {}
    lines = [(number, cell) for number, cell in _cells(path) if not _is_heading(cell)]
    province = province or _province_of((cell for _, cell in lines), units)
    unknown: list[str] = []
    for number, cell in lines:
        commune = _commune(cell, units, province)
        if commune is None:
            unknown.append(f"dòng {number}: không tìm thấy “{cell.strip()}”")
        else:
            found.setdefault(commune.code, commune)
    if unknown:
        raise RosterError(
            f"{path}, {'; '.join(unknown)} trong danh mục xã, phường, đặc khu{f' của {province}' if province else ''}. "
            "Hãy ghi đúng loại và tên, ví dụ “Phường Lê Chân”."
        )
    if not found:
        raise RosterError(f"{path}: không có tên đơn vị nào. Hãy ghi mỗi đơn vị một dòng.")
    return tuple(found.values())


def province_collected(provinces: Iterable[str | None]) -> str | None:
    """The province to which most of the units belong, where it has at least LEAST_UNITS of them; one a unit."""
    counted = Counter(p for p in provinces if p)
    if not counted:
        return None
    name, times = counted.most_common(1)[0]
    return name if times >= LEAST_UNITS and 2 * times > counted.total() else None


def _commune(cell: str, units: Gazetteer, province: str | None) -> Commune | None:
    """The commune of one cell: by its exact name, else the near one that a misspelling means beyond doubt."""
    text = _BODY.sub("", key(_NUMBER.sub("", cell, count=1)).strip(" ,;."))
    match = _KIND.fullmatch(text)
    kind, name = (_KINDS[match["kind"]], match["name"].strip()) if match else (None, text)
    return (
        units.commune(name, kind, province)
        or units.closest(name, kind, province)
        or (units.commune(name, kind) if province is None else None)
    )


def _province_of(cells: Iterable[str], units: Gazetteer) -> str | None:
    """The province that holds most of the names of a list, so that a name that several provinces have is clear."""
    counted: Counter[str] = Counter()
    for cell in cells:
        text = _BODY.sub("", key(_NUMBER.sub("", cell, count=1)).strip(" ,;."))
        match = _KIND.fullmatch(text)
        kind, name = (_KINDS[match["kind"]], match["name"].strip()) if match else (None, text)
        counted.update({c.province for c in units.communes_named(name, kind)})
    return counted.most_common(1)[0][0] if counted else None


def _is_heading(cell: str) -> bool:
    text = key(cell).strip(" .:")
    return not regex.search(r"\p{L}", text) or name_key(text) in _HEADINGS


def _cells(path: Path) -> Iterator[tuple[int, str]]:
    """Line number and name: the first cell of every line that has letters, remarks left out."""
    for number, row in _rows(path):
        if next(filter(None, map(str.strip, row)), "").startswith("#"):
            continue
        name = next((cell for cell in row if regex.search(r"\p{L}", cell)), "")
        if name:
            yield number, name


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        yield from _sheet_rows(path)
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RosterError(f"Không mở được danh sách {path} ({fact(error)}). Hãy kiểm tra đường dẫn.") from error
    except UnicodeDecodeError:
        raise RosterError(f"{path}: không phải chữ UTF-8. Hãy lưu lại với mã UTF-8 hoặc dùng tệp .xlsx.") from None
    if path.suffix.lower() == ".csv":
        heading = text.partition("\n")[0]
        delimiter = max(",;\t", key=heading.count)
        yield from enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), 1)
    else:
        yield from ((number, [line]) for number, line in enumerate(text.splitlines(), 1))


def _sheet_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException) as error:
        raise RosterError(
            f"Không mở được danh sách {path}: không phải tệp Excel .xlsx đọc được. Hãy lưu lại hoặc dùng tệp .txt."
        ) from error
    try:
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield number, ["" if cell is None else str(cell) for cell in row]
    finally:
        book.close()
