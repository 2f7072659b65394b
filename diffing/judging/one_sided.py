"""What one report alone says: new sentences of a matter that the old text does not tell, and old ones that are gone.

Both are listed by weight and without a direction: news of which nobody can tell which way it goes, and silence.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from math import prod

from msgspec import Struct

from diffing.judging.evidence import Evidence, Passage
from diffing.judging.likeness import ByWords
from diffing.language.analysis import Analysis, analyse
from diffing.language.stems import stems
from diffing.language.word_lists import holds_any
from diffing.model import Finding, Narrative, OneSided, Rule, Verdict
from diffing.profile import Telling

# From this share of its words on a sentence of the other text that is no wish tells it. Range 0.6 to 0.9; lower hides
# what is new behind a sentence near it, higher lists what was only put in other words.
TOLD_ALREADY = 0.75

# So many words of content an edit puts in (or takes out) where its matter is new. Range 2 to 6; lower lists words of
# degree, which findings compare, higher hides a short clause.
LEAST_NEW = 3

# What a sentence weighs that tells nothing of what weighs. Range 0 to 0.2.
PLAIN = 0.1

# What of its weight a sentence keeps (0 to 1) that tells of an earlier year, of how things stand and no deed, that
# leans on the sentence before it, or says again what one above it says; and what an edited one keeps for what its
# other side tells too. Ranges 0.2 to 0.9; at 1 background stands among acts of law.
EARLIER, STANDING, LEANING, AGAIN, BOTH_TELL = 0.5, 0.6, 0.6, 0.3, 0.5

# From this share of their words on two sentences of one list say the same. Range 0.6 to 0.95.
THE_SAME = 0.8

# A whole number of four digits from here on is a year.
FIRST_YEAR = 1900


def one_sided(evidence: Evidence, findings: Iterable[Finding]) -> tuple[OneSided, ...]:
    """The new sentences that the old text does not tell, then the old ones that are gone: each what weighs most first.

    What the other text tells in other words, or a finding of some change shows by one of its sentences, is left out.
    """
    pair, changed = evidence.pair, [finding for finding in findings if finding.verdict is not Verdict.NO_CHANGE]
    new_told = ByWords([sentence.text for sentence in pair.new.sentences])
    telling, profile = evidence.judging.telling, pair.new.profile
    tells = cache(lambda text: what_it_tells(analyse(text, profile), telling))  # both sides ask of an edited one
    shown = {j for f in changed for j in f.new_sentences}, {i for f in changed for i in f.old_sentences}
    old_keys, new_keys = frozenset(pair.old.sentence_sections), frozenset(pair.new.sentence_sections)
    new = _Side(Rule.NEWLY_SAID, pair.new, evidence.old_told, evidence.old_facts, old_keys, shown[0], tells)
    gone = _Side(Rule.NO_LONGER_SAID, pair.old, new_told, evidence.new_facts, new_keys, shown[1], tells)
    return (*_ranked(evidence, new), *_ranked(evidence, gone))


class _Side(Struct):
    """One narrative of a pair, and what the other tells: its sentences, those that are no wishes, its sections.

    `answered` are the sentences `here` of which a finding tells the change.
    """

    rule: Rule
    here: Narrative
    told: ByWords
    facts: frozenset[int]
    sections: frozenset[str]
    answered: set[int]
    tells: Callable[[str], dict[str, float]]


def _ranked(evidence: Evidence, side: _Side) -> list[OneSided]:
    found: list[OneSided] = []
    for passage in evidence.passages:
        if not evidence.tells_no_deed(passage):
            found.extend(_of_passage(evidence, side, passage))
    found.sort(key=lambda one: (-one.weight, one.sentence))
    words = [" ".join(one.said) for one in found]
    above = ByWords(words, ())
    for number, one in enumerate(found):
        if above.nearest(above.stems[number])[1] >= THE_SAME:
            found[number] = replace(one, weight=round(one.weight * AGAIN, 3))
        above.hold(number)
    return sorted(found, key=lambda one: (-one.weight, one.sentence))


def _of_passage(evidence: Evidence, side: _Side, passage: Passage) -> Iterator[OneSided]:
    """The sentences of a passage in `here` that say what the other narrative does not tell."""
    newer = side.rule is Rule.NEWLY_SAID
    mine, runs = (passage.new, passage.added) if newer else (passage.old, passage.removed)
    answer = passage.old_text if newer else passage.new_text
    for k in mine:
        if k in side.answered:
            continue
        sentence = side.here.sentences[k]
        said = [run for run in map(str.strip, runs) if run in sentence.text] if answer else [sentence.text]
        words = stems(" ".join(said)) - stems(answer)
        if answer and len(words) < LEAST_NEW:
            continue
        _, share = side.told.nearest(words, side.facts)
        if share >= TOLD_ALREADY:
            continue
        analysed = analyse(sentence.text, side.here.profile)
        tells = side.tells(sentence.text)
        known = side.tells(answer) if answer and tells else {}
        more = (max(weight, 0) * (BOTH_TELL if name in known else 1) for name, weight in tells.items())
        less = prod(1 + min(weight, 0) for weight in tells.values()) * _less(analysed, side)
        section = side.here.sentence_sections[k]
        yield OneSided(
            country=side.here.country,
            old_year=evidence.pair.old.year,
            new_year=evidence.pair.new.year,
            rule=side.rule,
            weight=round((1 - share) * max(1 - prod(1 - weight for weight in more), PLAIN) * less, 3),
            tells=tuple(tells),
            section=section,
            section_alone=section not in side.sections,
            sentence=k,
            start=sentence.start,
            said=tuple(said),
            text=sentence.text,
        )


def what_it_tells(said: Analysis, telling: Mapping[str, Telling]) -> dict[str, float]:
    """What a text tells of what weighs, with the weights, heaviest first."""
    done = set(_done_to(said, {deed for row in telling.values() for deed in row.deeds}))  # of most sentences empty
    found = {
        name: row.weight
        for name, row in telling.items()
        if (
            not row.things
            or any(deed in row.deeds and thing in row.things for deed, thing in done)
            or (not row.deeds and said.names(row.things))
        )
        and (not row.words or holds_any(row.words, said.text))
    }
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _done_to(said: Analysis, deeds: Container[str]) -> Iterator[tuple[str, str]]:
    """Which of the deeds are done to which classes of things, by verbs and by nouns of deeds: ("end", "services")."""
    told = [(("verb", one.verb.lemma), (*one.subjects, *one.objects)) for one in said.clauses]
    nouns = [part for part in said.phrases if part.kind == "noun" and part.tail is not None]
    told += [(("noun", said.words.known[part.head].use.act), (part.tail[1],)) for part in nouns if part.tail]
    for act, parts in told:
        for deed in said.known.acts.get(act, ()):
            if deed.name in deeds:
                yield from ((deed.name, thing.name) for part in parts for thing in said.things_of(part))


def _less(said: Analysis, side: _Side) -> float:
    """What share of its weight a sentence keeps that is a case, background, or of another year."""
    years = {int(word) for word in said.words.folded if len(word) == 4 and word.isdecimal()}
    period = side.here.profile.reporting_period(side.here.year)
    past = any(clause.verb.past or clause.verb.perfect for clause in said.clauses)
    first = said.words.folded[0] if said.words.folded else ""
    return prod((
        EARLIER if years and FIRST_YEAR <= max(years) < period else 1,
        1 if past else STANDING,
        LEANING if first in said.known.listed("pronouns") else 1,
    ))  # fmt: skip
