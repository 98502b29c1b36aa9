"""Tables → statements: form II.06a and its relatives, label tables, tables by unit, field, level or month.

A column or a row gets its meaning from the words of its heading path ("Số lượng hồ sơ đã giải quyết" over "Trước
hạn"), never from its position. Two shapes are told apart by which side names the indicators: the heading (one row
a field, unit or month) or the first text column (one row an indicator). A table that names none is left, its
sentences read as sentences, its numbers listed as unread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise, takewhile

import regex

from extractor.catalog.indicators import Lexicon
from extractor.find.attribution import basis_of_cue, basis_of_window
from extractor.find.flow import Desk
from extractor.find.form_shapes import are_parts, by_system
from extractor.find.hearing import Heard
from extractor.find.meaning import Context, Meaning, Words, meanings, words_of
from extractor.find.narrative import Narrator, carried, topic_of, without_included
from extractor.find.row_names import RowNames
from extractor.find.statements import Left, Statement
from extractor.model import Basis, Block, Cell, Months, Table
from extractor.vietnamese.normalize import Normal, key, normalize
from extractor.vietnamese.numerals import Numeral, find_numbers
from extractor.vietnamese.periods import WindowMention, find_dates, find_periods, find_windows, relation

_OF_DOSSIERS = frozenset({"received", "resolved", "pending"})
_COLUMN_NUMBER = regex.compile(r"[\[(]?\d{1,2}[\])]?(?:\s?=[\d()\[\]+\-*/=:., ]++)?|[a-zđ]|\(\s*[a-zđ]\s*\)")
_TOTAL = regex.compile(
    r"(?:(?:tổng|cộng)(?!\w)|toàn (?:phường|xã|đặc khu|thành phố|huyện|quận|thị xã|bộ)(?!\w)).{0,40}"
)
_BRACKETED = regex.compile(r"\((\d{1,2})\)")
_SOME = 4  # numbers of columns in brackets that no row of figures has
_PLAIN_LEAF = regex.compile(
    r"(?:tổng(?: cộng)?|cộng|số lượng|(?:tổng )?số(?: hồ sơ| lượng)?|hồ sơ|hs)(?: \(.{0,30}\))?"
)
_BY_MONTH = "số liệu từng tháng"
_THING = r"(?:hồ sơ|hs|tthc|thủ tục|pakn|%|ý kiến|phản ánh)?"
_VALUE = regex.compile(rf"(?:\(?\d[\d., ]*(?:/\s?(?!20\d\d\b)\d[\d., ]*)?%?\)?\s*{_THING})(?:\s*\(?\d[\d.,]*\s*%\)?)?")
_DASH = frozenset({"-", "--", "–", "không", "không có", "không phát sinh"})
_EMPTY = frozenset({"", "x", "…", "...", "/", ".", "*", "k", "n/a", "không tính"})
_FIELD_HEADING = regex.compile(
    r"lĩnh vực|nội dung công việc|loại (?:hồ sơ|tthc|thủ tục)|tên tthc|tên thủ tục|nhóm thủ tục"
)
_UNIT_HEADING = regex.compile(
    r"đơn vị(?! tính)|phường, xã|xã, phường|tên đơn vị|địa phương|cơ quan|phòng, ban|phòng chuyên môn|bộ phận|cơ sở"
    r"|điểm tiếp nhận|nơi tiếp nhận|quầy|trung tâm|chi nhánh"
)
_UNIT_NAME = regex.compile(
    r"(?:phường|xã|thị trấn|đặc khu|phòng|trung tâm|cơ sở|điểm|quầy|bộ phận|ubnd|ủy ban|sở|chi nhánh|trạm|văn phòng"
    r"|công an|ban)(?!\w)"
)
_MONTH_HEADING = regex.compile(r"(?<!\w)(?:tháng|thời gian|quý|kỳ|tuần)(?!\w)")
_NOTE_HEADING = regex.compile(r"ghi chú|nguyên nhân|lý do|đơn vị tính|đvt|ký hiệu|mã số|^tt$|^stt$|số tt|số thứ tự")
_DONE_HEADING = regex.compile(r"(?<!\w)(?:số đạt|đã thực hiện|đạt được|số đã (?:thực hiện|làm))(?!\w)")
_REMARK_HEADING = regex.compile(r"ghi chú|diễn giải|thuyết minh")
# a remark that says the share of its row's count, with or without the fraction, and nothing but words behind it
_SHARE_IS = r"(?:(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ|tương ứng|=)[ :]*)*"
_REMARK = regex.compile(
    rf"{_SHARE_IS}(?:\d[\d.]*\s?/\s?\d[\d.]*(?: (?:hồ sơ|hs)[^,;.\d%]{{0,30}})?[,; =]*)?{_SHARE_IS}"
    r"\(?\d{1,3}(?:[.,]\d{1,2})? ?%\)?"
    r"(?: (?:trên |so với )?(?:tổng )?số [^;,.\d]{0,50})?[.;]?(?:(?<=;) [^\d%]*)?"
)
_OF_DOSSIERS_TOO = regex.compile(r"\d (?:hồ sơ|hs|tthc|pakn)(?!\w)")
_TARGET_HEADING = regex.compile(
    r"kế hoạch|chỉ tiêu giao|mục tiêu|được giao|phấn đấu|so sánh|tăng|giảm|so với|chênh lệch|chỉ tiêu (?:năm|20\d\d)"
)
_COMPARED_HEADING = regex.compile(r"(?<!\w)(?:kỳ|tháng|quý|(?P<year>năm)) (?:liền )?trước(?! (?:chuyển|tồn|sang|để))")
_FEEDBACK = regex.compile(r"(?<!\w)(?:pakn|phản ánh)(?!\w)")
_FEEDBACK_HEADING = regex.compile(r"(?:(?:số|số lượng|tổng số|nội dung|loại|nhóm|lĩnh vực) )+(?:pakn|phản ánh)")
_SUBTOTAL = regex.compile(r"(?:tổng )?cộng (?:\(?[ivx]{1,4}\)?|(?:mục|nhóm|phần|khối|loại) .+)")
_PERIOD_HEADING = regex.compile(r"(?<!\w)(?:kỳ|tháng|quý|năm) (?:này|nay|trước|báo cáo)|cùng kỳ|lũy kế")
_NAMED_ROWS = regex.compile(r"lĩnh vực|đơn vị|xã, phường|phường, xã|tên (?:xã|phường)")
_STAGE = regex.compile(r"(?<!\w)(?:giai đoạn|đợt) (?:\d|i{1,3}|một|hai|ba|thứ \w+|đầu|sau|trước)(?!\w)")
_TILL = regex.compile(r"(?<!\w)(?:đến|tới|hết|trước)(?: hết)?(?: ngày)? ?$")
_SINCE = regex.compile(r"(?<!\w)(?:từ|sau)(?: ngày)? ?$")
_BASE_HEADING = regex.compile(
    r"mẫu số|(?:(?:tổng )?số )?(?:hồ sơ |hs |tthc |thủ tục )?(?:phải|cần|thuộc diện phải|thuộc diện|có phát sinh)"
    r" (?:thực hiện|số hóa|thanh toán|làm|xử lý)"
)
_SYSTEM_HEADING = regex.compile(r"(?<!\w)(?:hệ thống|phần mềm|nguồn (?:số liệu|dữ liệu|phần mềm))(?!\w)")
_FEEDBACK_KIND = regex.compile(r"(?:về )?(?:hành vi|quy định) hành chính.{0,30}|(?:về )?cả hai(?: nội dung)?.{0,30}")
_POINTS_HEADING = regex.compile(
    r"(?<!\w)(?<!địa )(?<!thời )(?<!đặc )(?<!quan )điểm(?: (?:tối đa|đạt|chuẩn|số|tự chấm|trừ|cộng|được))*$"
)
_PERSON = regex.compile(r"[-+* ]*(?:người dân|công dân|tổ chức|cá nhân|doanh nghiệp|người nộp|khách hàng)(?!\w)")
_RESOLUTION = regex.compile(r"(?<!chưa )(?<!đang )(?<!còn )(?<!phải )(?<!\w)(?:giải quyết|xử lý)(?!\w)")
_COUNT_HEADING = regex.compile(r"số lượng|kết quả|số liệu|giá trị|thực hiện|kỳ báo cáo|trong kỳ|số hồ sơ|hồ sơ|số")
_DIGITS = regex.compile(r"\d(?:[\d.,]*\d)?")
_INTEGER = regex.compile(r"\d+")
_ORDINAL = regex.compile(r"tt$|thứ tự")
_LEADING_MARK = regex.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,4})[.)]\s*")
_OUTLINE_NUMBER = regex.compile(r"\d{1,2}(?:\.\d{1,2})*")
_NAME_MARK = regex.compile(r"(\d{1,2}(?:\.\d{1,2})*)[.)]\s|([a-zđ])\)\s|([ivx]{1,4})\.\s")
_ROMAN = regex.compile(r"[ivxl]{1,5}\.?")
_FORMULA = regex.compile(r"\([\d\s.+=/*:,\[\]x-]+\)|\(\s*%\s*\)")


@dataclass(slots=True)
class _Column:
    """What a column's heading path says."""

    index: int
    path: str
    words: Words
    rate: bool
    basis: Basis | None
    role: str = "value"  # value, label, number, unit, note, target
    meaning: Meaning | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row of a label table counts, and the share that it or its count is."""

    count: Meaning | None
    share: Meaning | None
    scope: str | None = None  # the level that the row's name tells

    def of(self, percent: bool) -> Meaning | None:
        return self.share if percent else self.count


@dataclass(slots=True)
class FormReader:
    """Reads the tables of one document, in the context that the narrator has come to."""

    desk: Desk
    narrator: Narrator
    known_names: Callable[[str], RowNames]  # of "field" and "unit"
    _done: set[int] = field(default_factory=set)
    _names: list[str] = field(default_factory=list)  # of the table being read: the row's name for each row …
    _heads: list[str] = field(default_factory=list)  # … and the printed heading of each column
    _faded: bool = False  # whether the table being read comes from a picture: accents may be wrong, blanks misplaced

    def read(self, table: Table) -> None:
        grid = table.grid()
        self._faded = any(cell.block.ocr for cell in table.cells)
        texts = [[_text(cell) for cell in row] for row in grid]
        numeric = sum(1 for cell in table.cells if _is_value(_text(cell)))
        if table.rows < 2 or table.cols < 2 or numeric < 2 or not _dense(texts):
            self._as_paragraphs(table)
            return
        context = self._about(texts, self.narrator.context())
        other = self._of_other(context)
        if other is not None:
            self._leave_all(table, other)
            return
        heading = _heading_rows(table, texts)
        paths = _paths(grid, texts, heading)
        columns = [self._column(i, path, context) for i, path in enumerate(paths)]
        if context.object == "procedure" and len({c.words.act for c in columns} & _OF_DOSSIERS) > 1:
            context = context._replace(object="dossier")  # "… giải quyết TTHC" is the title of such a table too
            columns = [self._column(i, path, context) for i, path in enumerate(paths)]
        if sum(c.words.object == "procedure" for c in columns) > 1 and all(c.words.act != "received" for c in columns):
            context = context._replace(object="procedure")  # "Tổng số TTHC | toàn trình | một phần | còn lại"
            columns = [self._column(i, path, context) for i, path in enumerate(paths)]
        self._parts_of_column_before(columns, context)
        _roles(columns, texts, heading)
        self._parts_by_sum(columns, texts[heading:], context)
        _without_unclear_twins(columns)
        if _twice(columns):
            self._leave_all(table)
            return
        by_heading = [c for c in columns if c.role == "value" and c.meaning is not None]
        label = next((c.index for c in columns if c.role == "label"), None)
        self._heads = [_printed([row[c] for row in grid[:heading]]) for c in range(table.cols)]
        self._names = [_printed([row[label]]) if label is not None else "" for row in grid]
        rows = self._row_meanings(texts, heading, label, columns, context) if label is not None else {}
        if len({c.meaning.indicator for c in by_heading if c.meaning}) >= 2 and len(by_heading) >= len(rows):
            self._by_heading(grid, texts, heading, columns, label, context)
        elif len(rows) >= 2 or (len(rows) == 1 and table.rows - heading <= 2):
            self._by_label(grid, texts, heading, columns, rows, context)
        elif by_heading and label is not None and _NAMED_ROWS.search(columns[label].path):
            self._by_heading(grid, texts, heading, columns, label, context)
        else:
            self._leave_all(table)
            return
        self._leave_rest(table, heading, columns)

    # ---------------------------------------------------------------- columns

    @staticmethod
    def _about(texts: list[list[str]], context: Context) -> Context:
        """The context, of feedback where most names of a column's cells or one heading of its numbers speak of that."""
        for c in range(len(texts[0])):
            names = [t for row in texts if (t := row[c]) and not _is_value(t)]
            told = sum(1 for t in names if _FEEDBACK.search(t))
            if (told >= 2 and told * 2 > len(names)) or (names and told and _FEEDBACK_HEADING.match(names[0])):
                return context._replace(object="feedback")
        return context

    def _column(self, index: int, path: str, context: Context) -> _Column:
        heard = self._hear(_FORMULA.sub(" ", path))
        heard = [h for h in heard if not h.cue.adjacent or h.end >= len(path.rstrip(" )%(")) - 2]
        words = words_of(heard)
        if words.object is None and words.marks & {"full", "partial"}:  # "DVC trực tuyến toàn trình"
            words = words._replace(object="procedure")
        rate = "%" in path or "rate" in words.soft
        if words.act is None and not rate and words.marks <= {"overdue"} and _RESOLUTION.search(path):
            words = words._replace(act="resolved", soft=words.soft - {"results"})
        basis = self._basis_of(path, heard, "period")
        column = _Column(index, path, words, rate, basis)
        found = self._mean(words, context._replace(act=None, near_act=None), rate, "self", basis)
        column.meaning = found
        return column

    def _parts_of_column_before(self, columns: list[_Column], context: Context) -> None:
        """ "Trong đó trễ hạn" behind "Đã giải quyết" is a part of that column."""
        for before, column in pairwise(columns):
            act = before.meaning.sense.act if before.meaning else None
            if act and column.words.act is None and column.words.marks and column.path.startswith("trong đó"):
                told = context._replace(act=act, near_act=None)
                column.meaning = self._mean(column.words, told, column.rate, "self", column.basis) or column.meaning

    def _parts_by_sum(self, columns: list[_Column], rows: list[list[str]], context: Context) -> None:
        """ "Trước hạn", "Đúng hạn", "Quá hạn" behind "Đã giải quyết": parts of that where they add up to it."""
        for at, total in enumerate(columns):
            act = total.words.act
            if total.meaning is None or act is None or total.words.marks or total.rate:
                continue
            told = context._replace(act=act, object=total.meaning.sense.object, near_act=None)
            parts = list(takewhile(_is_bare_part, columns[at + 1 :]))
            meant = [column.meaning or self._mean(column.words, told, False, "self", column.basis) for column in parts]
            fitting = all(meaning is not None and meaning.sense.act in (None, act) for meaning in meant)
            if fitting and are_parts(rows, total.index, [column.index for column in parts]):
                for column, meaning in zip(parts, meant, strict=True):
                    column.meaning = meaning

    def _hear(self, words: str) -> list[Heard]:
        """Cues of a heading or a row's name; "tháng 9 chuyển sang" is what was carried over."""
        heard = carried(words, self._cues(words), find_periods(words, 2000), self.desk.lexicon)[0]
        heard = [h for h in heard if h.cue.id != "carried_over" or not words.endswith("gồm ", 0, h.start)]
        return without_included(heard, words)

    def _cues(self, words: str) -> list[Heard]:
        return self.desk.ear.hear_worn(words)[0] if self._faded else self.desk.ear.hear(words)

    def _mean(self, words: Words, context: Context, rate: bool, scope: str, basis: Basis | None) -> Meaning | None:
        found = meanings(words, context, rate, self.desk.lexicon, scope, basis or "period")
        return found[0] if len(found) == 1 else None

    def _basis_of(self, path: str, heard: Iterable[Heard], basis: Basis | None) -> Basis | None:
        own = self.desk.identity.period
        said: Basis | None = basis
        for h in heard:
            if h.cue.slot == "basis":
                said = basis_of_cue(h, own)
        if said != basis:
            return said
        year = int(own[:4]) if own else None
        if _STAGE.search(path):
            return None
        for w in _stretches(path, year):
            if basis_of_window(w, self.desk.identity) != "period":
                return basis_of_window(w, self.desk.identity)
        for p in find_periods(path, year):
            if own and p.code and p.part:
                said = relation(p.code, own)
        return said

    # ---------------------------------------------------------------- one row a field, unit, month …

    def _by_heading(
        self,
        grid: list[list[Cell | None]],
        texts: list[list[str]],
        heading: int,
        columns: list[_Column],
        label: int | None,
        context: Context,
    ) -> None:
        _bare_rates(columns, self.desk.lexicon)
        key = columns[label].path if label is not None else ""
        keyed = "field" if _FIELD_HEADING.search(key) else "unit" if _UNIT_HEADING.search(key) else None
        if _SYSTEM_HEADING.search(key) and not keyed:
            keyed = "system"
        if _MONTH_HEADING.search(key) and not keyed:
            keyed = "month"
        if keyed is None:
            names = [_row_name(t, columns, label) for t in texts[heading:]]
            units = sum(1 for n in names if _UNIT_NAME.match(n))
            keyed = "unit" if units >= 2 and units >= len(names) / 2 else None
        data = [r for r in range(heading, len(texts)) if not _column_numbers(texts[r])]
        named = [r for r in data if _row_name(texts[r], columns, label)]
        called = {r: _row_name(texts[r], columns, label) for r in data}
        months: dict[int, list[int | None]] = {}  # column → what the rows by month say, None where that is no number
        apart = by_system(called, {r: _TOTAL.fullmatch(name) is not None for r, name in called.items()})
        for r in data:
            name = _row_name(texts[r], columns, label)
            if self._faded and keyed in ("field", "unit", None) and _TOTAL.fullmatch(name) is None:
                name = self.known_names(keyed or "field").meant(name)
            if not any(_is_value(texts[r][c.index]) for c in columns if c.role == "value"):
                continue
            scope, basis, reason = self._row_scope(name, keyed, len(named), context)
            if r in apart:
                scope = None
            by_month = reason == _BY_MONTH
            if not by_month and not _TOTAL.fullmatch(name) and not _SUBTOTAL.fullmatch(name):
                months = {}
            if keyed == "unit" and scope == "self" and not self.desk.of_ward and self._sums_communes(texts[r], columns):
                scope = "commune_level"
            sums = scope == context.scope and _TOTAL.fullmatch(name) and "lũy kế" not in name
            for column in columns:
                cell = grid[r][column.index]
                if by_month and column.role == "value":
                    months.setdefault(column.index, []).append(_whole(texts[r][column.index]))
                elif sums and cell is not None and column.role == "value" and not column.rate:
                    self._add_up(cell, months.get(column.index, []))
                if column.role != "value" or column.meaning is None:
                    continue
                if cell is None or cell.row != r or id(cell) in self._done:
                    continue
                if scope is None or column.basis is None:
                    readings = (column.meaning.indicator,) if r in apart else ()
                    why = apart.get(r) or reason or "số liệu của kỳ khác"
                    self._leave(cell, why, masked=bool(reason) and r not in apart, readings=readings)
                    continue
                meaning = replace(column.meaning, scope=scope, basis=basis if basis != "period" else column.basis)
                self._state(cell, meaning, column.rate)

    def _sums_communes(self, row: list[str], columns: list[_Column]) -> bool:
        """Whether the total row of a district's table by unit is what the text says of the communes together."""
        counts = [(c.meaning.indicator, _whole(row[c.index])) for c in columns if c.role == "value" and c.meaning]
        told = {(s.meaning.indicator, int(s.value)): s.meaning.scope for s in self.desk.statements if not s.decimals}
        scopes = {told[name, number] for name, number in counts if number is not None and (name, number) in told}
        return "commune_level" in scopes and "self" not in scopes

    def _add_up(self, total: Cell, months: list[int | None]) -> None:
        """Keep what stands by month above a total, where every month has its number."""
        parts = [n for n in months if n is not None]
        if len(parts) == len(months) > 1:
            self.desk.months.append(Months(total.block.id, tuple(parts)))

    def _row_scope(
        self, name: str, keyed: str | None, rows: int, context: Context
    ) -> tuple[str | None, Basis, str | None]:
        """Scope and basis of a data row, or no scope and the reason."""
        if _SUBTOTAL.fullmatch(name):
            return None, "period", "dòng cộng một nhóm"
        heard = self._cues(name)
        told = [h.cue.id.split("#")[0] for h in heard if h.cue.slot == "scope"]
        if _TOTAL.fullmatch(name) and told and told[0] != "self" and (self.desk.by_competence or not self.desk.of_ward):
            return told[0], "period", None
        if _TOTAL.fullmatch(name) or (not name and rows == 0):
            return context.scope, "period", None
        if keyed == "month":
            return None, "period", _BY_MONTH
        levels = [h.cue.id.split("#")[0] for h in heard if h.cue.slot == "scope" and not h.cue.adjacent]
        if len(set(levels)) == 1 and levels[0] != "self":
            return levels[0], "period", None
        basis = self._basis_of(name, heard, "period")
        if basis != "period":
            return (context.scope, basis, None) if basis else (None, "period", "số liệu của kỳ khác")
        if _ROMAN.fullmatch(name):
            return None, "period", "dòng nhóm"
        if not name and rows > 0:
            return None, "period", "dòng không có tên"
        if keyed == "system" or _FEEDBACK_KIND.fullmatch(name):
            return None, "period", "số liệu tách theo hệ thống, theo nội dung phản ánh"
        if keyed == "unit":
            return f"unit:{name}", "period", None
        if any(h.cue.slot == "act" and h.cue.id != "resolving" for h in heard):
            return None, "period", "hàng và cột cùng nêu chỉ tiêu"
        if keyed == "field":
            return f"field:{name}", "period", None
        if rows <= 1:
            return context.scope, "period", None
        own = self.desk.identity.period
        if own and any(p.code == own for p in find_periods(name, int(own[:4]))):
            return context.scope, "period", None
        if find_periods(name, 2000) or _MONTH_HEADING.match(name):
            return None, "period", _BY_MONTH
        return f"field:{name}", "period", None

    # ---------------------------------------------------------------- one row an indicator

    def _row_meanings(
        self, texts: list[list[str]], heading: int, label: int, columns: list[_Column], context: Context
    ) -> dict[int, _Row]:
        """For each row that names an indicator: what it counts and the share that this is."""
        number = next((c.index for c in columns if c.role == "number"), None)
        unit = next((c.index for c in columns if c.role == "unit"), None)
        stack: list[tuple[float, Context]] = []
        rows: dict[int, _Row] = {}
        whole: Meaning | None = None  # what the last row without a level counts
        split: Meaning | None = None  # the total whose parts the rows since then are
        for r in range(heading, len(texts)):
            name = _FORMULA.sub(" ", texts[r][label]).strip()
            mark = texts[r][number] if number is not None else ""
            if not name:
                name, mark = mark, ""
            level = _row_level(mark, name)
            near: Context | None = None
            while stack and stack[-1][0] >= level:
                near = stack.pop()[1]
            outer = stack[-1][1] if stack else context._replace(act=None, near_act=None, label=None)
            if near is not None and stack:
                outer = outer._replace(near_act=near.act)
            heard = self._hear(name)
            base = next((h.start for h in heard if h.cue.id == "base"), None)
            thing = next((h.cue.id for h in heard if h.cue.slot == "object"), None)
            heard = [h for h in heard if (base is None or h.start < base) and (not h.cue.adjacent or len(name) < 12)]
            words = words_of(heard, (), thing)
            if thing is None and words.marks & {"full", "partial"}:  # "Dịch vụ công trực tuyến toàn trình"
                words = words._replace(object="procedure")
            units = texts[r][unit] if unit is not None else ""
            rate = "%" in units or "%" in texts[r][label] or ("rate" in words.soft and "hồ sơ" not in units)
            counted = self._cues(units)
            if counted and counted[0].cue.slot == "object" and not rate:
                words = words._replace(object=counted[0].cue.id)
            has_value = any(
                _is_value(texts[r][c.index]) or texts[r][c.index] in _DASH for c in columns if c.role == "value"
            )
            if not has_value:
                objects = [h.cue.id for h in heard if h.cue.slot == "object"]
                named = topic_of(objects)
                stack.append(
                    (level, outer._replace(object=named or outer.object, act=words.act if level > 1 else None))
                )
                continue
            returned = _PERSON.match(name) and words.marks & {"withdrawn", "supplement"}
            if any(h.cue.slot == "other" for h in heard[:1]) and not rate and not returned:
                stack.append((level, outer))
                continue
            count = None if rate else self._mean(words, outer, False, "self", "period")
            share = self._share(count) or self._mean(words, outer, True, "self", "period")
            if count is None and not rate and split is not None and not words.act and words.marks:
                # "Quá hạn" below "Hồ sơ đã giải quyết", "Trước hạn", "Đúng hạn", none of them set in
                told = outer._replace(act=split.sense.act, object=split.sense.object, near_act=None)
                count = self._mean(words, told, False, "self", "period")
                share = self._share(count) or share
            if count is not None and not count.sense.marks:
                split = count
            elif count is None or split is None or count.sense.act != split.sense.act:
                split = None
            scope = self._level(words)
            if scope is not None and count is None and not rate and not words.marks:
                count = whole  # "- Thẩm quyền cấp xã" under "TTHC đang áp dụng"
            elif scope is None and count is not None:
                whole = count
            if count is not None or share is not None:
                rows[r] = _Row(share if rate else count, share, scope)
            inner = outer
            if count is not None:
                inner = outer._replace(act=count.sense.act or outer.act, object=count.sense.object, near_act=None)
            elif words.act:
                inner = outer._replace(act=words.act, object=words.object or outer.object)
            stack.append((level, inner))
        return rows

    def _level(self, words: Words) -> str | None:
        """The level that a row's name tells, or None; a ward's own report has levels only where it splits them."""
        levels = {s.split("#")[0] for s in words.scopes if not s.startswith("field:")} - {"self"}
        told = len(levels) == 1 and (self.desk.by_competence or not self.desk.of_ward)
        return levels.pop() if told else None

    def _share(self, count: Meaning | None) -> Meaning | None:
        """The rate of which a count is the upper part."""
        sense = self.desk.lexicon.rate_sense(count.sense) if count else None
        return replace(count, indicator=sense.indicator, sense=sense) if count and sense else None

    def _by_label(
        self,
        grid: list[list[Cell | None]],
        texts: list[list[str]],
        heading: int,
        columns: list[_Column],
        rows: dict[int, _Row],
        context: Context,
    ) -> None:
        values = [c for c in columns if c.role == "value"]
        scoped = self._column_scopes(values, context)
        done = [c for c in values if _DONE_HEADING.search(c.path) and not c.rate]
        for column in values:
            if done and column not in done and _TOTAL.fullmatch(column.path.split(" / ")[-1]):
                scoped.pop(column.index, None)  # "Số đạt | Tổng số": of which the share is taken
        counting = Counter((scoped[c.index], _compared(c)) for c in values if c.index in scoped and not c.rate)
        for column in values:
            if not column.rate and column.index in scoped and counting[scoped[column.index], _compared(column)] > 1:
                del scoped[column.index]  # two columns of counts, and nothing tells which is the result
        for r, row in rows.items():
            for column in values:
                cell = grid[r][column.index]
                if cell is None or cell.row != r or id(cell) in self._done or not texts[r][column.index]:
                    continue
                basis = _compared(column)
                if basis is None or column.index not in scoped:
                    self._leave(cell, "số liệu của kỳ khác, hoặc không rõ cột nào là kết quả", masked=False)
                    continue
                percent = column.rate or row.count is row.share or _is_share(texts[r][column.index])
                told = row.of(percent)
                if told is None:
                    self._leave(cell, "tỷ lệ không rõ chỉ tiêu" if percent else "không rõ chỉ tiêu", masked=False)
                    continue
                scope = scoped[column.index] if row.scope is None else row.scope
                self._state(cell, replace(told, scope=scope, basis=basis), percent)
            remark = next((grid[r][c.index] for c in columns if _REMARK_HEADING.search(c.path)), None)
            own = [c for c in values if c.index in scoped and not c.rate and _compared(c) == "period"]
            if remark is not None and remark.row == r and len(own) == 1 and row.count is not row.share and row.share:
                share = replace(row.share, scope=row.scope or scoped[own[0].index])
                self._state_remark(remark, share, _whole(texts[r][own[0].index]))

    def _state_remark(self, cell: Cell, share: Meaning, count: int | None) -> None:
        """The share of a row's count that its remark tells ("Đạt 98,07% tổng số phải giải quyết").

        A fraction beside it must be of that count.
        """
        normal = normalize(cell.text)
        if _REMARK.fullmatch(" ".join(normal.text.split("\n"))) is None:
            return
        said = find_numbers(normal.text)
        numbers = [n for n in said if n.percent]
        of_another = any(n.denominator is not None and n.value != count for n in said)
        if of_another or len(numbers) != 1 or numbers[0].value > 100 or id(cell) in self._done:
            return
        start, end = normal.raw(numbers[0].start, numbers[0].end)
        for match in _DIGITS.finditer(cell.text):
            if not start <= match.start() < end:
                self.desk.left.append(
                    Left(cell.block, match.start(), match.end(), "chỉ tiêu, ghi chú trong bảng", masked=True)
                )
        self._done.add(id(cell))
        self._append(cell, (start, end), numbers[0], share)

    def _column_scopes(self, values: list[_Column], context: Context) -> dict[int, str]:
        """Scope of each value column; columns of single months are left out."""
        scopes: dict[int, str] = {}
        months = [
            c
            for c in values
            if find_periods(c.path, 2000) and all((p.part or "").startswith("M") for p in find_periods(c.path, 2000))
        ]
        for column in values:
            levels = [s.split("#")[0] for s in column.words.scopes]
            if len(months) > 1 and column in months:
                continue
            if not column.rate and (
                column.words.marks - {"carried_over"} or column.words.act not in (None, "answered")
            ):
                continue  # rows and columns both say a part: not told apart
            if len(set(levels)) == 1:
                scopes[column.index] = levels[0] if levels[0] != "self" else context.scope
            elif (
                len(values) >= 4
                and not _COUNT_HEADING.search(column.path)
                and not _PERIOD_HEADING.search(column.path)
                and not column.rate
                and not _TOTAL.fullmatch(column.path)
                and not find_periods(column.path, 2000)
                and column.path
                and not column.words.bases
            ):
                scopes[column.index] = f"field:{column.path}"
            else:
                scopes[column.index] = context.scope
        return scopes

    # ---------------------------------------------------------------- cells

    def _state(self, cell: Cell, meaning: Meaning, rate: bool) -> None:
        """The statement of a value cell ("2.463", "2.463 (96,85%)", "–"), or the reason why it has none."""
        normal = normalize(cell.text)
        text = " ".join(normal.text.split("\n"))
        if text in _EMPTY or id(cell) in self._done:
            return
        self._done.add(id(cell))
        if text in _DASH and rate:
            return  # no share is no share of nothing
        if text in _DASH:
            start, end = normal.raw(0, len(text))
            self.desk.statements.append(
                Statement(meaning, Decimal(0), 0, cell.block, start, end, quote=self._quote(cell))
            )
            return
        numbers = find_numbers(text)
        if not numbers or not _VALUE.fullmatch(text):
            self._leave(cell, "ô không phải một số", readings=(meaning.indicator,))
            return
        first = numbers[0]
        if first.denominator is not None:
            self._state_share(cell, normal, numbers, meaning)
            return
        if len(numbers) > 1 and not numbers[1].percent:
            self._leave(cell, "ô có nhiều số", readings=(meaning.indicator,))
            return
        if rate and not first.percent:
            first = _as_percent(text, first)
        if (first.decimals > 0 or first.other is not None) and not rate:
            self._leave(cell, "số lẻ thập phân ở chỉ tiêu đếm", readings=(meaning.indicator,))
            return
        if rate and first.value > 100:
            self._leave(cell, "tỷ lệ lớn hơn 100%", readings=(meaning.indicator,))
            return
        self._append(cell, normal.raw(first.start, first.end), first, meaning)
        share = self._share(meaning)
        if len(numbers) > 1 and numbers[1].percent and not rate and share is not None:
            self._append(cell, normal.raw(numbers[1].start, numbers[1].end), numbers[1], share)

    def _state_share(self, cell: Cell, normal: Normal, numbers: list[Numeral], meaning: Meaning) -> None:
        """The rate of a cell "402/455 (88,35 %)", with its fraction."""
        share = meaning if meaning.sense.is_rate else self._share(meaning)
        if share is None or len(numbers) < 2 or not numbers[1].percent:
            self._leave(cell, "phân số không rõ chỉ tiêu", readings=(meaning.indicator,))
            return
        self._append(cell, normal.raw(numbers[1].start, numbers[1].end), numbers[1], share)
        said = self.desk.statements[-1]
        said.numerator, said.denominator = numbers[0].value, numbers[0].denominator

    def _append(self, cell: Cell, span: tuple[int, int], number: Numeral, meaning: Meaning) -> None:
        self.desk.statements.append(
            Statement(
                meaning,
                number.value,
                number.decimals,
                cell.block,
                *span,
                approximate=number.approximate,
                quote=self._quote(cell),
            )
        )

    def _quote(self, cell: Cell) -> str:
        """What stands round a value in its table: the row's name, the column's heading, the cell."""
        parts = [self._names[cell.row], self._heads[cell.col], " ".join(cell.text.split())]
        return " | ".join(dict.fromkeys(p for p in parts if p))

    def _leave(self, cell: Cell, reason: str, masked: bool = False, readings: tuple[str, ...] = ()) -> None:
        quote = self._quote(cell) if cell.row < len(self._names) and cell.col < len(self._heads) else ""
        for match in _DIGITS.finditer(cell.text):
            self.desk.left.append(Left(cell.block, match.start(), match.end(), reason, readings, masked, quote))
        self._done.add(id(cell))

    def _leave_rest(self, table: Table, heading: int, columns: list[_Column]) -> None:
        """Numbers of headings, column numbers and numbering columns are masked; everything else stays open."""
        roles = {c.index: c.role for c in columns}
        for cell in table.cells:
            if id(cell) in self._done:
                continue
            if cell.row < heading:
                self._leave(cell, "tiêu đề bảng", masked=True)
            elif _COLUMN_NUMBER.fullmatch(_text(cell)) and roles.get(cell.col) == "number":
                self._leave(cell, "số thứ tự", masked=True)
            elif roles.get(cell.col) in ("target", "note"):
                told = _OF_DOSSIERS_TOO.search(_text(cell)) is not None  # "Có 12 hồ sơ rút": to be looked at
                self._leave(cell, "chỉ tiêu, ghi chú trong bảng", masked=not told)
            elif roles.get(cell.col) in ("label", "number"):
                self._leave(cell, "tên dòng của bảng", masked=True)

    def _of_other(self, context: Context) -> str | None:
        """Why no number of a table is the ward's result, by the heading it stands under; None where it may be."""
        if context.withheld is not None:
            return context.withheld
        if context.frame is not None and context.frame.numbers == "all":
            return context.frame.reason
        return "nhiệm vụ, kiến nghị, mục tiêu" if context.mode == "future" and self.narrator.announces else None

    def _leave_all(self, table: Table, reason: str = "bảng không nêu chỉ tiêu nhận ra được") -> None:
        for cell in table.cells:
            self._leave(cell, reason)

    def _as_paragraphs(self, table: Table) -> None:
        for cell in table.cells:
            for block in _paragraphs(cell.block):
                self.narrator.read(block)


