"""One lost "not": a linked sentence that affirms what the old one denied, or the reverse.

>>> sorted(denials("The law does not prohibit night work and provides for rest.").items())
[('prohibit', False), ('provide', True)]
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from diffing.judging.clauses import overlap, ruled, stems, wished
from diffing.judging.cues import quoted
from diffing.judging.evidence import Evidence, Passage, compare
from diffing.judging.governs import any_of
from diffing.model import Finding, Op, Rule, Verdict

# Two sentences say one thing but for the negation only where they share this much of their words. Range 0.4 to 0.9.
SAME_THING = 0.5

# So many stems a sentence that there were no reports shares with the one that tells some in its place. Range 1 to 3.
SHARED = 1

_VERB = (
    r"(?P<not>\b(?:no longer|never|ceased to|(?:does|do|did|has|have|had|is|are|was|were|will)(?: not|n[’']t)|"
    r"failed to|fails to"
    r"|no(?: (?!and\b|or\b|but\b)[\w-]+){{0,4}})\s+"
    r"(?:\w+ly\s+|yet\s+|always\s+|been\s+)?)?\b(?P<verb>{verbs})(?:e|s|es|ed|d|red|ted|ing)?\b"
)


_NO_REPORTS = re.compile(
    r"\b(?:[Rr]eported|[Rr]eceived|[Kk]new of) no\b|"
    r"\b[Nn]o (?:[\w-]+ ){0,2}(?:reports?|reported \w+|examples|instances|cases|allegations)\b(?! (?:on|to)\b)"
    r"(?:[^.;]{0,50}?\b(?:of|that|in which|regarding|the)\b|(?= [a-z]))"
)
_REPORTS = re.compile(
    r"\b(?:were|was|received|are)\b[^.;]{0,40}\b(?:reports?|allegations|instances|cases)\b|\breported(?:ly)?\b", re.I
)
_NO = re.compile(r"\bno\b", re.IGNORECASE)
_NOT = re.compile(r"\bnot?\b|n[’']t\b|\bfail", re.IGNORECASE)


# Forms of one verb, and verbs that are exchanged for each other.
_BASE = {
    "met": "meet", "held": "hold", "gave": "giv", "give": "giv", "paid": "pay", "spent": "spend",
    "made efforts": "make efforts", "launch": "conduct", "organiz": "conduct", "carr(?:y|ied) out": "conduct",
}  # fmt: skip


@lru_cache(maxsize=8)
def _verb(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_VERB.format(verbs="|".join(verbs)), re.IGNORECASE)


# "Monitoring remained a challenge" tells no deed.
_GERUND = re.compile(r"[a-z]{0,3}ing\b")
_PART = re.compile(r"\b(?:most|many|some|certain)\b")
_DEFAULT = ("prohibit", "provide", "protect")


def denials(text: str, verbs: tuple[str, ...] = _DEFAULT) -> dict[str, bool]:
    """Each of `verbs` in the text: affirmed (True) or denied; a verb that is both is left out."""
    found: dict[str, bool] = {}
    both: set[str] = set()
    for match in _verb(verbs).finditer(text):
        verb, affirmed = _BASE.get(match["verb"].lower(), match["verb"].lower()), match["not"] is None
        if affirmed and (text[: match.start()].endswith("to ") or match[0].endswith("e")):
            continue  # "equipment needed to uphold standards" and "did little to identify or prosecute" affirm nothing
        if found.setdefault(verb, affirmed) != affirmed:
            both.add(verb)
    return {verb: affirmed for verb, affirmed in found.items() if verb not in both}


def _negation_moved(passage: Passage) -> bool:
    """Whether one side of a passage has more negations than the other."""
    if not any(_NOT.search(run) for run in (*passage.added, *passage.removed)):
        return False
    return len(_NOT.findall(passage.old_text or "")) != len(_NOT.findall(passage.new_text or ""))


def flip_findings(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each linked passage in which a verb of safeguards lost or gained its negation."""
    verbs = evidence.judging.words.get("safeguarding", ())
    if not verbs:
        return
    yield from _none_now(evidence)
    yield from _told_now(evidence)
    for passage in (*evidence.passages, *evidence.replaced):
        if passage.old_text is None or passage.new_text is None or evidence.is_recommendation(passage.section):
            continue
        yield from _reports(evidence, passage)
        if not _negation_moved(passage):
            continue
        old, new = denials(passage.old_text, verbs), denials(passage.new_text, verbs)
        either = f"{passage.old_text}\n{passage.new_text}"
        flipped = [
            verb
            for verb in old
            if verb in new and old[verb] != new[verb] and not re.search(rf"\bnot\b[^.;]* or (?:\w+ly )?{verb}", either)
        ]
        if not flipped:
            continue
        if _PART.search(passage.old_text if new[flipped[0]] is False else passage.new_text) and re.search(
            r"\bnot\b[^.;]{0,30}\ball\b", either
        ):
            continue  # "prohibits most forms" and "does not prohibit all forms" say one thing
        shared = overlap(stems(passage.old_text), stems(passage.new_text))
        if shared < SAME_THING:
            continue
        verb = flipped[0]
        yield from evidence.finding(
            Rule.NEGATION,
            compare(int(old[verb]), int(new[verb])),
            f"{'Now said' if new[verb] else 'No longer said'}: “{_with_object(passage, verb, new[verb])}”, where the "
            f"{evidence.pair.old.year} report {'denied' if new[verb] else 'said'} it.",
            old=passage.old,
            new=passage.new,
        )


