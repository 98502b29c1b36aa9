"""Sentences and lists → statements.

Every number of a paragraph is looked at once, with its own words (its clause) and its context (bracket, sentence,
paragraph, list, heading), in reading order, because each statement may be the context of the next: a bare
percentage belongs to the count before it, "quá hạn: 02" to the group that was opened last. What is promised,
compared, disputed or explained is left, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import cast

import regex

from extractor.catalog.indicators import Lexicon
from extractor.catalog.masks import Mask
from extractor.find.clauses import Bracket, Piece, brackets, clauses, level_text, pieces, sentences
from extractor.find.hearing import Ear, Heard
from extractor.find.masking import BLANK, mask
from extractor.find.meaning import Context, Meaning, Words, meanings, words_of
from extractor.find.outline import LEAF, level_of
from extractor.find.statements import Left, Statement
from extractor.model import Basis, Block, Identity
from extractor.vietnamese.normalize import Normal, normalize
from extractor.vietnamese.numerals import Numeral, find_numbers, find_words
from extractor.vietnamese.periods import PeriodMention, period_span, relation

_ZERO_ANSWER = regex.compile(r"(?<=[:=] ?)(?:không(?: có| phát sinh)?|chưa phát sinh|chưa có)(?=\s*(?:[.;,)]|$))")
_ZERO_SAID = regex.compile(
    r"(?<!\w)(?:không|chưa) (?:có|phát sinh|ghi nhận|nhận được|tiếp nhận|còn)"
    r"(?= (?:hồ sơ|hs|pakn|phản ánh|trường hợp|tthc))"
)
_COMPARED = regex.compile(r"(?<!\w)(?:so với|so|so sánh với)[^.;,(]{0,12}$")
_LATE_BASE = regex.compile(r"\s*(?:so với|trên|trong|tổng số|số|của|tổng)(?!\w)")
_CARRIED_BEHIND = regex.compile(
    r"\s?(?:chuyển sang|chuyển qua|chuyển đến|chuyển kỳ|để lại|còn lại|mang sang|còn tồn|tồn)"
)
_CARRIED_BEFORE = regex.compile(
    r"(?:tồn|chuyển|chuyển tiếp|còn lại|tồn đọng|mang sang|tồn lại|để lại) (?:từ |của |ở )?$"
)
_LAST_PERIOD = frozenset({"kỳ trước", "quý trước", "tháng trước"})
_GROWTH_LEVEL = regex.compile(r"(?:còn|xuống còn|lên đến|lên thành|đạt)\s*(?:là )?$")
_FIELD = regex.compile(
    r"(?:lĩnh vực|về lĩnh vực|thuộc lĩnh vực) (?P<name>[^:;,.()0-9¤]{3,80}?)(?=\s*(?:[:;,(]|đã |có |tiếp nhận|nhận|giải quyết|phát sinh|$))"
)
_OPENER = regex.compile(
    r"(?<!\w)(?:trong đó|gồm|bao gồm|cụ thể|chia ra|như sau|trong số đó|cụ thể là)(?!\w)[ :,]*(?:có(?!\w))?"
)
_LABEL_START = regex.compile(r"[\s¤+*◌-]*(?:tổng số|tổng|số lượng|số|tỷ lệ|tỉ lệ|mức độ|chỉ số|việc)(?!\w)")
# What may follow a count directly. Any other word is the noun of something that is not counted here.
_BEHIND_COUNT = frozenset(
    """
    trong đã được là và có do gồm tại so đạt chiếm bằng còn với cùng trên đều thì cho từ theo nên tương
    lần kể tính ở của khi về đang để bao chủ hoặc tức tăng giảm bị thuộc đối này vẫn nhưng mà như nêu
    không chưa sau nộp cả nhận gửi qua hiện vượt
    """.split()
)
_LISTED = regex.compile(r"lần lượt(?: là| đạt|:| ở mức)? \d[^;.]*\d|tương ứng(?: là|:)? \d[\d.,%]*(?:,| và) \d")
_PLACE_LINE = regex.compile(r"[\s¤+*-]*(?:tại|ở|khối|đối với) [^:;.(]{2,90}(?=:|$)")
_DISPUTE = frozenset({"system_says", "denied"})
_HAS_ONLY = regex.compile(r"(?:(?<!\w)(?:có|gồm|là|thực hiện)|:)[ \u25cc]*$")
_LEADS = frozenset(
    {
        "",
        "tại",
        "ở",
        "riêng",
        "trong đó",
        "đối với",
        "với",
        "về",
        "theo lĩnh vực",
        "lĩnh vực",
        "riêng lĩnh vực",
        "của",
        "còn",
        "khối",
        "nhóm",
        "trong đó riêng",
        "riêng hồ sơ",
        "hồ sơ",
    }
)
_HAVING = frozenset(
    {"", "có", "đã có", "với", "phát sinh", "ghi nhận", "đã ghi nhận", "trong kỳ có", "có tổng số", "tổng cộng có"}
)


@dataclass(slots=True)
class _Text:
    """A paragraph prepared for reading."""

    block: Block
    normal: Normal
    visible: str
    heard: list[Heard]
    numbers: list[Numeral]
    periods: list[PeriodMention]


@dataclass(slots=True)
class _Flow:
    """What changes while a sentence is read."""

    context: Context
    count: Meaning | None = None  # the last count, of which a bare percentage may speak
    rate: Meaning | None = None
    pending: list[Heard] = field(default_factory=list)  # cues of clauses without a number, since the last number
    opens_label: bool = False  # those clauses begin a label ("Tỷ lệ …, …", "Số …, …")
    grew: bool = False
    other: bool = False  # the last number counted something else
    target: bool = False
    remark: bool = False
    disputed: bool = False
    outer_scope: str = "self"
    nested: bool = False  # inside a bracket
    same: bool = False  # the sentence says "tỷ lệ này": the rate named last


@dataclass(slots=True)
class _Share:
    """A printed fraction a/b and the words that say of what."""

    numerator: Decimal
    denominator: Decimal
    words: Words


@dataclass(slots=True)
class Narrator:
    """Reads the paragraphs of one document in order."""

    lexicon: Lexicon
    masks: tuple[Mask, ...]
    ear: Ear
    identity: Identity
    statements: list[Statement] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    _open: list[tuple[float, Context]] = field(default_factory=list)
    _last: Statement | None = None
    _share: _Share | None = None  # a fraction whose percentage is still to come

    # ---------------------------------------------------------------- paragraphs

    def read(self, block: Block) -> None:
        """Reads one paragraph in the context of those before it."""
        text = self._prepare(block)
        level = level_of(block, text.normal)
        near: Context | None = None
        while self._open and self._open[-1][0] >= level:
            near = self._open.pop()[1]
        context = self._open[-1][1] if self._open else Context()
        if near is not None and level > 5:
            context = replace(context, near_act=near.act or near.near_act)
        if self._open and level == LEAF and self._open[-1][0] >= 7:
            context = replace(context, act=None, near_act=context.act or context.near_act)
        context = self._headline(text, context, level)
        self._share = None
        after = self._walk(text, brackets(text.visible), context, _Flow(context))
        children = after
        if level < 5 and not any(n for n in text.numbers):
            children = replace(children, near_act=None)
        self._open.append((level, children))

    def context(self) -> Context:
        """The context that a table standing here inherits."""
        return self._open[-1][1] if self._open else Context()

    def _prepare(self, block: Block) -> _Text:
        normal = normalize(block.text)
        year = int(self.identity.period[:4]) if self.identity.period else None
        visible, spans, periods = mask(normal.text, self.masks, year)
        for span in spans:
            if any(c.isdigit() for c in normal.text[span.start : span.end]):
                self.left.append(Left(block, *normal.raw(span.start, span.end), span.reason, masked=True))
        heard = self.ear.hear(visible)
        numbers = find_numbers(visible)
        for a, b, value in find_words(visible):
            unit = next((h for h in heard if h.start - b == 1 and h.cue.slot == "object"), None)
            if unit and not any(n.start < b and a < n.stop for n in numbers):
                numbers.append(Numeral(a, b, b, Decimal(value)))
        for pattern in (_ZERO_ANSWER, _ZERO_SAID):
            for match in pattern.finditer(visible):
                if not any(n.start < match.end() and match.start() < n.stop for n in numbers):
                    numbers.append(Numeral(match.start(), match.end(), match.end(), Decimal(0), decimals=-1))
        numbers.sort(key=lambda n: n.start)
        heard, periods = _carried(visible, heard, periods, self.lexicon)
        return _Text(block, normal, visible, heard, numbers, periods)

    def _headline(self, text: _Text, context: Context, level: float) -> Context:
        """The context that the head of a paragraph (a heading, or what stands before its colon) sets for all of it."""
        first = min((n.start for n in text.numbers if n.decimals >= 0), default=len(text.visible))
        colon = text.visible.find(":")
        whole = first == len(text.visible)
        end = len(text.visible) if whole else (colon if 0 <= colon < first else 0)
        head = [h for h in text.heard if h.end <= end and not h.cue.adjacent]
        title = text.visible.strip(f" {BLANK}-+*:.")
        for section in ("future", "aside") if level <= 3 and whole else ():
            if any(title.startswith(p) for p in self.lexicon.cues[section].phrases):
                return replace(context, mode=section, act=None, near_act=None, label=None)
        promised = any(h.cue.id == "target" for h in head) or any(
            title.startswith(p) for p in self.lexicon.cues["future"].phrases
        )
        if whole and promised and text.visible.rstrip().endswith(":"):
            return replace(context, mode="future")
        if level <= 2 and context.mode is not None:
            context = replace(context, mode=None)
        place = None if context_is_commune(self.identity) else _PLACE_LINE.match(text.visible)
        if place:
            low = regex.search(r"(?<!thị )(?<!\w)(?:xã|phường|thị trấn)(?!\w)", place.group())
            high = regex.search(r"(?<!\w)(?:huyện|quận|thị xã|thành phố)(?!\w)", place.group())
            if low or high:
                context = replace(context, scope="commune_level" if low else "district_level")
        if not head and not text.periods:
            return self._field(text, context, end)
        words = words_of(head)
        context = self._field(text, context, end)
        leads = head and head[0].cue.slot == "scope" and not _OPENER.search(text.visible[:end])
        scope = self._scope(words, context, line=True) if whole or leads else context.scope
        basis = self._basis(text, 0, end, head, context.basis) if whole or self._opens(text, 0, end) else context.basis
        objects = [h.cue.id for h in head if h.cue.slot == "object"]
        named = topic_of(objects)
        if not whole or level > 5.9:
            topic = named if not _OPENER.search(text.visible[:end]) else None
            return replace(context, object=topic or context.object, scope=scope, basis=basis)
        acts = {h.cue.id for h in head if h.cue.slot == "act" and h.cue.id != "resolving"}
        act = acts.pop() if len(acts) == 1 else None
        return replace(
            context, object=named or context.object, act=act if level >= 2 else None, scope=scope, basis=basis
        )

    def _field(self, text: _Text, context: Context, end: int) -> Context:
        match = _FIELD.search(text.visible, 0, end or len(text.visible)) if end or ":" in text.visible else None
        if match and match.start() <= 12:
            return replace(context, scope="field:" + match["name"].strip())
        first = next(iter(text.heard), None)
        if (
            first is not None
            and first.cue.slot == "field"
            and first.end == end
            and not text.visible[: first.start].strip(f" {BLANK}-+*")
        ):
            return replace(context, scope="field:" + text.visible[first.start : first.end])
        return context

    # ---------------------------------------------------------------- brackets, sentences, clauses

    def _walk(self, text: _Text, bracket: Bracket, context: Context, outer: _Flow) -> Context:
        """Reads one bracket level; returns the context after it (its last act and object)."""
        level = level_text(text.visible, bracket)
        for start, end in sentences(level, bracket):
            flow = _Flow(
                replace(context, label=outer.count), outer.count, outer.rate, remark=outer.remark, target=outer.target
            )
            flow.outer_scope, flow.nested = context.scope, bracket.start > 0
            flow.same = "tỷ lệ này" in level[start:end] or "tỉ lệ này" in level[start:end]
            if bracket.start == 0:
                flow.count = flow.rate = None
                flow.context = context
            heard = [h for h in text.heard if start <= h.start < end and level[h.start] != "\u25cc"]
            spoken = {h.cue.id for h in text.heard if start <= h.start < end}
            flow.disputed = outer.disputed or spoken >= _DISPUTE or "excluded" in spoken
            numbers = [n for n in text.numbers if start <= n.start < end and level[n.start] != "\u25cc"]
            inner = [b for b in bracket.inner if start <= b.start - 1 < end]
            listed = _LISTED.search(level, start, end)
            if listed:
                row = [n for n in numbers if n.start > listed.start()]
                numbers = [n for n in numbers if n.start < listed.start()]
            for a, b in clauses(level, start, end, heard, numbers):
                for piece in pieces(level, a, b, numbers, heard):
                    self._piece(
                        text, level, piece, a, [h for h in heard if piece.start <= h.start < piece.end], flow, inner
                    )
            if listed:
                self._row(text, level, start, listed.start(), heard, row, flow)
            context = replace(
                context,
                act=flow.context.act,
                object=flow.context.object or context.object,
                basis=flow.context.basis
                if bracket.start == 0 and start <= 6 and self._opens(text, start, end)
                else context.basis,
                label=flow.context.label,
            )
        return context

    def _row(
        self, text: _Text, level: str, start: int, at: int, heard: list[Heard], row: list[Numeral], flow: _Flow
    ) -> None:
        """ "A, B, C lần lượt đạt x, y, z": one name a number, if there are as many names as numbers; else all left."""
        names: list[Words] = []
        for a, b in clauses(level, start, at, heard, []):
            for part in regex.split(r"(?<!\w)và(?!\w)", level[a:b]):
                offset = level.index(part, a)
                words = words_of([h for h in heard if offset <= h.start < offset + len(part)])
                if not words.empty:
                    names.append(words)
        found: list[Meaning] = []
        grew = any(h.cue.id in ("growth", "target") for h in heard if h.start < at)
        whole = all(n.percent or n.decimals == 0 for n in row) and len({n.percent for n in row}) == 1
        sure = whole and not grew and not flow.target and flow.context.mode is None
        if len(names) == len(row) and sure and flow.context.basis is not None:
            for words, number in zip(names, row, strict=True):
                scope = self._scope(words, flow.context, line=False)
                told = meanings(words, flow.context, number.percent, self.lexicon, scope, flow.context.basis)
                found += told if len(told) == 1 else []
        for i, number in enumerate(row):
            if len(found) == len(row):
                self._state(text, number, found[i], False)
            else:
                self._leave(text, number, "liệt kê lần lượt, không rõ số nào của chỉ tiêu nào")

    @staticmethod
    def _opens(text: _Text, start: int, end: int) -> bool:
        """Whether a sentence opens its paragraph with the period it speaks of ("Lũy kế từ đầu năm …")."""
        marks = [h.start for h in text.heard if h.cue.slot == "basis"] + [p.start for p in text.periods]
        return any(start <= m <= start + 6 for m in marks)

    def _piece(
        self, text: _Text, level: str, piece: Piece, clause: int, heard: list[Heard], flow: _Flow, inner: list[Bracket]
    ) -> None:
        number = piece.number
        cut = number.start if number else piece.end
        before = [h for h in heard if h.end <= cut and _counts_here(h, level, number)]
        heard = [h for h in heard if not h.cue.adjacent]
        if piece.start == clause and number and level[clause:cut].strip(" \u25cc-+") == "":
            before = []
        self._set_mode(before, flow)
        basis = self._basis(text, piece.start, cut, before, flow.context.basis)
        at = _basis_start(text, before, piece.start, cut)
        if basis != flow.context.basis and not (_COMPARED.search(level[:at]) or level.startswith("so ", at)):
            flow.context = replace(flow.context, basis=basis)
        opener = list(_OPENER.finditer(level, piece.start, cut))
        if opener:
            flow.context = flow.context.with_words(words_of([h for h in before if h.end <= opener[-1].start()]))
            before = [h for h in before if h.start >= opener[-1].end()]
            flow.pending, flow.opens_label = [], False
        before = _without_included(before, level)
        words = words_of(before)
        self._keep_scope(level, piece, clause, before, words, flow)
        for bracket in inner:
            if piece.start <= bracket.start - 1 < cut:
                label = flow.context.with_words(words)
                scope = label.scope if context_is_commune(self.identity) else self._scope(words, label, line=False)
                local = replace(label, basis=basis, scope=scope)
                self._walk(text, bracket, local, replace(flow, context=local))
        if number is None:
            flow.context = flow.context.with_words(words)
            self._wait(level, piece, before, flow)
            return
        after = [h for h in heard if h.start >= number.stop]
        if flow.pending and _continues(level[piece.start : cut], before, piece.start, flow):
            before = [*flow.pending, *before]
        if words_of(before).empty:
            before = [*before, *_apposition(text, level, inner, piece.start, cut)]
        self._number(text, level, piece, number, before, after, flow, basis)
        flow.pending, flow.opens_label = [], False
        for bracket in inner:
            if cut <= bracket.start - 1 < piece.end:
                said = self._last if self._last is not None and self._last.block is text.block else None
                scope = said.meaning.scope if said is not None and flow.count is said.meaning else flow.context.scope
                self._walk(text, bracket, replace(flow.context, label=flow.count, scope=scope), flow)

    def _keep_scope(
        self, level: str, piece: Piece, clause: int, before: list[Heard], words: Words, flow: _Flow
    ) -> None:
        """A level or field at the head of a clause holds up to the next semicolon ("cấp xã tiếp nhận 11, xử lý 9")."""
        if level[:clause].rstrip().endswith(";"):
            flow.context = replace(flow.context, scope=flow.outer_scope)
            flow.grew = flow.other = False
        lead = next((h for h in before if h.cue.slot in ("scope", "field")), None)
        first = next((h for h in before if h.cue.slot in ("scope", "field", "act", "mark")), None)
        if piece.start != clause or lead is None or lead is not first or lead.cue.only:
            return
        if level[clause : lead.start].strip(" \u25cc¤-+*:") not in _LEADS:
            return
        scope = (
            f"field:{level[lead.start : lead.end]}"
            if lead.cue.slot == "field"
            else self._scope(words, flow.context, line=False)
        )
        flow.context = replace(flow.context, scope=scope)

    @staticmethod
    def _wait(level: str, piece: Piece, cues: list[Heard], flow: _Flow) -> None:
        """A clause without a number: perhaps the first part of a label that has commas in it."""
        words = level[piece.start : piece.end]
        opener = list(_OPENER.finditer(words))
        if opener:
            flow.pending, flow.opens_label = [], False
            cues = [h for h in cues if h.start >= piece.start + opener[-1].end()]
            words = words[opener[-1].end() :]
        if not flow.pending or _LABEL_START.match(words):
            flow.pending = []
            first = min((h.start for h in cues if h.cue.slot in ("act", "object", "mark")), default=piece.end)
            bare = level[piece.start : first].strip(f" {BLANK}-+*:") == ""
            flow.opens_label = bool(_LABEL_START.match(words)) or (bare and flow.count is None and flow.rate is None)
        flow.pending = [*flow.pending, *cues]

    def _set_mode(self, before: list[Heard], flow: _Flow) -> None:
        for h in before:
            if h.cue.id == "target":
                compared = any(o.cue.id in ("growth", "base") for o in before if o.start < h.start)
                flow.target = flow.target or not compared
            elif h.cue.id == "result":
                flow.target = False
            elif h.cue.id == "remark":
                flow.remark = True

    # ---------------------------------------------------------------- one number

    def _number(
        self,
        text: _Text,
        level: str,
        piece: Piece,
        number: Numeral,
        before: list[Heard],
        after: list[Heard],
        flow: _Flow,
        basis: Basis | None,
    ) -> None:
        context = flow.context
        worded = number.decimals < 0
        tail = level[number.stop : piece.end]
        gap = len(tail) - len(tail.lstrip(" \u25cc"))
        unit = (
            next((h for h in after if h.start == number.stop + gap and h.cue.slot in ("object", "other")), None)
            if not worded
            else None
        )
        reason = self._not_a_figure(level, piece, number, before, after, flow, unit, context)
        if reason:
            flow.grew = reason == "mức tăng, giảm"
            flow.other = reason.startswith("đếm")
            if not worded:
                self._leave(text, number, reason, masked=True)
            return
        of_other, flow.other, flow.grew = flow.other, False, False
        said = [h for h in after if h.cue.slot in ("act", "mark")]
        if of_other and number.percent and words_of(before).empty and not said:
            self._leave(text, number, "tỷ lệ của đối tượng khác", masked=True)
            return
        if basis is None:
            if not worded:
                self._leave(text, number, "số liệu của kỳ khác", masked=False)
            return
        if number.denominator is not None:
            self._fraction(text, number, before, flow, basis, unit)
            return
        is_rate = number.percent or (
            unit is None
            and any(h.cue.id == "rate" for h in before)
            and number.value <= 100
            and not worded
            and not tail.strip(" \u25cc").startswith(("hồ sơ", "hs"))
        )
        if is_rate:
            found, scope, basis = self._rate(level, number, before, after, flow, basis, tail)
        else:
            found, scope, basis = self._count(level, piece, number, before, after, flow, basis, unit, worded)
        if len(found) != 1:
            if not worded:
                readings = tuple(m.indicator for m in found)
                self._leave(text, number, "chưa rõ chỉ tiêu" if not found else "nhiều cách hiểu", readings)
            return
        meaning = replace(found[0], scope=scope, basis=basis)
        if not is_rate and (number.decimals > 0 or number.other is not None):
            self._leave(text, number, "số lẻ thập phân ở chỉ tiêu đếm", (meaning.indicator,))
            return
        if is_rate and number.value > 100:
            self._leave(text, number, "tỷ lệ lớn hơn 100%", (meaning.indicator,))
            return
        if is_rate and number.approximate:
            self._leave(text, number, "tỷ lệ nêu gần đúng", (meaning.indicator,), masked=True)
            return
        if context.mode == "aside":
            meaning = replace(meaning, strong=False)
        statement = self._state(text, number, meaning, worded)
        if is_rate:
            flow.rate = meaning
            if self._share is not None:
                statement.numerator, statement.denominator = self._share.numerator, self._share.denominator
                self._share = None
        else:
            flow.count, flow.rate = meaning, None
            self._share = None
            act = meaning.sense.act or flow.context.act
            whole = not meaning.sense.marks or flow.context.label is None
            flow.context = replace(
                flow.context, act=act, object=meaning.sense.object, label=meaning if whole else flow.context.label
            )

    def _not_a_figure(
        self,
        level: str,
        piece: Piece,
        number: Numeral,
        before: list[Heard],
        after: list[Heard],
        flow: _Flow,
        unit: Heard | None,
        context: Context,
    ) -> str | None:
        if context.mode == "future":
            return "nhiệm vụ, kiến nghị, mục tiêu"
        if flow.disputed:
            return "số liệu báo cáo không thừa nhận"
        ids = [h.cue.id for h in before]
        near = [h for h in after if h.start - number.stop <= 30]
        if (
            flow.target
            or "target" in ids
            or "bound" in ids[-2:]
            or any(h.cue.id == "trailing_target" for h in near[:3])
        ):
            return "chỉ tiêu, mục tiêu"
        growth = next((h for h in reversed(before) if h.cue.id == "growth"), None)
        if growth is not None and not _GROWTH_LEVEL.search(level[growth.end : number.start]):
            later = [
                h
                for h in before
                if h.start > growth.end and h.cue.slot in ("act", "mark") and level[h.start : h.end] not in _LAST_PERIOD
            ]
            if not later:
                return "mức tăng, giảm"
        if flow.grew and not [h for h in [*before, *after] if h.cue.slot in ("act", "mark")] and number.percent:
            return "mức tăng, giảm"
        if unit is not None and unit.cue.slot == "other":
            shares = number.percent or number.denominator is not None
            saved = shares and any(h.cue.id in ("satisfaction", "rate") for h in [*before, *after])
            if not saved:
                return f"đếm đối tượng khác ({level[unit.start : unit.end]})"
        results = next((h for h in after if h.cue.id == "results" and h.start == number.stop + 1), None)
        if results is not None and not number.percent and not any(h.cue.id == "digitised" for h in [*before, *after]):
            return "đếm đối tượng khác (kết quả)"
        if unit is None and not number.percent and number.denominator is None and number.decimals >= 0:
            tail = level[number.stop : piece.end].lstrip(" \u25cc")
            noun = regex.match(r"[^\W\d_]++", tail)
            spoken = any(h.start <= number.stop + 2 and h.cue.slot in ("act", "mark", "mode") for h in after)
            if noun and noun.group() not in _BEHIND_COUNT and not spoken:
                return f"đếm đối tượng khác ({noun.group()})"
        if "base" in ids and not number.percent:
            last = next(h for h in reversed(before) if h.cue.id == "base")
            if not [h for h in before if h.start > last.end and h.cue.slot == "mode"]:
                return "mẫu số, số để so sánh"
        if flow.remark:
            return "chi tiết trong phần giải thích"
        if (
            any(h.cue.slot == "other" and h.end == number.start - 1 for h in before)
            and unit is None
            and not number.percent
        ):
            return "đếm đối tượng khác"
        return None

    def _count(
        self,
        level: str,
        piece: Piece,
        number: Numeral,
        before: list[Heard],
        after: list[Heard],
        flow: _Flow,
        basis: Basis,
        unit: Heard | None,
        worded: bool,
    ) -> tuple[list[Meaning], str, Basis]:
        base = next((h.start for h in after if h.cue.id == "base"), None)
        near = [h for h in after if base is None or h.start < base]
        object_of = unit.cue.id if unit else None
        context = flow.context
        words = words_of(before, near, object_of)
        if worded and words.object == "feedback" and words.act is None and not words.marks:
            words = replace(words, act="received")
        words, basis = _last_period(words, before, level, basis)
        front = level[piece.start : number.start].strip(" \u25cc-+*¤,")
        if object_of == "feedback" and words.act is None and not words.marks and front in _HAVING:
            words = replace(words, act="received")
        scope = self._scope(words, context, line=False)
        if any(h.cue.only not in (None, words.object or context.object) for h in before if h.cue.slot == "scope"):
            return [], scope, basis
        listing = object_of == "procedure" and _HAS_ONLY.search(level[piece.start : number.start]) is not None
        if words.empty and not (listing and (not words.scopes or flow.count is None)):
            label = flow.count if flow.nested or flow.count is not None else context.label
            label = flow.count if flow.nested or flow.count is not None else context.label
            moved = words.scopes or (basis != label.basis if label else False)
            if label is not None and not worded and (scope, basis) != (label.scope, label.basis) and moved:
                return [replace(label, strong=label.strong)], scope, basis
            return [], scope, basis
        if listing and words.empty:
            follow = level[unit.end : piece.end].lstrip(" \u25cc") if unit else ""
            if not follow or follow.startswith(("trong đó", "gồm", ":", "thuộc")):
                words = replace(words, soft=words.soft | {"total"})
        found = meanings(words, context, False, self.lexicon, scope, basis)
        colon = level.rfind(":", piece.start, number.start)
        own = [h for h in before if h.start > colon]
        if not found and colon >= 0 and own:
            outer = context.with_words(words_of([h for h in before if h.end <= colon]))
            found = meanings(words_of(own, near, object_of), outer, False, self.lexicon, scope, basis)
            if len(found) == 1:
                flow.context = outer
        if not found and unit is None and number.value <= 100 and words.act in ("reuse", "satisfaction", "e_results"):
            found = meanings(words, context, True, self.lexicon, scope, basis)  # "tái sử dụng dữ liệu 81": % left out
        if not found and before and near:
            found = meanings(words_of(before, (), object_of), context, False, self.lexicon, scope, basis)
        if not found and not words_of(before).empty and words.scopes and flow.count is not None:
            return [], scope, basis
        if len(found) == 1 and context_is_commune(self.identity) and scope not in ("self", context.scope):
            aside = found[0].sense.object == "procedure" and found[0].indicator != "procedures.total"
            scope = context.scope if aside else scope
        return found, scope, basis

    def _rate(
        self, level: str, number: Numeral, before: list[Heard], after: list[Heard], flow: _Flow, basis: Basis, tail: str
    ) -> tuple[list[Meaning], str, Basis]:
        context = flow.context
        words, basis = _last_period(words_of(before), before, level, basis, rate=True)
        scope = self._scope(words, context, line=False)
        if not words.empty:
            found = meanings(words, context, True, self.lexicon, scope, basis)
            if not found and after and not _LATE_BASE.match(tail):
                found = meanings(words_of(before, after), context, True, self.lexicon, scope, basis)
            return found, scope, basis
        if self._share is not None and not self._share.words.empty:
            scope = self._scope(self._share.words, context, line=False)
            found = self._rate_of_words(self._share.words, context, scope, basis)
            if found:
                return found, scope, basis
        elif self._share is not None:
            scope = self._scope(self._share.words, context, line=False)
        if flow.count is not None and flow.rate is None:
            rate = self.lexicon.rate_of(flow.count.indicator)
            sense = next((s for s in self.lexicon.senses if s.indicator == rate), None)
            own = scope if words.scopes else flow.count.scope
            if sense is not None:
                return [Meaning(sense.indicator, own, basis, flow.count.strong, sense)], own, basis
        if after and not _LATE_BASE.match(tail):
            both = words_of(before, after)
            scope = self._scope(both, context, line=False)
            found = meanings(both, context, True, self.lexicon, scope, basis)
            if found:
                return found, scope, basis
        if flow.rate is not None and (scope, basis) != (flow.rate.scope, flow.rate.basis):
            return [flow.rate], scope, basis
        told = self._last
        if told is not None and told.meaning.sense.is_rate and any(h.cue.id == "rate" for h in before) and flow.same:
            return [told.meaning], scope, basis
        if context.act is not None and words.scopes:
            return meanings(Words(act=context.act, rank=2), context, True, self.lexicon, scope, basis), scope, basis
        return [], scope, basis

    def _rate_of_words(self, words: Words, context: Context, scope: str, basis: Basis) -> list[Meaning]:
        """The rate of which a fraction with these words is the fraction."""
        found = meanings(words, context, True, self.lexicon, scope, basis)
        if found:
            return found
        for meaning in meanings(words, context, False, self.lexicon, scope, basis):
            rate = self.lexicon.rate_of(meaning.indicator)
            sense = next((s for s in self.lexicon.senses if s.indicator == rate), None)
            if sense is not None:
                return [Meaning(sense.indicator, scope, basis, meaning.strong, sense)]
        return []

    def _fraction(
        self, text: _Text, number: Numeral, before: list[Heard], flow: _Flow, basis: Basis, unit: Heard | None
    ) -> None:
        """A printed a/b: it belongs to the rate beside it, or says a count where no rate is near."""
        assert number.denominator is not None
        later = next((n for n in text.numbers if n.start >= number.stop), None)
        last = self._last
        words = words_of(before, (), unit.cue.id if unit and unit.cue.slot == "object" else None)
        gap = text.visible[number.stop : later.start] if later else ""
        if later is not None and later.percent and not regex.search(r"[.;]\s", gap):
            self._share = _Share(number.value, number.denominator, words)
            if not words.empty:
                flow.count = None
            self._leave(text, number, "phân số của tỷ lệ", masked=True)
            return
        if last is not None and last.block is text.block and last.meaning.sense.is_rate and last.numerator is None:
            between = text.block.text[last.end : text.normal.raw(number.start, number.end)[0]]
            if len(between) < 60 and ";" not in between:
                last.numerator, last.denominator = number.value, number.denominator
                self._leave(text, number, "phân số của tỷ lệ", masked=True)
                return
        scope = self._scope(words, flow.context, line=False)
        found = meanings(words, flow.context, False, self.lexicon, scope, basis)
        if len(found) == 1 and not any(h.cue.id == "rate" for h in before):
            meaning = replace(found[0], scope=scope, basis=basis)
            cut = len(text.visible[number.start : text.visible.index("/", number.start)].rstrip()) + number.start
            self._state(text, replace(number, end=cut), meaning, False)
            self._leave(text, replace(number, start=cut), "mẫu số", masked=True)
            flow.count, flow.rate = meaning, None
            flow.context = replace(flow.context, act=meaning.sense.act or flow.context.act, object=meaning.sense.object)
            return
        self._leave(text, number, "phân số không rõ chỉ tiêu", tuple(m.indicator for m in found))

    # ---------------------------------------------------------------- scope and basis

    def _scope(self, words: Words, context: Context, *, line: bool) -> str:
        """The scope that the words name, else the context's. Levels mean little inside a ward's own report."""
        scopes = [s.split("#")[0] for s in words.scopes if "#" not in s or not context_is_commune(self.identity)]
        if context_is_commune(self.identity):
            scopes = [s for s in scopes if s not in ("self", "district_level")]
            if line:
                scopes = [s for s in scopes if s.startswith("field:")]
        if len(set(scopes)) != 1:
            return context.scope
        return scopes[0]

    def _basis(self, text: _Text, start: int, end: int, before: list[Heard], basis: Basis | None) -> Basis | None:
        """The basis named last in `start:end`, else the one given; None for a period the report is not about."""
        own = self.identity.period
        marks: list[tuple[int, Basis | None]] = []
        for h in before:
            if h.cue.slot == "basis":
                said = cast(Basis, h.cue.id)
                if said == "cumulative" and own and period_span(own)[0].timetuple().tm_yday == 1:
                    said = "period"
                marks.append((h.start, said))
        for p in text.periods:
            if not start <= p.start < end or not own or p.code is None or not p.part:
                continue
            related = relation(p.code, own)
            front = text.visible[max(0, p.start - 12) : p.start].rstrip()
            if related is None and front and not regex.search(r"(?:[,.;:(]|trong|của|riêng|tính)$", front):
                continue  # the month of a decree, of an event: not what the sentence's figures are of
            marks.append((p.start, related))
        named = [b for _, b in marks if b is not None]
        if "cumulative" in named and marks[-1][1] is None:
            return "cumulative"  # "lũy kế 6 tháng": the stretch added up, not another period
        return max(marks, key=lambda m: m[0])[1] if marks else basis

    # ---------------------------------------------------------------- results

    def _state(self, text: _Text, number: Numeral, meaning: Meaning, worded: bool) -> Statement:
        start, end = text.normal.raw(number.start, number.end)
        statement = Statement(
            meaning,
            number.value,
            max(number.decimals, 0),
            text.block,
            start,
            end,
            approximate=number.approximate,
            worded=worded,
        )
        self.statements.append(statement)
        self._last = statement
        return statement

    def _leave(
        self, text: _Text, number: Numeral, reason: str, readings: tuple[str, ...] = (), masked: bool = False
    ) -> None:
        start, end = text.normal.raw(number.start, number.end)
        self.left.append(Left(text.block, start, end, reason, readings, masked))


def topic_of(objects: list[str]) -> str | None:
    """What a heading speaks of, where it names several things."""
    return next((o for o in ("feedback", "dossier") if o in objects), objects[0] if objects else None)


def context_is_commune(identity: Identity) -> bool:
    """Whether the report is a ward's own, in which words for levels are no blocks of figures."""
    return identity.level != "district"


