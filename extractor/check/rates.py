"""Rates against the fraction beside them, or against the counts under one of the denominators in use.

A rate holds inside one unit of its last printed digit on either side, because writers round, round half-even and
cut off; outside half a unit it is told as cut off. A rate with a fraction is judged by its fraction. Without
one, a rate that fits no known definition is an error only where one keystroke would make it fit; otherwise it
may follow a definition that nobody told us, and is a warning.

Sources: QĐ 766/QĐ-TTg and the definitions that reports use; the interval of one unit is safe for all habits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractor.catalog.rules import Ratio, Rule
from extractor.check.localise import AGAINST, FOR, KEYSTROKE, MARGIN, SLIP, neighbours, typing_cost
from extractor.check.rules import LEVELS, Sheet, System, held
from extractor.model import Basis, Certainty, Figure

_WITNESS = 100  # a fraction's part of at least this size that equals a count is no coincidence
_LOOSE = 5  # units that an approximate rate may be off

State = Literal["fits", "cut", "misfit", "slip"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a printed rate stands to `numerator`/`denominator`. `computed` and `printed` count 10^-decimals percent.

    `terms` are the counts of the definition; empty where the fraction is printed beside the rate.
    `state` "slip" is a misfit that one keystroke explains: in the rate, or in the count `instead` (figure, value).
    """

    figure: int
    rule: Rule
    state: State
    numerator: int
    denominator: int
    printed: int
    computed: int
    decimals: int
    terms: tuple[int, ...] = ()
    instead: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Mended:
    """One side of a printed fraction as the report's own counts `terms` (figures) have it, which its rate then fits."""

    side: Literal["numerator", "denominator"]
    printed: int
    value: int
    fraction: tuple[int, int]
    terms: tuple[int, ...]


