"""A report as the JSON object that everything outside builds on; its field names never change.

Numbers become JSON numbers: a whole one an integer, any other as printed (98.31). `printed` and `decimals` keep
what a JSON number cannot, the digits after the mark that are zeros.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from extractor.model import Figure, Finding, Masked, Place, PlanRow, Question, Report, Suggestion, Target, Unread


def report_object(report: Report, masked: bool = False) -> dict[str, Any]:
    """The report as dicts and lists; `masked` adds the numbers that are no figures, with the reason."""
    identity = report.identity
    result: dict[str, Any] = {
        "document": {
            "path": report.path,
            "sha256": report.sha256,
            "format": report.format,
            "pages": report.pages,
            "status": report.status,
            "problems": [{"code": problem.code, "message": problem.message} for problem in report.problems],
            "kind": identity.kind,
            "number": identity.number,
            "date": _day(identity.date),
            "issuer": identity.issuer,
            "issuer_code": identity.issuer_code,
            "province": identity.province,
            "period": identity.period,
            "window": [_day(day) for day in identity.window] if identity.window else None,
            "level": identity.level,
            "internal": identity.internal,
            "replaces": identity.replaces,
            "title": identity.title,
        },
        "figures": [_figure(figure) for figure in report.figures],
        "unread": [_unread(unread) for unread in report.unread],
        "plan_rows": [_plan_row(row) for row in report.plan_rows],
        "findings": [finding_object(finding) for finding in report.findings],
    }
    if masked:
        result["masked"] = [_masked(item) for item in report.masked]
    return result


def report_line(report: Report, masked: bool = False) -> str:
    """The report as one line of JSON Lines, Vietnamese letters as they are, without a line break.

    Half a surrogate pair (a file name that is not UTF-8) is written as its escape, so the line is always UTF-8.
    """
    line = json.dumps(report_object(report, masked), ensure_ascii=False, separators=(", ", ": "))
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


def number(value: Decimal | None) -> int | float | None:
    """A printed number as JSON writes it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _place(place: Place) -> dict[str, Any]:
    return {
        "page": place.page,
        "block": place.block,
        "start": place.start,
        "end": place.end,
        "quote": place.quote,
        "box": list(place.box) if place.box else None,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "scope": figure.scope,
        "basis": figure.basis,
        "value": number(figure.value),
        "printed": figure.printed,
        "decimals": figure.decimals,
        "numerator": number(figure.numerator),
        "denominator": number(figure.denominator),
        "approximate": figure.approximate,
        "ocr": figure.ocr,
        "evidence": figure.evidence,
        "pattern": figure.pattern,
        "decided": figure.decided,
        "place": _place(figure.place),
        "also": [_place(place) for place in figure.also],
    }


def _unread(unread: Unread) -> dict[str, Any]:
    return {
        "printed": unread.printed,
        "readings": list(unread.readings),
        "reason": unread.reason,
        "place": _place(unread.place),
    }


def _masked(masked: Masked) -> dict[str, Any]:
    return {"printed": masked.printed, "reason": masked.reason, "place": _place(masked.place)}


def _target(target: Target) -> dict[str, Any]:
    return {"op": target.op, "value": number(target.value), "unit": target.unit, "indicator": target.indicator}


def _plan_row(row: PlanRow) -> dict[str, Any]:
    return {
        "section": row.section,
        "number": row.number,
        "task": row.task,
        "lead": row.lead,
        "partners": row.partners,
        "product": row.product,
        "deadline": row.deadline,
        "deadline_kind": row.deadline_kind,
        "deadline_start": _day(row.deadline_start),
        "deadline_end": _day(row.deadline_end),
        "targets": [_target(target) for target in row.targets],
        "place": _place(row.place),
    }


def _suggestion(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "indicator": suggestion.indicator,
        "scope": suggestion.scope,
        "basis": suggestion.basis,
        "from": number(suggestion.printed),
        "to": number(suggestion.proposed),
        "because": suggestion.because,
        "provided": suggestion.provided,
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "indicator": question.indicator,
        "scope": question.scope,
        "basis": question.basis,
        "printed": number(question.printed),
        "text": question.text,
    }


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding; `documents` only where it is over several."""
    result: dict[str, Any] = {
        "rule": finding.rule,
        "scope": finding.scope,
        "basis": finding.basis,
        "severity": finding.severity,
        "cause": finding.cause,
        "certainty": finding.certainty,
        "message": finding.message,
        "figures": list(finding.figures),
        "difference": number(finding.difference),
        "suggestions": [_suggestion(suggestion) for suggestion in finding.suggestions],
        "question": _question(finding.question) if finding.question else None,
    }
    if finding.documents:
        result["documents"] = list(finding.documents)
    return result
