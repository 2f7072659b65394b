"""Figures that a sentence says without a number of their own.

"the same number as in 2018" repeats a value; "for the third consecutive year" says the two years before; "a 16 percent
increase compared with 2018" implies one; "18 months to eight years" of imprisonment is a range of sentences.
"""

from __future__ import annotations

from dataclasses import replace

from diffing.extracting.actors import named_together
from diffing.extracting.drafts import Arm, Draft
from diffing.extracting.refused import Unreal
from diffing.language.lexicon import Lexicon
from diffing.language.numbers import Quantity, ordinal
from diffing.language.times import Period
from diffing.language.words import Token
from diffing.model import Basis, Qualifier

LONGEST_STREAK = 30  # years; a longer one is a number that the sentence means otherwise
_IN_A_ROW = frozenset(("consecutive", "straight", "successive"))
SENTENCE = "sentence_years"
_TIMES = {"double": 2.0, "triple": 3.0, "quadruple": 4.0, "halve": 0.5}


def copy_same(arms: list[Arm], tokens: list[Token], reporting: int) -> None:
    """The numbers before "the same number as in 2018", once more for that year."""
    for arm in arms:
        if arm.comparator is None or arm.comparator.tag != "s" or arm.head is None or not arm.periods:
            continue
        period = tokens[arm.periods[0]]
        if any(d.at < arm.periods[0] for d in arm.drafts):
            continue
        heads = [d for d in arm.head.drafts if not d.dead and d.whole is None and not d.quantity.change]
        for head in heads:
            _again(arm, head, period, tokens, reporting)
    for arm in arms:
        for at in arm.alike:
            both = any(p < at and at - p < 6 for p in arm.periods)  # "In 2018, as in 2017, there were 12"
            again = both or any(t.tag == "s" for t in tokens[arm.start : at])  # "the same amount, $400, as in 2017"
            for head in [d for d in arm.drafts if not d.dead and d.whole is None and (d.quantity.absent or again)]:
                _again(arm, head, tokens[at], tokens, reporting)


def copy_each(arms: list[Arm], tokens: list[Token]) -> None:
    """The numbers of each of several: "police and an NGO each identified four" is four of each."""
    for i, token in enumerate(tokens):
        if token.tag != "e" or not i or i + 1 == len(tokens) or tokens[i + 1].tag != "v":
            continue
        actors = named_together(tokens, i - 1, listed=True)
        arm = next((a for a in reversed(arms) if a.start <= i and not a.paren), None)
        if arm is None or len(actors) < 2:
            continue
        for draft in [d for d in arm.drafts if d.at > i and not d.dead and d.whole is None and not d.quantity.change]:
            draft.actor = actors[0]
            for actor in actors[1:]:
                again = _copy(draft, arm)
                again.actor = actor
                arm.drafts.append(again)


def _again(arm: Arm, head: Draft, period: Token, tokens: list[Token], reporting: int) -> None:
    copied = _copy(head, arm)
    copied.model = head
    base = head.years[0] if head.years and head.years[0] is not None else reporting
    value = period.value
    if isinstance(value, Period) and value.back:
        copied.years, copied.basis = tuple(base - b for b in value.back), Basis.RELATIVE
    elif isinstance(value, Period) and value.years:
        copied.years, copied.basis = value.years, Basis.STATED
    else:
        return
    if copied.years == head.years:
        return
    copied.token = Token("q", period.start, period.end, period.word, period.entry)
    copied.token.value = copied.quantity
    arm.drafts.append(copied)


def _copy(head: Draft, arm: Arm) -> Draft:
    return replace(head, arm=arm, quantity=replace(head.quantity), breakdown=dict(head.breakdown), rows=[])


