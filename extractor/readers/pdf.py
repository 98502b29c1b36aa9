"""A PDF becomes blocks and tables in reading order: the order of the steps.

What would surprise you: pages are read twice in small ways and never guessed at. Headers, footers and page numbers
are told from the text by standing at the same place on several pages; a page without letters but with a picture is
read from the picture where Tesseract is on the machine, else named as a scan, never passed over.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from extractor.errors import ScanError
from extractor.model import Block, Problem, Table
from extractor.readers import tesseract
from extractor.readers.assemble import RawDocument
from extractor.readers.legacy_text import converter
from extractor.readers.pdf_letters import Fragment, PageLetters, is_cut_off, open_pdf, read_pages
from extractor.readers.pdf_lines import (
    Flow,
    block_of,
    flows_of,
    habits_of,
    join_row,
    lay_out,
    paragraphs_of,
    rows_of,
)
from extractor.readers.pdf_tables import (
    DraftTable,
    Grid,
    aligned_tables,
    append,
    fill,
    find_grids,
    finish,
    goes_on,
    second_grids,
)
from extractor.readers.recognise import doubted_numbers, marked, numbers, recognise, unread_pictures

_EDGE_ZONE = 0.11
"""Share of the page's height at the top and bottom where page numbers and running heads stand."""
_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:\w{2,6}\s)?(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—|\s]*")
_STAMP = re.compile(
    r"(?:Người ký|Ký bởi|Ngày ký|Thời gian ký|Giờ ký|Cơ quan|Email|Chức vụ|Signature|Signed by|Digitally signed|Date)"
    r"\s*[:(]",
    re.IGNORECASE,
)
_RAGGED = 8  # lines that could not have taken the next word: text that flows, not a list of long lines
_SECOND_READINGS = 12
"""How many pages of a document pdfplumber may be asked about: it is some thirty times slower than pdfium."""
_LETTERS_OF_A_SCAN = 150
"""A page with fewer letters than this and a picture over most of it is a scan with a printed edge."""


@dataclass(slots=True)
class _Page:
    letters: PageLetters
    margins: list[list[Fragment]] = field(default_factory=list)
    tables: list[DraftTable] = field(default_factory=list)
    rest: list[Fragment] = field(default_factory=list)
    doubtful: bool = False


def read_pdf(path: Path) -> RawDocument:
    """The blocks and tables of a PDF, in reading order.

    Raises EncryptedError, BrokenFileError, LimitError (see `open_pdf`) and ScanError where no page has letters and
    none could be read from its picture.
    """
    document = open_pdf(path)
    try:
        pages = [_Page(letters) for letters in read_pages(document)]
    finally:
        document.close()
    converted = _in_unicode(pages)
    letters = [page.letters for page in pages]
    recognised = recognise(path, letters)
    problems = _problems(pages) + converted + recognised
    if is_cut_off(path):
        lost = "Tệp PDF thiếu phần cuối (tải chưa đủ?), có thể mất trang; hãy tải lại hoặc xin lại tệp."
        problems.append(Problem("cut_off", lost))
    return arranged("pdf", path, letters, problems)


def arranged(kind: str, path: Path, letters: Sequence[PageLetters], problems: Sequence[Problem]) -> RawDocument:
    """The letters of pages as blocks and tables in reading order; `path` is asked again where a grid is in doubt."""
    pages = [_Page(page) for page in letters]
    problems = list(problems)
    second_readings = _SECOND_READINGS
    for page in pages:
        second_readings -= _find_tables(path, page, second_readings > 0)
    doubtful = [page.letters.number for page in pages if page.doubtful]
    if doubtful:
        problems.append(
            Problem(
                "table_doubt",
                f"Bảng ở trang {numbers(doubtful)} có chữ đè lên đường kẻ hoặc ô kẻ không khép kín; "
                "cần đối chiếu số liệu của bảng với bản gốc.",
            )
        )
    problems += doubted_numbers(letters)
    _take_margins(pages)
    content = marked(_content(pages), letters)
    margins = [_margin_block(row, page.letters.number) for page in pages for row in page.margins]
    return RawDocument(kind, content, margins, len(pages), problems)


# --------------------------------------------------------------------------- what cannot be read


