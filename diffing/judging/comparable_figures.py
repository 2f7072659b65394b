"""Whether two figures count the same thing in the same way, and where the number went between them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from diffing.judging.evidence import OVERVIEWS, Evidence
from diffing.judging.reported_values import OPEN, Bounds, Told, bounds_of, direction_of, how_sure, told_together
from diffing.language.analysis import Analysis
from diffing.language.comparisons import is_first, way_said
from diffing.language.event_times import day_of, years_in
from diffing.language.stems import ONE_MATTER, overlap_of_shorter, stems
from diffing.language.word_kinds import looks_plural
from diffing.model import Actor, Direction, Figure, Narrative, Pair, Rule, Sentence
from diffing.model.printed_numbers import is_money
from diffing.profile import Cue

# Where one of the two is no number, as little as this tells two matters: "no data on prisoners' access to books" says
# nothing of how many there are. Range 0.1 to 0.3.
ANY_MATTER = 0.15

# Two numbers whose sentences neither are one nor answer each other, and share less than this of the shorter one's
# words, are of two things. Range 0.3 to 0.7.
APART_WORDS = 0.5

# How far from a number what it counts may be named, in characters. Range 30 to 100.
BESIDE = 60

# A number of so many years before the old report and older was known then: it is background. Range 1 to 3.
LATE = 2

# The kind of period that no single year answers.
SEVERAL_YEARS = "several years"

# Two figures of different sections are of two matters.
APART = "told of different sections"
OTHERS = "told of different matters"
OF_ONE = "the term of one convict against that of another"
ALONE = ("a", "an", "one", "the", "him")
ADDITION = "an addition against a whole"

_BY = ("according",)
_SINGLED = ("largest", "worst", "deadliest")  # another each year

# Where one of two numbers is none, by whether the old and the new one are told.
_UNREPORTED = {
    (False, False): (Direction.SAME, Rule.STILL_NOT_REPORTED),
    (True, False): (Direction.NO_LONGER_REPORTED, Rule.NO_LONGER_REPORTED),
    (False, True): (Direction.NEWLY_REPORTED, Rule.NEWLY_REPORTED),
}
_RULES = {
    Direction.UP: Rule.FIGURE_ROSE,
    Direction.DOWN: Rule.FIGURE_FELL,
    Direction.SAME: Rule.FIGURE_SAME,
}


@lru_cache(maxsize=4096)  # a sentence is asked for each of its figures
def period_in(text: str, kinds: tuple[Cue, ...]) -> tuple[str, str]:
    """The period other than a calendar year that a text names: its kind, and its words less years."""
    for cue in kinds:
        if match := cue.regex.search(text):
            return cue.name, " ".join(word for word in match[0].split() if not years_in(word))
    return "", ""


def _in_own_money(figure: Figure) -> str:
    """The sum in the country's money that stands before its worth in dollars, empty where there is none."""
    own, bracket, _ = figure.text.partition(" (")
    return own if bracket and is_money(figure.unit or "") else ""


def _one_body(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two who count have one head, or the one is the other's letters: "the IGT", "the Inspectorate General"."""
    if stems(one[-1]) & stems(other[-1]):
        return True
    short, words = sorted((one, other), key=lambda body: not body[-1].isupper())
    letters = "".join(word[0] for word in words if word[0].isupper() and word != "The")
    return short[-1].isupper() and bool(letters) and short[-1].startswith(letters[:2])


def bodies_of(said: Analysis) -> list[list[str]]:
    """Who counts: of whom it says "according to", else the subjects of the first clause that have a name or act."""
    clause = next(iter(said.clauses), None)
    found, parts = [], said.phrases
    sources = [noun for by, noun in zip(parts, parts[2:], strict=False) if by.words == _BY and noun.kind == "noun"]
    for noun in sources or (clause.subjects if clause else ()):
        words = said.text[noun.start : noun.end].split()
        acts = not sources and any(thing.doer or thing.name == "bodies" for thing in said.things_of(noun))
        if stems(words[-1]) and (acts or words[-1][0].isupper()) and not any(map(str.isdigit, "".join(words))):
            found.append(words)
    return found


def other_bodies(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]]) -> bool:
    """Whether two sentences both name who counts, and it is not the same."""
    return bool(old and new) and not any(_one_body(a, b) for a in old for b in new)


