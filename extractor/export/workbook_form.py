"""The sheets with units down and indicators across: form II.06a, the other counts, rates, changes.

All periods stand under one frozen heading, a band of their own each. A cell without a number holds the words of
its reason, so it can never pass for a zero, and sums pass over it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from extractor.comparison import Comparison, Entry, Period, Recomputed, Row
from extractor.export.workbook_page import Book, Page, number_format
from extractor.export.workbook_words import Words


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column of a form: its indicator, its group, the heading between (in the period), its number in II.06a."""

    indicator: str
    group: str
    middle: str = ""
    number: str = ""
    always: bool = True


# Form II.06a of TT 01/2020/TT-VPCP; unnumbered columns are not in the form and appear only where they are used.
FORM = (
    Leaf("received.total", "form.received", number="3"),
    Leaf("received.new", "form.received", "form.in_period", always=False),
    Leaf("received.online", "form.received", "form.in_period", "4"),
    Leaf("received.in_person", "form.received", "form.in_period", "5"),
    Leaf("received.postal", "form.received", "form.in_period", always=False),
    Leaf("received.carried_over", "form.received", number="6"),
    Leaf("resolved.total", "form.resolved", number="7"),
    Leaf("resolved.early", "form.resolved", number="8"),
    Leaf("resolved.on_time", "form.resolved", number="9"),
    Leaf("resolved.early_or_on_time", "form.resolved", always=False),
    Leaf("resolved.overdue", "form.resolved", number="10"),
    Leaf("resolved.withdrawn", "form.resolved", always=False),
    Leaf("resolved.refused", "form.resolved", always=False),
    Leaf("pending.total", "form.pending", number="11"),
    Leaf("pending.in_time", "form.pending", number="12"),
    Leaf("pending.overdue", "form.pending", number="13"),
    Leaf("pending.supplement", "form.pending", always=False),
)
_TOP = 2  # rows of title and note above the heading
_KNOWN_GROUPS = ("feedback", "procedures", "digitised", "payment")


def write_form(book: Book, words: Words) -> None:
    """Sheet "Tổng hợp": every period's units under the columns of form II.06a, totals as formulas."""
    labels, comparison = words.labels, words.comparison
    leaves = [leaf for leaf in FORM if leaf.always or leaf.indicator in comparison.indicators]
    lead = _lead_columns(words)
    first = len(lead)
    page = book.page("form", columns=first + len(leaves) + 2)
    for c, (_, width) in enumerate(lead):
        page.width(c, width)
    for c in range(len(leaves)):
        page.width(first + c, 9.5)
    remark = first + len(leaves)
    page.width(remark, 30)
    page.width(remark + 1, 30)
    page.note(1, labels.text("note.form"))
    top = _first_heading(page, words)
    for c, (heading, _) in enumerate(lead):
        page.merged(top, c, top + 2, c, heading, "heading")
    _grouped_heading(page, top, first, leaves, labels.text)
    page.merged(top, remark, top + 2, remark, labels.text("heading.remark"), "heading")
    page.merged(top, remark + 1, top + 2, remark + 1, labels.text("heading.file"), "heading")
    numbers = ["(1)", "(2)", *[""] * (first - 2), *[f"({leaf.number})" if leaf.number else "" for leaf in leaves]]
    for c, number in enumerate([*numbers, "", ""]):
        page.text(top + 3, c, number, "heading")
    page.height(top + 2, 46)
    _freeze(page, top + 4, first, heading_top=top)
    indicators = [leaf.indicator for leaf in leaves]
    _periods(page, words, top + 4, first, indicators, remarks=True)


