"""What a figure counts: the indicator, the unit and the actor, from noun, verbs and subject."""

from __future__ import annotations

from diffing.extracting.drafts import Draft
from diffing.language.lexicon import Lexicon, is_money
from diffing.language.words import Token

_COURTS = frozenset(("court", "courts", "judge", "judges", "tribunal", "tribunals"))
_WISHES = frozenset(
    ("calling", "called", "urged", "asked", "requested", "planned", "plans", "intended", "pledged", "promised")
)
_ON_PERSONS = frozenset(("investigate", "prosecute", "convict", "try", "charge"))  # of persons and cases, not of things


def resolve(draft: Draft, lexicon: Lexicon, tokens: list[Token], elliptic: Token | None) -> tuple[str | None, ...]:
    """The indicators of a draft, one for each coordinated verb; ``(None,)`` where it can't be known.

    `elliptic` is the noun that a number without one repeats ("identified 12 and referred ten").
    """
    quantity = draft.quantity
    noun = draft.noun
    if quantity.times:
        return (None,)
    if quantity.unit == "percent":
        return (None,)
    if quantity.money:
        return _money(draft, lexicon, tokens)
    entry = noun.entry if noun is not None else None
    verbs = draft.verbs
    if verbs and any("undoing" in v.entry.roles and v.tag != "g" for v in verbs):
        return (None,)
    if entry is not None and entry.nouns and not (draft.nominal is not None and entry.unit == "persons"):
        kind = _of_object(draft, tokens)
        names = _pick(entry.nouns, lexicon, kind or "", "", known=bool(kind))
        if not quantity.absent:  # "no funding" is a sum of nothing, "three grants" is none
            names = [n for n in names if not is_money(_unit(lexicon, n))]
        person = entry.unit == "persons" and entry.kind != "case"
        if person and verbs and "holding" not in verbs[0].entry.roles and verbs[0].tag != "g":
            return (None,)  # "released 12 prisoners" does not say how many there are
        if names:
            return (names[0],)
        return (None,)
    if verbs and verbs[0].entry.form == "base" and _wished(tokens, verbs[0]):
        return (None,)
    words = entry if entry is not None else (elliptic.entry if elliptic is not None else None)
    if words is not None and words.unit in ("items", "sessions", "calls"):
        verbs = [v for v in verbs if v.entry.verb not in _ON_PERSONS]
    kind = words.kind if words is not None else ""
    if noun is not None and noun.capital and not noun.entry.noun and not noun.entry.roles:
        kind = "human"  # "arrested 12 Bangladeshis", "4,000 stateless Makonde"
    lemma = words.noun if words is not None else ""
    k = draft.at - 1
    while k > 0 and tokens[k].tag in "Qf":
        k -= 1
    if kind in ("child", "victim") and tokens[k].word == "involving":
        return (None,)  # "investigated two cases involving five children"
    if draft.nominal is not None and not (draft.total and draft.np_verbs):
        k = next((n for n, t in enumerate(tokens) if t is draft.nominal), 0)
        if any("undoing" in t.entry.roles and t.tag == "v" for t in tokens[max(0, k - 3) : k]):
            return (None,)
        known = words is not None
        named = _pick((*draft.nominal.entry.acts, *draft.nominal.entry.nouns), lexicon, kind, lemma, known)
        money = [n for n in named if is_money(_unit(lexicon, n))]
        names = [n for n in named if n not in money]
        if not names and money and kind == "victim":
            names = money  # "awarded compensation to three victims" counts those who got it
        if names:
            return (names[0],)
    out: list[str | None] = []
    if draft.total and draft.np_verbs:
        verbs = draft.np_verbs  # "none of the 11 identified victims received services"
    for verb in verbs or draft.np_verbs:
        named = _pick(verb.entry.verbs, lexicon, kind, lemma, known=words is not None)
        names = [n for n in named if not is_money(_unit(lexicon, n))]
        if not names and kind == "victim" and not verb.entry.noun:
            names = [n for n in named if n in lexicon.unbound]  # "compensated 12 victims"
        if names:
            out.append(names[0])
    if not out and verbs:
        for verb in draft.np_verbs:
            names = _pick(verb.entry.verbs, lexicon, kind, lemma, known=words is not None)
            if names:
                out.append(names[0])
                break
    return tuple(dict.fromkeys(out)) or (None,)


