"""Dates, windows ("từ 15/3 đến 10/6/2026") and reporting periods ("quý II", "9 tháng năm 2025") of normal text.

Everything here takes the output of `normalize` and answers with offsets into it. A year that is not printed
is never today's: it comes from the other end of the range, from the mention that the wording is tied to, or
from the `year` that the caller gives; else the answer says None. A day that does not exist ("31/02/2026") is
still a mention, without a date, so that its digits are never taken for figures.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

import regex

Relation = Literal["period", "previous", "last_year", "cumulative"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at normal letters `start:end`; `date` is None where day, month or year is blank or impossible.

    Written with digits alone it starts at its first digit, written out it starts at "ngày" where that stands.
    """

    start: int
    end: int
    date: date | None
    day: int | None
    month: int | None
    year: int | None


@dataclass(frozen=True, slots=True)
class WindowMention:
    """A stretch of days, both ends included; None is an open end or one whose year is unknown.

    `open_end` marks "đến nay", where no last day is printed at all.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A named period. `part` is the code without its year ("Q2", "H1", "M06", "9M", "" for a year).

    `year` is None where neither the text nor the caller names it, and then `code` is None, as it is for
    stretches that have no code ("những tháng cuối năm"), whose `part` is None too.
    """

    start: int
    end: int
    code: str | None
    part: str | None
    year: int | None
    year_printed: bool = False


# --------------------------------------------------------------------------- dates

_BLANK = r"[\s.…_]*+"
_NOT_NUMBER = r"(?<![\d/])(?<!\d[.,])"
# "5/7 thủ tục" is a fraction.
_NO_FRACTION = r"(?!\s?%|\s(?:hồ sơ|tthc|thủ tục|đơn vị|xã|phường|tiêu chí|chỉ tiêu|nhiệm vụ|trường hợp|văn bản))"
_FULL = regex.compile(
    rf"{_NOT_NUMBER}(?P<day>\d{{1,2}})(?:"
    r"\s?/\s?(?P<month>\d{1,2})\s?/\s?(?P<year>(?:19|20)\d\d)"
    r"|(?P<sep>[.\-])(?P<month>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)"
    r")(?!\d|\s?/\s?\p{L}|/\d)"
)
_WORDED = regex.compile(
    rf"(?:(?<!\p{{L}})ngày{_BLANK}(?P<day>\d{{1,2}})?[,/]?{_BLANK}tháng{_BLANK}(?P<month>\d{{1,2}}(?!\d|[.,]\d))?"
    rf"|{_NOT_NUMBER}(?P<day>\d{{1,2}})\s?tháng\s?(?P<month>\d{{1,2}}(?!\d|[.,]\d))),?{_BLANK}"
    rf"(?:(?:năm|/){_BLANK}(?P<year>(?:19|20)\d\d(?!\d))?)?"
)
# "15/3" is a day and a month only where a word for a day or a range stands before it.
_SHORT = regex.compile(
    r"(?<!\p{L})(?:ngày\s?(?P<day>\d{1,2})\s?(?:/\s?|[.\-](?=\d))(?P<month>\d{1,2})(?!\s?%|\s(?:hồ sơ|tthc|thủ tục))"
    r"|(?<=\()(?P<day>\d{1,2})/(?P<month>\d{1,2})(?=\s?-\s?\d{1,2}/\d{1,2}\s?\))"
    rf"|(?:từ|đến|hết|tới|sáng|trưa|chiều|tối|đêm|hôm)\s(?:(?:đầu|cuối|sáng|trưa|chiều|tối)\s)?(?P<day>\d{{1,2}})\s?/\s?(?P<month>\d{{1,2}}){_NO_FRACTION})"
    r"(?:\s?/\s?(?P<year>\d\d)(?!\d))?"
    r"(?!\d|\s?/|[.,]\d|-\d{1,2}(?![\d/]))"
)
# "ngày 07 và 08/7", "từ 01 đến 15/6/2026", "01/7-14/9/2025": what stands before borrows month or year of the next.
_BEFORE = regex.compile(
    r"(?<![\d/.,])(?:(?:(?<=ngày\s?)|(?<=từ\s)|(?<=\()|(?<=ngày\s?\d{1,2}(?:\s?,|\svà)\s))(?P<day>\d{1,2})"
    r"(?:\s?(?:,|-|;)\s?|\s(?:và|đến|tới)(?:\shết)?(?:\sngày)?\s?)"
    r"|(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?:\s?-\s?|\s(?:đến|tới)(?:\shết)?(?:\sngày)?\s?))\Z"
)
# "từ ngày 15/3 đến 14/6": what stands after is a day too.
_AFTER = regex.compile(
    r"\s?(?:và|-|đến|tới)(?:\shết)?(?:\sngày)?\s?(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?!\d|\s?/|[.,]\d)"
    rf"{_NO_FRACTION}"
)


