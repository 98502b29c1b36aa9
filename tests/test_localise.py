"""Which figures are told as wrong: every smallest explanation, in the right order, with the right certainty."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from extractor.catalog import default_folder
from extractor.catalog import rules as rules_file
from extractor.check import check
from extractor.check.localise import KEYSTROKE, likelihood, neighbours, sets, typing_cost
from extractor.check.rules import Sheet, System, build, components, judge
from extractor.model import Figure, Finding, Place

RULES = rules_file.load(default_folder())


def _simulation() -> ModuleType:
    path = Path(__file__).parents[1] / "benchmarks" / "localise.py"
    spec = importlib.util.spec_from_file_location("localise_benchmark", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SIMULATION = _simulation()


def figures(
    values: Mapping[str, int], scope: str = "self", basis: str = "period", row: int | None = None
) -> list[Figure]:
    return [
        Figure(
            name, scope, basis, Decimal(value), str(value),  # type: ignore[arg-type]
            Place(f"t1r{row}c{i + 3}" if row else f"p{i}", 0, 1, ""),
        )
        for i, (name, value) in enumerate(values.items())
    ]  # fmt: skip


def errors(given: list[Figure]) -> list[Finding]:
    return [f for f in check(given, RULES).findings if f.severity == "error"]


def first(found: Finding) -> tuple[str, int]:
    return found.suggestions[0].indicator, int(found.suggestions[0].proposed)


# --------------------------------------------------------------------------- slips


@pytest.mark.parametrize(
    ("printed", "meant", "cost"),
    [
        (3246, 3241, 10),  # one digit
        (165, 156, 10),  # neighbours exchanged
        (298, 301, 13),  # two digits, but off by three
        (324, 3246, 10),  # a digit dropped
        (32246, 3246, 10),  # a digit doubled
        (5, 5000, 12),  # the thousands lost
        (5000, 5, 12),
        (4, 4231, 12),  # what stood behind the dot lost
        (100, 99, 13),
        (1205, 1205, 0),
        (1205, 3470, 40),
    ],
)
def test_what_a_slip_costs(printed: int, meant: int, cost: int) -> None:
    assert typing_cost(printed, meant) == cost


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_slips_cost_the_same_in_both_directions_but_for_lost_thousands(a: int, b: int) -> None:
    assert (typing_cost(a, b) == 0) == (a == b)
    if 1000 * min(a, b) + 1000 <= max(a, b) or b == 0 or a == 0 or max(a, b) // max(1, min(a, b)) >= 1000:
        return
    assert typing_cost(a, b) == typing_cost(b, a)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_whatever_one_slip_explains_is_among_the_neighbours(a: int, b: int) -> None:
    for meant in (b, *list(neighbours(a))[:20]):
        if 0 < typing_cost(a, meant) <= KEYSTROKE:
            assert meant in neighbours(a)


def test_a_slip_in_a_short_number_is_likelier_than_the_same_step_in_a_long_one() -> None:
    assert likelihood(52, 57) > likelihood(4152, 4157)


# --------------------------------------------------------------------------- shapes

BLANK = {
    "received.total": 2418, "received.in_person": 0, "received.online": 2385, "received.carried_over": 33,
    "resolved.total": 2377, "resolved.early": 2361, "resolved.overdue": 1, "resolved.withdrawn": 6,
    "resolved.refused": 2, "pending.total": 48, "pending.in_time": 45, "pending.overdue": 2, "pending.supplement": 1,
}  # fmt: skip


def test_a_blank_part_is_what_a_suggestion_depends_on() -> None:
    (found,) = errors(figures(BLANK))  # the parts of resolved could hold with on time = 7
    assert (found.rule, found.certainty, found.difference) == ("balance", "pinned", Decimal(7))
    assert first(found) == ("resolved.total", 2370)
    assert found.suggestions[0].provided == "nếu đúng hạn = 0"


def test_two_figures_with_the_same_place_cannot_be_told_apart() -> None:
    (found,) = errors(figures({"received.new": 500, "received.online": 333, "received.in_person": 166}))
    assert found.certainty == "candidates"
    assert {(s.indicator, int(s.proposed)) for s in found.suggestions} == {
        ("received.new", 499), ("received.online", 334), ("received.in_person", 167),
    }  # fmt: skip


def test_a_transposition_is_likelier_than_three_wrong_digits() -> None:
    (found,) = errors(figures({"received.new": 4978, "received.online": 4815, "received.in_person": 127}))
    assert first(found) == ("received.online", 4851)
    assert found.certainty == "likely"


def test_columns_swapped_between_two_bases_are_one_slip() -> None:
    period = {"resolved.total": 900, "resolved.early": 850, "resolved.on_time": 41, "resolved.overdue": 20}
    cumulative = {"resolved.total": 1700, "resolved.early": 1612, "resolved.on_time": 68, "resolved.overdue": 9}
    found = errors([*figures(period, row=3), *figures(cumulative, basis="cumulative", row=3)])
    assert [(f.rule, f.basis, f.cause) for f in found] == [
        ("resolved.parts", "period", 1), ("resolved.parts", "cumulative", 1),
    ]  # fmt: skip
    assert [first(f) for f in found] == [("resolved.overdue", 9), ("resolved.overdue", 20)]
    assert "đổi chỗ" in found[0].suggestions[0].because


def test_two_figures_of_one_report_swapped() -> None:
    values = {
        "received.total": 1205, "received.online": 1100, "received.in_person": 65, "received.carried_over": 40,
        "resolved.total": 55, "pending.total": 1150, "pending.in_time": 53, "pending.overdue": 2,
        "resolved.early": 1090, "resolved.on_time": 52, "resolved.overdue": 8,
    }  # fmt: skip
    found = errors(figures(values))
    assert {f.rule for f in found} == {"resolved.parts", "pending.parts"}
    assert {(s.indicator, int(s.proposed)) for s in found[0].suggestions[:2]} == {
        ("resolved.total", 1150), ("pending.total", 55),
    }  # fmt: skip
    assert {f.cause for f in found} == {1}


def test_two_cells_of_a_row_swapped_where_the_fields_are_columns() -> None:
    """The row's own sum holds; the column of one field is broken, that of the other leaves a rest."""
    columns = {"hộ tịch": (295, 280, 5, 0), "chứng thực": (650, 645, 15, 0)}  # 15 and 5 on time
    names = ("resolved.total", "resolved.early", "resolved.on_time", "resolved.overdue")
    given = [
        Figure(name, f"field:{field}", "period", Decimal(value), str(value), Place(f"t1r{r}c{c}", 0, 1, ""))
        for c, (field, values) in enumerate(columns.items(), 2)
        for r, (name, value) in enumerate(zip(names, values, strict=True), 2)
    ]
    given += figures(dict(zip(names, (945, 925, 20, 0), strict=True)), row=None)
    given[-4:] = [replace(f, place=Place(f"t1r{r}c4", 0, 1, "")) for r, f in enumerate(given[-4:], 2)]
    found = errors(given)
    assert {f.cause for f in found} == {1} and "đổi chỗ" in found[0].suggestions[0].because
    assert {(s.scope, s.indicator, int(s.proposed)) for s in found[0].suggestions} == {
        ("field:hộ tịch", "resolved.on_time", 15), ("field:chứng thực", "resolved.on_time", 5),
    }  # fmt: skip


