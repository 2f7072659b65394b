"""What only looks like a number: of articles, pages, hotlines, footnotes, ages; shares and ranges beside their like."""

from __future__ import annotations

import re

from diffing.language.words import Token, is_plural

LONGEST_ITEM = 2  # digits of the number of an item: "12) the contents"
LAST_DAY = 31  # of a month
OLDEST = 120  # years; a bare number above it is no age
_OLDER = frozenset(("older", "younger", "above", "over", "under", "up", "below"))
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
_AGE_WORDS = frozenset(("under", "over", "above", "below"))


def dead(first: Token, last: Token) -> Token:
    """The token of a number that counts nothing."""
    return Token("#", first.start, last.end, first.word, first.entry)


def is_code(token: Token, before: Token | None, after: Token | None, out: list[Token]) -> bool:
    """Whether a number names something: an article, a tier, a page, a hotline, a district."""
    digits = token.word[0].isdigit()
    item = after is not None and after.tag == ")" and not any(t.tag == "(" for t in out[-8:])
    if digits and item and len(token.word) <= LONGEST_ITEM:
        return True  # 1) the contents of the job
    if digits and (_dialled(token, before, after, out) or _footnote(token, before, after, out)):
        return True
    if before is None:
        return False
    if digits and (
        _marked(token, before, after, out) or _listed(token, after, out) or _named(token, before, after, out)
    ):
        return True
    return _titled(token, before, after) or _numbered(token, digits, before, after)


def _footnote(token: Token, before: Token | None, after: Token | None, out: list[Token]) -> bool:
    """A mark behind a word or a full stop: "traffickers.[12]", "in 2019.4 Nobody", "[^1]"."""
    if before is None or len(out) < 2 or token.start != before.end:
        return False
    if before.tag == "." and out[-2].end == before.start and out[-2].tag != "#":
        return True
    bracketed = before.word in ("[", "^") and after is not None and after.word == "]"
    return bracketed and (before.word == "^" or out[-2].end == before.start)


def _marked(token: Token, before: Token, after: Token | None, out: list[Token]) -> bool:
    """Digits that punctuation or letters around them make a name: a “417” visa, no. 4, G20, 5G."""
    behind = out[-2] if len(out) > 1 else None
    if before.tag == "." and behind is not None:
        ends = token.start == before.end or after is None or after.tag in ".,;)"
        lettered = ends and len(behind.word) == 1 and behind.capital  # ILO C.138
        if lettered or behind.word in _ABBREVIATED:
            return True
    if before.tag == '"' and after is not None and after.tag == '"':
        return True
    if before.tag == "(" and behind is not None and behind.tag == "#" and behind.end == before.start:
        return True  # section 12(2)
    if before.tag == "x" and token.start == before.end:
        return True
    if (
        after is not None
        and after.start == token.end
        and (after.tag == "/" or (after.capital and len(after.word) == 1))
    ):
        return True
    return before.tag == "/"


def _titled(token: Token, before: Token, after: Token | None) -> bool:
    """A number in words that is part of a title: "the platform Three Freedoms"."""
    words = token.capital and not token.word[0].isdigit() and not before.capital and before.tag in 'nxa"'
    return words and after is not None and after.capital and after.tag != "d"


def _numbered(token: Token, digits: bool, before: Token, after: Token | None) -> bool:
    """What words before it make a number of: an article, a law, a page, a group, a year long gone, a rate's base."""
    if before.word in ("per", "group of", "every"):
        return True
    if digits and before.word in _REFERENCES:
        return True
    if "law_nouns" in before.entry.roles and before.tag in "xnvpN" and (digits or before.word in _NUMBERED_IN_WORDS):
        loose = before.word in _ALSO_COUNTED
        return not loose or (digits and not (after is not None and after.tag == "n"))
    if token.word.isdecimal() and len(token.word) == 4 and token.word < "1900" and before.word in ("in", "of", "since"):
        return after is None or after.tag != "n"  # a treaty of 1840
    return False


