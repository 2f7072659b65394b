"""Why a difference between two texts is no sure change of the country: pure predicates on figures, events, sentences.

Each says the first doubt that holds, or None. Which doubts a family heeds stands in its profile (`judging.doubts`).
"""

from __future__ import annotations

from itertools import pairwise, takewhile

from diffing.judging.comparable_figures import SEVERAL_YEARS, Comparable, period_in
from diffing.judging.evidence import Evidence
from diffing.judging.reported_values import Told
from diffing.language.analysis import Analysis
from diffing.language.comparisons import way_said
from diffing.language.constituents import Clause
from diffing.language.event_times import years_in
from diffing.language.stems import stems
from diffing.language.word_lists import first_of
from diffing.model import Actor, Doubt, Event, Reality, Rule, Verdict
from diffing.profile import NoSureWorth
from diffing.profile.territories import territory

# Numbers up to this are cases: one that moved by less than chance moves it, the root of both together, tells nothing.
# Range 2 to 40; at 2 five inquiries after eight are a decline, at 40 a fifth more or less is none.
FEW = 20

# A number that moved by less than this share of itself hardly moved. Range 0.005 to 0.05; of six such that others read
# none was signed, of those up to 0.02 all; at 0.05 a gap of 14.7 percent that grew to 15.3 is none.
HARDLY = 0.016

# The same for a count that moved by less than chance moves it, unless the report compares the two itself. Range 0.02 to
# 0.1; lower makes 738 fines after 771 a decline (of nine such five were right), higher hides moves of small countries.
HARDLY_MORE = 0.05

# The same for a count of which one of the two has a note that nobody has read: what it covers may move it so far. Range
# 0.1 to 0.5; of four that others read none was right, of those that moved more all.
NOTED = 0.25

# So many kinds of one count that a sentence lists may go either way. Range 3 to 5.
KINDS = 3

# So many characters behind a number say what it is of. Range 40 to 100.
BEHIND = 80

# From this share of its words on a number's sentence stands in the old text already. Range 0.8 to 1.
STANDS = 0.9

# From this share of its words on the old text has a sentence that says much the same. Range 0.5 to 0.8.
ALIKE = 0.6

# From this share of the words of a restriction on that is lifted the old text tells of it; of another one nobody knows
# that it stood before the year. Range 0.4 to 0.8; lower joins two restrictions, higher asks for the same words.
STOOD = 0.5

# Who is not the state, where it is said who did it.
_OTHERS = frozenset(("private", "civil", "international", "media"))
# What is no one thing among others: an institution, a party.
_WHOLE = ("institutions", "civil")
# Courts whose word is law, and no single case.
_HIGHEST = frozenset(("supreme", "constitutional", "high"))
# What ends what is said of a number: "50 victims, an increase from 2018, and convicted fewer traffickers".
_ENDS = frozenset((".", ";", ":", "and", "but", "while"))
# The marks of a note that says what else a number covers, or does not.
_NOTED = frozenset("†‡")
_BY = frozenset(("more", "fewer", "less", "higher", "lower"))
# By these the report itself says that a number hardly moved, whatever the two are.
_AS_BEFORE = ("comparable with previous", "comparable to previous", "similar to previous", "in line with previous")
# What few of are cases.
_CASES = ("persons", "cases", None)
_YEARLY = frozenset(("annual", "annually", "yearly"))
_GOES_ON = frozenset(("still", "again", "renewed"))
_PURSUED = ("arrests", "prosecutions", "convictions")
_ARTICLES = ("a", "an")
# What is one alone, or one person's.
_ONE = (*_ARTICLES, "one", "another", "his", "her")


