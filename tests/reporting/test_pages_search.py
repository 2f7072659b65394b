"""Searching in a real Chromium: what is asked is found, shown, counted alike on every page, and cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

import diffing
from diffing.reporting import write_page
from diffing.reporting.search_index import END, SPLIT, TOKEN, Country, search_index
from diffing.running.year import run_year

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser

# Two countries of which everything is known: what an edit cuts, what is rewritten, what is said in both years.
TEXTS = {
    ("norvania", 2019): "Courts convicted two traffickers. The city had a shelter, which closed in March. "
    "Guards beat prisoners in the old prison. Inspectors visited 1,200 farms in forced-labor cases.",
    ("norvania", 2020): "Courts convicted two traffickers. The city had a shelter. "
    "Inspectors visited 1,300 farms in forced-labor cases. Nurses sheltered the “résumé” writers.",
    ("quillmar", 2019): "The shelters stayed open all year. Labor that was forced was rare. A closed court sat twice.",
    ("quillmar", 2020): "The shelters stayed open all year. Labor that was forced was rare. A closed court sat thrice.",
}  # fmt: skip


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the two countries."""
    root = tmp_path_factory.mktemp("two")
    for (slug, year), text in TEXTS.items():
        path = root / "corpus" / str(year) / f"{slug}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    run_year(diffing.Corpus(root / "corpus", "tip"), 2020, out=root / "out", cache=root / "cache")
    return root / "out"


def asked(page, question: str, within: str = "") -> dict[str, list[str]]:
    """What the search page shows: for each country its sentences, each as it is printed with its year."""
    if page.input_value("#q") != question:
        page.fill("#q", question)
        # an answer waits until the typing pauses
        page.wait_for_function("q => new URLSearchParams(location.search).get('q') === q", arg=question)
    page.select_option("#kinds", within)
    expect(page.locator("#hits")).to_contain_text("sentence")
    more = page.locator("#results > li > button")
    while more.count():
        more.first.click()
    items = page.locator("#results > li").all()
    return {item.locator("h3").inner_text(): item.locator(".hits p:not(.about)").all_inner_texts() for item in items}


CASES = [
    ("closed shelter", "", {"Norvania": 2}, "all words, in any order: the edited sentence with both its sides"),
    ("shelter", "", {"Norvania": 3, "Quillmar": 1}, "a word finds its forms: shelters, sheltered"),
    ("shelters", "new", {"Norvania": 1}, "also from the plural to the singular; newly said is what the old lacks"),
    ('"shelter"', "", {"Norvania": 2}, "in quotes only the word itself"),
    ('"forced labor"', "", {"Norvania": 2}, "a phrase: hyphens do not matter, the order does"),
    ('"labor forced"', "", {}, "a phrase that nobody wrote"),
    ("forced labor", "", {"Norvania": 2, "Quillmar": 1}, "the same words without quotes"),
    ("1,200", "", {"Norvania": 2}, "a number with its comma"),
    ("RESUME", "", {"Norvania": 1}, "accents, quotes and capitals do not matter"),
    ("closed", "gone", {"Norvania": 2}, "a clause that an edit cut is no longer said"),
    ("prison", "gone", {"Norvania": 1}, "and a sentence that is gone"),
    ("closed court", "gone", {}, "what both sides of an edit say is still said"),
    ("closed court", "edited", {"Quillmar": 2}, "edited"),
    ("quillmar closed", "", {"Quillmar": 2}, "a country's name narrows to it"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "within", "found", "why"), CASES)
def test_what_is_asked_is_shown_with_its_sentences(
    tab, two: Path, question: str, within: str, found: dict[str, int], why: str
) -> None:
    page = tab(two / "search.html").page
    assert {name: len(lines) for name, lines in asked(page, question, within).items()} == found, why


def test_who_asks_again_while_the_texts_are_unpacked_gets_one_answer(tab, two: Path) -> None:
    page = tab(two / "search.html").page
    page.evaluate(
        """() => {
          document.querySelector('#q').value = 'shelter';
          for (const _ of 'ab') document.querySelector('#kinds').dispatchEvent(new Event('change'));
        }"""
    )
    expect(page.locator("#hits")).to_contain_text("sentence")
    page.evaluate("new Promise((done) => setTimeout(done))")
    assert page.locator("#results > li h3").all_inner_texts() == ["Norvania", "Quillmar"]


