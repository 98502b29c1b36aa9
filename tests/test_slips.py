"""The whole path of a slip: misprinted in a document, read, found and named; a few of what the benchmark does."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

from extractor.catalog import Catalog
from extractor.model import Place

ROOT = Path(__file__).parents[1]


def _benchmark(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


for needed in ("localise", "render"):
    _benchmark(needed)
SLIPS = _benchmark("slips")
CASES = ("u04", "u05", "v02")


def test_misprinted_figures_are_found_and_mostly_named(tmp_path: Path) -> None:
    catalog = Catalog.load()
    named = tried = 0
    for id in CASES:
        case = json.loads((ROOT / "corpus" / "labelled" / f"{id}.json").read_text(encoding="utf-8"))
        sound = SLIPS.read(case, tmp_path, catalog)
        assert SLIPS.told(sound) == []
        for kind in SLIPS.KINDS:
            for wrong, figure, printed in SLIPS.plants(random.Random(kind), case, sound, kind, 1):
                found = SLIPS.told(SLIPS.read(wrong, tmp_path, catalog))
                assert found, (id, figure.indicator, figure.printed, printed)
                named += SLIPS.right(found[0], figure)
                tried += 1
    assert tried == 12 and named >= 9


@pytest.mark.parametrize(
    ("value", "like", "printed"),
    [
        (4812, "4.821", "4.812"),
        (4812, "4821", "4812"),
        (4812, "4,821", "4,812"),
        (482, "4.821", "482"),
        (2, "03", "02"),
    ],
)
def test_a_slip_is_printed_as_the_number_was(value: int, like: str, printed: str) -> None:
    assert SLIPS.written(value, like) == printed


def test_a_slip_is_printed_where_the_number_stands() -> None:
    table = {"table": {"rows": [["Chỉ tiêu", "Số"], ["Trực tuyến", "48"]]}}
    case = {"body": [{"p": "Tiếp nhận 48 hồ sơ, trong đó 48 trực tuyến."}, table]}
    second = SLIPS.misprinted(case, Place("p9", 29, 31, "Tiếp nhận 48 hồ sơ, trong đó 48 trực tuyến."), "84")
    assert second["body"][0] == {"p": "Tiếp nhận 48 hồ sơ, trong đó 84 trực tuyến."}
    cell = SLIPS.misprinted(case, Place("t2r2c2", 0, 2, "Trực tuyến | 48"), "84")
    assert cell["body"][1]["table"]["rows"][1] == ["Trực tuyến", "84"] and table["table"]["rows"][1][1] == "48"
