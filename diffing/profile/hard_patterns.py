"""Texts that a pattern finds hard, made from the pattern itself: what it repeats, many times over, and then no end.

A pattern that can divide one run of characters between two of its repeats in many ways tries them all before it gives
up. Each text here begins as the pattern begins, repeats what one of its repeats takes, and ends in what none takes.

>>> min(pumped("(a+)+b", 6), key=len)
'aaaaaa'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from diffing.child import TooLongError, at_most
from diffing.model import DiffingError

# Characters that are tried wherever a pattern takes any of a class, beside those that it names itself.
USUAL = " aA0.,\n"
# Characters of its own that a pattern is tried with. Range 1 to 40; fewer miss the one that two repeats share.
MOST_OWN = 20
# Texts made from one pattern, at most: a profile of many long alternations is tried in seconds, not minutes.
MOST_TEXTS = 200
# Characters of the texts that a user's pattern is tried with, and the CPU seconds that it may take for one of them. A
# sound pattern takes a thousandth of a second, and one that may not be read with does not come to its end.
TRIED_WITH, TRIED_FOR = 3_000, 0.5
# CPU seconds that making all patterns of a user's profile may take once; reading makes each of them four times more, in
# every process. Range 0.2 to 5; default 1: those of a family of ours take 0.02, and 200 classes that each take nearly
# every letter there is take it.
MADE_FOR = 1.0
# What no pattern goes on with, so that it has to look back for another way.
NO_END = ("\x00", "")

_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}


def pumped(pattern: str, length: int, flags: int = re.IGNORECASE) -> list[str]:
    """Texts of about `length` characters that `pattern` may take long for; no more than `MOST_TEXTS`."""
    tree: Iterable[Any] = parser.parse(pattern, flags)
    own = list(dict.fromkeys(_named(tree)))[:MOST_OWN]
    letters = dict.fromkeys((*_shared(list(_classes(tree)))[:MOST_OWN], *own, *USUAL))
    found: dict[str, None] = {}
    for letter in letters:
        for before, body in _repeats(tree, letter, ""):
            for piece in (body, body + letter, body + " "):
                if piece:
                    found |= dict.fromkeys(before + piece * (length // len(piece)) + end for end in NO_END)
    texts = list(found)
    return texts[:: len(texts) // MOST_TEXTS + 1]


def first_hard(patterns: list[list[str]]) -> str | None:
    """The key of the first of these (key, pattern) that takes over `TRIED_FOR` for a text made for it, or None.

    Raises `DiffingError` with the key at which making them takes over `MADE_FOR`.
    """
    for key, pattern, compiled in _made(patterns):
        for text in pumped(pattern, TRIED_WITH):
            try:
                with at_most(TRIED_FOR):
                    compiled.fullmatch(text)
                    compiled.match(text)
            except TooLongError:
                return key
    return None


def _made(patterns: list[list[str]]) -> list[tuple[str, str, re.Pattern[str]]]:
    """Those of these (key, pattern) that are patterns, each made."""
    made, key = [], ""
    try:
        with at_most(MADE_FOR):
            for key, pattern in patterns:
                with suppress(re.error, RecursionError, OverflowError):  # which is said by whoever makes it
                    made.append((key, pattern, re.compile(pattern, re.IGNORECASE)))
    except TooLongError as error:
        raise DiffingError(f"key {key}: those up to it take over {MADE_FOR:g} s to be made") from error
    return made


def stands_alone(pattern: str) -> bool:
    """Whether a pattern that can be made works by itself only: with flags for all of it, or what refers to a group."""
    try:
        re.compile(f"(?:{pattern})", re.IGNORECASE)
        return _refers(parser.parse(pattern, re.IGNORECASE))
    except (re.error, RecursionError, OverflowError):
        return True


def _refers(tree: Iterable[Any]) -> bool:
    kinds = (op.GROUPREF, op.GROUPREF_EXISTS)
    return any(kind in kinds or any(map(_refers, _inside(kind, value))) for kind, value in tree)


def _named(tree: Iterable[Any]) -> Iterator[str]:
    """The characters that a pattern names, in its order."""
    for kind, value in tree:
        if kind in (op.LITERAL, op.NOT_LITERAL):
            yield chr(value)
        elif kind is op.IN:
            for inner, what in value:
                if inner is op.LITERAL:
                    yield chr(what)
                elif inner is op.RANGE:
                    yield chr(what[0])
        else:
            for part in _inside(kind, value):
                yield from _named(part)


def _classes(tree: Iterable[Any]) -> Iterator[list[Any]]:
    """The classes of characters in a pattern."""
    for kind, value in tree:
        if kind is op.IN:
            yield value
        for part in _inside(kind, value):
            yield from _classes(part)


def _shared(classes: list[list[Any]]) -> list[str]:
    """A character for each set of classes that have one in common, those of the most classes first.

    What two classes share begins or ends where one of them does: its edges and their neighbours are enough.
    """
    edges = {
        edge
        for members in classes
        for kind, value in members
        if kind in (op.LITERAL, op.RANGE)
        for edge in ((value,) if kind is op.LITERAL else value)
    }
    found: dict[tuple[bool, ...], str] = {}
    beside = {near for edge in edges for near in range(max(edge - 1, 0), min(edge + 2, 0x110000))}
    for number in sorted(beside):
        taken = tuple(_takes(members, chr(number)) for members in classes)
        found.setdefault(taken, chr(number))
    return [letter for taken, letter in sorted(found.items(), key=lambda item: -sum(item[0])) if sum(taken) > 1]


def _inside(kind: Any, value: Any) -> list[Any]:
    """The parts of a node that are patterns themselves; what it only looks at is one of them."""
    if kind in _REPEATS:
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind is op.BRANCH:
        return list(value[1])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    if kind is op.GROUPREF_EXISTS:
        return [part for part in value[1:] if part is not None]
    return []


def _sample(tree: Iterable[Any], letter: str) -> str:
    """One text that `tree` takes, of `letter` wherever it may choose."""
    return "".join(_one(kind, value, letter) for kind, value in tree)


def _one(kind: Any, value: Any, letter: str) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.ANY:
        return letter
    if kind is op.NOT_LITERAL:
        return letter if ord(letter) != value else "~"
    if kind is op.IN:
        known = (letter, *USUAL, "~", *_named([(kind, value)]))
        return next((character for character in known if _takes(value, character)), "~")
    if kind in _REPEATS:
        often: int = max(value[0], min(1, value[1]))
        return _sample(value[2], letter) * often
    if kind is op.BRANCH:
        parts = [_sample(part, letter) for part in value[1]]
        return next((part for part in parts if part.startswith(letter)), parts[-1])
    if kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
        return _sample(_inside(kind, value)[0], letter)
    return ""


def _takes(members: Iterable[Any], letter: str) -> bool:
    """Whether a class takes a character."""
    negated = taken = False
    for kind, value in members:
        if kind is op.NEGATE:
            negated = True
        elif kind is op.LITERAL:
            taken |= letter == chr(value)
        elif kind is op.RANGE:
            taken |= value[0] <= ord(letter) <= value[1]
        elif kind is op.CATEGORY:
            taken |= _CATEGORIES[value](letter)
    return taken != negated


def _repeats(tree: Iterable[Any], letter: str, before: str) -> Iterator[tuple[str, str]]:
    """Each repeat of a pattern: what a text has before it, and what it takes once."""
    for kind, value in tree:
        if kind in _REPEATS and value[1] > 1:
            yield before, _sample(value[2], letter)
        for part in _inside(kind, value):
            yield from _repeats(part, letter, before)
        before += _one(kind, value, letter)
