# ruff: noqa: E501, SIM905 -- the tables of cases are aligned for the eye
"""Word files: what is printed once every change is accepted, in reading order, with its tables and numbers."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import readers
from extractor.errors import BrokenFileError, LimitError, ScanError
from extractor.model import Block, Document, Table
from extractor.readers import docx as docx_reader
from extractor.readers.docx_numbering import write_number

SEEDS = Path(__file__).parents[2] / "shared" / "corpus" / "seeds"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def read(tmp_path: Path, body: str, numbering: str = "") -> Document:
    """A document with the given XML in its body (and in its numbering part), read back."""
    document = docx.Document()
    inner = document.element.body
    for child in list(inner):
        inner.remove(child)
    for child in list(parse_xml(f"<w:body {NAMES}>{body}</w:body>")):
        inner.append(child)
    if numbering:
        lists = document.part.numbering_part.element
        for child in list(lists):
            lists.remove(child)
        for child in list(parse_xml(f"<w:numbering {NAMES}>{numbering}</w:numbering>")):
            lists.append(child)
    path = tmp_path / "bc.docx"
    document.save(str(path))
    return readers.read(path)


def texts(document: Document) -> list[str]:
    return [item.text for item in document.content if isinstance(item, Block)]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, properties: str = "") -> str:
    inner = "".join(part if part.startswith("<") else run(part) for part in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        mark.format("begin") + f"<w:r><w:instrText>{code}</w:instrText></w:r>" + mark.format("separate")
        + run(result) + mark.format("end")
    )  # fmt: skip


BOX = "<w:txbxContent>" + p("trong khung") + "</w:txbxContent>"
BOTH_FORMS = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp>'
    f"<wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)

# fmt: off
LETTERS = [
    # why                                        body                                                                        texts
    ("runs are joined as they stand",            p("đã giải ", "quyết 3", ".286"),                                           ["đã giải quyết 3.286"]),
    ("a blank of its own is kept",               p("12", run(" "), "hồ sơ"),                                                 ["12 hồ sơ"]),
    ("tab and line break",                       p("Tổng", "<w:r><w:tab/></w:r>", "12", "<w:r><w:br/></w:r>", "hồ sơ"),      ["Tổng\t12\nhồ sơ"]),
    ("a page break leaves nothing at the end",   p("hết trang", '<w:r><w:br w:type="page"/></w:r>'),                         ["hết trang"]),
    ("a hard hyphen is printed, a soft one not", p("339/QĐ", "<w:r><w:noBreakHyphen/></w:r>", "UB", "<w:r><w:softHyphen/></w:r>", "ND"), ["339/QĐ-UBND"]),
    ("a line feed in the XML is a blank",        p("hồ\nsơ"),                                                                ["hồ sơ"]),
    ("insertions stay, deletions go",            p("có ", f'<w:ins w:id="1">{run("12")}</w:ins>', '<w:del w:id="2"><w:r><w:delText>11</w:delText></w:r></w:del>', " hồ sơ"), ["có 12 hồ sơ"]),
    ("moved text is where it went",              p(f'<w:moveFrom w:id="1">{run("cũ")}</w:moveFrom>', "mới ", f'<w:moveTo w:id="2">{run("đến")}</w:moveTo>'), ["mới đến"]),
    ("a deleted paragraph mark joins two",       p("nửa đầu ", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("nửa sau"), ["nửa đầu nửa sau"]),
    ("a deleted last mark loses nothing",        p("còn", properties='<w:rPr><w:del w:id="1"/></w:rPr>'),                    ["còn"]),
    ("struck letters are withdrawn",             p("có ", run("11", "<w:strike/>"), "12 hồ sơ"),                             ["có 12 hồ sơ"]),
    ("strike set to off is no strike",           p("có ", run("12", '<w:strike w:val="0"/>')),                               ["có 12"]),
    ("hidden letters are not printed",           p("có ", run("nháp ", "<w:vanish/>"), "12"),                                ["có 12"]),
    ("a note's mark does not touch the number",  p("3.286", '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="9"/></w:r>', " hồ sơ"), ["3.286 hồ sơ"]),
    ("nor one that was typed",                   p("3.286", run("1", '<w:vertAlign w:val="superscript"/>'), " hồ sơ"),       ["3.286¹ hồ sơ"]),
    ("of a field the result",                    p("năm ", field("DATE", "2026")),                                           ["năm 2026"]),
    ("of a simple field too",                    p(f'<w:fldSimple w:instr="=SUM(ABOVE)">{run("45")}</w:fldSimple>'),         ["45"]),
    ("a field that never ends swallows nothing", p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "mã") + p("còn đây"),    ["còn đây"]),
    ("links, smart tags, controls",              p(f'<w:hyperlink r:id="x">{run("a")}</w:hyperlink>', f'<w:smartTag>{run("b")}</w:smartTag>', f"<w:sdt><w:sdtPr/><w:sdtContent>{run('c')}</w:sdtContent></w:sdt>"), ["abc"]),
    ("a control round paragraphs",               f"<w:sdt><w:sdtContent>{p('a')}{p('b')}</w:sdtContent></w:sdt>",            ["a", "b"]),
    ("a text box once, behind its paragraph",    p("chữ ngoài", BOTH_FORMS) + p("sau"),                                      ["chữ ngoài", "trong khung", "sau"]),
    ("a fraction in a formula",                  p("<m:oMath><m:f><m:num><m:r><m:t>45</m:t></m:r></m:num><m:den><m:r><m:t>47</m:t></m:r></m:den></m:f></m:oMath>"), ["45/47"]),
    ("a symbol of a symbol font is a bullet",    p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', " xong"),         ["• xong"]),
    ("a paragraph cut inside a bracket",         p("Đã nhận 9 (trực tiếp: 0;") + p("trực tuyến: 9)."),                       ["Đã nhận 9 (trực tiếp: 0; trực tuyến: 9)."]),
    ("items without marks stay apart",           p("trước hạn: 5") + p("đúng hạn: 6"),                                       ["trước hạn: 5", "đúng hạn: 6"]),
]
# fmt: on


@pytest.mark.parametrize(("why", "body", "wanted"), LETTERS, ids=[row[0] for row in LETTERS])
def test_letters_are_those_of_the_page(tmp_path: Path, why: str, body: str, wanted: list[str]) -> None:
    assert texts(read(tmp_path, body)) == wanted, why


def test_doubts_are_told(tmp_path: Path) -> None:
    body = p(
        f'<w:ins w:id="1">{run("a")}</w:ins>', run("b", "<w:strike/>"), run("ç", '<w:rFonts w:hAnsi="BK HCM Times"/>')
    )
    assert {problem.code for problem in read(tmp_path, body).problems} == {
        "tracked_changes", "struck_out", "legacy_font",
    }  # fmt: skip
    assert read(tmp_path, p("yên ổn")).problems == ()


def test_bold_centre_and_indent_come_from_runs_and_styles(tmp_path: Path) -> None:
    body = (
        p(run("đậm", "<w:b/>"), run(" cả", "<w:b/>"), properties='<w:jc w:val="center"/>')
        + p(run("đậm", "<w:b/>"), " nửa", properties='<w:ind w:left="720" w:hanging="360"/>')
        + p("theo kiểu", properties='<w:pStyle w:val="Heading1"/>')
        + p(run("bỏ đậm", '<w:b w:val="0"/>'), properties='<w:pStyle w:val="Heading1"/>')
    )
    found = [(block.bold, block.centred, block.indent) for block in read(tmp_path, body).blocks()]
    assert found == [(True, True, 0.0), (False, False, 18.0), (True, False, 0.0), (False, False, 0.0)]


# --------------------------------------------------------------------------- fonts of before Unicode

# fmt: off
OLD_FONTS = [
    (".VnTime",        "Céng hßa x· héi chñ nghÜa ViÖt Nam; hå s¬ tr\xadíc h¹n 3.286", "Cộng hòa xã hội chủ nghĩa Việt Nam; hồ sơ trước hạn 3.286"),
    (".VnTime",        "PH¦êNG T¢N AN",                                                  "PHƯỜNG TÂN AN"),       # capitals typed small
    (".VnTime",        "PHßNG",                                                          "PHÒNG"),
    (".VnTimeH",       "b¸o c¸o",                                                        "BÁO CÁO"),             # a font of capitals
    ("VNI-Times",      "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam; hoà sô tröôùc haïn",   "Cộng hòa xã hội chủ nghĩa Việt Nam; hồ sơ trước hạn"),
    ("VNI-Times",      "UÛY BAN NHAÂN DAÂN PHÖÔØNG",                                     "ỦY BAN NHÂN DÂN PHƯỜNG"),
    ("Times New Roman", "Céng",                                                          "Céng"),                # the name decides, not the look
]
# fmt: on


@pytest.mark.parametrize(("font", "written", "printed"), OLD_FONTS)
def test_letters_of_old_fonts(tmp_path: Path, font: str, written: str, printed: str) -> None:
    document = read(tmp_path, p(run(written, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')))
    assert texts(document) == [printed]
    converted = [problem.code for problem in document.problems] == ["legacy_converted"]
    assert converted == (font != "Times New Roman")


def test_an_old_font_that_is_only_a_name_changes_nothing(tmp_path: Path) -> None:
    old = '<w:rFonts w:hAnsi=".VnTime"/>'
    document = read(tmp_path, p(run("hồ sơ đã nhận", old)) + p(run("trả quá hạn", old)) + p(run("giá", old)))
    assert texts(document) == ["hồ sơ đã nhận", "trả quá hạn", "giá"]
    assert document.problems == ()


# --------------------------------------------------------------------------- automatic numbers

LEVELS = """
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
  <w:lvl w:ilvl="3"><w:start w:val="5"/><w:lvlRestart w:val="0"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%4)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="+"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def item(text: str, depth: int = 0, num: int = 1) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


