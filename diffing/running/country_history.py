"""One country's history put together: what its editions and pairs tell, and since when each sentence stands.

Pure: from narratives with their figures, aligned pairs and judged pairs, all oldest first, to a `CountryHistory`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from diffing.aligning import Edition, trace_lineages, word_edits
from diffing.extracting import recommendation_items
from diffing.judging import ratings_of
from diffing.judging.trends import series_points
from diffing.model import (
    Answer,
    CountryHistory,
    EditionBreak,
    EditionTold,
    Ended,
    Lineage,
    Narrative,
    Pair,
    Recommendation,
    Verdict,
    Version,
    Wish,
)
from diffing.pipeline import Extracted

Lineages = Sequence[Sequence[Lineage]]

# Ways by which a sentence comes from others or in other words.
_EDITED = ("edited", "split", "merged")


class JudgedPair(msgspec.Struct, frozen=True):
    """What a history needs of a judged pair: the verdict and why, the similarity, and what became of the wishes."""

    old_year: int
    new_year: int
    verdict: Verdict
    verdict_rule: str
    similarity: float
    recommendations: tuple[Recommendation, ...]


def traced(
    found: Sequence[Extracted],
    pairs: Sequence[Pair],
    judged: Sequence[JudgedPair],
    broken: Mapping[tuple[int, int], EditionBreak],
    notes: Sequence[str] = (),
) -> CountryHistory:
    """The history of a country, of which at least one narrative was found; `broken` by both years of a pair."""
    narratives = tuple(one.narrative for one in found)
    of_year = {pair.new_year: pair for pair in judged}
    links = [(), *(pair.links for pair in pairs)]
    breaks: list[EditionBreak | None] = [None, *(broken.get((pair.old.year, pair.new.year)) for pair in pairs)]
    lineages = trace_lineages(
        Edition(narrative.year, [sentence.text for sentence in narrative.sentences], link, at is not None)
        for narrative, link, at in zip(narratives, links, breaks, strict=True)
    )
    editions = []
    for at, (narrative, rows) in enumerate(zip(narratives, lineages, strict=True)):
        before = lineages[at - 1] if at else ()
        editions.append(_told(narrative, rows, before, of_year.get(narrative.year), breaks[at]))
    newest = narratives[-1]
    return CountryHistory(
        country=newest.country,
        slug=newest.slug,
        narratives=narratives,
        editions=tuple(editions),
        lineages=lineages,
        points=series_points([(one.narrative, one.figures) for one in found]),
        versions=_versions(narratives, lineages),
        ended=_ended(narratives, lineages),
        wishes=_wishes(narratives, lineages, judged),
        notes=tuple(notes),
    )


def _told(
    narrative: Narrative,
    rows: Sequence[Lineage],
    before: Sequence[Lineage],
    judged: JudgedPair | None,
    broken: EditionBreak | None,
) -> EditionTold:
    via = Counter(row.via for row in rows)
    on = {row.lineage for row in rows} | {parent for row in rows for parent in row.parents}
    return EditionTold(
        year=narrative.year,
        since=judged.old_year if judged else None,
        words=sum(len(sentence.text.split()) for sentence in narrative.sentences),
        sentences=len(rows),
        kept=via["equal"],
        edited=sum(via[name] for name in _EDITED),
        new=via[None],
        returned=via["returned"],
        gone=sum(row.lineage not in on for row in before),
        ratings=ratings_of(narrative),
        verdict=judged.verdict if judged else None,
        verdict_rule=judged.verdict_rule if judged else "",
        similarity=judged.similarity if judged else None,
        broken=broken,
    )


def _by_lineage(lineages: Lineages) -> dict[str, list[tuple[int, Lineage]]]:
    """Each lineage's rows, oldest first, with the place of their edition."""
    found: dict[str, list[tuple[int, Lineage]]] = defaultdict(list)
    for at, rows in enumerate(lineages):
        for row in rows:
            found[row.lineage].append((at, row))
    return found


def _versions(narratives: Sequence[Narrative], lineages: Lineages) -> dict[str, tuple[Version, ...]]:
    """The wordings of each sentence of the newest narrative."""
    rows_of = _by_lineage(lineages)
    return {row.lineage: tuple(_wordings(_line(row.lineage, rows_of), narratives)) for row in lineages[-1]}


def _line(lineage: str, rows_of: Mapping[str, list[tuple[int, Lineage]]]) -> list[tuple[int, Lineage]]:
    """The rows of a lineage and, before them, those of what it was split from."""
    rows = rows_of[lineage]
    first_at, first = rows[0]
    if first.via != "split" or not first.parents:
        return rows
    return [*(one for one in _line(first.parents[0], rows_of) if one[0] < first_at), *rows]


