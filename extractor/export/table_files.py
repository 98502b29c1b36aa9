"""The tables as CSV for Excel and as one JSON file for programs.

CSV is UTF-8 with a byte order mark, else Excel shows Vietnamese letters as rubbish. A text that Excel would run as
a formula (=, +, -, @ or a tab in front) gets an apostrophe in front: the documents come from outside. Numbers are
written with a decimal point and without a thousands mark, as data; JSON has the contract's words and numbers.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.catalog.labels import Labels
from extractor.comparison import Comparison, Entry
from extractor.export.causes import causes
from extractor.export.contract import finding_object, number, report_object
from extractor.export.transcript import where
from extractor.export.workbook_words import Words, file_names
from extractor.model import Report

Value = str | int | Decimal | None
BYTE_ORDER_MARK = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written: a file name without suffix, headings, rows."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def sheets(reports: Sequence[Report], comparison: Comparison, labels: Labels) -> tuple[Sheet, ...]:
    """Documents, figures, plan rows, findings and the comparison, in Vietnamese."""
    return tuple(
        Sheet(name, tuple(_heading(key, labels) for key in headings), tuple(rows(reports, comparison, labels)))
        for name, headings, rows in _SHEETS
    )


def csv_text(sheet: Sheet) -> str:
    """The sheet as CSV with the byte order mark in front and line ends as Excel writes them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([_guarded(value) for value in row] for row in sheet.rows)
    return BYTE_ORDER_MARK + text.getvalue().encode("utf-8", "backslashreplace").decode("utf-8")


