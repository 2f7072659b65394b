"""The five stages in order: read -> align -> extract -> judge -> report.

Each stage is a pure function from values to values; this module calls them one after the other and wraps what comes
out in the two objects of `results`: a `Comparison` of two narratives, and a `YearDiff` of all countries of a year.

>>> old = parse_narrative("Police identified eight victims.", country="Norvania", year=2019)
>>> new = parse_narrative("Police identified nine victims.", country="Norvania", year=2020)
>>> compare(old, new).sentences["op"].to_list()
['edited']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from diffing.aligning import align_sections, align_sentences, checked_links, word_edits
from diffing.corpus import Corpus
from diffing.extracting import extract_narrative, recommendation_items
from diffing.judging import edit_signatures, editorial_changes, judge
from diffing.model import (
    DiffingError,
    EditorialChange,
    Judgement,
    Link,
    Narrative,
    Op,
    Pair,
    Problem,
    Severity,
    Stage,
)
from diffing.profile import Profile, load_profile
from diffing.reading import Splitter, parse_narrative, read_narrative
from diffing.results import Comparison, Comparisons, YearDiff
from diffing.running.signature import __version__

__all__ = [
    "Comparison",
    "YearDiff",
    "__version__",
    "compare",
    "compare_texts",
    "diff_year",
    "parse_narrative",
    "read_narrative",
]

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NO_YEAR = 2000  # of a text that names none: two texts need two years, and no figure of theirs has one


Aligner = Callable[[Sequence[str], Sequence[str]], Sequence[Link]]
"""From the old and the new sentences to links between them: what `align_sentences` does, and a user's own may do."""


def align(old: Narrative, new: Narrative, earlier: Sequence[Narrative] = (), *, aligner: Aligner | None = None) -> Pair:
    """Stage two: which sentences, words and sections of the two narratives answer each other.

    `earlier` are the narratives of the years before `old`, oldest first, carried along for what they tell; `aligner`
    takes the place of ours.
    Raises `DiffingError` where the two are not an earlier and a later narrative.
    """
    if old.year >= new.year:
        raise DiffingError(
            f"{new.country}: the old narrative must be of an earlier year, not {old.year} and {new.year}"
        )
    texts = [s.text for s in old.sentences], [s.text for s in new.sentences]
    if aligner is None:
        links = align_sentences(*texts, old_sections=old.sentence_sections, new_sections=new.sentence_sections)
    else:
        links = checked_links(aligner(*texts), len(texts[0]), len(texts[1]))
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


def compare(
    old: Narrative, new: Narrative, *, earlier: Sequence[Narrative] = (), aligner: Aligner | None = None
) -> Comparison:
    """What changed between two narratives of one country, and which way.

    `aligner` is a function from the two lists of sentences to links, in place of `aligning.align_sentences`.
    Raises `DiffingError` where `old` is not of an earlier year than `new`, and for what is no narrative.
    """
    for given in (old, new):
        if not isinstance(given, Narrative):
            raise DiffingError(
                f"compare takes two narratives, not a {type(given).__name__}: compare_texts(old, new) takes two texts, "
                "read_narrative(path, country, year) and Corpus(path).narrative(country, year) read one"
            )
    pair = extract(align(old, new, earlier, aligner=aligner))
    return Comparison(pair, judge_pair(pair))


def compare_texts(
    old: str,
    new: str,
    *,
    country: str = "Text",
    old_year: int | None = None,
    new_year: int | None = None,
    profile: str | Path | Profile = "tip",
    splitter: Splitter | None = None,
    aligner: Aligner | None = None,
) -> Comparison:
    """What changed between two texts, with no files: `compare` of two narratives made of them.

    Without `new_year` the new text is taken for the report after the newest year that it names, and without
    `old_year` the old one for that of the year before. Raises `DiffingError` as `compare` does.
    """
    for given in (old, new):
        if not isinstance(given, str):
            raise DiffingError(f"compare_texts takes two texts, not a {type(given).__name__}: compare takes narratives")
    loaded = load_profile(profile)
    newest = max((int(year) for year in _YEAR.findall(new)), default=_NO_YEAR)
    new_year = new_year or max(newest + loaded.period_offset, (old_year or 0) + 1)
    told = partial(parse_narrative, country=country, profile=loaded, splitter=splitter)
    return compare(told(old, year=old_year or new_year - 1), told(new, year=new_year), aligner=aligner)


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
    if isinstance(countries, str):
        raise DiffingError(f"countries is a list of countries: countries=[{countries!r}]")
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
