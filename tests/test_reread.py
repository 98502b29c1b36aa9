"""Our error or theirs: what is held against a ward was read twice."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.catalog import Catalog
from extractor.check.second_look import second_look
from extractor.model import Figure, Finding, Place, Suggestion
from extractor.pipeline import read_report
from extractor.readers.pdf_second import reread

CATALOG = Catalog.load()
FILES = Path(__file__).parents[2] / "shared" / "corpus" / "files"


def pdf(text: str, path: Path) -> Path:
    """A page with one line of Latin letters at 72, 700 points from the lower left, in 14 point Helvetica."""
    content = f"BT /F1 14 Tf 72 700 Td ({text}) Tj ET".encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    page += b"/Resources << /Font << /F1 5 0 R >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content), font,
    ]  # fmt: skip
    whole, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    whole += b"xref\n0 6\n0000000000 65535 f \n" + table
    whole += b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % whole.rindex(b"xref")
    path.write_bytes(whole)
    return path


def place(page: int | None, box: tuple[float, float, float, float] | None) -> Place:
    return Place("p1", 0, 4, "…", page, box)


def test_the_letters_of_a_box_by_the_other_library(tmp_path: Path) -> None:
    path = pdf("Da giai quyet 1.205 ho so", tmp_path / "a.pdf")
    line = place(1, (72.0, 130.0, 400.0, 146.0))
    beside, nowhere, unplaced = place(1, (400.0, 130.0, 500.0, 146.0)), place(7, line.box), place(None, None)
    assert reread(path, [line, beside, nowhere, unplaced]) == ("Dagiaiquyet1.205hoso", None, None, None)
    assert reread(path, []) == ()


def test_no_second_opinion_where_the_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    assert reread(tmp_path / "b.pdf", [place(1, (0, 0, 9, 9))]) == (None,)
    assert reread(tmp_path / "missing.pdf", [place(1, (0, 0, 9, 9))]) == (None,)


@pytest.mark.skipif(not FILES.is_dir(), reason="the shared corpus is not here")
def test_both_ways_of_reading_agree_on_every_number_of_sound_documents() -> None:
    report = read_report(FILES / "s05.pdf", CATALOG)
    numbers = [f for f in report.figures if f.place.box and any(c.isdigit() for c in f.printed)]
    assert len(numbers) > 50
    assert [f.printed for f in numbers] == list(reread(FILES / "s05.pdf", [f.place for f in numbers]))


# --------------------------------------------------------------------------- what becomes of a finding

FIGURES = [
    Figure(i, "self", "period", Decimal(v), p, Place(f"p{n}", 0, len(p), p, 1, (0.0, n, 9.0, n + 1.0)))
    for n, (i, v, p) in enumerate(
        [
            ("received.total", 3286, "3.286"),
            ("resolved.total", 3246, "3.246"),
            ("pending.total", 45, "45"),
            ("feedback.received", 2, "hai"),
        ]
    )
]
SLIP = Suggestion("resolved.total", "self", "period", Decimal(3246), Decimal(3241), "…")
BROKEN = Finding("balance", "self", "period", "error", 1, "pinned", "Không khớp.", (0, 1, 2), Decimal(5), (SLIP,))


def look(findings: Sequence[Finding], answers: dict[int, str | None]) -> tuple[tuple[Finding, ...], list[int]]:
    """The findings after a second look that gives these answers by figure, and the figures that were asked about."""
    asked: list[int] = []

    def other(places: Sequence[Place]) -> list[str | None]:
        numbers = [int(p.block[1:]) for p in places]
        asked.extend(numbers)
        return [answers.get(n, FIGURES[n].printed) for n in numbers]

    return second_look(tuple(findings), FIGURES, other, CATALOG.rules), asked


def test_a_number_that_is_read_alike_twice_stays_an_error() -> None:
    assert look([BROKEN], {}) == ((BROKEN,), [1])  # only the accused figure is asked about
    assert look([BROKEN], {1: None})[0] == (BROKEN,)
    assert look([BROKEN], {1: "(3.246;"})[0] == (BROKEN,)


def test_two_readings_that_differ_make_it_a_warning_that_says_so() -> None:
    (found,), _ = look([BROKEN], {1: "3.241"})
    assert (found.severity, found.certainty) == ("warning", "none")
    assert found.message.endswith("Cần kiểm tra lại bản gốc: hai cách đọc khác nhau (3.246/3.241).")


def test_every_finding_of_the_cause_is_doubted_and_no_other() -> None:
    same = Finding("rate.resolved", "self", "period", "error", 1, "pinned", "Tỷ lệ.", (1,), None, (SLIP,))
    other = Finding("feedback.balance", "self", "period", "error", 2, "sum", "PAKN.", (3,))
    found, asked = look([BROKEN, same, other], {1: "3.241", 3: "9"})
    assert [f.severity for f in found] == ["warning", "warning", "error"]  # a number in words has one reading
    assert asked == [1, 3]


def test_without_suggestions_all_members_are_asked_and_warnings_ask_nothing() -> None:
    bare = Finding("balance", "self", "period", "error", 1, "sum", "…", (0, 1, 2))
    assert look([bare], {})[1] == [0, 1, 2]
    mild = Finding("balance", "self", "period", "warning", 1, "sum", "…", (0, 1, 2))
    assert look([mild], {0: "1"}) == ((mild,), [])
