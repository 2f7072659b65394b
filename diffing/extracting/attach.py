"""Year, indicator, unit and actor of every quantity, and what a comparison takes over from what it is compared with."""

from __future__ import annotations

from diffing.extracting.clauses import Arm, Draft
from diffing.extracting.indicators import find_actor, resolve, unit_of
from diffing.extracting.lexicon import Lexicon
from diffing.extracting.periods import Period
from diffing.extracting.tokens import Token
from diffing.model import Basis, Status


def attach_indicators(arms: list[Arm], tokens: list[Token], lexicon: Lexicon, before: list[Draft]) -> None:
    """Sets indicator, unit and actor of each draft; a comparison takes them from what it is compared with."""
    last_person: Token | None = next((d.noun for d in reversed(before) if _personal(d.noun)), None)
    last_any: Draft | None = before[-1] if before else None
    last_noun: Token | None = last_any.noun if last_any is not None else None
    opening = tokens[0].word in ("it", "they", "he", "she") or (
        len(tokens) > 1 and tokens[0].word in ("the", "these", "this") and tokens[1].entry.unit == "facilities"
    )
    actor = before[-1].actor if before and opening else ""
    clause = -1
    told: list[Draft] = []
    for arm in arms:
        live = [d for d in arm.drafts if not d.dead]
        if arm.clause != clause and not arm.paren:
            clause = arm.clause
        for n, draft in enumerate(live):
            own_actor = find_actor(tokens, draft)
            if draft.whole is not None:
                _resolve(draft, lexicon, tokens, draft.noun or draft.whole.noun)
                draft.actor = own_actor or draft.whole.actor
                if draft.indicators == (None,) and (draft.noun is None or _same_noun(draft, draft.whole)) and not draft.verbs:
                    draft.indicators = draft.whole.indicators
                draft.unit = draft.unit or (draft.whole.unit if draft.noun is None and not draft.quantity.unit else draft.unit)
                continue
            model = _model(draft, n, live, arm, before, told, tokens)
            if model is not None:
                draft.model = model
                _inherit(draft, model, lexicon, tokens)
                draft.actor = own_actor if own_actor and draft.at and tokens[draft.at - 1].possessive or (own_actor and arm.head is None) else (model.actor or own_actor)
            else:
                elliptic = None
                if draft.noun is None and not draft.quantity.money and not draft.quantity.unit:
                    repeated = _repeated(tokens, draft, last_any)
                    elliptic = None if repeated else _subject(tokens, draft)
                    if draft.quantity.status is Status.NOT_REPORTED and not draft.quantity.verbs:
                        draft.verbs = []  # "provided no data": the verb is not about what is counted
                        after = tokens[draft.at + 1].word if draft.at + 1 < len(tokens) else ""
                        if last_any is not None and not last_any.earlier and after not in ("on", "about", "regarding", "of"):
                            repeated = last_any  # "and did not maintain statistics in 2018": of the same thing
                    if repeated is not None:
                        draft.model = repeated
                        _inherit(draft, repeated, lexicon, tokens)
                        draft.actor = own_actor or actor
                        last_any = draft
                        continue
                    if elliptic is None and draft.verbs:
                        elliptic = last_person
                    if elliptic is None and draft.quantity.status is not Status.NOT_REPORTED:
                        elliptic = last_noun
                _resolve(draft, lexicon, tokens, elliptic)
                draft.actor = own_actor or actor
            actor = draft.actor if not arm.paren else actor
            if _personal(draft.noun):
                last_person = draft.noun
            if not draft.quantity.change:
                told.append(draft)
                last_any = draft
                last_noun = draft.noun if draft.noun is not None and draft.noun.entry.unit else last_noun


def _repeated(tokens: list[Token], draft: Draft, last: Draft | None) -> Draft | None:
    """The number before, where this one counts the same: "19 women in 2019 and 23 in 2018", "the total to nine"."""
    if last is None or last.at >= draft.at or last.quantity.money:
        return None
    if last.earlier:
        return None
    between = tokens[last.np_end : draft.at]
    if any(t.word in ("total", "number") for t in between[-4:]):
        return last
    if any(t.tag in "vg;" or (t.tag == "x" and t.word.endswith("ed")) for t in between):
        staged = draft.verbs and any(r in draft.verbs[0].entry.roles for r in ("opening", "continuing", "closing"))
        cases = last.unit == "cases" and last.indicators != (None,)
        return last if staged and cases else None
    return last


