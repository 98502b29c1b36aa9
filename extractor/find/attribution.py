"""What one number says, or why it says nothing.

In this order: is it a figure at all; is it of the report's period; is it a fraction, a rate or a count; which
indicator do its own words and its context name. Exactly one answer makes a statement, none or several leave the
number unread with the reason and the readings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from extractor.find.clauses import HOLE, Piece, clauses
from extractor.find.flow import Desk, Flow, Share, Spot, Text
from extractor.find.hearing import Heard
from extractor.find.masking import BLANK
from extractor.find.meaning import SPECIFIC, Context, Meaning, Words, meanings, words_of
from extractor.find.statements import Left, Statement
from extractor.find.whose import CHANNELS, of_unknown
from extractor.find.wordings import (
    ADDED,
    ADDS_UP,
    ALSO_RESOLVED,
    AND,
    AND_ONLY,
    BEHIND_COUNT,
    BY_WAY,
    CAME,
    CLOSED,
    COUNTED_BY_WAY,
    FIELD_FRONT,
    FIELD_TIES,
    FIRST_WORD,
    FOLLOWS_LIST,
    GOES_ON_MASKED,
    GROWTH_LEVEL,
    HANDED_ON,
    HAS_ONLY,
    HAVING,
    IN_A_STRETCH,
    IN_TIME_FRONT,
    LAST_PERIOD,
    LATE_BASE,
    LEFT,
    LEFT_OVER,
    LEVEL_TIES,
    MONTHS_PAST,
    OF_ALL_OTHERS,
    OTHER_DEED,
    OTHER_YEARS,
    OWN_PERIOD_FRONT,
    OWN_RATE,
    OWN_TIME,
    PER,
    PRINTED,
    RECORD,
    SENTENCE_TURN,
    SINCE_FOUNDING,
    SINCE_NEW_YEAR,
    SUGGESTIONS,
    TAKES_IN,
    TILL,
    TWO_TIMES,
    TYING,
    WITH_A_COURSE,
)
from extractor.model import Basis, Block, Identity
from extractor.vietnamese.numerals import Numeral
from extractor.vietnamese.periods import PeriodMention, WindowMention, period_span, relation, standard_window

_PERCENT_LEFT_OUT = ("reuse", "satisfaction", "e_results")  # acts that are only ever rates
_FRACTION_REACH = 60  # letters between a rate and the fraction behind it, at most
_SLACK = timedelta(days=20)  # a cut-off brought forward or put off; months are further apart
_A_YEAR = 365
_NEW_YEAR = ((1, 1), (12, 15))  # where sums of a year begin, by the calendar or by the reporting regime
_FOUNDED = date(2025, 7, 1)  # today's wards and communes: Luật Tổ chức chính quyền địa phương 2025, article 54
_DEED_REACH = 90  # letters before a number within which the deed it counts is named
_OF_SOME_PROCEDURES = frozenset({"qr", "special_procedures", "negated"})
_FEES = frozenset({"fee", "fee_subject"})
_SMALL = 10  # "hai hồ sơ còn lại" is a turn of phrase as often as a count
_IN_PERIOD = frozenset({"in_period", "in_period_bare"})
# marks that "còn lại" before them makes a part of, never what is pending
_RESULTS = CHANNELS | {"early", "on_time", "early_or_on_time", "withdrawn", "refused"}
_CHANNELS = CHANNELS | {"carried_over"}
_COURSES = WITH_A_COURSE | {"backlog"}
_MEAN = "số bình quân, số cao điểm"
_CARRIED = "received.carried_over"
_CHANNEL_COUNTS = frozenset({"received.online", "received.in_person", "received.postal"})
_BESIDE = 4  # letters between a thing and what is said of it beside it
_NEAR = 30  # letters within which "trở lên" belongs to a number


@dataclass(slots=True)
class Attribution:
    """Reads the numbers of one document, one after the other."""

    desk: Desk
    last: Statement | None = None
    share: Share | None = None  # a fraction whose percentage is still to come
    _decided: str = ""  # the sum that decides what the number being read means
    split: bool = False  # the paragraph tells a ward's own dossiers and those for higher levels apart

    def read(self, spot: Spot, flow: Flow, basis: Basis | None, withheld: str | None = None) -> None:
        """Makes a statement of the number or leaves it with a reason; tells the flow what was read.

        `withheld` is why even a figure may not be stated here.
        """
        number = spot.number
        self._decided = ""
        if basis is None and _surveyed(spot, flow, self.share, self.desk.identity.period):
            basis = "period"
        reason = self._not_a_figure(spot, flow)
        if reason:
            flow.grew = reason == "mức tăng, giảm"
            flow.other = reason.startswith("đếm")
            if reason == _MEAN:
                self._hint(spot, flow)
            flow.paced = flow.paced or any(h.cue.id == "average" for h in spot.before)
            flow.kind = flow.kind or reason.startswith("đếm đối tượng khác (hồ sơ")
            self.leave(spot, reason, masked=True)
            return
        if withheld is not None or basis is None:
            self._hint(spot, flow)
        if withheld is not None:
            flow.missed = flow.missed if number.percent else number.stop
            self.leave(spot, withheld)
            return
        of_other, flow.other, flow.grew = flow.other, False, False
        said = spot.unit is not None and any(h.cue.slot in ("act", "mark") for h in spot.after)
        said = said or any(h.cue.id == "satisfaction" for h in spot.after)  # "khảo sát 200 người: 97,5% hài lòng"
        if of_other and self._of_other(spot):
            flow.other = True
            self.leave(spot, "số liệu của đối tượng khác", masked=True)
        elif of_other and number.percent and words_of(spot.before).empty and not said:
            self.leave(spot, "tỷ lệ của đối tượng khác", masked=True)
        elif basis is None:
            self.leave(spot, "số liệu của kỳ khác")
        elif number.denominator is not None:
            self._fraction(spot, flow, basis)
        elif number.percent and self._of_count_without_rate(spot, flow):
            self.leave(spot, "tỷ lệ không thuộc chỉ tiêu theo dõi", masked=True)
        elif self._is_rate(spot):
            self._take_rate(spot, flow, *self._rate(spot, flow, basis))
        else:
            self._take_count(spot, flow, *self._count(spot, flow, basis))

    def _hint(self, spot: Spot, flow: Flow) -> None:
        """Remembers which rate another unit's or another time's percentage is: the ward's own may follow it bare."""
        if spot.number.percent and not words_of(spot.before, spot.after).empty:
            found = self._rate(spot, flow, "period")[0]
            flow.hinted = found[0] if len(found) == 1 else None

    @staticmethod
    def _of_other(spot: Spot) -> bool:
        """Whether a number behind a count of other things goes on with them ("5.310 văn bản, xử lý đúng hạn 97,1%")."""
        words = words_of(spot.before, spot.after)
        said = words.object or words.rank >= SPECIFIC or words.act == "received" or words.scopes
        return spot.unit is None and not spot.worded and not said and bool(words.marks or words.act or words.weak_act)

    def _of_count_without_rate(self, spot: Spot, flow: Flow) -> bool:
        """Whether a bare percentage stands behind a count whose share is no indicator ("trực tiếp 70, chiếm 5,6%")."""
        if OF_ALL_OTHERS.search(spot.tail):
            return True  # "chiếm 0,2% toàn thành phố"
        bare = words_of(spot.before).empty and self.share is None and flow.rate is None
        if bare and _told_since(spot):
            return False  # "409 TTHC đã được công khai, đạt 100%"
        return bare and flow.count is not None and flow.count.sense.rate is None and not words_of(spot.after).act

    # ---------------------------------------------------------------- is it a figure

    def _not_a_figure(self, spot: Spot, flow: Flow) -> str | None:
        """Why a number is certainly no figure, or None."""
        if flow.context.mode == "future":
            return "nhiệm vụ, kiến nghị, mục tiêu"
        if flow.disputed:
            return "số liệu báo cáo không thừa nhận"
        ids = [h.cue.id for h in spot.before]
        trailing = any(h.cue.id == "trailing_target" for h in spot.after if h.start - spot.number.stop <= _NEAR)
        bound = "bound" in ids[-2:]
        joined = flow.bound_stop >= 0 and AND_ONLY.fullmatch(spot.level, flow.bound_stop, spot.number.start) is not None
        if flow.target or "target" in ids or bound or joined or trailing:
            flow.bound_stop = spot.number.stop if bound or joined else -1
            return "chỉ tiêu, mục tiêu"
        if flow.remark:
            return "chi tiết trong phần giải thích"
        if "average" in ids or any(
            h.cue.id == "average" for h in spot.after[:2] if h.start - spot.number.stop <= _NEAR
        ):
            return _MEAN
        if PER.match(spot.level, spot.number.stop):
            return _MEAN
        if flow.paced and not spot.number.percent and "total" not in words_of(spot.before).soft:
            paced = OWN_TIME.search(spot.level, spot.piece.start, spot.number.start) is None
            if paced and not any(h.cue.slot == "basis" for h in spot.before):
                return _MEAN
        cut = spot.number.start
        deed = OTHER_DEED.search(spot.level, max(spot.piece.start, cut - _DEED_REACH), cut)
        if deed and not any(h.end > deed.start() for h in spot.before if h.cue.slot in ("act", "mark")):
            return "đếm việc khác"
        return _change(spot, flow) or (None if self._of_votes(spot, flow) else _other_thing(spot)) or _base(spot)

    def _of_votes(self, spot: Spot, flow: Flow) -> bool:
        """Whether a fraction of votes stands in a bracket right behind its rate: "98,5% (197/200 phiếu)"."""
        last, unit = self.last, spot.unit
        if not flow.nested or spot.number.denominator is None or unit is None or last is None:
            return False
        if last.meaning.indicator != "rate.satisfaction" or last.block is not spot.text.block:
            return False
        start = spot.text.normal.raw(spot.number.start, spot.number.end)[0]
        return not spot.text.block.text[last.end : start].strip(" %(")

    @staticmethod
    def _is_rate(spot: Spot) -> bool:
        """Whether a number is a percentage, printed with its sign or only called a rate."""
        if spot.number.percent:
            return True
        if spot.number.decimals and spot.number.other is None and spot.unit is None:
            return spot.number.value <= 100  # counts have no decimals
        called = any(h.cue.id == "rate" for h in spot.before)
        return called and spot.unit is None and not spot.worded and spot.number.value <= 100

    # ---------------------------------------------------------------- counts

    def _count(self, spot: Spot, flow: Flow, basis: Basis) -> tuple[list[Meaning], str, Basis]:
        """Meanings, scope and basis of a count."""
        context = flow.context
        base = next((h.start for h in spot.after if h.cue.id == "base"), None)
        near = [h for h in spot.after if base is None or h.start < base]
        unit = spot.unit.cue.id if spot.unit else None
        words, basis = _last_period(_paid(words_of(spot.before, near, unit), flow, spot), spot, basis)
        if _of_last_period(words, spot, flow):  # "nhận mới 2.835 hồ sơ (tháng trước 2.640 hồ sơ)"
            return self._of_either_period(words, flow), context.scope, "previous"
        if unit == "feedback" and _of_one_way(spot):
            return [], context.scope, basis
        words = self._of_feedback(words, spot, flow, unit)
        beside = self._field_beside(spot)
        if beside and _of_several_fields(spot):
            return [], context.scope, basis  # "1.290 hồ sơ hộ tịch, chứng thực qua mạng"
        scope = beside or self.scope(words, context)
        acted = words.act or words.weak_act
        if beside and acted:
            flow.field = beside  # "tiếp nhận 300 hồ sơ hộ tịch, giải quyết 298 hồ sơ": of the field too
        elif flow.field and acted and not words.scopes and scope == context.scope:
            scope = flow.field
        if any(h.cue.only not in (None, words.object or context.object) for h in spot.before if h.cue.slot == "scope"):
            return [], scope, basis
        after_missed = flow.missed >= 0 and ";" not in spot.text.visible[flow.missed : spot.number.start]
        if spot.worded and after_missed and words.act is None:
            return [], scope, basis  # "51 hồ sơ đang luân chuyển, chưa hồ sơ nào quá hạn"
        if _of_all_procedures(words, flow, unit):  # "446 TTHC, gồm … và 67 TTHC cấp tỉnh được tiếp nhận tại phường"
            return [flow.count] if flow.count else [], scope, basis
        if words.empty:
            if self._names_procedures(spot, unit) and (not words.scopes or flow.count is None):
                words = words._replace(soft=words.soft | {"total"})
            elif self._behind_rate(spot, flow) and flow.rate is not None and unit == flow.rate.sense.object:
                return self._count_of(flow.rate, scope, basis), scope, basis
            elif self._sums_up(spot, unit):
                return self._received_in_all(scope, basis), scope, basis
            else:
                return self._continued(spot, flow, words, scope, basis), scope, basis
        colon = spot.level.rfind(":", spot.piece.start, spot.number.start)
        own = any(h.start >= max(colon, spot.piece.start) and h.cue.slot == "act" for h in (*spot.before, *spot.after))
        owed = _says_fees(spot) or (words.act is None and any(h.cue.id == "fee" for h in spot.before))
        if not own and not words.marks and owed:
            return [], scope, basis  # "500 hồ sơ có phí": of which fees were to be paid
        behind = any(h.cue.id == "overdue" for h in spot.after)
        if behind and not acted and words.marks == {"overdue"} and flow.count is None and context.act is None:
            return [], scope, basis  # "17 hồ sơ trễ hạn": resolved late, or late and still pending?
        resolved = next((m for m in (flow.count, flow.rate) if m is not None and m.sense.act == "resolved"), None)
        if resolved is not None and words.marks == {"overdue"} and LEFT_OVER.search(spot.front):
            return [], scope, basis  # "… trước hạn 95%, còn lại 03 hồ sơ trễ hạn": of those resolved, or still pending?
        if _late_then(words, flow, basis) or _is_rest(words, spot, flow) or _of_results(words, flow):
            return [], scope, basis
        if _left_from_before(
            words, spot, flow
        ):  # "tiếp nhận 4.012 hồ sơ (trực tuyến 3.850, …, tồn 50)": the sums decide
            over = words._replace(act=None, marks=frozenset({"carried_over"}))
            if flow.nested and TAKES_IN.search(spot.front):
                return meanings(over, context, False, self.desk.lexicon, scope, basis), scope, basis
            both = (meanings(w, context, False, self.desk.lexicon, scope, basis) for w in (over, words))
            return [m for found in both for m in found], scope, basis
        found = next((way for way in self._ways(spot, flow, words, near, scope, basis) if way), [])
        if len(found) == 1 and self.desk.of_ward and found[0].sense.object == "procedure":
            scope = scope if found[0].indicator == "procedures.total" else context.scope
            scope = "self" if scope.startswith("field:") and not words.scopes else scope
        return found, scope, basis

    @staticmethod
    def _behind_rate(spot: Spot, flow: Flow) -> bool:
        """Whether a bare count may be that of the rate before it: in its bracket, or "đạt 97,9% với 1.371 hồ sơ"."""
        return flow.nested or (flow.rate is not None and spot.front.strip() == "với")

    def _ways(
        self, spot: Spot, flow: Flow, words: Words, near: list[Heard], scope: str, basis: Basis
    ) -> Iterator[list[Meaning]]:
        """The ways in which a count's words may be understood, from the plainest to the last resort."""
        context, unit = flow.context, spot.unit.cue.id if spot.unit else None

        def said(words: Words, rate: bool = False) -> list[Meaning]:
            return meanings(words, context, rate, self.desk.lexicon, scope, basis)

        if words.act == "pending" and words.marks & _RESULTS and LEFT_OVER.search(spot.front):
            yield said(words._replace(act=None, rank=0))  # "còn lại 20 hồ sơ đúng hạn"
        yield said(words)
        yield self._behind_colon(spot, flow, near, unit, scope, basis)
        acted = any(h.cue.slot == "act" for h in spot.before)
        if unit is None and acted and words.act in _PERCENT_LEFT_OUT and _among_rates(spot):
            yield said(words, rate=True)
        if {"total", "in_period"} <= words.soft and not words.marks and words.act in (None, "received"):
            # "Tổng số hồ sơ tiếp nhận trong kỳ" may include what came over: the sums of the report decide (settle.py)
            whole, new = Words(object=words.object, act="received"), words._replace(soft=frozenset({"in_period"}))
            yield [*said(whole), *said(new)]
        if words.marks <= {"total"} and self._sums_up(spot, unit):
            yield self._received_in_all(scope, basis)
        if len(near) < len(spot.after):  # "quá hạn 02 hồ sơ trên tổng số 317 đã giải quyết"
            yield said(words_of(spot.before, spot.after, unit))
        if near and ADDED.search(spot.front):  # "bổ sung 04 TTHC mới ban hành"
            yield said(words_of((), near, unit))
        behind = words_of((), near)
        plain = behind.marks <= {"in_time"} and behind.rank < SPECIFIC  # "trả 1.302 kết quả bản điện tử": of results
        plain = plain or (unit == "procedure" and not behind.marks & _OF_SOME_PROCEDURES)
        if spot.before and near and plain:
            yield said(words_of(spot.before, (), unit))

    def _of_either_period(self, words: Words, flow: Flow) -> list[Meaning]:
        """What "(tháng trước 2.640 hồ sơ)" behind a count says: the same count then, or what came over from then."""
        assert flow.count is not None
        then = replace(flow.count, basis="previous")
        if then.sense.marks:
            return [then]
        return [*meanings(words, flow.context, False, self.desk.lexicon, flow.context.scope, "period"), then]

    def _of_feedback(self, words: Words, spot: Spot, flow: Flow, unit: str | None) -> Words:
        """Words of feedback received: "PAKN tiếp nhận trong tháng: 03", "có 05 phản ánh, kiến nghị"."""
        if words.act is not None:
            return words
        if words.object == "feedback" == unit and words.marks and words.marks <= CHANNELS:
            words = words._replace(marks=frozenset())  # "có 05 phản ánh gửi qua Cổng dịch vụ công"
        if (words.object or flow.context.object) == "feedback" and {"new", "in_period"} & (words.marks | words.soft):
            return words._replace(act="received", marks=words.marks - {"new"})
        part = flow.nested or flow.resumed or (flow.count is not None and flow.count.sense.object == "feedback")
        if not words.marks and not part and self._received_feedback(spot, words, unit):
            return words._replace(act="received")
        return words

    def _sums_up(self, spot: Spot, unit: str | None) -> bool:
        """Whether a number is what is new and what came over, told just before it, put together: the total received."""
        if unit not in (None, "dossier") or spot.number.percent:
            return False
        told = self._new_and_carried(spot)
        if told is not None and told[1].value > 0 and told[0].value + told[1].value == spot.number.value:
            self._decided = "bằng số mới cộng với số kỳ trước chuyển sang"
            return True
        parts = self._parts_received(spot)
        if len(parts) < 2 or sum(parts) != spot.number.value or not ADDS_UP.search(spot.front):
            return False
        self._decided = "bằng các phần đã tiếp nhận nêu ngay trước cộng lại"
        return True

    def _parts_received(self, spot: Spot) -> list[Decimal]:
        """What was told of dossiers received by channel, and carried over, directly before a number.

        A line "Cộng: …" closes the lines over it; any other number goes on with its own paragraph only.
        """
        closes = ADDS_UP.match(spot.text.visible.lstrip(f" {BLANK}-+*")) is not None
        found: dict[str, Decimal] = {}
        for s in reversed(self.desk.statements[-6:]):
            m = s.meaning
            if (s.block is not spot.text.block and not closes) or m.basis != "period" or m.scope != "self":
                break
            if m.indicator not in _CHANNEL_COUNTS and m.indicator != _CARRIED:
                break
            found.setdefault(m.indicator, s.value)
        return list(found.values())

    def _new_and_carried(self, spot: Spot) -> tuple[Statement, Statement] | None:
        """What is new and what came over, told just before a number in its paragraph of one scope and basis."""
        told = [s for s in self.desk.statements[-8:] if s.block is spot.text.block and not s.meaning.sense.is_rate]
        new = next((s for s in reversed(told) if s.meaning.indicator == "received.new"), None)
        over = next((s for s in reversed(told) if s.meaning.indicator == "received.carried_over"), None)
        if new is None or over is None:
            return None
        alike = (new.meaning.scope, new.meaning.basis) == (over.meaning.scope, over.meaning.basis)
        return (new, over) if alike else None

    def _received_in_all(self, scope: str, basis: Basis) -> list[Meaning]:
        """The total received, as `_sums_up` recognises it."""
        return meanings(Words(act="received", rank=1), Context(), False, self.desk.lexicon, scope, basis)

    def _field_beside(self, spot: Spot) -> str | None:
        """The field right before the number ("đất đai với 09") or behind the thing counted ("09 hồ sơ đất đai")."""
        unit = spot.unit
        if not spot.worded and (unit is None or unit.cue.id == "dossier"):
            front = next((h for h in reversed(spot.before) if h.cue.slot == "field"), None)
            if front is not None and spot.level[front.end : spot.number.start].strip(" :-") in FIELD_TIES:
                listed = (
                    spot.level[: front.start].rstrip().endswith((",", " và")) and front.start > spot.piece.start + 1
                )
                return None if listed else f"field:{spot.level[front.start : front.end]}"
            thing = next((h for h in reversed(spot.before) if h.cue.id == "dossier"), None)
            if front is not None and thing is not None and front.start == thing.end + 1 and not _listed(spot, front):
                return f"field:{spot.level[front.start : front.end]}"  # "số hồ sơ chứng thực tiếp nhận là 1.530"
            said = FIELD_FRONT.search(spot.front)
            start = spot.piece.start + said.start("name") if said else 0
            if said and not any(h.start >= start and h.cue.slot in ("act", "mark") for h in spot.before):
                return f"field:{said['name'].strip()}"
        if unit is None or unit.cue.id != "dossier":
            return None
        name = next((h for h in spot.after if h.start == unit.end + 1 and h.cue.slot in ("field", "head")), None)
        if name is not None and spot.level.startswith("khác", name.start):
            return None  # "21 hồ sơ khác đang giải quyết"
        return f"field:{spot.level[name.start : name.end]}" if name else None

    @staticmethod
    def _received_feedback(spot: Spot, words: Words, unit: str | None) -> bool:
        """Whether "có 05 phản ánh, kiến nghị" or "không có phản ánh" speaks of those received."""
        if spot.worded:
            return words.object == "feedback"
        front = IN_TIME_FRONT.sub("", spot.front.strip(f" {HOLE}-+*¤,"))
        if unit is None and front.endswith(":"):  # "PAKN: 05, đã trả lời 05"
            return (
                words.object == "feedback"
                and len(spot.before) == 1
                and front == spot.level[spot.before[0].start : spot.before[0].end] + ":"
            )
        return unit == "feedback" and (front in HAVING or front.endswith(CAME))

    @staticmethod
    def _names_procedures(spot: Spot, unit: str | None) -> bool:
        """Whether "danh mục gồm 379 thủ tục" names the procedures in use."""
        if unit != "procedure" or spot.unit is None or not HAS_ONLY.search(spot.front):
            return False
        follow = spot.level[spot.unit.end : spot.piece.end].lstrip(f" {HOLE}")
        return not follow or follow.startswith(FOLLOWS_LIST)

    def _exceeds(self, spot: Spot, label: Meaning, basis: Basis) -> bool:
        """Whether a number is larger than the whole that it would be a part of."""
        whole = next((s for s in reversed(self.desk.statements) if s.meaning.indicator == label.indicator), None)
        return whole is not None and label.basis == basis and spot.number.value > whole.value

    def _whole_of_parts(self, spot: Spot, basis: Basis) -> list[Meaning]:
        """The one count told before that the numbers of this level of a paragraph add up to, if there is one."""
        parts = [n for n in spot.text.numbers if spot.level[n.start : n.end] == spot.text.visible[n.start : n.end]]
        total = sum(n.value for n in parts)
        found = {
            s.meaning.indicator: s.meaning
            for s in self.desk.statements
            if s.value == total
            and s.meaning.scope == "self"
            and s.meaning.basis == basis
            and not s.meaning.sense.is_rate
        }
        if len(parts) < 2 or len(found) != 1:
            return []
        self._decided = "các số cùng đoạn cộng lại bằng số này của toàn đơn vị"
        return list(found.values())

    def _continued(self, spot: Spot, flow: Flow, words: Words, scope: str, basis: Basis) -> list[Meaning]:
        """The meaning of a number that names only a level or a period: that of the label it goes on with."""
        label = flow.count if flow.nested or flow.count is not None else flow.context.label
        if spot.worded or (flow.lost and flow.count is None):
            return []
        if label is None:
            return self._whole_of_parts(spot, basis) if words.scopes else []
        named = bool(words.scopes) or scope.startswith("field:")
        moved = named and scope != label.scope
        if words.scopes and _has_other_words(spot):
            return []  # "công bố thêm 6 TTHC mới, …, cắt 4 TTHC ở cấp xã"
        if moved and words.scopes and flow.count is None and self._exceeds(spot, label, basis):
            return self._whole_of_parts(spot, basis)
        return [label] if moved or basis != label.basis else []

    def _behind_colon(
        self, spot: Spot, flow: Flow, near: list[Heard], unit: str | None, scope: str, basis: Basis
    ) -> list[Meaning]:
        """Meanings by the words behind the colon alone, with those before it as context ("Số hóa: đầu vào 1.288")."""
        colon = spot.level.rfind(":", spot.piece.start, spot.number.start)
        own = [h for h in spot.before if h.start > colon]
        if colon < 0 or not own:
            return []
        outer = flow.context.with_words(words_of([h for h in spot.before if h.end <= colon]))
        found = meanings(words_of(own, near, unit), outer, False, self.desk.lexicon, scope, basis)
        if len(found) == 1:
            flow.context = outer
        return found

    def _take_count(self, spot: Spot, flow: Flow, found: list[Meaning], scope: str, basis: Basis) -> None:
        flow.missed = -1 if len(found) == 1 else spot.number.stop
        if len(found) != 1:
            flow.lost = flow.lost or not found
            said = words_of(spot.before, spot.after, spot.unit.cue.id if spot.unit else None)
            flow.unclear, flow.unclear_count = said.marks, spot.number.value
            if said.object in ("feedback", "procedure"):  # what follows is of them too, never of dossiers
                flow.context = flow.context._replace(object=said.object)
            self._leave_open(spot, found)
            return
        meaning = replace(found[0], scope=scope, basis=basis)
        channel = flow.context.whole
        by_channel = channel is not None and channel.indicator in _CHANNEL_COUNTS
        if channel is not None and by_channel and meaning.indicator == "received.total" and self._is_head(channel):
            meaning = replace(channel, scope=scope, basis=basis)  # "* Trực tuyến:" over "- Tiếp nhận: 1.100 hồ sơ"
        if meaning.indicator == "procedures.total" and meaning.sense.act == "received" and _taken_for_dossiers(spot):
            self.leave(spot, "thủ tục hay hồ sơ, chưa rõ", (meaning.indicator,))
            return
        if self._of_a_part(spot, flow, meaning):
            self.leave(spot, "số liệu của một phần hồ sơ", (meaning.indicator,))
            return
        flow.unclear = frozenset()
        if spot.number.decimals > 0 or spot.number.other is not None:
            as_rate = meaning.sense.is_rate and spot.number.other is None
            if not as_rate:
                self.leave(spot, "số lẻ thập phân ở chỉ tiêu đếm", (meaning.indicator,))
                return
        self._state(spot, flow, meaning)
        flow.told += 1
        flow.count, flow.rate = meaning, None
        self.share = None
        whole = not meaning.sense.marks or flow.context.label is None
        flow.context = flow.context._replace(
            act=meaning.sense.act or flow.context.act,
            object=meaning.sense.object,
            label=meaning if whole else flow.context.label,
        )

    def _is_head(self, whole: Meaning) -> bool:
        """Whether a whole was named by a heading alone, without a number."""
        return not any(_same(s.meaning, whole) for s in self.desk.statements)

    def _of_a_part(self, spot: Spot, flow: Flow, meaning: Meaning) -> bool:
        """Whether a count goes into a part told before it: "trực tuyến 1.100 hồ sơ: đúng hạn 1.080, quá hạn 05"."""
        whole = flow.group
        over = flow.context.whole
        of_head = over is not None and flow.count is not None and flow.count.indicator == over.indicator
        if over is not None and of_head and over.indicator in _CHANNEL_COUNTS and not flow.turned:
            return is_no_part(meaning, over)  # "Bưu chính: nhận 03 hồ sơ, trả kết quả 211 hồ sơ"
        if whole is None and not flow.nested and flow.count is None:
            whole = over
        if whole is not None:
            told = next((s.value for s in reversed(self.desk.statements) if _same(s.meaning, whole)), None)
            apart = flow.turned and (not meaning.sense.marks or meaning.indicator in _CHANNEL_COUNTS)
            smaller = told is not None and spot.number.value < told
            if _same(meaning, whole) and smaller and not apart and not meaning.sense.marks:
                return True  # "140 hồ sơ đang ở các phòng, gồm … và 05 hồ sơ đã lỡ hẹn mà chưa xong"
            return is_no_part(meaning, whole) and not apart and (told is None or spot.number.value <= told)
        if flow.opened_group and flow.lost and flow.group is None and spot.number.value <= flow.unclear_count:
            return not meaning.sense.marks and meaning.sense.act in ("resolved", "pending")
        unclear = flow.unclear if flow.nested or flow.opened_group else flow.context.unclear
        if unclear & WITH_A_COURSE and (flow.nested or flow.opened_group or flow.count is None):
            course = not meaning.sense.marks or meaning.indicator in _CHANNEL_COUNTS
            return course and meaning.sense.object == "dossier"
        if flow.count is None and flow.unclear & _COURSES and meaning.sense.act in ("resolved", "pending"):
            return not meaning.sense.marks and spot.number.value <= flow.unclear_count
        first = self.last
        if flow.count is None or first is None or not _same(first.meaning, flow.count) or flow.told != 1:
            return False
        if spot.number.value > first.value or not is_no_part(meaning, flow.count):
            return False
        if meaning.sense.act not in ("resolved", "pending") or flow.count.indicator not in (
            "received.online",
            "received.postal",
            "received.carried_over",
        ):
            return False
        flow.group = flow.count
        return True

    # ---------------------------------------------------------------- rates and fractions

    def _rate(self, spot: Spot, flow: Flow, basis: Basis) -> tuple[list[Meaning], str, Basis]:
        """Meanings, scope and basis of a percentage. A bare one speaks of the fraction, count or rate before it."""
        context, lexicon = flow.context, self.desk.lexicon
        light = lexicon.light_faded if spot.text.faded else lexicon.light
        words, basis = _last_period(words_of(_above_base(spot.before)), spot, basis, rate=True)
        words = _paid(words, flow, spot)
        scoped = words if words.scopes else words_of(spot.before)
        if not scoped.scopes and spot.after and spot.after[0].cue.slot == "scope":
            scoped = words_of(spot.after[:1]) if spot.after[0].start == spot.number.stop + 1 else scoped
        scope = self.scope(scoped, context)  # "đạt 61,5% ở cấp huyện"
        behind = bool(spot.after) and not LATE_BASE.match(spot.tail)
        if not words.empty:
            both = words_of(spot.before, spot.after) if behind and spot.unit and not words.marks else words
            if both.marks:  # "giải quyết 98% hồ sơ đúng hạn"
                if of_unknown(spot, None, light):
                    return [], scope, basis
                return meanings(both, context, True, lexicon, scope, basis), scope, basis
            named = words.act or words.weak_act or words.marks
            astray = flow.lost or (flow.seen > 0 and flow.count is None and flow.rate is None)
            found = meanings(words, context, True, lexicon, scope, basis) if named or not astray else []
            if len(found) == 1 and of_unknown(spot, found[0], light):
                return [], scope, basis  # "tỷ lệ chi trả đúng hạn": not of dossiers
            if not found and behind:
                found = meanings(words_of(spot.before, spot.after), context, True, lexicon, scope, basis)
            colon = spot.level.rfind(":", spot.piece.start, spot.number.start)
            if colon >= 0 and not found:  # "Về trực tuyến và số hóa: hồ sơ trực tuyến đạt 58 %"
                last = words_of([h for h in spot.before if h.start > colon])
                found = [] if last.empty else meanings(last, context, True, lexicon, scope, basis)
            if not found and flow.rate is not None:  # "số hóa đầu vào 98%, đầu ra 97%"
                found = meanings(words, context._replace(act=flow.rate.sense.act), True, lexicon, scope, basis)
            return found, scope, basis
        if self.share is not None:
            scope = self.scope(self.share.words, context)
            found = [] if self.share.words.empty else self._rate_of_words(self.share.words, context, scope, basis)
            if found:
                return found, scope, basis
        if flow.pending:  # "371 TTHC, đều được công khai, tỷ lệ 100%"
            told = words_of(flow.pending)
            found = meanings(told, context, True, lexicon, scope, basis) if told.act else []
            if found:
                return found, scope, basis
        if behind and _named_right_behind(spot):  # "4.338 hồ sơ trả, 99,82% trước và đúng hạn"
            found = meanings(words_of((), spot.after), context, True, lexicon, scope, basis)
            if len(found) == 1 and not of_unknown(spot, found[0], light):
                return found, scope, basis
        if flow.count is not None and flow.count.sense.rate is None and (done := _told_since(spot)):
            return (
                meanings(words_of(done, (), flow.count.sense.object), context, True, lexicon, scope, basis),
                scope,
                basis,
            )
        if flow.missed >= 0 and flow.rate is None:
            return [], scope, basis  # "có sử dụng lại dữ liệu: 905 (75,1%)": of a count that was not understood
        if flow.count is not None and flow.rate is None:
            own = scope if words.scopes else flow.count.scope
            rate = self._rate_of(flow.count, own, basis)
            if rate is not None:
                return [rate], own, basis
        if behind:
            both = words_of(spot.before, spot.after)
            own = self.scope(both, context)
            found = meanings(both, context, True, lexicon, own, basis)
            if found:
                return [] if len(found) == 1 and of_unknown(spot, found[0], light) else found, own, basis
        if flow.rate is not None and (scope, basis) != (flow.rate.scope, flow.rate.basis):
            return [flow.rate], scope, basis
        if flow.same and self.last is not None and self.last.meaning.sense.is_rate:
            return [self.last.meaning], scope, basis
        if flow.hinted is not None and OWN_RATE.search(spot.front):  # "toàn thành phố đạt 91%; phường đạt 97%"
            return [replace(flow.hinted, scope=scope, basis=basis)], scope, basis
        if context.act is not None and words.scopes:
            return meanings(Words(act=context.act, rank=2), context, True, lexicon, scope, basis), scope, basis
        return [], scope, basis

    def _count_of(self, rate: Meaning, scope: str, basis: Basis) -> list[Meaning]:
        """The count in the bracket behind its rate ("đạt 91,5% (215 hồ sơ)"), where only one has that rate."""
        lexicon = self.desk.lexicon
        counts = [s for s in lexicon.senses if not s.is_rate and lexicon.rate_sense(s) is rate.sense]
        return [Meaning(s.indicator, scope, basis, False, s) for s in counts] if len(counts) == 1 else []

    def _rate_of(self, count: Meaning, scope: str, basis: Basis) -> Meaning | None:
        """The rate that a bare percentage behind a count is."""
        sense = self.desk.lexicon.rate_sense(count.sense)
        return Meaning(sense.indicator, scope, basis, count.strong, sense) if sense else None

    def _rate_of_words(self, words: Words, context: Context, scope: str, basis: Basis) -> list[Meaning]:
        """The rate of which a fraction with these words is the fraction."""
        found = meanings(words, context, True, self.desk.lexicon, scope, basis)
        if found:
            return found
        counts = meanings(words, context, False, self.desk.lexicon, scope, basis)
        return [rate for count in counts if (rate := self._rate_of(count, scope, basis)) is not None][:1]

    def _take_rate(self, spot: Spot, flow: Flow, found: list[Meaning], scope: str, basis: Basis) -> None:
        if len(found) != 1:
            flow.very = flow.very or words_of(spot.before, spot.after).act == "very_satisfied"
            self._leave_open(spot, found)
            return
        meaning = replace(found[0], scope=scope, basis=basis)
        if flow.context.whole is not None and flow.context.whole.indicator in _CHANNEL_COUNTS and _of_course(meaning):
            self.leave(spot, "số liệu của một phần hồ sơ", (meaning.indicator,))
            return
        if spot.unit is not None and spot.unit.cue.id == "procedure" and meaning.sense.object == "dossier":
            self.leave(spot, "tỷ lệ của thủ tục, không phải của hồ sơ")
            return
        if meaning.sense.act == "satisfaction" and flow.very:
            self.leave(spot, "một phần của tỷ lệ hài lòng", (meaning.indicator,))
            return
        if spot.number.value > 100:
            self.leave(spot, "tỷ lệ lớn hơn 100%", (meaning.indicator,))
            return
        if spot.number.approximate:
            self.leave(spot, "tỷ lệ nêu gần đúng", (meaning.indicator,), masked=True)
            return
        statement = self._state(spot, flow, meaning)
        flow.rate = meaning
        if self.share is not None:
            statement.numerator, statement.denominator = self.share.numerator, self.share.denominator
            self.share = None

    def _fraction(self, spot: Spot, flow: Flow, basis: Basis) -> None:
        """A printed a/b: it belongs to the rate beside it, or says a count where no rate is near."""
        number, text = spot.number, spot.text
        assert number.denominator is not None
        if TWO_TIMES.search(spot.level, flow.start, number.start):
            self.leave(spot, "hai số của hai kỳ viết liền nhau")
            return
        unit = spot.unit.cue.id if spot.unit and spot.unit.cue.slot == "object" else None
        base = next((h.start for h in spot.before if h.cue.id == "base" or spot.level[h.start - 1] == "/"), None)
        words = words_of([h for h in spot.before if base is None or h.start < base], (), unit)
        if spot.unit is not None and spot.unit.cue.slot == "other" and words.act is None:
            words = words_of((), spot.after)  # "khảo sát tại quầy có 533/540 phiếu hài lòng"
        later = next((n for n in text.numbers if n.start >= number.stop), None)
        if flow.nested and flow.alone and self._joins_last_rate(spot, touching=True):
            self.leave(spot, "phân số của tỷ lệ", masked=True)  # "huyện đạt 72,3% (1.604/2.218 hồ sơ), xã đạt 74,1%"
            return
        if later is not None and later.percent and self._has_no_rate(words, flow.context, basis):
            later = None
        if later is not None and later.percent and not SENTENCE_TURN.search(text.visible, number.stop, later.start):
            if not (words.act or words.weak_act or words.marks):
                words = words_of((), spot.after)  # "490/500 hồ sơ được giải quyết đúng hạn, đạt 98%"
            elif words.act and not words.soft and spot.after:  # "Số hóa: 490/500 hồ sơ được số hóa kết quả, đạt 98%"
                behind = words_of((), spot.after)
                if behind.act is None and behind.soft & {"intake", "results"}:  # "số hóa 1.305/1.311 hồ sơ đầu vào"
                    words = words_of(spot.before, spot.after)
                words = behind if behind.act == words.act else words
            words = _paid(words, flow, spot)
            self.share = Share(number.value, number.denominator, words)
            if not words.empty:
                flow.count = None
            if not self._worded_count(spot, flow, words, basis):
                self.leave(spot, "phân số của tỷ lệ", masked=True)
            return
        if self._joins_last_rate(spot):
            self.leave(spot, "phân số của tỷ lệ", masked=True)
            return
        scope = self._field_beside(spot) or self.scope(words, flow.context)
        found = meanings(words, flow.context, False, self.desk.lexicon, scope, basis)
        noun = FIRST_WORD.match(spot.tail.lstrip(f" {HOLE}")) if spot.unit is None else None
        of_others = noun is not None and noun.group() not in BEHIND_COUNT and not spot.after
        if len(found) != 1 or "rate" in words.soft or of_others:  # "được niêm yết tại 16/16 bộ phận một cửa"
            self.leave(spot, "phân số không rõ chỉ tiêu", tuple(m.indicator for m in found))
            return
        upper = replace(spot, number=replace(number, end=number.bar, denominator=None))
        self._take_count(upper, flow, found, scope, basis)
        self.leave(replace(spot, number=replace(number, start=number.bar)), "mẫu số", masked=True)

    def _worded_count(self, spot: Spot, flow: Flow, words: Words, basis: Basis) -> bool:
        """States the upper number of "a trên tổng số b" as the count that its words name, if they name one."""
        number = spot.number
        if "/" in spot.text.visible[number.bar : number.end]:
            return False
        scope = self.scope(words, flow.context)
        found = meanings(words, flow.context, False, self.desk.lexicon, scope, basis)
        if len(found) != 1 or "rate" in words.soft or found[0].sense.rate is None:
            return False
        self._state(replace(spot, number=replace(number, end=number.bar, denominator=None)), flow, found[0])
        self.leave(replace(spot, number=replace(number, start=number.bar)), "mẫu số", masked=True)
        return True

    def _has_no_rate(self, words: Words, context: Context, basis: Basis) -> bool:
        """Whether the words name a count of which no rate is an indicator ("đã xử lý 05/05 PAKN, đạt 100%")."""
        counts = meanings(words, context, False, self.desk.lexicon, "self", basis)
        rates = meanings(words, context, True, self.desk.lexicon, "self", basis)
        return len(counts) == 1 and not rates and counts[0].sense.rate is None

    def _joins_last_rate(self, spot: Spot, *, touching: bool = False) -> bool:
        """Gives the fraction to the rate read just before it (or right before its bracket), if that has none yet."""
        last = self.last
        if last is None or last.block is not spot.text.block or not last.meaning.sense.is_rate:
            return False
        start = spot.text.normal.raw(spot.number.start, spot.number.end)[0]
        between = spot.text.block.text[last.end : start]
        if touching and between.strip(" %("):
            return False
        apart = len(between) >= _FRACTION_REACH or ";" in between or any(map(str.isdigit, between))
        if last.numerator is not None or apart or SENTENCE_TURN.search(between):
            return False
        last.numerator, last.denominator = spot.number.value, spot.number.denominator
        return True

    # ---------------------------------------------------------------- names and numbers apart

    def row(
        self, text: Text, level: str, start: int, at: int, heard: list[Heard], row: list[Numeral], flow: Flow
    ) -> None:
        """ "A, B, C lần lượt đạt x, y, z": one name a number, if there are as many names as numbers; else all left.

        Counts may be followed by as many percentages, which are their shares.
        """
        half = len(row) // 2
        shares = [n.percent for n in row] == [False] * half + [True] * half
        parts = [row[:half], row[half:]] if shares else [row]
        begin = max(start, level.rfind(";", start, at) + 1)
        names = self._names_in_turn(level, begin, at, heard, row[0].start, len(parts[0]))
        context = flow.context
        grew = any(h.cue.id in ("growth", "target") for h in heard if h.start < at)
        alike = all(n.percent or n.decimals == 0 for n in row)
        alike = alike and all(len({n.percent for n in part}) == 1 for part in parts)
        alike = alike and GOES_ON_MASKED.match(level, row[-1].stop) is None  # "chậm lần lượt 1, 2 và 6 ngày"
        alike = alike and len(PRINTED.findall(level, at, row[-1].stop)) == len(row)
        found: list[Meaning] = []
        if names and alike and not grew and not flow.target and context.mode is None and context.basis is not None:
            for part in parts:
                for words, number in zip(names, part, strict=True):
                    scope = self.scope(words, context)
                    told = meanings(words, context, number.percent, self.desk.lexicon, scope, context.basis)
                    found += told if len(told) == 1 else []
        if len(found) != len(row):
            found = self._in_turn_again(text, start, row, context)
        for i, number in enumerate(row):
            spot = Spot(text, level, _piece_of(number), number, [], [])
            if len(found) == len(row):
                self._state(spot, flow, found[i])
            else:
                self.leave(spot, "liệt kê lần lượt, không rõ số nào của chỉ tiêu nào")

    def _names_in_turn(
        self, level: str, start: int, at: int, heard: list[Heard], first: int, count: int
    ) -> list[Words]:
        """The names that numbers are told of in turn, if there are `count` of them; none otherwise.

        Where one cue has several in it ("trước hạn, đúng hạn"), each is heard by itself.
        """
        shared = [h for h in heard if at <= h.start < first and h.cue.slot == "act"]  # "… lần lượt nhận 3, 5"
        names: list[Words] = []
        for a, b in clauses(level, start, at, heard, []):
            offset = a
            for part in AND.split(level[a:b]):
                names.append(words_of([*(h for h in heard if offset <= h.start < offset + len(part)), *shared]))
                offset += len(part) + len("và")
        names = [words for words in names if not words.empty]
        if len(names) != count:
            apart = (part for clause in level[start:at].split(",") for part in AND.split(clause))
            names = [words for part in apart if not (words := words_of([*self.desk.ear.hear(part), *shared])).empty]
        return names if len(names) == count else []

    def _in_turn_again(self, text: Text, start: int, row: list[Numeral], context: Context) -> list[Meaning]:
        """ "Cùng kỳ nhận 1.486 hồ sơ, trực tuyến 71%; năm nay lần lượt là 1.702 hồ sơ và 97%": the same again."""
        begin = text.normal.raw(start, start + 1)[0]
        told = [s.meaning for s in self.desk.statements if s.block is text.block and s.start >= begin]
        alike = len(told) == len(row) and all(m.sense.is_rate == n.percent for m, n in zip(told, row, strict=True))
        basis = context.basis
        if not alike or basis is None or any(m.basis == basis for m in told):
            return []
        return [replace(m, basis=basis) for m in told]

    # ---------------------------------------------------------------- scope and basis

    def scope(self, words: Words, context: Context, *, line: bool = False) -> str:
        """The scope that the words name, else the context's. Levels mean little inside a ward's own report."""
        ward = self.desk.of_ward
        scopes = {s.split("#")[0] for s in words.scopes if _holds(s, ward, self.split)}
        if ward:
            scopes -= {"self", "district_level"}
            if line and not self.split:
                scopes = {s for s in scopes if s.startswith("field:")}
        return scopes.pop() if len(scopes) == 1 else context.scope

    def basis(self, text: Text, start: int, end: int, cues: list[Heard], basis: Basis | None) -> Basis | None:
        """The basis named last in `start:end`, else the one given; None for a period the report is not about."""
        own = self.desk.identity.period
        marks: list[tuple[int, Basis | None]] = [(h.start, basis_of_cue(h, own)) for h in cues if h.cue.slot == "basis"]
        for at in text.stretches:
            if not start <= at < end or _whole_period(text, at, own):
                continue
            if own and (said := SINCE_NEW_YEAR.match(text.normal.text, at)) and said["year"] in (None, own[:4]):
                marks.append((at, "period" if period_span(own)[0].timetuple().tm_yday == 1 else "cumulative"))
            elif not self._since_founding(text):
                return None
        for p in text.periods:
            if not start <= p.start < end or not own:
                continue
            if p.code is None:
                if OTHER_YEARS.match(text.normal.text, p.start):
                    marks.append((p.start, None))
                continue
            front = text.visible[max(0, p.start - 12) : p.start].strip(f" {BLANK}-+*")
            if period_span(p.code)[0] > period_span(own)[1] and not front.endswith(HANDED_ON):
                marks.append((p.start, None))  # "đến năm 2030 có 95% hồ sơ trực tuyến": still to come
                continue
            if not p.part:
                if p.year != int(own[:4]) and (not front or OWN_PERIOD_FRONT.search(front)):
                    marks.append((p.start, None))
                continue
            related = "period" if _own_months(text, p, own) else relation(p.code, own)
            told = text.visible[p.end : end].strip(" :-") in LEVEL_TIES
            if related is None and front.endswith(TILL) and period_span(p.code)[1] < period_span(own)[1]:
                marks.append((p.start, None))  # "từ 15/3 đến hết tháng 3": a stretch within the period
                continue
            if related is None and front and not told and not OWN_PERIOD_FRONT.search(front):
                continue  # the month of a decree, of an event: not what the sentence's figures are of
            marks.append((p.start, related))
        for w in text.windows:
            if start <= w.start < end:
                marks.append((w.start, basis_of_window(w, self.desk.identity)))
        if not marks:
            return basis
        if any(said == "cumulative" for _, said in marks) and any(said is None for _, said in marks):
            return "cumulative"  # "lũy kế 6 tháng": the stretch added up, not another period
        return max(marks, key=lambda m: m[0])[1]

    def _since_founding(self, text: Text) -> bool:
        """Whether a stretch since the ward was founded is the report's own: that of its first months."""
        own = self.desk.identity.window or standard_window(self.desk.identity.period or "2000")
        since = SINCE_FOUNDING.search(text.visible) is not None
        return since and own[0] <= _FOUNDED + _SLACK and own[1] > _FOUNDED and own[1].year == _FOUNDED.year

    # ---------------------------------------------------------------- results

    def _state(self, spot: Spot, flow: Flow, meaning: Meaning) -> Statement:
        published = meaning.indicator == "procedures.total" and meaning.sense.act == "published"
        if flow.weak or flow.context.mode == "aside" or spot.text.worn or published:
            meaning = replace(meaning, strong=False)
        statement = self._statement(spot, meaning)
        self.desk.statements.append(statement)
        if meaning.indicator == "received.new" and meaning.sense.marks and meaning.sense.marks <= _IN_PERIOD:
            # "Hồ sơ tiếp nhận trong quý: 1.186, gồm …, chuyển từ quý I 22" is all received (settle.py)
            whole = self._received_in_all(meaning.scope, meaning.basis)[:1]
            self.desk.loose.extend((statement, replace(m, strong=meaning.strong)) for m in whole)
        self.last = statement
        return statement

    def old_value(self, spot: Spot, old: Numeral, then: Basis | None) -> None:
        """States or leaves the old number of a change whose new one was just read ("từ 17 xuống còn 04")."""
        new, last = self._statement_place(spot), self.last
        before = replace(spot, number=old)
        if then is None or last is None or (last.block, last.start) != new:
            self.leave(before, "giá trị trước khi thay đổi")
            return
        self.desk.statements.append(self._statement(before, replace(last.meaning, basis=then)))

    @staticmethod
    def _statement_place(spot: Spot) -> tuple[Block, int]:
        return spot.text.block, spot.text.normal.raw(spot.number.start, spot.number.end)[0]

    def _statement(self, spot: Spot, meaning: Meaning) -> Statement:
        number = spot.number
        start, end = spot.text.normal.raw(number.start, number.end)
        return Statement(
            meaning,
            number.value,
            number.decimals,
            spot.text.block,
            start,
            end,
            approximate=number.approximate,
            worded=spot.worded,
            decided=self._decided,
        )

    def _leave_open(self, spot: Spot, found: list[Meaning]) -> None:
        exact = spot.number.other is None and not spot.number.decimals and not spot.number.approximate
        if len(found) > 1 and exact and not spot.number.percent and not spot.worded:
            self.desk.doubtful.append((self._statement(spot, found[0]), tuple(found)))
            return
        told = None if found or not exact or spot.number.percent or spot.worded else self._new_and_carried(spot)
        if told is not None and spot.unit is not None and spot.unit.cue.id == "dossier":
            # "Cộng 2.438 hồ sơ" behind 2.387 new and 41 carried over: the total received with a slip, if other sums
            # say so (settle.py)
            whole = self._received_in_all(told[0].meaning.scope, told[0].meaning.basis)
            self.desk.doubtful.append((self._statement(spot, whole[0]), tuple(whole)))
            return
        reason = "nhiều cách hiểu" if found else "chưa rõ chỉ tiêu"
        self.leave(spot, reason, tuple(m.indicator for m in found))

    def leave(self, spot: Spot, reason: str, readings: tuple[str, ...] = (), *, masked: bool = False) -> None:
        """Puts a printed number aside with the reason. A zero or a small number in words is simply not said."""
        small = (
            spot.number.value <= _SMALL and not spot.level[spot.number.start : spot.number.end].strip()[:1].isdigit()
        )
        if not spot.worded and not small:
            start, end = spot.text.normal.raw(spot.number.start, spot.number.end)
            self.desk.left.append(Left(spot.text.block, start, end, reason, readings, masked))


