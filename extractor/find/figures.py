"""Statements → figures: the same figure printed several times is one, with several places.

Where statements of one figure give different values, a strong one stands and a weak one (its meaning carried over
from a neighbour) is left unread with the reason; strong ones that differ all stand, and the check says so.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from extractor.find.settle import one_slip
from extractor.find.statements import Left, Statement
from extractor.model import Basis, Block, Document, Figure, Findings, Masked, Place, Unread, box_of, place_of

_FRACTION_NEAR = 80  # letters between a rate and the fraction it is computed from
_LARGE = 1000
_DIGITS = regex.compile(r"\d(?:[\d.,]*\d)?")


def collect(statements: list[Statement], left: list[Left], blocks: list[Block]) -> Findings:
    """Figures, unread and masked numbers of a document. Every run of digits of `blocks` is in one of the three."""
    left = list(left)
    by_key: dict[tuple[str, str, str], list[Statement]] = {}
    for s in _without_doubts(statements, left):
        by_key.setdefault((s.meaning.indicator, s.meaning.scope, s.meaning.basis), []).append(s)
    kept: list[Statement] = []
    for group in by_key.values():
        kept += _agreeing(group, left)
    order = {id(b): i for i, b in enumerate(blocks)}
    kept.sort(key=lambda s: (order.get(id(s.block), len(order)), s.start))
    figures = _figures(kept)
    unread = [Unread(_text(x), x.readings, x.reason, _place(x)) for x in left if not x.masked]
    masked = [Masked(_text(x), x.reason, _place(x)) for x in left if x.masked]
    unread += _forgotten(blocks, kept, left)
    return Findings(tuple(figures), tuple(unread), tuple(masked))


def nothing_but(reason: str, document: Document) -> Findings:
    """All numbers of a document masked with one reason."""
    return Findings(
        masked=tuple(
            Masked(match.group(), reason, place_of(block, *match.span()))
            for block in document.blocks()
            for match in _DIGITS.finditer(block.text)
        )
    )


def _agreeing(group: list[Statement], left: list[Left]) -> list[Statement]:
    """The statements of one figure that stand; the others go to `left`."""
    exact = [s for s in group if not s.approximate]
    if any(not s.worded for s in exact):  # "không có phản ánh về …" beside a printed count is said of some only
        exact = [s for s in exact if not s.worded]
    strong = [s for s in exact if s.meaning.strong]
    standing = strong or exact or group
    values = {s.value for s in standing}
    if not strong and len(values) > 1:
        for s in group:
            left.append(Left(s.block, s.start, s.end, "nhiều giá trị, chưa chắc chỉ tiêu", (s.meaning.indicator,)))
        return []
    # a misread digit of a scan looks the same as a slip
    weak = [s for s in exact if strong and s not in strong and not s.block.ocr]
    slips = [s for s in weak if any(_slip_of(s.value, v) for v in values)]
    for s in group:
        if s in standing or s in slips or s.value in values:
            continue
        if s.approximate:
            left.append(Left(s.block, s.start, s.end, "nhắc lại gần đúng", (s.meaning.indicator,), masked=True))
        elif not s.worded:
            left.append(Left(s.block, s.start, s.end, "khác số đã nêu rõ, chưa chắc chỉ tiêu", (s.meaning.indicator,)))
    return [s for s in group if s in standing or s in slips or s.value in values]


def _slip_of(value: Decimal, meant: Decimal) -> bool:
    """Whether a number is so like a larger one that another figure of this size would be a coincidence."""
    return max(value, meant) >= _LARGE and one_slip(str(value), str(meant))


def _without_doubts(statements: list[Statement], left: list[Left]) -> list[Statement]:
    """The statements whose letters are certain; where a picture may say another number, it goes to `left`.

    A fraction printed beside a rate is given up where a doubt lies near it: its own letters are not in the statement.
    """
    certain = []
    for s in statements:
        doubt = next((d for d in s.block.doubts if d.start < s.end and s.start < d.end), None)
        if doubt is not None:
            reason = f"{doubt.reason}: {' hoặc '.join(f'«{reading}»' for reading in doubt.readings)}"
            left.append(Left(s.block, s.start, s.end, reason, (s.meaning.indicator,)))
            continue
        if s.numerator is not None and any(
            d.start < s.end + _FRACTION_NEAR and s.start - _FRACTION_NEAR < d.end for d in s.block.doubts
        ):
            s = replace(s, numerator=None, denominator=None)
        certain.append(s)
    return certain


def _figures(statements: list[Statement]) -> list[Figure]:
    same: dict[tuple[object, ...], list[Statement]] = {}
    for s in statements:
        same.setdefault((s.meaning.indicator, s.meaning.scope, s.meaning.basis, s.value), []).append(s)
    figures = []
    for group in same.values():
        first = group[0]
        with_fraction = next((s for s in group if s.numerator is not None), first)
        places = [_place(s) for s in group]
        basis: Basis = first.meaning.basis
        figures.append(
            Figure(
                indicator=first.meaning.indicator,
                scope=first.meaning.scope,
                basis=basis,
                value=first.value,
                printed=first.printed,
                place=places[0],
                decimals=first.decimals,
                numerator=with_fraction.numerator,
                denominator=with_fraction.denominator,
                approximate=all(s.approximate for s in group),
                decided=first.decided if all(s.decided for s in group) else "",
                ocr=all(s.block.ocr for s in group),
                pattern=first.meaning.sense.indicator,
                also=tuple(places[1:]),
            )
        )
    return figures


def _place(s: Statement | Left) -> Place:
    if not s.quote:
        return place_of(s.block, s.start, s.end)
    return Place(s.block.id, s.start, s.end, s.quote, *box_of(s.block, s.start, s.end))


def _text(x: Left) -> str:
    return x.block.text[x.start : x.end]


def _forgotten(blocks: list[Block], statements: list[Statement], left: list[Left]) -> list[Unread]:
    """Digits that nothing accounts for, so that no number disappears silently."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for s in statements:
        spans.setdefault(id(s.block), []).append((s.start, s.end))
    for x in left:
        spans.setdefault(id(x.block), []).append((x.start, x.end))
    found = []
    for block in blocks:
        taken = spans.get(id(block), [])
        starts = {start for start, end in taken if start < end}
        for match in _DIGITS.finditer(block.text):
            if match.start() not in starts and not any(a <= match.start() < b for a, b in taken):
                found.append(Unread(match.group(), (), "không nhận ra", place_of(block, *match.span())))
    return found
