"""The law of room 3 for tests: every digit of a document stands in exactly one figure, unread or masked number."""

from __future__ import annotations

from collections import Counter

from extractor.model import Document, Findings, Place


def unaccounted(document: Document, findings: Findings) -> list[str]:
    """Each digit that no place covers, or several do, with the letters round it and how often; none is well.

    A place that leads outside its block, or to letters without a digit or word, is listed too.
    """
    texts = {block.id: block.text for block in document.blocks()}
    covered: dict[str, Counter[int]] = {block: Counter() for block in texts}
    wrong = []
    for place in places(findings):
        letters = texts[place.block][place.start : place.end]
        if len(letters) != place.end - place.start or not any(c.isalnum() or c in "-–—" for c in letters):
            wrong.append(f"{place.block}: {letters!r} at {place.start}:{place.end}")
        covered[place.block].update(range(place.start, place.end))
    for block, text in texts.items():
        for at, letter in enumerate(text):
            if letter.isdecimal() and covered[block][at] != 1:
                wrong.append(f"{block}: {letter} in {text[max(0, at - 12) : at + 12]!r} ({covered[block][at]})")
    return wrong


def places(findings: Findings) -> list[Place]:
    """Every place of every number found."""
    figures = [place for figure in findings.figures for place in (figure.place, *figure.also)]
    return [*figures, *(unread.place for unread in findings.unread), *(masked.place for masked in findings.masked)]
