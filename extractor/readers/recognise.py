"""Which parts of a PDF's pages must be read from their picture, and the letters that come of it.

A page's own letters are trusted where they make Vietnamese words and do not leave a large picture unread. What
would surprise you: pages are drawn one after the other (pdfium allows no more), but several are under way at a time,
more than are read at once, so that there is always one to read (see ocr.py); and there is a limit of time for one
document, more for more pages, behind which pages are left as they are and named.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from extractor.errors import LimitError, ScanError
from extractor.model import Block, Cell, Doubt, Line, Problem, Table
from extractor.readers import signs, tesseract
from extractor.readers.pdf_letters import Fragment, PageLetters, open_pdf
from extractor.readers.picture import POINT
from extractor.readers.scan import Ready, made_ready, read_picture
from extractor.vietnamese.syllables import syllables

LEAST_SECONDS, SECONDS_PER_PAGE, MOST_SECONDS = 80.0, 20.0, 3000.0
"""How long reading the pictures of one document may take. A page takes one to ten seconds on a machine with nothing
else to do; the batch hears of every page and stops a document that says nothing for longer than `_SILENCE`."""
_SILENCE = 90.0  # a page that takes longer is left, and the others are read

Box = tuple[float, float, float, float]

_TRUSTED = 0.8  # share of syllables; the letters of a page with fewer are wrong letters
_ENGLISH = 0.15  # share of syllables in English and other plain text; by chance it is rarely less
_ODD = 0.1  # share of words that are no syllables and not of plain letters
_BETTER, _ACCEPTED = 0.1, 0.7  # how much better, and how good, what the picture says must be to take its place
_WORDS = 15  # fewer words tell nothing about the letters
_PICTURE = 0.12  # of the page; a smaller picture is a stamp, a signature or a logo
_FEW_LETTERS = 150  # on a picture of a whole page; a page of text has 1,500 and more
_LEAST_WORDS = 0.5  # share of syllables below which a picture in a page is no text
_MADE_READY = 2  # pages at a time
_UNDER_WAY = 12  # pages at a time, of which those with most ink are read first; each holds some 15 MB


def untrusted(page: PageLetters) -> list[Box]:
    """The parts of a page whose letters are missing or wrong: the whole page, pictures in it, or nothing.

    Costs less than a hundredth of reading the page.
    """
    if not page.width:
        return []
    whole = (0.0, 0.0, page.width, page.height)
    if not page.fragments:
        return [whole]
    if pictures := unread_pictures(page):
        others = sum(len(f.text) for f in page.fragments if not any(_is_inside(f, box) for box in pictures))
        inside = sum(_letters_in(page, box) for box in pictures)
        covered = sum(_share(page, box) for box in pictures)
        return [whole] if covered > 0.8 and others + inside < _FEW_LETTERS else pictures
    return [whole] if _has_wrong_letters(page) else []


def _has_wrong_letters(page: PageLetters) -> bool:
    """Whether the letters of a page are not those that are printed: few syllables, and not for being English.

    In another language words of plain letters are left over that are no syllables; in a broken layer nearly
    nothing makes a syllable, or the words left over have accents that Vietnamese has not.
    """
    text = " ".join(fragment.text for fragment in page.fragments)
    good, count = syllables(text)
    if count < _WORDS or good >= _TRUSTED * count:
        return False
    plain_good, plain = syllables(" ".join(word for word in text.split() if word.isascii()))
    foreign = plain - plain_good
    return good < _ENGLISH * count or count - good - foreign > _ODD * count


def unread_pictures(page: PageLetters) -> list[Box]:
    """The large pictures of a page on which (almost) no letters stand: they may hold text, or a photograph."""
    if page.hidden:
        return []
    return [box for box in _large(page) if _letters_in(page, box) < _FEW_LETTERS * max(0.3, _share(page, box))]


def _large(page: PageLetters) -> list[Box]:
    """The pictures of a page that may hold text; strips of one picture put together."""
    joined: list[Box] = []
    for x0, y0, x1, y1 in sorted(page.pictures, key=lambda box: (round(box[0]), box[1])):
        box = (max(0.0, x0), max(0.0, y0), min(page.width, x1), min(page.height, y1))
        last = joined[-1] if joined else None
        if last and abs(last[0] - box[0]) < 3 and abs(last[2] - box[2]) < 3 and box[1] - last[3] < 3:
            joined[-1] = (last[0], last[1], last[2], max(last[3], box[3]))
        else:
            joined.append(box)
    return [box for box in joined if box[3] - box[1] > 30 and box[2] - box[0] > 100 and _share(page, box) > _PICTURE]


def _share(page: PageLetters, box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) / max(1.0, page.width * page.height)


def _is_inside(fragment: Fragment, box: Box) -> bool:
    x, y = (fragment.x0 + fragment.x1) / 2, fragment.base - 0.3 * fragment.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _letters_in(page: PageLetters, box: Box) -> int:
    return sum(len(fragment.text) for fragment in page.fragments if _is_inside(fragment, box))


def recognise(path: Path, pages: Sequence[PageLetters]) -> list[Problem]:
    """Reads what `untrusted` names from the pictures of the pages and puts it into `pages`.

    Returns what is to be said about it. Without Tesseract nothing is changed, and nothing said.
    """
    parts = {page.number: boxes for page in pages if (boxes := untrusted(page))}
    if not parts or not tesseract.is_there():
        return []
    by_number = {page.number: page for page in pages}
    read: list[int] = []
    late: list[int] = []
    for number, result in in_turn(_drawn(path, parts), len(parts)):
        if result is None:
            late.append(number)
        elif _take(by_number[number], parts[number], result):
            read.append(number)
    return problems_of(read, late)


def seconds_for(pages: int) -> float:
    """How long reading the pictures of so many pages may take."""
    return min(max(LEAST_SECONDS, SECONDS_PER_PAGE * pages), MOST_SECONDS)


def problems_of(read: Sequence[int], late: Sequence[int]) -> list[Problem]:
    """What officials are told about pages read from pictures, and about those that there was no time for."""
    problems = []
    if read:
        problems.append(
            Problem(
                "ocr_page",
                f"Trang {numbers(sorted(read))} được đọc từ ảnh chụp/scan bằng máy nhận dạng chữ; "
                "cần đối chiếu từng số với bản gốc.",
            )
        )
    if late:
        problems.append(
            Problem(
                "scan_page",
                f"Trang {numbers(sorted(late))} là ảnh chụp/scan, không đọc được hoặc đọc quá lâu nên đã dừng; số liệu "
                "ở các trang này còn thiếu. Hãy tách tệp thành nhiều phần hoặc gửi bản Word.",
            )
        )
    return problems


def doubted_numbers(pages: Sequence[PageLetters]) -> list[Problem]:
    """What officials are told about numbers that the readers of a picture give differently."""
    doubted = {page.number: len(page.doubts) for page in pages if page.doubts}
    if not doubted:
        return []
    return [
        Problem(
            "ocr_number",
            f"Trang {numbers(sorted(doubted))}: {sum(doubted.values())} số trong ảnh đọc chưa chắc nên không lấy làm "
            "số liệu; hãy xem mục số chưa đọc và đối chiếu với bản gốc.",
        )
    ]


def numbers(pages: Sequence[int]) -> str:
    """Page numbers as an official would write them: "2, 5–9"."""
    parts: list[str] = []
    start = previous = pages[0]
    for page in [*pages[1:], -1]:
        if page == previous + 1:
            previous = page
            continue
        parts.append(str(start) if start == previous else f"{start}–{previous}")
        start = previous = page
    return ", ".join(parts)


def _drawn(path: Path, parts: dict[int, list[Box]]) -> Iterator[tuple[int, Image.Image]]:
    """The pages as pictures, drawn when asked for; everything outside of `parts` is white."""
    document = open_pdf(path)
    try:
        for number, boxes in parts.items():
            page: Any = document[number - 1]
            try:
                image: Image.Image = page.render(scale=1 / POINT, rev_byteorder=True).to_pil()
            finally:
                page.close()
            whole = len(boxes) == 1 and boxes[0][0] <= 0 and boxes[0][1] <= 0
            yield number, (image if whole else _only(image, boxes)).getchannel("R")  # see grey_of
    finally:
        document.close()


def _only(image: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    paper = Image.new("RGB", image.size, "white")
    for box in boxes:
        x0, y0, x1, y1 = (round(v / POINT) for v in box)
        paper.paste(image.crop((x0, y0, x1, y1)), (x0, y0))
    return paper


def in_turn(images: Iterator[tuple[int, Image.Image]], count: int) -> Iterator[tuple[int, PageLetters | None]]:
    """The letters of pictures, in order; None for those that Tesseract failed on or that there was no time for."""
    end = time.monotonic() + seconds_for(count)
    waiting: deque[tuple[int, Future[PageLetters]]] = deque()
    turn = 0
    drawing: deque[Future[Ready]] = deque()
    makers, pool = ThreadPoolExecutor(_MADE_READY), ThreadPoolExecutor(max(1, min(_UNDER_WAY, count)))
    try:
        for number, image in images:
            if time.monotonic() > end:
                yield number, None
                continue
            drawing.append(makers.submit(made_ready, image, number, turn, count == 1))
            waiting.append((number, pool.submit(_read, drawing[-1])))
            if len(drawing) >= _MADE_READY:
                wait([drawing.popleft()])
            if len(waiting) >= _UNDER_WAY:
                number, result = waiting.popleft()
                letters = _result(result, end)
                turn = letters.turned & 2 if letters else turn
                yield number, letters
        while waiting:
            number, result = waiting.popleft()
            yield number, _result(result, end)
    finally:
        makers.shutdown(wait=False, cancel_futures=True)
        pool.shutdown(wait=False, cancel_futures=True)  # a page that was given up ends by itself (see tesseract.py)


def _read(ready: Future[Ready]) -> PageLetters:
    return read_picture(ready.result())


def _result(result: Future[PageLetters], end: float) -> PageLetters | None:
    try:
        return result.result(timeout=max(1.0, min(_SILENCE, end - time.monotonic())))
    except (TimeoutError, LimitError, ScanError):
        result.cancel()
        return None
    finally:
        signs.goes_on()


def _take(page: PageLetters, parts: Sequence[Box], read: PageLetters) -> bool:
    """Puts the letters read from a picture into the page; False where they are no better than what was there."""
    good, count = syllables(" ".join(fragment.text for fragment in read.fragments))
    share = good / count if count else 0.0
    if not page.fragments or (len(parts) == 1 and _share(page, parts[0]) > 0.98):
        own_good, own_count = syllables(" ".join(fragment.text for fragment in page.fragments))
        if own_count and not unread_pictures(page) and share < max(_ACCEPTED, own_good / own_count + _BETTER):
            return False
        if not read.fragments:
            page.blank = read.blank
            return False
        for name in (
            "width", "height", "fragments", "horizontals", "verticals", "turned", "recognised", "doubts",
        ):  # fmt: skip
            setattr(page, name, getattr(read, name))
        page.hidden, page.unmapped = False, 0
        page.legacy_fonts.clear()
        return True
    if read.turned or (count >= _WORDS and share < _LEAST_WORDS):
        return False
    added = [f for f in read.fragments if any(_is_inside(f, box) for box in parts)]
    added = [f for f in added if not any(_overlap(f, own) for own in page.fragments)]
    if not added:
        return False
    page.fragments = sorted([*page.fragments, *added], key=lambda f: (f.base, f.x0))
    for order, fragment in enumerate(page.fragments):
        fragment.order = order
    page.horizontals += read.horizontals
    page.verticals += read.verticals
    page.recognised, page.doubts = list(parts), read.doubts
    return True


def _overlap(one: Fragment, other: Fragment) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and abs(one.base - other.base) < 0.5 * max(one.size, other.size)


# --------------------------------------------------------------------------- blocks that say so


def marked(content: Sequence[Block | Table], pages: Sequence[PageLetters]) -> list[Block | Table]:
    """The blocks and tables with `ocr` and `doubts` where their letters come from pictures."""
    seen = {page.number: page for page in pages if page.recognised}
    if not seen:
        return list(content)
    return [_marked_table(item, seen) if isinstance(item, Table) else marked_block(item, seen) for item in content]


def _marked_table(table: Table, seen: dict[int, PageLetters]) -> Table:
    cells = tuple(
        Cell(marked_block(cell.block, seen), cell.row, cell.col, cell.rowspan, cell.colspan) for cell in table.cells
    )
    return replace(table, cells=cells)


def marked_block(block: Block, seen: dict[int, PageLetters]) -> Block:
    """A block with `ocr` and `doubts`, by the places of its lines on the pages in `seen`."""
    doubts: list[Doubt] = []
    from_picture = False
    for line in block.lines:
        page = seen.get(line.page)
        if page is None or not any(_holds(box, line) for box in page.recognised):
            continue
        from_picture = True
        middle = (line.top + line.bottom) / 2
        for (x0, y0, x1, y1), readings, reason in page.doubts:
            if y0 <= middle <= y1 and x0 < line.edges[-1] and x1 > line.edges[0]:
                span = _letters_between(line, x0, x1)
                if span is not None:
                    doubts.append(Doubt(*span, readings, reason))
    return replace(block, ocr=True, doubts=tuple(doubts)) if from_picture else block


def _holds(box: Box, line: Line) -> bool:
    x, y = (line.edges[0] + line.edges[-1]) / 2, (line.top + line.bottom) / 2
    return box[0] - 2 <= x <= box[2] + 2 and box[1] - 2 <= y <= box[3] + 2


def _letters_between(line: Line, x0: float, x1: float) -> tuple[int, int] | None:
    """The letters of a line whose middles lie between two places."""
    edges = np.asarray(line.edges)
    middles = (edges[:-1] + edges[1:]) / 2
    inside = np.flatnonzero((middles > x0) & (middles < x1))
    return (line.start + int(inside[0]), line.start + int(inside[-1]) + 1) if len(inside) else None
