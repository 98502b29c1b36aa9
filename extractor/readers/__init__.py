"""Room 1, READ: a file becomes a `Document`, whatever its format. Geometry and no Vietnamese.

The content decides which reader is called, the name only where the content says nothing: a PDF that was
named .docx is read as a PDF. What cannot be read is refused with a sentence that says what to do.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from extractor.errors import BrokenFileError, EncryptedError, LimitError, ReadError, ScanError, UnknownFormatError, fact
from extractor.model import Document, Place
from extractor.readers import archives, office
from extractor.readers.assemble import RawDocument, assemble
from extractor.readers.legacy_text import repaired

__all__ = ["SUFFIXES", "collect", "is_converted", "prepare", "read", "reread"]

MAX_FILE_BYTES = 200 * 2**20


def _docx(path: Path) -> RawDocument:
    from extractor.readers.docx import read_docx

    return read_docx(path)


def _pdf(path: Path) -> RawDocument:
    from extractor.readers.pdf import read_pdf

    return read_pdf(path)


def _txt(path: Path) -> RawDocument:
    from extractor.readers.text import read_text

    return read_text(path)


def _doc(path: Path) -> RawDocument:
    from extractor.readers.office_text import read_doc

    return read_doc(path)


def _odt(path: Path) -> RawDocument:
    from extractor.readers.office_text import read_odt

    return read_odt(path)


def _rtf(path: Path) -> RawDocument:
    from extractor.readers.office_text import read_rtf

    return read_rtf(path)


def _xlsx(path: Path) -> RawDocument:
    from extractor.readers.sheet import read_xlsx

    return read_xlsx(path)


def _xls(path: Path) -> RawDocument:
    from extractor.readers.sheet import read_xls

    return read_xls(path)


def _ods(path: Path) -> RawDocument:
    from extractor.readers.sheet import read_ods

    return read_ods(path)


def _image(path: Path) -> RawDocument:
    from extractor.readers.image import read_image

    return read_image(path)


# A format is one line here, its suffixes below, and one module beside this one.
READERS: dict[str, Callable[[Path], RawDocument]] = {
    "docx": _docx, "pdf": _pdf, "txt": _txt, "doc": _doc, "odt": _odt, "rtf": _rtf,
    "xlsx": _xlsx, "xls": _xls, "ods": _ods, "jpg": _image, "png": _image, "tif": _image,
}  # fmt: skip
SUFFIXES: dict[str, str] = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".pdf": "pdf", ".txt": "txt", ".text": "txt", ".md": "txt",
    ".doc": "doc", ".dot": "doc", ".odt": "odt", ".ott": "odt", ".rtf": "rtf",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xltx": "xlsx", ".xls": "xls", ".xlt": "xls", ".ods": "ods",
    ".jpg": "jpg", ".jpeg": "jpg", ".png": "png", ".tif": "tif", ".tiff": "tif",
}  # fmt: skip

_READABLE = (
    "Chỉ đọc được tệp Word (.docx, .doc, .odt, .rtf), Excel (.xlsx, .xls, .ods), PDF (.pdf), ảnh (.jpg, .png, .tif), "
    "văn bản thuần (.txt, .md), và các tệp đó trong tệp nén .zip hoặc thư .eml."
)
_PICTURE = "là ảnh chụp ở dạng không đọc được. Hãy gửi bản Word gốc (.docx), PDF, hoặc ảnh dạng .jpg, .png, .tif."
_SHEET = "là bảng tính dạng nhị phân (.xlsb). Hãy mở bằng Excel, lưu lại thành .xlsx rồi gửi lại."
_ARCHIVE = "là tệp nén không mở được ở đây. Hãy giải nén rồi gửi từng tệp bên trong, hoặc nén lại thành .zip."
_NESTED = "là tệp nén hoặc thư lồng quá nhiều lớp. Hãy giải nén rồi gửi từng tệp bên trong."
_RESAVE = "Hãy mở bằng Word, chọn Lưu thành (Save As) .docx hoặc PDF rồi gửi lại."

# What a file's first bytes say about formats that are not read: (offset, bytes, what it is and what to do).
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"Rar!", _ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (0, b"\x1f\x8b", _ARCHIVE),
    (0, b"GIF8", _PICTURE),
    (0, b"BM", _PICTURE),
    (8, b"WEBP", _PICTURE),
    (4, b"ftypheic", _PICTURE),
    (4, b"ftypmif1", _PICTURE),
)
_IMAGES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpg"), (b"\x89PNG", "png"), (b"II*\x00", "tif"), (b"MM\x00*", "tif"),
)  # fmt: skip
_WEB_OR_XML = (b"<html", b"<!doctype html", b"<?xml", b"mime-version")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams inside an OLE container, as their names stand in its directory.
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("PowerPoint Document", f"là tệp trình chiếu. {_READABLE}"),
    ("__properties_version1.0", "là thư điện tử. Hãy lưu riêng tệp đính kèm rồi gửi lại."),
)
# Folders and files inside a zip package that tell what it is.
_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("xl/", _SHEET),
    ("ppt/", f"là tệp trình chiếu. {_READABLE}"),
    ("content.xml", f"là tệp OpenDocument không phải văn bản hay bảng tính. {_RESAVE}"),
)


def read(path: Path) -> Document:
    """Read one file with the reader that its content asks for; the path may lead into an archive.

    Raises UnknownFormatError, EncryptedError, ScanError, BrokenFileError, LimitError (all ReadError), each
    with a Vietnamese sentence that names the file and says what to do.
    """
    path = Path(path)
    with archives.real(path) as file:
        sha256 = _digest(file)
        reader = READERS[_format(file)]
        return assemble(repaired(reader(file)), str(path), sha256)


def reread(document: Document, places: Sequence[Place]) -> tuple[str | None, ...]:
    """What stands at places of a document by a second way of reading; None where there is none."""
    if document.format != "pdf":
        return (None,) * len(places)
    from extractor.readers import pdf_second

    return pdf_second.reread(Path(document.path), places)


RESULTS = "doisoat.sqlite"  # a folder with this file in it holds what the program wrote: tables and letters
# What the program writes under these names, copies of it too ("bang-tong-hop (1).xlsx", "so-lieu - Copy.csv").
_WRITTEN = re.compile(
    r"(?:bang-tong-hop|van-ban|so-lieu|nhiem-vu|sai-lech|so-sanh|doisoat(?:\.cu)?|(?:ra-soat|don-doc)-20\d\d[a-z0-9-]*?)"
    r"(?: - copy| - bản sao|[ -]?\(\d+\))*\.(?:xlsx|csv|json|sqlite(?:-wal|-shm|-journal)?|log|docx)",
    re.IGNORECASE,
)
TRANSCRIPT = ".transcript.txt"  # what `doisoat show` printed, kept beside the document it is of


def collect(paths: Iterable[Path], own: list[Path] | None = None) -> list[Path]:
    """The files to read: folders and archives are opened, in order; a file that is named twice comes once.

    A file in an archive is named "goi.zip!/bc.docx" (see archives.py). Hidden files, Office's lock files (~$…),
    transcripts, folders of results and what systems leave in folders are passed over; every other file is kept,
    because a format that is not read must be listed as such. A path that does not exist, and a folder that does not
    open, are kept for the same reason. The program's own results among the reports are passed over too, told by their
    names, and put into `own`; one that is named itself is read.
    """
    found: dict[Path, None] = {}
    own = [] if own is None else own
    for path in map(Path, paths):
        for file in _files(path, own) if _is_folder(path) else (path,):
            inside = _opened(file)
            own += [member for member in inside if member != file and is_result(member.name)]
            found.update(dict.fromkeys(member for member in inside if member == file or not is_result(member.name)))
    return list(found)


def prepare(paths: Iterable[Path]) -> None:
    """Have the files that LibreOffice must convert converted ahead, many in a call (see office.py)."""
    with ExitStack() as open_files:
        found: list[tuple[Path, str]] = []
        for path in filter(is_converted, paths):
            try:
                file = open_files.enter_context(archives.real(path))
                found.append((file, _format(file)))
            except (ReadError, OSError):
                continue  # said when the file's turn comes
        office.prepare((file, form) for file, form in found if form in office.FORMS)


def is_converted(path: Path) -> bool:
    """Whether a file looks, by its name, like one that LibreOffice must convert."""
    return SUFFIXES.get(path.suffix.lower()) in office.FORMS


def _opened(path: Path) -> list[Path]:
    """The file, or the files inside where it is an archive that opens."""
    if path.suffix.lower() in SUFFIXES or not archives.is_archive(path):
        return [path]
    try:
        return archives.opened(path)
    except ReadError:
        return [path]  # read again when its turn comes, and refused with the reason


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # in a folder that may be listed and not entered
        return False


def is_result(name: str) -> bool:
    """Whether a file's name is one that the program gives to what it writes."""
    return _WRITTEN.fullmatch(unicodedata.normalize("NFC", name)) is not None


