"""Marks that a subsection gives for one thing: how far a law is enforced, whether penalties deter.

Only a step on the ladder for the same thing is a change: marks are joined by linked sentences, else by subsection
where both years give one mark only. Two yardsticks of one group ("sufficient to deter", "commensurate with") are
never read as a step: good to good and bad to bad are no change, anything else is unclear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from diffing.judging.evidence import Evidence, compare
from diffing.judging.strength import share_of
from diffing.language.word_lists import any_of
from diffing.model import Doubt, Finding, Narrative, Op, Reason, Rule, Verdict
from diffing.profile import Level, StatedScale

# From this rank of the ladder on (generally enforced) a mark that is given for the first time is praise. Range 2 to 4.
WELL = 3.0

# The share of its rule's weight that such praise has: it may have been so before. Range 0 to 0.5.
PRAISED = 0.3


# The levels of sentences that were read before, by ladder and text.
Known = dict[str, list[Level]]


class Mark(Struct, frozen=True):
    """One mark in one sentence, on one ladder."""

    scale: StatedScale
    level: Level
    sentence: int
    beside: tuple[float, ...] = ()  # the ranks of other marks that the sentence gives: of one law so, of another so


def mark_verdict(old: Mark, new: Mark) -> Verdict:
    """The verdict on two marks of one group: a step on one ladder, or two yardsticks."""
    if old.level.rank is None or new.level.rank is None:
        return Verdict.UNCLEAR
    if old.scale.name == new.scale.name and old.level.firm is not new.level.firm:
        return Verdict.UNCLEAR  # the same mark, and how far it is applied is told in one of the years only
    before, now = {old.level.rank, *old.beside}, {new.level.rank, *new.beside}
    if before & now:
        return Verdict.NO_CHANGE
    moved = compare(old.level.rank, new.level.rank)
    if moved is not compare(min(before), min(now)) or moved is not compare(max(before), max(now)):
        return Verdict.UNCLEAR
    return moved if _one_ladder(old, new) or moved is Verdict.NO_CHANGE else Verdict.UNCLEAR


def _one_ladder(old: Mark, new: Mark) -> bool:
    return old.scale.name == new.scale.name or old.level.firm or new.level.firm


def enforcement_findings(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each pair of marks that answer each other and do not stand there word for word."""
    pair = evidence.pair
    for group in dict.fromkeys(scale.group or scale.name for scale in evidence.judging.ladders):
        scales = [scale for scale in evidence.judging.ladders if (scale.group or scale.name) == group]
        known: Known = {}
        old, new = marks_in(pair.old, scales, known), marks_in(pair.new, scales, known)
        pairs = list(_answers(evidence, old, new))
        yield from _told(evidence, [after for before, after in pairs if before is None])
        for before, after in pairs:
            if before is None:
                continue
            verdict = mark_verdict(before, after)
            yield from evidence.finding(
                Rule.ENFORCEMENT_LEVEL if _one_ladder(before, after) else Rule.ENFORCEMENT_YARDSTICK,
                verdict,
                _summary(before, after, verdict, _where(evidence, after.sentence)),
                old=(before.sentence,),
                new=(after.sentence,),
                reason=Reason(words=after.level.name, sought="the mark for the same thing", found=before.level.name),
                share=share_of(verdict),
                doubt=_doubt(evidence, before, after),
            )


def _answers(
    evidence: Evidence, old: dict[str, list[Mark]], new: dict[str, list[Mark]]
) -> Iterator[tuple[Mark | None, Mark]]:
    """Each mark that does not stand there word for word, with the old one that it answers.

    None where the subsection had no mark the year before.
    """
    pair = evidence.pair
    by_old = {mark.sentence: mark for marks in old.values() for mark in marks}
    for section, marks in new.items():
        rest: list[Mark] = []
        taken: set[int] = set()
        for mark in marks:
            number = pair.new_links.get(mark.sentence)
            # a link across subsections joins marks of two laws
            linked = pair.links[number].old if number is not None else ()
            befores = [by_old[i] for i in linked if i in by_old and pair.old.sentence_sections[i] == section]
            if number is not None and pair.ops[number] is Op.EQUAL:
                taken.update(pair.links[number].old)
            elif befores:
                taken.add(befores[0].sentence)
                yield befores[0], mark
            else:
                rest.append(mark)
        left = [mark for mark in old.get(section, []) if mark.sentence not in taken]
        # a mark is joined by subsection only where each year gives one there: two marks may be of two laws
        if len(rest) == len(left) == len(marks) == len(old.get(section, [])) == 1:
            yield left[0], rest[0]
        elif rest and section not in old:
            yield None, rest[0]


