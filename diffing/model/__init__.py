"""The values that pass between the rooms: frozen, each carrying the evidence for what it says.

A narrative is read, two are aligned into a :class:`Pair` with their figures, a pair is judged into a
:class:`Judgement`; pages and tables are made from those two. Nothing here reads a file or decides anything.
Field names of the row types (``Figure``, ``Change``, ``Finding``, ...) are the column names of `tables`.
"""

from diffing.model.editions import EditionBreak
from diffing.model.events import Event, Reality, ToldEvent
from diffing.model.figure_reasons import FigureReason, Ground, Lean, NoFigure, Refused
from diffing.model.history import Answer, CountryHistory, EditionTold, Ended, Version, Wish
from diffing.model.identity import content_id, evidence_id, folded
from diffing.model.judgements import (
    Change,
    EditorialChange,
    Finding,
    Judgement,
    OneSided,
    Recommendation,
    Signature,
    TrendPoint,
    VerdictReason,
)
from diffing.model.lineages import Age, Lineage
from diffing.model.narratives import Narrative, Origin, Problem, Section, Sentence, Span, slug_of
from diffing.model.pairs import Figure, Link, Pair, Row, SectionLink, WordEdit
from diffing.model.ratings import Rating
from diffing.model.reviews import REJECTED, Review
from diffing.model.rules import Doubt, Reason, Rule
from diffing.model.words import (
    Actor,
    Basis,
    DiffingError,
    Direction,
    Op,
    OutputError,
    Qualifier,
    SentenceKind,
    Severity,
    Stage,
    Status,
    Verdict,
    breakdown_words,
    called,
    names_a_file,
    one_line,
    plain_name,
    printable,
    whole_year,
    written_out,
)

__all__ = [
    "REJECTED",
    "Actor",
    "Age",
    "Answer",
    "Basis",
    "Change",
    "CountryHistory",
    "DiffingError",
    "Direction",
    "Doubt",
    "EditionBreak",
    "EditionTold",
    "EditorialChange",
    "Ended",
    "Event",
    "Figure",
    "FigureReason",
    "Finding",
    "Ground",
    "Judgement",
    "Lean",
    "Lineage",
    "Link",
    "Narrative",
    "NoFigure",
    "OneSided",
    "Op",
    "Origin",
    "OutputError",
    "Pair",
    "Problem",
    "Qualifier",
    "Rating",
    "Reality",
    "Reason",
    "Recommendation",
    "Refused",
    "Review",
    "Row",
    "Rule",
    "Section",
    "SectionLink",
    "Sentence",
    "SentenceKind",
    "Severity",
    "Signature",
    "Span",
    "Stage",
    "Status",
    "ToldEvent",
    "TrendPoint",
    "Verdict",
    "VerdictReason",
    "Version",
    "Wish",
    "WordEdit",
    "breakdown_words",
    "called",
    "content_id",
    "evidence_id",
    "folded",
    "names_a_file",
    "one_line",
    "plain_name",
    "printable",
    "slug_of",
    "whole_year",
    "written_out",
]
