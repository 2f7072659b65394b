"""The pages in a real Chromium: keys, filters, search, permalinks, folds, dark, print, narrow, without script, axe."""

from __future__ import annotations

import re
from pathlib import Path

import display_pair as made
import pytest

from diffing.reporting import sentence_anchor

pytestmark = pytest.mark.browser


# --- every page --------------------------------------------------------------------------------------------------


def test_every_page_of_the_sample_is_silent_and_asks_for_nothing(tab, report: Path) -> None:
    paths = sorted(report.glob("*.html"))
    assert len(paths) > 10
    one = tab(paths[0])
    for path in paths:
        one.page.goto(path.as_uri())
        assert one.page.locator("h1").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "turkmenistan.html", "odd", "search.html?q=shelter", "review.html"])
def test_axe_finds_nothing(tab, report: Path, odd: Path, name: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    # all of it on the screen: what is off it is not laid out yet, and axe would see its parts lie on each other
    name, _, asked = name.partition("?")
    path = odd if name == "odd" else report / name
    page = tab(path, at=asked and f"?{asked}", height=30_000, color_scheme=scheme).page
    page.keyboard.press("o")
    for button in page.get_by_role("button", name="Read here").all()[:3]:
        button.click()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    colours = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # nothing else is other in the dark
    asked = {"runOnly": tags if scheme == "light" else colours, "resultTypes": ["violations"]}
    found = Axe().run(page, options=asked).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"]) for v in found] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1200, 2200])
@pytest.mark.parametrize("name", ["index.html", "turkmenistan.html", "odd", "search.html?q=shelter", "review.html"])
def test_no_page_scrolls_sideways(tab, report: Path, odd: Path, name: str, width: int) -> None:
    name, _, asked = name.partition("?")
    page = tab(odd if name == "odd" else report / name, at=asked and f"?{asked}", width=width).page
    page.keyboard.press("o")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_on_a_phone_the_verdict_of_a_number_stands_before_it(tab, report: Path) -> None:
    page = tab(report / "turkmenistan.html", width=360).page
    sign = "row => getComputedStyle(row.querySelector('th'), '::before').content"
    assert "▼" in page.evaluate(sign, page.query_selector("#numbers tr.backsliding"))
    assert "▲" in page.evaluate(sign, page.query_selector("#numbers tr.progress"))
    page.set_viewport_size({"width": 1200, "height": 900})
    assert page.evaluate(sign, page.query_selector("#numbers tr.progress")) == "none"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_print_opens_the_folds(tab, odd: Path, tmp_path: Path, script: bool) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    page = tab(odd, java_script_enabled=script).page
    page.pdf(path=tmp_path / "page.pdf")
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        said = " ".join(" ".join(sheet.get_textpage().get_text_bounded() for sheet in document).split())
    assert "Each step had an officer." in said
    assert "five victims in 2016" in said
    assert "One column" not in said


def test_the_index_is_printed_upright_with_every_column_and_without_what_the_countries_pages_say(
    tab, report: Path, tmp_path: Path
) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    page = tab(report / "index.html", width=650).page
    page.locator("#findings details.group").first.evaluate("e => { e.open = true; }")
    page.pdf(path=tmp_path / "page.pdf", format="A4", prefer_css_page_size=True)
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        width, height = document[0].get_size()
        sheets = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]
    assert width < height
    table = [
        sheet for sheet in sheets if re.search(r"(Progress|Backsliding|Mixed|No change) (on little \w+ )?Tier", sheet)
    ]
    assert len(table) == sum("Findings ▼ ▲ Convictions" in sheet for sheet in sheets) > 0, "headings on each sheet"
    said = " ".join(sheets)
    assert "Karvelia: (initiated) fell" in said, "folds of numbers are opened"
    assert re.search(r"Ardesh \(\d+\)", said)
    assert not re.search(r"Drovia \(\d+\)", said)
    page.emulate_media(media="print")
    assert page.evaluate("(t => t.scrollWidth - t.parentElement.clientWidth)(document.querySelector('#table'))") <= 0


def test_the_page_is_whole_without_script(tab, odd: Path) -> None:
    page = tab(odd, at=f"#{sentence_anchor(made.NEW[2][2][5])}", java_script_enabled=False).page
    assert page.get_by_text("eight victims in 2018").first.is_visible()
    assert page.get_by_text("The procedure was written in 2012.").is_visible(), "the browser opens the fold of a link"
    assert not page.locator(".tools").is_visible()
    assert not page.locator("#help").is_visible()


# --- the country page --------------------------------------------------------------------------------------------