def _wordings(rows: Sequence[tuple[int, Lineage]], narratives: Sequence[Narrative]) -> Iterable[Version]:
    last: Version | None = None
    hash_of_last, at_last = "", -1
    for at, row in rows:
        year, text = narratives[at].year, narratives[at].sentences[row.sentence].text
        if last is not None and row.hash == hash_of_last and at == at_last + 1:
            last = Version(first=last.first, last=year, text=text, via=last.via, edits=last.edits)
        else:
            if last is not None:
                yield last
            edits = () if last is None or row.hash == hash_of_last else word_edits(last.text, text)
            last = Version(first=year, last=year, text=text, via=row.via if last else None, edits=edits)
        hash_of_last, at_last = row.hash, at
    if last is not None:
        yield last


def _ended(narratives: Sequence[Narrative], lineages: Lineages) -> tuple[Ended, ...]:
    """The sentences that do not stand in the newest narrative, those that stood in most editions first.

    Recommendations have a list of their own.
    """
    wishes = [frozenset(recommendation_items(narrative)) for narrative in narratives]
    on = {row.lineage for row in lineages[-1]}
    joined = {parent for rows in lineages for row in rows if row.via == "merged" for parent in row.parents}
    found = []
    for lineage, rows in _by_lineage(lineages).items():
        if lineage in on or lineage in joined:
            continue
        at, last = rows[-1]
        if last.sentence in wishes[at]:
            continue
        narrative = narratives[at]
        found.append(
            Ended(
                lineage=lineage,
                origin=last.origin,
                last=last.year,
                editions=len(rows),
                text=narrative.sentences[last.sentence].text,
                section=narrative.sentence_sections[last.sentence],
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.editions, -one.last, one.origin, one.lineage)))


def _wishes(narratives: Sequence[Narrative], lineages: Lineages, judged: Sequence[JudgedPair]) -> tuple[Wish, ...]:
    """The recommendations, those made in most editions first, with what later narratives say to them."""
    made: dict[str, list[tuple[int, Lineage]]] = defaultdict(list)
    for at, (narrative, rows) in enumerate(zip(narratives, lineages, strict=True)):
        for item in recommendation_items(narrative):
            made[rows[item].lineage].append((at, rows[item]))
    rows_of_year = {narrative.year: rows for narrative, rows in zip(narratives, lineages, strict=True)}
    answers: dict[str, list[Answer]] = defaultdict(list)
    for pair in judged:
        rows = rows_of_year[pair.old_year]
        for wish in pair.recommendations:
            if wish.old_sentence is not None and wish.follow_up is not None:
                answer = Answer(
                    year=pair.new_year,
                    text=wish.follow_up,
                    sentence=wish.follow_up_sentence,
                    verdict=wish.follow_up_verdict,
                )
                answers[rows[wish.old_sentence].lineage].append(answer)
    wishes = []
    for lineage, found in made.items():
        at, last = found[-1]
        wishes.append(
            Wish(
                lineage=lineage,
                years=tuple(narratives[place].year for place, _ in found),
                text=narratives[at].sentences[last.sentence].text,
                stands=at == len(narratives) - 1,
                answers=tuple(answers[lineage]),
            )
        )
    return tuple(sorted(wishes, key=lambda wish: (-len(wish.years), not wish.stands, -wish.years[-1])))


def rows_of(name: str, history: CountryHistory) -> Sequence[object]:
    """The rows of the table `name` (lineages, trends, ratings or editions) of one country."""
    if name == "trends":
        return history.points
    if name == "ratings":
        return history.ratings
    if name == "editions":
        return [_edition_row(history.country, edition) for edition in history.editions]
    return [
        {
            **{field: getattr(row, field) for field in Lineage.__slots__},
            "country": history.country,
            "parents": list(row.parents),
            "text": narrative.sentences[row.sentence].text,
        }
        for narrative, rows in zip(history.narratives, history.lineages, strict=True)
        for row in rows
    ]


def _edition_row(country: str, edition: EditionTold) -> dict[str, object]:
    stated = next((rating.level for rating in edition.ratings if ":" not in rating.scale), None)
    counts = ("words", "sentences", "kept", "edited", "new", "returned", "gone", "similarity")
    return {
        "country": country,
        "year": edition.year,
        "since": edition.since,
        "verdict": edition.verdict,
        "stated": stated,
        **{name: getattr(edition, name) for name in counts},
        "broken": edition.broken is not None,
    }
