"""Task tables of a plan become rows: columns by their headings, never by their order.

What would surprise you. A row is judged by what assigns it (lead, partners, product, time, target): with none it
is a section, a parent or the rest of the row above, never a task. A cell merged over several rows holds for each
of them. A task cell merged over rows with leads or times of their own gives one row per printed row; where only
its products differ, they are joined into one row. A text file cannot show merged cells, but a task has a lead:
where it stands without one, its empty lead, partners and time are those printed above it. An empty time beside a
lead of its own stays empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial

import regex

from extractor.catalog.plans import PlanPatterns, canonical_heading
from extractor.model import Block, Cell, Table
from extractor.vietnamese.normalize import key

Grid = list[list[Cell | None]]
RoleOf = Callable[[str], tuple[str, int] | None]  # role and rank of a heading
_ASSIGNING = ("lead", "partners", "units", "product", "deadline", "start", "end", "target")
_ROMANS = r"X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2}"
_SECTION = regex.compile(rf"(?:(?i:phần|mục|nhóm)\s+)?(?P<label>{_ROMANS}|[A-HK-NPQĐ])\s*[.:)/-]?")
_LABELLED = regex.compile(
    rf"\s*(?:(?i:phần|mục)\s+)?(?P<label>{_ROMANS}|[A-HĐ]|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\s*[.:)/]\s+(?=\S)"
)
_QUARTER_HEAD = regex.compile(
    r"^(?:(?P<word>quý|quí|q)\.?\s*)?(?P<n>iv|i{1,3}|[1-4])(?:[\s/,.]*(?:năm\s*)?(?P<y>20\d\d))?$"
)
_MONTH_HEAD = regex.compile(r"^(?:(?P<word>tháng|th|t)\.?\s*)?(?P<n>0?[1-9]|1[0-2])$")
_ROMAN = {"i": "I", "ii": "II", "iii": "III", "iv": "IV", "1": "I", "2": "II", "3": "III", "4": "IV"}
_NAME_END = regex.compile(r"\s*[:(]")  # behind what names a kind of row ("Tổng cộng: …")
_PEOPLE = regex.compile(r"\bhọ (?:và )?tên\b|\bchức vụ\b|\bchức danh\b")
_PROCEDURES = regex.compile(r"\b(?:tên|danh mục) (?:tthc|thủ tục)|^(?:tthc|thủ tục hành chính)$")
_BULLETS = "-–—+•*●▪◦·"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column plays which role; `ticks` are columns of quarters or months with the time they stand for."""

    roles: dict[str, int]
    ticks: tuple[tuple[int, str], ...]
    body: int
    headings: tuple[str, ...]
    percent: bool = False
    procedures: bool = False

    @property
    def is_plan(self) -> bool:
        """Headings of tasks. A list of procedures is a plan only where it says who works on them and when."""
        if self.procedures:
            return self.is_evident
        return "task" in self.roles and bool(
            self.ticks or {"lead", "units", "deadline", "start", "product"} & self.roles.keys()
        )

    @property
    def is_evident(self) -> bool:
        """A plan even in a document that does not call itself one."""
        lead = bool({"lead", "units"} & self.roles.keys())
        return "task" in self.roles and lead and bool(self.ticks or {"deadline", "end"} & self.roles.keys())


@dataclass(slots=True)
class Draft:
    """A row while it is read: raw texts by role, and the block of its task with the letters it takes."""

    section: str
    number: str
    block: Block
    start: int
    end: int
    texts: dict[str, list[str]] = field(default_factory=dict)
    percent: bool = False

    def text(self, role: str) -> str:
        return " ".join(" ".join(self.texts.get(role, [])).split())

    def raw(self, role: str) -> str:
        return "\n".join(self.texts.get(role, []))

    def add(self, role: str, text: str) -> None:
        if text.strip():
            self.texts.setdefault(role, []).append(text)


# --------------------------------------------------------------------------- headings


