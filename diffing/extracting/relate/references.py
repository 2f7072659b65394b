"""What a number refers back to: "of them", "of the identified victims", "the victims included", an elided subject.

Police identified 40 victims; nine were girls. Traffickers exploited 31 in sex trafficking.
-> nine: the subject is left out, and a state is told of it; 31: told by what traffickers did. Both count some of the 40
"""

from __future__ import annotations

from diffing.extracting.candidates import PERSONS, Candidate, Reference
from diffing.extracting.find.breakdowns import exploited_in, read_breakdown
from diffing.language.words import Token, is_plural, place_before
from diffing.model import Lean

PHRASE_REACH = 8  # tokens of "of the newly identified trafficking victims". Range 5 to 12, default 8
SHARE_REACH = 14  # tokens from "the majority of victims" to the number in a parenthesis that says how many. 8 to 20
_THEM = frozenset(("them", "whom", "which"))
_DEFINITE = frozenset(("the", "these", "those", "its", "all"))
_SHARES = frozenset(("majority", "most", "half", "all", "remainder"))
_REST = frozenset(("the remaining", "the other", "other", "remaining", "these other"))
_MORE = frozenset(("other", "additional", "another", "further", "more"))
_PHRASE = "afnmxO"  # tags of which a noun phrase is made, participles aside


def find_reference(tokens: list[Token], candidate: Candidate, before: Candidate | None) -> Reference | None:
    """How `candidate` refers back, or None; `before` is the candidate before it in the sentence."""
    like = before if before is not None and before.whole not in (None, candidate) else None
    return (
        _named(tokens, candidate.at + 1)  # "of them", "of these cases", "of the identified victims"
        or _named(tokens, _clause_start(tokens, candidate))  # "Of these, 12", "Among the victims were 12"
        or _subject(tokens, candidate)
        or _in_parenthesis(tokens, candidate)
        or _with(tokens, candidate)
        or _state(tokens, candidate, like)
        or _suffered(candidate)
        or _next(tokens, candidate, like)
        or _done(tokens, candidate, like)
    )


def _clause_start(tokens: list[Token], candidate: Candidate) -> int:
    start = candidate.stretch.start
    while tokens[start].tag in "&;,l":
        start += 1
    return start


def _named(tokens: list[Token], k: int) -> Reference | None:
    """The reference that begins with the "of" or "among" at `k`; None where a number stands in it."""
    head, _, more = tokens[k].word.partition(" ")
    if head not in ("of", "among", "out"):
        return None
    named = None if more in _THEM else _phrase(tokens, k + 1)
    if more:
        return named if named is not None else Reference(Lean.OF_THEM)
    return named if tokens[k + 1].word in _DEFINITE else None


def _phrase(tokens: list[Token], start: int) -> Reference | None:
    """The noun and participles of the phrase at `start`: "the newly identified victims", "those convicted"."""
    noun: Token | None = None
    deeds: list[int] = []
    end = start
    for k in range(start, min(len(tokens), start + PHRASE_REACH)):
        token = tokens[k]
        participle = token.tag == "v"
        if (token.tag not in _PHRASE and not participle) or (participle and tokens[k - 1].tag == "v"):
            break  # "those convicted received"
        if noun is not None and is_plural(noun):
            break
        if participle:
            deeds += token.entry.verbs
        elif token.entry.unit:
            noun = token
        end = k + 1
    if noun is None and not deeds:
        return None
    said = exploited_in(tokens, end, stops="b") | read_breakdown(tokens[start:end])
    return Reference(Lean.OF_THEM, noun, frozenset(deeds), said)


