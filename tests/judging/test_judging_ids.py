"""Ids made of content: one claim, one id, in every run; and what each column of the tables means."""

import pytest

import diffing
from diffing.columns import COLUMNS
from diffing.model import Rule, content_id, evidence_id


@pytest.fixture(scope="module")
def corpus(sample):
    return diffing.Corpus(sample)


def test_ids_are_of_words_and_not_of_marks_or_spaces():
    assert evidence_id("Norvania", "Police found eight.", None) == evidence_id("Norvania", " police found\neight", "")
    assert evidence_id("Norvania", "Police found eight.", None) != evidence_id("Norvania", None, "Police found eight.")
    assert evidence_id("Norvania", "Police found eight.", None) != evidence_id("Drovia", "Police found eight.", None)
    assert content_id(8, None) == content_id(8.0, None) != content_id(8, "None")


def test_every_change_and_finding_has_an_id_of_its_own_and_the_same_in_every_run(corpus):
    for slug in ("turkmenistan", "norvania"):
        if slug not in corpus.countries(2020):
            continue
        first, second = (diffing.compare(corpus.narrative(slug, 2019), corpus.narrative(slug, 2020)) for _ in range(2))
        for name, column in (("changes", "change"), ("findings", "finding")):
            ids = getattr(first, name)[column].to_list()
            assert ids == getattr(second, name)[column].to_list()
            assert len(ids) == len(set(ids)) > 0


def test_a_finding_on_numbers_names_its_change_and_its_sentences(corpus):
    comparison = diffing.compare(corpus.narrative("turkmenistan", 2019), corpus.narrative("turkmenistan", 2020))
    changes = {row["change"]: row for row in comparison.changes.to_dicts()}
    found = comparison.findings.to_dicts()
    assert [f for f in found if Rule(f["rule"]).on_numbers and f["change"] not in changes] == []
    told = next(f for f in found if f["indicator"] == "victims_identified")
    row = changes[told["change"]]
    assert (told["actor"], told["from_year"], told["to_year"], row["newest"]) == ("government", 2018, 2019, True)
    for narrative, side in ((comparison.old, "old"), (comparison.new, "new")):
        (index,), (start,) = told[f"{side}_sentences"], told[f"{side}_starts"]
        sentence = narrative.sentences[index]
        assert (sentence.start, sentence.text) == (start, told[f"{side}_text"])
    for narrative, side in ((comparison.old, "from"), (comparison.new, "to")):
        sentence = narrative.sentences[row[f"{side}_sentence"]]
        assert (sentence.start, sentence.text) == (row[f"{side}_start"], row[f"{side}_text"])
    assert (row["from_qualifier"], row["from_low"], row["from_high"]) == ("exact", None, None)


def test_every_column_says_what_it_means_once():
    for name, columns in COLUMNS.items():
        assert len({column.name for column in columns}) == len(columns), name
        assert [c.name for c in columns if not c.meaning or c.meaning[0].isupper() or c.meaning.endswith(".")] == []
