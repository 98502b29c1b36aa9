"""Run one program; end it and all that it started when time is up or when whoever asked is gone; clear its folder.

Runs as a script of its own, beside the reader: `python office_guard.py SECONDS FOLDER PROGRAM ARGUMENT…`. Whoever
asks keeps this script's standard input open. The pipe closes when that process ends, however it ends, so that
no office program outlives a worker that was killed. Exit status: the program's, or 124 when time was up. The
folder is removed only where nobody is left to read what is in it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading

OUT_OF_TIME = 124


def main(seconds: float, folder: str, command: list[str]) -> int:
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    nobody_asks = threading.Event()

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 1024):
                pass
        nobody_asks.set()
        _end(child)
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        status = child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        status = OUT_OF_TIME
    _end(child)
    if nobody_asks.is_set():  # the program's end is the watcher's doing: it clears the folder, then ends this process
        watcher.join()
    return status


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and its children; those that are gone already are no trouble."""
    if sys.platform == "win32":
        if child.poll() is None:
            subprocess.run(
                ["taskkill", "/T", "/F", "/PID", str(child.pid)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()


if __name__ == "__main__":
    os._exit(main(float(sys.argv[1]), sys.argv[2], sys.argv[3:]))  # at once: the other thread still reads
