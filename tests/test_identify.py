# ruff: noqa: E501 - tables of real shapes, one row a line
"""Which document is it: letterheads of many provinces in every layout, titles, first sentences, contradictions."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from extractor import readers
from extractor.catalog import Catalog
from extractor.identify import identify
from extractor.model import Block, Cell, Document, Identity, Table

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load()


@dataclass(frozen=True)
class Letter:
    """A document in its parts; `body` holds its paragraphs, `after` what follows the recipients' list."""

    parent: str = ""
    agency: str = ""
    number: str = "Số: 21/BC-UBND"
    place: str = ""
    heading: str = "BÁO CÁO"
    title: str = "Công tác kiểm soát thủ tục hành chính quý III năm 2025"
    body: tuple[str, ...] = ("I. KẾT QUẢ", "Việc giải quyết hồ sơ bảo đảm tiến độ.")
    recipients: str = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    signature: str = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Tám"


def build(letter: Letter, layout: str) -> Document:
    """The document as a reader gives it.

    "table" is Word's letterhead of two cells, "blocks" a PDF's with each line or run of lines for itself,
    "joined" a PDF's whose lines were joined, "mixed" one whose columns were read across, "text" plain text
    that has kept number and place line alone.
    """
    content: list[Block | Table] = []
    count = 0

    def block(text: str, centred: bool = False) -> Block:
        nonlocal count
        count += 1
        return Block(f"p{count}", text, centred=centred, bold=centred)

    left = [line for part in (letter.parent, letter.agency) for line in part.split("\n") if line]
    if layout == "table":
        cells = ("\n".join([*left, "-------", letter.number]), "\n".join([MOTTO, "_______", letter.place]))
        content.append(
            Table("t1", 1, 2, tuple(Cell(Block(f"t1r1c{i + 1}", c), 0, i) for i, c in enumerate(cells)), ruled=False)
        )
    elif layout == "blocks":
        content += [block(line, True) for line in [*left, "_____", letter.number, *MOTTO.split("\n"), letter.place]]
    elif layout == "joined":
        content += [block(" ".join(left), True), block(letter.number, True), block(MOTTO.replace("\n", " "), True)]
        content.append(block(letter.place, True))
    elif layout == "mixed":
        right = MOTTO.split("\n")
        rows = max(len(left), 2)
        for i in range(rows):
            content.append(block("   ".join(c[i] for c in (left, right) if i < len(c)).strip()))
        content.append(block(f"{letter.number} {letter.place}"))
    else:
        content += [block(letter.number), block(letter.place)]
    content += [block(letter.heading, layout != "text"), block(letter.title, layout != "text")]
    content += [block(p) for p in letter.body]
    content += [block(letter.recipients), block(letter.signature)]
    return Document("x", "0", "docx", tuple(b for b in content if isinstance(b, Table) or b.text))


LAYOUTS = ("table", "blocks", "joined", "mixed")

