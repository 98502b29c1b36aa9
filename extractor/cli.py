"""The commands, in the order in which they are worked with; what they do is decided elsewhere.

Everything heavy is imported inside the commands: `doisoat --help` answers at once. Results go to standard output,
progress and messages to standard error. Exit status: 0 all read, 1 some could not be read, 2 the command or its
surroundings were wrong, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.errors import DoisoatError, fact
from extractor.usage import VietnameseGroup

if TYPE_CHECKING:
    from extractor.catalog import Catalog
    from extractor.catalog.units import Commune
    from extractor.model import Report
    from extractor.store import Store

ALL_READ, SOME_FAILED, WRONG, INTERRUPTED = 0, 1, 2, 130
STORE, LOG = "doisoat.sqlite", "doisoat.log"
_NAMED = 6  # results passed over that are named in a line

HELP = """Đọc báo cáo và kế hoạch kiểm soát TTHC của các xã, phường; kiểm tra từng phép cộng; lập bảng so sánh.

Lần đầu sử dụng: để các tệp Word, PDF đã nhận vào một thư mục, ví dụ bao-cao-quy-2, rồi gõ

    doisoat run bao-cao-quy-2

Mở bảng Excel outputs/bang-tong-hop.xlsx để xem kết quả. Chương trình chỉ đọc, không sửa tệp gốc,
không gửi gì ra mạng.
"""

app = typer.Typer(
    cls=VietnameseGroup, help=HELP, no_args_is_help=True, add_completion=False, rich_markup_mode=None,
    pretty_exceptions_enable=False,
)  # fmt: skip

Paths = Annotated[
    list[Path], typer.Argument(metavar="TỆP...", readable=False, help="Tệp hoặc thư mục; thư mục được đọc hết.")
]
Patterns = Annotated[
    Path | None, typer.Option(readable=False, help="Thư mục mẫu câu khác với bản cài sẵn.", show_default=False)
]
Workers = Annotated[int, typer.Option(min=0, help="Số tiến trình đọc cùng lúc; 0 là theo số nhân máy.")]
Limit = Annotated[float, typer.Option(min=1, help="Số giây tối đa cho một tệp, hoặc cho một trang của tệp dài.")]
Masked = Annotated[bool, typer.Option("--masked", help="Kèm các số không phải số liệu (ngày, số văn bản…).")]
Out = Annotated[Path, typer.Option(readable=False, help="Thư mục kết quả.")]
Kept = Annotated[
    Path, typer.Option("--from", readable=False, help="Thư mục kết quả của lệnh run mà số liệu được lấy ra.")
]
Roster = Annotated[
    Path | None,
    typer.Option(
        readable=False, help="Danh sách đơn vị phải nộp (.txt, .csv, .xlsx), mỗi dòng một tên.", show_default=False
    ),
]


def _version(asked: bool) -> None:
    if asked:
        from extractor import __version__

        typer.echo(f"doisoat {__version__}")
        raise typer.Exit


@app.callback()
def _doisoat(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="In số phiên bản.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    folder: Annotated[Path, typer.Argument(metavar="THƯ_MỤC", readable=False, help="Thư mục chứa các tệp đã nhận.")],
    out: Out = Path("outputs"),
    workers: Workers = 0,
    limit: Limit = 120,
    roster: Roster = None,
    again: Annotated[
        bool, typer.Option("--retry-failed", help="Đọc lại cả tệp lần trước không đọc được hoặc đọc thiếu trang, ảnh.")
    ] = False,
    patterns: Patterns = None,
) -> None:
    """Đọc cả thư mục, kiểm tra, lưu lại và lập bảng Excel, CSV, JSON.

    Lần sau chỉ đọc tệp mới hoặc đã thay đổi. Dừng giữa chừng (Ctrl-C) không mất phần đã đọc: chạy lại là đọc tiếp.
    Mới cài thêm chương trình đọc ảnh scan, tệp Word cũ (xem doisoat doctor) thì chạy lại với --retry-failed.
    """
    stopped = "Đã dừng theo yêu cầu. Phần đã đọc được giữ lại; chạy lại lệnh này là đọc tiếp."
    with _messages(stopped), _log_to(out / LOG):
        from extractor import export, readers
        from extractor.batch import hand_over, read_folder
        from extractor.export.terminal import RunSummary, print_slowest, print_summary
        from extractor.store import Store

        if not folder.exists():
            raise DoisoatError(f"Không tìm thấy thư mục {folder}. Hãy kiểm tra lại tên thư mục.")
        _apart(folder, out)
        _writable(out)
        own: list[Path] = []
        files = readers.collect([folder], own)
        files = [file for file in files if not file.absolute().is_relative_to(out.absolute())]
        _say_own(path for path in own if not path.absolute().is_relative_to(out.absolute()))
        if not files:
            raise _nothing_to_read([folder])
        catalog = _catalog(patterns)
        units = _roster(roster, catalog)
        times: dict[Path, float] = {}
        with Store(out / STORE) as store:
            with _progress(len(files)) as advance:
                number = read_folder(
                    files, str(folder.absolute()), catalog, store, workers, limit,
                    advance=lambda p: advance(p.name), again=again, timed=times.__setitem__,
                )  # fmt: skip
            written = hand_over(store, number, tuple(export.WRITERS), out, catalog, units)
            summary = RunSummary.of_text(store.summary(number) or "[[], [], []]")
        print_summary(summary, written, catalog.labels)
        print_slowest(times, folder, catalog.labels)
        raise typer.Exit(ALL_READ if summary.complete else SOME_FAILED)


@app.command()
def extract(
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON Lines, mỗi văn bản một dòng.")] = False,
    masked: Masked = False,
    workers: Workers = 0,
    limit: Limit = 120,
    patterns: Patterns = None,
) -> None:
    """Đọc từng văn bản và in những gì đọc được, theo đúng thứ tự đã nêu; không lưu lại."""
    with _messages(), _log_to(None):
        from extractor.export.contract import report_line
        from extractor.export.transcript import transcript

        catalog = _catalog(patterns)
        failed = False
        for index, report in enumerate(_read(paths, catalog, workers, limit)):
            failed |= report.status == "failed"
            if as_json:
                _print(report_line(report, masked))
            else:
                _print(("\n" if index else "") + transcript(report, catalog.labels, masked))
        raise typer.Exit(SOME_FAILED if failed else ALL_READ)


@app.command()
def show(
    path: Annotated[Path, typer.Argument(metavar="TỆP", readable=False, help="Văn bản cần xem.")],
    masked: Masked = False,
    limit: Limit = 120,
    patterns: Patterns = None,
) -> None:
    """Xem một văn bản: đọc được gì, ở đâu, chỗ nào không khớp."""
    extract([path], masked=masked, workers=1, limit=limit, patterns=patterns)


@app.command()
def check(
    paths: Paths, workers: Workers = 0, limit: Limit = 120, roster: Roster = None, patterns: Patterns = None
) -> None:
    """Chỉ nêu những chỗ số liệu không khớp, từng đơn vị, và tệp không đọc được. Không có gì thì không in gì.

    Nêu nhiều tệp hoặc cả thư mục thì các văn bản còn được đối chiếu với nhau: số chuyển kỳ, các bản của một báo
    cáo, bảng tổng hợp, chỉ tiêu của kế hoạch, đơn vị chưa nộp.
    """
    with _messages(), _log_to(None):
        from extractor.export.check_list import check_list
        from extractor.overview import overlook

        catalog = _catalog(patterns)
        units = _roster(roster, catalog)
        reports = list(_read(paths, catalog, workers, limit, shown_at_once=False))
        if text := check_list(reports, overlook(reports, catalog, units), catalog.labels):
            _print(text)
        failed = any(report.status == "failed" for report in reports)
        raise typer.Exit(SOME_FAILED if failed else ALL_READ)


@app.command()
def table(
    period: Annotated[str, typer.Option(metavar="KỲ", help="Kỳ cần xem, ví dụ 2026-Q2; bỏ trống là kỳ mới nhất.")] = "",
    indicator: Annotated[
        list[str] | None, typer.Option(help="Mã chỉ tiêu cần xem, nêu được nhiều lần; bỏ trống là cột Biểu II.06a.")
    ] = None,
    out: Out = Path("outputs"),
    patterns: Patterns = None,
) -> None:
    """So sánh các đơn vị của lượt đọc gần nhất ngay trên màn hình."""
    with _messages():
        from extractor.consolidate import FORM, compare
        from extractor.export.terminal import print_period

        catalog = _catalog(patterns)
        with _kept(out) as store:
            reports = store.reports(_last(store))
        comparison = compare(reports, catalog.units)
        periods = {found.code: found for found in comparison.periods}
        if not periods:
            raise DoisoatError("Lượt đọc gần nhất không có báo cáo nào so sánh được. Hãy xem bảng Excel để biết lý do.")
        if period and period not in periods:
            raise DoisoatError(f"Không có báo cáo kỳ {period}. Các kỳ đã có: {', '.join(periods)}.")
        chosen = periods[period] if period else comparison.periods[0]
        print_period(chosen, tuple(indicator or FORM), catalog.labels)


@app.command(name="export")
def export_(
    kind: Annotated[
        list[str] | None, typer.Option(metavar="LOẠI", help="xlsx, csv, json; nêu được nhiều lần; bỏ trống là cả ba.")
    ] = None,
    store: Kept = Path("outputs"),
    out: Out = Path("outputs"),
    roster: Roster = None,
    patterns: Patterns = None,
) -> None:
    """Ghi lại bảng Excel, CSV, JSON từ lượt đọc gần nhất, không đọc lại tệp gốc."""
    with _messages():
        from extractor import export
        from extractor.overview import overlook

        kinds = kind or list(export.WRITERS)
        if unknown := [name for name in kinds if name not in export.WRITERS]:
            raise DoisoatError(f"Không có loại tệp {', '.join(unknown)}. Hãy chọn: {', '.join(export.WRITERS)}.")
        _writable(out)
        catalog = _catalog(patterns)
        with _kept(store) as kept:
            reports = kept.reports(_last(kept))
        for path in export.write(kinds, out, reports, overlook(reports, catalog, _roster(roster, catalog)), catalog):
            _print(str(path))


@app.command()
def letters(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[THƯ_MỤC]", readable=False, help="Thư mục chứa các tệp đã nhận; bỏ trống là lượt đọc gần nhất."
        ),
    ] = None,
    store: Kept = Path("outputs"),
    out: Out = Path("outputs/cong-van"),
    roster: Roster = None,
    deadline: Annotated[
        datetime | None,
        typer.Option(formats=["%d/%m/%Y", "%Y-%m-%d"], metavar="NGÀY", help="Hạn trả lời, ví dụ 30/6/2026."),
    ] = None,
    patterns: Patterns = None,
) -> None:
    """Soạn công văn đề nghị từng đơn vị rà soát số liệu và công văn đôn đốc đơn vị chưa nộp."""
    with _messages():
        from extractor.export.letters import letters as compose
        from extractor.export.letters import without_letter, write_letters
        from extractor.overview import overlook

        _writable(out)
        catalog = _catalog(patterns)
        units = _roster(roster, catalog)
        if folder is not None:
            reports = list(_read([folder], catalog, 0, 120, shown_at_once=False))
        else:
            with _kept(store) as kept:
                reports = kept.reports(_last(kept))
        day = deadline.date() if deadline else None
        overview = overlook(reports, catalog, units)
        written = write_letters(out, compose(reports, overview, catalog, day))
        for path in written:
            _print(str(path))
        for name in without_letter(reports, overview):
            _say(f"Không soạn công văn về {name}: có số sai, nhưng không phải báo cáo kỳ của một xã, phường, đặc khu.")
        if not written:
            _say("Không có đơn vị nào cần rà soát số liệu hoặc đôn đốc.")


@app.command()
def doctor(patterns: Patterns = None) -> None:
    """Xem máy có những chương trình đọc nào (ảnh scan, Word cũ…), thiếu gì và cài thế nào."""
    with _messages():
        from extractor import __version__
        from extractor.doctor import complete, diagnosis, readers

        folder = _catalog(patterns).folder
        found = readers()
        _print(diagnosis(found, __version__, str(folder)))
        raise typer.Exit(ALL_READ if complete(found) else SOME_FAILED)


patterns_app = typer.Typer(help="Mẫu câu trong thư mục patterns.", no_args_is_help=True)
app.add_typer(patterns_app, name="patterns")


@patterns_app.command("test")
def patterns_test(patterns: Patterns = None) -> None:
    """Chạy mọi câu ví dụ của các mẫu: câu phải đọc được và câu phải bỏ qua."""
    with _messages():
        from extractor.examples import try_examples

        outcome = try_examples(_catalog(patterns))
        for failure in outcome.failures:
            _print(failure)
        _print(f"{outcome.tried} câu ví dụ, {len(outcome.failures)} câu không đúng.")
        raise typer.Exit(SOME_FAILED if outcome.failures else ALL_READ)


@patterns_app.command("try")
def patterns_try(
    sentence: Annotated[str, typer.Argument(metavar="CÂU", help="Câu cần thử, để trong ngoặc kép.")],
    period: Annotated[str, typer.Option(metavar="KỲ", help="Kỳ của báo cáo có câu này, ví dụ 2026-Q2.")] = "",
    patterns: Patterns = None,
) -> None:
    """Thử một câu: đọc được số nào, bỏ số nào, vì sao, nhận ra những dấu hiệu nào."""
    with _messages():
        from extractor.pattern_commands import tried

        _print(tried(sentence, period, _catalog(patterns)))


@patterns_app.command("diff")
def patterns_diff(
    old: Annotated[Path, typer.Argument(metavar="MẪU_CŨ", readable=False, help="Thư mục mẫu câu trước khi sửa.")],
    paths: Paths,
    workers: Workers = 0,
    limit: Limit = 120,
    patterns: Patterns = None,
) -> None:
    """So mẫu cũ với mẫu mới trên các báo cáo thật: được thêm, mất đi, đổi những số nào."""
    with _messages(), _log_to(None):
        from extractor.pattern_commands import differences

        catalog = _catalog(patterns)
        before = list(_read(paths, _catalog(old), workers, limit))
        after = list(_read(paths, catalog, workers, limit))
        found = differences(before, after, catalog.labels)
        for line in found.lines:
            _print(line)
        _print(f"{len(after)} tệp: thêm {found.gained} số, mất {found.lost} số, đổi {found.changed} số.")
        raise typer.Exit(SOME_FAILED if any(report.status == "failed" for report in after) else ALL_READ)


def main() -> None:
    """The console script `doisoat`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a Windows console's code page lacks Vietnamese letters
            reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


