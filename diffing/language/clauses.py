"""The clauses of a sentence: each verb with who does it, to whom, and how it hangs on the others.

The passive, what is left out in a list of deeds, relative and participial clauses are resolved here, once for all
predicates: `doer` and `patients` are the same in "Police freed 12 men", "12 men were freed by the police" and "police
officers who freed 12 men".

>>> from diffing.profile import load_profile
>>> from diffing.language.phrases import phrases
>>> from diffing.language.lexicon import lexicon
>>> from diffing.language.words import words_of
>>> known = lexicon(load_profile("hrr"))
>>> words = words_of("Police investigated, prosecuted, and convicted three traffickers.", known)
>>> for clause in clauses(phrases(words, known), known):
...     print(clause.verb.lemma, clause.doer.words, clause.patients[0].words)
investigate ('police',) ('three', 'traffickers')
prosecute ('police',) ('three', 'traffickers')
convict ('police',) ('three', 'traffickers')
"""

from __future__ import annotations

from diffing.language.constituents import Clause, Phrase, not_too_deep
from diffing.language.lexicon import Lexicon
from diffing.language.noun_classes import is_time
from diffing.language.phrases import PAST
from diffing.language.shared_denials import has_auxiliary
from diffing.language.shared_objects import go_on_with_list, share_objects
from diffing.language.word_kinds import looks_plural

CONCEDED = frozenset(("while", "although", "though", "even though", "whereas"))
CONDITIONAL = frozenset(("if", "unless", "whether"))
_STOPS = frozenset(".;:")

# Past tenses that are no participles: they describe nothing.
_ONLY_PAST = frozenset((
    *("fell", "rose", "grew", "broke", "took", "gave", "began", "went", "wrote", "drove", "chose", "spoke", "came"),
    *("ran", "met", "shrank", "sank", "withdrew", "became", "forbade"),
))  # fmt: skip


def clauses(parts: list[Phrase], known: Lexicon) -> list[Clause]:
    """The clauses of a sentence, in the order of their verbs."""
    return _Builder(parts, known).build()