def test_automatic_numbers_are_printed_as_word_counts_them(tmp_path: Path) -> None:
    rows = [
        (item("a"),         "I. a"),
        (item("b", 1),      "1.1. b"),   # legal numbering: I is written 1
        (item("c", 2),      "a) c"),
        (item("d", 2),      "b) d"),
        (item("e", 1),      "1.2. e"),
        (item("f", 2),      "a) f"),     # begins again under a new higher number
        (item("g", 3),      "(5) g"),
        (item("h"),         "II. h"),
        (item("i", 3),      "(6) i"),    # never begins again
        (p("giữa"),         "giữa"),
        (item("k", num=3),  "I. k"),     # another list on the same levels, with a start of its own
        (item("l", num=3),  "II. l"),
        (item("m", 0, 2),   "- m"),      # a bullet of the Symbol font
        (item("n", 1, 2),   "+ n"),
        (item("o", 0, 0),   "o"),        # list 0 means no list
        (item("q", 0, 77),  "q"),        # a list that is not defined
        (item("r", 8),      "r"),        # a level that is not defined
    ]  # fmt: skip
    assert texts(read(tmp_path, "".join(body for body, _ in rows), LEVELS)) == [text for _, text in rows]


def test_a_cell_that_holds_only_its_number_is_not_empty(tmp_path: Path) -> None:
    body = "<w:tbl><w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in (item(""), p("việc"))) + "</w:tr></w:tbl>"
    assert [block.text for block in read(tmp_path, body, LEVELS).blocks()] == ["I.", "việc"]