def test_a_run_of_cells_shifted_by_one() -> None:
    names = ("received.total", "received.online", "received.in_person", "received.carried_over", "resolved.total",
             "resolved.early", "resolved.on_time", "resolved.overdue", "pending.total", "pending.in_time",
             "pending.overdue")  # fmt: skip
    true = (520, 402, 118, 0, 506, 471, 30, 5, 14, 14, 0)
    other = (85, 58, 23, 4, 80, 74, 6, 0, 5, 5, 0)
    total = tuple(a + b for a, b in zip(true, other, strict=True))
    shifted = (*true[:4], 506, 506, 471, 30, 5, 14, 0)
    given = [
        *figures(dict(zip(names, shifted, strict=True)), scope="field:hộ tịch", row=4),
        *figures(dict(zip(names, other, strict=True)), scope="field:người có công", row=5),
        *figures(dict(zip(names, total, strict=True)), row=6),
    ]
    found = errors(given)
    assert found and "lệch một ô" in found[0].suggestions[0].because
    proposed = {(s.indicator, s.scope): int(s.proposed) for s in found[0].suggestions}
    wrong = {(n, "field:hộ tịch"): t for n, t, s in zip(names, true, shifted, strict=True) if t != s}
    assert proposed == wrong


def test_two_wrong_totals_are_told_as_two() -> None:
    values = {
        "received.total": 1305, "received.online": 1100, "received.in_person": 65, "received.carried_over": 40,
        "resolved.total": 1150, "resolved.early": 1090, "resolved.on_time": 52, "resolved.overdue": 8,
        "pending.total": 85, "pending.in_time": 53, "pending.overdue": 2,
    }  # fmt: skip
    found = errors(figures(values))
    assert {f.rule for f in found} == {"received.parts", "balance", "pending.parts"}
    assert "Ít nhất hai số sai" in found[0].message
    assert {(s.indicator, int(s.proposed)) for s in found[0].suggestions[:2]} == {
        ("received.total", 1205), ("pending.total", 55),
    }  # fmt: skip


