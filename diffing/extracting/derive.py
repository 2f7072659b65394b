"""Figures that a sentence says without a number of their own.

"the same number as in 2018" repeats a value; "for the third consecutive year" says the two years before; "a 16 percent
increase compared with 2018" implies one; "18 months to eight years" of imprisonment is a range of sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from diffing.extracting.candidates import Candidate, Stretch
from diffing.extracting.find.actors import named_together
from diffing.extracting.periods import period_of
from diffing.extracting.refused import Unreal
from diffing.language.lexicon import Lexicon
from diffing.language.numbers import Quantity, ordinal
from diffing.language.times import Period
from diffing.language.words import Token, joined
from diffing.model import Basis, Qualifier

LONGEST_STREAK = 30  # years; a longer one is a number that the sentence means otherwise
_IN_A_ROW = frozenset(("consecutive", "straight", "successive"))
SENTENCE = "sentence_years"
_SENTENCED = frozenset(("sentenced", "sentences", "sentence", "sentencing"))
_TIMES = {"double": 2.0, "triple": 3.0, "quadruple": 4.0, "halve": 0.5}


def copy_same(stretches: list[Stretch], tokens: list[Token], reporting: int) -> None:
    """The numbers before "the same number as in 2018", once more for that year."""
    for stretch in stretches:
        if stretch.head is not None and stretch.comparator is not None and stretch.comparator.tag == "s":
            for head in _told(stretch.head.candidates) if stretch.periods else ():
                _again(stretch, head, tokens[stretch.periods[0]], reporting)
    for stretch in stretches:
        for at in stretch.alike:
            again = any(t.tag == "s" for t in tokens[stretch.start : at])  # "the same amount, $400, as in 2017"
            told = [d for d in _told(stretch.candidates) if d.quantity.absent or again]
            for head in [d for d in told if d.at < at] or told:  # behind it, only where nothing is told before it
                _again(stretch, head, tokens[at], reporting)


def _told(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that are wholes, and not amounts of change."""
    return [d for d in candidates if not d.dead and d.whole is None and not d.quantity.change]


def copy_each(stretches: list[Stretch], tokens: list[Token]) -> None:
    """The numbers of each of several: "police and an NGO each identified four" is four of each."""
    for i, token in enumerate(tokens):
        if token.tag == "e" and i and tokens[i + 1].tag == "v":
            stretch = next(a for a in reversed(stretches) if a.start <= i)
            told, others = _told(stretch.candidates), named_together(tokens, i - 1)[1:]
            stretch.candidates += [_copy(d, stretch, actor) for d in told for actor in others]


def _again(stretch: Stretch, head: Candidate, period: Token, reporting: int) -> None:
    copied = _copy(head, stretch)
    copied.model = head
    base = next(iter(head.years), None) or reporting
    back, years = period_of(period).back, period_of(period).years
    copied.years = tuple(base - b for b in back) or years
    copied.basis = Basis.RELATIVE if back else Basis.STATED
    copied.token = joined("q", period, period, copied.quantity)
    stretch.candidates.append(copied)


def _copy(head: Candidate, stretch: Stretch, actor: str = "") -> Candidate:
    quantity, breakdown = replace(head.quantity), dict(head.breakdown)
    return replace(head, stretch=stretch, actor=actor or head.actor, quantity=quantity, breakdown=breakdown, rows=[])


def add_streaks(stretches: list[Stretch], tokens: list[Token]) -> None:
    """The years before, of what is told "for the third consecutive year"; what is stated for them goes first."""
    for i, token in enumerate(tokens):
        if token.tag not in "OF" or not 2 <= (count := ordinal(token.word)) <= LONGEST_STREAK:
            continue
        year = tokens[i + 1].word == "year" and tokens[i - 2].word in ("for", "in")
        if tokens[i + 1].word not in _IN_A_ROW and not year:
            continue
        clause = next(a.clause for a in reversed(stretches) if a.start <= i and not a.paren)
        told = [d for a in stretches if a.clause == clause and a.head is None for d in _told(a.candidates)]
        stated = {(d.indicators, y) for a in stretches for d in a.candidates if not d.dead for y in d.years}
        for candidate in told:
            year_of = candidate.years[0] if len(candidate.years) == 1 else None
            if not candidate.quantity.absent or year_of is None:
                continue
            if candidate.at < i and (_of_next_deed(tokens, i) or any(t.tag == "w" for t in tokens[candidate.at : i])):
                continue  # the streak is that of another deed, or of a relative clause
            years = tuple(year_of - n for n in range(1, count))
            again = _copy(candidate, candidate.stretch)
            again.years = tuple(y for y in years if (candidate.indicators, y) not in stated)
            again.basis = Basis.STREAK
            candidate.stretch.candidates.append(again)


def _of_next_deed(tokens: list[Token], i: int) -> bool:
    """Whether a streak is told of the deed behind it alone: "and, for the fourth year, did not convict any"."""
    k = i - 1
    while tokens[k].word in ("for", "in") or tokens[k].tag in "a,":
        k -= 1
    return tokens[k].tag in "&;l"


