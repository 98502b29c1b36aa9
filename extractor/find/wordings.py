"""Small turns of Vietnamese phrase that the reading of sentences rests on, in normal form.

What they have in common is grammar, not reports: openers of lists, words that tie a number to the one before, words
that can follow a count. What reports are about is in patterns/.
"""

from __future__ import annotations

from functools import lru_cache

import regex

# "quá hạn: không", "không phát sinh hồ sơ quá hạn": a zero said in words
ZERO_ANSWER = regex.compile(r"(?<=[:=] ?)(?:không(?: có| phát sinh)?|chưa phát sinh|chưa có)(?=\s*(?:[.;,)]|$))")
ZERO_SAID = regex.compile(
    r"(?<!\w)(?:không|chưa) (?:có|phát sinh|ghi nhận|nhận được|tiếp nhận|còn)"
    r"(?= (?:hồ sơ|hs|pakn|phản ánh|trường hợp|tthc)(?! nào trong))"
    r"|(?<!\w)(?:không|chưa)(?= (?:một )?(?:hồ sơ|hs|pakn|phản ánh|trường hợp) nào (?!trong))"
)
# a zero at the end of a label that needs no colon ("hồ sơ qua bưu chính không có")
ZERO_END = regex.compile(r"(?<=\w )(?:không (?:có|phát sinh)(?=\s*(?:[.;,)]|$))|không(?=\s*(?:[.;)]|$)))")
ASKS = regex.compile(r"(?<!\w)(?:có|hỏi|xem|liệu)(?!\w)")  # "… có hồ sơ quá hạn không": a question, no zero
# a paragraph without any of these says no number
_SAYS_NUMBER = regex.compile(
    r"\d|(?<!\w)(?:không|chưa)(?= (?:có|phát|ghi|nhận|tiếp|còn)|\s*(?:[.;,)]|$))|(?:mươi|mười|trăm) "
    r"|(?<!\w)(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín) (?:hồ sơ|hs|tthc|thủ tục|pakn|phản ánh)(?!\w)"
)
BARE = regex.compile(r"[\x00-\x7f¤]*[a-z][\x00-\x7f¤]{11,}")  # typed without accents
_DIGIT = regex.compile(r"\d")
_NUMBER_WORDS = (
    *("không", "chưa", "mươi", "mười", "trăm"),
    *("một ", "hai ", "ba ", "bốn ", "năm ", "sáu ", "bảy ", "tám ", "chín "),
)


def speaks(text: str) -> bool:
    """Whether normal text may say a number: in digits, in words, or a zero."""
    if _DIGIT.search(text) is not None:
        return True
    return any(word in text for word in _NUMBER_WORDS) and _SAYS_NUMBER.search(text) is not None


# openers: what stands before them is the whole of which parts follow
OF_ONE_THING = regex.compile(r":[^.;:\d]*\w[^.;:\d]*$")  # a colon and words, up to a number
END_OF_HEAD = regex.compile(r" ?(?:hồ sơ|hs|bộ|tthc|pakn)?\)\s*[:.;]?\s*")
OPENER = regex.compile(
    r"(?<!\w)(?:trong đó|(?:bao )?gồm(?! cả)|cụ thể|chia ra|như sau|trong số đó|cụ thể là)(?!\w)[ :,]*(?:có(?!\w))?"
)


@lru_cache(maxsize=8)  # a level text is asked again for each of its pieces
def _openers(level: str) -> list[tuple[int, int]]:
    return [m.span() for m in OPENER.finditer(level)]


def last_opener(level: str, start: int, end: int) -> tuple[int, int] | None:
    """Span of the last opener that begins in `start:end`, cut off there; None where there is none."""
    inside = [span for span in _openers(level) if start <= span[0] < end]
    return (inside[-1][0], min(inside[-1][1], end)) if inside else None


LABEL_START = regex.compile(r"[\s¤+*◌-]*(?:tổng số|tổng|số lượng|số|tỷ lệ|tỉ lệ|mức độ|chỉ số|việc)(?!\w)")
FIRST_OF_LIST = regex.compile(r"\s*\(?(?:0?1|a)[.)/]")
FIRST_LETTER = regex.compile(r"[^\W_]")
FIRST_WORD = regex.compile(r"[^\W\d_]++")
AND_ONLY = regex.compile(r"[^,;.:\d]{0,40} và ")  # "ít nhất 80% hồ sơ được số hóa và 50% …"
AND = regex.compile(r"(?<!\w)và(?!\w)")
SENTENCE_TURN = regex.compile(r"[.;]\s")
COPULA = regex.compile(r"(?<!\w)(?:là|thì)(?!\w)|:|,")

