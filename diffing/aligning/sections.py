"""Which old section answers which new one.

Sections are linked by their key; where a key comes twice, by the sentences they share, then by their headings. A
section whose key changed is still linked where its heading or most of its sentences stayed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from diffing.model import Link, Narrative, SectionLink

# How alike (0 to 100, letters in order) two headings are that name the same section under another key: [70, 95],
# default 85; lowered, "Prosecution" answers "Protection" (67), raised, a plural is another section.
SAME_HEADING = 85

# The share of both sections' words in sentences that they share by which two with different keys are one: [0.3,
# 0.8], default 0.5, so that a section is answered by no more than one other for this reason.
SAME_WORDS = 0.5

# Pairs of sections that are all looked at: [2,500, 1,000,000], default 40,000, for 200 sections a side where the
# longest reports have fifty. Beyond it those that share a sentence, and equal keys in their turn; lowered, a section
# with a new key is not found by its heading, raised, a text of nothing but headings holds up a run.
MOST_SECTION_PAIRS = 40_000


def align_sections(old: Narrative, new: Narrative, links: Sequence[Link]) -> tuple[SectionLink, ...]:
    """Every section of both narratives once, in the order of the new one, removed ones at their old place.

    `links` are those of the narratives' sentences. A section link's `similarity` is the share of both sections'
    words that are carried over: the words of the sentences that a link joins across the two, each times the link's
    similarity, over all their words; 1 for two sections without sentences, 0 for one that has no other.
    """
    old_words, new_words = _words(old), _words(new)
    old_at = [k for k, section in enumerate(old.sections) for _ in section.sentences]
    new_at = [k for k, section in enumerate(new.sections) for _ in section.sentences]
    carried = _carried(links, (old_at, new_at), (old_words, new_words))
    old_size, new_size = _by_section(old_at, old_words, old), _by_section(new_at, new_words, new)

    ranked = []
    for a, b in _candidates(old, new, carried):
        one, other = old.sections[a], new.sections[b]
        size = old_size[a] + new_size[b]
        share = min(1.0, carried[a, b] / size) if size else 1.0
        heading = 0.0
        if one.heading and other.heading:
            heading = fuzz.ratio(one.heading.casefold(), other.heading.casefold())
        same = one.key == other.key
        if same or heading >= SAME_HEADING or (size and share >= SAME_WORDS):
            ranked.append((not same, -share if size else 0.0, -heading, abs(a - b), a, b, share))
    partner: dict[int, tuple[int | None, float]] = {}
    taken: set[int] = set()
    for *_, a, b, share in sorted(ranked):
        if b not in partner and a not in taken:
            partner[b] = a, share
            taken.add(a)

    def removed_after(a: int) -> Iterator[SectionLink]:
        while (a := a + 1) < len(old.sections) and a not in taken:
            yield SectionLink(a, None, 0.0)

    result = [*removed_after(-1)]
    for b in range(len(new.sections)):
        match, share = partner.get(b, (None, 0.0))
        result.append(SectionLink(match, b, share))
        if match is not None:
            result.extend(removed_after(match))
    return tuple(result)


def _carried(
    links: Sequence[Link], at: tuple[Sequence[int], Sequence[int]], words: tuple[Sequence[int], Sequence[int]]
) -> defaultdict[tuple[int, int], float]:
    """The words that links carry from an old section to a new one; `at` has each sentence's section."""
    carried: defaultdict[tuple[int, int], float] = defaultdict(float)
    (old_at, new_at), (old_words, new_words) = at, words
    for link in links:
        if len(link.old) == len(link.new) == 1:  # most
            i, j = link.old[0], link.new[0]
            carried[old_at[i], new_at[j]] += link.similarity * old_words[i]
            carried[old_at[i], new_at[j]] += link.similarity * new_words[j]
            continue
        left, right = Counter(old_at[i] for i in link.old), Counter(new_at[j] for j in link.new)
        for i in link.old:
            for b, count in right.items():
                carried[old_at[i], b] += link.similarity * old_words[i] * count / len(link.new)
        for j in link.new:
            for a, count in left.items():
                carried[a, new_at[j]] += link.similarity * new_words[j] * count / len(link.old)
    return carried


def _candidates(old: Narrative, new: Narrative, carried: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs of sections that may be one: all, or where they are too many those that share sentences or a key."""
    if len(old.sections) * len(new.sections) <= MOST_SECTION_PAIRS:
        return [(a, b) for a in range(len(old.sections)) for b in range(len(new.sections))]
    by_key: defaultdict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, narrative in enumerate((old, new)):
        for k, section in enumerate(narrative.sections):
            by_key[section.key][side].append(k)
    in_turn = {pair for lefts, rights in by_key.values() for pair in zip(lefts, rights, strict=False)}
    return sorted(in_turn.union(carried))


def _words(narrative: Narrative) -> list[int]:
    """How many words each sentence has."""
    return [len(sentence.text.split()) for sentence in narrative.sentences]


def _by_section(places: Sequence[int], words: Sequence[int], narrative: Narrative) -> list[int]:
    sizes = [0] * len(narrative.sections)
    for section, count in zip(places, words, strict=True):
        sizes[section] += count
    return sizes
