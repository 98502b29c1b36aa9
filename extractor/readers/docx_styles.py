"""What a style of Word says about bold, centring, indents, lists and borders, its ancestors included.

Only what the program uses is resolved. What would surprise you: each answer is None where no style in the
chain speaks, because the paragraph's own word, the list's and the document's default come before or after.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from lxml import etree

from extractor.readers.docx_numbering import W, indents

_OFF = frozenset(("0", "false", "off", "none"))
_NO_WORD = frozenset(
    W + name for name in ("rPr", "sectPr", "pPrChange", "rPrChange", "tabs", "pBdr", "spacing", "lang", "sz", "szCs")
)
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_SAME_SIDE = {"start": "left", "end": "right"}


@dataclass(frozen=True, slots=True)
class Style:
    """The resolved word of one style; None where it says nothing. Indents in points."""

    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    font: str | None = None
    centred: bool | None = None
    left: float | None = None
    first: float | None = None
    list_id: str | None = None
    depth: int | None = None
    borders: tuple[tuple[str, bool], ...] = ()


NO_STYLE = Style()
_WORDS = tuple(field.name for field in fields(Style) if field.name != "borders")
_MAX_ANCESTORS = 20


class Styles:
    """The styles of one document, resolved when asked for."""

    def __init__(self, root: etree._Element | None) -> None:
        """`root` is w:styles or None."""
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self.paragraph_default: str | None = None
        self.defaults = NO_STYLE
        if root is None:
            return
        for element in root.iterfind(W + "style"):
            name = element.get(W + "styleId", "")
            self._elements[name] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default", "0") not in _OFF:
                self.paragraph_default = name
        run = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        paragraph = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
        self.defaults = _own(run, paragraph, None)

    def get(self, name: str | None) -> Style:
        """A style with its ancestors' words where it is silent; the empty style for an unknown name."""
        if name is None or name not in self._elements:
            return NO_STYLE
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def lists(self) -> dict[str, str]:
        """The numId of every style that has one (list styles are reached through it)."""
        found = {}
        for name, element in self._elements.items():
            number = element.find(f"{W}pPr/{W}numPr/{W}numId")
            if number is not None:
                found[name] = number.get(W + "val", "")
        return found

    def _resolve(self, name: str) -> Style:
        chain: list[Style] = []
        at: str | None = name
        while at is not None and at in self._elements and len(chain) < _MAX_ANCESTORS:
            element = self._elements[at]
            chain.append(_own(element.find(W + "rPr"), element.find(W + "pPr"), element))
            based = element.find(W + "basedOn")
            at = based.get(W + "val") if based is not None else None
        style = chain[0]
        for ancestor in chain[1:]:
            style = over(style, ancestor)
        return style


def over(style: Style, below: Style) -> Style:
    """The words of `style`, and where it is silent those of `below`."""
    if style is NO_STYLE or style is below:
        return below
    if below is NO_STYLE:
        return style
    silent = {name: getattr(below, name) for name in _WORDS if getattr(style, name) is None}
    drawn = tuple({**dict(below.borders), **dict(style.borders)}.items()) if below.borders else style.borders
    return replace(style, **silent, borders=drawn)


def signature(properties: etree._Element) -> tuple[object, ...]:
    """A key that is alike for properties that say the same: their names and values, a list's number too."""
    return tuple(
        (child.tag, *child.attrib.items(), *(inner.attrib.values()[0] for inner in child if len(inner.attrib) == 1))
        for child in properties
        if child.tag not in _NO_WORD
    )


def run_style(properties: etree._Element | None) -> Style:
    """The word of a run's own properties (w:rPr)."""
    return _own(properties, None, None)


def paragraph_style(properties: etree._Element | None) -> Style:
    """The word of a paragraph's own properties (w:pPr), its list included."""
    return _own(None, properties, None)


def borders(element: etree._Element | None) -> dict[str, bool]:
    """Which sides of a w:tblBorders or w:tcBorders are drawn; a side that is not named is absent."""
    drawn: dict[str, bool] = {}
    if element is not None:
        for side in element:
            if isinstance(side.tag, str):
                name = side.tag.removeprefix(W)
                name = _SAME_SIDE.get(name, name)
                if name in _SIDES:
                    drawn[name] = side.get(W + "val", "none") not in ("nil", "none")
    return drawn


def toggle(properties: etree._Element | None, name: str) -> bool | None:
    """An on/off property such as w:b: True, False, or None where it is not named."""
    element = properties.find(W + name) if properties is not None else None
    return None if element is None else element.get(W + "val", "1") not in _OFF


def _own(run: etree._Element | None, paragraph: etree._Element | None, style: etree._Element | None) -> Style:
    raised = run.find(W + "vertAlign") if run is not None else None
    fonts = run.find(W + "rFonts") if run is not None else None
    centred = left = first = list_id = depth = None
    if paragraph is not None:
        align = paragraph.find(W + "jc")
        centred = None if align is None else align.get(W + "val") == "center"
        left, first = indents(paragraph.find(W + "ind"))
        number, level = paragraph.find(f"{W}numPr/{W}numId"), paragraph.find(f"{W}numPr/{W}ilvl")
        list_id = None if number is None else number.get(W + "val", "0")
        depth = int(level.get(W + "val", "0")) if level is not None and level.get(W + "val", "0").isdigit() else None
    struck = toggle(run, "strike")
    drawn: dict[str, bool] = {}
    if style is not None:
        # A style for the first row, the banded rows … draws lines for those parts; any of them counts.
        for part in (style, *style.iterfind(W + "tblStylePr")):
            drawn |= borders(part.find(f"{W}tblPr/{W}tblBorders"))
    return Style(
        bold=toggle(run, "b"),
        hidden=toggle(run, "vanish"),
        struck=toggle(run, "dstrike") if struck is None else struck,
        raised=None if raised is None else raised.get(W + "val") == "superscript",
        font=None if fonts is None else fonts.get(W + "hAnsi", fonts.get(W + "ascii")),
        centred=centred,
        left=left,
        first=first,
        list_id=list_id,
        depth=depth,
        borders=tuple(drawn.items()),
    )
