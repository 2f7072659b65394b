"""What the summary's own list of issues gained and lost: shown with both sentences, and never with a direction."""

import pytest

import diffing
from diffing.model import Rule, Verdict

# old summary, new summary, what the finding says; empty where there is none.
ROWS = [
    ("Significant human rights issues included: torture; and forced labor.",
     "Significant human rights issues included: torture; forced labor; and restrictions on the press.",
     "The summary's list of issues: now “restrictions on the press”."),
    ("Human rights issues included arbitrary detention, political prisoners, and forced labor.",
     "Human rights issues included arbitrary detention and forced labor.",
     "The summary's list of issues: no longer “political prisoners”."),
    ("Significant human rights issues included: censorship; and corruption.",
     "Significant human rights issues included: unlawful killings by soldiers; and censorship.",
     "The summary's list of issues: now “unlawful killings by soldiers”; no longer “corruption”."),
    # put in another order, or in narrower or wider words
    ("Significant human rights issues included: severe restrictions on religious freedom; torture; and corruption.",
     "Significant human rights issues included: torture; restrictions on religious freedom; and acts of corruption.",
     ""),
    ("The most significant human rights issues included: arbitrary detention; and trafficking in persons.",
     "Issues included: trafficking in persons; and arbitrary arrest or detention.", ""),
    # one entry cut in two
    ("Human rights issues included: curbs on assembly and the press; and torture.",
     "Human rights issues included: curbs on assembly; curbs on the press; and torture.", ""),
    ("There were no reports of significant human rights abuses.",
     "Significant human rights issues included: torture; and police violence against refugees.",
     "The summary lists two issues now: “torture”, “police violence against refugees”; in 2019 it named none."),
    ("Significant human rights issues included: torture; censorship; and forced labor.",
     "There were no credible reports of significant human rights abuses.",
     "The summary names no issue now; the 2019 report listed three."),
    # silence about a list is no list of none
    ("Significant human rights issues included: torture; and forced labor.", "Civilians controlled the army.", ""),
    ("There were no reports of significant human rights abuses.",
     "There were no reports of egregious human rights abuses.", ""),
    # the list of another section, and issues that are no list
    ("Significant human rights issues included: torture; and forced labor.",
     "Significant human rights issues included: torture; and forced labor. Officials spoke about issues.", ""),
]  # fmt: skip


PAGE = "EXECUTIVE SUMMARY\n\n{}\n\nSection 1. Respect for the Integrity of the Person\n\nPolice were busy.\n"


def findings(old, new, profile="hrr"):
    told = diffing.compare_texts(PAGE.format(old), PAGE.format(new), profile=profile, old_year=2019, new_year=2020)
    return [f for f in told.judgement.findings if f.rule is Rule.ISSUES_LISTED]


@pytest.mark.parametrize(("old", "new", "said"), ROWS)
def test_what_the_list_gained_and_lost(old, new, said):
    found = findings(old, new)
    assert [f.summary for f in found] == ([said] if said else [])
    assert all(f.verdict is Verdict.UNCLEAR and f.old_text and f.new_text for f in found)


def test_a_list_of_many_entries_is_quoted_in_part_and_counted():
    entries = ["torture", "censorship", "forced labor", "refoulement", "corruption", "unlawful killings"]
    (found,) = findings("Human rights issues included: child soldiers; and hazing.",
                        f"Human rights issues included: child soldiers; hazing; {'; '.join(entries)}.")  # fmt: skip
    assert found.summary.endswith("“torture”, “censorship”, “forced labor”, “refoulement” and two more.")


def test_a_family_without_such_a_list_has_none():
    lists = ["Human rights issues included: torture; and hazing.", "Human rights issues included: torture; and arson."]
    assert findings(*lists)
    assert not findings(*lists, profile="tip")
