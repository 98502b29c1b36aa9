"""Pages read from pictures: scans made of the PDFs under data/, so that what stands on them is known."""

from __future__ import annotations

import ctypes
import io
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from pathlib import Path

import docx
import docx.shared
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as c_pdfium
import pytest
import regex
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz import fuzz

from extractor.catalog import Catalog
from extractor.errors import BrokenFileError, LimitError, ScanError
from extractor.find import find_figures
from extractor.identify import identify
from extractor.model import Block, Document, Doubt
from extractor.readers import ocr, picture, read, recognise, scan, second_look, signs, tesseract
from extractor.readers.digit_shapes import Shapes, fits, shapes_of, strokes_of
from extractor.readers.docx import Picture
from extractor.readers.image import read_pictures
from extractor.readers.pdf_letters import Fragment, PageLetters, open_pdf, read_pages
from extractor.readers.pdf_tables import Grid
from extractor.readers.recognise import untrusted
from extractor.readers.second_look import Target, decided, is_number, value_of
from extractor.readers.tesseract import Grey, Word

DATA = Path(__file__).parent / "data"
NUMBER = regex.compile(r"\d+(?:[.,/]\d+)*%?")
needs_tesseract = pytest.mark.skipif(not tesseract.is_there(), reason="Tesseract with its Vietnamese is not installed")


def drawn(name: str, pages: Sequence[int]) -> list[Image.Image]:
    """Pages of a PDF as a scanner gives them: a little askew, blurred and noisy."""
    noise = np.random.default_rng(1)
    document = pdfium.PdfDocument(DATA / name)
    images = []
    for index in pages:
        image = document[index].render(scale=200 / 72).to_pil().convert("RGB")
        image = image.rotate(0.5, Image.Resampling.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(0.5))
        values = np.asarray(image, np.float32) + noise.normal(0, 5, (image.height, image.width, 1))
        images.append(Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)))
    return images


def scanned(folder: Path, name: str, pages: Sequence[int]) -> Path:
    first, *others = drawn(name, pages)
    path = folder / "scan.pdf"
    first.save(path, resolution=200, save_all=True, append_images=others)
    return path


def digital(name: str, pages: Sequence[int]) -> str:
    document = pdfium.PdfDocument(DATA / name)
    return " ".join(document[index].get_textpage().get_text_range() for index in pages)


def words(text: str) -> Counter[str]:
    return Counter(regex.findall(r"[\p{L}\p{M}]+", text))


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    tesseract.program.cache_clear()
    monkeypatch.setenv(tesseract.PROGRAM_VARIABLE, "khong-co-chuong-trinh-nay")
    yield
    tesseract.program.cache_clear()


# --------------------------------------------------------------------------- whole pages


@needs_tesseract
def test_a_scan_is_read_like_the_file_it_was_made_of(tmp_path: Path) -> None:
    document = read(scanned(tmp_path, "report.pdf", [0]))
    blocks = [block for block in document.blocks() if block.text]
    assert "ocr_page" in [problem.code for problem in document.problems]
    assert all(block.ocr for block in blocks)
    text = " ".join(block.text for block in chain(blocks, document.margins))
    expected, found = words(digital("report.pdf", [0])), words(text)
    assert (expected - found).total() <= 0.04 * expected.total()
    certain = " ".join(
        "".join(c for i, c in enumerate(b.text) if not any(d.start <= i < d.end for d in b.doubts)) for b in blocks
    )
    own = " ".join(block.text for block in read(DATA / "report.pdf").blocks())
    printed = Counter(NUMBER.findall(own))
    assert not Counter(NUMBER.findall(certain)) - printed, "a number that is not printed"


def pasted(folder: Path, *images: Image.Image, text: str = "") -> Path:
    """A Word file with pictures of pages in place of text."""
    document = docx.Document()
    if text:
        document.add_paragraph(text)
    for image in images:
        data = io.BytesIO()
        image.save(data, "JPEG", quality=85)
        document.add_picture(data, width=docx.shared.Cm(17))
    path = folder / "anh-trong-word.docx"
    document.save(str(path))
    return path


@needs_tesseract
@pytest.mark.parametrize("text", ["", "Kính gửi Văn phòng."])
def test_pictures_of_pages_in_a_word_file_are_read(tmp_path: Path, text: str) -> None:
    (image,) = drawn("report.pdf", [0])
    document = read(pasted(tmp_path, image, Image.new("RGB", image.size, "white"), text=text))
    assert (document.format, document.pages) == ("docx", 2)
    assert [problem.code for problem in document.problems if problem.code != "ocr_number"] == ["ocr_page"]
    blocks = [block for block in document.blocks() if block.text]
    assert [block.ocr for block in blocks] == [block.text != text for block in blocks]
    expected = words(digital("report.pdf", [0]))
    assert (expected - words(" ".join(block.text for block in blocks))).total() <= 0.06 * expected.total()


def test_pictures_in_a_word_file_are_named_where_they_cannot_be_read(tmp_path: Path, without_tesseract: None) -> None:
    (image,) = drawn("report.pdf", [0])
    with pytest.raises(ScanError, match=r"chỉ có 2 ảnh chụp trang giấy.*Tesseract"):
        read(pasted(tmp_path, image, image))
    problems = read(pasted(tmp_path, image, text="Kính gửi Văn phòng.")).problems
    assert [problem.code for problem in problems] == ["pictures"]