def _files(folder: Path, own: list[Path]) -> Iterator[Path]:
    """The files in a folder and the folders inside; results of the program go to `own`."""
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        yield folder  # refused with the reason when its turn comes
        return
    for path in inside:
        if archives.passed_over(path.name) or path.name.endswith(TRANSCRIPT):
            continue
        if _is_folder(path):
            if (path / RESULTS).exists():
                own.append(path)
                continue
            if not (path.is_symlink() and folder.resolve().is_relative_to(path.resolve())):  # a link back goes round
                yield from _files(path, own)
        elif is_result(path.name):
            own.append(path)
        else:
            yield path


def _digest(path: Path) -> str:
    """The SHA-256 of the file; refuses what is no file, empty, locked or too large."""
    if _is_folder(path):
        raise ReadError(_folder_refused(path))
    try:
        size = path.stat().st_size
        if size == 0:
            raise BrokenFileError(f"Tệp {path.name} rỗng (0 byte). Hãy kiểm tra lại tệp rồi gửi lại.")
        if size > MAX_FILE_BYTES:
            raise LimitError(
                f"Tệp {path.name} quá lớn ({size // 2**20} MB, tối đa {MAX_FILE_BYTES // 2**20} MB). "
                "Hãy bỏ bớt ảnh hoặc chia thành nhiều tệp rồi gửi lại."
            )
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ReadError(f"Không tìm thấy tệp {path}. Hãy kiểm tra lại đường dẫn.") from error
    except PermissionError as error:
        raise ReadError(
            f"Không có quyền đọc tệp {path.name}, hoặc tệp đang mở ở chương trình khác. "
            "Hãy đóng chương trình đó hoặc xin quyền đọc rồi chạy lại."
        ) from error
    except OSError as error:
        raise ReadError(f"Không đọc được tệp {path.name} từ ổ đĩa ({fact(error)}). Hãy chép lại tệp.") from error
    except ValueError as error:
        raise ReadError("Tên tệp có ký tự không dùng được. Hãy đổi tên tệp rồi chạy lại.") from error


