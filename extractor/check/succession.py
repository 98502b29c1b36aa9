"""One unit, one period after another: what is carried over, the days that are counted, figures copied along.

A period follows another where its first calendar day is the day after the other's last, so a first quarter follows
the year before as well as its last quarter; of several the one of the same kind is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from extractor.check.telling import Teller, Window, day, exact
from extractor.comparison import Row
from extractor.model import Question, Suggestion
from extractor.vietnamese.periods import period_span, relation, standard_window

# The counts that two honest reports never share as a whole.
CORE = (
    "received.total", "received.new", "received.online", "received.in_person", "received.carried_over",
    "resolved.total", "resolved.early", "resolved.on_time", "resolved.early_or_on_time", "resolved.overdue",
    "pending.total", "pending.in_time", "pending.overdue",
)  # fmt: skip
LEAST_ALIKE = 6
# The communes of today began on this day (Law 72/2025/QH15): a window that starts with them starts on time.
_FOUNDED = date(2025, 7, 1)
_ONE_DAY = timedelta(days=1)


def check_succession(teller: Teller) -> None:
    """Carry-over, windows and copied figures of every unit, and figures copied from a neighbour."""
    for before, now, last, row in _steps(teller):
        cause = ("step", row.unit.key, before, now)
        _carry_over(teller, cause, before, now, last, row)
        _windows(teller, cause, before, now, last, row)
        _copied(teller, cause, before, now, last, row)
    for period in teller.comparison.periods:
        for row in period.rows:
            _own_window(teller, period.code, row)
        _neighbours(teller, period.code, period.rows)


def _steps(teller: Teller) -> Iterator[tuple[str, str, Row, Row]]:
    """(period before, period, row before, row) of every unit that reported for both."""
    rows: dict[str, dict[str, Row]] = defaultdict(dict)
    for period in teller.comparison.periods:
        for row in period.rows:
            if row.report is not None:
                rows[row.unit.key][period.code] = row
    for own in rows.values():
        for now in own:
            first = _span(now)
            ends = [(c, s) for c in own if (s := _span(c)) is not None and first and s[1] + _ONE_DAY == first[0]]
            if ends:
                before = min(ends, key=lambda e: (relation(e[0], now) != "previous", -e[1][0].toordinal()))[0]
                yield before, now, own[before], own[now]


def _span(code: str) -> Window | None:
    try:
        return period_span(code)
    except ValueError:
        return None


# --------------------------------------------------------------------------- what is carried over


def _carry_over(teller: Teller, cause: Hashable, before: str, now: str, last: Row, row: Row) -> None:
    carried, pending = row.entry("received.carried_over"), last.entry("pending.total")
    value, other = exact(row, "received.carried_over"), exact(last, "pending.total")
    if value is None or other is None or row.report is None or last.report is None:
        return
    # Some count dossiers that wait for papers apart from those being dealt with; both come over.
    if value in (other, other + (exact(last, "pending.supplement") or 0)):
        return
    window, last_window = _window(teller, row), _window(teller, last)
    id, days, between = _meeting(last_window, window)
    teller.add(
        f"carry_over.{id}", cause, [row.report, last.report],
        {
            "period": teller.period(now), "before": teller.period(before), "value": teller.number(value),
            "other": teller.number(other), "difference": teller.number(abs(value - other)),
            "window": teller.days(window) if window else "", "days": days,
            "last_window": teller.days(last_window) if last_window else "",
            "between": teller.days(between) if between else "",
        },
        teller.own_figures(row.report, carried), abs(value - other), "candidates",
        _either(teller, before, now, last, value, other), "warning" if carried.ocr or pending.ocr else None,
        question=_ask(teller, before, value, other),
    )  # fmt: skip


def _ask(teller: Teller, before: str, value: Decimal, other: Decimal) -> Question:
    """What was pending when the last period ended settles which of the two reports is wrong."""
    text = teller.say(
        "ask_pending", before=teller.period(before), value=teller.number(value), other=teller.number(other)
    )
    return Question("pending.total", "self", "previous", other, text)


def _either(teller: Teller, before: str, now: str, last: Row, value: Decimal, other: Decimal) -> tuple[Suggestion, ...]:
    """Either side may be wrong; the one first that the last report's own sums speak against."""
    names = {"before": teller.period(before), "period": teller.period(now)}
    mine = Suggestion(
        "received.carried_over", "self", "period", value, other,
        teller.say("because_last", value=teller.number(other), **names),
    )  # fmt: skip
    because = teller.say("because_now", value=teller.number(value), **names)
    report = last.report if last.report is not None else -1
    known = any(
        (s.indicator, s.scope, s.basis, s.proposed) == ("pending.total", "self", "period", value)
        for f in teller.reports[report].findings
        for s in f.suggestions
    )
    if known:
        because += "; " + teller.say("because_own")
    theirs = Suggestion("pending.total", "self", "previous", other, value, because)
    return (theirs, mine) if known else (mine, theirs)


