"""Where a text stands on the ladders of its profile: the country's tier, the efforts of a section, how far a law is
enforced; and the step from one year to the next.

A ladder is data: levels from the worst to the best, each with its words, and the sections whose matter they qualify.
`rungs` reads where sentences stand, `step` compares two that are of one matter: the country, the section, or sentences
that answer each other.

>>> from diffing.profile import load_profile
>>> (tier,) = load_profile("tip").judging.stated
>>> low, high = (Rung(tier, levels_in(tier, f"Norvania was {said}.")) for said in ("kept on Tier 3", "kept on Tier 2"))
>>> step(low, high)
<Verdict.PROGRESS: 'progress'>
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from diffing.judging.evidence import Evidence, compare
from diffing.judging.strength import FIRST_MARK, share_of
from diffing.language.word_lists import any_of
from diffing.model import Doubt, Finding, Narrative, Reason, Rule, Span, Verdict
from diffing.profile import Level, StatedScale, compiled

# From this rank of the ladder on (generally enforced) a mark that is given for the first time is praise. Range 2 to 4.
WELL = 3.0

# Sentences whose levels are kept: most stand in both years. Range 1,000 to 100,000.
MOST_SENTENCES = 10_000

_HOW = {Verdict.PROGRESS: "up from", Verdict.BACKSLIDING: "down from"}


class Rung(Struct, frozen=True):
    """Where a sentence (its index), or the narrative's title, stands on one ladder: the levels that it names in order.

    Several are of one law so, of another so.
    """

    scale: StatedScale
    levels: tuple[Level, ...]
    sentence: int = -1
    section: str = ""
    title: Span | None = None

    @property
    def level(self) -> Level:
        """The level that it names last."""
        return self.levels[-1]

    @property
    def ranks(self) -> frozenset[float]:
        """The ranks of its levels; empty where none can be compared."""
        return frozenset(level.rank for level in self.levels if level.rank is not None)


def rungs(narrative: Narrative, scales: Sequence[StatedScale]) -> Iterator[Rung]:
    """Where the sentences of a narrative stand, in the order of the text and of `scales`."""
    looked = [(scale, scale.about.split("|")) for scale in scales]
    for number, sentence, section in narrative.placed:
        here = [one for one in looked if not one[0].sections or section.partition(".")[0] in one[0].sections]
        lowered = sentence.text.lower() if here else ""
        for scale, about in here:
            if any(word in lowered for word in about) and (levels := levels_in(scale, sentence.text)):
                yield Rung(scale, levels, number, section)


def levels_in(scale: StatedScale, text: str) -> tuple[Level, ...]:
    """The levels of a ladder at which a sentence says that its subject stands, in its order."""
    aside = (scale.aside.pattern,) if scale.aside else ()
    patterns = (*aside, *(level.pattern.pattern for level in scale.levels))
    return tuple(scale.levels[number - len(aside)] for number, *_ in named(patterns, text) if number >= len(aside))


@lru_cache(maxsize=MOST_SENTENCES)
def named(patterns: tuple[str, ...], text: str) -> tuple[tuple[int, int, int], ...]:
    """Which of the patterns match, and where, in the order of the text; of two that overlap the first.

    >>> named(("not always", "always"), "Not now, not always.")
    ((0, 9, 19),)
    """
    found: list[tuple[int, int, int]] = []
    for number, pattern in enumerate(patterns):
        for match in compiled(pattern).finditer(text):
            if all(match.end() <= start or match.start() >= end for _, start, end in found):
                found.append((number, match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one[1]))


def step(old: Rung, new: Rung) -> Verdict:
    """The verdict on two rungs of one matter: a step on one ladder; on two yardsticks of a group there is none."""
    if old.level.rank is None or new.level.rank is None:
        return Verdict.UNCLEAR
    one_scale = old.scale.name == new.scale.name
    if one_scale and old.level.firm is not new.level.firm:
        return Verdict.UNCLEAR  # the same mark, and how far it is applied is told in one of the years only
    if old.ranks & new.ranks:
        return Verdict.NO_CHANGE
    moved = compare(min(old.ranks), min(new.ranks))
    sure = one_ladder(old, new) and moved is compare(max(old.ranks), max(new.ranks))
    return moved if sure else Verdict.UNCLEAR


def one_ladder(old: Rung, new: Rung) -> bool:
    """Whether a step from one rung to the other says anything."""
    return old.scale.name == new.scale.name or old.level.firm or new.level.firm


def said(title: str, old: str | None, new: str, verdict: Verdict) -> str:
    """A step as a sentence: "The report's tier: Tier 2, up from Tier 3."."""
    if old is None:
        return f"{title}: {new}."
    return f"{title}: {new}, as before." if old == new else f"{title}: {new}, {_HOW.get(verdict, 'after')} {old}."


def marks_in(narrative: Narrative, scales: Sequence[StatedScale]) -> tuple[Rung, ...]:
    """The marks of a narrative on some ladders; of one sentence the first ladder's that it stands on."""
    found: dict[int, Rung] = {}
    for one in rungs(narrative, scales):
        found.setdefault(one.sentence, one)
    return tuple(found.values())


