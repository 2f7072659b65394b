"""Wholes and their parts: "12 cases (nine for sex trafficking ...)", "six of whom", "one of the three shelters"."""

from __future__ import annotations

from diffing.extracting.drafts import Arm, Draft
from diffing.language.words import Token
from diffing.model import Qualifier

PART_REACH = 4  # tokens between a part and its whole: "one of the three", "11 out of 13", "one of its two"


def attach_parts(arms: list[Arm], tokens: list[Token]) -> None:
    """Sets `whole` of each draft whose place in the sentence says that it is a part of another."""
    drafts = sorted((d for arm in arms for d in arm.drafts if not d.dead), key=lambda d: d.at)
    for n, draft in enumerate(drafts):
        previous = drafts[n - 1] if n else None
        following = drafts[n + 1] if n + 1 < len(drafts) else None
        if following is not None and _of_whole(tokens, draft, following):
            draft.whole = following
            following.total = True
            _hand_over(tokens, draft, following)
            continue
        if previous is None:
            continue
        arm = draft.arm
        if arm.paren and arm.head is None and arm.comparator is None:
            if not arm.periods:
                before = [d for d in drafts[:n] if d.arm is not arm and d.at < arm.start]
                if before and not draft.quantity.money:
                    whole = before[-1]
                    draft.whole = whole if whole.whole is None or draft.quantity.unit == "percent" else whole.whole
                    draft.exhaustive = _exhaustive(tokens, arm)
            continue
        _listed(tokens, draft, drafts[:n])
    _share_out(tokens, drafts)
    for draft in drafts:
        seen = {id(draft)}
        above = draft.whole
        while above is not None:
            if id(above) in seen:
                draft.whole = None
                break
            seen.add(id(above))
            above = above.whole


def _hand_over(tokens: list[Token], part: Draft, whole: Draft) -> None:
    """What is said behind "11 of the 13 traffickers" is said of the 11."""
    end = whole.token.start
    if whole.nominal is not None and whole.nominal.start > end:
        part.nominal, whole.nominal = part.nominal or whole.nominal, None
    behind = tokens[whole.np_end] if whole.np_end < len(tokens) else None
    if whole.verbs and whole.verbs[0].start > end and whole.verbs[0] is not behind:
        part.verbs, whole.verbs = part.verbs or whole.verbs, []
    elif behind is not None and whole.verbs and whole.verbs[0] is behind and part.nominal is not None:
        got = behind.entry.verb in ("receive", "obtain", "get")
        part.verbs, whole.verbs = (part.verbs or whole.verbs, []) if got else (part.verbs, whole.verbs)


def _share_out(tokens: list[Token], drafts: list[Draft]) -> None:
    """Persons told by sex or age right behind their sum: "44 victims, 30 women and 14 men"."""
    for n, whole in enumerate(drafts[:-2]):
        total = whole.quantity.value
        if not total or whole.whole is not None or whole.quantity.unit or whole.noun is None or _told(whole):
            continue
        if whole.noun.entry.unit != "persons":
            continue
        parts: list[Draft] = []
        added = 0.0
        for part in drafts[n + 1 :]:
            acts = any(t.tag in "vgc" and t.entry.form != "ing" for t in tokens[whole.np_end : part.at])
            if acts or part.whole is not None or not _told(part) or not part.quantity.value:
                break
            parts.append(part)
            added += part.quantity.value
            if added >= total:
                break
        if len(parts) > 1 and added == total:
            for part in parts:
                part.whole, part.exhaustive = whole, True


def _told(draft: Draft) -> bool:
    return "sex" in draft.breakdown or "age" in draft.breakdown


