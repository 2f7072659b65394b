"""The start of a profile, proposed from two narratives of a family: headings, scales of words, nouns that are counted.

    print(proposed(old_text, new_text, name="enlargement"))

What is found in both texts is taken for the family's; all of it is for its reader to look at, and says so.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict

MOST_HEADINGS, MOST_NOUNS, MOST_SCALES = 30, 12, 4
"""What is proposed at most. Ranges 5 to 100, 3 to 50, 1 to 20; more is more than anybody reads through."""

LONGEST_HEADING = 90
"""Characters of a line that is taken for a heading. Range 30 to 180; default 90: longer ones are mostly sentences, and
what is missing is quickly added."""

# Words of degree, from the lowest to the highest: two of them before one word make a scale of it.
_DEGREES = re.findall(
    r"\S+",
    "no not minimal negligible very-low low early limited weak little some partial partially moderate moderately fair "
    "reasonable good well adequate considerable significant substantial high highly very-good strong advanced full "
    "fully",
)
_ANY_DEGREE = "|".join(sorted((degree.replace("-", " ") for degree in _DEGREES), key=len, reverse=True))
_DEGREE = re.compile(rf"\b({_ANY_DEGREE})((?: (?:level|degree|state|stage) of)? ([a-z]{{4,}}))\b", re.IGNORECASE)
STEM = 6
"""Letters by which two words are taken for forms of one: "prepared", "preparation". Range 4 to 8; default 6."""
_COUNTED = re.compile(
    r"\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) ((?:[a-z]+ )?[a-z]{3,}s)\b"
)
_NUMBERED = re.compile(r"(chapter|part|section|article|item|cluster)\s+(\d{1,3})\b", re.IGNORECASE)
_NO_NOUN = re.compile(r"(?:[a-z]+ )?(?:years|months|days|weeks|hours|times|percents?|others|was|has|is|this)")
_ENDED = re.compile(r"[.?!;,:]$")


def proposed(old: str, new: str, *, name: str) -> str:
    """A profile's TOML with comments, for the family of these two texts; it loads as it is."""
    headings, numbered = _headings(old, new)
    lines = [
        f"# A profile for {name}, begun from two texts. Look at each line: what is wrong goes, what is missing comes.",
        "# `diffing profile check` tries every example; model/profiles.py of the package says what each key means.",
        'extends = "base"',
        f"name = {json.dumps(name)}",
        f"title = {json.dumps(name.replace('_', ' ').replace('-', ' ').title())}",
        "period_offset = 0        # 1 where a report of 2020 tells of 2019",
        "",
        "# --- sections: headings that stand alone in both texts -----------------------------------------------",
    ]
    for kind, most in numbered.items():
        lines += [
            "[[sections]]",
            f'key = "{kind.lower()}_{{number}}"',
            f'title = "{kind.title()} {{number}}"',
            f"numbers = {most}            # one rule for all of them",
            f'headings = ["{kind.title()} {{number}}"]',
            "",
        ]
    for heading in headings:
        lines += ["[[sections]]", f"key = {json.dumps(_key(heading))}", f"title = {json.dumps(heading)}"]
        lines += [f"headings = [{json.dumps(heading, ensure_ascii=False)}]", ""]
    lines.append(
        "# --- scales: words of degree before one word; the report's own verdict, perhaps ----------------------"
    )
    for word, phrases in _scales(old, new):
        lines += [f"# [[judging.stated]]          # {', '.join(phrases)}"]
        lines += [f'# name = "{word}"', f'# title = "The report\'s own word: {word}"']
        for rank, phrase in enumerate(phrases):
            lines += ["# [[judging.stated.levels]]", f'# name = "{phrase}"', f"# rank = {rank}.0"]
            lines += [f"# pattern = {{ pattern = '\\b{phrase}\\b', examples = [{json.dumps(f'It is {phrase}.')}] }}"]
        lines.append("#")
    lines.append(
        "# --- indicators: nouns behind numbers, the most frequent first ---------------------------------------"
    )
    for noun, count, sentence in _nouns(old, new):
        lines += [f"# [indicators.{_key(noun)}]               # {count} times"]
        lines += [
            f'# title = "{noun.capitalize()}"',
            '# unit = "items"',
            "# polarity = 0            # 1: more is better",
        ]
        lines += [f'# nouns = ["{noun[:-1]}"]', f"# examples = [{json.dumps(sentence, ensure_ascii=False)}]", "#"]
    return "\n".join(lines).rstrip() + "\n"


def _headings(old: str, new: str) -> tuple[list[str], dict[str, int]]:
    """The headings of both texts in their order, and the highest number of each kind that is counted."""
    both = {_plain(line) for line in _alone(old)} & {_plain(line) for line in _alone(new)}
    numbered: dict[str, int] = {}
    for line in (*_alone(old), *_alone(new)):
        if match := _NUMBERED.match(line):
            kind = match[1].lower()
            numbered[kind] = max(numbered.get(kind, 0), int(match[2]))
    found = dict.fromkeys(line for line in _alone(new) if _plain(line) in both and not _NUMBERED.match(line))
    unique: dict[str, str] = {}
    for line in found:
        unique.setdefault(_key(line), line)
    return list(unique.values())[:MOST_HEADINGS], {kind: most for kind, most in numbered.items() if most > 1}


def _alone(text: str) -> list[str]:
    """Short lines that end without a mark, with a blank line or nothing before them."""
    found, before = [], ""
    for line in text.split("\n"):
        plain = line.strip().strip("#*_ ")
        short = 3 <= len(plain) <= LONGEST_HEADING and not _ENDED.search(plain)
        if short and not before.strip() and (plain[0].isupper() or plain[0].isdigit()) and len(plain.split()) <= 12:
            found.append(plain)
        before = line
    return found


def _scales(old: str, new: str) -> list[tuple[str, list[str]]]:
    """The likely scales: a word, and the phrases with its degrees from the lowest to the highest."""
    seen: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for match in _DEGREE.finditer(f"{old}\n{new}"):
        degree, phrase = match[1].lower(), f"{match[1]}{match[2]}".lower()
        seen[match[3].lower()[:STEM]][degree, phrase] += 1
    order = {degree.replace("-", " "): place for place, degree in enumerate(_DEGREES)}
    scales = []
    for _stem, degrees in sorted(seen.items(), key=lambda item: (-sum(item[1].values()), item[0])):
        if len({degree for degree, _phrase in degrees}) > 1:
            phrases = [phrase for _degree, phrase in sorted(degrees, key=lambda pair: order[pair[0]])]
            scales.append((phrases[-1].rpartition(" ")[2], phrases))
    return scales[:MOST_SCALES]


def _nouns(old: str, new: str) -> list[tuple[str, int, str]]:
    counts: Counter[str] = Counter()
    where: dict[str, str] = {}
    for sentence in re.split(r"(?<=[.!?])\s+", " ".join(f"{old}\n{new}".split())):
        for match in _COUNTED.finditer(sentence):
            noun = match[1]
            if not _NO_NOUN.fullmatch(noun):
                counts[noun] += 1
                where.setdefault(noun, sentence[:200])
    return [(noun, count, where[noun]) for noun, count in counts.most_common(MOST_NOUNS)]


def _key(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", heading.lower()).strip("_")[:40] or "section"


def _plain(line: str) -> str:
    return " ".join(line.lower().split())
