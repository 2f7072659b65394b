"""Numbers in digits and words, folded into one token each with its value. Roman numerals are none and are never read.

>>> from diffing.language.lexicon import lexicon
>>> from diffing.language.words import tokens_of
>>> from diffing.profile import load_profile
>>> words = lexicon(load_profile("tip"))
>>> tokens = tokens_of("one hundred and twelve judges, 1.2 million lari", words)
>>> [token.value for token in fold_numerals(tokens) if token.tag == "d"]
[112.0, 1200000.0]
"""

from __future__ import annotations

import re
from functools import lru_cache

from diffing.language.entries import SCALES, Entry
from diffing.language.words import Token, fold, joined

_DECLINED = Entry(roles=frozenset({"changing"}), verb="decline", form="past", tag="g")
_TO = Entry(roles=frozenset({"prepositions"}), tag="p")
_SEPARATOR = re.compile(r"[,'’\s\u00a0\u202f]")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")
_DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_SUFFIXED = re.compile(r"(\d{1,6}(?:[.,]\d{1,3}){0,3})(k|m|mn|bn|b)")
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9}
_COUNTED_IN = SCALES.keys() | {"dozen"}
_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth",
]  # fmt: skip
_YEARS = 1900  # from here on a number may be a year
LONGEST = 15  # digits of a number; a longer run is a code or noise, and floats would no longer hold it exactly
LONGEST_IN_WORDS = 12  # tokens of a number in words: "one hundred and twenty-three thousand four hundred and ..."


def digits_value(word: str) -> float | None:
    """The value of a number in digits with its separators, or None for a code ("129/1"), an ordinal, a decade."""
    suffixed = _SUFFIXED.fullmatch(word)
    if suffixed is not None:
        value = digits_value(suffixed[1])
        return None if value is None else round(value * _SUFFIXES[suffixed[2]], 6)
    if not word[-1].isdigit() or (word.isdecimal() and len(word) > LONGEST) or "/" in word or len(word) > LONGEST + 5:
        return None
    if _DOTTED.fullmatch(word) and not word.startswith("0"):
        word = word.replace(".", "").replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(word):
        word = word.replace(",", ".")
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


def ordinal(word: str) -> int:
    """3 for "third" and "3rd"; 0 for what is no ordinal up to 99."""
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    digits = word.rstrip("stndrh")
    return int(digits) if digits.isdecimal() and len(digits) < 3 else 0


def fold_numerals(tokens: list[Token]) -> list[Token]:
    """`tokens` with every number as one token ``d`` that has its value; codes and ordinals become ``#`` and ``O``."""
    return _all_but(fold(tokens, _at))


def _at(tokens: list[Token], i: int, out: list[Token]) -> tuple[Token, int]:
    token = tokens[i]
    if token.tag == "d":
        _split_declined(out)
        return _numeral(tokens, i, out)
    if token.tag == "F":
        return _share_of_scale(tokens, i)
    if token.word != "a" or tokens[i + 1].word not in _COUNTED_IN:
        return token, i + 1
    number, j = _numeral(tokens, i + 1, out)
    number.start = token.start  # "around a dozen", "a hundred"
    return number, j


def _numeral(tokens: list[Token], i: int, out: list[Token]) -> tuple[Token, int]:
    """The number at `i`, as one token, and where to go on."""
    token, j = tokens[i], i + 1
    if token.word[0].isdigit():
        value = digits_value(token.word)
        if value is None:
            token.tag = "O" if token.word.endswith(("st", "nd", "rd", "th")) else "#"
    elif token.word == "one" and out[-1].word == "not" and tokens[j].word == "of":
        return Token("z", out.pop().start, token.end, "none", token.entry), j  # "not one of the victims"
    elif token.word == "one" and out[-1].word == "not" and tokens[j].tag not in "pvlbt,.":
        token.tag, token.word = "k", "a single"  # "not one victim"
        return token, j
    else:
        value, j = _words(tokens, i)
    if value is None:
        return token, j
    if [t.word for t in tokens[j : j + 3]] == ["and", "a", "half"]:
        value += 0.5  # two and a half thousand
        j += 3
    while tokens[j].word in SCALES and value < 10**LONGEST:
        value = round(value * SCALES[tokens[j].word], 6)  # 4.1 million is 4,100,000, whatever floats say
        j += 1
    if tokens[j].word == "dozen" and token.word != "dozen":
        value *= 12
        j += 1
    return _folded(tokens, i, j, value), j