def sums_that_differ(drafts: list[Draft], text: str) -> list[str]:
    """What to say of parts that do not add up to their whole; parts that may be only some must not exceed it.

    Parts are added only within one dimension (kinds of exploitation, sexes, ages): "12 females and 5 children" may be
    the same persons.
    """
    warnings: list[str] = []
    wholes: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.whole is not None and not draft.dead and draft.arm.comparator is None:
            wholes.setdefault(id(draft.whole), []).append(draft)
    for parts in wholes.values():
        whole = parts[0].whole
        assert whole is not None
        total = whole.quantity.value
        values = [
            p.quantity.value
            for p in parts
            if p.quantity.unit == whole.quantity.unit and p.quantity.qualifier is Qualifier.EXACT
        ]
        if (
            total is None
            or len(values) != len(parts)
            or len(values) < 2
            or whole.quantity.qualifier is not Qualifier.EXACT
        ):
            continue
        dimensions = {tuple(sorted(set(p.breakdown) - {"status"})) for p in parts}
        persons = all("sex" in d or "age" in d for d in dimensions)  # women, men and children add up
        known = [v for v in values if v is not None]
        if dimensions == {()} or (len(dimensions) > 1 and not persons) or len(known) != len(values):
            continue
        added = sum(known)
        exhaustive = all(p.exhaustive and p.arm is parts[0].arm for p in parts)
        if added > total or (exhaustive and added != total):
            said = text[whole.token.start : parts[-1].token.end]
            warnings.append(f"parts add up to {added:g}, their whole is {total:g}: {said!r}")
    return warnings


def _exhaustive(tokens: list[Token], arm: Arm) -> bool:
    first = tokens[arm.start + 1] if arm.start + 1 < len(tokens) else None
    return first is not None and first.tag == "q"


def _of_whole(tokens: list[Token], part: Draft, whole: Draft) -> bool:
    """Whether `part` is "N of the M", "N out of M", "N of its M"."""
    a, b = part.at, whole.at
    if b - a > PART_REACH + 1 or part.quantity.money:
        return False
    between = tokens[a + 1 : b]
    words = [t.word for t in between]
    if not between or ("of" not in words and "out of" not in words):
        return False
    if any(
        (t.tag not in "pafxQ#" and not t.possessive) or t.word in ("by", "in", "to", "with", "from", "for", "on")
        for t in between
        if t.word != "of"
    ):
        return False
    x, y = part.quantity.value, whole.quantity.value
    return x is None or y is None or x <= y


