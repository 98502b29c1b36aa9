"""The picture of a page, made ready to be read: upright, straight, without seal and shadows; its ruling lines.

Everything here is numpy on grey values at `tesseract.DPI` dots an inch. What would surprise you: of a coloured picture
only the red channel is kept, in which the red seal over a signature fades to white.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from extractor.readers.tesseract import DPI, Grey

Ink = npt.NDArray[np.bool_]

POINT = 72.0 / DPI  # points a pixel
_A4_LONG = 842 / POINT  # pixels of the long side of an A4 page
_INK = 0.72  # of the paper's brightness; darker is ink (thin rulings of a scan are grey)
_TILE = 32  # pixels; the paper's brightness is looked at in tiles of this size
_UNEVEN = 14  # grey values between the brightest and the darkest part of the paper
_STEEPEST = 6.0  # degrees that a page may lie askew
_SLIGHT = 1.0  # degree; up to it a page is turned in two passes, which is faster
_CLOSE = 1 / 64  # pixel; places that differ less are taken for one
_STRIP = 400  # pixels of its rows at a time
_SIDEWAYS = 1.3  # times as sharp must columns be for them to be the lines of a page that lies on its side
_BAR = 40  # blocks of four pixels; few words are as long in one stroke
_LONG_ACROSS, _LONG_DOWN = 60, 38  # pixels (22 and 14 points); shorter strokes may be letters
_STUB = 32  # pixels (12 points), lower than a row of a table
_THICKEST = 14  # pixels; a thicker bar is no ruling
_PRINT = 0.3  # share of the pixels beside a stroke that are ink; more and the stroke belongs to letters
_TOUCHED = 3  # pixels over which dust or a letter may touch a ruling
_PIECE, _RULED = 64, 0.6  # pixels of a ruling looked at together, and the share of them that is ink in its rows
_FOOT = 5  # pixels by which a ruling may miss the one that it meets
_WHOLE = 0.85  # share of the pixels of a ruling between two others that must be ink
_GAPS = 0.9  # share of a ruling's pixels that must be ink


@dataclass(frozen=True, slots=True)
class Rulings:
    """Ruling lines in pixels: `across` are (y, x0, x1), `down` (x, y0, y1); each with its thickness last."""

    across: list[tuple[float, float, float, int]]
    down: list[tuple[float, float, float, int]]


def grey_of(image: Image.Image) -> Grey:
    """The red channel of a picture; transparent parts are white."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGBA", layered.size, "white")
        image = Image.alpha_composite(paper, layered)
    if image.mode in ("1", "L", "I;16", "I", "F"):
        return np.asarray(image.convert("L"))
    return np.asarray((image if image.mode == "RGB" else image.convert("RGB")).getchannel("R"))


def to_size(image: Image.Image, dpi: float | None) -> Image.Image:
    """A picture from a camera or scanner at `DPI`; without a believable `dpi` its long side is that of an A4 page."""
    longer = max(image.size)
    scale = _A4_LONG / longer
    if dpi is not None and 70 <= dpi <= 1200 and 0.45 < DPI / dpi / scale < 1.6:
        scale = DPI / dpi
    if abs(scale - 1) < 0.02:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.LANCZOS, reducing_gap=2.0)