def add_implied(stretches: list[Stretch], tokens: list[Token]) -> None:
    """The earlier number that a percentage or difference implies, where the sentence states none for that year."""
    candidates = sorted((d for stretch in stretches for d in stretch.candidates if not d.dead), key=lambda d: d.at)
    stated = {(d.indicators, y) for d in candidates if not d.quantity.change for y in d.years}
    _add_multiplied(candidates, tokens)
    for n, change in enumerate(candidates):
        if not change.quantity.change or change.quantity.value is None:
            continue
        head = next((d for d in reversed(_told(candidates[:n])) if d.quantity.unit != "percent"), None)
        if head is None or not head.quantity.value or len(head.years) != 1 or head.years[0] is None:
            continue
        limit = candidates[n + 1].at if n + 1 < len(candidates) else len(tokens)
        at = next((k for k in range(change.at, min(limit, change.at + 14)) if tokens[k].tag == "y"), None)
        if at is None:
            continue
        period = period_of(tokens[at])
        years = period.years or tuple(head.years[0] - b for b in period.back)
        value = _before(head.quantity.value, change.quantity, _sign(tokens, change))
        if len(years) != 1 or (head.indicators, years[0]) in stated or value is None:
            continue
        exact = change.quantity.unit != "percent"
        _imply(head, change.stretch, value, Qualifier.EXACT if exact else Qualifier.APPROXIMATELY, years, change.token)


def _imply(
    head: Candidate, stretch: Stretch, value: float, qualifier: Qualifier, years: tuple[int | None, ...], token: Token
) -> None:
    """Adds the number of other years that the words at `token` imply beside that of `head`."""
    implied = _copy(head, stretch)
    implied.quantity = Quantity(value, qualifier=qualifier, money=head.quantity.money, unit=head.quantity.unit)
    implied.years, implied.basis, implied.token = years, Basis.IMPLIED, token
    stretch.candidates.append(implied)


def _add_multiplied(candidates: list[Candidate], tokens: list[Token]) -> None:
    """The number before of what "doubled to 12"; of a year only where one is named."""
    for candidate in candidates:
        quantity, stretch = candidate.quantity, candidate.stretch
        if not quantity.value or quantity.unit == "percent" or tokens[candidate.at - 1].word != "to":
            continue
        left = reversed(tokens[stretch.start : candidate.at])  # no number may stand between: "doubled from 18 to 36"
        verb = next((t for t in left if t.tag in "qgv;l"), candidate.token)
        if (times := _TIMES.get(verb.entry.verb)) is None:
            continue
        value = quantity.value / times if quantity.money else float(round(quantity.value / times))
        base = period_of(tokens[stretch.bases[0]]) if stretch.bases else Period()
        back = (year - b for year in candidate.years if year is not None for b in base.back)
        _imply(candidate, stretch, value, Qualifier.APPROXIMATELY, ((*base.years, *back, None)[0],), verb)


def _sign(tokens: list[Token], change: Candidate) -> int:
    near = (t.entry.roles for t in tokens[max(0, change.at - 4) : change.at + 5])
    return next((1 if "upward" in roles else -1 for roles in near if not roles.isdisjoint(("upward", "downward"))), 0)


def _before(value: float, change: Quantity, sign: int) -> float | None:
    """The number from which a change led to `value`; None where there is none."""
    amount = sign * (change.value or 0.0)
    if change.unit != "percent":
        before = value - amount
    elif amount > -100:
        before = float(round(value / (1 + amount / 100)))
    else:
        return None
    return before if sign and before >= 0 else None


def add_sentences(stretches: list[Stretch], tokens: list[Token], lexicon: Lexicon, unreal: Unreal) -> None:
    """Lengths of the sentences that courts imposed, as ranges of years; those of the law are none."""
    told = any(t.word in _SENTENCED or "sentencing" in t.entry.roles or t.word.endswith(" terms") for t in tokens)
    if not told or not any(i.name == SENTENCE for i in lexicon.indicators):
        return
    end = 0
    for at, token in enumerate(tokens):
        if token.tag != "T" or at < end or unreal.why(at):
            continue
        ranged = tokens[at + 1].word in ("to", "and", "-") and tokens[at + 2].tag == "T"
        end = at + 3 if ranged else at + 1
        if not _imposed(tokens, at, end):
            continue
        spans: list[Any] = [t.value for t in tokens[at:end:2]]
        if ranged and tokens[at + 1].word == "and":  # two years and three months
            low, high = (sum(ends) for ends in zip(*spans, strict=True))
        else:
            low, high = min(map(min, spans)), max(map(max, spans))
        quantity = Quantity(None, round(low, 4), round(high, 4), Qualifier.RANGE, unit="years")
        whole = joined("q", token, tokens[end - 1])
        stretch = [a for a in stretches if a.start <= at and (not a.end or at <= a.end)][-1]
        stretch.candidates.append(
            Candidate(whole, at, quantity, stretch, indicators=(SENTENCE,), unit="years", actor="government")
        )
        stretch.candidates.sort(key=lambda d: d.at)


def _imposed(tokens: list[Token], first: int, end: int) -> bool:
    if first and "in_a_time" in tokens[first - 1].entry.roles:
        return False
    if tokens[first - 1].tag == "," and tokens[first - 2].word.startswith(("penalt", "punish")):
        return any(t.tag == "v" and t.entry.form == "past" for t in tokens[max(0, first - 6) : first - 2])
    if any("sentencing" in t.entry.roles for t in tokens[end : end + 4]):
        return not any(t.word in ("faced", "face", "facing", "maximum") for t in tokens[max(0, first - 5) : first])
    return any(t.word in _SENTENCED or t.word.endswith(" terms") for t in tokens[max(0, first - 14) : first])
