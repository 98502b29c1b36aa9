"""Openings that make numbers no results (a condition, a demand, a sample …): patterns/frames.toml, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

import regex

from extractor.catalog.files import compiled, fail, read_toml, require
from extractor.vietnamese.normalize import key

FILE = "frames.toml"
At = Literal["sentence", "clause", "head"]
Until = Literal["comma", "clause", "sentence"]
Numbers = Literal["all", "rates", "counts", "channels"]
_CHOICES = {
    "at": ("sentence", "clause", "head"),
    "until": ("comma", "clause", "sentence"),
    "numbers": ("all", "rates", "counts", "channels"),
}
_WORD = regex.compile(r"[^\W\d_]++")
# who may stand before what is demanded: "UBND phường yêu cầu …", "Lãnh đạo Trung tâm đã chỉ đạo …"
_SUBJECT = regex.compile(
    r"(?:(?:chủ tịch|phó chủ tịch|lãnh đạo|giám đốc|thường trực|bí thư) )?(?:ubnd|hđnd|đảng ủy|trung tâm|thành phố|tỉnh"
    r"|phường|xã|đặc khu|sở|đoàn kiểm tra|văn phòng)(?: \w+){0,7}? (?=%s)"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One kind of opening. `holds` tells whether it holds a number that stands behind it."""

    id: str
    reason: str
    at: At
    until: Until
    opens: tuple[str, ...]
    subject: bool
    nested: bool
    numbers: Numbers
    then: regex.Pattern[str] | None
    not_then: regex.Pattern[str] | None
    unless: regex.Pattern[str] | None
    examples: tuple[str, ...]
    rejects: tuple[str, ...]

    def follows(self, text: str, at: int, end: int) -> bool:
        """Whether what stands behind the opening, from letter `at` on, is what must and may follow it."""
        if self.then is not None and self.then.match(text, at, end) is None:
            return False
        return self.not_then is None or self.not_then.match(text, at, end) is None

    def frees(self, text: str, at: int, end: int) -> bool:
        """Whether words in `at:end` free the numbers behind them."""
        return self.unless is not None and self.unless.search(text, at, end) is not None


@dataclass(frozen=True)
class Frames:
    """All frames, by where they stand and by their first syllable."""

    records: tuple[Frame, ...]

    @cached_property
    def _by_syllable(self) -> dict[str, list[tuple[str, Frame]]]:
        found: dict[str, list[tuple[str, Frame]]] = {}
        for frame in self.records:
            for phrase in frame.opens if frame.at != "head" else ():
                found.setdefault(phrase.split(" ")[0], []).append((phrase, frame))
        for phrases in found.values():
            phrases.sort(key=lambda p: -len(p[0]))
        return found

    @cached_property
    def _subject(self) -> regex.Pattern[str]:
        said = sorted({p for f in self.records if f.subject for p in f.opens}, key=len, reverse=True)
        return regex.compile(_SUBJECT.pattern % "|".join(map(regex.escape, said)))

    @cached_property
    def _any_head(self) -> re.Pattern[str]:
        """Any of the words of heads: most headings have none."""
        return re.compile("|".join(re.escape(words) for _, said in self._heads for words in said))

    @cached_property
    def _heads(self) -> tuple[tuple[Frame, tuple[str, ...]], ...]:
        """The frames of heads, each with what a head between blanks must hold one of."""
        return tuple(
            (frame, tuple(p if p.endswith(":") else f" {p} " for p in frame.opens))
            for frame in self.records
            if frame.at == "head"
        )

    def opening(self, text: str, at: int, end: int, *, sentence: bool, nested: bool) -> tuple[Frame, int] | None:
        """The frame that opens a clause of normal text at its first letter, and where the opening ends."""
        word = _WORD.match(text, at, end)
        if word is None:
            return None
        found = self._found(word.group(), text, at, end, sentence, nested, spoken=False)
        if found is None and (who := self._subject.match(text, at, end)) is not None:
            at = who.end()
            said = cast("regex.Match[str]", _WORD.match(text, at, end))
            found = self._found(said.group(), text, at, end, sentence, nested, spoken=True)
        return found

    def _found(
        self, word: str, text: str, at: int, end: int, sentence: bool, nested: bool, *, spoken: bool
    ) -> tuple[Frame, int] | None:
        for phrase, frame in self._by_syllable.get(word, ()):
            behind = at + len(phrase)
            if not text.startswith(phrase, at) or text[behind : behind + 1].isalpha():
                continue
            if (frame.at == "sentence" and not sentence) or (nested and not frame.nested):
                continue
            if (frame.subject or not spoken) and frame.follows(text, behind, end):
                return frame, behind
        return None

    def of_head(self, head: str) -> Frame | None:
        """The frame that a heading (or the words before a line's colon) sets for all that stands under it."""
        padded = f" {head} "
        if self._any_head.search(padded) is None:
            return None
        for frame, said in self._heads:
            if any(words in padded for words in said):
                return None if frame.frees(head, 0, len(head)) else frame
        return None


def load(folder: Path) -> Frames:
    """The frames of `folder`, in file order. Raises PatternError for a wrong record."""
    return Frames(tuple(_frame(folder, record) for record in read_toml(folder, FILE).get("frame", [])))


def _frame(folder: Path, record: dict[str, Any]) -> Frame:
    name = require(folder, FILE, record, ("reason", "opens", "examples", "rejects"))
    chosen = {"at": "clause", "until": "sentence", "numbers": "all"} | {k: record[k] for k in _CHOICES if k in record}
    for field, allowed in _CHOICES.items():
        if chosen[field] not in allowed:
            raise fail(folder, FILE, name, f"{field} phải là một trong {', '.join(allowed)}", f"Hãy sửa {field}")
    return Frame(
        name,
        record["reason"],
        cast(At, chosen["at"]),
        cast(Until, chosen["until"]),
        tuple(key(phrase) for phrase in record["opens"]),
        bool(record.get("subject", False)),
        bool(record.get("nested", True)),
        cast(Numbers, chosen["numbers"]),
        _pattern(folder, name, record, "then"),
        _pattern(folder, name, record, "not_then"),
        _pattern(folder, name, record, "unless"),
        tuple(record["examples"]),
        tuple(record["rejects"]),
    )


def _pattern(folder: Path, name: str, record: dict[str, Any], field: str) -> regex.Pattern[str] | None:
    return compiled(folder, FILE, name, record[field], field) if field in record else None