def _same(one: Meaning, other: Meaning) -> bool:
    return (one.indicator, one.scope, one.basis) == (other.indicator, other.scope, other.basis)


def _of_course(rate: Meaning) -> bool:
    """Whether a rate is of how dossiers were resolved."""
    return rate.sense.act == "resolved" and rate.sense.object == "dossier"


def is_no_part(part: Meaning, whole: Meaning) -> bool:
    """Whether a count that is named as a part of another cannot be the ward's own figure of its name."""
    if part.sense.object != whole.sense.object or whole.sense.object != "dossier" or part.scope != whole.scope:
        return False
    of, said = part.indicator.partition(".")[0], whole.indicator.partition(".")[0]
    if whole.indicator in _CHANNEL_COUNTS:
        if part.indicator in _CHANNEL_COUNTS:
            return part.indicator != whole.indicator
        return of in ("resolved", "pending") or part.indicator in ("received.total", "received.new", _CARRIED)
    if whole.indicator == _CARRIED:
        return of in ("received", "resolved", "pending")
    if said == "pending":
        return of in ("received", "resolved")
    if said == "resolved":
        return of == "received" or (of == "pending" and whole.indicator != "resolved.total")
    return said in ("digitised", "payment") and of in ("received", "resolved", "pending")


def _own_months(text: Text, mention: PeriodMention, own: str) -> bool:
    """Whether "6 tháng" alone, in a report of half a year, is that half."""
    said = text.normal.text[mention.start : mention.end]
    return said.endswith("tháng") and mention.part == "H1" and own[5:] == "H2"


