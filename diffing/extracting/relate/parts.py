"""Wholes and their parts: "12 cases (nine for sex trafficking ...)", "six of whom", "one of the three shelters"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import takewhile

from diffing.extracting.candidates import Candidate, Stretch
from diffing.extracting.find.breakdowns import read_breakdown
from diffing.language.words import Token, place_before
from diffing.model import Qualifier

_TOLD_APART = frozenset(("exploitation", "sex", "age"))  # what is of one kind is no part of what is of another
PART_REACH = 4  # tokens between a part and its whole: "one of the three", "11 out of 13", "one of its two"


def attach_parts(stretches: list[Stretch], tokens: list[Token]) -> None:
    """Sets `whole` of each candidate whose place in the sentence says that it is a part of another."""
    candidates = sorted((d for stretch in stretches for d in stretch.candidates if not d.dead), key=lambda d: d.at)
    for n, candidate in enumerate(candidates):
        following = candidates[n + 1] if n + 1 < len(candidates) else None
        if following is not None and _of_whole(tokens, candidate, following):
            candidate.whole = following
            following.total = True
            _hand_over(tokens, candidate, following)
        elif candidate.total:
            pass  # "(52 of 500)": of nothing else
        elif n and candidate.stretch.paren and candidate.stretch.head is None:
            _in_parenthesis(tokens, candidate, candidates[:n], _run(candidates[n:]))
        elif n:
            listed = _Listed(tokens, candidate, candidates[:n], _run(candidates[n:]))
            candidate.whole = _whole_of(listed)
            if candidate.whole is not None and listed.previous.whole is candidate.whole and _narrowed(listed):
                candidate.within = listed.previous
    _share_out(tokens, candidates)


def _in_parenthesis(tokens: list[Token], candidate: Candidate, earlier: list[Candidate], run: float) -> None:
    """ "12 cases (nine for sex trafficking)"; with years in it a parenthesis is a comparison."""
    before = [d for d in earlier if d.at < candidate.stretch.start]
    if candidate.stretch.periods or candidate.quantity.money or not before:
        return  # "police (52 men and 30 women)" counts no whole
    if before[-1].quantity.fraction and candidate.quantity.unit != "percent":
        return  # "two-thirds of the victims (24)": the 24 are that share
    first = next((d for d in earlier if d.stretch is candidate.stretch), None)
    whole = _of_either(before[-1], earlier, run) if first is None else first.whole or before[-1]
    whole = whole if whole.whole is None or candidate.quantity.unit == "percent" else whole.whole
    if first is None and not countable_part(candidate, whole):
        return  # "half the number of victims (205)"
    candidate.whole = whole
    candidate.exhaustive = tokens[candidate.stretch.start + 1].tag == "q"


def _run(candidates: list[Candidate]) -> float:
    """The sum of the list that begins with the first of `candidates`."""
    listed = takewhile(lambda d: d.stretch is candidates[0].stretch, candidates)
    return sum(d.quantity.value or 0 for d in listed)


def _hand_over(tokens: list[Token], part: Candidate, whole: Candidate) -> None:
    """What is said behind "11 of the 13 traffickers" is said of the 11."""
    if "exploitation" in whole.breakdown and "exploitation" not in read_breakdown(tokens[whole.at + 1 : whole.np_end]):
        part.breakdown = whole.breakdown | part.breakdown  # "exploited 37 of the 60 victims in forced begging": the 37
        whole.breakdown = {k: v for k, v in whole.breakdown.items() if k != "exploitation"}
    # "two of the three suspects arrested": all three were; "none of the 11 received aid"
    direct = any(clause.kind == "reduced" for clause in whole.governing.befalling)
    if whole.verbs and whole.verbs[0].start > whole.token.start and not direct:
        part.verbs, whole.verbs = part.verbs or whole.verbs, []


def _share_out(tokens: list[Token], candidates: list[Candidate]) -> None:
    """Persons told by sex or age right behind their sum: "44 victims, 30 women and 14 men"."""
    stops = {of: [n for n, t in enumerate(tokens) if t.tag in of and t.entry.form != "ing"] for of in ("c;", "vgc;")}
    for n, whole in enumerate(candidates[:-2]):
        parts: list[Candidate] = []
        added = 0.0
        for part in candidates[n + 1 :] if whole.noun is not None else ():
            ahead = stops["c;" if not parts and tokens[part.at - 1].tag in ",-" else "vgc;"]
            acts = bisect_left(ahead, (parts or [whole])[-1].np_end) < bisect_left(ahead, part.at)
            if acts or not part.quantity.value or added >= (whole.quantity.value or 0):
                break
            # not "two campaigns, one by radio in three languages and one on foot"
            if part.breakdown or (part.noun is None and not part.quantity.unit):
                parts.append(part)
                added += part.quantity.value
        if len(parts) > 1 and added == whole.quantity.value:
            for part in parts:
                part.whole, part.exhaustive = whole, True


def sums_that_differ(candidates: list[Candidate], text: str) -> list[str]:
    """What to say of parts that do not add up to their whole; parts that may be only some must not exceed it.

    Parts are added only within one dimension (kinds of exploitation, sexes, ages): "12 females and 5 children" may be
    the same persons.
    """
    warnings: list[str] = []
    wholes: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.whole is not None and not candidate.dead and candidate.stretch.comparator is None:
            wholes.setdefault(id(candidate.whole), []).append(candidate)
    for parts in wholes.values():
        whole = parts[0].whole
        assert whole is not None
        total, *values = (d.quantity.value for d in (whole, *parts))
        said = whole.quantity.qualifier, whole.quantity.unit
        plain = all((d.quantity.qualifier, d.quantity.unit) == said for d in parts) and said[0] is Qualifier.EXACT
        dimensions = {tuple(sorted(set(p.breakdown) - {"status"})) for p in parts}
        persons = all("sex" in d or "age" in d for d in dimensions)  # women, men and children add up
        known = [v for v in values if v is not None]
        if total is None or not plain or len(known) < max(2, len(values)) or dimensions == {()}:
            continue
        if len(dimensions) > 1 and not persons:
            continue
        added = sum(known)
        exhaustive = all(p.exhaustive and p.stretch is parts[0].stretch for p in parts)
        if added > total or (exhaustive and added != total):
            shown = text[whole.token.start : parts[-1].token.end]
            warnings.append(f"parts add up to {added:g}, their whole is {total:g}: {shown!r}")
    return warnings


def _of_whole(tokens: list[Token], part: Candidate, whole: Candidate) -> bool:
    """Whether `part` is "N of the M", "N out of M", "N of its M"."""
    between = tokens[part.at + 1 : whole.at]
    if len(between) > PART_REACH or part.quantity.money or all(t.word != "of" for t in between):
        return False
    if any(t.tag not in "pafxQ#" and not t.possessive for t in between):
        return False
    x, y = part.quantity.value, whole.quantity.value
    return x is None or y is None or x <= y


@dataclass(slots=True)
class _Listed:
    """A number, those before it in the sentence, and the sum of the list that it begins."""

    tokens: list[Token]
    candidate: Candidate
    earlier: list[Candidate]
    run: float
    previous: Candidate = field(init=False)
    between: list[Token] = field(init=False)

    def __post_init__(self) -> None:
        previous, stretch = self.earlier[-1], self.candidate.stretch
        if previous.total:
            previous = self.earlier[-2]  # "19 of the 70 victims, including four": of the 19
        if previous.stretch.paren and previous.stretch is not stretch:  # "64 victims (82 in 2018), of whom 40"
            previous = next((d for d in reversed(self.earlier) if d.stretch is stretch), previous)
        self.previous = previous
        self.between = self.tokens[previous.at + 1 : self.candidate.at]

    @property
    def open_whole(self) -> Candidate | None:
        """The whole of the number before, whose parts may go on."""
        return self.previous.whole if self.previous.stretch is self.candidate.stretch else None


def _whole_of(listed: _Listed) -> Candidate | None:
    """The whole of a part behind "including", "of whom", a colon, or after "Of the 25"."""
    candidate = listed.candidate
    after = listed.tokens[candidate.at + 1 : candidate.np_end + 2]
    if any(t.word.startswith("of ") for t in after):
        return _of_whom(listed)
    return _included(listed) or _going_on(listed) or _behind_colon(listed) or _share_of(listed)


def _narrowed(listed: _Listed) -> bool:
    """Whether it is told of the part before it, not of the whole of both: "51 were women, 22 of whom were under 18"."""
    candidate, previous = listed.candidate, listed.previous
    said = any("of whom" in t.word for t in listed.tokens[candidate.at + 1 : candidate.np_end + 1])
    return (said or any(t.word == "including" for t in listed.between)) and countable_part(candidate, previous)


def _of_whom(listed: _Listed) -> Candidate | None:
    candidate, previous = listed.candidate, listed.previous
    if previous.stretch.head is not None:  # "817, down from 1,164 in 2018, 810 of which"
        return [d for d in listed.earlier if d.stretch is previous.stretch.head][-1]
    whole = _outer(previous)
    return whole if countable_part(candidate, whole) else None


def _included(listed: _Listed) -> Candidate | None:
    """Behind "including"; of the compared number before it only where it can't be that of the first half."""
    at = max((k for k, t in enumerate(listed.between) if t.tag == "i"), default=-1)
    if at < 0 or listed.between[at].word in ("of these", "of those"):
        return None  # "12 of these victims and nine others"
    behind = listed.between[at:]
    if any(t.tag in ";lc" for t in behind):
        return None
    dated = any(t.tag == "y" for t in listed.between[:at])
    whole = _of_either(listed.previous, listed.earlier, listed.run, dated and listed.previous.noun is None)
    return _outer(whole) if countable_part(listed.candidate, whole) else None


