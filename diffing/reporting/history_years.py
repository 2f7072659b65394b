"""A country's editions side by side: a row a sentence, a column an edition.

2016               2017                  2018
A                  =                     =            the same words
B                  B, edited              =
C                                         C             it went and came back
D                                                       it went: it stands where it was lost
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from diffing.model import CountryHistory, Lineage, Signature
from diffing.reporting import wording
from diffing.reporting.country_view import signature_folds, signature_rows
from diffing.reporting.marked_words import clean, merged


class YearCellView(Struct, frozen=True):
    """A sentence in one edition; `css` is same, new, edited, split, merged or returned, lack where it is not."""

    css: str
    text: Markup | str


class YearRowView(Struct, frozen=True):
    """A sentence through the editions; `section` is said where it is another than that of the row above."""

    section: str
    cells: Sequence[YearCellView]


class YearsView(Struct, frozen=True):
    """Everything that the template `history_years.html` prints."""

    country: str
    profile_title: str
    history_href: str
    years: Sequence[int]
    rows: Sequence[YearRowView]
    signature: Sequence[tuple[str, str]]
    signature_more: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def years_view(history: CountryHistory, signature: Signature, history_href: str) -> YearsView:
    """The view of a country's editions side by side."""
    newest = history.narratives[-1]
    by_edition = [{row.lineage: row for row in rows} for rows in history.lineages]
    rows = []
    last = ""
    for lineage in order([[row.lineage for row in rows] for rows in history.lineages]):
        at = max(n for n, known in enumerate(by_edition) if lineage in known)
        key = history.narratives[at].sentence_sections[by_edition[at][lineage].sentence]
        title = clean(wording.section_title(newest.profile, key))
        rows.append(YearRowView(title if title != last else "", _cells(history, by_edition, lineage)))
        last = title
    return YearsView(
        country=clean(history.country),
        profile_title=clean(newest.profile.title),
        history_href=history_href,
        years=[edition.year for edition in history.editions],
        rows=rows,
        signature=signature_rows(signature),
        signature_more=signature_folds(signature),
    )


def order(editions: Sequence[Sequence[str]]) -> list[str]:
    """All lineages in one order: that of the newest edition, and what went behind what preceded it when it last stood.

    >>> order([["a", "gone", "b"], ["b", "a"]])
    ['b', 'a', 'gone']
    """
    after: dict[str | None, list[str]] = {}
    placed = set(editions[-1])
    for lineages in reversed(editions[:-1]):
        before: str | None = None
        found = []
        for lineage in lineages:
            if lineage not in placed:
                found.append((before, lineage))
            before = lineage
        for anchor, lineage in reversed(found):  # of two behind one anchor, the first comes first
            after.setdefault(anchor, []).insert(0, lineage)
        placed.update(lineage for _, lineage in found)
    ordered: list[str] = []
    waiting = [*reversed([*after.pop(None, []), *editions[-1]])]
    while waiting:
        lineage = waiting.pop()
        ordered.append(lineage)
        waiting.extend(reversed(after.pop(lineage, [])))
    return ordered


def _cells(history: CountryHistory, by_edition: Sequence[dict[str, Lineage]], lineage: str) -> list[YearCellView]:
    marked = {version.first: merged(version.edits) for version in history.versions.get(lineage, ()) if version.edits}
    cells = []
    before: Lineage | None = None
    for narrative, known in zip(history.narratives, by_edition, strict=True):
        row = known.get(lineage)
        if row is None:
            cells.append(YearCellView("lack", ""))
        elif before is not None and before.hash == row.hash:
            cells.append(YearCellView("same", "="))
        else:
            text = marked.get(narrative.year) or clean(narrative.sentences[row.sentence].text)
            cells.append(YearCellView(row.via or "new", text))
        before = row
    return cells
