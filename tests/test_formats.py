"""Old Word, OpenDocument and RTF: the same document in every format, without LibreOffice, and what goes wrong."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

from extractor import readers
from extractor.batch import read_many
from extractor.catalog import Catalog
from extractor.errors import BrokenFileError, EncryptedError, LimitError, MissingProgramError
from extractor.model import Block, Document
from extractor.pipeline import read_report
from extractor.readers import office, office_guard, office_text, scratch

SHARED = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"
needs_office = pytest.mark.skipif(office.program() is None, reason="LibreOffice is not installed")
PROGRAM = office.program()
FORMATS = {"doc": "MS Word 97", "odt": "writer8", "rtf": "Rich Text Format"}


def report(path: Path, table_last: bool = False) -> Path:
    document = docx.Document()
    document.add_paragraph("BÁO CÁO")
    document.add_paragraph("Kết quả giải quyết thủ tục hành chính quý II năm 2026 của phường Hồng An")
    document.add_paragraph("Tổng số hồ sơ tiếp nhận: 1.250 hồ sơ, trong đó trực tuyến 1.200 hồ sơ.")
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    rows = [("STT", "Lĩnh vực", "Tiếp nhận"), ("1", "Hộ tịch", "120"), ("2", "Đất đai", "45"), ("", "Tổng cộng", "165")]
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            table.cell(row, col).text = text
    if not table_last:
        document.add_paragraph("Nơi nhận: Như trên.")
    document.save(str(path))
    return path


def shape(document: Document) -> list[object]:
    return [
        item.text if isinstance(item, Block) else [["" if c is None else c.text for c in row] for row in item.grid()]
        for item in document.content
    ]


@pytest.fixture(scope="module")
def variants(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One report in every format; only made where LibreOffice is."""
    folder = tmp_path_factory.mktemp("formats")
    made = {"docx": report(folder / "bc.docx")}
    last = report(folder / "cuoi.docx", table_last=True)
    for suffix, way in FORMATS.items():
        command = [office.program(), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        command += ["--convert-to", f"{suffix}:{way}", "--outdir", str(folder), str(made["docx"]), str(last)]
        subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=60)
        made[suffix] = folder / f"bc.{suffix}"
    made["melted"] = folder / "cuoi.doc"
    return made


@needs_office
@pytest.mark.parametrize("suffix", list(FORMATS))
def test_every_format_gives_the_same_document(variants: dict[str, Path], suffix: str) -> None:
    document = readers.read(variants[suffix])
    assert document.format == suffix
    assert document.path == str(variants[suffix])
    assert shape(document) == shape(readers.read(variants["docx"]))
    assert document.problems == ()


@needs_office
def test_many_files_are_converted_in_one_call(variants: dict[str, Path], tmp_path: Path) -> None:
    copies = []
    for number in range(5):
        path = tmp_path / f"{number}.doc"
        path.write_bytes(variants["doc"].read_bytes() + bytes(512 * number))  # five contents
        copies.append(path)
    with scratch.for_run():
        readers.prepare(copies)
        kept = Path(os.environ["DOISOAT_SCRATCH"])
        assert len(list(kept.iterdir())) == 5
        assert shape(readers.read(copies[3])) == shape(readers.read(variants["docx"]))
    assert not kept.exists() and "DOISOAT_SCRATCH" not in os.environ


@needs_office
def test_a_batch_leaves_nothing_behind(
    variants: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    paths = [variants["doc"], variants["rtf"], variants["docx"]]
    reports = dict(read_many(paths, Catalog.load(None), workers=1, seconds=60))
    assert [reports[index].format for index in range(3)] == ["doc", "rtf", "docx"]
    assert {figure.value for figure in reports[0].figures} == {figure.value for figure in reports[2].figures}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("doisoat")]