def _subject(tokens: list[Token], candidate: Candidate) -> Reference | None:
    """ "The victims included 12 men and nine women", "Victims—12 men and nine women—": parts of the subject."""
    start = _clause_start(tokens, candidate)
    k = start
    while tokens[k].tag in _PHRASE or (tokens[k].tag == "v" and tokens[k].entry.form == "past"):
        k += 1
    while tokens[k].tag in "pm" or _telling(tokens[k]):
        k += 1  # "victims of sex trafficking", "victims exploited in forced labor"
    links = tokens[k : candidate.at]
    if not links or links[0].tag not in "bi-" or any(t.tag not in f"bi-&,q{_PHRASE}p()R" for t in links):
        return None
    first = tokens[start]
    named = _phrase(tokens, start)
    if named is not None and (first.word in _DEFINITE or (links[0].tag == "i" and is_plural(first))):
        return named
    summed = any("data" in t.entry.roles for t in tokens[start:k])  # "The total included 12 men"
    return Reference(Lean.OF_THEM, elided=True) if summed or k == start + 1 else None


def _in_parenthesis(tokens: list[Token], candidate: Candidate) -> Reference | None:
    """The number alone in a parenthesis behind a share of them ("Most were women (31)") or a place ("Ostria (23)")."""
    stretch = candidate.stretch
    if not stretch.paren:
        return None
    start = max(0, stretch.start - SHARE_REACH)
    left = tokens[start : stretch.start]
    at = max((k for k, t in enumerate(left) if t.word in _SHARES), default=-1)
    if at >= 0:
        return Reference(Lean.SHARE, breakdown=read_breakdown(left[at + 1 :]), elided=True)
    start = next((k + 1 for k in range(stretch.start - 1, -1, -1) if tokens[k].tag in ";l"), 0)
    named = _phrase(tokens, start)
    k = start
    while (tokens[k].tag in _PHRASE or tokens[k].entry.form == "past") and not _telling(tokens[k]):
        k += 1
    if named is None or not (tokens[k].tag == "b" or _telling(tokens[k])):
        return None
    named.lean = Lean.PLACED
    return named


def _with(tokens: list[Token], candidate: Candidate) -> Reference | None:
    """ "identified 40 victims, with 12 exploited in forced labor": some of the 40."""
    if [t.word for t in tokens[max(0, candidate.at - 2) : candidate.at]] != [",", "with"]:
        return None
    person = candidate.noun is None or candidate.noun.entry.kind in PERSONS
    return Reference(Lean.WITH, elided=True) if person else None


def told_state(tokens: list[Token], candidate: Candidate) -> int:
    """Where the predicate of a number in front of its clause begins, if it tells a state and no deed; else -1."""
    if candidate.total or not _opens(tokens, candidate):
        return -1
    k = _predicate(tokens, candidate)
    token = tokens[k]
    if token.tag == "b":
        return k if _is_state(tokens[k + 1 :], candidate.noun is None) else -1
    telling = "describing" in token.entry.roles and token.entry.form == "past"
    return k if telling or (token.tag == "v" and tokens[k + 1].word == "as") else -1


def _is_state(behind: list[Token], unnamed: bool) -> bool:
    """Whether what stands behind a "were" tells what somebody is, rather than what was done."""
    first = next(t for t in behind if t.tag not in "bx" or t.word.endswith("ed"))
    if first.tag == "v" or first.word.endswith("ed"):
        return _telling(first)
    plain = behind[0]  # a word that may be a participle: "eight cases were sent to trial"
    return unnamed or plain.tag != "x" or plain.capital or first.tag in "nm"


def _predicate(tokens: list[Token], candidate: Candidate) -> int:
    """Where the predicate behind a number would begin."""
    whole = candidate.whole
    total = whole is not None and whole.total and not whole.earlier and whole.at > candidate.at
    k = whole.np_end if whole is not None and total else candidate.np_end
    if tokens[k].word.partition(" ")[0] == "of":
        k += 1
        while tokens[k].tag in "afnmx" or tokens[k].entry.form == "past":
            k += 1
    if tokens[k].tag in ",)":
        k += 1  # "The majority, 29, were"
    while tokens[k].tag == "x":
        k += 1
    if tokens[k].tag != "v":
        return k
    end = k + 1
    while tokens[end].tag in "pyan":
        end += 1
    return end if tokens[end].tag == "b" else k  # "12 of the 30 suspects arrested in 2019 were women"


