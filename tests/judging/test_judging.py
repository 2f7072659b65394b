"""Judging: changes, stated levels, cues, recommendations, and the country's verdict."""

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diffing
from diffing.judging import judge
from diffing.judging.enforcement import Mark, mark_verdict
from diffing.judging.stated import move_of
from diffing.judging.strength import turned
from diffing.judging.told import Bounds, Told, agree, direction_of
from diffing.judging.trends import Sayings
from diffing.judging.verdicts import country_verdict
from diffing.judging.wording import number
from diffing.model import Actor, Basis, Direction, Figure, Finding, Link, Pair, Qualifier, Status, Verdict
from diffing.profile import Level, Pattern, ProfileError, RuleSwitch, StatedScale, load_profile
from diffing.reading import parse_narrative

SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
JUDGED = Path(__file__).parent
TRAFFICKING = [json.loads(line) for line in (JUDGED / "trafficking.jsonl").read_text().splitlines()]
CUES = [json.loads(line) for line in (JUDGED / "cues.jsonl").read_text().splitlines()]
FAMILIES = ("tip", "hrr", "dol")


def figure(year, value, indicator="victims_identified", **more):
    """A figure as extraction gives it; value None is an explicit absence."""
    fields = {
        "figure": 0,
        "sentence": 0,
        "indicator": indicator,
        "actor": Actor.GOVERNMENT,
        "year": year,
        "basis": Basis.STATED,
        "value": value,
        "low": value,
        "high": value,
        "qualifier": Qualifier.EXACT,
        "unit": "persons" if value is not None else None,
        "status": Status.REPORTED if value is not None else Status.NOT_REPORTED,
        "part_of": None,
        "breakdown": None,
        "start": 0,
        "end": 1,
        "text": "x",
        "section": "protection",
    }
    if more.get("qualifier") in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        fields["high"] = None
    if more.get("qualifier") in (Qualifier.UP_TO, Qualifier.FEWER_THAN):
        fields["low"] = None
    return Figure(**{**fields, **more})


def pair_of(old_figures, new_figures, old="Old sentence.", new="New sentence.", profile="tip", linked=True):
    """Two narratives of one sentence each, linked, with the figures given."""
    loaded = load_profile(profile) if isinstance(profile, str) else profile
    a = parse_narrative(old, country="Norvania", year=2019, profile=loaded)
    b = parse_narrative(new, country="Norvania", year=2020, profile=loaded)
    links = (Link((0,), (0,), 0.8),) if linked and a.sentences and b.sentences else ()
    edits = tuple(diffing.aligning.word_edits(old, new) for _ in links)
    return Pair(a, b, links, edits, (), tuple(old_figures), tuple(new_figures))


def changes(old_figures, new_figures, **more):
    return judge(pair_of(old_figures, new_figures, **more)).changes


# --- changes -----------------------------------------------------------------------------------------------------

