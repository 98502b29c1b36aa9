# ruff: noqa: E501 - tables of real shapes, aligned for the eye
"""Dates, windows and reporting periods as they are written, and what only looks like them."""

from __future__ import annotations

import itertools
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.vietnamese import periods
from extractor.vietnamese.normalize import key
from extractor.vietnamese.periods import (
    code_of,
    find_dates,
    find_periods,
    find_windows,
    period_span,
    relation,
    standard_window,
)

DATES: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("02/3/2026 và 2-3-2026 và 02.3.2026",        [("02/3/2026", "2026-03-02"), ("2-3-2026", "2026-03-02"), ("02.3.2026", "2026-03-02")]),
    ("ngày 02 tháng 3 năm 2026",                   [("ngày 02 tháng 3 năm 2026", "2026-03-02")]),
    ("ngày18/10/2018",                             [("18/10/2018", "2018-10-18")]),       # no blank
    ("30 /10/2023",                                [("30 /10/2023", "2023-10-30")]),      # a blank from OCR
    ("ngày 30 tháng 10/2023",                      [("ngày 30 tháng 10/2023", "2023-10-30")]),
    ("ngày 12, tháng 3, năm 2026",                 [("ngày 12, tháng 3, năm 2026", "2026-03-12")]),
    ("15 tháng 7 năm 2021",                        [("15 tháng 7 năm 2021", "2021-07-15")]),
    ("ngày    tháng 6 năm 2026",                   [("ngày tháng 6 năm 2026", None)]),    # unsigned
    ("ngày … tháng … năm 2026",                    [("ngày … tháng … năm 2026", None)]),
    ("ngày tháng năm 2026",                        [("ngày tháng năm 2026", None)]),
    ("31/02/2026",                                 [("31/02/2026", None)]),               # no such day, still no figure
    ("ngày 15/3, hồ sơ 15/3",                      [("15/3", None)]),                     # the second is a fraction
    ("từ 15/3 đến 14/6",                           [("15/3", None), ("14/6", None)]),
    ("sáng ngày 5, 6 và 7/3/2026",                 [("5", "2026-03-05"), ("6", "2026-03-06"), ("7/3/2026", "2026-03-07")]),
    ("ngày 07 và 08/7/2025",                       [("07", "2025-07-07"), ("08/7/2025", "2025-07-08")]),
    ("01/7-14/9/2025",                             [("01/7", None), ("14/9/2025", "2025-09-14")]),
    ("ngày 15/3/26",                               [("15/3/26", "2026-03-15")]),
    ("Nghị định số 118/2025/NĐ-CP",                []),
    ("Thông tư số 02/2017/TT-VPCP ngày 31/10/2017", [("31/10/2017", "2017-10-31")]),
    ("3.670/3752 hồ sơ",                           []),
    ("đạt từ 5/7 thủ tục",                         []),                                    # a fraction after "từ"
    ("đến 12/15 xã",                               []),
    ("phục vụ 24/7",                               []),
    ("06 tháng đầu năm 2026",                      []),
    ("9 tháng năm 2025",                           []),
    ("ngày, tháng, năm sinh",                      []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), DATES)
def test_dates(text: str, wanted: list[tuple[str, str | None]]) -> None:
    normal = key(text)
    found = [(normal[m.start : m.end], m.date.isoformat() if m.date else None) for m in find_dates(normal)]
    assert found == wanted


def test_blank_day_keeps_month_and_year() -> None:
    (mention,) = find_dates("ngày tháng 6 năm 2026")
    assert (mention.day, mention.month, mention.year) == (None, 6, 2026)


