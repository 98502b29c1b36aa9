"""Every exception raised on purpose. Each says, in Vietnamese, where, what is wrong and what to do.

DoisoatError
├── PatternError       a file under patterns/ is wrong: file, record, fact, way out
├── ReadError          one document cannot be read; the batch goes on
│   ├── UnknownFormatError   not a format that is read
│   ├── EncryptedError       a password is needed
│   ├── ScanError            pictures of pages, no letters
│   ├── BrokenFileError      damaged, empty, or not what its name says
│   ├── LimitError           too large, too many pages, too slow
│   └── MissingProgramError  a program that reads the format is not installed
├── StoreError         the database cannot be opened or written
├── RosterError        the list of units that owe a report cannot be used
└── OutputError        a result cannot be written
"""

from __future__ import annotations

import errno


class DoisoatError(Exception):
    """Trouble of the tool's input or surroundings, to be shown without a traceback."""


class PatternError(DoisoatError):
    """A file under patterns/ is wrong."""


class ReadError(DoisoatError):
    """One document cannot be read. `code` is the machine's word for it (contract: problems[].code)."""

    code = "unreadable"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnknownFormatError(ReadError):
    code = "unknown_format"


class EncryptedError(ReadError):
    code = "encrypted"


class ScanError(ReadError):
    code = "scan"


class BrokenFileError(ReadError):
    code = "broken"


class LimitError(ReadError):
    code = "limit"


class MissingProgramError(ReadError):
    code = "missing_program"


class StoreError(DoisoatError):
    """The database cannot be opened, read or written."""


class RosterError(DoisoatError):
    """The list of units that owe a report cannot be read, or names what is no unit."""


class OutputError(DoisoatError):
    """A result file cannot be written."""


# --------------------------------------------------------------------------- what the system says

_FACTS = {
    errno.ENOSPC: "ổ đĩa đầy",
    errno.EFBIG: "tệp quá lớn so với mức cho phép",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.ENOTDIR: "trên đường dẫn có tệp thay vì thư mục",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.EISDIR: "là thư mục",
    errno.EIO: "ổ đĩa lỗi",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "liên kết vòng tròn",
    errno.EBUSY: "đang được sử dụng",
    errno.EMFILE: "mở quá nhiều tệp",
    errno.ENFILE: "mở quá nhiều tệp",
    errno.ENOMEM: "thiếu bộ nhớ",
} | ({errno.EDQUOT: "hết dung lượng được cấp"} if hasattr(errno, "EDQUOT") else {})
_OF_THE_MACHINE = frozenset({"ENOSPC", "EDQUOT", "EROFS", "EIO", "EMFILE", "ENFILE", "ENOMEM"})


def fact(error: OSError) -> str:
    """What the system refused, in Vietnamese; its own words where they are unusual."""
    return _FACTS.get(error.errno or 0) or error.strerror or str(error)


def is_of_the_machine(error: OSError) -> bool:
    """Whether an error is of disk and memory, and says nothing about the document that was being read."""
    return errno.errorcode.get(error.errno or 0) in _OF_THE_MACHINE
