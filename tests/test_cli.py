"""The command line as it is used: what goes to which stream, which exit status, how fast help comes."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import get_type_hints

import pytest
from typer.testing import CliRunner, Result

from extractor import __version__
from extractor.cli import app, patterns_app

REPORT = """ỦY BAN NHÂN DÂN
PHƯỜNG LÊ CHÂN
Số: 12/BC-UBND
Lê Chân, ngày 15 tháng 6 năm 2026
BÁO CÁO
Kết quả giải quyết thủ tục hành chính quý II năm 2026

Tổng số hồ sơ tiếp nhận: 1.250 hồ sơ. Số hồ sơ đã giải quyết: 1.200 hồ sơ. Số hồ sơ đang giải quyết: 60 hồ sơ.
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}


def doisoat(*arguments: str | int | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def process(*arguments: str | Path, code_page: str = "utf-8") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "extractor.cli", *map(str, arguments)]
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": code_page}
    return subprocess.run(command, capture_output=True, env=environment, timeout=60)


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "in" / "b.xlsx").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    return tmp_path / "in"


def test_help_is_in_working_order_and_in_vietnamese() -> None:
    text = doisoat("--help").stdout
    listed = [line.split()[0] for line in text.split("Commands:")[1].strip().splitlines()]
    assert listed == ["run", "extract", "show", "check", "table", "export", "letters", "doctor", "patterns"]
    assert "doisoat run bao-cao-quy-2" in text
    for command in (*listed[:-1], "patterns test"):
        told = doisoat(*command.split(), "--help").stdout
        assert told.split("Options:")[1].count("\n  --") <= 7  # five options at most, --help and a wrapped line


def test_help_loads_nothing_heavy_and_is_quick() -> None:
    heavy = ["spacy", "pandas", "numpy", "pdfplumber", "docx", "rich.progress", "xlsxwriter", "regex", "sqlite3"]
    program = f"import sys, extractor.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=ENVIRONMENT)
    assert done.stdout.strip() == "[]", done.stderr
    times = []
    for _ in range(3):
        start = time.perf_counter()
        assert process("--help").returncode == 0
        times.append(time.perf_counter() - start)
    assert min(times) < 0.8  # 0.1 s on an idle machine


def test_version() -> None:
    assert doisoat("--version").stdout == f"doisoat {__version__}\n"


def test_extract_prints_json_lines_in_order_and_nothing_else(folder: Path) -> None:
    missing = folder / "không-có.docx"
    done = process("extract", missing, folder / "a.txt", folder / "b.xlsx", "--json", code_page="cp1252")
    documents = [json.loads(line)["document"] for line in done.stdout.decode("utf-8").splitlines()]
    assert [(Path(d["path"]).name, d["status"]) for d in documents] == [
        ("không-có.docx", "failed"), ("a.txt", "read"), ("b.xlsx", "failed"),
    ]  # fmt: skip
    assert done.returncode == 1


def test_extract_of_a_folder_that_is_all_read_ends_with_0(folder: Path) -> None:
    (folder / "b.xlsx").unlink()
    done = doisoat("extract", folder, "--json", "--masked", "--workers", 1)
    (line,) = done.stdout.splitlines()
    assert done.exit_code == 0 and json.loads(line)["masked"]


def test_show_and_check_tell_what_is_broken(folder: Path) -> None:
    shown = doisoat("show", folder / "a.txt")
    assert "1.250" in shown.stdout and "chênh lệch 10" in shown.stdout and shown.exit_code == 0
    checked = doisoat("check", folder, "--workers", 1)
    assert "chênh lệch 10" in checked.stdout and "b.xlsx:" in checked.stdout and checked.exit_code == 1


