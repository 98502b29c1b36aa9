"""Room 3, FIND: what the document says. Vietnamese and no geometry.

`find_figures` reads sentences and lists (narrative.py) and tables (forms.py) into statements, and joins them to
figures (figures.py). Plan rows are found by plans.py.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

import regex

from extractor.catalog import Catalog
from extractor.find import row_names
from extractor.find.figures import collect, nothing_but
from extractor.find.flow import Desk
from extractor.find.forms import FormReader
from extractor.find.hearing import ear_of
from extractor.find.narrative import Narrator
from extractor.find.row_names import RowNames
from extractor.find.settle import narrow, settle, widen
from extractor.find.statements import Left
from extractor.find.wordings import HIGHER_BLOCK
from extractor.model import Block, Document, Findings, Identity
from extractor.vietnamese.normalize import key

_HEAD = 90  # letters of a paragraph's head
# what a head that HIGHER_BLOCK knows cannot lack, in composed or decomposed letters
_HIGHER = regex.compile(r"c(?:ấ|a\p{M}+)p|s(?:ở|o\p{M}+)|t(?:ỉ|i\p{M})nh", regex.IGNORECASE)


@lru_cache(maxsize=64)
def _known_names(catalog: Catalog, province: str, of: str) -> RowNames:
    """The names of fields, or of the communes of a province, that a row of a table may have."""
    return row_names.units(catalog.units, province) if of == "unit" else row_names.fields(catalog.indicators)


def find_figures(document: Document, identity: Identity, catalog: Catalog) -> Findings:
    """Every figure of a report with its place; every other number masked with a reason, or unread.

    Plans and decisions have targets, no figures: all of their numbers are masked.
    """
    if identity.kind in ("QD", "KH"):
        return nothing_but("quyết định, kế hoạch: không lấy số liệu", document)
    blocks = list(document.blocks())
    ward = identity.level != "district"
    split = ward and any(HIGHER_BLOCK.match(key(b.text[:_HEAD])) for b in blocks if _HIGHER.search(b.text, 0, _HEAD))
    desk = Desk(
        catalog.indicators, catalog.masks, catalog.frames, ear_of(catalog.indicators), identity, by_competence=split
    )
    narrator = Narrator(desk)
    forms = FormReader(desk, narrator, partial(_known_names, catalog, identity.province or ""))
    for item in document.content:
        if isinstance(item, Block):
            if item.text.strip():
                narrator.read(item)
        else:
            forms.read(item)
    widen(desk.loose, desk.statements)
    narrow(desk.statements, next((s.meaning for s in desk.statements if s.meaning.indicator == "received.new"), None))
    settled, still_open = settle(desk.doubtful, desk.statements)
    for s in still_open:
        readings = next(tuple(m.indicator for m in found) for told, found in desk.doubtful if told is s)
        several = len(readings) > 1
        left = Left(s.block, s.start, s.end, "nhiều cách hiểu" if several else "chưa rõ chỉ tiêu", readings * several)
        desk.left.append(left)
    return replace(collect([*desk.statements, *settled], desk.left, blocks), months=tuple(desk.months))