def _of_either(near: Candidate, earlier: list[Candidate], run: float, done: bool = False) -> Candidate:
    """The number before a list, or the one that it is compared with: the one that the list adds up to.

    Where what is compared is `done` ("up from 40 in 2018, including"), the list is of the other.
    """
    heads = [d for d in earlier if d.stretch is near.stretch.head]
    told = near.quantity.value or run
    return heads[-1] if heads and (run > told or (done and run != told)) else near


def _going_on(listed: _Listed) -> Candidate | None:
    """The next part of a whole: "14 cases, of which seven were closed, three were pending"."""
    tokens, candidate, whole, between = listed.tokens, listed.candidate, listed.open_whole, listed.between
    if whole is not None and countable_part(candidate, whole):
        enumerated = all(t.tag not in "vg" or t.entry.form != "past" for t in between)
        listing = enumerated and any(t.tag in ",&" for t in between)
        shared = any(t.word in ("of which", "of whom") for t in tokens[whole.at : candidate.at])
        if listing or (shared and candidate.noun is None) or opened_by_of(tokens, whole):
            return whole
    return listed.previous if opened_by_of(tokens, listed.previous) else None


def _behind_colon(listed: _Listed) -> Candidate | None:
    """ "47 victims: 30 women"; behind a year only where it is people who are listed, for it may be a table."""
    between = listed.between
    people = bool(listed.candidate.breakdown)
    for k, token in enumerate(between):
        colon = token.tag == ":" and (people or not (k and between[k - 1].tag == "y"))
        if not colon and not (token.tag == "-" and k + 1 == len(between)):
            continue
        heads = [d for d in listed.earlier if d.stretch.head is None]
        whole = _outer(heads[-1] if heads else listed.previous)
        if not countable_part(listed.candidate, whole):
            return None
        listed.candidate.exhaustive = True
        return whole
    return None


