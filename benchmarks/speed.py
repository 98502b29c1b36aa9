"""CPU time per page of reading PDF files, beside well-known programs on the same files in the same run.

    python benchmarks/speed.py FOLDER          PDF files with letters; scanned ones are passed over

Milliseconds depend on the machine, ratios hardly do: compare those. Each figure is the fastest of three rounds over
all files. "whole path" is reading, identifying, finding and checking. pdftotext runs as a process of its own and its
start counts, which weighs on short files. "finding and checking" is what comes after reading and identifying, also told
for 4,000 words: a report with more figures takes more, whatever its length.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pdfplumber
import pypdfium2

from extractor import readers
from extractor.catalog import Catalog
from extractor.check import check
from extractor.errors import ReadError
from extractor.find import find_figures
from extractor.find.formulas import find_formulas
from extractor.identify import identify
from extractor.model import Document, Identity
from extractor.pipeline import read_report

ROUNDS = 3
LEAST_SECONDS = 0.4  # clocks of child processes tick in hundredths


def cpu() -> float:
    """Seconds of processor time of this process and of those it started."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def pdftotext(path: Path) -> None:
    subprocess.run(["pdftotext", "-layout", str(path), "-"], stdout=subprocess.DEVNULL, check=True)


def pdfium(path: Path) -> None:
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            page.get_textpage().get_text_bounded()


def plumber(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()


def plumber_tables(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()


def per_page(work: Callable[[Path], object], files: list[Path], pages: int) -> float:
    """Milliseconds of processor time a page, of the fastest round; a round repeats until it can be measured."""
    rounds = []
    for _ in range(ROUNDS):
        start, repeats = cpu(), 0
        while cpu() - start < LEAST_SECONDS:
            for path in files:
                work(path)
            repeats += 1
        rounds.append((cpu() - start) / repeats)
    return min(rounds) * 1000 / pages


def _find_and_check(known: dict[Path, tuple[Document, Identity]], catalog: Catalog, path: Path) -> object:
    document, identity = known[path]
    found = find_figures(document, identity, catalog)
    return check(found.figures, catalog.rules, find_formulas(document))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    catalog = Catalog.load()

    groups: dict[str, list[tuple[Path, int]]] = {"with tables": [], "without tables": []}
    for path in sorted(options.folder.rglob("*.pdf")):
        try:
            document = readers.read(path)
        except ReadError as error:
            print(f"passed over {path.name}: {error.code}")
            continue
        ruled = any(table.ruled and table.rows > 1 for table in document.tables())
        groups["with tables" if ruled else "without tables"].append((path, document.pages or 1))

    ways: dict[str, Callable[[Path], object]] = {
        "pdftotext -layout": pdftotext,
        "pypdfium2, text": pdfium,
        "pdfplumber, text": plumber,
        "pdfplumber, tables": plumber_tables,
        "doisoat, reading": readers.read,
        "doisoat, whole path": lambda path: read_report(path, catalog),
    }
    if shutil.which("pdftotext") is None:
        del ways["pdftotext -layout"]
        print("pdftotext is not installed (poppler-utils)")
    for name, found in groups.items():
        files, pages = [path for path, _ in found], sum(count for _, count in found)
        if not files:
            continue
        for path in files[:3]:
            read_report(path, catalog)  # loads what is loaded once
        clock = time.perf_counter()
        took = {way: per_page(work, files, pages) for way, work in ways.items()}
        seconds = time.perf_counter() - clock
        read = [readers.read(path) for path in files]
        words = sum(len(block.text.split()) for document in read for block in document.blocks())
        known = {path: (document, identify(document, catalog)) for path, document in zip(files, read, strict=True)}
        took["finding, checking"] = per_page(partial(_find_and_check, known, catalog), files, pages)
        print(f"\n{len(files)} files {name}, {pages} pages, measured in {seconds:.0f} s")
        print(f"{'':22}{'ms CPU/page':>12}{'× pdfium':>10}{'× pdfplumber':>14}")
        for way, ms in took.items():
            print(f"{way:22}{ms:12.2f}{ms / took['pypdfium2, text']:10.1f}{ms / took['pdfplumber, text']:14.3f}")
        each = took["finding, checking"] * pages * 4000 / words
        print(f"finding and checking: {each:.0f} ms of CPU for 4,000 words ({words} words in all)")


if __name__ == "__main__":
    main()
