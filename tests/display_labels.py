"""A second small pair, made by hand, in the manner of the reports on child labor; see `display_pair`."""

from __future__ import annotations

from display_pair import change, finding, narrative, words

from diffing.judging.figures_without_indicator import ONLY
from diffing.model import (
    Actor,
    Basis,
    Direction,
    Judgement,
    Link,
    Pair,
    Reason,
    Rule,
    SectionLink,
    Status,
    TrendPoint,
    Verdict,
    VerdictReason,
)


def labels() -> tuple[Pair, Judgement]:
    """A second country, in the manner of the reports on child labor: its numbers are ``Label: value``, it slides back,
    its own assessment says otherwise, one number is worked out from a percentage, one has no name."""
    keys = [
        ("assessment", "ASSESSMENT", ["In 2019, Quillmar made a minimal advancement.", "It wrote a list of tasks."]),
        ("enforcement", "ENFORCEMENT", ["Labor Inspectors: 40", "Labor Inspections: 2,100", "Criminal Convictions: 3"]),
        ("actions", "ACTIONS", ["Raise the age of work to 16."]),
    ]
    newer = [
        ("assessment", "ASSESSMENT", ["In 2020, Quillmar made a moderate advancement.", "About 70 children left."]),
        ("enforcement", "ENFORCEMENT", ["Labor Inspectors: 25", "Labor Inspections: 1,050, 50 percent less",
         "Criminal Convictions: Unknown"]),
        ("actions", "ACTIONS", ["Raise the age of work to 16.", "Publish how many were convicted."]),
    ]  # fmt: skip
    old, new = (narrative(year, some, "Quillmar", profile="dol") for year, some in ((2019, keys), (2020, newer)))
    links = (Link((0,), (0,), 0.8), *(Link((n,), (n,), 0.7) for n in (2, 3, 4)), Link((5,), (5,), 1.0))
    edits = tuple(
        () if link.similarity == 1 else words(old.sentences[link.old[0]].text, new.sentences[link.new[0]].text)
        for link in links
    )
    sections = tuple(SectionLink(n, n, 0.7) for n in range(3))
    about = {"country": "Quillmar", "from_year": 2019, "to_year": 2020}
    down = {"verdict": Verdict.BACKSLIDING, "rule": Rule.FIGURE_FELL}
    series: dict[str, object] = {"country": "Quillmar", "actor": Actor.GOVERNMENT, "breakdown": None,
              "status": Status.REPORTED, "restated": False}  # fmt: skip
    inspections = {"indicator": "labor_inspections", "unit": "inspections"}
    lost = {"indicator": "convictions", "section": "enforcement", "from_value": 3.0, "to_value": None}
    named = {"country": "Quillmar", "old_text": None, "new_text": None}
    judged = Judgement(
        changes=(
            change(**about, indicator="labor_inspectors", from_value=40.0, to_value=25.0, delta=-15.0, percent=-37.5,
                   from_sentence=2, to_sentence=2, **down),
            change(**about, **inspections, from_value=2100.0, to_value=1050.0, delta=-1050.0, percent=-50.0,
                   from_sentence=3, to_sentence=3, **down),
            change(**about, indicator="convictions", from_value=3.0, to_value=None, delta=None, percent=None,
                   to_status=Status.NOT_REPORTED, direction=Direction.NO_LONGER_REPORTED,
                   from_sentence=4, to_sentence=4, verdict=Verdict.BACKSLIDING,
                   rule=Rule.NO_LONGER_REPORTED),
            change(**about, indicator=None, from_value=50.0, to_value=70.0, delta=20.0, percent=40.0,
                   direction=Direction.UP, verdict=Verdict.UNCLEAR, to_text=newer[0][2][1],
                   rule=Rule.FIGURE_ROSE, reason=Reason(because=ONLY), from_sentence=None, to_sentence=1),
        ),
        trends=(
            TrendPoint(**series, **inspections, year=2019, value=2100.0, basis=Basis.IMPLIED, report_year=2020),
            TrendPoint(**series, **inspections, year=2020, value=1050.0, basis=Basis.STATED, report_year=2020),
        ),
        findings=(
            finding(**named | {"new_text": newer[0][2][0]}, section="assessment", indicator=None,
                    rule=Rule.STATED_LEVEL, verdict=Verdict.PROGRESS, strength=1.0, old_sentences=(0,),
                    new_sentences=(0,),
                    summary="The report's assessment rose from Minimal Advancement to Moderate Advancement."),
            finding(**named, **lost, rule=Rule.NO_LONGER_REPORTED, strength=0.5, old_sentences=(4,),
                    new_sentences=(4,), summary="Criminal convictions were no longer reported: three in 2019."),
            finding(**named | {"new_text": newer[0][2][1]}, section="assessment", indicator=None, to_value=70.0,
                    verdict=Verdict.UNCLEAR, rule=Rule.FIGURE_ROSE, reason=Reason(because=ONLY), strength=0.1,
                    old_sentences=(), new_sentences=(1,), summary="A number rose from 50 in 2019 to 70 in 2020."),
            finding(**named | {"new_text": newer[2][2][1]}, section="actions", indicator=None,
                    verdict=Verdict.UNCLEAR, rule=Rule.RECOMMENDATION_ADDED, strength=0.1, old_sentences=(),
                    new_sentences=(6,), summary="Recommended for the first time: “Publish how many were convicted”."),
        ),
        recommendations=(),
        verdict=Verdict.BACKSLIDING,
        verdict_rule="progress weighs 0.4, backsliding 1.3: the lesser is under 36% of both",
        verdict_reason=VerdictReason(name="weighed", progress=0.4, backsliding=1.3),
        stated_verdict=Verdict.PROGRESS,
        old_stated="Minimal Advancement",
        new_stated="Moderate Advancement",
    )  # fmt: skip
    return Pair(old, new, links, edits, sections, (), ()), judged
