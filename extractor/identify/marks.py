"""The number and symbol of a document, the kind they and the heading name, and the document it replaces."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.catalog.identity import IdentityPatterns
from extractor.identify.parts import Line, Parts, without_motto
from extractor.model import Kind, Problem
from extractor.vietnamese.normalize import normalize


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in parts: digits ("" where blank), the letters after the stroke in capitals."""

    digits: str
    symbol: str

    @property
    def printed(self) -> str | None:
        return f"{self.digits}/{self.symbol}" if self.digits else None


# "Số: 487/BC-UBND", "Số:      /BC- UBND", "Số …/QĐ–UBND", "Số 57-BC/ĐU", "Số: BC-UBND"
_NUMBER = regex.compile(
    r"(?:(?:số|so)\s?[:.;]?\s?)(?P<digits>\d[\d ]{0,6}[a-zđ]?)?[\s.…_]*(?:[/\-]\s?20\d\d\s?)?[/|\-]?\s?"
    r"(?P<symbol>\p{L}{1,12}(?:\s?[-/.&]\s?(?:\p{L}|&){1,20})*)"
)
_BARE = regex.compile(r"(?P<digits>\d{1,6}[a-zđ]?)\s?/\s?(?P<symbol>\p{L}{1,8}(?:\s?[-.&]\s?(?:\p{L}|&){1,20})+)")
_OTHER = regex.compile(
    r"(?<!\p{L})số\s?:?\s?(?P<digits>\d{1,6}[a-zđ]?)\s?/\s?(?P<symbol>\p{L}{1,8}(?:\s?-\s?\p{L}{1,20})+)"
)
_OF_ITSELF = regex.compile(r"(?:này|xin|để|nay)\s[^.;]{0,30}\Z")


def find_number(parts: Parts, patterns: IdentityPatterns) -> Number | None:
    """The number line of the letterhead; None where it is lost altogether."""
    for pattern in (_NUMBER, _BARE):
        for line in (*parts.head, *parts.opening[:2]):
            number = _number(line.raw, pattern, patterns)
            if number is not None:
                return number
    for line in parts.head:
        at = regex.search(r"\s[Ss]ố\s?:", line.raw)
        number = _number(line.raw[at.start() :], _NUMBER, patterns) if at else None
        if number is not None:
            return number
    return None


def other_numbers(parts: Parts, own: Number | None, patterns: IdentityPatterns) -> list[str]:
    """Number lines ("Số: 12/BC-UBND") further down, of other documents in the same file."""
    found = []
    for line in parts.body:
        if line.text.startswith("số:") and len(line.raw) < 80 and not line.cell:
            number = _number(line.raw, _NUMBER, patterns)
            if number is not None and number.printed and number != own:
                found.append(number.printed)
    return found


def _number(printed: str, pattern: regex.Pattern[str], patterns: IdentityPatterns) -> Number | None:
    raw = without_motto(printed, patterns).strip()
    normal = normalize(raw)
    match = pattern.match(normal.text)
    if match is None:
        return None
    rest = normal.text[match.end() :].strip(" .,;:")
    if rest and (len(rest) > 70 or not regex.search(r"(?:\d|ngày|ngay|tháng|năm|v/v|\Z)", rest)):
        return None
    symbol = regex.sub(r"[‐‑‒–—―−]", "-", raw[slice(*normal.raw(*match.span("symbol")))])
    symbol = _with_hyphen(regex.sub(r"\s*([-/.&])\s*", r"\1", symbol).upper(), patterns)
    first = regex.split(r"[-/.]", symbol)[0]
    known = any(first == s for kind in patterns.kinds for s in kind.symbols) or first in ("UBND", "HĐND", "VP")
    if not known and ("-" not in symbol or match["digits"] is None):
        return None
    digits = regex.sub(r"\s", "", match["digits"] or "")
    return Number(digits.upper() if digits[-1:].isalpha() is False else digits, _printed_case(symbol, raw))


def _with_hyphen(symbol: str, patterns: IdentityPatterns) -> str:
    """ "QĐUBND", whose hyphen was lost at a line's end, is "QĐ-UBND"."""
    if "-" in symbol or "/" in symbol:
        return symbol
    for kind in patterns.kinds:
        for letters in sorted(kind.symbols, key=len, reverse=True):
            if symbol.startswith(letters) and symbol[len(letters) :] in ("UBND", "TTPVHCC", "HĐND", "VP"):
                return f"{letters}-{symbol[len(letters) :]}"
    return symbol


def _printed_case(symbol: str, raw: str) -> str:
    """The symbol with the small letters it was printed with ("QyĐ-UBND"), unless all of it was small."""
    at = raw.upper().find(symbol)
    printed = raw[at : at + len(symbol)] if at >= 0 else ""
    return printed if printed and not printed.islower() else symbol


def find_kind(parts: Parts, number: Number | None, patterns: IdentityPatterns) -> tuple[Kind, list[Problem]]:
    """The kind that the heading names, else the number's symbol, else the closing sentence."""
    by_symbol = _kind_of_symbol(number, patterns) if number else None
    if parts.heading is not None:
        if by_symbol not in (None, "CV", parts.heading):
            message = f"Tên loại văn bản và ký hiệu {number.symbol if number else ''} không cùng loại."
            return parts.heading, [Problem("kind_conflict", message)]
        return parts.heading, []
    if by_symbol is not None:
        return by_symbol, []
    if any("là báo cáo" in line.text or "kính báo cáo" in line.text for line in parts.closing):
        return "BC", []
    return "other", []


def _kind_of_symbol(number: Number, patterns: IdentityPatterns) -> Kind | None:
    pieces = regex.split(r"[-/]", number.symbol.upper())
    for piece in pieces:
        for kind in patterns.kinds:
            if piece in kind.symbols and (kind.id != "other" or piece == pieces[0]):
                return kind.id
    return "CV" if pieces[0] in ("UBND", "VP", "HĐND") else None


def find_replaced(parts: Parts, kind: Kind, patterns: IdentityPatterns) -> str | None:
    """The number of the document that this one replaces or corrects, if it says so of itself."""
    symbols = {s for k in patterns.kinds if k.id == kind for s in k.symbols}
    title = Line(parts.title, normalize(parts.title).text)
    for line in (title, *parts.opening[:6], *parts.closing):
        for cue in patterns.cue("replaces").finditer(line.text):
            match = _OTHER.search(line.text, cue.end(), min(len(line.text), cue.end() + 60))
            before = line.text[: cue.start()]
            own = line is title or not before.strip(" (-*") or _OF_ITSELF.search(before)
            if match is None or not own:
                continue
            symbol = regex.sub(r"\s", "", match["symbol"]).upper()
            if symbol.split("-")[0] in symbols:
                return f"{match['digits']}/{symbol}"
    return None
