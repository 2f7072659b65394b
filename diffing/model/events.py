"""What a sentence tells of one deed, and what a deed's effect on an object means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reality(StrEnum):
    """Whether what a sentence tells of took place."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"
    LAW = "law"
    ASKED = "asked"
    CONDITIONAL = "conditional"
    UNCOMMITTED = "uncommitted"


_TABLE = {
    "more": {"protection": 1, "right": 1, "violation": -1, "restriction": -1},
    "less": {"protection": -1, "right": -1, "violation": 1, "restriction": 1},
    "better": {"protection": 1, "right": 1, "violation": 1, "restriction": 1, "person": 1},
    "worse": {"protection": -1, "right": -1, "violation": -1, "restriction": -1, "person": -1},
    "help": {"protection": 1, "right": 1, "violation": -1, "restriction": -1, "person": 1, "offender": -1},
    "punish": {"protection": -1, "right": -1, "person": -1, "offender": 1},
    "pursue": {"violation": 1, "restriction": 1, "person": -1, "offender": 1},
    "shield": {"violation": -1, "restriction": -1, "offender": -1},
}


def direction_of(effect: str, worth: str) -> int:
    """Which way an effect on an object of a worth goes: 1 better, -1 worse, 0 neither or unsure.

    >>> direction_of("less", "protection"), direction_of("less", "violation"), direction_of("better", "violation")
    (-1, 1, 1)
    """
    return _TABLE.get(effect, {}).get(worth, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One frame told in one clause; `text[start:end]` of its sentence is the words that tell it.

    `doer_basis` is named, inherited (from another clause) or assumed; `clause` the kind of the clause; `direction` 1
    for better, -1 for worse, 0 for neither or unsure; `dated` whether the sentence dates it, `year` the year that it
    gives, `since` the earliest one where it counts over several; `many` whether it befell ten people or more, or a
    whole group; `of_one` whether a curb is on one person alone.
    """

    frame: str
    predicate: str
    effect: str
    doer: str
    doer_basis: str
    object: str | None
    object_class: str
    worth: str
    direction: int
    polarity: str  # affirmed or denied
    reality: Reality
    said_by: str
    alleged: bool
    comparison: str | None
    example: bool
    charge: str  # what who is pursued is pursued for: wrong, speech, or empty
    charged: bool  # what somebody answers for: told of another year as like as not
    earlier: bool
    year: int | None
    since: int | None
    dated: bool
    value: float | None
    many: bool
    single: bool  # whether it befell one alone
    of_one: bool
    incident_kind: str | None
    rule: str
    clause: str
    text: str
    start: int
    end: int

    @property
    def affirmed(self) -> bool:
        """Whether it is told and not denied."""
        return self.polarity == "affirmed"

    @property
    def took_place(self) -> bool:
        """Whether it is told as done."""
        return self.affirmed and self.reality is Reality.DONE

    @property
    def by_the_state(self) -> bool:
        """Whether the state did it, or nobody else is named: what a charity does is no effort of the state's."""
        return self.doer == "state" or self.doer_basis == "assumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """An event with where it is told; one row of the table `events`. `start` and `end` are offsets into the text."""

    country: str
    report_year: int
    section: str | None
    sentence: int
    frame: str
    predicate: str
    effect: str
    doer: str
    doer_basis: str
    object: str | None
    worth: str
    event_year: int | None
    value: float | None
    polarity: str
    reality: str
    said_by: str
    alleged: bool
    comparison: str | None
    example: bool
    incident: str | None
    text: str
    start: int
    end: int
