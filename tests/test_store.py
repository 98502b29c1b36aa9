"""The store: a report comes back as it was, runs are added, and every refusal of the database says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor import store as store_module
from extractor.errors import StoreError
from extractor.model import Figure, Finding, Identity, Place, Problem, Report, Suggestion
from extractor.store import FileState, Kept, Store, decode, encode

st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))
st.register_type_strategy(float, st.floats(allow_nan=False))
st.register_type_strategy(str, st.text(max_size=12))

PLACE = Place("t1r2c3", 0, 5, "3.286", 2, (72.0, 310.5, 98.2, 324.0))
REPORT = Report(
    path="thư mục/báo cáo.docx",
    sha256="ab" * 32,
    format="docx",
    status="partial",
    problems=(Problem("scan_page", "Trang 2 là ảnh"),),
    identity=Identity("BC", "12/BC-UBND", date(2026, 6, 15), window=(date(2026, 3, 15), date(2026, 6, 14))),
    figures=(
        Figure("received.total", "self", "period", Decimal("3286"), "3.286", PLACE),
        Figure("rate.online", "self", "period", Decimal("98.30"), "98,30", PLACE, 2, also=(PLACE, PLACE)),
    ),
    findings=(
        Finding(
            "balance", "self", "period", "error", 1, "pinned", "…", (0, 1), Decimal("5"),
            (Suggestion("rate.online", "self", "period", Decimal("98.30"), Decimal("93.80"), "…"),),
        ),
    ),
)  # fmt: skip


def state(path: str, mtime: int | None = 1) -> FileState:
    return FileState(path, 10, mtime)


@pytest.fixture()
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.sqlite") as opened:
        yield opened


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.builds(Report, **{name: st.from_type(hint) for name, hint in get_type_hints(Report).items()}))
def test_every_report_comes_back_as_it_was(report: Report) -> None:
    again = decode(encode(report))
    assert again == report
    for before, after in zip(report.figures, again.figures, strict=True):
        assert str(after.value) == str(before.value)  # 98.30 is not 98.3: the printed digits are kept


def test_what_is_kept_is_found_under_the_path_of_the_run(store: Store) -> None:
    run = store.start_run("in", "v1")
    store.keep(run, 0, state("/a/mới.docx"), REPORT)
    store.finish_run(run)
    (kept,) = store.reports(run)
    assert kept.path == "/a/mới.docx" and kept.figures == REPORT.figures and kept.findings == REPORT.findings
    assert store.counts(run) == {"read": 0, "partial": 1, "failed": 0}
    assert store.remembered() == {state("/a/mới.docx"): REPORT.sha256}
    assert store.read_already("v1") == {REPORT.sha256: Kept(REPORT.sha256, "v1", problems=REPORT.problems)}
    assert store.read_already("v2") == {}


def test_runs_are_added_and_never_overwritten(store: Store) -> None:
    for version, value in (("v1", "3.286"), ("v2", "3.287")):
        run = store.start_run("in", version)
        figure = Figure("received.total", "self", "period", Decimal(value.replace(".", "")), value, PLACE)
        store.keep(run, 0, state("a"), Report("a", "ab" * 32, "docx", "read", figures=(figure,)))
        store.finish_run(run)
    assert [store.reports(run)[0].figures[0].printed for run in (1, 2)] == ["3.286", "3.287"]
    last = store.last_run()
    assert last is not None and (last.id, last.version) == (2, "v2")


def test_a_file_is_remembered_as_it_was_last_seen(store: Store) -> None:
    for mtime, sha256 in ((1, "aa"), (2, "bb")):
        run = store.start_run("in", "v1")
        store.keep(run, 0, state("a", mtime), Report("a", sha256, "txt", "read"))
    assert store.remembered() == {state("a", 2): "bb"}


def test_a_failure_of_the_run_is_no_reading(store: Store) -> None:
    run = store.start_run("in", "v1")
    failed = Report("a", "cd" * 32, "pdf", "failed", (Problem("timeout", "Quá thời gian"),))
    store.keep(run, 0, state("a"), failed, lasting=False)
    assert store.reports(run) == [failed] and store.counts(run) == {"read": 0, "partial": 0, "failed": 1}
    assert store.read_already("v1") == {} and store.remembered() == {}


def test_a_refusal_that_names_its_file_is_known_as_such(store: Store) -> None:
    run = store.start_run("in", "v1")
    for position, (sha256, message) in enumerate((("aa", "Tệp bc.docx rỗng."), ("bb", "Quá nhiều bộ nhớ."))):
        failed = Report("/a/bc.docx", sha256, "docx", "failed", (Problem("broken", message),))
        store.keep(run, position, state("/a/bc.docx"), failed)
    assert {sha256: kept.name for sha256, kept in store.read_already("v1").items()} == {"aa": "bc.docx", "bb": None}


def test_a_document_read_again_has_its_new_reading_beside_the_old(store: Store) -> None:
    scan = Report("a", "ab" * 32, "pdf", "failed", (Problem("scan", "Chưa đọc được ảnh."),))
    half = replace(scan, status="partial", problems=(Problem("scan_page", "Trang 3 chưa đọc."),))
    whole = replace(scan, status="read", problems=())
    seen = []
    for report in (scan, half, whole, whole):
        run = store.start_run("in", "v1")
        store.keep(run, 0, state("a"), report, again=run > 1)
        seen.append(store.read_already("v1")[scan.sha256])
    assert [(kept.version, kept.failed, [problem.code for problem in kept.problems]) for kept in seen] == [
        ("v1", True, ["scan"]), ("v1/2", False, ["scan_page"]), ("v1/3", False, []), ("v1/4", False, []),
    ]  # fmt: skip
    assert [store.reports(run)[0].status for run in (1, 2, 3)] == ["failed", "partial", "read"]
    run = store.start_run("in", "v1")
    store.keep_known(run, [(0, state("a"), seen[-1])])
    assert store.reports(run)[0].status == "read" and store.read_already("v") == {}


def test_what_is_kept_with_a_file_alone_is_counted_as_what_it_is(store: Store) -> None:
    run = store.start_run("in", "v1")
    store.keep(run, 0, state("a"), REPORT, lasting=False)
    assert store.counts(run) == {"read": 0, "partial": 1, "failed": 0}


def test_a_file_name_that_is_not_utf8_does_not_stop_the_store(store: Store) -> None:
    name = b"b\xe1o-c\xe1o.txt".decode("utf-8", "surrogateescape")
    run = store.start_run(name, "v1")
    store.keep(run, 0, state(name), Report(name, "ef" * 32, "txt", "read"))
    assert store.reports(run)[0].path == r"b\udce1o-c\udce1o.txt"


def test_half_a_transaction_leaves_nothing(store: Store) -> None:
    run = store.start_run("in", "v1")
    with pytest.raises(StoreError):
        store.keep_known(run, [(0, state("a"), Kept(REPORT.sha256, "v1"))])  # no such reading: the foreign key refuses
    assert store.reports(run) == []


def test_figures_can_be_queried_with_sql(store: Store) -> None:
    run = store.start_run("in", "v1")
    store.keep(run, 0, state("a"), REPORT)
    store.close()
    with sqlite3.connect(store.path) as db:
        rows = db.execute("SELECT indicator, value, page FROM figures ORDER BY position").fetchall()
    assert rows == [("received.total", "3286", 2), ("rate.online", "98.30", 2)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a database " * 100, "không phải cơ sở dữ liệu"),
        ("foreign", "chương trình khác"),
        ("newer", "phiên bản mới hơn"),
        ("folder", "không mở được"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_with_a_way_out(content: bytes | str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "folder":
        path.mkdir()
    elif content == "newer":
        Store(path).close()
        db = sqlite3.connect(path)
        db.execute(f"PRAGMA user_version = {store_module.SCHEMA_VERSION + 1}")
        db.close()
    else:
        db = sqlite3.connect(path)
        db.execute("CREATE TABLE customers (id)")
        db.commit()
        db.close()
    with pytest.raises(StoreError, match=words) as refusal:
        Store(path)
    assert "Hãy" in str(refusal.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="Không tạo được thư mục"):
        Store(tmp_path / "file" / "s.sqlite")


def test_a_locked_and_a_full_database_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.05)
    path = tmp_path / "s.sqlite"
    with Store(path) as store, Store(path) as other:
        other._db.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="đang được chương trình khác sử dụng"):
            store.start_run("in", "v1")
        other._db.execute("ROLLBACK")
        run = store.start_run("in", "v1")
        store._db.execute(f"PRAGMA max_page_count = {store._db.execute('PRAGMA page_count').fetchone()[0]}")
        big = Report("a", "ab" * 32, "txt", "read", (Problem("x", "y" * 100_000),))
        with pytest.raises(StoreError, match="ổ đĩa đầy"):
            store.keep(run, 0, state("a"), big)
        assert store.reports(run) == []


def test_two_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    with Store(tmp_path / "s.sqlite") as one, Store(tmp_path / "s.sqlite") as two:
        assert (one.start_run("a", "v"), two.start_run("b", "v")) == (1, 2)