class Rates:
    """Every rate of the report with what it can be judged by."""

    def __init__(self, sheet: Sheet, system: System, rules: Sequence[Rule]) -> None:
        self.sheet = sheet
        self.system = system
        self.figures = sheet.figures
        by_id = {r.id: r for r in rules if r.kind == "rate"}
        self.rates = [
            (i, by_id[f.indicator]) for i, f in enumerate(self.figures) if f.indicator in by_id and f.value >= 0
        ]
        self.sure = held(system, ())
        self.ways: dict[int, list[tuple[Ratio, list[int], list[int], list[int]]]] = {}
        self.using: dict[int, list[int]] = {}
        self.parts: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for index, rule in self.rates:
            figure = self.figures[index]
            fraction = fraction_of(figure)
            if fraction is not None:
                found = self.parts.setdefault((figure.scope, figure.basis), [])
                found += [(part, index) for part in fraction if part >= _WITNESS]
                continue
            self.ways[index] = list(self._ways(figure, rule))
            for counts in {c for _, of, over, less in self.ways[index] for c in (*of, *over, *less)}:
                self.using.setdefault(counts, []).append(index)

    def _ways(self, figure: Figure, rule: Rule) -> Iterator[tuple[Ratio, list[int], list[int], list[int]]]:
        names = self.system.names.get((figure.scope, figure.basis, None), {})
        exact = {i: f for i, f in names.items() if not self.figures[f].approximate}
        for ratio in rule.ratios:
            if all(t in exact for t in (*ratio.of, *ratio.over, *ratio.less)):
                extra = [exact[t] for t in ratio.extra if t in exact]
                over = [exact[t] for t in ratio.over] + extra
                yield ratio, [exact[t] for t in ratio.of], over, [exact[t] for t in ratio.less]

    def verdicts(self) -> list[Verdict]:
        """One verdict for each rate that can be judged, in order."""
        found = []
        for index, rule in self.rates:
            verdict = self.judge(index, rule, {})
            if verdict is not None:
                found.append(verdict)
        return found

    def judge(self, index: int, rule: Rule, values: Mapping[int, int]) -> Verdict | None:
        """The verdict on a rate with the counts `values` (figure → value) in place of the printed ones.

        None where neither a fraction nor the counts of one definition are printed.
        """
        figure = self.figures[index]
        fraction = fraction_of(figure)
        if fraction is not None:
            return _verdict(index, figure, rule, *fraction, False, ())
        best: Verdict | None = None
        for ratio, of, over, less in self.ways.get(index, ()):
            numerator = sum(values.get(c, self.sheet.values[c]) for c in of)
            denominator = sum(values.get(c, self.sheet.values[c]) for c in over)
            denominator -= sum(values.get(c, self.sheet.values[c]) for c in less)
            if ratio.rest:
                numerator = denominator - numerator
            if denominator <= 0 or numerator < 0:
                continue
            verdict = _verdict(index, figure, rule, numerator, denominator, True, (*of, *over, *less))
            if best is None or _order(verdict) < _order(best):
                best = verdict
            if verdict.state == "misfit" and len(of) == 1 and not ratio.rest and of[0] not in self.sure:
                slipped = self._slipped(verdict, of[0], denominator)
                if slipped is not None and _order(slipped) < _order(best):
                    best = slipped
        return best

    def _slipped(self, verdict: Verdict, count: int, denominator: int) -> Verdict | None:
        """The verdict that a count which no sum bears out was mistyped, where the rate leaves few values for it."""
        value, unit = verdict.numerator, 100 * 10**verdict.decimals
        if 2 * denominator > unit * max(2, value // 100):
            return None
        fitting = [
            v for v in neighbours(value)
            if typing_cost(value, v) <= KEYSTROKE and abs(unit * v - verdict.printed * denominator) < denominator
        ]  # fmt: skip
        if not fitting:
            return None
        nearest = min(fitting, key=lambda v: abs(unit * v - verdict.printed * denominator))
        return replace(verdict, state="slip", instead=(count, nearest))

    def counts_apart(self) -> list[tuple[int, int, Rule]]:
        """Counts that differ by one slip from the numerator printed beside their rate: (count, rate, rule)."""
        found = []
        for index, rule in self.rates:
            figure = self.figures[index]
            fraction = fraction_of(figure)
            count = self.system.names.get((figure.scope, figure.basis, None), {}).get(rule.count)
            if fraction is None or count is None or fraction[0] < _WITNESS or self.figures[count].approximate:
                continue
            if 0 < typing_cost(self.sheet.values[count], fraction[0]) <= KEYSTROKE:
                found.append((count, index, rule))
        return found

    def mended(self, verdict: Verdict) -> Mended | None:
        """The one side of a fraction that is mistyped, where a count printed elsewhere makes its rate fit.

        None where the rate fits, where no count does so, or where several would. A count far from the printed side is
        taken only where the rate is printed so precisely that hardly another number fits it.
        """
        if verdict.state != "misfit" or verdict.terms:
            return None
        figure, top, bottom = self.figures[verdict.figure], verdict.numerator, verdict.denominator
        precise = max(top, bottom) <= 100 * 10**verdict.decimals
        found: dict[tuple[str, int], Mended] = {}
        for side, terms, value in self._sides(figure, verdict.rule):
            printed, fraction = (top, (value, bottom)) if side == "numerator" else (bottom, (top, value))
            if value in (0, printed) or not (precise or typing_cost(printed, value) <= SLIP):
                continue
            if fraction[0] <= fraction[1] and _fits(figure, *fraction):
                found.setdefault((side, value), Mended(side, printed, value, fraction, terms))
        return next(iter(found.values())) if len(found) == 1 else None

    def _sides(
        self, figure: Figure, rule: Rule
    ) -> Iterator[tuple[Literal["numerator", "denominator"], tuple[int, ...], int]]:
        """What may stand in a rate's fraction, by any of its definitions: side, counts, their sum."""
        names = self.system.names.get((figure.scope, figure.basis, None), {})
        exact = {name: i for name, i in names.items() if not self.figures[i].approximate}
        value = self.sheet.values
        if rule.count in exact:
            yield "numerator", (exact[rule.count],), value[exact[rule.count]]
        for ratio in rule.ratios:
            if not ratio.rest and all(t in exact for t in ratio.of):
                of = tuple(exact[t] for t in ratio.of)
                yield "numerator", of, sum(value[i] for i in of)
            if all(t in exact for t in (*ratio.over, *ratio.less)):
                over = tuple(exact[t] for t in (*ratio.over, *(e for e in ratio.extra if e in exact)))
                less = tuple(exact[t] for t in ratio.less)
                yield "denominator", (*over, *less), sum(value[i] for i in over) - sum(value[i] for i in less)

    def opinion(self, cells: Mapping[int, int]) -> tuple[int, int]:
        """What rates and fractions say of changed cells: (cost in tenths of a keystroke, witnesses)."""
        cost = witnesses = 0
        changed: dict[int, int] = {}
        for cell, value in cells.items():
            figure = self.system.cells[cell].figure
            if figure is not None:
                changed[figure] = value
        against, repaired = 0, False
        for index in dict.fromkeys(i for f in changed for i in self.using.get(f, ())):
            rule = next(r for i, r in self.rates if i == index)
            before, after = self.judge(index, rule, {}), self.judge(index, rule, changed)
            was = before is not None and before.state in ("fits", "cut")
            now = after is not None and after.state in ("fits", "cut")
            witnesses += now and after is not None and bool(set(after.terms) & set(changed))
            against += was and not now
            repaired |= now and not was
        cost += AGAINST * against - FOR * repaired
        for figure, value in changed.items():
            seen = self.parts.get((self.figures[figure].scope, self.figures[figure].basis), ())
            printed = self.sheet.values[figure]
            if any(part == value for part, _ in seen):
                cost -= FOR
                witnesses += 1
            elif any(part == printed for part, _ in seen):
                cost += FOR
        return cost, witnesses

    def left_behind(self, changed: Mapping[int, int]) -> list[int]:
        """The rates that fit the printed counts and no longer do with the changed ones."""
        found = []
        for index, rule in self.rates:
            if not any(index in self.using.get(f, ()) for f in changed):
                continue
            before, after = self.judge(index, rule, {}), self.judge(index, rule, changed)
            if before and before.state in ("fits", "cut") and after and after.state not in ("fits", "cut"):
                found.append(index)
        return found

    def named_by(self, figure: int, value: int) -> int | None:
        """The rate in whose fraction `value` is printed, where that bears out a new value of a count."""
        seen = self.parts.get((self.figures[figure].scope, self.figures[figure].basis), ())
        return next((rate for part, rate in seen if part == value), None)

    def repaired(self, verdict: Verdict, changed: Mapping[int, int]) -> Verdict | None:
        """The verdict that the change repairs, by the definition that fits then; None where none does."""
        after = self.judge(verdict.figure, verdict.rule, changed)
        if after is None or after.state not in ("fits", "cut") or not set(after.terms) & set(changed):
            return None
        return self._by_terms(verdict.figure, verdict.rule, after.terms) or verdict

    def _by_terms(self, index: int, rule: Rule, terms: tuple[int, ...]) -> Verdict | None:
        """The verdict on a rate by the definition that has these counts, as they are printed."""
        value = self.sheet.values
        for ratio, of, over, less in self.ways.get(index, ()):
            if (*of, *over, *less) == terms:
                top, bottom = sum(value[c] for c in of), sum(value[c] for c in over) - sum(value[c] for c in less)
                top = bottom - top if ratio.rest else top
                if top < 0 or bottom <= 0:
                    return None
                return _verdict(index, self.figures[index], rule, top, bottom, True, terms)
        return None

    def witness(self, figure: Figure, value: int) -> int | None:
        """The count of the same scope and basis that prints a fraction's part a second time."""
        names = self.system.names.get((figure.scope, figure.basis, None), {})
        return next((i for i in names.values() if self.sheet.values[i] == value and value > 9), None)

    def certainty(self, verdict: Verdict) -> Certainty:
        """How surely the rate is wrong rather than its numerator or denominator."""
        figure = self.figures[verdict.figure]
        top, bottom = verdict.numerator, verdict.denominator
        top_seen, bottom_seen = (self.witness(figure, v) is not None for v in (top, bottom))
        if verdict.terms or (top_seen and bottom_seen):
            return "pinned" if not verdict.terms else "likely"
        own = typing_cost(verdict.printed, verdict.computed)
        unit = 10**verdict.decimals * 100
        others = [
            typing_cost(top, v) + KEYSTROKE * top_seen
            for v in neighbours(top)
            if abs(unit * v - verdict.printed * bottom) < bottom
        ] + [
            typing_cost(bottom, v) + KEYSTROKE * bottom_seen
            for v in neighbours(bottom)
            if v > 0 and abs(unit * top - verdict.printed * v) < v
        ]
        likely = own <= SLIP and min(others, default=2 * SLIP) >= own + MARGIN
        return "likely" if likely else "candidates"


def fraction_of(figure: Figure) -> tuple[int, int] | None:
    """Numerator and denominator printed beside a rate, where they are whole and can be divided."""
    top, bottom = figure.numerator, figure.denominator
    if top is None or bottom is None or bottom <= 0 or top < 0:
        return None
    if top != top.to_integral_value() or bottom != bottom.to_integral_value():
        return None
    return int(top), int(bottom)


def _verdict(
    index: int, figure: Figure, rule: Rule, top: int, bottom: int, guess: bool, terms: tuple[int, ...]
) -> Verdict:
    scale = 10**figure.decimals
    printed = int(figure.value * scale)
    miss = abs(100 * scale * top - printed * bottom)
    computed = (200 * scale * top + bottom) // (2 * bottom)
    state: State = "misfit"
    loose = figure.value * scale != printed or (figure.approximate and miss < _LOOSE * bottom)
    if loose or 2 * miss <= bottom:
        state = "fits"
    elif miss < bottom:
        state = "cut"
    elif guess and min(typing_cost(printed, computed), typing_cost(printed, 100 * scale * top // bottom)) <= KEYSTROKE:
        state = "slip"
    return Verdict(index, rule, state, top, bottom, printed, computed, figure.decimals, terms)


def _order(verdict: Verdict) -> tuple[int, int]:
    """Definitions that fit first, then those that one keystroke would make fit, then the nearest."""
    rank = {"fits": 0, "cut": 1, "slip": 2, "misfit": 3}[verdict.state]
    return rank, abs(verdict.printed - verdict.computed) if rank == 3 else 0


# --------------------------------------------------------------------------- fractions of the levels


@dataclass(frozen=True, slots=True)
class Levels:
    """The fractions of a rate by level that do not add up to the whole's: sums of one side.

    `instead` is the fraction of one level (figure) that would repair both sides and fit its printed rate.
    """

    indicator: str
    basis: Basis
    side: Literal["numerator", "denominator"]
    whole: int
    levels: tuple[int, ...]
    printed: int
    total: int
    instead: tuple[int, int, int] | None = None


def levels(figures: Sequence[Figure]) -> list[Levels]:
    """Rates whose fractions are printed for the whole and at least two levels, and do not add up."""
    found: list[Levels] = []
    table: dict[tuple[str, Basis], dict[str, list[int]]] = {}
    for index, figure in enumerate(figures):
        if figure.indicator.startswith("rate.") and fraction_of(figure) is not None:
            table.setdefault((figure.indicator, figure.basis), {}).setdefault(figure.scope, []).append(index)
    for (indicator, basis), scopes in table.items():
        below = [scopes[s] for s in LEVELS if s in scopes]
        if "self" not in scopes or len(below) < 2 or any(len(i) != 1 for i in (scopes["self"], *below)):
            continue
        whole, parts = scopes["self"][0], tuple(i[0] for i in below)
        top, bottom = fraction_of(figures[whole]) or (0, 0)
        fractions = [fraction_of(figures[i]) or (0, 0) for i in parts]
        tops, bottoms = sum(f[0] for f in fractions), sum(f[1] for f in fractions)
        instead = None
        if top != tops or bottom != bottoms:
            for index, (own_top, own_bottom) in zip(parts, fractions, strict=True):
                new_top, new_bottom = own_top + top - tops, own_bottom + bottom - bottoms
                if new_bottom > 0 and new_top >= 0 and _fits(figures[index], new_top, new_bottom):
                    instead = (index, new_top, new_bottom)
        if top != tops:
            found.append(Levels(indicator, basis, "numerator", whole, parts, top, tops, instead))
        if bottom != bottoms:
            found.append(Levels(indicator, basis, "denominator", whole, parts, bottom, bottoms, instead))
    return found


def _fits(figure: Figure, top: int, bottom: int) -> bool:
    scale: int = 10**figure.decimals
    return abs(100 * scale * top - int(figure.value * scale) * bottom) < bottom
