"""Absences in words, made into quantities: "did not identify any victims" is zero, "did not report any" is no number.

An absence becomes a quantity ``q`` in front of each noun that it governs, so that year, indicator and actor are
attached to it as to any number. The verbs under the negation travel with it.
"""

from __future__ import annotations

from diffing.extracting.quantities import Quantity
from diffing.extracting.tokens import Token
from diffing.model import Status

MOST_LISTED = 6  # things in one list that are not reported; longer lists are of other matters
REACH = 14  # tokens from a negated verb to what it governs; a longer way leads into another clause
_COUNTED_UNITS = frozenset(("persons", "cases", "calls", "inspections"))
# Adverbs of manner: "did not consistently identify victims" says how, not how many.
_MANNER = frozenset(
    "always consistently adequately effectively systematically fully sufficiently proactively routinely properly "
    "regularly generally necessarily only uniformly thoroughly appropriately vigorously often yet explicitly".split()
)
_STRICT_DATA = frozenset("estimate estimates data statistic statistics figure figures number numbers total totals amount count".split())
_NOT_COUNTED = frozenset("report claim sentence penalty measure program service".split())
_GIVEN_IN = frozenset(("receive", "register", "record", "document", "file"))  # "received no reports" counts them
_LINKS = frozenset(("on", "about", "regarding", "concerning", "of", "for", "related"))
_REPORT_ALWAYS = frozenset(
    "report release publish disclose share specify indicate know say state clarify supply furnish estimate determine "
    "make public|make available|make publicly available|disaggregate|compile".replace("|", " ").split()
) | {"make public", "make available", "make publicly available"}


def fold_singulars(tokens: list[Token]) -> list[Token]:
    """`tokens` with "a" as the quantity one, where it counts: "convicted a trafficker", "the conviction of an official".

    A sentence with a day in it tells one case rather than a count, and is left alone.
    """
    if any(t.tag == "D" for t in tokens) or not any(t.entry.kind in ("offender", "victim") for t in tokens):
        return tokens
    out: list[Token] = []
    for i, token in enumerate(tokens):
        out.append(token)
        if token.tag != "a" or token.word not in ("a", "an", "another") or not i or not _one_of_kind(tokens, i):
            continue
        before = tokens[i - 1]
        acting = before.tag == "v" and before.entry.form in ("past", "ing") and bool(before.entry.verbs)
        nominal = before.word == "of" and i > 1 and tokens[i - 2].tag == "n" and bool(tokens[i - 2].entry.nouns)
        head = next(t for t in tokens[i + 1 :] if t.tag == "n")
        if (acting or nominal) and head.entry.kind in ("offender", "victim"):
            one = Token("q", token.start, token.end, token.word, token.entry)
            one.value = Quantity(1.0)
            out[-1] = one
    return out


def fold_absences(tokens: list[Token]) -> list[Token]:
    """`tokens` with absences as quantities."""
    if not any(t.tag in "tzukN" for t in tokens):
        return tokens
    inserts: dict[int, Token] = {}  # before which token a quantity goes
    skipped: set[int] = set()
    for i, token in enumerate(tokens):
        if i in skipped:
            continue
        if token.tag == "N":
            _no(tokens, i, inserts, skipped)
        elif token.tag == "z":
            _none(tokens, i, inserts, skipped)
        elif token.tag == "t" and i + 1 < len(tokens) and tokens[i + 1].tag == "k":
            _no(tokens, i + 1, inserts, skipped, i)
            skipped.add(i)
        elif token.tag == "t":
            _negation(tokens, i, inserts, skipped)
        elif token.tag == "u":
            _unavailable(tokens, i, inserts, skipped)
    _single(tokens, inserts, skipped)
    if not inserts and not skipped:
        return tokens
    out: list[Token] = []
    for i, token in enumerate(tokens):
        if i in inserts:
            out.append(inserts[i])
        if i not in skipped:
            out.append(token)
    if len(tokens) in inserts:
        out.append(inserts[len(tokens)])
    return out


def _quantity(status: Status, first: Token, last: Token, verbs: list[Token]) -> Token:
    token = Token("q", first.start, last.end, first.word, first.entry)
    zero = 0.0 if status is Status.REPORTED else None
    token.value = Quantity(zero, status=status, absent=True, verbs=verbs)
    return token