# What may follow a count directly. Any other word is the noun of something that is not counted here.
BEHIND_COUNT = frozenset(
    [
        *("trong", "đã", "được", "là", "và", "có", "do", "gồm", "tại", "so", "đạt", "chiếm", "bằng", "còn", "với"),
        *("cùng", "trên", "đều", "thì", "cho", "từ", "theo", "nên", "tương", "lần", "kể", "tính", "ở", "của", "khi"),
        *("về", "đang", "để", "bao", "chủ", "hoặc", "tức", "tăng", "giảm", "bị", "thuộc", "đối", "này", "vẫn"),
        *("nhưng", "mà", "như", "nêu", "không", "chưa", "sau", "nộp", "cả", "nhận", "gửi", "gởi", "qua", "hiện"),
        *("vượt", "chia", "vì", "bởi"),
    ]
)
# What may follow "hồ sơ" besides, without making it a kind of dossier of its own
BEHIND_DOSSIER = regex.compile(
    r"(?:bà con|(?:người )?dân(?! (?:sự|số|quân|tộc|cư))|công dân(?! ngoài)|gia đình|trả"
    r"|phải|đến|đi|xin(?! lỗi)|nhờ|gồm|thuộc"
    r"|các loại|hành chính|sang|khác|chuyển (?:sang|qua|tiếp|kỳ|đến)|nhưng|mà|thì|nào|đó|ấy|trên|nêu|thực hiện"
    r"|giải quyết|thủ tục|tthc)(?!\w)"
)
# whose dossiers they are: anyone's, or those of some ("hồ sơ của doanh nghiệp")
OF_SOME = regex.compile(
    r" do (?:các )?(?:tổ chức, )?doanh nghiệp(?!\w)"
    r"| của cá nhân(?!,| và(?! \d)|\w)"
    r"| (?:của|cho|từ|có|là) (?:các |những )?(?:doanh nghiệp|công ty|hộ kinh doanh|hợp tác xã"
    r"|người (?:cao tuổi|già|khuyết tật|nước ngoài|có công|nghèo|lao động|yếu thế|nộp thuế)|công dân (?:ngoài|nước|ở)"
    r"|trẻ|học sinh|sinh viên|cán bộ|công chức|đảng viên|đoàn viên|hội viên|hộ nghèo|yếu tố|phụ nữ"
    r"|gia đình chính sách|đối tượng)(?!\w)"
)
# the same anywhere behind a count ("74 hồ sơ nộp trực tiếp của người cao tuổi")
OF_PERSONS = regex.compile(
    r"(?<!\w)của (?:các |những )?(?:doanh nghiệp|công ty|hộ kinh doanh|hợp tác xã|người (?:cao tuổi|già|khuyết tật"
    r"|nước ngoài|có công|nghèo|yếu thế)|học sinh|sinh viên|đảng viên|hộ nghèo)(?!\w|,? (?:và|tổ chức|người))"
)
# What may stand alone before "05 phản ánh, kiến nghị" for it to be those received
HAVING = frozenset(
    ["", "có", "đã có", "với", "phát sinh", "ghi nhận", "đã ghi nhận", "trong kỳ có", "có tổng số", "tổng cộng có"]
)
OF_PERIOD = regex.compile(r" (?:là )?(?:của|ở|trong) (?=¤)")
IN_TIME_FRONT = regex.compile(r"^(?:trong )?(?:quý|kỳ|tháng|năm)(?: này| qua)?,? ")
# "tiếp nhận 120 TTHC" in a stretch of time, or with those resolved behind: dossiers, called by what they are about
IN_A_STRETCH = regex.compile(r"(?<!\w)(?:trong|cả) (?:quý|kỳ|tháng|năm)|(?<!\w)(?:quý|kỳ|tháng) này")
ALSO_RESOLVED = regex.compile(r"(?:giải quyết|trả|xử lý|hoàn thành|quá hạn|đúng hạn|trước hạn)[^;.\d]{0,25}\d")
BY_WAY = regex.compile(r" [^,;.\d]{0,25}?(?<!\w)(?:qua|trên|từ)(?!\w)")
COUNTED_BY_WAY = regex.compile(r"\d (?:pakn|phản ánh|kiến nghị)[^,;.\d]{0,40}?(?<!\w)(?:qua|trên|từ)(?!\w)")
CAME = (" ghi nhận", " chuyển đến", " gửi đến", " gửi về", " chuyển về", " nhận được", " phát sinh", " gửi tới", " gửi")
HAS_ONLY = regex.compile(r"(?:(?<!\w)(?:có|gồm|là|thực hiện)|:)[ \u25cc]*$")
FOLLOWS_LIST = ("trong đó", "gồm", ":", "thuộc")

# comparison and change
COMPARED = regex.compile(r"(?<!\w)(?:so với|so(?! sánh)|so sánh với)[^.;,(]{0,12}$")
CONSEQUENCE = regex.compile(r"(?<!\w)(?:nên|vì vậy|vì thế|do đó|do vậy|nhờ đó|nhờ vậy)(?: đã)?(?: có)? $")
COMPARED_WITH = regex.compile(r"(?<!\w)so (?:với|sánh|cùng|quý|kỳ)(?!\w)")
LATE_BASE = regex.compile(r"\s*(?:so với|trên|trong|tổng số|số|của|tổng)(?!\w)")
GROWTH_LEVEL = regex.compile(r"(?:còn|xuống còn|lên đến|lên thành|đạt)\s*(?:là )?$")
ADDED = regex.compile(r"(?<!sửa đổi, )(?<!sửa đổi )(?<!và )bổ sung(?: thêm)? $")
LISTED = regex.compile(
    r"lần lượt(?:(?: là| đạt|:| ở mức)? \d| (?:tiếp nhận|nhận|giải quyết|đã giải quyết|có|còn|xử lý|trả)(?: được)? \d)"
    r"(?:[^;.]|\.(?=\d))*\d|tương ứng(?: là|:)? \d[\d.,%]*(?: hồ sơ| hs| tthc)?(?:,| và) \d"
)
# "Quý II/lũy kế: tiếp nhận 3.412/6.392": two numbers of two times, no fraction
TWO_TIMES = regex.compile(r"(?:[¤]|quý|kỳ|tháng|kỳ này|quý này) ?/ ?(?:lũy kế|cộng dồn|cùng kỳ|kỳ trước|quý trước|¤)")
CHAIN = regex.compile(r"/\d[\d.]*")  # "1.000/195/5": no fraction, but three numbers
SAME_RATE = regex.compile(r"t[ỷỉ] lệ này")