def add_streaks(arms: list[Arm], tokens: list[Token], reporting: int) -> None:
    """The years before, of what is told "for the third consecutive year"; what is stated for them goes first."""
    for i, token in enumerate(tokens):
        if token.tag not in "OF" or i + 1 >= len(tokens):
            continue
        count = ordinal(token.word)
        after = tokens[i + 1].word
        if after not in _IN_A_ROW and not (after == "year" and i > 1 and tokens[i - 2].word in ("for", "in")):
            continue
        if not 2 <= count <= LONGEST_STREAK:
            continue
        arm = next((a for a in reversed(arms) if a.start <= i and not a.paren), None)
        if arm is None:
            continue
        told = [
            d
            for a in arms
            if a.clause == arm.clause and a.head is None
            for d in a.drafts
            if not d.dead and d.whole is None and (d.quantity.absent or _remains(d))
        ]
        if _of_next_deed(tokens, i):
            told = [d for d in told if d.at > i]
        stated = {(d.indicators, y) for a in arms for d in a.drafts if not d.dead for y in d.years}
        for draft in told:
            if len(draft.years) != 1 or draft.years[0] is None:
                continue
            if draft.at < i and any(t.tag == "w" for t in tokens[draft.at : i]):
                continue  # the streak is that of a relative clause
            years = [draft.years[0] - n for n in range(1, count)]
            free = tuple(y for y in years if (draft.indicators, y) not in stated)
            if free:
                again = _copy(draft, draft.arm)
                again.years, again.basis = free, Basis.STREAK
                draft.arm.drafts.append(again)


def _of_next_deed(tokens: list[Token], i: int) -> bool:
    """Whether a streak is told of the deed behind it alone: "and, for the fourth year, did not convict any"."""
    k = i - 1
    while k > 0 and (tokens[k].word in ("for", "in") or tokens[k].tag in "a,"):
        k -= 1
    return k > 0 and tokens[k].tag in "&;l"


def _remains(draft: Draft) -> bool:
    return bool(draft.verbs) and draft.verbs[0].entry.verb in ("remain", "stay")


def add_implied(arms: list[Arm], tokens: list[Token], reporting: int) -> None:
    """The earlier number that a percentage or difference implies, where the sentence states none for that year."""
    drafts = sorted((d for arm in arms for d in arm.drafts if not d.dead), key=lambda d: d.at)
    stated = {(d.indicators, y) for d in drafts if not d.quantity.change for y in d.years}
    _add_multiplied(drafts, tokens, stated)
    for n, change in enumerate(drafts):
        if not change.quantity.change or change.quantity.value is None:
            continue
        head = next(
            (
                d
                for d in reversed(drafts[:n])
                if not d.quantity.change and d.whole is None and d.arm.head is None and d.quantity.unit != "percent"
            ),
            None,
        )  # fmt: skip
        if head is None or not head.quantity.value or len(head.years) != 1 or head.years[0] is None:
            continue
        limit = drafts[n + 1].at if n + 1 < len(drafts) else len(tokens)
        at = next((k for k in range(change.at, min(limit, change.at + 14)) if tokens[k].tag == "y"), None)
        if at is None:
            continue
        period = tokens[at].value
        assert isinstance(period, Period)
        years = period.years or tuple(head.years[0] - b for b in period.back)
        sign = _sign(tokens, change)
        if len(years) != 1 or not sign or years[0] >= head.years[0] or (head.indicators, years[0]) in stated:
            continue
        value = _before(head.quantity.value, change.quantity, sign)
        if value is None:
            continue
        implied = _copy(head, change.arm)
        exact = change.quantity.unit != "percent"
        implied.quantity = Quantity(
            value,
            qualifier=Qualifier.EXACT if exact else Qualifier.APPROXIMATELY,
            money=head.quantity.money,
            unit=head.quantity.unit,
        )
        implied.years, implied.basis = years, Basis.IMPLIED
        implied.token = change.token
        change.arm.drafts.append(implied)


def _add_multiplied(
    drafts: list[Draft], tokens: list[Token], stated: set[tuple[tuple[str | None, ...], int | None]]
) -> None:
    """The number before of what "doubled to 12"; of a year only where one is named."""
    for draft in drafts:
        if draft.quantity.change or not draft.quantity.value or draft.quantity.unit == "percent":
            continue
        if tokens[draft.at - 1].word != "to" or len(draft.years) != 1:
            continue
        k = draft.at - 1  # no number may stand between: "doubled from 18 to 36"
        while k > draft.arm.start and tokens[k].tag not in "qgv;l":
            k -= 1
        verb = tokens[k]
        times = _TIMES.get(verb.entry.verb, 0.0)
        if not times:
            continue
        base = tokens[draft.arm.bases[0]].value if draft.arm.bases else None
        year: int | None = None
        if isinstance(base, Period):
            back = draft.years[0] - base.back[0] if base.back and draft.years[0] is not None else None
            year = base.years[0] if base.years else back
        if (draft.indicators, year) in stated and year is not None:
            continue
        near = k and tokens[k - 1].tag == "Q"
        copied = _copy(draft, draft.arm)
        value = draft.quantity.value / times
        whole = float(round(value))
        copied.quantity = Quantity(
            value if draft.quantity.money else whole,
            qualifier=Qualifier.APPROXIMATELY if near or whole != value else Qualifier.EXACT,
            money=draft.quantity.money,
            unit=draft.quantity.unit,
        )
        copied.years, copied.basis = (year,), Basis.IMPLIED
        copied.token = verb
        draft.arm.drafts.append(copied)


