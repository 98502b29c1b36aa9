"""Numbers that are no figures, found first: dates, document numbers, articles, levels, money, section numbers.

What is masked is taken out of the text (letter by letter, so that offsets stay) before numbers and cues are looked
for, and is kept with its reason, so that nothing disappears silently.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.catalog.masks import Mask
from extractor.vietnamese.periods import PeriodMention, find_dates, find_periods, find_windows

BLANK = "¤"  # stands for each masked letter; no cue and no number contains it

# The mark at the head of a paragraph: "I.", "2.1.", "a)", "(1)". A number that goes on ("1.205 hồ sơ") is none.
HEAD_MARK = regex.compile(
    r"\s*(?:[-+*]\s*)?(?:\(?(?P<roman>[ivxl]{1,6})[.)/](?!\d)|(?P<digits>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)/](?!\d)|(?=\s[^\W\d]))"
    r"|\((?P<inside>\d{1,2}|[a-zđ])\)|(?P<letter>[a-zđ])[.)](?=\s|[^\W\d]))"
)
_INNER_MARK = regex.compile(r"(?<=[;.:,] )\(?\d{1,2}\)(?=\s[^\W\d])|\((?:\*|\d|i{1,3})\)(?= |$|[.;,])")


@dataclass(frozen=True, slots=True)
class MaskedSpan:
    start: int
    end: int
    reason: str


def mask(text: str, masks: tuple[Mask, ...], year: int | None) -> tuple[str, list[MaskedSpan], list[PeriodMention]]:
    """Normal text with every masked letter as BLANK, the masked spans, and the periods named in it.

    `year` is the document's year, for periods that leave theirs out.
    """
    letters = list(text)
    spans: list[MaskedSpan] = []

    def take(start: int, end: int, reason: str) -> None:
        if any(letters[i] == BLANK for i in range(start, end)):
            return
        letters[start:end] = BLANK * (end - start)
        spans.append(MaskedSpan(start, end, reason))

    head = HEAD_MARK.match(text)
    if head and not (head["digits"] and _counts(text, head.end())):
        take(head.start(), head.end(), "số thứ tự mục")
    by_id = {m.id: m for m in masks}
    for name in ("address", "form", "document_number", "document_mention", "article"):
        if name in by_id:
            for match in by_id[name].pattern.finditer("".join(letters)):
                take(match.start(), match.end(), by_id[name].reason)
    rest = "".join(letters)
    for window in find_windows(rest, year):
        take(window.start, window.end, "khoảng thời gian lấy số liệu")
    for day in find_dates("".join(letters)):
        take(day.start, day.end, "ngày tháng")
    periods = find_periods("".join(letters), year)
    for period in periods:
        take(period.start, period.end, "kỳ, năm")
    for record in masks:
        for match in record.pattern.finditer("".join(letters)):
            if match.end() > match.start():
                take(match.start(), match.end(), record.reason)
    for match in _INNER_MARK.finditer("".join(letters)):
        take(match.start(), match.end(), "số thứ tự mục")
    return "".join(letters), spans, periods


_COUNTED = regex.compile(r"\s?(?:hồ sơ|hs|tthc|thủ tục|pakn|phản ánh|%|lượt|trường hợp)(?!\w)")


def _counts(text: str, at: int) -> bool:
    """Whether what stands behind a number at a paragraph's head is a counted thing ("12 hồ sơ …")."""
    return _COUNTED.match(text, at) is not None