# what came over from the period before
BEFORE_TIME = frozenset(["", "trong", "ở", "còn", "kết quả", "số liệu", "kết quả của", "số liệu của", "của"])
LAST_PERIOD = frozenset(["kỳ trước", "quý trước", "tháng trước"])
_NOT_YET = r"(?:(?:còn )?(?:chưa|không)(?: (?:giải quyết|xử lý|làm|trả))?(?: xong| kịp| hết| được)*,? )?"
_HANDED_ON = (
    r"(?:được )?(?:chuyển (?:sang|qua|đến|tiếp|kỳ)|để lại|để qua|còn lại|(?:mang|dồn|gối) (?:sang|qua|lại)|gối đầu"
    r"|nợ lại|còn nợ|còn tồn|còn treo|tồn)"
)
_LEFT_UNDONE = r"(?:còn )?chưa (?:(?:giải quyết|xử lý|làm|trả) )?(?:xong|kịp|hết)(?!\w)"  # only of a period gone by
CARRIED_BEHIND = regex.compile(rf"\s?(?:{_NOT_YET}{_HANDED_ON}|(?P<undone>{_LEFT_UNDONE}))")
CARRIED_BEFORE = regex.compile(
    r"(?:tồn|chuyển|chuyển tiếp|còn lại|tồn đọng|mang sang|tồn lại|để lại|gối đầu|gối sang|nợ lại|dồn lại) "
    r"(?:từ |của |ở )?$"
)
# the report's own period, said behind another: "lũy kế …; trong quý …", "cùng kỳ …, năm nay …"
OWN_TIME = regex.compile(
    r"(?<!\w)(?:(?:trong|riêng|riêng trong) (?:quý|kỳ|tháng)(?: này| báo cáo)?(?! (?:trước|đầu|cuối|¤|\d)|\w)"
    r"|(?:đến )?(?:hết|cuối) (?:quý|kỳ)(?! (?:trước|¤)|\w)|(?:ngày )?chốt (?:đến|số liệu)|năm nay(?!\w)|quý này"
    r"|kỳ này|hiện(?: nay| tại)? (?:còn|đang)(?!\w))"
)
# "chuyển 28 hồ sơ sang kỳ sau"
HANDED_OVER = regex.compile(
    r"(?<!\w)(?:đã |được )?chuyển"
    r"(?= \d[\d.]* (?:hồ sơ|hs)? ?(?:sang|qua|tiếp|cho|đến) (?:kỳ|quý|tháng|năm) (?:sau|tới|tiếp|kế))"
)
HANDED_ON = ("sang", "chuyển", "qua")  # before the period that pending dossiers go over to
ONWARD = regex.compile(r"(?<!\w)chuyển (?:tiếp )?(?:sang |qua |cho )?$")
TILL = ("đến hết", "tới hết")  # before the last month of a stretch
OWN_PERIOD_FRONT = regex.compile(r"(?:[,.;:(]|trong|của|riêng|tính)$")

