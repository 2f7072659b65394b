"""Where sentences end: a pattern finds the candidates, lists of words decide the few that are unsure.

>>> text = "Judges fined Mr. Orazow in Dec. 2019. He appealed to the U.S. Supreme Court.The law changed."
>>> [text[start:end] for start, end in sentence_spans(text)]
['Judges fined Mr. Orazow in Dec. 2019.', 'He appealed to the U.S. Supreme Court.', 'The law changed.']

A candidate is a run of ``.?!…`` with its closing quotes and brackets, before white space and a capital or a digit,
or glued to a capital. Unsure are abbreviations, initials and ellipses: those of ``abbreviations.toml`` end a sentence
only before a word that begins sentences.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "abbreviations.toml"

_CLOSERS = "”’\"')\\]»"
_OPENERS = "“‘\"'`(\\[«„"
_BEHIND = rf"""
    (?P<closers>[{_CLOSERS}]*+(?:“(?=\s))?(?:\s?»)?(?:\[\d{{1,3}}\])*)
    (?:\s++[{_OPENERS}$€£¥]*+(?P<next>[^\W_])      # the first letter or digit of the next sentence
     |[“‘(]?(?P<glued>[A-Z])(?=[a-z’'\ ,-])      # a capital glued to the mark
     |(?P<number>\d++)(?=\s[a-z]{{2}})           # a number glued to it that a word follows
     |(?P<note>\d{{1,2}})(?=\s++[{_OPENERS}]*+[A-Z]|\s*+\Z))  # a footnote's mark glued to it
"""
# Marks that always end a sentence, in scripts without capitals.
_FULL = "。！？।॥؟۔"
_HAS_FULL = re.compile(f"[{_FULL}]")
_CANDIDATE = re.compile(
    rf"(?<![.?!…])(?P<marks>[.?!…]++){_BEHIND}|(?P<full>[{_FULL}]++[{_CLOSERS}」』）]*+)", re.VERBOSE
)
# The same where there is no such mark: as it begins with a set of characters, the search goes from one to the next.
_CANDIDATE_PLAIN = re.compile(rf"(?P<marks>[.?!…](?<![.?!…][.?!…])[.?!…]*+){_BEHIND}(?P<full>(?!))?", re.VERBOSE)
_FOUR_DIGITS = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W_]+")
_TOKEN_START = re.compile(r"[\s“‘\"'`(\[«—–]")
# Characters of a sentence, beyond which it is read in pieces. Range 4,000 to 20,000; default four times the longest of
# 300,000 real ones. What is asked of each of a sentence's words looks through all of it: higher lets a megabyte without
# a full stop take minutes.
LONGEST_SENTENCE = 8_000
# How far back the start of an address is looked for.
_ADDRESS_LENGTH = 60
# How far back the word before a candidate is looked for; longer "words" are no abbreviations.
_TOKEN_LENGTH = 24
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
# "al-Nur", "d’Arc": a small word before a capital begins a sentence like a capital.
_PARTICLE = re.compile(r"[^\W\d_]{1,3}[-’'][A-Z]")
_ROMAN = frozenset({"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XV", "XX"})


def sentence_spans(text: str, start: int = 0, end: int | None = None, *, items: bool = False) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of ``text[start:end]``, without the white space between them.

    `items`: the text is a list of wishes run together, where any capital glued to a full stop begins an item.
    """
    stop = len(text) if end is None else end
    spans = []
    begin = _skip_space(text, start, stop)
    candidate = _CANDIDATE if _HAS_FULL.search(text, begin, stop) else _CANDIDATE_PLAIN
    for match in candidate.finditer(text, begin, stop):
        edge = match.end("full") if match["full"] else match.end("closers")
        if edge > begin and (match["full"] or _ends(text, match, items)):
            spans += _pieces(text, begin, edge)
            begin = _skip_space(text, match.end("note") if match["note"] else edge, stop)
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if stop > begin:
        spans += _pieces(text, begin, stop)
    return spans


def _pieces(text: str, begin: int, edge: int) -> list[tuple[int, int]]:
    """A sentence; or what it is read in where it is too long to be one: pieces that end before white space."""
    spans = []
    while edge - begin > LONGEST_SENTENCE:
        most = begin + LONGEST_SENTENCE
        cut = next((at for at in range(most, most - LONGEST_SENTENCE // 2, -1) if text[at].isspace()), most)
        spans.append((begin, begin + len(text[begin:cut].rstrip())))
        begin = _skip_space(text, cut, edge)
    return [*spans, (begin, edge)]


def _skip_space(text: str, start: int, stop: int) -> int:
    while start < stop and text[start].isspace():
        start += 1
    return start


def _ends(text: str, match: re.Match[str], items: bool) -> bool:
    """Whether the candidate ends a sentence."""
    following, marks = match["next"], match["marks"]
    if match["note"]:
        return _ends_before_note(text, match)
    if following is None:
        return _ends_before_number(text, match) if match["number"] else _ends_glued(text, match, items)
    after = match.start("next")
    if following.islower():
        return _PARTICLE.match(text, after) is not None and marks != "…"
    if marks[-1] in "?!":
        return True
    place = match.start()
    before = text[max(0, place - _TOKEN_LENGTH) : place]
    word = _next_word(text, after)
    if len(marks) > 1 or marks == "…":  # an ellipsis inside a sentence stands between spaces
        return word.lower() in _data()["starters"] or not before[-1:].isspace()
    token = _TOKEN_START.split(before)[-1]
    if not token:
        return bool(before)
    lower = token.lower()
    if lower in _data()["numbered"] and (following.isdigit() or word in _ROMAN or len(word) == 1):
        return False
    if token.isdigit():
        return len(token) >= len("2019") or not following.isdigit()
    if lower in _data()["clock"]:
        return word.lower() not in _data()["after_clock"]
    if len(token) == 1 and following.isdigit():
        return not token.isupper()
    if len(token) == 1 or "." in token or lower in _data()["abbreviations"]:
        initial = len(word) == 1 and text[after + 1 : after + 2] == "."
        return not initial and _ends_behind(lower, word.lower())
    return True


def _ends_before_number(text: str, match: re.Match[str]) -> bool:
    """Whether a mark ends a sentence before a glued number: "kilns.12 reopened" does, "art.129 of" does not."""
    place = match.start()
    token = _TOKEN_START.split(text[max(0, place - _TOKEN_LENGTH) : place])[-1]
    return (
        len(token) > len("tel")
        and token.isalpha()
        and token.islower()
        and token not in _data()["numbered"]
        and token not in _data()["abbreviations"]
    )


def _ends_before_note(text: str, match: re.Match[str]) -> bool:
    """Whether a mark ends a sentence before a footnote's: "in 2019.4 Nobody" does, "by 3.4 Others" does not."""
    token = _TOKEN_START.split(text[max(0, match.start() - _TOKEN_LENGTH) : match.start()])[-1]
    if match["closers"] or _FOUR_DIGITS.fullmatch(token):
        return True
    lower = token.lower()
    known = lower in _data()["numbered"] or lower in _data()["abbreviations"]
    return len(token) >= len("men") and lower.isalpha() and not known


def _ends_glued(text: str, match: re.Match[str], items: bool) -> bool:
    """Whether a mark with a capital glued to it ends a sentence: "labor.Grant" does, "Koza.Press" does not."""
    place = match.start()
    before = text[place - 1] if place else " "
    if len(match["marks"]) > 1 or not (before.islower() or before.isdigit() or before in "”’\"')]%"):
        return False
    word = _next_word(text, match.start("glued"))
    behind = match.start("glued") + len(word)
    after = text[behind : behind + 1]
    if after in "./@\\_" and text[behind + 1 : behind + 2].isalnum():
        return False
    start = max(0, place - _ADDRESS_LENGTH)
    head = text[start:place].rpartition(" ")[2]
    if "/" in head or "@" in head or head.startswith("www"):
        return False
    left = _TOKEN_START.split(head)[-1]
    if "." in left and not left.replace(".", "").isdigit():  # an abbreviation with a capital: "e.g.Turkey", "a.m.The"
        return word.lower() in _data()["starters"]
    if items or word.lower() in _data()["starters"]:
        return True
    if left.lower() in _data()["abbreviations"] or left.lower() in _data()["numbered"]:
        return False
    # "Koza.Press", "Censor.Net": a name before and a single word after may be one name
    return not left[:1].isupper() and after not in {",", ")", "”"}


def _next_word(text: str, start: int) -> str:
    match = _WORD.match(text, start)
    return match[0] if match else ""


@lru_cache(maxsize=1)
def _data() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in tomllib.loads(DATA.read_text("utf-8")).items()}


def _ends_behind(token: str, following: str) -> bool:
    """Whether ``token.`` ends a sentence before the word `following`, both in lower case: "Dec. The" does."""
    listed = token.rpartition("-")[2] in _data()["abbreviations"]
    if len(token) == 1 and listed:
        return False  # "Vos v. The State"
    initials = token.isalpha() if len(token) == 1 else _INITIALS.fullmatch(token) is not None
    return following in _data()["starters"] or not (listed or initials)
