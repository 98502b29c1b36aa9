"""Findings over several documents are put into words here: numbers, days, documents, and which cause they share.

`documents[0]` of a finding is the file it speaks of and `figures` are indices into that report; what the other
files say stands in the sentence. Nothing here judges.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from extractor.catalog import Catalog
from extractor.comparison import Comparison, Entry, Row
from extractor.model import Certainty, Finding, Question, Report, Severity, Suggestion

ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "notice": 2}
Window = tuple[date, date]
_SHOWN = 6


@dataclass
class Teller:
    """The documents, the sentences, and what has been found so far, each with the key of its cause."""

    reports: Sequence[Report]
    comparison: Comparison
    catalog: Catalog
    found: list[tuple[Hashable, Finding]] = field(default_factory=list)

    def add(
        self, id: str, cause: Hashable, documents: Sequence[int], words: Mapping[str, object],
        figures: Sequence[int] = (), difference: Decimal | None = None, certainty: Certainty = "none",
        suggestions: tuple[Suggestion, ...] = (), severity: Severity | None = None, scope: str = "self",
        question: Question | None = None,
    ) -> None:  # fmt: skip
        """Keep the finding `id` of across.toml. Findings with equal `cause` have one cause.

        `words` are what its sentence asks for.
        """
        wording = self.catalog.across.findings[id]
        message = wording.message.format(**words).strip()
        finding = Finding(
            rule=wording.rule,
            scope=scope,
            basis="period",
            severity=severity or wording.severity,
            cause=0,
            certainty=certainty,
            message=message[:1].upper() + message[1:],
            figures=tuple(figures),
            difference=difference,
            suggestions=suggestions,
            documents=tuple(self.reports[d].path for d in documents),
            question=question,
        )
        self.found.append((cause, finding))

    def numbered(self) -> tuple[Finding, ...]:
        """Everything found, the worst first, causes numbered in that order."""
        worst: dict[Hashable, int] = {}
        for cause, finding in self.found:
            worst[cause] = min(worst.get(cause, 9), ORDER[finding.severity])
        first = {cause: n for n, (cause, _) in reversed(list(enumerate(self.found)))}
        numbers = {c: n for n, c in enumerate(sorted(worst, key=lambda c: (worst[c], first[c])), 1)}
        ordered = sorted(self.found, key=lambda f: (numbers[f[0]], ORDER[f[1].severity]))
        return tuple(replace(finding, cause=numbers[cause]) for cause, finding in ordered)

    # ------------------------------------------------------------------ words

    def say(self, phrase: str, **fields: object) -> str:
        return self.catalog.across.phrases[phrase].format(**fields)

    def name(self, indicator: str) -> str:
        """The name of an indicator inside a sentence: "tổng số đã giải quyết"."""
        rules = self.catalog.rules
        return rules[0].words.names.get(indicator, indicator) if rules else indicator

    def number(self, value: Decimal) -> str:
        whole = value.to_integral_value()
        return self.catalog.labels.number(whole if value == whole else value.normalize())

    def amount(self, indicator: str, value: Decimal) -> str:
        """A number with its % where it is a rate."""
        return self.number(value) + ("%" if indicator.startswith("rate.") else "")

    def period(self, code: str | None) -> str:
        """ "quý II năm 2026", for the middle of a sentence."""
        words = self.catalog.labels.period(code)
        return words[:1].lower() + words[1:]

    def days(self, window: Window) -> str:
        return self.say("days", first=day(window[0]), last=day(window[1]))

    def document(self, index: int) -> str:
        """ "Báo cáo số 12/BC-UBND ngày 15/6/2026"; the file's name where no number is printed."""
        report = self.reports[index]
        identity, kind = report.identity, self.catalog.labels.kind(report.identity.kind)
        if not identity.number:
            return self.say("document_blank", file=file_name(report.path))
        if identity.date is None:
            return self.say("document", kind=kind, number=identity.number)
        return self.say("document_day", kind=kind, number=identity.number, date=day(identity.date))

    def listed(self, items: Sequence[str], most: int = _SHOWN, between: str = "; ") -> str:
        """The first items and how many more there are."""
        left = len(items) - most
        shown = [*items[:most], self.say("more", count=left)] if left > 0 else list(items)
        return between.join(shown)

    # ------------------------------------------------------------------ figures

    def own_figures(self, report: int, *entries: Entry) -> list[int]:
        """The figures of one report behind cells of its row."""
        return list(dict.fromkeys(n for entry in entries for r, n in entry.sources if r == report))


def exact(row: Row, indicator: str) -> Decimal | None:
    """The value of a cell where it is printed exactly; None for blanks and approximations."""
    entry = row.entry(indicator)
    return None if entry.approximate else entry.value


def day(value: date) -> str:
    """15/6/2026."""
    return f"{value.day}/{value.month}/{value.year}"


def file_name(path: str) -> str:
    """The last part of a path of any system."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]