# --------------------------------------------------------------------------- helpers


@contextmanager
def _messages(stopped: str = "Đã dừng theo yêu cầu.") -> Iterator[None]:
    """Trouble ends a command with a sentence that says what to do, not with a traceback."""
    try:
        yield
    except DoisoatError as error:
        _say(str(error))
        raise typer.Exit(WRONG) from None
    except KeyboardInterrupt:
        _say(stopped)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # whoever read our output has gone (| head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(ALL_READ) from None
    except OSError as error:
        where = error.filename or "tệp hoặc thư mục đã nêu"
        _say(f"Không dùng được {where} ({fact(error)}). Hãy kiểm tra đường dẫn và quyền đọc, ghi rồi chạy lại.")
        raise typer.Exit(WRONG) from None


@contextmanager
def _log_to(path: Path | None) -> Iterator[None]:
    from extractor.log import log_to

    with log_to(path, _say):
        yield


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _nothing_to_read(paths: Iterable[Path]) -> DoisoatError:
    named = ", ".join(map(str, paths))
    return DoisoatError(f"Không có tệp nào để đọc trong {named}. Hãy kiểm tra lại tên thư mục.")


def _say_own(results: Iterable[Path]) -> None:
    """Say which results of the program itself lie among the documents and were passed over."""
    names = [path.name for path in results]
    if names:
        more = f" và {len(names) - _NAMED} mục nữa" if len(names) > _NAMED else ""
        _say(f"Bỏ qua kết quả do chương trình ghi ra, không phải báo cáo: {', '.join(names[:_NAMED])}{more}.")