_DATES = ((_FULL, ("19", "20")), (_WORDED, ("tháng",)), (_SHORT, ("ngày", "/")))  # each with signs it cannot lack


def find_dates(text: str) -> list[DateMention]:
    """Every date of normal text, in order, none overlapping."""
    found: list[DateMention] = []
    for pattern, signs in _DATES:
        for match in pattern.finditer(text) if any(sign in text for sign in signs) else ():
            day, month, year = (_number(match, name) for name in ("day", "month", "year"))
            if month is None and year is None:
                continue
            if pattern is _SHORT and not _possible(day, month):
                continue
            if year is not None and year < 100:
                year += 2000
            start = match.start("day") if pattern is not _WORDED else match.start()
            _add(found, _mention(start, match.end(), day, month, year, text))
    for anchor in sorted(found, key=lambda m: m.start):
        _add_neighbours(found, anchor, text)
    return sorted(found, key=lambda m: m.start)


def _add_neighbours(found: list[DateMention], anchor: DateMention, text: str) -> None:
    """Days that lean on a date beside them: those before it, which lack month or year, and one after it."""
    at = anchor
    while at.month is not None:
        before = _BEFORE.search(text, max(0, at.start - 40), at.start)
        if before is None:
            break
        day, month = _number(before, "day"), _number(before, "month")
        if not (_possible(day, month or at.month) and (at.year is not None or month is None)):
            break
        end = before.end("day") if month is None else before.end("month")
        year = at.year if month is None else None
        at = _mention(before.start("day"), end, day, month or at.month, year, text)
        if not _add(found, at):
            break
    after = _AFTER.match(text, anchor.end) if anchor.month is not None else None
    if after is not None and _possible(int(after["day"]), int(after["month"])):
        _add(found, _mention(after.start("day"), after.end(), int(after["day"]), int(after["month"]), None, text))


def _possible(day: int | None, month: int | None) -> bool:
    return day is not None and month is not None and 1 <= day <= 31 and 1 <= month <= 12


def _mention(start: int, end: int, day: int | None, month: int | None, year: int | None, text: str) -> DateMention:
    while end > start and text[end - 1] in " \n.…_,":
        end -= 1
    return DateMention(start, end, _date(year, month, day), day, month, year)


def _add(found: list[DateMention], mention: DateMention) -> bool:
    if any(mention.start < other.end and other.start < mention.end for other in found):
        return False
    found.append(mention)
    return True


def _number(match: regex.Match[str], name: str) -> int | None:
    letters = match[name]
    return None if letters is None else int(letters)


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


# --------------------------------------------------------------------------- windows