@given(st.integers(1, 3999))
def test_roman_numbers_are_unlike_and_of_roman_letters(value: int) -> None:
    written = write_number(value, "upperRoman")
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    numbers = [worth[letter] for letter in written]
    assert sum(-n if n < max(numbers[at:]) else n for at, n in enumerate(numbers)) == value


def test_letters_after_z_are_doubled() -> None:
    assert [write_number(n, "lowerLetter") for n in (1, 26, 27, 28)] == ["a", "z", "aa", "bb"]
    assert [write_number(7, form) for form in ("decimalZero", "none", "chicago")] == ["07", "", "7"]


# --------------------------------------------------------------------------- tables


def tc(text: str = "", span: int = 0, merge: str | None = None, inner: str = "", sides: str = "") -> str:
    properties = f'<w:gridSpan w:val="{span}"/>' if span else ""
    if merge is not None:
        properties += f'<w:vMerge w:val="{merge}"/>' if merge else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{properties}<w:tcBorders>{sides}</w:tcBorders></w:tcPr>{inner or p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, borders: str = "") -> str:
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{''.join(rows)}</w:tbl>"


def shape(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan) for cell in table.cells]


def only(document: Document) -> Table:
    (table,) = document.tables()
    return table


def test_merged_cells_are_one_cell_with_spans(tmp_path: Path) -> None:
    table = only(
        read(
            tmp_path,
            tbl(
                tr(tc("TT", merge="restart"), tc("Tiếp nhận", span=2), properties="<w:tblHeader/>"),
                tr(tc("ẩn", merge=""), tc("mới"), tc("cũ"), properties="<w:tblHeader/>"),
                tr(tc("1"), tc("2"), tc("3")),
            ),
        )
    )
    assert shape(table) == [
        ("TT", 0, 0, 2, 1), ("Tiếp nhận", 0, 1, 1, 2), ("mới", 1, 1, 1, 1), ("cũ", 1, 2, 1, 1),
        ("1", 2, 0, 1, 1), ("2", 2, 1, 1, 1), ("3", 2, 2, 1, 1),
    ]  # fmt: skip
    assert (table.rows, table.cols, table.heading_rows) == (3, 3, 2)