def mark_findings(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each pair of marks that answer each other and do not stand there word for word."""
    pair, ladders = evidence.pair, evidence.judging.ladders
    for group in dict.fromkeys(scale.group or scale.name for scale in ladders):
        scales = [scale for scale in ladders if (scale.group or scale.name) == group]
        pairs = list(_answers(evidence, marks_in(pair.old, scales), marks_in(pair.new, scales)))
        for before, after in sorted(pairs, key=lambda both: both[0] is not None):
            title = after.scale.title + _where(evidence, after.section)
            name = after.level.name
            if before is None:
                if after.scale.group or max(after.ranks, default=0) >= WELL:
                    yield from evidence.finding(
                        Rule.ENFORCEMENT_TOLD,
                        Verdict.UNCLEAR,  # it may have been so before
                        f"{title}: {name}; the {pair.old.year} report gave no mark here.",
                        new=(after.sentence,),
                        share=FIRST_MARK,
                        reason=Reason(words=name, sought="a mark for the same thing in the subsection"),
                    )
                continue
            verdict, one = step(before, after), one_ladder(before, after)
            told = said(title, before.level.name, name, verdict)
            yield from evidence.finding(
                Rule.ENFORCEMENT_LEVEL if one else Rule.ENFORCEMENT_YARDSTICK,
                verdict,
                told if one else f"{told.removesuffix('.')}: another yardstick.",
                old=(before.sentence,),
                new=(after.sentence,),
                reason=Reason(words=name, sought="the mark for the same thing", found=before.level.name),
                share=share_of(verdict),
                doubt=_doubt(evidence, before, after),
            )


def _answers(evidence: Evidence, old: Sequence[Rung], new: Sequence[Rung]) -> Iterator[tuple[Rung | None, Rung]]:
    """Each mark that does not stand there word for word, with the old one that it answers.

    It answers by a link within the subsection, or where each year gives one mark there: two may be of two laws. None
    where the subsection had no mark the year before.
    """
    pair = evidence.pair
    counts = [Counter(one.section for one in marks) for marks in (old, new)]
    told = set[str]()
    for mark in new:
        if evidence.stands(mark.sentence):
            continue
        linked, section = pair.old_of(mark.sentence), mark.section
        here = [one for one in old if one.section == section]
        single = here if counts[0][section] == counts[1][section] == 1 else []
        before = next((one for one in here if one.sentence in linked), None) or next(iter(single), None)
        if before or (not here and section not in told):
            yield before, mark
        told.add(section)


def _doubt(evidence: Evidence, old: Rung, new: Rung) -> Doubt | None:
    """Why a step may be none: of other workers, of penalties in one year only, one praise for another, or one blame."""
    texts = evidence.pair.old.sentences[old.sentence].text, evidence.pair.new.sentences[new.sentence].text
    for group in map(any_of, ((one,) for one in evidence.judging.words.get("marked_apart", ()))):
        if bool(group.search(texts[0])) is not bool(group.search(texts[1])):
            return Doubt.UNLIKE
    graded = max(level.rank or 0.0 for level in new.scale.levels) >= WELL
    if graded and len({max(mark.ranks, default=0.0) >= WELL for mark in (old, new)}) == 1:
        return Doubt.HARDLY
    return evidence.reworded(Rule.ENFORCEMENT_LEVEL, (old.sentence,), (new.sentence,))


def _where(evidence: Evidence, section: str) -> str:
    """The subsection's heading, in brackets, to tell one law's mark from another's; empty where it has none."""
    heading = next((s.heading for s in evidence.pair.new.sections if s.key == section and s.heading), None)
    return f" ({heading})" if heading and "." in section else ""
