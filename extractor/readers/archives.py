"""Files inside .zip archives and .eml letters, each a document of its own with a path like "goi.zip!/xa-a/bc.docx".

Such a path says everything: whoever gets it opens the archive again and takes the one member out, so nothing is
unpacked before it is read and nothing lies about afterwards. What would surprise you: a member's name never becomes
a path on the disk; it is cleaned for show, and a member is found again by its cleaned name. Names of old zip
programs are decoded as what makes Vietnamese syllables.
"""

from __future__ import annotations

import email
import email.errors
import email.policy
import lzma
import shutil
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from pathlib import Path
from typing import BinaryIO

import regex

from extractor.errors import BrokenFileError, EncryptedError, LimitError, ReadError, fact, is_of_the_machine
from extractor.readers.scratch import scratch
from extractor.vietnamese.syllables import syllables

MAX_DEPTH = 3
MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 200 * 2**20
MAX_ARCHIVE_BYTES = 4 * 2**30  # unpacked, all members together
MAX_LETTER_BYTES = 100 * 2**20
MAX_LETTERS_INSIDE = 50
MAX_RATIO, RATIO_MATTERS_FROM = 250, 20 * 2**20  # no report packs so well; small ones do no harm

MARK = "!"
BODY = "noi-dung-thu.txt"
_UNPACKING_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError, OSError,
)  # fmt: skip
_LETTER_ERRORS = (
    email.errors.MessageError, LookupError, ValueError, AttributeError, TypeError, OSError, RecursionError,
)  # fmt: skip
_OFFICE_PARTS = ("word/", "xl/", "ppt/", "[Content_Types].xml", "content.xml", "docProps/")
_NOT_IN_NAMES = regex.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff\u202a-\u202e\u2066-\u2069]')
_HEADER = regex.compile(rb"(?im)^(?:received|from|to|subject|date|mime-version|return-path|message-id|content-type):")
_UNICODE_NAME = 0x7075  # extra field of zip: the name in UTF-8


@dataclass(frozen=True, slots=True)
class _Member:
    """A file inside: its name for show, and how its bytes are written elsewhere."""

    name: str
    write: Callable[[BinaryIO], None]


def passed_over(name: str) -> bool:
    """Hidden files, Office's lock files and what systems leave in folders."""
    return name.startswith((".", "~$")) or name.lower() in ("thumbs.db", "desktop.ini", "__macosx")


def is_archive(path: Path) -> bool:
    """Whether a file is a .zip that is no office document, or a letter."""
    if not _is_file(path):
        return False
    try:
        with path.open("rb") as file:
            head = file.read(4096)
        if head.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(path) as package:
                return not any(name.startswith(_OFFICE_PARTS) for name in package.namelist())
    except _UNPACKING_ERRORS:
        return False
    return path.suffix.lower() == ".eml" and len(_HEADER.findall(head)) >= 2


def opened(path: Path) -> list[Path]:
    """The paths of all files inside an archive, archives inside it opened too.

    Raises BrokenFileError where it cannot be unpacked, LimitError where it holds too much, ReadError where it
    holds nothing.
    """
    names: list[str] = []
    _list(path, "", 1, names)
    if not names:
        raise ReadError(f"Tệp {path.name} không có tệp nào bên trong. Hãy kiểm tra lại rồi gửi lại.")
    inside = path.parent / (path.name + MARK)
    return [inside.joinpath(*name.split("/")) for name in names]


@contextmanager
def real(path: Path) -> Iterator[Path]:
    """A file on the disk with the path's content, there until the block ends: the file itself or a member taken out.

    Raises what `opened` raises, EncryptedError for a locked member, ReadError where there is no such member.
    """
    found = _split(path)
    if found is None:
        if _exists(path) and not path.is_file() and not path.is_dir():  # a pipe would be waited for without end
            raise ReadError(f"{path.name} không phải tệp. Hãy chỉ ra tệp cần đọc.")
        yield path
        return
    archive, wanted = found
    with scratch() as folder:
        yield _take_out(archive, wanted, folder)


def on_disk(path: Path) -> Path:
    """The file that lies on the disk: the archive of a path inside one, else the path itself."""
    found = _split(path)
    return path if found is None else found[0]


