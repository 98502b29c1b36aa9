"""Room 6 COMPARE: units side by side, like with like only, and no cell without a number or a reason.

Counted are reports of commune-level units on one period, scope "self", basis "period". Plans, internal reports of
a Centre, reports of former districts, other periods and superseded versions stand apart, each with its reason.
Where two versions cannot be told newer and older, or one report prints two values, the cell stays blank as
disputed and names both: a number that nobody stands by must not slip into a sum.

Rates are recomputed on one denominator for all units (received in the period for online, resolved for the time
classes), because wards print them on several; the printed ones stay beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import regex

from extractor.catalog.labels import INDICATORS
from extractor.catalog.units import Gazetteer
from extractor.comparison import (
    Blank,
    Change,
    Comparison,
    Difference,
    Entry,
    Fault,
    Period,
    Reason,
    Recomputed,
    Row,
    Standing,
    Total,
    Unit,
)
from extractor.model import Figure, Report
from extractor.vietnamese.normalize import fold, key

# Shown for every unit, printed or not: the columns of form II.06a (TT 01/2020/TT-VPCP).
FORM = (
    "received.total",
    "received.online",
    "received.in_person",
    "received.carried_over",
    "resolved.total",
    "resolved.early",
    "resolved.on_time",
    "resolved.overdue",
    "pending.total",
    "pending.in_time",
    "pending.overdue",
)
# The counts that are the numerators of rates: a report may print one there alone.
_NUMERATORS = {
    "received.online": "rate.online", "resolved.total": "rate.resolved", "resolved.early": "rate.early",
    "resolved.on_time": "rate.on_time", "resolved.early_or_on_time": "rate.early_or_on_time",
    "resolved.overdue": "rate.overdue", "digitised.intake": "rate.digitised_intake",
    "digitised.results": "rate.digitised_results", "payment.online": "rate.online_payment",
}  # fmt: skip
_HAND, _POST = "received.in_person", "received.postal"  # column (5) of the form holds both
# The counts whose change from one period to the next is shown.
_FOLLOWED = ("received.total", "received.online", "resolved.total", "resolved.overdue", "pending.total")
_Terms = tuple[tuple[tuple[str, str], ...], ...]
# Rate, what is counted, of what: sums in order of preference, the first whose terms are all printed is taken.
_RATES: tuple[tuple[str, _Terms, _Terms], ...] = (
    (
        "rate.online",
        ((("+", "received.online"),),),
        ((("+", "received.new"),), (("+", "received.total"), ("-", "received.carried_over"))),
    ),
    ("rate.resolved", ((("+", "resolved.total"),),), ((("+", "received.total"),),)),
    (
        "rate.early_or_on_time",
        ((("+", "resolved.early_or_on_time"),), (("+", "resolved.early"), ("+", "resolved.on_time"))),
        ((("+", "resolved.total"),),),
    ),
    ("rate.overdue", ((("+", "resolved.overdue"),),), ((("+", "resolved.total"),),)),
)
_PERIOD = regex.compile(r"(?P<year>\d{4})(?:-(?:(?P<kind>[QHM])(?P<number>\d{1,2})|(?P<months>\d{1,2})M))?")
_RANK: Mapping[Fault, int] = {"": 0, "part": 1, "candidate": 2, "culprit": 3}


def compare(reports: Sequence[Report], gazetteer: Gazetteer | None = None) -> Comparison:
    """The reports side by side. Raises nothing: what does not fit is listed with its reason.

    `gazetteer` gives the official order of units; without it they stand by code, then by name.
    """
    standings = {s.report: s for s in (_standing(i, r) for i, r in enumerate(reports))}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for s in standings.values():
        if s.reason == "counted" and s.unit and s.period:
            groups[s.period, s.unit.key].append(s.report)
    for members in groups.values():
        for s in _rank_versions(members, reports, standings):
            standings[s.report] = s
    counted = [reports[s.report] for s in standings.values() if s.reason in {"counted", "tied"}]
    used = {f.indicator for r in counted for f in r.figures if f.scope == "self" and f.basis == "period"}
    indicators = tuple(i for i in INDICATORS if i in used or i in FORM) + tuple(sorted(used - set(INDICATORS)))
    codes = sorted({s.period for s in standings.values() if s.period and s.reason == "counted"}, key=_newest_first)
    official = {c.code: n for n, c in enumerate(gazetteer.communes)} if gazetteer is not None else {}
    periods = tuple(_period(code, codes, reports, standings, indicators, official) for code in codes)
    return Comparison(
        indicators=indicators if periods else (),
        periods=periods,
        standings=tuple(standings[i] for i in sorted(standings)),
        changes=_changes(periods),
    )


def frame(period: Period) -> pd.DataFrame:
    """One period as a table of Decimals (None where there is no number): unit keys down, indicators across."""
    return _table(period.rows, [e.indicator for e in period.rows[0].entries] if period.rows else [])


def _table(rows: Sequence[Row], indicators: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(
        [[e.value for e in row.entries] for row in rows],
        index=pd.Index([row.unit.key for row in rows], name="unit"),
        columns=list(indicators),
        dtype=object,
    )


# --------------------------------------------------------------------------- which report counts


def _standing(index: int, report: Report) -> Standing:
    """Where one report stands when it is looked at alone: counted, or the first reason why not."""
    identity = report.identity
    unit = _unit(report)
    reason: Reason = "counted"
    if report.status == "failed":
        reason = "failed"
    elif identity.kind != "BC":
        reason = "not_report"
    elif identity.level in {"district", "province"}:
        reason = "level"
    elif not identity.period:
        reason = "no_period"
    elif unit is None:
        reason = "no_unit"
    elif identity.internal:
        reason = "internal"
    elif not any(f.scope == "self" and f.basis == "period" for f in report.figures):
        reason = "no_figures"
    return Standing(index, reason, identity.period, unit)


def _unit(report: Report) -> Unit | None:
    """The unit that a report speaks for."""
    identity = report.identity
    if not identity.issuer:
        return None
    name = identity.issuer
    return Unit(
        identity.issuer_code or f"{key(identity.province or '')}/{key(name)}",
        name,
        identity.issuer_code,
        identity.province,
    )


def _rank_versions(
    members: Sequence[int], reports: Sequence[Report], standings: Mapping[int, Standing]
) -> Iterable[Standing]:
    """The standings of several reports of one unit for one period: the newest counts, the others say why not.

    Newest: not replaced by another one; with number and date before without; the later date; the one that says
    it replaces another; the higher number (numbers run through the year, NĐ 30/2020). Of equals with the same
    figures one counts; of equals where one was read from pictures, the one with letters; other equals are tied.
    """
    live = [m for m in members if _replaced_by(m, members, reports) is None]
    live = live or list(members)
    best = max(_age(reports[m]) for m in live)
    top = sorted((m for m in live if _age(reports[m]) == best), key=lambda m: _legibility(reports[m]))
    lettered = [m for m in top if not _from_pictures(reports[m])] or top
    counted = lettered[0]
    for m in members:
        now = standings[m]
        if m == counted:
            yield now
            continue
        differences = _differences(reports[m], reports[counted])
        replacing = _replaced_by(m, members, reports)
        reason: Reason
        other = counted
        if replacing is not None:
            reason, other = "replaced", replacing
        elif not differences:
            reason = "copy"
        elif m in lettered:
            reason = "tied"
        elif m in top:
            reason = "scanned"
        elif _age(reports[m])[0] < best[0]:
            reason = "draft"
        else:
            reason = "older"
        yield replace(now, reason=reason, other=other, differences=differences)


def _replaced_by(member: int, members: Sequence[int], reports: Sequence[Report]) -> int | None:
    """The report among `members` that says it replaces this one."""
    number = _document_number(reports[member].identity.number)
    if not number:
        return None
    for other in members:
        if other != member and _document_number(reports[other].identity.replaces) == number:
            return other
    return None


def _document_number(printed: str | None) -> str:
    """A document number without blanks: "96/BC- UBND" is 96/bc-ubnd, leading zeros gone."""
    return "".join(key(printed or "").split()).lstrip("0")


def _age(report: Report) -> tuple[int, date, bool, int]:
    """The order of versions, the newest greatest."""
    identity = report.identity
    issued = (identity.number is not None) + (identity.date is not None)
    serial = regex.match(r"\d+", _document_number(identity.number))
    return issued, identity.date or date.min, identity.replaces is not None, int(serial.group()) if serial else 0


def _from_pictures(report: Report) -> bool:
    return any(f.ocr for f in report.figures)


def _legibility(report: Report) -> tuple[bool, bool, int, int, str]:
    """Of equal versions, the one that reads best first: whole, from letters, Word before PDF, most figures."""
    return (
        report.status != "read",
        _from_pictures(report),
        len(report.unread),
        -len(report.figures),
        ("docx" if report.format == "docx" else "pdf") + report.path,
    )


def _differences(here: Report, counted: Report) -> tuple[Difference, ...]:
    """What two reports say differently, in the order of the columns. Empty where they are the same."""
    if here.sha256 == counted.sha256:
        return ()
    mine, theirs = _said(here), _said(counted)
    keys = sorted(mine.keys() | theirs.keys(), key=lambda k: (k[1] != "self", k[2] != "period", _column(k[0]), k))
    return tuple(
        Difference(*k, mine.get(k, ()), theirs.get(k, ())) for k in keys if mine.get(k, ()) != theirs.get(k, ())
    )


def _said(report: Report) -> dict[tuple[str, str, str], tuple[Decimal, ...]]:
    """Every key of a report with the values printed for it."""
    said: dict[tuple[str, str, str], set[Decimal]] = defaultdict(set)
    for f in report.figures:
        said[f.key].add(f.value)
    return {k: tuple(sorted(values)) for k, values in said.items()}


def _column(indicator: str) -> int:
    return INDICATORS.index(indicator) if indicator in INDICATORS else len(INDICATORS)


# --------------------------------------------------------------------------- one period


def _period(
    code: str, codes: Sequence[str], reports: Sequence[Report], standings: Mapping[int, Standing],
    indicators: Sequence[str], official: Mapping[str, int],
) -> Period:  # fmt: skip
    """The rows of one period: units with a report, units of which only other files are there, absent units."""
    here = [s for s in standings.values() if s.period == code and s.unit is not None and _belongs(s)]
    units = {s.unit.key: s.unit for s in here if s.unit}
    units |= _absent(code, codes, standings, set(units))
    rows = []
    for unit in sorted(units.values(), key=lambda u: _order(u, official)):
        own = [s for s in here if s.unit and s.unit.key == unit.key]
        rows.append(_row(unit, own, reports, indicators))
    return Period(code, tuple(rows), _totals(_table(rows, indicators)), _whole_rates(rows))


def _belongs(standing: Standing) -> bool:
    """Whether a document speaks of a commune-level unit in a period, counted or not."""
    return standing.reason not in {"not_report", "level", "no_period", "no_unit"}


def _absent(code: str, codes: Sequence[str], standings: Mapping[int, Standing], present: set[str]) -> dict[str, Unit]:
    """Units that reported for the period just before or just after, but not for this one.

    They are listed only where at least half of the known units reported: a lone report must not draw a hundred
    rows of "không có báo cáo" after it.
    """
    near = {code, *(c for c in codes if _previous(c) == code or _previous(code) == c)}
    known = {s.unit.key: s.unit for s in standings.values() if s.reason == "counted" and s.unit and s.period in near}
    if 2 * len(present) < len(known):
        return {}
    return {k: u for k, u in known.items() if k not in present}


def _order(unit: Unit, official: Mapping[str, int]) -> tuple[int, str, int, str, str]:
    """As the official list has it; units that are not in it after the others, by province, code and name."""
    number = int(unit.code) if unit.code and unit.code.isdigit() else 10**9
    return official.get(unit.code or "", 10**9), fold(unit.province or ""), number, fold(unit.name), unit.key


def _row(unit: Unit, own: Sequence[Standing], reports: Sequence[Report], indicators: Sequence[str]) -> Row:
    counted = [s.report for s in own if s.reason == "counted"]
    tied = [s.report for s in own if s.reason == "tied"]
    others = tuple(s.report for s in own if s.reason not in {"counted", "tied"})
    if not counted:
        reasons = {s.reason for s in own}
        blank: Blank = "not_stated" if "no_figures" in reasons else "failed" if "failed" in reasons else "no_report"
        shown = next((s.report for s in own if s.reason in {"no_figures", "failed"}), None)
        entries = tuple(
            _blank(i, [shown], reports, blank) if shown is not None else Entry(i, blank=blank) for i in indicators
        )
        return Row(unit, None, entries, _rates({e.indicator: e for e in entries}), (), others)
    entries = _with_postal(tuple(_entry(i, [*counted, *tied], reports) for i in indicators))
    return Row(unit, counted[0], entries, _rates({e.indicator: e for e in entries}), tuple(tied), others)


def _entry(indicator: str, sources: Sequence[int], reports: Sequence[Report]) -> Entry:
    """The cell of one indicator from one report, or from several that are tied."""
    found = [
        (r, n, f)
        for r in sources
        for n, f in enumerate(reports[r].figures)
        if f.indicator == indicator and f.scope == "self" and f.basis == "period"
    ]
    if not found:
        return _blank(indicator, sources, reports, "not_stated")
    marks = [_fault(r, n, reports[r]) for r, n, _ in found]
    fault = max((mark for mark, _ in marks), key=_RANK.__getitem__)
    findings = tuple(dict.fromkeys(f for _, fs in marks for f in fs))
    places = tuple((r, n) for r, n, _ in found)
    chosen = _agreed([f for _, _, f in found])
    if chosen is None:
        return Entry(
            indicator,
            blank="disputed",
            fault=max(fault, "candidate", key=_RANK.__getitem__),
            sources=places,
            findings=findings,
        )
    return Entry(
        indicator, chosen.value, None, chosen.decimals, chosen.approximate, chosen.ocr, fault, places, findings
    )


def _with_postal(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The cells with the count by post, where it is printed apart, added to the count in person.

    Column (5) of form II.06a holds both. Where the printed numbers add up without the post, the count in person holds
    it already. A post that is disputed leaves column (5) disputed too.
    """
    known = {e.indicator: e for e in entries}
    hand, post = known.get(_HAND), known.get(_POST)
    if hand is None or post is None or hand.value is None or _adds_up(known):
        return entries
    if post.value is None and post.blank != "disputed":
        return entries
    both = replace(
        hand,
        value=None if post.value is None else hand.value + post.value,
        blank=post.blank,
        decimals=max(hand.decimals, post.decimals),
        approximate=hand.approximate or post.approximate,
        ocr=hand.ocr or post.ocr,
        fault=max(hand.fault, post.fault, key=_RANK.__getitem__),
        sources=hand.sources + post.sources,
        findings=tuple(dict.fromkeys(hand.findings + post.findings)),
    )
    return tuple(both if e is hand else e for e in entries)