class Comparable:
    """Compares what the two narratives of one pair tell."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.pair: Pair = evidence.pair

    def answer(self, old: Told, new: Told) -> bool:
        """Whether the two sentences are one, or answer each other."""
        return bool(told_together(self.pair, [old], [new]))

    def direction(self, old: Told, new: Told, reason: str | None) -> tuple[Direction, Rule, str]:
        """Where a number went, the rule that says so, and why the two can't be compared (empty where they can).

        `reason` is why they can't, where that is known already.
        """
        a, b = old.figure, new.figure
        if reason in (APART, OTHERS):
            return Direction.NOT_COMPARABLE, Rule.NOT_COMPARABLE, reason or ""
        if (told := (old.reported, new.reported)) in _UNREPORTED:
            return *_UNREPORTED[told], ""
        direction = Direction.NOT_COMPARABLE
        if reason is None:
            direction = direction_of(bounds_of(a), bounds_of(b))
            if a.qualifier is b.qualifier and a.qualifier in OPEN and a.value is not None and b.value is not None:
                # both "at least": the floors are compared, as every reader does
                direction = direction_of(Bounds(a.value, a.value), Bounds(b.value, b.value))
            reason = f"{how_sure(a)} against {how_sure(b)}"
            if a.value != b.value and (said := _in_own_money(a)) and said == _in_own_money(b):
                return Direction.NOT_COMPARABLE, Rule.NOT_COMPARABLE, f"{said} in both years: only the rate moved"
            if direction is Direction.NOT_COMPARABLE and a.value is not None and b.value is not None:
                direction = self._as_said(new, b.value - a.value)
        rule = _RULES.get(direction, Rule.NOT_COMPARABLE)
        return direction, rule, reason if rule is Rule.NOT_COMPARABLE else ""

    def incomparable(self, old: Told, new: Told) -> str | None:
        """Why two figures do not count the same thing in the same way, or None."""
        a, b = old.figure, new.figure
        apart = a.section != b.section and not {a.section, b.section} & {*OVERVIEWS, None}
        if not (old.reported and new.reported):
            if old.label or self.answer(old, new):
                return None
            shared = self.shared(old, new)
            return APART if apart and shared < ONE_MATTER else OTHERS if shared < ANY_MATTER else None
        if a.unit and b.unit and a.unit != b.unit and not (old.none or new.none or self._counted_again(a, b)):
            return f"{a.unit} against {b.unit}"
        if apart and not self.answer(old, new):
            return APART
        if old.newer == new.newer and a.sentence == b.sentence:
            return None
        first = a.value == 0 and is_first(self.sentence_of(new).text, self.pair.new.profile)
        if not (old.label or first or old.none or self.answer(old, new)) and self.shared(old, new) < ONE_MATTER:
            return OTHERS
        if self.is_addition(old) != self.is_addition(new):
            return ADDITION
        if a.unit == b.unit == "years" and self._of_one(old) and self._of_one(new):
            return OF_ONE
        periods = [self.other_period(t) for t in (old, new)]
        said = {words.lower() for _, words in periods}
        if len(said) > 1 and said != {"", "fiscal year"}:  # a report of fiscal years does not say so each time
            names = [f"{name} (“{words}”)" if name else "the year" for name, words in periods]
            return " against ".join(names)
        return None

    def _counted_again(self, a: Figure, b: Figure) -> bool:
        """Whether the new number's own sentence counts the old one as it counts this: "prosecutions fell from 12"."""
        beside = (f for f in self.pair.new_figures if f.sentence == b.sentence and f.value == a.value is not None)
        return any((f.indicator, f.unit, f.actor) == (b.indicator, b.unit, b.actor) for f in beside if f.year != b.year)

    def _of_one(self, told: Told) -> bool:
        """Whether a term is that of one person: "sentenced a captain to 15 years", "sentenced him"."""
        place = self.place(told)
        before = [one for one in self.said(told).clauses if one.patients and one.verb.start < place]
        who = before[-1].patients[0].words if before else ("",)
        return who[0] in ALONE and not looks_plural(who[-1])

    def _as_said(self, new: Told, delta: float) -> Direction:
        """Where an open number went by the report's own word, where its floor went that way too."""
        said = way_said(self.sentence_of(new).text, self.pair.new.profile)
        if said * delta <= 0:
            return Direction.NOT_COMPARABLE
        return Direction.UP if said > 0 else Direction.DOWN

    def is_addition(self, told: Told) -> bool:
        """Whether a figure counts only what was added: "hired 25 additional inspectors"."""
        words = self.said(told).words
        k = words.behind(told.figure.end - self.sentence_of(told).start)
        behind = words.known[k : k + 1]
        return any("another_kind" in word.entry.roles for word in behind) and words.folded[k + 1 : k + 2] != ("than",)

    def of_speech(self, told: Told) -> bool:
        """Whether what a figure counts is a trial for what somebody said."""
        if told.label or "speech_crimes" not in self.evidence.judging.words:
            return False
        text = self.sentence_of(told).text
        near = text[max(0, self.place(told) - BESIDE) :][: 2 * BESIDE]
        return bool(self.evidence.first("tried", text) or self.evidence.first("speech_crimes", near))

    def by_others(self, told: Told) -> bool:
        """Whether a charity or an international body did what a figure counts, as its own sentence says."""
        said = self.said(told)
        subjects = [noun for clause in said.clauses[:1] for noun in clause.subjects]
        doers = {thing.doer for noun in subjects for thing in said.things_of(noun)}
        return not doers.isdisjoint(("civil", "international")) and told.figure.actor is not Actor.GOVERNMENT

    def unlike(self, old: Told, new: Told) -> bool:
        """Whether two numbers are of two matters: of occasions, of two bodies, of a part of a year against another."""
        said = [self.said(told) for told in (old, new)]
        if (new.figure.year or self.pair.old.year) < self.pair.old.year - LATE:
            return True
        if old.newer == new.newer:
            part = self.other_period(new)[0] and "same period" not in said[1].text
            fell = (new.figure.value or 0.0) < (old.figure.value or 0.0)
            return old.figure.sentence != new.figure.sentence or bool(part and fell)
        if not self.answer(old, new) and self.shared(old, new) < APART_WORDS:
            return True
        days = [day_of(one.words) for one in said]
        dated = all(days) or any(day[-1:].isdigit() for day in days)
        if dated and not any(one.words.has("voices") or one.words.has("counts") for one in said):
            return True  # an incident has its day; a report of one has too, but says that it reports
        of_one = any(self.evidence.first("one_event", one.text) for one in said)
        if of_one or any(all(word in one.words.folded for one in said) for word in ("since", *_SINGLED)):
            return True  # a total since some day can only grow, "the largest breakout" is another each year
        of = [self._as_of(told) for told in (old, new)]
        if None not in of and of[0] != of[1]:
            return True
        if "inspections" in (new.figure.indicator or "") and self._of_people(new, said[1]):
            return True  # "inspections involving 300 workers", "of which 40 were children"
        return other_bodies(*map(bodies_of, said))

    def _as_of(self, told: Told) -> str | None:
        """The part of a year that a number is of, empty for a year: its sentence's, or where that names no time, of the
        one before it; None where neither names any."""
        narrative, at = self.narrative(told), told.figure.sentence
        for sentence in narrative.sentences[max(0, at - 1) : at + 1][::-1]:
            between = narrative.text[sentence.end : narrative.sentences[at].start]
            words = period_in(sentence.text, self.evidence.judging.periods)[1].lower()
            if "\n" not in between and (words or years_in(sentence.text) or " year" in sentence.text):
                return words
        return None

    def _of_people(self, told: Told, said: Analysis) -> bool:
        """Whether the words behind a number name people."""
        at = told.figure.end - self.sentence_of(told).start
        behind = next((part for part in said.phrases if part.start < at <= part.end), None)
        return behind is not None and any(thing.worth == "person" for thing in said.things_of(behind))

    def shared(self, old: Told, new: Told) -> float:
        """How much of its words the shorter of two sentences shares with the other, 0 to 1."""
        return overlap_of_shorter(*(stems(self.sentence_of(told).text) for told in (old, new)))

    def said(self, told: Told) -> Analysis:
        """What the sentence that tells it says."""
        return self.evidence.said(told.figure.sentence, told.newer)

    def place(self, told: Told) -> int:
        """Where its number begins in its sentence."""
        return told.figure.start - self.sentence_of(told).start

    def sentence_of(self, told: Told) -> Sentence:
        """The sentence that tells it."""
        return self.narrative(told).sentences[told.figure.sentence]

    def other_period(self, told: Told) -> tuple[str, str]:
        """The period other than a calendar year that the sentence names: its kind, and its words less years."""
        return period_in(self.sentence_of(told).text, self.evidence.judging.periods)

    def narrative(self, told: Told) -> Narrative:
        """The narrative that tells it."""
        return self.pair.new if told.newer else self.pair.old
