"""What denied verbs leave: none ("did not identify any victims") or unreported ("did not report how many")."""

from __future__ import annotations

from msgspec import Struct, field

from diffing.extracting.absent.absences import NONE, NOT_REPORTED, REACH, Absences
from diffing.extracting.candidates import OF_CASES
from diffing.language.constituents import Phrase
from diffing.language.words import Token
from diffing.model import Status
from diffing.model.printed_numbers import is_money

_FUNDING = frozenset(("fund", "allocate"))


def deny(found: Absences, i: int) -> None:
    """Places the absences of what the negation at `i` denies."""
    tokens, n = found.tokens, found.part(i)
    if tokens[i].word == "nor" and tokens[i - 1].tag == "v":
        return  # "neither investigated nor prosecuted any cases": "neither" denies both
    n, verb = found.verb(n, i)
    apart = any("manner" in t.entry.roles or t.tag in ".;(:" for t in tokens[i + 1 : verb])
    entry = tokens[verb].entry
    if not apart and (tokens[verb].tag in "vg" or entry.splits or entry.form == "base"):
        general = any("present" in t.entry.roles for t in tokens[max(0, i - 2) : i + 1])
        _Denied(found, i, general).walk(n)


class _Denied(Struct):
    """The way from the denied verbs of a clause to what they deny."""

    found: Absences
    first: int  # the token that denies
    general: bool  # whether it tells what is never done: "does not identify"
    verbs: list[Token] = field(default_factory=list)
    acting: list[Token] = field(default_factory=list)  # by which what is denied is counted
    passed: bool = False  # whether an object of the verbs has been passed
    placed: bool = False  # whether one has been denied
    form: str = ""  # of the denied verbs
    that: bool = False  # whether a whole clause is what is not reported: "did not report that any victim"

    @property
    def silent(self) -> bool:
        """Whether the verbs deny a number, whatever their object is: "did not report"."""
        return "denying_numbers" in self.verbs[0].entry.roles

    @property
    def status(self) -> Status:
        """What the verbs leave of what they act on."""
        return NOT_REPORTED if self.silent else NONE

    @property
    def reports(self) -> bool:
        """Whether the verbs tell something: "did not provide", which is not "did not provide victims"."""
        return "reporting" in self.verbs[0].entry.roles or self.verbs[0].entry.verb == "make"

    def walk(self, n: int) -> None:
        """Places the absences of what the verbs from the phrase `n` on govern."""
        found, end = self.found, n + REACH
        while n < end:
            part, before = found.parts[n], found.parts[n - 1].kind
            if part.kind == "verb":
                end = n + REACH if self._take(part, before) else end
                if self.verbs[0].entry.verb == "disaggregate":
                    return  # who did not disaggregate still told the whole
            elif part.words == ("that",) and self.verbs and self.silent and not self.acting:
                self.that = True
            elif part.kind in ".;:(SB":
                found.how_many(n, self.first)
                return
            elif part.kind == "noun" and found.token(part.last).tag == "v":
                self._take(part, before)  # "investigate, prosecute, or convict"
            elif part.kind in ("noun", "Q"):
                n = self._noun(n, before)
                if n < 0:
                    return
                continue
            n += 1

    def _take(self, part: Phrase, before: str) -> bool:
        """Takes a verb of the list, or one that says what is not reported; whether the list of denied verbs goes on."""
        verb = self.found.token(part.head)
        if (
            self.verbs
            and self.silent
            and (self.that or part.ing or part.infinitive or (self.acting and verb.entry.form == "base"))
        ):
            self.acting = [verb] if self.placed else [*self.acting, verb]
            self.placed = False
            return False
        if not self.verbs or (before in (",", "C") and (verb.entry.form == self.form or part.kind == "noun")):
            fresh = self.passed or not self.verbs
            self.verbs = [verb] if fresh else [*self.verbs, verb]
            self.form = verb.entry.form
            self.acting = [] if self.silent else self.verbs
            self.passed = self.placed = False
            return True
        self.form = ""
        return False

    def _noun(self, n: int, before: str) -> int:
        """What is denied of the nouns from the phrase `n` on; where to go on, -1 for nowhere."""
        found = self.found
        head, token = found.head(n), found.tokens[found.at(found.parts[n].start)]
        free = not self.placed or before in (",", "C")  # "award restitution to any victims" denies no victims
        if token.tag == "k" and free and not (head >= 0 and found.is_data(n)):
            return self._any(n, found.tokens.index(token))
        if self.that and token.tag != "k":
            return n + 1
        if head < 0:
            return n + 1 if found.parts[n].kind == "Q" else -1
        entry = found.tokens[head].entry
        counted = entry.kind in OF_CASES or entry.nouns or entry.noun == "case"
        if token.word in ("a", "an") and free and not self.general and counted:
            found.place([head], self.status, self.first, self.acting)
            return -1
        if found.is_data(n):
            if self.reports and head not in found.skipped and (not self.passed or found.tokens[head].word == "number"):
                self.passed = self.placed = found.deny_data(n, head if self.placed else self.first)
            return n + 1
        if self.passed or (self.general and not self.silent):
            return n + 1
        self.passed = True
        return self._bare(n)

    def _any(self, n: int, at: int) -> int:
        """ "any victims", "anyone", "any": zero of them, or no number."""
        found = self.found
        heads = [head for head in found.listed(n) if head != at]
        if (self.general and not self.silent) or (heads and found.other(heads[0], at)):
            return -1
        if self.verbs[-1].word in _FUNDING:
            found.put(at, NONE, self.first, at, self.verbs, money=True)  # "fund any shelters"
            return -1
        found.skipped.add(at)
        if not heads:
            found.put(at, self.status, self.first, at, self.acting)
            return -1
        acted, token = found.tokens[at - 2].entry, found.tokens[at]  # "inspections of any businesses"
        loose = token.word == "a single" or (found.tokens[at - 1].tag == "p" and bool(acted.nouns or acted.acts))
        found.place(heads, self.status, self.first, self.acting, loose)
        self.passed = self.placed = True
        return found.part(heads[-1]) + 1

    def _bare(self, n: int) -> int:
        """A noun without "any": what is denied of it where it stands bare in the plural, or is money."""
        found, tokens = self.found, self.found.tokens
        heads = found.listed(n)
        named = [h for h in heads if tokens[h].entry.nouns]
        paid = [h for h in heads if is_money(tokens[h].entry.unit)][:1]
        if self.silent and not self.acting and named:
            found.place(paid or named, NOT_REPORTED, self.first, [])
        elif tokens[heads[0]].entry.kind in OF_CASES and tokens[found.at(found.parts[n].start)].tag != "a":
            if not self.reports and any(v.entry.verbs for v in self.verbs):
                found.place(heads, NONE, self.first, self.verbs)
            return -1
        elif paid and "giving_money" in self.verbs[0].entry.roles:
            self.placed = found.place(paid, NONE, self.first, self.verbs)
        elif self.verbs[0].word in _FUNDING:
            found.put(
                found.at(found.parts[n].start), NONE, self.first, tokens.index(self.verbs[-1]), self.verbs, money=True
            )
            return -1
        return found.part(heads[-1]) + 1