def test_a_rate_speaks_for_the_count_that_makes_it_fit() -> None:
    values = {"received.new": 1165, "received.online": 1150, "received.in_person": 65}  # 1.215: 50 too many
    (plain,) = errors(figures(values))
    rate = Figure("rate.online", "self", "period", Decimal("94.42"), "94,42", Place("p9", 0, 1, ""), decimals=2)
    found = errors([*figures(values), rate])
    assert {f.rule for f in found} == {"received.new_parts", "rate.online"}
    assert first(found[0]) == ("received.online", 1100)
    assert any("94,42" in s.because for s in found[0].suggestions)
    assert plain.certainty != "pinned"


def test_a_fraction_that_prints_the_value_bears_it_out() -> None:
    values = {"received.new": 1165, "received.online": 1106, "received.in_person": 65}
    rate = Figure("rate.online", "self", "period", Decimal("94.42"), "94,42", Place("p9", 0, 1, ""), decimals=2,
                  numerator=Decimal(1100), denominator=Decimal(1165))  # fmt: skip
    found = errors([*figures(values), rate])
    assert first(found[0]) == ("received.online", 1100)


# --------------------------------------------------------------------------- the oracles


def _milp_sets(system: System) -> set[frozenset[int]]:
    """Inclusion-minimal sets of at most two printed cells, by mixed integer programmes with no-good cuts.

    Independent of the solver under test. M is ten times the largest figure: a larger one leaks through the
    integrality tolerance of floating point solvers.
    """
    cells = system.cells
    printed = [c for c, cell in enumerate(cells) if cell.figure is not None]
    n, m = len(cells), len(printed)
    big = 10 * (max(system.low[c] for c in printed) + 1)
    rows: list[np.ndarray[Any, Any]] = []
    lower: list[float] = []
    upper: list[float] = []

    def add(row: np.ndarray[Any, Any], low: float, high: float) -> None:
        rows.append(row)
        lower.append(low)
        upper.append(high)

    for identity in system.identities:
        row = np.zeros(n + m)
        for c, sign in zip(identity.cells, identity.signs, strict=True):
            row[c] += sign
        add(row, 0, 0)
    for k, c in enumerate(printed):
        for sign, low, high in ((-1, -np.inf, system.low[c]), (1, system.low[c], np.inf)):
            row = np.zeros(n + m)
            row[c], row[n + k] = 1, sign * big
            add(row, low, high)
    cost = np.concatenate([np.zeros(n), np.ones(m)])
    found: set[frozenset[int]] = set()
    while True:
        result = milp(
            cost,
            constraints=LinearConstraint(np.array(rows), lower, upper),
            bounds=Bounds(np.zeros(n + m), np.concatenate([np.full(n, float(big)), np.ones(m)])),
            integrality=np.ones(n + m),
        )
        chosen = [] if result.x is None else [k for k in range(m) if result.x[n + k] > 0.5]
        if not chosen or len(chosen) > 2:
            return found
        found.add(frozenset(printed[k] for k in chosen))
        row = np.zeros(n + m)
        row[[n + k for k in chosen]] = 1
        add(row, -np.inf, len(chosen) - 1)