@needs_office
@pytest.mark.parametrize("other", [True, False], ids=["catdoc or antiword is there", "nothing else is there"])
def test_a_table_that_melted_is_not_read_as_text(
    variants: dict[str, Path], other: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # LibreOffice makes one paragraph of a table behind which nothing stands: "120" and "2" become 1202
    path = variants["melted"]
    if other and not (shutil.which("catdoc") or shutil.which("antiword")):
        pytest.skip("neither catdoc nor antiword is installed")
    if other:
        document = readers.read(path)
        assert [problem.code for problem in document.problems] == ["table_lost"]
        assert not any("1202" in block.text for block in document.blocks())
    else:
        monkeypatch.setattr(office_text.shutil, "which", lambda name: None)
        monkeypatch.setattr(office, "program", lambda: PROGRAM)
        with pytest.raises(BrokenFileError, match=r"cuoi\.doc có bảng không giữ được"):
            readers.read(path)


@needs_office
def test_a_file_that_was_cut_is_not_read_in_part(variants: dict[str, Path], tmp_path: Path) -> None:
    data = variants["doc"].read_bytes()
    for tenth in (1, 4, 7, 9):
        path = tmp_path / f"{tenth}.doc"
        path.write_bytes(data[: len(data) * tenth // 10])
        with pytest.raises(BrokenFileError, match="cắt cụt"):
            readers.read(path)
    path = tmp_path / "cut.rtf"
    path.write_bytes(variants["rtf"].read_bytes()[:-200])
    with pytest.raises(BrokenFileError, match="bị hỏng"):
        readers.read(path)


@needs_office
def test_a_locked_doc_is_said_to_be_locked(variants: dict[str, Path], tmp_path: Path) -> None:
    data = bytearray(variants["doc"].read_bytes())
    at = next(at for at in range(512, len(data), 512) if data.startswith(b"\xec\xa5", at))  # the main stream
    data[at + 11] |= 1  # the flag of an encrypted text, [MS-DOC] 2.5.2
    path = tmp_path / "khoa.doc"
    path.write_bytes(data)
    with pytest.raises(EncryptedError, match="mật khẩu"):
        readers.read(path)


def test_without_libreoffice_the_way_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISOAT_SOFFICE", str(tmp_path / "none"))
    assert office.program() is None
    path = tmp_path / "bc.rtf"
    path.write_bytes(b"{\\rtf1 12}")
    with pytest.raises(MissingProgramError, match=r"(?s)bc\.rtf.*cài LibreOffice.*Windows.*sudo apt install"):
        readers.read(path)
    assert read_report(path, Catalog.load(None)).problems[0].code == "missing_program"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not here")
@pytest.mark.skipif(not (shutil.which("catdoc") or shutil.which("antiword")), reason="neither catdoc nor antiword")
def test_without_libreoffice_the_letters_of_a_doc_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISOAT_SOFFICE", str(tmp_path / "none"))
    catalog = Catalog.load(None)
    clean, poor = (read_report(SHARED / f"000_report.{suffix}", catalog) for suffix in ("docx", "doc"))
    assert poor.status == "partial" and poor.problems[0].code == "missing_program"
    assert {(f.key, f.value) for f in poor.figures} == {(f.key, f.value) for f in clean.figures}


@needs_office
@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not here")
@pytest.mark.parametrize("name", ["000_report", "002_decision"])
def test_a_doc_says_what_its_docx_says(name: str) -> None:
    catalog = Catalog.load(None)
    new, old = (read_report(SHARED / f"{name}.{suffix}", catalog) for suffix in ("docx", "doc"))
    assert old.status == "read" and old.problems == new.problems
    assert old.identity == new.identity
    assert {(f.key, f.value, f.printed) for f in old.figures} == {(f.key, f.value, f.printed) for f in new.figures}

    def plain(rows: tuple[object, ...]) -> list[str]:
        return [str(row).partition("place=")[0] for row in rows]

    assert plain(old.plan_rows) == plain(new.plan_rows)


# --------------------------------------------------------------------------- the program watched


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign = tmp_path / "pid"
    slow = tmp_path / "soffice"
    slow.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {sign}\nwait\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("DOISOAT_SOFFICE", str(slow))
    monkeypatch.setattr(office, "SECONDS_PER_CALL", 0.5)
    path = tmp_path / "bc.rtf"
    path.write_bytes(b"{\\rtf1 12}")
    with pytest.raises(LimitError, match="lâu hơn"):
        readers.read(path)
    assert _is_gone(int(sign.read_text(encoding="utf-8")))


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_the_program_does_not_outlive_who_asked(tmp_path: Path) -> None:
    sign, folder = tmp_path / "pid", tmp_path / "work"
    folder.mkdir()
    command = f"sleep 60 & echo $! > {sign}; wait"
    guard = subprocess.Popen(
        [sys.executable, "-I", "-S", office_guard.__file__, "60", str(folder), "/bin/sh", "-c", command],
        stdin=subprocess.PIPE,
    )
    deadline = time.monotonic() + 10
    while not (sign.exists() and sign.read_text(encoding="utf-8").strip()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert guard.stdin is not None
    guard.stdin.close()  # as happens when the asking process dies, however it dies
    guard.wait(10)
    assert _is_gone(int(sign.read_text(encoding="utf-8")))
    assert not folder.exists()


def _is_gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{pid}/stat")
        if status.exists() and status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z":
            return True  # ended; only nobody has asked for its status yet
        time.sleep(0.02)
    return False
