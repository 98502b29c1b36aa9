"""Normal form: one spelling for what is the same word, and the way back to the very letters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.vietnamese.normalize import fold, key, lacks_tone, normalize, syllable_key, toneless

# --------------------------------------------------------------------------- same words, one string

# as typed, normal form
SPELLINGS = [
    ("Hồ sơ", "hồ sơ"),
    ("HỒ SƠ", "hồ sơ"),
    ("hô\u0300 sơ", "hồ sơ"),  # a loose tone mark
    ("ho\u0302\u0300 so\u031b", "hồ sơ"),  # every mark loose
    ("tô\u0309ng sô\u0301", "tổng số"),
    ("ha\u0323n", "hạn"),
    ("hoà", "hòa"),
    ("hòa", "hòa"),
    ("Uỷ ban", "ủy ban"),
    ("ỦY BAN", "ủy ban"),
    ("thuỷ", "thủy"),
    ("luỹ kế", "lũy kế"),
    ("số hoá", "số hóa"),
    ("khoẻ", "khỏe"),
    ("quý", "quý"),  # qu is one consonant: the tone stands on y
    ("quỹ", "quỹ"),
    ("hoàn thành", "hoàn thành"),  # a closed syllable has one way only
    ("thuyền", "thuyền"),
    ("Ðã", "đã"),  # eth for đ
    ("Ɖã", "đã"),
    ("a\u00a0b", "a b"),
    ("a\u2009b", "a b"),
    ("a\u3000b", "a b"),
    ("a\t\tb", "a b"),
    ("  a  ", "a"),
    ("a\r\nb", "a\nb"),
    ("a \n b", "a\nb"),
    ("a\n\nb", "a\n\nb"),
    ("tiếp\u200bnhận", "tiếpnhận"),
    ("tiếp\u00adnhận", "tiếpnhận"),
    ("“trích”", '"trích"'),
    ("‘trích’", "'trích'"),
    ("96–BC", "96-bc"),
    ("96—BC", "96-bc"),
    ("• mục", "- mục"),
    ("\uf0b7 mục", "- mục"),
    ("１２３", "123"),  # full width
    ("1\u204445", "1/45"),
    ("", ""),
    (" \t ", ""),
]


@pytest.mark.parametrize(("typed", "normal"), SPELLINGS)
def test_spellings(typed: str, normal: str) -> None:
    assert normalize(typed).text == normal


# raw text, a phrase in its normal form, the raw letters it must lead back to
WAY_BACK = [
    ("Tô\u0309ng sô\u0301: 12", "tổng số", "Tô\u0309ng sô\u0301"),
    ("Tổng  số\u00a0: 12", "tổng số", "Tổng  số"),
    ("đã\n\ntrả   12 hồ sơ", "12", "12"),
    ("số ho\u0301a", "hóa", "ho\u0301a"),
    ("số hoa\u0301 98%", "hóa", "hoa\u0301"),
    ("tiếp\u200b nhận 12", "tiếp", "tiếp\u200b"),
    ("ha\u0323n84", "84", "84"),
    ("İ 12", "12", "12"),  # a capital whose small form is longer
]


@pytest.mark.parametrize(("raw", "phrase", "letters"), WAY_BACK)
def test_the_way_back(raw: str, phrase: str, letters: str) -> None:
    normal = normalize(raw)
    at = normal.text.index(phrase)
    start, end = normal.raw(at, at + len(phrase))
    assert raw[start:end] == letters


# --------------------------------------------------------------------------- laws

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
ODD = " \u00a0\u2009\u3000\t\n\r\u200b\u00ad\ufeff-–—“”•()/%.,:;0123456789ÐðİẞＡ１"
WORDS = ["hòa", "hoà", "uỷ", "ủy", "thuý", "quý", "khoẻ", "số hóa", "hoàn", "loại", "ngoài", "huỷ bỏ"]


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def mixture() -> st.SearchStrategy[str]:
    """Vietnamese letters in both cases, loose and composed marks, odd blanks and signs, old and new tone places."""
    letter = st.sampled_from(LETTERS + LETTERS.upper() + ODD)
    loose = st.builds(lambda a, b: a + b, st.sampled_from(LETTERS), st.sampled_from(MARKS))
    word = st.sampled_from(WORDS)
    return st.lists(st.one_of(letter, loose, word, word.map(decomposed), word.map(str.upper)), max_size=25).map("".join)


@given(mixture())
@example("hoa\u0301 ")
@example("\u0301a")  # a mark without a letter
def test_spans_lead_back_to_letters_of_the_same_normal_form(raw: str) -> None:
    """What is found at a word of the normal text is, in the raw text, that word."""
    normal = normalize(raw)
    assert len(normal.origin) == len(normal.text) + 1
    assert list(normal.origin) == sorted(normal.origin)
    assert all(0 <= at <= len(raw) for at in normal.origin)
    start = 0
    for word in normal.text.replace("\n", " ").split(" "):
        a, b = normal.raw(start, start + len(word))
        assert normalize(raw[a:b]).text == word
        start += len(word) + 1


@given(mixture())
def test_normal_text_is_normal_already(raw: str) -> None:
    once = normalize(raw).text
    assert normalize(once).text == once
    assert normalize(once).origin == tuple(range(len(once) + 1))


@given(mixture())
def test_loose_marks_and_capitals_do_not_matter(raw: str) -> None:
    """Composed, decomposed and in small letters: one normal form, whichever way `normalize` goes."""
    composed = unicodedata.normalize("NFC", raw)
    assert normalize(raw).text == normalize(composed).text == normalize(decomposed(raw)).text


@given(mixture().map(lambda text: unicodedata.normalize("NFC", text).replace("İ", "").replace("ẞ", "")))
def test_the_short_way_and_the_long_way_agree(raw: str) -> None:
    """Composed text goes the short way; one invisible letter behind it sends it the long way."""
    short, long = normalize(raw), normalize(raw + "\u2060")
    assert short.text == long.text
    assert short.origin[:-1] == long.origin[:-1]


@given(st.text(max_size=40))
@example("\ud800 5 \udfff")
@example("\0 5")
def test_any_text_at_all_has_a_normal_form(raw: str) -> None:
    normal = normalize(raw)
    assert len(normal.origin) == len(normal.text) + 1
    assert not normal.text.startswith(" ")
    assert not normal.text.endswith((" ", "\n"))
    assert "  " not in normal.text


@given(mixture())
def test_no_digit_is_lost(raw: str) -> None:
    digits = [c for c in unicodedata.normalize("NFKC", raw) if c.isdigit()]
    assert [c for c in normalize(raw).text if c.isdigit()] == digits


# --------------------------------------------------------------------------- keys

KEYS = [
    ("  Sở  Nội\nvụ ", "sở nội vụ"),
    ("UBND phường Hoà Bình", "ubnd phường hòa bình"),
]


@pytest.mark.parametrize(("raw", "wanted"), KEYS)
def test_key_is_one_line(raw: str, wanted: str) -> None:
    assert key(raw) == wanted


# i and y are written for each other after h k l m s t v, and nowhere else
SYLLABLES = [
    ("kỳ", "kì"),
    ("tỷ", "tỉ"),
    ("lý", "lí"),
    ("quý", "quý"),
    ("thủy", "thủy"),
    ("ngày", "ngày"),
    ("kỳnh", "kỳnh"),
    ("ý", "í"),
    ("", ""),
]


@pytest.mark.parametrize(("word", "wanted"), SYLLABLES)
def test_y_for_i(word: str, wanted: str) -> None:
    assert syllable_key(word) == wanted


# word, without tone, whether it cannot be without
TONES = [
    ("quyết", "quyêt", False),
    ("quyêt", "quyêt", True),  # closes with t: sắc or nặng is missing
    ("tiêp", "tiêp", True),
    ("tiếp", "tiêp", False),
    ("thuc", "thuc", True),
    ("ho", "ho", False),  # an open syllable may be level
    ("hồ", "hô", False),
    ("đúng", "đung", False),
    ("ac", "ac", False),  # too short to be sure
]


@pytest.mark.parametrize(("word", "bare", "lacks"), TONES)
def test_missing_tones(word: str, bare: str, lacks: bool) -> None:
    assert toneless(word) == bare
    assert lacks_tone(word) is lacks


@given(st.text(st.sampled_from(LETTERS + LETTERS.upper() + " "), max_size=20))
def test_folding_leaves_plain_letters_only(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(decomposed(text)) == fold(fold(text))