def _whole_period(text: Text, at: int, own: str | None) -> bool:
    """Whether "trong 03 tháng qua" is as long as the report's own period."""
    said = MONTHS_PAST.match(text.normal.text, at)
    if said is None or own is None:
        return False
    first, last = period_span(own)
    return int(said["n"]) == (last.year - first.year) * 12 + last.month - first.month + 1


def _holds(scope: str, ward: bool, split: bool) -> bool:
    """Whether a scope cue tells a level here: places only in a district's report, a ward's own only beside others."""
    if scope == "province_level#city" or scope.endswith("#own"):
        return ward and split
    return "#" not in scope or not ward


def basis_of_cue(heard: Heard, own: str | None) -> Basis | None:
    """The basis a cue names, None for another time. What is added up from 1 January may be the period itself."""
    if heard.cue.id == "other_time":
        return None
    if heard.cue.id == "this_month":
        return "period" if own is None or own[5:6] == "M" else None
    said = cast(Basis, heard.cue.id)
    if said == "cumulative" and own and period_span(own)[0].timetuple().tm_yday == 1:
        return "period"
    return said


def basis_of_window(window: WindowMention, identity: Identity) -> Basis | None:
    """The basis of figures counted in a printed stretch of days, by the report's own; None for another stretch.

    Ends may lie some days apart: wards start and cut when the request came (see `_SLACK`).
    """
    own = identity.window or (standard_window(identity.period) if identity.period else None)
    if own is None or (window.first is None and window.last is None):
        return "period"
    first, last = window.first or own[0], window.last or own[1]  # "đến nay": to the end of the report's own days
    if _lies(first, own[0]) and _lies(last, own[1]):
        return "period"
    if _lies(last, own[1]) and first < own[0] and (first.month, first.day) in _NEW_YEAR:
        return "cumulative"
    if _lies(first, own[0], _A_YEAR) and _lies(last, own[1], _A_YEAR):
        return "last_year"
    alike = abs((last - first) - (own[1] - own[0])) <= _SLACK
    return "previous" if alike and _lies(last, own[0]) else None


