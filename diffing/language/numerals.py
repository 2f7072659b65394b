"""Numbers in digits and words, folded into one token each with its value.

>>> from diffing.language.lexicon import lexicon
>>> from diffing.language.words import tokenize
>>> from diffing.profile import load_profile
>>> words = lexicon(load_profile("tip"))
>>> [t.value for t in fold_numbers(tokenize("one hundred and twelve judges, 1.2 million lari", words)) if t.tag == "d"]
[112.0, 1200000.0]
"""

from __future__ import annotations

import re
from functools import lru_cache

from diffing.language.lexicon import SCALES, Entry
from diffing.language.words import Token

_DECLINED = Entry(roles={"changing"}, verb="decline", form="past", tag="g")
_TO = Entry(roles={"prepositions"}, tag="p")
_SEPARATOR = re.compile(r"[,\s\u00a0\u202f]")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
LONGEST = 15  # digits of a number; a longer run is a code or noise, and floats would no longer hold it exactly


def digits_value(word: str) -> float | None:
    """The value of a number in digits with its separators, or None for a code ("129/1"), an ordinal, a decade."""
    if not word[-1].isdigit() or (word.isdigit() and len(word) > LONGEST) or "/" in word or len(word) > LONGEST + 5:
        return None
    if _DOTTED.fullmatch(word) and not word.startswith("0"):
        word = word.replace(".", "")
    plain = _SEPARATOR.sub("", word)
    try:
        return float(plain) if len(plain) <= LONGEST and plain.isascii() else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def words_value(words: str) -> float | None:
    """The value of a number of several words ("one hundred and twelve"), or None where they are no number."""
    from text_to_num import text2num

    try:
        return float(text2num(words, "en"))
    except ValueError:
        return None


def fold_numbers(tokens: list[Token]) -> list[Token]:
    """`tokens` with every number as one token ``d`` that has its value; codes and ordinals become ``#`` and ``O``."""
    out: list[Token] = []
    i, count = 0, len(tokens)
    while i < count:
        token = tokens[i]
        if token.tag != "d":
            i += 1
            if token.word == "half" and [t.word for t in tokens[i : i + 2]] == ["a", "dozen"]:
                token = Token("d", token.start, tokens[i + 1].end, "half a dozen", tokens[i + 1].entry)
                token.value = 6.0
                i += 2
            out.append(token)
            continue
        if out and out[-1].word == "declined to":  # "declined to 40", which denies nothing
            phrase = out.pop()
            out.append(Token("g", phrase.start, phrase.start + len("declined"), "declined", _DECLINED))
            out.append(Token("p", phrase.end - len("to"), phrase.end, "to", _TO))
        j = i + 1
        entry = token.entry
        if token.word[0].isdigit():
            value = digits_value(token.word)
            if value is None:
                token.tag = "O" if token.word.endswith(("st", "nd", "rd", "th")) else "#"
            while value is not None and j < count and tokens[j].word in SCALES:
                value = round(value * SCALES[tokens[j].word], 6)  # 4.1 million is 4,100,000, whatever floats say
                j += 1
        elif "multiple" in entry.roles:
            value = entry.value or 0.0
        else:
            value, j = _words(tokens, i)
        if j < count and value is not None and tokens[j].word == "dozen" and token.word != "dozen":
            value *= 12
            j += 1
        if value is not None:
            if j == i + 1:
                token.value = value
            else:
                folded = Token("d", token.start, tokens[j - 1].end, " ".join(t.word for t in tokens[i:j]), entry)
                folded.value = value
                token = folded
        out.append(token)
        i = j
    return out


def _words(tokens: list[Token], i: int) -> tuple[float | None, int]:
    """The number in words that starts at `i`, and where it ends."""
    count = len(tokens)
    j = i + 1
    scaled = tokens[i].word in SCALES
    while j < count and j - i < 12:
        token = tokens[j]
        if token.tag == "d" and "number" in token.entry.roles and "multiple" not in token.entry.roles:
            scaled = scaled or token.word in SCALES
            j += 1
        elif (
            token.word == "and"
            and scaled
            and j + 1 < count
            and tokens[j + 1].tag == "d"
            and "number" in tokens[j + 1].entry.roles
            and (tokens[j + 1].entry.value or 0) < 100
            and "multiple" not in tokens[j + 1].entry.roles
        ):
            j += 1
        else:
            break
    while j > i + 1:
        value = words_value(" ".join(t.word.replace("-", " ") for t in tokens[i:j]))
        if value is not None and tokens[j - 1].word != "and":
            return value, j
        j -= 1
    return tokens[i].entry.value, i + 1
