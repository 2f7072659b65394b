"""The report as a working tool, in a real Chromium: what an analyst does with it, from the first page to a slide."""

from __future__ import annotations

import json
import re
from pathlib import Path

import display_pair as made
import polars as pl
import pytest

import diffing
from diffing.reporting import write_page

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"

# every row: one column without what is put in is the old side, without what is taken out the new one, to the letter
EXACT = """() => [...document.querySelectorAll('#text .row')].filter((row) => row.querySelector('.merged')).map((row) => {
  const side = (tag) => { const p = row.querySelector('.merged').cloneNode(true); p.querySelectorAll(tag).forEach((e) => e.remove()); return p.textContent; };
  return [side('ins'), row.querySelector('.old').textContent, side('del'), row.querySelector('.new').textContent];
})"""  # noqa: E501


def rows_in_one_column(page) -> int:
    page.check("#one")
    rows = page.evaluate(EXACT)
    assert [row for row in rows if row[0] != row[1] or row[2] != row[3]] == []
    return len(rows)


def fold(text: str) -> str:
    return " ".join(text.split())


# --- exact -------------------------------------------------------------------------------------------------------


def test_one_column_is_both_texts_to_the_letter(tab, report: Path) -> None:
    table = pl.read_parquet(report / "tables" / "sentences.parquet")
    seen = 0
    page = tab(report / "index.html").page
    for (country,), rows in table.partition_by("country", as_dict=True).items():
        slug = diffing.Corpus(SAMPLE).slug(country)
        page.goto((report / f"{slug}.html").as_uri())
        seen += rows_in_one_column(page)
        shown = {fold(old): fold(new) for _, old, _, new in page.evaluate(EXACT)}
        edited = rows.filter(pl.col("op").is_in(["edited", "split", "merged"]))
        told = {fold(row["old_text"]): fold(row["new_text"]) for row in edited.to_dicts()}
        assert shown == told, country
    assert seen > 150


@pytest.mark.real
@pytest.mark.parametrize("slug", ["ghana", "peru", "vietnam"])
def test_one_column_of_a_real_country_is_both_texts_to_the_letter(tab, shared: Path, tmp_path: Path, slug: str) -> None:
    old, new = (
        diffing.read_narrative(shared / f"real/hrr-sec7/{year}/{slug}.txt", country=slug, year=year, profile="hrr")
        for year in (2019, 2020)
    )
    comparison = diffing.compare(old, new)
    write_page(tmp_path / "page.html", comparison.to_html())
    page = tab(tmp_path / "page.html").page
    assert rows_in_one_column(page) > 5
    edited = comparison.sentences.filter(pl.col("op").is_in(["edited", "split", "merged"])).to_dicts()
    told = {fold(row["old_text"]): fold(row["new_text"]) for row in edited}
    assert {fold(a): fold(b) for _, a, _, b in page.evaluate(EXACT)} == told


# --- state in the address ----------------------------------------------------------------------------------------


def test_what_was_chosen_comes_back_with_reload_with_back_and_with_a_sent_link(tab, report: Path) -> None:
    one = tab(report / "index.html")
    one.page.select_option("#show", "progress")
    one.page.fill("#q", "a")
    one.page.get_by_role("button", name="Edited").click()
    one.page.locator("#findings .facet summary").first.click()
    one.page.locator("#findings .facet .options label").first.click()

    def seen() -> tuple[object, ...]:
        heads = one.page.locator("#table tbody tr:visible th").all_inner_texts()
        return heads, one.page.input_value("#q"), one.page.input_value("#show"), one.page.inner_text("#found")

    before, address = seen(), one.page.url
    assert {"show=progress", "q=a", "verdict=backsliding"} <= set(address.split("?")[1].split("&"))
    one.page.reload()
    assert seen() == before
    one.page.locator("#table tbody tr:visible th a").first.click()
    one.page.wait_for_url("**/*.html")
    one.page.go_back()
    assert seen() == before
    other = tab(report / "index.html", at="?" + address.split("?")[1])
    assert other.page.locator("#table tbody tr:visible th").all_inner_texts() == before[0]


