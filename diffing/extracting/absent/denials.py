"""What a negated verb denies: "did not identify any victims", "did not report the number of convictions"."""

from __future__ import annotations

from dataclasses import dataclass, field

from diffing.extracting.absent.absences import Absences
from diffing.extracting.absent.data import REACH, deny_data, deny_how_many
from diffing.extracting.absent.nouns import can_be_zero, is_bare, noun_heads, one_of_kind
from diffing.language.entries import is_money
from diffing.language.words import Token
from diffing.model import Status

_ELSEWHERE = frozenset(("whether", "if", "that", "because", "whose"))
_OPEN = frozenset(("available", "public"))
_EFFORTS = frozenset(("effort", "efforts", "steps", "attempts"))
_KINDS = frozenset(("victim", "offender"))
BESIDE_REACH = 5  # tokens from a denied sum to "or report": "funding to local NGOs or report ..."; 3 to 6, default 5
STOP = -1  # where a walk ends


@dataclass(slots=True)
class _Walk:
    """The way from a negated verb to what it denies. A step says where to go on, or `STOP`."""

    found: Absences
    first: int  # the negation
    verbs: list[Token]
    end: int
    gerunds: list[Token] = field(default_factory=list)  # "did not report identifying"
    passed: bool = False  # the object of the first verb has been passed
    present: bool = False  # "does not convict" tells no count

    @property
    def reports(self) -> bool:
        made = self.verbs[0].entry.verb == "make"  # "did not make data available"
        near = self.found.tokens[self.first : self.end]
        return "reporting" in self.verbs[0].entry.roles or (made and any(t.word in _OPEN for t in near))

    @property
    def always(self) -> bool:
        return "denying_numbers" in self.verbs[0].entry.roles

    @property
    def status(self) -> Status:
        return Status.NOT_REPORTED if self.always else Status.REPORTED

    @property
    def acting(self) -> list[Token]:
        return self.gerunds or ([] if self.always else self.verbs)


def deny_verbs(found: Absences, i: int) -> None:
    """Places the absences of what the negation at `i` denies."""
    tokens = found.tokens
    neither = any(t.word == "neither" for t in tokens[max(0, i - 4) : i])
    if tokens[i].word == "nor" and tokens[i - 1].tag == "v" and neither:
        return  # "neither investigated nor prosecuted any cases": "neither" denies both
    at, j = _verbs_denied(tokens, i)
    if not at or tokens[at[0]].entry.verb == "disaggregate":
        return  # who did not disaggregate still told the whole
    verbs = [tokens[k] for k in at]
    for verb in verbs:
        verb.possessive = True  # denied: no number to its right is its object (see attach)
    walk = _Walk(found, i, verbs, min(len(tokens), j + REACH))
    walk.present = any("present" in t.entry.roles for t in tokens[max(0, i - 2) : i + 1])
    while STOP < j < walk.end:
        j = _step(walk, j)


def _step(walk: _Walk, j: int) -> int:
    found, tokens = walk.found, walk.found.tokens
    token = tokens[j]
    if token.tag == "k":
        return _any(walk, j)
    if token.word in ("a", "an") and not walk.present and one_of_kind(tokens, j):
        return _article(walk, j)
    if token.tag in "q;.(cl" or token.word in _ELSEWHERE:
        return STOP
    if token.word == "how" and found.word(j + 1) in ("many", "much") and walk.reports:
        deny_how_many(found, j, walk.first)
        return STOP
    if "data" in token.entry.roles:
        return _data(walk, j)
    if walk.always and token.tag == "x" and found.word(j + 1) == "of":
        return STOP  # "did not report the dates of its campaigns"
    if token.tag in "vx":
        step = _verb(walk, j)
        if step:
            return step
    if token.tag == "n" and "data" in (after.entry.roles if (after := found.at(j + 1)) and after.tag == "n" else ()):
        return j + 1  # "official statistics"
    if token.tag == "n" or (token.tag == "v" and token.entry.form == "past"):
        return _noun(walk, j)
    return j + 1


