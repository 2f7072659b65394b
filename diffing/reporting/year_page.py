"""What the pages of a year are made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from diffing.model import EditorialChange, Finding, OneSided, Problem, Review, Signature, TrendPoint
from diffing.profile import Profile


class YearFinding(Struct, frozen=True):
    """A finding on the year's page: its country's page is ``<slug>.html``, where it has the id `anchor`."""

    finding: Finding
    slug: str
    anchor: str


class YearPage(Struct, frozen=True, kw_only=True):
    """What the year's page is made of.

    `index` are rows of the table `index` with five more keys: `slug` (None where there is no page), `on_little`
    (whether the verdict rests on little evidence), and the counts of changes up to the new reporting period
    `figures_up`, `figures_down` and `figures_no_longer_reported`.
    `tables` are the names of the tables that lie beside the page as ``tables/<name>.csv`` and ``.parquet``.
    `trends` are the points of all countries' series, for a sparkline beside each country; it takes the `profile`.
    `other_names` and `regions` are those of the countries, by slug; `workbook`: ``report.xlsx`` lies beside the page.
    `orphans` are reviews that no finding answers; `sources` the addresses of the old and new texts, by slug.
    `editorial` None: nobody could look for changes of the edition, as single countries were asked for.
    """

    title: str
    profile_title: str
    old_year: int
    new_year: int
    index: Sequence[Mapping[str, Any]]
    findings: Sequence[YearFinding]
    editorial: Sequence[EditorialChange] | None
    problems: Sequence[Problem]
    new_countries: Sequence[str]
    gone_countries: Sequence[str]
    signature: Signature
    profile: Profile | None = None
    trends: Sequence[TrendPoint] | None = None
    tables: Collection[str] = ()
    other_names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    workbook: bool = False
    orphans: Sequence[Review] = ()
    sources: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    one_sided: Sequence[tuple[str, OneSided]] = ()  # what weighs most of what one report alone says, with its slug
    history_href: str | None = None  # where the history of all editions stands, if there is one