@needs_tesseract
def test_what_is_cut_off_a_picture_is_not_read(tmp_path: Path) -> None:
    (image,) = drawn("report.pdf", [0])
    data = io.BytesIO()
    image.save(data, "PNG")
    half = read_pictures("docx", tmp_path / "a.docx", [Picture(data.getvalue(), 7.0, (0.0, 0.0, 0.0, 0.5))])
    assert half is not None
    found = words(" ".join(block.text for block in half.content if isinstance(block, Block)))
    expected = words(digital("report.pdf", [0]))
    assert 0.2 < (expected & found).total() / expected.total() < 0.8
    broken = read_pictures("docx", tmp_path / "a.docx", [Picture(data.getvalue(), 7.0), Picture(b"\xff\xd8\xff", 7.0)])
    assert broken is not None and "Trang 2 " in next(p.message for p in broken.problems if p.code == "scan_page")


@needs_tesseract
def test_places_of_a_scan_are_those_of_the_page(tmp_path: Path) -> None:
    (own, *_) = [b for b in read(DATA / "report.pdf").blocks() if len(b.text) > 80]
    start = own.text[:12]
    block = next(b for b in read(scanned(tmp_path, "report.pdf", [0])).blocks() if b.text.startswith(start))
    assert abs(block.lines[0].top - own.lines[0].top) < 12 and abs(block.lines[0].edges[0] - own.lines[0].edges[0]) < 8
    assert all(len(line.edges) == line.end - line.start + 1 for line in block.lines)
    assert all(a <= b for line in block.lines for a, b in zip(line.edges, line.edges[1:], strict=False))


@needs_tesseract
def test_the_cells_of_a_ruled_table_are_found(tmp_path: Path) -> None:
    (own, *_) = read(DATA / "plan.pdf").tables()
    index = (own.page or 1) - 1
    page = [cell for cell in own.cells if cell.block.page == own.page and cell.text]
    (table, *_) = read(scanned(tmp_path, "plan.pdf", [index])).tables()
    assert table.cols == own.cols and all(cell.block.ocr for cell in table.cells if cell.text)
    texts = {(cell.row, cell.col): cell.text for cell in table.cells}
    # the last row of the page goes on behind it: its beginning must be alike
    alike = [fuzz.ratio(cell.text[:60], texts.get((cell.row, cell.col), "")[:60]) > 90 for cell in page]
    assert sum(alike) >= 0.9 * len(page)


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180])
def test_a_photograph_is_turned_until_it_reads(tmp_path: Path, turn: int) -> None:
    (image,) = drawn("report.pdf", [0])
    path = tmp_path / "anh.jpg"
    image.rotate(turn, expand=True).save(path, quality=80)
    document = read(path)
    assert document.format == "jpg" and document.pages == 1
    expected = words(digital("report.pdf", [0]))
    found = words(" ".join(block.text for block in document.blocks()))
    assert (expected - found).total() <= 0.06 * expected.total()


@needs_tesseract
def test_an_empty_page_and_a_picture_without_letters(tmp_path: Path) -> None:
    first = Image.new("RGB", (827, 1169), "white")
    first.save(tmp_path / "trang.tif", save_all=True, append_images=[first])
    with pytest.raises(ScanError, match="không đọc được chữ nào"):
        read(tmp_path / "trang.tif")


@needs_tesseract
def test_a_blank_sheet_among_scanned_pages_is_not_said_to_be_unread(tmp_path: Path) -> None:
    (page,) = drawn("report.pdf", [0])
    path = tmp_path / "scan.pdf"
    page.save(path, save_all=True, append_images=[Image.new("RGB", page.size, "white"), page], resolution=200)
    document = read(path)
    (told,) = [problem.message for problem in document.problems if problem.code in ("ocr_page", "scan_page")]
    assert document.pages == 3 and told.startswith("Trang 1, 3 được đọc từ ảnh")


@needs_tesseract
def test_a_slow_page_is_stopped() -> None:
    page = np.asarray(drawn("report.pdf", [0])[0].convert("L"))
    with pytest.raises(LimitError):
        ocr.lines_of(page, tesseract.PAGE, seconds=0.01)