def write_other(book: Book, words: Words) -> None:
    """Sheet "Chỉ tiêu khác": counts that form II.06a does not know; left out where no report has any."""
    labels = words.labels
    known = {leaf.indicator for leaf in FORM}
    indicators = [i for i in words.comparison.indicators if i not in known and not i.startswith("rate.")]
    if not indicators:
        return
    lead = _lead_columns(words)
    page = book.page("other", columns=len(lead) + len(indicators))
    for c, (_, width) in enumerate(lead):
        page.width(c, width)
    for c in range(len(indicators)):
        page.width(len(lead) + c, 13)
    page.note(1, labels.text("note.other"))
    top = _first_heading(page, words)
    for c, (heading, _) in enumerate(lead):
        page.merged(top, c, top + 1, c, heading, "heading")
    c = len(lead)
    for group, members in groupby(indicators, key=_group):
        own = list(members)
        page.merged(top, c, top, c + len(own) - 1, labels.text(f"group.{group}"), "heading")
        for indicator in own:
            page.text(top + 1, c, labels.short(indicator), "heading")
            c += 1
    page.height(top + 1, 46)
    _freeze(page, top + 2, len(lead), heading_top=top)
    _periods(page, words, top + 2, len(lead), indicators, remarks=False)


def _group(indicator: str) -> str:
    group = indicator.partition(".")[0]
    return group if group in _KNOWN_GROUPS else "other"


def write_rates(book: Book, words: Words) -> None:
    """Sheet "Tỷ lệ": rates as printed and, where the counts allow it, on one denominator for all units."""
    labels, comparison = words.labels, words.comparison
    lead = _lead_columns(words)
    columns = _rate_columns(comparison)
    page = book.page("rates", columns=len(lead) + max(1, len(columns)))
    for c, (heading, width) in enumerate(lead):
        page.width(c, width)
        page.merged(_TOP, c, _TOP + 1, c, heading, "heading")
    c = first = len(lead)
    for indicator, members in groupby(columns, key=lambda column: column[0]):
        own = list(members)
        for offset, (_, key) in enumerate(own):
            page.width(c + offset, 10 if len(own) > 1 else 13)
            page.text(_TOP + 1, c + offset, labels.text(f"heading.{key}"), "heading")
        page.merged(_TOP, c, _TOP, c + len(own) - 1, labels.short(indicator), "heading")
        c += len(own)
    page.note(1, labels.text("note.rates"))
    _freeze(page, _TOP + 2, first, heading_top=_TOP)
    row = _TOP + 2
    for period in comparison.periods:
        _band(page, words, row, period)
        row += 1
        for number, unit in enumerate(period.rows, 1):
            _lead(page, words, row, number, unit)
            rates = {rate.indicator: rate for rate in unit.rates}
            if unit.report is None:
                _across(page, words, row, first, len(columns), unit.entry(columns[0][0]))
            else:
                for c, (indicator, key) in enumerate(columns, first):
                    if key == "reported":
                        _entry(page, words, row, c, unit.entry(indicator), unit)
                    else:
                        _recomputed(page, words, row, c, rates[indicator])
            row += 1
        for c in range(page.columns):
            page.text(row, c, labels.text("row.whole") if c == 1 else "", "total")
        rates = {rate.indicator: rate for rate in period.rates}
        for c, (indicator, key) in enumerate(columns, first):
            if key == "recomputed":
                known = sum(r.value is not None for unit in period.rows for r in unit.rates if r.indicator == indicator)
                _recomputed(page, words, row, c, rates[indicator], f"{known}/{len(period.rows)}")
        row += 2
    if not comparison.periods:
        page.text(row, 0, labels.text("empty.form"), "plain")


def _rate_columns(comparison: Comparison) -> list[tuple[str, str]]:
    """The columns of the rates: printed where any unit prints the rate, recomputed where it can be."""
    again = [r.indicator for r in comparison.periods[0].rates] if comparison.periods else []
    columns = []
    for indicator in dict.fromkeys([*again, *(i for i in comparison.indicators if i.startswith("rate."))]):
        if indicator in comparison.indicators:
            columns.append((indicator, "reported"))
        if indicator in again:
            columns.append((indicator, "recomputed"))
    return columns


