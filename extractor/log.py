"""Where the course of a run goes, a line a document, and tracebacks of the program's own faults.

The file is made with its first line, or not at all. A log that cannot be written stops nothing; `say` is then told
what of the faults would have stood in it. A file that has grown large is put aside once, as "….cu.log".
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from extractor.errors import fact

_LARGE = 5 * 2**20  # bytes; some thirty runs over a thousand files


@contextmanager
def log_to(path: Path | None, say: Callable[[str], None]) -> Iterator[None]:
    """While inside, log to `path`, or faults alone to a new file among the system's temporary ones.

    `say` gets the name of the file when a fault stands in it.
    """
    log, handler = logging.getLogger("doisoat"), LogFile(path, say)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    before = log.propagate, log.level
    log.propagate = False
    log.setLevel(logging.INFO if path is not None else logging.WARNING)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.propagate, level = before
        log.setLevel(level)
        handler.close()


class LogFile(logging.Handler):
    """A file handler that opens late, tells where, and never raises."""

    def __init__(self, path: Path | None, say: Callable[[str], None]) -> None:
        super().__init__()
        self._path = path
        self._say = say
        self._file: IO[str] | None = None
        self._told = False

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self._file is None:
                self._file = self._open()
            self._file.write(self.format(record) + "\n")
            self._file.flush()
        except OSError as error:
            if record.levelno >= logging.WARNING:
                self._say(f"Không ghi được nhật ký ({fact(error)}): {record.getMessage()}")
            return
        if record.levelno >= logging.WARNING and not self._told:
            self._told = True
            self._say(f"Có sự cố khi đọc; chi tiết cho người quản trị: {self._file.name}")

    def close(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None
        super().close()

    def _open(self) -> IO[str]:
        path = self._path
        if path is None:
            number, name = tempfile.mkstemp(prefix="doisoat-", suffix=".log")
            os.close(number)
            path = Path(name)
        elif path.exists() and path.stat().st_size > _LARGE:
            path.replace(path.with_suffix(".cu.log"))
        return path.open("a", encoding="utf-8", errors="backslashreplace")
