"""Several documents side by side: versions, periods that follow each other, wholes and units, plans, who is missing.

Pure like the rest of the room: reports and their comparison in, findings out. Which version counts was decided by
the comparison and is only told here. Findings have the form of those of one document, with `documents` naming the
files: the first is the one the finding speaks of, and `figures` are indices into its report.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.catalog import Catalog
from extractor.check.aggregates import check_aggregates
from extractor.check.plan_follow_up import check_plans
from extractor.check.succession import check_succession
from extractor.check.telling import Teller, file_name
from extractor.comparison import Comparison, Difference, Progress, Standing, Submission
from extractor.model import Finding, Report, Severity

_TOLD = frozenset({"replaced", "draft", "older", "scanned", "tied"})
_UNITS_SHOWN = 200  # every one of a province's units fits


def across(reports: Sequence[Report], comparison: Comparison, catalog: Catalog) -> tuple[Finding, ...]:
    """Everything that is only seen over several documents, the worst first.

    `comparison` is that of these reports, with its `progress` where units that owe a report are known. Raises
    PatternError where the patterns are wrong.
    """
    teller = Teller(reports, comparison, catalog)
    check_succession(teller)
    for standing in comparison.standings:
        _version(teller, standing)
    check_aggregates(teller)
    check_plans(teller)
    for progress in comparison.progress:
        _missing(teller, progress)
    return teller.numbered()


# --------------------------------------------------------------------------- versions


def _version(teller: Teller, standing: Standing) -> None:
    """A version that does not count: which does, and what differs."""
    if standing.reason not in _TOLD or standing.other is None or standing.unit is None:
        return
    both = [d for d in standing.differences if d.here and d.counted]
    one = len(standing.differences) - len(both)
    tied = standing.reason == "tied"
    said = []
    if both:
        listed = teller.listed([_change(teller, d, tied) for d in both])
        said.append(teller.say("changes", changes=listed))
    if one:
        said.append(teller.say("only_one", count=one))
    severity: Severity | None = "notice" if tied and not both else None
    keys = {(d.indicator, d.scope, d.basis) for d in both}
    counted = teller.reports[standing.other]
    teller.add(
        f"version.{standing.reason}", ("version", standing.unit.key, standing.period),
        [standing.other, standing.report],
        {
            "period": teller.period(standing.period), "here": _file(teller, standing.report, standing.other),
            "counted": _file(teller, standing.other, standing.report),
            "changes": " ".join(said) or teller.say("same"),
        },
        [n for n, f in enumerate(counted.figures) if f.key in keys],
        certainty="candidates" if tied and both else "none", severity=severity,
    )  # fmt: skip


def _change(teller: Teller, difference: Difference, tied: bool) -> str:
    name = teller.name(difference.indicator)
    apart = [teller.catalog.labels.scope(difference.scope)] if difference.scope != "self" else []
    apart += [teller.catalog.labels.basis(difference.basis)] if difference.basis != "period" else []
    here, counted = (
        "/".join(teller.amount(difference.indicator, v) for v in values)
        for values in (difference.here, difference.counted)
    )
    return teller.say(
        "change_other" if tied else "change", name=f"{name} ({', '.join(apart)})" if apart else name, here=here,
        counted=counted,
    )  # fmt: skip


def _file(teller: Teller, index: int, other: int) -> str:
    """The document; the file's name where both files are of one document."""
    said = teller.document(index)
    if said != teller.document(other):
        return said
    return teller.say("document_blank", file=file_name(teller.reports[index].path))


# --------------------------------------------------------------------------- who is missing


def _missing(teller: Teller, progress: Progress) -> None:
    """Units without a report in one sentence; units with something that does not count, one each."""
    period = teller.period(progress.period)
    absent = progress.of("absent")
    if absent:
        owed = sum(s.listed for s in progress.submissions)
        teller.add(
            "missing.absent", ("missing", progress.period), [],
            {
                "period": period, "count": len(absent), "all": owed,
                "units": teller.listed([s.unit.name for s in absent], _UNITS_SHOWN, ", "),
            },
        )  # fmt: skip
    for s in progress.of("draft", "other_period", "other", "failed"):
        if s.report is None:
            continue
        teller.add(
            f"missing.{s.state}", ("missing", progress.period, s.unit.key), [s.report],
            {
                "period": period, "unit": s.unit.name,
                "other": _instead(teller, s) if s.state in {"other_period", "other"} else "",
                "guessed": teller.say("by_name") if s.guessed else "",
            },
            scope=f"unit:{s.unit.name}",
        )  # fmt: skip


def _instead(teller: Teller, submission: Submission) -> str:
    """What a unit has handed in instead of the report."""
    report = teller.reports[submission.report if submission.report is not None else -1]
    if submission.state == "other_period":
        period = report.identity.period
        return teller.period(period) if period else teller.say("no_period")
    standing = next(s for s in teller.comparison.standings if s.report == submission.report)
    reason = standing.reason if standing.reason in {"internal", "no_figures"} else "superseded"
    return teller.say(reason)