def _apart(folder: Path, out: Path) -> None:
    """Refuse results that would be written where the documents are read."""
    if folder.resolve().is_relative_to(out.resolve()):
        raise DoisoatError(
            f"Thư mục kết quả (--out {out}) chính là thư mục đọc {folder} hoặc chứa thư mục đó, nên không phân biệt "
            "được tệp đã nhận với tệp kết quả. Hãy chọn thư mục kết quả riêng, ví dụ --out ket-qua."
        )


def _writable(out: Path) -> None:
    """Refuse a folder of results that is none, or cannot be written, before anything is read."""
    there = next((place for place in (out, *out.absolute().parents) if place.exists()), out)
    if there.exists() and not there.is_dir():
        raise DoisoatError(f"{there} là tệp, không phải thư mục. Hãy chọn thư mục khác bằng --out.")
    if there.exists() and not os.access(there, os.W_OK | os.X_OK):
        raise DoisoatError(f"Không có quyền ghi vào thư mục {there}. Hãy xin quyền hoặc chọn thư mục khác bằng --out.")


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _catalog(patterns: Path | None) -> Catalog:
    from extractor.catalog import Catalog

    return Catalog.load(patterns)


def _roster(path: Path | None, catalog: Catalog) -> Sequence[Commune]:
    """The units of a list that was named; none without one."""
    if path is None:
        return ()
    from extractor.catalog.roster import read_roster

    return read_roster(path, catalog.units)


