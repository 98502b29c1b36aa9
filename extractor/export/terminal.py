"""The comparison and the end of a run as tables for a terminal, in plain letters where there is none."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from extractor.catalog.labels import Labels
from extractor.comparison import Comparison, Entry, Period
from extractor.export.causes import causes
from extractor.export.lacks import lacks
from extractor.export.workbook_words import file_names
from extractor.model import Report

# Where output is piped into a file nobody's window is the measure: lines stay whole.
_PIPED_WIDTH = 240
_SLOW, _SLOWEST_SHOWN = 10.0, 5  # seconds; files
_CAPTION = "! số nghi sai   ? số trong phép tính không khớp   (7/8) chỉ cộng 7 trong 8 đơn vị"
_FAULTS = {"": "", "part": " ?", "candidate": " ?", "culprit": " !"}


def print_period(period: Period, indicators: Sequence[str], labels: Labels) -> None:
    """The units of one period side by side: one line a unit, blanks with their reason, doubts marked, sums that
    leave units out marked too.

    Where the window is too narrow for all columns they go into several tables: a number is never cut.
    """
    console = _console()
    units = [row.unit.name for row in period.rows]
    columns = [_Column(indicator, period, labels) for indicator in indicators]
    whole = len(units) > 1
    names = [labels.text("heading.unit"), *units, *([labels.text("row.total")] if whole else [])]
    room = console.width - max(map(len, names)) - 4
    for part in _fitting(columns, room):
        table = Table(title=labels.period(period.code), caption=_CAPTION)
        table.add_column(names[0], no_wrap=True)
        for column in part:
            table.add_column(column.heading, justify="right", width=column.width)
        for number, unit in enumerate(units):
            table.add_row(unit, *(column.cells[number] for column in part))
        if whole:
            table.add_section()
            table.add_row(names[-1], *(column.total for column in part))
        console.print(table)


class _Column:
    """An indicator's heading, cells and sum as letters, and the width below which they would be cut."""

    def __init__(self, indicator: str, period: Period, labels: Labels) -> None:
        self.heading = labels.short(indicator)
        self.cells = [_cell(row.entry(indicator), labels) for row in period.rows]
        self.total = ""
        for total in period.totals:
            if total.indicator == indicator and total.value is not None:
                part = f" ({total.units}/{len(period.rows)})" if total.units < len(period.rows) else ""
                self.total = labels.number(total.value) + part
        words = [word for text in (self.heading, *self.cells) for word in _pieces(text)]
        self.width = max(map(len, [*words, self.total]))


def _pieces(text: str) -> list[str]:
    """What must stay on one line: a number with its mark, else every word."""
    return [text] if text[:1].isdigit() else text.split()


def _fitting(columns: Sequence[_Column], room: int) -> Iterator[list[_Column]]:
    """The columns in as few parts as fit into so many letters, each column at least alone."""
    part: list[_Column] = []
    for column in columns:
        if part and sum(other.width + 3 for other in (*part, column)) > room:
            yield part
            part = []
        part.append(column)
    if part:
        yield part


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What the end of a run tells: (label, number) pairs, how many files were not read or not wholly for which
    (status, problem), and (file, why) of what was not read."""

    counts: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, str, int], ...]
    failed: tuple[tuple[str, str], ...]

    @property
    def complete(self) -> bool:
        return not self.failed

    def text(self) -> str:
        return json.dumps([self.counts, self.reasons, self.failed], ensure_ascii=False)

    @classmethod
    def of_text(cls, text: str) -> RunSummary:
        counts, reasons, failed = json.loads(text)
        return cls(
            tuple((key, number) for key, number in counts),
            tuple((status, code, number) for status, code, number in reasons),
            tuple((name, why) for name, why in failed),
        )


def summarise(reports: Sequence[Report], comparison: Comparison) -> RunSummary:
    """Files by status, figures, contradictions, what was not read and why.

    Counted and named as on the sheet "Tóm tắt": a contradiction is a cause, within a document or between several.
    """
    status = Counter(report.status for report in reports)
    lacking = {(lack.report, lack.status, lack.code) for lack in lacks(reports)}
    reasons = Counter((state, code) for _, state, code in sorted(lacking))
    severity = Counter(cause.severity for cause in causes(reports, comparison))
    names = file_names([report.path for report in reports])
    return RunSummary(
        (
            ("summary.read", status["read"]), ("summary.partial", status["partial"]),
            ("summary.failed", status["failed"]), ("summary.figures", sum(len(report.figures) for report in reports)),
            ("heading.findings", severity.total()), ("summary.errors", severity["error"]),
            ("summary.warnings", severity["warning"]), ("summary.notices", severity["notice"]),
        ),
        tuple((status, code, number) for (status, code), number in reasons.most_common()),
        tuple(
            (str(name), " ".join(problem.message for problem in report.problems))
            for report, name in zip(reports, names, strict=True)
            if report.status == "failed"
        ),
    )  # fmt: skip


def print_summary(summary: RunSummary, written: Sequence[Path], labels: Labels) -> None:
    """Print what a run has done, and where its results lie."""
    console = _console()
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for key, number in summary.counts:
        inner = "– " if key in ("summary.errors", "summary.warnings", "summary.notices") else ""
        table.add_row(inner + labels.text(key), str(number))
        for state, code, files in summary.reasons:
            if key == f"summary.{state}":
                table.add_row(f"– {labels.problem(code)}", str(files))
    console.print(table)
    for name, why in summary.failed:
        console.print(f"{labels.text('summary.failed')} {name}: {why}", markup=False, highlight=False)
    for result in written:
        console.print(f"Kết quả: {result}", markup=False, highlight=False, soft_wrap=True)


def print_slowest(seconds: Mapping[Path, float], folder: Path, labels: Labels) -> None:
    """Print the files that a run took longest to read; those that took a few seconds are not worth a line."""
    console = _console()
    slow = sorted(((taken, path) for path, taken in seconds.items() if taken >= _SLOW), reverse=True)[:_SLOWEST_SHOWN]
    if slow:
        console.print(labels.text("summary.slowest"), markup=False, highlight=False)
    for taken, path in slow:
        name = path.relative_to(folder) if path.is_relative_to(folder) else path
        line = labels.text("summary.seconds", file=name, seconds=f"{taken:.0f}")
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _cell(entry: Entry, labels: Labels) -> str:
    if entry.value is None:
        return labels.mark(entry.blank or "not_stated")
    return labels.number(entry.value, entry.decimals) + _FAULTS[entry.fault]


def _console() -> Console:
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