def attach_stages(drafts: list[Draft], before: list[Draft]) -> None:
    """New, continued and closed cases as breakdowns, where they are told beside each other; never one sum."""
    stages = {d.breakdown.get("stage") for d in before} - {None}
    found: list[tuple[Draft, str]] = []
    for draft in drafts:
        if draft.unit != "cases" or draft.quantity.change or draft.quantity.status is Status.NOT_REPORTED:
            continue
        for verb in draft.verbs:
            stage = next((s for role, s in _STAGES if role in verb.entry.roles), None)
            if stage is not None:
                found.append((draft, stage))
                break
    potential = any(d.breakdown.get("status") == "potential" for d in (*drafts, *before))
    for draft in drafts:  # "suspected traffickers" are traffickers, and a confirmed victim is one beside potential ones
        status = draft.breakdown.get("status")
        victim = draft.noun is not None and draft.noun.entry.kind in ("victim", "child", "human", "person")
        if status is not None and not (victim and (potential or status == "potential")):
            del draft.breakdown["status"]
    stages |= {stage for _, stage in found}
    if len(stages) > 1:
        for draft, stage in found:
            draft.breakdown["stage"] = stage


_STAGES = (("opening", "initiated"), ("continuing", "continued"), ("closing", "closed"))


def _personal(noun: Token | None) -> bool:
    return noun is not None and noun.entry.unit == "persons" and not (noun.entry.nouns and noun.entry.kind == "case")


def _resolve(draft: Draft, lexicon: Lexicon, tokens: list[Token], elliptic: Token | None) -> None:
    draft.indicators = resolve(draft, lexicon, tokens, elliptic)
    draft.unit = unit_of(draft, lexicon, draft.indicators[0], elliptic if elliptic is not draft.noun else None)
    if draft.indicators == (None,) and draft.noun is not None and draft.noun.entry.kind == "victim":
        definite = any(t.word in ("the", "of") for t in tokens[max(0, draft.at - 2) : draft.at])
        if definite and not draft.verbs and any(i.name == "victims_identified" for i in lexicon.indicators):
            draft.indicators = ("victims_identified",)


def _subject(tokens: list[Token], draft: Draft) -> Token | None:
    """The noun whose number changes: "The number of identified victims doubled from 18"."""
    verb = draft.verbs[0] if draft.verbs else None
    if verb is None and draft.at > 2 and tokens[draft.at - 1].tag == "b":
        left = tokens[draft.arm.start : draft.at - 1]
        if any(t.word in ("number", "total") for t in left):  # "the number of deaths was 14"
            draft.noun = next((t for t in reversed(left) if t.tag == "n" and "data" not in t.entry.roles), None)
            return draft.noun
    if verb is None or verb.tag != "g":
        return None
    k = next((i for i in range(draft.at - 1, -1, -1) if tokens[i] is verb), 0) - 1
    for i in range(draft.at - 1, k + 1, -1):  # "increased its number of labor inspectors from 645"
        if tokens[i].tag == "n" and tokens[i].entry.unit and "data" not in tokens[i].entry.roles:
            draft.noun = tokens[i]
            return tokens[i]
        if tokens[i].tag in "q;,":
            break
    noun: Token | None = None
    while k >= draft.arm.start:
        token = tokens[k]
        if token.tag in ";l,":
            break
        if token.tag == "n" or (token.tag == "v" and token.entry.noun):
            if noun is None or "data" not in token.entry.roles:
                noun = noun or token
            if token.entry.nouns or token.entry.kind:
                draft.noun = token
                if k and tokens[k - 1].tag == "v" and tokens[k - 1].entry.form == "past":
                    draft.np_verbs = [tokens[k - 1]]
                    draft.verbs = [tokens[k - 1]]
                elif k > 1 and tokens[k - 2].tag == "v" and tokens[k - 2].entry.form == "past" and tokens[k - 1].tag in "xmn":
                    draft.np_verbs = [tokens[k - 2]]
                    draft.verbs = [tokens[k - 2]]
                return token
        k -= 1
    if noun is not None:
        draft.noun = noun
    return noun


