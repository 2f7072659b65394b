"""What only looks like a number: of articles, pages, hotlines, footnotes, ages; shares and ranges beside their like."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from diffing.language.words import Token, is_plural

LONGEST_ITEM = 2  # digits of the number of an item: "12) the contents"
LAST_DAY = 31  # of a month
OLDEST = 120  # years; a bare number above it is no age
_OLDER = frozenset(("older", "younger", "above", "over", "under", "up", "below"))
OLDEST_CHILD = 18
OLDEST_LAW_AGE = 25  # the highest age that a law on work or majority names; "of age" before more is something else
_LINES = frozenset(("hotline", "helpline", "hotlines", "telephone", "phone", "line", "dial", "number", "call"))
_REACHED_BY = frozenset(("under", "via", "dialing", "calling"))
_ABBREVIATED = frozenset(("no", "art", "sec", "nos", "arts", "p", "pp", "para", "paras", "fig"))
_REFERENCES = frozenset((
    "page", "pages", "p", "pp", "annex", "appendix", "table", "tables", "footnote", "footnotes", "note", "endnote",
    "paragraph", "paragraphs", "para", "figure", "fig", "chapter", "box",
))  # fmt: skip
_NUMBERED_IN_WORDS = frozenset(("tier", "phase", "section", "article"))
_ALSO_COUNTED = frozenset(("number", "page", "part", "measure", "no"))
_ONE_PERSON = frozenset(("child", "human", "person"))
_RANGING = frozenset(("ranging", "ranged", "range", "ranges", "varied", "varying", "sentences", "terms"))
_AGE_WORDS = frozenset(("under", "over", "above", "below"))


def is_code(token: Token, after: Token, out: list[Token]) -> bool:
    """Whether a number names something: an article, a tier, a page, a hotline, a district."""
    before = out[-1]
    if not token.word[0].isdigit():
        return _numbered(token, False, before, after)
    item = after.tag == ")" and not any(t.tag == "(" for t in out[-8:])
    if item and len(token.word) <= LONGEST_ITEM:
        return True  # 1) the contents of the job
    return (
        _dialled(token, before, after, out)
        or _footnote(token, before, after, out[-2])
        or _marked(token, before, after, out[-2])
        or _listed(token, after, out)
        or _named(token, before, after, out[-2])
        or _numbered(token, True, before, after)
    )


def _footnote(token: Token, before: Token, after: Token, behind: Token) -> bool:
    """A mark behind a word or a full stop: "traffickers.[12]", "in 2019.4 Nobody", "[^1]"."""
    if token.start != before.end:
        return False
    if before.tag == ".":
        return behind.end == before.start
    return before.word == "^" or (before.word == "[" and after.word == "]" and behind.end == before.start)


def _marked(token: Token, before: Token, after: Token, behind: Token) -> bool:
    """Digits that punctuation or letters around them make a name: a “417” visa, no. 4, G20, 5G."""
    if before.tag == "." and after.tag in ".,;)" and len(behind.word) == 1 and behind.capital:
        return True  # ILO C. 138
    if before.tag == "(" and behind.tag == "#" and behind.end == before.start:
        return True  # section 12(2)
    return (
        (before.tag == "." and behind.word in _ABBREVIATED)
        or before.tag == after.tag == '"'
        or (before.tag == "x" and token.start == before.end)
        or (after.capital and len(after.word) == 1 and after.start == token.end)
        or before.tag == "/"
        or (after.tag == "/" and after.start == token.end)
    )


def _numbered(token: Token, digits: bool, before: Token, after: Token) -> bool:
    """What words before it make a number of: an article, a law, a page, a group, a year long gone, a rate's base."""
    if before.word in ("per", "group of", "every") or (digits and before.word in _REFERENCES):
        return True
    if digits and before.tag == "L" and before.word.endswith(" law"):
        return True  # "prohibited by Law 12.345"
    if "law_nouns" in before.entry.roles and (digits or before.word in _NUMBERED_IN_WORDS):
        return before.word not in _ALSO_COUNTED or (digits and after.tag != "n")
    old = token.word.isdecimal() and len(token.word) == 4 and token.word < "1900"  # a treaty of 1840
    return old and before.word in ("in", "of", "since") and after.tag != "n"


