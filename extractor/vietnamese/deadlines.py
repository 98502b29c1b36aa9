"""A plan's wording of time becomes a kind and two days.

What would surprise you. The first thing said decides: "Thường xuyên, báo cáo trước 15/12" is continuous and
"Trước 15/12, sau đó thường xuyên" a date. A last day beats the quarter it lies in ("Quý II, trước ngày 15/6").
Half years and several months or quarters ("6 tháng đầu năm", "Quý II và quý IV") are ranges from the first to
the last of their days, because no other kind holds them. "Trước tháng 6" ends on the day before June. A day
that the calendar does not have, or a time without any known year, keeps its kind and has no days: nothing is
guessed. Wordings after contract.md (deadline_kind).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import regex

from extractor.model import DeadlineKind
from extractor.vietnamese.normalize import key


@dataclass(frozen=True, slots=True)
class Deadline:
    """A kind of contract.md, and the first and last day where the wording has them."""

    kind: DeadlineKind
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class _Point:
    """A time named in the text: `unit` is day, month, quarter, half or year; `first`/`last` count in that unit."""

    unit: str
    at: int
    to: int
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None


_YEAR = r"(?:\s*[/.,(-]?\s*(?:của\s+)?(?:năm\s*)?(?P<y>20\d\d)(?!\d))?"
_JOIN = r"\s*(?:[-,;+&]|và|đến|tới)\s*"
_Q = r"(?P<q>(?:iv|i{1,3}|0?[1-4])(?![\w/]*[a-zđ]))"
# A number in a list of months must not be the day of a date that follows ("tháng 4, 15/6") nor count something.
_M = r"(?P<m>(?:0?[1-9]|1[0-2])(?!\d|\s*[/.]\s*\d{1,2}(?!\d)|\s+(?:lần|cuộc|buổi|tin|bài|kỳ|số|đợt)))"
_D, _MM = r"(?<![\d/.])(?P<d>\d{1,2})", r"(?P<m>\d{1,2})"
_POINTS = (
    ("days", r"(?<![\d/])(?P<d1>\d{1,2})\s*-\s*(?P<d2>\d{1,2})\s*/\s*" + _MM + r"(?:\s*/\s*(?P<y>20\d\d))?(?![\d/])"),
    ("day", _D + r"\s*(?P<s>[/.-])\s*" + _MM + r"\s*(?P=s)\s*(?P<y>20\d\d|\d\d)(?![\d/])"),
    ("day", _D + r"\s*/\s*" + _MM + r"(?![\d/])(?:\s*,?\s*năm\s*(?P<y>20\d\d))?"),
    ("day", _D + r"\s*tháng\s*" + _MM + r"(?!\d)" + _YEAR),
    ("months", rf"(?<!mỗi |hằng |hàng )\b(?:tháng|t(?=\d))\s*{_M}(?:{_JOIN}(?:tháng\s*)?{_M})*+" + _YEAR),
    ("months", rf"(?<![\d/]){_M}\s*-\s*{_M}\s*/\s*(?P<y>20\d\d)(?!\d)"),
    ("months", rf"(?<![\d/]){_M}\s*/\s*(?P<y>20\d\d)(?![\d/])"),
    ("quarters", rf"\b(?:quý|quí|q\.?(?=[iv\d]))\s*{_Q}(?:{_JOIN}(?:quý\s*|quí\s*)?{_Q})*+" + _YEAR),
    ("half", r"\b(?P<n>\d{1,2}|sáu|chín|ba)\s*tháng\s*(?P<h>đầu|cuối)\s*năm(?:\s*[/.,(-]?\s*(?P<y>20\d\d)(?!\d))?"),
    ("years", r"\b(?:năm|giai đoạn)\s*(?P<y1>20\d\d)\s*[-,]\s*(?:năm\s*)?(?P<y>20\d\d)(?!\d)"),
    ("year", r"(?<![\d/.-])(?P<y>20\d\d)(?![\d/])"),
)
_COMPILED = tuple((kind, regex.compile(pattern)) for kind, pattern in _POINTS)

_QUARTER, _SPAN = r"(?:quý|quí)", r"(?:tuần|tháng|quý|quí|năm)"
_PERIODIC = regex.compile(
    rf"(?:hằng|hàng|mỗi|từng)\s*(?:{_SPAN}|kỳ|kì|0?6 tháng|sáu tháng)"
    r"|\b(?:theo )?định k[ỳì]"
    rf"|\btháng (?:cuối|đầu|thứ \w+|giữa)(?: của)?(?: mỗi| hằng| hàng)? {_QUARTER}(?! (?:i|[1-4]))"
    rf"|\b(?:cuối|đầu)(?: mỗi)? (?:{_QUARTER}|tháng|tuần)\s*(?:$|[,;.)])"
    rf"|\d+\s*(?:lần|kỳ|cuộc|buổi|đợt|tin|bài|số)\s*(?:/|mỗi|một|trong|trên)\s*(?:0?1 )?(?:{_SPAN}|6 tháng)"
    rf"|\b(?:0?[36] tháng|{_SPAN})\s*(?:/\s*)?(?:(?:0?[12]|một|hai) )?lần"
    rf"|\b{_QUARTER}\s*,\s*0?6 tháng|\b0?6 tháng\s*(?:,|và)\s*(?:cả |hết )?năm"
    rf"|\btheo (?:{_SPAN}|kỳ|kì)\b(?! \d)|\b(?:theo )?chế độ (?:thông tin,? )?báo cáo"
    rf"|\bcác (?:{_QUARTER}|tháng|tuần)\b(?: trong năm| của năm)?(?! (?:i|v|\d))"
)
_CONTINUOUS = regex.compile(
    r"\bthường xuyên|\bliên tục|\b(?:cả|suốt|quanh|trọn) (?:năm|kỳ)|\bxuyên suốt|\blâu dài|\b24/(?:24|7)|\bduy trì"
    r"|(?:hằng|hàng|mỗi) ngày|\bcác ngày (?:làm việc|trong)|\bkhông thời hạn"
)
_ROADMAP = regex.compile(
    r"\btheo\b|\blộ trình|\bkhi\b|\bphát sinh|\bnếu có|\bđột xuất|\bkể từ|\bngay\b|\btùy\b"
    r"|\b(?:sau|trong|trong vòng|không quá|chậm nhất(?: là)?)\s*(?:thời hạn\s*)?\d+ (?:ngày|giờ|tháng|tuần)"
    r"(?! (?:đầu|cuối))"
    r"|\bchưa xác định|\btừ (?:ngày|khi) (?:ký|ban hành|kế hoạch|quyết định|có)"
)
_FROM = regex.compile(r"\b(?:từ|bắt đầu|kể từ|sau)\b[^\d;]{0,24}$")
_UNTIL = regex.compile(r"^\s*[)]?\s*(?:-|đến|tới|->|cho đến|và đến)\s*(?:hết|trước|cuối|ngày|trước ngày|hết ngày|\s)*$")
_LAST_DAY = regex.compile(r"\b(?:trước|xong|chậm nhất|muộn nhất|hoàn thành|đến|hạn|thời hạn)\b[^\d;]{0,30}$")
_BEFORE = regex.compile(r"\btrước(?: ngày)?\s*$")
_OPEN_START = regex.compile(r"\btừ (?:nay|khi|ngày (?:ký|ban hành))\b.*\b(?:đến|tới)\b")
_IN_THE_YEAR = regex.compile(r"\b(?:trong|cuối|đến hết|hết) năm\b(?! học)|^năm(?: nay)?$")
# The number and date of a document named as a reason are no deadline.
_CITED = regex.compile(
    r"(?:\bsố\s*:?\s*\d[\w/.&-]*|\b\d+(?:/20\d\d)?[/-](?:qđ|kh|nq|nđ|tt|ct|cv|bc|tb|tw)\b[\w&-]*)"
    r"(?:\s*(?:,\s*)?ngày\s*(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*20\d\d|\d{1,2} tháng \d{1,2}(?: năm 20\d\d)?))?"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_WORDS = {"ba": 3, "sáu": 6, "chín": 9}
_FINENESS = {"day": 0, "month": 1, "quarter": 2, "half": 3, "year": 4}


def parse_deadline(printed: str, year: int | None) -> Deadline:
    """Kind and days of a deadline as printed; `year` is the plan's, for times printed without one.

    Never raises. Wordings that name no time at all ("Đã xong") have the kind "none", like an empty cell.
    """
    text = key(printed).strip(" .;,:-_/*")
    if not text:
        return Deadline("none")
    text = _CITED.sub(lambda m: " " * len(m.group()), text)
    points = list(_points(text))
    first = points[0].at if points else len(text)
    periodic, continuous, roadmap = (
        found.start() if (found := cue.search(text)) else len(text) + 1 for cue in (_PERIODIC, _CONTINUOUS, _ROADMAP)
    )
    dated = bool(points) and any(p.year is not None for p in points) and first < periodic
    if periodic <= min(continuous, roadmap, len(text)) and not dated:
        return Deadline("periodic")
    if continuous < min(first, roadmap):
        return Deadline("continuous")
    if roadmap < first and not _says_a_last_day(text, points, roadmap):
        return Deadline("roadmap")
    if points:
        return _of_points(text, points, year)
    if periodic <= len(text):
        return Deadline("periodic")
    if _IN_THE_YEAR.search(text):
        return Deadline("year", date(year, 1, 1), date(year, 12, 31)) if year else Deadline("year")
    return Deadline("none")


def _says_a_last_day(text: str, points: list[_Point], roadmap: int) -> bool:
    """A roadmap that goes on to a day ("Theo kế hoạch; xong trước 30/6") or is the start of a range."""
    if _OPEN_START.search(text):
        return True
    return any(p.unit == "day" and _LAST_DAY.search(text[roadmap : p.at]) for p in points)


def _points(text: str) -> Iterator[_Point]:
    """Times named in the text from left to right; what one pattern has taken, no later one reads again."""
    found: list[_Point] = []
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            if any(match.start() < p.to and p.at < match.end() for p in found):
                continue
            point = _point(kind, match)
            if point is not None:
                found.append(point)
    return iter(sorted(found, key=lambda p: p.at))


def _point(kind: str, match: regex.Match[str]) -> _Point | None:
    def made(unit: str, first: tuple[int, int], last: tuple[int, int]) -> _Point:
        return _Point(unit, match.start(), match.end(), first, last, year)

    year = int(match["y"]) if "y" in match.groupdict() and match["y"] else None
    if year is not None and year < 100:
        year += 2000
    if kind == "day":
        day = (int(match["m"]), int(match["d"]))
        return made("day", day, day)
    if kind == "days":
        month = int(match["m"])
        return made("day", (month, int(match["d1"])), (month, int(match["d2"])))
    if kind == "months":
        months = [int(m) for m in match.captures("m")]
        return made("month", (months[0], 0), (months[-1], 0))
    if kind == "quarters":
        quarters = [_ROMAN.get(q) or int(q) for q in match.captures("q")]
        return made("quarter", (quarters[0], 0), (quarters[-1], 0))
    if kind == "half":
        months_long = _WORDS.get(match["n"]) or int(match["n"])
        if not 1 <= months_long <= 11:
            return None
        span = (1, months_long) if match["h"] == "đầu" else (13 - months_long, 12)
        return made("half", (span[0], 0), (span[1], 0))
    if kind == "years":
        return made("year", (int(match["y1"]), 0), (int(match["y"]), 0))
    return made("year", (int(match["y"]), 0), (int(match["y"]), 0))


def _of_points(text: str, points: list[_Point], year: int | None) -> Deadline:
    printed_year = any(p.year for p in points)
    own_year = points[0].unit == "day" and len(points) > 1 and bool(points[0].year)
    points = _with_years(points, year)
    starts_from = bool(_FROM.search(text[: points[0].at]))
    joined = any(_UNTIL.search(text[a.to : b.at]) for a, b in pairwise(points))
    if _OPEN_START.search(text):
        return Deadline("range", None, _last(points[-1]))
    if starts_from and len(points) == 1 and points[0].first == points[0].last:
        return Deadline("range", _first(points[0]), None)
    if not (starts_from or joined):
        finest = min(_FINENESS[p.unit] for p in points)
        points = [p for p in points if _FINENESS[p.unit] == finest]
        only = points[-1]
        if only.unit == "day" and only.first == only.last:
            return Deadline("date", None, _last(only))
        if len(points) == 1 and only.first == only.last and only.unit in ("month", "quarter", "year"):
            start, end = _first(only), _last(only)
            if start and _BEFORE.search(text[: only.at]):
                return Deadline("date", None, start - timedelta(days=1))
            return Deadline(only.unit, start, end)  # type: ignore[arg-type]
    start, end = _first(points[0]), _last(points[-1])
    if start and end and start > end:
        if points[0].unit == "year":
            return Deadline("range")
        if own_year:  # "từ 01/9/2026 đến 01/6/2026" is as wrong as it is printed
            return Deadline("range", start, end)
        if printed_year:  # "từ tháng 12 đến tháng 2/2026" begins in 2025
            start = _first(replace(points[0], year=start.year - 1))
        else:  # "từ tháng 11 đến tháng 2" ends in the year after the plan's
            end = _last(replace(points[-1], year=end.year + 1))
    return Deadline("range", start, end)


def _with_years(points: list[_Point], year: int | None) -> list[_Point]:
    """A time without a year takes the next one printed, else the one before it, else the plan's."""
    known = [p.year for p in points]
    filled = []
    for i, point in enumerate(points):
        after = next((y for y in known[i:] if y), None)
        before = next((y for y in reversed(known[:i]) if y), None)
        filled.append(replace(point, year=after or before or year))
    return filled


def _first(point: _Point) -> date | None:
    number, day = point.first
    if point.unit == "year":
        return date(number, 1, 1)
    month = number * 3 - 2 if point.unit == "quarter" else number
    return _day(point.year, month, day or 1)


def _last(point: _Point) -> date | None:
    number, day = point.last
    if point.unit == "year":
        return date(number, 12, 31)
    month = number * 3 if point.unit == "quarter" else number
    if not day and point.year and 1 <= month <= 12:
        day = monthrange(point.year, month)[1]
    return _day(point.year, month, day)


def _day(year: int | None, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such or the year is unknown."""
    if year is None or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)
