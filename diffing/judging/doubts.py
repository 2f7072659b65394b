"""Why a difference between two texts is no sure change of the country: pure predicates on figures, events, sentences.

Each says the first doubt that holds, or None. Which doubts a family heeds stands in its profile (`judging.doubts`).
"""

from __future__ import annotations

from diffing.judging.comparable import Comparable
from diffing.judging.evidence import Evidence
from diffing.judging.likeness import stems
from diffing.judging.patterns import any_of
from diffing.judging.told import Told
from diffing.language.analysis import Analysis
from diffing.language.clauses import Clause
from diffing.model import Doubt, Event, Rule

# Two numbers from one up to this are cases, and no total. Range 1 to 5; none against some is more than that.
FEW = 2

# A number that moved by less than this share of itself hardly moved. Range 0.005 to 0.05; at 0.05 three more deaths of
# 144 are nothing, lower makes one case of 134 a change.
HARDLY = 0.02

# From this share of its words on a number's sentence stands in the old text already. Range 0.8 to 1.
STANDS = 0.9

# From this share of its words on the old text has a sentence that says much the same. Range 0.5 to 0.8.
ALIKE = 0.6

# Two sentences that neither are one nor answer each other, and share less than this of the shorter one's words, are of
# two things. Range 0.3 to 0.7.
APART = 0.5

# Who is not the state, where it is said who did it.
_OTHERS = frozenset(("private", "civil", "international", "media"))
# What is no one thing among others: an institution, a party.
_WHOLE = ("institutions", "civil")
# Courts whose word is law, and no single case.
_HIGHEST = frozenset(("supreme", "constitutional", "high"))
# What few of are cases.
_CASES = ("persons", "cases", None)
_YEARLY = frozenset(("still", "annual", "annually", "yearly"))
_ARTICLES = ("a", "an", "the")
# What is one alone.
_ONE = ("a", "an", "one", "another")


def of_figures(comparable: Comparable, old: Told, new: Told) -> Doubt | None:
    """Why two numbers, one higher than the other, show no sure change."""
    a, b = old.figure.value, new.figure.value
    if a is None or b is None or new.label:
        return None
    if hardly(a, b):
        return Doubt.HARDLY
    if min(a, b) > 0 and max(a, b) <= FEW and new.figure.unit in _CASES:
        return Doubt.FEW
    if comparable.of_occasions(old, new):
        return Doubt.OCCASION
    if old.newer == new.newer:
        if old.figure.sentence != new.figure.sentence:
            return Doubt.APART
        return Doubt.SPAN if b < a and comparable.in_part(new) else None
    if not comparable.answer(old, new) and comparable.shared(old, new) < APART:
        return Doubt.APART
    evidence = comparable.evidence
    others = evidence.old_facts - {old.figure.sentence}
    _, share = evidence.old_told.nearest(stems(comparable.sentence_of(new).text), others)
    return Doubt.ALIKE if share >= STANDS else None


def hardly(old: float, new: float) -> bool:
    """Whether a number is as good as the other."""
    return abs(old - new) < HARDLY * max(abs(old), abs(new))


def of_event(evidence: Evidence, said: Analysis, event: Event, told_before: float) -> Doubt | None:
    """Why a deed that the old text does not tell is no sure change; `told_before` (0 to 1) is how much of its sentence
    one of the old text holds that does not deny it."""
    rule = Rule[event.rule.upper()]
    if rule is Rule.MOVEMENT and told_before >= ALIKE:
        return Doubt.ALIKE
    others = event.doer in _OTHERS and event.doer_basis != "assumed"
    if rule is Rule.HARM:
        by_nature = event.doer == "unknown" and any(thing.name == "nature" for thing in said.things)
        return Doubt.OTHERS if by_nature else None
    if others and event.comparison != "no_longer":
        return Doubt.OTHERS
    clause = next((one for one in said.clauses if event.start <= one.verb.start < event.end), None)
    if _aside(evidence, event, rule, clause):
        return Doubt.ASIDE
    if _of_no_sure_worth(evidence, said, event, rule):
        return Doubt.WORTH
    return Doubt.CASE if _is_a_case(evidence, event, rule, clause) else None


def _aside(evidence: Evidence, event: Event, rule: Rule, clause: Clause | None) -> bool:
    """Whether it is told as an aim, an example, an outcome of something else, or as what happens at times or yearly."""
    if not _YEARLY.isdisjoint(event.text.lower().split()):
        return True
    lead = clause.leader if clause is not None and event.clause == "gerund" else None
    if event.example or (lead is not None and lead.verb.copula):
        return True  # "enforcement was inadequate with respect to preventing corruption"
    if rule is not Rule.MOVEMENT:
        return event.clause == "infinitive" and event.comparison != "first"
    often = evidence.judging.words.get("frequencies", ())
    listed = event.clause == "noun" and event.text.split()[0].lower() not in _ARTICLES
    return listed or event.clause in ("gerund", "infinitive") or bool(often and any_of(often).search(event.text))


def _of_no_sure_worth(evidence: Evidence, said: Analysis, event: Event, rule: Rule) -> bool:
    """Whether an instrument or body says nothing of what it is for, who is pursued did no wrong that is named, or
    what is said to be undone was asked for."""
    if event.direction < 1:
        return False
    if rule is Rule.LAW_UNDONE and event.effect != "less" and event.comparison != "no_longer":
        return True
    purposes = evidence.judging.words.get("purposes", ())
    if rule is Rule.LAW_ACT and purposes:
        return any_of(purposes).search(said.text) is None
    return event.effect in ("pursue", "punish") and event.worth == "person" and event.charge != "wrong"


def _is_a_case(evidence: Evidence, event: Event, rule: Rule, clause: Clause | None) -> bool:
    """Whether it befell one thing among others ("closed a center", "barred Harbour Radio") or a court did it."""
    if rule not in (Rule.LAW_UNDONE, Rule.MOVEMENT) or event.many:
        return False
    if event.object_class in _WHOLE:
        return False
    courts = frozenset(evidence.pair.new.profile.lexicon.get("body.courts", ()))
    by = {word for noun in clause.subjects for word in noun.words} if clause is not None else set()
    if by & courts and not by & _HIGHEST:
        return True
    words = (event.object or "").split()
    one = bool(words) and (words[0] in _ONE or all(word[0].isupper() for word in words))
    return rule is Rule.LAW_UNDONE and one and event.object_class != "restrictions"
