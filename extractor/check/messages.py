"""One plain Vietnamese sentence for each finding, from the texts of patterns/rules.toml.

Numbers are written as the reports write them: a dot after thousands, a comma before decimals. The sentence
names the scope where it is not the whole unit, and the basis where it is not the period.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extractor.catalog.rules import Words
from extractor.check.rules import LEVELS, Identity, System
from extractor.model import Basis, Figure


def number(value: int) -> str:
    """12345 → "12.345"."""
    return f"{value:,}".replace(",", ".")


def percent(scaled: int, decimals: int) -> str:
    """(9831, 2) → "98,31": a count of 10^-decimals percent, without the % sign."""
    whole, part = divmod(abs(scaled), 10**decimals)
    text = number(whole) + (f",{part:0{decimals}d}" if decimals else "")
    return f"-{text}" if scaled < 0 else text


def fraction(top: int, bottom: int) -> str:
    return f"{number(top)}/{number(bottom)}"


def where(words: Words, scope: str, basis: str) -> str:
    """ "lĩnh vực đất đai, lũy kế từ đầu năm"; "" for the whole unit in the period."""
    named = []
    if scope != "self":
        named.append(scope_name(words, scope))
    if basis != "period":
        named.append(words.bases[basis])
    return ", ".join(named)


def scope_name(words: Words, scope: str) -> str:
    kind, _, name = scope.partition(":")
    return words.scopes[kind].format(name=name) if kind in words.scopes else scope


def name(words: Words, indicator: str) -> str:
    return words.names.get(indicator, indicator)


def full_name(words: Words, indicator: str, scope: str, basis: str) -> str:
    """The name of an indicator, with its scope and basis in brackets where they are not the usual ones."""
    place = where(words, scope, basis)
    return f"{name(words, indicator)} ({place})" if place else name(words, indicator)


def cell_name(system: System, words: Words, cell: int) -> str:
    c = system.cells[cell]
    return full_name(words, c.indicator, c.scope, c.basis)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(words: Words, scope: str, basis: Basis, text: str, figures: Iterable[Figure] = ()) -> str:
    """The text with its scope and basis in front, and a remark where numbers are approximate or from pictures."""
    place = where(words, scope, basis)
    said = capital(f"{place}: {text}" if place else text)
    used = list(figures)
    if any(f.approximate for f in used):
        said += " " + words.phrases["approximate"]
    if any(f.ocr for f in used):
        said += " " + words.phrases["picture"]
    return said


def identity_fields(system: System, identity: Identity) -> dict[str, str]:
    """{total}, {parts}, {sum} and {difference} of an identity, with the printed numbers."""
    words = identity.rule.words
    left = [c for c in identity.left if system.cells[c].figure is not None]
    right = [c for c in identity.right if system.cells[c].figure is not None]
    by_level = identity.rule.kind == "levels"
    if len(left) == 1:
        total = words.phrases["printed"].format(
            name=name(words, system.cells[left[0]].indicator), value=number(system.low[left[0]])
        )
    else:
        total = _added(system, words, left, by_level=False)
    parts = _added(system, words, right, by_level)
    return {
        "total": total,
        "parts": parts,
        "sum": number(sum(system.low[c] for c in right)),
        "difference": number(abs(system.gap(identity))),
    }


def _added(system: System, words: Words, cells: list[int], by_level: bool) -> str:
    """ "trực tuyến 5.205 + trực tiếp 286"; the levels' names where the terms are levels."""
    named = []
    for c in cells:
        cell = system.cells[c]
        label = scope_name(words, cell.scope) if by_level and cell.scope in LEVELS else name(words, cell.indicator)
        named.append(f"{label} {number(system.low[c])}")
    return " + ".join(named)


def difference(scaled: int, decimals: int) -> Decimal:
    """A difference of rates in percentage points, with its printed decimals."""
    return Decimal(abs(scaled)).scaleb(-decimals)
