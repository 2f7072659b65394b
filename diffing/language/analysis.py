"""One sentence read once: its words, phrases, clauses, scopes and events, each layer made when first asked for.

>>> from diffing.profile import load_profile
>>> told = analyse("The shelter was closed by the ministry.", load_profile("tip"))
>>> [(event.frame, event.doer, event.direction) for event in told.events]
[('service_ended', 'state', -1)]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from itertools import pairwise

from diffing.language.clauses import clauses
from diffing.language.constituents import Clause, Phrase, Thing
from diffing.language.entries import Entry
from diffing.language.events import Tried, read_events
from diffing.language.lexicon import Lexicon, lexicon
from diffing.language.meaning import Meaning
from diffing.language.noun_classes import things
from diffing.language.phrases import phrases
from diffing.language.scopes import Scope, opens, read_scopes
from diffing.language.shared_denials import share_denials
from diffing.language.stems import stems
from diffing.language.word_kinds import SCOPE_TAGS
from diffing.language.words import Token, Words, words_of
from diffing.model.events import Event, Reality
from diffing.profile import Profile

# The analyses of distinct texts of so many characters are kept for a profile. Range a million to 20 million; a pair of
# long reports holds 5,000 sentences of 150 each, and what is kept of eight million takes 400 MB a process.
MOST_KEPT = 2_000_000

_TOLD = frozenset((Reality.DONE, Reality.ONGOING, Reality.LAW))


class Analysis:
    """What one sentence says. `text` is as printed; all offsets are into it."""

    def __init__(self, text: str, known: Lexicon) -> None:
        self.text = text
        self.known = known

    @cached_property
    def words(self) -> Words:
        """Its words."""
        return words_of(self.text, self.known)

    @cached_property
    def tells(self) -> bool:
        """Whether it holds a word of any deed: most sentences do not and are done with."""
        return not self.known.deeds.isdisjoint(self.words.folded)

    @cached_property
    def phrases(self) -> list[Phrase]:
        """Its noun phrases, verb groups and small words."""
        return phrases(self.words, self.known)

    @cached_property
    def clauses(self) -> list[Clause]:
        """Its verbs with their parts."""
        told = clauses(self.phrases, self.known)
        share_denials(told, self.phrases, self.known)
        return told

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """What stands under which words."""
        may_open = opens(self.words.folded, self.known.modifiers)
        return read_scopes(self._tokens(), self.known.modifiers) if may_open else ()

    @property
    def tried(self) -> tuple[Tried, ...]:
        """Every predicate in it: an event, or why it is none."""
        return read_events(self) if self.tells else ()

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events that it tells."""
        return tuple([tried.event for tried in self.tried if tried.event is not None])

    @cached_property
    def verbs(self) -> tuple[tuple[str, bool], ...]:
        """The lemma of each verb that tells what is or was, with whether it is affirmed."""
        meaning = Meaning(self)
        found = []
        for clause in self.clauses:
            describes = clause.kind == "reduced" or (clause.kind == "relative" and clause.verb.ing)
            over = meaning.over(clause.verb.head)
            if not describes and meaning.reality(clause, over) in _TOLD:
                patient = clause.patients[0] if clause.patients else clause.verb
                found.append((clause.verb.lemma, not meaning.denied(clause, patient, over, None)))
        return tuple(found)

    @cached_property
    def may_deny(self) -> bool:
        """Whether it holds a word by which a verb of it may be denied: most sentences affirm all that they tell."""
        folded = self.words.folded
        return not self.known.denying.isdisjoint(folded) or any(word.endswith("n't") for word in folded)

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """The classes of its nouns."""
        return tuple([t for p in self.phrases if p.kind == "noun" for t in things(p, self.words, self.known)])

    def names(self, classes: Collection[str]) -> bool:
        """Whether one of its nouns is of one of these classes."""
        may = any(word.classes and not word.classes.isdisjoint(classes) for word in self.words.known)
        return may and any(thing.name in classes for thing in self.things)

    def things_of(self, phrase: Phrase) -> tuple[Thing, ...]:
        """The classes that one of its noun phrases may be of."""
        return things(phrase, self.words, self.known)

    def clause_of(self, event: Event) -> Clause | None:
        """The clause that tells an event; None where a noun does."""
        return next((one for one in self.clauses if event.start <= one.verb.start < event.end), None)

    @cached_property
    def no_reports(self) -> bool:
        """Whether it says that there were no reports, cases or examples of something."""
        return self._none_from is not None

    @cached_property
    def _none_from(self) -> int | None:
        """The word from which on it says of what there were no reports; None where it says nothing of the kind."""
        if "no" not in self.words.folded:
            return None  # most sentences
        reports, folded = self.known.listed("reports"), self.words.folded
        reported = [clause for clause in self.clauses if clause.passive and clause.verb.lemma == "report"]
        counted = {noun.first for clause in reported for noun in clause.patients}
        for part in self.phrases:
            if part.kind == "noun" and part.words[0] == "no" and not self._pursued(part):
                named = {*part.words, *folded[part.first + 1 : part.first + 3]}  # "no confirmed reports"
                if not reports.isdisjoint(named) or "reported" in named or part.first in counted:
                    return part.first
        for k, (word, after) in enumerate(pairwise(folded)):
            if word in ("reported", "received") and after == "no":
                return k
        return None

    @cached_property
    def heard_by(self) -> str:
        """Who it says received or reported none, as "the hotline"; empty where there simply were none."""
        for clause in self.clauses if self.no_reports else ():
            if clause.verb.lemma in ("receive", "report") and not clause.passive:
                return " ".join(word for noun in clause.subjects for word in noun.words)
        return ""

    def _pursued(self, part: Phrase) -> bool:
        """Whether something is done to what the phrase names: "no cases were prosecuted"."""
        told_of = self.known.lists.get("told_of", frozenset())
        of = {part.first} | ({part.tail[1].first} if part.tail is not None else set())
        return any(
            clause.passive and clause.verb.lemma not in told_of and any(noun.first in of for noun in clause.patients)
            for clause in self.clauses
        )

    @cached_property
    def harms(self) -> frozenset[str]:
        """The kinds of harm of which there were no reports: predicates that harm people, and wrongs by their nouns."""
        known, first = self.known, self._none_from or 0
        nouns = [part for part in self.phrases if part.kind == "noun" and part.last >= first]
        found = {_kind(t) for part in nouns for t in self.things_of(part) if t.worth == "violation"}
        lemmas = [("verb", clause.verb.lemma) for clause in self.clauses if clause.verb.first > first]
        lemmas += [("noun", word.use.act) for word in self.words.known[first:] if word.use.act]
        for lemma in lemmas:
            found |= {predicate.name for predicate in known.acts.get(lemma, ()) if predicate.effect == "punish"}
        return frozenset(found)

    @cached_property
    def harms_done(self) -> frozenset[str]:
        """The kinds of harm that it tells to have been done to people, or that were reported."""
        done = {
            event.predicate
            for event in self.events
            if event.took_place
            and event.effect == "punish"
            and event.direction < 0
            and not (event.earlier or event.charged)
        }
        reported = {_kind(t) for part in self._reported() for t in self.things_of(part) if t.worth == "violation"}
        if reported and (not self.may_deny or all(affirmed for _, affirmed in self.verbs)):
            done |= reported
        return frozenset(done)

    def _reported(self) -> Iterator[Phrase]:
        """The nouns of which there are reports, or that took place: "reports of torture", "committed torture"."""
        reports = self.known.listed("reports")
        for part in self.phrases:
            if part.kind == "noun" and part.tail is not None and part.words[-1] in reports:
                yield part.tail[1]
                behind = part.tail[1].last + 2  # "inhuman and degrading treatment"
                joined = self.words.folded[behind - 1 : behind] in (("and",), ("or",))
                yield from (other for other in self.phrases if joined and other.first == behind)
        for clause in self.clauses:
            if clause.kind in ("main", "reported") and clause.verb.lemma in self.known.listed("told_of"):
                yield from clause.patients
            if clause.verb.lemma == "report":
                yield from (noun for prep, noun in clause.preps if prep == "on")

    def under(self, at: int, *kinds: str) -> bool:
        """Whether what begins at the character `at` stands in a scope of one of these kinds."""
        return any(scope.kind in kinds and scope.holds(at) for scope in self.scopes)

    def describes(self, at: int) -> bool:
        """Whether a word at the character `at` only describes the noun it stands with: "the expired plan"."""
        return any(part.kind == "noun" and part.start <= at < self.words.starts[part.head] for part in self.phrases)

    def _tokens(self) -> list[Token]:
        """Its words as the scopes ask for them: tagged by what they are here."""
        words = self.words
        tags = [word.tag for word in words.known]
        forms = [_PLAIN] * len(tags)
        for part in self.phrases:
            if part.kind == "verb":
                tags[part.head] = "v"
                forms[part.head] = _FORMS.get("past" if part.form == "participle" else part.form, _PLAIN)
            elif tag := SCOPE_TAGS.get(part.kind):
                tags[part.first : part.last + 1] = tag * (part.last + 1 - part.first)
        tokens = [
            Token("N" if word.tag == "N" else tag, start, start + len(word.printed), word.folded, form)
            for word, tag, start, form in zip(words.known, tags, words.starts, forms, strict=True)
        ]
        for k in [k for k, word in enumerate(words.folded) if word in ("no", "may")]:
            if words.folded[k : k + 2] == ("no", "."):
                tokens[k].tag, tokens[k].word = tags[k], "number"  # "Decree No. 823" denies nothing
            elif words.printed[k] == "May" and k > 0:
                tokens[k].word = "May"  # the month opens no condition
        return tokens


def _kind(thing: Thing) -> str:
    """The kind of a wrong, one of it or many: "killing"."""
    return " ".join(sorted(stems(thing.noun))) or thing.noun


_PLAIN = Entry()
_FORMS = {form: Entry(form=form) for form in ("base", "s", "past", "ing")}


def analyse(text: str, profile: Profile) -> Analysis:
    """The analysis of a sentence, kept for every distinct text of a profile."""
    return analysis_of(text, lexicon(profile))


def analysis_of(text: str, known: Lexicon) -> Analysis:
    """The same, of a profile's lexicon."""
    table = known.analyses
    found: Analysis | None = table.get(text)
    if found is None:
        table.at_most(MOST_KEPT)
        table.characters += len(text)
        found = table[text] = Analysis(text, known)
    return found
