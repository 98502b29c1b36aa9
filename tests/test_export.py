"""What is handed over: the contract's JSON, the transcript, CSV that Excel opens unharmed."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractor import export
from extractor.catalog import Catalog
from extractor.consolidate import FORM, compare
from extractor.errors import OutputError
from extractor.export import terminal
from extractor.export.check_list import check_list
from extractor.export.contract import number, report_line, report_object
from extractor.export.table_files import Sheet, csv_text, json_text, sheets
from extractor.export.transcript import short_quote, transcript
from extractor.model import (
    Figure,
    Finding,
    Identity,
    Masked,
    Place,
    PlanRow,
    Problem,
    Report,
    Suggestion,
    Target,
    Unread,
)

CATALOG = Catalog.load()


def place(block: str, quote: str, page: int | None = None) -> Place:
    return Place(block, 12, 17, quote, page, (72.0, 310.5, 98.2, 324.0) if page else None)


REPORT = Report(
    path="đã nhận/r01.pdf",
    sha256="ab" * 32,
    format="pdf",
    status="read",
    identity=Identity(
        "BC", "215/BC-UBND", date(2026, 6, 14), "Phường Lê Chân", "11407", "Hải Phòng", "2026-Q2",
        (date(2026, 3, 15), date(2026, 6, 14)), "commune",
    ),
    figures=(
        Figure(
            "received.total", "self", "period", Decimal(3286), "3.286", place("p14", "Tổng số tiếp nhận: 3.286", 2),
            evidence="arithmetic", also=(place("t1r2c3", "3.286", 3),),
        ),
        Figure(
            "rate.online", "self", "period", Decimal("98.30"), "98,30", place("p15", "đạt 98,30%", 2), 2,
            Decimal(3230), Decimal(3286),
        ),
        Figure("resolved.total", "self", "period", Decimal(3200), "3,2 nghìn", place("p16", "hơn 3,2 nghìn"), 1,
               approximate=True),
    ),
    unread=(Unread("1.205", ("received.total", "received.new"), "hai cách hiểu", place("p17", "còn 1.205 hồ sơ")),),
    masked=(Masked("15/6", "ngày tháng", place("p1", "ngày 15/6")),),
    plan_rows=(
        PlanRow("II", "1", "=Rà soát", "Văn phòng", "", "Báo cáo", "Quý II", "quarter", date(2026, 4, 1),
                date(2026, 6, 30), (Target(">=", Decimal(80), "percent", "rate.online"),), place("t2r1c1", "=Rà soát")),
    ),
    findings=(
        Finding("balance", "self", "period", "error", 1, "pinned", "Tiếp nhận 3.286 khác 3.281; lệch 5.", (0, 2),
                Decimal(5),
                (Suggestion("resolved.total", "self", "period", Decimal(3246), Decimal(3241), "khớp cả 2"),)),
    ),
    pages=4,
)  # fmt: skip
FAILED = Report("b.pdf", "", "pdf", "failed", (Problem("encrypted", "Tệp có mật khẩu. Hãy bỏ mật khẩu."),))


def test_the_contract_has_its_names() -> None:
    document, figure = (made := report_object(REPORT))["document"], made["figures"][0]
    assert list(made) == ["document", "figures", "unread", "plan_rows", "findings"]
    assert {
        "path", "sha256", "format", "status", "problems", "kind", "number", "date", "issuer", "issuer_code", "province",
        "period", "window",
    } <= document.keys()  # fmt: skip
    assert (document["date"], document["window"]) == ("2026-06-14", ["2026-03-15", "2026-06-14"])
    assert {
        "indicator", "scope", "basis", "value", "printed", "decimals", "numerator", "denominator", "approximate", "ocr",
        "evidence", "place", "also",
    } <= figure.keys()  # fmt: skip
    assert figure["place"] == {
        "page": 2, "block": "p14", "start": 12, "end": 17, "quote": "Tổng số tiếp nhận: 3.286",
        "box": [72.0, 310.5, 98.2, 324.0],
    }  # fmt: skip
    assert made["plan_rows"][0]["targets"] == [{"op": ">=", "value": 80, "unit": "percent", "indicator": "rate.online"}]
    assert made["findings"][0]["suggestions"][0].items() >= {"from": 3246, "to": 3241, "provided": ""}.items()
    assert "documents" not in made["findings"][0]


def test_what_is_absent_is_null() -> None:
    document = report_object(FAILED)["document"]
    assert [document[name] for name in ("number", "date", "issuer", "issuer_code", "province", "period", "window")] == (
        [None] * 7
    )
    assert document["problems"] == [{"code": "encrypted", "message": "Tệp có mật khẩu. Hãy bỏ mật khẩu."}]


def test_masked_numbers_come_only_when_asked_for() -> None:
    assert report_object(REPORT, masked=True)["masked"][0]["printed"] == "15/6"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("3286"), "3286"),
        (Decimal("98.31"), "98.31"),
        (Decimal("100.00"), "100"),  # a whole number; `printed` and `decimals` keep the zeros
        (Decimal("0.1"), "0.1"),
        (Decimal("1E+3"), "1000"),
        (None, "null"),
    ],
)
def test_numbers_are_json_numbers(value: Decimal | None, written: str) -> None:
    assert json.dumps(number(value)) == written


def test_a_line_is_one_line_and_utf8_whatever_the_file_name() -> None:
    odd = Report("xuống\ndòng\udce1.txt", "", "txt", "failed", (Problem("x", "dòng 1\ndòng 2"),))
    line = report_line(odd)
    assert "\n" not in line and line.encode("utf-8")
    assert json.loads(report_line(REPORT)) == report_object(REPORT)


def test_the_transcript_is_read_by_people() -> None:
    lines = transcript(REPORT, CATALOG.labels).splitlines()
    assert lines[:8] == [
        "Tệp: r01.pdf (pdf, 4 trang)",
        "Tình trạng: Đọc được",
        "Loại văn bản: Báo cáo",
        "Số, ký hiệu: 215/BC-UBND",
        "Ngày: 14/6/2026",
        "Đơn vị: Phường Lê Chân (mã 11407), Hải Phòng",
        "Kỳ: Quý II năm 2026",
        "Thời gian chốt số liệu: 15/3/2026 – 14/6/2026",
    ]
    text = "\n".join(lines)
    for part in (
        "| 3.286 | trang 2, đoạn 14; trang 3, bảng 1, dòng 2, cột 3 | Khớp phép tính |",  # both places
        "| 98,30% = 3.230/3.286 | trang 2, đoạn 15 |",
        "| khoảng 3.200 (in: 3,2 nghìn) | đoạn 16 |",
        "II 1 | =Rà soát | chủ trì: Văn phòng | phối hợp: – |",
        "chỉ tiêu: Tỷ lệ hồ sơ tiếp nhận trực tuyến tối thiểu 80%",
        "1.205 | hai cách hiểu | có thể là:",
        "3.246 → 3.241 (khớp cả 2)",
    ):
        assert part in text
    assert "15/6 |" not in text and "15/6 | ngày tháng" in transcript(REPORT, CATALOG.labels, masked=True)


def listed(report: Report) -> str:
    return check_list([report], compare([report]), CATALOG.labels)


def test_the_list_of_what_is_wrong_tells_a_cause_with_its_numbers_and_places() -> None:
    lines = listed(REPORT).splitlines()
    assert lines[0] == "Phường Lê Chân – Quý II năm 2026" and lines[2].startswith("  1. Sai số liệu:")
    assert any("đoạn" in line and "“" in line for line in lines)
    assert any(line.startswith("     Đề xuất:") and "3.246 → 3.241" in line for line in lines)


def test_the_list_of_what_is_wrong_keeps_a_ward_together() -> None:
    other = replace(REPORT, path="x.docx", identity=replace(REPORT.identity, issuer="Phường Khác", issuer_code=None))
    later = replace(REPORT, path="y.docx", sha256="y", identity=replace(REPORT.identity, period="2026-Q3"))
    reports = [REPORT, other, later]
    text = check_list(reports, compare(reports), CATALOG.labels)
    wards = [line.partition(" – ")[0] for line in text.splitlines() if line.startswith("Phường")]
    assert wards == ["Phường Lê Chân", "Phường Lê Chân", "Phường Khác"]


def test_a_failed_document_says_why_and_nothing_else() -> None:
    assert transcript(FAILED, CATALOG.labels).splitlines()[2:] == ["Lưu ý: Tệp có mật khẩu. Hãy bỏ mật khẩu."]
    assert listed(FAILED) == "b.pdf:\n  Tệp có mật khẩu. Hãy bỏ mật khẩu."
    sound = Report("a", "", "txt", "read", figures=REPORT.figures)
    assert listed(sound) == ""


@pytest.mark.parametrize(
    ("quote", "printed", "kept"),
    [
        ("ngắn 12 thôi", "12", "ngắn 12 thôi"),
        ("đầu " + "a " * 60 + "12 hồ sơ " + "b " * 60, "12", "12 hồ sơ"),
        ("x" * 200 + " 12", "12", "12"),
        ("12 " + "y" * 200, "12", "12"),
    ],
)
def test_short_quotes_keep_the_number(quote: str, printed: str, kept: str) -> None:
    short = short_quote(place("p1", quote), printed)
    assert kept in short and len(short) <= 75


def test_csv_is_for_excel_and_runs_nothing() -> None:
    reports = [REPORT, FAILED]
    made = {sheet.name: csv_text(sheet) for sheet in sheets(reports, compare(reports), CATALOG.labels)}
    assert list(made) == ["van-ban", "so-lieu", "nhiem-vu", "sai-lech", "so-sanh"]
    assert all(text.startswith("\ufeff") and text.endswith("\r\n") for text in made.values())
    rows = {name: list(csv.reader(io.StringIO(text[1:]))) for name, text in made.items()}
    assert all(len({len(row) for row in table}) == 1 for table in rows.values())  # every row as wide as its heading
    assert rows["nhiem-vu"][1][3] == "'=Rà soát"  # a formula from outside is shown, not run
    assert rows["so-lieu"][2][6] == "98.30" and rows["so-lieu"][2][8] == "98,30"
    assert len(rows["van-ban"]) == 3 and rows["van-ban"][2][1] == "Không đọc được"
    assert rows["van-ban"][2][3] == ""  # what was not read is of no kind
    assert ["Phường Lê Chân", "3286"] in [[row[1], row[5]] for row in rows["so-sanh"]]


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    reports = [replace(REPORT, path=f"/in/{folder}/bc.docx", sha256=folder) for folder in ("an-lao", "do-son")]
    made = {sheet.name: sheet for sheet in sheets(reports, compare(reports), CATALOG.labels)}
    names = [str(Path("an-lao/bc.docx")), str(Path("do-son/bc.docx"))]
    assert [row[0] for row in made["van-ban"].rows] == names
    for table in made.values():
        assert not {"bc.docx"} & {cell for row in table.rows for cell in row}, table.name
        assert set(names) & {cell for row in table.rows for cell in row}, table.name


def test_the_files_that_took_longest_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path("nhan")
    times = {folder / "a" / f"{seconds}.pdf": float(seconds) for seconds in (1, 9, 12, 300, 40, 41, 42, 43)}
    terminal.print_slowest(times, folder, CATALOG.labels)
    lines = [line.replace("\\", "/") for line in capsys.readouterr().out.splitlines()]
    assert lines[1:] == [f"– a/{seconds}.pdf: {seconds} giây" for seconds in (300, 43, 42, 41, 40)]
    terminal.print_slowest({folder / "a.pdf": 3.0}, folder, CATALOG.labels)
    assert capsys.readouterr().out == ""  # nothing worth a line


def test_the_end_of_a_run_counts_as_the_workbook_does(capsys: pytest.CaptureFixture[str]) -> None:
    second = Finding("balance", "self", "period", "warning", 1, "pinned", "Cũng do số đó.", (0, 2))
    between = Finding("across.carried", "unit:x", "period", "notice", 1, "none", "Số chuyển kỳ khác.", ())
    report = replace(REPORT, findings=(*REPORT.findings, second))
    failed = [replace(FAILED, path=f"/in/{folder}/b.pdf") for folder in ("x", "y")]
    reports = [replace(report, path="/in/a.pdf"), replace(report, path="/in/x/copy.pdf"), *failed]
    summary = terminal.summarise(reports, replace(compare(reports), findings=(between,)))
    assert terminal.RunSummary.of_text(summary.text()) == summary
    terminal.print_summary(summary, [Path("kq.xlsx")], CATALOG.labels)
    printed = capsys.readouterr().out
    counts = dict(re.findall(r"│ (\S.*?) +│ +(\d+) │", printed))
    assert counts == {
        "Đọc được": "2", "Đọc được một phần": "0", "Không đọc được": "2", "– có mật khẩu": "2", "Số liệu đã đọc": "6",
        "Sai lệch": "2", "– Sai số liệu": "1", "– Cần kiểm tra": "0", "– Lưu ý": "1",
    }  # fmt: skip
    assert f"Không đọc được {Path('x/b.pdf')}: Tệp có mật khẩu" in printed and str(Path("y/b.pdf")) in printed


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_every_way_to_start_a_formula_is_guarded(start: str) -> None:
    sheet = export_sheet(start + "cmd|' /C calc'!A0")
    (value,) = list(csv.reader(io.StringIO(csv_text(sheet)[1:], newline="")))[1]
    assert value == "'" + start + "cmd|' /C calc'!A0"


def export_sheet(value: str | Decimal) -> Sheet:
    return Sheet("x", ("Cột",), ((value,),))


def test_numbers_below_zero_stay_numbers() -> None:
    assert csv_text(export_sheet(Decimal("-5"))) == "\ufeffCột\r\n-5\r\n"


def test_json_holds_reports_and_comparison() -> None:
    whole = json.loads(json_text([REPORT], compare([REPORT])))
    assert whole["reports"] == [report_object(REPORT)]
    (row,) = whole["comparison"]
    assert row["unit"] == "Phường Lê Chân" and row["cells"]["received.total"]["value"] == 3286


def test_outputs_replace_the_old_ones_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    comparison = compare([REPORT])
    written = export.write(tuple(export.WRITERS), tmp_path, [REPORT], comparison, CATALOG)
    assert sorted(path.name for path in written) == sorted(path.name for path in tmp_path.iterdir())
    before = (tmp_path / export.JSON).read_bytes()

    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OutputError, match="Hãy kiểm tra chỗ trống"):
        export.write(["json"], tmp_path, [REPORT, FAILED], comparison, CATALOG)
    assert (tmp_path / export.JSON).read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("~")]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="--out"):
        export.write(["csv"], tmp_path / "out", [], compare([]), CATALOG)


@pytest.mark.parametrize("width", [45, 60, 80, 100, 130, 200])
def test_no_window_is_too_narrow_for_a_number(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "_PIPED_WIDTH", width)
    other = replace(REPORT, identity=replace(REPORT.identity, issuer="Phường Đồ Sơn", issuer_code="11737"))
    less = replace(REPORT, identity=replace(REPORT.identity, issuer="Xã An Lão", issuer_code="11674"), figures=())
    (period,) = compare([REPORT, other, less]).periods
    terminal.print_period(period, FORM, CATALOG.labels)
    printed = capsys.readouterr().out
    assert printed.count("3.286") == 2 and printed.count("6.572 (2/3)") == 1  # both; the sum says how many
    assert "…" not in printed and max(map(len, printed.splitlines())) <= width
