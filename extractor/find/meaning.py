"""What a number means: the words round it and the context it stands in, put together by the senses of indicators.toml.

`Words` are the number's own words; `Context` is what it inherits (heading, list, bracket, sentence). Own words
always win; what they leave out is taken from the context, and how it was found decides whether the meaning is
strong (said by the number's own words, or by the list or sentence it stands in) or weak (carried over from a
neighbour).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.catalog.frames import Frame
from extractor.catalog.indicators import Lexicon, Sense
from extractor.find.hearing import Heard
from extractor.model import Basis

SPECIFIC = 2  # acts of this rank and above are said of dossiers in any section


@dataclass(frozen=True, slots=True)
class Meaning:
    """An indicator, where and when it holds, and whether it is strong (see above)."""

    indicator: str
    scope: str
    basis: Basis
    strong: bool
    sense: Sense


class Context(NamedTuple):
    """What a number inherits. `act` is said by what it stands in, `near_act` only by a neighbour."""

    object: str | None = None
    act: str | None = None
    near_act: str | None = None
    scope: str = "self"
    basis: Basis | None = "period"
    mode: str | None = None
    withheld: str | None = None  # why no number is stated here, set by what it stands under
    frame: Frame | None = None  # what the heading makes of the numbers under it
    label: Meaning | None = None
    inline: bool = False  # the frame is that of the paragraph's own head, before a colon
    unclear: frozenset[str] = frozenset()  # marks of the line that this one stands under, where its count is not known
    whole: Meaning | None = None  # the only count of the line that this one stands under

    def with_words(self, words: Words) -> Context:
        """The context after these words were heard without a number."""
        if words.object in (None, self.object) and words.act in (None, self.act):
            return self
        return self._replace(object=words.object or self.object, act=words.act or self.act)


class Words(NamedTuple):
    """The cues among a number's own words, sorted by what they say."""

    object: str | None = None
    act: str | None = None
    weak_act: str | None = None
    marks: frozenset[str] = frozenset()
    soft: frozenset[str] = frozenset()
    scopes: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    rank: int = 0

    @property
    def empty(self) -> bool:
        return not (self.act or self.weak_act or self.marks or self.soft - {"rate"})


_SILENCE = Words()
_NONE: frozenset[str] = frozenset()
_IN_TIME = frozenset({"early", "on_time"})
_OF_BOTH = frozenset({"intake", "results"})


def words_of(before: Sequence[Heard], after: Sequence[Heard] = (), unit: str | None = None) -> Words:
    """Own words of a number: cues before it, cues after it (within its clause), and the unit right behind it."""
    if not before and not after:
        return _SILENCE if unit is None else Words(object=unit)
    if unit is not None:
        before, after = ([h for h in side if not _of_another(h, unit)] for side in (before, after))
    acts: list[Heard] = []
    resolving: Heard | None = None
    hard: list[Heard] = []
    soft: set[str] = set()
    scopes: list[str] = []
    bases: list[str] = []
    for h in (*before, *after):
        cue = h.cue
        slot = cue.slot
        if slot == "act":
            if cue.id != "resolving":
                acts.append(h)
            else:
                resolving = resolving or h
        elif slot == "mark":
            if cue.soft:
                soft.add(cue.id)
                continue
            hard.append(h)
            if cue.is_done:
                resolving = resolving or h
        elif slot == "object":
            unit = unit or cue.id
        elif slot == "scope" and cue.id not in scopes:
            scopes.append(cue.id)
        elif slot == "basis" and cue.id not in bases:
            bases.append(cue.id)
    if unit != "procedure":
        hard = [h for h in hard if h.cue.only != "procedure"]
    marks = frozenset([h.cue.mark for h in hard]) if hard else _NONE
    if marks >= _IN_TIME:
        marks = marks - _IN_TIME | {"early_or_on_time"}
    top = max([h.cue.rank for h in acts]) if acts else 0
    if top and soft >= _OF_BOTH:
        soft = soft - _OF_BOTH | {"intake_and_results"}
    if scopes and unit == "procedure" and any(name.endswith("#own") for name in scopes):
        soft.add("authority")  # "thuộc thẩm quyền của phường" says of which procedures, too
    act = _main_act(acts, top, before)
    weak = act is None and resolving is not None and all(resolving.start <= h.start for h in hard)
    return Words(
        unit,
        act,
        "resolved" if weak else None,
        marks,
        frozenset(soft) if soft else _NONE,
        tuple(scopes),
        tuple(bases),
        top,
    )


