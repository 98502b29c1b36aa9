"""Many documents: one that crashes, hangs or trips a bug fails alone; nothing is lost, nothing is done twice.

The readers below stand in for the path of a document; a file's first word says what happens to it. They live at
the top of the module because workers are started afresh and import them by name.
"""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

import pytest

from extractor import batch
from extractor import log as log_module
from extractor.batch import hand_over, read_folder, read_in_order, read_many
from extractor.catalog import Catalog
from extractor.errors import PatternError
from extractor.log import log_to
from extractor.model import Problem, Report
from extractor.pipeline import content_hash, failed_report
from extractor.readers import signs, tesseract
from extractor.store import Store

CATALOG = Catalog.load()


def reader(path: Path, catalog: Catalog) -> Report:
    """Do what the file says, and leave a line for every try in `tries` beside it."""
    with (path.parent.parent / "tries").open("a", encoding="utf-8") as tries:
        tries.write(path.name + "\n")
    match path.read_text(encoding="utf-8").split()[0]:
        case "crash":
            os._exit(7)
        case "hang":
            time.sleep(60)
        case "bug":
            raise ValueError("a room tripped over its own feet")
        case "long":  # as a scan of ten pages
            for _ in range(10):
                time.sleep(0.2)
                signs.goes_on()
        case "endless":
            while True:
                time.sleep(0.02)
                signs.goes_on()
        case "unequipped":
            problem = Problem("scan_page", f"Trang 2 là ảnh chụp. {tesseract.INSTALL}")
            if "partly" in path.read_text(encoding="utf-8"):
                return Report(str(path), content_hash(path), "pdf", "partial", (problem,))
            return failed_report(path, "scan", problem.message)
        case "scan":
            return failed_report(path, "scan", "Tệp là ảnh chụp, chưa đọc được chữ.")
        case "hungry":
            raise MemoryError
        case "once" if not (path.parent.parent / "survived").exists():
            (path.parent.parent / "survived").touch()
            os._exit(7)
        case "pattern":
            raise PatternError("patterns/x.toml: sai")
        case "named" if path.suffix != ".good":
            return failed_report(path, "broken", f"Tệp {path.name} bị hỏng.")
        case "lacking":
            return failed_report(path, "missing_program", "Chưa cài chương trình đọc tệp này.")
        case "print":
            print("noise on standard output")
            os.write(1, b"and below it\n")
        case "interrupt":
            (path.parent.parent / "reached").touch()
            time.sleep(60)
    return Report(str(path), content_hash(path), "txt", "read")


def better_reader(path: Path, catalog: Catalog) -> Report:
    """The machine after a program was installed: everything is read."""
    return Report(str(path), content_hash(path), "txt", "read")


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def write(folder: Path, *words: str) -> list[Path]:
    """One settled file a word, named by its position."""
    paths = []
    for number, word in enumerate(words):
        path = folder / f"{number}.txt"
        path.write_text(f"{word} {number}", encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000 + number))
        paths.append(path)
    return paths


def tries(folder: Path) -> list[str]:
    file = folder.parent / "tries"
    return file.read_text(encoding="utf-8").split() if file.exists() else []


def codes(reports: list[Report]) -> list[str]:
    return [report.problems[0].code if report.problems else "ok" for report in reports]


def test_a_document_that_stops_its_worker_fails_alone_and_in_its_place(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    paths = write(folder, "fine", "crash", "fine", "hang", "bug", "hungry", "fine")
    with caplog.at_level(logging.ERROR, "doisoat"):
        reports = list(read_in_order(paths, CATALOG, workers=2, seconds=0.6, reader=reader))
    assert codes(reports) == ["ok", "crashed", "ok", "timeout", "internal", "limit", "ok"]
    assert [report.path for report in reports] == [str(path) for path in paths]
    assert all(report.status == "failed" for report in reports if report.problems)
    assert "tripped over its own feet" in caplog.text and "Traceback" in caplog.text
    counted = {name: tries(folder).count(name) for name in ("1.txt", "3.txt", "4.txt")}
    assert counted == {"1.txt": 2, "3.txt": 2, "4.txt": 1}  # lost workers get a second try, bugs do not


def test_the_limit_is_one_for_silence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "LONGEST", 4)
    paths = write(folder, "long", "hang", "endless")
    times: dict[int, float] = {}
    found = dict(read_many(paths, CATALOG, 2, seconds=0.9, reader=reader, timed=times.__setitem__))
    assert codes([found[index] for index in range(3)]) == ["ok", "timeout", "timeout"]
    assert times[0] >= 2  # and no try was lost
    assert 1.8 <= times[1] < 4 and 7.2 <= times[2] < 10  # two tries each; a lively one is ended too
    assert tries(folder).count("0.txt") == 1


