"""Letters of the fonts of before Unicode: TCVN3 (.VnTime …), VNI (VNI-Times …) and VPS (VPS Times …).

These fonts draw Vietnamese letters at places of Latin ones, so the file holds "Céng hßa" where "Cộng hòa" is
printed. Where the font's name is known it decides, never the look of the text (for text without fonts see
legacy_text.py). TCVN3 has one code for a letter and none for capitals with a tone: fonts whose name ends in H draw
capitals, elsewhere they were typed small inside a word of capitals. VNI writes a letter and a mark. VPS has one
code for a letter; the twelve capitals at control codes cannot stand in a file of today. The tables are those of
TCVN 5712:1993, of VNI Windows and of the Vietnamese Professionals Society.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal, NamedTuple

import regex

Encoding = Literal["TCVN3", "VNI", "VPS"]

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"

# First code of each row of TCVN3: à ả ã á ạ (the rows are not everywhere without gaps).
_TCVN3_ROWS = {
    "a": (0xB5, 0xB6, 0xB7, 0xB8, 0xB9), "ă": (0xBB, 0xBC, 0xBD, 0xBE, 0xC6), "â": (0xC7, 0xC8, 0xC9, 0xCA, 0xCB),
    "e": (0xCC, 0xCE, 0xCF, 0xD0, 0xD1), "ê": (0xD2, 0xD3, 0xD4, 0xD5, 0xD6), "i": (0xD7, 0xD8, 0xDC, 0xDD, 0xDE),
    "o": (0xDF, 0xE1, 0xE2, 0xE3, 0xE4), "ô": (0xE5, 0xE6, 0xE7, 0xE8, 0xE9), "ơ": (0xEA, 0xEB, 0xEC, 0xED, 0xEE),
    "u": (0xEF, 0xF1, 0xF2, 0xF3, 0xF4), "ư": (0xF5, 0xF6, 0xF7, 0xF8, 0xF9), "y": (0xFA, 0xFB, 0xFC, 0xFD, 0xFE),
}  # fmt: skip
_TCVN3 = dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)) | {
    code: unicodedata.normalize("NFC", letter + tone)
    for letter, codes in _TCVN3_ROWS.items()
    for code, tone in zip(codes, (_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT), strict=True)
}

_PLAIN_MARKS = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_ROOF, _BOWL = "\u0302", "\u0306"
_ROOF_MARKS = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_BOWL_MARKS = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni() -> dict[str, str]:
    small = dict(_VNI_SINGLE)
    for letter in "aeouyôö":
        plain = _VNI_SINGLE.get(letter, letter)
        small |= {letter + mark: plain + tone for mark, tone in _PLAIN_MARKS.items()}
    for letter in "aeo":
        small |= {letter + mark: letter + _ROOF + tone for mark, tone in _ROOF_MARKS.items()}
    small |= {"a" + mark: "a" + _BOWL + tone for mark, tone in _BOWL_MARKS.items()}
    table = {}
    for written, letters in small.items():
        letters = unicodedata.normalize("NFC", letters)
        table[written] = letters
        table[written.upper()] = letters.upper()
        table[written[0].upper() + written[1:]] = letters.upper()  # a capital with a small mark
    return table


# Of each row of VPS: the letter itself (0: an ASCII one), then à ả ã á ạ, small and capital; below 0x20 left out.
_VPS_ROWS = {
    "a": (0, 0xE0, 0xE4, 0xE3, 0xE1, 0xE5), "A": (0, 0x80, 0x81, 0x82, 0xC1, 0),
    "ă": (0xE6, 0xA2, 0xA3, 0xA4, 0xA1, 0xA5), "Ă": (0x88, 0x8E, 0x8F, 0xF0, 0x8D, 0),
    "â": (0xE2, 0xC0, 0xC4, 0xC5, 0xC3, 0xC6), "Â": (0xC2, 0x84, 0x85, 0, 0x83, 0),
    "e": (0, 0xE8, 0xC8, 0xEB, 0xE9, 0xCB), "E": (0, 0xD7, 0xDE, 0xFE, 0xC9, 0),
    "ê": (0xEA, 0x8A, 0x8B, 0xCD, 0x89, 0x8C), "Ê": (0xCA, 0x93, 0x94, 0x95, 0x90, 0),
    "i": (0, 0xEC, 0xCC, 0xEF, 0xED, 0xCE), "I": (0, 0xB5, 0xB7, 0xB8, 0xB4, 0),
    "o": (0, 0xF2, 0xD5, 0xF5, 0xF3, 0x86), "O": (0, 0xBC, 0xBD, 0xBE, 0xB9, 0),
    "ô": (0xF4, 0xD2, 0xB0, 0x87, 0xD3, 0xB6), "Ô": (0xD4, 0x97, 0x98, 0x99, 0x96, 0),
    "ơ": (0xD6, 0xA9, 0xAA, 0xAB, 0xA7, 0xAE), "Ơ": (0xF7, 0x9E, 0x9F, 0xA6, 0x9D, 0),
    "u": (0, 0xF9, 0xFB, 0xDB, 0xFA, 0xF8), "U": (0, 0xA8, 0xD1, 0xAC, 0xDA, 0),
    "ư": (0xDC, 0xD8, 0xBA, 0xBB, 0xD9, 0xBF), "Ư": (0xD0, 0xAF, 0xB1, 0, 0xAD, 0),
    "y": (0, 0xFF, 0x9B, 0xCF, 0x9A, 0x9C), "Y": (0, 0xB2, 0xFD, 0xB3, 0xDD, 0),
    "đ": (0xC7, 0, 0, 0, 0, 0), "Đ": (0xF1, 0, 0, 0, 0, 0),
}  # fmt: skip


def _vps() -> dict[int, str]:
    table = {
        code: unicodedata.normalize("NFC", letter + tone)
        for letter, codes in _VPS_ROWS.items()
        for code, tone in zip(codes, ("", _GRAVE, _HOOK, _TILDE, _ACUTE, _DOT), strict=True)
        if code
    }
    for code in range(0x80, 0xA0):  # programs of Windows took these codes for the signs that its code page has there
        sign = bytes((code,)).decode("cp1252", "ignore")
        if sign and code in table:
            table[ord(sign)] = table[code]
    return table


_VPS = _vps()
_VNI = _vni()
_VNI_LETTERS = regex.compile("|".join(sorted(map(regex.escape, _VNI), key=len, reverse=True)))
_UNICODE_LETTERS = regex.compile(r"[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")


class Decoded(NamedTuple):
    """Decoded letters and, for each, where it stood before: `len(origin) == len(text) + 1`, the last is the end."""

    text: str
    origin: tuple[int, ...]


def encoding_of(font: str) -> Encoding | None:
    """The encoding of a font by its name, as Word or a PDF write it; None for fonts of Unicode and unknown ones."""
    name = font.split("+", 1)[-1].lower()
    if name.startswith(".vn"):
        return "TCVN3"
    if name.startswith(("vni-", "vni ")):
        return "VNI"
    if name.startswith(("vps-", "vps ")):
        return "VPS"
    return None


def is_legacy(font: str) -> bool:
    """Whether a font's name is that of a font whose letters can be converted."""
    return encoding_of(font) is not None