# fmt: off
ODD_TABLES = [
    ("rows indented by the grid",         tbl(tr(tc("a"), tc("b")), tr(tc("c"), properties='<w:gridBefore w:val="1"/>')),          [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 1, 1, 1)]),
    ("a merge that continues nothing",    tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d", merge=""))),                               [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1), ("c", 1, 0, 1, 1), ("d", 1, 1, 1, 1)]),
    ("a merge of another width",          tbl(tr(tc("a", span=2, merge="restart")), tr(tc("b", merge=""), tc("c"))),               [("a", 0, 0, 1, 2), ("b", 1, 0, 1, 1), ("c", 1, 1, 1, 1)]),
    ("a merge across a gap",              tbl(tr(tc("a", merge="restart")), tr(tc("b")), tr(tc("c", merge=""))),                   [("a", 0, 0, 1, 1), ("b", 1, 0, 1, 1), ("c", 2, 0, 1, 1)]),
    ("rows of unlike length",             tbl(tr(tc("a")), tr(tc("b"), tc("c"), tc("d"))),                                         [("a", 0, 0, 1, 1), ("b", 1, 0, 1, 1), ("c", 1, 1, 1, 1), ("d", 1, 2, 1, 1)]),
    ("the old sideways merge",            tbl(tr('<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr>' + p("a") + "</w:tc>", "<w:tc><w:tcPr><w:hMerge/></w:tcPr>" + p("ẩn") + "</w:tc>", tc("b"))), [("a", 0, 0, 1, 2), ("b", 0, 2, 1, 1)]),
    ("a deleted row",                     tbl(tr(tc("a")), tr(tc("xóa"), properties='<w:del w:id="1"/>'), tr(tc("b"))),            [("a", 0, 0, 1, 1), ("b", 1, 0, 1, 1)]),
    ("controls round rows and cells",     tbl(f"<w:sdt><w:sdtContent>{tr(tc('a'), '<w:sdt><w:sdtContent>' + tc('b') + '</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"), [("a", 0, 0, 1, 1), ("b", 0, 1, 1, 1)]),
    ("a control round the table",         f"<w:sdt><w:sdtContent>{tbl(tr(tc('a')))}</w:sdtContent></w:sdt>",                        [("a", 0, 0, 1, 1)]),
    ("several paragraphs in a cell",      tbl(tr(tc(inner=p("a") + p("") + p("b")))),                                              [("a\nb", 0, 0, 1, 1)]),
]
# fmt: on


@pytest.mark.parametrize(("why", "body", "wanted"), ODD_TABLES, ids=[row[0] for row in ODD_TABLES])
def test_odd_tables_are_read_without_fuss(
    tmp_path: Path, why: str, body: str, wanted: list[tuple[str, int, int, int, int]]
) -> None:
    assert shape(only(read(tmp_path, body))) == wanted, why


