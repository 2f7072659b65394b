"""What a profile's file says in short, spelled out before it is checked: each key of `model.profiles` in its long form.

Rows stand under their names (``[predicates.adopt]``, or ``[frames]`` and a row for each), as `name` would say it. A
pattern, or a text in a list of `words`, may go over several lines: a line break, with the spaces behind it, is for the
reader alone. An edition with `years` is one for each year from the first to the last, with ``{year}`` and ``{next}``
in its texts; what later rows say of a year goes before. A section with `numbers` is so many sections. A phrase of a
lexicon, a grammar, an indicator, a predicate or a class of nouns may hold choices: ``send to [a |]shelter``.
"""

from __future__ import annotations

import re
from math import prod
from typing import Any

from diffing.model import DiffingError, printable

# Keys whose patterns are lines: a plain text is such a line, as it is printed.
_PLAIN_LINES = frozenset({"headings", "subheadings", "topics", "frame"})
# What stands under names: an array of tables that each say their `name` is the same.
_BY_NAME = ("nouns", "predicates", "modifiers", "frames", "indicators")
# Lists of words that are looked up as they are written: their phrases may hold choices.
_PHRASES = frozenset({"nouns", "verbs", "acts", "subjects", "objects", "states", "alone"})
# Tables of such lists.
_LISTS = frozenset({"lexicon", "grammar"})
_LINE_BREAK = re.compile(r"\n\s*+")
_CHOICE = re.compile(r"\[([^\[\]|]*+\|[^\[\]]*+)\]")
_IN_ANOTHER = re.compile(r"\[[^\[\]]*+\[")

MOST_NUMBERED = 200
"""Sections that one rule with `numbers` makes. Range 10 to 1,000; default 200, five times the most chapters seen."""


MOST_YEARS = 100
"""Editions that one row with `years` makes. Range 10 to 1,000; default 100, four times the longest family's."""


MOST_CHOICES = 200
"""Phrases that one phrase with choices stands for. Range 50 to 1,000; default 200, four times the longest of ours."""

SHOWN = 80
"""Characters of a phrase that a message quotes."""

MOST_CHARACTERS, MOST_ROWS, DEEPEST = 20_000, 5_000, 16
"""Characters of one text, rows of one list or table, and tables in each other. Ranges 2,000 to 100,000, 1,000 to 50,000
and 10 to 50: ours have 1,244, 161 and 9."""

MOST_SIZE = 3_000_000
"""Characters of a profile that is spelled out, each value counted as eight more. Range a million to 20 million; default
three million, ten times ours, which are made in a second; a higher number lets a stranger's fill the memory."""


class ProfileError(DiffingError):
    """A profile that can't be used: the message names the file, the key and what is wrong."""


def spelled_out(file: str, told: dict[str, Any]) -> dict[str, Any]:
    """What one file says, as if it had said all of it; raises `ProfileError` where its `years` are none."""
    check_size(file, told)
    try:
        data: dict[str, Any] = _long(told)
    except ValueError as error:
        raise ProfileError(f"{file}: {error}") from error
    for key in _BY_NAME:
        if isinstance(data.get(key), dict):
            data[key] = [{"name": name} | row if isinstance(row, dict) else row for name, row in data[key].items()]
    if any("years" in edition for edition in _tables(data.get("editions"))):
        data["editions"] = _by_year(file, data["editions"])
    return data


def sized(file: str, value: Any, key: str = "", depth: int = 0) -> int:
    """How large a value is (see `MOST_SIZE`); raises `ProfileError` by the key of a part that is by itself."""
    many = isinstance(value, dict | list)
    for what, has, most in (
        ("rows", len(value) if many else 0, MOST_ROWS),
        ("characters in one text", len(value) if isinstance(value, str) else 0, MOST_CHARACTERS),
        ("tables or lists in each other", depth, DEEPEST),
    ):
        if has > most:
            raise ProfileError(f"{file}: key {key[:100] or '(top level)'}: over {most:,} {what}")
    if isinstance(value, str):
        choices = prod(choice.count("|") + 1 for choice in _CHOICE.findall(value)) if "|" in value else 1
        return 8 + len(value) * min(choices, MOST_CHOICES)
    if not many:
        return 8
    rows = value.items() if isinstance(value, dict) else enumerate(value)
    named = (
        sized(file, str(name), key) + sized(file, row, f"{key}.{name}".lstrip("."), depth + 1) for name, row in rows
    )
    return 8 + sum(named)


