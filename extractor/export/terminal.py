"""The comparison and the end of a run as tables for a terminal, in plain letters where there is none."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from extractor.catalog.labels import Labels
from extractor.comparison import Entry, Period
from extractor.export.transcript import file_name
from extractor.model import Status

# Where output is piped into a file nobody's window is the measure: lines stay whole.
_PIPED_WIDTH = 240
_FAULTS = {"": "", "part": " ?", "candidate": " ?", "culprit": " !"}


def print_period(period: Period, indicators: Sequence[str], labels: Labels) -> None:
    """The units of one period side by side: one line a unit, blanks with their reason, doubts marked."""
    table = Table(title=labels.period(period.code), caption="! số nghi sai   ? số trong phép tính không khớp")
    table.add_column(labels.text("heading.unit"), no_wrap=True)
    for indicator in indicators:
        table.add_column(labels.short(indicator), justify="right")
    for row in period.rows:
        table.add_row(row.unit.name, *(_cell(row.entry(indicator), labels) for indicator in indicators))
    totals = {total.indicator: total for total in period.totals}
    if len(period.rows) > 1:
        table.add_section()
        sums = [totals[indicator].value if indicator in totals else None for indicator in indicators]
        table.add_row(labels.text("row.total"), *("" if value is None else labels.number(value) for value in sums))
    _console().print(table)


def print_summary(
    counts: Mapping[Status, int],
    figures: int,
    findings: int,
    troubles: Sequence[tuple[str, str]],
    written: Sequence[Path],
) -> None:
    """What a run has done: files by status, figures, contradictions, what was not read and why, where results lie."""
    console = _console()
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for words, number in (
        ("Đọc được", counts["read"]), ("Đọc được một phần", counts["partial"]), ("Không đọc được", counts["failed"]),
        ("Số liệu", figures), ("Chỗ không khớp", findings),
    ):  # fmt: skip
        table.add_row(words, str(number))
    console.print(table)
    for path, message in troubles:
        console.print(f"Không đọc được {file_name(path)}: {message}", markup=False, highlight=False)
    for result in written:
        console.print(f"Kết quả: {result}", markup=False, highlight=False, soft_wrap=True)


def _cell(entry: Entry, labels: Labels) -> str:
    if entry.value is None:
        return labels.mark(entry.blank or "not_stated")
    return labels.number(entry.value, entry.decimals) + _FAULTS[entry.fault]


def _console() -> Console:
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
