"""Slips planted in printed documents: is the wrong number found, and is it named? Prints figures by kind of slip.

    python benchmarks/slips.py corpus/labelled            every document without a slip of its own, as Word files
    python benchmarks/slips.py CASES --many 4 --detail    four slips of each kind a document; each one missed is named

A sound report is read; one figure of the core (what form II.06a counts of the whole unit) is misprinted in one of
its places by one slip of the keyboard; the document is written and read again. Detected: an error, or a warning that
suggests a value, that the sound document does not have. Right: its first suggestion gives the figure its true
value. A figure that stands in no sum and is printed once can be found by nobody; the last column leaves those out.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from localise import KINDS, slips
from render import Case, render_docx

from extractor.catalog import Catalog
from extractor.model import Figure, Finding, Place, Report
from extractor.pipeline import read_report

CORE = frozenset({
    "received.total", "received.new", "received.online", "received.in_person", "received.carried_over",
    "resolved.total", "resolved.early", "resolved.on_time", "resolved.early_or_on_time", "resolved.overdue",
    "pending.total", "pending.in_time", "pending.overdue",
})  # fmt: skip
_CELL = re.compile(r"t(\d+)r(\d+)c(\d+)")


def read(case: Case, folder: Path, catalog: Catalog) -> Report:
    return read_report(render_docx(case, folder / f"{case['id']}.docx"), catalog)


def told(report: Report) -> list[Finding]:
    """What accuses a number: errors, and warnings with a suggestion."""
    return [f for f in report.findings if f.severity == "error" or (f.severity == "warning" and f.suggestions)]


def core(case: Case, report: Report) -> list[Figure]:
    """Figures of the core that are read as labelled."""
    labels = {(g["indicator"], g.get("scope") or "self", g.get("basis") or "period", g["value"])
              for g in case["gold"]["figures"]}  # fmt: skip
    return [
        f for f in report.figures
        if f.indicator in CORE and f.scope == "self" and f.basis == "period" and (*f.key, int(f.value)) in labels
        and re.fullmatch(r"[\d.,]+", f.printed)
    ]  # fmt: skip


def misprinted(case: Case, place: Place, printed: str) -> Case | None:
    """The case with the letters at a place replaced; None where the place is not in its body as it stands."""
    made = copy.deepcopy(case)
    if cell := _CELL.fullmatch(place.block):
        tables = [item["table"] for item in made["body"] if "table" in item]
        table, row, column = (int(number) for number in cell.groups())
        if table - 2 not in range(len(tables)):  # the first table is the letterhead
            return None
        rows = tables[table - 2]["rows"]
        rows[row - 1][column - 1] = printed
        return made
    for item in made["body"]:
        ((kind, text),) = item.items()
        if isinstance(text, str) and place.quote.strip("…") in " ".join(text.split()):
            item[kind] = text[: place.start] + printed + text[place.end :]
            return made
    return None


def written(value: int, like: str) -> str:
    """A number with the thousands mark and the leading zero of the number it stands for."""
    mark = next((c for c in like if c in ".,"), "")
    text = f"{value:,}".replace(",", mark) if mark or value < 1000 else str(value)
    return text.zfill(len(like)) if like.startswith("0") and len(like) == 2 else text


def plants(rng: random.Random, case: Case, report: Report, kind: str, many: int) -> Iterator[tuple[Case, Figure, str]]:
    """Up to `many` documents with one slip: the document, the figure that is wrong in it, the letters printed."""
    figures = core(case, report)
    rng.shuffle(figures)
    made = 0
    for figure in figures:
        values = slips(int(figure.value), kind)
        if not values or made == many:
            continue
        printed = written(rng.choice(values), figure.printed)
        place = rng.choice((figure.place, *figure.also))
        wrong = misprinted(case, place, printed)
        if wrong is not None:
            made += 1
            yield wrong, figure, printed


def right(found: Finding, figure: Figure) -> bool:
    if not found.suggestions:
        return False
    first = found.suggestions[0]
    return (first.indicator, first.scope, first.basis, first.proposed) == (*figure.key, figure.value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="cases (*.json)")
    parser.add_argument("--many", type=int, default=3, help="slips of each kind a document")
    parser.add_argument("--held", action="store_true", help="only the ids of held.txt, which are left out otherwise")
    parser.add_argument("--detail", action="store_true", help="name every slip that is missed or misnamed")
    options = parser.parse_args()

    held_file = options.folder / "held.txt"
    held = set(held_file.read_text(encoding="utf-8").split("\n")) if held_file.exists() else set()
    cases: list[dict[str, Any]] = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(options.folder.glob("*.json"))
    ]
    cases = [c for c in cases if c["gold"]["kind"] == "BC" and not c["gold"]["violations"] and "body" in c]
    cases = [c for c in cases if (c["id"] in held) == options.held]
    catalog = Catalog.load()
    counts = {kind: Counter[str]() for kind in KINDS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in cases:
            sound = read(case, folder, catalog)
            before = {f.message for f in told(sound)}
            for kind in KINDS:
                rng = random.Random(f"{case['id']} {kind}")
                for wrong, figure, printed in plants(rng, case, sound, kind, options.many):
                    found = [f for f in told(read(wrong, folder, catalog)) if f.message not in before]
                    named = bool(found) and right(found[0], figure)
                    counts[kind].update(n=1, detected=bool(found), right=named, able=figure.evidence != "single",
                                        able_detected=bool(found) and figure.evidence != "single")  # fmt: skip
                    if options.detail and not named:
                        said = found[0].message if found else "-"
                        print(f"{case['id']} {figure.indicator} {figure.printed} → {printed}: {said}")
    print(f"{len(cases)} documents\n| slip | planted | detected | first right of detected | detected of what can be |")
    print("|---|---|---|---|---|")
    total = sum(counts.values(), Counter[str]())
    for kind, count in (*counts.items(), ("**all**", total)):
        if count["n"]:
            print(f"| {kind} | {count['n']} | {count['detected'] / count['n']:.3f} "
                  f"| {count['right'] / max(1, count['detected']):.3f} "
                  f"| {count['able_detected'] / max(1, count['able']):.3f} |")  # fmt: skip


if __name__ == "__main__":
    main()
