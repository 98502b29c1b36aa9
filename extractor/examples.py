"""Every example and reject of the patterns, tried: what must be read is read, near misses are left.

Loading alone proves that the files are well formed; this proves that a record does what its author meant. Each
failure is one Vietnamese line that names the file, the record and the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.catalog import Catalog
from extractor.find import find_figures
from extractor.find.plan_tables import role_of
from extractor.find.plan_targets import read_targets
from extractor.model import Block, Document, Figure, Identity


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many sentences were tried, and a line for each that went wrong."""

    tried: int
    failures: tuple[str, ...]


def try_examples(catalog: Catalog) -> Outcome:
    """Load every pattern file and try every sentence in it. Raises PatternError where a file is wrong."""
    _ = catalog.units, catalog.identity, catalog.rules, catalog.labels  # these check their own examples at load
    results = [*_indicators(catalog), *_masks(catalog), *_frames(catalog), *_plans(catalog)]
    return Outcome(len(results), tuple(failure for failure in results if failure))


def figures_of(text: str, catalog: Catalog) -> tuple[Figure, ...]:
    """The figures of a report that consists of this one paragraph."""
    return _figures([text], catalog)


def _figures(paragraphs: list[str], catalog: Catalog) -> tuple[Figure, ...]:
    document = Document("", "", "txt", tuple(Block(f"p{i}", text) for i, text in enumerate(paragraphs, 1)))
    return find_figures(document, Identity(kind="BC"), catalog).figures


def _indicators(catalog: Catalog) -> Iterator[str]:
    for sense in catalog.indicators.senses:
        where = f"indicators.toml, {sense.indicator}"
        for example in sense.examples:
            found = figures_of(example.text, catalog)
            wanted = (sense.indicator, example.scope, example.basis, example.value)
            yield _unless(
                any((*figure.key, figure.value) == wanted for figure in found),
                f"{where}: phải đọc được {example.value} trong câu “{example.text}”, nhưng đọc ra: {_told(found)}",
            )
        for text in sense.rejects:
            found = tuple(figure for figure in figures_of(text, catalog) if figure.indicator == sense.indicator)
            yield _unless(not found, f"{where}: không được đọc câu “{text}”, nhưng đọc ra: {_told(found)}")


def _masks(catalog: Catalog) -> Iterator[str]:
    for mask in catalog.masks:
        where = f"masks.toml, {mask.id}"
        for text, masked in mask.examples:
            found = [text[start:end] for start, end in (mask.spans(text) if mask.may_hold(text) else ())]
            yield _unless(masked in found, f"{where}: phải che “{masked}” trong “{text}”, nhưng che: {found}")
        for text in mask.rejects:
            found = [text[start:end] for start, end in (mask.spans(text) if mask.may_hold(text) else ())]
            yield _unless(not found, f"{where}: không được che gì trong “{text}”, nhưng che: {found}")


def _frames(catalog: Catalog) -> Iterator[str]:
    for frame in catalog.frames.records:
        where = f"frames.toml, {frame.id}"
        for text in frame.examples:
            found = _figures(text.split("\n"), catalog)
            yield _unless(not found, f"{where}: không được lấy số nào trong “{text}”, nhưng đọc ra: {_told(found)}")
        for text in frame.rejects:
            yield _unless(bool(_figures(text.split("\n"), catalog)), f"{where}: phải đọc được số liệu trong “{text}”")


def _plans(catalog: Catalog) -> Iterator[str]:
    plans = catalog.plans
    for column in plans.columns:
        where = f"plans.toml, cột {column.role}"
        for heading in column.examples:
            role = role_of(heading, plans)
            yield _unless(role is not None and role[0] == column.role, f"{where}: không nhận ra tiêu đề “{heading}”")
        for heading in column.rejects:
            role = role_of(heading, plans)
            yield _unless(role is None or role[0] != column.role, f"{where}: nhận nhầm tiêu đề “{heading}”")
    for bound in plans.bounds:
        where = f"plans.toml, chỉ tiêu {bound.op}"
        for promise in bound.examples:
            found = [(target.op, target.value, target.unit) for target in read_targets(promise.text, plans)]
            wanted = [(bound.op, promise.value, promise.unit)]
            yield _unless(found == wanted, f"{where}: đọc sai câu “{promise.text}”: {found}")
        for text in bound.rejects:
            yield _unless(not read_targets(text, plans), f"{where}: không được đọc chỉ tiêu trong “{text}”")
    for indicator in plans.indicators:
        where = f"plans.toml, {indicator.id}"
        for text in indicator.examples:
            named = [target.indicator for target in read_targets(text, plans)]
            yield _unless(named == [indicator.id], f"{where}: đọc sai câu “{text}”: {named}")
        for text in indicator.rejects:
            named = [target.indicator for target in read_targets(text, plans)]
            yield _unless(indicator.id not in named, f"{where}: nhận nhầm câu “{text}”")


def _unless(right: bool, failure: str) -> str:
    return "" if right else failure


def _told(figures: tuple[Figure, ...]) -> str:
    told = [f"{figure.indicator} {figure.scope} {figure.basis} = {figure.value}" for figure in figures]
    return "; ".join(told) or "không có gì"
