"""What the report itself says has grown, shrunk or begun among the harms that its background section describes.

That section tells of the state of the crime and of no deed of the government, so that nothing in it is news by itself;
but where it says that more are harmed than before, or that a harm began in the period, that is the report's own word.
"""

from __future__ import annotations

from collections.abc import Iterator

from diffing.judging.evidence import Evidence, Passage, compare
from diffing.judging.quoting import quoted, whole_clause
from diffing.judging.strength import TOLD_IN_NUMBERS
from diffing.language.event_times import years_in
from diffing.language.stems import stems
from diffing.language.word_lists import pieces
from diffing.model import Finding, Reason, Rule

# From this share of its words on, rare words weighing more, the old text tells the like. Range 0.5 to 0.9.
DESCRIBED_BEFORE = 0.6


def described_findings(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each new sentence of the background that says of a harm that it grew, shrank or began."""
    for passage in evidence.passages:
        if passage.section not in evidence.judging.background or not passage.new or passage.is_label:
            continue
        for j in passage.new:
            said = _moved(evidence, passage, j) or _begun(evidence, j)
            if said is None:
                continue
            way, start, words = said
            text = evidence.pair.new.sentences[j].text
            yield from evidence.finding(
                Rule.COMPARED,
                compare(0, way),
                f"The {evidence.pair.new.year} report describes: “{whole_clause(text, start)}”.",
                old=passage.old,
                new=(j,),
                share=TOLD_IN_NUMBERS,
                reason=Reason(words=quoted(words), sought="the same of the same harm"),
            )


def _moved(evidence: Evidence, passage: Passage, j: int) -> tuple[int, int, str] | None:
    """Which way a harm moved by the report's word, where that stands and in which words; None where it says no such."""
    text = evidence.pair.new.sentences[j].text
    newest = max(years_in(text), default=evidence.period)
    if newest < evidence.period - 1 or evidence.first("of_many_years", text):
        return None
    for way, name in ((-1, "harm_grows"), (1, "harm_shrinks")):
        for piece in pieces(text):
            moved = evidence.first(name, piece.text)
            if moved is None or evidence.first("harms_described", piece.text) is None:
                continue
            before = evidence.old_told.nearest(stems(piece.text), evidence.old_facts)[1]
            again = moved.group().lower() in passage.old_text.lower()
            if not again and (passage.old or before < DESCRIBED_BEFORE):
                return way, piece.start + moved.start(), moved.group()
    return None


def _begun(evidence: Evidence, j: int) -> tuple[int, int, str] | None:
    """The harm that is done since the period: "since late 2019, have also forced girls to beg"."""
    for event in evidence.said(j).events:
        harm = event.took_place and event.direction < 0
        if harm and event.since is not None and event.since >= evidence.period and "have" in event.text.split():
            return -1, event.start, event.text
    return None