def _problems(pages: Sequence[_Page]) -> list[Problem]:
    """Scanned pages, letters that are not Unicode, letters that a machine read. Raises ScanError."""
    scans = [page.letters.number for page in pages if _is_scan(page.letters)]
    readable = [
        page
        for page in pages
        if page.letters.letters() >= _LETTERS_OF_A_SCAN or (page.letters.fragments and not _is_scan(page.letters))
    ]
    if not readable:
        raise ScanError(
            "Tệp là bản chụp/scan (hoặc trang trắng), chưa đọc được chữ; hãy gửi bản Word hoặc PDF xuất từ Word."
            + ("" if tesseract.is_there() else f" {tesseract.INSTALL}")
        )
    problems = []
    broken = [page.letters.number for page in pages if not page.letters.width]
    if broken:
        problems.append(
            Problem("page_unreadable", f"Trang {numbers(broken)} bị hỏng, không đọc được; hãy xin lại tệp.")
        )
    if scans:
        problems.append(
            Problem(
                "scan_page",
                f"Trang {numbers(scans)} là ảnh chụp/scan, chưa đọc được chữ; số liệu ở các trang này còn thiếu."
                + ("" if tesseract.is_there() else f" {tesseract.INSTALL}"),
            )
        )
    hidden = [page.letters.number for page in pages if page.letters.hidden]
    if hidden:
        problems.append(
            Problem(
                "ocr_text",
                f"Trang {numbers(hidden)} là bản scan có lớp chữ do máy nhận dạng; cần đối chiếu từng số với bản gốc.",
            )
        )
    unmapped = [p.letters.number for p in pages if p.letters.unmapped > max(3, 0.2 * len(p.letters.fragments))]
    if unmapped:
        problems.append(
            Problem(
                "unmapped_letters",
                f"Trang {numbers(unmapped)} dùng phông chữ không cho biết mã chữ, chữ đọc ra có thể sai; "
                "hãy gửi bản Word hoặc PDF xuất từ Word.",
            )
        )
    fonts = sorted({font for page in pages for font in page.letters.legacy_fonts})
    if fonts:
        problems.append(
            Problem(
                "legacy_font",
                f"Văn bản dùng phông chữ cũ không phải Unicode ({', '.join(fonts[:3])}); chữ có thể sai, "
                "hãy gửi bản dùng phông Unicode (Times New Roman).",
            )
        )
    return problems


def _in_unicode(pages: Sequence[_Page]) -> list[Problem]:
    """Letters of before Unicode become those that are printed, each between the edges that it had."""
    fragments = [fragment for page in pages for fragment in page.letters.fragments]
    convert = converter([fragment.text for fragment in fragments])
    if convert is None:
        return []
    for fragment in fragments:
        letters = convert(fragment.text)
        fragment.text, fragment.edges = letters.text, [fragment.edges[at] for at in letters.origin]
    for page in pages:
        page.letters.legacy_fonts.clear()
    return [convert.problem]


def _is_scan(letters: PageLetters) -> bool:
    """Whether a page, or a large part of it, is a picture that nobody has read; a blank sheet of paper is none."""
    if letters.hidden or letters.recognised or letters.blank:
        return False
    if letters.picture_share > 0.35 and letters.letters() < _LETTERS_OF_A_SCAN:
        return True
    return bool(letters.pictures) and bool(unread_pictures(letters)) and not tesseract.is_there()


# --------------------------------------------------------------------------- tables


def _find_tables(path: Path, page: _Page, may_ask: bool) -> bool:
    """Fills `tables` and `rest` of a page. Whether the second reader was asked, as it is where a grid is in doubt."""
    letters = page.letters
    grids = find_grids(letters)
    filled = _fill(grids, letters)
    faults = sum(grid.faults for grid in grids)
    if faults:
        may_ask = may_ask and not letters.turned and not letters.recognised
        others = second_grids(path, letters) if may_ask else []
        again = _fill(others, letters)
        other_faults = sum(grid.faults for grid in others)
        whole = sum(len(orders) for _, orders in again) >= sum(len(orders) for _, orders in filled)
        page.doubtful = bool(other_faults) or not whole or _texts(again) != _texts(filled)
        if whole and other_faults < faults:
            filled = again
    taken: set[int] = set()
    for table, orders in filled:
        page.tables.append(table)
        taken |= orders
    rest = [fragment for fragment in letters.fragments if fragment.order not in taken]
    for table, orders in aligned_tables(letters, rest):
        if not any(other.top < table.bottom and table.top < other.bottom for other in page.tables):
            page.tables.append(table)
            taken |= orders
    page.tables.sort(key=lambda table: table.top)
    page.rest = [fragment for fragment in rest if fragment.order not in taken]
    return faults > 0 and may_ask


def _texts(filled: Sequence[tuple[DraftTable, set[int]]]) -> list[list[str]]:
    return [[cell.text() for cell in sorted(t.cells, key=lambda c: (c.row, c.x0)) if not cell.empty] for t, _ in filled]


