"""Numbers that count nothing (of articles, sections, hotlines; ages), fractions and ranges told from their like."""

from __future__ import annotations

from diffing.language.words import Token, is_plural

LAST_DAY = 31  # of a month
OLDEST = 120  # years; a bare number above it is no age
OLDER = frozenset(("older", "younger", "above", "over", "under", "up", "below"))
OLDEST_LAW_AGE = 25  # the highest age that a law on work or majority names; "of age" before more is something else
_LINES = frozenset(("hotline", "helpline", "hotlines", "telephone", "phone", "line", "dial", "number", "call"))
_AGE_WORDS = frozenset(("under", "over", "above", "below"))


def is_code(token: Token, digits: bool, before: Token | None, after: Token | None, out: list[Token]) -> bool:
    """Whether a number names something: an article, a tier, a hotline, a district."""
    if digits and _dialled(token, before, after, out):
        return True
    if before is None:
        return False
    glued = digits and before.tag == "." and token.start == before.end and len(out) > 1
    if glued and len(out[-2].word) == 1 and out[-2].capital:
        return True  # ILO C.138
    if digits and before.tag == '"' and after is not None and after.tag == '"':
        return True  # a “417” visa
    if digits and after is not None and after.tag == ")" and not any(t.tag == "(" for t in out[-8:]):
        return len(token.word) < 3  # 1) the contents of the job
    if token.capital and not digits and not before.capital and before.tag in 'nxa"' and after is not None:  # noqa: SIM102
        if after.capital and after.tag != "d":
            return True  # the platform Three Freedoms
    if digits and before.tag == "." and len(out) > 1 and out[-2].word in ("no", "art", "sec", "nos", "arts"):
        return True
    if before.word == "per" or (before.word == "every" and digits):
        return True
    if (
        "law_nouns" in before.entry.roles
        and before.tag in "xnvpN"
        and (digits or before.word in ("tier", "phase", "section", "article"))
    ):
        return before.word not in ("number", "page", "part", "measure", "no") or (
            digits and not (after is not None and after.tag == "n")
        )
    if token.word.isdigit() and len(token.word) == 4 and token.word < "1900" and before.word in ("in", "of", "since"):
        return after is None or after.tag != "n"  # a treaty of 1840
    if before.word == "group of":
        return True
    k = len(out) - 1
    while k >= 0 and out[k].tag in "&,-." and len(out) - k < 4:
        k -= 1
    dated = k < len(out) - 1 and k >= 0 and out[k].tag == "D" and token.word.isdigit() and int(token.word) <= LAST_DAY
    if dated and (after is None or after.tag in ",&.p"):
        return True  # September 19, 21, and 22
    if digits and k < len(out) - 1 and k >= 0 and out[k].tag == "#" and (after is None or after.tag not in "nmxv$%"):
        return out[k].word[0].isdigit() and not _worded(out[k])
    if digits and before.tag == "x" and token.start == before.end:
        return True  # G20
    if digits and after is not None and after.capital and len(after.word) == 1 and after.start == token.end:
        return True  # 5G
    if (
        digits
        and before.capital
        and (before.tag == "x" or (before.tag == "n" and before.word == before.entry.noun and not is_plural(before)))
        and len(out) > 1
        and (out[-2].tag not in ".p" or before.tag == "n")
        and "," not in token.word
    ) and (after is None or after.tag in "vgbt.,)p;" or after.word in _LINES or _single(after, token)):
        return True  # Sector 5, the Trinco 11 case
    if (digits and before.tag == "/") or (after is not None and after.tag == "/" and after.start == token.end):
        return True
    # the 103 hotline: a name, not a number of hotlines
    return bool(
        digits
        and before.word in ("the", "a")
        and after is not None
        and after.tag in "nx"
        and after.word in ("hotline", "helpline", "number", "line")
        and "," not in token.word
    )


def _dialled(token: Token, before: Token | None, after: Token | None, out: list[Token]) -> bool:
    """Whether digits are part of a telephone number: "0800 55 19", "the hotline 116 123"."""
    if token.word[0] == "0" and token.word.isdigit() and len(token.word) > 1:
        return True
    if before is not None and before.tag == "#" and before.word.isdigit() and token.start == before.end + 1:
        return before.word[:2] not in ("19", "20")  # behind a year that names something, a number counts
    more = after is not None and after.tag == "d" and after.word[0].isdigit() and after.start == token.end + 1
    whole = " " in token.word and (after is None or after.tag in ".,;)&p")
    return (more or whole) and any(t.word in _LINES for t in out[-6:])


def _single(after: Token, number: Token) -> bool:
    """Whether a noun in the singular follows, which no number above one counts."""
    return after.tag == "n" and after.word == after.entry.noun and not is_plural(after) and number.word != "1"


def _timed(after: Token | None) -> bool:
    return after is not None and ("durations" in after.entry.roles or after.word in ("percent", "times", "per"))


def _worded(token: Token) -> bool:
    """Whether a dead number was one of words, a year or a compound, which no list of articles goes on from."""
    return "-" in token.word or (len(token.word) == 4 and token.word.isdigit())


def is_age(token: Token, value: float, before: Token | None, after: Token | None, out: list[Token]) -> bool:
    """Whether a number is an age."""
    if before is None or value > OLDEST:
        return False
    if "ages" in before.entry.roles and before.word not in ("reach",):
        return True
    if before.word in ("between", "of", "from", "to", "and") and len(out) > 1 and "ages" in out[-2].entry.roles:
        return out[-2].word not in ("reach",)
    if value <= OLDEST_LAW_AGE and (after is None or after.tag not in "nxm%$V") and not _timed(after):
        if any("ages" in t.entry.roles and t.word != "reach" for t in out[-5:]):
            return True
        if before.word == "up to" and len(out) > 1 and out[-2].entry.unit == "persons":
            return True
    if before.word in _AGE_WORDS or (before.word in ("older", "younger", "than") and before.tag != "Q"):
        counted = after is not None and (after.tag in "nmx%$V" or "durations" in after.entry.roles)
        person = len(out) > 1 and (out[-2].tag == "b" or out[-2].entry.unit == "persons" or out[-2].word == "those")
        return not counted and (person or value <= 21)
    if before.tag in "&-p" and len(out) > 1 and out[-2].tag == "#" and after is not None and after.word == "years":
        return False
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
