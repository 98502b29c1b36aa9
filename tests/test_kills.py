"""A run that is killed loses nothing and adds nothing. Fifty kills: benchmarks/kills.py."""

from __future__ import annotations

import os
import random
from pathlib import Path

import killing
import pytest

SEED = 20260714


@pytest.mark.skipif(os.name == "nt", reason="process groups are ended otherwise on Windows")
def test_what_a_killed_run_leaves_is_completed_to_the_same_store(tmp_path: Path) -> None:
    folder = killing.documents(tmp_path / "in", 12)
    longest = killing.completed(folder, tmp_path / "whole")
    expected = killing.content(tmp_path / "whole")
    assert len(expected["files"]) == 12 + 11 and {row[-1] for row in expected["files"]} == {None}
    moments = list(killing.kills(folder, tmp_path / "killed", 3, longest, random.Random(SEED)))
    killing.completed(folder, tmp_path / "killed")
    assert killing.content(tmp_path / "killed") == expected, f"killed at {moments}"
    for name in ("bang-tong-hop.xlsx", "so-lieu.json", "so-lieu.csv"):
        assert (tmp_path / "killed" / name).stat().st_size > 0


def test_the_comparison_of_stores_sees_a_difference(tmp_path: Path) -> None:
    folder = killing.documents(tmp_path / "in", 1)
    killing.completed(folder, tmp_path / "one")
    (folder / "000.txt").write_text("Số hồ sơ tiếp nhận: 7 hồ sơ.", encoding="utf-8")
    killing.completed(folder, tmp_path / "other")
    one, other = killing.content(tmp_path / "one"), killing.content(tmp_path / "other")
    assert {table for table in one if one[table] != other[table]} >= {"documents", "readings", "files", "figures"}
