"""What people may do by a clause and what they have to, and what wrongdoers are let do: whether that is well or ill.

>>> from diffing.language.analysis import analyse
>>> from diffing.language.meaning import Meaning
>>> from diffing.language.worths import Worths
>>> from diffing.profile import load_profile
>>> said = analyse("The state permitted victims to leave.", load_profile("tip"))
>>> Freedoms(said, Meaning(said), Worths(said, Meaning(said))).allows(said.clauses[0])
1
"""

from __future__ import annotations

from diffing.language.auxiliaries import HAVE
from diffing.language.constituents import Clause, Phrase
from diffing.language.meaning import Meaning, Said
from diffing.language.worths import Worths

OUTSIDERS = frozenset(("civil", "international"))
_ABLE = frozenset(("could", "can"))
_KEEPING = frozenset(("keep", "hold", "retain"))
_DOORS = {"open": 1, "reopen": 1, "close": -1}


class Freedoms:
    """What the clauses of one sentence free people to do."""

    def __init__(self, said: Said, meaning: Meaning, worths: Worths) -> None:
        self.folded, self.known, self.meaning, self.worths = said.words.folded, said.known, meaning, worths

    def duty(self, clause: Clause) -> tuple[int, int]:
        """What people have to do, and what they may: "had to give notice", "firms must report", "could change jobs"."""
        worths = {worth for noun in clause.subjects for worth in self.worths.of(noun, clause)}
        verb = clause.verb.words
        to = "to" in verb[1:-1] and "yet" not in verb and not HAVE.isdisjoint(verb)
        bound = to or ("must" in verb and not clause.verb.denied)
        ours = int("offender" not in worths and bool(worths & {"person", "protection", "right"}))
        if bound:
            return int("offender" in worths) - ours, 0
        return 0, ours * int(not _ABLE.isdisjoint(clause.verb.words))

    def allows(self, clause: Clause) -> int:
        """What it is worth that people, or wrongdoers, are free to do something: "permitted victims to leave"."""
        way = sum(
            sign * (clause.verb.lemma in self.known.listed(name))
            for name, sign in (("allowing", 1), ("forbidding", -1), ("needing", -1))
        )
        nouns = clause.subjects if clause.verb.lemma == "need" else clause.patients
        officials = any(map(self.meaning.officials, nouns))
        worths = {worth for noun in nouns for worth in self.worths.of(noun, clause)} if way else set()
        if officials:
            return way if clause.passive or clause.objects[1:] else 0  # "gave officers the power to"
        if "offender" in worths:
            return -way
        behind = self.folded[clause.verb.last + 1 :] if clause.verb.lemma == "let" else ()
        if any(act.effect == "less" for word in behind for act in self.known.acts.get(("alone", word), ())):
            return -way  # "let the only shelter close"
        freed = worths & {"person", "protection", "right"} or (way and any(map(self._looks_in, nouns)))
        return way if freed else 0

    def kept(self, clause: Clause) -> int:
        """Whether wrongdoers keep what is others': "employers held the passports"."""
        nouns = clause.subjects if clause.verb.lemma in _KEEPING and not clause.passive else ()
        of = (thing for noun in nouns for thing in self.meaning.things(noun))
        return -any(thing.worth == "offender" and thing.name != "accused_officials" for thing in of)

    def opens(self, clause: Clause) -> int:
        """What it is worth that a place is opened or closed to those who look in from outside: "to monitors"."""
        inside = any(prep == "to" and self._looks_in(noun) for prep, noun in clause.preps)
        return _DOORS.get(clause.verb.lemma, 0) * inside

    def _looks_in(self, noun: Phrase) -> bool:
        """Whether it is somebody from outside who looks after people: a charity, the press, a lawyer, a monitor."""
        seen = noun.words[-1] in self.known.listed("looking_in")
        return seen or any(thing.doer in OUTSIDERS for thing in self.meaning.things(noun))
