"""The figures of one report as a system of sums over whole numbers ≥ 0, and which of its identities are broken.

Two things would surprise you. A part that is not printed is an unknown, never zero, so an identity is broken only
if no whole numbers ≥ 0 for the unknowns make the *whole* system hold (integer bounds propagation, which is
exact on these tree-shaped sums and otherwise errs towards "not broken"). And units count differently (withdrawn
dossiers inside or outside the resolved ones …): where the usual sums are broken but another known way of counting
makes all of them hold, that way is taken and named, unless another part of the report closes the usual way.

Sources: TT 01/2020/TT-VPCP, form II.06a (3 = 4+5+6, 7 = 8+9+10, 11 = 12+13, 3 = 7+11).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from extractor.catalog.rules import Rule, Variant
from extractor.model import Basis, Figure, Formula

LIMIT = 10**9  # no ward counts a thousand million dossiers
LEVELS = ("province_level", "district_level", "commune_level")
_CELL = re.compile(r"(t\d+)r(\d+)c(\d+)")
_ROUNDS = 40


Row = tuple[str, int]
Column = tuple[str, Basis]  # indicator and basis
Group = tuple[str, Basis, Row | None]  # scope, basis, and the table row where two rows have one name


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the system: printed (`figure` is its index) or not (None, then low … high is 0 … LIMIT).

    `open` marks a class that a report need not have (withdrawn, refused, waiting for supplement).
    """

    indicator: str
    scope: str
    basis: Basis
    figure: int | None
    low: int
    high: int
    open: bool = False

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Identity:
    """The cells of `left` add up to the cells of `right`; `about` is the rule's total or the column's indicator."""

    rule: Rule
    scope: str
    basis: Basis
    left: tuple[int, ...]
    right: tuple[int, ...]
    about: str = ""
    group: Group | None = None
    doubtful: bool = False  # the shape of the table was not understood for sure
    formula: str = ""  # as the form prints it in its heading
    unless: tuple[Variant, ...] = ()  # another way of counting under which it may hold, given the right blanks

    @property
    def cells(self) -> tuple[int, ...]:
        return self.left + self.right

    @property
    def signs(self) -> tuple[int, ...]:
        return (1,) * len(self.left) + (-1,) * len(self.right)


@dataclass(slots=True)
class System:
    """Cells, identities, and which identities each cell is in. `counted` are the other ways of counting taken."""

    cells: list[Cell] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    of: dict[int, list[int]] = field(default_factory=dict)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    counted: dict[Group, tuple[Variant, ...]] = field(default_factory=dict)
    usual: dict[Group, list[Identity]] = field(default_factory=dict)  # the usual sums of those groups
    printed: dict[int, int] = field(default_factory=dict)  # figure → cell
    names: dict[Group, dict[str, int]] = field(default_factory=dict)  # which figure stands for each indicator
    places: dict[int, list[tuple[str, int, int]]] = field(default_factory=dict)  # cell → where in tables, as asked for

    def over(self, identities: list[Identity]) -> System:
        """The same cells under these identities."""
        of: dict[int, list[int]] = defaultdict(list)
        for number, identity in enumerate(identities):
            for cell in set(identity.cells):
                of[cell].append(number)
        return replace(self, identities=identities, of=dict(of))

    def as_usual(self, group: Group) -> System:
        """The system with the sums of one group the usual way."""
        rest = [i for i in self.identities if i.group != group]
        return self.over([*self.usual[group], *rest])

    def residual(self, identity: Identity) -> tuple[int, int]:
        """Left minus right, lowest and highest possible with what is printed."""
        low, high = self.low, self.high
        return (
            sum(low[c] for c in identity.left) - sum(high[c] for c in identity.right),
            sum(high[c] for c in identity.left) - sum(low[c] for c in identity.right),
        )

    def gap(self, identity: Identity) -> int:
        """Left minus right with everything unprinted as 0: what the unknowns would have to hold."""
        low = self.low
        return sum(low[c] for c in identity.left) - sum(low[c] for c in identity.right)

    def broken_alone(self, identity: Identity) -> bool:
        low, high = self.residual(identity)
        return low > 0 or high < 0

    def unknown(self, identity: Identity) -> list[int]:
        return [c for c in identity.cells if self.cells[c].figure is None]

    def open_only(self, identity: Identity) -> bool:
        """Nothing is unprinted but classes that a report need not have (at least one of these)."""
        unknown = self.unknown(identity)
        return bool(unknown) and all(self.cells[c].open for c in unknown)


