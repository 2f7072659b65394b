"""How those who are counted are described: by sex, age, exploitation, status, nationality, in normal form.

seven women and girls exploited in sex trafficking -> sex=female, exploitation=sex
one victim of sexual and labor exploitation        -> nothing: it is neither alone
"""

from __future__ import annotations

from collections.abc import Sequence

from diffing.extracting.candidates import PERSONS, THINGS, Candidate
from diffing.extracting.context import Context
from diffing.language.entries import PLAIN
from diffing.language.words import Token

CALLED_REACH = 8  # tokens from a noun to what its people are called: "citizens who were victims of trafficking"
EXPLOITATION_REACH = 8  # tokens from a noun to the kind of exploitation behind it. Range 4 to 12, default 8
_SHARED = frozenset(("status", "nationality"))  # said once before a list: "foreign women and girls"
_FOR = frozenset(("for", "to"))  # "for men", "available to men"
_STAGES = (("opening", "initiated"), ("continuing", "continued"), ("closing", "closed"))


def read_breakdown(tokens: Sequence[Token]) -> dict[str, str]:
    """What a phrase says of those whom it names; what two coordinated names have not in common is left out."""
    said: dict[str, str] = {}
    for phrase in reversed(_split(tokens, "pvgbw(")):
        said |= _coordinated(phrase)
    return said


def _split(tokens: Sequence[Token], tags: str) -> list[list[Token]]:
    phrases: list[list[Token]] = [[]]
    for token in tokens:
        if token.tag in tags and not token.entry.breakdown:
            phrases.append([])
        else:
            phrases[-1].append(token)
    return [phrase for phrase in phrases if phrase]


def _coordinated(phrase: list[Token]) -> dict[str, str]:
    """ "foreign women and girls" are foreign and female, "adults and children" neither."""
    said = [_pairs(name) for name in _split(phrase, "&,")]
    common = said[0] if said else {}
    shared = {k: v for k, v in common.items() if k in _SHARED}
    for other in said[1:]:
        common = {k: v for k, v in common.items() if (shared | other).get(k) == v}
    return common