# a number written out, then in digits; the end of a label; the name of a part of a report
RANGE = regex.compile(r" ?%? ?(?:(?P<dash>[-–])|(?:đến|tới)) ?")
RANGE_END = regex.compile(r" ?%? ?[-–]\d[\d.,]* ?(?:%|phần trăm|hồ sơ|hs|tthc)")
FROM_TO = regex.compile(r"[^,;.:]{0,45}(?<!\w)(?:lên|xuống|thành|sang|còn)(?: còn| đến| tới| thành| mức)? ")
# "giảm từ 17 hồ sơ ở quý I xuống còn 04 hồ sơ": what stands before the old number, and between it and the new one
CHANGED_FROM = regex.compile(r"(?<!\w)(?:(?:tăng|giảm|nâng|hạ|rút)(?: mạnh| đáng kể| nhẹ| dần| lên)? )?từ $")
CHANGED_TO = regex.compile(r"[^,;.:]{0,45}(?<!\w)(?:tăng |giảm )?(?:lên|xuống|còn)(?: còn| đến| tới| thành| mức| là)? ")
LATER = regex.compile(r"(?<!\w)(?:vào|đến|trong|cuối) (?:cuối )?(?:năm|quý (?:sau|tới)|kỳ (?:sau|tới)|thời gian tới)")
FROM = regex.compile(r"(?<!\w)(?:từ|khoảng|dao động|trong khoảng|đạt)(?: khoảng| mức)? $")
FIVE_REPEATED = regex.compile(r"(?<!\w)năm(?= \(0?5\))")
REPEATED = regex.compile(r" ?\((\d[\d.]*)\)")
CLOSED = regex.compile(r"\s*(?:[.;,/)]|$)")
PART = regex.compile(r"^phần (?:thứ )?[\w¤]+[.:, ¤-]*")
# a paper's own date: not the day of which figures are told
DATED_PAPER = regex.compile(
    r"(?:quyết định|công văn|kế hoạch|nghị quyết|nghị định|thông tư|văn bản|báo cáo|chỉ thị|thông báo|hội nghị"
    r"|cuộc họp|giao ban|kỳ họp|buổi lễ|số)[^.;]{0,60}$"
)
# before a number that takes up again what was told: "Về 12 hồ sơ quá hạn:", "Trong số 22 hồ sơ …"
REASON = regex.compile(r"(?<!\w)(?:do|vì|bởi|nguyên nhân|lý do)(?!\w)")
RESUMED = regex.compile(r"(?:^|[\s¤])(?:về|đối với|trong số|trong tổng số|phân tích|trong|số|cả|toàn bộ)\s$")
OUT_OF = regex.compile(r"(?<!\w)trong(?: tổng)?(?: số)? $")  # before the whole whose parts follow
LEFT_OVER = regex.compile(r"(?<!\w)còn lại(?: là| có)? ?$")
ADDS_UP = regex.compile(r"(?<!\w)(?:cộng|tổng)(?! hợp)(?!\w)")  # before a sum of what was just told
LEFT = regex.compile(r" (?P<rest>còn lại|khác)(?!\w)")
# records and papers that are no dossiers of procedures, at the head of a share ("Dữ liệu hộ tịch đã số hóa đạt 90%")
# who may be asked or served without being a group of their own; and who is one where named alone
ANYONE = frozenset(["người dân", "công dân", "tổ chức", "người", "lượt", "phiếu", "ý kiến", "người dân, doanh nghiệp"])
SOME_OF_THEM = frozenset(["doanh nghiệp"])
STAFF = frozenset(["công chức", "cán bộ", "viên chức"])  # of whom a rate may be, though each syllable is light
GOES_ON_MASKED = regex.compile(r"(?:,| và| hoặc)+ ?¤")
PRINTED = regex.compile(r"\d[\d.,]*+")
SUGGESTIONS = regex.compile(r" (?:ý kiến |lượt )?kiến nghị(?! (?:đơn giản|cắt|sửa|bãi|phương)|, phản ánh|\w)")
RECORD = regex.compile(r"(?:hồ sơ|văn bản|dữ liệu|sổ|giấy tờ|nhiệm vụ|công việc|báo cáo|chữ ký|tài khoản)(?!\w)")
BECAUSE = regex.compile(
    r" (?:do|vì|bởi)(?!\w)(?! (?:người dân|công dân|người nộp|tổ chức|cá nhân|dân|bà con)(?: \w+){0,2} rút(?!\w))"
)
LEADER = regex.compile(r"[.…_]{4,}|…{2,}")  # dots that lead the eye from a label to its number
# words that tie a number to the one before it
TYING = frozenset(
    [
        *("và", "có", "là", "đạt", "còn", "riêng", "trong", "đó", "tại", "ở", "với", "gồm", "thì", "của", "cả", "tổng"),
        *("số", "cộng", "bằng", "đối", "lĩnh", "vực", "về", "thuộc", "các", "khối", "chiếm", "phường", "xã", "thị"),
        *("trấn", "huyện", "quận", "thành", "phố", "tỉnh", "cấp", "bao", "cụ", "thể", "được", "đã", "mới", "chung"),
    ]
)


def without_leaders(text: str) -> str:
    """Normal text with blanks for the dots that lead the eye from a label to its number."""
    if "…" not in text and "...." not in text and "____" not in text:
        return text
    return str(LEADER.sub(lambda m: " " * len(m.group()), text))


TIES = ("đạt", "có", "là", "chiếm")

# the head of a clause that tells what was done, whatever the clause before promised or explained
DONE = regex.compile(
    r"\s*(?:(?:đến nay|hiện nay|hiện|kết quả|thực tế|phường|xã|trung tâm|trong (?:quý|kỳ|tháng)|¤+)[ ,]*)*"
    r"(?:đã|về thanh toán|kết quả|thực tế)(?!\w)"
    r"|\s*thực hiện [^,;]{0,40}được(?!\w)|\s*mới (?:được|đạt|chỉ)(?!\w)"
)