def test_a_nested_table_comes_behind_the_outer_one(tmp_path: Path) -> None:
    nested = p("trước") + tbl(tr(tc("trong"))) + p("sau")
    document = read(tmp_path, tbl(tr(tc(inner=nested), tc("bên"))) + p("dưới"))
    assert [block.text for block in document.blocks()] == ["trước\nsau", "bên", "trong", "dưới"]
    assert [table.id for table in document.tables()] == ["t1", "t2"]


LINE = '<w:{} w:val="single" w:sz="4"/>'
ALL_SIDES = "".join(LINE.format(side) for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
NO_SIDES = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))


def test_ruled_tables_and_letterheads(tmp_path: Path) -> None:
    def ruled(body: str) -> bool:
        return only(read(tmp_path, body)).ruled

    style = "<w:tbl><w:tblPr><w:tblStyle w:val='{}'/></w:tblPr>" + tr(tc("a"), tc("b")) + "</w:tbl>"
    assert ruled(tbl(tr(tc("a"), tc("b")), borders=ALL_SIDES))
    assert ruled(style.format("TableGrid"))
    assert ruled(tbl(tr(tc("a", sides=ALL_SIDES), tc("b", sides=ALL_SIDES))))
    assert not ruled(style.format("TableNormal"))
    assert not ruled(style.format("NoSuchStyle"))
    assert not ruled(tbl(tr(tc("UBND"), tc("CỘNG HÒA", sides=LINE.format("bottom")))))  # the line under a motto
    assert not ruled(tbl(tr(tc("a", sides=NO_SIDES), tc("b", sides=NO_SIDES)), borders=ALL_SIDES))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, "", "restart"])), min_size=1, max_size=4),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_no_merge_makes_cells_overlap_or_lose_text(tmp_path_factory: pytest.TempPathFactory, rows: list) -> None:  # type: ignore[type-arg]
    body = tbl(*(tr(*(tc("x", span, merge) for span, merge in row)) for row in rows))
    table = only(read(tmp_path_factory.mktemp("t"), body))
    taken = [
        (row, col)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for col in range(cell.col, cell.col + cell.colspan)
    ]
    assert len(taken) == len(set(taken))
    assert all(row < table.rows and col < table.cols for row, col in taken)
    assert all(cell.text == "x" for cell in table.cells)


# --------------------------------------------------------------------------- margins, notes, packages


def test_headers_and_footers_are_margins(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("thân")
    document.sections[0].header.paragraphs[0].text = "2"
    document.sections[0].footer.paragraphs[0].text = "chân"
    document.add_section().header.is_linked_to_previous = True
    document.save(str(tmp_path / "bc.docx"))
    read_back = readers.read(tmp_path / "bc.docx")
    assert sorted(block.text for block in read_back.margins) == ["2", "chân"]
    assert texts(read_back) == ["thân"]


def rewritten(path: Path, **changes: str | None) -> Path:
    """The package with parts replaced, added (or dropped: None); in their names "__" stands for "/", "_xml" for ".xml"."""
    target = path.with_name("rewritten.docx")
    parts = {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in changes.items()}
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return target


def plain(tmp_path: Path, text: str = "đã giải quyết 12 hồ sơ") -> Path:
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(tmp_path / "bc.docx"))
    return tmp_path / "bc.docx"


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode("utf-8")


