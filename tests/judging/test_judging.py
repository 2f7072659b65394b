"""Judging: changes, stated levels, cues, recommendations, and the country's verdict."""

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_figures import figure, pair_of

import diffing
from diffing.judging import judge
from diffing.judging.ladders import Rung, step
from diffing.judging.reported_values import Told, agree
from diffing.judging.strength import turned
from diffing.judging.trends import Sayings
from diffing.model import Basis, Qualifier, Verdict
from diffing.model.printed_numbers import spelled
from diffing.profile import Level, Pattern, ProfileError, RuleSwitch, StatedScale, load_profile
from diffing.reading import parse_narrative

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
JUDGED = Path(__file__).parent
TRAFFICKING = [json.loads(line) for line in (JUDGED / "trafficking.jsonl").read_text().splitlines()]
CUES = [json.loads(line) for line in (JUDGED / "cues.jsonl").read_text().splitlines()]
FAMILIES = ("tip", "hrr", "dol")


# --- the property: exchanging the two ends ------------------------------------------------------------------------


RANKS = st.one_of(st.none(), st.integers(0, 5).map(float))
ANY = Pattern(pattern="x", examples=("x",))


@given(a=RANKS, b=RANKS, one=st.booleans(), firm=st.booleans())
def test_exchanging_two_rungs_turns_the_step(a, b, one, firm):
    scales = [StatedScale(name=n, title="t", levels=(), group="g") for n in ("x", "x" if one else "y")]
    old = Rung(scales[0], (Level(name="a", rank=a, pattern=ANY, firm=firm),), 0)
    new = Rung(scales[1], (Level(name="b", rank=b, pattern=ANY),), 0)
    assert step(new, old) == turned(step(old, new))
    if not one and not firm and a != b:
        assert step(old, new) is Verdict.UNCLEAR


# --- stated levels ------------------------------------------------------------------------------------------------

MOVES = {
    "dol": [
        ("Assessment: Minimal Advancement", "Assessment: Moderate Advancement", "progress"),
        ("Assessment: Significant Advancement", "Assessment: Moderate Advancement", "backsliding"),
        (
            "Assessment: Minimal Advancement",
            "Assessment: Minimal Advancement – Efforts Made but Regression in Law that Delayed Advancement",
            "backsliding",
        ),
        (
            "Assessment: Minimal Advancement – Efforts Made but Regression in Law that Delayed Advancement",
            "Assessment: Minimal Advancement – Efforts Made but Continued Law that Delayed Advancement",
            "no_change",
        ),
        (
            "Assessment: No Advancement – Efforts Made but Complicit in Forced Child Labor",
            "Assessment: No Advancement",
            "progress",
        ),
        ("Assessment: No Assessment", "Assessment: Minimal Advancement", "unclear"),
        (  # only the label changed
            "Assessment: No Advancement\n\nThe state was complicit in forced labor of pupils on its farms.",
            "Assessment: No Advancement – Efforts Made but Complicit in Forced Child Labor\n\nIt was complicit.",
            "unclear",
        ),
        ("Assessment: Moderate Advancement", "Assessment: Moderate Advancement", "no_change"),
    ],
    "tip": [
        ("Norvania was upgraded to Tier 2.", "Norvania remained on Tier 2.", "no_change"),
        ("Norvania remained on Tier 2.", "Norvania was downgraded from Tier 2 to Tier 2 Watch List.", "backsliding"),
        ("Norvania remained on Tier 3.", "Norvania was upgraded from Tier 3 to Tier 2 Watch List.", "progress"),
        ("Norvania remained on Tier 2.", "Norvania was upgraded to Tier 1.", "progress"),
        ("Norvania is a Special Case.", "Norvania remained on Tier 3.", "unclear"),
    ],
}