# Letterhead, then what must come out: issuer, code, province. Each row has its own trap.
LETTERHEADS: list[tuple[str, Letter, tuple[str, str | None, str | None]]] = [
    ("HCM, parent without UBND", Letter("THÀNH PHỐ HỒ CHÍ MINH", "ỦY BAN NHÂN DÂN\nPHƯỜNG BÌNH TRƯNG", place="Bình Trưng, ngày 17 tháng 9 năm 2025"), ("Phường Bình Trưng", "27097", "Hồ Chí Minh")),
    ("HCM, the place line names the city", Letter("UBND TP. HỒ CHÍ MINH", "UBND PHƯỜNG TÂN SƠN NHÌ", place="Thành phố Hồ Chí Minh, ngày 17 tháng 9 năm 2025"), ("Phường Tân Sơn Nhì", "*", "Hồ Chí Minh")),
    ("HCM as TP.HCM", Letter("UBND TP.HCM", "UBND XÃ THẠNH AN", place="Thạnh An, ngày 17 tháng 9 năm 2025"), ("Xã Thạnh An", "27676", "Hồ Chí Minh")),
    ("HCM, special zone that came from another province", Letter("UBND THÀNH PHỐ HỒ CHÍ MINH", "ỦY BAN NHÂN DÂN\nĐẶC KHU CÔN ĐẢO", place="Côn Đảo, ngày 17 tháng 9 năm 2025"), ("Đặc khu Côn Đảo", "*", "Hồ Chí Minh")),
    ("Hà Nội, long name over two lines", Letter("UBND THÀNH PHỐ HÀ NỘI", "ỦY BAN NHÂN DÂN\nPHƯỜNG VĂN MIẾU -\nQUỐC TỬ GIÁM", place="Văn Miếu – Quốc Tử Giám, ngày 15 tháng 9 năm 2025"), ("Phường Văn Miếu - Quốc Tử Giám", "*", "Hà Nội")),
    ("Hà Nội, homonym of communes elsewhere", Letter("UBND THÀNH PHỐ HÀ NỘI", "ỦY BAN NHÂN DÂN\nXÃ HƯNG ĐẠO", place="Hưng Đạo, ngày 15 tháng 9 năm 2025"), ("Xã Hưng Đạo", "*", "Hà Nội")),
    ("Hà Nội, only the recipients name the province", Letter("", "ỦY BAN NHÂN DÂN\nXÃ HƯNG ĐẠO", place="Hưng Đạo, ngày 15 tháng 9 năm 2025", recipients="Nơi nhận:\n- UBND thành phố Hà Nội;\n- Lưu: VT."), ("Xã Hưng Đạo", "*", "Hà Nội")),
    ("Cao Bằng, the same name again", Letter("ỦY BAN NHÂN DÂN\nTỈNH CAO BẰNG", "ỦY BAN NHÂN DÂN\nXÃ HƯNG ĐẠO", place="Hưng Đạo, ngày 15 tháng 9 năm 2025"), ("Xã Hưng Đạo", "*", "Cao Bằng")),
    ("Cần Thơ, name with a number", Letter("UBND THÀNH PHỐ CẦN THƠ", "UBND PHƯỜNG LONG PHÚ 1", place="Long Phú 1, ngày 15 tháng 9 năm 2025"), ("Phường Long Phú 1", "31480", "Cần Thơ")),
    ("Đà Nẵng, abbreviated kind", Letter("UBND TP ĐÀ NẴNG", "UBND P. THANH KHÊ", place="Thanh Khê, ngày 15 tháng 9 năm 2025"), ("Phường Thanh Khê", "*", "Đà Nẵng")),
    ("Huế, old tone placement", Letter("UỶ BAN NHÂN DÂN\nTHÀNH PHỐ HUẾ", "UỶ BAN NHÂN DÂN\nPHƯỜNG THUẬN HOÁ", place="Thuận Hoá, ngày 15 tháng 9 năm 2025"), ("Phường Thuận Hóa", "*", "Huế")),
    ("Huế, number at the end", Letter("UBND THÀNH PHỐ HUẾ", "UBND XÃ A LƯỚI 3", place="A Lưới 3, ngày 15 tháng 9 năm 2025"), ("Xã A Lưới 3", "20071", "Huế")),
    ("Lâm Đồng, dash of another kind", Letter("UBND TỈNH LÂM ĐỒNG", "ỦY BAN NHÂN DÂN\nPHƯỜNG XUÂN HƯƠNG – ĐÀ LẠT", place="Xuân Hương – Đà Lạt, ngày 15 tháng 9 năm 2025"), ("Phường Xuân Hương - Đà Lạt", "24781", "Lâm Đồng")),
    ("Lâm Đồng, dash without blanks", Letter("UBND TỈNH LÂM ĐỒNG", "UBND PHƯỜNG CAM LY-ĐÀ LẠT", place="Cam Ly-Đà Lạt, ngày 15 tháng 9 năm 2025"), ("Phường Cam Ly - Đà Lạt", "*", "Lâm Đồng")),
    ("Lâm Đồng, number first", Letter("UBND TỈNH LÂM ĐỒNG", "ỦY BAN NHÂN DÂN\nPHƯỜNG 1 BẢO LỘC", place="Phường 1 Bảo Lộc, ngày 15 tháng 9 năm 2025"), ("Phường 1 Bảo Lộc", "24823", "Lâm Đồng")),
    ("An Giang, special zone", Letter("UBND TỈNH AN GIANG", "ỦY BAN NHÂN DÂN\nĐẶC KHU PHÚ QUỐC", place="Phú Quốc, ngày 15 tháng 9 năm 2025"), ("Đặc khu Phú Quốc", "*", "An Giang")),
    ("Thanh Hóa, folded twin is a phường", Letter("UBND TỈNH THANH HOÁ", "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG TIẾN", place="Đồng Tiến, ngày 15 tháng 9 năm 2025"), ("Xã Đồng Tiến", "*", "Thanh Hóa")),
    ("Đắk Lắk, typographic apostrophe", Letter("UBND TỈNH ĐẮK LẮK", "ỦY BAN NHÂN DÂN\nXÃ EA H’LEO", place="Ea H’Leo, ngày 15 tháng 9 năm 2025"), ("Xã Ea H'Leo", "*", "Đắk Lắk")),
    ("Đắk Lắk, one syllable and letters M'", Letter("UBND TỈNH ĐẮK LẮK", "UBND XÃ M'DRẮK", place="M'Drắk, ngày 15 tháng 9 năm 2025"), ("Xã M'Drắk", "*", "Đắk Lắk")),
    ("Quảng Ngãi, folded twin Sơn Hạ", Letter("UBND TỈNH QUẢNG NGÃI", "UBND XÃ SƠN HÀ", place="Sơn Hà, ngày 15 tháng 9 năm 2025"), ("Xã Sơn Hà", "*", "Quảng Ngãi")),
    ("Hải Phòng, Cẩm Giàng", Letter("UBND THÀNH PHỐ HẢI PHÒNG", "UBND XÃ CẨM GIÀNG", place="Cẩm Giàng, ngày 15 tháng 9 năm 2025"), ("Xã Cẩm Giàng", "*", "Hải Phòng")),
    ("Hải Phòng, Cẩm Giang", Letter("UBND THÀNH PHỐ HẢI PHÒNG", "UBND XÃ CẨM GIANG", place="Cẩm Giang, ngày 15 tháng 9 năm 2025"), ("Xã Cẩm Giang", "10888", "Hải Phòng")),
    ("Hải Phòng, longer name that holds another", Letter("", "ỦY BAN NHÂN DÂN\nPHƯỜNG TRẦN HƯNG ĐẠO, THÀNH PHỐ HẢI PHÒNG", place="Trần Hưng Đạo, ngày 15 tháng 9 năm 2025"), ("Phường Trần Hưng Đạo", "*", "Hải Phòng")),
    ("Hải Phòng, name of an abolished province", Letter("UBND THÀNH PHỐ HẢI PHÒNG", "UBND XÃ HÀ NAM", place="Hà Nam, ngày 15 tháng 9 năm 2025"), ("Xã Hà Nam", "*", "Hải Phòng")),
    ("Hải Phòng, ward named like an abolished province", Letter("", "ỦY BAN NHÂN DÂN\nPHƯỜNG HẢI DƯƠNG", place="Hải Dương, ngày 15 tháng 9 năm 2025"), ("Phường Hải Dương", "10525", "Hải Phòng")),
    ("Bắc Ninh, name that is in Hải Phòng too", Letter("UBND TỈNH BẮC NINH", "UBND XÃ ĐẠI SƠN", place="Đại Sơn, ngày 15 tháng 9 năm 2025"), ("Xã Đại Sơn", "07627", "Bắc Ninh")),
    ("only „UBND tỉnh“ tells which of the two", Letter("", "UBND XÃ ĐẠI SƠN", place="Đại Sơn, ngày 15 tháng 9 năm 2025", recipients="Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT."), ("Xã Đại Sơn", "07627", "Bắc Ninh")),
    ("Tuyên Quang, number", Letter("UBND TỈNH TUYÊN QUANG", "UBND PHƯỜNG HÀ GIANG 2", place="Hà Giang 2, ngày 15 tháng 9 năm 2025"), ("Phường Hà Giang 2", "00691", "Tuyên Quang")),
    ("Đồng Tháp, name found ten times in the country", Letter("UBND TỈNH TÂY NINH", "UBND PHƯỜNG TÂN AN", place="Tân An, ngày 15 tháng 9 năm 2025"), ("Phường Tân An", "*", "Tây Ninh")),
    ("a wrong kind word: the list's kind", Letter("UBND THÀNH PHỐ HẢI PHÒNG", "UBND XÃ LÊ CHÂN", place="Lê Chân, ngày 15 tháng 9 năm 2025"), ("Phường Lê Chân", "11383", "Hải Phòng")),
    ("accents lost", Letter("UBND THANH PHO HAI PHONG", "UBND PHUONG LE CHAN", place="Le Chan, ngay 15 thang 9 nam 2025"), ("Phường Lê Chân", "11383", "Hải Phòng")),
    ("one accent misread", Letter("UBND THÀNH PHỐ HẢI PHÒNG", "UBND PHƯỜNG NGÔ QUYẾN", place="Ngô Quyền, ngày 15 tháng 9 năm 2025"), ("Phường Ngô Quyền", "11329", "Hải Phòng")),
    ("Lào Cai, ward Trung Tâm is a real one", Letter("UBND TỈNH LÀO CAI", "ỦY BAN NHÂN DÂN\nPHƯỜNG TRUNG TÂM", place="Trung Tâm, ngày 15 tháng 9 năm 2025"), ("Phường Trung Tâm", "*", "Lào Cai")),
    ("district before 1 July 2025", Letter("UBND TỈNH HẢI DƯƠNG", "ỦY BAN NHÂN DÂN\nHUYỆN TỨ KỲ", place="Tứ Kỳ, ngày 15 tháng 9 năm 2024", title="Công tác kiểm soát thủ tục hành chính quý III năm 2024"), ("Huyện Tứ Kỳ", None, "Hải Dương")),
    ("urban district of a city", Letter("UBND THÀNH PHỐ HẢI PHÒNG", "ỦY BAN NHÂN DÂN\nQUẬN LÊ CHÂN", place="Lê Chân, ngày 15 tháng 9 năm 2024", title="Công tác kiểm soát thủ tục hành chính quý III năm 2024"), ("Quận Lê Chân", None, "Hải Phòng")),
    ("town", Letter("", "ỦY BAN NHÂN DÂN\nTHỊ XÃ KINH MÔN", place="Kinh Môn, ngày 15 tháng 9 năm 2024", title="Công tác kiểm soát thủ tục hành chính quý III năm 2024"), ("Thị xã Kinh Môn", None, "Hải Dương")),
    ("city within a city", Letter("UBND THÀNH PHỐ HỒ CHÍ MINH", "UBND THÀNH PHỐ THỦ ĐỨC", place="Thủ Đức, ngày 15 tháng 9 năm 2024", title="Công tác kiểm soát thủ tục hành chính quý III năm 2024"), ("Thành phố Thủ Đức", None, "Hồ Chí Minh")),
    ("numbered district", Letter("UBND THÀNH PHỐ HỒ CHÍ MINH", "UBND QUẬN 3", place="Quận 3, ngày 15 tháng 9 năm 2024", title="Công tác kiểm soát thủ tục hành chính quý III năm 2024"), ("Quận 3", None, "Hồ Chí Minh")),
    ("former ward under its district", Letter("UBND QUẬN LÊ CHÂN", "UBND PHƯỜNG VĨNH NIỆM", place="Vĩnh Niệm, ngày 15 tháng 9 năm 2024", title="Công tác kiểm soát thủ tục hành chính quý III năm 2024"), ("Phường Vĩnh Niệm", None, "Hải Phòng")),
    ("former town under its rural district", Letter("UBND HUYỆN VĨNH BẢO", "UBND THỊ TRẤN VĨNH BẢO", place="Vĩnh Bảo, ngày 15 tháng 9 năm 2024", title="Công tác kiểm soát thủ tục hành chính quý III năm 2024"), ("Thị trấn Vĩnh Bảo", None, "Hải Phòng")),
    ("the province itself", Letter("", "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG TRỊ", place="Quảng Trị, ngày 15 tháng 9 năm 2025"), ("Tỉnh Quảng Trị", None, "Quảng Trị")),
]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("why", "letter", "wanted"), LETTERHEADS, ids=[row[0] for row in LETTERHEADS])
def test_letterheads(
    why: str, letter: Letter, wanted: tuple[str, str | None, str | None], layout: str, catalog: Catalog
) -> None:
    name, code, province = wanted
    found = identify(build(letter, layout), catalog)
    if code == "*":
        kind = next(k for k in ("Đặc khu", "Phường", "Xã") if name.startswith(k))
        commune = catalog.units.commune(name.removeprefix(kind + " "), kind, province)
        assert commune is not None
        code = commune.code
    assert (found.issuer, found.issuer_code, found.province) == (name, code, province), found.problems
    assert found.number == "21/BC-UBND"
    year = 2024 if "2024" in letter.place else 2025
    assert found.date in (date(year, 9, 15), date(year, 9, 17))
    assert found.period == f"{year}-Q3"
    assert found.kind == "BC"


