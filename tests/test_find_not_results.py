"""Numbers that a hasty reader takes for the ward's results of the period, and their harmless twins.

A row is a text ("\\n" parts its paragraphs) and the figures that must be read in it, as in test_find_sentences.py; an
empty row is a text of which no number is a figure. The whole set is compared. All sentences are made up.
"""

from __future__ import annotations

import pytest
from places import unaccounted
from test_find_sentences import CATALOG, document, told, wanted

from extractor.find import find_figures
from extractor.model import Findings, Identity

WARD = Identity(kind="BC", period="2026-Q2", level="commune", issuer="Phường Tân Hòa", province="Hải Phòng")


def find(text: str) -> Findings:
    return find_figures(document(text), WARD, CATALOG)


KINDS: dict[str, list[tuple[str, str]]] = {
    "conditions": [
        ("Nếu cộng cả số hồ sơ chờ đồng bộ thì tổng số hồ sơ tiếp nhận là 1.412 hồ sơ.", ""),
        ("Giả sử không có sự cố thì 100% hồ sơ đã được giải quyết đúng hạn.", ""),
        ("Lẽ ra phải giải quyết xong 640 hồ sơ; thực tế đã giải quyết 612 hồ sơ.", "resolved.total=612"),
        ("Cứ 10 hồ sơ thì có 9 hồ sơ nộp trực tuyến.", ""),
        ("Nếu chỉ kể hồ sơ nhận mới thì có 590 hồ sơ.", "received.new=590"),
    ],
    "demands": [
        ("Kế hoạch năm 2026 rà soát 12 TTHC; trong quý đã rà soát 04 TTHC.", "procedures.reviewed=4"),
        ("Phải bảo đảm ít nhất 80% hồ sơ được số hóa và 50% được tái sử dụng.", ""),
        ("Yêu cầu các bộ phận giải quyết 100% hồ sơ đúng hạn.", ""),
        ("Lãnh đạo UBND phường yêu cầu công chức số hóa 100% hồ sơ ngay khi tiếp nhận.", ""),
        ("Phát động đợt thi đua 100% hồ sơ nộp trực tuyến.", ""),
        ("Nghị quyết Đảng ủy phường xác định 95% hồ sơ nộp trực tuyến.", ""),
        ("Theo lộ trình, tỷ lệ tái sử dụng dữ liệu đạt 60%.", ""),
        ("Đến năm 2030 có 98% người dân hài lòng.", ""),
        ("Để tỷ lệ hồ sơ đúng hạn đạt 100%, Trung tâm bố trí thêm người trực.", ""),
        ("Chỉ đạo của lãnh đạo phường được thực hiện ngay: trong quý đã giải quyết 612 hồ sơ.", "resolved.total=612"),
        ("Tiếp nhận 640 hồ sơ, yêu cầu bổ sung 12 hồ sơ.", "received.total=640; pending.supplement=12"),
        ("Quyết định giao chỉ tiêu 80%, phường thực hiện được 91% hồ sơ trực tuyến.", "rate.online=91"),
        ("Để thuận tiện cho bà con, phường tiếp nhận 31 hồ sơ qua bưu điện.", "received.postal=31"),
    ],
    "left out": [
        ("Ngoài hồ sơ chứng thực, tỷ lệ hồ sơ trực tuyến đạt 99%.", ""),
        ("Không tính hồ sơ đất đai, tỷ lệ giải quyết đúng hạn đạt 100%.", ""),
        ("Ngoài ra, phường tiếp nhận 12 hồ sơ qua bưu chính.", "received.postal=12"),
    ],
    "samples": [
        ("Đoàn kiểm tra rút 30 hồ sơ, đánh giá 29 hồ sơ giải quyết đúng hạn.", ""),
        ("Kiểm tra ngẫu nhiên 60 hồ sơ: đúng hạn 57 hồ sơ, quá hạn 03 hồ sơ.", ""),
        ("Qua khảo sát 410 người dân, tỷ lệ hài lòng đạt 97,8%.", "rate.satisfaction=97.8"),
    ],
    "help": [
        ("Hướng dẫn, hỗ trợ bà con nộp trực tuyến 214 hồ sơ.", ""),
        ("Tập huấn 12 TTHC mới cho công chức.", ""),
        ("Hướng dẫn bà con nộp qua mạng, trong quý có 214 hồ sơ trực tuyến.", "received.online=214"),
    ],
    "passed on": [
        ("Chuyển 38 hồ sơ lên sở, ngành giải quyết, đã có kết quả 30 hồ sơ.", ""),
        ("Đã giải quyết 612 hồ sơ, chuyển 28 hồ sơ sang kỳ sau.", "resolved.total=612; pending.total=28"),
    ],
    "groups of dossiers": [
        ("Riêng nhóm hồ sơ liên thông khai sinh có 146 hồ sơ, trong đó 139 hồ sơ giải quyết trước hạn.", ""),
        ("Phường đã tiếp nhận hộ 53 hồ sơ của phường bạn.", ""),
        ("* Số liệu của Tổ công tác lưu động:\n- Tiếp nhận: 96 hồ sơ.", ""),
        ("Tiếp nhận 640 hồ sơ. Hồ sơ của cá nhân: tiếp nhận 600, giải quyết 590.", "received.total=640"),
        ("Hồ sơ lĩnh vực chứng thực đã tiếp nhận 211 hồ sơ.", "received.total@field:chứng thực=211"),
        ("Đang giải quyết 21 hồ sơ khác.", "pending.total=21"),
        ("Kết quả thực hiện mô hình \"Ngày thứ Bảy\": tiếp nhận 236 hồ sơ, trả ngay 201 hồ sơ.", ""),
        ("Tiếp nhận phi địa giới: 57 hồ sơ. Hồ sơ thuộc thẩm quyền của phường: nhận mới 1.233 hồ sơ.",
         "received.new=1233"),
        ("Doanh nghiệp nộp 28 hồ sơ, trong đó trực tuyến 28 hồ sơ.", ""),
        ("Doanh nghiệp, người dân nộp trực tuyến 320 hồ sơ.", "received.online=320"),
        ("Nhóm liên thông đăng ký khai sinh có 214 hồ sơ, nộp trực tuyến đủ 214 hồ sơ.", ""),
        ("Hồ sơ quá hạn 10 hồ sơ, đã giải quyết 7 hồ sơ.", ""),
        ("Đối với 25 dịch vụ công thiết yếu, tỷ lệ trực tuyến đạt 98%.", ""),
        ("Đối với hồ sơ có thời hạn dưới 05 ngày, giải quyết trước hạn 95%.", ""),
        ("Hồ sơ của doanh nghiệp: tiếp nhận 28 hồ sơ, giải quyết 27 hồ sơ.", ""),
        ("* Hồ sơ phi địa giới:\n- Tiếp nhận: 120 hồ sơ.\n- Đã giải quyết: 110 hồ sơ.", ""),
        ("3. Kết quả tiếp nhận hồ sơ phi địa giới hành chính\nTiếp nhận 120 hồ sơ; đã giải quyết 110 hồ sơ.", ""),
        ("1. Giải quyết hồ sơ theo cơ chế một cửa, một cửa liên thông\n- Tiếp nhận: 640 hồ sơ.", "received.total=640"),
        ("* Hộ tịch:\n- Tiếp nhận: 45 hồ sơ.\n- Đã giải quyết: 44 hồ sơ.",
         "received.total@field:hộ tịch=45; resolved.total@field:hộ tịch=44"),
    ],
    "others": [
        ("Tỷ lệ hồ sơ trực tuyến bình quân toàn thành phố là 88,4%; phường đạt 97,1%.", "rate.online=97.1"),
        ("Bộ máy hai cấp của Hải Phòng tiếp nhận 318.642 hồ sơ.", ""),
        ("Tại Bộ phận tiếp nhận cơ sở 2 (đường Bờ Sông):\n- Tiếp nhận: 389 hồ sơ.", ""),
        ("Cùng kỳ năm 2025 quận Lê Chân (cũ) khi đó tiếp nhận 5.120 hồ sơ.", ""),
        ("Phường xếp thứ 3 toàn thành phố; tỷ lệ giải quyết đúng hạn đạt 99,4%.", "rate.on_time=99.4"),
        ("Trong tháng, bình quân các xã, phường trong tỉnh đạt 88,6% hồ sơ trực tuyến.", ""),
        ("* Phường Đông Khê:\n- Tiếp nhận: 2.000 hồ sơ.", ""),
        ("* Công an phường:\n- Tiếp nhận: 350 hồ sơ.", ""),
        ("* Phòng Kinh tế, Hạ tầng và Đô thị:\n- Tiếp nhận: 250 hồ sơ.", ""),
        ("Phòng Văn hóa - Xã hội tiếp nhận 80 hồ sơ.", ""),
        ("* Cơ sở 2:\n- Tiếp nhận: 350 hồ sơ.", ""),
        ("* Nguyễn Văn Bình:\n- Tiếp nhận: 250 hồ sơ.", ""),
        ("Kết quả theo từng công chức:\n- Trần Thị Hoa: tiếp nhận 400 hồ sơ, quá hạn 0.", ""),
        ("2. Kết quả của toàn thành phố\n- Tổng số hồ sơ tiếp nhận: 512.300 hồ sơ.\n3. Kết quả của phường\n"
         "- Tổng số hồ sơ tiếp nhận: 640 hồ sơ.", "received.total=640"),
        ("* UBND phường Tân Hòa:\n- Tiếp nhận: 640 hồ sơ.", "received.total=640"),
        ("* Tại Trung tâm Phục vụ hành chính công phường:\n- Tiếp nhận: 640 hồ sơ.", "received.total=640"),
        ("Đã giải quyết 612 hồ sơ, chiếm 0,2% toàn thành phố.", "resolved.total=612"),
    ],
    "other works": [
        ("Đơn thư tồn 03, giải quyết 5 đơn, đạt 62,5%; tiếp nhận 640 hồ sơ TTHC.", "received.total=640"),
        ("15% thủ tục có thể trả trong 01 ngày.", ""),
        ("Có 03 công dân xin rút tiền đặt cọc đấu giá.", ""),
        ("Công tác tiếp công dân, giải quyết đơn thư:\n- Tiếp nhận: 15.\n- Đã giải quyết: 13.", ""),
        ("3. Công tác tuyển sinh\nTiếp nhận 450 hồ sơ, trong đó trực tuyến 440 hồ sơ (97,8%).", ""),
        ("Tỷ lệ chi trả đúng hạn đạt 100%.", ""),
        ("Tỷ lệ giải ngân đúng hạn đạt 95%.", ""),
        ("85% tiểu thương thanh toán trực tuyến.", ""),
        ("Tỷ lệ trẻ em được đăng ký khai sinh đúng hạn đạt 98,5%.", ""),
        ("Mức độ hài lòng của người bệnh đạt 92%.", ""),
        ("Tỷ lệ hài lòng của doanh nghiệp đạt 95%.", ""),
        ("Tỷ lệ hài lòng của người dân, doanh nghiệp đạt 95%.", "rate.satisfaction=95"),
        ("* Điểm chỉ số 766:\n- Tiến độ giải quyết: 19,5\n- Thanh toán trực tuyến: 8", ""),
    ],
    "headings of targets": [
        ("Nội dung đăng ký thi đua:\n1. 100% hồ sơ giải quyết đúng hạn.\n2. Tỷ lệ hồ sơ trực tuyến 95%.", ""),
        ("Các chỉ tiêu năm 2026:\n- Tỷ lệ hồ sơ trực tuyến đạt 80%.", ""),
        ("Mục tiêu cụ thể\n- Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98%.", ""),
        ("Kết quả thực hiện các chỉ tiêu năm 2026:\n- Tỷ lệ hồ sơ trực tuyến đạt 91%.", "rate.online=91"),
    ],
    "parts of parts": [
        ("Đang giải quyết 50 hồ sơ, trong đó tiếp nhận trực tuyến 45.", "pending.total=50"),
        ("Trong 45 hồ sơ đang giải quyết có 30 hồ sơ trực tuyến, 15 hồ sơ trực tiếp.", "pending.total=45"),
        ("Trực tuyến 1.100 hồ sơ: đúng hạn 1.080, quá hạn 05, đang giải quyết 15.", "received.online=1100"),
        ("Hồ sơ kỳ trước chuyển sang 36 hồ sơ, đã giải quyết 35 hồ sơ.", "received.carried_over=36"),
        ("Hồ sơ quá hạn 10 hồ sơ, gồm: đã giải quyết 7 hồ sơ, chưa giải quyết 3 hồ sơ.", ""),
        ("Đang giải quyết: 50 hồ sơ\n- Trực tuyến: 45.\n- Trực tiếp: 05.", "pending.total=50"),
        ("Số hồ sơ trả lại, từ chối: 08 hồ sơ\n- Trực tuyến: 06.\n- Trực tiếp: 02.", "resolved.refused=8"),
        ("* Hồ sơ trực tuyến:\n- Tiếp nhận: 1.100 hồ sơ.\n- Đã giải quyết: 1.050 hồ sơ.", "received.online=1100"),
        ("Tiếp nhận 640 hồ sơ (trực tuyến 612; kỳ trước chuyển sang 28), đã giải quyết 600 hồ sơ.",
         "received.total=640; received.online=612; received.carried_over=28; resolved.total=600"),
        ("Số hồ sơ trực tuyến 590, trực tiếp 22; đã giải quyết 580 hồ sơ.",
         "received.online=590; received.in_person=22; resolved.total=580"),
    ],
    "handed back": [
        ("Hình thức trả kết quả: trực tiếp 280 hồ sơ, bưu chính 20 hồ sơ, trực tuyến 312 hồ sơ.", ""),
        ("* Trả kết quả:\n- Trực tiếp: 280 hồ sơ.\n- Bưu chính: 20 hồ sơ.", ""),
        ("Trả qua bưu chính: 20 hồ sơ; trả trực tuyến: 312 hồ sơ.", ""),
        ("Thanh toán: trực tuyến 450 hồ sơ, trực tiếp 50 hồ sơ.", ""),
        ("Thanh toán trực tuyến: 450 hồ sơ.", "payment.online=450"),
        ("Trong quý có 500 hồ sơ phát sinh phí; 450 hồ sơ thanh toán trực tuyến, đạt 90%.",
         "payment.online=450; rate.online_payment=90"),
    ],
    "other times": [
        ("Ngày 05/6 phường nhận 68 hồ sơ.", ""),
        ("Thời điểm 14/3/2026 còn 33 hồ sơ đang giải quyết; đến 14/6/2026 còn 28 hồ sơ đang giải quyết.",
         "pending.total=28"),
        ("Trong tháng đầu của kỳ (15/3 - 14/4) phường nhận 201 hồ sơ.", ""),
        ("Hội nghị ngày 20/5 thống nhất: đã giải quyết 612 hồ sơ.", "resolved.total=612"),
        ("Tỷ lệ trước và đúng hạn 6 tháng đạt 99,6%.", "rate.early_or_on_time/cumulative=99.6"),
        ("Mỗi ngày đón 120 lượt công dân, xử lý 60 hồ sơ.", ""),
        ("Ngày cao nhất tiếp nhận 125 hồ sơ.", ""),
        ("Trong nhiệm kỳ 2021-2026 đã tiếp nhận 65.000 hồ sơ.", ""),
        ("Giai đoạn 2021-2025, tỷ lệ giải quyết đúng hạn đạt 98,5%.", ""),
        ("Trong 5 năm qua, phường giải quyết 52.000 hồ sơ.", ""),
        ("Buổi sáng tiếp nhận 30 hồ sơ, buổi chiều tiếp nhận 25 hồ sơ.", ""),
        ("Trước đây mỗi quý tiếp nhận 1.000 hồ sơ. Quý II tiếp nhận 640 hồ sơ.", "received.total=640"),
        ("* Năm 2025:\n- Tiếp nhận: 4.500 hồ sơ.", ""),
        ("6 tháng đầu năm 2026 tiếp nhận 1.240 hồ sơ, giải quyết 1.218 hồ sơ.",
         "received.total/cumulative=1240; resolved.total/cumulative=1218"),
        ("Tính chung 6 tháng, phường tiếp nhận 1.240 hồ sơ.", "received.total/cumulative=1240"),
        ("Lũy kế từ đầu năm tiếp nhận 1.240 hồ sơ; trong quý tiếp nhận 640 hồ sơ.",
         "received.total/cumulative=1240; received.total=640"),
        ("Cùng kỳ năm 2025 tiếp nhận 600 hồ sơ, năm nay tiếp nhận 640 hồ sơ.",
         "received.total/last_year=600; received.total=640"),
        ("Tiếp nhận 640 hồ sơ, cùng kỳ 600 hồ sơ, tăng 6,7%; giải quyết 612 hồ sơ, cùng kỳ 590 hồ sơ.",
         "received.total=640; received.total/last_year=600; resolved.total=612; resolved.total/last_year=590"),
        ("Kỳ trước tiếp nhận 600 hồ sơ, giải quyết 580 hồ sơ; kỳ này tiếp nhận 640 hồ sơ.",
         "received.total/previous=600; resolved.total/previous=580; received.total=640"),
        ("Kết quả kỳ trước:\n- Tiếp nhận: 600 hồ sơ.", "received.total/previous=600"),
        ("Quý I năm 2026\nTiếp nhận: 600 hồ sơ.\nQuý II năm 2026\nTiếp nhận: 640 hồ sơ.",
         "received.total/previous=600; received.total=640"),
        ("Kỳ trước chuyển sang 28 hồ sơ, tiếp nhận mới 612 hồ sơ.", "received.carried_over=28; received.new=612"),
    ],
    "ranges": [
        ("Hồ sơ nộp trực tiếp giảm từ 112 hồ sơ của quý I xuống còn 59 hồ sơ.", ""),
        ("Tỷ lệ đúng hạn nâng từ 99,4% ở quý I lên 99,9% trong quý này.", ""),
        ("Tỷ lệ trực tuyến dao động từ 92% đến 96%.", ""),
        ("Khoảng 70-80% hồ sơ nộp trực tuyến.", ""),
        ("Tiếp nhận 1.200 - 1.300 hồ sơ mỗi quý.", ""),
        ("Trước hạn/đúng hạn/quá hạn: 1.000/195/5.", ""),
    ],
    "not reached, waiting": [
        ("Tỷ lệ số hóa không đạt 100%.", ""),
        ("Không phải 100% hồ sơ đều được số hóa.", ""),
        ("Hồ sơ chờ trả kết quả 23 hồ sơ, hồ sơ chờ tiếp nhận 05 hồ sơ.", ""),
        ("16 hồ sơ đang chờ ký số trả kết quả.", ""),
    ],
    "disputed": [
        ("Cổng cho phường 87,4 điểm, trong đó ghi tỷ lệ hồ sơ đúng hạn 97,15%. Hai số này phường chưa đồng tình.", ""),
        ("Cổng Dịch vụ công quốc gia ghi nhận 1.102 hồ sơ.", ""),
        ("Báo cáo nhanh ghi tiếp nhận 680 hồ sơ là chưa chính xác.", ""),
        ("Phần mềm thể hiện tỷ lệ đúng hạn 92%, tuy nhiên thực tế cao hơn.", ""),
        ("Phần mềm đếm trùng nên tổng số hồ sơ tiếp nhận lên đến 700 hồ sơ.", ""),
    ],
    "papers": [
        ("Cấp 12 giấy phép xây dựng.", ""),
        ("Trả giấy hẹn cho 120 hồ sơ.", ""),
        ("Hồ sơ giấy: 35 hồ sơ.", "received.in_person=35"),
    ],
    "in turn": [
        ("Hồ sơ giải quyết trước hạn đạt 97,9% với 1.371 hồ sơ, còn lại 03 hồ sơ trễ hạn.",
         "rate.early=97.9; resolved.early=1371"),
        ("Gửi thành phố 03 TTHC đề xuất đơn giản hóa sau khi rà soát 10 TTHC.",
         "procedures.proposed=3"),
        ("Cùng kỳ tiếp nhận 600 hồ sơ, tỷ lệ trực tuyến 71%; năm nay lần lượt là 640 hồ sơ và 96%.",
         "received.total/last_year=600; rate.online/last_year=71; received.total=640; rate.online=96"),
        ("Số hồ sơ mới trong kỳ đạt 612 hồ sơ; số hồ sơ mới nhận: 612.", "received.new=612"),
        ("Đã số hóa 1.305/1.311 hồ sơ đầu vào (99,54%).", "rate.digitised_intake=99.54(1305/1311)"),
        ("Tỷ lệ đúng hạn (bao gồm cả trước hạn) đạt 99,77%.", "rate.early_or_on_time=99.77"),
        ("1.333 hồ sơ nhận, 1.301 hồ sơ trả.", "received.total=1333; resolved.total=1301"),
        ("Tổng số hồ sơ tiếp nhận 600, tỷ lệ trực tuyến 71%; năm nay tương ứng là 640 hồ sơ và 96%.",
         "received.total=600; rate.online=71"),
        ("Hồ sơ chậm lần lượt 1, 2 và 6 ngày.", ""),
        ("Số hồ sơ tiếp nhận, đã giải quyết và đang giải quyết lần lượt là 1.250, 1.200 và 50 hồ sơ.",
         "received.total=1250; resolved.total=1200; pending.total=50"),
        ("Quý I, quý II tiếp nhận lần lượt 1.130 và 1.250 hồ sơ.", ""),
    ],
    "handed on": [
        ("Trong tổng số hồ sơ tiếp nhận 1.444 hồ sơ, nộp qua mạng là 1.390.",
         "received.total=1444; received.online=1390"),
        ("Hồ sơ đang giải quyết còn 23.", "pending.total=23"),
        ("Đang giải quyết quá hạn: 02 hồ sơ; hồ sơ giải quyết đúng hạn: 115 hồ sơ.",
         "pending.overdue=2; resolved.on_time=115"),
        ("Còn 19 hồ sơ chuyển sang quý III tiếp tục giải quyết.", "pending.total=19"),
        ("Trong tổng số 2.377 hồ sơ tiếp nhận có 2.331 hồ sơ tiếp nhận mới.", "received.total=2377; received.new=2331"),
        ("17 hồ sơ trễ hạn đều có thư xin lỗi.", ""),
        ("05 phường, xã tiếp nhận 1.050 hồ sơ.", ""),
    ],
    "reasons": [
        ("Trễ hạn 02 hồ sơ, nguyên nhân do nghỉ ốm; đúng hạn 101 hồ sơ; trước hạn 1.209 hồ sơ.",
         "resolved.on_time=101; resolved.early=1209"),
        ("Đang giải quyết 40 hồ sơ. Riêng 01 hồ sơ hộ tịch do cán bộ nghỉ ốm chưa kịp bàn giao.", "pending.total=40"),
        ("Khảo sát tại quầy có 533/540 phiếu hài lòng, đạt 98,7%.", "rate.satisfaction=98.7(533/540)"),
    ],
    "fees": [
        ("Có 734 giao dịch thanh toán trực tuyến phí, lệ phí.", "payment.online=734"),
        ("Trong 1.602 hồ sơ có thu phí thì 1.467 hồ sơ người dân trả tiền qua mạng, tức 91,57%.",
         "payment.online=1467; rate.online_payment=91.57"),
        ("Thanh toán phí, lệ phí trên mạng 944 hồ sơ.", "payment.online=944"),
    ],
    "very satisfied": [
        ("Tỷ lệ rất hài lòng đạt 85%, tỷ lệ hài lòng đạt 13%.", ""),
        ("Mức độ hài lòng đạt 98%; trong đó rất hài lòng 85%.", "rate.satisfaction=98"),
        ("Tỷ lệ hài lòng, rất hài lòng đạt 97,7%.", "rate.satisfaction=97.7"),
    ],
}  # fmt: skip

ROWS = [pytest.param(*row, id=f"{kind} {n}") for kind, rows in KINDS.items() for n, row in enumerate(rows, 1)]


@pytest.mark.parametrize(("text", "row"), ROWS)
def test_a_ward_report(text: str, row: str) -> None:
    assert {told(figure) for figure in find(text).figures} == wanted(row)


@pytest.mark.parametrize(("text", "row"), ROWS)
def test_no_number_disappears(text: str, row: str) -> None:
    assert unaccounted(document(text), find(text)) == []