def is_unicode(text: str) -> bool:
    """Whether a text holds letters that no such font has: then the font's name is only left over."""
    return _UNICODE_LETTERS.search(text) is not None


def to_unicode(text: str, font: str) -> str:
    """The printed letters of a text that is set in a legacy font; other fonts' text comes back as it is."""
    encoding = encoding_of(font)
    if encoding is None:
        return text
    letters = decoded(text, encoding).text
    if encoding == "TCVN3" and font.rstrip("0123456789 ").endswith("H"):
        return letters.upper()
    return letters


def decoded(text: str, encoding: Encoding) -> Decoded:
    """The letters that a text in a legacy encoding means, with the way back to the letters of the file."""
    return _DECODERS[encoding](text)


def _tcvn3_decoded(text: str) -> Decoded:
    return Decoded(_with_capitals(text.translate(_TCVN3)), tuple(range(len(text) + 1)))


def _vps_decoded(text: str) -> Decoded:
    return Decoded(text.translate(_VPS), tuple(range(len(text) + 1)))


def _vni_decoded(text: str) -> Decoded:
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _VNI_LETTERS.finditer(text):
        pieces += text[at : match.start()], _VNI[match.group()]
        origin += range(at, match.start() + 1)
        at = match.end()
    pieces.append(text[at:])
    origin += range(at, len(text) + 1)
    return Decoded("".join(pieces), tuple(origin))


_DECODERS: dict[Encoding, Callable[[str], Decoded]] = {
    "TCVN3": _tcvn3_decoded, "VNI": _vni_decoded, "VPS": _vps_decoded,
}  # fmt: skip


def _with_capitals(letters: str) -> str:
    """Words of capitals in which the letters with a tone are small become capitals throughout."""

    def ascii_cases(word: str) -> tuple[int, int]:
        return sum("A" <= letter <= "Z" for letter in word), sum("a" <= letter <= "z" for letter in word)

    upper, lower = ascii_cases(letters)
    if upper >= 2 and not lower:
        return letters.upper()

    def repaired(match: regex.Match[str]) -> str:
        word: str = match.group()
        upper, lower = ascii_cases(word)
        return word.upper() if upper >= 2 and not lower else word

    return str(_WORD.sub(repaired, letters))
