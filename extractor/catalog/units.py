"""Provinces, communes and former units: which names there are, and which of them a printed name can mean.

Names are compared in one spelling (`name_key`): tone placement, dashes and apostrophes do not matter, accents
do. Within a province an accented name without its kind is unique; without accents it is not (Cẩm Giang and
Cẩm Giàng lie in one province), so only the approximate search looks past accents, and it refuses where two
names are near. Codes are those of list 2025-07: many of them meant another unit before 1 July 2025, so former
units are never looked up by a code of today. The 10,000 former communes are read when first asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz

from extractor.catalog.files import fail, read_tsv
from extractor.vietnamese.normalize import fold, key

LIST_VERSION = "2025-07"
COMMUNE_KINDS = ("Phường", "Xã", "Đặc khu")
FORMER_COMMUNE_KINDS = ("Phường", "Xã", "Thị trấn")
DISTRICT_KINDS = ("Thành phố", "Thị xã", "Quận", "Huyện")

# Best of the measured ways to compare noisy names: the mean of both ratios on kind and name, near enough and
# clearly nearer than the next; no wrong name was accepted in 1,200 trials with up to three wrong letters.
_NEAR = 85.0
_MARGIN = 5.0


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34 provinces; `kind` is "Tỉnh" or "Thành phố"."""

    code: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune-level unit of list 2025-07. `province` is the province's name, without its kind."""

    code: str
    kind: str
    name: str
    province: str

    @property
    def display(self) -> str:
        """As officials write it: "Phường Lê Chân"."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class District:
    """A district-level unit before 1 July 2025, with the name of its province of that time."""

    kind: str
    name: str
    province: str

    @property
    def display(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune-level unit before 1 July 2025. `successors` are codes of today; `divided` if it was split."""

    code: str
    kind: str
    name: str
    district: str
    province: str
    successors: tuple[str, ...]
    divided: bool

    @property
    def display(self) -> str:
        return f"{self.kind} {self.name}"


def name_key(name: str) -> str:
    """One spelling for comparing names: normal form, "-" without blanks round it, no apostrophes."""
    plain = key(name).replace("'", "")
    return "-".join(part.strip() for part in plain.split("-")) if "-" in plain else plain


@dataclass(frozen=True)
class Former:
    """The units before 1 July 2025."""

    communes: tuple[FormerCommune, ...]
    districts: tuple[District, ...]

    @cached_property
    def provinces(self) -> dict[str, str]:
        """Key → name of the 63 provinces."""
        return {name_key(d.province): d.province for d in self.districts}

    def districts_named(self, name: str, kind: str | None = None, province: str | None = None) -> list[District]:
        return [d for d in self._districts.get(name_key(name), ()) if _fits(d, kind, province)]

    def communes_named(self, name: str, kind: str | None = None, province: str | None = None) -> list[FormerCommune]:
        return [c for c in self._communes.get(name_key(name), ()) if _fits(c, kind, province)]

    @cached_property
    def _districts(self) -> dict[str, list[District]]:
        index: dict[str, list[District]] = defaultdict(list)
        for district in self.districts:
            index[name_key(district.name)].append(district)
        return index

    @cached_property
    def _communes(self) -> dict[str, list[FormerCommune]]:
        index: dict[str, list[FormerCommune]] = defaultdict(list)
        for commune in self.communes:
            index[_quick_key(commune.name)].append(commune)
        return index


@dataclass(frozen=True)
class Gazetteer:
    """The units of list 2025-07, in official order (by code within a province), and the former ones."""

    folder: Path
    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]

    # ------------------------------------------------------------------ today

    def province(self, name: str) -> Province | None:
        """The province of a name with or without its kind ("Hải Phòng", "TP. Hải Phòng", "tỉnh Lào Cai")."""
        wanted = name_key(name).replace(".", ". ").replace("  ", " ")
        for word in ("thành phố ", "tỉnh ", "tp. ", "tp ", "t. "):
            wanted = wanted.removeprefix(word)
        return self._provinces.get(wanted.strip())

    def commune(self, name: str, kind: str | None = None, province: str | None = None) -> Commune | None:
        """The one commune of that name; None where there is none or more than one."""
        found = self.communes_named(name, kind, province)
        return found[0] if len(found) == 1 else None

    def communes_named(self, name: str, kind: str | None = None, province: str | None = None) -> list[Commune]:
        """Every commune of that name (without its kind), in official order."""
        return [c for c in self._communes.get(name_key(name), ()) if _fits(c, kind, province)]

    def by_code(self, code: str) -> Commune | None:
        """The commune of a code of list 2025-07."""
        return self._codes.get(code)

    def of_province(self, province: str) -> tuple[Commune, ...]:
        """The communes of a province (its name), in official order; none for an unknown name."""
        found = self.province(province)
        return tuple(self._by_province.get(found.name, ())) if found else ()

    def closest(self, name: str, kind: str | None = None, province: str | None = None) -> Commune | None:
        """The commune that a misspelt or unaccented name means, or None where that is not beyond doubt."""
        pool: Iterable[Commune] = self.of_province(province) if province else self.communes
        return _closest(name, kind, list(pool))

    # ------------------------------------------------------------------ before 1 July 2025

    @cached_property
    def former(self) -> Former:
        """Communes, districts and provinces before 1 July 2025."""
        return _load_former(self.folder, self._codes)

    def predecessors(self, code: str) -> tuple[FormerCommune, ...]:
        """The former communes of which a commune of today was made, whole or in part."""
        return tuple(self._predecessors.get(code, ()))

    def province_after(self, former_province: str) -> str | None:
        """Today's province of a former one ("Hải Dương" → "Hải Phòng")."""
        for commune in self.former.communes:
            if commune.province == former_province:
                return self._codes[commune.successors[0]].province
        return None

    # ------------------------------------------------------------------ indexes

    @cached_property
    def _provinces(self) -> dict[str, Province]:
        return {name_key(p.name): p for p in self.provinces}

    @cached_property
    def _communes(self) -> dict[str, list[Commune]]:
        index: dict[str, list[Commune]] = defaultdict(list)
        for commune in self.communes:
            index[_quick_key(commune.name)].append(commune)
        return index

    @cached_property
    def _codes(self) -> dict[str, Commune]:
        return {c.code: c for c in self.communes}

    @cached_property
    def _by_province(self) -> dict[str, list[Commune]]:
        index: dict[str, list[Commune]] = defaultdict(list)
        for commune in self.communes:
            index[commune.province].append(commune)
        return index

    @cached_property
    def _predecessors(self) -> dict[str, list[FormerCommune]]:
        index: dict[str, list[FormerCommune]] = defaultdict(list)
        for commune in self.former.communes:
            for code in commune.successors:
                index[code].append(commune)
        return index


