"""Every word an official reads, from patterns/labels.toml.

A label that the program needs and the file lacks is a `PatternError` when the file is loaded, never a bare id in
front of an official. Ids that only somebody's own patterns know (a rule added to rules.toml) are shown as they
are. Numbers are written the Vietnamese way: 1.234,5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, get_args

import regex

from extractor.catalog.files import asked_in, check_asks, fail, read_toml
from extractor.comparison import State
from extractor.model import Basis, Certainty, DeadlineKind, Evidence, Kind, Severity, Status

FILE = "labels.toml"

INDICATORS = (
    "received.total", "received.new", "received.online", "received.in_person", "received.postal",
    "received.carried_over",
    "resolved.total", "resolved.early", "resolved.on_time", "resolved.early_or_on_time", "resolved.overdue",
    "resolved.withdrawn", "resolved.refused",
    "pending.total", "pending.in_time", "pending.overdue", "pending.supplement",
    "rate.online", "rate.resolved", "rate.early", "rate.on_time", "rate.early_or_on_time", "rate.overdue",
    "rate.digitised", "rate.digitised_intake", "rate.digitised_results", "rate.e_results", "rate.data_reuse",
    "rate.online_payment", "rate.satisfaction", "rate.published",
    "digitised.intake", "digitised.results", "payment.online",
    "feedback.received", "feedback.resolved", "feedback.resolved_on_time", "feedback.resolved_overdue",
    "feedback.pending",
    "procedures.total", "procedures.new", "procedures.amended", "procedures.repealed", "procedures.internal",
    "procedures.reviewed", "procedures.proposed", "procedures.online_full", "procedures.online_partial",
)  # fmt: skip
RULES = (
    "received.parts", "received.new_parts", "resolved.parts", "pending.parts", "balance", "feedback.balance",
    *(i for i in INDICATORS if i.startswith("rate.")),
    "restated", "table.sum", "scopes", "carry_over", "aggregate", "version", "missing", "window", "target", "copied",
    "plan",
)  # fmt: skip
UNITS = frozenset({"hồ sơ", "%", "TTHC", "PAKN"})
# The ids that each plain table must hold, and the names its sentences may use.
_TABLES: Mapping[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "scope": (("self", "district_level", "commune_level", "province_level", "field", "unit"), frozenset({"name"})),
    "basis": (get_args(Basis), frozenset()),
    "kind": (get_args(Kind), frozenset()),
    "status": (get_args(Status), frozenset()),
    "severity": (get_args(Severity), frozenset()),
    "certainty": (get_args(Certainty), frozenset()),
    "evidence": (get_args(Evidence), frozenset()),
    "deadline_kind": (get_args(DeadlineKind), frozenset()),
    "period": (
        ("quarter", "first", "last", "months", "month", "year", "none"), frozenset({"number", "year"}),
    ),
    "level": (("commune", "district", "province"), frozenset()),
    "state": (get_args(State), frozenset()),
    "op": ((">=", "=", "<=", "reduce"), frozenset({"value"})),
    "rule": (RULES, frozenset()),
    "reason": (
        (
            "counted", "failed", "not_report", "no_period", "no_unit", "level", "internal", "no_figures", "copy",
            "replaced", "scanned", "draft", "older", "tied",
        ),
        frozenset({"period", "kind", "level", "other"}),
    ),
}  # fmt: skip
# Problems for which a file was not read, or not wholly: each has a short name, and what an official can do about it.
PROBLEMS = (
    "unreadable", "unknown_format", "encrypted", "scan", "broken", "limit", "missing_program", "timeout", "crashed",
    "internal",
    "scan_page", "pictures", "page_unreadable", "cut_off", "unmapped_letters", "legacy_font", "encoding", "embedded",
    "words_doubt", "table_lost", "hidden_cells", "formula_unread",
)  # fmt: skip
BLANKS = ("not_stated", "unread", "unsure", "fraction", "partial", "no_report", "failed", "disputed")
_ASKED = {"unsure": frozenset({"n"}), "fraction": frozenset({"numerator", "denominator"})}  # by a blank's text

_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PERIOD = regex.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|M(?P<month>\d\d?)|(?P<months>\d\d?)M))?"
)


@dataclass(frozen=True)
class Labels:
    """The words of one labels.toml. Every method is a look-up; none of them raises for an unknown id but `text`."""

    file: Path
    indicators: Mapping[str, Mapping[str, str]]
    blanks: Mapping[str, Mapping[str, str]]
    problems: Mapping[str, Mapping[str, str]]
    tables: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, str]

    def indicator(self, id: str) -> str:
        """The full name of an indicator: "Tổng số hồ sơ tiếp nhận"."""
        return self._indicator(id, "label")

    def short(self, id: str) -> str:
        """The short name of an indicator, for a column heading under its group."""
        return self._indicator(id, "short")

    def unit(self, id: str) -> str:
        """What an indicator counts: "hồ sơ", "%", "TTHC" or "PAKN"; "" where it is unknown."""
        record = self.indicators.get(id)
        return record["unit"] if record else ""

    def scope(self, scope: str) -> str:
        """ "toàn đơn vị", "cấp xã", "lĩnh vực hộ tịch", "đơn vị Phường A"."""
        kind, colon, name = scope.partition(":")
        if colon:
            return self._word("scope", kind).format(name=name)
        return self._word("scope", scope)

    def basis(self, basis: str) -> str:
        """ "trong kỳ", "lũy kế từ đầu năm", "kỳ trước", "cùng kỳ năm trước"."""
        return self._word("basis", basis)

    def rule(self, id: str) -> str:
        """What a rule claims, in one line."""
        return self._word("rule", id)

    def kind(self, kind: str) -> str:
        return self._word("kind", kind)

    def status(self, status: str) -> str:
        return self._word("status", status)

    def severity(self, severity: str) -> str:
        return self._word("severity", severity)

    def certainty(self, certainty: str) -> str:
        return self._word("certainty", certainty)

    def evidence(self, evidence: str) -> str:
        return self._word("evidence", evidence)

    def state(self, state: str) -> str:
        """Whether a unit has handed in: "Đã nộp", "Chưa nộp" …"""
        return self._word("state", state)

    def deadline_kind(self, kind: str) -> str:
        return self._word("deadline_kind", kind)

    def level(self, level: str) -> str:
        """ "cấp xã", "cấp huyện", "cấp tỉnh"."""
        return self._word("level", level)

    def target(self, op: str, value: Decimal, unit: str) -> str:
        """A target in words: "tối thiểu 80%", "giảm 50%", "12"."""
        amount = self.number(value) + ("%" if unit == "percent" else "")
        return self._word("op", op).format(value=amount)

    def blank(self, reason: str, **values: str) -> str:
        """Why a cell is blank, as a sentence."""
        return self.blanks[reason]["text"].format_map(_Blanks(values)) if reason in self.blanks else reason

    def mark(self, reason: str) -> str:
        """Why a cell is blank, in two or three words that stand in the cell itself."""
        return self.blanks[reason]["mark"] if reason in self.blanks else reason

    def problem(self, code: str) -> str:
        """Why a file was not read, or not wholly, in a few words."""
        return self.problems[code]["text"] if code in self.problems else code

    def remedy(self, code: str) -> str:
        """What an official can do about it; "" for a problem that only somebody's own labels lack."""
        return self.problems[code]["remedy"] if code in self.problems else ""

    def reason(self, reason: str, **values: str) -> str:
        """Why a document counts in the comparison or not."""
        return self._word("reason", reason).format_map(_Blanks(values))

    def period(self, code: str | None) -> str:
        """ "2026-Q2" → "Quý II năm 2026"; a code of no known form is shown as it is.

        Codes: 2026-Q2, 2026-H1, 2026-H2, 2026-M06, 2026-9M (first nine months), 2026; None is no period.
        """
        words = self.tables["period"]
        if not code:
            return words["none"]
        match = _PERIOD.fullmatch(code)
        if match is None:
            return code
        year = match["year"]
        if match["quarter"]:
            return words["quarter"].format(number=_ROMAN[match["quarter"]], year=year)
        if match["half"]:
            return words["first" if match["half"] == "1" else "last"].format(year=year)
        if match["month"]:
            return words["month"].format(number=int(match["month"]), year=year)
        if match["months"]:
            return words["months"].format(number=int(match["months"]), year=year)
        return words["year"].format(year=year)

    def text(self, key: str, **values: object) -> str:
        """A heading or sentence of [text], its {names} filled in.

        Raises PatternError where the file has no such text or the text asks for a name that is not given.
        """
        if key not in self.texts:
            raise fail(self.file.parent, self.file.name, f"[text] {key}", "thiếu câu này", "Hãy thêm câu vào [text]")
        try:
            return self.texts[key].format(**values)
        except (KeyError, IndexError, ValueError) as error:
            raise fail(
                self.file.parent, self.file.name, f"[text] {key}", f"chỗ điền {error} không dùng được",
                "Hãy giữ nguyên các tên trong ngoặc {…} như bản cài đặt",
            ) from None  # fmt: skip

    def number(self, value: Decimal | int, decimals: int | None = None) -> str:
        """A number as Vietnamese write it: 1234.5 → "1.234,5".

        `decimals` digits after the comma (rounded half up); None keeps the digits that the number has.
        """
        value = Decimal(value)
        if decimals is not None:
            value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        return f"{value:,f}".translate(_SEPARATORS)

    def _indicator(self, id: str, field: str) -> str:
        record = self.indicators.get(id)
        return record[field] if record else id

    def _word(self, table: str, id: str) -> str:
        return self.tables[table].get(id, id)


