"""What machines misread: put right where only one reading makes words, left alone elsewhere."""

from __future__ import annotations

import pytest

from extractor.vietnamese.misread import doubtful_rates, mended, roman

# fmt: off
LINES = [
    # as read                               as printed
    ("Tống số hồ sơ",                       "Tổng số hồ sơ"),
    ("TỐNG CỘNG",                           "TỔNG CỘNG"),
    ("sửa đối, bố sung",                    "sửa đổi, bổ sung"),
    ("kỳ trước chuyến sang",                "kỳ trước chuyển sang"),
    ("thấm quyền, thấm định",               "thẩm quyền, thẩm định"),
    ("đế có thế báo cáo",                   "để có thể báo cáo"),
    ("tìm kiếm hồ sơ",                      "tìm kiếm hồ sơ"),        # a word as it stands
    ("phân bố dân cư",                      "phân bố dân cư"),        # phân bổ is one too: not ours to say
    ("tống đạt văn bản",                    "tống đạt văn bản"),      # the one use of tống
    ("kinh tế thế giới",                    "kinh tế thế giới"),
    ("khiếu nại, các tố cáo",               "khiếu nại, các tố cáo"),
    ("tiếp đối tượng có thế mạnh",          "tiếp đối tượng có thế mạnh"),
    ("Lũy kế từ đầu năm",                   "Lũy kế từ đầu năm"),     # no "kể từ"
    ("LŨY KỂ, Ly kế",                       "LŨY KẾ, Lũy kế"),
    ("số liệu kế từ",                       "số liệu kể từ"),
    ("Chỉ tiết từng lĩnh vực",              "Chi tiết từng lĩnh vực"),
    ("chỉ tiết kiệm được",                  "chỉ tiết kiệm được"),
    ("(trực tuyên)",                        "(trực tuyến)"),
    ("Nội dungPAKN",                        "Nội dung PAKN"),
    ("eGov và iHanoi",                      "eGov và iHanoi"),
    ("Tổng s0 hồ sơ",                       "Tổng số hồ sơ"),
    ("S0: 120/BC-UBND",                     "Số: 120/BC-UBND"),
    ("cột S01 và 30",                       "cột S01 và 30"),
    ("94/QĐĐ-UBND",                         "94/QĐ-UBND"),
    ("Lñy kế, (#) Ghi chú",                 "Lũy kế, (*) Ghi chú"),   # no Vietnamese letter is ñ
    ("So với quý trước, so sánh",           "So với quý trước, so sánh"),
    ("tối thiếu 95%, còn thiếu 5",          "tối thiểu 95%, còn thiếu 5"),
    ("NẮM 2025 và nằm 2026,",               "NĂM 2025 và năm 2026,"),
    ("nắm 15 chỉ tiêu, Việt Nam 2025",      "nắm 15 chỉ tiêu, Việt Nam 2025"),
    ("Quỷ IV/2025, quỳ II năm",             "Quý IV/2025, quý II năm"),
    ("thắng 9/2026, thăng 2 bậc",           "tháng 9/2026, thăng 2 bậc"),
    ("ngảy 14/9, ngay 14 hồ sơ",            "ngày 14/9, ngay 14 hồ sơ"),
    ("Chỉ nhánh VPĐK, kiếm lâm",            "Chi nhánh VPĐK, kiểm lâm"),
    ("TTHGC, TTHOC",                        "TTHC, TTHC"),
    ("TTPVHCC",                             "TTPVHCC"),
    ("Ðiều 5",                              "Điều 5"),                # U+00D0
    ("quý IH năm 2026",                     "quý III năm 2026"),
    ("Quý H/2026",                          "Quý II/2026"),
    ("QUÝ IIL2026",                         "QUÝ III/2026"),          # the slash melted into the last stroke
    ("quý IIL/2026.",                       "quý III/2026."),
    ("quý 11/2026",                         "quý II/2026"),           # there is no eleventh quarter
    ("tháng 11/2026",                       "tháng 11/2026"),
    ("quý IIU/2026",                        "quý IIU/2026"),          # may be II or III: not ours to say
    ("quý l năm",                           "quý I năm"),
    ("quý ï năm 2026, quý ì",               "quý I năm 2026, quý ì"),
    ("quý IV năm",                          "quý IV năm"),
    ("kiểm soát TTHC_ và",                  "kiểm soát TTHC và"),
    ("Vv Kiểm soát",                        "V Kiểm soát"),           # one capital seen as two letters
    ("quý 2 năm",                           "quý 2 năm"),             # a digit stays
    ("'Thành lập hộ kinh doanh",            "Thành lập hộ kinh doanh"),
    ("\"Trực tiếp, bưu chính",              "Trực tiếp, bưu chính"),  # nothing closes it: dust
    ("\"một cửa\" liên thông",              "\"một cửa\" liên thông"),
]
RATES = [
    # as read                doubt at, what may be printed
    ("đạt 97,22 trong kỳ",   {1: "97,2%"}),      # the % became a 2
    ("(đạt 88,249)",         {1: "88,24%"}),     # the % became a 9; read as thousands it would be 88 thousand
    ("tỷ lệ 9831% số",       {2: "98,31%"}),     # the comma was lost
    ("đạt 98,31% số",        {}),
    ("đạt tỷ lệ 98,31 %",    {}),                # the sign stands apart
    ("đạt 4.374 hồ sơ",      {}),                # counts something
    ("đạt tỷ lệ 120%",       {}),                # more than planned
    ("gồm 97,22 và",         {}),                # nothing says that it is a rate
]
# fmt: on


@pytest.mark.parametrize(("read", "printed"), LINES)
def test_words_are_put_right(read: str, printed: str) -> None:
    assert " ".join(mended(read.split())) == printed


@pytest.mark.parametrize(("read", "expected"), RATES)
def test_rates_that_may_be_misread(read: str, expected: dict[int, str]) -> None:
    assert {index: readings[1] for index, readings in doubtful_rates(read.split()).items()} == expected


@pytest.mark.parametrize(("read", "expected"), [("IH", "III"), ("lI", "II"), ("HH", "III"), ("IV", "IV"), ("HX", None)])
def test_strokes_of_roman_numbers(read: str, expected: str | None) -> None:
    assert roman(read) == expected


def test_no_digit_is_ever_changed() -> None:
    words = "Tống số 1.205 hồ sơ, quý l/2026 đạt 97,22 (TTHGC: 12)".split()  # noqa: SIM905
    assert [c for c in "".join(mended(words)) if c.isdigit()] == [c for c in "".join(words) if c.isdigit()]