def _kept(out: Path) -> Store:
    from extractor.store import Store

    if not (out / STORE).is_file():
        raise DoisoatError(f"Chưa có lượt đọc nào trong {out}. Hãy chạy doisoat run THƯ_MỤC trước.")
    return Store(out / STORE)


def _last(store: Store) -> int:
    last = store.last_run()
    if last is None:
        raise DoisoatError(f"Chưa có lượt đọc nào hoàn tất trong {store.path}. Hãy chạy doisoat run THƯ_MỤC trước.")
    return last.id


def _read(
    paths: Iterable[Path], catalog: Catalog, workers: int, limit: float, shown_at_once: bool = True
) -> Iterator[Report]:
    """The reports of the files named, folders opened, in order; a bar where none of them is shown meanwhile."""
    from extractor import readers
    from extractor.batch import read_in_order

    own: list[Path] = []
    files = readers.collect(paths, own)
    _say_own(own)
    if not files:
        raise _nothing_to_read(paths)
    with _progress(len(files), quiet=shown_at_once and sys.stdout.isatty()) as advance:
        for report in read_in_order(files, catalog, workers, limit):
            yield report
            advance(Path(report.path).name)


@contextmanager
def _progress(total: int, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """A bar on standard error while it is looked at: files done, time left, the file just read."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    left, name = TextColumn("còn"), TextColumn("{task.description}")
    columns = (MofNCompleteColumn(), BarColumn(), left, TimeRemainingColumn(), name)
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("", total=total)
        yield lambda name: progress.update(task, advance=1, description=escape(name))


if __name__ == "__main__":
    main()