_HOUR = r"(?:\d{1,2}\s?(?:giờ|h|g)(?:\s?\d{2}(?:\s?(?:phút|p))?)?\s?,?\s?)?"
_BETWEEN = regex.compile(
    r"\s?\)?,?\s?(?:\([^()]{1,12}\)\s?)?(?:(?:cho\s)?(?:đến|tới)|->?|~|→)"
    rf"\s?(?:hết\s)?{_HOUR}(?:hết\s)?(?:ngày\s?)?(?:hết\s)?\Z"
)
# "chốt 14/9/2026, tính từ 15/6/2026"
_BACK_TO = regex.compile(r"\s?[,;]?\s?\(?(?:được\s)?(?:lấy|tính|tổng hợp)\s(?:số liệu\s)?(?:kể\s)?từ\s(?:ngày\s)?\Z")
_FROM = regex.compile(
    rf"(?:(?<!\p{{L}})(?:tính\s)?(?:kể\s)?từ\s(?:(?:khi"
    rf"|lúc)\s[^\d.;:()\n]{{0,50}}+(?<=\s))?{_HOUR}(?:ngày[^\d.;:()\n]{{0,40}}+)?)\Z"
)
_UNTIL_NOW = regex.compile(
    r"\s?(?:cho\s)?(?:đến|tới)\s(?:thời điểm\s)?"
    r"(?:nay|hiện nay|hiện tại|bây giờ|(?:thời điểm |ngày )?(?:lập )?báo cáo)(?!\p{L})"
)
# "từ tháng 7 đến nay", "từ tháng 7 đến hết tháng 11/2025"
_MONTHS = regex.compile(
    r"(?<!\p{L})(?:tính\s)?(?:kể\s)?từ\s(?:đầu\s)?tháng\s?(?P<month>\d{1,2})(?:(?:/|\s?năm\s)(?P<year>(?:19|20)\d\d))?"
    r"\s(?:cho\s)?(?:đến|tới)\s(?:(?:thời điểm\s)?(?:nay|hiện nay|hiện tại)(?!\p{L})"
    r"|(?:hết\s|cuối\s)?tháng\s?(?P<last>\d{1,2})(?:(?:/|\s?năm\s)(?P<last_year>(?:19|20)\d\d))?)(?![\d/])"
)
_UP_TO = regex.compile(
    r"(?<!\p{L})(?:(?P<year>(?:tính\s)?từ đầu năm(?:\s\d{4})?(?:\scho)?\s(?:đến|tới)\s(?:hết\s)?)"
    r"|(?:tính|lũy kế|cộng dồn)\s(?:đến|tới)\s(?:hết\s)?|(?:đến|tới)\shết\s)"
    rf"(?:thời điểm\s)?{_HOUR}(?:hết\s)?(?:ngày\s?)?\Z"
)


def find_windows(text: str, year: int | None = None, dates: Sequence[DateMention] | None = None) -> list[WindowMention]:
    """Stretches between two days of normal text, in order. `year` is the year of a last day printed without one.

    `dates` are the dates of the text where the caller knows them.

    A first day without a year takes that of the last day, or the year before where it would come after it.
    """
    dates = find_dates(text) if dates is None else dates
    windows: list[WindowMention] = []
    used: set[int] = set()
    for i, first in enumerate(dates):
        if i in used:
            continue
        lead = _FROM.search(text, max(0, first.start - 70), first.start)
        start = lead.start() if lead else first.start
        last = dates[i + 1] if i + 1 < len(dates) else None
        gap = text[first.end : last.start] if last else ""
        if last is not None and first.day and last.day and len(gap) < 40 and _BETWEEN.match(gap):
            windows.append(WindowMention(start, last.end, *_resolve(first, last, year)))
            used.update((i, i + 1))
            continue
        if last is not None and first.day and last.day and len(gap) < 40 and _BACK_TO.match(gap):
            begin, end = _resolve(last, first, year)
            if begin is not None and end is not None and begin < end:
                windows.append(WindowMention(first.start, last.end, begin, end))
                used.update((i, i + 1))
                continue
        now = _UNTIL_NOW.match(text, first.end) if lead else None
        if now is not None:
            windows.append(WindowMention(start, now.end(), _with_year(first, year), None, open_end=True))
            continue
        upto = _UP_TO.search(text, max(0, first.start - 70), first.start)
        if upto is not None and first.day:
            end = _with_year(first, year)
            year_begins = date(end.year, 1, 1) if end and upto["year"] else None
            windows.append(WindowMention(upto.start(), first.end, year_begins, end))
    taken = [(w.start, w.end) for w in windows]
    windows += [w for w in _spans_of_months(text, year) if all(w.end <= a or b <= w.start for a, b in taken)]
    return sorted(windows, key=lambda w: w.start)


def _spans_of_months(text: str, year: int | None) -> list[WindowMention]:
    """Stretches between two months, or from a month till now."""
    found = []
    for match in _MONTHS.finditer(text):
        last = int(match["last"]) if match["last"] else None
        of = int(match["last_year"] or match["year"] or year or 0)
        first_of = int(match["year"]) if match["year"] else of
        first = _date(first_of or None, int(match["month"]), 1)
        end = _date(of, last, monthrange(of, last)[1]) if of and last and last <= 12 else None
        if first is not None and (end is not None or last is None):
            found.append(WindowMention(match.start(), match.end(), first, end, open_end=last is None))
    return found


