"""Two spellings of the same words become one string, with the way back to the raw letters.

The normal form is for matching only and never shown: NFC, lower case, one tone placement (hòa, not hoà),
one Đ, plain quotes and dashes, every kind of blank as one space, invisible characters gone. The way back is
computed while the string is made, never searched for: `Normal.origin[i]` is the raw offset of the letter
from which normal letter `i` was made, and raw letters that were dropped belong to the kept one before them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import regex

# Ð (eth) and Ɖ look like Đ and are typed and printed for it; see Unicode code charts.
_SAME_LETTER = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
_DASHES = "‐‑‒–—―−﹣－"
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"', "‘": "'", "’": "'", "´": "'"}
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
_FRACTION_SLASH = {"\u2044": "/", "\u2215": "/"}
_TABLE: dict[str, str] = {
    **_SAME_LETTER,
    **_QUOTES,
    **_FRACTION_SLASH,
    **dict.fromkeys(_DASHES, "-"),
    "•": "-",
    "●": "-",
    "▪": "-",
    "◦": "-",
    "\uf0b7": "-",
    "\uf02d": "-",
    "≥": "≥",
    "⩾": "≥",
    "≤": "≤",
    "⩽": "≤",
    **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
}
# Only the open syllables oa, oe, uy differ between the two placements (hoà/hòa, khoẻ/khỏe, thuỷ/thủy).
_OLD_TO_NEW = {
    old: new
    for olds, news in (
        ("oà oá oả oã oạ", "òa óa ỏa õa ọa"),
        ("oè oé oẻ oẽ oẹ", "òe óe ỏe õe ọe"),
        ("uỳ uý uỷ uỹ uỵ", "ùy úy ủy ũy ụy"),
    )
    for old, new in zip(olds.split(), news.split(), strict=True)
}
_OLD = regex.compile(rf"(?<!q)(?:{'|'.join(_OLD_TO_NEW)})(?![^\W\d_])")


_LETTERS = str.maketrans(_TABLE)
# For a mere set of letters, `re` looks through a text ten times as fast as `regex`.
_IN_TABLE = re.compile("[" + "".join(map(re.escape, _TABLE)) + "]")
_USUAL = 4000  # letters; longer paragraphs are rare
_AS_IT_STANDS = tuple(range(_USUAL + 1))  # the way back where nothing was changed
_RUN = regex.compile(r"\s+|\S+")
# What the short way of `normalize` cannot do: invisible letters, and capitals whose small form has another length.
_ODD = re.compile("[" + "".join(_INVISIBLE) + "\u0130\u1e9e\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Normal:
    """Normal text and, for each of its letters, the raw offset it came from.

    `origin` has one more entry than `text`: the length of the raw text.
    """

    text: str
    origin: tuple[int, ...]

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of the normal letters `start:end` (an empty span stays empty)."""
        if end <= start:
            return self.origin[start], self.origin[start]
        return self.origin[start], self.origin[end]


def normalize(raw: str) -> Normal:
    """The normal form of raw text. Runs of blanks become one space; "\\n" stays, as one letter.

    Blanks at a line's ends go. Length may shrink or grow (never more than Unicode composition makes it).
    """
    if _ODD.search(raw) is None and unicodedata.is_normalized("NFC", raw):
        return _plain(raw)
    letters: list[str] = []
    origin: list[int] = []
    for cluster, at in _clusters(raw):
        for letter in cluster:
            letter = _TABLE.get(letter, letter)
            if letter in _INVISIBLE:
                continue
            if "\ud800" <= letter <= "\udfff":
                letter = "\ufffd"  # half of a letter, which broken files hold and no program can write
            if letter == "\n":
                while letters and letters[-1] == " ":
                    letters.pop()
                    origin.pop()
            elif letter.isspace():
                if not letters or letters[-1] in " \n":
                    continue
                letter = " "
            for lower in letter.lower():
                letters.append(lower)
                origin.append(at)
    while letters and letters[-1] in " \n":
        letters.pop()
        origin.pop()
    origin.append(len(raw) if not letters else _end(raw, origin[-1]))
    return Normal(_new_tones("".join(letters)), tuple(origin))


def _new_tones(text: str) -> str:
    return str(_OLD.sub(lambda m: _OLD_TO_NEW[m.group()], text))


def _plain(raw: str) -> Normal:
    """`normalize` for composed text without invisible letters, where each letter becomes exactly one."""
    letters = (raw if _IN_TABLE.search(raw) is None else raw.translate(_LETTERS)).lower()
    if letters.isprintable() and "  " not in letters and letters == letters.strip():  # no blank has to be changed
        way_back = _AS_IT_STANDS[: len(raw) + 1] if len(raw) <= _USUAL else tuple(range(len(raw) + 1))
        return Normal(_new_tones(letters), way_back)
    words: list[str] = []
    origin: list[int] = []
    for match in _RUN.finditer(letters):
        start, end = match.span()
        run = match.group()
        if not run.isspace():
            words.append(run)
            origin.extend(range(start, end))
            continue
        breaks = [start + i for i, c in enumerate(run) if c == "\n"]
        if breaks:
            words.append("\n" * len(breaks))
            origin.extend(breaks)
        elif words:
            words.append(" ")
            origin.append(start)
    while words and words[-1].isspace():
        del origin[len(origin) - len(words.pop()) :]
    origin.append(origin[-1] + 1 if origin else len(raw))
    return Normal(_new_tones("".join(words)), tuple(origin))


def key(raw: str) -> str:
    """Normal text alone, line breaks as spaces: for dictionaries and comparisons."""
    return " ".join(normalize(raw).text.split())


def fold(text: str) -> str:
    """Lower case without any accent, đ as d; the same length is not kept."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


# y and i are written for each other after these consonants (kỳ/kì, tỷ/tỉ, lý/lí), never after q or in uy, ay, ây.
_Y = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_Y_SYLLABLE = regex.compile(r"(?:[hklmstv]|^)[yýỳỷỹỵ]$")


def syllable_key(word: str) -> str:
    """One normal syllable with y written as i where the two are interchangeable ("kỳ" → "kì")."""
    return word.translate(_Y) if _Y_SYLLABLE.match(word) else word


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def toneless(word: str) -> str:
    """A syllable without its tone, its letters kept ("quyết" → "quyêt")."""
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))


def lacks_tone(word: str) -> bool:
    """Whether a syllable is typed without the tone it must have: one that closes with c, ch, p or t has sắc or nặng."""
    return (len(word) > 2 and word[-1] in "cpt") or word.endswith("ch") if toneless(word) == word else False


def _clusters(raw: str) -> list[tuple[str, int]]:
    """Letters with their combining marks, composed, each with its raw offset."""
    if raw.isascii() or unicodedata.is_normalized("NFC", raw):
        return [(c, i) for i, c in enumerate(raw)]
    clusters: list[tuple[str, int]] = []
    start = 0
    for i in range(1, len(raw) + 1):
        if i == len(raw) or not unicodedata.combining(raw[i]):
            clusters.append((unicodedata.normalize("NFC", raw[start:i]), start))
            start = i
    return clusters


def _end(raw: str, last: int) -> int:
    """Raw offset after the letter at `last` and the marks that combine with it."""
    end = last + 1
    while end < len(raw) and unicodedata.combining(raw[end]):
        end += 1
    return end
