"""What a country's history shows, ready to print: the template computes nothing.

The newest text is the spine: each sentence has its age beside it, and its versions behind a fold. Before it stand the
editions in a row and every series; behind it what went, and what was recommended over the years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct

from diffing.model import CountryHistory, EditionTold, Lineage, Rating, Signature, Version
from diffing.reporting import wording
from diffing.reporting.anchors import Anchors, sentence_anchor
from diffing.reporting.country_view import signature_folds, signature_rows
from diffing.reporting.history_numbers import SeriesView, series_views
from diffing.reporting.marked_words import clean, merged
from diffing.reporting.refs import Chip, Ref, chip

# Sentences that went which a page lists, those that stood in most editions first: [10, 200], default 40. A country's
# editions of ten years lose some hundreds; the table `lineages` has them all.
MOST_ENDED = 40

_VIA = {
    "edited": "edited",
    "split": "split off",
    "merged": "joined with another",
    "returned": "came back",
}


class RatingView(Struct, frozen=True):
    """A rating and the sentence that states it."""

    title: str
    level: str
    quote: str
    moved: str


class EditionView(Struct, frozen=True):
    """One edition in the timeline."""

    year: int
    ratings: Sequence[RatingView]
    chip: Chip | None
    why: str
    since: str
    words: str
    sentences: int
    kept: int
    edited: int
    new: int
    returned: int
    gone: int
    similarity: str
    broken: str


class VersionView(Struct, frozen=True):
    """One wording of a sentence: in which editions, how it came, and its words with what changed marked."""

    years: str
    how: str
    text: Markup | str


class LineView(Struct, frozen=True):
    """One sentence of the newest text: `age` is said beside it, `kind` is what the filter knows it by."""

    id: str
    text: str
    age: str
    more: str
    kind: str
    since: int
    versions: Sequence[VersionView]


class HistoryBlockView(Struct, frozen=True):
    """A section of the newest text."""

    id: str
    title: str
    printed: Sequence[str]
    lines: Sequence[LineView]


class AgeView(Struct, frozen=True):
    """How many sentences of the newest text stand since one edition, as a bar of `share` percent."""

    label: str
    count: int
    share: float
    since: int


class EndedView(Struct, frozen=True):
    """A sentence that went."""

    years: str
    editions: str
    section: str
    text: str


class AnswerView(Struct, frozen=True):
    """What a later narrative says to a recommendation."""

    year: int
    chip: Chip | None
    ref: Ref


class WishView(Struct, frozen=True):
    """A recommendation over the editions."""

    badge: str
    years: str
    stands: bool
    text: str
    answers: Sequence[AnswerView]


class HistoryView(Struct, frozen=True):
    """Everything that the template `history.html` prints."""

    country: str
    profile_title: str
    first: int
    last: int
    index_href: str | None
    years_href: str | None
    editions: Sequence[EditionView]
    breaks: Sequence[str]
    notes: Sequence[str]
    series: Sequence[SeriesView]
    ages: Sequence[AgeView]
    standing: str
    text: Sequence[HistoryBlockView]
    ended: Sequence[EndedView]
    ended_more: int
    wishes: Sequence[WishView]
    signature: Sequence[tuple[str, str]]
    signature_more: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def history_view(
    history: CountryHistory, signature: Signature, index_href: str | None, years_href: str | None = None
) -> HistoryView:
    """The view of a country's history."""
    newest = history.narratives[-1]
    profile = newest.profile
    rows = history.lineages[-1]
    anchors = Anchors()
    ids = [anchors.unique(sentence_anchor(sentence.text)) for sentence in newest.sentences]
    first = history.editions[0].year
    return HistoryView(
        country=clean(history.country),
        profile_title=clean(profile.title),
        first=first,
        last=newest.year,
        index_href=index_href,
        years_href=years_href,
        editions=_editions(history.editions),
        breaks=[clean(edition.broken.reason) for edition in history.editions if edition.broken],
        notes=[clean(note) for note in history.notes],
        series=series_views(history, ids),
        ages=_ages(rows, newest.year),
        standing=_standing(rows, first, newest.year),
        text=_text(history, ids),
        ended=[
            EndedView(
                _span(one.origin, one.last),
                wording.counted(one.editions, "edition"),
                clean(wording.section_title(profile, one.section)),
                clean(one.text),
            )
            for one in history.ended[:MOST_ENDED]
        ],
        ended_more=max(0, len(history.ended) - MOST_ENDED),
        wishes=_wishes(history, ids),
        signature=signature_rows(signature),
        signature_more=signature_folds(signature),
    )


