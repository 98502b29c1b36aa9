"""The parts of an official document: letterhead, heading, title, opening, closing, recipients.

The letterhead reaches us in every order: two cells side by side, lines one by one, lines joined into one,
columns read across, or nothing but number and place. So it is not taken by position: everything above the
heading ("BÁO CÁO") is one heap of lines, from which the motto is taken out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from extractor.catalog.identity import IdentityPatterns
from extractor.model import Block, Document, Kind, Table
from extractor.vietnamese.normalize import key, normalize
from extractor.vietnamese.periods import find_periods

TOP_LINES = 60  # a heading further down belongs to something attached
TITLE_LINES = 8
OPENING = 12  # paragraphs in which a report still introduces itself
CLOSING = 6
FORM_LINES = 20  # above the table of a form


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block: raw letters (composed), normal text, how it is set, whether a table's cell holds it."""

    raw: str
    text: str
    centred: bool = False
    bold: bool = False
    cell: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands where. Everything but `title` is lines in reading order; `heading` is the kind it names."""

    head: tuple[Line, ...] = ()
    heading: Kind | None = None
    title: str = ""
    opening: tuple[Line, ...] = ()
    closing: tuple[Line, ...] = ()
    recipients: tuple[Line, ...] = ()
    body: tuple[Line, ...] = field(default=())


# A wide gap parts two columns, but not a blank left for a number or a day ("Số:      /BC", "ngày     tháng").
_BREAK = regex.compile(
    r"\n|(?<=\S)(?<!ngày|tháng|năm|số|số:|/)(?:\t[ \t]*+|[ \u00a0]{3,}+)(?!tháng|năm|/|-|\d|\s|\Z)", regex.I
)
_RULE = regex.compile(r"[\s_\-–—=*.~#|]*")
_NUMBERED = regex.compile(r"(?:[ivx]{1,4}|[a-dđ]|\d{1,2})\s?[.)]\s?\D|phần\s|chương\s|điều\s\d|\(?\d\)\s")
_EDGES = ' .:;,*_-–—"“”'


def find_parts(document: Document, patterns: IdentityPatterns) -> Parts:
    """The parts of a document. A document without a heading has its first lines as head and no title."""
    lines = list(_lines(document))
    at, kind, inline = _heading(lines[:TOP_LINES], patterns)
    form = _form(lines, patterns) if at is None else None
    if form is not None:
        head, title = form
        kind, after = "BC", 0
        rest = [line for line in lines if line.cell or not patterns.cue("receiver").search(line.text)]
    elif at is None:
        long = next((i for i, line in enumerate(lines) if len(line.raw) > 160), len(lines))
        head, rest = tuple(lines[: min(14, long)]), lines
        title, after = _subject(lines[:20]), 0
    else:
        head, rest = tuple(lines[:at]), lines[at + 1 :]
        title, after = _title(rest, inline, patterns)
    body = tuple(rest[after:])
    last = next((i for i, line in enumerate(body) if _is_recipients(line, patterns)), None)
    text = [line for line in (body if last is None else body[:last]) if not line.cell]
    closing = tuple(text[-CLOSING:]) + tuple(
        line for line in text[:-CLOSING] if patterns.cue("closing").match(line.text.lstrip("- "))
    )
    recipients = () if last is None else body[last : last + 16]
    addressed = tuple(line for line in lines[:30] if line.text.startswith("kính gửi"))
    opening = tuple(text[:OPENING])
    return Parts(head, kind, title, opening, closing, addressed + recipients, body)


def without_motto(raw: str, patterns: IdentityPatterns) -> str:
    """Raw letters without the national name and motto, in which names of communes hide (Độc Lập, Hạnh Phúc)."""
    normal = normalize(raw)
    kept, at = [], 0
    for match in patterns.cue("motto").finditer(normal.text.replace("\n", " ")):
        start, end = normal.raw(match.start(), match.end())
        kept.append(raw[at:start])
        at = end
    return " ".join([*kept, raw[at:]])


def _lines(document: Document) -> Iterable[Line]:
    for item in document.content:
        if isinstance(item, Block):
            yield from _split(item, cell=False)
        else:
            letterhead = item.ruled is False or _small(item)
            for cell in item.cells:
                yield from _split(cell.block, cell=not letterhead)


def _small(table: Table) -> bool:
    return table.rows <= 4 and table.cols <= 3


def _split(block: Block, cell: bool) -> Iterable[Line]:
    for raw in _BREAK.split(unicodedata.normalize("NFC", block.text)):
        if raw and not _RULE.fullmatch(raw):
            yield Line(raw.strip(), key(raw), block.centred, block.bold, cell)


def _heading(lines: list[Line], patterns: IdentityPatterns) -> tuple[int | None, Kind | None, str]:
    """Where the heading stands, the kind it names, and the part of the title that shares its line."""
    headings = {h: kind.id for kind in patterns.kinds for h in kind.headings}
    spaceless = {h.replace(" ", ""): kind for h, kind in headings.items()}
    for i, line in enumerate(lines):
        if line.cell:
            continue
        bare = line.text.strip(_EDGES)
        if bare in headings and (line.raw.strip(_EDGES)[:1].isupper()):
            return i, headings[bare], ""
        if len(bare) < 40 and bare.replace(" ", "") in spaceless and bare.count(" ") * 2 >= len(bare) - 4:
            return i, spaceless[bare.replace(" ", "")], ""
    for capitals in (True, False):
        for i, line in enumerate(lines[:40]):
            if line.cell:
                continue
            if line.text.startswith("kính gửi"):
                break
            for heading, kind in sorted(headings.items(), key=lambda h: -len(h[0])):
                raw = line.raw.lstrip(_EDGES)
                after = line.text.strip(_EDGES).removeprefix(heading + " ")
                if after == line.text.strip(_EDGES) or not raw[:1].isupper() or regex.match(r"số\b", after):
                    continue
                if capitals and raw[: len(heading)].upper() == raw[: len(heading)]:
                    return i, kind, raw[len(heading) :].strip()
                if not capitals and kind in ("BC", "KH") and len(raw) < 300 and raw[-1:] not in ".;:":
                    return i, kind, raw[len(heading) :].strip()
    return None, None, ""


def _title(rest: list[Line], inline: str, patterns: IdentityPatterns) -> tuple[str, int]:
    """The title below a heading, its lines joined, and how many lines it took."""
    taken = [inline] if inline else []
    for i, line in enumerate(rest[:TITLE_LINES]):
        if i == 0 and not inline:
            if _authority(line, patterns):
                return "", 0
            taken.append(line.raw)
            continue
        if _ends_title(line, " ".join(taken), patterns):
            return " ".join(taken), i
        taken.append(line.raw)
    return " ".join(taken), min(len(rest), TITLE_LINES)


def _ends_title(line: Line, so_far: str, patterns: IdentityPatterns) -> bool:
    if line.cell or _NUMBERED.match(line.text) or _authority(line, patterns):
        return True
    if line.raw.startswith("(") or line.text.startswith(("trên địa bàn", "của ", "tại ")):
        return False
    capital = line.raw[:1].isupper()
    if capital and patterns.cue("body").match(line.text):
        return True
    if line.centred and len(line.raw) < 300:
        return False
    if len(line.raw) > 60 and line.raw[-1] in ".:;":
        return True
    complete = so_far.endswith(")") or any(p.year_printed for p in find_periods(key(so_far)))
    return len(line.raw) > 300 or line.raw[0] in "-+" or (capital and complete)


def _authority(line: Line, patterns: IdentityPatterns) -> bool:
    """ "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG X", between a decision's title and its grounds."""
    return line.text.startswith(("chủ tịch", "giám đốc")) or (
        line.raw.isupper() and patterns.cue("agency").match(line.text) is not None
    )