def _any(walk: _Walk, j: int) -> int:
    """ "any victims", "anyone", "any": zero of them, or no number."""
    found, tokens = walk.found, walk.found.tokens
    heads = noun_heads(tokens, j + 1)
    head = tokens[heads[0]] if heads else None
    if head is not None and "data" in head.entry.roles:
        return heads[0]
    if walk.present and not walk.always:
        return STOP
    status = walk.status
    money = found.word(j + 1) in ("money", "resources") and "giving_money" in walk.verbs[0].entry.roles
    if money:
        found.put(j, Status.REPORTED, walk.first, j + 1, walk.verbs, money=True)
    elif head is None:
        after = found.at(j + 1)
        if tokens[j].word in ("anyone", "anybody") or after is None or after.tag in ".,;p&i":
            found.put(j, status, walk.first, j, walk.acting)
            found.skipped.add(j)
    elif walk.verbs[-1].word == "fund":
        found.put(j, status, walk.first, heads[-1], walk.verbs, money=True)
    else:
        return _each(walk, j, heads, status)
    return STOP


def _each(walk: _Walk, j: int, heads: list[int], status: Status) -> int:
    """A zero of each noun behind "any" at `j`, and of what is denied behind it: "or initiate any prosecutions"."""
    found, tokens = walk.found, walk.found.tokens
    acting, end = _with_goal(tokens, walk.acting, heads[-1] + 1)
    if not found.place(heads, status, walk.first, acting, loose=tokens[j].word == "a single" and bool(acting)):
        return STOP
    found.skipped.add(j)
    form = "ing" if walk.gerunds else walk.verbs[0].entry.form
    following = _next_verb(tokens, end, form)
    if following < 0:
        return STOP
    listed, j = listed_verbs(tokens, following)
    if walk.gerunds:
        walk.gerunds = listed
    else:
        walk.verbs = listed
    walk.end = min(len(tokens), j + REACH)
    return j


def _with_goal(tokens: list[Token], verbs: list[Token], k: int) -> tuple[list[Token], int]:
    """The verbs with what belongs to them behind their object, and where it ends: "advance any cases to trial"."""
    for n, verb in enumerate(verbs):
        for rest, entry in verb.entry.splits:
            if tuple(t.word for t in tokens[k : k + len(rest)]) == rest:
                whole = Token("v", verb.start, verb.end, verb.word, entry)
                return [*verbs[:n], whole, *verbs[n + 1 :]], k + len(rest)
    return verbs, k


def _article(walk: _Walk, j: int) -> int:
    """ "did not convict a trafficker"."""
    found, tokens = walk.found, walk.found.tokens
    heads = noun_heads(tokens, j + 1)[:1]
    if heads and found.place(heads, walk.status, walk.first, walk.acting):
        found.skipped.add(j)
    return STOP


def _data(walk: _Walk, j: int) -> int:
    """ "did not report data on ..., or the number of victims who received aid"."""
    found, tokens = walk.found, walk.found.tokens
    if not walk.reports or not deny_data(found, j, walk.first):
        return j + 1
    for k in range(j + 2, min(len(tokens) - 1, j + REACH)):
        if k not in found.skipped and tokens[k].word == "number" and tokens[k + 1].word == "of":
            deny_data(found, k, k)
            break
    return STOP


def _verb(walk: _Walk, j: int) -> int:
    """A verb on the way: a gerund that is not reported, the next of a list; 0 where it is none of these."""
    tokens = walk.found.tokens
    token = tokens[j]
    if token.tag == "v" and token.entry.form == "ing" and walk.always:
        walk.gerunds.append(token)
        return j + 1
    if walk.always and token.word in _EFFORTS and j + 2 < len(tokens):
        walk.gerunds, j = listed_verbs(tokens, j + 2)  # "efforts to investigate, prosecute, or convict anyone"
        return j if any(verb.entry.verbs for verb in walk.gerunds) else STOP
    same = token.entry.form == walk.verbs[0].entry.form
    if token.tag == "v" and same and tokens[j - 1].tag in ",&" and not walk.always:
        walk.verbs, j = listed_verbs(tokens, j)  # "has not enacted a law, prosecuted or convicted any offenders"
        for verb in walk.verbs:
            verb.possessive = True
        walk.passed = False
        return j
    return 0


