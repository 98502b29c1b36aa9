"""The pattern files keep their own promises: every example is read, every near miss is left, nothing runs for ever.

Whoever adds a record to patterns/ adds its sentences there and nothing here: this file tries what it finds, with the
same function as `doisoat patterns test`.
"""

from __future__ import annotations

import ast
import shutil
import time
from collections import defaultdict
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from extractor.catalog import Catalog
from extractor.catalog.frames import Frame
from extractor.catalog.masks import Mask
from extractor.errors import PatternError
from extractor.examples import try_examples
from extractor.find import find_figures
from extractor.model import Block, Cell, Document, Findings, Identity, Table

CATALOG = Catalog.load()
FIND = Path(__file__).parents[1] / "extractor" / "find"
# slots whose cues code takes as they come, whatever their name
ALL_USED = {"basis", "scope", "field", "other", "none", "head"}


# --------------------------------------------------------------------------- examples and near misses


def test_every_example_is_read_and_every_near_miss_is_left() -> None:
    outcome = try_examples(CATALOG)
    assert not outcome.failures, "\n".join(outcome.failures)


def test_every_sentence_of_indicators_and_masks_is_among_those_tried() -> None:
    sentences = sum(len(s.examples) + len(s.rejects) for s in CATALOG.indicators.senses)
    sentences += sum(len(m.examples) + len(m.rejects) for m in CATALOG.masks)
    assert try_examples(CATALOG).tried >= sentences > 150


@pytest.fixture()
def patterns(tmp_path: Path) -> Path:
    """A copy of the pattern files that a test may spoil."""
    shutil.copytree(CATALOG.folder, tmp_path / "patterns")
    return tmp_path / "patterns"


def replaced(folder: Path, name: str, old: str, new: str) -> Catalog:
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return Catalog.load(folder)


# what an official might write, and the words in which the trial must complain
SPOILED = [
    ("indicators.toml", "Đã trả kết quả 1.150 hồ sơ.\", value = 1150", "Đã trả kết quả 1.150 hồ sơ.\", value = 1151",
     "indicators.toml, resolved.total: phải đọc được 1151"),
    ("indicators.toml", 'rejects = ["Số PAKN đang xử lý: 02."]', 'rejects = ["Đang xử lý 02 hồ sơ."]',
     "indicators.toml, pending.total: không được đọc câu"),
    ("masks.toml", '["tại cơ sở 2 chập chờn", "cơ sở 2"]', '["tại cơ sở 2 chập chờn", "cơ sở 3"]',
     "masks.toml, part: phải che"),
    ("masks.toml", 'rejects = ["mức 98,5%"', 'rejects = ["mức độ 4"', "masks.toml, level: không được che"),
    ("frames.toml", "Yêu cầu công chức số hóa 100% hồ sơ.", "Phường số hóa 100% hồ sơ.",
     "frames.toml, demand: không được lấy số nào trong"),
    ("frames.toml", "Thanh toán trực tuyến: 450 hồ sơ.", "Thanh toán: trực tuyến 450 hồ sơ.",
     "frames.toml, handed_back: phải đọc"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "complaint"), SPOILED)
def test_a_wrong_sentence_is_named(patterns: Path, name: str, old: str, new: str, complaint: str) -> None:
    before = set(try_examples(CATALOG).failures)
    after = set(try_examples(replaced(patterns, name, old, new)).failures)
    assert len(after - before) == 1
    assert complaint in (after - before).pop()


REFUSED = [
    ("indicators.toml", 'object = "dossier"\nact = "received"', 'object = "dosier"\nact = "received"', "dosier"),
    ("indicators.toml", 'rejects = ["Tiếp nhận 06 hồ sơ."]', "", "rejects"),
    ("cues.toml", 'slot = "object"', 'slot = "thing"', "slot"),
    ("cues.toml", 'phrases = ["nội bộ"]', "phrases = []", "phrases"),
    ("cues.toml", 'words = ["giải quyết", "gq"]', 'words = ["giải quyết"]', "cần ít nhất hai cách nói"),
    ("cues.toml", 'words = ["giải quyết", "gq"]', 'words = ["giải quyết", "Giải  quyết"]', "cần ít nhất hai cách nói"),
    ("cues.toml", 'words = ["giải quyết", "gq"]', 'words = ["giải quyết", "gq", " "]', "cần ít nhất hai cách nói"),
    ("masks.toml", r"(?<![\w.,])(?:0?[23]|hai|ba) cấp", r"(?<![\w.,])(?:0?[23]|hai|ba cấp", "biểu thức sai"),
    ("masks.toml", 'reason = "số tiền"', "", "reason"),
    ("frames.toml", 'opens = ["để", "nhằm", "hướng đến", "hướng tới", "tiến tới"]', "opens = []", "opens"),
    ("frames.toml", 'until = "comma"', 'until = "chapter"', "until phải là một trong"),
    ("frames.toml", r"then = ' ?\d'", r"then = '( ?\d'", "biểu thức sai"),
    ("cues.toml", "[light]\nsyllables", "[light]\nwords", "syllables"),
]