@pytest.mark.parametrize(("family", "move"), [(f, m) for f, moves in MOVES.items() for m in moves])
def test_the_reports_own_level(family, move):
    old, new, verdict = move
    judgement = judge(pair_of([], [], old, new, family))
    assert judgement.stated_verdict == verdict
    assert [f.verdict for f in judgement.findings if f.rule == "stated_level"] == [verdict]


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ("Norvania was granted a waiver from an otherwise required downgrade to Tier 3. It is on Tier 2.", "Tier 2"),
        ("Tier rating: Tier 2 - a waiver spared it an otherwise required downgrade to Tier 3.", "Tier 2"),
        ("Norvania remained on Tier 2, for a waiver spared it being placed on Tier 3.", "Tier 2"),
        ("Without its plan Norvania would have been downgraded to Tier 3; it is placed on Tier 2.", "Tier 2"),
        ("A third year on the Watch List would mean an automatic downgrade to Tier 3. It is on Tier 2.", "Tier 2"),
        ("Norvania is on Tier 2, and it will be downgraded to Tier 3 if it makes no efforts.", "Tier 2"),
        ("Norvania ranks on Tier 2; countries on Tier 3 may face sanctions.", "Tier 2"),
        ("Owing to these advances, Norvania moved to Tier 2 from the Watch List.", "Tier 2"),
        ("Norvania's ranking was lowered to the Watch List after two years on Tier 2.", "Tier 2 Watch List"),
        ("Norvania had been on Tier 3 since 2015 and is placed on the Watch List.", "Tier 2 Watch List"),
        ("Unlike last year, when it was on Tier 2, Norvania is on Tier 3.", "Tier 3"),
        ("Because few victims had been identified, Norvania fell to Tier 3.", "Tier 3"),
        ("Norvania is a Tier 3 country.", "Tier 3"),
    ],
)
def test_where_a_text_says_that_its_country_stands(told, level):
    assert judge(pair_of([], [], "The capital lies by the sea.", told)).new_stated == level


def test_a_tier_tells_how_it_came_about():
    old = "Norvania remained on Tier 2 Watch List."
    new = (
        "Norvania was granted a waiver from an otherwise required downgrade to Tier 3 and remained on "
        "Tier 2 Watch List for the third consecutive year."
    )
    (finding,) = judge(pair_of([], [], old, new)).findings
    assert finding.verdict is Verdict.NO_CHANGE
    assert "waiver" in finding.summary
    assert "third year in a row" in finding.summary
    judgement = judge(pair_of([], [], "The capital lies by the sea.", "Norvania was downgraded to Tier 3."))
    assert (judgement.old_stated, judgement.new_stated, judgement.stated_verdict) == (None, "Tier 3", "backsliding")


EFFORTS = [
    ("maintained minimal", "maintained minimal", "no_change"),
    ("maintained", "increased", "progress"),
    ("maintained", "significantly increased", "progress"),
    ("maintained", "decreased", "backsliding"),
    ("made negligible", "made no", "backsliding"),
    ("made limited", "made some", "progress"),
    ("slightly increased", "made negligible", "backsliding"),
]


@pytest.mark.parametrize("case", EFFORTS)
def test_the_words_for_efforts(case):
    before, after, verdict = case
    text = "PROTECTION\n\nThe government {} efforts to protect victims."
    comparison = diffing.compare(
        parse_narrative(text.format(before), country="Norvania", year=2019),
        parse_narrative(text.format(after), country="Norvania", year=2020),
    )
    assert [f.verdict for f in comparison.judgement.findings if f.rule == "effort_level"] == [verdict]


MARKS = [
    (
        "The government effectively enforced the law.",
        "The government did not effectively enforce the law.",
        "backsliding",
    ),
    ("The government did not enforce the law.", "The government generally enforced the law.", "progress"),
    (
        "Penalties were sufficient to deter violations.",
        "Penalties were commensurate with those for fraud.",
        "no_change",
    ),
    (
        "Penalties were sufficient to deter violations.",
        "Penalties were not commensurate with those for fraud.",
        "unclear",
    ),
    (
        "Penalties were sufficient to deter violations.",
        "Penalties were commensurate with those for fraud but were not enforced.",
        "backsliding",
    ),
    (
        "Penalties were sufficient to deter violations.",
        "Penalties were insufficient to deter violations.",
        "backsliding",
    ),
    (
        "Penalties were sufficient to deter violations but were not enforced.",
        "Penalties were commensurate with those for fraud but were seldom applied.",
        "no_change",
    ),
]


LABOR = "Section 7.\n\nWorker Rights\n\nb. Prohibition of Forced or Compulsory Labor\n\n"


def hrr(text):
    return f"{LABOR}{text} The capital lies by the sea."


