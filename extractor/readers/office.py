"""The one door to LibreOffice: files of other office formats become .docx or .xlsx, one or many in a call.

Starting the program costs more than converting a file, so a batch converts ahead: `prepare` fills the run's folder
(see scratch.py) with one call for many files, `converted` looks there first. What would surprise you: each call has
a profile of its own (two calls may run at once, and a window that the user has open is left alone) in which macros,
links and the network are off; the format is never guessed by the program, because it would take any bytes for text;
and a guard process ends the program if whoever asked is killed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractor.errors import BrokenFileError, LimitError, MissingProgramError, ReadError
from extractor.readers import office_guard
from extractor.readers.scratch import run_folder, scratch

SECONDS_PER_CALL = 60.0
SECONDS_PER_FILE = 3.0  # on top, in a call for many
FILES_PER_CALL = 20
_LEAST_ROOM = 20 * 2**20  # bytes; with less on the disk a file that did not convert need not be broken


@dataclass(frozen=True, slots=True)
class _Form:
    """How LibreOffice calls a format on its way in and out."""

    suffix: str
    way_in: str
    to: str
    way_out: str


_WORD, _SHEET = ("docx", "MS Word 2007 XML"), ("xlsx", "Calc MS Excel 2007 XML")
_FORMS: Mapping[str, _Form] = {
    "doc": _Form("doc", "MS Word 97", *_WORD),
    "odt": _Form("odt", "writer8", *_WORD),
    "rtf": _Form("rtf", "Rich Text Format", *_WORD),
    "xls": _Form("xls", "MS Excel 97", *_SHEET),
    "ods": _Form("ods", "calc8", *_SHEET),
}
FORMS = frozenset(_FORMS)

_USUAL_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_NAMED = "DOISOAT_SOFFICE"  # the environment may name the program

HOW_TO_INSTALL = (
    "Hãy cài LibreOffice (Windows: tải ở libreoffice.org; Debian, Ubuntu: sudo apt install libreoffice-writer-nogui "
    "libreoffice-calc-nogui) rồi chạy lại, hoặc mở tệp, chọn Lưu thành (Save As) {better} rồi gửi lại."
)

# Nothing is run, fetched or updated on behalf of a document.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{items}
</oor:items>
"""
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "2"),
    ("Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("Calc/Formula/Load", "ODFRecalcMode", "1"),
)


def program() -> str | None:
    """The LibreOffice program, None where there is none. The environment's word goes before the search."""
    named = os.environ.get(_NAMED)
    if named is not None:
        return shutil.which(named)
    return _found()


@cache
def _found() -> str | None:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


@contextmanager
def converted(path: Path, form: str) -> Iterator[Path]:
    """The file as .docx or .xlsx, there until the block ends, under its old name; taken from the run's folder if ready.

    `form` is one of `FORMS`. Raises MissingProgramError without LibreOffice, BrokenFileError where it cannot open
    the file, LimitError where it takes too long.
    """
    kept = _kept(path, form)
    with scratch() as folder:
        made = kept if kept is not None and kept.is_file() else _convert([path], form, folder)[0]
        if made is None and shutil.disk_usage(folder).free < _LEAST_ROOM:
            raise ReadError(
                f"Ổ đĩa chứa thư mục tạm gần đầy nên không chuyển được tệp {path.name}. "
                "Hãy giải phóng chỗ trống rồi chạy lại."
            )
        if made is None:
            raise BrokenFileError(
                f"Tệp {path.name} bị hỏng hoặc có mật khẩu, không mở được. Hãy mở thử, bỏ mật khẩu, lưu lại "
                f"thành .{_FORMS[form].to} rồi gửi lại."
            )
        yield Path(shutil.copyfile(made, folder / path.name))  # messages name the file as it came


def prepare(files: Iterable[tuple[Path, str]]) -> None:
    """Convert files (path, format) ahead, many in a call. What fails here is left for `converted` to say.

    Does nothing outside a run (`scratch.for_run`) or without LibreOffice.
    """
    if program() is None:
        return
    waiting: dict[str, dict[Path, Path]] = {}
    for path, form in files:
        kept = _kept(path, form)
        if kept is not None and not kept.exists():
            waiting.setdefault(form, {})[kept] = path
    for form, found in waiting.items():
        places = list(found)
        for first in range(0, len(places), FILES_PER_CALL):
            _convert_ahead({place: found[place] for place in places[first : first + FILES_PER_CALL]}, form)


def _convert_ahead(files: Mapping[Path, Path], form: str) -> None:
    # what fails is tried by itself when its turn comes, and says what is wrong
    with suppress(LimitError, OSError), scratch() as folder:
        for place, result in zip(files, _convert(list(files.values()), form, folder), strict=True):
            if result is not None:
                shutil.move(result, place)


def _kept(path: Path, form: str) -> Path | None:
    """Where the run's folder has, or would have, the converted file."""
    folder = run_folder()
    if folder is None:
        return None
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return folder / f"{digest}-{form}.{_FORMS[form].to}"


def _convert(files: Sequence[Path], form: str, folder: Path) -> list[Path | None]:
    """The converted files below `folder`, in order; None for a file that cannot be opened."""
    soffice, how = program(), _FORMS[form]
    if soffice is None:
        raise MissingProgramError(
            f"Chưa có chương trình LibreOffice để đọc tệp .{how.suffix} ({', '.join(file.name for file in files)}). "
            + HOW_TO_INSTALL.format(better=f".{how.to}")
        )
    profile, source, result = folder / "profile", folder / "in", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
    source.mkdir()
    copies = []
    for number, file in enumerate(files):
        copies.append(source / f"{number}.{how.suffix}")
        shutil.copyfile(file, copies[-1])
    seconds = SECONDS_PER_CALL + SECONDS_PER_FILE * (len(files) - 1)
    command = [
        soffice, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard",
        f"-env:UserInstallation={profile.absolute().as_uri()}", f"--infilter={how.way_in}",
        "--convert-to", f"{how.to}:{how.way_out}", "--outdir", str(result), *map(str, copies),
    ]  # fmt: skip
    if _guarded(command, seconds, folder) == office_guard.OUT_OF_TIME:
        raise LimitError(
            f"LibreOffice đọc tệp {files[0].name} lâu hơn {seconds:g} giây nên đã dừng. Hãy mở tệp bằng Word, "
            f"lưu lại thành .{how.to} rồi gửi lại."
        )
    made = [result / f"{number}.{how.to}" for number in range(len(files))]
    return [path if path.is_file() and path.stat().st_size else None for path in made]


def _profile() -> str:
    items = (
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    return _PROFILE.format(items="\n".join(items))


def _guarded(command: Sequence[str], seconds: float, folder: Path) -> int:
    """Run a command below the guard, which ends it in time; its exit status."""
    guard = [sys.executable, "-I", "-S", office_guard.__file__, str(seconds), str(folder), *command]
    environment = os.environ | {"SAL_USE_VCLPLUGIN": "svp"}
    for name in ("http_proxy", "https_proxy", "ftp_proxy"):
        environment[name] = "http://127.0.0.1:9"  # nobody listens there
    with subprocess.Popen(
        guard,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        return process.wait()
