"""Which verbs govern a quantity: those whose object it is, those that befall it, or a noun that acts as one.

The clauses of the sentence say which (`language.governing`); here their verbs become tokens.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from diffing.extracting.candidates import Candidate, names_people
from diffing.language.constituents import Phrase
from diffing.language.words import Token, place_before

SPLIT_REACH = 4  # tokens from an object to the words that belong to its verb: "put two men [from Drovia] on trial"
OBJECT_REACH = 5  # tokens from "received" to what was received
_WITH = frozenset(("involving", "naming"))  # "571 investigations, involving 700 suspects"
_UPON = frozenset(("to", "against", "on", "into", "upon"))
_FOR = frozenset(("for", "of", "at"))
_RELIEF = frozenset(("award", "order", "grant", "issue", "give"))
_DOING = frozenset(("do", "did", "doing", "done", "does"))
_TELLING = frozenset(("voices", "holding", "getting"))
_THIS = frozenset(("this", "such", "that", "these"))


def find_verbs(tokens: list[Token], candidate: Candidate) -> None:
    """Sets the verbs that govern a quantity: those that act on it, or that befall it."""
    nominal = _acting_noun(tokens, candidate) or _given_to(tokens, candidate)
    candidate.nominal = nominal or _taken_part_in(tokens, candidate)
    acting = candidate.quantity.verbs or _acting(tokens, candidate)
    acting = [_meant(tokens, candidate, verb) for verb in acting]
    candidate.verbs = [_joined(tokens, candidate, verb) for verb in acting]
    befalling = [] if candidate.quantity.verbs else _befalling(tokens, candidate)
    if not befalling:
        return
    definite = tokens[candidate.at - 1].word in ("the", "these", "those", "all")
    if acting and not definite and _dated_before(tokens, acting[0], befalling[0]):
        return  # "released three men convicted in 2017" counts no convictions
    if not candidate.verbs or _weaker(acting):
        candidate.verbs = befalling
    else:  # "detained the 16 victims identified in 2018": if detained says nothing
        candidate.np_verbs = [*candidate.np_verbs, *befalling]


def _meant(tokens: list[Token], candidate: Candidate, verb: Token) -> Token:
    """The deed that "doing so" stands for: "judges may award relief, but did not report doing so in any case"."""
    k = tokens.index(verb)
    if verb.word not in _DOING or tokens[k + 1].word != "so":
        return verb
    said = [t for t in tokens[:k] if t.entry.verb in _RELIEF or (t.entry.verbs and "reporting" not in t.entry.roles)]
    before = next((t for t in reversed(said) if t.tag in "vn"), verb)
    if not before.entry.verbs:
        candidate.nominal = candidate.nominal or thing(tokens, tokens.index(before) + 1)
    return before


def _tokens_of(tokens: list[Token], places: list[int], first: int, behind: int) -> list[Token]:
    """The tokens of the verbs of clauses that begin between two characters, each once."""
    return [
        t for t in (tokens if places else ())
        if t.tag in "vgx" and first <= t.start < behind and any(t.start <= place < t.end for place in places)
    ]  # fmt: skip


def _acting(tokens: list[Token], candidate: Candidate) -> list[Token]:
    """The verbs before a number that act on it; a verb that is part of it ("did not report") gives way."""
    governing, token = candidate.governing, candidate.token
    first = tokens[candidate.stretch.start].start
    clauses = [c for c in governing.acting or governing.beside if not token.start < c.verb.end <= token.end]
    if clauses or governing.done or governing.befalling:
        # "determined that 12 were victims"
        clauses = clauses or [c.leader for c in governing.done if c.verb.copula and c.leader is not None]
        verbs = _tokens_of(tokens, governing.places(clauses), first, token.start)
        return [verb for verb in verbs if verb.tag == "g" or not _indirect(tokens, candidate, verb)]
    return _tokens_of(tokens, governing.places(governing.before), first, token.start)[-1:]


def _befalling(tokens: list[Token], candidate: Candidate) -> list[Token]:
    """The verbs that say of a number what was done to it, or what it did where that is what is counted."""
    governing, behind = candidate.governing, candidate.token.end
    told = [clause for clause in (*governing.befalling, *governing.acting) if not clause.verb.denied]
    suffered = _tokens_of(tokens, governing.places(told), behind, sys.maxsize)
    done = [clause for clause in governing.done if clause.kind not in ("infinitive", "gerund")]
    candidate.did = _tokens_of(tokens, governing.places(done), behind, sys.maxsize)
    return suffered + [verb for verb in candidate.did if "subject" in verb.entry.roles]


def _acting_noun(tokens: list[Token], candidate: Candidate) -> Token | None:
    """A noun that acts as a verb: "the conviction of one trafficker", "training for 412 officials"."""
    j, floor = candidate.at - 1, candidate.stretch.start
    while j >= floor and tokens[j].tag in "afxmQO":
        j -= 1
    if j <= floor or tokens[j].tag != "p" or "of_an_object" not in tokens[j].entry.roles:
        return None
    word, token = tokens[j].word, tokens[j - 1 - (tokens[j - 1].tag == "," and tokens[j].word in _WITH)]
    place = candidate.noun is not None and candidate.noun.entry.unit in ("items", "facilities", "")
    if word == "in" and place:
        return None  # "shelters in six provinces"
    if token.entry.verb == "attend":  # "14 seminars on trafficking, attended by 560 teachers"
        token = next((t for t in reversed(tokens[floor : j - 1]) if t.entry.acts), token)
    if word == "for" and _is_topic(tokens, token):
        return None  # "courses on victim identification for 40 recruits"
    person = token.entry.unit == "persons" and token.entry.kind not in ("", "case")  # "employees in 12 countries"
    aside = () if candidate.quantity.verbs else ("on", "by", *(("in", "from") if person else ()))
    if tokens[j - 2].word in _THIS and not (token.entry.nouns or token.entry.acts):  # "granted this status to six"
        token = next((t for t in reversed(tokens[: j - 2]) if t.tag == "n" and t.entry.nouns), token)
    named = token.tag in "nv" and token.entry.nouns and word not in aside
    acts = token.entry.acts and "of_an_act" in tokens[j].entry.roles
    return token if named or acts else None


def _is_topic(tokens: list[Token], token: Token) -> bool:
    """Whether a noun only says what something is on: "courses on victim identification"."""
    return tokens[place_before(tokens, tokens.index(token), "axmn")].word == "on"


def _given_to(tokens: list[Token], candidate: Candidate) -> Token | None:
    """What befalls those who are counted: "permits went to 22", "courses were held for 22", "gave 22 women shelter"."""
    governing, people = candidate.governing, names_people(candidate.noun)
    given = [
        noun for clause in governing.beside if people or clause.passive for prep, to in clause.preps
        if (prep in _UPON or (clause.passive and prep in _FOR)) and to is governing.phrase for noun in clause.subjects
    ]  # fmt: skip
    held = [(clause.leader or clause) if clause.kind == "gerund" else clause for clause in governing.beside]
    acts = [noun for clause in held for noun in clause.objects] if _for_them(tokens, candidate) else []
    inside = [list(_inside(tokens, noun)) for noun in acts]
    counted = [any(t.tag == "q" for t in noun) for noun in inside]  # "24 events for 3,000 students"
    got: list[Token | None] = [
        t for noun, itself in zip(inside, counted, strict=True) for t in noun
        if t.entry.acts or (t.entry.nouns and not itself)
    ]  # fmt: skip
    acting = governing.acting if (people or candidate.noun is None) and not candidate.quantity.absent else []
    for clause in (*acting, *governing.befalling, *governing.done):
        role = "getting" if clause in governing.done else "give"
        for verb in _tokens_of(tokens, governing.places([clause]), 0, sys.maxsize)[:1]:
            if role in verb.entry.roles:
                k = candidate.np_end if verb.start < candidate.token.start else tokens.index(verb) + 1
                got.append(thing(tokens, k + (tokens[k].tag == "i")))  # "awarded six of them compensation"
                given += [noun for prep, noun in clause.preps if prep == "with"]
    got += [t for noun in given for t in _inside(tokens, noun) if t.entry.nouns or t.entry.acts]
    return next(filter(None, got), None)


def _taken_part_in(tokens: list[Token], candidate: Candidate) -> Token | None:
    """The course that officials who are counted took: "which 40 cadets completed", "the course graduated 40 cadets"."""
    governing, noun = candidate.governing, candidate.noun
    if noun is None or noun.entry.kind != "official":
        return None
    held = [part for c in governing.acting for part in c.subjects]  # "the course graduated 40 cadets"
    for clause in governing.done:  # "40 cadets completed it", "the course that 40 cadets took"
        held += [*clause.objects, *filter(None, [clause.whose])]
    told = (*governing.befalling, *governing.done)
    held += [
        part for clause in told for prep, part in clause.preps if prep == "in"
    ]  # "enrolled, took part in a course"
    for clause, prep in [(c, prep) for c in governing.beside for prep, to in c.preps if to is governing.phrase]:
        if prep == "to" or (prep == "by" and clause.passive):  # "offered a course on the law to 40", "taken by 40"
            held += clause.objects if prep == "to" else clause.subjects
    for part in held:
        named = part if part.tail is None or part.tail[0] != "in" else part.tail[1]  # "participants in the training"
        head = next((t for t in reversed(list(_inside(tokens, named))) if t.tag == "n"), None)
        if head is not None and head.entry.acts and head.entry.unit in ("sessions", ""):
            return head
    return None


def _inside(tokens: list[Token], noun: Phrase) -> Iterable[Token]:
    return (t for t in tokens if noun.start <= t.start < noun.end)


def _for_them(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether it is for them that something is done: "a course on the law for 22 judges", "relief in two cases"."""
    k, noun = candidate.at - 1, candidate.noun
    while tokens[k].tag in "afxmQO":
        k -= 1
    case = tokens[k].word == "in" and noun is not None and noun.entry.kind == "case"
    return case or (tokens[k].word == "for" and names_people(noun))