def test_what_was_not_read_is_read_again_where_it_is_asked_for(folder: Path, tmp_path: Path) -> None:
    paths = write(folder, "fine", "scan", "scan", "crash")
    with Store(tmp_path / "s.sqlite") as store:
        first = read_folder(paths, "in", CATALOG, store, 1, reader=reader)
        assert store.counts(first) == {"read": 1, "partial": 0, "failed": 3}

        def run(again: bool) -> tuple[list[str], list[str]]:
            before = len(tries(folder))
            number = read_folder(paths, "in", CATALOG, store, 1, reader=reader, again=again)
            return tries(folder)[before:], codes(store.reports(number))

        plain = (["3.txt", "3.txt"], ["ok", "scan", "scan", "crashed"])
        assert run(again=False) == plain  # what crashed is tried in every run
        read, found = run(again=True)
        assert sorted(read) == ["1.txt", "2.txt", "3.txt", "3.txt"] and found == ["ok", "scan", "scan", "crashed"]
        assert run(again=False) == plain
        assert codes(store.reports(first)) == ["ok", "scan", "scan", "crashed"]


@pytest.mark.parametrize("partly", [False, True])
def test_what_waited_for_tesseract_is_read_once_it_is_there(
    folder: Path, tmp_path: Path, partly: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write(folder, "unequipped partly" if partly else "unequipped", "scan")
    with Store(tmp_path / "s.sqlite") as store:
        for there, read in ((False, ["0.txt", "1.txt"]), (False, []), (True, ["0.txt"])):
            monkeypatch.setattr(tesseract, "is_there", lambda there=there: there)
            before = len(tries(folder))
            read_folder(paths, "in", CATALOG, store, 1, reader=reader)
            assert sorted(tries(folder)[before:]) == read


def test_what_another_reader_can_read_goes_before_from_then_on(folder: Path, tmp_path: Path) -> None:
    (path,) = write(folder, "scan")
    with Store(tmp_path / "s.sqlite") as store:
        first = read_folder([path], "in", CATALOG, store, 1, reader=reader)
        second = read_folder([path], "in", CATALOG, store, 1, reader=better_reader, again=True)
        third = read_folder([path], "in", CATALOG, store, 1, reader=better_reader)
        assert [codes(store.reports(run)) for run in (first, second, third)] == [["scan"], ["ok"], ["ok"]]
    assert len(tries(folder)) == 1  # the third run read nothing


def test_a_run_says_in_the_log_what_became_of_every_file(folder: Path, tmp_path: Path) -> None:
    paths = write(folder, "fine", "scan")
    said: list[str] = []
    with log_to(tmp_path / "run.log", said.append), Store(tmp_path / "s.sqlite") as store:
        read_folder(paths, "in", CATALOG, store, 1, reader=reader)
    text = (tmp_path / "run.log").read_text(encoding="utf-8")
    assert "0.txt: read, 0." in text and "1.txt: failed (scan), 0." in text and "không đọc được 1" in text
    assert not said  # nothing is wrong with the program


def test_a_log_that_has_grown_large_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "_LARGE", 100)
    for line in ("một " * 50, "hai"):
        with log_to(tmp_path / "run.log", print):
            logging.getLogger("doisoat").info(line)
    assert "hai" in (tmp_path / "run.log").read_text(encoding="utf-8")
    assert "một" in (tmp_path / "run.cu.log").read_text(encoding="utf-8")


def test_the_log_is_made_with_its_first_line_and_stops_nothing(tmp_path: Path) -> None:
    said: list[str] = []
    log = logging.getLogger("doisoat")
    with log_to(tmp_path / "run.log", said.append):
        assert not (tmp_path / "run.log").exists()
        log.error("một dòng")
        log.error("hai dòng")
    assert (tmp_path / "run.log").read_text(encoding="utf-8").count("dòng") == 2 and len(said) == 1
    with log_to(tmp_path, said.append):  # a folder cannot be written
        log.error("dòng thứ ba")
    assert "dòng thứ ba" in said[-1]


def test_a_worker_lost_by_accident_costs_nothing(folder: Path) -> None:
    paths = write(folder, "once", "fine")
    assert codes(list(read_in_order(paths, CATALOG, workers=1, reader=reader))) == ["ok", "ok"]


def test_workers_are_renewed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "DOCUMENTS_PER_WORKER", 2)
    paths = write(folder, *["fine"] * 5)
    assert codes(list(read_in_order(paths, CATALOG, workers=1, reader=reader))) == ["ok"] * 5