def positions(figure: Figure) -> list[tuple[str, int, int]]:
    """Every table cell (table, row, column) in which a figure is printed."""
    found = []
    for place in (figure.place, *figure.also):
        match = _CELL.fullmatch(place.block)
        if match:
            found.append((match[1], int(match[2]), int(match[3])))
    return found


def whole(figure: Figure) -> int | None:
    """The value of a count as an int; None for rates and for numbers that count nothing."""
    if figure.indicator.startswith("rate.") or figure.value < 0 or figure.value != figure.value.to_integral_value():
        return None
    return int(figure.value)


def interval(figure: Figure, value: int) -> tuple[int, int]:
    """What an approximate count says: one unit of its last digit that is not 0, either way."""
    if not figure.approximate:
        return value, value
    unit = 1
    while value and value % (unit * 10) == 0:
        unit *= 10
    return max(0, value - unit), value + unit


class Sheet:
    """The counts of a report by group (scope, basis), before any rule is laid over them."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.figures = figures
        self.values: dict[int, int] = {}
        self.places: dict[int, list[tuple[str, int, int]]] = {}
        keys: dict[tuple[str, str, Basis], list[int]] = defaultdict(list)
        for index, figure in enumerate(figures):
            value = whole(figure)
            if value is None:
                continue
            self.values[index] = value
            cells = positions(figure)
            if cells:
                self.places[index] = cells
            keys[figure.indicator, figure.scope, figure.basis].append(index)
        split = {key[1] for key, indices in keys.items() if len(indices) > 1 and self._two_rows(key[1], indices)}
        self.groups: dict[Group, dict[str, list[int]]] = defaultdict(dict)
        self.group_of: dict[int, Group] = {}
        for (indicator, scope, basis), indices in keys.items():
            for index in indices:
                row = self.places[index][0][:2] if scope in split and index in self.places else None
                group = (scope, basis, row)
                self.group_of[index] = group
                self.groups[group].setdefault(indicator, []).append(index)

    def _two_rows(self, scope: str, indices: list[int]) -> bool:
        """Two rows of one table have the same name: no restatement, but two groups."""
        if ":" not in scope:
            return False
        rows: dict[str, set[int]] = defaultdict(set)
        for index in indices:
            for table, row, _ in self.places.get(index, [])[:1]:
                rows[table].add(row)
        return any(len(found) > 1 for found in rows.values())

    def contested(self) -> list[tuple[Group, str, list[int]]]:
        """Indicators printed with several exact values in one group, in order of printing."""
        found = []
        for group, indicators in self.groups.items():
            for indicator, indices in indicators.items():
                exact = [i for i in indices if not self.figures[i].approximate]
                if len({self.values[i] for i in exact}) > 1:
                    found.append((group, indicator, exact))
        return found


def build(
    sheet: Sheet, rules: Sequence[Rule], chosen: dict[tuple[Group, str], int], formulas: Sequence[Formula] = ()
) -> System:
    """The system of all identities that the rules make of the counts.

    `chosen` says which figure stands for an indicator that is printed with several values; `formulas` are sums that
    a form prints itself, which then take the place of the rule's.
    """
    return _Builder(sheet, rules, chosen, formulas).build()


class _Builder:
    def __init__(
        self, sheet: Sheet, rules: Sequence[Rule], chosen: dict[tuple[Group, str], int], formulas: Sequence[Formula]
    ) -> None:
        self.sheet = sheet
        self.rules = rules
        self.sums = [r for r in rules if r.kind == "sum"]
        self.parts_of = {r.total: r for r in reversed(self.sums)}  # the first rule of a total tells its parts
        self.chosen = chosen
        self.system = System()
        self.unknowns: dict[tuple[Group, str], int] = {}
        self.names = self.system.names
        self.formulas = formulas
        self.forms: dict[tuple[Group, str, str], Identity] = {}  # group, rule and total → the sum as its form has it
        self.rates: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
        for figure in sheet.figures:
            if figure.indicator.startswith("rate.") and not figure.approximate:
                self.rates[figure.key].append(figure)

    def build(self) -> System:
        system = self.system
        for group, indicators in self.sheet.groups.items():
            self.names[group] = {name: self._pick(group, name, found) for name, found in indicators.items()}
        for formula in self.formulas:
            self._take(formula)
        usual = {group: self._sums(group, ()) for group in self.names}
        refuted = self._refuted(usual)
        for group, identities in usual.items():
            if any(self._broken(i) for i in identities):
                identities = self._best_variant(group, identities, refuted)
            system.identities += identities
        for rule in self.rules:
            if rule.kind == "table":
                system.identities += self._tables(rule)
            elif rule.kind == "levels":
                system.identities += self._levels(rule)
        return system.over(system.identities)

    # ---------------------------------------------------------------- cells

    def _pick(self, group: Group, indicator: str, indices: list[int]) -> int:
        if (group, indicator) in self.chosen:
            return self.chosen[group, indicator]
        return next((i for i in indices if not self.sheet.figures[i].approximate), indices[0])

    def _cell(self, index: int) -> int:
        """The cell of a printed figure."""
        system = self.system
        if index not in system.printed:
            figure = self.sheet.figures[index]
            low, high = interval(figure, self.sheet.values[index])
            system.printed[index] = self._add(Cell(figure.indicator, figure.scope, figure.basis, index, low, high))
        return system.printed[index]

    def _unknown(self, group: Group, indicator: str, is_open: bool = False) -> int:
        if (group, indicator) not in self.unknowns:
            cell = Cell(indicator, group[0], group[1], None, 0, LIMIT, is_open)
            self.unknowns[group, indicator] = self._add(cell)
        return self.unknowns[group, indicator]

    def _add(self, cell: Cell) -> int:
        self.system.cells.append(cell)
        self.system.low.append(cell.low)
        self.system.high.append(cell.high)
        return len(self.system.cells) - 1

    def _broken(self, identity: Identity) -> bool:
        return self.system.broken_alone(identity)

    # ---------------------------------------------------------------- sums that a form prints

    def _take(self, formula: Formula) -> None:
        """Keep a printed sum for every row of its table, unless the table's own numbers speak against it.

        They do where most rows break it, or where a class that it leaves out is printed and closes the rule's sum.
        """
        column: dict[int, dict[int, int]] = defaultdict(dict)  # column → row → figure
        for index, places in self.sheet.places.items():
            for table, row, col in places:
                if table == formula.table:
                    column[col].setdefault(row, index)
        named = [self._indicator(column[c]) for c in (formula.total, *formula.parts)]
        total, parts = named[0], [name for name in named[1:] if name is not None]
        rule = next((r for r in self.sums if r.total == total and set(parts) <= self._members(r)), None)
        if total is None or rule is None or len(parts) < len(formula.parts) or len(set(parts)) < len(parts):
            return
        found: dict[tuple[Group, str, str], Identity] = {}
        for index in column[formula.total].values():
            group = self.sheet.group_of[index]
            names = self.names[group]
            if total not in names or not any(part in names for part in parts):
                continue
            right = [self._cell(names[p]) if p in names else self._unknown(group, p) for p in parts]
            left = (self._cell(names[total]),)
            found[group, rule.id, total] = Identity(
                rule, group[0], group[1], left, tuple(right), total, group, formula=formula.printed
            )
        broken = {key: identity for key, identity in found.items() if self._broken(identity)}
        if 2 * len(broken) <= len(found) and not any(self._closes_otherwise(*key) for key in broken):
            self.forms.update(found)

    def _closes_otherwise(self, group: Group, rule: str, total: str) -> bool:
        return any(self.system.gap(i) == 0 for i in self._sums(group, ()) if (i.rule.id, i.about) == (rule, total))

    def _indicator(self, figures: Mapping[int, int]) -> str | None:
        """What a column counts; None where nothing or several things were read in it."""
        names = {self.sheet.figures[index].indicator for index in figures.values()}
        return names.pop() if len(names) == 1 else None

    def _members(self, rule: Rule) -> set[str]:
        """Whatever a rule's total may be printed as the sum of."""
        members = {*rule.parts, *rule.open, *rule.if_printed, *(m.whole for m in rule.together)}
        if rule.expand:
            own = [self.parts_of[p] for p in rule.parts if p in self.parts_of]
            members |= {part for r in own for part in (*r.parts, *r.if_printed)}
        return members

    # ---------------------------------------------------------------- sums of one group

    def _sums(self, group: Group, variants: tuple[str, ...]) -> list[Identity]:
        names = self.names[group]
        found: list[Identity] = []
        for rule in self.sums:
            if (group, rule.id, rule.total) in self.forms:
                found.append(self.forms[group, rule.id, rule.total])
                continue
            if rule.total not in names and not rule.expand:
                continue
            left = self._term(group, rule.total, rule, variants, total=True)
            if left is None:
                continue
            right, printed = self._parts(group, rule, variants)
            if not printed:
                continue
            if not any(self.system.cells[c].figure is not None for c in left):
                continue
            if set(left) & set(right):
                continue
            found.append(Identity(rule, group[0], group[1], tuple(left), tuple(right), rule.total, group))
            for merged in rule.together:
                if merged.whole in names and any(p in names for p in merged.parts):
                    parts = [self._cell(names[p]) if p in names else self._unknown(group, p) for p in merged.parts]
                    whole_cell = self._cell(names[merged.whole])
                    found.append(Identity(rule, group[0], group[1], (whole_cell,), tuple(parts), merged.whole, group))
        return found

    def _parts(self, group: Group, rule: Rule, variants: tuple[str, ...]) -> tuple[list[int], bool]:
        """The cells of a rule's parts, and whether one of them is printed."""
        names = self.names[group]
        without = {i for v in rule.variants if v.id in variants for i in v.without}
        plus = [i for v in rule.variants if v.id in variants for i in v.plus]
        parts = list(rule.parts)
        for merged in rule.together:
            if merged.whole in names and not all(p in names for p in merged.parts):
                parts = [merged.whole, *(p for p in parts if p not in merged.parts)]
        cells: list[int] = []
        for part in parts:
            if part not in without:
                cells += self._term(group, part, rule, variants) or []
        printed = any(self.system.cells[c].figure is not None for c in cells)
        closed = self._closed(group, rule)
        for part in rule.open:
            if part in names:
                if part not in without:
                    cells.append(self._cell(names[part]))
            elif not closed:
                cells.append(self._unknown(group, part, is_open=True))
        cells += [self._cell(names[p]) for p in (*rule.if_printed, *plus) if p in names and p not in without]
        return cells, printed

    def _term(
        self, group: Group, indicator: str, rule: Rule, variants: tuple[str, ...], total: bool = False
    ) -> list[int] | None:
        """A term as cells: itself where printed, else its own parts (`expand`), else an unknown.

        None for a total of which nothing is printed.
        """
        names = self.names[group]
        if indicator in names:
            return [self._cell(names[indicator])]
        own = self.parts_of.get(indicator)
        if rule.expand and own is not None and own is not rule:
            cells, printed = self._parts(group, own, variants)
            if printed:
                return cells
        return None if total else [self._unknown(group, indicator)]

    def _closed(self, group: Group, rule: Rule) -> bool:
        """The printed rates of the parts add up to 100 %, so there is no further class."""
        for ids in rule.closed_by:
            rates = [self._rate(group, id) for id in ids]
            if all(r is not None for r in rates):
                figures = [r for r in rates if r is not None]
                scale = max(f.decimals for f in figures)
                unit = 10**scale
                total = sum(int(f.value * unit) for f in figures)
                slack = sum(unit // 10**f.decimals for f in figures)
                if 2 * abs(total - 100 * unit) <= slack and scale > 0:
                    return True
        return False

    def _rate(self, group: Group, id: str) -> Figure | None:
        found = self.rates.get((id, group[0], group[1]), ())
        return found[0] if len(found) == 1 else None

    # ---------------------------------------------------------------- other ways of counting

    def _refuted(self, usual: dict[Group, list[Identity]]) -> dict[str, bool]:
        """Ways of counting that a group of this report speaks against, because it closes the usual way.

        True where it does so without a blank, so that it could not close otherwise.
        """
        refuted: dict[str, bool] = {}
        for group, identities in usual.items():
            names = self.names[group]
            for identity in identities:
                if self.system.gap(identity) != 0:
                    continue
                whole = all(self.system.cells[c].open for c in self.system.unknown(identity))
                for variant in identity.rule.variants:
                    index = names.get(variant.of)
                    if index is None or not variant.without or self.sheet.values[index] == 0:
                        continue
                    if self.system.printed.get(index) in identity.right:
                        refuted[variant.id] = refuted.get(variant.id, False) or whole
        return refuted

    def _best_variant(self, group: Group, usual: list[Identity], refuted: Mapping[str, bool]) -> list[Identity]:
        """The way of counting that breaks least, the usual one where none is better."""
        names = self.names[group]
        able: dict[str, Variant] = {}
        for rule in self.sums:
            for variant in rule.variants:
                index = names.get(variant.of)
                if index is not None and self.sheet.values[index] > 0 and not refuted.get(variant.id):
                    able.setdefault(variant.id, variant)
        best, least = usual, sum(map(self._broken, usual))
        taken: tuple[Variant, ...] = ()
        possible: tuple[tuple[Variant, ...], list[Identity]] | None = None
        for size in (1, 2, 3):
            for chosen in combinations(able.values(), size):
                if len({v.of for v in chosen}) < size:
                    continue
                identities = self._sums(group, tuple(v.id for v in chosen))
                broken = sum(map(self._broken, identities))
                spoken_against = any(v.id in refuted for v in chosen)
                minor = all(v.of not in r.parts for v in chosen for r in self.sums)
                if broken < least and not spoken_against and self._closed_exactly(usual, identities):
                    best, least, taken = identities, broken, chosen
                elif not broken and minor and possible is None and self._holds(identities):
                    possible = chosen, identities
            if not least:
                break
        if taken:
            self.system.counted[group] = taken
            self.system.usual[group] = usual
        if least and possible is not None:
            best = [replace(i, unless=possible[0]) if self._broken(i) else i for i in best]
        return best

    def _holds(self, identities: list[Identity]) -> bool:
        """Some whole numbers ≥ 0 for the blanks make all of them hold."""
        return propagate(identities, list(self.system.low), list(self.system.high))

    def _closed_exactly(self, usual: list[Identity], counted: list[Identity]) -> bool:
        """What another way of counting repairs closes with printed numbers alone; a blank proves nothing."""
        broken = {(i.rule.id, i.about) for i in usual if self._broken(i)}
        system = self.system
        repaired = [i for i in counted if (i.rule.id, i.about) in broken and not self._broken(i)]
        return all(system.gap(i) == 0 and all(system.cells[c].open for c in system.unknown(i)) for i in repaired)

    # ---------------------------------------------------------------- tables and levels

    def _tables(self, rule: Rule) -> list[Identity]:
        tables: dict[str, list[tuple[int, int, int]]] = defaultdict(list)  # table → (row, column, figure)
        for index, places in self.sheet.places.items():
            for table, row, column in places:
                tables[table].append((row, column, index))
        found: list[Identity] = []
        for table, cells in tables.items():
            side = 1 if self._lies_across(cells) else 0
            entries = dict.fromkeys((cell[side], cell[2]) for cell in cells)
            found += self._table(rule, table, list(entries))
        return found

    def _lies_across(self, cells: Iterable[tuple[int, int, int]]) -> bool:
        """Whether fields or units are the columns of a table, and its rows the indicators."""
        scopes: dict[int, set[str]] = defaultdict(set)
        for row, _, index in cells:
            if ":" in self.sheet.figures[index].scope:
                scopes[row].add(self.sheet.figures[index].scope)
        return any(len(found) > 1 for found in scopes.values())

    def _table(self, rule: Rule, table: str, entries: list[tuple[int, int]]) -> list[Identity]:
        figures = self.sheet.figures
        groups: dict[int, Group] = {}
        columns: dict[Column, dict[int, int]] = defaultdict(dict)
        totals: dict[Column, dict[str, int]] = defaultdict(dict)
        for row, index in entries:
            figure = figures[index]
            column: Column = (figure.indicator, figure.basis)
            if ":" in figure.scope:
                columns[column].setdefault(row, index)
                groups.setdefault(row, self.sheet.group_of[index])
            else:
                totals[column].setdefault(figure.scope, index)
        rows = sorted(groups)
        if len(rows) < 2 or not totals:
            return []
        dropped = self._subtotals(rows, columns, totals)
        rows = [r for r in rows if r not in dropped]
        # a row between the first and the last without any figure may be a heading or a row that was not read
        unread = len(range(rows[0], rows[-1] + 1)) > len(set(rows) | (dropped & set(range(rows[0], rows[-1]))))
        found: list[Identity] = []
        for column, scopes in totals.items():
            if column not in columns:
                continue
            scope = "self" if "self" in scopes else next(iter(scopes)) if len(scopes) == 1 else None
            if scope is None:
                continue
            cells = []
            for row in rows:
                if row in columns[column]:
                    cells.append(self._cell(columns[column][row]))
                else:
                    scope_of_row, _, place = groups[row]
                    cells.append(self._unknown((scope_of_row, column[1], place), column[0]))
            if unread:
                cells.append(self._unknown((f"unread:{table}", column[1], None), column[0]))
            total = self._cell(scopes[scope])
            found.append(Identity(rule, scope, column[1], (total,), tuple(cells), column[0]))
        wrong = sum(map(self._broken, found))
        if wrong >= 3 and 2 * wrong > len(found):
            found = [
                Identity(i.rule, i.scope, i.basis, i.left, i.right, i.about, i.group, doubtful=True) for i in found
            ]
        return found

    def _subtotals(
        self,
        rows: list[int],
        columns: dict[Column, dict[int, int]],
        totals: dict[Column, dict[str, int]],
    ) -> set[int]:
        """Rows that add up other rows of the table (a section's own total, above or below its rows)."""
        values = self.sheet.values
        used = [c for c in columns if c in totals and all(r in columns[c] for r in rows)]
        table = {r: [values[columns[c][r]] for c in used] for r in rows}
        if len(used) < 2 or len(rows) < 4:
            return set()
        subtotals: set[int] = set()
        at = 0
        while at < len(rows):
            end = self._run(rows, table, at, at + 1, 1)
            if end is not None and any(table[rows[at]]):
                subtotals.add(rows[at])
                at = end
            at += 1
        if not subtotals:
            at = len(rows) - 1
            while at >= 0:
                end = self._run(rows, table, at, at - 1, -1)
                if end is not None and any(table[rows[at]]):
                    subtotals.add(rows[at])
                    at = end
                at -= 1
        kept = [table[r] for r in rows if r not in subtotals]
        printed = [values[next(iter(totals[c].values()))] for c in used]
        fits = sum(sum(column) == p for column, p in zip(zip(*kept, strict=True), printed, strict=True))
        plain = sum(sum(column) == p for column, p in zip(zip(*table.values(), strict=True), printed, strict=True))
        return subtotals if fits > plain else set()

    @staticmethod
    def _run(rows: list[int], table: dict[int, list[int]], head: int, start: int, step: int) -> int | None:
        """The last row of the run from `start` whose columns add up to row `head`; None where there is none."""
        target = table[rows[head]]
        sums = [0] * len(target)
        at = start
        while 0 <= at < len(rows):
            sums = [a + b for a, b in zip(sums, table[rows[at]], strict=True)]
            if sums == target and abs(at - head) > 1:
                return at
            if any(a > b for a, b in zip(sums, target, strict=True)):
                return None
            at += step
        return None

    def _levels(self, rule: Rule) -> list[Identity]:
        found: list[Identity] = []
        in_use: dict[tuple[str, str], set[str]] = defaultdict(set)
        for scope, basis, _ in self.names:
            if scope in LEVELS:
                for indicator in self.names[scope, basis, None]:
                    in_use[indicator.split(".")[0], basis].add(scope)
        for group, names in self.names.items():
            if group[0] != "self":
                continue
            for indicator, index in names.items():
                cells, printed = [], 0
                for level in LEVELS:
                    at: Group = (level, group[1], None)
                    if indicator in self.names.get(at, {}):
                        cells.append(self._cell(self.names[at][indicator]))
                        printed += 1
                    elif level in in_use[indicator.split(".")[0], group[1]]:
                        cells.append(self._unknown(at, indicator))
                if printed >= 2:
                    left = (self._cell(index),)
                    found.append(Identity(rule, "self", group[1], left, tuple(cells), indicator))
        return found


# --------------------------------------------------------------------------- judging


def propagate(identities: Iterable[Identity], low: list[int], high: list[int]) -> bool:
    """Integer bounds propagation in place. False: no whole numbers within the bounds make all identities hold."""
    lines = [(i.left, i.right) for i in identities]
    for _ in range(_ROUNDS):
        changed = False
        for left, right in lines:
            left_low = left_high = right_low = right_high = 0
            for c in left:
                left_low += low[c]
                left_high += high[c]
            for c in right:
                right_low += low[c]
                right_high += high[c]
            if left_low > right_high or left_high < right_low:
                return False
            if left_low == left_high == right_low == right_high:
                continue
            for side, own_low, own_high, other_low, other_high in (
                (left, left_low, left_high, right_low, right_high),
                (right, right_low, right_high, left_low, left_high),
            ):
                for c in side:
                    least, most = low[c], high[c]
                    if least == most:
                        continue
                    new_high = other_high - own_low + least
                    new_low = other_low - own_high + most
                    if new_low > least:
                        low[c] = new_low
                        changed = True
                    if new_high < most:
                        high[c] = new_high
                        changed = True
                    if low[c] > high[c]:
                        return False
        if not changed:
            return True
    return True


def judge(system: System) -> tuple[list[int], list[int]]:
    """Identities broken by printed numbers alone, and those that cannot hold together with the rest.

    The second list holds, for each contradiction that shows only through unknowns, a smallest set of identities
    that contradict each other.
    """
    alone = [n for n, identity in enumerate(system.identities) if system.broken_alone(identity)]
    rest = [n for n in range(len(system.identities)) if n not in set(alone)]
    jointly: list[int] = []
    for cluster in _clusters(system, rest):
        while len(cluster) > 1 and not _feasible(system, cluster):
            core = list(cluster)
            for n in cluster:
                smaller = [m for m in core if m != n]
                if not _feasible(system, smaller):
                    core = smaller
            jointly += core
            cluster = [n for n in cluster if n not in core]
    return alone, jointly


def _clusters(system: System, numbers: list[int]) -> list[list[int]]:
    """Identities that share an unknown."""
    parent = {n: n for n in numbers}

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    first: dict[int, int] = {}
    for n in numbers:
        for cell in system.identities[n].cells:
            if system.low[cell] < system.high[cell]:
                if cell in first:
                    parent[root(n)] = root(first[cell])
                else:
                    first[cell] = n
    clusters: dict[int, list[int]] = defaultdict(list)
    for n in numbers:
        clusters[root(n)].append(n)
    return list(clusters.values())


def _feasible(system: System, numbers: list[int]) -> bool:
    return propagate((system.identities[n] for n in numbers), list(system.low), list(system.high))


def components(system: System, broken: Sequence[int]) -> list[list[int]]:
    """Broken identities that share a cell, in order of their first identity."""
    left = list(dict.fromkeys(broken))
    found: list[list[int]] = []
    while left:
        part = [left.pop(0)]
        cells = set(system.identities[part[0]].cells)
        grown = True
        while grown:
            grown = False
            for n in list(left):
                if cells & set(system.identities[n].cells):
                    left.remove(n)
                    part.append(n)
                    cells |= set(system.identities[n].cells)
                    grown = True
        found.append(sorted(part))
    return found


def held(system: System, broken: Iterable[int]) -> frozenset[int]:
    """Figures in an identity that closes exactly, with a total other than 0 and at least two printed parts."""
    refused = set(broken)
    figures: set[int] = set()
    for n, identity in enumerate(system.identities):
        if n in refused or identity.doubtful:
            continue
        left = [c for c in identity.left if system.cells[c].figure is not None]
        right = [c for c in identity.right if system.cells[c].figure is not None]
        if len(left) != len(identity.left) or len(set(right)) < 2 or system.gap(identity) != 0:
            continue
        cells = left + right
        if all(system.cells[c].exact for c in cells) and any(system.low[c] for c in left):
            figures |= {f for c in cells if (f := system.cells[c].figure) is not None}
    return frozenset(figures)
