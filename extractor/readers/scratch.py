"""Temporary folders. A run has one of its own, named in the environment because its workers are other processes:
what a worker that had to be killed leaves behind goes with it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RUN = "DOISOAT_SCRATCH"


@contextmanager
def for_run() -> Iterator[None]:
    """Inside, there is a folder for this process and those it starts; afterwards it is gone."""
    if run_folder() is not None:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="doisoat-", ignore_cleanup_errors=True) as folder:
        os.environ[_RUN] = folder
        try:
            yield
        finally:
            del os.environ[_RUN]


def run_folder() -> Path | None:
    """The run's folder, None outside a run."""
    folder = os.environ.get(_RUN)
    return Path(folder) if folder and Path(folder).is_dir() else None


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix="doisoat-", dir=run_folder(), ignore_cleanup_errors=True) as folder:
        yield Path(folder)
