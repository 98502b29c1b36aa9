"""The one door to Tesseract, the program that reads letters from pictures.

Tesseract is no part of this package: it is looked for on the machine when the first picture comes, and without it
every other format is read as before. What would surprise you: the picture goes through a pipe as plain grey values,
no file is written; one run uses one thread, because Tesseract with several is slower than with one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extractor.errors import LimitError, ScanError, fact

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

_SECONDS = 30.0  # a page takes one to ten
_WORD_LEVEL = "5"


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
    return found


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

    Raises ScanError where the program is missing or fails, LimitError where it took longer than `seconds` (it is
    killed then).
    """
    height, width = picture.shape
    command = [
        program(), "stdin", "stdout", "-l", language, "--oem", "1", "--psm", str(mode), "--dpi", str(DPI),
        "-c", "tessedit_create_tsv=1",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command,
            input=b"P5 %d %d 255\n" % (width, height) + picture.tobytes(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise LimitError(f"Đọc ảnh của một trang lâu hơn {seconds:.0f} giây nên đã dừng.") from error
    except OSError as error:
        raise ScanError(f"Không chạy được chương trình đọc ảnh (Tesseract): {fact(error)}. {INSTALL}") from error
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise ScanError(f"Chương trình đọc ảnh (Tesseract) báo lỗi: {' '.join(last) or done.returncode}. {INSTALL}")
    return _parse(done.stdout.decode("utf-8", "replace").splitlines())


def _parse(rows: Sequence[str]) -> list[list[Word]]:
    """Lines of words from Tesseract's table: level, page, block, paragraph, line, word, box, confidence, text."""
    words = []
    for row in rows:
        parts = row.split("\t", 11)
        if len(parts) < 12 or parts[0] != _WORD_LEVEL or not parts[11].strip():
            continue
        x, y, w, h = map(int, parts[6:10])
        words.append((parts[2:5], Word(parts[11].strip(), x, y, x + w, y + h, float(parts[10]))))
    lines = [[word for _, word in group] for _, group in groupby(words, key=lambda item: item[0])]
    return [sorted(line, key=lambda word: word.x0) for line in lines]
