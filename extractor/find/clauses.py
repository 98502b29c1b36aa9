"""A paragraph taken apart: brackets in brackets, sentences, clauses, and in each clause its numbers.

Works on masked normal text (masking.py). Brackets need not balance: one that is never closed runs to the end of
its paragraph, a closing one without an opening one is a comma.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import regex

from extractor.find.hearing import Heard
from extractor.vietnamese.numerals import Numeral

HOLE = "\u25cc"  # stands for the letters of an inner bracket
_BRACKET = regex.compile(r"[()\[\]]")
_DEEPEST = 20  # brackets in brackets; deeper ones are read as letters of the level above
_SENTENCE_END = regex.compile(r"(?:[.!?…]+(?=[\s\u25cc]|$)|\n)")
_CLAUSE_END = regex.compile(r";|,(?!\d)|(?<=\s)[-+/](?=\s)|(?<!\d),")
# Between two numbers of one clause: where the words of the first end and those of the second begin.
_TURN = regex.compile(
    r"(?<!\w)(?:và|cùng|còn|với|thì|nâng tổng số|đưa tổng số|trong đó|gồm|bao gồm|đạt|chiếm|bằng|tương ứng|tương đương|"
    r"tỷ lệ|tỉ lệ|"
    r"trên tổng số|trong tổng số|trên tổng|"
    r"so với|trên|có|là)(?!\w)|="
)


_LOOSE = ("mode", "none")  # slots of cues within which the words of a number may end
_AND = regex.compile(r"(?:và|cùng|còn|với|thì|nâng tổng số|đưa tổng số)(?!\w)")


@dataclass(slots=True)
class Bracket:
    """The inside of a bracket (or the whole paragraph): its span and the brackets in it, in order."""

    start: int
    end: int
    inner: list[Bracket] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """A stretch of a clause with at most one number. `start:end` are normal offsets; `turned` where it begins with
    a word that ties it to the number before (đạt, chiếm …)."""

    start: int
    end: int
    number: Numeral | None = None


def brackets(text: str) -> Bracket:
    """The bracket tree of a paragraph."""
    root = Bracket(0, len(text))
    stack = [root]
    for match in _BRACKET.finditer(text):
        if match.group() in "([" and len(stack) < _DEEPEST:
            child = Bracket(match.end(), len(text))
            stack[-1].inner.append(child)
            stack.append(child)
        elif match.group() in ")]" and len(stack) > 1:
            stack.pop().end = match.start()
    return root


def level_text(text: str, bracket: Bracket) -> str:
    """Text of one bracket level: same length as the paragraph, everything else blank, inner brackets as holes."""
    if len(text) == bracket.end - bracket.start and not bracket.inner:
        return text.replace(")", ",").replace("]", ",")
    letters = [" "] * bracket.start + list(text[bracket.start : bracket.end]) + [" "] * (len(text) - bracket.end)
    for child in bracket.inner:
        letters[child.start - 1 : child.end + 1] = HOLE * (min(child.end + 1, bracket.end) - child.start + 1)
    return "".join(letters)[: len(text)].replace(")", ",").replace("]", ",")


def sentences(text: str, bracket: Bracket) -> list[tuple[int, int]]:
    """Spans of the sentences of a level text, without their end marks."""
    spans, at = [], bracket.start
    for match in _SENTENCE_END.finditer(text, bracket.start, bracket.end):
        if match.start() > at:
            spans.append((at, match.start()))
        at = match.end()
    if at < bracket.end:
        spans.append((at, bracket.end))
    return spans


def clauses(text: str, start: int, end: int, heard: list[Heard], numbers: list[Numeral]) -> list[tuple[int, int]]:
    """Spans of the clauses of a sentence. A comma inside a cue or a number does not part clauses."""
    closed = [(h.start, h.end) for h in heard] + [(n.start, n.end) for n in numbers]
    spans, at = [], start
    for match in _CLAUSE_END.finditer(text, start, end):
        mark = match.start()
        if any([a < mark < b for a, b in closed]):  # noqa: C419 - few, and a list is faster
            continue
        if mark > at:
            spans.append((at, mark))
        at = match.end()
    if at < end:
        spans.append((at, end))
    return spans


def pieces(text: str, start: int, end: int, numbers: list[Numeral], heard: list[Heard]) -> list[Piece]:
    """The pieces of a clause: one a number, the words shared out between neighbours."""
    inside = [n for n in numbers if start <= n.start < end]
    if not inside:
        return [Piece(start, end)]
    labelled_first = any(h.start < inside[0].start for h in heard if start <= h.start and h.cue.slot in ("act", "mark"))
    cuts = [start]
    for left, right in pairwise(inside):
        colon = text.find(":", left.stop, right.start)
        turns = [m.start() for m in _TURN.finditer(text, left.stop, right.start)]
        turns = [
            t for t in turns if not any(h.start <= t < h.end and h.cue.slot not in ("mode", "none") for h in heard)
        ]
        if colon >= 0:
            cuts.append(colon)
        elif turns:
            joints = [t for t in turns if _AND.match(text, t)]  # "mới là 18.205 và kỳ trước chuyển sang là 257"
            cuts.append(turns[0] if right.percent else (joints or turns)[-1])
        elif labelled_first:
            unit = next((h for h in heard if 0 <= h.start - left.stop <= 1 and h.cue.slot in ("object", "other")), None)
            cuts.append(min(unit.end, right.start) if unit else left.stop)
        else:
            cuts.append(right.start)
    cuts.append(end)
    return [Piece(a, b, n) for a, b, n in zip(cuts, cuts[1:], inside, strict=False)]
