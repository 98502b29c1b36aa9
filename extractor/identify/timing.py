"""When: the date of the document, the period it reports on, the days between which its figures were counted.

The title decides the period; the first and the last sentence are asked too, and where they contradict it that
is said. Days count as the report's own only where a word says so ("số liệu từ …") or where the sentence gives
figures: a report is full of days of trainings, inspections and other documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

import regex

from extractor.catalog.identity import IdentityPatterns
from extractor.identify.parts import Parts, without_motto
from extractor.model import Kind, Problem
from extractor.vietnamese.normalize import key, normalize
from extractor.vietnamese.periods import (
    PeriodMention,
    WindowMention,
    code_of,
    find_dates,
    find_periods,
    find_windows,
    period_span,
    relation,
    standard_window,
)


@dataclass(frozen=True, slots=True)
class Issued:
    """Date and place of the place line; `year` and `month` also where the day is blank."""

    date: date | None = None
    year: int | None = None
    month: int | None = None
    place: str = ""
    problems: tuple[Problem, ...] = ()


_PLACE_WORD = r"(?:(?:\p{Lu}|\d)[\p{L}\d'’]*|[-–])"
_PLACE = regex.compile(rf"(?P<place>{_PLACE_WORD}(?:\s?{_PLACE_WORD})*+)\s?,?\s?\Z")
NUMBER_LINE = regex.compile(r"(?<!\p{L})(?:số|so)\s?[:.]?.{0,30}?/\s?[a-zđ]+(?:\s?-\s?[a-zđ&.]+)+")
_UNACCENTED = (("ngay", "ngày"), ("thang", "tháng"), ("nam", "năm"))


def find_issued(parts: Parts, patterns: IdentityPatterns) -> Issued:
    """Place and date from the letterhead; a date below the text, over the signature, where it has none."""
    for line, following in zip_longest(parts.head, parts.head[1:]):
        found = _place_line(line.raw, patterns)
        if found is not None and found.year is None and following is not None:
            found = _place_line(f"{line.raw} {following.raw}", patterns) or found
        if found is not None:
            return found
    for line in (*parts.opening[:3], *parts.closing, *parts.recipients):
        if len(line.raw) < 90:
            found = _place_line(line.raw, patterns)
            if found is not None and found.place:
                return found
    return Issued()


def _place_line(printed: str, patterns: IdentityPatterns) -> Issued | None:
    raw = without_motto(printed, patterns).strip()
    normal = normalize(raw)
    text = normal.text
    for mention in find_dates(text) or find_dates(_accented(text)):
        if text[mention.end :].strip(" .…_/,") or len(text) > 240:
            continue
        before = text[: mention.start].removesuffix("ngày ").rstrip()
        skip = max((m.end() for m in NUMBER_LINE.finditer(before)), default=0)
        place = _PLACE.search(raw[normal.raw(skip, skip)[0] : normal.raw(len(before), len(before))[0]])
        if place is None and before[skip:].strip():
            continue
        name = place["place"].strip() if place else ""
        if mention.day is None and mention.month is None and mention.year is None:
            continue
        problems: tuple[Problem, ...] = ()
        if mention.date is None and None not in (mention.day, mention.month, mention.year):
            shown = f"{mention.day}/{mention.month}/{mention.year}"
            problems = (Problem("date_invalid", f"Ngày ban hành {shown} không có trong lịch."),)
        return Issued(mention.date, mention.year, mention.month, name, problems)
    return None


def _accented(text: str) -> str:
    """Text of the same length in which the words of a date have got their accents back."""
    for plain, accented in _UNACCENTED:
        text = regex.sub(rf"\b{plain}\b", accented, text)
    return text


# --------------------------------------------------------------------------- period


def find_period(
    parts: Parts, kind: Kind, issued: Issued, patterns: IdentityPatterns
) -> tuple[str | None, list[Problem]]:
    """The period of the document as a code, and what contradicts it. A plan's is the year it plans for."""
    title = key(_without_remark(parts.title))
    sources = [_own(title, patterns), _own(key(parts.title), patterns)]
    if kind in ("QD", "KH"):
        return _plan_year(title, parts, issued)
    opening = [_own(_own_clause(line.text), patterns) for line in parts.opening]
    closing = [_own(line.text, patterns) for line in parts.closing if patterns.cue("closing").match(line.text)]
    cited = [_own(_asked(line.text), patterns) for line in parts.opening]
    headings = [_own(line.text, patterns) for line in parts.body[:30] if line.raw[:3].isupper() or line.bold]
    ranked = [m for m in (*sources, *opening, *cited, *closing, *headings) if m is not None]
    if not ranked and kind != "BC":
        return None, []
    if not ranked:
        return None, [Problem("period_unknown", "Không thấy kỳ báo cáo trong trích yếu, câu đầu và câu cuối.")]
    chosen = ranked[0]
    year = chosen.year or _year_elsewhere(chosen, ranked[1:], parts, issued)
    code = code_of(year, chosen.part)
    if code is None:
        return None, [Problem("period_year", "Kỳ báo cáo không ghi năm, cũng không suy được từ ngày của văn bản.")]
    others = [m for m in (*sources, *opening, *closing) if m is not None]
    return code, [*_contradictions(code, others), *_against_date(code, issued, kind)]


