"""Sentences and lists → statements.

Every number of a paragraph is looked at once, with its own words (its clause) and its context (bracket, sentence,
paragraph, list, heading), in reading order, because each statement may be the context of the next: a bare
percentage belongs to the count before it, "quá hạn: 02" to the group that was opened last. This module walks and
keeps the context; whose.py tells whose a number is, attribution.py reads the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import regex

from extractor.catalog.frames import Frame
from extractor.catalog.indicators import Lexicon
from extractor.find.attribution import Attribution
from extractor.find.clauses import HOLE, Bracket, Piece, brackets, clauses, level_text, pieces, sentences
from extractor.find.flow import Desk, Flow, Spot, Text
from extractor.find.hearing import Heard
from extractor.find.masking import BLANK, Masked, mask
from extractor.find.meaning import SPECIFIC, Context, Meaning, Words, meanings, words_of
from extractor.find.outline import LEAF, level_of
from extractor.find.statements import Left
from extractor.find.whose import (
    CHANNELS,
    head_of_other,
    holds,
    is_held,
    kind_of_dossiers,
    names_a_kind,
    of_procedures,
    other_unit,
    other_wards,
    own_name,
    set_part,
    whole_province,
)
from extractor.find.wordings import (
    AFRESH,
    ASKS,
    AT_THE_TIME,
    BARE,
    BECAUSE,
    BEFORE_TIME,
    CARRIED_BEFORE,
    CARRIED_BEHIND,
    CHAIN,
    CHANGED_FROM,
    CHANGED_TO,
    CLOSED,
    COMPARED,
    COMPARED_WITH,
    COPULA,
    CUT_OFF_BEHIND,
    DASHED,
    DATED_PAPER,
    DETAIL,
    DONE,
    DUE_TO,
    END_OF_HEAD,
    FIELD,
    FIELD_CLAUSE,
    FIELD_LEAD,
    FIELD_STOP,
    FIELD_TAIL,
    FIRST_LETTER,
    FIRST_OF_LIST,
    FIVE_REPEATED,
    FOOTNOTE,
    FROM,
    FROM_TO,
    HANDED_OVER,
    HIGH_PLACE,
    IN_THAT_DAY,
    INCLUDES,
    LABEL_START,
    LAST_PERIOD,
    LATER,
    LEADS,
    LISTED,
    LOW_PLACE,
    OF_ONE_THING,
    OF_OTHER,
    OF_PERIOD,
    ON_THAT_DAY,
    ONWARD,
    OPENER,
    OTHER_EVENT,
    OUT_OF,
    OWN_LABEL,
    OWN_TIME,
    OWN_UNIT,
    PART,
    PLACE_LINE,
    PLANNED,
    RANGE,
    RANGE_END,
    REASON,
    REPEATED,
    RESUMED,
    SAME_RATE,
    SET_OF_PAPERS,
    SINCE,
    TAKES_IN,
    THESE_NUMBERS,
    TIES,
    TITLE,
    TOOK_OR_GAVE,
    WAS_DONE,
    WHOLE,
    ZERO_ANSWER,
    ZERO_END,
    ZERO_SAID,
    last_opener,
    other_stretches,
    speaks,
    without_leaders,
)
from extractor.model import Basis, Block
from extractor.vietnamese.normalize import Normal, normalize
from extractor.vietnamese.numerals import Numeral, find_numbers, find_words
from extractor.vietnamese.periods import DateMention, PeriodMention, period_span, relation, standard_window

_DISPUTE = frozenset({"system_says", "denied"})
_DENIALS = frozenset({"denied", "excluded"})
_LIST_ITEM = 7.0  # level of the outermost bullets (outline.py)
_HEADING = 5.0
_LEAD_IN = 5.8  # of a line that ends with a colon (outline.py)
_TITLE = 5.7  # of a line without a mark, above what ends with a colon
_OPENING = 6  # letters from its start within which a sentence names the period it speaks of
_FIELD_REACH = 12
_NEAR_DEED = 25  # letters between "kỳ trước" and what was done then
_END_OF_PERIOD = timedelta(days=6)  # days before the cut-off of the figures within which a day may stand for it
_OFTEN_NO_NUMBER = frozenset(["một", "ba", "tư"])  # "một hồ sơ", "ba" (father), "tư" (private)
_LONGEST_LABEL = 120  # letters of an item that may stand over others ("- Số hồ sơ đã giải quyết …")


@dataclass(slots=True)
class Narrator:
    """Reads the paragraphs of one document in order."""

    desk: Desk
    numbers: Attribution = field(init=False)
    _own_name: str | None = field(init=False)  # the issuer's, to tell other wards from it
    _province: str | None = field(init=False)
    _open: list[tuple[float, Context, bool]] = field(default_factory=list)  # open headings, items; whether with numbers

    def __post_init__(self) -> None:
        self.numbers = Attribution(self.desk)
        identity = self.desk.identity
        self._own_name = own_name(identity.issuer) if identity.issuer is not None else None
        self._province = normalize(identity.province).text if identity.province is not None else None

    # ---------------------------------------------------------------- paragraphs

    def read(self, block: Block) -> None:
        """Reads one paragraph in the context of those before it."""
        normal = normalize(block.text)
        level = level_of(block, normal)
        context = self._inherited(level, normal.text)
        prose = _is_prose(normal.text, level)
        title = level == LEAF and TITLE.fullmatch(normal.text) is not None
        visible = self._masked(block, normal) if not prose or title or speaks(normal.text) else None
        if title and visible is not None and not speaks(visible.text) and self._title(block, normal, visible):
            return
        if visible is None or (prose and not speaks(visible.text)):
            self._open.append((level, context._replace(near_act=None), False))
            return
        text = self._prepare(block, normal, visible)
        higher = any(h.cue.id.startswith("province_level") for h in text.heard)
        self.numbers.split = self.desk.by_competence or higher
        context = self._headline(text, context, level)
        self.numbers.share = None
        told = len(self.desk.statements)
        after = self._walk(text, brackets(text.visible), context, Flow(context))
        whole = self._only_count(text, told)
        unclear = frozenset() if told < len(self.desk.statements) else words_of(text.heard).marks
        after = after._replace(whole=whole or (None if text.numbers else context.whole), unclear=unclear)
        self._open.append((level, after, bool(text.numbers)))

    def _title(self, block: Block, normal: Normal, visible: Masked) -> bool:
        """Whether a short line without a mark is a heading that says of when, of whom or of what is under it."""
        over = next((c for at, c, _ in reversed(self._open) if at < _TITLE), Context())
        after = self._headline(self._prepare(block, normal, visible), over, _TITLE)
        told = any(getattr(after, said) != getattr(over, said) for said in ("withheld", "frame", "mode", "basis"))
        told = told or (after.scope != over.scope and after.scope.startswith("field:"))
        if not told and all(at != _TITLE for at, _, _ in self._open):
            return False
        while self._open and self._open[-1][0] >= _TITLE:
            self._open.pop()
        self._open.append((_TITLE, after, False))
        return True

    def _only_count(self, text: Text, told: int) -> Meaning | None:
        """The count of a line that says one number only: what stands under it may be its parts."""
        said = self.desk.statements[told:]
        return said[0].meaning if len(said) == 1 == len(text.numbers) and not said[0].meaning.sense.is_rate else None

    @property
    def announces(self) -> bool:
        """Whether the last paragraph leads to what stands next: it ends with a colon or is a short title."""
        return bool(self._open) and self._open[-1][0] in (_LEAD_IN, _TITLE)

    def context(self) -> Context:
        """The context that a table standing here inherits."""
        return self._open[-1][1] if self._open else Context()

    def _inherited(self, level: float, text: str) -> Context:
        """What a paragraph of this level inherits: from what it stands under, weakly from what it follows."""
        near: Context | None = None
        near_level = 0.0
        while self._open and self._open[-1][0] >= level:
            near_level, near, _ = self._open.pop()
        leads = near is not None and near_level in (_TITLE, _LEAD_IN) and (near.frame or near.mode)
        if leads and near is not None and 2 <= level < _HEADING and FIRST_OF_LIST.match(text):
            self._open.append((level - 0.05, near, False))  # "Nội dung đăng ký thi đua:" over "1. …", "2. …"
        above, context, told = self._open[-1] if self._open else (0.0, Context(), False)
        if near is not None and level >= _HEADING:
            context = context._replace(near_act=near.act or near.near_act)
        if level == LEAF:
            context = context._replace(whole=None, unclear=frozenset())
        elif near is not None and near_level == LEAF and near.whole is not None and level >= _LIST_ITEM - 1:
            context = context._replace(whole=near.whole)  # "Đang giải quyết: 50 hồ sơ" over a list
            self._open.append((_LIST_ITEM - 1.5, context, True))
        if level == LEAF and WHOLE.match(text):
            context = context._replace(scope="self")
        if level == LEAF and (
            above >= _LIST_ITEM or (above > _HEADING and told)
        ):  # a line under a bullet may go on with it, or not
            context = context._replace(act=None, near_act=context.act or context.near_act)
            if told:  # prose behind items that are complete goes on with what stands over them
                over = next((c for at, c, _ in reversed(self._open) if at < _LIST_ITEM), Context())
                heading = next((c for at, c, _ in reversed(self._open) if at <= _HEADING), Context())
                context = context._replace(scope=over.scope, withheld=heading.withheld, frame=heading.frame)
        return context

    def _masked(self, block: Block, normal: Normal) -> Masked:
        """The paragraph without what is certainly no figure, each of which is kept with its reason."""
        period = self.desk.identity.period
        masked = mask(normal.text, self.desk.masks, int(period[:4]) if period else None)
        for span in masked.spans:
            if any(c.isdigit() for c in normal.text[span.start : span.end]):
                start, end = normal.raw(span.start, span.end)
                self.desk.left.append(Left(block, start, end, span.reason, masked=True))
        return masked

    def _prepare(self, block: Block, normal: Normal, masked: Masked) -> Text:
        visible = _once(without_leaders(masked.text))
        old = self._changed(visible, masked.periods)
        for start, _, new in old:
            visible = visible[:start] + " " * (new - start) + visible[new:]
        heard, worn = self.desk.ear.hear(visible), False
        faded = block.ocr or BARE.fullmatch(visible) is not None
        if faded:
            heard, worn = self.desk.ear.hear_worn(visible)
        numbers = find_numbers(visible, shares=True)
        sets = [m.span("set") for n in numbers if (m := SET_OF_PAPERS.match(visible, n.stop))]
        cues = self.desk.lexicon.cues
        if sets:
            heard = sorted([*heard, *(Heard(cues["dossier"], a, b) for a, b in sets)], key=lambda h: h.start)
        for start, end, value in find_words(visible):
            if _counts_in_words(visible, heard, start, end) and not _taken(numbers, start, end):
                numbers.append(Numeral(start, end, end, Decimal(value)))
        denies = "không" in visible or "chưa" in visible
        zeros = [
            Numeral(m.start(), m.end(), m.end(), Decimal(0))
            for pattern in ((ZERO_ANSWER, ZERO_SAID) if denies else ())
            for m in pattern.finditer(visible)
            if not _taken(numbers, m.start(), m.end())
        ]
        heard = _satisfied(heard, self.desk.lexicon)
        if "chuyển" in visible:
            heard = [*heard, *(Heard(cues["pending"], *m.span()) for m in HANDED_OVER.finditer(visible))]
        for m in TOOK_OR_GAVE.finditer(visible) if numbers else ():  # "1.333 hồ sơ nhận, 1.301 hồ sơ trả"
            heard.append(Heard(cues["received" if m.group() == "nhận" else "resolved"], *m.span()))
        kept = [p for p in masked.periods if not any(start <= p.start < new for start, _, new in old)]
        heard, periods = carried(visible, heard, kept, self.desk.lexicon, self.desk.identity.period)
        zeros += [
            Numeral(m.start(), m.end(), m.end(), Decimal(0))
            for m in (ZERO_END.finditer(visible) if denies else ())
            if any(h.end == m.start() - 1 and h.cue.slot == "mark" and not h.cue.soft for h in heard)
            and not (m.group() == "không" and ASKS.search(visible, _clause_before(visible, m.start()), m.start()))
            and not _taken(numbers, m.start(), m.end())
            and not _taken(zeros, m.start(), m.end())
        ]
        ranges = frozenset(n.start for n in _of_ranges(visible, numbers))
        said = frozenset(n.start for n in zeros)
        numbers = sorted([*numbers, *zeros], key=lambda n: n.start)
        stretches = other_stretches(visible)
        parts = tuple((s.start, s.end) for s in masked.spans if s.part)
        others = () if self._own_name is None else other_wards(normal, block, self._own_name)
        others += () if self._province is None else whole_province(normal.text, self._province)
        return Text(
            block,
            normal,
            visible,
            heard,
            numbers,
            periods,
            masked.windows,
            said,
            tuple(masked.dates),
            parts,
            others,
            worn,
            faded,
            stretches,
            ranges,
            tuple((number, new, self._then(masked, visible, number.stop, new)) for _, number, new in old),
        )

    def _changed(self, visible: str, periods: list[PeriodMention]) -> list[tuple[int, Numeral, int]]:
        """Old numbers that a text tells before the new: where that begins, the old number, where the new one stands.

        Not those of what is aimed at, where the new number is one of a time to come.
        """
        found: list[tuple[int, Numeral, int]] = []
        own = self.desk.identity.period
        if "từ " not in visible or not any(word in visible for word in (" lên", " xuống", " còn")):
            return found
        for old, new in pairwise(find_numbers(visible)):
            begins = CHANGED_FROM.search(visible, max(0, old.start - 30), old.start)
            if begins is None or old.percent != new.percent or old.denominator or new.denominator:
                continue
            if CHANGED_TO.fullmatch(visible, old.stop, new.start) is None:
                continue
            end = min(
                (at for mark in (",", ";", ". ") if (at := visible.find(mark, new.stop)) >= 0), default=len(visible)
            )
            compared = COMPARED_WITH.search(visible, new.stop, end)
            till = compared.start() if compared else end
            named = [p.code for p in periods if new.stop <= p.start < till]
            if LATER.search(visible, new.stop, till) is None and all(code == own for code in named):
                found.append((begins.start(), old, new.start))
        return found

    def _then(self, masked: Masked, visible: str, start: int, end: int) -> Basis | None:
        """The time of an old number, named between it and the new one or compared with behind that; or None."""
        own = self.desk.identity.period
        spans = [(start, end)]
        compared = COMPARED_WITH.search(visible, end)
        if compared is not None and not any(mark in visible[end : compared.start()] for mark in (". ", ";")):
            spans.append((compared.start(), len(visible)))
        for a, b in spans:
            between = masked.text[a:b]
            if "cùng kỳ" in between:
                return "last_year"
            codes = [p.code for p in masked.periods if a <= p.start < b]
            if codes:
                related = relation(codes[0], own) if own and codes[0] else None
                return related if related in ("previous", "last_year") else None
            if any(words in between for words in LAST_PERIOD):
                return "previous"
        return None

    # ---------------------------------------------------------------- heads of paragraphs

    def _headline(self, text: Text, context: Context, level: float) -> Context:
        """The context that the head of a paragraph (a heading, or what stands before its colon) sets for all of it."""
        visible = text.visible
        counted = (
            n
            for n in text.numbers
            if n.start not in text.zeros and not _is_closing_year(visible, n) and not _aside(text, n, level)
        )
        first = min((n.start for n in counted), default=len(visible))
        whole = first == len(visible)
        colon = visible.find(":")
        end = len(visible) if whole else (colon if 0 <= colon < first else 0)
        head = [h for h in text.heard if h.end <= end and not h.cue.adjacent]
        if not whole and end and kind_of_dossiers(text, end):
            return context._replace(withheld="số liệu của một nhóm hồ sơ", inline=True)
        if not whole and visible[:end].strip(f" {BLANK}-+*").startswith(self.desk.lexicon.cues["future_line"].phrases):
            return context._replace(mode="future", inline=True)
        headed = len(visible) if visible.rstrip().endswith(":") else end
        under = self.desk.frames.of_head(text.normal.text[:headed].strip(" -+*.:")) if headed else None
        if under is not None:
            return context._replace(frame=under, inline=not whole)
        if FOOTNOTE.match(text.normal.text):
            return context._replace(mode="aside")
        of_other = head_of_other(text, end) if whole and self.desk.identity.level == "commune" else None
        if of_other is not None:
            return context._replace(withheld=of_other)
        section = self._section(text, head, level) if whole else None
        if section:
            return context._replace(mode=section, act=None, near_act=None, label=None)
        context = self._field(text, self._place(visible, context), end)
        if not head and not text.periods:
            return context
        opened = last_opener(visible, 0, end) is not None
        if whole or (head and head[0].cue.slot == "scope" and not opened):
            context = context._replace(scope=self.numbers.scope(words_of(head), context, line=True))
        if whole or _opens(text, 0):
            compared = COMPARED_WITH.search(visible, 0, end)
            till = compared.start() if compared else end  # "Quý này giảm so với quý trước: …"
            told = [h for h in head if h.start < till]
            context = context._replace(basis=self.numbers.basis(text, 0, till, told, context.basis))
        if whole:
            context = context._replace(whole=self._head_channel(text, head, level))
        elif end and not opened and OF_ONE_THING.match(visible, end, first):
            context = context._replace(whole=context.whole or self._head_channel(text, head, level))
        topic = topic_of([h.cue.id for h in head if h.cue.slot == "object"])
        if topic == "feedback" and whole and any(h.cue.rank >= SPECIFIC and h.cue.slot == "act" for h in head):
            topic = None  # "SỐ HÓA, THANH TOÁN, PHẢN ÁNH, KIẾN NGHỊ": each line says itself what it counts
        if not whole or level >= _LIST_ITEM - 1:
            return context if opened else context._replace(object=topic or context.object)
        acts = {h.cue.id for h in head if h.cue.slot == "act"}
        weak = "resolved" if acts == {"resolving"} and level >= 2 else None
        acts.discard("resolving")
        act = acts.pop() if len(acts) == 1 and level >= 2 else None
        return context._replace(object=topic or context.object, act=act, near_act=weak)

    def _head_channel(self, text: Text, head: list[Heard], level: float) -> Meaning | None:
        """The count of a channel whose dossiers a heading like "* Hồ sơ trực tuyến:" is about, or None."""
        words = words_of(head)
        if len(words.marks) != 1 or not words.marks <= CHANNELS or words.act not in (None, "received"):
            return None
        if (
            words.weak_act
            or words.object not in (None, "dossier")
            or (level < _HEADING and "postal" not in words.marks)
        ):
            return None
        said = words._replace(act="received")
        found = meanings(said, Context(), False, self.desk.lexicon, "self", "period")
        return found[0] if len(found) == 1 else None

    def _section(self, text: Text, head: list[Heard], level: float) -> str | None:
        """The mode of a section: "future" (tasks, proposals, targets), "aside" (seldom figures), or None."""
        visible = text.visible
        title = PART.sub("", visible.strip(f" {BLANK}-+*:.")).strip(f" {BLANK}-+*:.")
        own = self.desk.identity.period
        codes = [p.code for p in text.periods if p.code]
        if level <= 3 and own and codes and all(period_span(c)[0] > period_span(own)[1] for c in codes):
            return "future"
        cues = self.desk.lexicon.cues
        for mode in ("future", "aside"):
            if level <= 3 and title.startswith(cues[mode].phrases):
                return mode
        promised = any(h.cue.id == "target" for h in head) or title.startswith(cues["future"].phrases)
        return "future" if promised and visible.rstrip().endswith(":") else None

    def _place(self, visible: str, context: Context) -> Context:
        """The level that a line like "Tại các phường, xã:" opens in a report over several levels."""
        place = None if self.desk.of_ward else PLACE_LINE.match(visible)
        if place is None:
            return context
        if LOW_PLACE.search(place.group()):
            return context._replace(scope="commune_level")
        return context._replace(scope="district_level") if HIGH_PLACE.search(place.group()) else context

    @staticmethod
    def _field(text: Text, context: Context, end: int) -> Context:
        """The field that the head of a paragraph names ("Lĩnh vực đất đai: …", "Hộ tịch: …")."""
        lead = FIELD_LEAD.match(text.visible)
        if lead and (lead["close"] in (":", "-") or _listed_field(text, lead)):
            return context._replace(scope="field:" + _field_name(text, lead))
        match = FIELD.search(text.visible, 0, end or len(text.visible)) if ":" in text.visible or end else None
        if match and match.start() <= _FIELD_REACH:
            return context._replace(scope="field:" + match["name"].strip())
        first = text.heard[0] if text.heard else None
        if first is None or first.cue.slot not in ("field", "head"):
            return context
        label = [h for h in text.heard if h.end <= end]
        if len(label) > 1 and text.visible.startswith(":", end) and all(h.cue.slot in ("field", "head") for h in label):
            between = [text.visible[a.end : b.start].strip() for a, b in pairwise(label)]
            ends = text.visible[: first.start].strip(f" {BLANK}-+*") == "" and label[-1].end == end
            if ends and all(tie in (",", "và", "-", "/") for tie in between):  # "Bảo trợ xã hội, người có công: …"
                return context._replace(scope="field:" + text.visible[first.start : end])
        dash = DASHED.match(text.visible, first.end)
        said = dash and any(h.start == dash.end() and h.cue.slot in ("act", "mark", "object") for h in text.heard)
        if first.end != len(text.visible[:end].rstrip(" :.-")) and not said:
            return context
        alone = not text.visible[: first.start].strip(f" {BLANK}-+*")
        return context._replace(scope="field:" + text.visible[first.start : first.end]) if alone else context

    # ---------------------------------------------------------------- brackets, sentences, clauses

    def _walk(self, text: Text, bracket: Bracket, context: Context, outer: Flow) -> Context:
        """Reads one bracket level; returns the context after it (its last act, object and label)."""
        level = level_text(text.visible, bracket)
        nested = bracket.start > 0
        spans = sentences(level, bracket)
        taken_back = False
        for (start, end), following in zip(spans, [*spans[1:], None], strict=False):  # "()" has no sentence
            if not nested and start > bracket.start and AFRESH.match(level, start):
                context = context._replace(frame=None, withheld=None) if context.inline else context
            under = self._head_of_sentence(text, start, end) if not nested and start > bracket.start else None
            said = context if under is None else context._replace(frame=under, inline=True)
            flow = self._flow(text, level, start, end, said, outer, nested)
            flow.weak = flow.weak or taken_back
            taken_back = _taken_back(text, start, following)
            flow.disputed = flow.disputed or taken_back
            heard = [h for h in text.heard if start <= h.start < end and level[h.start] != HOLE]
            numbers = [n for n in text.numbers if start <= n.start < end and level[n.start] != HOLE]
            inner = [b for b in bracket.inner if start <= b.start - 1 < end]
            flow.later = heard if len(numbers) == 1 else []  # "10 TTHC lĩnh vực văn hóa, du lịch đã được rà soát"
            listed = LISTED.search(level, start, end) if "lần lượt" in level or "tương ứng" in level else None
            row = [n for n in numbers if listed and n.start > listed.start()]
            numbers = [n for n in numbers if n not in row]
            read = self._piece if numbers or row or inner else self._pass_by
            for a, b in clauses(level, start, end, heard, numbers):
                for piece in pieces(level, a, b, numbers, heard):
                    own = [h for h in heard if piece.start <= h.start < piece.end]
                    read(text, level, piece, a, own, flow, inner)
            if listed:
                self.numbers.row(text, level, start, listed.start(), heard, row, flow)
            # what the paragraph opens with holds on, until a sentence opens with the report's own period
            led = not nested and flow.opened and (start <= _OPENING or flow.opening == "period")
            context = context._replace(
                act=flow.context.act,
                object=flow.context.object or context.object,
                basis=flow.opening if led else context.basis,
                label=flow.context.label,
            )
        return context

    def _head_of_sentence(self, text: Text, start: int, end: int) -> Frame | None:
        """The frame that a later sentence of a paragraph has by its own head, before its colon."""
        colon = text.visible.find(":", start, end)
        if colon < 0 or any(start <= n.start < colon for n in text.numbers):
            return None
        return self.desk.frames.of_head(text.normal.text[start:colon].strip(" -+*."))

    @staticmethod
    def _flow(text: Text, level: str, start: int, end: int, context: Context, outer: Flow, nested: bool) -> Flow:
        """The state in which a sentence begins. Only inside a bracket does it go on with the number before it."""
        spoken = {h.cue.id for h in text.heard if start <= h.start < end}
        return Flow(
            context._replace(label=outer.count) if nested else context,
            count=outer.count if nested else None,
            rate=outer.rate if nested else None,
            missed=outer.missed if nested else -1,
            led=outer.led if nested else [],
            target=outer.target,
            remark=outer.remark,
            part=outer.part,
            group=outer.count if nested else None,
            unclear=outer.unclear if nested else frozenset(),
            held=outer.held,
            disputed=outer.disputed or spoken >= _DISPUTE or "excluded" in spoken,
            weak="reference" in spoken,
            same="lệ này" in level and SAME_RATE.search(level, start, end) is not None,
            nested=nested,
            alone=nested and sum(1 for n in text.numbers if start <= n.start < end) == 1,
            outer_scope=context.scope,
            start=end - len(level[start:end].lstrip()),
        )

    def _piece(
        self, text: Text, level: str, piece: Piece, clause: int, heard: list[Heard], flow: Flow, inner: list[Bracket]
    ) -> None:
        """Reads one piece of a clause: its words into the flow, its number, and the brackets in it."""
        number = piece.number
        cut = number.start if number else piece.end
        if piece.start == clause:
            first = FIRST_LETTER.search(level, clause, piece.end)
            own_again = flow.theirs and first is not None and OWN_UNIT.match(level, first.start()) is not None
            if flow.compared is not None and (own_again or _behind_semicolon(level, clause)):
                flow.context, flow.compared = flow.context._replace(basis=flow.compared[0]), None
                flow.theirs = False
            self._open_frame(level, piece, flow)
        if level.startswith(":", piece.start) and flow.count is not None:
            flow.group = flow.count  # "trực tuyến 1.100 hồ sơ: đúng hạn 1.080, …"
        before = [h for h in heard if h.end <= cut and _counts_here(h, level, number)]
        _set_mode(before, flow)
        basis = self._when(text, level, piece, cut, before, flow)
        if number is not None:
            basis = self._said_behind(text, level, number, heard, basis)
        set_part(text, level, piece, clause, cut, self.desk.identity.level == "commune", flow)
        before = _own_cues(level, piece, cut, before, flow)
        words = words_of(before)
        self._keep_scope(level, piece, clause, before, words, flow)
        for bracket in inner:
            if piece.start <= bracket.start - 1 < cut:
                label = flow.context.with_words(words)
                scope = label.scope if self.desk.of_ward else self.numbers.scope(words, label)
                front = [h for h in heard if h.end < bracket.start]
                then = self.numbers.basis(text, piece.start, bracket.start - 1, front, label.basis)
                local = label._replace(basis=then, scope=scope)
                compared = number is None and any(h.cue.id == "average" for h in before)
                aimed = flow.target or compared or any(_is_aim(h, level) for h in before)
                led = [] if number else before
                self._walk(text, bracket, local, replace(flow, context=local, target=aimed, led=led))
        if number is None:
            flow.context = flow.context.with_words(words)
            _wait(level, piece, before, flow)
            return
        before = self._words_before(text, level, piece, number, before, flow, inner)
        after = _words_behind(level, piece, number, before, heard, flow)
        self._read(Spot(text, level, piece, number, before, after), clause, flow, basis)
        self._brackets_behind(text, piece, cut, before, after, flow, inner)

    def _pass_by(
        self, text: Text, level: str, piece: Piece, clause: int, heard: list[Heard], flow: Flow, inner: list[Bracket]
    ) -> None:
        """Takes from a piece of a sentence without a number what the sentences after it go on with."""
        before = [h for h in heard if not h.cue.adjacent]
        if piece.start <= flow.start + _OPENING and not flow.opened:
            self._when(text, level, piece, piece.end, before, flow)
        if before:
            flow.context = flow.context.with_words(words_of(_own_cues(level, piece, piece.end, before, flow)))

    def _when(self, text: Text, level: str, piece: Piece, cut: int, before: list[Heard], flow: Flow) -> Basis | None:
        """The basis of what a piece says up to a letter; what follows goes on with it."""
        basis = self.numbers.basis(text, piece.start, cut, before, flow.context.basis)
        named = _basis_marks(text, before, piece.start, cut)
        if basis != "period" and OWN_TIME.search(text.visible, max(named, default=piece.start), cut):
            basis = "period"
        at = max(named, default=piece.start)
        if basis != flow.context.basis and not (COMPARED.search(level[:at]) or level.startswith("so ", at)):
            opens = max(flow.start, level.rfind(";", 0, at) + 1)
            flow.theirs = flow.theirs or other_unit(text, level, piece, piece.start, at) is not None
            if flow.theirs or any(opens <= n.start < at for n in text.numbers):
                # "tiếp nhận 310, lũy kế 1.905; giải quyết 300, …", "…, cùng kỳ 1.100 hồ sơ": up to the semicolon
                flow.compared = flow.compared or (flow.context.basis,)
            flow.context = flow.context._replace(basis=basis)
        if not flow.opened and any(flow.start <= m <= flow.start + _OPENING for m in named):
            flow.opened, flow.opening = True, basis
        return basis

    def _said_behind(
        self, text: Text, level: str, number: Numeral, heard: list[Heard], basis: Basis | None
    ) -> Basis | None:
        """The basis of a number whose period is named right behind it ("06 PAKN của quý II"), else the one given."""
        own = self.desk.identity.period
        unit = next((h.end for h in heard if h.cue.slot == "object" and h.start == number.stop + 1), number.stop)
        behind = OF_PERIOD.match(level, unit)
        named = next((p for p in text.periods if behind and p.start == behind.end()), None)
        if own is None or named is None or named.code is None or not named.part:
            return basis
        said = relation(named.code, own)
        return said if said in ("period", "previous", "last_year") else None

    def _open_frame(self, level: str, piece: Piece, flow: Flow) -> None:
        """Whether a clause begins with what makes its numbers no results ("Nếu …", "Yêu cầu …")."""
        if flow.held is not None and flow.held[0].until == "comma" and not flow.nested:
            flow.held = None
        if flow.held is not None and flow.held[0].until == "clause" and _behind_semicolon(level, piece.start):
            flow.held = None
        first = FIRST_LETTER.search(level, piece.start, piece.end)
        if first is None:
            return
        at = first.start()
        found = self.desk.frames.opening(level, at, len(level), sentence=at == flow.start, nested=flow.nested)
        flow.held = found or flow.held

    def _words_before(
        self,
        text: Text,
        level: str,
        piece: Piece,
        number: Numeral,
        before: list[Heard],
        flow: Flow,
        inner: list[Bracket],
    ) -> list[Heard]:
        """A number's own cues before it, with those of clauses, brackets and labels that it goes on with."""
        if flow.pending and _continues(level[piece.start : number.start], before, piece.start, flow):
            before = without_included([*flow.pending, *before], level)
            if flow.includes:
                received = self.desk.lexicon.cues["received"]
                before = [h._replace(cue=received) if h.cue.id in ("new", "in_period") else h for h in before]
        led = bool(words_of(flow.led).marks) or flow.grew or (flow.alone and _is_count_of_head(text, number))
        if led and words_of(before).empty and number.denominator is None and not number.percent:
            before = [*flow.led, *before]  # "đa số trả trước hạn (5.402 hồ sơ)"
        flow.led = []
        if flow.all_are and not number.percent and number.denominator is None:
            before = [*flow.all_are, *before]
        if "on_time" in words_of(before).marks:
            before = [*before, *_with_early(text, level, inner, piece.start, number.start)]
        beside = _apposition(text, level, inner, piece.start, number.start)
        if words_of(before).empty:
            before = [*before, *beside]
        elif words_of(beside).marks & CHANNELS:  # "Số hồ sơ mới tiếp nhận trong kỳ (trực tuyến): 4.230"
            before = [*(h for h in before if h.cue.id not in ("new", "new_bare")), *beside]
        return before

    def _read(self, spot: Spot, clause: int, flow: Flow, basis: Basis | None) -> None:
        """Reads a number with what its sentence says of all of its numbers: weak, planned, of a part, of a day."""
        text, level, piece, cut = spot.text, spot.level, spot.piece, spot.number.start
        resumed, explains = RESUMED.search(level, piece.start, cut) is not None, _explains(spot)
        flow.resumed = flow.resumed or resumed
        named = words_of(spot.before, spot.after)
        of_kind = names_a_kind(spot)
        acted = bool(named.act or named.weak_act)
        flow.kind = flow.kind or (of_kind and (acted or resumed))
        pending = any(h.cue.id == "pending" for h in (*spot.before, *spot.after))
        day = self._day_of(text, piece, spot.number, pending)
        planned = PLANNED.match(level, flow.start, cut)
        detail = flow.detail or (flow.nested and _is_detail(flow.count))
        withheld = None
        reason = explains and (flow.resumed or named.empty)  # "riêng 01 hồ sơ hộ tịch do cán bộ nghỉ ốm"
        if (DUE_TO.match(level, clause, cut) and words_of(spot.before).empty) or reason:
            withheld = "chi tiết trong phần giải thích"
        elif spot.number.start in text.ranges:
            withheld = "khoảng giá trị"
        elif day is not None and not SINCE.search(text.visible[: day.start]):
            withheld = "số liệu của một ngày"
        elif flow.part or self._of_other(spot, clause):
            withheld = None if of_procedures(spot) else flow.part or "số liệu của đơn vị khác"
        elif flow.context.withheld is not None:
            withheld = flow.context.withheld
        elif flow.context.frame is not None and holds(flow.context.frame, spot, named):
            withheld = flow.context.frame.reason
        elif flow.held is not None and is_held(spot, flow.held, named):
            withheld = flow.held[0].reason
        elif of_kind or (flow.kind and (acted or named.marks & CHANNELS)):
            withheld = "số liệu của một nhóm hồ sơ"
        elif detail and named.act and not named.marks and not resumed and not spot.number.percent:
            withheld = "chi tiết của các hồ sơ đã nêu"
        flow.detail = flow.detail or (resumed and (bool(named.marks & DETAIL) or named.act == "pending"))
        flow.fee = flow.fee or any(h.cue.id == "fee" for h in spot.after)
        weak, target = flow.weak, flow.target
        flow.weak = weak or resumed or explains or of_kind or (flow.kind and acted) or day is not None
        flow.target = target or (planned is not None and not WAS_DONE.search(level, planned.end(), cut))
        self.numbers.read(spot, flow, basis, withheld)
        for old, new, then in text.changes:
            if new == spot.number.start:
                self.numbers.old_value(spot, old, then)
        flow.seen += 1
        flow.weak, flow.target, flow.includes = weak, target, False
        surveyed = [h for h in (*flow.pending, *spot.before, *spot.after) if h.cue.id == "satisfaction"]
        flow.pending, flow.opens_label = [], False
        if resumed and OUT_OF.search(level, piece.start, cut) and flow.count is not None and flow.told == 1:
            flow.group = flow.count  # "Trong 45 hồ sơ đang giải quyết có 30 hồ sơ trực tuyến"
        if flow.other and surveyed:  # "hài lòng qua 1.300 phiếu đạt 96,8%"
            flow.pending, flow.other = surveyed, False

    def _of_other(self, spot: Spot, clause: int) -> bool:
        """Whether the words of the number's own clause say that it is the city's."""
        ward = self.desk.identity.level == "commune"
        return ward and OF_OTHER.search(spot.level, clause, spot.number.start) is not None

    def _brackets_behind(
        self,
        text: Text,
        piece: Piece,
        cut: int,
        before: list[Heard],
        after: list[Heard],
        flow: Flow,
        inner: list[Bracket],
    ) -> None:
        """Reads the brackets behind a number, which go on with what it says."""
        for bracket in inner:
            if not cut <= bracket.start - 1 < piece.end:
                continue
            last = self.numbers.last
            said = last is not None and last.block is text.block and last.meaning is flow.count
            scope = flow.count.scope if said and flow.count else flow.context.scope
            local = flow.context._replace(label=flow.count, scope=scope)
            compared = self._compared(text, cut, bracket, after, flow)
            if compared is not None:  # "tăng 130 hồ sơ so với cùng kỳ (870 hồ sơ)"
                flow.led = [h for h in before if h.cue.id != "growth"] if flow.grew else []
                local = local._replace(basis=compared)
            self._walk(text, bracket, local, flow)
            flow.led = []

    def _compared(self, text: Text, cut: int, bracket: Bracket, after: list[Heard], flow: Flow) -> Basis | None:
        """The other period that is named between a number and the bracket with a count of it, or None."""
        first = next((n for n in text.numbers if bracket.start <= n.start < bracket.end), None)
        if first is None or first.percent or first.denominator is not None:
            return None
        own = flow.context.basis
        between = [h for h in after if h.end < bracket.start]
        named = self.numbers.basis(text, cut, bracket.start, between, own)
        return named if named is not None and named != own else None

    def _day_of(self, text: Text, piece: Piece, number: Numeral, pending: bool) -> DateMention | None:
        """A day named before the number and far from the end of the report's period ("ngày 01/7 nhận 21"), or None."""
        own = self.desk.identity.period
        if own is None:
            return None
        first, last = period_span(own)
        window = self.desk.identity.window or standard_window(own)
        cut_off = min(last, window[1]) - _END_OF_PERIOD
        sentence = text.visible.rfind(". ", 0, piece.start + 1) + 1
        for d in reversed(text.dates):
            if not sentence <= d.start < number.start or d.day is None or d.month is None:
                continue
            if DATED_PAPER.search(text.normal.text, max(0, d.start - 70), d.start):
                continue
            if OWN_TIME.search(text.visible, d.end, number.start):
                continue  # "ngày 02/6 …; đến ngày chốt số liệu …"
            try:
                day = d.date or date(last.year, d.month, d.day)
            except ValueError:
                continue
            then = AT_THE_TIME.search(text.normal.text, max(0, d.start - 20), d.start) is not None
            if (then or first <= day) and day < cut_off:
                return d
            alone = OTHER_EVENT.search(text.visible, d.end, number.start) is None
            if alone and not pending and ON_THAT_DAY.search(text.visible, max(0, d.start - 30), d.start):
                return d  # "Ngày 10/6 phường tiếp nhận 45 hồ sơ", whatever the end of the period
            if pending:
                return None  # "thời điểm 14/3 còn 33 hồ sơ …; đến 14/6 còn 28 hồ sơ": the last day counts
        for d in text.dates:
            if d.start < number.stop or d.start >= piece.end or d.day is None or d.month is None:
                continue
            if IN_THAT_DAY.fullmatch(text.visible, number.stop, d.start):
                return d
            if CUT_OFF_BEHIND.fullmatch(text.visible, number.stop, d.start):  # "45 hồ sơ là số liệu chốt ngày 31/5"
                try:
                    day = d.date or date(last.year, d.month, d.day)
                except ValueError:
                    continue
                return d if day < cut_off else None
        return None

    def _keep_scope(self, level: str, piece: Piece, clause: int, before: list[Heard], words: Words, flow: Flow) -> None:
        """A level or field at the head of a clause holds up to the next semicolon ("cấp xã tiếp nhận 11, xử lý 9")."""
        turned = _behind_semicolon(level, clause)
        if turned:
            flow.context = flow.context._replace(scope=flow.outer_scope)
            flow.grew = flow.other = flow.paced = False
            if piece.start == clause:
                flow.pending, flow.opens_label = [], False
            flow.turned, flow.unclear = True, frozenset()
            flow.part = None if OWN_LABEL.match(level, clause) else flow.part
            flow.field, flow.kind, flow.detail = None, False, False
        if piece.start == clause and DONE.match(level, clause):
            flow.target = False
            if turned and flow.context.mode == "future" and flow.context.inline:
                flow.context = flow.context._replace(mode=None)  # "Chỉ tiêu giao: …; kết quả phường: …"
            flow.remark = flow.remark and not turned
        if flow.remark and piece.start == clause and turned:
            labelled = bool(before) and before[0].cue.slot == "mark" and not level[clause : before[0].start].strip()
            flow.remark = not labelled or REASON.search(level, clause, piece.end) is not None
        field = _field_of_clause(level, clause, piece, before) if piece.start == clause else None
        if field is not None:
            flow.context = flow.context._replace(scope=f"field:{field}")
            return
        lead = next((h for h in before if h.cue.slot in ("scope", "field", "act", "mark")), None)
        if piece.start != clause or lead is None or lead.cue.slot not in ("scope", "field") or lead.cue.only:
            return
        closed = level.startswith(":", lead.end) and lead.cue.slot == "field"
        if lead.cue.slot == "field" and piece.number is None and not closed:
            return  # one of several fields that a sentence names
        if not closed and level[clause : lead.start].strip(f" {HOLE}{BLANK}-+*:") not in LEADS:
            return
        named = f"field:{level[lead.start : lead.end]}" if lead.cue.slot == "field" else None
        if named is not None and flow.context.scope.endswith(level[lead.start : lead.end]) and flow.seen == 0:
            return  # the last of several that a line's head names
        flow.context = flow.context._replace(scope=named or self.numbers.scope(words, flow.context))
        if level.startswith(":", lead.end):
            flow.outer_scope = flow.context.scope


