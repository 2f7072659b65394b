"""A text's lines become units: headings, frame lines, and paragraphs and list items to be read as prose.

The lines of a paragraph that was wrapped belong together; a heading, a list item and a ``Label: value`` line stand
for themselves. Where a heading runs into its paragraph ("PROSECUTION The government ...") the two are parted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from diffing.model import Span
from diffing.profile import Pattern, Profile
from diffing.reading.sequence import SectionModel

# The longest line, in characters, that can be a heading. The longest known has 133 (hrr, section 1.a); longer lets
# a first sentence without its full stop be a heading, shorter loses real ones.
LONGEST_HEADING = 180
# The longest subheading that no profile knows, and its words. Shorter loses "Acts of Violence, Criminalization, and
# Other Abuses Based on Sexual Orientation ..."; longer takes unpunctuated sentences.
LONGEST_SUBHEADING, SUBHEADING_WORDS = 160, 22
# Short lines in a row that can still be headings (a section, its title, a subsection, a subheading); more are a list
# whose marks are lost.
HEADINGS_IN_A_ROW = 4
# The longest label of a `Label: value` line, and the longest such line.
LONGEST_LABEL, LONGEST_LABEL_LINE = 60, 160

# Where the longest line that another follows at once has more characters than this, lines were not wrapped: each is a
# paragraph, heading or item of its own. Lower breaks texts wrapped wide, higher joins short paragraphs.
WRAPPED_LINE = 130
# In a wrapped text, a line of at least this share of the longest goes on in the next. Range 0 to 1. Higher breaks
# paragraphs at a line that ends early before a long word, lower joins headings to their paragraphs.
FULL_LINE = 0.7
# The longest frame line that is looked for in wrapped lines.
LONGEST_FRAME = 300
# In a list of wishes without marks or full stops, a line shorter than this was not wrapped: the next is a new wish.
SHORT_ITEM = 70

_LINE = re.compile(r"[^\n]+")
_DECORATION = r"[#*_>\s]*+(?:(?:\d{1,2}|[IVX]{1,4})[.)]\s++)?[*_]*+"
# What parts a heading from the paragraph that it runs into.
_RUN_IN = r"[*_]*+(\s*+[:.—–][*_]*+\s++|\s++--?\s++|\s++|[:—])"
_BULLET = r"[•◦▪■●○‣⁃∙·➢➤✓*–—-]"
_MARKER = re.compile(
    rf"(?:{_BULLET}++|o(?=\s++[A-Z])|\(?(?:\d{{1,2}}|[a-z])[.)]|\((?:[ivx]{{1,4}})\))(?=\s++\S)|[•◦▪■●○‣⁃∙➢➤✓]++(?=\S)"
    r"|\*(?=[A-Z][^*\n]*+$)"  # "*Train inspectors." of a list, and no *emphasis*
)
_RULE = re.compile(r"[-_=*~#–—. ]{3,}")
_SURE_BULLETS = frozenset("•◦▪■●○‣⁃∙➢➤✓")
_LABEL = re.compile(rf"[A-Z][\w’'/()&, -]{{1,{LONGEST_LABEL}}}: ?\S")
_ENDED = re.compile(r"[.?!…][”’\"')\]»*_]*$")
# A full stop inside, or before the mark of a footnote.
_SENTENCE_INSIDE = re.compile(r"(?:[a-z]{4}|\b(?:19|20)\d\d)[.?!][”’\"')]*(?:\d{1,2})?(?: +[A-Z“\"]|$)")
# What makes a short line a sentence and no heading.
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|did|does|do|will|must|should|may|can|could|not|see|n/a|none)\b|https?:",
    re.IGNORECASE,
)
_STARTERS = re.compile(r"(?:The|In|While|Although|Despite|During|As|On|There|No|It|This|A|An|With|At|Under)\s")


class Unit(Struct, frozen=True):
    """A stretch of the text: `kind` is heading, frame, marker or text.

    `key` is the section that a heading opens; a deeper one has None. `subsection` is a heading's letter. `item`: a
    list item; `label`: a ``Label: value`` line; `first`: it begins a paragraph. `reason` says which rule set it apart.
    """

    start: int
    end: int
    kind: str
    key: str | None = None
    subsection: str = ""
    reason: str = ""
    item: bool = False
    label: bool = False
    first: bool = True


class Rules:
    """The profile's patterns of lines, compiled once."""

    def __init__(self, profile: Profile) -> None:
        self.sections = profile.sections
        self.keys = tuple(rule.key for rule in profile.sections)
        self.model = SectionModel(profile.sections)
        self.roaming = frozenset(place for place, rule in enumerate(profile.sections) if rule.first)
        self._wishes = frozenset(rule.key for rule in profile.sections if rule.recommendations)
        self._headings = [
            (
                rule.key,
                re.compile(rf"{_DECORATION}({pattern.pattern})[\s:*_#.—–-]*\Z", re.IGNORECASE),
                re.compile(rf"{_DECORATION}({pattern.pattern}){_RUN_IN}(?=\S)", re.IGNORECASE),
            )
            for rule in profile.sections
            for pattern in rule.headings
        ]
        self._subheadings = {rule.key: _union(rule.subheadings) for rule in profile.sections if rule.subheadings}
        self._topics = {rule.key: _union(rule.topics) for rule in profile.sections if rule.topics}
        self._frame = _union(profile.reading.frame)
        self._titles = _union(profile.reading.country_titles)
        subsection = profile.reading.subsection
        self._subsection = subsection.regex if subsection else None

    @cached_property
    def _any_heading(self) -> re.Pattern[str] | None:
        if not self._headings:
            return None
        inner = "|".join(f"(?:{pattern.pattern})" for rule in self.sections for pattern in rule.headings)
        inner = re.sub(r"\(\?P<\w+>", "(?:", inner)
        return re.compile(rf"{_DECORATION}(?:{inner})(?!\w)", re.IGNORECASE)

    def is_frame(self, line: str) -> bool:
        """Whether a whole line is frame: by the profile's patterns, or a rule of dashes, stars and the like."""
        return bool(self._frame and self._frame.match(line)) or _RULE.fullmatch(line) is not None

    def is_title(self, line: str) -> bool:
        """Whether a whole line is a country's title."""
        return bool(self._titles and self._titles.match(line))

    def heading(self, line: str) -> tuple[str, int] | None:
        """The section key that a line opens, and where in the line its heading ends; None where it opens none."""
        any_heading = self._any_heading
        lower = line[0].islower() and line[1:2] != "."  # a lettered heading of an edition that has them so
        if any_heading is None or lower or not any_heading.match(line):
            return None
        if len(line) <= LONGEST_HEADING:
            for key, whole, _run_in in self._headings:
                if whole.match(line):
                    return key, len(line)
        for key, _whole, run_in in self._headings:
            match = run_in.match(line)
            if match and _runs_in(line, match):
                return key, match.end(2)
        return None

    def whole(self, block: str, line: str, section: str | None) -> Unit | None:
        """A unit (its place aside) where a wrapped block is as a whole a frame line or a heading, else None.

        `line` is its first line: where that is a heading by itself, a capital after it begins the paragraph.
        """
        if self.is_frame(block):
            return Unit(0, 0, "frame", reason="frame")
        if self.subsection(block):
            return Unit(0, 0, "heading", subsection=self.subsection(block), reason="subsection heading")
        found = self.heading(block)
        rest = block[len(line) :].strip()
        goes_on = rest[:1].islower() or block.isupper() or self.heading(line) is None
        if found and found[1] == len(block) and goes_on and not self.subheading(section, block):
            return Unit(0, 0, "heading", key=found[0], reason="section heading")
        return None

    def subheading(self, key: str | None, line: str) -> bool:
        """Whether a heading line, within the section `key`, opens no section but is one of its subheadings."""
        pattern = self._subheadings.get(key or "")
        return bool(pattern and pattern.match(line.strip("#*_: ")))

    def topic(self, line: str) -> str | None:
        """The section whose subheading a heading line is, where a text has no heading of a section."""
        said = line.strip("#*_: ")
        if self._subsection and (match := self._subsection.match(said)):
            said = said[match.end("letter") :].lstrip(". ")
        return next((key for key, pattern in self._topics.items() if pattern and pattern.match(said)), None)

    def is_wishes(self, key: str | None) -> bool:
        """Whether the sentences of a section are items of a list of wishes."""
        return key in self._wishes

    def subsection(self, line: str) -> str:
        """The letter of a lettered subsection's heading, or nothing."""
        if self._subsection is None or len(line) > LONGEST_HEADING or _ENDED.search(line):
            return ""
        match = self._subsection.match(line.strip("#*_ "))
        return (match["letter"] or "").lower() if match else ""


