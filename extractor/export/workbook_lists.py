"""The sheets that are lists: summary, findings, plan rows, figures, files, unread numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from extractor.export.workbook_page import Book, Column
from extractor.export.workbook_words import Words
from extractor.model import Finding, Report

_SEVERITY = {"error": 0, "warning": 1, "notice": 2}
_INVOLVED_SHOWN = 8
_CERTAINTY = ("pinned", "likely", "candidates", "sum", "none")


def write_summary(book: Book, words: Words) -> None:
    """Sheet "Tóm tắt": what went in, what came out, which files want attention, what the colours mean."""
    labels, reports, comparison = words.labels, words.reports, words.comparison
    page = book.page("summary", columns=3)
    for column, width in enumerate((68, 14, 20)):
        page.width(column, width)
    page.sheet.set_portrait()
    status = Counter(r.status for r in reports)
    severity = Counter(_worst(f) for _, r in _told_once(words) for f in _causes(r))
    counted = sum(s.reason == "counted" for s in comparison.standings)
    sheets = {key: labels.text(f"sheet.{key}") for key in ("files", "form", "plans", "figures", "findings", "unread")}
    lines: list[tuple[str, int, str]] = [
        (labels.text("summary.files"), len(reports), sheets["files"]),
        (_inner(labels.text("summary.read")), status["read"], ""),
        (_inner(labels.text("summary.partial")), status["partial"], ""),
        (_inner(labels.text("summary.failed")), status["failed"], ""),
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
        Column(labels.text("heading.quote"), 32),
        Column(labels.text("heading.place"), 12),
        Column(labels.text("heading.file"), 18),
    ]
    records: list[list[Any]] = []
    for index, report in _told_once(words):
        for findings in sorted(_causes(report), key=lambda fs: _SEVERITY[_worst(fs)]):
            records.append([len(records) + 1, words.unit(index), words.period(index), *_cause(words, index, findings)])
    _list(book, words, "findings", columns, records)


def _told_once(words: Words) -> list[tuple[int, Report]]:
    """The reports whose findings are listed: not those of a second file with the same content."""
    copies = {s.report for s in words.comparison.standings if s.reason == "copy"}
    return [(index, report) for index, report in enumerate(words.reports) if index not in copies]


def _causes(report: Report) -> list[list[Finding]]:
    """The findings of a report, those of one cause together."""
    causes: dict[int, list[Finding]] = {}
    for finding in report.findings:
        causes.setdefault(finding.cause, []).append(finding)
    return list(causes.values())


def _worst(findings: Sequence[Finding]) -> str:
    return min((f.severity for f in findings), key=_SEVERITY.__getitem__)


def _cause(words: Words, index: int, findings: Sequence[Finding]) -> list[Any]:
    """The cells of one cause after unit and period."""
    labels, report = words.labels, words.reports[index]
    main = min(findings, key=lambda f: (_SEVERITY[f.severity], not f.suggestions, _CERTAINTY.index(f.certainty)))
    members = [n for n in dict.fromkeys(n for f in findings for n in f.figures) if 0 <= n < len(report.figures)]
    best = main.suggestions[0] if main.suggestions and main.certainty in {"pinned", "likely"} else None
    shown = report.figures[members[0]] if members else None
    if best is not None:
        accused = (f for f in report.figures if f.key == (best.indicator, best.scope, best.basis))
        shown = next((f for f in accused if f.value == best.printed), shown)
    involved = [
        labels.text("involved.figure", indicator=words.named(f), printed=f.printed)
        for f in (report.figures[n] for n in members)
    ]
    involved = list(dict.fromkeys(involved))
    if len(involved) > _INVOLVED_SHOWN:
        left = len(involved) - _INVOLVED_SHOWN
        involved = [*involved[:_INVOLVED_SHOWN], labels.text("involved.more", count=left)]
    files = [words.names[index], *(d for d in dict.fromkeys(d for f in findings for d in f.documents)
                                   if d not in (report.path, words.names[index]))]  # fmt: skip
    return [
        labels.severity(_worst(findings)),
        ";\n".join(dict.fromkeys(labels.rule(f.rule) for f in findings)),
        "\n".join(dict.fromkeys(f.message for f in findings)),
        "\n".join(involved),
        best.printed if best else None,
        best.proposed if best else None,
        main.difference,
        words.suggestions(main),
        labels.certainty(main.certainty),
        shown.place.quote if shown else "",
        words.place(shown.place) if shown else "",
        "\n".join(files),
    ]


def write_plans(book: Book, words: Words) -> None:
    """Sheet "Kế hoạch": the tasks of all plans, deadlines as days."""
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
        Column(labels.text("heading.place"), 12),
        Column(labels.text("heading.file"), 16),
    ]
    records: list[list[Any]] = []
    for index, report in enumerate(words.reports):
        for row in report.plan_rows:
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
                ";\n".join(targets), words.place(row.place), words.names[index],
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
            len(report.figures), len(report.plan_rows), len(_causes(report)), len(report.unread),
        ])  # fmt: skip
    _list(book, words, "files", columns, records)


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
