"""Every record of patterns/plans.toml reads its examples and leaves its rejects; new records bring their own tests."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extractor.catalog.plans import FILE, PlanPatterns, Words, canonical_heading, load
from extractor.errors import PatternError
from extractor.find.plan_narrative import read_narrative
from extractor.find.plan_tables import role_of
from extractor.find.plan_targets import read_targets
from extractor.model import Block
from extractor.vietnamese.deadlines import parse_deadline
from extractor.vietnamese.normalize import key

FOLDER = Path(__file__).parents[1] / "patterns"
PATTERNS: PlanPatterns = load(FOLDER)


def test_no_phrase_is_looked_for_by_a_word_it_can_lack() -> None:
    """A text without the word is never looked through, so a phrase that could do without would silently be lost."""
    records = [*PATTERNS.columns, *PATTERNS.labels, *PATTERNS.rows, *PATTERNS.skips, *PATTERNS.subjects]
    texts = [canonical_heading(text) for record in records for text in record.examples]
    texts += [key(text) for record in [*records, *PATTERNS.indicators] for text in record.examples]
    phrases = [p for record in [*records, *PATTERNS.indicators] for p in record.phrases]
    said = [(p, text) for p in phrases for text in texts if p.pattern.search(text)]
    assert len(said) > len(records)
    assert all(p.sign in text for p, text in said)


def cases(records: tuple[Words, ...], which: str) -> list[tuple[str, str]]:
    return [(words.id, text) for words in records for text in getattr(words, which)]


@pytest.mark.parametrize(("role", "heading"), [(c.role, e) for c in PATTERNS.columns for e in c.examples])
def test_headings_have_their_role(role: str, heading: str) -> None:
    found = role_of(heading, PATTERNS)
    assert found is not None and found[0] == role


@pytest.mark.parametrize(("role", "heading"), [(c.role, e) for c in PATTERNS.columns for e in c.rejects])
def test_near_misses_have_another_role(role: str, heading: str) -> None:
    found = role_of(heading, PATTERNS)
    assert found is None or found[0] != role


JOINTS = ["Nội dung/nhiệm vụ", "NỘI DUNG, NHIỆM VỤ", "Nội dung và nhiệm vụ", "Nội dung - nhiệm vụ"]


@pytest.mark.parametrize("heading", JOINTS)
def test_joints_of_a_heading_do_not_matter(heading: str) -> None:
    assert canonical_heading(heading) == "nội dung, nhiệm vụ"


def assigned(role: str, line: str) -> str | None:
    """What a labelled line below a task gives to a role, through the reader of paragraphs."""
    blocks = [Block("p1", "1. Một việc để thử cách đọc nhãn"), Block("p2", line)]
    if role not in ("lead", "deadline"):
        blocks.append(Block("p3", "- Đơn vị chủ trì: Đơn vị mẫu"))
    found = read_narrative(blocks, PATTERNS, sentences=False)
    return found[0].text(role) or None if found else None


LABELLED = [c for c in cases(PATTERNS.labels, "examples") if c[0] not in ("other", "task")]


@pytest.mark.parametrize(("role", "line"), LABELLED)
def test_labels_give_their_value_to_their_role(role: str, line: str) -> None:
    assert assigned(role, line) == line.split(": ", 1)[1]


@pytest.mark.parametrize(("role", "line"), [c for c in cases(PATTERNS.labels, "rejects") if c[0] != "task"])
def test_words_that_only_look_like_labels_assign_nothing(role: str, line: str) -> None:
    assert assigned(role, line) is None


ROW_WORDS = [(w.id, e) for w in PATTERNS.rows for e in w.examples]


@pytest.mark.parametrize(("kind", "text"), ROW_WORDS)
def test_words_of_rows_are_known(kind: str, text: str) -> None:
    assert reads(PATTERNS.row(kind), text)


@pytest.mark.parametrize(("kind", "text"), cases(PATTERNS.rows, "rejects"))
def test_words_of_rows_leave_near_misses(kind: str, text: str) -> None:
    assert not reads(PATTERNS.row(kind), text)


def reads(words: Words, text: str) -> bool:
    """As the readers ask: the whole text, its beginning before a colon, its end, or a heading after its letter."""
    normal = key(text)
    bare = normal.strip(" *.-:") if words.id == "total" else normal
    if words.id in ("ditto", "tick"):
        return any(p.text == normal for p in words.phrases)
    if words.id == "total":
        return any(bare == p.text or bare.startswith((p.text + ":", p.text + "(")) for p in words.phrases)
    if words.id == "open_end":
        return any(m.end() == len(normal) for p in words.phrases for m in p.pattern.finditer(normal))
    return any(p.pattern.match(normal.split(". ", 1)[-1]) for p in words.phrases)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Trả lời dứt điểm 100% kiến nghị của cử tri", [("=", 100, "percent")]),  # no point of an article
        ("Ký số 100% giấy tờ trả cho công dân", [("=", 100, "percent")]),  # nor "ký số" a number
        ("Hồ sơ bị yêu cầu bổ sung quá 01 lần", []),
        ("Thực hiện theo Công văn số 100/UBND-VP", []),
    ],
)
def test_words_that_look_like_numbering_beside_a_target(text: str, told: list[tuple[str, int, str]]) -> None:
    assert [(t.op, t.value, t.unit) for t in read_targets(text, PATTERNS)] == told


@pytest.mark.parametrize(
    ("op", "text", "value", "unit"), [(b.op, e.text, e.value, e.unit) for b in PATTERNS.bounds for e in b.examples]
)
def test_targets_are_read_with_their_operator(op: str, text: str, value: object, unit: str) -> None:
    assert [(t.op, t.value, t.unit) for t in read_targets(text, PATTERNS)] == [(op, value, unit)]


@pytest.mark.parametrize("text", [e for b in PATTERNS.bounds for e in b.rejects])
def test_numbers_that_promise_nothing_are_no_targets(text: str) -> None:
    assert read_targets(text, PATTERNS) == []


@pytest.mark.parametrize("text", list(PATTERNS.noun("counted").examples))
def test_counted_nouns_make_a_target(text: str) -> None:
    assert [t.unit for t in read_targets(text, PATTERNS)] == ["count"]


@pytest.mark.parametrize("text", [*PATTERNS.noun("counted").rejects, *PATTERNS.noun("uncounted").examples])
def test_other_nouns_make_none(text: str) -> None:
    assert read_targets(text, PATTERNS) == []


@pytest.mark.parametrize("text", [e for w in PATTERNS.skips for e in w.examples])
def test_numbers_behind_skipped_words_are_no_targets(text: str) -> None:
    assert read_targets(text, PATTERNS) == []


@pytest.mark.parametrize("text", [e for w in PATTERNS.skips for e in w.rejects])
def test_other_words_skip_nothing(text: str) -> None:
    assert len(read_targets(text, PATTERNS)) == 1


@pytest.mark.parametrize(("name", "text"), [(i.id, e) for i in PATTERNS.indicators for e in i.examples])
def test_promised_rates_have_their_indicator(name: str, text: str) -> None:
    assert [t.indicator for t in read_targets(text, PATTERNS)] == [name]


@pytest.mark.parametrize(("name", "text"), [(i.id, e) for i in PATTERNS.indicators for e in i.rejects])
def test_other_percentages_are_not_taken_for_it(name: str, text: str) -> None:
    assert all(t.indicator != name for t in read_targets(text, PATTERNS))


@pytest.mark.parametrize("text", [e for w in PATTERNS.subjects for e in w.examples])
def test_percentages_of_people_or_of_a_part_are_no_rate_of_a_report(text: str) -> None:
    assert all(t.indicator is None for t in read_targets(text, PATTERNS))


def test_the_verb_ends_the_partners() -> None:
    sentence = "1. Giao Phòng Kinh tế chủ trì, phối hợp với Công an xã tổ chức ra quân, xong trước ngày 30/6/2026."
    (row,) = read_narrative([Block("p1", sentence)], PATTERNS, sentences=True)
    assert (row.text("lead"), row.text("partners")) == ("Phòng Kinh tế", "Công an xã")
    assert (row.text("task"), row.text("deadline")) == ("tổ chức ra quân", "trước ngày 30/6/2026")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ('[[label]]\nrole = "lead"\nphrases = ["chủ trì"]', "chưa có ví dụ"),
        ('[[column]]\nrole = "leader"\nphrases = ["chủ trì"]\nexamples = ["Chủ trì"]', "không có vai trò cột này"),
        ('[[bound]]\nop = "~"\nexamples = [{ text = "1%", value = "1", unit = "percent" }]', "không có phép so sánh"),
        ('[[heading]]\nexamples = ["x"]', "không biết loại mục này"),
        ('[[row]]\nkind = "total"\nwords = ["cộng"]\nexamples = ["cộng"]', "không biết thuộc tính"),
        ("", "thiếu mục này"),
    ],
)
def test_a_wrong_record_is_refused_with_file_fact_and_way_out(tmp_path: Path, record: str, said: str) -> None:
    (tmp_path / FILE).write_text(record, encoding="utf-8")
    with pytest.raises(PatternError, match=said) as caught:
        load(tmp_path)
    assert FILE in str(caught.value) and "Hãy" in str(caught.value)


HOSTILE = [
    "tỷ lệ " * 3000, "9" * 4000, "9 " * 3000, "hồ sơ, " * 3000, "(" * 3000 + "chủ trì", "- " * 3000, "1." * 2000,
    "chủ trì phối hợp " * 1500, "tháng 4, " * 1000, "giao " * 2000, "quý i đến " * 1000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: t[:12])
def test_hostile_text_takes_no_time(text: str) -> None:
    begun = time.perf_counter()
    read_targets(text, PATTERNS)
    role_of(text, PATTERNS)
    read_narrative([Block("p1", "1. " + text), Block("p2", text + ":")], PATTERNS, sentences=True)
    parse_deadline(text, 2026)
    assert time.perf_counter() - begun < 3
