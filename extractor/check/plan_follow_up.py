"""Plans: rows that nobody can follow up, and targets against what was reported later in the plan's year.

Only rates are judged: a count that a plan promises for a year cannot be held against a quarter. A rate is met where
it reaches the target, one of overdue dossiers where it stays below. Where a plan names several targets for one
rate (other fields, other groups of people), only what holds for all of them is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

import regex

from extractor.catalog import Catalog
from extractor.check.telling import Teller
from extractor.comparison import Comparison, Followed, Period, Row
from extractor.model import PlanRow, Report, Severity, Target
from extractor.vietnamese.normalize import key
from extractor.vietnamese.periods import period_span

_FALLING = frozenset({"rate.overdue"})  # the less the better
_BASES = ("cumulative", "period")
_ROWS_SHOWN, _TASK_CHARS = 8, 50
_DATED = frozenset({"date", "range", "month", "quarter"})
_PARTS = regex.compile(r"[,;\n/]|\s-\s|(?<=\s)và(?=\s)")


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of a unit, by the best of the files in which it came."""

    report: int
    unit: str
    year: int


def check_plans(teller: Teller) -> None:
    """Every plan's rows, and the targets of each unit's newest plan of a year."""
    for plan in _plans(teller):
        _check_rows(teller, plan)
    for plan in _newest(teller):
        _tell_targets(teller, plan, list(_follow(teller, plan)))


def follow_up(reports: Sequence[Report], comparison: Comparison, catalog: Catalog) -> tuple[Followed, ...]:
    """The targets of each unit's newest plan of a year, in the order of the plan, with what was reported."""
    teller = Teller(reports, comparison, catalog)
    return tuple(followed for plan in _newest(teller) for followed in _follow(teller, plan))


def _newest(teller: Teller) -> list[Plan]:
    newest: dict[tuple[str, int], Plan] = {}
    for plan in _plans(teller):
        if any(row.targets for row in teller.reports[plan.report].plan_rows):
            newest[plan.unit, plan.year] = plan
    return list(newest.values())


def _plans(teller: Teller) -> list[Plan]:
    """Every plan once, the oldest first; of several files of one plan the one that reads best."""
    found: dict[object, Plan] = {}
    for index in sorted(range(len(teller.reports)), key=lambda i: _legibility(teller, i)):
        report = teller.reports[index]
        identity, unit = report.identity, teller.comparison.standings[index].unit
        if identity.kind not in {"KH", "QD"} or not report.plan_rows or unit is None:
            continue
        if not (identity.period or "").isdigit():
            continue
        same = (unit.key, identity.kind, identity.number, identity.date, identity.period)
        found.setdefault(same, Plan(index, unit.key, int(identity.period or 0)))
    return sorted(found.values(), key=lambda p: teller.reports[p.report].identity.date or date.min)


def _legibility(teller: Teller, index: int) -> tuple[bool, bool, int]:
    report = teller.reports[index]
    return report.status != "read", report.format != "docx", index


# --------------------------------------------------------------------------- rows


def _check_rows(teller: Teller, plan: Plan) -> None:
    rows = teller.reports[plan.report].plan_rows
    checks: tuple[tuple[str, Callable[[PlanRow], bool]], ...] = (
        ("plan.no_lead", lambda row: not row.lead.strip()),
        ("plan.no_deadline", lambda row: row.deadline_kind == "none"),
        ("plan.order", _backwards),
        ("plan.year", lambda row: _outside(row, plan.year)),
        ("plan.same", _both_sides),
    )
    for id, wrong in checks:
        found = [row for row in rows if wrong(row)]
        if not found:
            continue
        lacking = id in {"plan.no_lead", "plan.no_deadline"}
        severity: Severity | None = "notice" if lacking and 2 * len(found) > len(rows) else None
        teller.add(
            id, (id, plan.report), [plan.report],
            {
                "plan": teller.document(plan.report), "count": len(found), "year": plan.year,
                "rows": teller.listed([_row(teller, row) for row in found], _ROWS_SHOWN, ", "),
            },
            severity=severity,
        )  # fmt: skip


def _backwards(row: PlanRow) -> bool:
    return row.deadline_start is not None and row.deadline_end is not None and row.deadline_end < row.deadline_start


def _outside(row: PlanRow, year: int) -> bool:
    days = [d for d in (row.deadline_start, row.deadline_end) if d is not None]
    return row.deadline_kind in _DATED and bool(days) and all(d.year != year for d in days)


def _both_sides(row: PlanRow) -> bool:
    return bool(_units(row.lead) & _units(row.partners))


def _units(cell: str) -> set[str]:
    return {part for part in (" ".join(p.split()) for p in _PARTS.split(key(cell))) if len(part) > 2}