def _listed(token: Token, after: Token, out: list[Token]) -> bool:
    """Digits that go on with a list of days or of codes: "September 19, 21, and 22", "pages 20 to 24"."""
    k = len(out) - 1
    while k > 0 and (out[k].tag in "&,-." or out[k].word in ("to", "through")) and len(out) - k < 4:
        k -= 1
    if k == len(out) - 1:
        return False
    if out[k].tag == "D" and token.word.isdecimal() and int(token.word) <= LAST_DAY:
        return after.tag in ",&.p"
    # of words, a year or a compound no list of articles goes on
    code = (
        out[k].word[0].isdigit() and "-" not in out[k].word and not (out[k].word.isdecimal() and len(out[k].word) == 4)
    )
    return out[k].tag == "#" and code and after.tag not in "nmxv$%"


def _named(token: Token, before: Token, after: Token, behind: Token) -> bool:
    """Digits that are part of a name: "Sector 5", "the Trinco 11 case", "the 103 hotline"."""
    singular = before.tag == "n" and before.word == before.entry.noun and not is_plural(before)
    if before.capital and (before.tag == "x" or singular) and (behind.tag not in ".p" or singular):
        return after.tag in "vgbt.,)p;" or after.word in _LINES or _single(after, token)
    return before.word in ("the", "a") and after.word in ("hotline", "helpline", "number", "line")


def dead_citations(tokens: list[Token]) -> list[Token]:
    """`tokens` with the numbers of citations as ``#``: "(Okello 2018, 31)"."""
    open_at = -1
    for i, token in enumerate(tokens):
        if token.tag == "(":
            open_at = i
        elif token.tag == ")" and open_at >= 0:
            inside = tokens[open_at + 1 : i]
            if any(t.tag == "d" for t in inside) and _cites(inside):
                for number in inside:
                    number.tag = "#" if number.tag == "d" else number.tag
            open_at = -1
    return tokens


def _cites(inside: list[Token]) -> bool:
    """Whether a parenthesis names an author and a year, and a page perhaps."""
    names = [*takewhile(lambda t: t.tag == "&" or t.word in ("et", "al", ".") or (t.capital and t.tag == "x"), inside)]
    year, *rest = inside[len(names) :]
    named = bool(names) and inside[0].capital and re.fullmatch(r"(?:19|20)\d\d", year.word) is not None
    return named and all(t.tag in "d,:-;." for t in rest)


def compound(tokens: list[Token], i: int) -> int:
    """Where a compound with the number at `i` ends: "34-year-old", "10- to 12-hour", "62-percent"; else 0."""
    dash, joined = tokens[i + 1], tokens[i + 2]
    if dash.tag != "-" or dash.start != tokens[i].end:
        return 0
    if joined.start == dash.end and joined.word[0].isalpha() and dash.word in "-‑":
        return i + 3
    shared = joined.word in ("to", "or", "and") and tokens[i + 3].tag == "d" and tokens[i + 4].tag == "-"
    return i + 3 if shared else 0


def older(tokens: list[Token], j: int, value: float) -> bool:
    """Whether "or older" follows at `j`: an age."""
    return value <= OLDEST and tokens[j].word in ("or", "and") and tokens[j + 1].word in _OLDER