def _lies(day: date, later: date, days: int = 0) -> bool:
    """Whether `day` lies `days` before `later`, give or take the slack."""
    return abs((later - day).days - days) <= _SLACK.days


def _piece_of(number: Numeral) -> Piece:
    return Piece(number.start, number.stop, number)


def _above_base(cues: list[Heard]) -> list[Heard]:
    """Cues before "trên tổng số …", where these say of what the share is taken."""
    base = next((i for i, h in enumerate(cues) if h.cue.id == "base"), len(cues))
    upper = cues[:base]
    words = words_of(upper)
    return upper if "rate" in words.soft and not words.empty else cues


def _change(spot: Spot, flow: Flow) -> str | None:
    """Whether a number is a change ("tăng 12%"), not a level ("giảm còn 12")."""
    growth = next((h for h in reversed(spot.before) if h.cue.id == "growth"), None)
    if growth is not None and not GROWTH_LEVEL.search(spot.level[growth.end : spot.number.start]):
        later = any(
            h.start > growth.end and h.cue.slot in ("act", "mark") and spot.level[h.start : h.end] not in LAST_PERIOD
            for h in spot.before
        )
        if not later:
            return "mức tăng, giảm"
    named = any(h.cue.slot in ("act", "mark") for h in [*spot.before, *spot.after])
    return "mức tăng, giảm" if flow.grew and spot.number.percent and not named else None


