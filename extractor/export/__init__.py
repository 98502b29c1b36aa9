"""Room 7, HAND OVER: reports and their comparison become files. An output is one line in WRITERS and one module.

Every file is written beside its place and then moved there, so a full disk or Ctrl-C leaves the old file whole.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import OutputError, fact

if TYPE_CHECKING:
    from extractor.catalog import Catalog
    from extractor.comparison import Comparison
    from extractor.model import Report

_DRAFT = re.compile(r"~\d+-[a-z-]+\.(?:csv|json)|\.[a-z-]+\.\d+\.tmp\.xlsx")
Writer = Callable[[Path, Sequence["Report"], "Comparison", "Catalog"], tuple[Path, ...]]
WORKBOOK, JSON = "bang-tong-hop.xlsx", "so-lieu.json"


def write(
    kinds: Iterable[str], folder: Path, reports: Sequence[Report], comparison: Comparison, catalog: Catalog
) -> tuple[Path, ...]:
    """Write the outputs of these kinds (keys of WRITERS) into the folder; the files written.

    Raises OutputError where a file cannot be written: the disk is full, the folder is read-only, Excel holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"Không tạo được thư mục {folder} ({fact(error)}). Hãy chọn thư mục khác bằng --out."
        ) from error
    _sweep(folder)
    return tuple(path for kind in kinds for path in WRITERS[kind](folder, reports, comparison, catalog))


def _sweep(folder: Path) -> None:
    """Remove the drafts of runs that were killed; one of this hour may belong to a run that goes on."""
    for pattern in ("~*-*", ".*.tmp.xlsx"):
        for draft in folder.glob(pattern):
            with suppress(OSError):
                if _DRAFT.fullmatch(draft.name) and time.time() - draft.stat().st_mtime > 3600:
                    draft.unlink()


def _xlsx(folder: Path, reports: Sequence[Report], comparison: Comparison, catalog: Catalog) -> tuple[Path, ...]:
    from extractor.export.workbook import write_workbook

    write_workbook(folder / WORKBOOK, reports, comparison, catalog)
    return (folder / WORKBOOK,)


def _csv(folder: Path, reports: Sequence[Report], comparison: Comparison, catalog: Catalog) -> tuple[Path, ...]:
    from extractor.export.table_files import csv_text, sheets

    return tuple(
        _replace(folder / f"{sheet.name}.csv", _text_writer(csv_text(sheet)))
        for sheet in sheets(reports, comparison, catalog.labels)
    )


def _json(folder: Path, reports: Sequence[Report], comparison: Comparison, catalog: Catalog) -> tuple[Path, ...]:
    from extractor.export.table_files import json_text

    return (_replace(folder / JSON, _text_writer(json_text(reports, comparison))),)


WRITERS: dict[str, Writer] = {"xlsx": _xlsx, "csv": _csv, "json": _json}


def _text_writer(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(text.encode("utf-8"))


def _replace(path: Path, write_to: Callable[[Path], object]) -> Path:
    """Have the file written beside `path`, then put it there. Raises OutputError."""
    beside = path.with_name(f"~{os.getpid()}-{path.name}")
    try:
        write_to(beside)
        beside.replace(path)
    except PermissionError as error:
        raise OutputError(
            f"Không ghi được {path}: tệp đang mở (trong Excel?) hoặc thư mục chỉ cho đọc. "
            "Hãy đóng tệp rồi chạy lại, hoặc chọn thư mục khác bằng --out."
        ) from error
    except OSError as error:
        raise OutputError(
            f"Không ghi được {path} ({fact(error)}). Hãy kiểm tra chỗ trống trên ổ đĩa rồi chạy lại."
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return path
