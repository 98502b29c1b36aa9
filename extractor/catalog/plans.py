"""patterns/plans.toml as objects: headings, labels and target wordings of plans.

A phrase is kept with its pattern, which works on normal text and looks at whole words; " … " in a phrase stands
for up to sixty letters of the same clause, "20.." for a year. A record without an example is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import regex

from extractor.catalog.files import fail, read_toml
from extractor.vietnamese.normalize import key

FILE = "plans.toml"
ROLES = frozenset(
    ("number", "task", "lead", "partners", "units", "product", "start", "end", "deadline", "measure", "target", "other")
)
_OPS = frozenset((">=", "<=", "reduce", "="))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, its pattern, and the longest of its words: a text without that is not worth looking through."""

    text: str
    pattern: regex.Pattern[str]
    sign: str

    def search(self, text: str) -> regex.Match[str] | None:
        """Where normal text first says the phrase; None where it does not."""
        return self.pattern.search(text) if self.sign in text else None


@dataclass(frozen=True, slots=True)
class Column:
    """Headings of one role. `together` names words that must all stand in one heading."""

    role: str
    phrases: tuple[Phrase, ...]
    whole: tuple[str, ...]
    together: tuple[Phrase, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases that mean one thing: a label's role, a kind of row, a class of nouns."""

    id: str
    phrases: tuple[Phrase, ...]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """An example of a target: its sentence and what must be read from it."""

    text: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Bound:
    """Words before or behind a number that give a target its operator."""

    op: str
    before: tuple[Phrase, ...]
    after: tuple[Phrase, ...]
    examples: tuple[Promise, ...]
    rejects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetIndicator:
    """Phrases that say which rate a promised percentage is; `ops` limits the operators (empty: any)."""

    id: str
    phrases: tuple[Phrase, ...]
    ops: frozenset[str]
    examples: tuple[str, ...]
    rejects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPatterns:
    columns: tuple[Column, ...]
    labels: tuple[Words, ...]
    verbs: tuple[Words, ...]
    units: tuple[Words, ...]
    rows: tuple[Words, ...]
    bounds: tuple[Bound, ...]
    nouns: tuple[Words, ...]
    skips: tuple[Words, ...]
    subjects: tuple[Words, ...]
    indicators: tuple[TargetIndicator, ...]

    def row(self, kind: str) -> Words:
        """The words of one kind of row. Raises KeyError where the file has none (the loader makes sure)."""
        return _named(self.rows, kind)

    def noun(self, name: str) -> Words:
        return _named(self.nouns, name)

    def skip(self, name: str) -> Words:
        return _named(self.skips, name)

    def subject(self, name: str) -> Words:
        return _named(self.subjects, name)

    def label(self, role: str) -> Words:
        return _named(self.labels, role)


def _named(records: tuple[Words, ...], name: str) -> Words:
    return next(r for r in records if r.id == name)


_NEEDED = {
    "row": ("total", "ditto", "tick", "open_end", "no_tasks"),
    "noun": ("counted", "uncounted"),
    "skip": ("never", "bare"),
    "subject": ("people", "part"),
    "label": ("lead", "units", "partners", "product", "deadline", "target", "other", "task"),
    "verbs": ("task",),
    "unit": ("head",),
}


def load(folder: Path) -> PlanPatterns:
    """The patterns of plans. Raises PatternError where a record is incomplete or without an example."""
    data = read_toml(folder, FILE)
    for name in data:
        if name not in {"column", "label", "verbs", "unit", "row", "bound", "noun", "skip", "subject", "indicator"}:
            raise fail(folder, FILE, name, "không biết loại mục này", "Hãy xem lại tên mục trong ngoặc [[ ]]")
    words = {
        kind: tuple(_words(folder, kind, record) for record in data.get(kind, []))
        for kind in ("label", "verbs", "unit", "row", "noun", "skip", "subject")
    }
    patterns = PlanPatterns(
        columns=tuple(_column(folder, record) for record in data.get("column", [])),
        labels=words["label"],
        verbs=words["verbs"],
        units=words["unit"],
        rows=words["row"],
        bounds=tuple(_bound(folder, record) for record in data.get("bound", [])),
        nouns=words["noun"],
        skips=words["skip"],
        subjects=words["subject"],
        indicators=tuple(_indicator(folder, record) for record in data.get("indicator", [])),
    )
    for kind, names in _NEEDED.items():
        for name in names:
            if not any(w.id == name for w in words[kind]):
                raise fail(folder, FILE, f"[[{kind}]] {name}", "thiếu mục này", "Hãy thêm lại mục đã xóa")
    return patterns


def canonical_heading(heading: str) -> str:
    """A heading for comparison: normal text, every joint ("/", "-", "và" …) as a comma, no end marks."""
    joined: str = regex.sub(r"\s*(?:[/,;&+-]|\bvà\b)+\s*", ", ", key(heading))
    return joined.strip(" .:*,")


def _phrase(text: str, heading: bool = False) -> Phrase:
    normal = canonical_heading(text) if heading else key(text)
    body = regex.escape(normal).replace(r"\ ", " ").replace(r"\…", "…").replace(r"20\.\.", r"20\d\d")
    body = body.replace(" … ", r"\b[^.;\n]{1,60}?\b").replace(" ", r"\s+")
    left = r"(?<!\w)" if normal[:1].isalnum() else ""
    right = r"(?!\w)" if normal[-1:].isalnum() else ""
    words = [word for word in normal.split() if ".." not in word and "…" not in word]
    return Phrase(normal, regex.compile(left + body + right), max(words, key=len, default=""))


def _examples(folder: Path, kind: str, name: str, record: dict[str, Any]) -> None:
    if not record.get("examples"):
        raise fail(folder, FILE, f"[[{kind}]] {name}", "chưa có ví dụ (examples)", "Hãy thêm ít nhất một ví dụ")


def _known(folder: Path, kind: str, name: str, record: dict[str, Any], keys: Iterable[str]) -> None:
    for unknown in set(record) - set(keys):
        raise fail(folder, FILE, f"[[{kind}]] {name}", f"không biết thuộc tính {unknown}", "Hãy xem lại tên thuộc tính")


def _column(folder: Path, record: dict[str, Any]) -> Column:
    role = str(record.get("role", "?"))
    _examples(folder, "column", role, record)
    _known(folder, "column", role, record, ("role", "phrases", "whole", "together", "examples", "rejects"))
    if role not in ROLES:
        way_out = "Hãy dùng một trong: " + ", ".join(sorted(ROLES))
        raise fail(folder, FILE, f"[[column]] {role}", "không có vai trò cột này", way_out)
    return Column(
        role,
        tuple(_phrase(p, heading=True) for p in record.get("phrases", [])),
        tuple(canonical_heading(w) for w in record.get("whole", [])),
        tuple(_phrase(w) for w in record.get("together", [])),
        tuple(record["examples"]),
        tuple(record.get("rejects", [])),
    )


def _words(folder: Path, kind: str, record: dict[str, Any]) -> Words:
    name = str(record.get("role") or record.get("kind") or record.get("id") or "?")
    _examples(folder, kind, name, record)
    _known(folder, kind, name, record, ("role", "kind", "id", "phrases", "examples", "rejects"))
    if not record.get("phrases"):
        raise fail(folder, FILE, f"[[{kind}]] {name}", "chưa có cụm từ (phrases)", "Hãy thêm ít nhất một cụm từ")
    return Words(
        name,
        tuple(_phrase(p) for p in record["phrases"]),
        tuple(record["examples"]),
        tuple(record.get("rejects", [])),
    )


def _bound(folder: Path, record: dict[str, Any]) -> Bound:
    op = str(record.get("op", "?"))
    _examples(folder, "bound", op, record)
    _known(folder, "bound", op, record, ("op", "before", "after", "examples", "rejects"))
    if op not in _OPS:
        raise fail(folder, FILE, f"[[bound]] {op}", "không có phép so sánh này", "Hãy dùng >=, <=, = hoặc reduce")
    return Bound(
        op,
        tuple(_phrase(p) for p in record.get("before", [])),
        tuple(_phrase(p) for p in record.get("after", [])),
        tuple(Promise(e["text"], Decimal(e["value"]), e["unit"]) for e in record["examples"]),
        tuple(record.get("rejects", [])),
    )


def _indicator(folder: Path, record: dict[str, Any]) -> TargetIndicator:
    name = str(record.get("id", "?"))
    _examples(folder, "indicator", name, record)
    _known(folder, "indicator", name, record, ("id", "phrases", "ops", "examples", "rejects"))
    return TargetIndicator(
        name,
        tuple(_phrase(p) for p in record.get("phrases", [])),
        frozenset(record.get("ops", [])),
        tuple(record["examples"]),
        tuple(record.get("rejects", [])),
    )
