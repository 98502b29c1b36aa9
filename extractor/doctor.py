"""Which readers are on this machine, what is not read without them, and how they are installed.

Everything here is asked of the programs themselves: one that is found and does not run counts as missing. Nothing is
installed and nothing is fetched.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata

from extractor.errors import ScanError
from extractor.readers import office, tesseract

_SECONDS = 30
_RAPIDOCR = ("rapidocr", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Reader:
    """A program or library besides the package: what it is for, its version, and how it comes.

    `version` is None where it is missing, with the reason in `trouble`. Without one that is not `needed` everything
    is read, only less surely. `debian` names packages of Debian and Ubuntu, `pip` packages for Python.
    """

    name: str
    purpose: str
    needed: bool
    version: str | None
    trouble: str = ""
    debian: tuple[str, ...] = ()
    pip: tuple[str, ...] = ()
    windows: str = ""


def readers() -> tuple[Reader, ...]:
    """Every reader, the needed ones first."""
    return (_tesseract(), _libreoffice(), _rapidocr(), *_word_readers())


def complete(found: Sequence[Reader]) -> bool:
    """Whether all formats are read on this machine."""
    return all(reader.version is not None for reader in found if reader.needed)


def diagnosis(found: Sequence[Reader], version: str, patterns: str) -> str:
    """The answer of `doisoat doctor`, for officials."""
    lines = [
        f"doisoat {version}, Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        f"Mẫu câu: {patterns}",
        "",
        "Word (.docx), Excel (.xlsx), PDF có chữ, văn bản thuần (.txt, .md), tệp nén .zip, thư .eml: đọc được ngay, "
        "không cần chương trình nào khác.",
        "",
    ]
    for reader in found:
        if reader.version is not None:
            lines.append(f"[có]    {reader.name} {reader.version}: {reader.purpose}.")
        elif reader.needed:
            lines.append(f"[THIẾU] {reader.name}: {reader.trouble}. Cần để {reader.purpose}.")
        else:
            lines.append(f"[chưa có, không bắt buộc] {reader.name}: {reader.purpose}.")
    missing = [reader for reader in found if reader.version is None]
    if not missing:
        return "\n".join([*lines, "", "Máy có đủ mọi chương trình đọc."])
    lines += ["", "Cài những gì còn thiếu trên Debian, Ubuntu bằng một lệnh:", "", f"    {_command(missing)}"]
    if windows := [reader for reader in missing if reader.windows]:
        lines += ["", "Trên Windows:", "", *(f"    {reader.name}: {reader.windows}" for reader in windows)]
    lines += ["", "Cài xong, chạy lại với --retry-failed để đọc các tệp trước đây chưa đọc được:", ""]
    lines.append("    doisoat run THƯ_MỤC --retry-failed")
    if not complete(missing):
        lines += ["", "Chưa cài cũng không sao: các tệp cần chương trình còn thiếu được nêu tên, tệp khác vẫn đọc đủ."]
    return "\n".join(lines)


def _command(missing: Sequence[Reader]) -> str:
    """The one command that installs what is missing on Debian and Ubuntu."""
    steps = []
    if packages := [package for reader in missing for package in reader.debian]:
        steps.append(f"sudo apt install -y {' '.join(packages)}")
    if wheels := [package for reader in missing for package in reader.pip]:
        steps.append(f'"{sys.executable}" -m pip install {" ".join(wheels)}')
    return " && ".join(steps)


# --------------------------------------------------------------------------- one by one


def _tesseract() -> Reader:
    purpose = "đọc ảnh chụp và bản scan (PDF không có chữ, .jpg, .png, .tif)"
    debian = ("tesseract-ocr", "tesseract-ocr-vie")
    windows = (
        "tải bản cài đặt của UB Mannheim tại https://github.com/UB-Mannheim/tesseract/wiki, khi cài chọn thêm "
        "Additional language data > Vietnamese"
    )
    name = "Tesseract kèm tiếng Việt (vie)"
    try:
        path = tesseract.program()
    except ScanError as error:
        trouble = str(error).removesuffix(tesseract.INSTALL).strip().rstrip(".")
        return Reader(name, purpose, True, None, _small(trouble), debian, windows=windows)
    version = _said(path, "--version")
    return Reader(name, purpose, True, version, "" if version else "có tệp chương trình nhưng không chạy được", debian,
                  windows=windows)  # fmt: skip


def _libreoffice() -> Reader:
    purpose = "đọc .doc, .rtf, .odt, .xls, .ods"
    path = office.program()
    version = _said(path, "--version") if path else None
    trouble = "có tệp chương trình nhưng không chạy được" if path else "chưa có chương trình này trên máy"
    return Reader(
        "LibreOffice", purpose, True, version, trouble, ("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
        windows="tải tại https://vi.libreoffice.org/download/",
    )  # fmt: skip


def _rapidocr() -> Reader:
    purpose = "đọc lại chữ số trên bản scan bằng cách thứ hai, bớt số phải bỏ vì đọc chưa chắc"
    versions = []
    for package in _RAPIDOCR:
        try:
            versions.append(metadata.version(package))
        except metadata.PackageNotFoundError:
            pip = "cài bằng lệnh: py -m pip install rapidocr onnxruntime"
            return Reader("RapidOCR", purpose, False, None, pip=_RAPIDOCR, windows=pip)
    return Reader("RapidOCR", purpose, False, versions[0], pip=_RAPIDOCR)


def _word_readers() -> tuple[Reader, ...]:
    """Two small programs that print the letters of a .doc; they do not tell their version alike, so where they lie
    stands in its place. There is none of them for Windows."""
    purposes = {
        "antiword": "đối chiếu số chữ của tệp .doc sau khi LibreOffice chuyển đổi",
        "catdoc": "đọc phần chữ của tệp .doc có bảng mà LibreOffice không giữ được",
    }
    return tuple(
        Reader(name, purpose, False, f"({path})" if (path := shutil.which(name)) else None, debian=(name,))
        for name, purpose in purposes.items()
    )


def _said(path: str, argument: str) -> str | None:
    """The version in the first line that a program prints about itself; None where it does not run."""
    try:
        done = subprocess.run(
            [path, argument], capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if done.returncode:
        return None
    first = (done.stdout or done.stderr).decode("utf-8", "replace").strip().splitlines()[:1]
    numbered = [word.removeprefix("v") for word in " ".join(first).split() if any(map(str.isdigit, word))]
    return numbered[0] if numbered else "(không rõ phiên bản)"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