# the head of a clause that gives a reason and counts those it holds for ("do bấm sai thao tác 01 hồ sơ")
DUE_TO = regex.compile(r"\s*(?:do|vì|bởi)(?! (?:đó|vậy|thế|ubnd|phường|xã|trung tâm))(?!\w)(?![^,;]*(?:nên|đã) )")
# what was planned, unless a word since tells that it was done ("Theo kế hoạch năm 2026, phường rà soát 10 TTHC")
PLANNED = regex.compile(
    r"[\s¤+*-]*(?:theo (?:kế hoạch|đăng ký)|(?:kế hoạch|đăng ký) (?:¤+ )?(?:rà soát|đơn giản hóa|số hóa"
    r"|công khai))(?!\w)"
)
WAS_DONE = regex.compile(r"(?<!\w)(?:đã|được|hoàn thành|đạt|có|đang|kết quả)(?!\w)")
THESE_NUMBERS = regex.compile(
    r"\s*(?:(?:hai|các|những|cả hai) )?(?:con số|số liệu|số|tỷ lệ|kết quả) (?:này|trên|đó|nêu trên)(?!\w)"
)
TOOK_OR_GAVE = regex.compile(r"(?<=\d (?:hồ sơ|hs) )(?:nhận|trả)(?= ?(?:[,.;(]|$))")
TITLE = regex.compile(r"\s*[^\W\d_][^.;:]{4,90}(?<![,\s])\s*")  # a line that is no sentence
FOOTNOTE = regex.compile(r"\s*(?:\(\*+\)|ghi chú:)")
# marks of dossiers whose further course a report may tell
WITH_A_COURSE = frozenset({"overdue", "supplement", "withdrawn", "refused", "negated", "special_part"})
DETAIL = frozenset({"overdue", "supplement", "withdrawn", "refused"})
# a paragraph about dossiers of one kind, up to its colon
KIND_LEAD = regex.compile(
    r"[\s¤+*-]*(?:đối với |về |riêng )?(?:(?:các )?nhóm (?:hồ sơ|thủ tục|tthc)|(?:hồ sơ|thủ tục) liên thông)"
    r"(?: hành chính)? (?P<kind>[^:]{4,80})$"
)
# "980 bộ nộp qua mạng": sets of papers, which are dossiers
SET_OF_PAPERS = regex.compile(
    r" ?(?P<set>bộ)(?=\s*(?:[.,;:)]|$)| (?:nộp|trực|qua|đã|được|và|trước|đúng|quá|trễ|kỳ|mới|đang|giấy|tại|bản|online"
    r"|tồn|còn|có|đang|đương|quý|tháng|năm)(?!\w))"
)
DASHED = regex.compile(r" [-–—] ")  # behind the name of a field: "Hộ tịch - Tiếp nhận: …"