BASE = Letter(
    "UBND THÀNH PHỐ HẢI PHÒNG",
    "ỦY BAN NHÂN DÂN\nPHƯỜNG AN BIÊN",
    place="An Biên, ngày 16 tháng 6 năm 2026",
    title="Kết quả kiểm soát thủ tục hành chính quý II năm 2026",
)

# Title, place line, paragraphs → period. Each row a way to say it, or to be misled.
PERIODS: list[tuple[str, str, str, tuple[str, ...], str | None]] = [
    ("quarter with roman number", "Kết quả kiểm soát TTHC quý II năm 2026", "An Biên, ngày 16 tháng 6 năm 2026", (), "2026-Q2"),
    ("quarter with stroke", "Kết quả kiểm soát TTHC Quý 2/2026", "An Biên, ngày 16 tháng 6 năm 2026", (), "2026-Q2"),
    ("next quarter after the tasks", "Kết quả quý II, nhiệm vụ trọng tâm quý III năm 2026", "An Biên, ngày 16 tháng 6 năm 2026", (), "2026-Q2"),
    ("next quarter is of the next year", "Kết quả quý IV, phương hướng quý I năm 2026", "An Biên, ngày 16 tháng 12 năm 2025", (), "2025-Q4"),
    ("tasks done are not tasks to come", "Tình hình triển khai các nhiệm vụ 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2026", "An Biên, ngày 16 tháng 6 năm 2026", (), "2026-H1"),
    ("tasks done, one word between", "Tình hình thực hiện các nhiệm vụ 9 tháng đầu năm, giải pháp 3 tháng cuối năm 2025", "An Biên, ngày 16 tháng 9 năm 2025", (), "2025-9M"),
    ("year and next year", "Tổng kết công tác năm 2025, phương hướng năm 2026", "An Biên, ngày 16 tháng 12 năm 2025", (), "2025"),
    ("month and next month", "Công tác tháng 6, nhiệm vụ tháng 7 năm 2026", "An Biên, ngày 26 tháng 6 năm 2026", (), "2026-M06"),
    ("December and January", "Công tác tháng 12 năm 2025 và nhiệm vụ tháng 01 năm 2026", "An Biên, ngày 26 tháng 12 năm 2025", (), "2025-M12"),
    ("December without its year", "Công tác tháng 12, nhiệm vụ tháng 01/2026", "An Biên, ngày 26 tháng 12 năm 2025", (), "2025-M12"),
    ("quarter and half in one", "Công tác kiểm soát TTHC quý II và 6 tháng đầu năm 2026", "An Biên, ngày 16 tháng 6 năm 2026", (), "2026-Q2"),
    ("a plan's year before the quarter", "Kết quả thực hiện Kế hoạch kiểm soát TTHC năm 2026 trong quý I", "An Biên, ngày 16 tháng 3 năm 2026", (), "2026-Q1"),
    ("no year in the title: the date's", "Kết quả kiểm soát thủ tục hành chính quý II", "An Biên, ngày    tháng 6 năm 2026", (), "2026-Q2"),
    ("no year, fourth quarter reported in January", "Kết quả kiểm soát thủ tục hành chính quý IV", "An Biên, ngày 05 tháng 01 năm 2026", (), "2025-Q4"),
    ("no period in the title: the first sentence", "Công tác kiểm soát thủ tục hành chính", "An Biên, ngày 16 tháng 6 năm 2026", ("Thực hiện Kế hoạch số 4/KH-UBND ngày 05/01/2026 của UBND thành phố, UBND phường An Biên báo cáo kết quả quý II năm 2026 như sau:",), "2026-Q2"),
    ("the order's words where nothing else says it", "Công tác kiểm soát thủ tục hành chính", "An Biên, ngày 16 tháng 6 năm 2026", ("Thực hiện Công văn số 77/VP-KSTT ngày 01/6/2026 của Văn phòng UBND thành phố về việc báo cáo quý II năm 2026, UBND phường An Biên báo cáo như sau:",), "2026-Q2"),
    ("period in parentheses below", "Công tác kiểm soát thủ tục hành chính\n(Quý III năm 2025)", "An Biên, ngày 16 tháng 9 năm 2025", (), "2025-Q3"),
    ("ten months", "Công tác cải cách hành chính 10 tháng năm 2025", "An Biên, ngày 16 tháng 10 năm 2025", (), "2025-10M"),
    ("compared with last year", "Kết quả quý II năm 2026 so với cùng kỳ năm 2025", "An Biên, ngày 16 tháng 6 năm 2026", (), "2026-Q2"),
    ("capitals", "KẾT QUẢ KIỂM SOÁT THỦ TỤC HÀNH CHÍNH QUÝ II NĂM 2026", "An Biên, ngày 16 tháng 6 năm 2026", (), "2026-Q2"),
    ("half of the year in words", "Công tác cải cách hành chính sáu tháng đầu năm 2026", "An Biên, ngày 16 tháng 6 năm 2026", (), "2026-H1"),
    ("a week is no period of the contract", "Công tác tuần 25 năm 2026", "An Biên, ngày 20 tháng 6 năm 2026", (), None),
    ("a holiday is no period", "Giải quyết thủ tục hành chính dịp Tết Nguyên đán năm 2026", "An Biên, ngày 20 tháng 2 năm 2026", (), None),
    ("a programme of the next quarter", "Giải quyết hồ sơ quý II/2026; chương trình công tác quý III/2026", "An Biên, ngày 16 tháng 6 năm 2026", (), "2026-Q2"),
    ("nothing says it", "Công tác kiểm soát thủ tục hành chính", "An Biên, ngày 16 tháng 6 năm 2026", (), None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "title", "place", "body", "period"), PERIODS, ids=[row[0] for row in PERIODS])