def _reports_too(walk: _Walk, j: int) -> bool:
    """Whether a report is denied besides: "did not provide funding to NGOs or report the amount it spent"."""
    token = walk.found.tokens[j]
    return walk.passed and _acts(token) and "denying_numbers" in token.entry.roles


def _noun(walk: _Walk, j: int) -> int:
    """A noun without "any": what is denied of it where it stands bare in the plural, or is money."""
    found, tokens, verbs = walk.found, walk.found.tokens, walk.verbs
    heads = noun_heads(tokens, j)
    if not heads or walk.passed or (walk.present and not walk.always):
        walk.passed = True
        return STOP if tokens[j].tag == "v" else j + 1
    plural = [h for h in heads if tokens[h].word != tokens[h].entry.noun and can_be_zero(tokens[h])]
    named = [h for h in plural if tokens[h].entry.nouns]
    paid = [h for h in heads if is_money(tokens[h].entry.unit)]
    bare = is_bare(tokens, j)
    if paid and bare and "giving_money" in verbs[0].entry.roles:
        found.place(paid[:1], Status.REPORTED, walk.first, verbs)  # "did not provide funding to NGOs or report ..."
        walk.passed, end = True, heads[-1] + 1
        near = range(end, min(len(tokens) - 1, end + BESIDE_REACH))
        return next((k + 1 for k in near if tokens[k].tag == "&" and _reports_too(walk, k + 1)), STOP)
    if walk.always and not walk.gerunds and (named or paid):
        found.place(paid[:1] or named, Status.NOT_REPORTED, walk.first, [])
    elif plural and tokens[plural[0]].entry.kind in _KINDS and bare:
        if not walk.reports and any(v.entry.verbs for v in verbs):
            found.place(plural, Status.REPORTED, walk.first, verbs)
    elif verbs[0].word in ("fund", "allocate") and not walk.reports:
        found.put(j, Status.REPORTED, walk.first, tokens.index(verbs[-1]), verbs, money=True)
    else:
        walk.passed = True
        return heads[-1] + 1
    return STOP


def _acts(token: Token) -> bool:
    """Whether a token is a verb, or a base form that may be a noun elsewhere."""
    return token.tag == "v" or (token.tag == "n" and token.entry.form == "base")


def _verbs_denied(tokens: list[Token], i: int) -> tuple[list[int], int]:
    """The verbs that the negation at `i` denies, and where they end."""
    count = len(tokens)
    verbs: list[int] = []
    j = i + 1
    subject = tokens[i].word in ("neither", "nor")
    reach = j + (10 if subject else 4)
    while j < min(count, reach):
        token = tokens[j]
        if token.tag in "vg" or (_acts(token) and not subject):
            verbs.append(j)
            k = j + 1
            while k < count and (tokens[k].tag in ",&" or (subject and tokens[k].word == "nor")):
                k += 1
            if not (k > j + 1 and k < count and _acts(tokens[k])):
                return verbs, j + 1
            j = k
            reach = k + 1
            continue
        if "manner" in token.entry.roles or token.tag in ".;(:" or (token.tag in ",q" and not subject):
            return [], j
        j += 1
    return verbs, j


def listed_verbs(tokens: list[Token], j: int) -> tuple[list[Token], int]:
    """The verbs listed from `j` on, with commas, "and" and "or", and where they end."""
    verbs: list[Token] = []
    for k in range(j, len(tokens)):
        if _acts(tokens[k]):
            verbs.append(tokens[k])
            j = k + 1
        elif not (tokens[k].tag in ",&" or tokens[k].word.endswith("ly")):
            break
    return verbs, j


def _next_verb(tokens: list[Token], j: int, form: str) -> int:
    """Where a verb of that form is coordinated right behind `j`, with "any" behind it; -1 where there is none."""
    k = j
    while k < min(len(tokens), j + 4) and (tokens[k].tag in ",&" or tokens[k].word == "to"):
        k += 1
    denied = j < k < len(tokens) and _acts(tokens[k]) and tokens[k].entry.form == form
    return k if denied and any(t.tag == "k" for t in tokens[k + 1 : k + 8]) else -1
