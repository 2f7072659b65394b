"""What a rule allows or asks for in one text and not in the other: permissions, and what people had to have.

"The ministry did not permit monitors to visit" is answered by "The law allows monitors to visit"; "Women needed a
permit to travel" by "Parliament abolished the permit".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from diffing.judging.evidence import Evidence, compare
from diffing.judging.quoting import quoted
from diffing.language.analysis import Analysis, analyse
from diffing.language.constituents import Phrase
from diffing.language.stems import stems
from diffing.model import Finding, Reason, Rule, Verdict
from diffing.profile import Profile

_ABLE = frozenset(("could", "can", "may"))


def permission_findings(evidence: Evidence, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each of the linked passages that allows what was not allowed, or the reverse, or that ends what
    people needed; those with a sentence `taken` left out."""
    profile = evidence.pair.new.profile
    for passage in evidence.fresh(taken):
        old, new = passage.texts
        before, now = _allowed(old, profile), _allowed(new, profile)
        if before and now and before[0] is not now[0] and before[1] & now[1]:
            allowed = now[0]
            yield from evidence.finding(
                Rule.NEGATION,
                compare(int(not allowed), int(allowed)),
                f"{'Allowed' if allowed else 'Not allowed'} now, where the {evidence.pair.old.year} report said the "
                f"contrary: “{quoted(new)}”.",
                old=passage.old,
                new=passage.new,
                reason=Reason(sought="the same permission", found=quoted(old)),
            )
            continue
        needed, spared = zip(_needed(old, profile), _needed(new, profile), strict=True)
        for burden, verdict, said in (
            (needed[0] & (spared[1] | _ended(new, profile)), Verdict.PROGRESS, "Needed no more"),
            (needed[1] & spared[0], Verdict.BACKSLIDING, "Needed now"),
        ):
            if burden:
                yield from evidence.finding(
                    Rule.LAW_UNDONE,
                    verdict,
                    f"{said}: “{quoted(new)}”.",
                    old=passage.old,
                    new=passage.new,
                    reason=Reason(words=" ".join(sorted(burden)), sought="what people needed", found=quoted(old)),
                )


def _allowed(text: str, profile: Profile) -> tuple[bool, frozenset[str]] | None:
    """Whether the text allows something that is good to allow, and the stems of what it is."""
    for sentence in text.split("\n"):
        said = analyse(sentence, profile)
        for clause in said.clauses[:1]:  # what the sentence tells, and nothing in passing
            allows = clause.verb.lemma in profile.grammar["allowing"]
            if not allows and clause.verb.lemma not in profile.grammar["refusing"]:
                continue
            kinds = [t for noun in clause.patients for t in said.things_of(noun) if t.first <= noun.head]
            worths = {"person" if thing.name == "international" else thing.worth for thing in kinds}
            if not worths & {"protection", "person", "right"} or worths & {"offender", "violation"}:
                continue
            led = [noun for other in said.clauses if other.leader is clause for noun in other.objects]
            behind = [noun for _, noun in clause.preps]
            return clause.verb.denied is not allows, _named(sentence, [*clause.patients, *led, *behind])
    return None


def _needed(text: str, profile: Profile) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of what people need to have by a rule, and of what they do not: "could travel without a permit"."""
    said = analyse(text.partition("\n")[0], profile)
    needing = profile.grammar["needing"]
    found: dict[bool, list[Phrase]] = {True: [], False: []}
    for clause in said.clauses[:1]:
        if clause.verb.lemma in needing and (not clause.subjects or _people(said, clause.subjects)):
            found[not clause.verb.denied] += clause.objects
        elif not _ABLE.isdisjoint(clause.verb.words):
            found[clause.verb.denied] += [noun for prep, noun in clause.preps if prep == "without"]
    return _named(said.text, found[True]), _named(said.text, found[False])


def _people(said: Analysis, nouns: Iterable[Phrase]) -> bool:
    """Whether some nouns are people: what a law requires of others is no burden of theirs."""
    return any(thing.worth == "person" for noun in nouns for thing in said.things_of(noun))


def _ended(text: str, profile: Profile) -> frozenset[str]:
    """The stems of what was ended."""
    said = analyse(text.partition("\n")[0], profile)
    ends = {verb for row in profile.predicates if row.name == "end" for verb in row.verbs}
    done = [c for c in said.clauses if c.verb.lemma in ends and not c.verb.denied]
    return _named(said.text, [noun for clause in done for noun in clause.patients])


def _named(text: str, nouns: Iterable[Phrase]) -> frozenset[str]:
    """The stems of some nouns."""
    return stems(" ".join(text[noun.start : noun.end] for noun in nouns))
