"""patterns/identity.toml as typed objects: headings, letterhead words and cues that tell which document this is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import regex

from extractor.catalog.files import fail, read_toml
from extractor.model import Kind
from extractor.vietnamese.normalize import key

FILE = "identity.toml"
Level = Literal["commune", "district", "province"]
CUES = (
    "agency", "motto", "centre", "centre_symbol", "department", "form_title", "form_mark", "receiver",
    "forward", "looking_back", "counted", "counting",
    "other_days", "so_far", "body", "closing", "recipients", "reports", "district_words", "replaces",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: its headings in normal form, the symbols of its number in capitals."""

    id: Kind
    headings: tuple[str, ...]
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of unit and the words, in normal form, that stand for it before a name."""

    kind: str
    level: Level
    words: tuple[str, ...]


@dataclass(frozen=True)
class IdentityPatterns:
    """The wordings by which a document is identified. `cue(id)` matches any phrase of a record, longest first."""

    kinds: tuple[DocumentKind, ...]
    unit_kinds: tuple[UnitKind, ...]
    aliases: dict[str, str]
    phrases: dict[str, tuple[str, ...]]
    cues: dict[str, regex.Pattern[str]]

    def cue(self, name: str) -> regex.Pattern[str]:
        """Matches a phrase of the cue, as whole words, in normal text."""
        return self.cues[name]


def load(folder: Path) -> IdentityPatterns:
    """The wordings of a pattern folder. Raises PatternError where the file is missing or a record is wrong."""
    data = read_toml(folder, FILE)
    kinds = tuple(
        DocumentKind(
            cast(Kind, record["id"]),
            _phrases(folder, record, "headings", f"kind {record.get('id')}"),
            tuple(str(s).upper() for s in record.get("symbols", ())),
        )
        for record in _records(folder, data, "kind")
    )
    unit_kinds = tuple(
        UnitKind(str(r["kind"]), cast(Level, r["level"]), _phrases(folder, r, "words", f"unit_kind {r.get('kind')}"))
        for r in _records(folder, data, "unit_kind")
    )
    aliases = {
        phrase: str(record["name"])
        for record in _records(folder, data, "alias")
        for phrase in _phrases(folder, record, "phrases", f"alias {record.get('name')}")
    }
    phrases = {
        str(record.get("id")): _phrases(folder, record, "phrases", f"cue {record.get('id')}")
        for record in _records(folder, data, "cue")
    }
    missing = [name for name in CUES if name not in phrases]
    if missing:
        raise fail(folder, FILE, "cue", f"thiếu {', '.join(missing)}", "Hãy chép lại mục còn thiếu từ bản cài đặt")
    return IdentityPatterns(kinds, unit_kinds, aliases, phrases, {name: any_of(p) for name, p in phrases.items()})


def any_of(phrases: Iterable[str]) -> regex.Pattern[str]:
    """A pattern for any of the normal phrases as whole words, the longest first."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return regex.compile(rf"(?<![\p{{L}}\d])(?:{'|'.join(map(regex.escape, longest_first))})(?![\p{{L}}\d])")


def _records(folder: Path, data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    records = data.get(name)
    if not isinstance(records, list) or not records:
        raise fail(folder, FILE, name, "không có mục nào", "Hãy chép lại mục này từ bản cài đặt")
    return records


def _phrases(folder: Path, record: dict[str, Any], field: str, name: str) -> tuple[str, ...]:
    phrases = record.get(field)
    if not isinstance(phrases, list) or not all(isinstance(p, str) and p.strip() for p in phrases) or not phrases:
        raise fail(folder, FILE, name, f"“{field}” không phải danh sách cụm từ", "Hãy ghi ít nhất một cụm từ")
    normal = tuple(dict.fromkeys(key(p) for p in phrases))
    examples = record.get("examples")
    if not isinstance(examples, list) or not examples:
        raise fail(folder, FILE, name, "chưa có câu ví dụ (examples)", "Hãy thêm ít nhất một câu ví dụ")
    for example in examples:
        text = key(str(example))
        if not any(p in text or p.replace(" ", "") in text.replace(" ", "") for p in normal):
            raise fail(folder, FILE, name, f"ví dụ “{example}” không chứa cụm từ nào", "Hãy sửa ví dụ hoặc cụm từ")
    return normal
