"""Lines of a text file become paragraphs: a line's end is a paragraph's end only where the signs agree.

Text copied from a page carries the page's line ends, blank lines in the middle of a sentence, and every
blank line doubled. What decides is, in this order: a mark at the start of the next line (bullet, number),
a word cut at a hyphen, a bracket still open, a small letter at the start of the next line, and whether the
next word would still have fitted on the line: if it would, the break was wanted. How wide a line is, is
learnt from the document's own lines that surely run on. Words are looked at for one thing only: a line
that ends in "của" or "số" is not finished.
"""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

# Widths of the letters of Times, in ems, coarse: lines of a page agree in these when they do not in letters.
_WIDTHS = {
    **dict.fromkeys("ijltI.,;:|!'’‘()[]/ -", 0.3), **dict.fromkeys("frs", 0.36), **dict.fromkeys("mwW%", 0.78),
    **dict.fromkeys("MÔ–—", 0.85), **dict.fromkeys("aceăâêzJ", 0.44),
}  # fmt: skip

_BULLET = regex.compile(r"[-–—+*•●▪◦■□➢✓✔►·§](?:\s+\S|(?=[\p{L}\d“\"(]))|o\s+(?=\p{Lu})")
_NUMBERED = regex.compile(
    r"\d{1,2}(?:\.\d{1,2}){0,3}[.)/]\s+\S|\d{1,2}(?:\.\d{1,2}){0,3}\.(?=\p{L})|\d{1,2}(?:\.\d{1,2}){1,3}\s+(?=\p{Lu})"
    r"|[IVXLC]{1,6}(?:[.)/]\s+\S|[.](?=\p{L}))|[\p{L}]\)\s*(?=\S)|[\p{L}]\.\s+(?=\p{Lu})"
)
_SOFT_MARK = regex.compile(r"\((?:\d{1,2}|\p{Ll}|[ivx]{1,4})\)\s|(?:Điều|Chương|Mục|Phần|Phụ lục|PHỤ LỤC)\s+[\dIVX]+\b")
_TERMINAL = frozenset(".!?;:…")
_RUNS_ON = frozenset(
    """và của các những số ngày tháng năm quý tại theo với về là cho từ đến do trong thuộc được bằng hoặc để khi
    qua trên dưới không có đã sẽ đang một hai ba kỳ điều khoản điểm mục""".split()  # noqa: SIM905
)
_LAST_WORD = regex.compile(r"([\p{L}\p{M}]+)\W*$")
_FIRST_WORD = regex.compile(r"\S+")
_CUT_NUMBER = regex.compile(r"\d/\p{Lu}{1,6}$")

_LEAST_SURE_LINES = 4
_WIDEST_LINE = 135  # letters; beyond it nobody wraps, it is a paragraph on one line
_NARROWEST_LINE = 32
_SHORTEST_TORN = 60  # letters of a line that runs on though the text is not broken at a width
_NEARLY_FULL = 0.72  # of the usual width; a line that ends before it was ended on purpose
_FULL, _INDENTED = 0.96, 0.88  # of the usual width; the first line of a paragraph may be indented by the page


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line with its text stripped, the blanks before it, and how many empty lines stand above it."""

    text: str
    indent: int = 0
    gap: int = 0
    bold: bool = False
    apart: bool = False  # a heading by markup: neither joined to nor joined on
    mark: int = 0  # the caller's own number; a paragraph keeps that of its first line


@dataclass(frozen=True, slots=True)
class _Page:
    """What the document's lines have in common: the usual width, and whether every line is double-spaced."""

    measure: Callable[[str], float]
    width: float | None
    usual_gap: int

    def is_wrapped(self, text: str) -> bool:
        """Whether the line belongs to the part of the text that is broken at a width."""
        return self.width is not None and self.measure(text) <= 1.25 * self.width

    def is_full(self, line: str, following: str, first: bool) -> bool:
        """Whether the next line's first word would not have fitted any more (a first line may be indented)."""
        if self.width is None or not self.is_wrapped(line):
            return False
        word = _FIRST_WORD.match(following)
        wanted = self.measure(line + " " + (word.group() if word else ""))
        return wanted > (_INDENTED if first else _FULL) * self.width

    def is_short(self, text: str, share: float = 0.5) -> bool:
        return self.width is not None and self.measure(text) < share * self.width