def _listed(token: Token, after: Token | None, out: list[Token]) -> bool:
    """Digits that go on with a list of days or of codes: "September 19, 21, and 22", "pages 20 to 24"."""
    k = len(out) - 1
    while k >= 0 and (out[k].tag in "&,-." or out[k].word in ("to", "through")) and len(out) - k < 4:
        k -= 1
    if k < 0 or k == len(out) - 1:
        return False
    joined = any(t.word in ("to", "through") for t in out[k + 1 :])
    if out[k].tag == "D" and not joined and token.word.isdecimal() and int(token.word) <= LAST_DAY:
        return after is None or after.tag in ",&.p"
    if out[k].tag != "#" or (after is not None and after.tag in "nmxv$%"):
        return False
    return out[k].word[0].isdigit() and not _worded(out[k])


def _named(token: Token, before: Token, after: Token | None, out: list[Token]) -> bool:
    """Digits that are part of a name: "Sector 5", "the Trinco 11 case", "the 103 hotline"."""
    singular = before.tag == "n" and before.word == before.entry.noun and not is_plural(before)
    if before.capital and (before.tag == "x" or singular) and len(out) > 1 and (out[-2].tag not in ".p" or singular):
        return after is None or after.tag in "vgbt.,)p;" or after.word in _LINES or _single(after, token)
    line = after is not None and after.tag in "nx" and after.word in ("hotline", "helpline", "number", "line")
    return before.word in ("the", "a") and line


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
    names = 0
    while names < len(inside) and (
        inside[names].tag == "&"
        or inside[names].word in ("et", "al", ".")
        or (inside[names].capital and inside[names].tag == "x")
    ):
        names += 1
    year, rest = inside[names : names + 1], inside[names + 1 :]
    if not names or not inside[0].capital or not year or not re.fullmatch(r"(?:19|20)\d\d", year[0].word):
        return False
    return all(t.tag in "d,:-;." for t in rest)


def compound(tokens: list[Token], i: int) -> int:
    """Where a compound with the number at `i` ends: "34-year-old", "10- to 12-hour", "62-percent"; else 0."""
    if i + 2 >= len(tokens) or tokens[i + 1].tag != "-" or tokens[i + 1].start != tokens[i].end:
        return 0
    joined = tokens[i + 2]
    if joined.start == tokens[i + 1].end and joined.word[0].isalpha() and tokens[i + 1].word in "-‑":
        return i + 3
    shared = joined.word in ("to", "or", "and") and i + 4 < len(tokens) and tokens[i + 4].tag == "-"
    return i + 3 if shared and tokens[i + 3].tag == "d" else 0


def older(tokens: list[Token], j: int, value: float) -> bool:
    """Whether "or older" follows at `j`: an age."""
    return value <= OLDEST and j + 1 < len(tokens) and tokens[j].word in ("or", "and") and tokens[j + 1].word in _OLDER


def two_ends(out: list[Token], value: float, join: Token, other: Token, after: Token | None, money: bool) -> str:
    """What two joined numbers are: a ``range``, no number the ``first`` or ``both`` of them, or ``""``: two numbers."""
    before = out[-1] if out else None
    higher = isinstance(other.value, float | int) and value < other.value
    if join.word == "or":
        return "range" if higher and not (after is not None and after.tag in "p,") else ""  # two or three months
    if join.word == "and":
        return "range" if higher and before is not None and before.word == "between" else ""
    if join.word == "to":
        if from_to(before, after, out):
            return "first" if before is not None and before.word == "from" and _timed(after) else ""
        return "range" if higher or (after is not None and "durations" in after.entry.roles) else ""
    if not other.word[0].isdigit():
        return ""
    counts = money or " " in other.word or (after is not None and after.tag in "nxmv%$")
    scaled = isinstance(other.value, float | int) and (higher or " " in other.word)
    return "range" if scaled and counts else "both"  # a telephone number


