"""Broken and hostile files, made from good ones: what mail, disks and strangers do to documents.

`healthy` writes one good file of each kind, `mutations` breaks bytes at random (from a seed that can be printed),
`traps` writes what was made to hurt: bombs, loops, locked files, names that no letter can hold.
"""

from __future__ import annotations

import io
import itertools
import os
import random
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from email.message import EmailMessage
from pathlib import Path

import docx
from openpyxl import Workbook

DATA = Path(__file__).with_name("data")
PARAGRAPHS = (
    "BÁO CÁO",
    "Kết quả giải quyết thủ tục hành chính quý II năm 2026",
    "Tổng số hồ sơ tiếp nhận: 1.250 hồ sơ, trong đó trực tuyến 1.200 hồ sơ, trực tiếp 30 hồ sơ, kỳ trước 20 hồ sơ.",
    "Đã giải quyết 1.230 hồ sơ: trước hạn 1.200 hồ sơ, đúng hạn 25 hồ sơ, quá hạn 5 hồ sơ; đang giải quyết 20 hồ sơ.",
)
ROWS = (("STT", "Lĩnh vực", "Tiếp nhận", "Đã giải quyết"), ("1", "Hộ tịch", "120", "118"), ("2", "Đất đai", "45", "40"))


# --------------------------------------------------------------------------- good files


def word() -> bytes:
    document = docx.Document()
    for text in PARAGRAPHS:
        document.add_paragraph(text)
    table = document.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for row, texts in enumerate(ROWS):
        for col, text in enumerate(texts):
            table.cell(row, col).text = text
    document.add_paragraph("Nơi nhận:")
    return _saved(document.save)


def sheet() -> bytes:
    book = Workbook()
    page = book.active
    page.append([PARAGRAPHS[1]])
    page.merge_cells("A1:D1")
    for texts in ROWS:
        page.append([int(text) if text.isdigit() else text for text in texts])
    return _saved(book.save)


def letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "mot@xa.example", "hai@pho.example", "Báo cáo quý II"
    message.set_content("\n".join(PARAGRAPHS))
    message.add_attachment(word(), maintype="application", subtype="octet-stream", filename="báo cáo.docx")
    return message.as_bytes()


def rich_text() -> bytes:
    body = "".join(
        "".join(letter if letter.isascii() else f"\\u{ord(letter)}?" for letter in text) + "\\par\n"
        for text in PARAGRAPHS
    )
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\\f0\n" + body + "}").encode("ascii")


def packed(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members:
            package.writestr(name, data)
    return target.getvalue()


HEALTHY: dict[str, Callable[[], bytes]] = {
    "docx": word,
    "xlsx": sheet,
    "eml": letter,
    "rtf": rich_text,
    "txt": lambda: "\n".join(PARAGRAPHS).encode(),
    "zip": lambda: packed(("xa/bc.docx", word()), ("bieu.xlsx", sheet())),
    "pdf": lambda: (DATA / "report.pdf").read_bytes(),
}


def healthy(folder: Path) -> list[Path]:
    """One good file of each kind."""
    return [_write(folder / f"tot.{kind}", make()) for kind, make in HEALTHY.items()]


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


# --------------------------------------------------------------------------- broken ones


def cut(data: bytes) -> Iterator[bytes]:
    """The first tenth, two tenths … of a file: a copy or a mail that stopped."""
    for tenth in range(1, 10):
        yield data[: len(data) * tenth // 10]


def mutation(data: bytes, chance: random.Random) -> bytes:
    """One file with damage somewhere: flipped or inserted bytes, a hole, a repeated piece, or a part edited."""
    kinds = [_flipped, _holed, _repeated, _swollen]
    if data.startswith(b"PK"):
        kinds += [_part_edited, _part_edited, _part_dropped]
    return chance.choice(kinds)(data, chance)


def _flipped(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice((1, 3, 20, 200))):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def _holed(data: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(data)), chance.choice((1, 16, 512, 4096))
    return data[:at] + (b"" if chance.random() < 0.5 else bytes(size)) + data[at + size :]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(data)), chance.choice((1, 64, 2048))
    return data[:at] + data[at : at + size] * chance.choice((2, 50)) + data[at + size :]


def _swollen(data: bytes, chance: random.Random) -> bytes:
    """A number of four bytes made as large as it can be: lengths, offsets, counts."""
    at = chance.randrange(max(1, len(data) - 4))
    return data[:at] + chance.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", bytes(4))) + data[at + 4 :]


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(info.filename, package.read(info)) for info in package.infolist()]


