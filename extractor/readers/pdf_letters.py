"""Letters, their places and the ruling lines of a PDF page, as pdfium gives them.

The only module that talks to pdfium. What would surprise you: all coordinates are points from the upper left
corner of the page *as it is read* — a page whose letters stand sideways is turned first, whether or not the
file says that it is to be shown turned. A `Fragment` is a run of letters on one baseline without a gap; pdfium's
own line ends, its order (the order in which the letters were drawn, so one column of a letterhead after the
other) and its blanks are kept, because they come from the program that wrote the file. Several blanks in a row
reach us as one. The mark that pdfium puts for a hyphen at the end of a line is a hyphen again here. A smaller
raised digit (the mark of a footnote) becomes its superscript sign, so that it can never lengthen a number.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c_pdfium

from extractor.errors import BrokenFileError, EncryptedError, LimitError
from extractor.readers import signs

MAX_PAGES = 2000
LEGACY_FONT_MARKS = (".vn", "vni-", "vni ", "vntime", "vnarial", "vnhelv")
"""Beginnings of font names whose letters are not Unicode: TCVN3 (.VnTime …) and VNI."""

_SUPERSCRIPTS = str.maketrans("0123456789()+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻")
_SIGNS = str.maketrans("\ufffe\x02\uf02d\uf0b7\uf0a7\uf0d8\uf0fc", "---•▪➢✓")
"""pdfium's marks for a hyphen at a line end, and the list signs of the fonts Symbol and Wingdings."""
_PRIVATE = frozenset([*map(chr, range(0xE000, 0xF900)), "\ufffd"])
_FEW_LETTERS = 150
_ERROR_PASSWORD = 4
_THIN = 3.0  # points; a filled rectangle thinner than this is a ruling line
_SHORTEST = 0.4  # points; the strokes of a dotted line may be as short


class Fragment:
    """Letters on one baseline without a wide gap. `edges` has one more entry than `text`."""

    __slots__ = ("base", "bold", "edges", "order", "size", "text")

    def __init__(self, text: str, edges: list[float], base: float, size: float, bold: bool, order: int) -> None:
        self.text = text
        self.edges = edges
        self.base = base
        self.size = size
        self.bold = bold
        self.order = order

    @property
    def x0(self) -> float:
        return self.edges[0]

    @property
    def x1(self) -> float:
        return self.edges[-1]

    @property
    def top(self) -> float:
        return self.base - 0.95 * self.size

    @property
    def bottom(self) -> float:
        return self.base + 0.25 * self.size

    def part(self, start: int, end: int) -> Fragment | None:
        """The letters `start:end` without the blanks round them; None where nothing is left."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start >= end:
            return None
        if start == 0 and end == len(text):
            return self
        return Fragment(text[start:end], self.edges[start : end + 1], self.base, self.size, self.bold, self.order)


@dataclass(slots=True)
class PageLetters:
    """What stands on one page. `horizontals` are (y, x0, x1), `verticals` (x, y0, y1), all from the upper left."""

    number: int
    width: float
    height: float
    fragments: list[Fragment] = field(default_factory=list)
    horizontals: list[tuple[float, float, float]] = field(default_factory=list)
    verticals: list[tuple[float, float, float]] = field(default_factory=list)
    picture_share: float = 0.0
    hidden: bool = False
    legacy_fonts: set[str] = field(default_factory=set)
    turned: int = 0
    unmapped: int = 0
    """How many fragments begin with a letter of which the file does not say which one it is."""
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Boxes (x0, y0, x1, y1) of the pictures on the page."""
    recognised: list[tuple[float, float, float, float]] = field(default_factory=list)
    """Boxes of those parts whose letters a machine read from a picture."""
    blank: bool = False
    """Whether its picture shows that nothing is printed on it."""
    doubts: list[tuple[tuple[float, float, float, float], tuple[str, ...], str]] = field(default_factory=list)
    """Letters of such parts that may be others: box, readings, reason."""

    def letters(self) -> int:
        return sum(len(fragment.text) for fragment in self.fragments)