def _satisfied(heard: list[Heard], lexicon: Lexicon) -> list[Heard]:
    """Where a paragraph speaks only of those very satisfied, they are the satisfied that it counts."""
    if not any(h.cue.id == "very_satisfied" for h in heard) or any(h.cue.id == "satisfaction" for h in heard):
        return heard
    return [h._replace(cue=lexicon.cues["satisfaction"]) if h.cue.id == "very_satisfied" else h for h in heard]


def _once(visible: str) -> str:
    """Text in which a number written out and repeated in digits ("ba mươi (30) hồ sơ") stands once, in digits."""
    five = [(*m.span(), 5) for m in FIVE_REPEATED.finditer(visible)]  # alone, "năm" is a year
    for start, end, value in [*find_words(visible), *five] if "(" in visible else ():
        match = REPEATED.match(visible, end)
        if match and int(match[1].replace(".", "")) == value:
            front = visible[:start] + " " * (match.start(1) - start)
            visible = front + match[1] + " " + visible[match.end() :]
    return visible


def _of_ranges(visible: str, numbers: list[Numeral]) -> list[Numeral]:
    """The numbers between which a figure lies ("từ 92% đến 96%", "70-80% hồ sơ")."""
    found = [n for n in numbers if RANGE_END.match(visible, n.end) or (n.denominator and CHAIN.match(visible, n.end))]
    for a, b in pairwise(numbers):
        if FROM_TO.fullmatch(visible, a.stop, b.start) and FROM.search(visible, max(0, a.start - 20), a.start):
            found += [a, b]  # "giảm từ 112 hồ sơ của quý I xuống còn 59 hồ sơ": the old and the new
            continue
        between = RANGE.fullmatch(visible, a.end, b.start)
        if a.value >= b.value or a.denominator is not None or between is None:
            continue
        if between["dash"] or FROM.search(visible, max(0, a.start - 20), a.start):
            found += [a, b]
    return found