def _adds_up(entries: Mapping[str, Entry]) -> bool:
    """Whether what came online and in person is all that came, so that the post is among what came in person."""
    value = {i: e.value for i, e in entries.items() if e.value is not None and not e.approximate}
    new = value.get("received.new")
    if new is None and "received.total" in value:
        new = value["received.total"] - value.get("received.carried_over", Decimal(0))
    online, hand = value.get("received.online"), value.get(_HAND)
    return new is not None and online is not None and hand is not None and online + hand == new


def _agreed(figures: Sequence[Figure]) -> Figure | None:
    """The figure that all stand behind: the most precise one, if no other printed value contradicts it.

    A rounded restatement ("98,3%" beside "98,31%") and an approximation ("gần 3.300") do not contradict.
    """
    exact = [f for f in figures if not f.approximate] or list(figures)
    best = max(exact, key=lambda f: f.decimals)
    for f in exact:
        step = Decimal(1).scaleb(-f.decimals)
        if f.decimals == best.decimals and f.value != best.value:
            return None
        if f.decimals < best.decimals and abs(f.value - best.value) >= step:
            return None
    return best


def _blank(indicator: str, sources: Sequence[int], reports: Sequence[Report], reason: Blank) -> Entry:
    """Why a report has no number for an indicator: left unread, printed in a fraction alone, lost with an unreadable
    part, perhaps among the numbers that were left without a reading, or not stated."""
    report = reports[sources[0]]
    if reason != "not_stated":
        return Entry(indicator, blank=reason)
    if any(indicator in u.readings for u in report.unread):
        return Entry(indicator, blank="unread")
    rate = _NUMERATORS.get(indicator)
    fractions = tuple(
        (r, n)
        for r in sources
        for n, f in enumerate(reports[r].figures)
        if f.key == (rate, "self", "period") and f.numerator is not None and f.denominator is not None
    )
    if fractions:
        return Entry(indicator, blank="fraction", sources=fractions)
    if report.status == "partial":
        return Entry(indicator, blank="partial")
    left = sum(not u.readings for u in report.unread)
    return Entry(indicator, blank="unsure", unread=left) if left else Entry(indicator, blank="not_stated")