def _continues(words: str, before: list[Heard], start: int, flow: _Flow) -> bool:
    """Whether the words before a number go on with the label that the clauses before it began.

    They do in "Số …, …: 5", in "Tỷ lệ …, … đạt 5%", and where one clause ends and the next begins with a cue of the
    same slot ("đề nghị bãi bỏ, sửa đổi 6 thủ tục").
    """
    last = flow.pending[-1]
    if before and last.end >= start - 3 and before[0].start <= start + 2 and before[0].cue.slot == "mark":
        listed = last.cue.slot in ("mark", "act") and not _LABEL_START.match(words)
        if listed:
            return True
    if _LABEL_START.match(words) or _OPENER.search(words):
        return False
    return flow.opens_label or words.rstrip().endswith(":")


def _apposition(text: _Text, level: str, inner: list[Bracket], start: int, end: int) -> list[Heard]:
    """Cues of a bracket without numbers that stands at the end of a label: "bàn giao sang (kỳ trước): 112"."""
    for b in inner:
        numbered = any(b.start <= n.start < b.end for n in text.numbers)
        if start < b.start <= end and not numbered and level[b.end + 1 : end].strip(" :") == "":
            return [h for h in text.heard if b.start <= h.start < b.end]
    return []


def _last_period(
    words: Words, before: list[Heard], level: str, basis: Basis, *, rate: bool = False
) -> tuple[Words, Basis]:
    """ "kỳ trước" beside a resolved count or a rate is the period compared, not what was carried over."""
    bare = any(h.cue.id == "carried_over" and level[h.start : h.end] in _LAST_PERIOD for h in before)
    if bare and (rate or words.act not in (None, "received") or words.marks - {"carried_over"}):
        return replace(words, marks=words.marks - {"carried_over"}), "previous"
    return words, basis


