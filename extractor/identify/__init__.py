"""Room 2, IDENTIFY: which document this is. Letterhead, title, first and closing sentences; no figures.

What is not printed stays None, and two answers that contradict each other become a problem that officials
see, not a choice that nobody sees.
"""

from __future__ import annotations

from extractor.catalog import Catalog
from extractor.identify.issuer import find_issuer
from extractor.identify.marks import find_kind, find_number, find_replaced, other_numbers
from extractor.identify.parts import find_parts
from extractor.identify.timing import find_issued, find_period, find_window
from extractor.model import Document, Identity, Problem

__all__ = ["identify"]


def identify(document: Document, catalog: Catalog) -> Identity:
    """The identity of a document. Raises PatternError only, for wrong pattern files."""
    patterns = catalog.identity
    parts = find_parts(document, patterns)
    number = find_number(parts, patterns)
    kind, kind_problems = find_kind(parts, number, patterns)
    issued = find_issued(parts, patterns)
    period, period_problems = find_period(parts, kind, issued, patterns)
    window, window_problems = find_window(parts, kind, period, patterns)
    issuer = find_issuer(parts, number, issued, period, patterns, catalog.units)
    when_problems = (*issued.problems, *period_problems, *window_problems)
    others = other_numbers(parts, number, patterns)
    several = "Tệp có nhiều văn bản (còn " + ", ".join(others) + "). Hãy tách riêng từng văn bản."
    file_problems = (Problem("several_documents", several),) if others else ()
    return Identity(
        kind=kind,
        number=number.printed if number else None,
        date=issued.date,
        issuer=issuer.name,
        issuer_code=issuer.code,
        province=issuer.province,
        period=period,
        window=window,
        level=issuer.level,
        internal=issuer.internal,
        replaces=find_replaced(parts, kind, patterns),
        title=parts.title,
        problems=(*file_problems, *issuer.problems, *kind_problems, *when_problems),
    )
