"""What became of each recommendation, and what the new narrative says to the old ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from diffing.judging.evidence import Evidence
from diffing.judging.follow_ups import Answers
from diffing.judging.quoting import quoted
from diffing.judging.strength import TOLD_ELSEWHERE
from diffing.judging.wishes import one_deed
from diffing.language.stems import ONE_MATTER, overlap, stems
from diffing.model import Finding, Narrative, Op, Reason, Recommendation, Rule, Verdict

# Two recommendations are one from this share of shared words on (of the shorter). Range 0.5 to 0.9; lower joins all
# that begin alike, higher calls every rewording a drop and a new wish.
SAME_WISH = 0.6

# Of shorter wishes all words must be the same. Range 2 to 4; lower joins "Fund shelters." and "Fund NGOs.".
LEAST_WORDS = 3

# A new recommendation is borne out by an act that holds this share of its words. Range 0.3 to 0.7.
BORNE_OUT = 0.4

# Pairs of recommendations that are looked at for one wish; the longest known lists make 1,600. Range 10,000 to
# 1,000,000, default 250,000 (a quarter of a second). Beyond it those that aligning linked are one wish, and no others.
MOST_WISH_PAIRS = 250_000


def follow(
    evidence: Evidence, items: Sequence[tuple[int, ...]], known: Sequence[Finding] = ()
) -> tuple[tuple[Recommendation, ...], tuple[Finding, ...]]:
    """The rows of the table `recommendations`, and the findings about them.

    `items` are the sentence indices of the recommendations of each narrative, oldest first; the last two are the
    pair's. `known` are the findings on figures and acts, which may bear out a new recommendation.
    """
    *earlier, old_items, new_items = items or ((), ())
    if not old_items and not new_items:
        return (), ()
    follower = _Follower(evidence, old_items, new_items, earlier, known)
    rows = tuple(follower.rows())
    return rows, tuple(follower.findings(rows, known))


class _Follower:
    def __init__(
        self,
        evidence: Evidence,
        old_items: tuple[int, ...],
        new_items: tuple[int, ...],
        earlier_items: Sequence[tuple[int, ...]],
        known: Sequence[Finding],
    ) -> None:
        self.evidence = evidence
        self.pair = evidence.pair
        self.old_items, self.new_items = old_items, new_items
        self.numbers: dict[int, Finding] = {}  # the finding on numbers that answers a wish, by its old sentence
        self.earlier = [
            dict.fromkeys(narrative.sentences[i].text for i in items)
            for narrative, items in zip(reversed(self.pair.earlier), reversed(earlier_items), strict=False)
        ]
        self.old = {i: self.pair.old.sentences[i].text for i in old_items if not _empty(self.pair.old, i)}
        self.new = {j: self.pair.new.sentences[j].text for j in new_items if not _empty(self.pair.new, j)}
        self.answers = Answers(evidence, set(old_items), set(new_items), known)

    def pairs(self) -> list[tuple[int | None, int | None]]:
        """Old and new recommendations that are one wish; each stands in one pair at least."""
        found: list[tuple[int | None, int | None]] = []
        for link in self.pair.links:
            both = [(i, j) for i in link.old if i in self.old for j in link.new if j in self.new]
            found.extend(pair for pair in both if self._one_wish(*pair))
        news = {j for _, j in found}
        few = len(self.old) * len(self.new) <= MOST_WISH_PAIRS
        old, new = ({k: stems(text) for k, text in side.items()} for side in (self.old, self.new))
        found += [(_nearest(new[j], old) if few else None, j) for j in new if j not in news]
        olds = {i for i, _ in found}
        found += [(i, _nearest(old[i], new) if few else None) for i in old if i not in olds]
        last = len(self.pair.new.sentences)
        found.sort(key=lambda p: (p[1] if p[1] is not None else last, p[0] if p[0] is not None else -1))
        return found

    def _one_wish(self, i: int, j: int) -> bool:
        """Whether two linked recommendations are one: mostly in the same words, or for one deed in one matter."""
        alike = _likeness(stems(self.old[i]), stems(self.new[j]))
        one = alike >= ONE_MATTER and one_deed(self.old[i], self.new[j], self.pair.new.profile)
        return alike >= SAME_WISH or one  # without a deed in common they have to be more alike

    def rows(self) -> Iterator[Recommendation]:
        """One row for each pair, in the order of the new text, then what was dropped."""
        for i, j in self.pairs():
            old_text = self.old[i] if i is not None else None
            new_text = self.new[j] if j is not None else None
            if old_text is None:
                op = Op.ADDED
            elif new_text is None:
                op = Op.REMOVED
            else:
                op = Op.EQUAL if old_text.split() == new_text.split() else Op.EDITED
            answered = self.answers.answer(old_text) if old_text is not None else None
            if answered is not None and answered.numbers is not None and i is not None:
                self.numbers[i] = answered.numbers
            yield Recommendation(
                country=self.pair.new.country,
                old_year=self.pair.old.year,
                new_year=self.pair.new.year,
                op=op,
                old_text=old_text,
                new_text=new_text,
                similarity=self._similarity(i, j),
                years_repeated=self._years(old_text, new_text),
                follow_up=self.pair.new.sentences[answered.sentence].text if answered else None,
                follow_up_verdict=answered.verdict if answered else None,
                old_sentence=i,
                new_sentence=j,
                follow_up_sentence=answered.sentence if answered else None,
            )

    def _similarity(self, i: int | None, j: int | None) -> float | None:
        if i is None or j is None:
            return None
        number = self.pair.old_links.get(i)
        if number is not None and j in self.pair.links[number].new:
            return self.pair.links[number].similarity
        return round(_likeness(stems(self.old[i]), stems(self.new[j])), 3)

    def _years(self, old_text: str | None, new_text: str | None) -> int:
        """How many reports in a row make the wish, up to the last that does."""
        years = (old_text is not None) + (new_text is not None)
        if old_text is None:
            return years
        words = stems(old_text)
        for texts in self.earlier:
            few = len(self.old) * len(texts) <= MOST_WISH_PAIRS
            if old_text not in texts and not (
                few and any(_likeness(stems(text), words) >= SAME_WISH for text in texts)
            ):
                break
            years += 1
        return years

    def borne_out(self, text: str, known: Sequence[Finding]) -> Finding | None:
        """The backsliding of the same year that a new recommendation asks to mend, or None.

        The recommendation names all that the indicator's title names and asks for more of it, or most of what an act
        against it names.
        """
        if not (asks := self.evidence.first("mending", text)):
            return None
        words = stems(text[asks.start() :])
        for finding in known:
            if finding.verdict is not Verdict.BACKSLIDING:
                continue
            if indicator := self.pair.new.profile.indicator(finding.indicator):
                # what follows "to" is the purpose of what is asked for
                more = self.evidence.first("asking_for_more", asks[0])
                if more and stems(indicator.title) <= stems(text[asks.start() :].partition(" to ")[0]):
                    return finding
            elif finding.new_text and overlap(words, stems(finding.new_text)) >= BORNE_OUT:
                return finding
        return None

    def findings(self, rows: Sequence[Recommendation], known: Sequence[Finding]) -> Iterator[Finding]:
        """What the rows say that a reader wants to see among the findings."""
        seen: set[int] = set()
        told = {(finding.verdict, j) for finding in known for j in finding.new_sentences}
        for row in rows:
            old = (row.old_sentence,) if row.old_sentence is not None else ()
            new = (row.new_sentence,) if row.new_sentence is not None else ()
            if row.op is Op.ADDED and (reason := self.borne_out(row.new_text or "", known)):
                yield from self.evidence.finding(
                    Rule.RECOMMENDATION_BORNE_OUT,
                    Verdict.BACKSLIDING,
                    f"Recommended for the first time: “{quoted(row.new_text or '')}”. {reason.summary}",
                    old=reason.old_sentences,
                    new=(*new, *(j for j in reason.new_sentences if j not in new)),
                )
                continue
            if row.op is Op.ADDED:
                yield from self.evidence.finding(
                    Rule.RECOMMENDATION_ADDED,
                    Verdict.UNCLEAR,
                    f"Recommended for the first time: “{quoted(row.new_text or '')}”.",
                    new=new,
                )
                continue
            answer = row.follow_up_sentence
            if answer is not None and row.follow_up_verdict is not None and answer not in seen:
                seen.add(answer)
                verdict = row.follow_up_verdict
                if verdict is Verdict.NO_CHANGE and row.op is Op.REMOVED:
                    verdict = Verdict.UNCLEAR
                yield from self.evidence.finding(
                    Rule.RECOMMENDATION_ANSWERED,
                    verdict,
                    f"Recommended: “{quoted(row.old_text or '')}”. "
                    f"The {self.pair.new.year} report: “{quoted(row.follow_up or '')}”.",
                    old=old,
                    new=(answer,),
                    share=TOLD_ELSEWHERE if (verdict, answer) in told else 1.0,
                    numbers=self.numbers.get(old[0]) if old else None,
                    reason=Reason(
                        words=quoted(row.follow_up or ""), sought="the deed asked for, done, in the same matter"
                    ),
                )
            elif row.op is Op.REMOVED and answer is None:
                yield from self.evidence.finding(
                    Rule.RECOMMENDATION_DROPPED,
                    Verdict.UNCLEAR,
                    f"Recommended no longer, and nothing says that it was done: “{quoted(row.old_text or '')}”.",
                    old=old,
                )


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """The shared words as a share of the shorter text's; of fewer than three words, all or none."""
    least = min(len(a), len(b))
    if least < LEAST_WORDS:
        return 1.0 if a == b and a else 0.0
    return len(a & b) / least


def _nearest(words: frozenset[str], others: Mapping[int, frozenset[str]]) -> int | None:
    """The index of the wish that is most like `words`, the last of equals; None where none is one with it."""
    best, nearest = SAME_WISH, None
    for index, other in others.items():
        if (share := _likeness(words, other)) >= best:
            best, nearest = share, index
    return nearest


def _empty(narrative: Narrative, index: int) -> bool:
    """Whether an item only says that there is none."""
    return narrative.sentences[index].text.strip(" -•.").lower() in ("n/a", "not applicable", "none")