# levels, fields, places
# A part of the area or of the office: what it counts is not the whole's.
_PARTS = (
    r"(?:trụ sở (?:chính|phụ|cũ|số)|cơ sở|điểm|chi nhánh(?! (?:số \d+ )?trung tâm phục vụ)|thôn|ấp|buôn|khu phố"
    r"|tổ dân phố|xóm|khóm|đơn vị (?:[a-e]|thứ|số|khác))"
)
_NO_PARTS = (
    r"(?!\w| dữ liệu| vật chất| hạ tầng| pháp lý| đã| đang| tiếp nhận và trả| nghẽn| mới| yếu| mạnh"
    r"| sáng| nóng| nổi| tích cực| cần| đáng"
    r"| hạn chế| số| đánh giá| trung bình| khác| chung| đến| lấy)"
)
# always a part, whatever follows
_PLAIN_PARTS = (
    r"(?:trụ sở (?:chính|phụ|cũ)|(?:tổ|đội|đội hình|nhóm|xe|điểm|quầy)(?: công tác| phục vụ| tình nguyện)? lưu động"
    r"|nhà văn hóa|nhà sinh hoạt cộng đồng"
    r"|các (?:lĩnh vực|nhóm|loại) (?:khác|còn lại)|giai đoạn (?:trước|sau))(?!\w)"
)
# who is not the ward, at the head of a clause
_OTHERS = (
    r"(?:thứ (?:bảy|bẩy)|chủ nhật|ngày nghỉ|mô hình"
    r"|chiến dịch|tuần lễ|ngày hội|ngày thứ (?:bảy|bẩy|tư)|bưu cục|chi nhánh(?! trung tâm phục vụ)|đoàn thanh niên"
    r"|(?:công an|bưu điện)(?= (?:văn hóa|xã|phường|huyện|quận|thị xã|thành phố|tỉnh|trung tâm|cấp xã|đặc khu))"
    r"|ban chỉ huy quân sự|trạm y tế|trường (?:tiểu học|mầm non|thcs|thpt)|bảo hiểm xã hội|chi cục|kho bạc|hạt kiểm lâm"
    r"|thuế cơ sở|văn phòng đăng ký đất đai)(?!\w)(?![^:;,.]*:)"
)
PART_PLACE = regex.compile(
    rf"(?<!\w)(?:(?:ở|tại|riêng|của) (?:các )?{_PARTS}{_NO_PARTS}|(?:ở|tại|riêng|của|trong) {_PLAIN_PARTS}"
    rf"|(?:của|do) {_OTHERS})"
)
PART_START = regex.compile(
    rf"[\s¤+*-]*+(?:tuy nhiên |còn |riêng )?(?:(?:các )?{_PARTS}{_NO_PARTS}|{_PLAIN_PARTS}(?![^:;,.]*:)|{_OTHERS})"
)
# who is not the ward: the city, the country, another ward; what is told of them holds on until the ward is named again
OTHER_UNIT = regex.compile(
    r"(?<!\w)(?<!(?:xếp|đứng|thứ|hạng|vị trí) [\d¤/]{1,9} (?:trên |trong )?)(?:(?:toàn|cả|chung) (?:thành phố|tỉnh"
    r"|nước|quốc)"
    r"|(?:xã, phường|phường, xã|xã|phường|đơn vị|địa phương)"
    r" (?:trong|của|toàn) (?:tỉnh|thành phố)|(?:các )?(?:phường|xã|đơn vị|địa phương) "
    r"(?:bạn|bên cạnh|lân cận|khác|dẫn đầu)|một số (?:phường|xã|đơn vị|địa phương))(?!\w)"
)
OF_ALL_OTHERS = regex.compile(r"^[^,;.]{0,40}(?<!\w)(?:toàn|cả|của) (?:thành phố|tỉnh|cụm|nước|quốc|quận|huyện)(?!\w)")
OF_OTHER = regex.compile(
    r"(?:tỷ lệ|tỉ lệ|chỉ số|mức|kết quả|bình quân|trung bình|chung|hài lòng|trực tuyến|đúng hạn|hồ sơ)"
    r" (?:chung )?(?:của )?(?:thành phố|tỉnh)(?! giao|\w)"
)
OTHERS_HAVE = regex.compile(r"(?<!\w)(?:hiện có|đang có|giữ lại)(?!\w)")
OTHER_START = regex.compile(
    r"[\s¤+*-]*+(?:(?:qua|theo) )?(?:(?:các )?sở(?:,| (?!tại|hữu)\w)"
    r"|(?:văn phòng )?(?:ubnd|hđnd) (?:thành phố|tỉnh|huyện|quận)(?!\w)"
    r"|(?:cổng|tổng đài)[^,;.:]{0,25} của (?:thành phố|tỉnh) (?:đã )?(?:tiếp nhận|ghi nhận|nhận)"
    r"|(?:thành phố|tỉnh) |trung tâm phục vụ hành chính công (?:thành phố|tỉnh)(?!\w)|ngân hàng|(?:nhà )?trường (?!hợp)"
    r"|bảo hiểm xã hội|bhxh|thuế ¤|thi hành án|viện kiểm sát|tòa án|chi cục|kho bạc"
    r"|phòng (?:kinh tế|văn hóa|tư pháp|tài chính|nội vụ|nông nghiệp|giáo dục|lao động|tài nguyên|quản lý|chuyên môn)"
    r"|bộ phận (?!một cửa|tiếp nhận|tn|chuyên môn|trả|phục vụ)\w|ki-?ốt|kiosk|bưu điện|bưu cục"
    r"|(?:công chức|cán bộ|chuyên viên) (?!phường|xã|trung tâm|và|đã|tiếp|giải|làm|một cửa|của|ubnd|,)\w"
    r"|(?:đồng chí|chị|anh|ông|bà) (?!con|nào)\w|(?:phó )?(?:chủ tịch|giám đốc) (?=\d)"
    r"|(?:trên |tại |qua |theo )?(?:hệ thống|phần mềm)(?: \w+){0,5} của (?:các )?bộ(?!\w| phận)"
    r"|(?:các |những |đối với )*nhóm (?:¤+ |\d+ )?(?:thủ tục|tthc|hồ sơ|dịch vụ)|(?:qua|từ) mô hình(?!\w))"
)
_OWN = "phường|xã(?! hội)|đặc khu|trung tâm"  # the ward, or its centre, named again
OWN_RATE = regex.compile(rf"(?<!\w)(?:{_OWN}|đơn vị|tỷ lệ này|nay|quý này|kỳ này|cả quý|cả kỳ|thực tế)(?!\w)")
OWN_LABEL = regex.compile(
    r"[\s¤]*(?:(?:tổng số|số|các)? ?hồ sơ (?:đã |được |đang )?(?:tiếp|giải|nộp|trả)|(?:pakn|phản ánh, kiến nghị)(?!\w))"
)
OWN_UNIT = regex.compile(rf"(?<!\w)(?:ubnd|toàn|cả|trên địa bàn|{_OWN}|đơn vị)(?!\w)")
HEAD_OF_OWN = regex.compile(rf"(?<!\w)(?:ubnd|{_OWN}|đơn vị)(?!\w)")
NAMED_UNIT = regex.compile(r"(?<!\w)(?:phường|xã|đặc khu|thị trấn|(?P<former>quận|huyện)) (?=\p{L})")
# what a former district did; elsewhere its name only says where the ward lies
DID_THEN = regex.compile(
    r"(?: \(?cũ\)?| trước đây)?,?(?: khi đó| trước đây)?(?: đã)? (?:tiếp nhận|nhận|giải quyết|xử lý|đạt|có)(?!\w)"
)
PERSON = regex.compile(r"\p{Lu}[\p{Ll}\p{M}]*(?: \p{Lu}[\p{Ll}\p{M}]*){1,4}")
OF_EACH = regex.compile(
    r"(?<!\w)(?:các (?:đơn vị sự nghiệp|trường)|(?:từng|mỗi) (?:đơn vị|phòng|công chức|cán bộ|cơ quan|hệ thống|thôn"
    r"|quầy)|theo công chức)(?!\w)"
)
PROPER_NAME = regex.compile(r"\p{Lu}[\p{Ll}\p{M}]+(?: \p{Lu}[\p{Ll}\p{M}]+)+")
# what stands before a masked name of a part, for the part to be what is counted
PART_LEAD = regex.compile(r"(?:^|(?<!\w)(?:ở|tại|riêng|của|còn|trong)(?: các)?)[\s¤+*-]*$")
WHOLE_PLACE = regex.compile(rf"(?<!\w)(?:toàn|cả|ubnd|trên địa bàn|tổng cộng|tính chung|{_OWN})(?!\w)")
AFRESH = regex.compile(
    r"[\s¤]*(?:tổng|cộng|tính chung|cả|toàn|phường|xã|trung tâm|hồ sơ thuộc|số|kết quả)(?!\w)"
)  # a sentence that begins so leaves the head of its paragraph
CUT_OFF_BEHIND = regex.compile(
    r"[^,;.:()]{0,30}(?<!\w)(?:là số liệu|số liệu|chốt|tính đến|tại thời điểm)(?: chốt| số liệu| tính| đến| ngày)* ?"
)
ON_THAT_DAY = regex.compile(r"(?:^[\s¤*+-]*|[.;,:(]\s*)(?:(?:chỉ|riêng|trong|vào|sáng|chiều|tối) )*(?:ngày )?$")
OTHER_EVENT = regex.compile(r"(?<!\w)(?:ban hành|ký|họp|tổ chức|khai trương|kiểm tra|công bố|làm việc|thành lập)(?!\w)")
IN_THAT_DAY = regex.compile(r"[^,;.:()]{0,20}(?<!\w)(?:trong|riêng|vào) ngày ?")
AT_THE_TIME = regex.compile(r"(?:thời điểm|lúc|vào)(?: ngày)? ?$")
SINCE = regex.compile(r"(?<!\w)(?:từ|sau|trước|đến|tới|hết)(?: ngày| hết ngày)?[ ¤]*$")  # before a day
# deeds that are no receiving and no resolving, directly before what they are done to
OTHER_DEED = regex.compile(
    r"(?<!\w)(?:kiểm tra|phúc tra|hậu kiểm|hỗ trợ|hướng dẫn|lưu trữ|lưu|nộp hộ|nộp thay|nhận hộ|làm hộ"
    r"|đã chuyển|luân chuyển|khảo sát|chỉnh lý|tra cứu|sao lục|chọn)"
    r"(?: (?:được|ngẫu nhiên|xác suất|cho|nộp|thực hiện|kê khai|người dân|công dân|tổ chức|khoảng|hơn|trên)){0,4} ?$"
)
# what counts a stretch of its own, without a date that could be told
OTHER_YEARS = regex.compile(r"giai đoạn|nhiệm kỳ|năm học|các năm|trong những năm|năm \d{4}\s?-")
OTHER_STRETCH = regex.compile(
    r"(?:kể )?từ (?:khi|ngày) (?:thành lập|đi vào hoạt động|vận hành|triển khai|hoạt động|ra mắt)|(?:kể )?từ ¤+ đến nay"
    r"|sau (?:hơn |gần )?(?:¤+|một năm)(?: năm)? (?:thực hiện|hoạt động|vận hành|triển khai)"
    r"|(?<!\w)(?:trong|qua|sau) (?:¤+|\d+ (?:năm|tháng|tuần|ngày))(?: qua| gần đây| trở lại đây| vừa qua)"
    r"|(?:¤+|\d+ tháng) đầu quý|sau (?:ngày|thời điểm|khi) chốt(?!\w)"
    r"|(?<!\w)trong thời gian (?!qua|tới|gần|từ|này|báo cáo|lấy|¤|quy định|giải quyết)\w"
    r"|(?<!\w)ước (?:thực hiện |đạt )?(?:cả )?(?:năm|¤+)|trước (?:khi )?(?:sáp nhập|sắp xếp|hợp nhất)"
)
SINCE_NEW_YEAR = regex.compile(r"(?:kể )?từ đầu năm(?: (?P<year>20\d\d))?(?: đến nay| tới nay|,| phường| xã)")
_STRETCH_SIGNS = (
    *("từ khi", "từ ngày", "đến nay", "sau ", "qua", "gần đây", "trở lại", "đầu quý", "ước ", "sáp nhập", "sắp xếp"),
    *("hợp nhất", "trong thời gian"),
)


