"""Changes of the edition: the same edit in many countries at once is said once, not as a finding in each.

`edit_signatures` takes what one pair's links say that other pairs may say too: a phrase swapped, a clause added or
gone, a section renamed, a label missing. `editorial_changes` counts them over the year's countries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from diffing.judging.ladders import marks_in
from diffing.language.stems import stems
from diffing.language.words import plain_words
from diffing.model import EditorialChange, Finding, Narrative, Op, Pair, Rule, SentenceKind

Edit = tuple[str, str | None, str | None]

# An edit of more than this share of the countries is the edition's. Range 0.08 to 0.5; at 0.05 the common edits of
# one word ("the" lost) come up, at 0.3 stock phrases that each country words a little differently are missed.
EDITORIAL_SHARE = 0.12

# And of at least this many countries: two that share a writer are no edition. Range 3 to 20.
EDITORIAL_COUNTRIES = 5

# The longest phrase, in words, that can be stock. Range 4 to 12; longer ones are facts.
PHRASE_WORDS = 8

# A swapped phrase is also counted by its first words, since its end differs from country to country ("commensurate
# with those for ..."). Range 2 to 4.
STEM_WORDS = 3

# A longer phrase is said instead of the shorter that it holds, from this share of the shorter's count on.
WHOLE_SHARE = 0.8


def edit_signatures(pair: Pair) -> frozenset[Edit]:
    """What a pair's links say that other countries' may say too: (kind, old text, new text), small and hashable."""
    found = {*_phrases(pair), *_yardsticks(pair)}
    for link in pair.sections:
        old = pair.old.sections[link.old].heading if link.old is not None else None
        new = pair.new.sections[link.new].heading if link.new is not None else None
        if _plain(old) != _plain(new):
            found.add(("section", old, new))
    olds, news = _labels(pair.old), _labels(pair.new)
    if olds or news:
        found.update(("label", label, None) for label in olds - news)
        found.update(("label", None, label) for label in news - olds)
    return frozenset(found)


def editorial_changes(
    signatures: Sequence[Iterable[Edit]], old_year: int, new_year: int
) -> tuple[EditorialChange, ...]:
    """The changes that more than a named share of the countries have, most common first."""
    countries = len(signatures)
    if countries < EDITORIAL_COUNTRIES:
        return ()
    least = max(EDITORIAL_COUNTRIES, EDITORIAL_SHARE * countries)
    counts = Counter(edit for edits in signatures for edit in set(edits))
    common = sorted(
        ((edit, count) for edit, count in counts.items() if count >= least),
        key=lambda item: (-item[1], item[0][0], item[0][1] or "", item[0][2] or ""),
    )
    kept: list[tuple[Edit, int]] = []
    for edit, count in common:
        if any(_within(edit, other) and n >= WHOLE_SHARE * count for other, n in common if other != edit):
            continue
        if any(_within(other, edit) for other, _ in kept):
            continue
        kept.append((edit, count))
    return tuple(
        EditorialChange(
            old_year=old_year,
            new_year=new_year,
            kind=kind,
            old_text=old,
            new_text=new,
            countries=count,
            share=round(count / countries, 3),
        )
        for (kind, old, new), count in kept
    )


def without_editorial(
    pair: Pair, findings: Iterable[Finding], editorial: Sequence[EditorialChange] | None
) -> tuple[Finding, ...]:
    """The findings less those that only say a change of the edition.

    A finding says no more where the one thing that its two texts differ in is the edition's, or where it rests on a
    yardstick that the edition swapped.
    """
    phrases = [(e.old_text, e.new_text) for e in editorial or () if e.kind == "phrase"]
    if not phrases:
        return tuple(findings)
    return tuple(finding for finding in findings if not _only_editorial(pair, finding, phrases))


def _only_editorial(pair: Pair, finding: Finding, phrases: Sequence[tuple[str | None, str | None]]) -> bool:
    if not finding.old_text or not finding.new_text:
        return False
    if finding.rule is Rule.ENFORCEMENT_YARDSTICK:
        told = {scale.phrase or scale.about for scale in pair.new.profile.judging.ladders if scale.group}
        return any(a and b and any(t in a for t in told) and any(t in b for t in told) for a, b in phrases)
    old, new = _plain(finding.old_text) or "", _plain(finding.new_text) or ""
    said = [(a, b) for a, b in phrases if (not a or a in old) and (not b or b in new)]
    if not said:
        return False
    number = pair.new_links.get(finding.new_sentences[0]) if finding.new_sentences else None
    if number is None or number >= len(pair.edits) or pair.links[number].old != finding.old_sentences:
        return False
    swapped = set(_of_edits(pair, number))
    return bool(swapped) and all(any(_covers((a, b), edit) for a, b in said) for edit in swapped)


def _covers(phrase: tuple[str | None, str | None], edit: Edit) -> bool:
    return all((said or "").startswith(start or "") for start, said in zip(phrase, edit[1:], strict=True))


def _phrases(pair: Pair) -> Iterator[Edit]:
    for number, op in enumerate(pair.ops):
        if op is not Op.EQUAL and number < len(pair.edits):
            for edit in _of_edits(pair, number):
                _, old, new = edit
                yield edit
                if old and new:
                    yield ("phrase", _first(old), _first(new))


def _yardsticks(pair: Pair) -> Iterator[Edit]:
    """The words of one yardstick that gave way to another's in a subsection, however the sentences were put."""
    ladders = pair.new.profile.judging.ladders
    for group in {scale.group for scale in ladders if scale.group}:
        scales = [scale for scale in ladders if scale.group == group]
        old, new = marks_in(pair.old, scales), marks_in(pair.new, scales)
        for section in {mark.section for mark in old} & {mark.section for mark in new}:
            before, after = (
                {mark.scale.phrase or mark.scale.about for mark in marks if mark.section == section}
                for marks in (old, new)
            )
            for gone in before - after:
                for come in after - before:
                    yield ("phrase", gone, come)


def _of_edits(pair: Pair, number: int) -> Iterator[Edit]:
    """Each swap, addition and loss of a link as plain phrases; long ones and those with numbers are facts."""
    removed: str | None = None
    for edit in (*pair.edits[number], None):
        if edit is not None and edit.op is Op.REMOVED:
            removed = edit.text
            continue
        added = edit.text if edit is not None and edit.op is Op.ADDED else None
        if added is not None or removed is not None:
            old, new = _plain(removed), _plain(added)
            if old != new and _stock(old) and _stock(new) and stems(f"{old or ''} {new or ''}"):
                yield ("phrase", old, new)
            removed = None


def _stock(phrase: str | None) -> bool:
    if phrase is None:
        return True
    return phrase.count(" ") < PHRASE_WORDS and not any(c.isdigit() for c in phrase)


def _first(phrase: str) -> str:
    return " ".join(phrase.split(" ")[:STEM_WORDS])


def _plain(text: str | None) -> str | None:
    """The words of a text in lower case; None where there are none."""
    return " ".join(plain_words(text)) or None if text else None


def _within(edit: Edit, other: Edit) -> bool:
    """Whether all that one edit says the other says too."""
    return edit[0] == other[0] == "phrase" and all(
        (a is None and b is None) or (a is not None and b is not None and f" {a} " in f" {b} ")
        for a, b in zip(edit[1:], other[1:], strict=True)
    )


def _labels(narrative: Narrative) -> frozenset[str]:
    keys = {rule.key for rule in narrative.profile.sections if rule.labels}
    return frozenset(
        sentence.text.partition(":")[0]
        for _, sentence, key in narrative.placed
        if key in keys and sentence.kind is SentenceKind.LABEL
    )