def _listed(tokens: list[Token], draft: Draft, earlier: list[Draft]) -> None:
    """Parts behind "including", "of whom", a colon, or after "Of the 25"."""
    previous = earlier[-1]
    if previous.arm.paren and previous.arm is not draft.arm and previous.arm.head is not None:
        outside = [d for d in earlier if d.arm is draft.arm]  # "64 victims (82 in 2018), of whom 40"
        previous = outside[-1] if outside else previous
    between = tokens[previous.at + 1 : draft.at]
    near = tokens[max(0, draft.at - 4) : draft.at]
    after = tokens[draft.at + 1 : draft.np_end + 2]
    whom = next((t for t in after if t.tag == "i" and t.word.startswith("of ")), None)
    open_whole = previous.whole if previous.whole is not None and previous.arm is draft.arm else None
    if whom is not None or (draft.quantity.fraction and any(t.word in ("of them", "of whom") for t in after)):
        head = previous.arm.head
        if head is not None and not previous.arm.paren and any(t.tag == "y" for t in between):
            heads = [d for d in earlier if d.arm is head and d.whole is None]
            taken = any(d.whole is heads[-1] for d in earlier) if heads else True
            fits = not taken and countable_part(draft, heads[-1])
            draft.whole = heads[-1] if fits else _outer(previous)  # "817, down from 1,164 in 2018, 810 of which"
            return
        draft.whole = open_whole or _outer(previous)
        if not countable_part(draft, draft.whole):  # "awarded $56,400 to six of them"
            fitting = (d for d in reversed(earlier) if d.whole is None and countable_part(draft, d))
            draft.whole = next(fitting, None)
        return
    included = next((t for t in reversed(between) if t.tag == "i"), None)
    if (
        included is not None
        and not any(t.tag in ";lc" for t in between[between.index(included) :])
        and not any(
            t.tag == "v" and t.entry.verbs and t.entry.form == "past" and not _of(included)
            for t in between[between.index(included) :]
        )
        and countable_part(draft, previous)
    ):
        draft.whole = _outer(previous)
        return
    if (
        open_whole is not None
        and _distributed(tokens, open_whole, draft, between)
        and countable_part(draft, open_whole)
    ):
        draft.whole = open_whole
        return
    if open_whole is not None and not any(t.tag in ";lc" for t in between):
        enumerated = all(t.tag not in "vg" or t.entry.form != "past" or _reduced(between, t) for t in between)
        if enumerated and _listing(between) and countable_part(draft, open_whole):
            draft.whole = open_whole
            return
        if (
            opened_by_of(tokens, open_whole)
            and countable_part(draft, open_whole)
            and draft.arm.clause == open_whole.arm.clause
        ):
            draft.whole = open_whole
            return
    if opened_by_of(tokens, previous) and draft.arm is previous.arm:
        draft.whole = previous
        return
    colon = next(
        (
            k
            for k, t in enumerate(between)
            if (t.tag == ":" and not (k and between[k - 1].tag == "y")) or (t.tag == "-" and k + 1 == len(between))
        ),
        -1,
    )
    if colon >= 0 and not any(t.tag in "vg" for t in between[colon + 1 :]) and len(between) - colon <= 3:  # noqa: SIM102
        if countable_part(draft, previous):
            heads = [d for d in earlier if d.arm.head is None and not d.arm.paren]
            draft.whole = _outer(heads[-1] if heads else previous)
            draft.exhaustive = True
            return
    if draft.quantity.fraction and not near:
        return
    if draft.quantity.fraction:
        person = next(
            (
                d
                for d in reversed(earlier)
                if not d.quantity.money and not d.quantity.fraction and d.quantity.unit != "percent"
            ),
            None,
        )
        if person is not None and draft.noun is None:
            draft.whole = _outer(person)


def _of(token: Token) -> bool:
    return token.word.startswith("of ")


def _reduced(between: list[Token], verb: Token) -> bool:
    """Whether a participle only describes the noun behind it: "newly identified victims"."""
    k = between.index(verb)
    return k + 1 < len(between) and between[k + 1].tag == "n" and (not k or between[k - 1].tag in "xa")


def _distributed(tokens: list[Token], whole: Draft, draft: Draft, between: list[Token]) -> bool:
    """Whether a list of clauses shares out a whole: "14 cases, of which seven were closed, three were pending"."""
    shared = any(t.tag == "i" and t.word in ("of which", "of whom") for t in tokens[whole.at : draft.at])
    elliptic = draft.noun is None and not any(t.tag in ";lcy" for t in between)
    return shared and elliptic and tokens[draft.at - 1].tag in ",&afQ"


def _listing(between: list[Token]) -> bool:
    return any(t.tag in ",&" for t in between)


def _outer(draft: Draft) -> Draft:
    return draft.whole if draft.whole is not None and not draft.whole.dead else draft


def opened_by_of(tokens: list[Token], whole: Draft) -> bool:
    """Whether `whole` stands in "Of the 25 victims, ..."."""
    j = whole.at - 1
    while j >= 0 and tokens[j].tag in "afQ":
        j -= 1
    return j >= 0 and tokens[j].word in ("of", "among") and (j == 0 or tokens[j - 1].tag in ",;&.(w")


def countable_part(draft: Draft, whole: Draft) -> bool:
    """Whether the two can be part and whole at all: not money of persons, not more than the whole."""
    if draft.quantity.unit == "percent":
        return whole.quantity.unit != "percent"
    if draft.quantity.money != whole.quantity.money:
        return False
    x, y = draft.quantity.value, whole.quantity.value
    return draft.quantity.unit == "percent" or x is None or y is None or x <= y