def _counts_in_words(visible: str, heard: list[Heard], start: int, end: int) -> bool:
    """Whether number words count: before what is counted ("chín hồ sơ"), or as the end of a label ("quá hạn hai,")."""
    thing = next((h for h in heard if h.start - end == 1 and h.cue.slot == "object"), None)
    short = visible[start:end] in _OFTEN_NO_NUMBER
    if thing and not short:
        return True
    labelled = any(start - h.end in (1, 2) and h.cue.slot in ("act", "mark") for h in heard)
    return labelled and CLOSED.match(visible, thing.end if thing else end) is not None


def _explains(spot: Spot) -> bool:
    """Whether a number begins a reason ("14 hồ sơ do người dân nộp nhầm nơi")."""
    unit = spot.unit
    if unit is None or not words_of(spot.before).empty:
        return False
    named = next((h.end for h in spot.after if h.start == unit.end + 1 and h.cue.slot == "field"), unit.end)
    return BECAUSE.match(spot.level, named) is not None


def _is_closing_year(visible: str, number: Numeral) -> bool:
    """Whether a heading ends with a year ("Phương hướng 2026")."""
    return number.decimals == 0 and 2000 <= number.value < 2100 and not visible[number.stop :].strip(" .:)")


def _is_count_of_head(text: Text, number: Numeral) -> bool:
    """Whether a number stands alone in the bracket at the end of a line ("* Đã giải quyết (612 hồ sơ):")."""
    return text.numbers[0].start == number.start and END_OF_HEAD.fullmatch(text.visible, number.stop) is not None