def load(folder: Path) -> Gazetteer:
    """The gazetteer of a pattern folder. Raises PatternError for a missing or wrong file."""
    provinces: dict[str, Province] = {}
    for number, row in read_tsv(folder, "provinces.tsv", ("code", "kind", "name")):
        if row["kind"] not in ("Tỉnh", "Thành phố"):
            raise _wrong(folder, "provinces.tsv", number, f"loại “{row['kind']}” lạ", "Hãy ghi Tỉnh hoặc Thành phố")
        provinces[row["code"]] = Province(row["code"], row["kind"], row["name"])
    communes: dict[str, Commune] = {}
    for number, row in read_tsv(folder, "communes.tsv", ("code5", "kind", "name", "province_code")):
        code, province = row["code5"], provinces.get(row["province_code"])
        if province is None:
            raise _wrong(folder, "communes.tsv", number, f"mã tỉnh {row['province_code']} lạ", "Hãy sửa mã tỉnh")
        if row["kind"] not in COMMUNE_KINDS or code in communes:
            raise _wrong(folder, "communes.tsv", number, "loại lạ hoặc mã trùng", "Hãy sửa loại hoặc mã")
        communes[code] = Commune(code, row["kind"], row["name"], province.name)
    return Gazetteer(folder, tuple(provinces.values()), tuple(communes.values()))


def _load_former(folder: Path, codes: dict[str, Commune]) -> Former:
    columns = ("old_code", "old_kind", "old_name", "old_district", "old_province", "new_code", "part")
    rows: dict[tuple[str, str], dict[str, str]] = {}
    successors: dict[tuple[str, str], list[str]] = defaultdict(list)
    districts: dict[tuple[str, str], District] = {}
    for number, row in read_tsv(folder, "former_units.tsv", columns):
        if row["new_code"] not in codes:
            raise _wrong(folder, "former_units.tsv", number, f"mã mới {row['new_code']} không có", "Hãy sửa mã")
        at = (row["old_district"], row["old_province"])
        if at not in districts:
            kind = next((k for k in DISTRICT_KINDS if at[0].startswith(k + " ")), None)
            if kind is None:
                raise _wrong(folder, "former_units.tsv", number, f"cấp huyện “{at[0]}” lạ", "Hãy ghi cả loại và tên")
            districts[at] = District(kind, at[0][len(kind) + 1 :], at[1])
        if row["old_kind"] in FORMER_COMMUNE_KINDS:
            unit = (row["old_code"], row["old_kind"])
            rows[unit] = row
            successors[unit].append(row["new_code"])
    communes = tuple(
        FormerCommune(
            row["old_code"], row["old_kind"], row["old_name"], row["old_district"], row["old_province"],
            tuple(successors[unit]), row["part"] == "1",
        )
        for unit, row in rows.items()
    )  # fmt: skip
    return Former(communes, tuple(districts.values()))


def _quick_key(name: str) -> str:
    """`name_key` of a name of the list, which is already in the one spelling; tests hold the two alike."""
    plain = name.lower()
    return name_key(plain) if "'" in plain or "-" in plain else plain


def _fits(unit: Commune | FormerCommune | District, kind: str | None, province: str | None) -> bool:
    return (kind is None or unit.kind == kind) and (province is None or unit.province == province)


def _closest(name: str, kind: str | None, pool: list[Commune]) -> Commune | None:
    scored: list[tuple[float, Commune]] = []
    for commune in pool:
        wanted = f"{(kind or commune.kind).lower()} {name_key(name)}"
        theirs = f"{commune.kind.lower()} {_quick_key(commune.name)}"
        accented = fuzz.ratio(wanted, theirs, score_cutoff=2 * _NEAR - 100)
        if accented:
            scored.append(((accented + fuzz.ratio(fold(wanted), fold(theirs))) / 2, commune))
    scored.sort(key=lambda s: -s[0])
    if not scored or scored[0][0] < _NEAR or (len(scored) > 1 and scored[0][0] - scored[1][0] < _MARGIN):
        return None
    return scored[0][1]


def _wrong(folder: Path, name: str, number: int, fact: str, way_out: str) -> Exception:
    return fail(folder, name, f"dòng {number}", fact, way_out)
