"""How much of a labelled folder the program reads, and how much of what it reads is wrong. Prints tables.

    python benchmarks/accuracy.py corpus/labelled                 rendered as Word files
    python benchmarks/accuracy.py CASES --files FILES --suffix .pdf   files of the same names, rendered elsewhere
    python benchmarks/accuracy.py corpus/labelled --held          only what was laid aside, for the last measurement

A figure is right where indicator, scope, basis and value are. "Wrong" counts figures whose key is labelled with
another value: an office would have copied them without a doubt. Labels marked optional count neither way.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from render import render_docx

from extractor.batch import read_in_order
from extractor.catalog import Catalog
from extractor.export.contract import report_object
from extractor.find import find_figures
from extractor.model import Block, Document, Identity

Object = dict[str, Any]
Key = tuple[str, str, str, float]
DOSSIERS = ("received.", "resolved.", "pending.")
IDENTITY = ("kind", "issuer", "number", "date", "period", "window")
CELLS = ("section", "number", "lead", "partners", "product", "deadline")


def plain(value: object) -> str:
    """Text for comparison: composed letters, single blanks, no punctuation at the ends, lower case."""
    text = unicodedata.normalize("NFC", str(value or "")).replace("\u00a0", " ")
    return " ".join(text.split()).strip(" .;:,-–").lower()


class Score:
    """Right, missed, extra and wrong by group, summed over documents."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.evidence: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def add(self, group: str, right: int, missed: int, extra: int, wrong: int = 0) -> None:
        for name, number in (("right", right), ("missed", missed), ("extra", extra), ("wrong", wrong)):
            self.counts[group, name] += number

    def row(self, group: str) -> str:
        right, missed, extra, wrong = (self.counts[group, name] for name in ("right", "missed", "extra", "wrong"))
        precision = right / (right + extra) if right + extra else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        return f"{group:32}{right + missed:8}{precision:11.4f}{recall:9.4f}{missed:9}{extra:8}{wrong:8}"


def figure_key(figure: Object, scope: str | None = None) -> Key:
    basis = figure.get("basis") or "period"
    return figure["indicator"], plain(scope or figure.get("scope") or "self"), basis, round(float(figure["value"]), 4)


GROUPS: dict[str, Callable[[Key], bool]] = {
    "figures": lambda key: True,
    "  dossiers of the unit, period": lambda key: key[0].startswith(DOSSIERS) and key[1:3] == ("self", "period"),
    "  rates": lambda key: key[0].startswith("rate."),
    "  other scopes": lambda key: key[1] != "self",
    "  other bases": lambda key: key[2] != "period",
}


def score_figures(score: Score, labels: list[Object], read: list[Object]) -> tuple[set[Key], set[Key]]:
    """Add the figures of one document; what was missed and what was too much."""
    found = {figure_key(figure): figure.get("evidence", "") for figure in read}
    wanted: set[Key] = set()
    excused: set[Key] = set()
    for label in labels:
        ways = [figure_key(label, scope) for scope in (label.get("scope"), *label.get("also", ()))]
        if label.get("optional"):
            excused.update(ways)
        else:
            wanted.add(next((way for way in ways if way in found), ways[0]))
    extra = found.keys() - wanted - excused
    missed = wanted - found.keys()
    labelled = {key[:3] for key in wanted}
    for group, belongs in GROUPS.items():
        right = sum(map(belongs, wanted & found.keys()))
        score.add(
            group, right, sum(map(belongs, missed)), sum(map(belongs, extra)),
            sum(belongs(key) and key[:3] in labelled for key in extra),
        )  # fmt: skip
    for key in found.keys() - excused:
        score.evidence[found[key]][key in extra] += 1
    return missed, extra


def score_plan(score: Score, labels: list[Object], read: list[Object]) -> None:
    by_task = defaultdict(list)
    for row in read:
        by_task[plain(row["task"])].append(row)
    for label in labels:
        rows = by_task[plain(label["task"])]
        row = rows.pop(0) if rows else None
        score.add("plan rows", row is not None, row is None, 0)
        if row is None:
            continue
        good = sum(plain(row[cell]) == plain(label[cell]) for cell in CELLS)
        score.add("  cells of rows found", good, len(CELLS) - good, 0)
        dates = ("deadline_kind", "deadline_start", "deadline_end")
        same = all(row[name] == label[name] for name in dates)
        score.add("  deadlines of rows found", same, not same, 0)
        wanted, found = (
            {(target["op"], float(target["value"]), target["unit"]) for target in one["targets"]}
            for one in (label, row)
        )
        score.add("  targets of rows found", len(wanted & found), len(wanted - found), len(found - wanted))
    score.add("plan rows", 0, 0, sum(map(len, by_task.values())))


