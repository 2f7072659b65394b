"""What the new narrative says to a recommendation: the sentence that answers it, and whether it was done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from msgspec import Struct

from diffing.judging.evidence import OVERVIEWS, Evidence
from diffing.judging.likeness import ByWords, likest
from diffing.judging.strength import DIRECTED
from diffing.judging.wishes import (
    Wish,
    by_any_name,
    done_by_others,
    has_purpose,
    is_kept,
    lacking,
    read_wish,
    told_by_any_name,
    told_deed,
)
from diffing.language.analysis import Analysis
from diffing.language.comparisons import comparisons
from diffing.language.groups import PEOPLE, apart
from diffing.language.standing import only_by_others
from diffing.language.stems import overlap, stems
from diffing.language.word_lists import any_of
from diffing.model import Finding, Verdict

# A sentence answers a recommendation from this share of its words on, rare words weighing more. Range 0.25 to 0.6;
# lower answers wishes with sentences about something else, higher leaves most unanswered.
ANSWER = 0.42

# And with at least this many words in common. Range 2 to 5.
ANSWER_WORDS = 3

# Of one that says what was not done it may be less. Range 0.25 to 0.45.
ANSWER_UNDONE = 0.34

# How many sentences are looked at, the nearest first. Range 1 to 6.
ANSWER_LOOKS = 4

# Of a finding of progress both sentences together hold this share of a wish's words that it carries out, rare words
# weighing more. Range 0.3 to 0.7; lower answers wishes near it.
CARRIED_OUT = 0.45

# Of the words for the thing that a wish asks for its answer has this share (range 0.3 to 1), and an old sentence that
# tells the lack of it this one (range 0.5 to 1); lower answers wishes by what befalls others.
THING = 0.5
LACKED = 0.6

# What narrows a wish stands in the sentence on numbers that answers it, from this share of its words on. Range 0.3 to
# 1; lower answers a wish for border police by numbers of judges.
SAME_NARROWING = 0.5

# And so much of what a deed is to be done for is told with it. Range 0.3 to 0.6; lower answers "amend the code to raise
# penalties for rape" by a code amended for another crime, higher leaves what is told in other words.
SAME_PURPOSE = 0.4


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
        self.evidence, self.pair, self.profile = evidence, evidence.pair, evidence.pair.new.profile
        self.old, self.new, self.known = old, new, known
        facts = [(j, key) for j, _, key in self.pair.new.placed if j in evidence.new_facts and j not in new]
        facts = [(j, key) for j, key in facts if key not in evidence.judging.background]
        own, summed_up = (frozenset(j for j, key in facts if (key in OVERVIEWS) is of) for of in (False, True))
        self.facts = own, summed_up  # the overview only sums up what the sections tell
        self.told = ByWords([s.text for s in self.pair.new.sentences], frozenset().union(*self.facts))

    def answer(self, text: str) -> Answered | None:
        """The sentence of the new narrative, outside its wishes, that answers `text`."""
        sought = read_wish(text, self.profile)
        if (told := self._by_numbers(sought) or self._carried_out(sought)) is not None:
            return told
        shares, found = self.told.shares(sought.words), list[Answered]()
        for facts in self.facts:
            for index, share in (*likest(shares, facts, ANSWER_LOOKS), *self._by_other_names(sought, facts)):
                said = self.evidence.said(index)
                if not apart(text, said.text, self.profile) and self._answers(sought, said, share, index):
                    found.append(Answered(index, self._verdict(sought, said, index)))
        # of the nearest sentences the one that says what was done
        told = next((answer for answer in found if answer.verdict in DIRECTED), None)
        return told or self._counted_now(sought) or next(iter(found), None)

    def _by_other_names(self, sought: Wish, facts: Iterable[int]) -> list[tuple[int, float]]:
        """The first sentences that name all of the thing and whose it is, by any names: "a hostel for men"."""
        every = sought.thing | sought.whose
        return [(j, 0.0) for j in sorted(facts) if every <= self.names[j]][:ANSWER_LOOKS]

    @cached_property
    def names(self) -> dict[int, frozenset[str]]:
        """The stems of each sentence that is no wish, with the other names of the things that it names."""
        texts = self.pair.new.sentences
        return {j: by_any_name(texts[j].text, self.profile) for facts in self.facts for j in facts}

    def _counted_now(self, sought: Wish) -> Answered | None:
        """The sentence that counts what a wish asks for, where the old text counts none of it."""
        counted = self.evidence.old_counts.values()
        indicators = sought.indicators - {name for counts in counted for name, value in counts if value != 0}
        for j in sorted(self.evidence.new_counts.keys() & self.facts[0]):
            names = {name for name, value in self.evidence.new_counts[j] if value}
            if not names & indicators or self.evidence.stands(j):
                continue
            said = self.evidence.said(j)
            told = told_by_any_name(said, self.profile)
            of_it = not sought.narrowed or overlap(sought.narrowed, told) >= SAME_NARROWING
            others = apart(sought.text, said.text, self.profile, (*PEOPLE, "body"))
            others = others or only_by_others(said, stems(sought.text))
            if of_it and not others:
                return Answered(j, Verdict.PROGRESS)
        return None

    def _carried_out(self, sought: Wish) -> Answered | None:
        """The sentence whose progress is the wish's: its deed is told now, or the old text told the lack of its thing.

        The old sentence names the thing where the new one only tells what came in its place.
        """
        found: list[tuple[float, int]] = []
        for index, said, old, new in self.progress:
            other = apart(sought.text, said.text, self.profile)
            if other or not sought.thing & new or lacking(said, sought.thing, sought.ends):
                continue
            if _for_another_end(sought, said, new):
                continue
            share, done = overlap(sought.matter, old | new), told_deed(said, sought.deeds)
            done_to = done and told_deed(said, sought.deeds, sought.thing, self.profile)
            if self._by_others(sought, said) or (sought.ends and (done > done_to or self._kept(sought, said))):
                continue
            by_deed = done_to and self._is_about(sought, new) and sought.matter & self.told.stems[index]
            of_it = share >= CARRIED_OUT and overlap(sought.thing, old | new) >= THING
            if by_deed or (of_it and (done or overlap(sought.thing, old) >= LACKED)):
                found.append((share, -index))
        return Answered(-max(found)[1], Verdict.PROGRESS) if found else None

    @cached_property
    def progress(self) -> list[tuple[int, Analysis, frozenset[str], frozenset[str]]]:
        """Of each finding on a deed that is better: its new sentence, what that says, the stems of both its texts."""
        better = [f for f in self.known if f.indicator is None and f.verdict is Verdict.PROGRESS]
        found = []
        for finding in better:
            index = next(reversed(finding.new_sentences), -1)
            if index in self.facts[0]:
                said = self.evidence.said(index)
                old, new = by_any_name(finding.old_text or "", self.profile), told_by_any_name(said, self.profile)
                found.append((index, said, old, new))
        return found

    def _by_numbers(self, sought: Wish) -> Answered | None:
        """The finding on numbers, or the report's comparison, that tells how what a wish asks for went."""
        told = [
            f
            for f in self.known
            if f.indicator in sought.indicators
            and f.breakdown is None
            and f.verdict in DIRECTED
            and (not sought.narrowed or overlap(sought.narrowed, stems(f.new_text or "")) >= SAME_NARROWING)
        ]
        if not told:
            return None
        verdicts = {finding.verdict for finding in told}
        verdict = told[0].verdict if len(verdicts) == 1 else Verdict.MIXED
        new = next((finding.new_sentences[0] for finding in told if finding.new_sentences), None)
        return None if new is None or new in self.new else Answered(new, verdict, told[0] if len(told) == 1 else None)

    def _is_about(self, sought: Wish, told: frozenset[str], said: Analysis | None = None) -> bool:
        """Whether some stems name the thing, and for whom or on what it is; or a sentence all of it, by any name."""
        if overlap(sought.thing, told) >= THING and (not sought.whose or bool(sought.whose & told)):
            return True
        return said is not None and sought.thing | sought.whose <= told_by_any_name(said, self.profile)

    def _answers(self, sought: Wish, said: Analysis, share: float, index: int) -> bool:
        """Whether a sentence that shares so much of a wish's words answers it, or tells a deed or failing in it."""
        told = self.told.stems[index]
        if share >= ANSWER and len(sought.words & told) >= ANSWER_WORDS:
            return True
        if self._undone(sought, said) and share >= ANSWER_UNDONE:
            return True
        return told_deed(said, sought.deeds) and self._is_about(sought, told, said)

    def _verdict(self, sought: Wish, said: Analysis, index: int) -> Verdict | None:
        """What a sentence says of a wish: done, not done, both; None where it says neither, or nothing new."""
        told = self.told.stems[index]
        if lacking(said, sought.thing, sought.ends) or (sought.ends and self._kept(sought, said)):
            return Verdict.NO_CHANGE
        deed, about_it = told_deed(said, sought.deeds), self._is_about(sought, told, said)
        done_to = deed and told_deed(said, sought.deeds, sought.thing, self.profile)
        done = about_it and done_to
        judged = self._judged(index) if done or (about_it and index in self.facts[0]) else None
        named = told | told_by_any_name(said, self.profile)
        others = self._by_others(sought, said) or _for_another_end(sought, said, named)
        # "amended the code" for another crime, "abolished the fee, but kept the permits"
        if judged in (None, Verdict.PROGRESS) and (others or (deed and sought.ends and not done_to)):
            done, judged = False, None
        if judged is Verdict.BACKSLIDING and sought.ends:
            return Verdict.NO_CHANGE  # what is to end, and goes on, has not ended
        if judged is not None:
            return judged
        if any(one.way < 0 for one in comparisons(said.text, self.profile)):
            return None  # "prosecuted fewer traffickers" is no prosecution that was asked for
        if self._undone(sought, said):
            return Verdict.NO_CHANGE
        if self.evidence.stands(index):
            return Verdict.NO_CHANGE if deed else None
        before = self.evidence.text_of([i for i in self.pair.old_of(index) if i not in self.old], True)
        news = before is None or not told_deed(self.evidence.read(before), sought.deeds)
        news = news or not sought.matter & told <= stems(before or "")
        return Verdict.PROGRESS if done and news and not only_by_others(said, sought.words) else None

    def _by_others(self, sought: Wish, said: Analysis) -> bool:
        return done_by_others(said, sought.deeds, sought.thing, self.profile)

    def _kept(self, sought: Wish, said: Analysis) -> bool:
        return is_kept(said, sought.thing, self.profile)

    def _undone(self, sought: Wish, said: Analysis) -> bool:
        """Whether a sentence holds a word for what was not done; "without" is none where it was asked for so."""
        found = any_of(self.evidence.judging.words.get("undone", ())).finditer(said.text)
        return any(not (sought.without and word[0].lower() == "without") for word in found)

    def _judged(self, index: int) -> Verdict | None:
        """What the findings on deeds say of a sentence, where they say one thing."""
        verdicts = {f.verdict for f in self.known if f.indicator is None and index in f.new_sentences}
        return verdicts.pop() if len(verdicts) == 1 and verdicts <= {*DIRECTED} else None


def _for_another_end(sought: Wish, said: Analysis, told: frozenset[str]) -> bool:
    """Whether a deed was done for something else than it was asked for, where both say so; `told` are its stems."""
    return overlap(sought.purpose, told) < SAME_PURPOSE and bool(sought.purpose) and has_purpose(said, sought.deeds)
