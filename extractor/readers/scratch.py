"""Temporary folders. A run has one of its own, named in the environment because its workers are other processes:
what a worker that had to be killed leaves behind goes with it, and what a killed run leaves goes with a later one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_RUN = "DOISOAT_SCRATCH"
_PREFIX = "doisoat-run-"
_OLD = 3 * 86_400  # seconds; longer than any run


@contextmanager
def for_run() -> Iterator[None]:
    """Inside, there is a folder for this process and those it starts; afterwards it is gone."""
    if run_folder() is not None:
        yield
        return
    _sweep()
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder:
        os.environ[_RUN] = folder
        try:
            yield
        finally:
            del os.environ[_RUN]


def _sweep() -> None:
    """Remove what killed runs left: folders of ours among the temporary ones that have not changed lately."""
    now = time.time()
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.is_dir() and not folder.is_symlink() and now - folder.stat().st_mtime > _OLD:
                shutil.rmtree(folder, ignore_errors=True)


def run_folder() -> Path | None:
    """The run's folder, None outside a run."""
    folder = os.environ.get(_RUN)
    return Path(folder) if folder and Path(folder).is_dir() else None


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="doisoat-", dir=run_folder(), ignore_cleanup_errors=True) as folder:
        yield Path(folder)