def test_open_folds_search_and_filters_of_a_country_are_in_the_address(tab, odd: Path) -> None:
    one = tab(odd)
    one.page.locator("#text details.same > summary").first.click()
    one.page.check("#one")
    one.page.check("#nomoved")
    one.page.fill("#q", "victims")
    expect(one.page).to_have_url(re.compile("open="))
    opened = one.page.evaluate("[...document.querySelectorAll('main details')].map((d) => d.open)")
    one.page.reload()
    assert one.page.evaluate("[...document.querySelectorAll('main details')].map((d) => d.open)") == opened
    assert one.page.is_checked("#one")
    assert one.page.is_checked("#nomoved")
    assert one.page.input_value("#q") == "victims"
    assert one.visible(".merged") > 0


def test_n_starts_from_what_is_in_view(tab, report: Path) -> None:
    page = tab(report / "turkmenistan.html").page
    page.evaluate("document.querySelector('#section-prevention').scrollIntoView()")
    page.keyboard.press("n")
    inside = "document.querySelector('#section-prevention').contains(document.querySelector(location.hash))"
    assert page.evaluate(inside)
    page.keyboard.press("p")
    assert not page.evaluate(inside)


def test_heads_and_countries_stay_in_view(tab, report: Path) -> None:
    page = tab(report / "index.html", width=1280, height=500).page
    page.evaluate("document.querySelector('#table tbody tr:last-child').scrollIntoView({block: 'end'})")
    head = page.locator("#table thead th").first.bounding_box()
    tools = page.locator("#countries .tools").bounding_box()
    assert head is not None
    assert tools is not None
    assert tools["y"] >= 0
    assert tools["y"] + tools["height"] - 2 <= head["y"] < 200
    page.set_viewport_size({"width": 400, "height": 700})
    page.evaluate("document.querySelector('#table').parentElement.scrollLeft = 300")
    country = page.locator("#table tbody th").first.bounding_box()
    assert country is not None
    assert 0 <= country["x"] < 30


def test_filters_leave_no_empty_stretch(tab, report: Path) -> None:
    page = tab(report / "turkmenistan.html").page
    whole = page.evaluate("document.querySelector('#text').scrollHeight")
    page.select_option("#show", "removed")
    shown = page.locator("#text [id^=c-]:visible").count()
    assert 0 < shown < 10
    assert page.evaluate("document.querySelector('#text').scrollHeight") < min(whole / 2, 300 * shown + 600)
    for block in page.locator("#text .block:visible").all():
        assert block.locator("[id^=c-]:visible").count() > 0
    index = tab(report / "index.html").page
    gaps = index.evaluate(
        "[...document.querySelectorAll('main > section')].map((s) => s.scrollHeight - [...s.children]"
        ".reduce((sum, e) => sum + e.getBoundingClientRect().height, 0)).filter((gap) => gap > 600)"
    )
    assert gaps == []


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize(
    "name", ["index.html", "turkmenistan.html", "search.html", "review.html", "search.html?q=victims", "index.html?q=a"]
)
def test_nothing_moves_while_a_page_loads(tab, report: Path, name: str, width: int) -> None:
    file, _, question = name.partition("?")
    page = tab(report / file, at=question and f"?{question}", width=width).page
    shift = page.evaluate(
        "new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) "
        "sum += e.value; }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 500); })"
    )
    assert shift <= 0.05


# --- the year's page ---------------------------------------------------------------------------------------------


def test_the_verdict_filters_countries_and_facets_filter_findings(tab, report: Path) -> None:
    one = tab(report / "index.html")
    every = one.page.locator("#findings li[data-f]").count()
    one.page.select_option("#show", "backsliding")
    assert one.page.inner_text("#found").startswith(f"{every} of {every}"), "the verdict is the countries'"
    rule = one.page.locator(".facet").filter(has_text="Rule")
    rule.locator("summary").click()
    label = rule.locator("label").first
    count = int(label.locator(".number").inner_text())
    label.click()
    assert one.page.inner_text("#found").startswith(f"{count} of {every} ")
    assert one.page.locator("#findings li[data-f]:not([hidden])").count() == count
    verdict = one.page.locator(".facet").filter(has_text="Verdict")
    verdict.locator("summary").click()
    told = [int(text) for text in verdict.locator(".number").all_inner_texts()]
    assert sum(told) == count, "counts are of what the other facets leave"
    one.page.get_by_role("button", name="Clear").click()
    assert one.page.inner_text("#found").startswith(f"{every} of {every}")


