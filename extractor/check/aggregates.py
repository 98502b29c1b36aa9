"""What a higher level says of its units, against what the units say themselves.

A row of a table by unit is compared with that unit's own report. A whole is judged only as far as it can be: the
sum must be equal where every unit of the roster has a figure, else it must only not be exceeded. A report of a
former district is left: which communes belonged to it is not in the documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractor.catalog.units import COMMUNE_KINDS, name_key
from extractor.check.telling import Teller, exact
from extractor.comparison import Period, Row
from extractor.model import Figure, Report


def check_aggregates(teller: Teller) -> None:
    """Every document with figures of units, or of the communes of a whole province, for a period that is compared."""
    periods = {p.code: p for p in teller.comparison.periods}
    for index, report in _wholes(teller):
        period = periods.get(report.identity.period or "")
        if period is not None:
            _rows(teller, index, report, period)
            _totals(teller, index, report, period)


def _wholes(teller: Teller) -> Iterator[tuple[int, Report]]:
    """Reports that may speak of several units, each said only once though it came as several files."""
    told = set()
    for index, report in enumerate(teller.reports):
        identity = report.identity
        if identity.kind != "BC" or identity.internal:
            continue
        if identity.level != "province" and not any(f.scope.startswith("unit:") for f in report.figures):
            continue
        said = (identity.issuer, identity.period, frozenset((f.key, f.value) for f in report.figures))
        if said not in told:
            told.add(said)
            yield index, report


def _rows(teller: Teller, index: int, report: Report, period: Period) -> None:
    """Rows of a table by unit against the reports of these units."""
    names = _names(period, report)
    apart: dict[str, list[tuple[int, str, Decimal]]] = {}
    rows: dict[str, Row] = {}
    for n, figure in enumerate(report.figures):
        row = names.get(name_key(figure.scope.removeprefix("unit:"))) if figure.scope.startswith("unit:") else None
        if row is None or row.report in (None, index) or not _counts(figure):
            continue
        own = exact(row, figure.indicator)
        if own is not None and own != figure.value:
            rows[row.unit.key] = row
            said = teller.say(
                "apart", name=teller.name(figure.indicator), value=teller.number(figure.value),
                other=teller.number(own), difference=teller.number(abs(own - figure.value)),
            )  # fmt: skip
            apart.setdefault(row.unit.key, []).append((n, said, abs(own - figure.value)))
    for unit, found in apart.items():
        row = rows[unit]
        teller.add(
            "aggregate.unit", ("aggregate", index, unit), [index, *([row.report] if row.report is not None else [])],
            {
                "period": teller.period(period.code), "whole": teller.document(index), "unit": row.unit.name,
                "changes": teller.listed([said for _, said, _ in found]),
            },
            [n for n, _, _ in found], found[0][2] if len(found) == 1 else None, scope=f"unit:{row.unit.name}",
        )  # fmt: skip


def _counts(figure: Figure) -> bool:
    return figure.basis == "period" and not figure.approximate and not figure.indicator.startswith("rate.")


def _names(period: Period, report: Report) -> dict[str, Row]:
    """The rows of a period by the names under which a table may list them: with kind, and without where unique."""
    names: dict[str, Row] = {}
    bare: dict[str, list[Row]] = {}
    for row in period.rows:
        if report.identity.province not in (None, row.unit.province):
            continue
        names[name_key(row.unit.name)] = row
        for kind in COMMUNE_KINDS:
            if row.unit.name.startswith(f"{kind} "):
                bare.setdefault(name_key(row.unit.name.removeprefix(f"{kind} ")), []).append(row)
    return {name: rows[0] for name, rows in bare.items() if len(rows) == 1} | names


def _totals(teller: Teller, index: int, report: Report, period: Period) -> None:
    """The whole of a province against the sum of its communes."""
    if report.identity.level != "province":
        return
    rows = [r for r in period.rows if r.report is not None and r.unit.province == report.identity.province]
    owed = next((p.submissions for p in teller.comparison.progress if p.period == period.code), ())
    listed = {s.unit.key for s in owed if s.listed}
    for n, figure in enumerate(report.figures):
        if figure.scope not in {"self", "commune_level"} or not _counts(figure):
            continue
        known = {row.unit.key: value for row in rows if (value := exact(row, figure.indicator)) is not None}
        total = sum(known.values(), Decimal(0))
        complete = bool(listed) and listed <= known.keys() and figure.scope == "commune_level"
        if not known or not (total > figure.value or (complete and total != figure.value)):
            continue
        id = "aggregate.total" if complete else "aggregate.exceeded"
        documents = [index, *(row.report for row in rows if row.unit.key in known and row.report is not None)]
        teller.add(
            id, ("aggregate", index, figure.indicator), documents,
            {
                "period": teller.period(period.code), "whole": teller.document(index),
                "name": teller.name(figure.indicator), "level": teller.catalog.labels.scope(figure.scope),
                "value": teller.number(figure.value), "units": len(known), "sum": teller.number(total),
                "difference": teller.number(abs(total - figure.value)),
            },
            [n], abs(total - figure.value), "sum", scope=figure.scope,
        )  # fmt: skip