def _with_object(passage: Passage, verb: str, affirmed: bool) -> str:
    """The verb and what it governs, from the side that affirms it: “provides for the right to strike”."""
    text = (passage.new_text if affirmed else passage.old_text) or ""
    place = re.search(rf"\b{verb}", text, re.IGNORECASE)
    return quoted(text[place.start() :].partition("\n")[0]) if place else verb


def deed_findings(evidence: Evidence, taken: Container[int] = ()) -> Iterator[Finding]:
    """A finding for each deed of the state that was denied and is told now, or the reverse: "no court ordered", "courts
    ordered". Sentences `taken` are compared already.
    """
    for name, sign in (("deeds", 1), ("misdeeds", -1)):
        yield from _deeds(evidence, evidence.judging.words.get(name, ()), sign, taken)


def _deeds(evidence: Evidence, verbs: tuple[str, ...], sign: int, taken: Container[int]) -> Iterator[Finding]:
    state = evidence.judging.words.get("state", ())
    whom = evidence.judging.words.get("protected", ())
    if not verbs or not state:
        return
    for passage in (*evidence.passages, *evidence.replaced):
        if passage.old_text is None or passage.new_text is None or evidence.is_recommendation(passage.section):
            continue
        if any(j in taken for j in passage.new) or passage.is_label:
            continue
        if not _negation_moved(passage):
            continue
        old, new = denials(passage.old_text, verbs), denials(passage.new_text, verbs)
        flipped = [verb for verb in old if verb in new and old[verb] != new[verb]]
        if len(flipped) != 1 or any_of(state).search(passage.new_text) is None:
            continue
        words, others = stems(passage.old_text), stems(passage.new_text)
        if max(overlap(words, others), overlap(others, words)) < SAME_THING:
            continue
        if sign < 0 and (not whom or any_of(whom).search(passage.new_text) is None):
            continue
        verb = flipped[0]
        told = passage.new_text if new[verb] else passage.old_text
        place = re.search(
            rf"\b(?:{verb}|{'|'.join(w for w, base in _BASE.items() if base == verb) or verb})", told, re.I
        )
        if (
            place is None
            or _GERUND.match(told, place.end())
            or wished(told[: place.start()])
            or ruled(told[: place.start()])
        ):
            continue
        yield from evidence.finding(
            Rule.NEGATION,
            compare(int(old[verb]), int(new[verb]), sign),
            f"{'Done' if new[verb] else 'Not done'} now, where the {evidence.pair.old.year} report said "
            f"{'that it was not' if new[verb] else 'that it was'}: “{quoted(passage.new_text)}”.",
            old=passage.old,
            new=passage.new,
        )