WINDOWS: list[tuple[str, list[tuple[str | None, str | None]]]] = [
    ("từ ngày 15/3 đến ngày 10/6/2026",                         [("2026-03-15", "2026-06-10")]),
    ("từ ngày 15/3/2026 đến hết ngày 14/6/2026",                [("2026-03-15", "2026-06-14")]),
    ("(kỳ số liệu: 01/7/2025 - 14/9/2025)",                     [("2025-07-01", "2025-09-14")]),
    ("01/7/2025–14/9/2025",                                     [("2025-07-01", "2025-09-14")]),
    ("từ 0 giờ ngày 01/7/2025 đến 17 giờ ngày 31/7/2025",       [("2025-07-01", "2025-07-31")]),
    ("từ 07h30 ngày 01/7 đến 17h00 ngày 31/7/2025",             [("2025-07-01", "2025-07-31")]),
    ("từ ngày 15 tháng 3 năm 2026 đến ngày 14 tháng 6 năm 2026", [("2026-03-15", "2026-06-14")]),
    ("từ 15 tháng 3 đến 14 tháng 6 năm 2026",                   [("2026-03-15", "2026-06-14")]),
    ("từ 15/12 đến 14/3/2026",                                  [("2025-12-15", "2026-03-14")]),   # later than the end: the year before
    ("từ ngày 15/12/2025 đến 14/3",                             [("2025-12-15", "2026-03-14")]),   # earlier than the start: the year after
    ("từ ngày 15/3 đến 14/6",                                   [("2026-03-15", "2026-06-14")]),   # the caller's year
    ("từ 01 đến 15/6/2026",                                     [("2026-06-01", "2026-06-15")]),
    ("tính từ ngày thành lập xã 01/7/2025 đến ngày 15/12/2025", [("2025-07-01", "2025-12-15")]),
    ("số liệu chốt 14/9/2026, tính từ 15/6/2026",               [("2026-06-15", "2026-09-14")]),
    ("từ khi đi vào hoạt động (01/7/2025) đến hết ngày 14/9/2025", [("2025-07-01", "2025-09-14")]),
    ("chốt 15/6/2026, tính từ 14/9/2026",                       []),
    ("tính đến hết ngày 25/5/2026",                             [(None, "2026-05-25")]),
    ("từ đầu năm đến ngày 10/6/2026",                           [("2026-01-01", "2026-06-10")]),
    ("từ ngày 01/7/2025 đến nay",                               [("2025-07-01", None)]),
    ("từ 01/7/2025 cho đến thời điểm báo cáo",                  [("2025-07-01", None)]),
    ("ngày 02/3/2026, ngày 05/6/2026",                          []),
    ("Công văn ngày 02/3/2026 và Kế hoạch ngày 05/6/2026",      []),
    ("trước ngày 30/6/2026",                                    []),
    # months, and from a month till now
    ("từ tháng 7 đến nay",                                      [("2026-07-01", None)]),           # the caller's year
    ("tính từ đầu tháng 7/2025 cho đến thời điểm hiện tại",     [("2025-07-01", None)]),
    ("kể từ tháng 7 năm 2025 đến hết tháng 11 năm 2025",        [("2025-07-01", "2025-11-30")]),
    ("từ tháng 7 đến hết tháng 11/2025",                        [("2025-07-01", "2025-11-30")]),   # the year of the end for both
    ("từ tháng 9/2025 đến tháng 2/2026",                        [("2025-09-01", "2026-02-28")]),
    ("từ tháng 1 đến cuối tháng 2 năm 2028",                    [("2028-01-01", "2028-02-29")]),
    ("từ tháng 4 đến tháng 6",                                  [("2026-04-01", "2026-06-30")]),
    ("từ tháng 13 đến nay",                                     []),
    ("từ tháng 7 đến 30/9/2025",                                []),                               # a month and a day are not put together
    ("từ tháng trước đến nay",                                  []),
    ("đến nay đã qua tháng 7",                                  []),
    ("từ tháng 7 đến nay; từ ngày 01/7/2025 đến ngày 14/9/2025", [("2026-07-01", None), ("2025-07-01", "2025-09-14")]),
    # the event that a stretch begins with
    ("từ khi thành lập phường 01/7/2025 đến ngày 14/9/2025",    [("2025-07-01", "2025-09-14")]),
    ("kể từ lúc vận hành bộ máy ngày 01/7/2025 đến nay",        [("2025-07-01", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), WINDOWS)
def test_windows(text: str, wanted: list[tuple[str | None, str | None]]) -> None:
    found = [
        (m.first.isoformat() if m.first else None, m.last.isoformat() if m.last else None)
        for m in find_windows(key(text), 2026)
    ]
    assert found == wanted


def test_months_without_any_year_have_no_window() -> None:
    assert find_windows("từ tháng 7 đến nay", None) == []


@given(st.integers(1, 12), st.integers(1, 12), st.integers(2020, 2035))
def test_a_stretch_of_months_ends_with_its_last_day(first: int, last: int, year: int) -> None:
    (window,) = find_windows(f"từ tháng {first} đến hết tháng {last}/{year}")
    assert window.first == date(year, first, 1)
    assert window.last is not None and not window.open_end
    assert (window.last + timedelta(days=1)).day == 1 and (window.last.year, window.last.month) == (year, last)


def test_window_without_any_year_stays_open() -> None:
    (window,) = find_windows("từ ngày 15/3 đến ngày 14/6", None)
    assert (window.first, window.last) == (None, None)


PERIODS: list[tuple[str, list[str | None]]] = [
    ("quý II/2026",                                  ["2026-Q2"]),
    ("Quý Iv năm 2025",                              ["2025-Q4"]),
    ("quý 2 năm 2026",                               ["2026-Q2"]),
    ("Q.II",                                         ["2024-Q2"]),                # the caller's year
    ("Q3/2025",                                      ["2025-Q3"]),
    ("quý IV-2025",                                  ["2025-Q4"]),
    ("quý II, năm 2026",                             ["2026-Q2"]),
    ("quý lI năm 2026",                              ["2026-Q2"]),                # a small L from OCR
    ("quý hai năm 2026",                             ["2026-Q2"]),
    ("quý V năm 2026",                               ["2026"]),                   # no such quarter
    ("6 tháng đầu năm 2026",                         ["2026-H1"]),
    ("06 tháng đầu năm",                             ["2024-H1"]),
    ("sáu tháng cuối năm",                           ["2024-H2"]),
    ("nửa đầu năm 2026",                             ["2026-H1"]),
    ("6 tháng năm 2026",                             ["2026-H1"]),
    ("9 tháng năm 2025",                             ["2025-9M"]),
    ("9 tháng đầu năm 2025",                         ["2025-9M"]),
    ("10 tháng năm 2023",                            ["2023-10M"]),               # not May 2023, not October
    ("mười một tháng năm 2025",                      ["2025-11M"]),
    ("năm tháng đầu năm 2025",                       ["2025-5M"]),                # năm: five and year
    ("3 tháng đầu năm 2026",                         ["2026-Q1"]),
    ("12 tháng năm 2025",                            ["2025"]),
    ("tháng 7 năm 2025",                             ["2025-M07"]),
    ("tháng 12/2025",                                ["2025-M12"]),
    ("tháng tư năm 2025",                            ["2025-M04"]),
    ("T9/2025",                                      ["2025-M09"]),
    ("năm 2025; phương hướng năm 2026",              ["2025", "2026"]),
    ("cả năm 2025",                                  ["2025"]),
    ("quý II, nhiệm vụ quý III năm 2026",            ["2024-Q2", "2026-Q3"]),     # who looks ahead decides, not this
    ("quý I và quý II năm 2026",                     ["2026-Q1", "2026-Q2"]),     # tied: one year for both
    ("quý II năm trước",                             ["2023-Q2"]),
    ("6 tháng đầu năm nay",                          ["2024-H1"]),
    ("từ tháng 01 đến tháng 5 năm 2026",             ["2026-5M"]),
    ("từ tháng 4 đến tháng 11/2026",                 [None]),
    ("những tháng cuối năm 2025",                    [None]),
    ("giai đoạn 2021 - 2030",                        [None]),
    ("đến cuối năm 2025",                            [None]),
    ("ngày 02 tháng 3 năm 2026",                     []),                         # inside a date
    ("ngày tháng 6 năm 2026",                        []),
    ("đã qua 6 tháng",                               []),                         # a length, not a period
    ("quý cơ quan, quý vị",                          []),
    ("năm hồ sơ",                                    []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PERIODS)
def test_periods(text: str, wanted: list[str | None]) -> None:
    assert [m.code for m in find_periods(key(text), 2024)] == wanted


def test_period_without_a_year_has_no_code_but_its_part() -> None:
    (mention,) = find_periods("quý ii")
    assert (mention.code, mention.part, mention.year) == (None, "Q2", None)


RELATIONS: list[tuple[str, str, str | None]] = [
    ("2026-Q2", "2026-Q2", "period"),
    ("2026-Q1", "2026-Q2", "previous"),
    ("2025-Q4", "2026-Q1", "previous"),
    ("2025-Q2", "2026-Q2", "last_year"),
    ("2026-H1", "2026-Q2", "cumulative"),
    ("2026-9M", "2026-Q3", "cumulative"),
    ("2025", "2025-Q4", "cumulative"),
    ("2026-H1", "2026-M06", "cumulative"),
    ("2025-H2", "2026-H1", "previous"),
    ("2025-M12", "2026-M01", "previous"),
    ("2025", "2026", "previous"),
    ("2025-9M", "2026-9M", "last_year"),
    ("2025-H1", "2026-Q2", None),
    ("2026-Q2", "2026-H1", None),
    ("2026-Q3", "2026-Q2", None),
]


@pytest.mark.parametrize(("code", "of", "wanted"), RELATIONS)
def test_relations(code: str, of: str, wanted: str | None) -> None:
    assert relation(code, of) == wanted


def test_standard_windows() -> None:
    assert standard_window("2026-Q1") == (date(2025, 12, 15), date(2026, 3, 14))
    assert standard_window("2026-Q2") == (date(2026, 3, 15), date(2026, 6, 14))
    assert standard_window("2026-H1") == (date(2025, 12, 15), date(2026, 6, 14))
    assert standard_window("2026-H2") == (date(2026, 6, 15), date(2026, 12, 14))
    assert standard_window("2026-M03") == (date(2026, 2, 15), date(2026, 3, 14))
    assert standard_window("2025-9M") == (date(2024, 12, 15), date(2025, 9, 14))
    assert standard_window("2025") == (date(2024, 12, 15), date(2025, 12, 14))


@pytest.mark.parametrize("code", ["", "26-Q2", "2026-Q5", "2026-H3", "2026-M13", "2026-0M", "2026-13M", "quý II"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="period"):
        period_span(code)


PARTS = ["", "Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M", "10M", *(f"M{m:02d}" for m in range(1, 13))]
SPELLINGS = {
    "": "năm {y}",
    "Q": "quý {n} năm {y}",
    "H1": "6 tháng đầu năm {y}",
    "H2": "6 tháng cuối năm {y}",
    "M": "tháng {n}/{y}",
}


@given(st.sampled_from(PARTS), st.integers(2000, 2090))
def test_a_period_written_out_is_read_back(part: str, year: int) -> None:
    code = code_of(year, part)
    assert code is not None
    written = f"{part[:-1]} tháng năm {year}" if part.endswith("M") else SPELLINGS.get(part) or SPELLINGS[part[0]]
    written = written.format(n=part[1:].lstrip("0"), y=year)
    assert [m.code for m in find_periods(key(f"Kết quả {written} của xã"))] == [code]
    first, last = period_span(code)
    assert first.day == 1 and (last + timedelta(days=1)).day == 1
    assert standard_window(code)[0] < first and standard_window(code)[1] < last


@given(
    st.dates(date(1990, 1, 1), date(2080, 12, 31)),
    st.sampled_from(["{d}/{m}/{y}", "{d:02d}.{m:02d}.{y}", "{d}-{m}-{y}", "ngày {d:02d} tháng {m} năm {y}"]),
)
def test_a_date_written_out_is_read_back(day: date, form: str) -> None:
    text = "(" + form.format(d=day.day, m=day.month, y=day.year) + "),"
    assert [m.date for m in find_dates(text)] == [day]


@given(st.text(alphabet="0123456789/.- ()ngàythángnămquýiv,đếntừ", max_size=60))
def test_nothing_overlaps_and_nothing_breaks(raw: str) -> None:
    text = key(raw)
    for mentions in (find_dates(text), find_windows(text, 2026), find_periods(text, 2026)):
        for mention in mentions:
            assert 0 <= mention.start < mention.end <= len(text)
        assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


@pytest.mark.parametrize(
    "hostile",
    ["ngày " * 4000, "1/" * 8000, "từ ngày 1/1 đến " * 1500, "tháng 1 " * 3000, ". … _ " * 5000, "quý i" * 4000],
)
def test_hostile_text_takes_no_time(hostile: str) -> None:
    started = time.perf_counter()
    find_periods(hostile, 2026)
    find_windows(hostile, 2026)
    assert time.perf_counter() - started < 5


def test_no_wording_is_looked_for_by_letters_it_can_lack() -> None:
    """A text without them is never looked through, so a wording that could do without would silently be lost."""
    texts = [key(text) for text, _ in PERIODS]
    for _, sign, pattern in periods._PERIODS:
        assert all(sign in match.group() for text in texts for match in pattern.finditer(text))
