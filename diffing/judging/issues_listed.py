"""The summary's own list of human rights issues: which entries it gained and which it lost.

An entry that is new in the list need not be new in the country, and one that is gone need not be over: the report's
authors choose what they list. So what changed in the list is shown, with both sentences, and claims no direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from diffing.judging.evidence import OVERVIEWS, Evidence
from diffing.judging.likeness import ByWords
from diffing.judging.quoting import quoted
from diffing.language.list_items import entries
from diffing.language.stems import stems
from diffing.model import Finding, Narrative, Reason, Rule, Verdict
from diffing.model.printed_numbers import spelled

# From this share of an entry's words on, rare words weighing more, another entry is of the same issue. Range 0.4 to
# 0.8; lower hides an entry behind another of the same kind, higher takes one put otherwise for a new one.
SAME_ISSUE = 0.6

# So many entries are quoted on each side; how many more there are is said. Range 2 to 6.
QUOTED_ENTRIES = 4


class IssuesList(Struct, frozen=True):
    """The issues that a narrative's summary lists, and the sentences that do; `none` where it says there were none."""

    entries: tuple[str, ...]
    sentences: tuple[int, ...]
    none: bool


def issues_list(evidence: Evidence, narrative: Narrative) -> IssuesList:
    """The list of a narrative's summary, in the order of the text; empty where the family's summary has none."""
    listed: list[str] = []
    sentences: list[int] = []
    none = False
    for index, sentence, key in narrative.placed:
        if key not in OVERVIEWS:
            continue
        if (match := evidence.first("issues_listed", sentence.text)) is not None:
            listed += entries(sentence.text[match.end() :].lstrip(": "))
            sentences.append(index)
        elif evidence.first("no_issues", sentence.text):
            none = True
            sentences.append(index)
    return IssuesList(tuple(listed), tuple(sentences), none and not listed)


def issues_findings(evidence: Evidence) -> Iterator[Finding]:
    """One finding for what the list gained and lost; none where one of the two narratives has no such list."""
    pair = evidence.pair
    old, new = issues_list(evidence, pair.old), issues_list(evidence, pair.new)
    if not (old.entries and new.entries) and not (old.none and new.entries) and not (old.entries and new.none):
        return
    gained, lost = _without(new.entries, old.entries), _without(old.entries, new.entries)
    if not gained and not lost:
        return
    year = pair.old.year
    if new.none:
        said = f"The summary names no issue now; the {year} report listed {spelled(len(old.entries))}."
    elif old.none:
        count = len(new.entries)
        issues = f"{spelled(count)} issue{'s' if count > 1 else ''}"
        said = f"The summary lists {issues} now: {_some(gained)}; in {year} it named none."
    else:
        said = "; ".join(
            (*([f"now {_some(gained)}"] if gained else []), *([f"no longer {_some(lost)}"] if lost else []))
        )
        said = f"The summary's list of issues: {said}."
    yield from evidence.finding(
        Rule.ISSUES_LISTED,
        Verdict.UNCLEAR,
        said,
        old=old.sentences,
        new=new.sentences,
        reason=Reason(
            words="; ".join(gained),
            sought="an entry of the same issue in the old list",
            because="a list is what its authors chose to name",
        ),
    )


def _without(of: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The entries that no known one tells: not by most of its words, nor as the narrower or wider of the two."""
    told = ByWords(known)
    everything = frozenset().union(*told.stems)

    def is_known(words: frozenset[str]) -> bool:
        wider = any(other and other <= words for other in told.stems)
        return wider or words <= everything or told.nearest(words)[1] >= SAME_ISSUE

    return tuple(entry for entry in of if not is_known(stems(entry)))


def _some(listed: Sequence[str]) -> str:
    more = len(listed) - QUOTED_ENTRIES
    said = ", ".join(f"“{quoted(entry)}”" for entry in listed[:QUOTED_ENTRIES])
    return f"{said} and {spelled(more)} more" if more > 0 else said
