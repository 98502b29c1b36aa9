"""How well are one and two slips of the keyboard found and named? A simulation; it prints tables beside the ceilings.

usage: python benchmarks/localise.py [reports a kind]      (default 400; about fifteen seconds)

Made-up consistent reports of fourteen figures (sizes log-normal, small classes often zero), each part left
blank with probability p, totals never; then one slip of a known kind in one figure. The ceilings are those of
an error channel that knows the true mix of slips and the usual shape of such reports, on a simulation of the
same kind: no ranker can be expected to pass them. The sizes and the even mix of slips are assumptions.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from extractor.catalog import default_folder
from extractor.catalog import rules as rules_file
from extractor.check import check
from extractor.check.localise import explain, join_swaps
from extractor.check.question import ask
from extractor.check.rates import Rates
from extractor.check.rules import Sheet, build, components
from extractor.check.rules import judge as broken_identities
from extractor.model import Figure, Place

TOTALS: dict[str, tuple[str, ...]] = {
    "received.total": ("received.online", "received.in_person", "received.carried_over"),
    "resolved.total": (
        "resolved.early", "resolved.on_time", "resolved.overdue", "resolved.withdrawn", "resolved.refused",
    ),
    "pending.total": ("pending.in_time", "pending.overdue", "pending.supplement"),
}  # fmt: skip
NAMES = tuple(name for total, parts in TOTALS.items() for name in (total, *parts))
PARTS = tuple(part for parts in TOTALS.values() for part in parts)
KINDS = ("digit", "transposed", "off", "dropped")
EXTRA = ("swapped", "doubled", "thousands")
# (share of blank parts) → per cent of all reports: detected, first right, near-ideal first right
CEILINGS = {0: (100.0, 76.6, 89.8), 15: (81.7, 62.6, 74.0)}

# (share of blank parts) → per cent of all reports with two slips: detected, the true pair in the minimum set
CEILINGS_TWO = {0: (99.7, 86.5), 15: (94.8, 55.2)}

Values = dict[str, int]


def report(rng: random.Random) -> Values:
    """A consistent report: every part whole and not negative."""
    while True:
        online = 0 if rng.random() < 0.02 else round(rng.lognormvariate(7.1, 0.9))
        in_person = 0 if rng.random() < 0.45 else round(rng.lognormvariate(4.8, 1.2))
        carried = 0 if rng.random() < 0.05 else round(rng.lognormvariate(4.1, 1.0))
        received = online + in_person + carried
        if received < 30:
            continue
        pending = round(received * rng.betavariate(1.3, 18))
        values = {
            "received.total": received,
            "received.online": online,
            "received.in_person": in_person,
            "received.carried_over": carried,
            "resolved.total": received - pending,
            "pending.total": pending,
        }
        shares = ((60, 0.0), (8, 0.25), (0.5, 0.5), (0.25, 0.45), (0.15, 0.6))
        values |= _divided(rng, "resolved.total", received - pending, shares)
        values |= _divided(rng, "pending.total", pending, ((12, 0.0), (0.8, 0.55), (0.8, 0.5)))
        return values


def _divided(rng: random.Random, total: str, amount: int, shares: Sequence[tuple[float, float]]) -> Values:
    """The parts of a total: gamma weights, some of them zero; the first part takes the rest."""
    weights = [rng.gammavariate(mean, 1) if rng.random() >= zero else 0.0 for mean, zero in shares]
    whole = sum(weights) or 1.0
    parts = [int(amount * w / whole) for w in weights]
    parts[0] += amount - sum(parts)
    return dict(zip(TOTALS[total], parts, strict=True))


def blank(rng: random.Random, values: Values, share: float) -> Values:
    """The report with each part left out with probability `share`."""
    return {n: v for n, v in values.items() if n not in PARTS or rng.random() >= share}


def slips(value: int, kind: str) -> list[int]:
    """Everything that one slip of a kind can make of a value; none where it cannot happen."""
    text = str(value)
    if kind == "off":
        return [value + d for d in range(-5, 6) if d and value + d >= 0]
    if kind == "thousands":
        return [value // 1000] if value >= 1000 else [value * 1000] if value else []
    if kind == "digit":
        made = [text[:i] + d + text[i + 1 :] for i in range(len(text)) for d in "0123456789"]
    elif kind == "transposed":
        made = [text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(len(text) - 1)]
    elif kind == "dropped":
        made = [text[:i] + text[i + 1 :] for i in range(len(text))] if len(text) > 1 else []
    elif kind == "doubled":
        made = [text[:i] + text[i] + text[i:] for i in range(len(text))] if value else []
    else:
        raise ValueError(kind)
    return [int(m) for m in made if m != text and (len(m) == 1 or m[0] != "0")]


def damage(rng: random.Random, printed: Values, kind: str) -> tuple[Values, frozenset[str]] | None:
    """The report with one slip, and the names of the figures that are wrong; None where the kind cannot happen."""
    names = list(printed)
    if kind == "swapped":
        near = [(a, b) for a, b in pairwise(names) if printed[a] != printed[b]]
        far = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :] if printed[a] != printed[b]]
        pairs = near if rng.random() < 0.5 else far
        if not pairs:
            return None
        one, other = rng.choice(pairs)
        return {**printed, one: printed[other], other: printed[one]}, frozenset({one, other})
    able = [n for n in names if slips(printed[n], kind)]
    if not able:
        return None
    name = rng.choice(able)
    return {**printed, name: rng.choice(slips(printed[name], kind))}, frozenset({name})


def figures(values: Values) -> list[Figure]:
    return [
        Figure(name, "self", "period", Decimal(value), str(value), Place(f"p{i}", 0, 1, ""))
        for i, (name, value) in enumerate(values.items())
    ]


@dataclass(frozen=True)
class Outcome:
    """`error`: found as an error; `detected`: or as a warning that names figures; `noticed`: or told at all."""

    error: bool = False
    detected: bool = False
    noticed: bool = False
    first: bool = False
    value: bool = False
    third: bool = False
    pinned: bool = False
    pinned_right: bool = False


def judge(printed: Values, truth: Values, wrong: frozenset[str], rules: tuple[rules_file.Rule, ...]) -> Outcome:
    """What the checker makes of a damaged report, against the truth."""
    findings = check(figures(printed), rules).findings
    errors = [f for f in findings if f.severity == "error"] or [
        f for f in findings if f.severity == "warning" and f.suggestions
    ]
    if not errors:
        return Outcome(noticed=bool(findings))
    told = errors[0].suggestions
    names = [s.indicator for s in told]
    first = set(names[: len(wrong)]) == wrong
    value = first and all(s.proposed == truth[s.indicator] for s in told[: len(wrong)])
    pinned = errors[0].certainty == "pinned"
    named = {names[0]} <= wrong if names else False
    third = wrong <= set(names[: 2 + len(wrong)])
    return Outcome(errors[0].severity == "error", True, True, first, value, third, pinned, pinned and named)


# --------------------------------------------------------------------------- the question


def settled(
    printed: Values, truth: Values, wrong: frozenset[str], rules: tuple[rules_file.Rule, ...]
) -> tuple[int, int, bool]:
    """Explanations of the first cause before and after its question is answered truly, and whether the true one stays.

    (0, 0, False) where there is no question, or another way of counting is taken, so that there is another truth.
    """
    given = figures(printed)
    sheet = Sheet(given)
    system = build(sheet, rules, {})
    broken = [n for found in broken_identities(system) for n in found]
    if not broken or system.counted:
        return 0, 0, False
    part, *_ = components(system, broken)
    ignored = [n for n in broken if n not in part]
    cause = explain(system, part, given, ignored, Rates(sheet, system, rules).opinion)
    asked = ask(system, cause, ignored)
    if asked is None or len(asked.answers) < 2:
        return 0, 0, False
    value = truth.get(system.cells[asked.cell].indicator, 0)
    left = [a.explanations for a in asked.answers if a.low <= value <= a.high]
    right = any({system.cells[c].indicator for c in e.cells} == wrong for found in left for e in found)
    return sum(len(a.explanations) for a in asked.answers), sum(map(len, left)), right


# --------------------------------------------------------------------------- two slips


def two_slips(rng: random.Random, share: float) -> tuple[Values, Values, frozenset[str]]:
    """A report with one slip in each of two figures: printed, true, and which are wrong."""
    while True:
        truth = report(rng)
        printed, wrong = blank(rng, truth, share), frozenset[str]()
        for _ in range(2):
            made = damage(rng, printed, rng.choice(KINDS))
            if made is not None:
                printed, wrong = made[0], wrong | made[1]
        if sum(printed[n] != truth[n] for n in wrong) == 2:
            return printed, truth, wrong


def explanations(printed: Values, rules: tuple[rules_file.Rule, ...]) -> list[frozenset[str]]:
    """Every smallest set of figures that explains all that is broken, the likeliest first.

    Where the checker takes another way of counting and says so, also those under the usual way, which it tells too.
    """
    given = figures(printed)
    sheet = Sheet(given)
    system = build(sheet, rules, {})
    found: dict[frozenset[str], None] = {}
    for way in (system, *(system.as_usual(group) for group in system.counted)):
        alone, jointly = broken_identities(way)
        broken = [*alone, *jointly]
        opinion = Rates(sheet, way, rules).opinion
        causes = [
            explain(way, part, given, [n for n in broken if n not in part], opinion).explanations
            for part in join_swaps(way, components(way, broken), given)
        ]
        for chosen in product(*causes) if causes else ():
            found[frozenset(way.cells[c].indicator for e in chosen for c in e.cells)] = None
    return list(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("many", type=int, nargs="?", default=400, help="reports of each kind of slip (400)")
    many = parser.parse_args().many
    rules = rules_file.load(default_folder())
    print("| blank | slip | reports | error | detected | noticed | first right | value right | top 3 of detected "
          "| pinned | pinned right |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    spent: list[float] = []
    for share in (0, 5, 15, 30):
        single: Counter[str] = Counter()
        for kind in (*KINDS, *EXTRA):
            count: Counter[str] = Counter()
            rng = random.Random(f"{share} {kind}")
            while count["n"] < many:
                truth = report(rng)
                damaged = damage(rng, blank(rng, truth, share / 100), kind)
                if damaged is None:
                    continue
                start = time.perf_counter()
                outcome = judge(*damaged[:1], truth, damaged[1], rules)
                spent.append(time.perf_counter() - start)
                count["n"] += 1
                for name in Outcome.__dataclass_fields__:
                    count[name] += getattr(outcome, name)
            _print(share, kind, count)
            if kind in KINDS:
                single += count
        _print(share, "**the first four**", single)
        if share in CEILINGS:
            found, top, ideal = CEILINGS[share]
            print(f"| {share} % | *reference: edit distance / near-ideal* | | | {found} | | {top} / {ideal} | | | | |")
    _questions(many, rules)
    _two(many, rules, spent)
    spent.sort()
    print(f"\ntime a report: median {1000 * spent[len(spent) // 2]:.2f} ms, "
          f"95 % under {1000 * spent[int(len(spent) * 0.95)]:.2f} ms, longest {1000 * spent[-1]:.1f} ms")  # fmt: skip


def _questions(many: int, rules: tuple[rules_file.Rule, ...]) -> None:
    """How far the answer to the one question narrows several explanations of one slip."""
    print("\n| blank | questions | explanations before | after | one is left | the true one stays |")
    print("|---|---|---|---|---|---|")
    for share in (0, 15):
        rng = random.Random(f"question {share}")
        count: Counter[str] = Counter()
        while count["n"] < many:
            truth = report(rng)
            damaged = damage(rng, blank(rng, truth, share / 100), rng.choice(KINDS))
            before, after, right = settled(damaged[0], truth, damaged[1], rules) if damaged else (0, 0, False)
            if before > 1:
                count.update(n=1, before=before, after=after, one=after == 1, right=right)
        print(f"| {share} % | {many} | {count['before'] / many:.2f} | {count['after'] / many:.2f} "
              f"| {100 * count['one'] / many:.1f} | {100 * count['right'] / many:.1f} |", flush=True)  # fmt: skip


def _two(many: int, rules: tuple[rules_file.Rule, ...], spent: list[float]) -> None:
    """The table of two slips; adds the seconds that each check took to `spent`."""
    print("\n| blank | two slips | detected | look like one | true pair among the explanations | first "
          "| explanations, median |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    for share, (found, pair) in CEILINGS_TWO.items():
        rng = random.Random(f"two {share}")
        count: Counter[str] = Counter()
        numbers = []
        for _ in range(many):
            printed, _, wrong = two_slips(rng, share / 100)
            start = time.perf_counter()
            check(figures(printed), rules)
            spent.append(time.perf_counter() - start)
            sets = explanations(printed, rules)
            count["detected"] += bool(sets)
            count["one"] += bool(sets) and min(map(len, sets)) == 1
            count["pair"] += wrong in sets
            count["first"] += sets[:1] == [wrong]
            numbers.append(len(sets))
        told = " | ".join(f"{100 * count[name] / many:.1f}" for name in ("detected", "one", "pair", "first"))
        print(f"| {share} % | {many} | {told} | {sorted(numbers)[many // 2]} |")
        print(f"| {share} % | *reference* | {found} | | {pair} | | |", flush=True)


def _print(share: int, kind: str, count: Counter[str]) -> None:
    n, detected, pinned = count["n"], max(1, count["detected"]), max(1, count["pinned"])
    print(
        f"| {share} % | {kind} | {n} | {100 * count['error'] / n:.1f} "
        f"| {100 * count['detected'] / n:.1f} | {100 * count['noticed'] / n:.1f} "
        f"| {100 * count['first'] / n:.1f} | {100 * count['value'] / n:.1f} | {100 * count['third'] / detected:.1f} "
        f"| {100 * count['pinned'] / n:.1f} | {100 * count['pinned_right'] / pinned:.1f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
