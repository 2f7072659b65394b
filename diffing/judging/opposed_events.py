"""What one text denies of a thing and the other affirms, by deed and object, whatever the sentences' other words.

"The law does not prohibit spousal rape" is answered by "a code of June criminalizes spousal rape, with penalties of up
to 12 years", though the two share two words in ten.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from diffing.judging.contrasts import of_parts
from diffing.judging.events import PEOPLE, SAME_OBJECT, Events, PlacedEvent
from diffing.judging.evidence import Evidence, compare
from diffing.judging.quoting import quoted
from diffing.language.groups import apart
from diffing.language.stems import overlap_of_shorter
from diffing.model import Finding, Reality, Reason, Rule

_TOLD = frozenset((Reality.DONE, Reality.LAW, Reality.ONGOING))


def opposed_findings(evidence: Evidence, events: Events, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each new event whose deed to the same thing the old text's section denied, or the reverse."""
    pair = evidence.pair
    for frame, told_now in events.new.items():
        before = events.old.get(frame, ())
        if not before or {at.event.polarity for at in told_now} == {at.event.polarity for at in before}:
            continue
        for told in told_now:
            if told.sentence in taken or evidence.stands(told.sentence) or not _tells(told):
                continue
            same = [at for at in before if _of_one_thing(evidence, told, at)]
            against = [at for at in same if at.event.polarity != told.event.polarity and at.section == told.section]
            both = len(against) < len(same) or _also_denied(evidence, told, told_now)
            if not against or both or not _tells(against[0]):
                continue
            affirmed = told.event.affirmed
            old, new = (of.sentences[at.sentence].text for of, at in ((pair.old, against[0]), (pair.new, told)))
            if of_parts(old, new, affirmed, pair.new.profile):
                continue
            yield from evidence.finding(
                Rule.NEGATION,
                compare(int(not affirmed), int(affirmed), told.event.direction),
                f"{'Now said' if affirmed else 'Denied now'}: “{quoted(told.event.text)}”, where the "
                f"{evidence.pair.old.year} report {'denied' if affirmed else 'said'} it.",
                old=(against[0].sentence,),
                new=(told.sentence,),
                reason=Reason(
                    words=quoted(told.event.text),
                    sought="the same deed to the same thing",
                    found=quoted(evidence.text_of((against[0].sentence,), True) or ""),
                    of="law" if told.event.reality is Reality.LAW else told.event.object_class,
                ),
            )


def _tells(at: PlacedEvent) -> bool:
    """Whether an event is told as done, or as the law, of a thing that it is better or worse to do it to.

    What befalls people goes by how many and for what, not by one case.
    """
    event = at.event
    told = event.reality in _TOLD and event.object_class not in PEOPLE and not (event.alleged or event.example)
    return told and bool(event.direction and at.object)


def _of_one_thing(evidence: Evidence, told: PlacedEvent, before: PlacedEvent) -> bool:
    one, other = told.event, before.event
    if one.object_class != other.object_class or overlap_of_shorter(told.object, before.object) < SAME_OBJECT:
        return False
    return not apart(one.text, other.text, evidence.pair.new.profile)


def _also_denied(evidence: Evidence, told: PlacedEvent, among: Iterable[PlacedEvent]) -> bool:
    """Whether the new text tells the deed both ways."""
    return any(at.event.polarity != told.event.polarity and _of_one_thing(evidence, told, at) for at in among)