def _resolve(first: DateMention, last: DateMention, year: int | None) -> tuple[date | None, date | None]:
    if last.year is None and first.year is not None:
        end = _date(first.year, last.month, last.day)
        if end and first.date and end < first.date:
            end = _date(first.year + 1, last.month, last.day)
        return first.date, end
    end = _with_year(last, year)
    if first.year is not None or end is None:
        return first.date, end
    begin = _date(end.year, first.month, first.day)
    if begin is None or begin > end:
        begin = _date(end.year - 1, first.month, first.day)
    return begin, end


def _with_year(mention: DateMention, year: int | None) -> date | None:
    return mention.date or (_date(year, mention.month, mention.day) if mention.year is None else None)


# --------------------------------------------------------------------------- periods

_WORD_NUMBERS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười một": 11, "mười hai": 12, "mười": 10, "chạp": 12,
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "iiii": 4}
_WORDS = "|".join(sorted(_WORD_NUMBERS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d/]|[.,]\d)"
# "năm 2026", "/2026", "-2026", ", năm 2026", "(năm 2026)", "của năm 2026", "năm nay", "năm trước"
_OF_YEAR = (
    rf"(?:\s?[,(]?\s?(?:của\s)?năm\s?(?:{_YEAR}|(?P<last>trước|ngoái)(?!\p{{L}})|(?P<this>nay|này)(?!\p{{L}}))"
    rf"|\s?[/\-.]\s?{_YEAR}|\s{_YEAR})"
)
# "năm" alone, without a number or a word that says which.
_NO_YEAR = r"(?:\s(?:của\s)?năm(?!\p{L}|\s?\d|\s(?:trước|ngoái|nay|này)))?"
_COUNT = rf"(?<![\p{{L}}\d.,/])(?P<n>\d{{1,2}}|{_WORDS})\s?tháng"
_ANY_YEAR = r"(?:19|20)\d\d"
# Kind, letters it cannot lack, and wording; of two for the same letters the longer wins, then the earlier in this list.
_WORDINGS = (
    (
        "quarter",
        "q",
        r"(?<!\p{L})(?:quý|qúy|quí|q\.?(?=\s?[iv1-4]{1,3}\b))\s?(?:thứ\s)?"
        r"(?P<n>[ivl|]{1,4}|0?[1-4](?!\d|[.,]\d)|hai|ba|tư|(?:một|bốn)(?=\s(?:năm|/)))"
        rf"(?![\p{{L}}\d]){_OF_YEAR}?",
    ),
    ("half", "tháng", rf"(?<![\p{{L}}\d.,/])(?:0?6|sáu)\s?tháng\s(?P<half>đầu|cuối){_NO_YEAR}{_OF_YEAR}?"),
    (
        "half",
        "nửa",
        rf"(?<!\p{{L}})nửa\s(?:năm\s)?(?P<half>đầu|cuối)(?!\s(?:tháng|quý|kỳ|tuần|ngày)){_NO_YEAR}{_OF_YEAR}?",
    ),
    ("months", "tháng", rf"{_COUNT}\s(?P<half>đầu|cuối)(?=\s(?:của\s)?năm(?!\p{{L}})){_NO_YEAR}{_OF_YEAR}?"),
    ("months", "tháng", rf"{_COUNT}(?:\s?/\s?|\s(?:đầu\s)?(?:của\s)?năm\s?|\s(?=20)){_YEAR}"),
    ("months", "tháng", rf"{_COUNT}(?=\s(?:của\s)?năm\s(?:nay|này|trước|ngoái)){_OF_YEAR}"),
    (
        "months",
        "tháng",
        r"(?:(?<=(?<!\p{L})(?:tính chung|trong|lũy kế) )|(?<=[,;(] ?)(?=\d tháng:? (?:đạt |là )?\d)|(?<=hạn |tuyến "
        r"|lệ |hóa |lòng )(?=\d tháng (?:đạt|là) ))"
        r"(?P<n>0?6|0?9|sáu|chín)\s?tháng"
        rf"(?!\p{{L}}|\s(?:đầu|cuối|năm|qua|tới|gần|trở|nữa|kể|liền|\d{{1,2}}(?![\d,.%]))){_OF_YEAR}?",
    ),
    (
        "none",
        "tháng",
        rf"(?<!\p{{L}})(?:những|các|mấy)\stháng\s(?:đầu|cuối|còn lại)(?:\s(?:của\s)?năm)?(?:\s?{_YEAR})?",
    ),
    (
        "range",
        "tháng",
        rf"(?<!\p{{L}})tháng\s?(?P<from>\d{{1,2}})(?:(?:\s?[/\-.]\s?|\snăm\s)(?P<since>{_ANY_YEAR}))?"
        rf"\s?(?:đến|tới|-)\s?(?:hết\s)?(?:tháng\s)?(?P<n>\d{{1,2}})(?!\d){_OF_YEAR}?",
    ),
    ("month", "tháng", rf"(?<!\p{{L}})tháng\s?(?P<n>\d{{1,2}})(?!\d|[.,]\d(?!0\d\d(?!\d))){_OF_YEAR}?"),
    ("month", "tháng", rf"(?<!\p{{L}})tháng\s(?P<n>{_WORDS})(?=\snăm\s?\d|\s?/\s?\d){_OF_YEAR}"),
    ("month", "/", rf"(?<![\p{{L}}\d])t\.?\s?(?P<n>\d{{1,2}})\s?/\s?{_YEAR}"),
    ("none", "năm", rf"(?<!\p{{L}})(?:đầu|cuối|giữa)\snăm\s?{_YEAR}"),
    ("none", "giai đoạn", rf"(?<!\p{{L}})giai đoạn\s?{_ANY_YEAR}\s?[-,]\s?{_ANY_YEAR}(?!\d)"),
    ("none", "nhiệm kỳ", rf"(?<!\p{{L}})nhiệm kỳ\s?{_ANY_YEAR}\s?[-,]\s?{_ANY_YEAR}(?!\d)"),
    ("none", "năm", rf"(?<!\p{{L}})(?:năm học|các năm|trong những năm)\s?{_ANY_YEAR}\s?[-,]\s?{_ANY_YEAR}(?!\d)"),
    ("none", "năm", rf"(?<!\p{{L}})năm\s?{_ANY_YEAR}\s?-\s?{_ANY_YEAR}(?!\d)"),
    ("year", "năm", rf"(?<!\p{{L}})(?:cả\s)?năm\s?{_YEAR}"),
)
_PERIODS = tuple((kind, sign, regex.compile(pattern)) for kind, sign, pattern in _WORDINGS)
_TIED = regex.compile(r"\s?(?:,|;|và|cùng|-|&|/)?\s?(?:(?:của|kỳ|trong)\s)?\Z")


