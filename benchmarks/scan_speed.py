"""How long scanned pages take beside Tesseract alone, and what it costs digital pages to be asked whether they are one.

    python benchmarks/scan_speed.py FOLDER          PDF files, scanned ones and digital ones
    python benchmarks/scan_speed.py FOLDER --rounds 5

Tesseract alone reads the same pages, drawn beforehand at the same resolution into files of the format that it takes in
fastest, once each, in its usual page mode, with one thread and as many processes at a time as reading uses. Both ways
take turns file by file, so that what else the machine does weighs on both; the fastest of all rounds counts. Beside
the time that passes stands the time that processors were busy, which other programs' work changes least, and how many
times Tesseract was started: for pages, and for what was cut out of them to be read a second time. Of digital files,
each is read with and without the question in turn.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pypdfium2

from extractor import readers
from extractor.errors import ReadError
from extractor.model import Document
from extractor.readers import ocr, recognise, tesseract

ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that passed, seconds that processors were busy with us and with the programs that we started."""

    wall: float
    own: float
    programs: float

    @classmethod
    def since(cls, start: float, before: os.times_result) -> Cost:
        now = os.times()
        own = now.user + now.system - before.user - before.system
        programs = now.children_user + now.children_system - before.children_user - before.children_system
        return cls(time.perf_counter() - start, own, programs)


def drawn(path: Path, folder: Path) -> list[Path]:
    """The pages of a PDF as pictures at the resolution they are read in."""
    pages = []
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            pages.append(folder / f"{path.stem}.{number}.tif")
            page.render(scale=tesseract.DPI / 72).to_pil().convert("L").save(pages[-1])
    return pages


def read_alone(page: Path) -> None:
    subprocess.run(
        [tesseract.program(), str(page), "stdout", "-l", tesseract.LANGUAGE, "--dpi", str(tesseract.DPI)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip


def alone(pages: Sequence[Path]) -> Cost:
    """What Tesseract takes for pages, as many at a time as reading does."""
    start, before = time.perf_counter(), os.times()
    with ThreadPoolExecutor(max(1, min(ocr.AT_ONCE, os.cpu_count() or 1, len(pages)))) as pool:
        list(pool.map(read_alone, pages))
    return Cost.since(start, before)


def reading(path: Path) -> tuple[Cost, Document | None]:
    start, before = time.perf_counter(), os.times()
    try:
        document = readers.read(path)
    except ReadError as error:
        print(f"passed over {path.name}: {error.code}")
        return Cost(0.0, 0.0, 0.0), None
    return Cost.since(start, before), document


def started(path: Path) -> Counter[bool]:
    """How many times Tesseract is started to read a file: for pages (True), for what is cut out of them (False)."""
    starts: Counter[bool] = Counter()

    def counted(arguments: Sequence[str], *rest: Any, **named: Any) -> Any:
        if "--psm" in arguments:
            starts[arguments[arguments.index("--psm") + 1] != str(tesseract.ONE_BLOCK)] += 1
        return popen(arguments, *rest, **named)

    popen = subprocess.Popen
    with mock.patch.object(subprocess, "Popen", counted):
        readers.read(path)
    return starts


def fastest(costs: Sequence[Cost]) -> Cost:
    return Cost(min(c.wall for c in costs), min(c.own for c in costs), min(c.programs for c in costs))


def row(name: str, pages: int, ours: Cost, theirs: Cost, starts: Counter[bool]) -> str:
    busy = (ours.own + ours.programs) / max(0.01, theirs.own + theirs.programs)
    return (
        f"{name[:31]:32}{pages:6}{ours.wall:9.1f}s{theirs.wall:10.1f}s{ours.wall / theirs.wall:8.2f}"
        f"{ours.own:8.1f}s +{ours.programs:6.1f}s{theirs.programs:8.1f}s{busy:8.2f}{starts[True]:8} +{starts[False]:3}"
    )


def scans(files: Sequence[Path], rounds: int) -> None:
    """Prints what reading scanned files costs beside Tesseract alone."""
    print(f"{'':38}{'time that passes':>29} {'busy: own + Tesseract':>18}{'alone':>8}{'':8}Tesseract started")
    print(f"{'scanned':32}{'pages':>6}{'reading':>10}{'alone':>11}{'ratio':>8}{'':26}{'ratio':>8} pages + again")
    total_ours, total_theirs = Cost(0.0, 0.0, 0.0), Cost(0.0, 0.0, 0.0)
    count, starts = 0, Counter[bool]()
    for path in files:
        with tempfile.TemporaryDirectory() as folder:
            pages = drawn(path, Path(folder))
            turns = [(reading(path)[0], alone(pages)) for _ in range(rounds)]
        ours, theirs, begun = fastest([a for a, _ in turns]), fastest([b for _, b in turns]), started(path)
        print(row(path.name, len(pages), ours, theirs, begun), flush=True)
        total_ours = Cost(*(a + b for a, b in zip(astuple(total_ours), astuple(ours), strict=True)))
        total_theirs = Cost(*(a + b for a, b in zip(astuple(total_theirs), astuple(theirs), strict=True)))
        count, starts = count + len(pages), starts + begun
    print(row("all", count, total_ours, total_theirs, starts))


def trust(files: Sequence[Path]) -> tuple[float, float]:
    """Seconds of reading digital files, with the question and without it."""
    asked: list[float] = []
    unasked: list[float] = []
    for _ in range(ROUNDS):
        asked.append(sum(reading(path)[0].wall for path in files))
        with mock.patch.object(recognise, "untrusted", lambda page: []):
            unasked.append(sum(reading(path)[0].wall for path in files))
    return min(asked), min(unasked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    digital: list[Path] = []
    scanned: list[Path] = []
    for path in sorted(options.folder.rglob("*.pdf")):
        _, document = reading(path)
        if document is not None:
            (scanned if any(block.ocr for block in document.blocks()) else digital).append(path)
    if scanned:
        scans(scanned, options.rounds)
    if digital:
        asked, unasked = trust(digital)
        print(f"\n{len(digital)} digital files: {asked:.3f} s with the question, {unasked:.3f} s without", end="")
        print(f", ratio {asked / unasked:.3f}")


if __name__ == "__main__":
    main()
