"""Years that date something else: what a number is more than, the most since, the same as; and a year in brackets.

Police identified 30 victims, more than in 2018. -> of the reporting period
Courts convicted 30 traffickers, the most since 2015. -> of the reporting period
Police identified 12 victims (2018). -> of 2018
"""

from __future__ import annotations

from diffing.language.times.period import Period
from diffing.language.words import EDGE, Token, dead, joined, place_before

SUPERLATIVE_REACH = 6  # tokens from "the highest" to "since": "the highest number of convictions"; 3 to 8, default 6
_SUPERLATIVES = frozenset(
    ("first", "most", "fewest", "highest", "lowest", "largest", "smallest", "biggest", "greatest", "least")
)
_MULTIPLES = frozenset(("twice", "times", "thrice", "almost", "nearly", "double"))
_SAME = frozenset(("unchanged", "steady", "constant", "identical", "stable", "equal", "same"))
_FROM = frozenset(("from", "to", "as", "with", "compared with", "compared to"))


def drop_compared(tokens: list[Token]) -> list[Token]:
    """`tokens` with the years that a number is only compared with as ``#``, and years in brackets without them."""
    out = [*EDGE]
    tokens = [*EDGE, *tokens]
    for i, token in enumerate(tokens[len(EDGE) :], start=len(EDGE)):
        if token.tag == "y" and (_than(tokens, i) or _most_since(tokens, i) or _moved_from(tokens, i)):
            token = dead(token, token)
        elif token.tag == ")" and out[-1].tag == "y" and out[-2].tag == "(" and _counted(out):
            del out[-2]
            continue
        elif token.tag == "y" and (k := _unchanged(out)):
            same = joined("s", out[k], out[-1], word="the same")
            del out[k:]
            out.append(same)
        out.append(token)
    return out[len(EDGE) :]


def _than(tokens: list[Token], i: int) -> bool:
    """ "more than in 2018", "half as many as in 2018", without that year's own number behind it."""
    k = i - 1
    while tokens[k].tag == "a" or tokens[k].word in ("in", "during", "for"):
        k -= 1
    if k == i - 1 and tokens[k].tag != "s":
        return False
    following = [t.tag for t in tokens[i + 1 : i + 3]]
    if following[:2] in (["(", "d"], [",", "w"]) or following[:1] == ["d"]:
        return False
    if tokens[k].tag == "s" and tokens[k].word.endswith(("as in", "as")):
        before = tokens[k - 1]
        multiple = before.tag in "FO" or not _MULTIPLES.isdisjoint(before.word.split())
        tokens[k].tag = "x" if multiple else "s"
        return multiple
    return tokens[k].word.split()[-1] == "than" and not _amount(tokens[k - 1])


def _moved_from(tokens: list[Token], i: int) -> bool:
    """ "down sharply from 2020", without that year's own number behind it."""
    way, adverb, by = (token.word for token in tokens[i - 3 : i])
    own = [t.tag for t in tokens[i + 1 : i + 3]] == ["(", "d"]
    return by == "from" and adverb.endswith("ly") and way in ("up", "down") and not own


def _amount(token: Token) -> bool:
    """Whether it is said by how much: "38 percent more than in 2017" implies that year's number."""
    return token.tag in "d%" or token.word in ("percent", "cent", "points")


def _most_since(tokens: list[Token], i: int) -> bool:
    """ "the most since 2015", "the highest number of convictions since 2012"."""
    k = place_before(tokens, i, "a")
    if tokens[k].word != "since" or [t.word for t in tokens[i + 1 : i + 3]] == [",", "when"]:
        return False  # "the most since 2015, when courts convicted 40": the 40 are of 2015
    near = tokens[max(0, k - SUPERLATIVE_REACH) : k]
    return any(t.word.split()[-1] in _SUPERLATIVES for t in near) and not any(t.tag in ";l" for t in near)


def _counted(out: list[Token]) -> bool:
    """Whether the year in brackets at the end of `out` stands behind something counted: "nine traffickers (2020)"."""
    period = out[-1].value
    if not isinstance(period, Period) or len(period.years) != 1:
        return False
    for token in reversed(out[-8:-2]):
        if token.tag == "d":
            return True
        if token.tag not in "xnm" or "law_nouns" in token.entry.roles or token.capital:
            return False
    return False


def _unchanged(out: list[Token]) -> int:
    """Where "a steady allocation from" begins at the end of `out`; 0 where it does not."""
    k = len(out) - 1
    while out[k].tag == "a":
        k -= 1
    if out[k].word not in _FROM or out[k - 1].tag not in "xnv":
        return 0
    return next((m for m in range(k - 2, max(0, k - 4), -1) if out[m].word in _SAME), 0)
