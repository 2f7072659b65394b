"""A sentence as tagged tokens: each with its offsets and all that the lexicon says of it.

A tag is one character, so that the tags of a sentence are a string, and the grammar of chunks can be written as
patterns over that string: ``n`` a noun that can be counted, ``v`` a verb, ``g`` a verb of change, ``d`` a number,
``p`` a preposition, ``t`` a negation, ... `lexicon.TAGS` has the others; punctuation stands for itself.
"""

from __future__ import annotations

import re

from diffing.extracting.lexicon import Entry, Lexicon

# Alternatives start with different characters or are tried longest first, and none can be split in two ways: linear.
_TOKEN = re.compile(
    r"""
      \d+(?:/\w+)+                                        # a code: 129/1, 134/M
    | \d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?                  # 1,864,800
    | \d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d/]|[.,]\d)    # 12 400
    | \d{1,3}(?:\.\d{3})+(?!\d|\ (?:percent|million|billion|per\ cent)|%)   # 1.604
    | \d+(?:st|nd|rd|th)\b | \d{4}s\b
    | \d+(?:\.\d+)?
    | (?:[A-Za-z]\.){2,}
    | [^\W\d_]+(?:[-‑][^\W_]+)*(?:['’](?:[^\W\d_]+)?)?
    | [A-Z]{0,3}\$ | [€£¥] | [^\s\w] | _
    """,
    re.VERBOSE,
)
_PLAIN = Entry()
_PUNCTUATION = {
    "[": "(", "]": ")", "–": "-", "—": "-", "-": "-", "−": "-", "“": '"', "”": '"', "%": "%", "?": ".", "!": ".",
}  # fmt: skip
_CURRENCY_MARK = re.compile(r"[A-Z]{0,3}\$|[€£¥]")
# Words after which a form that may be noun or verb ("report", "shelter", "charges") is a verb.
_BEFORE_VERB = frozenset(
    "to not never did does do will would can could may might shall should must they it who we and".split()
)

_BEFORE_GERUND = frozenset("is are was were be been by while after before began continued started".split())


class Token:
    """One token, or after folding one chunk: ``text[start:end]`` with its tag and what is known of it."""

    __slots__ = ("capital", "end", "entry", "possessive", "start", "tag", "value", "word")

    def __init__(self, tag: str, start: int, end: int, word: str, entry: Entry) -> None:
        self.tag = tag
        self.start = start
        self.end = end
        self.word = word
        self.entry = entry
        self.possessive = False
        self.capital = False
        self.value: object = None

    def __repr__(self) -> str:
        return f"{self.word}/{self.tag}"


def tokenize(text: str, lexicon: Lexicon) -> list[Token]:
    """The tagged tokens of `text`, phrases of the lexicon as one."""
    words = lexicon.words
    phrases = lexicon.phrases
    raw: list[Token] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        first = word[0]
        if first.isalpha():
            word = word.lower()
            if "’" in word:
                word = word.replace("’", "'")
            entry = words.get(word)
            token = Token("x", match.start(), match.end(), word, _PLAIN)
            token.capital = first.isupper()
            if entry is None and "'" in word:
                word, _, tail = word.partition("'")
                if tail in ("", "s"):
                    token.possessive = True
                    token.word = word
                    entry = words.get(word)
            if entry is not None:
                token.tag, token.entry = entry.tag, entry
            elif _CURRENCY_MARK.fullmatch(match.group()):
                token.tag = "$"
        elif first.isdigit():
            token = Token("d", match.start(), match.end(), word, _PLAIN)
        else:
            tag = _PUNCTUATION.get(word, word)
            token = Token("$" if _CURRENCY_MARK.fullmatch(word) else tag, match.start(), match.end(), word, _PLAIN)
        raw.append(token)
    return _fold_phrases(raw, phrases)


def _fold_phrases(
    raw: list[Token], phrases: dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]
) -> list[Token]:
    tokens: list[Token] = []
    i, count = 0, len(raw)
    before = ""
    while i < count:
        token = raw[i]
        for words, entry in phrases.get(token.word, ()):
            n = len(words)
            if i + n <= count and all(raw[i + k].word == words[k] for k in range(1, n)):
                last = raw[i + n - 1]
                folded = Token(entry.tag, token.start, last.end, " ".join(words), entry)
                folded.possessive = last.possessive
                token = folded
                i += n - 1
                break
        i += 1
        entry = token.entry
        if entry.noun and entry.form == "ing" and token.tag == "v":
            after = raw[i] if i < count else None
            acts = after is not None and after.tag in "adQf" or before in _BEFORE_GERUND
            if not acts:
                token.tag = "n"  # "no funding", "16 killings"
        elif entry.verb and (entry.noun or entry.actor) and entry.form in ("base", "s") and token.tag in "nx":
            if before in _BEFORE_VERB and not (before == "and" and entry.form == "s"):
                token.tag = "g" if "changing" in entry.roles and not entry.verbs else "v"
            elif not entry.noun:
                token.tag = "n" if entry.actor else token.tag
        tokens.append(token)
        before = token.word
    return tokens
