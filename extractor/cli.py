"""The commands, in the order in which they are worked with; what they do is decided elsewhere.

Everything heavy is imported inside the commands: `doisoat --help` answers at once. Results go to standard output,
progress and messages to standard error. Exit status: 0 all read, 1 some could not be read (or a check failed),
2 the command or its surroundings were wrong, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.errors import DoisoatError

if TYPE_CHECKING:
    from extractor.catalog import Catalog
    from extractor.model import Report

ALL_READ, SOME_FAILED, WRONG, INTERRUPTED = 0, 1, 2, 130

HELP = """Đọc báo cáo và kế hoạch kiểm soát TTHC của các xã, phường; kiểm tra từng phép cộng; lập bảng so sánh.

Lần đầu sử dụng: để các tệp Word, PDF đã nhận vào một thư mục, ví dụ "bao-cao-quy-2", rồi gõ

    doisoat run bao-cao-quy-2

Chương trình chỉ đọc, không sửa tệp gốc, không gửi gì ra mạng. Kết quả nằm trong thư mục outputs.
"""

app = typer.Typer(
    help=HELP, no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
)

Paths = Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Tệp hoặc thư mục; thư mục được đọc hết.")]
Patterns = Annotated[Path | None, typer.Option(help="Thư mục mẫu câu khác với bản cài sẵn.", show_default=False)]
Workers = Annotated[int, typer.Option(min=0, help="Số tiến trình đọc cùng lúc; 0 là theo số nhân máy.")]
Limit = Annotated[float, typer.Option(min=1, help="Số giây tối đa cho một tệp.")]

Masked = Annotated[bool, typer.Option("--masked", help="Kèm các số không phải số liệu (ngày, số văn bản…).")]


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
def extract(
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON Lines, mỗi văn bản một dòng.")] = False,
    masked: Masked = False,
    workers: Workers = 0,
    limit: Limit = 120,
    patterns: Patterns = None,
) -> None:
    """Đọc từng văn bản và in ra những gì đọc được, theo đúng thứ tự đã nêu; không lưu lại."""
    with _messages():
        from extractor.export.contract import report_line
        from extractor.export.transcript import transcript

        catalog = _catalog(patterns)
        states: list[str] = []
        for report in _read(paths, catalog, workers, limit):
            states.append(report.status)
            text = report_line(report, masked) if as_json else transcript(report, catalog.labels, masked)
            _print(text)
        raise typer.Exit(SOME_FAILED if "failed" in states else ALL_READ)


def main() -> None:
    """The console script `doisoat`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a Windows console's code page lacks Vietnamese letters
            reconfigure(encoding="utf-8", errors="backslashreplace")
    app()


# --------------------------------------------------------------------------- helpers


@contextmanager
def _messages() -> Iterator[None]:
    """Trouble ends a command with a sentence that says what to do, not with a traceback."""
    try:
        yield
    except DoisoatError as error:
        _say(str(error))
        raise typer.Exit(WRONG) from None
    except KeyboardInterrupt:
        _say("Đã dừng theo yêu cầu.")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:  # the reader of our output has gone (| head)
        sys.stdout = None
        raise typer.Exit(ALL_READ) from None


def _say(message: str) -> None:
    typer.echo(message, err=True)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _catalog(patterns: Path | None) -> Catalog:
    from extractor.catalog import Catalog

    return Catalog.load(patterns)


def _read(paths: Iterable[Path], catalog: Catalog, workers: int, limit: float) -> Iterator[Report]:
    """The reports of the files named, folders opened, in order, with progress where somebody looks on."""
    from extractor import readers
    from extractor.batch import read_in_order

    files = readers.collect(paths)
    with _progress(len(files), quiet=sys.stdout.isatty()) as advance:
        for report in read_in_order(files, catalog, workers, limit):
            yield report
            advance(Path(report.path).name)


@contextmanager
def _progress(total: int, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """A bar on standard error while it is looked at: files done, the one just read, time left."""
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    if quiet or total < 2 or not console.is_terminal:
        yield lambda name: None
        return
    left, name = TextColumn("còn"), TextColumn("{task.description}")
    columns = (MofNCompleteColumn(), BarColumn(), left, TimeRemainingColumn(), name)
    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("", total=total)
        yield lambda name: progress.update(task, advance=1, description=escape(name))


if __name__ == "__main__":
    main()
