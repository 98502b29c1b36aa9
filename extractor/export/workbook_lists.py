"""The sheets that are lists: summary, findings, plan rows, figures, files, files not read, unread numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from extractor.comparison import State, Submission
from extractor.export.causes import Cause, causes
from extractor.export.lacks import lacks
from extractor.export.workbook_page import Book, Column
from extractor.export.workbook_words import Words

_INVOLVED_SHOWN = 8
_FILES_SHOWN = 6
_STATES: tuple[State, ...] = ("draft", "other_period", "other", "failed", "absent")
_STATE_STYLES = {
    "submitted": (), "draft": ("part",), "other_period": ("candidate",), "other": ("candidate",),
    "failed": ("candidate",), "absent": ("nothing", "bold"),
}  # fmt: skip


def write_summary(book: Book, words: Words) -> None:
    """Sheet "Tóm tắt": what went in, what came out, which files want attention, what the colours mean."""
    labels, reports, comparison = words.labels, words.reports, words.comparison
    page = book.page("summary", columns=3)
    for column, width in enumerate((68, 14, 20)):
        page.width(column, width)
    page.sheet.set_portrait()
    status = Counter(r.status for r in reports)
    severity = Counter(cause.severity for cause in _all_causes(words))
    counted = sum(s.reason == "counted" for s in comparison.standings)
    named = ("files", "not_read", "form", "plans", "figures", "findings", "unread")
    sheets = {key: labels.text(f"sheet.{key}") for key in named}
    lines: list[tuple[str, int, str]] = [
        (labels.text("summary.files"), len(reports), sheets["files"]),
        (_inner(labels.text("summary.read")), status["read"], ""),
        (_inner(labels.text("summary.partial")), status["partial"], sheets["not_read"]),
        (_inner(labels.text("summary.failed")), status["failed"], sheets["not_read"]),
        (labels.text("summary.counted"), counted, sheets["form"]),
    ]
    for period in comparison.periods:
        own = sum(row.report is not None for row in period.rows)
        lines.append((_inner(labels.text("summary.period", period=labels.period(period.code))), own, ""))
    lines += [
        (labels.text("summary.apart"), len(reports) - counted, sheets["files"]),
        (labels.text("summary.figures"), sum(len(r.figures) for r in reports), sheets["figures"]),
        (labels.text("heading.findings"), sum(severity.values()), sheets["findings"]),
        (_inner(labels.text("summary.errors")), severity["error"], ""),
        (_inner(labels.text("summary.warnings")), severity["warning"], ""),
        (_inner(labels.text("summary.notices")), severity["notice"], ""),
        (labels.text("summary.unread"), sum(len(r.unread) for r in reports), sheets["unread"]),
        (labels.text("summary.plan_rows"), sum(len(r.plan_rows) for r in reports), sheets["plans"]),
    ]
    for column, key in enumerate(("summary.counts", "summary.number", "summary.sheet")):
        page.text(2, column, labels.text(key), "heading")
    row = 3
    for name, number, sheet in lines:
        page.text(row, 0, name, "name")
        page.number(row, 1, number)
        page.text(row, 2, sheet, "name")
        row += 1
    row += 1
    page.merged(row, 0, row, 2, labels.text("legend.title"), "band")
    legend: list[tuple[str, tuple[str, ...], Any]] = [
        ("culprit", ("culprit",), 3246), ("candidate", ("candidate",), 3246), ("part", ("part",), 3246),
        ("recomputed", ("recomputed",), 3246), ("zero", (), 0),
        ("blank", ("blank",), labels.mark("not_stated")), ("approximate", (), 3200), ("ocr", ("ocr",), 3246),
        ("short", ("total", "short"), 3246),
    ]  # fmt: skip
    for key, styles, sample in legend:
        row += 1
        page.text(row, 0, labels.text(f"legend.{key}"), "name")
        if isinstance(sample, int):
            page.number(row, 1, sample, *styles, number='"≈ "#,##0' if key == "approximate" else "#,##0")
        else:
            page.text(row, 1, sample, *styles)
        page.empty(row, 2, "text")
    row += 2
    trouble = [(words.names[i], "; ".join(p.message for p in r.problems), labels.status(r.status))
               for i, r in enumerate(reports) if r.status != "read"]  # fmt: skip
    trouble += [
        (words.names[s.report], labels.text("summary.tied"), labels.status(reports[s.report].status))
        for s in comparison.standings if s.reason == "tied"
    ]  # fmt: skip
    if trouble:
        page.merged(row, 0, row, 2, labels.text("summary.trouble"), "band")
        for name, problem, state in trouble:
            row += 1
            page.text(row, 0, f"{name}: {problem}" if problem else name, "name")
            page.merged(row, 1, row, 2, state, "name")
    page.sheet.activate()


def write_findings(book: Book, words: Words) -> None:
    """Sheet "Sai lệch": a line for every cause, the worst first within a report."""
    labels = words.labels
    columns = [
        Column(labels.text("heading.index"), 5, "centre"),
        Column(labels.text("heading.unit"), 15),
        Column(labels.text("heading.period"), 10),
        Column(labels.text("heading.severity"), 9, "centre"),
        Column(labels.text("heading.rule"), 24),
        Column(labels.text("heading.message"), 34),
        Column(labels.text("heading.involved"), 28),
        Column(labels.text("heading.printed"), 9, "top"),
        Column(labels.text("heading.computed"), 9, "top"),
        Column(labels.text("heading.difference"), 9, "top"),
        Column(labels.text("heading.suggestion"), 32),
        Column(labels.text("heading.certainty"), 13),
        Column(labels.text("heading.question"), 30),
        Column(labels.text("heading.quote"), 32),
        Column(labels.text("heading.place"), 12),
        Column(labels.text("heading.file"), 18),
    ]
    records = [[number, *_cause(words, cause)] for number, cause in enumerate(_all_causes(words), 1)]
    _list(book, words, "findings", columns, records)


def _all_causes(words: Words) -> list[Cause]:
    return causes(words.reports, words.comparison)


def _cause(words: Words, cause: Cause) -> list[Any]:
    """The cells of one cause after its number."""
    labels, main, best, shown = words.labels, cause.main, cause.best, cause.accused
    involved = [labels.text("involved.figure", indicator=words.named(f), printed=f.printed) for f in cause.figures]
    involved = list(dict.fromkeys(involved))
    if len(involved) > _INVOLVED_SHOWN:
        left = len(involved) - _INVOLVED_SHOWN
        involved = [*involved[:_INVOLVED_SHOWN], labels.text("involved.more", count=left)]
    files = [cause.report, *cause.documents][:_FILES_SHOWN]
    return [
        cause.unit or (words.unit(cause.report) if cause.report is not None else ""),
        words.period(cause.report) if cause.report is not None else "",
        labels.severity(cause.severity),
        ";\n".join(dict.fromkeys(labels.rule(f.rule) for f in cause.findings)),
        "\n".join(dict.fromkeys(f.message for f in cause.findings)),
        "\n".join(involved),
        best.printed if best else None,
        best.proposed if best else None,
        main.difference,
        words.suggestions(main),
        labels.certainty(main.certainty) if cause.accuses else "",
        main.question.text if main.question else "",
        shown.place.quote if shown else "",
        words.places(shown) if shown else "",
        "\n".join(words.names[n] for n in files if n is not None),
    ]


def write_progress(book: Book, words: Words) -> None:
    """Sheet "Tiến độ nộp": who has handed in for each period; left out where nobody said which units there are."""
    labels, progress = words.labels, words.comparison.progress
    if not progress:
        return
    columns = [
        Column(labels.text("heading.index"), 6, "centre"),
        Column(labels.text("heading.unit"), 30),
        Column(labels.text("heading.state"), 24),
        Column(labels.text("heading.document"), 18),
        Column(labels.text("heading.date"), 13, "centre"),
        Column(labels.text("heading.remark"), 46),
        Column(labels.text("heading.file"), 40),
    ]
    page = book.page("progress", columns=len(columns))
    for c, column in enumerate(columns):
        page.width(c, column.width)
        page.text(2, c, column.heading, "heading")
    page.note(1, labels.text("note.progress"))
    page.sheet.freeze_panes(3, 0)
    page.sheet.repeat_rows(2)
    row = 3
    for one in progress:
        states = Counter(s.state for s in one.submissions if s.listed)
        line = labels.text(
            "band.progress", period=labels.period(one.period), submitted=states["submitted"], all=states.total()
        )
        others = [f"{labels.state(state)}: {states[state]}" for state in _STATES if states[state]]
        page.merged(row, 0, row, len(columns) - 1, "; ".join([line, *others]), "band")
        row += 1
        for number, s in enumerate(sorted(one.submissions, key=lambda s: not s.listed), 1):
            report = words.reports[s.report] if s.report is not None else None
            styles = ("text", *_STATE_STYLES.get(s.state, ()))
            page.number(row, 0, number, "centre")
            page.text(row, 1, s.unit.name, "name")
            page.text(row, 2, labels.state(s.state), *styles)
            page.text(row, 3, (report.identity.number or "") if report else "", "text")
            page.day(row, 4, report.identity.date if report else None, "centre")
            page.text(row, 5, _progress_remark(words, s), "text")
            page.text(row, 6, words.names[s.report] if s.report is not None else "", "text")
            row += 1
        row += 1


def _progress_remark(words: Words, submission: Submission) -> str:
    labels = words.labels
    remarks = [] if submission.listed else [labels.text("remark.unlisted")]
    if submission.guessed:
        remarks.append(labels.text("remark.guessed"))
    if submission.report is not None and submission.state in {"other", "other_period"}:
        remarks.append(words.standing(words.comparison.standings[submission.report]))
    return "; ".join(remarks)


def write_plans(book: Book, words: Words) -> None:
    """Sheet "Kế hoạch": the tasks of all plans, deadlines as days, targets with what was reported later."""
    labels = words.labels
    columns = [
        Column(labels.text("heading.index"), 5, "centre"),
        Column(labels.text("heading.unit"), 15),
        Column(labels.text("heading.document"), 12),
        Column(labels.text("heading.section"), 6, "centre"),
        Column(labels.text("heading.number"), 6, "centre"),
        Column(labels.text("heading.task"), 44),
        Column(labels.text("heading.lead"), 17),
        Column(labels.text("heading.partners"), 17),
        Column(labels.text("heading.product"), 16),
        Column(labels.text("heading.deadline"), 14),
        Column(labels.text("heading.deadline_kind"), 12),
        Column(labels.text("heading.start"), 11, "centre"),
        Column(labels.text("heading.end"), 11, "centre"),
        Column(labels.text("heading.targets"), 20),
        Column(labels.text("heading.followed"), 20),
        Column(labels.text("heading.place"), 12),
        Column(labels.text("heading.file"), 16),
    ]
    records: list[list[Any]] = []
    followed = {(f.plan, f.indicator): f for f in words.comparison.followed}
    for index, report in enumerate(words.reports):
        for row in report.plan_rows:
            results = [followed.get((index, t.indicator or "")) for t in row.targets if t.unit == "percent"]
            told = dict.fromkeys(words.followed(f) for f in results if f is not None)
            targets = [
                labels.text(
                    "target.line", indicator=labels.indicator(t.indicator) if t.indicator else "",
                    target=labels.target(t.op, t.value, t.unit),
                ).strip()
                for t in row.targets
            ]  # fmt: skip
            records.append([
                len(records) + 1, words.unit(index), report.identity.number, row.section, row.number, row.task,
                row.lead, row.partners, row.product, row.deadline,
                labels.deadline_kind(row.deadline_kind), row.deadline_start, row.deadline_end,
                ";\n".join(targets), ";\n".join(told), words.place(row.place), words.names[index],
            ])  # fmt: skip
    _list(book, words, "plans", columns, records)


def write_figures(book: Book, words: Words) -> None:
    """Sheet "Số liệu": every figure of every document with its place."""
    labels = words.labels
    columns = [
        Column(labels.text("heading.index"), 6, "centre"),
        Column(labels.text("heading.unit"), 16),
        Column(labels.text("heading.period"), 11),
        Column(labels.text("heading.indicator"), 27),
        Column(labels.text("heading.scope"), 13),
        Column(labels.text("heading.basis"), 10),
        Column(labels.text("heading.value"), 10, "top"),
        Column(labels.text("heading.measure"), 8, "centre"),
        Column(labels.text("heading.printed"), 10),
        Column(labels.text("heading.flags"), 14),
        Column(labels.text("heading.evidence"), 12),
        Column(labels.text("heading.quote"), 36),
        Column(labels.text("heading.place"), 13),
        Column(labels.text("heading.also"), 13),
        Column(labels.text("heading.file"), 20),
        Column(labels.text("heading.id"), 20),
    ]
    records: list[list[Any]] = []
    for index, report in enumerate(words.reports):
        for f in report.figures:
            records.append([
                len(records) + 1, words.unit(index), words.period(index), labels.indicator(f.indicator),
                labels.scope(f.scope), labels.basis(f.basis), _with_decimals(f.value, f.decimals),
                labels.unit(f.indicator), f.printed, "; ".join(words.flags(f)), labels.evidence(f.evidence),
                f.place.quote, words.place(f.place), "; ".join(words.place(p) for p in f.also), words.names[index],
                f.indicator,
            ])  # fmt: skip
    _list(book, words, "figures", columns, records)


def _with_decimals(value: Decimal, decimals: int) -> Decimal:
    """The value with the decimals that are printed, so that the cell shows 98,50 where the report prints it."""
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1).scaleb(-decimals)) if isinstance(exponent, int) and -exponent < decimals else value


def write_files(book: Book, words: Words) -> None:
    """Sheet "Tài liệu": every file, what it is, and in which table it counts or why not."""
    labels = words.labels
    columns = [
        Column(labels.text("heading.index"), 5, "centre"),
        Column(labels.text("heading.file"), 26),
        Column(labels.text("heading.status"), 11),
        Column(labels.text("heading.kind"), 10),
        Column(labels.text("heading.unit"), 16),
        Column(labels.text("heading.province"), 10),
        Column(labels.text("heading.document"), 14),
        Column(labels.text("heading.date"), 11, "centre"),
        Column(labels.text("heading.period"), 11),
        Column(labels.text("heading.window_start"), 11, "centre"),
        Column(labels.text("heading.window_end"), 11, "centre"),
        Column(labels.text("heading.standing"), 38),
        Column(labels.text("heading.problems"), 30),
        Column(labels.text("heading.pages"), 7, "top"),
        Column(labels.text("heading.figures"), 8, "top"),
        Column(labels.text("heading.rows"), 8, "top"),
        Column(labels.text("heading.findings"), 8, "top"),
        Column(labels.text("heading.unread"), 8, "top"),
    ]
    records: list[list[Any]] = []
    for index, report in enumerate(words.reports):
        identity, standing = report.identity, words.comparison.standings[index]
        start, end = identity.window or (None, None)
        problems = dict.fromkeys(p.message for p in (*report.problems, *identity.problems))
        records.append([
            len(records) + 1, words.names[index], labels.status(report.status),
            labels.kind(identity.kind) if report.status != "failed" else "", identity.issuer, identity.province,
            identity.number, identity.date, labels.period(identity.period) if identity.period else "", start, end,
            "\n".join(filter(None, (words.standing(standing), words.differences(standing)))),
            "\n".join(problems), report.pages,
            len(report.figures), len(report.plan_rows), len({f.cause for f in report.findings}), len(report.unread),
        ])  # fmt: skip
    _list(book, words, "files", columns, records)


def write_not_read(book: Book, words: Words) -> None:
    """Sheet "Tệp chưa đọc": every file that was not read, or not wholly, why, and what to do about it."""
    labels = words.labels
    columns = [
        Column(labels.text("heading.index"), 5, "centre"),
        Column(labels.text("heading.file"), 40),
        Column(labels.text("heading.status"), 16),
        Column(labels.text("heading.reason"), 30),
        Column(labels.text("heading.remedy"), 50),
        Column(labels.text("heading.problems"), 70),
    ]
    records = [
        [number, words.names[lack.report], labels.status(lack.status), labels.problem(lack.code),
         labels.remedy(lack.code), lack.message]
        for number, lack in enumerate(lacks(words.reports), 1)
    ]  # fmt: skip
    _list(book, words, "not_read", columns, records)


def write_unread(book: Book, words: Words) -> None:
    """Sheet "Chưa rõ": numbers that were left unread, with what they could be and why they were left."""
    labels = words.labels
    columns = [
        Column(labels.text("heading.index"), 5, "centre"),
        Column(labels.text("heading.unit"), 22),
        Column(labels.text("heading.period"), 14),
        Column(labels.text("heading.printed"), 12),
        Column(labels.text("heading.readings"), 40),
        Column(labels.text("heading.reason"), 34),
        Column(labels.text("heading.quote"), 60),
        Column(labels.text("heading.place"), 20),
        Column(labels.text("heading.file"), 28),
    ]
    records: list[list[Any]] = []
    for index, report in enumerate(words.reports):
        for left in report.unread:
            records.append([
                len(records) + 1, words.unit(index), words.period(index), left.printed,
                ";\n".join(labels.indicator(i) for i in left.readings), left.reason, left.place.quote,
                words.place(left.place), words.names[index],
            ])  # fmt: skip
    _list(book, words, "unread", columns, records)


def _list(book: Book, words: Words, key: str, columns: Sequence[Column], records: Sequence[Sequence[Any]]) -> None:
    page = book.page(key, columns=len(columns))
    for c, column in enumerate(columns):
        page.width(c, column.width)
    page.note(1, words.labels.text(f"note.{key}"))
    page.table(2, columns, records)
    if not records:
        page.merged(3, 0, 3, len(columns) - 1, words.labels.text(f"empty.{key}"), "plain")


def _inner(words: str) -> str:
    """A line of the summary that is part of the line above."""
    return f"    – {words}"