def _listed_field(text: Text, lead: regex.Match[str]) -> bool:
    """Whether the words behind "lĩnh vực" are the name of a listed field and nothing more."""
    span = lead.span("name")
    return any((h.start, h.end) == span and h.cue.slot in ("field", "head") for h in text.heard)


def _clause_before(visible: str, at: int) -> int:
    """Where the clause begins that a letter stands in."""
    return max(visible.rfind(mark, 0, at) for mark in ".;,:(") + 1


def _field_name(text: Text, lead: regex.Match[str]) -> str:
    """The field that a paragraph opens with: as it is listed, where it is, else as it is printed."""
    start = lead.start("name")
    listed = next((h for h in text.heard if h.start == start and h.cue.slot in ("field", "head")), None)
    return text.visible[start : max(listed.end, lead.end("name")) if listed else lead.end("name")].strip()


def _aside(text: Text, number: Numeral, level: float) -> bool:
    """Whether a heading only mentions a number of other things in a bracket ("Cấp xã (tổng hợp 07 phường)")."""
    if level > _HEADING:
        return False
    start, end = text.visible.rfind("(", 0, number.start), text.visible.find(")", number.stop)
    if start < 0 or end < 0 or text.visible[end + 1 :].strip(" .:"):
        return False
    unit = next((h for h in text.heard if h.start == number.stop + 1), None)
    return not number.percent and (unit is None or unit.cue.slot in ("other", "scope"))


