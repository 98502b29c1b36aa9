"""What is wrong, for the screen: unit by unit, the worst first, one entry a cause, each number with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from extractor.catalog.labels import Labels
from extractor.comparison import Comparison
from extractor.export.causes import Cause, causes
from extractor.export.transcript import short_quote
from extractor.export.workbook_words import Words, file_names
from extractor.model import Report

_FIGURES_SHOWN = 8


def check_list(reports: Sequence[Report], comparison: Comparison, labels: Labels) -> str:
    """Every cause and every file that was not wholly read, in Vietnamese; "" where there is nothing to say."""
    words = Words(labels, reports, comparison, file_names([r.path for r in reports]))
    own: dict[int | None, list[Cause]] = {
        key: list(group) for key, group in groupby(causes(reports, comparison), key=lambda c: c.report)
    }
    blocks = [
        "\n".join(_report(words, index, own.get(index, [])))
        for index in _ward_by_ward(comparison)
        if index in own or (reports[index].status != "read" and reports[index].problems)
    ]
    if None in own:
        blocks.append("\n".join([labels.text("check.nowhere"), *_entries(words, own[None])]))
    return "\n\n".join(blocks)


def _ward_by_ward(comparison: Comparison) -> list[int]:
    """The reports in their order, those of one unit together where its first one stands."""
    first: dict[str, int] = {}
    for s in comparison.standings:
        first.setdefault(s.unit.key if s.unit else f"#{s.report}", s.report)
    keys = {s.report: first[s.unit.key if s.unit else f"#{s.report}"] for s in comparison.standings}
    return sorted(keys, key=lambda index: (keys[index], index))


def _report(words: Words, index: int, found: Sequence[Cause]) -> Iterator[str]:
    labels, report = words.labels, words.reports[index]
    if report.identity.issuer:
        yield labels.text("check.unit", unit=report.identity.issuer, period=words.period(index))
    copies = [s.report for s in words.comparison.standings if s.reason == "copy" and s.other == index]
    line = f"{words.names[index]}:"
    if copies:
        line += f" ({labels.text('check.copies', files=', '.join(words.names[n] for n in copies))})"
    yield line
    if report.status != "read":
        yield from (f"  {problem.message}" for problem in report.problems)
    yield from _entries(words, found)


def _entries(words: Words, found: Sequence[Cause]) -> Iterator[str]:
    for number, cause in enumerate(found, 1):
        yield from _entry(words, number, cause)


def _entry(words: Words, number: int, cause: Cause) -> Iterator[str]:
    labels, main = words.labels, cause.main
    messages = list(dict.fromkeys([main.message, *(f.message for f in cause.findings)]))
    severity = labels.severity(cause.severity)
    yield "  " + labels.text("check.cause", number=number, severity=severity, message=messages[0])
    yield from (f"     {message}" for message in messages[1:])
    for figure in cause.figures[:_FIGURES_SHOWN]:
        yield "     - " + labels.text(
            "check.figure", indicator=words.named(figure), printed=" ".join(figure.printed.split()),
            place=words.places(figure), quote=short_quote(figure.place, figure.printed),
        )  # fmt: skip
    left = len(cause.figures) - _FIGURES_SHOWN
    if left > 0:
        yield "     - " + labels.text("involved.more", count=left)
    for line in words.suggestions(main).splitlines():
        yield "     " + labels.text("check.suggestion", suggestion=line)
    if main.suggestions:
        yield "     " + labels.text("check.certainty", certainty=labels.certainty(main.certainty))
    if main.question:
        yield "     " + labels.text("check.question", question=main.question.text)
    if cause.documents:
        others = ", ".join(words.names[n] for n in cause.documents[:6])
        yield "     " + labels.text("check.other", files=others)