def open_pdf(path: Path) -> Any:
    """The opened pdfium document.

    Raises EncryptedError where a password is needed, BrokenFileError where pdfium cannot open the file, LimitError
    where it has more than `MAX_PAGES` pages.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _ERROR_PASSWORD or "assword" in str(error):
            raise EncryptedError("Tệp PDF có mật khẩu, chưa đọc được; hãy gửi bản không đặt mật khẩu.") from error
        raise BrokenFileError(
            "Tệp PDF hỏng, rỗng hoặc tải chưa đủ, không mở được; hãy tải lại hoặc xin lại tệp."
        ) from error
    if len(document) == 0:
        document.close()
        raise BrokenFileError("Tệp PDF không có trang nào; hãy xin lại tệp.")
    if len(document) > MAX_PAGES:
        pages = len(document)
        document.close()
        raise LimitError(f"Tệp PDF có {pages} trang, nhiều hơn mức đọc được là {MAX_PAGES} trang; hãy tách tệp.")
    return document


def is_cut_off(path: Path) -> bool:
    """Whether the file lacks the mark with which every PDF ends, as one that was not loaded to its end."""
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 4096))
        return b"%%EOF" not in file.read()


def read_pages(document: Any) -> Iterator[PageLetters]:
    """The pages of an opened document, one after the other; a page that pdfium cannot load comes back without size."""
    reader = _Reader()
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            yield PageLetters(index + 1, 0.0, 0.0)
            continue
        try:
            letters = reader.read(page, index + 1)
        except pdfium.PdfiumError:
            letters = PageLetters(index + 1, 0.0, 0.0)
        finally:
            page.close()
        signs.goes_on()
        yield letters


class _Reader:
    """Reads pages; keeps the C buffers that pdfium writes into, so that they are made once."""

    def __init__(self) -> None:
        by_address = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
        self._origin = by_address(ctypes.cast(c_pdfium.FPDFText_GetCharOrigin, ctypes.c_void_p).value or 0)
        self._px, self._py = ctypes.c_float(), ctypes.c_float()
        self._box = c_pdfium.FS_RECTF()
        self._matrix = c_pdfium.FS_MATRIX()
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(128)
        self._numbers = [ctypes.c_float() for _ in range(4)]

    def read(self, page: Any, number: int) -> PageLetters:
        left, bottom, right, top = page.get_bbox()
        text_page = page.get_textpage()
        try:
            raw = text_page.raw
            count = c_pdfium.FPDFText_CountChars(raw)
            characters = self._characters(text_page, raw, count)
            turned = self._turn(raw, characters)
            width, height = (top - bottom, right - left) if turned % 2 else (right - left, top - bottom)
            letters = PageLetters(number, width, height, turned=turned)
            frame = (left, bottom, right, top, turned)
            if characters:
                xs, ys = self._origins(raw, count, frame)
                self._fragments(raw, characters, xs, ys, letters)
        finally:
            text_page.close()
        self._rulings(page, letters, frame)
        self._fields(page, letters, frame)
        return letters

    # ----------------------------------------------------------------- letters

    def _characters(self, text_page: Any, raw: Any, count: int) -> list[str]:
        if count <= 0:
            return []
        text: str = text_page.get_text_range()
        if len(text) != count:  # seldom; otherwise one letter a character, and much faster
            code = c_pdfium.FPDFText_GetUnicode
            codes = [code(raw, i) for i in range(count)]
            text = "".join([chr(value) if 0 < value < 0x110000 else " " for value in codes])
        return list(text.translate(_SIGNS))

    def _turn(self, raw: Any, characters: list[str]) -> int:
        """How many quarter turns the letters of the page are turned: by the majority of a sample."""
        visible = [i for i, letter in enumerate(characters) if not letter.isspace()]
        if not visible:
            return 0
        votes = Counter(
            -round(c_pdfium.FPDFText_GetCharAngle(raw, i) / (math.pi / 2)) % 4  # pdfium counts clockwise
            for i in visible[:: max(1, len(visible) // 24)]
        )
        return int(votes.most_common(1)[0][0])

    def _origins(
        self, raw: Any, count: int, frame: tuple[float, float, float, float, int]
    ) -> tuple[list[float], list[float]]:
        """Left edge and baseline of every letter.

        pdfium writes them by address into one array: the call is made for every letter of every page, and with
        plain numbers for its arguments it takes half the time.
        """
        buffer = (ctypes.c_double * (2 * count))()
        page, address, origin = ctypes.cast(raw, ctypes.c_void_p).value, ctypes.addressof(buffer), self._origin
        for i in range(count):
            origin(page, i, address, address + 8)
            address += 16
        values: list[float] = buffer[:]
        xs, ys = values[::2], values[1::2]
        left, bottom, right, top, turned = frame
        if turned == 0:
            return ([v - left for v in xs] if left else xs), [top - v for v in ys]
        if turned == 1:
            return [v - bottom for v in ys], [v - left for v in xs]
        if turned == 2:
            return [right - v for v in xs], [v - bottom for v in ys]
        return [top - v for v in ys], [right - v for v in xs]

    def _fragments(
        self, raw: Any, characters: list[str], xs: list[float], ys: list[float], letters: PageLetters
    ) -> None:
        count = len(characters)
        found = letters.fragments
        hidden: list[Fragment] = []
        start, size = -1, 0.0
        base = limit_back = limit_gap = limit_blank = drift = 0.0
        sideways = False
        frame_turn = letters.turned

        def finish(end: int) -> None:
            nonlocal start
            first, last = start, end
            start = -1
            while first < last and characters[first].isspace():
                first += 1
            while last > first and characters[last - 1].isspace():
                last -= 1
            if first >= last:
                return
            edges = xs[first:last]
            if last < count and characters[last].isspace() and abs(ys[last] - base) < 0.2 * size:
                right_edge = xs[last]
            else:
                right_edge = self._right_edge(raw, last - 1, frame_turn, edges[-1], size)
            edges.append(max(right_edge, edges[-1]))
            text = "".join(characters[first:last])
            fragment_base = base
            if sideways:
                fragment_base = max(ys[first:last])
                edges = [edges[0] + (k - len(text)) * 0.01 for k in range(len(text) + 1)]
            letters.unmapped += bool(c_pdfium.FPDFText_HasUnicodeMapError(raw, first)) or text[0] in _PRIVATE
            bold = self._font(raw, first, letters) and (last - first < 2 or self._font(raw, last - 1, letters))
            fragment = Fragment(text, edges, fragment_base, size, bold, len(found))
            if self._is_hidden(raw, first):
                hidden.append(fragment)
            elif found and _is_raised(fragment, found[-1], before=True):
                mark = found.pop()
                mark.text, mark.base, mark.size, mark.bold = mark.text.translate(_SUPERSCRIPTS), base, size, bold
                _append(mark, fragment, text)
                found.append(mark)
            elif found and _is_raised(found[-1], fragment):
                _append(found[-1], fragment, text.translate(_SUPERSCRIPTS))
            elif found and _follows(found[-1], fragment):
                _append(found[-1], fragment, text)
            else:
                found.append(fragment)

        for i in range(count):
            letter = characters[i]
            if letter == "\n" or letter == "\r":
                if start >= 0:
                    finish(i)
                continue
            if start >= 0:
                dx = xs[i] - xs[i - 1]
                dy = ys[i] - base
                if sideways:
                    if abs(dx) > 0.5 * size or abs(ys[i] - ys[i - 1]) > 1.6 * size:
                        finish(i)
                elif dy > drift or dy < -drift:
                    stacked = i - start == 1 and abs(dx) < 0.3 * size and abs(dy) < 1.2 * size
                    if stacked and self._is_sideways(raw, i, frame_turn):
                        sideways = True
                    else:
                        finish(i)
                elif dx < limit_back or dx > limit_gap or (dx > limit_blank and characters[i - 1].isspace()):
                    finish(i)
            if start < 0:
                if letter.isspace():
                    continue
                start = i
                sideways = False
                base = ys[i]
                size = self._size(raw, i)
                drift = 0.12 * size
                limit_back, limit_gap, limit_blank = -0.6 * size, 2.5 * size, 1.2 * size
        if start >= 0:
            finish(count)
        visible = letters.letters()
        if hidden and (not found or visible < _FEW_LETTERS < sum(len(fragment.text) for fragment in hidden)):
            found.extend(hidden)  # a scan over which letters were laid, perhaps with a stamp of visible ones
            letters.hidden = True
        for order, fragment in enumerate(found):
            fragment.order = order

    def _size(self, raw: Any, index: int) -> float:
        size = c_pdfium.FPDFText_GetFontSize(raw, index)
        matrix = self._matrix
        if c_pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix)):
            size *= math.hypot(matrix.c, matrix.d)
        return float(size) if size > 0.5 else 10.0

    def _right_edge(self, raw: Any, index: int, turned: int, x: float, size: float) -> float:
        box = self._box
        if not c_pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box)):
            return x + 0.5 * size
        extent = box.right - box.left if turned % 2 == 0 else box.top - box.bottom
        return float(x + extent)

    def _font(self, raw: Any, index: int, letters: PageLetters) -> bool:
        """Whether the letter is bold; takes note of fonts whose letters are not Unicode."""
        used = c_pdfium.FPDFText_GetFontInfo(raw, index, self._name, 128, ctypes.byref(self._flags))
        name = str(self._name.raw[: max(0, min(used, 128) - 1)], "utf-8", "replace").lower()
        plain: str = name.split("+", 1)[-1]
        if plain.startswith(LEGACY_FONT_MARKS):
            letters.legacy_fonts.add(plain)
        heavy = "bold" in name or "black" in name or "heavy" in name
        if heavy or self._flags.value & (1 << 18):
            return True
        return plain.startswith(".vn") and plain.endswith("b")

    def _is_hidden(self, raw: Any, index: int) -> bool:
        text_object = c_pdfium.FPDFText_GetTextObject(raw, index)
        if not text_object:
            return False
        return bool(c_pdfium.FPDFTextObj_GetTextRenderMode(text_object) == c_pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)

    def _is_sideways(self, raw: Any, index: int, turned: int) -> bool:
        angle: float = c_pdfium.FPDFText_GetCharAngle(raw, index)
        return round(angle / (math.pi / 2)) % 2 != turned % 2

    # ----------------------------------------------------------------- rulings and pictures

    def _rulings(self, page: Any, letters: PageLetters, frame: tuple[float, float, float, float, int]) -> None:
        raw = page.raw
        area = max(1.0, letters.width * letters.height)
        count_objects, get_object = c_pdfium.FPDFPage_CountObjects, c_pdfium.FPDFPage_GetObject
        identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        objects = [(get_object(raw, k), identity, 0) for k in range(count_objects(raw))]
        get_type = c_pdfium.FPDFPageObj_GetType
        strokes: list[tuple[float, float, float, float]] = []
        while objects:
            item, outer, depth = objects.pop()
            kind = get_type(item)
            if kind == c_pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            if kind == c_pdfium.FPDF_PAGEOBJ_PATH:
                strokes.extend(self._strokes(item, outer))
            elif kind == c_pdfium.FPDF_PAGEOBJ_IMAGE:
                x0, y0, x1, y1 = self._bounds(item)
                letters.picture_share += abs((x1 - x0) * (y1 - y0)) / area
                ax, ay = _place(x0, y0, frame)
                bx, by = _place(x1, y1, frame)
                letters.pictures.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
            elif kind == c_pdfium.FPDF_PAGEOBJ_FORM and depth < 4:
                inner = _times(self._matrix_of(item), outer)
                objects.extend(
                    (c_pdfium.FPDFFormObj_GetObject(item, k), inner, depth + 1)
                    for k in range(c_pdfium.FPDFFormObj_CountObjects(item))
                )
        for x0, y0, x1, y1 in strokes:
            ax, ay = _place(x0, y0, frame)
            bx, by = _place(x1, y1, frame)
            ax, bx = min(ax, bx), max(ax, bx)
            ay, by = min(ay, by), max(ay, by)
            if by - ay <= _THIN and bx - ax >= _SHORTEST and bx - ax > by - ay:
                letters.horizontals.append(((ay + by) / 2, ax, bx))
            elif bx - ax <= _THIN and by - ay >= _SHORTEST:
                letters.verticals.append(((ax + bx) / 2, ay, by))

    def _bounds(self, item: Any) -> tuple[float, float, float, float]:
        a, b, c, d = self._numbers
        if not c_pdfium.FPDFPageObj_GetBounds(item, ctypes.byref(a), ctypes.byref(b), ctypes.byref(c), ctypes.byref(d)):
            return (0.0, 0.0, 0.0, 0.0)
        return (a.value, b.value, c.value, d.value)

    def _matrix_of(self, item: Any) -> tuple[float, float, float, float, float, float]:
        m = self._matrix
        if not c_pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def _strokes(
        self, item: Any, outer: tuple[float, float, float, float, float, float]
    ) -> Iterator[tuple[float, float, float, float]]:
        """The straight lines of a path as corner pairs: stroked lines, edges of stroked boxes, thin filled boxes."""
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not c_pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke)):
            return
        if not fill.value and not stroke.value:
            return
        matrix = _times(self._matrix_of(item), outer)
        a, b, c, d, e, f = matrix
        plain = matrix == (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        px, py = self._px, self._py
        at_x, at_y = ctypes.byref(px), ctypes.byref(py)
        get_segment, get_point = c_pdfium.FPDFPath_GetPathSegment, c_pdfium.FPDFPathSegment_GetPoint
        get_type, get_close = c_pdfium.FPDFPathSegment_GetType, c_pdfium.FPDFPathSegment_GetClose
        figure: list[tuple[float, float]] = []
        figures: list[tuple[list[tuple[float, float]], bool]] = []
        curved = closed = False
        for k in range(c_pdfium.FPDFPath_CountSegments(item)):
            segment = get_segment(item, k)
            kind = get_type(segment)
            get_point(segment, at_x, at_y)
            x, y = px.value, py.value
            if not plain:
                x, y = a * x + c * y + e, b * x + d * y + f
            if kind == c_pdfium.FPDF_SEGMENT_MOVETO:
                if len(figure) > 1 and not curved:
                    figures.append((figure, closed))
                figure, curved, closed = [], False, False
            elif kind == c_pdfium.FPDF_SEGMENT_BEZIERTO:
                curved = True
            figure.append((x, y))
            closed = closed or bool(get_close(segment))
        if len(figure) > 1 and not curved:
            figures.append((figure, closed))
        for points, is_closed in figures:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
            if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
                yield (x0, y0, x1, y1)
            elif stroke.value:
                if is_closed:
                    points = [*points, points[0]]
                for (px0, py0), (px1, py1) in pairwise(points):
                    yield (px0, py0, px1, py1)

    # ----------------------------------------------------------------- form fields

    def _fields(self, page: Any, letters: PageLetters, frame: tuple[float, float, float, float, int]) -> None:
        """The values typed into the fields of a form, as letters at the place of their field."""
        raw = page.raw
        for index in range(c_pdfium.FPDFPage_GetAnnotCount(raw)):
            annotation = c_pdfium.FPDFPage_GetAnnot(raw, index)
            if not annotation:
                continue
            try:
                if c_pdfium.FPDFAnnot_GetSubtype(annotation) != c_pdfium.FPDF_ANNOT_WIDGET:
                    continue
                value = _annotation_string(annotation, b"V").strip()
                box = self._box
                if not value or not c_pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(box)):
                    continue
                ax, ay = _place(box.left, box.bottom, frame)
                bx, by = _place(box.right, box.top, frame)
                x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
                rows = value.splitlines()
                height = (y1 - y0) / len(rows)
                for k, row in enumerate(rows):
                    size = min(12.0, 0.8 * height)
                    step = min(0.5 * size, (x1 - x0) / max(1, len(row)))
                    edges = [x0 + 1 + step * n for n in range(len(row) + 1)]
                    base = y0 + height * (k + 0.5) + 0.35 * size
                    letters.fragments.append(Fragment(row, edges, base, size, False, len(letters.fragments)))
            finally:
                c_pdfium.FPDFPage_CloseAnnot(annotation)


def _annotation_string(annotation: Any, key: bytes) -> str:
    length = c_pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    c_pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _times(
    inner: tuple[float, float, float, float, float, float], outer: tuple[float, float, float, float, float, float]
) -> tuple[float, float, float, float, float, float]:
    """The matrix that applies `inner` first and `outer` after it."""
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _place(x: float, y: float, frame: tuple[float, float, float, float, int]) -> tuple[float, float]:
    """A point of the file as points from the upper left corner of the page as it is read."""
    left, bottom, right, top, turned = frame
    if turned == 0:
        return x - left, top - y
    if turned == 1:
        return y - bottom, x - left
    if turned == 2:
        return right - x, y - bottom
    return top - y, right - x


def _is_raised(letters: Fragment, mark: Fragment, before: bool = False) -> bool:
    """Whether `mark` is the mark of a footnote or an exponent set at the end (or `before` the start) of letters."""
    gap = letters.x0 - mark.x1 if before else mark.x0 - letters.x1
    return (
        mark.size < 0.85 * letters.size
        and 0.12 * letters.size < letters.base - mark.base < 0.75 * letters.size
        and -0.15 * letters.size < gap < 0.35 * letters.size
        and len(mark.text) <= 4
        and mark.text.strip("()*").isdigit()
    )


def _follows(before: Fragment, after: Fragment) -> bool:
    """Whether two runs that were drawn one after the other stand on one baseline without a gap between them."""
    gap = after.x0 - before.x1
    return (
        abs(before.base - after.base) <= 0.12 * before.size
        and 0.8 < after.size / before.size < 1.25
        and -0.15 * before.size <= gap <= 0.6 * before.size
    )


def _append(before: Fragment, after: Fragment, text: str) -> None:
    blank = after.x0 - before.x1 > 0.16 * before.size
    before.text += (" " if blank else "") + text
    before.edges = before.edges[:-1] + ([before.x1, after.x0] if blank else [after.x0]) + after.edges[1:]
    before.bold = before.bold and after.bold
