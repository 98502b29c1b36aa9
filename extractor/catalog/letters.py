"""The words of the official letters, from patterns/letters.toml: whose letters they are, and what they say.

Every sentence is there and asks for nothing but what the program has, or the file is refused at load: a letter that
goes out with a bare "{unit}" in it would be worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.catalog.files import check_asks, fail, read_toml

FILE = "letters.toml"

_PLACE = frozenset({"PROVINCE", "province", "place", "date"})
_REVIEW = frozenset({"speaker", "unit", "period", "report", "deadline"})
_REMIND = frozenset({"speaker", "period", "submitted", "all", "count", "deadline", "date"})
_NONE: frozenset[str] = frozenset()
# Every text, and what it may ask for; those of _LISTS are lists of lines.
TEXTS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "office": {
        "parent": _PLACE, "name": _PLACE, "speaker": _PLACE, "number": _NONE, "place": _PLACE, "signer": _NONE,
        "signature": _NONE, "receivers": _PLACE, "state": _NONE, "motto": _NONE, "to": _NONE, "copies": _NONE,
        "blank": _NONE, "day": frozenset({"day", "month", "year"}), "day_blank": _NONE,
    },
    "review": {
        "subject": _REVIEW, "subject_confirm": _REVIEW, "to": _REVIEW, "received": _REVIEW,
        "received_confirm": _REVIEW, "report": frozenset({"number", "date"}), "report_number": frozenset({"number"}),
        "report_blank": _NONE, "unread": _REVIEW, "unread_line": frozenset({"printed", "place", "quote"}),
        "unread_more": frozenset({"count"}), "ask": _REVIEW, "close": _REVIEW, "headings": _NONE,
        "figure": frozenset({"indicator", "printed", "place"}), "figures_more": frozenset({"count"}),
        "figure_last": frozenset({"indicator", "printed", "report", "place"}),
        "question": frozenset({"question"}), "quote": frozenset({"quote"}),
        "proposal_if": frozenset({"indicator", "proposed", "condition"}),
        "proposal": frozenset({"indicator", "proposed"}),
        "proposals": frozenset({"proposals"}), "no_proposal": _NONE, "points": frozenset({"difference"}),
    },
    "request": dict.fromkeys((
        "pinned", "likely", "candidates", "sum", "none", "confirm", "picture", "carry_over", "window", "version",
        "copied", "aggregate",
    ), _NONE),
    "remind": {
        "subject": _REMIND, "to": _REMIND, "state": _REMIND, "ask": _REMIND, "close": _REMIND,
        "annex": _REMIND, "annex_of": _REMIND, "enclosed": _REMIND, "headings": _NONE,
        **dict.fromkeys(("absent", "draft", "other_period", "other", "failed"), _NONE),
    },
}  # fmt: skip
_LISTS = {("office", "parent"), ("office", "name"), ("office", "signer"), ("office", "receivers")}
_COLUMNS = {("review", "headings"): 6, ("remind", "headings"): 4}


@dataclass(frozen=True)
class Letters:
    """The texts of one letters.toml by table and key. Both methods fill in the names in {…}."""

    tables: Mapping[str, Mapping[str, str | tuple[str, ...]]]

    def text(self, table: str, key: str, **values: object) -> str:
        text = self.tables[table][key]
        return text.format(**values) if isinstance(text, str) else "\n".join(self.lines(table, key, **values))

    def lines(self, table: str, key: str, **values: object) -> list[str]:
        text = self.tables[table][key]
        return [line.format(**values) for line in ([text] if isinstance(text, str) else text)]


def load(folder: Path) -> Letters:
    """The texts of `folder/letters.toml`. Raises PatternError where one is missing or asks for an unknown name."""
    data = read_toml(folder, FILE)
    return Letters(
        {
            table: {key: _text(folder, data, table, key, may) for key, may in keys.items()}
            for table, keys in TEXTS.items()
        }
    )


def _text(folder: Path, data: Mapping[str, Any], table: str, key: str, may: frozenset[str]) -> str | tuple[str, ...]:
    text = data.get(table, {}).get(key)
    wanted = list if (table, key) in _LISTS or (table, key) in _COLUMNS else str
    lines = text if isinstance(text, list) else [text]
    if not isinstance(text, wanted) or not lines or not all(isinstance(x, str) and x.strip() for x in lines):
        form = '["…", "…"]' if wanted is list else '"…"'
        raise fail(folder, FILE, f"[{table}] {key}", "thiếu câu này", f"Hãy thêm dòng {key} = {form} vào [{table}]")
    columns = _COLUMNS.get((table, key), len(lines))
    if len(lines) != columns:
        raise fail(folder, FILE, f"[{table}] {key}", f"phải có đúng {columns} mục", "Hãy ghi đủ tên các cột")
    for line in lines:
        check_asks(folder, FILE, f"[{table}] {key}", line, frozenset(may))
    return tuple(lines) if isinstance(text, list) else text
