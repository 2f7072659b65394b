"""What silence allows: where much of a text is gone or new, no verdict, and what is no longer said is only listed.

Half of a text gone says nothing of the country: what it told may be as true as ever. Such a country's verdict is
withheld, with the reason first, and rules that rest on what one text does not say are off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diffing.judging.editions import SECTION_WORDS, section_sizes
from diffing.judging.evidence import Evidence
from diffing.judging.likeness import ByWords
from diffing.language.stems import stems
from diffing.language.word_lists import holds_any
from diffing.model import EditionBreak, Finding, NoLongerSaid, Op, Pair, Rule

# A text of less than this share of the other's words lost (or gained) most of its words. Range 0.4 to 0.7; yearly
# reports that go on as ever keep to 0.8; lower lets a text cut to half give a plain verdict.
MOST_WORDS = 0.5

# Sections that hold this share of the old words and are gone are much of a text. Range 0.1 to 0.4.
LOST_SHARE = 0.2

# Texts of fewer words, both of them, are a digest of some sentences: one more of these is no break. Range 100 to 500.
LEAST_TEXT = 200

# How much a sentence that is gone weighs by what it tells, harm first. What was looked for in vain weighs whole, what
# the new text tells in other words next to nothing.
HARM, EFFORT, OTHER = 1.0, 0.6, 0.3
NUMBER = 0.2  # a figure of the profile's besides

# From this share of its words on a new sentence that is no wish tells what went. Range 0.6 to 0.9; lower hides what is
# gone behind a sentence near it.
TOLD_ALREADY = 0.75

# Rules that read something into what one of the two texts does not say.
ON_SILENCE = frozenset(
    {Rule.NOT_MENTIONED, Rule.ENFORCEMENT_TOLD, Rule.RECOMMENDATION_DROPPED, Rule.RECOMMENDATION_ADDED}
)


def withheld(pair: Pair, broken: EditionBreak | None) -> str:
    """Why no verdict may be given, in words that say how much is gone or new; empty where one may."""
    sizes = section_sizes(pair)
    old, new = (sum(words for _, words in side) for side in (sizes.old, sizes.new))
    if max(old, new) >= LEAST_TEXT:
        told = f"the {pair.old.year} text has {old:,} words, the {pair.new.year} text {new:,}"
        if new < MOST_WORDS * old:
            return f"most of the text is gone ({told})"
        if old < MOST_WORDS * new:
            return f"most of the text is new ({told})"
        kept = {key for key, words in sizes.new if words}
        lost = [(key, words) for key, words in sizes.old if words >= SECTION_WORDS and key not in kept]
        gone = sum(words for _, words in lost)
        if gone >= LOST_SHARE * old:
            names = ", ".join(_title(pair, key) for key, _ in lost)
            return f"whole sections are gone ({names}: {gone:,} of {old:,} words)"
    return broken.reason if broken is not None else ""


def without_silence(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings less those that rest on what one text does not say."""
    return (finding for finding in findings if finding.rule not in ON_SILENCE)


def no_longer_said(evidence: Evidence, findings: Iterable[Finding] = ()) -> tuple[NoLongerSaid, ...]:
    """The old sentences that are gone, what weighs most first; none of them has a direction.

    What the new text tells in other words, or a finding answers by one of its sentences, is not gone.
    """
    answered = {i for finding in findings if finding.new_sentences for i in finding.old_sentences}
    pair, lists = evidence.pair, evidence.judging.words
    harms, efforts = lists.get("harms", ()), lists.get("efforts", ())
    counted = {figure.sentence for figure in pair.old_figures if figure.indicator is not None}
    told = ByWords([sentence.text for sentence in pair.new.sentences])
    sections = enumerate(pair.new.sentence_sections)
    facts = {j for j, key in sections if not evidence.is_recommendation(key)}
    kept = {link.old for link in pair.sections if link.new is not None}
    numbers = [n for n, section in enumerate(pair.old.sections) for _ in section.sentences]
    found: list[NoLongerSaid] = []
    for passage in evidence.passages:
        if passage.op is not Op.REMOVED or evidence.tells_no_deed(passage):
            continue
        (i,) = passage.old
        text = pair.old.sentences[i].text
        _, share = told.nearest(stems(text), facts)
        if share >= TOLD_ALREADY or i in answered:
            continue
        tells = HARM if holds_any(harms, text) else EFFORT if holds_any(efforts, text) else OTHER
        weight = (1 - share) * min(1.0, tells + NUMBER * (i in counted))
        found.append(
            NoLongerSaid(
                sentence=i,
                start=pair.old.sentences[i].start,
                section=passage.section,
                text=text,
                weight=round(weight, 3),
                section_gone=numbers[i] not in kept,
            )
        )
    found.sort(key=lambda one: (-one.weight, one.sentence))
    return tuple(found)


def _title(pair: Pair, key: str) -> str:
    rule = pair.old.profile.section(key)
    return rule.title if rule else key
