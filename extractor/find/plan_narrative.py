"""Plans without a table: numbered tasks, and who, with whom, what and when in labelled lines or sentences.

What would surprise you. A paragraph is a task only through what assigns it: labels with a colon ("Đơn vị chủ
trì: …") in lines below it, behind it or in brackets at its end, or a sentence "Giao X chủ trì, phối hợp với Y …".
A number whose lines hold several assignments is the parent of its list items; with one assignment, its items
belong to its text. Sentences are read only in a document without a task table, and not under headings such as
"Tổ chức thực hiện", where units are told their general duties.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import regex

from extractor.catalog.plans import PlanPatterns
from extractor.find.plan_tables import Draft
from extractor.model import Block
from extractor.vietnamese.normalize import Normal, key, normalize

_HEAD = regex.compile(
    r"\s*(?:(?P<article>Điều\s+\d+)\s*[.:]\s*"
    r"|(?:(?i:phần|mục|nhóm)\s+)?(?P<section>X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2}|[A-HĐ])\s*[.)/:]\s*(?=\S)"
    r"|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)/:]\s*(?=[^\d\s]|\d+\s*%)|(?P<number>\d{1,2}(?:\.\d{1,2})+)\s+(?=\D)"
    r"|(?i:nhiệm vụ|nội dung|hoạt động)\s+(?P<number>\d{1,2})\s*[.:]\s*"
    r"|(?P<number>[a-zđ])\s*[.)/]\s+|(?P<number>[a-zđ]\d{1,2})\s*[.)]\s+"
    r"|(?P<bullet>[-–—+•*●▪◦·\uf0b7\uf02d])\s*(?=\D|\d+[\s%.,]))"
)
_JOINT = " \n;,.-–—+•(:"
_BRACKET = regex.compile(r"\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*[.;]?\s*$")
_PARTNERS = regex.compile(
    r"[\s,;]*(?:và\s+)?(?:chịu trách nhiệm\s+)?phối hợp\s*(?:(?:chặt chẽ\s+)?(?:với|cùng với|cùng)\s+)?"
)
_CHAIRS = r"\s+(?:làm |là )?(?:đơn vị |cơ quan )?chủ trì(?:\s+thực hiện)?(?=\W|$)"
_LEAD = regex.compile(
    r"(?:^|(?<=[.;:,(]))\s*(?:(?:giao|phân công|đề nghị|yêu cầu)\s+(?:cho\s+)?)?(?P<lead>[^.;:()]{3,120}?)" + _CHAIRS
)
_LEAD_AFTER = regex.compile(r"(?:giao|phân công)\s+(?:cho\s+)?(?P<lead>[^.;:()]{3,120}?)" + _CHAIRS)
_PARTNERS_INSIDE = regex.compile(
    r"[,;.(]\s*(?:đơn vị |cơ quan )?phối hợp\s*(?:(?:với|cùng)\s+|:\s*)?|\sphối hợp (?:với|cùng)\s+"
)
_LEAD_AT_END = regex.compile(
    r"[.:;(]\s*(?P<clause>(?:(?:giao|phân công)\s+)?[^.:;()]{3,100}?" + _CHAIRS + r"(?:[,;]?\s*phối hợp\s[^.:;()]+)?)$"
)
_WHEN = regex.compile(
    r"[\s,;.(]*(?:(?:và\s+)?(?:hoàn thành|xong|thực hiện xong|thời gian(?: thực hiện| hoàn thành)?"
    r"|thời hạn(?: hoàn thành)?)\s*:?\s*(?:là\s+)?"
    r"(?P<when>(?:xong\s+)?(?:trước|trong|vào|chậm nhất|từ|đến|quý|quí|tháng|ngày|năm|hằng|hàng|thường xuyên"
    r"|định kỳ|khi|theo|\d)[^;)]*?)"
    r"|[,;(]\s*(?P<when>(?:trước (?:ngày|tháng|\d)|chậm nhất|trong (?:quý|tháng|năm)|định kỳ|xong trước"
    r"|thường xuyên|từ (?:ngày|tháng|quý)|hằng (?:tháng|quý|tuần))[^;)]*?))"
    r"\s*(?=[;)]|\.\s|\.?\s*$|,\s*sản phẩm)"
)
_EMPTY_TASK = regex.compile(
    r"(?:tổ chức |triển khai |tham mưu |chủ động )*(?:thực hiện|triển khai|tham mưu|tổ chức)?"
    r"(?: nội dung này| nhiệm vụ này| theo quy định)?"
)


@dataclass(slots=True)
class _Item:
    """A paragraph that may be a task: its number, and the letters of the block that are its text."""

    number: str
    block: Block
    start: int
    end: int
    bullet: bool = False

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence that assigns: its fields by role, and the raw letters left for the task."""

    fields: dict[str, str]
    rest: tuple[int, int]