def _folded(tokens: list[Token], i: int, j: int, value: float) -> Token:
    return joined("d", tokens[i], tokens[j - 1], value, " ".join(t.word for t in tokens[i:j]))


def _share_of_scale(tokens: list[Token], i: int) -> tuple[Token, int]:
    """ "half a million", "a quarter of a million", "half a dozen": one number; any other share is left as it is."""
    j = i + 1 + (tokens[i + 1].word == "of")
    if tokens[j].word == "a" and tokens[j + 1].word in _COUNTED_IN:
        scale = SCALES.get(tokens[j + 1].word, 12)
        return _folded(tokens, i, j + 2, (tokens[i].entry.value or 0.5) * scale), j + 2
    return tokens[i], i + 1


def _split_declined(out: list[Token]) -> None:
    if out[-1].word == "declined to":  # "declined to 40", which denies nothing
        phrase = out.pop()
        out.append(Token("g", phrase.start, phrase.start + len("declined"), "declined", _DECLINED))
        out.append(Token("p", phrase.end - len("to"), phrase.end, "to", _TO))


def _all_but(tokens: list[Token]) -> list[Token]:
    """ "all but one of the 30" is 29 of the 30; "identified 68 victims, and all but three were women" are 65."""
    for i in range(len(tokens) - 3):
        less = tokens[i + 2]
        if tokens[i].word != "all" or tokens[i + 1].word != "but" or less.tag != "d":
            continue
        of = tokens[i + 3].word == "of"
        numbers = [t.value for t in (tokens[i + 4 : i + 6] if of else tokens[:i]) if t.tag == "d"]
        known = [float(x) for x in (less.value, *numbers) if isinstance(x, float | int)]
        whole = next((x for x in known[:0:-1] if of or known[0] < x < _YEARS), None)
        if whole is not None:
            left = _folded(tokens, i, i + 3, whole - known[0])
            return [*tokens[:i], left, *tokens[i + 3 :]]
    return tokens


def _words(tokens: list[Token], i: int) -> tuple[float | None, int]:
    """The number in words that starts at `i`, and where it ends."""
    broken = _broken_line(tokens, i)
    if broken is not None:
        return broken, i + 3
    j = i + 1
    scaled = tokens[i].word in SCALES
    while j - i < LONGEST_IN_WORDS:
        if _in_words(tokens[j]):
            scaled = scaled or tokens[j].word in SCALES
        elif not (tokens[j].word == "and" and scaled and _small(tokens[j + 1])):
            break
        j += 1
    while j > i + 1:
        value = words_value(" ".join(t.word.replace("-", " ") for t in tokens[i:j]))
        if value is not None and tokens[j - 1].word != "and":
            return value, j
        j -= 1
    return tokens[i].entry.value, i + 1


def _in_words(token: Token) -> bool:
    return token.tag == "d" and "number" in token.entry.roles and "multiple" not in token.entry.roles


def _small(token: Token) -> bool:
    return _in_words(token) and (token.entry.value or 0) < 100


def _broken_line(tokens: list[Token], i: int) -> float | None:
    """The value of "twenty-" at the end of a line and "two" on the next."""
    if tokens[i + 1].word not in "-‑" or tokens[i + 1].start != tokens[i].end:
        return None
    tens, ones = tokens[i].entry.value, tokens[i + 2].entry.value
    apart = tokens[i + 2].start > tokens[i + 1].end and _in_words(tokens[i + 2])
    return tens + ones if apart and tens and ones and tens % 10 == 0 and 20 <= tens < 100 and ones < 10 else None
