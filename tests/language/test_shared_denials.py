"""One "not" over a list of verbs: those that it denies stand in brackets."""

import re

import pytest

from diffing.language.analysis import analyse
from diffing.profile import load_profile

ROWS = [
    "Police did not [identify] any victims, [assist] foreigners, or [train] officers.",
    "The state did not [adopt] a plan or [train] officers in 2019, and cut its budget.",
    "The government has not [adopted] a plan, [allocated] funds, or [trained] its officers.",
    "Officials have not [taken] action against traffickers, [protected] victims, or [conducted] any campaigns.",
    "It had not [amended] the law, [opened] shelters, or systematically [trained] officers by the end of the year.",
    "Victims were not [identified], [referred] to care, or [informed] of their rights.",
    "Police never [screened] migrants or [referred] them to shelters.",
    "Inspectors did not [visit] farms, [question] the workers, or [fine] owners.",
    "Victims were not [jailed] and [deported].",
    "Police did not [identify] victims, [refer] them to shelters, or [inform] them of their rights.",
    # what goes on by itself
    "The state did not [close] the shelter but opened another.",
    "The shelter did not [admit] men, and it closed in May.",
    "The shelter was not [funded] and closed in May.",
    "The court had not [heard] the case and closed the file.",
    "The government did not [fund] shelters and relied on charities.",
    "Prosecutors did not [open] cases against officials and released three of them.",
    # one denial on another
    "The government failed to [ensure] that victims were not jailed and charged.",
    "The government ensured that victims were not [jailed].",
]


@pytest.mark.parametrize("row", ROWS)
def test_what_is_denied(row):
    text = row.replace("[", "").replace("]", "")
    denied = [lemma for lemma, affirmed in analyse(text, load_profile("tip")).verbs if not affirmed]
    told = [form.lower() for form in re.findall(r"\[(\w+)", row)]
    assert len(denied) == len(told), denied
    assert all(form[:4] == lemma[:4] for form, lemma in zip(told, denied, strict=True)), denied
