"""Texts of other office programs (.doc of Word 97, .odt, .rtf): LibreOffice makes a .docx, its reader reads that.

What would surprise you: LibreOffice now and then melts a table into a paragraph and says nothing, and reads what is
left of a file that was cut in two: "120" and "2" become 1202. So the source is looked over beforehand, the numbers in
its cells are looked for in the tables afterwards, and where they are lost the file is read as letters without tables,
by catdoc or antiword, or refused. Without LibreOffice a .doc is read that way too.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import regex

from extractor.errors import BrokenFileError, EncryptedError, LimitError, MissingProgramError
from extractor.model import Block, Problem, Table
from extractor.readers.assemble import RawDocument
from extractor.readers.docx import read_docx
from extractor.readers.office import converted
from extractor.readers.scratch import scratch
from extractor.readers.text import read_text

MAX_ODT_XML_BYTES = 100 * 2**20
_SECONDS_OF_COUNTING = 20
_UNPACKING_ERRORS = (
    zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, ValueError, RuntimeError, OSError,
)  # fmt: skip
_SHARE_OF_WORDS = 0.97  # the other program counts page numbers and signs of lists as words too
# Programs that print a .doc's letters, best first, without line breaks inside paragraphs.
_PLAIN_TEXT: Mapping[str, tuple[str, ...]] = {
    "catdoc": ("catdoc", "-d", "utf-8", "-w"),
    "antiword": ("antiword", "-w", "0", "-m", "UTF-8.txt"),
}
_NUMBER = regex.compile(r"\d++(?:[.,/]\d++)*")
_NUMBERS_OF_A_TABLE = 3
_WORDS = regex.compile(r"[\p{L}\p{N}]+")
_LAST_SECTOR, _FREE_SECTOR = 0xFFFFFFFA, 0xFFFFFFFF
_IN_PIECES, _ENCRYPTED = 0x0004, 0x0100  # fComplex, fEncrypted
_RTF_ROW = regex.compile(rb"\\row(?![a-z])")
_RTF_FILLED_ROW = regex.compile(rb"\\trowd(?![a-z])")


def read_doc(path: Path) -> RawDocument:
    """The blocks and tables of a Word 97–2003 file.

    Raises EncryptedError, BrokenFileError for one that is damaged or cut or whose tables are lost on the way,
    LimitError for one that takes too long, MissingProgramError where no program for it is installed.
    """
    source = _checked_doc(path)
    try:
        with converted(path, "doc") as word:
            raw = read_docx(word)
    except MissingProgramError:
        text = _plain_text(path, "catdoc", "antiword")
        if text is None:
            raise
        return _without_tables(path, text, _NO_OFFICE)
    if len(_numbers_apart(raw, cells_of_doc(source))) >= _NUMBERS_OF_A_TABLE:
        text = _plain_text(path, "catdoc", "antiword")
        if text is None:
            raise BrokenFileError(
                f"Tệp {path.name} có bảng không giữ được khi chuyển từ .doc; số trong bảng sẽ dính vào nhau. "
                "Hãy mở bằng Word, lưu thành .docx rồi gửi lại."
            )
        return _without_tables(path, text, _TABLE_LOST)
    other = _plain_text(path, "antiword")
    doubts = _words_doubt(raw, _count_words(other)) if other is not None else ()
    return replace(raw, format="doc", problems=(*raw.problems, *doubts))


def read_odt(path: Path) -> RawDocument:
    """The blocks and tables of an OpenDocument text; raises what `read_doc` raises."""
    tables = _odt_tables(path)
    with converted(path, "odt") as word:
        raw = read_docx(word)
    lost = sum(isinstance(item, Table) for item in raw.content) < tables
    return replace(raw, format="odt", problems=(*raw.problems, *([_TABLE_DOUBT] if lost else [])))


def read_rtf(path: Path) -> RawDocument:
    """The blocks and tables of an RTF file; raises what `read_doc` raises."""
    data = path.read_bytes()
    with converted(path, "rtf") as word:
        raw = read_docx(word)
    problems = list(raw.problems)
    rows = sum(table.rows for table in raw.content if isinstance(table, Table))
    if rows < len(_RTF_ROW.findall(data)) and _RTF_FILLED_ROW.search(data):
        problems.append(_TABLE_DOUBT)
    if not data.rstrip(b"\0 \r\n\t\x1a").endswith(b"}"):
        problems.append(Problem("cut_off", "Tệp bị cắt cụt: phần cuối văn bản không có. Hãy gửi lại tệp đầy đủ."))
    return replace(raw, format="rtf", problems=tuple(problems))


# --------------------------------------------------------------------------- doubts

_TABLE_DOUBT = Problem(
    "table_doubt",
    "Có bảng không được giữ nguyên khi chuyển từ định dạng cũ; số trong bảng có thể thiếu hoặc dính nhau. "
    "Hãy mở bằng Word, lưu thành .docx rồi gửi lại.",
)


_TABLE_LOST = Problem(
    "table_lost",
    "LibreOffice không giữ được bảng của tệp này nên chỉ đọc phần chữ; bảng biểu có thể sai hàng, sai cột. "
    "Hãy mở bằng Word, lưu thành .docx rồi gửi lại.",
)
_NO_OFFICE = Problem(
    "missing_program",
    "Máy chưa có LibreOffice nên tệp .doc chỉ được đọc phần chữ; bảng biểu có thể sai hàng, sai cột. "
    "Hãy cài LibreOffice rồi chạy lại, hoặc lưu tệp thành .docx.",
)


def _words_doubt(raw: RawDocument, words: int) -> Iterator[Problem]:
    found = sum(_count_words(text) for text in _texts(raw))
    if found < words * _SHARE_OF_WORDS:
        yield Problem(
            "words_doubt",
            f"Đọc được {found} từ, trong khi tệp có khoảng {words} từ; có phần chữ có thể bị sót. "
            "Hãy mở bằng Word, lưu thành .docx rồi gửi lại.",
        )


def _numbers_apart(raw: RawDocument, cells: Iterable[str]) -> Counter[str]:
    """Numbers that stand in cells of the source and in no table here.

    Tables are not counted themselves: a letterhead or a block of signatures that melts changes no figure.
    """
    theirs = Counter(number for cell in cells for number in _NUMBER.findall(cell))
    tables = (item for item in raw.content if isinstance(item, Table))
    ours = Counter(number for table in tables for cell in table.cells for number in _NUMBER.findall(cell.text))
    return theirs - ours


def _texts(raw: RawDocument) -> Iterator[str]:
    for item in (*raw.content, *raw.margins):
        if isinstance(item, Block):
            yield item.text
        else:
            yield from (cell.text for cell in item.cells)


def _count_words(text: str) -> int:
    return len(_WORDS.findall(text))


def _plain_text(path: Path, *programs: str) -> str | None:
    """The letters as the first of the programs that is installed prints them, None where none can."""
    for name in programs:
        command = shutil.which(name)
        if command is None:
            continue
        try:
            done = subprocess.run(
                [command, *_PLAIN_TEXT[name][1:], str(path.absolute())],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS_OF_COUNTING,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):
            continue
        text = done.stdout.decode("utf-8", "replace")
        if done.returncode == 0 and text.strip():
            return text
    return None


def _without_tables(path: Path, text: str, problem: Problem) -> RawDocument:
    with scratch() as folder:
        plain = folder / path.name
        plain.write_text(text, encoding="utf-8")
        raw = read_text(plain)
    return replace(raw, format="doc", problems=(*raw.problems, problem))


# --------------------------------------------------------------------------- the sources looked over


def _checked_doc(path: Path) -> bytes:
    """The main stream of a .doc; refuses a locked file, and one whose own table of sectors reaches beyond its end.

    Source: [MS-CFB] 2.2 (header), 2.3 (sector table), 2.6 (directory), [MS-DOC] 2.5.2 (FibBase: wIdent at 0, flags
    at 10).
    """
    data = path.read_bytes()
    shift = struct.unpack_from("<H", data, 30)[0] if len(data) >= 512 else 0
    if shift not in (9, 12):
        raise _cut(path)
    size = 1 << shift
    following: list[int] = []
    for sector in struct.unpack_from("<109I", data, 76):
        at = (sector + 1) * size
        if sector > _LAST_SECTOR:
            continue
        if at + size > len(data):
            raise _cut(path)
        following.extend(struct.unpack_from(f"<{size // 4}I", data, at))
    used = max((number for number, after in enumerate(following) if after != _FREE_SECTOR), default=-1)
    if (used + 1) * size >= len(data):  # the last sector may be short, never absent
        raise _cut(path)

    def chain(sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < len(following) and len(pieces) <= len(following):
            pieces.append(data[(sector + 1) * size : (sector + 2) * size])
            sector = following[sector]
        return b"".join(pieces)

    directory = chain(struct.unpack_from("<I", data, 48)[0])
    source = b""
    for at in range(0, len(directory) - 127, 128):
        if directory.startswith("WordDocument\0".encode("utf-16-le"), at):
            source = chain(struct.unpack_from("<I", directory, at + 116)[0])
    if len(source) < 512 or not source.startswith((b"\xec\xa5", b"\xdc\xa5")):
        raise _cut(path)
    if struct.unpack_from("<H", source, 10)[0] & _ENCRYPTED:
        raise EncryptedError(f"Tệp {path.name} có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
    return source


def cells_of_doc(source: bytes) -> list[str]:
    """The last lines of the table cells in the main stream of a .doc; empty where its text does not lie in one piece.

    Source: [MS-DOC] 2.4.1 and 2.5.2: the text lies between fcMin (at 24) and fcMac (28), ccpText (76) letters of it
    are the body; a cell ends with the letter 7.
    """
    flags = struct.unpack_from("<H", source, 10)[0]
    start, end = struct.unpack_from("<II", source, 24)
    letters = struct.unpack_from("<I", source, 76)[0]
    if flags & _IN_PIECES or not letters or not 0 < start < end <= len(source):
        return []
    wide = end - start >= 2 * letters
    text = source[start : start + letters * (2 if wide else 1)].decode("utf-16-le" if wide else "cp1252", "replace")
    return [cell.rpartition("\r")[2] for cell in text.split("\x07")[:-1]]


def _cut(path: Path) -> BrokenFileError:
    return BrokenFileError(f"Tệp {path.name} bị cắt cụt hoặc hỏng. Hãy chép lại tệp gốc, mở thử rồi gửi lại.")


def _odt_tables(path: Path) -> int:
    """How many tables an OpenDocument text has; refuses what is locked or unpacks too large."""
    try:
        with zipfile.ZipFile(path) as package:
            if any(member.file_size > MAX_ODT_XML_BYTES for member in package.infolist()):
                raise LimitError(f"Tệp {path.name} khi giải nén quá lớn. Hãy chia thành nhiều tệp rồi gửi lại.")
            names = package.namelist()
            manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest:
                raise EncryptedError(f"Tệp {path.name} có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
            return package.read("content.xml").count(b"<table:table ")
    except _UNPACKING_ERRORS as error:
        raise BrokenFileError(f"Tệp {path.name} bị hỏng. Hãy mở thử, lưu lại thành .docx rồi gửi lại.") from error
