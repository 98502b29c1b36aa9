"""A statement: one printed occurrence of a figure. Statements of one figure are joined in `figures.py`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extractor.find.meaning import Meaning
from extractor.model import Block


@dataclass(slots=True)
class Statement:
    """What one number says. `start:end` are raw offsets into the block; `group` numbers the table or paragraph."""

    meaning: Meaning
    value: Decimal
    decimals: int
    block: Block
    start: int
    end: int
    approximate: bool = False
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    worded: bool = False
    decided: str = ""  # the sum that decided between readings, where the words alone leave several
    quote: str = ""  # what to show round it where the block alone says too little (a table's cell)

    @property
    def printed(self) -> str:
        return self.block.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Left:
    """A number that became no statement: `start:end` raw offsets, `reason`, possible `readings`; `masked` where it
    is certainly no figure."""

    block: Block
    start: int
    end: int
    reason: str
    readings: tuple[str, ...] = ()
    masked: bool = False
    quote: str = ""  # as of a statement