def _fault(index: int, number: int, report: Report) -> tuple[Fault, tuple[tuple[int, int], ...]]:
    """The worst part that a figure has in the findings of its report, and those findings. Notices mark nothing."""
    figure = report.figures[number]
    fault: Fault = ""
    findings: list[tuple[int, int]] = []
    for n, finding in enumerate(report.findings):
        if finding.severity == "notice":
            continue
        part: Fault = "part" if number in finding.figures else ""
        for rank, s in enumerate(finding.suggestions):
            if (s.indicator, s.scope, s.basis) == figure.key and s.printed == figure.value:
                sure = rank == 0 and finding.certainty in {"pinned", "likely"}
                part = max(part, "culprit" if sure else "candidate", key=_RANK.__getitem__)
        if part:
            findings.append((index, n))
            fault = max(fault, part, key=_RANK.__getitem__)
    return fault, tuple(findings)


# --------------------------------------------------------------------------- rates and totals


def _rates(entries: Mapping[str, Entry]) -> tuple[Recomputed, ...]:
    """The rates of one unit on the denominators of `_RATES`, from exact counts alone."""
    return tuple(_rate(indicator, over, under, entries) for indicator, over, under in _RATES)


def _rate(indicator: str, over: _Terms, under: _Terms, entries: Mapping[str, Entry]) -> Recomputed:
    """One rate: the first known sum of `over`, of the first known sum of `under`."""
    numerator, _, lacking = _first_known(over, entries)
    denominator, base, lacking_base = _first_known(under, entries)
    value = None
    if numerator is not None and denominator is not None and denominator > 0:
        value = _percent(numerator, denominator)
    return Recomputed(indicator, value, numerator, denominator, base, lacking + lacking_base)


