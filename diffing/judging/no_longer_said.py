"""What is no longer said: old sentences that are gone, listed by weight and without a direction."""

from __future__ import annotations

from collections.abc import Iterable

from diffing.judging.evidence import Evidence
from diffing.judging.likeness import ByWords
from diffing.language.stems import stems
from diffing.language.word_lists import holds_any
from diffing.model import Finding, NoLongerSaid, Op

# How much a sentence that is gone weighs by what it tells, harm first. What was looked for in vain weighs whole, what
# the new text tells in other words next to nothing.
HARM, EFFORT, OTHER = 1.0, 0.6, 0.3
NUMBER = 0.2  # a figure of the profile's besides

# From this share of its words on a new sentence that is no wish tells what went. Range 0.6 to 0.9; lower hides what is
# gone behind a sentence near it.
TOLD_ALREADY = 0.75


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