def _own(text: str, patterns: IdentityPatterns) -> PeriodMention | None:
    """The period that a title or sentence reports on: the first that does not look ahead.

    A year is narrowed to a quarter, half or month of that same year beside it ("theo kế hoạch năm 2026 … quý
    II"). A missing year is that of the next mention; looking ahead into an earlier part of the year ("quý IV,
    nhiệm vụ quý I năm 2026") means the year before.
    """
    mentions = [m for m in find_periods(text) if m.part is not None and not _aside(text, m)]
    if not mentions:
        return None
    own = [m for i, m in enumerate(mentions) if not _looks_ahead(text, mentions[i - 1].end if i else 0, m, patterns)]
    first = (own or mentions)[0]
    finer = [m for m in own if first.part == "" and m.part and m.year in (None, first.year)]
    chosen = finer[0] if finer else first
    if chosen.year is not None:
        return chosen
    later = next((m for m in mentions if m.start > chosen.start and m.year is not None), None)
    earlier = next((m for m in mentions if m.year is not None), None)
    if later is None or later.year is None:
        return _in_year(chosen, earlier.year if earlier else None)
    year = later.year
    if later not in own and later.part:
        ahead, here = code_of(year, later.part), code_of(year, chosen.part)
        if ahead and here and period_span(ahead)[0] < period_span(here)[0]:
            year -= 1
    return _in_year(chosen, year)


def _in_year(mention: PeriodMention, year: int | None) -> PeriodMention:
    return PeriodMention(mention.start, mention.end, code_of(year, mention.part), mention.part, year)


_ASIDE = regex.compile(
    r"(?:cùng kỳ|so với|luật[^,;.]{0,35}|đến|trước|từ|nghị quyết|nghị định|hết|giai đoạn"
    r"|tuần (?:thứ )?\d{1,2},?|tết(?: nguyên đán)?)\s?\Z"
)


def _aside(text: str, mention: PeriodMention) -> bool:
    """Whether the period belongs to a law, a comparison or a stretch of years rather than to the report."""
    return _ASIDE.search(text[max(0, mention.start - 40) : mention.start]) is not None


def _looks_ahead(text: str, since: int, mention: PeriodMention, patterns: IdentityPatterns) -> bool:
    between = text[since : mention.start]
    for cue in patterns.cue("forward").finditer(between):
        before = between[: cue.start()].rstrip(" ,")
        if not any(m.end() == len(before) for m in patterns.cue("looking_back").finditer(before)):
            return True
        if since:
            return True
    return False


_REMARK = regex.compile(
    r"\([^()]*(?:\d{1,2}\s?[/.\-]\s?\d{1,2}|số liệu|kèm theo|thay thế|đính chính)[^()]*\)?", regex.I
)


def _without_remark(title: str) -> str:
    """A title without the parentheses that give days or other documents."""
    return str(_REMARK.sub(" ", title))


_VERB = regex.compile(
    r"(?<!\p{L})(?:ubnd|ủy ban nhân dân|trung tâm)(?!\p{L})[^;.]{0,90}?(?<!\p{L})(?:báo cáo|tổng hợp|đánh giá)(?!\p{L})"
)
_ASKED = regex.compile(r"(?:về việc|v/v|yêu cầu|về chế độ)\s[^;.]{0,40}?báo cáo[^;.]*")


