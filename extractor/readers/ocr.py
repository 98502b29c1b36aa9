"""The one door to Tesseract, the program that reads letters from pictures.

Tesseract is no part of this package: it is looked for on the machine when the first picture comes, and without it
every other format is read as before. What would surprise you: one run uses one thread, because Tesseract with several
is slower than with one; so pictures are read in a few runs at a time. A run takes as long to start as a tenth of a
page takes to read, so what waits while others run is read together, in one run for several pictures of a kind, each as
if it were alone. They are handed over as files in a scratch folder (Tesseract takes its time over a pipe); where no
file can be written, by a pipe after all.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from extractor.errors import LimitError, ScanError, fact
from extractor.readers.scratch import scratch

Grey = npt.NDArray[np.uint8]
"""Rows × columns, 0 black to 255 white."""

DPI = 200
"""Dots an inch at which pages are read; more costs time and reads no better."""
PROGRAM_VARIABLE = "DOISOAT_TESSERACT"
"""Names the program where it is neither on the PATH nor where the Windows installer puts it."""
PAGE, SPARSE, ONE_BLOCK = 4, 11, 6
"""Tesseract's page modes: a column of prose, pieces anywhere, lines one under the other."""
LANGUAGE = "vie"
DIGITS = "eng"
"""The letters that read lone digits best; they come with every Tesseract."""
INSTALL = (
    "Muốn đọc ảnh chụp/scan, hãy cài chương trình Tesseract kèm tiếng Việt: "
    "trên Debian/Ubuntu chạy «apt install tesseract-ocr tesseract-ocr-vie»; trên Windows cài bản Tesseract của "
    "UB Mannheim và chọn thêm ngôn ngữ Vietnamese, rồi chạy lại."
)

AT_ONCE = 2
"""Runs at a time, where the machine has as many processors."""

_SECONDS = 30.0  # a page takes one to ten
_SECONDS_MORE = 5.0  # for each further picture of a run; a run that takes longer is done again one by one
_TOGETHER = 4  # pages in one run
_MANY_STRIPS = 6  # so many strips are not kept waiting by pages
_DARK = 128  # grey value; what is darker is ink for certain
_MUCH_INK = 4000  # of four pixels, in strips; as much takes longer to read than a run to start
_WORD_LEVEL = "5"
_FILE = "pages.tif"


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its box in pixels and Tesseract's own confidence (0–100); `doubt` holds readings and reason."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float
    doubt: tuple[tuple[str, ...], str] | None = None


def is_there() -> bool:
    """Whether Tesseract and its Vietnamese are on this machine."""
    try:
        program()
    except ScanError:
        return False
    return True


@cache
def program() -> str:
    """The path of a Tesseract that reads Vietnamese.

    Raises ScanError, with how to install what is missing.
    """
    found = _find()
    if found is None:
        raise ScanError(f"Chưa có chương trình đọc ảnh (Tesseract) trên máy này. {INSTALL}")
    if LANGUAGE not in _languages(found):
        raise ScanError(f"Chương trình đọc ảnh (Tesseract) thiếu dữ liệu tiếng Việt ({LANGUAGE}). {INSTALL}")
    return str(Path(found).absolute())  # it is called from other folders


def has(language: str) -> bool:
    """Whether a language is installed beside the Vietnamese."""
    return language in _languages(program())


