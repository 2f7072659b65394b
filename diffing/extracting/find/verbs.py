"""Which verbs govern a quantity: to its left, a passive to its right, or a noun that acts as one."""

from __future__ import annotations

from diffing.extracting.candidates import Candidate
from diffing.language.words import Token

SPLIT_REACH = 4  # tokens from an object to the words that belong to its verb: "put two men [from Drovia] on trial"
VERB_REACH = 30  # tokens from a number back to the verb that governs it
PASSIVE_REACH = 16  # tokens from a number's noun to the passive that tells of it
OBJECT_REACH = 5  # tokens from "received" to what was received
_SUBJECT_VERBS = frozenset(("receive", "benefit from", "obtain"))


def find_verbs(tokens: list[Token], candidate: Candidate) -> None:
    """Sets the verbs that govern a quantity: to its left, or a passive or reduced one to its right."""
    quantity = candidate.quantity
    if quantity.verbs:
        candidate.verbs = quantity.verbs
        before = tokens[candidate.at - 2]  # "did not order restitution for any victims"
        candidate.nominal = before if before.entry.nouns else _received(tokens, candidate)
        return
    floor = max(candidate.stretch.start, candidate.at - VERB_REACH)
    if _own_clause(tokens, candidate, floor):
        candidate.verbs = _right_verb(tokens, candidate) or []
        candidate.nominal = _received(tokens, candidate)
        return
    candidate.nominal = _acting_noun(tokens, candidate, floor) or _received(tokens, candidate)
    verbs, at = _left_verbs(tokens, candidate, floor)
    candidate.verbs = [_joined(tokens, candidate, verb) for verb in verbs]
    given = candidate.nominal is None and bool(candidate.verbs) and "give" in candidate.verbs[0].entry.roles
    if given and candidate.noun is not None and candidate.noun.entry.unit == "persons":
        candidate.nominal = thing(tokens, candidate.np_end) or _given_to(tokens, at)  # "granted 22 victims permits"
    elif given and candidate.noun is None:
        candidate.nominal = thing(tokens, candidate.np_end + 1)  # "awarded six of them compensation"
    told = _told_by_who(tokens, candidate)
    if told is not None:
        candidate.np_verbs = [*candidate.np_verbs, told]
    right = _right_verb(tokens, candidate)
    if right is None or (candidate.verbs and _described(candidate, right[0], tokens)):
        return
    whom = tokens[candidate.np_end].tag == "i"  # "41 of whom it referred"
    if not candidate.verbs or whom or _weaker(candidate.verbs, tokens, at) or _reduced(tokens, at):
        candidate.verbs = right
    else:  # "detained the 16 victims identified in 2018": if detained says nothing
        candidate.np_verbs = [*candidate.np_verbs, *right]


def _told_by_who(tokens: list[Token], candidate: Candidate) -> Token | None:
    """The deed of a relative clause: "the 84 victims who stayed in shelters"."""
    k = candidate.np_end
    behind = tokens[k + 1 : k + 4] if tokens[k].word == "who" else ()
    return next((t for t in behind if t.tag == "v"), None)


def _own_clause(tokens: list[Token], candidate: Candidate, floor: int) -> bool:
    """Whether the number opens a clause of its own: ", and another 12 were awaiting trial"."""
    opens = candidate.at - 1 > floor and tokens[candidate.at - 1].tag in "&,;"
    following = tokens[candidate.np_end : candidate.np_end + 1] if opens else []
    return any(t.tag == "b" or (t.tag == "v" and "subject" in t.entry.roles) for t in following)


def _acting_noun(tokens: list[Token], candidate: Candidate, floor: int) -> Token | None:
    """A noun that acts as a verb: "the conviction of one trafficker", "training for 412 officials"."""
    j = candidate.at - 1
    while j >= floor and tokens[j].tag in "afxmQO":
        j -= 1
    if j <= floor or tokens[j].tag != "p" or "of_an_object" not in tokens[j].entry.roles:
        return None
    word, token = tokens[j].word, tokens[j - 1]
    if token.entry.verb == "attend":  # "14 seminars on trafficking, attended by 560 teachers"
        token = next((t for t in reversed(tokens[floor : j - 1]) if t.entry.acts and t.tag == "n"), token)
    person = token.entry.unit == "persons" and token.entry.kind not in ("", "case")  # "employees in 12 countries"
    named = token.tag in "nv" and token.entry.nouns and word not in ("on", "by", *(("in", "from") if person else ()))
    acts = token.entry.acts and "of_an_act" in tokens[j].entry.roles
    return token if named or acts else None


