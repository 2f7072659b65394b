"""What a quantity counts: the noun to its right, what describes it, and what a list shares."""

from __future__ import annotations

from msgspec import Struct, field

from diffing.extracting.candidates import Candidate
from diffing.language.words import Token, is_plural

PARTITIVE_REACH = 4  # tokens from "of the" to its noun
NOUN_REACH = 7  # tokens from a number to its noun
_BESIDE = frozenset(("additional", "other", "further", "new", "estimated"))


class _Phrase(Struct):
    """A noun phrase as far as it has been read; `end` is the token behind it."""

    tokens: list[Token]
    start: int
    end: int
    limit: int
    head: Token | None = None
    unknown: Token | None = None  # the likeliest head among words that the lexicon does not know
    participles: list[Token] = field(default_factory=list)

    def follows(self, tags: str) -> bool:
        """Whether a token with one of `tags` stands behind the one at `end`."""
        return self.end + 1 < len(self.tokens) and self.tokens[self.end + 1].tag in tags


def find_noun(tokens: list[Token], candidate: Candidate) -> None:
    """Sets the noun that a quantity counts, with the modifiers between, from the tokens to its right."""
    quantity = candidate.quantity
    start = candidate.at + 1
    share = (quantity.unit == "percent" and not quantity.fraction) or candidate.token.entry.tag == "V"
    if share and tokens[start].word == "of":
        start += 1  # 15 percent of workers
        while tokens[start].tag in "af":
            start += 1
    phrase = _Phrase(tokens, start, start, min(len(tokens), start + NOUN_REACH))
    while phrase.end < phrase.limit and _takes(phrase, tokens[phrase.end]):
        phrase.end += 1
    candidate.np_end, candidate.np_verbs = phrase.end, phrase.participles
    unknown = phrase.unknown
    candidate.noun = phrase.head or (unknown if unknown is None or unknown.word != "ones" else None)
    if candidate.noun is not None:
        return
    behind = tokens[phrase.end].word
    if behind == "of" and tokens[phrase.end + 1].tag == "a":
        _partitive(tokens, candidate, phrase.end + 2)
    elif behind in ("of these", "of those"):
        _partitive(tokens, candidate, phrase.end + 1)
    elif tokens[candidate.at - 1].word == "of":
        before = tokens[candidate.at - 2]
        people = before.tag == "n" and before.entry.unit == "persons" and not before.entry.nouns
        if people or before.word == "capacity":  # room for so many, not so many
            candidate.noun = before  # "a workforce of 1.9 million"


def _takes(phrase: _Phrase, token: Token) -> bool:
    """Takes `token`, which stands at the end of what has been read, into the phrase; False where it ends before it."""
    if phrase.head is None and _is_status(phrase.tokens, phrase.end):
        coordinated = phrase.follows("&") and phrase.end + 2 < len(phrase.tokens)
        phrase.end += coordinated and bool(phrase.tokens[phrase.end + 2].entry.breakdown)
        return True
    if token.tag == "v":
        return phrase.head is None and _takes_verb(phrase, token)
    if token.tag == "n":
        return _takes_noun(phrase, token)
    if token.tag == "a":
        return phrase.head is None and token.word in ("such", "other")
    return (token.tag in "xmO" or token.word in _BESIDE) and _takes_modifier(phrase, token)


def _takes_verb(phrase: _Phrase, token: Token) -> bool:
    form = token.entry.form
    if form not in ("past", "ing"):
        return form == "base"  # "aid workers"
    if "getting" in token.entry.roles:
        return False  # "20 received shelter"
    if _adjective(phrase.tokens, phrase.end, phrase.limit):
        phrase.participles.append(token)
        return True
    phrase.head = token if token.entry.noun else None  # "killings", "funding"
    return phrase.head is not None


def _takes_noun(phrase: _Phrase, token: Token) -> bool:
    head = phrase.head
    if head is not None and (is_plural(head) or (token.entry.actor and not token.entry.noun)):
        return False
    if not token.possessive:  # "the inspectorate's funding"
        phrase.head = token
    return True


