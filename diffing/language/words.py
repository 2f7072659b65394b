"""A sentence as words, each looked up once; and as tagged tokens, where it is read for what it counts.

A tag is one character, so that the tags of a sentence are a string, and the grammar of chunks can be written as
patterns over that string: ``n`` a noun that can be counted, ``v`` a verb, ``g`` a verb of change, ``d`` a number,
``p`` a preposition, ``t`` a negation, ... `entries.TAGS_BY_ROLE` has the others; punctuation stands for itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

import msgspec

from diffing.language.entries import PLAIN, Entry
from diffing.language.lexicon import Lexicon
from diffing.language.word_kinds import Word

# Alternatives start with different characters or are tried longest first, and none can be split in two ways: linear.
# The first, the look ahead of the second and the space before change nothing but the time: most tokens are plain words.
_TOKEN = re.compile(
    r"""
    [ ]?(
      [a-z]{2,}(?![^\W_]|[-‑'’.])
    | (?=\d)(?:
          \d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.|-\d{1,2}-)(?:19|20)\d\d(?!\d)  # 12/05/2018, 03.11.2020
        | (?:19|20)\d\d(?:-\d\d-\d\d|/\d\d/\d\d)(?!\d)               # 2020-07-14
        | (?:19|20)\d\d(?=\.\d{1,2}(?:\s+["“(]?[A-Z]|\s*\Z))           # a year with a footnote's mark behind it
        | \d{1,6}(?:[.,]\d{1,3}){0,3}(?:[kK]|[mM]n?|[bB]n?)(?![^\W_])              # 12k, 1.4m, 2.5bn
        | \d{1,2}(?:,\d\d){1,6},\d{3}(?!\d)                           # 1,25,000
        | \d{1,3}(?:['’]\d{3})+(?!\d)                                # 1’250
        | \d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)                          # 1.250.000,50
        | \d{1,3},\d{1,2}(?=\ (?:[mb]illion|lakh|crore|per\ ?cent)|%)  # 1,2 million
        | \d+(?:/\w+)+ | \d+(?:\.[a-z]\b)+                     # a code: 129/1, 134/M, 7.a
        | \d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?                  # 1,864,800
        | \d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d/]|[.,]\d)    # 12 400
        | \d{1,3}(?:\.\d{3})+(?!\d|\ (?:percent|million|billion|per\ cent)|%)   # 1.604
        | \d+(?:st|nd|rd|th)(?![a-z\d]) | \d{4}s\b
        | \d+(?:\.\d+)?
      )
    | (?<=\$)\.\d+
    | (?:[A-Za-z]\.){2,}
    | [^\W\d_]+(?:[-‑][^\W_]+)*(?:['’](?:[^\W\d_]+)?)?
    | [A-Z]{0,3}\$ | [€£¥] | [^\s\w] | _
    )
    """,
    re.VERBOSE,
)
_PUNCTUATION = {
    "[": "(", "]": ")", "–": "-", "—": "-", "-": "-", "−": "-", "“": '"', "”": '"', "%": "%", "?": ".", "!": ".",
}  # fmt: skip

_PERFECT = frozenset(("has", "have", "had"))  # "has not reported" denies; "was not reported" is an absence of data


class Words(msgspec.Struct, frozen=True, eq=False, gc=False):
    """The words and marks of a text: what the lexicon says of each, in lower case, as printed, and where they stand."""

    text: str
    known: tuple[Word, ...]
    folded: tuple[str, ...]
    printed: tuple[str, ...]
    starts: tuple[int, ...]

    def behind(self, offset: int) -> int:
        """The first word that begins at the character `offset` or behind it."""
        return bisect_left(self.starts, offset)

    def has(self, role: str) -> bool:
        """Whether a word of this role stands in the text."""
        return any(role in word.entry.roles for word in self.known)

    def end(self, at: int) -> int:
        """Where a word ends."""
        return self.starts[at] + len(self.printed[at])


def words_of(text: str, lexicon: Lexicon) -> Words:
    """The words of a text, each looked up once."""
    printed = _TOKEN.findall(text)
    known = tuple(map(lexicon.seen.__getitem__, printed))
    starts, end, find = [], 0, text.find
    for word in printed:
        start = find(word, end)
        end = start + len(word)
        starts.append(start)
    folded, same = tuple([word.folded for word in known]), tuple([word.printed for word in known])  # one copy of each
    return Words(text, known, folded, same, tuple(starts))


def plain_words(text: str) -> list[str]:
    """The words and numbers of a text in lower case, without its marks."""
    return [word.lower() for word in _TOKEN.findall(text) if word[0].isalnum()]


class Token(msgspec.Struct, eq=False, gc=False):  # made by the thousand: twice as fast as a class of Python's own
    """One token, or after folding one chunk: ``text[start:end]`` with its tag and what is known of it."""

    tag: str
    start: int
    end: int
    word: str
    entry: Entry
    capital: bool = False
    possessive: bool = False
    value: object = None


# What stands before and behind a text while it is folded, so that whoever looks around a token meets an end there.
EDGE = (Token(".", -9, -9, ".", PLAIN),) * 8


Folding = Callable[[list[Token], int, list[Token]], tuple[Token, int]]
"""From tokens, a place among them and what has been folded before it: the token there, and where to go on."""


def fold(tokens: list[Token], at: Folding) -> list[Token]:
    """`tokens` with those that `at` takes together as one, from the first to the last."""
    out, count = [*EDGE], len(tokens)
    tokens = [*tokens, *EDGE]
    i = 0
    while i < count:
        token, i = at(tokens, i, out)
        out.append(token)
    return out[len(EDGE) :]


def joined(tag: str, first: Token, last: Token, value: object = None, word: str = "") -> Token:
    """The tokens from one to another as one, which is called as the first is, or by a `word` of its own."""
    return Token(tag, first.start, last.end, word or first.word, first.entry, value=value)


def dead(first: Token, last: Token) -> Token:
    """The token of a number that counts nothing, or a year that dates nothing."""
    return joined("#", first, last)


def place_before(tokens: list[Token], at: int, tags: str) -> int:
    """The place of the nearest token before `at` that has none of these tags."""
    at -= 1
    while tokens[at].tag in tags:
        at -= 1
    return at


def is_plural(token: Token) -> bool:
    """Whether a counted noun stands in the plural; "women" describes too ("women workers") and is left out."""
    return bool(token.entry.noun) and token.word != token.entry.noun and token.entry.noun != "woman"


def tokenize(words: Words, lexicon: Lexicon) -> list[Token]:
    """The tagged tokens of a text, phrases of the lexicon as one."""
    get = lexicon.words.get
    folded = words.folded
    tokens: list[Token] = []
    append = tokens.append
    taken = 0  # the words before it belong to the phrase before
    count = len(folded)
    before = ""
    for i, (known, start) in enumerate(zip(words.known, words.starts, strict=True), 1):
        if i <= taken:
            continue
        word, entry, capital = known.folded, known.entry, known.capital
        end = start + len(known.printed)
        if known.plain:  # most words
            append(Token("x", start, end, word, PLAIN, capital))
            before = word
            continue
        first = word[0]
        if first.isalpha():
            possessive = False
            if entry.plain and "'" in word:
                stem, _, tail = word.partition("'")
                if tail in ("", "s"):
                    possessive = True
                    word = stem
                    entry = get(word, PLAIN)
            if entry.plain:
                token = Token("$" if word[-1] == "$" else "x", start, end, word, PLAIN, capital)
            else:
                if entry.starts is not None and i < count and not (word == "not" and before in _PERFECT):
                    phrases = entry.starts.get(folded[i].removesuffix("'s"))
                    found = _phrase(phrases, folded, i) if phrases is not None else None
                    if found is not None:
                        rest, entry = found
                        taken = i + len(rest)
                        end = words.end(taken - 1)
                        possessive = folded[taken - 1] != rest[-1]
                        word = f"{word} {' '.join(rest)}"
                token = Token(entry.tag, start, end, word, entry, capital)
                if entry.verb and (entry.noun or entry.actor):
                    following = max(i, taken)
                    _noun_or_verb(token, before, folded[following] if following < count else "", lexicon)
            if possessive:
                token.possessive = True
        elif first.isdigit() or (first == "." and len(word) > 1):
            token = Token("d", start, end, word if first != "." else "0" + word, PLAIN)
        else:
            tag = _PUNCTUATION.get(word, word)
            token = Token("$" if word[-1] in "$€£¥" else tag, start, end, word, PLAIN)
        append(token)
        before = word
    return tokens


def tokens_of(text: str, lexicon: Lexicon) -> list[Token]:
    """The tagged tokens of a text."""
    return tokenize(words_of(text, lexicon), lexicon)


def _phrase(
    following: list[tuple[tuple[str, ...], Entry]], words: tuple[str, ...], i: int
) -> tuple[tuple[str, ...], Entry] | None:
    """The phrase that goes on at `i`, its further words and its entry; the last word may be a possessive."""
    for rest, entry in following:
        last = i + len(rest) - 1
        if last < len(words) and words[last] in (rest[-1], f"{rest[-1]}'s", f"{rest[-1]}'"):  # noqa: SIM102
            if len(rest) == 1 or words[i:last] == rest[:-1]:
                return rest, entry
    return None


def _noun_or_verb(token: Token, before: str, after: str, lexicon: Lexicon) -> None:
    """Settles the tag of a form that may be either, by the words around it."""
    entry = token.entry
    if entry.noun and entry.form == "ing" and token.tag == "v":
        following = lexicon.words.get(after)
        acts = after[:1].isdigit() or (following is not None and following.tag in "adQf")
        acts = acts or (after, before) == ("at", ",")  # ", killing at least 11"
        if not acts and before not in lexicon.listed("before_gerund"):
            token.tag = "n"  # "no funding", "16 killings"
    elif entry.form in ("base", "s") and token.tag in "nx":
        if before in lexicon.listed("before_verb") and not (before == "and" and entry.form == "s"):
            token.tag = "g" if "changing" in entry.roles and not entry.verbs else "v"
        elif not entry.noun:
            token.tag = "n" if entry.actor else token.tag
