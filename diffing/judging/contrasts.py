"""Two sentences that answer each other and differ in a denial.

>>> from diffing.profile import load_profile
>>> said = polarities(analyse("The law does not prohibit night work and provides for rest.", load_profile("hrr")))
>>> sorted(said.items())
[('prohibit', False), ('provide', True)]
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import pairwise, product

from diffing.judging.evidence import Evidence, Passage, compare
from diffing.judging.quoting import quoted
from diffing.language.analysis import Analysis, analyse
from diffing.language.constituents import Clause
from diffing.language.groups import apart
from diffing.language.standing import only_by_others
from diffing.language.stems import overlap, stems
from diffing.model import Doubt, Finding, Reason, Rule, Verdict
from diffing.profile import Profile

# Two sentences say one thing but for the negation only where they share this much of their words. Range 0.4 to 0.9.
ALL_BUT_DENIED = 0.5

# Words that deny as "not sufficient" does.
_WANTING = ("insufficien", "inadequa", "ineffect")
_NONE = frozenset(("no", "none", "neither", "nobody"))
# Clauses whose deeds are told for themselves.
_TOLD_FOR_ITSELF = frozenset(("main", "reported", "conceded", "noun"))


def polarities(said: Analysis) -> dict[str, bool | None]:
    """Each verb of a sentence: affirmed (True), denied (False) or both (None); one only aimed at is left out."""
    found: dict[str, bool | None] = {}
    for lemma, affirmed in said.verbs:
        if found.setdefault(lemma, affirmed) != affirmed:
            found[lemma] = None
    return found


def of_parts(old: str, new: str, affirmed: bool, profile: Profile) -> bool:
    """Whether one side says "most" and the other "not all", which is one thing; `affirmed` is what the new one says."""
    told, denied = (analyse(text, profile).words.folded for text in ((new, old) if affirmed else (old, new)))
    return "all" in denied and any(word in told for word in profile.grammar.get("parts", ()))


class Contrasts:
    """The contrasts of a pair. `verbs` are the profile's lists of lemmas: of safeguards, of deeds, of misdeeds."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence, self.read = evidence, evidence.read
        self.profile = evidence.pair.new.profile
        grammar = self.profile.grammar
        self.alike = {
            verb: first for line in grammar.get("alike", ()) for first, *rest in [line.split()] for verb in rest
        }
        lists = ("safeguarding", "deeds", "misdeeds", "by_halves")
        self.lists = {name: frozenset(grammar.get(name, ())) for name in lists}

    def flipped(self, passage: Passage, verbs: frozenset[str], mixed: bool = True) -> list[tuple[str, bool]]:
        """The verbs that one side affirms and the other denies, with what the new side says.

        One that a side affirms of some and denies of others ("social workers used them, but police did not") goes the
        way of what the other side says of all; without `mixed` it is left out, as a law that forbids one thing and
        not another.
        """
        sides = [[self.read(sentence) for sentence in text.split("\n")] for text in passage.texts]
        if not any(said.may_deny for side in sides for said in side):
            return []  # most passages
        lemmas = [{self.alike.get(c.verb.lemma, c.verb.lemma) for said in side for c in said.clauses} for side in sides]
        if verbs.isdisjoint(lemmas[0] & lemmas[1]):
            return []  # most of the others
        if apart(*passage.texts, self.profile):
            return []  # what is told of men says nothing of women
        old, new = (self._said(side, verbs) for side in sides)
        found = []
        for verb, before in old.items():
            now = new.get(verb, before)
            both = None in (before, now)
            if before != now and (not both or (mixed and "\n" not in f"{passage.old_text}{passage.new_text}")):
                found.append((verb, now if now is not None else not before))
        return found

    def _said(self, side: list[Analysis], verbs: frozenset[str]) -> dict[str, bool | None]:
        found: dict[str, bool | None] = {}
        for said in side:
            for verb, affirmed in polarities(said).items():
                verb = self.alike.get(verb, verb)
                if verb in verbs:
                    found.setdefault(verb, affirmed)
        return found

    def findings(self) -> Iterator[Finding]:
        """Safeguards that lost or gained their denial."""
        year = self.evidence.pair.old.year
        for passage in self.evidence.linked:
            flipped = self.flipped(passage, self.lists["safeguarding"], mixed=False)
            if not flipped or min(self._shared(passage)) < ALL_BUT_DENIED:
                continue
            verb, affirmed = flipped[0]
            if of_parts(*passage.texts, affirmed, self.profile) or self._by_halves(passage, affirmed):
                continue
            told = self._from(passage.new_text if affirmed else passage.old_text, verb)
            said = ("Now said", "denied") if affirmed else ("No longer said", "said")
            summary = f"{said[0]}: “{told}”, where the {year} report {said[1]} it."
            reason = Reason(words=verb, sought="the same sentence", found=quoted(passage.old_text), of="law")
            yield from self._finding(passage, compare(int(not affirmed), int(affirmed)), summary, reason)

    def deeds(self, taken: Container[int] = ()) -> Iterator[Finding]:
        """Deeds of the state that were denied and are told now, or the reverse. Sentences `taken` are compared."""
        year = self.evidence.pair.old.year
        for (name, sign), passage in product((("deeds", 1), ("misdeeds", -1)), self.evidence.fresh(taken)):
            flipped = self.flipped(passage, self.lists[name])
            if len(flipped) != 1 or max(self._shared(passage)) < ALL_BUT_DENIED:
                continue
            verb, affirmed = flipped[0]
            if not self._negation_moved(*passage.texts) or not self._by_the_state(passage):
                continue
            others = affirmed and all(map(only_by_others, map(self.read, passage.new_text.split("\n"))))
            if others or self._done_to_others(verb, *passage.texts):
                continue
            if self._by_halves(passage, affirmed) or (sign > 0 and self._restricts(passage)):
                continue
            said = ("Done", "that it was not") if affirmed else ("Not done", "that it was")
            summary = f"{said[0]} now, where the {year} report said {said[1]}: “{quoted(passage.new_text)}”."
            reason = Reason(words=verb, sought="the same deed", found=quoted(passage.old_text))
            yield from self._finding(passage, compare(int(not affirmed), int(affirmed), sign), summary, reason)

    def _finding(self, passage: Passage, verdict: Verdict, summary: str, reason: Reason) -> list[Finding]:
        old, new, doubt = passage.old, passage.new, self._doubt(passage, reason.words)
        return self.evidence.finding(Rule.NEGATION, verdict, summary, old=old, new=new, doubt=doubt, reason=reason)

    def _doubt(self, passage: Passage, verb: str) -> Doubt | None:
        """Why a denial that moved may be none: what is denied is another verb, or the sentences differ in more."""
        sides = [
            [clause for said in map(self.read, text.split("\n")) for clause in said.clauses if self._is(clause, verb)]
            for text in passage.texts
        ]
        own = any(
            clause.verb.denied or any(noun.words[0] in _NONE for noun in (*clause.patients, *clause.subjects[-1:]))
            for clause in (*sides[0], *sides[1])
        )
        told = all(any(c.kind in _TOLD_FOR_ITSELF and c.verb.finite for c in side) for side in sides)
        of_some = any(len({clause.verb.denied for clause in side if clause.verb.finite}) > 1 for side in sides)
        ruled = any("constitution" in noun.words for clause in (*sides[0], *sides[1]) for noun in clause.subjects)
        before = any("previously" in self.read(text).words.folded for text in passage.texts)
        if not own or of_some or ruled or before or not told or not self._negation_moved(*passage.texts):
            return Doubt.REWORDED
        return self.evidence.reworded(Rule.NEGATION, passage.old, passage.new)

    def _shared(self, passage: Passage) -> tuple[float, float]:
        """How much of the old text's words the new one has (0 to 1), and of the new one's the old."""
        old, new = map(stems, passage.texts)
        return overlap(old, new), overlap(new, old)

    def _negation_moved(self, *texts: str) -> bool:
        """Whether one of two sides has more words that deny than the other."""
        denying = self.profile.grammar.get("denying", ())
        old, new = (
            sum(word in denying or word.endswith("n't") or word.startswith(_WANTING) for word in of.words.folded)
            for of in map(self.read, texts)
        )
        return old != new

    def _done_to_others(self, verb: str, *texts: str) -> bool:
        """Whether a deed is told of two bodies: "did not train judges", "trained police officers"."""
        old, new = (
            " ".join(" ".join(noun.words) for c in self.read(text).clauses for noun in c.patients if self._is(c, verb))
            for text in texts
        )
        return apart(old, new, self.profile, ("body",))

    def _is(self, clause: Clause, verb: str) -> bool:
        return self.alike.get(clause.verb.lemma, clause.verb.lemma) == verb

    def _restricts(self, passage: Passage) -> bool:
        """Whether what was done or left restricts people, or is a harm of which there were no reports."""
        sides = [self.read(text) for text in passage.texts]
        return any(said.no_reports for said in sides) or any(t.worth == "restriction" for t in sides[1].things)

    def _by_halves(self, passage: Passage, affirmed: bool) -> bool:
        """Whether the side that affirms it takes half of it back: "inadequately", "with limited effect", "only if"."""
        said = self.read(passage.new_text if affirmed else passage.old_text).words.folded
        return not self.lists["by_halves"].isdisjoint(said) or ("only", "if") in pairwise(said)

    def _by_the_state(self, passage: Passage) -> bool:
        """Whether the new text names the state, or a service that people need."""
        said = self.read(passage.new_text)
        doers = any(thing.doer == "state" or thing.name == "services" for thing in said.things)
        return doers or "it" in said.words.folded

    def _from(self, text: str, verb: str) -> str:
        """The verb and what it governs, behind its subject where that stands right before it."""
        clauses = ((sentence, clause) for sentence in text.split("\n") for clause in self.read(sentence).clauses)
        for sentence, clause in clauses:
            if self._is(clause, verb):
                of = [noun.start for noun in clause.subjects[:1] if noun.start < clause.verb.start]
                return quoted(sentence[min((*of, clause.verb.start)) :])
        return quoted(text)