class _Builder:
    def __init__(self, parts: list[Phrase], known: Lexicon) -> None:
        self.parts = parts
        self.known = known
        self.found: list[Clause] = []
        self.at: dict[int, Clause] = {}  # by the place of their verb among the phrases
        self.above = {id(part.tail[1]): part for part in parts if part.tail is not None}

    def build(self) -> list[Clause]:
        places = [i for i, part in enumerate(self.parts) if part.kind == "verb"]
        for number, i in enumerate(places):
            clause = Clause(self.parts[i])
            clause.passive = self._passive(i)
            end = places[number + 1] if number + 1 < len(places) else len(self.parts)
            self._behind(clause, i, end)
            self._before(clause, i, places[number - 1] if number else -1)
            go_on_with_list(clause, self.parts, i, self.above, self.known)
            self.found.append(clause)
            self.at[i] = clause
        share_objects(self.parts, self.at, self.known)
        told = [c for c in self.found if c.kind == "main" and c.verb.finite]
        bare = [c for c in told if not has_auxiliary(c.verb, self.known) and not c.inherited]
        for clause in [c for c in bare if c.passive]:
            if len(told) == 1:
                clause.passive = False  # "The school suspended from work a man who": there is no other verb to be told
            elif len(bare) < len(told):
                clause.kind = "reduced"  # "has not specified the work prohibited for children"
        return self.found

    def _passive(self, i: int) -> bool:
        verb, acts = self.parts[i], self.known.acts
        counts = verb.lemma in self.known.counting
        befalls = (("verb", verb.lemma) in acts or counts) and ("alone", verb.lemma) not in acts
        return verb.passive and (befalls or has_auxiliary(verb, self.known))

    # --- what stands behind the verb

    def _behind(self, clause: Clause, i: int, end: int) -> None:
        k, prep, direct = i + 1, "", True
        listed = clause.objects  # to which list a noun behind "and" belongs: the objects, or those of the last "of"
        while k < end:
            part = self.parts[k]
            if part.kind in _STOPS or part.kind in ("R", "B", "S", "(") or part.words[0] == "compared":
                break
            if part.kind in ("P", "L") and self.parts[k - 1] in clause.objects:
                lemma = f"{clause.verb.lemma} {part.words[0]}"  # "let the men off", "sent them back to"
                if ("verb", lemma) in self.known.acts:
                    clause.verb.lemma = lemma
            if part.kind in ("P", "T"):
                prep, direct = " ".join(part.words), False
            elif part.kind in ("noun", "Q") and (prep or not is_time(part, self.known)):
                if prep:
                    due = prep == "by" and ("end" in part.words or is_time(part, self.known))
                    clause.preps.append(("until" if due else prep, part))  # "were expelled by year's end"
                    listed = []
                    prep = ""
                elif (
                    not clause.objects
                    and not (clause.verb.passive and has_auxiliary(clause.verb, self.known))
                    and self._shifted(k)
                ):
                    clause.objects.append(part)
                    clause.passive = False
                elif direct or (self.parts[k - 1].kind in (",", "C") and not self._is_subject(k, end)):
                    if listed is clause.objects:
                        clause.objects.append(part)
                    else:
                        clause.preps.append((clause.preps[-1][0], part))
            elif part.kind in (",", "C"):
                direct = False
            k += 1

    def _shifted(self, k: int) -> bool:
        """Whether a noun is the object behind what else hangs on its verb: "referred to care 17 victims"."""
        first, governed = self.parts[k].words[0], k > 1 and self.parts[k - 1].kind == self.parts[k].kind == "noun"
        behind = governed and self.parts[k - 2].kind in ("P", "T")
        return behind and bool(self.known.use(first).letter or first[0].isdigit())

    def _is_subject(self, k: int, end: int) -> bool:
        """Whether a noun is the subject of the finite verb that comes next."""
        return (
            end < len(self.parts)
            and self.parts[end].finite
            and all(part.kind not in (",", "C") for part in self.parts[k + 1 : end])
        )

    # --- what stands before it

    def _before(self, clause: Clause, i: int, previous: int) -> None:
        """Finds the subject, the kind of the clause and what it hangs on."""
        verb = clause.verb
        start = previous + 1
        boundary = None
        aside = 0
        for k in range(i - 1, previous, -1):
            kind = self.parts[k].kind
            aside += (kind == ")") - (kind == "(")  # "identified 40 (30 in 2019), and guards identified 12"
            if kind in _STOPS or (aside <= 0 and kind in ("R", "B", "S")) or aside < 0:
                start, boundary = k + 1, self.parts[k]
                break
        leader = not_too_deep(self.at.get(previous))
        nouns = self._free_nouns(start, i)
        clause.leader = leader
        if nouns and nouns[-1].words[0] == "whose" and not verb.ing:  # "the council, whose chair resigned, met once"
            clause.kind, clause.subjects, at = "relative", nouns[-1:], self.parts.index(nouns[-1])
            near = [part for part in self.parts[max(0, at - 2) : at] if part.kind == "noun"]
            clause.whose = next(reversed(nouns[:-1] or near), None)
            return
        if boundary is not None and boundary.kind not in _STOPS:
            clause.opener = " ".join(boundary.words)
            if boundary.kind in ("R", "B"):
                self._relative(clause, start - 1, nouns)
                return
            if boundary.kind == "S":
                clause.kind = (
                    "conceded" if clause.opener in CONCEDED
                    else "conditional" if clause.opener in CONDITIONAL
                    else "main" if clause.opener in ("but", "however", "yet", "nevertheless")
                    else "circumstance"
                )  # fmt: skip
        stopped = boundary is not None and boundary.kind in _STOPS
        helping = self.known.listed("helping")
        bare = verb.form == "base" and boundary is None and not has_auxiliary(verb, self.known)
        helped = bare and leader is not None and leader.verb.lemma in helping
        if verb.infinitive or (verb.ing and not has_auxiliary(verb, self.known)) or helped:
            if nouns and leader is None:
                clause.subjects = nouns[:1]
                if self.parts[i - 1] is nouns[-1]:
                    clause.kind, clause.whose = "relative", nouns[-1]  # "men attending a party were arrested"
            elif leader is not None and not (stopped and nouns):
                self._led(clause, leader, i)
            return
        if (described := None if nouns else self._behind_governed(clause, i)) is not None:
            self._describe(clause, described)
        elif leader is None or stopped or boundary is not None:
            clause.subjects = nouns
            if clause.opener == "how" and nouns[1:] and not clause.objects:  # "how many they had trained"
                clause.objects, clause.subjects, clause.passive = nouns[:1], nouns[1:], False
            if not clause.subjects and leader is not None:
                self._inherit(clause, leader)
        else:
            self._beside(clause, leader, nouns, start, i)

    def _beside(self, clause: Clause, leader: Clause, nouns: list[Phrase], start: int, i: int) -> None:
        """A finite verb behind another without a boundary: a list of deeds, or a participle that came before."""
        breaks = [k for k in range(start, i) if self.parts[k].kind in (",", "C")]
        beside = self.parts[i - 2 : i] if i > 1 else []
        reduced = self._reduced(clause) and not any(p.ing for p in self.parts[i + 1 : i + 2])  # "reported assisting"
        if [part.kind for part in beside] == ["P", "noun"] and beside[0].words == ("with",) and reduced:
            # "conditions improved, with crowding ended"
            self._describe(clause, beside[1])
            return
        if not breaks:
            noun = self.parts[i - 1] if i else None
            whose = leader.whose if leader.kind == "relative" else None
            alone = ("alone", clause.verb.lemma) in self.known.acts and "by" not in dict(clause.preps)
            waits = alone and whose is not None and leader.leader is None and not nouns  # "homes NGOs ran here closed"
            said = noun in nouns and leader.verb.lemma in self.known.listed("saying")
            tells = said or waits or self._reduced(leader)
            if noun is not None and noun.kind == "noun" and reduced and not tells:
                self._describe(clause, noun)  # "a law that sets the age for workers employed as divers"
                return
            its_own = not nouns or (leader.subjects == [leader.whose] and nouns == leader.objects)
            if whose is not None and its_own:
                # "the shelter that the ministry had opened was shut down", "brokers who cheated workers were fined"
                clause.subjects, clause.leader = [self._whole(whose)], leader.leader
                return
            if self._reduced(leader):
                self._give_way(clause, leader, start - 1)
                return
            if nouns[1:] and noun and beside and beside[0].kind == "noun" and beside[0].last + 1 == noun.first:
                # "put into use the manual they had drafted", "punished men for acts traffickers forced them to commit"
                clause.kind, clause.whose, clause.subjects = "relative", beside[0], [noun]
                clause.objects = clause.objects or ([] if clause.passive else [beside[0]])
                leader.objects = [one for one in leader.objects if one is not noun]
                return
            clause.subjects = nouns
            clause.kind = "reported" if leader.verb.lemma in self.known.listed("saying") else "main"
            if not nouns:
                self._inherit(clause, leader)
            else:
                leader.objects = [noun for noun in leader.objects if noun not in nouns]
            return
        own = self._free_nouns(breaks[-1] + 1, i)
        if (described := None if own else self._behind_governed(clause, i)) is not None:
            self._describe(clause, described)
            return
        aside = leader  # "some of whom were believed to be victims, and held them"
        while aside.kind in ("infinitive", "gerund") and aside.leader is not None:
            aside = aside.leader
        if aside.whose is not None and not own and self._set_off(aside, breaks):
            # "inspectors, who had no cars, visited farms"; ", and" goes on with what was told before
            clause.subjects, clause.leader = [aside.whose], aside.leader
            if breaks[1:] and aside.leader is not None:
                self._inherit(clause, aside.leader)
            return
        if own:
            clause.subjects = own
            leader.objects = [noun for noun in leader.objects if noun not in own]
            return
        first = leader  # "The man, arrested in May and held for a week, was freed"
        while first.inherited and first.leader is not None and not first.objects:
            first = first.leader
        at = self.parts.index(first.verb)
        if self._reduced(first) and self.parts[at - 1].kind == self.parts[breaks[-1]].kind == ",":
            self._give_way(clause, first, at)
            leader.kind, leader.whose = first.kind, first.whose
            return
        self._inherit(clause, leader)

    def _whole(self, noun: Phrase) -> Phrase:
        """The noun that the one described belongs to: "the training of officers who serve there was suspended"."""
        whole = self.above.get(id(noun))
        of = whole is not None and whole.tail is not None and whole.tail[0] == "of"
        return self._whole(whole) if of and whole is not None else noun

    def _give_way(self, clause: Clause, leader: Clause, at: int) -> None:
        """Makes the leader, at a place, a participle that describes the noun before it; its subject is the clause's."""
        clause.subjects, clause.leader = list(leader.subjects), leader.leader
        near = self.parts[at - 1] if at and self.parts[at - 1].kind == "noun" else None
        leader.kind, whose = "reduced", near or (leader.subjects[0] if leader.subjects else None)
        if whose is not None:
            self._describe(leader, whose)

    def _describe(self, clause: Clause, noun: Phrase) -> None:
        """Makes it a participle that describes a noun: "cases of abuse reported" the cases, "of girls" the girls."""
        while id(noun) in self.above and not (
            looks_plural(noun.words[-1]) or self.known.use(noun.words[0]).letter == "D"
        ):
            noun = self.above[id(noun)]
        clause.kind, clause.whose, clause.subjects = "reduced", noun, [noun]
        clause.passive = ("alone", clause.verb.lemma) not in self.known.acts

    def _behind_governed(self, clause: Clause, i: int) -> Phrase | None:
        """The noun behind a preposition that a participle describes: "compared with 61 arrested, 44 prosecuted"."""
        noun = self.parts[i - 1] if i else None
        told = noun is not None and noun.kind == "noun" and clause.passive and self._reduced(clause)
        return noun if told else None

    def _set_off(self, relative: Clause, breaks: list[int]) -> bool:
        """Whether a relative clause stands between two commas, and ends at the one break behind it, or at ", and"."""
        own = relative.subjects[0] if relative.opener == "" and relative.subjects else relative.verb
        at = self.parts.index(own) - 1
        while at > 0 and relative.opener and self.parts[at + 1].kind not in ("R", "B"):
            at -= 1
        if self.parts[at].kind == "P":  # "men, of whom nine were", "men, nine of whom were"
            at -= 1 + (self.parts[at - 1].kind == "noun")
        return self.parts[at].kind == "," and "".join(self.parts[k].kind for k in breaks) in (",", ",C")

    def _reduced(self, clause: Clause) -> bool:
        """Whether a verb may be a participle that only describes the noun before it."""
        verb = clause.verb
        return (
            verb.form in PAST
            and verb.words[0] not in _ONLY_PAST
            and not has_auxiliary(verb, self.known)
            and not clause.inherited
            and not clause.objects
        )

    def _inherit(self, clause: Clause, leader: Clause) -> None:
        """The subject is that of the verb that this one goes on: "adopted a law, hired inspectors and was praised"."""
        source = leader
        while not self._goes_on(clause, source) and source.leader is not None:
            source = source.leader
        if not self._goes_on(clause, source):
            source = leader
        clause.inherited = True
        clause.subjects, clause.kind, clause.whose = list(source.subjects), source.kind, source.whose
        clause.leader = source.leader if source.kind in ("infinitive", "gerund") else source
        verb = clause.verb
        if not has_auxiliary(verb, self.known):
            known = ("verb", verb.lemma) in self.known.acts  # "were beaten and fired"
            clause.passive = source.passive and ((not clause.objects and known) or clause.passive)

    def _goes_on(self, clause: Clause, source: Clause) -> bool:
        """Whether a verb may stand in one list with another: both told in the same way."""
        verb, other = clause.verb, source.verb
        if source.kind == "infinitive":
            return verb.form == "base" and not has_auxiliary(verb, self.known)
        if source.kind == "gerund" or other.ing:
            return verb.form == "ing"
        if source.kind == "reduced":
            return clause.passive and not has_auxiliary(verb, self.known)
        return verb.past == (other.past or other.form in PAST) or has_auxiliary(verb, self.known)

    def _led(self, clause: Clause, leader: Clause, i: int) -> None:
        """An infinitive or a gerund: who does it is who did the verb before, or whom that verb set to it."""
        verb = clause.verb
        clause.kind = "gerund" if verb.ing else "infinitive"
        before = self.parts[i - 1]
        clause.opener = " ".join(before.words) if before.kind in ("P", "C") else clause.opener
        if before.kind == "noun" and verb.ing:
            clause.kind, clause.whose, clause.subjects = "relative", before, [before]
            return
        if clause.opener in ("for", "of", "from") and leader.objects:
            clause.subjects = list(leader.patients)
        elif leader.verb.lemma in self.known.listed("object_does") and leader.objects:
            clause.subjects = leader.objects[:1]
        else:
            clause.subjects = list(leader.subjects)
        clause.inherited = True

    def _relative(self, clause: Clause, at: int, nouns: list[Phrase]) -> None:
        """A clause behind "who", "which" or "that"."""
        aside = [part.kind for part in self.parts[max(0, at - 2) : at]] == [",", "P"]  # "the men, of whom nine were"
        while at > 1 and self.parts[at - 1].kind in (",", "P"):
            at -= 1  # "nine of whom"
        if at > 1 and self.parts[at - 1].kind == ")":
            at = next((k for k in range(at - 1, 0, -1) if self.parts[k].kind == "("), at)
        noun = self.parts[at - 1] if at and self.parts[at - 1].kind in ("noun", "Q") else None
        word = clause.opener
        gap = bool(nouns) and bool(noun) and not aside and clause.passive and not has_auxiliary(clause.verb, self.known)
        if gap and word in ("that", "which", "whom"):  # "the traffickers that courts convicted"
            clause.passive = False
        elif word == "that" and (noun is None or self._complement(noun)) and nouns:
            clause.subjects, clause.kind = nouns, "reported"
            return
        clause.kind, clause.whose = "relative", noun
        clause.subjects = nouns or ([noun] if noun is not None else [])
        object_left_out = nouns and not clause.objects and not clause.passive and not aside
        if word in ("that", "which", "whom") and noun is not None and object_left_out:
            clause.objects = [noun]

    def _complement(self, noun: Phrase) -> bool:
        """Whether "that" behind a noun says what was said: "reports that"; also behind a verb with its object."""
        return noun.words[-1].rstrip("s") in self.known.listed("said") or (
            bool(self.found) and self.found[-1].verb.lemma in self.known.listed("saying")
        )

    def _free_nouns(self, start: int, end: int) -> list[Phrase]:
        """The nouns between two places that no preposition governs, the first list of them."""
        found: list[Phrase] = []
        governed = False
        aside = 0
        for part in self.parts[start:end]:
            aside += (part.kind == "(") - (part.kind == ")")
            if aside:
                continue
            if part.kind in ("P", "T"):
                governed = True
            elif part.kind in ("noun", "Q"):
                if not governed and not is_time(part, self.known):
                    found.append(part)
                governed = False
        return found