# --------------------------------------------------------------------------- shapes


def _twice(columns: list[_Column]) -> bool:
    """Whether a table is two side by side: the heading of its names comes twice."""
    paths = [c.path for c in columns if c.path and c.role in ("label", "note") and c.meaning is None]
    return any(paths.count(p) > 1 for p in paths)


def _without_unclear_twins(columns: list[_Column]) -> None:
    """Of columns that seem to say the same only that means it which is headed so alone or as the total.

    Under "Đã giải quyết" there may be a heading that nobody understands, or that a scan has spoilt.
    """
    same: dict[tuple[object, ...], list[_Column]] = {}
    for column in columns:
        if column.role == "value" and column.meaning is not None:
            scopes = tuple(column.words.scopes)
            same.setdefault((column.meaning.indicator, column.basis, column.rate, scopes), []).append(column)
    for twins in same.values():
        plain = [c for c in twins if " / " not in c.path or _PLAIN_LEAF.fullmatch(c.path.rsplit(" / ", 1)[-1])]
        for column in twins if len(twins) > 1 else ():
            if plain != [column]:
                column.meaning = None


def _is_bare_part(column: _Column) -> bool:
    """Whether a column's heading says a part, and not of what ("Quá hạn")."""
    return column.words.act is None and bool(column.words.marks) and not column.rate and column.role == "value"


