"""doisoat reads ward reports and plans on administrative procedures, checks every sum, compares the wards.

The rooms, in the order in which a document walks through them (pipeline.py is that path on one screen):

    readers/        1 READ      file → Document: blocks, tables, boxes
    identify.py     2 IDENTIFY  kind, number, date, issuer, period, window
    find/           3 FIND      numbers → Figure, plan tables → PlanRow
    check/          4 CHECK     figures → Finding, with suggestions
    store.py        5 KEEP      what was read, by content; runs are added, never overwritten
    consolidate.py  6 COMPARE   units side by side; progress.py who has handed in
    export/         7 HAND OVER workbook, CSV, JSON, transcript

model.py holds the nouns, errors.py the exceptions, catalog/ reads patterns/, vietnamese/ knows the writing;
batch.py reads many documents, cli.py is the command `doisoat`.

    from pathlib import Path
    from extractor import Catalog, read_report
    report = read_report(Path("bao-cao.docx"), Catalog.load())

The names below are loaded when they are first used: `import extractor` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.batch import read_in_order, read_many
    from extractor.catalog import Catalog
    from extractor.consolidate import compare
    from extractor.errors import DoisoatError
    from extractor.export.contract import report_object
    from extractor.export.transcript import transcript
    from extractor.export.workbook import write_workbook
    from extractor.model import Report
    from extractor.pipeline import read_report
    from extractor.store import Store

__version__ = "0.1.0"

_HOMES = {
    "Catalog": "catalog",
    "DoisoatError": "errors",
    "Report": "model",
    "Store": "store",
    "compare": "consolidate",
    "read_in_order": "batch",
    "read_many": "batch",
    "read_report": "pipeline",
    "report_object": "export.contract",
    "transcript": "export.transcript",
    "write_workbook": "export.workbook",
}

__all__ = [
    "Catalog",
    "DoisoatError",
    "Report",
    "Store",
    "compare",
    "read_in_order",
    "read_many",
    "read_report",
    "report_object",
    "transcript",
    "write_workbook",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
