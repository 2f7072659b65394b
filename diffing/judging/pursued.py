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
    r"\b(?:who|which)(?: (?:have|has|had))?(?: \w+ly)? $|"
    r"\b(?:who|which|where|whom|because)\b[^,;.]{0,30}\bhad (?:\w+ )?(?:been )?$"
)
# "Trafficking is prosecuted as a crime", whenever it is.
_GENERAL = re.compile(r"\b(?:is|are)(?: \w+ly)? $")
# "A ruling by the high court that dismissed", of a ruling that is told of for another reason.
_QUASHED = re.compile(r"\b(?:ruling|decision|judgment|bullets?|gunfire|shots)\b[^.;]{0,60}\bthat $")
# Before a harm that somebody is held to account for: "convicted one soldier for killing", "rejected charges of".
_ACCOUNT = re.compile(
    r"\b(?:arrest|convict|charge|sentence|prosecut|indict|disciplin|investigat|punish|acquit|suspect|imprison|"
    r"jail|blam|responsib|found guilty|guilty|on trial|tried|dismiss|suspend|fire[ds]?)\w*\b[^.;]{0,80}?"
    r"\b(?:for|of|with|in|over|on|after)\b[^.;,]{0,40}$"
)
# Left out before a crime is looked for behind a harm: what these name was done by others than who suffers it.
_SUFFERED = re.compile(
    r"\b(?:[\w-]{1,30} )?(?:victims?|survivors?)(?: of (?:[\w-]+ ){0,3}?(?:trafficking|exploitation|abuse|labou?r))?\b"
    r"|\btraffickers?\b|\bas a (?:direct )?result of [^.;,]{0,60}",
    re.IGNORECASE,
)
_TRIED = re.compile(r"(?:sentenc|convict|prosecut|indict|arrest|charg)", re.IGNORECASE)
# "Perpetrators convicted of trafficking may be sentenced": a rule.
_RULED = re.compile(r"\b(?:may|can|could|shall|would) be\b")
_FREED = re.compile(r"(?:releas|freed|freeing)", re.IGNORECASE)
# Who was held for an hour or until the trial was not freed from anything but that arrest.
_HELD = re.compile(
    r"\bon bail\b|\bpending\b|\bhouse arrest\b|\bshortly\b|\bafter (?:\w+ ){0,3}(?:hours?|days?|questioning)\b",
    re.IGNORECASE,
)
_ARREST = re.compile(r"\b(?:arrest|detain)\w*", re.IGNORECASE)
_SPEECH = re.compile(r"\bfor (?:\w+ )?(?:criticiz|insult|post|publish|protest|comment|speech|spread|express)\w*")
_FORCES = re.compile(r"\b(?:police|officers?|soldiers?|guards?)\b", re.IGNORECASE)


def told_of_others(cue: Cue, words: str, before: str) -> bool:
    """Whether a deed only tells who somebody is ("who had been shot"), or what they answer for: no news of its own."""
    if (
        _GENERAL.search(before) is not None
        or _RELATIVE.search(before) is not None
        or _QUASHED.search(before) is not None
    ):
        return True
    return cue.rule == "harm" and words.endswith("ing") and _ACCOUNT.search(before) is not None


def accused_otherwise(evidence: Evidence, cue: Cue, after: str) -> bool:
    """Whether who is arrested for trafficking is pursued, whoever it is, and for what was said nobody is."""
    crimes, speech = (evidence.judging.words.get(name) for name in ("crimes", "speech_crimes"))
    if cue.rule == "harm":  # "victims of trafficking", "acts that traffickers compelled": no crime of theirs
        return bool(crimes) and any_of(crimes).search(_SUFFERED.sub(" ", after[:ACCUSED])) is not None
    crime = any_of(crimes).search(after[:ACCUSED]) if crimes else None
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
        return Verdict.UNCLEAR if _SPEECH.search(after[:ACCUSED]) else Verdict.PROGRESS
    if dissent and any_of(dissent).search(after[: crime.start() if crime else ACCUSED].partition(";")[0]):
        return Verdict.UNCLEAR
    if _RULED.search(after):
        return Verdict.UNCLEAR
    if crime is None and vague and any_of(vague).search(noun):
        place = passage.new[0]
        sentences = evidence.pair.new.sentences[max(0, place - 1) : place + 1]
        named = any_of((*(crimes or ()), *(wrongs or ())))
        if not any(named.search(sentence.text) for sentence in sentences):
            return Verdict.UNCLEAR
    return Verdict.PROGRESS


def done(evidence: Evidence, passage: Passage, words: str, noun: str, before: str, after: str) -> Verdict:
    """What another deed is: to free somebody who was arrested in the same story, or to try one who writes, is unclear.

    `words` are the cue's own and `noun` what it governs.
    """
    if _TRIED.match(words):
        dissent = evidence.judging.words.get("dissent")
        if _RULED.search(after) or (dissent and any_of(dissent).search(before)):
            return Verdict.UNCLEAR
    if noun and _FREED.match(words):
        place = passage.new[0]
        told = evidence.pair.new.sentences[max(0, place - 1) : place]
        if _HELD.search(f"{before} {after}") or any(_ARREST.search(sentence.text) for sentence in told):
            return Verdict.UNCLEAR
    return Verdict.PROGRESS
