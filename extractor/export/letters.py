"""What the office writes back: a request to each ward to look over its figures, and one reminder to those missing.

Nothing is accused that is only our doubt: what is not an exact contradiction of printed numbers is "to be confirmed",
and numbers that were left unread are asked about. Plans and targets are no matter of these letters. Number, day and
signature stay blank for the office.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import regex

from extractor.catalog import Catalog
from extractor.comparison import Comparison, Progress, Unit
from extractor.errors import OutputError, fact
from extractor.export.causes import Cause, causes
from extractor.export.letter_page import Grid, Head, Letter, write_letter
from extractor.export.transcript import short_quote
from extractor.export.workbook_words import Words, file_names
from extractor.model import Figure, Report, Suggestion
from extractor.vietnamese.normalize import fold, key

_NOBODY = frozenset({"level", "no_period", "no_unit", "internal"})  # reports that no ward answers for
_RULES_APART = frozenset({"target", "plan", "missing"})
_FIGURES_SHOWN, _QUOTED, _PROPOSALS_SHOWN, _UNREAD_SHOWN = 8, 2, 4, 8
_REVIEW_WIDTHS = (10, 42, 38, 24, 16, 30)
_REMIND_WIDTHS = (12, 52, 52, 46)


def letters(
    reports: Sequence[Report], comparison: Comparison, catalog: Catalog, deadline: date | None = None
) -> tuple[Letter, ...]:
    """A request for every report that counts and has errors or warnings, and the reminder of the newest period.

    Of several equal versions the one that stands in the table is asked about.
    Raises PatternError where letters.toml is wrong.
    """
    writer = _Writer(reports, comparison, catalog, deadline)
    requests = [letter for s in comparison.standings if (letter := writer.request(s.report)) is not None]
    reminders = [writer.reminder(progress) for progress in comparison.progress[:1]]
    return _named_apart([*requests, *(r for r in reminders if r is not None)])


def without_letter(reports: Sequence[Report], comparison: Comparison) -> tuple[str, ...]:
    """The files of reports with errors that no letter goes out for: no ward's own report, or of an unknown unit."""
    return tuple(
        Path(reports[s.report].path).name
        for s in comparison.standings
        if s.reason in _NOBODY and any(f.severity == "error" for f in reports[s.report].findings)
    )


def write_letters(folder: Path, found: Sequence[Letter]) -> tuple[Path, ...]:
    """Write every letter into the folder; the files. Raises OutputError."""
    written = []
    for letter in found:
        path = folder / f"{letter.name}.docx"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_letter(path, letter)
        except OSError as error:
            raise OutputError(
                f"Không ghi được {path} ({fact(error)}). Hãy đóng tệp nếu đang mở trong Word, hoặc chọn "
                "thư mục khác bằng --out."
            ) from error
        written.append(path)
    return tuple(written)


