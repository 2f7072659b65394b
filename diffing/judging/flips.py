"""One lost "not": a linked sentence that affirms what the old one denied, or the reverse.

>>> sorted(denials("The law does not prohibit night work and provides for rest.").items())
[('prohibit', False), ('provide', True)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from diffing.judging.clauses import overlap, stems
from diffing.judging.evidence import Evidence, compare
from diffing.model import Finding

# Two sentences say one thing but for the negation only where they share this much of their words. Range 0.4 to 0.9.
SAME_THING = 0.5

_VERB = (
    r"(?P<not>\b(?:(?:does|do|did|has|have|had|is|are|was|were|will)(?: not|n[’']t)|failed to|fails to|no)\s+"
    r"(?:\w+ly\s+|yet\s+|always\s+|been\s+)?)?\b(?P<verb>{verbs})(?:s|es|ed|d|ing)?\b"
)


_NOT = re.compile(r"\bnot?\b|n[’']t\b|\bfail")


@lru_cache(maxsize=8)
def _verb(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_VERB.format(verbs="|".join(verbs)), re.IGNORECASE)


_DEFAULT = ("prohibit", "provide", "protect")


def denials(text: str, verbs: tuple[str, ...] = _DEFAULT) -> dict[str, bool]:
    """Each of `verbs` in the text: affirmed (True) or denied; a verb that is both is left out."""
    found: dict[str, bool] = {}
    both: set[str] = set()
    for match in _verb(verbs).finditer(text):
        verb, affirmed = match["verb"].lower(), match["not"] is None
        if found.setdefault(verb, affirmed) != affirmed:
            both.add(verb)
    return {verb: affirmed for verb, affirmed in found.items() if verb not in both}


def flip_findings(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each linked passage in which a verb of safeguards lost or gained its negation."""
    verbs = evidence.judging.words.get("safeguarding", ())
    if not verbs:
        return
    for passage in evidence.passages:
        if passage.old_text is None or passage.new_text is None or evidence.is_recommendation(passage.section):
            continue
        if len(_NOT.findall(passage.old_text)) == len(_NOT.findall(passage.new_text)):
            continue
        old, new = denials(passage.old_text, verbs), denials(passage.new_text, verbs)
        flipped = [verb for verb in old if verb in new and old[verb] != new[verb]]
        if not flipped:
            continue
        shared = overlap(stems(passage.old_text), stems(passage.new_text))
        if shared < SAME_THING:
            continue
        verb = flipped[0]
        yield from evidence.finding(
            "negation",
            compare(int(old[verb]), int(new[verb])),
            f"{'Now said' if new[verb] else 'No longer said'}: “{verb}”, where the {evidence.pair.old.year} report "
            f"{'denied' if new[verb] else 'said'} it.",
            old=passage.old,
            new=passage.new,
        )
