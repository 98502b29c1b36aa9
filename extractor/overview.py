"""All documents together: compared, who has handed in, and what is only seen side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.comparison import Comparison, Unit
from extractor.model import Report

if TYPE_CHECKING:
    from extractor.catalog import Catalog
    from extractor.catalog.units import Commune


def overlook(reports: Sequence[Report], catalog: Catalog, roster: Sequence[Commune] = ()) -> Comparison:
    """The comparison of the reports with its progress and the findings over several documents.

    Without a roster the official list of a province is taken, where most units are of one province. Raises
    PatternError where the patterns are wrong.
    """
    from extractor.catalog.roster import province_collected
    from extractor.check.across import across
    from extractor.check.plan_follow_up import follow_up
    from extractor.consolidate import compare
    from extractor.progress import progress

    comparison = compare(reports, catalog.units)
    if not roster:
        units = {row.unit.key: row.unit for p in comparison.periods for row in p.rows if row.report is not None}
        province = province_collected(unit.province for unit in units.values())
        roster = catalog.units.of_province(province) if province else ()
    owed = [Unit(c.code, c.display, c.code, c.province) for c in roster]
    comparison = replace(comparison, progress=progress(reports, comparison, owed))
    return replace(
        comparison,
        findings=across(reports, comparison, catalog),
        followed=follow_up(reports, comparison, catalog),
    )