def write_changes(book: Book, words: Words) -> None:
    """Sheet "Biến động": the same unit in two periods that follow each other; left out where there are none."""
    labels, changes = words.labels, words.comparison.changes
    if not changes:
        return
    followed = [now.indicator for _, now in changes[0].pairs]
    lead = _lead_columns(words)
    first = len(lead)
    page = book.page("changes", columns=first + 3 + 4 * len(followed))
    for c, (heading, width) in enumerate(lead):
        page.width(c, width)
        page.merged(_TOP, c, _TOP + 1, c, heading, "heading")
    for c in range(first, page.columns):
        page.width(c, 8.5)
    page.note(1, labels.text("note.changes"))
    page.merged(_TOP, first, _TOP, first + 2, labels.text("heading.carry_over"), "heading")
    for c, key in enumerate(("pending_before", "carried_over", "gap"), first):
        page.text(_TOP + 1, c, labels.text(f"heading.{key}"), "heading")
    c = first + 3
    for indicator in followed:
        page.merged(_TOP, c, _TOP, c + 3, labels.indicator(indicator), "heading")
        for key in ("before", "now", "change", "change_rate"):
            page.text(_TOP + 1, c, labels.text(f"heading.{key}"), "heading")
            c += 1
    page.height(_TOP, 34)
    page.height(_TOP + 1, 64)
    _freeze(page, _TOP + 2, first, heading_top=_TOP)
    rows = {p.code: {r.unit.key: r for r in p.rows} for p in words.comparison.periods}
    row = _TOP + 2
    for (before, now), members in groupby(changes, key=lambda x: (x.before, x.period)):
        title = labels.text("row.changes", before=labels.period(before), period=labels.period(now))
        page.merged(row, 0, row, page.columns - 1, title, "band")
        row += 1
        for number, change in enumerate(members, 1):
            earlier, later = rows[before][change.unit.key], rows[now][change.unit.key]
            _lead(page, words, row, number, later)
            _entry(page, words, row, first, change.pending_before, earlier)
            _entry(page, words, row, first + 1, change.carried_over, later)
            _gap(page, words, row, first, change.pending_before, change.carried_over, marked=True)
            c = first + 3
            for last, current in change.pairs:
                _entry(page, words, row, c, last, earlier)
                _entry(page, words, row, c + 1, current, later)
                _gap(page, words, row, c, last, current)
                _gap_rate(page, words, row, c, last, current)
                c += 4
            row += 1


# --------------------------------------------------------------------------- parts of a sheet


def _lead_columns(words: Words) -> list[tuple[str, float]]:
    """The columns before the figures: number, unit, and province where there is more than one."""
    columns = [(words.labels.text("heading.index"), 5.0), (words.labels.text("heading.unit"), 26.0)]
    if _provinces(words):
        columns.append((words.labels.text("heading.province"), 15.0))
    return columns


def _provinces(words: Words) -> bool:
    found = {row.unit.province for period in words.comparison.periods for row in period.rows}
    return len(found) > 1


def _grouped_heading(page: Page, top: int, first: int, leaves: Sequence[Leaf], text: Callable[[str], str]) -> None:
    """Three heading rows: groups, "Trong kỳ", leaves; every leaf outside a middle heading covers two rows."""
    c = first
    for group, members in groupby(leaves, key=lambda leaf: leaf.group):
        own = list(members)
        page.merged(top, c, top, c + len(own) - 1, text(group), "heading")
        for middle, inner in groupby(own, key=lambda leaf: leaf.middle):
            within = list(inner)
            if middle:
                page.merged(top + 1, c, top + 1, c + len(within) - 1, text(middle), "heading")
            for leaf in within:
                words = text(f"form.{leaf.indicator}")
                if middle:
                    page.text(top + 2, c, words, "heading")
                else:
                    page.merged(top + 1, c, top + 2, c, words, "heading")
                c += 1


def _first_heading(page: Page, words: Words) -> int:
    """The row of the first heading. The band of a lone period stands above it, so that its units can be sorted."""
    if len(words.comparison.periods) != 1:
        return _TOP
    _band(page, words, _TOP, words.comparison.periods[0])
    return _TOP + 1


def _freeze(page: Page, row: int, column: int, *, heading_top: int) -> None:
    page.sheet.freeze_panes(row, column)
    page.sheet.repeat_rows(heading_top, row - 1)