def _folder_refused(path: Path) -> str:
    """Why a folder is no document: it is none, or it did not open when its files were looked for."""
    name = path.absolute().name
    try:
        next(path.iterdir(), None)
    except PermissionError:
        return f"Không có quyền đọc thư mục {name}: các tệp bên trong chưa được đọc. Hãy xin quyền rồi chạy lại."
    except OSError as error:
        return (
            f"Không mở được thư mục {name} ({fact(error)}): các tệp bên trong chưa được đọc. "
            "Hãy kiểm tra ổ đĩa rồi chạy lại."
        )
    return f"{path} là thư mục, không phải tệp. Hãy chỉ ra tệp cần đọc."


def _format(path: Path) -> str:
    """The key of READERS for a file, by its first bytes, else by its suffix."""
    with path.open("rb") as file:
        head = file.read(4096)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_format(path)
    if head.startswith(_OLE):
        return _ole_format(path)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    for magic, kind in _IMAGES:
        if head.startswith(magic):
            return kind
    for offset, magic, what in _MAGIC:
        if head.startswith(magic, offset) and not (magic == b"BM" and b"\x00" not in head):
            raise (ScanError if what is _PICTURE else UnknownFormatError)(f"Tệp {path.name} {what}")
    if archives.is_archive(path):
        archives.opened(path)  # says what is wrong with it, if anything is
        raise UnknownFormatError(f"Tệp {path.name} {_NESTED}")
    by_name = SUFFIXES.get(path.suffix.lower())
    if by_name == "txt":
        return by_name
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower().startswith(_WEB_OR_XML):
        raise UnknownFormatError(f"Tệp {path.name} là trang web hoặc XML, không phải văn bản Word. {_RESAVE}")
    if by_name is not None:
        raise BrokenFileError(
            f"Tệp {path.name} bị hỏng hoặc không đúng định dạng {path.suffix}. Hãy mở thử, lưu lại rồi gửi lại."
        )
    suffix = path.suffix or "không có đuôi"
    raise UnknownFormatError(f"Tệp {path.name} có định dạng không đọc được ({suffix}). {_READABLE}")


