"""A small pair, made by hand, that has every case of display: what the tests of the reporting room print.

Nothing here is read, aligned or judged by the program: what a page shows must not depend on how well that is done.
The country is invented.
"""

from __future__ import annotations

from display_narratives import SIGNATURE, narrative, words
from display_texts import LINKS, NEW, OLD

from diffing import tables
from diffing.model import (
    Actor,
    Basis,
    Change,
    Direction,
    EditorialChange,
    Figure,
    Finding,
    Judgement,
    Link,
    Op,
    Pair,
    Problem,
    Qualifier,
    Recommendation,
    Rule,
    SectionLink,
    Severity,
    Stage,
    Status,
    ToldEvent,
    TrendPoint,
    Verdict,
)
from diffing.reporting import YearFinding, YearPage, finding_anchor


def pair(country: str = "Norvania") -> Pair:
    """The pair: links, word edits, sections, figures, frames and a warning."""
    old = narrative(2019, OLD, country, "An official website")
    new = narrative(2020, NEW, country, "An official website")
    edits = tuple(
        ()
        if len(link.old) == len(link.new) and old.sentences[link.old[0]].text == new.sentences[link.new[0]].text
        else words(" ".join(old.sentences[i].text for i in link.old), " ".join(new.sentences[j].text for j in link.new))
        for link in LINKS
    )
    return Pair(
        old=old,
        new=new,
        links=LINKS,
        edits=edits,
        sections=(
            SectionLink(0, 0, 1.0),
            SectionLink(3, 1, 0.5),
            SectionLink(2, 2, 0.8),
            SectionLink(1, 3, 0.6),
            SectionLink(None, 4, 0.0),
        ),
        old_figures=(),
        new_figures=(),
        problems=(Problem(country, 2020, Stage.READ, Severity.WARNING, "norvania.txt: one <b>heading</b> was lost"),),
    )


def change(**given: object) -> Change:
    """A change of victims identified from eight in 2018 to none in 2019, with what is `given` instead."""
    values: dict[str, object] = {
        "country": "Norvania",
        "indicator": "victims_identified",
        "actor": Actor.GOVERNMENT,
        "unit": "persons",
        "breakdown": None,
        "from_year": 2018,
        "to_year": 2019,
        "from_value": 8.0,
        "to_value": 0.0,
        "from_status": Status.REPORTED,
        "to_status": Status.REPORTED,
        "from_report": 2019,
        "to_report": 2020,
        "delta": -8.0,
        "percent": -100.0,
        "direction": Direction.DOWN,
        "restated": False,
        "verdict": Verdict.BACKSLIDING,
        "rule": Rule.FIGURE_FELL,
        "from_text": OLD[2][2][0],
        "to_text": NEW[2][2][0],
        "from_sentence": 3,
        "to_sentence": 3,
    }
    return Change(**(values | given))


def finding(**given: object) -> Finding:
    """The finding of that change, with what is `given` instead."""
    values: dict[str, object] = {
        "country": "Norvania",
        "old_year": 2019,
        "new_year": 2020,
        "section": "protection",
        "indicator": "victims_identified",
        "from_value": 8.0,
        "to_value": 0.0,
        "verdict": Verdict.BACKSLIDING,
        "rule": Rule.FIGURE_FELL,
        "strength": 0.9,
        "summary": "Victims identified fell from eight in 2018 to none in 2019.",
        "old_text": OLD[2][2][0],
        "new_text": NEW[2][2][0],
        "old_sentences": (3,),
        "new_sentences": (3,),
    }
    return Finding(**(values | given))