def test_periods(why: str, title: str, place: str, body: tuple[str, ...], period: str | None, catalog: Catalog) -> None:
    letter = replace(BASE, title=title, place=place, body=(*body, *BASE.body))
    for layout in ("table", "text"):
        found = identify(build(letter, layout), catalog)
        assert found.period == period, found.problems
        assert not [p for p in found.problems if p.code == "period_conflict"]


# Paragraphs → window; None where the days belong to something else.
WINDOWS: list[tuple[str, str, tuple[str, ...], tuple[str, str] | None]] = [
    ("below the title", "\n(Số liệu lấy từ 15/3 đến hết 12/6/2026)", (), ("2026-03-15", "2026-06-12")),
    ("below the title, without a word", "\n(Từ 15/3/2026 đến 14/6/2026)", (), ("2026-03-15", "2026-06-14")),
    ("a dash", "\n(Kỳ báo cáo 15/3/2026 – 14/6/2026)", (), ("2026-03-15", "2026-06-14")),
    ("after the period in the first sentence", "", ("UBND phường An Biên báo cáo kết quả quý II năm 2026 (từ ngày 15/3/2026 đến hết ngày 14/6/2026) như sau:",), ("2026-03-15", "2026-06-14")),
    ("with hours", "", ("UBND phường An Biên báo cáo, số liệu tính từ 8 giờ ngày 15/3/2026 đến 16 giờ 30 phút ngày 14/6/2026:",), ("2026-03-15", "2026-06-14")),
    ("worded dates", "", ("Thời gian chốt số liệu: từ ngày 15 tháng 3 năm 2026 đến ngày 14 tháng 6 năm 2026.",), ("2026-03-15", "2026-06-14")),
    ("the sentence of the figures", "", ("I. KẾT QUẢ", "Từ ngày 15/3/2026 đến ngày 14/6/2026, Trung tâm đã tiếp nhận 1.204 hồ sơ."), ("2026-03-15", "2026-06-14")),
    ("December of the year before", "\n(Số liệu từ 15/12 đến 14/6/2026)", (), ("2025-12-15", "2026-06-14")),
    ("training days", "", ("I. KẾT QUẢ", "Mở lớp tập huấn từ ngày 04/5/2026 đến ngày 06/5/2026 cho 40 công chức."), None),
    ("inspection days", "", ("I. KẾT QUẢ", "Tổ kiểm tra làm việc từ ngày 04/5/2026 đến ngày 06/5/2026 tại 3 bộ phận."), None),
    ("days of another document", "", ("Thực hiện Kế hoạch số 5/KH-UBND ngày 04/02/2026 và Công văn số 6/UBND-VP ngày 05/3/2026, UBND phường An Biên báo cáo quý II năm 2026:",), None),
    ("years of a programme", "", ("Chương trình giai đoạn 2021 - 2030 tiếp tục được thực hiện.",), None),
    ("a bracket in the first sentence", "", ("UBND phường An Biên báo cáo (giai đoạn từ 15/3/2026 đến 14/6/2026) như sau:",), ("2026-03-15", "2026-06-14")),
    ("hours in brackets", "", ("Số liệu được tính từ 15/3/2026 (00h00) đến 14/6/2026 (23h59).",), ("2026-03-15", "2026-06-14")),
    ("days of the year so far alone", "", ("I. KẾT QUẢ", "Lũy kế từ 15/12/2025 đến 14/6/2026, phường tiếp nhận 500 hồ sơ."), None),
    ("a week of events", "", ("I. KẾT QUẢ", "Tuần lễ chuyển đổi số từ ngày 01/4/2026 đến ngày 14/6/2026, tiếp nhận 30 hồ sơ."), None),
    ("one day of extraction", "", ("Số liệu được trích xuất lúc 17h00 ngày 14/6/2026.",), None),
    ("only a last day", "", ("Tính đến hết ngày 14/6/2026, phường có 391 thủ tục.",), None),
    ("until now", "", ("Số liệu từ ngày 15/3/2026 đến nay.",), None),
    # days in the opening that end where the period's figures are cut, whatever stands round them
    ("days in the opening without a word", "", ("Từ ngày 16/3/2026 đến ngày 15/6/2026, UBND phường An Biên đã tổ chức triển khai công tác kiểm soát TTHC, kết quả như sau:",), ("2026-03-16", "2026-06-15")),
    ("days in the opening, said to be counted", "", ("Tính từ ngày 12/3/2026 đến ngày 10/6/2026, phường An Biên thực hiện các nhiệm vụ như sau:",), ("2026-03-12", "2026-06-10")),
    ("days in the opening that end a month before", "", ("Từ ngày 01/4/2026 đến ngày 02/5/2026, phường An Biên đón đoàn kiểm tra và thực hiện các nhiệm vụ như sau:",), None),
    ("own days and those of the year so far", "", ("Số liệu trong quý từ ngày 15/3/2026 đến ngày 14/6/2026; lũy kế từ ngày 15/12/2025 đến ngày 14/6/2026.",), ("2026-03-15", "2026-06-14")),
]  # fmt: skip


@pytest.mark.parametrize(("why", "remark", "body", "window"), WINDOWS, ids=[row[0] for row in WINDOWS])
def test_windows(
    why: str, remark: str, body: tuple[str, ...], window: tuple[str, str] | None, catalog: Catalog
) -> None:
    found = identify(build(replace(BASE, title=BASE.title + remark, body=(*body, *BASE.body)), "table"), catalog)
    shown = found.window and tuple(day.isoformat() for day in found.window)
    assert shown == window, found.problems
    assert found.period == "2026-Q2"


def found(catalog: Catalog, layout: str = "table", **changes: object) -> Identity:
    return identify(build(replace(BASE, **changes), layout), catalog)  # type: ignore[arg-type]


def codes(identity: Identity) -> list[str]:
    return [p.code for p in identity.problems]


NUMBERS: list[tuple[str, str, str | None]] = [
    ("plain", "Số: 487/BC-UBND", "487/BC-UBND"),
    ("blank", "Số:       /BC-UBND", None),
    ("dots for a blank", "Số: ……/BC-UBND", None),
    ("a blank after the hyphen", "Số: 12/BC- UBND", "12/BC-UBND"),
    ("a long hyphen and blanks", "Số: 12 /BC – UBND", "12/BC-UBND"),
    ("a leading zero", "Số: 05/BC-UBND", "05/BC-UBND"),
    ("a lost hyphen", "Số: 12/BCUBND", "12/BC-UBND"),
    ("no colon", "Số 12/BC-UBND", "12/BC-UBND"),
    ("no word", "12/BC-UBND", "12/BC-UBND"),
    ("a letter after the digits", "Số: 12a/BC-UBND", "12a/BC-UBND"),
    ("a centre's", "Số: 7/BC-TTPVHCC", "7/BC-TTPVHCC"),
    ("an office's", "Số: 7/BC-VP.HĐND&UBND", "7/BC-VP.HĐND&UBND"),
    ("stroke lost with the blank number", "Số: BC-UBND", None),
]


