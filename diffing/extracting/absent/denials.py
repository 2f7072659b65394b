"""What a negated verb denies: "did not identify any victims", "did not report the number of convictions"."""

from __future__ import annotations

from msgspec import Struct, field

from diffing.extracting.absent.absences import REACH, Absences
from diffing.extracting.absent.data import deny_data, deny_how_many
from diffing.extracting.absent.denied_nouns import noun_heads, one_of_kind
from diffing.language.words import Token
from diffing.model import Status
from diffing.model.printed_numbers import is_money

VERB_REACH = 4  # tokens from "not" to the verb that it denies. Range 3 to 6, default 4
SUBJECT_REACH = 10  # the same from "neither", behind which a subject may stand: "neither police nor courts". 6 to 12
_ELSEWHERE = frozenset(("whether", "if", "that", "because", "whose"))
_EFFORTS = frozenset(("effort", "efforts", "steps", "attempts"))
_KINDS = frozenset(("victim", "offender"))
_FUNDING = frozenset(("fund", "allocate"))
STOP = -1  # where a walk ends


def deny_verbs(found: Absences, i: int) -> None:
    """Places the absences of what the negation at `i` denies."""
    tokens = found.tokens
    if tokens[i].word == "nor" and tokens[i - 1].tag == "v":
        return  # "neither investigated nor prosecuted any cases": "neither" denies both
    subject = tokens[i].word in ("neither", "nor")
    for j in range(i + 1, i + 1 + (SUBJECT_REACH if subject else VERB_REACH)):
        if tokens[j].tag in "vg" or (_acts(tokens[j]) and not subject):
            _Walk(found, i).walk(j)
            return
        if "manner" in tokens[j].entry.roles or tokens[j].tag in ".;(:":
            return


def _acts(token: Token) -> bool:
    """Whether a token is a verb, or a base form that may be a noun elsewhere."""
    return token.tag == "v" or (token.tag == "n" and token.entry.form == "base" and not token.entry.actor)


def _listed_verbs(tokens: list[Token], j: int) -> tuple[list[Token], int]:
    """The verb at `j` and those listed behind it, with commas, "and", "or" and "nor", and where they end."""
    verbs = [tokens[j]]
    k = j = j + 1
    while _acts(tokens[k]) or tokens[k].tag in ",&" or tokens[k].word == "nor":
        if _acts(tokens[k]):
            if k == j:
                break  # a verb right behind another is its object
            verbs.append(tokens[k])
            j = k + 1
        k += 1
    return verbs, j


