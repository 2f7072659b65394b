"""The absences of a sentence while they are found: which nouns are denied, and of which no number is told."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import takewhile

from diffing.language.analysis import Analysis
from diffing.language.constituents import Phrase
from diffing.language.entries import PLAIN
from diffing.language.numbers import Quantity
from diffing.language.phrases import PAST
from diffing.language.words import Token, is_plural, joined
from diffing.model import Status

# What stands behind a sentence: whoever looks ahead meets an end, and the tokens stay in the order of their places.
END = (Token(".", sys.maxsize - 1, sys.maxsize - 1, "", PLAIN),) * 8
_PAST = (Phrase(".", 0, 0, sys.maxsize, sys.maxsize, 0, (".",)),) * 6  # the same, of its phrases
REACH = 10  # phrases and small words from a denied verb to what it denies; a longer way leads into another clause
MOST_LISTED = 6  # things in one list that are not reported; longer lists are of other matters
NONE, NOT_REPORTED = Status.REPORTED, Status.NOT_REPORTED
_NUMBER = frozenset(("number", "numbers"))
_NO_COUNT = frozenset(("longer", "more", "doubt", "way", "matter", "."))  # "no longer", "no doubt"
_GIVEN_IN = frozenset(("receive", "register", "record", "document", "file"))  # "received no reports" counts them
_COUNTED_UNITS = frozenset(("persons", "cases", "calls", "inspections"))
_KEPT = frozenset(("available", "public"))


class Absences:
    """The absences of a sentence while they are found: which quantity goes before which token."""

    def __init__(self, tokens: list[Token], said: Analysis) -> None:
        first, last = tokens[0].start, tokens[-1].end
        self.tokens = [*tokens, *END]
        self.starts = [t.start for t in tokens]
        self.words, self.known = said.words, said.known
        self.parts = [*(part for part in said.phrases if first <= part.start < last), *_PAST]
        self.clauses = [clause for clause in said.clauses if first <= clause.verb.start < last]
        self.inserts: dict[int, Token] = {}
        self.skipped: set[int] = set()

    # --- where tokens, phrases and clauses stand

    def at(self, char: int) -> int:
        """The token that holds a character."""
        return bisect_right(self.starts, char) - 1

    def part(self, i: int) -> int:
        """The phrase that the token at `i` stands in, or the next one."""
        start = self.tokens[i].start
        return next(n for n, part in enumerate(self.parts) if part.end > start)

    def head(self, n: int) -> int:
        """The token that ends the noun phrase `n`, what it is called by; -1 where it is none, or counts by itself."""
        part = self.parts[n]
        first, head = self.at(part.start), self.at(part.end - 1)
        if part.kind != "noun":
            return first if part.kind == "verb" and self.tokens[first].tag == "n" else -1  # "training sessions"
        while self.tokens[head].tag != "n" and self.tokens[head + 1].tag == "n":
            head += 1  # "no reported visits"
        while self.tokens[head].word in _KEPT:
            head -= 1  # "did not make data available"
        named = (k for k in range(first, head) if is_plural(self.tokens[k]) and self.tokens[k].tag == "n")
        head = next(named, head)  # "how many victims police recorded"
        return -1 if any(t.tag in "q#" for t in self.tokens[first : head + 1]) else head

    def listed(self, n: int) -> list[int]:
        """The heads of the list that begins with the phrase `n`; who does a deed of its own is not of it."""
        heads = [self.head(n)]
        while heads[-1] >= 0:
            k = n + 1
            while self.parts[k].kind in (",", "C"):
                k += 1
            if k == n + 1 or self.head(k) < 0 or (self.parts[k - 1].words != ("or",) and self._does(k, n)):
                return heads
            heads.append(self.head(k))
            n = k
        return heads[:-1]

    def _does(self, k: int, n: int) -> bool:
        """Whether the phrase `k` does something, and the phrase `n` does not: "no victims, and police arrested"."""
        entry = self.tokens[self.head(k)].entry
        for clause in self.clauses:
            if self.parts[k] in clause.subjects and self.parts[n] not in clause.subjects:
                acts = clause.verb.first < clause.verb.last or clause.verb.copula or (entry.actor and not entry.nouns)
                last = self.at(clause.verb.end - 1)
                known = all(t.tag != "u" for t in self.tokens[last : last + 2])
                if acts and (k > n + 2 or known):  # "data on accidents and injuries were unavailable" is one list
                    return True
        return False

    def verb(self, n: int, behind: int) -> tuple[int, int]:
        """The first verb group from the phrase `n` on whose verb stands behind a token, and that verb; -1 for none."""
        end = self._stops[bisect_left(self._stops, n)]
        begun = (self._verbs[k] for k in range(bisect_left(self._verbs, (n,)), len(self._verbs)))
        ahead = takewhile(lambda found: found[0] < end, begun)
        return next((found for found in ahead if found[1] > behind), (end, -1))

    @cached_property
    def _verbs(self) -> list[tuple[int, int]]:
        """The verb groups, each with the token of its verb; not "did" alone."""
        verbs = [(n, self.at(self.words.starts[part.head])) for n, part in enumerate(self.parts) if part.kind == "verb"]
        return [(n, verb) for n, verb in verbs if self.tokens[verb].word != "did"]

    @cached_property
    def _stops(self) -> list[int]:
        return [n for n, part in enumerate(self.parts) if part.kind == "."]

    def token(self, word: int) -> Token:
        """The token that holds a word of the sentence."""
        return self.tokens[self.at(self.words.starts[word])]

    # --- quantities

    def put(self, k: int, status: Status, first: int, last: int, verbs: list[Token], money: bool = False) -> None:
        """An absence before the token at `k`, which spans from `first` to `last`; a zero where it is reported."""
        zero = 0.0 if status is NONE else None
        absence = Quantity(zero, status=status, absent=True, verbs=verbs, money=money)
        self.inserts[k] = joined("q", self.tokens[first], self.tokens[last], absence)

    def place(self, heads: list[int], status: Status, first: int, verbs: list[Token], loose: bool = False) -> bool:
        """One absence before each head that can be counted; the first spans from the word that denies."""
        placed = False
        for n, head in enumerate(heads):
            counted = loose or can_be_zero(self.tokens[head]) or self._acted_on(head, verbs)
            if counted and not self.other(head, first):
                start = max(first + 1, self.at(self.parts[self.part(head)].start))
                while start < head and self.tokens[start].tag in "akNft":
                    start += 1
                self.put(start, status, first if n == 0 else head, head, verbs)
                placed = True
        return placed

    def _acted_on(self, head: int, verbs: list[Token]) -> bool:
        """Whether an indicator names what verbs act on: "did not inspect any farms"."""
        names = {self.tokens[head].entry.kind, f"={self.tokens[head].entry.noun}"}
        return any(names & {*self.known.indicators[k].objects} for verb in verbs for k in verb.entry.verbs)

    def other(self, head: int, first: int) -> bool:
        """Whether only another one of a kind is denied ("any additional funding"), which says nothing of the first."""
        near = self.tokens[max(first, head - 4) : head]
        people = self.tokens[head].entry.unit in ("persons", "cases")
        return not people and any("another_kind" in t.entry.roles for t in near)

    # --- no, none, unknown

    def none_of(self, i: int, first: int) -> None:
        """The noun behind the "no" at `i`, or behind "not a single": zero of each of its list, or no data on it."""
        tokens, n = self.tokens, self.part(i)
        n += tokens[i].tag == "t" and tokens[i].entry.verb == "lack"
        heads = self.listed(n)
        if tokens[i + 1].word in _NO_COUNT or tokens[i - 1].word == "or" or not heads:
            return
        head, clause = tokens[heads[0]], next((c for c in self.clauses if self.parts[n] in c.subjects), None)
        if "data" in head.entry.roles:
            self.deny_data(n, first)
            return
        given = tokens[i - 1].entry.verb in _GIVEN_IN
        if tokens[i].tag == "t":
            return  # who lacked inspectors may have had some
        verb = self.token(clause.verb.head) if clause is not None else head
        if clause is not None and "duty" in tokens[self.at(clause.verb.start)].entry.roles:
            return  # "no employer may require" is a rule
        self.skipped.add(i)
        passive = clause is not None and clause.passive
        if clause is not None and clause.objects and head.entry.actor and not passive:  # "no court ordered restitution"
            self.place(self.listed(self.parts.index(clause.objects[0])), NONE, first, [verb])
        else:
            self.place(heads, NONE, first, [], loose=head.tag == "n" and (given or passive))

    def none(self, i: int) -> None:
        """ "none", and "no one" where it is acted on: "convicted no one", "no one was convicted"."""
        before, following = self.tokens[max(0, i - 1)], self.tokens[i + 1 : i + 6]
        acting = [before] if before.entry.verbs and self.tokens[i].word != "none" else []
        passive = any(t.tag == "b" for t in following) and any(t.entry.verbs for t in following)
        if acting or passive or self.tokens[i].word == "none":
            self.put(i, NONE, i, i, acting)
            self.skipped.add(i)

    def unknown(self, i: int) -> None:
        """ "an unknown number of victims", "unclear how many", "statistics on convictions were unavailable"."""
        n = self.part(i)
        if self.is_data(n):
            self.deny_data(n, i)
        elif not self.how_many(n + 1, i):
            back = takewhile(lambda k: self.parts[k].kind not in ".;:(S", range(n - 1, max(-1, n - REACH), -1))
            told = next((k for k in back if self.is_data(k)), n)
            if any(part.kind == "verb" for part in self.parts[told:n]) or self.parts[n].kind == "verb":
                self.deny_data(told, self.head(told))

    def is_data(self, n: int) -> bool:
        """Whether the phrase `n` is one of data: "official statistics", "the number"."""
        return "data" in self.tokens[self.head(n)].entry.roles

    # --- data on something, the number of something, how many

    def deny_data(self, n: int, first: int) -> bool:
        """The data noun in the phrase `n` is denied: "data on investigations", "the number of victims"."""
        tokens, i = self.tokens, self.head(n)
        begin = min(first, self.at(self.parts[n].start))
        if any("partial" in t.entry.roles for t in tokens[begin:i]):
            return True  # who did not publish complete data still told some
        k, numbered = n, False
        while self.is_data(k):
            numbered = numbered or tokens[self.head(k)].word in _NUMBER
            on = k + 1
            while on < n + 5 and self._says_where(on):
                on += 1
            if any(self.how_many(k, first) for k in (on, on + 1, on + 2)):
                return True
            if "data_on" not in tokens[self.at(self.parts[on].start)].entry.roles:
                break
            k = on + 1
        strict = numbered or "counts" in tokens[i].entry.roles
        heads = self._numbered(k, strict, numbered)
        if heads and k > n:
            start = self.at(self.parts[k].start)
            while tokens[start].tag in "af":
                start += 1
            self.skipped.update(range(i, start))
            return self.place(heads, NOT_REPORTED, min(first, start), [], loose=True)
        if not strict:
            return False
        spent = [t for t in tokens[i + 1 : i + 4] if t.tag == "v"] if tokens[i].word == "amount" else []
        self.put(i, NOT_REPORTED, first, i, spent, money=bool(spent))
        self.skipped.add(i)
        return True

    def _says_where(self, n: int) -> bool:
        """Whether a phrase stands between data and what they are on: "data were publicly available on"."""
        part = self.parts[n]
        return part.kind in ("verb", "L", "C") or part.words[-1] in _KEPT or self.is_data(n)

    def _numbered(self, n: int, strict: bool, numbered: bool) -> list[int]:
        """The nouns in the list from the phrase `n` on of which a number is missing; each may have a participle."""
        heads: list[int] = []
        while len(heads) < MOST_LISTED and (more := self.listed(n)):
            heads += more
            n = self.part(more[-1]) + 1
            n += self.parts[n].kind == "verb" and self.parts[n].form in PAST
            links = n
            while self.parts[n].kind in (",", "C"):
                n += 1
            if n == links or self._does(n, self.part(heads[0])):
                break
            n += self.parts[n].words == ("of",)  # "or of victims"
        heads = [h for h in heads if self.tokens[h].entry.nouns or (strict and self.tokens[h].tag != "x")]
        named = [h for h in heads if self.tokens[h].entry.nouns or self.tokens[h].entry.acts]
        return (named if named and not numbered else heads)[:MOST_LISTED]

    def how_many(self, n: int, first: int) -> bool:
        """Places "not reported" before what a "how many" or "how much" at the phrase `n` asks for."""
        asked, k = self.parts[n + 1], n + 1
        much = asked.words[0] == "much"
        if self.parts[n].words[-1] != "how" or not (much or asked.words[0] == "many"):
            return False
        clause = next((c for c in self.clauses if c.verb.start > asked.end), None)
        verbs = [self.token(clause.verb.head)] if clause is not None else []
        if clause is not None and "leading_to" in verbs[0].entry.roles and clause.preps:
            k, verbs = self.parts.index(clause.preps[0][1]), []  # "how many of the investigations led to prosecutions"
        head = self.head(k)
        if much and verbs:
            self.put(self.at(asked.end), NOT_REPORTED, first, self.tokens.index(verbs[0]), verbs, money=True)
        elif head >= 0 and self.tokens[head].word != "many":
            self.place([head], NOT_REPORTED, first, verbs, loose=True)
        else:  # "how many it referred to care", "how many of the 26 were"
            self.put(self.at(asked.start) + 1, NOT_REPORTED, first, self.at(asked.start), verbs)
        return True

    def folded(self) -> list[Token]:
        """The tokens with the absences among them."""
        out: list[Token] = []
        for i, token in enumerate(self.tokens[: -len(END)]):
            out += [self.inserts[i]] if i in self.inserts else []
            out += [token] if i not in self.skipped else []
        return out


def can_be_zero(token: Token) -> bool:
    """Whether a denied noun is a count of none: victims and cases are, laws and programs are not."""
    entry = token.entry
    return bool(entry.nouns) or (entry.unit in _COUNTED_UNITS and "never_none" not in entry.roles)