ROWS = {
    "eight to none": ([figure(2018, 8)], [figure(2019, 0)], "down", "backsliding", "figure_fell"),
    "absent without a noun joins any unit": (
        [figure(2018, 1, "prosecutions", unit="cases")],
        [figure(2019, None, "prosecutions")],
        "no_longer_reported",
        "backsliding",
        "no_longer_reported",
    ),
    "reported again as zero": (
        [figure(2018, None)],
        [figure(2019, 0)],
        "newly_reported",
        "unclear",
        "newly_reported",
    ),
    "still not reported": ([figure(2018, None)], [figure(2019, None)], "same", "no_change", "still_not_reported"),
    "the same": ([figure(2018, 3)], [figure(2019, 3)], "same", "no_change", "figure_same"),
    "polarity zero": (
        [figure(2018, 10, "hotline_calls", unit="calls")],
        [figure(2019, 30, "hotline_calls", unit="calls")],
        "up",
        "unclear",
        "figure_rose",
    ),
    "units differ": (
        [figure(2018, 4, "prosecutions", unit="cases")],
        [figure(2019, 9, "prosecutions", unit="persons")],
        "not_comparable",
        "unclear",
        ("not_comparable", "cases against persons"),
    ),
    "at least against exact": (
        [figure(2018, 20, qualifier=Qualifier.AT_LEAST)],
        [figure(2019, 25)],
        "not_comparable",
        "unclear",
        ("not_comparable", "a lower bound against an exact number"),
    ),
    "at least, and below its floor": (
        [figure(2018, 20, qualifier=Qualifier.AT_LEAST)],
        [figure(2019, 15)],
        "down",
        "backsliding",
        "figure_fell",
    ),
    "both at least": (
        [figure(2018, 20, qualifier=Qualifier.AT_LEAST)],
        [figure(2019, 30, qualifier=Qualifier.AT_LEAST)],
        "up",
        "progress",
        "figure_rose",
    ),
    "ranges apart": (
        [figure(2018, None, low=150, high=180, qualifier=Qualifier.RANGE, status=Status.REPORTED, unit="persons")],
        [figure(2019, None, low=200, high=250, qualifier=Qualifier.RANGE, status=Status.REPORTED, unit="persons")],
        "up",
        "progress",
        "figure_rose",
    ),
    "a range across the other": (
        [figure(2018, None, low=150, high=180, qualifier=Qualifier.RANGE, status=Status.REPORTED, unit="persons")],
        [figure(2019, 170)],
        "not_comparable",
        "unclear",
        ("not_comparable", "a range against an exact number"),
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_two_figures_make_a_change(case):
    old, new, direction, verdict, rule = ROWS[case]
    rule, because = (rule, "") if isinstance(rule, str) else rule
    (change,) = changes(old, new)
    assert (change.direction, change.verdict, change.rule) == (direction, verdict, rule)
    assert change.reason.because == because
    assert (change.from_year, change.to_year, change.from_report, change.to_report) == (2018, 2019, 2019, 2020)
    assert (change.from_text, change.to_text) == ("Old sentence.", "New sentence.")


def test_one_row_from_each_known_year_to_the_next():
    new = [figure(2019, 0), figure(2018, 8), figure(2017, 1), figure(2016, 11)]
    rows = [(c.from_year, c.to_year, c.from_value, c.to_value) for c in changes([figure(2018, 8)], new)]
    assert rows == [(2016, 2017, 11, 1), (2017, 2018, 1, 8), (2018, 2019, 8, 0)]


def test_a_restated_year_has_a_row_of_its_own_and_the_old_figure_stays_the_base():
    restated, change = sorted(
        changes([figure(2018, 146)], [figure(2018, 144), figure(2019, 141)]), key=lambda c: not c.restated
    )
    assert (restated.from_year, restated.to_year, restated.from_value, restated.to_value) == (2018, 2018, 146, 144)
    assert (restated.verdict, restated.from_report, restated.to_report) == ("unclear", 2019, 2020)
    assert (change.from_value, change.to_value, change.from_report) == (146, 141, 2019)


def test_a_streak_neither_restates_nor_overrides_a_stated_figure():
    new = [figure(2019, None), figure(2018, None, basis=Basis.STREAK)]
    (change,) = changes([figure(2018, 4)], new)
    assert (change.from_value, change.direction, change.restated) == (4, "no_longer_reported", False)


def test_an_unnamed_part_is_never_taken_for_the_whole():
    whole, part = figure(2019, 13), figure(2019, 11, figure=1, part_of=0)
    (change,) = changes([figure(2018, 13)], [whole, part])
    assert (change.to_value, change.direction) == (13, "same")


def test_breakdowns_and_actors_are_series_of_their_own():
    old = [figure(2018, 8), figure(2018, 5, breakdown="sex=female", part_of=0, figure=1)]
    new = [figure(2019, 9), figure(2019, 2, breakdown="sex=female", part_of=0, figure=1)]
    assert {(c.breakdown, c.direction) for c in changes(old, new)} == {(None, "up"), ("sex=female", "down")}
    ngo = [figure(2019, 50, actor=Actor.NGO)]
    assert [c.direction for c in changes([figure(2018, 8)], ngo)] == []


def test_silence_is_neither_zero_nor_backsliding():
    (change,) = changes([figure(2018, 8)], [])
    assert (change.to_value, change.to_status, change.verdict) == (None, "not_reported", "unclear")
    assert change.rule == "not_mentioned"


def test_a_number_of_no_sure_year_is_there_and_not_compared():
    (change,) = changes([figure(2018, 8)], [figure(None, 40)])
    assert (change.to_value, change.direction, change.verdict) == (40, "not_comparable", "unclear")
    judged = diffing.compare(
        parse_narrative("PROTECTION\n\nPolice identified eight victims in 2018.", country="Norvania", year=2019),
        parse_narrative("PROTECTION\n\nFrom 2016 to 2019 police identified 40 victims.", country="Norvania", year=2020),
    ).judgement
    (finding,) = judged.findings
    assert finding.summary == "Victims identified: eight in 2018; the 2020 report says 40, but its year is not sure."
    assert (judged.verdict, judged.verdict_reason.name) == ("unclear", "nothing_clear")


def test_figures_without_year_or_indicator_make_no_row_of_a_series():
    assert changes([figure(None, 8)], [figure(2019, 9)]) == ()
    assert changes([figure(2018, 8, None)], [figure(2019, 9, None)]) == ()


def test_periods_are_not_compared_across_kinds():
    old, new = "In the first six months police found 8 victims.", "Police found 4 victims."
    (change,) = changes([figure(2018, 8)], [figure(2019, 4)], old=old, new=new)
    assert (change.direction, change.rule) == ("not_comparable", "not_comparable")
    assert "first six months" in change.reason.because
    (change,) = changes([figure(2018, 8)], [figure(2019, 4)], old=old, new=old.replace("8", "4"))
    assert change.direction == "down"


def test_a_percentage_needs_a_base():
    assert [c.percent for c in changes([figure(2018, 2)], [figure(2019, 4)])] == [None]
    assert [c.percent for c in changes([figure(2018, 20)], [figure(2019, 40)])] == [100.0]


# --- the property: exchanging the two ends ------------------------------------------------------------------------

amounts = st.one_of(st.none(), st.integers(0, 60).map(float))
qualifiers = st.sampled_from([q for q in Qualifier if q is not Qualifier.RANGE])
indicators = st.sampled_from(["victims_identified", "hotline_calls", "prosecutions"])


@given(a=amounts, b=amounts, p=qualifiers, q=qualifiers, indicator=indicators)
def test_exchanging_the_ends_of_a_change_turns_its_verdict(a, b, p, q, indicator):
    def told(year, value, qualifier):
        return figure(year, value, indicator, **({"qualifier": qualifier} if value is not None else {}))

    (there,) = changes([told(2018, a, p)], [told(2019, b, q)])
    (back,) = changes([told(2018, b, q)], [told(2019, a, p)])
    assert back.verdict == turned(there.verdict)
    assert (back.delta or 0) == -(there.delta or 0)


RANKS = st.one_of(st.none(), st.integers(0, 5).map(float))
ANY = Pattern(pattern="x", examples=("x",))


@given(a=RANKS, b=RANKS)
def test_exchanging_two_levels_turns_the_move(a, b):
    low, high = Level(name="a", rank=a, pattern=ANY), Level(name="b", rank=b, pattern=ANY)
    assert move_of(high, low) == turned(move_of(low, high))


@given(a=RANKS, b=RANKS, one=st.booleans(), firm=st.booleans())
def test_exchanging_two_marks_turns_the_step(a, b, one, firm):
    scales = [StatedScale(name=n, title="t", levels=(), group="g") for n in ("x", "x" if one else "y")]
    old = Mark(scales[0], Level(name="a", rank=a, pattern=ANY, firm=firm), 0)
    new = Mark(scales[1], Level(name="b", rank=b, pattern=ANY), 0)
    assert mark_verdict(new, old) == turned(mark_verdict(old, new))
    if not one and not firm and a != b:
        assert mark_verdict(old, new) is Verdict.UNCLEAR


@given(low=st.integers(0, 50), more=st.integers(0, 20), other=st.integers(0, 80))
def test_a_number_within_the_others_bounds_is_never_a_direction(low, more, other):
    direction = direction_of(Bounds(low, low + more), Bounds(other, other))
    if low <= other <= low + more:
        assert direction is (Direction.SAME if more == 0 else Direction.NOT_COMPARABLE)
    else:
        assert direction is (Direction.UP if other > low else Direction.DOWN)


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
    with pytest.raises(ProfileError, match=r"key judging.cues: .* \[\[frames\]\]"):
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


def finding(verdict, strength, indicator=None):
    return Finding(
        country="Norvania",
        old_year=2019,
        new_year=2020,
        section=None,
        indicator=indicator,
        from_value=None,
        to_value=None,
        verdict=verdict,
        rule="figure_rose",
        strength=strength,
        summary="",
        old_text=None,
        new_text="x",
    )


P, B, N, U = Verdict.PROGRESS, Verdict.BACKSLIDING, Verdict.NO_CHANGE, Verdict.UNCLEAR
COUNTRIES = {
    "nothing": ([], "no_change"),
    "all stands": ([(N, 1.0)], "no_change"),
    "only unclear": ([(U, 0.1)], "unclear"),
    "better": ([(P, 1.0), (B, 0.2)], "progress"),
    "worse": ([(P, 0.2), (B, 1.0)], "backsliding"),
    "both": ([(P, 1.0), (B, 0.9)], "mixed"),
    "a trifle": ([(P, 0.1)], "no_change"),
}


@pytest.mark.parametrize("case", COUNTRIES)
def test_the_countrys_verdict(case):
    found, verdict = COUNTRIES[case]
    assert country_verdict([finding(*f) for f in found])[0] == verdict


def test_many_small_things_weigh_no_more_than_one_act():
    small = [finding(P, 0.2) for _ in range(9)]
    assert country_verdict([*small, finding(B, 0.8), finding(B, 0.8)])[0] is Verdict.BACKSLIDING
    assert country_verdict(small)[0] is Verdict.PROGRESS


def test_twins_weigh_once():
    twins = [finding(P, 0.5, "a"), finding(P, 0.5, "b"), finding(B, 0.6)]
    assert country_verdict(twins)[0] is Verdict.MIXED
    assert country_verdict([*twins, finding(P, 0.6)], [("a", "b")])[1].startswith("progress weighs 1.1")


NUMBERS = {0: "none", 1: "one", 9: "nine", 10: "10", 1415: "1,415", 27.3: "27.3"}


@pytest.mark.parametrize("value", NUMBERS)
def test_numbers_are_spelled_as_people_write_them(value):
    assert number(value) == NUMBERS[value]
    assert number(475600, "USD") == "$475,600"
    assert number(24, "percent") == "24 percent"


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