def _periods(page: Page, words: Words, row: int, first: int, indicators: Sequence[str], *, remarks: bool) -> None:
    """Every period: band (a lone one has it above the headings), units, totals and numbers of units as formulas."""
    labels, periods = words.labels, words.comparison.periods
    if not periods:
        page.text(row, 0, labels.text("empty.form"), "plain")
    for period in periods:
        if len(periods) > 1:
            _band(page, words, row, period)
            row += 1
        top = row
        for number, unit in enumerate(period.rows, 1):
            _unit(page, words, row, number, unit, first, indicators)
            if remarks:
                page.text(row, first + len(indicators), _remark(words, unit), "name")
                file = words.names[unit.report] if unit.report is not None else ""
                page.text(row, first + len(indicators) + 1, file, "name")
            row += 1
        if len(periods) == 1 and period.rows:
            page.sheet.autofilter(top - 1, 0, row - 1, page.columns - 1)
        for offset, key in enumerate(("row.total", "row.counted")):
            for c in range(page.columns):
                page.text(row + offset, c, labels.text(key) if c == 1 else "", "total")
        totals = {t.indicator: t for t in period.totals}
        counted = sum(unit.report is not None for unit in period.rows)
        for c, indicator in enumerate(indicators, first):
            cells = f"{xl_rowcol_to_cell(top, c)}:{xl_rowcol_to_cell(row - 1, c)}"
            total = totals.get(indicator)
            nothing = labels.text("row.nothing").replace('"', '""')
            value = total.value if total is not None and total.value is not None else labels.text("row.nothing")
            short = ["short"] if total is not None and total.units < counted else []
            page.formula(row, c, f'=IF(COUNT({cells})=0,"{nothing}",SUM({cells}))', value, "total", *short)
            page.formula(row + 1, c, f"=COUNT({cells})", total.units if total else 0, "total")
            if total is not None and total.value is not None:
                rough = any(unit.entry(indicator).approximate for unit in period.rows)
                lines = [labels.text("cell.total", units=total.units, all=len(period.rows))]
                page.comment(row, c, [*lines, labels.text("cell.approximate_total") if rough else ""])
        row += 3


def _band(page: Page, words: Words, row: int, period: Period) -> None:
    """The line above a period's units: its name, how many units, the dates between which they counted."""
    labels = words.labels
    counted = [r.report for r in period.rows if r.report is not None]
    absent = len(period.rows) - len(counted)
    line = labels.text(
        "band.absent" if absent else "band.period", period=labels.period(period.code), counted=len(counted),
        absent=absent,
    )  # fmt: skip
    windows = {words.reports[r].identity.window for r in counted}
    if len(windows) > 1:
        line += "; " + labels.text("band.windows", sheet=labels.text("sheet.files"))
    elif window := next(iter(windows), None):
        start, end = (day.strftime("%d/%m/%Y") for day in window)
        line += "; " + labels.text("band.window", start=start, end=end)
    page.merged(row, 0, row, page.columns - 1, line, "band")


def _lead(page: Page, words: Words, row: int, number: int, unit: Row) -> None:
    page.number(row, 0, number, "middle")
    page.text(row, 1, unit.unit.name, "name")
    if _provinces(words):
        page.text(row, 2, unit.unit.province or "", "name")


def _unit(page: Page, words: Words, row: int, number: int, unit: Row, first: int, indicators: Sequence[str]) -> None:
    """The line of one unit. Where no report counts, its one reason runs across all columns, unmerged."""
    _lead(page, words, row, number, unit)
    reasons = {unit.entry(i).blank for i in indicators}
    if unit.report is None and len(reasons) == 1 and len(indicators) > 1:
        _across(page, words, row, first, len(indicators), unit.entry(indicators[0]))
        return
    for c, indicator in enumerate(indicators, first):
        _entry(page, words, row, c, unit.entry(indicator), unit)


def _across(page: Page, words: Words, row: int, first: int, columns: int, entry: Entry) -> None:
    """One reason over all columns of a unit, without merging, so that the table can still be sorted."""
    page.text(row, first, words.labels.mark(entry.blank or ""), "blank", "nothing", "across")
    page.comment(row, first, words.entry(entry, None))
    for c in range(first + 1, first + columns):
        page.empty(row, c, "blank", "nothing", "across")


