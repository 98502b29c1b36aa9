"""patterns/ as typed, validated objects: the only room that knows TOML and TSV.

One module a kind of record, each with `load(folder) -> its objects`; `Catalog` brings them together and reads
a file when it is first asked for. A wrong file is a `PatternError` that names file, record, fact and way out.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import PatternError

if TYPE_CHECKING:
    from extractor.catalog import across, frames, identity, indicators, labels, letters, masks, plans, rules, units

_INSIDE_WHEEL = Path(__file__).resolve().parent.parent / "_patterns"
_IN_CHECKOUT = Path(__file__).resolve().parent.parent.parent / "patterns"


def default_folder() -> Path:
    """The patterns shipped with the program: inside the wheel, or beside the package in a checkout."""
    for folder in (_INSIDE_WHEEL, _IN_CHECKOUT):
        if (folder / "indicators.toml").is_file():
            return folder
    raise PatternError(
        f"Không tìm thấy thư mục patterns (đã tìm ở {_INSIDE_WHEEL} và {_IN_CHECKOUT}). Hãy cài lại chương trình."
    )


@dataclass(frozen=True)
class Catalog:
    """The patterns of one folder. `Catalog()` is the shipped ones; nothing is read before it is asked for."""

    folder: Path

    @classmethod
    def load(cls, folder: Path | None = None) -> Catalog:
        return cls(folder or default_folder())

    @cached_property
    def indicators(self) -> indicators.Lexicon:
        """Indicators and the cues (phrases) that name them."""
        from extractor.catalog import indicators

        return indicators.load(self.folder)

    @cached_property
    def units(self) -> units.Gazetteer:
        """Provinces, communes and former units."""
        from extractor.catalog import units

        return units.load(self.folder)

    @cached_property
    def identity(self) -> identity.IdentityPatterns:
        """Headings, letterhead words and cues that tell which document this is."""
        from extractor.catalog import identity

        return identity.load(self.folder)

    @cached_property
    def plans(self) -> plans.PlanPatterns:
        """Column headings, deadline and target wordings of plans."""
        from extractor.catalog import plans

        return plans.load(self.folder)

    @cached_property
    def rules(self) -> tuple[rules.Rule, ...]:
        """The identities that figures must satisfy."""
        from extractor.catalog import rules

        return rules.load(self.folder)

    @cached_property
    def across(self) -> across.Across:
        """The sentences for findings over several documents."""
        from extractor.catalog import across

        return across.load(self.folder)

    @cached_property
    def labels(self) -> labels.Labels:
        """Every word an official reads."""
        from extractor.catalog import labels

        return labels.load(self.folder)

    @cached_property
    def letters(self) -> letters.Letters:
        """The words of the official letters."""
        from extractor.catalog import letters

        return letters.load(self.folder)

    @cached_property
    def masks(self) -> tuple[masks.Mask, ...]:
        """Patterns of numbers that are no figures."""
        from extractor.catalog import masks

        return masks.load(self.folder)

    @cached_property
    def frames(self) -> frames.Frames:
        """Openings that make the numbers behind them no results."""
        from extractor.catalog import frames

        return frames.load(self.folder)

    @cached_property
    def version(self) -> str:
        """A short hash of every pattern file: what was read under other patterns is read again."""
        digest = hashlib.sha256()
        for path in sorted(p for p in self.folder.iterdir() if p.suffix in {".toml", ".tsv", ".csv"}):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()[:12]
