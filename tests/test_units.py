"""The gazetteer: counts of the lists, one spelling of names, names that several units share, former units."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from extractor.catalog import Catalog, identity, units
from extractor.catalog.units import Gazetteer
from extractor.errors import PatternError
from extractor.vietnamese.normalize import fold, key


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Catalog.load().units


def test_counts_of_list_2025_07(gazetteer: Gazetteer) -> None:
    assert Counter(p.kind for p in gazetteer.provinces) == {"Tỉnh": 28, "Thành phố": 6}
    assert Counter(c.kind for c in gazetteer.communes) == {"Xã": 2621, "Phường": 687, "Đặc khu": 13}
    city = gazetteer.of_province("Hải Phòng")
    assert Counter(c.kind for c in city) == {"Xã": 67, "Phường": 45, "Đặc khu": 2}
    assert [c.code for c in city] == sorted(c.code for c in city)


def test_counts_of_the_former_list(gazetteer: Gazetteer) -> None:
    former = gazetteer.former
    assert (len(former.communes), len(former.districts), len(former.provinces)) == (10035, 696, 63)
    assert sum(c.divided for c in former.communes) == 471
    assert all((len(c.successors) > 1) == c.divided or c.divided for c in former.communes)


@pytest.mark.parametrize(
    ("display", "code", "province"),
    [
        ("Phường Hải Dương", "10525", "Hải Phòng"),
        ("Phường Hưng Đạo", "11689", "Hải Phòng"),
        ("Xã Đại Sơn", "11086", "Hải Phòng"),
        # five codes that a draft list had wrong
        ("Phường Thành Đông", "10507", "Hải Phòng"),
        ("Xã An Thành", "10792", "Hải Phòng"),
        ("Phường Nam Đồng", "10837", "Hải Phòng"),
        ("Phường Tứ Minh", "10891", "Hải Phòng"),
        ("Phường Ngô Quyền", "11329", "Hải Phòng"),
        # four kinds that the source contradicts itself about
        ("Phường Việt Hòa", "10543", "Hải Phòng"),
        ("Xã Vĩnh Hòa", "11848", "Hải Phòng"),
        ("Phường Tân Lộc", "31213", "Cần Thơ"),
        ("Xã Phong Điền", "31299", "Cần Thơ"),
    ],
)
def test_codes(display: str, code: str, province: str, gazetteer: Gazetteer) -> None:
    commune = gazetteer.by_code(code)
    assert commune is not None
    assert (commune.display, commune.province) == (display, province)
    assert gazetteer.commune(commune.name, commune.kind, province) is commune


def test_names_are_in_the_one_spelling_that_lookups_use(gazetteer: Gazetteer) -> None:
    for name in {u.name for u in (*gazetteer.communes, *gazetteer.former.communes)}:
        assert key(name) == name.lower()
        assert units._quick_key(name) == units.name_key(name)
        assert "(" not in name


def test_accented_name_is_unique_within_a_province(gazetteer: Gazetteer) -> None:
    counts = Counter((c.province, units.name_key(c.name)) for c in gazetteer.communes)
    assert max(counts.values()) == 1
    folded = Counter((c.province, fold(c.name)) for c in gazetteer.communes)
    assert sum(n > 1 for n in folded.values()) == 10


@pytest.mark.parametrize(
    ("name", "kind", "province", "count"),
    [
        ("Tân An", None, None, 10),
        ("Tân An", "Phường", "Tây Ninh", 1),
        ("tân an", "Phường", "Tây Ninh", 1),
        ("Thuận Hoá", None, "Huế", 1),                    # old tone placement
        ("Xuân Hương – Đà Lạt", "Phường", None, 1),       # another dash
        ("Xuân Hương-Đà Lạt", "Phường", None, 1),
        ("Ea H’Leo", "Xã", "Đắk Lắk", 1),                 # another apostrophe
        ("Cam Giang", None, "Hải Phòng", 0),              # accents are not guessed here
        ("Lê Chân", "Xã", None, 0),
    ],
)  # fmt: skip
def test_lookup(name: str, kind: str | None, province: str | None, count: int, gazetteer: Gazetteer) -> None:
    assert len(gazetteer.communes_named(name, kind, province)) == count
    assert (gazetteer.commune(name, kind, province) is not None) == (count == 1)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Hải Phòng", "Hải Phòng"),
        ("thành phố Hải Phòng", "Hải Phòng"),
        ("TP. Hồ Chí Minh", "Hồ Chí Minh"),
        ("TP.Hồ Chí Minh", "Hồ Chí Minh"),
        ("TỈNH THANH HOÁ", "Thanh Hóa"),
        ("Hải Dương", None),
    ],
)
def test_provinces(name: str, wanted: str | None, gazetteer: Gazetteer) -> None:
    province = gazetteer.province(name)
    assert (province.name if province else None) == wanted


@pytest.mark.parametrize(
    ("name", "kind", "province", "wanted"),
    [
        ("Le Chan", "Phường", "Hải Phòng", "Phường Lê Chân"),
        ("Ngô Quyến", "Phường", "Hải Phòng", "Phường Ngô Quyền"),
        ("XUAN HUONG - DA LAT", "Phường", "Lâm Đồng", "Phường Xuân Hương - Đà Lạt"),
        ("Cát Hai", "Đặc khu", None, "Đặc khu Cát Hải"),
        ("Cam Giang", "Xã", "Hải Phòng", None),           # two communes
        ("Cấm Giang", "Xã", "Hải Phòng", None),
        ("Dong Tien", "Xã", "Thanh Hóa", None),
        ("Hòa Bình Minh", "Xã", "Hải Phòng", None),       # none is near
    ],
)  # fmt: skip
def test_closest(name: str, kind: str, province: str | None, wanted: str | None, gazetteer: Gazetteer) -> None:
    found = gazetteer.closest(name, kind, province)
    assert (found.display if found else None) == wanted


def test_former_units(gazetteer: Gazetteer) -> None:
    former = gazetteer.former
    (city,) = former.districts_named("Hải Dương")
    assert (city.display, city.province) == ("Thành phố Hải Dương", "Hải Dương")
    assert [d.display for d in former.districts_named("3", "Quận")] == ["Quận 3"]
    assert gazetteer.province_after("Hải Dương") == "Hải Phòng"
    assert gazetteer.province_after("Bình Dương") == "Hồ Chí Minh"
    assert gazetteer.province_after("Nowhere") is None
    assert len(former.communes_named("Quang Trung", province="Hải Dương")) >= 2


def test_predecessors(gazetteer: Gazetteer) -> None:
    names = {c.name for c in gazetteer.predecessors("10525")}
    assert names == {"Ngọc Châu", "Nhị Châu", "Quang Trung", "Trần Hưng Đạo"}
    parts = {c.name: c.divided for c in gazetteer.predecessors("11689")}
    assert parts == {"Đa Phúc": False, "Hưng Đạo": False, "Anh Dũng": True, "Hải Thành": True}


def test_loading_is_quick_and_reads_no_former_units() -> None:
    started = time.perf_counter()
    gazetteer = Catalog.load().units
    gazetteer.commune("Lê Chân")
    assert time.perf_counter() - started < 0.5  # some 10 ms on an idle machine
    assert "former" not in vars(gazetteer)


@pytest.mark.parametrize(
    ("file", "old", "new", "fact"),
    [
        ("communes.tsv", "\tPhường\tBa Đình\t01", "\tPhường\tBa Đình\t99", "mã tỉnh 99"),
        ("communes.tsv", "\tPhường\tBa Đình\t01", "\tThôn\tBa Đình\t01", "loại lạ"),
        ("communes.tsv", "\tPhường\tBa Đình\t01", "\tPhường\tBa Đình", "3 cột"),
        ("provinces.tsv", "\tTỉnh\tCao Bằng", "\tVùng\tCao Bằng", "Vùng"),
        ("former_units.tsv", "Quận Ba Đình", "Ba Đình", "cấp huyện"),
    ],
)
def test_wrong_files_are_refused(file: str, old: str, new: str, fact: str, tmp_path: Path) -> None:
    source = Catalog.load().folder
    for name in ("provinces.tsv", "communes.tsv", "former_units.tsv"):
        text = (source / name).read_text(encoding="utf-8")
        assert name != file or old in text
        (tmp_path / name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    with pytest.raises(PatternError, match=fact) as caught:
        _ = units.load(tmp_path).former
    assert file in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ('id       = "motto"', 'id       = "other"', "motto"),
        ('examples = ["Nơi nhận:"]', "examples = []", "ví dụ"),
        ('examples = ["Nơi nhận:"]', 'examples = ["Kính gửi:"]', "không chứa"),
        ('phrases  = ["nơi nhận"]', "phrases  = []", "danh sách"),
    ],
)
def test_wrong_wordings_are_refused(old: str, new: str, fact: str, tmp_path: Path) -> None:
    text = (Catalog.load().folder / identity.FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / identity.FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PatternError, match=fact):
        identity.load(tmp_path)
