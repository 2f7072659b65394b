"""Which verbs of a list stand under one "not": "did not identify victims, refer them to care, or train officers"."""

from __future__ import annotations

from collections.abc import Iterator

from diffing.language.constituents import Clause, Phrase
from diffing.language.lexicon import Lexicon
from diffing.language.phrases import PAST

_OR = (("or",), ("nor",))


def share_denials(told: list[Clause], parts: list[Phrase], known: Lexicon) -> None:
    """Denies the verbs of a list that share the auxiliary of a denied one.

    A bare form has none of its own. A participle may be a past tense that goes on by itself ("was not funded and
    closed"): it shares where "or" ends the list, or where both are done to one subject.
    """
    for number, first in enumerate(told):
        if not first.verb.denied or first.verb.copula:
            continue
        run = list(_run(first, told[number + 1 :], known))
        ored = bool(run) and _follows_or(run[-1], parts)
        for clause in run:
            befell = first.passive and clause.passive and ("alone", clause.verb.lemma) not in known.acts
            clause.verb.denied = clause.verb.denied or first.verb.form == "base" or ored or befell


def has_auxiliary(verb: Phrase, known: Lexicon) -> bool:
    """Whether one of the words before a verb is an auxiliary of it."""
    return any(known.use(word).letter == "A" for word in verb.words[: verb.head - verb.first])


def _run(first: Clause, behind: list[Clause], known: Lexicon) -> Iterator[Clause]:
    """The clauses behind a denied one whose verbs may share its auxiliary."""
    helped = first.verb.perfect or first.passive or "never" in first.verb.words
    for clause in behind:
        verb = clause.verb
        if clause.kind in ("relative", "reduced", "gerund") or verb.infinitive:
            continue  # of a noun in the list
        bare = verb.form == "base" == first.verb.form
        like = bare or (helped and verb.form in PAST)
        own = not clause.inherited or clause.subjects != first.subjects or has_auxiliary(verb, known)
        if own or clause.opener or not like:
            return
        yield clause


def _follows_or(clause: Clause, parts: list[Phrase]) -> bool:
    """Whether "or" stands before a verb, but for an adverb."""
    at = next(k for k, part in enumerate(parts) if part is clause.verb)
    return any(part.kind == "C" and part.words in _OR for part in parts[max(0, at - 2) : at])
