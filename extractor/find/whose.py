"""Whose a figure is: the ward's own, or a part's, another unit's, a group of dossiers', or of something unknown."""

from __future__ import annotations

from functools import lru_cache

from regex import Match

from extractor.catalog.frames import Frame
from extractor.find.clauses import HOLE, Piece
from extractor.find.flow import Flow, Spot, Text
from extractor.find.hearing import Heard
from extractor.find.masking import BLANK
from extractor.find.meaning import Meaning, Words
from extractor.find.wordings import (
    ANYONE,
    BEHIND_COUNT,
    BEHIND_DOSSIER,
    CONSEQUENCE,
    DID_THEN,
    FIRST_WORD,
    HEAD_OF_OWN,
    KIND_LEAD,
    NAMED_UNIT,
    OF_EACH,
    OF_OTHER,
    OF_PERSONS,
    OF_SOME,
    OTHER_START,
    OTHER_UNIT,
    OTHERS_HAVE,
    OWN_UNIT,
    PART_LEAD,
    PART_PLACE,
    PART_START,
    PERSON,
    PROPER_NAME,
    SOME_OF_THEM,
    STAFF,
    WHOLE_PLACE,
)
from extractor.model import Block
from extractor.vietnamese.normalize import Normal, fold, normalize

CHANNELS = frozenset({"online", "in_person", "postal"})


def kind_of_dossiers(text: Text, end: int) -> bool:
    """Whether a paragraph's head names dossiers of a kind of their own ("Nhóm thủ tục liên thông khai sinh: …")."""
    head = KIND_LEAD.match(text.visible, 0, end)
    if head is None:
        return False
    start = head.start("kind")
    heard = [h for h in text.heard if start <= h.start < end and h.cue.slot not in ("object", "none", "head", "field")]
    return all(h.cue.id == "special_part" for h in heard)


def names_a_kind(spot: Spot) -> bool:
    """Whether "hồ sơ" beside the number is of a kind that no cue knows ("118 hồ sơ vay vốn", "Hồ sơ vi phạm: 25")."""
    unit = spot.unit
    if unit is not None and unit.cue.id == "dossier" and _goes_on(spot, unit, len(spot.level)):
        return True
    named = [h for h in spot.before if h.cue.id == "dossier"]
    if unit is not None:
        some = unit.cue.id == "feedback" and OF_SOME.match(spot.level, unit.end) is not None
        return some or (bool(named) and OF_SOME.match(spot.level, named[-1].end, spot.number.start) is not None)
    return bool(named) and _goes_on(spot, named[-1], spot.number.start)


def _goes_on(spot: Spot, dossier: Heard, end: int) -> bool:
    """Whether words that no cue knows say of which kind, or whose, dossiers are."""
    if OF_SOME.match(spot.level, dossier.end, end):
        return True
    behind = min(end, spot.piece.end)
    if OF_PERSONS.search(spot.level, dossier.end, behind) and not spot.front.rstrip().endswith(("chỉ", "chỉ có")):
        return True
    noun = FIRST_WORD.match(spot.level, dossier.end + 1, end)
    if noun is None or noun.group() in BEHIND_COUNT or BEHIND_DOSSIER.match(spot.level, noun.start()):
        return False
    known = (h for h in spot.text.heard if h is not dossier and h.cue.slot != "head")
    return not any(h.start <= noun.start() < h.end for h in known)


def is_held(spot: Spot, held: tuple[Frame, int], named: Words) -> bool:
    """Whether an opening before the number makes it no result, and no word since has freed it."""
    frame, behind = held
    return holds(frame, spot, named) and not frame.frees(spot.level, behind, spot.number.start)


def holds(frame: Frame, spot: Spot, named: Words) -> bool:
    """Whether a frame is about numbers of this sort."""
    if frame.numbers == "channels":
        return bool(named.marks) and named.marks <= CHANNELS and named.act in (None, "resolved")
    share = spot.number.percent or spot.number.denominator is not None
    return frame.numbers == "all" or share == (frame.numbers == "rates")


def set_part(text: Text, level: str, piece: Piece, clause: int, cut: int, ward: bool, flow: Flow) -> None:
    """Whether what is counted from here on is a part of the ward or of its office, or another's ("Cơ sở 2 …")."""
    named = [end for start, end in text.parts if clause <= start < cut and PART_LEAD.search(level[clause:start])]
    heads = piece.start == clause and PART_START.match(level, clause, cut)
    other = other_unit(text, level, piece, clause, cut) if ward else None
    if named or heads or PART_PLACE.search(level, clause, cut):
        flow.part = "số liệu của một bộ phận"
    elif other is not None and OWN_UNIT.search(level, other, cut) is None:
        flow.part = "số liệu của đơn vị khác"
    elif flow.part is not None and WHOLE_PLACE.search(level, other or clause, cut):
        flow.part = None


def other_unit(text: Text, level: str, piece: Piece, clause: int, cut: int) -> int | None:
    """Where the last mention of somebody who is not the ward ends in a clause, before its number; None without one."""
    ends = [end for start, end in text.others if clause <= start < cut]
    ends += [m.end() for m in OTHER_UNIT.finditer(level, clause, cut)]
    if piece.start == clause and (head := OTHER_START.match(level, clause, cut)):
        ends.append(head.end())
    return max(ends, default=None)