def _is_detail(count: Meaning | None) -> bool:
    """Whether a count is of dossiers whose further course may follow ("3 hồ sơ quá hạn, trong đó đã giải quyết 2")."""
    return count is not None and bool(count.sense.marks & DETAIL)


def _closes(h: Heard, level: str, number: Numeral, heard: list[Heard]) -> bool:
    """Whether a cue that counts beside its number only stands right behind it and ends there ("+ 1.502 sớm;")."""
    if h.cue.slot not in ("act", "mark") or h.cue.soft or CLOSED.match(level, h.end) is None:
        return False
    unit = next((u.end for u in heard if u.cue.slot == "object" and u.start == number.stop + 1), number.stop)
    return h.start == unit + 1


def _words_behind(
    level: str, piece: Piece, number: Numeral, before: list[Heard], heard: list[Heard], flow: Flow
) -> list[Heard]:
    """A number's own cues behind it; procedures may be told before what was done to them ("10 TTHC …, đã được …")."""
    after = [h for h in heard if h.start >= number.stop and (not h.cue.adjacent or _closes(h, level, number, heard))]
    procedures = any(h.start == number.stop + 1 and h.cue.id == "procedure" for h in after)
    if flow.later and procedures and words_of(before).empty and words_of(after).empty:
        after += [h for h in flow.later if h.start >= piece.end and not h.cue.adjacent]
    return after


