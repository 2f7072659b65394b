"""Absences in words, made into quantities: "did not identify any victims" is zero, "did not report any" is no number.

An absence becomes a quantity ``q`` in front of each noun that it governs, so that year, indicator and actor are
attached to it as to any number. The verbs under the negation travel with it.
"""

from __future__ import annotations

from diffing.extracting.denied import (
    REACH,
    STRICT_DATA,
    absent_quantity,
    can_be_zero,
    deny_data,
    deny_how_many,
    is_bare,
    listed_verbs,
    next_verb,
    noun_heads,
    one_of_kind,
    place,
    verbs_denied,
)
from diffing.language.lexicon import is_money
from diffing.language.numbers import Quantity
from diffing.language.words import Token
from diffing.model import Status

_PERSONS_OF_CASES = frozenset(("offender", "victim"))
_ABSENT = frozenset("tzukN")  # tags of words without one of which nothing is absent
GIVING = frozenset(("provide", "allocate", "give", "disburse", "grant", "offer", "award", "order", "pay"))
_GIVEN_IN = frozenset(("receive", "register", "record", "document", "file"))  # "received no reports" counts them
# Verbs that deny the number whatever their object is: "did not issue any permits" is a zero, these are none.
_REPORT_ALWAYS = frozenset(
    [
        "report",
        "release",
        "publish",
        "disclose",
        "share",
        "specify",
        "indicate",
        "know",
        "say",
        "state",
        "clarify",
        "supply",
        "furnish",
        "estimate",
        "determine",
        "disaggregate",
        "compile",
    ]
) | {"make public", "make available", "make publicly available"}


def fold_singulars(tokens: list[Token]) -> list[Token]:
    """`tokens` with "a" as the quantity one, where it counts: "convicted a trafficker".

    A sentence with a day in it tells one case rather than a count, and is left alone.
    """
    if not any(t.entry.kind in _PERSONS_OF_CASES for t in tokens) or any(t.tag == "D" for t in tokens):
        return tokens
    out: list[Token] = []
    for i, token in enumerate(tokens):
        out.append(token)
        if token.tag != "a" or token.word not in ("a", "an", "another") or not i or not one_of_kind(tokens, i):
            continue
        before = tokens[i - 1]
        acting = before.tag == "v" and before.entry.form in ("past", "ing") and bool(before.entry.verbs)
        nominal = before.word == "of" and i > 1 and tokens[i - 2].tag == "n" and bool(tokens[i - 2].entry.nouns)
        head = next(t for t in tokens[i + 1 :] if t.tag == "n")
        if (acting or nominal) and head.entry.kind in ("offender", "victim"):
            one = Token("q", token.start, token.end, token.word, token.entry)
            one.value = Quantity(1.0)
            out[-1] = one
    return out


def fold_absences(tokens: list[Token]) -> list[Token]:
    """`tokens` with absences as quantities."""
    if not any(t.tag in _ABSENT or t.entry.verb == "lack" for t in tokens):
        return tokens
    inserts: dict[int, Token] = {}  # before which token a quantity goes
    skipped: set[int] = set()
    for i, token in enumerate(tokens):
        if i in skipped:
            continue
        if token.tag == "N":
            _no(tokens, i, inserts, skipped)
        elif token.tag == "z":
            _none(tokens, i, inserts, skipped)
        elif token.tag == "t" and i + 1 < len(tokens) and tokens[i + 1].tag == "k":
            _no(tokens, i + 1, inserts, skipped, i)
            skipped.add(i)
        elif token.tag == "t":
            _negation(tokens, i, inserts, skipped)
        elif token.tag == "v" and token.entry.verb == "lack":
            _lacking(tokens, i, inserts, skipped)
        elif token.tag == "u":
            _unavailable(tokens, i, inserts, skipped)
    _single(tokens, inserts, skipped)
    if not inserts and not skipped:
        return tokens
    out: list[Token] = []
    for i, token in enumerate(tokens):
        if i in inserts:
            out.append(inserts[i])
        if i not in skipped:
            out.append(token)
    if len(tokens) in inserts:
        out.append(inserts[len(tokens)])
    return out


def _single(tokens: list[Token], inserts: dict[int, Token], skipped: set[int]) -> None:
    """ "a single person" that nothing denies is one."""
    for i, token in enumerate(tokens):
        if token.word == "a single" and i not in skipped and i + 1 < len(tokens):
            one = Token("q", token.start, token.end, "one", token.entry)
            one.value = Quantity(1.0)
            inserts[i] = one
            skipped.add(i)


