"""What is less sure claims no direction, and says why: each doubt with a pair that has it and one that has not."""

import pytest

import diffing
from diffing.judging.doubts import fits
from diffing.language.analysis import analyse
from diffing.model import Doubt, Rule, Verdict
from diffing.profile import load_profile

ROWS = [
    ("few", "One trafficker was convicted.", "Two traffickers were convicted."),
    ("disputed", "Police freed 40 workers from forced labor.",
     "Police freed 50 workers from forced labor, a decrease from the previous year, and arrested three employers."),
    ("disputed", "The labor ministry conducted 500 inspections.",
     "The labor ministry conducted 400 inspections, more than in 2018."),
    ("disputed", "The agency registered 187 workplace fatalities during the year.",
     "The agency registered 204 workplace fatalities during the year, which was comparable with previous years."),
    ("hardly", "The ministry conducted 500 labor inspections.", "The ministry conducted 501 labor inspections."),
    ("few", "Prosecutors opened eight investigations of child pornography.",
     "Prosecutors opened five investigations of child pornography."),
    ("unlike", "On May 3, a blast killed 26 civilians.", "On July 9, a blast killed 36 civilians."),
    ("unlike", "Police were busy.", "Police shot and killed 28 persons through October 9, compared with 46 in 2019."),
    ("case", "The capital lies by the sea.", "In May the government closed a shelter in the port."),
    ("others", "The capital lies by the sea.", "In May the company reduced salaries."),
    ("alike", "Prisoners’ families reported that wardens at times denied or delayed visits.",
     "Prisoners’ families reported that wardens at times reduced, denied or delayed visitation rights."),
    ("unlike", "Police received 47 reports of child abuse.", "A police vice squad received 18 reports of child abuse."),
    ("unlike", "The mission reported that 71 former fighters had been killed since the signing of the accord.",
     "The mission reported that 147 former fighters had been killed since the signing of the accord."),
    ("unlike", "In the third quarter women were 37 percent of the workforce.",
     "In the second quarter women were 40 percent of the workforce."),
    ("unlike", "The 2016 survey found that women earned 9 percent less than men.",
     "The 2016 survey found that women earned 12 percent less than men."),
    ("unlike", "In the largest breakout guards shot and killed 17 of those who fled.",
     "In the largest breakout guards shot and killed 30 of those who fled."),
    ("reworded", "Few shelters offered access to laundry.", "Some shelters did not offer access to laundry."),
    ("unlike", "Penalties were generally enforced.", "The government did not effectively enforce the law."),
    ("aside", "The capital lies by the sea.", "Harassment of reporters often intensified after stories."),
    ("worth", "The capital lies by the sea.", "In May the president issued a decree."),
    ("hardly", "The government did not always enforce the law.", "The government did not effectively enforce the law."),
    ("aside", "The capital lies by the sea.", "Child labor increased in recent years."),
    ("aside", "The capital lies by the sea.", "Some experts attributed the decline in child labor to the harvest."),
    ("alike", "Human smuggling appeared to increase after the roads were closed.",
     "Human smuggling increased near the border."),
    ("alike", "A new act affirmed the right of clans to decide on schools and families of their own.",
     "In May an act came into effect that affirms the right of clans to decide on schools and families of their own."),
    ("others", "The capital lies by the sea.", "The station stopped broadcasting in May."),
    ("case", "Officials visited many unsafe prisons.", "On May 3, officials visited some unsafe prisons."),
    ("worth", "The ombudsman received 30 referrals.", "The ombudsman received 14 referrals."),
    ("hardly", "The government effectively enforced the law.", "The government generally enforced the law."),
    ("unlike", "Through May the ministry recorded 9,454 accidents. There were 60 fatalities.",
     "Through July the ministry recorded 9,876 accidents. There were 82 fatalities."),
    ("unlike", "A collapse at the mine resulted in 29 injuries to workers.",
     "A collapse at the mine resulted in 12 injuries to workers."),
    ("others", "The NGO Open Door assisted 145 victims of forced labor.",
     "The NGO Open Door assisted 187 victims of forced labor."),
    ("hardly", "The inspectors issued 771 fines.", "The inspectors issued 738 fines."),
    ("reworded", "The law sets the minimum age for employment at 15 years.",
     "The law sets the minimum age for employment at 14 years."),
    ("alike", "The minimum wage was 130,240 som ($40) per month. From October on 149,775 som was to be paid.",
     "The minimum wage was 149,775 som ($19) per month."),
    ("reworded", "The government generally enforced the law but not always effectively.",
     "The government generally enforced the law."),
    ("aside", "The capital lies by the sea.", "The ministry attributed an increase in accidents to better reporting."),
    ("aside", "The capital lies by the sea.", "Inspections decreased in spring but returned to normal by October."),
    ("case", "The capital lies by the sea.", "In November the High Court reduced the fine."),
    ("case", "The capital lies by the sea.",
     "In May the government established an investigative commission on the torture of detainees."),
    ("reworded", "The law provides for the right to form unions.",
     "The law does not provide for the right to form unions independent of the Federation, an arm of the party."),
    ("case", "The capital lies by the sea.", "In May prosecutors charged two wardens with beating an inmate."),
    ("case", "The capital lies by the sea.", "In May Roque Aldana received a five-year suspended sentence for rape."),
    ("aside", "The capital lies by the sea.", "In May the king imposed a curfew, which was lifted after two days."),
    ("worth", "The capital lies by the sea.", "In May an act against falsehoods on the internet took effect."),
    ("others", "The capital lies by the sea.", "In May the Philippines imposed a ban on travel to the camps."),
    ("worth", "Courts failed to convict in 90 percent of cases.", "Courts failed to convict in 50 percent of cases."),
    ("worth", "Officials investigated 212 deaths in prisons.", "Officials investigated 280 deaths in prisons."),
    ("worth", "Of these, authorities prosecuted 43.", "Of these, authorities prosecuted 90."),
    ("unlike", "According to Safe Mines, 375 miners died.", "According to the Digger Union, 616 miners died."),
    ("hardly", "Pretrial detainees were approximately 18 percent of the prison population.",
     "Pretrial detainees were approximately 17 percent of the prison population."),
]  # fmt: skip
SURE = [
    (
        Rule.FIGURE_ROSE,
        "The ministry conducted 500 labor inspections.",
        "The ministry conducted 700 labor inspections.",
    ),
    (Rule.LAW_UNDONE, "The capital lies by the sea.", "In May the government closed two shelters."),
    (Rule.LAW_ACT, "The capital lies by the sea.", "In May parliament passed a law on domestic violence."),
    (
        Rule.LAW_ACT,
        "The capital lies by the sea.",
        "In May parliament passed a law that exempts small firms from labor protections.",
    ),
    (Rule.QUANTIFIER, "These rights were violated.", "These rights were routinely violated."),
    (Rule.DEED, "The capital lies by the sea.", "In May the agency reopened two radio stations."),
    (Rule.MOVEMENT, "The capital lies by the sea.", "Harassment of reporters increased during the year."),
    (Rule.ENFORCEMENT_LEVEL, "The government enforced the law effectively.", "The government did not enforce the law."),
]