def _zip_format(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        if SUFFIXES.get(path.suffix.lower()) == "docx":
            raise BrokenFileError(
                f"Tệp {path.name} bị hỏng, không mở được. Hãy mở bằng Word, lưu lại thành .docx rồi gửi lại."
            ) from error
        raise BrokenFileError(f"Tệp {path.name} bị hỏng, không giải nén được. Hãy chép lại tệp rồi gửi lại.") from error
    if any(name.startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("xl/") for name in names) and "xl/workbook.bin" not in names:
        return "xlsx"
    kind = _mimetype(path).removeprefix(b"application/vnd.oasis.opendocument.") if "content.xml" in names else b""
    for start, form in ((b"text", "odt"), (b"spreadsheet", "ods")):
        if kind.startswith(start):
            return form
    for part, what in _ZIP_PARTS:
        if any(name.startswith(part) for name in names):
            raise UnknownFormatError(f"Tệp {path.name} {what}")
    if "[Content_Types].xml" in names:
        return "docx"
    if SUFFIXES.get(path.suffix.lower()) == "docx":
        raise BrokenFileError(f"Tệp {path.name} không phải tệp Word. {_RESAVE}")
    archives.opened(path)  # says what is wrong with it, if anything is
    raise UnknownFormatError(f"Tệp {path.name} {_NESTED}")


def _mimetype(path: Path) -> bytes:
    """What an OpenDocument package says that it is, in its first member."""
    with path.open("rb") as file:
        head = file.read(200)
    return head[38:] if head[30:38] == b"mimetype" else b""


def _ole_format(path: Path) -> str:
    """What a container of Office 97 holds: a locked .docx, a .doc, a sheet …"""
    data = path.read_bytes()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in data

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedError(f"Tệp {path.name} có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook") or holds("Book"):
        return "xls"
    for stream, what in _OLE_STREAMS:
        if holds(stream):
            raise UnknownFormatError(f"Tệp {path.name} {what}")
    by_name = SUFFIXES.get(path.suffix.lower(), "")
    if by_name in ("doc", "xls"):  # cut before the names of its streams: the reader says so
        return by_name
    raise UnknownFormatError(f"Tệp {path.name} là tệp Office đời cũ, không đọc được. {_RESAVE}")