def test_clean_cells_are_copied(tab, report: Path) -> None:
    for name, box in (("index.html", "#countries"), ("turkmenistan.html", "#numbers")):
        page = tab(report / name).page
        page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
        page.locator(f"{box} .copy").first.click()
        said = page.evaluate("window.copied")
        assert not re.search("[▲▼◆✓]|Cite|Copy", said)
        assert not re.search(r"(^|\t)[=+@-]", said, re.MULTILINE)
        heads, *rows = (line.split("\t") for line in said.split("\n"))
        assert {len(row) for row in rows} == {len(heads)}


def test_all_lines_of_a_page_share_one_axis_of_years(tab, report: Path) -> None:
    page = tab(report / "turkmenistan.html").page
    ends = page.evaluate(
        "[...document.querySelectorAll('#numbers .scroll:first-of-type .spark')].map((s) => "
        "[...s.querySelectorAll('text')].map((t) => t.textContent).join())"
    )
    assert len(ends) > 5
    assert len(set(ends)) == 1
    assert ends[0].endswith("2019")


def test_a_dot_leads_to_its_country_by_mouse_and_by_keyboard(tab, report: Path) -> None:
    page = tab(report / "index.html").page
    page.locator(".dots a").first.focus()
    page.keyboard.press("ArrowRight")
    name = page.inner_text("#dot").split(":")[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.html")
    assert name in page.locator("h1").inner_text()


def test_silence_is_not_mentioned_and_never_not_reported(tab, report: Path) -> None:
    changes = pl.read_parquet(report / "tables" / "changes.parquet")
    silent = changes.filter(pl.col("rule") == "not_mentioned", pl.col("country") == "Ulmoria").to_dicts()
    assert [row["indicator"] for row in silent] == ["hotline_calls"]
    page = tab(report / "ulmoria.html").page
    row = page.locator("#numbers tbody tr").filter(has_text="Hotline calls").first.inner_text()
    assert "not mentioned" in row
    assert "not reported" not in row
    assert page.get_by_role("heading", name=re.compile("No longer mentioned")).count() == 1
    said = changes.filter(pl.col("rule") == "still_not_reported").to_dicts()[0]["country"]
    page.goto((report / f"{diffing.Corpus(SAMPLE).slug(said)}.html").as_uri())
    assert "not reported for 2019" in page.locator("#numbers").inner_text()


# --- citing, and the way back ------------------------------------------------------------------------------------


def test_a_finding_is_cited_with_both_sentences_in_four_forms_and_as_a_picture(tab, odd: Path, tmp_path: Path) -> None:
    page = tab(odd, permissions=["clipboard-read", "clipboard-write"], accept_downloads=True).page
    page.locator("#findings li").first.get_by_role("button", name="Copy citation").click()
    said = page.evaluate("navigator.clipboard.readText()")
    for part in (made.OLD[2][2][0], made.NEW[2][2][0], "Trafficking in Persons Report 2020: Norvania", "Protection"):
        assert part in said
    assert "diffing 0.0.test" in said
    box = page.locator("#cite textarea")
    page.get_by_role("button", name="Markdown").click()
    assert box.input_value().startswith("**Victims identified fell from eight in 2018 to none in 2019.**")
    page.get_by_role("button", name="BibTeX").click()
    assert len(re.findall(r"@techreport\{norvania-20(19|20),", box.input_value())) == 2
    page.get_by_role("button", name="CSL-JSON").click()
    told = json.loads(box.input_value())
    assert [item["issued"]["date-parts"] for item in told] == [[[2019]], [[2020]]]
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as PNG").click()
    download.value.save_as(tmp_path / "finding.png")
    image = (tmp_path / "finding.png").read_bytes()
    assert image.startswith(b"\x89PNG")
    assert int.from_bytes(image[16:20], "big") == 2400  # twice the picture's width: sharp on a slide
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    download.value.save_as(tmp_path / "finding.svg")
    picture = (tmp_path / "finding.svg").read_text("utf-8")
    assert picture.startswith("<svg")
    assert "Victims identified fell" in picture


def test_a_number_is_cited_too(tab, odd: Path) -> None:
    page = tab(odd, permissions=["clipboard-read", "clipboard-write"]).page
    page.locator("#numbers tbody tr").first.get_by_role("button", name="Cite").click()
    said = page.evaluate("navigator.clipboard.readText()")
    assert "Victims identified: eight victims in 2018 → none in 2019" in said
    assert made.NEW[2][2][0] in said


def test_a_sentence_leads_back_to_the_finding_that_rests_on_it(tab, odd: Path) -> None:
    page = tab(odd).page
    row = page.locator("#text .row.found").first
    row.locator(".back").first.click()
    target = page.locator(":target")
    assert target.is_visible()
    assert "Victims identified fell" in target.inner_text()


# --- review ------------------------------------------------------------------------------------------------------


def test_findings_are_drawn_marked_saved_read_back_and_shown_on_their_pages(tab, report: Path, tmp_path: Path) -> None:
    page = tab(report / "review.html", accept_downloads=True).page
    page.wait_for_selector("#list li")
    page.fill("#reader", "Anna")
    page.locator("#reader").press("Tab")
    page.get_by_role("button", name="Draw 50 at random").click()
    assert re.fullmatch(r"50 drawn of \d+ findings, seed 1", page.inner_text("#found"))
    assert page.locator("#list li").count() == 50
    drawn = page.locator("#list li .summary").all_inner_texts()
    page.locator("h1").click()
    for key in ("a", "r", "u"):
        page.keyboard.press(key)
    page.keyboard.press("k")
    page.keyboard.press("n")
    page.keyboard.type("of another year")
    page.keyboard.press("Escape")
    assert page.inner_text("#hits").startswith("3 of 50 read")
    page.get_by_role("button", name="Save review.jsonl").click()
    assert page.inner_text("#warning") == "47 of 50 drawn findings have no mark."
    with page.expect_download() as download:
        page.get_by_role("button", name="Save anyway").click()
    download.value.save_as(tmp_path / "review.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "review.jsonl").read_text("utf-8").splitlines()]
    assert [line["mark"] for line in lines] == ["accepted", "rejected", "unsure"]
    assert {line["reader"] for line in lines} == {"Anna"}
    assert lines[2]["note"] == "of another year"
    assert {line["draw"]["drawn"] for line in lines} == {50}
    assert {line["draw"]["seed"] for line in lines} == {"1"}
    keys = {"evidence", "task", "country", "old_year", "new_year", "mark", "note", "reader", "at", "version"}
    assert all(keys <= line.keys() for line in lines)
    table = pl.read_parquet(report / "tables" / "findings.parquet")
    assert {line["task"] for line in lines} <= set(table["finding"])

    again = tab(report / "review.html", at="?draw=50").page  # another browser: the same draw, no marks
    again.wait_for_selector("#list li")
    assert again.locator("#list li .summary").all_inner_texts() == drawn
    assert again.inner_text("#hits").startswith("0 of 50 read")
    again.fill("#reader", "Anna")
    again.locator("#reader").press("Tab")
    again.set_input_files("#load", tmp_path / "review.jsonl")
    again.wait_for_selector("#list li.rejected")
    assert again.locator("#list li.rejected .summary").inner_text() == drawn[1]
    again.locator("#list li.rejected .about a").click()
    again.wait_for_selector(":target.rejected .reviewed")
    assert "rejected" in again.locator(":target .reviewed").inner_text()


def test_viewed_boxes_last(tab, report: Path) -> None:
    page = tab(report / "turkmenistan.html").page
    page.get_by_label("Viewed: Protection").check()
    page.reload()
    assert page.get_by_label("Viewed: Protection").is_checked()
    assert not page.get_by_label("Viewed: Prevention").is_checked()


def test_the_contents_mark_where_one_is_and_the_head_of_a_section_stays(tab, report: Path) -> None:
    page = tab(report / "turkmenistan.html", width=1280, height=600).page
    page.evaluate("document.querySelector('#section-prevention').scrollIntoView()")
    page.evaluate("scrollBy(0, 300)")
    expect(page.locator(".toc [aria-current]")).to_have_attribute("href", "#section-prevention")
    head = page.locator("#section-prevention h3").bounding_box()
    assert head is not None
    assert 0 <= head["y"] < 120