def _fill(grids: Sequence[Grid], letters: PageLetters) -> list[tuple[DraftTable, set[int]]]:
    """The tables of the grids that hold letters; a grid inside a cell of another takes its letters first."""
    filled = []
    left = letters.fragments
    for grid in sorted(grids, key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.bottom - grid.top)):
        table, orders = fill(grid, letters, left)
        if orders:
            filled.append((table, orders))
            left = [fragment for fragment in left if fragment.order not in orders]
    return filled


# --------------------------------------------------------------------------- margins


def _take_margins(pages: Sequence[_Page]) -> None:
    """Moves page numbers, running heads and signature stamps from `rest` to `margins`."""
    heads: dict[tuple[str, bool, int], set[int]] = defaultdict(set)
    counted: dict[tuple[bool, int], set[int]] = defaultdict(set)
    candidates: list[tuple[_Page, list[Fragment], tuple[str, bool, int]]] = []
    for page in pages:
        rows = rows_of(page.rest)
        _take_stamps(page, rows)
        height = page.letters.height
        top = [row for row in rows[:3] if row[0].base < _EDGE_ZONE * height]
        foot = [row for row in rows[-3:] if row[0].base > (1 - _EDGE_ZONE) * height]
        for row, at_top in [(row, True) for row in top] + [(row, False) for row in foot]:
            place = round((row[0].base if at_top else height - row[0].base) / 4)
            text = " ".join(fragment.text for fragment in row)
            shape = re.sub(rf"\b0?{page.letters.number}\b", "#", text)
            for near in (place - 1, place, place + 1):
                heads[shape, at_top, near].add(page.letters.number)
            if number := _PAGE_NUMBER.fullmatch(text):
                counted[at_top, int(number.group(1)) - page.letters.number].add(page.letters.number)
            candidates.append((page, row, (shape, at_top, place)))
    for page, row, key in candidates:
        repeated = len(heads[key]) >= max(3, 0.6 * len(pages)) and sum(len(fragment.text) for fragment in row) < 120
        if repeated or _is_page_number(page, row, key[1], counted):
            orders = {fragment.order for fragment in row}
            page.margins.append(row)
            page.rest = [fragment for fragment in page.rest if fragment.order not in orders]


def _is_page_number(
    page: _Page, row: Sequence[Fragment], at_top: bool, counted: Mapping[tuple[bool, int], set[int]]
) -> bool:
    """Whether a row at the page's edge is its number: in the middle or at a side, and counting with the pages."""
    number = _PAGE_NUMBER.fullmatch(" ".join(fragment.text for fragment in row))
    if number is None or len(row) > 2:
        return False
    middle = (row[0].x0 + row[-1].x1) / 2 / max(1.0, page.letters.width)
    if not (0.4 < middle < 0.6 or middle > 0.8 or middle < 0.15):
        return False
    difference = int(number.group(1)) - page.letters.number
    return difference == 0 or len(counted[at_top, difference]) >= 3


def _take_stamps(page: _Page, rows: Sequence[Sequence[Fragment]]) -> None:
    """Moves the lines of a digital signature's stamp, set in small letters, to the margins."""
    for row in rows:
        for fragment in row:
            if fragment.size < 9.5 and _STAMP.match(fragment.text):
                page.margins.append([fragment])
                page.rest = [other for other in page.rest if other.order != fragment.order]


def _margin_block(row: Sequence[Fragment], page: int) -> Block:
    line = join_row(row, page)
    text, lines = lay_out([line], [])
    return Block(id="", text=text, lines=lines, page=page, bold=line.bold)


# --------------------------------------------------------------------------- content


