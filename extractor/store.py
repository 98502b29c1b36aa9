"""Room 5, KEEP: what was read, by content. Readings and runs are added, never overwritten.

One SQLite file. A reading belongs to a document's bytes (SHA-256) and to the version of program and patterns that
read it, so a file that was moved, renamed or copied is known again and a change of patterns reads anew. A failure
that belongs to the run (too slow, process died, file locked) is kept with the file of that run and never as a
reading: the next run tries again. A document that was not read, or not wholly, may be read again on request: that
reading is kept beside the first, under the same version with the number of its run behind ("…/12"), and goes before it.

The report itself is kept as JSON that gives back the very same `Report`; figures, plan rows and findings stand
in tables of their own besides, for whoever queries the file with SQL.
"""

from __future__ import annotations

import json
import os
import sqlite3
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path, PurePath
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from extractor.errors import StoreError, fact
from extractor.model import Problem, Report, Status

SCHEMA_VERSION = 2
APPLICATION_ID = 0x646F6973  # "dois"
BUSY_SECONDS = 20.0

SCHEMA = """
CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY, first_seen TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, folder TEXT NOT NULL, version TEXT NOT NULL, started TEXT NOT NULL, finished TEXT
);
CREATE TABLE readings (
    sha256 TEXT NOT NULL REFERENCES documents, version TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs,
    status TEXT NOT NULL, figures INTEGER NOT NULL, findings INTEGER NOT NULL, report TEXT NOT NULL,
    PRIMARY KEY (sha256, version)
) WITHOUT ROWID;
CREATE TABLE files (
    run INTEGER NOT NULL REFERENCES runs, position INTEGER NOT NULL, path TEXT NOT NULL, size INTEGER, mtime_ns INTEGER,
    sha256 TEXT, version TEXT, failure TEXT,
    PRIMARY KEY (run, position),
    FOREIGN KEY (sha256, version) REFERENCES readings,
    CHECK ((sha256 IS NULL) = (failure IS NOT NULL))
) WITHOUT ROWID;
CREATE INDEX files_path ON files (path, run);
CREATE TABLE outputs (
    run INTEGER NOT NULL REFERENCES runs, path TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    PRIMARY KEY (run, path)
);
CREATE TABLE summaries (
    run INTEGER PRIMARY KEY REFERENCES runs, summary TEXT NOT NULL
);
CREATE TABLE figures (
    sha256 TEXT NOT NULL, version TEXT NOT NULL, position INTEGER NOT NULL,
    indicator TEXT NOT NULL, scope TEXT NOT NULL, basis TEXT NOT NULL, value TEXT NOT NULL, printed TEXT NOT NULL,
    numerator TEXT, denominator TEXT, approximate INTEGER NOT NULL, evidence TEXT NOT NULL,
    block TEXT NOT NULL, page INTEGER, quote TEXT NOT NULL,
    PRIMARY KEY (sha256, version, position), FOREIGN KEY (sha256, version) REFERENCES readings
) WITHOUT ROWID;
CREATE TABLE plan_rows (
    sha256 TEXT NOT NULL, version TEXT NOT NULL, position INTEGER NOT NULL,
    section TEXT NOT NULL, number TEXT NOT NULL, task TEXT NOT NULL, lead TEXT NOT NULL, partners TEXT NOT NULL,
    product TEXT NOT NULL, deadline TEXT NOT NULL, deadline_kind TEXT NOT NULL, deadline_start TEXT, deadline_end TEXT,
    PRIMARY KEY (sha256, version, position), FOREIGN KEY (sha256, version) REFERENCES readings
) WITHOUT ROWID;
CREATE TABLE findings (
    sha256 TEXT NOT NULL, version TEXT NOT NULL, position INTEGER NOT NULL,
    rule TEXT NOT NULL, scope TEXT NOT NULL, basis TEXT NOT NULL, severity TEXT NOT NULL, certainty TEXT NOT NULL,
    cause INTEGER NOT NULL, message TEXT NOT NULL,
    PRIMARY KEY (sha256, version, position), FOREIGN KEY (sha256, version) REFERENCES readings
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it lay in its folder: bytes and time of last change, None where it could not be looked at."""

    path: str
    size: int | None
    mtime_ns: int | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: when, over which folder, with which program and patterns. `finished` is None where it was stopped."""

    id: int
    folder: str
    version: str
    started: str
    finished: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """The reading that stands for a document: under which version it is kept, `name_told` of it, whether it failed,
    and where it did or was read in part, its problems."""

    sha256: str
    version: str
    name: str | None = None
    failed: bool = False
    problems: tuple[Problem, ...] = ()


class Store:
    """An open database. Close it, or use it in a `with`. Every method raises StoreError where SQLite refuses."""

    def __init__(self, path: Path) -> None:
        """Open or create the database. Raises StoreError (not ours, newer, no right to write, disk full …)."""
        self.path, self._full = path, False
        with self._speaking():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"Không tạo được thư mục {path.parent} ({fact(error)}). Hãy chọn thư mục khác bằng --out."
                ) from error
            self._db, self._full = _connect(path)
            try:
                self._prepare()
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._speaking():
            self._db.close()

    # ------------------------------------------------------------------ writing

    def start_run(self, folder: str, version: str) -> int:
        with self._writing():
            row = self._db.execute(
                "INSERT INTO runs (folder, version, started) VALUES (?, ?, ?) RETURNING id",
                (_utf8(folder), version, _now()),
            ).fetchone()
        return int(row[0])

    def finish_run(self, run: int) -> None:
        with self._writing():
            self._db.execute("UPDATE runs SET finished = ? WHERE id = ?", (_now(), run))

    def keep(
        self, run: int, position: int, state: FileState, report: Report, lasting: bool = True, again: bool = False
    ) -> None:
        """Keep what was read from a file of this run. A report that does not last is kept with the file only.

        A document has one reading: one that lasts is not kept where the document has another already, unless it was
        read `again`.
        """
        version = self.run(run).version + (f"/{run}" if again else "")
        with self._writing():
            if not (lasting and report.sha256):
                self._db.execute(
                    "INSERT INTO files VALUES (?, ?, ?, NULL, NULL, NULL, NULL, ?)",
                    (run, position, _utf8(state.path), encode(report)),
                )
                return
            self._add_reading(run, version, report)
            self._add_file(run, position, state, report.sha256, version)

    def keep_known(self, run: int, files: Iterable[tuple[int, FileState, Kept]]) -> None:
        """Add (position, file, reading) to the run, whose readings are there already; all or none."""
        with self._writing():
            for position, state, kept in files:
                self._add_file(run, position, state, kept.sha256, kept.version)

    def keep_output(self, run: int, path: Path) -> None:
        """Remember a file that this run has written, as it lies there now."""
        try:
            stat = path.stat()
        except OSError:
            return
        with self._writing():
            self._db.execute(
                "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)",
                (run, _utf8(str(path.absolute())), stat.st_size, stat.st_mtime_ns),
            )

    def keep_summary(self, run: int, summary: str) -> None:
        """Remember what the end of a run tells, so that a run that finds nothing new need not count again."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO summaries VALUES (?, ?)", (run, _utf8(summary)))

    # ------------------------------------------------------------------ asking

    def run(self, run: int) -> RunRow:
        with self._speaking():
            row = self._db.execute(
                "SELECT id, folder, version, started, finished FROM runs WHERE id = ?", (run,)
            ).fetchone()
        if row is None:
            raise StoreError(f"Không có lượt đọc số {run} trong {self.path}.")
        return RunRow(*row)

    def last_run(self, before: int | None = None) -> RunRow | None:
        """The newest finished run, or the newest before run number `before`."""
        with self._speaking():
            row = self._db.execute(
                "SELECT id, folder, version, started, finished FROM runs WHERE finished IS NOT NULL AND id < ? "
                "ORDER BY id DESC LIMIT 1",
                (before if before is not None else 2**62,),
            ).fetchone()
        return RunRow(*row) if row else None

    def remembered(self) -> dict[FileState, str]:
        """The SHA-256 of every file as it was last seen: same path, size and time of change, same content."""
        with self._speaking():
            rows = self._db.execute(  # beside max(), SQLite takes the other columns from the row of the maximum
                "SELECT path, size, mtime_ns, sha256, max(run) FROM files "
                "WHERE sha256 IS NOT NULL AND mtime_ns IS NOT NULL GROUP BY path"
            )
            return {FileState(path, size, mtime_ns): sha256 for path, size, mtime_ns, sha256, _ in rows}

    def read_already(self, version: str) -> dict[str, Kept]:
        """The documents (SHA-256) that this version of program and patterns has read, each with its last reading."""
        with self._speaking():
            rows = self._db.execute(
                "SELECT sha256, version, CASE status WHEN 'failed' THEN report END, "
                "CASE status WHEN 'partial' THEN json_extract(report, '$.problems') END "
                "FROM readings WHERE version = ? OR version GLOB ? || '/*' ORDER BY run",
                (version, version),
            ).fetchall()
        return {sha256: _kept(sha256, version, failed, partial) for sha256, version, failed, partial in rows}

    def reports(self, run: int) -> list[Report]:
        """The reports of a run in the order of its files, each under the path that the file had in that run."""
        with self._speaking():
            rows = self._db.execute(
                "SELECT path, coalesce(report, failure) FROM files LEFT JOIN readings USING (sha256, version) "
                "WHERE files.run = ? ORDER BY position",
                (run,),
            ).fetchall()
        return [replace(decode(text), path=path) for path, text in rows]

    def counts(self, run: int) -> dict[Status, int]:
        """How many files of the run were read, read in part, not read."""
        with self._speaking():
            rows = self._db.execute(
                "SELECT coalesce(status, json_extract(failure, '$.status')), count(*) FROM files "
                "LEFT JOIN readings USING (sha256, version) WHERE files.run = ? GROUP BY 1",
                (run,),
            ).fetchall()
        return {"read": 0, "partial": 0, "failed": 0, **dict(rows)}

    def same_files(self, run: int, other: int) -> bool:
        """Whether two runs saw the same files with the same content, read by the same version."""
        with self._speaking():
            seen = [
                self._db.execute(
                    "SELECT path, sha256, version, failure FROM files WHERE run = ? ORDER BY position", (number,)
                ).fetchall()
                for number in (run, other)
            ]
        return seen[0] == seen[1]

    def summary(self, run: int) -> str | None:
        """What `keep_summary` was given for the run."""
        with self._speaking():
            row = self._db.execute("SELECT summary FROM summaries WHERE run = ?", (run,)).fetchone()
        return str(row[0]) if row else None

    def standing_outputs(self, run: int) -> tuple[Path, ...]:
        """The files that the run wrote; none where one of them has been changed, moved or deleted since."""
        with self._speaking():
            rows = self._db.execute("SELECT path, size, mtime_ns FROM outputs WHERE run = ? ORDER BY rowid", (run,))
            outputs = [(Path(path), size, mtime_ns) for path, size, mtime_ns in rows]
        for path, size, mtime_ns in outputs:
            try:
                stat = path.stat()
            except OSError:
                return ()
            if (stat.st_size, stat.st_mtime_ns) != (size, mtime_ns):
                return ()
        return tuple(path for path, _, _ in outputs)

    # ------------------------------------------------------------------ inside

    def _prepare(self) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA synchronous = NORMAL")
        application = self._db.execute("PRAGMA application_id").fetchone()[0]
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION_ID:
            if self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise StoreError(f"{self.path} là cơ sở dữ liệu của chương trình khác. Hãy chọn tệp hoặc thư mục khác.")
            self._create()
        elif found < SCHEMA_VERSION:
            with self._writing():
                self._db.execute(next(s for s in SCHEMA.split(";") if "TABLE summaries" in s))
                self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif found > SCHEMA_VERSION:
            raise StoreError(
                f"{self.path} do phiên bản mới hơn của chương trình tạo ra (lược đồ {found}, bản này hiểu đến "
                f"{SCHEMA_VERSION}). Hãy cập nhật chương trình, hoặc chọn thư mục kết quả khác."
            )

    def _create(self) -> None:
        with suppress(sqlite3.OperationalError):  # network drives: the ordinary journal does
            self._db.execute("PRAGMA journal_mode = WAL")
        with self._writing():
            if self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                return  # another process was first
            for statement in SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _add_file(self, run: int, position: int, state: FileState, sha256: str, version: str) -> None:
        self._db.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
            (run, position, _utf8(state.path), state.size, state.mtime_ns, sha256, version),
        )

    def _add_reading(self, run: int, version: str, report: Report) -> None:
        key = (report.sha256, version)
        self._db.execute("INSERT OR IGNORE INTO documents VALUES (?, ?)", (report.sha256, _now()))
        added = self._db.execute(
            "INSERT OR IGNORE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*key, run, report.status, len(report.figures), len(report.findings), encode(report)),
        )
        if added.rowcount == 0:  # the same content came under two names in one run
            return
        self._db.executemany(
            "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *key, position, figure.indicator, _utf8(figure.scope), figure.basis, str(figure.value),
                    _utf8(figure.printed), _text(figure.numerator), _text(figure.denominator), figure.approximate,
                    figure.evidence, figure.place.block, figure.place.page, _utf8(figure.place.quote),
                )
                for position, figure in enumerate(report.figures)
            ],
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO plan_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *key, position,
                    *map(_utf8, (row.section, row.number, row.task, row.lead, row.partners, row.product, row.deadline)),
                    row.deadline_kind, _text(row.deadline_start), _text(row.deadline_end),
                )
                for position, row in enumerate(report.plan_rows)
            ],
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *key, position, finding.rule, _utf8(finding.scope), finding.basis, finding.severity,
                    finding.certainty, finding.cause, _utf8(finding.message),
                )
                for position, finding in enumerate(report.findings)
            ],
        )  # fmt: skip

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing, whatever interrupts."""
        with self._speaking():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """SQLite's refusals as sentences that say what to do."""
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_READONLY and self._full:
                code = sqlite3.SQLITE_FULL
            why = _REFUSALS.get(code, f"không dùng được ({error}). Hãy đổi tên tệp này rồi chạy lại để tạo tệp mới")
            raise StoreError(f"Cơ sở dữ liệu {self.path} {why}.") from error


