"""Who: the unit whose document this is, its code and its province.

A name counts only with the kind of unit before it ("phường Lê Chân") or from the place line, letter by letter
with its accents and capitals; a name without its accents or with a misread letter only from the letterhead,
and only if no other name of the province is near. Where a name is found in several provinces, the letterhead's
parent, the recipients and the committees named in the text decide, and if they do not, nobody does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice, zip_longest

import regex

from extractor.catalog.identity import IdentityPatterns, Level
from extractor.catalog.units import Commune, District, FormerCommune, Gazetteer, name_key
from extractor.identify.marks import Number
from extractor.identify.parts import Line, Parts, without_motto
from extractor.identify.timing import NUMBER_LINE, Issued
from extractor.model import Problem
from extractor.vietnamese.normalize import fold, key, normalize
from extractor.vietnamese.periods import period_span

# Districts were abolished and provinces merged on this day: Law 72/2025/QH15, Resolution 202/2025/QH15.
TWO_LEVELS = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit named in normal letters `start:end`; `committee` if "UBND" stands before it."""

    level: Level
    kind: str
    name: str
    start: int
    end: int
    committee: bool

    @property
    def display(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The answer: name with kind, code, province, level, whether an inner body of the unit wrote it."""

    name: str | None = None
    code: str | None = None
    province: str | None = None
    level: Level | None = None
    internal: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Evidence:
    """What speaks for one unit: a weight for each source that names it."""

    mention: Mention
    sources: dict[str, int] = field(default_factory=dict)

    def add(self, source: str, weight: int) -> None:
        self.sources[source] = max(weight, self.sources.get(source, 0))

    @property
    def weight(self) -> int:
        return sum(self.sources.values())


def find_issuer(
    parts: Parts,
    number: Number | None,
    issued: Issued,
    period: str | None,
    patterns: IdentityPatterns,
    units: Gazetteer,
) -> Issuer:
    """The issuer of a document, with a problem for every doubt."""
    finder = _Finder(patterns, units, _is_former(parts, issued, period, patterns))
    head = _letterhead(parts, patterns)
    evidence = _weigh(parts, head, issued, finder)
    internal = _is_internal(parts, number, head, patterns)
    hints = _Hints(parts, head, finder)
    best = max(evidence, key=lambda e: e.weight, default=None)
    if best is None or (best.weight < 30 and "letterhead" not in best.sources):
        near = finder.approximate(head, hints.stated)
        if near is not None:
            problem = Problem("issuer_spelling", f"Tên đơn vị trong văn bản khác danh mục; đọc là {near.display}.")
            return Issuer(near.display, near.code, near.province, "commune", internal, (problem,))
        placed = _from_place(issued.place, parts, finder)
        if placed is not None:
            best = _Evidence(placed, {"place": 30})
    if best is None:
        return _upper(parts, head, internal, finder, issued.place)
    issuer = finder.resolve(best.mention, hints)
    return Issuer(
        issuer.name, issuer.code, issuer.province, issuer.level, internal,
        (*issuer.problems, *_rivals(best, evidence), *_other_place(best.mention, issuer, issued, finder)),
    )  # fmt: skip


# --------------------------------------------------------------------------- when


def _is_former(parts: Parts, issued: Issued, period: str | None, patterns: IdentityPatterns) -> bool | None:
    """Whether the document is from before 1 July 2025; None where nothing tells."""
    if issued.year is not None and issued.month is not None:
        return (issued.year, issued.month) < (TWO_LEVELS.year, TWO_LEVELS.month)
    if issued.year is not None and issued.year != TWO_LEVELS.year:
        return issued.year < TWO_LEVELS.year
    if period is not None:
        first, last = period_span(period)
        if last < TWO_LEVELS:
            return True
        if first >= TWO_LEVELS:
            return False
    if any(patterns.cue("district_words").search(line.text) for line in (*parts.head, *parts.recipients)):
        return True
    return None


# --------------------------------------------------------------------------- names in text


class _Finder:
    """Finds named units in text. `former` says which lists hold: True the old, False the new, None both."""

    def __init__(self, patterns: IdentityPatterns, units: Gazetteer, former: bool | None) -> None:
        self.patterns, self.units, self.former = patterns, units, former
        self._kinds = {word: kind for kind in patterns.unit_kinds for word in kind.words}
        self._word = _kind_words(tuple(self._kinds))
        self._agency = regex.compile(rf"(?:{patterns.cue('agency').pattern})[\s:]*\Z")

    def mentions(self, raw: str, strict: bool = True) -> list[Mention]:
        """Units named in raw text, none overlapping. Not strict: capitals and the list's kind are not asked for.

        A name ends where a line, a clause or the capitals end: "xã Tân An Thượng" is not xã Tân An.
        """
        flat = raw.replace("\n", " ")
        normal = normalize(flat)
        found: list[Mention] = []
        for match in self._word.finditer(normal.text):
            if found and match.start() < found[-1].end:
                continue
            kind = self._kinds[match["kind"]]
            for words, end in _names(normal.text, match.end()):
                letters = flat[slice(*normal.raw(match.end(), end))]
                whole = flat[slice(*normal.raw(match.start(), end))]
                if (strict and not _capital(letters, whole)) or self._goes_on(raw, normal.raw(end, end)[0], whole):
                    continue
                named = self._named(kind.kind, kind.level, words, strict)
                if named is not None:
                    committee = self._agency.search(normal.text, 0, match.start()) is not None
                    found.append(Mention(*named, match.start(), end, committee))
                    break
        return found

    def _goes_on(self, raw: str, end: int, whole: str) -> bool:
        """Whether the name seems to go on after `end`: with another capital, or another word in a line of capitals."""
        word = _NEXT_WORD.match(raw[end : end + 40])
        if word is None:
            return False
        after = word["word"]
        if not whole.isupper():
            return after[0].isupper() and not (after.isupper() and len(after) > 1)
        rest = key(raw[end : end + 60])
        known = self._word.match(rest + " ") or self.patterns.cue("agency").match(rest) or _AFTER_NAME.match(rest)
        return after.isupper() and known is None

    def _named(self, kind: str, level: Level, name: str, strict: bool) -> tuple[Level, str, str] | None:
        """Level, kind and listed name of a unit, or None where no such name is listed."""
        if level == "commune":
            new = [] if self.former else self.units.communes_named(name)
            fitting = [c for c in new if c.kind == kind] or (new if not strict else [])
            if fitting:
                return level, fitting[0].kind, fitting[0].name
            if self.former is not False:
                old = self.units.former.communes_named(name, kind)
                if old:
                    return level, old[0].kind, old[0].name
                if self.former and self.units.communes_named(name, kind):
                    commune = self.units.communes_named(name, kind)[0]
                    return level, commune.kind, commune.name
            return None
        province = self.province(name)
        if kind == "Tỉnh":
            return ("province", "Tỉnh", province) if province else None
        listed = self.units.province(province) if province else None
        if kind == "Thành phố" and listed is not None and listed.kind == kind and not self._city_then(name):
            return "province", kind, listed.name
        if self.former is False and strict:
            return None  # districts are gone: only a letterhead can still claim to be one
        district = self.units.former.districts_named(name, kind)
        if not district and not name.strip().isdigit():  # "cấp huyện 11" is a count
            district = self.units.former.districts_named(name)
        return (level, kind, district[0].name) if district else None

    def _city_then(self, name: str) -> bool:
        """Huế was a city of a province until the end of 2024; no other city was both."""
        return False if self.former is not True else name_key(name) not in self.units.former.provinces

    def province(self, name: str) -> str | None:
        """The listed name of a province, of today or (for old documents) of before."""
        plain = name_key(name)
        if plain in self.patterns.aliases:
            return self.patterns.aliases[plain]
        if self.former is not True:
            today = self.units.province(name)
            if today is not None:
                return today.name
            if self.former is False:
                return None
        return self.units.former.provinces.get(plain)

    # ------------------------------------------------------------------ resolving

    def resolve(self, mention: Mention, hints: _Hints) -> Issuer:
        if mention.level == "province":
            return Issuer(mention.display, None, mention.name, "province")
        if mention.level == "district":
            return self._resolve_district(mention, hints)
        new = [] if self.former else self.units.communes_named(mention.name, mention.kind)
        if not new and self.former is not False:
            old = self.units.former.communes_named(mention.name, mention.kind)
            if old:
                return self._resolve_former(mention, old, hints)
            new = self.units.communes_named(mention.name, mention.kind)
        provinces = list(dict.fromkeys(c.province for c in new))
        province, problems = hints.choose(mention.display, provinces)
        if province is None:
            return Issuer(mention.display, None, hints.stated, "commune", problems=problems)
        chosen = next(c for c in new if c.province == province)
        return Issuer(chosen.display, chosen.code, province, "commune", problems=problems)

    def _resolve_former(self, mention: Mention, old: Sequence[FormerCommune], hints: _Hints) -> Issuer:
        within = [c for c in old if any(key(c.district) == key(d) for d in hints.districts)] or list(old)
        province, problems = hints.choose(mention.display, list(dict.fromkeys(c.province for c in within)))
        name = next((c.display for c in within if c.province == province), mention.display)
        return Issuer(name, None, province or hints.stated, "commune", problems=problems)

    def _resolve_district(self, mention: Mention, hints: _Hints) -> Issuer:
        found: list[District] = self.units.former.districts_named(mention.name, mention.kind)
        found = found or self.units.former.districts_named(mention.name)
        province, problems = hints.choose(mention.display, list(dict.fromkeys(d.province for d in found)))
        if self.former is False:
            late = f"{mention.display} là đơn vị cấp huyện, đã hết hoạt động từ 01/7/2025."
            problems = (*problems, Problem("issuer_level", late))
        return Issuer(mention.display, None, province or hints.stated, "district", problems=problems)

    def approximate(self, head: str, province: str | None) -> Commune | None:
        """The commune meant by a letterhead that is misspelt or has lost its accents."""
        if self.former is True:
            return None
        flat = normalize(head.replace("\n", " \n ")).text
        plain = fold(flat)
        words = {fold(w).rstrip("."): k for w, k in self._kinds.items() if k.level == "commune"}
        kinds = "|".join(sorted(words, key=len, reverse=True))
        pattern = rf"(?<!\p{{L}})(?P<kind>{kinds})[.\s]\s*(?P<name>[^\n,;:/]{{2,40}})"
        for match in reversed(list(regex.finditer(pattern, plain))):
            name = flat[match.start("name") : match.end("name")] if len(plain) == len(flat) else match["name"]
            name = regex.split(r"\s(?:so|số)\s?[:.]|\d+\s?/", name)[0].strip(" -_.")
            if fold(name).startswith(("hoi chu nghia", "hoi")):
                continue
            near = self.units.closest(name, words[match["kind"]].kind, self._folded_province(plain) or province)
            if near is not None:
                return near
        return None

    def _folded_province(self, plain: str) -> str | None:
        """The province that an unaccented letterhead names."""
        for province in self.units.provinces:
            if regex.search(rf"(?:thanh pho|tp\.?|tinh) {fold(province.name)}(?!\p{{L}})", plain):
                return province.name
        return None


@lru_cache(maxsize=4)
def _kind_words(words: tuple[str, ...]) -> regex.Pattern[str]:
    """The words for kinds of unit: after an abbreviation's dot the name may follow at once."""
    longest_first = sorted(words, key=len, reverse=True)
    each = "|".join(regex.escape(w) + ("" if w.endswith(".") else r"(?=\s)") for w in longest_first)
    return regex.compile(rf"(?<![\p{{L}}\d])(?P<kind>{each})\s?")


_AFTER_NAME = regex.compile(
    r"(?:trung tâm|văn phòng|phòng|ban|số|cộng|độc|năm|quý|tháng|về|báo cáo|như|và)(?!\p{L})|\d"
)
_STOP = regex.compile(r'[,;:()"/\n]|\.(?=\s|\Z)|\s-\s(?=ngày|số)')


def _names(text: str, start: int) -> Iterable[tuple[str, int]]:
    """The names that can begin at `start`: up to eight words, longest first, each with its end."""
    stop = _STOP.search(text, start, start + 80)
    rest = text[start : stop.start() if stop else start + 80]
    words = list(islice(_WORD.finditer(rest), 8))
    for count in range(len(words), 0, -1):
        end = words[count - 1].end()
        name = rest[words[0].start() : end].rstrip(".-")
        if name:
            yield name, start + end


def _capital(letters: str, whole: str) -> bool:
    """Whether a name is written as one: every word with a capital or a digit, or kind and name all in capitals."""
    if whole.isupper():
        return True
    return all(w[0].isupper() or not w[0].isalpha() for w in _PARTS.split(letters.strip()) if w)


# --------------------------------------------------------------------------- evidence


def _letterhead(parts: Parts, patterns: IdentityPatterns) -> str:
    """The agency lines of the letterhead, line by line, without motto, number and place line."""
    kept = []
    for line in parts.head:
        raw = without_motto(line.raw, patterns).strip()
        normal = normalize(raw)
        number = NUMBER_LINE.search(normal.text)
        if number is not None:
            raw = raw[: normal.raw(number.start(), number.start())[0]].strip()
        text = key(raw)
        if regex.match(r"(?:số|so)\s?[:.\d/…]", text) or regex.search(r"(?:ngày|ngay)\s", text) or len(raw) > 160:
            continue
        if raw and not regex.search(r"ký bởi|người ký|thời gian ký|email|@", text):
            kept.append(raw)
    return "\n".join(kept)


def _weigh(parts: Parts, head: str, issued: Issued, finder: _Finder) -> list[_Evidence]:
    evidence: dict[tuple[str, str], _Evidence] = {}

    def add(mention: Mention, source: str, weight: int) -> None:
        if mention.level != "province":
            at = (mention.kind, name_key(mention.name))
            evidence.setdefault(at, _Evidence(mention)).add(source, weight)

    top = finder.mentions(head, strict=False)
    lowest = [m for m in top if m.level == "commune"] or [m for m in top if m.level == "district"]
    if lowest:
        add(lowest[-1], "letterhead", 100)
    for source, lines in (("opening", parts.opening), ("closing", parts.closing)):
        for line in lines:
            authority = line.text.startswith(("chủ tịch", "giám đốc")) and line.raw.isupper()
            speaking = _speaking(line, finder)
            for mention in finder.mentions(line.raw):
                if authority:
                    add(mention, "authority", 60)
                elif mention in speaking:
                    add(mention, source, 40)
                else:
                    add(mention, "mentioned", 4)
    for mention in finder.mentions(parts.title):
        add(mention, "title", 30)
    place = name_key(issued.place)
    for item in evidence.values():
        if place and place in (name_key(item.mention.name), name_key(item.mention.display)):
            item.add("place", 30)
    often: Counter[tuple[str, str]] = Counter()
    for line in parts.body[:120]:
        for mention in finder.mentions(line.raw) if _may_name(line.text) else ():
            if mention.committee and mention.level == "commune":
                often[(mention.kind, name_key(mention.name))] += 1
                evidence.setdefault((mention.kind, name_key(mention.name)), _Evidence(mention))
    for at, count in often.items():
        evidence[at].add("often", min(count, 6))
    return [e for e in evidence.values() if e.weight]


def _speaking(line: Line, finder: _Finder) -> list[Mention]:
    """The units that a sentence makes say something: "UBND phường X báo cáo …", "Trên đây là … của UBND xã Y"."""
    text = normalize(line.raw.replace("\n", " ")).text
    mentions = finder.mentions(line.raw)
    found = []
    for mention, following in zip_longest(mentions, mentions[1:]):
        after = text[mention.end : following.start if following else None][:70]
        says = finder.patterns.cue("reports").search(_SENTENCE_END.split(after, 1)[0])
        if mention.committee and (says or line.text.startswith("trên đây")):
            found.append(mention)
    return found


def _may_name(text: str) -> bool:
    return "phường" in text or "xã" in text or "đặc khu" in text


def _rivals(best: _Evidence, evidence: Sequence[_Evidence]) -> list[Problem]:
    """A problem for another unit that the document also speaks for."""
    problems = []
    for other in evidence:
        if other is best or other.mention.level != best.mention.level:
            continue
        own = {s for s, w in other.sources.items() if w >= 30} - {"place"}
        if own - set(best.sources) or "letterhead" in own:
            message = f"Văn bản nêu hai đơn vị: {best.mention.display} và {other.mention.display}. Hãy kiểm tra."
            problems.append(Problem("issuer_conflict", message))
    return problems


def _other_place(mention: Mention, issuer: Issuer, issued: Issued, finder: _Finder) -> list[Problem]:
    """A problem where the place line names another commune of the same province."""
    if issuer.level != "commune" or issuer.province is None or not issued.place or finder.former is not False:
        return []
    place = issued.place.split(",")[0]
    if name_key(place) in (name_key(mention.name), name_key(mention.display)) or finder.province(place):
        return []
    other = finder.units.commune(place, province=issuer.province)
    if other is None:
        return []
    message = f"Địa danh ghi {place} nhưng đơn vị ban hành là {mention.display}. Hãy kiểm tra."
    return [Problem("issuer_conflict", message)]


def _from_place(place: str, parts: Parts, finder: _Finder) -> Mention | None:
    """The unit of a bare place name, if the text says which kind of unit speaks ("UBND phường báo cáo")."""
    if not place:
        return None
    counts: Counter[str] = Counter()
    for line in (*parts.opening, *parts.closing, *parts.body[:80]):
        for match in _BARE_COMMITTEE.finditer(line.text):
            spoken = finder.patterns.cue("reports").search(line.text, match.end(), match.end() + 25) is not None
            told = regex.search(r"(?:báo cáo|gửi|của|trình)\s\Z", line.text[: match.start()]) is not None
            counts[match["kind"].capitalize()] += 0 if told else 3 if spoken else 1
    for kind, count in counts.most_common():
        name = regex.sub(rf"^{kind}\s", "", place, flags=regex.I)
        found = finder.mentions(f"{kind} {name}") if count else []
        if found and found[0].level != "province":
            return found[0]
    bearers = [m for kind in ("Phường", "Xã", "Đặc khu") for m in finder.mentions(f"{kind} {place}")[:1]]
    named = any(finder.mentions(line.raw, strict=False) for line in parts.head) or {"Huyện", "Quận", "Thị xã"} & set(
        counts
    )
    return bearers[0] if len(bearers) == 1 and not named else None  # the only unit of that name


_BARE_COMMITTEE = regex.compile(
    r"(?:ubnd|ủy ban nhân dân)\s(?P<kind>phường|xã|đặc khu|thị trấn|huyện|quận|thị xã|thành phố)(?!\p{L})"
)


def _is_internal(parts: Parts, number: Number | None, head: str, patterns: IdentityPatterns) -> bool:
    """Whether a ward's own centre or office wrote it, not the ward."""
    text = key(head)
    centre = patterns.cue("centre").search(text)
    if centre is not None:
        return not regex.match(r"\s(?:thành phố|tỉnh|tp)", text[centre.end() :])
    symbol = number.symbol.lower() if number is not None else ""
    if symbol:
        return "ubnd" not in symbol and patterns.cue("centre_symbol").search(symbol) is not None
    signed = [line.text for line in parts.body[-40:]]
    director = any(regex.fullmatch(r"(?:kt\.\s?|q\.\s?)?(?:phó\s)?giám đốc", text) for text in signed)
    chairman = any(regex.search(r"chủ tịch\Z|tm\. ủy ban", text) for text in signed)
    return director and not chairman and any(_centre_reports(line, patterns) for line in parts.opening)


def _centre_reports(line: Line, patterns: IdentityPatterns) -> bool:
    for centre in patterns.cue("centre").finditer(line.text):
        if regex.match(r"[^,;.]{0,50}báo cáo", line.text[centre.end() :]):
            return True
    return False


def _upper(parts: Parts, head: str, internal: bool, finder: _Finder, place: str) -> Issuer:
    """The answer where no listed commune or district speaks: an unlisted one, a province, a department, nobody."""
    top = [m for m in finder.mentions(head, strict=False) if m.level == "province"]
    province = top[-1].name if top else None
    unlisted = _UNLISTED.search(head) or _named_after(place, parts)
    if unlisted is not None:
        name = unlisted["kind"].capitalize() + " " + unlisted["name"].strip(" -_.").title()
        message = f"Không có {name} trong danh mục đơn vị hành chính."
        printed = None if name.isascii() else name
        level: Level = "district" if key(unlisted["kind"]) in _DISTRICTS else "commune"
        return Issuer(printed, None, province, level, internal, (Problem("issuer_unknown", message),))
    department = next((raw for raw in head.split("\n") if finder.patterns.cue("department").match(key(raw))), None)
    if department is not None:
        return Issuer(_department(department), None, province, "province")
    said = [m for line in (*parts.opening, *parts.closing) for m in _speaking(line, finder)]
    provinces = top or [m for m in said if m.level == "province"]
    if provinces and not _commune_speaks(parts, finder):
        own = provinces[-1]
        if own.kind == "Thành phố" and any(m.kind == "Tỉnh" for m in top):
            return Issuer(own.display, None, own.name, "district")  # Huế under Thừa Thiên Huế, until 2024
        return Issuer(own.display, None, own.name, "province")
    unknown = Problem("issuer_unknown", "Không nhận ra đơn vị ban hành văn bản.")
    return Issuer(None, None, province, None, internal, (unknown,))


def _named_after(place: str, parts: Parts) -> regex.Match[str] | None:
    """A unit of no list that the opening or the closing names as the place line does ("UBND thị xã Cửa Lò")."""
    for line in (*parts.opening, *parts.closing) if place else ():
        for match in _UNLISTED.finditer(line.raw):
            if name_key(match["name"]).startswith(name_key(place)) and _AGENCY_BEFORE.search(line.raw[: match.start()]):
                name = regex.compile(rf"(?P<kind>{match['kind']})\s+(?P<name>{regex.escape(place)})", regex.I)
                return name.search(line.raw, match.start())
    return None


_AGENCY_BEFORE = regex.compile(r"(?:ubnd|ủy ban nhân dân)\s+$", regex.I)


def _commune_speaks(parts: Parts, finder: _Finder) -> bool:
    """Whether a commune whose name was not recognised reports: "UBND xã … báo cáo"."""
    return any(
        match["kind"] in ("phường", "xã", "đặc khu", "thị trấn")
        and finder.patterns.cue("reports").search(line.text, match.end(), match.end() + 40)
        for line in (*parts.opening, *parts.closing)
        for match in _BARE_COMMITTEE.finditer(line.text)
    )


def _department(line: str) -> str:
    """ "SỞ KHOA HỌC VÀ CÔNG NGHỆ" as it is written in text: "Sở Khoa học và Công nghệ"."""
    if not line.isupper():
        return line
    words = line.lower().split()
    for i, word in enumerate(words):
        if i == 0 or (words[0] == "Sở" and (i == 1 or words[i - 1] == "và" or words[i - 1].endswith(","))):
            words[i] = word.capitalize()
    return " ".join(words)


_NEXT_WORD = regex.compile(r"[ \u00a0]+(?P<word>[\p{L}\d'’]+)")
_WORD = regex.compile(r"\S+")
_PARTS = regex.compile(r"[\s\-–]+")
_SENTENCE_END = regex.compile(r"[.;]")
_PROVINCE_AGENCY = regex.compile(r"ubnd (tỉnh|thành phố|tp)(?!\p{L})")
_DISTRICTS = ("quận", "quan", "huyện", "huyen", "thị xã", "thi xa")
_UNLISTED = regex.compile(
    r"(?<!\p{L})(?P<kind>phường|phuong|xã|xa|đặc khu|dac khu|thị trấn|thi tran|quận|quan|huyện|huyen|thị xã|thi xa)"
    r"\s+(?P<name>(?!hội|hoi\b)\p{L}[^\n,;:/]{1,30})",
    regex.I,
)


# --------------------------------------------------------------------------- province


class _Hints:
    """What the document says about its province and district."""

    def __init__(self, parts: Parts, head: str, finder: _Finder) -> None:
        self._finder = finder
        top = finder.mentions(head, strict=False)
        self.districts = [m.display for m in top if m.level == "district"]
        self._head = [m.name for m in top if m.level == "province"] + _aliases(head, finder)
        below = [(line, finder.mentions(line.raw)) for line in parts.recipients]
        self.districts += [m.display for _, found in below for m in found if m.level == "district"]
        self._recipients = [m.name for _, found in below for m in found if m.level == "province"]
        self._recipients += [name for line in parts.recipients for name in _aliases(line.raw, finder)]
        texts = [parts.title, *(line.raw for line in (*parts.opening, *parts.closing, *parts.body[:60]))]
        self._text: Counter[str] = Counter()
        for raw in texts:
            if regex.search(r"thành phố|tỉnh|tp", raw, regex.I):
                self._text.update(m.name for m in finder.mentions(raw) if m.level == "province")
        self._kind = _province_kind(parts)

    @property
    def stated(self) -> str | None:
        """The province that letterhead or recipients name, if it is one alone."""
        for source in (self._head, self._recipients):
            names = list(dict.fromkeys(source))
            if len(names) == 1:
                return names[0]
        return None

    def choose(self, unit: str, provinces: Sequence[str]) -> tuple[str | None, tuple[Problem, ...]]:
        """The province of a unit among those that have one of its name, with a problem where that is in doubt."""
        stated = self.stated
        if stated is not None:
            if stated in provinces or not provinces:
                return stated, ()
            message = f"Văn bản ghi {stated} nhưng danh mục không có {unit} ở đó."
            return None, (Problem("province_conflict", message),)
        if len(provinces) == 1:
            return provinces[0], ()
        named = [p for p in provinces if self._text.get(p)]
        if len(named) == 1:
            return named[0], ()
        if not named and self._kind is not None:
            fitting = [p for p in provinces if self._kind_of(p) == self._kind]
            if len(fitting) == 1:
                return fitting[0], ()
        where = ", ".join(provinces)
        message = f"Có nhiều {unit} ({where}); văn bản không cho biết tỉnh, thành phố nào."
        return None, (Problem("province_unknown", message),)

    def _kind_of(self, province: str) -> str:
        listed = self._finder.units.province(province)
        return listed.kind if listed else "Tỉnh"


def _aliases(raw: str, finder: _Finder) -> list[str]:
    text = key(raw)
    return [
        name
        for alias, name in finder.patterns.aliases.items()
        if alias in text and regex.search(rf"(?<!\p{{L}}){regex.escape(alias)}(?!\p{{L}})", text)
    ]


def _province_kind(parts: Parts) -> str | None:
    """ "Tỉnh" or "Thành phố", as the level above is called throughout, or None."""
    counts: dict[str, int] = defaultdict(int)
    for line in (*parts.recipients, *parts.opening, *parts.closing, *parts.body[:120]):
        for match in _PROVINCE_AGENCY.finditer(line.text.replace("ủy ban nhân dân", "ubnd")):
            counts["Tỉnh" if match[1] == "tỉnh" else "Thành phố"] += 1
    if len(counts) == 1:
        return next(iter(counts))
    return None
