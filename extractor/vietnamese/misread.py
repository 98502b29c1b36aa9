"""What machines misread in Vietnamese, put right where only one reading makes words.

The hook over a circumflex is read as an acute (ổ → ố, ể → ế, ẩ → ấ), the C of TTHC as GC or OC, the strokes of a
Roman number as H or l. Only letters are put right here, never a digit, and only in words which nobody writes as
they were read ("tống số", "bố sung", "thấm quyền"): where both are words ("phân bố", "phân bổ") nothing is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractor.vietnamese.normalize import fold

# With a hook whatever stands beside them: as they are read they are no words, or none of administrative papers.
_ALONE = "tổng chuẩn điểm triển để"
_NEVER_BEFORE = {  # as they were read these are words: "tống đạt", "thế mạnh", "tố cáo", "đối tượng"
    "tổng": frozenset({"đạt"}),
    "thể": frozenset({"mạnh", "giới", "hệ", "nào", "nhưng"}),
    "tổ": frozenset({"cáo", "tụng", "giác"}),
    "đổi": frozenset({"tượng", "với", "chiếu", "soát", "thoại", "tác"}),
}
# With a hook before or behind one of these words.
_BESIDE = {
    "kiểm": ("soát tra tra, định toán kê thử điểm lâm dịch sát", ""),
    "biểu": ("mẫu đồ số quyết dương", "tiêu"),
    "đẩy": ("mạnh nhanh", "thúc"),
    "khẩn": ("trương cấp",),
    "bổ": ("sung nhiệm",),
    "đổi": ("mới", "sửa thay chuyển trao biến tiếp"),
    "cổng": ("thông dịch dvc tttt",),
    "tổ": ("chức công dân trưởng giúp hợp tổ 1 2 3", "thành các kiện"),
    "phổ": ("biến cập thông",),
    "ổn": ("định",),
    "nổi": ("bật",),
    "thể": ("hiện chế thao chấp", "có cụ tập toàn đoàn chủ thực không"),
    "kể": ("từ cả", "đáng"),
    "chuyển": ("sang đổi giao tiếp hồ về từ kỳ kì trả xử", "luân vận di"),
    "hiểu": ("biết rõ", "tìm"),
    "thẩm": ("định quyền tra", "được"),
    "phẩm": ("chất", "sản thực dược tác"),
    "cẩn": ("thận",),
    "thiểu": ("", "tối giảm"),
}
# Two words that nobody writes so beside each other, and what they are.
_PAIRS = {
    ("lũy", "kể"): ("lũy", "kế"),
    ("luỹ", "kể"): ("luỹ", "kế"),
    ("ly", "kế"): ("lũy", "kế"),
    ("ly", "kể"): ("lũy", "kế"),
    ("chỉ", "tiết"): ("chi", "tiết"),
    ("chỉ", "nhánh"): ("chi", "nhánh"),
    ("trực", "tuyên"): ("trực", "tuyến"),
    ("trước", "hận"): ("trước", "hạn"),
    ("quá", "hận"): ("quá", "hạn"),
    ("đúng", "hận"): ("đúng", "hạn"),
}
# Words of dates by their letters without accents, and what stands behind them where they can be nothing else.
_OF_DATES = {
    "nam": ("năm", regex.compile(r"(?:19|20)\d\d(?!\d)")),  # "nắm 2025"
    "quy": ("quý", regex.compile(r"(?:I{1,3}|IV)(?:/20\d\d|$)")),
    "thang": ("tháng", regex.compile(r"(?:0?[1-9]|1[0-2])/20\d\d(?!\d)")),
    "ngay": ("ngày", regex.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?!\d)")),
}
_AS_READ = str.maketrans("ổểẩ", "ốếấ")
_HOOKED = {word.translate(_AS_READ): word for word in (*_ALONE.split(), *_BESIDE)}
_BEHIND = {word: frozenset(sides[0].split()) for word, sides in _BESIDE.items()}
_BEFORE = {word: frozenset(sides[1].split()) for word, sides in _BESIDE.items() if len(sides) > 1}
_FREE = frozenset(_ALONE.split())

_TTHC = regex.compile(r"(?<!\p{L})(?:TTHGC|TTHOC|TIHC|TTHIC|TTIHC|LLHC|TTHCC)(?!\p{L})")
_GLUED = regex.compile(r"(?<=\p{Ll}{2})(?=\p{Lu}{3,}(?!\p{Ll}))")  # "dungPAKN": two words
_KIND = regex.compile(r"(?<=\d/)QĐĐ(?=-)")  # in the number of a decision
_COUNT = regex.compile(r"(?<!\p{L})([Ss])0(?![\p{L}\d])")
_SAME_LETTERS = str.maketrans({"ñ": "ũ", "Ñ": "Ũ", "Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "⁄": "/"})
# Of a quarter before its year, 648 noisy lines read by Tesseract 5 gave "11" for II alone (35 times) and "IIL" for III
# alone (15); "II", "IIU" and "1" are given for several.
_ROMAN_READ = regex.compile(
    r"(?:[IVXlH|]{1,4}(?<=[lH|].*)|[IVX][IVXlH|1]{0,3}1[IVXlH|1]*|11(?=/20\d\d(?!\d)))(?=[./,;:)]|$)"
)
_THIRD_READ = regex.compile(r"IIL/?(?=20\d\d(?!\d))")
_FIRST_READ = regex.compile(r"[ïÏiíìîỉ!\[\]]")
_ROMANS = frozenset("I II III IV V VI VII VIII IX X".split())  # noqa: SIM905
_RATE = regex.compile(r"[(\[\"“]*(?P<number>\d{1,5}(?:[.,]\d{1,3})?)\s?(?P<percent>%?)(?P<end>[)\].,;:\"”]*)")
_RATED = frozenset({"đạt", "lệ", "chiếm"})  # a rate stands behind these
_NO_RATE = 200  # percent; more is printed of no rate
_SPECK = regex.compile(r"(?:['‘’`|_~°¬¦]+|(?P<quote>\"))(?=\p{L})")  # dust before a word
_BARE = regex.compile(r"[^\p{L}\p{N}]+")


def mended(words: Sequence[str]) -> list[str]:
    """The words of a line with what a machine misread put right.

    As many words as before, one of which may have got a blank; no digit is changed but of a quarter that does not
    exist ("quý 11/2026") and of no number ("tổng s0").
    """
    result = [_GLUED.sub(" ", _TTHC.sub("TTHC", word.translate(_SAME_LETTERS))) for word in words]
    result = ["(*)" if word == "(#)" else word for word in result]
    result = [_COUNT.sub(r"\1ố", _KIND.sub("QĐ", word)) for word in result]
    for index, word in enumerate(result):
        word = result[index] = word.rstrip("_") or word  # the remains of a ruling
        if len(word) == 2 and word[0].isupper() and word[1] == word[0].lower():
            result[index] = word = word[0]  # one capital seen as two letters: "Vv"
        speck = _SPECK.match(word)
        if speck is not None and not (speck["quote"] and _is_closed(result, index)):
            result[index] = word[speck.end() :]
    bare = [_BARE.sub("", word).lower() for word in result]
    for index, pair in enumerate(pairwise(bare)):
        if pair == ("chỉ", "tiết") and bare[index + 2 : index + 3] == ["kiệm"]:
            continue
        for place, letters in enumerate(_PAIRS.get(pair, ())):
            result[index + place] = _respelt(result[index + place], letters)
            bare[index + place] = letters
    for index, word in enumerate(result):
        hooked = _HOOKED.get(bare[index])
        if hooked is not None and _is_meant(hooked, bare, index):
            result[index] = _with_hook(word)
            bare[index] = hooked
        elif (spelt := _of_date(result, bare, index)) is not None:
            result[index] = _respelt(word, spelt)
            bare[index] = spelt
        elif index and bare[index - 1] == "quý":
            word = _THIRD_READ.sub("III/", word, count=1)
            if _FIRST_READ.fullmatch(word) and bare[index + 1 : index + 2] == ["năm"]:
                word = "I"
            result[index] = _ROMAN_READ.sub(lambda match: roman(match.group()) or match.group(), word, count=1)
    return result


def doubtful_rates(words: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Numbers of a line that may be misread rates, by their index: as read, and what may be printed.

    The % is read as a digit ("đạt 97,22" for 97,2%), the comma of a rate is lost ("9831%" for 98,31%).
    """
    found: dict[int, tuple[str, str]] = {}
    for index, word in enumerate(words):
        match = _RATE.fullmatch(word)
        if match is None:
            continue
        number, percent = match["number"], match["percent"]
        behind = words[index + 1] if index + 1 < len(words) else ""
        if percent:
            if number.isdigit() and int(number) >= _NO_RATE and len(number) <= 5:
                found[index] = (f"{number}%", f"{number[:2]},{number[2:]}%")
        elif index and _BARE.sub("", words[index - 1]).lower() in _RATED and not behind.startswith("%"):
            whole, _, decimals = regex.sub(r"\.", ",", number).partition(",")
            counted = bool(behind) and behind[0].isalpha() and match["end"] == ""
            if int(whole) <= 100 and decimals and not (len(decimals) == 3 and counted):
                short = f"{whole},{decimals[:-1]}%" if len(decimals) > 1 else f"{whole}%"
                found[index] = (number, short)
    return found


