"""What a figure counts: the indicator and the unit, from noun, verbs and what both act on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from msgspec import Struct

from diffing.extracting.candidates import OF_CASES, THINGS, Candidate
from diffing.extracting.context import Sentence
from diffing.extracting.find.breakdowns import called_victims
from diffing.language.entries import PLAIN
from diffing.language.lexicon import Lexicon
from diffing.language.words import Token
from diffing.model.printed_numbers import is_money

_COURTS = frozenset(("court", "courts", "judge", "judges", "tribunal"))
_FINES = frozenset(("fine", "penalty", "bribe", "loss"))
_CAPACITY = "shelter capacity"  # the noun of the indicator that counts how many a place can take
_ABLE = frozenset(("can", "could", "able"))
_MEANT = frozenset(("capacity", "designed", "room", "space"))
SUM_REACH = 5  # tokens from a sum to what it is paid as: "$22,700 in compensation"
VISITED_REACH = 5  # tokens from a visit to what is visited: "visits to building sites"


class _Object(Struct, frozen=True):
    """What is counted: its class and lemma; `known` False where no word says it."""

    kind: str
    lemma: str
    known: bool


_UNNAMED = _Object("", "", False)


def resolve(candidate: Candidate, sentence: Sentence, elliptic: Token | None) -> tuple[str | None, ...]:
    """The indicators of a candidate, one for each coordinated verb; ``(None,)`` where it can't be known.

    `elliptic` is the noun that a number without one repeats ("identified 12 and referred ten").
    """
    quantity, tokens, lexicon = candidate.quantity, sentence.tokens, sentence.lexicon
    if quantity.times:
        return (None,)
    if quantity.money:
        return _money(candidate, lexicon, tokens)
    verbs = candidate.verbs
    if any("undoing" in v.entry.roles and v.tag != "g" for v in verbs):
        return (None,)
    if _is_capacity(candidate, tokens):
        return (next((i.name for i in lexicon.indicators if _CAPACITY in i.nouns), None),)
    noun = candidate.noun
    if noun is not None and noun.entry.nouns:
        return _by_noun(candidate, noun, lexicon, tokens)
    if noun is not None and noun.entry.acts and quantity.absent:
        return (_by_nominal(noun, _UNNAMED, lexicon, False),)  # "no data on identification or referral"
    if noun is not None and noun.entry.unit == "inspections" and noun.entry.acts:
        behind = tokens[candidate.np_end + 1 : candidate.np_end + VISITED_REACH]
        visited = (_Object(t.entry.kind, t.entry.noun, True) for t in behind if t.entry.noun)
        return (_by_nominal(noun, next(visited, _UNNAMED), lexicon, False),)  # "3,100 visits to businesses"
    counted = _object(candidate, tokens, elliptic)
    if any(t.word == "involving" for t in tokens[max(0, candidate.at - 2) : candidate.at]):
        if counted.kind in ("child", "victim"):
            return (None,)  # "investigated two cases involving five children"
        verbs = candidate.np_verbs or verbs  # "investigated 30 cases involving 12 arrested suspects"
    if candidate.nominal is not None:
        if _undone(tokens, candidate.nominal):
            return (None,)
        granted = any("give" in v.entry.roles or v.entry.verb == "order" for v in verbs)
        name = _by_nominal(candidate.nominal, counted, lexicon, granted)
        if name is not None:
            first = _by_verbs(verbs[:-1], counted, lexicon)  # "identified and provided care to 12 victims"
            return tuple(dict.fromkeys((*first, name)))
    names = _by_verbs(verbs or candidate.np_verbs, counted, lexicon)
    if verbs and (not names or (tokens[candidate.at - 1].word == "all" and counted.kind == "victim")):
        names += _by_verbs(candidate.np_verbs, counted, lexicon)[:1]  # "referred all 46 identified victims": both
    house = noun is None and elliptic is not None and elliptic.entry.unit == "facilities"
    if elliptic is not None and house and not names:
        names = _pick(elliptic.entry.nouns, lexicon, counted)[:1]  # "closed nine of its shelters, leaving 32"
    return tuple(dict.fromkeys(names)) or (None,)


def _is_capacity(candidate: Candidate, tokens: list[Token]) -> bool:
    """Whether it is how many a place can take, not how many it took: "could house 40", "designed to receive 60"."""
    for clause in candidate.governing.acting:
        led = clause.leader if clause.kind == "infinitive" else None
        before = (*led.verb.words, *(n.words[-1] for n in led.objects)) if led is not None else ()
        able = not _ABLE.isdisjoint((*clause.verb.words, *before))
        places = (t.entry.unit == "facilities" for n in clause.subjects for t in tokens if n.start <= t.start < n.end)
        if not _MEANT.isdisjoint(before) or (able and any(places)):
            return True
    return False


def _object(candidate: Candidate, tokens: list[Token], elliptic: Token | None) -> _Object:
    noun = candidate.noun if candidate.noun is not None else elliptic
    if noun is None or "data" in noun.entry.roles:
        return _UNNAMED  # "sentencing data": of whom, no word says
    kind = noun.entry.kind
    unknown = noun is candidate.noun and not noun.entry.noun and not noun.entry.roles
    if unknown and any("of_people" in v.entry.roles for v in candidate.verbs):
        kind = "person"  # "trained 12 muezzins"
    elif unknown and noun.capital:
        kind = "human"  # "arrested 12 Bangladeshis", "4,000 stateless Makonde"
    open_kind = noun.entry.unit == "persons" and kind not in ("victim", "offender", "official", "case")
    if open_kind and (_exploited(tokens, candidate) or called_victims(tokens, candidate.np_end)):
        kind = "victim"  # "rescued 33 bonded laborers", "assisted eight citizens who were victims"
    return _Object(kind, noun.entry.noun, True)


def _exploited(tokens: list[Token], candidate: Candidate) -> bool:
    """Whether those who are counted were exploited; "for" says what somebody is accused of."""
    behind = tokens[candidate.np_end]
    named = (*tokens[candidate.at : candidate.np_end], behind)  # "18 trafficked women", "73 subjected to trafficking"
    told = "exploitation" in candidate.breakdown or any(
        {"exploiting", "exploited"} & set(token.entry.roles) for token in named
    )
    return told and behind.word != "for"


def _by_noun(candidate: Candidate, noun: Token, lexicon: Lexicon, tokens: list[Token]) -> tuple[str | None, ...]:
    """The indicator that a noun names by itself: 12 convictions, three shelters."""
    kind = _of_object(candidate, tokens)
    names = _pick(noun.entry.nouns, lexicon, _Object(kind, "", bool(kind)))
    if any(t.word == "joint" for t in tokens[candidate.at : candidate.np_end]):
        return (None,)  # "took part in two joint investigations" does not say how many were opened
    if noun.entry.unit == "facilities" and any("closing" in verb.entry.roles for verb in candidate.verbs):
        return (None,)  # "closed three shelters" does not say how many there are
    person = noun.entry.unit == "persons" and noun.entry.kind != "case"
    verb = next(iter((*candidate.verbs, *candidate.did)), None)
    if person and verb is not None and "holding" not in verb.entry.roles and verb.tag != "g":
        return (None,)  # "released 12 prisoners" does not say how many there are
    return (names[0],) if names else (None,)


def _undone(tokens: list[Token], nominal: Token) -> bool:
    """Whether a deed told by a noun was undone: "overturned the convictions of three"."""
    k = tokens.index(nominal)
    return any("undoing" in t.entry.roles for t in tokens[max(0, k - 3) : k])


def _by_nominal(nominal: Token, counted: _Object, lexicon: Lexicon, granted: bool) -> str | None:
    named = _pick((*nominal.entry.acts, *nominal.entry.nouns), lexicon, counted)
    names = [n for n in named if not is_money(lexicon.units[n])]
    if not names and (counted.kind == "victim" or (counted.kind == "case" and granted)):
        names = named  # "awarded compensation to three victims", "in three cases" counts those who got it
    return names[0] if names else None


def _by_verbs(verbs: Iterable[Token], counted: _Object, lexicon: Lexicon) -> list[str]:
    """The indicator of each verb that names one of what is counted."""
    out: list[str] = []
    for verb in verbs:
        named = _pick(verb.entry.verbs, lexicon, counted)
        names = [n for n in named if not is_money(lexicon.units[n])]
        if not names and counted.kind in OF_CASES and not verb.entry.noun:
            names = [n for n in named if n in lexicon.unbound]  # "compensated 12 victims"
        out += names[:1]
    return out


def _pick(numbers: tuple[int, ...], lexicon: Lexicon, counted: _Object) -> list[str]:
    """The names of the indicators that take this object: those that name it, those that ask for its class, the rest."""
    named, asked, free, other = [], [], [], []
    for number in numbers:
        indicator = lexicon.indicators[number]
        if not indicator.objects:
            free.append(indicator.name)
        elif counted.lemma and {counted.lemma, f"={counted.lemma}"} & set(indicator.objects):
            named.append(indicator.name)
        elif counted.kind in indicator.objects:
            asked.append(indicator.name)
        elif number < lexicon.own and counted.kind != "victim":
            other.append(indicator.name)
    return named + asked + free if counted.known else free + other


def _of_object(candidate: Candidate, tokens: list[Token]) -> str:
    """The class of what an indicator noun acts on: "prosecutions of two officials"."""
    j = candidate.np_end
    while candidate.quantity.absent and (tokens[j].tag in ",&q" or tokens[j].entry.nouns):
        j += 1  # "any investigations, prosecutions, or convictions of officials": of all three
    if tokens[j].word in ("of", "against", "involving", "into"):
        named = takewhile(lambda t: t.tag in "axmnvq", tokens[j + 1 : j + 6])
        return "official" if any(t.entry.kind == "official" for t in named) else ""
    return ""


def _money(candidate: Candidate, lexicon: Lexicon, tokens: list[Token]) -> tuple[str | None, ...]:
    """What a sum of money is: restitution, funding, ... by the noun near it or the verb that pays it."""
    for token in tokens[candidate.at + 1 : candidate.at + SUM_REACH]:  # "paid $22,700 in compensation"
        if token.tag in "nv" and (names := _sums(token.entry.nouns, lexicon)):
            return (names[0],)
        if token.tag not in "paxn":
            break
    left = tokens[candidate.stretch.start : candidate.at]
    if candidate.nominal is not None and (names := _sums(candidate.nominal.entry.acts, lexicon)):
        return (names[0],)  # "the disbursement of $40,000"
    if candidate.verbs and lexicon.unbound and _to_victims(candidate.verbs[0], left, tokens[candidate.np_end :]):
        return (min(lexicon.unbound),)
    if candidate.verbs and _to_body(candidate.verbs[0], tokens[candidate.np_end :]):
        return tuple(_sums(lexicon.words.get("fund", PLAIN).verbs, lexicon)[:1]) or (None,)
    for verb in candidate.verbs:
        if names := _sums(verb.entry.verbs, lexicon):
            return (names[0],)
    return (_sum_before(left, lexicon),)


def _sums(numbers: tuple[int, ...], lexicon: Lexicon) -> list[str]:
    return [lexicon.indicators[n].name for n in numbers if is_money(lexicon.indicators[n].unit)]


def _to_victims(verb: Token, left: list[Token], right: list[Token]) -> bool:
    """Whether a sum goes to victims: "paid their victims $75,300", "courts awarded $56,400 to six of them"."""
    if verb.entry.verb not in ("pay", "repay", "award", "order"):
        return False
    near = (*left[-8:], *(right[:4] if right[0].word == "to" else ()))
    if any(t.entry.kind == "victim" for t in near):
        return True
    return verb.entry.verb == "award" and any(t.word in _COURTS for t in left)


def _to_body(verb: Token, right: list[Token]) -> bool:
    """Whether a sum is paid to those who help: "paid $5,100 to one NGO"."""
    paid = verb.entry.verb in ("pay", "award") and right[0].word == "to"
    return paid and any(t.entry.actor in ("ngo", "international_organization") for t in right[1:5])


def _sum_before(left: list[Token], lexicon: Lexicon) -> str | None:
    """The indicator of a sum that is told behind its noun: "funding remained at $200,000"."""
    for token in reversed(left):
        if token.tag in ";l" or token.entry.noun in _FINES:
            break
        if token.tag in "nv" and (names := _sums(token.entry.nouns, lexicon)):
            return names[0]
        if token.tag == "v":
            for name in _sums(token.entry.verbs, lexicon):
                if name in lexicon.unbound or left[-1].word == "with":
                    return name  # "compensated 12 victims with a combined $10,130", "financed it with $900"
    return None


def unit_of(candidate: Candidate, lexicon: Lexicon, indicator: str | None, elliptic: Token | None) -> str | None:
    """What the number is a number of."""
    quantity = candidate.quantity
    if quantity.times:
        return None
    if quantity.money or quantity.unit:
        return quantity.unit
    if candidate.noun is not None:
        return _unit_of_noun(candidate.noun, quantity.absent, lexicon, indicator)
    people = indicator is not None and lexicon.units[indicator] == "persons"
    if elliptic is not None and elliptic.entry.unit and not (people and elliptic.entry.unit in THINGS):
        return elliptic.entry.unit
    if quantity.absent or not people:
        return None
    return "persons"  # "killing at least 11"


def _unit_of_noun(noun: Token, absent: bool, lexicon: Lexicon, indicator: str | None) -> str | None:
    entry = noun.entry
    if absent and is_money(entry.unit):
        return None  # "ordered no restitution": no sum, and nobody who got one
    unit = lexicon.units[indicator] if indicator is not None else ""
    if unit == "inspections" and entry.unit == "facilities":
        return unit  # "inspected 77 farms"
    if entry.unit in ("cases", "items") and entry.nouns and unit:
        return "cases" if is_money(unit) else unit  # convictions and permits are counted in persons
    if entry.unit:
        return entry.unit
    if not entry.roles and (unit == "persons" or (noun.capital and noun.word.endswith("s"))):
        return "persons"  # "convicted 12 marabouts"; Bangladeshis, Venezuelans
    return None if absent else "items"
