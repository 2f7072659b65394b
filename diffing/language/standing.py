"""How things stand by each clause of a sentence: well or badly, in whatever words it is told.

One state is told by a deed ("opened a shelter"), by what is there ("a shelter took in men") and by what is amiss ("men
were left without a shelter"). The effect of a verb goes with the worth of what it acts on; a verb that does nothing to
it says that it is there; words of praise and of hardship stand by themselves, and what denies turns each of them.

>>> from diffing.language.analysis import analyse
>>> from diffing.profile import load_profile
>>> said = "The fund ran dry, and most victims were left without assistance.", "The fund paid all victims."
>>> [[one.sign for one in standings(analyse(text, load_profile("tip")))] for text in said]
[[-1, -1], [1]]
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from diffing.language.clauses import CONCEDED
from diffing.language.constituents import Clause, Phrase
from diffing.language.directions import effects_of
from diffing.language.freedoms import OUTSIDERS, Freedoms
from diffing.language.meaning import Meaning
from diffing.language.noun_classes import is_time
from diffing.language.phrases import PAST
from diffing.language.stems import stems
from diffing.language.worths import Quality, Worths
from diffing.model.events import direction_of

if TYPE_CHECKING:
    from diffing.language.analysis import Analysis

_IS = {"protection": 1, "right": 1, "violation": -1, "restriction": -1}
_UNTOLD = frozenset(("asked", "planned", "example"))
# Who claims it doubts that it is so; who is suspected is only called by it.
_CLAIMED = ("alleg", "claim", "rumor", "denounc")
_ONE = frozenset(("a", "an", "one", "another", "single", "the", "his", "her"))
# What is done to people alone, and what to wrongdoers alone.
_HELPED = ("person", "protection", "right", "violation", "restriction")
_TO_WHOM = {"punish": ("person", "offender", "right"), "shield": ("offender",), "help": _HELPED}
# Behind these stands what a verb without an object acts on; behind some also what it gives or takes.
_WITH = frozenset(("with", "of"))
_THROUGH = _WITH | {"to", "from", "for", "on"}
_INSTEAD = frozenset((("instead", "of"), ("rather", "than")))
_ABLE = frozenset(("could", "can"))
_COMPARING = frozenset(("than", "from", "with", "to", "unlike", "as"))
# Behind these a deed is why or from what: "fined for leaving", "barred from seeking".
_CAUSES = frozenset(("want", "lack", "fear"))  # "for want of a quorum"
_OWN_TO = frozenset(("for", "of", "from"))
# Under these a clause says that things stood otherwise before.
_CHANGED = frozenset(("first", "no_longer"))
_UNTIL = frozenset(("until", "till"))
_PRESENT = ("s", "base")
_OWNING = frozenset(("deny", "acknowledge", "admit", "recognize", "dispute"))
_ORDERING = frozenset(("order", "instruct", "direct"))
_BEING = frozenset(("be", "have", "do", "become", "remain", "continue", "compared"))
# What is only written, and not in force.
_DRAFT = frozenset(("draft", "drafts", "drafting", "drafted", "proposed", "proposal", "proposals"))
# Clauses that tell by themselves, and such as say which thing is meant, and not how it stands.
_TOLD, _DESCRIBING = frozenset(("main", "reported", "conceded")), frozenset(("relative", "reduced", "conditional"))


class Standing(Struct, frozen=True):
    """How a clause says that things stand: `sign` 1 for well and -1 for badly; `words` are the clause's own."""

    sign: int
    words: str
    about: str  # the noun whose worth decided, or the words where none did
    earlier: bool  # whether it says how things stood before
    verb: str  # the lemma
    denied: bool = False
    changed: bool = False  # whether it says by itself that things stood otherwise
    plain: bool = False  # only that it is done, or not: nothing tells what that is worth
    law: bool = False  # whether a rule says it
    outsider: str = ""  # who does it that is neither the state nor a victim or wrongdoer
    same: bool = False  # whether it says by itself that things stand as before
    by: str = "noun"  # what decided: the noun's worth, or a word for an "end", "praise", a "duty", or "itself"


@lru_cache(maxsize=4096)  # four rules ask
def standings(said: Analysis) -> tuple[Standing, ...]:
    """How things stand by each clause of a sentence that tells it."""
    return tuple(_Standings(said).read())


def only_by_others(said: Analysis, named: frozenset[str] = frozenset()) -> bool:
    """Whether only those tell of a deed who are not the state; those `named` (stems) are meant to do it."""
    told = [one for one in standings(said) if not one.earlier]
    return bool(told) and all(one.outsider and not stems(one.outsider) & named for one in told)