def of_figures(comparable: Comparable, old: Told, new: Told, verdict: Verdict) -> Doubt | None:
    """Why two numbers, one higher than the other, show no sure change; `verdict` is what they would show."""
    a, b, evidence = old.figure.value, new.figure.value, comparable.evidence
    said = comparable.sentence_of(new).text
    if a is None or b is None:
        return Doubt.UNLIKE if not new.label and comparable.unlike(old, new) else None
    if new.label:
        noted = [_NOTED & set(comparable.sentence_of(told).text) for told in (old, new)]
        if noted[0] != noted[1]:
            return Doubt.UNLIKE if hardly(a, b, NOTED) else None
        return Doubt.HARDLY if hardly(a, b) else None
    if new.figure.unit == "percent" and new.figure.breakdown:
        return Doubt.WORTH  # a larger share of one kind
    if (old.newer != new.newer and _disputed(comparable, new, b - a)) or (
        old.newer == new.newer and way_said(said, comparable.pair.new.profile) * (b - a) < 0
    ):
        return Doubt.DISPUTED
    if hardly(a, b):
        return Doubt.HARDLY
    if (a - b) ** 2 < a + b and new.figure.unit in _CASES:
        if max(a, b) <= FEW:
            return Doubt.FEW
        if old.newer != new.newer and hardly(a, b, HARDLY_MORE) and not way_said(said, comparable.pair.new.profile):
            return Doubt.HARDLY
    if comparable.unlike(old, new):
        return Doubt.UNLIKE
    if _of_no_worth(comparable, new, said):
        return Doubt.WORTH
    before = said.partition(new.figure.text)[0]
    others = new.figure.actor is not Actor.GOVERNMENT or evidence.first("ngos", before)
    if others and (b > a) is (verdict is Verdict.PROGRESS):
        return Doubt.OTHERS  # what a charity did more of is no effort of the state's
    if old.newer == new.newer:
        return None
    among = evidence.old_facts - {old.figure.sentence}
    _, share = evidence.old_told.nearest(stems(said), among)
    return Doubt.ALIKE if share >= STANDS else None


def _of_no_worth(comparable: Comparable, new: Told, said: str) -> bool:
    """Whether nobody can tell what more of a number is worth: a share of what was not done, the deaths that were looked
    into, those whom another sentence names, a kind of several."""
    figure, at = new.figure, comparable.place(new)
    if figure.unit == "percent" and comparable.said(new).under(at, "denied"):
        return True  # "failed to convict in half of the cases"
    befell = comparable.evidence.first("befell", said[at:][:BEHIND])
    of_whom = figure.indicator in _PURSUED and said.startswith(("Of these", "Of those", "Of them"))
    return bool(figure.indicator == "investigations" and befell) or of_whom or _of_one_kind(comparable, new)


def _of_one_kind(comparable: Comparable, told: Told) -> bool:
    """Whether a number is one of several kinds that a sentence lists of one count, or of those not yet known."""
    figure = told.figure
    if not figure.breakdown:
        return False
    figures = comparable.pair.new_figures if told.newer else comparable.pair.old_figures
    own = (figure.sentence, figure.indicator, figure.year)
    beside = [one for one in figures if one.breakdown and (one.sentence, one.indicator, one.year) == own]
    return len(beside) >= KINDS or "potential" in figure.breakdown


def _disputed(comparable: Comparable, told: Told, moved: float) -> bool:
    """Whether the words behind a number say that it went the other way, or hardly."""
    sentence, profile = comparable.sentence_of(told), comparable.pair.new.profile
    words = comparable.said(told).words
    behind = words.folded[words.behind(told.figure.end - sentence.start) :]
    steps = pairwise((*behind, ""))  # "716 accidents, 13 fewer than": the second number is how far the first moved
    own = " ".join(
        word for word, _ in takewhile(lambda s: s[0] not in _ENDS and (not s[0][0].isdigit() or s[1] in _BY), steps)
    )
    return way_said(own, profile) * moved < 0 or any(said in own for said in _AS_BEFORE)


def hardly(old: float, new: float, least: float = HARDLY) -> bool:
    """Whether a number is as good as the other: it moved by less than the share `least` (0 to 1)."""
    return abs(old - new) < least * max(abs(old), abs(new))