def _pairs(name: list[Token]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for token in name:
        pairs |= dict(pair.split("=", 1) for pair in token.entry.breakdown)
    return pairs


def describe(tokens: list[Token], candidate: Candidate) -> dict[str, str]:
    """The breakdown of a number by its own words: its noun phrase, what follows it, and its predicate."""
    said = read_breakdown(tokens[candidate.at + 1 : candidate.np_end])
    noun = candidate.noun.entry if candidate.noun is not None else PLAIN
    if noun.unit in ("facilities", "sessions", "items") or noun.kind in ("offender", "official"):
        said.pop("age", None)  # child traffickers, child protection centers
    if candidate.nominal is not None and candidate.nominal.word.startswith("official "):
        said = {"status": "confirmed"} | said  # "granted official victim status to 30 of 70 applicants"
    # "confirmed 66 victims", "women whom they believed to be potential victims"
    told = _pairs([*candidate.verbs, *called_victims(tokens, candidate.np_end)])
    said = {k: v for k, v in told.items() if k == "status"} | said
    return said | _behind(tokens, candidate.np_end, candidate.noun)


def called_victims(tokens: list[Token], start: int) -> list[Token]:
    """The words by which those who are counted are called victims behind their noun; none where they are not."""
    behind = tokens[start : start + CALLED_REACH]
    called = behind[0].tag == "w" or behind[0].word == "as" or "naming" in behind[0].entry.roles
    return behind if called and any(t.entry.kind == "victim" for t in behind) else []


def _behind(tokens: list[Token], start: int, noun: Token | None) -> dict[str, str]:
    """What the words behind a noun phrase say: all of "as girls" and ", all (of them) girls", else the exploitation."""
    if tokens[start].word.startswith("of "):
        end = phrase_end(tokens, start + 1)  # "40 of them women", "17 of them as official victims"
        called = tokens[end].word == "as"
        behind = predicate_breakdown(tokens, end) if called else exploited_in(tokens, end)
        return behind | read_breakdown(tokens[start + 1 : end])
    stop = next(k for k in range(start, len(tokens)) if tokens[k].tag in ",-(;.vq")
    if tokens[stop].tag in ",-(" and tokens[stop + 1].word == "all":  # "victims of sex trafficking, all of them girls"
        after = stop + 2 + (tokens[stop + 2].word == "of them")
        return read_breakdown(tokens[after : phrase_end(tokens, after)]) | exploited_in(tokens, start)
    bare = noun is None and tokens[start].word == "for" and bool(tokens[start + 1].entry.breakdown)  # "one for boys"
    if bare or (noun is not None and noun.entry.unit in THINGS):  # "no shelters, public or private, for men"
        near = range(start, min(len(tokens), start + EXPLOITATION_REACH))
        k = next((k for k in near if tokens[k].word in _FOR or tokens[k].tag in "vgbq;("), start)
        return read_breakdown(tokens[k + 1 : phrase_end(tokens, k + 1)]) if tokens[k].word in _FOR else {}
    if tokens[start].word == "as":
        return predicate_breakdown(tokens, start)
    trade = tokens[start].word == "in" and "trade" in tokens[start + 1].entry.roles
    if trade and noun is not None and noun.entry.kind not in ("victim", "child"):
        return {}  # "screened 312 individuals in commercial sex": what they work in
    return exploited_in(tokens, start)


def share_exploitation(tokens: list[Token], candidates: list[Candidate]) -> None:
    """What stands behind a list and belongs to its verb is said of all: "exploited two men and a girl in servitude"."""
    said: dict[str, str] = {}
    for a, b in zip(reversed(candidates[:-1]), reversed(candidates[1:]), strict=True):
        if any(t.tag not in ",&afQ" for t in tokens[a.np_end : b.at]) or a.verbs != b.verbs:
            said = {}
            continue
        behind = tokens[b.np_end].word
        suffered = bool(b.verbs) and "exploiting" in b.verbs[0].entry.roles
        if (
            suffered
            or behind == "in"
            or behind.startswith("from")
            or (b.noun is not None and _charged(tokens, b.np_end))
        ):
            said = exploited_in(tokens, b.np_end) or said
        a.breakdown = said | a.breakdown


def exploited_in(tokens: list[Token], start: int, stops: str = "") -> dict[str, str]:
    """The kind of exploitation behind a noun: "victims of sex trafficking", "who were exploited in forced labor"."""
    end = start
    for k in range(start, min(len(tokens), start + EXPLOITATION_REACH)):
        token = tokens[k]
        if token.tag == "p" and "into_what" not in token.entry.roles and not _charged(tokens, k):
            break
        if token.tag == "v" and token.entry.verbs and k > start and not _charged(tokens, k + 1):
            break
        if token.tag in stops or token.tag not in "pavbxnfmw&" or (token.tag == "&" and not _goes_on(tokens, k)):
            break
        end = k + 1
    said = read_breakdown(tokens[start:end])
    return {k: v for k, v in said.items() if k == "exploitation"}


def _charged(tokens: list[Token], k: int) -> bool:
    """Whether a crime stands behind the preposition at `k`: "were charged with sex trafficking"."""
    named = (b for t in tokens[k + 1 : k + 2] for b in t.entry.breakdown)
    return tokens[k].word in ("with", "of", "for") and any(b.startswith("exploitation=") for b in named)


def phrase_end(tokens: list[Token], start: int) -> int:
    """Where a noun phrase with its coordinated ones ends."""
    k = start
    while tokens[k].tag in "anxmOf" or (tokens[k].tag in "&," and _goes_on(tokens, k)):
        k += 1
    return k


def _goes_on(tokens: list[Token], k: int) -> bool:
    """Whether the conjunction at `k` links two descriptions: "of sexual and labor exploitation"."""
    after = next((t for t in tokens[k + 1 : k + 3] if t.tag not in "axf"), None)
    return after is not None and bool(after.entry.breakdown)


def predicate_breakdown(tokens: list[Token], k: int) -> dict[str, str]:
    """What is said behind the "were", "as" or "identified as" at `k`."""
    start = k + 1
    while tokens[start].tag in "ba" or tokens[start].word == "as":
        start += 1
    end = phrase_end(tokens, start)
    return exploited_in(tokens, end) | read_breakdown(tokens[start:end])


def find_stages(tokens: list[Token], candidates: list[Candidate], context: Context) -> None:
    """New, continued and closed cases as breakdowns, where they are told beside each other; never one sum."""
    wholes = [d for d in candidates if d.whole is None and not d.quantity.change]
    found = [(d, stage) for d in wholes if (stage := _stage(tokens, d)) is not None]
    for candidate in candidates:  # "suspected traffickers" are traffickers, "alleged cases" are cases
        if candidate.noun is not None and candidate.noun.entry.kind not in PERSONS:
            candidate.breakdown.pop("status", None)
    stages: set[str | None] = {stage for _, stage in found}
    if stages:
        stages |= {d.breakdown.get("stage") for d in context.candidates} - {None}
    if len(stages) > 1:
        for candidate, stage in found:
            candidate.breakdown["stage"] = stage


_STAGE_WORDS = {"new": "initiated", "ongoing": "continued", "continuing": "continued", "pending": "continued"}
_STAGED = frozenset(("investigation", "prosecution", "case"))


def _stage(tokens: list[Token], candidate: Candidate) -> str | None:
    """New, continued or closed, as the words before the noun, the verb, or the verb before it say."""
    nominal = candidate.nominal is not None and candidate.nominal.entry.noun in _STAGED
    cases = candidate.unit == "cases" or nominal
    for token in tokens[candidate.at + 1 : candidate.np_end]:
        if token.word in _STAGE_WORDS and candidate.unit == "cases":
            return _STAGE_WORDS[token.word]
    for verb in candidate.verbs or (candidate.nominal,):
        k = next((n for n, t in enumerate(tokens) if t is verb), 0) if verb is not None else 0
        own = next((stage for role, stage in _STAGES if role in tokens[k].entry.roles), None)
        if own is not None and cases:
            return own
        while k > 1 and nominal and tokens[k - 1].tag in "axm":
            k -= 1  # "initiated the prosecution of 18 suspects"
        return next((stage for role, stage in _STAGES if role in tokens[k - 1].entry.roles), None)
    return None