def _split(path: Path) -> tuple[Path, str] | None:
    """Archive and name of a path inside an archive, None for any other path."""
    if not any(part.endswith(MARK) for part in path.parts):
        return None
    for length, part in enumerate(path.parts[:-1], 1):
        archive = Path(*path.parts[:length]).with_name(part[:-1]) if len(part) > 1 and part.endswith(MARK) else None
        if archive is not None and _is_file(archive) and not _exists(Path(*path.parts[:length])):
            return archive, "/".join(path.parts[length:])
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a loop of links, a NUL in the name
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _list(path: Path, before: str, depth: int, names: list[str]) -> None:
    """Append the names of all files inside; an archive that lies too deep or does not open is named itself."""
    with _members(path) as members:
        for member in members:
            name = before + member.name
            if depth < MAX_DEPTH and member.name.lower().endswith((".zip", ".eml")):
                inner: list[str] = []
                try:
                    with scratch() as folder:
                        file = _written(member, folder)
                        if is_archive(file):
                            _list(file, f"{name}{MARK}/", depth + 1, inner)
                except ReadError:
                    inner = []
                names.extend(inner or [name])
            else:
                names.append(name)
            if len(names) > MAX_MEMBERS:
                raise LimitError(
                    f"Tệp {path.name} chứa hơn {MAX_MEMBERS} tệp. Hãy chia thành nhiều tệp nén nhỏ hơn rồi gửi lại."
                )


def _take_out(archive: Path, wanted: str, folder: Path) -> Path:
    with _members(archive) as members:
        for member in members:
            if member.name == wanted:
                return _written(member, folder)
            if wanted.startswith(f"{member.name}{MARK}/"):
                inside = folder / "inner"
                inside.mkdir()
                return _take_out(_written(member, folder), wanted[len(member.name) + len(MARK) + 1 :], inside)
    raise ReadError(f"Không tìm thấy tệp {wanted} trong {archive.name}. Hãy kiểm tra lại đường dẫn.")


def _written(member: _Member, folder: Path) -> Path:
    """The member as a file of the folder, under its own name without folders, so that messages name it."""
    path = folder / member.name.rsplit("/", 1)[-1]
    try:
        with path.open("xb") as file:
            member.write(file)
    except RuntimeError as error:  # zipfile says so where a password is needed
        raise EncryptedError(f"Tệp {path.name} trong tệp nén có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.") from error
    except _UNPACKING_ERRORS as error:
        if isinstance(error, OSError) and is_of_the_machine(error):
            raise ReadError(
                f"Không giải nén được tệp {path.name} vào thư mục tạm ({fact(error)}). Hãy giải phóng chỗ trống "
                "trên ổ đĩa rồi chạy lại."
            ) from error
        raise BrokenFileError(f"Tệp {path.name} trong tệp nén bị hỏng. Hãy nén lại rồi gửi lại.") from error
    return path


@contextmanager
def _members(path: Path) -> Iterator[list[_Member]]:
    """The files inside an archive, while it is open."""
    try:
        is_zip = zipfile.is_zipfile(path) and path.suffix.lower() != ".eml"
    except OSError as error:
        raise ReadError(f"Không đọc được tệp {path.name} từ ổ đĩa ({fact(error)}).") from error
    if not is_zip:
        try:
            members = list(_named(_letter(path)))
        except _LETTER_ERRORS as error:
            raise BrokenFileError(f"Thư {path.name} bị hỏng. Hãy lưu riêng tệp đính kèm rồi gửi lại.") from error
        yield members
        return
    try:
        package = zipfile.ZipFile(path)
    except _UNPACKING_ERRORS as error:
        raise BrokenFileError(f"Tệp {path.name} bị hỏng, không giải nén được. Hãy chép lại tệp rồi gửi lại.") from error
    with package:
        files = [info for info in package.infolist() if not info.is_dir()]
        if len(files) > MAX_MEMBERS or sum(info.file_size for info in files) > MAX_ARCHIVE_BYTES:
            raise LimitError(f"Tệp {path.name} khi giải nén quá lớn hoặc quá nhiều tệp. Hãy chia nhỏ rồi gửi lại.")
        yield list(_named((_decoded(info), _unpacker(package, info)) for info in files))


