"""What was not read, file by file: the list for whoever must do something about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.catalog.labels import PROBLEMS
from extractor.model import Report, Status


@dataclass(frozen=True, slots=True)
class Lack:
    """A report (its index) that was not read, or not wholly, one problem of it and the sentence about it."""

    report: int
    status: Status
    code: str
    message: str


def lacks(reports: Sequence[Report]) -> Iterator[Lack]:
    """Every problem for which a file was not read or not wholly; files that were not read at all come first."""
    for status in ("failed", "partial"):
        for index, report in enumerate(reports):
            if report.status == status:
                for problem in report.problems:
                    if status == "failed" or problem.code in PROBLEMS:
                        yield Lack(index, report.status, problem.code, problem.message)
