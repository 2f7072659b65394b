"""Which way a deed goes: its effect times the worth of its object, and what an instrument is said to do.

"Adopted a law that bans strikes" goes the way of banning strikes, whatever adopting a law is worth.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from diffing.language.constituents import Clause, Phrase, Thing
from diffing.language.lexicon import Lexicon
from diffing.language.meaning import Meaning
from diffing.model.events import direction_of
from diffing.profile import Frame, Predicate

# What an instrument is for, or takes in: "an agreement for the arrest of journalists", "measures including a curfew".
_WITH_AIM = {
    "for": ("acts", "violations"),
    "including": ("acts", "restrictions"),
    "on": ("acts",),
    "against": ("acts",),
}
# What may stand behind the object and belong to the verb all the same: "kept the names from the press".
_AWAY = (("from",), ("as",))
_WHICH = frozenset(("no", "any", "the", "a", "an", "its", "their", "his", "her", "some", "several", "many", "few"))
_FINES, _IN_LIEU = frozenset(("fine", "fines")), frozenset((("in", "lieu"), ("in", "place"), ("instead", "of")))
_OF_AIM = {"violation": -1, "restriction": -1, "protection": 1}


class Directions:
    """Which way the deeds of one sentence go."""

    def __init__(self, told: list[Clause], meaning: Meaning, known: Lexicon) -> None:
        self.told, self.meaning, self.known = told, meaning, known

    def direction(self, frame: Frame, predicate: Predicate, thing: Thing, patient: Phrase, clause: Clause) -> int:
        """1 for better, -1 for worse, 0 for neither or unsure."""
        if predicate.name == "provide" and thing.worth == "right":
            given = {
                other.worth for noun in clause.objects if noun is not patient for other in self.meaning.things(noun)
            }
            if "offender" in given:
                return -1  # "gave employers the right to dismiss"
        if predicate.name == "bar" and thing.name == "suspects" and self._own_life(clause):
            return -1
        if frame.charge and thing.name in ("suspects", "people") and self.meaning.own_acts(clause):
            return -1
        showing = self.known.listed("showing")
        if frame.name == "disclosed" and any(o.whose is patient and o.verb.lemma in showing for o in self.told):
            return 0  # "a report showing that wages fell" is told for what it shows
        if thing.worth == "protection" and self._against_people(clause):
            return 0  # "increased enforcement against those who were unregistered"
        if thing.worth == "protection" and (self._with_wrongdoers(patient, clause) or self._vacant(predicate, patient)):
            return -direction_of(predicate.effect, thing.worth)
        if thing.name in ("instruments", "orders"):
            inner = self.inner(patient, clause)
            whole = [patient, *([patient.tail[1]] if patient.tail is not None else [])]
            if inner is None and any("constitution" in noun.words for noun in whole):
                return 0  # an amendment of the constitution may give or take
            if inner is not None:
                return -inner if predicate.effect == "less" else inner
        of = self.meaning.things(patient.tail[1]) if predicate.effect == "shield" and patient.tail is not None else ()
        if frame.direction is not None and any(inner.worth == "person" for inner in of):
            return 1  # "overturned the convictions of victims"
        sign = direction_of(predicate.effect, thing.worth) if frame.direction is None else frame.direction
        return -sign if self._in_lieu(patient) else sign

    def _in_lieu(self, noun: Phrase) -> bool:
        """Whether a fine spares somebody prison: "the fine that courts could impose in lieu of imprisonment"."""
        behind = pairwise(self.meaning.words.folded[noun.first :])
        return not _FINES.isdisjoint(noun.words) and not _IN_LIEU.isdisjoint(behind)

    def _own_life(self, clause: Clause) -> bool:
        """Whether it is of people's own lives: "banned women from working abroad", not "from charging fees"."""
        own = self.known.listed("own_life")
        return any(other.leader is clause and other.verb.lemma in own for other in self.told)

    def _against_people(self, clause: Clause) -> bool:
        """Whether it is against somebody of whom it is not said that they do wrong."""
        for prep, noun in clause.preps:
            worths = {thing.worth for thing in self.meaning.things(noun)}
            if prep == "against" and not worths & {"violation", "offender"}:
                return True
        return False

    def _vacant(self, predicate: Predicate, patient: Phrase) -> bool:
        """Whether what there is more or less of is a lack: "the number of vacant posts rose"."""
        words = (*patient.words, *(patient.tail[1].words if patient.tail is not None else ()))
        return predicate.name in ("increase", "reduce") and not self.known.listed("lacking").isdisjoint(words)

    def _with_wrongdoers(self, patient: Phrase, clause: Clause) -> bool:
        """Whether it is had with armed groups or offenders: "its cooperation with a militia"."""
        beside = [noun for prep, noun in clause.preps if prep == "with"]
        named = {thing.name for noun in beside[:1] for thing in self.meaning.things(noun)}
        joint = patient.tail is not None and patient.tail[0] == "with"
        return joint and bool(named & {"armed_groups", "offenders"})

    def inner(self, patient: Phrase, clause: Clause) -> int | None:
        """What the same clause says of an instrument: "a law that bans strikes", "amended the code to raise fines"."""
        signs = set()
        told = False
        named = [patient]
        while named[-1].tail is not None:
            named.append(named[-1].tail[1])
        inner = [other for other in self.told if other.whose in named and other is not clause]
        inner += [other for other in self.told if other.leader is clause and other.kind in ("infinitive", "gerund")]
        if clause.kind in ("relative", "reduced"):  # "a law passed in May bans strikes"
            inner += [other for other in self.told if other is not clause and patient in other.subjects[:1]]
        for other in inner:
            inner += [  # what the law does; not what those do whom it is for ("employers who dismiss workers")
                deeper
                for deeper in self.told
                if deeper.leader is other and deeper not in inner and (deeper.whose is None or deeper.whose in named)
            ]
            for predicate, noun in [act for act in self._acts_of(other) if act[1] not in named]:
                kinds = self.meaning.things(noun)
                own = {sign for thing in kinds if (sign := _sign(predicate, thing)) is not None}
                if self._in_lieu(noun):
                    own = {-sign for sign in own}
                if predicate.name == "bar" and any(thing.name == "suspects" for thing in kinds):
                    own = {-1 if self._own_life(other) else 1}
                told = told or bool(own)
                own.discard(0)
                if noun.words[-1].startswith("requirement"):
                    continue  # "establishes a requirement of parity" may bind people or those who rule them
                if len(own) == 1 and (sign := own.pop()):  # of a noun of two classes nobody can tell
                    lead = other.leader.verb.lemma if other.leader in inner and other.leader is not None else ""
                    kept_from = other.kind in ("infinitive", "gerund") and lead in self.known.listed("forbidding")
                    signs.add(-sign if other.verb.denied is not kept_from else sign)
            kept = {t.worth for by, noun in other.preps if by == "from" for t in self.meaning.things(noun)}
            if other.objects and kept & {"protection", "right"} and not other.verb.denied:
                told, signs = True, signs | {-1}  # "exempts small firms from labor protections"
        for prep, noun in clause.preps:
            fought = noun.words[0].endswith("ing") and len(noun.words) > 1  # "for 2020-24 on Combating Trafficking"
            fought = fought or not any(map(str.isalpha, noun.words))
            aims = () if fought else _WITH_AIM.get(prep, ())
            found = {_OF_AIM[t.worth] for t in self.meaning.things(noun) if t.name in aims and t.worth in _OF_AIM}
            told = told or bool(found)
            signs |= found
        if not told and patient.tail is not None:
            about = self.meaning.things(patient.tail[1])
            either = any(thing.worth == "restriction" or thing.name in ("speech", "media_doer") for thing in about)
            return 0 if either else None  # "a law on mass media" may give or take
        if not told:
            return 0 if any(map(self._takes_from_somebody, inner)) else None
        return signs.pop() if len(signs) == 1 else 0

    def _takes_from_somebody(self, clause: Clause) -> bool:
        """Whether it takes or keeps what is of no class from people: "restricted payments to those imprisoned"."""
        verb = clause.verb.lemma
        takes = any(p.effect == "less" for p in self.known.acts.get(("verb", verb), ()))
        takes = takes and verb not in self.known.listed("refusing")  # "prohibiting the marriage of minors"
        unknown = bool(clause.objects) and not any(self.meaning.things(noun) for noun in clause.objects)
        return takes and unknown and any(prep in ("to", "for", "of") for prep, _ in clause.preps)

    def _outlaws(self, clause: Clause) -> bool:
        """Whether it makes a crime of something: "a law making forced marriage a crime"."""
        nouns = (*clause.objects, *(noun for _, noun in clause.preps))
        wrong = self.known.listed("outlawing")
        return clause.verb.lemma == "make" and any(noun.words[-1] in wrong for noun in nouns)

    def _acts_of(self, clause: Clause) -> Iterator[tuple[Predicate, Phrase]]:
        """Each predicate that a clause may tell with each noun that it acts on."""
        verb = "criminalize" if self._outlaws(clause) else clause.verb.lemma
        for predicate in self.known.acts.get(("verb", verb), ()):
            for noun in clause.patients:
                yield predicate, noun
            if predicate.name == "need" and not clause.objects:  # "requires that firms receive notice"
                for other in self.told:
                    if other.leader is clause:
                        for noun in other.objects:
                            yield predicate, noun