def paragraphs(parts: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """The paragraphs of each part of a text, each as one line; `bold` where all of its lines are.

    Nothing runs on from one part to the next (a table stands between), but the width of the lines is learnt
    from all of them.
    """
    page = _page(parts)
    return [_joined(lines, page) for lines in parts]


def _joined(lines: Sequence[TextLine], page: _Page) -> list[TextLine]:
    joined: list[TextLine] = []
    last: TextLine | None = None
    first = True
    for line in lines:
        if last is not None and _runs_on(joined[-1].text, last, line, first, page):
            glue = "" if _is_cut_word(last.text, line.text) else " "
            text = joined[-1].text.rstrip("\u00ad\ufffe") + glue + line.text
            joined[-1] = replace(joined[-1], text=text, bold=joined[-1].bold and line.bold)
            first = False
        else:
            joined.append(line)
            first = True
        last = line
    return joined


def _runs_on(paragraph: str, last: TextLine, line: TextLine, first: bool, page: _Page) -> bool:
    """Whether a line goes on with the paragraph whose last line is `last`."""
    above, below = last.text, line.text
    if last.apart or line.apart:
        return False
    if _is_cut_word(above, below):
        return True
    full = page.is_full(above, below, first)
    finished = above[-1] in _TERMINAL
    if starts_item(below):
        # " … kinh tế / - xã hội": a dash inside a sentence that happens to stand first on its line.
        return full and not finished and regex.match(r"[-–]\s+\p{Ll}", below) is not None
    if _SOFT_MARK.match(below):
        return full and not finished
    if _is_capitals(below) and not below[0].isdigit():
        few = len(below.split()) <= 2
        return full and not finished and (_is_capitals(above) or (few and not line.bold))
    if is_inside_bracket(paragraph, below):
        return True
    if _starts_small(below):
        if finished:
            return full
        if _is_capitals(above) and not full:
            return False
        if page.is_wrapped(above):
            return full or _is_unfinished(above) or not page.is_short(above, _NEARLY_FULL)
        # Short lines without marks may be the items of a list: "trước hạn: 5 / đúng hạn: 6" are two paragraphs.
        return len(above) >= _SHORTEST_TORN or _is_unfinished(above)
    return _runs_on_capital(paragraph, last, line, first, page)


def _runs_on_capital(paragraph: str, last: TextLine, line: TextLine, first: bool, page: _Page) -> bool:
    """The same where the line starts with a capital, a bracket or a quotation mark.

    A sentence that ends with its line is taken for the paragraph's end: two paragraphs out of one do less
    harm than one out of two.
    """
    above, below = last.text, line.text
    if line.indent >= last.indent + 3 or _is_capitals(above):
        return False
    if above[-1] in _TERMINAL:
        is_open = _is_open(paragraph)
        return above[-1] in (":;" if is_open else ":") and page.is_full(above, below, first and is_open)
    unfinished = _is_unfinished(above)
    if page.is_wrapped(above):
        if line.gap > page.usual_gap:
            return unfinished and page.is_full(above, below, first)
        announces = below.endswith(":") and page.is_short(below)
        return (unfinished and not page.is_short(above)) or (page.is_full(above, below, first=False) and not announces)
    # A paragraph on one long line that was cut by a page's end: only a name cut in two is surely not finished.
    if len(above) < 200:
        return False
    words = below.split(maxsplit=2)
    name = len(words) > 1 and words[1][0].islower() and regex.search(r"\s\p{Lu}\p{Ll}+$", above) is not None
    return unfinished or name


def is_inside_bracket(above: str, below: str) -> bool:
    """Whether a bracket is open at the end of one paragraph and the next goes on inside it."""
    return _is_open(above) and above[-1] not in ".!?" and _starts_small(below) and not starts_item(below)


def _starts_small(text: str) -> bool:
    """A small letter, or a number with words behind it; a bare number may be a cell of a table."""
    return text[0].islower() or (text[0].isdigit() and any(map(str.isalpha, text)))


def _is_unfinished(text: str) -> bool:
    return text[-1] in ",–-&" or _last_word(text) in _RUNS_ON


def starts_item(text: str) -> bool:
    """Whether the line begins with a bullet or a number of a list or heading."""
    return _BULLET.match(text) is not None or _NUMBERED.match(text) is not None


def _is_cut_word(above: str, below: str) -> bool:
    """A document number, date or word that was cut at the line's end: "QĐ-/UBND", "15/3//2026"."""
    if above[-1] in "\u00ad\ufffe":
        return True
    if len(above) > 1 and above[-1] in "-/" and above[-2].isalnum() and below[0].isalnum():
        return above[-1] == "/" or not below[0].islower() or "/" in above.split()[-1]
    return below[0] == "-" and below[1:2].isupper() and _CUT_NUMBER.search(above) is not None


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 2 and not any(letter.islower() for letter in letters)


def _is_open(paragraph: str) -> bool:
    """Whether a bracket of the paragraph's last letters waits for its other half."""
    tail = paragraph[-500:]
    return tail.rfind("(") > tail.rfind(")")


def _last_word(text: str) -> str:
    match = _LAST_WORD.search(text)
    return match.group(1).lower() if match and text.endswith(match.group(1)) else ""


def _page(parts: Sequence[Sequence[TextLine]]) -> _Page:
    """Learn the usual width from lines that surely run on: no sign at the end, a small letter on the next."""
    sure = [above.text for lines in parts for above, below in pairwise(lines) if _surely_runs_on(above, below)]
    gaps = [line.gap for lines in parts for line in lines[1:]]
    usual_gap = 1 if gaps and sum(gap >= 1 for gap in gaps) >= 0.8 * len(gaps) else 0
    measures: list[Callable[[str], float]] = [_letters, _ems]
    sure = [text for text in sure if _NARROWEST_LINE <= len(text) <= _WIDEST_LINE]
    best: tuple[float, Callable[[str], float], float] | None = None
    for measure in measures if len(sure) >= _LEAST_SURE_LINES else ():
        widths = sorted(measure(text) for text in sure)
        spread = (widths[int(0.9 * (len(widths) - 1))] - widths[len(widths) // 5]) / statistics.median(widths)
        if best is None or spread < best[0]:
            best = (spread, measure, widths[int(0.9 * (len(widths) - 1))])
    if best is None or best[0] > 0.25:
        return _Page(_letters, None, usual_gap if best is not None else 0)
    return _Page(best[1], best[2], usual_gap)


def _surely_runs_on(above: TextLine, below: TextLine) -> bool:
    return below.text[0].islower() and not starts_item(below.text) and above.text[-1] not in _TERMINAL


def is_broken_at_a_width(parts: Sequence[Sequence[TextLine]]) -> bool:
    """Whether a text's paragraphs are in truth the lines of a page: many surely run on, at one width."""
    pairs = [pair for lines in parts for pair in pairwise(lines)]
    return sum(_surely_runs_on(*pair) for pair in pairs) * 4 >= len(pairs) > 0 and _page(parts).width is not None


def _letters(text: str) -> float:
    return float(len(text))


def _ems(text: str) -> float:
    total = 0.0
    for letter in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(letter):
            total += _WIDTHS.get(letter, 0.7 if letter.isupper() else 0.5)
    return total