def judgement() -> Judgement:
    """What is said of the pair: every direction, a restatement, a follow-up, an edit of the edition."""
    trend = {
        "country": "Norvania",
        "indicator": "victims_identified",
        "actor": Actor.GOVERNMENT,
        "unit": "persons",
        "breakdown": None,
    }

    def point(year: int, value: float | None, report: int, **more: object) -> TrendPoint:
        status = Status.NOT_REPORTED if value is None else Status.REPORTED
        return TrendPoint(
            **(
                trend
                | {
                    "year": year,
                    "value": value,
                    "status": status,
                    "basis": Basis.STATED,
                    "report_year": report,
                    "restated": False,
                }
                | more
            )
        )

    return Judgement(
        changes=(
            change(),
            change(
                indicator="prosecutions",
                unit="cases",
                from_value=12.0,
                to_value=None,
                to_status=Status.NOT_REPORTED,
                direction=Direction.NO_LONGER_REPORTED,
                delta=None,
                percent=None,
                rule=Rule.NO_LONGER_REPORTED,
                from_sentence=13,
                to_sentence=None,
            ),
            change(
                indicator="prosecutions",
                unit="cases",
                from_year=2017,
                to_year=2017,
                from_value=12.0,
                to_value=11.0,
                delta=-1.0,
                percent=-8.3,
                restated=True,
                verdict=Verdict.UNCLEAR,
                rule=Rule.RESTATED,
                from_sentence=13,
                to_sentence=16,
            ),
            change(
                indicator="hotline_calls",
                unit="calls",
                breakdown="sex=female",
                from_value=300.0,
                to_value=300.0,
                delta=0.0,
                percent=0.0,
                direction=Direction.SAME,
                verdict=Verdict.NO_CHANGE,
                rule=Rule.FIGURE_SAME,
                from_sentence=4,
                to_sentence=5,
            ),
            change(
                from_year=2016,
                to_year=2018,
                from_value=5.0,
                to_value=8.0,
                delta=3.0,
                percent=60.0,
                direction=Direction.UP,
                verdict=Verdict.PROGRESS,
                rule=Rule.FIGURE_ROSE,
                from_report=2018,
                from_sentence=None,
                to_report=2019,
                to_sentence=3,
            ),
        ),
        trends=(
            point(2016, 5.0, 2018),
            point(2017, None, 2018),
            point(2018, 8.0, 2019, restated=True),
            point(2019, 0.0, 2020),
        ),
        findings=(
            finding(),
            finding(
                verdict=Verdict.PROGRESS,
                rule=Rule.LAW_ACT,
                indicator=None,
                strength=0.4,
                summary="The government promised a shelter: “<b>قالت الحكومة</b>”.",
                old_text=None,
                new_text=NEW[2][2][8],
                old_sentences=(),
                new_sentences=(11,),
            ),
            finding(
                verdict=Verdict.NO_CHANGE,
                rule=Rule.LAW_DRAFTED,
                indicator=None,
                strength=0.1,
                summary="The procedure is the same.",
                old_text=OLD[2][2][6],
                new_text=NEW[2][2][5],
                old_sentences=(9,),
                new_sentences=(8,),
            ),
        ),
        recommendations=(
            Recommendation(
                country="Norvania",
                old_year=2019,
                new_year=2020,
                op=Op.EDITED,
                old_text=OLD[1][2][0],
                new_text=NEW[3][2][0],
                similarity=0.8,
                years_repeated=3,
                follow_up=NEW[2][2][3],
                follow_up_verdict=Verdict.MIXED,
                old_sentence=1,
                new_sentence=14,
                follow_up_sentence=6,
            ),
            Recommendation(
                country="Norvania",
                old_year=2019,
                new_year=2020,
                op=Op.REMOVED,
                old_text=OLD[1][2][1],
                new_text=None,
                similarity=None,
                years_repeated=1,
                follow_up=None,
                follow_up_verdict=None,
                old_sentence=2,
            ),
        ),
        verdict=Verdict.BACKSLIDING,
        verdict_rule="weighed_findings",
        stated_verdict=Verdict.NO_CHANGE,
        old_stated="Tier 2 Watch List",
        new_stated="Tier 2 Watch List",
        editorial=(
            EditorialChange(
                old_year=2019,
                new_year=2020,
                kind="phrase",
                old_text="TIP Report",
                new_text="report",
                countries=12,
                share=0.8,
            ),
        ),
        problems=(),
    )


def figure(text: str, start: int, end: int) -> Figure:
    """A figure of `text` between two offsets."""
    return Figure(
        figure=0,
        sentence=0,
        indicator="victims_identified",
        actor=Actor.GOVERNMENT,
        year=2018,
        basis=Basis.STATED,
        value=8.0,
        low=8.0,
        high=8.0,
        qualifier=Qualifier.EXACT,
        unit="persons",
        status=Status.REPORTED,
        part_of=None,
        breakdown=None,
        start=start,
        end=end,
        text=text[start:end],
    )


def unchanged() -> tuple[Pair, Judgement]:
    """Two narratives with the same text, and nothing to say of them."""
    sections = [("protection", "PROTECTION", ["The government ran a shelter.", "It named four steps."])]
    old, new = narrative(2019, sections), narrative(2020, sections)
    links = (Link((0,), (0,), 1.0), Link((1,), (1,), 1.0))
    nothing = Judgement(
        changes=(),
        trends=(),
        findings=(),
        recommendations=(),
        verdict=Verdict.NO_CHANGE,
        verdict_rule="nothing_changed",
        stated_verdict=None,
        old_stated=None,
        new_stated=None,
    )
    return Pair(old, new, links, ((), ()), (SectionLink(0, 0, 1.0),), (), ()), nothing


def year(country: str = "Norvania", **given: object) -> YearPage:
    """The year's page of that country, one new, one gone and one that could not be read."""
    counts = {"figures_up": 2, "figures_down": 1, "figures_no_longer_reported": 1}
    row = tables.index_row(pair(country), judgement(), 1) | counts | {"slug": "norvania"}
    nothing = dict.fromkeys(counts, 0) | {"slug": None}
    rows = [
        tables.lone_row("Ardesh", 2019, 2020, 1) | nothing,
        row,
        tables.lone_row("Quillmar", 2019, 2020, 0) | nothing,
        tables.lone_row("Sandoria", 2019, 2020, 0) | nothing,
    ]
    one = finding(country=country)
    values: dict[str, object] = {
        "title": "Trafficking in Persons Report: 2019 to 2020",
        "profile_title": "Trafficking in Persons Report",
        "old_year": 2019,
        "new_year": 2020,
        "index": rows,
        "findings": (YearFinding(one, "norvania", finding_anchor(one)),),
        "editorial": judgement().editorial,
        "problems": (Problem("Ardesh", 2020, Stage.READ, Severity.ERROR, "ardesh.txt: the file is empty"),),
        "new_countries": ("Sandoria",),
        "gone_countries": ("Quillmar",),
        "signature": SIGNATURE,
    }
    return YearPage(**(values | given))


def incident() -> ToldEvent:
    """What a report tells of one man whom an officer beat."""
    return ToldEvent(
        country="Norvania", report_year=2020, section="protection", sentence=3, frame="harm", predicate="beat",
        effect="worse", doer="state", doer_basis="named", object="person", worth="person", event_year=2019, value=1.0,
        polarity="affirmed", reality="done", said_by="report", alleged=False, comparison=None, example=False,
        incident="ill_treatment", text="An officer beat a man.", start=0, end=5,
    )  # fmt: skip