def _entry(page: Page, words: Words, row: int, column: int, entry: Entry, unit: Row) -> None:
    """One cell: the number or the words of its reason, its colour, and the note that says where it is printed."""
    styles: list[str] = [entry.fault] if entry.fault else []
    if entry.value is None:
        ground = ["nothing"] if entry.blank in {"no_report", "failed"} else []
        page.text(row, column, words.labels.mark(entry.blank or ""), "blank", *ground, *styles)
    else:
        if entry.ocr:
            styles.append("ocr")
        page.number(row, column, entry.value, *styles, number=number_format(entry.decimals, entry.approximate))
    page.comment(row, column, words.entry(entry, unit.report))


def _recomputed(page: Page, words: Words, row: int, column: int, rate: Recomputed, units: str = "") -> None:
    """A rate that we computed, in its own colour, with its fraction in the note."""
    labels = words.labels
    if rate.value is None:
        mark = labels.text("row.lacking" if rate.missing else "row.nothing_to_divide")
        page.text(row, column, mark, "blank")
        if rate.missing:
            names = ", ".join(labels.indicator(i).lower() for i in rate.missing)
            page.comment(row, column, [labels.text("cell.missing", indicators=names)])
        else:
            page.comment(row, column, [labels.text("cell.zero")])
        return
    page.number(row, column, rate.value, *(["bold"] if units else []), "recomputed", number="#,##0.00")
    lines = []
    if rate.numerator is not None and rate.denominator is not None:
        fraction = {"numerator": words.amount(rate.numerator), "denominator": words.amount(rate.denominator)}
        lines.append(labels.text("cell.recomputed", **fraction))
    if units:
        known, _, every = units.partition("/")
        lines.append(labels.text("cell.units", units=known, all=every))
    else:
        terms = rate.base.split(" - ")
        lines.append(labels.text("cell.base", base=" − ".join(labels.indicator(t) for t in terms)))
    page.comment(row, column, lines)


def _gap(page: Page, words: Words, row: int, column: int, last: Entry, now: Entry, *, marked: bool = False) -> None:
    """What changed, as a formula in the column after the pair; words where one side has no number."""
    if last.value is None or now.value is None:
        page.text(row, column + 2, words.labels.text("row.lacking"), "blank")
        return
    before, after = xl_rowcol_to_cell(row, column), xl_rowcol_to_cell(row, column + 1)
    difference = now.value - last.value
    styles = ("candidate",) if marked and difference else ()
    page.formula(row, column + 2, f"={after}-{before}", difference, *styles)


def _gap_rate(page: Page, words: Words, row: int, column: int, last: Entry, now: Entry) -> None:
    if last.value is None or now.value is None:
        page.text(row, column + 3, words.labels.text("row.lacking"), "blank")
    elif last.value == 0:
        page.text(row, column + 3, words.labels.text("row.was_zero"), "blank")
    else:
        page.number(row, column + 3, 100 * (now.value - last.value) / last.value, "recomputed", number="#,##0.00")


def _remark(words: Words, unit: Row) -> str:
    """What to know about a unit's figures before using them."""
    labels, comparison = words.labels, words.comparison
    remarks = []
    if unit.report is None:
        remarks = [words.standing(comparison.standings[r]) for r in unit.others]
    else:
        report = words.reports[unit.report]
        if report.identity.number is None or report.identity.date is None:
            remarks.append(labels.text("remark.draft"))
        if report.status == "partial":
            remarks.append(labels.text("remark.partial"))
        if any(e.ocr for e in unit.entries):
            remarks.append(labels.text("remark.ocr"))
        if unit.rivals:
            remarks.append(labels.text("remark.rivals", count=len(unit.rivals)))
        others = [r for r in unit.others if comparison.standings[r].reason != "copy"]
        if others:
            remarks.append(labels.text("remark.others", count=len(others)))
        causes = {f.cause for f in report.findings if f.severity != "notice"}
        if causes:
            remarks.append(labels.text("remark.findings", count=len(causes)))
        if report.unread:
            remarks.append(labels.text("remark.unread", count=len(report.unread)))
    return "; ".join(dict.fromkeys(remarks))