def role_of(heading: str, patterns: PlanPatterns) -> tuple[str, int] | None:
    """Role of a heading and the rank of the phrase that says so (0 is the surest); None where none is known."""
    full = key(heading)
    for column in patterns.columns:
        if column.together and all(words.search(full) for words in column.together):
            return column.role, 0
    bare = canonical_heading(regex.sub(r"\([^)]*\)?", " ", heading)) or canonical_heading(heading.strip(" ()"))
    if not bare or len(bare) > 90:
        return None
    best: tuple[int, int, str] | None = None
    for column in patterns.columns:
        if bare in column.whole and (best is None or len(bare) > -best[0]):
            best = (-len(bare), len(column.phrases) + column.whole.index(bare), column.role)
        for rank, phrase in enumerate(column.phrases):
            if (best is None or len(phrase.text) > -best[0]) and phrase.search(bare):
                best = (-len(phrase.text), rank, column.role)
    return (best[2], best[1]) if best else None


def find_columns(table: Table, grid: Grid, patterns: PlanPatterns) -> Columns | None:
    """The columns of a plan table, or None where its headings are not those of one."""
    roles = cache(partial(role_of, patterns=patterns))  # every try reads most of the same headings
    tries: list[tuple[int, int]] = []
    if table.heading_rows and table.heading_rows < table.rows:
        tries.append((0, table.heading_rows))
    for top in range(min(3, table.rows)):
        deep = max((c.rowspan for c in _cells(grid[top]) if c.row == top), default=1)
        tries.extend((top, depth) for depth in dict.fromkeys((min(deep, 3), 1, 2)) if top + depth < table.rows)
    best: Columns | None = None
    for top, depth in tries:
        columns = _columns_at(grid, top, depth, roles)
        if columns.is_plan and (best is None or _worth(columns) > _worth(best)):
            best = columns
    return best


def _worth(columns: Columns) -> tuple[int, int]:
    """More roles are better; with as many, fewer heading rows (a first task must not be taken for a heading)."""
    return len(columns.roles) + len(columns.ticks), -columns.body


def _cells(row: list[Cell | None]) -> Iterator[Cell]:
    seen: set[int] = set()
    for cell in row:
        if cell is not None and id(cell) not in seen:
            seen.add(id(cell))
            yield cell


def _columns_at(grid: Grid, top: int, depth: int, role_of_heading: RoleOf) -> Columns:
    stacks = _stacks(grid, top, depth)
    claims: dict[str, tuple[int, int]] = {}
    ticks: list[tuple[int, str]] = []
    percent = False
    for col, stack in enumerate(stacks):
        tick = _tick_head(stack)
        if tick:
            ticks.append((col, tick))
            continue
        found = _role_of_stack(stack, role_of_heading)
        if found is None or found[0] == "other":
            continue
        role, rank = found
        if role not in claims or rank < claims[role][1]:
            claims[role] = (col, rank)
        if role == "target" and "%" in " ".join(stack):
            percent = True
    roles = {role: col for role, (col, _) in claims.items()}
    if len(ticks) < 2:
        ticks = []
    if "number" not in roles and stacks and not stacks[0] and 0 not in roles.values():
        roles["number"] = 0  # numbers often stand under no heading
    if any(_PEOPLE.search(key(" ".join(s))) for s in stacks):
        return Columns({}, (), top + depth, ())
    if "end" in roles and "start" not in roles:
        end = roles.pop("end")
        roles.setdefault("deadline", end)
    if "start" in roles and "deadline" in roles and "end" not in roles:
        roles["end"] = roles.pop("deadline")
    if "task" not in roles and "target" in roles and {"lead", "units"} & roles.keys():
        roles["task"] = roles.pop("target")
    headings = tuple(" ".join(s) for s in stacks)
    procedures = "task" in roles and bool(_PROCEDURES.search(key(headings[roles["task"]])))
    return Columns(roles, tuple(ticks), top + depth, headings, percent, procedures)


def _stacks(grid: Grid, top: int, depth: int) -> list[list[str]]:
    """The heading texts of each column from top to bottom; an empty upper cell takes its left neighbour's text."""
    width = len(grid[0]) if grid else 0
    stacks: list[list[str]] = [[] for _ in range(width)]
    for row in range(top, top + depth):
        for col in range(width):
            cell = grid[row][col]
            text = " ".join(cell.text.split()) if cell else ""
            lower = any(
                (below := grid[r][col]) is not None and below.row == r and below.text.strip()
                for r in range(row + 1, top + depth)
            )
            if not text and lower and col and stacks[col - 1][:1] and not stacks[col]:
                text = stacks[col - 1][0]
            if text and (not stacks[col] or stacks[col][-1] != text):
                stacks[col].append(text)
    return stacks


