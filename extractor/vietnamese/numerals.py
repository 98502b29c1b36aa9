"""Numbers as they are printed: "4.266", "4,374", "98, 7 %", "5,65 nghìn", "3.670/3752", "hai mươi ba".

Works on normal text (normalize.py). What a separator means is decided in the token alone: the state's rule is
a dot after thousands and a comma before decimals (accounting law, article 12 of 2003), but reports mix both
marks inside one document, so groups of exactly three digits are thousands whatever the mark, and one or two
digits after the last mark are decimals. Where a token stays open, both readings are given and none is chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

# Groups of exactly three digits behind one kind of mark, or digits with at most one decimal part.
_GROUPED = r"\d{1,3}(?:(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*+)(?!\d)(?:[.,]\d{1,2}(?!\d))?"
_SPACED = r"[1-9]\d{0,2}(?: \d{3})++(?![\d.,]*\d)"
_DECIMAL = r"\d++ ?[.,] ?\d{1,3}(?=\s*(?:%|phần trăm))|\d++[.,]\d++"
_PLAIN = r"\d++"
_FORM = rf"(?P<number>{_GROUPED}|{_SPACED}|{_DECIMAL}|{_PLAIN})"
_BEHIND = r"(?P<scale>\s*(?:nghìn|ngàn)(?!\s*(?:tỷ|đồng)))?(?P<percent>\s*(?:%|phần trăm))?"
# A number may touch the word before it ("hạn84") unless that is a letter or two ("a12", "h1").
_NUMBER = regex.compile(
    r"(?=\d)(?<![\d_/])(?<!\d[.,])(?<![.,][.,])(?<!(?<![^\W\d_])[a-zđ]{1,2})(?<!\w-)" + _FORM + _BEHIND
)
_LOOSE = regex.compile(_FORM + _BEHIND)
_TOKEN = regex.compile(r"\d+(?:[.,]\d+)*")
_AND_ONES = regex.compile(r"\s(\d{3})(?![\d.,]*\d|\s?%)")
_MARK = regex.compile(r"[.,]")
_SPACED_WHOLE = regex.compile(r"\d{1,3}(?: \d{3})+")
_FRACTION_BAR = regex.compile(r"\s*/\s*")
_COUNTED = r"(?:hồ sơ|hs|tthc|thủ tục|trường hợp|pakn|phản ánh)"
_WORDED_BAR = regex.compile(rf"\s(?:(?P<thing>{_COUNTED})\s)?(?:trên|trong)(?:\s(?:tổng\s)?số|\stổng)?\s(?=\d)")
_BEHIND_SHARE = regex.compile(rf"\s?(?:(?P<thing>{_COUNTED})(?!\w)|[.,;:()]|$)")
_APPROXIMATE = regex.compile(r"(?<!\w)(?:hơn|gần|khoảng|trên|xấp xỉ|ước(?: khoảng| đạt| tính)?|dưới|gần như|cỡ)\s*$")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number in normal text: `start:end` covers the digits, `stop` also scale word and % sign.

    `value` counts things, or percent as printed; `decimals` is the number of digits printed after the decimal
    mark. `other` is a second value where the mark is open (None otherwise). `denominator` is set for a printed
    fraction a/b, whose `end` is then the end of b and `bar` that of a.
    """

    start: int
    end: int
    stop: int
    value: Decimal
    decimals: int = 0
    percent: bool = False
    approximate: bool = False
    other: Decimal | None = None
    denominator: Decimal | None = None
    bar: int = 0


def parse_number(printed: str, percent: bool = False) -> tuple[Decimal, int, Decimal | None] | None:
    """Value, printed decimals and the second reading (or None) of one printed number, or None if it is none.

    With `percent`, the last mark is decimal unless that gives more than 100 and the other reading does not.
    """
    token = printed.replace(" ", "") if percent or _SPACED_WHOLE.fullmatch(printed) else printed
    if token.isdigit() and token.isascii():
        return Decimal(token), 0, None
    if not _TOKEN.fullmatch(token):
        return None
    marks = [c for c in token if c in ".,"]
    *whole, last = _MARK.split(token)
    decimal = Decimal("".join(whole) + "." + last), len(last)
    thousands = Decimal("".join([*whole, last])), 0
    in_threes = 1 <= len(whole[0]) <= 3 and all(len(g) == 3 for g in [*whole[1:], last]) and whole[0] != "0"
    if len(set(marks)) == 1 and len(marks) > 1:
        return (*thousands, None) if in_threes else None
    if len(marks) > 1:  # two kinds of mark: the last is decimal
        middle = all(len(g) == 3 for g in whole[1:])
        return (*decimal, None) if middle and marks.count(marks[-1]) == 1 else None
    if percent:
        return *decimal, None
    if in_threes:
        return *thousands, None
    if len(last) >= 3 and whole[0] != "0":
        return *decimal, thousands[0]
    return *decimal, None


