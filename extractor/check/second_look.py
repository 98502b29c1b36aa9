"""Our error or theirs: before a number is held against a ward, it is read a second time by other means.

Only figures that a finding accuses are asked about, so a sound report costs nothing. Where the two readings differ,
nobody has made a mistake yet: the findings of that cause become warnings which say what both readings were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import regex

from extractor.catalog.rules import Rule
from extractor.model import Figure, Finding, Place

Reread = Callable[[Sequence[Place]], Sequence[str | None]]
_MOST = 12  # figures of one cause that are asked about
_NUMBER = regex.compile(r"\d(?:[\d.,]*\d)?")


def second_look(
    findings: tuple[Finding, ...], figures: Sequence[Figure], reread: Reread, rules: tuple[Rule, ...]
) -> tuple[Finding, ...]:
    """The findings, those of a cause whose numbers are read otherwise the second time as warnings that say so.

    `reread` gives the letters at places, None where there is no second reading.
    """
    causes = {f.cause for f in findings if f.severity == "error"}
    accused = {cause: _accused([f for f in findings if f.cause == cause], figures) for cause in causes}
    asked = [n for n in dict.fromkeys(n for numbers in accused.values() for n in numbers) if not figures[n].ocr]
    if not asked or not rules:
        return findings
    read = dict(zip(asked, reread([figures[n].place for n in asked]), strict=True))
    phrase = rules[0].words.phrases["second_look"]
    told = {
        cause: " ".join(phrase.format(one=_plain(figures[n].printed), other=_shown(text)) for n, text in doubts)
        for cause, numbers in accused.items()
        if (doubts := [(n, text) for n in numbers if (text := read.get(n)) and not _agree(figures[n].printed, text)])
    }
    return tuple(_doubted(f, told[f.cause]) if f.cause in told else f for f in findings)


def _accused(findings: Iterable[Finding], figures: Sequence[Figure]) -> list[int]:
    """The figures that a cause would have changed; where it names none, all that take part."""
    findings = list(findings)
    members = list(dict.fromkeys(n for f in findings for n in f.figures if 0 <= n < len(figures)))
    wrong = {((s.indicator, s.scope, s.basis), s.printed) for f in findings for s in f.suggestions}
    named = [n for n in members if (figures[n].key, figures[n].value) in wrong]
    return (named or members)[:_MOST]


def _doubted(finding: Finding, doubt: str) -> Finding:
    severity = "warning" if finding.severity == "error" else finding.severity
    return replace(finding, severity=severity, certainty="none", message=f"{finding.message} {doubt}")


def _agree(printed: str, text: str) -> bool:
    """Whether the number is among those of the second reading; a number in words has no second reading."""
    mine = _NUMBER.findall(_plain(printed))
    return not mine or mine[0] in _NUMBER.findall(_plain(text))


def _plain(letters: str) -> str:
    return "".join(letters.split())


def _shown(letters: str) -> str:
    return letters if len(letters) <= 20 else letters[:20] + "…"
