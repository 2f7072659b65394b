"""Every sentence is in one row of a page, whatever the pair's shape, and any text makes a sound page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import display_pair as made
from hypothesis import given, settings
from hypothesis import strategies as st
from page_elements import Page, country

from diffing import reporting
from diffing.model import (
    Link,
    Narrative,
    Op,
    Pair,
    SectionLink,
    WordEdit,
)
from diffing.reporting.layout import blocks


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Pairs of any shape: sections of any length, any sentences linked with any others."""
    sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    new_sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))

    def text(year: int, sizes: list[int]) -> Narrative:
        heads = draw(st.lists(st.sampled_from([None, "A", "B"]), min_size=len(sizes), max_size=len(sizes)))
        sections = [
            (f"k{n}", head, [f"s{n}.{i}" for i in range(size)])
            for n, (size, head) in enumerate(zip(sizes, heads, strict=True))
        ]
        return made.narrative(year, sections)

    old, new = text(2019, sizes), text(2020, new_sizes)
    left = draw(st.permutations(range(len(old.sentences))))
    right = draw(st.permutations(range(len(new.sentences))))
    links = []
    while left and right and draw(st.booleans()):
        many = draw(st.integers(1, 2))
        side = draw(st.booleans())
        olds, left = left[: many if side else 1], left[many if side else 1 :]
        news, right = right[: 1 if side else many], right[1 if side else many :]
        links.append(Link(tuple(sorted(olds)), tuple(sorted(news)), 0.5, draw(st.booleans())))
    links.sort(key=lambda link: link.new)
    both = min(len(sizes), len(new_sizes))
    sections = [SectionLink(n, n, 0.5) for n in range(both)]
    sections += [SectionLink(n, None, 0.0) for n in range(both, len(sizes))]
    sections += [SectionLink(None, n, 0.0) for n in range(both, len(new_sizes))]
    edits = tuple(
        made.words(" ".join(old.sentences[i].text for i in link.old), " ".join(new.sentences[j].text for j in link.new))
        for link in links
    )
    return Pair(old, new, tuple(links), edits, tuple(sections), (), ())


@given(pairs())
@settings(deadline=None, max_examples=50)
def test_every_sentence_of_both_sides_is_in_exactly_one_row(pair: Pair) -> None:
    rows = [item for block in blocks(pair) for item in block.items if item.kind == "row"]
    assert sorted(i for row in rows for i in row.old) == list(range(len(pair.old.sentences)))
    assert sorted(j for row in rows for j in row.new) == list(range(len(pair.new.sentences)))
    headings = [item for block in blocks(pair) for item in block.items if item.kind == "heading"]
    assert sum(item.heading is not None for item in headings) == sum(len(s.headings) for s in pair.new.sections)


@given(pairs())
@settings(deadline=None, max_examples=20)
def test_any_shape_of_pair_makes_a_sound_page(pair: Pair) -> None:
    page = Page(country(pair, replace(made.judgement(), findings=(), changes=(), recommendations=())))
    assert page.crossed == []
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    hrefs = [attrs.get("href") or "" for attrs in page.all("a")]
    assert [href for href in hrefs if href.startswith("#") and href[1:] not in page.ids] == []


ODD = st.text(st.characters(), min_size=1, max_size=40).filter(str.strip) | st.sampled_from(
    [
        "</script>",
        "<!--",
        "]]>",
        "&amp;",
        "{{ view }}",
        "{% raw %}",
        "\x1b[2J",
        "\u202eabc",
        "\ud800",
        "a\r\nb",
        "'\"><b>",
    ]
)


@given(st.lists(ODD, min_size=1, max_size=4), st.lists(ODD, min_size=1, max_size=4), ODD)
@settings(deadline=None, max_examples=30)
def test_any_text_makes_a_sound_page_fragment_and_terminal_text(old: list[str], new: list[str], name: str) -> None:
    link = Link((0,), (0,), 0.5)
    pair = Pair(
        made.narrative(2019, [("overview", name, old)], name),
        made.narrative(2020, [("overview", name, new)], name),
        (link,),
        ((WordEdit(Op.REMOVED, old[0]), WordEdit(Op.ADDED, new[0])),),
        (SectionLink(0, 0, 0.5),),
        (),
        (),
    )
    judgement = replace(made.judgement(), findings=(made.finding(summary=name),), changes=(), recommendations=())
    page = Page(country(pair, judgement))
    assert page.crossed == page.open == []
    assert [attrs.get("type") for attrs in page.all("script")] == [None, "application/json"]
    assert len(page.all("style")) == 1
    assert Page(reporting.comparison_html(pair, judgement)).crossed == []
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", reporting.text_diff(pair, judgement, False)
    )


def test_a_section_that_moved_whole_leaves_no_stubs() -> None:
    sections = [("a", None, ["One.", "Two."]), ("b", None, ["Three.", "Four."])]
    old, new = made.narrative(2019, sections), made.narrative(2020, sections[::-1])
    links = (Link((2,), (0,), 1.0), Link((3,), (1,), 1.0), Link((0,), (2,), 1.0, True), Link((1,), (3,), 1.0, True))
    pair = Pair(old, new, links, ((),) * 4, (SectionLink(1, 0, 1.0), SectionLink(0, 1, 1.0)), (), ())
    kinds = [(item.kind, item.in_place) for block in blocks(pair) for item in block.items]
    assert kinds == [("row", True)] * 4
