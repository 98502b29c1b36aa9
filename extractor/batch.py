"""Many documents: each is read in a worker process that can be stopped without hurting the others.

Why no ready-made pool: `multiprocessing.Pool` loses the task of a worker that dies, `ProcessPoolExecutor` gives up
all tasks with it, and neither can stop one that hangs. Here a worker is a process and a pipe; the parent alone
decides, kills and starts anew, and it alone keeps results.

A document that stops its worker (too slow, or the process died) is tried once more in a fresh worker and then
reported as failed. An exception that no room meant to raise is logged with its traceback and fails that document.

What would surprise you: the limit of time is one for silence. A reader of many pages says after each that it goes on
(see readers/signs.py) and the clock starts again, so that a scan of 60 pages is read and a hang still ends; after
`LONGEST` times the limit a document is ended however lively it is.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from extractor import readers
from extractor.catalog import Catalog
from extractor.catalog.units import Commune
from extractor.errors import DoisoatError, fact, is_of_the_machine
from extractor.model import Report
from extractor.pipeline import content_hash, failed_report, read_report, reading_version
from extractor.readers import archives, office, scratch, signs, tesseract
from extractor.store import FileState, Kept, Store, name_told

Reader = Callable[[Path, Catalog], Report]
Timed = Callable[[int, float], None]

SECONDS_PER_DOCUMENT = 120.0
LONGEST = 30  # times the limit: one hour where the limit is as it comes
DOCUMENTS_PER_WORKER = 500  # then a fresh process takes over, so that no library's leak adds up
MEMORY_PER_WORKER = 4 * 2**30  # bytes of address space, where the system can limit it
TRIES = 2
_START_SECONDS = 120.0
# What another reader, or more time, may still read of a document that was read in part.
LACKING = frozenset({"scan_page", "pictures"})
# Failures of the run or of this machine and not of the document: worth another try in the next run.
PASSING = frozenset({"timeout", "crashed", "internal", "unreadable", "missing_program"})

log = logging.getLogger("doisoat")


def read_many(
    paths: Sequence[Path],
    catalog: Catalog,
    workers: int = 0,
    seconds: float = SECONDS_PER_DOCUMENT,
    reader: Reader = read_report,
    timed: Timed = lambda index, seconds: None,
) -> Iterator[tuple[int, Report]]:
    """Read every path in worker processes; yields (index in `paths`, report) as each is done.

    `workers` 0 means one a processor. `seconds` is the limit of one document, or of one of its pages where they are
    read one by one; what needs longer is killed. `timed` is told (index, seconds) of every document before its report.
    Workers are started afresh, not forked: `reader` must be importable by name, and a script calls this under
    `if __name__ == "__main__":`. Closing the generator, or Ctrl-C, stops the workers at once. Raises PatternError
    where the patterns are wrong, DoisoatError where no worker can be started.
    """
    if not paths:
        return
    count = max(1, min(workers or os.cpu_count() or 1, len(paths)))
    waiting = deque(_Task(index, path) for index, path in enumerate(paths))
    crew: list[_Worker] = []
    with scratch.for_run():
        try:
            while waiting or any(worker.task for worker in crew):
                while len(crew) < min(count, len(waiting) + sum(1 for worker in crew if worker.task)):
                    crew.append(_Worker(catalog.folder, reader))
                for worker in crew:
                    if worker.ready and worker.task is None and waiting:
                        _convert_ahead(waiting)
                        worker.give(waiting.popleft(), seconds)
                for task, report in _collect(crew, waiting, seconds):
                    _note(task, report)
                    timed(task.index, task.seconds)
                    yield task.index, report
        finally:
            for worker in crew:
                worker.stop()


def _convert_ahead(waiting: Iterable[_Task]) -> None:
    """Convert the next files of other office formats in one call, when the first of them has its turn."""
    first = next(iter(waiting))
    if first.converted or not readers.is_converted(first.path):
        return
    alike = (task for task in waiting if not task.converted and readers.is_converted(task.path))
    together = list(islice(alike, office.FILES_PER_CALL))
    for task in together:
        task.converted = True
    readers.prepare(task.path for task in together)


def read_in_order(
    paths: Sequence[Path],
    catalog: Catalog,
    workers: int = 0,
    seconds: float = SECONDS_PER_DOCUMENT,
    reader: Reader = read_report,
) -> Iterator[Report]:
    """As `read_many`, in the order of `paths`; a report waits for those before it."""
    done: dict[int, Report] = {}
    following = 0
    for index, report in read_many(paths, catalog, workers, seconds, reader):
        done[index] = report
        while following in done:
            yield done.pop(following)
            following += 1


def read_folder(
    files: Sequence[Path],
    folder: str,
    catalog: Catalog,
    store: Store,
    workers: int = 0,
    seconds: float = SECONDS_PER_DOCUMENT,
    reader: Reader = read_report,
    advance: Callable[[Path], None] = lambda path: None,
    again: bool = False,
    timed: Callable[[Path, float], None] = lambda path, seconds: None,
) -> int:
    """One run over `files`: only what is new or changed is read, everything is kept at once; the run's number.

    A file whose size and time of change are as before is taken as unchanged without opening it; any other is known
    by its content, a refusal that names the file by content and name. Scans that were left for want of Tesseract are
    read again once it is there; with `again` everything is that was not read or not wholly (`LACKING`). Such a reading
    stands by itself: the earlier one stays with the earlier runs.
    `advance` is called for every file as it is done, `timed` with the seconds that one took that was read. What was
    kept before Ctrl-C or a crash stays kept: the next run goes on from there. Raises StoreError besides what
    `read_many` raises.
    """
    version = reading_version(catalog)
    run = store.start_run(folder, version)
    remembered, kept = store.remembered(), store.read_already(version)
    retried = {sha256 for sha256, reading in kept.items() if (again and _is_lacking(reading)) or _can_be_read(reading)}
    done = {sha256: reading.name for sha256, reading in kept.items() if sha256 not in retried}
    known: list[tuple[int, FileState, Kept]] = []
    fresh: dict[object, _Twins] = {}
    for position, path in enumerate(files):
        state = _state(path)
        sha256 = remembered.get(state) or content_hash(path)
        if sha256 in done and done[sha256] in (None, path.name):
            known.append((position, state, kept[sha256]))
        else:
            fresh.setdefault(sha256 or position, _Twins(sha256)).files.append((position, state))
    store.keep_known(run, known)
    log.info("Lượt đọc %d: %s, %d tệp, %d tệp đã đọc từ trước, bản %s", run, folder, len(files), len(known), version)
    for position, _, _ in known:
        advance(files[position])
    groups = list(fresh.values())
    while groups:
        left: list[_Twins] = []
        heads = [files[group.files[0][0]] for group in groups]
        tell = partial(_tell, timed, heads)
        for index, report in read_many(heads, catalog, workers, seconds, reader, tell):
            group, name = groups[index], name_told(report)
            same = group.files[:1]
            others: list[tuple[int, FileState]] = []
            for twin in group.files[1:]:  # none where the first was changed just before it was read
                alike = report.sha256 == group.sha256 and name in (None, files[twin[0]].name)
                (same if alike else others).append(twin)
            if others:
                left.append(_Twins(group.sha256, others))
            lasting = not any(problem.code in PASSING for problem in report.problems)
            lasting = lasting and done.setdefault(report.sha256, name) in (None, name)  # one reading a document
            for position, state in same:
                own = replace(report, path=str(files[position]))
                store.keep(run, position, state, own, lasting, again=report.sha256 in retried)
                advance(files[position])
        groups = left
    store.finish_run(run)
    counts = store.counts(run)
    log.info("Hết lượt đọc %d: đọc được %d, một phần %d, không đọc được %d", run, *counts.values())
    return run


def _is_lacking(reading: Kept) -> bool:
    return reading.failed or any(problem.code in LACKING for problem in reading.problems)


def _can_be_read(reading: Kept) -> bool:
    """Whether a document was left for want of Tesseract, and Tesseract is there now."""
    return any(tesseract.INSTALL in problem.message for problem in reading.problems) and tesseract.is_there()


def _tell(timed: Callable[[Path, float], None], paths: Sequence[Path], index: int, seconds: float) -> None:
    timed(paths[index], seconds)


def hand_over(
    store: Store,
    run: int,
    kinds: Sequence[str],
    folder: Path,
    catalog: Catalog,
    roster: Sequence[Commune] = (),
) -> tuple[Path, ...]:
    """Compare the reports of a run, write the outputs and keep the summary of the run; the files.

    Where the run found everything as the one before had left it, outputs included, those files stand; a roster
    that is given may be another than before, so with one they are written anew.
    Raises OutputError, StoreError.
    """
    before = store.last_run(before=run)
    same = before is not None and not roster and store.same_files(run, before.id)
    written = store.standing_outputs(before.id) if before is not None and same else ()
    summary = store.summary(before.id) if before is not None and written else None
    if summary is None:
        from extractor import export
        from extractor.export.terminal import summarise
        from extractor.overview import overlook

        reports = store.reports(run)
        comparison = overlook(reports, catalog, roster)
        written = tuple(path.absolute() for path in export.write(kinds, folder, reports, comparison, catalog))
        summary = summarise(reports, comparison).text()
    store.keep_summary(run, summary)
    for path in written:
        store.keep_output(run, path)
    return written


@dataclass
class _Twins:
    """Files of the same content, as (position, state): one is read for all."""

    sha256: str
    files: list[tuple[int, FileState]] = field(default_factory=list)


_SETTLED_SECONDS = 2.0  # some file systems count time that coarsely


def _state(path: Path) -> FileState:
    """The file's state; without its time where it changed so lately that the next change might not show."""
    try:
        stat = archives.on_disk(path).stat()  # a file in an archive changes with it
    except (OSError, ValueError):
        return FileState(str(path.absolute()), None, None)
    settled = time.time() - stat.st_mtime > _SETTLED_SECONDS
    return FileState(str(path.absolute()), stat.st_size, stat.st_mtime_ns if settled else None)


