"""What can be said of a corpus once its narratives are read: odd texts, texts that stand there twice, lost sections."""

from __future__ import annotations

import hashlib
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence

from diffing.corpus import Corpus
from diffing.corpus.notes import Note
from diffing.model import Narrative, Severity, slug_of

SHORT = 0.2
"""A narrative shorter than this share of its year's median is odd. Range 0.05 to 0.5; default 0.2: small states have
half the median, cut-off pages a tenth. Above 0.4 every small island is named."""

EXPECTED = 0.2
"""A section that fewer than this share of a year's narratives have is no section of that year: a digest, or an
edition's shape. Range 0.05 to 0.5; default 0.2. Lower, one stray paragraph makes all others look incomplete."""

NAMELESS = 0.2
"""Above this share of narratives that never name their country that is the family's manner, and says nothing. Range
0.05 to 0.5; default 0.2: whole reports name it in all, one section of a long report in half."""


def sections_missing(corpus: Corpus, narratives: Sequence[Narrative]) -> Iterator[Note]:
    """Which of the profile's sections were not found, and where."""
    for year in corpus.years:
        of_year = [n for n in narratives if n.year == year and n.sentences]
        found = {id(n): {s.key.partition(".")[0] for s in n.sections if s.sentences} for n in of_year}
        having = {rule: sum(rule.key in keys for keys in found.values()) for rule in corpus.profile.sections}
        expected = [rule for rule, count in having.items() if count and count >= EXPECTED * len(of_year)]
        few = [f"{rule.key} ({count})" for rule, count in having.items() if rule not in expected]
        whole = sum(all(rule.key in found[id(n)] for rule in expected) for n in of_year)
        said = f"{year}: {whole} of {len(of_year)} narratives have all of {', '.join(rule.key for rule in expected)}"
        yield Note("sections", None, year, said + (f"; few or none have {', '.join(few)}" if few else ""))
        for rule in expected:
            without = tuple(n.country for n in of_year if rule.key not in found[id(n)])
            if without:
                said = f"{len(without)} of {year} without {rule.title} ({rule.key})"
                yield Note("sections", Severity.WARNING, year, said, without)


def odd_texts(corpus: Corpus, narratives: Sequence[Narrative]) -> Iterator[Note]:
    """Narratives without a sentence, much shorter than the others, or that never name their country."""
    for year in corpus.years:
        prose = {n.country: _prose(n) for n in narratives if n.year == year}
        of_year = [n for n in narratives if n.year == year]
        empty = tuple(n.country for n in of_year if not prose[n.country])
        if empty:
            do = "put the text into the file, or take it out"
            yield Note("empty", Severity.ERROR, year, f"{len(empty)} of {year} without a sentence", empty, do)
        filled = [n for n in of_year if prose[n.country]]
        median = statistics.median(prose[n.country] for n in filled) if filled else 0
        short = tuple(f"{n.country} ({prose[n.country]:,})" for n in filled if prose[n.country] < SHORT * median)
        if short:
            said = f"{len(short)} of {year} shorter than a fifth of the median ({median:,.0f} characters)"
            yield Note("short", Severity.WARNING, year, said, short, "look whether the whole text is there")
        strangers = tuple(n.country for n in filled if not _names_itself(corpus, n))
        if 0 < len(strangers) <= max(1, NAMELESS * len(filled)):
            said, do = f"{len(strangers)} of {year} never name their country", "look whether it is another's text"
            yield Note("misplaced", Severity.WARNING, year, said, strangers, do)


def same_texts(corpus: Corpus, narratives: Sequence[Narrative]) -> Iterator[Note]:
    """Narratives with the same text: of one country in several years, or of several countries."""
    by_text: dict[str, list[Narrative]] = defaultdict(list)
    for narrative in narratives:
        text = " ".join(" ".join(s.text for s in narrative.sentences).split())
        if text:
            by_text[hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()].append(narrative)
    repeated = []
    for twins in by_text.values():
        if len({n.country for n in twins}) > 1:
            about = tuple(f"{n.country} {n.year}" for n in twins)
            do = "one was saved under another's name: fetch or import it anew"
            yield Note("doubled", Severity.WARNING, None, "the same text under several names", about, do)
        elif len(twins) > 1:
            repeated.append(f"{twins[0].country} ({', '.join(str(n.year) for n in twins)})")
    if repeated:
        said = f"{len(repeated)} with the same text in several years"
        do = "a run finds no change between these; look whether a year was saved under another"
        yield Note("repeated", Severity.WARNING, None, said, tuple(sorted(repeated)), do)


def what_reading_noticed(corpus: Corpus, narratives: Sequence[Narrative]) -> Iterator[Note]:
    """What the reading of single narratives warned of, one note a message."""
    noticed: dict[str, list[str]] = defaultdict(list)
    for narrative in narratives:
        for problem in narrative.problems:
            if _prose(narrative):
                noticed[problem.message].append(f"{narrative.country} {narrative.year}")
    for message, about in sorted(noticed.items()):
        yield Note("noticed", Severity.WARNING, None, f"{len(about)} with {message}", tuple(about))


def _prose(narrative: Narrative) -> int:
    return sum(sentence.end - sentence.start for sentence in narrative.sentences)


def _names_itself(corpus: Corpus, narrative: Narrative) -> bool:
    text = f"-{slug_of(' '.join(s.text for s in narrative.sentences))}-".replace("-st-", "-saint-")
    slug = narrative.slug
    names = {f"-{slug_of(name)}-" for name in (narrative.country, slug, *corpus.names.others(slug))}
    return any(name.replace("-st-", "-saint-").removeprefix("-the") in text for name in names)
