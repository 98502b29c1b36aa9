"""Units side by side: like with like only, the newest version, and a reason in every cell without a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.comparison import Comparison, Entry, Row
from extractor.consolidate import FORM, compare, frame
from extractor.model import Figure, Finding, Identity, Place, Report, Suggestion, Unread

WHOLE = {
    "received.total": 120,
    "received.online": 100,
    "received.in_person": 12,
    "received.carried_over": 8,
    "resolved.total": 110,
    "resolved.early": 90,
    "resolved.on_time": 20,
    "resolved.overdue": 0,
    "pending.total": 10,
    "pending.in_time": 10,
    "pending.overdue": 0,
}


def figure(indicator: str, value: object, **more: object) -> Figure:
    printed = str(value)
    decimals = len(printed.partition(".")[2])
    base = Figure(
        indicator,
        "self",
        "period",
        Decimal(printed),
        printed,
        Place("p1", 0, len(printed), f"{printed} hồ sơ"),
        decimals,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def report(
    unit: str | None = "Phường Ví Dụ",
    figures: Mapping[str, object] | tuple[Figure, ...] | None = None,
    *,
    period: str | None = "2026-Q2",
    number: str | None = "10/BC-UBND",
    day: date | None = date(2026, 6, 14),
    path: str = "",
    code: str | None = None,
    **more: object,
) -> Report:
    """A ward report with the figures of WHOLE unless others are given."""
    given_figures = WHOLE if figures is None else figures
    if isinstance(given_figures, Mapping):
        given_figures = tuple(figure(i, v) for i, v in given_figures.items())
    own = {k: more.pop(k) for k in ("kind", "level", "internal", "replaces") if k in more}
    identity = Identity(
        number=number, date=day, issuer=unit, issuer_code=code, province="Hải Phòng", period=period,
        **{"kind": "BC", **own},  # type: ignore[arg-type]
    )  # fmt: skip
    path = path or f"{unit}-{period}-{number}.docx"
    base = Report(path, path, "docx", "read", identity=identity, figures=given_figures)
    return replace(base, **more)  # type: ignore[arg-type]


def rows(comparison: Comparison, code: str = "2026-Q2") -> dict[str, Row]:
    return {r.unit.name: r for p in comparison.periods if p.code == code for r in p.rows}


def reasons(comparison: Comparison) -> list[str]:
    return [s.reason for s in comparison.standings]


# --------------------------------------------------------------------------- like with like


def test_two_units_side_by_side_in_the_order_of_the_form() -> None:
    comparison = compare([report("Xã B", code="00200"), report("Xã A", code="00100")])
    assert [r.unit.name for r in comparison.periods[0].rows] == ["Xã A", "Xã B"]
    assert [i for i in comparison.indicators if i in FORM] == list(FORM)
    totals = {t.indicator: (t.value, t.units) for t in comparison.periods[0].totals}
    assert totals["received.total"] == (Decimal(240), 2)
    assert frame(comparison.periods[0]).loc["00100", "resolved.early"] == Decimal(90)


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        (report("Xã B", kind="KH"), "not_report"),
        (report("Xã B", kind="QD"), "not_report"),
        (report("Thành phố cũ", level="district"), "level"),
        (report("Tỉnh cũ", level="province"), "level"),
        (report("Xã B", period=None), "no_period"),
        (report(None), "no_unit"),
        (report("Xã B", internal=True), "internal"),
        (report("Xã B", figures={}), "no_figures"),
        (report("Xã B", figures=(figure("received.total", 5, basis="cumulative"),)), "no_figures"),
        (report("Xã B", figures=(figure("received.total", 5, scope="commune_level"),)), "no_figures"),
        (replace(report("Xã B", figures={}), status="failed"), "failed"),
    ],
)
def test_what_is_not_alike_stands_apart_with_its_reason(odd: Report, reason: str) -> None:
    comparison = compare([report("Xã A"), odd])
    assert reasons(comparison) == ["counted", reason]
    values = [e.value for name, row in rows(comparison).items() if name != "Xã A" for e in row.entries]
    assert set(values) <= {None}


def test_nothing_to_compare_is_an_empty_comparison() -> None:
    assert compare([]).periods == ()
    assert compare([report("Xã A", kind="KH")]).indicators == ()


def test_other_periods_make_blocks_of_their_own_newest_first() -> None:
    codes = ["2025-Q4", "2026-Q1", "2026-M06", "2026-Q2", "2026-H1", "2025", "2026-9M"]
    comparison = compare([report("Xã A", period=c) for c in codes])
    assert [p.code for p in comparison.periods] == [
        "2026-9M", "2026-M06", "2026-Q2", "2026-H1", "2026-Q1", "2025-Q4", "2025",
    ]  # fmt: skip


def test_figures_of_other_scopes_and_bases_never_reach_the_table() -> None:
    other = (
        figure("received.total", 7000, scope="commune_level"),
        figure("received.total", 8000, basis="cumulative"),
        figure("received.total", 9000, scope="field:hộ tịch"),
        figure("received.total", 120),
    )
    entry = rows(compare([report("Xã A", figures=other)]))["Xã A"].entry("received.total")
    assert (entry.value, entry.sources) == (Decimal(120), ((0, 3),))


# --------------------------------------------------------------------------- cells


def only(figures: dict[str, object] | tuple[Figure, ...], indicator: str, **more: object) -> Entry:
    return rows(compare([report("Xã A", figures=figures, **more)]))["Xã A"].entry(indicator)  # type: ignore[arg-type]


def test_zero_and_blank_are_told_apart() -> None:
    zero = only({"received.total": 1, "resolved.overdue": 0}, "resolved.overdue")
    blank = only({"received.total": 1}, "resolved.overdue")
    assert (zero.value, zero.blank) == (Decimal(0), None)
    assert (blank.value, blank.blank) == (None, "not_stated")


def test_a_number_left_unread_is_said_to_be_unread() -> None:
    unread = Unread("1.2O5", ("resolved.total",), "chữ O lẫn trong số", Place("p1", 0, 5, "1.2O5"))
    entry = only({"received.total": 1}, "resolved.total", unread=(unread,))
    assert entry.blank == "unread"


def test_a_file_read_in_part_does_not_say_not_stated() -> None:
    assert only({"received.total": 1}, "resolved.total", status="partial").blank == "partial"


def test_two_values_for_one_figure_are_disputed_not_chosen() -> None:
    entry = only((figure("received.total", 120), figure("received.total", 102)), "received.total")
    assert (entry.value, entry.blank, entry.sources) == (None, "disputed", ((0, 0), (0, 1)))
    assert entry.fault != ""


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        (figure("rate.online", "98.3"), figure("rate.online", "98.31"), "98.31"),  # rounded in the second part
        (figure("rate.online", "98"), figure("rate.online", "98.9"), "98.9"),  # cut off, not rounded
        (figure("rate.online", "98"), figure("rate.online", "99.2"), None),
        (figure("received.total", 3200, approximate=True), figure("received.total", 3286), "3286"),
        (figure("received.total", 3200, approximate=True), figure("received.total", 3300, approximate=True), None),
    ],
)
def test_rounded_restatements_are_no_dispute(first: Figure, second: Figure, value: str | None) -> None:
    for order in ((first, second), (second, first)):
        entry = only(order, first.indicator)
        assert entry.value == (None if value is None else Decimal(value))


def _finding(certainty: str, *suggested: tuple[str, int], severity: str = "error") -> Finding:
    return Finding(
        "balance", "self", "period", severity, 1, certainty, "…", (0, 4, 8), Decimal(5),  # type: ignore[arg-type]
        tuple(Suggestion(i, "self", "period", Decimal(WHOLE[i]), Decimal(v), "…") for i, v in suggested),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("finding", "marks"),
    [
        (_finding("pinned", ("resolved.total", 105)), {"resolved.total": "culprit", "received.total": "part"}),
        (_finding("likely", ("resolved.total", 105), ("pending.total", 5)),
         {"resolved.total": "culprit", "pending.total": "candidate", "received.total": "part"}),
        (_finding("candidates", ("resolved.total", 105), ("pending.total", 5)),
         {"resolved.total": "candidate", "pending.total": "candidate", "received.online": ""}),
        (_finding("sum"), {"resolved.total": "part", "pending.total": "part", "received.total": "part"}),
        (_finding("none", severity="notice"), {"resolved.total": "", "received.total": ""}),
    ],
)  # fmt: skip
def test_findings_mark_the_cells_they_speak_of(finding: Finding, marks: dict[str, str]) -> None:
    row = rows(compare([report("Xã A", findings=(finding,))]))["Xã A"]
    assert {i: row.entry(i).fault for i in marks} == marks


# --------------------------------------------------------------------------- versions

DRAFT = report("Xã A", {**WHOLE, "resolved.total": 111}, number=None, day=None, path="du-thao.docx")
SIGNED = report("Xã A", path="ky.pdf", format="pdf")
LATER = report("Xã A", {**WHOLE, "resolved.total": 112}, number="12/BC-UBND", day=date(2026, 6, 20), path="sua.docx")


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([DRAFT, SIGNED], ["draft", "counted"]),
        ([SIGNED, DRAFT], ["counted", "draft"]),
        ([DRAFT, SIGNED, LATER], ["draft", "older", "counted"]),
        # the one that says it replaces another wins over a later date
        ([replace(SIGNED, identity=replace(SIGNED.identity, replaces="12/BC- UBND")), LATER], ["counted", "replaced"]),
        # the same content twice is one report; the Word file is read rather than the PDF
        ([SIGNED, replace(SIGNED, path="ky.docx", sha256="other", format="docx")], ["copy", "counted"]),
        ([SIGNED, replace(SIGNED, path="b/ky.pdf")], ["copy", "counted"]),
        # same number and day, other figures: nobody can say which is newer
        ([SIGNED, replace(LATER, identity=SIGNED.identity)], ["tied", "counted"]),
        # the later one by number where the day is the same
        ([SIGNED, replace(LATER, identity=replace(LATER.identity, date=SIGNED.identity.date))], ["older", "counted"]),
    ],
)
def test_the_newest_version_counts(versions: list[Report], expected: list[str]) -> None:
    comparison = compare(versions)
    assert reasons(comparison) == expected
    assert len(comparison.periods[0].rows) == 1


def test_a_version_names_what_it_says_differently() -> None:
    standing = compare([DRAFT, SIGNED]).standings[0]
    (difference,) = standing.differences
    assert standing.other == 1
    assert (difference.indicator, difference.here, difference.counted) == (
        "resolved.total", (Decimal(111),), (Decimal(110),),
    )  # fmt: skip


def test_versions_of_the_same_rank_dispute_only_where_they_differ() -> None:
    other = replace(LATER, identity=SIGNED.identity)
    row = rows(compare([SIGNED, other]))["Xã A"]
    assert row.entry("resolved.total").blank == "disputed"
    assert {r for r, _ in row.entry("resolved.total").sources} == {0, 1}
    assert row.entry("received.total").value == Decimal(120)


def test_a_scan_gives_way_to_the_same_document_with_letters() -> None:
    scanned = replace(
        SIGNED, path="quet.pdf", sha256="scan",
        figures=tuple(replace(f, ocr=True, value=f.value + 1) for f in SIGNED.figures),
    )  # fmt: skip
    comparison = compare([scanned, SIGNED])
    assert reasons(comparison) == ["scanned", "counted"]
    assert comparison.standings[0].differences


def test_units_of_one_name_in_two_provinces_stay_apart() -> None:
    other = report("Phường Ví Dụ")
    other = replace(other, identity=replace(other.identity, province="Hà Nội"))
    assert len(compare([report("Phường Ví Dụ"), other]).periods[0].rows) == 2


# --------------------------------------------------------------------------- absent units


def test_a_unit_that_reported_last_time_is_missed() -> None:
    comparison = compare([report("Xã A"), report("Xã A", period="2026-Q1"), report("Xã B", period="2026-Q1")])
    row = rows(comparison)["Xã B"]
    assert row.report is None
    assert {e.blank for e in row.entries} == {"no_report"}
    assert next(t for t in comparison.periods[0].totals if t.indicator == "received.total").units == 1


@pytest.mark.parametrize("other", ["2026-Q1", "2025-Q3"])
def test_a_lone_report_of_another_period_draws_no_absent_units(other: str) -> None:
    comparison = compare([*(report(f"Xã {c}") for c in "ABCDE"), report("Xã A", period=other)])
    assert list(rows(comparison, other)) == ["Xã A"]


def test_units_of_a_period_long_past_are_not_missed() -> None:
    comparison = compare([report("Xã A"), report("Xã B", period="2025-Q3")])
    assert list(rows(comparison)) == ["Xã A"]


@pytest.mark.parametrize(
    ("file", "blank"),
    [
        (report("Xã B", internal=True), "no_report"),
        (report("Xã B", {}), "not_stated"),
        (replace(report("Xã B", {}), status="failed"), "failed"),
    ],
)
def test_a_unit_with_no_report_that_counts_has_a_row_that_says_so(file: Report, blank: str) -> None:
    row = rows(compare([report("Xã A"), file]))["Xã B"]
    assert {e.blank for e in row.entries} == {blank}
    assert row.others == (1,)


# --------------------------------------------------------------------------- rates and changes


def rate(comparison: Comparison, unit: str, indicator: str) -> Decimal | None:
    return next(r.value for r in rows(comparison)[unit].rates if r.indicator == indicator)


def test_rates_are_recomputed_on_one_denominator() -> None:
    comparison = compare([report("Xã A")])
    assert rate(comparison, "Xã A", "rate.online") == Decimal("89.2857")  # 100 / (120 - 8)
    assert rate(comparison, "Xã A", "rate.early_or_on_time") == Decimal(100)
    assert rate(comparison, "Xã A", "rate.overdue") == Decimal(0)
    assert rate(comparison, "Xã A", "rate.resolved") == Decimal("91.6667")


@pytest.mark.parametrize(
    ("figures", "indicator", "value", "missing"),
    [
        ({"received.online": 50, "received.new": 80, "received.total": 100}, "rate.online", "62.5", ()),
        ({"received.online": 50, "received.total": 100}, "rate.online", None, ("received.carried_over",)),
        ({"received.total": 0, "resolved.total": 0}, "rate.resolved", None, ()),  # nothing to divide by
        ({"resolved.total": 10, "resolved.early": 9}, "rate.early_or_on_time", None, ("resolved.on_time",)),
        ({"resolved.total": 10, "resolved.early_or_on_time": 9}, "rate.early_or_on_time", "90", ()),
    ],
)
def test_a_rate_that_lacks_a_count_says_which(
    figures: dict[str, object], indicator: str, value: str | None, missing: tuple[str, ...]
) -> None:
    found = next(r for r in rows(compare([report("Xã A", figures)]))["Xã A"].rates if r.indicator == indicator)
    assert found.value == (None if value is None else Decimal(value))
    assert found.missing == missing


def test_an_approximation_is_not_divided() -> None:
    figures = (figure("received.total", 1000, approximate=True), figure("resolved.total", 900))
    found = next(r for r in rows(compare([report("Xã A", figures)]))["Xã A"].rates if r.indicator == "rate.resolved")
    assert (found.value, found.missing) == (None, ("received.total",))


def test_rates_of_the_whole_are_of_sums_not_means() -> None:
    small = {"received.total": 10, "resolved.total": 1}
    large = {"received.total": 990, "resolved.total": 990}
    whole = next(
        r for r in compare([report("Xã A", small), report("Xã B", large)]).periods[0].rates
        if r.indicator == "rate.resolved"
    )  # fmt: skip
    assert whole.value == Decimal("99.1")


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        ("2026-Q1", "2026-Q2", True),
        ("2025-Q4", "2026-Q1", True),
        ("2025-H2", "2026-H1", True),
        ("2025-M12", "2026-M01", True),
        ("2025", "2026", True),
        ("2025-Q4", "2026-Q2", False),
        ("2026-M06", "2026-Q2", False),
        ("2025-9M", "2026-9M", False),  # first months start anew each year
    ],
)
def test_changes_between_periods_that_follow_each_other(before: str, after: str, follows: bool) -> None:
    comparison = compare([report("Xã A", period=before), report("Xã A", period=after)])
    assert [(c.before, c.period) for c in comparison.changes] == ([(before, after)] if follows else [])
    for change in comparison.changes:
        assert (change.pending_before.value, change.carried_over.value) == (Decimal(10), Decimal(8))


# --------------------------------------------------------------------------- laws


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Xã A", "Xã B", None]),
            st.sampled_from(["2026-Q1", "2026-Q2", None]),
            st.dictionaries(st.sampled_from([*WHOLE, "rate.online"]), st.integers(0, 50), max_size=4),
            st.sampled_from([None, "1/BC-UBND", "2/BC-UBND"]),
            st.sampled_from(["read", "partial", "failed"]),
        ),
        max_size=6,
    )
)
def test_every_report_has_one_standing_and_every_cell_a_number_or_a_reason(made: list[tuple]) -> None:  # type: ignore[type-arg]
    reports = [
        replace(report(u, f, period=p, number=n, path=str(i)), status=s) for i, (u, p, f, n, s) in enumerate(made)
    ]
    comparison = compare(reports)
    assert [s.report for s in comparison.standings] == list(range(len(reports)))
    for period in comparison.periods:
        assert any(row.report is not None for row in period.rows)
        for row in period.rows:
            assert [e.indicator for e in row.entries] == list(comparison.indicators)
            for entry in row.entries:
                assert (entry.value is None) != (entry.blank is None)
                assert entry.value is None or entry.sources
        for total in period.totals:
            column = [row.entry(total.indicator).value for row in period.rows]
            known = [v for v in column if v is not None]
            assert total.units == len(known)
            assert total.value == (sum(known) if known else None)


def test_room_six_knows_no_other_room() -> None:
    source = (Path(__file__).parents[1] / "extractor" / "consolidate.py").read_text(encoding="utf-8")
    assert "extractor.check" not in source
    assert "extractor.export" not in source


# --------------------------------------------------------------------------- column (5): in person and by post


APART = {"received.total": 120, "received.online": 100, "received.in_person": 9, "received.postal": 3,
         "received.carried_over": 8}  # fmt: skip


@pytest.mark.parametrize(
    ("counts", "cell", "why"),
    [
        (APART, 12, "printed apart: the form's column holds both"),
        ({**APART, "received.in_person": 12}, 12, "the sums hold without the post, which is among them"),
        ({**APART, "received.new": 112, "received.total": 125}, 12, "what is new decides before the total"),
        ({**APART, "received.total": 130}, 12, "nothing holds: apart as printed"),
        ({k: v for k, v in APART.items() if k != "received.postal"}, 9, "no post printed: as printed"),
        ({**APART, "received.postal": 0}, 9, "no post came"),
        ({k: v for k, v in APART.items() if k != "received.in_person"}, None, "the post alone is not the column"),
    ],
)
def test_the_column_in_person_or_by_post_holds_both(counts: dict[str, int], cell: int | None, why: str) -> None:
    comparison = compare([report("Xã A", counts), report("Xã B", APART)])
    entry = rows(comparison)["Xã A"].entry("received.in_person")
    assert entry.value == (None if cell is None else Decimal(cell)), why
    totals = {t.indicator: t.value for t in comparison.periods[0].totals}
    assert totals["received.in_person"] == Decimal((cell or 0) + 12)


def test_the_sum_of_column_five_names_both_figures() -> None:
    entry = rows(compare([report("Xã A", APART)]))["Xã A"].entry("received.in_person")
    assert entry.sources == ((0, 2), (0, 3))
    about = (*(figure(i, v) for i, v in APART.items() if i != "received.postal"),
             figure("received.postal", 3, approximate=True, ocr=True))  # fmt: skip
    entry = rows(compare([report("Xã A", about)]))["Xã A"].entry("received.in_person")
    assert (entry.approximate, entry.ocr) == (True, True)


def test_a_disputed_post_leaves_column_five_disputed() -> None:
    figures = (*(figure(i, v) for i, v in APART.items()), figure("received.postal", 30))
    entry = rows(compare([report("Xã A", figures)]))["Xã A"].entry("received.in_person")
    assert (entry.value, entry.blank) == (None, "disputed")


# --------------------------------------------------------------------------- why there is no number


def left(printed: str, *readings: str) -> Unread:
    return Unread(printed, readings, "chưa rõ", Place("p9", 0, len(printed), f"{printed} hồ sơ"))


FRACTION = figure("rate.online", "95.50", numerator=Decimal(1910), denominator=Decimal(2000))


@pytest.mark.parametrize(
    ("unread", "rate", "status", "blank", "count"),
    [
        ((), None, "read", "not_stated", 0),
        ((left("12"), left("30")), None, "read", "unsure", 2),
        ((left("12", "pending.total"),), None, "read", "not_stated", 0),  # it is known what it may be: not this
        ((left("12"), left("30", "received.online")), None, "read", "unread", 0),
        ((left("12"),), None, "partial", "partial", 0),
        ((left("12"),), FRACTION, "read", "fraction", 0),
        ((), replace(FRACTION, scope="field:hộ tịch"), "read", "not_stated", 0),
        ((), replace(FRACTION, basis="cumulative"), "read", "not_stated", 0),
        ((), replace(FRACTION, numerator=None, denominator=None), "read", "not_stated", 0),
    ],
)
def test_a_blank_cell_says_what_may_still_be_in_the_report(
    unread: tuple[Unread, ...], rate: Figure | None, status: str, blank: str, count: int
) -> None:
    figures = (figure("received.total", 2000), *([rate] if rate else []))
    entry = rows(compare([report("Xã A", figures, unread=unread, status=status)]))["Xã A"].entry("received.online")
    assert (entry.value, entry.blank, entry.unread) == (None, blank, count)
    assert entry.sources == (((0, 1),) if blank == "fraction" else ())