def find_periods(text: str, year: int | None = None, dates: Sequence[DateMention] | None = None) -> list[PeriodMention]:
    """Named periods of normal text, in order; the longest wording wins, nothing inside a date counts.

    A period printed without its year takes the year of the one it is tied to ("quý I và quý II năm 2026"),
    else `year`. `dates` are the dates of the text where the caller knows them.
    """
    taken = [(d.start, d.end) for d in (find_dates(text) if dates is None else dates)]
    candidates: list[tuple[PeriodMention, int]] = []
    for order, (kind, sign, pattern) in enumerate(_PERIODS):
        for match in pattern.finditer(text) if sign in text else ():
            mention = _period(kind, match, year)
            if mention is not None:
                candidates.append((mention, order))
    candidates.sort(key=lambda c: (c[0].start - c[0].end, c[1], c[0].start))
    mentions: list[PeriodMention] = []
    for mention, _ in candidates:
        if all(mention.end <= a or b <= mention.start for a, b in taken):
            taken.append((mention.start, mention.end))
            mentions.append(mention)
    mentions.sort(key=lambda m: m.start)
    for i in range(len(mentions) - 2, -1, -1):
        this, after = mentions[i], mentions[i + 1]
        tied = after.year_printed and len(text[this.end : after.start]) < 12
        if not this.year_printed and this.part is not None and tied and _TIED.match(text[this.end : after.start]):
            mentions[i] = replace(this, year=after.year, year_printed=True, code=code_of(after.year, this.part))
    return mentions


def code_of(year: int | None, part: str | None) -> str | None:
    """ "2026-Q2" of 2026 and "Q2", "2026" of 2026 and ""; None where either is unknown."""
    if year is None or part is None:
        return None
    return f"{year}-{part}" if part else str(year)


