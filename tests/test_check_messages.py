"""The sentences that an official reads: printed numbers, the Vietnamese way, with scope and basis."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.catalog import default_folder
from extractor.catalog import rules as rules_file
from extractor.check import check
from extractor.check.messages import number, percent
from extractor.model import Figure, Finding, Place

RULES = rules_file.load(default_folder())


def figure(
    indicator: str, value: str, scope: str = "self", basis: str = "period", block: str = "p1", **more: Any
) -> Figure:
    decimals = len(value.partition(".")[2])
    return Figure(indicator, scope, basis, Decimal(value), value, Place(block, 0, 1, ""), decimals, **more)  # type: ignore[arg-type]


def report(scope: str = "self", basis: str = "period", **more: Any) -> list[Figure]:
    """Pending dossiers that miss ten of the total, all printed."""
    values = {"pending.total": "1250", "pending.in_time": "1230", "pending.overdue": "20", "pending.supplement": "10"}
    return [figure(name, value, scope, basis, **more) for name, value in values.items()]


def findings(given: Iterable[Figure]) -> tuple[Finding, ...]:
    return check(list(given), RULES).findings


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (999, "999"), (3286, "3.286"), (1204567, "1.204.567")])
def test_whole_numbers(value: int, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("scaled", "decimals", "text"), [(9831, 2, "98,31"), (5, 2, "0,05"), (100, 0, "100"), (1005, 1, "100,5")]
)
def test_rates(scaled: int, decimals: int, text: str) -> None:
    assert percent(scaled, decimals) == text


@given(st.integers(0, 10**9))
def test_a_whole_number_reads_back(value: int) -> None:
    assert int(number(value).replace(".", "")) == value


PENDING = (
    "ổng số đang giải quyết ghi 1.240 không bằng đang giải quyết trong hạn 1.230 + đang giải quyết quá hạn 20 = 1.250; "
    "chênh lệch 10."
)


@pytest.mark.parametrize(
    ("scope", "basis", "text"),
    [
        ("self", "period", "T" + PENDING),
        ("self", "cumulative", "Lũy kế từ đầu năm: t" + PENDING),
        ("commune_level", "period", "Cấp xã: t" + PENDING),
        ("field:đất đai", "period", "Lĩnh vực đất đai: t" + PENDING),
        ("unit:Trạm A", "previous", "Đơn vị Trạm A, kỳ trước: t" + PENDING),
    ],
)
def test_a_sum_names_its_scope_and_basis_where_they_are_not_the_usual(scope: str, basis: str, text: str) -> None:
    values = {"pending.total": "1240", "pending.in_time": "1230", "pending.overdue": "20"}
    (found,) = findings(figure(n, v, scope, basis) for n, v in values.items())
    assert found.message == text


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ([figure("rate.satisfaction", "97.89", numerator=Decimal(2412), denominator=Decimal(2437))],
         "Tỷ lệ hài lòng ghi 97,89%, tính lại từ 2.412/2.437 là 98,97%; chênh lệch 1,08 điểm phần trăm."),
        ([figure("received.total", "4152"), figure("received.total", "4125")],
         "Tổng số hồ sơ tiếp nhận được ghi không thống nhất: nơi ghi 4.152, nơi ghi 4.125; chênh lệch 27."),
        ([figure("procedures.total", "452"), figure("procedures.total", "398", "commune_level"),
          figure("procedures.total", "64", "province_level")],
         "Tổng số TTHC ghi 452 không bằng cấp tỉnh 64 + cấp xã 398 = 462; chênh lệch 10."),
        ([figure("digitised.results", "4000"), figure("rate.digitised_results", "85.10", numerator=Decimal(4000),
          denominator=Decimal(4700))],
         "Tỷ lệ số hóa kết quả ghi 85,10%, tính từ 4.000/4.700 là 85,11%: số lẻ bị cắt bớt hoặc tính hơi khác, "
         "không được làm tròn."),
        ([figure("payment.online", "3412", "self", "period", "t1r9c4"),
          figure("payment.online", "1700", "field:hộ tịch", "period", "t1r7c4"),
          figure("payment.online", "1702", "field:đất đai", "period", "t1r8c4")],
         "Dòng tổng của bảng hồ sơ thanh toán trực tuyến ghi 3.412, nhưng các dòng cộng lại là 3.402; chênh lệch 10."),
    ],
)  # fmt: skip
def test_sentences(given: list[Figure], text: str) -> None:
    assert [f.message for f in findings(given)] == [text]


def test_numbers_from_a_picture_are_to_be_compared_with_the_paper() -> None:
    (found,) = findings(report(ocr=True))
    assert found.message.endswith("Số đọc từ ảnh quét, hãy đối chiếu bản gốc.")


def test_approximate_numbers_are_a_warning_that_says_so() -> None:
    given = [figure("pending.total", "900", approximate=True), figure("pending.in_time", "1230"),
             figure("pending.overdue", "20")]  # fmt: skip
    (found,) = findings(given)
    assert found.severity == "warning"
    assert "ước chừng" in found.message


def test_every_sentence_is_filled_and_says_why() -> None:
    given = [*report(), figure("rate.on_time", "97.00"), figure("resolved.on_time", "900"),
             figure("resolved.total", "1000"), figure("received.total", "2250")]  # fmt: skip
    for found in findings(given):
        assert "{" not in found.message and found.message.endswith((".", "!"))
        for suggestion in found.suggestions:
            assert suggestion.because and "{" not in suggestion.because + suggestion.provided


def reasons(given: Iterable[Figure]) -> dict[tuple[str, int], str]:
    return {(s.indicator, int(s.proposed)): s.because for f in findings(given) for s in f.suggestions}


def test_a_suggestion_says_only_what_it_repairs() -> None:
    """1.182 settles both sums; 18 and 1.210 leave five dossiers in no class."""
    values = {"received.total": "1205", "resolved.total": "1187", "resolved.early": "1150", "resolved.on_time": "31"}
    values |= {"resolved.overdue": "1", "pending.total": "23"}
    told = reasons(figure(name, value) for name, value in values.items())
    assert told["resolved.total", 1182] == "Khi đó cả 2 phép kiểm tra liên quan khớp"
    for other in (("pending.total", 18), ("received.total", 1210)):
        assert told[other] == "Khi đó phép kiểm tra này khớp, nhưng còn 5 không rõ thuộc loại nào"


def test_a_suggestion_that_breaks_a_rate_says_so_and_comes_behind() -> None:
    values = {"resolved.total": "1803", "resolved.early": "1620", "resolved.on_time": "171", "resolved.overdue": "3"}
    values |= {"rate.early": "89.85", "rate.early_or_on_time": "99.83"}
    told = reasons(figure(name, value) for name, value in values.items())
    assert next(iter(told)) == ("resolved.on_time", 180)
    assert "không còn khớp" not in told["resolved.on_time", 180]
    assert told["resolved.early", 1629].endswith("nhưng không còn khớp với tỷ lệ trước hạn 89,85%")
    assert "không còn khớp với tỷ lệ trước hạn và đúng hạn" in told["resolved.overdue", 12]