@pytest.mark.parametrize(("name", "old", "new", "fact"), REFUSED)
def test_a_wrong_record_is_refused_with_file_and_fact(patterns: Path, name: str, old: str, new: str, fact: str) -> None:
    catalog = replaced(patterns, name, old, new)
    with pytest.raises(PatternError) as refusal:
        _ = getattr(catalog, {"masks.toml": "masks", "frames.toml": "frames"}.get(name, "indicators"))
    assert name in str(refusal.value)
    assert fact in str(refusal.value)


# --------------------------------------------------------------------------- cues


@pytest.mark.xfail(strict=True, reason="đã nhận, trả chậm, trả muộn, trả trễ, các xã are listed twice")
def test_no_phrase_is_listed_under_two_cues_of_one_slot() -> None:
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for cue in CATALOG.indicators.cues.values():
        for phrase in cue.phrases:
            owners[cue.slot, phrase].append(cue.id)
    assert {phrase: ids for phrase, ids in owners.items() if len(ids) > 1} == {}


SAID_TOO = [
    ("overdue", "trễ so với hạn"), ("overdue", "quá giấy hẹn"), ("early", "sớm so với hạn"),
    ("early", "trước giấy hẹn"), ("resolved", "đã gq"), ("carried_over", "quý trước gối sang"),
    ("online", "qua dvc trực tuyến"), ("postal", "qua dịch vụ bưu điện"),
]  # fmt: skip


@pytest.mark.parametrize(("cue", "phrase"), SAID_TOO)
def test_a_phrase_is_heard_in_all_the_words_that_stand_for_each_other(cue: str, phrase: str) -> None:
    assert phrase in CATALOG.indicators.cues[cue].phrases


NOT_SAID = [
    ("in_time", "trễ hạn"),  # "trong hạn" and "trễ hạn" are no words for each other
    ("new", "kỳ trước chuyển sang"),
    ("in_person", "trực tuyến"),
    ("on_time", "đúng đắn"),
]


@pytest.mark.parametrize(("cue", "phrase"), NOT_SAID)
def test_other_words_stay_other_words(cue: str, phrase: str) -> None:
    assert phrase not in CATALOG.indicators.cues[cue].phrases


def test_only_whole_words_stand_for_each_other(patterns: Path) -> None:
    """A word is not found in the letters of another ("hạ" in "hạn"), and a listed phrase stays as it was."""
    group = 'words = ["giải quyết", "gq"]'
    cues = replaced(patterns, "cues.toml", group, f'{group}\n\n[[same]]\nwords = ["hạ", "zz"]').indicators.cues
    added = {p for cue in cues.values() for p in cue.phrases if "zz" in p}
    assert added and all("zz" in phrase.split() for phrase in added)
    for name, cue in CATALOG.indicators.cues.items():
        assert set(cue.phrases) <= set(cues[name].phrases)


def test_every_cue_is_used() -> None:
    """By a sense, by code, as another word for an act; or it shields: an act with a rank, a mark that no sense has."""
    used: set[str | None] = set()
    for sense in CATALOG.indicators.senses:
        used |= {sense.object, sense.act, *sense.marks, *sense.beside, *sense.without}
    for cue in CATALOG.indicators.cues.values():
        used |= {cue.only}
        shields = cue.rank > 0 or (cue.slot == "mark" and not cue.soft)
        if cue.stands_for or shields or cue.slot in ALL_USED:
            used.add(cue.id.split("#")[0])
    for module in FIND.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
    assert [cue for cue in CATALOG.indicators.cues if cue.split("#")[0] not in used] == []


def test_what_a_sense_lets_stand_beside_exists() -> None:
    cues = {name.split("#")[0] for name in CATALOG.indicators.cues}
    named = {(s.indicator, name) for s in CATALOG.indicators.senses for name in s.beside | s.without}
    assert {(indicator, name) for indicator, name in named if name not in cues} == set()


def test_a_count_with_a_rate_names_a_rate_there_is() -> None:
    rates = {sense.indicator for sense in CATALOG.indicators.senses if sense.is_rate}
    assert {s.rate for s in CATALOG.indicators.senses if s.rate} <= rates


# --------------------------------------------------------------------------- hostile texts