def _damaged(rng: random.Random, share: float) -> System:
    """The system of a report with one slip that breaks something, in one component, counted the usual way."""
    while True:
        truth = SIMULATION.report(rng)
        made = SIMULATION.damage(rng, SIMULATION.blank(rng, truth, share), rng.choice(SIMULATION.KINDS))
        if made is None:
            continue
        system = build(Sheet(figures(made[0])), RULES, {})
        if not system.counted and any(judge(system)):
            return system


@pytest.mark.parametrize(("share", "many"), [(0.0, 25), (0.15, 75), (0.3, 25)])
def test_the_same_sets_as_integer_programming(share: float, many: int) -> None:
    rng = random.Random(int(share * 100) + 3)
    for _ in range(many):
        system = _damaged(rng, share)
        alone, jointly = judge(system)
        assert set(sets(system, [*alone, *jointly])) == _milp_sets(system)


def _damaged_table(rng: random.Random, share: float) -> System:
    """A table by field under its total row with one slip and blank cells: sums across and down, no tree any more."""
    columns = ("received.total", "received.online", "received.in_person", "received.carried_over", "resolved.total",
               "pending.total")  # fmt: skip
    while True:
        rows = {f"field:{n}": SIMULATION.report(rng) for n in range(rng.randint(2, 3))}
        rows["self"] = {c: sum(row[c] for row in rows.values()) for c in columns}
        scope, column = rng.choice([(s, c) for s in rows for c in columns])
        values = SIMULATION.slips(rows[scope][column], rng.choice(SIMULATION.KINDS))
        if not values:
            continue
        rows[scope][column] = rng.choice(values)
        given = [
            Figure(c, s, "period", Decimal(row[c]), str(row[c]), Place(f"t1r{r}c{at}", 0, 1, ""))
            for r, (s, row) in enumerate(rows.items(), 4)
            for at, c in enumerate(columns, 3)
            if c == "received.total" or rng.random() >= share
        ]
        system = build(Sheet(given), RULES, {})
        broken = [n for found in judge(system) for n in found]
        if broken and len(components(system, broken)) == 1:
            return system


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25])
def test_the_same_sets_as_integer_programming_where_sums_run_across_and_down(share: float) -> None:
    rng = random.Random(int(share * 100) + 9)
    for _ in range(20):
        system = _damaged_table(rng, share)
        alone, jointly = judge(system)
        assert set(sets(system, [*alone, *jointly])) == _milp_sets(system)


def _rational(system: System, free: frozenset[int]) -> bool:
    """Some rationals ≥ 0 in the free and unprinted cells make every identity hold: the simplex method in fractions.

    Bland's rule, so that it ends. On sums that form a tree rationals exist exactly where whole numbers do.
    """
    columns = [c for c, cell in enumerate(system.cells) if cell.figure is None or c in free]
    rows: list[list[Fraction]] = []
    for identity in system.identities:
        known = sum(s * system.low[c] for c, s in zip(identity.cells, identity.signs, strict=True) if c not in columns)
        row = [Fraction(sum(s for d, s in zip(identity.cells, identity.signs, strict=True) if d == c)) for c in columns]
        row.append(Fraction(-known))
        rows.append([-x for x in row] if row[-1] < 0 else row)
    n = len(columns)
    goal = [-sum(column) for column in zip(*rows, strict=True)]  # what the artificial variables cost
    basis: list[int | None] = [None] * len(rows)  # None: artificial
    while True:
        enter = next((j for j in range(n) if goal[j] < 0), None)
        if enter is None:
            return goal[-1] == 0
        ratios = [(row[-1] / row[enter], basis[i] if basis[i] is not None else n, i)
                  for i, row in enumerate(rows) if row[enter] > 0]  # fmt: skip
        _, _, leave = min(ratios, key=lambda r: (r[0], r[1] or 0))
        pivot = rows[leave][enter]
        rows[leave] = [x / pivot for x in rows[leave]]
        for row in (*rows[:leave], *rows[leave + 1 :], goal):
            factor = row[enter]
            if factor:
                row[:] = [x - factor * y for x, y in zip(row, rows[leave], strict=True)]
        basis[leave] = enter


