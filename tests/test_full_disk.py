"""A disk that is full or may not be written: a sentence in Vietnamese, and what was kept before can be opened.

A small disk in memory stands in for the real one; where that may not be made, the tests are skipped.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hostile
import killing
import pytest
from typer.testing import CliRunner, Result

from extractor import batch, export
from extractor.catalog import Catalog
from extractor.cli import app
from extractor.errors import fact
from extractor.model import Report
from extractor.readers import archives, scratch
from extractor.store import Store


def _mounted(*arguments: str) -> bool:
    return subprocess.run(["mount", *arguments], capture_output=True).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Make the disk of a size, or change it: "200k", "5m", "ro"."""
    if sys.platform != "linux" or os.getuid():
        pytest.skip("only root on Linux may make a small disk")
    place = tmp_path / "dia"
    place.mkdir()
    if not _mounted("-t", "tmpfs", "-o", "size=4k", "tmpfs", str(place)):
        pytest.skip("no disk may be made here")

    def change(to: str) -> Path:
        assert _mounted("-o", f"remount,{'ro' if to == 'ro' else f'rw,size={to}'}", str(place))
        return place / "kq"

    yield change
    subprocess.run(["umount", "-l", str(place)], capture_output=True)


def doisoat(*arguments: str | Path) -> Result:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert "Traceback" not in done.output and "Errno" not in done.output and "No space" not in done.output
    return done


def test_a_full_disk_is_said_and_the_run_goes_on_when_there_is_room(
    disk: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = killing.documents(tmp_path / "in", 4)
    for size in ("16k", "80k", "300k"):  # no room for the database, for the first reading, for all of them
        done = doisoat("run", folder, "--out", disk(size), "--workers", "1")
        assert done.exit_code == 2 and "đầy" in done.stderr and "Hãy" in done.stderr, size
    with Store(disk("300k") / "doisoat.sqlite") as store:
        assert store.read_already(batch.reading_version(Catalog.load())), "what was read stays read"
    done = doisoat("run", folder, "--out", disk("20m"), "--workers", "1")
    assert done.exit_code == 1 and not [path for path in disk("20m").iterdir() if path.name.startswith(("~", "."))]
    killing.completed(folder, tmp_path / "whole")
    assert killing.content(disk("20m")) == killing.content(tmp_path / "whole")


def test_results_stay_whole_where_there_is_no_room_for_new_ones(disk: Callable[[str], Path], tmp_path: Path) -> None:
    folder = killing.documents(tmp_path / "in", 1)
    out = disk("20m")
    assert doisoat("run", folder, "--out", out, "--workers", "1").exit_code == 1
    before = {path.name: path.read_bytes() for path in out.glob("*.[cxj]*")}
    with (out.parent / "day").open("wb", buffering=0) as filler, pytest.raises(OSError):
        while True:
            filler.write(bytes(4096))
    for kind in ("xlsx", "csv", "json"):
        done = doisoat("export", "--from", out, "--out", out, "--kind", kind)
        assert done.exit_code == 2 and "Không ghi được" in done.stderr and "ổ đĩa đầy" in done.stderr
    done = doisoat("run", folder, "--out", out, "--workers", "1")
    assert done.exit_code == 2 and "vì ổ đĩa đầy" in done.stderr
    assert {path.name: path.read_bytes() for path in out.glob("*.[cxj]*")} == before and len(before) > 5
    assert not [path for path in out.iterdir() if path.name.startswith(("~", "."))]


def test_results_that_may_not_be_written_can_be_read(disk: Callable[[str], Path], tmp_path: Path) -> None:
    folder = killing.documents(tmp_path / "in", 1)
    out = disk("20m")
    assert doisoat("run", folder, "--out", out, "--workers", "1").exit_code == 1
    disk("ro")
    for place in (out, out / "con", out.parent / "khac"):
        done = doisoat("run", folder, "--out", place)
        assert done.exit_code == 2 and "Không có quyền ghi vào thư mục" in done.stderr
    assert doisoat("export", "--from", out, "--out", tmp_path / "khac", "--kind", "csv").exit_code == 0
    assert (tmp_path / "khac" / "so-lieu.csv").exists()
    with Store(out / "doisoat.sqlite") as store:
        assert store.last_run() is not None
        with pytest.raises(Exception, match="chỉ cho đọc"):
            store.start_run("in", "v")


def test_a_full_temporary_folder_is_no_fault_of_the_document(
    disk: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "goi.zip").write_bytes(hostile.packed(("bc.docx", hostile.word())))
    (path,) = archives.opened(tmp_path / "goi.zip")
    disk("8k").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(disk("8k")))
    monkeypatch.setenv("TMPDIR", str(disk("8k")))
    (report,) = batch.read_in_order([path], Catalog.load(), 1)
    assert [problem.code for problem in report.problems] == ["unreadable"]  # tried again in the next run
    assert "ổ đĩa đầy" in report.problems[0].message


def full(path: Path, catalog: Catalog) -> Report:
    """A reader that finds no room where none was thought of."""
    raise OSError(errno.ENOSPC, "No space left on device", str(path))


def test_trouble_of_the_machine_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    (report,) = batch.read_in_order([tmp_path / "a.txt"], Catalog.load(), 1, reader=full)
    assert report.problems[0].code in batch.PASSING and "ổ đĩa đầy" in report.problems[0].message


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "ổ đĩa đầy"),
        (errno.EROFS, "chỉ cho đọc"),
        (errno.EACCES, "không có quyền"),
        (errno.EXDEV, "Liên thiết bị"),  # unusual: as the system says it
    ],
)
def test_what_the_system_says_is_put_into_vietnamese(number: int, words: str) -> None:
    assert words in fact(OSError(number, "Liên thiết bị"))


def test_what_killed_runs_left_is_removed_once_it_is_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    out = tmp_path / "kq"
    old, new = [tmp_path / "doisoat-run-cu", out / "~12-so-lieu.csv", out / ".bang-tong-hop.7.tmp.xlsx"], []
    for path in old:
        new.append(path.with_name(path.name.replace("12", "13").replace(".7.", ".8.").replace("run-cu", "run-moi")))
    kept = [out / "~ghi-chú.csv", out / "~$bang-tong-hop.xlsx", *new]
    for path in (*old, *kept):
        path.parent.mkdir(exist_ok=True)
        if path.suffix:
            path.write_text("x", encoding="utf-8")
        else:
            path.mkdir()
            (path / "ban-sao.docx").write_text("x", encoding="utf-8")
    for path in (*old, *kept[:2]):
        os.utime(path, (time.time() - 10**6,) * 2)
    with scratch.for_run():
        export.write((), out, (), None, Catalog.load())  # type: ignore[arg-type]
    assert not any(path.exists() for path in old) and all(path.exists() for path in kept)
