"""What an official sees who tries a sentence, or compares patterns before and after a change."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractor import readers
from extractor.catalog import Catalog
from extractor.catalog.indicators import SLOTS
from extractor.cli import app
from extractor.errors import DoisoatError
from extractor.pattern_commands import SLOTS as TOLD
from extractor.pattern_commands import Differences, differences, tried
from extractor.pipeline import read_report

CATALOG = Catalog.load()


def doisoat(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


# --------------------------------------------------------------------------- try


def test_every_slot_of_a_cue_has_a_word() -> None:
    assert set(TOLD) == set(SLOTS)


def test_a_sentence_is_shown_with_figures_masks_and_cues() -> None:
    shown = tried("Theo Kế hoạch số 12/KH-UBND, phường đã tiếp nhận 905 hồ sơ (trực tuyến: 880).", "", CATALOG)
    assert shown.split("\n\n")[0].splitlines() == [
        "SỐ LIỆU (2)",
        "Tổng số hồ sơ tiếp nhận (received.total) | toàn đơn vị | trong kỳ | 905",
        "Số hồ sơ tiếp nhận trực tuyến (received.online) | toàn đơn vị | trong kỳ | 880",
    ]
    assert "số 12/KH-UBND | số, ký hiệu văn bản" in shown
    assert "“đã tiếp nhận” | received | act: đã làm gì" in shown
    assert "“trực tuyến” | online | mark: phần nào" in shown


def test_what_stays_unread_says_why() -> None:
    shown = tried("Trong đó có 15 hồ sơ.", "", CATALOG)
    assert shown.startswith("SỐ LIỆU (0)\n")
    assert "SỐ CHƯA ĐỌC CHẮC CHẮN (1)\n15 | chưa rõ chỉ tiêu" in shown


def test_a_rate_is_shown_with_its_fraction() -> None:
    assert "| 95,20% = 238/250" in tried("Tỷ lệ hồ sơ trực tuyến đạt 95,20% (238/250 hồ sơ).", "", CATALOG)


def test_the_period_tells_what_a_named_quarter_is() -> None:
    sentence = "Quý I/2026 tiếp nhận 900 hồ sơ."
    assert "| kỳ trước | 900" in tried(sentence, "2026-Q2", CATALOG)
    assert "| trong kỳ | 900" in tried(sentence, "2026-Q1", CATALOG)


def test_line_breaks_part_paragraphs() -> None:
    assert "| 5" in tried("Đang giải quyết 70 hồ sơ:\n- Quá hạn: 05", "", CATALOG).split("\n\n")[0]


@pytest.mark.parametrize(("sentence", "period", "way_out"), [(" ", "", "Hãy gõ câu"), ("5 hồ sơ", "Q2", "Hãy ghi như")])
def test_what_cannot_be_tried_is_told_with_the_way_out(sentence: str, period: str, way_out: str) -> None:
    with pytest.raises(DoisoatError, match=way_out):
        tried(sentence, period, CATALOG)


def test_the_command_tries_a_sentence() -> None:
    done = doisoat("patterns", "try", "Đã giải quyết 90 hồ sơ.", "--period", "2026-Q2")
    assert done.exit_code == 0
    assert "resolved.total" in done.stdout
    assert doisoat("patterns", "try", "").exit_code == 2


# --------------------------------------------------------------------------- diff


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    """Documents to read, and old patterns that a test may spoil."""
    (tmp_path / "reports").mkdir()
    report = (
        "BÁO CÁO\nKết quả giải quyết thủ tục hành chính quý II năm 2026\n\n"
        "Đã giải quyết 90 hồ sơ, trong đó trước hạn 80 hồ sơ. Hồ sơ trực tuyến: 70 hồ sơ.\n"
    )
    (tmp_path / "reports" / "a.txt").write_text(report, encoding="utf-8")
    shutil.copytree(CATALOG.folder, tmp_path / "old")
    return tmp_path


def without(folder: Path, cue: str) -> None:
    """Spoils a cue of the old patterns: nothing is heard as it any more."""
    cues = (folder / "old" / "cues.toml").read_text(encoding="utf-8")
    spoilt, found = re.subn(rf'(id = "{cue}"\nslot = "mark"\nphrases = )\[[^]]*\]', r'\1["không ai nói"]', cues)
    assert found == 1
    (folder / "old" / "cues.toml").write_text(spoilt, encoding="utf-8")


def diff(folder: Path) -> Differences:
    """The old patterns beside those shipped, read in this process."""
    files = readers.collect([folder / "reports"])
    old = Catalog.load(folder / "old")
    return differences([read_report(f, old) for f in files], [read_report(f, CATALOG) for f in files], CATALOG.labels)


EARLY = "Số hồ sơ đã giải quyết trước hạn (resolved.early) | toàn đơn vị | trong kỳ | 80 | đoạn 3 | “"


def test_a_figure_that_only_the_new_patterns_read_is_gained(folder: Path) -> None:
    without(folder, "early")
    found = diff(folder)
    assert found.lines[0] == "a.txt:"
    assert found.lines[1].startswith(f"  được thêm: {EARLY}")
    assert (len(found.lines), found.gained, found.lost, found.changed) == (2, 1, 0, 0)


def test_a_figure_that_only_the_old_patterns_read_is_lost(folder: Path) -> None:
    without(folder, "early")
    files = readers.collect([folder / "reports"])
    poor = Catalog.load(folder / "old")
    found = differences([read_report(f, CATALOG) for f in files], [read_report(f, poor) for f in files], CATALOG.labels)
    assert found.lines[1].startswith(f"  mất đi: {EARLY}")
    assert (found.gained, found.lost, found.changed) == (0, 1, 0)


def test_a_figure_with_another_meaning_has_changed(folder: Path) -> None:
    path = folder / "old" / "cues.toml"
    cues = path.read_text(encoding="utf-8").replace('"trực tuyến", "online", ', '"online", ')
    cues = cues.replace('phrases = ["bưu chính", ', 'phrases = ["trực tuyến", "bưu chính", ')
    path.write_text(cues, encoding="utf-8")
    found = diff(folder)
    assert found.lines[1].startswith("  đổi: ")
    assert "(received.postal) | toàn đơn vị | trong kỳ | 70 → " in found.lines[1]
    assert (found.gained, found.lost, found.changed) == (0, 0, 1)


def test_the_same_patterns_differ_in_nothing(folder: Path) -> None:
    assert diff(folder) == Differences(())


def test_the_command_compares_and_names_what_it_cannot_read(folder: Path) -> None:
    without(folder, "early")
    (folder / "reports" / "b.pdf").write_bytes(b"not a PDF")
    done = doisoat("patterns", "diff", folder / "old", folder / "reports", "--workers", "1")
    assert done.exit_code == 1
    assert f"  được thêm: {EARLY}" in done.stdout
    assert "b.pdf:" in done.stdout
    assert done.stdout.endswith("2 tệp: thêm 1 số, mất 0 số, đổi 0 số.\n")


def test_a_folder_without_patterns_is_told_with_the_way_out(folder: Path) -> None:
    done = doisoat("patterns", "diff", folder / "reports", folder / "reports")
    assert done.exit_code == 2
    assert "Hãy chép lại tệp" in done.stderr