def _union(patterns: Sequence[Pattern]) -> re.Pattern[str] | None:
    if not patterns:
        return None
    inner = "|".join(f"(?:{pattern.pattern})" for pattern in patterns)
    return re.compile(rf"(?:{re.sub(r'[(][?]P<[^<>]+>', '(?:', inner)})\Z", re.IGNORECASE)


def _runs_in(line: str, match: re.Match[str]) -> bool:
    """Whether the heading that a line begins with is parted from its paragraph."""
    heading, mark, rest = match[1], match[2], line[match.end() :]
    if mark.strip():
        return not rest[0].islower() and len(heading) <= LONGEST_HEADING
    if heading.isupper():
        return rest[0].isupper() and not rest[1:2].isupper()
    return bool(_STARTERS.match(rest))


_rules: dict[int, tuple[Profile, Rules]] = {}


def rules_of(profile: Profile) -> Rules:
    """The compiled rules of a profile, kept for as long as few profiles are in use."""
    known = _rules.get(id(profile))
    if known is None or known[0] is not profile:
        if len(_rules) > 16:
            _rules.clear()
        known = _rules[id(profile)] = (profile, Rules(profile))
    return known[1]


def _whole_block(
    text: str, lines: Sequence[tuple[int, int]], blanks: Sequence[bool], number: int, rules: Rules, section: str | None
) -> tuple[Unit, int] | None:
    """The heading or frame that several short lines are together, and the line behind it; None where they are none."""
    block = _short_block(text, lines, blanks, number)
    if block is None:
        return None
    done, end, folded = block
    start = lines[number][0]
    whole = rules.whole(folded, text[start : lines[number][1]], section)
    return None if not whole else (replace(whole, start=start, end=end), done)