def _compared(column: _Column) -> Basis | None:
    """The basis of a value column of a label table, where "Kỳ trước" heads figures of the period before."""
    match = _COMPARED_HEADING.search(column.path)
    if match is None or column.basis != "period":
        return column.basis
    return "last_year" if match["year"] else "previous"


def _is_share(text: str) -> bool:
    """Whether a cell holds only a share ("98,1 %", "402/455 (88,35 %)"), whatever its row is called."""
    numbers = find_numbers(text)
    return bool(numbers) and (numbers[0].percent or numbers[0].denominator is not None)


def _paragraphs(block: Block) -> list[Block]:
    return [block] if block.text.strip() else []


@lru_cache(maxsize=8192)
def _words(raw: str) -> str:
    return key(raw)


def _text(cell: Cell | None) -> str:
    return _words(cell.text) if cell is not None else ""


def _printed(cells: Iterable[Cell | None]) -> str:
    """The letters of cells as printed, top down, without repetitions and column numbers."""
    texts = [" ".join(c.text.split()) for c in cells if c is not None]
    return " / ".join(dict.fromkeys(t for t in texts if t and not _COLUMN_NUMBER.fullmatch(t.lower())))


def _whole(text: str) -> int | None:
    """The whole number that is all of a cell; a dash is 0."""
    if text in _DASH:
        return 0
    numbers = find_numbers(text) if _VALUE.fullmatch(text) else []
    plain = len(numbers) == 1 and not numbers[0].decimals and numbers[0].denominator is None and not numbers[0].percent
    return int(numbers[0].value) if plain and numbers[0].other is None and not numbers[0].approximate else None


