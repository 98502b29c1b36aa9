"""Does the checker call a sound report wrong? Made-up reports without a slip; it prints how many it accuses.

usage: python benchmarks/sound.py [reports a kind]      (default 2000; about ten seconds)

Nothing in these reports is wrong, but much is awkward: blanks anywhere, rates rounded, rounded half-even or cut
off, rough restatements, units that count withdrawn, refused or waiting dossiers outside their total, tables by
field with empty cells. An error on any of them is a false accusation; warnings and notices are counted.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from localise import TOTALS, Values, blank, figures, report

from extractor.catalog import default_folder
from extractor.catalog import rules as rules_file
from extractor.check import check
from extractor.model import Figure, Place

COLUMNS = (
    "received.total", "received.online", "received.in_person", "received.carried_over", "resolved.total",
    "resolved.early", "resolved.on_time", "resolved.overdue", "pending.total", "pending.in_time", "pending.overdue",
)  # fmt: skip
BLANKS = (0.0, 0.05, 0.15, 0.4)


def figure(indicator: str, value: str | int, **more: Any) -> Figure:
    """A figure with the decimals of its letters."""
    number = Decimal(str(value))
    decimals = len(str(value).partition(".")[2])
    return replace(Figure(indicator, "self", "period", number, str(value), Place("p9", 0, 1, "")), decimals=decimals,
                   **more)  # fmt: skip


def printed_rate(rng: random.Random, top: int, bottom: int) -> str:
    """A rate as somebody prints it: rounded, rounded half-even or cut off, with 0 to 2 decimals."""
    unit = Decimal(1).scaleb(-rng.choice((0, 1, 2)))
    mode = rng.choice(("ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_DOWN"))
    return str((Decimal(100 * top) / Decimal(bottom)).quantize(unit, rounding=mode))


def rates(rng: random.Random, truth: Values, printed: Values) -> list[Figure]:
    """Some rates of the report; one without a fraction has its counts printed."""
    whole = {**truth, "received.new": truth["received.online"] + truth["received.in_person"]}
    pairs = {
        "rate.online": ("received.online", rng.choice(("received.total", "received.new"))),
        "rate.early": ("resolved.early", "resolved.total"),
        "rate.overdue": ("resolved.overdue", "resolved.total"),
        "rate.resolved": ("resolved.total", "received.total"),
    }
    found = []
    for rate, (top, bottom) in pairs.items():
        if not whole[bottom] or rng.random() < 0.5:
            continue
        parts = {"numerator": Decimal(whole[top]), "denominator": Decimal(whole[bottom])}
        if rng.random() < 0.5:
            found.append(figure(rate, printed_rate(rng, whole[top], whole[bottom]), **parts))
        elif top in printed and bottom in printed:
            found.append(figure(rate, printed_rate(rng, whole[top], whole[bottom])))
    return found


def plain(rng: random.Random) -> list[Figure]:
    """Blanks anywhere, totals too; rates by any habit; a rough restatement."""
    truth = report(rng)
    printed = blank(rng, truth, rng.choice(BLANKS))
    if rng.random() < 0.4:
        printed["received.new"] = truth["received.online"] + truth["received.in_person"]
    for total in TOTALS:
        if rng.random() < 0.1:
            printed.pop(total, None)
    rough = truth["received.total"] // 100 * 100
    extra = []
    if rough and rng.random() < 0.2 and "received.total" in printed:
        extra = [figure("received.total", rough, approximate=True)]
    return [*figures(printed), *rates(rng, truth, printed), *extra]


def counted_otherwise(rng: random.Random) -> list[Figure]:
    """Withdrawn, refused or waiting dossiers outside their total, and printed; other parts blank here and there."""
    truth = report(rng)
    values = dict(truth)
    apart: set[str] = set()
    for name in ("resolved.withdrawn", "resolved.refused"):
        if rng.random() < 0.5:
            values["resolved.total"] -= truth[name]
            apart.add(name)
    way = rng.choice(("usual", "outside", "in_time"))
    if way == "outside":
        values["pending.total"] -= truth["pending.supplement"]
        apart.add("pending.supplement")
    elif way == "in_time":
        values["pending.in_time"] += truth["pending.supplement"]
    printed = {n: v for n, v in values.items() if n in apart} | blank(rng, values, rng.choice(BLANKS))
    kept = {n: v for n, v in values.items() if n in printed}
    return [*figures(kept), *rates(rng, values, kept)]


def table(rng: random.Random) -> list[Figure]:
    """Form II.06a by field with its total row, cells empty here and there."""
    rows: dict[str, Values] = {}
    for number in range(rng.randint(2, 6)):
        truth = report(rng)
        truth["resolved.early"] += truth["resolved.withdrawn"] + truth["resolved.refused"]
        truth["pending.in_time"] += truth["pending.supplement"]
        rows[f"field:lĩnh vực {number}"] = truth
    rows["self"] = {name: sum(row[name] for row in rows.values()) for name in COLUMNS}
    share = rng.choice((0, 0.05, 0.3))
    return [
        Figure(name, scope, "period", Decimal(row[name]), str(row[name]), Place(f"t1r{r}c{c}", 0, 1, ""))
        for r, (scope, row) in enumerate(rows.items(), 4)
        for c, name in enumerate(COLUMNS, 3)
        if rng.random() >= share
    ]


KINDS: Mapping[str, Callable[[random.Random], list[Figure]]] = {
    "plain": plain, "counted otherwise": counted_otherwise, "table": table,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("many", type=int, nargs="?", default=2000, help="reports of each share of blanks (2000)")
    many = parser.parse_args().many
    rules = rules_file.load(default_folder())
    print("| report | reports | with an error | with a warning | with a notice | median ms | 95 % under ms |")
    print("|---|---|---|---|---|---|---|")
    for name, make in KINDS.items():
        rng = random.Random(name)
        count: Counter[str] = Counter()
        spent = []
        for _ in range(many):
            given = make(rng)
            start = time.perf_counter()
            found = check(given, rules).findings
            spent.append(1000 * (time.perf_counter() - start))
            count.update({f.severity for f in found})
        spent.sort()
        print(f"| {name} | {many} | {count['error']} | {count['warning']} | {count['notice']} "
              f"| {spent[many // 2]:.2f} | {spent[int(0.95 * many)]:.2f} |")  # fmt: skip


if __name__ == "__main__":
    main()
