"""What a negated verb denies: "did not identify any victims", "did not report the number of convictions"."""

from __future__ import annotations

from msgspec import Struct, field

from diffing.extracting.absent.absences import REACH, Absences
from diffing.extracting.absent.data import deny_data, deny_how_many
from diffing.extracting.absent.denied_nouns import noun_heads, one_of_kind
from diffing.language.entries import is_money
from diffing.language.words import Token
from diffing.model import Status

VERB_REACH = 4  # tokens from "not" to the verb that it denies. Range 3 to 6, default 4
SUBJECT_REACH = 10  # the same from "neither", behind which a subject may stand: "neither police nor courts". 6 to 12
BESIDE_REACH = 8  # tokens from a denied noun to a verb beside it, and from there to its "any". Range 5 to 10, default 8
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
        token = tokens[j]
        if token.tag in "vg" or (_acts(token) and not subject):
            _Walk(found, i).walk(j)
            return
        if "manner" in token.entry.roles or token.tag in (".;(:" if subject else ".;(:,q"):
            return


def _acts(token: Token) -> bool:
    """Whether a token is a verb, or a base form that may be a noun elsewhere."""
    return token.tag == "v" or (token.tag == "n" and token.entry.form == "base")


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
    acting: list[Token] = field(default_factory=list)  # the deeds that were not done, or are not reported
    status: Status = Status.REPORTED
    reports: bool = False  # "did not provide": denies a deed or data, as its object says
    present: bool = False  # "does not convict" tells no count
    passed: bool = False  # the object of the first verb has been passed
    end: int = 0

    @property
    def silent(self) -> bool:
        """Whether the verb denies a number, whatever its object is."""
        return self.status is Status.NOT_REPORTED

    def walk(self, j: int) -> None:
        """Places the absences of what the verbs at `j` govern."""
        tokens = self.found.tokens
        self.present = any("present" in t.entry.roles for t in tokens[max(0, self.first - 2) : self.first + 1])
        j = self._take(j)
        if self.verbs[0].entry.verb == "disaggregate":
            return  # who did not disaggregate still told the whole
        while STOP < j < self.end:
            j = self._step(j)

    def _take(self, j: int) -> int:
        """Goes on with the denied verbs at `j`."""
        self.verbs, j = _listed_verbs(self.found.tokens, j)
        for verb in self.verbs:
            verb.possessive = True  # denied: no number to its right is its object
        entry = self.verbs[0].entry
        self.status = Status.NOT_REPORTED if "denying_numbers" in entry.roles else Status.REPORTED
        self.reports = "reporting" in entry.roles or entry.verb == "make"
        self.acting = [] if self.silent else self.verbs
        self.passed, self.end = False, j + REACH
        return j

    def _step(self, j: int) -> int:
        found, tokens = self.found, self.found.tokens
        token = tokens[j]
        if token.tag == "k":
            return self._any(j)
        if token.word in ("a", "an") and not self.present and one_of_kind(tokens, j):
            found.place(noun_heads(tokens, j + 1)[:1], self.status, self.first, self.acting)
            return STOP
        if token.tag in "q;.(cl" or token.word in _ELSEWHERE:
            return STOP
        if token.word == "how" and tokens[j + 1].word in ("many", "much"):
            deny_how_many(found, j, self.first)
            return STOP
        if "data" in token.entry.roles:
            return self._data(j)
        if self.silent and token.tag == "x" and tokens[j + 1].word == "of":
            return STOP  # "did not report the dates of its campaigns"
        step = self._verb(j)
        if step or token.tag not in "nv":
            return step or j + 1
        if token.tag == "n" and tokens[j + 1].tag == "n" and "data" in tokens[j + 1].entry.roles:
            return j + 1  # "official statistics"
        return self._noun(j) if token.tag == "n" or token.entry.form == "past" else j + 1

    def _any(self, j: int) -> int:
        """ "any victims", "anyone", "any": zero of them, or no number."""
        found, tokens = self.found, self.found.tokens
        heads = noun_heads(tokens, j + 1)
        if heads and "data" in tokens[heads[0]].entry.roles:
            return heads[0]
        if self.present and not self.silent:
            return STOP
        if self.verbs[-1].word == "fund" or (not heads and self.verbs[-1].word in _FUNDING):
            return self._sum(j, heads[-1] if heads else j + 1)  # "fund any shelters", "allocate any money"
        if heads:
            return self._each(j, heads)
        if tokens[j + 1].tag in ".,;p&i":
            found.put(j, self.status, self.first, j, self.acting)
            found.skipped.add(j)
        return STOP

    def _sum(self, j: int, last: int) -> int:
        self.found.put(j, Status.REPORTED, self.first, last, self.verbs, money=True)
        return STOP

    def _each(self, j: int, heads: list[int]) -> int:
        """A zero of each noun behind "any" at `j`, and of what is denied behind it: "or initiate any prosecutions"."""
        found, tokens = self.found, self.found.tokens
        acting, k = _with_goal(tokens, self.acting, heads[-1] + 1)
        found.place(heads, self.status, self.first, acting, loose=tokens[j].word == "a single")
        found.skipped.add(j)
        k = self._beside(k, (self.acting or self.verbs)[0].entry.form)
        if k == STOP or all(t.tag != "k" for t in tokens[k + 1 : k + BESIDE_REACH]):
            return STOP
        if not (self.silent and self.acting):
            return self._take(k)
        self.acting, k = _listed_verbs(tokens, k)
        self.end = k + REACH
        return k

    def _beside(self, k: int, form: str) -> int:
        """Where a verb of that form is coordinated close behind `k`: "or initiate", "to NGOs or report"."""
        tokens = self.found.tokens
        near = (j for j in range(k, k + BESIDE_REACH) if _acts(tokens[j]) and tokens[j].entry.form == form)
        return next((j for j in near if any(t.tag in ",&" for t in tokens[max(k, j - 3) : j])), STOP)

    def _data(self, j: int) -> int:
        """ "did not report data on ..., or the number of victims who received aid"."""
        found = self.found
        if not self.reports or not deny_data(found, j, self.first):
            return j + 1
        more = (k for k in range(j + 2, j + REACH) if k not in found.skipped and found.says(k, "number", "of"))
        for k in more:
            deny_data(found, k, k)
            break
        return STOP

    def _verb(self, j: int) -> int:
        """A verb on the way: a gerund that is not reported, the next of a list; 0 where it is none of these."""
        tokens = self.found.tokens
        token = tokens[j]
        if self.silent and token.tag == "v" and token.entry.form == "ing":
            self.acting.append(token)
            return j + 1
        if self.silent and token.word in _EFFORTS:
            self.acting, j = _listed_verbs(tokens, j + 2)  # "efforts to investigate, prosecute, or convict anyone"
            return j
        listed = tokens[j - 1].tag in ",&" and token.entry.form == self.verbs[0].entry.form
        return self._take(j) if listed and token.tag == "v" else 0  # "has not enacted a law or convicted any offenders"

    def _noun(self, j: int) -> int:
        """A noun without "any": what is denied of it where it stands bare in the plural, or is money."""
        found, tokens = self.found, self.found.tokens
        heads = noun_heads(tokens, j)
        if not heads or self.passed or (self.present and not self.silent):
            self.passed = True
            return STOP if tokens[j].tag == "v" else j + 1
        plural = [h for h in heads if tokens[h].word != tokens[h].entry.noun]
        named = [h for h in plural if tokens[h].entry.nouns]
        paid = [h for h in heads if is_money(tokens[h].entry.unit)][:1]
        if self.silent and not self.acting and (named or paid):
            found.place(paid or named, self.status, self.first, [])
            return STOP
        if plural and tokens[plural[0]].entry.kind in _KINDS and _is_bare(tokens, j):
            if not self.reports and any(v.entry.verbs for v in self.verbs):
                found.place(plural, self.status, self.first, self.verbs)
            return STOP
        if paid and "giving_money" in self.verbs[0].entry.roles:
            found.place(paid, Status.REPORTED, self.first, self.verbs)
            return self._beside(heads[-1] + 1, self.verbs[0].entry.form)  # "did not provide funding to NGOs or report"
        if self.verbs[0].word in _FUNDING:
            return self._sum(j, tokens.index(self.verbs[-1]))
        self.passed = True
        return heads[-1] + 1


def _is_bare(tokens: list[Token], j: int) -> bool:
    """Whether the noun phrase around `j` has no article: "victims", not "the victims"."""
    return not any(t.tag == "a" for t in tokens[max(0, j - 2) : j + 1])


def _with_goal(tokens: list[Token], verbs: list[Token], k: int) -> tuple[list[Token], int]:
    """The verbs with what belongs to them behind their object, and where it ends: "advance any cases to trial"."""
    for n, verb in enumerate(verbs):
        for rest, entry in verb.entry.splits:
            if tuple(t.word for t in tokens[k : k + len(rest)]) == rest:
                whole = Token("v", verb.start, verb.end, verb.word, entry)
                return [*verbs[:n], whole, *verbs[n + 1 :]], k + len(rest)
    return verbs, k
