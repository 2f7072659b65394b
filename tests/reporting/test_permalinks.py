"""The id of a finding or a change stays, whatever comes before it."""

from __future__ import annotations

from dataclasses import replace

import display_pair as made
from page_elements import Page, country

from diffing.model import (
    Pair,
    SectionLink,
)
from diffing.reporting.anchors import change_anchor


def test_a_permalink_survives_sentences_that_come_before_it() -> None:
    before = Page(country()).ids
    old = [("overview", None, ["A new first sentence.", *made.OLD[0][2]]), *made.OLD[1:]]
    pair = made.pair()
    longer = replace(
        pair,
        old=made.narrative(2019, old),
        links=tuple(replace(link, old=tuple(i + 1 for i in link.old)) for link in pair.links),
    )
    nothing = replace(made.judgement(), findings=(), changes=(), recommendations=())
    after = Page(country(longer, nothing)).ids
    kept = {name for name in before if name.startswith("c-")}
    assert kept
    assert kept <= set(after)


def test_two_changes_with_the_same_words_have_two_ids() -> None:
    sections = [("overview", None, ["Twice.", "Twice."])]
    pair = Pair(made.narrative(2019, []), made.narrative(2020, sections), (), (), (SectionLink(None, 0, 0.0),), (), ())
    page = Page(country(pair, replace(made.judgement(), findings=(), changes=(), recommendations=())))
    anchor = change_anchor(None, "Twice.")
    assert [name for name in page.ids if name.startswith("c-")] == [anchor, f"{anchor}-2"]
