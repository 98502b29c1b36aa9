"""The Excel workbook for officials: every ward side by side, every number with its place, every doubt in words.

It is written beside its target and moved into place when it is whole, so a run that fails leaves the old file.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from extractor.catalog import Catalog
from extractor.catalog.labels import Labels
from extractor.comparison import Comparison
from extractor.errors import OutputError, fact
from extractor.export.workbook_form import write_changes, write_form, write_other, write_rates
from extractor.export.workbook_lists import (
    write_figures,
    write_files,
    write_findings,
    write_not_read,
    write_plans,
    write_progress,
    write_summary,
    write_unread,
)
from extractor.export.workbook_page import Book
from extractor.export.workbook_words import Words, file_names
from extractor.model import Report

# The sheets in the order of their tabs.
SHEETS = (
    write_summary, write_form, write_rates, write_other, write_changes, write_findings, write_progress, write_plans,
    write_figures, write_files, write_not_read, write_unread,
)  # fmt: skip


def write_workbook(path: Path, reports: Sequence[Report], comparison: Comparison, catalog: Catalog) -> None:
    """Write the workbook of `reports` and their `comparison` to `path`, replacing what is there.

    Raises OutputError where the target is open elsewhere, read-only, a folder, not named .xlsx, or cannot be
    written; PatternError where labels.toml lacks words.
    """
    labels = catalog.labels
    _check_target(path, labels)
    words = Words(labels, reports, comparison, file_names([r.path for r in reports]))
    draft = path.with_name(f".{path.stem}.{os.getpid()}.tmp.xlsx")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(draft, words)
        draft.replace(path)
    except PermissionError:
        raise OutputError(labels.text("output.locked", path=path)) from None
    except (OSError, XlsxWriterException) as error:
        why = fact(error) if isinstance(error, OSError) else str(error)
        raise OutputError(labels.text("output.failed", path=path, fact=why)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _check_target(path: Path, labels: Labels) -> None:
    """Refuse what cannot be replaced before the work is done."""
    if path.suffix.lower() != ".xlsx":
        raise OutputError(labels.text("output.suffix", path=path))
    if path.is_dir():
        raise OutputError(labels.text("output.folder", path=path))
    if path.exists() and not path.stat().st_mode & stat.S_IWRITE:
        raise OutputError(labels.text("output.locked", path=path))


def _write(path: Path, words: Words) -> None:
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    whole = io.BytesIO()  # a disk that fills up while a package is open would be told of twice
    workbook = xlsxwriter.Workbook(whole, options)
    workbook.set_properties({"title": words.labels.text("title.summary")})
    book = Book(workbook, words.labels)
    for write in SHEETS:
        write(book, words)
    book.close()
    path.write_bytes(whole.getvalue())