def _no(tokens: list[Token], i: int, inserts: dict[int, Token], skipped: set[int], first: int | None = None) -> None:
    """ "no victims", and behind a negation "a single victim": zero of each noun, or no data on it."""
    first = i if first is None else first
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.word in ("longer", "more", "doubt", "way", "matter") or after.tag in "#.d":
        return
    heads = noun_heads(tokens, i + 1)
    if not heads:
        return
    head = tokens[heads[0]]
    if (i and tokens[i - 1].tag == "Q") or _ruled(tokens, heads[-1] + 1):
        return
    if "data" in head.entry.roles and not head.entry.nouns:
        if deny_data(tokens, heads[0], i, [], inserts, skipped):
            skipped.add(i)
        return
    given = bool(i) and tokens[i - 1].entry.verb in _GIVEN_IN
    if head.entry.noun == "report" and not given:
        # "there were no reports that" says what is not known, not how many; of a year that is named, it counts them
        of = heads[-1] + 1 < len(tokens) and tokens[heads[-1] + 1].word == "of"
        if not (of and any(t.tag == "y" and getattr(t.value, "years", ()) for t in tokens[i:])):
            return
        given = True
    k = heads[-1] + 1
    acted = bool(head.entry.actor) and _acts_on_nothing(tokens, k, first, inserts, skipped)
    if acted or place(tokens, heads, Status.REPORTED, first, [], inserts, loose=given or _event(tokens, k)):
        skipped.add(i)


def _acts_on_nothing(tokens: list[Token], k: int, first: int, inserts: dict[int, Token], skipped: set[int]) -> bool:
    """Places a zero before what nobody did: "no court ordered restitution", "no judge convicted any traffickers"."""
    if k + 1 >= len(tokens) or tokens[k].tag != "v" or tokens[k].entry.form != "past":
        return False
    if "reporting" in tokens[k].entry.roles or tokens[k].entry.verb == "receive":
        return False
    asked = tokens[k + 1].tag == "k"
    heads = noun_heads(tokens, k + 1 + asked)
    if not heads or not (asked or tokens[heads[0]].entry.nouns):
        return False
    tokens[k].possessive = True  # denied
    if not place(tokens, heads, Status.REPORTED, first, [tokens[k]], inserts):
        return False
    if asked:
        skipped.add(k + 1)
    return True


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
    for token in tokens[j : j + 6]:
        if token.tag == "b" and token.word in ("may", "can", "shall", "must", "should", "will"):
            return True
        if token.word in ("is", "are"):
            continue
        if token.tag == "v":
            return token.entry.form in ("s", "base") or token.entry.verb in ("allow", "permit", "require")
        if token.tag in ";.b":
            return False
    return False


def _none(tokens: list[Token], i: int, inserts: dict[int, Token], skipped: set[int]) -> None:
    token = tokens[i]
    acting = tokens[i - 1] if i and tokens[i - 1].tag == "v" and tokens[i - 1].entry.form in ("past", "ing") else None
    if token.word != "none" and acting is not None and acting.entry.verbs:  # "convicted no one"
        inserts[i] = absent_quantity(Status.REPORTED, token, token, [acting])
        skipped.add(i)
        return
    if token.word != "none":
        following = tokens[i + 1 : i + 6]
        if not any(t.tag == "v" and t.entry.verbs for t in following) or not any(t.tag == "b" for t in following):
            return
    inserts[i] = absent_quantity(Status.REPORTED, token, token, [])
    skipped.add(i)