def _part_edited(data: bytes, chance: random.Random) -> bytes:
    """A package that opens, with one part of it damaged inside: what a checksum does not catch."""
    parts = _parts(data)
    number = chance.randrange(len(parts))
    name, content = parts[number]
    if content:
        kind = chance.choice((_flipped, _holed, _repeated, _tag_changed))
        parts[number] = (name, kind(content, chance))
    return packed(*parts)


def _tag_changed(content: bytes, chance: random.Random) -> bytes:
    """Well-formed, but other than any program would write it."""
    return chance.choice((
        lambda: content.replace(b'="1"', b'="99999999"'),
        lambda: content.replace(b'="', b'="-', 3),
        lambda: content.replace(b"w:p", b"w:q"),
        lambda: content.replace(b"<v>", b"<v>1e999"),
        lambda: content.replace(b' r="A', b' r="XFD'),
        lambda: content.replace(b"</w:t>", b"\xed\xa0\x80</w:t>"),
        lambda: content.replace(b"Target=", b"Target_=", 1),
    ))()  # fmt: skip


def _part_dropped(data: bytes, chance: random.Random) -> bytes:
    parts = _parts(data)
    parts.pop(chance.randrange(len(parts)))
    return packed(*parts)


# --------------------------------------------------------------------------- hostile ones


def _with_part(data: bytes, wanted: str, change: Callable[[bytes], bytes]) -> bytes:
    return packed(*((name, change(content) if name == wanted else content) for name, content in _parts(data)))


def _without_head(content: bytes) -> bytes:
    return content.split(b"?>", 1)[1] if content.startswith(b"<?xml") else content


def _laughs(content: bytes) -> bytes:
    """Ten entities, each ten times the one before it."""
    entities = b'<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 11)
    )
    return (
        b"<!DOCTYPE x ["
        + entities
        + b"]>"
        + _without_head(content)
        .replace(b"<w:t>", b"<w:t>&a10;", 1)
        .replace(b"<v>", b"<v>&a10;", 1)
        .replace(b"<t>", b"<t>&a10;", 1)
    )


def _outside(content: bytes) -> bytes:
    """An entity that is a file of the machine."""
    return b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + _without_head(content).replace(
        b"<w:t>", b"<w:t>&f;", 1
    )


def _deep(content: bytes) -> bytes:
    table = b"<w:tbl><w:tr><w:tc>", b"<w:p/></w:tc></w:tr></w:tbl>"
    return content.replace(b"</w:body>", table[0] * 3_000 + table[1] * 3_000 + b"</w:body>")


def _wide(content: bytes) -> bytes:
    cell = b'<w:tc><w:tcPr><w:gridSpan w:val="9999999"/></w:tcPr><w:p/></w:tc>'
    return content.replace(b"</w:body>", b"<w:tbl><w:tr>" + cell * 2_000 + b"</w:tr></w:tbl></w:body>")


def _huge_sheet(content: bytes) -> bytes:
    row = b'<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>'
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = content.replace(b"</sheetData>", row)
    start, end = content.find(b"<mergeCells"), content.find(b"</mergeCells>")
    return content[:start] + merge + content[end + len(b"</mergeCells>") :]


def _locked(data: bytes) -> bytes:
    """The flag that says "encrypted" on every member of a zip."""
    broken = bytearray(data)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = broken.find(mark)
        while at >= 0:
            broken[at + offset] |= 1
            at = broken.find(mark, at + 4)
    return bytes(broken)


def _nested(levels: int) -> bytes:
    data = packed(("bc.docx", word()))
    for level in range(levels):
        data = packed((f"lop{level}.zip", data))
    return data


DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# name → content; every one of them must end in a status and a sentence.
TRAPS: dict[str, Callable[[], bytes]] = {
    "rong.docx": lambda: b"",
    "mot-byte.pdf": lambda: b"%",
    "anh-doi-ten.docx": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
    "van-ban-doi-ten.pdf": lambda: "Tổng số hồ sơ tiếp nhận: 12 hồ sơ".encode(),
    "word-doi-ten.pdf": word,
    "word-doi-ten.txt": word,
    "bang-doi-ten.docx": sheet,
    "nul.txt": lambda: bytes(10_000),
    "nhi-phan.txt": lambda: bytes(range(256)) * 40,
    "mot-dong-dai.txt": lambda: ("hồ sơ 1.234 " * 2_000).encode(),
    "nhieu-tab.txt": lambda: ("\t" * 3_000 + "\n").encode() * 100,
    "dau-ngoac.txt": lambda: ("(" * 50_000).encode(),
    "bom-xml.docx": lambda: _with_part(word(), DOCUMENT, _laughs),
    "bom-xml.xlsx": lambda: _with_part(sheet(), SHEET, _laughs),
    "bom-xml-kieu.xlsx": lambda: _with_part(sheet(), "xl/styles.xml", _laughs),
    "lay-tep.docx": lambda: _with_part(word(), DOCUMENT, _outside),
    "long-sau.docx": lambda: _with_part(word(), DOCUMENT, _deep),
    "bang-rong.docx": lambda: _with_part(word(), DOCUMENT, _wide),
    "bang-khong-lo.xlsx": lambda: _with_part(sheet(), SHEET, _huge_sheet),
    "bom.docx": lambda: packed(*_parts(word()), ("word/media/x.xml", bytes(150 * 2**20))),
    "bom.xlsx": lambda: packed(*_parts(sheet()), ("xl/media/x.bin", bytes(100 * 2**20))),
    "bom.zip": lambda: packed(("bom.txt", bytes(60 * 2**20)), ("bc.docx", word())),
    "nhieu-tep.zip": lambda: packed(*((f"{n}.txt", b"x") for n in range(2_100))),
    "long-nhau.zip": lambda: _nested(6),
    "ra-ngoai.zip": lambda: packed(("../../../tmp/ra-ngoai.docx", word()), ("/etc/x.docx", word())),
    "ten-la.zip": lambda: packed(("a\x00b.docx", word()), ("\ud800.docx".encode("utf-8", "replace").decode(), word()),
                                 ("CON.txt", b"Quy II"), ("x" * 300 + ".docx", word()), ("bc!/bc.docx", word())),
    "trong.zip": lambda: packed(),
    "khoa.docx": lambda: _locked(word()),
    "khoa.xlsx": lambda: _locked(sheet()),
    "khoa.zip": lambda: _locked(packed(("bc.docx", word()))),
    "khoa-office.docx": lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "chi-dau.doc": lambda: OLE + bytes(600) + "WordDocument\0".encode("utf-16-le"),
    "chi-dau.xls": lambda: OLE + bytes(5_000) + "Workbook\0".encode("utf-16-le"),
    "goi.rar": lambda: b"Rar!\x1a\x07\x00" + bytes(100),
    "goi.7z": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "ngoac.rtf": lambda: b"{\\rtf1" + b"{" * 20_000,
    "dau.eml": lambda: b"From: a\nTo: b\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: \xff\n",
    "nhieu-lop.eml": lambda: b"From: a\nTo: b\n" + b"Content-Type: message/rfc822\n\n" * 200 + b"x",
    "trang.pdf": lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]"
                         b"/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "chi-dau.pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
}  # fmt: skip


def traps(folder: Path) -> list[Path]:
    """The hostile files, and what is no file at all: links, loops, folders and pipes with names of documents."""
    made = [_write(folder / name, make()) for name, make in TRAPS.items()]
    (folder / "thu-muc.pdf").mkdir()
    made.append(folder / "thu-muc.pdf")
    made.append(folder / "khong-co.docx")
    made.append(folder / "nul\0trong-ten.docx")
    if sys.platform != "win32":
        (folder / "vong.docx").symlink_to(folder / "vong.docx")
        (folder / "mat.docx").symlink_to(folder / "khong-co-dau-ca.docx")
        (folder / "thu-muc-vong").mkdir()
        (folder / "thu-muc-vong" / "lai").symlink_to(folder / "thu-muc-vong")
        os.mkfifo(folder / "ong.docx")
        made += [folder / "vong.docx", folder / "mat.docx", folder / "ong.docx"]
        made.append(_write(Path(os.fsdecode(bytes(folder) + b"/sai-ma-\xff\xfe.docx")), word()))
    return made


def mutations(good: Sequence[tuple[str, bytes]], count: int, seed: int, folder: Path) -> list[Path]:
    """`count` broken files of the good ones in turn (suffix, content); the seed makes the same ones again."""
    chance = random.Random(seed)
    turns = itertools.islice(itertools.cycle(good), count)
    return [
        _write(folder / f"{number:05d}.{suffix}", mutation(data, chance)) for number, (suffix, data) in enumerate(turns)
    ]
