"""The items of a list in a sentence: "These efforts included convicting more traffickers, and opening a shelter."

>>> items("convicting more traffickers, adopting an action plan, and paying grants on time")
('convicting more traffickers', 'adopting an action plan', 'paying grants on time')
>>> items("the conviction of two officials, more money for victims, and wider cooperation with police")
('the conviction of two officials', 'more money for victims', 'wider cooperation with police')
>>> items("investigating and prosecuting traffickers; identifying victims and referring them to care")
('investigating and prosecuting traffickers', 'identifying victims', 'referring them to care')
>>> entries("torture; restrictions on the press, including arrests; and forced labor")
('torture', 'restrictions on the press, including arrests', 'forced labor')
"""

from __future__ import annotations

import re

# A list is cut at its semicolons; at its commas and "and" where a deed of its own follows ("and referring"), and at all
# commas where no item is a deed.
_SEMICOLON = re.compile(r";\s(?:and\s)?")
_BEFORE_DEED = re.compile(r",?\s(?:and\s|as well as\s)?(?=[a-z]{1,20}ing\s)")
_COMMA = re.compile(r",\s(?:and\s|as well as\s)?")
_DEED = re.compile(r"\b(?:[a-z]{1,20}ly\s)?[a-z]{1,20}ing\b")
# A stretch so short is no item but a word of one ("investigating, prosecuting, and convicting traffickers").
_LEAST_WORDS = 2


def items(text: str) -> tuple[str, ...]:
    """The items of a list, in order; a single word before a cut belongs to the item behind it."""
    found: list[str] = []
    for part in _SEMICOLON.split(text):
        cut = _BEFORE_DEED if _DEED.match(part.strip()) else _COMMA
        start = 0
        for match in [*cut.finditer(part), None]:
            end = match.start() if match is not None else len(part)
            item = part[start:end].strip(" .,;:")
            if match is not None and (len(item.split()) < _LEAST_WORDS or not _is_cut(match[0])):
                continue
            if item:
                found.append(item)
            start = match.end() if match is not None else end
    return tuple(found)


def entries(text: str) -> tuple[str, ...]:
    """The entries of a list of things: cut at its semicolons alone, where it has some, else as `items`."""
    parts = [part.strip(" .,;:") for part in _SEMICOLON.split(text)]
    return tuple(part for part in parts if part) if len(parts) > 1 else items(text)


def _is_cut(words: str) -> bool:
    """Whether a comma or an "and" stands there, and not a space alone ("begun training")."""
    return "," in words or "and" in words or "as well" in words
