"""Archives and letters: members with paths of their own, names of every kind, limits, nothing written outside."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import hostile
import pytest

from extractor import readers
from extractor.batch import read_folder, read_many
from extractor.catalog import Catalog
from extractor.errors import EncryptedError, LimitError, ReadError, UnknownFormatError
from extractor.pipeline import content_hash
from extractor.readers import archives
from extractor.store import Store

TEXT = "Tổng số hồ sơ tiếp nhận: 1.250 hồ sơ, trong đó trực tuyến 1.200 hồ sơ."


def packed(path: Path, **members: bytes) -> Path:
    path.write_bytes(hostile.packed(*members.items()))
    return path


def names(path: Path) -> list[str]:
    return [found.relative_to(path.parent).as_posix() for found in readers.collect([path])]


def test_a_zip_is_opened_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    packed(
        tmp_path / "goi.zip",
        **{"xa/bc.txt": TEXT.encode(), "xa/.x": b"x", "__MACOSX/xa/bc.txt": b"x", "~$b.docx": b"x"},
    )
    (tmp_path / "z.txt").write_text(TEXT, encoding="utf-8")
    paths = readers.collect([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == ["a.txt", "goi.zip!/xa/bc.txt", "z.txt"]
    document = readers.read(paths[1])
    assert document.path == str(tmp_path / "goi.zip!" / "xa" / "bc.txt")
    assert document.sha256 == readers.read(paths[0]).sha256 == content_hash(paths[1])
    assert next(document.blocks()).text == TEXT
    assert archives.on_disk(paths[1]) == tmp_path / "goi.zip" and archives.on_disk(paths[0]) == paths[0]


def test_a_batch_reads_members_and_knows_them_again(tmp_path: Path) -> None:
    folder = tmp_path / "nhan"
    folder.mkdir()
    packed(folder / "goi.zip", **{"a.txt": TEXT.encode(), "b.docx": hostile.word()})
    files, catalog = readers.collect([folder]), Catalog.load(None)
    read: list[Path] = []
    with Store(tmp_path / "kho.sqlite") as store:
        for _ in range(2):
            run = read_folder(files, str(folder), catalog, store, workers=1, advance=read.append)
        reports = store.reports(run)
    assert [report.path for report in reports] == [str(path) for path in files]
    assert all(report.status == "read" and report.figures for report in reports)


# fmt: off
NAMES = [
    # as the archive writes it                               as it is shown            why
    ("Báo cáo quý II.txt".encode(),                          "Báo cáo quý II.txt",     "UTF-8 without saying so"),
    ("Ba\u0301o ca\u0301o.txt".encode(),                     "Báo cáo.txt",            "decomposed, as a Mac writes"),
    ("Báo cáo ".encode("cp1258") + b"x\xe3 \xd0\xf4ng.txt",  "Báo cáo xă Đông.txt",    "Windows in Vietnamese"),
    (b"bao cao.txt",                                         "bao cao.txt",            ""),
    (b"../../etc/bc.txt",                                    "etc/bc.txt",             "no way out of the archive"),
    (b"/etc/bc.txt",                                         "etc/bc.txt",             ""),
    (b"C:\\xa\\bc.txt",                                      "C_/xa/bc.txt",           "a path of Windows"),
    (b"a/./b//bc.txt",                                       "a/b/bc.txt",             ""),
    (b"a:b*c?.txt",                                          "a_b_c_.txt",             "letters that no file may have"),
    (b"x!/bc.txt",                                           "x_/bc.txt",              "the mark of archives"),
    (b"bc.txt. ",                                            "bc.txt",                 "Windows drops these"),
    (b"n" * 300 + b".txt",                                   "n" * 100 + ".txt",       "too long for a disk"),
]
# fmt: on


@pytest.mark.parametrize(("written", "shown", "why"), NAMES, ids=[row[1][:20] for row in NAMES])
def test_names_of_members(tmp_path: Path, written: bytes, shown: str, why: str) -> None:
    placeholder = b"N" * len(written)
    data = hostile.packed((placeholder.decode(), TEXT.encode()))
    (tmp_path / "goi.zip").write_bytes(data.replace(placeholder, written))
    (path,) = readers.collect([tmp_path / "goi.zip"])
    assert path.relative_to(tmp_path).as_posix() == "goi.zip!/" + shown, why
    assert next(readers.read(path).blocks()).text == TEXT


def test_members_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "goi.zip"
    with zipfile.ZipFile(path, "w") as package, pytest.warns(UserWarning, match="Duplicate"):
        for number in range(2):
            package.writestr("bc.txt", f"Tiếp nhận {number} hồ sơ")
        package.writestr("BC.txt", "Tiếp nhận 2 hồ sơ")
    assert names(path) == ["goi.zip!/bc.txt", "goi.zip!/bc (2).txt", "goi.zip!/BC (3).txt"]
    assert [next(readers.read(member).blocks()).text[10] for member in readers.collect([path])] == ["0", "1", "2"]


def test_archives_inside_archives(tmp_path: Path) -> None:
    data = TEXT.encode()
    for level in range(4, 0, -1):
        data = hostile.packed(
            (f"{level}.txt" if level == 4 else f"{level + 1}.zip", data), (f"o{level}.txt", TEXT.encode())
        )
    (tmp_path / "1.zip").write_bytes(data)
    paths = readers.collect([tmp_path / "1.zip"])
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "1.zip!/2.zip!/3.zip!/4.zip", "1.zip!/2.zip!/3.zip!/o3.txt", "1.zip!/2.zip!/o2.txt", "1.zip!/o1.txt",
    ]  # fmt: skip
    assert next(readers.read(paths[1]).blocks()).text == TEXT
    with pytest.raises(UnknownFormatError, match="quá nhiều lớp"):
        readers.read(paths[0])


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "RATIO_MATTERS_FROM", 100_000)
    path = packed(tmp_path / "bom.zip", **{"bom.txt": bytes(1_000_000), "bc.txt": TEXT.encode()})
    bomb, good = readers.collect([path])
    with pytest.raises(LimitError, match=r"bom\.txt"):
        readers.read(bomb)
    assert next(readers.read(good).blocks()).text == TEXT
    monkeypatch.setattr(archives, "MAX_MEMBERS", 1)
    assert readers.collect([path]) == [path]
    with pytest.raises(LimitError, match="Hãy chia nhỏ"):
        readers.read(path)


def test_locked_empty_and_foreign_archives(tmp_path: Path) -> None:
    (tmp_path / "khoa.zip").write_bytes(hostile.TRAPS["khoa.zip"]())
    (member,) = readers.collect([tmp_path / "khoa.zip"])
    with pytest.raises(EncryptedError, match=r"bc\.docx trong tệp nén có mật khẩu"):
        readers.read(member)
    (tmp_path / "trong.zip").write_bytes(hostile.packed())
    with pytest.raises(ReadError):
        readers.read(tmp_path / "trong.zip")
    (tmp_path / "goi.rar").write_bytes(b"Rar!\x1a\x07\x00" + bytes(50))
    with pytest.raises(UnknownFormatError, match=r"nén lại thành \.zip"):
        readers.read(tmp_path / "goi.rar")
    with pytest.raises(ReadError, match="Không tìm thấy"):
        readers.read(tmp_path / "khoa.zip!" / "khong-co.docx")
    word = tmp_path / "bc.zip"
    word.write_bytes(hostile.word())  # a document that was named as an archive
    assert readers.collect([word]) == [word] and readers.read(word).format == "docx"


def letter(**attached: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "mot@xa.example", "hai@pho.example", "Báo cáo"
    message.set_content("Kính gửi phòng, xin gửi báo cáo.")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def test_a_letter_is_its_text_and_what_is_attached(tmp_path: Path) -> None:
    message = letter(**{"báo cáo quý.txt": TEXT.encode(), "goi.zip": hostile.packed(("b.txt", TEXT.encode()))})
    message.add_attachment(letter(**{"trong.txt": TEXT.encode()}))
    path = tmp_path / "thu.eml"
    path.write_bytes(message.as_bytes())
    assert names(path) == [
        "thu.eml!/noi-dung-thu.txt", "thu.eml!/báo cáo quý.txt", "thu.eml!/goi.zip!/b.txt",
        "thu.eml!/noi-dung-thu (2).txt", "thu.eml!/trong.txt",
    ]  # fmt: skip
    texts = [next(readers.read(member).blocks()).text for member in readers.collect([path])]
    assert texts == ["Kính gửi phòng, xin gửi báo cáo.", TEXT, TEXT, "Kính gửi phòng, xin gửi báo cáo.", TEXT]


def test_a_letter_in_html_keeps_its_table(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "a@b.example", "c@d.example"
    rows = "".join(
        f"<tr><td>{a}</td><td>{b}</td></tr>"
        for a, b in (("Chỉ tiêu", "Số"), ("Tiếp nhận", "12"), ("Đã giải quyết", "9"))
    )
    message.set_content(f"<html><body><p>{TEXT}</p><table>{rows}</table></body></html>", subtype="html")
    (tmp_path / "thu.eml").write_bytes(message.as_bytes())
    (member,) = readers.collect([tmp_path / "thu.eml"])
    document = readers.read(member)
    assert next(document.blocks()).text == TEXT
    assert [cell.text for table in document.tables() for cell in table.cells][-2:] == ["Đã giải quyết", "9"]


def test_other_text_with_that_suffix_is_no_letter(tmp_path: Path) -> None:
    (tmp_path / "x.eml").write_bytes(b"hello")
    assert readers.collect([tmp_path / "x.eml"]) == [tmp_path / "x.eml"]
    with pytest.raises(UnknownFormatError):
        readers.read(tmp_path / "x.eml")


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    path = packed(
        tmp_path / "goi.zip", **{"../../ra.txt": TEXT.encode(), "trong.zip": hostile.packed(("a.txt", TEXT.encode()))}
    )
    for member in readers.collect([path]):
        readers.read(member)
    assert sorted(found.name for found in tmp_path.rglob("*")) == ["goi.zip", "temp"]


def test_results_come_for_every_member(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("tot.txt", TEXT)
        package.writestr("hong.docx", b"PK\x03\x04" + bytes(50))
    (tmp_path / "goi.zip").write_bytes(target.getvalue())
    paths = readers.collect([tmp_path / "goi.zip"])
    reports = dict(read_many(paths, Catalog.load(None), workers=1))
    assert [reports[index].status for index in range(2)] == ["read", "failed"]
    assert reports[1].path.endswith("hong.docx") and reports[1].sha256
