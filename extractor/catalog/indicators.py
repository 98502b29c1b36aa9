"""Indicators and cues: patterns/indicators.toml and cues.toml as typed, checked records.

A cue is a set of phrases that say one thing; an indicator is named by cues together. What a record refers to
must exist, and an indicator without example and reject is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from extractor.catalog.files import fail, read_toml, require
from extractor.vietnamese.normalize import fold, key

SLOTS = ("section", "field", "object", "act", "mark", "basis", "scope", "mode", "other", "none", "head")


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases (in normal form) that say one thing.

    `rank` tells which act stands in front when two are named; a `soft` mark beside others changes nothing; an
    `adjacent` cue counts only directly before its number, one `at_head` besides only at the head of its clause; one
    that `stands_for` another act says that act, `only` of the object named.
    """

    id: str
    slot: str
    phrases: tuple[str, ...]
    rank: int = 0
    soft: bool = False
    adjacent: bool = False
    stands_for: str | None = None
    only: str | None = None
    at_head: bool = False
    mark: str = field(init=False)  # the id without its tail: what the cue says where it is a mark
    is_done: bool = field(init=False)  # the mark says besides that it was done

    def __post_init__(self) -> None:
        name, _, tail = self.id.partition("#")
        object.__setattr__(self, "mark", name)
        object.__setattr__(self, "is_done", tail == "done")


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the value that must be read in it as the indicator of the record it stands in."""

    text: str
    value: Decimal
    scope: str = "self"
    basis: str = "period"


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to name an indicator: the cues that must and may stand together. See indicators.toml."""

    indicator: str
    object: str
    act: str | None
    marks: frozenset[str]
    implies: bool
    beside: frozenset[str]
    without: frozenset[str]
    any_object: bool
    is_rate: bool
    rate: str | None
    priority: int
    examples: tuple[Example, ...]
    rejects: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """All cues by id, all senses in file order, and the syllables that may stand in the label of any rate."""

    cues: dict[str, Cue]
    senses: tuple[Sense, ...]
    light: frozenset[str] = frozenset()

    @cached_property
    def light_faded(self) -> frozenset[str]:
        """The same syllables without their accents, beside those with them."""
        return self.light | {fold(word) for word in self.light}

    def rate_sense(self, sense: Sense) -> Sense | None:
        """The rate that a bare percentage behind this count is, if any."""
        return next((s for s in self.senses if s.indicator == sense.rate), None) if sense.rate else None


def load(folder: Path) -> Lexicon:
    """Cues and senses of `folder`. Raises PatternError for a wrong record."""
    records = read_toml(folder, "cues.toml")
    cues: dict[str, Cue] = {}
    for record in records.get("cue", []):
        cue = _cue(folder, record)
        if cue.id in cues:
            raise fail(folder, "cues.toml", cue.id, "mã này có hai lần", "Hãy gộp hai mục làm một")
        cues[cue.id] = cue
    cues = _with_variants(cues, [_same(folder, record) for record in records.get("same", [])])
    senses = tuple(_sense(folder, r, cues) for r in read_toml(folder, "indicators.toml").get("indicator", []))
    said = {word for line in records.get("light", {}).get("syllables", []) for word in key(line).split()}
    light = frozenset(said)
    if not light:
        raise fail(folder, "cues.toml", "light", "thiếu syllables", "Hãy chép lại mục này từ bản cài đặt")
    return Lexicon(cues, senses, light)


def _same(folder: Path, record: dict[str, Any]) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(key(w) for w in record.get("words", [])))
    if len(words) < 2 or "" in words:
        raise fail(folder, "cues.toml", "same", "cần ít nhất hai cách nói trong words", "Hãy ghi thêm hoặc bỏ mục này")
    return words


def _with_variants(cues: dict[str, Cue], groups: list[tuple[str, ...]]) -> dict[str, Cue]:
    """The cues with each phrase in all the words of the groups; a phrase that is listed keeps to its own cues."""
    listed = {p for cue in cues.values() for p in cue.phrases}
    return cues | {
        name: replace(
            cue, phrases=tuple(dict.fromkeys([*cue.phrases, *sorted(_variants(cue.phrases, groups) - listed)]))
        )
        for name, cue in cues.items()
        if cue.slot != "section"
    }


def _variants(phrases: tuple[str, ...], groups: list[tuple[str, ...]]) -> set[str]:
    found = set(phrases)
    for group in groups:
        for phrase in tuple(found):
            said = max((w for w in group if f" {w} " in f" {phrase} "), key=len, default=None)
            if said is not None:
                found.update(f" {phrase} ".replace(f" {said} ", f" {word} ", 1).strip() for word in group)
    return found


def _cue(folder: Path, record: dict[str, Any]) -> Cue:
    name = str(record.get("id", "(không có id)"))
    if record.get("slot") not in SLOTS:
        raise fail(folder, "cues.toml", name, f"slot phải là một trong {', '.join(SLOTS)}", "Hãy sửa slot")
    phrases = tuple(dict.fromkeys(key(p) for p in record.get("phrases", [])))
    if not phrases or "" in phrases:
        raise fail(folder, "cues.toml", name, "thiếu phrases hoặc có cụm từ rỗng", "Hãy ghi ít nhất một cụm từ")
    return Cue(
        id=name,
        slot=record["slot"],
        phrases=phrases,
        rank=int(record.get("rank", 0)),
        soft=bool(record.get("soft")),
        adjacent=bool(record.get("adjacent")),
        stands_for=record.get("stands_for"),
        only=record.get("only"),
        at_head=bool(record.get("at_head")),
    )


def _sense(folder: Path, record: dict[str, Any], cues: dict[str, Cue]) -> Sense:
    name = require(folder, "indicators.toml", record, ("examples", "rejects"))
    named = [record.get("object"), record.get("act"), *record.get("marks", [])]
    for cue in filter(None, named):
        if cue not in cues:
            raise fail(folder, "indicators.toml", name, f"không có dấu hiệu “{cue}” trong cues.toml", "Hãy sửa tên")
    return Sense(
        indicator=name,
        object=record["object"],
        act=record.get("act"),
        marks=frozenset(record.get("marks", [])),
        implies=bool(record.get("implies", False)),
        beside=frozenset(record.get("beside", [])),
        without=frozenset(record.get("without", [])),
        any_object=bool(record.get("any_object", False)),
        is_rate=record.get("kind") == "rate",
        rate=record.get("rate"),
        priority=int(record.get("priority", 0)),
        examples=tuple(
            Example(e["text"], Decimal(str(e["value"])), e.get("scope", "self"), e.get("basis", "period"))
            for e in record["examples"]
        ),
        rejects=tuple(record["rejects"]),
    )
