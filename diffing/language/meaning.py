"""How a deed is meant: who does it, whether it took place, who says so, and what stands over it."""

from __future__ import annotations

from typing import Protocol

from diffing.language.constituents import Clause, Phrase, Thing
from diffing.language.lexicon import Lexicon
from diffing.language.noun_classes import is_time, things
from diffing.language.phrases import PAST
from diffing.language.scopes import Scope
from diffing.language.words import Words
from diffing.model.events import Reality

# In which order what stands over a deed decides how real it is.
_UNREAL = (
    ("asked", Reality.ASKED),
    ("conditional", Reality.CONDITIONAL),
    ("planned", Reality.PLANNED),
    ("law", Reality.LAW),
)
_LED_UP_TO = frozenset(("alleged", "planned", "asked"))
_LED_BY = frozenset(("by", "including", "after", "through", "and", "or", ",", "", "without", "in", "while", "before"))
_ACCUSING = frozenset(("for", "of", "with", "on", "over", "under", "on charges of", "in connection with"))
_CLAIMING = frozenset(["allege", "claim", "accuse", "complain", "denounce"])
_OF_THE_STATE = frozenset(("government", "police", "state", "army", "military"))
_SEEING_TO = frozenset(("ensure", "guarantee"))
_BEGINNING = frozenset(("begin", "start", "resume"))
_ORDERING = frozenset(("order", "instruct", "direct", "require"))
_ORDERS = frozenset(("order", "orders", "instructions"))


class Said(Protocol):
    """The layers of one sentence, each made when first asked for."""

    @property
    def known(self) -> Lexicon:
        """The words of its profile."""

    @property
    def words(self) -> Words:
        """Its words."""

    @property
    def phrases(self) -> list[Phrase]:
        """Its phrases."""

    @property
    def clauses(self) -> list[Clause]:
        """Its clauses."""

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """What stands under which words: asked for by deeds alone, and most sentences tell none."""


def asks_money(clause: Clause, known: Lexicon) -> bool:
    """Whether it asks money of somebody: who "charged 12 workers a fee" has brought nobody to court."""
    if clause.verb.lemma != "charge":
        return False
    nouns = (*clause.objects, *([clause.whose] if clause.whose is not None else []))
    return not known.listed("prices").isdisjoint([noun.words[-1] for noun in nouns])


