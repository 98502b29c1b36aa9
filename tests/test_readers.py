# ruff: noqa: E501 -- the tables of cases are aligned for the eye
"""Room 1's door: the reader is chosen by content, refusals say what to do, folders are opened, ids agree."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from extractor import cli, readers
from extractor.errors import BrokenFileError, EncryptedError, ReadError, ScanError, UnknownFormatError
from extractor.model import Block, Cell, Table
from extractor.readers.assemble import RawDocument, assemble

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PACKAGE = "[Content_Types].xml"


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return path


def word(path: Path, *texts: str) -> Path:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    with path.open("wb") as file:
        document.save(file)
    return path


# fmt: off
REFUSALS = [
    # name           content                                              error               a word of the way out
    ("rong.docx",    b"",                                                 BrokenFileError,    "rỗng"),
    ("khoa.docx",    OLE + "EncryptedPackage".encode("utf-16-le"),        EncryptedError,     "bỏ mật khẩu rồi gửi lại"),
    ("cu.doc",       OLE + "WordDocument\0".encode("utf-16-le"),          BrokenFileError,    "cắt cụt"),   # a header only
    ("cu.docx",      OLE + "WordDocument\0".encode("utf-16-le"),          BrokenFileError,    "cắt cụt"),   # renamed by hand
    ("thu.msg",      OLE + "__properties_version1.0\0".encode("utf-16-le"), UnknownFormatError, "tệp đính kèm"),
    ("la.bin",       OLE,                                                 UnknownFormatError, "đời cũ"),
    ("scan.jpg",     b"\xff\xd8\xff\xe0" + bytes(50),                     BrokenFileError,    "ảnh chụp"),  # cut by the mail
    ("scan.pdf",     b"\x89PNG\r\n\x1a\n" + bytes(50),                    BrokenFileError,    "ảnh chụp"),  # named as PDF
    ("scan.tif",     b"II*\x00" + bytes(50),                              BrokenFileError,    "ảnh chụp"),
    ("may.heic",     b"\x00\x00\x00\x18ftypheic" + bytes(50),             ScanError,          "ảnh chụp"),
    ("goi.rar",      b"Rar!\x1a\x07\x00" + bytes(50),                     UnknownFormatError, "giải nén"),
    ("goi.7z",       b"7z\xbc\xaf\x27\x1c" + bytes(50),                   UnknownFormatError, "giải nén"),
    ("bc.doc",       b"<html><body>x</body></html>",                      UnknownFormatError, "trang web"), # a page saved as .doc
    ("bc.docx",      b"PK\x03\x04" + bytes(200),                          BrokenFileError,    "bị hỏng"),   # cut by the mail
    ("bc.docx",      b"not a zip at all",                                 BrokenFileError,    "bị hỏng"),
    ("bc.pdf",       b"not a pdf at all",                                 BrokenFileError,    ".pdf"),
    ("bc.xyz",       b"some bytes",                                       UnknownFormatError, ".xyz"),
    ("baocao",       b"some bytes",                                       UnknownFormatError, "không có đuôi"),
    ("bc.txt",       b" \n \n",                                           BrokenFileError,    "không có chữ"),
    ("bc.txt",       bytes(range(1, 32)) * 20,                            UnknownFormatError, "văn bản thuần"),
]
# fmt: on


@pytest.mark.parametrize(("name", "content", "error", "says"), REFUSALS)
def test_a_refusal_names_the_file_and_the_way_out(
    tmp_path: Path, name: str, content: bytes, error: type[ReadError], says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        readers.read(path)
    assert type(caught.value) is error
    assert name in caught.value.message
    assert says in caught.value.message


# fmt: off
PACKAGES = [
    ("bieu.xlsx",  (PACKAGE, "xl/workbook.xml"),         BrokenFileError,    "bảng tính"),    # a shell without content
    ("bieu.docx",  (PACKAGE, "xl/workbook.xml"),         BrokenFileError,    "bảng tính"),    # renamed by hand
    ("bieu.xlsb",  (PACKAGE, "xl/workbook.bin"),         UnknownFormatError, "nhị phân"),
    ("slide.pptx", (PACKAGE, "ppt/presentation.xml"),    UnknownFormatError, "trình chiếu"),
    ("bc.odt",     ("mimetype", "content.xml"),          UnknownFormatError, "OpenDocument"),
    ("goi.zip",    ("a/bc.docx", "b.txt"),               UnknownFormatError, "giải nén"),
    ("bc.docx",    ("a.txt",),                           BrokenFileError,    "không phải tệp Word"),
    ("bc.docx",    (PACKAGE, "word/document.xml"),       BrokenFileError,    "bị hỏng"),      # a shell without content
]
# fmt: on


@pytest.mark.parametrize(("name", "parts", "error", "says"), PACKAGES)
def test_a_package_is_told_by_what_is_in_it(
    tmp_path: Path, name: str, parts: tuple[str, ...], error: type[ReadError], says: str
) -> None:
    with pytest.raises(error, match=says):
        readers.read(zipped(tmp_path / name, *parts))


def test_a_zip_with_a_password_is_locked(tmp_path: Path) -> None:
    path = word(tmp_path / "khoa.docx", "x")
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):  # the flag stands in both headers of a member
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    with pytest.raises(EncryptedError, match="mật khẩu"):
        readers.read(path)


def test_no_file_and_a_folder_are_said_apart(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="Không tìm thấy"):
        readers.read(tmp_path / "khong-co.docx")
    with pytest.raises(ReadError, match="thư mục"):
        readers.read(tmp_path)


def test_content_goes_before_the_name(tmp_path: Path) -> None:
    path = word(tmp_path / "baocao.pdf", "BÁO CÁO")
    document = readers.read(path)
    assert document.format == "docx"
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.path == str(path)


def test_every_suffix_has_a_reader() -> None:
    assert set(readers.SUFFIXES.values()) == set(readers.READERS)


def test_folders_are_opened_in_order_and_nothing_is_hidden_away(tmp_path: Path) -> None:
    names = ["b.docx", "a.pdf", "~$b.docx", ".DS_Store", "Thumbs.db", "x/c.txt", "x/la.xlsx", ".git/d.txt"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    absent = tmp_path / "absent.docx"
    found = readers.collect([tmp_path / "b.docx", tmp_path, absent])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "b.docx", "a.pdf", "x/c.txt", "x/la.xlsx", "absent.docx",
    ]  # fmt: skip


def test_a_folder_that_does_not_open_is_listed_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "khoa/b.txt", "x/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    listed = Path.iterdir

    def iterdir(folder: Path) -> Iterator[Path]:
        if folder.name == "khoa":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    found = readers.collect([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.txt", "khoa", "x/c.txt"]
    with pytest.raises(ReadError, match="Không có quyền đọc thư mục khoa"):
        readers.read(tmp_path / "khoa")
    assert readers.collect([tmp_path / "khoa"]) == [tmp_path / "khoa"]


def test_ids_are_given_in_one_place() -> None:
    cells = (Cell(Block("", "d"), 1, 0, 1, 2), Cell(Block("", "a"), 0, 0), Cell(Block("", ""), 0, 1))
    raw = RawDocument(
        "txt", [Block("x", "one"), Block("x", "  "), Table("", 2, 2, cells), Block("", "two")], [Block("", "head")]
    )
    document = assemble(raw, "f", "0")
    assert [block.id for block in document.blocks()] == ["p1", "t1r1c1", "t1r1c2", "t1r2c1", "p2"]
    assert [table.id for table in document.tables()] == ["t1"]
    assert [block.id for block in document.margins] == ["m1"]


def test_a_folder_of_results_inside_is_no_folder_of_reports(tmp_path: Path) -> None:
    """Letters and tables that an earlier run wrote among the reports are not the wards' words."""
    (tmp_path / "ket-qua" / "cong-van").mkdir(parents=True)
    (tmp_path / "ket-qua" / readers.RESULTS).write_bytes(b"")
    (tmp_path / "ket-qua" / "cong-van" / "ra-soat.docx").write_bytes(b"x")
    (tmp_path / "bc.txt").write_text("BÁO CÁO", "utf-8")
    assert readers.collect([tmp_path]) == [tmp_path / "bc.txt"]
    assert cli.STORE == readers.RESULTS


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("bang-tong-hop.xlsx", True),
        ("bang-tong-hop (2).xlsx", True),
        ("so-lieu - Copy.csv", True),
        ("so-sanh.csv", True),
        ("so-lieu.json", True),
        ("doisoat.sqlite-wal", True),
        ("doisoat.cu.log", True),
        ("ra-soat-2026-Q3-phuong-an-bien.docx", True),
        ("don-doc-2026-M08.docx", True),
        ("Bảng tổng hợp.xlsx", False),
        ("bang-tong-hop-phuong-an-bien.xlsx", False),
        ("ra-soat-thu-tuc-2026.docx", False),  # reviewing procedures is what wards report about
        ("bao-cao-so-lieu.docx", False),
    ],
)
def test_results_of_the_program_are_known_by_their_names(tmp_path: Path, name: str, ours: bool) -> None:
    (tmp_path / name).write_text("x", encoding="utf-8")
    own: list[Path] = []
    found = readers.collect([tmp_path], own)
    assert (found, own) == (([], [tmp_path / name]) if ours else ([tmp_path / name], []))
    assert readers.collect([tmp_path / name]) == [tmp_path / name]  # asked for by name


def test_every_name_that_the_exporters_write_is_known() -> None:
    from extractor import export
    from extractor.export.table_files import _SHEETS

    names = [cli.STORE, cli.LOG, export.WORKBOOK, export.JSON, *(f"{name}.csv" for name, _, _ in _SHEETS)]
    assert all(map(readers.is_result, names))
