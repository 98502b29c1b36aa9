"""Which printed figures, if wrong, explain what is broken: every smallest explanation, ranked.

One operation is one figure changed, two figures swapped, or a run of cells of a table row shifted by one.
Nothing stops at the first optimum and no tie is broken at random: two figures with the same place in every
identity cannot be told apart by arithmetic, so both are told. Explanations are ordered by operations, then by
what they cost as slips of the keyboard (edit distance on the printed digits), then by how many independent
identities and rates bear them out. Integers only; the work is bounded by counts, never by the clock.

Sources: Fellegi and Holt (1976) for the smallest set of changes; Damerau (1964) for the slips.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Literal

from extractor.check.rules import LIMIT, Identity, System, positions, propagate
from extractor.model import Certainty, Figure

# Costs in tenths of a keystroke.
KEYSTROKE = 10
SMALL_STEP = 13  # off by up to five
THOUSANDS = 12  # a group of three zeros or digits lost or added
SWAP = 11
SHIFT = 14
SLIP = 13  # the dearest single slip
MARGIN = 7  # an explanation is likely where the next is at least this much dearer
GAP = 10  # leaves dossiers in no class
AGAINST = 20  # a printed rate or fraction speaks against it
BEYOND = 40  # holds only if something that is not printed were many times more than anything that is
MANY = 4  # times
FOR = 5  # a printed fraction names the proposed value

_PARTS = 22680 * 1000  # divisible by whatever slips are counted in
_PAIRS = 4000  # sets of two figures tried at most
_SHOWN = 5

Kind = Literal["changed", "swapped", "shifted"]


@dataclass(frozen=True, slots=True)
class Change:
    """Cell `cell` printed as `printed` would be `proposed`, or anything in low … high."""

    cell: int
    printed: int
    proposed: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Changes after which every identity holds. `blanks` are the unprinted cells whose value then follows."""

    kind: Kind
    changes: tuple[Change, ...]
    operations: int
    cost: int
    witnesses: int = 0
    blanks: tuple[tuple[int, int], ...] = ()

    @property
    def cells(self) -> frozenset[int]:
        return frozenset(c.cell for c in self.changes)

    def order(self) -> tuple[int, int, int, int, list[int]]:
        """Best first: operations, cost, witnesses, likelihood; equal after that, in the order of printing."""
        chance = 1
        for c in self.changes:
            chance *= likelihood(c.printed, c.proposed)
        if self.kind != "changed":
            chance = _PARTS * _PARTS // 50
        return self.operations, self.cost, -self.witnesses, -chance, [c.cell for c in self.changes]

    def proposed(self) -> dict[int, int]:
        return {c.cell: c.proposed for c in self.changes}


