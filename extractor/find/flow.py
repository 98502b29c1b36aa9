"""What passes between the walk over a paragraph (narrative.py) and the reading of its numbers (attribution.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extractor.catalog.frames import Frame, Frames
from extractor.catalog.indicators import Lexicon
from extractor.catalog.masks import Mask
from extractor.find.clauses import HOLE, Piece
from extractor.find.hearing import Ear, Heard
from extractor.find.meaning import Context, Meaning, Words
from extractor.find.statements import Left, Statement
from extractor.model import Basis, Block, Identity, Months
from extractor.vietnamese.normalize import Normal
from extractor.vietnamese.numerals import Numeral
from extractor.vietnamese.periods import DateMention, PeriodMention, WindowMention

_CASES = frozenset({"withdrawn", "refused", "supplement"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What every reader of one document shares: the patterns, the document's identity, and the results so far."""

    lexicon: Lexicon
    masks: tuple[Mask, ...]
    frames: Frames
    ear: Ear
    identity: Identity
    statements: list[Statement] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    doubtful: list[tuple[Statement, tuple[Meaning, ...]]] = field(default_factory=list)  # numbers with several readings
    loose: list[tuple[Statement, Meaning]] = field(default_factory=list)  # read as new, but perhaps all received
    months: list[Months] = field(default_factory=list)
    by_competence: bool = False  # a ward's report that tells its own dossiers and those for higher levels apart

    @property
    def of_ward(self) -> bool:
        """Whether the report is a ward's own, in which words for levels are no blocks of figures."""
        return self.identity.level != "district"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph prepared for reading: masked normal text, its cues, numbers and periods.

    `zeros` are the starts of numbers that are no digits but a zero said in words.
    """

    block: Block
    normal: Normal
    visible: str
    heard: list[Heard] = field(default_factory=list)
    numbers: list[Numeral] = field(default_factory=list)
    periods: list[PeriodMention] = field(default_factory=list)
    windows: list[WindowMention] = field(default_factory=list)
    zeros: frozenset[int] = frozenset()
    dates: tuple[DateMention, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()  # masked names of parts of the ward or of its office ("cơ sở 2")
    others: tuple[tuple[int, int], ...] = ()  # names of wards that are not the issuer
    worn: bool = False  # some cues were heard without their accents only
    faded: bool = False  # accents may be missing or wrong: read from a picture, or typed without them
    stretches: tuple[int, ...] = ()  # where another stretch of time is named without a date
    ranges: frozenset[int] = frozenset()  # where the numbers of a range stand ("70 - 80%")
    changes: tuple[tuple[Numeral, int, Basis | None], ...] = ()  # old numbers, where their new ones stand, of when


@dataclass(slots=True)
class Flow:
    """What changes while one sentence (on one bracket level) is read."""

    context: Context
    count: Meaning | None = None  # the last count, of which a bare percentage may speak
    rate: Meaning | None = None  # the last rate
    pending: list[Heard] = field(default_factory=list)  # cues of clauses without a number, since the last number
    later: list[Heard] = field(default_factory=list)  # cues of a sentence that has one number only
    includes: bool = False  # what came over was said to be included
    led: list[Heard] = field(default_factory=list)  # cues of a clause without a number, before a bracket in it
    all_are: list[Heard] = field(default_factory=list)  # marks of a label whose parts follow ("Hồ sơ trễ hạn gồm …")
    opens_label: bool = False  # those clauses begin a label ("Tỷ lệ …, …", "Số …, …")
    grew: bool = False  # the last number was a change
    other: bool = False  # the last number counted something else
    target: bool = False  # what follows is promised
    remark: bool = False  # what follows explains
    disputed: bool = False  # the report takes the sentence's numbers back
    paced: bool = False  # so much a day or a head was told: what follows up to a semicolon may be so too
    bound_stop: int = -1  # where the last number of a bound ended ("ít nhất 80%")
    hinted: Meaning | None = None  # the rate that a percentage of another unit or time was
    very: bool = False  # the share of those very satisfied was told: what follows is of the others
    fee: bool = False  # fees to be paid were named: what follows online was paid online
    held: tuple[Frame, int] | None = None  # an opening that makes what follows no results, and where it ends
    part: str | None = None  # what follows is of a part of the ward or of its office, or another's: the reason
    compared: tuple[Basis | None] | None = None  # the basis before another one was named behind a number
    theirs: bool = False  # that other one was named of another unit
    opened: bool = False  # the sentence opens with the period it speaks of: `opening`
    opening: Basis | None = None
    start: int = 0  # where the first letter of the sentence stands
    weak: bool = False  # the sentence speaks of numbers given before
    group: Meaning | None = None  # the count whose parts follow ("trong đó")
    field: str | None = None  # the field of the dossiers that the clause counts
    kind: bool = False  # the clause counts dossiers of a kind that no cue knows
    opened_group: bool = False  # "trong đó" and its like stood in the sentence
    turned: bool = False  # a semicolon stood before: a total said here is no part of the group
    unclear: frozenset[str] = frozenset()  # the marks of the count before, where it was not understood
    unclear_count: Decimal = Decimal(0)  # … and its value
    seen: int = 0  # numbers of the sentence so far
    told: int = 0  # counts of the sentence that were understood
    missed: int = -1  # where the number just before ends, if it is a count that was left
    lost: bool = False  # a count of the sentence was not understood
    detail: bool = False  # those taken up again were a part ("Trong 12 hồ sơ quá hạn …"): what became of them follows
    resumed: bool = False  # the sentence takes up a number told before ("Trong 22 hồ sơ …") and goes into it
    same: bool = False  # the sentence says "tỷ lệ này": the rate named last
    nested: bool = False  # inside a bracket
    alone: bool = False  # inside a bracket that holds one number
    outer_scope: str = "self"


@dataclass(frozen=True, slots=True)
class Share:
    """A printed fraction a/b and the words that say of what."""

    numerator: Decimal
    denominator: Decimal
    words: Words


@dataclass(frozen=True, slots=True)
class Spot:
    """A number where it stands: its piece of a clause and its own cues before and behind it.

    `unit` is the cue of the thing counted, where it stands directly behind the number (brackets between do not part).
    """

    text: Text
    level: str
    piece: Piece
    number: Numeral
    before: list[Heard]
    after: list[Heard]
    unit: Heard | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unit", self._unit())  # asked for many times

    @property
    def worded(self) -> bool:
        return self.number.start in self.text.zeros

    @property
    def front(self) -> str:
        return self.level[self.piece.start : self.number.start]

    @property
    def tail(self) -> str:
        return self.level[self.number.stop : self.piece.end]

    @property
    def of_cases(self) -> bool:
        """Whether cases are counted that are dossiers ("rút 41 trường hợp")."""
        said = any(h.cue.id in _CASES for h in (*self.before, *self.after))
        return said and self.level.startswith(" trường hợp", self.number.stop)

    def _unit(self) -> Heard | None:
        things = [h for h in self.after if h.cue.slot in ("object", "other")]
        if self.of_cases:
            things = [h for h in things if not self.level.startswith("trường hợp", h.start)]
        if not things or self.worded:
            return None
        tail = self.tail
        start = self.number.stop + len(tail) - len(tail.lstrip(f" {HOLE}"))
        return next((h for h in things if h.start == start), None)
