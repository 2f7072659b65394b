"""What a cue governs: the noun whose sign it takes, and who did it.

>>> any_of(("inspectors?", "shelters?")).findall("Inspectors visited the shelter.")
['Inspectors', 'shelter']
"""

from __future__ import annotations

import re
from functools import lru_cache

from diffing.judging.evidence import Evidence
from diffing.profile import Cue

# Where a cue may govern either side, how far behind it a noun is its object and not one of a later phrase. Range 25
# to 90.
NEAR = 50
# Behind a comma so many words before a passive name what it is of; fewer ("were heavily") take up what stands before.
OWN_WORDS = 4
# Behind these words stands no object of a cue any more.
_BEYOND = re.compile(
    r" (?:under|against|into|because|after|before|when|where|who|that|which|to|on|about|"
    r"from(?! (?:the |an )?(?:\w+ )?opposition)|due to|following|by|amid|"
    r"involving|with|in (?:an?|the|connection)|"
    r"beyond|above|ahead of|and (?:was|were|is|are|had|has|"
    r"[a-z]{3,}ed (?:the|an?|its|their|his|her|to|that|\w+ (?:from|to|of))))\b"
)
# What follows a verb that has no object: "inspections fell by a third", not "he dropped it".
_ALONE = re.compile(
    r"\s*(?:$|[.,;:)]|(?:by|to|from|in|during|since|compared|significantly|slightly|sharply|dramatically|over|between|after|due|"
    r"as|this|last|and|each|for|at|with|again|further|more|less|below|above|once|while|but)\b)"
)
# "Strikers were beaten and fired": they suffered what follows; without it they may have done it.
PASSIVE = re.compile(r"\b(?:was|were|been|being|is|are|got)\s+(?:[\w’',-]+\s+){0,5}$", re.IGNORECASE)
# What is done to people in general: "children are held with adults".
_NOW = frozenset({"is", "ar"})
# "A lawyer said that he was arrested": of another.
_SAYS = re.compile(
    r"\b(?:said|stated|noted|claimed|announced|believed|argued|complained|"
    r"that (?:he|she|they|the|a|some|many|persons))\b"
)
# Between a noun and the one that it governs: "prosecutions of child labor", where the first is what moved.
_GOVERNS = re.compile(r"^(?:\s[\w’'-]+){0,4}?\s(?:of|in|into|for|against|on|about)\b[\w\s,’'-]{0,40}$")
# A noun behind a preposition is governed by another: "assaults on staff decreased".
_UNDER = re.compile(
    r"(?<!number )(?<!level )(?<!levels )(?<!amount )(?<!size )(?<!rate )"
    r"\b(?:of|on|against|for|with|to|from|regarding|about|concerning|involving)\s+(?:\w+\s+)?$"
)
_IN = re.compile(r"\b(?:in|at) (?:an?|the) (?:\w+ )?$")
_WHOSE = re.compile(r"\b(?:whose|who|which|that (?:had|have|were|was))\b")
# A noun that only describes the next: "the registration fee".
SPOILED = re.compile(
    r"\s(?:fees?|costs?|tax(?:es)?|requirements?|restrictions?|fraud|delays?|gaps?|threshold|burdens?|calls?|complaints?|hotlines?|offenses?|charges?|cases?|laws?|rules?|"
    r"investigations?|prosecutions?|trials?|convictions?|victims?|conditions?|offenders?|suspects?|perpetrators?|rings?|"
    r"networks?|survivors?|indicators?|screening|hearings?|warnings?|(?:protection |restraining )?orders?|reports?|"
    r"detention|directors?|departments?|officials?|teachers?|managers?)\b|[’'](?:s )? ?(?:lawsuits?|cases?|complaints?|"
    r"appeals?|petitions?|claims?|requests?)\b"
)
# What is done against somebody: "prosecutions of journalists".
_AGAINST = re.compile(
    r"(?:investigations?|prosecutions?|convictions?|penalt(?:y|ies)|fines|sentences for)$", re.IGNORECASE
)
_WHOM = re.compile(r"\s(?:of|against|for|on|under)\b[^.;,]{0,60}")
# Who helps is not who does: "with assistance from an international organization".
_HELPED = re.compile(
    r",? (?:together )?(?:with|in|through)(?: the| close| joint)? (?:assistance|help|support|partnership|cooperation|"
    r"collaboration|coordination|funding|consultation)\b[^,;]*,?"
)
# Who tells of a deed is not who does it; "they" may be.
_TOLD = re.compile(r"\b(?:reported|said|stated|alleged|claimed|noted|documented|announced|according to)\b(?: that)?")
_PRONOUN = re.compile(r" (?:they|he|she|it|its|the latter)\b", re.IGNORECASE)
_ON_FORCE = re.compile(
    r" on (?:the |their |its )?(?:police|security forces|employers|recruiters|weapons|firearms|use of)\b"
)
_ON_HARM = re.compile(
    r" (?:on|against) (?:the |all )?(?:[\w-]+ ){0,3}?(?:fees|child|forced|early|corporal|passports?|discriminat\w+|"
    r"traffick\w+|exploit\w+|harassment|violence|torture|debt|marriages?)\b"
)
_LAW = re.compile(r"(?:law|code|amendments?|changes)", re.IGNORECASE)
_BY = re.compile(r"\bby (?:[\w’']+ ){1,5}")