def lay_out(text: str, frame: Sequence[Span], rules: Rules) -> list[Unit]:
    """The units of `text` in order; every character that is not white space lies in exactly one."""
    framed = sorted((span.start, span.end) for span in frame)
    lines = _lines(text, framed)
    blanks = [text.count("\n", one[1], other[0]) > 1 for one, other in pairwise(lines)]
    inner = [end - start for (start, end), blank in zip(lines, blanks, strict=False) if not blank]
    width = max(inner, default=0)
    margin = FULL_LINE * width if width <= WRAPPED_LINE else float("inf")
    units: list[Unit] = []
    section: str | None = None
    last_start = last_end = 0
    done = 0  # lines before this one were taken with their block
    for number, (start, end) in enumerate(lines):
        if number < done:
            continue
        line = text[start:end]
        before = units[-1] if number and not blanks[number - 1] else None
        stopped = _ENDED.search(text, last_start, last_end) is not None
        full = last_end - last_start >= margin
        last_start, last_end = start, end
        prose = before is not None and before.kind == "text" and not before.label
        paragraph = not prose or not full
        if before is None and (block := _whole_block(text, lines, blanks, number, rules, section)):
            whole, done = block
            section = whole.key or section
            units.append(whole)
            continue
        if not prose or stopped or not full or (before and before.item):
            if rules.is_frame(line):
                units.append(Unit(start, end, "frame", reason="frame"))
                continue
            if letter := rules.subsection(line):
                units.append(Unit(start, end, "heading", subsection=letter, reason="subsection heading"))
                continue
            if (found := rules.heading(line)) and not rules.subheading(section, line):
                section, stop = found
                printed = len(line[:stop].rstrip())
                units.append(Unit(start, start + printed, "heading", key=section, reason="section heading"))
                start, paragraph, prose = start + stop, True, False
                if start >= end:
                    continue
                line = text[start:end]
            elif len(line) <= LONGEST_HEADING and rules.is_title(line):
                units.append(Unit(start, end, "heading", reason="title"))
                continue
        running = prose and full and not stopped and text[lines[number - 1][1] - 1] != ":"
        listed = before is not None and before.item
        following = text[slice(*lines[number + 1])] if number < len(blanks) and not blanks[number] else ""
        marker = _MARKER.match(line)
        if marker and (not running or listed or line[0] in _SURE_BULLETS):
            units.append(Unit(start, start + marker.end(), "marker", reason="list marker"))
            rest = line[marker.end() :].lstrip()
            units.append(Unit(end - len(rest), end, "text", item=True, first=before is None))
        elif (
            _is_label(line)
            and (not prose or not full)
            and (len(line) < margin or not following or _is_label(following))
        ):
            units.append(Unit(start, end, "text", label=True, first=before is None))
        elif not prose or before is None:
            # under its heading, the first of a list of wishes without marks
            wish = rules.is_wishes(section) and before is not None and before.kind == "heading"
            wish = wish and bool(following) and not _MARKER.match(following)
            units.append(Unit(start, end, "text", item=wish, first=paragraph))
        elif (
            rules.is_wishes(section)
            and width <= WRAPPED_LINE
            and line[0].isupper()
            and (stopped or before.end - before.start < SHORT_ITEM)
        ):
            units.append(Unit(start, end, "text", item=True, first=False))
        elif full or (line[0].islower() and not stopped):
            units[-1] = Unit(before.start, end, "text", item=before.item, first=before.first)
        else:
            units.append(Unit(start, end, "text"))
    units += [Unit(span.start, span.end, "frame", reason=span.reason) for span in frame if span.text.strip()]
    units.sort(key=lambda unit: unit.start)
    return _by_topic(text, _with_subheadings(text, units), rules)