def _other_thing(spot: Spot) -> str | None:
    """Whether a number counts something that no indicator is about."""
    unit, number = spot.unit, spot.number
    around = {h.cue.id for h in [*spot.before, *spot.after]}
    shares = number.percent or number.denominator is not None
    subjects = {h.cue.slot for h in spot.before} & {"object", "other"}
    subject = next((h for h in spot.before if h.cue.slot == "other"), None)
    reused = "reuse" in around
    if shares and subject and not reused and subjects == {"other"} and RECORD.match(spot.level, subject.start):
        return f"đếm đối tượng khác ({spot.level[subject.start : subject.end]})"
    if unit is not None and unit.cue.slot == "other":
        if shares and around & {"satisfaction", "rate"}:
            return None
        return f"đếm đối tượng khác ({spot.level[unit.start : unit.end]})"
    if shares:
        return None
    if "digitised" not in around and any(h.cue.id == "results" and h.start == number.stop + 1 for h in spot.after):
        return "đếm đối tượng khác (kết quả)"
    if unit is not None or spot.worded:
        return None
    if SUGGESTIONS.match(spot.level, number.stop):
        return "đếm đối tượng khác (kiến nghị)"
    noun = FIRST_WORD.match(spot.tail.lstrip(f" {HOLE}"))
    spoken = any(h.start <= number.stop + 2 and h.cue.slot in ("act", "mark", "mode") for h in spot.after)
    if noun and noun.group() not in BEHIND_COUNT and not spoken and not spot.of_cases:
        return f"đếm đối tượng khác ({noun.group()})"
    leads = [h for h in spot.before if h.end == number.start - 1]
    if any(h.cue.slot == "other" for h in leads) and not any(h.cue.slot in ("scope", "mark") for h in leads):
        return "đếm đối tượng khác"
    return None


