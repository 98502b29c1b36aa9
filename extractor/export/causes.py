"""What is wrong, a cause at a time: the unit of the sheet "Sai lệch", of `doisoat check` and of the letters.

A slip breaks several rules; an official wants it told once, with the finding that says most about it in front.
A second file with the same content tells nothing of its own, nor does one that is no report and names no unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.comparison import Comparison
from extractor.model import Figure, Finding, Report, Severity, Suggestion

SEVERITY: dict[Severity, int] = {"error": 0, "warning": 1, "notice": 2}
_CERTAINTY = ("pinned", "likely", "candidates", "sum", "none")
_SURE = frozenset({"pinned", "likely"})


@dataclass(frozen=True, slots=True)
class Cause:
    """The findings of one cause. `report` is the index of the report they speak of, None where there is none.

    `documents` are the indices of the other files involved, `figures` what the findings are about (of `report`).
    """

    report: int | None
    findings: tuple[Finding, ...]
    documents: tuple[int, ...] = ()
    figures: tuple[Figure, ...] = ()

    @property
    def severity(self) -> Severity:
        return min((f.severity for f in self.findings), key=SEVERITY.__getitem__)

    @property
    def main(self) -> Finding:
        """The finding that says most: the worst, with suggestions, the surest."""
        return min(
            self.findings, key=lambda f: (SEVERITY[f.severity], not f.suggestions, _CERTAINTY.index(f.certainty))
        )

    @property
    def best(self) -> Suggestion | None:
        """The suggestion to show as the likely one; None where several are as good."""
        return self.main.suggestions[0] if self.main.suggestions and self.main.certainty in _SURE else None

    @property
    def accuses(self) -> bool:
        """It says that some number is wrong, so that how sure that is may be told; a missing report is none."""
        main = self.main
        return main.certainty != "none" or (bool(main.figures) and not main.documents)

    @property
    def accused(self) -> Figure | None:
        """The figure that the best suggestion would change, else the first involved."""
        best = self.best
        if best is not None:
            for figure in self.figures:
                if figure.key == (best.indicator, best.scope, best.basis) and figure.value == best.printed:
                    return figure
        return self.figures[0] if self.figures else None

    @property
    def unit(self) -> str:
        """The unit that findings over several documents name; "" where they leave it to the report."""
        over_several = self.report is None or any(f.documents for f in self.findings)
        scope = self.main.scope
        return scope.removeprefix("unit:") if over_several and scope.startswith("unit:") else ""


def causes(reports: Sequence[Report], comparison: Comparison) -> list[Cause]:
    """Every cause, report by report in their order, the worst first; what belongs to no report at the end."""
    index = {report.path: n for n, report in reversed(list(enumerate(reports)))}
    copies = {s.report for s in comparison.standings if s.reason == "copy"}
    strangers = {n for n, report in enumerate(reports) if len(reports) > 1 and _is_stranger(report)}
    found = [c for n, report in enumerate(reports) if n not in copies | strangers for c in _own(n, report)]
    found += [_across(findings, index, reports) for findings in _grouped(comparison.findings)]
    last = len(reports)
    return sorted(found, key=lambda c: (last if c.report is None else c.report, SEVERITY[c.severity]))


def _is_stranger(report: Report) -> bool:
    """A document of no known kind and no unit among others (a list, a letter, a sheet): there is nobody to tell."""
    return report.identity.kind == "other" and report.identity.issuer is None


def _own(index: int, report: Report) -> Iterator[Cause]:
    for findings in _grouped(report.findings):
        yield Cause(index, findings, (), _figures(findings, report))


def _across(findings: tuple[Finding, ...], index: dict[str, int], reports: Sequence[Report]) -> Cause:
    named = list(dict.fromkeys(index[path] for f in findings for path in f.documents if path in index))
    if not named:
        return Cause(None, findings)
    mine = tuple(f for f in findings if f.documents[:1] == (reports[named[0]].path,))
    return Cause(named[0], findings, tuple(named[1:]), _figures(mine, reports[named[0]]))


def _grouped(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    groups: dict[int, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.cause, []).append(finding)
    return [tuple(group) for group in groups.values()]


def _figures(findings: Sequence[Finding], report: Report) -> tuple[Figure, ...]:
    numbers = dict.fromkeys(n for f in findings for n in f.figures if 0 <= n < len(report.figures))
    return tuple(report.figures[n] for n in numbers)