def _negation(tokens: list[Token], i: int, inserts: dict[int, Token], skipped: set[int]) -> None:
    count = len(tokens)
    if (
        tokens[i].word == "nor"
        and tokens[i - 1].tag == "v"
        and any(t.word == "neither" for t in tokens[max(0, i - 4) : i])
    ):
        return  # "neither investigated nor prosecuted any cases": "neither" denies both
    at, j = verbs_denied(tokens, i)
    if not at:
        return
    verbs = [tokens[k] for k in at]
    for verb in verbs:
        verb.possessive = True  # denied: no number to its right is its object (see attach)
    reports = "reporting" in verbs[0].entry.roles
    always = verbs[0].entry.verb in _REPORT_ALWAYS or verbs[0].word in ("report", "reported")
    gerunds: list[Token] = []
    present = any(t.word in ("does", "do", "can", "cannot", "will", "would") for t in tokens[max(0, i - 2) : i + 1])
    end = min(count, j + REACH)
    passed = False  # the object of the first verb has been passed
    while j < end:
        token = tokens[j]
        tag = token.tag
        if tag == "k":
            heads = noun_heads(tokens, j + 1)
            first = tokens[heads[0]] if heads else None
            if first is not None and "data" in first.entry.roles and not first.entry.nouns:
                j = heads[0]
                continue
            if present and not always:
                return
            status = Status.NOT_REPORTED if always or (reports and gerunds) else Status.REPORTED
            acting = gerunds or ([] if always else verbs)
            money = j + 1 < count and tokens[j + 1].word in ("money", "resources") and verbs[0].entry.verb in GIVING
            if money and not gerunds and not always:
                inserts[j] = absent_quantity(Status.REPORTED, tokens[i], tokens[j + 1], verbs)
                inserts[j].value.money = True  # type: ignore[attr-defined]
            elif first is None:
                if not (token.word in ("anyone", "anybody") or j + 1 >= count or tokens[j + 1].tag in ".,;p&i"):
                    return
                inserts[j] = absent_quantity(status, tokens[i], token, acting)
                skipped.add(j)
            elif status is Status.REPORTED and verbs[-1].word == "fund":
                inserts[j] = absent_quantity(status, tokens[i], tokens[heads[-1]], verbs)
                inserts[j].value.money = True  # type: ignore[attr-defined]
            elif place(tokens, heads, status, i, acting, inserts, loose=token.word == "a single" and bool(acting)):
                skipped.add(j)
                following = next_verb(tokens, heads[-1] + 1, "ing" if gerunds else verbs[0].entry.form)
                if following >= 0:  # "identifying any victims or initiating any prosecutions"
                    listed, j = listed_verbs(tokens, following)
                    if gerunds:
                        gerunds = listed
                    else:
                        verbs = listed
                    end = min(count, j + REACH)
                    continue
            return
        if token.word in ("a", "an") and tag == "a" and not present and one_of_kind(tokens, j):
            heads = noun_heads(tokens, j + 1)[:1]
            status = Status.NOT_REPORTED if always else Status.REPORTED
            acting = gerunds or ([] if always else verbs)
            if heads and place(tokens, heads, status, i, acting, inserts):
                skipped.add(j)
                for k in range(heads[0] + 1, min(count - 1, heads[0] + 3)):
                    if tokens[k].tag == "&" and tokens[k + 1].tag == "k":  # "a trafficker or any officials"
                        skipped.add(k + 1)
                        place(tokens, noun_heads(tokens, k + 2), status, k + 1, acting, inserts)
            return
        if tag in "q;.(" or token.word in ("whether", "if", "that", "because", "whose") or tag in "cl":
            return
        if token.word == "how" and j + 1 < count and tokens[j + 1].word in ("many", "much") and reports:
            deny_how_many(tokens, j, i, inserts, skipped)
            return
        if (
            "data" in token.entry.roles
            and (reports or token.word in STRICT_DATA)
            and not (tag == "n" and token.entry.nouns)
        ):
            if reports and deny_data(tokens, j, i, [], inserts, skipped):
                for k in range(j + 2, min(count - 1, j + REACH)):  # "... or the number of victims who received aid"
                    if tokens[k].tag in ".;":
                        break
                    if k not in skipped and tokens[k].word == "number" and tokens[k + 1].word == "of":
                        deny_data(tokens, k, k, [], inserts, skipped)
                        break
                return
            j += 1
            continue
        if tag == "v" and token.entry.form == "ing" and always and not token.entry.nouns:
            gerunds.append(token)
            j += 1
            continue
        if (
            always
            and token.word in ("effort", "efforts", "steps", "attempts")
            and j + 2 < count
            and tokens[j + 1].word == "to"
        ):
            gerunds, j = listed_verbs(tokens, j + 2)  # "efforts to investigate, prosecute, or convict anyone"
            if not any(verb.entry.verbs for verb in gerunds):
                return
            continue
        if tag == "v" and token.entry.form == verbs[0].entry.form and tokens[j - 1].tag in ",&" and not always:
            verbs, j = listed_verbs(tokens, j)  # "has not enacted a law, prosecuted or convicted any offenders"
            for verb in verbs:
                verb.possessive = True
            passed = False
            continue
        if tag == "n" and j + 1 < count and tokens[j + 1].tag == "n" and "data" in tokens[j + 1].entry.roles:
            j += 1
            continue  # "official statistics"
        if tag == "n" or (tag == "v" and token.entry.form == "past"):
            heads = noun_heads(tokens, j)
            if not heads or passed or (present and not always):
                if tag == "v":
                    return
                passed = True
                j += 1
                continue
            plural = [h for h in heads if tokens[h].word != tokens[h].entry.noun and can_be_zero(tokens[h])]
            named = [h for h in plural if tokens[h].entry.nouns]
            paid = [h for h in heads if is_money(tokens[h].entry.unit)]
            if paid and is_bare(tokens, j) and verbs[0].entry.verb in GIVING:
                place(tokens, paid[:1], Status.REPORTED, i, verbs, inserts)  # "did not provide funding to NGOs"
                for k in range(heads[-1] + 1, min(count - 2, heads[-1] + 6)):
                    if tokens[k].tag == "&" and "reporting" in tokens[k + 1].entry.roles:
                        amounts = [m for m in range(k + 2, min(count, k + 5)) if "data" in tokens[m].entry.roles]
                        if amounts:  # "... or report the amount it spent"
                            deny_data(tokens, amounts[0], k + 1, [], inserts, skipped)
                        break
            elif always and heads[-1] + 1 < count and tokens[heads[-1] + 1].tag == "b":
                return  # "did not report prisoners were treated differently"
            elif always and not gerunds and named:
                place(tokens, named, Status.NOT_REPORTED, i, [], inserts)
            elif plural and tokens[plural[0]].entry.kind in ("victim", "offender") and is_bare(tokens, j):
                if gerunds:
                    place(tokens, plural, Status.NOT_REPORTED, i, gerunds, inserts)
                elif not reports and any(v.entry.verbs for v in verbs):
                    place(tokens, plural, Status.REPORTED, i, verbs, inserts)
            elif named and not reports and is_bare(tokens, j) and "opening" in verbs[0].entry.roles:
                place(tokens, named, Status.REPORTED, i, [], inserts)
            elif verbs[0].word in ("fund", "allocate") and not reports:
                nothing = absent_quantity(Status.REPORTED, tokens[i], verbs[-1], verbs)
                assert isinstance(nothing.value, Quantity)
                nothing.value.money = True
                inserts[j] = nothing
            else:
                passed = True
                j = heads[-1] + 1
                continue
            return
        j += 1


