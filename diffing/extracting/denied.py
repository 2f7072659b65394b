"""What an absence denies: the nouns of a list, data on something, how many."""

from __future__ import annotations

from diffing.language.numbers import Quantity
from diffing.language.words import Token, is_plural
from diffing.model import Status

MOST_LISTED = 6  # things in one list that are not reported; longer lists are of other matters
REACH = 14  # tokens from a negated verb to what it governs; a longer way leads into another clause
_COUNTED_UNITS = frozenset(("persons", "cases", "calls", "inspections"))
STRICT_DATA = frozenset(
    [
        "estimate",
        "estimates",
        "data",
        "statistic",
        "statistics",
        "figure",
        "figures",
        "number",
        "numbers",
        "total",
        "totals",
        "amount",
        "count",
    ]
)
_LEADING = frozenset(("led", "lead", "leading", "resulted", "result", "resulting", "ended", "culminated"))
_NOT_COUNTED = frozenset(["report", "claim", "sentence", "penalty", "measure", "program", "service"])
_LINKS = frozenset(("on", "about", "regarding", "concerning", "of", "for", "related"))
# Adverbs of manner: "did not consistently identify victims" says how, not how many.
_MANNER = frozenset(
    [
        "always",
        "consistently",
        "adequately",
        "effectively",
        "systematically",
        "fully",
        "sufficiently",
        "proactively",
        "routinely",
        "properly",
        "regularly",
        "generally",
        "necessarily",
        "only",
        "uniformly",
        "thoroughly",
        "appropriately",
        "vigorously",
        "often",
        "yet",
        "explicitly",
    ]
)


def absent_quantity(status: Status, first: Token, last: Token, verbs: list[Token]) -> Token:
    """The quantity of an absence, which spans from `first` to `last`."""
    token = Token("q", first.start, last.end, first.word, first.entry)
    zero = 0.0 if status is Status.REPORTED else None
    token.value = Quantity(zero, status=status, absent=True, verbs=verbs)
    return token


def noun_heads(tokens: list[Token], i: int) -> list[int]:
    """The head nouns of the noun phrases that start at `i`, coordinated with commas, "and" and "or"."""
    heads: list[int] = []
    count = len(tokens)
    while i < count:
        head = -1
        while i < count and tokens[i].tag in "xmnavfO#" and len(heads) < 8:
            token = tokens[i]
            if token.tag == "v" and (token.entry.form not in ("past", "ing") or head >= 0):
                break
            if token.tag == "a" and head >= 0:
                break
            if token.tag == "n":
                if head >= 0 and is_plural(tokens[head]):
                    break  # "no reports children worked"
                head = i
            elif (
                token.tag == "x"
                and head >= 0
                and i + 1 < count
                and tokens[i + 1].tag == "n"
                and not is_plural(tokens[head])
            ):
                pass  # "child labor violations"
            elif token.tag == "x" and head >= 0:
                if _compound(tokens, head, i):
                    head = -1
                break
            i += 1
            if (
                head < 0
                and i + 2 < count
                and tokens[i].tag == "&"
                and tokens[i + 1].tag in "xm"
                and tokens[i + 2].tag in "xmn"
            ):
                i += 1  # "health and safety inspections"
        if head >= 0 and i < count and "wage_marks" in tokens[i].entry.roles:
            head = -1  # "no national minimum wage"
        if head < 0:
            break
        heads.append(head)
        j = i
        while j < count and tokens[j].tag in ",&" and j < i + 2:
            j += 1
        if j == i or (j < count and tokens[j].tag not in "nmxv"):
            break
        # the list goes on only where another noun comes before any verb: "no victims, and police arrested ..."
        k = j
        while k < count and tokens[k].tag in "xm":
            k += 1
        alternative = tokens[j - 1].word == "or"  # "no injuries or deaths were reported"
        if k >= count or tokens[k].tag != "n" or (not alternative and k + 1 < count and tokens[k + 1].tag in "vgbt"):  # noqa: SIM102
            if not (k < count and tokens[k].tag == "v" and k + 1 < count and tokens[k + 1].tag == "n"):
                break
        if k < count and tokens[k].entry.actor and not tokens[k].entry.noun:
            break
        i = j
    return heads


def _compound(tokens: list[Token], head: int, i: int) -> bool:
    """Whether the unknown word at `i` is the head of a compound: "no citizen review"; a plural before it never is."""
    noun = tokens[head]
    word = tokens[i].word
    return i == head + 1 and noun.word == noun.entry.noun and ("-" in word or not word.endswith(("ly", "ed", "ing")))


def can_be_zero(token: Token) -> bool:
    """Whether a denied noun is a count of none: victims and cases are, laws and programs are not."""
    entry = token.entry
    return bool(entry.nouns) or (entry.unit in _COUNTED_UNITS and entry.noun not in _NOT_COUNTED)