@pytest.mark.parametrize("case", MARKS)
def test_marks_of_enforcement(case):
    old, new, verdict = case
    comparison = diffing.compare(
        parse_narrative(hrr(old), country="Norvania", year=2019, profile="hrr"),
        parse_narrative(hrr(new), country="Norvania", year=2020, profile="hrr"),
    )
    found = [f for f in comparison.judgement.findings if f.rule.startswith("enforcement_")]
    assert [f.verdict for f in found] == [verdict]
    assert (found[0].old_text, found[0].new_text) == (old, new)


# --- cues ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", CUES, ids=[row["why"] for row in CUES])
def test_cues(row):
    text = (
        "Section 7.\n\nWorker Rights\n\nb. Prohibition of Forced or Compulsory Labor\n\nThe capital lies by the sea. "
    )
    comparison = diffing.compare(
        parse_narrative(text + row["old"], country="Norvania", year=2019, profile="hrr"),
        parse_narrative(text + row["new"], country="Norvania", year=2020, profile="hrr"),
    )
    found = {(f.rule, f.verdict.value) for f in comparison.judgement.findings}
    assert found == ({(row["rule"], row["verdict"])} if row["rule"] else set())


@pytest.mark.parametrize("row", TRAFFICKING, ids=[f"{n} {row['why']}" for n, row in enumerate(TRAFFICKING)])
def test_one_change_in_a_trafficking_narrative(row):
    """What a careful reader says of one sentence that changed; where we are still wrong the row says how."""
    heading = "" if row["section"] == "OVERVIEW" else f"Norvania is a country.\n\n{row['section']}\n\n"
    old, new = (
        parse_narrative(
            f"{heading}{row[side]} The capital lies by the sea.", country="Norvania", year=year, profile="tip"
        )
        for side, year in (("old", 2019), ("new", 2020))
    )
    found = {f.verdict.value for f in diffing.compare(old, new).judgement.findings}
    said = found & {"progress", "backsliding", "mixed"}
    assert (said == ({row["verdict"]} if row["verdict"] else set())) is ("wrong" not in row), row.get("wrong")