def test_n_and_p_go_through_the_changes_in_order(tab, odd: Path) -> None:
    page = tab(odd).page
    ids = page.evaluate("[...document.querySelectorAll('[id^=c-]')].map(e => e.id)")
    seen = []
    for key in ("n", "j", "n", "p", "k"):
        page.keyboard.press(key)
        seen.append(page.evaluate("location.hash.slice(1)"))
        assert page.evaluate("e => e.getBoundingClientRect().top < innerHeight", page.query_selector(f"#{seen[-1]}"))
    assert seen == [ids[0], ids[1], ids[2], ids[1], ids[0]]
    page.keyboard.press("p")
    assert page.evaluate("location.hash.slice(1)") == ids[-1]
    assert "change" in page.locator("#hits").inner_text()


def test_a_permalink_opens_its_fold_and_leads_to_its_sentence(tab, odd: Path) -> None:
    anchor = sentence_anchor(made.NEW[2][2][5])
    one = tab(odd, at=f"#{anchor}")
    assert one.page.locator(f"#{anchor}").is_visible()
    top = one.page.evaluate(f"document.getElementById('{anchor}').getBoundingClientRect().top")
    assert 0 < top < 800


def test_the_contents_and_far_permalinks_lead_to_what_they_name(tab, report: Path) -> None:
    page = tab(report / "turkmenistan.html").page
    hrefs = page.evaluate("[...document.querySelectorAll('.toc a')].map(a => a.hash)")
    far = page.evaluate("[...document.querySelectorAll('[id^=c-]')].map(e => '#' + e.id)")
    for href in (*hrefs, far[-1], far[len(far) // 2], hrefs[-1]):
        page.evaluate("hash => { location.hash = hash; }", href)
        page.wait_for_timeout(300)  # sections are laid out as they come into sight
        top = page.evaluate("hash => document.querySelector(hash).getBoundingClientRect().top", href)
        assert -1 <= top < 800, href


def test_a_table_is_copied_as_lines_of_cells(tab, report: Path) -> None:
    page = tab(report / "index.html").page
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.locator("#countries .copy").click()
    heads, *rows = (line.split("\t") for line in page.evaluate("window.copied").split("\n"))
    assert (heads[0], heads[-1], heads[6]) == ("Country", "Problems", "Down")
    assert len(rows) == page.locator("#table tbody tr").count()
    assert {len(row) for row in rows} == {len(heads)}


def test_a_claim_leads_to_its_sentence(tab, odd: Path) -> None:
    page = tab(odd).page
    page.get_by_role("link", name="none in 2019").first.click()
    target = page.locator(":target")
    assert "no victims in 2019" in target.inner_text()
    assert target.evaluate("e => { const b = e.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight }")


def test_the_sentences_of_a_finding_can_be_read_below_it(tab, odd: Path) -> None:
    page = tab(odd).page
    finding = page.locator("#findings li").first
    button = finding.get_by_role("button", name="Read here")
    button.click()
    assert finding.locator(".quote del").inner_text() == "eight victims"
    assert finding.locator(".quote ins").inner_text() == "no victims in 2019, compared with eight"
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert finding.locator(".quote").count() == 0


def test_filters_show_what_they_say_and_a_link_clears_them(tab, odd: Path) -> None:
    one = tab(odd)
    every = one.visible("[id^=c-]")
    one.page.select_option("#show", "found")
    assert 0 < one.visible("[id^=c-]") < every
    assert one.visible("[id^=c-]") == one.visible("[id^=c-].found")
    one.page.select_option("#show", "fig")
    assert one.visible("[id^=c-]") == one.visible("[id^=c-].fig") > 0
    hidden = one.page.evaluate("document.querySelector('[id^=c-][hidden]').id")
    one.page.evaluate(f"location.hash = '{hidden}'")
    one.page.wait_for_function(f"document.getElementById('{hidden}').checkVisibility()")
    assert one.page.input_value("#show") == "all"
    one.page.check("#nomoved")
    assert one.visible(".stub.moved") == 0
    assert one.visible(".edited.moved") > 0, "a sentence that was edited is shown although it moved"


def test_one_column_shows_both_sides_as_one_sentence(tab, odd: Path) -> None:
    one = tab(odd)
    one.page.check("#one")
    merged = one.page.locator(".row.split .merged").inner_text()
    assert merged == "It ran two shelters, and itshelters. It also paid for a hotline that answered 300 calls."
    assert one.visible(".row .old") == 0
    one.page.uncheck("#one")
    assert one.visible(".row .old") > 0
    assert one.visible(".merged") == 0


def test_search_counts_its_hits_and_enter_opens_the_fold_of_the_next(tab, odd: Path) -> None:
    one = tab(odd)
    one.page.keyboard.press("/")
    one.page.keyboard.type("PROCEDURE WAS")
    assert one.page.locator("#hits").inner_text() == "1 sentence"
    assert not one.page.get_by_text("The procedure was written").is_visible()
    one.page.keyboard.press("Enter")
    assert one.page.locator("#hits").inner_text() == "hit 1 of 1"
    assert one.page.get_by_text("The procedure was written").is_visible()


def test_help_folds_and_theme_have_keys(tab, odd: Path) -> None:
    one = tab(odd)
    one.page.keyboard.press("?")
    assert one.page.locator("#help").is_visible()
    one.page.keyboard.press("Escape")
    assert not one.page.locator("#help").is_visible()
    one.page.keyboard.press("o")
    assert one.page.evaluate("[...document.querySelectorAll('main details')].every(d => d.open)")
    light = one.page.evaluate("getComputedStyle(document.body).backgroundColor")
    one.page.keyboard.press("d")
    dark = one.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    one.page.reload()
    assert one.page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_a_key_with_control_or_in_a_field_is_not_taken(tab, odd: Path) -> None:
    page = tab(odd).page
    page.keyboard.press("Control+n")
    page.keyboard.press("/")
    page.keyboard.type("n")
    assert page.input_value("#q") == "n"
    assert page.evaluate("location.hash") == ""


def test_headings_sort_a_table_and_say_so(tab, odd: Path) -> None:
    page = tab(odd).page
    heading = page.locator("#numbers thead th").first
    for way in ("ascending", "descending"):
        heading.get_by_role("button").click()
        assert heading.get_attribute("aria-sort") == way
        shown = page.locator("#numbers > .scroll tbody th").all_inner_texts()
        assert shown == sorted(shown, reverse=way == "descending")


# --- the year's page ---------------------------------------------------------------------------------------------


def test_the_index_sorts_numbers_as_numbers_and_countries_without_one_last(tab, report: Path) -> None:
    page = tab(report / "index.html").page
    heading = page.get_by_role("button", name="Edited")
    heading.click()
    column = "[...document.querySelectorAll('#table tbody tr')].map(r => r.cells[10].textContent.trim())"
    cells = page.evaluate(column)
    numbers = [int(cell) for cell in cells if cell]
    assert numbers == sorted(numbers, reverse=True)
    assert cells[-1] == ""


def test_the_index_filters_countries_and_searches_findings(tab, report: Path) -> None:
    one = tab(report / "index.html")
    every = one.visible("#table tbody tr")
    one.page.select_option("#show", "backsliding")
    assert 0 < one.visible("#table tbody tr") < every
    assert one.visible("#table tbody tr") == one.visible("#table tbody tr.backsliding")
    one.page.select_option("#show", "")
    word = max(re.findall(r"\w+", one.page.locator("#findings li").first.text_content().split(":", 1)[1]), key=len)
    one.page.keyboard.press("/")
    one.page.keyboard.type(f'"{word}"')  # in quotes, for a word finds its other forms too
    assert "findings" in one.page.locator("#also").inner_text()
    shown = one.page.locator("#findings li:visible").all_inner_texts()
    assert shown
    assert all(word.casefold() in text.casefold() for text in shown)
    one.page.fill("#q", "sandoria")
    numbers = one.page.locator("#numbers li:visible").all_inner_texts()
    assert numbers
    assert all("Sandoria" in text for text in numbers)
    assert one.page.inner_text("#hits") == "1 country"
    assert re.match(r"\d+ findings · ask all texts", one.page.inner_text("#also"))
    one.page.get_by_role("link", name="ask all texts").click()
    one.page.wait_for_url("**/search.html?q=sandoria")


def test_a_finding_of_the_index_opens_its_country_at_the_finding(tab, report: Path) -> None:
    page = tab(report / "index.html").page
    page.keyboard.press("o")
    page.locator("#findings li a").first.click()
    page.wait_for_load_state()
    assert page.locator(":target").count() == 1
    assert page.locator(":target").is_visible()
    page.get_by_role("link", name="All countries").click()
    page.wait_for_load_state()
    assert page.url.endswith("index.html")


def test_a_country_leads_to_its_neighbours_by_link_and_by_key(tab, report: Path) -> None:
    names = sorted(path.stem for path in report.glob("*.html") if path.stem not in ("index", "search", "review"))
    page = tab(report / f"{names[0]}.html").page
    assert page.locator("[rel=prev]").count() == 0
    for name in names[1:]:
        page.keyboard.press("]")
        page.wait_for_url(f"**/{name}.html")
    assert page.locator("[rel=next]").count() == 0
    page.keyboard.press("[")
    page.wait_for_url(f"**/{names[-2]}.html")
