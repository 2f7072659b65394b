"""The incidents that the two texts tell, by kind: single cases show no trend, so they are listed and not judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from diffing.model import Judgement
from diffing.reporting import wording
from diffing.reporting.marked_words import clean
from diffing.reporting.refs import Refs


class IncidentView(Struct, frozen=True):
    """One kind of incident, how many each text tells, and each of them: years, words, where it stands."""

    title: str
    counts: str
    rows: Sequence[tuple[str, str, str | None]]


def incident_views(judgement: Judgement, refs: Refs) -> list[IncidentView]:
    """The incidents of both texts by kind, most first; one that both tell in the same words stands once."""
    by_kind: dict[str, dict[tuple[int, str], str | None]] = {}
    for event in judgement.events:
        if event.incident:
            href = refs.sentence(event.report_year, event.sentence, "").href
            by_kind.setdefault(event.incident, {})[event.report_year, clean(event.text)] = href
    views = []
    for kind, told in sorted(by_kind.items(), key=lambda item: (-len(item[1]), item[0])):
        counts = Counter(year for year, _ in told)
        said = ", ".join(
            f"{f'{counts[year]:,}' if counts[year] else 'none'} in the {year} report"
            for year in (refs.old_year, refs.new_year)
        )
        years: dict[str, list[int]] = {}
        for year, text in sorted(told):
            years.setdefault(text, []).append(year)
        rows = [(wording.listed(map(str, of_text)), text, told[of_text[-1], text]) for text, of_text in years.items()]
        views.append(IncidentView(wording.words(kind), said, rows))
    return views
