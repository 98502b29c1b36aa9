"""Letters of the fonts of before Unicode, by the name of the font: TCVN3 (.VnTime …) and VNI (VNI-Times …).

These fonts draw Vietnamese letters at places of Latin ones, so the file holds "Céng hßa" where "Cộng hòa" is
printed. The font's name decides, never the look of the text. TCVN3 has one code for a letter and none for
capitals with a tone: fonts whose name ends in H draw capitals, elsewhere they were typed small inside a word
of capitals. VNI writes a letter and a mark. The tables are those of TCVN 5712:1993 and of VNI Windows.
"""

from __future__ import annotations

import unicodedata

import regex

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


_VNI = _vni()
_VNI_LETTERS = regex.compile("|".join(sorted(map(regex.escape, _VNI), key=len, reverse=True)))
_UNICODE_LETTERS = regex.compile(r"[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")


def is_legacy(font: str) -> bool:
    """Whether a font's name is that of a font whose letters can be converted."""
    return _is_tcvn3(font) or _is_vni(font)


def is_unicode(text: str) -> bool:
    """Whether a text holds letters that no such font has: then the font's name is only left over."""
    return _UNICODE_LETTERS.search(text) is not None


def to_unicode(text: str, font: str) -> str:
    """The printed letters of a text that is set in a legacy font; other fonts' text comes back as it is."""
    if _is_tcvn3(font):
        letters = text.translate(_TCVN3)
        if font.rstrip("0123456789 ").endswith("H"):
            return letters.upper()
        return _with_capitals(letters)
    if _is_vni(font):
        return str(_VNI_LETTERS.sub(lambda match: _VNI[match.group()], text))
    return text


def _is_tcvn3(font: str) -> bool:
    return font.lower().startswith(".vn")


def _is_vni(font: str) -> bool:
    return font.lower().startswith(("vni-", "vni "))


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