def _connect(path: Path) -> tuple[sqlite3.Connection, bool]:
    """The database, and whether its disk is full; for reading alone where it is, or where its folder is read-only.

    SQLite would want to put files beside it. One that a killed run left there may hold the newest readings, which
    cannot be seen without writing: then nothing is taken for whole, and the opening is refused.
    """
    beside = path.with_name(f"{path.name}-wal")
    whole = path.is_file() and path.stat().st_size > 0 and not (beside.exists() and beside.stat().st_size > 0)
    full = False
    if not whole or os.access(path.parent, os.W_OK):
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            db.execute("PRAGMA user_version")  # the first look at the file
        except sqlite3.OperationalError as error:
            db.close()
            if not whole or error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL):
                raise
            full = True
        else:
            return db, False
    uri = f"{path.absolute().as_uri()}?immutable=1"
    return sqlite3.connect(uri, timeout=BUSY_SECONDS, isolation_level=None, uri=True), full


_REFUSALS: Mapping[int, str] = {
    sqlite3.SQLITE_CANTOPEN: "không mở được. Hãy kiểm tra thư mục có tồn tại và có quyền ghi không, "
    "hoặc chọn thư mục khác bằng --out",
    sqlite3.SQLITE_READONLY: "chỉ cho đọc, không ghi được. Hãy xin quyền ghi hoặc chọn thư mục khác bằng --out",
    sqlite3.SQLITE_PERM: "không cho ghi. Hãy xin quyền ghi hoặc chọn thư mục khác bằng --out",
    sqlite3.SQLITE_FULL: "không ghi thêm được vì ổ đĩa đầy. Hãy giải phóng chỗ trống rồi chạy lại; "
    "phần đã đọc vẫn được giữ",
    sqlite3.SQLITE_BUSY: "đang được chương trình khác sử dụng. Hãy đợi lượt chạy kia xong rồi chạy lại",
    sqlite3.SQLITE_LOCKED: "đang được chương trình khác sử dụng. Hãy đợi lượt chạy kia xong rồi chạy lại",
    sqlite3.SQLITE_NOTADB: "không phải cơ sở dữ liệu của chương trình. Hãy đổi tên tệp này rồi chạy lại",
    sqlite3.SQLITE_CORRUPT: "bị hỏng. Hãy đổi tên tệp này rồi chạy lại để đọc lại từ đầu",
    sqlite3.SQLITE_IOERR: "đọc ghi lỗi ở ổ đĩa. Hãy kiểm tra ổ đĩa có đầy hoặc hỏng không, "
    "hoặc chọn thư mục khác bằng --out",
}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _utf8(text: str) -> str:
    """Letters that SQLite can hold: half a surrogate pair (a file name that is not UTF-8) becomes its escape."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


# --------------------------------------------------------------------------- reports as JSON and back


def _kept(sha256: str, version: str, failed: str | None, partial: str | None) -> Kept:
    """The reading with this report where it failed, with these problems where the document was read in part."""
    if failed is not None:
        report = decode(failed)
        return Kept(sha256, version, name_told(report), True, report.problems)
    return Kept(sha256, version, problems=tuple(Problem(**problem) for problem in json.loads(partial or "[]")))


def name_told(report: Report) -> str | None:
    """The name of a file that was not read, where the reason names it: it is no reason for a file of another name."""
    name = PurePath(report.path).name
    told = report.status == "failed" and any(name in problem.message for problem in report.problems)
    return name if told else None


def encode(report: Report) -> str:
    """The report as JSON from which `decode` makes an equal one; fields at their default are left out."""
    plain = _plain(report)
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair, from a file name that is not UTF-8
        return json.dumps(plain, separators=(",", ":"))
    return text


def decode(text: str) -> Report:
    """The report that `encode` was given."""
    report = _decoder(Report)(json.loads(text))
    assert isinstance(report, Report)
    return report


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    kind: Any = type(value)
    return {name: _plain(part) for name, default in _fields(kind) if (part := getattr(value, name)) != default}


@cache
def _fields(kind: Any) -> tuple[tuple[str, object], ...]:
    """Names of a dataclass's fields, each with its default (MISSING where there is none)."""
    return tuple(
        (item.name, item.default_factory() if item.default_factory is not MISSING else item.default)
        for item in fields(kind)
    )


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """How JSON becomes a value of this type again."""
    if kind is Decimal:
        return Decimal
    if kind is date:
        return date.fromisoformat
    if is_dataclass(kind):
        make = cast(Callable[..., Any], kind)
        hints = get_type_hints(kind)
        parts = {item.name: _decoder(hints[item.name]) for item in fields(kind)}
        return lambda plain: make(**{name: parts[name](value) for name, value in plain.items()})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        each = _decoder(arguments[0])
        return lambda plain: tuple([each(item) for item in plain])
    if origin is tuple:
        several = tuple(map(_decoder, arguments))
        return lambda plain: tuple([part(item) for part, item in zip(several, plain, strict=True)])
    if origin in (Union, types.UnionType):
        (inner,) = (_decoder(argument) for argument in arguments if argument is not type(None))
        return lambda plain: None if plain is None else inner(plain)
    if origin is Literal or kind in (str, int, float, bool):
        return lambda plain: plain
    raise TypeError(f"model.py has a type that store.py cannot give back: {kind}")
