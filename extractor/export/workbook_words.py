"""Places, figures and findings in the words of the workbook's cells and notes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePath

import regex

from extractor.catalog.labels import Labels
from extractor.comparison import Comparison, Difference, Entry, Followed, Standing
from extractor.model import Figure, Finding, Place, Report, Suggestion

_CELL = regex.compile(r"t(\d+)r(\d+)c(\d+)")
_PARAGRAPH = regex.compile(r"p(\d+)")
_DIFFERENCES_SHOWN = 8
_ARCHIVES = (".zip!", ".eml!")  # what a path leads into before a file inside


@dataclass(frozen=True)
class Words:
    """What is written about the reports of one workbook. `names` are the files' names, told apart by folder."""

    labels: Labels
    reports: Sequence[Report]
    comparison: Comparison
    names: tuple[str, ...]

    def unit(self, index: int) -> str:
        return self.reports[index].identity.issuer or ""

    def period(self, index: int) -> str:
        return self.labels.period(self.reports[index].identity.period)

    def place(self, place: Place) -> str:
        """ "trang 2, đoạn 14"; a block of another kind by its page alone."""
        parts = []
        if place.page is not None:
            parts.append(self.labels.text("place.page", page=place.page))
        if cell := _CELL.fullmatch(place.block):
            table, row, column = cell.groups()
            parts.append(self.labels.text("place.cell", table=table, row=row, column=column))
        elif paragraph := _PARAGRAPH.fullmatch(place.block):
            parts.append(self.labels.text("place.paragraph", number=paragraph[1]))
        return ", ".join(parts)

    def places(self, figure: Figure) -> str:
        """Every place where a figure is printed: "đoạn 26; và tại đoạn 43"."""
        again = "; ".join(dict.fromkeys(filter(None, map(self.place, figure.also))))
        return self.place(figure.place) + (self.labels.text("place.same", places=again) if again else "")

    def source(self, report: int, place: Place) -> list[str]:
        """File, place and quote, each a line of a note."""
        return [
            self.names[report],
            self.place(place),
            self.labels.text("cell.quote", quote=place.quote) if place.quote else "",
        ]

    def named(self, figure: Figure | Suggestion | Difference) -> str:
        """The name of an indicator with its scope and basis where they are not the usual ones."""
        name = self.labels.indicator(figure.indicator)
        apart = []
        if figure.scope != "self":
            apart.append(self.labels.scope(figure.scope))
        if figure.basis != "period":
            apart.append(self.labels.basis(figure.basis))
        return f"{name} ({', '.join(apart)})" if apart else name

    def flags(self, figure: Figure) -> list[str]:
        flags = []
        if figure.approximate:
            flags.append(self.labels.text("cell.approximate"))
        if figure.ocr:
            flags.append(self.labels.text("cell.ocr"))
        if figure.decided:
            flags.append(self.labels.text("cell.decided", reason=figure.decided))
        if figure.numerator is not None and figure.denominator is not None:
            fraction = {"numerator": self.amount(figure.numerator), "denominator": self.amount(figure.denominator)}
            flags.append(self.labels.text("cell.fraction", **fraction))
        return flags

    def amount(self, value: Decimal) -> str:
        """A number without the zeros that only a computation left behind: 5.0000 → "5"."""
        plain = value.normalize()
        return self.labels.number(plain if plain != plain.to_integral_value() else plain.quantize(Decimal(1)))

    def entry(self, entry: Entry, report: int | None) -> list[str]:
        """The note of a cell: where the number is printed, or why there is none."""
        labels = self.labels
        lines: list[str] = []
        if entry.blank:
            lines.append(self.blank(entry))
            if entry.blank == "disputed":
                figures = [self.reports[r].figures[n] for r, n in entry.sources]
                printed = "; ".join(dict.fromkeys(f.printed for f in figures))
                lines.append(labels.text("cell.values", values=printed))
            elif entry.blank == "unread" and report is not None:
                for left in self.reports[report].unread:
                    if entry.indicator in left.readings:
                        lines.append(labels.text("cell.unread", printed=left.printed, reason=left.reason))
                        lines.extend(self.source(report, left.place)[1:])
        lines.extend(filter(None, [self.added(entry)]))
        for shown, (r, n) in enumerate(entry.sources):
            figure = self.reports[r].figures[n]
            if shown:
                lines.append("")
            lines.extend(self.source(r, figure.place))
            lines.append(labels.text("cell.printed", printed=figure.printed))
            lines.extend(self.flags(figure))
            if figure.also:
                lines.append(labels.text("place.again", places="; ".join(self.place(p) for p in figure.also)))
        proposed: list[str] = []
        for r, n in entry.findings:
            finding = self.reports[r].findings[n]
            lines.append(labels.text("cell.finding", message=finding.message))
            here = {(f.key, f.value) for q, m in entry.sources if q == r for f in (self.reports[q].figures[m],)}
            matching = [s for s in finding.suggestions if ((s.indicator, s.scope, s.basis), s.printed) in here]
            proposed += [self.proposed(s) for s in matching[:1]]
        return [*lines, *dict.fromkeys(proposed)]

    def proposed(self, suggestion: Suggestion) -> str:
        """What a number may have been meant to be, with what that depends on."""
        return self.labels.text(
            "cell.proposed", proposed=self.amount(suggestion.proposed), printed=self.amount(suggestion.printed),
            provided=f" ({suggestion.provided})" if suggestion.provided else "",
        )  # fmt: skip

    def blank(self, entry: Entry) -> str:
        """Why a cell is blank, with the fraction that alone has its number, or how many numbers were left."""
        values = {"n": str(entry.unread)}
        if entry.blank == "fraction":
            rate = self.reports[entry.sources[0][0]].figures[entry.sources[0][1]]
            values |= {"numerator": self.amount(rate.numerator or Decimal(0)),
                       "denominator": self.amount(rate.denominator or Decimal(0))}  # fmt: skip
        return self.labels.blank(entry.blank or "", **values)

    def added(self, entry: Entry) -> str:
        """What a cell is the sum of, where it is one; "" for a number as printed."""
        figures = {f.indicator: f for f in (self.reports[r].figures[n] for r, n in entry.sources)}
        if entry.value is None or len(figures) < 2:
            return ""
        parts = (f"{self.labels.short(i)} {self.amount(f.value)}" for i, f in figures.items())
        return self.labels.text("cell.sum", parts=" + ".join(parts))

    def standing(self, standing: Standing) -> str:
        """Whether a file counts, and why not."""
        identity = self.reports[standing.report].identity
        return self.labels.reason(
            standing.reason,
            period=self.labels.period(standing.period),
            kind=self.labels.kind(identity.kind),
            level=self.labels.level(identity.level or "commune"),
            other=self.names[standing.other] if standing.other is not None else "",
        )

    def differences(self, standing: Standing) -> str:
        """What a version says differently, a line each."""
        lines = []
        for d in standing.differences[:_DIFFERENCES_SHOWN]:
            form = "both" if d.here and d.counted else "here" if d.here else "counted"
            here, counted = (" / ".join(self.amount(v) for v in values) for values in (d.here, d.counted))
            lines.append(self.labels.text(f"difference.{form}", indicator=self.named(d), here=here, counted=counted))
        left = len(standing.differences) - len(lines)
        if left > 0:
            lines.append(self.labels.text("difference.more", count=left))
        return ";\n".join(lines)

    def followed(self, followed: Followed) -> str:
        """What came of a target: "tỷ lệ hồ sơ trực tuyến: đạt, 98,5% (Quý II năm 2026)"."""
        key = "computed" if followed.reported is not None and followed.figure is None else "reported"
        value = "" if followed.reported is None else self.amount(round(followed.reported, 2))
        return self.labels.text(
            f"followed.{followed.verdict}", indicator=self.labels.indicator(followed.indicator),
            period=self.labels.period(followed.period),
            reported=self.labels.text(f"followed.{key}", value=value) if value else "",
        )  # fmt: skip

    def suggestions(self, finding: Finding) -> str:
        """Every suggestion, best first, a line each."""
        lines = []
        for rank, s in enumerate(finding.suggestions):
            line = self.labels.text("suggestion.or") if rank else ""
            line += self.labels.text(
                "suggestion.change", indicator=self.named(s), printed=self.amount(s.printed),
                proposed=self.amount(s.proposed),
            )  # fmt: skip
            if s.because:
                line += self.labels.text("suggestion.because", because=s.because)
            if s.provided:
                line += self.labels.text("suggestion.provided", provided=s.provided)
            lines.append(line)
        return "\n".join(lines)


def _known(path: str) -> str:
    parts = PurePath(path).parts
    archive = next((n for n, part in enumerate(parts[:-1]) if part.lower().endswith(_ARCHIVES)), None)
    return "/".join(parts[archive:]) if archive is not None else PurePath(path).name or path


def file_names(paths: Sequence[str]) -> tuple[str, ...]:
    """The names by which an official knows the files: with their folders where two files have one name.

    A file inside an archive has the archive's name in front: "goi.zip!/xa-a/bc.docx".
    """
    plain = [_known(p) for p in paths]
    times = Counter(plain)
    try:
        common = os.path.commonpath([Path(p).parent for p in paths]) if paths else ""
    except ValueError:  # different drives, or absolute and relative paths together
        common = ""
    longer = (os.path.relpath(p, common) if common else p for p in paths)
    return tuple(name if times[name] == 1 else path for name, path in zip(plain, longer, strict=True))