def _share_of(listed: _Listed) -> Candidate | None:
    """The people that a share in words is of: "two-thirds were women"."""
    candidate = listed.candidate
    if not candidate.quantity.fraction or candidate.noun is not None:
        return None
    people = (d for d in reversed(listed.earlier) if not d.quantity.money and d.quantity.unit != "percent")
    return next(map(_outer, people), None)


def _outer(candidate: Candidate) -> Candidate:
    return candidate.whole or candidate


def opened_by_of(tokens: list[Token], whole: Candidate) -> bool:
    """Whether `whole` stands in "Of the 25 victims, ..."."""
    j = place_before(tokens, whole.at, "afQ")
    return tokens[j].word in ("of", "among") and tokens[j - 1].tag in ",;&.(w"


def countable_part(candidate: Candidate, whole: Candidate) -> bool:
    """Whether the two can be part and whole at all: not money of persons, not of another kind, not more than it."""
    if candidate.quantity.unit == "percent":
        return whole.quantity.unit != "percent"
    if candidate.quantity.money != whole.quantity.money:
        return False
    x, y = candidate.quantity.value, whole.quantity.value
    said = whole.breakdown
    if any(said.get(key, value) != value for key, value in candidate.breakdown.items() if key in _TOLD_APART):
        return False  # "14 sex traffickers, including three women, and six labor traffickers"
    return x is None or y is None or x <= y