def find_numbers(text: str, *, shares: bool = False) -> list[Numeral]:
    """All printed numbers of normal text, in order; a/b as one numeral with a denominator.

    With `shares`, "490 trên tổng số 500 hồ sơ" is the fraction 490/500 too.

    Dates and document numbers are numbers here too: masking them is the caller's business, before.
    """
    found: list[Numeral] = []
    at = 0
    while match := _NUMBER.search(text, at):
        numeral = _numeral(text, match)
        if numeral is None:
            at = match.end("number")
            continue
        bar = _FRACTION_BAR.match(text, numeral.end)
        worded = _WORDED_BAR.match(text, numeral.end) if shares and bar is None else None
        bar = bar or worded
        if bar and numeral.stop == numeral.end and (below := _LOOSE.match(text, bar.end())):
            lower = _numeral(text, below)
            if (
                lower is not None
                and not lower.percent
                and (worded is None or _is_share(numeral, lower, text, worded["thing"]))
            ):
                numeral = Numeral(
                    numeral.start,
                    lower.end,
                    lower.stop,
                    numeral.value,
                    numeral.decimals,
                    denominator=lower.value,
                    bar=numeral.end,
                    approximate=numeral.approximate,
                )
        found.append(numeral)
        at = numeral.stop
    return found


def _is_share(upper: Numeral, lower: Numeral, text: str, thing: str | None) -> bool:
    """Whether "a trên b" are a count and the larger count of the same thing, and b is followed by it or nothing."""
    counts = not upper.decimals and not lower.decimals and lower.stop == lower.end
    behind = _BEHIND_SHARE.match(text, lower.stop)
    alike = behind is not None and (thing is None or behind["thing"] in (None, thing))
    return counts and alike and upper.value <= lower.value


def _numeral(text: str, match: regex.Match[str]) -> Numeral | None:
    percent = match["percent"] is not None
    parsed = parse_number(match["number"], percent)
    if parsed is None:
        return None
    value, decimals, other = parsed
    approximate = _APPROXIMATE.search(text, max(0, match.start() - 12), match.start()) is not None
    rest = _AND_ONES.match(text, match.end()) if match["scale"] and not decimals and other is None else None
    if rest is not None and value < 1000:  # "12 nghìn 350"
        exact = value * 1000 + Decimal(rest[1])
        return Numeral(match.start("number"), rest.end(), rest.end(), exact, 0, False, approximate)
    if match["scale"]:
        # "5,65 nghìn" is 5650 give or take 5; "5.650 nghìn" would be millions and is left open
        value, decimals, approximate = value * 1000, 0, True
        other = None
    return Numeral(
        match.start("number"), match.end("number"), match.end(), value, decimals, percent, approximate, other
    )


_UNITS = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "nhăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
_WORDS = regex.compile(
    r"(?<!\w)(?:(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín|mười|mươi|chục|trăm|nghìn|ngàn|linh|lẻ)"
    r"(?:\s+|(?!\w)))+"
)


def parse_words(words: str) -> int | None:
    """The number that Vietnamese words say ("bốn nghìn hai trăm sáu mươi sáu" → 4266), or None.

    A grammar of thousands, hundreds, tens and ones; "linh" and "lẻ" stand for zero tens, "chục" and "mười" for
    ten. "vạn", "triệu" and fractions are not read.
    """
    syllables = words.split()
    if not syllables:
        return None
    for mark in ("nghìn", "ngàn"):
        if mark in syllables:
            cut = syllables.index(mark)
            above = _below_thousand(syllables[:cut])
            rest = syllables[cut + 1 :]
            below = _below_thousand(rest) if rest else 0
            return None if above is None or below is None or above == 0 else above * 1000 + below
    return _below_thousand(syllables)


def _below_thousand(syllables: list[str]) -> int | None:
    if not syllables:
        return None
    total = 0
    rest = list(syllables)
    if "trăm" in rest:
        if rest.index("trăm") != 1 or rest[0] not in _UNITS:
            return None
        total = _UNITS[rest[0]] * 100
        rest = rest[2:]
        if not rest:
            return total
        if rest[0] in {"linh", "lẻ"}:
            return total + _UNITS[rest[1]] if len(rest) == 2 and rest[1] in _UNITS else None
    if rest[0] in {"mười", "chục"}:
        total += 10
        rest = rest[1:]
    elif len(rest) >= 2 and rest[0] in _UNITS and rest[1] in {"mươi", "chục"}:
        total += _UNITS[rest[0]] * 10
        rest = rest[2:]
    if not rest:
        return total
    return total + _UNITS[rest[0]] if len(rest) == 1 and rest[0] in _UNITS else None


def find_words(text: str) -> list[tuple[int, int, int]]:
    """Runs of number words in normal text as (start, end, value); "không" alone and "năm" (year) are left out."""
    found = []
    for match in _WORDS.finditer(text):
        words = match.group().rstrip()
        value = parse_words(words)
        if value is not None and words not in {"không", "năm", "linh", "lẻ"}:
            found.append((match.start(), match.start() + len(words), value))
    return found