def _taken_back(text: Text, start: int, following: tuple[int, int] | None) -> bool:
    """Whether the next sentence denies what this one says a system shows."""
    if following is None:
        return False
    first, last = following
    if not any(h.cue.id in _DENIALS for h in text.heard if first <= h.start < last):
        return False
    pointed = THESE_NUMBERS.match(text.visible, first) is not None  # "Hai số này phường chưa đồng tình"
    return pointed or any(h.cue.id == "system_says" for h in text.heard if start <= h.start < first)


def _own_cues(level: str, piece: Piece, cut: int, before: list[Heard], flow: Flow) -> list[Heard]:
    """The cues of a piece that say what it counts: behind an opener or a label, without what is only included."""
    opener = last_opener(level, piece.start, cut)
    if opener is not None:
        label = [h for h in before if h.end <= opener[0]]
        flow.context = flow.context.with_words(words_of(label))
        marks = [h for h in label if h.cue.slot == "mark" and not h.cue.soft]
        if flow.seen == 0 and len(marks) == 1 and words_of(label).act is None:
            flow.all_are = marks
        before = [h for h in before if h.start >= opener[1]]
        flow.pending, flow.opens_label = [], False
        flow.group, flow.opened_group, flow.turned = flow.count, True, False
        flow.detail = flow.detail or _is_detail(flow.count)
    since = level.rfind("sau khi ", piece.start, cut)
    if since >= 0 and any(h.start > since and h.cue.slot == "act" for h in before):
        before = [h for h in before if h.start > since]  # "03 TTHC đề xuất đơn giản hóa sau khi rà soát 10 TTHC"
    counted = without_included(before, level)
    flow.includes = flow.includes or any(h.cue.id == "carried_over" for h in before if h not in counted)
    return _behind_label(counted, level, cut, flow)