def json_text(reports: Sequence[Report], comparison: Comparison) -> str:
    """Every report in the contract's form, and the comparison, as one JSON object."""
    whole = {
        "reports": [report_object(report) for report in reports],
        "findings": [finding_object(finding) for finding in comparison.findings],
        "comparison": [
            {
                "period": period.code,
                "unit": row.unit.name,
                "unit_code": row.unit.code,
                "report": row.report,
                "cells": {
                    entry.indicator: {
                        "value": number(entry.value),
                        "blank": entry.blank,
                        "fault": entry.fault,
                        "sources": [list(source) for source in entry.sources],
                    }
                    for entry in row.entries
                },
            }
            for period in comparison.periods
            for row in period.rows
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _guarded(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value


_Rows = Callable[[Sequence[Report], Comparison, Labels], Iterator[tuple[Value, ...]]]


def _named_reports(reports: Sequence[Report]) -> Iterator[tuple[Report, str]]:
    """Every report with its file's name, which tells files of one name in several folders apart."""
    return zip(reports, file_names([report.path for report in reports]), strict=True)


def _documents(reports: Sequence[Report], comparison: Comparison, labels: Labels) -> Iterator[tuple[Value, ...]]:
    for report, name in _named_reports(reports):
        identity = report.identity
        first, last = identity.window or (None, None)
        yield (
            name, labels.status(report.status),
            " ".join(problem.message for problem in report.problems),
            labels.kind(identity.kind) if report.status != "failed" else None, identity.number,
            _iso(identity.date), identity.issuer, identity.issuer_code, identity.province,
            labels.period(identity.period), _iso(first), _iso(last), len(report.figures), len(report.plan_rows),
            len(report.findings), report.sha256,
        )  # fmt: skip


def _figures(reports: Sequence[Report], comparison: Comparison, labels: Labels) -> Iterator[tuple[Value, ...]]:
    for report, name in _named_reports(reports):
        for figure in report.figures:
            yield (
                report.identity.issuer, labels.period(report.identity.period), labels.indicator(figure.indicator),
                figure.indicator, labels.scope(figure.scope), labels.basis(figure.basis), figure.value,
                labels.unit(figure.indicator), figure.printed, figure.numerator, figure.denominator,
                "gần đúng" if figure.approximate else "", labels.evidence(figure.evidence), name,
                figure.place.page, where(figure.place, labels), figure.place.quote,
            )  # fmt: skip


def _plan_rows(reports: Sequence[Report], comparison: Comparison, labels: Labels) -> Iterator[tuple[Value, ...]]:
    for report, name in _named_reports(reports):
        for row in report.plan_rows:
            targets = "; ".join(labels.target(target.op, target.value, target.unit) for target in row.targets)
            yield (
                report.identity.issuer, row.section, row.number, row.task, row.lead, row.partners, row.product,
                row.deadline, labels.deadline_kind(row.deadline_kind), _iso(row.deadline_start),
                _iso(row.deadline_end), targets, name, row.place.page,
            )  # fmt: skip


def _findings(reports: Sequence[Report], comparison: Comparison, labels: Labels) -> Iterator[tuple[Value, ...]]:
    """One line a cause, as in the workbook; of several files the first is the one it speaks of."""
    names = file_names([report.path for report in reports])
    words = Words(labels, reports, comparison, names)
    for cause in causes(reports, comparison):
        main, best = cause.main, cause.best
        report = reports[cause.report] if cause.report is not None else None
        files = [n for n in (cause.report, *cause.documents) if n is not None]
        yield (
            cause.unit or (report.identity.issuer if report else None),
            labels.period(report.identity.period) if report else None, labels.severity(cause.severity),
            "; ".join(dict.fromkeys(labels.rule(f.rule) for f in cause.findings)), labels.scope(main.scope),
            labels.basis(main.basis), " ".join(dict.fromkeys(f.message for f in cause.findings)), main.difference,
            labels.certainty(main.certainty) if cause.accuses else "",
            words.named(best) if best else None,
            best.printed if best else None, best.proposed if best else None,
            words.suggestions(main).replace("\n", "; "), main.question.text if main.question else None,
            "; ".join(names[n] for n in files),
        )  # fmt: skip


def _comparison(reports: Sequence[Report], comparison: Comparison, labels: Labels) -> Iterator[tuple[Value, ...]]:
    """One line a unit, indicator and period: this form survives any number of units and indicators."""
    names = file_names([report.path for report in reports])
    words = Words(labels, reports, comparison, names)
    for period in comparison.periods:
        for row in period.rows:
            for entry in row.entries:
                yield (
                    labels.period(period.code), row.unit.name, row.unit.code, labels.indicator(entry.indicator),
                    entry.indicator, entry.value, labels.unit(entry.indicator), _remark(entry, words),
                    names[row.report] if row.report is not None else None,
                )  # fmt: skip


def _remark(entry: Entry, words: Words) -> str:
    """Why a cell is blank, or what it is the sum of and what is wrong with its number."""
    if entry.blank:
        return words.blank(entry)
    remarks = [words.added(entry), "tham gia phép tính không khớp" if entry.fault else ""]
    return "; ".join(filter(None, remarks))


def _iso(day: object) -> str | None:
    return str(day) if day is not None else None


def _heading(name: str, labels: Labels) -> str:
    """A heading by its key in labels.toml; one that only these files have stands here in words."""
    return labels.text(name) if name.startswith("heading.") else name


def _named(keys: str) -> tuple[str, ...]:
    return tuple(f"heading.{key}" for key in keys.split())


# A table is one line here and one function above.
_SHEETS: tuple[tuple[str, tuple[str, ...], _Rows], ...] = (
    ("van-ban", (
        *_named("file status problems kind document date unit"), "Mã đơn vị",
        *_named("province period window_start window_end figures rows findings"), "SHA-256",
    ), _documents),
    ("so-lieu", (
        *_named("unit period indicator id scope basis value measure printed"), "Tử số", "Mẫu số",
        *_named("flags evidence file"), "Trang", *_named("place quote"),
    ), _figures),
    ("nhiem-vu", (
        *_named("unit section number task lead partners product deadline deadline_kind start end targets file"),
        "Trang",
    ), _plan_rows),
    ("sai-lech", (
        *_named("unit period severity rule scope basis message difference certainty"), "Số nhiều khả năng sai",
        *_named("printed computed suggestion question file"),
    ), _findings),
    ("so-sanh", (*_named("period unit"), "Mã đơn vị", *_named("indicator id value measure remark file")), _comparison),
)  # fmt: skip
