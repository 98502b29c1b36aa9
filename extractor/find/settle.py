"""Numbers with several readings of which the report's own sums allow one.

"Tổng số hồ sơ tiếp nhận trong kỳ: 3.412" may or may not include what came over from the last period. Where the other
figures of the report decide, the number is read so and says why; nothing is ever changed to make a sum hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from extractor.find.meaning import Meaning
from extractor.find.statements import Statement

# A whole, its parts, and how the sum is named to officials: form II.06a of Thông tư 01/2020/TT-VPCP, columns (3) to
# (6), (7) and (11).
_SUMS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("received.total", ("received.new", "received.carried_over"), "bằng số mới cộng với số kỳ trước chuyển sang"),
    ("received.total", ("resolved.total", "pending.total"), "bằng số đã giải quyết cộng với số đang giải quyết"),
    (
        "received.total",
        ("received.online", "received.in_person", "received.carried_over"),
        "bằng các hình thức nộp cộng với số kỳ trước chuyển sang",
    ),
    (
        "received.total",
        ("received.online", "received.in_person", "received.postal", "received.carried_over"),
        "bằng các hình thức nộp cộng với số kỳ trước chuyển sang",
    ),
    ("received.new", ("received.online", "received.in_person"), "bằng các hình thức nộp cộng lại"),
    ("received.new", ("received.online", "received.in_person", "received.postal"), "bằng các hình thức nộp cộng lại"),
)


def settle(
    doubtful: Iterable[tuple[Statement, tuple[Meaning, ...]]], statements: Iterable[Statement]
) -> tuple[list[Statement], list[Statement]]:
    """Doubtful numbers as statements where sums allow exactly one of their readings, and those that stay open."""
    values: dict[tuple[str, str], dict[str, set[Decimal]]] = {}
    for s in statements:
        if not s.meaning.sense.is_rate and not s.approximate and s.meaning.strong:
            told = values.setdefault((s.meaning.scope, s.meaning.basis), {})
            told.setdefault(s.meaning.indicator, set()).add(s.value)
    known = {
        place: {name: next(iter(told)) for name, told in figures.items() if len(told) == 1}
        for place, figures in values.items()
    }
    settled, still_open = [], []
    for statement, readings in doubtful:
        found = [(m, why) for m in readings if (why := _why(m, statement.value, known.get((m.scope, m.basis), {})))]
        if len({(m.indicator, m.scope, m.basis) for m, _ in found}) == 1:
            meaning, why = found[0]
            settled.append(replace(statement, meaning=meaning, decided=why))
        else:
            still_open.append(statement)
    return settled, still_open


def _why(meaning: Meaning, value: Decimal, known: Mapping[str, Decimal]) -> str | None:
    """The sum by which a value is this figure: as the whole, or as one of the parts; None where no sum holds."""
    for whole, parts, told in _SUMS:
        if meaning.indicator == whole and all(p in known for p in parts) and sum(known[p] for p in parts) == value:
            return told
        others = [p for p in parts if p != meaning.indicator]
        known_but_this = len(others) < len(parts) and all(p in known for p in (whole, *others))
        if known_but_this and sum((known[p] for p in others), value) == known[whole]:
            return f"cùng các phần khác cộng lại bằng {known[whole]}"
    return None
