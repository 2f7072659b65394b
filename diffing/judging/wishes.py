"""What a recommendation asks for: a deed, and what it is to be done to.

A wish is answered only by a sentence that tells the same deed of the same matter, done; deeds of one group ("adopt",
"approve", "enact") are one deed.

>>> from diffing.profile import load_profile
>>> tip = load_profile("tip")
>>> wish = read_wish("Adopt and fund a plan for shelters.", tip)
>>> sorted(wish.own), "enact" in wish.deeds
(['adopt', 'fund'], True)
>>> said = analyse("The cabinet approved the plan, but has yet to train officers.", tip)
>>> [told_deed(said, read_wish(wish, tip).deeds) for wish in ("Adopt a plan.", "Train officers.")]
[True, False]
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from weakref import WeakKeyDictionary

from msgspec import Struct

from diffing.language.analysis import Analysis, analyse
from diffing.language.constituents import Clause, Phrase
from diffing.language.freedoms import OUTSIDERS
from diffing.language.lexicon import MANY_PROFILES, Lexicon, lexicon
from diffing.language.stems import stems
from diffing.language.words import plain_words, tokens_of
from diffing.profile import Profile

# So many deeds one wish asks for at most: "investigate, prosecute, convict, and sentence". Range 3 to 8.
MOST_DEEDS = 4

# Wishes whose deeds are kept: each is asked for against many others. Range 1,000 to 100,000; a year has some 4,000.
MOST_WISHES = 4_096

# Behind these stands for whom or on what a thing is that is asked for: "a law on witness protection".
_NARROWING = frozenset(("for", "on", "against", "from", "to"))
_BELONGING = frozenset(("of", "on", "against"))
_MARKS = frozenset(",;.")
_EFFORTS = ("effort", "efforts", "part")
_MORE = stems("increase raise expand strengthen more number")
# What only holds or grades what a wish is about: "the practice of", "standard operating procedures".
_CONTAINERS = stems("practice use number effort requirement standard operating national new formal sufficient adequate")
# Of whom all these reports tell narrows nothing.
_WHOEVER = stems("victims persons people anti-trafficking")
# What an indicator counts always narrows no wish.
_GENERIC = frozenset(("offender", "victim", "official", "case", "person"))
_OFFICIALS = stems("public officials complicit implicated")
# The scopes under which a deed is only wished for, planned or supposed.
_NOT_YET = ("planned", "asked", "conditional")
WISHED = (*_NOT_YET, "alleged", "charged")


class Wish(Struct, frozen=True):
    """What a wish asks for, in stems: its `words`, less those of who is to do it; its `own` deeds and all `deeds` that
    are one with them; the `thing` they are done to, for `whose` or on what that is, and all of its `matter`.

    `purpose` is what else is to be done by it ("amend the law to raise penalties for rape"). It asks for an end
    (`ends`) where it is done once a thing is no more: "abolish fees", "sentences that are not suspended"; what is to be
    done `without` something is done so. Where it asks for more of some `indicators`, `narrowed` are the stems that say
    of which.
    """

    text: str
    words: frozenset[str]
    own: frozenset[str]
    deeds: frozenset[str]
    thing: frozenset[str]
    whose: frozenset[str]
    matter: frozenset[str]
    purpose: frozenset[str]
    ends: bool
    without: bool
    indicators: frozenset[str]
    narrowed: frozenset[str]


_read: WeakKeyDictionary[Lexicon, dict[str, Wish]] = WeakKeyDictionary()


def read_wish(text: str, profile: Profile) -> Wish:
    """A wish as a sentence that says what somebody should do, worked out once for every distinct one."""
    table = _read.setdefault(lexicon(profile), {})
    if text not in table:
        if len(table) >= MOST_WISHES:
            table.clear()
        table[text] = _wish(text, profile)
    return table[text]


def _wish(text: str, profile: Profile) -> Wish:
    known, lists = lexicon(profile), profile.judging.words
    told = _asked_in(text.strip(" -•").removeprefix("and "), profile)
    deeds = told.deeds
    bodies = stems(" ".join(lists.get("bodies", ())))  # who is to do it says nothing of what is to be done
    words = stems(text) - bodies
    matter = (words - deeds - _CONTAINERS - _WHOEVER) or words
    ends = stems(" ".join(verb for row in profile.predicates if row.name == "end" for verb in row.verbs))
    without = set(profile.grammar.get("wish_without", ())).intersection(plain_words(text))
    ending = bool(deeds & ends)
    indicators = _indicators(text, deeds, told.asked, known)
    return Wish(
        text=text,
        words=words,
        own=deeds,
        deeds=deeds.union(*(members for members in _alike(lists.get("deed_groups", ())) if members & deeds)),
        thing=told.thing - bodies or matter,
        whose=told.whose,
        matter=matter,
        purpose=told.purpose,
        ends=ending or bool(without),
        without=without == {"without"} and not ending,
        indicators=indicators,
        narrowed=_narrowed(text, deeds, told.thing, known) if indicators else frozenset(),
    )


class _Asked(Struct, frozen=True):
    """What the clauses of a wish tell: what is named so in `Wish`, and its words from the first deed to the thing."""

    asked: str
    deeds: frozenset[str] = frozenset()
    thing: frozenset[str] = frozenset()
    whose: frozenset[str] = frozenset()
    purpose: frozenset[str] = frozenset()


def _asked_in(text: str, profile: Profile) -> _Asked:
    said = analyse(f"It should {text[:1].lower()}{text[1:]}", profile)
    first = next((c for c in said.clauses if "should" in c.verb.words and c.kind == "main"), None)
    if first is None:
        return _Asked(text)
    told = _told_first(said, first)
    nouns = [noun for clause in told for noun in clause.objects]
    listed = [noun for noun in nouns if noun.words == (_base_of(said, noun),) and noun not in told[-1].objects]
    deeds = stems(" ".join([*(clause.verb.lemma for clause in told), *(noun.words[0] for noun in listed)]))
    things = [part for noun in nouns if noun not in listed for part in (noun, *_of(noun))]
    for clause in said.clauses:  # "a law that bans all forms of trafficking"
        if clause.kind == "relative" and clause.leader in told:
            things += [clause.verb, *(part for noun in clause.objects for part in (noun, *_of(noun)))]
    things += [
        noun for prep, noun in told[-1].preps if prep in ("in", "under") or (prep in ("with", "for") and not things)
    ]
    if not things:
        behind = (part for part in said.phrases if part.first > told[-1].verb.last)
        things = list(
            takewhile(lambda part: part.words[0] not in said.known.listed("wish_ends") | _NARROWING | _MARKS, behind)
        )
    end = max((part.end for part in things), default=told[-1].verb.end)
    thing = stems(" ".join(" ".join(part.words) for part in things)) - deeds - _MORE - _CONTAINERS
    thing = thing - _WHOEVER or thing
    purpose = _purpose(said, told) - deeds - thing - _MORE - _CONTAINERS
    return _Asked(said.text[told[0].verb.start : end], deeds, thing, _whose(said, things), purpose)


def _purpose(said: Analysis, told: list[Clause]) -> frozenset[str]:
    """The stems of what a deed is to be done for, as far as another deed says it: "a fund to compensate victims"."""
    for clause in said.clauses:
        if clause.kind == "infinitive" and clause.leader in told and clause not in told and clause.objects:
            narrower = [noun for prep, noun in clause.preps if prep in _NARROWING]
            nouns = [part for noun in (*clause.objects, *narrower) for part in (noun, *_of(noun))]
            # "to guide officers in identifying victims"
            led = [c for c in said.clauses if c.leader is clause and c.kind == "gerund"]
            deeper = [word for c in led for noun in (c.verb, *c.objects) for word in noun.words]
            named = stems(" ".join([*deeper, *(word for noun in nouns for word in noun.words)]))
            return named - _WHOEVER or named | stems(clause.verb.lemma)
    return frozenset()


def _whose(said: Analysis, things: list[Phrase]) -> frozenset[str]:
    """The stems of what stands right behind a thing, and says for whom or on what it is."""
    last = max((part.last for part in things), default=len(said.words.folded))
    behind = [part for part in said.phrases if part.first > last]
    if not behind or behind[0].words[0] not in _NARROWING:
        return frozenset()
    told = takewhile(lambda part: part.words[0] not in said.known.listed("wish_ends") | _MARKS, behind[1:])
    return stems(" ".join(" ".join(part.words) for part in told)) - _WHOEVER


def _told_first(said: Analysis, first: Clause) -> list[Clause]:
    """The clauses of the first deeds of a wish, which have one object."""
    mains = [clause for clause in said.clauses if clause.kind == "main"]
    if any(noun.words[-1] in _EFFORTS for noun in first.objects):  # "increase efforts to identify": the deed is behind
        return [c for c in said.clauses if c.leader is first and c.kind in ("infinitive", "gerund")] or [first]
    if not first.objects:
        return [first]
    if all(noun.words == (_base_of(said, noun),) for noun in first.objects):  # "investigate, prosecute, and convict"
        return mains[:MOST_DEEDS]
    return [clause for clause in mains if clause.objects[:1] == first.objects[:1]]


def _base_of(said: Analysis, noun: Phrase) -> str:
    """The verb that a word is by the lists: of "investigate, prosecute, and convict" the second."""
    verb = said.words.known[noun.first].entry.use.verb
    return verb[0] if verb is not None and verb[1] == "base" else ""


def _of(noun: Phrase) -> tuple[Phrase, ...]:
    return (noun.tail[1],) if noun.tail is not None and noun.tail[0] == "of" else ()


def _whole(noun: Phrase) -> tuple[str, ...]:
    """A noun's words with those that say of or on what it is, "a plan on elimination of child labor"; not for what."""
    behind = noun.tail is not None and noun.tail[0] in _BELONGING
    return (*noun.words, *_whole(noun.tail[1])) if noun.tail is not None and behind else noun.words


