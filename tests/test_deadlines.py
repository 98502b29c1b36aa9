"""Every wording of time seen in plans, with the kind and days that contract.md gives it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.vietnamese.deadlines import Deadline, parse_deadline

# printed, kind, first day, last day; the plan's year is 2026
WORDINGS = [
    ("", "none", None, None),
    (" - ", "none", None, None),
    ("Đã xong", "none", None, None),
    # continuous
    ("Thường xuyên", "continuous", None, None),
    ("Thường xuyên trong năm", "continuous", None, None),
    ("Thường xuyên trong năm 2026", "continuous", None, None),
    ("Cả năm", "continuous", None, None),
    ("Cả năm 2026", "continuous", None, None),
    ("Hằng ngày", "continuous", None, None),
    ("Liên tục", "continuous", None, None),
    ("Thường xuyên, theo kế hoạch", "continuous", None, None),
    ("Thường xuyên; báo cáo trước ngày 15/12/2026", "continuous", None, None),
    ("Duy trì thường xuyên, hằng tháng có báo cáo", "continuous", None, None),
    # a last day
    ("Trước ngày 30/6/2026", "date", None, "2026-06-30"),
    ("Trước 30/6", "date", None, "2026-06-30"),
    ("30/11", "date", None, "2026-11-30"),
    ("15/12/2026", "date", None, "2026-12-15"),
    ("Xong trước ngày 05/4/2026.", "date", None, "2026-04-05"),
    ("Chậm nhất ngày 01/09/2026", "date", None, "2026-09-01"),
    ("Báo cáo năm chậm nhất ngày 01/09/2026", "date", None, "2026-09-01"),
    ("Hoàn thành trước ngày 30 tháng 6 năm 2026", "date", None, "2026-06-30"),
    ("Ngày 15 tháng 10", "date", None, "2026-10-15"),
    ("Đến hết ngày 31.12.2026", "date", None, "2026-12-31"),
    ("Trước 20-5-2026", "date", None, "2026-05-20"),
    ("Trước 30/6/26", "date", None, "2026-06-30"),
    ("Trong quý II/2026, trước ngày 15/6", "date", None, "2026-06-15"),
    ("Năm 2026 (trước 15/11/2026)", "date", None, "2026-11-15"),
    ("Trước ngày 15/6 và ngày 15/12/2026", "date", None, "2026-12-15"),
    ("Theo kế hoạch của thành phố, hoàn thành trước 30/9/2026", "date", None, "2026-09-30"),
    ("Trước tháng 6/2026", "date", None, "2026-05-31"),
    ("Trước ngày 31/6/2026", "date", None, None),  # June has thirty days
    # ranges
    ("Từ ngày 15/03/2026", "range", "2026-03-15", None),
    ("Bắt đầu từ tháng 4", "range", "2026-04-01", None),
    ("Bắt đầu từ tháng 4 đến tháng 11/2026", "range", "2026-04-01", "2026-11-30"),
    ("Từ tháng 3 đến tháng 10", "range", "2026-03-01", "2026-10-31"),
    ("Tháng 4–11", "range", "2026-04-01", "2026-11-30"),
    ("Tháng 4-11/2026", "range", "2026-04-01", "2026-11-30"),
    ("4-11/2026", "range", "2026-04-01", "2026-11-30"),
    ("Tháng 3, tháng 9 năm 2026", "range", "2026-03-01", "2026-09-30"),
    ("Từ 01/3 đến 30/9", "range", "2026-03-01", "2026-09-30"),
    ("01/3/2026 - 30/9/2026", "range", "2026-03-01", "2026-09-30"),
    ("Từ ngày 01/6/2026 đến ngày 31/8/2026", "range", "2026-06-01", "2026-08-31"),
    ("Từ 15-20/6/2026", "range", "2026-06-15", "2026-06-20"),
    ("Quý I–IV", "range", "2026-01-01", "2026-12-31"),
    ("Quý II–III", "range", "2026-04-01", "2026-09-30"),
    ("Từ quý II đến quý IV/2026", "range", "2026-04-01", "2026-12-31"),
    ("Quý II, III năm 2026", "range", "2026-04-01", "2026-09-30"),
    ("Quý II và Quý IV/2026", "range", "2026-04-01", "2026-12-31"),
    ("Quý IV năm 2025 và Quý I năm 2026", "range", "2025-10-01", "2026-03-31"),
    ("6 tháng đầu năm", "range", "2026-01-01", "2026-06-30"),
    ("6 tháng cuối năm 2026", "range", "2026-07-01", "2026-12-31"),
    ("9 tháng đầu năm 2026", "range", "2026-01-01", "2026-09-30"),
    ("Từ tháng 12 đến tháng 02/2026", "range", "2025-12-01", "2026-02-28"),
    ("Từ ngày 01/9/2026 đến ngày 01/6/2026", "range", "2026-09-01", "2026-06-01"),  # as printed; the check tells it
    ("Từ tháng 11 đến tháng 2", "range", "2026-11-01", "2027-02-28"),
    ("Từ tháng 3/2026, hoàn thành trước 30/11/2026", "range", "2026-03-01", "2026-11-30"),
    ("Từ nay đến hết tháng 6/2026", "range", None, "2026-06-30"),
    ("Giai đoạn 2026-2030", "range", "2026-01-01", "2030-12-31"),
    ("Từ tháng 3 đến tháng 11/2026, mỗi tháng 01 lần", "range", "2026-03-01", "2026-11-30"),
    # months, quarters, years
    ("Tháng 6", "month", "2026-06-01", "2026-06-30"),
    ("Tháng 6/2026", "month", "2026-06-01", "2026-06-30"),
    ("6/2026", "month", "2026-06-01", "2026-06-30"),
    ("Tháng 02 năm 2026", "month", "2026-02-01", "2026-02-28"),
    ("Cuối tháng 6/2026", "month", "2026-06-01", "2026-06-30"),
    ("Hết tháng 6", "month", "2026-06-01", "2026-06-30"),
    ("Quý II", "quarter", "2026-04-01", "2026-06-30"),
    ("Quý I/2026", "quarter", "2026-01-01", "2026-03-31"),
    ("Quí 3 năm 2026", "quarter", "2026-07-01", "2026-09-30"),
    ("Trong quý IV/2026", "quarter", "2026-10-01", "2026-12-31"),
    ("Đầu quý III", "quarter", "2026-07-01", "2026-09-30"),
    ("Quý I/2027", "quarter", "2027-01-01", "2027-03-31"),
    ("Quý II/2026 theo kế hoạch riêng", "quarter", "2026-04-01", "2026-06-30"),
    ("Năm 2026", "year", "2026-01-01", "2026-12-31"),
    ("Trong năm 2026", "year", "2026-01-01", "2026-12-31"),
    ("Trong năm", "year", "2026-01-01", "2026-12-31"),
    ("2026", "year", "2026-01-01", "2026-12-31"),
    # periodic
    ("Hằng quý", "periodic", None, None),
    ("Hàng tuần", "periodic", None, None),
    ("Hằng năm", "periodic", None, None),
    ("Định kỳ 6 tháng, năm", "periodic", None, None),
    ("Định kỳ và đột xuất", "periodic", None, None),
    ("Hằng quý, trước ngày 15 tháng cuối quý", "periodic", None, None),
    ("Trước ngày 15 tháng cuối quý", "periodic", None, None),
    ("Hằng quý, chậm nhất ngày 15 của tháng đầu quý sau", "periodic", None, None),
    ("Trước 15/12 hàng năm", "periodic", None, None),
    ("Ngày 20 hằng tháng", "periodic", None, None),
    ("Trước ngày 25 mỗi tháng", "periodic", None, None),
    ("Theo chế độ báo cáo", "periodic", None, None),
    ("6 tháng, năm", "periodic", None, None),
    ("Quý, 6 tháng và năm", "periodic", None, None),
    ("02 lần/năm", "periodic", None, None),
    ("Các tháng trong năm", "periodic", None, None),
    ("Hằng tháng, từ tháng 3/2026", "periodic", None, None),
    # roadmap
    ("Theo lộ trình", "roadmap", None, None),
    ("Theo lộ trình của Nghị quyết", "roadmap", None, None),
    ("Theo Kế hoạch của thành phố", "roadmap", None, None),
    ("Theo kế hoạch năm 2026 của Sở Nội vụ", "roadmap", None, None),
    ("Theo Kế hoạch số 12/KH-UBND ngày 15/01/2026", "roadmap", None, None),
    ("Theo chỉ đạo", "roadmap", None, None),
    ("Khi có yêu cầu", "roadmap", None, None),
    ("Khi có phát sinh", "roadmap", None, None),
    ("Khi phát sinh", "roadmap", None, None),
    ("Khi có văn bản của cấp trên", "roadmap", None, None),
    ("Khi có cảnh báo", "roadmap", None, None),
    ("Sau 05 ngày kể từ ngày nhận được quyết định công bố", "roadmap", None, None),
    ("Trong 03 ngày làm việc", "roadmap", None, None),
    ("Ngay sau khi Kế hoạch được ban hành", "roadmap", None, None),
    ("Đột xuất", "roadmap", None, None),
    ("Theo quy định", "roadmap", None, None),
]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("printed", "kind", "start", "end"), WORDINGS)
def test_every_wording_has_its_kind_and_days(printed: str, kind: str, start: str | None, end: str | None) -> None:
    assert parse_deadline(printed, 2026) == Deadline(kind, day(start), day(end))  # type: ignore[arg-type]


@pytest.mark.parametrize("printed", ["Quý II", "Tháng 6", "Trước 30/6", "6 tháng đầu năm", "Từ tháng 4"])
def test_without_any_year_the_kind_stays_and_no_day_is_guessed(printed: str) -> None:
    known, unknown = parse_deadline(printed, 2026), parse_deadline(printed, None)
    assert unknown == Deadline(known.kind)


def test_february_of_a_leap_year_has_its_last_day() -> None:
    assert parse_deadline("Tháng 2/2028", None).end == date(2028, 2, 29)


@pytest.mark.parametrize("printed", ["QUÝ II", "quý  II", "Quý\u00a0II", "Quy\u0301 II"])
def test_blanks_capitals_and_loose_accents_do_not_matter(printed: str) -> None:
    assert parse_deadline(printed, 2026) == parse_deadline("Quý II", 2026)


@given(st.integers(1, 4), st.integers(2020, 2035))
def test_a_quarter_is_its_three_months(quarter: int, year: int) -> None:
    roman = ("I", "II", "III", "IV")[quarter - 1]
    asked = parse_deadline(f"Quý {roman}/{year}", 2001)
    months = parse_deadline(f"Từ tháng {quarter * 3 - 2} đến tháng {quarter * 3}/{year}", 2001)
    assert (asked.start, asked.end) == (months.start, months.end)


LETTERS = "0123456789/-. ,()quýthángnăm từ đến trước IVX"


@given(st.text(alphabet=LETTERS, max_size=60), st.none() | st.integers(2000, 2100))
def test_no_wording_raises_and_days_are_in_order(printed: str, year: int | None) -> None:
    found = parse_deadline(printed, year)
    if found.start and found.end:
        assert found.start <= found.end
    if found.kind in ("none", "periodic", "continuous", "roadmap"):
        assert (found.start, found.end) == (None, None)