def _dialled(token: Token, before: Token | None, after: Token | None, out: list[Token]) -> bool:
    """Whether digits are part of a telephone number: "0800 55 19", "the hotline 116 123"."""
    if token.word[0] == "0" and token.word.isdecimal() and len(token.word) > 1:
        return True
    if before is not None and before.tag == "#" and before.word.isdecimal() and token.start == before.end + 1:
        return before.word[:2] not in ("19", "20")  # behind a year that names something, a number counts
    more = after is not None and after.tag == "d" and after.word[0].isdigit() and after.start == token.end + 1
    whole = " " in token.word and (after is None or after.tag in ".,;)&p")
    called = before is not None and before.word in _REACHED_BY and (after is None or after.tag in ".,;)&")
    return (more or whole or called) and any(t.word in _LINES for t in out[-6:])


def _single(after: Token, number: Token) -> bool:
    """Whether a noun in the singular follows, which no number above one counts."""
    return after.tag == "n" and after.word == after.entry.noun and not is_plural(after) and number.word != "1"


def _timed(after: Token | None) -> bool:
    return after is not None and ("durations" in after.entry.roles or after.word in ("percent", "times", "per"))


def _worded(token: Token) -> bool:
    """Whether a dead number was one of words, a year or a compound, which no list of articles goes on from."""
    return "-" in token.word or (len(token.word) == 4 and token.word.isdecimal())


def is_age(value: float, before: Token | None, after: Token | None, out: list[Token]) -> bool:
    """Whether a number is an age."""
    if before is None or value > OLDEST:
        return False
    if "ages" in before.entry.roles and before.word != "reach":
        return True
    bare = (after is None or after.tag not in "nxm%$V") and not _timed(after)
    if before.word == "of" and len(out) > 2 and out[-3].tag == "a" and out[-2].entry.kind in _ONE_PERSON:
        return not is_plural(out[-2])  # "a girl of 14"
    if value <= OLDEST_LAW_AGE and bare and any("ages" in t.entry.roles and t.word != "reach" for t in out[-5:]):
        return True
    if before.word in _AGE_WORDS or (before.word in ("older", "younger", "than") and before.tag != "Q"):
        counted = after is not None and (after.tag in "nmx%$V" or "durations" in after.entry.roles)
        person = len(out) > 1 and (out[-2].tag == "b" or out[-2].entry.unit == "persons" or out[-2].word == "those")
        return not counted and (person or value <= 21)
    return False


def is_fraction(tokens: list[Token], i: int, out: list[Token]) -> bool:
    """Whether a word like "half" or "third" is a share here, and no half-year or third time."""
    token = tokens[i]
    before = out[-1] if out else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if before is not None and (before.tag == "O" or before.word in ("second", "last", "latter", "first", "other")):
        return False
    if after is not None and after.word.split()[0] == "as":
        return False  # half as many
    if "-" in token.word or token.word == "half":
        return not (after is not None and after.tag in "n" and after.word not in ("police",)) or token.word != "half"
    article = before is not None and (before.word in ("a", "one", "roughly", "nearly") or before.tag in "qQ")
    return article and (
        after is None
        or after.word.split()[0] in ("of", "were", "was", "had", "more", "fewer", "less")
        or after.tag in "b.,"
    )


def from_to(before: Token | None, after: Token | None, out: list[Token]) -> bool:
    """Whether "A to B" is no range: "rose from 12 to 15"; "two [traffickers] to eight years, one to five years"."""
    if before is None:
        return False
    if before.word == "from" and not _ranging(out):
        return True
    if before.word == "by" and any(t.tag == "g" for t in out[-4:]):
        return True  # "increased by $300,000 to $1.5 million"
    listed = before.tag in ",&" and after is not None and "durations" in after.entry.roles
    return listed and any(t.tag == "T" and n and out[n - 1].word == "to" for n, t in enumerate(out))


def _ranging(out: list[Token]) -> bool:
    return len(out) > 1 and out[-2].word in (
        "ranging",
        "ranged",
        "range",
        "ranges",
        "varied",
        "varying",
        "sentences",
        "terms",
    )
