"""What kind of word each is, wherever it stands and beside the others: one letter for the small ones, else W."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from diffing.language.entries import NUMBER_WORDS, PLAIN, Entry, Use, longest
from diffing.model.deeds import ACTS

# From so many letters on a word that ends in -ed or -ing may be a verb that nobody listed. Range 5 to 7.
LEAST_LETTERS = 5
# So many words are kept with what is known of them. Range 10,000 to 1,000,000; a year's reports hold some 60,000.
MOST_SEEN = 100_000

# Tags of tokens by the kinds of small words, as the scopes see them.
SCOPE_TAGS = {
    "#": "d", "D": "a", "P": "p", "T": "p", "A": "b", "M": "b", "N": "t", "C": "&", "Q": "r", "S": "w", "R": "w",
    "B": "w", "L": "x", ",": ",", ".": ".", ";": ";", ":": ";", "(": "(", ")": ")",
}  # fmt: skip
_NEGATIVE = frozenset(("no", "none", "nobody", "not", "never", "neither", "nor", "without"))
_TIMED = frozenset(("since", "until", "before", "after"))
_MAY_COUNT = frozenset(("about", "over", "around", "under", "some"))


class Word(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What is known of a word wherever it stands: in lower case, as printed, what the lexicon says, kind and form.

    `form` is the lemma and form of the verb that it may be, `tag` how the scopes see it; `beside`: its kind may lean on
    words behind; `plain`: letters that say nothing of what is counted.
    """

    folded: str
    printed: str
    entry: Entry
    use: Use
    kind: str
    form: tuple[str, str] | None
    beside: bool
    tag: str
    capital: bool
    plain: bool
    classes: frozenset[str]  # of the nouns that may begin with it
    long_noun: bool  # whether one of these is of several words


_NO_CLASSES: frozenset[str] = frozenset()
_PLURALS = frozenset(("police", "people", "men", "women", "children", "media", "press"))


class Seen(dict[str, Word]):
    """Words as printed, each looked up once."""

    def __init__(self, entries: dict[str, Entry], no_verbs: frozenset[str]) -> None:
        self.entries, self.no_verbs = entries, no_verbs

    def __missing__(self, printed: str) -> Word:
        if len(self) >= MOST_SEEN:
            self.clear()
        folded = printed.lower().replace("’", "'")
        entry = self.entries.get(folded, PLAIN)
        use, kind = entry.use, _kind(entry.use, folded, printed, bool(entry.verb))
        form = listed_form(use) or (self._guessed(folded) if kind == "W" and not use.describes else None)
        beside = bool(use.small) or folded in _MAY_COUNT or folded in _TIMED or folded == "no"
        tag = SCOPE_TAGS.get(use.letter) or ("n" if folded[0].isalnum() else "x")
        tag = "N" if folded in _NEGATIVE or folded.endswith("n't") else tag
        capital, plain = printed[0] != folded[0], entry.plain and folded.isalpha()
        named = [name for _, names in use.nouns for name in names] + [ACTS] * bool(use.act)
        classes = frozenset(named) if named else _NO_CLASSES
        long = bool(named) and any(rest for rest, _ in use.nouns)
        found = Word(folded, printed, entry, use, kind, form, beside, tag, capital, plain, classes, long)
        self[printed] = found
        return found

    def _guessed(self, word: str) -> tuple[str, str] | None:
        """The lemma and form of the verb that a word may be by its ending, that nobody listed."""
        form = "past" if word.endswith("ed") else "ing" if word.endswith("ing") else None
        if form is None or len(word) < LEAST_LETTERS or word in self.no_verbs or "-" in word:
            return None
        return word, form


def looks_plural(word: str) -> bool:
    """Whether a folded noun looks like one of several."""
    return (word.endswith("s") and not word.endswith("ss")) or word in _PLURALS


def listed_form(use: Use) -> tuple[str, str] | None:
    """The lemma and form of the verb that a word is by the lists."""
    return None if use.describes else use.verb


def kinds_of(
    words: Sequence[Word], folded: tuple[str, ...]
) -> tuple[list[str], list[tuple[str, str] | None], dict[int, int]]:
    """The kind and the form of each word where it stands, and the length of small words that are several."""
    kinds, forms = [word.kind for word in words], [word.form for word in words]
    long: dict[int, int] = {}
    beside = [at for at, word in enumerate(words) if word.beside]
    taken = 0
    for at in beside:
        small = longest(words[at].use.small, folded, at) if at >= taken else None
        if small is not None:
            long[at], kinds[at] = small
            taken = at + small[0]
            kinds[at + 1 : taken] = "_" * (taken - at - 1)
            forms[at:taken] = [listed_form(word.use) for word in words[at:taken]]
    for at in beside:
        behind = at + long.get(at, 1)
        if folded[at] == "more" and kinds[behind : behind + 1] == ["W"] and (forms[behind] or "  ")[1] == "past":
            kinds[at] = "L"  # "more than doubled"
        after = kinds[at + 1] if at + 1 < len(kinds) else ""
        if after == "#" and folded[at] in _MAY_COUNT:
            kinds[at] = "D"  # "about 40", but "about wages"
        elif after and after in "Y#" and folded[at] in _TIMED:
            kinds[at] = "P"  # "in force since July"
        elif folded[at : at + 2] == ("no", ".") and at + 2 < len(folded) and folded[at + 2][0].isdigit():
            kinds[at], kinds[at + 1] = "W", "L"  # "Decree No. 823"
    return kinds, forms, long


def _kind(use: Use, word: str, printed: str, acts: bool) -> str:
    if word == "may" and printed[0] == "M":
        return "Y"
    if word == "march" and printed[0] == "m":
        return "W"
    if use.letter:
        return use.letter
    if word == "that":
        return "B"
    if word.endswith("n't"):
        return "A"
    first = word[0]
    if first.isdigit() or first in "$€£¥%" or word in NUMBER_WORDS:
        return "#"
    if not first.isalpha():
        return word if word in ",.;:()" else {"?": ".", "!": ".", "—": ",", "–": ",", "[": "(", "]": ")"}.get(word, '"')
    if len(word) > 4 and word.endswith("ly") and not (use.nouns or acts):
        return "L"
    return "W"
