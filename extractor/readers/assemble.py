"""Every format ends here: addresses are given in one place, so that "p14" and "t2r5c3" mean the same for all.

A format's reader returns a `RawDocument` whose blocks and tables may carry any id; `assemble` gives the
final ones. Paragraphs count p1, p2 … over the whole content and tables t1, t2 …; a cell is named by the row
and the column (from 1) of its upper left corner, m1, m2 … are headers and footers. What would surprise you:
paragraphs without a letter are dropped here, cells never are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.model import Block, Document, Problem, Table


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a format's reader hands over: content and margins in reading order, ids of no meaning yet."""

    format: str
    content: Sequence[Block | Table]
    margins: Sequence[Block] = ()
    pages: int | None = None
    problems: Sequence[Problem] = ()


def assemble(raw: RawDocument, path: str, sha256: str) -> Document:
    """The `Document` of a reader's result, with the final addresses."""
    content: list[Block | Table] = []
    paragraphs = tables = 0
    for item in raw.content:
        if isinstance(item, Table):
            tables += 1
            content.append(_numbered_table(item, f"t{tables}"))
        elif item.text.strip():
            paragraphs += 1
            content.append(replace(item, id=f"p{paragraphs}"))
    margins = [block for block in raw.margins if block.text.strip()]
    return Document(
        path=path,
        sha256=sha256,
        format=raw.format,
        content=tuple(content),
        margins=tuple(replace(block, id=f"m{number}") for number, block in enumerate(margins, 1)),
        pages=raw.pages,
        problems=tuple(raw.problems),
    )


def _numbered_table(table: Table, address: str) -> Table:
    """The table with its cells in reading order, each named by its upper left corner."""
    cells = tuple(
        replace(cell, block=replace(cell.block, id=f"{address}r{cell.row + 1}c{cell.col + 1}"))
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.col))
    )
    return replace(table, id=address, cells=cells)
