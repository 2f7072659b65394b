"""The index of words of a year's texts, as a search page carries it: from a word to the sentences that hold it.

A unit is one row of the aligned text: a sentence that both years share, the two of an edited one, or one of a single
year. The page gets, packed, for each unit what it is and where it stands, for each word the gaps between the units
that hold it, and for each country its names; the texts themselves stay in the countries' pages.

>>> words_of("The Ministry’s “Café” paid 1,200 pesos.")
['the', "ministry's", 'cafe', 'paid', '1,200', 'pesos']
"""

from __future__ import annotations

import base64
import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Words that more than this share of the units hold are left out: they are in every text, and half of the index would
# be theirs (range 0.03 to 0.2). Such a word of a question narrows nothing here; a country's page finds it all the same.
COMMON = 0.04
# Units that hold a word, so few that it is kept whatever the share (range 20 to 1,000).
FEW = 200
# Longest word kept (range 20 to 60): what is longer is an address or no word.
LONGEST = 40

SAME, OLD, NEW, EDITED = 0, 1, 2, 3

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:'[^\W_]+)*")
_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ‛`´′", "'"))
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})
_ACCENTS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the index: its page, its name, and the other names by which it is found."""

    slug: str
    name: str
    others: Sequence[str] = ()


def folded(text: str) -> str:
    """`text` in lower case, without accents, its quotes of one kind: as the pages' scripts fold what is asked."""
    text = text.translate(_QUOTES).lower()
    if text.isascii():
        return text
    return _ACCENTS.sub("", unicodedata.normalize("NFD", text)).translate(_PLAIN)


def words_of(text: str) -> list[str]:
    """The words of a text as the index has them."""
    return [word for word in _WORD.findall(folded(text)) if len(word) <= LONGEST]


def search_index(
    countries: Sequence[Country], sentences: Mapping[str, Iterable[Mapping[str, Any]]], titles: Mapping[str, str]
) -> dict[str, Any]:
    """What the search page is given: `sentences` are the rows of the table of that name by country's slug.

    `titles` are those of the section keys. The values are strings and lists, ready for JSON.
    """
    kinds = bytearray()
    keys: dict[str, int] = {}
    places: list[int] = []  # for each run of units of one section: the section's number, how many units
    held: dict[str, list[int]] = {}
    starts: list[int] = []
    for country in countries:
        starts.append(len(kinds))
        section = None
        for row in sentences.get(country.slug, ()):
            kind, key = _kind(row), (row["new_section"] or row["old_section"] or "")
            if key != section or len(kinds) == starts[-1]:
                section = key
                places += [keys.setdefault(key, len(keys)), 0]
            words = set(words_of(row["new_text"] or ""))
            if kind in (OLD, EDITED):
                words.update(words_of(row["old_text"]))
            for word in words:
                if word in held:
                    held[word].append(len(kinds))
                else:
                    held[word] = [len(kinds)]
            kinds.append(kind)
            places[-1] += 1
    common = sorted(word for word, units in held.items() if len(units) > max(COMMON * len(kinds), FEW))
    for word in common:
        del held[word]
    vocabulary = sorted(held)
    return {
        "countries": [[c.slug, c.name, "; ".join(c.others)] for c in countries],
        "starts": starts,
        "sections": [[key, titles.get(key, key)] for key in keys],
        "common": " ".join(common),
        "words": letters(zlib.compress("\n".join(_front_coded(vocabulary)).encode(), 9)),
        "units": letters(zlib.compress(bytes(kinds), 9)),
        "places": letters(zlib.compress(_varints(places), 9)),
        "held": letters(_gaps((held[word] for word in vocabulary), len(kinds))),
    }


def _kind(row: Mapping[str, Any]) -> int:
    """What a row of the table `sentences` is."""
    if row["op"] == "equal":
        return SAME
    return EDITED if row["old_text"] and row["new_text"] else NEW if row["new_text"] else OLD


def _gaps(postings: Iterable[Sequence[int]], units: int) -> bytes:
    """The units of each word as bits: how many (Elias gamma), then each gap by Rice's code.

    Rice's parameter is known from the two counts: `rice`, which the page's script reckons likewise.
    """
    bits: list[str] = []
    whole = bytearray()
    for held in postings:
        size = len(held).bit_length()
        bits.append("0" * (size - 1) + f"{len(held):b}")
        low = rice(units, len(held))
        before = -1
        for unit in held:
            gap = unit - before - 1
            before = unit
            bits.append("1" * (gap >> low) + "0" + (f"{gap & ((1 << low) - 1):0{low}b}" if low else ""))
        if len(bits) > _BITS_AT_ONCE:
            bits = [_flush(bits, whole)]
    _flush([*bits, "0" * 7], whole)
    return bytes(whole)


_BITS_AT_ONCE = 4096


def rice(units: int, held: int) -> int:
    """How many low bits of a gap are written as they are: about those of the middle gap."""
    return max(0, (units * 69 // (held * 100)).bit_length() - 1)


def _flush(bits: Sequence[str], whole: bytearray) -> str:
    """Puts whole bytes of `bits` behind `whole`; returns what is left of the last one."""
    said = "".join(bits)
    full = len(said) // 8 * 8
    if full:
        whole.extend(int(said[:full], 2).to_bytes(full // 8, "big"))
    return said[full:]


def _front_coded(words: Sequence[str]) -> Iterable[str]:
    """Each word without what it shares with the one before, whose length stands before it as a letter."""
    before = ""
    for word in words:
        same = 0
        while same < min(len(word), len(before)) and word[same] == before[same]:
            same += 1
        yield chr(same + 0x30) + word[same:]
        before = word


def _varints(numbers: Iterable[int]) -> bytes:
    out = bytearray()
    for number in numbers:
        while number > 0x7F:
            out.append(number & 0x7F | 0x80)
            number >>= 7
        out.append(number)
    return bytes(out)


# Letters of Python's base 85 that mean something in HTML or JSON, and what stands for them.
_SAFE = bytes.maketrans(b"<>&", b",.:")


def letters(data: bytes) -> str:
    """Bytes as letters, five for four, padded by zeros to whole groups: what a page can hold as text."""
    return base64.b85encode(data, pad=True).translate(_SAFE).decode()