def place(
    tokens: list[Token], heads: list[int], status: Status, first: int, verbs: list[Token],
    inserts: dict[int, Token], loose: bool = False,
) -> bool:  # fmt: skip
    """One quantity before each countable head; the first spans from the word that denies."""
    placed = False
    for n, head in enumerate(heads):
        if loose or can_be_zero(tokens[head]):
            start = head
            while (
                start > first + 1
                and tokens[start - 1].tag in "xmvn"
                and start - 1 not in heads
                and not tokens[start - 1].possessive  # the verb that is denied itself
            ):
                start -= 1
            begin = tokens[first] if n == 0 else tokens[head]
            inserts[start] = absent_quantity(status, begin, tokens[head], verbs)
            placed = True
    return placed


def _listed_heads(tokens: list[Token], k: int) -> list[int]:
    """The heads of a list whose members may have a participle or "the number of" of their own.

    "the number of investigations conducted, violations found, and the number of convictions"
    """
    found: list[int] = []
    count = len(tokens)
    while len(found) < MOST_LISTED:
        heads = noun_heads(tokens, k)
        if not heads:
            break
        found += heads
        k = heads[-1] + 1
        if k < count and tokens[k].tag == "v" and tokens[k].entry.form == "past":
            k += 1
        j = k
        while k < count and tokens[k].tag in ",&" and k < j + 2:
            k += 1
        if k == j:
            break
        while k < count and (
            tokens[k].tag in "a" or tokens[k].word in ("number", "numbers", "of", "amount", "imposed")
        ):
            k += 1
    return found


def deny_data(
    tokens: list[Token], i: int, first: int, verbs: list[Token], inserts: dict[int, Token], skipped: set[int]
) -> bool:
    """The data noun at `i` is denied: "data on investigations or prosecutions", "the number of victims"."""
    count = len(tokens)
    data = tokens[i]
    j = i + 1
    while j < count and tokens[j].tag in "&,nxa" and not tokens[j].entry.nouns and j < i + 5:
        if "data" in tokens[j].entry.roles:  # "the types or number of personnel"
            data, i = tokens[j], j
        j += 1
    j = i + 1
    while (
        j < count
        and (tokens[j].tag in "bu" or tokens[j].word in ("available", "publicly", "existed", "exists", "kept"))
        and j < i + 6
    ):
        j += 1  # "no information was available on the number of"
    if j < count and tokens[j].word not in _LINKS:
        j = i + 1
    strict = data.word in STRICT_DATA
    for k in range(j, min(count - 1, j + 6)):
        if tokens[k].word == "how" and tokens[k + 1].word == "many":
            deny_how_many(tokens, k, first, inserts, skipped)
            skipped.update(range(i, k))
            return True
        if tokens[k].tag in ".;,q":
            break
    if j < count and tokens[j].word in _LINKS:
        k = j + 1
        while k < count and (
            tokens[k].tag in "af" or tokens[k].word in ("number", "numbers", "of", "total", "how", "many", "amount")
        ):
            k += 1
        numbered = any(tokens[m].word in ("number", "numbers", "many", "amount") for m in range(j, k)) or data.word in (
            "number",
            "numbers",
        )
        gerunds = []
        while k < count and tokens[k].tag == "v" and tokens[k].entry.form == "ing" and not tokens[k].entry.nouns:
            gerunds.append(tokens[k])
            k += 1
        heads = [h for h in _listed_heads(tokens, k) if strict or numbered or tokens[h].entry.nouns]
        if not heads and strict:  # "data on the incidence of trafficking and trafficking-related prosecutions"
            for h in range(k, min(count, k + REACH)):
                if tokens[h].tag in ".;lq":
                    break
                if tokens[h].tag == "n" and tokens[h].entry.nouns:
                    heads.append(h)
        if heads:
            named = [h for h in heads if tokens[h].entry.nouns]
            if len(heads) > 1 and named and not numbered:
                heads = named
            following = [*verbs[:0], *gerunds]
            skipped.update(range(i, k))
            return place(
                tokens,
                heads[:MOST_LISTED],
                Status.NOT_REPORTED,
                first if first < k else k,
                following,
                inserts,
                loose=True,
            )
        if not (strict or numbered):
            return False
    elif not strict:
        return False
    near = tokens[i + 1 : i + 4] if data.word == "amount" else ()
    spent = [t for t in near if t.tag == "v" and t.entry.form == "past"]  # "the amount it spent"
    inserts[i] = absent_quantity(Status.NOT_REPORTED, tokens[first], data, spent)
    inserts[i].value.money = bool(spent)  # type: ignore[attr-defined]
    skipped.add(i)
    return True


