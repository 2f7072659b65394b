"""The words inside an edited pair: what a reader sees struck out and underlined.

    old   "The court convicted 10 traffickers in 2018."
    new   "The court did not convict 12 traffickers in 2018."
    edits equal "The court " removed "convicted 10" added "did not convict 12" equal " traffickers in 2018."

A token is a whole word or a whole number with its currency and magnitude ("1,250,000", "$3.1 million",
"2018-2022"), never a fragment of one. Tokens are compared as printed, the white space between them apart, so that a
line break in place of a space is no edit.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from diffing.model import Op, WordEdit

_NUMBER = r"\d+(?:[.,:/'’–-]?\d+)*"
_MAGNITUDE = r"(?:[ \u00a0](?:thousand|million|billion|trillion)\b)?"
TOKEN = re.compile(
    rf"(?:[A-Z]{{0,3}}[$€£¥])?{_NUMBER}{_MAGNITUDE}(?:%|\w+)?"
    r"|(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    r"|\w+(?:[.'’‑-]\w+)*"
    r"|\S",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def _tokens(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The white space before the first token, the tokens, and the white space after each."""
    words: list[str] = []
    spaces: list[str] = []
    end = 0
    for match in TOKEN.finditer(text):
        spaces.append(text[end : match.start()])
        words.append(match.group())
        end = match.end()
    spaces.append(text[end:])
    return spaces[0], tuple(words), tuple(spaces[1:])


def word_edits(old: str, new: str) -> tuple[WordEdit, ...]:
    """What turns `old` into `new`, in whole words.

    The texts of the equal and added edits, joined, are `new` exactly; those of the equal and removed ones are `old`
    after runs of white space are folded to one space (where both have white space, the new one's is kept). No two
    edits in a row have the same op; a removed one comes before its added one.
    """
    old_lead, old_words, old_spaces = _tokens(old)
    new_lead, new_words, new_spaces = _tokens(new)
    runs: list[tuple[Op, str]] = []
    _space(runs, old_lead, new_lead)
    for step in LCSseq.opcodes(old_words, new_words):
        i, i_end, j, j_end = step.src_start, step.src_end, step.dest_start, step.dest_end
        if step.tag == "equal":
            for a, b in zip(range(i, i_end), range(j, j_end), strict=True):
                runs.append((Op.EQUAL, new_words[b]))
                _space(runs, old_spaces[a], new_spaces[b])
            continue
        if i_end > i:
            runs.append(
                (Op.REMOVED, "".join(w + s for w, s in zip(old_words[i:i_end], old_spaces[i:i_end], strict=True)))
            )
        if j_end > j:
            runs.append(
                (Op.ADDED, "".join(w + s for w, s in zip(new_words[j:j_end], new_spaces[j:j_end], strict=True)))
            )
    return _joined(runs)


def _space(runs: list[tuple[Op, str]], old: str, new: str) -> None:
    """The white space at one place of both texts: the new one's where both have some."""
    if old and new:
        runs.append((Op.EQUAL, new))
    elif old:
        runs.append((Op.REMOVED, old))
    elif new:
        runs.append((Op.ADDED, new))


def _joined(runs: list[tuple[Op, str]]) -> tuple[WordEdit, ...]:
    """Neighbouring runs of one op as one, removed before added, their common white space after them equal."""
    edits: list[WordEdit] = []
    equal: list[str] = []
    removed: list[str] = []
    added: list[str] = []

    def close() -> None:
        gone, come = "".join(removed), "".join(added)
        removed.clear()
        added.clear()
        tail = ""
        if gone and come:
            tail = come[len(come.rstrip()) :]
            rest = gone[len(gone.rstrip()) :]
            if tail and rest:
                come, gone = come[: -len(tail)], gone[: -len(rest)]
            else:
                tail = ""
        if gone or come:
            if equal:
                edits.append(WordEdit(Op.EQUAL, "".join(equal)))
                equal.clear()
            if gone:
                edits.append(WordEdit(Op.REMOVED, gone))
            if come:
                edits.append(WordEdit(Op.ADDED, come))
        if tail:
            equal.append(tail)

    for op, text in runs:
        if op is Op.REMOVED:
            removed.append(text)
        elif op is Op.ADDED:
            added.append(text)
        else:
            close()
            equal.append(text)
    close()
    if equal:
        edits.append(WordEdit(Op.EQUAL, "".join(equal)))
    return tuple(edits)