def _heads(tokens: list[Token], i: int) -> list[int]:
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
                if head >= 0 and _plural(tokens[head]):
                    break  # "no reports children worked"
                head = i
            elif token.tag == "x" and head >= 0 and i + 1 < count and tokens[i + 1].tag == "n" and not _plural(tokens[head]):
                pass  # "child labor violations"
            elif token.tag == "x" and head >= 0:
                if _compound(tokens, head, i):
                    head = -1
                break
            i += 1
            if head < 0 and i + 2 < count and tokens[i].tag == "&" and tokens[i + 1].tag in "xm" and tokens[i + 2].tag in "xmn":
                i += 1  # "health and safety inspections"
        if head >= 0 and i < count and tokens[i].tag == "L":
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
        if k >= count or tokens[k].tag != "n" or (not alternative and k + 1 < count and tokens[k + 1].tag in "vgbt"):
            if not (k < count and tokens[k].tag == "v" and k + 1 < count and tokens[k + 1].tag == "n"):
                break
        if k < count and tokens[k].entry.actor and not tokens[k].entry.noun:
            break
        i = j
    return heads


def _plural(token: Token) -> bool:
    return bool(token.entry.noun) and token.word != token.entry.noun and token.entry.noun != "woman"


def _compound(tokens: list[Token], head: int, i: int) -> bool:
    """Whether the unknown word at `i` is the head of a compound: "no citizen review"; a plural before it never is."""
    noun = tokens[head]
    word = tokens[i].word
    return i == head + 1 and noun.word == noun.entry.noun and not word.endswith(("ly", "ed", "ing"))


def _counts(token: Token) -> bool:
    entry = token.entry
    return bool(entry.nouns) or (entry.unit in _COUNTED_UNITS and entry.noun not in _NOT_COUNTED)


def _place(
    tokens: list[Token], heads: list[int], status: Status, first: int, verbs: list[Token],
    inserts: dict[int, Token], loose: bool = False,
) -> bool:  # fmt: skip
    """One quantity before each countable head; the first spans from the word that denies."""
    placed = False
    for n, head in enumerate(heads):
        if loose or _counts(tokens[head]):
            start = head
            while start > first + 1 and tokens[start - 1].tag in "xmvn" and start - 1 not in heads:
                start -= 1
            begin = tokens[first] if n == 0 else tokens[head]
            inserts[start] = _quantity(status, begin, tokens[head], verbs)
            placed = True
    return placed


def _listed_heads(tokens: list[Token], k: int) -> list[int]:
    """The heads of a list whose members may have a participle or "the number of" of their own.

    "the number of investigations conducted, violations found, and the number of convictions"
    """
    found: list[int] = []
    count = len(tokens)
    while len(found) < MOST_LISTED:
        heads = _heads(tokens, k)
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
        while k < count and (tokens[k].tag in "a" or tokens[k].word in ("number", "numbers", "of", "amount", "imposed")):
            k += 1
    return found


