"""Harms of which there were no reports in one text, where the other tells some: in one subsection."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from msgspec import Struct, structs

from diffing.judging.contrasts import ALL_BUT_DENIED
from diffing.judging.evidence import OVERVIEWS, Evidence
from diffing.judging.quoting import quoted
from diffing.language.analysis import Analysis
from diffing.language.event_times import years_in
from diffing.language.stems import overlap_of_shorter, stems
from diffing.model import Doubt, Finding, Narrative, Reason, Rule, Verdict

# So many stems two sentences share where one says that there were no reports of what the other tells. Range 1 to 4.
SHARED = 2

# So many words behind "there" the reports stand: "there were a number of credible reports". Range 5 to 10.
FEW_WORDS = 8
# So many words a title has that a paragraph opens with: "Arbitrary Arrest: No arrests were reported". Range 2 to 8.
TITLE = 5

# What tells of no harm: what nobody knows, and what was told before.
_TELLS_NONE = ("whether", "if", "regarding", "previously", "pending")
_NONE = frozenset(("no", "not", "n't"))
_BUT = ("but", "although", "though", "however")


class _Told(Struct, frozen=True):
    """A sentence on harms: what it says, and the kinds of harm that it tells or denies."""

    sentence: int
    said: Analysis
    kinds: frozenset[str]


class NoReports:
    """The harms of a pair of which one text had no reports."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence, self.read = evidence, evidence.read
        self.profile = evidence.pair.new.profile
        self.deeds_of_harm = frozenset(row.name for row in self.profile.predicates if row.effect == "punish")
        self.reports = frozenset(self.profile.grammar["reports"])
        self.harms_alike = [stems(line) for line in self.profile.grammar.get("harms_alike", ())]

    def findings(self) -> Iterator[Finding]:
        """A sentence that there were no reports of a harm where the other text tells some, in one subsection."""
        pair = self.evidence.pair
        sides = self._on_harms(pair.old), self._on_harms(pair.new)
        known_of_none = {s for side in sides for s, said in side.items() if any(one.no_reports for _, one in said)}
        for section in [s for s in sides[1] if s in known_of_none and s in sides[0]]:  # in the order of the text
            old, new = (self._harms(side[section]) for side in sides)
            yield from self._against(old, new, worse=True)
            yield from self._against(new, old, worse=False)
        yield from self._as_above()
        yield from self._by_its_own_word()

    def _as_above(self) -> Iterator[Finding]:
        """A section that had no reports of what it is on ("employed them"), and now has some, or the reverse."""
        pair = self.evidence.pair
        none, some = ([self._on_its_matter(side, of) for side in (pair.old, pair.new)] for of in (True, False))
        for key in [key for key in {**none[1], **some[1]} if key in none[0] or key in some[0]]:
            nones, somes = self._moved(none, key), self._moved(some, key)
            for worse, before, after in ((True, nones[0], somes[1]), (False, somes[0], nones[1])):
                answered = [(i, j) for i, j in product(before, after) if j in self.evidence.pair.new_of(i)]
                if before and after and not (nones[worse] or somes[not worse]):
                    answered = answered or [(before[0], after[0])]
                for i, j in answered:
                    found = quoted(pair.old.sentences[i].text)
                    yield from self._told(worse, (i,), j, Reason(sought="what the section is on", found=found))

    def _moved(self, sides: list[dict[str, list[int]]], key: str) -> tuple[list[int], list[int]]:
        """The old and the new sentences of a matter, less those of one kind that answer each other."""
        old, new = (side.get(key, []) for side in sides)
        kept = [(i, j) for i, j in product(old, new) if j in self.evidence.pair.new_of(i)]
        return [i for i in old if i not in dict(kept)], [j for j in new if j not in {j for _, j in kept}]

    def _on_its_matter(self, narrative: Narrative, none: bool) -> dict[str, list[int]]:
        """Of each subsection the sentences with no reports of what it is on, or with some of it or another harm."""
        found: dict[str, list[int]] = {}
        for index, sentence, section in narrative.placed:
            text = sentence.text
            if "report" not in text or section in OVERVIEWS:
                continue
            said = self.read(text)
            if said.no_reports is not none or _takes_back(said):
                continue
            title, colon, behind = text.partition(": ")
            about = title if colon and len(title.split()) <= TITLE else ""
            above = none and (self.evidence.first("meant_above", text) or stems(about) & stems(behind))
            if above or (not none and self._reports(said) and (self._is_harm(text) or said.harms_done)):
                found.setdefault(f"{section} {about}", []).append(index)
        return found

    def _reports(self, said: Analysis) -> bool:
        """Whether it says that there were reports: "there was at least one credible report"."""
        folded = said.words.folded
        behind = folded[folded.index("there") + 1 :][:FEW_WORDS] if "there" in folded else ()
        return not self.reports.isdisjoint(behind) and _NONE.isdisjoint(behind)

    def _by_its_own_word(self) -> Iterator[Finding]:
        """What the report itself sets against the years before: "unlike in prior years, there were no reports of"."""
        evidence = self.evidence
        for passage, j in ((one, j) for one in evidence.passages for j in one.new):
            said = evidence.said(j)
            match = evidence.first("unlike", said.text)
            if match is None or passage.section in OVERVIEWS:
                continue
            years = years_in(match.group())
            aside = any(word in said.words.folded for word in _TELLS_NONE) or _takes_back(said)
            told = (said.no_reports or self._reports(said)) and not aside and self._is_harm(said.text)
            if told and (not years or years[0] == evidence.pair.old.year):
                yield from self._told(not said.no_reports, passage.old, j, Reason(words=match.group()))

    def _told(
        self, worse: bool, before: tuple[int, ...], now: int, reason: Reason, doubt: Doubt | None = None
    ) -> list[Finding]:
        text, year = self.evidence.pair.new.sentences[now].text, self.evidence.pair.old.year
        said = ("reports", "no reports") if worse else ("no reports", "reports")
        known = (
            f"where the {year} report knew of {said[1]}" if reason.sought else "and the report sets it against before"
        )
        return self.evidence.finding(
            Rule.REPORTS_OF_HARM,
            Verdict.BACKSLIDING if worse else Verdict.PROGRESS,
            f"There were {said[0]} now, {known}: “{quoted(text)}”.",
            old=before,
            new=(now,),
            doubt=doubt,
            reason=reason,
        )

    def _is_harm(self, text: str) -> bool:
        """Whether a sentence on reports names what is bad before what is good, or what stands above it."""
        behind = text.partition(" no ")[2] or text.partition("report")[2]
        lists = ("said_good", "efforts"), ("said_bad", "harms"), ("said_denied",)
        good, bad, denied = (self.evidence.where(behind, *names) for names in lists)
        above = bool(self.evidence.first("meant_above", text))
        return bad < good or (denied < good < len(behind)) or above

    def _against(self, none: list[_Told], told: list[_Told], worse: bool) -> Iterator[Finding]:
        """A finding for each denial of one text that the other text answers; the denial is old where it is `worse`."""
        for denial in none:
            if not denial.said.no_reports or any(not one.said.no_reports and denial.kinds & one.kinds for one in none):
                continue  # the same text tells some beside it
            alike = [one for one in told if denial.kinds & one.kinds]
            if any(one.said.no_reports for one in alike):
                continue  # the other text knew of none either
            for one in alike:
                kinds, (before, now) = denial.kinds & one.kinds, (denial, one) if worse else (one, denial)
                if not self._about_one_harm(denial.said, one.said, kinds, worse) or self.evidence.stands(now.sentence):
                    continue
                found, same = before.said.text, overlap_of_shorter(*(stems(told.said.text) for told in (before, now)))
                reason = Reason(words=" ".join(sorted(kinds)), sought="the same kind of harm", found=quoted(found))
                doubt = None if self._of_the_state(denial.said) or same > ALL_BUT_DENIED else Doubt.UNLIKE
                yield from self._told(worse, (before.sentence,), now.sentence, reason, doubt)
                break

    def _of_the_state(self, none: Analysis) -> bool:
        """Whether a sentence denies all deeds of a kind by the state: any of them answers it."""
        of = self.read(none.text.partition(" no ")[2] or none.text)
        named = any(thing.doer == "state" for thing in of.things) or "government" in of.words.folded
        return not none.heard_by and named

    def _about_one_harm(self, none: Analysis, some: Analysis, kinds: frozenset[str], worse: bool) -> bool:
        """Whether two sentences that name one kind of harm share more than its name; deeds by the state need not."""
        if none.heard_by and not stems(none.heard_by) & stems(some.text.partition(" no ")[0]):
            return False  # a hotline that got no report knows nothing of what is
        if any(word in said.words.folded for said in (none, some) for word in _TELLS_NONE):
            return False
        if any(thing.doer == "state" for thing in none.things):
            doers = {event.doer for event in some.events if event.predicate in kinds}
            if doers == {"armed"}:
                return False  # what others did answers no denial of the state's
        years = [event.since or event.year for event in some.events if event.predicate in kinds]
        years = years if any(years) else [year + 1 for year in years_in(some.text)]  # counts come late
        period = self.evidence.period if worse else self.evidence.old_period
        if years and all(year is not None and year < period for year in years):
            return False  # charges that followed deaths of an earlier year
        if " other reports " in none.text or "in the formal sector" in none.text:
            return False  # "no reports in the formal sector, other reports were made"
        if self._reports(some):
            return not any(thing.doer == "armed" for thing in some.things)
        if not kinds.isdisjoint(self.deeds_of_harm):  # "killings" and "killed", not abductions and killings
            none_of, told_of = (
                {k for k, of in enumerate(self.harms_alike) if of & stems(s.text)} for s in (none, some)
            )
            return not none_of or not told_of or bool(none_of & told_of)
        return len(stems(none.text) & stems(some.text)) >= SHARED

    def _on_harms(self, narrative: Narrative) -> dict[str, list[tuple[int, Analysis]]]:
        """Of each subsection the sentences that may tell of harms: (index, what it says)."""
        found: dict[str, list[tuple[int, Analysis]]] = {}
        for index, sentence, section in narrative.placed:
            if section in OVERVIEWS or self.evidence.is_recommendation(section):
                continue
            said = self.read(sentence.text)
            if said.tells or "report" in sentence.text:
                found.setdefault(section, []).append((index, said))
        return found

    def _harms(self, said: list[tuple[int, Analysis]]) -> list[_Told]:
        """What each sentence on harms tells of them."""
        told = [_Told(i, one, one.harms if one.no_reports else one.harms_done) for i, one in said]
        told = [structs.replace(one, kinds=frozenset()) if _takes_back(one.said) else one for one in told]
        return [one for one in told if one.said.no_reports or one.kinds]


def _takes_back(said: Analysis) -> bool:
    """Whether a sentence that there were no reports goes on: "but officials took part in killings"."""
    behind = said.text.partition(" no ")[2].split()
    return said.no_reports and any(word in behind for word in _BUT)
