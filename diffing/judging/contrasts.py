"""Two sentences that answer each other and differ in a denial; and harms of which there were no reports.

>>> from diffing.profile import load_profile
>>> said = polarities(analyse("The law does not prohibit night work and provides for rest.", load_profile("hrr")))
>>> sorted(said.items())
[('prohibit', False), ('provide', True)]
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import pairwise

from diffing.judging.events import PEOPLE, Events, Told
from diffing.judging.evidence import Evidence, Passage, compare, quoted
from diffing.judging.likeness import overlap, stems
from diffing.language.analysis import Analysis, analyse
from diffing.model import Doubt, Event, Finding, Narrative, Reality, Reason, Rule, Verdict

# Two sentences say one thing but for the negation only where they share this much of their words. Range 0.4 to 0.9.
SAME_THING = 0.5

# So many stems two sentences share where one says that there were no reports of what the other tells. Range 1 to 4.
SHARED = 2

_NONE = frozenset(("no", "none", "neither", "nobody"))
# What denies all of a kind: "did not fine any victims", "paid no victim".
_WHOLLY = frozenset(("no", "any", "none", "nobody", "anyone"))


# Clauses whose deeds are told for themselves.
_TOLD_FOR_ITSELF = frozenset(("main", "reported", "conceded", "noun"))


def _value(event: Event) -> int:
    """1 where what an event tells is better, -1 where it is worse."""
    return event.direction if event.polarity == "affirmed" else -event.direction


def _wanting(event: Event) -> bool:
    """Whether it tells that something is not done or is not there."""
    return event.polarity == "denied" or event.predicate in ("lack", "stay_vacant")


def polarities(said: Analysis) -> dict[str, bool | None]:
    """Each verb of a sentence: affirmed (True), denied (False) or both (None); one only aimed at is left out."""
    found: dict[str, bool | None] = {}
    for lemma, affirmed in said.verbs:
        if found.setdefault(lemma, affirmed) != affirmed:
            found[lemma] = None
    return found


class Contrasts:
    """The contrasts of a pair. `verbs` are the profile's lists of lemmas: of safeguards, of deeds, of misdeeds."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.profile = evidence.pair.new.profile
        grammar = self.profile.grammar
        self.alike = {
            verb: first for line in grammar.get("alike", ()) for first, *rest in [line.split()] for verb in rest
        }
        self.deeds_of_harm = frozenset(row.name for row in self.profile.predicates if row.effect == "punish")
        self.harms_alike = [stems(line) for line in grammar.get("harms_alike", ())]
        lists = ("safeguarding", "deeds", "misdeeds", "by_halves")
        self.lists = {name: frozenset(grammar.get(name, ())) for name in lists}

    def read(self, text: str) -> Analysis:
        """The analysis of a sentence."""
        return analyse(text, self.profile)

    def flipped(self, passage: Passage, verbs: frozenset[str], mixed: bool = True) -> list[tuple[str, bool]]:
        """The verbs that one side affirms and the other denies, with what the new side says.

        One that a side affirms of some and denies of others ("social workers used them, but police did not") goes the
        way of what the other side says of all; without `mixed` it is left out, as a law that forbids one thing and
        not another.
        """
        texts = [text or "" for text in (passage.old_text, passage.new_text)]
        if not any(self.read(sentence).may_deny for text in texts for sentence in text.split("\n")):
            return []  # most passages
        old, new = (self._said(text, verbs) for text in texts)
        found = []
        for verb, before in old.items():
            now = new.get(verb, before)
            both = None in (before, now)
            if before != now and (not both or (mixed and "\n" not in f"{passage.old_text}{passage.new_text}")):
                found.append((verb, now if now is not None else not before))
        return found

    def _said(self, text: str, verbs: frozenset[str]) -> dict[str, bool | None]:
        found: dict[str, bool | None] = {}
        for sentence in text.split("\n"):
            for verb, affirmed in polarities(self.read(sentence)).items():
                verb = self.alike.get(verb, verb)
                if verb in verbs:
                    found.setdefault(verb, affirmed)
        return found

    def findings(self) -> Iterator[Finding]:
        """Safeguards that lost or gained their denial, and harms of which there were no reports on one side."""
        yield from self._none_and_some()
        for passage in self.linked():
            flipped = self.flipped(passage, self.lists["safeguarding"], mixed=False)
            if not flipped or self._parts(passage, flipped[0][1]) or self._by_halves(passage, flipped[0][1]):
                continue
            verb, affirmed = flipped[0]
            if not self._one_thing(passage, both=True):
                continue
            told = (passage.new_text if affirmed else passage.old_text) or ""
            yield from self.evidence.finding(
                Rule.NEGATION,
                compare(int(not affirmed), int(affirmed)),
                f"{'Now said' if affirmed else 'No longer said'}: “{self._from(told, verb)}”, where the "
                f"{self.evidence.pair.old.year} report {'denied' if affirmed else 'said'} it.",
                old=passage.old,
                new=passage.new,
                doubt=self._doubt(passage.old, passage.new, verb),
                reason=Reason(words=verb, sought="the same sentence", found=quoted(passage.old_text or "")),
            )

    def deeds(self, taken: Container[int] = ()) -> Iterator[Finding]:
        """Deeds of the state that were denied and are told now, or the reverse. Sentences `taken` are compared."""
        for name, sign in (("deeds", 1), ("misdeeds", -1)):
            for passage in self.linked():
                if any(j in taken for j in passage.new) or passage.is_label:
                    continue
                flipped = self.flipped(passage, self.lists[name])
                if len(flipped) != 1 or not self._one_thing(passage, either=True):
                    continue
                verb, affirmed = flipped[0]
                if not self._negation_moved(passage) or not self._same_object(passage, verb):
                    continue
                if self._by_halves(passage, affirmed) or (sign > 0 and self._restricts(passage)):
                    continue
                if not self._by_the_state(passage) or (sign < 0 and not self._of_people(passage, verb)):
                    continue
                yield from self.evidence.finding(
                    Rule.NEGATION,
                    compare(int(not affirmed), int(affirmed), sign),
                    f"{'Done' if affirmed else 'Not done'} now, where the {self.evidence.pair.old.year} report said "
                    f"{'that it was not' if affirmed else 'that it was'}: “{quoted(passage.new_text or '')}”.",
                    old=passage.old,
                    new=passage.new,
                    doubt=self._doubt(passage.old, passage.new, verb),
                    reason=Reason(words=verb, sought="the same deed", found=quoted(passage.old_text or "")),
                )

    def _doubt(self, old: tuple[int, ...], new: tuple[int, ...], *verbs: str) -> Doubt | None:
        """Why a denial that moved may be none: what is denied is another verb, or the sentences differ in more."""
        clauses = [
            clause
            for text in (self.evidence.text_of(old, True), self.evidence.text_of(new, False))
            for sentence in (text or "").split("\n")
            for clause in self.read(sentence).clauses
            if self.alike.get(clause.verb.lemma, clause.verb.lemma) in verbs
        ]
        own = any(
            clause.verb.denied or any(noun.words[0] in _NONE for noun in (*clause.patients, *clause.subjects[-1:]))
            for clause in clauses
        )
        return self.evidence.reworded(Rule.NEGATION, old, new) if own or not clauses else Doubt.REWORDED

    def _verb_of(self, told: Told) -> str:
        """The verb that tells an event of the new text."""
        event, text = told.event, self.evidence.pair.new.sentences[told.sentence].text
        verbs = [c.verb for c in self.read(text).clauses if event.start <= c.verb.start < event.end]
        return self.alike.get(verbs[0].lemma, verbs[0].lemma) if verbs else ""

    def linked(self) -> Iterator[Passage]:
        """The changed passages of both sides that answer each other, wishes left out."""
        for passage in (*self.evidence.passages, *self.evidence.replaced):
            if passage.old_text and passage.new_text and not self.evidence.is_recommendation(passage.section):
                yield passage

    def _one_thing(self, passage: Passage, either: bool = False, both: bool = False) -> bool:
        """Whether the new text has enough of the old one's words; or either of the other's, or each of the other's."""
        old, new = stems(passage.old_text or ""), stems(passage.new_text or "")
        shares = overlap(old, new), overlap(new, old)
        return (max(shares) if either else min(shares) if both else shares[0]) >= SAME_THING

    def _negation_moved(self, passage: Passage) -> bool:
        """Whether one side has more words that deny than the other."""
        denying = self.profile.grammar.get("denying", ())
        old, new = (
            sum(word in denying or word.endswith("n't") for word in self.read(text or "").words.folded)
            for text in (passage.old_text, passage.new_text)
        )
        return old != new

    def _same_object(self, passage: Passage, verb: str) -> bool:
        """Whether the verb acts on the same thing on both sides, as far as they name it."""
        acted = []
        for text in (passage.old_text or "", passage.new_text or ""):
            clauses = [c for sentence in text.split("\n") for c in self.read(sentence).clauses]
            nouns = [n for c in clauses if self.alike.get(c.verb.lemma, c.verb.lemma) == verb for n in c.patients]
            acted.append(stems(" ".join(" ".join(noun.words) for noun in nouns)))
        old, new = acted
        return not old or not new or max(overlap(old, new), overlap(new, old)) >= SAME_THING

    def _parts(self, passage: Passage, affirmed: bool) -> bool:
        """Whether one side says "most" and the other "not all", which is one thing."""
        said, denied = (passage.new_text, passage.old_text) if affirmed else (passage.old_text, passage.new_text)
        parts = self.profile.grammar.get("parts", ())
        return "all" in self.read(denied or "").words.folded and any(
            word in self.read(said or "").words.folded for word in parts
        )

    def _restricts(self, passage: Passage) -> bool:
        """Whether what was done or left restricts people, or is a harm of which there were no reports."""
        sides = [self.read(text or "") for text in (passage.old_text, passage.new_text)]
        return any(said.no_reports for said in sides) or any(t.worth == "restriction" for t in sides[1].things)

    def _by_halves(self, passage: Passage, affirmed: bool) -> bool:
        """Whether the side that affirms it takes half of it back: "inadequately", "with limited effect", "only if"."""
        return self._half_said((passage.new_text if affirmed else passage.old_text) or "")

    def _half_said(self, text: str) -> bool:
        said = self.read(text).words.folded
        return not self.lists["by_halves"].isdisjoint(said) or ("only", "if") in pairwise(said)

    def _by_the_state(self, passage: Passage) -> bool:
        """Whether the new text names the state, or a service that people need."""
        said = self.read(passage.new_text or "")
        doers = any(thing.doer == "state" or thing.name == "services" for thing in said.things)
        return doers or "it" in said.words.folded

    def _of_people(self, passage: Passage, verb: str) -> bool:
        """Whether the verb acts on people whom the state should leave alone."""
        said = self.read(passage.new_text or "")
        for clause in said.clauses:
            if clause.verb.lemma == verb:
                kinds = [said.things_of(noun) for noun in clause.patients]
                named = {thing.name for things in kinds for thing in things}
                return bool(named & {"protected", "civil", "rights"}) and "suspects" not in named
        return False

    def _from(self, text: str, verb: str) -> str:
        """The verb and what it governs."""
        for clause in self.read(text.partition("\n")[0]).clauses:
            if self.alike.get(clause.verb.lemma, clause.verb.lemma) == verb:
                return quoted(text[clause.verb.start :].partition("\n")[0])
        return quoted(text)

    # --- deeds by their events

    def opposed(self, events: Events, taken: Container[int] = ()) -> Iterator[Finding]:
        """A deed or a lack that one text tells and the other tells the contrary of, of the same people or thing.

        "No action against agencies" is answered by "fined six agencies", "lacked equipment" by "received equipment".
        """
        seen: set[tuple[str, str]] = set()
        olds = [o for frame in events.old.values() for o in frame if self._weighs(o, o.event)]
        news = [n for frame in events.new.values() for n in frame if self._weighs(n, n.event)]
        for now in sorted(news, key=lambda told: told.sentence):
            if now.sentence in taken or self.evidence.stands(now.sentence):
                continue
            before = next((o for o in olds if o.section == now.section and self._opposes(o, now)), None)
            if before is None or (now.section, now.event.frame) in seen or self._both_ways((olds, news), before, now):
                continue
            seen.add((now.section, now.event.frame))
            better = _value(now.event) > 0
            done = now.event.polarity == "affirmed"
            said = ("Done", "that it was not") if done else ("Not done", "that it was")
            yield from self.evidence.finding(
                Rule.NEGATION,
                compare(int(not better), int(better)),
                f"{said[0]} now, where the {self.evidence.pair.old.year} report said {said[1]}: "
                f"“{quoted(self.evidence.pair.new.sentences[now.sentence].text)}”.",
                old=(before.sentence,),
                new=(now.sentence,),
                doubt=self._doubt((before.sentence,), (now.sentence,), self._verb_of(now)),
                reason=Reason(
                    words=now.event.text[:80],
                    sought="the same deed of the same people or thing",
                    found=quoted(self.evidence.pair.old.sentences[before.sentence].text),
                ),
            )

    def _weighs(self, told: Told, event: Event) -> bool:
        """Whether an event is told for itself, of its period, and by the report."""
        if self.evidence.is_overview(told.section) or told.section in self.evidence.judging.background:
            return False
        told_so = event.reality in (Reality.DONE, Reality.ONGOING) and event.clause in _TOLD_FOR_ITSELF
        doubted = event.alleged or event.charged or event.earlier or event.example
        return told_so and not doubted and event.direction != 0 and event.comparison in (None, "first", "no_longer")

    def _opposes(self, before: Told, now: Told) -> bool:
        old, new = before.event, now.event
        if _value(old) == _value(new) or ({old.doer, new.doer} - {"state", "unknown"} and old.doer != new.doer):
            return False
        denied, affirmed = sorted((before, now), key=lambda told: (not _wanting(told.event), told is now))
        if not _wanting(denied.event) or _wanting(affirmed.event):
            return False
        pair = self.evidence.pair
        texts = {id(before): pair.old.sentences[before.sentence].text, id(now): pair.new.sentences[now.sentence].text}
        if self._half_said(texts[id(affirmed)]):
            return False
        said = texts[id(denied)].lower().split()
        wholly = not _WHOLLY.isdisjoint(said) or denied.event.many or denied.event.polarity == "affirmed"
        one_object = max(overlap(before.object, now.object), overlap(now.object, before.object)) >= SAME_THING
        one_deed = bool((before.words - before.object) & (now.words - now.object))
        of_people = old.object_class == new.object_class and old.object_class in PEOPLE
        if old.object_class != new.object_class and {old.object_class, new.object_class} & PEOPLE:
            return False
        if not one_deed and not wholly:
            return False  # a plan adopted last year and not carried out this year is no denial
        number = pair.new_links.get(now.sentence)
        linked = number is not None and before.sentence in pair.links[number].old
        return (one_object or (of_people and wholly)) and (linked or wholly)

    def _both_ways(self, sides: tuple[list[Told], list[Told]], before: Told, now: Told) -> bool:
        """Whether one of the texts tells the other's of that section beside its own: nothing was wholly so."""
        for told, mine in zip(sides, (before, now), strict=True):
            for other in told:
                same = other.section == mine.section and other.event.object_class == mine.event.object_class
                if same and other.event.frame == mine.event.frame and _value(other.event) != _value(mine.event):
                    return True
        return False

    # --- harms of which there were no reports

    def _none_and_some(self) -> Iterator[Finding]:
        """A sentence that there were no reports of a harm where the other text tells some, in one subsection."""
        pair = self.evidence.pair
        sides = self._on_harms(pair.old), self._on_harms(pair.new)
        known_of_none = {s for side in sides for s, said in side.items() if any(one.no_reports for _, one in said)}
        for section in known_of_none & sides[0].keys() & sides[1].keys():
            old, new = (self._harms(side[section]) for side in sides)
            for none, told, verdict in ((old, new, Verdict.BACKSLIDING), (new, old, Verdict.PROGRESS)):
                yield from self._against(none, told, verdict)

    def _against(self, none: list[tuple[int, bool, frozenset[str]]], told: list[tuple[int, bool, frozenset[str]]],
                 verdict: Verdict) -> Iterator[Finding]:  # fmt: skip
        worse = verdict is Verdict.BACKSLIDING
        for i, denied, kinds in none:
            if not denied or any(not other and kinds & theirs for _, other, theirs in none):
                continue  # the same text tells some beside it
            if any(other and kinds & theirs for _, other, theirs in told):
                continue  # the other text knew of none either
            for j, other, theirs in told:
                if other or not kinds & theirs:
                    continue
                before, now = (i, j) if worse else (j, i)
                if not self._about_one_harm(before, now, kinds & theirs):
                    continue
                if self.evidence.stands(now):
                    continue
                year = self.evidence.pair.old.year
                text = self.evidence.pair.new.sentences[now].text
                said = ("reports", "no reports") if worse else ("no reports", "reports")
                yield from self.evidence.finding(
                    Rule.REPORTS_OF_HARM,
                    verdict,
                    f"There were {said[0]} now, where the {year} report knew of {said[1]}: “{quoted(text)}”.",
                    old=(before,),
                    new=(now,),
                    doubt=None if self._of_the_state(i, worse) or self._alike(before, now) else Doubt.APART,
                    reason=Reason(words=" ".join(sorted(kinds & theirs)), sought="the same kind of harm",
                                  found=quoted(self.evidence.pair.old.sentences[before].text)),
                )  # fmt: skip
                break

    def _of_the_state(self, none: int, in_old: bool) -> bool:
        """Whether a sentence denies all deeds of a kind by the state: any of them answers it."""
        said = self.read((self.evidence.pair.old if in_old else self.evidence.pair.new).sentences[none].text)
        named = any(thing.doer == "state" for thing in said.things) or "government" in said.words.folded
        return not said.heard_by and named

    def _alike(self, before: int, now: int) -> bool:
        """Whether one of two sentences holds most of the other's words."""
        old, new = (
            stems(self.evidence.pair.old.sentences[before].text),
            stems(self.evidence.pair.new.sentences[now].text),
        )
        return max(overlap(old, new), overlap(new, old)) >= SAME_THING

    def _about_one_harm(self, before: int, now: int, kinds: frozenset[str]) -> bool:
        """Whether two sentences that name one kind of harm share more than its name; deeds by the state need not."""
        pair = self.evidence.pair
        texts = pair.old.sentences[before].text, pair.new.sentences[now].text
        none, some = sorted(map(self.read, texts), key=lambda said: not said.no_reports)
        if none.heard_by and not stems(none.heard_by) & stems(some.text.partition(" no ")[0]):
            return False  # a hotline that got no report knows nothing of what is
        if any(thing.doer == "state" for thing in none.things):
            doers = {event.doer for event in some.events if event.predicate in kinds}
            if doers == {"armed"}:
                return False  # what others did answers no denial of the state's
        years = [event.since or event.year for event in some.events if event.predicate in kinds]
        narrative = pair.old if some.text == texts[0] else pair.new
        period = narrative.profile.reporting_period(narrative.year)
        if years and all(year is not None and year < period for year in years):
            return False  # charges that followed deaths of an earlier year
        if not kinds.isdisjoint(self.deeds_of_harm):  # "killings" and "killed", not abductions and killings
            none_of, told_of = (
                {k for k, of in enumerate(self.harms_alike) if of & stems(s.text)} for s in (none, some)
            )
            return not none_of or not told_of or bool(none_of & told_of)
        return len(stems(texts[0]) & stems(texts[1])) >= SHARED

    def _on_harms(self, narrative: Narrative) -> dict[str, list[tuple[int, Analysis]]]:
        """Of each subsection the sentences that may tell of harms: (index, what it says)."""
        found: dict[str, list[tuple[int, Analysis]]] = {}
        for index, sentence in enumerate(narrative.sentences):
            section = narrative.sentence_sections[index]
            if self.evidence.is_overview(section) or self.evidence.is_recommendation(section):
                continue
            said = self.read(sentence.text)
            if said.tells or "report" in sentence.text:
                found.setdefault(section, []).append((index, said))
        return found

    def _harms(self, said: list[tuple[int, Analysis]]) -> list[tuple[int, bool, frozenset[str]]]:
        """Of each sentence on harms: (index, whether there were no reports of it, kinds of harm)."""
        kinds = ((i, one.no_reports, one.harms if one.no_reports else one.harms_done) for i, one in said)
        return [(index, none, of) for index, none, of in kinds if none or of]