def _main_act(acts: Sequence[Heard], top: int, before: Sequence[Heard]) -> str | None:
    """The act that counts: one of the highest rank, else the last one before the number, else the first behind it."""
    if not acts:
        return None
    if top > 0:
        return next(h.cue.id for h in acts if h.cue.rank == top)
    in_front = [h for h in before if h.cue.slot == "act" and h.cue.id != "resolving"]
    in_front = [h for h in in_front if h.cue.only is None] or in_front  # "hồ sơ đang giải quyết còn 23"
    return in_front[-1].cue.id if in_front else acts[0].cue.id


def _of_another(heard: Heard, unit: str) -> bool:
    """Whether a mark or an act is said only of another thing than the one counted."""
    return heard.cue.only not in (None, unit) and heard.cue.slot in ("mark", "act")


def meanings(
    words: Words, context: Context, is_rate: bool, lexicon: Lexicon, scope: str, basis: Basis
) -> list[Meaning]:
    """The best meanings of a number with these words in this context: none, one, or several that tie."""
    scored: list[tuple[int, Meaning]] = []
    spoken = lexicon.cues.get(words.act or "")
    if spoken is not None and spoken.stands_for:
        of_it = spoken.only in (None, words.object or context.object)
        if not of_it and not (is_rate and spoken.adjacent):
            return []
        words = words._replace(act=spoken.stands_for if of_it else None)  # "tỷ lệ quá hạn còn 0,3%"
    said = words.marks | words.soft
    for sense in lexicon.senses:
        if sense.is_rate != is_rate or not sense.marks <= said or not sense.without.isdisjoint(said):
            continue
        found = _fit(sense, words, context)
        if found is not None:
            score, strong = found
            scored.append((score, Meaning(sense.indicator, scope, basis, strong, sense)))
    if not scored:
        return []
    best = max(score for score, _ in scored)
    return list({m.indicator: m for score, m in scored if score == best}.values())


def _fit(sense: Sense, words: Words, context: Context) -> tuple[int, bool] | None:
    """Score and strength with which a sense whose marks are all said explains the words, or None where it does not."""
    if words.marks - sense.marks - sense.beside:
        return None
    if not _object_fits(sense, words, context):
        return None
    fitted = _act_fits(sense, words, context)
    if fitted is None:
        return None
    score, strong = fitted
    score += 10 * len(sense.marks) + sense.priority
    score -= len(words.soft - sense.marks - sense.beside - {"rate", "total"})
    return score, strong


def _object_fits(sense: Sense, words: Words, context: Context) -> bool:
    """Whether what is counted is what the sense counts; what is not said anywhere is taken for dossiers."""
    if sense.any_object:
        return True
    if words.object is not None:
        return words.object == sense.object
    if context.object is None and sense.object == "dossier":
        return True
    if context.object == sense.object:
        return True
    own = ("dossier", "procedure") if sense.is_rate else ("dossier",)
    specific = words.act == sense.act and words.rank >= SPECIFIC and sense.object in own
    return specific and (context.object != "feedback" or sense.object == "dossier")


def _act_fits(sense: Sense, words: Words, context: Context) -> tuple[int, bool] | None:
    """Score and strength of the act: said by the words, implied by the marks, or taken from the context."""
    implied = sense.implies and bool(sense.marks)
    if sense.act is None:
        fits = bool(sense.marks) and (words.act is None or words.act in sense.beside)
        return (0, True) if fits else None
    if words.act is not None:
        if words.act == sense.act:
            return 5, True
        hard = bool(sense.marks - words.soft)
        if words.act not in sense.beside or not (hard and (implied or context.act == sense.act)):
            return None
        return 0, True
    if implied:
        return 0, True
    if words.weak_act is not None and words.weak_act != sense.act and sense.act == "received":
        return None
    if words.weak_act == sense.act:
        elsewhere = context.act == "pending" and sense.object == context.object
        return 3, not elsewhere
    if words.weak_act is not None and sense.act == "pending" and sense.object == "dossier":
        return None  # "hồ sơ giải quyết đúng hạn" behind what is pending
    if not sense.marks and "total" not in words.soft:
        return None  # nothing of the number's own says what it is
    if context.act == sense.act:
        return 2, True
    if context.near_act == sense.act and (context.act is None or (context.act == "received" and bool(sense.marks))):
        return 0, False
    return None