def _is_value(text: str) -> bool:
    return (
        bool(text)
        and text[0] in "0123456789("
        and _VALUE.fullmatch(text) is not None
        and any(c.isdigit() for c in text)
    )


def _dense(texts: list[list[str]]) -> bool:
    """Whether a table holds data rather than prose: few long cells."""
    filled = [t for row in texts for t in row if t]
    return sum(1 for t in filled if len(t) > 160) <= max(1, len(filled) // 12)


def _column_numbers(row: list[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)=(4)+(5) …; of a scanned one some may be misread."""
    filled = [t for t in row if t]
    bracketed = [int(m[1]) for t in filled if (m := _BRACKETED.fullmatch(t))]
    if len(bracketed) >= _SOME and 2 * len(bracketed) >= len(filled) and bracketed == sorted(set(bracketed)):
        return True
    if len(filled) < 3 or not all(_COLUMN_NUMBER.fullmatch(t) for t in filled):
        return False
    numbers = [int(m.group()) for t in filled if (m := _INTEGER.search(t))]
    return (
        len(numbers) >= 2
        and numbers == sorted(numbers)
        and numbers[-1] - numbers[0] <= 2 * len(numbers)
        and len(set(numbers)) == len(numbers)
    )


def _heading_rows(table: Table, texts: list[list[str]]) -> int:
    """How many rows stand before the data. Rows of column numbers belong to the heading."""
    rows = 0
    for r, row in enumerate(texts):
        if _column_numbers(row):
            rows = r + 1
            break
        if any(_is_value(t) for t in row[1:]) or (
            r > 0 and _is_value(row[0]) and not any(_is_value(t) for t in texts[0])
        ):
            break
        if r >= 6:
            break
        filled = [t for t in row if t]
        if r > 0 and len(filled) >= 1 and (_ROMAN.fullmatch(filled[0]) or _spans_all(table, r)):
            break
        rows = r + 1
    if table.heading_rows:
        rows = (
            max(rows, 0)
            if any(_is_value(t) for row in texts[: table.heading_rows] for t in row[2:])
            else max(rows, min(table.heading_rows, len(texts)))
        )
        while rows < len(texts) and _column_numbers(texts[rows]):
            rows += 1
    return min(rows, len(texts) - 1)


def _spans_all(table: Table, row: int) -> bool:
    return any(c.row == row and c.colspan >= max(2, table.cols - 1) for c in table.cells)


def _paths(grid: list[list[Cell | None]], texts: list[list[str]], heading: int) -> list[str]:
    """Heading path of each column, top down, without repetitions.

    Where the file keeps no merges (text), an empty heading cell takes the one on its left if a lower heading row
    goes into detail under it.
    """
    rows = [r for r in range(heading) if not _column_numbers(texts[r])]
    width = len(texts[0])
    filled = [[texts[r][c] for c in range(width)] for r in rows]
    for i, r in enumerate(rows):
        for c in range(1, width):
            cell = grid[r][c]
            if filled[i][c] or (cell is not None and (cell.colspan > 1 or cell.rowspan > 1)):
                continue
            if any(texts[rows[k]][c] for k in range(i + 1, len(rows))) and all(
                filled[k][c] == filled[k][c - 1] for k in range(i)
            ):
                filled[i][c] = filled[i][c - 1]
    return [" / ".join(dict.fromkeys(t for t in (row[c] for row in filled) if t)) for c in range(width)]


def _roles(columns: list[_Column], texts: list[list[str]], heading: int) -> None:
    """Which column numbers the rows, which names them, which hold values."""
    data = [row for row in texts[heading:] if not _column_numbers(row)]
    for column in columns:
        cells = [row[column.index] for row in data if row[column.index]]
        values = sum(1 for t in cells if _is_value(t) or t in _DASH or t in _EMPTY)
        leaf = column.path.split(" / ")[-1]
        if _POINTS_HEADING.search(leaf) or _BASE_HEADING.fullmatch(leaf):
            column.role = "note"
        elif _NOTE_HEADING.search(leaf) and "đơn vị tính" not in leaf and "đvt" not in leaf:
            column.role = "note" if not _ORDINAL.search(leaf) else "number"
        elif leaf in ("đvt", "đơn vị tính") or (
            leaf == "đơn vị"
            and cells
            and all(len(t) <= 12 and not t[0].isdigit() for t in cells)
            and any(t in ("%", "hồ sơ", "tthc") for t in cells)
        ):
            column.role = "unit"
        elif cells and values < len(cells) / 2:
            column.role = "label"
        elif column.index == 0 and cells and column.meaning is None and len(columns) > 2:
            column.role = "number"
        elif _TARGET_HEADING.search(leaf) and column.meaning is None:
            column.role = "target"
    labels = [c for c in columns if c.role == "label"]
    if labels:
        best = max(labels, key=lambda c: (sum(1 for row in data if row[c.index]), -c.index))
        first = labels[0]
        keep = first if sum(1 for row in data if row[first.index]) >= len(data) / 2 else best
        for column in labels:
            if column is not keep:
                column.role = "number" if column.index < keep.index else "note"


def _row_name(row: list[str], columns: list[_Column], label: int | None) -> str:
    """The words that name a data row: its label, or where that is empty, what stands in the numbering column."""
    if label is None:
        return ""
    name = row[label]
    if not name or name == row[0]:
        name = next((row[c.index] for c in columns if c.role in ("label", "number", "note") and row[c.index]), "")
    name = str(_LEADING_MARK.sub("", name))
    return name.strip(" :.,;-")


def _row_level(mark: str, name: str) -> float:
    mark = mark.strip("(). ")
    if name.startswith(("-", "+")):
        return 7.0 if name.startswith("-") else 8.0
    if _ROMAN.fullmatch(mark):
        return 1.0
    if _OUTLINE_NUMBER.fullmatch(mark):
        return 2.0 + mark.count(".")
    if len(mark) == 1 and mark.isalpha():
        return 5.0
    head = _NAME_MARK.match(name)
    if head:
        return 1.0 if head[3] else 5.0 if head[2] else 2.0 + head[1].count(".")
    return 6.5 if not mark else 9.0


def _as_percent(text: str, number: Numeral) -> Numeral:
    """A number of a rate column, where the last mark is decimal whatever follows ("98,315")."""
    found = find_numbers(text[number.start : number.end] + " %")
    return replace(found[0], start=number.start, end=number.end) if found else number


def _stretches(path: str, year: int | None) -> list[WindowMention]:
    """Stretches of days that a heading names, with one end ("đến 30/6/2025") or both."""
    found = find_windows(path, year)
    if found:
        return found
    open_ends = []
    for day in find_dates(path):
        if day.date is None:
            continue
        if _TILL.search(path[: day.start]):
            open_ends.append(WindowMention(day.start, day.end, None, day.date))
        elif _SINCE.search(path[: day.start]):
            open_ends.append(WindowMention(day.start, day.end, day.date, None, open_end=True))
    return open_ends


def _bare_rates(columns: list[_Column], lexicon: Lexicon) -> None:
    """A column headed only "Tỷ lệ (%)" is the rate of the count column before it."""
    last: _Column | None = None
    for column in columns:
        if column.role != "value":
            continue
        if (
            column.rate
            and column.meaning is None
            and last is not None
            and last.meaning is not None
            and not (column.words.act or column.words.marks)
        ):
            sense = lexicon.rate_sense(last.meaning.sense)
            if sense is not None:
                column.meaning = replace(last.meaning, indicator=sense.indicator, sense=sense)
        elif column.meaning is not None and not column.rate:
            last = column