class _Walk(Struct):
    """The way from a negated verb to what it denies. A step says where to go on, or `STOP`."""

    found: Absences
    first: int  # the negation
    verbs: list[Token] = field(default_factory=list)
    acting: list[Token] = field(default_factory=list)  # by which what is denied is counted
    passed: bool = False  # whether an object of the verb has been passed
    placed: bool = False  # whether one has been denied
    general: bool = False  # whether it tells what is never done: "does not identify"
    end: int = 0

    @property
    def silent(self) -> bool:
        """Whether the verb denies a number, whatever its object is: "did not report"."""
        return "denying_numbers" in self.verbs[0].entry.roles

    @property
    def reports(self) -> bool:
        """Whether the verb tells something: "did not provide", which is not "did not provide victims"."""
        return "reporting" in self.verbs[0].entry.roles or self.verbs[0].entry.verb == "make"

    @property
    def status(self) -> Status:
        """What is said of the objects of the verb: none of them, or no number."""
        return Status.NOT_REPORTED if self.silent else Status.REPORTED

    def walk(self, j: int) -> None:
        """Places the absences of what the verbs at `j` govern."""
        tokens = self.found.tokens
        j = self._take(j)
        self.general = any("present" in t.entry.roles for t in tokens[max(0, self.first - 2) : self.first + 1])
        if self.verbs[0].entry.verb == "disaggregate":
            return  # who did not disaggregate still told the whole
        while STOP < j < self.end:
            j = self._step(j)

    def _take(self, j: int) -> int:
        """Goes on with the denied verbs at `j`."""
        self.verbs, j = _listed_verbs(self.found.tokens, j)
        for verb in self.verbs:
            verb.possessive = True  # denied: no number to its right is its object
        self.acting = [] if self.silent else self.verbs
        self.passed, self.placed, self.end = False, False, j + REACH
        return j

    def _step(self, j: int) -> int:
        found = self.found
        before, token, following = found.tokens[j - 1 : j + 2]
        if not self.placed or before.tag in ",&":  # "award restitution to any victims" denies no victims
            if token.tag == "k":
                return self._any(j)
            if token.word in ("a", "an") and not self.general and one_of_kind(found.tokens, j):
                found.place(noun_heads(found.tokens, j + 1)[:1], self.status, self.first, self.acting)
                return STOP
        if token.tag in "q;.(cltN" or token.word in _ELSEWHERE or deny_how_many(found, j, self.first):
            return STOP
        if "data" in token.entry.roles:
            return self._data(j)
        if self.silent and token.tag == "x" and following.word == "of":
            return STOP  # "did not report the dates of its campaigns"
        if token.tag == "n" and "data" in following.entry.roles:
            return j + 1  # "official statistics"
        return self._verb(j) or (self._noun(j) if token.tag == "n" or token.entry.form == "past" else j + 1)

    def _any(self, j: int) -> int:
        """ "any victims", "anyone", "any": zero of them, or no number."""
        found, tokens = self.found, self.found.tokens
        heads = noun_heads(tokens, j + 1)
        if heads and "data" in tokens[heads[0]].entry.roles:
            return heads[0]
        if self.general and not self.silent:
            return STOP
        if self.verbs[-1].word == "fund" or (not heads and self.verbs[-1].word in _FUNDING):
            return self._sum(j, heads[-1] if heads else j + 1)  # "fund any shelters", "allocate any money"
        if heads:
            acting = _with_goal(tokens, self.acting, heads[-1] + 1)
            found.place(heads, self.status, self.first, acting, loose=tokens[j].word == "a single")
            found.skipped.add(j)
            self.passed = self.placed = True
            return heads[-1] + 1
        if tokens[j + 1].tag in ".,;p&i":
            found.put(j, self.status, self.first, j, self.acting)
            found.skipped.add(j)
        return STOP

    def _data(self, j: int) -> int:
        """ "did not report data on ..., or the number of victims who received aid"."""
        found = self.found
        if self.reports and j not in found.skipped and (not self.passed or found.tokens[j].word == "number"):
            self.passed = self.placed = deny_data(found, j, j if self.placed else self.first)
        return j + 1

    def _sum(self, j: int, last: int) -> int:
        self.found.put(j, Status.REPORTED, self.first, last, self.verbs, money=True)
        return STOP

    def _verb(self, j: int) -> int:
        """A verb on the way: a gerund that is not reported, the next of a list; 0 where it is none of these."""
        tokens = self.found.tokens
        token = tokens[j]
        if self.silent and token.tag == "v" and token.entry.form == "ing":
            self.acting = [token] if self.placed else [*self.acting, token]
            self.placed = False
            return j + 1
        if self.silent and token.word in _EFFORTS:
            self.acting, j = _listed_verbs(tokens, j + 2)  # "efforts to investigate, prosecute, or convict anyone"
            return j
        before = [t.tag for t in tokens[j - 3 : j] if t.tag not in "xp"]
        listed = tokens[j - 1].tag in ",&" or before[-1:] == ["&"]  # "or to formally identify"
        alike = _acts(token) and token.entry.form == self.verbs[0].entry.form
        return self._take(j) if listed and alike else 0  # "has not enacted a law or convicted any offenders"

    def _noun(self, j: int) -> int:
        """A noun without "any": what is denied of it where it stands bare in the plural, or is money."""
        found, tokens = self.found, self.found.tokens
        heads = noun_heads(tokens, j)
        if not heads or self.passed or (self.general and not self.silent):
            return STOP if tokens[j].tag == "v" and not self.placed else j + 1
        self.passed = True
        plural = [h for h in heads if tokens[h].word != tokens[h].entry.noun]
        named = [h for h in plural if tokens[h].entry.nouns]
        paid = [h for h in heads if is_money(tokens[h].entry.unit)][:1]
        if self.silent and not self.acting and (named or paid):
            found.place(paid or named, self.status, self.first, [])
        elif plural and tokens[plural[0]].entry.kind in _KINDS and not any(t.tag == "a" for t in tokens[j - 2 : j + 1]):
            if not self.reports and any(v.entry.verbs for v in self.verbs):
                found.place(plural, self.status, self.first, self.verbs)
            return STOP
        elif paid and "giving_money" in self.verbs[0].entry.roles:
            self.placed = found.place(paid, Status.REPORTED, self.first, self.verbs)
        elif self.verbs[0].word in _FUNDING:
            return self._sum(j, tokens.index(self.verbs[-1]))
        return heads[-1] + 1


def _with_goal(tokens: list[Token], verbs: list[Token], k: int) -> list[Token]:
    """The verbs with what belongs to them behind their object, at `k`: "advance any cases to trial"."""
    for n, verb in enumerate(verbs):
        for rest, entry in verb.entry.splits:
            if tuple(t.word for t in tokens[k : k + len(rest)]) == rest:
                return [*verbs[:n], Token("v", verb.start, verb.end, verb.word, entry), *verbs[n + 1 :]]
    return verbs
