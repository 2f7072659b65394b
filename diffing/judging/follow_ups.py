"""What the new narrative says to a recommendation: the sentence that answers it, and whether it was done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice

from msgspec import Struct

from diffing.judging.evidence import Evidence
from diffing.judging.likeness import ByWords, best_of_shares
from diffing.judging.strength import DIRECTED
from diffing.judging.wishes import (
    CONTAINERS,
    THING,
    WHOEVER,
    WISHED,
    asked_deeds,
    asks_an_end,
    asked_for,
    by_any_name,
    is_told_of,
    lacking,
    read_wish,
    told_by_any_name,
    told_deed,
    unwanted,
)
from diffing.language.analysis import Analysis, analyse
from diffing.language.comparisons import comparisons
from diffing.language.stems import overlap, stems
from diffing.language.word_lists import first_of, pieces
from diffing.language.words import plain_words
from diffing.model import Finding, Verdict

# A sentence answers a recommendation from this share of its words on, rare words weighing more. Range 0.25 to 0.6;
# lower answers wishes with sentences about something else, higher leaves most unanswered.
ANSWER = 0.42

# And with at least this many words in common. Range 2 to 5.
ANSWER_WORDS = 3

# Where the sentence tells a deed or a failing, so few words in common are enough (range 1 to 3), if they are this
# share of the wish's (range 0.25 to 0.45; lower answers wishes with deeds of another kind) ...
ANSWER_FEW = 2
ANSWER_TOLD = 0.34

# ... or if each of them stands in so few sentences of the narrative. Range 1 to 5.
RARE = 3

# ... and one is among so many first words of the wish, which say what is to be done to what. Range 2 to 5.
ANSWER_HEAD = 3

# How many sentences are looked at, the nearest first. Range 1 to 6.
ANSWER_LOOKS = 4

# Of a finding of progress both sentences together hold this share of a wish's words that it carries out, rare words
# weighing more. Range 0.3 to 0.7; lower answers wishes near it.
CARRIED_OUT = 0.45

# So much of the thing that a wish asks for an old sentence names that tells the lack of it. Range 0.5 to 1.
LACKED = 0.6

# What narrows a wish stands in the sentence on numbers that answers it, from this share of its words on. Range 0.3 to
# 1; lower answers a wish for border police by numbers of judges.
SAME_NARROWING = 0.5


class Answered(Struct, frozen=True):
    """The sentence of the new narrative that answers a recommendation, with its verdict."""

    sentence: int
    verdict: Verdict | None
    numbers: Finding | None = None  # the finding on numbers that is the answer


class Answers:
    """The sentences of the new narrative that are no wishes, asked for what answers one.

    `old` and `new` are the indices of the two narratives' recommendations, `known` the findings on figures and acts.
    """

    def __init__(
        self, evidence: Evidence, old: Collection[int], new: Collection[int], known: Sequence[Finding]
    ) -> None:
        self.evidence = evidence
        self.pair = evidence.pair
        self.old, self.new, self.known = old, new, known
        self.groups = evidence.judging.words.get("deed_groups", ())
        facts = [
            (j, key)
            for j, key in enumerate(self.pair.new.sentence_sections)
            if j not in new and not evidence.is_recommendation(key) and key not in evidence.judging.background
        ]
        # who is to do it says nothing of what is to be done
        self.bodies = stems(" ".join(evidence.judging.words.get("bodies", ())))
        self.facts = (
            frozenset(j for j, key in facts if not evidence.is_overview(key)),
            frozenset(j for j, key in facts if evidence.is_overview(key)),
        )
        self.told = ByWords([s.text for s in self.pair.new.sentences], frozenset().union(*self.facts))

    def answer(self, text: str) -> Answered | None:
        """The sentence of the new narrative, outside its wishes, that answers `text`."""
        if (counted := self._by_numbers(text)) is not None:
            return counted
        words = stems(text) - self.bodies
        content = (w for word in plain_words(text) for w in sorted(stems(word)) if w in words)
        head = frozenset(islice(content, ANSWER_HEAD))
        if (carried := self._carried_out(text, words)) is not None:
            return carried
        shares = self.told.shares(words)
        asked = asked_deeds(text, self.pair.new.profile, self.groups), unwanted(text, self.pair.new.profile)
        found: list[Answered] = []
        for facts in self.facts:  # the overview only sums up what the sections tell
            for _ in range(ANSWER_LOOKS):
                index, share = best_of_shares(shares, facts)
                if index < 0:
                    break
                if self._answers(words, head, asked[0], index, share):
                    found.append(Answered(index, self._verdict(index, text, *asked)))
                shares.pop(index, None)
        # of the nearest sentences the one that says what was done
        return next((answer for answer in found if answer.verdict in DIRECTED), found[0] if found else None)

    def _carried_out(self, wish: str, words: frozenset[str]) -> Answered | None:
        """The sentence whose progress is the wish's: its deed is told now, or the old text told the lack of its thing.

        The old sentence names the thing where the new one only tells what came in its place.
        """
        profile = self.pair.new.profile
        asked, deeds = read_wish(wish, profile), asked_deeds(wish, profile, self.groups)
        thing = asked.thing - self.bodies
        matter = (words - asked.deeds - CONTAINERS - WHOEVER) or words
        thing = thing or matter
        found: list[tuple[float, int]] = []
        for finding in self.known:
            if finding.indicator is not None or finding.verdict is not Verdict.PROGRESS or not finding.new_sentences:
                continue
            index = finding.new_sentences[-1]
            if index not in self.facts[0]:
                continue
            said = analyse(self.pair.new.sentences[index].text, profile)
            old, new = by_any_name(finding.old_text or "", profile), told_by_any_name(said, profile)
            share = overlap(matter, old | new)
            if not thing & new or lacking(said, thing, asks_an_end(wish, profile)):
                continue
            done = told_deed(said, deeds)
            by_deed = done and overlap(thing, new) >= THING and (not asked.whose or bool(asked.whose & new))
            by_deed = by_deed and bool(matter & self.told.stems[index])  # not by other names alone
            of_it = share >= CARRIED_OUT and overlap(thing, old | new) >= THING
            if by_deed or (of_it and (done or overlap(thing, old) >= LACKED)):
                found.append((share, -index))
        return Answered(-max(found)[1], Verdict.PROGRESS) if found else None

    def _by_numbers(self, wish: str) -> Answered | None:
        """The finding on numbers, or the report's comparison, that tells how what a wish asks for went."""
        asked = asked_for(wish, self.pair.new.profile)
        told = [
            f
            for f in self.known
            if f.indicator in asked.indicators
            and f.breakdown is None
            and f.verdict in DIRECTED
            and (not asked.matter or overlap(asked.matter, stems(f.new_text or "")) >= SAME_NARROWING)
        ]
        if not told:
            return None
        verdicts = {finding.verdict for finding in told}
        verdict = told[0].verdict if len(verdicts) == 1 else Verdict.MIXED
        new = next((finding.new_sentences[0] for finding in told if finding.new_sentences), None)
        return None if new is None or new in self.new else Answered(new, verdict, told[0] if len(told) == 1 else None)

    def _answers(
        self,
        words: frozenset[str],
        head: frozenset[str],
        deeds: frozenset[str],
        index: int,
        share: float,
    ) -> bool:
        """Whether a sentence that shares so much of a wish's words answers it."""
        shared = words & self.told.stems[index]
        if share >= ANSWER and len(shared) >= ANSWER_WORDS:
            return True
        if len(shared) < ANSWER_FEW or not shared & head or not (share >= ANSWER_TOLD or self._rare(shared)):
            return False
        # few words in common, but the sentence tells a deed or a failing
        if told_deed(analyse(self.pair.new.sentences[index].text, self.pair.new.profile), deeds):
            return True
        lists = self.evidence.judging.words
        told_of = (*lists.get("undone", ()), *lists.get("reversed", ()))
        return first_of(told_of, self.pair.new.sentences[index].text) is not None

    def _rare(self, shared: frozenset[str]) -> bool:
        return all(self.told.count(word) <= RARE for word in shared)

    def _verdict(
        self, index: int, wish: str, deeds: frozenset[str], without: frozenset[str]
    ) -> Verdict | None:
        """What a sentence says of a wish: done, not done, both; None where it says neither, or nothing new."""
        text = self.pair.new.sentences[index].text
        lists, said = self.evidence.judging.words, analyse(text, self.pair.new.profile)
        about_it = is_told_of(wish, text, self.pair.new.profile, self.bodies)
        thing = read_wish(wish, self.pair.new.profile).thing
        if lacking(said, thing, asks_an_end(wish, self.pair.new.profile)):
            return Verdict.NO_CHANGE
        told = about_it and (index in self.facts[0] or told_deed(said, deeds))
        judged = self._judged(index) if told else None
        if judged is not None:  # what is to end, and goes on, has not ended
            ends = judged is Verdict.BACKSLIDING and asks_an_end(wish, self.pair.new.profile)
            return Verdict.NO_CHANGE if ends else judged
        if fewer := [one.indicator for one in comparisons(text, self.pair.new.profile) if one.way < 0]:
            asked = asked_for(wish, self.pair.new.profile).indicators
            news = not asked.isdisjoint(fewer) and not self.evidence.stands(index)
            return Verdict.BACKSLIDING if news else None
        back = first_of(lists.get("reversed", ()), text)
        if back and not said.under(back.start(), "denied") and not said.describes(back.start()):
            return Verdict.BACKSLIDING if not self.evidence.stands(index) else None
        deed, undone = told_deed(said, deeds), first_of(lists.get("undone", ()), text)
        if undone or (without and self._tells(without, said)):
            return Verdict.MIXED if undone and deed and len(pieces(text[: undone.start()])) > 1 else Verdict.NO_CHANGE
        if self.evidence.stands(index):
            return Verdict.NO_CHANGE if deed else None
        before = self.evidence.text_of([i for i in self.pair.old_of(index) if i not in self.old], True)
        asked = stems(wish)
        news = before is None or not told_deed(analyse(before, self.pair.new.profile), deeds) or any(
            first_of(lists.get("anew", ()), added) or len(stems(added) & asked) >= ANSWER_FEW
            for added in self._added(index)
        )
        return Verdict.PROGRESS if deed and about_it and news else None

    def _judged(self, index: int) -> Verdict | None:
        """What the findings on deeds say of a sentence, where they say one thing."""
        verdicts = {f.verdict for f in self.known if f.indicator is None and index in f.new_sentences}
        return verdicts.pop() if len(verdicts) == 1 and verdicts <= {*DIRECTED} else None

    def _added(self, index: int) -> tuple[str, ...]:
        """The words that a new sentence has and the old one that it answers has not."""
        return next((p.added for p in self.evidence.passages if index in p.new and p.added), ())

    def _tells(self, without: frozenset[str], said: Analysis) -> bool:
        """Whether a sentence tells what the wish asks to be without: "terms that are not suspended"."""
        words = said.words
        places = [at for at, word in zip(words.starts, words.folded, strict=True) if stems(word) == without]
        return any(not said.under(at, "denied") for at in places)
