"""What a pair has to say, laid out once for all rules: its changed passages, and how a finding is made of them.

Only passages that are not equal are kept: a sentence that stands there word for word says nothing new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any

from msgspec import Struct, structs

from diffing.judging.likeness import ByWords
from diffing.judging.strength import DIRECTED, LEAST_READ, Read, judged, readings, strength
from diffing.language.analysis import Analysis, analyse
from diffing.language.stems import likeness, stems
from diffing.language.word_lists import Match, any_of, first_of
from diffing.model import Change, Doubt, Figure, Finding, Op, Pair, Reason, Rule, SentenceKind, Span, Verdict
from diffing.profile import RuleSwitch

# From this share of its words on an old sentence of the same section, changed or gone, is what the new one replaces.
# Range 0.25 to 0.6; it adds evidence and decides no verdict.
REPLACES = 0.35

# The same for the whole of the new sentence's words. Range 0.2 to 0.5.
REPLACES_ALL = 0.25

# The same for an old sentence in whose very place the new one stands. Range 0.1 to 0.4.
REPLACES_HERE = 0.2

# From this likeness on (Dice, of the stems of their words) a sentence that came stands for one that went, and the two
# are compared like linked ones. Range 0.35 to 0.7; lower compares two matters, higher misses what was put anew.
REPLACED = 0.45

# So many pairs of such sentences are compared at most. Range 50,000 to 1,000,000; the longest real reports have some
# thousands, lower leaves out evidence, higher lets one text hold up a run.
MOST_PAIRS = 200_000

_ON = RuleSwitch()
# Sections that sum up the others, so that what they tell is told again below.
OVERVIEWS = frozenset({"overview", "assessment", "summary"})


def _counts(figures: Iterable[Figure]) -> dict[int, set[tuple[str, float | None]]]:
    found: dict[int, set[tuple[str, float | None]]] = {}
    for figure in figures:
        if figure.indicator:
            found.setdefault(figure.sentence, set()).add((figure.indicator, figure.value))
    return found


def compare(old: float, new: float, polarity: int = 1) -> Verdict:
    """The verdict on a move from `old` to `new` where a rise is better (1), worse (-1) or neither (0)."""
    if old == new:
        return Verdict.NO_CHANGE
    sign = (1 if new > old else -1) * polarity
    return Verdict.PROGRESS if sign > 0 else Verdict.BACKSLIDING if sign < 0 else Verdict.UNCLEAR


class Passage(Struct, frozen=True):
    """Sentences that answer each other and are not equal, or a sentence alone; the text of a side without is empty.

    `added` and `removed` are the runs of words that one side has and the other has not, as printed; `block` numbers
    the sentences of one side that stand together, and is None for linked ones.
    """

    op: Op
    section: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    old_text: str
    new_text: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    block: int | None
    is_label: bool  # whether the new text is a line ``Label: value``

    @property
    def texts(self) -> tuple[str, str]:
        """The old and the new text."""
        return self.old_text, self.new_text


class Evidence:
    """A pair with its changed passages; makes findings whose texts are the narratives' own."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.judging = pair.new.profile.judging
        self.readings = readings(self.judging.kinds)
        self.period = pair.new.profile.reporting_period(pair.new.year)
        self.old_period = pair.old.profile.reporting_period(pair.old.year)

    @cached_property
    def old_told(self) -> ByWords:
        """The old narrative's sentences by their words."""
        return ByWords([sentence.text for sentence in self.pair.old.sentences])

    @cached_property
    def old_facts(self) -> frozenset[int]:
        """The old narrative's sentences that are no wishes."""
        return frozenset(i for i, _, key in self.pair.old.placed if not self.is_recommendation(key))

    @cached_property
    def new_facts(self) -> frozenset[int]:
        """The new narrative's sentences that are no wishes."""
        return frozenset(j for j, _, key in self.pair.new.placed if not self.is_recommendation(key))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage that is not equal, in the order of the aligned text.

        Sentences of one side that stand together between two linked ones are one block: what was lost and what came
        in its place.
        """
        pair = self.pair
        old_sections, new_sections = pair.old.sentence_sections, pair.new.sentence_sections
        found: list[Passage] = []
        block, within = -1, False
        for row in pair.rows:
            if row.link is None:
                block, within = block + (not within), True
            else:
                within = False
            if row.op is Op.EQUAL:
                continue
            old_text, new_text = self.text_of(row.old, True) or "", self.text_of(row.new, False) or ""
            added: tuple[str, ...] = (new_text,) if new_text else ()
            removed: tuple[str, ...] = (old_text,) if old_text else ()
            if row.link is not None:
                number = pair.new_links[row.new[0]]
                edits = pair.edits[number] if number < len(pair.edits) else ()
                added = tuple([e.text for e in edits if e.op is Op.ADDED and e.text.strip()])
                removed = tuple([e.text for e in edits if e.op is Op.REMOVED and e.text.strip()])
            section = new_sections[row.new[0]] if row.new else old_sections[row.old[0]]
            block_of = block if row.link is None else None
            is_label = any(pair.new.sentences[j].kind is SentenceKind.LABEL for j in row.new[:1])
            texts = (old_text, new_text, added, removed)
            found.append(Passage(row.op, section, row.old, row.new, *texts, block_of, is_label))
        return tuple(found)

    @cached_property
    def _blocks(self) -> dict[int | None, tuple[tuple[int, ...], tuple[int, ...]]]:
        found: dict[int, tuple[list[int], list[int]]] = {}
        for passage in self.passages:
            if passage.block is not None:
                old, new = found.setdefault(passage.block, ([], []))
                old.extend(passage.old)
                new.extend(passage.new)
        return {None: ((), ()), **{block: (tuple(old), tuple(new)) for block, (old, new) in found.items()}}

    def block_of(self, passage: Passage) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The old and the new sentences of a passage's block; none of a linked one."""
        return self._blocks[passage.block]

    @cached_property
    def changed_facts(self) -> dict[str, set[int]]:
        """The old sentences of each section that changed or are gone, and are no wishes."""
        found: dict[str, set[int]] = defaultdict(set)
        for passage in self.passages:
            found[passage.section] |= self.old_facts.intersection(passage.old)
        return found

    @cached_property
    def old_counts(self) -> dict[int, set[tuple[str, float | None]]]:
        """What each old sentence counts: indicators with their numbers."""
        return _counts(self.pair.old_figures)

    @cached_property
    def new_counts(self) -> dict[int, set[tuple[str, float | None]]]:
        """What each new sentence counts."""
        return _counts(self.pair.new_figures)

    def replaced_by(self, passage: Passage, words: frozenset[str]) -> tuple[int, ...]:
        """The old sentence, changed or gone, that an added passage about `words` may replace: evidence beside it."""
        changed, lost = self.changed_facts[passage.section], self.old_facts.intersection(self.block_of(passage)[0])
        whole = stems(passage.new_text)
        for sought, among, least in (
            (words, changed, REPLACES),
            (words, lost, REPLACES_HERE),
            (whole, changed, REPLACES_ALL),
        ):
            index, share = self.old_told.nearest(sought, among)
            if share >= least:
                return (index,)
        return ()

    def counted(self, new: int, noun: str) -> tuple[int, ...]:
        """The old sentence, changed or gone, that counts the same thing in the subsection, whatever its name."""
        same = next(((names,) for names in self.judging.words.get("same_counts", ()) if first_of((names,), noun)), None)
        if same is None:
            return ()
        section = self.pair.new.sentence_sections[new]
        for passage in self.passages:
            if not passage.old or passage.section != section or new in passage.new:
                continue
            if first_of(same, passage.old_text) and any(map(str.isdigit, passage.old_text)):
                return passage.old
        return ()

    @cached_property
    def replaced(self) -> tuple[Passage, ...]:
        """Sentences that came for ones that went, in one subsection and mostly in the same words, as passages of both.

        Each stands in one of them at most; the likest are joined first.
        """
        gone: dict[str, list[tuple[Passage, frozenset[str]]]] = {}
        for passage in self.passages:
            if passage.op is Op.REMOVED and passage.old_text:
                gone.setdefault(passage.section, []).append((passage, stems(passage.old_text)))
        scored: list[tuple[float, int, int, Passage, Passage]] = []
        looks = MOST_PAIRS
        for passage in self.passages:
            if passage.op is not Op.ADDED or passage.section not in gone:
                continue
            words = stems(passage.new_text)
            looks -= len(gone[passage.section])
            if looks < 0:
                break
            for other, others in gone[passage.section]:
                if (alike := likeness(words, others)) >= REPLACED:
                    scored.append((-alike, passage.new[0], other.old[0], other, passage))
        scored.sort(key=lambda row: row[:3])
        found: list[Passage] = []
        taken: set[tuple[str, int]] = set()
        for _, j, i, old, new in scored:
            if ("old", i) in taken or ("new", j) in taken:
                continue
            taken.update((("old", i), ("new", j)))
            joined = {"op": Op.EDITED, "old": old.old, "old_text": old.old_text, "removed": old.removed, "block": None}
            found.append(structs.replace(new, **joined))
        return tuple(found)

    @cached_property
    def linked(self) -> tuple[Passage, ...]:
        """The changed passages of both sides that answer each other, wishes left out."""
        both = (passage for passage in self.passages if passage.old_text and passage.new_text)
        return tuple([one for one in (*both, *self.replaced) if not self.is_recommendation(one.section)])

    def fresh(self, taken: Container[int]) -> list[Passage]:
        """The linked ones that are no label's lines, and of which no new sentence is `taken` by another finding."""
        return [one for one in self.linked if not (one.is_label or any(j in taken for j in one.new))]

    @cached_property
    def added(self) -> dict[int, Passage]:
        """The passage of each added sentence, by its index."""
        return {passage.new[0]: passage for passage in self.passages if passage.op is Op.ADDED}

    def stands(self, sentence: int, newer: bool = True) -> bool:
        """Whether a sentence stands word for word in the other narrative: it says nothing new."""
        number = (self.pair.new_links if newer else self.pair.old_links).get(sentence)
        return number is not None and self.pair.ops[number] is Op.EQUAL

    def said(self, sentence: int, newer: bool = True) -> Analysis:
        """What one sentence of a narrative says."""
        return self.read((self.pair.new if newer else self.pair.old).sentences[sentence].text)

    def read(self, text: str) -> Analysis:
        """What a text says, read as one sentence."""
        return analyse(text, self.pair.new.profile)

    def first(self, name: str, text: str) -> Match | None:
        """The first in a text of the profile's words of a name; None where there is none, or the family has no such."""
        return first_of(self.judging.words.get(name, ()), text)

    def where(self, text: str, *names: str) -> int:
        """Where the first of the profile's words of some names stands in a text; its end where there is none."""
        return min((m.start() for name in names if (m := self.first(name, text))), default=len(text))

    def text_of(self, indices: Iterable[int], old: bool) -> str | None:
        """The exact sentences, joined by a line break; None where there are none."""
        sentences = (self.pair.old if old else self.pair.new).sentences
        texts = [sentences[i].text for i in indices]
        return "\n".join(texts) if texts else None

    @cached_property
    def _wished(self) -> frozenset[str]:
        keys = {*self.pair.old.sentence_sections, *self.pair.new.sentence_sections}
        return frozenset(filter(self.pair.new.profile.wishes, keys))

    def is_recommendation(self, section: str) -> bool:
        """Whether the sentences of a section are wishes and not facts."""
        return section in self._wished

    def tells_no_deed(self, passage: Passage) -> bool:
        """Whether a passage tells no deed of the period: a wish, a label's line, what others do."""
        background = self.judging.background
        return passage.is_label or self.is_recommendation(passage.section) or passage.section in background

    @cached_property
    def told_now(self) -> list[tuple[Passage, int]]:
        """The new sentences that changed and may tell deeds of the period, each with its passage."""
        return [(passage, j) for passage in self.passages if not self.tells_no_deed(passage) for j in passage.new]

    def switch(self, rule: Rule) -> RuleSwitch:
        """What the profile says of a rule."""
        return self.judging.rules.get(rule, _ON)

    def judged(self, rule: Rule, verdict: Verdict) -> Verdict:
        """The verdict as the profile's polarity of the rule has it, and as far as the rule may be trusted."""
        return judged(self.switch(rule), verdict)

    def _read(self, rule: Rule, verdict: Verdict, of: str) -> Read | None:
        """What was read of a kind of finding, or of the narrowest wider group of which enough was; None where none."""
        groups = ((rule.value, verdict.value, of), (rule.value, verdict.value, ""), (rule.value, "", ""))
        read = [self.readings[group] for group in groups if group in self.readings]
        return next((one for one in read if one[1] >= LEAST_READ), read[-1] if read else None)

    def heeded(self, doubt: Doubt | None) -> Doubt | None:
        """The doubt, where the family heeds it."""
        return doubt if doubt in self.judging.doubts else None

    def reworded(self, rule: Rule, old: tuple[int, ...], new: tuple[int, ...]) -> Doubt | None:
        """The doubt that two sentences are less alike than a rule asks, or one is all that is left of the other."""
        sides = self.text_of(old, True) or "", self.text_of(new, False) or ""
        alike = likeness(*map(stems, sides))
        extent = any_of((*self.judging.words.get("amounts", ("few",)), *self.judging.words.get("frequencies", ())))
        told = [set(extent.findall(side.lower())) for side in sides]
        moved = rule is Rule.NEGATION and told[0] != told[1]  # "few offered", "some did not offer"
        left = [side.rstrip(". ") for side in sides]
        moved = moved or left[0].startswith(left[1]) or left[1].startswith(left[0])
        return Doubt.REWORDED if moved or alike < self.switch(rule).alike else None

    def finding(
        self,
        rule: Rule,
        verdict: Verdict,
        summary: str,
        *,
        old: tuple[int, ...] = (),
        new: tuple[int, ...] = (),
        share: float = 1.0,
        change: Change | None = None,
        numbers: Finding | None = None,
        reason: Reason | None = None,
        doubt: Doubt | None = None,
        titles: tuple[Span, Span] | None = None,
    ) -> list[Finding]:
        """One finding of `rule` as a list, or none where the profile switched the rule off.

        `share` (0 to 1) of the rule's weight is its strength. The section is that of the evidence, the new
        narrative's where it has some. `change` is the row of `changes` that it tells: it gives the numbers, the verdict
        as the profile's polarity has it, and the reason where none is given. Under a `doubt` that the
        family heeds it claims no direction. `numbers` is a finding whose numbers it shares. `titles` are evidence where
        no sentence is.
        """
        switch = self.switch(rule)
        if not switch.on:
            return []
        pair, reason = self.pair, reason or (change.reason if change else Reason())
        verdict = verdict if change else self.judged(rule, verdict)
        told = self._read(rule, verdict, reason.of) or (switch.right, switch.read)
        if verdict in DIRECTED and (doubt := self.heeded(doubt)):
            verdict, reason = Verdict.UNCLEAR, replace(reason, doubt=doubt)
        section = pair.new.sentence_sections[new[0]] if new else pair.old.sentence_sections[old[0]] if old else None
        texts = self.text_of(old, True), self.text_of(new, False)
        titled = tuple(title.text for title in titles) if titles else (None, None)
        finding = Finding(
            country=pair.new.country, old_year=pair.old.year, new_year=pair.new.year, section=section,
            verdict=verdict, rule=rule, strength=0.0 if reason.doubt else strength(switch, share),
            rule_right=told[0], rule_read=told[1], summary=summary, reason=reason,
            old_text=texts[0] or titled[0], new_text=texts[1] or titled[1], old_sentences=old, new_sentences=new,
            old_starts=tuple(pair.old.sentences[i].start for i in old),
            new_starts=tuple(pair.new.sentences[j].start for j in new), **_numbers_of(change or numbers),
        )  # fmt: skip
        return [finding]


_NO_NUMBERS: dict[str, Any] = {"indicator": None, "from_value": None, "to_value": None}
_OF_CHANGE = (
    *("indicator", "actor", "unit", "breakdown", "body", "change"),
    *("from_year", "to_year", "from_value", "to_value", "from_status", "to_status"),
)


def _numbers_of(told: Change | Finding | None) -> dict[str, Any]:
    """What a finding says of the numbers that it tells."""
    return {name: getattr(told, name) for name in _OF_CHANGE} if told is not None else _NO_NUMBERS
