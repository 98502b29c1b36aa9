"""Numbers with several readings of which the report's own sums allow one.

"Tổng số hồ sơ tiếp nhận trong kỳ: 3.412" may or may not include what came over from the last period. Where the other
figures of the report decide, the number is read so and says why; nothing is ever changed to make a sum hold.
A number that no reading allows, but that is one slip of the keyboard away from what two sums of one reading give, is
read so too: left open, the contradiction would be told to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import regex

from extractor.find.meaning import Meaning
from extractor.find.statements import Statement
from extractor.vietnamese.normalize import key

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

_BEFORE = 60  # letters before a number in which it is called a total
_TOTAL = regex.compile(r"tổng|cộng|tất cả|toàn bộ")
_STEP = 5  # a number mistyped by so little may have several digits wrong


def settle(
    doubtful: Iterable[tuple[Statement, tuple[Meaning, ...]]], statements: Iterable[Statement]
) -> tuple[list[Statement], list[Statement]]:
    """Doubtful numbers as statements where sums allow exactly one of their readings, and those that stay open."""
    known = _known(statements)
    settled, still_open = [], []
    for statement, readings in doubtful:
        beside = [(m, known.get((m.scope, m.basis), {})) for m in readings]
        found = [(m, why) for m, told in beside if (why := _why(m, statement.value, told))]
        if not found:
            found = [(m, why) for m, told in beside if (why := _miss(m, statement.value, told))]
        if len({(m.indicator, m.scope, m.basis) for m, _ in found}) == 1:
            meaning, why = found[0]
            settled.append(replace(statement, meaning=meaning, decided=why))
        else:
            still_open.append(statement)
    return settled, still_open


def widen(loose: Iterable[tuple[Statement, Meaning]], statements: Iterable[Statement]) -> None:
    """Give numbers "received in the period" that were taken for new ones the wider meaning where only that adds up."""
    loose = list(loose)
    known = _known(s for s in statements if not any(s is one for one, _ in loose)) if loose else {}
    for statement, whole in loose:
        beside = known.get((whole.scope, whole.basis), {})
        why = _why(whole, statement.value, beside)
        if why and whole.indicator not in beside and not _why(statement.meaning, statement.value, beside):
            statement.meaning, statement.decided = whole, why


def narrow(statements: Iterable[Statement], new: Meaning | None) -> None:
    """Give numbers "received" that repeat the new ones, without the word total, that meaning.

    `new` is the meaning of new dossiers. A second total beside one that holds would else be told as a contradiction.
    """
    statements = list(statements)
    known = _known(statements)
    totals = [s for s in statements if s.meaning.indicator == "received.total" and not s.approximate]
    for s in totals:
        if new is None:
            return
        place = s.meaning.scope, s.meaning.basis
        beside = known.get(place, {})
        if s.value != beside.get("received.new") or not beside.get("received.carried_over"):
            continue
        whole = s.value + beside["received.carried_over"]
        alike = [t for t in totals if (t.meaning.scope, t.meaning.basis) == place]
        said = key(s.block.text[max(0, s.start - _BEFORE) : s.start])
        if any(t.value == whole for t in alike) and not _TOTAL.search(said):
            s.meaning = replace(s.meaning, indicator="received.new", sense=new.sense)
            s.decided = "lặp lại số mới tiếp nhận"


def _known(statements: Iterable[Statement]) -> dict[tuple[str, str], dict[str, Decimal]]:
    """By scope and basis the counts that the report states outright, and only with one value."""
    values: dict[tuple[str, str], dict[str, set[Decimal]]] = {}
    for s in statements:
        if not s.meaning.sense.is_rate and not s.approximate and s.meaning.strong:
            told = values.setdefault((s.meaning.scope, s.meaning.basis), {})
            told.setdefault(s.meaning.indicator, set()).add(s.value)
    return {
        place: {name: next(iter(told)) for name, told in figures.items() if len(told) == 1}
        for place, figures in values.items()
    }


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


def _miss(meaning: Meaning, value: Decimal, known: Mapping[str, Decimal]) -> str | None:
    """That two of the report's statements give one value for this figure, which one slip makes of the printed one."""
    given = Counter(_given(meaning.indicator, known))
    for meant, witnesses in given.items():
        if witnesses > 1 and (abs(value - meant) <= _STEP or one_slip(str(value), str(meant))):
            return f"chỉ lệch một chút so với {meant} mà các số khác cùng cho ra"
    return None


def _given(indicator: str, known: Mapping[str, Decimal]) -> Iterator[Decimal]:
    """What each sum makes of a figure as the whole or as the part that is not told, and what is printed of it."""
    if indicator in known:
        yield known[indicator]
    for whole, parts, _ in _SUMS:
        if indicator == whole and all(p in known for p in parts):
            yield sum((known[p] for p in parts), Decimal(0))
        others = [p for p in parts if p != indicator]
        if len(others) < len(parts) and all(p in known for p in (whole, *others)):
            yield known[whole] - sum(known[p] for p in others)


def one_slip(printed: str, meant: str) -> bool:
    """One digit wrong, dropped or doubled, or two neighbours exchanged."""
    if len(printed) > len(meant):
        printed, meant = meant, printed
    if len(printed) < len(meant):
        return any(meant[:i] + meant[i + 1 :] == printed for i in range(len(meant)))
    wrong = [i for i, (a, b) in enumerate(zip(printed, meant, strict=True)) if a != b]
    exchanged = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(printed) == sorted(meant)
    return len(wrong) == 1 or exchanged