@lru_cache(maxsize=512)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of a profile's list of words, as whole words."""
    return re.compile(r"\b(?:" + "|".join(words) + r")\b", re.IGNORECASE)


def done_by(evidence: Evidence, cue: Cue, chained: bool, before: str, after: str) -> bool:
    """Whether the doer that stands nearest before the cue (or behind "by") is one that the cue asks for."""
    if not cue.by:
        return True
    words = evidence.judging.words
    if cue.by == "state_named":
        return bool(state := words.get("state")) and any_of(state).search(f"{before} {after}") is not None
    before = _HELPED.sub(" ", before)
    if cue.by == "state":
        # "the agency reported that an armed group killed": the second is the doer
        tail = _TOLD.split(before)[-1]
        if tail.strip() and _PRONOUN.match(tail) is None:
            before = tail
    state, others = words.get("state", ()), words.get("others", ())
    if cue.rule == "deed" and cue.by == "not_others" and PASSIVE.search(before):
        return True  # who stands before it suffers it
    if chained and state and (first := any_of((*state, *others)).search(before)):
        # a chain of deeds ("arresting ..., detaining ...") has the doer that the clause begins with
        if any_of(state).fullmatch(first[0]) is not None:
            return True
        if cue.by == "state" or _LAW.fullmatch(first[0]):
            return cue.by != "state"  # "a law entered into force, introducing ..."
    ends = {True: -1, False: -1}
    for of_state, names in ((True, state), (False, others)):
        if names:
            for match in any_of(names).finditer(before):
                ends[of_state] = match.end()
    if cue.by == "not_others":
        return ends[False] < 0 or ends[False] < ends[True]
    by = _BY.search(after[:NEAR].partition(",")[0])
    if by and others and any_of(others).search(by[0]):
        return False
    return (ends[True] >= 0 and ends[True] > ends[False]) or bool(by and state and any_of(state).search(by[0]))