def _behind_label(before: list[Heard], level: str, cut: int, flow: Flow) -> list[Heard]:
    """Cues behind a colon, where they say all ("Rà soát, đơn giản hóa: đã rà soát 06"); the others become context."""
    colon = level.rfind(":", 0, cut)
    outer = [h for h in before if h.end <= colon]
    own = [h for h in before if h.start > colon]
    if not outer:
        return before
    words = words_of(outer)
    if (
        words.marks
        or words.soft - {"total", "rate"}
        or not any(h.cue.slot == "act" and h.cue.id != "resolving" for h in own)
    ):
        return before
    spoken = words_of(own)
    if not (words.act or words.object) or words.rank > 0 >= spoken.rank:
        return before
    flow.context = flow.context.with_words(words)
    return [h for h in before if h.start > colon or h.cue.slot not in ("act", "object", "mark")]


def _is_prose(text: str, level: float) -> bool:
    """Whether a paragraph is running text that opens nothing for those after it."""
    return level == LEAF or (level > _HEADING and len(text) > _LONGEST_LABEL and not text.endswith(":"))


def topic_of(objects: list[str]) -> str | None:
    """What a heading speaks of, where it names several things."""
    return next((o for o in ("feedback", "dossier") if o in objects), objects[0] if objects else None)


def _field_of_clause(level: str, clause: int, piece: Piece, before: list[Heard]) -> str | None:
    """The field that a clause begins with, where it says what was done in it ("riêng lĩnh vực xây dựng nhận 22")."""
    lead = FIELD_CLAUSE.search(level, clause, piece.number.start) if piece.number else None
    if lead is None or any(h.start < lead.start() and h.cue.slot in ("act", "mark") for h in before):
        return None
    told = next((h for h in before if h.start > lead.start("name") and h.cue.slot in ("act", "mark")), None)
    closed = level[lead.end("name") : told.start].strip() == ":" if told is not None else False
    if told is None or (told.start > lead.end("name") and not closed):
        return None
    if closed:
        return FIELD_STOP.sub("", str(lead["name"])).strip() or None
    return FIELD_TAIL.sub("", level[lead.start("name") : told.start]).strip() or None


def _taken(numbers: list[Numeral], start: int, end: int) -> bool:
    return any(n.start < end and start < n.stop for n in numbers)


def _basis_marks(text: Text, cues: list[Heard], start: int, end: int) -> list[int]:
    """Where a basis or a period is named."""
    named = [p.start for p in text.periods] + [w.start for w in text.windows]
    return [h.start for h in cues if h.cue.slot == "basis"] + [at for at in named if start <= at < end]