def _by_topic(text: str, units: list[Unit], rules: Rules) -> list[Unit]:
    """The units of a text without a heading of a section, whose subheadings name theirs."""
    if any(unit.key for unit in units):
        return units
    return [
        replace(unit, key=rules.topic(text[unit.start : unit.end])) if unit.kind == "heading" else unit
        for unit in units
    ]


def _is_label(line: str) -> bool:
    return len(line) <= LONGEST_LABEL_LINE and _LABEL.match(line) is not None and not _ENDED.search(line)


def _short_block(
    text: str, lines: Sequence[tuple[int, int]], blanks: Sequence[bool], number: int
) -> tuple[int, int, str] | None:
    """The lines from `number` to the next blank one, where they are few and short enough to be one wrapped heading.

    Returns the number of the line after them, where they end, and their text on one line.
    """
    stop = number
    while stop < len(blanks) and not blanks[stop]:
        stop += 1
        if lines[stop][1] - lines[number][0] > LONGEST_FRAME:
            return None
    if stop == number:
        return None
    end = lines[stop][1]
    return stop + 1, end, " ".join(text[lines[number][0] : end].split())


def _lines(text: str, framed: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """(start, end) of each line outside the frame, without the white space around it."""
    found = []
    stretches, begin = [], 0
    for start, end in framed:
        stretches.append((begin, start))
        begin = max(begin, end)
    stretches.append((begin, len(text)))
    for begin, stop in stretches:
        for match in _LINE.finditer(text, begin, max(begin, stop)):
            line = match[0]
            left = match.start() + len(line) - len(line.lstrip())
            right = left + len(line.strip())
            if right > left:
                found.append((left, right))
    return found


def _with_subheadings(text: str, units: list[Unit]) -> list[Unit]:
    """The units with short lines that stand over prose as headings, and those after all prose as frame."""
    like = [unit.kind == "text" and _heading_like(text, unit) for unit in units]
    solid = [n for n, unit in enumerate(units) if unit.kind == "text" and not like[n]]
    if not solid:
        return units
    found = list(units)
    last, run = solid[-1], []
    for number, unit in enumerate(units):
        if like[number] and number not in run:
            if number > last:
                found[number] = Unit(unit.start, unit.end, "frame", reason="short line after the last paragraph")
            else:
                run.append(number)
            continue
        if unit.kind == "text":
            if len(run) <= HEADINGS_IN_A_ROW:
                for place in run:
                    found[place] = Unit(units[place].start, units[place].end, "heading", reason="subheading")
            run = []
        elif unit.kind == "heading" and unit.key:
            if number < solid[0]:  # titles at the top of the text, over its first heading
                for place in run:
                    found[place] = Unit(units[place].start, units[place].end, "heading", reason="title")
            run = []
    return found


def _heading_like(text: str, unit: Unit) -> bool:
    words = text[unit.start : unit.end].split(None, SUBHEADING_WORDS)
    if unit.item or unit.label or len(words) > SUBHEADING_WORDS:
        return False
    line = " ".join(words)
    return (
        len(line) <= LONGEST_SUBHEADING
        and line[-1] not in ";,"
        and not _ENDED.search(line)
        and not _SENTENCE_INSIDE.search(line)
        and not _VERB.search(line)
        and (not line[0].islower())
        and any(character.isalpha() for character in line)
    )