def _role_of_stack(stack: list[str], role: RoleOf) -> tuple[str, int] | None:
    if not stack:
        return None
    last = role(stack[-1])
    if len(stack) == 1:
        return last
    together = role(" ".join(stack[-2:]))
    above = role(stack[-2])
    if last is None:
        return above or together
    if above and above[0] == "other":
        return above
    if last[0] in ("lead", "target", "measure", "other", "task") and above and above[0] in ("partners", "product"):
        return above  # "Phối hợp" over "Đơn vị", "Sản phẩm" over "Số lượng"
    return last


def _tick_head(stack: list[str]) -> str:
    """The time a tick column stands for ("Quý II", "Tháng 6/2026"); "" where it is none."""
    if not stack:
        return ""
    own, above = key(stack[-1]).strip(" ."), key(" ".join(stack[:-1]))
    year = regex.search(r"20\d\d", above)
    quarter = _QUARTER_HEAD.match(own)
    if quarter and (quarter["word"] or "quý" in above or "quí" in above):
        printed = quarter["y"] or (year.group() if year else "")
        return f"Quý {_ROMAN[quarter['n']]}" + (f"/{printed}" if printed else "")
    month = _MONTH_HEAD.match(own)
    if month and (month["word"] or "tháng" in above):
        return f"Tháng {month['n']}" + (f"/{year.group()}" if year else "")
    return ""


# --------------------------------------------------------------------------- rows


def read_rows(table: Table, grid: Grid, columns: Columns, patterns: PlanPatterns, merges: bool) -> list[Draft]:
    """The tasks of a table from `columns.body` on. `merges` says whether its format can show merged cells."""
    return _Reader(table, grid, columns, patterns, merges).read()


