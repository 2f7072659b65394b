"""The report's own verdicts: its tier or level, and the move between two years.

>>> from diffing.profile import Level, Pattern
>>> low, high = (Level(name=n, rank=r, pattern=Pattern(pattern="x", examples=())) for n, r in (("Low", 1), ("High", 2)))
>>> move_of(low, high)
<Verdict.PROGRESS: 'progress'>
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from diffing.judging.evidence import Evidence, compare
from diffing.judging.strength import share_of
from diffing.language.words import plain_words
from diffing.model import Finding, Narrative, Rule, Span, Verdict
from diffing.profile import Cue, Level, StatedScale


class Stated(Struct, frozen=True):
    """A level as one narrative states it, in a sentence (its index) or, where no sentence does, in its title."""

    level: Level
    sentence: int = -1
    title: Span | None = None


def move_of(old: Level | None, new: Level | None) -> Verdict | None:
    """The verdict on a move between two levels of one scale; None where one is not known or can't be compared."""
    if old is None or new is None or old.rank is None or new.rank is None:
        return None if old is None or new is None else Verdict.UNCLEAR
    return compare(old.rank, new.rank)


def stated_in(narrative: Narrative, scale: StatedScale) -> Stated | None:
    """The first level of `scale` that the narrative states, in the order of the text; of two in one sentence the last.

    "It has been on Tier 2 Watch List for two years; therefore it is placed on Tier 3."
    """
    sections = narrative.sentence_sections
    about = scale.about.split("|")
    for number, sentence in enumerate(narrative.sentences):
        if scale.sections and sections[number].partition(".")[0] not in scale.sections:
            continue
        lowered = sentence.text.lower()
        if not any(word in lowered for word in about):
            continue
        told = [(m.end(), level) for level in scale.levels for m in level.pattern.regex.finditer(sentence.text)]
        if told:
            return Stated(max(told, key=lambda one: one[0])[1], number)
    return None


def titled_in(narrative: Narrative, scale: StatedScale) -> Stated | None:
    """The level that the narrative's title names ("NORVANIA (Tier 2)"), the longest name first."""
    titles = [span for section in narrative.sections for span in section.headings if span.reason == "title"]
    for title in titles:
        for level in sorted(scale.levels, key=lambda level: -len(level.name)):
            if level.name.lower() in title.text.lower():
                return Stated(level, title=title)
    return None


class StatedMove(Struct, frozen=True):
    """The move of a country's own level between two narratives, with its findings."""

    old: str | None
    new: str | None
    verdict: Verdict | None
    findings: tuple[Finding, ...]


def stated_move(evidence: Evidence) -> StatedMove:
    """The move on the first of the profile's scales that one of the narratives states, or both in their titles."""
    pair = evidence.pair
    for scale in evidence.judging.stated:
        old, new = stated_in(pair.old, scale), stated_in(pair.new, scale)
        titled = titled_in(pair.old, scale), titled_in(pair.new, scale)
        if old is None and new is None and all(titled):
            old, new = titled
        if old is not None or new is not None:
            return _move(evidence, scale, old, new)
    return StatedMove(None, None, None, ())


def _move(evidence: Evidence, scale: StatedScale, old: Stated | None, new: Stated | None) -> StatedMove:
    verdict = move_of(old.level if old else None, new.level if new else None)
    words = evidence.pair.new.sentences[new.sentence].text if new and new.title is None else ""
    moves = [cue for cue in evidence.judging.moves if cue.regex.search(words)]
    if old is None and moves and moves[0].polarity:
        verdict = compare(0, moves[0].polarity)  # the report tells the move, though not from where
    found: list[Finding] = []
    if new and verdict is not None:
        found = evidence.finding(
            Rule.STATED_LEVEL,
            verdict,
            _summary(scale, old.level if old else None, new.level, verdict) + _told(moves, words),
            old=(old.sentence,) if old and old.title is None else (),
            new=(new.sentence,) if new.title is None else (),
            titles=(old.title, new.title) if old and old.title and new.title else None,
            share=share_of(verdict),
        )
    return StatedMove(old.level.name if old else None, new.level.name if new else None, verdict, tuple(found))


def _told(moves: Sequence[Cue], words: str) -> str:
    """What the report says beside the level, as sentences: a waiver, the years in a row."""
    named = [f" {cue.name[0].upper()}{cue.name[1:]}." for cue in moves if not cue.polarity]
    said = plain_words(words)
    if "consecutive" in said:
        named.append(f" For the {said[said.index('consecutive') - 1]} year in a row.")
    return "".join(named)


def _summary(scale: StatedScale, old: Level | None, new: Level, verdict: Verdict) -> str:
    if old is None:
        return f"{scale.title}: now {new.name}; the report itself says which way."
    if old.name == new.name:
        return f"{scale.title}: still {new.name}."
    how = {
        Verdict.PROGRESS: "rose from {} to {}.",
        Verdict.BACKSLIDING: "fell from {} to {}.",
        Verdict.NO_CHANGE: "went from {} to {}, which is no step up or down.",
    }
    return f"{scale.title} " + how.get(verdict, "went from {} to {}, which can't be compared.").format(
        old.name, new.name
    )
