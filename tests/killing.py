"""Runs that are ended at random moments, whole process group at once, as by a power cut or the system's out-of-memory
killer; and the content of a store as it can be compared with that of an undisturbed run.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import hostile

ROOT = Path(__file__).parents[1]
WARDS = ("Lê Chân", "Ngô Quyền", "Hồng Bàng", "Kiến An", "Đồ Sơn", "Hải An")
SETTLED = 1_700_000_000  # files that changed long ago are known again without being opened
TIMINGS = frozenset({"first_seen", "started", "finished"})  # what may differ; run numbers are left out with the run


def documents(folder: Path, count: int) -> Path:
    """A folder with texts, Word files, archives with several files, two of the same content and broken ones."""
    folder.mkdir()
    for number in range(count):
        ward = WARDS[number % len(WARDS)]
        text = "\n".join((f"UBND PHƯỜNG {ward.upper()}", f"Số: {number + 1}/BC-UBND", *hostile.PARAGRAPHS))
        (folder / f"{number:03d}.txt").write_text(text, encoding="utf-8")
    for name, data in {
        "a.docx": hostile.word(), "b.docx": hostile.word(), "c.docx": hostile.word()[:2000], "d.xlsx": hostile.sheet(),
        "e.zip": hostile.packed(("xa/bc.docx", hostile.word()), ("bieu.xlsx", hostile.sheet()), ("x.pdf", b"%PDF-1")),
        "f.pdf": b"", "g.eml": hostile.letter(), "h.bin": bytes(100),
    }.items():  # fmt: skip
        (folder / name).write_bytes(data)
    for path in folder.iterdir():
        os.utime(path, (SETTLED, SETTLED))
    return folder


def started(folder: Path, out: Path) -> subprocess.Popen[bytes]:
    """`doisoat run` in a process group of its own."""
    command = [sys.executable, "-m", "extractor.cli", "run", str(folder), "--out", str(out), "--workers", "2"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def completed(folder: Path, out: Path) -> float:
    """Run to the end; the seconds that it took."""
    begin = time.monotonic()
    status = started(folder, out).wait(timeout=120)
    assert status == 1, f"exit status {status}: some of the files are broken, and nothing else is"
    return time.monotonic() - begin


def kills(folder: Path, out: Path, count: int, longest: float, chance: random.Random) -> Iterator[float]:
    """End `count` runs one after the other, each at a moment before its end; yields the moments in seconds.

    A run that was done before its moment is no kill; the next moment is drawn from the time that it took.
    """
    done = 0
    while done < count:
        moment = chance.uniform(0, longest)
        begin = time.monotonic()
        process = started(folder, out)
        try:
            process.wait(timeout=moment)
            longest = time.monotonic() - begin
            continue
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        done += 1
        yield moment


def content(out: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a store but times and the numbers of runs: all readings, and the last finished run."""
    db = sqlite3.connect(out / "doisoat.sqlite")
    try:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not db.execute("PRAGMA foreign_key_check").fetchall()
        (last,) = db.execute("SELECT max(id) FROM runs WHERE finished IS NOT NULL").fetchone()
        found = {}
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            names = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
            of_run = table in ("runs", "files", "outputs", "summaries")
            left_out = TIMINGS | {"run", "id"} | ({"size", "mtime_ns", "path"} if table == "outputs" else set())
            chosen = ", ".join(name for name in names if name not in left_out) or "1"
            where = f"WHERE {'id' if table == 'runs' else 'run'} = {last}" if of_run else ""
            rows = db.execute(f"SELECT {chosen} FROM {table} {where}").fetchall()
            found[table] = sorted(rows, key=repr)
        return found
    finally:
        db.close()
