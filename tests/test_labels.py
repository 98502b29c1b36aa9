"""Every word an official reads: all of them there, spelt the Vietnamese way, and a missing one named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import batch
from extractor.catalog import labels
from extractor.catalog.files import read_toml
from extractor.errors import PatternError, ReadError
from extractor.pipeline import PARTIAL

PATTERNS = Path(__file__).parents[1] / "patterns"
LABELS = labels.load(PATTERNS)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("2026-Q1", "Quý I năm 2026"),
        ("2026-Q2", "Quý II năm 2026"),
        ("2025-Q3", "Quý III năm 2025"),
        ("2025-Q4", "Quý IV năm 2025"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-H2", "6 tháng cuối năm 2026"),
        ("2026", "Năm 2026"),
        ("2026-M06", "Tháng 6 năm 2026"),  # no leading zero before June, as the layout decree has it
        ("2026-M12", "Tháng 12 năm 2026"),
        ("2026-9M", "9 tháng đầu năm 2026"),
        ("2023-10M", "10 tháng đầu năm 2023"),
        (None, "Không rõ kỳ báo cáo"),
        ("", "Không rõ kỳ báo cáo"),
        ("2026-Q7", "2026-Q7"),  # a code of no known form is shown, not guessed
    ],
)
def test_period_in_words(code: str | None, words: str) -> None:
    assert LABELS.period(code) == words


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("self", "toàn đơn vị"),
        ("commune_level", "cấp xã"),
        ("district_level", "cấp huyện"),
        ("province_level", "cấp tỉnh"),
        ("field:hộ tịch", "lĩnh vực hộ tịch"),
        ("unit:Phường Ví Dụ", "đơn vị Phường Ví Dụ"),
        ("unit:{name}", "đơn vị {name}"),  # letters of a document are never a template
        ("field:bảo trợ: xã hội", "lĩnh vực bảo trợ: xã hội"),
        ("elsewhere", "elsewhere"),
    ],
)
def test_scope_in_words(scope: str, words: str) -> None:
    assert LABELS.scope(scope) == words


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("1234.5", None, "1.234,5"),
        ("1234567", None, "1.234.567"),
        ("98.305", 2, "98,31"),  # half up, as officials round; not half to even
        ("0", None, "0"),
        ("0", 2, "0,00"),
        ("-5", None, "-5"),
        ("1E+3", None, "1.000"),
        ("12.50", None, "12,50"),  # printed digits are kept
    ],
)
def test_numbers_the_vietnamese_way(value: str, decimals: int | None, printed: str) -> None:
    assert LABELS.number(Decimal(value), decimals) == printed


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_number_can_be_read_back(value: int) -> None:
    assert int(LABELS.number(value).replace(".", "")) == value


def test_every_id_has_words_of_its_own() -> None:
    for id in labels.INDICATORS:
        assert LABELS.indicator(id) != id
        assert LABELS.short(id) != id
        assert LABELS.unit(id) in labels.UNITS
    names = [LABELS.indicator(id) for id in labels.INDICATORS]
    assert len(set(names)) == len(names)
    for id in labels.RULES:
        assert LABELS.rule(id) != id


def test_units_follow_the_kind_of_indicator() -> None:
    for id in labels.INDICATORS:
        group = id.partition(".")[0]
        expected = {"rate": "%", "feedback": "PAKN", "procedures": "TTHC"}.get(group, "hồ sơ")
        assert LABELS.unit(id) == expected, id


def test_the_contract_is_covered() -> None:
    contract = Path(__file__).parents[2] / "shared" / "contract.md"
    if not contract.is_file():
        pytest.skip("the contract is not here")
    words = set(contract.read_text(encoding="utf-8").replace(",", " ").replace("|", " ").replace(".\n", " ").split())
    known = {*labels.INDICATORS, *labels.RULES}
    groups = ("received.", "resolved.", "pending.", "rate.", "digitised.", "payment.", "feedback.", "procedures.")
    named = {w.strip("()`:;") for w in words if w.strip("()`:;").startswith(groups)}
    assert named - known - {"rate.<name>", "rate."} == set()


def _broken(tmp_path: Path, old: str, new: str) -> Path:
    text = (PATTERNS / "labels.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "labels.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('id    = "received.total"', 'id    = "received.totals"', "received.total"),
        ('short = "Tiếp nhận"\n', "", "received.total"),
        ('unit  = "hồ sơ"', 'unit  = "bộ"', "bộ"),
        ('id    = "received.new"', 'id    = "received.total"', "received.total"),
        ("cumulative = ", "cumulativ = ", "cumulative"),
        ("cumulative = ", 'cumulative = ""\nx = ', "cumulative"),
        ('"balance"                = ', '"balanced" = ', "balance"),
        ("lĩnh vực {name}", "lĩnh vực {nam}", "nam"),
        ("lĩnh vực {name}", "lĩnh vực {name", "field"),
        ('id   = "unread"', 'id   = "unraed"', "unread"),
    ],
)
def test_a_wrong_label_file_is_refused_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(PatternError) as error:
        labels.load(_broken(tmp_path, old, new))
    assert named in str(error.value)
    assert "labels.toml" in str(error.value)


def test_an_unknown_sentence_is_refused_by_name() -> None:
    with pytest.raises(PatternError, match=r"no\.such"):
        LABELS.text("no.such")


def test_indicators_and_rules_of_the_other_pattern_files_have_words() -> None:
    for table, known in (("indicator", labels.INDICATORS), ("rule", labels.RULES)):
        records = read_toml(PATTERNS, f"{table}s.toml")[table]
        ids = {record["id"] for record in records if "id" in record}
        assert ids
        assert ids - set(known) == set()


def test_everything_that_is_not_read_has_a_name_and_a_remedy() -> None:
    codes = {ReadError.code, *(kind.code for kind in ReadError.__subclasses__()), *PARTIAL, *batch.PASSING}
    assert codes == set(labels.PROBLEMS)
    for code in codes:
        assert LABELS.problem(code) != code and len(LABELS.problem(code)) < 60
        assert LABELS.remedy(code).endswith(".") and LABELS.remedy(code)[0].isupper()