def _editions(editions: Sequence[EditionTold]) -> list[EditionView]:
    views = []
    before: dict[str, Rating] = {}
    for edition in editions:
        views.append(
            EditionView(
                year=edition.year,
                ratings=[_rating(rating, before.get(rating.scale)) for rating in edition.ratings],
                chip=chip(edition.verdict) if edition.verdict else None,
                why=clean(edition.verdict_rule),
                since="" if edition.since is None else f"since {edition.since}",
                words=f"{edition.words:,}",
                sentences=edition.sentences,
                kept=edition.kept,
                edited=edition.edited,
                new=edition.new,
                returned=edition.returned,
                gone=edition.gone,
                similarity="" if edition.similarity is None else f"{edition.similarity:.0%}",
                broken=clean(edition.broken.reason) if edition.broken else "",
            )
        )
        before = {rating.scale: rating for rating in edition.ratings}
    return views


def _rating(rating: Rating, before: Rating | None) -> RatingView:
    moved = ""
    if before is not None and before.rank is not None and rating.rank is not None and before.rank != rating.rank:
        moved = "↑" if rating.rank > before.rank else "↓"
    return RatingView(clean(rating.title), clean(rating.level), clean(rating.text), moved)


def _ages(rows: Sequence[Lineage], newest: int) -> list[AgeView]:
    counts = Counter(row.same_since for row in rows)
    total = len(rows) or 1
    return [
        AgeView(f"since {year}" if year != newest else f"new words in {year}", n, round(100 * n / total, 2), year)
        for year, n in sorted(counts.items())
    ]


def _standing(rows: Sequence[Lineage], first: int, newest: int) -> str:
    """How old the newest text is, in a sentence."""
    if first == newest or not rows:
        return ""
    same = sum(row.same_since == first for row in rows)
    form = sum(row.origin == first for row in rows)
    new = sum(row.via is None for row in rows)
    return (
        f"Of {wording.counted(len(rows), 'sentence')} in {newest}, {same} stand in the same words since {first}, "
        f"{form} in some form, and {new} are new"
    )


def _text(history: CountryHistory, ids: Sequence[str]) -> list[HistoryBlockView]:
    newest = history.narratives[-1]
    blocks = []
    often = Counter(section.key for section in newest.sections)
    number = 0
    for at, section in enumerate(newest.sections):
        lines = []
        for sentence in section.sentences:
            row = history.lineages[-1][number]
            lines.append(_line(ids[number], clean(sentence.text), row, history.versions[row.lineage], newest.year))
            number += 1
        title = clean(wording.section_title(newest.profile, section.key))
        printed = [clean(" ".join(heading.text.split())) for heading in section.headings]
        if printed and often[section.key] > 1:  # a key that comes several times is told apart by what is printed
            title = f"{title}: {max(printed, key=len)}"
        blocks.append(HistoryBlockView(f"t-{at + 1}", title, printed, lines))
    return blocks


def _line(anchor: str, text: str, row: Lineage, versions: Sequence[Version], newest: int) -> LineView:
    age, more = _age(row, versions[-1].via, newest)
    shown = [_version(version, row) for version in reversed(versions)] if len(versions) > 1 else []
    return LineView(anchor, text, age, more, _kind(row, newest), row.same_since, shown)


def _kind(row: Lineage, newest: int) -> str:
    if row.via is None:
        return "new"
    return "same" if row.same_since < newest else str(row.via)


def _age(row: Lineage, came: str | None, newest: int) -> tuple[str, str]:
    """A sentence's age in words, and what more there is to say of it; `came` is how its present words came.

    "since 2016"; "edited 2019", and "in some form since 2016 (62% alike at the least)".
    """
    if row.via is None and row.origin == newest:
        return (f"new in {newest}", "the edition broke: older words were not followed" if row.broken else "")
    if row.same_since == row.origin:
        return (f"since {row.origin}", "")
    how = {"returned": "back since", "split": "split", "merged": "merged"}.get(came or "", "edited")
    sure = "" if row.weakest >= 1 else f" ({row.weakest:.0%} alike at the least)"
    return (f"{how} {row.same_since}", f"in some form since {row.origin}{sure}")


def _version(version: Version, row: Lineage) -> VersionView:
    how = _VIA.get(version.via or "", "")
    if version.via is None and version.first != row.origin:
        how = "in the text it came from"
    text: Markup | str = merged(version.edits) if version.edits else clean(version.text)
    return VersionView(_span(version.first, version.last), how, text)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"


def _wishes(history: CountryHistory, ids: Sequence[str]) -> list[WishView]:
    newest = history.narratives[-1]
    views = []
    for wish in history.wishes:
        answers = [
            AnswerView(
                answer.year,
                chip(answer.verdict) if answer.verdict else None,
                Ref(
                    f"#{ids[answer.sentence]}" if answer.year == newest.year and answer.sentence is not None else None,
                    clean(answer.text),
                ),
            )
            for answer in wish.answers
        ]
        made = wording.counted(len(wish.years), "edition")
        views.append(WishView(made, _years(wish.years), wish.stands, clean(wish.text), answers))
    return views


def _years(years: Iterable[int]) -> str:
    """'2016 to 2018, 2020'."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(_span(run[0], run[-1]) for run in runs)


__all__ = ["HistoryView", "history_view"]
