"""The tasks of a plan, from its tables and from its paragraphs, in reading order.

Read in decisions and plans, and in other papers only from a table that is plainly one of tasks (task, lead and
time). Reports are left alone: their list of tasks for the next period is no plan.
"""

from __future__ import annotations

import regex

from extractor.catalog import Catalog
from extractor.catalog.plans import PlanPatterns
from extractor.find.plan_narrative import read_narrative
from extractor.find.plan_tables import Columns, Draft, find_columns, read_rows
from extractor.find.plan_targets import targets_of
from extractor.model import Block, Document, Identity, PlanRow, Table, place_of
from extractor.vietnamese.deadlines import Deadline, parse_deadline
from extractor.vietnamese.normalize import normalize

_WITHOUT_MERGES = frozenset(("txt", "text", "md", "csv", "tsv"))


def find_plan_rows(document: Document, identity: Identity, catalog: Catalog) -> tuple[PlanRow, ...]:
    """Every task of a plan with who, what, when and what it promises; empty where the document is no plan."""
    if identity.kind == "BC":
        return ()
    is_plan = identity.kind in ("QD", "KH")
    patterns = catalog.plans
    tables = _plan_tables(document, patterns, is_plan)
    year = _year(identity)
    drafts: list[tuple[int, list[Draft]]] = []
    merges = document.format not in _WITHOUT_MERGES
    for at, (table, columns) in tables.items():
        drafts.append((at, read_rows(table, table.grid(), columns, patterns, merges)))
    if is_plan:
        blocks = [item if isinstance(item, Block) else None for item in document.content]
        found = read_narrative(blocks, patterns, sentences=not any(rows for _, rows in drafts))
        where = {id(item): i for i, item in enumerate(document.content)}
        drafts.extend((where[id(draft.block)], [draft]) for draft in found)
    drafts.sort(key=lambda pair: pair[0])
    return tuple(_row(draft, patterns, year) for _, rows in drafts for draft in rows)


def _plan_tables(document: Document, patterns: PlanPatterns, is_plan: bool) -> dict[int, tuple[Table, Columns]]:
    """The task tables by their place in the document; a table without headings goes on from the one before it."""
    found: dict[int, tuple[Table, Columns]] = {}
    before: tuple[Table, Columns] | None = None
    for at, item in enumerate(document.content):
        if isinstance(item, Block):
            if item.text.strip():
                before = None
            continue
        if item.cols < 2 or item.rows < 1:
            continue
        columns = find_columns(item, item.grid(), patterns) if item.cols >= 3 and item.rows >= 2 else None
        if columns is None and before is not None and before[0].cols == item.cols:
            known = before[1]
            columns = Columns(known.roles, known.ticks, 0, known.headings, known.percent)
        if columns is not None and (is_plan or columns.is_evident):
            found[at] = before = (item, columns)
        else:
            before = None
    return found


def _year(identity: Identity) -> int | None:
    """The plan's year: of its period, else of its title, else of its date."""
    for text in (identity.period or "", identity.title):
        match = regex.search(r"(?<!\d)20\d\d(?!\d)", text)
        if match:
            return int(match.group())
    return identity.date.year if identity.date else None


def _row(draft: Draft, patterns: PlanPatterns, year: int | None) -> PlanRow:
    lead, partners = draft.text("lead"), draft.text("partners")
    if not partners:
        raw = draft.raw("units") or draft.raw("lead")
        lead, partners = split_units(raw, bool(draft.raw("units")), patterns)
    printed, deadline = _deadline(draft, year)
    targets = targets_of(draft.raw("task"), draft.raw("product"), draft.raw("target"), patterns, draft.percent)
    return PlanRow(
        section=draft.section,
        number=draft.number,
        task=draft.text("task"),
        lead=lead,
        partners=partners,
        product=draft.text("product"),
        deadline=printed,
        deadline_kind=deadline.kind,
        deadline_start=deadline.start,
        deadline_end=deadline.end,
        targets=targets,
        place=place_of(draft.block, draft.start, draft.end),
    )