def _row(teller: Teller, row: PlanRow) -> str:
    number = ".".join(part for part in (row.section, row.number) if part)
    if row.number:
        return teller.say("row", number=number)
    task = row.task if len(row.task) <= _TASK_CHARS else row.task[:_TASK_CHARS].rsplit(" ", 1)[0] + "…"
    return teller.say("row_blank", task=task)


# --------------------------------------------------------------------------- targets


def _follow(teller: Teller, plan: Plan) -> Iterator[Followed]:
    """Every rate that a plan sets a target for, against the last report of its year; nothing where there is none."""
    targets: dict[str, list[Target]] = defaultdict(list)
    for row in teller.reports[plan.report].plan_rows:
        for target in row.targets:
            if target.unit == "percent" and target.op != "reduce" and (target.indicator or "").startswith("rate."):
                targets[target.indicator or ""].append(target)
    latest = _latest(teller, plan)
    if latest is None or (report := latest[1].report) is None:
        return
    period, unit = latest
    for indicator, wanted in targets.items():
        found = _reported(teller, unit, indicator)
        kept = Followed(plan.report, indicator, tuple(wanted), report, period, "unreported")
        if found is not None:
            value, figure, approximate = found
            verdicts = {_is_met(indicator, target, value) for target in wanted}
            verdict: Literal["met", "missed", "open"] = "open"
            if verdicts == {True}:
                verdict = "met"
            elif verdicts == {False} and not approximate:
                verdict = "missed"
            kept = replace(kept, verdict=verdict, reported=value, figure=figure)
        yield kept


def _tell_targets(teller: Teller, plan: Plan, followed: Sequence[Followed]) -> None:
    """The targets that were missed, with how many were met, and those of which nothing was said."""
    if not followed:
        return
    of = {state: [f for f in followed if f.verdict == state] for state in ("met", "missed", "unreported")}
    report = followed[0].report
    fields = {"period": teller.period(followed[0].period), "plan": teller.document(plan.report)}
    if of["missed"]:
        met = len(of["met"])
        teller.add(
            "target.missed", ("target", plan.report), [report, plan.report],
            {
                **fields, "count": len(of["missed"]), "missed": "; ".join(_missed(teller, f) for f in of["missed"]),
                "met": teller.say("met", count=met) if met else "",
            },
            [f.figure for f in of["missed"] if f.figure is not None],
        )  # fmt: skip
    if of["unreported"]:
        listed = "; ".join(f"{teller.name(f.indicator)} ({_target(teller, f)})" for f in of["unreported"])
        teller.add(
            "target.unreported", ("unreported", plan.report), [report, plan.report],
            {**fields, "count": len(of["unreported"]), "unreported": listed},
        )  # fmt: skip


def _missed(teller: Teller, followed: Followed) -> str:
    value = followed.reported if followed.reported is not None else Decimal(0)
    said = teller.amount(followed.indicator, value)
    if followed.figure is None:
        said = teller.say("recomputed", value=teller.number(value.quantize(Decimal("0.01"))))
    return teller.say("missed", name=teller.name(followed.indicator), reported=said, target=_target(teller, followed))


def _target(teller: Teller, followed: Followed) -> str:
    first = followed.targets[0]
    return teller.catalog.labels.target(first.op, first.value, "percent")


def _latest(teller: Teller, plan: Plan) -> tuple[str, Row] | None:
    """The last period of the plan's year for which the unit reported; of two that end together the longer."""
    found = [
        (span[1], span[1] - span[0], period.code, row)
        for period, span in _spans(teller)
        if span[0].year == plan.year
        for row in period.rows
        if row.unit.key == plan.unit and row.report is not None
    ]
    if not found:
        return None
    _, _, code, row = max(found, key=lambda f: f[:3])
    return code, row


def _spans(teller: Teller) -> Iterator[tuple[Period, tuple[date, date]]]:
    for period in teller.comparison.periods:
        try:
            yield period, period_span(period.code)
        except ValueError:
            continue


def _reported(teller: Teller, row: Row, indicator: str) -> tuple[Decimal, int | None, bool] | None:
    """The rate that a report states, since the year began where it says so, else the one its counts give."""
    report = teller.reports[row.report if row.report is not None else -1]
    for basis in _BASES:
        found = [
            (n, f) for n, f in enumerate(report.figures)
            if (f.indicator, f.scope, f.basis) == (indicator, "self", basis)
        ]  # fmt: skip
        if len({f.value for _, f in found}) > 1:
            return None
        if found:
            return found[0][1].value, found[0][0], found[0][1].approximate
    again = next((r.value for r in row.rates if r.indicator == indicator), None)
    return (again, None, False) if again is not None else None


def _is_met(indicator: str, target: Target, value: Decimal) -> bool:
    if target.op == "<=" or indicator in _FALLING:
        return value <= target.value
    return value >= target.value
