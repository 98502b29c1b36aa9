"""Compare what the program reads in corpus/documents with the labels of corpus/sources. Exit status 1 where it differs.

    python corpus/check.py                  every difference, a line each; known ones are marked
    python corpus/check.py --transcripts    also write the transcripts of documents that are read as labelled

A transcript is what `doisoat show` prints. It is written only where figures, plan rows, identity and findings agree
with the labels, so a golden file never holds a wrong number. What is known to be read wrongly stands in
corpus/known_gaps.txt, one difference a line, in the words of this program.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.catalog import Catalog
from extractor.export.contract import report_object
from extractor.export.transcript import transcript
from extractor.model import Report
from extractor.overview import overlook
from extractor.pipeline import read_report

Object = dict[str, Any]
FOLDER = Path(__file__).parent
DOCUMENTS = FOLDER / "documents"
KNOWN = FOLDER / "known_gaps.txt"
IDENTITY = ("kind", "issuer", "province", "number", "date", "period", "window")
CELLS = ("section", "number", "task", "lead", "partners", "product", "deadline")
DATES = ("deadline_kind", "deadline_start", "deadline_end")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--transcripts", action="store_true", help="write the transcripts of what is read right")
    write = parser.parse_args().transcripts
    catalog, known, new = Catalog.load(), known_gaps(), set[str]()
    seen, reports = set[str](), dict[str, Report]()
    for source in sources():
        reports[source["id"]] = report = read_report(document_path(source), catalog)
        found = differences(source, report)
        for line in found:
            print(("known  " if line in known else "NEW    ") + line)
        new |= set(found) - known
        seen |= set(found)
        path = transcript_path(source)
        if write:
            if found:
                path.unlink(missing_ok=True)
            else:
                path.write_text(shown(report, catalog), encoding="utf-8", newline="\n")
        elif path.exists():
            for line in changed_lines(path.read_text(encoding="utf-8"), shown(report, catalog)):
                print(f"LINE   {source['id']}: {line}")
                new.add(line)
    together = across_differences(sources(), reports, catalog)
    for line in together:
        print(("known  " if line in known else "NEW    ") + line)
    new |= set(together) - known
    gone = known - seen - set(together)
    for line in sorted(gone):
        print(f"closed {line} (take this line out of {KNOWN.name})")
    return 1 if new or gone else 0


# --------------------------------------------------------------------------- files


def sources() -> list[Object]:
    """Every source, by name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / "sources").glob("*.json"))]


def document_path(source: Object) -> Path:
    return DOCUMENTS / str(source["file"])


def transcript_path(source: Object) -> Path:
    """`BC quy II.docx` has its transcript in `BC quy II.docx.transcript.txt` beside it."""
    path = document_path(source)
    return path.with_name(path.name + ".transcript.txt")


