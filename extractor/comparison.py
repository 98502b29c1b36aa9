"""The nouns of room 6: units side by side, frozen like those of model.py.

A cell that holds no number always says why, and a cell with a number always says where it is printed: `sources`
are (index of the report, index of the figure in it) into the reports that were compared. Reasons are ids; their
words are in patterns/labels.toml.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractor.model import Finding, Target

Blank = Literal["not_stated", "unread", "unsure", "fraction", "partial", "no_report", "failed", "disputed"]
Fault = Literal["", "part", "candidate", "culprit"]
Reason = Literal[
    "counted", "tied", "failed", "not_report", "no_period", "no_unit", "level", "internal", "no_figures",
    "copy", "replaced", "scanned", "draft", "older",
]  # fmt: skip

State = Literal["submitted", "draft", "other_period", "other", "failed", "absent"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that reports. `key` tells units apart: the statistical code, else province and name."""

    key: str
    name: str
    code: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: an indicator of one unit in one period, or the reason why there is no number.

    `value` and `blank` are never both there nor both absent. Where figures of several indicators are added into one
    column of the form (in person and by post), `value` is their sum and `sources` are all of them. `sources` of a
    "disputed" entry are the figures that contradict each other. `fault` is the part that the figure has in findings
    of its report: "culprit" (the figure that a pinned or likely suggestion would change), "candidate" (one of
    several), "part" (takes part in a sum that fails); `findings` are (report, finding) indices. `sources` of a
    "fraction" entry are the rates whose fraction alone prints the count; `unread` of an "unsure" one is how many
    numbers of the report were left without a known reading.
    """

    indicator: str
    value: Decimal | None = None
    blank: Blank | None = None
    decimals: int = 0
    approximate: bool = False
    ocr: bool = False
    fault: Fault = ""
    sources: tuple[tuple[int, int], ...] = ()
    findings: tuple[tuple[int, int], ...] = ()
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A rate on the one denominator that is used for every unit, in percent.

    `base` is the denominator in indicator ids: "received.new", "received.total - received.carried_over" …
    `missing` are the indicators for want of which there is no value; with `missing` empty and no value, the
    denominator is zero.
    """

    indicator: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    base: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in one period. `report` is the index of the report that counts, None where there is none.

    `rivals` are reports of the same rank that cannot be told older or newer; figures on which they differ are
    disputed. `others` are the versions and files of the same unit and period that do not count.
    """

    unit: Unit
    report: int | None
    entries: tuple[Entry, ...]
    rates: tuple[Recomputed, ...] = ()
    rivals: tuple[int, ...] = ()
    others: tuple[int, ...] = ()

    def entry(self, indicator: str) -> Entry:
        """The cell of an indicator; not stated where the comparison has no such column."""
        for entry in self.entries:
            if entry.indicator == indicator:
                return entry
        return Entry(indicator, blank="not_stated")


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of a column and the number of units that have a number in it (None where none has)."""

    indicator: str
    value: Decimal | None
    units: int


@dataclass(frozen=True, slots=True)
class Period:
    """The units of one period, in the official order. `totals` holds counts only, `rates` whole-table rates."""

    code: str
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    rates: tuple[Recomputed, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version says and what the version that counts says; None where it says nothing."""

    indicator: str
    scope: str
    basis: str
    here: tuple[Decimal, ...]
    counted: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a report counts, in which period, and if not, why, in favour of which other, and what differs."""

    report: int
    reason: Reason
    period: str | None = None
    unit: Unit | None = None
    other: int | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One unit in two periods that follow each other: what was pending and what was carried over, and the rest."""

    unit: Unit
    before: str
    period: str
    pending_before: Entry
    carried_over: Entry
    pairs: tuple[tuple[Entry, Entry], ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """What a unit has handed in for a period. `report` is the file that the state speaks of, None where none is.

    "draft" is a report without number or date; "other_period" a report of a period that is not collected;
    "other" another document of the unit for the period (a Centre's own report, a report without figures);
    "failed" a file that could not be read. `listed` is False for units that the roster does not name, `guessed`
    marks a failed file that is known by its name alone.
    """

    unit: Unit
    state: State
    report: int | None = None
    listed: bool = True
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Who has handed in for one period: a submission for every unit of the roster, in its order, others after."""

    period: str
    submissions: tuple[Submission, ...]

    def of(self, *states: State) -> tuple[Submission, ...]:
        """The submissions of the roster's units in one of these states."""
        return tuple(s for s in self.submissions if s.listed and s.state in states)


@dataclass(frozen=True, slots=True)
class Followed:
    """The targets of one rate in a plan, and what the unit reported last in the plan's year.

    `plan` and `report` are indices of reports; `verdict` is "open" where the targets differ, or the number is
    approximate, so that neither can be said. `reported` is None where the rate is not stated; it was computed
    from the report's counts where `figure` (an index into the report's figures) is None.
    """

    plan: int
    indicator: str
    targets: tuple[Target, ...]
    report: int
    period: str
    verdict: Literal["met", "missed", "unreported", "open"]
    reported: Decimal | None = None
    figure: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every report's standing, the units side by side period by period (newest first), and the changes.

    `indicators` are the columns in use, in the order of form II.06a with the others after them. `findings` are
    those over several documents; `documents[0]` of one is the file it speaks of, and its `figures` are indices
    into that report. `progress` is empty where nobody said which units there are. `followed` are the targets of
    plans with what was reported.
    """

    indicators: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    standings: tuple[Standing, ...] = ()
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    progress: tuple[Progress, ...] = ()
    followed: tuple[Followed, ...] = ()
