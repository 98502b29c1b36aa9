"""How long scanned pages take beside Tesseract alone, and what it costs digital pages to be asked whether they are one.

    python benchmarks/scan_speed.py FOLDER          PDF files, scanned ones and digital ones

Tesseract alone reads the same pages, drawn beforehand at the same resolution, once each, in its usual page mode, with
one thread and as many processes at a time as reading uses. Both ways take turns file by file, so that what else the
machine does weighs on both; wall time. Of digital files, each is read with and without the question in turn; the
fastest of all rounds counts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pypdfium2

from extractor import readers
from extractor.errors import ReadError
from extractor.model import Document
from extractor.readers import ocr, recognise

ROUNDS = 15


def drawn(path: Path, folder: Path) -> list[Path]:
    """The pages of a PDF as pictures at the resolution they are read in."""
    pages = []
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            pages.append(folder / f"{path.stem}.{number}.ppm")
            page.render(scale=ocr.DPI / 72).to_pil().convert("L").save(pages[-1])
    return pages


def tesseract(page: Path) -> None:
    subprocess.run(
        [ocr.program(), str(page), "stdout", "-l", ocr.LANGUAGE, "--dpi", str(ocr.DPI)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip


def alone(pages: Sequence[Path]) -> float:
    """Seconds that Tesseract takes for pages, as many at a time as reading does."""
    start = time.perf_counter()
    with ThreadPoolExecutor(max(1, min(ocr.AT_ONCE, os.cpu_count() or 1, len(pages)))) as pool:
        list(pool.map(tesseract, pages))
    return time.perf_counter() - start


def reading(path: Path) -> tuple[float, Document | None]:
    start = time.perf_counter()
    try:
        document = readers.read(path)
    except ReadError as error:
        print(f"passed over {path.name}: {error.code}")
        return 0.0, None
    return time.perf_counter() - start, document


def trust(files: Sequence[Path]) -> tuple[float, float]:
    """Seconds of reading digital files, with the question and without it."""
    asked: list[float] = []
    unasked: list[float] = []
    for _ in range(ROUNDS):
        asked.append(sum(reading(path)[0] for path in files))
        with mock.patch.object(recognise, "untrusted", lambda page: []):
            unasked.append(sum(reading(path)[0] for path in files))
    return min(asked), min(unasked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    print(f"{'scanned':32}{'pages':>8}{'reading':>10}{'Tesseract':>11}{'ratio':>8}")
    digital: list[Path] = []
    total = [0.0, 0.0]
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(options.folder.rglob("*.pdf")):
            seconds, document = reading(path)
            if document is None:
                continue
            if not any(block.ocr for block in document.blocks()):
                digital.append(path)
                continue
            pages = drawn(path, Path(folder))
            both = [seconds, alone(pages)]
            again, _ = reading(path)
            both = [both[0] + again, both[1] + alone(pages)]
            total = [one + more for one, more in zip(total, both, strict=True)]
            print(f"{path.name[:31]:32}{len(pages):8}{both[0] / 2:9.1f}s{both[1] / 2:10.1f}s{both[0] / both[1]:8.2f}")
    if total[1]:
        print(f"{'all':32}{'':8}{total[0] / 2:9.1f}s{total[1] / 2:10.1f}s{total[0] / total[1]:8.2f}")
    if digital:
        asked, unasked = trust(digital)
        print(f"\n{len(digital)} digital files: {asked:.3f} s with the question, {unasked:.3f} s without", end="")
        print(f", ratio {asked / unasked:.3f}")


if __name__ == "__main__":
    main()