class _Reader:
    def __init__(self, table: Table, grid: Grid, columns: Columns, patterns: PlanPatterns, merges: bool) -> None:
        self.table, self.grid, self.columns, self.patterns = table, grid, columns, patterns
        self.spanless = not merges and all(c.rowspan == 1 for c in table.cells)
        self.section = ""
        self.rows: list[Draft] = []
        self.last: Draft | None = None
        self.above: dict[str, str] = {}

    def read(self) -> list[Draft]:
        for row in range(self.columns.body, self.table.rows):
            self._row(row)
        return self.rows

    def _cell(self, row: int, role: str) -> Cell | None:
        """The cell of a role in a row; None where a cell merged sideways belongs to a role further left."""
        col = self.columns.roles.get(role)
        if col is None:
            return None
        cell = self.grid[row][col]
        if cell is None or any(cell.col <= other < col for other in self.columns.roles.values()):
            return None
        return cell

    def _text(self, row: int, role: str) -> str:
        cell = self._cell(row, role)
        return cell.text.strip() if cell else ""

    def _own(self, row: int, role: str) -> str:
        """The text of a cell that begins in this row."""
        cell = self._cell(row, role)
        return cell.text.strip() if cell and cell.row == row else ""

    def _ticks(self, row: int) -> list[str]:
        """Times ticked in a row, or what is written across the tick columns."""
        times: list[str] = []
        for col, time in self.columns.ticks:
            cell = self.grid[row][col]
            if cell is None or not cell.text.strip():
                continue
            if any(cell.col <= other <= col for other in self.columns.roles.values()):
                continue
            text = " ".join(cell.text.split())
            normal = key(text)
            ticked = any(p.text == normal for p in self.patterns.row("tick").phrases)
            if not ticked and cell.colspan == 1 and len(text) <= 3:
                ticked = True
            said = time if ticked else text
            if said not in times:
                times.append(said)
        return times

    def _assigned(self, row: int, own: bool) -> bool:
        read = self._own if own else self._text
        return any(read(row, role) for role in _ASSIGNING if role != "measure") or bool(self._ticks(row))

    def _row(self, row: int) -> None:
        number, task = self._text(row, "number"), self._text(row, "task")
        number_cell, task_cell = self._cell(row, "number"), self._cell(row, "task")
        if number_cell is not None and task_cell is None and not self._assigned(row, own=True):
            task_cell, task, number = number_cell, number, ""  # one cell over the whole table
        if self._is_heading_again(row) or self._is_column_numbers(row):
            return
        if not number and not task and not self._assigned(row, own=True):
            self._title_beside(row)
            return
        if self._means("total", task or number):
            return
        if not task and not self._assigned(row, own=True) and _LABELLED.match(number):
            task, number = number, ""  # a title written into the number's column
        label = _LABELLED.match(task) if not number else None
        if not self._assigned(row, own=False) or self._is_title_elsewhere(row, number):
            self._title(row, number, task, label["label"] if label else "")
            return
        if number_cell is not None and number_cell.row < row and not self._own(row, "task"):
            number = self.last.number if self.last else number
        if self._is_parent(row, number):
            self.last = None
            return
        if not task:
            self._without_task(row, number)
            return
        if task_cell is not None and task_cell.row < row and self.last is not None:
            self._same_task(row)
            return
        if self._goes_on(row, number, task):
            self._append(row)
            return
        assert task_cell is not None
        self._new(row, number, task_cell, label["label"] if label and "number" not in self.columns.roles else "")

    def _title(self, row: int, number: str, task: str, label: str) -> None:
        """A row that assigns nothing: a section, a parent, or the rest of the row above."""
        section = _SECTION.fullmatch(number) or _SECTION.fullmatch(label)
        if section:
            self.section, self.last = section["label"], None
            return
        last = self.last
        if not number and last is not None and not self._spread(row) and self._reads_on(last.raw("task"), task):
            last.add("task", self._own(row, "task"))
            return
        if self.spanless and number and last is not None and not self._has_children(row, number):
            cell = self._cell(row, "task")
            if cell is not None and task:
                self._new(row, number, cell, "")
            return
        self.last = None

    def _title_beside(self, row: int) -> None:
        """A labelled section title alone in its row, in a column that plays no role."""
        texts = [c.text for c in _cells(self.grid[row]) if c.text.strip()]
        label = _LABELLED.match(texts[0]) if len(texts) == 1 else None
        if label and _SECTION.fullmatch(label["label"]):
            self.section, self.last = label["label"], None

    def _is_title_elsewhere(self, row: int, number: str) -> bool:
        """A section whose title begins left of the task's column: its letter and one text, nothing else."""
        if not _SECTION.fullmatch(number) or self._text(row, "task"):
            return False
        held = self._cell(row, "number")
        return sum(bool(c.text.strip()) for c in _cells(self.grid[row]) if c is not held) == 1

    def _spread(self, row: int) -> bool:
        """Whether the row's text is merged over several columns, as titles are."""
        cell = self._cell(row, "task") or self._cell(row, "number")
        return cell is not None and cell.colspan > 1

    def _reads_on(self, before: str, text: str) -> bool:
        """Whether `text` is the rest of `before`: a small letter, a list mark, or an end that asks for more."""
        text = text.lstrip()
        if not text:
            return False
        if text[0].islower() or text[0] in _BULLETS:
            return True
        end = key(before)
        if end.endswith((",", ";", ":", "(", "/")):
            return True
        return any(m.end() == len(end) for p in self.patterns.row("open_end").phrases for m in p.pattern.finditer(end))

    def _has_children(self, row: int, number: str) -> bool:
        if row + 1 >= self.table.rows:
            return True
        following = self._own(row + 1, "number").strip(" .")
        return not following or following.startswith(number.strip(" .") + ".") or not following[0].isdigit()

    def _is_parent(self, row: int, number: str) -> bool:
        """A number and a title whose lead only hangs down from it over its children."""
        if not number or row + 1 >= self.table.rows:
            return False
        cells = [c for role in _ASSIGNING if (c := self._cell(row, role)) is not None and c.text.strip()]
        if any(c.rowspan == 1 or c.row < row for c in cells) or self._ticks(row) or not cells:
            return False
        below = self._own(row + 1, "number").strip(" .")
        child = below.startswith(number.strip(" .") + ".") or (not below and bool(self._own(row + 1, "task")))
        own_below = any(
            (c := self._cell(row + 1, role)) is not None and c.row == row + 1 and c.rowspan == 1 and c.text.strip()
            for role in _ASSIGNING
        )
        return child and own_below

    def _without_task(self, row: int, number: str) -> None:
        """Cells without a task: the rest of the row above, or a further assignment of its task."""
        last = self.last
        if last is None or number:
            return
        lead, time = self._own(row, "lead") or self._own(row, "units"), self._own(row, "deadline")
        torn = any(self._own(row, role) and self._reads_on(last.raw(role), self._own(row, role)) for role in _ASSIGNING)
        if time and not torn and (lead or self._own(row, "product")):
            again = Draft(last.section, last.number, last.block, last.start, last.end, {"task": last.texts["task"]})
            self._fill(again, row)
            self._keep(again)
            return
        self._append(row)

    def _same_task(self, row: int) -> None:
        """One task cell over several rows: rows of their own only where leads or times differ."""
        last = self.last
        assert last is not None
        differs = any(self._own(row, role) for role in ("lead", "units", "deadline", "start", "end")) or (
            self.columns.ticks and bool(self._ticks(row))
        )
        if not differs:
            self._append(row)
            return
        again = Draft(last.section, last.number, last.block, last.start, last.end, {"task": last.texts["task"]})
        self._fill(again, row)
        self._keep(again)

    def _goes_on(self, row: int, number: str, task: str) -> bool:
        """A row torn by a page: no number, no time of its own, and texts that read on."""
        if number or self.last is None or self._own(row, "deadline") or self._ticks(row):
            return False
        if "deadline" not in self.columns.roles and not self.columns.ticks:
            return False
        held = self._cell(row, "deadline")
        if held is not None and held.text.strip():
            return False
        return self._reads_on(self.last.raw("task"), task)

    def _append(self, row: int) -> None:
        assert self.last is not None
        for role in (*_ASSIGNING, "task"):
            self.last.add(role, self._own(row, role))

    def _new(self, row: int, number: str, cell: Cell, label: str) -> None:
        raw = cell.text
        start = len(raw) - len(raw.lstrip())
        if label:
            match = _LABELLED.match(raw)
            number, start = label, match.end() if match else start
        draft = Draft(self.section, _number(number), cell.block, start, len(raw.rstrip()), percent=self._percent(row))
        draft.add("task", raw[start:])
        self._fill(draft, row)
        self._keep(draft)

    def _percent(self, row: int) -> bool:
        return self.columns.percent or "%" in self._text(row, "measure")

    def _fill(self, draft: Draft, row: int) -> None:
        for role in _ASSIGNING:
            text = self._text(row, role)
            if text and self._means("ditto", text):
                text = self.above.get(role, text)
            draft.add(role, text)
        if self.columns.ticks and (times := self._ticks(row)):
            draft.texts["deadline"] = [", ".join(times)]
        if self.spanless and "lead" in self.columns.roles and not draft.text("lead") and self.above.get("lead"):
            for role in ("lead", "partners", "deadline", "start", "end"):
                if not draft.text(role):
                    draft.add(role, self.above.get(role, ""))

    def _keep(self, draft: Draft) -> None:
        self.rows.append(draft)
        self.last = draft
        self.above = {role: draft.raw(role) for role in _ASSIGNING}

    def _means(self, kind: str, text: str) -> bool:
        normal = key(text).strip() if kind == "ditto" else key(text).strip(" *.-:")
        words = self.patterns.row(kind).phrases
        if kind == "ditto":
            return any(p.text == normal for p in words)
        return any(
            normal.startswith(p.text) and (normal == p.text or _NAME_END.match(normal, len(p.text))) for p in words
        )

    def _is_heading_again(self, row: int) -> bool:
        texts = [" ".join(c.text.split()) if c else "" for c in self.grid[row]]
        filled = [(t, h) for t, h in zip(texts, self.columns.headings, strict=True) if t]
        return len(filled) >= 3 and all(key(t) and key(t) in key(h) for t, h in filled)

    def _is_column_numbers(self, row: int) -> bool:
        texts = [c.text.strip(" ()[].\n") for c in self.grid[row] if c and c.text.strip()]
        if len(texts) < 3 or any(len(t) > 3 for t in texts):
            return False
        digits = [t for t in texts if t.isdigit()]
        return len(digits) >= len(texts) - 2 and [int(d) for d in digits] == list(
            range(int(digits[0]), int(digits[0]) + len(digits))
        )


def _number(printed: str) -> str:
    """A row's number as printed, without its end mark; "" for a list mark."""
    number = " ".join(printed.split()).rstrip(" .")
    return "" if all(c in _BULLETS for c in number) else number
