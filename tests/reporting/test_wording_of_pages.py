"""What a page says in words: how sure a number is, why two can't be compared, what is gone, and nothing twice."""

from __future__ import annotations

import re
from dataclasses import replace

import display_pair as made
from page_elements import Page, country

import diffing
from diffing.reporting import comparison_markdown, text_diff


def words_of(old: str, new: str, profile: str = "tip") -> str:
    return Page(diffing.compare_texts(old, new, old_year=2019, new_year=2020, profile=profile).to_html()).words


def test_a_row_of_numbers_says_how_sure_they_are_and_why_they_are_not_compared() -> None:
    words = words_of("Police opened at least 25 investigations.", "Police opened 30 investigations.")
    row = words.partition("Verdict Investigations ")[2]
    assert row.startswith(
        "at least 25 investigations in 2018 30 investigations in 2019 "
        "not comparable: a lower bound against an exact number"
    )


def test_a_line_is_drawn_only_beside_the_numbers_that_it_draws() -> None:
    change = made.judgement().changes[0]
    drawn = country().count('class="spark"')
    other = replace(made.judgement(), changes=(replace(change, to_value=300.0), *made.judgement().changes[1:]))
    assert country(judgement=other).count('class="spark"') == drawn - 1


def test_a_section_that_one_text_lacks_is_not_called_unchanged() -> None:
    told = (
        "The court sat in May and heard a case of forced labor. The ministry opened a shelter in the old town. "
        "Four judges took part in a course on evidence."
    )
    first, last = "Prosecution\n\nThe courts were calm in spring.", "Prevention\n\nWells were dug."
    page = diffing.compare_texts(
        f"{first}\n\nProtection\n\n{told}\n\n{last}",
        f"{first} {told}\n\n{last}",
        old_year=2019,
        new_year=2020,
        profile="tip",
    ).to_html()
    title = re.search(r"<h3>Protection.*?</h3>", page)
    assert title
    assert "no longer there in 2020" in title[0]
    assert "unchanged" not in title[0]


def test_sections_that_are_gone_are_named_or_counted() -> None:
    letters = "abcdefgh"
    gone = "\n\n".join(f"{letter}. Topic {letter}\n\nThe law forbade it. Courts applied the law." for letter in letters)
    old = f"Section 1. Respect for the Integrity of the Person\n\nThe year was calm.\n\n{gone}"
    new = "Section 1. Respect for the Integrity of the Person\n\nThe year was calm."
    words = words_of(old, new, "hrr")
    assert "f. Topic f and 2 more." in words


def test_an_incident_that_both_texts_tell_in_the_same_words_stands_once() -> None:
    event = made.incident()
    both = (replace(event, report_year=2019), event)
    words = Page(country(judgement=replace(made.judgement(), events=both))).words
    assert "1 in the 2019 report, 1 in the 2020 report 2019 and 2020 An officer beat a man." in words
    assert words.count("An officer beat a man.") == 1


def test_what_is_folded_begins_with_the_longest_run_that_the_other_text_lacks() -> None:
    old = "Section 2. Civil Liberties\n\nThe law lets traders meet in the hall and sell goods.\n\nWells were dug."
    new = (
        "Section 2. Civil Liberties\n\nThe law also lets traders meet in the hall, where lamps had been put up by a "
        "guild of weavers, and sell goods.\n\nWells were dug."
    )
    assert "where lamps had been put up …" in words_of(old, new, "hrr")


def test_terminal_and_markdown_too_say_first_that_a_text_was_cut_and_what_the_report_says_itself() -> None:
    rated = "Overview\n\nNorvania remained on Tier 2. "
    old = rated + "The court sat in May and heard a case of forced labor. " * 12
    cut = diffing.compare_texts(old, rated + "The court sat.", old_year=2019, new_year=2020, profile="tip")
    both = text_diff(cut.pair, cut.judgement, colour=False), comparison_markdown(cut.pair, cut.judgement)
    for said in both:
        flat = " ".join(said.replace("*", "").split())
        assert 0 < flat.index("The text was cut.") < flat.index("own rating: Tier 2 in both years")