def _meeting(last: Window | None, now: Window | None) -> tuple[str, int, Window | None]:
    """How two windows meet: "abut", "gap", "overlap" with days and their span, or "unknown"."""
    if last is None or now is None:
        return "unknown", 0, None
    days = (now[0] - last[1]).days - 1
    if days > 0:
        return "gap", days, (last[1] + _ONE_DAY, now[0] - _ONE_DAY)
    if days < 0:
        shared = max(last[0], now[0]), min(last[1], now[1])
        if shared[0] <= shared[1]:
            return "overlap", (shared[1] - shared[0]).days + 1, shared
        return "unknown", 0, None  # this period's days lie before the last one's: told as outside its period
    return "abut", 0, None


def _window(teller: Teller, row: Row) -> Window | None:
    return teller.reports[row.report].identity.window if row.report is not None else None


# --------------------------------------------------------------------------- days


def _windows(teller: Teller, cause: Hashable, before: str, now: str, last: Row, row: Row) -> None:
    window, last_window = _window(teller, row), _window(teller, last)
    id, days, between = _meeting(last_window, window)
    if id not in {"gap", "overlap"} or between is None or row.report is None or last.report is None:
        return
    if window is None or last_window is None:
        return
    teller.add(
        f"window.{id}", cause, [row.report, last.report],
        {
            "period": teller.period(now), "before": teller.period(before), "window": teller.days(window),
            "last_window": teller.days(last_window), "days": days, "between": teller.days(between),
        },
    )  # fmt: skip


def _own_window(teller: Teller, code: str, row: Row) -> None:
    """A window against the days that are ordered for its period, and against the day of signing."""
    window, span = _window(teller, row), _span(code)
    if window is None or row.report is None or span is None:
        return
    standard = standard_window(code)
    cause = ("window", row.unit.key, code)
    fields = {
        "period": teller.period(code), "window": teller.days(window), "standard": teller.days(standard),
    }  # fmt: skip
    if window[1] < min(standard[0], span[0]) or window[0] > max(standard[1], span[1]):
        teller.add("window.outside", cause, [row.report], fields)
    elif shifts := _shifts(teller, window, standard):
        teller.add("window.standard", cause, [row.report], {**fields, "shifts": ", ".join(shifts)})
    signed = teller.reports[row.report].identity.date
    if signed is not None and signed < window[1]:
        teller.add(
            "window.unsigned", ("signed", row.unit.key, code), [row.report],
            {"period": teller.period(code), "end": day(window[1]), "date": day(signed)},
        )  # fmt: skip


def _shifts(teller: Teller, window: Window, standard: Window) -> list[str]:
    """By how many days a window starts and ends early or late."""
    founded = window[0] == _FOUNDED and standard[0] < _FOUNDED
    shifts = []
    for at, name in enumerate(("start", "end")):
        days = (window[at] - standard[at]).days
        if days and not (founded and at == 0):
            shifts.append(teller.say(f"{'late' if days > 0 else 'early'}_{name}", days=abs(days)))
    return shifts


# --------------------------------------------------------------------------- copied figures


def _copied(teller: Teller, cause: Hashable, before: str, now: str, last: Row, row: Row) -> None:
    alike = _alike(last, row)
    if alike and row.report is not None and last.report is not None:
        teller.add(
            "copied.period", cause, [row.report, last.report],
            {
                "period": teller.period(now), "before": teller.period(before), "count": len(alike),
                "examples": _named(teller, row, alike),
            },
            teller.own_figures(row.report, *(row.entry(i) for i in alike)),
        )  # fmt: skip


def _neighbours(teller: Teller, code: str, rows: tuple[Row, ...]) -> None:
    """Units whose figures are those of another unit in the same period."""
    by_total: dict[Decimal, list[Row]] = defaultdict(list)
    for row in rows:
        total = exact(row, "resolved.total")
        if row.report is not None and total:
            by_total[total].append(row)
    for members in by_total.values():
        for n, row in enumerate(members):
            for other in members[:n]:
                alike = _alike(other, row)
                if alike and row.report is not None and other.report is not None:
                    teller.add(
                        "copied.neighbour", ("neighbour", code, other.unit.key, row.unit.key),
                        [row.report, other.report],
                        {
                            "period": teller.period(code), "other": other.unit.name, "count": len(alike),
                            "examples": _named(teller, row, alike),
                        },
                        teller.own_figures(row.report, *(row.entry(i) for i in alike)),
                    )  # fmt: skip


def _alike(one: Row, other: Row) -> list[str]:
    """The core figures other than zero that two reports share, where they share all; none where they differ."""
    both = [(i, a, b) for i in CORE if (a := exact(one, i)) is not None and (b := exact(other, i)) is not None]
    if any(a != b for _, a, b in both):
        return []
    alike = [i for i, a, _ in both if a]
    return alike if len(alike) >= LEAST_ALIKE else []


def _named(teller: Teller, row: Row, indicators: list[str]) -> str:
    shown = [f"{teller.name(i)} {teller.number(row.entry(i).value or Decimal(0))}" for i in indicators[:3]]
    return ", ".join(shown) + (", …" if len(indicators) > 3 else "")