@dataclass(slots=True)
class _Group:
    """What stands between two assignments: the items, then the fields that assign them."""

    section: str
    scope: int
    items: list[_Item]
    fields: dict[str, list[str]] = field(default_factory=dict)
    inline: bool = False


def read_narrative(blocks: Iterable[Block | None], patterns: PlanPatterns, sentences: bool) -> list[Draft]:
    """Tasks of paragraphs in reading order; None stands for a table between them.

    `sentences` also reads assignments told in sentences, without labels.
    """
    return _Reader(patterns, sentences).read(blocks)


class _Reader:
    def __init__(self, patterns: PlanPatterns, sentences: bool) -> None:
        self.patterns, self.sentences = patterns, sentences
        by_length = sorted(
            ((p.pattern.pattern, words.id) for words in patterns.labels for p in words.phrases),
            key=lambda pair: -len(pair[0]),
        )
        self.roles = [role for _, role in by_length]
        self.label = regex.compile("|".join(f"(?P<r{i}>{phrase})" for i, (phrase, _) in enumerate(by_length)))
        self.behind = regex.compile(r"\s*(?:\([^)]{0,40}\)\s*)?:\s*")
        self.verb = regex.compile("|".join(p.pattern.pattern for w in patterns.verbs for p in w.phrases))
        self.groups: list[_Group] = []
        self.pending: list[_Item] = []
        self.section, self.scope, self.quiet = "", 0, False
        self.open: str | None = None
        self.title: tuple[str, _Item] | None = None

    def read(self, blocks: Iterable[Block | None]) -> list[Draft]:
        for block in blocks:
            if block is None:
                self._forget()
            elif block.text.strip():
                self._block(block)
        return [draft for i in range(len(self.groups)) if (draft := self._draft(i)) is not None]

    def _forget(self) -> None:
        self.pending, self.open, self.scope, self.title = [], None, self.scope + 1, None

    def _block(self, block: Block) -> None:
        raw = block.text
        head = _HEAD.match(raw)
        start = head.end() if head else 0
        normal = normalize(raw)
        segments = self._segments(raw, normal, start)
        lead_text = raw[start : segments[0][1]].strip(_JOINT) if segments else raw[start:].strip()
        assigns = {role for role, *_ in segments} & {"lead", "deadline", "partners"}
        if segments and len(lead_text) < 8:
            number = head.captures("number")[0] if head and head.captures("number") else ""
            if number.isdigit() and any(item.number.isdigit() for item in self.pending):
                self._forget()  # "3. Thời gian: …" beside "2. …" speaks of the whole plan
                return
            self._assign(segments, raw)
            return
        if segments and assigns:
            self._inline(block, head, start, segments)
            return
        if head and (head["section"] or head["article"]):
            self._heading(block, head, start)
            return
        if regex.fullmatch(r"(?:kế hoạch|chương trình|phụ lục(?: [ivx\d]+)?)[.:]?", normal.text.strip()):
            self.section, self.quiet = "", False
            self._forget()
            return
        if self.open and head and head["bullet"] and not (head["number"]) and self.groups:
            self.groups[-1].fields[self.open].append(raw[start:].strip().rstrip(";."))
            return
        self.open = None
        if self.sentences and not self.quiet and self._sentence(block, head, start):
            return
        self._item(block, head, start, len(raw.rstrip()))

    def _heading(self, block: Block, head: regex.Match[str], start: int) -> None:
        """A section begins. Its title is a task only if a lead is named right below it, without tasks between."""
        above, self.section = self.section, head["section"] or ""
        self.quiet = bool(head["article"]) or self._is_quiet(block.text[start:])
        self._forget()
        if self.section:
            nested = above if above[:1] in "ABCDEFGHĐ" and self.section not in "ABCDEFGHĐ" else ""
            self.title = (nested, _Item(self.section, block, start, len(block.text.rstrip())))

    def _is_quiet(self, title: str) -> bool:
        normal = key(title)
        return any(p.pattern.match(normal) for p in self.patterns.row("no_tasks").phrases)

    def _item(self, block: Block, head: regex.Match[str] | None, start: int, end: int) -> None:
        number = next((c for c in head.captures("number")), "") if head else ""
        if number and "." not in number and number.isdigit():
            self.scope += 1
            self.pending = []
        elif number:
            self.scope += 1
        self.pending.append(_Item(number, block, start, end, bool(head and head["bullet"])))
        self.title = None

    # ---- labels

    def _segments(self, raw: str, normal: Normal, start: int) -> list[tuple[str, int, int]]:
        """Labels of a block: role, raw start of the label, raw start of its value."""
        found: list[tuple[str, int, int]] = []
        text = normal.text
        at = 0
        while ":" in text and (match := self.label.search(text, at)):
            at = match.end()
            colon = self.behind.match(text, match.end())
            label_at = normal.raw(match.start(), match.end())[0]
            if colon is None or label_at < start:
                continue
            before = text[: match.start()].rstrip(" ")
            if label_at > start and raw[start:label_at].strip() and before[-1:] not in ";.,(-+:\n":
                continue
            role = next(self.roles[i] for i in range(len(self.roles)) if match[f"r{i}"] is not None)
            found.append((role, label_at, normal.raw(colon.start(), colon.end())[1]))
            at = colon.end()
        if found and found[0][0] == "task" and len(found) == 1:
            return []
        return found

    def _values(self, segments: list[tuple[str, int, int]], raw: str) -> list[tuple[str, str]]:
        values = []
        for i, (role, _, value_at) in enumerate(segments):
            stop = segments[i + 1][1] if i + 1 < len(segments) else len(raw)
            value = raw[value_at:stop].strip(_JOINT)
            if value.endswith(")") and value.count(")") > value.count("("):
                value = value[:-1].rstrip(_JOINT)
            values.append((role, value))
        return values

    def _assign(self, segments: list[tuple[str, int, int]], raw: str) -> None:
        """A line of labels below its task."""
        values = self._values(segments, raw)
        group = self.groups[-1] if self.groups else None
        again = group is not None and group.inline and any(r in group.fields for r, _ in values)
        if self.pending or group is None or again:
            section = self.section
            if not self.pending:
                if self.title is None or not {"lead", "units"} & {role for role, _ in values}:
                    return
                section, item = self.title
                self.pending, self.title = [item], None
            group = _Group(section, self.scope, self.pending)
            self.groups.append(group)
            self.pending = []
        for role, value in values:
            self._add(group, role, value)
        self.open = values[-1][0] if values and not values[-1][1] else None
        if self.open:
            group.fields.setdefault(self.open, [])

    def _add(self, group: _Group, role: str, value: str) -> None:
        if role == "lead" and value:
            value, partners = self._partners_inside(value)
            if partners:
                group.fields.setdefault("partners", []).append(partners)
        if value:
            group.fields.setdefault(role, []).append(value)

    def _partners_inside(self, value: str) -> tuple[str, str]:
        """ "Phòng X, phối hợp với Phòng Y" behind one label."""
        normal = normalize(value)
        match = _PARTNERS_INSIDE.search(normal.text)
        if match is None:
            return regex.sub(r"(?i)\s+(?:là đơn vị )?chủ trì(?: thực hiện)?\s*$", "", value), ""
        cut, after = normal.raw(match.start(), match.end())
        lead = regex.sub(r"(?i)\s+(?:là đơn vị )?chủ trì(?: thực hiện)?\s*$", "", value[:cut].strip(_JOINT))
        return lead, value[after:].strip(_JOINT + ")")

    def _inline(
        self, block: Block, head: regex.Match[str] | None, start: int, segments: list[tuple[str, int, int]]
    ) -> None:
        """A task with its labels behind it in the same paragraph."""
        end = start + len(block.text[start : segments[0][1]].rstrip(_JOINT))
        clause = None
        if not any(role in ("lead", "units") for role, *_ in segments):
            normal = normalize(block.text[start:end])
            if found := _LEAD_AT_END.search(normal.text):
                clause = self._clause(block.text, normal, start, found.start() + 1, len(normal.text), alone=True)
            if found and clause:
                cut = start + normal.raw(found.start(), found.start())[0]
                end = start + len(block.text[start:cut].rstrip(_JOINT))
        self._item(block, head, start, end)
        group = _Group(self.section, self.scope, [self.pending[-1]], inline=True)
        self.pending = []
        self.groups.append(group)
        for role, value in clause.fields.items() if clause else ():
            self._add(group, role, value)
        if not any(role == "deadline" for role, *_ in segments):
            self._time_at_end(group)
        for role, value in self._values(segments, block.text):
            self._add(group, role, value)
        self.open = None

    def _time_at_end(self, group: _Group) -> None:
        """Takes "…, hoàn thành trước 30/6" from the end of a task whose labels tell no time."""
        item = group.items[0]
        normal = normalize(item.text)
        for when in _WHEN.finditer(normal.text):
            if when.end() == len(normal.text) and when.start() >= 10:
                cut, _ = normal.raw(when.start(), when.end())
                group.fields.setdefault("deadline", []).append(
                    item.text[slice(*normal.raw(when.start("when"), when.end("when")))].strip(_JOINT)
                )
                item.end = item.start + len(item.text[:cut].rstrip(_JOINT))
                return

    # ---- sentences

    def _sentence(self, block: Block, head: regex.Match[str] | None, start: int) -> bool:
        """An assignment told in a sentence; False where the block holds none."""
        raw = block.text
        normal = normalize(raw[start:])
        text = normal.text
        bracket = _BRACKET.search(text)
        if bracket and "chủ trì" in bracket["inside"]:
            clause = self._clause(raw, normal, start, bracket.start("inside"), bracket.end("inside"))
            if clause is None:
                return False
            end = start + len(raw[start : start + normal.raw(bracket.start(), bracket.start())[0]].rstrip(_JOINT))
            self._item(block, head, start, end)
        else:
            match = _LEAD_AFTER.search(text) or _LEAD.match(text) or self._lead_later(raw[start:], normal)
            if match is None:
                return False
            clause = self._clause(raw, normal, start, match.start(), len(text))
            if clause is None:
                return False
            title = raw[start : start + normal.raw(match.start(), match.start())[0]].rstrip(_JOINT)
            rest_at, rest_to = clause.rest
            if len(title) >= 10:
                self._item(block, head, start, start + len(title))
            elif rest_to - rest_at >= 12 and not _EMPTY_TASK.fullmatch(key(raw[rest_at:rest_to])):
                self._item(block, head, rest_at, rest_to)
            elif self.pending:
                pass
            else:
                return False
        group = _Group(self.section, self.scope, self.pending)
        self.pending = []
        self.groups.append(group)
        for role, value in clause.fields.items():
            if value:
                group.fields.setdefault(role, []).append(value)
        return True

    def _lead_later(self, raw: str, normal: Normal) -> regex.Match[str] | None:
        """A unit that chairs, named behind the task and a colon or full stop ("…: Phòng X chủ trì, …")."""
        for match in _LEAD.finditer(normal.text):
            at = normal.raw(match.start("lead"), match.end("lead"))[0]
            if normal.text[: match.start()].rstrip()[-1:] in ".;:" and raw[at].isupper():
                return match
        return None

    def _clause(self, raw: str, normal: Normal, offset: int, at: int, stop: int, alone: bool = False) -> _Clause | None:
        """Lead, partners, deadline and the letters of the task in "[Giao] X chủ trì, phối hợp với Y …, xong …".

        None where neither partners nor a time stand beside the lead: then it is a general duty (`alone` takes it
        all the same, because a label tells the time).
        """
        text = normal.text[:stop]

        def cut(a: int, b: int) -> str:
            x, y = normal.raw(a, b)
            return raw[offset + x : offset + y].strip(_JOINT)

        lead = (_LEAD_AFTER.match(text, at) or _LEAD.match(text, at)) if at < len(text) else None
        if lead is None:
            return None
        fields = {"lead": cut(lead.start("lead"), lead.end("lead"))}
        rest_at = lead.end()
        when = _WHEN.search(text, rest_at)
        when_at = when.start() if when else len(text)
        partners = _PARTNERS.match(text, rest_at)
        if partners:
            ends = [when_at]
            end_mark = regex.search(r"[;.)]", text[partners.end() :])
            if end_mark:
                ends.append(partners.end() + end_mark.start())
            for verb in self.verb.finditer(text, partners.end()):
                x = normal.raw(verb.start(), verb.end())[0]
                inside = regex.search(r"\b(?:các|những|ban|bộ phận|tổ chức)\s+$", text[: verb.start()])
                if raw[offset + x].islower() and not inside and verb.start() > partners.end():
                    ends.append(verb.start())
                    break
            fields["partners"] = cut(partners.end(), min(ends))
            rest_at = min(ends)
        if when:
            fields["deadline"] = cut(when.start("when"), when.end("when"))
        product = regex.search(r"sản phẩm(?: là)?\s*:?\s*([^;.)]+)", text[rest_at:])
        if product:
            fields["product"] = cut(rest_at + product.start(1), rest_at + product.end(1))
        if not partners and not when and not alone:
            return None
        x, y = normal.raw(min(rest_at, when_at), max(rest_at, when_at))
        task = raw[offset + x : offset + y]
        left = len(task) - len(task.lstrip(_JOINT))
        return _Clause(fields, (offset + x + left, offset + x + max(left, len(task.rstrip(_JOINT)))))

    # ---- rows

    def _draft(self, i: int) -> Draft | None:
        group = self.groups[i]
        if not {"lead", "units", "deadline"} & {role for role, values in group.fields.items() if any(values)}:
            return None
        items = group.items
        siblings = sum(g.scope == group.scope for g in self.groups) > 1
        numbered = max((k for k, item in enumerate(items) if item.number), default=-1)
        if numbered >= 0:
            tail = items[numbered + 1 :]
            chosen = tail if tail and siblings else items[numbered:]
        else:
            chosen = items if siblings else items[-1:]
            if siblings and not group.inline:
                bullets = [k for k, item in enumerate(items) if item.bullet]
                chosen = items[bullets[-1] :] if bullets else items[-1:]
        first = chosen[0]
        draft = Draft(group.section, first.number, first.block, first.start, first.end)
        for item in chosen:
            text = item.text if item is first else item.block.text
            draft.add("task", text)
        for extra in group.fields.get("task", []):
            draft.add("task", extra)
        for role, values in group.fields.items():
            if role not in ("task", "other"):
                draft.add(role, "; ".join(v for v in values if v))
        return draft
