"""What a number refers back to: "of them", "of the identified victims", "the victims included", an elided subject.

Police identified 40 victims; nine were girls. Traffickers exploited 31 in sex trafficking.
-> nine: the subject is left out, and a state is told of it; 31: told by what traffickers did. Both count some of the 40
"""

from __future__ import annotations

from diffing.extracting.breakdowns import read_breakdown
from diffing.extracting.drafts import Draft, Reference
from diffing.language.words import Token, is_plural

PHRASE_REACH = 8  # tokens of "of the newly identified trafficking victims". Range 5 to 12, default 8
_THESE = frozenset(("these", "those", "them", "whom", "which"))
_DEFINITE = frozenset(("the", "these", "those", "its", "their", "all", "such"))
_SHARES = frozenset(("majority", "most", "half", "remainder", "rest", "minority"))
_MORE = frozenset(("other", "additional", "another", "further", "more"))
_CLASSES = {"child": "victim", "human": "victim", "person": "victim", "group": "victim", "official": "offender"}


def find_reference(tokens: list[Token], draft: Draft, before: Draft | None) -> Reference | None:
    """How `draft` refers back, or None; `before` is the draft before it in the sentence, where that one is a part."""
    if draft.quantity.money or draft.quantity.times or draft.total:
        return None
    return (
        _partitive(tokens, draft)
        or _opening(tokens, draft)
        or _subject(tokens, draft)
        or _told_of(tokens, draft)
        or _suffered(tokens, draft)
        or _sorted(tokens, draft)
        or _listed(tokens, draft, before)
    )


def _partitive(tokens: list[Token], draft: Draft) -> Reference | None:
    """ "of them", "of these cases", "of the identified victims" behind the number."""
    k = draft.at + 1
    while k < len(tokens) and tokens[k].tag in "f":
        k += 1
    found = _named(tokens, k)
    if found is None and draft.np_end != k and draft.noun is not None:
        found = _named(tokens, draft.np_end)
    return found


def _opening(tokens: list[Token], draft: Draft) -> Reference | None:
    """ "Of these, 12", "Among the victims were 12", in front of the clause."""
    start = draft.arm.start
    while start < draft.at and tokens[start].tag in "&;,":
        start += 1
    found = _named(tokens, start, fronted=True)
    if found is None or any(t.tag in ";l" for t in tokens[start : draft.at]):
        return None
    return found


def _named(tokens: list[Token], k: int, fronted: bool = False) -> Reference | None:
    """The reference that begins with the "of" or "among" at `k`; None where a number stands in it."""
    if k >= len(tokens):
        return None
    head = tokens[k].word.split()
    if head[0] not in ("of", "among", "out") or (head[0] == "among" and not fronted and tokens[k].tag != "i"):
        return None
    named = _phrase(tokens, k + 1)
    if len(head) > 1 and head[-1] in _THESE:
        return named if named is not None else Reference("of those counted before")
    definite = k + 1 < len(tokens) and tokens[k + 1].word in _DEFINITE
    if named is None:
        return Reference("of those counted before") if definite and tokens[k + 1].word in _THESE else None
    return named if definite or (named.deeds and fronted) else None


def _phrase(tokens: list[Token], start: int) -> Reference | None:
    """The noun and participles of the phrase at `start`: "the newly identified victims", "those convicted"."""
    noun: Token | None = None
    deeds: list[int] = []
    end = start
    for k in range(start, min(len(tokens), start + PHRASE_REACH)):
        token = tokens[k]
        participle = token.tag == "v" and token.entry.form == "past"
        if token.tag not in "afnmxO" and not participle:
            break
        if noun is not None and (is_plural(noun) or noun.entry.noun == "woman") and not participle:
            break
        if participle:
            deeds += token.entry.verbs
        elif token.tag == "n" and token.entry.unit:
            noun = token
        end = k + 1
    if any(t.tag == "q" for t in tokens[start : end + 1]) or (noun is None and not deeds):
        return None
    said = read_breakdown([t for t in tokens[start:end] if t.tag != "v"])
    what = tokens[start:end][-1].word if noun is None else noun.word
    return Reference(f"of the {what} counted before", noun, frozenset(deeds), said)


def _subject(tokens: list[Token], draft: Draft) -> Reference | None:
    """ "The victims included 12 men and nine women": the whole is the subject, the parts are its predicate."""
    start = draft.arm.start
    while start < draft.at and tokens[start].tag in "&;,l":
        start += 1
    if start >= draft.at or tokens[start].word not in _DEFINITE:
        return None
    named = _phrase(tokens, start)
    if named is None:
        return None
    k = start
    while (k < draft.at and tokens[k].tag in "afnmxO") or (tokens[k].tag == "v" and tokens[k].entry.form == "past"):
        k += 1
    links = tokens[k : draft.at]
    if not links or (links[0].tag != "b" and links[0].tag != "i"):
        return None
    return named if all(t.tag in "ib&,qafnmxQOpR()" for t in links) else None