_SEPARATORS = str.maketrans(",.", ".,")


class _Blanks(dict[str, str]):
    """Values of a reason; one that is not given is left out."""

    def __missing__(self, key: str) -> str:
        return "…"


def load(folder: Path) -> Labels:
    """The labels of `folder/labels.toml`.

    Raises PatternError that names the id where a label is missing, empty, double or asks for an unknown name.
    """
    data = read_toml(folder, FILE)
    blanks = _records(folder, data, "blank", BLANKS, ("text", "mark"))
    for id, record in blanks.items():
        check_asks(folder, FILE, f"blank {id}", record["text"], _ASKED.get(id, frozenset()))
    tables = {name: _table(folder, data, name, *needs) for name, needs in _TABLES.items()}
    return Labels(
        file=folder / FILE,
        indicators=_records(folder, data, "indicator", INDICATORS, ("label", "short", "unit")),
        blanks=blanks,
        problems=_records(folder, data, "problem", PROBLEMS, ("text", "remedy")),
        tables=tables,
        texts=_table(folder, data, "text", (), None),
    )


def _records(
    folder: Path, data: Mapping[str, Any], name: str, ids: tuple[str, ...], fields: tuple[str, ...]
) -> dict[str, dict[str, str]]:
    """The records of `[[name]]` by id, each with its fields."""
    records: dict[str, dict[str, str]] = {}
    for record in data.get(name, ()):
        id = record.get("id", "?")
        for wanted in fields:
            if not isinstance(record.get(wanted), str) or not record[wanted].strip():
                raise fail(folder, FILE, f"{name} {id}", f"thiếu {wanted}", f'Hãy thêm dòng {wanted} = "…"')
        if id in records:
            raise fail(folder, FILE, f"{name} {id}", "có hai mục cùng id", "Hãy bỏ một mục")
        if "unit" in fields and record["unit"] not in UNITS:
            raise fail(
                folder, FILE, f"{name} {id}", f"đơn vị tính {record['unit']} không có trong danh sách",
                f"Hãy dùng một trong: {', '.join(sorted(UNITS))}",
            )  # fmt: skip
        records[id] = {field: record[field] for field in fields}
    for id in ids:
        if id not in records:
            raise fail(folder, FILE, f"{name} {id}", "thiếu nhãn", f"Hãy thêm mục [[{name}]] có id này")
    return records


def _table(
    folder: Path, data: Mapping[str, Any], name: str, ids: tuple[str, ...], names: frozenset[str] | None
) -> dict[str, str]:
    """The table `[name]`: its ids all there, its sentences asking for no name but `names` (None: any)."""
    table = data.get(name, {})
    for id in ids:
        if id not in table:
            raise fail(folder, FILE, f"{name} {id}", "thiếu nhãn", f'Hãy thêm dòng {id} = "…" vào [{name}]')
    for id, words in table.items():
        if not isinstance(words, str) or not words.strip():
            raise fail(folder, FILE, f"{name} {id}", "nhãn trống", "Hãy viết chữ cho nhãn này")
        asked = asked_in(folder, FILE, f"{name} {id}", words)
        if names is not None and not asked <= names:
            raise fail(
                folder, FILE, f"{name} {id}", f"chỗ điền không có: {', '.join(sorted(asked - names))}",
                "Hãy giữ nguyên các tên trong ngoặc {…} như bản cài đặt",
            )  # fmt: skip
    return dict(table)