def _same_noun(a: Draft, b: Draft) -> bool:
    if a.noun is None or b.noun is None:
        return False
    x, y = a.noun, b.noun
    if x.entry.noun and x.entry.noun == y.entry.noun:
        return True
    if x.word == y.word:
        return True
    return bool(x.entry.unit == "persons" and y.entry.unit == "persons")


def _model(
    draft: Draft, n: int, live: list[Draft], arm: Arm, before: list[Draft], told: list[Draft], tokens: list[Token]
) -> Draft | None:
    """The draft of the compared arm whose indicator this one repeats."""
    head = arm.head
    pool: list[Draft] = []
    figures = head is None and draft.noun is None and any(t.word in _TOTALS for t in tokens[arm.start : draft.at])
    if figures and told:
        pool = [d for d in told if d.arm.clause < arm.clause and d.arm.head is None and d.whole is None]
    if pool:
        pass
    elif head is not None:
        pool = [d for d in head.drafts if not d.dead and d.whole is None and not d.quantity.change and d.at < draft.at]
        if not pool and before and not head.drafts:
            pool = before
    elif before and _leans(draft, tokens):
        pool = before
    if not pool:
        return None
    same_kind = [
        d for d in pool
        if d.quantity.money == draft.quantity.money and (d.quantity.unit == "percent") == (draft.quantity.unit == "percent")
    ]  # fmt: skip
    if not same_kind:
        if draft.noun is None and not draft.quantity.money and not draft.quantity.unit and arm.head is not None:
            same_kind = pool if draft.quantity.absent else []
        if not same_kind:
            return None
    if draft.noun is not None:
        named = [d for d in same_kind if d.noun is not None and draft.noun.word == d.noun.word or (d.noun and d.noun.entry.noun and d.noun.entry.noun == draft.noun.entry.noun)]
        if named:
            return named[-1] if len(named) == 1 else named[min(n, len(named) - 1)]
        if draft.noun.entry.nouns or draft.verbs and draft.verbs[0].entry.verbs and arm.head is None:
            return None
        alike = [d for d in same_kind if d.noun is None or d.noun.entry.unit == draft.noun.entry.unit]
        if alike:
            return alike[-1]
        return None
    siblings = [d for d in live if d.whole is None and not d.quantity.change]
    if len(siblings) == len(same_kind) or arm.respectively:
        position = siblings.index(draft) if draft in siblings else n
        if position < len(same_kind) and len(same_kind) > 1:
            return same_kind[position]
    if len(same_kind) > 1 and draft.verbs:
        for d in same_kind:
            if any(v.entry.verb == w.entry.verb for v in d.verbs for w in draft.verbs):
                return d
    return same_kind[-1]


def _leans(draft: Draft, tokens: list[Token]) -> bool:
    """Whether a sentence's own head arm leans on the sentence before it: "Comparable figures for 2018 were 284"."""
    if draft.noun is not None or draft.quantity.money or draft.quantity.unit:
        return False
    if any(v.entry.verbs or "opening" in v.entry.roles or "continuing" in v.entry.roles for v in draft.verbs):
        return True
    return any(t.word in _LEANING for t in tokens[:4])


_TOTALS = frozenset(("figures", "totals", "numbers"))
_LEANING = frozenset("this these that those it they comparable respective corresponding similar figures totals numbers".split())


def _inherit(draft: Draft, model: Draft, lexicon: Lexicon, tokens: list[Token]) -> None:
    own: tuple[str | None, ...] = (None,)
    if draft.verbs or draft.nominal is not None or (draft.noun is not None and draft.noun.entry.nouns):
        own = resolve(draft, lexicon, tokens, model.noun)
    if own == (None,) and draft.quantity.times is False:
        own = model.indicators
    draft.indicators = own
    if draft.noun is None:
        draft.noun = model.noun
        draft.unit = draft.quantity.unit or (None if draft.quantity.money else model.unit)
        if draft.quantity.money:
            draft.unit = draft.quantity.unit
        if not draft.breakdown:
            draft.breakdown = dict(model.breakdown)
    else:
        draft.unit = unit_of(draft, lexicon, own[0], None)


