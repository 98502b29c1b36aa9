"""Where pictures wait for Tesseract.

What would surprise you: Tesseract uses one thread, because with several it is slower than with one; so pictures are
read by a few at a time, those with most ink first: what is left for the end is then small, and they end together. A
Tesseract that has read a picture is kept for the next one of its kind while pages are under way.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial

import numpy as np

from extractor.errors import LimitError, ScanError
from extractor.readers import tesseract
from extractor.readers.tesseract import LANGUAGE, ONE_BLOCK, Grey, Lasting, Word

AT_ONCE = 2
"""Pictures at a time, where the machine has as many processors."""

_SECONDS = 30.0  # a page takes one to ten
_SECONDS_MORE = 5.0  # for each further picture of a run; a run that takes longer is done again one by one
_KEPT = 4  # programs that have nothing to read; each holds some 60 MB
_DARK = 128  # grey value; what is darker is ink for certain


def lines_of(picture: Grey, mode: int, language: str = LANGUAGE, seconds: float = _SECONDS) -> list[list[Word]]:
    """The words of a picture, line by line as Tesseract saw them, from the left.

    May be called from several threads. Raises ScanError where the program is missing or fails, LimitError where it
    took longer than `seconds` (it is killed then).
    """
    return lines_of_each([(picture, mode, language)], seconds)[0]


def lines_of_each(pictures: Sequence[tuple[Grey, int, str]], seconds: float = _SECONDS) -> list[list[list[Word]]]:
    """What `lines_of` says of several pictures with their modes and languages."""
    return _desk().read([_Wish(picture, mode, language, seconds) for picture, mode, language in pictures])


@contextmanager
def under_way() -> Iterator[None]:
    """Inside, a page is being made ready or read, and the programs that read it are kept."""
    desk = _desk()
    desk.count(1)
    try:
        yield
    finally:
        desk.count(-1)


@dataclass(slots=True, eq=False)
class _Wish:
    """A picture that a thread waits for, and what became of it; `alone` after it failed once."""

    picture: Grey
    mode: int
    language: str
    seconds: float
    ink: int = field(init=False)
    alone: bool = False
    lines: list[list[Word]] | None = None
    error: BaseException | None = None

    def __post_init__(self) -> None:
        self.ink = int(np.count_nonzero(self.picture[::2, ::2] < _DARK))  # of four pixels one

    @property
    def kind(self) -> tuple[int, str]:
        return self.mode, self.language

    @property
    def is_done(self) -> bool:
        return self.lines is not None or self.error is not None


class _Desk:
    """Where pictures wait. Those that are being read have a thread each, so that a page whose turn it was goes on at
    once; whoever has ended begins the next one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[_Wish] = []
        self._at_once = max(1, min(AT_ONCE, os.cpu_count() or 1))
        self._threads = ThreadPoolExecutor(self._at_once)
        self._busy = 0
        self._pages = 0
        self._kept: list[Lasting] = []  # programs with nothing to read, the longest without first
        self._lasts = tesseract.LASTS

    def count(self, pages: int) -> None:
        """Pages have begun, or ended where it is negative; with the last one end the programs."""
        with self._changed:
            self._pages += pages
            ended, self._kept = (self._kept, []) if not self._pages else ([], self._kept)
        for program in ended:
            program.close()

    def read(self, wishes: Sequence[_Wish]) -> list[list[list[Word]]]:
        with self._changed:
            self._waiting += wishes
            self._begin()
            self._changed.wait_for(lambda: all(one.is_done for one in wishes))
        for one in wishes:
            if one.error is not None:
                raise one.error
        return [one.lines or [] for one in wishes]

    def _begin(self) -> None:
        """Begin what can be begun."""
        while self._waiting and self._busy < self._at_once:
            together = self._next()
            self._waiting = [one for one in self._waiting if one not in together]
            self._busy += 1
            run = self._threads.submit(self._fulfil, together)
            run.add_done_callback(partial(self._ended, together))

    def _ended(self, together: Sequence[_Wish], run: Future[None]) -> None:
        """What failed waits to be tried once more, each alone; not what took a program too long that reads others."""
        error = run.exception()
        again = isinstance(error, ScanError) or (isinstance(error, LimitError) and not self._lasts)
        with self._changed:
            self._busy -= 1
            for one in together:
                if again and not one.alone:
                    one.alone = True
                    self._waiting.append(one)
                else:
                    one.error = error
            self._begin()
            self._changed.notify_all()

    def _next(self) -> list[_Wish]:
        """The picture with most ink. Where no program lasts, what was cut out of pages is read together: that takes
        hardly more time than the program to start."""
        first = max(self._waiting, key=lambda one: (one.alone, one.ink))
        if self._lasts or first.alone or first.mode != ONE_BLOCK:
            return [first]
        return [one for one in self._waiting if one.kind == first.kind and not one.alone]

    def _fulfil(self, wishes: Sequence[_Wish]) -> None:
        first = wishes[0]
        if self._lasts and not first.alone:
            try:
                first.lines = self._read_by_lasting(first)
                return
            except OSError:  # there are no terminals, or no files can be written
                self._lasts = False
        pictures = [one.picture for one in wishes]
        seconds = first.seconds + _SECONDS_MORE * (len(wishes) - 1)
        for one, lines in zip(wishes, tesseract.once(pictures, *first.kind, seconds), strict=True):
            one.lines = lines

    def _read_by_lasting(self, wish: _Wish) -> list[list[Word]]:
        program = self._kept_for(wish.kind) or Lasting(*wish.kind)
        try:
            lines = program.read(wish.picture, wish.seconds)
        except BaseException:
            self._lasts = self._lasts and program.has_read  # an older Tesseract takes no names
            program.close()
            raise
        self._keep(program)
        return lines

    def _kept_for(self, kind: tuple[int, str]) -> Lasting | None:
        with self._changed:
            program = next((one for one in self._kept if one.kind == kind), None)
            if program is not None:
                self._kept.remove(program)
            return program

    def _keep(self, program: Lasting) -> None:
        with self._changed:
            self._kept.append(program)
            ended = self._kept[: -_KEPT if self._pages else None]
            self._kept = self._kept[len(ended) :]
        for one in ended:
            one.close()


@cache
def _desk() -> _Desk:
    return _Desk()