def _base(spot: Spot) -> str | None:
    """Whether a number is what a share is taken of ("trên tổng số 1.988 hồ sơ")."""
    base = next((h for h in reversed(spot.before) if h.cue.id == "base"), None)
    if spot.front.strip() == "trên" and not spot.number.percent:  # "490 hồ sơ trực tuyến trên 500 hồ sơ"
        counts = [n for n in spot.text.numbers if n.stop <= spot.piece.start and not n.percent]
        if (
            counts
            and counts[-1].value <= spot.number.value
            and not SENTENCE_TURN.search(spot.text.visible, counts[-1].stop, spot.number.start)
        ):
            return "mẫu số, số để so sánh"
    if base is None or spot.number.percent or spot.number.denominator is not None:
        return None
    heads = base.start - spot.piece.start <= 1 and spot.level.startswith("trong tổng số", base.start)
    if heads and any(h.start > base.end and h.cue.id in ("received", "resolved") for h in spot.before):
        return None  # "Trong tổng số hồ sơ tiếp nhận 1.444 hồ sơ, …"
    if heads and spot.unit is not None:
        acted = next((h for h in spot.after if h.cue.slot != "object"), None)
        if acted is not None and acted.cue.id in ("received", "resolved") and acted.start - spot.unit.end <= _BESIDE:
            return None  # "Trong tổng số 2.377 hồ sơ tiếp nhận có …"
    turned = any(h.start > base.end and h.cue.slot == "mode" for h in spot.before)
    return None if turned else "mẫu số, số để so sánh"