def thing(tokens: list[Token], k: int) -> Token | None:
    """What is got or given, from `k` on: "residence permits", "12,000 rand in compensation"."""
    taking_part = tokens[k - 1].word.endswith(" in") or tokens[k].word == "in"  # "victims who took part in trials"
    for token in tokens[k : k + OBJECT_REACH]:
        if token.tag in "nv" and (token.entry.nouns or token.entry.acts):
            return None if taking_part and token.entry.unit == "cases" else token
        paid = token.tag == "q" and getattr(token.value, "money", False)  # "received 12,000 rand in compensation"
        if token.tag not in "axmnfOQ" and token.word not in ("in", "from") and not paid:
            break
    return None


def _joined(tokens: list[Token], candidate: Candidate, verb: Token) -> Token:
    """The verb with what stands behind its object: "brought seven defendants to trial", "found two guilty"."""
    behind = range(candidate.at + 1, min(len(tokens), candidate.np_end + SPLIT_REACH))
    for rest, entry in verb.entry.splits:
        told = rest[-1] == "victims" and _said_to_be(tokens, candidate.np_end)  # "determined that 31 were victims"
        begins = (k for k in behind if tokens[k].word.partition(" ")[0] == rest[0])
        there = (tuple(" ".join(t.word for t in tokens[k : k + len(rest)]).split())[: len(rest)] for k in begins)
        if told or rest in there:
            return Token("v", verb.start, verb.end, verb.word, entry)
    return verb


def _said_to_be(tokens: list[Token], k: int) -> bool:
    """Whether "were victims" follows at `k`."""
    return next((t.entry.kind == "victim" for t in tokens[k + 1 : k + 4] if t.tag == "n"), False)


def _indirect(tokens: list[Token], candidate: Candidate, verb: Token) -> bool:
    """Whether the number stands in a phrase of its own behind the verb's object: "an attack against three women"."""
    k = place_before(tokens, candidate.at, "afxmQ")
    aside = "aside" in tokens[k].entry.roles and "give" not in verb.entry.roles
    return aside and any(t.tag in "nqm" for t in tokens[:k] if t.start > verb.start)


def _dated_before(tokens: list[Token], deed: Token, participle: Token) -> bool:
    """Whether a participle with a year of its own only describes those to whom another deed is done."""
    k = tokens.index(participle) + 1
    dated = tokens[k].word == "in" and tokens[k + 1].tag == "y"
    return dated and deed.entry.roles.isdisjoint(_TELLING) and deed.start < participle.start


def _weaker(verbs: list[Token]) -> bool:
    """Whether a verb on the left gives way to a passive on the right: "reported that 12 victims were identified"."""
    return not verbs[0].entry.verbs or "voices" in verbs[0].entry.roles
