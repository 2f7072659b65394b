"""Every form of a verb or a noun, by rule, with the irregular ones given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_PASSIVE = ("is", "are", "was", "were", "be", "been", "being")


def irregular_forms(rows: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The past and the participle of each lemma of rows such as "take took taken", or "hold held" where they are one.

    >>> irregular_forms(["hold held"])
    {'hold': ('held', 'held')}
    """
    return {lemma: (forms[0], forms[-1]) for lemma, *forms in map(str.split, rows)}


def verb_forms(lemma: str, irregular: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Every form of a verb, or of a verb phrase by its first word: ``{"identified": "past", ...}``.

    >>> sorted(verb_forms("carry out", {}))
    ['carried out', 'carries out', 'carry out', 'carrying out']
    """
    head, space, rest = lemma.partition(" ")
    rest = space + rest
    stem = head[:-1] if head.endswith("e") and not head.endswith("ee") else head
    if head in irregular:
        past, participle = irregular[head]
        doubled = past[:-2] if past.endswith("ed") and past[:-2] != head and past[:-2].startswith(head) else stem
        gerund = doubled + "ing"
        if head in ("set", "cut", "put", "run", "win", "begin", "drop"):
            gerund = head + head[-1] + "ing"
    elif head[-1] == "y" and head[-2:-1] not in "aeiou":
        past = participle = head[:-1] + "ied"
        gerund = head + "ing"
    else:
        past = participle = head + "d" if head.endswith("e") else head + "ed"
        gerund = stem + "ing"
    forms = {head + rest: "base", _plural(head) + rest: "s", gerund + rest: "ing"}
    forms[participle + rest] = "past"
    forms[past + rest] = "past"
    if head.endswith("el"):  # "cancelled" and "canceled"
        forms |= {f"{head}led{rest}": "past", f"{head}ling{rest}": "ing"}
    return forms


_DEED_NOUNS = (
    ("ify", "ification"), ("gnize", "gnition"), ("ize", "ization"), ("ate", "ation"), ("end", "ension"),
    ("ain", "ention"), ("uce", "uction"), ("ide", "ision"), ("ove", "oval"), ("er", "erral"), ("er", "ery"),
    ("er", "ration"), ("t", "tion"), ("t", "tance"), ("rse", "rsement"), ("", "ment"), ("", "ation"),
)  # fmt: skip


def deed_nouns(lemma: str) -> tuple[str, ...]:
    """What the noun of a verb may look like; what English does not have stands in no text.

    >>> [deed_nouns(verb)[0] for verb in ("identify", "naturalize", "apprehend", "refer", "remove")]
    ['identification', 'naturalization', 'apprehension', 'referral', 'removal']
    """
    return tuple(lemma[: len(lemma) - len(end)] + noun for end, noun in _DEED_NOUNS if lemma.endswith(end))


def _plural(word: str) -> str:
    if word[-1] == "y" and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def noun_forms(lemma: str, plurals: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The singular and the plurals of a noun, or of a phrase by its last word."""
    for link in (" of ", " in "):  # victims of trafficking, deaths in custody
        first, found, rest = lemma.partition(link)
        if found:
            return (lemma, *(form + found + rest for form in noun_forms(first, plurals)[1:]))
    head, space, last = lemma.rpartition(" ")
    forms = plurals.get(last) or (_plural(last),)
    return (lemma, *(head + space + form for form in forms))


def phrase_forms(
    words: Iterable[str], verbs: Iterable[str], irregular: dict[str, tuple[str, str]]
) -> Iterator[tuple[str, ...]]:
    """`words` as they stand, and `verbs` in every form of their first word; behind "be" a passive stays what it is.

    >>> list(phrase_forms(["order to"], ["be told to"], {}))[:2]
    [('order', 'to'), ('is', 'told', 'to')]
    """
    for phrase in words:
        yield tuple(phrase.split())
    for lemma in verbs:
        head, _, rest = lemma.partition(" ")
        forms = (f"{be} {rest}" for be in _PASSIVE) if head == "be" else verb_forms(lemma, irregular)
        yield from (tuple(form.split()) for form in forms)
