"""The five stages in order: read -> align -> extract -> judge -> report.

Each stage is a pure function from values to values; this module calls them one after the other and wraps what comes
out in the two objects of `results`: a `Comparison` of two narratives, and a `YearDiff` of all countries of a year.

>>> old = parse_narrative("Police identified eight victims.", country="Norvania", year=2019)
>>> new = parse_narrative("Police identified nine victims.", country="Norvania", year=2020)
>>> compare(old, new).sentences["op"].to_list()
['edited']
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from diffing.aligning import align_sections, align_sentences, word_edits
from diffing.corpus import Corpus
from diffing.extracting import extract_narrative, recommendation_items
from diffing.judging import edit_signatures, editorial_changes, judge
from diffing.model import (
    DiffingError,
    EditorialChange,
    Judgement,
    Narrative,
    Op,
    Pair,
    Problem,
    Severity,
    Stage,
)
from diffing.reading import parse_narrative, read_narrative
from diffing.results import Comparison, Comparisons, YearDiff
from diffing.running.signature import __version__

__all__ = ["Comparison", "YearDiff", "__version__", "compare", "diff_year", "parse_narrative", "read_narrative"]


def align(old: Narrative, new: Narrative, earlier: Sequence[Narrative] = ()) -> Pair:
    """Stage two: which sentences, words and sections of the two narratives answer each other.

    `earlier` are the narratives of the years before `old`, oldest first, carried along for what they tell.
    Raises `DiffingError` where the two are not an earlier and a later narrative.
    """
    if old.year >= new.year:
        raise DiffingError(
            f"{new.country}: the old narrative must be of an earlier year, not {old.year} and {new.year}"
        )
    links = align_sentences(
        [sentence.text for sentence in old.sentences],
        [sentence.text for sentence in new.sentences],
        old_sections=old.sentence_sections,
        new_sections=new.sentence_sections,
    )
    pair = Pair(
        old=old,
        new=new,
        links=tuple(links),
        edits=(),
        sections=align_sections(old, new, links),
        old_figures=(),
        new_figures=(),
        earlier=tuple(earlier),
        problems=(*old.problems, *new.problems),
    )
    edits = tuple(
        ()
        if op is Op.EQUAL
        else word_edits(
            " ".join(old.sentences[i].text for i in link.old), " ".join(new.sentences[j].text for j in link.new)
        )
        for link, op in zip(pair.links, pair.ops, strict=True)
    )
    return replace(pair, edits=edits)


def extract(pair: Pair) -> Pair:
    """Stage three: `pair` with the figures of its narratives, the earlier ones included."""
    found = [extract_narrative(narrative) for narrative in (*pair.earlier, pair.old, pair.new)]
    *earlier, old, new = (figures for figures, _ in found)
    return replace(
        pair,
        old_figures=old,
        new_figures=new,
        earlier_figures=tuple(earlier),
        problems=(*pair.problems, *found[-2][1], *found[-1][1]),
    )


def judge_pair(pair: Pair, editorial: Sequence[EditorialChange] | None = None) -> Judgement:
    """Stage four: what changed and which way; `editorial` None where one country is looked at alone."""
    items = [recommendation_items(narrative) for narrative in (*pair.earlier, pair.old, pair.new)]
    return judge(pair, recommendations=items, editorial=editorial)


def compare(old: Narrative, new: Narrative, *, earlier: Sequence[Narrative] = ()) -> Comparison:
    """What changed between two narratives of one country, and which way.

    Raises `DiffingError` where `old` is not of an earlier year than `new`.
    """
    pair = extract(align(old, new, earlier))
    return Comparison(pair, judge_pair(pair))


def diff_year(
    corpus: Corpus | str | Path,
    year: int,
    since: int | None = None,
    countries: Iterable[str] | None = None,
) -> YearDiff:
    """All countries of `year` compared with those of `since` (the newest earlier year of the corpus), in memory.

    Raises `DiffingError` where a year is not in the corpus; a narrative that can't be processed is a row of
    `problems` with severity error, and the others go on.
    """
    corpus = corpus if isinstance(corpus, Corpus) else Corpus(corpus)
    since = corpus.earlier(year, since)
    wanted = None if countries is None else {corpus.slug(country) for country in countries}
    pairs: list[Pair] = []
    failed: list[Problem] = list(corpus.problems)
    in_both, lone = split_countries(corpus, year, since)
    for slug in in_both:
        if wanted is not None and slug not in wanted:
            continue
        try:
            pairs.append(read_pair(corpus, slug, since, year))
        except DiffingError as error:
            failed.append(Problem(corpus.name(slug), year, Stage.READ, Severity.ERROR, str(error)))
    editorial = editorial_changes([edit_signatures(pair) for pair in pairs], since, year) if wanted is None else None
    return YearDiff(
        since,
        year,
        Comparisons(Comparison(pair, judge_pair(pair, editorial)) for pair in pairs),
        editorial or (),
        tuple((corpus.name(slug), only) for slug, only in lone) if wanted is None else (),
        tuple(failed),
    )


def split_countries(corpus: Corpus, year: int, since: int) -> tuple[list[str], tuple[tuple[str, int], ...]]:
    """The slugs that are in both years, and those that are in one only with that year."""
    old, new = set(corpus.countries(since)), set(corpus.countries(year))
    return sorted(old & new), tuple((slug, since if slug in old else year) for slug in sorted(old ^ new))


def read_pair(corpus: Corpus, slug: str, since: int, year: int) -> Pair:
    """Stages one to three of one country: its two narratives and those before, aligned, with their figures."""
    before = [y for y in corpus.years if y < since and slug in corpus.countries(y)]
    earlier = [corpus.narrative(slug, y) for y in before]
    return extract(align(corpus.narrative(slug, since), corpus.narrative(slug, year), earlier))
