"""The same report in every format it may come in, side by side: what of its labels is read from each. Prints a table.

    python benchmarks/formats.py corpus/labelled                 all but the cases laid aside in held.txt
    python benchmarks/formats.py corpus/labelled --only u08 v16  some of them

Cases are rendered as Word files and converted with LibreOffice; the scan is the PDF drawn at 200 dpi, a little askew,
blurred and noisy, and packed as JPEG; TXT is what Notepad holds after copying from Word, the cells of a row parted by
tabs and nothing left of merged cells. Without LibreOffice .docx and .txt are scored, without Tesseract no scan.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pypdfium2
from accuracy import Object, Score, score_figures, score_findings, score_plan
from PIL import Image, ImageFilter
from render import render_docx

from extractor.batch import read_in_order
from extractor.catalog import Catalog
from extractor.export.contract import report_object
from extractor.readers import office, tesseract

CONVERTED = {
    "doc": "doc:MS Word 97",
    "odt": "odt",
    "rtf": "rtf",
    "pdf": "pdf",
}
COLUMNS = {
    "  dossiers of the unit, period": "core",
    "figures": "figures",
    "plan rows": "plan rows",
    "contradictions": "slips",
}


def converted(files: list[Path], suffix: str, folder: Path) -> list[Path]:
    """The files in another format, one call of LibreOffice for all."""
    profile = (folder / "profile").as_uri()
    out = folder / suffix
    command = [office.program(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", CONVERTED[suffix]]
    command += ["--outdir", str(out), *map(str, files)]
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=600)
    return [out / f"{file.stem}.{suffix}" for file in files]


def typed(case: Object, path: Path) -> Path:
    """A case as plain text."""
    meta = case["meta"]
    lines = [meta["number"], meta["place_date"], meta["doc_type"], meta["title"]]
    for item in case["body"]:
        ((kind, value),) = item.items()
        if kind == "table":
            rows = [["" if cell is None else str(cell).replace("\n", " ") for cell in row] for row in value["rows"]]
            lines += ["\t".join(row) for row in rows]
        elif kind in ("h", "p", "li"):
            lines.append(value)
    lines += ["Nơi nhận:", *meta["recipients"], *meta["signature"]]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def scanned(file: Path, path: Path) -> Path:
    """A PDF as a scanner gives it."""
    chance = random.Random(file.stem)
    noise = np.random.default_rng(len(file.stem))
    pages = []
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            image = page.render(scale=200 / 72).to_pil().convert("RGB")
            image = image.rotate(chance.uniform(-0.7, 0.7), Image.Resampling.BICUBIC, fillcolor=(250, 250, 248))
            values = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), np.float32)
            values = values + noise.normal(0, 7, (image.height, image.width, 1))
            pages.append(Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)))
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=200, quality=70)
    return path


def variants(cases: list[Object], folder: Path) -> dict[str, list[Path]]:
    """To each format the files of all cases."""
    for name in ("docx", "txt", "scan"):
        (folder / name).mkdir()
    made = {"docx": [render_docx(case, folder / "docx" / f"{case['id']}.docx") for case in cases]}
    made["txt"] = [typed(case, folder / "txt" / f"{case['id']}.txt") for case in cases]
    if office.program() is None:
        print("LibreOffice is not installed: .docx and .txt alone")
        return made
    made |= {suffix: converted(made["docx"], suffix, folder) for suffix in CONVERTED}
    if not tesseract.is_there():
        print("Tesseract is not installed: no scan")
        return made
    made["scan"] = [scanned(file, folder / "scan" / file.name) for file in made["pdf"]]
    return made


def f1(score: Score, group: str) -> float | None:
    """The harmonic mean of precision and recall; None where nothing is labelled and nothing read."""
    right, missed, extra = (score.counts[group, name] for name in ("right", "missed", "extra"))
    return 2 * right / (2 * right + missed + extra) if right + missed + extra else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="cases (*.json)")
    parser.add_argument("--only", nargs="+", default=(), metavar="ID", help="these cases alone")
    options = parser.parse_args()
    held_file = options.folder / "held.txt"
    held = set(held_file.read_text(encoding="utf-8").split()) if held_file.exists() else set()
    cases = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(options.folder.glob("*.json"))]
    cases = [case for case in cases if "body" in case and case["id"] not in held]
    cases = [case for case in cases if not options.only or case["id"] in options.only]
    catalog = Catalog.load()
    with tempfile.TemporaryDirectory() as name:
        made = variants(cases, Path(name))
        print(f"{len(cases)} documents, F1 of what is labelled\n")
        print(f"{'':6}{'unread':>8}" + "".join(f"{title:>11}" for title in COLUMNS.values()) + f"{'wrong':>8}")
        for kind, files in made.items():
            score, unread = Score(), 0
            for case, report in zip(cases, read_in_order(files, catalog), strict=True):
                gold, read = case["gold"], report_object(report)
                unread += report.status == "failed"
                score_figures(score, gold["figures"], read["figures"])
                score_plan(score, gold["plan_rows"], read["plan_rows"])
                score_findings(score, gold["violations"], read["findings"])
            values = [f1(score, group) for group in COLUMNS]
            told = "".join(f"{'–' if value is None else f'{value:.4f}':>11}" for value in values)
            print(f"{kind:6}{unread:8}{told}{score.counts['figures', 'wrong']:8}", flush=True)


if __name__ == "__main__":
    main()