# None of these is a report; all of them can stand in a broken file. Lengths are those of a long page or more.
HOSTILE = {
    "opening brackets": "(" * 4000,
    "closing brackets": ")" * 4000,
    "empty brackets": "()" * 2000,
    "nested brackets": "tiếp nhận 5 hồ sơ " + "(trực tuyến 3 " * 500 + ")" * 500,
    "brackets never closed": "(trong đó 1 " * 500,
    "one long number": "1" * 8000,
    "numbers": "1 " * 2000,
    "dots and digits": "1.234." * 1000,
    "slashes and digits": "12/" * 2000,
    "commas and digits": "1," * 3000,
    "groups of three": "1 " + "000 " * 2000,
    "one letter": "a " * 5000,
    "one word": "a" * 20000,
    "commas": "," * 10000,
    "one noun": "hồ sơ " * 5000,
    "counts without words": "5 hồ sơ, " * 500,
    "the same count": "tiếp nhận 12 hồ sơ; " * 400,
    "blanks": " " * 20000,
    "line breaks": "\n" * 10000,
    "numbers and line breaks": "5\n" * 1500,
    "NUL": "\0" * 1000 + " đã tiếp nhận 5 hồ sơ\0",
    "lone surrogates": "\ud800 đã tiếp nhận 5 hồ sơ \udfff",
    "many tone marks": "e" + "\u0301" * 5000 + " 5",
    "percentages": "5% " * 1500,
    "full stops": "." * 10000,
    "dashes": "- " * 5000,
    "ranks": "thứ 1, 2, " * 800,
    "articles": "điều 1, 2, 3 và " * 800,
    "dates": "ngày 1 tháng 2 năm 2026 đến " * 500,
    "windows never closed": "từ ngày 1/1/2026 " * 500,
    "quarters": "quý i năm 2026, " * 700,
    "an address without end": "http://" + "a." * 5000,
    "a mail without end": "a." * 5000 + "@",
    "zero words": "không " * 3000,
    "zero answers": "không phát sinh hồ sơ; " * 500,
    "number words": "mười hai trăm linh " * 800,
    "growth": "tăng 5% so với cùng kỳ " * 500,
    "rows": "lần lượt là 1, 2, 3 " * 400,
    "colons": ": 5 " * 1500,
    "letters and digits": "x1" * 2500,
    "section numbers": "i.1." * 1200,
    "telephones": "0225 384 257 " * 800,
    "fields": "lĩnh vực a" * 1000,
    "document numbers": "12/a" + "-b" * 5000,
}


@pytest.mark.parametrize("mask", CATALOG.masks, ids=lambda mask: mask.id)
def test_no_mask_runs_for_ever(mask: Mask) -> None:
    """A quarter of a second for each text; patterns that backtrack without end would take hours."""
    for name, text in HOSTILE.items():
        try:
            for _ in mask.pattern.finditer(text, timeout=0.25):
                pass
        except TimeoutError:
            pytest.fail(f"masks.toml, {mask.id}: too slow on {name}")


@pytest.mark.parametrize("frame", CATALOG.frames.records, ids=lambda frame: frame.id)
def test_no_frame_runs_for_ever(frame: Frame) -> None:
    """What must or may not follow is tried where the opening ends, what frees a number in all that lies between."""
    tries = [pattern.match for pattern in (frame.then, frame.not_then) if pattern is not None]
    tries += [frame.unless.search] if frame.unless is not None else []
    for name, text in HOSTILE.items():
        for tried in tries:
            try:
                tried(text, timeout=0.25)
            except TimeoutError:
                pytest.fail(f"frames.toml, {frame.id}: too slow on {name}")


def hostile(*names: str) -> list[ParameterSet]:
    return [pytest.param(HOSTILE[name], id=name) for name in names]


def find_in(*content: Block | Table) -> Findings:
    document = Document("hostile", "", "txt", content)
    return find_figures(document, Identity(kind="BC", period="2026-Q2", level="commune"), CATALOG)


@pytest.mark.parametrize("text", hostile(*HOSTILE))
def test_hostile_text_costs_little(text: str) -> None:
    """Two seconds of the processor's own time as a paragraph; what is read from it does not matter."""
    began = time.process_time()
    find_in(Block("p1", text))
    assert time.process_time() - began < 2


CELLS = ("nested brackets", "one long number", "one noun", "line breaks", "NUL", "commas")


@pytest.mark.parametrize("text", hostile(*CELLS))
def test_hostile_cells_cost_little(text: str) -> None:
    began = time.process_time()
    cells = (Cell(Block("t1r1c1", text), 0, 0), Cell(Block("t1r1c2", "5"), 0, 1))
    find_in(Table("t1", 1, 2, cells))
    assert time.process_time() - began < 2


def test_many_paragraphs_cost_in_proportion() -> None:
    """Twice the document takes about twice the time, not four times."""

    def cost(paragraphs: int) -> float:
        text = "- Chứng thực: tiếp nhận {0} hồ sơ, trực tuyến {0} hồ sơ."
        blocks = [Block(f"p{i}", text.format(i)) for i in range(paragraphs)]
        began = time.process_time()
        find_in(*blocks)
        return time.process_time() - began

    find_in(Block("p1", "tiếp nhận 5 hồ sơ"))  # the ear is built once
    assert cost(800) < 3.2 * cost(400) + 0.2


@pytest.mark.parametrize("mask", [mask for mask in CATALOG.masks if mask.signs], ids=lambda mask: mask.id)
def test_what_is_masked_holds_one_of_the_signs_it_is_looked_for_by(mask: Mask) -> None:
    texts = [text for other in CATALOG.masks for text in [*(text for text, _ in other.examples), *other.rejects]]
    found = [match.group() for text in texts for match in mask.pattern.finditer(text)]
    assert found
    assert all(any(sign in masked for sign in mask.signs) for masked in found)