def attach_years(arms: list[Arm], tokens: list[Token], reporting: int) -> None:
    """Sets the years of each draft and how they are known."""
    clause_period: Token | None = None
    clause = -1
    for arm in arms:
        if arm.clause != clause and not arm.paren:
            if clause >= 0 and any(t.tag == ";" for t in tokens[arm.start : arm.start + 1]):
                clause_period = None
            clause = arm.clause
        drafts = arm.drafts
        if not drafts:
            continue
        live = [d for d in drafts if not d.dead]
        if not live:
            continue
        pair = _from_to(arm, live, tokens, reporting, clause_period)
        live = [d for d in live if d not in pair]
        if _one_each(arm, live, tokens, reporting):
            continue
        fronted = [p for p in arm.periods if _fronted(tokens, p, arm)]
        for n, draft in enumerate(live):
            found = _own_period(draft, live, n, arm, tokens, fronted)
            front = [p for p in fronted if p < draft.at]
            if found is not None and _elsewhere(tokens, draft, found, bool(front)):
                found = None
            if found is None and front:
                found = front[-1]
                ahead = next((p for p in arm.periods if p > draft.at and p not in fronted), None)
                if draft.whole is not None and getattr(tokens[found].value, "span", False) and ahead is not None:
                    found = ahead  # "Since 2016 ..., including 52 during the year"
            when = [p for p in arm.periods if p < draft.at and getattr(tokens[p].value, "when", ())]
            if found is None and when:
                draft.years, draft.basis = tokens[when[-1]].value.when, Basis.STATED  # type: ignore[attr-defined]
                continue
            if found is None:
                changes = [d.at for d in arm.drafts if d.quantity.change and d.at > draft.at]
                right = [p for p in arm.periods if p > draft.at and p not in fronted and not any(c < p for c in changes)]
                left = [p for p in arm.periods if p < draft.at and p not in fronted and not _of_change(arm, p)]
                if right and not _elsewhere(tokens, draft, right[0], False):
                    found = right[0]
                elif left and not _dated_now(tokens, draft, live, n, arm):
                    found = left[-1]
            token = tokens[found] if found is not None else None
            if token is None and arm.head is None and not arm.paren:
                token = clause_period
                if token is None and arm.after is not None:
                    token = next((d.period for d in reversed(arm.after.drafts) if d.period is not None), None)
            elsewhere = draft.whole is not None and draft.whole.arm is arm.head and not arm.paren
            if draft.whole is not None and draft.whole.years and (elsewhere or (token is None and not draft.quantity.absent)):
                draft.years, draft.basis = draft.whole.years, draft.whole.basis
                continue
            set_years(draft, token, arm, live, n, reporting, tokens)
        if fronted and not arm.paren and arm.head is None:
            clause_period = tokens[fronted[-1]]


def _from_to(
    arm: Arm, live: list[Draft], tokens: list[Token], reporting: int, clause_period: Token | None
) -> list[Draft]:
    """Dates the two ends of "from A to B": A before, B now, where no year stands behind them."""
    done: list[Draft] = []
    for a, b in zip(live, live[1:], strict=False):
        if a in done:
            continue
        if a.at and tokens[a.at - 1].word == "to" and b.at and tokens[b.at - 1].word == "from":
            now = next((p for p in arm.periods if a.at < p < b.at), None)
            then = next((p for p in arm.periods if p > b.at), None)
            fronted = next((tokens[p] for p in arm.periods if p < a.at), clause_period)
            set_years(a, tokens[now] if now is not None else fronted, _ALONE, [], 0, reporting, tokens)
            set_years(b, tokens[then] if then is not None else None, _ALONE, [a], 1, reporting, tokens)
            if then is None:
                b.years, b.basis = (None,), Basis.RELATIVE
            done += [a, b]
            continue
        if not (a.at and tokens[a.at - 1].word == "from" and b.at and tokens[b.at - 1].word == "to"):
            continue
        first = next((p for p in arm.periods if a.at < p < b.at), None)
        second = next((p for p in arm.periods if p > b.at), None)
        before = [tokens[p] for p in arm.periods if p < a.at]
        span = tokens[second].value if second is not None else before[-1].value if before else None
        if first is None and isinstance(span, Period) and len(span.between) == 2:
            a.years, b.years = (span.between[0],), (span.between[1],)
            a.basis = b.basis = Basis.STATED
            done += [a, b]
            continue
        now = next((t for t in reversed(before) if isinstance(t.value, Period) and t.value.years), clause_period)
        back = next((t for t in before if isinstance(t.value, Period) and t.value.back), None)
        set_years(b, tokens[second] if second is not None else now, _ALONE, [], 0, reporting, tokens)
        if first is not None:
            set_years(a, tokens[first], _ALONE, [b], 1, reporting, tokens)
        elif back is not None:
            set_years(a, back, _ALONE, [b], 1, reporting, tokens)
        else:
            a.years, a.basis = (None,), Basis.RELATIVE
        done += [a, b]
    return done


