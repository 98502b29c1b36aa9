"""What `doisoat patterns try` and `doisoat patterns diff` say: a change of patterns is judged before it is used.

`tried` shows what one sentence yields and which cues were heard in it, so that whoever adds a phrase sees why a
number is read or left. `differences` sets two readings of the same documents side by side: a figure that only one of
them has is gained or lost; one that stands at the same letters with another meaning, or has another value, changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.catalog import Catalog
from extractor.catalog.labels import Labels
from extractor.errors import DoisoatError
from extractor.export.transcript import file_name, short_quote, where
from extractor.find import find_figures
from extractor.find.hearing import ear_of
from extractor.model import Block, Document, Figure, Findings, Identity, Report
from extractor.vietnamese.normalize import normalize
from extractor.vietnamese.periods import period_span

SLOTS = {
    "object": "đếm cái gì",
    "act": "đã làm gì",
    "mark": "phần nào",
    "basis": "kỳ nào",
    "scope": "cấp nào",
    "field": "lĩnh vực",
    "mode": "không phải kết quả",
    "other": "đếm thứ khác",
    "none": "chữ thường, không mang nghĩa chỉ tiêu",
    "head": "lĩnh vực, chỉ khi đứng đầu dòng",
    "section": "mục nào của báo cáo",
}


# --------------------------------------------------------------------------- try


def tried(sentence: str, period: str, catalog: Catalog) -> str:
    """What a sentence of a ward's report of that period ("" for none) yields, in Vietnamese; line breaks part
    paragraphs.

    Raises DoisoatError where there is nothing to try or the period is none.
    """
    if not sentence.strip():
        raise DoisoatError('Câu cần thử bỏ trống. Hãy gõ câu trong ngoặc kép, ví dụ: "Tiếp nhận 1.205 hồ sơ."')
    try:
        period_span(period or "2026")
    except ValueError:
        way_out = "Hãy ghi như 2026-Q2, 2026-H1, 2026-M06, 2026-9M hoặc 2026."
        raise DoisoatError(f"Không có kỳ “{period}”. {way_out}") from None
    blocks = tuple(Block(f"p{number}", line) for number, line in enumerate(sentence.split("\n"), 1))
    document = Document("", "", "txt", blocks)
    found = find_figures(document, Identity(kind="BC", period=period or None, level="commune"), catalog)
    return "\n".join(_shown(blocks, found, catalog))


def _shown(blocks: tuple[Block, ...], found: Findings, catalog: Catalog) -> Iterator[str]:
    labels = catalog.labels
    yield f"SỐ LIỆU ({len(found.figures)})"
    yield from (_figure(figure, labels) for figure in found.figures)
    if found.unread:
        yield f"\nSỐ CHƯA ĐỌC CHẮC CHẮN ({len(found.unread)})"
    for unread in found.unread:
        readings = ", ".join(f"{labels.indicator(reading)} ({reading})" for reading in unread.readings)
        yield f"{unread.printed} | {unread.reason}" + (f" | có thể là: {readings}" if readings else "")
    if found.masked:
        yield f"\nSỐ KHÔNG PHẢI SỐ LIỆU ({len(found.masked)})"
    for masked in found.masked:
        yield f"{masked.printed} | {masked.reason}"
    heard = list(_heard(blocks, found, catalog))
    yield f"\nDẤU HIỆU NHẬN RA ({len(heard)})"
    yield from heard


def _heard(blocks: tuple[Block, ...], found: Findings, catalog: Catalog) -> Iterator[str]:
    """Each cue with the letters it was heard in; what is masked (a document number) is not heard."""
    ear = ear_of(catalog.indicators)
    for block in blocks:
        normal = normalize(block.text)
        masked = [m.place for m in found.masked if m.place.block == block.id]
        for heard in ear.hear(normal.text):
            start, end = normal.raw(heard.start, heard.end)
            if any(place.start < end and start < place.end for place in masked):
                continue
            beside = ", chỉ tính khi đứng sát con số" if heard.cue.adjacent else ""
            yield f"“{block.text[start:end]}” | {heard.cue.id} | {heard.cue.slot}: {SLOTS[heard.cue.slot]}{beside}"


# --------------------------------------------------------------------------- diff


@dataclass(frozen=True, slots=True)
class Differences:
    """What one set of patterns reads otherwise than another: lines to show, and how many figures of each kind."""

    lines: tuple[str, ...]
    gained: int = 0
    lost: int = 0
    changed: int = 0


def differences(old: Iterable[Report], new: Iterable[Report], labels: Labels) -> Differences:
    """The readings of the same documents, in the same order, under the old and the new patterns, side by side."""
    lines: list[str] = []
    gained = lost = changed = 0
    for before, after in zip(old, new, strict=True):
        pairs = list(_pairs(before.figures, after.figures))
        gained += sum(was is None for was, _ in pairs)
        lost += sum(now is None for _, now in pairs)
        changed += sum(was is not None and now is not None for was, now in pairs)
        reasons = [problem.message for problem in after.problems] if after.status == "failed" else []
        if pairs or reasons:
            lines += [f"{file_name(after.path)}:", *reasons, *(_difference(was, now, labels) for was, now in pairs)]
    return Differences(tuple(lines), gained, lost, changed)


def _pairs(old: tuple[Figure, ...], new: tuple[Figure, ...]) -> Iterator[tuple[Figure | None, Figure | None]]:
    """Figures that differ: (was, is), one of them None where nothing on the other side belongs to it."""
    kept = {(*figure.key, figure.value) for figure in old} & {(*figure.key, figure.value) for figure in new}
    was = [figure for figure in old if (*figure.key, figure.value) not in kept]
    now = [figure for figure in new if (*figure.key, figure.value) not in kept]
    for figure in was:
        spot = (figure.place.block, figure.place.start)
        same = next((n for n in now if (n.place.block, n.place.start) == spot), None)
        same = same or next((n for n in now if n.key == figure.key), None)
        if same is not None:
            now.remove(same)
        yield figure, same
    yield from ((None, figure) for figure in now)


def _difference(was: Figure | None, now: Figure | None, labels: Labels) -> str:
    told = now or was
    assert told is not None
    place = f"{where(told.place, labels)} | “{short_quote(told.place, told.printed)}”"
    if was is None or now is None:
        return f"  {'được thêm' if was is None else 'mất đi'}: {_figure(told, labels)} | {place}"
    return f"  đổi: {_figure(was, labels)} → {_figure(now, labels)} | {place}"


def _figure(figure: Figure, labels: Labels) -> str:
    unit = labels.unit(figure.indicator)
    about = "khoảng " if figure.approximate else ""
    value = about + labels.number(figure.value, figure.decimals if unit == "%" else None) + ("%" if unit == "%" else "")
    if figure.numerator is not None and figure.denominator is not None:
        value += f" = {labels.number(figure.numerator)}/{labels.number(figure.denominator)}"
    name = f"{labels.indicator(figure.indicator)} ({figure.indicator})"
    return " | ".join((name, labels.scope(figure.scope), labels.basis(figure.basis), value))
