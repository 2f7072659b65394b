"""Words that a line's end broke: which of them have a hyphen of their own, a document's other words say.

>>> joined("the traf-", "fickers fled", Counter()), joined("twenty-", "two men", Counter())
('the traffickers fled', 'twenty-two men')
"""

from __future__ import annotations

import re
from collections import Counter

# What keeps its hyphen where no other place in the document says how the word is written: first halves of compounds
# that are seldom the beginning of another word, and numbers.
_KEEPS = frozenset(
    re.findall(
        r"\w+",
        "anti child cross five four full government half high labor law long low mid multi non post quasi self semi "
        "sex short single six socio state ten third three trafficking two well",
    )
)
_TENS = frozenset(re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety"))
# Ends of words that are no second half of a compound: "law-yer", "labor-ers", "mid-dle", "anti-cipate", "state-ment".
_ENDING = re.compile(
    r"(?:\w{1,2}|ages?|ance|cipat\w+|dle\w*|ence|ers|est|fully?|hood|ibl[ey]|ings?|ish|ities|ity|less|ment\w*|mer|nars?|"
    r"ness|ple|pl[iy]\w*|ren|suits?|tions?|ual\w*|yers?)"
)
_BROKEN = re.compile(r"(?<![A-Za-z-])([A-Za-z]++(?:-[A-Za-z]++)*+)-[ ]?\n[ ]*+([a-z]++)")
_PARTED = re.compile(r"(?<![\w-])([A-Za-z]{2,20})\n([a-z]{2,20})(?![\w-])")
_LINE_GOES_ON = re.compile(r"\n(?<=[A-Za-z]\n)[a-z]")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


def words_of(text: str) -> Counter[str]:
    """How often each word stands in a text, in lower case."""
    return Counter(word.lower() for word in _WORD.findall(text))


def joined(before: str, after: str, words: Counter[str]) -> str:
    """Two printed lines as one, a word that the line's end broke put together."""
    if not (before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower()):
        return f"{before} {after}"
    first = re.search(r"[A-Za-z-]+$", before[:-1])
    second = re.match(r"[A-Za-z]+", after)
    if first is None or second is None:
        return before + after
    return before[:-1] + ("-" if _has_hyphen(first[0], second[0], words) else "") + after


def unbroken(text: str) -> str:
    """`text` with the words put together that the ends of its lines broke, with a hyphen or without."""
    if "\n" not in text:
        return text
    words: Counter[str] | None = None
    if ("-\n" in text or "- \n" in text) and _BROKEN.search(text):
        words = words_of(text)
        known = words
        text = _BROKEN.sub(
            lambda m: f"{m[1]}{'-' if _has_hyphen(m[1], m[2], known) else ''}{m[2]}",
            text,
        )
    if _LINE_GOES_ON.search(text) and _PARTED.search(text):
        words = words_of(text)
        seen = words

        def whole(match: re.Match[str]) -> str:
            first, second = match[1].lower(), match[2]
            rare = seen[first] == seen[second] == 1
            return match[1] + second if rare and seen[first + second] else match[0]

        text = _PARTED.sub(whole, text)
    return text


def _has_hyphen(first: str, second: str, words: Counter[str]) -> bool:
    """Whether a word that is broken behind `first` has a hyphen there."""
    whole, parted = (first + second).lower(), f"{first}-{second}".lower()
    if words[whole] != words[parted]:
        return words[parted] > words[whole]
    half = first.lower().rpartition("-")[2]
    if half in _TENS:
        return True
    return half in _KEEPS and not _ENDING.fullmatch(second.lower())
