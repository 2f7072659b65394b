"""What a noun is worth to those whom a report is about, by its class and words; and words of praise and hardship.

>>> from diffing.language.analysis import analyse
>>> from diffing.language.meaning import Meaning
>>> from diffing.profile import load_profile
>>> said = analyse("The state waived the fines of victims.", load_profile("tip"))
>>> Worths(said, Meaning(said)).of(said.clauses[0].objects[0], said.clauses[0])
{'violation'}
"""

from __future__ import annotations

from collections.abc import Iterable

from diffing.language.constituents import Clause, Phrase
from diffing.language.directions import Directions
from diffing.language.lexicon import Lexicon
from diffing.language.meaning import Meaning, Said

# So many words behind a punishment stands on whom it was laid. Range 4 to 12.
WHOSE_REACH = 9
# So many nouns before a clause are looked through for what "them" are. Range 5 to 100; more are a list without end.
NEAREST = 30
_NEGATIVE = ("un", "in", "im", "ir", "non")
_WHOSE = frozenset(("of", "on", "for", "against"))


class Worths:
    """The nouns of one sentence."""

    def __init__(self, said: Said, meaning: Meaning) -> None:
        self.phrases, self.folded, self.known, self.meaning = said.phrases, said.words.folded, said.known, meaning
        self._before: dict[tuple[int, bool], set[str]] = {}
        self.ways = Directions(said.clauses, meaning, said.known)
        names = ("standing_goods", "standing_harms", "punishments")
        self.goods, self.harms, self.punishments = map(self.known.listed, names)

    def of(self, noun: Phrase, clause: Clause) -> set[str]:
        """What a noun may be worth: an instrument is a safeguard unless it curbs; else by any word of it.

        "Them" are worth what the nearest noun before their clause is.
        """
        them = noun.kind == "Q" or self.folded[noun.last + 1 : noun.last + 3] in (("of", "them"), ("of", "these"))
        if them and noun in clause.patients and clause.verb.finite:
            return self._of_them(clause, one=noun.words[-1] == "it")
        if noun.words[-1] == "access":
            return {"protection"}  # whatever it is to
        of = f"{noun.words[-1]} of {noun.tail[1].words[-1]}" if noun.tail is not None else ""
        if of in self.goods or of in self.harms:
            return {"protection" if of in self.goods else "violation"}
        found = {
            self._of_instrument(noun, clause) if thing.name == "instruments" else thing.worth
            for thing in self.meaning.things(noun)
        } - {"neutral", ""}
        if "person" in found:
            found.discard("offender")
        if noun.words[-1] in self.punishments and self._of_people(noun):
            return {"violation"}  # "canceled the fines of victims"
        if found - {"person"}:
            return found
        for word in (" ".join(noun.words[-2:]), *reversed(noun.words)):
            for form in (word, word.removesuffix("s"), word.removesuffix("'s")):
                if form in self.goods or form in self.harms:
                    return {"protection" if form in self.goods else "violation", *found}
        if noun.tail is not None and noun.words[-1] in self.known.measures:
            return self.of(noun.tail[1], clause)
        if found:
            return found
        for word in reversed(noun.words[:-1]):  # "the hotline's hours", "a screening tool"
            names = [name for rest, of in self.known.use(word.removesuffix("'s")).nouns if not rest for name in of]
            if good := {"protection", "right"}.intersection(self.known.classes[name].worth for name in names):
                return good
        return set()

    def _of_them(self, clause: Clause, *, one: bool) -> set[str]:
        """What the nearest noun before a clause is worth, one thing or several; it is looked for once."""
        known = self._before.get((id(clause), one))
        if known is None:
            first = min([clause.verb.first, *(subject.first for subject in clause.subjects)])
            tails = {part.tail[1] for part in self.phrases if part.tail is not None}
            nearer = [p for p in self.phrases if p.kind == "noun" and p.last < first and p not in tails]
            nearer = [part for part in nearer if part.words[-1].endswith(("s", "en", "le")) is not one][-NEAREST:]
            known = next((found for part in reversed(nearer) if (found := self.of(part, clause))), set())
            self._before[id(clause), one] = known
        return known

    def lacked(self, clause: Clause) -> set[str]:
        """What is worth what a clause says to be missing: "ran shelters without funds".

        What wrongdoers have to permit only binds: "entered the mines without the consent of their owners".
        """
        found = set()
        for at, (prep, noun) in enumerate(clause.preps):
            if prep == "without":
                by = (*([noun.tail[1]] if noun.tail is not None else []), *(n for _, n in clause.preps[at + 1 :]))
                bound = noun.words[-1] in self.known.listed("permissions")
                bound = bound and any("offender" in self.of(one, clause) for one in by)
                found |= {"restriction"} if bound else self.of(noun, clause)
        return found

    def _of_people(self, noun: Phrase) -> bool:
        """Whether a punishment is told to be one of people who did no wrong."""
        near = [part for part in self.phrases if noun.last < part.first <= noun.last + WHOSE_REACH]
        whose = [part for part in near if self.folded[part.first - 1] in _WHOSE]
        return any(t.name == "protected" for part in whose for t in self.meaning.things(part))

    def _of_instrument(self, noun: Phrase, clause: Clause) -> str:
        inner = self.ways.inner(noun, clause)
        return {1: "protection", -1: "restriction", 0: "", None: "protection"}[inner]


class Quality:
    """The words of praise and of hardship that a lexicon knows."""

    def __init__(self, known: Lexicon) -> None:
        self.known = known
        self.well, self.ill, self.neutral = (known.listed(f"standing_{name}") for name in ("well", "ill", "neutral"))

    def of(self, words: Iterable[str]) -> int:
        """What words of praise or of hardship say; hardship goes before praise."""
        words, at, found = list(words), 0, set()
        while at < len(words):
            phrases = (" ".join(words[at : at + length]) for length in (3, 2, 1))
            sign, phrase = next(((sign, one) for one in phrases if (sign := self._worth_of(one))), (0, ""))
            found.add(sign)
            at += max(1, len(phrase.split()))
        return min(found - {0}, default=0)

    def _worth_of(self, phrase: str) -> int:
        """What a word or phrase says: what is not well is ill, as is what was not done ("irregular", "unread")."""
        for word in (phrase, phrase.removesuffix("ly")):
            if word in self.ill or word in self.well:
                return 1 if word in self.well else -1
        for prefix in _NEGATIVE:
            rest = phrase.removeprefix(prefix)
            undone = prefix == "un" and rest.endswith("ed") and self.known.use(rest).verb is not None
            if rest != phrase and (rest in self.well or (undone and phrase not in self.neutral)):
                return -1
        return 0

    def limits(self, words: tuple[str, ...]) -> bool:
        """Whether a "no" in them only says how much there is: "for no more than 30 days"."""
        return any(word == "no" and " ".join(words[at : at + 3]) in self.ill for at, word in enumerate(words))