def _of_one_way(spot: Spot) -> bool:
    """Whether feedback is counted by the ways it came, and this is one of them ("12 PAKN qua Cổng, 3 PAKN qua …")."""
    end = spot.unit.end if spot.unit else spot.number.stop
    return BY_WAY.match(spot.level, end) is not None and len(COUNTED_BY_WAY.findall(spot.text.visible)) > 1


def _taken_for_dossiers(spot: Spot) -> bool:
    """Whether "tiếp nhận 120 TTHC" speaks of dossiers: it tells of a stretch of time, or of how many were resolved."""
    sentence = spot.level.rfind(". ", 0, spot.number.start) + 1
    return (
        IN_A_STRETCH.search(spot.level, sentence, spot.number.start) is not None
        or ALSO_RESOLVED.search(spot.level, spot.number.stop) is not None
    )


def _told_since(spot: Spot) -> list[Heard]:
    """What was said to be done to what the number before in the sentence counts, behind that number."""
    last = max((n.stop for n in spot.text.numbers if n.stop <= spot.piece.start), default=None)
    if last is None or SENTENCE_TURN.search(spot.text.visible, last, spot.number.start):
        return []
    return [h for h in spot.text.heard if last <= h.start < spot.piece.start and h.cue.slot == "act" and h.cue.rank > 1]