def test_wrong_patterns_stop_the_run_with_their_message(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="sai"):
        list(read_many(write(folder, "pattern"), CATALOG, 1, reader=reader))
    with pytest.raises(PatternError, match="không có tệp mẫu này"):
        list(read_many(write(folder, "fine"), Catalog.load(tmp_path), 1, reader=reader))


def test_workers_do_not_write_to_standard_output(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    list(read_many(write(folder, "print"), CATALOG, 1, reader=reader))
    out, err = capfd.readouterr()
    assert out == "" and "noise" in err


def test_a_second_run_reads_only_what_is_new_or_changed(folder: Path, tmp_path: Path) -> None:
    paths = write(folder, "fine", "fine", "fine", "crash", "lacking")
    with Store(tmp_path / "s.sqlite") as store:
        first = read_folder(paths, "in", CATALOG, store, 2, reader=reader)
        assert store.counts(first) == {"read": 3, "partial": 0, "failed": 2}
        before = len(tries(folder))

        paths[0].write_text("fine changed", encoding="utf-8")
        moved = paths[1].rename(folder / "9.txt")
        now = [paths[0], *paths[2:], moved]
        seen: list[str] = []
        second = read_folder(now, "in", CATALOG, store, 2, reader=reader, advance=lambda path: seen.append(path.name))
        # The changed file, and those that failed for no fault of theirs; not the moved one.
        assert sorted(tries(folder)[before:]) == ["0.txt", "3.txt", "3.txt", "4.txt"]
        assert sorted(seen) == ["0.txt", "2.txt", "3.txt", "4.txt", "9.txt"]
        assert [Path(report.path).stem for report in store.reports(second)] == ["0", "2", "3", "4", "9"]
        assert [Path(report.path).stem for report in store.reports(first)] == ["0", "1", "2", "3", "4"]


def test_the_same_content_under_two_names_is_read_once(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("fine", encoding="utf-8")
    (folder / "b.txt").write_text("fine", encoding="utf-8")
    with Store(tmp_path / "s.sqlite") as store:
        run = read_folder(sorted(folder.iterdir()), "in", CATALOG, store, 1, reader=reader)
        assert len(tries(folder)) == 1
        assert [Path(report.path).name for report in store.reports(run)] == ["a.txt", "b.txt"]


def test_a_refusal_names_the_file_that_it_is_of(folder: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.good", "x/a.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("named", encoding="utf-8")
    (folder.parent / "tries").touch()
    files = [folder / "a.txt", folder / "b.txt", folder / "c.good", folder / "x" / "a.txt"]
    with Store(tmp_path / "s.sqlite") as store:
        for _ in range(2):
            run = read_folder(files, "in", CATALOG, store, 1, reader=reader)
            reports = store.reports(run)
            said = ["Tệp a.txt bị hỏng.", "Tệp b.txt bị hỏng.", "", "Tệp a.txt bị hỏng."]
            assert [" ".join(problem.message for problem in report.problems) for report in reports] == said
            assert [Path(report.path) for report in reports] == files
            assert store.counts(run) == {"read": 1, "partial": 0, "failed": 3}
        assert tries(folder).count("a.txt") == 1  # the same name elsewhere, and the second run, ask for no reading


def test_what_was_read_before_a_stop_is_not_read_again(folder: Path, tmp_path: Path) -> None:
    paths = write(folder, "fine", "fine", "interrupt", "fine")

    def stop(path: Path) -> None:
        if path == paths[1]:
            raise KeyboardInterrupt

    with Store(tmp_path / "s.sqlite") as store:
        with pytest.raises(KeyboardInterrupt):
            read_folder(paths, "in", CATALOG, store, 1, reader=reader, advance=stop)
        assert store.last_run() is None  # stopped runs are not results
        paths[2].write_text("fine now", encoding="utf-8")
        before = len(tries(folder))
        read_folder(paths, "in", CATALOG, store, 1, reader=reader)
        assert sorted(tries(folder)[before:]) == ["2.txt", "3.txt"]


def test_outputs_are_written_again_only_where_something_changed(folder: Path, tmp_path: Path) -> None:
    paths = write(folder, "fine", "fine")
    out = tmp_path / "out"
    with Store(tmp_path / "s.sqlite") as store:

        def once() -> dict[str, int]:
            run = read_folder(paths, "in", CATALOG, store, 1, reader=reader)
            return {path.name: path.stat().st_mtime_ns for path in hand_over(store, run, ("csv",), out, CATALOG)}

        first = once()
        told = store.summary(1)
        assert once() == first  # nothing changed: the files stand
        assert told is not None and store.summary(2) == told
        (out / "so-lieu.csv").write_text("spoilt", encoding="utf-8")
        third = once()
        assert third.keys() == first.keys() and "spoilt" not in (out / "so-lieu.csv").read_text(encoding="utf-8")