@pytest.mark.parametrize(("share", "many"), [(0.0, 50), (0.2, 150)])
def test_the_same_sets_as_exact_rationals(share: float, many: int) -> None:
    rng = random.Random(int(share * 100) + 5)
    for _ in range(many):
        system = _damaged(rng, share)
        alone, jointly = judge(system)
        printed = [c for c, cell in enumerate(system.cells) if cell.figure is not None]
        single = {c for c in printed if _rational(system, frozenset({c}))}
        wanted = {frozenset({c}) for c in single}
        for pair in combinations(printed, 2):
            if not single & set(pair) and _rational(system, frozenset(pair)):
                wanted.add(frozenset(pair))
        assert set(sets(system, [*alone, *jointly])) == wanted


def _enumerated(system: System, free: frozenset[int], most: int) -> bool:
    """Some whole numbers up to `most` in the free and unprinted cells make every identity hold, by trying all."""
    values = {c: system.low[c] for c, cell in enumerate(system.cells) if cell.figure is not None and c not in free}
    waiting = list(system.identities)

    def hold() -> bool:
        pending = [(i, [c for c in dict.fromkeys(i.cells) if c not in values]) for i in waiting]
        for identity, missing in pending:
            if not missing:
                left = sum(values[c] for c in identity.left)
                if left != sum(values[c] for c in identity.right):
                    return False
        rest = [(i, missing) for i, missing in pending if missing]
        if not rest:
            return True
        _, missing = min(rest, key=lambda p: len(p[1]))
        for value in range(most + 1):
            values[missing[0]] = value
            if hold():
                del values[missing[0]]
                return True
        del values[missing[0]]
        return False

    return hold()


def test_the_same_sets_as_trying_every_number() -> None:
    rng = random.Random(11)
    tried: Counter[str] = Counter()
    while tried["n"] < 30:
        values = {n: rng.choice((0, 0, 1, 1, 2, 3)) for n in SIMULATION.PARTS if n not in (
            "resolved.refused", "received.in_person", "pending.supplement")}  # fmt: skip
        for total, parts in SIMULATION.TOTALS.items():
            values[total] = sum(values.get(p, 0) for p in parts) + rng.choice((0, 0, 0, 1, -1))
        values = {n: max(0, v) for n, v in values.items() if n in SIMULATION.TOTALS or rng.random() > 0.15}
        system = build(Sheet(figures(values)), RULES, {})
        alone, jointly = judge(system)
        broken = [*alone, *jointly]
        printed = [c for c, cell in enumerate(system.cells) if cell.figure is not None]
        most = 2 * sum(values.values()) + 2
        if system.counted or not broken or most > 30:
            continue
        tried["n"] += 1
        single = [frozenset({c}) for c in printed if _enumerated(system, frozenset({c}), most)]
        wanted = set(single)
        for pair in combinations(printed, 2):
            if not any(s <= set(pair) for s in single) and _enumerated(system, frozenset(pair), most):
                wanted.add(frozenset(pair))
        assert set(sets(system, broken)) == wanted


# --------------------------------------------------------------------------- how good it is


@pytest.mark.parametrize(
    ("share", "detected", "right"),
    [(0.0, 1.0, 0.75), (0.15, 0.81, 0.62)],
)
def test_one_slip_is_found_and_named_as_often_as_can_be_expected(share: float, detected: float, right: float) -> None:
    count: Counter[str] = Counter()
    rng = random.Random(int(100 * share) + 1)
    while count["n"] < 1000:
        truth = SIMULATION.report(rng)
        kind = SIMULATION.KINDS[count["n"] % 4]
        made = SIMULATION.damage(rng, SIMULATION.blank(rng, truth, share), kind)
        if made is None:
            continue
        outcome = SIMULATION.judge(made[0], truth, made[1], RULES)
        count["n"] += 1
        for name in ("detected", "first", "third", "pinned", "pinned_right"):
            count[name] += getattr(outcome, name)
    assert count["detected"] >= detected * count["n"]
    assert count["first"] >= right * count["n"]
    assert count["third"] >= 0.98 * count["detected"]
    assert count["pinned_right"] >= 0.97 * count["pinned"]