def _doubt(evidence: Evidence, old: Mark, new: Mark) -> Doubt | None:
    """Why a step may be none: marks of two groups, one praise for another, or one blame."""
    if not _one_scope(evidence, old, new):
        return Doubt.UNLIKE
    fine = {(mark.level.rank or 0.0) >= WELL for mark in (old, new)}
    graded = max(level.rank or 0.0 for level in new.scale.levels) >= WELL
    if graded and len(fine) == 1:
        return Doubt.HARDLY
    return evidence.reworded(Rule.ENFORCEMENT_LEVEL, (old.sentence,), (new.sentence,))


def _one_scope(evidence: Evidence, old: Mark, new: Mark) -> bool:
    """Whether two marks are of the same workers, and of penalties both or none."""
    told = (evidence.pair.old.sentences[old.sentence].text, evidence.pair.new.sentences[new.sentence].text)
    groups = (any_of((group,)) for group in evidence.judging.words.get("marked_apart", ()))
    return all(bool(group.search(told[0])) is bool(group.search(told[1])) for group in groups)


def marks_in(narrative: Narrative, scales: list[StatedScale], known: Known | None = None) -> dict[str, list[Mark]]:
    """The marks of a narrative on some ladders, by subsection; of one sentence the first ladder's that it stands on.

    `known` are the marks of sentences read before, most of which stand in both years.
    """
    known = {} if known is None else known
    found: dict[str, list[Mark]] = defaultdict(list)
    looked = [
        (scale, tuple(form for word in scale.about.split("|") for form in (word, word.capitalize())), scale.sections)
        for scale in scales
    ]
    for number, (sentence, section) in enumerate(zip(narrative.sentences, narrative.sentence_sections, strict=True)):
        text = sentence.text
        for scale, about, sections in looked:
            if not any(word in text for word in about):
                continue
            if sections and section.partition(".")[0] not in sections:
                continue
            key = f"{scale.name}\n{text}"
            if key not in known:
                known[key] = _levels(scale, text)
            if levels := known[key]:
                first, *others = levels
                found[section].append(Mark(scale, first, number, tuple(o.rank for o in others if o.rank is not None)))
                break
    return found


def _levels(scale: StatedScale, text: str) -> list[Level]:
    """The levels that a sentence gives: the first that fits, and those that other words of it give."""
    found: list[Level] = []
    taken: list[tuple[int, int]] = []
    for level in scale.levels:
        match = level.pattern.regex.search(text)
        if match and all(match.end() <= start or match.start() >= end for start, end in taken):
            found.append(level)
            taken.append(match.span())
    return found


def _told(evidence: Evidence, marks: list[Mark]) -> Iterator[Finding]:
    """Praise, or a mark of penalties, where there was none: without direction, for it may have been so before."""
    for mark in [mark for mark in marks if mark.scale.group or (mark.level.rank or 0) >= WELL]:
        yield from evidence.finding(
            Rule.ENFORCEMENT_TOLD,
            Verdict.UNCLEAR,
            f"{mark.scale.title}{_where(evidence, mark.sentence)}: {mark.level.name}; "
            f"the {evidence.pair.old.year} report gave no mark here.",
            new=(mark.sentence,),
            share=PRAISED,
            reason=Reason(words=mark.level.name, sought="a mark for the same thing in the subsection"),
        )


def _where(evidence: Evidence, sentence: int) -> str:
    """The subsection's heading, in brackets, to tell one law's mark from another's; empty where it has none."""
    key = evidence.pair.new.sentence_sections[sentence]
    if "." not in key:
        return ""
    heading = next((s.heading for s in evidence.pair.new.sections if s.key == key and s.heading), None)
    return f" ({heading})" if heading else ""


def _summary(old: Mark, new: Mark, verdict: Verdict, where: str) -> str:
    title = new.scale.title + where
    if not _one_ladder(old, new):
        same = "the same mark on" if verdict is Verdict.NO_CHANGE else "marks that can't be compared, on"
        return f"{title}: {same} another yardstick ({old.level.name}, now {new.level.name})."
    if old.level.name == new.level.name:
        return f"{title}: still {new.level.name}."
    if verdict is Verdict.NO_CHANGE:
        return f"{title}: no step, {old.level.name} before and {new.level.name} now."
    return f"{title}: {new.level.name}, before {old.level.name}."