class _Writer:
    def __init__(
        self, reports: Sequence[Report], comparison: Comparison, catalog: Catalog, deadline: date | None
    ) -> None:
        self.reports, self.comparison, self.catalog = reports, comparison, catalog
        self.labels, self.texts = catalog.labels, catalog.letters
        self.words = Words(catalog.labels, reports, comparison, file_names([r.path for r in reports]))
        self.deadline = self._day(deadline)
        self.causes: dict[int, list[Cause]] = {}
        for cause in causes(reports, comparison):
            at = _addressed(cause)
            if at is not None and cause.severity != "notice" and cause.main.rule not in _RULES_APART:
                self.causes.setdefault(at, []).append(cause)

    # ------------------------------------------------------------------ the request

    def request(self, index: int) -> Letter | None:
        """The request about one report; None where it does not count or nothing is to be asked."""
        standing, report = self.comparison.standings[index], self.reports[index]
        found = self.causes.get(index, [])
        if standing.reason != "counted" or standing.unit is None or not found:
            return None
        confirm = all(self._only_doubt(cause) for cause in found)
        names = self._names(standing.unit)
        fields = {
            "speaker": names["speaker"], "unit": _small(standing.unit.name), "period": self._period(report),
            "report": self._report(report), "deadline": self.deadline,
        }  # fmt: skip

        def say(key: str) -> str:
            return _capital(self.texts.text("review", key, **fields))

        rows = [(str(number), *self._row(cause, index)) for number, cause in enumerate(found, 1)]
        grid = Grid(self.texts.lines("review", "headings"), _REVIEW_WIDTHS, rows, frozenset({0, 4}))
        return Letter(
            name=f"ra-soat-{report.identity.period}-{_slug(standing.unit.name)}",
            head=self._head(names),
            subject=say("subject_confirm" if confirm else "subject"),
            to=self.texts.text("office", "to") + self.texts.text("review", "to", **fields),
            opening=[say("received_confirm" if confirm else "received")],
            grid=grid,
            closing=[*self._unread(report, fields), say("ask"), say("close")],
        )

    def _row(self, cause: Cause, index: int) -> tuple[str, str, str, str, str]:
        main, review = cause.main, self.texts
        what = dict.fromkeys(f.message for f in cause.findings if f.severity != "notice")
        asked = [review.text("request", self._request(cause))]
        if main.question:
            asked.append(review.text("review", "question", question=main.question.text))
        return (
            "\n".join(what),
            "\n".join(self._figures(cause)) if cause.report == index else review.text("review", "no_proposal"),
            self._proposed(cause),
            self._difference(cause),
            "\n".join(asked),
        )

    def _figures(self, cause: Cause) -> list[str]:
        """What takes part with its places, the figures at fault in front and, where they are few, quoted."""
        wrong = {((s.indicator, s.scope, s.basis), s.printed) for s in _repair(cause)}
        accused = [f for f in cause.figures if (f.key, f.value) in wrong]
        ordered = [*accused, *(f for f in cause.figures if f not in accused)]
        quoted = ordered[: len(accused) or len(ordered)]
        lines = []
        for figure in ordered[:_FIGURES_SHOWN]:
            printed = " ".join(figure.printed.split())
            if figure.indicator.startswith("rate.") and "%" not in printed:
                printed += "%"
            lines.append(self.texts.text(
                "review", "figure", indicator=self._named(figure), printed=printed, place=self.words.places(figure),
            ))  # fmt: skip
            if figure in quoted and len(quoted) <= _QUOTED:
                quote = short_quote(figure.place, figure.printed)
                lines.append(self.texts.text("review", "quote", quote=quote))
        left = len(ordered) - _FIGURES_SHOWN
        if left > 0:
            lines.append(self.texts.text("review", "figures_more", count=left))
        return [*lines, *self._last(cause)] or [self.texts.text("review", "no_proposal")]

    def _last(self, cause: Cause) -> Iterator[str]:
        """What the last report printed, where that may be wrong instead, with its place there."""
        asked = [s for s in cause.main.suggestions if s.basis == "previous"]
        for s, report in ((s, self.reports[n]) for s in asked for n in cause.documents[:1]):
            for f in report.figures:
                if (f.indicator, f.scope, f.basis, f.value) == (s.indicator, s.scope, "period", s.printed):
                    yield self.texts.text(
                        "review", "figure_last", indicator=self._named(f), printed=" ".join(f.printed.split()),
                        report=_small(self._report(report)), place=self.words.places(f),
                    )  # fmt: skip

    def _proposed(self, cause: Cause) -> str:
        """The value that would repair it; every equal possibility where there are several."""
        repair, suggestions = _repair(cause), cause.main.suggestions
        if not suggestions:
            return self.texts.text("review", "no_proposal")
        said = [
            self.texts.text(
                "review", "proposal_if" if s.provided else "proposal", indicator=self._named(s),
                proposed=self._amount(s.indicator, s.proposed), condition=s.provided,
            )
            for s in (repair or suggestions)[:_PROPOSALS_SHOWN]
        ]  # fmt: skip
        if repair:
            return "\n".join(said)
        return self.texts.text("review", "proposals", proposals="\n".join(["", *(f"- {line}" for line in said)]))

    def _difference(self, cause: Cause) -> str:
        difference = cause.main.difference
        if difference is None:
            return self.texts.text("review", "no_proposal")
        said = self.labels.number(difference)
        return self.texts.text("review", "points", difference=said) if cause.main.rule.startswith("rate.") else said

    def _amount(self, indicator: str, value: Decimal) -> str:
        return self.labels.number(value) + ("%" if indicator.startswith("rate.") else "")

    def _named(self, figure: Figure | Suggestion) -> str:
        """A figure in as few words as a cell has room for, with its scope and basis where they are not the usual."""
        rules = self.catalog.rules
        name = rules[0].words.names.get(figure.indicator, figure.indicator) if rules else figure.indicator
        apart = [self.labels.scope(figure.scope)] if figure.scope != "self" else []
        apart += [self.labels.basis(figure.basis)] if figure.basis != "period" else []
        return _capital(f"{name} ({', '.join(apart)})" if apart else name)

    def _only_doubt(self, cause: Cause) -> bool:
        return cause.severity != "error" or any(f.ocr for f in cause.figures)

    def _request(self, cause: Cause) -> str:
        """The key of what is asked: by rule for what lies between documents, else by how sure it is."""
        rule = cause.main.rule
        if rule in self.texts.tables["request"] and (rule != "carry_over" or cause.severity == "error"):
            return rule
        if any(f.ocr for f in cause.figures):
            return "picture"
        return cause.main.certainty if cause.severity == "error" else "confirm"

    def _unread(self, report: Report, fields: dict[str, str]) -> list[str]:
        """Numbers that could be figures and were left unread, to be confirmed."""
        asked = [u for u in report.unread if u.readings]
        if not asked:
            return []
        lines = [
            self.texts.text(
                "review", "unread_line", printed=" ".join(u.printed.split()), place=self.words.place(u.place),
                quote=short_quote(u.place, u.printed),
            )
            for u in asked[:_UNREAD_SHOWN]
        ]  # fmt: skip
        if len(asked) > _UNREAD_SHOWN:
            lines.append(self.texts.text("review", "unread_more", count=len(asked) - _UNREAD_SHOWN))
        return [self.texts.text("review", "unread", **fields), *lines]

    def _report(self, report: Report) -> str:
        identity = report.identity
        if not identity.number:
            return self.texts.text("review", "report_blank")
        if identity.date is None:
            return self.texts.text("review", "report_number", number=identity.number)
        day = f"{identity.date.day}/{identity.date.month}/{identity.date.year}"
        return self.texts.text("review", "report", number=identity.number, date=day)

    # ------------------------------------------------------------------ the reminder

    def reminder(self, progress: Progress) -> Letter | None:
        """The reminder for one period to every unit of the roster whose report is not there; None where all are."""
        late = progress.of("absent", "draft", "other_period", "other", "failed")
        if not late:
            return None
        names = self._names(late[0].unit)
        fields = {
            "speaker": names["speaker"], "period": self._small_period(progress.period), "deadline": self.deadline,
            "submitted": len(progress.of("submitted")), "all": sum(s.listed for s in progress.submissions),
            "count": len(late), "date": self._day(None),
        }  # fmt: skip

        def say(key: str) -> str:
            return _capital(self.texts.text("remind", key, **fields))

        rows = []
        for number, s in enumerate(late, 1):
            file = self.words.names[s.report] if s.report is not None else ""
            rows.append((str(number), s.unit.name, self.texts.text("remind", s.state), file))
        return Letter(
            name=f"don-doc-{progress.period}",
            head=self._head(names),
            subject=say("subject"),
            to=self.texts.text("office", "to") + self.texts.text("remind", "to", **fields),
            opening=[say("state"), say("ask"), say("close")],
            grid=None,
            closing=[],
            annex_title=[say("annex"), say("annex_of"), say("enclosed")],
            annex=Grid(self.texts.lines("remind", "headings"), _REMIND_WIDTHS, rows),
        )

    # ------------------------------------------------------------------ the office

    def _names(self, unit: Unit) -> dict[str, str]:
        """The province in the ways in which letterhead, sentences and place line write it, and the office's name."""
        province = self.catalog.units.province(unit.province) if unit.province else None
        blank = self.texts.text("office", "blank")
        whole = f"{province.kind} {province.name}" if province else blank
        names = {"PROVINCE": whole.upper(), "province": _small(whole), "place": province.name if province else blank}
        names["date"] = self._day(None)
        names["speaker"] = self.texts.text("office", "speaker", **names)
        return names

    def _head(self, names: dict[str, str]) -> Head:
        def lines(key: str) -> list[str]:
            return self.texts.lines("office", key, **names)

        return Head(
            parent=lines("parent"), office=lines("name"), number=lines("number")[0], state=lines("state")[0],
            motto=lines("motto")[0], place=lines("place")[0], copies=lines("copies")[0],
            receivers=lines("receivers"), signer=lines("signer"), signature=lines("signature")[0],
        )  # fmt: skip

    def _day(self, day: date | None) -> str:
        """ "ngày 05 tháng 7 năm 2026" (Decree 30/2020: days below 10 and months 1, 2 with a zero); else blanks."""
        if day is None:
            return self.texts.text("office", "day_blank")
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return self.texts.text("office", "day", day=f"{day.day:02d}", month=month, year=day.year)

    def _period(self, report: Report) -> str:
        return self._small_period(report.identity.period)

    def _small_period(self, code: str | None) -> str:
        return _small(self.labels.period(code))


def _repair(cause: Cause) -> tuple[Suggestion, ...]:
    """The changes that together repair it, where there is one way to do so; none where there are several."""
    if cause.main.certainty == "pinned":
        return cause.main.suggestions
    return (cause.best,) if cause.best is not None else ()


def _addressed(cause: Cause) -> int | None:
    """The report whose ward is asked: for a row of a table of a higher level, the ward's own."""
    if cause.main.rule == "aggregate":
        return cause.documents[0] if cause.unit and cause.documents else None
    return cause.report


def _named_apart(found: Sequence[Letter]) -> tuple[Letter, ...]:
    """The letters, their file names told apart by numbers where two are the same."""
    seen: dict[str, int] = {}
    apart = []
    for letter in found:
        seen[letter.name] = seen.get(letter.name, 0) + 1
        times = seen[letter.name]
        apart.append(replace(letter, name=f"{letter.name}-{times}") if times > 1 else letter)
    return tuple(apart)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _slug(name: str) -> str:
    """ "Phường Lê Chân" → "phuong-le-chan"."""
    return "-".join(regex.findall(r"[a-z0-9]+", fold(key(name))))
