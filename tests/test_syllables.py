"""Syllables: what can be one, and that text is told from the letters of a broken layer."""

from __future__ import annotations

import unicodedata

import pytest

from extractor.vietnamese.syllables import is_syllable, syllables

# fmt: off
WORDS = [
    ("hồ",      True,  ""),
    ("nghiêng", True,  "the longest beginning and rime"),
    ("quyết",   True,  "qu belongs to the beginning"),
    ("quý",     True,  ""),
    ("gì",      True,  "the i is beginning and rime in one"),
    ("giữa",    True,  ""),
    ("giêng",   True,  ""),
    ("uỷ",      True,  "old tone placement"),
    ("ỦY",      True,  "capitals"),
    ("thuở",    True,  ""),
    ("Khuyến",  True,  ""),
    ("ký",      True,  ""),
    ("truoc",   True,  "typed without marks"),
    ("duoc",    True,  "typed without marks"),
    ("ngiêng",  False, "ngh before i and ê"),
    ("TTHC",    False, "an abbreviation"),
    ("Céng",    False, "letters of a font of before Unicode"),
    ("hßa",     False, "the same"),
    ("chñ",     False, "the same"),
    ("qủyết",   False, "two tones"),
    ("cảc",     False, "a stop is sắc or nặng"),
    ("wnw",     False, "a signature as a machine read it"),
]
# fmt: on


@pytest.mark.parametrize(("word", "expected", "reason"), WORDS)
def test_a_word_can_be_a_syllable_or_not(word: str, expected: bool, reason: str) -> None:
    assert is_syllable(word) is expected, reason
    assert is_syllable(unicodedata.normalize("NFD", word)) is expected, reason


GOOD = "Ủy ban nhân dân xã báo cáo số hồ sơ tiếp nhận trong tháng, gồm hồ sơ nộp trực tuyến và trực tiếp (UBND, TTHC)"
LEGACY = "Uû ban nh©n d©n x· b¸o c¸o sè hå s¬ tiÕp nhËn trong th¸ng, gåm hå s¬ nép trùc tuyÕn vµ trùc tiÕp"
UPSIDE_DOWN = "uóp dÁN IE} uoq) „ueou nộ OELIB: ILY Uo] UIQUI 9s} YuRU) IEOY oeg"


@pytest.mark.parametrize(
    ("text", "least", "most"), [(GOOD, 0.95, 1.0), (LEGACY, 0.0, 0.7), (UPSIDE_DOWN, 0.0, 0.5), ("1.234 (%)", 0, 0)]
)
def test_share_of_syllables(text: str, least: float, most: float) -> None:
    good, count = syllables(text)
    assert least <= (good / count if count else 0) <= most


def test_abbreviations_are_not_counted() -> None:
    assert syllables("UBND, TTHC, HĐND") == (0, 1)  # Đ: no plain capitals, might be a broken word