def test_notes_come_last_and_leave_no_digit(tmp_path: Path) -> None:
    path = plain(tmp_path)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relations = part(path, "word/_rels/document.xml.rels").replace(
        "</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    )
    types = part(path, "[Content_Types].xml").replace(
        "</Types>",
        '<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.footnotes+xml"/></Types>',
    )
    notes = (
        f'<w:footnotes {NAMES}><w:footnote w:type="separator" w:id="-1">{p("không in")}</w:footnote>'
        f'<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", " Nguồn: phần mềm.")}</w:footnote></w:footnotes>'
    )
    body = p("3.286", '<w:r><w:footnoteReference w:id="2"/></w:r>', " hồ sơ") + p("hết")
    document = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    changed = rewritten(path, word__document_xml=document, word__footnotes_xml=notes)
    with zipfile.ZipFile(changed) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts |= {"[Content_Types].xml": types.encode(), "word/_rels/document.xml.rels": relations.encode()}
    with zipfile.ZipFile(changed, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert texts(readers.read(changed)) == ["3.286 hồ sơ", "hết", "Nguồn: phần mềm."]


def test_missing_parts_do_not_stop_the_reading(tmp_path: Path) -> None:
    changed = rewritten(plain(tmp_path), word__styles_xml=None, word__numbering_xml=None, word__theme__theme1_xml=None)
    assert texts(readers.read(changed)) == ["đã giải quyết 12 hồ sơ"]


def test_the_strict_form_is_read_alike(tmp_path: Path) -> None:
    path = plain(tmp_path)
    strict = part(path, "word/document.xml").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert "purl.oclc.org" in strict
    assert texts(readers.read(rewritten(path, word__document_xml=strict))) == ["đã giải quyết 12 hồ sơ"]


def test_entities_are_not_opened(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    document = f"{bomb}<w:document {NAMES}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    with pytest.raises(BrokenFileError):
        readers.read(rewritten(plain(tmp_path), word__document_xml=document))


@pytest.mark.parametrize("content", ["", "<", "<w:document>", f"<w:document {NAMES}/>", "<html/>"])
def test_a_damaged_body_is_a_broken_file(tmp_path: Path, content: str) -> None:
    with pytest.raises(BrokenFileError, match="bị hỏng"):
        readers.read(rewritten(plain(tmp_path), word__document_xml=content))


def test_a_package_that_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = plain(tmp_path)
    monkeypatch.setattr(docx_reader, "MAX_XML_BYTES", 1000)
    with pytest.raises(LimitError, match="quá lớn"):
        readers.read(path)


def test_a_file_of_pictures_is_a_scan(tmp_path: Path) -> None:
    picture = (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="5400000" cy="7200000"/><a:graphic><a:graphicData><a:blip/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    with pytest.raises(ScanError, match="ảnh"):
        read(tmp_path, picture)
    assert [problem.code for problem in read(tmp_path, picture + p("chữ")).problems] == ["pictures"]
    with pytest.raises(BrokenFileError, match="không có chữ"):
        read(tmp_path, p(""))


def test_a_file_converted_from_pdf_gets_its_paragraphs_back(tmp_path: Path) -> None:
    words = "phường tiếp tục rà soát các thủ tục còn chậm và hướng dẫn người dân nộp hồ sơ từ xa tại tổ dân phố".split()
    paragraphs = [
        f"- Việc thứ {n}: " + " ".join(words[n % 5 :] + words[: n % 7]) + f" trong {n} tháng." for n in range(9)
    ]
    lines: list[str] = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > 58:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    assert len(lines) > 2 * len(paragraphs)
    assert texts(read(tmp_path, "".join(map(p, lines)))) == paragraphs


# --------------------------------------------------------------------------- real documents


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared documents are not here")
@pytest.mark.parametrize("name", ["000_report", "001_report", "003_report", "004_report"])
def test_every_word_of_a_real_report(name: str) -> None:
    wanted = (SEEDS / f"{name}.truth.txt").read_text(encoding="utf-8").split()
    found = [word for block in readers.read(SEEDS / f"{name}.docx").blocks() for word in block.text.split()]
    assert [word for word in found if set(word) != {"_"}] == wanted


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared documents are not here")
def test_every_cell_of_a_real_plan() -> None:
    wanted = json.loads((SEEDS / "002_decision.truth.json").read_text(encoding="utf-8"))
    table = next(table for table in readers.read(SEEDS / "002_decision.docx").tables() if table.cols == 6)
    found = [[""] * 6 for _ in range(table.rows)]
    for cell in table.cells:
        found[cell.row][cell.col] = cell.text
    assert found == [[text or "" for text in row] for row in wanted]
    assert table.heading_rows == 1 and table.ruled