def test_a_run_writes_everything_and_the_later_commands_use_it(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = doisoat("run", folder, "--out", out, "--workers", 1)
    assert done.exit_code == 1 and "b.xlsx" in done.stdout  # one file is no document
    again = doisoat("run", folder, "--out", out, "--workers", 1)
    assert again.stdout == done.stdout  # where the outputs stand as they are, the same is told
    names = {path.name for path in out.iterdir()}
    assert {"bang-tong-hop.xlsx", "so-lieu.csv", "so-lieu.json", "doisoat.sqlite"} <= names

    assert "– không mở được" in done.stdout
    assert "b.xlsx: failed (" in (out / "doisoat.log").read_text(encoding="utf-8")
    assert doisoat("run", folder, "--out", out, "--workers", 1, "--retry-failed").stdout == done.stdout

    table = doisoat("table", "--out", out)
    assert "Phường Lê Chân" in table.stdout and "1.250" in table.stdout and table.exit_code == 0
    assert doisoat("table", "--out", out, "--period", "2026-Q2", "--indicator", "pending.total").exit_code == 0
    wrong = doisoat("table", "--out", out, "--period", "2025-Q1")
    assert wrong.exit_code == 2 and "2026-Q2" in wrong.stderr

    exported = doisoat("export", "--from", out, "--out", tmp_path / "again", "--kind", "csv")
    assert exported.exit_code == 0 and (tmp_path / "again" / "so-sanh.csv").exists()
    assert doisoat("export", "--from", out, "--kind", "pdf").exit_code == 2


def test_results_inside_the_folder_are_not_read_as_documents(folder: Path) -> None:
    (folder / "b.xlsx").unlink()
    assert doisoat("run", folder, "--out", folder / "outputs").exit_code == 0
    assert doisoat("run", folder, "--out", folder / "outputs").exit_code == 0


def test_results_among_the_reports_are_passed_over_and_said(folder: Path, tmp_path: Path) -> None:
    (folder / "b.xlsx").unlink()
    doisoat("run", folder, "--out", tmp_path / "out", "--workers", 1)
    for path in (tmp_path / "out").iterdir():
        shutil.copy(path, folder / path.name)
    (folder / "bang-tong-hop (1).xlsx").write_bytes(b"")
    done = doisoat("run", folder, "--out", tmp_path / "again", "--workers", 1)
    assert done.exit_code == 0 and "Bỏ qua kết quả do chương trình ghi ra" in done.stderr
    checked = doisoat("check", folder, "--workers", 1)
    assert checked.exit_code == 0 and "bang-tong-hop (1).xlsx" in checked.stderr
    assert not (folder / "doisoat").exists() and "bang-tong-hop" not in checked.stdout


def test_results_may_not_go_where_the_documents_are(folder: Path) -> None:
    before = sorted(folder.iterdir())
    for out in (folder, folder.parent):
        done = doisoat("run", folder, "--out", out)
        assert done.exit_code == 2 and "Hãy chọn thư mục kết quả riêng" in done.stderr
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "không-có"], "Không tìm thấy thư mục không-có"),
        (["run", ".", "--out", "../tệp.txt"], "tệp.txt là tệp, không phải thư mục"),
        (["run", ".", "--out", "../tệp.txt/kq"], "tệp.txt là tệp, không phải thư mục"),
        (["letters", "--out", "../tệp.txt"], "tệp.txt là tệp, không phải thư mục"),
        (["extract", "."], "Hãy kiểm tra lại tên thư mục"),
        (["table", "--out", "không-có"], "Hãy chạy doisoat run"),
        (["export", "--from", "không-có"], "Hãy chạy doisoat run"),
        (["extract", "a.txt", "--patterns", "không-có"], "Hãy chép lại tệp"),
        (["extract"], "Thiếu TỆP. Tệp hoặc thư mục; thư mục được đọc hết."),
        (["lệnh-lạ"], "Không có lệnh lệnh-lạ."),
        (["runn", "x"], "Không có lệnh runn. Có phải run? Gõ"),
        (["run", ".", "--out", "."], "chính là thư mục đọc . hoặc chứa"),
        (["patterns", "lạ"], "Không có lệnh lạ. Gõ «doisoat patterns --help»"),
        (["run"], "Thiếu THƯ_MỤC."),
        (["run", "bao", "cao"], "Thừa cao. Tên có dấu cách phải để trong ngoặc kép."),
        (["run", ".", "--workers", "hai"], "Giá trị của --workers không dùng được. Số tiến trình"),
        (["run", ".", "--limit", "0"], "Giá trị của --limit không dùng được. Số giây"),
        (["run", ".", "--lmit", "3"], "Không có lựa chọn --lmit. Có phải --limit?"),
        (["run", ".", "-x"], "Không có lựa chọn -x."),
        (["run", ".", "--out"], "Lựa chọn --out gõ chưa đúng: thiếu"),
        (["letters", "--deadline", "32/1/2026"], "Giá trị của --deadline không dùng được. Hạn trả lời"),
    ],
)
def test_a_wrong_command_ends_with_2_and_says_what_to_do(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trống").mkdir()
    (tmp_path / "tệp.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "trống")
    done = doisoat(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr and "Traceback" not in done.stderr
    assert not re.search(r"Usage|Error|Missing|Invalid|No such|Try|Did you", done.stderr)


def test_what_may_not_be_read_or_written_is_said_in_vietnamese(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted = os.access

    def access(path: str | Path, mode: int, **more: bool) -> bool:
        return Path(path).name not in ("a.txt", "kq") and granted(path, mode, **more)

    monkeypatch.setattr(os, "access", access)
    (tmp_path / "kq").mkdir()
    done = doisoat("run", folder, "--out", tmp_path / "kq" / "q2")
    assert done.exit_code == 2 and f"Không có quyền ghi vào thư mục {tmp_path / 'kq'}" in done.stderr
    for command in ("show", "check", "extract"):
        assert "Invalid value" not in doisoat(command, folder / "a.txt").stderr


def test_no_path_is_refused_by_the_command_line_itself() -> None:
    """Typer's own words are English; every path is looked at by the program, which says in Vietnamese what is wrong."""
    commands = [c.callback for c in (*app.registered_commands, *patterns_app.registered_commands) if c.callback]
    hints = [(c.__name__, *hint) for c in commands for hint in get_type_hints(c, include_extras=True).items()]
    paths = [(command, name, hint.__metadata__[0]) for command, name, hint in hints if "pathlib.Path" in str(hint)]
    assert len(paths) > 15 and not [(command, name) for command, name, said in paths if said.readable]


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_ctrl_c_ends_with_130_and_no_traceback(folder: Path, tmp_path: Path) -> None:
    for number in range(400):
        (folder / f"{number}.txt").write_text(f"{REPORT} {number}", encoding="utf-8")
    command = [sys.executable, "-m", "extractor.cli", "run", str(folder), "--out", str(tmp_path / "out")]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT, start_new_session=True
    )
    deadline = time.monotonic() + 20
    while not (tmp_path / "out" / "doisoat.sqlite").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, errors = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Đã dừng theo yêu cầu" in errors.decode() and "Traceback" not in errors.decode()


def test_patterns_test_tries_the_examples() -> None:
    done = doisoat("patterns", "test")
    assert "câu ví dụ" in done.stdout and done.exit_code in (0, 1)