def _sign(predicate: Predicate, thing: Thing) -> int | None:
    """Which way what an instrument does to a thing goes; 0 where nobody can tell, None where it says nothing of it."""
    nobody_s = thing.name in ("suspects", "accused_officials") or thing.worth == "violation"
    if predicate.name == "need" and thing.worth == "offender":
        return 1  # "obliges employers to pay the fees"
    if predicate.effect == "punish" and nobody_s:
        return 0  # "allows officers to detain suspects"
    if thing.name in predicate.nothing_with or (predicate.effect == "help" and nobody_s):
        return None  # "filling the gap", "allowed officers to enter", "criteria to identify violence"
    if predicate.name in ("control", "watch"):
        return -1 if thing.name in ("speech", "media_doer") else None
    return direction_of(predicate.effect, thing.worth)


def effects_of(
    clause: Clause, words: tuple[str, ...], known: Lexicon
) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    """What the verb may do, by its way, and its phrase: with what stands behind its object first."""
    head, _, rest = clause.verb.lemma.partition(" ")
    behind = _plainly((*rest.split(), *words[clause.verb.head - clause.verb.first + 1 :]))
    rows = known.standing.get("be" if clause.verb.copula else head, {})
    for (phrase, way), effects in sorted(rows.items(), key=lambda row: -len(row[0][0])):
        more = _plainly(phrase)
        near = len(more) == 1 and more not in _AWAY and known.use(more[0]).letter == "P"
        reach = 1 if near else len(behind)
        if more and any(behind[k : k + len(more)] == more for k in range(reach)):
            yield way, effects, more
    own = {way: [p.effect for p in predicates] for way, predicates in known.ways.get(clause.verb.lemma, ())}
    for way in ("state", "verb") if clause.passive else ("alone", "state", "verb"):
        effects = [*own.get(way, ()), *(() if rest else rows.get(((), way), ()))]
        if effects:
            yield way, effects, ()


def _plainly(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without those that say which or how many: "took no action" is of the row "take action"."""
    return tuple(word for word in words if word not in _WHICH)