def _wished(tokens: list[Token], verb: Token) -> bool:
    """Whether a deed is only asked for or planned: "calling on the president to investigate two officials"."""
    k = next((n for n, t in enumerate(tokens) if t is verb), 0)
    return k > 1 and tokens[k - 1].word == "to" and any(t.word in _WISHES for t in tokens[max(0, k - 8) : k - 1])


def _unit(lexicon: Lexicon, name: str) -> str:
    return lexicon.units[name]


def _pick(numbers: tuple[int, ...], lexicon: Lexicon, kind: str, lemma: str, known: bool = True) -> list[str]:
    """The names of the indicators that take this object: those that name it, those that ask for its class, the rest."""
    named, asked, free, other = [], [], [], []
    for number in numbers:
        indicator = lexicon.indicators[number]
        if not indicator.objects:
            free.append(indicator.name)
        elif lemma and (lemma in indicator.objects or f"={lemma}" in indicator.objects):
            named.append(indicator.name)
        elif kind in indicator.objects:
            asked.append(indicator.name)
        elif number < lexicon.own:
            other.append(indicator.name)
    return named + asked + free if known else free + other


def _of_object(draft: Draft, tokens: list[Token]) -> str:
    """The class of what an indicator noun acts on: "prosecutions of two officials"."""
    j = draft.np_end
    while (
        draft.quantity.absent
        and j < len(tokens)
        and (tokens[j].tag in ",&q" or (tokens[j].tag == "n" and tokens[j].entry.nouns))
    ):
        j += 1  # "any investigations, prosecutions, or convictions of officials": of all three
    if j < len(tokens) and tokens[j].word in ("of", "against", "involving", "into"):
        for token in tokens[j + 1 : j + 6]:
            if token.tag == "n" and token.entry.kind:
                if token.entry.kind == "official":
                    return "official"
            elif token.tag not in "axmnvq":
                break
    return ""


def _money(draft: Draft, lexicon: Lexicon, tokens: list[Token]) -> tuple[str | None, ...]:
    def names_of(numbers: tuple[int, ...]) -> list[str]:
        return [lexicon.indicators[n].name for n in numbers if is_money(lexicon.indicators[n].unit)]

    if draft.nominal is not None and (names := names_of(draft.nominal.entry.nouns)):
        return (names[0],)
    count = len(tokens)
    j = draft.at + 1
    for k in range(j, min(count, j + 5)):  # "paid $22,700 in compensation"
        if tokens[k].tag in "nv" and (names := names_of(tokens[k].entry.nouns)):
            return (names[0],)
        if tokens[k].tag not in "paxn":
            break
    if draft.verbs and draft.verbs[0].entry.verb in ("pay", "award") and lexicon.unbound:
        if any(t.entry.kind == "victim" and t.tag == "n" for t in tokens[draft.arm.start : draft.at][-8:]):
            return (min(lexicon.unbound),)  # "paid their victims a total of $75,300"
        if draft.verbs[0].entry.verb == "award" and any(t.word in _COURTS for t in tokens[draft.arm.start : draft.at]):
            return (min(lexicon.unbound),)  # "courts awarded $56,400 to six of them"
    for verb in draft.verbs:
        if "undoing" in verb.entry.roles:
            return (None,)
        if names := names_of(verb.entry.verbs):
            blocked = any(t.entry.noun in ("fine", "penalty") for t in tokens[max(0, draft.at - 3) : draft.at])
            return (None,) if blocked else (names[0],)
    for k in range(draft.at - 1, max(-1, draft.arm.start - 1), -1):  # "funding remained at $200,000"
        if tokens[k].tag in ";l":
            break
        if tokens[k].entry.noun in ("fine", "penalty", "bribe", "loss"):
            break
        if tokens[k].tag in "nv" and (names := names_of(tokens[k].entry.nouns)):
            return (names[0],)
        if tokens[k].tag == "v" and (names := [n for n in names_of(tokens[k].entry.verbs) if n in lexicon.unbound]):
            return (names[0],)  # "compensated 12 victims with a combined $10,130"
    return (None,)