@cache
def _languages(path: str) -> frozenset[str]:
    try:
        listed = subprocess.run(
            [path, "--list-langs"], capture_output=True, timeout=30, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScanError(f"Không chạy được chương trình đọc ảnh {path}. {INSTALL}") from error
    return frozenset((listed.stdout + listed.stderr).decode("utf-8", "replace").split())


def _find() -> str | None:
    if named := os.environ.get(PROGRAM_VARIABLE):
        return shutil.which(named)
    if found := shutil.which("tesseract"):
        return found
    for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"):
        if not (folder := os.environ.get(name)):
            continue
        for place in (Path(folder) / "Tesseract-OCR", Path(folder) / "Programs" / "Tesseract-OCR"):
            if found := shutil.which("tesseract", path=str(place)):
                return found
    return None


def lines_of(picture: Grey, mode: int, language: str = LANGUAGE, seconds: float = _SECONDS) -> list[list[Word]]:
    """The words of a picture, line by line as Tesseract saw them, from the left.

    May be called from several threads: what they ask for while Tesseract is busy is read together. Raises ScanError
    where the program is missing or fails, LimitError where it took longer than `seconds` (it is killed then).
    """
    return _desk().read(_Wish(picture, mode, language, seconds))


@contextmanager
def under_way() -> Iterator[None]:
    """Inside, a page is being made ready or read: what others have cut out of theirs may wait for it to ask too."""
    desk = _desk()
    desk.count(1)
    try:
        yield
    finally:
        desk.count(-1)


@dataclass(slots=True, eq=False)
class _Wish:
    """A picture that a thread waits for, and what became of it; `alone` after a run with others failed."""

    picture: Grey
    mode: int
    language: str
    seconds: float
    ink: int = field(init=False)
    alone: bool = False
    lines: list[list[Word]] | None = None
    error: BaseException | None = None

    def __post_init__(self) -> None:
        self.ink = int(np.count_nonzero(self.picture[::2, ::2] < _DARK))

    @property
    def kind(self) -> tuple[int, str]:
        return self.mode, self.language

    @property
    def is_done(self) -> bool:
        return self.lines is not None or self.error is not None


class _Desk:
    """Where pictures wait for Tesseract. Each of its runs has a thread, so that a page whose turn it was goes on at
    once; a run that has ended begins the next one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[_Wish] = []
        self._running: list[list[_Wish]] = []
        self._at_once = max(1, min(AT_ONCE, os.cpu_count() or 1))
        self._runs = ThreadPoolExecutor(self._at_once)
        self._pages = 0

    def count(self, pages: int) -> None:
        """Pages have begun, or ended where it is negative."""
        with self._changed:
            self._pages += pages
            self._begin()

    def read(self, wish: _Wish) -> list[list[Word]]:
        with self._changed:
            self._waiting.append(wish)
            self._begin()
            self._changed.wait_for(lambda: wish.is_done)
        if wish.error is not None:
            raise wish.error
        return wish.lines or []

    def _begin(self) -> None:
        """Begin what can be begun."""
        while together := self._next():
            self._waiting = [one for one in self._waiting if one not in together]
            self._running.append(together)
            run = self._runs.submit(_read_together, together)
            run.add_done_callback(partial(self._ended, together))

    def _ended(self, together: list[_Wish], run: Future[None]) -> None:
        error = run.exception()
        with self._changed:
            self._running.remove(together)
            for one in together:
                one.error = one.error or error
                if not one.is_done:  # to be tried by itself
                    one.alone = True
                    self._waiting.append(one)
            self._begin()
            self._changed.notify_all()

    def _next(self) -> list[_Wish]:
        """What is to be read in the next run, nothing where it is better to wait.

        Pages come first, for they take longest. What was cut out of them is read in hardly more time than a run takes
        to start: it waits until every page under way has got as far, or is being read by the other run.
        """
        if len(self._running) >= self._at_once:
            return []
        if alone := next((one for one in self._waiting if one.alone), None):
            return [alone]
        pages = [one for one in self._waiting if one.mode != ONE_BLOCK]
        kinds = Counter(one.kind for one in self._waiting if one.mode == ONE_BLOCK)
        usual, count = max(kinds.items(), key=lambda item: item[1], default=(None, 0))
        strips = [one for one in self._waiting if one.kind == usual]
        if pages and count < _MANY_STRIPS:
            return _share(sorted(pages, key=lambda one: one.mode != SPARSE), self._at_once)
        if strips and (pages or self._pages <= len(self._waiting) + sum(map(len, self._running))):
            return _share(strips, self._at_once if sum(one.ink for one in strips) > _MUCH_INK else 1)
        return []


def _share(waiting: Sequence[_Wish], runs: int) -> list[_Wish]:
    """What the next of some runs takes of all that waits: the first and others of its kind, until it has its share of
    the ink. Those with most ink come first, so that what is left for the end is small."""
    most = sum(one.ink for one in waiting) / runs
    first, *others = waiting
    taken, ink = [first], first.ink
    for one in sorted((one for one in others if one.kind == first.kind), key=lambda one: -one.ink):
        if ink + one.ink / 2 <= most and (one.mode == ONE_BLOCK or len(taken) < _TOGETHER):
            taken.append(one)
            ink += one.ink
    return taken


@cache
def _desk() -> _Desk:
    return _Desk()


def _read_together(wishes: Sequence[_Wish]) -> None:
    """Fulfils the wishes in one run. Where a run for several fails they stay as they are."""
    seconds = max(one.seconds for one in wishes) + _SECONDS_MORE * (len(wishes) - 1)
    try:
        pages = _run([one.picture for one in wishes], wishes[0].mode, wishes[0].language, seconds)
    except (ScanError, LimitError) as error:
        if len(wishes) == 1:
            wishes[0].error = error
        return
    for one, lines in zip(wishes, pages, strict=True):
        one.lines = lines


def _run(pictures: Sequence[Grey], mode: int, language: str, seconds: float) -> list[list[list[Word]]]:
    """The lines of each picture, read in one run."""
    options = [
        "stdout", "-l", language, "--oem", "1", "--psm", str(mode), "--dpi", str(DPI), "-c", "tessedit_create_tsv=1",
    ]  # fmt: skip
    data = _tiff(pictures)
    try:
        with scratch() as folder:
            (folder / _FILE).write_bytes(data)
            rows = _call([_FILE, *options], seconds, folder=folder)
    except OSError:  # no file could be written
        rows = _call(["stdin", *options], seconds, data)
    return _parse(rows, len(pictures))


def _tiff(pictures: Sequence[Grey]) -> bytes:
    """The pictures as the pages of one file, of all formats the one that Tesseract takes in fastest."""
    first, *others = map(Image.fromarray, pictures)
    data = io.BytesIO()
    first.save(data, "TIFF", save_all=True, append_images=others)
    return data.getvalue()


def _call(arguments: Sequence[str], seconds: float, data: bytes = b"", folder: Path | None = None) -> list[str]:
    """The rows that Tesseract prints when called from a folder."""
    try:
        done = subprocess.run(
            [program(), *arguments],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            cwd=folder,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise LimitError(f"Đọc ảnh của một trang lâu hơn {seconds:.0f} giây nên đã dừng.") from error
    except OSError as error:
        raise ScanError(f"Không chạy được chương trình đọc ảnh (Tesseract): {fact(error)}. {INSTALL}") from error
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise ScanError(f"Chương trình đọc ảnh (Tesseract) báo lỗi: {' '.join(last) or done.returncode}. {INSTALL}")
    return done.stdout.decode("utf-8", "replace").splitlines()


def _parse(rows: Sequence[str], count: int) -> list[list[list[Word]]]:
    """The lines of words of `count` pages from Tesseract's table: level, page, block, paragraph, line, word, box,
    confidence, text."""
    pages: list[list[list[Word]]] = [[] for _ in range(count)]
    words = []
    for row in rows:
        parts = row.split("\t", 11)
        if len(parts) < 12 or parts[0] != _WORD_LEVEL or not parts[11].strip():
            continue
        x, y, w, h = map(int, parts[6:10])
        words.append((parts[1:5], Word(parts[11].strip(), x, y, x + w, y + h, float(parts[10]))))
    for (page, *_), group in groupby(words, key=lambda item: item[0]):
        pages[int(page) - 1].append(sorted((word for _, word in group), key=lambda word: word.x0))
    return pages
