"""The report's own summing up: what it lists among the period's efforts is the report's word that it was done.

"These efforts included convicting more traffickers and adopting an action plan" says of each item that it is an
effort of this period. An item is news where the report itself says that there was more of it or that it was the first,
or where the old narrative does not tell the like; what only went on is none.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from msgspec import Struct

from diffing.judging.evidence import OVERVIEWS, Evidence, compare
from diffing.judging.quoting import quoted
from diffing.language.comparisons import comparisons, contrasted, is_first
from diffing.language.list_items import items
from diffing.language.standing import standings
from diffing.language.stems import stems
from diffing.language.word_lists import first_of
from diffing.model import Finding, Reason, Rule, Verdict

# From this share of an item's words on, rare words weighing more, an old sentence tells the like. Range 0.4 to 0.8;
# lower hides new efforts of an old kind, higher takes what goes on for new.
TOLD_BEFORE = 0.6

# Where a country stands with the law's standards is its tier's matter.
_OF_THE_STANDARDS = frozenset(("meet", "comply"))


class Item(Struct, frozen=True):
    """One thing that is listed, and why it is news: the old sentence that is nearest, and how much of it that tells."""

    text: str
    compared: bool
    nearest: int
    share: float

    @property
    def news(self) -> bool:
        """Whether the old narrative does not tell the like."""
        return self.compared or self.share < TOLD_BEFORE


def overview_findings(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each sentence of the new narrative that lists efforts of the period, some of them news."""
    efforts = dict(listed_efforts(evidence))
    yield from _summed_up(evidence, efforts.keys())
    for j, listed in efforts.items():
        if evidence.stands(j):
            continue
        found = [item for item in (_item(evidence, text) for text in listed) if item is not None and item.news]
        if not found:
            continue
        olds = tuple(dict.fromkeys(i.nearest for i in found if i.nearest >= 0 and i.share >= TOLD_BEFORE / 2))
        sought = "; ".join(item.text for item in found)
        near = evidence.text_of(olds, True)
        yield from evidence.finding(
            Rule.OVERVIEW,
            Verdict.PROGRESS,
            f"The {evidence.pair.new.year} report names among the efforts: “{sought}”.",
            old=olds[:1],
            new=(j,),
            reason=Reason(words=sought, sought="the like of it anywhere", found=f"at most “{near}”" if near else ""),
        )


def _summed_up(evidence: Evidence, listed: Container[int]) -> Iterator[Finding]:
    """A finding for each other sentence of the overview whose deeds go one way, and of which the old text says nothing.

    A list of failings is read with the sentence that opens it.
    """
    opening = evidence.judging.words.get("failings_listed", ())
    pair = evidence.pair.new
    about = tuple(scale.about for scale in evidence.judging.stated if scale.about)
    states = frozenset(pair.profile.grammar.get("standing_states", ()))
    for j, sentence, key in pair.placed:
        if not opening or j in listed or key not in OVERVIEWS or evidence.stands(j):
            continue
        if about and first_of(about, sentence.text):
            continue  # where the country stands is told by itself
        told = standings(said := evidence.said(j))
        told = tuple(one for one in told if not one.earlier and one.verb not in _OF_THE_STANDARDS)
        same = {one.verb for one in told if one.same or one.verb.startswith("remain")}
        if not any(one.kind == "main" and one.verb.lemma not in same for one in said.clauses):
            told = tuple(one for one in told if one.verb not in same)  # it stood so before
        fewer = [sentence.text[c.start : c.end] for c in comparisons(sentence.text, pair.profile) if c.way < 0]
        less = {one for one in told if not one.denied and any(words in one.words for words in fewer)}
        signs = {-one.sign if one in less else one.sign for one in told if one in less or not one.plain or one.changed}
        if len(signs) != 1 or states.issuperset(one.verb for one in told):
            continue
        if evidence.old_told.nearest(stems(sentence.text))[1] >= TOLD_BEFORE:
            continue
        opened = j > 0 and first_of(opening, pair.sentences[j - 1].text) is not None
        yield from evidence.finding(
            Rule.OVERVIEW,
            compare(0, signs.pop()),
            f"The {pair.year} report sums up: “{quoted(sentence.text)}”.",
            new=(j - 1, j) if opened else (j,),
            reason=Reason(sought="the like of it anywhere"),
        )


def listed_efforts(evidence: Evidence) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The sentences that list efforts of the period, each with its items.

    The list begins behind the profile's words for it; the sentences behind it go on with it until one turns against
    it or the section ends.
    """
    pair, section = evidence.pair.new, None
    for j, sentence, key in pair.placed:
        match = evidence.first("efforts_listed", sentence.text) if key in OVERVIEWS else None
        if match is not None:
            section = key
            yield j, items(sentence.text[match.end() :])
        elif section is not None and (key != section or contrasted(sentence.text, pair.profile)):
            section = None
        elif section is not None:
            yield j, (sentence.text.rstrip("."),)


def _item(evidence: Evidence, text: str) -> Item | None:
    profile = evidence.pair.new.profile
    if evidence.read(text).may_deny or evidence.first("going_on", text):
        return None
    told = comparisons(text, profile)
    if any(one.way < 0 for one in told):
        return None
    compared = bool(told) or is_first(text, profile) or bool(evidence.first("more_effort", text))
    nearest, share = evidence.old_told.nearest(stems(text))
    return Item(text, compared, nearest, share)
