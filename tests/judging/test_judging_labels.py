"""Every changed line `Label: value` of the child labor reports is found, with the right verdict."""

import re

import pytest

import diffing
from diffing.judging.doubts import HARDLY, NOTED
from diffing.profile import load_profile

LABEL = re.compile(r"^((?:Labor|Criminal) [A-Za-z ]+): (.*)$", re.M)
NUMBER = re.compile(r"[^\d]*(\d[\d,]*(?:\.\d+)?)\s*(million|billion)?")
TIMES = {None: 1, "million": 1e6, "billion": 1e9}


def number(value):
    match = NUMBER.match(value)
    return float(match[1].replace(",", "")) * TIMES[match[2]] if match else None


def verdict(old, new, polarity):
    """What a reader says of a line: a number that is there, gone, or new; its direction by the indicator's polarity."""
    if old == new:
        return "no_change"
    if new is None:
        return "backsliding" if old else "unclear"  # that there are none may be so in both years
    if old is None:
        return "progress" if new else "unclear"
    return "unclear" if not polarity else "progress" if (new > old) == (polarity > 0) else "backsliding"


FOUND_BY = {
    i.label: [base.label for base in load_profile("dol").indicators if base.name in i.found_by]
    for i in load_profile("dol").indicators
}


def nothing_to_find(label, values):
    """Whether a line has no number because no work was done that finds any."""
    missing = number(values[label]) is None
    return missing and any(number(values.get(base, "")) == 0 for base in FOUND_BY.get(label, ()))


def shows_nothing(old, new):
    """Whether a number hardly moved, or by what a note that only one of the two has may tell."""
    a, b = number(old), number(new)
    noted = {"†", "‡"} & set(old) != {"†", "‡"} & set(new)
    return None not in (a, b) and abs(a - b) < (NOTED if noted else HARDLY) * max(a, b)


@pytest.mark.real
@pytest.mark.parametrize(("before", "after"), [(2018, 2019), (2019, 2020)])
def test_every_changed_label_has_the_right_verdict(shared, before, after):
    polarity = {i.label: i.polarity for i in load_profile("dol").indicators if i.label}
    wrong, lines = [], 0
    for path in sorted((shared / "real" / "dol-child-labor" / str(before)).glob("*.txt"))[::5]:
        later = path.parents[1] / str(after) / path.name
        if not later.exists():
            continue
        old, new = (
            diffing.read_narrative(p, country=path.stem, year=y, profile="dol")
            for p, y in ((path, before), (later, after))
        )
        said = {}
        for finding in diffing.compare(old, new).judgement.findings:
            match = LABEL.match(finding.new_text or "")
            if match and finding.rule != "restated" and not finding.rule.startswith("recommendation"):
                said.setdefault(match[1], []).append(finding.verdict.value)
        olds, news = (dict(LABEL.findall(narrative.text)) for narrative in (old, new))
        for label in olds.keys() & news.keys():
            if olds[label].split() == news[label].split():
                continue
            lines += 1
            want = verdict(number(olds[label]), number(news[label]), polarity.get(label))
            if nothing_to_find(label, olds):
                continue  # what is found once the work is done says nothing of the year before
            if nothing_to_find(label, news):
                want = "no_change"
            if shows_nothing(olds[label], news[label]) and want in ("progress", "backsliding"):
                want = "unclear"
            if said.get(label, ["no_change"]) != [want]:
                wrong.append((path.stem, label, olds[label], news[label], want, said.get(label)))
    assert lines > 100
    assert wrong == []