def of_event(evidence: Evidence, said: Analysis, event: Event, told_before: float, retold: bool) -> Doubt | None:
    """Why a deed that the old text does not tell is no sure change; `told_before` (0 to 1) is how much of its sentence
    one of the old text holds that does not deny it, `retold` whether one tells the same move."""
    rule = Rule[event.rule.upper()]
    if retold or (told_before >= ALIKE and event.comparison != "no_longer"):
        return Doubt.ALIKE
    clause = said.clause_of(event)
    others = event.doer in _OTHERS and event.doer_basis != "assumed"
    if rule is Rule.LAW_UNDONE and event.doer == "unknown" and event.doer_basis == "named" and clause is not None:
        # "the station stopped broadcasting"; who has a name may well be the state
        subjects = " ".join(said.text[noun.start : noun.end] for noun in clause.subjects)
        others = not any(word[0].isupper() for word in subjects.removeprefix("The ").split())
    if rule is Rule.LAW_UNDONE and event.doer == "unknown":
        others = others or any(thing.doer == "armed" for thing in said.things)
    if clause is not None and clause.passive and not clause.inherited and len(clause.verb.words) == 1:
        return Doubt.ASIDE  # "the court refused", "unions threatened": nothing was done to them
    if rule is Rule.HARM:
        by_nature = event.doer == "unknown" and any(thing.name == "nature" for thing in said.things)
        return Doubt.OTHERS if by_nature else Doubt.WORTH if _of_a_kind(evidence, said, event) else None
    if (others and event.comparison != "no_longer") or _abroad(evidence, said, clause):
        return Doubt.OTHERS
    if _aside(evidence, said, event, rule, clause):
        return Doubt.ASIDE
    # "soldiers were deployed to suppress protests": the end is bad, whatever the means
    acts = event.direction > 0 and rule in (Rule.DEED, Rule.LAW_ACT)
    bad_end = acts and any(o.clause == "infinitive" and o.direction < 0 for o in said.events)
    if bad_end or _of_no_sure_worth(evidence, said, event, rule, clause):
        return Doubt.WORTH
    return Doubt.CASE if _is_a_case(evidence, event, rule, clause) else None


def _abroad(evidence: Evidence, said: Analysis, clause: Clause | None) -> bool:
    """Whether another country did it: "the Philippines imposed a ban"."""
    subjects = [said.text[noun.start : noun.end] for noun in (clause.doers[:1] if clause is not None else ())]
    named = [found for subject in subjects if (found := territory(subject.removeprefix("the ")))]
    return any(found != territory(evidence.pair.new.country) for found in named)


def _aside(evidence: Evidence, said: Analysis, event: Event, rule: Rule, clause: Clause | None) -> bool:
    """Whether it is told as an aim, an example, an outcome of something else, or as what happens at times or yearly."""
    years = period_in(said.text, evidence.judging.periods)[0] == SEVERAL_YEARS
    named = years_in(said.text)
    if (
        years
        or (named and max(named) < evidence.period - 1 and not event.comparison)
        or not (_YEARLY | _GOES_ON).isdisjoint(event.text.lower().split())
    ):
        return True
    lead = clause.leader if clause is not None and event.clause == "gerund" else None
    if event.example or (lead is not None and lead.verb.copula):
        return True  # "enforcement was inadequate with respect to preventing corruption"
    if event.clause == "noun" and event.predicate == "restrict":
        return True  # "restrictions on assembly peaked" imposes none
    before, after = said.text[: event.start], said.text[event.start :]
    if event.direction < 0 and rule is Rule.LAW_UNDONE and evidence.first("undone_again", after):
        return True  # "declared a curfew, which was lifted the following day"
    if rule is not Rule.MOVEMENT:
        return False
    if evidence.first("explained", before) or evidence.first("taken_back", after):
        return True
    listed = event.clause == "noun" and event.text.split()[0].lower() not in _ARTICLES
    return listed or event.clause in ("gerund", "infinitive") or bool(evidence.first("frequencies", event.text))


