"""Nothing is lost: both texts come back from the table of sentences, the headings and the dropped spans.

Every character that is not white space lies in exactly one sentence, heading or dropped span, and every sentence in
exactly one row of the table `sentences`. So the rows' texts, put in order of their starts with the headings and the
dropped spans between them, are the narrative again, character for character without white space.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wholeness import nothing_lost

import diffing
from diffing import pipeline, tables
from diffing.profile import Profile
from diffing.running.engine import cores, each

SAMPLE = Path(__file__).parents[1] / "corpora" / "sample"

SHARE = 16
"""Of the real countries, one in so many is compared as a user compares it; all of them are aligned and rebuilt. Range
1 (all) to 50; higher leaves the smallest corpus with a country or two."""

FAMILIES = {"hrr": "hrr", "hrr-sec7": "hrr", "dol-child-labor": "dol", "factbook-tip": "tip"}  # folder: profile


def black(text: str) -> str:
    """The characters of a text that are not white space."""
    return "".join(text.split())


def pieces(narrative: diffing.Narrative, rows: list[dict[str, Any]], side: str) -> Iterator[tuple[int, str]]:
    """(start, text) of each sentence in the table `sentences`, each heading and each dropped span of one side."""
    seen: list[int] = []
    for row in rows:
        indices, starts, text = row[f"{side}_sentences"] or [], row[f"{side}_starts"] or [], row[f"{side}_text"]
        assert len(indices) == len(starts)
        seen += indices
        for index, start in zip(indices, starts, strict=True):
            length = narrative.sentences[index].end - narrative.sentences[index].start
            yield start, text[:length]
            assert text[length : length + 1] in ("", "\n"), "sentences are joined by a line break"
            text = text[length + 1 :]
        assert not text, "a row holds the text of its sentences and nothing else"
    assert sorted(seen) == list(range(len(narrative.sentences))), "each sentence is in one row"
    for section in narrative.sections:
        yield from ((heading.start, heading.text) for heading in section.headings)
    yield from ((span.start, span.text) for span in narrative.dropped)


def check(old: diffing.Narrative, new: diffing.Narrative) -> None:
    """Rebuilds both sides of one pair from what a user gets."""
    rebuild(old, new, diffing.compare(old, new).sentences)


def rebuild(old: diffing.Narrative, new: diffing.Narrative, sentences: pl.DataFrame) -> None:
    """Rebuilds both sides of one pair from its table `sentences`."""
    rows = sentences.to_dicts()
    for side, narrative in (("old", old), ("new", new)):
        found = sorted(pieces(narrative, rows, side))
        assert black("".join(text for _, text in found)) == black(narrative.text), f"{narrative!r} from {side}"
        for (start, text), (following, _) in pairwise(found):
            assert start + len(text) <= following, f"{narrative!r}: {text[:40]!r} overlaps what follows"


def pairs_of(corpus: diffing.Corpus) -> list[tuple[str, int, int]]:
    """(country, old year, new year) of all consecutive years that a country is in."""
    return [
        (slug, since, year)
        for since, year in pairwise(corpus.years)
        for slug in sorted(set(corpus.countries(since)) & set(corpus.countries(year)))
    ]


@pytest.mark.parametrize(("slug", "since", "year"), pairs_of(diffing.Corpus(SAMPLE)))
def test_sample(slug: str, since: int, year: int) -> None:
    corpus = diffing.Corpus(SAMPLE)
    check(corpus.narrative(slug, since), corpus.narrative(slug, year))


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("20*/*.txt")), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_reading_a_plain_text_keeps_every_character(path: Path) -> None:
    narrative = diffing.read_narrative(path, country=path.stem, year=int(path.parent.name))
    assert black(narrative.text) == black(path.read_text("utf-8"))


def whole(corpus: diffing.Corpus, slug: str, year: int) -> diffing.Narrative:
    """A narrative of which nothing is lost."""
    narrative = corpus.narrative(slug, year)
    nothing_lost(narrative)
    assert narrative.sentences
    return narrative


def rebuild_all_of(work: tuple[diffing.Corpus, str, bool]) -> int:
    """Rebuilds every pair of a country, says how many; what is not `judged` is aligned alone: judging adds no row."""
    corpus, slug, judged = work
    years = [year for year in corpus.years if slug in corpus.countries(year)]
    narratives = [whole(corpus, slug, year) for year in years]
    pairs = [pair for pair in pairwise(narratives) if follow(corpus, *pair)]
    for old, new in pairs:
        if judged:
            check(old, new)
        else:
            rebuild(old, new, tables.frame("sentences", tables.sentence_rows(pipeline.align(old, new))))
    return len(pairs)


def follow(corpus: diffing.Corpus, old: diffing.Narrative, new: diffing.Narrative) -> bool:
    """Whether two narratives are of consecutive years of the corpus."""
    return corpus.years.index(new.year) - corpus.years.index(old.year) == 1


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_real_all(family: str, shared: Path) -> None:
    corpus = diffing.Corpus(shared / "real" / family, profile=FAMILIES[family])
    work = [(corpus, slug, number % SHARE == 0) for number, slug in enumerate(corpus.countries())]
    assert sum(each(rebuild_all_of, work, cores())) == len(pairs_of(corpus)) > SHARE


@pytest.mark.real
def test_real_seed_against_the_sample(shared: Path) -> None:
    old = diffing.Corpus(SAMPLE).narrative("turkmenistan", 2019)
    new = diffing.read_narrative(shared / "real" / "tip" / "2020" / "turkmenistan.txt", "Turkmenistan", 2020)
    nothing_lost(new)
    check(old, new)


@pytest.mark.real
def test_real_web_pages(shared: Path) -> None:
    pages = sorted((shared / "real" / "html").rglob("*.html"))
    assert len(pages) >= 3
    read = [diffing.read_narrative(page, "Turkmenistan", 2016 + i, profile="hrr") for i, page in enumerate(pages)]
    for old, new in pairwise(read):
        check(old, new)


SENTENCES = st.sampled_from(
    [
        "The government identified eight victims in 2018.",
        "It did not report the number of convictions.",
        "Officials of the U.S. embassy met them on Dec. 31.",
        "Grant observers access.",
        "Labor Inspectors: 602",
        "• Adopt the plan.",
        "train police; and convict traffickers.",
        "(see section 7.b.)",
        "“They left,” she said.",
        "PROTECTION",
        "Section 7. Worker Rights",
        "b. Prohibition of Forced Labor",
        "RECOMMENDATIONS FOR NORVANIA",
        "TRAFFICKING PROFILE:",
        "An official website of the United States Government",
        "U.S. Department of State",
    ]
)
ODD = st.text(max_size=12) | st.sampled_from(
    ["\ufeff", "\u200b", "\u00ad", "\ud800", "e\u0301", "שלום.", "🙂", "…", "\x00"]
)
PROFILES = [diffing.load_profile(name) for name in ("tip", "hrr", "dol")]
GAPS = st.sampled_from([" ", "", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "; ", " • ", "  "])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A narrative of any shape: sentences, headings, frame lines and odd characters, joined anyhow."""
    parts = draw(st.lists(st.tuples(SENTENCES | ODD, GAPS), max_size=14))
    return "".join(part + gap for part, gap in parts)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(old=texts(), new=texts(), profile=st.sampled_from(PROFILES))
def test_made_texts(old: str, new: str, profile: Profile) -> None:
    check(
        diffing.parse_narrative(old, country="Norvania", year=2019, profile=profile),
        diffing.parse_narrative(new, country="Norvania", year=2020, profile=profile),
    )


@settings(max_examples=100, deadline=None)
@given(text=texts(), profile=st.sampled_from(PROFILES))
def test_spans_slice_back_to_their_text(text: str, profile: Profile) -> None:
    narrative = diffing.parse_narrative(text, country="Norvania", year=2020, profile=profile)
    spans = [*narrative.sentences, *narrative.dropped, *(h for s in narrative.sections for h in s.headings)]
    assert all(narrative.text[span.start : span.end] == span.text for span in spans)


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(st.tuples(SENTENCES, GAPS), max_size=14), profile=st.sampled_from(PROFILES))
def test_made_texts_are_read_whole(parts: list[tuple[str, str]], profile: Profile) -> None:
    text = "".join(part + gap for part, gap in parts)
    narrative = diffing.parse_narrative(text, country="Norvania", year=2020, profile=profile)
    assert black(narrative.text) == black(text)
