"""Tesseract, the program that reads letters from pictures: where it is on the machine, and how it is run.

It is no part of this package: it is looked for when the first picture comes. What would surprise you: it takes as long
to start as a tenth of a page takes to read, so a `Lasting` one is handed picture after picture. It prints to a
terminal that is made for it, because into a pipe it would keep back what it has read until much more has come
together. Where there are no such terminals (Windows) it is started for each `once`.
"""

from __future__ import annotations

import io
import os
import select
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cache
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
LASTS = hasattr(os, "openpty")
"""Whether a Tesseract can be kept, and handed one picture after the other."""

_WORD_LEVEL = "5"
_PICTURES, _END, _ERRORS = "pages.tif", "end.tif", "errors.txt"
_MOST = 1 << 16  # bytes taken from a terminal at a time


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


def once(pictures: Sequence[Grey], mode: int, language: str, seconds: float) -> list[list[list[Word]]]:
    """The words of each picture, line by line as Tesseract saw them, from the left: read by one that ends with them.

    Raises ScanError where the program is missing or fails, LimitError where it took longer than `seconds` (it is
    killed then).
    """
    data = _tiff(pictures)
    try:
        with scratch() as folder:
            (folder / _PICTURES).write_bytes(data)
            rows = _call([_PICTURES, *_options(mode, language)], seconds, folder=folder)
    except OSError:  # no file could be written
        rows = _call(["stdin", *_options(mode, language)], seconds, data)
    pages = _pages(rows)
    return [pages.get(number, []) for number in range(1, len(pictures) + 1)]


class Lasting:
    """A Tesseract that stays and reads one picture after the other, each as if it were the only one.

    It takes the names of files from its standard input. What marks the end of a picture's rows is the row of an empty
    picture that is handed over behind it. Raises OSError where there are no terminals or no file can be written, and
    what `once` raises. Whoever got an error from it must close it.
    """

    def __init__(self, mode: int, language: str) -> None:
        self.kind = (mode, language)
        self.has_read = False
        self._given = 0
        with ExitStack() as stack:
            self._folder = stack.enter_context(scratch())
            (self._folder / _END).write_bytes(_tiff([np.full((40, 40), 255, np.uint8)]))
            self._screen, theirs = _terminal()
            stack.callback(os.close, self._screen)
            try:
                with (self._folder / _ERRORS).open("wb") as errors:
                    self._process = subprocess.Popen(
                        [program(), "stdin", *_options(mode, language), "-c", "stream_filelist=1"],
                        stdin=subprocess.PIPE,
                        stdout=theirs,
                        stderr=errors,
                        cwd=self._folder,
                        env=_environment(),
                    )
            finally:
                os.close(theirs)
            self._stack = stack.pop_all()

    def read(self, picture: Grey, seconds: float) -> list[list[Word]]:
        """The words of a picture, line by line as Tesseract saw them, from the left."""
        until = time.monotonic() + seconds
        (self._folder / _PICTURES).write_bytes(_tiff([picture]))
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{_PICTURES}\n{_END}\n".encode())
            self._process.stdin.flush()
        except OSError:
            raise self._failed() from None
        self._given += 2
        rows = self._rows(f"\n1\t{self._given}\t".encode(), until, seconds)
        self.has_read = True
        return _pages(rows).get(self._given - 1, [])

    def _rows(self, end: bytes, until: float, seconds: float) -> list[str]:
        """What is printed until the row that starts with `end`."""
        printed = bytearray(b"\n")
        while (place := printed.find(end)) < 0 or printed.find(b"\n", place + 1) < 0:
            if not select.select([self._screen], [], [], max(0.0, until - time.monotonic()))[0]:
                raise _too_long(seconds)
            try:
                more = os.read(self._screen, _MOST)
            except OSError:  # it has ended
                more = b""
            if not more:
                raise self._failed()
            printed += more
        return printed.decode("utf-8", "replace").splitlines()

    def _failed(self) -> ScanError:
        with suppress(OSError):
            return _error((self._folder / _ERRORS).read_bytes(), self._process.poll())
        return _error(b"", self._process.poll())

    def close(self) -> None:
        """End it, whatever it is at."""
        self._process.kill()
        self._process.communicate()
        self._stack.close()


def _terminal() -> tuple[int, int]:
    """Our end and the program's end of a new terminal, on which nothing is changed on its way."""
    import tty

    ours, theirs = os.openpty()
    tty.setraw(theirs)
    return ours, theirs


def _options(mode: int, language: str) -> list[str]:
    return [
        "stdout", "-l", language, "--oem", "1", "--psm", str(mode), "--dpi", str(DPI), "-c", "tessedit_create_tsv=1",
    ]  # fmt: skip


def _environment() -> dict[str, str]:
    """One run uses one thread: several are slower than one."""
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


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
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise _too_long(seconds) from error
    except OSError as error:
        raise ScanError(f"Không chạy được chương trình đọc ảnh (Tesseract): {fact(error)}. {INSTALL}") from error
    if done.returncode:
        raise _error(done.stderr, done.returncode)
    return done.stdout.decode("utf-8", "replace").splitlines()


def _too_long(seconds: float) -> LimitError:
    return LimitError(f"Đọc ảnh của một trang lâu hơn {seconds:.0f} giây nên đã dừng.")


def _error(printed: bytes, code: int | None) -> ScanError:
    last = printed.decode("utf-8", "replace").strip().splitlines()[-1:]
    return ScanError(f"Chương trình đọc ảnh (Tesseract) báo lỗi: {' '.join(last) or code}. {INSTALL}")


def _pages(rows: Sequence[str]) -> dict[int, list[list[Word]]]:
    """The lines of words by the number of their page, from Tesseract's table: level, page, block, paragraph, line,
    word, box, confidence, text."""
    pages: dict[int, list[list[Word]]] = {}
    words = []
    for row in rows:
        parts = row.split("\t", 11)
        if len(parts) < 12 or parts[0] != _WORD_LEVEL or not parts[11].strip():
            continue
        x, y, w, h = map(int, parts[6:10])
        words.append((parts[1:5], Word(parts[11].strip(), x, y, x + w, y + h, float(parts[10]))))
    for (page, *_), group in groupby(words, key=lambda item: item[0]):
        pages.setdefault(int(page), []).append(sorted((word for _, word in group), key=lambda word: word.x0))
    return pages