class Meaning:
    """What the clauses and scopes of one sentence say of its deeds."""

    def __init__(self, said: Said) -> None:
        self.said, self.words, self.told, self.known = said, said.words, said.clauses, said.known
        known = said.known
        self.charges: dict[int, str] = {}  # by clause
        self.hardly = known.listed("hardly")
        self.stopping = known.listed("stopping")

    def charge(self, clause: Clause) -> str:
        """What somebody is pursued for: a wrong, what they said (speech), or nothing that is named."""
        key = id(clause)
        if key not in self.charges:
            self.charges[key] = self._charge(clause)
        return self.charges[key]

    def _charge(self, clause: Clause, described: bool = True) -> str:
        found = set()
        for prep, noun in clause.preps:
            if prep in _ACCUSING and not self._without(clause, noun):
                reached = (
                    noun.tail[1] if noun.tail is not None and noun.words[-1] in self.known.listed("charges") else noun
                )
                lemma = self.known.use(reached.words[-1]).act
                if any(p.effect == "punish" for p in self.known.acts.get(("noun", lemma), ())):
                    found.add("violation")  # "for the fatal stabbing"
                if not self.known.listed("own_acts").isdisjoint(reached.words):
                    found.add("violation")  # "for immigration offenses"
                for thing in self.things(reached):
                    found.add("speech" if thing.name in ("speech", "rights") else thing.worth)
        for other in self.told:
            if other.leader is clause and other.kind == "gerund" and other.opener in _ACCUSING:
                found |= self._deed_charged(other)
            elif described and other is not clause and other.passive and other.whose in clause.patients:
                found |= {"violation"} if self._charge(other, False) == "wrong" else set()  # "who was tried for"
        if "speech" in found:
            return "speech"
        return "wrong" if "violation" in found else ""

    def own_acts(self, clause: Clause) -> bool:
        """Whether people answer for what victims are made to do, or how they live: "fined women for prostitution"."""
        acts, own = self.known.listed("own_acts"), self.known.listed("own_life")
        led = (other for other in self.told if other.leader is clause and other.opener in _ACCUSING)
        nouns = (noun for prep, noun in clause.preps if prep in _ACCUSING)
        return any(other.verb.lemma in own for other in led) or any(not acts.isdisjoint(noun.words) for noun in nouns)

    def _without(self, clause: Clause, noun: Phrase) -> bool:
        """Whether a noun is denied behind its verb: "detained without notification of a crime"."""
        behind, place = self.words.starts[clause.verb.head], self.words.starts[noun.first]
        return any(s.kind == "denied" and s.trigger > behind and s.holds(place) for s in self.said.scopes)

    def _deed_charged(self, clause: Clause) -> set[str]:
        """What a deed is that somebody answers for: to speak, or a wrong."""
        return {"speech"} if clause.verb.lemma in self.known.listed("speaking") else {"violation"}

    def over(self, at: int) -> set[str]:
        """The kinds of the scopes in which a word stands."""
        place = self.words.starts[at]
        over = [scope for scope in self.said.scopes if scope.holds(place)]
        own = next((clause for clause in self.told if clause.verb.head == at), None)
        if own is not None and self._finite_by_itself(own):
            # "does not prohibit night work and provides for rest": the "not" is the first verb's alone
            others = [clause.verb for clause in self.told if clause is not own and clause.verb.denied]
            over = [s for s in over if not any(verb.start <= s.trigger < verb.end for verb in others)]
        if own is not None and self._told_as_done(own):
            # "efforts to calm the town closed", "due to alleged fraud, in May the state closed": not the verb's own
            over = [s for s in over if s.kind not in _LED_UP_TO or not self._leads_up(s, own)]
        return {scope.kind for scope in over}

    def _told_as_done(self, clause: Clause) -> bool:
        """Whether it is a main clause in the past with a subject of its own."""
        verb = clause.verb
        own = clause.kind == "main" and bool(clause.subjects) and not clause.inherited
        return own and verb.finite and (verb.past or verb.form in PAST)

    def _leads_up(self, scope: Scope, clause: Clause) -> bool:
        """Whether a scope is opened by a noun before a verb: in its subject, or in what stands before that and a
        comma; not by an adverb, nor by whom it is told."""
        verb = clause.verb
        told = any(scope.trigger <= other.verb.start < verb.start for other in self.told)
        if scope.trigger >= clause.subjects[0].start and scope.kind != "alleged":
            return scope.trigger < verb.start
        between = self.words.text[scope.trigger_end : clause.subjects[-1].start]
        fronted = bool(between.partition(",")[0].strip()) and "," in between and self.words.folded[0] != "according"
        return fronted and not told

    def _finite_by_itself(self, clause: Clause) -> bool:
        """Whether a verb needs no auxiliary of another one."""
        verb = clause.verb
        alone = verb.first == verb.head and verb.finite
        return alone and (verb.form == "s" or (verb.form in PAST and not clause.passive and bool(clause.objects)))

    def denied(self, clause: Clause, patient: Phrase, over: set[str], noun: Phrase | None) -> bool:
        """Whether it is denied: by a scope, by its own words, or by an object that is none."""
        lead = clause.leader
        if clause.kind == "infinitive" and lead is not None and lead.verb.lemma in self.known.listed("failing"):
            return not lead.verb.denied  # "refused for years to register", "did not fail to"
        while lead is not None and lead.kind == clause.kind == "reported":
            lead = lead.leader  # of the first of a list
        if clause.kind == "reported" and lead is not None and lead.verb.lemma in _SEEING_TO and clause.verb.denied:
            return not self.denied(lead, lead.verb, self.over(lead.verb.head), None)  # "did not ensure that none"
        if "no_longer" in over or self.stopped(clause) or self._forbidden(clause):
            return True
        nothing = patient.words[:1] in (("no",), ("none",), ("neither",))
        if nothing or not self.hardly.isdisjoint(clause.verb.words):
            return True
        return "affirmed" not in over and ("denied" in over or (clause.verb.denied and noun is None))

    def reality(self, clause: Clause, over: set[str]) -> Reality:
        """Whether it took place, by its scopes, the tense of its verb and the clauses that it hangs on."""
        for kind, reality in _UNREAL:
            if kind in over:
                return reality
        if clause.kind == "conditional":
            return Reality.CONDITIONAL
        if self.is_law(clause):
            return Reality.DONE if self._laid_down(clause) else Reality.LAW
        verb = clause.verb
        if clause.kind == "infinitive" and verb.perfect and clause.leader is not None and clause.leader.passive:
            return self.reality(clause.leader, set())  # "was reported to have closed"
        if clause.kind in ("infinitive", "gerund") and clause.leader is not None:
            lead = self.reality(clause.leader, set())
            if lead is not Reality.DONE:
                return lead
            goes_on = clause.leader.verb.lemma in self.known.listed("taking_place")
            if clause.kind == "infinitive":
                return Reality.DONE if goes_on else Reality.UNCOMMITTED
            return Reality.DONE if goes_on or clause.opener in _LED_BY else Reality.UNCOMMITTED
        if clause.kind == "relative" and verb.ing and clause.leader is not None:
            return self.reality(clause.leader, set())
        if verb.form in ("base", "s") and not verb.past and not verb.perfect:
            return Reality.ONGOING
        if not verb.past and not verb.perfect and (verb.passive or verb.form in ("aux", "state", "ing")):
            return Reality.ONGOING if verb.finite else Reality.UNCOMMITTED
        return Reality.DONE

    def is_law(self, clause: Clause) -> bool:
        """Whether a clause says what a rule says: its subject is an instrument, or the noun that it describes is."""
        doers = [] if clause.passive else clause.subjects
        for doer in doers[:1]:
            if any(thing.name == "instruments" for thing in self.things(doer)):
                acts = ("alone", clause.verb.lemma) in self.known.acts and not clause.objects
                # "a new decree increased the wage" tells a deed, "the law provided for" a rule
                new = not self.known.listed("new_laws").isdisjoint(doer.words) or (
                    doer.tail is not None and is_time(doer.tail[1], self.known)
                )
                return not (clause.verb.past or clause.verb.form in PAST) or not (acts or new)
        return (
            clause.kind in ("infinitive", "gerund", "reported")
            and clause.leader is not None
            and self.is_law(clause.leader)
        )

    def _laid_down(self, clause: Clause) -> bool:
        """Whether it is the rule of a law that is new, or whose making is told and dated: "the act, passed in May,"."""
        law = clause.subjects[0] if clause.subjects and clause.kind in ("main", "conceded") else None
        made = (other for other in self.told if other.whose is law and other.kind in ("relative", "reduced"))
        dated = any(is_time(noun, self.known) for other in made for _, noun in other.preps)
        return law is not None and (dated or "new" in law.words)

    def ordered(self, clause: Clause) -> bool:
        """Whether the state ordered it: "instructed firms to dismiss", "gave orders to evict"."""
        lead = clause.leader
        while lead is not None and clause.kind == "gerund" and lead.kind in ("infinitive", "gerund"):
            clause, lead = lead, lead.leader
        if clause.kind != "infinitive" or lead is None or not (lead.verb.past or lead.verb.form in PAST):
            return False
        by_noun = any(noun.words[-1] in _ORDERS for noun in lead.objects)
        return (lead.verb.lemma in _ORDERING or by_noun) and self.doer(lead)[0] == "state"

    def listed(self, clause: Clause) -> bool:
        """Whether it stands in a list of what was done: "pressure included jailing strikers"."""
        lead = clause
        while lead.kind == "gerund" and lead.leader is not None:
            lead = lead.leader
        return lead is not clause and lead.verb.lemma == "include"

    def answers(self, clause: Clause) -> bool:
        """Whether it is what somebody answers for: "tried for beating"."""
        return clause.kind == "gerund" and clause.opener in ("for", "of", "with")

    def said_by(self, clause: Clause) -> str:
        """Who says so: the class of the subject of the clause that it hangs on, else the report."""
        lead = clause
        while lead.leader is not None and lead.kind in ("infinitive", "gerund", "relative", "reduced"):
            lead = lead.leader
        if lead.kind == "reported" and lead.leader is not None:
            return self.doer(lead.leader)[0]
        return "report"

    def stopped(self, clause: Clause) -> bool:
        """Whether it is said to have ceased: "stopped screening migrants"."""
        lead = clause.leader
        own = lead is not None and lead.verb.lemma in self.stopping and not lead.objects
        return clause.kind in ("gerund", "infinitive") and own

    def _forbidden(self, clause: Clause) -> bool:
        """Whether it is what is forbidden: "prohibits officers from holding a woman overnight"."""
        lead = clause.leader
        forbids = lead is not None and lead.verb.lemma in self.known.listed("forbidding")
        return forbids and clause.kind == "gerund" and clause.opener == "from"

    def begun(self, clause: Clause) -> bool:
        """Whether it is said to have begun: "began granting work permits"."""
        lead = clause.leader
        return clause.kind in ("gerund", "infinitive") and lead is not None and lead.verb.lemma in _BEGINNING

    def claimed(self, clause: Clause) -> bool:
        """Whether who says so only claims it."""
        return clause.kind == "reported" and clause.leader is not None and clause.leader.verb.lemma in _CLAIMING

    def comparison(self, clause: Clause, patient: Phrase, over: set[str], noun: Phrase | None = None) -> str | None:
        """How it compares itself: more, fewer, same, first, again, no_longer, or None."""
        first = patient.words[0]
        if patient.words[1:2] == ("than",):
            first = ""
        if first in ("more", "fewer", "less", "additional", "another", "same"):
            return {"less": "fewer", "additional": "more", "another": "again"}.get(first, first)
        if self.stopped(clause):
            return "no_longer"
        if self.begun(clause) or "first" in (*patient.words, *(noun.words if noun is not None else ())):
            return "first"
        return next((kind for kind in ("no_longer", "first", "again", "same") if kind in over), None)

    def doer(self, clause: Clause) -> tuple[str, str]:
        """The class of who does it, and how that is known."""
        doers = clause.doers
        opening = f" {' '.join(self.words.folded[: clause.verb.first])} "  # "in the receiving state, a court"
        if opening.startswith(" in ") and any(f" {words} " in opening for words in self.known.listed("abroad")):
            return "international", "named"
        if not doers:
            by_nature = any(thing.name == "nature" for _, noun in clause.preps for thing in self.things(noun))
            return ("private" if by_nature else "unknown"), "assumed"
        basis = "inherited" if clause.inherited else "named"
        found = [self.class_of_doer(doer) for doer in doers]
        for name in ("state", "armed", "civil", "private", "international", "media"):
            if name in found:
                return name, "assumed" if doers[0].kind == "Q" else basis
        return "unknown", basis

    def class_of_doer(self, doer: Phrase) -> str:
        """The class of doers that a noun phrase is of."""
        if doer.kind == "Q":
            return "state" if doer.words[0] == "it" else "unknown"
        kinds = self.things(doer)
        said = f" {' '.join((*doer.words, *(doer.tail[1].words if doer.tail is not None else ())))} "
        if any(f" {words} " in said for words in self.known.listed("abroad")):
            return "international"
        if doer.words[0] in _OF_THE_STATE or (doer.words[1:2] and doer.words[1] in _OF_THE_STATE):
            return "state"  # "government pressure", "the police crackdown"
        named = [thing.doer for thing in kinds if thing.doer]
        if named:
            return named[0]
        if any(thing.worth in ("person", "offender") for thing in kinds):
            return "private"
        if any(thing.name == "instruments" for thing in kinds):
            return "state"
        return "unknown"

    def things(self, phrase: Phrase) -> tuple[Thing, ...]:
        """The classes of a phrase."""
        return things(phrase, self.words, self.known)

    def officials(self, phrase: Phrase) -> bool:
        """Whether it names some of the state's own, wrongdoers only where a wrong of theirs is named."""
        return any(thing.name == "accused_officials" for thing in self.things(phrase))