def _none_now(evidence: Evidence) -> Iterator[Finding]:
    """A sentence that no harm was reported, in the place of sentences that told it."""
    harms = evidence.judging.words.get("harms", ())
    cues = [cue for cue in evidence.judging.cues if cue.rule == "harm"]
    for passage in evidence.passages:
        if passage.op is not Op.ADDED or passage.block is None or passage.new_text is None:
            continue
        none = _NO_REPORTS.search(passage.new_text)
        if none is None or not harms or any_of(harms).search(passage.new_text, none.end()) is None:
            continue
        words = stems(passage.new_text)
        lost = evidence.blocks[passage.block][0]
        if not words & stems(evidence.text_of(lost, True) or ""):
            continue
        for i in lost:
            old = evidence.pair.old.sentences[i].text
            told = any(cue.regex.search(old) for cue in cues) and _NO_REPORTS.search(old) is None
            if told and evidence.pair.old.sentence_sections[i] == passage.section:
                yield from evidence.finding(
                    Rule.REPORTS_OF_HARM,
                    Verdict.PROGRESS,
                    f"There were no reports now, where the {evidence.pair.old.year} report told of harm: "
                    f"“{quoted(passage.new_text[none.start() :])}”.",
                    old=(i,),
                    new=passage.new,
                )
                break


def _told_now(evidence: Evidence) -> Iterator[Finding]:
    """A sentence that tells a harm in the place of one that there were no reports of it."""
    harms = evidence.judging.words.get("harms", ())
    for passage in evidence.passages:
        if passage.op is not Op.REMOVED or passage.block is None or passage.old_text is None or not harms:
            continue
        none = _NO_REPORTS.search(passage.old_text)
        named = any_of(harms).search(passage.old_text, none.end()) if none else None
        if named is None:
            continue
        words = stems(passage.old_text)
        for j in evidence.blocks[passage.block][1]:
            new = evidence.pair.new.sentences[j].text
            told = _REPORTS.search(new) is not None and _NO.search(new) is None and _NOT.search(new) is None
            same = evidence.pair.new.sentence_sections[j] == passage.section and len(words & stems(new)) >= SHARED
            if told and same and any_of(harms).search(new) is not None:
                yield from evidence.finding(
                    Rule.REPORTS_OF_HARM,
                    Verdict.BACKSLIDING,
                    f"There were reports now, where the {evidence.pair.old.year} report knew of no reports: "
                    f"“{quoted(new)}”.",
                    old=passage.old,
                    new=(j,),
                )
                break


def _reports(evidence: Evidence, passage: Passage) -> list[Finding]:
    """There were no reports of a harm, and now there are, or the reverse."""
    old, new = passage.old_text or "", passage.new_text or ""
    if not any(no in text for no in ("No ", " no ") for text in (old, new)):
        return []
    none_old, none_new = _NO_REPORTS.search(old), _NO_REPORTS.search(new)
    if bool(none_old) == bool(none_new) or len(_NO.findall(old)) == len(_NO.findall(new)):
        return []
    told = _REPORTS.search(new if none_old else old)
    found = none_old or none_new
    if told is None or found is None or overlap(stems(old), stems(new)) < SAME_THING:
        return []
    words = evidence.judging.words.get("harms", ())
    behind = (old if none_old else new)[found.end() :]
    harm = any_of(words).search(behind) if words else None
    if words and harm is None:
        return []
    good, denied = (evidence.judging.words.get(name, ()) for name in ("said_good", "said_denied"))
    well = any_of(good).search(behind) if good else None
    if (
        harm
        and well
        and well.start() < harm.start()
        and (not denied or not any_of(denied).search(behind, 0, well.start()))
    ):
        return []  # "no reports that authorities took steps against abuse", but not "failed to respect"
    verdict = Verdict.BACKSLIDING if none_old else Verdict.PROGRESS
    now, before = ("reports", "no reports") if none_old else ("no reports", "reports")
    return evidence.finding(
        Rule.REPORTS_OF_HARM,
        verdict,
        f"There were {now} now, where the {evidence.pair.old.year} report knew of {before}: “{quoted(new)}”.",
        old=passage.old,
        new=passage.new,
    )