def _left_verbs(tokens: list[Token], candidate: Candidate, floor: int) -> tuple[list[Token], int]:
    """The verbs before a number that govern it, and where they stand."""
    j = at = candidate.at
    depth, charged = 0, False
    while j > floor:
        j -= 1
        token = tokens[j]
        if token.tag in "()":
            depth += 1 if token.tag == ")" else -1
            continue
        if depth:
            continue
        unknown = token.tag == "x" and token.word.endswith("ed")
        of_which = token.tag == "w" and tokens[j - 1].tag == "p"  # "charged the owner of a ship on which 11 worked"
        if token.tag == ";" or of_which or (unknown and all(t.tag in "afQ" for t in tokens[j + 1 : at])):
            return [], j
        if token.tag == "g":
            return [token], j
        charged = charged or (token.entry.unit == "persons" and tokens[j + 1].word == "for")
        if token.tag != "v" or token.possessive or _is_adjective_here(tokens, j):
            continue
        if charged and token.entry.form == "past" and token.entry.roles.isdisjoint(("give", "reporting")):
            return [], j  # "convicted the owner for exploiting five men"
        if "exploiting" in token.entry.roles and _reduced(tokens, j):
            continue  # "helped 22 minors exploited in mines and nine women"
        return ([] if _indirect(tokens, j, at) else _coordinated(tokens, j)), j
    return [], j


def _reduced(tokens: list[Token], j: int) -> bool:
    """Whether the participle at `j` tells of the number before it: "61 suspects arrested, 44 prosecuted"."""
    if tokens[j].entry.form != "past" or any(t.tag not in ",&p);.R" for t in tokens[j + 1 : j + 2]):
        return False
    before = next((t for t in reversed(tokens[:j]) if t.tag not in "nxmO"), None)
    return before is not None and before.tag == "q"


def _described(candidate: Candidate, behind: Token, tokens: list[Token]) -> bool:
    """Whether the participle behind the noun only says which: "executed eight men convicted of murder"."""
    main = candidate.verbs[0]
    if main.tag != "v" or main.entry.verbs or main.entry.form != "past" or tokens[candidate.np_end] is not behind:
        return False
    if not main.entry.roles.isdisjoint(("voices", "reporting", "holding", "opening", "continuing", "correcting")):
        return False
    return not any(t.word in ("the", "these", "those", "its") for t in tokens[max(0, candidate.at - 2) : candidate.at])


def _received(tokens: list[Token], candidate: Candidate) -> Token | None:
    """What those who are counted got or took part in: "12 victims received residence permits"."""
    k = candidate.np_end
    if tokens[k].tag == "i":
        k += 1  # "18 of whom received prison sentences"
    if tokens[k].tag == tokens[k + 1].tag == "v":
        k += 1  # "14 persons convicted received prison terms"
    start = k
    while tokens[k].tag == "b":
        k += 1
    got = "give" if k > start else "getting"
    gets = any(got in t.entry.roles and t.entry.form == "past" for t in tokens[k : k + 1])
    return thing(tokens, k + 1) if gets else None


def _given_to(tokens: list[Token], k: int) -> Token | None:
    """What is given, from the verb at `k`: "permits were granted to 22"."""
    while tokens[k - 1].tag in "bx":
        k -= 1
    return tokens[k - 1] if tokens[k - 1].entry.nouns else None


def thing(tokens: list[Token], k: int) -> Token | None:
    """What is got or given, from `k` on: "residence permits", "12,000 rand in compensation"."""
    for token in tokens[k : k + OBJECT_REACH]:
        if token.tag in "nv" and (token.entry.nouns or token.entry.acts):
            return token
        paid = token.tag == "q" and getattr(token.value, "money", False)  # "received 12,000 rand in compensation"
        if token.tag not in "axmnfOQ" and token.word not in ("in", "from") and not paid:
            break
    return None


def _joined(tokens: list[Token], candidate: Candidate, verb: Token) -> Token:
    """The verb with what stands behind its object: "brought seven defendants to trial", "found two guilty"."""
    for rest, entry in verb.entry.splits:
        if rest[-1] == "victims" and _said_to_be(tokens, candidate.np_end):
            return Token("v", verb.start, verb.end, verb.word, entry)  # "determined that 31 were victims"
        for k in range(candidate.at + 1, min(len(tokens), candidate.np_end + SPLIT_REACH)):
            if tuple(t.word for t in tokens[k : k + len(rest)]) == rest:
                joined = Token("v", verb.start, verb.end, verb.word, entry)
                joined.possessive = verb.possessive
                return joined
            if k >= candidate.np_end and tokens[k].tag in ".;,vgq":
                break
    return verb


def _said_to_be(tokens: list[Token], k: int) -> bool:
    """Whether "were victims" follows at `k`."""
    return next((t.entry.kind == "victim" for t in tokens[k + 1 : k + 4] if t.tag == "n"), False)


