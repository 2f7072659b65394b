"""The words inside an edited pair: what a reader sees struck out and underlined.

    old   "The court convicted 10 traffickers in 2018."
    new   "The court did not convict 12 traffickers in 2018."
    edits equal "The court " removed "convicted 10" added "did not convict 12" equal " traffickers in 2018."

A token is a whole word or a whole number with its currency and magnitude ("1,250,000", "$3.1 million",
"2018-2022"), never a fragment of one. Tokens are compared as printed, the white space between them apart, so that a
line break in place of a space is no edit.

The edits are diff-match-patch's (rapidfuzz's where much differs), each token made one character, then its semantic
clean-up by whole words: a few kept words lost between longer edits are shown as replaced too, because nobody can read
confetti. (Its own clean-up would count tokens, so that a short word weighs as much as a long one.) A run of several
words that both texts have at one place is never struck out there and put in again, whatever stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import LCSseq

from diffing.model import Op, WordEdit

_AMOUNT = r"\d+(?:[.,:/'’]\d+)*"
TOKEN = re.compile(  # a token, and the white space after it
    "("
    # a number with its currency, range, magnitude and unit
    rf"(?:[^\W\d_]{{0,3}}[$€£¥]\s?)?{_AMOUNT}(?:[-–]{_AMOUNT})*"
    r"(?:\s(?:thousand|million|billion|trillion)\b|\s?%|[^\W\d_]+)?"
    r"|(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    r"|[^\W_]+(?:[-'’‑][^\W_]+)*"  # a word, with its hyphens and apostrophes
    r"|\S)(\s*)",
    re.IGNORECASE,
)

# Words kept around what differs while the rest is set aside, at least 3: "$ 3.1 million" is one token of three words.
AROUND = 3

# Longest stretches given to diff-match-patch, as the product of their words: [100, 90,000], default 900 (two of 30
# words: four in five edited sentences, for what differs in them is short). It needs 0.1 ms more a pair there, and at
# 90,000 up to 30 ms; beyond it rapidfuzz finds as many words to keep.
MOST_FOR_DIFF_MATCH_PATCH = 900

# Longest stretches compared word by word, as the product of their words: [10 million, 1,000 million], default 400
# million (two of 20,000 words, 50 MB). Beyond it all between the common beginning and end is shown as replaced.
MOST_WORD_PAIRS = 400_000_000


FIRST = 0x100  # the first token's character; two of 30 words end long before the surrogates
_ENGINE = diff_match_patch()
_ENGINE.Diff_Timeout = 0  # the default of a second makes the answer depend on the machine's speed

# Kept words shown as replaced where they are this much shorter than the edits on both sides, [0.3, 1.5], default 1,
# diff-match-patch's: at 0.3 a rewritten sentence is confetti (3.7 edits instead of 3.0 in real pairs), above 1.5
# numbers are torn from their nouns.
CONFETTI = 1.0

# Words in a row that both texts have between two kept runs, which are never shown as replaced: [3, 6], default 4. At 3
# "of the country" between two rewritten halves is confetti; at 6 whole clauses are struck out and put in again.
KEPT_WORDS = 4

# Longest stretches in which such runs are looked for, as the product of their words: [0.25 million, 16 million],
# default 4 million (two of 2,000 words): beyond it a text of one word over and over takes minutes.
MOST_FOR_KEPT_WORDS = 4_000_000

# Tokens in a row by which such runs are looked for: three can be four words ("the $3.1 million fund").
_SEED = 3


def word_edits(old: str, new: str) -> tuple[WordEdit, ...]:
    """What turns `old` into `new`, in whole words.

    The texts of the equal and added edits, joined, are `new` exactly; those of the equal and removed ones are `old`
    after runs of white space are folded to one space (where both have white space, the new one's is kept). No two
    edits in a row have the same op; a removed one comes before its added one.
    """
    head, old, new, tail = _trimmed(old, new)
    old_lead, old_words, old_spaces = _tokens(old)
    new_lead, new_words, new_spaces = _tokens(new)
    pieces: list[tuple[int, str]] = [(0, head)]
    _space(pieces, old_lead, new_lead)
    i = j = 0
    for a, b, size in _runs(old_words, new_words):
        pieces.extend([(-1, old_words[k] + old_spaces[k]) for k in range(i, a)])
        pieces.extend([(1, new_words[k] + new_spaces[k]) for k in range(j, b)])
        kept: list[str] = []
        for k in range(size):
            kept.append(new_words[b + k])
            before, now = old_spaces[a + k], new_spaces[b + k]
            if bool(before) is bool(now):
                kept.append(now)
            else:
                pieces.append((0, "".join(kept)))
                kept = []
                _space(pieces, before, now)
        if kept:
            pieces.append((0, "".join(kept)))
        i, j = a + size, b + size
    pieces.append((0, tail))
    return _joined(pieces)


def _trimmed(old: str, new: str) -> tuple[str, str, str, str]:
    """The common beginning, what differs of both texts with a few words around it, and the common end.

    The cuts stand at spaces, `AROUND` words from the first and the last difference, so that they cut no token.
    """
    one, other = old.split(" "), new.split(" ")
    most = min(len(one), len(other))
    head = next((n for n in range(most) if one[n] != other[n]), most)
    tail = next((n for n in range(most - head) if one[-1 - n] != other[-1 - n]), most - head)
    head, tail = max(0, head - AROUND), max(0, tail - AROUND)
    beginning = " ".join(other[:head]) + " " if head else ""
    end = " " + " ".join(other[len(other) - tail :]) if tail else ""
    return beginning, " ".join(one[head : len(one) - tail]), " ".join(other[head : len(other) - tail]), end


def _tokens(text: str) -> tuple[str, list[str], list[str]]:
    """The white space before the first token, the tokens, and the white space after each."""
    found = TOKEN.findall(text)
    return text[: len(text) - len(text.lstrip())], [word for word, _ in found], [space for _, space in found]


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The runs of equal tokens to show, in order: old start, new start, length; ends with an empty one at both ends."""
    runs: list[tuple[int, int, int]] = []
    a = b = 0
    for run in [*_readable(common_runs(old, new), old, new), (len(old), len(new), 0)]:
        runs += _kept_between(old, new, (a, run[0]), (b, run[1]))
        runs.append(run)
        a, b = run[0] + run[2], run[1] + run[2]
    return runs


def _words(tokens: Sequence[str]) -> int:
    """How many words some tokens are: punctuation is none, "$3.1 million" is two."""
    return sum(len(token.split()) for token in tokens if any(map(str.isalnum, token)))


def _kept_between(
    old: Sequence[str], new: Sequence[str], olds: tuple[int, int], news: tuple[int, int]
) -> list[tuple[int, int, int]]:
    """The runs of `KEPT_WORDS` words and more that a stretch of both texts shares, the longest first, in order."""
    (a0, a1), (b0, b1) = olds, news
    if min(a1 - a0, b1 - b0) < _SEED or (a1 - a0) * (b1 - b0) > MOST_FOR_KEPT_WORDS:
        return []
    seeds: dict[tuple[str, ...], list[int]] = {}
    for a in range(a0, a1 - _SEED + 1):
        seeds.setdefault(tuple(old[a : a + _SEED]), []).append(a)
    counts = list(accumulate((_words((token,)) for token in old[a0:a1]), initial=0))
    best, most = (0, 0, 0), KEPT_WORDS - 1
    ends: dict[int, int] = {}  # by diagonal, where the run that was seen last ends in the new text
    for b in range(b0, b1 - _SEED + 1):
        for a in seeds.get(tuple(new[b : b + _SEED]), ()):
            if ends.get(a - b, -1) > b:
                continue
            size = next((n for n in range(min(a1 - a, b1 - b)) if old[a + n] != new[b + n]), min(a1 - a, b1 - b))
            ends[a - b] = b + size
            words = counts[a + size - a0] - counts[a - a0]
            if words > most:
                best, most = (a, b, size), words
    a, b, size = best
    if not size:
        return []
    before = _kept_between(old, new, (a0, a), (b0, b))
    return [*before, best, *_kept_between(old, new, (a + size, a1), (b + size, b1))]


def common_runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The runs of a longest common run of tokens: old start, new start, length."""
    if len(old) * len(new) <= MOST_FOR_DIFF_MATCH_PATCH:
        return _runs_of_diff(old, new)
    if len(old) * len(new) <= MOST_WORD_PAIRS:
        blocks = LCSseq.editops(old, new).as_matching_blocks()
        return [(block.a, block.b, block.size) for block in blocks if block.size]
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    runs = [(0, 0, head), (len(old) - tail, len(new) - tail, tail)]
    return [run for run in runs if run[2]]


def _runs_of_diff(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The runs of equal tokens by diff-match-patch, which compares characters: each token stands for one."""
    numbers: dict[str, str] = {}
    one, other = ("".join(numbers.setdefault(word, chr(FIRST + len(numbers))) for word in side) for side in (old, new))
    runs, a, b = [], 0, 0
    for op, text in _ENGINE.diff_main(one, other, False):
        if op == 0:
            runs.append((a, b, len(text)))
        a += len(text) if op <= 0 else 0
        b += len(text) if op >= 0 else 0
    return runs


def _readable(equal: list[tuple[int, int, int]], old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """The equal runs without those that are lost between longer edits on both sides.

    The rule is diff-match-patch's semantic clean-up, on whole words: a run goes where neither the edit before it nor
    the one after it is shorter than it, in letters. Runs at the beginning and the end of the texts stay.
    """
    old_at, new_at = _offsets(old), _offsets(new)
    kept: list[tuple[int, int, int]] = []
    waiting = equal[::-1]
    while waiting:
        run = waiting.pop()
        a, b, size = run
        a0, b0 = (kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]) if kept else (0, 0)
        a1, b1 = waiting[-1][:2] if waiting else (len(old), len(new))
        before = max(old_at[a] - old_at[a0], new_at[b] - new_at[b0])
        after = max(old_at[a1] - old_at[a + size], new_at[b1] - new_at[b + size])
        letters = old_at[a + size] - old_at[a]
        if letters > min(before, after) * CONFETTI or _words(old[a : a + size]) >= KEPT_WORDS:
            kept.append(run)
        elif kept:
            waiting.append(kept.pop())  # the edit after it has grown: look at it again
    return kept


def _offsets(words: Sequence[str]) -> list[int]:
    """Where each word begins, counted in letters without white space, and the end."""
    return [0, *accumulate(map(len, words))]


def _space(pieces: list[tuple[int, str]], old: str, new: str) -> None:
    """The white space at one place of both texts: the new one's where both have some."""
    if old and new:
        pieces.append((0, new))
    elif old:
        pieces.append((-1, old))
    elif new:
        pieces.append((1, new))


def _joined(pieces: list[tuple[int, str]]) -> tuple[WordEdit, ...]:
    """Neighbouring pieces of one op as one, removed before added, the white space that ends both as equal."""
    edits: list[WordEdit] = []
    parts: tuple[list[str], list[str], list[str]] = (
        [],
        [],
        [],
    )  # equal, added, removed: joined once, not piece by piece
    for op, text in [*pieces, (0, "")]:
        if op:
            parts[op].append(text)
        else:
            if parts[-1] or parts[1]:
                tail = ""
                equal, added, removed = map("".join, parts)
                for part in parts:
                    part.clear()
                if removed and added:
                    before, after = removed.rstrip(), added.rstrip()
                    if len(before) < len(removed) and len(after) < len(added):
                        removed, added, tail = before, after, added[len(after) :]
                if equal and (removed or added):
                    edits.append(WordEdit(Op.EQUAL, equal))
                    equal = ""
                if removed:
                    edits.append(WordEdit(Op.REMOVED, removed))
                if added:
                    edits.append(WordEdit(Op.ADDED, added))
                parts[0].extend((equal, tail))
            parts[0].append(text)
    if rest := "".join(parts[0]):
        edits.append(WordEdit(Op.EQUAL, rest))
    return tuple(edits)