def test_a_profile_with_the_cues_of_old_is_told_what_to_write_instead(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('extends = "tip"\nname = "mine"\n[[judging.cues]]\nname = "a"\npattern = "b"\npolarity = 1\n')
    with pytest.raises(ProfileError, match=r"key judging.cues: .* \[frames\]"):
        load_profile(path)


def test_one_lost_not_turns_a_sentence():
    denied, said = (
        "The law does not prohibit work at night by children.",
        "The law prohibits work at night by children.",
    )
    assert [(f.rule, f.verdict) for f in judge(pair_of([], [], denied, said, "hrr")).findings] == [
        ("negation", "progress")
    ]
    assert [(f.rule, f.verdict) for f in judge(pair_of([], [], said, denied, "hrr")).findings] == [
        ("negation", "backsliding")
    ]


# --- the profile's say --------------------------------------------------------------------------------------------


def with_rule(rule, **switch):
    profile = load_profile("tip")
    rules = dict(profile.judging.rules) | {rule: RuleSwitch(why="mine", **switch)}
    return msgspec.structs.replace(profile, judging=msgspec.structs.replace(profile.judging, rules=rules))


def test_a_reader_can_switch_a_rule_off_turn_it_round_or_weigh_it():
    def found(profile):
        pair = pair_of([figure(2018, 8)], [figure(2019, 0)], profile=profile)
        return [(f.rule, f.verdict, f.strength) for f in judge(pair).findings]

    switch = load_profile("tip").judging.rules["figure_fell"]
    weighed = round(switch.weight * switch.right / switch.read, 3)  # by how often it was right
    assert found(load_profile("tip")) == [("figure_fell", "backsliding", weighed)]
    assert found(with_rule("figure_fell", on=False)) == []
    assert found(with_rule("figure_fell", polarity=-1)) == [("figure_fell", "progress", 1.0)]
    assert found(with_rule("figure_fell", polarity=0, weight=0.2)) == [("figure_fell", "unclear", 0.2)]


def test_a_switch_of_no_rule_is_an_error(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('extends = "tip"\nname = "mine"\n[judging.rules.figure_fel]\non = false\n')
    with pytest.raises(ProfileError, match="figure_fel"):
        load_profile(path)
    path.write_text('extends = "tip"\nname = "mine"\n[judging.rules.figure_fell]\non = false\n')
    assert load_profile(path).judging.rules["figure_fell"].on is False


@pytest.mark.parametrize("family", FAMILIES)
def test_every_rule_has_a_switch_that_says_why(family):
    rules = load_profile(family).judging.rules
    assert all(switch.why for switch in rules.values())
    frames = {frame.rule for frame in load_profile(family).frames if frame.rule}
    assert frames <= set(rules)
    source = "".join(path.read_text() for path in (SAMPLE.parents[1] / "diffing" / "judging").glob("*.py"))
    assert [rule for rule in rules if f"Rule.{rule.name}" not in source and rule not in frames] == []


# --- the whole ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus():
    return diffing.Corpus(SAMPLE)


def test_turkmenistan_reads_as_a_summary(corpus):
    comparison = diffing.compare(corpus.narrative("turkmenistan", 2019), corpus.narrative("turkmenistan", 2020))
    said = {f.summary: f.verdict.value for f in comparison.judgement.findings}
    for summary, verdict in {
        "Victims identified fell from eight in 2018 to none in 2019.": "backsliding",
        "Prosecutions were no longer reported: one case in 2018, no number for 2019.": "backsliding",
        "Convictions were not reported for the second year in a row, 2019.": "no_change",
    }.items():
        assert said.get(summary) == verdict, summary
    for words, verdict in {
        "approved a national action plan": "progress",
        "established the committee": "progress",
        "still had not adopted": "no_change",
    }.items():
        assert verdict in {v for summary, v in said.items() if words in summary}, words
    assert comparison.verdict is Verdict.BACKSLIDING
    assert comparison.judgement.old_stated == comparison.judgement.new_stated == "Tier 3"


def test_every_finding_quotes_its_narratives(corpus):
    for country in corpus.countries(2020):
        if country not in corpus.countries(2019):
            continue
        old, new = corpus.narrative(country, 2019), corpus.narrative(country, 2020)
        rules = set(new.profile.judging.rules)
        for finding in diffing.compare(old, new).judgement.findings:
            for narrative, indices, text in (
                (old, finding.old_sentences, finding.old_text),
                (new, finding.new_sentences, finding.new_text),
            ):
                assert text == ("\n".join(narrative.sentences[i].text for i in indices) or None)
            assert finding.old_text or finding.new_text
            assert finding.rule in rules
            assert 0 <= finding.strength <= 1
            assert finding.summary.endswith((".", "”."))


def test_a_narrative_against_itself_is_no_change(corpus):
    for country in corpus.countries(2020):
        new = corpus.narrative(country, 2020)
        judgement = diffing.compare(replace(new, year=2019), new).judgement
        assert judgement.verdict is Verdict.NO_CHANGE, country
        moved = [f for f in judgement.findings if f.verdict in (Verdict.PROGRESS, Verdict.BACKSLIDING)]
        assert [f.summary for f in moved if not f.indicator] == [], country


NUMBERS = {0: "none", 1: "one", 9: "nine", 10: "10", 1415: "1,415", 27.3: "27.3"}


@pytest.mark.parametrize("value", NUMBERS)
def test_numbers_are_spelled_as_people_write_them(value):
    assert spelled(value) == NUMBERS[value]


def test_trends_keep_who_said_what(corpus):
    old, new, earlier = (corpus.narrative("sandoria", year) for year in (2019, 2020, 2018))
    trends = diffing.compare(old, new, earlier=[earlier]).judgement.trends
    told = {
        (t.year, t.report_year, t.value, t.restated)
        for t in trends
        if t.indicator == "victims_identified" and not t.breakdown
    }
    assert {(2018, 2019, 112.0, True), (2018, 2020, 120.0, True)} <= told
    assert {t.report_year for t in trends} == {2018, 2019, 2020}


SAID = st.builds(
    lambda value, qualifier, basis, report: Told(
        figure(2018, value, **({"qualifier": qualifier, "basis": basis} if value is not None else {})), report, False
    ),
    st.sampled_from([None, 0.0, 8.0, 100.0, 101.0]),
    st.sampled_from(list(Qualifier)),
    st.sampled_from(list(Basis)),
    st.sampled_from([2018, 2019, 2020]),
)


@given(st.lists(SAID, max_size=8), SAID)
def test_reports_contradict_a_number_where_others_tell_of_it_and_none_agrees(told, one):
    others = [other for other in told if other.report != one.report]
    assert Sayings(told).contradict(one) == (bool(others) and not any(agree(other, one) for other in others))
