"""The review page: every finding of a year with its sentences, to be read one by one and marked.

The findings are packed, as they are the heaviest part of it and only the page's script shows them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from diffing.reporting import reasons, wording
from diffing.reporting.country_view import signature_rows
from diffing.reporting.facets import Facet, facets_of
from diffing.reporting.marked_words import clean
from diffing.reporting.search_index import packed
from diffing.reporting.year_page import YearFinding, YearPage


class ReviewView(Struct, frozen=True):
    """Everything that `review.html` prints; `findings` packed, `orphans` as (country, mark, note, reader)."""

    profile_title: str
    old_year: int
    new_year: int
    count: int
    facets: Sequence[Facet]
    findings: str
    orphans: Sequence[tuple[str, str, str, str]]
    signature: Sequence[tuple[str, str]]
    signature_more: Sequence[Any] = ()


def review_view(year: YearPage) -> ReviewView:
    """The review page of a year."""
    facets = facets_of(year.findings, year.profile, year.regions)
    rows = [_row(year, one, code) for one, code in zip(year.findings, facets.codes, strict=True)]
    told = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return ReviewView(
        profile_title=clean(year.profile_title),
        old_year=year.old_year,
        new_year=year.new_year,
        count=len(rows),
        facets=facets.facets,
        findings=packed(told),
        orphans=[(clean(r.country), r.mark, clean(r.note), clean(r.reader)) for r in year.orphans],
        signature=signature_rows(year.signature),
    )


def _row(year: YearPage, one: YearFinding, code: str) -> list[Any]:
    """A finding as the page's script takes it apart, in this order."""
    finding = one.finding
    section = wording.section_title(year.profile, finding.section) if year.profile and finding.section else ""
    old_source, new_source = (*year.sources.get(one.slug, ()), None, None)[:2]
    return [
        clean(finding.country),
        one.slug,
        one.anchor,
        finding.finding,
        finding.evidence,
        finding.verdict.value,
        f"{wording.SIGNS[finding.verdict]} {wording.VERDICTS[finding.verdict]}",
        clean(section),
        finding.rule.value,
        reasons.rule_words(finding),  # not how often the rule was right: a reader would lean on it
        round(finding.strength, 2),
        clean(finding.summary),
        clean(finding.old_text or ""),
        clean(finding.new_text or ""),
        code,
        finding.review or "",
        clean(finding.note or ""),
        clean(str(finding.reason)),
        [old_source or "", new_source or ""],
    ]
