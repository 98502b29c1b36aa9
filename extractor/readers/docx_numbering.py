"""The automatic numbers of Word, as they are printed: "1.", "1.2.", "a)", "II.", "-".

Word keeps no number in the paragraph, only "list 3, level 2"; the printed text is counted here in document
order. What would surprise you: several lists (w:num) may count on one abstract list, a list with a start
of its own begins again only the first time it is used, and bullets drawn with symbol fonts are code points
of no meaning, so they come out as "-". The rules are those of ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_PLACEHOLDER = regex.compile(r"%([1-9])")
_PLAIN_BULLETS = frozenset("-–—+*•●▪◦■□►➢✓○~")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it is written, which higher level makes it begin again.

    `restart` is None for "any higher level", 0 for never, else the number (from 1) of the deepest level
    that restarts it. `left` and `first` are indents in points, None where the level says nothing.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    left: float | None = None
    first: float | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A list as used (w:num): the abstract list it counts on, its own levels and starts."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of one document and how far each has been counted. Made once a document, used in order."""

    def __init__(self, root: etree._Element | None, style_lists: dict[str, str]) -> None:
        """`root` is w:numbering or None; `style_lists` gives the numId of list styles (w:numStyleLink)."""
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root, style_lists)

    def level(self, list_id: str, depth: int) -> Level | None:
        """The level of a list, or None where the document does not define it."""
        found = self._lists.get(list_id)
        return found.levels.get(depth) if found else None

    def depth_of_style(self, list_id: str, style: str) -> int:
        """The level to which a paragraph style is tied in a list (0 where it is tied to none)."""
        found = self._lists.get(list_id)
        ties = [depth for depth, level in found.levels.items() if level.style == style] if found else []
        return min(ties, default=0)

    def count(self, list_id: str, depth: int) -> str:
        """Count one paragraph on and return its printed number, "" where there is none."""
        used = self._lists.get(list_id)
        level = used.levels.get(depth) if used else None
        if used is None or level is None:
            return ""
        counts = self._counts.setdefault(used.abstract, {})
        if depth in used.starts and (list_id, depth) not in self._begun:
            counts[depth] = used.starts[depth]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = level.start
        self._begun.add((list_id, depth))
        for deeper in [d for d in counts if d > depth]:
            restart = used.levels[deeper].restart if deeper in used.levels else None
            if restart is None or depth < restart:
                del counts[deeper]
        return self._printed(used, level, counts)

    def _printed(self, used: _List, level: Level, counts: dict[int, int]) -> str:
        if level.form == "bullet":
            return _bullet(level.text)
        if level.form == "none" and not level.text:
            return ""

        def number(match: regex.Match[str]) -> str:
            depth = int(match.group(1)) - 1
            of = used.levels.get(depth, Level())
            form = "decimal" if level.legal and of.form != "none" else of.form
            return write_number(counts.get(depth, used.starts.get(depth, of.start)), form)

        return str(_PLACEHOLDER.sub(number, level.text)).strip()

    def _load(self, root: etree._Element, style_lists: dict[str, str]) -> None:
        abstracts = {a.get(W + "abstractNumId", ""): a for a in root.iterfind(W + "abstractNum")}
        of_num = {
            num.get(W + "numId", ""): _value(num.find(W + "abstractNumId")) or "" for num in root.iterfind(W + "num")
        }
        for num in root.iterfind(W + "num"):
            list_id = num.get(W + "numId", "")
            abstract = of_num[list_id]
            link = _value(abstracts[abstract].find(W + "numStyleLink")) if abstract in abstracts else None
            if link is not None:
                abstract = of_num.get(style_lists.get(link, ""), abstract)
            if abstract not in abstracts:
                continue
            levels = {_number(lvl.get(W + "ilvl"), 0): _level(lvl) for lvl in abstracts[abstract].iterfind(W + "lvl")}
            starts: dict[int, int] = {}
            for override in num.iterfind(W + "lvlOverride"):
                depth = _number(override.get(W + "ilvl"), 0)
                own = override.find(W + "lvl")
                if own is not None:
                    levels[depth] = _level(own)
                start = _value(override.find(W + "startOverride"))
                if start is not None:
                    starts[depth] = _number(start, 1)
            self._lists[list_id] = _List(abstract, levels, starts)


def write_number(value: int, form: str) -> str:
    """A count in a form of Word (w:numFmt): decimal, decimalZero, upperRoman, lowerLetter … Others are decimal."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{value:02d}"
    if form in ("upperRoman", "lowerRoman") and 0 < value < 4000:
        rest, letters = value, ""
        for size, sign in _ROMAN:
            letters += sign * (rest // size)
            rest %= size
        return letters.upper() if form == "upperRoman" else letters
    if form in ("upperLetter", "lowerLetter") and value > 0:
        # Word repeats the letter after z: aa, bb, cc (not aa, ab, ac).
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    return str(value)


def _bullet(sign: str) -> str:
    sign = sign.strip()
    return sign if sign and all(letter in _PLAIN_BULLETS for letter in sign) else "-"


def _level(lvl: etree._Element) -> Level:
    indent = lvl.find(f"{W}pPr/{W}ind")
    restart = _value(lvl.find(W + "lvlRestart"))
    legal = lvl.find(W + "isLgl")
    left, first = indents(indent)
    return Level(
        start=_number(_value(lvl.find(W + "start")), 0),
        form=_value(lvl.find(W + "numFmt")) or "decimal",
        text=_value(lvl.find(W + "lvlText")) or "",
        suffix=_value(lvl.find(W + "suff")) or "tab",
        restart=None if restart is None else _number(restart, 0),
        legal=legal is not None and legal.get(W + "val", "1") not in ("0", "false", "off"),
        style=_value(lvl.find(W + "pStyle")),
        left=left,
        first=first,
    )


def indents(indent: etree._Element | None) -> tuple[float | None, float | None]:
    """Left indent and extra indent of the first line (negative when hanging), in points; None where unsaid."""
    if indent is None:
        return None, None
    left = points(indent.get(W + "left", indent.get(W + "start")))
    hanging = points(indent.get(W + "hanging"))
    first = -hanging if hanging is not None else points(indent.get(W + "firstLine"))
    return left, first


_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0}
_MEASURE = regex.compile(r"(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|pi)?")


def points(measure: str | None) -> float | None:
    """A measure of Word in points: plain numbers are twentieths of a point, others carry their unit."""
    match = _MEASURE.fullmatch(measure) if measure else None
    if match is None:
        return None
    value = float(match.group(1))
    return value * _UNITS[match.group(2)] if match.group(2) else value / 20


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(W + "val")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and regex.fullmatch(r"-?\d{1,9}", text) else otherwise
