"""What stands under which words: denied, planned, asked, conditional, law, reported, earlier, compared.

The rows are the `modifiers` of the profile, and this engine does not grow with them: it finds their words, and lays
over the words beside them how far they reach.

>>> from diffing.language.lexicon import lexicon
>>> from diffing.language.words import tokens_of
>>> from diffing.profile import load_profile
>>> words = lexicon(load_profile("tip"))
>>> text = "The ministry planned to open two shelters and assisted 12 victims."
>>> [(s.kind, text[s.start : s.end]) for s in read_scopes(tokens_of(text, words), words.numbers_modifiers)]
[('planned', 'open two shelters')]
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from diffing.language.lexicon import Openers
from diffing.language.words import Token
from diffing.profile import Modifier

DENIAL_REACH = 4  # words from "not" to what it denies: "did not yet formally promise to"; 2 to 6, default 4
_CONTRAST = frozenset(("but", "while", "whereas", "although", "though", "however", "yet", "compared"))


class Scope(Struct, frozen=True):
    """`text[start:end]` stands under the words `text[trigger:trigger_end]`, and is therefore `kind`."""

    kind: str
    modifier: Modifier
    trigger: int
    trigger_end: int
    start: int
    end: int
    words: str

    def holds(self, start: int) -> bool:
        """Whether what begins at the character `start` stands in it."""
        return self.start <= start < self.end


def opens(words: tuple[str, ...], openers: Openers) -> bool:
    """Whether words, in lower case, may open a scope: in a quarter of the sentences none does."""
    for at in [at for at, word in enumerate(words) if word in openers]:
        for phrase, _ in openers[words[at]]:
            k = at + 1
            while k < len(words) and words[k].endswith("ly") and len(phrase) > 1 and words[k] != phrase[1]:
                k += 1
            if len(phrase) == 1 or words[k : k + 1] == phrase[1:2]:
                return True
    return False


def read_scopes(tokens: list[Token], openers: Openers) -> tuple[Scope, ...]:
    """The scopes of a sentence, in the order of their words; `tokens` as `tokenize` gives them.

    `openers` are the lexicon's `numbers_modifiers`, or its `modifiers` for the scopes of deeds.
    """
    found: list[Scope] = []
    taken = 0
    for i in [i for i, token in enumerate(tokens) if token.word in openers or " " in token.word]:
        token = tokens[i]
        rows = openers.get(token.word.partition(" ")[0])
        if rows is None or i < taken or (token.capital and "months" in token.entry.roles):  # "In May"
            continue
        second = None
        for phrase, modifier in rows:
            if len(phrase) > 1:
                if second is None:
                    second = _second_words(tokens, i)
                if phrase[1] not in second:
                    continue  # most rows
            end = _matches(tokens, i, phrase)
            if end:
                found += _scope(tokens, i, end, modifier)
                taken = end
                break
    return tuple(found)


def _second_words(tokens: list[Token], i: int) -> tuple[str, ...]:
    """What may be the second word of a phrase that begins at `i`: the next one, or the one behind adverbs."""
    _, space, rest = tokens[i].word.partition(" ")
    if space:
        return (rest.partition(" ")[0],)
    found = []
    for k in range(i + 1, len(tokens)):  # no slice: a sentence of a megabyte would be copied at every word
        token = tokens[k]
        found.append(token.word.partition(" ")[0])
        if token.tag != "x" or not token.word.endswith("ly"):
            break
    return tuple(found)


def _matches(tokens: list[Token], i: int, phrase: tuple[str, ...]) -> int:
    """Where the words of `phrase` end that begin at `i`, adverbs between them passed over; 0 where they do not."""
    k, count = 0, len(tokens)
    while i < count:
        token = tokens[i]
        words = token.word.split()
        if tuple(words) == phrase[k : k + len(words)]:
            k += len(words)
            i += 1
            if k == len(phrase):
                return i
        elif k and token.tag == "x" and token.word.endswith("ly"):
            i += 1
        else:
            return 0
    return 0


def _scope(tokens: list[Token], first: int, end: int, modifier: Modifier) -> Iterator[Scope]:
    if end < len(tokens) and _next_word(tokens, end) in modifier.unless:
        return
    before = tokens[first - 1] if first and tokens[first].tag != "b" else None
    if before is not None and (before.tag == "d" or (end == first + 1 and (before.tag == "a" or before.possessive))):
        return  # "594 requests for", "the promised funding"
    kind = modifier.when_denied if _denied(tokens, first) else modifier.when_affirmed
    if not kind:
        return
    trigger, trigger_end = tokens[first].start, tokens[end - 1].end
    words = " ".join(t.word for t in tokens[first:end])
    if [token.word for token in tokens[end : end + 3]] == [",", "however", ","]:
        end += 3  # "For the first time, however, a court convicted"
    if modifier.direction in ("forward", "both"):
        last = _forward(tokens, end, modifier)
        while last > end and tokens[last - 1].tag == ",":
            last -= 1
        if last > end:
            yield Scope(kind, modifier, trigger, trigger_end, tokens[end].start, tokens[last - 1].end, words)
    if modifier.direction in ("backward", "both"):
        start = _backward(tokens, first, modifier)
        if start < first:
            yield Scope(kind, modifier, trigger, trigger_end, tokens[start].start, tokens[first - 1].end, words)


def _next_word(tokens: list[Token], k: int) -> str:
    while k + 1 < len(tokens) and tokens[k].word.endswith("ly"):
        k += 1
    return tokens[k].entry.verb or tokens[k].word


def _denied(tokens: list[Token], first: int) -> bool:
    for token in reversed(tokens[max(0, first - DENIAL_REACH) : first]):
        if token.tag in "tN":
            return True
        if token.tag not in "bx":
            return False
    return False


def _forward(tokens: list[Token], end: int, modifier: Modifier) -> int:
    last = min(len(tokens), end + modifier.reach)
    for k in range(end, last):
        if _stops(tokens, k, modifier) or (k > end and "deed" in modifier.stops and _opens_deed(tokens, k)):
            return k
    return last


def _backward(tokens: list[Token], first: int, modifier: Modifier) -> int:
    start = max(0, first - modifier.reach)
    for k in range(first - 1, start - 1, -1):
        if _stops(tokens, k, modifier) or (tokens[k].tag == "w" and "deed" in modifier.stops):
            return k + 1  # "the plan that had been drafted the year before"
    return start


def _stops(tokens: list[Token], k: int, modifier: Modifier) -> bool:
    token = tokens[k]
    if token.word in modifier.stops or token.tag == ".":
        return True
    if token.tag == ",":
        return "comma" in modifier.stops
    ends = token.tag == ";" or token.word in _CONTRAST or "beside" in token.entry.roles
    return "clause" in modifier.stops and ends


def _opens_deed(tokens: list[Token], k: int) -> bool:
    """Whether a deed of its own begins at `k`: "and convicted four", ", and courts convicted", "which opened"."""
    if tokens[k].tag not in ",&":
        return False
    subject = False
    for token in tokens[k + 1 : k + 8]:
        if token.tag in "vg" and token.entry.form == "past":
            return True
        if token.tag in "naxmrd&" and not token.word.endswith("ing"):
            subject = subject or token.tag in "nrd"
        elif token.tag == "b":
            return subject and token.word not in ("be", "been", "being")
        elif not (token.tag == "," and not subject):
            return False
    return False
