"""When a deed took place and how many it befell, as its own clause says."""

from __future__ import annotations

from diffing.language.constituents import Clause, Phrase
from diffing.language.entries import NUMBER_WORDS
from diffing.language.lexicon import Lexicon
from diffing.language.words import Words, plain_words

_COMPARING = frozenset(("compared", "versus", "than", "unlike"))
# Words from "compared with" to the year that is compared. Range 4 to 12.
COMPARED_REACH = 8
_YEARS = range(1900, 2100)
_ON_A_DAY = frozenset(("on", "in"))
LONGEST_DAY = 2  # digits
_DASHES = ("-", "–")
_SPANNING = frozenset(("in", "from", "during", "between", "since"))
# Words from "since" to its year: "since the end of 2011". Range 1 to 5.
SINCE_REACH = 4


def year_of(word: str) -> int | None:
    """The year that a word names, or None."""
    return int(word) if len(word) == 4 and word.isdecimal() and int(word) in _YEARS else None


def years_in(text: str) -> tuple[int, ...]:
    """The years that a text names, in its order."""
    return tuple(year for word in plain_words(text) for part in word.split("/") if (year := year_of(part)) is not None)


def day_of(words: Words) -> str:
    """The day or month on which a sentence says that something took place: "on May 3"; with no year behind it."""
    for k, word in enumerate(words.known):
        if "months" in word.entry.roles and word.printed[0].isupper() and words.folded[k - 1 if k else 0] in _ON_A_DAY:
            day, behind = (*words.folded[k + 1 : k + 3], "", "")[:2]
            numbered = day.isdecimal() and len(day) <= LONGEST_DAY
            if year_of(behind if numbered else day) is None:
                return f"{words.folded[k]} {day if numbered else ''}".strip()
    return ""


class EventTime:
    """The years, months and words of the period in a sentence, by where they stand."""

    def __init__(self, words: Words, parts: list[Phrase], known: Lexicon, told: list[Clause]) -> None:
        self.words = words
        self.clauses = told
        self.stops = [part.start for part in parts if part.kind in (";", ".", ":")]
        folded = words.folded
        self.told = [(k, year) for k, word in enumerate(folded) if (year := year_of(word)) is not None]
        self.years = [(words.starts[k], year) for k, year in self.told if not self._of_a_name(k)]
        self.marks = [at for at, _ in self.years]
        self.marks += [
            words.starts[k]
            for k, word in enumerate(words.known)
            if "months" in word.entry.roles and word.printed[0].isupper() and (word.folded != "may" or k > 0)
        ]
        lowered = words.text.lower()
        for phrase in known.listed("period"):
            at = lowered.find(phrase)
            if at >= 0:
                self.marks.append(at)

    def _of_a_name(self, k: int) -> bool:
        """Whether a year is part of a name or span, or is compared: "the 2014 law", "2016-2018"."""
        folded = self.words.folded
        if not _COMPARING.isdisjoint(folded[max(0, k - COMPARED_REACH) : k]):
            return True  # "compared with one in 2018"
        before, after = folded[k - 1] if k else "", folded[k + 1] if k + 1 < len(folded) else ""
        if before in (*_DASHES, "/") or after in _DASHES:
            return True
        return after.isalpha() and before in ("the", "its", "their", "a", "of") and after not in (
            "and", "the", "to", "in", "or", "by", "police", "authorities", "when", "after"
        )  # fmt: skip

    def _of_a_span(self, k: int) -> bool:
        """Whether a year begins or ends a time: "in 2013-2018", but not "the plan for 2013-2018"."""
        folded = self.words.folded
        begins = k - 2 if k > 1 and folded[k - 1] in _DASHES else k
        return begins > 0 and folded[begins - 1] in _SPANNING

    def _within(self, start: int, end: int) -> tuple[int, int]:
        """The stretch between two stops in which a clause stands."""
        first = max((stop for stop in self.stops if stop < start), default=-1)
        last = min((stop for stop in self.stops if stop >= end), default=len(self.words.text))
        return first, last

    def year(self, clause: Clause, start: int, end: int) -> int | None:
        """The year that a clause gives itself: the newest of its own words, else of the words before its subject."""
        own = self.year_within(start, end)
        if own is not None:
            return own
        first, last = self._own(clause, start, end)
        return max((year for _, year in self._told(clause, self.years, first, last)), default=None)

    def _told(self, clause: Clause, years: list[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
        """The years of a stretch, less those of what describes a thing: "the subsidy that it had received in 2011"."""
        aside = [
            (other.verb.start, max((noun.end for _, noun in other.preps), default=0))
            for other in self.clauses
            if other is not clause
            and other.kind in ("relative", "reduced")
            and other.verb.past
            and not (clause.kind == "main" and other.whose in clause.subjects)  # "a rule issued in 2009 forbade"
        ]
        told = ((at, year) for at, year in years if first < at < last)
        return [(at, year) for at, year in told if not any(a < at < b for a, b in aside)]

    def since(self, clause: Clause, start: int, end: int) -> int | None:
        """The earliest year of a clause that names several, or says "since"; None where it names one alone."""
        first, last = self._within(start, end)
        folded, starts = self.words.folded, self.words.starts
        at = {start for start, _ in self._told(clause, [(starts[k], year) for k, year in self.told], first, last)}
        told = [(k, year) for k, year in self.told if starts[k] in at]
        own = {start for start, _ in self.years}
        years = {year for k, year in told if starts[k] in own or self._of_a_span(k)}
        since = {year for k, year in told if "since" in folded[max(0, k - SINCE_REACH) : k]}
        return min(years | since) if since or len(years) > 1 else None

    def _own(self, clause: Clause, start: int, end: int) -> tuple[int, int]:
        """The stretch whose dates are a clause's: up to the verb before, where it has a subject of its own."""
        first, last = self._within(start, end)
        alone = clause.kind in ("main", "reported", "conceded") and not clause.inherited
        if alone and clause.leader is not None:
            first = max(first, clause.leader.verb.start)
        return first, last

    def year_within(self, start: int, end: int) -> int | None:
        """The newest year that stands between two places."""
        return max((year for at, year in self.years if start <= at <= end), default=None)

    def dated(self, clause: Clause, start: int, end: int) -> bool:
        """Whether the stretch in which a clause stands names a date or the period."""
        first, last = self._own(clause, start, end)
        return any(first < at < last for at in self.marks)

    def value(self, phrase: Phrase) -> float | None:
        """The number in a noun phrase, or None."""
        for k, word in enumerate(phrase.words):
            if phrase.words[k + 1 : k + 2] == ("-",):
                continue  # "a 12-year-old"
            bare = word.replace(",", "")
            if bare.isdecimal() and year_of(word) is None:
                return float(bare)
            if NUMBER_WORDS.get(word):
                return float(NUMBER_WORDS[word])
        return None