def _indirect(tokens: list[Token], j: int, at: int) -> bool:
    """Whether the number stands in a phrase of its own behind the verb's object: "an attack against three women"."""
    k = at - 1
    while k > j and tokens[k].tag in "afxmQ":
        k -= 1
    aside = "aside" in tokens[k].entry.roles and "give" not in tokens[j].entry.roles
    return aside and any(t.tag in "nq" for t in tokens[j + 1 : k])


def _weaker(verbs: list[Token], tokens: list[Token], j: int) -> bool:
    """Whether a verb on the left gives way to a passive on the right: "reported that 12 victims were identified"."""
    first = verbs[0].entry
    return not first.verbs or "voices" in first.roles or tokens[j - 1].tag == "b"


def _is_adjective_here(tokens: list[Token], j: int) -> bool:
    token = tokens[j]
    if token.entry.form != "past":
        return False
    after = tokens[j + 1]
    if after.tag not in "n":
        return False
    before = tokens[j - 1] if j else None
    return before is None or before.tag in "aqpfmO#" or (before.tag == "x" and before.word.endswith("ly"))


def _coordinated(tokens: list[Token], j: int) -> list[Token]:
    """The verb at `j` with those it is coordinated with right before it: "prosecuted and convicted"."""
    verbs = [tokens[j]]
    while True:
        m = j - 1  # "identified and referred to care 17 victims"
        while m > 0 and j - m < 4 and (tokens[m].tag in ",&p" or tokens[m].word.endswith("ly")):
            m -= 1
        if m < 0 or m == j - 1 or tokens[m].tag != "v" or tokens[m].entry.form != tokens[j].entry.form:
            return verbs
        verbs.insert(0, tokens[m])
        j = m


def _right_verb(tokens: list[Token], candidate: Candidate) -> list[Token] | None:
    """A passive ("were identified"), a reduced relative ("identified in 2018") or "received" after the noun."""
    j = candidate.np_end
    whose = tokens[j].tag == "i" or tokens[j].word in ("that", "whom", "which")
    if whose and tokens[j + 1].tag in "rna":
        acting = next((k for k in range(j + 2, min(len(tokens), j + 5)) if tokens[k].tag == "v"), -1)
        if acting >= 0:
            return _and_more(tokens, acting)  # "41 of whom it referred", "traffickers that courts convicted"
    if tokens[j].word in ("it", "they") and tokens[j + 1].tag == "v":
        return _and_more(tokens, j + 1)  # "the number of victims it identified or referred"
    seen_be = False
    for k in range(j, min(len(tokens), j + PASSIVE_REACH)):
        token = tokens[k]
        if token.tag == "v":
            near = k == j or (k == j + 1 and tokens[j].tag == "x")
            if token.entry.form == "past" and (seen_be or near):
                return _participle(tokens, k, seen_be)
            if not seen_be and token.entry.form != "ing":  # "three nationals working there were arrested"
                return None
        if token.tag in (";c:tq" if seen_be else ";c:tq&,") and (k > j or token.tag not in "q,"):
            return None  # no verb behind it can be that of the number
        seen_be = seen_be or token.tag == "b"
    return None


def _participle(tokens: list[Token], k: int, passive: bool) -> list[Token] | None:
    """The participle at `k` with those coordinated, if the number is what it acts on or who does it."""
    token = tokens[k]
    if passive:
        return _and_more(tokens, k)
    if "subject" in token.entry.roles:
        return [token]
    received = token.entry.verb in _SUBJECT_VERBS and any("services" in t.entry.roles for t in tokens[k + 1 : k + 6])
    return _and_more(tokens, k) if received or _passive_tail(tokens, k) else None


def _and_more(tokens: list[Token], k: int) -> list[Token]:
    """The verb at `k` and those behind it: "arrested and charged", "investigated, tried, or convicted"."""
    verbs = [tokens[k]]
    while True:
        after = next(n for n in range(k + 1, len(tokens)) if tokens[n].tag not in ",&")
        if after == k + 1 or tokens[after].tag != "v" or tokens[after].entry.form != tokens[k].entry.form:
            return verbs
        verbs.append(tokens[after])
        k = after


def _passive_tail(tokens: list[Token], k: int) -> bool:
    """Whether nothing follows the participle that it could act on: "identified in 2018", "recorded a year earlier"."""
    after, then = tokens[k + 1 : k + 2], tokens[k + 2 : k + 3]
    coordinated = any((a.tag, b.tag) in (("&", "q"), ("a", "y")) for a, b in zip(after, then, strict=False))
    acting = any(t.tag == "v" and t.entry.form == "past" and tokens[k].entry.verbs for t in after)
    return not after or after[0].tag in "py.,;)Rb" or coordinated or acting
