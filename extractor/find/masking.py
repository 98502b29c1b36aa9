"""Numbers that are no figures, found first: dates, document numbers, articles, levels, money, section numbers.

What is masked is taken out of the text (letter by letter, so that offsets stay) before numbers and cues are looked
for, and is kept with its reason, so that nothing disappears silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from extractor.catalog.masks import Mask
from extractor.vietnamese.periods import (
    DateMention,
    PeriodMention,
    WindowMention,
    find_dates,
    find_periods,
    find_windows,
)

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
    part: bool = False  # it names a part of the ward or of its office


@dataclass(frozen=True, slots=True)
class Masked:
    """Normal text with every masked letter as BLANK, the masked spans, and the times named in it."""

    text: str
    spans: list[MaskedSpan]
    periods: list[PeriodMention]
    windows: list[WindowMention]
    dates: list[DateMention]


def mask(text: str, masks: tuple[Mask, ...], year: int | None) -> Masked:
    """Takes out of normal text every number that is certainly no figure.

    `year` is the document's year, for periods that leave theirs out.
    """
    sheet = _Sheet(text)
    head = head_mark(text)
    if head is not None:
        sheet.take(head.start(), head.end(), "số thứ tự mục")
    numbered = _DIGIT.search(text) is not None
    windows: list[WindowMention] = []
    dates: list[DateMention] = []
    if numbered:
        sheet.take_all(m for m in masks if m.before_dates)
        dates = find_dates(sheet.text)
        windows = find_windows(sheet.text, year, dates)
        for window in windows:
            sheet.take(window.start, window.end, "khoảng thời gian lấy số liệu")
        if windows:
            dates = find_dates(sheet.text)
        for day in dates:
            sheet.take(day.start, day.end, "ngày tháng")
    periods = find_periods(sheet.text, year, dates)
    for period in periods:
        sheet.take(period.start, period.end, "kỳ, năm")
    if numbered:
        sheet.take_all(m for m in masks if not m.before_dates)
        for match in _INNER_MARK.finditer(sheet.text):
            sheet.take(match.start(), match.end(), "số thứ tự mục")
    return Masked(sheet.text, sheet.spans, periods, windows, dates)


class _Sheet:
    """A text from which spans are taken out; what was taken once is not taken again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[MaskedSpan] = []

    def take(self, start: int, end: int, reason: str, part: bool = False) -> None:
        if BLANK not in self.text[start:end]:
            self.text = self.text[:start] + BLANK * (end - start) + self.text[end:]
            self.spans.append(MaskedSpan(start, end, reason, part))

    def take_all(self, masks: Iterable[Mask]) -> None:
        taken = -1  # spans when it was last seen that a number is left to be taken out
        for mask in masks:
            if len(self.spans) > taken and _DIGIT.search(self.text) is None:
                return
            taken = len(self.spans)
            if not mask.may_hold(self.text):
                continue
            for start, end in mask.spans(self.text):
                self.take(start, end, mask.reason, mask.part)


_DIGIT = regex.compile(r"\d")
_COUNTED = regex.compile(
    r"\s?(?:hồ sơ|hs|tthc|thủ tục|pakn|phản ánh|%|lượt|trường hợp|(?:tháng|tuần|ngày)(?! \d)|phường|xã|đơn vị|phòng"
    r"|(?:đúng|trước|quá|trễ|sớm|còn|trong) hạn"
    r"|thôn|khu phố|tổ|công chức|cán bộ|người|nhóm|lĩnh vực|dịch vụ|quầy|cuộc|lớp|văn bản)(?!\w)"
)


def head_mark(text: str) -> regex.Match[str] | None:
    """The mark at the head of a paragraph of normal text, or None where its number counts ("12 hồ sơ …")."""
    head = HEAD_MARK.match(text)
    if head is None or text[head.end() - 1] in ".)/" or not head["digits"]:
        return head
    bulleted = text[: head.start("digits")].strip() != ""  # "+ 44 đúng hạn;": items are not numbered twice
    return None if bulleted or _COUNTED.match(text, head.end()) else head
