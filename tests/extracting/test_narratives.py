"""Figures of label lines and of whole narratives: what is numbered, left alone, and warned of."""

from __future__ import annotations

from pathlib import Path

import pytest
from figures_told import NR, told

from diffing.extracting import extract_figures, extract_narrative
from diffing.model import Narrative, Section, Sentence, Status
from diffing.profile import Profile, load_profile
from diffing.reading import parse_narrative

LABELS = [
    ("Labor Inspectors: 602", "labor_inspectors", 602),
    ("Labor Inspectors: 1,415‡", "labor_inspectors", 1415),
    ("Labor Funding: $475,600", "funding", 475_600),
    ("Labor Funding: $43 million", "funding", 43_000_000),
    ("Labor Funding: 23.4 Million", "funding", 23_400_000),
    ("Criminal Violations: Unknown", "criminal_violations", NR),
    ("Labor Penalties Imposed: N/A", "labor_penalties_imposed", NR),
    ("Labor Penalties Collected: Not Applicable", "labor_penalties_collected", NR),
    ("Criminal Convictions: Unavailable", "convictions", NR),
    ("Criminal Convictions: 0", "convictions", 0),
]  # fmt: skip


@pytest.mark.parametrize(("line", "indicator", "value"), LABELS)
def test_label_lines(line: str, indicator: str, value: float | str) -> None:
    assert [told(f) for f in extract_figures(line, 2019, "dol")] == [(indicator, 2019, value)]


def narrative(sections: list[tuple[str, list[str]]], profile: Profile, year: int = 2020) -> Narrative:
    text, runs = "", []
    for key, sentences in sections:
        placed = []
        for sentence in sentences:
            placed.append(Sentence(sentence, len(text), len(text) + len(sentence)))
            text += sentence + " "
        runs.append(Section(key, (), tuple(placed)))
    return Narrative("Norvania", "norvania", year, text, tuple(runs), (), profile)


def test_a_narrative_numbers_its_figures_and_leaves_wishes_alone() -> None:
    profile = load_profile("tip")
    given_ = narrative(
        [
            ("recommendations", ["Train 200 officers.", "Convict at least 10 traffickers."]),
            ("prosecution", ["Courts convicted nine traffickers, compared with four in 2018."]),
            ("protection", ["Police identified 24 victims, including 12 women.", "It had identified 30 in 2018."]),
            ("protection", ["Courts convicted six traffickers.", "The hall was full.", "Of these, two were women."]),
        ],
        profile,
    )
    figures, problems = extract_narrative(given_)
    assert not problems
    assert [f.figure for f in figures] == list(range(len(figures)))
    assert [(f.section, f.sentence, f.year, f.value) for f in figures] == [
        ("prosecution", 2, 2019, 9),
        ("prosecution", 2, 2018, 4),
        ("protection", 3, 2019, 24),
        ("protection", 3, 2019, 12),
        ("protection", 4, 2018, 30),
        ("protection", 5, 2019, 6),
        ("protection", 7, 2019, 2),
    ]
    assert figures[6].part_of == figures[5].figure
    assert figures[3].part_of == figures[2].figure
    assert {f.country for f in figures} == {"Norvania"}
    assert {f.report_year for f in figures} == {2020}
    for figure in figures:
        assert given_.text[figure.start : figure.end] == figure.text


def test_parts_that_do_not_add_up_are_told() -> None:
    text = "Police identified eight victims: five women and four men."
    _, problems = extract_narrative(narrative([("protection", [text])], load_profile("tip")))
    assert ["parts add up to 9, their whole is 8" in p.message for p in problems] == [True]
    _, none = extract_narrative(narrative([("protection", [text.replace("four", "three")])], load_profile("tip")))
    assert none == ()


@pytest.mark.real
def test_every_label_line_of_the_real_reports_gives_one_figure(shared: Path) -> None:
    profile = load_profile("dol")
    labels = {i.label for i in profile.indicators}
    seen = 0
    for path in sorted((shared / "real" / "dol-child-labor").glob("*/*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            label, colon, value = line.partition(": ")
            if not colon or label not in labels:
                continue
            seen += 1
            figures = extract_figures(line, 2020, profile)
            assert len(figures) == 1, line
            digits = "".join(c for c in value if c.isdigit())
            assert (figures[0].status is Status.REPORTED) == bool(digits), line
            if digits and "illion" not in value and "." not in value:
                assert figures[0].value == int(digits), line
    assert seen > 4000


def test_an_indicator_of_one_section_is_not_looked_for_in_others() -> None:
    told = "The labor ministry counted 14 fatalities.", "The attacks led to 40 fatalities."
    text = f"Section 1. Respect for the Integrity of the Person\n\n{told[1]}\n\nSection 7. Worker Rights\n\n{told[0]}\n"
    narrative = parse_narrative(text, country="Norvania", year=2020, profile="hrr")
    figures, _ = extract_narrative(narrative)
    assert [(figure.section, figure.indicator, figure.value) for figure in figures] == [
        ("section_1", None, 40),
        ("section_7", "workplace_deaths", 14),
    ]