_ALONE = Arm(0, 0)


def _of_change(arm: Arm, p: int) -> bool:
    """Whether the period at `p` belongs to a change: "an increase of 6.8 percent from 2018"."""
    before = [d for d in arm.drafts if d.at < p]
    return bool(before) and before[-1].quantity.change


def _elsewhere(tokens: list[Token], draft: Draft, p: int, front: bool) -> bool:
    """Whether the period at `p` dates another event: ", which were filed in 2008", "after an attack in 2006"."""
    between = tokens[draft.np_end : p]
    acts = [t.tag in "vg" or (t.tag == "x" and t.word.endswith("ed")) for t in between]
    relative = [t.tag == "w" or (t.tag == "i" and t.word.endswith("which")) for t in between]
    if sum(acts) > 1 and any(relative):
        return True
    for k, token in enumerate(between):
        verb = any(acts[k:])
        if not verb:
            return False
        if relative[k] and k and between[k - 1].tag == "," and token.word != "that":
            return True
        if token.word in ("after", "when", "before", "because", "until"):
            return True
        if front and acts[k] and k:
            return True
    return False


def _dated_now(tokens: list[Token], draft: Draft, live: list[Draft], n: int, arm: Arm) -> bool:
    """Whether a bare month stands behind the number ("and 7.9 as of June"): then it is of this year."""
    end = live[n + 1].at if n + 1 < len(live) else arm.end
    return any(
        tokens[k].tag in "MD" and tokens[k - 1].word in ("of", "through", "by", "until", "in", "between", "from", "during")
        for k in range(draft.at + 1, min(end, len(tokens)))
    )


def _fronted(tokens: list[Token], p: int, arm: Arm) -> bool:
    """Whether a period opens its clause and so belongs to what follows: "In 2018, ...", "and in 2019 they ..."."""
    period = tokens[p].value
    if isinstance(period, Period) and period.label:
        return True
    k = p - 1
    while k >= arm.start and (tokens[k].tag in "pafM" or tokens[k].word in ("fiscal", "year", "calendar", "early", "late", "mid", "months", "half", "first", "end") or tokens[k].tag in "OTF"):
        k -= 1
    if k < arm.start or tokens[k].tag in ";l(" or tokens[k].tag == "c" and tokens[k].word == "unlike":
        return not any(d.at < p for d in arm.drafts)
    if tokens[k].tag == "&" and p - k > 1:
        return any(d.at > p for d in arm.drafts)
    if tokens[k].tag in ",:w" and p - k > 1:
        after = tokens[p + 1] if p + 1 < len(tokens) else None
        following = [d for d in arm.drafts if d.at > p]
        return bool(following) and after is not None and after.tag not in ".;)" and not (after.tag == "," and any(d.at < p for d in arm.drafts))
    return False


def _own_period(draft: Draft, live: list[Draft], n: int, arm: Arm, tokens: list[Token], fronted: list[int]) -> int | None:
    """The first period between this quantity and the next one."""
    end = next((d.at for d in live[n + 1 :]), arm.end)
    for p in arm.periods:
        if draft.at < p < max(end, draft.at) and p not in fronted:
            return p
    return None


def _one_each(arm: Arm, live: list[Draft], tokens: list[Token], reporting: int) -> bool:
    """"48, 52, and 67 victims in 2017, 2018, and 2019, respectively": the years in the order of the numbers."""
    if not arm.respectively:
        return False
    for p in arm.periods:
        period = tokens[p].value
        if isinstance(period, Period) and len(period.years) == len(live) > 1:
            for draft, year in zip(live, period.years, strict=True):
                draft.years, draft.basis = (year,), Basis.STATED
            return True
    return False