def _counts_here(h: Heard, level: str, number: Numeral | None) -> bool:
    """Whether a cue counts: an adjacent one only directly before its number."""
    return not h.cue.adjacent or (number is not None and level[h.end : number.start].strip(" :") == "")


def _without_included(cues: list[Heard], level: str) -> list[Heard]:
    """Cues without those that only say what a number includes ("kể cả kỳ trước chuyển sang")."""
    start = next((h.end for h in cues if h.cue.id == "included"), None)
    if start is None:
        return cues
    end = regex.compile(r"(?<!\w)(?:là|thì)(?!\w)|:|,").search(level, start)
    stop = end.start() if end else len(level)
    return [h for h in cues if h.end <= start or h.start >= stop]


def _basis_start(text: _Text, before: list[Heard], start: int, end: int) -> int:
    marks = [h.start for h in before if h.cue.slot == "basis"]
    marks += [p.start for p in text.periods if start <= p.start < end]
    return max(marks, default=start)


def _carried(
    visible: str, heard: list[Heard], periods: list[PeriodMention], lexicon: Lexicon
) -> tuple[list[Heard], list[PeriodMention]]:
    """A period named as the source of what came over ("hồ sơ quý I chuyển sang") is that mark, not a basis."""
    kept, found = [], list(heard)
    for p in periods:
        behind, front = _CARRIED_BEHIND.match(visible, p.end), _CARRIED_BEFORE.search(visible[: p.start])
        if behind or front:
            span = front.start() if front else p.start, behind.end() if behind else p.end
            found = [h for h in found if h.end <= span[0] or h.start >= span[1]]
            found.append(Heard(lexicon.cues["carried_over"], *span))
        else:
            kept.append(p)
    found.sort(key=lambda h: h.start)
    return found, kept


def read_paragraphs(blocks: Iterator[Block], narrator: Narrator) -> None:
    for block in blocks:
        if block.text.strip():
            narrator.read(block)