def _data_objects(
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
    while j < count and (tokens[j].tag in "bu" or tokens[j].word in ("available", "publicly", "existed", "exists", "kept")) and j < i + 6:
        j += 1  # "no information was available on the number of"
    if j < count and tokens[j].word not in _LINKS:
        j = i + 1
    strict = data.word in _STRICT_DATA
    for k in range(j, min(count - 1, j + 6)):
        if tokens[k].word == "how" and tokens[k + 1].word == "many":
            _how_many(tokens, k, first, inserts, skipped)
            skipped.update(range(i, k))
            return True
        if tokens[k].tag in ".;,q":
            break
    if j < count and tokens[j].word in _LINKS:
        k = j + 1
        while k < count and (tokens[k].tag in "af" or tokens[k].word in ("number", "numbers", "of", "total", "how", "many", "amount")):
            k += 1
        numbered = any(tokens[m].word in ("number", "numbers", "many", "amount") for m in range(j, k)) or data.word in ("number", "numbers")
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
            return _place(tokens, heads[:MOST_LISTED], Status.NOT_REPORTED, first if first < k else k, following, inserts, loose=True)
        if not (strict or numbered):
            return False
    elif not strict:
        return False
    inserts[i] = _quantity(Status.NOT_REPORTED, tokens[first], data, [])
    skipped.add(i)
    return True


def _single(tokens: list[Token], inserts: dict[int, Token], skipped: set[int]) -> None:
    """"a single person" that nothing denies is one."""
    for i, token in enumerate(tokens):
        if token.word == "a single" and i not in skipped and i + 1 < len(tokens):
            one = Token("q", token.start, token.end, "one", token.entry)
            one.value = Quantity(1.0)
            inserts[i] = one
            skipped.add(i)


def _no(
    tokens: list[Token], i: int, inserts: dict[int, Token], skipped: set[int], first: int | None = None
) -> None:
    """"no victims", and behind a negation "a single victim": zero of each noun, or no data on it."""
    first = i if first is None else first
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.word in ("longer", "more", "doubt", "way", "matter") or after.tag in "#.d":
        return
    heads = _heads(tokens, i + 1)
    if not heads:
        return
    head = tokens[heads[0]]
    if i and tokens[i - 1].tag == "Q" or _ruled(tokens, heads[-1] + 1):
        return
    if "data" in head.entry.roles and not head.entry.nouns:
        if _data_objects(tokens, heads[0], i, [], inserts, skipped):
            skipped.add(i)
        return
    given = bool(i) and tokens[i - 1].entry.verb in _GIVEN_IN
    if head.entry.noun == "report" and not given:
        return  # "there were no reports that" says what is not known, not how many
    if _place(tokens, heads, Status.REPORTED, first, [], inserts, loose=given or _event(tokens, heads[-1] + 1)):
        skipped.add(i)


def _event(tokens: list[Token], j: int) -> bool:
    """Whether something was or was not done to the noun before `j`: "no offices were closed"."""
    for k in range(j, min(len(tokens), j + 3)):
        if tokens[k].word in ("was", "were", "been"):
            return k + 1 < len(tokens) and tokens[k + 1].tag == "v" and tokens[k + 1].entry.form == "past"
        if tokens[k].tag not in "bx":
            return False
    return False


def _ruled(tokens: list[Token], j: int) -> bool:
    """Whether a rule or a state is told, not a count: "no employer may require", "no law permits"."""
    for token in tokens[j : j + 6]:
        if token.tag == "b" and token.word in ("may", "can", "shall", "must", "should", "will"):
            return True
        if token.word in ("is", "are"):
            continue
        if token.tag == "v":
            return token.entry.form in ("s", "base") or token.entry.verb in ("allow", "permit", "require")
        if token.tag in ";.b":
            return False
    return False


def _none(tokens: list[Token], i: int, inserts: dict[int, Token], skipped: set[int]) -> None:
    token = tokens[i]
    if token.word != "none":
        following = tokens[i + 1 : i + 4]
        if not any(t.tag == "v" and t.entry.verbs for t in following) or not any(t.tag == "b" for t in following):
            return
    inserts[i] = _quantity(Status.REPORTED, token, token, [])
    skipped.add(i)


def _verbs_after(tokens: list[Token], i: int) -> tuple[list[int], int]:
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
            while k < count and tokens[k].tag in ",&" and k < j + 3:
                k += 1
            if k > j + 1 and k < count and (tokens[k].tag == "v" or (tokens[k].tag == "n" and tokens[k].entry.verb and tokens[k].entry.form == "base")):
                j = k
                reach = k + 1
                continue
            return verbs, j + 1
        if token.word in _MANNER or token.tag in ".;(:" or (token.tag in ",q" and not subject):
            return [], j
        j += 1
    return verbs, j


def _negation(tokens: list[Token], i: int, inserts: dict[int, Token], skipped: set[int]) -> None:
    count = len(tokens)
    at, j = _verbs_after(tokens, i)
    if not at:
        return
    verbs = [tokens[k] for k in at]
    for verb in verbs:
        verb.possessive = True  # denied: no number to its right is its object (see attach)
    reports = "reporting" in verbs[0].entry.roles
    always = verbs[0].entry.verb in _REPORT_ALWAYS or verbs[0].word in ("report", "reported")
    gerunds: list[Token] = []
    present = any(t.word in ("does", "do", "can", "cannot", "will", "would") for t in tokens[max(0, i - 2) : i + 1])
    end = min(count, j + REACH)
    passed = False  # the object of the first verb has been passed
    while j < end:
        token = tokens[j]
        tag = token.tag
        if tag == "k":
            heads = _heads(tokens, j + 1)
            first = tokens[heads[0]] if heads else None
            if first is not None and "data" in first.entry.roles and not first.entry.nouns:
                j = heads[0]
                continue
            if present and not always:
                return
            status = Status.NOT_REPORTED if always or (reports and gerunds) else Status.REPORTED
            acting = (gerunds or ([] if always else verbs))
            if first is None:
                if not (token.word in ("anyone", "anybody") or j + 1 >= count or tokens[j + 1].tag in ".,;p&i"):
                    return
                inserts[j] = _quantity(status, tokens[i], token, acting)
                skipped.add(j)
            elif status is Status.REPORTED and verbs[-1].word == "fund":
                inserts[j] = _quantity(status, tokens[i], tokens[heads[-1]], verbs)
                inserts[j].value.money = True  # type: ignore[attr-defined]
            elif _place(tokens, heads, status, i, acting, inserts, loose=token.word == "a single" and bool(acting)):
                skipped.add(j)
                following = _next_verb(tokens, heads[-1] + 1, "ing" if gerunds else verbs[0].entry.form)
                if following >= 0:  # "identifying any victims or initiating any prosecutions"
                    listed, j = _listed_verbs(tokens, following)
                    if gerunds:
                        gerunds = listed
                    else:
                        verbs = listed
                    end = min(count, j + REACH)
                    continue
            return
        if token.word in ("a", "an") and tag == "a" and not present and _one_of_kind(tokens, j):
            heads = _heads(tokens, j + 1)[:1]
            status = Status.NOT_REPORTED if always else Status.REPORTED
            acting = gerunds or ([] if always else verbs)
            if heads and _place(tokens, heads, status, i, acting, inserts):
                skipped.add(j)
                for k in range(heads[0] + 1, min(count - 1, heads[0] + 3)):
                    if tokens[k].tag == "&" and tokens[k + 1].tag == "k":  # "a trafficker or any officials"
                        skipped.add(k + 1)
                        _place(tokens, _heads(tokens, k + 2), status, k + 1, acting, inserts)
            return
        if tag in "q;.(" or token.word in ("whether", "if", "that", "because", "whose") or tag in "cl":
            return
        if token.word == "how" and j + 1 < count and tokens[j + 1].word in ("many", "much") and reports:
            if tokens[j + 1].word == "many":
                _how_many(tokens, j, i, inserts, skipped)
            return
        if "data" in token.entry.roles and (reports or token.word in _STRICT_DATA) and not (tag == "n" and token.entry.nouns):
            if reports and _data_objects(tokens, j, i, [], inserts, skipped):
                return
            j += 1
            continue
        if tag == "v" and token.entry.form == "ing" and always and not token.entry.nouns:
            gerunds.append(token)
            j += 1
            continue
        if always and token.word in ("effort", "efforts", "steps", "attempts") and j + 2 < count and tokens[j + 1].word == "to":
            gerunds, j = _listed_verbs(tokens, j + 2)  # "efforts to investigate, prosecute, or convict anyone"
            if not any(verb.entry.verbs for verb in gerunds):
                return
            continue
        if tag == "v" and token.entry.form == verbs[0].entry.form and tokens[j - 1].tag in ",&" and not always:
            verbs, j = _listed_verbs(tokens, j)  # "has not enacted a law, prosecuted or convicted any offenders"
            for verb in verbs:
                verb.possessive = True
            passed = False
            continue
        if tag == "n" and j + 1 < count and tokens[j + 1].tag == "n" and "data" in tokens[j + 1].entry.roles:
            j += 1
            continue  # "official statistics"
        if tag == "n" or (tag == "v" and token.entry.form == "past"):
            heads = _heads(tokens, j)
            if not heads or passed or (present and not always):
                if tag == "v":
                    return
                passed = True
                j += 1
                continue
            plural = [h for h in heads if tokens[h].word != tokens[h].entry.noun and _counts(tokens[h])]
            named = [h for h in plural if tokens[h].entry.nouns]
            if always and not gerunds and named:
                _place(tokens, named, Status.NOT_REPORTED, i, [], inserts)
            elif plural and tokens[plural[0]].entry.kind in ("victim", "offender") and _bare(tokens, j):
                if gerunds:
                    _place(tokens, plural, Status.NOT_REPORTED, i, gerunds, inserts)
                elif not reports and any(v.entry.verbs for v in verbs):
                    _place(tokens, plural, Status.REPORTED, i, verbs, inserts)
            elif named and not reports and _bare(tokens, j) and "opening" in verbs[0].entry.roles:
                _place(tokens, named, Status.REPORTED, i, [], inserts)
            elif verbs[0].word in ("fund", "allocate") and not reports:
                nothing = _quantity(Status.REPORTED, tokens[i], verbs[-1], verbs)
                assert isinstance(nothing.value, Quantity)
                nothing.value.money = True
                inserts[j] = nothing
            else:
                passed = True
                j = heads[-1] + 1
                continue
            return
        j += 1


def _listed_verbs(tokens: list[Token], j: int) -> tuple[list[Token], int]:
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


def _one_of_kind(tokens: list[Token], j: int) -> bool:
    """Whether "a" at `j` stands with what indicators count: "did not convict a trafficker"."""
    for token in tokens[j + 1 : j + 4]:
        if token.tag == "n":
            return token.entry.kind in ("offender", "victim") or bool(token.entry.nouns)
        if token.tag not in "xm":
            return False
    return False


def _bare(tokens: list[Token], j: int) -> bool:
    """Whether the noun phrase around `j` has no article: "victims", not "the victims"."""
    return not any(t.tag == "a" or t.word in ("all", "most", "many") for t in tokens[max(0, j - 2) : j + 1])


def _next_verb(tokens: list[Token], j: int, form: str) -> int:
    """Where a verb of that form is coordinated right behind `j`, with "any" behind it; -1 where there is none."""
    k = j
    while k < len(tokens) and (tokens[k].tag in ",&" or tokens[k].word == "to" or tokens[k].word.endswith("ly")) and k < j + 4:
        k += 1
    if k > j and k < len(tokens) and tokens[k].tag == "v" and tokens[k].entry.form == form:
        if any(t.tag == "k" for t in tokens[k + 1 : k + 8]):
            return k
    return -1


def _how_many(tokens: list[Token], j: int, first: int, inserts: dict[int, Token], skipped: set[int]) -> None:
    count = len(tokens)
    heads = _heads(tokens, j + 2)
    skipped.update((j, j + 1))
    if heads:
        verbs = [t for t in tokens[heads[0] + 1 : heads[0] + 5] if t.tag == "v"][:1]
        _place(tokens, heads[:1], Status.NOT_REPORTED, first, verbs, inserts, loose=True)
    elif j + 2 < count:
        inserts[j + 2] = _quantity(Status.NOT_REPORTED, tokens[first], tokens[j + 1], [])


def _unavailable(tokens: list[Token], i: int, inserts: dict[int, Token], skipped: set[int]) -> None:
    count = len(tokens)
    after = tokens[i + 1] if i + 1 < count else None
    if after is not None and after.word in ("number", "numbers") and i + 2 < count and tokens[i + 2].word == "of":
        heads = _heads(tokens, i + 3)
        if heads and _place(tokens, heads[:1], Status.NOT_REPORTED, i, [], inserts, loose=True):
            skipped.update((i, i + 1, i + 2))
        return
    if after is not None and after.word in ("number", "numbers"):
        inserts[i] = _quantity(Status.NOT_REPORTED, tokens[i], after, [])  # "compared with an unknown number in 2018"
        skipped.update((i, i + 1))
        return
    if after is not None and after.word == "how" and i + 2 < count and tokens[i + 2].word == "many":
        _how_many(tokens, i + 1, i, inserts, skipped)
        return
    # "statistics on convictions were unavailable": the data noun stands to the left
    j = i - 1
    found = -1
    while j >= 0 and tokens[j].tag not in ";.lc(" and i - j <= REACH:
        if "data" in tokens[j].entry.roles and not tokens[j].entry.nouns:
            found = j
        j -= 1
    if found >= 0 and any(t.tag in "b" for t in tokens[found:i]) or (found >= 0 and "not" in tokens[i].word):
        _data_objects(tokens, found, found, [], inserts, skipped)
