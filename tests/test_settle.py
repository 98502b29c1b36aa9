"""Which of several readings a sum allows: each sum of the form, and the cases in which none may decide."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_find_sentences import CATALOG

from extractor.find.meaning import Meaning
from extractor.find.settle import settle
from extractor.find.statements import Statement
from extractor.model import Basis, Block

SENSES = {sense.indicator: sense for sense in CATALOG.indicators.senses}
TOTAL, NEW, CARRIED = "received.total", "received.new", "received.carried_over"
ONLINE, IN_PERSON, POSTAL = "received.online", "received.in_person", "received.postal"
RESOLVED, PENDING = "resolved.total", "pending.total"
BOTH = (TOTAL, NEW)

BY_NEW = "bằng số mới cộng với số kỳ trước chuyển sang"
BY_STATE = "bằng số đã giải quyết cộng với số đang giải quyết"
BY_WAY_AND_CARRIED = "bằng các hình thức nộp cộng với số kỳ trước chuyển sang"
BY_WAY = "bằng các hình thức nộp cộng lại"


def meaning(indicator: str, scope: str = "self", basis: Basis = "period", strong: bool = True) -> Meaning:
    return Meaning(indicator, scope, basis, strong, SENSES[indicator])


def said(
    indicator: str,
    value: int | str,
    scope: str = "self",
    basis: Basis = "period",
    *,
    strong: bool = True,
    approximate: bool = False,
) -> Statement:
    block = Block("p1", str(value))
    end = len(block.text)
    found = meaning(indicator, scope, basis, strong)
    return Statement(found, Decimal(value), 0, block, 0, end, approximate=approximate)


def doubtful(
    value: int, readings: tuple[str, ...] = BOTH, scope: str = "self", basis: Basis = "period"
) -> tuple[Statement, tuple[Meaning, ...]]:
    return said(readings[0], value, scope, basis), tuple(meaning(r, scope, basis) for r in readings)


def read(value: int, known: dict[str, int], readings: tuple[str, ...] = BOTH) -> tuple[str, str] | None:
    """Indicator and reason of a doubtful number beside `known` figures; None where it stays open."""
    settled, still_open = settle([doubtful(value, readings)], [said(i, v) for i, v in known.items()])
    assert len(settled) + len(still_open) == 1
    return (settled[0].meaning.indicator, settled[0].decided) if settled else None


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        # the number is a whole
        (620, {NEW: 600, CARRIED: 20}, (TOTAL, BY_NEW)),
        (620, {NEW: 620, CARRIED: 0}, (TOTAL, BY_NEW)),  # what came over may be nothing
        (620, {RESOLVED: 610, PENDING: 10}, (TOTAL, BY_STATE)),
        (620, {ONLINE: 590, IN_PERSON: 10, CARRIED: 20}, (TOTAL, BY_WAY_AND_CARRIED)),
        (620, {ONLINE: 590, IN_PERSON: 7, POSTAL: 3, CARRIED: 20}, (TOTAL, BY_WAY_AND_CARRIED)),
        (600, {ONLINE: 590, IN_PERSON: 10}, (NEW, BY_WAY)),
        (600, {ONLINE: 590, IN_PERSON: 7, POSTAL: 3}, (NEW, BY_WAY)),
        # of two ways to the same reading the first of the form is told
        (620, {NEW: 600, CARRIED: 20, RESOLVED: 610, PENDING: 10}, (TOTAL, BY_NEW)),
        # the number is a part
        (600, {TOTAL: 620, CARRIED: 20}, (NEW, "cùng các phần khác cộng lại bằng 620")),
        (600, {TOTAL: 620, CARRIED: 20, RESOLVED: 610, PENDING: 10}, (NEW, "cùng các phần khác cộng lại bằng 620")),
        (620, {TOTAL: 620, CARRIED: 0}, (NEW, "cùng các phần khác cộng lại bằng 620")),
        # no sum, or a sum that misses by one, or of which a part is not told
        (600, {}, None),
        (621, {NEW: 600, CARRIED: 20}, None),
        (620, {NEW: 600}, None),
        (620, {RESOLVED: 610}, None),
        (600, {ONLINE: 590}, None),
        (600, {ONLINE: 590, POSTAL: 10}, None),  # without those handed in over the counter it is no sum of the form
        (620, {RESOLVED: 610, CARRIED: 10}, None),
        # both readings hold: nothing came over
        (600, {ONLINE: 590, IN_PERSON: 10, CARRIED: 0}, None),
        (600, {ONLINE: 590, IN_PERSON: 10, RESOLVED: 580, PENDING: 20}, None),
        (600, {TOTAL: 620, CARRIED: 20, RESOLVED: 580, PENDING: 20}, None),
    ],
)
def test_what_decides_between_all_received_and_new(
    value: int, known: dict[str, int], expected: tuple[str, str] | None
) -> None:
    assert read(value, known) == expected


@pytest.mark.parametrize(
    ("value", "known", "readings", "expected"),
    [
        (10, {TOTAL: 620, RESOLVED: 610}, (PENDING, RESOLVED), PENDING),
        (610, {TOTAL: 620, PENDING: 10}, (PENDING, RESOLVED), RESOLVED),
        (310, {TOTAL: 620, PENDING: 310}, (PENDING, RESOLVED), RESOLVED),  # the figure itself is no part told beside it
        (310, {TOTAL: 620, PENDING: 310, RESOLVED: 310}, (PENDING, RESOLVED), None),
        (20, {TOTAL: 620, NEW: 600}, (CARRIED, POSTAL), CARRIED),
        (3, {NEW: 600, ONLINE: 590, IN_PERSON: 7}, (CARRIED, POSTAL), POSTAL),
        (10, {NEW: 600, ONLINE: 590}, (IN_PERSON, POSTAL), IN_PERSON),
        (590, {NEW: 600, IN_PERSON: 10}, (ONLINE, RESOLVED), ONLINE),
        # a reading that no sum speaks of is never settled
        (5, {RESOLVED: 610}, ("resolved.overdue", "pending.overdue"), None),
    ],
)
def test_what_decides_that_a_number_is_a_part(
    value: int, known: dict[str, int], readings: tuple[str, ...], expected: str | None
) -> None:
    found = read(value, known, readings)
    assert (found[0] if found else None) == expected


SUMS = {NEW: 600, CARRIED: 20, RESOLVED: 610, PENDING: 10}  # two of them give 620


@pytest.mark.parametrize(
    ("value", "known", "expected"),
    [
        (260, SUMS, TOTAL),  # neighbours exchanged
        (720, SUMS, TOTAL),  # one digit
        (62, SUMS, TOTAL),  # dropped
        (6220, SUMS, TOTAL),  # doubled
        (617, SUMS, TOTAL),  # off by a few
        (260, {NEW: 600, CARRIED: 20, TOTAL: 620}, TOTAL),  # printed so elsewhere, and a sum
        (951, SUMS, None),  # something else
        (260, {NEW: 600, CARRIED: 20}, None),  # one sum alone is no proof
        (260, {**SUMS, PENDING: 11}, None),  # two sums that differ
        (602, {**SUMS, ONLINE: 590, IN_PERSON: 10}, None),  # 620 for all, 600 for the new: both are one slip away
    ],
)
def test_a_number_that_no_reading_allows_is_read_as_the_slip_of_what_two_sums_give(
    value: int, known: dict[str, int], expected: str | None
) -> None:
    found = read(value, known)
    assert (found[0] if found else None) == expected


KNOWN = {NEW: 600, CARRIED: 20}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([said(NEW, 600, "commune_level"), said(CARRIED, 20, "commune_level")], "figures of a level"),
        ([said(NEW, 600), said(CARRIED, 20, "field:hộ tịch")], "one part of a field"),
        ([said(NEW, 600, basis="previous"), said(CARRIED, 20, basis="previous")], "figures of the last period"),
        ([said(NEW, 600), said(CARRIED, 20, basis="cumulative")], "one part since the new year"),
        ([said(NEW, 600, approximate=True), said(CARRIED, 20)], "“khoảng 600” adds up to nothing"),
        ([said(NEW, 600, strong=False), said(CARRIED, 20)], "a reading carried over from a neighbour"),
        ([said("rate.online", 600), said(CARRIED, 20)], "a percentage"),
    ],
)
def test_what_decides_nothing(told: list[Statement], why: str) -> None:
    settled, still_open = settle([doubtful(620)], told)
    assert (settled, len(still_open)) == ([], 1), why


@pytest.mark.parametrize(
    ("scope", "basis"), [("commune_level", "period"), ("self", "previous"), ("unit:phường an bình", "last_year")]
)
def test_figures_of_the_same_scope_and_basis_decide(scope: str, basis: Basis) -> None:
    told = [said(indicator, value, scope, basis) for indicator, value in KNOWN.items()]
    ((settled,), still_open) = settle([doubtful(620, scope=scope, basis=basis)], told)
    assert (settled.meaning.indicator, settled.meaning.scope, settled.meaning.basis) == (TOTAL, scope, basis)
    assert still_open == []


def test_each_number_is_settled_by_itself() -> None:
    """One that is settled is no ground for the next: nothing is built upon what was concluded."""
    settled, still_open = settle([doubtful(620), doubtful(590, (ONLINE, NEW))], [said(NEW, 600), said(CARRIED, 20)])
    assert [(s.value, s.meaning.indicator) for s in settled] == [(620, TOTAL)]
    assert [s.value for s in still_open] == [590]


def test_a_number_keeps_its_place_and_letters() -> None:
    number, readings = doubtful(620)
    ((settled,), _) = settle([(number, readings)], [said(i, v) for i, v in KNOWN.items()])
    assert (settled.block, settled.start, settled.end, settled.printed) == (number.block, 0, 3, "620")
    assert number.decided == "" and settled.decided == BY_NEW


def test_a_figure_with_two_values_decides_nothing() -> None:
    """Where the report contradicts itself about a part, a sum with one of the values is no proof."""
    told = [said(NEW, 600), said(NEW, 605), said(CARRIED, 20)]
    assert settle([doubtful(620)], told)[0] == settle([doubtful(620)], told[::-1])[0]


def test_one_indicator_in_two_periods_is_a_tie() -> None:
    number = said(TOTAL, 620)
    readings = (meaning(TOTAL), meaning(TOTAL, basis="previous"))
    told = [said(i, v, basis=basis) for i, v in KNOWN.items() for basis in ("period", "previous")]
    assert settle([(number, readings)], told) == ([], [number])


COUNTED = st.sampled_from([TOTAL, NEW, CARRIED, ONLINE, IN_PERSON, POSTAL, RESOLVED, PENDING])
FIGURES = st.dictionaries(COUNTED, st.integers(0, 40), max_size=8)


@given(FIGURES, st.lists(st.tuples(st.integers(0, 80), st.lists(COUNTED, min_size=2, max_size=3, unique=True))))
def test_every_number_is_settled_or_stays_open_and_none_is_changed(
    known: dict[str, int], numbers: list[tuple[int, list[str]]]
) -> None:
    waiting = [doubtful(value, tuple(readings)) for value, readings in numbers]
    settled, still_open = settle(waiting, [said(i, v) for i, v in known.items()])
    assert sorted(s.value for s in [*settled, *still_open]) == sorted(Decimal(value) for value, _ in numbers)
    assert all(s.decided for s in settled) and not any(s.decided for s in still_open)
    allowed = {(Decimal(value), reading) for value, readings in numbers for reading in readings}
    assert {(s.value, s.meaning.indicator) for s in settled} <= allowed


@given(FIGURES, st.integers(0, 80), st.permutations([TOTAL, NEW, RESOLVED, PENDING]))
def test_the_order_of_readings_and_figures_decides_nothing(
    known: dict[str, int], value: int, readings: list[str]
) -> None:
    told = [said(i, v) for i, v in known.items()]
    forward = settle([doubtful(value, tuple(readings))], told)
    backward = settle([doubtful(value, tuple(readings[::-1]))], told[::-1])
    assert [s.meaning.indicator for s in forward[0]] == [s.meaning.indicator for s in backward[0]]


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 5000))
def test_a_printed_sum_is_always_found_and_one_that_misses_never(new: int, carried: int, miss: int) -> None:
    assert read(new + carried, {NEW: new, CARRIED: carried}) == (TOTAL, BY_NEW)
    found = read(new + carried + 1 + miss, {NEW: new, CARRIED: carried})
    assert found is None