def _listed(spot: Spot, name: Heard) -> bool:
    """Whether a field is one of several that are named together."""
    follow = spot.level[name.end :].lstrip()
    listed = follow.startswith((",", "và ", "/", "-")) and any(
        h.cue.slot in ("field", "head") and 0 < h.start - name.end <= _BESIDE for h in spot.text.heard
    )
    return listed or spot.level[: name.start].rstrip().endswith((",", " và"))


def _of_several_fields(spot: Spot) -> bool:
    """Whether the field behind what is counted is the first of several."""
    name = next((h for h in spot.after if h.cue.slot in ("field", "head")), None)
    return name is not None and spot.unit is not None and name.start == spot.unit.end + 1 and _listed(spot, name)


def _has_other_words(spot: Spot) -> bool:
    """Whether the word right before a number is one that no cue knows and does more than tie it to those before."""
    start = max([spot.piece.start, *(h.end for h in spot.before)])
    words = FIRST_WORD.findall(spot.level, start, spot.number.start)
    return bool(words) and words[-1] not in TYING


def _named_right_behind(spot: Spot) -> bool:
    """Whether the words right behind a percentage, up to a mark, say of which part it is the share."""
    first = next((h for h in spot.after if h.cue.slot in ("act", "mark")), None)
    start = spot.unit.end if spot.unit else spot.number.stop
    return (
        first is not None
        and first.start <= start + 1
        and bool(words_of((), spot.after).marks)
        and CLOSED.match(spot.level, spot.after[-1].end) is not None
    )


def _among_rates(spot: Spot) -> bool:
    """Whether a number and all those of its sentence without a unit may be percentages with their sign left out."""
    start, end = spot.level.rfind(". ", 0, spot.number.start), spot.level.find(". ", spot.number.stop)
    around = [n for n in spot.text.numbers if start < n.start and (end < 0 or n.start < end)]
    return spot.number.value <= 100 and all(n.value <= 100 or n.denominator is not None for n in around)


def _says_fees(spot: Spot) -> bool:
    """Whether fees are named right behind what is counted ("500 hồ sơ có phí")."""
    end = spot.unit.end if spot.unit else spot.number.stop
    return any(h.cue.id == "fee" and h.start - end <= _BESIDE for h in spot.after)


def _of_all_procedures(words: Words, flow: Flow, unit: str | None) -> bool:
    """Whether procedures of one level go on with the total of all."""
    total = flow.count is not None and flow.count.indicator == "procedures.total"
    return bool(total and unit == "procedure" and words.scopes and not words.marks and words.act in (None, "received"))


def _late_then(words: Words, flow: Flow, basis: Basis) -> bool:
    """Whether "Quý II có 08 hồ sơ quá hạn" stands behind what is pending: were they resolved late, or not yet?"""
    other = flow.count is None or flow.count.sense.act == "received"
    then = basis in ("previous", "last_year") and other and flow.context.act in ("pending", "received")
    return then and words.act is None and words.weak_act is None and words.marks == {"overdue"}


def _is_rest(words: Words, spot: Spot, flow: Flow) -> bool:
    """Whether "còn lại 1.812 hồ sơ" is what a part told before leaves of its whole: not what is pending."""
    end = spot.unit.end if spot.unit else spot.number.stop
    left = LEFT.match(spot.level, end)
    if left and (left["rest"] == "khác" or any(h.cue.slot == "act" and h.cue.id != "pending" for h in spot.after)):
        return flow.seen > 0 and not words.marks  # "07 hồ sơ từ chối; 2.879 hồ sơ còn lại trả kết quả bình thường"
    bare = [h for h in spot.before if h.cue.slot == "act" and h.cue.stands_for is None]
    rest = LEFT_OVER.search(spot.front) is not None and len(bare) == 1
    rest = rest and not any(h.cue.id == "pending" for h in spot.after)
    if flow.count is None:
        return False
    part = bool(flow.count.sense.marks) or flow.count.sense.act not in ("received", "resolved")
    return part and rest and words.act == "pending" and not words.marks


def _of_results(words: Words, flow: Flow) -> bool:
    """Whether a channel is named among the parts of what was resolved: how results were given out, no receiving."""
    whole = flow.group or (flow.count if flow.nested else None)
    resolved = whole is not None and whole.sense.act == "resolved"
    return resolved and words.act in (None, "resolved") and bool(words.marks) and words.marks <= _CHANNELS


def _left_from_before(words: Words, spot: Spot, flow: Flow) -> bool:
    """Whether "tồn" among those received may be what came over as well as what is pending."""
    acts = [spot.level[h.start : h.end] for h in spot.before if h.cue.slot == "act" and h.cue.id != "resolving"]
    behind = [spot.level[h.start : h.end] for h in spot.after if h.cue.slot == "act" and h.cue.id != "resolving"]
    received = flow.count is not None and flow.count.sense.act == "received"
    return received and [*acts, *behind] == ["tồn"] and not words.marks


def _of_last_period(words: Words, spot: Spot, flow: Flow) -> bool:
    """Whether a number alone in a bracket behind a count is called only that of the last period."""
    bare = any(h.cue.id == "carried_over" and spot.level[h.start : h.end] in LAST_PERIOD for h in spot.before)
    return flow.alone and flow.count is not None and bare and words.act is None and words.marks == {"carried_over"}


def _one_month(spot: Spot, own: str | None) -> bool:
    """Whether a sentence names no period but the report's own and at most one month of it."""
    visible = spot.text.visible
    start, end = visible.rfind(". ", 0, spot.number.start), visible.find(". ", spot.number.stop)
    named = {p.code for p in spot.text.periods if start < p.start and (end < 0 or p.start < end)}
    others = {code for code in named if code != own and code != (own or "")[:4]}
    if own is None or None in others or len(others) > 1:
        return False
    first, last = period_span(own)
    return all(code and first <= period_span(code)[0] and period_span(code)[1] <= last for code in others)


def _surveyed(spot: Spot, flow: Flow, share: Share | None, own: str | None) -> bool:
    """Whether a percentage is of a survey: made in one month, it is told for the whole period."""
    if share is not None and share.words.act == "satisfaction":
        return spot.number.percent and _one_month(spot, own)
    cues = [*spot.before, *spot.after, *flow.pending]
    if not _one_month(spot, own):
        return False
    return (spot.number.percent or spot.number.denominator is not None) and any(
        h.cue.id == "satisfaction" for h in cues
    )


def _paid(words: Words, flow: Flow, spot: Spot) -> Words:
    """Words that say only "online", where fees to be paid were named before: what was paid online."""
    fee = flow.fee or any(h.cue.id in _FEES for h in (*spot.before, *spot.after))
    if fee and words.act is None and words.marks == {"online"}:
        return words._replace(act="payment", rank=SPECIFIC, marks=frozenset())
    return words


def _last_period(words: Words, spot: Spot, basis: Basis, *, rate: bool = False) -> tuple[Words, Basis]:
    """ "kỳ trước" beside a resolved count or a rate is the period compared, not what was carried over."""
    bare = any(h.cue.id == "carried_over" and spot.level[h.start : h.end] in LAST_PERIOD for h in spot.before)
    if bare and (rate or words.act not in (None, "received") or words.marks - {"carried_over"}):
        return words._replace(marks=words.marks - {"carried_over"}), "previous"
    return words, basis