def _of_no_sure_worth(evidence: Evidence, said: Analysis, event: Event, rule: Rule, clause: Clause | None) -> bool:
    """Whether the profile says so of such a deed, a law bans what people may do, people move for a wrong's sake, or a
    restriction that was lifted is none that the old text tells of."""
    of_law = [o for o in said.events if o.start >= event.end and o.reality is Reality.LAW and o.direction]
    # "signed a law abolishing the death penalty"
    ends = rule is Rule.LAW_ACT and bool(of_law) and all(o.direction > 0 and o.effect == "less" for o in of_law)
    if not ends and _of_a_kind(evidence, said, event):
        return True
    if rule is Rule.LAW_UNDONE and event.predicate == "end" and event.object_class == "restrictions":
        harms = {said.words.folded[t.last] for t in said.things if t.worth == "violation"}
        if stems(" ".join(harms)) & stems(event.object or ""):
            return True  # a ban on deportation protects
        if evidence.first("for_good", event.text):
            return False  # what is abolished has stood; what is lifted may have been imposed in the same year
        told = [said.text[noun.start : noun.end] for noun in (clause.patients if clause else ())]
        told += [other.object or "" for other in said.events if other.object_class == "restrictions"]
        return all(
            len(of) == 1 or evidence.old_told.nearest(of, evidence.old_facts)[1] < STOOD for of in map(stems, told)
        )
    if rule is Rule.LAW_ACT and event.direction > 0:  # a law "which includes a prohibition on strikes"
        after = {worth: {t.first for t in said.things if t.worth == worth} for worth in ("restriction", "right")}
        return bool(after["restriction"]) and max(after["right"], default=0) > min(after["restriction"])
    if rule is not Rule.MOVEMENT or event.direction < 1 or clause is None:
        return False
    causes = [of for by, of in clause.preps if by in ("because of", "due to")]  # people move because of war
    return any(thing.worth == "violation" for of in causes for thing in said.things_of(of))


def _of_a_kind(evidence: Evidence, said: Analysis, event: Event) -> bool:
    """Whether the profile says so of such a deed."""
    rows, lists = evidence.judging.no_sure_worth.values(), evidence.judging.words
    return any(fits(row, event, said.text, lists) for row in rows)


def fits(row: NoSureWorth, event: Event, text: str, lists: dict[str, tuple[str, ...]]) -> bool:
    """Whether an event, told in a sentence `text`, is of the kind of a row; `lists` are the profile's words by name."""
    text = f"{event.object or ''} {event.text}" if row.deed_alone else text
    asked = all(getattr(event, column) in values for column, values in row.when.items())
    barred = any(getattr(event, column) in values for column, values in row.never.items())
    told = not row.words or any(first_of(lists.get(word, (word,)), text) for word in row.words)
    return asked and told and not barred and not any(first_of(lists.get(w, (w,)), text) for w in row.never_words)


def _is_a_case(evidence: Evidence, event: Event, rule: Rule, clause: Clause | None) -> bool:
    """Whether it befell one thing among others ("closed a center", "barred Harbour Radio") or a court did it."""
    words = (event.object or "").split()
    if rule is Rule.LAW_ACT:  # a commission of inquiry into what happened
        return event.object_class == "bodies" and any(word.startswith(("investigat", "inquir")) for word in words)
    if rule is Rule.DEED:  # one man was sentenced or spared, guards of one prison were charged
        of_one = event.single and (event.effect in ("pursue", "punish") or event.object_class == "leniency")
        return (of_one or event.object_class == "accused_officials") and event.comparison != "first"
    courts = frozenset(evidence.pair.new.profile.lexicon.get("body.courts", ()))
    by = {word for noun in clause.subjects for word in noun.words} if clause is not None else set()
    if rule is Rule.MOVEMENT:
        return bool(by & courts)
    if rule is not Rule.LAW_UNDONE:
        return False
    if clause is not None and clause.verb.lemma == "seize":
        return True  # from one person or house
    if "judicial" in event.text.split() or " on a " in (event.object or ""):
        return True  # what a court ordered of one party, what was cut from one film
    if event.many or event.object_class in _WHOLE:
        return False
    if by & courts and not by & _HIGHEST:
        return True
    one = bool(words) and (words[0] in _ONE or words[0].endswith("’s") or all(word[0].isupper() for word in words))
    return one and event.object_class != "restrictions"