def _named(found: Iterable[tuple[str, Callable[[BinaryIO], None]]]) -> Iterator[_Member]:
    """Members with names that can be shown, each once; what systems leave behind is passed over."""
    taken: set[str] = set()
    for written, write in found:
        parts = [_clean(part) for part in regex.split(r"[\\/]+", written)]
        parts = [part for part in parts if part not in ("", ".", "..")]
        if not parts or any(map(passed_over, parts)):
            continue
        name = "/".join(parts)
        stem, dot, suffix = name.rpartition(".") if "." in parts[-1] else (name, "", "")
        number = 1
        while name.lower() in taken:
            number += 1
            name = f"{stem} ({number}){dot}{suffix}"
        taken.add(name.lower())
        yield _Member(name, write)


def _clean(part: str) -> str:
    part = _NOT_IN_NAMES.sub("_", unicodedata.normalize("NFC", part)).strip().rstrip(". ")
    if part.endswith(MARK):
        part = part[:-1] + "_"
    stem, dot, suffix = part.rpartition(".")
    return part if len(part) <= 120 else f"{(stem or suffix)[:100]}{dot}{suffix[:15]}"


# --------------------------------------------------------------------------- zip


def _unpacker(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[BinaryIO], None]:
    def write(file: BinaryIO) -> None:
        packed_well = info.file_size > RATIO_MATTERS_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size)
        if info.file_size > MAX_MEMBER_BYTES or packed_well:
            raise LimitError(
                f"Tệp {_decoded(info)} trong tệp nén khi giải nén quá lớn ({info.file_size // 2**20} MB). "
                "Hãy kiểm tra lại rồi gửi riêng tệp đó."
            )
        with package.open(info) as source:  # never gives more than the size that the directory names
            shutil.copyfileobj(source, file)

    return write


def _decoded(info: zipfile.ZipInfo) -> str:
    """The member's name: as UTF-8 where it says so or is so, else in the code page that makes syllables of it."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_NAME and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    if info.flag_bits & 0x800:
        return info.filename
    try:
        data = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    if data.isascii():
        return info.filename
    readings = []
    for encoding in ("utf-8", "cp1258", "cp437"):
        try:
            readings.append(unicodedata.normalize("NFC", data.decode(encoding)))
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":
            return readings[0]
    return max(readings, key=_share_of_syllables)


def _share_of_syllables(name: str) -> float:
    good, count = syllables(name.replace("_", " ").replace("-", " "))
    return good / count if count else 0.0


# --------------------------------------------------------------------------- letters


def _letter(path: Path) -> Iterator[tuple[str, Callable[[BinaryIO], None]]]:
    """The text of a letter and what is attached to it."""
    if path.stat().st_size > MAX_LETTER_BYTES:
        raise LimitError(f"Thư {path.name} quá lớn. Hãy lưu riêng tệp đính kèm rồi gửi lại.")
    data = path.read_bytes()
    if data.lower().count(b"message/rfc822") > MAX_LETTERS_INSIDE:
        raise LimitError(f"Thư {path.name} kèm quá nhiều thư khác. Hãy lưu riêng tệp đính kèm rồi gửi lại.")
    letter = email.message_from_bytes(data, _class=EmailMessage, policy=email.policy.default)
    bodies = []
    for part in letter.walk():  # also through the letters that are attached
        if part is letter or (isinstance(part, EmailMessage) and part["From"] is not None):
            body = part.get_body(("plain", "html"))
            if body is not None:
                bodies.append(body)
                if any(map(str.isalpha, text := _text(body))):
                    yield BODY, _writer(text.encode("utf-8"))
        if part.is_multipart() or any(part is body for body in bodies):
            continue
        name = part.get_filename()
        inline = part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment"
        if name is not None and not inline:
            yield name, _writer(_payload(part))


def _writer(data: bytes) -> Callable[[BinaryIO], None]:
    def write(file: BinaryIO) -> None:
        file.write(data)

    return write


def _payload(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(body: MIMEPart) -> str:
    """The letter's own text; leftovers of HTML are the text reader's business."""
    data = _payload(body)
    try:
        return data.decode(body.get_content_charset("utf-8"), "replace")
    except LookupError:  # a character set that nobody knows
        return data.decode("utf-8", "replace")
