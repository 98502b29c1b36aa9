"""A spreadsheet's values as its cells show them, in Vietnamese style: comma before decimals, dates as 14/06/2026.

What would surprise you: groups of thousands are not marked ("3286", however the cell writes it), because a mark
between digits can be taken for the other one; for the same reason three decimals or more are rounded to two, except
before a percent sign. Digits that a format cuts off ("0" over 3286.4) are not shown, as on the screen; a format that
counts in thousands is not followed, so that no number loses its last digits.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

MOST_DECIMALS = 2

_LITERAL = regex.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_PLACES = regex.compile(r"[#0?][#0?,. ]*")


class _Form(NamedTuple):
    before: str
    places: str
    behind: str
    percent: bool


def shown(value: object, form: str) -> str:
    """The letters that a cell with this value and number format shows; "" for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        day = value.strftime("%d/%m/%Y")
        return day if value.time() == dt.time() else f"{day} {value:%H:%M}"
    if isinstance(value, dt.date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _number(value: int | float, form: str) -> str:
    number = Decimal(repr(value))
    if not number.is_finite():
        return ""
    sections = _sections(form)
    negative = number < 0
    if len(sections) > 1 and negative:
        section = sections[1]
    elif len(sections) > 2 and not number:
        section = sections[2]
    else:
        section = sections[0]
    if not section.places:
        return section.before if section.before or len(sections) > 1 else _general(number)
    if not number and "0" not in section.places:
        return (section.before + section.behind).strip()
    digits = _decimals(section.places)
    if section.percent:
        number = number.scaleb(2)
    else:
        digits = min(digits, MOST_DECIMALS)
    text = f"{_rounded(abs(number), digits):f}".replace(".", ",")
    if "." in section.places and "0" not in section.places.split(".", 1)[1] and "," in text:
        text = text.rstrip("0").rstrip(",")
    sign = "-" if negative and not set("-(") & set(section.before) and regex.search("[1-9]", text) else ""
    return (section.before + sign + text + section.behind).strip()


def _general(number: Decimal) -> str:
    rounded = _rounded(number, MOST_DECIMALS)
    text = f"{rounded:f}".replace(".", ",")
    return text.rstrip("0").rstrip(",") if "," in text else text


def _rounded(number: Decimal, digits: int) -> Decimal:
    if number.adjusted() > 24:  # larger than any count; quantize would refuse
        return number
    return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _decimals(places: str) -> int:
    return sum(letter in "#0?" for letter in places.partition(".")[2])


@lru_cache(maxsize=512)
def _sections(form: str) -> tuple[_Form, ...]:
    """The parts of a format for positive numbers, negative ones and zero: letters, places of digits, letters."""
    if form == "General" or form == "@":
        return (_Form("", "", "", False),)
    kept: list[str] = []

    def keep(match: regex.Match[str]) -> str:
        literal = match.group(1) or match.group(2) or ""
        if not literal:
            return " " if match.group().startswith("_") else ""
        kept.append(literal)
        return chr(0xE000 + len(kept) - 1)

    def put_back(part: str) -> str:
        return "".join(kept[ord(letter) - 0xE000] if "\ue000" <= letter <= "\uf8ff" else letter for letter in part)

    made = []
    for section in _LITERAL.sub(keep, form).split(";"):
        match = _PLACES.search(section)
        if match is None and "General" not in section:
            made.append(_Form(put_back(section).strip(), "", "", False))
        elif match is None or regex.search("[E/]|General", section):  # the number itself, exponents and fractions too
            made.append(_Form("", "", "", False))
        else:
            before, behind = section[: match.start()], section[match.end() :]
            percent = "%" in before + behind
            made.append(_Form(put_back(before), match.group().strip(), put_back(behind), percent))
    return tuple(made)
