"""Numbers that are no figures: patterns/masks.toml as compiled patterns, each tried on its own examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from extractor.catalog.files import compiled, fail, read_toml, require

FILE = "masks.toml"


@dataclass(frozen=True, slots=True)
class Mask:
    """A pattern over normal text and the Vietnamese reason why its numbers are no figures.

    Those `before_dates` are looked for before dates and periods, because they contain what looks like one
    ("118/2025/NĐ-CP"). `part`: the number names a part of the ward or of its office ("cơ sở 2"), whose figures are
    not the whole's. What stands before a number and is masked with it is the pattern's group `lead` (masks.toml).
    Where there are `signs`, no text without one of them is looked through.
    """

    id: str
    reason: str
    pattern: regex.Pattern[str]
    before_dates: bool
    examples: tuple[tuple[str, str], ...]
    rejects: tuple[str, ...]
    part: bool = False
    signs: tuple[str, ...] = ()
    leads: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "leads", "lead" in self.pattern.groupindex)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where normal text holds what this record masks, `start:end`."""
        for match in self.pattern.finditer(text):
            start, end = match.span()
            if start < end:
                yield (match.start("lead") if self.leads and match["lead"] is not None else start), end

    def may_hold(self, text: str) -> bool:
        """Whether normal text has one of the signs; asked of every paragraph for every mask."""
        for sign in self.signs:
            if sign in text:
                return True
        return not self.signs


def load(folder: Path) -> tuple[Mask, ...]:
    """The masks of `folder`, in file order. Raises PatternError for a wrong record."""
    return tuple(_mask(folder, record) for record in read_toml(folder, FILE).get("mask", []))


def _mask(folder: Path, record: dict[str, Any]) -> Mask:
    name = require(folder, FILE, record, ("reason", "pattern", "examples", "rejects"))
    pattern = compiled(folder, FILE, name, record["pattern"], "pattern")
    signs = tuple(record.get("signs", ()))
    if signs and not all(any(sign in masked for sign in signs) for _, masked in record["examples"]):
        raise fail(folder, FILE, name, "có ví dụ không chứa signs nào", "Hãy bổ sung hoặc bỏ signs")
    return Mask(
        name,
        record["reason"],
        pattern,
        bool(record.get("before_dates", False)),
        tuple((text, masked) for text, masked in record["examples"]),
        tuple(record["rejects"]),
        bool(record.get("part", False)),
        signs,
    )