def _own_clause(sentence: str) -> str:
    """What the issuer says of itself: after the last "UBND … báo cáo", without the documents cited before."""
    matches = list(_VERB.finditer(sentence))
    return sentence[matches[-1].start() :] if matches else ""


def _asked(sentence: str) -> str:
    """What another document asked to report on."""
    match = _ASKED.search(sentence)
    return match.group() if match else ""


def _year_elsewhere(chosen: PeriodMention, others: Iterable[PeriodMention], parts: Parts, issued: Issued) -> int | None:
    for other in others:
        if other.year is not None and other.part in (chosen.part, ""):
            return other.year
    last = next((d.year for line in parts.opening for d in find_dates(line.text)[::-1] if d.year), None)
    if issued.year is None:
        return last
    first, _ = period_span(code_of(issued.year, chosen.part) or str(issued.year))
    begun = issued.month is None or issued.month >= first.month
    return issued.year if begun else issued.year - 1


def _plan_year(title: str, parts: Parts, issued: Issued) -> tuple[str | None, list[Problem]]:
    years = [m.year for m in find_periods(title) if m.year is not None and m.part is not None]
    if not years and any(m.part is None for m in find_periods(title)):
        return None, []
    if not years:
        years = [m.year for line in parts.opening for m in find_periods(line.text) if m.year and m.part == ""]
        years.sort(key=years.count, reverse=True)
    if years:
        return str(_planned(years, issued)), []
    if issued.year is not None:
        message = f"Kế hoạch không ghi năm; lấy năm {issued.year} của ngày ban hành."
        return str(issued.year), [Problem("period_year", message)]
    return None, [Problem("period_unknown", "Không thấy năm của kế hoạch.")]


def _planned(years: list[int], issued: Issued) -> int:
    """Of several years in a plan's title the one it is made for: that of its signing, in winter the next."""
    if issued.year is not None and len(set(years)) > 1:
        for year in (issued.year + 1 if (issued.month or 0) >= 11 else issued.year, issued.year):
            if year in years:
                return year
    return years[0]


def _contradictions(code: str, others: Sequence[PeriodMention]) -> list[Problem]:
    """Problems for other places of the document that name a sibling period (another quarter, another year)."""
    wrong = [m.code for m in others if m.code and m.code != code and _siblings(m.code, code)]
    return [
        Problem("period_conflict", f"Văn bản ghi hai kỳ báo cáo khác nhau: {code} và {other}. Đã lấy {code}.")
        for other in dict.fromkeys(wrong)
    ]


def _siblings(one: str, other: str) -> bool:
    if relation(one, other) in ("previous", "last_year") or relation(other, one) in ("previous", "last_year"):
        return True
    return len(one) == len(other) and one[:6] == other[:6] and "M" not in one[6:]


def _against_date(code: str, issued: Issued, kind: Kind) -> list[Problem]:
    """A report on a period that had not begun when it was signed, or that ended more than a year before."""
    first, last = period_span(code)
    if issued.date is None or kind != "BC":
        return []
    if issued.date < first or (issued.date - last).days > 400:
        message = f"Ngày văn bản {issued.date:%d/%m/%Y} không hợp với kỳ báo cáo {code}."
        return [Problem("period_date", message)]
    return []


# --------------------------------------------------------------------------- window


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: int
    window: WindowMention
    text: str


_DIGIT = regex.compile(r"\d")
_SINCE = regex.compile(r"(?:tính |kể )?từ ")
_CUT_SLACK = timedelta(days=20)  # a cut-off brought forward or put off; months are further apart


def find_window(
    parts: Parts, kind: Kind, period: str | None, patterns: IdentityPatterns
) -> tuple[tuple[date, date] | None, list[Problem]]:
    """First and last day of counting, as printed; None where the document gives none, and always for plans."""
    if kind in ("QD", "KH"):
        return None, []
    year = period_span(period)[1].year if period else None
    candidates: list[_Candidate] = []
    lines = [(3, key(parts.title)), *((2, line.text) for line in parts.opening)]
    lines += [(1, line.text) for line in parts.body if line not in parts.opening]
    for rank, text in lines:
        if not any(c.isdigit() for c in text):
            continue
        for window in find_windows(text, year):
            score = _score(text, window, rank, period, patterns)
            if score:
                candidates.append(_Candidate(score, window, text))
    if not candidates:
        return None, []
    best = max(c.score for c in candidates)
    top = [c for c in candidates if c.score == best]
    days = list(dict.fromkeys((c.window.first, c.window.last) for c in top))
    first, last = days[0]
    problems: list[Problem] = []
    if len(days) > 1:
        shown = " và ".join(_shown(a, b) for a, b in days[:2])
        problems.append(Problem("window_conflict", f"Văn bản ghi hai kỳ số liệu khác nhau: {shown}. Đã lấy kỳ đầu."))
    if first is None or last is None:
        return None, problems
    if first > last:
        problems.append(Problem("window_order", f"Kỳ số liệu ngược: {_shown(first, last)}."))
        return None, problems
    if period and not _overlap(first, last, period):
        problems.append(Problem("window_period", f"Kỳ số liệu {_shown(first, last)} nằm ngoài kỳ báo cáo {period}."))
    return (first, last), problems