@lru_cache(maxsize=MANY_PROFILES)
def _alike(groups: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(stems(group.replace("|", " ")) for group in groups)


def by_any_name(text: str, profile: Profile) -> frozenset[str]:
    """The stems of a text, and of the other names of the things that it names."""
    told = stems(text)
    return told.union(*(names for names in _alike(profile.grammar.get("one_thing", ())) if names & told))


def told_by_any_name(said: Analysis, profile: Profile) -> frozenset[str]:
    """The same of a sentence; officials under any title are officials."""
    named = by_any_name(said.text, profile)
    return named | _OFFICIALS if any(thing.name == "accused_officials" for thing in said.things) else named


def lacking(said: Analysis, thing: frozenset[str], ends: bool) -> bool:
    """Whether a sentence names the thing only where there is none of it, or not yet: "had no access to homes".

    Of a wish for its end (`ends`) it is enough that it is planned.
    """
    words, kinds = said.words, (*_NOT_YET, *(() if ends else ("denied",)))
    if thing.isdisjoint(stems(said.text)) or not any(scope.kind in kinds for scope in said.scopes):
        return False  # most sentences
    places = [at for at, word in zip(words.starts, words.folded, strict=True) if stems(word) & thing]
    return bool(places) and all(said.under(at, *kinds) for at in places)


def told_deed(
    said: Analysis, deeds: frozenset[str], thing: frozenset[str] = frozenset(), profile: Profile | None = None
) -> bool:
    """Whether a sentence tells one of the deeds as done, neither denied nor wished for, and to the `thing`, if any."""
    return any(profile is None or _done_to(said, part, thing, profile) for part in _told(said, deeds))


def has_purpose(said: Analysis, deeds: frozenset[str]) -> bool:
    """Whether a sentence says by another deed what one of the deeds was done for."""
    told = {part.head for part in _told(said, deeds)}
    aims = [clause for clause in said.clauses if clause.kind in ("infinitive", "gerund")]
    return any(clause.leader is not None and clause.leader.verb.head in told for clause in aims)


def done_by_others(said: Analysis, deeds: frozenset[str], thing: frozenset[str], profile: Profile) -> bool:
    """Whether charities or international bodies alone did a deed to the thing, of which the state was asked."""
    told = {part.head for part in _told(said, deeds) if _done_to(said, part, thing, profile)}
    doers = [noun for clause in said.clauses if clause.verb.head in told for noun in clause.doers]
    kinds = [{thing.doer for thing in said.things_of(noun)} for noun in doers]
    return bool(kinds) and all(kind and kind <= OUTSIDERS for kind in kinds)


def is_kept(said: Analysis, thing: frozenset[str], profile: Profile) -> bool:
    """Whether a sentence says that the thing is kept: "abolished visa fees, but retained recruitment fees"."""
    keeping = {verb for row in profile.predicates if row.name == "keep" for verb in row.verbs} | {"remain"}
    for clause in said.clauses:
        if clause.verb.lemma in keeping and not clause.verb.denied:
            led = [noun for other in said.clauses if other.leader is clause for noun in other.objects]
            kept = clause.objects or led or clause.subjects
            named = by_any_name(" ".join(word for noun in kept for word in _whole(noun)), profile)
            if 2 * len(thing & named) >= len(thing):
                return True
    return False


def _told(said: Analysis, deeds: frozenset[str]) -> list[Phrase]:
    return [
        part for part in said.phrases
        if part.kind == "verb" and part.form != "base" and not part.denied
        and stems(said.words.folded[part.head]) & deeds and not _only_said(said, part)
    ]  # fmt: skip


def _done_to(said: Analysis, verb: Phrase, thing: frozenset[str], profile: Profile) -> bool:
    """Whether what a verb acts on is the thing, by any name; where it acts on nothing, nobody can tell."""
    own = [clause for clause in said.clauses if clause.verb.head == verb.head]
    # "bars them from charging fees": what is charged
    led = [clause for clause in said.clauses if clause.leader in own and clause.kind in ("gerund", "infinitive")]
    acted = [noun for clause in (*own, *led) for noun in clause.patients]
    others = said.known.listed("pronouns")  # "and visited 120 of them"
    acted = [noun for noun in acted if noun.words[-1] not in others and not noun.words[-1][0].isdigit()]
    named = " ".join(word for noun in acted for word in _whole(noun))
    return not acted or bool(thing & by_any_name(named, profile))


def _only_said(said: Analysis, verb: Phrase) -> bool:
    """Whether a verb stands under words by which its deed was not done."""
    return said.under(said.words.starts[verb.head], "denied", *WISHED)


def _indicators(text: str, deeds: frozenset[str], asked: str, words: Lexicon) -> frozenset[str]:
    """The indicators that a wish asks for more of: its deeds with their object, "increase" or "grant" with a noun."""
    tokens = tokens_of(asked, words)
    more, given = bool(deeds & _MORE), any("give" in token.entry.roles for token in tokens[1:2])
    told = tokens_of(text, words) if given else tokens  # "grant residence permits to victims"
    kinds = {name for token in told for name in (token.entry.kind, token.entry.noun) if name}
    found: set[str] = set()
    for token in tokens:
        numbers = token.entry.nouns if more else ()
        if given and "give" not in token.entry.roles:
            numbers = (*token.entry.nouns, *token.entry.acts)
        if token.entry.verb and stems(token.word) and stems(token.word) <= deeds:
            numbers = (*numbers, *token.entry.verbs)
        for number in numbers:
            indicator = words.indicators[number]
            if not indicator.objects or kinds & set(indicator.objects):
                found.add(indicator.name)
    special = {name for name in found if "complicit" in name}
    return frozenset(special if special and "official" in kinds else found - special)


def _narrowed(wish: str, deeds: frozenset[str], thing: frozenset[str], words: Lexicon) -> frozenset[str]:
    """The stems that narrow a wish: all of its words but its deeds and what its indicators always count."""
    named = _GENERIC - (set() if thing & _OFFICIALS else {"official"})  # whom to train is not all the same
    kinds = {token.word for token in tokens_of(wish, words) if token.entry.kind in named}
    return stems(wish) - deeds - stems(" ".join(kinds)) - _MORE


def one_deed(old: str, new: str, profile: Profile) -> bool:
    """Whether two wishes ask for one deed, by whatever verb."""
    before, now = read_wish(old, profile), read_wish(new, profile)
    return bool(now.own & before.deeds or before.own & now.deeds)