def governed(evidence: Evidence, cue: Cue, before: str, after: str) -> tuple[int | None, str, int]:
    """The sign of the nearest noun that the cue governs (None where there is none), the noun, and how far off it ends.

    A sign of 0 says that the noun is of another cue.
    """
    if not cue.objects:
        return 1, "", 0
    if cue.where in ("after", "both"):
        reach = after[: cue.reach if cue.where == "after" else NEAR]
        if cue.rule == "deed":
            reach = reach.partition(",")[0]
        elif cue.rule == "harm" and reach.startswith((" for ", " on charges of ")):
            reach = ""  # what follows is what they are accused of
        elif cue.rule == "law_act":
            reach = reach.partition(", the ")[0]
        if cut := _BEYOND.search(reach):
            reach = reach[: cut.start()]
        found = _nearest(evidence, cue, reach, False)
        if found is not None:
            return _turned(evidence, cue, found, after)
    alone = (
        cue.where == "both"
        and (cue.rule != "harm" or ((be := PASSIVE.search(before)) is not None and be[0][:2].lower() not in _NOW))
        and not before.rstrip().endswith(",")
        and (cue.rule != "movement" or _ALONE.match(after))
    )
    if (cue.where == "before" and (cue.rule != "movement" or _ALONE.match(after))) or alone:
        # past a comma stands another phrase, unless what follows the noun is only put in
        near = before[-cue.reach :]
        if cue.rule not in ("harm", "law_undone"):
            near = near.rpartition(", ")[2]
        elif cue.rule == "law_undone" and len((own := near.rpartition(", ")[2]).split()) >= OWN_WORDS:
            near = own
        found = _nearest(evidence, cue, near, True)
        if found is not None:
            sign, noun, start = found
            return _turned(evidence, cue, (sign, noun, len(near) + start + len(noun)), near)[0], noun, start
    return None, "", 0


def _turned(evidence: Evidence, cue: Cue, found: tuple[int, str, int], after: str) -> tuple[int, str, int]:
    """What a noun behind a cue is of may turn its sign: trials of journalists, curbs on the police."""
    sign, noun, end = found
    if cue.rule == "movement" and sign > 0 and _AGAINST.search(noun):
        whom = _WHOM.match(after, end)
        lists = [evidence.judging.words.get(name) for name in ("dissent", "speech_crimes")]
        if whom and any(names and any_of(names).search(whom[0]) for names in lists):
            return -sign, noun, end
    if cue.rule == "law_undone" and _ON_FORCE.match(after, end):
        return 0, noun, end
    if cue.rule == "law_undone" and sign < 0 and _ON_HARM.match(after, end):
        return 1, noun, end  # the ban on a harm was a safeguard
    return found


def _nearest(evidence: Evidence, cue: Cue, text: str, behind: bool) -> tuple[int, str, int] | None:
    """The sign of the noun of the cue's lists that stands nearest, the noun, and its far end from the cue."""
    found: list[tuple[int, int, str, int]] = []  # away, sign, noun, start
    for name, sign in cue.objects.items():
        words = evidence.judging.words.get(name, ())
        for match in any_of(words).finditer(text) if words else ():
            found.append((len(text) - match.end() if behind else match.start(), sign, match[0], match.start()))
    if not found:
        return None
    found.sort(key=lambda item: (item[0], -len(item[2])))  # of two from one place on the longer: it names more
    best = found[0]
    if spoiler := SPOILED.match(text, best[3] + len(best[2])):
        # "trafficking prosecutions": it is the second noun that moved, where the lists know it
        later = [item for item in found if spoiler.start() < item[3] < spoiler.end()]
        if not later or SPOILED.match(text, later[0][3] + len(later[0][2])):
            return None
        best = later[0]
    if not behind:
        return best[1], best[2], best[3] + len(best[2])
    for other in found[1:]:
        if other[3] < best[3] and _GOVERNS.match(text[other[3] + len(other[2]) : best[3]]):
            best = other
    if cue.rule in ("harm", "deed") and _SAYS.search(text[best[3] + len(best[2]) :]):
        return None
    if cue.rule == "movement" and _UNDER.search(text[: best[3]]):
        return None
    if cue.rule == "law_undone" and (_IN.search(text[: best[3]]) or _WHOSE.search(text, best[3])):
        return None
    return best[1], best[2], best[3] - len(text)
