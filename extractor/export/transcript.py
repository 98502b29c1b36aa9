"""A report as text that an official can check against the paper: one figure, plan row or finding a line.

`doisoat show` prints it and the golden files of the tests hold it, so its form is stable: the order is the
report's own, nothing depends on the machine, and a change of one figure is a change of one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractor.catalog.labels import Labels
from extractor.model import Figure, Finding, Masked, Place, PlanRow, Report, Target, Unread

QUOTE_CHARS = 70

_PARAGRAPH = re.compile(r"p(\d+)")
_CELL = re.compile(r"t(\d+)r(\d+)c(\d+)")


def transcript(report: Report, labels: Labels, masked: bool = False) -> str:
    """The report in Vietnamese, without a line break at the end; `masked` adds the numbers left out on purpose."""
    return "\n".join(_lines(report, labels, masked))


def _lines(report: Report, labels: Labels, masked: bool) -> Iterator[str]:
    yield from _identity(report, labels)
    if report.figures:
        yield f"\nSỐ LIỆU ({len(report.figures)})"
        yield from (_figure(figure, labels) for figure in report.figures)
    if report.plan_rows:
        yield f"\nNHIỆM VỤ ({len(report.plan_rows)})"
        yield from (_plan_row(row, labels) for row in report.plan_rows)
    if report.unread:
        yield f"\nSỐ CHƯA ĐỌC CHẮC CHẮN ({len(report.unread)})"
        yield from (_unread(unread, labels) for unread in report.unread)
    if masked and report.masked:
        yield f"\nSỐ KHÔNG PHẢI SỐ LIỆU ({len(report.masked)})"
        yield from (_masked(item, labels) for item in report.masked)
    if report.findings:
        yield f"\nCHỖ KHÔNG KHỚP ({len(report.findings)})"
        for finding in report.findings:
            yield from _finding(finding, report, labels)
    elif report.figures:
        yield "\nCHỖ KHÔNG KHỚP: không có"


def _identity(report: Report, labels: Labels) -> Iterator[str]:
    identity = report.identity
    pages = f", {report.pages} trang" if report.pages else ""
    yield f"Tệp: {file_name(report.path)} ({report.format or 'không rõ định dạng'}{pages})"
    yield f"Tình trạng: {labels.status(report.status)}"
    for problem in report.problems:
        yield f"Lưu ý: {problem.message}"
    if report.status == "failed":
        return
    yield f"Loại văn bản: {labels.kind(identity.kind)}"
    yield f"Số, ký hiệu: {identity.number or 'không rõ'}"
    yield f"Ngày: {day(identity.date) or 'không rõ'}"
    code = f" (mã {identity.issuer_code})" if identity.issuer_code else ""
    province = f", {identity.province}" if identity.province else ""
    internal = ", báo cáo nội bộ của Trung tâm Phục vụ hành chính công" if identity.internal else ""
    yield f"Đơn vị: {identity.issuer or 'không rõ'}{code}{province}{internal}"
    yield f"Kỳ: {labels.period(identity.period)}"
    if identity.window:
        first, last = identity.window
        yield f"Thời gian chốt số liệu: {day(first)} – {day(last)}"
    if identity.replaces:
        yield f"Thay thế: {identity.replaces}"


def _figure(figure: Figure, labels: Labels) -> str:
    return " | ".join((
        labels.indicator(figure.indicator),
        labels.scope(figure.scope),
        labels.basis(figure.basis),
        _value(figure, labels),
        "; ".join(dict.fromkeys(where(place, labels) for place in (figure.place, *figure.also))),
        labels.evidence(figure.evidence),
        f"“{short_quote(figure.place, figure.printed)}”",
    ))  # fmt: skip


def _value(figure: Figure, labels: Labels) -> str:
    """The number in the Vietnamese way, its fraction, and the very letters where they look otherwise."""
    percent = labels.unit(figure.indicator) == "%"
    unit = "%" if percent else ""
    shown = labels.number(figure.value, figure.decimals if percent else 0 if _is_whole(figure.value) else None)
    text = f"{'khoảng ' if figure.approximate else ''}{shown}{unit}"
    if figure.numerator is not None and figure.denominator is not None:
        text += f" = {labels.number(figure.numerator)}/{labels.number(figure.denominator)}"
    if figure.printed != shown:
        text += f" (in: {' '.join(figure.printed.split())})"
    text += f" (hiểu theo phép cộng: {figure.decided})" if figure.decided else ""
    return text + (" (đọc từ ảnh)" if figure.ocr else "")


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _plan_row(row: PlanRow, labels: Labels) -> str:
    days = f" [{day(row.deadline_start) or '…'} – {day(row.deadline_end) or '…'}]"
    parts = [
        " ".join(part for part in (row.section, row.number) if part) or "–",
        row.task,
        f"chủ trì: {row.lead or '–'}",
        f"phối hợp: {row.partners or '–'}",
        f"sản phẩm: {row.product or '–'}",
        f"thời hạn: {row.deadline or '–'} ({labels.deadline_kind(row.deadline_kind)})"
        + (days if row.deadline_start or row.deadline_end else ""),
        *([f"chỉ tiêu: {'; '.join(_target(target, labels) for target in row.targets)}"] if row.targets else []),
        where(row.place, labels),
    ]
    return " | ".join(parts)


def _target(target: Target, labels: Labels) -> str:
    words = labels.target(target.op, target.value, target.unit)
    return f"{labels.indicator(target.indicator)} {words}" if target.indicator else words


def _unread(unread: Unread, labels: Labels) -> str:
    readings = ", ".join(labels.indicator(reading) for reading in unread.readings) or "không rõ"
    quote = short_quote(unread.place, unread.printed)
    return f"{unread.printed} | {unread.reason} | có thể là: {readings} | {where(unread.place, labels)} | “{quote}”"


def _masked(masked: Masked, labels: Labels) -> str:
    quote = short_quote(masked.place, masked.printed)
    return f"{masked.printed} | {masked.reason} | {where(masked.place, labels)} | “{quote}”"


def _finding(finding: Finding, report: Report, labels: Labels) -> Iterator[str]:
    places = "; ".join(dict.fromkeys(where(report.figures[index].place, labels) for index in finding.figures))
    yield " | ".join((
        labels.severity(finding.severity),
        f"{labels.rule(finding.rule)} ({finding.rule})",
        labels.scope(finding.scope),
        labels.basis(finding.basis),
        finding.message,
        labels.certainty(finding.certainty),
        f"nguyên nhân {finding.cause}",
        places or "–",
    ))  # fmt: skip
    for suggestion in finding.suggestions:
        provided = f"; {suggestion.provided}" if suggestion.provided else ""
        yield (
            f"    có thể là: {labels.indicator(suggestion.indicator)}, {labels.scope(suggestion.scope)}, "
            f"{labels.basis(suggestion.basis)}: {labels.number(suggestion.printed)} → "
            f"{labels.number(suggestion.proposed)} ({suggestion.because}{provided})"
        )
    if finding.question:
        yield f"    cần hỏi: {finding.question.text}"


def where(place: Place, labels: Labels) -> str:
    """ "trang 2, đoạn 14", "trang 3, bảng 1, dòng 5, cột 2"; a block of another kind by its id."""
    if cell := _CELL.fullmatch(place.block):
        table, row, column = cell.groups()
        block = labels.text("place.cell", table=table, row=row, column=column)
    elif paragraph := _PARAGRAPH.fullmatch(place.block):
        block = labels.text("place.paragraph", number=paragraph[1])
    else:
        block = place.block
    return f"{labels.text('place.page', page=place.page)}, {block}" if place.page else block


def file_name(path: str) -> str:
    """The last part of a path of Windows or of any other system."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def day(value: date | None) -> str:
    """A date as Vietnamese write it: 16/6/2026; "" for none."""
    return f"{value.day}/{value.month}/{value.year}" if value else ""


def short_quote(place: Place, printed: str) -> str:
    """About QUOTE_CHARS letters of the quote round the number, on one line, cut at blanks."""
    quote = " ".join(place.quote.split())
    if len(quote) <= QUOTE_CHARS:
        return quote
    found = max(quote.find(" ".join(printed.split())), 0)
    left = max(0, min(found - QUOTE_CHARS // 2, len(quote) - QUOTE_CHARS))
    right = min(len(quote), left + QUOTE_CHARS)
    if left > 0:
        left = quote.find(" ", left, found + 1) + 1 or left
    if right < len(quote):
        right = max(quote.rfind(" ", found + len(printed), right), found + len(printed))
    return ("…" if left > 0 else "") + quote[left:right].strip() + ("…" if right < len(quote) else "")
