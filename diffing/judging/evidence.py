"""What a pair has to say, laid out once for all rules: its changed passages, and how a finding is made of them.

Only passages that are not equal are kept: a sentence that stands there word for word says nothing new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from diffing.judging.clauses import Told
from diffing.model import Finding, Op, Pair, Verdict
from diffing.profile import RuleSwitch

TURNED = {Verdict.PROGRESS: Verdict.BACKSLIDING, Verdict.BACKSLIDING: Verdict.PROGRESS}
_ON = RuleSwitch()
OVERVIEWS = frozenset({"overview", "assessment", "summary"})
_LABEL = re.compile(r"[A-Z][A-Za-z ]{2,40}: ")


def turned(verdict: Verdict) -> Verdict:
    """The verdict with progress and backsliding exchanged; the others stay."""
    return TURNED.get(verdict, verdict)


def compare(old: float, new: float, polarity: int = 1) -> Verdict:
    """The verdict on a move from `old` to `new` where a rise is better (1), worse (-1) or neither (0)."""
    if old == new:
        return Verdict.NO_CHANGE
    sign = (1 if new > old else -1) * polarity
    return Verdict.PROGRESS if sign > 0 else Verdict.BACKSLIDING if sign < 0 else Verdict.UNCLEAR


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences that answer each other and are not equal, or a sentence alone.

    `added` and `removed` are the runs of words that one side has and the other has not, as printed.
    """

    op: Op
    section: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    old_text: str | None
    new_text: str | None
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def is_label(self) -> bool:
        """Whether the new text is a line ``Label: value``."""
        return self.new_text is not None and _LABEL.match(self.new_text) is not None


class Evidence:
    """A pair with its changed passages; makes findings whose texts are the narratives' own."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.judging = pair.new.profile.judging
        self._wishes: dict[str, bool] = {}
        self.period = pair.new.profile.reporting_period(pair.new.year)

    @cached_property
    def old_told(self) -> Told:
        """The old narrative's sentences by their words."""
        return Told([sentence.text for sentence in self.pair.old.sentences])

    @cached_property
    def new_told(self) -> Told:
        """The new narrative's sentences by their words."""
        return Told([sentence.text for sentence in self.pair.new.sentences])

    def is_overview(self, section: str | None) -> bool:
        """Whether a section sums up the others, so that what it tells is told again below."""
        return section in OVERVIEWS

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage that is not equal: the new narrative's in its order, then what was removed."""
        pair = self.pair
        old_sections, new_sections = pair.old.sentence_sections, pair.new.sentence_sections
        found: list[Passage] = []
        seen: set[int] = set()
        for j, sentence in enumerate(pair.new.sentences):
            number = pair.new_links.get(j)
            if number is None:
                text = sentence.text
                found.append(Passage(Op.ADDED, new_sections[j], (), (j,), None, text, (text,), ()))
            elif number not in seen and pair.ops[number] is not Op.EQUAL:
                seen.add(number)
                link = pair.links[number]
                edits = pair.edits[number] if number < len(pair.edits) else ()
                old_text, new_text = self.text_of(link.old, True), self.text_of(link.new, False)
                added = tuple(e.text for e in edits if e.op is Op.ADDED and e.text.strip())
                removed = tuple(e.text for e in edits if e.op is Op.REMOVED and e.text.strip())
                found.append(
                    Passage(pair.ops[number], new_sections[j], link.old, link.new, old_text, new_text, added, removed)
                )
        for i, sentence in enumerate(pair.old.sentences):
            if i not in pair.old_links:
                text = sentence.text
                found.append(Passage(Op.REMOVED, old_sections[i], (i,), (), text, None, (), (text,)))
        return tuple(found)

    def text_of(self, indices: Iterable[int], old: bool) -> str | None:
        """The exact sentences, joined by a line break; None where there are none."""
        sentences = (self.pair.old if old else self.pair.new).sentences
        texts = [sentences[i].text for i in indices]
        return "\n".join(texts) if texts else None

    def is_recommendation(self, section: str) -> bool:
        """Whether the sentences of a section are wishes and not facts."""
        known = self._wishes.get(section)
        if known is None:
            rule = self.pair.new.profile.section(section)
            known = self._wishes[section] = rule is not None and rule.recommendations
        return known

    def switch(self, rule: str) -> RuleSwitch:
        """What the profile says of a rule; its name ends at the first colon, what follows is its reason."""
        return self.judging.rules.get(rule.partition(":")[0], _ON)

    def judged(self, rule: str, verdict: Verdict) -> Verdict:
        """The verdict as the profile's polarity of the rule has it."""
        polarity = self.switch(rule).polarity
        if polarity == 1 or verdict not in TURNED:
            return verdict
        return turned(verdict) if polarity == -1 else Verdict.UNCLEAR

    def finding(
        self,
        rule: str,
        verdict: Verdict,
        summary: str,
        *,
        old: tuple[int, ...] = (),
        new: tuple[int, ...] = (),
        share: float = 1.0,
        indicator: str | None = None,
        from_value: float | None = None,
        to_value: float | None = None,
        judged: bool = False,
    ) -> list[Finding]:
        """One finding of `rule` as a list, or none where the profile switched the rule off.

        `share` (0 to 1) of the rule's weight is its strength. The section is that of the evidence, the new
        narrative's where it has some; `judged` says that the verdict is already the profile's.
        """
        switch = self.switch(rule)
        if not switch.on:
            return []
        pair = self.pair
        section = pair.new.sentence_sections[new[0]] if new else pair.old.sentence_sections[old[0]] if old else None
        return [
            Finding(
                country=pair.new.country,
                old_year=pair.old.year,
                new_year=pair.new.year,
                section=section,
                indicator=indicator,
                from_value=from_value,
                to_value=to_value,
                verdict=verdict if judged else self.judged(rule, verdict),
                rule=rule,
                strength=round(switch.weight * share, 3),
                summary=summary,
                old_text=self.text_of(old, True),
                new_text=self.text_of(new, False),
                old_sentences=old,
                new_sentences=new,
            )
        ]
