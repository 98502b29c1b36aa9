"""Thousands of documents: documents a second with one worker and with two, memory over time, a second run.

    python benchmarks/scale.py 2000            documents made from corpus/labelled into a temporary folder

Every document is a labelled case rendered as a Word file with its own number and, in one figure, another digit, so
that no two have the same content. Memory is that of the workers together (Linux only).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import tempfile
import time
import zipfile
from pathlib import Path

from render import render_docx

from extractor.batch import hand_over, read_folder
from extractor.catalog import Catalog
from extractor.store import Store

LABELLED = Path(__file__).parents[1] / "corpus" / "labelled"
OLD = 1_700_000_000  # files that changed just now are hashed again, as they should be


def make(folder: Path, count: int) -> list[Path]:
    """`count` different Word files."""
    random.seed(20260615)
    cases = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(LABELLED.glob("u*.json"))]
    models = []
    for case in cases:
        with zipfile.ZipFile(render_docx(case, folder / "model.docx")) as package:
            models.append({name: package.read(name) for name in package.namelist()})
    (folder / "model.docx").unlink()
    paths = []
    for number in range(count):
        parts = dict(random.choice(models))
        parts["word/document.xml"] = vary(parts["word/document.xml"].decode("utf-8"), number).encode("utf-8")
        path = folder / f"{number:05d}.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, data in parts.items():
                package.writestr(name, data)
        os.utime(path, (OLD, OLD))
        paths.append(path)
    return paths


def vary(text: str, number: int) -> str:
    """The document under its own number, one digit of one figure changed."""
    text = re.sub(r"Số: ?\d*/", f"Số: {number}/", text, count=1)
    figures = [match for match in re.finditer(r"(?<=[>\s])\d{3,4}(?=[\s,;.<])", text) if not match[0].startswith("20")]
    if not figures:
        return text
    chosen = random.choice(figures)
    digits = chosen[0][:-1] + str(random.randrange(10))
    return text[: chosen.start()] + digits + text[chosen.end() :]


def megabytes() -> float:
    """Memory in use by the workers together, 0 where the system does not tell."""
    total = 0
    for worker in multiprocessing.active_children():
        status = Path(f"/proc/{worker.pid}/statm")
        if status.exists():
            total += int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total / 2**20


def burn(processes: int) -> float:
    """Seconds until so many processes at once have each counted to the same number."""
    context = multiprocessing.get_context("spawn")
    start = time.perf_counter()
    running = [context.Process(target=count_up) for _ in range(processes)]
    for process in running:
        process.start()
    for process in running:
        process.join()
    return time.perf_counter() - start


def count_up() -> None:
    total = 0
    for number in range(30_000_000):
        total += number


def measure(files: list[Path], folder: Path, catalog: Catalog, workers: int) -> float:
    """Read all files into a new store with so many workers, print what it took; the seconds."""
    samples: list[float] = []
    done = 0

    def advance(path: Path) -> None:
        nonlocal done
        done += 1
        if done % max(1, len(files) // 10) == 0:
            samples.append(megabytes())

    with Store(folder / f"{workers}.sqlite") as store:
        own, start = time.process_time(), time.perf_counter()
        run = read_folder(files, "in", catalog, store, workers, advance=advance)
        seconds, own = time.perf_counter() - start, time.process_time() - own
        counts = store.counts(run)
    print(f"\n{workers} worker{'s' * (workers > 1)}: {len(files) / seconds:.1f} documents/s, {counts}")
    print(f"the parent's own processor time: {own / len(files) * 1000:.1f} ms a document")
    print("memory of the workers, MB, at every tenth: " + " ".join(f"{sample:.0f}" for sample in samples))
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=2000)
    options = parser.parse_args()
    catalog = Catalog.load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        files = make(folder / "in", options.count)
        size = sum(path.stat().st_size for path in files) / 2**20
        print(f"{len(files)} Word files, {size:.0f} MB; {os.cpu_count()} processors")
        alone, together = burn(1), burn(2)
        print(f"two processes that only count do {2 * alone / together:.2f} times the work of one on this machine")
        first = measure(files, folder, catalog, 1)
        seconds = measure(files, folder, catalog, 2)
        print(f"two workers are {first / seconds:.2f} times as fast as one")
        with Store(folder / "2.sqlite") as store:
            last = store.last_run()
            assert last is not None
            start = time.perf_counter()
            hand_over(store, last.id, ("xlsx",), folder / "out", catalog)
            print(f"\nworkbook: {time.perf_counter() - start:.1f} s")
            start = time.perf_counter()
            again = read_folder(files, "in", catalog, store, 2)
            hand_over(store, again, ("xlsx",), folder / "out", catalog)
            second = time.perf_counter() - start
            print(f"second run over the unchanged folder: {second:.2f} s, {seconds / second:.0f} times as fast")


if __name__ == "__main__":
    main()
