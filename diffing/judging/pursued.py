"""Who was arrested, tried or hurt, and for what: whether an arrest is an account that is given, or dissent put down."""

from __future__ import annotations

import re

from diffing.judging.evidence import Evidence, Passage
from diffing.judging.governs import any_of
from diffing.model import Verdict
from diffing.profile import Cue

# How far behind an arrest the crime may stand, in characters. Range 40 to 150; farther reads what a victim suffered.
ACCUSED = 110

# How far before a noun others may stand who were pursued with it, in characters. Range 20 to 60.
BESIDE = 40

# Rules whose cues tell what was done to people.
OF_PEOPLE = frozenset({"harm", "deed"})
# What describes somebody: "bullets that killed", "the man who had been shot".
_RELATIVE = re.compile(
    r"\b(?:who|which)(?: \w+ly)? $|\b(?:who|which|where|whom|because)\b[^,;.]{0,30}\bhad (?:\w+ )?(?:been )?$"
)
# Before a harm that somebody is held to account for: "convicted one soldier for killing", "rejected charges of".
_ACCOUNT = re.compile(
    r"\b(?:arrest|convict|charge|sentence|prosecut|indict|disciplin|investigat|punish|acquit|suspect|imprison|"
    r"jail|blam|responsib|found guilty|guilty|on trial|tried|dismiss|suspend|fire[ds]?)\w*\b[^.;]{0,80}?"
    r"\b(?:for|of|with|in|over|on|after)\b[^.;,]{0,40}$"
)
# Those whose arrest is an account that the state gives of its own.
_FORCES = re.compile(r"\b(?:police|officers?|soldiers?|guards?)\b", re.IGNORECASE)


def told_of_others(cue: Cue, words: str, before: str) -> bool:
    """Whether a deed only tells who somebody is ("who had been shot"), or what they answer for: no news of its own."""
    if _RELATIVE.search(before) is not None:
        return True
    return cue.rule == "harm" and words.endswith("ing") and _ACCOUNT.search(before) is not None


def accused_otherwise(evidence: Evidence, cue: Cue, after: str) -> bool:
    """Whether who is arrested for trafficking is pursued, whoever it is, and for what was said nobody is."""
    crimes, speech = (evidence.judging.words.get(name) for name in ("crimes", "speech_crimes"))
    crime = any_of(crimes).search(after[:ACCUSED]) if crimes else None
    if cue.rule == "harm":
        return crime is not None
    return bool(speech) and any_of(speech).search(after[: crime.start() if crime else ACCUSED]) is not None


def pursued(evidence: Evidence, passage: Passage, noun: str, beside: str, after: str) -> Verdict:
    """What an arrest or a trial is, by who was pursued and for what: a wrong named is pursued, dissent is not.

    `beside` is what stands beside the noun where it comes before the verb. Of suspects and officials (the list
    `vague`) who are pursued for a wrong that nobody names, no one can tell.
    """
    words = evidence.judging.words
    crimes, wrongs, dissent, vague = (words.get(name) for name in ("crimes", "wrongs", "dissent", "vague"))
    crime = any_of(crimes).search(after[:ACCUSED]) if crimes else None
    if dissent and any_of(dissent).search(beside):
        return Verdict.UNCLEAR
    if _FORCES.search(noun):
        return Verdict.PROGRESS
    if dissent and any_of(dissent).search(after[: crime.start() if crime else ACCUSED].partition(";")[0]):
        return Verdict.UNCLEAR
    if crime is None and vague and any_of(vague).search(noun):
        place = passage.new[0]
        sentences = evidence.pair.new.sentences[max(0, place - 1) : place + 1]
        named = any_of((*(crimes or ()), *(wrongs or ())))
        if not any(named.search(sentence.text) for sentence in sentences):
            return Verdict.UNCLEAR
    return Verdict.PROGRESS