def known_gaps() -> set[str]:
    """The differences that are known, without comments and empty lines."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines() if KNOWN.exists() else []
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def shown(report: Report, catalog: Catalog) -> str:
    return transcript(report, catalog.labels) + "\n"


def changed_lines(golden: str, now: str) -> list[str]:
    """Lines that stand in only one of two transcripts: "- " the golden one, "+ " what is read now."""
    old, new = Counter(golden.splitlines()), Counter(now.splitlines())
    return [f"- {line}" for line in (old - new).elements()] + [f"+ {line}" for line in (new - old).elements()]


# --------------------------------------------------------------------------- comparison


def differences(source: Object, report: Report) -> list[str]:
    """Every difference between the labels and the reading: "document | what | read … | right …"."""
    made, gold = report_object(report), source["gold"]
    if report.status == "failed":
        return [f"{source['id']} | document | read: nothing ({report.problems[0].code}) | right: readable"]
    parts = (
        *_identity(gold, made["document"]),
        *_figures(gold["figures"], made["figures"]),
        *(f"unread {item['printed']} | read: not for certain | right: read or masked" for item in made["unread"]),
        *_rows(gold["plan_rows"], made["plan_rows"]),
        *_findings(gold["violations"], made["findings"]),
    )
    return [f"{source['id']} | {part}" for part in parts]


def across_differences(labelled: list[Object], reports: dict[str, Report], catalog: Catalog) -> list[str]:
    """Differences in what is only seen with all documents side by side: carry-over, versions, windows, targets.

    A target of a plan that a report does not mention is a notice of its own and is not labelled.
    """
    names = {str(document_path(source)): source["id"] for source in labelled}
    wanted = {(a["rule"], tuple(sorted(a["documents"]))) for s in labelled for a in s["gold"].get("across", ())}
    found = {
        (finding.rule, tuple(sorted(names[path] for path in finding.documents)))
        for finding in overlook(list(reports.values()), catalog).findings
        if (finding.rule, finding.severity) != ("target", "notice")
    }
    lines = [f"{', '.join(documents)} | {rule} | read: nothing | right: told" for rule, documents in wanted - found]
    lines += [f"{', '.join(documents)} | {rule} | read: told | right: nothing" for rule, documents in found - wanted]
    return sorted(lines)


def plain(value: object) -> str:
    """Text for comparison: composed letters, single blanks, no marks at the ends, lower case."""
    text = unicodedata.normalize("NFC", str(value if value is not None else "")).replace("\u00a0", " ")
    return " ".join(text.split()).strip(" .;:,-–").lower()


def _identity(gold: Object, read: Object) -> Iterator[str]:
    for name in IDENTITY:
        if plain(json.dumps(gold[name], ensure_ascii=False)) != plain(json.dumps(read[name], ensure_ascii=False)):
            yield f"{name} | read: {read[name]} | right: {gold[name]}"


def _figures(gold: list[Object], read: list[Object]) -> Iterator[str]:
    """Figures missed, figures too much, and fractions of rates; an optional label is right either way."""
    labels = {_figure_key(figure): figure for figure in gold}
    found = {_figure_key(figure): figure for figure in read}
    for key in sorted(labels.keys() - found.keys()):
        if not labels[key].get("optional"):
            others = sorted(str(other[3]) for other in found if other[:3] == key[:3] and other not in labels)
            yield f"{_name(key)} | read: {', '.join(others) or 'nothing'} | right: {key[3]}"
    for key in sorted(found.keys() - labels.keys()):
        missed = (other for other in labels.keys() - found.keys() if not labels[other].get("optional"))
        if not any(other[:3] == key[:3] for other in missed):
            yield f"{_name(key)} | read: {key[3]} | right: nothing"
    for key in sorted(labels.keys() & found.keys()):
        right, got = _fraction(labels[key]), _fraction(found[key])
        if right != got:
            yield f"{_name(key)} fraction | read: {got} | right: {right}"


def _fraction(figure: Object) -> str:
    numerator, denominator = figure.get("numerator"), figure.get("denominator")
    return "none" if numerator is None else f"{numerator}/{denominator}"


def _figure_key(figure: Object) -> tuple[str, str, str, str]:
    return figure["indicator"], plain(figure["scope"]), figure["basis"], f"{float(figure['value']):g}"


def _name(key: tuple[str, ...]) -> str:
    """`received.total`, with scope and basis where they are not the usual ones."""
    return " ".join(part for part in key[:3] if part not in ("self", "period"))


def _rows(gold: list[Object], read: list[Object]) -> Iterator[str]:
    """Plan rows in order of the document, told apart by their tasks."""
    by_task: dict[str, list[Object]] = {}
    for row in read:
        by_task.setdefault(plain(row["task"]), []).append(row)
    for label in gold:
        title = f"row {label['section']}.{label['number']} {' '.join(label['task'].split())[:40]}"
        rows = by_task.get(plain(label["task"]))
        if not rows:
            yield f"{title} | read: no such row | right: a row"
            continue
        row = rows.pop(0)
        for name in CELLS:
            if plain(row[name]) != plain(label[name]):
                yield f"{title} {name} | read: {row[name]} | right: {label[name]}"
        if any(row[name] != label[name] for name in DATES):
            yield f"{title} dates | read: {_dates(row)} | right: {_dates(label)}"
        right, got = (sorted(map(_target, one["targets"])) for one in (label, row))
        if right != got:
            yield f"{title} targets | read: {', '.join(got) or 'none'} | right: {', '.join(right) or 'none'}"
        named = {_target(target): target["indicator"] for target in row["targets"]}
        for target in label["targets"]:
            indicator = named.get(_target(target))
            if _target(target) in named and "indicator" in target and indicator != target["indicator"]:
                yield f"{title} target of | read: {indicator} | right: {target['indicator']}"
    for rows in by_task.values():
        for row in rows:
            yield f"row {row['section']}.{row['number']} {row['task'][:40]} | read: a row | right: no such row"


def _target(target: Object) -> str:
    return f"{target['op']} {float(target['value']):g} {target['unit']}"


def _dates(row: Object) -> str:
    return " ".join(str(row[name]) for name in DATES)


def _findings(gold: list[Object], read: list[Object]) -> Iterator[str]:
    """Errors found and planted, and whether the first suggestion for a planted slip names the true value."""
    planted = {_finding_key(label): label for label in gold}
    errors = {_finding_key(finding): finding for finding in read if finding["severity"] == "error"}
    for key, label in planted.items():
        if key not in errors:
            if not label.get("optional"):
                yield f"finding {_name(key)} | read: nothing | right: broken"
            continue
        wrong = label.get("wrong")
        first = errors[key]["suggestions"][:1]
        if wrong and not any(s["indicator"] == wrong["indicator"] and s["to"] == wrong["true"] for s in first):
            named = ", ".join(f"{s['indicator']} {s['to']}" for s in first) or "no suggestion"
            yield f"finding {_name(key)} slip | read: {named} | right: {wrong['indicator']} {wrong['true']}"
    for key in sorted(errors.keys() - planted.keys()):
        yield f"finding {_name(key)} | read: broken | right: nothing"


def _finding_key(finding: Object) -> tuple[str, str, str]:
    return finding["rule"], plain(finding.get("scope") or "self"), finding.get("basis") or "period"


if __name__ == "__main__":
    raise SystemExit(main())
