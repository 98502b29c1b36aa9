"""What is only seen with several documents side by side: severities and sentences of patterns/across.toml.

The ids belong to the program, the sentences to the office: a sentence that is missing, or asks for what its
finding does not have, is a `PatternError` at load.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from extractor.catalog.files import check_asks, fail, read_toml
from extractor.model import Severity

FILE = "across.toml"

_STEP = frozenset({"period", "before", "value", "other", "difference", "window", "last_window", "days", "between"})
_VERSION = frozenset({"period", "here", "counted", "changes"})
_WHOLE = frozenset({"period", "whole", "name", "level", "value", "units", "sum", "difference"})
_ROWS = frozenset({"plan", "count", "rows", "year"})
_UNIT = frozenset({"period", "unit", "other", "guessed"})
# Every finding that the program makes, and what its sentence may ask for.
FINDINGS: Mapping[str, frozenset[str]] = {
    "carry_over.abut": _STEP, "carry_over.gap": _STEP, "carry_over.overlap": _STEP, "carry_over.unknown": _STEP,
    "window.gap": _STEP, "window.overlap": _STEP,
    "window.standard": frozenset({"period", "window", "standard", "shifts"}),
    "window.outside": frozenset({"period", "window", "standard"}),
    "window.unsigned": frozenset({"period", "end", "date"}),
    "copied.period": frozenset({"period", "before", "count", "examples"}),
    "copied.neighbour": frozenset({"period", "other", "count", "examples"}),
    "version.replaced": _VERSION, "version.draft": _VERSION, "version.older": _VERSION, "version.scanned": _VERSION,
    "version.tied": _VERSION,
    "aggregate.unit": frozenset({"period", "whole", "unit", "changes"}),
    "aggregate.total": _WHOLE, "aggregate.exceeded": _WHOLE,
    "target.missed": frozenset({"period", "plan", "count", "missed", "met"}),
    "target.unreported": frozenset({"period", "plan", "count", "unreported"}),
    "plan.no_lead": _ROWS, "plan.no_deadline": _ROWS, "plan.order": _ROWS, "plan.year": _ROWS, "plan.same": _ROWS,
    "missing.absent": frozenset({"period", "count", "all", "units"}),
    "missing.draft": _UNIT, "missing.other_period": _UNIT, "missing.other": _UNIT, "missing.failed": _UNIT,
}  # fmt: skip
PHRASES: Mapping[str, frozenset[str]] = {
    "days": frozenset({"first", "last"}),
    "change": frozenset({"name", "here", "counted"}), "change_other": frozenset({"name", "here", "counted"}),
    "apart": frozenset({"name", "value", "other", "difference"}),
    "changes": frozenset({"changes"}), "only_one": frozenset({"count"}), "same": frozenset(),
    "more": frozenset({"count"}),
    "document": frozenset({"kind", "number"}), "document_day": frozenset({"kind", "number", "date"}),
    "document_blank": frozenset({"file"}),
    "early_start": frozenset({"days"}), "late_start": frozenset({"days"}), "early_end": frozenset({"days"}),
    "late_end": frozenset({"days"}),
    "because_last": frozenset({"before", "value"}), "because_now": frozenset({"period", "before", "value"}),
    "because_own": frozenset(), "ask_pending": frozenset({"before", "value", "other"}),
    "missed": frozenset({"name", "reported", "target"}), "met": frozenset({"count"}),
    "recomputed": frozenset({"value"}),
    "row": frozenset({"number"}), "row_blank": frozenset({"task"}),
    "by_name": frozenset(), "no_period": frozenset(), "internal": frozenset(), "no_figures": frozenset(),
    "superseded": frozenset(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """One record of across.toml."""

    id: str
    rule: str
    severity: Severity
    message: str
    why: str


@dataclass(frozen=True, slots=True)
class Across:
    """The sentences for findings over several documents, and the phrases they share."""

    findings: Mapping[str, Wording]
    phrases: Mapping[str, str]


def load(folder: Path) -> Across:
    """The sentences of `folder/across.toml`. Raises PatternError for a wrong record."""
    data = read_toml(folder, FILE)
    findings: dict[str, Wording] = {}
    for record in data.get("finding", []):
        wording = _wording(folder, record)
        if wording.id in findings:
            raise fail(folder, FILE, wording.id, "có hai mục cùng id", "Hãy bỏ một mục")
        findings[wording.id] = wording
    for id in FINDINGS:
        if id not in findings:
            raise fail(folder, FILE, id, "thiếu mục này", "Hãy chép lại từ bản cài đặt")
    phrases = dict(data.get("phrases", {}))
    for id, asks in PHRASES.items():
        if not isinstance(phrases.get(id), str) or not phrases[id].strip():
            raise fail(folder, FILE, f"[phrases] {id}", "thiếu chữ", f'Hãy thêm dòng {id} = "…" vào [phrases]')
        check_asks(folder, FILE, f"[phrases] {id}", phrases[id], asks)
    return Across(findings, phrases)


def _wording(folder: Path, record: Mapping[str, Any]) -> Wording:
    id = str(record.get("id", "(không có id)"))
    if id not in FINDINGS:
        raise fail(folder, FILE, id, "chương trình không có mục này", "Hãy sửa id hoặc bỏ mục")
    for field in ("rule", "message", "why"):
        if not isinstance(record.get(field), str) or not record[field].strip():
            raise fail(folder, FILE, id, f"thiếu {field}", f'Hãy thêm dòng {field} = "…"')
    if record.get("severity") not in get_args(Severity):
        raise fail(folder, FILE, id, f"severity phải là một trong {', '.join(get_args(Severity))}", "Hãy sửa severity")
    check_asks(folder, FILE, id, record["message"], FINDINGS[id])
    return Wording(id, record["rule"], record["severity"], record["message"], record["why"])