JUDGING = load_profile("hrr").judging


def findings(old, new, profile="hrr"):
    text = "Section 7.\n\nWorker Rights\n\ne. Acceptable Conditions of Work\n\n"
    compared = diffing.compare_texts(text + old, text + new, profile=profile, old_year=2019, new_year=2020)
    return compared.judgement.findings


@pytest.mark.parametrize(("doubt", "old", "new"), ROWS, ids=[f"{row[0]}: {row[2][:40]}" for row in ROWS])
def test_a_doubt_is_said_and_takes_direction_and_weight(doubt, old, new):
    doubted = [finding for finding in findings(old, new) if finding.reason.doubt is Doubt(doubt)]
    assert [(finding.verdict, finding.strength) for finding in doubted] == [(Verdict.UNCLEAR, 0.0)]
    assert f"unsure: {Doubt(doubt).words}" in str(doubted[0].reason)


@pytest.mark.parametrize(("rule", "old", "new"), SURE, ids=[row[0] for row in SURE])
def test_what_is_sure_keeps_its_direction(rule, old, new):
    said = [finding for finding in findings(old, new) if finding.rule is rule]
    assert [finding.verdict in (Verdict.PROGRESS, Verdict.BACKSLIDING) for finding in said] == [True]
    assert said[0].reason.doubt is None


@pytest.mark.parametrize("row", JUDGING.no_sure_worth.values(), ids=JUDGING.no_sure_worth)
def test_each_kind_of_no_sure_worth_holds_its_examples_and_not_its_counter_examples(row):
    def told(text):
        return any(fits(row, event, text, JUDGING.words) for event in analyse(text, load_profile("hrr")).events)

    assert row.examples
    assert [text for text in row.examples if not told(text)] == [text for text in row.not_examples if told(text)] == []


def test_a_family_heeds_the_doubts_that_its_profile_names():
    assert load_profile("tip").judging.doubts == (Doubt.DISPUTED,)
    assert load_profile("dol").judging.doubts == (Doubt.DISPUTED, Doubt.HARDLY, Doubt.UNLIKE)
    assert set(load_profile("hrr").judging.doubts) == set(Doubt)
    told = findings("The capital lies by the sea.", "In May the government closed a shelter in the port.", "tip")
    assert {finding.verdict for finding in told} == {Verdict.BACKSLIDING}