def _score(text: str, window: WindowMention, rank: int, period: str | None, patterns: IdentityPatterns) -> int:
    """How surely these are the report's own days: 0 not at all, from 20 on by words that say so.

    `rank` is 3 for the title, 2 for the opening, 1 for the text below.
    """
    if window.first is None and window.last is None:
        return 0
    start = max(text.rfind(mark, 0, window.start) for mark in (". ", "; ", "\n", "("))
    bracket = start >= 0 and text[start] == "(" and window.start - start < 25
    digit = _DIGIT.search(text, window.start)  # the window's own first words belong to "tính từ ngày …"
    reach = digit.start() if digit else window.start
    before = text[max(0, start - 60 if bracket else start + 1) : reach]
    ends = [end for end in (text.find(". ", window.end), text.find("; ", window.end)) if end >= 0]
    after = text[window.end : min(ends, default=len(text))]
    own, others = _last(patterns.cue("counted"), before[-90:]), _last(patterns.cue("other_days"), before[-90:])
    by_rule = period is not None and (window.first, window.last) == standard_window(period)
    if others > own and not (by_rule and rank == 2):
        return 0
    so_far = 5 if patterns.cue("so_far").search(text[max(0, window.start - 70, start + 1) : window.end]) else 0
    if so_far and period and period_span(period)[0].month != 1:
        return 0
    alone = not text[: window.start].strip(" (") and not after.strip(" ).")  # a line of a form's head
    after_period = bracket and _follows_period(text[:start])
    score = 0
    if own >= 0 or patterns.cue("counted").match(after.strip(" ,:")):
        score = 30 + rank * 3
    elif rank == 3:
        score = 29
    elif after_period:
        score = 22 + rank * 3
    elif bracket and after.lstrip().startswith(")") and (rank == 2 or alone):
        score = 20 + rank
    elif patterns.cue("counting").search(after[:160]) and len(text[start + 1 : window.start].strip()) < 40:
        score = 10 + rank
    elif rank == 2 and (by_rule or (_SINCE.match(text, window.start) and _closes(window, period))):
        score = 15
    if not score or (rank < 3 and not _long_enough(window, period)):
        return 0
    if window.first is None or window.last is None:
        score = score - 25 if score > 25 else 0
    return max(0, score - so_far)


def _closes(window: WindowMention, period: str | None) -> bool:
    """Whether a stretch of days ends where figures of the period are cut by rule, give or take some days."""
    if window.first is None or window.last is None or period is None:
        return False
    return abs(window.last - standard_window(period)[1]) <= _CUT_SLACK


def _last(pattern: regex.Pattern[str], text: str) -> int:
    """Where the last match ends, -1 without one."""
    return max((m.end() for m in pattern.finditer(text)), default=-1)


def _long_enough(window: WindowMention, period: str | None) -> bool:
    """Days of a meeting or a fault are few; those of a report are at least a quarter of its period."""
    if window.first is None or window.last is None or window.first > window.last:
        return True
    start, end = period_span(period) if period else (window.first, window.last)
    return (window.last - window.first).days * 4 >= (end - start).days and (window.last - window.first).days >= 5


def _follows_period(before: str) -> bool:
    mentions = find_periods(before)
    return bool(mentions) and len(before) - mentions[-1].end < 25


def _overlap(first: date, last: date, period: str) -> bool:
    start, end = period_span(period)
    return first <= end and last >= start


def _shown(first: date | None, last: date | None) -> str:
    return " - ".join(f"{day:%d/%m/%Y}" if day else "…" for day in (first, last))
