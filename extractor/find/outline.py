"""How the paragraphs of a report hang together: headings, lists and lists in lists.

A short label takes its meaning from the item or heading it stands under; this module says which that is. Levels
come from the marks at the head of a paragraph (I. > 1. > 1.1. > a) > paragraph with a colon > * > - > +), never
from section numbers as such, because wards number as they like.
"""

from __future__ import annotations

import regex

from extractor.find.masking import head_mark
from extractor.model import Block
from extractor.vietnamese.normalize import Normal

HEADING, ITEM, LEAF = 2, 7, 20
_BULLET = regex.compile(r"\s*([-+*>]|o (?=[^\W\d]))")
_CHAPTER = regex.compile(r"phần (?:thứ )?(?:nhất|một|hai|ba|bốn|tư|năm|i{1,3}|iv|v|[1-5]|[a-d])(?:[.:,;\n ]|$)")
_MAX_HEADING = 220  # letters; the longest headings of the circular's outline have about 200


def level_of(block: Block, normal: Normal) -> float:
    """The depth of a paragraph: smaller is further up. Plain paragraphs are leaves unless they end with a colon."""
    text = normal.text
    if _CHAPTER.match(text):
        return 0.5
    bullet = _BULLET.match(text)
    if bullet:
        return {"*": 6.0, "-": 7.0, ">": 7.5, "+": 8.0, "o ": 9.0}[bullet.group(1)]
    mark = head_mark(text)
    if mark:
        raw = block.text[normal.origin[mark.start()] : normal.origin[min(mark.end(), len(text))]].strip()
        if mark["roman"] and raw.upper() == raw:
            return 1.0
        if mark["letter"] and raw.upper() == raw and raw[:1].isalpha():
            return 1.5
        if mark["digits"]:
            depth = mark["digits"].count(".")
            closes = text[mark.end() - 1 : mark.end()]
            return 5.5 if closes == ")" else 2.0 + depth
        return 5.0
    letters = [c for c in block.text if c.isalpha()] if len(text) < _MAX_HEADING else []
    if len(letters) > 3 and all(c.isupper() for c in letters):
        return 1.0
    if text.endswith(":"):
        return 5.8
    return LEAF


def is_heading(block: Block, normal: Normal, level: float) -> bool:
    """Whether a paragraph is a heading: numbered or capital, short, and not a sentence."""
    return level <= 5 and len(normal.text) <= _MAX_HEADING and not normal.text.rstrip().endswith((".", ";"))