def _lacking(tokens: list[Token], i: int, inserts: dict[int, Token], skipped: set[int]) -> None:
    """ "lacked data on convictions"; who lacked complete data still had some."""
    j = i + 1
    if j < len(tokens) and tokens[j].word in ("any", "official"):
        j += 1
    if j < len(tokens) and tokens[j].word in STRICT_DATA:
        deny_data(tokens, j, i, [], inserts, skipped)


def _unavailable(tokens: list[Token], i: int, inserts: dict[int, Token], skipped: set[int]) -> None:
    count = len(tokens)
    after = tokens[i + 1] if i + 1 < count else None
    if after is not None and after.word in ("number", "numbers") and i + 2 < count and tokens[i + 2].word == "of":
        heads = noun_heads(tokens, i + 3)
        if heads and place(tokens, heads[:1], Status.NOT_REPORTED, i, [], inserts, loose=True):
            skipped.update((i, i + 1, i + 2))
        return
    if after is not None and after.word in ("number", "numbers"):
        inserts[i] = absent_quantity(
            Status.NOT_REPORTED, tokens[i], after, []
        )  # "compared with an unknown number in 2018"
        skipped.update((i, i + 1))
        return
    if after is not None and after.word == "how" and i + 2 < count and tokens[i + 2].word == "many":
        deny_how_many(tokens, i + 1, i, inserts, skipped)
        return
    # "statistics on convictions were unavailable": the data noun stands to the left
    j = i - 1
    found = -1
    while j >= 0 and tokens[j].tag not in ";.lc(" and i - j <= REACH:
        if "data" in tokens[j].entry.roles and not tokens[j].entry.nouns:
            found = j
        j -= 1
    if (found >= 0 and any(t.tag in "b" for t in tokens[found:i])) or (found >= 0 and "not" in tokens[i].word):
        deny_data(tokens, found, found, [], inserts, skipped)
