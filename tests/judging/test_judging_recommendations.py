"""Recommendations from year to year, and changes of the edition."""

import pytest

import diffing
from diffing.judging import edit_signatures, editorial_changes, judge
from diffing.judging.editorial import EDITORIAL_COUNTRIES
from diffing.model import EditorialChange
from diffing.pipeline import align
from diffing.reading import parse_narrative

# Each year's narrative: wishes, then what was done about protection.
TEXT = "RECOMMENDATIONS\n\n{}\n\nPROTECTION\n\nThe government maintained efforts to protect victims. {}"


def narrative(year, wishes, facts="The capital lies by the sea."):
    return parse_narrative(TEXT.format("\n".join(wishes), facts), country="Norvania", year=year)


REFERRAL = "Adopt the national procedures for the identification and referral of victims."
TRAIN = "Train labor inspectors to recognize forced labor on fishing boats."
FUND = "Fund the shelter in the northern province."

CASES = {
    "kept": (REFERRAL, REFERRAL, "The sea is blue.", ("equal", 2, None)),
    "reworded": (
        REFERRAL,
        "Adopt and use the national procedures for the identification and the referral of victims.",
        "The sea is blue.",
        ("edited", 2, None),
    ),
    "dropped in silence": (REFERRAL, None, "The sea is blue.", ("removed", 1, None)),
    "new": (None, REFERRAL, "The sea is blue.", ("added", 1, None)),
    "dropped and done": (
        REFERRAL,
        None,
        "In May the government adopted the national procedures for the identification and referral of victims.",
        ("removed", 1, "progress"),
    ),
    "kept and not done": (
        REFERRAL,
        REFERRAL,
        "The government failed to adopt the national procedures for the identification and referral of victims.",
        ("equal", 2, "no_change"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_became_of_a_recommendation(case):
    old, new, fact, (op, years, verdict) = CASES[case]
    rows = diffing.compare(
        narrative(2019, [TRAIN, *([old] if old else [])]), narrative(2020, [TRAIN, *([new] if new else [])], fact)
    ).judgement.recommendations
    (row,) = [r for r in rows if TRAIN not in (r.old_text, r.new_text)]
    assert (row.op, row.years_repeated, row.follow_up_verdict) == (op, years, verdict)
    assert (row.old_text, row.new_text) == (old, new)
    assert row.follow_up == (fact if verdict else None)


def test_a_dropped_recommendation_without_an_answer_is_no_progress():
    comparison = diffing.compare(narrative(2019, [TRAIN, FUND]), narrative(2020, [TRAIN]))
    (finding,) = [f for f in comparison.judgement.findings if f.rule.startswith("recommendation")]
    assert (finding.rule, finding.verdict) == ("recommendation_dropped", "unclear")


def test_years_are_counted_back_through_the_corpus():
    earlier = [narrative(2017, [FUND]), narrative(2018, [TRAIN, FUND])]
    rows = diffing.compare(
        narrative(2019, [TRAIN, FUND]), narrative(2020, [TRAIN, FUND]), earlier=earlier
    ).judgement.recommendations
    assert {r.new_text: r.years_repeated for r in rows} == {TRAIN: 3, FUND: 4}


def test_wishes_move_nothing():
    old, new = (
        [TRAIN],
        [TRAIN, "Increase funding for shelters and adopt a new law.", "Police should have arrested traffickers."],
    )
    findings = diffing.compare(narrative(2019, old), narrative(2020, new)).judgement.findings
    assert {f.verdict.value for f in findings if "recommend" in f.rule} == {"unclear"}
    assert not [f for f in findings if f.rule in ("law_act", "movement", "deed")]


# --- the edition --------------------------------------------------------------------------------------------------

LABOR = "Section 7.\n\nWorker Rights\n\nb. Prohibition of Forced or Compulsory Labor\n\n"
DETER = "{} made the law. Penalties were sufficient to deter violations. The capital lies by the sea."
SAME = "{} made the law. Penalties were commensurate with those for fraud. The capital lies by the sea."


def hrr_pair(country, old=DETER, new=SAME):
    return align(
        parse_narrative(LABOR + old.format(country), country=country, year=2019, profile="hrr"),
        parse_narrative(LABOR + new.format(country), country=country, year=2020, profile="hrr"),
    )


NAMES = ("Ardesh", "Drovia", "Karvelia", "Mirandel", "Norvania", "Quillmar", "Sandoria", "Tessandria")


def test_one_edit_in_many_countries_is_said_once():
    pairs = [hrr_pair(name) for name in NAMES]
    changes = editorial_changes([edit_signatures(pair) for pair in pairs], 2019, 2020)
    assert ("phrase", len(NAMES), 1.0) in {(c.kind, c.countries, c.share) for c in changes}
    assert any("sufficient to deter" in (c.old_text or "") and "commensurate" in (c.new_text or "") for c in changes)
    alone, told = judge(pairs[0]), judge(pairs[0], editorial=changes)
    assert [f.rule for f in alone.findings] == ["enforcement_yardstick"]
    assert told.findings == ()
    assert told.editorial == changes
    assert alone.editorial is None


def test_few_countries_make_no_edition():
    few = [edit_signatures(hrr_pair(name)) for name in NAMES[: EDITORIAL_COUNTRIES - 1]]
    assert editorial_changes(few, 2019, 2020) == ()
    apart = [edit_signatures(hrr_pair(name, new=DETER)) for name in NAMES]
    assert editorial_changes(apart, 2019, 2020) == ()


def test_a_label_gone_from_all_countries_is_the_template():
    text = "Assessment: Minimal Advancement\n\nEnforcement\n\nLabor Inspectors: {}\n\n{}"
    signatures = []
    for number, name in enumerate(NAMES):
        old = parse_narrative(text.format(number, "Labor Funding: 20"), country=name, year=2019, profile="dol")
        new = parse_narrative(text.format(number, ""), country=name, year=2020, profile="dol")
        signatures.append(edit_signatures(align(old, new)))
    (change,) = editorial_changes(signatures, 2019, 2020)
    assert change == EditorialChange(
        old_year=2019, new_year=2020, kind="label", old_text="Labor Funding", new_text=None, countries=8, share=1.0
    )


def test_signatures_are_small_and_hashable():
    signature = edit_signatures(hrr_pair("Norvania"))
    assert hash(signature) is not None
    assert all(len(edit) == 3 for edit in signature)
