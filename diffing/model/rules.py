"""The rules of judging: each with its name, its words and what it adds to a summary, here and nowhere else.

>>> Rule("figure_fell").words
'a number fell'
>>> Rule.LAW_ACT.note
'a law, plan or body was adopted'
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class _Worded(StrEnum):
    """Values that a reader calls something: `words`; `note` is what they add beside a summary, mostly the same."""

    words: str
    note: str

    def __new__(cls, name: str, words: str, note: str | None = None) -> Self:
        """The value called `name`."""
        value = str.__new__(cls, name)
        value._value_ = name
        value.words = words
        value.note = words if note is None else note
        return value


class Rule(_Worded):
    """What may be claimed, by what; its value stands in the tables and in a profile's `[judging.rules.<name>]`.

    A rule on numbers has no `note`, for its summary says so already.
    """

    STATED_LEVEL = "stated_level", "the report’s own rating"
    EFFORT_LEVEL = "effort_level", "the report’s own words for the efforts"
    ENFORCEMENT_LEVEL = "enforcement_level", "the report’s own words for how well the law is enforced"
    ENFORCEMENT_YARDSTICK = "enforcement_yardstick", "the report measures enforcement in other words"
    ENFORCEMENT_TOLD = "enforcement_told", "said for the first time; it may have been so before"
    COMPARED = "compared", "the report’s own comparison"
    OVERVIEW = "overview", "the report’s own summing up"
    ISSUES_LISTED = "issues_listed", "the summary’s own list of issues; a list is what its authors chose to name"
    TERM = "term", "a number of law or practice"
    FIGURE_ROSE = "figure_rose", "a number rose", ""
    FIGURE_FELL = "figure_fell", "a number fell", ""
    FIGURE_SAME = "figure_same", "a number stayed the same", ""
    NO_LONGER_REPORTED = (
        "no_longer_reported",
        "a number is no longer reported",
        "less is made public, which is no fall to zero",
    )
    NEWLY_REPORTED = "newly_reported", "a number is newly reported", "more is made public, which is no rise from zero"
    STILL_NOT_REPORTED = "still_not_reported", "a number is still not reported", ""
    NOT_MENTIONED = "not_mentioned", "a number is not mentioned", "silence is neither zero nor a refusal to report"
    NOT_COMPARABLE = "not_comparable", "two numbers that can’t be compared", ""
    RESTATED = "restated", "a number was restated", "the two reports differ about the same year"
    LAW_ACT = "law_act", "a law, plan or body was adopted"
    LAW_UNDONE = "law_undone", "a law, plan, body or service ended"
    LAW_DRAFTED = "law_drafted", "a draft, not yet in force"
    MOVEMENT = "movement", "said to have grown or shrunk"
    DEED = "deed", "an action taken"
    STOPPED = "stopped", "an action no longer taken"
    HARM = "harm", "harm done to people"
    REPORTS_OF_HARM = "reports_of_harm", "reports of harm"
    UNFULFILLED = "unfulfilled", "a promise not kept"
    NEGATION = "negation", "the same words, now denied or no longer denied"
    TURNED = "turned", "the same matter, told to stand otherwise"
    QUANTIFIER = "quantifier", "how many, or how often"
    DISCLOSURE = "disclosure", "something was made public"
    NEWLY_SAID = "newly_said", "said now and not before; it may have been so before"
    NO_LONGER_SAID = "no_longer_said", "said before and not any more; silence says nothing of what is true"
    RECOMMENDATION_ANSWERED = "recommendation_answered", "a recommendation and what became of it"
    RECOMMENDATION_ADDED = "recommendation_added", "a recommendation; it says nothing of what was done"
    RECOMMENDATION_DROPPED = "recommendation_dropped", "a recommendation; it says nothing of what was done"
    RECOMMENDATION_BORNE_OUT = "recommendation_borne_out", "a new recommendation, and numbers that bear it out"

    @property
    def on_numbers(self) -> bool:
        """Whether it compares two numbers, or a number with none."""
        return self in _ON_NUMBERS


_ON_NUMBERS = frozenset((
    Rule.FIGURE_ROSE, Rule.FIGURE_FELL, Rule.FIGURE_SAME, Rule.NO_LONGER_REPORTED, Rule.NEWLY_REPORTED,
    Rule.STILL_NOT_REPORTED, Rule.NOT_MENTIONED, Rule.NOT_COMPARABLE, Rule.RESTATED,
))  # fmt: skip


class Doubt(_Worded):
    """Why two sentences that differ are no sure change of the country.

    A finding under a doubt that its family heeds (`judging.doubts`) is shown and claims no direction.
    """

    FEW = "few", "one or two more or less"
    HARDLY = "hardly", "it hardly moved"
    UNLIKE = "unlike", "the two are not of one period, body or matter"
    REWORDED = "reworded", "the two sentences differ in more than that"
    CASE = "case", "one case"
    OTHERS = "others", "not the state’s own act"
    ALIKE = "alike", "the old text says much the same"
    ASIDE = "aside", "told in passing, or as of any year"
    WORTH = "worth", "nobody can tell whether it is for better"
    DISPUTED = "disputed", "the report itself says that it went the other way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a claim is made: the words that set the rule off, what was looked for in the old text, what stood there.

    `words` are the text's own, or name what is compared ("the number before “inspectors”"); `sought` says what would
    have been the like; `found` what the old text says of it, empty where it says nothing. `because` is why two things
    can't be compared, or why a claim has no direction; `doubt` why none is claimed. `of` is what the rule found it of
    (the class of what a deed is done to): with rule and verdict the kind of a finding. Any of them may be empty.
    """

    words: str = ""
    sought: str = ""
    found: str = ""
    because: str = ""
    doubt: Doubt | None = None
    of: str = ""

    def __str__(self) -> str:
        said = [f"set off by “{self.words}”"] if self.words else []
        if self.sought:
            said.append(f"looked for in the old text: {self.sought}")
            said.append(f"found there: {self.found}" if self.found else "found there: nothing")
        if self.because:
            said.append(self.because)
        if self.doubt:
            said.append(f"unsure: {self.doubt.words}")
        return "; ".join(said)


NO_REASON = Reason()
