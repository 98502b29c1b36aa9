"""Where tracebacks of the program's own faults go: a file that is made with its first line, or not at all.

A log that cannot be written stops nothing; `say` is then told what would have stood in it.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def log_to(path: Path | None, say: Callable[[str], None]) -> Iterator[None]:
    """While inside, log to `path`, or to a new file among the system's temporary ones; `say` gets its name."""
    log, handler = logging.getLogger("doisoat"), LogFile(path, say)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    before, log.propagate = log.propagate, False
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.propagate = before
        handler.close()


class LogFile(logging.Handler):
    """A file handler that opens late, tells where, and never raises."""

    def __init__(self, path: Path | None, say: Callable[[str], None]) -> None:
        super().__init__()
        self._path = path
        self._say = say
        self._file: IO[str] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self._file is None:
                self._file = self._open()
                self._say(f"Có sự cố khi đọc; chi tiết cho người quản trị: {self._file.name}")
            self._file.write(self.format(record) + "\n")
            self._file.flush()
        except OSError as error:
            self._say(f"Không ghi được nhật ký ({error.strerror}): {record.getMessage()}")

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        super().close()

    def _open(self) -> IO[str]:
        path = self._path
        if path is None:
            number, name = tempfile.mkstemp(prefix="doisoat-", suffix=".log")
            os.close(number)
            path = Path(name)
        return path.open("a", encoding="utf-8", errors="backslashreplace")