class _Standings:
    def __init__(self, said: Analysis) -> None:
        self.said, self.known = said, said.known
        self.folded = said.words.folded
        self.meaning = Meaning(said)
        self.about: Phrase | None = None
        self.before = [(said.words.behind(one.trigger), one) for one in said.scopes if one.kind == "earlier"]
        worths = Worths(said, self.meaning)
        self._worths, self._lacked = worths.of, worths.lacked
        self.free = Freedoms(said, self.meaning, worths)
        self.quality = Quality(self.known)
        self.little = self.known.listed("standing_little")

    def read(self) -> Iterator[Standing]:
        clauses = self.said.clauses
        for number, clause in enumerate(clauses):
            behind = self._behind(number)
            if clause.verb.form in PAST and clause.verb.lemma.startswith("un"):
                if self.quality.of((clause.verb.lemma,)) < 0:  # "left complaints unanswered": what they are
                    told = self._words(clause, behind)
                    yield Standing(-1, told, told, False, clause.verb.lemma)
                continue
            over = self.meaning.over(clause.verb.head)
            earlier = self._earlier(clause, number, behind)
            participle = clause.passive or clause.verb.form == "participle"
            describes = clause.kind in _DESCRIBING or clause.opener == "when" or (participle and self._bare(clause))
            if (describes and not earlier) or self._untold(clause, over) or self._leads(clause):
                continue
            sign, denied = self._sign(clause, over, behind)
            begun = self.meaning.begun(clause) or self.meaning.stopped(clause)
            without = (clause.kind, clause.opener) == ("gerund", "without")
            finite = begun or without or (clause.kind in _TOLD and clause.verb.finite)
            lacks = denied and bool(clause.objects) and clause.verb.lemma in ("have", "be")
            being = clause.verb.lemma in _BEING and not lacks
            plain = finite and not (sign or being or any(map(self._amount, clause.subjects[:1])))  # "two years passed"
            words = self.folded[clause.verb.first : behind]
            does = {effect for _, of, _ in effects_of(clause, words, self.known) for effect in of} if plain else ()
            denied = denied != ("less" in does)  # "lacked specialization"
            plain = plain and not ("punish" in does and self._one_case(clause, "person"))
            self.about = clause.objects[0] if plain and lacks else self.about
            if sign or plain:
                told = self._words(clause, behind)
                about = self.said.text[self.about.start : self.about.end] if self.about is not None else told
                sign = sign or (-1 if denied else 1)
                changed = begun or not over.isdisjoint({"earlier"} if earlier else _CHANGED)
                until = earlier and any(prep in _UNTIL for prep, _ in clause.preps)
                changed = changed or until or (denied and self._as_it_had(clause))
                law = self.meaning.is_law(clause) and clause.verb.form in _PRESENT and not clause.verb.past
                doers = clause.doers if self.meaning.doer(clause)[0] in OUTSIDERS else ()
                who = " ".join(word for noun in doers for word in noun.words)
                how = (denied, changed, plain, law, who, self._as_before(clause, sign), self.by)
                yield Standing(sign, told, about, earlier, clause.verb.lemma, *how)

    def _bare(self, clause: Clause) -> bool:
        """Whether it is a participle that only describes what stands before it: "the gap left in 2019"."""
        bare = clause.verb.first == clause.verb.head and not clause.inherited and clause.leader is not None
        return bare and bool(clause.subjects)

    def _behind(self, number: int) -> int:
        """The word behind all that a clause tells: where the next one begins that is no part of it."""
        this = self.said.clauses[number]
        for other in self.said.clauses[number + 1 :]:
            if other.kind not in ("reduced", "infinitive") and not (other.verb.form in PAST and self._bare(other)):
                own = [noun for noun in other.subjects if noun is not other.whose and not other.inherited]
                return own[0].first if own and own[0].first > this.verb.last else other.verb.first
        return len(self.folded)

    def _earlier(self, clause: Clause, number: int, behind: int) -> bool:
        """Whether it says how things stood before the period: not "more than in the previous year"."""
        last = [noun.words[-1] for _, noun in clause.preps]
        dated = any(word.isdigit() or self.known.use(word).letter == "Y" for word in last)
        if clause.opener == "when" and "unlike" in self.folded[: clause.verb.first]:
            return True  # "unlike in 2014, when it opened"
        if clause.verb.perfect and clause.verb.past and ((dated and number) or clause.kind not in ("main", "reported")):
            return True
        first = self.said.clauses[number - 1].verb.last if number else -1
        at = next((at for at, of in self.before if first < at < behind and of.holds(clause.verb.start)), None)
        return at is not None and _COMPARING.isdisjoint(self.folded[max(0, at - 2) : at])

    def _as_it_had(self, clause: Clause) -> bool:
        """Whether the like was done before: "did not say how many, as it had in 2014"."""
        said = " ".join(self.folded[clause.verb.last :])
        return any(f" {words} " in said for words in self.known.listed("as_before"))

    def _as_before(self, clause: Clause, sign: int) -> bool:
        """Whether it says of itself that it stands as it did: "as in past years", "had yet to", "continued to".

        What is amiss and goes on ("remained vacant") may have begun since the old text told that it was well.
        """
        lead = (clause.leader if clause.kind == "infinitive" else None) or clause
        near = range(lead.verb.first - 1, clause.verb.last + 2)
        for scope in self.said.scopes if "yet" not in clause.verb.words else ():
            if scope.kind == "same":
                words, own = scope.words.lower(), self.said.words.behind(scope.trigger) in near
                whole = scope.trigger == 0 and clause.opener not in CONCEDED  # "as in past years, ..., whose records"
                if words.startswith("as ") and (whole or scope.holds(clause.verb.start)):
                    return True
                if own and (sign > 0 or lead.inherited or words == "still"):
                    return True
        return "yet" in clause.verb.words

    def _untold(self, clause: Clause, over: set[str]) -> bool:
        """Whether it is wished, planned or claimed, or what somebody may or must do by another's deed."""
        if self._instead(clause) or "must" in clause.verb.words:
            return False
        if self._only_wished(clause) or (clause.leader is not None and self._only_wished(clause.leader)):
            return True
        if clause.verb.denied and not clause.objects and clause.verb.lemma in self.known.listed("saying"):
            return True  # "did not report whether victims were repatriated"
        nouns = (*clause.subjects, *clause.objects, *(noun for _, noun in clause.preps))
        owned = clause.kind == "reported" and clause.leader and clause.leader.verb.lemma in _OWNING
        drafted = not all(_DRAFT.isdisjoint(noun.words) for noun in nouns)
        drafted = drafted or (clause.verb.denied and clause.passive and any("bill" in n.words for n in clause.subjects))
        if drafted or owned or (clause.kind == "gerund" and clause.opener in _OWN_TO):
            return True  # "acknowledged that trafficking was a problem": which way is the first verb's
        if clause.kind == "infinitive" and clause.leader is not None:
            lead = clause.leader.verb
            able = lead.copula and self.quality.of(self.folded[lead.last : clause.verb.first])
            if able or self.free.allows(clause.leader):
                return True  # "insufficient to enforce the law"
            if lead.lemma not in self.known.listed("standing_on"):
                return True
            if clause.leader.objects and lead.lemma not in self.known.listed("object_does"):
                return True  # "began a protest to address wages"
        claimed = [scope for scope in self.said.scopes if scope.kind == "alleged" and scope.holds(clause.verb.start)]
        if "might" in clause.verb.words:
            return True
        return not over.isdisjoint(_UNTOLD) or any(scope.words.lower().startswith(_CLAIMED) for scope in claimed)

    def _only_wished(self, clause: Clause) -> bool:
        """Whether its verb is one of planning, or of asking by others than the state: "NGOs sought access"."""
        verb = clause.verb
        own = {s.kind for s in self.said.scopes if s.kind in _UNTOLD and verb.start <= s.trigger < verb.end}
        led = {other.kind for other in self.said.clauses if other.leader is clause}
        wishes = verb.lemma not in _ORDERING and bool(led if verb.lemma != "ask" else led & {"reported"})
        states = self.meaning.doer(clause)[0] == "state" and (not wishes or self.meaning.begun(clause))
        return bool(own) and not (own == {"asked"} and (states or not _ABLE.isdisjoint(verb.words)))

    def _near(self, verb: Phrase) -> tuple[str, ...]:
        """The words of a verb, and the one before it: "seldom asked"."""
        return self.folded[max(0, verb.first - 1) : verb.last + 1]

    def _instead(self, clause: Clause) -> bool:
        """Whether it is what was not done: "instead of identifying victims"."""
        return clause.verb.ing and not _INSTEAD.isdisjoint(pairwise(self.folded[: clause.verb.first][-3:]))

    def _leads(self, clause: Clause) -> bool:
        """Whether it only leads to another deed: "began", "had to", "let the agreement lapse"."""
        if self.free.allows(clause):
            return False
        led = [other for other in self.said.clauses if other.leader is clause and other.kind == "infinitive"]
        if led and clause.objects and clause.verb.lemma in self.known.listed("object_does"):
            worths = {worth for noun in clause.objects for worth in self._worths(noun, clause)}
            return not worths & {"person", "offender"}
        return not clause.objects and any(
            other.leader is clause and other.kind in ("infinitive", "gerund") and not other.opener
            and other.verb.first <= clause.verb.last + 2
            for other in self.said.clauses
        )  # fmt: skip

    def _words(self, clause: Clause, behind: int) -> str:
        words, text, last = self.said.words, self.said.text, max(behind - 1, clause.verb.last)
        first = min((noun.first for noun in clause.subjects), default=clause.verb.first)
        if clause.inherited and first < clause.verb.first:
            own = clause.subjects[0]
            return f"{text[own.start : own.end]} {text[clause.verb.start : words.end(last)]}"
        return text[words.starts[min(first, clause.verb.first)] : words.end(last)]

    def _one_case(self, clause: Clause, *worths: str) -> bool:
        """Whether it befell one alone, of these worths."""
        one = [n for n in clause.patients if n.words[0] in _ONE and not n.words[-1].endswith(("s", "en", "ce"))]
        alone = (thing.worth for noun in one for thing in self.meaning.things(noun))
        return len(clause.patients) == 1 and not set(worths).isdisjoint(alone)

    def _sign(self, clause: Clause, over: set[str], behind: int) -> tuple[int, bool]:
        """The sign of a clause, 0 where nothing tells it, and whether something denies it."""
        self.about, self.by = None, "noun"
        words = self.folded[clause.verb.first : behind]
        praised = self.quality.of(words)
        if self._one_case(clause, *_TO_WHOM["punish"]):
            return 0, False
        bound, able = self.free.duty(clause)
        freed = self.free.allows(clause) or bound or self.free.kept(clause) or self.free.opens(clause)
        sign = freed or self._deed(clause, words) or able
        beside = self.about in [noun for _, noun in clause.preps]
        if sign and praised < 0:
            sign = -1
        elif sign > 0 and not beside and "protection" in self._lacked(clause):
            return 0, False  # "ran shelters without state funds"
        own, without = self._by_itself(clause), any(prep == "without" for prep, _ in clause.preps)
        words_tell = "praise" if praised else "itself" if own or without else "noun"
        self.by = "duty" if freed else self.by if sign else words_tell
        sign = sign or praised or own or self._there(clause)
        patient = clause.patients[0] if clause.patients else clause.verb
        over = over - {"denied"} if self._lack_of_its_subject(clause) else over
        turned = self.meaning.denied(clause, patient, over, None) or self._little(clause, () if praised else words)
        turned = (turned and not self.quality.limits(words)) != (self._instead(clause) or self._unreported(clause))
        return -sign if turned else sign, turned

    def _unreported(self, clause: Clause) -> bool:
        """Whether nobody reported it: "there were no reports that police detained victims"."""
        lead = clause.leader if clause.kind == "reported" else None
        return lead is not None and any(noun.words[0] == "no" for noun in (*lead.objects, *lead.subjects))

    def _lack_of_its_subject(self, clause: Clause) -> bool:
        """Whether what denies is the subject's own: "a lack of staff delayed", "those without papers may stay"."""
        if clause.kind == "gerund":
            return False  # "did not report giving", "without asking"
        denials = [s for s in self.said.scopes if s.kind == "denied" and s.holds(clause.verb.start)]
        first = min((noun.start for noun in clause.subjects), default=clause.verb.end)
        before = [o for o in self.said.clauses if o.verb.end < clause.verb.start]
        parts = [noun for o in before for noun in o.objects]
        parts += [o.verb for o in before if o.kind == "relative" and o.whose in clause.subjects]
        own = (
            any(part.start <= s.trigger < part.end for part in parts)
            or (first <= s.trigger < clause.verb.start and s.words.endswith((" of", "without")))
            for s in denials
        )
        return bool(denials) and all(own)

    def _little(self, clause: Clause, words: tuple[str, ...]) -> bool:
        """Whether there is little or none of what it is told of: "few victims received", "shelters were rare"."""
        before = self.folded[clause.subjects[0].first - 1 : clause.subjects[0].first] if clause.subjects else ()
        if before == ("only",) or any(
            b == "only" and a not in ("the", "not", "its") for a, b in pairwise(("", *words))
        ):
            return True  # "in one language only", but "the only shelter"
        given = (noun for prep, noun in clause.preps[:1] if " ".join((prep, *noun.words)) not in self.quality.well)
        nouns = [*clause.subjects[:1], *clause.objects[:2], *given]
        verb = self._near(clause.verb)
        rare = clause.verb.copula and not self.little.isdisjoint(words)
        return rare or any(noun.words[0] in self.little for noun in nouns) or not self.little.isdisjoint(verb)

    def _deed(self, clause: Clause, words: tuple[str, ...]) -> int:
        """The effect of the verb times the worth of what it acts on; 0 where that is nothing, or both."""
        acted = [*clause.objects, *(clause.patients if clause.passive else ())]
        through = [(p, n) for p, n in clause.preps if p in _THROUGH and n.words[0] not in _CAUSES]
        nearest = clause.preps[:1]  # not "sentenced a captain to ten years for the use of children"
        acted += [n for p, n in through if (p in _WITH and (not clause.objects or (p, n) in nearest)) or not acted]
        alone = not clause.passive and all(self._amount(noun) for noun in clause.objects)
        for way, effects, phrase in effects_of(clause, words, self.known):
            if way == "verb" or alone or phrase:
                reach = _THROUGH | set(phrase[-1:])
                behind = [n for p, n in clause.preps if phrase and p in reach and n not in acted]
                for noun in [*acted, *behind] if way == "verb" else clause.subjects:
                    signs = {
                        direction_of(effect, worth)
                        for effect in effects
                        for worth in self._worths(noun, clause)
                        if worth in _TO_WHOM.get(effect, (worth,))
                    } - {0}
                    if len(signs) == 1:
                        ends = "less" in effects and "pursue" not in effects
                        self.about, self.by = noun, "end" if ends else "noun"
                        people = "punish" in effects and "person" in self._worths(noun, clause)
                        to = [n for p, n in clause.preps[:1] if p == "to" and not people]
                        wrong = any(
                            self._worths(n, clause) == {"offender"} and not self.meaning.officials(n) for n in to
                        )
                        return -signs.pop() if wrong and way == "verb" and noun in clause.patients else signs.pop()
                if phrase and "less" in effects:
                    break  # "gave up the lists": nothing was given
        return 0

    def _amount(self, noun: Phrase) -> bool:
        """Whether it is a time or a sum: "waited seven weeks", "paid 900 crowns"."""
        if noun.tail is not None and noun.tail[0] == "of":
            return self._amount(noun.tail[1])  # "an average of nine months"
        timed = self.known.use(noun.words[-1]).letter == "Y"
        return timed or (noun.words[0][0].isdigit() and bool(noun.words[1:]) and not self.meaning.things(noun))

    def _by_itself(self, clause: Clause) -> int:
        """Verbs that are better or worse whatever they act on."""
        lemma = clause.verb.lemma
        nothing = lemma == "do" and bool(clause.objects) and clause.objects[0].words[0] in self.little
        if nothing or lemma in self.known.listed("upholding"):
            return 1  # "did nothing" is denied by its object
        return -1 if lemma in self.known.listed("thwarting") else 0

    def _there(self, clause: Clause) -> int:
        """What it is worth that a thing is there; what people go without is not."""
        if any(prep == "without" for prep, _ in clause.preps):
            for worth in (self._lacked(clause) or {"protection"}) & _IS.keys():
                return -_IS[worth]
        use = self.known.use(self.folded[clause.verb.head])
        if (use.verb is None or use.counted) and not clause.verb.copula:
            return 0  # nobody knows what it does
        words = self.folded[clause.verb.first : clause.verb.last + 2]  # "gave up"
        known = any(
            effect != "none" for way, of, _ in effects_of(clause, words, self.known) if way == "verb" for effect in of
        )
        if known and clause.objects:
            return 0
        told = clause.verb.lemma in self.known.listed("saying") or (clause.passive and not clause.objects)
        inside = [n for p, n in clause.preps if p in ("under", "with", "in") and not is_time(n, self.known)]
        for noun in (*clause.objects, *clause.subjects, *inside):
            signs = {_IS[worth] for worth in self._worths(noun, clause) if worth in _IS}
            if clause.verb.lemma == "have" and any(thing.doer for thing in self.meaning.things(noun)):
                signs = signs or {1}  # "had an officer for victims"
            if len(signs) == 1 and not (
                told and signs == {-1}
            ):  # "reported allegations": that they are told is no harm
                self.about = noun
                return signs.pop()
        return 0