def test_a_hit_says_its_years_leads_to_its_sentence_and_is_cited(tab, two: Path) -> None:
    page = tab(two / "search.html", permissions=["clipboard-read", "clipboard-write"]).page
    assert asked(page, "closed shelter")["Norvania"] == [
        "2019 The city had a shelter, which closed in March.",
        "2020 The city had a shelter.",
    ]
    assert page.locator("#gone").inner_text() == "In 2019, in no sentence of 2020: Norvania"
    assert "2019: 1 · 2020: 0" in page.locator("#results li").first.inner_text()
    assert [*asked(page, "stayed open").values()] == [["2019 and 2020 The shelters stayed open all year."]]
    page.get_by_role("button", name="Copy citation").click()
    said = page.evaluate("navigator.clipboard.readText()")
    assert said.count("“The shelters stayed open all year.”") == 2
    assert "Trafficking in Persons Report 2019: Quillmar" in said
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Read in place").click()
    page.wait_for_url("**/quillmar.html?q=stayed**")
    assert page.inner_text("#hits") == "hit 1 of 1"
    assert page.get_by_text("The shelters stayed open all year.").is_visible()
    assert page.get_by_role("button", name="Copy link").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_among_the_hits(tab, report: Path, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = tab(report / "search.html", color_scheme=scheme).page
    asked(page, "victims", "changed")
    assert axe.run(page).response["violations"] == []


def test_filters_of_the_texts_hold_for_the_findings_too(tab, report: Path) -> None:
    page = tab(report / "search.html").page
    asked(page, "victims")
    every = int(page.inner_text("#count-findings"))
    asked(page, "victims", "gone")
    table = pl.read_parquet(report / "tables" / "findings.parquet")
    gone = table.filter(pl.col("new_text").is_null(), pl.col("summary").str.contains("(?i)victim")).height
    told = page.locator("#found-findings")
    assert (int(page.inner_text("#count-findings")) if told.is_visible() else 0) == gone < every


@pytest.mark.parametrize(
    "question", ["shelter", "did not report", '"labor inspectors"', "police", "turkmenistan cotton"]
)
def test_every_page_counts_the_same_sentences(tab, report: Path, question: str) -> None:
    page = tab(report / "search.html").page
    asked(page, question)
    links = page.locator("#results > li h3 a").all()
    told = [(one.get_attribute("href"), one.locator("xpath=../..").inner_text()) for one in links]
    assert told
    for href, text in told:
        count = re.search(r"\d+ sentences?", text)
        page.goto(f"{(report / 'x').as_uri()[:-1]}{href}")
        page.locator("#q").press("End")
        page.locator("#q").type(" ")
        assert count is not None
        expect(page.locator("#hits"), href).to_have_text(re.compile(rf"^{count[0]}(,|$)"))


@pytest.mark.real
def test_every_page_of_real_countries_counts_the_same_sentences(tab, shared: Path, tmp_path: Path) -> None:
    corpus = diffing.Corpus(shared / "real" / "hrr-sec7", "hrr")
    run_year(corpus, 2020, countries=["ghana", "peru", "vietnam"], out=tmp_path / "out", cache=tmp_path / "cache")
    for question in ("inspector", "child labor", '"forced labor"', "the government did not"):
        test_every_page_counts_the_same_sentences(tab, tmp_path / "out", question)


def test_all_texts_are_asked_from_any_page(tab, report: Path) -> None:
    page = tab(report / "turkmenistan.html").page
    page.fill("#q", "cotton harvest")
    page.get_by_role("link", name="Search all texts").click()
    page.wait_for_url("**/search.html?q=cotton**")
    expect(page.locator("#hits")).to_contain_text("sentence")
    page.locator("#results h3 a").first.click()
    page.wait_for_url("**/turkmenistan.html?q=cotton**")
    assert page.input_value("#q") == "cotton harvest"
    assert re.match(r"hit \d+ of \d+", page.locator("#hits").inner_text())


def test_the_search_page_finds_the_sentences_that_hold_every_word(tab, report: Path) -> None:
    table = pl.read_parquet(report / "tables" / "sentences.parquet").to_dicts()

    def holds(text: str | None) -> bool:
        words = re.findall(r"[a-z0-9]+", (text or "").lower())
        return any(w.startswith("shelter") for w in words) and any(w.startswith("government") for w in words)

    true = [row for row in table if holds(row["old_text"]) or holds(row["new_text"])]
    page = tab(report / "search.html", at="?q=government%20shelter").page
    expect(page.locator("#hits")).to_contain_text("sentence")
    assert f"{len(true)} sentences in {len({row['country'] for row in true})} countries" in page.inner_text("#hits")
    page.select_option("#kinds", "gone")
    only = [row for row in true if holds(row["old_text"]) and not holds(row["new_text"]) and row["op"] != "equal"]
    expect(page.locator("#hits")).to_have_text(re.compile(rf"^{len(only)} "))
    assert "in=gone" in page.url


def test_countries_are_known_by_their_other_names(tab, tmp_path: Path) -> None:
    for year, number in ((2019, "nine"), (2020, "ten")):
        (tmp_path / "corpus" / str(year)).mkdir(parents=True)
        for slug in ("turkey", "cote-divoire"):
            text = f"Police identified {number} victims in {year - 1}. The shelter stayed open."
            (tmp_path / "corpus" / str(year) / f"{slug}.txt").write_text(text, "utf-8")
    run_year(diffing.Corpus(tmp_path / "corpus", "tip"), 2020, out=tmp_path / "out", cache=tmp_path / "cache")
    one = tab(tmp_path / "out" / "index.html")
    for question, found in (("turkiye", "Turkey"), ("ivory coast", "Cote"), ("CÔTE", "Cote")):
        one.page.fill("#q", question)
        shown = one.page.locator("#table tbody tr:visible th").all_inner_texts()
        assert len(shown) == 1
        assert shown[0].replace("ô", "o").startswith(found)
        one.page.goto((tmp_path / "out" / "search.html").as_uri() + f"?q={question}")
        one.page.wait_for_selector("#by-name a")
        assert one.page.inner_text("#by-name a").replace("ô", "o").startswith(found)
        one.page.goto((tmp_path / "out" / "index.html").as_uri())


# --- on a country's page -----------------------------------------------------------------------------------------


def test_a_phrase_that_an_edit_cuts_is_found_whatever_its_accents_and_quotes(tab, tmp_path: Path) -> None:
    old = "The council’s café paid nine guards. It closed."
    new = "The council’s café paid twelve armed guards. It closed."
    write_page(tmp_path / "page.html", diffing.compare_texts(old, new, old_year=2019, new_year=2020).to_html())
    page = tab(tmp_path / "page.html").page
    for question in ('"paid twelve armed guards"', "“council's cafe paid NINE guards”", "guards twelve"):
        page.fill("#q", question)
        assert page.inner_text("#hits").startswith("1 sentence"), question
    page.check("#one")
    for question in ('"paid twelve armed guards"', '"paid nine guards"'):
        page.fill("#q", question)
        assert page.inner_text("#hits").startswith("1 sentence"), question
    page.fill("#q", '"guards paid"')
    assert page.inner_text("#hits") == "0 sentences"


def test_any_sentence_is_cited_and_has_an_address(tab, two: Path) -> None:
    page = tab(two / "quillmar.html", permissions=["clipboard-read", "clipboard-write"]).page
    page.keyboard.press("o")
    page.get_by_text("Labor that was forced was rare.").click(position={"x": 5, "y": 8})
    page.get_by_role("button", name="Copy link").click()
    address = page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Copy citation").first.click()
    page.wait_for_selector("#cite[open]")
    said = page.input_value("#cite textarea")
    assert said.startswith("In both years in these words.")
    assert said.count("“The shelters stayed open all year.”") == 2, "the sentence that was pressed, of both years"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("c")
    assert "Edited between 2019 and 2020." in page.input_value("#cite textarea")
    other = tab(two / "quillmar.html", at=f"#{address.split('#')[1]}").page
    assert other.get_by_text("The shelters stayed open all year.").is_visible()
    assert other.get_by_role("button", name="Copy link").is_visible()


# --- what the page carries ---------------------------------------------------------------------------------------


def test_the_texts_weigh_at_most_a_tenth_of_the_report(report: Path) -> None:
    page = (report / "search.html").read_text("utf-8")
    index = re.search(r'<script type="application/json" id="index">(.*?)</script>', page, re.DOTALL)
    assert index is not None
    assert 10 * len(index[1]) <= sum(path.stat().st_size for path in report.glob("*.html"))


def rows(*sides: tuple[str | None, str | None]) -> Iterable[dict[str, str | None]]:
    for old, new in sides:
        op = "equal" if old == new else "edited" if old and new else "added" if new else "removed"
        yield {"op": op, "old_section": "a", "new_section": "a" if new else None, "old_text": old, "new_text": new}


def test_the_page_has_every_text_back_to_the_letter(tab, two: Path) -> None:
    words = " ".join(f"word{n}" for n in range(20_000))  # of one, two and three bytes
    odd = "Ça coûte 1,5 € — “naïve” 𝐀𝐁 re\u0301sume\u0301 a_b x² ﬁ ; (end)"
    index = search_index(
        [Country("norvania", "Norvania")], {"norvania": rows((words, words), (odd, None), ("b c", f"{odd} b"))}, {}
    )
    page = tab(two / "search.html").page
    texts = page.evaluate(
        """async (index) => {
          const B85 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;,=.?@^_`{|}~';
          const inflated = async (text) => {
            const out = [];
            for (let i = 1; i < text.length; i += 5) {
              const n = [...text.slice(i, i + 5)].reduce((sum, c) => sum * 85 + B85.indexOf(c), 0);
              out.push(n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255);
            }
            const blob = new Blob([new Uint8Array(out.slice(0, out.length - Number(text[0])))]);
            const stream = blob.stream().pipeThrough(new DecompressionStream('deflate'));
            return new Uint8Array(await new Response(stream).arrayBuffer());
          };
          let before = '';
          const words = new TextDecoder().decode(await inflated(index.words)).split('\\n')
            .map((l) => before = before.slice(0, l.charCodeAt(0) - 0x30) + l.slice(1));
          const bytes = await inflated(index.text), [one, two] = index.bytes;
          let said = '';
          for (let i = 0; i < bytes.length;) {
            const b = bytes[i++];
            said += words[b < one ? b : b < one + two ? one + (b - one) * 256 + bytes[i++]
              : one + two * 256 + (b - one - two) * 65536 + bytes[i++] * 256 + bytes[i++]];
          }
          return said;
        }""",
        index,
    )
    assert texts == "".join((words, END, odd, END, f"{odd} b", SPLIT, "b c", END))
    assert "".join(TOKEN.findall(texts)) == texts


def test_what_was_cited_is_at_hand_as_one_list_on_the_next_page_too(tab, two: Path) -> None:
    page = tab(two / "search.html").page
    asked(page, "closed shelter")
    page.get_by_role("button", name="Copy citation").click()
    assert page.get_by_label(re.compile("cited so far")).is_hidden()
    page.keyboard.press("Escape")
    page.goto((two / "quillmar.html").as_uri())
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.get_by_label("all 2 cited so far").check()
    assert page.input_value("#cite textarea").count("Compared by diffing") == 2
    page.get_by_role("button", name="BibTeX").click()
    assert page.input_value("#cite textarea").count("@techreport") == 4


def test_what_was_written_anew_stands_beside_what_is_gone(tab, tmp_path: Path) -> None:
    middle = "Courts sat daily. The ministry printed a handbook. Nurses visited villages. The harbor had two lamps."
    old = f"Guards in the northern prison often beat inmates who complained about spoiled food. {middle}"
    new = f"{middle} Lawyers told of inmates in the north who complained about spoiled food."
    for year, text in ((2019, old), (2020, new)):
        (tmp_path / "corpus" / str(year)).mkdir(parents=True)
        (tmp_path / "corpus" / str(year) / "norvania.txt").write_text(text, "utf-8")
    run_year(diffing.Corpus(tmp_path / "corpus", "tip"), 2020, out=tmp_path / "out", cache=tmp_path / "cache")
    table = pl.read_parquet(tmp_path / "out" / "tables" / "sentences.parquet")
    assert {"added", "removed"} <= set(table["op"]), "the two are not aligned: else nothing is gone"
    page = tab(tmp_path / "out" / "search.html").page
    asked(page, "prison", "gone")
    assert "2020, most alike: Lawyers told of inmates" in page.inner_text("#results")