def _period(kind: str, match: regex.Match[str], year: int | None) -> PeriodMention | None:
    groups = match.groupdict()
    part = _part(kind, groups)
    if part is None and kind != "none":
        return None
    printed = groups.get("year")
    of = int(printed) if printed else year
    if not printed and groups.get("last") and of is not None:
        of -= 1
    named = bool(printed or groups.get("last") or groups.get("this"))
    if part == "-":
        part = None
    return PeriodMention(match.start(), match.end(), code_of(of, part), part, of, named)


def _part(kind: str, groups: dict[str, str | None]) -> str | None:
    """The code without its year; "-" where the stretch has no code, None where the match is no period."""
    half = groups.get("half")
    if kind == "none":
        return "-"
    if kind == "year":
        return ""
    if kind == "half":
        return "H1" if half == "đầu" else "H2"
    letters = groups["n"] or ""
    number = int(letters) if letters.isdecimal() else _WORD_NUMBERS.get(letters, 0)
    if kind == "quarter":
        number = number or _ROMAN.get(letters.replace("l", "i").replace("|", "i"), 0)
        return f"Q{number}" if 1 <= number <= 4 else None
    if not 1 <= number <= 12:
        return None
    if kind == "month":
        return f"M{number:02d}"
    if kind == "range":
        first = int(groups["from"] or 0)
        same_year = groups["since"] in (None, groups["year"])
        return _months(number) if first == 1 and number > 1 and same_year else "-"
    if half == "cuối":
        return {3: "Q4", 6: "H2", 12: ""}.get(number, "-")
    return _months(number)


def _months(count: int) -> str:
    """The first `count` months of a year: three are its first quarter, six its first half, twelve the year."""
    return {1: "M01", 3: "Q1", 6: "H1", 12: ""}.get(count, f"{count}M")


# --------------------------------------------------------------------------- codes

_CODE = regex.compile(r"(?P<year>\d{4})(?:-(?:(?P<kind>[QHM])(?P<n>\d{1,2})|(?P<count>\d{1,2})M))?")


@lru_cache(maxsize=256)
def period_span(code: str) -> tuple[date, date]:
    """First and last calendar day of a period. Raises ValueError for what is no code."""
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"not a period code: {code!r}")
    year, kind, number = int(match["year"]), match["kind"], int(match["n"] or 0)
    if match["count"]:
        first, last = 1, int(match["count"])
    elif kind is None:
        first, last = 1, 12
    else:
        months = {"Q": 3, "H": 6, "M": 1}[kind]
        first, last = (number - 1) * months + 1, number * months
    if not (1 <= first <= last <= 12):
        raise ValueError(f"not a period code: {code!r}")
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def standard_window(code: str) -> tuple[date, date]:
    """The days between which figures of a periodic report are counted when nothing else is ordered.

    From the 15th of the month before the period to the 14th of its last month: Decree 09/2019/NĐ-CP on the
    reporting regime, which Circular 01/2020/TT-VPCP follows for administrative procedures. So quý I is
    15/12–14/3, 9 tháng 15/12–14/9, a year 15/12–14/12. Raises ValueError for what is no code.
    """
    first, last = period_span(code)
    return (first - timedelta(days=1)).replace(day=15), last.replace(day=14)


def relation(code: str, of: str) -> Relation | None:
    """What a period is to a document's period `of`: itself, the one before, last year's, or the year so far.

    "cumulative" starts on 1 January of the document's year, is longer than its period and ends with it
    (2026-H1 of 2026-Q2). For years the one before is also last year's; that is "previous". None for anything
    else. Raises ValueError for what is no code.
    """
    first, last = period_span(code)
    own_first, own_last = period_span(of)
    if (first, last) == (own_first, own_last):
        return "period"
    same_kind = code[4:].rstrip("0123456789") == of[4:].rstrip("0123456789") and not code.endswith("M")
    if same_kind and last + timedelta(days=1) == own_first:
        return "previous"
    if code[4:] == of[4:] and first.year + 1 == own_first.year:
        return "last_year"
    if first == date(own_first.year, 1, 1) and last == own_last and first < own_first:
        return "cumulative"
    return None