class Programs:
    """Stands for Tesseract: a picture's only word is the grey value of its first pixel.

    `read` are the pictures of each call in order, `started` and `ended` count the lasting programs; those of the value
    `broken` end a lasting program, and those of `unread` cannot be read by any.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, lasts: bool = True, broken: int = -1, unread: int = -1) -> None:
        self.read: list[tuple[int, list[int]]] = []
        self.started = self.ended = 0
        self.broken, self.unread = broken, unread
        self.gate = threading.Event()
        programs = self

        class Program:
            def __init__(self, mode: int, language: str) -> None:
                self.kind, self.has_read = (mode, language), False
                programs.started += 1

            def read(self, picture: Grey, seconds: float) -> list[list[Word]]:
                (lines,) = programs.lines([picture], self.kind[0], lasting=True)
                self.has_read = True
                return lines

            def close(self) -> None:
                programs.ended += 1

        monkeypatch.setattr(ocr, "Lasting", Program)
        monkeypatch.setattr(tesseract, "once", lambda pictures, mode, *_: self.lines(pictures, mode))
        monkeypatch.setattr(tesseract, "LASTS", lasts)
        monkeypatch.setattr(ocr, "AT_ONCE", 1)
        ocr._desk.cache_clear()

    def lines(self, pictures: Sequence[Grey], mode: int, lasting: bool = False) -> list[list[list[Word]]]:
        values = [int(picture[0, 0]) for picture in pictures]
        self.read.append((mode, values))
        self.gate.wait(5)
        if self.unread in values or (lasting and self.broken in values):
            raise ScanError("broken")
        return [[[Word(str(value), 0, 0, 1, 1, 90.0)]] for value in values]

    def asked(self, *wishes: tuple[int, int]) -> list[str]:
        """What comes of (value, mode) asked for by a page each; the first is being read before the others come."""

        def ask(value: int, mode: int) -> str:
            with ocr.under_way():
                try:
                    return ocr.lines_of(np.full((2, 2), value, np.uint8), mode)[0][0].text
                except ScanError as error:
                    return str(error)

        with ThreadPoolExecutor(len(wishes)) as pool, ocr.under_way():
            waiting = []
            for wish in wishes:
                waiting.append(pool.submit(ask, *wish))
                time.sleep(0.02)
            self.gate.set()
            return [one.result() for one in waiting]


P, S, B = tesseract.PAGE, tesseract.SPARSE, tesseract.ONE_BLOCK


def test_a_program_reads_one_picture_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = Programs(monkeypatch)
    assert programs.asked((200, P), (201, B), (20, P), (202, B), (203, S), (21, P)) == [
        "200", "201", "20", "202", "203", "21",
    ]  # fmt: skip
    assert programs.read[:3] == [(P, [200]), (P, [20]), (P, [21])]  # those with most ink first
    assert sorted(programs.read[3:]) == [(B, [201]), (B, [202]), (S, [203])]
    assert programs.started == programs.ended == 3  # one of each kind, and none is left behind


def test_programs_with_nothing_to_read_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = Programs(monkeypatch)
    programs.gate.set()
    with ocr.under_way():
        for mode in range(9):
            ocr.lines_of(np.full((2, 2), 7, np.uint8), mode)
        assert programs.started - programs.ended == ocr._KEPT
    assert programs.started == programs.ended == 9


def test_where_no_program_lasts_what_was_cut_out_is_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = Programs(monkeypatch, lasts=False)
    assert programs.asked((1, P), (2, B), (3, P), (4, B), (5, P)) == list("12345")
    assert sorted(programs.read) == sorted([(P, [1]), (P, [3]), (P, [5]), (B, [2, 4])]) and not programs.started


@pytest.mark.parametrize("lasts", [True, False])
def test_a_picture_that_breaks_a_program_does_not_take_the_others_along(
    monkeypatch: pytest.MonkeyPatch, lasts: bool
) -> None:
    programs = Programs(monkeypatch, lasts, unread=3)
    assert programs.asked((1, P), (2, B), (3, B), (4, B)) == ["1", "2", "broken", "4"]
    assert programs.started == programs.ended and [3] in [values for _, values in programs.read]


def test_what_ends_a_lasting_program_is_read_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = Programs(monkeypatch, broken=3)
    assert programs.asked((1, P), (3, P), (4, P), (5, P)) == ["1", "3", "4", "5"]
    assert programs.started == programs.ended == 2 and ocr._desk()._lasts


def test_a_program_that_takes_no_names_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = Programs(monkeypatch, broken=1)
    assert programs.asked((1, P), (2, P), (3, P)) == ["1", "2", "3"] and programs.started == programs.ended == 1


def test_pictures_are_read_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> object:
        raise OSError("out of pty devices")

    programs = Programs(monkeypatch)
    monkeypatch.setattr(ocr, "Lasting", none)
    assert programs.asked((1, P), (2, B), (3, B)) == ["1", "2", "3"] and programs.read == [(P, [1]), (B, [2, 3])]


def test_an_error_that_nobody_foresaw_reaches_those_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> object:
        raise ValueError("no table")

    Programs(monkeypatch, lasts=False)
    monkeypatch.setattr(tesseract, "once", broken)
    with pytest.raises(ValueError, match="no table"):
        ocr.lines_of(np.zeros((2, 2), np.uint8), P)


@needs_tesseract
def test_pictures_read_by_one_program_are_read_as_if_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [np.asarray(image.convert("L"))[:700] for image in drawn("report.pdf", [0, 1])]
    pages.insert(1, np.full((200, 200), 255, np.uint8))
    kind = P, tesseract.LANGUAGE
    alone = [tesseract.once([page], *kind, 30.0)[0] for page in pages]
    assert [bool(lines) for lines in alone] == [True, False, True] and tesseract.once(pages, *kind, 30.0) == alone
    if tesseract.LASTS:
        program = tesseract.Lasting(*kind)
        assert [program.read(page, 30.0) for page in [*pages, pages[0]]] == [*alone, alone[0]]
        program.close()
    monkeypatch.setattr(tesseract, "scratch", full_disk)
    assert tesseract.once(pages, *kind, 30.0) == alone  # by a pipe then


@pytest.mark.skipif(not tesseract.LASTS, reason="there are no terminals here")
@pytest.mark.parametrize("size", [1, 7, 29])
def test_what_is_printed_in_pieces_is_put_together(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    ours, theirs = tesseract._terminal()
    rows = "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t95.5\tmột\n1\t2\t0\t0\t0\t0\t0\t0\t40\t40\t-1\t\n"
    program = object.__new__(tesseract.Lasting)
    program._screen = ours
    monkeypatch.setattr(tesseract, "_MOST", size)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(program._rows, b"\n1\t2\t", time.monotonic() + 10, 10.0)
        data = rows.encode()
        for start in range(0, len(data), size):
            os.write(theirs, data[start : start + size])
        assert "\n".join(read.result()).strip() == rows.strip()
    os.close(ours)
    os.close(theirs)


def full_disk() -> object:
    raise OSError("no space left on device")


@needs_tesseract
@pytest.mark.skipif(not tesseract.LASTS, reason="there are no terminals here")
def test_a_lasting_program_that_fails_says_so_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    page = np.asarray(drawn("report.pdf", [0])[0].convert("L"))
    slow, dead = (tesseract.Lasting(P, tesseract.LANGUAGE) for _ in range(2))
    with pytest.raises(LimitError, match="lâu hơn 0 giây"):
        slow.read(page, 0.0)
    dead._process.kill()
    with pytest.raises(ScanError, match="báo lỗi"):
        dead.read(page, 30.0)
    assert len(list(tmp_path.iterdir())) == 2
    slow.close()
    dead.close()
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(tesseract, "scratch", full_disk)
    with pytest.raises(OSError, match="no space"):
        tesseract.Lasting(P, tesseract.LANGUAGE)
    ocr._desk.cache_clear()
    assert ocr.lines_of(page, P)[0]  # by a pipe then


@needs_tesseract
def test_a_single_page_is_read_in_two_halves_like_one() -> None:
    (image,) = drawn("report.pdf", [0])
    one, two = (scan.read_picture(scan.made_ready(image, 1, single=single)) for single in (False, True))
    assert scan._middle(scan.made_ready(image, 1).sheet.ink) is not None
    text, halves = (words(" ".join(fragment.text for fragment in page.fragments)) for page in (one, two))
    assert (text - halves).total() <= 0.02 * text.total()
    assert [round(f.base) for f in two.fragments] == sorted(round(f.base) for f in two.fragments)


def test_a_page_is_parted_between_lines_and_only_where_there_are_many() -> None:
    def lines(count: int) -> picture.Ink:
        ink = np.zeros((1500, 900), bool)
        for number in range(count):
            ink[40 * number + 10 : 40 * number + 30, 50:850] = True
        return ink

    middle = scan._middle(lines(34))
    assert middle is not None and 450 < middle < 900 and not lines(34)[middle - 4 : middle + 4].any()
    assert scan._middle(lines(20)) is None and scan._middle(np.ones((1500, 900), bool)) is None


def test_a_page_that_hangs_is_left_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(ready: scan.Ready) -> PageLetters:
        time.sleep(1.5 if ready.number == 2 else 0.01)
        return PageLetters(ready.number, 100.0, 100.0)

    monkeypatch.setattr(recognise, "read_picture", slow)
    monkeypatch.setattr(recognise, "_SILENCE", 0.3)
    signed: list[float] = []
    begin = time.monotonic()
    with signs.heard_by(lambda: signed.append(time.monotonic())):
        page = Image.new("L", (9, 9))
        found = dict(recognise.in_turn(((number, page) for number in range(1, 6)), 5))
    assert [number for number, letters in found.items() if letters is None] == [2]
    assert len(signed) == 5 and time.monotonic() - begin < 1.4  # nobody waits for the page that was left


def test_more_pages_have_more_time_within_bounds() -> None:
    assert [recognise.seconds_for(pages) for pages in (1, 4, 60, 2000)] == [80, 80, 1200, 3000]


def test_a_damaged_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "anh.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with pytest.raises(BrokenFileError, match="bị hỏng"):
        read(tmp_path / "anh.png")


# --------------------------------------------------------------------------- without the program


def test_without_tesseract_the_way_to_install_it_is_told(tmp_path: Path, without_tesseract: None) -> None:
    image = Image.new("RGB", (400, 300), "white")
    image.save(tmp_path / "anh.png")
    image.save(tmp_path / "scan.pdf")
    for name in ("anh.png", "scan.pdf"):
        with pytest.raises(ScanError, match=r"tesseract-ocr-vie.*Vietnamese"):
            read(tmp_path / name)


def test_without_tesseract_pages_with_letters_are_read_as_ever(without_tesseract: None) -> None:
    document = read(DATA / "report.pdf")
    assert not document.problems and not any(block.ocr for block in document.blocks())


# --------------------------------------------------------------------------- which parts of a page

WORDS = "Ủy ban nhân dân xã báo cáo kết quả tiếp nhận và giải quyết hồ sơ thủ tục hành chính trong tháng như sau"
LEGACY = "Uû ban nh©n d©n x· b¸o c¸o kÕt qu¶ tiÕp nhËn vµ gi¶i quyÕt hå s¬ thñ tôc hµnh chÝnh trong th¸ng nh­ sau"
SHIFTED = "Xb edq qkdq gdq {d edr fdr nhw txd wlhs qkdq yd jldl txbhw kr vr wkx wxf kdqk fklqk wurqj wkdqj qkx vdx"
ENGLISH = "The committee of the ward reports on what was received and settled in the month and says that all is well"
A4 = (595.0, 842.0)


Box = tuple[float, float, float, float]


def page(lines: Sequence[tuple[float, str]] = (), pictures: Sequence[Box] = ()) -> PageLetters:
    letters = PageLetters(1, *A4, pictures=list(pictures))
    letters.fragments = [
        Fragment(text, [72 + 4 * k for k in range(len(text) + 1)], base, 13, False, n)
        for n, (base, text) in enumerate(lines)
    ]
    return letters


def pages_of(text: str) -> list[tuple[float, str]]:
    return [(100.0 + 20 * k, text) for k in range(30)]


WHOLE = (0.0, 0.0, *A4)
LOWER = (50.0, 180.0, 545.0, 800.0)
# fmt: off
PARTS = [
    # page                                           parts to be read from the picture, reason
    (page(pages_of(WORDS)),                          [],      "text"),
    (page([], [WHOLE]),                              [WHOLE], "a scan"),
    (page([(820, "2")], [WHOLE]),                    [WHOLE], "its number is typed"),
    (page(pages_of(WORDS)[:4], [LOWER]),             [LOWER], "a digital letterhead"),
    (page(pages_of(WORDS), [WHOLE]),                 [],      "paper with a background"),
    (page(pages_of(WORDS), [(300, 700, 420, 790)]),  [],      "a seal"),
    (page(pages_of(LEGACY)),                         [WHOLE], "wrong letters"),
    (page(pages_of(SHIFTED)),                        [WHOLE], "a broken layer"),
    (page(pages_of(ENGLISH)),                        [],      "another language"),
    (page(pages_of("1.205 312 98,31%")),             [],      "numbers alone"),
    (page([(100, "Ghi chú: file")]),                 [],      "too few words to tell"),
    (page(),                                         [WHOLE], "letters drawn as paths"),
]
# fmt: on


@pytest.mark.parametrize(("letters", "parts", "reason"), PARTS, ids=[reason for *_, reason in PARTS])
def test_parts_of_a_page_that_are_not_trusted(letters: PageLetters, parts: list[Box], reason: str) -> None:
    assert untrusted(letters) == parts


def test_trusting_a_page_costs_little() -> None:
    document = open_pdf(DATA / "report.pdf")
    started = time.perf_counter()
    pages = list(read_pages(document))
    reading = time.perf_counter() - started
    document.close()
    started = time.perf_counter()
    assert not any(untrusted(letters) for letters in pages)
    assert time.perf_counter() - started < 0.1 * reading + 0.005


@needs_tesseract
def test_a_digital_letterhead_over_a_scanned_body(tmp_path: Path) -> None:
    (image,) = drawn("report.pdf", [0])
    body = image.crop((0, image.height // 3, image.width, image.height))
    document = pdfium.PdfDocument.new()
    sheet = document.new_page(*A4)
    body.save(tmp_path / "than.jpg", quality=85)
    inserted = pdfium.PdfImage.new(document)
    inserted.load_jpeg(str(tmp_path / "than.jpg"), pages=[sheet])
    inserted.set_matrix(pdfium.PdfMatrix().scale(A4[0], A4[1] * 2 / 3))
    sheet.insert_obj(inserted)
    for k, line in enumerate(["So: 15/BC-UBND", "Typed head of the page, more than a few letters long"]):
        text = c_pdfium.FPDFPageObj_NewTextObj(document, b"Helvetica", 12.0)
        code = (line + "\0").encode("utf-16-le")
        wide = ctypes.cast(ctypes.create_string_buffer(code), ctypes.POINTER(ctypes.c_ushort))
        c_pdfium.FPDFText_SetText(text, wide)
        c_pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 72, 790 - 20 * k)
        c_pdfium.FPDFPage_InsertObject(sheet, text)
    sheet.gen_content()
    path = tmp_path / "ghep.pdf"
    document.save(str(path))
    blocks = list(read(path).blocks())
    typed = next(block for block in blocks if "15/BC-UBND" in block.text)
    assert not typed.ocr
    assert sum(len(block.text) for block in blocks if block.ocr) > 500


# --------------------------------------------------------------------------- numbers read twice

# fmt: off
VALUES = [
    ("1.932",   "1932",   True),
    ("1,932",   "1.932",  True),    # the mark of thousands is a matter of style
    ("97,2%",   "97.2%",  True),
    ("97,2",    "972",    False),
    ("06",      "6",      True),
    ("(57",     "57;",    True),
    ("3.670/3752", "3670/3752", True),
    ("98,31%",  "9831%",  False),
]
VOTES = [
    # cell   what was read first, then by whom                                     what stands
    (False, [("vie", "57"), ("eng", "57")],                                          "57"),
    (False, [("vie", "57"), ("eng", "51"), ("vie", "57")],                           None),   # one more look is needed
    (False, [("vie", "57"), ("eng", "51"), ("vie", "57"), ("eng", "51")],            None),   # each stays with its own
    (False, [("vie", "57"), ("eng", "51"), ("vie", "57"), ("eng", "5f")],            "57"),
    (False, [("vie", "57"), ("eng", "s7"), ("vie", "57")],                           "57"),
    (False, [("vie", "0"), ("eng", ")"), ("vie", ")")],                              "0"),    # only its sentence tells
    (False, [("vie", "97,22"), ("eng", "97,2%"), ("vie", "97,22"), ("eng", "97,2%")], None),
    (True,  [("vie", "57"), ("eng", "57")],                                          "57"),
    (True,  [("vie", "57"), ("eng", "s7"), ("vie", "57")],                           None),   # one reader, twice
    (True,  [("vie", "Đ"), ("eng", "5"), ("vie", "5")],                              "5"),
    (True,  [("vie", ""), ("eng", "5"), ("vie", "B")],                               None),
    (True,  [("vie", "49"), ("eng", "44"), ("vie", "49"), ("rapidocr", "49")],       "49"),
    (True,  [("vie", "49"), ("eng", "44"), ("vie", "44")],                           "44"),
    (True,  [("vie", "49"), ("eng", "44"), ("vie", "44"), ("rapidocr", "49")],       None),   # two against two
    (True,  [("vie", "19)"), ("eng", "19")],                                         "19"),   # as it reads cleanly
]
# fmt: on


def printed(text: str, apart: int = 3) -> tuple[picture.Ink, tuple[int, int, int, int]]:
    """The ink of a printed text and its box; the letters stand so many pixels apart."""
    page, font, x = Image.new("L", (300, 60), 255), ImageFont.load_default(30), 20.0
    for letter in text:
        ImageDraw.Draw(page).text((x, 10), letter, 0, font)
        x += font.getlength(letter) + apart
    ink = np.asarray(page) < 160
    rows, cols = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink, (int(cols[0]), int(rows[0]), int(cols[-1]) + 1, int(rows[-1]) + 1)


# fmt: off
SHAPES = [
    # printed   read      whether the reading has the shapes that are there
    ("2.137",   "2.137",  True),
    ("2.137",   "21137",  False),  # the point taken for a 1, by two readers alike
    ("98,2",    "982",    False),  # the comma lost
    ("98,2",    "98.2",   True),   # which mark it is, shapes do not tell
    ("1042",    "1.042",  False),
    ("86",      "88",     False),  # an 8 has two holes
    ("3",       "8",      False),
    ("8",       "3",      False),
    ("0",       "1",      False),
    ("25",      "26",     False),
    ("25",      "52",     True),   # which of those with as many, shapes do not tell
    ("0123456789", "0123456789", True),
    ("86",      "8",      False),
    ("95%",     "959",    True),   # not digits and marks alone: nothing is said
    ("86.",     "86",     True),   # the end of a sentence
]
# fmt: on


@pytest.mark.parametrize(("text", "reading", "same"), SHAPES)
def test_a_reading_has_as_many_digits_as_the_ink_has_shapes(text: str, reading: str, same: bool) -> None:
    assert fits(reading, shapes_of(*printed(text))) is same


@pytest.mark.parametrize("pixels", [1, 2])
def test_specks_in_and_beside_a_digit_are_no_holes(pixels: int) -> None:
    ink, (x0, y0, x1, y1) = printed("03")
    seen = shapes_of(ink, (x0, y0, x1, y1))
    ink = ink.copy()
    ink[y0 : y0 + pixels, x0 - 2] = True  # dust before the first digit …
    rows, cols = np.nonzero(ink[1:-1, 1:-1] & ink[:-2, 1:-1] & ink[2:, 1:-1] & ink[1:-1, :-2] & ink[1:-1, 2:])
    ink[rows[0] + 1, cols[0] + 1] = False  # … and a pixel of paper in a stroke
    assert seen == Shapes(2, 0, (1, 0))
    around = shapes_of(ink, (x0 - 2, y0, x1, y1))
    assert around is None or around == seen
    assert shapes_of(ink, (x0, y0, x1, y1)) == seen


def test_of_a_digit_that_the_box_cuts_nothing_is_said() -> None:
    ink, (x0, y0, x1, y1) = printed("0")
    assert shapes_of(ink, ((x0 + x1) // 2 + 3, y0, x1, y1)) is None


def test_a_mark_under_another_digit_is_noticed() -> None:
    assert second_look.stand_apart(*printed("97,2")) and not second_look.stand_apart(*printed("97,2", apart=0))


def test_shapes_that_touch_say_nothing() -> None:
    ink, box = printed("286")
    ink = ink.copy()
    ink[(box[1] + box[3]) // 2, box[0] : box[2]] = True
    assert shapes_of(ink, box) is None


def test_what_two_readers_say_against_the_shapes_does_not_stand() -> None:
    votes = [("vie", "21137"), ("eng", "21137")]
    target = Target("21137", (0, 0, 1, 1), cell=True, shapes=Shapes(4, 1))
    assert decided(target, votes) is None
    assert decided(target, [*votes, ("vie", "2.137"), ("eng", "2.137")]) == "2.137"


def strokes(count: int, height: int = 22) -> picture.Ink:
    """Upright strokes with feet, as a Roman number has them."""
    ink = np.zeros((60, 120), bool)
    for k in range(count):
        x = 10 + 11 * k
        ink[20 : 20 + height, x + 3 : x + 6] = True
        ink[20:22, x : x + 9] = ink[18 + height : 20 + height, x : x + 9] = True
    return ink


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("seen", [1, 2, 3], ids=lambda seen: f"{seen} in the box")
def test_the_strokes_of_a_roman_number_are_counted(count: int, seen: int) -> None:
    width = 11 * min(seen, count) - 2
    assert strokes_of(strokes(count), (10, 20, 10 + width, 42)) == count


def test_strokes_that_ran_together_are_not_counted() -> None:
    ink = strokes(3)
    ink[20:42, 13:28] = True
    assert strokes_of(ink, (10, 20, 41, 42)) is None


@pytest.mark.parametrize("text", ["V", "IV", "X", "H"])
def test_other_letters_are_no_strokes(text: str) -> None:
    assert strokes_of(*printed(text)) is None


def test_a_roman_number_with_more_strokes_than_were_read_is_put_right() -> None:
    def read_as(text: str, count: int) -> str:
        ((word,),) = scan._counted(strokes(count), [[Word(text, 10, 20, 8 + 11 * count, 42, 90.0)]])
        return word.text

    assert read_as("II", 3) == "III" and read_as("HI.", 3) == "III." and read_as("Hl", 3) == "III"
    assert read_as("IH.", 2) == "II." and read_as("H", 2) == "II" and read_as("Hị", 2) == "II"
    assert read_as("li", 2) == "li"  # a word
    assert read_as("III", 2) == "III"  # two strokes may have run into one another
    assert read_as("11", 2) == "11"  # digits are no Roman number
    assert read_as("I", 1) == "I"


def of_quarter(count: int, behind: str) -> tuple[picture.Ink, tuple[int, int, int, int]]:
    """Strokes with a "/" or a comma behind them, and the box of all."""
    ink, end = strokes(count), 10 + 11 * count
    if behind == "/":
        for row in range(22):
            ink[20 + row, end + 8 - row // 3 : end + 11 - row // 3] = True
        ink[20:42, end + 14 : end + 17] = True  # the year
        return ink, (10, 20, end + 18, 42)
    ink[39:46, end + 1 : end + 4] = True
    return ink, (10, 20, end + 4, 46)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("behind", ["/", ","])
def test_the_strokes_before_a_year_or_a_comma_are_counted(count: int, behind: str) -> None:
    assert strokes_of(*of_quarter(count, behind)) == count


@pytest.mark.parametrize(
    ("read", "count", "put_right"),
    [
        ("II/2026", 3, "III/2026"),
        ("1/2026", 2, "II/2026"),
        ("11/2026.", 2, "II/2026."),
        ("IIL2026", 3, "III/2026"),
        ("IIU/2026", 2, "II/2026"),
        ("UY/2026", 1, "UY/2026"),
        ("I1I/⁄2026", 2, "II/2026"),
        ("1/2026", 1, "1/2026"),
        ("III/2026", 2, "III/2026"),  # two strokes may have run into one another
        ("I/2500", 2, "I/2500"),
    ],
)
def test_a_quarter_before_its_year_has_the_number_of_its_strokes(read: str, count: int, put_right: str) -> None:
    ink, box = of_quarter(count, "/")
    words = [Word("QUÝ", 0, 20, 8, 42, 90.0), Word(read, *box, 90.0)]
    assert scan._counted(ink, [words])[0][1].text == put_right
    assert scan._counted(ink, [[replace(words[0], text="số"), words[1]]])[0][1].text == read


# fmt: off
PASSED_OVER = [
    # what later looks say of a cell from which no word came     what is put down
    (("x", "X", "X", "X"), "X"),   # the tick in a column of quarters
    (("TE", "TT", "TT", "TT"), "TT"),
    (("ị", "&", "x"), None),
]
# fmt: on


@pytest.mark.parametrize(("later", "put"), PASSED_OVER)
def test_letters_that_were_passed_over_are_put_down_where_two_looks_agree(later: Sequence[str], put: str) -> None:
    votes = [("vie", ""), *(("eng" if k % 2 == 0 else "vie", text) for k, text in enumerate(later))]
    words = second_look._verdict(Target("", (0, 0, 9, 9), cell=True), (0, 0, 9, 9), votes)
    assert [word.text for word in words] == ([put] if put else [])


@pytest.mark.parametrize(("one", "other", "same"), VALUES)
def test_two_readings_say_the_same(one: str, other: str, same: bool) -> None:
    assert is_number(one) and (value_of(one) == value_of(other)) is same


@pytest.mark.parametrize(("cell", "votes", "stands"), VOTES)
def test_what_two_readers_say_alike_stands(cell: bool, votes: list[tuple[str, str]], stands: str | None) -> None:
    assert decided(Target(votes[0][1], (0, 0, 1, 1), cell=cell), votes) == stands


def test_a_number_in_doubt_is_no_figure() -> None:
    text = "Tổng số hồ sơ tiếp nhận: 3.286 hồ sơ, đã giải quyết 3.241 hồ sơ."
    at = text.index("3.241")
    doubt = Doubt(at, at + 5, ("3.241", "3.211"), "đọc từ ảnh chưa chắc")
    document = Document("a.pdf", "", "pdf", (Block("p1", text, ocr=True, doubts=(doubt,)),))
    catalog = Catalog.load()
    found = find_figures(document, identify(document, catalog), catalog)
    assert [(figure.value, figure.ocr) for figure in found.figures] == [(Decimal(3286), True)]
    (unread,) = found.unread
    assert unread.printed == "3.241" and "«3.241» hoặc «3.211»" in unread.reason
    assert unread.readings == ("resolved.total",)


# --------------------------------------------------------------------------- pictures


def sheet_of(angle: float = 0.0) -> picture.Grey:
    """A page with a grid of three columns and lines of black dashes for text."""
    page = np.full((900, 700), 245, np.uint8)
    for x in (100, 250, 400, 600):
        page[300:601, x : x + 3] = 30
    for y in range(300, 601, 60):
        page[y : y + 3, 100:603] = 30
    for y in range(60, 280, 24):
        for x in range(80, 600, 30):
            page[y : y + 10, x : x + 22] = 40
    return np.array(Image.fromarray(page).rotate(angle, Image.Resampling.BICUBIC, fillcolor=245))


@pytest.mark.parametrize("angle", [0.0, 0.7, -2.5])
def test_a_page_that_lies_askew_is_straightened(angle: float) -> None:
    straight, turned = picture.straightened(sheet_of(angle))
    rulings = picture.rulings_of(picture.ink_of(straight))
    assert turned == 0
    assert len(rulings.across) == 6 and len(rulings.down) == 4
    assert all(end - start > 470 for _, start, end, _ in rulings.across)


@pytest.mark.parametrize("angle", [0.08, -0.35, 1.0])
def test_a_page_is_turned_as_pillow_turns_it(angle: float) -> None:
    page = np.array(Image.fromarray(sheet_of()).filter(ImageFilter.GaussianBlur(0.7)))
    theirs = Image.fromarray(page).rotate(angle, Image.Resampling.BICUBIC, fillcolor=245)
    apart = np.abs(np.asarray(theirs).astype(int) - picture._rotated(page, angle))
    assert apart.max() <= 4 and (apart <= 1).mean() > 0.99


def test_rulings_are_painted_over_and_letters_stay() -> None:
    page = sheet_of()
    page[320:345, 300:320] = 30  # a letter in a cell
    page[350:375, 300:304] = 30  # and one whose stroke runs through the ruling below
    rulings = picture.rulings_of(picture.ink_of(page))
    clean = picture.ink_of(picture.without_rulings(page, rulings))
    assert clean[320:345, 300:320].all() and clean[350:375, 300:304].all()
    assert not clean[310:315, 95:115].any() and not clean[296:306, 120:240].any()


def test_what_stands_close_to_a_ruling_is_neither_lost_nor_doubled() -> None:
    page = np.full((200, 900), 245, np.uint8)
    for x in range(50, 850):
        y = 100 + x // 400  # it wanders by a pixel or two on its way
        page[y : y + 2, x] = 60
    clear = page.copy()
    for x in (90, 330, 610):
        clear[80:88, x : x + 14] = 30  # a letter that ends far above
        clear[92:96, x + 5 : x + 9] = 30  # the dot below it, four pixels above the ruling
        clear[70:112, x + 40 : x + 44] = 30  # a stroke that runs through
    rulings = picture.Rulings([(101.0, 50.0, 850.0, 4)], [])
    clean = picture.ink_of(picture.without_rulings(clear, rulings))
    for x in (90, 330, 610):
        assert clean[92:96, x + 5 : x + 9].all(), "the dot"
        assert not clean[97:108, x : x + 20].any(), "a speck below the letter"
        assert clean[70:112, x + 40 : x + 44].all(), "the stroke"
    assert not picture.ink_of(picture.without_rulings(page, rulings)).any()


def test_the_stem_of_a_letter_in_a_merged_row_is_no_ruling() -> None:
    page = np.full((400, 700), 245, np.uint8)
    for y in (50, 90, 130, 170, 330):
        page[y : y + 3, 50:650] = 30
    for x in (50, 300, 650):
        page[50:93, x : x + 3] = page[130:333, x : x + 3] = 30
    page[90:133, 50:53] = page[90:133, 650:653] = 30
    page[98:125, 300:303] = 30  # between two rulings that stand one below the other
    down = [stroke for stroke in picture.rulings_of(picture.ink_of(page)).down if 290 < stroke[0] < 310]
    assert [(round(start, -1), round(end, -1)) for _, start, end, _ in down] == [(50, 90), (130, 330)]


@pytest.mark.parametrize("length", [38, 60])
def test_rows_with_long_strokes_are_not_passed_over(length: int) -> None:
    chance = np.random.default_rng(3)
    ink = chance.random((600, 333)) < 0.25
    with_stroke = range(0, 600, 3)
    for row in with_stroke:
        start = int(chance.integers(0, 333 - length))
        ink[row, start : start + length] = True
        ink[row, start + chance.choice(length, int(0.1 * length), replace=False)] = False  # a tenth may be bare
    found = set(picture._with_long_strokes(ink, length).tolist())
    assert found >= set(with_stroke) and len(found) < 300


def test_a_page_of_narrow_columns_is_not_laid_on_its_side() -> None:
    page = np.full((1200, 1600), 245, np.uint8)
    for x in range(100, 1600, 180):
        page[100:1101, x : x + 3] = 30
    for y in (100, 600, 1100):
        page[y : y + 3, 100:1543] = 30
    for row, y in enumerate(range(130, 590, 40)):
        for x in range(110 + 11 * row % 29, 250, 30):
            page[y : y + 16, x : x + 22] = 40
    assert picture.straightened(page)[1] == 0
    assert picture.straightened(np.ascontiguousarray(np.rot90(page)))[1] == 1
    assert picture.straightened(page, turned=1)[1] == 1  # where its letters ask for it


@pytest.mark.parametrize("turned", [0, 1, 2, 3])
def test_every_way_up_is_tried_once(turned: int) -> None:
    assert {turned, *scan._other_ways(turned, turned & 2)} == {0, 1, 2, 3}


def test_shadows_are_evened_out() -> None:
    page = sheet_of().astype(np.float32) * np.linspace(1.0, 0.55, 700)[None, :]
    ink = picture.ink_of(picture.even(page.astype(np.uint8)))
    assert 0.5 < ink.sum() / picture.ink_of(sheet_of()).sum() < 1.5


def test_a_red_seal_fades() -> None:
    image = Image.new("RGB", (60, 60), (215, 40, 50))
    assert picture.grey_of(image).min() > 200


def in_cells(*breadths: int, high: int = 3, at: int = 12) -> tuple[scan.Sheet, list[list[Word]]]:
    """A ruled table of two rows, a count above a dash of each breadth in pixels (0: nothing)."""
    ink = np.zeros((80, 100 * len(breadths)), bool)
    words = []
    for index, breadth in enumerate(breadths):
        x = 100 * index + 30
        ink[8:28, x : x + 12] = True
        words.append([Word("12", x, 8, x + 12, 28, 95.0)])
        ink[40 + at : 40 + at + high, x : x + breadth] = True
    xs, ys = ([picture.POINT * step * k for k in range(count + 1)] for step, count in ((100, len(breadths)), (40, 2)))
    grid = Grid(xs, ys, [(r, c, r + 1, c + 1) for r in range(2) for c in range(len(breadths))])
    return scan.Sheet(np.zeros((80, 1), np.uint8), ink, PageLetters(1, 9.0, 9.0), [grid], 0), words


@pytest.mark.parametrize(
    ("sheet", "dashes"),
    [
        (in_cells(12, 11, 0), 2),
        (in_cells(12, 0, 0), 0),  # may be a scratch
        (in_cells(12, 30), 0),  # two different ones are two scratches
        (in_cells(12, 12, high=9), 0),  # as high as letters
        (in_cells(12, 12, at=0), 0),  # close to a ruling: what is left of it
        (in_cells(4, 4), 0),  # dust
    ],
)
def test_dashes_of_cells_that_no_reader_sees(sheet: tuple[scan.Sheet, list[list[Word]]], dashes: int) -> None:
    _, lines = scan._cell_targets(*sheet)
    assert [word.text for line in lines for word in line].count("-") == dashes