def deny_how_many(tokens: list[Token], j: int, first: int, inserts: dict[int, Token], skipped: set[int]) -> None:
    """Places "not reported" before what "how many" at `j` asks for."""
    count = len(tokens)
    if tokens[j + 1].word == "much":  # "how much it spent"
        verb = next((t for t in tokens[j + 2 : j + 6] if t.tag == "v"), None)
        if verb is not None and j + 2 < count:
            inserts[j + 2] = absent_quantity(Status.NOT_REPORTED, tokens[first], verb, [verb])
            inserts[j + 2].value.money = True  # type: ignore[attr-defined]
        return
    skipped.update((j, j + 1))
    for k in range(j + 2, min(count - 2, j + 2 + REACH)):  # "how many of the 88 investigations led to prosecutions"
        if tokens[k].tag in ".;l":
            break
        if tokens[k].word in _LEADING and tokens[k + 1].word in ("to", "in", "with"):
            led = [h for h in noun_heads(tokens, k + 2) if tokens[h].entry.nouns]
            if led:
                place(tokens, led, Status.NOT_REPORTED, first, [], inserts)
                return
    start = j + 2
    if start + 1 < count and tokens[start].word == "of":  # "how many of the victims received services"
        start += 1 + (tokens[start + 1].tag == "a")
    heads = noun_heads(tokens, start)
    if heads:
        verbs = [t for t in tokens[heads[0] + 1 : heads[0] + 5] if t.tag == "v"][:1]
        place(tokens, heads[:1], Status.NOT_REPORTED, first, verbs, inserts, loose=True)
    elif j + 2 < count:
        inserts[j + 2] = absent_quantity(Status.NOT_REPORTED, tokens[first], tokens[j + 1], [])


def verbs_denied(tokens: list[Token], i: int) -> tuple[list[int], int]:
    """The verbs that the negation at `i` denies, and where they end."""
    count = len(tokens)
    verbs: list[int] = []
    j = i + 1
    subject = tokens[i].word in ("neither", "nor")
    reach = j + (10 if subject else 4)
    while j < count and j < reach:
        token = tokens[j]
        if token.tag in "vg" or (token.tag == "n" and token.entry.verb and token.entry.form == "base" and not subject):
            verbs.append(j)
            k = j + 1
            while k < count and (tokens[k].tag in ",&" or (subject and tokens[k].word == "nor")) and k < j + 3:
                k += 1
            if (
                k > j + 1
                and k < count
                and (
                    tokens[k].tag == "v"
                    or (tokens[k].tag == "n" and tokens[k].entry.verb and tokens[k].entry.form == "base")
                )
            ):
                j = k
                reach = k + 1
                continue
            return verbs, j + 1
        if token.word in _MANNER or token.tag in ".;(:" or (token.tag in ",q" and not subject):
            return [], j
        j += 1
    return verbs, j


def listed_verbs(tokens: list[Token], j: int) -> tuple[list[Token], int]:
    """The verbs listed from `j` on, with commas, "and" and "or", and where they end."""
    verbs: list[Token] = []
    k = j
    while k < len(tokens):
        token = tokens[k]
        acts = token.tag == "v" or (token.tag == "n" and token.entry.verb and token.entry.form == "base")
        if acts:
            verbs.append(token)
            j = k + 1
        elif not (token.tag in ",&" or token.word.endswith("ly")):
            break
        k += 1
    return verbs, j


def next_verb(tokens: list[Token], j: int, form: str) -> int:
    """Where a verb of that form is coordinated right behind `j`, with "any" behind it; -1 where there is none."""
    k = j
    while (
        k < len(tokens)
        and (tokens[k].tag in ",&" or tokens[k].word == "to" or tokens[k].word.endswith("ly"))
        and k < j + 4
    ):
        k += 1
    if k > j and k < len(tokens) and tokens[k].tag == "v" and tokens[k].entry.form == form:  # noqa: SIM102
        if any(t.tag == "k" for t in tokens[k + 1 : k + 8]):
            return k
    return -1


def one_of_kind(tokens: list[Token], j: int) -> bool:
    """Whether "a" at `j` stands with what indicators count: "did not convict a trafficker"."""
    for token in tokens[j + 1 : j + 4]:
        if token.tag == "n":
            return token.entry.kind in ("offender", "victim") or bool(token.entry.nouns) or token.entry.noun == "case"
        if token.tag not in "xm":
            return False
    return False


def is_bare(tokens: list[Token], j: int) -> bool:
    """Whether the noun phrase around `j` has no article: "victims", not "the victims"."""
    return not any(t.tag == "a" or t.word in ("all", "most", "many") for t in tokens[max(0, j - 2) : j + 1])