# --------------------------------------------------------------------------- the parent's side


@dataclass
class _Task:
    """A document to read: how often it was tried, and the seconds that its tries took together."""

    index: int
    path: Path
    tries: int = 0
    converted: bool = False
    seconds: float = 0.0


@dataclass
class _Worker:
    """One process, the parent's end of its pipe, and what it is doing."""

    folder: Path
    reader: Reader
    ready: bool = False
    task: _Task | None = None
    done: int = 0
    started: float = 0.0
    deadline: float = 0.0
    pipe: Connection = field(init=False)
    process: SpawnProcess = field(init=False)

    def __post_init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, self.folder, self.reader), daemon=True)
        with _interrupts_ignored():
            self.process.start()
        theirs.close()
        self.deadline = time.monotonic() + _START_SECONDS

    def give(self, task: _Task, seconds: float) -> None:
        task.tries += 1
        self.task = task
        self.started = time.monotonic()
        self.deadline = self.started + seconds
        with suppress(OSError):  # a worker that has just died is found by `_collect`
            self.pipe.send(task.path)

    def goes_on(self, seconds: float) -> None:
        """A sign of life: the clock starts again, within the longest that a document may take."""
        self.deadline = min(time.monotonic() + seconds, self.started + LONGEST * seconds)

    def taken(self) -> _Task | None:
        """The task that the worker is done with, one way or the other, its time counted."""
        task, self.task = self.task, None
        if task is not None:
            task.seconds += time.monotonic() - self.started
        return task

    def stop(self) -> None:
        """End the process whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _collect(crew: list[_Worker], waiting: deque[_Task], seconds: float) -> Iterator[tuple[_Task, Report]]:
    """Wait until a worker answers, dies or oversteps its time; yield what is settled by it."""
    now = time.monotonic()
    nearest = min((worker.deadline for worker in crew if worker.task or not worker.ready), default=now + 1.0)
    answered = set(wait([worker.pipe for worker in crew], timeout=max(0.0, nearest - now)))
    for worker in list(crew):
        if worker.pipe in answered:
            try:
                kind, content = worker.pipe.recv()
            except (EOFError, OSError):
                crew.remove(worker)
                worker.stop()
                yield from _lost(worker, waiting, "crashed", seconds)
                continue
            if kind == "ready":
                worker.ready = True
                continue
            if kind == "goes on":
                worker.goes_on(seconds)
                continue
            if kind == "refused":
                raise content
            task = worker.taken()
            if task is None:
                raise DoisoatError("Tiến trình đọc trả lời sai thứ tự. Hãy chạy lại.")
            worker.done += 1
            if kind == "bug":
                log.error("Lỗi của chương trình khi đọc %s\n%s", task.path, content)
                content = failed_report(task.path, "internal", _MESSAGES["internal"])
            if worker.done >= DOCUMENTS_PER_WORKER:
                crew.remove(worker)
                worker.stop()
            yield task, content
        elif time.monotonic() >= worker.deadline and (worker.task or not worker.ready):
            crew.remove(worker)
            worker.stop()
            yield from _lost(worker, waiting, "timeout", seconds)


_MESSAGES = {
    "timeout": "Quá thời gian: đọc tệp này (hoặc một trang của tệp) lâu hơn {seconds:g} giây nên đã dừng. Hãy mở tệp "
    "xem có hỏng không, hoặc tăng giới hạn bằng --limit.",
    "crashed": "Tiến trình dừng đột ngột khi đọc tệp này (đã thử {tries} lần). Hãy mở tệp bằng Word hoặc "
    "trình xem PDF, lưu lại rồi chạy lại.",
    "machine": "Máy không đủ điều kiện để đọc tệp này ({fact}). Hãy giải phóng chỗ trống trên ổ đĩa và trong thư mục "
    "tạm, đóng bớt chương trình khác rồi chạy lại.",
    "memory": "Đọc tệp này cần quá nhiều bộ nhớ nên đã dừng. Hãy chia tệp thành nhiều tệp nhỏ hơn rồi chạy lại.",
    "internal": "Chương trình gặp lỗi khi đọc tệp này; chi tiết đã ghi vào nhật ký. Các tệp khác vẫn được đọc. "
    "Hãy gửi tệp nhật ký cho người quản trị.",
}


def _lost(worker: _Worker, waiting: deque[_Task], code: str, seconds: float) -> Iterator[tuple[_Task, Report]]:
    """What becomes of the document of a worker that is no more: another try, or failed."""
    task = worker.taken()
    if task is None:
        if not worker.ready:
            raise DoisoatError(
                "Không khởi động được tiến trình đọc tệp. Hãy đóng bớt chương trình khác rồi chạy lại với --workers 1."
            )
        return
    log.warning("%s: %s (lần %d)", task.path, code, task.tries)
    if task.tries < TRIES:
        waiting.appendleft(task)
    else:
        yield task, failed_report(task.path, code, _MESSAGES[code].format(seconds=seconds, tries=task.tries))


def _note(task: _Task, report: Report) -> None:
    """One line of the log for one document."""
    codes = ", ".join(dict.fromkeys(problem.code for problem in report.problems))
    log.info("%s: %s%s, %.1f giây", task.path, report.status, f" ({codes})" if codes else "", task.seconds)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes started inside do not die of Ctrl-C with a traceback: the parent ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


# --------------------------------------------------------------------------- the worker's side


def _work(pipe: Connection, folder: Path, reader: Reader) -> None:
    """Answer paths with reports until the pipe closes. Standard output belongs to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr
    with suppress(OSError):
        os.dup2(2, 1)
    logging.getLogger().addHandler(logging.NullHandler())
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the processors are shared out among workers already
    _limit_memory()
    try:
        catalog = Catalog.load(folder)
        _warm(catalog)
    except DoisoatError as error:
        pipe.send(("refused", error))
        return
    pipe.send(("ready", None))
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        try:
            with signs.heard_by(lambda: pipe.send(("goes on", None))):
                answer: tuple[str, object] = ("report", reader(path, catalog))
        except DoisoatError as error:
            answer = ("refused", error)
        except OSError as error:
            if not is_of_the_machine(error):
                answer = ("bug", traceback.format_exc())
            else:
                answer = ("report", failed_report(path, "unreadable", _MESSAGES["machine"].format(fact=fact(error))))
        except MemoryError:
            answer = ("report", failed_report(path, "limit", _MESSAGES["memory"]))
        except Exception:  # noqa: BLE001 - the one wall: a bug in a room fails its document, not the run
            answer = ("bug", traceback.format_exc())
        pipe.send(answer)


def _warm(catalog: Catalog) -> None:
    """Load before the clock of the first document runs. Raises PatternError where the patterns are wrong."""
    _ = catalog.indicators, catalog.units, catalog.plans, catalog.rules


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_PER_WORKER, hard))
