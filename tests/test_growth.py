"""What is done for each sentence or number of a text is not done for all others too: counted, never timed."""

from cProfile import Profile

import pytest
from hostile import HOSTILE, different

from diffing import pipeline
from diffing.extracting.absent.absences import Absences
from diffing.judging import figures_without_indicator, several_numbers, standing_turned
from diffing.judging.evidence import Evidence
from diffing.language.analysis import analyse
from diffing.language.meaning import Meaning
from diffing.language.worths import Worths
from diffing.model import Finding
from diffing.profile import load_profile
from diffing.reporting import country_view


def counted(monkeypatch, module, name):
    """A list that gets an entry for each call."""
    calls, real = [], getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given, **named: (calls.append(name), real(*given, **named))[1])
    return calls


def pair(name, size=20_000):
    """Two years of so many characters of a text of `HOSTILE`, compared."""
    text = HOSTILE[name](size)
    return pipeline.compare(
        *(
            pipeline.parse_narrative(said, country="Norvania", year=year, profile="tip")
            for said, year in ((text, 2019), (different(text), 2020))
        )
    )


def test_a_matter_is_sought_among_what_shares_its_words(monkeypatch):
    looks = counted(monkeypatch, standing_turned, "standings")
    compared = pair("counted paragraphs", 60_000)
    assert len(looks) < len(compared.new.sentences)  # all that changed with all would be 7,488 for 1,414


def test_a_stretch_that_was_replaced_is_not_held_against_each_of_its_sentences(monkeypatch):
    looks = counted(monkeypatch, standing_turned, "_counted")
    old, new = (
        pipeline.parse_narrative("\n\n".join([said] * 600), country="Norvania", year=year, profile="tip")
        for said, year in (
            ("In 2018, police identified 12 victims.", 2019),
            ("In 2019, police identified 14 victims.", 2020),
        )
    )
    pipeline.compare(old, new)
    assert len(looks) <= standing_turned.MOST_IN_PLACE * len(new.sentences)  # each with each were 229,747


def test_what_the_old_text_counts_is_gathered_for_no_sentence_alone(monkeypatch):
    """Each new sentence once gathered all that the old text counts."""

    class Asked(dict):
        times = 0

        def values(self):
            Asked.times += 1
            return super().values()

    monkeypatch.setattr(Evidence, "old_counts", property(lambda self: Asked(self.__dict__.setdefault("_asked", {}))))
    pair("counted sentences")
    assert Asked.times < 10


def test_the_years_of_a_series_are_gathered_once(monkeypatch):
    drawn = counted(monkeypatch, country_view, "dots")
    compared = pair("counted sentences")
    compared.to_html()
    trends = compared.judgement.trends
    assert len(drawn) <= len({(one.indicator, one.actor, one.body, one.unit, one.breakdown) for one in trends})


def test_a_page_compares_no_finding_with_another(monkeypatch):
    compared = pair("counted recommendations")
    told = counted(monkeypatch, Finding, "__eq__")
    assert compared.to_html()
    assert not told


def test_the_sentences_of_a_long_text_are_analysed_once():
    tip = load_profile("tip")
    texts = [f"Police freed {n} men." for n in range(20_000)]
    first = [analyse(text, tip) for text in texts]
    assert all(analyse(text, tip) is one for text, one in zip(texts, first, strict=True))


MOST_CALLS = 20_000_000  # for two texts of ten kilobytes; the worst of some 4,000 phrases takes 11 million
REPEATED = ("and 3 women, ", "12 code Continue ", "the government did not ", "highest three ", "police 8,000\n")


@pytest.mark.parametrize("phrase", REPEATED)
def test_a_short_phrase_again_and_again_is_read_once(phrase):
    """All that is asked of one number of a sentence is asked of the others a bounded number of times."""
    text = (phrase * 10_000)[:10_000]
    watched = Profile()
    watched.runcall(pipeline.compare_texts, text, different(text), profile="hrr")
    assert sum(entry.callcount for entry in watched.getstats()) < MOST_CALLS


def test_words_beside_a_number_of_a_series_are_read_once(monkeypatch):
    looks = counted(monkeypatch, several_numbers, "_words_beside")
    pair("numbers of one series", 2_000)
    assert len(looks) <= 2 * 2_000 / len("8 victims, ")  # all with all would be 20,000


def test_what_them_are_is_looked_for_once_in_a_clause():
    """Each "them" of a list once went through all nouns of its sentence: 22 s for ten kilobytes."""

    class Asked(list):
        times = 0

        def __iter__(self):
            Asked.times += 1
            return super().__iter__()

    said = analyse("Police freed victims; they are — " + "them — " * 1_000, load_profile("tip"))
    worths = Worths(said, Meaning(said))
    worths.phrases = Asked(said.phrases)
    asked = [worths.of(noun, clause) for clause in said.clauses for noun in clause.objects]
    assert len(asked) > 500
    assert Asked.times <= 4 * len(said.clauses)


def test_numbers_that_count_nothing_are_not_each_held_against_each(monkeypatch):
    looks = counted(monkeypatch, figures_without_indicator._Count, "like")
    pair("numbers alone", 10_000)
    assert len(looks) < 10_000  # all with all were 889,111


def test_the_verb_behind_a_denial_is_not_sought_through_the_sentence_each_time(monkeypatch):
    looks = counted(monkeypatch, Absences, "at")
    pair("neither and nor", 10_000)
    assert len(looks) < 50_000  # 978,486 for 1,350 denials
