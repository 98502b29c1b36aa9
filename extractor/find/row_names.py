"""The names of fields and units in the rows of a scanned table, put right where only one can be meant.

A name that is known stands as it is read; so does one that no known name, or more than one, is as like. What may be
wrong: accents, one letter, the blanks between syllables ("Nông nghiệ", "NÑ gười có công"). Never a digit: there is a
Phường 1 beside Phường 11.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import regex
from rapidfuzz.distance import Levenshtein

from extractor.catalog.indicators import Lexicon
from extractor.catalog.units import Gazetteer
from extractor.vietnamese.normalize import fold, key
from extractor.vietnamese.syllables import is_syllable

_WORD = regex.compile(r"[^\W\d_]+")
_SHORT = {"Phường": "P. ", "Xã": "X. ", "Thị trấn": "TT. "}
_SURE = 6  # letters; a shorter name one letter off is another name as often as not


class RowNames:
    """Known names, in the one spelling that the names of rows are in.

    Where a name may be right though it is not known (`strict`), a letter is only taken for wrong in what is no
    syllable.
    """

    def __init__(self, names: Iterable[str], strict: bool = False) -> None:
        self._strict = strict
        self._names = frozenset(names)
        self._bare: dict[str, set[str]] = defaultdict(set)  # by the letters and digits without accents
        for name in self._names:
            self._bare[_bare(name)].add(name)

    def meant(self, name: str) -> str:
        """The known name that a read one can only be, or the name as it was read."""
        if name in self._names:
            return name
        bare = _bare(name)
        found = self._bare.get(bare)
        if found is None and len(bare) >= _SURE and not (self._strict and all(map(is_syllable, _WORD.findall(name)))):
            digits = _digits(bare)
            near = (b for b in self._bare if Levenshtein.distance(bare, b, score_cutoff=1) <= 1)
            found = {known for b in near if _digits(b) == digits for known in self._bare[b]}
        return next(iter(found)) if found and len(found) == 1 else name


def fields(lexicon: Lexicon) -> RowNames:
    """The fields of procedures that the patterns name."""
    return RowNames(phrase for name in ("field", "field_head") for phrase in lexicon.cues[name].phrases)


def units(gazetteer: Gazetteer, province: str) -> RowNames:
    """The communes of a province, and those of which they were made; with their kinds, in short and in full, and
    without."""
    communes = gazetteer.of_province(province)
    named = [(one.kind, one.name) for one in communes]
    named += [(old.kind, old.name) for one in communes for old in gazetteer.predecessors(one.code)]
    return RowNames(
        (key(f"{written}{name}") for kind, name in named for written in {"", f"{kind} ", _SHORT.get(kind, "")}),
        strict=True,
    )


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, fold(name)))


def _digits(bare: str) -> str:
    return "".join(filter(str.isdigit, bare))