def _sign(tokens: list[Token], change: Draft) -> int:
    near = tokens[max(0, change.at - 4) : change.at + 5]
    for token in near:
        if "downward" in token.entry.roles:
            return -1
        if "upward" in token.entry.roles:
            return 1
    return 0


def _before(value: float, change: Quantity, sign: int) -> float | None:
    amount = change.value or 0.0
    if change.unit == "percent":
        factor = 1 + sign * amount / 100
        return float(round(value / factor)) if factor > 0 else None
    before = value - sign * amount
    return before if before >= 0 else None


def add_sentences(arms: list[Arm], tokens: list[Token], lexicon: Lexicon, unreal: Unreal) -> None:
    """Lengths of the sentences that courts imposed, as ranges of years; those of the law are none."""
    if "T" not in [t.tag for t in tokens] or not any(i.name == SENTENCE for i in lexicon.indicators):
        return
    i, count = 0, len(tokens)
    imposed = any(
        t.word in ("sentenced", "sentences", "sentence", "sentencing") or "sentencing" in t.entry.roles for t in tokens
    )
    while i < count:
        token = tokens[i]
        i += 1
        if token.tag != "T" or not imposed or unreal.why(i - 1):
            continue
        span = token.value
        assert isinstance(span, tuple)
        low, high = span
        last = token
        if i + 1 < count and tokens[i].word in ("to", "and", "-") and tokens[i + 1].tag == "T":
            other = tokens[i + 1].value
            assert isinstance(other, tuple)
            last = tokens[i + 1]
            if tokens[i].word == "and":  # two years and three months
                low, high = low + other[0], high + other[1]
            else:
                low, high = min(low, *other), max(high, *other)
            i += 2
        if not _imposed(tokens, tokens.index(token), i):
            continue
        arm = next(
            (
                a
                for a in reversed(arms)
                if a.start <= tokens.index(token) and (a.end == 0 or tokens.index(token) <= a.end)
            ),
            arms[0],
        )
        quantity = Quantity(None, round(low, 4), round(high, 4), Qualifier.RANGE, unit="years")
        chunk = Token("q", token.start, last.end, token.word, token.entry)
        chunk.value = quantity
        draft = Draft(
            chunk,
            tokens.index(token),
            quantity,
            arm,
            indicators=(SENTENCE,),
            unit="years",
            actor="government",
        )
        draft.np_end = draft.at + 1
        arm.drafts.append(draft)
        arm.drafts.sort(key=lambda d: d.at)


def _imposed(tokens: list[Token], first: int, end: int) -> bool:
    before = tokens[first - 1] if first else None
    imprisoned = any(t.entry.verb == "imprison" for t in tokens[max(0, first - 6) : first])
    timed = before is not None and "in_a_time" in before.entry.roles
    if timed and not (before is not None and before.word == "for" and imprisoned):
        return False
    after = tokens[end : end + 4]
    if any("maximum" in t.word or "minimum" in t.word for t in tokens[max(0, first - 3) : first]):
        return False
    if any(t.tag == "b" and "not_yet" in t.entry.roles for t in tokens[max(0, first - 9) : end + 6]):
        return False
    if any("sentencing" in t.entry.roles or t.word == "suspended" for t in after):
        return not any(t.word in ("faced", "face", "facing", "maximum") for t in tokens[max(0, first - 5) : first])
    return any(
        t.word in ("sentences", "sentence", "sentenced", "sentencing", "terms")
        for t in tokens[max(0, first - 14) : first]
    )
