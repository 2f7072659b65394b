"""Text that is not text, and text that is: struck and hidden words, footnotes, tables of figures on pages."""

from __future__ import annotations

import pytest
from hostile_files import little_memory

from diffing.model import DiffingError
from diffing.model.profiles import HtmlRules
from diffing.profile import load_profile
from diffing.reading import html
from diffing.reading.documents import Document, read_document
from diffing.reading.grids import grid_lines
from diffing.reading.narratives import to_narrative


def page(body: str) -> Document:
    whole = f"<html><head><title>Norvania</title></head><body><nav hidden>Menu</nav><main>{body}</main></body></html>"
    return read_document(whole.encode(), "html", profile=load_profile("tip"), source="page.html")


TEXTS = {  # what stands on the page -> what is read, and what is said
    "struck and inserted": (
        "<p>Police identified <del>12</del><ins>30</ins> victims.</p>",
        "Police identified 30 victims.",
        ('struck out on the page and left out: "12"', 'inserted on the page and read as standing: "30"'),
    ),
    "struck by a style": (
        "<p>It fined <span style='text-decoration: line-through'>two</span> three firms.</p>",
        "It fined three firms.",
        ('struck out on the page and left out: "two"',),
    ),
    "struck as before HTML 4": ("<p>It fined <strike>two</strike> <s>no</s> three.</p>", "It fined three.", None),
    "hidden": (
        "<p>It fined three firms.<span style='display:none'> It fined none.</span></p>",
        "It fined three firms.",
        ("14 characters are hidden on the page and left out",),
    ),
    "hidden by an attribute": ("<p hidden>Draft.</p><p>It fined three firms.</p>", "It fined three firms.", None),
    "a mark behind a number": ("<p>Courts freed 12<sup>3</sup> of them.</p>", "Courts freed 12 of them.", None),
    "behind a full stop": ("<p>It fell in 2019.<sup>4</sup> Nobody knew.</p>", "It fell in 2019. Nobody knew.", None),
    "two of them": ("<p>It fell<sup>4, 5</sup> again.</p>", "It fell again.", None),
    "a star": ("<p>It fell<sup>*</sup> again.</p>", "It fell again.", None),
    "in brackets, a link": ("<p>It fell<a href='#_ftn1'>[1]</a> again.</p>", "It fell again.", None),
    "a bare number, a link": ("<p>It fell to 12<a href='#fn2'>2</a> again.</p>", "It fell to 12 again.", None),
    "a square": ("<p>It burned 12 km<sup>2</sup>.</p>", "It burned 12 km2.", ()),
    "an ordinal": ("<p>On the 12<sup>th</sup> day it ended.</p>", "On the 12th day it ended.", ()),
    "a power of ten": ("<p>It spent 3 x 10<sup>6</sup> crowns.</p>", "It spent 3 x 106 crowns.", ()),
    "a link within the page": ("<p>As <a href='#part'>said above</a>, it fell.</p>", "As said above, it fell.", ()),
}  # fmt: skip


@pytest.mark.parametrize("case", TEXTS)
def test_what_stands_is_read_and_what_does_not_is_said(case: str) -> None:
    body, text, notes = TEXTS[case]
    found = page(body)
    assert found.text.replace("Menu", "").strip() == text
    if notes is not None:
        assert found.notes == notes


def test_a_footnote_is_set_apart_and_no_sentence() -> None:
    document = page(
        "<h2>Prosecution</h2><p>Courts convicted two traffickers.<sup>1</sup></p>"
        "<div class='footnotes'><p>1. The ministry counted three.</p></div><h2>Prevention</h2><p>It held talks.</p>"
    )
    narrative = to_narrative(document, "Norvania", 2020, "tip")
    assert [s.text for s in narrative.sentences] == ["Courts convicted two traffickers.", "It held talks."]
    assert ("1. The ministry counted three.", "footnote") in [(d.text, d.reason) for d in narrative.dropped]


GRIDS = {
    "years over counts": (
        [["", "2018", "2019"], ["Victims identified", "12", "15"], ["Convictions", "none", ""]],
        ["Victims identified: 12 in 2018, 15 in 2019", "Convictions: none in 2018"],
    ),
    "fiscal years": ([["Item", "FY 2018", "FY 2019"], ["Cases", "3", "4"]], ["Cases: 3 in FY 2018, 4 in FY 2019"]),
    "groups over counts": (
        [["Victims", "Women", "Men"], ["Identified", "12", "15"]],
        ["Identified: 12 women, 15 men"],
    ),
    "a heading over a group of rows": (
        [["", "2018"], ["Courts", ""], ["Convictions", "3"]],
        ["Courts", "Convictions: 3 in 2018"],
    ),
    "two columns of words": ([["Name", "Value"], ["Status", "Draft"]], None),
    "a layout": ([["x" * 400, "right"], ["below", "12"]], None),
    "one row": ([["2018", "2019"]], None),
    "no headings": ([["Cases", "3"], ["Convictions", "4"]], None),
    "nothing": ([], None),
}


@pytest.mark.parametrize("case", GRIDS)
def test_each_number_of_a_table_has_its_row_and_its_year(case: str) -> None:
    rows, lines = GRIDS[case]
    assert grid_lines(rows) == lines


def test_a_table_on_a_page_is_told_in_lines() -> None:
    found = page(
        "<p>It published its counts.</p><table><thead><tr><th></th><th>2018</th><th>2019</th></tr></thead>"
        "<tr><td>Victims identified</td><td>12</td><td>15</td></tr></table><p>They rose.</p>"
    )
    assert "\n\nVictims identified: 12 in 2018, 15 in 2019\n\nThey rose." in found.text


def test_a_page_says_what_it_is_called() -> None:
    whole = (
        "<html><head><title>Norvania - Department</title>"
        "<link rel='canonical' href='https://x.test/2020-reports/norvania/'>"
        "<meta property='og:title' content='Norvania'></head><body><h1>Norvania</h1><p>Text.</p></body></html>"
    )
    found = read_document(whole.encode(), "html")
    assert found.titles == ("Norvania - Department", "Norvania", "Norvania")
    assert found.address == "https://x.test/2020-reports/norvania/"


def test_a_profiles_selector_that_never_ends_is_ended(monkeypatch):
    """`q div div div` tries each element with each: a page of 2 kB takes for ever, and nothing ends the parser here."""
    monkeypatch.setattr(html, "SECONDS", 1.0)
    nested = "<html><body>" + "<div>8" * 150 + "</div>" * 150 + "</body></html>"
    rules = HtmlRules(keep=("body",), drop=("q " + "div " * 12,))
    with pytest.raises(DiffingError, match=r"x\.html"):
        html.page_text(nested, rules, source="x.html")


def test_cells_in_cells_are_read_once():
    """Within `math` the parser leaves them in each other: of a page of ten thousand characters they made gigabytes."""
    page = "<body><table><tr><td><math>" + "<tr><td>" * 600 + "The police left. " * 200
    with little_memory():
        assert html.page_text(page, HtmlRules(), source="p").text.count("left") == 200