def set_years(
    draft: Draft, token: Token | None, arm: Arm, live: list[Draft], n: int, reporting: int, tokens: list[Token]
) -> None:
    head = arm.head
    base = None
    draft.period = token
    if token is None and _since(tokens, draft):
        draft.years, draft.basis = (None,), Basis.STATED
        return
    if head is not None:
        model = draft.model or next((d for d in head.drafts if not d.dead and d.years), None)
        if model is not None and model.years and model.arm is not arm:
            base = model.years[-1]
        previous = [d for d in live[:n] if d.years and d.years[-1] is not None and d.period is not token]
        if previous:
            base = previous[-1].years[-1]
    if token is None:
        if head is None or not head.drafts and head.head is None and not head.periods:
            draft.years, draft.basis = (reporting,), Basis.REPORTING_PERIOD
        elif arm.paren and arm.comparator is None:
            draft.years, draft.basis = (base,), Basis.STATED if base is not None else Basis.REPORTING_PERIOD
        elif draft.at and tokens[draft.at - 1].possessive or _other_group(draft) or _beside(draft, arm, tokens):
            same = next((d for d in head.drafts if d.years), None)
            draft.years, draft.basis = (same.years, same.basis) if same is not None else ((reporting,), Basis.REPORTING_PERIOD)
        else:
            draft.years, draft.basis = (None,), Basis.RELATIVE
        return
    period = token.value
    assert isinstance(period, Period)
    if not period.span and _since(tokens, draft):
        draft.years, draft.basis = (None,), Basis.STATED  # a total over several years
    elif period.years:
        combined = any(t.word in ("combined", "together") for t in tokens[draft.at : min(len(tokens), draft.at + 14)])
        if len(period.years) > 1 and combined:
            draft.years = (None,)
        else:
            draft.years = period.years
        draft.basis = Basis.STATED
    elif period.back:
        start = base if base is not None else _named_year(draft, token, live, n) or reporting
        draft.years = tuple(start - b for b in period.back)
        draft.basis = Basis.RELATIVE
    elif period.span:
        changed = draft.verbs and draft.verbs[0].tag == "g"
        if changed and period.between:
            draft.years, draft.basis = (period.between[-1],), Basis.STATED
        else:
            draft.years, draft.basis = (None,), Basis.STATED
    elif period.same and head is not None:
        draft.years, draft.basis = (None,), Basis.RELATIVE
    else:
        draft.years, draft.basis = (reporting,), Basis.REPORTING_PERIOD


_BEGINNINGS = frozenset("then inception launch creation start beginning opening establishment founding began".split())


def _since(tokens: list[Token], draft: Draft) -> bool:
    """Whether "since" behind a number says from when, not why."""
    for k in range(draft.np_end, min(len(tokens), draft.np_end + 3)):
        if tokens[k].word == "since":
            return any(t.tag in "yMD" or t.word in _BEGINNINGS for t in tokens[k + 1 : k + 7])
    return False


def _named_year(draft: Draft, token: Token, live: list[Draft], n: int) -> int | None:
    for other in reversed(live[:n]):
        if other.basis == Basis.STATED and other.years and other.years[-1] is not None:
            return other.years[-1]
    return None


def _beside(draft: Draft, arm: Arm, tokens: list[Token]) -> bool:
    """Whether two groups of one time are compared: "63 percent, compared with 86 percent for men"."""
    if arm.comparator is None or arm.comparator.word not in ("compared with", "compared to", "versus", "vs", "as opposed to"):
        return False
    after = tokens[draft.np_end] if draft.np_end < len(tokens) else None
    return after is not None and after.tag == "p" and after.word in ("for", "of", "among", "in") and draft.quantity.unit == "percent"


def _other_group(draft: Draft) -> bool:
    """Whether a compared number has a group of its own: "44 percent of women, compared with 60 percent of men"."""
    model = draft.model
    return bool(
        model is not None
        and draft.noun is not None
        and model.noun is not None
        and draft.noun is not model.noun
        and draft.noun.word != model.noun.word
        and draft.noun.entry.noun != model.noun.entry.noun
    )