def unit_of(draft: Draft, lexicon: Lexicon, indicator: str | None, elliptic: Token | None) -> str | None:
    """What the number is a number of."""
    quantity = draft.quantity
    if quantity.times:
        return None
    if quantity.money or quantity.unit:
        return quantity.unit
    if draft.noun is not None:
        entry = draft.noun.entry
        if quantity.absent and is_money(entry.unit):
            return None  # "ordered no restitution": no sum, and nobody who got one
        if entry.unit in ("cases", "items") and entry.nouns and indicator is not None:
            return _indicator_unit(lexicon, indicator)  # convictions and permits are counted in persons
        if entry.unit:
            return entry.unit
        if draft.noun.capital and draft.noun.word.endswith("s") and not draft.noun.entry.roles:
            return "persons"  # Bangladeshis, Venezuelans
        return None if quantity.absent else "items"
    if elliptic is not None and elliptic.entry.unit:
        return elliptic.entry.unit
    if quantity.absent or indicator is None or _unit(lexicon, indicator) != "persons":
        return None
    return "persons"  # "killing at least 11"


def named_together(tokens: list[Token], k: int, listed: bool = False) -> list[str]:
    """The actors of a subject that ends at `k`: "police and an NGO"; with commas where it is `listed`."""
    actors: list[str] = []
    while k >= 0 and tokens[k].tag in ("anxmO,&" if listed else "anxmO&"):
        token = tokens[k]
        if token.tag == "n" and token.entry.actor and (not actors or tokens[k + 1].tag in ",&"):
            actors.append(token.entry.actor)
        k -= 1
    return actors[::-1]


def _quoted(tokens: list[Token], start: int, at: int) -> str:
    """Who says it within what the media say: "Media reported that the ministry said it rescued 44"."""
    for k in range(start, at - 1):
        if tokens[k].entry.actor and tokens[k].entry.actor != "other" and "voices" in tokens[k + 1].entry.roles:
            return tokens[k].entry.actor if tokens[k + 1].tag == "v" else ""
    return ""


def _indicator_unit(lexicon: Lexicon, name: str) -> str:
    unit = _unit(lexicon, name)
    return "cases" if is_money(unit) else unit


def find_actor(tokens: list[Token], draft: Draft) -> str:
    """Who did or said it: the agent behind "by", the subject before the verb, or the voice that reports."""
    at = draft.at
    floor = draft.arm.start
    if draft.arm.paren:
        floor = max(0, floor)
    count = len(tokens)
    if at and tokens[at - 1].possessive and tokens[at - 1].entry.actor:
        return tokens[at - 1].entry.actor
    for k in range(draft.np_end, min(count, draft.np_end + 12)):
        if tokens[k].tag in ";lcq":
            break
        if tokens[k].word == "by":
            for token in tokens[k + 1 : k + 5]:
                if token.entry.actor:
                    return token.entry.actor
                if token.tag not in "axmn":
                    break
            break
    best = ""
    first = tokens[floor : floor + 3]
    for n, token in enumerate(first):  # "Media reported that the court convicted five": the media's number
        if token.entry.actor == "other" and any("voices" in t.entry.roles for t in first[n + 1 :]):
            return _quoted(tokens, floor + n + 2, at) or "other"
    k = at - 1
    depth = 0
    while k >= floor:
        token = tokens[k]
        if token.tag == ")":
            depth += 1
        elif token.tag == "(":
            depth -= 1
        elif depth <= 0 and token.entry.actor and token.tag in "nx" and not token.possessive:
            j = k - 1
            while j >= 0 and ((tokens[j].tag in "axmnO#" and not tokens[j].possessive) or tokens[j].possessive):
                j -= 1
            voice = j >= 1 and tokens[j].word == "to" and tokens[j - 1].word in ("according", "accord")
            if j < 0 or tokens[j].tag not in "p" or voice or tokens[j].word == "by":
                best = token.entry.actor
                together = best != "government" and j > 0 and tokens[j].tag == "&"
                if together and "government" in named_together(tokens, k):
                    best = "government"  # "police and NGOs identified": the country's number
                break
        k -= 1
    if draft.quantity.estimate:
        return "other"
    return best