def _opens(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether the number stands in front of its clause."""
    k = place_before(tokens, candidate.at, "afQO")
    most = tokens[k].word == "of" and tokens[k - 1].word in _SHARES  # "Most of the 58 were adults"
    return k < 0 or tokens[k].tag in ";l&,(:-" or (not most and tokens[k].word.partition(" ")[0] == "of")


def _state(tokens: list[Token], candidate: Candidate, like: Candidate | None) -> Reference | None:
    """A number in front of a clause that tells what its people or cases are: "nine were girls"."""
    if told_state(tokens, candidate) < 0:
        return None
    noun = candidate.noun
    deeds = frozenset(n for verb in candidate.np_verbs for n in verb.entry.verbs)
    if like is not None:
        return Reference(Lean.STATE, elided=True, like=like)
    return Reference(Lean.STATE, noun, deeds, elided=True)


def _suffered(candidate: Candidate) -> Reference | None:
    """ "Traffickers exploited 50 in sex trafficking and 32 in forced labor"."""
    verb = candidate.verbs[0] if candidate.verbs else None
    if verb is None or "exploiting" not in verb.entry.roles or verb.start > candidate.token.start:
        return None
    return Reference(Lean.SUFFERED, elided=True)


def _next(tokens: list[Token], candidate: Candidate, like: Candidate | None) -> Reference | None:
    """The next of a list of parts that leaves out what was said: "nine were girls, and three boys"."""
    if like is None:
        return None
    if tokens[candidate.at - 1].word in _REST:
        return Reference(Lean.REST, elided=True, like=like)
    if like.stretch is not candidate.stretch and any(
        t.tag in "vgb" for t in tokens[candidate.stretch.start : candidate.stretch.end]
    ):
        return None
    if any(t.word in _MORE for t in tokens[candidate.at : candidate.np_end]):
        return None
    noun = candidate.noun
    if noun is not None and noun.entry.unit and not noun.entry.breakdown and noun.entry.kind != "victim":
        return None
    behind = tokens[candidate.np_end]
    acting = candidate.verbs[0] if candidate.verbs else behind if _acts(behind) else None
    if acting is not None and acting.start > like.token.end and not _telling(acting):
        same = {v.entry.verb for v in like.verbs} == {v.entry.verb for v in candidate.verbs}
        return Reference(Lean.NEXT, elided=True, like=like) if same else None
    return Reference(Lean.NEXT, elided=True, like=like) if _opens(tokens, candidate) else None


def _done(tokens: list[Token], candidate: Candidate, like: Candidate | None) -> Reference | None:
    """A number alone in front of a deed: "Police arrested 40 suspects; nine were convicted"."""
    near = candidate.at <= candidate.stretch.start + 2 or (like is not None and _opens(tokens, candidate))
    if candidate.noun is not None or candidate.total or not near:
        return None
    behind = tokens[candidate.np_end]
    return Reference(Lean.DEED, elided=True) if behind.tag == "b" or _acts(behind) else None


def _acts(verb: Token) -> bool:
    """Whether a word tells what somebody did: "one fled", "14 testified"."""
    known = verb.tag in "vg" and verb.entry.form == "past" and "reflexive" not in verb.entry.roles
    return known or (verb.tag == "x" and verb.word.endswith("ed"))


def _telling(verb: Token) -> bool:
    return not verb.entry.roles.isdisjoint(("exploiting", "describing", "naming"))


def alike(noun: Token, whole: Candidate, names: frozenset[str]) -> bool:
    """Whether a noun can name what `whole` counts: the same word, people of one class, or its deed.

    `names` are the indicators that the noun names by itself: "eight of the convictions" are some of 12 convicted.
    """
    if names.intersection(filter(None, whole.indicators)):
        return True
    other = whole.noun
    if other is None:
        return noun.entry.unit == whole.unit
    if noun.entry.unit != whole.unit:
        return False
    kinds = {noun.entry.kind, other.entry.kind}
    return len(kinds) == 1 or kinds <= PERSONS or "person" in kinds