def test_two_slips_are_among_the_explanations_as_often_as_can_be_expected() -> None:
    """Two wrong parts of one sum look like one slip whatever anybody does: about one report in seven."""
    rng = random.Random(11)
    right = 0
    for _ in range(1000):
        printed, _, wrong = SIMULATION.two_slips(rng, 0.0)
        right += wrong in SIMULATION.explanations(printed, RULES)
    assert right >= 0.85 * 1000


def test_where_only_the_printed_value_would_settle_a_sum_nothing_is_suggested_for_it() -> None:
    """Fields of a table under their total; a class is not printed for two of them."""
    rows: dict[str, tuple[int | None, ...]] = {"self": (3361, 3272, 86, 3), "field:hộ tịch": (641, 598, 43, None)}
    rows |= {"field:chứng thực": (1932, 1932, 0, 0), "field:đất đai": (139, 121, 16, None)}
    names = ("resolved.total", "resolved.early", "resolved.on_time", "resolved.overdue")
    figures = [
        Figure(name, scope, "period", Decimal(value), str(value), Place(f"t1r{r}c{c}", 0, 1, ""))
        for r, (scope, values) in enumerate(rows.items(), 1)
        for c, (name, value) in enumerate(zip(names, values, strict=True))
        if value is not None
    ]
    told = check(figures, RULES).findings
    assert told
    assert all(s.proposed != s.printed for f in told for s in f.suggestions)


# --------------------------------------------------------------------------- what to ask


def asked_of(values: Mapping[str, int]) -> tuple[str, str]:
    """What is asked about the first cause: which figure, in which words."""
    question = next(f.question for f in check(figures(values), RULES).findings if f.question)
    return question.indicator, question.text


def test_a_blank_that_the_only_explanation_depends_on_is_asked_for() -> None:
    assert asked_of(BLANK) == (
        "resolved.on_time",
        "Đúng hạn thực tế là bao nhiêu (báo cáo không ghi)? Nếu là 0 thì tổng số đã giải quyết phải là 2.370; "
        "nếu khác thì còn số khác ghi sai.",
    )  # fmt: skip


def test_of_figures_that_cannot_be_told_apart_the_likeliest_is_asked_for() -> None:
    given = {"received.new": 500, "received.online": 333, "received.in_person": 176}
    assert asked_of(given) == (
        "received.in_person",
        "Nộp trực tiếp ghi 176 có đúng không? Nếu là 167 thì chỉ sai ở số này; nếu đúng thì sai ở một trong các số: "
        "tiếp nhận mới trong kỳ, nộp trực tuyến.",
    )  # fmt: skip


def test_a_blank_is_asked_for_before_what_is_printed() -> None:
    """Whether early or overdue is wrong shows in neither sum; what the blank in time is, says both."""
    given = {
        "received.total": 900, "resolved.total": 820, "pending.total": 75, "pending.overdue": 3,
        "pending.supplement": 0, "resolved.early": 780, "resolved.on_time": 30, "resolved.overdue": 10,
        "resolved.withdrawn": 0, "resolved.refused": 0, "received.new": 860, "received.carried_over": 40,
    }  # fmt: skip
    indicator, text = asked_of(given)
    assert indicator == "pending.in_time"
    assert text.startswith("Đang giải quyết trong hạn thực tế là bao nhiêu (báo cáo không ghi)?")
    assert "nếu là 72" in text.lower() or "nếu là 77" in text.lower()


@pytest.mark.parametrize("share", [0.0, 0.15])
def test_the_true_answer_to_a_question_leaves_the_true_explanation(share: float) -> None:
    """And never all of those there were; where one slip was made, one question mostly settles it."""
    rng = random.Random(int(100 * share) + 7)
    count: Counter[str] = Counter()
    while count["asked"] < 150:
        truth = SIMULATION.report(rng)
        made = SIMULATION.damage(rng, SIMULATION.blank(rng, truth, share), rng.choice(SIMULATION.KINDS))
        if made is None:
            continue
        before, after, right = SIMULATION.settled(made[0], truth, made[1], RULES)
        if before < 2:
            continue
        count["asked"] += 1
        assert right and after < before
        count["settled"] += after == 1
    assert count["settled"] >= 75
