"""What "no", "none", "nobody" count, and what "a" and "a single" count where nothing is denied."""

from __future__ import annotations

from diffing.extracting.absent.absences import Absences
from diffing.extracting.absent.data import deny_data
from diffing.extracting.absent.nouns import noun_heads, one_of_kind
from diffing.language.numbers import Quantity
from diffing.language.words import Token
from diffing.model import Status

_PERSONS_OF_CASES = frozenset(("offender", "victim"))
_GIVEN_IN = frozenset(("receive", "register", "record", "document", "file"))  # "received no reports" counts them
_NO_COUNT = frozenset(("longer", "more", "doubt", "way", "matter"))  # "no longer", "no doubt"
RULE_REACH = 6  # tokens from a noun to the verb that makes a rule of it: "no employer may require"; 4 to 8, default 6


def fold_singulars(tokens: list[Token]) -> list[Token]:
    """`tokens` with "a" as the quantity one, where it counts: "convicted a trafficker".

    A sentence with a day in it tells one case rather than a count, and is left alone; so is what holds in general
    ("rarely, when police identified a victim").
    """
    if not any(t.entry.kind in _PERSONS_OF_CASES for t in tokens) or any(t.tag == "D" for t in tokens):
        return tokens
    out: list[Token] = []
    general = False
    for i, token in enumerate(tokens):
        out.append(token)
        general = (general or "general" in token.entry.roles) and token.tag not in ";l"
        if general or token.word not in ("a", "an", "another"):
            continue
        if not one_of_kind(tokens, i):
            continue
        before = tokens[i - 1]
        acting = before.tag == "v" and before.entry.form in ("past", "ing") and bool(before.entry.verbs)
        nominal = before.word == "of" and i > 1 and tokens[i - 2].tag == "n" and bool(tokens[i - 2].entry.nouns)
        head = next(t for t in tokens[i + 1 :] if t.tag == "n")
        if (acting or nominal) and head.entry.kind in _PERSONS_OF_CASES:
            out[-1] = _one(token, token.word)
    return out


def _one(token: Token, word: str) -> Token:
    one = Token("q", token.start, token.end, word, token.entry)
    one.value = Quantity(1.0)
    return one


def count_singles(found: Absences) -> None:
    """ "a single person" that nothing denies is one."""
    for i, token in enumerate(found.tokens):
        if token.word == "a single" and i not in found.skipped and i + 1 < len(found.tokens):
            found.inserts[i] = _one(token, "one")
            found.skipped.add(i)


def count_nothing(found: Absences, i: int, first: int | None = None) -> None:
    """ "no victims", and behind a negation "a single victim": zero of each noun, or no data on it."""
    tokens = found.tokens
    first = i if first is None else first
    after = found.at(i + 1)
    if after is None or after.word in _NO_COUNT or after.tag in "#.d":
        return
    heads = noun_heads(tokens, i + 1)
    if not heads or _ruled(tokens, heads[-1] + 1):
        return
    head = tokens[heads[0]]
    if "data" in head.entry.roles and not head.entry.nouns:
        if deny_data(found, heads[0], i):
            found.skipped.add(i)
            if i and "reporting" in tokens[i - 1].entry.roles:
                tokens[i - 1].possessive = True  # "provided no data": what was provided is not what is counted
        return
    given = bool(i) and tokens[i - 1].entry.verb in _GIVEN_IN
    if head.entry.noun == "report" and not given:
        # "there were no reports that" says what is not known, not how many; of a year that is named, it counts them
        dated = any(t.tag == "y" and getattr(t.value, "years", ()) for t in tokens[i:])
        if found.word(heads[-1] + 1) != "of" or not dated:
            return
        given = True
    k = heads[-1] + 1
    acted = bool(head.entry.actor) and _nobody_acted(found, k, first)
    if acted or found.place(heads, Status.REPORTED, first, [], loose=given or _event(tokens, k)):
        found.skipped.add(i)


def _nobody_acted(found: Absences, k: int, first: int) -> bool:
    """Places a zero before what nobody did: "no court ordered restitution"."""
    verb, after = found.at(k), found.at(k + 1)
    if verb is None or after is None or verb.tag != "v" or verb.entry.form != "past":
        return False
    if "reporting" in verb.entry.roles or verb.entry.verb == "receive":
        return False
    heads = noun_heads(found.tokens, k + 1)
    if not heads or not found.tokens[heads[0]].entry.nouns:
        return False
    verb.possessive = True  # denied
    return found.place(heads, Status.REPORTED, first, [verb])


def _event(tokens: list[Token], j: int) -> bool:
    """Whether something was or was not done to the noun before `j`: "no offices were closed"."""
    for k in range(j, min(len(tokens), j + 3)):
        if tokens[k].word in ("was", "were", "been"):
            return k + 1 < len(tokens) and tokens[k + 1].tag == "v" and tokens[k + 1].entry.form == "past"
        if tokens[k].tag not in "bx":
            return False
    return False


def _ruled(tokens: list[Token], j: int) -> bool:
    """Whether a rule or a state is told, not a count: "no employer may require", "no law permits"."""
    for token in tokens[j : j + RULE_REACH]:
        if token.tag == "b" and "duty" in token.entry.roles:
            return True
        if token.tag == "v":
            return token.entry.form in ("s", "base") or token.entry.verb in ("allow", "permit", "require")
        if token.tag in ";.b":
            return False
    return False


def none(found: Absences, i: int) -> None:
    """ "none", and "no one" where it is acted on: "convicted no one", "no one was convicted"."""
    tokens, token = found.tokens, found.tokens[i]
    acting: list[Token] = []
    if token.word != "none":
        before = tokens[i - 1] if i else token
        if before.tag == "v" and before.entry.form in ("past", "ing") and before.entry.verbs:
            acting = [before]
        else:
            following = tokens[i + 1 : i + 6]
            passive = any(t.tag == "b" for t in following)
            if not passive or not any(t.tag == "v" and t.entry.verbs for t in following):
                return
    found.put(i, Status.REPORTED, i, i, acting)
    found.skipped.add(i)
