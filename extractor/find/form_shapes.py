"""What the numbers and row names of a form tell where its headings leave it open; pure functions on texts.

A flat form heads its columns "Tổng số đã giải quyết", "Trước hạn", "Đúng hạn", "Quá hạn", with nothing above to say
whose parts the last three are: they are those of the column before where they add up to it row by row. The sheet that
circulates between offices lists the fields twice, once for each system they are recorded in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

import regex

from extractor.vietnamese.numerals import find_numbers

_SYSTEM = regex.compile(
    r"(?:(?:trên|qua|tại|từ|thuộc) )?(?:các )?"
    r"(?:hệ thống|phần mềm|cổng (?:dịch vụ công|dvc)|cơ sở dữ liệu|csdl)(?!\w).*"
)
_COUNT = regex.compile(r"\d[\d.]*")


def count_of(text: str) -> Decimal | None:
    """The count that a cell holds; None where it holds none, or more than that."""
    if not _COUNT.fullmatch(text):
        return None
    found = find_numbers(text)
    return found[0].value if len(found) == 1 and found[0].decimals == 0 else None


def are_parts(rows: Sequence[Sequence[str]], total: int, parts: Sequence[int]) -> bool:
    """Whether the cells of the columns `parts` add up to the cell of column `total`, row by row.

    One row may be wrong among several: that is for the checks to find. A row of zeros tells nothing.
    """
    held = broken = 0
    for row in rows:
        whole = count_of(row[total])
        counts = [count_of(row[part]) for part in parts]
        known = [count for count in counts if count is not None]
        if whole is None or len(known) < len(counts) or not (whole or any(known)):
            continue
        if sum(known, Decimal(0)) == whole:
            held += 1
        else:
            broken += 1
    return len(parts) > 1 and held > 0 and held >= 3 * broken


def by_system(names: Mapping[int, str], is_total: Mapping[int, bool]) -> dict[int, str]:
    """The rows (by number) of a form in sections by system that are no figures of the unit, each with the reason.

    Where a field stands in several sections no row tells the field's number, and the rows that are left would not add
    up to the total: all but the total are told apart. Where every field stands once the rows are what they say.
    """
    systems = [row for row, name in names.items() if _SYSTEM.fullmatch(name)]
    below = [row for row in names if systems and row > systems[0] and row not in systems and not is_total[row]]
    often = Counter(names[row] for row in below)
    if not any(often[names[row]] > 1 for row in below):
        return {}
    totals = [row for row in names if is_total[row]]
    left = dict.fromkeys(totals[:-1] if totals and totals[-1] > systems[-1] else totals[1:], "dòng cộng một nhóm")
    left |= dict.fromkeys(systems, "dòng của một hệ thống, không phải của toàn đơn vị")
    return left | dict.fromkeys(below, "lĩnh vực nêu riêng ở từng hệ thống, chưa cộng lại")