def _text_edges(pages: Sequence[_Page]) -> dict[tuple[int, int], tuple[float, float]]:
    """Left and right edge of the text for each size of page: where most lines begin and end.

    Ragged lines end anywhere: their edge is the farthest end, if most of them could not have taken the next word
    before it. Where a size of page has few lines, ruled tables and the usual margins of a page have a say.
    """
    starts: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    ends: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    short: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    tables: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    reaches: dict[tuple[int, int], list[float]] = defaultdict(list)
    for page in pages:
        size = _size(page)
        rows = rows_of(page.rest)
        reaches[size].extend(_reach(row, after) for row, after in pairwise(rows))
        for row in rows:
            x0, x1 = min(fragment.x0 for fragment in row), max(fragment.x1 for fragment in row)
            if x1 - x0 > 0.45 * size[0]:
                starts[size][round(x0)] += 1
                ends[size][round(x1)] += 1
            else:
                short[size].append((x0, x1))
        tables[size].extend((table.x0 + 5, table.x0 + table.width - 5) for table in page.tables)
    edges = {}
    for size in {_size(page) for page in pages}:
        count = sum(starts[size].values())
        if count >= 6:
            left = _edge(sorted(starts[size].items()))
            right = _edge(sorted(ends[size].items(), reverse=True))
            at_right = sum(n for x, n in ends[size].items() if abs(x - right) <= 2)
            if right > 0.88 * size[0] or at_right > 0.3 * count > 3:
                edges[size] = (left, right)
                continue
            farthest = float(max(ends[size]))
            if sum(reach > farthest for reach in reaches[size]) > max(_RAGGED, 0.4 * count):
                edges[size] = (left, farthest)
                continue
        seen = [*short[size], *tables[size], *((x, x) for x in [*starts[size], *ends[size]])]
        left = min((x0 for x0, _ in seen), default=0.0)
        right = max((x1 for _, x1 in seen), default=0.0)
        left = left if 0 < left < 0.2 * size[0] else 0.14 * size[0]
        edges[size] = (left, right if right > 0.86 * size[0] else 0.93 * size[0])
    return edges


def _reach(row: Sequence[Fragment], after: Sequence[Fragment]) -> float:
    """How far a row would reach with the first word of the next, which begins below it; 0 where it does not."""
    first, below = min(row, key=lambda f: f.x0), min(after, key=lambda f: f.x0)
    if abs(first.x0 - below.x0) > 4 and first.x0 < below.x0:
        return 0.0
    word = len(below.text.split(" ")[0])
    return max(f.x1 for f in row) + 0.22 * first.size + below.edges[min(word, len(below.edges) - 1)] - below.x0


def _size(page: _Page) -> tuple[int, int]:
    return round(page.letters.width), round(page.letters.height)


def _edge(counts: Sequence[tuple[int, int]]) -> float:
    """The outermost position at which at least three lines (and one in thirty) begin or end."""
    total = sum(count for _, count in counts)
    need = max(3, total / 30)
    for position, _ in counts:
        near = sum(count for other, count in counts if abs(other - position) <= 2)
        if near >= need:
            weights = [(other, count) for other, count in counts if abs(other - position) <= 2]
            return sum(other * count for other, count in weights) / near
    return float(counts[0][0])


def _content(pages: Sequence[_Page]) -> list[Block | Table]:
    """Blocks and tables of all pages in reading order, paragraphs and tables put together over pages."""
    edges = _text_edges(pages)
    sections: list[list[Flow] | DraftTable] = []
    for page in pages:
        left, right = edges.get(_size(page), (0.0, page.letters.width))
        rest, notes = _without_notes(page, left)
        rest.sort(key=lambda fragment: fragment.base)
        position = 0
        for table in [*page.tables, None]:
            end = position
            while end < len(rest) and (table is None or rest[end].base - 0.3 * rest[end].size < table.top):
                end += 1
            _add_flows(sections, flows_of(rest[position:end], page.letters.number, left, right))
            position = end
            if table is None:
                continue
            if sections and isinstance(sections[-1], DraftTable) and goes_on(sections[-1], table):
                append(sections[-1], table)
            else:
                sections.append(table)
        _add_flows(sections, [replace(flow, notes=True) for flow in flows_of(notes, page.letters.number, left, right)])
    habits = habits_of(flow for section in sections if isinstance(section, list) for flow in section)
    content: list[Block | Table] = []
    for section in sections:
        if isinstance(section, DraftTable):
            content.append(finish(section))
        else:
            content.extend(block_of(paragraph) for paragraph in paragraphs_of(section, habits))
    return content


def _add_flows(sections: list[list[Flow] | DraftTable], flows: list[Flow]) -> None:
    if not flows:
        return
    if sections and isinstance(sections[-1], list):
        sections[-1].extend(flows)
    else:
        sections.append(flows)


def _without_notes(page: _Page, left: float) -> tuple[list[Fragment], list[Fragment]]:
    """The letters of a page apart from its footnotes: small letters under a short rule at the left edge."""
    rules = [
        y
        for y, x0, x1 in page.letters.horizontals
        if abs(x0 - left) < 8 and 60 < x1 - x0 < 0.45 * page.letters.width and y > 0.4 * page.letters.height
    ]
    if not rules or not page.rest:
        return list(page.rest), []
    usual = Counter(round(fragment.size) for fragment in page.rest).most_common(1)[0][0]
    for y in sorted(rules):
        below = [fragment for fragment in page.rest if fragment.base > y]
        if below and all(fragment.size < 0.93 * usual for fragment in below):
            return [fragment for fragment in page.rest if fragment.base <= y], below
    return list(page.rest), []