def _first_known(sums: _Terms, entries: Mapping[str, Entry]) -> tuple[Decimal | None, str, tuple[str, ...]]:
    """The value and the wording of the first sum whose terms are all known, else what the first one lacks."""
    for terms in sums:
        known = [(sign, entries[i].value) for sign, i in terms if i in entries and not entries[i].approximate]
        values = [value if sign == "+" else -value for sign, value in known if value is not None]
        if len(values) == len(terms):
            return sum(values, Decimal(0)), _wording(terms), ()
    lacking = tuple(i for _, i in sums[-1] if i not in entries or entries[i].approximate or entries[i].value is None)
    return None, _wording(sums[0]), lacking


def _wording(terms: tuple[tuple[str, str], ...]) -> str:
    return "".join(f" {sign} {i}" for sign, i in terms).removeprefix(" + ")


def _percent(numerator: Decimal, denominator: Decimal) -> Decimal:
    """A percentage with four decimals, half up; it is shown with two."""
    return (100 * numerator / denominator).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def _totals(table: pd.DataFrame) -> tuple[Total, ...]:
    """The sum of every count; rates are never added."""
    totals = []
    for indicator in table.columns:
        if not indicator.startswith("rate."):
            known = table[indicator].dropna()
            totals.append(Total(indicator, sum(known, Decimal(0)) if len(known) else None, len(known)))
    return tuple(totals)


