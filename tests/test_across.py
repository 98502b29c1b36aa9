"""Several documents side by side: what is said, how strongly, of which files; and silence where all is well."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.catalog import Catalog
from extractor.catalog.units import Commune
from extractor.comparison import Comparison
from extractor.errors import PatternError
from extractor.model import Figure, Finding, Identity, Place, PlanRow, Report, Suggestion, Target
from extractor.overview import overlook

CATALOG = Catalog.load()
Q1, Q2 = "2026-Q1", "2026-Q2"
WINDOWS = {
    Q1: (date(2025, 12, 15), date(2026, 3, 14)),
    Q2: (date(2026, 3, 15), date(2026, 6, 14)),
    "2025": (date(2024, 12, 15), date(2025, 12, 14)),
    "2026-H1": (date(2025, 12, 15), date(2026, 6, 14)),
}
FIRST = {
    "received.total": 510, "received.online": 480, "received.in_person": 20, "received.carried_over": 10,
    "resolved.total": 480, "resolved.early": 470, "resolved.on_time": 10, "resolved.overdue": 0,
    "pending.total": 30, "pending.in_time": 30, "pending.overdue": 0,
}  # fmt: skip
SECOND = {
    "received.total": 630, "received.online": 590, "received.in_person": 10, "received.carried_over": 30,
    "resolved.total": 600, "resolved.early": 580, "resolved.on_time": 20, "resolved.overdue": 0,
    "pending.total": 30, "pending.in_time": 29, "pending.overdue": 1,
}  # fmt: skip


def figure(indicator: str, value: object, **more: object) -> Figure:
    printed = str(value)
    base = Figure(
        indicator, "self", "period", Decimal(printed), printed, Place("p1", 0, len(printed), f"{printed} hồ sơ"),
        len(printed.partition(".")[2]),
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def report(
    unit: str | None, period: str | None, figures: Mapping[str, object] | Sequence[Figure], **more: object
) -> Report:
    """A signed report of a commune of Hải Phòng (its code where the official list has it)."""
    if isinstance(figures, Mapping):
        figures = [figure(i, v) for i, v in figures.items()]
    kind, _, name = (unit or "").partition(" ")
    known = CATALOG.units.commune(name, kind, "Hải Phòng")
    own = {"number": "12/BC-UBND", "date": date(2026, 6, 16), "window": WINDOWS.get(period or ""), "kind": "BC"}
    own |= {k: more.pop(k) for k in [*own, "level", "internal", "replaces"] if k in more}
    identity = Identity(
        issuer=unit, issuer_code=known.code if known else None, province="Hải Phòng", period=period, **own,
    )  # type: ignore[arg-type]  # fmt: skip
    path = str(more.pop("path", f"{unit}-{period}-{own['kind']}.docx"))
    base = Report(path, path, Path(path).suffix.lstrip("."), "read", identity=identity, figures=tuple(figures))
    return replace(base, **more)  # type: ignore[arg-type]


def two(first: Mapping[str, object] = FIRST, second: Mapping[str, object] = SECOND, **more: object) -> list[Report]:
    return [report("Phường Lê Chân", Q1, first), report("Phường Lê Chân", Q2, second, **more)]


def findings(reports: Sequence[Report], roster: Sequence[Commune] = ()) -> tuple[Finding, ...]:
    return overlook(reports, CATALOG, roster).findings


def rules(reports: Sequence[Report], roster: Sequence[Commune] = ()) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in findings(reports, roster)]


def only(reports: Sequence[Report], rule: str) -> Finding:
    (found,) = [f for f in findings(reports) if f.rule == rule]
    return found


# --------------------------------------------------------------------------- one period after another


def test_reports_that_agree_say_nothing() -> None:
    assert findings(two()) == ()
    assert findings([]) == ()


def test_a_carry_over_that_differs_is_an_error_where_the_windows_abut() -> None:
    found = only(two(second={**SECOND, "received.carried_over": 35}), "carry_over")
    assert (found.severity, found.certainty, found.difference) == ("error", "candidates", 5)
    assert "ghi 35" in found.message and "cuối kỳ 30" in found.message and "chênh lệch 5" in found.message
    assert "15/12/2025 – 14/3/2026 và 15/3/2026 – 14/6/2026" in found.message
    assert found.documents == ("Phường Lê Chân-2026-Q2-BC.docx", "Phường Lê Chân-2026-Q1-BC.docx")
    assert found.figures == (3,)  # of the first document: what was carried over
    sides = [(s.indicator, s.basis, s.printed, s.proposed) for s in found.suggestions]
    assert sides == [("received.carried_over", "period", 35, 30), ("pending.total", "previous", 30, 35)]
    assert found.question is not None
    assert found.question.text == "Số hồ sơ đang giải quyết cuối quý I năm 2026 là 30 hay 35?"


@pytest.mark.parametrize(
    ("window", "words", "rule"),
    [
        ((date(2026, 3, 20), date(2026, 6, 14)), "5 ngày không kỳ nào tính (15/3/2026 – 19/3/2026)", "window"),
        ((date(2026, 3, 11), date(2026, 6, 14)), "tính trùng 4 ngày (11/3/2026 – 14/3/2026)", "window"),
        (None, "không ghi rõ thời gian chốt", None),
    ],
)
def test_windows_that_do_not_meet_make_it_a_warning(window: object, words: str, rule: str | None) -> None:
    found = findings(two(second={**SECOND, "received.carried_over": 35}, window=window))
    (carried,) = [f for f in found if f.rule == "carry_over"]
    assert carried.severity == "warning" and words in carried.message
    same = [f for f in found if f.rule == rule and f.severity == "warning"]
    assert [f.cause for f in same] == ([carried.cause] if rule else [])  # the days explain the difference


def test_the_year_before_is_followed_by_the_first_quarter() -> None:
    year = report("Phường Lê Chân", "2025", {**FIRST, "pending.total": 9}, date=date(2025, 12, 16))
    found = only([year, report("Phường Lê Chân", Q1, FIRST)], "carry_over")
    assert "năm 2025" in found.message and found.difference == 1


def test_of_two_periods_before_the_one_of_the_same_kind_is_taken() -> None:
    year = report("Phường Lê Chân", "2025", {"pending.total": 99, "received.total": 99})
    quarter = report("Phường Lê Chân", "2025-Q4", {"pending.total": 10}, window=None)
    assert "carry_over" not in [f.rule for f in findings([year, quarter, report("Phường Lê Chân", Q1, FIRST)])]


def test_what_the_last_report_itself_speaks_against_is_suggested_first() -> None:
    slip = Suggestion("pending.total", "self", "period", Decimal(30), Decimal(35), "…")
    broken = Finding("balance", "self", "period", "error", 1, "pinned", "…", (0, 4, 8), Decimal(5), (slip,))
    first, second = two(second={**SECOND, "received.carried_over": 35})
    found = only([replace(first, findings=(broken,)), second], "carry_over")
    assert found.suggestions[0].indicator == "pending.total" and "gợi ý" in found.suggestions[0].because


@pytest.mark.parametrize(
    "second",
    [
        [figure("received.carried_over", 40, approximate=True)],
        [figure("received.carried_over", 40, scope="commune_level"), figure("received.total", 40)],
        [figure("received.carried_over", 40), figure("received.carried_over", 41)],  # disputed in itself
        {"received.total": 600},
    ],
)
def test_no_carry_over_is_judged_that_is_not_printed_exactly(second: Sequence[Figure]) -> None:
    assert "carry_over" not in [rule for rule, _ in rules([two()[0], report("Phường Lê Chân", Q2, second)])]


def test_dossiers_that_wait_for_papers_may_be_counted_apart_and_come_over_too() -> None:
    second = {**SECOND, "received.carried_over": 33}
    assert "carry_over" not in [rule for rule, _ in rules(two({**FIRST, "pending.supplement": 3}, second))]
    assert "carry_over" in [rule for rule, _ in rules(two({**FIRST, "pending.supplement": 2}, second))]


def test_a_picture_makes_an_error_a_warning() -> None:
    scanned = [figure(i, v, ocr=True) for i, v in {**SECOND, "received.carried_over": 35}.items()]
    assert only([two()[0], report("Phường Lê Chân", Q2, scanned)], "carry_over").severity == "warning"


@pytest.mark.parametrize(
    ("period", "window", "words"),
    [
        (Q2, (date(2026, 3, 15), date(2026, 6, 10)), "kết thúc sớm 4 ngày"),
        ("2026-H1", (date(2026, 1, 1), date(2026, 6, 14)), "bắt đầu muộn 17 ngày"),
        ("2025-Q3", (date(2025, 7, 1), date(2025, 9, 14)), None),  # the communes of today began on that day
        (Q2, WINDOWS[Q2], None),
    ],
)
def test_a_window_against_the_ordered_one_is_a_notice(period: str, window: object, words: str | None) -> None:
    found = [f for f in findings([report("Xã Tiên Lãng", period, SECOND, window=window)]) if f.rule == "window"]
    assert [f.severity for f in found] == (["notice"] if words else [])
    assert all(words in f.message for f in found if words)


def test_a_window_of_another_year_is_a_warning() -> None:
    found = only([report("Xã Tiên Lãng", Q2, SECOND, window=(date(2025, 3, 15), date(2025, 6, 14)))], "window")
    assert found.severity == "warning" and "nằm ngoài kỳ" in found.message


def test_days_after_the_signature_are_noticed() -> None:
    found = only([report("Xã Tiên Lãng", Q2, SECOND, date=date(2026, 6, 12))], "window")
    assert found.severity == "notice" and "14/6/2026, sau ngày ký văn bản (12/6/2026)" in found.message


def test_the_same_figures_again_are_a_warning_of_one_cause_with_the_carry_over() -> None:
    found = findings(two(second=FIRST))
    assert [(f.rule, f.severity) for f in found] == [("carry_over", "error"), ("copied", "warning")]
    assert {f.cause for f in found} == {1}
    assert "9 số hồ sơ" in found[1].message  # zeros prove nothing
    nearly = {**FIRST, "resolved.early": 469, "received.carried_over": 30}
    assert "copied" not in [rule for rule, _ in rules(two(second=nearly))]
    few = {"received.total": 5, "resolved.total": 5, "pending.total": 0}
    assert rules(two(few, few)) == []


def test_figures_of_a_neighbour_are_told_once() -> None:
    reports = [report("Phường Lê Chân", Q2, SECOND), report("Xã Tiên Lãng", Q2, SECOND)]
    found = only(reports, "copied")
    assert "Phường Lê Chân" in found.message and found.documents[0].startswith("Xã Tiên Lãng")


# --------------------------------------------------------------------------- versions


def test_word_and_pdf_of_one_report_with_a_digit_changed() -> None:
    word = report("Phường Lê Chân", Q2, SECOND, path="a.docx")
    pdf = report("Phường Lê Chân", Q2, {**SECOND, "resolved.total": 606}, path="a.pdf")
    found = only([word, pdf], "version")
    assert (found.severity, found.certainty, found.documents) == ("warning", "candidates", ("a.docx", "a.pdf"))
    assert "tổng số đã giải quyết: 606 và 600" in found.message and "tệp a.pdf và tệp a.docx" in found.message
    assert [word.figures[n].indicator for n in found.figures] == ["resolved.total"]
    assert rules([word, replace(word, path="a.pdf", sha256="other")]) == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"number": None, "date": None}, "chưa có số, ngày ban hành"),
        ({"number": "9/BC-UBND", "date": date(2026, 6, 10)}, "Báo cáo số 9/BC-UBND ngày 10/6/2026 cũ hơn"),
    ],
)
def test_what_a_superseded_version_said_otherwise(other: dict[str, object], words: str) -> None:
    old = report("Phường Lê Chân", Q2, {**SECOND, "pending.total": 31}, path="old.docx", **other)
    found = only([old, report("Phường Lê Chân", Q2, SECOND, path="new.docx")], "version")
    assert found.severity == "notice" and words in found.message
    assert "tổng số đang giải quyết: 31 → 30" in found.message and found.documents == ("new.docx", "old.docx")


def test_a_report_that_replaces_another() -> None:
    old = report("Phường Lê Chân", Q2, {**SECOND, "pending.total": 31}, path="old.docx")
    new = report("Phường Lê Chân", Q2, SECOND, path="new.docx", number="15/BC-UBND", replaces="12/BC-UBND")
    assert "thay thế bằng Báo cáo số 15/BC-UBND" in only([old, new], "version").message


# --------------------------------------------------------------------------- wholes and units


def city(*figures: Figure, **more: object) -> Report:
    return report("Thành phố Hải Phòng", Q2, figures, level="province", path="tp.docx", **more)


def test_a_row_of_the_citys_table_against_the_wards_own_report() -> None:
    rows = [
        figure("received.total", 630, scope="unit:Phường Lê Chân"),
        figure("pending.total", 28, scope="unit:Lê Chân"),
        figure("pending.total", 28, scope="unit:Xã Không Có"),
        figure("rate.online", 9, scope="unit:Lê Chân"),
    ]
    found = only([city(*rows), report("Phường Lê Chân", Q2, SECOND)], "aggregate")
    assert "tổng số đang giải quyết: ghi 28, đơn vị báo cáo 30, chênh lệch 2" in found.message
    assert (found.scope, found.figures, found.difference) == ("unit:Phường Lê Chân", (1,), 2)
    assert rules([city(rows[0]), report("Phường Lê Chân", Q2, SECOND)]) == []


def test_the_whole_is_judged_as_far_as_the_units_are_known() -> None:
    wards = [report(u, Q2, {**SECOND, "resolved.total": n}) for u, n in (("Phường Lê Chân", 600), ("Xã Tiên Lãng", 50))]
    roster = [CATALOG.units.commune(n, None, "Hải Phòng") for n in ("Lê Chân", "Tiên Lãng")]
    owed = [c for c in roster if c is not None]
    less, more = (city(figure("resolved.total", n, scope="commune_level")) for n in (640, 660))
    assert "nhiều hơn 10" in only([less, *wards], "aggregate").message
    assert rules([more, *wards]) == []  # others may have reported the rest
    assert ("aggregate", "warning") in rules([more, *wards], owed)
    whole = city(figure("resolved.total", 660))  # its own departments count too
    assert rules([whole, *wards], owed) == []


# --------------------------------------------------------------------------- plans


def row(number: str = "1", **more: object) -> PlanRow:
    base = PlanRow(
        "I", number, "Rà soát thủ tục", "Trung tâm Phục vụ hành chính công", "Công an phường", "Báo cáo", "Quý II",
        "quarter", date(2026, 4, 1), date(2026, 6, 30), (), Place("t1r2c2", 0, 5, "…"),
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def plan(*rows: PlanRow, **more: object) -> Report:
    own = {"kind": "KH", "number": "5/KH-UBND", "date": date(2026, 1, 20), "window": None, **more}
    return report("Phường Lê Chân", "2026", (), plan_rows=rows, **own)


def at_least(indicator: str, value: int, op: str = ">=") -> Target:
    return Target(op, Decimal(value), "percent", indicator)


def test_targets_missed_and_not_reported() -> None:
    targets = (at_least("rate.online", 85), at_least("rate.satisfaction", 95), at_least("rate.digitised", 90))
    rates = [figure("rate.online", "80.5"), figure("rate.digitised", "91.25")]
    reports = [plan(row(targets=targets)), report("Phường Lê Chân", Q2, rates)]
    missed, unreported = findings(reports)
    assert (missed.rule, missed.severity, unreported.severity) == ("target", "warning", "notice")
    assert "tỷ lệ hồ sơ trực tuyến 80,5%, chỉ tiêu tối thiểu 85%. Đã đạt 1 chỉ tiêu." in missed.message
    assert missed.documents == (reports[1].path, reports[0].path) and missed.figures == (0,)
    assert "tỷ lệ hài lòng (tối thiểu 95%)" in unreported.message
    followed = {f.indicator: (f.verdict, f.reported) for f in overlook(reports, CATALOG).followed}
    assert followed == {
        "rate.online": ("missed", Decimal("80.5")), "rate.satisfaction": ("unreported", None),
        "rate.digitised": ("met", Decimal("91.25")),
    }  # fmt: skip


def test_a_target_held_against_counts_says_so() -> None:
    """The rate is not stated; the counts give it."""
    counts = {"received.new": 200, "received.online": 190}
    (followed,) = overlook(
        [plan(row(targets=(at_least("rate.online", 85),))), report("Phường Lê Chân", Q2, counts)], CATALOG
    ).followed
    assert (followed.verdict, followed.reported, followed.figure) == ("met", Decimal(95), None)


@pytest.mark.parametrize(
    ("targets", "rates"),
    [
        ([at_least("rate.online", 85)], {"rate.online": "85"}),
        ([at_least("rate.overdue", 2, "=")], {"rate.overdue": "0.5"}),
        ([at_least("rate.satisfaction", 95), at_least("rate.satisfaction", 90)], {"rate.satisfaction": "92"}),
        ([Target("reduce", Decimal(30), "percent", "rate.online")], {"rate.online": "10"}),
        ([Target(">=", Decimal(30), "count", "procedures.reviewed")], {"procedures.reviewed": "3"}),
        ([Target(">=", Decimal(30), "percent", None)], {"rate.online": "3"}),
    ],
)
def test_targets_of_which_nothing_can_be_said(targets: list[Target], rates: dict[str, str]) -> None:
    assert rules([plan(row(targets=tuple(targets))), report("Phường Lê Chân", Q2, rates)]) == []


def test_a_target_is_held_against_the_last_report_of_its_year_only() -> None:
    wanted = plan(row(targets=(at_least("rate.online", 85),)))
    early, late = (report("Phường Lê Chân", p, {"rate.online": v}) for p, v in ((Q1, "70"), (Q2, "90")))
    assert rules([wanted, early, late]) == []
    assert rules([wanted, report("Phường Lê Chân", "2025-Q4", {"rate.online": "70"}, window=None)]) == []
    assert rules([wanted, report("Xã Tiên Lãng", Q2, {"rate.online": "70"})]) == []


@pytest.mark.parametrize(
    ("odd", "words", "severity"),
    [
        (row("2", lead=""), "không nêu đơn vị chủ trì (mục I.2)", "warning"),
        (row("2", deadline="", deadline_kind="none", deadline_start=None, deadline_end=None), "thời hạn", "warning"),
        (row("2", deadline_kind="range", deadline_start=date(2026, 9, 1)), "trước ngày bắt đầu", "warning"),
        (row("2", deadline_kind="date", deadline_start=None, deadline_end=date(2025, 6, 30)), "ngoài năm", "notice"),
        (row("2", partners="Công an phường; Trung tâm Phục vụ hành chính công"), "vừa chủ trì", "notice"),
    ],
)
def test_plan_rows_that_nobody_can_follow_up(odd: PlanRow, words: str, severity: str) -> None:
    (found,) = findings([plan(row(), odd, row("3"))])
    assert (found.rule, found.severity) == ("plan", severity) and words in found.message
    assert findings([plan(row(), row("3"))]) == ()


def test_a_plan_that_came_as_two_files_is_told_once() -> None:
    files = [plan(row(), row("2"), row("3", lead=""), path=p) for p in ("p.pdf", "p.docx")]
    assert only(files, "plan").documents == ("p.docx",)


# --------------------------------------------------------------------------- who is missing

ROSTER = [c for n in ("Lê Chân", "Đồ Sơn", "Kiến An", "Tiên Lãng", "Vĩnh Bảo", "An Biên")
          if (c := CATALOG.units.commune(n, None, "Hải Phòng"))]  # fmt: skip


def campaign() -> list[Report]:
    failed = replace(report(None, None, ()), status="failed", path="in/bc quy 2 xa vinh-bao.pdf", identity=Identity())
    return [
        report("Phường Lê Chân", Q2, SECOND),
        report("Phường Đồ Sơn", Q2, {**SECOND, "resolved.total": 599}, number=None),
        report("Phường Kiến An", None, SECOND),
        report("Phường An Biên", Q2, SECOND, internal=True),
        failed,
    ]


def test_every_unit_of_the_roster_has_a_state() -> None:
    (progress,) = overlook(campaign(), CATALOG, ROSTER).progress
    states = {s.unit.name: s.state for s in progress.submissions}
    assert states == {
        "Phường Lê Chân": "submitted", "Phường Đồ Sơn": "draft", "Phường Kiến An": "other_period",
        "Xã Tiên Lãng": "absent", "Xã Vĩnh Bảo": "failed", "Phường An Biên": "other",
    }  # fmt: skip
    assert [s.unit.name for s in progress.submissions if s.guessed] == ["Xã Vĩnh Bảo"]


def test_who_is_missing_is_told() -> None:
    found = {f.message: f for f in findings(campaign(), ROSTER) if f.rule == "missing"}
    text = "\n".join(found)
    assert "1/6 đơn vị chưa có báo cáo: Xã Tiên Lãng." in text
    assert "Xã Vĩnh Bảo chỉ có tệp không đọc được (theo tên tệp)" in text
    assert "Phường An Biên chỉ có văn bản không dùng được để tổng hợp (báo cáo nội bộ của Trung tâm)" in text
    assert "Phường Kiến An chỉ có báo cáo của kỳ khác (không rõ kỳ)" in text
    assert "Phường Đồ Sơn mới có bản chưa có số" in text
    assert len(found) == 5


def test_without_a_roster_nobody_is_missing_until_a_province_is_collected() -> None:
    assert overlook(campaign(), CATALOG).progress == ()
    names = [c.display for c in CATALOG.units.of_province("Hải Phòng")]
    reports = [report(n, Q2, {**SECOND, "resolved.total": 600 + i}) for i, n in enumerate(names[:12])]
    (progress,) = overlook(reports, CATALOG).progress
    assert len(progress.submissions) == len(names) and len(progress.of("submitted")) == 12
    assert len(progress.of("absent")) == len(names) - 12


def test_a_lone_report_of_another_period_is_no_campaign() -> None:
    names = [c.display for c in CATALOG.units.of_province("Hải Phòng")]
    reports = [report(n, Q2, {**SECOND, "resolved.total": 600 + i}) for i, n in enumerate(names[:12])]
    comparison = overlook([*reports, report(names[20], "2026-H1", SECOND)], CATALOG)
    (progress,) = comparison.progress
    assert {s.unit.name for s in progress.of("other_period")} == {names[20]}


def test_nobody_of_today_owed_a_report_before_the_communes_of_today() -> None:
    old = [replace(r, identity=replace(r.identity, period="2024-Q2", window=None)) for r in campaign()]
    assert overlook(old, CATALOG, ROSTER).progress == ()


def test_units_outside_the_roster_stand_after_it() -> None:
    comparison: Comparison = overlook([report("Xã An Lão", Q2, SECOND), *campaign()], CATALOG, ROSTER)
    last = comparison.progress[0].submissions[-1]
    assert (last.unit.name, last.listed, len(comparison.progress[0].of("submitted"))) == ("Xã An Lão", False, 1)


# --------------------------------------------------------------------------- causes and sentences


def test_causes_are_numbered_from_the_worst() -> None:
    found = findings([*two(second={**SECOND, "received.carried_over": 35}), *campaign()], ROSTER)
    order = ["error", "warning", "notice"]
    worst = [min(order.index(f.severity) for f in found if f.cause == c) for c in sorted({f.cause for f in found})]
    assert worst == sorted(worst) and sorted({f.cause for f in found}) == list(range(1, len(worst) + 1))


_DAY = st.dates(date(2025, 1, 1), date(2026, 12, 31))
_REPORT = st.builds(
    report,
    st.sampled_from(["Phường Lê Chân", "Phường Đồ Sơn", "Thành phố Hải Phòng", None]),
    st.sampled_from([Q1, Q2, "2026-H1", "2026-9M", "2026-M06", "2025", "2026", None]),
    st.dictionaries(st.sampled_from(sorted(FIRST)), st.integers(0, 40)),
    window=st.one_of(st.none(), st.tuples(_DAY, _DAY)),
    number=st.sampled_from([None, "12/BC-UBND", "15/BC-UBND"]),
    replaces=st.sampled_from([None, "12/BC-UBND"]),
    date=st.one_of(st.none(), _DAY),
    kind=st.sampled_from(["BC", "BC", "KH", "QD", "other"]),
    level=st.sampled_from([None, "commune", "province"]),
    plan_rows=st.lists(st.builds(row, targets=st.just((at_least("rate.online", 80),))), max_size=2).map(tuple),
    status=st.sampled_from(["read", "read", "partial", "failed"]),
    path=st.uuids().map(lambda u: f"{u}.docx"),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_REPORT, max_size=7))
def test_whatever_comes_findings_name_files_and_figures_that_are_there(reports: list[Report]) -> None:
    by_path = {r.path: r for r in reports}
    for found in findings(reports, ROSTER):
        assert set(found.documents) <= by_path.keys()
        assert len(set(found.documents)) == len(found.documents)
        if found.documents:
            assert all(0 <= n < len(by_path[found.documents[0]].figures) for n in found.figures)
        else:
            assert found.rule == "missing" and not found.figures
        assert found.message[0].isupper() or found.message[0].isdigit()
        assert "{" not in found.message and " -" not in found.message and "None" not in found.message


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('id = "carry_over.abut"', 'id = "carry_over.about"', "carry_over.about"),
        ("chênh lệch {difference}. Hai kỳ", "chênh lệch {gap}. Hai kỳ", "gap"),
        ('because_own = "', 'because_owen = "', "because_own"),
    ],
)
def test_a_wrong_sentence_is_refused_by_name(tmp_path: Path, old: str, new: str, named: str) -> None:
    shutil.copytree(CATALOG.folder, tmp_path / "patterns")
    path = tmp_path / "patterns" / "across.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PatternError, match=named):
        _ = Catalog.load(tmp_path / "patterns").across
