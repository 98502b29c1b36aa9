# ruff: noqa: E501  rows of tables stay on one line, so that the eye compares columns
"""Plans of every family and shape, made up for this project, with the rows a careful reader would write down.

Expected rows are "section|number|task|lead|partners|product|deadline|kind first..last|targets"; an empty part is
an empty cell. Every table is read once with its merged cells and, where no cell is merged downwards, once more as
a text file shows it: without merges and without line breaks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.catalog import Catalog
from extractor.find.plans import find_plan_rows, split_units
from extractor.model import Block, Cell, Document, Identity, Kind, PlanRow, Table
from extractor.readers import read as read_file

CATALOG = Catalog(Path(__file__).parents[1] / "patterns")
Grid = list[list[str | None]]
Merge = tuple[int, int, int, int]


def table(name: str, rows: Grid, merges: Sequence[Merge] = (), merged: bool = True) -> Table:
    """A table from texts; a position covered by a merge (top, left, bottom, right) holds None."""
    spans = {(top, left): (bottom, right) for top, left, bottom, right in merges} if merged else {}
    cells = []
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            if text is None and merged:
                continue
            bottom, right = spans.get((r, c), (r, c))
            raw = text or ""
            block = Block(f"{name}r{r + 1}c{c + 1}", raw if merged else raw.replace("\n", " "))
            cells.append(Cell(block, r, c, bottom - r + 1, right - c + 1))
    return Table(name, len(rows), len(rows[0]), tuple(cells))


def document(*content: str | tuple[Grid, Sequence[Merge]], merged: bool = True) -> Document:
    items: list[Block | Table] = []
    for i, part in enumerate(content, 1):
        items.append(Block(f"p{i}", part) if isinstance(part, str) else table(f"t{i}", part[0], part[1], merged))
    return Document("plan", "", "docx" if merged else "txt", tuple(items))


def read(doc: Document, kind: Kind = "KH", period: str = "2026") -> tuple[PlanRow, ...]:
    return find_plan_rows(doc, Identity(kind=kind, period=period), CATALOG)


def line(row: PlanRow) -> str:
    """A row as the tests write it down."""

    def day(value: date | None) -> str:
        return value.isoformat() if value else ""

    days = f" {day(row.deadline_start)}..{day(row.deadline_end)}" if row.deadline_start or row.deadline_end else ""
    targets = " ".join(f"{t.op}{t.value}{'%' if t.unit == 'percent' else ''}" for t in row.targets)
    parts = [row.section, row.number, row.task, row.lead, row.partners, row.product, row.deadline]
    return "|".join([*parts, row.deadline_kind + days, targets])


def lines(text: str) -> list[str]:
    return [part.strip() for part in text.strip().splitlines()]


# ------------------------------------------------------------------------------------------------------------------

HEAD6 = ["STT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Kết quả đầu ra", "Thời hạn"]

PLANS: dict[str, tuple[list[str | tuple[Grid, Sequence[Merge]]], str]] = {}

PLANS["KSTTHC, Nghệ An: columns in the usual order, a letter for each section, leading zeros"] = (
    [
        "PHỤ LỤC",
        (
            [
                ["TT", "Nội dung", "Đơn vị thực hiện", "Đơn vị phối hợp", "Thời gian thực hiện", "Sản phẩm", "Ghi chú"],
                ["A", "CÔNG TÁC CHỈ ĐẠO", None, None, None, None, None],
                ["01", "Lập kế hoạch tháng", "Văn phòng", "Các phòng", "Trước ngày 25 hằng tháng", "Kế hoạch", ""],
                ["02", "Họp rà soát hồ sơ trễ", "Trung tâm PVHCC", "", "Hằng tuần", "Biên bản", "Họp trực tuyến"],
                ["B", "NGHIỆP VỤ", None, None, None, None, None],
                ["01", "Niêm yết đủ 100% thủ tục", "Trung tâm PVHCC", "Các xóm", "Thường xuyên", "Bảng niêm yết", ""],
                ["", "Tổng cộng", "", "", "", "", ""],
            ],
            [(1, 1, 1, 6), (4, 1, 4, 6)],
        ),
    ],
    """
    A|01|Lập kế hoạch tháng|Văn phòng|Các phòng|Kế hoạch|Trước ngày 25 hằng tháng|periodic|
    A|02|Họp rà soát hồ sơ trễ|Trung tâm PVHCC|||Hằng tuần|periodic|
    B|01|Niêm yết đủ 100% thủ tục|Trung tâm PVHCC|Các xóm|Bảng niêm yết|Thường xuyên|continuous|=100%
    """.replace("Trung tâm PVHCC|||Hằng tuần", "Trung tâm PVHCC||Biên bản|Hằng tuần"),
)

PLANS["CCHC, Cần Thơ: two heading rows, lead over two columns, time over two columns"] = (
    [
        (
            [
                ["STT", "Nhiệm vụ", "Cơ quan thực hiện", None, "Sản phẩm", "Thời gian", None],
                [None, None, "Chủ trì", "Phối hợp", None, "Bắt đầu", "Hoàn thành"],
                ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
                ["I", "Cải cách thể chế", None, None, None, None, None],
                ["1", "Rà soát văn bản cũ", "Văn phòng", "Phòng Kinh tế", "Danh mục", "01/3/2026", "30/6/2026"],
                ["2", "Theo dõi thi hành luật", "Phòng Kinh tế", "", "Báo cáo", "Tháng 4/2026", "Tháng 10/2026"],
                ["II", "Cải cách tổ chức bộ máy", None, None, None, None, None],
                ["1", "Sắp xếp vị trí việc làm", "Văn phòng", "Các phòng", "Đề án", "", "31/12/2026"],
            ],
            [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4), (0, 5, 0, 6), (3, 1, 3, 6), (6, 1, 6, 6)],
        )
    ],
    """
    I|1|Rà soát văn bản cũ|Văn phòng|Phòng Kinh tế|Danh mục|01/3/2026 - 30/6/2026|range 2026-03-01..2026-06-30|
    I|2|Theo dõi thi hành luật|Phòng Kinh tế||Báo cáo|Tháng 4/2026 - Tháng 10/2026|range 2026-04-01..2026-10-31|
    II|1|Sắp xếp vị trí việc làm|Văn phòng|Các phòng|Đề án|31/12/2026|date ..2026-12-31|
    """,
)

PLANS["truyền thông, Huế: quarters to tick, lead and partners in one column"] = (
    [
        (
            [
                [
                    "Số TT",
                    "Nội dung truyền thông",
                    "Chủ trì/Phối hợp",
                    "Thời gian thực hiện năm 2026",
                    None,
                    None,
                    None,
                    "Số lượng",
                ],
                [None, None, None, "Quý I", "Quý II", "Quý III", "Quý IV", None],
                [
                    "1",
                    "Phát thanh về dịch vụ công",
                    "Đài truyền thanh\nTrung tâm PVHCC",
                    "x",
                    "x",
                    "x",
                    "x",
                    "48 bản tin",
                ],
                [
                    "2",
                    "Tập huấn tổ công nghệ số",
                    "Phòng Văn hóa - Xã hội\nĐoàn Thanh niên",
                    "",
                    "X",
                    "",
                    "",
                    "≥ 02 lớp",
                ],
                ["3", "Hội thi tìm hiểu", "Đoàn Thanh niên", "", "", "✓", "✓", "01 cuộc"],
            ],
            [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 6), (0, 7, 1, 7)],
        )
    ],
    """
    |1|Phát thanh về dịch vụ công|Đài truyền thanh|Trung tâm PVHCC||Quý I/2026, Quý II/2026, Quý III/2026, Quý IV/2026|range 2026-01-01..2026-12-31|=48
    |2|Tập huấn tổ công nghệ số|Phòng Văn hóa - Xã hội|Đoàn Thanh niên||Quý II/2026|quarter 2026-04-01..2026-06-30|>=2
    |3|Hội thi tìm hiểu|Đoàn Thanh niên|||Quý III/2026, Quý IV/2026|range 2026-07-01..2026-12-31|=1
    """,
)

PLANS["rà soát TTHC, Lâm Đồng: a list of procedures with who reviews them and when"] = (
    [
        (
            [
                ["STT", "Tên TTHC", "Lĩnh vực", "Căn cứ pháp lý", "Cơ quan rà soát", "Thời gian rà soát", None],
                [None, None, None, None, None, "Bắt đầu", "Hoàn thành"],
                [
                    "1",
                    "Đăng ký khai sinh",
                    "Hộ tịch",
                    "Luật Hộ tịch",
                    "Phòng Văn hóa - Xã hội",
                    "15/3/2026",
                    "15/5/2026",
                ],
                [
                    "2",
                    "Cấp giấy phép xây dựng nhà ở riêng lẻ",
                    "Xây dựng",
                    "NĐ 175/2024/NĐ-CP",
                    "Phòng Kinh tế",
                    "01/4/2026",
                    "30/6/2026",
                ],
            ],
            [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 1, 3), (0, 4, 1, 4), (0, 5, 0, 6)],
        )
    ],
    """
    |1|Đăng ký khai sinh|Phòng Văn hóa - Xã hội|||15/3/2026 - 15/5/2026|range 2026-03-15..2026-05-15|
    |2|Cấp giấy phép xây dựng nhà ở riêng lẻ|Phòng Kinh tế|||01/4/2026 - 30/6/2026|range 2026-04-01..2026-06-30|
    """,
)

PLANS["kiểm tra, Gia Lai: lead, partners and time merged over the rows they hold for"] = (
    [
        (
            [
                ["TT", "Nội dung kiểm tra", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"],
                ["1", "Kiểm tra niêm yết thủ tục", "Biên bản", "Văn phòng", "Công an xã", "Quý II/2026"],
                ["2", "Kiểm tra luân chuyển hồ sơ", "Biên bản", None, None, None],
                ["3", "Kiểm tra thu phí, lệ phí", "Thông báo kết luận", None, "Thuế cơ sở", None],
                ["4", "Phúc tra việc khắc phục", "Báo cáo", "Thanh tra nhân dân", None, "Tháng 11/2026"],
            ],
            [(1, 3, 3, 3), (1, 4, 2, 4), (1, 5, 3, 5), (3, 4, 4, 4)],
        )
    ],
    """
    |1|Kiểm tra niêm yết thủ tục|Văn phòng|Công an xã|Biên bản|Quý II/2026|quarter 2026-04-01..2026-06-30|
    |2|Kiểm tra luân chuyển hồ sơ|Văn phòng|Công an xã|Biên bản|Quý II/2026|quarter 2026-04-01..2026-06-30|
    |3|Kiểm tra thu phí, lệ phí|Văn phòng|Thuế cơ sở|Thông báo kết luận|Quý II/2026|quarter 2026-04-01..2026-06-30|
    |4|Phúc tra việc khắc phục|Thanh tra nhân dân|Thuế cơ sở|Báo cáo|Tháng 11/2026|month 2026-11-01..2026-11-30|
    """,
)

PLANS["766, Quảng Ninh: parents without a lead, tasks 1.1, a target column, a torn row"] = (
    [
        (
            [
                ["STT", "Nhiệm vụ, giải pháp", "Mục tiêu năm 2026", "Người phụ trách", "Tiến độ", "Kết quả"],
                ["I", "Công khai, minh bạch", "", "", "", ""],
                ["1", "Niêm yết, công khai TTHC", "", "", "", ""],
                [
                    "1.1",
                    "Cập nhật thủ tục mới trong 03 ngày làm việc",
                    "100%",
                    "Bà Lan",
                    "Thường xuyên",
                    "Thủ tục được",
                ],
                ["", "kể từ ngày có quyết định công bố", "", "", "", "niêm yết"],
                ["1.2", "Gắn mã QR cho thủ tục nhiều hồ sơ", "≥ 40 thủ tục", "Ông Minh", "Quý I", "Mã QR"],
                ["2", "Tiến độ giải quyết", "", "", "", ""],
                ["2.1", "Giảm hồ sơ trễ hạn", "< 0,5%", "Bà Lan", "nt", "Báo cáo"],
            ],
            [],
        )
    ],
    """
    I|1.1|Cập nhật thủ tục mới trong 03 ngày làm việc kể từ ngày có quyết định công bố|Bà Lan||Thủ tục được niêm yết|Thường xuyên|continuous|=100%
    I|1.2|Gắn mã QR cho thủ tục nhiều hồ sơ|Ông Minh||Mã QR|Quý I|quarter 2026-01-01..2026-03-31|>=40
    I|2.1|Giảm hồ sơ trễ hạn|Bà Lan||Báo cáo|Quý I|quarter 2026-01-01..2026-03-31|<=0.5%
    """,
)

PLANS["chuyển đổi số, Khánh Hòa: unit of measure apart, an indicator table without leads left alone"] = (
    [
        "Các chỉ tiêu chính:",
        (
            [
                ["STT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện năm 2025", "Kế hoạch năm 2026"],
                ["1", "Hồ sơ trực tuyến", "%", "61", "80"],
                ["2", "Điểm wifi", "điểm", "3", "9"],
            ],
            [],
        ),
        "Các nhiệm vụ:",
        (
            [
                ["STT", "Nhiệm vụ", "ĐVT", "Kế hoạch năm 2026", "Đơn vị chủ trì", "Thời gian hoàn thành"],
                ["1", "Nộp hồ sơ trực tuyến", "%", "80", "Trung tâm PVHCC", "31/12/2026"],
                ["2", "Lắp wifi công cộng", "điểm", "9", "Phòng Kinh tế", "Tháng 8"],
                ["3", "Cấp chữ ký số cho người dân", "người", "1.200", "Công an phường", "Cả năm"],
            ],
            [],
        ),
    ],
    """
    |1|Nộp hồ sơ trực tuyến|Trung tâm PVHCC|||31/12/2026|date ..2026-12-31|=80%
    |2|Lắp wifi công cộng|Phòng Kinh tế|||Tháng 8|month 2026-08-01..2026-08-31|=9
    |3|Cấp chữ ký số cho người dân|Công an phường|||Cả năm|continuous|=1200
    """,
)

PLANS["KSTTHC, Thái Nguyên: sections merged over the whole table with their roman inside, unnumbered tasks"] = (
    [
        (
            [
                HEAD6,
                ["I. Rà soát, đơn giản hóa", None, None, None, None, None],
                ["", "Rà soát thủ tục đất đai", "Phòng Kinh tế", "Trung tâm PVHCC", "Phương án", "Trước 30/7"],
                ["-", "Đề xuất bỏ ít nhất 03 loại giấy tờ", "Các phòng", "", "Văn bản kiến nghị", "30/9"],
                ["II. Truyền thông", None, None, None, None, None],
                [
                    "",
                    "Viết tin cho trang thông tin",
                    "Phòng Văn hóa - Xã hội",
                    "",
                    "Tối thiểu 24 tin, bài",
                    "Trong năm 2026",
                ],
                ["* Ghi chú: thời gian có thể thay đổi", None, None, None, None, None],
            ],
            [(1, 0, 1, 5), (4, 0, 4, 5), (6, 0, 6, 5)],
        )
    ],
    """
    I||Rà soát thủ tục đất đai|Phòng Kinh tế|Trung tâm PVHCC|Phương án|Trước 30/7|date ..2026-07-30|
    I||Đề xuất bỏ ít nhất 03 loại giấy tờ|Các phòng||Văn bản kiến nghị|30/9|date ..2026-09-30|>=3
    II||Viết tin cho trang thông tin|Phòng Văn hóa - Xã hội||Tối thiểu 24 tin, bài|Trong năm 2026|year 2026-01-01..2026-12-31|>=24
    """,
)

PLANS["CCHC, Đồng Nai: narrative, romans with numbered tasks and one line of labels"] = (
    [
        "I. MỤC ĐÍCH",
        "1. Nâng chất lượng phục vụ, phấn đấu hài lòng đạt 95%.",
        "II. NHIỆM VỤ",
        "1. Xây dựng tủ sách pháp luật điện tử",
        "Chủ trì: Phòng Văn hóa - Xã hội. Phối hợp: các khu phố. Thời gian: Quý II/2026.",
        "2. Mở rộng quầy tiếp nhận lưu động, tối thiểu 04 buổi mỗi tháng (Chủ trì: Trung tâm PVHCC; thời gian: thường xuyên).",
        "III. CHẾ ĐỘ BÁO CÁO",
        "1. Báo cáo tổng hợp năm",
        "- Đơn vị thực hiện: Văn phòng",
        "- Thời hạn: trước ngày 05/12/2026",
        "2. Các phòng gửi số liệu cho Văn phòng.",
    ],
    """
    II|1|Xây dựng tủ sách pháp luật điện tử|Phòng Văn hóa - Xã hội|các khu phố||Quý II/2026|quarter 2026-04-01..2026-06-30|
    II|2|Mở rộng quầy tiếp nhận lưu động, tối thiểu 04 buổi mỗi tháng|Trung tâm PVHCC|||thường xuyên|continuous|>=4
    III|1|Báo cáo tổng hợp năm|Văn phòng|||trước ngày 05/12/2026|date ..2026-12-05|
    """,
)

PLANS["kiểm tra, Sơn La: narrative, sentences that assign"] = (
    [
        "II. NỘI DUNG THỰC HIỆN",
        "1. Kiểm tra việc công khai thủ tục tại bản vùng cao. Giao Văn phòng HĐND và UBND xã chủ trì, phối hợp với Công an xã thực hiện, hoàn thành trước ngày 30/6/2026.",
        "2. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với các bản rà soát danh sách người cao tuổi cần hỗ trợ nộp hồ sơ, xong trong quý I/2026.",
        "3. Khảo sát mức độ hài lòng của người dân (Trung tâm PVHCC chủ trì, phối hợp với Mặt trận xã; hoàn thành trong tháng 10/2026).",
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Giao Văn phòng HĐND và UBND xã chủ trì, phối hợp với các đơn vị theo dõi, đôn đốc việc thực hiện Kế hoạch.",
    ],
    """
    II|1|Kiểm tra việc công khai thủ tục tại bản vùng cao|Văn phòng HĐND và UBND xã|Công an xã||trước ngày 30/6/2026|date ..2026-06-30|
    II|2|rà soát danh sách người cao tuổi cần hỗ trợ nộp hồ sơ|Phòng Văn hóa - Xã hội|các bản||trong quý I/2026|quarter 2026-01-01..2026-03-31|
    II|3|Khảo sát mức độ hài lòng của người dân|Trung tâm PVHCC|Mặt trận xã||trong tháng 10/2026|month 2026-10-01..2026-10-31|
    """,
)

PLANS["CCHC, Hà Tĩnh: narrative, numbers are parents and list items the tasks"] = (
    [
        "II. CÁC NHIỆM VỤ CỤ THỂ",
        "1. Cải cách thể chế",
        "a) Rà soát quy chế làm việc của xã",
        "- Cơ quan chủ trì: Văn phòng",
        "- Thời gian hoàn thành: Tháng 3/2026",
        "b) Tự kiểm tra văn bản; 100% văn bản trái luật được xử lý",
        "- Cơ quan chủ trì: Phòng Kinh tế",
        "- Cơ quan phối hợp:",
        "+ Văn phòng;",
        "+ Công an xã.",
        "- Thời gian hoàn thành: Quý III/2026",
        "2. Cải cách tài chính",
        "- Công khai ngân sách hằng quý",
        "Đơn vị chủ trì: Phòng Kinh tế; thời gian: hằng quý",
        "- Tiết kiệm 10% chi hội họp",
        "Đơn vị chủ trì: Các phòng; thời gian: cả năm",
    ],
    """
    II|a|Rà soát quy chế làm việc của xã|Văn phòng|||Tháng 3/2026|month 2026-03-01..2026-03-31|
    II|b|Tự kiểm tra văn bản; 100% văn bản trái luật được xử lý|Phòng Kinh tế|Văn phòng; Công an xã||Quý III/2026|quarter 2026-07-01..2026-09-30|=100%
    II||Công khai ngân sách hằng quý|Phòng Kinh tế|||hằng quý|periodic|
    II||Tiết kiệm 10% chi hội họp|Các phòng|||cả năm|continuous|reduce10%
    """,
)

PLANS["766, Hưng Yên: two task tables in one annex, one task with several products"] = (
    [
        "Phụ lục I",
        (
            [
                ["STT", "Tên nhiệm vụ", "Sản phẩm dự kiến", "Đơn vị chịu trách nhiệm", "Thời điểm"],
                ["1", "Chấm điểm bộ chỉ số phục vụ", "Bảng điểm", "Trung tâm PVHCC", "Ngày 05 hằng tháng"],
                [None, None, "Báo cáo phân tích", None, None],
                ["2", "Họp giao ban về chỉ số", "Thông báo", "Chủ tịch UBND", "Đầu quý III"],
            ],
            [(1, 0, 2, 0), (1, 1, 2, 1), (1, 3, 2, 3), (1, 4, 2, 4)],
        ),
        "Phụ lục II",
        (
            [
                ["STT", "Công việc", "Cơ quan chủ trì", "Hoàn thành"],
                ["1", "Sửa lỗi đồng bộ hồ sơ", "Tổ kỹ thuật", "6 tháng đầu năm"],
            ],
            [],
        ),
    ],
    """
    |1|Chấm điểm bộ chỉ số phục vụ|Trung tâm PVHCC||Bảng điểm Báo cáo phân tích|Ngày 05 hằng tháng|periodic|
    |2|Họp giao ban về chỉ số|Chủ tịch UBND||Thông báo|Đầu quý III|quarter 2026-07-01..2026-09-30|
    |1|Sửa lỗi đồng bộ hồ sơ|Tổ kỹ thuật|||6 tháng đầu năm|range 2026-01-01..2026-06-30|
    """,
)

# Written down, with their rows, before the program first met them.

UNSEEN: dict[str, tuple[list[str | tuple[Grid, Sequence[Merge]]], str]] = {}

UNSEEN["chuyển đổi số, Tây Ninh: deadline first, months to tick"] = (
    [
        (
            [
                [
                    "TT",
                    "Thời gian hoàn thành",
                    "Hoạt động",
                    "Kết quả/Sản phẩm",
                    "Phòng chủ trì",
                    "Phối hợp thực hiện",
                    "Kinh phí (triệu đồng)",
                ],
                ["I", "Hạ tầng số", None, None, None, None, None],
                [
                    "1",
                    "Trước 15/5/2026",
                    "Thay 06 máy tính tại quầy",
                    "Máy tính mới",
                    "Văn phòng",
                    "Phòng Kinh tế",
                    "90",
                ],
                [
                    "2",
                    "Tháng 7, 8/2026",
                    "Kéo cáp quang đến 100% khu phố",
                    "Biên bản",
                    "Phòng Kinh tế",
                    "Viễn thông",
                    "250",
                ],
                ["II", "Dữ liệu số", None, None, None, None, None],
                [
                    "1",
                    "Theo tiến độ của tỉnh",
                    "Số hóa hồ sơ đất đai; đạt trên 60%",
                    "Kho dữ liệu",
                    "Phòng Kinh tế",
                    "Như trên",
                    "",
                ],
            ],
            [(1, 1, 1, 6), (4, 1, 4, 6)],
        )
    ],
    """
    I|1|Thay 06 máy tính tại quầy|Văn phòng|Phòng Kinh tế|Máy tính mới|Trước 15/5/2026|date ..2026-05-15|
    I|2|Kéo cáp quang đến 100% khu phố|Phòng Kinh tế|Viễn thông|Biên bản|Tháng 7, 8/2026|range 2026-07-01..2026-08-31|=100%
    II|1|Số hóa hồ sơ đất đai; đạt trên 60%|Phòng Kinh tế|Viễn thông|Kho dữ liệu|Theo tiến độ của tỉnh|roadmap|>=60%
    """,
)

UNSEEN["truyền thông, An Giang: units told by words in one column, time as periods"] = (
    [
        (
            [
                ["Số thứ tự", "Nội dung tuyên truyền", "Hình thức", "Phân công thực hiện", "Thời gian, tiến độ"],
                [
                    "1",
                    "Chính sách miễn lệ phí khi nộp trực tuyến",
                    "Loa, tờ rơi",
                    "Đài truyền thanh chủ trì; các ấp phối hợp",
                    "Hàng tuần",
                ],
                [
                    "2",
                    "Cách dùng định danh điện tử, ít nhất 05 buổi",
                    "Trực tiếp",
                    "Công an xã (chủ trì), Đoàn xã (phối hợp)",
                    "Từ tháng 02 đến hết tháng 6",
                ],
                ["3", "Gương công chức tận tụy", "Bài viết", "Phòng Văn hóa - Xã hội", "02 bài/tháng"],
            ],
            [],
        )
    ],
    """
    |1|Chính sách miễn lệ phí khi nộp trực tuyến|Đài truyền thanh|các ấp||Hàng tuần|periodic|
    |2|Cách dùng định danh điện tử, ít nhất 05 buổi|Công an xã|Đoàn xã||Từ tháng 02 đến hết tháng 6|range 2026-02-01..2026-06-30|>=5
    |3|Gương công chức tận tụy|Phòng Văn hóa - Xã hội|||02 bài/tháng|periodic|
    """,
)

UNSEEN["KSTTHC, Phú Thọ: narrative in letters, labels in one bracket or three lines"] = (
    [
        "B. NHIỆM VỤ TRỌNG TÂM",
        "I. Kiểm soát thủ tục hành chính",
        "1. Tham gia ý kiến dự thảo văn bản có thủ tục. (Đơn vị chủ trì: các phòng; thời gian thực hiện: khi có yêu cầu).",
        "2. Cắt giảm tối thiểu 20% thời gian giải quyết nhóm thủ tục chứng thực.",
        "Đơn vị chủ trì: Văn phòng",
        "Sản phẩm: Quyết định sửa quy trình",
        "Thời gian hoàn thành: 20/8/2026",
        "II. Một cửa",
        "1. Duy trì tỷ lệ đúng hạn trên 98%, quá hạn không quá 0,2%.",
        "- Chủ trì: Trung tâm PVHCC; - Phối hợp: các phòng; - Thời gian: Thường xuyên.",
        "Nơi nhận:",
        "- Như trên;",
    ],
    """
    I|1|Tham gia ý kiến dự thảo văn bản có thủ tục|các phòng|||khi có yêu cầu|roadmap|
    I|2|Cắt giảm tối thiểu 20% thời gian giải quyết nhóm thủ tục chứng thực.|Văn phòng||Quyết định sửa quy trình|20/8/2026|date ..2026-08-20|reduce20%
    II|1|Duy trì tỷ lệ đúng hạn trên 98%, quá hạn không quá 0,2%.|Trung tâm PVHCC|các phòng||Thường xuyên|continuous|>=98% <=0.2%
    """,
)

UNSEEN["CCHC, Đắk Lắk: group column merged down, lead merged over tasks of a parent, repeated headings"] = (
    [
        (
            [
                [
                    "STT",
                    "Nhóm nhiệm vụ",
                    "Nhiệm vụ cụ thể",
                    "Cơ quan, đơn vị chủ trì",
                    "Cơ quan, đơn vị phối hợp",
                    "Thời hạn hoàn thành",
                ],
                ["1", "Thể chế", "Ban hành quy chế tiếp công dân", "Văn phòng", "Mặt trận", "Quý I"],
                ["2", None, "Sửa quy chế chi tiêu", None, "Các phòng", "Quý II"],
                [
                    "STT",
                    "Nhóm nhiệm vụ",
                    "Nhiệm vụ cụ thể",
                    "Cơ quan, đơn vị chủ trì",
                    "Cơ quan, đơn vị phối hợp",
                    "Thời hạn hoàn thành",
                ],
                ["3", "Công vụ", "Bồi dưỡng 100% công chức một cửa", "Phòng Văn hóa - Xã hội", "", "Chậm nhất 30/10"],
            ],
            [(1, 1, 2, 1), (1, 3, 2, 3)],
        )
    ],
    """
    |1|Ban hành quy chế tiếp công dân|Văn phòng|Mặt trận||Quý I|quarter 2026-01-01..2026-03-31|
    |2|Sửa quy chế chi tiêu|Văn phòng|Các phòng||Quý II|quarter 2026-04-01..2026-06-30|
    |3|Bồi dưỡng 100% công chức một cửa|Phòng Văn hóa - Xã hội|||Chậm nhất 30/10|date ..2026-10-30|=100%
    """,
)

UNSEEN["CCHC, Vĩnh Long: quarters as bare romans, one text across all of them, leaders apart, letters as numbers"] = (
    [
        (
            [
                [
                    "TT",
                    "Nội dung, nhiệm vụ",
                    "Lãnh đạo phụ trách",
                    "Đơn vị/cá nhân thực hiện",
                    "Thời gian thực hiện (quý)",
                    None,
                    None,
                    None,
                    "Sản phẩm",
                ],
                [None, None, None, None, "I", "II", "III", "IV", None],
                ["I", "Cải cách thủ tục", None, None, None, None, None, None, None],
                [
                    "a)",
                    "Đơn giản hóa ít nhất 04 thủ tục nội bộ",
                    "Phó Chủ tịch",
                    "Văn phòng",
                    "",
                    "x",
                    "",
                    "",
                    "Quyết định",
                ],
                [
                    "b)",
                    "Hướng dẫn nộp hồ sơ tại nhà",
                    "Chủ tịch",
                    "Tổ công nghệ số",
                    "Thường xuyên",
                    None,
                    None,
                    None,
                    "Nhật ký",
                ],
            ],
            [
                (0, 0, 1, 0),
                (0, 1, 1, 1),
                (0, 2, 1, 2),
                (0, 3, 1, 3),
                (0, 4, 0, 7),
                (0, 8, 1, 8),
                (2, 1, 2, 8),
                (4, 4, 4, 7),
            ],
        )
    ],
    """
    I|a)|Đơn giản hóa ít nhất 04 thủ tục nội bộ|Văn phòng||Quyết định|Quý II|quarter 2026-04-01..2026-06-30|>=4
    I|b)|Hướng dẫn nộp hồ sơ tại nhà|Tổ công nghệ số||Nhật ký|Thường xuyên|continuous|
    """,
)

UNSEEN["chuyển đổi số, Quảng Trị: narrative 1.1, partners behind the lead, time without label"] = (
    [
        "III. NHIỆM VỤ, GIẢI PHÁP",
        "1. Phát triển hạ tầng số",
        "1.1. Nâng cấp đường truyền tại các nhà văn hóa thôn.",
        "Đơn vị thực hiện: Phòng Kinh tế, phối hợp với Viễn thông khu vực. Thời gian hoàn thành: trước 31/8/2026.",
        "1.2. Trang bị tối thiểu 02 ki-ốt tra cứu hồ sơ.",
        "Đơn vị thực hiện: Văn phòng. Thời gian hoàn thành: quý III/2026.",
        "2. Phát triển dữ liệu số",
        "2.1. Làm sạch 100% dữ liệu hộ tịch; giảm 30% thời gian tra cứu.",
        "Đơn vị thực hiện: Công an xã phối hợp với công chức tư pháp. Thời gian hoàn thành: thường xuyên.",
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Văn phòng theo dõi, tổng hợp, báo cáo trước ngày 15/12/2026.",
    ],
    """
    III|1.1|Nâng cấp đường truyền tại các nhà văn hóa thôn.|Phòng Kinh tế|Viễn thông khu vực||trước 31/8/2026|date ..2026-08-31|
    III|1.2|Trang bị tối thiểu 02 ki-ốt tra cứu hồ sơ.|Văn phòng|||quý III/2026|quarter 2026-07-01..2026-09-30|>=2
    III|2.1|Làm sạch 100% dữ liệu hộ tịch; giảm 30% thời gian tra cứu.|Công an xã|công chức tư pháp||thường xuyên|continuous|=100% reduce30%
    """,
)

UNSEEN["kiểm tra, Ninh Bình: QĐ in narrative, units first, products and times in the sentence"] = (
    [
        "Điều 1. Ban hành Kế hoạch kiểm tra công vụ.",
        "KẾ HOẠCH",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "- Phát hiện sai sót, không để hồ sơ quá hạn.",
        "II. NỘI DUNG",
        "1. Kiểm tra giờ giấc làm việc, tối thiểu 06 cuộc trong năm: giao Văn phòng chủ trì, phối hợp với Công an phường; hoàn thành trước ngày 10/12/2026; sản phẩm: Thông báo kết luận.",
        "2. Kiểm tra hồ sơ lưu tại các phòng, 100% hồ sơ trả chậm được soát xét: Phòng Nội vụ chủ trì; thời gian: tháng 9/2026.",
        "III. KINH PHÍ",
        "Theo dự toán được giao.",
    ],
    """
    II|1|Kiểm tra giờ giấc làm việc, tối thiểu 06 cuộc trong năm|Văn phòng|Công an phường|Thông báo kết luận|trước ngày 10/12/2026|date ..2026-12-10|>=6
    II|2|Kiểm tra hồ sơ lưu tại các phòng, 100% hồ sơ trả chậm được soát xét|Phòng Nội vụ|||tháng 9/2026|month 2026-09-01..2026-09-30|=100%
    """,
)

UNSEEN["766, Lào Cai: shortcomings beside solutions, no number column, sections only in capitals"] = (
    [
        (
            [
                [
                    "Chỉ số thành phần",
                    "Tồn tại, hạn chế",
                    "Giải pháp khắc phục",
                    "Đơn vị chủ trì",
                    "Thời gian hoàn thành",
                ],
                ["A. NHÓM CÔNG KHAI", None, None, None, None],
                [
                    "Minh bạch",
                    "Chậm công khai 05 thủ tục",
                    "Đối chiếu hằng tuần, công khai 100%",
                    "Trung tâm PVHCC",
                    "Hằng tuần",
                ],
                ["B. NHÓM TIẾN ĐỘ", None, None, None, None],
                ["Tiến độ", "Tỷ lệ trễ 3,2%", "Nhắc việc tự động; trễ hạn dưới 1%", "Tổ kỹ thuật", "Xong trước 01/7"],
            ],
            [(1, 0, 1, 4), (3, 0, 3, 4)],
        )
    ],
    """
    A||Đối chiếu hằng tuần, công khai 100%|Trung tâm PVHCC|||Hằng tuần|periodic|=100%
    B||Nhắc việc tự động; trễ hạn dưới 1%|Tổ kỹ thuật|||Xong trước 01/7|date ..2026-07-01|<=1%
    """,
)

UNSEEN["KSTTHC, Bắc Ninh: dense cells, several targets, time limits and codes among them"] = (
    [
        (
            [
                [
                    "Số TT",
                    "Nội dung nhiệm vụ",
                    "Cơ quan, đơn vị chủ trì",
                    "Cơ quan, đơn vị phối hợp",
                    "Sản phẩm dự kiến",
                    "Thời gian hoàn thành",
                ],
                ["I", "Nhóm nhiệm vụ về quy định thủ tục", "", "", "", ""],
                [
                    "1",
                    "Góp ý dự thảo trong thời hạn 07 ngày làm việc theo Nghị định số 63/2010/NĐ-CP ngày 08/6/2010; không quá 02 lần yêu cầu bổ sung",
                    "Các phòng",
                    "Văn phòng",
                    "Văn bản",
                    "Khi được lấy ý kiến",
                ],
                [
                    "2",
                    "Cắt giảm ít nhất 30% thời gian, 25% chi phí so với năm 2024; tối thiểu 10 thủ tục không phụ thuộc địa giới",
                    "Các phòng",
                    "",
                    "Phương án",
                    "Trước ngày 30/8/2026 và 30/11/2026",
                ],
                ["II", "Nhóm nhiệm vụ về hồ sơ", "", "", "", ""],
                ["1", "Thực hiện Đề án 06:", "", "", "", ""],
                [
                    "1.1",
                    "Phấn đấu 90% hồ sơ nộp trực tuyến, trong đó trên 60% do người dân tự nộp",
                    "Trung tâm PVHCC",
                    "Công an xã; các thôn",
                    "Báo cáo tuần",
                    "Hằng tuần và cả năm",
                ],
                [
                    "1.2",
                    "Tiếp nhận 100% hồ sơ của 12 thủ tục liên thông tại 03 điểm",
                    "Trung tâm PVHCC",
                    "",
                    "02 báo cáo; 01 hội nghị",
                    "Quý II, quý IV",
                ],
                ["2", "Kiểm tra 05/17 thôn", "Văn phòng", "", "", "Từ 02/3-27/3/2026"],
            ],
            [],
        )
    ],
    """
    I|1|Góp ý dự thảo trong thời hạn 07 ngày làm việc theo Nghị định số 63/2010/NĐ-CP ngày 08/6/2010; không quá 02 lần yêu cầu bổ sung|Các phòng|Văn phòng|Văn bản|Khi được lấy ý kiến|roadmap|<=2
    I|2|Cắt giảm ít nhất 30% thời gian, 25% chi phí so với năm 2024; tối thiểu 10 thủ tục không phụ thuộc địa giới|Các phòng||Phương án|Trước ngày 30/8/2026 và 30/11/2026|date ..2026-11-30|reduce30% reduce25% >=10
    II|1.1|Phấn đấu 90% hồ sơ nộp trực tuyến, trong đó trên 60% do người dân tự nộp|Trung tâm PVHCC|Công an xã; các thôn|Báo cáo tuần|Hằng tuần và cả năm|periodic|=90% >=60%
    II|1.2|Tiếp nhận 100% hồ sơ của 12 thủ tục liên thông tại 03 điểm|Trung tâm PVHCC||02 báo cáo; 01 hội nghị|Quý II, quý IV|range 2026-04-01..2026-12-31|=100% =1
    II|2|Kiểm tra 05/17 thôn|Văn phòng|||Từ 02/3-27/3/2026|range 2026-03-02..2026-03-27|
    """,
)

UNSEEN["truyền thông, Cà Mau: narrative, a describing line under each title, stars as bullets"] = (
    [
        "PHẦN II. NỘI DUNG",
        "1. Truyền thông qua mạng xã hội",
        "Đăng tin về cách nộp hồ sơ; tối thiểu 03 video mỗi quý.",
        "* Chủ trì: Phòng Văn hóa - Xã hội",
        "* Phối hợp: Đoàn Thanh niên",
        "* Sản phẩm: Video, tin",
        "* Thời gian: Hằng quý",
        "2. Truyền thông lưu động bằng vỏ lãi",
        "* Chủ trì: Trung tâm Dịch vụ tổng hợp",
        "* Thời gian: Tháng 4, tháng 8/2026",
        "PHẦN III. TỔ CHỨC THỰC HIỆN",
        "Các ấp bố trí địa điểm, loa đài.",
    ],
    """
    II|1|Truyền thông qua mạng xã hội Đăng tin về cách nộp hồ sơ; tối thiểu 03 video mỗi quý.|Phòng Văn hóa - Xã hội|Đoàn Thanh niên|Video, tin|Hằng quý|periodic|>=3
    II|2|Truyền thông lưu động bằng vỏ lãi|Trung tâm Dịch vụ tổng hợp|||Tháng 4, tháng 8/2026|range 2026-04-01..2026-08-31|
    """,
)

UNSEEN["rà soát, Điện Biên: three heading levels of words, lead told by a label in its cell"] = (
    [
        (
            [
                [
                    "STT",
                    "Tên thủ tục hành chính",
                    "Lý do lựa chọn",
                    "Đơn vị thực hiện",
                    "Thời hạn thực hiện",
                    "Mục tiêu, sản phẩm",
                ],
                ["I", "LĨNH VỰC HỘ TỊCH", None, None, None, None],
                [
                    "1",
                    "Đăng ký khai tử lưu động",
                    "Người dân ở xa",
                    "Chủ trì: Phòng Văn hóa - Xã hội\nPhối hợp: các bản",
                    "Quý II năm 2026",
                    "Giảm 40% thời gian",
                ],
                ["2", "Cấp bản sao trích lục", "Nhiều hồ sơ", "Chủ trì: Trung tâm PVHCC", "nt", "Giảm 01 giấy tờ"],
                ["II", "LĨNH VỰC ĐẤT ĐAI", None, None, None, None],
                [
                    "1",
                    "Xác nhận tình trạng tranh chấp",
                    "Hay trễ hạn",
                    "Phòng Kinh tế",
                    "Xong trong quý III",
                    "100% đúng hạn",
                ],
            ],
            [(1, 1, 1, 5), (4, 1, 4, 5)],
        )
    ],
    """
    I|1|Đăng ký khai tử lưu động|Phòng Văn hóa - Xã hội|các bản|Giảm 40% thời gian|Quý II năm 2026|quarter 2026-04-01..2026-06-30|reduce40%
    I|2|Cấp bản sao trích lục|Trung tâm PVHCC||Giảm 01 giấy tờ|Quý II năm 2026|quarter 2026-04-01..2026-06-30|reduce1
    II|1|Xác nhận tình trạng tranh chấp|Phòng Kinh tế||100% đúng hạn|Xong trong quý III|quarter 2026-07-01..2026-09-30|=100%
    """,
)

UNSEEN["CCHC, Bình Thuận: narrative, duties of units in the last part only, one of them a task"] = (
    [
        "I. MỤC TIÊU",
        "1. Phấn đấu 95% hồ sơ đúng hạn.",
        "II. NHIỆM VỤ",
        "1. Về thể chế: rà soát các văn bản đã hết hiệu lực (hoàn thành trước 31/3/2026, đơn vị chủ trì: Văn phòng).",
        "2. Về thủ tục: mở thêm 02 điểm tiếp nhận (đơn vị chủ trì: Trung tâm PVHCC, đơn vị phối hợp: các thôn, thời gian: quý II).",
        "3. Về tài chính: công khai đúng hạn.",
        "III. PHÂN CÔNG",
        "1. Văn phòng: theo dõi chung.",
        "2. Các thôn: tuyên truyền thường xuyên.",
    ],
    """
    II|1|Về thể chế: rà soát các văn bản đã hết hiệu lực|Văn phòng|||trước 31/3/2026|date ..2026-03-31|
    II|2|Về thủ tục: mở thêm 02 điểm tiếp nhận|Trung tâm PVHCC|các thôn||quý II|quarter 2026-04-01..2026-06-30|=2
    """,
)

ALL = {**PLANS, **UNSEEN}


@pytest.mark.parametrize("name", ALL)
def test_every_task_is_read_with_all_its_cells(name: str) -> None:
    content, expected = ALL[name]
    assert [line(row) for row in read(document(*content))] == lines(expected)


def held_below_headings(content: list[str | tuple[Grid, Sequence[Merge]]]) -> bool:
    return any(bottom > top >= 1 for part in content if not isinstance(part, str) for top, _, bottom, _ in part[1])


AS_TEXT = [n for n, (c, _) in ALL.items() if not held_below_headings(c)]


@pytest.mark.parametrize("name", AS_TEXT)
def test_a_text_file_gives_the_same_rows(name: str) -> None:
    content, expected = ALL[name]
    assert [line(row) for row in read(document(*content, merged=False))] == lines(expected)


# ------------------------------------------------------------------------------------------------------------------

LEADS_DOWN = PLANS["kiểm tra, Gia Lai: lead, partners and time merged over the rows they hold for"][0]


def test_a_text_file_hides_merged_cells_so_a_task_without_a_lead_takes_it_from_above() -> None:
    rows = read(document(*LEADS_DOWN, merged=False))
    assert [row.lead for row in rows] == ["Văn phòng", "Văn phòng", "Văn phòng", "Thanh tra nhân dân"]
    assert [row.deadline for row in rows] == ["Quý II/2026", "Quý II/2026", "Quý II/2026", "Tháng 11/2026"]
    assert rows[3].partners == ""  # a lead of its own: nothing is taken from above


def test_an_empty_time_beside_a_lead_stays_empty() -> None:
    rows: Grid = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Lập danh mục", "Văn phòng", "Quý I"],
        ["2", "Sửa quy trình", "Công an xã", ""],
    ]
    for merged in (True, False):
        assert read(document((rows, []), merged=merged))[1].deadline_kind == "none"


def test_a_report_is_no_plan_whatever_its_tables_say() -> None:
    content, _ = PLANS["kiểm tra, Gia Lai: lead, partners and time merged over the rows they hold for"]
    assert read(document(*content), kind="BC") == ()


def test_other_papers_are_read_only_from_tables_plainly_of_tasks() -> None:
    content, expected = PLANS["kiểm tra, Gia Lai: lead, partners and time merged over the rows they hold for"]
    assert len(read(document(*content), kind="other")) == len(lines(expected))
    narrative, _ = PLANS["CCHC, Đồng Nai: narrative, romans with numbered tasks and one line of labels"]
    assert read(document(*narrative), kind="CV") == ()


NO_PLANS: dict[str, Grid] = {
    "procedures published": [
        ["STT", "Tên TTHC", "Lĩnh vực", "Thời hạn giải quyết", "Phí, lệ phí", "Cơ quan thực hiện"],
        ["1", "Đăng ký kết hôn", "Hộ tịch", "Trong ngày", "Không", "UBND xã"],
    ],
    "members of a team": [
        ["STT", "Họ và tên", "Chức vụ", "Nhiệm vụ", "Phụ trách"],
        ["1", "Nguyễn Văn Nam", "Chủ tịch", "Tổ trưởng", "Phụ trách chung"],
    ],
    "figures of last year": [
        ["STT", "Nội dung", "Thực hiện năm 2025", "Kế hoạch năm 2026"],
        ["1", "Hồ sơ tiếp nhận", "1.200", "1.500"],
    ],
    "money": [
        ["STT", "Nội dung chi", "Số lượng", "Đơn giá", "Thành tiền"],
        ["1", "In tờ rơi", "1.000", "2.000", "2.000.000"],
    ],
}


@pytest.mark.parametrize("name", NO_PLANS)
def test_other_tables_of_a_plan_are_left_alone(name: str) -> None:
    assert read(document((NO_PLANS[name], []))) == ()


def test_a_lead_hanging_from_a_parent_makes_it_no_task() -> None:
    rows: Grid = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Sản phẩm", "Thời hạn"],
        ["1", "Công khai thủ tục", "Văn phòng", "", ""],
        ["1.1", "Niêm yết tại quầy", None, "Bảng niêm yết", "Tháng 3"],
        ["1.2", "Đăng trang thông tin", None, "Bài đăng", "Tháng 4"],
        ["2", "Trả lời kiến nghị", "Các phòng", "Văn bản", "Khi phát sinh"],
    ]
    read_rows = read(document((rows, [(1, 2, 3, 2)])))
    assert [(row.number, row.lead) for row in read_rows] == [
        ("1.1", "Văn phòng"),
        ("1.2", "Văn phòng"),
        ("2", "Các phòng"),
    ]


def test_one_task_given_to_two_units_with_times_of_their_own_is_two_rows() -> None:
    rows: Grid = [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Gửi số liệu quý", "Phòng Kinh tế", "Trước ngày 10 tháng cuối quý"],
        [None, None, "Công an phường", "Trước ngày 12 tháng cuối quý"],
    ]
    found = read(document((rows, [(1, 0, 2, 0), (1, 1, 2, 1)])))
    assert [(row.number, row.task, row.lead) for row in found] == [
        ("1", "Gửi số liệu quý", "Phòng Kinh tế"),
        ("1", "Gửi số liệu quý", "Công an phường"),
    ]


def test_a_table_cut_in_two_keeps_its_columns() -> None:
    head: Grid = [["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"], ["1", "Lập danh mục", "Văn phòng", "Quý I"]]
    rest: Grid = [["2", "Cập nhật quy trình", "Các phòng", "Quý II"]]
    found = read(document((head, []), (rest, [])))
    assert [(row.number, row.lead, row.deadline) for row in found] == [
        ("1", "Văn phòng", "Quý I"),
        ("2", "Các phòng", "Quý II"),
    ]


def test_times_and_places_of_the_whole_plan_are_no_tasks() -> None:
    found = read(
        document(
            "II. NỘI DUNG KIỂM TRA",
            "1. Việc niêm yết, công khai thủ tục.",
            "2. Việc tiếp nhận, trả kết quả.",
            "3. Thời gian kiểm tra: Quý III/2026.",
            "III. THỜI GIAN, ĐỊA ĐIỂM",
            "- Thời gian: 08 giờ 00, ngày 15/6/2026.",
            "- Địa điểm: hội trường xã.",
        )
    )
    assert found == ()


def test_articles_of_the_decision_assign_no_task_but_the_plan_behind_them_does() -> None:
    found = read(
        document(
            "Điều 2. Giao Văn phòng chủ trì, phối hợp với các phòng theo dõi việc thực hiện.",
            "KẾ HOẠCH",
            "1. Giao Phòng Kinh tế chủ trì, phối hợp với Văn phòng xây dựng bản đồ hỗ trợ hộ kinh doanh, xong trong tháng 5/2026.",
        ),
        kind="QD",
    )
    assert [line(row) for row in found] == [
        "|1|xây dựng bản đồ hỗ trợ hộ kinh doanh|Phòng Kinh tế|Văn phòng||trong tháng 5/2026|month 2026-05-01..2026-05-31|"
    ]


def test_the_place_of_a_row_is_its_task() -> None:
    content, _ = PLANS["CCHC, Đồng Nai: narrative, romans with numbered tasks and one line of labels"]
    doc = document(*content)
    blocks = {block.id: block for block in doc.blocks()}
    for row in read(doc):
        assert blocks[row.place.block].text[row.place.start : row.place.end] == row.task


UNITS = [
    # printed, heading promises both, lead, partners
    ("Chủ trì: Văn phòng; Phối hợp: Các phòng", False, "Văn phòng", "Các phòng"),
    ("- Đơn vị chủ trì: Văn phòng\n- Đơn vị phối hợp: Các phòng", True, "Văn phòng", "Các phòng"),
    ("Văn phòng (chủ trì)\nCông an xã (phối hợp)", True, "Văn phòng", "Công an xã"),
    ("Văn phòng chủ trì, phối hợp với Công an xã", False, "Văn phòng", "Công an xã"),
    ("Văn phòng chủ trì; các phòng phối hợp", False, "Văn phòng", "các phòng"),
    ("Văn phòng\nPhối hợp: Mặt trận xã", False, "Văn phòng", "Mặt trận xã"),
    ("Văn phòng\nCông an xã\nMặt trận xã", True, "Văn phòng", "Công an xã Mặt trận xã"),
    ("Văn phòng\nCông an xã", False, "Văn phòng Công an xã", ""),  # two leads, as printed
    ("Phòng Văn hóa - Xã hội", True, "Phòng Văn hóa - Xã hội", ""),
    ("Văn phòng HĐND và UBND Công an xã", True, "Văn phòng HĐND và UBND", "Công an xã"),  # a lost line break
    ("Công an xã phối hợp với Mặt trận xã", False, "Công an xã", "Mặt trận xã"),
    *((text, True, text, "") for words in CATALOG.plans.units for text in words.rejects),
]


@pytest.mark.parametrize(("printed", "joint", "lead", "partners"), UNITS)
def test_units_of_one_cell_are_told_apart(printed: str, joint: bool, lead: str, partners: str) -> None:
    assert split_units(printed, joint, CATALOG.plans) == (lead, partners)


WORDS = st.sampled_from(
    ["", "STT", "Nhiệm vụ", "Đơn vị chủ trì", "Chủ trì", "Phối hợp", "Thời hạn", "Quý I", "Quý II", "Sản phẩm", "I", "II. Nhóm", "1", "1.1",
     "a)", "-", "x", "nt", "100%", "≥ 2 lớp", "các", "- và", "Tổng cộng", "Tháng 6", "Văn phòng", "Giao Văn phòng chủ trì, phối hợp với",
     "Đơn vị chủ trì:", "Chủ trì: A; phối hợp:", "(Chủ trì: A", "1. Việc: Phòng X chủ trì", "KẾ HOẠCH", "Điều 1.", "\n", " ) "]
)  # fmt: skip


@st.composite
def any_table(draw: st.DrawFn) -> tuple[Grid, list[Merge]]:
    """A table of any words with merged cells that do not overlap."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    rows: Grid = [[draw(WORDS) for _ in range(width)] for _ in range(height)]
    merges: list[Merge] = []
    for _ in range(draw(st.integers(0, 2))):
        top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        bottom, right = draw(st.integers(top, height - 1)), draw(st.integers(left, width - 1))
        covered = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
        if len(covered) > 1 and all(rows[r][c] is not None for r, c in covered):
            if any(m[0] <= r <= m[2] and m[1] <= c <= m[3] for m in merges for r, c in covered):
                continue
            merges.append((top, left, bottom, right))
            for r, c in covered[1:]:
                rows[r][c] = None
    return rows, merges


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS | any_table(), max_size=8), st.booleans())
def test_no_document_makes_the_reader_fail_and_every_row_has_its_place(
    content: list[str | tuple[Grid, list[Merge]]], merged: bool
) -> None:
    doc = document(*content, merged=merged)
    blocks = {block.id: block for block in doc.blocks()}
    for row in read(doc):
        assert row.task
        assert blocks[row.place.block].text[row.place.start : row.place.end].strip()


CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not beside this checkout")
@pytest.mark.parametrize("case", ["p01", "p05", "p07"])
def test_shared_plans_are_read_whole(case: str) -> None:
    gold = json.loads((CORPUS / "cases" / f"{case}.json").read_text(encoding="utf-8"))["gold"]
    found = read(read_file(CORPUS / "files" / f"{case}.docx"), kind=gold["kind"], period=gold["period"])
    assert [(r.section, r.number, r.task) for r in found] == [
        (g["section"], g["number"], " ".join(g["task"].split())) for g in gold["plan_rows"]
    ]
    kinds = [(r.deadline_kind, r.deadline_end and r.deadline_end.isoformat()) for r in found]
    assert kinds == [(g["deadline_kind"], g["deadline_end"]) for g in gold["plan_rows"]]
    for row, g in zip(found, gold["plan_rows"], strict=True):
        assert {(t.op, float(t.value)) for t in row.targets} == {(t["op"], float(t["value"])) for t in g["targets"]}