def _whole_rates(rows: Sequence[Row]) -> tuple[Recomputed, ...]:
    """Every rate over all units together, counting the units for which both sides are known."""
    whole = []
    for place, (indicator, _, _) in enumerate(_RATES):
        known = [r.rates[place] for r in rows if r.rates[place].value is not None]
        over = sum((r.numerator for r in known if r.numerator is not None), Decimal(0))
        under = sum((r.denominator for r in known if r.denominator is not None), Decimal(0))
        bases = sorted({r.base for r in known})
        whole.append(
            Recomputed(indicator, _percent(over, under), over, under, " / ".join(bases))
            if known
            else Recomputed(indicator, None, None, None, "", (indicator,))
        )
    return tuple(whole)


# --------------------------------------------------------------------------- from one period to the next


def _changes(periods: Sequence[Period]) -> tuple[Change, ...]:
    """Every unit that has a report for a period and for the one just before it."""
    by_code = {p.code: p for p in periods}
    changes = []
    for period in periods:
        before = by_code.get(_previous(period.code) or "")
        if before is None:
            continue
        earlier = {row.unit.key: row for row in before.rows if row.report is not None}
        for row in period.rows:
            last = earlier.get(row.unit.key)
            if last is None or row.report is None:
                continue
            pairs = tuple((last.entry(i), row.entry(i)) for i in _FOLLOWED)
            changes.append(
                Change(
                    row.unit,
                    before.code,
                    period.code,
                    last.entry("pending.total"),
                    row.entry("received.carried_over"),
                    pairs,
                )
            )
    return tuple(changes)


def _previous(code: str) -> str | None:
    """The period just before: 2026-Q1 → 2025-Q4. None for first months of a year ("2026-9M"), that start anew."""
    match = _PERIOD.fullmatch(code)
    if match is None or match["months"]:
        return None
    year = int(match["year"])
    if not match["kind"]:
        return str(year - 1)
    kind, number = match["kind"], int(match["number"])
    last = {"Q": 4, "H": 2, "M": 12}[kind]
    year, number = (year, number - 1) if number > 1 else (year - 1, last)
    return f"{year}-{kind}{number:02d}" if kind == "M" else f"{year}-{kind}{number}"


def _newest_first(code: str) -> tuple[int, int, int, str]:
    """The order of periods: the last one to end first, of those the shortest first."""
    match = _PERIOD.fullmatch(code)
    if match is None:
        return (0, 0, 0, code)
    length = int(match["months"]) if match["months"] else {"Q": 3, "H": 6, "M": 1}.get(match["kind"] or "", 12)
    end = length if match["months"] or not match["kind"] else length * int(match["number"])
    return (-int(match["year"]), -end, length, code)