def even(grey: Grey) -> Grey:
    """The picture as if evenly lit: shadows and yellow paper become white."""
    height, width = grey.shape
    rows, cols = max(1, height // _TILE), max(1, width // _TILE)
    tiles = grey[: rows * _TILE, : cols * _TILE] if height >= _TILE and width >= _TILE else grey
    if tiles.shape != (rows * _TILE, cols * _TILE):
        return grey
    sample = tiles.reshape(rows, _TILE, cols, _TILE)[:, ::4, :, ::4].swapaxes(1, 2).reshape(rows, cols, -1)
    paper = np.percentile(sample, 85, axis=2)
    usual = float(np.median(paper))
    paper = np.maximum(paper, 0.45 * usual)  # a black bar is no shadow
    if usual > 235 and usual - float(np.percentile(paper, 3)) < _UNEVEN:
        return grey
    light = Image.fromarray(paper.astype(np.float32)).resize((width, height), Image.Resampling.BILINEAR)
    return np.clip(grey * (245.0 / np.asarray(light)), 0, 255).astype(np.uint8)


def ink_of(grey: Grey) -> Ink:
    """Where the picture is darker than its paper."""
    return grey < math.ceil(_INK * _paper(grey))


def _paper(grey: Grey) -> float:
    """How bright the paper of a picture is."""
    return float(np.percentile(grey[::8, ::8], 75))


def straightened(grey: Grey, turned: int | None = None) -> tuple[Grey, int]:
    """The picture with its lines of text level, and how many quarter turns (0 or 1) that took.

    Which way up a page stands cannot be seen from its lines; the caller finds out by reading it, and may ask for the
    other `turned`.
    """
    small = ink_of(grey)
    height, width = (small.shape[0] // 4 * 4, small.shape[1] // 4 * 4)
    if min(height, width) < 40:
        return grey, 0
    across = np.ascontiguousarray(small[:height, :width]).view(np.uint32)  # four pixels at a time
    blocks: Ink = (across[0::4] | across[1::4] | across[2::4] | across[3::4]) != 0
    ys, xs = np.nonzero(blocks)
    if len(ys) < 50:
        return grey, 0
    level, side = _skew(ys, xs), _skew(xs, ys)
    if turned is None:
        ys, xs = np.nonzero(_without_bars(blocks))
        turned = int(_sharpness(xs, ys, side) > _SIDEWAYS * _sharpness(ys, xs, level))
    if turned:
        grey, level = np.rot90(grey), -side
    if abs(level) > 0.06:
        grey = _rotated(np.ascontiguousarray(grey), level)
    return np.ascontiguousarray(grey), turned


def _rotated(grey: Grey, angle: float) -> Grey:
    """The picture turned by an angle (degrees, against the clock) about its middle.

    Pillow weighs sixteen pixels for each new one. The same comes, but for a grey value here and there, of four weighed
    along the rows and then four along the columns: a row moves by nearly as much everywhere, and so does a column.
    """
    paper = int(_paper(grey))
    if abs(angle) > _SLIGHT:
        return np.asarray(Image.fromarray(grey).rotate(angle, Image.Resampling.BICUBIC, fillcolor=paper))
    height, width = grey.shape
    cosine, sine = math.cos(math.radians(angle)), -math.sin(math.radians(angle))
    across, down = np.arange(width) - (width - 1) / 2, np.arange(height) - (height - 1) / 2
    row_moves, column_moves = down * sine / cosine, -across * sine
    row_drift, column_drift = across * (1 / cosine - 1), down * (cosine - 1)  # along the row, along the column
    side, above = (int(abs(moves[0])) + 4 for moves in (row_moves, column_moves))
    framed = np.pad(grey, ((0, 0), (side, side)), constant_values=paper)
    turned = np.empty_like(grey)
    for x0, x1 in _alike(row_drift / _CLOSE, np.arange(width) // _STRIP):
        near = framed[:, x0 : x1 + 2 * side].astype(np.float32)
        strip = np.full((height + 2 * above, x1 - x0), paper, np.float32)
        moves, weights = _weights(row_moves + row_drift[x0:x1].mean())
        for y0, y1 in _alike(moves):
            first = side + moves[y0] - 1
            parts = [near[y0:y1, first + k : first + k + x1 - x0] for k in range(4)]
            _weigh(parts, weights[:, y0:y1, None], strip[above + y0 : above + y1])
        for y0, y1 in _alike(column_drift / _CLOSE):
            part = np.empty((y1 - y0, x1 - x0), np.float32)
            moves, weights = _weights(column_moves[x0:x1] + column_drift[y0:y1].mean())
            for a, b in _alike(moves):
                first = above + y0 + moves[a] - 1
                parts = [strip[first + k : first + k + y1 - y0, a:b] for k in range(4)]
                _weigh(parts, weights[:, None, a:b], part[:, a:b])
            turned[y0:y1, x0:x1] = np.clip(part, 0, 255, out=part)
    return turned


def _alike(*values: npt.NDArray[Any]) -> list[tuple[int, int]]:
    """The stretches in which values, once rounded, stay what they are."""
    steps = [np.diff(np.rint(one)) != 0 for one in values]
    cuts = (np.flatnonzero(np.logical_or.reduce(steps)) + 1).tolist()
    return list(pairwise([0, *cuts, len(values[0])]))


def _weights(moves: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]:
    """By how many whole pixels to move, and what the four pixels from the one before count then (Pillow's BICUBIC)."""
    whole = np.floor(moves)
    d = (moves - whole).astype(np.float32)
    square, cube = d * d, d * d * d
    weights = np.stack([2 * square - cube - d, 1 - 2 * square + cube, d + square - cube, cube - square])
    return whole.astype(np.intp), weights


def _weigh(parts: Sequence[npt.NDArray[np.float32]], weights: npt.NDArray[np.float32], out: Any) -> None:
    """Puts the weighted sum of parts into `out`."""
    np.multiply(parts[0], weights[0], out=out)
    for part, weight in zip(parts[1:], weights[1:], strict=True):
        out += part * weight


def _without_bars(blocks: Ink) -> Ink:
    """The blocks of a page without long thin strokes across or down: the rulings of a table say nothing about which
    way its letters run, and there may be more of them than of lines."""
    bars = np.zeros_like(blocks)
    for picture, found in ((blocks, bars), (blocks.T, bars.T)):
        near = picture.copy()
        near[1:] |= picture[:-1]
        sums = np.zeros((near.shape[0], near.shape[1] + 1), np.int32)
        np.cumsum(near, axis=1, out=sums[:, 1:])
        bar: Ink = np.zeros_like(near)
        bar[:, : 1 - _BAR] = sums[:, _BAR:] - sums[:, :-_BAR] == _BAR
        length = 1
        while length < _BAR:
            further = min(length, _BAR - length)
            bar[:, further:] |= bar[:, :-further].copy()
            length += further
        found |= bar
        found[:-1] |= found[1:]
    return blocks & ~bars


def _skew(ys: npt.NDArray[np.intp], xs: npt.NDArray[np.intp]) -> float:
    """The angle (degrees, positive where lines fall to the right) at which rows are told apart best."""
    best = 0.0
    step = 1.0
    around = np.arange(-_STEEPEST, _STEEPEST + 0.1, 0.5)
    while step > 0.03:
        scores = [_sharpness(ys, xs, best + float(d)) for d in around]
        best += float(around[int(np.argmax(scores))])
        step = 0.1 if step == 1.0 else 0.02
        around = np.arange(-4, 5) * step
    return best


def _sharpness(ys: npt.NDArray[np.intp], xs: npt.NDArray[np.intp], angle: float) -> float:
    """How well rows are told apart at an angle."""
    if not len(ys):
        return 0.0
    rows = ys - xs * np.tan(np.radians(angle))
    counts = np.bincount((rows - rows.min()).astype(np.intp)) / len(ys)
    return float(np.square(np.diff(counts)).sum())


# --------------------------------------------------------------------------- ruling lines


def rulings_of(ink: Ink) -> Rulings:
    """The long thin strokes of a page, across and down."""
    across = _strokes(ink, _LONG_ACROSS)
    columns: Ink = np.asarray(Image.fromarray(ink.view(np.uint8)).transpose(Image.Transpose.TRANSPOSE)).view(np.bool_)
    down = _strokes(columns, _LONG_DOWN)
    parts = [part for stroke in down for part in _unbroken(ink, stroke, across)]
    return Rulings(across, [_cut_back(stroke, across) for stroke in parts])


def _unbroken(
    ink: Ink, stroke: tuple[float, float, float, int], across: Sequence[tuple[float, float, float, int]]
) -> list[tuple[float, float, float, int]]:
    """The parts of a stroke down between rulings across in which it is one: the stem of a letter, in a row that is
    merged, goes on above and below with paper in between."""
    x, start, end, thickness = stroke
    near = sorted(y for y, x0, x1, _ in across if x0 - 5 <= x <= x1 + 5 and start - 2 * _FOOT < y < end + 2 * _FOOT)
    before, after = [y for y in near if y <= start + _FOOT], [y for y in near if y >= end - _FOOT]
    between = [y for y in near if start + _FOOT < y < end - _FOOT]
    column: Ink = np.asarray(ink[:, max(0, round(x) - thickness) : round(x) + thickness + 1].any(axis=1))
    parts: list[tuple[float, float]] = []
    for top, bottom in pairwise([min(start, *before[-1:], start), *between, max(end, *after[:1], end)]):
        inner = column[round(top) + 4 : round(bottom) - 3]
        if len(inner) and inner.mean() < _WHOLE:
            continue
        top, bottom = max(top, start), min(bottom, end)
        if parts and parts[-1][1] >= top:
            parts[-1] = (parts[-1][0], bottom)
        else:
            parts.append((top, bottom))
    return [(x, top, bottom, thickness) for top, bottom in parts]


def _cut_back(
    stroke: tuple[float, float, float, int], across: Sequence[tuple[float, float, float, int]]
) -> tuple[float, float, float, int]:
    """A ruling down, less the letter's stroke by which it seems to reach a little beyond the ruling where it ends."""
    x, start, end, thickness = stroke
    crossings = [y for y, x0, x1, _ in across if x0 - 5 <= x <= x1 + 5 and start - 8 <= y <= end + 8]
    if not crossings:
        return stroke
    first, last = min(crossings), max(crossings)
    start = first if 0 < first - start < _STUB else start
    end = last if 0 < end - last < _STUB else end
    return (x, start, end, thickness)


def _strokes(ink: Ink, longest_letter: int) -> list[tuple[float, float, float, int]]:
    """Strokes along the rows as (row, start, end, thickness)."""
    height, width = ink.shape
    if width <= longest_letter or height < 3:
        return []
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    likely = _with_long_strokes(thick, longest_letter)
    likely = likely[thick[likely].sum(axis=1, dtype=np.int32) >= longest_letter]
    if not len(likely):
        return []
    sums = np.zeros((len(likely), width + 1), np.int32)
    np.cumsum(thick[likely], axis=1, out=sums[:, 1:])
    full = (sums[:, longest_letter:] - sums[:, :-longest_letter]) >= _GAPS * longest_letter
    framed = np.zeros((len(likely), full.shape[1] + 2), np.int8)
    framed[:, 1:-1] = full
    steps = np.diff(framed, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    ends = ends + longest_letter - 1
    bundles: list[list[tuple[int, int, int]]] = []
    last: list[list[tuple[int, int, int]]] = []  # bundles that reach the row above
    row_before = -2
    for row, start, end in zip(likely[rows].tolist(), starts.tolist(), ends.tolist(), strict=True):
        if row != row_before:
            last = [bundle for bundle in bundles[-200:] if row - bundle[-1][0] <= 1]
            row_before = row
        home = next((b for b in last if any(r >= row - 1 and s < end and start < e for r, s, e in b[-6:])), None)
        if home is None:
            home = []
            bundles.append(home)
            last.append(home)
        home.append((row, start, end))
    strokes: list[tuple[float, float, float, int]] = []
    for bundle in bundles:
        thickness = bundle[-1][0] - bundle[0][0] + 1 - 2
        if 0 < thickness <= _THICKEST or (thickness <= 0 and len(bundle) > 1):
            middle = (bundle[0][0] + bundle[-1][0]) / 2
            start, end = min(s for _, s, _ in bundle), max(e for _, _, e in bundle)
            strokes.extend(
                (middle, float(a), float(b), max(1, thickness))
                for a, b in _bare_parts(ink, bundle[0][0], bundle[-1][0], start, end, longest_letter)
            )
    return strokes


def _with_long_strokes(ink: Ink, length: int) -> npt.NDArray[np.intp]:
    """The rows that may hold a stroke of a length: of the fours of pixels that lie in it, hardly any is bare."""
    height, width = ink.shape
    padded = np.zeros((height, -(-width // 4) * 4), bool)
    padded[:, :width] = ink
    fours = ((padded.view(np.uint32) * np.uint32(0x01010101)) >> np.uint32(24)).astype(np.uint8)
    count = (length - 3) // 4
    last = fours.shape[1] - count + 1
    sums = fours[:, :last].copy()
    for offset in range(1, count):
        sums += fours[:, offset : offset + last]
    return np.flatnonzero((sums >= 4 * count - int((1 - _GAPS) * length + 0.001)).any(axis=1))


def _bare_parts(ink: Ink, top: int, bottom: int, start: int, end: int, shortest: int) -> list[tuple[int, int]]:
    """The parts of a stroke that are a ruling, not the feet, heads or stems of letters: little ink stands beside it."""
    above, below = max(0, top - 2), min(ink.shape[0] - 1, bottom + 2)
    beside = ink[[above, below], start:end]
    if beside.mean(axis=1).max() <= _PRINT:
        return [(start, end)]
    free = np.flatnonzero(~beside.any(axis=0))
    if not len(free):
        return []
    parts = np.split(free, np.flatnonzero(np.diff(free) > _TOUCHED) + 1)
    ends = [(int(part[0]), int(part[-1]) + 1, len(part)) for part in parts]
    return [(start + a, start + b) for a, b, bare in ends if b - a >= shortest and bare > 0.9 * (b - a)]


def without_rulings(grey: Grey, rulings: Rulings) -> Grey:
    """The picture with its ruling lines painted over, but not where a letter's stroke runs into them.

    A ruling wanders by a pixel or two on its way over the page, and dots below letters stand that close to it: its
    rows are looked for piece by piece, and only they are painted.
    """
    clean = grey.copy()
    paper = int(_paper(grey))
    for picture, strokes in ((clean, rulings.across), (clean.T, rulings.down)):
        if not strokes:
            continue
        dark = picture < math.ceil(_INK * paper)
        height = picture.shape[0]
        for row, start, end, thickness in strokes:
            first, last = int(row - thickness / 2 - 1.5), int(row + thickness / 2 + 2.5)
            if first < 4 or last > height - 4:
                continue
            length = max(1, round((end - start) / _PIECE))
            edges = [round(start + (end - start) * k / length) for k in range(length + 1)]
            top, bottom = first, last
            for left, right in pairwise(edges):
                rows = np.flatnonzero(dark[first:last, left:right].mean(axis=1) > _RULED)
                if len(rows):
                    top, bottom = first + int(rows[0]) - 1, first + int(rows[-1]) + 2
                columns = slice(max(0, left - 2 * (left == edges[0])), right + 3 * (right == edges[-1]))
                middle = (top + bottom) // 2
                above, below = dark[top - 2 : top, columns], dark[bottom : bottom + 2, columns]
                picture[top:middle, columns][:, ~above.all(axis=0)] = paper
                picture[middle:bottom, columns][:, ~below.all(axis=0)] = paper
                picture[top - 2 : top, columns][:, ~above.any(axis=0)] = paper  # its grey edge
                picture[bottom : bottom + 2, columns][:, ~below.any(axis=0)] = paper
    return clean