def told_state(tokens: list[Token], draft: Draft) -> int:
    """Where the predicate of a number in front of its clause begins, if it tells a state and no deed; else -1."""
    if draft.total or not _opens(tokens, draft):
        return -1
    k = draft.np_end
    if k < len(tokens) and (tokens[k].word.startswith("of ") or tokens[k].word == "of"):
        k = _skip_partitive(tokens, k)
    if k < len(tokens) and tokens[k].tag == "," and draft.at and _apposed(tokens, draft):
        k += 1  # "The majority, 29, were"
    while k < len(tokens) and tokens[k].tag == "x" and not tokens[k].word.endswith("ed"):
        k += 1
    if k + 1 >= len(tokens):
        return -1
    token = tokens[k]
    if token.tag == "b":
        behind = next((t for t in tokens[k + 1 : k + 4] if t.tag not in "bx" or t.word.endswith("ed")), None)
        deed = behind is not None and (behind.tag == "v" or (behind.tag == "x" and behind.word.endswith("ed")))
        return -1 if deed and behind is not None and not _telling(behind) else k
    if "describing" in token.entry.roles and token.tag == "v" and token.entry.form == "past":
        return k
    if token.word == "identified" and tokens[k + 1].word == "as":
        return k
    return -1


def _opens(tokens: list[Token], draft: Draft) -> bool:
    """Whether the number stands in front of its clause."""
    k = draft.at - 1
    while k >= 0 and (tokens[k].tag in "afQO" or (tokens[k].tag == "x" and tokens[k].word.endswith("ly"))):
        k -= 1
    return k < 0 or tokens[k].tag in ";l&,(:-" or "of" in tokens[k].word.split()


def _apposed(tokens: list[Token], draft: Draft) -> bool:
    """Whether the number says how many "the majority" are: "The majority, 29, were women"."""
    near = tokens[max(0, draft.at - 7) : draft.at]
    return any(t.word in _SHARES or t.tag == "F" or getattr(t.value, "fraction", False) for t in near)


def _skip_partitive(tokens: list[Token], k: int) -> int:
    k += 1
    while k < len(tokens) and (tokens[k].tag in "afnmx" or (tokens[k].tag == "v" and tokens[k].entry.form == "past")):
        k += 1
    return k


def _told_of(tokens: list[Token], draft: Draft) -> Reference | None:
    """A number in front of a clause that tells what its people or cases are: "nine were girls"."""
    if told_state(tokens, draft) < 0:
        return None
    noun = draft.noun
    named = noun is not None and _class(noun) in ("victim", "offender", "case") and not _describes(noun)
    deeds = frozenset(n for verb in draft.np_verbs for n in verb.entry.verbs)
    return Reference("a state of some of those counted before", noun if named else None, deeds, elided=True)


def _suffered(tokens: list[Token], draft: Draft) -> Reference | None:
    """ "Traffickers exploited 50 in sex trafficking and 32 in forced labor"."""
    verb = draft.verbs[0] if draft.verbs else None
    if verb is None or "exploiting" not in verb.entry.roles or verb.start > draft.token.start:
        return None
    noun = draft.noun
    if noun is not None and _class(noun) != "victim":
        return None
    return Reference("told by what traffickers did", elided=True)


def _sorted(tokens: list[Token], draft: Draft) -> Reference | None:
    """ "Officials listed 80 as potential victims and four as official ones"."""
    if draft.noun is not None or draft.np_end + 1 >= len(tokens) or tokens[draft.np_end].word != "as":
        return None
    near = tokens[draft.np_end + 1 : draft.np_end + 5]
    named = any(t.entry.breakdown or t.entry.kind == "victim" for t in near)
    return Reference("what some of those counted before were called", elided=True) if named else None


def _listed(tokens: list[Token], draft: Draft, before: Draft | None) -> Reference | None:
    """The next of a list of parts that leaves out what was said: "nine were girls, and three boys"."""
    if before is None or before.whole is None or before.whole is draft or before.arm.paren is not draft.arm.paren:
        return None
    if tokens[draft.at - 1].word in ("the remaining", "the other", "other", "remaining"):
        return Reference("the rest of those counted before", elided=True, like=before)
    if any(t.word in _MORE for t in tokens[draft.at - 1 : draft.np_end]):
        return None
    noun = draft.noun
    if noun is not None and noun.entry.unit and not _describes(noun) and noun.entry.kind != "victim":
        return None
    acting = draft.verbs[0] if draft.verbs else None
    if acting is not None and acting.start > before.token.end and not _telling(acting):
        return None
    between = tokens[before.np_end : draft.at]
    if any(t.tag in "cl" for t in between) or not _opens(tokens, draft):
        return None
    return Reference("the next of a list of parts", elided=True, like=before)


def _telling(verb: Token) -> bool:
    return not verb.entry.roles.isdisjoint(("exploiting", "describing"))


def _describes(noun: Token) -> bool:
    """Whether a noun says what somebody is rather than what is counted: women, children, foreigners."""
    return bool(noun.entry.breakdown) and noun.entry.kind != "victim"


def _class(noun: Token) -> str:
    kind = noun.entry.kind
    return _CLASSES.get(kind, kind)


def alike(noun: Token, whole: Draft) -> bool:
    """Whether a noun can name what `whole` counts: the same word, or people of one class."""
    other = whole.noun
    if other is None:
        return noun.entry.unit == whole.unit
    if (noun.entry.noun or noun.word) == (other.entry.noun or other.word):
        return True
    if noun.entry.unit != (whole.unit or other.entry.unit):
        return False
    return _class(noun) == _class(other) or "person" in (noun.entry.kind, other.entry.kind)
