"""Ten report pages as they were saved, labelled by reading: country, year, sections; and what of each is its body."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from diffing.corpus.single import read_single
from diffing.reading.encodings import clean

OLD = "summary 1 1.a 1.b 1.c 1.d 1.e 1.f 2 2.a 2.b 2.c 2.d 3 4 5 6 7 7.a 7.b 7.c 7.d 7.e"
MOVED = OLD.replace("2.d", "2.d 2.e 2.f 2.g")
CONFLICT = "summary 1 1.a 1.b 1.c 1.d 1.e 1.f 1.g 1.h 1.i 2 2.a 2.b 2.c 2.d 2.e 2.f 3 4 5 6 7 7.a 7.b 7.c 7.d 7.e"
# The edition of 2024 has three sections of its own; each part is read under the section that told of it before.
BROKEN = "summary 1 6 2 7 1 2 6 1 6 7 6 2 6"

LABELS = {  # file -> country, year, its sections in their order
    "hrr-2016-turkmenistan.html": ("Turkmenistan", 2016, OLD),
    "hrr-2017-china-includes-tibet-hong-kong-and-macau.html": ("China", 2017, OLD),
    "hrr-2018-ghana__trashed.html": ("Ghana", 2018, OLD),
    "hrr-2018-israel-golan-heights-west-bank-and-gaza.html": ("Israel", 2018, OLD),
    "hrr-2019-turkmenistan.html": ("Turkmenistan", 2019, MOVED),
    "hrr-2022-turkmenistan.html": ("Turkmenistan", 2022, MOVED),
    "hrr-2023-burkina-faso.html": ("Burkina Faso", 2023, CONFLICT),
    "hrr-2023-israel-west-bank-and-gaza.html": ("Israel", 2023, CONFLICT.replace("2.f", "2.f 2.g")),
    "hrr-2024-croatia.html": ("Croatia", 2024, BROKEN),
    "hrr-2024-turkmenistan.html": ("Turkmenistan", 2024, BROKEN + " 1"),
}


def faults_of_page(path: Path) -> list[str]:
    """What is wrong with the reading of a saved page; empty where nothing is."""
    country, year, sections = LABELS[path.name]
    single = read_single(path)
    faults = []
    if (single.country, single.year, single.profile.name) != (country, year, "hrr"):
        faults.append(f"read as {single.country} {single.year} {single.profile.name}")
    narrative = single.narrative(None, year)
    wanted = [key if key == "summary" else f"section_{key}" for key in sections.split()]
    if [section.key for section in narrative] != wanted:
        faults.append(f"sections {' '.join(section.key for section in narrative)}")
    text = narrative.text
    for span in sorted(narrative.dropped, key=lambda span: -span.start):
        if span.reason == "frame of the page":
            text = text[: span.start] + text[span.end :]
    page = LexborHTMLParser(path.read_bytes().decode())
    page.strip_tags(["script", "style", "noscript"])
    body = _letters(clean("".join(node.text() for node in page.css(".report__content"))))
    kept = _letters(text)
    if kept != body:
        lost, more = sum((body - kept).values()), sum((kept - body).values())
        faults.append(f"lost {lost} letters of the body, kept {more} more")
    return faults


def _letters(text: str) -> Counter[str]:
    """How often each letter and digit stands in a text: tags in the middle of words part nothing."""
    return Counter(character for character in text if character.isalnum())
