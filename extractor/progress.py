"""Room 6 COMPARE, second question: who has handed in, unit by unit, for every period that is being collected.

A period is being collected where a good share of the units reported for it; a lone report of another period is a
report of the wrong period, not a campaign of its own. A file that could not be read says nothing about its unit,
so its name is asked, and the answer is marked as a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath

import regex

from extractor.comparison import Comparison, Period, Progress, Row, State, Submission, Unit
from extractor.model import Report
from extractor.vietnamese.normalize import fold, key
from extractor.vietnamese.periods import period_span

# The communes of today began on this day (Law 72/2025/QH15).
_FOUNDED = date(2025, 7, 1)
_SHARE = 10  # a period is collected where at least a tenth as many units reported as for the fullest period


def progress(reports: Sequence[Report], comparison: Comparison, roster: Sequence[Unit]) -> tuple[Progress, ...]:
    """Every collected period with a submission for each unit of the roster; nothing without a roster."""
    if not roster:
        return ()
    collected = _collected(comparison.periods)
    strays = _strays(reports, comparison, {p.code for p in collected})
    failed = _failed(reports, roster)
    return tuple(Progress(p.code, tuple(_submissions(p, reports, roster, strays, failed))) for p in collected)


def _collected(periods: Sequence[Period]) -> tuple[Period, ...]:
    units = {p.code: sum(row.report is not None for row in p.rows) for p in periods if _of_today(p.code)}
    most = max(units.values(), default=0)
    return tuple(p for p in periods if units.get(p.code) and _SHARE * units[p.code] >= most)


def _of_today(code: str) -> bool:
    """Whether a period ends with the communes of today; nobody of the roster owed a report before."""
    try:
        return period_span(code)[1] >= _FOUNDED
    except ValueError:
        return False


def _submissions(
    period: Period, reports: Sequence[Report], roster: Sequence[Unit], strays: Mapping[str, tuple[State, int]],
    failed: Mapping[str, int],
) -> Iterable[Submission]:  # fmt: skip
    rows = {row.unit.key: row for row in period.rows}
    for unit in roster:
        row = rows.pop(unit.key, None)
        state, report = _state(row, reports)
        if state == "absent" and unit.key in strays:
            state, report = strays[unit.key]
        if state == "absent" and unit.key in failed:
            yield Submission(unit, "failed", failed[unit.key], guessed=True)
        else:
            yield Submission(unit, state, report)
    for row in rows.values():
        state, report = _state(row, reports)
        if state != "absent":
            yield Submission(row.unit, state, report, listed=False)


def _state(row: Row | None, reports: Sequence[Report]) -> tuple[State, int | None]:
    """What the files of one unit and period amount to."""
    if row is None:
        return "absent", None
    if row.report is not None:
        identity = reports[row.report].identity
        return ("submitted" if identity.number and identity.date else "draft"), row.report
    for other in row.others:
        return ("failed" if reports[other].status == "failed" else "other"), other
    return "absent", None


def _strays(reports: Sequence[Report], comparison: Comparison, collected: set[str]) -> dict[str, tuple[State, int]]:
    """By unit: a report of a period that is not collected, or of none that could be made out."""
    found: dict[str, tuple[State, int]] = {}
    for s in comparison.standings:
        identity = reports[s.report].identity
        if s.unit is None or identity.kind != "BC" or s.period in collected:
            continue
        if s.reason in {"counted", "tied", "no_period", "no_figures", "draft", "older", "replaced", "scanned"}:
            found.setdefault(s.unit.key, ("other_period", s.report))
    return found


def _failed(reports: Sequence[Report], roster: Sequence[Unit]) -> dict[str, int]:
    """By unit: a file that was not read and whose name, or its folder's, names this unit and no other."""
    names = {unit.key: _spaced(unit.name) for unit in roster}
    short = {k: name.removeprefix("phuong ").removeprefix("xa ").removeprefix("dac khu ") for k, name in names.items()}
    found: dict[str, int] = {}
    for index, report in enumerate(reports):
        if report.status != "failed" or report.identity.issuer:
            continue
        path = PurePosixPath(report.path.replace("\\", "/"))
        for part in (path.stem, path.parent.name):
            text = f" {_spaced(part)} "
            hits = [k for k in names if f" {short[k]} " in text]
            longest = max((len(short[k]) for k in hits), default=0)
            hits = [k for k in hits if len(short[k]) == longest]
            if len(hits) == 1:
                found.setdefault(hits[0], index)
                break
    return found


def _spaced(name: str) -> str:
    """Letters and digits in lower case without accents, one blank between words: "Le-Chan_Q2" → "le chan q2"."""
    return " ".join(regex.findall(r"\p{L}+|\d+", fold(key(name))))
