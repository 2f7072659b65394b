"""A sentence cut into stretches: where a comparison begins and where it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from diffing.extracting.candidates import Candidate, Stretch
from diffing.extracting.periods import add_period, period_of
from diffing.language.numbers import Quantity
from diffing.language.words import Token


@dataclass(slots=True)
class _Cutting:
    """A sentence while it is cut: its stretches so far, the one at hand, and those around a parenthesis."""

    tokens: list[Token]
    begins: frozenset[int]  # where the subjects of clauses begin, in characters
    stretches: list[Stretch] = field(default_factory=list)
    outer: list[Stretch] = field(default_factory=list)
    clause: int = 0

    current: Stretch = field(init=False)

    def __post_init__(self) -> None:
        self.open(0, None)

    def open(self, at: int, head: Stretch | None, paren: bool = False, comparator: Token | None = None) -> Stretch:
        """Begins a stretch at the token `at`."""
        self.current = Stretch(at, head=head, paren=paren, clause=self.clause, comparator=comparator)
        self.stretches.append(self.current)
        return self.current

    def step(self, i: int, token: Token) -> None:
        """Goes on over the token at `i`."""
        stretch = self.current
        if token.tag == "q":
            assert isinstance(token.value, Quantity)
            stretch.candidates.append(Candidate(token, i, token.value, stretch))
        elif token.tag == "y":
            if stretch.head is None and not self.outer and _told_of_then(self.tokens, i, stretch):
                stretch.end = i
                self.open(i, stretch, comparator=token)
            add_period(self.tokens, i, self.current)
        elif token.tag == "(":
            self.parenthesis(i)
        elif token.tag == ")" and self.outer:
            stretch.end = i
            self.current = self.outer.pop()
        elif token.tag in "cs":
            self.comparison(i, token)
        elif token.tag == "R":
            stretch.respectively = True
        elif token.tag in ";l" and not self.outer:
            stretch.end = i
            self.clause += 1
            self.open(i, None)
        elif token.tag == "," and stretch.candidates and not self.outer and _last_year(self.tokens[i + 1 : i + 4]):
            stretch.end = i
            self.open(i, _root(stretch), comparator=token)
        elif token.tag in ",&" and stretch.head is not None and not self.outer and self.leaves(i):
            stretch.end = i
            self.clause += stretch.apart
            self.open(i, None).after = None if stretch.apart else _root(stretch)

    def leaves(self, i: int) -> bool:
        """Whether the comparison at hand ends at the comma or "and" at `i`: it is dated, and a clause begins there."""
        following, told = self.tokens[i + 1], self.current
        clause = following.tag == "q" and following.start in self.begins
        return bool(clause and told.candidates and told.periods) or _leaves(self.tokens, i, told)

    def parenthesis(self, i: int) -> None:
        """Opens the parenthesis at `i`: with years or a comparison in it, it is compared with what stands before."""
        tokens, stretch = self.tokens, self.current
        self.outer.append(stretch)
        inside = list(takewhile(lambda t: t.tag != ")", tokens[i + 1 :]))
        compared = any(t.tag in "yc" for t in inside)
        yearly = tokens[i - 1].tag == "y" and len(inside) < 3 and all(t.tag in "qQ" for t in inside)
        if yearly and i - 1 in stretch.periods:  # "more than in 2018 (410) and 2017 (380)"
            stretch.periods.remove(i - 1)
            compared = True
        stretch.end = i
        inner = self.open(i, _root(stretch) if compared and stretch.candidates else None, paren=True)
        inner.beside = stretch
        if yearly:
            inner.periods.append(i - 1)

    def comparison(self, i: int, token: Token) -> None:
        """Opens what is compared behind the token at `i`, if anything is."""
        tokens, stretch = self.tokens, self.current
        if token.tag == "c" and not _compares(tokens, i):
            token.tag = "p"
            return
        if token.tag == "s" and not next((t.tag == "y" for t in tokens[i : i + 10] if t.tag in "yq"), False):
            return
        stretch.end = i
        head = _root(stretch)
        if not stretch.candidates and not head.candidates:
            head = next((a for a in reversed(self.stretches) if a.candidates), head)
        opened = self.open(i, head, paren=stretch.paren, comparator=token)
        opened.apart = token.tag == "c" and _sets_apart(tokens, i)


def cut_stretches(tokens: list[Token], begins: frozenset[int]) -> list[Stretch]:
    """The stretches of a sentence in order; every quantity becomes a candidate of its stretch."""
    cutting = _Cutting(tokens, begins)
    for i, token in enumerate(tokens):
        cutting.step(i, token)
    cutting.current.end = len(tokens)
    return cutting.stretches


def _last_year(behind: list[Token]) -> bool:
    """Whether a number with the year before it stands behind a comma: "61 victims, 49 the year before"."""
    told = [token for token in behind if token.tag != "a"]
    return [token.tag for token in told[:2]] == ["q", "y"] and bool(period_of(told[1]).back)


def _told_of_then(tokens: list[Token], i: int, stretch: Stretch) -> bool:
    """Whether what is told now is set against the period at `i`, of which a clause tells: "more than in 2018, when"."""
    if not stretch.candidates or not _when(tokens, i + 1):
        return False
    k = i - 1
    while tokens[k].tag == "a" or tokens[k].word in ("in", "during"):
        k -= 1
    most = tokens[k].word == "since" and not stretch.candidates[-1].quantity.absent
    return most or tokens[k].tag == "Q" or tokens[k].word in ("from", "over", "on", "than")


def _when(tokens: list[Token], i: int) -> bool:
    return tokens[i].tag == "," and tokens[i + 1].word == "when"


def _root(stretch: Stretch) -> Stretch:
    return stretch.head if stretch.head is not None else stretch


def _sets_apart(tokens: list[Token], i: int) -> bool:
    """Whether a comparison opens its clause: "Unlike in 2018, ...", "In contrast to 2018, ..."."""
    word = tokens[i].word
    return word == "unlike" or (i == 0 and word.startswith(("in contrast", "compared", "in comparison")))


def _compares(tokens: list[Token], i: int) -> bool:
    """Whether a word of comparison is followed by what is compared."""
    token = tokens[i]
    if token.word in ("up from", "down from") and tokens[i - 1].tag == "g":
        return False  # "edged up from 18 to 20"
    if token.word.endswith(" of the"):  # ", fewer than half of the 24 convicted in 2018"
        k = i - 1 - (tokens[i - 1].tag == "Q")
        dated = any(other.tag == "y" for other in tokens[i + 2 : i + 8])
        return tokens[k].tag == "," and tokens[i + 1].tag == "q" and dated
    if _sets_apart(tokens, i):
        return any(t.tag == "y" for t in tokens[i + 1 : i + 5])
    if token.word.endswith(" from") and token.word.split()[0] in ("figure", "total", "number"):
        return tokens[i + 1].tag != "q"  # "revised its figure from 45 to 40"
    loose = token.word in ("after", "against", "following", "followed", "instead of", "relative to", "unlike")
    for j in range(i + 1, min(i + (9 if loose else 16), len(tokens))):
        tag = tokens[j].tag
        if tag == "q":
            if loose and token.word in ("against", "following"):
                return j <= i + 2 and tokens[i - 1].tag == ","
            return True
        if tag == "y" and not loose:
            return True
        if tag in ";(" or (loose and tag in ","):
            return False
        if token.word == "after" and j == i + 1 and not tokens[j].word.endswith("ing"):
            return False
    return False


def _up_to_a_stop(tokens: list[Token]) -> list[Token]:
    return list(takewhile(lambda t: t.tag not in ",;.", tokens))


def _leaves(tokens: list[Token], i: int, stretch: Stretch) -> bool:
    """Whether a comparison ends at token `i`: a new verb, or a new number that is compared itself."""
    if tokens[i].tag == "," and (stretch.candidates or stretch.periods):
        after = tokens[i + 1]
        if _when(tokens, i) and not stretch.candidates:
            return False  # "a decrease from 2018, when it identified 40"
        if stretch.apart:
            return after.word != "when"
        if after.word == "as" and any(t.tag in "vg" and t.entry.form == "past" for t in _up_to_a_stop(tokens[i + 2 :])):
            return True  # "compared with 40 in 2018, as a third of the posts stood vacant"
        if (after.tag in "vx" and after.word.endswith("ing")) or after.word in ("with", "for") or after.tag == "w":
            return True
    then = bool(stretch.periods) and _when(tokens, stretch.periods[0] + 1)
    if tokens[i].tag != "&" or (then and tokens[i - 1].tag != ","):  # "when it identified 40 and arrested two"
        return False
    for j in range(i + 1, min(i + 10, len(tokens))):
        token = tokens[j]
        if token.tag in "vg" and token.entry.form in ("past", "s"):
            return tokens[j + 1].tag != "n" or tokens[j - 1].tag not in "aqmx"  # a participle that describes
        if token.tag == "q":
            return next((t.tag == "c" for t in tokens[j + 1 : j + 9] if t.tag in "cyq,;"), False)
    return False
