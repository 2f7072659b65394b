"""All texts of a year, packed so that a search page carries them: what is found is shown, and a phrase is a phrase.

A unit is one row of the aligned text: a sentence that both years share, the two of an edited one, or one of a single
year. The texts are written as the numbers of their words, the frequent ones short, and packed: no index beside them is
needed, for a browser looks through four million such numbers in a blink.

>>> TOKEN.findall("Police closed the “Café”, 1,200 m away.")
['Police', ' closed', ' the', ' ', '“', 'Café', '”', ',', ' 1', ',', '200', ' m', ' away', '.']
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

import numpy as np
import numpy.typing
from msgspec import Struct

from diffing.reporting.marked_words import clean

# A word with the space before it, or one other character. Accents written apart belong to their word.
TOKEN = re.compile(r" ?[^\W_]++(?:[\u0300-\u036f]++[^\W_]*+)*+|[\s\S]")
# What ends a unit, and what stands between its new and its old side: characters that no cleaned text holds.
END, SPLIT = "\x02", "\x01"
# How many first bytes stand for a word of one byte, how many begin one of two; the rest begin one of three. Found by
# trying: a year of human rights reports is packed smallest here (range of the first 64 to 224).
ONE, TWO = 192, 58

SAME, OLD, NEW, EDITED = 0, 1, 2, 3
Numbers = np.typing.NDArray[np.uint32]


class Country(Struct, frozen=True):
    """A country of the index: its page, its name, the other names by which it is found, and its texts' addresses."""

    slug: str
    name: str
    others: Sequence[str] = ()
    sources: Sequence[str | None] = ()


def search_index(
    countries: Sequence[Country], sentences: Mapping[str, Iterable[Mapping[str, Any]]], titles: Mapping[str, str]
) -> dict[str, Any]:
    """What the search page is given: `sentences` are the rows of the table of that name by country's slug.

    `titles` are those of the section keys. The values are strings and lists, ready for JSON. Units stand section by
    section, for countries word their sections alike, and are packed smaller beside each other.
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    by_section: defaultdict[str, list[tuple[int, bytearray, Numbers]]] = defaultdict(list)
    for at, country in enumerate(countries):
        for key, kinds, said in _sections(sentences.get(country.slug, ())):
            words = np.fromiter(map(numbers.__getitem__, TOKEN.findall("".join(said))), np.uint32)
            by_section[key].append((at, kinds, words))
    parts = [(n, *part) for n, some in enumerate(by_section.values()) for part in some]
    vocabulary, text = _coded(list(numbers), [part[3] for part in parts])
    return {
        "countries": [[c.slug, c.name, "; ".join(c.others), *(a or "" for a in c.sources)] for c in countries],
        "sections": [titles.get(key, key) for key in by_section],
        "bytes": [ONE, TWO],
        "words": packed("\n".join(_front_coded(vocabulary)).encode()),
        "units": packed(b"".join(kinds for _, _, kinds, _ in parts)),
        "places": packed(_varints(number for n, at, kinds, _ in parts for number in (n, at, len(kinds)))),
        "text": packed(text),
    }


def _sections(rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, bytearray, list[str]]]:
    """Each section of a country with what its units are and what they say."""
    found: dict[str, tuple[bytearray, list[str]]] = {}
    for row in rows:
        kinds, said = found.setdefault(row["new_section"] or row["old_section"] or "", (bytearray(), []))
        kind = _kind(row)
        kinds.append(kind)
        sides = [row["new_text"] if kind in (SAME, NEW, EDITED) else None, row["old_text"] if kind != SAME else None]
        said.append(SPLIT.join(" ".join(clean(side).split()) for side in sides if side) + END)
    return ((key, kinds, said) for key, (kinds, said) in found.items())


def _kind(row: Mapping[str, Any]) -> int:
    """What a row of the table `sentences` is."""
    if row["op"] == "equal":
        return SAME
    return EDITED if row["old_text"] and row["new_text"] else NEW if row["new_text"] else OLD


def _coded(names: Sequence[str], parts: Sequence[Numbers]) -> tuple[list[str], bytes]:
    """The words in the order of their codes, and the text in codes: a byte for the most frequent words, else more."""
    counts = np.zeros(len(names), np.intp)
    for words in parts:
        np.add.at(counts, words, 1)
    by_use = sorted(range(len(names)), key=lambda number: (-counts[number], names[number]))
    ends = ONE, ONE + (TWO << 8)
    order: list[int] = []
    for start, end in zip((0, *ends), (*ends, len(names)), strict=True):  # by letters among those of one length
        order += sorted(by_use[start:end], key=names.__getitem__)
    code = np.arange(len(names))
    code[ends[0] :] += (ONE << 8) - ends[0]
    code[ends[1] :] += ((ONE + TWO) << 16) - ends[1] - ((ONE << 8) - ends[0])
    code_of = np.empty(len(names), ">u4")
    code_of[order] = code
    return [names[number] for number in order], b"".join(_used(code_of[words]) for words in parts)


def _used(codes: Numbers) -> bytes:
    """The bytes of codes of four, big end first, without the zeros before them but for the last byte."""
    split = codes.view(np.uint8).reshape(-1, 4)[:, 1:]  # the first byte is 0 in all
    used = np.ones_like(split, dtype=bool)
    used[:, 0] = split[:, 0] > 0
    used[:, 1] = used[:, 0] | (split[:, 1] > 0)
    told: bytes = split[used].tobytes()
    return told


def _front_coded(words: Sequence[str]) -> Iterable[str]:
    """Each word without what it shares with the one before, whose length stands before it as a letter.

    What is beyond the first 65,536 characters is not shared: a script counts them as two.
    """
    before = ""
    for word in words:
        same = 0
        while same < min(len(word), len(before), 60) and word[same] == before[same] < "\U00010000":
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


# The digits of base 85: letters that mean nothing in HTML or JSON.
_DIGITS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~"
_PLACES = 85 ** np.arange(4, -1, -1, dtype=np.uint32)


def packed(data: bytes) -> str:
    """Bytes as a page can hold them: deflated, as letters, five for four, behind how many zeros fill the last group."""
    data = zlib.compress(data, 9)
    fill = -len(data) % 4
    groups = np.frombuffer(data + bytes(fill), ">u4").astype(np.uint32)
    digits = groups[:, None] // _PLACES % np.uint32(85)
    return f"{fill}{np.frombuffer(_DIGITS, np.uint8)[digits].tobytes().decode()}"
