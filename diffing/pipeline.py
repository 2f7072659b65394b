"""The five stages in order: read -> align -> extract -> judge -> report.

Each stage is a pure function from values to values; this module calls them one after the other and wraps what comes
out in a `results.Comparison`. What a whole year or many editions need besides stands in `running`.

>>> old = parse_narrative("Police identified eight victims.", country="Norvania", year=2019)
>>> new = parse_narrative("Police identified nine victims.", country="Norvania", year=2020)
>>> compare(old, new).sentences["op"].to_list()
['edited']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from diffing.aligning import align_sections, align_sentences, checked_links, word_edits
from diffing.corpus.naming import CountryNames
from diffing.extracting import extract_narrative, recommendation_items
from diffing.judging import judge, reviewed
from diffing.model import (
    DiffingError,
    EditionBreak,
    EditorialChange,
    Figure,
    Judgement,
    Link,
    Narrative,
    Op,
    Pair,
    Problem,
    Review,
    Severity,
    Stage,
    called,
    names_a_file,
    whole_year,
)
from diffing.profile import Profile, load_profile
from diffing.reading import Splitter, parse_narrative, read_narrative
from diffing.reading.families import family_of
from diffing.reading.narratives import NO_FAMILY
from diffing.results import Comparison
from diffing.running.example_trials import check_tried
from diffing.running.signature import __version__
from diffing.year_results import YearDiff

__all__ = [
    "Comparison",
    "YearDiff",
    "__version__",
    "compare",
    "compare_texts",
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
        aligner="" if aligner is None else called(aligner),
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


@dataclass(frozen=True, slots=True)
class Extracted:
    """A narrative with its figures, and what looked wrong about these: what it tells by itself."""

    narrative: Narrative
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]


def extract_alone(narrative: Narrative) -> Extracted:
    """Stage three of one narrative, whatever it is compared with."""
    return Extracted(narrative, *extract_narrative(narrative))


def extract(pair: Pair) -> Pair:
    """Stage three: `pair` with the figures of its narratives, the earlier ones included."""
    return with_figures(pair, [extract_alone(narrative) for narrative in (*pair.earlier, pair.old, pair.new)])


def with_figures(pair: Pair, found: Sequence[Extracted]) -> Pair:
    """`pair` with what its narratives tell: those before it, oldest first, the old and the new one."""
    *earlier, old, new = found
    return replace(
        pair,
        earlier=tuple(one.narrative for one in earlier),
        earlier_figures=tuple(one.figures for one in earlier),
        old_figures=old.figures,
        new_figures=new.figures,
        problems=(*pair.problems, *old.problems, *new.problems),
    )


def judge_pair(
    pair: Pair,
    editorial: Sequence[EditorialChange] | None = None,
    broken: EditionBreak | None = None,
    reviews: Sequence[Review] = (),
) -> Judgement:
    """Stage four: what changed and which way.

    `editorial` are the changes of the edition, and `broken` how it broke; None where one country is looked at alone.
    `reviews` are readers' words on the findings: what they rejected does not weigh.
    """
    items = [recommendation_items(narrative) for narrative in (*pair.earlier, pair.old, pair.new)]
    judged = judge(pair, recommendations=items, editorial=editorial, broken=broken)
    return reviewed(judged, reviews, pair.new.profile.judging.twins)


def compare(
    old: Narrative, new: Narrative, *, earlier: Sequence[Narrative] = (), aligner: Aligner | None = None
) -> Comparison:
    """What changed between two narratives of one country, and which way.

    `aligner` is a function from the two lists of sentences to links, in place of `aligning.align_sentences`.
    Raises `DiffingError` where `old` is not of an earlier year than `new`, where they are of two countries or two
    families of reports, for what is no narrative, and `ProfileError` where an example of their profile fails.
    """
    for given in (old, new):
        if not isinstance(given, Narrative):
            raise DiffingError(
                f"compare takes two narratives, not a {type(given).__name__}: compare_texts(old, new) takes two texts, "
                "read_narrative(path, country, year) and Corpus(path).narrative(country, year) read one"
            )
    _check_alike(old, new)
    check_tried(new.profile)
    pair = extract(align(old, new, earlier, aligner=aligner))
    return Comparison(pair, judge_pair(pair))


def _check_alike(old: Narrative, new: Narrative) -> None:
    """Raises `DiffingError` for narratives of two countries or two families, naming both."""
    names = CountryNames(new.profile.aliases, new.profile.names)
    if old.slug != new.slug and not names.same(old.slug, new.slug):
        raise DiffingError(f"two countries: {old.country} {old.year} and {new.country} {new.year}: give one country's")
    if old.profile.name != new.profile.name:
        raise DiffingError(
            f"two families of reports: {old.country} {old.year} was read as {old.profile.name}, {new.country} "
            f"{new.year} as {new.profile.name}: read both with one profile"
        )


def compare_texts(
    old: str,
    new: str,
    *,
    country: str = "Text",
    old_year: int | None = None,
    new_year: int | None = None,
    profile: str | Path | Profile | None = None,
    splitter: Splitter | None = None,
    aligner: Aligner | None = None,
) -> Comparison:
    """What changed between two texts, with no files: `compare` of two narratives made of them.

    Without `profile` they are read as of the family that they show; where none is clear, without sections and
    indicators, and a problem says so.

    Without `new_year` the new text is taken for the report after the newest year that it names, and without
    `old_year` the old one for that of the year before. Raises `DiffingError` as `compare` does.
    """
    for given in (old, new):
        if not isinstance(given, str):
            raise DiffingError(f"compare_texts takes two texts, not a {type(given).__name__}: compare takes narratives")
        if names_a_file(given):
            raise DiffingError(
                f"{given.strip()}: the name of a file, no text: read_narrative(path, country, year) reads it"
            )
    old_year, new_year = (None if year is None else whole_year(year) for year in (old_year, new_year))
    family = family_of([old, new]).name if profile is None else None
    loaded = load_profile(profile or family or "base")
    newest = max((int(year) for year in _YEAR.findall(new)), default=_NO_YEAR)
    new_year = new_year or max(newest + loaded.period_offset, (old_year or 0) + 1)
    told = partial(parse_narrative, country=country, profile=loaded, splitter=splitter)
    narrative = told(new, year=new_year)
    if profile is None and family is None:
        warning = Problem(country, new_year, Stage.READ, Severity.WARNING, NO_FAMILY)
        narrative = replace(narrative, problems=(*narrative.problems, warning))
    return compare(told(old, year=old_year or new_year - 1), narrative, aligner=aligner)