@pytest.mark.parametrize(("why", "line", "number"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_numbers(why: str, line: str, number: str | None, catalog: Catalog) -> None:
    for layout in ("table", "blocks", "mixed", "text"):
        assert found(catalog, layout, number=line).number == number
    assert found(catalog, number=line).kind == "BC"


DATES: list[tuple[str, date | None]] = [
    ("An Biên, ngày 06 tháng 6 năm 2026", date(2026, 6, 6)),
    ("An Biên, ngày 6 tháng 06 năm 2026", date(2026, 6, 6)),
    ("An Biên, ngày      tháng 6 năm 2026", None),
    ("An Biên, ngày … tháng … năm 2026", None),
    ("An Biên, ngày tháng năm 2026", None),
    ("An Biên, 16/6/2026", date(2026, 6, 16)),
    ("An Biên, ngày 16/06/2026", date(2026, 6, 16)),
    ("Phường An Biên, ngày 16 tháng 6 năm 2026", date(2026, 6, 16)),
    ("An Biên , ngày 16 tháng 6 năm 2026.", date(2026, 6, 16)),
    ("An Biên, ngày 31 tháng 6 năm 2026", None),
]


@pytest.mark.parametrize(("place", "day"), DATES)
def test_dates(place: str, day: date | None, catalog: Catalog) -> None:
    for layout in ("table", "blocks", "mixed", "text"):
        assert found(catalog, layout, place=place).date == day


def test_a_day_that_does_not_exist_is_a_problem(catalog: Catalog) -> None:
    assert codes(found(catalog, place="An Biên, ngày 31 tháng 6 năm 2026")) == ["date_invalid"]
    assert codes(found(catalog, place="An Biên, ngày    tháng 6 năm 2026")) == []


def test_plain_text_that_kept_number_and_place_alone(catalog: Catalog) -> None:
    body = ("Thực hiện chế độ báo cáo, Ủy ban nhân dân phường An Biên báo cáo như sau:", "I. KẾT QUẢ")
    identity = found(catalog, "text", body=body)
    assert (identity.issuer, identity.province) == ("Phường An Biên", "Hải Phòng")


def test_place_line_and_the_word_ward_are_enough(catalog: Catalog) -> None:
    body = ("UBND phường báo cáo như sau:", "I. KẾT QUẢ")
    identity = found(catalog, "text", body=body)
    assert (identity.issuer, identity.issuer_code) == (
        "Phường An Biên",
        catalog.units.commune("An Biên", "Phường").code,
    )  # type: ignore[union-attr]


def test_name_of_many_communes_without_a_province_stays_open(catalog: Catalog) -> None:
    identity = found(catalog, parent="", agency="ỦY BAN NHÂN DÂN\nXÃ TÂN AN", place="Tân An, ngày 16 tháng 6 năm 2026")
    assert (identity.issuer, identity.issuer_code, identity.province) == ("Xã Tân An", None, None)
    assert "province_unknown" in codes(identity)


def test_folded_twins_are_not_guessed(catalog: Catalog) -> None:
    identity = found(catalog, agency="UBND XA CAM GIANG", place="Cam Giang, ngay 16 thang 6 nam 2026")
    assert identity.issuer_code is None
    assert codes(identity)


def test_commune_that_the_named_province_does_not_have(catalog: Catalog) -> None:
    identity = found(catalog, parent="UBND TỈNH BẮC NINH")
    assert identity.issuer == "Phường An Biên"
    assert identity.issuer_code is None
    assert "province_conflict" in codes(identity)


def test_unrecognised_commune_is_not_its_province(catalog: Catalog) -> None:
    body = ("Thực hiện Công văn của UBND thành phố Hải Phòng ban hành, UBND xã Bồng Lai Hạ báo cáo như sau:",)
    for layout, agency in (("text", ""), ("table", "UBND XÃ")):
        identity = found(catalog, layout, agency=agency, place="ngày 16 tháng 6 năm 2026", body=body)
        assert (identity.issuer, identity.level) == (None, None)
        assert "issuer_unknown" in codes(identity)


def test_place_alone_names_the_only_unit_that_bears_the_name(catalog: Catalog) -> None:
    quiet = ("I. KẾT QUẢ", "- Tiếp nhận 842 hồ sơ.")
    identity = found(catalog, "text", body=quiet, place="Ngã Bảy, ngày 17 tháng 10 năm 2025", signature="Lê Văn Tám")
    assert (identity.issuer, identity.level) == ("Phường Ngã Bảy", "commune")
    twice = found(catalog, "text", body=quiet, place="Tân Hưng, ngày 17 tháng 10 năm 2025", signature="Lê Văn Tám")
    assert twice.issuer is None  # several wards and communes bear it


def test_a_district_that_no_list_holds_is_named_as_printed(catalog: Catalog) -> None:
    body = (
        "UBND thị xã Cửa Lò tổng hợp kết quả 9 tháng đầu năm 2024 như sau:",
        "- TTHC mới: 16 (cấp huyện 11, cấp xã 05).",
    )
    for layout, agency in (("text", ""), ("table", "ỦY BAN NHÂN DÂN\nTHỊ XÃ CỬA LÒ")):
        identity = found(
            catalog,
            layout,
            parent="UBND TỈNH NGHỆ AN",
            agency=agency,
            body=body,
            title="Kết quả 9 tháng đầu năm 2024",
            place="Cửa Lò, ngày 18 tháng 9 năm 2024",
        )
        assert (identity.issuer, identity.level) == ("Thị xã Cửa Lò", "district")


def test_motto_is_not_a_commune(catalog: Catalog) -> None:
    for layout in LAYOUTS:
        identity = found(catalog, layout, agency="UBND XÃ", place="ngày 16 tháng 6 năm 2026", parent="")
        assert identity.issuer is None
        assert "issuer_unknown" in codes(identity)


def test_common_words_are_not_communes(catalog: Catalog) -> None:
    body = ("UBND phường. Trung tâm phục vụ tốt; xã hội thống nhất, phường thuận lợi.", "I. KẾT QUẢ")
    assert found(catalog, "text", body=body, place="An Biên, ngày 16 tháng 6 năm 2026").issuer == "Phường An Biên"


def test_another_ward_in_the_body_is_a_problem(catalog: Catalog) -> None:
    body = ("Thực hiện kế hoạch, UBND phường Hồng Bàng báo cáo kết quả quý II năm 2026 như sau:", "I. KẾT QUẢ")
    identity = found(catalog, body=body)
    assert identity.issuer == "Phường An Biên"
    assert "issuer_conflict" in codes(identity)


def test_a_ward_mentioned_in_passing_is_no_problem(catalog: Catalog) -> None:
    body = ("I. KẾT QUẢ", "Đã phối hợp với UBND phường Hồng Bàng giải quyết 3 hồ sơ.")
    assert codes(found(catalog, body=body)) == []


def test_another_commune_in_the_place_line_is_a_problem(catalog: Catalog) -> None:
    assert "issuer_conflict" in codes(found(catalog, place="Hồng Bàng, ngày 16 tháng 6 năm 2026"))


def test_another_quarter_in_the_last_sentence_is_a_problem(catalog: Catalog) -> None:
    body = (*BASE.body, "Trên đây là báo cáo quý I năm 2026 của UBND phường An Biên./.")
    identity = found(catalog, body=body)
    assert identity.period == "2026-Q2"
    assert codes(identity) == ["period_conflict"]


def test_another_year_in_the_first_sentence_is_a_problem(catalog: Catalog) -> None:
    body = ("UBND phường An Biên báo cáo kết quả quý II năm 2025 như sau:", *BASE.body)
    assert codes(found(catalog, body=body)) == ["period_conflict"]


def test_a_date_before_the_period_is_a_problem(catalog: Catalog) -> None:
    assert codes(found(catalog, place="An Biên, ngày 16 tháng 6 năm 2025")) == ["period_date"]


def test_window_outside_the_period_is_a_problem(catalog: Catalog) -> None:
    identity = found(catalog, title=BASE.title + "\n(Số liệu từ 15/3/2025 đến 14/6/2025)")
    assert identity.window == (date(2025, 3, 15), date(2025, 6, 14))
    assert codes(identity) == ["window_period"]


def test_two_windows_are_a_problem(catalog: Catalog) -> None:
    body = (
        "Số liệu từ ngày 15/3/2026 đến ngày 14/6/2026.",
        "Kỳ số liệu: từ ngày 01/4/2026 đến ngày 14/6/2026.",
        *BASE.body,
    )
    assert codes(found(catalog, body=body)) == ["window_conflict"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_centres_report_is_the_wards_and_internal(layout: str, catalog: Catalog) -> None:
    identity = found(
        catalog, layout,
        parent="ỦY BAN NHÂN DÂN\nXÃ VĨNH BẢO", agency="TRUNG TÂM PHỤC VỤ\nHÀNH CHÍNH CÔNG", number="Số:     /BC-TTPVHCC",
        place="Vĩnh Bảo, ngày 16 tháng 6 năm 2026", signature="GIÁM ĐỐC\nLê Văn Tám",
    )  # fmt: skip
    assert (identity.issuer, identity.internal, identity.province) == ("Xã Vĩnh Bảo", True, "Hải Phòng")
    assert identity.number is None


def test_the_wards_own_report_is_not_internal(catalog: Catalog) -> None:
    body = ("Trung tâm Phục vụ hành chính công phường tiếp nhận hồ sơ.",)
    assert not found(catalog, body=body, recipients="Nơi nhận:\n- Lưu: VT, TTPVHCC.").internal


def test_decision_with_its_plan(catalog: Catalog) -> None:
    body = (
        "CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG AN BIÊN",
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật năm 2025;",
        "QUYẾT ĐỊNH:",
        "Điều 1. Ban hành Kế hoạch kiểm soát thủ tục hành chính năm 2026.",
        "KẾ HOẠCH",
        "Kiểm soát thủ tục hành chính năm 2026",
        "(Kèm theo Quyết định số 9/QĐ-UBND ngày 04/02/2026 của UBND phường)",
        "Thực hiện từ ngày 15/3/2026 đến ngày 30/11/2026.",
    )
    for layout in LAYOUTS:
        identity = found(
            catalog, layout, number="Số:     /QĐ-UBND", heading="QUYẾT ĐỊNH", body=body,
            title="Ban hành Kế hoạch kiểm soát thủ tục hành chính năm 2026", place="An Biên, ngày    tháng 02 năm 2026",
        )  # fmt: skip
        assert (identity.kind, identity.period, identity.window) == ("QD", "2026", None)
        assert (identity.number, identity.date, identity.issuer) == (None, None, "Phường An Biên")
        assert identity.problems == ()


def test_authority_line_names_the_issuer_where_the_letterhead_is_lost(catalog: Catalog) -> None:
    body = ("CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG AN BIÊN", "Căn cứ Kế hoạch của UBND thành phố Hải Phòng;")
    identity = found(catalog, "text", heading="QUYẾT ĐỊNH", title="Ban hành Kế hoạch năm 2026", body=body, place="")
    assert (identity.issuer, identity.kind) == ("Phường An Biên", "QD")


def test_letter_without_a_heading(catalog: Catalog) -> None:
    identity = found(
        catalog, number="Số: 512/UBND-VP\nV/v báo cáo số liệu hồ sơ quý II năm 2026", heading="",
        title="Kính gửi: Văn phòng UBND thành phố",
    )  # fmt: skip
    assert (identity.kind, identity.number, identity.period) == ("CV", "512/UBND-VP", "2026-Q2")


@pytest.mark.parametrize(
    ("heading", "number", "kind"),
    [
        ("BÁO CÁO", "Số: 1/BC-UBND", "BC"),
        ("B Á O   C Á O", "Số: 1/BC-UBND", "BC"),
        ("BÁO CÁO NHANH", "Số: 1/BC-UBND", "BC"),
        ("Báo cáo", "Số: 1/BC-UBND", "BC"),
        ("KẾ HOẠCH", "Số: 1/KH-UBND", "KH"),
        ("QUYẾT ĐỊNH", "Số: 1/QĐ-UBND", "QD"),
        ("TỜ TRÌNH", "Số: 1/TTr-UBND", "other"),
        ("THÔNG BÁO", "Số: 1/TB-UBND", "other"),
    ],
)
def test_kinds(heading: str, number: str, kind: str, catalog: Catalog) -> None:
    identity = found(catalog, heading=heading, number=number)
    assert (identity.kind, codes(identity)) == (kind, [])


def test_heading_and_symbol_that_disagree(catalog: Catalog) -> None:
    identity = found(catalog, heading="BÁO CÁO", number="Số: 1/KH-UBND")
    assert (identity.kind, codes(identity)) == ("BC", ["kind_conflict"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(Thay thế Báo cáo số 480/BC-UBND ngày 10/6/2026 của UBND phường)", "480/BC-UBND"),
        ("Báo cáo này thay thế Báo cáo số 480/BC- UBND ngày 10/6/2026.", "480/BC-UBND"),
        ("UBND phường xin đính chính Báo cáo số 480/BC-UBND ngày 10/6/2026.", "480/BC-UBND"),
        ("Nghị định số 118/2025/NĐ-CP thay thế Nghị định số 61/2018/NĐ-CP.", None),
        ("Đã ban hành Quyết định số 5/QĐ-UBND thay thế Quyết định số 2/QĐ-UBND.", None),
    ],
)
def test_replaced_documents(text: str, number: str | None, catalog: Catalog) -> None:
    assert found(catalog, body=(text, *BASE.body)).replaces == number


def test_district_words_without_a_letterhead(catalog: Catalog) -> None:
    body = ("Theo yêu cầu của UBND tỉnh, UBND thành phố Sa Đéc báo cáo kết quả năm 2023 như sau:", "I. KẾT QUẢ")
    letter = replace(BASE, number="", place="", title="Cải cách thủ tục hành chính năm 2023", body=body)
    identity = identify(build(letter, "text"), catalog)
    assert (identity.issuer, identity.issuer_code, identity.province) == ("Thành phố Sa Đéc", None, "Đồng Tháp")
    assert identity.level == "district"


def test_a_file_that_is_not_such_a_document(catalog: Catalog) -> None:
    identity = identify(
        Document("x", "0", "txt", (Block("p1", "Danh sách mua sắm: 3 quả cam, 2 ổ bánh mì."),)), catalog
    )
    assert (identity.kind, identity.number, identity.date, identity.issuer) == ("other", None, None, None)
    assert (identity.period, identity.window) == (None, None)


def test_an_empty_document(catalog: Catalog) -> None:
    assert identify(Document("x", "0", "txt", ()), catalog).kind == "other"


# What else arrives: changes to the plain letter, its layout, what must come out of it.
ODD: list[tuple[str, str, dict[str, object], dict[str, object]]] = [
    ("the whole letterhead joined in one block", "joined", {"parent": "", "agency": "UBND THÀNH PHỐ HẢI PHÒNG ỦY BAN NHÂN DÂN PHƯỜNG AN BIÊN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 44/BC-UBND An Biên, ngày 16 tháng 6 năm 2026", "number": "", "place": ""}, {"issuer": "Phường An Biên", "number": "44/BC-UBND", "date": date(2026, 6, 16)}),
    ("an electronic signature above it", "table", {"parent": "Ký bởi: Ủy ban nhân dân phường An Biên\nEmail: x@y.gov.vn\nCơ quan: Thành phố Hải Phòng\nThời gian ký: 17.06.2026 15:20:11 +07:00"}, {"issuer": "Phường An Biên", "province": "Hải Phòng", "date": date(2026, 6, 16)}),
    ("time of signature is not the blank date", "blocks", {"parent": "Người ký: Lê Văn Tám\nThời gian ký: 17.06.2026 08:20:11 +07:00", "place": "An Biên, ngày    tháng 6 năm 2026"}, {"date": None}),
    ("a draft's stamp", "blocks", {"parent": "DỰ THẢO LẦN 2\nUBND THÀNH PHỐ HẢI PHÒNG", "number": "Số:     /BC-UBND"}, {"issuer": "Phường An Biên", "number": None, "kind": "BC"}),
    ("another province in the text", "table", {"parent": "", "body": ("UBND phường An Biên báo cáo như sau:", "Học tập kinh nghiệm của UBND tỉnh Quảng Ninh.")}, {"province": "Hải Phòng"}),
    ("one of the provinces named in the text", "table", {"parent": "", "agency": "UBND XÃ TÂN AN", "place": "Tân An, ngày 16 tháng 6 năm 2026", "body": ("UBND xã Tân An báo cáo UBND tỉnh Nghệ An.",)}, {"issuer": "Xã Tân An", "province": "Nghệ An"}),
    ("two of the provinces named in the text", "table", {"parent": "", "agency": "UBND XÃ TÂN AN", "place": "Tân An, ngày 16 tháng 6 năm 2026", "body": ("UBND xã Tân An báo cáo UBND tỉnh Nghệ An.", "Học tập UBND tỉnh Tuyên Quang.")}, {"issuer": "Xã Tân An", "province": None}),
    ("a plan for many years", "table", {"heading": "KẾ HOẠCH", "number": "Số: 3/KH-UBND", "title": "Cải cách hành chính giai đoạn 2026 - 2030"}, {"kind": "KH", "period": None}),
    ("a plan that looks back first", "table", {"heading": "KẾ HOẠCH", "number": "Số: 3/KH-UBND", "title": "Khắc phục hạn chế năm 2025, nâng cao Chỉ số cải cách hành chính năm 2026"}, {"period": "2026"}),
    ("a plan signed in December", "table", {"heading": "KẾ HOẠCH", "number": "Số: 3/KH-UBND", "title": "Kiểm soát thủ tục hành chính năm 2027", "place": "An Biên, ngày 25 tháng 12 năm 2026"}, {"period": "2027", "window": None}),
    ("a plan whose year is in the first sentence", "table", {"heading": "KẾ HOẠCH", "number": "Số: 3/KH-UBND", "title": "Kiểm soát thủ tục hành chính", "body": ("Căn cứ Kế hoạch số 2/KH-UBND ngày 05/01/2026, UBND phường An Biên ban hành Kế hoạch năm 2026 như sau:",)}, {"period": "2026"}),
    ("a report on carrying out a plan", "table", {"title": "Kết quả thực hiện Kế hoạch số 9/KH-UBND ngày 05/01/2026 về kiểm soát thủ tục hành chính 6 tháng đầu năm 2026"}, {"period": "2026-H1", "window": None}),
    ("heading and title in one line of capitals", "table", {"heading": "BÁO CÁO CÔNG TÁC KIỂM SOÁT THỦ TỤC HÀNH CHÍNH QUÝ II NĂM 2026", "title": "UBND phường An Biên báo cáo như sau:"}, {"kind": "BC", "period": "2026-Q2"}),
    ("heading and title in one line", "table", {"heading": "Báo cáo kết quả kiểm soát thủ tục hành chính quý II năm 2026", "title": "Kính gửi: UBND thành phố"}, {"kind": "BC", "period": "2026-Q2"}),
    ("window in the heading of a form", "table", {"body": ("I. KẾT QUẢ", "Biểu số II.06a\nKỳ báo cáo: Quý II/2026 (Từ ngày 15/3/2026 đến ngày 14/6/2026)")}, {"window": (date(2026, 3, 15), date(2026, 6, 14))}),
    ("window after “trong kỳ báo cáo”", "table", {"body": ("I. KẾT QUẢ", "1. Trong kỳ báo cáo (từ 15/3/2026 đến 14/6/2026), phường tiếp nhận 12 hồ sơ.")}, {"window": (date(2026, 3, 15), date(2026, 6, 14))}),
    ("tasks before the window", "table", {"body": ("UBND phường An Biên báo cáo kết quả thực hiện nhiệm vụ quý II năm 2026, số liệu từ ngày 15/3/2026 đến ngày 14/6/2026:",)}, {"window": (date(2026, 3, 15), date(2026, 6, 14))}),
    ("days of a meeting", "table", {"body": ("I. KẾT QUẢ", "Trong kỳ, phường tổ chức hội nghị từ ngày 04/5/2026 đến ngày 06/5/2026.")}, {"window": None}),
    ("days of a fault", "table", {"body": ("I. KẾT QUẢ", "Từ ngày 04/5/2026 đến ngày 08/5/2026, do lỗi phần mềm nên 12 hồ sơ chậm giải quyết.")}, {"window": None}),
    ("window without years", "table", {"body": ("UBND phường báo cáo quý II năm 2026 (số liệu từ 15/3 đến 14/6) như sau:",)}, {"window": (date(2026, 3, 15), date(2026, 6, 14))}),
    ("name that is longer than a listed one", "table", {"parent": "UBND TỈNH LÂM ĐỒNG", "agency": "UBND XÃ BỒNG LAI HẠ", "place": "Bồng Lai Hạ, ngày 16 tháng 6 năm 2026"}, {"issuer": "Xã Bồng Lai Hạ", "issuer_code": None, "province": "Lâm Đồng"}),
    ("a centre that only its symbol tells", "text", {"number": "Số:     /BC-TTPVHCC", "body": ("Thực hiện yêu cầu của UBND phường, Trung tâm Phục vụ hành chính công báo cáo như sau:", "Công văn số 3/UBND-VP ngày 05/6/2026 của UBND phường An Biên")}, {"issuer": "Phường An Biên", "internal": True}),
    ("a centre that only its signature tells", "text", {"number": "", "body": ("Trung tâm Phục vụ hành chính công phường An Biên báo cáo như sau:",), "signature": "GIÁM ĐỐC\nLê Văn Tám"}, {"issuer": "Phường An Biên", "internal": True}),
    ("right column first", "blocks", {"parent": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "agency": "Độc lập – Tự do – Hạnh phúc\nAn Biên, ngày 16 tháng 6 năm 2026\nUBND PHƯỜNG AN BIÊN", "place": ""}, {"issuer": "Phường An Biên", "date": date(2026, 6, 16)}),
    ("place line in capitals", "table", {"place": "AN BIÊN, NGÀY 16 THÁNG 6 NĂM 2026"}, {"date": date(2026, 6, 16)}),
    ("a year of five digits", "table", {"place": "An Biên, ngày 16 tháng 6 năm 20226"}, {"date": None}),
    ("place line over two lines", "table", {"place": "An Biên, ngày 16 tháng 6\nnăm 2026"}, {"date": date(2026, 6, 16)}),
    ("number over two lines", "table", {"number": "Số:\n21/BC-UBND"}, {"number": "21/BC-UBND"}),
    ("a slip in “Ủy ban”", "table", {"agency": "ỦY BẢN NHÂN DÂN\nPHƯỜNG AN BIÊN"}, {"issuer": "Phường An Biên", "province": "Hải Phòng"}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "layout", "changes", "wanted"), ODD, ids=[row[0] for row in ODD])
def test_odd_documents(
    why: str, layout: str, changes: dict[str, object], wanted: dict[str, object], catalog: Catalog
) -> None:
    identity = found(catalog, layout, **changes)
    assert {name: getattr(identity, name) for name in wanted} == wanted, identity.problems


def test_decomposed_accents_change_nothing(catalog: Catalog) -> None:
    def decomposed(text: str) -> str:
        return unicodedata.normalize("NFD", text)

    letter = replace(
        BASE, parent=decomposed(BASE.parent), agency=decomposed(BASE.agency), place=decomposed(BASE.place),
        heading=decomposed(BASE.heading), title=decomposed(BASE.title),
    )  # fmt: skip
    for layout in LAYOUTS:
        identity = identify(build(letter, layout), catalog)
        assert replace(identity, title="") == replace(identify(build(BASE, layout), catalog), title="")


OLD = Letter(
    "UBND HUYỆN THANH HÀ", "UBND XÃ TÂN AN", place="Tân An, ngày 15 tháng 9 năm 2024", title="Công tác quý III năm 2024"
)

# Before 1 July 2025, and those who are no commune: letter, layout, issuer, province, level.
LEVELS: list[tuple[str, Letter, str, tuple[str, str, str]]] = [
    ("a former commune, its district in the letterhead", OLD, "table", ("Xã Tân An", "Hải Dương", "commune")),
    ("a former commune, place line and recipients alone", replace(OLD, body=("UBND xã báo cáo UBND huyện như sau:",), recipients="Nơi nhận:\n- UBND huyện Thanh Hà;\n- Lưu."), "text", ("Xã Tân An", "Hải Dương", "commune")),
    ("a district, place line alone", Letter(place="Thanh Hà, ngày 15 tháng 9 năm 2024", title=OLD.title, body=("UBND huyện báo cáo UBND tỉnh như sau:", "UBND các xã đã niêm yết thủ tục.")), "text", ("Huyện Thanh Hà", "Hải Dương", "district")),
    ("Huế as a city of a province", Letter("UBND TỈNH THỪA THIÊN HUẾ", "UBND THÀNH PHỐ HUẾ", place="Huế, ngày 15 tháng 9 năm 2024", title=OLD.title), "table", ("Thành phố Huế", "Huế", "district")),
    ("a district that was a city at the end", Letter("UBND THÀNH PHỐ HẢI PHÒNG", "UBND HUYỆN THỦY NGUYÊN", place="Thủy Nguyên, ngày 15 tháng 9 năm 2023", title=OLD.title), "table", ("Huyện Thủy Nguyên", "Hải Phòng", "district")),
    ("a department", Letter("UBND THÀNH PHỐ HẢI PHÒNG", "SỞ NỘI VỤ", "Số: 5/BC-SNV", "Hải Phòng, ngày 15 tháng 9 năm 2025"), "table", ("Sở Nội vụ", "Hải Phòng", "province")),
    ("the city itself", Letter("", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG", place="Hải Phòng, ngày 15 tháng 9 năm 2025"), "table", ("Thành phố Hải Phòng", "Hải Phòng", "province")),
    ("the city itself, plain text", Letter(place="Hải Phòng, ngày 15 tháng 9 năm 2025", body=("UBND thành phố Hải Phòng báo cáo như sau:",)), "text", ("Thành phố Hải Phòng", "Hải Phòng", "province")),
]  # fmt: skip


@pytest.mark.parametrize(("why", "letter", "layout", "wanted"), LEVELS, ids=[row[0] for row in LEVELS])
def test_levels(why: str, letter: Letter, layout: str, wanted: tuple[str, str, str], catalog: Catalog) -> None:
    identity = identify(build(letter, layout), catalog)
    assert (identity.issuer, identity.province, identity.level) == wanted
    assert identity.issuer_code is None


def test_a_district_after_its_end_is_a_problem(catalog: Catalog) -> None:
    letter = Letter("UBND TỈNH HẢI DƯƠNG", "UBND HUYỆN TỨ KỲ", place="Tứ Kỳ, ngày 15 tháng 9 năm 2025")
    assert codes(identify(build(letter, "table"), catalog)) == ["issuer_level"]


def test_two_documents_in_one_file_are_a_problem(catalog: Catalog) -> None:
    assert codes(found(catalog, body=("Nội dung.", "Số: 99/BC-UBND", "BÁO CÁO"))) == ["several_documents"]


SENTENCES = [(why, letter, wanted) for why, letter, wanted in LETTERHEADS if wanted[2] and "Tỉnh" not in wanted[0]]


@pytest.mark.parametrize(("why", "letter", "wanted"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_first_sentence_alone(
    why: str, letter: Letter, wanted: tuple[str, str | None, str | None], catalog: Catalog
) -> None:
    """Plain text that has lost its letterhead: every unit is known from the sentence that introduces it."""
    province = catalog.units.province(wanted[2] or "")
    above = "thành phố" if province and province.kind == "Thành phố" else "tỉnh"
    name = wanted[0][0].lower() + wanted[0][1:]
    order = f"Thực hiện Công văn số 12/VP-KSTT của Văn phòng UBND {above} {wanted[2]}, UBND {name} báo cáo như sau:"
    letter = replace(letter, body=(order, *BASE.body, f"UBND {name} kính báo cáo./."))
    identity = identify(build(letter, "text"), catalog)
    assert (identity.issuer, identity.province) == (wanted[0], wanted[2]), identity.problems


SHARED = Path(__file__).parents[2] / "shared" / "corpus"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled documents are not beside the checkout")
@pytest.mark.parametrize("suffix", [".docx", ".txt", ".pdf"])
def test_labelled_documents(suffix: str, catalog: Catalog) -> None:
    wrong = []
    for case in sorted((SHARED / "cases").glob("*.json")):
        gold = json.loads(case.read_text(encoding="utf-8"))["gold"]
        files = [SHARED / "files" / (case.stem + suffix)]
        files += [p for p in (SHARED / "seeds").glob(f"{case.stem}_*{suffix}") if not _unfit(p)]
        for path in files:
            if not path.is_file():
                continue
            identity = identify(readers.read(path), catalog)
            got = {
                "kind": identity.kind, "issuer": identity.issuer, "province": identity.province,
                "number": identity.number, "date": identity.date and identity.date.isoformat(),
                "period": identity.period, "window": identity.window and [d.isoformat() for d in identity.window],
            }  # fmt: skip
            wrong += [(path.name, name, value, gold[name]) for name, value in got.items() if value != gold[name]]
    assert wrong == []


def _unfit(path: Path) -> bool:
    """Scans and fonts without Unicode are the readers' matter."""
    return "scan" in path.name or "tcvn3" in path.name