def other_stretches(visible: str) -> tuple[int, ...]:
    """Where a masked normal text names another stretch of time without a date."""
    if not any(sign in visible for sign in _STRETCH_SIGNS):
        return ()
    return tuple(m.start() for m in OTHER_STRETCH.finditer(visible))


MONTHS_PAST = regex.compile(r"(?:trong|qua) (?P<n>0?[369]|12) tháng (?:vừa )?qua")
SINCE_FOUNDING = regex.compile(r"từ (?:khi|ngày) (?:\w+ ){0,3}(?:thành lập|đi vào hoạt động|vận hành|hoạt động)")
PER = regex.compile(r"(?: hồ sơ| hs| lượt)? ?/ ?(?:ngày|tuần|tháng|buổi|giờ|người|công chức|cán bộ|quầy)(?!\w)")
LEVEL_TIES = frozenset(["", "đạt", "là", "có", "đã đạt"])
WHOLE = regex.compile(r"[\s¤+*-]*(?:tổng cộng|tính chung|chung toàn|toàn (?:phường|xã|đặc khu|huyện|thành phố))(?!\w)")
# what cannot begin the name of a field: "các lĩnh vực còn lại", "lĩnh vực phát sinh nhiều"
_NO_FIELD = r"(?!còn lại|khác |nào|phát sinh|này|trên|nhiều|có (?!công)|mỗi|dưới|đã|đang|chủ yếu)"
FIELD = regex.compile(
    rf"(?<!các )(?:lĩnh vực|về lĩnh vực|thuộc lĩnh vực) (?P<name>{_NO_FIELD}[^:;,.()0-9¤]{{3,80}}?)"
    r"(?=\s*(?:[:;,(]|đã |chỉ |có (?!công)|tiếp nhận|nhận|giải quyết|phát sinh|chiếm|nhiều|đứng|dẫn đầu|cao nhất|với"
    r"|$))"
)
# a field named before its number ("lĩnh vực đất đai có 09 hồ sơ")
FIELD_FRONT = regex.compile(
    rf"(?<!\w)(?<!các )lĩnh vực (?P<name>{_NO_FIELD}[^\W\d_][^:;,.()0-9¤\u25cc]{{2,60}}?)(?: chiếm đa số| nhiều nhất"
    rf"| đứng đầu| dẫn đầu| cao nhất)?(?: chỉ)?(?: với| có| là| chiếm|:)? ?$"
)
FIELD_TIES = ("", "với", "có", "là", "chiếm", "đạt", "có đến", "có tới")
# a field that a paragraph opens with ("1. Lĩnh vực hộ tịch. …", "Về lĩnh vực đất đai, …")
FIELD_LEAD = regex.compile(
    rf"[\s¤+*-]*(?:(?:về|đối với|trong|ở|thuộc|riêng) )?lĩnh vực (?P<name>{_NO_FIELD}[^:;,.()\d¤]{{3,80}}?)"
    r"\s*(?P<close>[.:,(-]|$|(?:đã|tiếp|nhận|có(?= \d)|phát) )"
)
PLACE_LINE = regex.compile(
    r"[\s¤+*-]*(?:(?:tại|ở|khối|đối với) [^:;.(]{2,90}"
    r"|(?:bộ phận (?:một cửa|tiếp nhận)|trung tâm (?:hành chính|phục vụ)|các (?:xã|phường|thị trấn)"
    r"|ubnd (?:huyện|quận|thị xã|thành phố|các xã|các phường)|(?:cấp )?(?:huyện|quận|thị xã|xã)(?= *(?::|$)))"
    r"[^:;.(\d]{0,60})(?=:|$)"
)
# the head of a paragraph about dossiers for higher levels, which a ward receives beside its own
HIGHER_BLOCK = regex.compile(
    r"[\d.)(\sa-dđivx+*-]{0,8}(?:đối với |về |các |tiếp nhận |kết quả )*(?:số )?"
    r"(?:hồ sơ|hs|tthc|thủ tục hành chính|cấp)(?: tthc)?"
    r"[^.;:,]{0,40}?(?:cấp tỉnh|cấp thành phố|sở, (?:ban, )?ngành|cấp trên|của tỉnh|cấp sở|ubnd tỉnh)"
    r"|[\d.)(\sa-dđ+*-]{0,8}(?:(?:tổng|cộng)(?: số| cộng)? )?(?:(?:thuộc )?thẩm quyền )?"
    r"cấp (?:tỉnh|thành phố|trên)(?!\w)"
)
LOW_PLACE = regex.compile(r"(?<!thị )(?<!\w)(?:xã|phường|thị trấn)(?!\w)")
INCLUDES = regex.compile(r"\s*(?:bao gồm|gồm|tính|kể|và)(?: cả)?(?: số| hồ sơ)* (?:trước|sớm)")
TAKES_IN = regex.compile(r"\s*(?:(?:bao )?gồm|tính|kể|cả|và)(?!\w)")
HIGH_PLACE = regex.compile(r"(?<!\w)(?:huyện|quận|thị xã|thành phố)(?!\w)")
# What may stand between the start of a clause and the level or field that holds for it
# a field at the head of a clause, up to what is told of it ("riêng lĩnh vực xây dựng giải quyết 22 hồ sơ")
FIELD_CLAUSE = regex.compile(rf"(?<!\w)(?<!các )(?<!\d )lĩnh vực (?P<name>{_NO_FIELD}[^:;,.()0-9¤\u25cc]{{2,60}})")
FIELD_STOP = regex.compile(
    r" (?:vẫn|là|có(?! công)|chiếm|đứng|phát sinh|nhiều|ít|tuy|do|cũng|đã|được|trong|còn)(?!\w).*$"
)
FIELD_TAIL = regex.compile(
    r"(?: (?:chỉ|có|đã|được|là|còn|đạt|với|cũng|đều|chiếm|hiện|mới|vẫn|thì|phát sinh|trong (?:kỳ|quý|tháng)))* *$"
)
LEADS = frozenset(
    [
        *("", "tại", "ở", "riêng", "trong đó", "đối với", "với", "về", "theo lĩnh vực", "lĩnh vực", "riêng lĩnh vực"),
        *("của", "còn", "khối", "nhóm", "trong đó riêng", "riêng hồ sơ", "hồ sơ", "đối với hồ sơ"),
        *("hồ sơ lĩnh vực", "hồ sơ thuộc lĩnh vực", "số hồ sơ lĩnh vực", "riêng hồ sơ lĩnh vực", "cả quý lĩnh vực"),
        *("đối với các hồ sơ", "với hồ sơ", "đối với tthc", "về hồ sơ", "còn hồ sơ", "các hồ sơ", "số hồ sơ"),
    ]
)
