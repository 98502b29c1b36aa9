"""Numbers as reports print them, and the law that whatever is printed in a Vietnamese style is read back as it was.

Texts here are in normal form (lower case, one blank), as numerals.py receives them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import given
from hypothesis import strategies as st

from extractor.vietnamese.numerals import Numeral, find_numbers, find_words, parse_number, parse_words


def only(text: str) -> Numeral:
    found = find_numbers(text)
    assert len(found) == 1, found
    return found[0]


# --------------------------------------------------------------------------- counts

# printed, value
COUNTS = [
    ("tiếp nhận 0 hồ sơ", 0),
    ("tiếp nhận 07 hồ sơ", 7),  # a leading zero is a habit, not octal
    ("tiếp nhận 007 hồ sơ", 7),
    ("tiếp nhận 845 hồ sơ", 845),
    ("tiếp nhận 3286 hồ sơ", 3286),
    ("tiếp nhận 4.266 hồ sơ", 4266),
    ("tiếp nhận 4,374 hồ sơ", 4374),  # a comma before exactly three digits is thousands
    ("tiếp nhận 13 372 hồ sơ", 13372),
    ("tiếp nhận 1 234 567 hồ sơ", 1234567),
    ("tiếp nhận 1.234.567 hồ sơ", 1234567),
    ("tiếp nhận 1,234,567 hồ sơ", 1234567),
    ("tiếp nhận 66.952, trong đó", 66952),  # the comma behind belongs to the sentence
    ("tiếp nhận 66.952.", 66952),
    ("tổng số:1.205", 1205),
    ("tổng số=1.205", 1205),
    ("(1.205)", 1205),
    ("[1.205]", 1205),
    ("-1.205 hồ sơ", 1205),  # a dash before a number is a bullet
    ("trong hạn84 hồ sơ", 84),  # glued to the word before
    ("trong hạn 84hồ sơ", 84),  # glued to the word behind
    ("tiếp nhận1.205hồ sơ", 1205),
    ("là 1.205hs", 1205),
    ("5,65 nghìn hồ sơ", 5650),
    ("5,65 ngàn hồ sơ", 5650),
    ("3 nghìn hồ sơ", 3000),
    ("1,07 nghìn", 1070),
]


@pytest.mark.parametrize(("text", "value"), COUNTS)
def test_counts(text: str, value: int) -> None:
    number = only(text)
    assert number.value == value
    assert (number.decimals, number.percent, number.other) == (0, False, None)


# printed, numbers read in it
LISTS = [
    ("tổng số 1.205, trực tuyến 1.100", [1205, 1100]),
    ("120,130,140", [120130140]),  # without blanks it is one number of nine digits
    ("12, 13, 14", [12, 13, 14]),
    ("trước hạn 480, 30 đúng hạn", [480, 30]),
    ("lần lượt là 1.250, 1.200 và 50", [1250, 1200, 50]),
    ("12; 13", [12, 13]),
    ("1.100 - 65", [1100, 65]),
    ("11 22 33", [11, 22, 33]),  # pairs are no thousands
    ("01 100", [1, 100]),  # no number begins with a zero and goes on after a blank
]


@pytest.mark.parametrize(("text", "values"), LISTS)
def test_lists(text: str, values: list[int]) -> None:
    assert [number.value for number in find_numbers(text)] == values


# what touches a letter or two, or hangs on a dash, is a name
NO_NUMBERS = [
    "kênh h1 và a12",
    "vneid-2",
    "quý iii",
    "không",
    "",
    "mã b2b",
    "1.234.56.789",
    pytest.param("1.2.3", marks=pytest.mark.xfail(strict=True, reason="1.2 is read and .3 left")),
    pytest.param("12.34.567", marks=pytest.mark.xfail(strict=True, reason="12.34 is read and .567 left")),
]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_names_are_no_numbers(text: str) -> None:
    assert find_numbers(text) == []


# --------------------------------------------------------------------------- percentages and decimals

# printed, value, decimals
PERCENTAGES = [
    ("đạt 100%", "100", 0),
    ("đạt 96,16%", "96.16", 2),
    ("đạt 98.7%", "98.7", 1),
    ("đạt 98.7 %", "98.7", 1),
    ("đạt 99, 62 %", "99.62", 2),  # a blank behind the mark
    ("đạt 98 ,5%", "98.5", 1),
    ("đạt 0,1%", "0.1", 1),
    ("đạt 00,5%", "0.5", 1),
    ("đạt 98,315%", "98.315", 3),  # three digits behind the mark are decimals of a percentage
    ("đạt 98.315%", "98.315", 3),
    ("đạt 99,9 phần trăm", "99.9", 1),
    ("đạt 99, 62 phần trăm", "99.62", 2),
    ("đạt100%", "100", 0),
    ("(96,85%)", "96.85", 2),
    ("đạt 100,00%", "100.00", 2),
]


@pytest.mark.parametrize(("text", "value", "decimals"), PERCENTAGES)
def test_percentages(text: str, value: str, decimals: int) -> None:
    number = only(text)
    assert (number.value, number.decimals, number.percent) == (Decimal(value), decimals, True)


# printed, value, decimals, the other reading
OPEN = [
    ("93,01 điểm", "93.01", 2, None),
    ("1.234,5", "1234.5", 1, None),
    ("1,234.5", "1234.5", 1, None),
    ("0,125", "0.125", 3, None),  # nothing counts from "0 thousand"
    ("1234,567", "1234.567", 3, "1234567"),  # four digits before the mark: decimals or a slipped mark
    ("12.3456", "12.3456", 4, "123456"),
]


@pytest.mark.parametrize(("text", "value", "decimals", "other"), OPEN)
def test_decimals_and_open_marks(text: str, value: str, decimals: int, other: str | None) -> None:
    number = only(text)
    assert (number.value, number.decimals) == (Decimal(value), decimals)
    assert number.other == (Decimal(other) if other else None)


UNREADABLE = ["1.2.3", "12.34.567", "1.234.56", "1,2,3", "0.123.456", "", "a", "1.", ".5", "1..2", "1.234.5678"]


@pytest.mark.parametrize("printed", UNREADABLE)
def test_what_has_no_reading_gets_none(printed: str) -> None:
    assert parse_number(printed) is None


# --------------------------------------------------------------------------- fractions, approximations

# printed, numerator, denominator
FRACTIONS = [
    ("46.801/47.605 hồ sơ", 46801, 47605),
    ("3.670/3752 hồ sơ", 3670, 3752),  # both styles in one fraction
    ("980 / 1.000", 980, 1000),
    ("100/100", 100, 100),
    ("0/0", 0, 0),
    ("17/19 pakn", 17, 19),
]


@pytest.mark.parametrize(("text", "above", "below"), FRACTIONS)
def test_fractions(text: str, above: int, below: int) -> None:
    number = only(text)
    assert number.value == above
    assert number.denominator == below
    assert text[number.start : number.end].replace(" ", "") == text.split(" hồ")[0].split(" pakn")[0].replace(" ", "")


# the words, and what they are where shares are asked for: numbers, a fraction as a pair
SHARES: list[tuple[str, list[int | tuple[int, int]]] | ParameterSet] = [
    ("490 trên tổng số 500 hồ sơ", [(490, 500)]),
    ("490 hồ sơ trên 500 hồ sơ", [(490, 500)]),
    ("490 hồ sơ trong tổng số 500", [(490, 500)]),
    ("1.490 trong số 1.500 trường hợp", [(1490, 1500)]),
    ("12 pakn trên tổng 12 pakn", [(12, 12)]),
    ("đã giải quyết 45 trên 50, đạt", [(45, 50)]),
    ("447 tthc trong tổng số 447 tthc", [(447, 447)]),
    # near misses: another thing below, more than the whole, no count
    ("500 hồ sơ trên 3 lĩnh vực", [500, 3]),
    ("500 hồ sơ trong 5 ngày", [500, 5]),
    ("12 trên 15 tổ dân phố", [12, 15]),
    ("500 hồ sơ trên tổng số 447 tthc", [500, 447]),
    ("8,5 trên 10 điểm", [8, 10]),
    ("98% trên tổng số 500 hồ sơ", [98, 500]),
    ("490 hồ sơ trên địa bàn, 500 hồ sơ", [490, 500]),
    ("490 hồ sơ so với tổng số 500 hồ sơ", [490, 500]),
    ("120 hồ sơ trong tổng số 447 tthc", [120, 447]),  # other things than are counted above
]


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_shares_in_words(text: str, expected: list[int | tuple[int, int]]) -> None:
    found = find_numbers(text, shares=True)
    shown = [int(n.value) if n.denominator is None else (int(n.value), int(n.denominator)) for n in found]
    assert shown == expected
    assert all(n.denominator is None for n in find_numbers(text))  # only where they are asked for


@given(st.integers(0, 9999), st.integers(0, 9999), st.sampled_from([" trên tổng số ", " hồ sơ trong số ", " trên "]))
def test_a_share_in_words_is_a_part_of_its_whole(one: int, other: int, between: str) -> None:
    text = f"{one}{between}{other} hồ sơ"
    found = find_numbers(text, shares=True)
    if one <= other:
        (share,) = found
        assert (share.value, share.denominator) == (one, other)
        assert text[share.start : share.bar] == str(one)
    else:
        assert [n.value for n in found] == [one, other]


def test_a_percentage_behind_a_fraction_is_a_number_of_its_own() -> None:
    share, rate = find_numbers("5.504/5.512 hồ sơ, đạt 99,85%")
    assert (share.value, share.denominator, share.percent) == (Decimal(5504), Decimal(5512), False)
    assert (rate.value, rate.denominator, rate.percent) == (Decimal("99.85"), None, True)


# printed, value, approximate
APPROXIMATE = [
    ("hơn 3 nghìn hồ sơ", 3000, True),
    ("gần 6.400 hồ sơ", 6400, True),
    ("khoảng 240 lượt", 240, True),
    ("xấp xỉ 500", 500, True),
    ("trên 277.000 hồ sơ", 277000, True),
    ("5,65 nghìn", 5650, True),  # printed to ten dossiers
    ("hơn nữa 240 hồ sơ", 240, False),  # "hơn" stands further off
    ("nhiều hơn, 240 hồ sơ", 240, False),
    ("đúng 240 hồ sơ", 240, False),
]


@pytest.mark.parametrize(("text", "value", "approximate"), APPROXIMATE)
def test_approximations(text: str, value: int, approximate: bool) -> None:
    number = only(text)
    assert number.value == value
    assert number.approximate is approximate


# --------------------------------------------------------------------------- laws

COUNT = st.integers(0, 99_999_999)


def grouped(value: int, mark: str) -> str:
    return f"{value:,}".replace(",", mark)


STYLES: dict[str, Callable[[int], str]] = {
    "bare": str,
    "dots": lambda value: grouped(value, "."),
    "commas": lambda value: grouped(value, ","),
    "blanks": lambda value: grouped(value, " "),
    "two digits": lambda value: f"{value:02}",
}
AROUND = [
    ("đã tiếp nhận ", " hồ sơ"),
    ("trong hạn: ", "; quá hạn"),
    ("(", ")"),
    ("", ""),
    ("trước hạn ", ", đúng"),
    ("tổng", "hồ sơ"),
]


@given(COUNT, st.sampled_from(sorted(STYLES)), st.sampled_from(AROUND))
def test_a_count_printed_in_any_style_is_read_back(value: int, style: str, around: tuple[str, str]) -> None:
    printed = STYLES[style](value)
    number = only(around[0] + printed + around[1])
    assert number.value == value
    assert (number.decimals, number.percent, number.denominator) == (0, False, None)
    assert (number.start, number.end) == (len(around[0]), len(around[0] + printed))


PERCENT_STYLES = [(".", "%"), (",", "%"), (", ", "%"), (" ,", "%"), (",", " %"), (", ", " %"), (",", " phần trăm")]


@given(st.integers(0, 10_000), st.sampled_from(PERCENT_STYLES))
def test_a_percentage_printed_in_any_style_is_read_back(hundredths: int, style: tuple[str, str]) -> None:
    mark, sign = style
    number = only(f"đạt {hundredths // 100}{mark}{hundredths % 100:02}{sign} kế hoạch")
    assert (number.value, number.decimals, number.percent) == (Decimal(hundredths) / 100, 2, True)


@given(COUNT, COUNT, st.sampled_from(sorted(STYLES)), st.sampled_from(sorted(STYLES)), st.sampled_from(["/", " / "]))
def test_a_fraction_in_any_style_is_read_back(above: int, below: int, one: str, other: str, bar: str) -> None:
    number = only(f"đạt {STYLES[one](above)}{bar}{STYLES[other](below)} hồ sơ")
    assert number.value == above
    assert number.denominator == below


@given(st.lists(COUNT, min_size=1, max_size=6), st.sampled_from(["bare", "dots", "commas", "two digits"]))
def test_a_list_is_read_back_whole_and_in_order(values: list[int], style: str) -> None:
    text = "; ".join(f"mục: {STYLES[style](value)} hồ sơ" for value in values)
    assert [number.value for number in find_numbers(text)] == values


@given(st.text("0123456789.,/% -()a đhồsơ", max_size=40))
def test_spans_stay_inside_and_in_order(text: str) -> None:
    """Whatever the text, no number overlaps another and every span begins and ends with a digit."""
    at = 0
    for number in find_numbers(text):
        assert at <= number.start < number.end <= number.stop <= len(text)
        assert text[number.start].isdigit()
        assert text[number.end - 1].isdigit()
        at = number.stop


# --------------------------------------------------------------------------- number words

ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def said(value: int, zero_tens: str = "linh", ten: str = "mươi") -> str:
    """How a number up to 999,999 is read aloud."""
    if value >= 1000:
        above, below = divmod(value, 1000)
        if not below:
            return f"{said(above, zero_tens, ten)} nghìn"
        rest = said(below, zero_tens, ten)
        if below < 100:
            rest = f"không trăm {rest}" if below >= 10 else f"không trăm {zero_tens} {rest}"
        return f"{said(above, zero_tens, ten)} nghìn {rest}"
    if value >= 100:
        above, below = divmod(value, 100)
        if not below:
            return f"{ONES[above]} trăm"
        return f"{ONES[above]} trăm {zero_tens + ' ' if below < 10 else ''}{said(below, zero_tens, ten)}"
    if value < 10:
        return ONES[value]
    tens, ones = divmod(value, 10)
    words = "mười" if tens == 1 else f"{ONES[tens]} {ten}"
    if not ones:
        return words
    return f"{words} {'lăm' if ones == 5 else 'mốt' if ones == 1 and tens > 1 else ONES[ones]}"


@given(st.integers(0, 999_999), st.sampled_from(["linh", "lẻ"]), st.sampled_from(["mươi", "chục"]))
def test_number_words_are_read_back(value: int, zero_tens: str, ten: str) -> None:
    assert parse_words(said(value, zero_tens, ten)) == value


# words, value
WORDS = [
    ("bốn nghìn hai trăm sáu mươi sáu", 4266),
    ("hai trăm linh năm", 205),
    ("hai trăm lẻ năm", 205),
    ("ba mươi tư", 34),
    ("bẩy mươi nhăm", 75),
    ("hai chục", 20),
    ("mười", 10),
    ("một chục", 10),
    ("chín ngàn", 9000),
    ("không", 0),
    ("", None),
    ("hồ sơ", None),
    ("hai ba", None),  # "two or three"
    ("trăm", None),
    ("nghìn", None),
    ("mươi hai", None),
    ("hai trăm linh", None),
    ("một triệu", None),  # not read rather than misread
    ("hai vạn", None),
]


@pytest.mark.parametrize(("words", "value"), WORDS)
def test_number_words(words: str, value: int | None) -> None:
    assert parse_words(words) == value


# text, what is found in it
SAID = [
    ("tiếp nhận hai mươi ba hồ sơ", [23]),
    ("mười lăm hồ sơ và ba mươi hồ sơ", [15, 30]),
    ("năm hồ sơ", []),  # "năm" is five, and a year
    ("không hồ sơ", []),  # decided where it answers a label, not here
    ("trong năm hai nghìn hồ sơ", []),  # "năm hai nghìn" is no number
    ("mườii hồ sơ", []),
    ("hồ sơ", []),
]


@pytest.mark.parametrize(("text", "values"), SAID)
def test_number_words_in_a_text(text: str, values: list[int]) -> None:
    assert [value for _, _, value in find_words(text)] == values


@given(st.integers(10, 999_999))
def test_the_span_of_number_words_is_the_words(value: int) -> None:
    words = said(value)
    assert find_words(f"đã giải quyết {words} hồ sơ") == [(14, 14 + len(words), value)]