def _behind_semicolon(level: str, at: int) -> bool:
    """Whether what begins at a letter stands behind a semicolon."""
    return level[:at].rstrip().endswith(";")


def _opens(text: Text, start: int) -> bool:
    """Whether a sentence opens with the period it speaks of ("Lũy kế từ đầu năm …")."""
    return bool(
        [m for m in _basis_marks(text, text.heard, start, start + _OPENING + 1) if start <= m <= start + _OPENING]
    )


def _is_aim(h: Heard, level: str) -> bool:
    """Whether what was exceeded or missed is named ("vượt chỉ tiêu của tỉnh (95%)")."""
    return h.cue.id == "growth" and level[h.start : h.end].endswith(("chỉ tiêu", "mục tiêu"))


def _set_mode(cues: list[Heard], flow: Flow) -> None:
    """What the words before a number make of those that follow: promised, done, explained."""
    for h in cues:
        if h.cue.id == "target":
            compared = any(o.cue.id in ("growth", "base") for o in cues if o.start < h.start)
            flow.target = flow.target or not compared
        elif h.cue.id == "result":
            flow.target = False
        elif h.cue.id == "remark":
            flow.remark = True
        elif h.cue.id == "fee":
            flow.fee = True


def _wait(level: str, piece: Piece, cues: list[Heard], flow: Flow) -> None:
    """A clause without a number: perhaps the first part of a label that has commas in it."""
    opener = last_opener(level, piece.start, piece.end)
    starts = LABEL_START.match(level, opener[1] if opener else piece.start, piece.end) is not None
    if not flow.pending or starts:
        first = min((h.start for h in cues if h.cue.slot in ("act", "object", "mark")), default=piece.end)
        bare = level[piece.start : first].strip(f" {BLANK}-+*:") == ""
        flow.opens_label = starts or (bare and flow.count is None and flow.rate is None)
        flow.pending = []
    flow.pending = [*flow.pending, *cues]


def _continues(words: str, before: list[Heard], start: int, flow: Flow) -> bool:
    """Whether the words before a number go on with the label that the clauses before it began.

    They do in "Số …, …: 5", in "Tỷ lệ …, … đạt 5%", and where one clause ends and the next begins with a cue of the
    same kind ("đề nghị bãi bỏ, sửa đổi 6 thủ tục").
    """
    if LABEL_START.match(words):
        return False
    last = flow.pending[-1]
    touching = bool(before) and last.end >= start - 3 and before[0].start <= start + 2
    if touching and before[0].cue.slot == "mark" and last.cue.slot in ("mark", "act"):
        return True
    return not OPENER.search(words) and (flow.opens_label or words.rstrip().endswith(":"))


def _apposition(text: Text, level: str, inner: list[Bracket], start: int, end: int) -> list[Heard]:
    """Cues of a bracket without numbers that stands at the end of a label: "bàn giao sang (kỳ trước): 112"."""
    for b in inner:
        numbered = any(b.start <= n.start < b.end for n in text.numbers)
        takes_in = TAKES_IN.match(text.visible, b.start, b.end)  # "(cả trực tuyến và trực tiếp)"
        if start < b.start <= end and not (numbered or takes_in) and level[b.end + 1 : end].strip(" :") == "":
            return [h for h in text.heard if b.start <= h.start < b.end]
    return []


def _with_early(text: Text, level: str, inner: list[Bracket], start: int, end: int) -> list[Heard]:
    """ "đúng hạn (bao gồm cả trước hạn) đạt 99,8%": the cue of a bracket that takes the early ones in."""
    for b in inner:
        if start < b.start <= end and INCLUDES.match(text.visible, b.start, b.end):
            return [h for h in text.heard if b.start <= h.start < b.end and h.cue.id == "early"]
    return []


def _counts_here(h: Heard, level: str, number: Numeral | None) -> bool:
    """Whether a cue counts: an adjacent one only directly before its number."""
    just = h.cue.id == "new_bare" and number is not None and number.percent
    if just and number is not None and not level[h.end : number.start].strip():
        return False  # "thanh toán trực tuyến mới 56,98%"
    if not h.cue.adjacent or number is None:
        return not h.cue.adjacent
    between = level[h.end : number.start].strip(" :")
    heads = level[: h.start].rstrip()[-1:] in ("", ",", ";", ":", "(", HOLE)
    if h.cue.at_head and not heads:  # "hồ sơ nhiều, lại cũ: 204 hồ sơ tiếp nhận"
        return False
    return between == "" or (h.cue.slot == "scope" and heads and between in TIES)


def without_included(cues: list[Heard], level: str) -> list[Heard]:
    """Cues without those that only say what a number includes ("kể cả kỳ trước chuyển sang")."""
    start = next((h.end for h in cues if h.cue.id == "included"), None)
    if start is None:
        start = next((h.start for h in cues if h.cue.id == "carried_over" and level.endswith("cả ", 0, h.start)), None)
    if start is None:
        return cues
    end = COPULA.search(level, start)
    stop = end.start() if end else len(level)
    kept = [h for h in cues if h.end <= start or h.start >= stop]
    if any(h.cue.id == "carried_over" for h in cues if h not in kept):  # with what came over, it is no count of the new
        kept = [h for h in kept if h.cue.id not in ("new", "in_period")]
    return kept


def _of_the_time_before(h: Heard, visible: str, heard: list[Heard], lexicon: Lexicon) -> Heard:
    """ "Kỳ trước tiếp nhận 1.200 hồ sơ": at the head of a clause, before a deed, it is the time of which is told."""
    if visible[h.start : h.end] not in LAST_PERIOD:
        return h
    front = visible[_clause_before(visible, h.start) : h.start].strip(f" {BLANK}-+*")
    if front not in BEFORE_TIME:
        return h
    alone = visible[h.end :].strip(" :.") == ""
    after = next((o for o in heard if o.start >= h.end and o.cue.slot in ("act", "mark")), None)
    acted = (
        after is not None
        and after.cue.slot == "act"
        and after.cue.id != "pending"
        and after.start - h.end <= _NEAR_DEED
        and not any(map(str.isdigit, visible[h.end : after.start]))
    )
    return h._replace(cue=lexicon.cues["previous"]) if alone or acted else h


def carried(
    visible: str, heard: list[Heard], periods: list[PeriodMention], lexicon: Lexicon, own: str | None = None
) -> tuple[list[Heard], list[PeriodMention]]:
    """A period named as the source of what came over ("hồ sơ quý I chuyển sang") is that mark, not a basis."""
    kept = []
    found = [h if h.cue.id != "carried_over" else _of_the_time_before(h, visible, heard, lexicon) for h in heard]
    for p in periods:
        if own is not None and p.code is not None and period_span(p.code)[0] > period_span(own)[1]:
            onward = ONWARD.search(visible[: p.start])
            if onward is not None:  # "19 hồ sơ chuyển sang quý III"
                found = [h for h in found if h.end <= onward.start() or h.start >= p.end]
                found.append(Heard(lexicon.cues["pending"], onward.start(), p.end))
                continue
        behind, front = CARRIED_BEHIND.match(visible, p.end), CARRIED_BEFORE.search(visible[: p.start])
        gone = own is not None and p.code is not None and period_span(p.code)[1] < period_span(own)[0]
        behind = None if behind is not None and behind["undone"] and not gone else behind
        if not behind and not front:
            kept.append(p)
            continue
        start, end = front.start() if front else p.start, behind.end() if behind else p.end
        found = [h for h in found if h.end <= start or h.start >= end]
        found.append(Heard(lexicon.cues["carried_over"], start, end))
    return sorted(found, key=lambda h: h.start), kept