def roman(read: str) -> str | None:
    """The Roman number that was read with H, l, | or 1 for its strokes ("IH" is III); None where it is none."""
    strokes = read.replace("H", "II").translate(str.maketrans("l|1", "III"))
    strokes = "III" if strokes == "IIII" else strokes
    return strokes if strokes in _ROMANS else None


def _is_closed(words: Sequence[str], index: int) -> bool:
    """Whether a quotation mark before a word finds its other half within a sentence's length."""
    return any('"' in word[1:] or "”" in word for word in words[index : index + 20])


def _is_meant(hooked: str, bare: Sequence[str], index: int) -> bool:
    behind = bare[index + 1] if index + 1 < len(bare) else ""
    if behind in _NEVER_BEFORE.get(hooked, ()):
        return False
    if hooked in _FREE:
        return True
    before = bare[index - 1] if index else ""
    if (before, hooked) in _PAIRS:
        return False
    return behind in _BEHIND.get(hooked, ()) or before in _BEFORE.get(hooked, ())


def _of_date(words: Sequence[str], bare: Sequence[str], index: int) -> str | None:
    """What a word of a date must be that has other accents; one without any may be a name ("Việt Nam 2025")."""
    spelt, behind = _OF_DATES.get(fold(bare[index]), ("", None))
    if behind is None or bare[index] in (spelt, fold(bare[index])) or index + 1 == len(words):
        return None
    return spelt if behind.match(words[index + 1].lstrip("([")) else None


def _respelt(word: str, letters: str) -> str:
    """A word with the letters in place of its own, in capitals where these are."""
    own = _BARE.sub("", word)
    new = letters.upper() if own.isupper() else letters.capitalize() if own[0].isupper() else letters
    return word.replace(own, new)


def _with_hook(word: str) -> str:
    return word.translate(str.maketrans("ốếấỐẾẤ", "ổểẩỔỂẨ"))
