# ruff: noqa: E501 -- the tables of cases are aligned for the eye
"""Letters of before Unicode: every letter there and back, fonts by name, text without fonts by its syllables."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from extractor import readers
from extractor.model import Block, Cell, Line, Table
from extractor.readers import legacy_fonts
from extractor.readers.assemble import RawDocument
from extractor.readers.legacy_fonts import Encoding, decoded, encoding_of, to_unicode
from extractor.readers.legacy_text import converter, repaired

SHARED = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"
LETTERS = [
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyđ"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    if base != "đ" or not tone
]
ACCENTED = [letter for letter in LETTERS if not letter.isascii()]
TEXT = (
    "Ủy ban nhân dân phường báo cáo kết quả giải quyết thủ tục hành chính quý II năm 2026. Tổng số hồ sơ tiếp nhận: 1.250 "
    "hồ sơ, trong đó trực tuyến 1.200 hồ sơ đạt 96,00%; đã giải quyết trước hạn 1.190 hồ sơ, quá hạn 5 hồ sơ."
)


def written(text: str, encoding: Encoding) -> str:
    """The text as a file of that encoding holds it; capitals that it has no code for are small, as they were typed."""
    table: dict[str, str] = {}
    if encoding == "VNI":
        for typed, letter in legacy_fonts._VNI.items():
            table.setdefault(letter, typed)
    else:
        codes = legacy_fonts._TCVN3 if encoding == "TCVN3" else legacy_fonts._VPS
        for code, letter in codes.items():
            if code < 256:
                table.setdefault(letter, chr(code))
    return "".join(table.get(letter) or table.get(letter.lower()) or letter for letter in text)


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI", "VPS"])
def test_every_small_letter_comes_back(encoding: Encoding) -> None:
    for letter in LETTERS:
        assert decoded(written(letter, encoding), encoding).text == letter


def test_every_capital_comes_back() -> None:
    for letter in ACCENTED:
        capital = letter.upper()
        assert decoded(written(capital, "VNI"), "VNI").text == capital
        assert to_unicode(written(letter, "TCVN3"), ".VnTimeH") == capital  # the font draws it as a capital
    missing = [letter.upper() for letter in ACCENTED if written(letter.upper(), "VPS") == written(letter, "VPS")]
    assert len(missing) == 14  # their codes are control codes, which no file of today can hold


@pytest.mark.parametrize(
    ("why", "typed", "printed"),
    [
        ("small letters of a capital word", "PH­êng", "PHường"),  # both are small letters: nothing tells
        ("between two capitals",            "PH­¬NG", "PHƯƠNG"),
        ("a whole heading",                 "UBND PH¦êNG H¶I D¦¥NG", "UBND PHƯỜNG HẢI DƯƠNG"),
        ("a name keeps its small letters",  "Phó Chñ tÞch", "Phú Chủ tịch"),
        ("abbreviations beside small",      "TTHC ®­îc", "TTHC được"),
    ],
)  # fmt: skip
def test_capitals_are_restored_where_the_word_tells(why: str, typed: str, printed: str) -> None:
    assert decoded(typed, "TCVN3").text == printed, why


@pytest.mark.parametrize(("encoding", "charset"), [("TCVN3", "TCVN"), ("VNI", "VNI"), ("VPS", "VPS")])
def test_another_program_writes_the_same_codes(encoding: Encoding, charset: str) -> None:
    program = shutil.which("recode")
    if program is None:
        pytest.skip("recode is not installed")
    for letter in ACCENTED:
        done = subprocess.run(
            [program, "-f", f"UTF-8..{charset}"], input=letter.encode(), capture_output=True, check=True
        )
        assert done.stdout.decode("latin-1") == written(letter, encoding)


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "TCVN3"), (".VnArialH", "TCVN3"), ("AAAAAA+.VnTime", "TCVN3"), ("VNI-Times", "VNI"), ("VNI Times", "VNI"),
        ("VPS Times", "VPS"), ("Times New Roman", None), ("Vnmese", None), ("", None),
    ],
)  # fmt: skip
def test_fonts_are_known_by_name(font: str, encoding: Encoding | None) -> None:
    assert encoding_of(font) == encoding
    assert encoding is not None or to_unicode("Céng hßa", font) == "Céng hßa"


# --------------------------------------------------------------------------- without fonts


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI", "VPS"])
@pytest.mark.parametrize("as_utf8", [False, True], ids=["bytes", "letters"])
def test_plain_text_is_decoded_by_its_syllables(tmp_path: Path, encoding: Encoding, as_utf8: bool) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes(written(TEXT, encoding).encode("utf-8" if as_utf8 else "latin-1"))
    document = readers.read(path)
    assert next(document.blocks()).text.lower() == TEXT.lower()
    assert [problem.code for problem in document.problems] == ["legacy_converted"]
    assert encoding in document.problems[0].message


def test_utf8_taken_for_a_western_code_page_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "hong.txt"
    path.write_text("".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in TEXT.encode()), encoding="utf-8")
    document = readers.read(path)
    assert next(document.blocks()).text == TEXT
    assert [problem.code for problem in document.problems] == ["legacy_converted"]


def test_windows_1258_keeps_its_loose_tones(tmp_path: Path) -> None:
    def parts(letter: str) -> str:  # the code page has vowels and tones apart
        base, *marks = unicodedata.normalize("NFD", letter)
        shape = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in "\u0302\u0306\u031b"))
        return shape + "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")

    path = tmp_path / "1258.txt"
    path.write_bytes("".join(map(parts, TEXT)).encode("cp1258"))
    document = readers.read(path)
    assert unicodedata.normalize("NFC", next(document.blocks()).text) == TEXT
    assert document.problems == ()


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("Unicode already",         TEXT),
        ("decomposed",              unicodedata.normalize("NFD", TEXT)),
        ("French",                  "Le préfet a été informé des procédures générales déjà présentées à l'été. Très bien, où êtes-vous? Voilà des élèves." * 3),
        ("German",                  "Über die Prüfung möchten wir für größere Städte ausführlich später berichten, schöne Grüße." * 3),
        ("without tones",           "Tong so ho so tiep nhan la 1.250 ho so, da giai quyet 1.200 ho so." * 3),
        ("only letters of Latin 1", "Công an, Hà Nam, thông tin, trình, bình, thành, công, hành chính, hôm, tôi, dân, nhân." * 3),
        ("too little to tell",      "Céng hßa"),
        ("",                        ""),
    ],
)  # fmt: skip
def test_other_text_is_left_alone(why: str, text: str) -> None:
    assert converter([text]) is None, why


def test_numbers_are_never_touched() -> None:
    numbers = "1.250 96,00% 12/BC 3-4 2026"
    for encoding in ("TCVN3", "VNI", "VPS"):
        assert decoded(numbers, encoding).text == numbers


def test_edges_stay_with_their_letters() -> None:
    typed = written(TEXT, "VNI")
    line = Line(10, len(typed), 1, 0.0, 12.0, tuple(float(at) for at in range(10, len(typed) + 1)))
    cell = Cell(Block("", "soá hoà sô"), 0, 0)
    raw = RawDocument("pdf", [Block("", typed, (line,)), Table("", 1, 1, (cell,))])
    block, table = repaired(raw).content
    assert isinstance(block, Block) and isinstance(table, Table)
    assert block.text == TEXT
    (moved,) = block.lines
    assert len(moved.edges) == moved.end - moved.start + 1
    at = block.text.index("1.250")
    assert moved.edges[at - moved.start] == float(typed.index("1.250"))
    assert table.cells[0].text == "số hồ sơ"


def test_a_unicode_paragraph_among_old_ones_stays() -> None:
    texts = [written(TEXT, "TCVN3"), "Đã ký: Nguyễn Văn Ơn", "12/BC-UBND"]
    content = repaired(RawDocument("docx", [Block("", text) for text in texts])).content
    assert [item.text for item in content if isinstance(item, Block)][1:] == texts[1:]


@pytest.mark.parametrize("name", ["001_report_tcvn3.docx", "001_report_tcvn3.pdf", "001_report_reportlab_nfd.pdf"])
def test_variants_of_one_report_say_the_same(name: str) -> None:
    from extractor.catalog import Catalog
    from extractor.pipeline import read_report

    if not (SHARED / name).exists():
        pytest.skip("the shared corpus is not here")
    catalog = Catalog.load(None)
    clean, variant = (read_report(SHARED / file, catalog) for file in ("001_report.docx", name))
    assert variant.status == "read"
    assert variant.identity == clean.identity
    assert {(f.key, f.value, f.printed) for f in variant.figures} == {
        (f.key, f.value, f.printed) for f in clean.figures
    }