def _deadline(draft: Draft, year: int | None) -> tuple[str, Deadline]:
    """The time as printed and as days; first and last days of two columns are put together with a dash."""
    start, end = draft.text("start"), draft.text("end")
    if not (start or end):
        printed = draft.text("deadline")
        return printed, parse_deadline(printed, year)
    if not end:
        opened = parse_deadline(start, year)
        first = opened.start or opened.end
        return start, Deadline("range", first, None) if first else opened
    closed = parse_deadline(end, year)
    if not start:
        return end, closed
    printed = start if start == end else f"{start} - {end}"
    opened = parse_deadline(start, year)
    first = opened.start or opened.end
    if start == end or first is None or closed.end is None:
        return printed, parse_deadline(printed, year)
    return printed, Deadline("range", first, closed.end)


_LEADS = regex.compile(r"^(?P<lead>.+?)\s*[(:-]*\s*(?i:chủ trì)\s*\)?\s*[,;.\n-]*\s*(?P<rest>.*)$", regex.DOTALL)
_LABEL = r"[-+\s]*(?i:(?:đơn vị |cơ quan )?{})\s*:\s*"
_LABELLED = regex.compile(
    r"^" + _LABEL.format("chủ trì(?: thực hiện)?") + r"(?P<lead>.*?)[\s;,.]*\n?\s*"
    + _LABEL.format("phối hợp(?: thực hiện)?") + r"(?P<partners>.*)$",
    regex.DOTALL,
)  # fmt: skip
_LEAD_ONLY = regex.compile(r"^" + _LABEL.format("chủ trì(?: thực hiện)?") + r"(?P<lead>.*)$", regex.DOTALL)
_PARTNERS_INSIDE = regex.compile(
    r"^(?P<lead>.+?)[\s;,.(-]+(?i:(?:đơn vị |cơ quan )?phối hợp(?:\s*:|\s+(?:với|cùng)\b))\s*(?P<partners>.+?)\)?$",
    regex.DOTALL,
)
_PARTNERS_END = regex.compile(r"[\s,;.(-]*(?i:(?:là )?(?:đơn vị |cơ quan )?phối hợp(?: thực hiện)?)\)?[\s.;]*")
_PARTNERS_START = regex.compile(r"^[\s,;.(-]*(?i:(?:và )?phối hợp(?: với| cùng)?)[\s:]*")


def split_units(raw: str, joint: bool, patterns: PlanPatterns) -> tuple[str, str]:
    """Lead and partners printed in one cell. `joint` says that the heading promises both.

    By labels ("Chủ trì: …; Phối hợp: …"), by words behind the names ("X (chủ trì), Y (phối hợp)"), or, under
    a joint heading only, by lines or, where a format has lost them, by the words with which units begin: the
    first names the lead.
    """
    text = raw.strip()
    if match := _LABELLED.match(text):
        return _one_line(match["lead"]), _one_line(match["partners"])
    if match := _LEAD_ONLY.match(text):
        return _one_line(match["lead"]), ""
    if regex.search(r"(?i)chủ trì", text) and (match := _LEADS.match(text)):
        rest = _PARTNERS_END.sub("; ", _PARTNERS_START.sub("", match["rest"])).strip(" ;")
        return _one_line(match["lead"]), _one_line(rest)
    if match := _PARTNERS_INSIDE.match(text):
        return _one_line(match["lead"]), _one_line(match["partners"])
    if joint and "\n" in text:
        lines = [line for line in (_one_line(part) for part in text.split("\n")) if line]
        return lines[0], " ".join(lines[1:])
    if joint and (match := regex.match(r"^([^;]+);\s*(.+)$", text)):
        return _one_line(match[1]), _one_line(match[2])
    if joint and (cut := _second_unit(text, patterns)):
        return _one_line(text[:cut]), _one_line(text[cut:])
    return _one_line(text), ""


def _second_unit(text: str, patterns: PlanPatterns) -> int:
    """Where a further unit begins in a cell without any separator; 0 where none does."""
    normal = normalize(text)
    starts = []
    for words in patterns.units:
        for phrase in words.phrases:
            for match in phrase.pattern.finditer(normal.text, 1) if phrase.sign in normal.text else ():
                at = normal.raw(match.start(), match.end())[0]
                before = normal.text[: match.start()].rstrip(" ")
                joined = not before[-1:].isalnum() or before.endswith((" và", " của", " thuộc"))
                if at and text[at].isupper() and not joined:
                    starts.append(at)
    return min(starts, default=0)


def _one_line(text: str) -> str:
    return " ".join(text.split()).strip(" ;,.") if text else ""