def score_findings(score: Score, labels: list[Object], read: list[Object]) -> None:
    def broken(finding: Object) -> tuple[str, str, str]:
        return finding["rule"], plain(finding.get("scope") or "self"), finding.get("basis") or "period"

    wanted = {broken(label) for label in labels if not label.get("optional")}
    excused = {broken(label) for label in labels if label.get("optional")}
    found = {broken(finding) for finding in read if finding["severity"] == "error"} - excused
    score.add("contradictions", len(wanted & found), len(wanted - found), len(found - wanted))
    first = [finding["suggestions"][0] for finding in read if finding["suggestions"]]
    for label in labels:
        if label.get("wrong") and not label.get("optional"):
            slip = label["wrong"]
            hit = any(s["indicator"] == slip["indicator"] and float(s["to"]) == float(slip["true"]) for s in first)
            score.add("  slips named first", hit, not hit, 0)


def read_passage(passage: Object, catalog: Catalog) -> list[Object]:
    """The figures of a short text under the kind, period and level that its label gives it."""
    blocks = tuple(Block(f"p{number}", text) for number, text in enumerate(passage["text"].split("\n"), 1))
    said = {name: passage.get(name) for name in ("kind", "period", "level", "issuer")}
    identity = Identity(**said)
    found = find_figures(Document("", "", "txt", blocks), identity, catalog)
    return [
        {"indicator": f.indicator, "scope": f.scope, "basis": f.basis, "value": f.value, "evidence": ""}
        for f in found.figures
    ]


def tell(name: str, missed: Iterable[Key], extra: Iterable[Key]) -> None:
    for sign, keys in (("-", missed), ("+", extra)):
        for key in sorted(keys):
            print(f"{name:8}{sign} {' '.join(map(str, key))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="cases (*.json) and passages (*.jsonl)")
    parser.add_argument("--files", type=Path, help="folder of rendered files; without it cases become .docx")
    parser.add_argument("--suffix", default=".docx", help="which of the rendered files, such as .pdf")
    parser.add_argument("--held", action="store_true", help="only the ids of held.txt, which are left out otherwise")
    parser.add_argument("--detail", action="store_true", help="name every figure missed (-) and too much (+)")
    options = parser.parse_args()

    held_file = options.folder / "held.txt"
    words = held_file.read_text(encoding="utf-8").splitlines() if held_file.exists() else []
    held = {word.strip() for word in words if not word.startswith("#")}
    cases = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(options.folder.glob("*.json"))]
    cases = [case for case in cases if "gold" in case and (options.files or "body" in case)]
    cases = [case for case in cases if (case["id"] in held) == options.held]
    passages = {}
    for path in sorted(options.folder.glob("*.jsonl")):
        told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        passages[path.stem] = [passage for passage in told if (passage["id"] in held) == options.held]
    catalog = Catalog.load()

    documents, identity = Score(), Counter[tuple[str, bool]]()
    short = {name: Score() for name, told in passages.items() if told}
    unread = []
    with tempfile.TemporaryDirectory() as folder:
        if options.files:
            files = {path.name.split(".")[0].split("_")[0]: path for path in options.files.glob(f"*{options.suffix}")}
            cases = [case for case in cases if case["id"] in files]
            paths = [files[case["id"]] for case in cases]
        else:
            paths = [render_docx(case, Path(folder) / f"{case['id']}.docx") for case in cases]
        for case, report in zip(cases, read_in_order(paths, catalog), strict=True):
            gold, made = case["gold"], report_object(report)
            if report.status == "failed":
                unread.append(f"{case['id']}: {report.problems[0].message}")
            missed, extra = score_figures(documents, gold["figures"], made["figures"])
            if options.detail:
                tell(case["id"], missed, extra)
            score_plan(documents, gold["plan_rows"], made["plan_rows"])
            score_findings(documents, gold["violations"], made["findings"])
            for name in IDENTITY:
                same = [json.dumps(one[name], ensure_ascii=False) for one in (gold, made["document"])]
                identity[name, plain(same[0]) == plain(same[1])] += 1
    for name, score in short.items():
        for passage in passages[name]:
            missed, extra = score_figures(score, passage["figures"], read_passage(passage, catalog))
            if options.detail:
                tell(passage["id"], missed, extra)

    heading = f"{'':32}{'labels':>8}{'precision':>11}{'recall':>9}{'missed':>9}{'extra':>8}{'wrong':>8}"
    print(f"{len(cases)} documents, {len(unread)} unread\n{heading}")
    rows = ("plan rows", "  cells of rows found", "  deadlines of rows found", "  targets of rows found")
    for group in (*GROUPS, *rows, "contradictions", "  slips named first"):
        print(documents.row(group))
    print("\nidentity: " + ", ".join(f"{name} {identity[name, True]}/{len(cases)}" for name in IDENTITY))
    print("not labelled so, by evidence: " + ", ".join(
        f"{name} {wrong}/{right + wrong}" for name, (right, wrong) in sorted(documents.evidence.items())
    ))  # fmt: skip
    for name, score in short.items():
        print(f"\n{len(passages[name])} {name}\n{heading}\n{score.row('figures')}")
    print(*unread, sep="\n", file=sys.stderr)


if __name__ == "__main__":
    main()