def two_ends(out: list[Token], value: float, join: Token, other: Token, after: Token, money: bool) -> str:
    """What two joined numbers are: a ``range``, no number the ``first`` or ``both`` of them, or ``""``: two numbers."""
    higher = isinstance(other.value, float | int) and value < other.value
    if join.word == "or":
        return "range" if higher and after.tag not in "p," else ""  # two or three months
    if join.word == "and":
        return "range" if higher and out[-1].word == "between" else ""
    if join.word == "to":
        if from_to(after, out):
            return "first" if out[-1].word == "from" and _timed(after) else ""
        return "range" if higher or "durations" in after.entry.roles else ""
    if not other.word[0].isdigit():
        return ""
    counts = money or " " in other.word or after.tag in "nxmv%$"
    return "range" if counts and (higher or " " in other.word) else "both"  # a telephone number


def _dialled(token: Token, before: Token, after: Token, out: list[Token]) -> bool:
    """Whether digits are part of a telephone number: "0800 55 19", "the hotline 116 123"."""
    if token.word[0] == "0" and token.word.isdecimal() and len(token.word) > 1:
        return True
    if before.tag == "#" and before.word.isdecimal() and token.start == before.end + 1:
        return before.word[:2] not in ("19", "20")  # behind a year that names something, a number counts
    more = after.tag == "d" and after.word[0].isdigit() and after.start == token.end + 1
    whole = " " in token.word and after.tag in ".,;)&p"
    called = before.word in _REACHED_BY and after.tag in ".,;)&"
    return (more or whole or called) and any(t.word in _LINES for t in out[-6:])


def _single(after: Token, number: Token) -> bool:
    """Whether a noun in the singular follows, which no number above one counts."""
    return after.tag == "n" and after.word == after.entry.noun and not is_plural(after) and number.word != "1"


def _timed(after: Token) -> bool:
    return "durations" in after.entry.roles or after.word in ("percent", "times", "per")


def is_age(value: float, after: Token, out: list[Token]) -> bool:
    """Whether a number is an age."""
    before, behind = out[-1], out[-2]
    if value > OLDEST:
        return False
    if "ages" in before.entry.roles:
        return True
    if before.word == "of" and out[-3].tag == "a" and behind.entry.kind in _ONE_PERSON:
        return not is_plural(behind)  # "a girl of 14"
    bare = after.tag not in "nxm%$V" and not _timed(after)
    if before.word == "of" and bare and value <= OLDEST_CHILD:
        return "age=child" in behind.entry.breakdown  # "boys of 16 and 17"
    if value <= OLDEST_LAW_AGE and bare and any("ages" in t.entry.roles and t.word != "reach" for t in out[-5:]):
        return True
    if before.word in _AGE_WORDS or (before.word in ("older", "younger", "than") and before.tag != "Q"):
        counted = after.tag in "nmx%$V" or "durations" in after.entry.roles
        person = behind.tag == "b" or behind.entry.unit == "persons" or behind.word == "those"
        return not counted and (person or value <= 21)
    return False


def is_fraction(token: Token, after: Token, before: Token) -> bool:
    """Whether a word like "half" or "third" is a share here, and no half-year or third time."""
    head = after.word.partition(" ")[0]
    if before.tag == "O" or before.word in ("second", "last", "latter", "first", "other") or head == "as":
        return False  # "half as many"
    if "-" in token.word or token.word == "half":
        return token.word != "half" or after.tag != "n" or after.word == "police"
    article = before.word in ("a", "one", "roughly", "nearly") or before.tag in "qQ"
    return article and (after.tag in "b.," or head in ("of", "were", "was", "had", "more", "fewer", "less"))


def from_to(after: Token, out: list[Token]) -> bool:
    """Whether "A to B" is no range: "rose from 12 to 15"; "two [traffickers] to eight years, one to five years"."""
    before = out[-1]
    if before.word == "from" and out[-2].word not in _RANGING:
        return True
    if before.word == "by" and any(t.tag == "g" for t in out[-4:]):
        return True  # "increased by $300,000 to $1.5 million"
    listed = before.tag in ",&" and "durations" in after.entry.roles
    return listed and any(a.word == "to" and b.tag == "T" for a, b in pairwise(out))
