"""What is done for each sentence or number of a text is not done for all others too: counted, never timed."""

import pytest

from diffing import pipeline
from diffing.judging import turned
from diffing.language.analysis import analyse
from diffing.model import Finding
from diffing.profile import load_profile
from diffing.reporting import country_view


def counted(monkeypatch, module, name):
    """A list that gets an entry for each call."""
    calls, real = [], getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given, **named: (calls.append(name), real(*given, **named))[1])
    return calls


def pair(paragraph, count=200, between="\n\n", head=""):
    texts = (head + between.join(paragraph.format(n=n) for n in range(start, start + count)) for start in (0, 1_000))
    return pipeline.compare(
        *(
            pipeline.parse_narrative(t, country="X", year=y, profile="tip")
            for t, y in zip(texts, (2019, 2020), strict=True)
        )
    )


def test_a_matter_is_sought_among_what_shares_its_words(monkeypatch):
    looks = counted(monkeypatch, turned, "_against")
    pair("Police identified {n} victims in 2018.")
    assert len(looks) < 1_000  # of 200 paragraphs each; each with each are 40,000


def test_the_years_of_a_series_are_gathered_once(monkeypatch):
    drawn = counted(monkeypatch, country_view, "dots")
    compared = pair("Police identified {n} victims in 2018.", between=" ")
    compared.to_html()
    assert len(drawn) <= len({(p.indicator, p.actor, p.body, p.unit, p.breakdown) for p in compared.judgement.trends})


def test_a_page_compares_no_finding_with_another(monkeypatch):
    compared = pair("Train {n} police", between="; ", head="RECOMMENDATIONS FOR X:\n\n")

    def never(*_):
        pytest.fail("two findings are compared")

    monkeypatch.setattr(Finding, "__eq__", never)
    assert "police" in compared.to_html()


def test_the_sentences_of_a_long_text_are_analysed_once():
    tip = load_profile("tip")
    texts = [f"Police freed {n} men." for n in range(20_000)]
    first = [analyse(text, tip) for text in texts]
    assert all(analyse(text, tip) is one for text, one in zip(texts, first, strict=True))