def check_size(file: str, data: Any) -> None:
    """Raises `ProfileError` where a profile, spelled out or not, is larger than one may be."""
    _fits(file, "(all)", sized(file, data))


def _fits(file: str, key: str, size: int) -> None:
    if size > MOST_SIZE:
        raise ProfileError(f"{file}: key {key}: makes a profile of over {MOST_SIZE:,} characters: leave some of it out")


def _by_year(file: str, editions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The editions of rows with `years`, one a year."""
    found: dict[object, dict[str, Any]] = {}
    size = 0
    for number, edition in enumerate(editions):
        rest = {key: value for key, value in edition.items() if key != "years"}
        match edition.get("years"):
            case None:
                rows = [rest]
            case [int(first), int(last)] if 0 <= last - first < MOST_YEARS:
                size += sized(file, rest) * (last - first + 1)
                _fits(file, "editions.years", size)
                rows = [{"year": year} | _of_year(rest, year) for year in range(last, first - 1, -1)]
            case _:
                raise ProfileError(
                    f"{file}: key editions.years: the first and the last year, at most {MOST_YEARS} of them"
                )
        for row in rows:
            name = _name_of(row) or number  # without one it is refused later
            found[name] = merged(found.get(name, {}), row)
    return list(found.values())


def _of_year(value: Any, year: int) -> Any:
    if isinstance(value, dict):
        return {key: _of_year(item, year) for key, item in value.items()}
    if isinstance(value, list):
        return [_of_year(item, year) for item in value]
    return value.replace("{year}", str(year)).replace("{next}", str(year + 1)) if isinstance(value, str) else value


def _long(value: Any, key: str = "", words: bool = False) -> Any:
    """A parsed profile in which every plain text that stands for a pattern is one, with itself as example."""
    if isinstance(value, dict):
        long = {_written_out(name): _long(item, name, words or name == "words") for name, item in value.items()}
        return {name: _with_choices(item, name) for name, item in long.items()} if key in _LISTS else long
    if isinstance(value, list):
        found = [_long(item, key, words) for item in value]
        return _with_choices(found, key) if key in _PHRASES and not words else found
    if isinstance(value, str):
        value = _written_out(value)
    if isinstance(value, str) and (key == "pattern" or words) and "(?x" not in value:
        return _LINE_BREAK.sub("", value)
    if isinstance(value, str) and key in _PLAIN_LINES:
        return {"pattern": re.escape(value).replace("'", "['’]"), "examples": [value]}
    return value


def _written_out(text: str) -> str:
    """A text or a key without what a page or a terminal would obey; in a pattern it means the same so."""
    return "\t".join(map(printable, text.split("\t"))) if isinstance(text, str) else text


def _with_choices(value: Any, key: str) -> Any:
    """A list of words in which each phrase with choices is as many phrases; raises `ValueError` at too many."""
    if not isinstance(value, list):
        return value
    found: list[Any] = []
    for text in value:
        phrases = [text]
        if isinstance(text, str) and _CHOICE.search(text) and _IN_ANOTHER.search(text):
            raise ValueError(f"key {key}: {text[:SHOWN]!r}: a choice in a choice: write them one after the other")
        while isinstance(phrases[0], str) and (choice := _CHOICE.search(phrases[0])):
            phrases = [text.replace(choice[0], one, 1) for text in phrases for one in choice[1].split("|")]
            if len(phrases) > MOST_CHOICES:
                raise ValueError(f"key {key}: {text[:SHOWN]!r} stands for more than {MOST_CHOICES} phrases")
        found += phrases if len(phrases) == 1 else dict.fromkeys(" ".join(phrase.split()) for phrase in phrases)
    return found


def merged(below: Any, above: Any) -> Any:
    """`above` over `below`: tables key by key, arrays of tables by what their items are known by."""
    if isinstance(below, dict) and isinstance(above, dict):
        return below | {key: merged(below.get(key), value) for key, value in above.items()}
    if isinstance(below, list) and isinstance(above, list) and all(isinstance(i, dict) for i in (*below, *above)):
        names = [_name_of(item) for item in (*below, *above)]
        if above and None not in names:
            ours = {_name_of(item): item for item in above}
            both = [merged(item, ours.pop(_name_of(item), {})) for item in below]
            return both + list(ours.values())
    return above


def _name_of(item: dict[str, Any]) -> tuple[str, str] | None:
    """By what an item of an array of tables is known; None where by nothing."""
    return next(((tag, repr(item[tag])) for tag in ("key", "name", "year", "since") if tag in item), None)


def with_numbered(file: str, data: Any) -> Any:
    """`data` in which a section with `numbers` is so many sections: "Chapter 1", "Chapter 2", by one rule."""
    sections = data.get("sections")
    if not any(isinstance(rule, dict) and "numbers" in rule for rule in _tables(sections)):
        return data
    counted: list[Any] = []
    size = 0
    for rule in sections:
        if not isinstance(rule, dict) or "numbers" not in rule:
            counted.append(rule)
            continue
        most = rule["numbers"]
        if not isinstance(most, int) or not 1 <= most <= MOST_NUMBERED or "{number}" not in str(rule.get("key")):
            raise ProfileError(
                f"{file}: key sections.numbers: a number from 1 to {MOST_NUMBERED}, in a section whose key has "
                "{number} in it"
            )
        bare = {name: value for name, value in rule.items() if name != "numbers"}
        size += sized(file, bare) * most
        _fits(file, "sections.numbers", size)
        counted += [_with_number(bare, number) for number in range(1, most + 1)]
    return data | {"sections": counted}


def _with_number(value: Any, number: int, key: str = "") -> Any:
    """A section's rule with its number; a heading may go on with its title ("Chapter 3: Courts")."""
    if isinstance(value, dict):
        found = {name: _with_number(item, number, name) for name, item in value.items()}
        plain = value.get("examples") == [_unescaped(str(value.get("pattern")))]
        if key == "headings" and plain:
            found["pattern"] += r"(?!\d)(?:\s?[.:–—-]?\s[^.;]{3,150})?"
        return found
    if isinstance(value, list):
        return [_with_number(item, number, key) for item in value]
    if not isinstance(value, str):
        return value
    return value.replace(re.escape("{number}"), str(number)).replace("{number}", str(number))


def _unescaped(pattern: str) -> str:
    return re.sub(r"\\(.)", r"\1", pattern).replace("['’]", "'")


def with_editions(file: str, data: Any) -> Any:
    """`data` in which each section of an edition has what it leaves out from the profile's section of its key."""
    sections = {rule["key"]: rule for rule in _tables(data.get("sections")) if isinstance(rule.get("key"), str)}
    sizes = {key: sized(file, rule) for key, rule in sections.items()}
    told = [rule.get("key") for edition in _tables(data.get("editions")) for rule in _tables(edition.get("sections"))]
    _fits(file, "editions.sections", sum(sizes.get(key, 0) for key in told if isinstance(key, str)))
    editions = [
        edition | {"sections": [sections.get(rule.get("key"), {}) | rule for rule in _tables(edition.get("sections"))]}
        if edition.get("sections")
        else edition
        for edition in _tables(data.get("editions"))
    ]
    return data | {"editions": editions} if editions else data


def _tables(value: Any) -> list[dict[str, Any]]:
    """`value` where it is an array of tables, else nothing: what is wrong with it is said later."""
    right = isinstance(value, list) and all(isinstance(item, dict) for item in value)
    return value if right else []