# What the rates say of a set of changes: (cost to add, witnesses). Given by the caller, who knows the rates.
Opinion = Callable[[Mapping[int, int]], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cause:
    """Broken identities (numbers into the system) that have one explanation, best explanation first."""

    broken: tuple[int, ...]
    explanations: tuple[Explanation, ...]
    certainty: Certainty


# --------------------------------------------------------------------------- slips of the keyboard


@lru_cache(maxsize=20000)
def typing_cost(printed: int, proposed: int) -> int:
    """What it costs, in tenths of a keystroke, to have typed `printed` for `proposed`."""
    if printed == proposed:
        return 0
    cost = KEYSTROKE * _distance(str(printed), str(proposed))
    if abs(printed - proposed) <= 5:
        cost = min(cost, SMALL_STEP)
    if (proposed >= 1000 and proposed // 1000 == printed) or (proposed > 0 and proposed * 1000 == printed):
        cost = min(cost, THOUSANDS)
    return cost


def like(one: int, other: int) -> bool:
    """Whether two numbers may be one number typed twice: of one length, close, or with half of the digits alike."""
    a, b = str(one), str(other)
    return len(a) == len(b) or typing_cost(one, other) <= max(SMALL_STEP, KEYSTROKE * max(len(a), len(b)) // 2)


def _distance(a: str, b: str) -> int:
    """Edit distance with transpositions of neighbours as one edit."""
    above2: list[int] = []
    above = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            least = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                least = min(least, above2[j - 2] + 1)
            row.append(least)
        above2, above = above, row
    return above[-1]


@lru_cache(maxsize=20000)
def likelihood(printed: int, proposed: int) -> int:
    """How likely `proposed` was typed as `printed`, for comparison only; ties of `typing_cost` are settled by it.

    Every slip of a kind equally likely, every kind equally likely, and counts as likely to have one size as
    another (chance of a count v in proportion to 1/(v + 1)), so nothing about the shape of reports is assumed.
    """
    typed, meant = str(printed), str(proposed)
    share = 0
    if len(typed) == len(meant):
        wrong = [i for i in range(len(typed)) if typed[i] != meant[i]]
        if len(wrong) == 1:
            share += _PARTS // (9 * len(meant))
        elif (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and typed[wrong[0]] + typed[wrong[1]] == (meant[wrong[1]] + meant[wrong[0]])
        ):
            share += _PARTS // (len(meant) - 1)
    elif len(typed) == len(meant) - 1:
        share += _PARTS * sum(meant[:i] + meant[i + 1 :] == typed for i in range(len(meant))) // len(meant)
    elif len(typed) == len(meant) + 1:
        share += _PARTS * sum(meant[:i] + meant[i] + meant[i:] == typed for i in range(len(meant))) // len(meant)
    if abs(printed - proposed) <= 5:
        share += _PARTS // 10
    return max(1, share) * _PARTS * (printed + 1) // (proposed + 1)


@lru_cache(maxsize=2000)
def neighbours(printed: int) -> frozenset[int]:
    """Every number that one slip could have turned into `printed`."""
    text = str(printed)
    found = set(range(max(0, printed - 5), printed + 6))
    for at in range(len(text)):
        found |= {int(text[:at] + digit + text[at + 1 :]) for digit in "0123456789"}
        if len(text) > 1:
            found.add(int(text[:at] + text[at + 1 :]))
    for at in range(len(text) + 1):
        found |= {int(text[:at] + digit + text[at:]) for digit in "0123456789"}
    for at in range(len(text) - 1):
        found.add(int(text[:at] + text[at + 1] + text[at] + text[at + 2 :]))
    if printed and printed % 1000 == 0:
        found.add(printed // 1000)
    if printed < 1000:
        found.add(printed * 1000)
    found.discard(printed)
    return frozenset(n for n in found if n <= LIMIT)


# --------------------------------------------------------------------------- the solver


class Solver:
    """The system round one component of broken identities.

    `ignored` are broken identities of other components: their contradictions are explained elsewhere.
    """

    def __init__(self, system: System, broken: Sequence[int], ignored: Iterable[int] = ()) -> None:
        self.system = system
        self.broken = list(broken)
        self.ignored = frozenset(ignored) - frozenset(broken)
        self.unknown = [low < high for low, high in zip(system.low, system.high, strict=True)]
        self.near = self._reach(self.broken)
        self.reached: dict[int, frozenset[int]] = {}  # cell → the identities that a change of it touches
        self.fixed_broken = [
            frozenset(system.identities[n].cells)
            for n in self.broken
            if not any(self.unknown[c] for c in system.identities[n].cells)
        ]

    def touched(self, cells: Iterable[int]) -> list[int]:
        """Identities that a change of `cells` can make hold or break, through unknowns too, and the broken ones."""
        found = set(self.near)
        for c in cells:
            if c not in self.reached:
                self.reached[c] = self._reach(self.system.of.get(c, ()))
            found |= self.reached[c]
        return sorted(found - self.ignored)

    def _reach(self, numbers: Iterable[int]) -> frozenset[int]:
        """These identities and those that share an unknown with them, near or far."""
        system, waiting = self.system, list(numbers)
        found = set(waiting)
        seen: set[int] = set()
        while waiting:
            for c in system.identities[waiting.pop()].cells:
                if self.unknown[c] and c not in seen:
                    seen.add(c)
                    further = [m for m in system.of[c] if m not in found]
                    found.update(further)
                    waiting += further
        return frozenset(found)

    def solve(
        self, free: Iterable[int], fixed: Mapping[int, int] | None = None, at_zero: Iterable[int] = ()
    ) -> tuple[list[int], list[int]] | None:
        """Bounds of every cell with `free` unknown, `fixed` at the given values and the cells `at_zero` 0.

        None where no whole numbers ≥ 0 make all touched identities hold.
        """
        changed = {*free, *(fixed or ())}
        if any(not cells & changed for cells in self.fixed_broken):
            return None
        low, high = list(self.system.low), list(self.system.high)
        for c in free:
            low[c], high[c] = 0, LIMIT
        for c, value in (fixed or {}).items():
            low[c] = high[c] = value
        for c in at_zero:
            high[c] = 0
        identities = [self.system.identities[n] for n in self.touched(changed)]
        return (low, high) if propagate(identities, low, high) else None

    def figures(self, numbers: Iterable[int]) -> list[int]:
        """Printed cells of identities, in order."""
        cells = self.system.cells
        seen = dict.fromkeys(c for n in numbers for c in self.system.identities[n].cells)
        return [c for c in seen if cells[c].figure is not None]

    def common(self) -> list[int]:
        """Printed cells that can repair every broken identity alone."""
        figures = self.figures(self.broken)
        return [c for c in figures if all(c in cells for cells in self.fixed_broken)]

    def singles(self) -> list[tuple[int, list[int], list[int]]]:
        found = []
        for c in self.common():
            bounds = self.solve((c,))
            if bounds is not None:
                found.append((c, *bounds))
        return found

    def pairs(self, single: set[int]) -> list[tuple[tuple[int, int], list[int], list[int]]]:
        """Sets of two printed cells, none of them an explanation alone, that explain everything together."""
        found = []
        tried: set[tuple[int, int]] = set()
        for a in self.figures(self.broken):
            if a in single:
                continue
            left = [cells for cells in self.fixed_broken if a not in cells]
            needed = frozenset.intersection(*left) if left else None  # what else must change
            if needed is not None and not needed:
                continue
            for b in self.figures(self.touched((a,))):
                pair = (min(a, b), max(a, b))
                if needed is not None and b not in needed:
                    continue
                if a == b or b in single or pair in tried or len(tried) >= _PAIRS:
                    continue
                tried.add(pair)
                bounds = self.solve(pair)
                if bounds is not None:
                    found.append((pair, *bounds))
        return sorted(found, key=lambda f: f[0])


def sets(system: System, broken: Sequence[int], ignored: Iterable[int] = ()) -> list[frozenset[int]]:
    """Every inclusion-minimal set of one or two printed cells that explains all broken identities."""
    solver = Solver(system, broken, ignored)
    single = [c for c, _, _ in solver.singles()]
    return [frozenset({c}) for c in single] + [frozenset(p) for p, _, _ in solver.pairs(set(single))]


# --------------------------------------------------------------------------- explanations


def explain(
    system: System,
    broken: Sequence[int],
    figures: Sequence[Figure],
    ignored: Iterable[int] = (),
    opinion: Opinion | None = None,
) -> Cause:
    """The cause of one component: all explanations with the fewest operations, best first."""
    finder = _Finder(system, broken, figures, ignored, opinion)
    found = finder.singles() + finder.swaps()
    if not found:
        found = finder.shifts()
    if not found:
        found = finder.pairs()
    found.sort(key=Explanation.order)
    return Cause(tuple(broken), tuple(found), certainty(found))


def certainty(explanations: Sequence[Explanation]) -> Certainty:
    """How surely the best explanation is the place of the slip (the words of the contract)."""
    if not explanations:
        return "sum"
    best = explanations[0]
    rest = [e for e in explanations if e.operations == best.operations][1:]
    if best.operations == 1:
        if not rest:
            return "pinned"
        if best.cost <= SLIP and rest[0].cost >= best.cost + MARGIN:
            return "likely"
    elif not rest and best.cost <= 2 * SLIP:
        return "likely"
    return "candidates" if len(rest) < _SHOWN else "sum"


class _Finder:
    def __init__(
        self,
        system: System,
        broken: Sequence[int],
        figures: Sequence[Figure],
        ignored: Iterable[int],
        opinion: Opinion | None,
    ) -> None:
        self.system = system
        self.figures = figures
        self.solver = Solver(system, broken, ignored)
        self.opinion = opinion
        self.most = max((system.low[c] for c in system.printed.values()), default=0)

    # ---------------------------------------------------------------- one figure

    def singles(self) -> list[Explanation]:
        found = (self._single(c, low, high) for c, low, high in self.solver.singles())
        return [explanation for explanation in found if explanation is not None]

    def _single(self, cell: int, low: list[int], high: list[int]) -> Explanation | None:
        """The best change of one cell; None where only the printed value would do."""
        return min(self._values(cell, low[cell], high[cell]), key=Explanation.order, default=None)

    def _values(self, cell: int, low: int, high: int) -> Iterator[Explanation]:
        """One explanation for each value worth telling: the only one, or those that a slip makes likely."""
        printed = self.system.low[cell]
        if low == high:
            values = {low}
        else:
            values = {v for v in neighbours(printed) if low <= v <= high} | {low}
            if high < LIMIT:
                values.add(high)
            closing = self._closing(cell)
            if closing is not None:
                values.add(closing)
        for value in values:
            if value != printed:
                yield self._told("changed", (Change(cell, printed, value, low, high),), 1, typing_cost(printed, value))

    def _closing(self, cell: int) -> int | None:
        """The value after which no dossier is left without a class."""
        open_cells = [
            c
            for n in self.solver.touched((cell,))
            for c in self.system.identities[n].cells
            if self.system.cells[c].open
        ]
        bounds = self.solver.solve((cell,), at_zero=open_cells) if open_cells else None
        return bounds[0][cell] if bounds is not None and bounds[0][cell] == bounds[1][cell] else None

    # ---------------------------------------------------------------- swaps and shifts

    def swaps(self) -> list[Explanation]:
        """Two printed cells exchanged: neighbours of one group, or one indicator on two bases or in two rows."""
        system, low = self.system, self.system.low
        found = []
        fixed = self._fixed()
        for a, b in self._swappable():
            more = low[b] - low[a]
            if not more or any(gap + more * (sign.get(a, 0) - sign.get(b, 0)) for gap, sign in fixed):
                continue
            if self._leaves_broken({a: low[b], b: low[a]}):
                continue
            bounds = self.solver.solve((), {a: low[b], b: low[a]})
            if bounds is None:
                continue
            changes = (Change(a, low[a], low[b], low[b], low[b]), Change(b, low[b], low[a], low[a], low[a]))
            far = system.cells[a].scope != system.cells[b].scope
            found.append(self._told("swapped", changes, 1, SWAP + 2 * far))
        return found

    def _fixed(self) -> list[tuple[int, dict[int, int]]]:
        """Fully printed broken identities: what is too much on the left, and on which side each cell counts."""
        found = []
        for n in self.solver.broken:
            identity = self.system.identities[n]
            if frozenset(identity.cells) in self.solver.fixed_broken:
                sign: dict[int, int] = {}
                for c, s in zip(identity.cells, identity.signs, strict=True):
                    sign[c] = sign.get(c, 0) + s
                found.append((self.system.gap(identity), sign))
        return found

    def _swappable(self) -> list[tuple[int, int]]:
        system = self.system
        first = self.solver.figures(self.solver.broken)
        cells = [system.cells[c] for c in first]
        groups = {(cell.scope, cell.basis) for cell in cells}
        kin = {(cell.indicator, cell.scope) for cell in cells}
        near = [
            c for c in dict.fromkeys((*first, *system.printed.values()))
            if (cell := system.cells[c]).exact
            and ((cell.scope, cell.basis) in groups or (cell.indicator, cell.scope) in kin)
        ]  # fmt: skip
        inside = set(first)
        order = {c: n for n, c in enumerate(near)}
        together: dict[tuple[str, str], list[int]] = {}
        bases: dict[tuple[str, str], list[int]] = {}
        at: dict[tuple[str, int, int], list[int]] = {}
        for c in near:
            cell = system.cells[c]
            together.setdefault((cell.scope, cell.basis), []).append(c)
            bases.setdefault((cell.indicator, cell.scope), []).append(c)
        indicators = {cell.indicator for cell in cells}
        for c in system.printed.values():
            if system.cells[c].indicator in indicators and system.cells[c].exact:
                order.setdefault(c, len(order))
                for place in self._positions(c):
                    at.setdefault(place, []).append(c)
        pairs: set[tuple[int, int]] = set()
        for a in near:
            if a not in inside:
                continue
            one = system.cells[a]
            beside = [
                b
                for table, row, col in self._positions(a)
                for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1))
                for b in at.get((table, row + down, col + right), ())
                if system.cells[b].indicator == one.indicator
            ]
            for b in (*together[one.scope, one.basis], *bases[one.indicator, one.scope], *beside):
                if a != b:
                    pairs.add((a, b) if order[a] < order[b] else (b, a))
        return sorted(pairs, key=lambda pair: (order[pair[0]], order[pair[1]]))

    def _positions(self, cell: int) -> list[tuple[str, int, int]]:
        """Where a cell is printed in tables."""
        known = self.system.places
        if cell not in known:
            figure = self.system.cells[cell].figure
            known[cell] = positions(self.figures[figure]) if figure is not None else []
        return known[cell]

    def _repairs_fixed(self, values: Mapping[int, int]) -> bool:
        """Quick look: every fully printed broken identity holds after the change."""
        for n in self.solver.broken:
            identity = self.system.identities[n]
            if frozenset(identity.cells) in self.solver.fixed_broken and self._sum(identity, values):
                return False
        return True

    def _leaves_broken(self, values: Mapping[int, int]) -> bool:
        """A changed cell stands in a broken identity of another component, which the change does not repair."""
        system, low, high = self.system, self.system.low, self.system.high
        for n in {n for c in values for n in system.of.get(c, ())} & self.solver.ignored:
            identity = system.identities[n]
            least = sum(values.get(c, low[c]) for c in identity.left) - sum(
                values.get(c, high[c]) for c in identity.right
            )
            most = sum(values.get(c, high[c]) for c in identity.left) - sum(
                values.get(c, low[c]) for c in identity.right
            )
            if least > 0 or most < 0:
                return True
        return False

    def _sum(self, identity: Identity, values: Mapping[int, int]) -> int:
        low = self.system.low
        left = sum(values.get(c, low[c]) for c in identity.left)
        return left - sum(values.get(c, low[c]) for c in identity.right)

    def shifts(self) -> list[Explanation]:
        """Runs of three or more cells of one table row, each holding what belongs into its neighbour."""
        system, found = self.system, []
        rows: dict[tuple[str, int], dict[int, int]] = {}
        for c in self.solver.figures(self.solver.broken):
            for table, row, _ in self._positions(c):
                rows.setdefault((table, row), {})
        for c in system.printed.values():
            for table, row, col in self._positions(c):
                if (table, row) in rows:
                    rows[table, row][col] = c
        fixed = self._fixed()
        for line in rows.values():
            run = [line[col] for col in sorted(line)]
            if any(cells.isdisjoint(run) for cells in self.solver.fixed_broken):
                continue
            for start, end in combinations(range(len(run)), 2):
                if end - start < 2:
                    continue
                cells = run[start : end + 1]
                for moved in (cells, cells[::-1]):
                    found += self._shifted(moved, fixed)
        return found

    def _shifted(self, cells: list[int], fixed: Sequence[tuple[int, dict[int, int]]]) -> list[Explanation]:
        """Each cell but the last of `cells` should hold what the next one prints; the last is unknown."""
        low = self.system.low
        values = {c: low[n] for c, n in pairwise(cells) if low[c] != low[n]}
        if len(values) < 2 or any(
            gap + sum(sign.get(c, 0) * (v - low[c]) for c, v in values.items())
            for gap, sign in fixed
            if cells[-1] not in sign
        ):
            return []
        bounds = self.solver.solve((cells[-1],), values)
        if bounds is None:
            return []
        last = cells[-1]
        value = bounds[0][last]
        changes = [Change(c, low[c], v, v, v) for c, v in values.items()]
        if value != low[last]:
            changes.append(Change(last, low[last], value, value, bounds[1][last]))
        return [self._told("shifted", tuple(changes), 1, SHIFT)]

    # ---------------------------------------------------------------- two figures

    def pairs(self) -> list[Explanation]:
        found = []
        sets_of_two = self.solver.pairs(set())
        for (a, b), low, high in sets_of_two:
            best: Explanation | None = None
            for told in self._pair_values(a, b, low, high, len(sets_of_two)):
                if best is None or (told.cost, -told.witnesses) < (best.cost, -best.witnesses):
                    best = told
            if best is not None:
                found.append(best)
        return found

    def _pair_values(self, a: int, b: int, low: list[int], high: list[int], many: int) -> Iterator[Explanation]:
        printed = self.system.low
        if low[a] == high[a] or many > 40:
            values = {low[a]}
        else:
            values = {v for v in neighbours(printed[a]) if low[a] <= v <= high[a]} | {low[a]}
        for value in values:
            if value == printed[a]:
                continue
            bounds = (low, high) if low[a] == high[a] else self.solver.solve((b,), {a: value})
            if bounds is None:
                continue
            other = min(
                {v for v in neighbours(printed[b]) if bounds[0][b] <= v <= bounds[1][b]} | {bounds[0][b]},
                key=lambda v: (typing_cost(printed[b], v), v),
            )
            if other == printed[b]:
                continue
            changes = (
                Change(a, printed[a], value, low[a], high[a]),
                Change(b, printed[b], other, bounds[0][b], bounds[1][b]),
            )
            cost = typing_cost(printed[a], value) + typing_cost(printed[b], other)
            yield self._told("changed", changes, 2, cost)

    # ---------------------------------------------------------------- what speaks for and against

    def _told(self, kind: Kind, changes: tuple[Change, ...], operations: int, cost: int) -> Explanation:
        """An explanation with what it leaves open, what bears it out, and what the blanks would then be."""
        system = self.system
        values = {c.cell: c.proposed for c in changes}
        touched = self.solver.touched(values)
        witnesses = 0
        for n in touched:
            identity = system.identities[n]
            rest = self._sum(identity, values)
            if rest == 0 and len(identity.cells) > 2:
                witnesses += 1
            elif system.open_only(identity) and rest > 0 and identity.left:
                cost += GAP
        if self.opinion is not None:
            more, bearing = self.opinion(values)
            cost += more
            witnesses += bearing
        blanks = self._blanks(values, touched)
        if any(value > MANY * self.most for _, value in blanks):
            cost += BEYOND
        return Explanation(kind, changes, operations, cost, witnesses, blanks)

    def _blanks(self, values: Mapping[int, int], touched: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Unprinted cells, other than classes that need not be there, whose value follows from the changes."""
        system = self.system
        unknown = dict.fromkeys(
            c
            for n in touched
            if any(v in system.identities[n].cells for v in values)
            for c in system.unknown(system.identities[n])
            if not system.cells[c].open
        )
        if not unknown:
            return ()
        bounds = self.solver.solve((), values)
        if bounds is None:
            return ()
        low, high = bounds
        return tuple((c, low[c]) for c in unknown if low[c] == high[c])


def join_swaps(
    system: System, causes: Sequence[Sequence[int]], figures: Sequence[Figure], ignored: Iterable[int] = ()
) -> list[list[int]]:
    """Components that one swap explains together, made one: two columns of an indicator, two indicators of a row."""
    parts = [list(c) for c in causes]
    for i, j in combinations(range(len(parts)), 2):
        if not parts[i] or not parts[j] or i > 11 or j > 11:
            continue
        both = parts[i] + parts[j]
        finder = _Finder(system, both, figures, ignored, None)
        first = set(finder.solver.figures(parts[i]))
        second = set(finder.solver.figures(parts[j]))
        for a, b in ((a, b) for a in first for b in second):
            one, other = system.cells[a], system.cells[b]
            if one.scope != other.scope or (one.indicator == other.indicator) == (one.basis == other.basis):
                continue
            values = {a: system.low[b], b: system.low[a]}
            if finder._repairs_fixed(values) and finder.solver.solve((), values) is not None:
                parts[i], parts[j] = both, []
                break
    return [sorted(p) for p in parts if p]
