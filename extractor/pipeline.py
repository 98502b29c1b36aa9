"""The path of one document, on one screen: read, identify, find, check.

A document that cannot be read becomes a report too, with status "failed" and the reason in Vietnamese; nothing
but a bug or wrong patterns leaves `read_report` as an exception.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import ReadError
from extractor.model import Figure, Problem, Report, Status

if TYPE_CHECKING:
    from collections.abc import Collection

    from extractor.catalog import Catalog

# Problems that mean: some of the document's letters were not read at all, or not for certain.
PARTIAL = frozenset({
    "scan_page", "page_unreadable", "cut_off", "unmapped_letters", "legacy_font", "encoding", "embedded", "pictures",
    "words_doubt", "table_lost", "missing_program", "hidden_cells", "formula_unread",
})  # fmt: skip
# The letters lie behind a picture of the page: a machine has read them, and nobody says where it erred.
FROM_PICTURES = "ocr_text"


def read_report(path: Path, catalog: Catalog) -> Report:
    """Everything about one document. Raises PatternError where the patterns are wrong."""
    from extractor import readers
    from extractor.check import check
    from extractor.check.second_look import second_look
    from extractor.find import find_figures
    from extractor.find.formulas import find_formulas
    from extractor.find.plans import find_plan_rows
    from extractor.identify import identify

    try:
        document = readers.read(path)
    except ReadError as error:
        return failed_report(path, error.code, error.message)
    identity = identify(document, catalog)
    found = find_figures(document, identity, catalog)
    figures = _doubted(found.figures, document.problems)
    rows = find_plan_rows(document, identity, catalog)
    verdicts = check(figures, catalog.rules, find_formulas(document), found.months)
    findings = second_look(verdicts.findings, figures, partial(readers.reread, document), catalog.rules)
    return Report(
        path=document.path,
        sha256=document.sha256,
        format=document.format,
        status=_status(document.problems),
        problems=document.problems + identity.problems,
        identity=identity,
        figures=_weighed(figures, verdicts.held),
        unread=found.unread,
        masked=found.masked,
        plan_rows=rows,
        findings=findings,
        pages=document.pages,
    )


def failed_report(path: Path, code: str, message: str) -> Report:
    """The report of a document that was not read: a problem and nothing else."""
    suffix = path.suffix.lower().lstrip(".")
    return Report(str(path), content_hash(path), suffix, "failed", (Problem(code, message),))


def content_hash(path: Path) -> str:
    """SHA-256 of the file's bytes, also of one inside an archive; "" where they cannot be read."""
    from extractor.readers import archives

    try:
        with archives.real(path) as file, file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except (ReadError, OSError, ValueError):  # ValueError: a NUL in the name
        return ""


def reading_version(catalog: Catalog) -> str:
    """What a reading depends on besides the document: the program's own source and the patterns."""
    return f"{_source_hash()}-{catalog.version}"


@cache
def _source_hash() -> str:
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _status(problems: tuple[Problem, ...]) -> Status:
    return "partial" if any(problem.code in PARTIAL for problem in problems) else "read"


def _doubted(figures: tuple[Figure, ...], problems: tuple[Problem, ...]) -> tuple[Figure, ...]:
    """The figures, marked as read from a picture where the document's letters were."""
    if all(problem.code != FROM_PICTURES for problem in problems):
        return figures
    return tuple(replace(figure, ocr=True) for figure in figures)


def _weighed(figures: tuple[Figure, ...], held: Collection[int]) -> tuple[Figure, ...]:
    """The figures with what speaks for them: an identity that holds, a second place, or nothing but themselves."""
    return tuple(
        replace(figure, evidence="arithmetic" if index in held else "restated" if figure.also else "single")
        for index, figure in enumerate(figures)
    )