def head_of_other(text: Text, end: int) -> str | None:
    """Why figures under a heading are not the ward's: it names another unit, a part of the ward, a person."""
    head = text.visible[:end].rstrip(" :.-")
    own = HEAD_OF_OWN.search(head) is not None
    if any(b <= end for _, b in text.others) or OTHER_START.match(head):
        return "số liệu của đơn vị khác"
    if not own and (OTHER_UNIT.search(head) or OF_OTHER.search(head)):
        return "số liệu của đơn vị khác"
    named = any(b <= end for _, b in text.parts)
    if named or PART_START.match(head) or PART_PLACE.search(head) or OF_EACH.search(head):
        return "số liệu của một bộ phận"
    start = len(head) - len(head.lstrip(f" {BLANK}-+*"))
    if start == len(head) or text.heard:
        return None
    first, last = text.normal.raw(start, len(head))
    return "số liệu của một cá nhân" if PERSON.fullmatch(text.block.text[first:last]) else None


def own_name(issuer: str) -> str:
    """The issuer's name as `other_wards` compares it: normal text without "phường", "xã", "đặc khu"."""
    return normalize(issuer).text.partition(" ")[2] or issuer


@lru_cache(maxsize=512)  # a report names the same wards again and again
def _normal_name(name: str) -> str:
    return normalize(name).text


def other_wards(normal: Normal, block: Block, own: str) -> tuple[tuple[int, int], ...]:
    """Spans of the names of wards that are not the issuer, whose own_name is given."""
    found = []
    for match in NAMED_UNIT.finditer(normal.text):
        name = PROPER_NAME.match(block.text, normal.raw(match.start(), match.end())[1])
        if name is None:
            continue
        said = _normal_name(name.group())
        if match["former"] and not DID_THEN.match(normal.text, match.end() + len(said)):
            continue
        if match["former"] or (not said.startswith(own) and not own.startswith(said) and fold(said) != fold(own)):
            found.append((match.start(), match.end() + len(said)))
    return tuple(found)


def whole_province(text: str, province: str) -> tuple[tuple[int, int], ...]:
    """Where the whole province or city is named ("của Hải Phòng"), not as the place that the ward lies in."""
    found = []
    for lead in ("của ", "toàn "):
        at = text.find(lead + province)
        while at >= 0:
            found.append((at, at + len(lead) + len(province)))
            at = text.find(lead + province, at + 1)
    if text.startswith((f"{province} hiện", f"{province} có ", f"thành phố {province} ", f"tỉnh {province} ")):
        found.append((0, len(province)))
    return tuple(found)


def of_procedures(spot: Spot) -> bool:
    """Whether procedures are counted that the city publishes for all wards, not those that it has itself."""
    return spot.unit is not None and spot.unit.cue.id == "procedure" and not OTHERS_HAVE.search(spot.front)


def of_unknown(spot: Spot, rate: Meaning | None, light: frozenset[str]) -> bool:
    """Whether a rate's own words speak of something that no cue knows ("tỷ lệ chi trả đúng hạn", "85% tiểu thương …").

    Read are the words from "tỷ lệ" to the number, those between the number and what it counts, and of whose or of
    what satisfaction it is. `light` are the syllables that any such words may have.
    """
    start = next((h.start for h in reversed(spot.before) if h.cue.id == "rate"), spot.piece.start)
    start = max(start, spot.level.rfind(":", spot.piece.start, spot.number.start) + 1)
    turn = CONSEQUENCE.search(spot.level, start, spot.number.start)  # "nhờ phân luồng nên 100% hồ sơ …"
    start = turn.end() if turn is not None else start
    spans = [(start, spot.number.start)]
    first = next((h for h in spot.after if h.cue.slot in ("act", "mark") and not h.cue.soft), None)
    if first is not None:
        spans.append((spot.number.stop, first.start))
    if rate is not None and rate.sense.act == "satisfaction":
        spans.append((spot.number.stop, spot.piece.end))
    people = {said for h in spot.before if (said := spot.level[h.start : h.end]) in ANYONE}
    for a, b in spans:
        for h in spot.text.heard:
            if not a <= h.start < b or spot.level[h.start] == HOLE or h.cue.slot not in ("other", "field", "head"):
                continue
            said = spot.level[h.start : h.end]
            if said in SOME_OF_THEM:
                people.add(said)
            elif said in STAFF and rate is not None and rate.sense.act != "satisfaction":
                return True
            elif said not in ANYONE and not light.issuperset(said.replace(",", "").split()):
                return h.cue.slot != "field" or rate is None or rate.scope == "self"
        if any(_is_strange(spot, w, light) for w in FIRST_WORD.finditer(spot.level, a, b)):
            return True
    return bool(people) and not people & ANYONE


def _is_strange(spot: Spot, word: Match[str], light: frozenset[str]) -> bool:
    """Whether a word is neither a cue's nor one that any label may have, nor a name."""
    said = fold(word.group()) if spot.text.faded else word.group()
    if said in light or any(h.start <= word.start() < h.end for h in spot.text.heard):
        return False
    first, last = spot.text.normal.raw(word.start(), word.end())
    return not spot.text.block.text[first:last][:1].isupper() or word.start() == spot.piece.start