_NUMBER_LINE = regex.compile(r"số\s?[:.]?\s?\d*\s?/")


def _form(lines: list[Line], patterns: IdentityPatterns) -> tuple[tuple[Line, ...], str] | None:
    """Head and title of a form that is handed in by itself, from the lines above its table.

    Such a form has a title of its own, a mark of the form or a period beside it, and no number. Its title is told with
    the line of the period; the unit that gets the form is none of its head.
    """
    above = next((i for i, line in enumerate(lines) if line.cell), 0)
    top = lines[: min(above, FORM_LINES)]
    titles = [line for line in top if patterns.cue("form_title").search(line.text) and len(line.raw) < 300]
    periods = [line for line in top if any(p.part is not None for p in find_periods(line.text))]
    marked = any(patterns.cue("form_mark").search(line.text) for line in top)
    if not titles or not (marked or periods) or any(_NUMBER_LINE.match(line.text) for line in top):
        return None
    title = [titles[0], *(line for line in periods[:1] if line is not titles[0])]
    head = tuple(line for line in top if not patterns.cue("receiver").search(line.text))
    return head, " ".join(line.raw for line in title)


def _subject(lines: list[Line]) -> str:
    """The "V/v …" of a letter without a heading."""
    for i, line in enumerate(lines):
        if regex.match(r"\(?(?:v/v|v\.v|về việc)\b", line.text):
            taken = [line.raw]
            for after in lines[i + 1 : i + 4]:
                if not after.raw[:1].islower():
                    break
                taken.append(after.raw)
            return " ".join(taken)
    return ""


def _is_recipients(line: Line, patterns: IdentityPatterns) -> bool:
    return patterns.cue("recipients").match(line.text.lstrip("*_ ")) is not None