def _takes_modifier(phrase: _Phrase, token: Token) -> bool:
    head = phrase.head
    inner = phrase.end + 1 < phrase.limit and phrase.follows("n") and token.tag in "xm"
    if head is not None and not inner:
        return False
    if token.word == "others" or (token.word == "more" and not phrase.follows("nxmv")):
        return False
    if token.tag != "x" or not token.word.isalpha():
        return True
    plural = token.word.endswith("s")
    if phrase.unknown is None or plural or not phrase.unknown.word.endswith("s"):
        phrase.unknown = token
    if token.word.endswith("ly") and phrase.unknown is token:
        phrase.unknown = None
    elif plural and not token.word.endswith("ss") and not phrase.follows("n"):
        phrase.limit = phrase.end + 1  # an unknown plural is the head
    return True


def share_nouns(tokens: list[Token], candidates: list[Candidate]) -> None:
    """ "48, 52, and 67 victims": the numbers of a list count what its last one counts, in the same unit."""
    for a, b in zip(reversed(candidates[:-1]), reversed(candidates[1:]), strict=True):
        between = tokens[a.at + 1 : b.at]
        described = len(between) == 2 and between[0] is a.noun and between[0].tag == "x" and between[1].tag == "&"
        if described:
            a.noun = None  # "14 temporary and three permanent residence permits"
            between = between[1:]
        if a.noun is None and between and all(t.tag in ",&" or t.entry.breakdown for t in between):
            a.noun = b.noun
            if b.quantity.unit == "percent":
                a.quantity.unit = a.quantity.unit or "percent"
            if not a.breakdown and not described:
                a.breakdown = dict(b.breakdown)


def share_predicates(tokens: list[Token], candidates: list[Candidate]) -> None:
    """ "Seventeen women and one girl received aid": what is said behind the last of a list is said of all."""
    listed: Candidate | None = None  # the last one that shared: before it, commas go on with the list
    for a, b in zip(reversed(candidates[:-1]), reversed(candidates[1:]), strict=True):
        if a.verbs or a.nominal is not None or a.noun is None or a.quantity.absent:
            continue
        linked = a.np_end < b.at and all(t.tag in ",&afQ" for t in tokens[a.np_end : b.at])
        if linked and (tokens[b.at - 1].tag != "," or b is listed):
            listed, a.nominal, a.verbs = a, b.nominal, b.verbs


def _partitive(tokens: list[Token], candidate: Candidate, start: int) -> None:
    """Takes the noun of "40 of its own citizens", "31 of the identified victims"."""
    for k in range(start, min(len(tokens), start + PARTITIVE_REACH)):
        token = tokens[k]
        participle = token.tag == "v" and token.entry.form == "past"
        if token.tag == "n" and is_plural(token):
            candidate.noun, candidate.np_end = token, k + 1
            return
        if (token.tag not in "xmnO" and not participle) or (participle and k > start and tokens[k - 1].tag == "v"):
            return  # "of those convicted received"
        if participle:
            candidate.np_verbs = [*candidate.np_verbs, token]


def _is_status(tokens: list[Token], i: int) -> bool:
    """Whether the word at `i` says that victims are confirmed or potential: "official victims" is no official."""
    token = tokens[i]
    if not any(b.startswith("status=") for b in token.entry.breakdown):
        return False
    after = tokens[i + 1]
    linked = after.tag == "&" and bool(tokens[i + 2].entry.breakdown)
    return token.tag != "n" or linked or after.tag in "nm"


def _adjective(tokens: list[Token], i: int, end: int) -> bool:
    """Whether the participle at `i` stands before the noun that it describes: "identified victims"."""
    j = i + 1
    while j < end and tokens[j].tag in "xmvO":
        j += 1
    return tokens[j].tag == "n" and bool(tokens[j].entry.noun or not tokens[j].entry.actor)
