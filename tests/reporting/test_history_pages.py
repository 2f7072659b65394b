"""The pages of a history: what they say, that they ask for nothing, and that they hold at every width."""

import re
import shutil

import pytest
from selectolax.lexbor import LexborHTMLParser as Page

from diffing.corpus import Corpus
from diffing.reporting.history_years import order
from diffing.running.history import run_history
from diffing.running.year import run_year


@pytest.fixture(scope="module")
def reports(sample, tmp_path_factory):
    """The folder with the sample's history, and with its year 2020 compared beside it."""
    folder = tmp_path_factory.mktemp("reports")
    run_history(Corpus(sample), out=folder / "history")
    run_year(Corpus(sample), 2020, out=folder / "2020")
    return folder


def page_of(reports, name):
    return Page((reports / "history" / f"{name}.html").read_text("utf-8"))


def line_of(page, text):
    return next(line for line in page.css(".line") if text in line.text())


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Case files were kept on paper", "since 2016"),
        ("Victims could testify behind a screen.", "back since 2018"),
        ("In 2019, police investigated 11 cases.", "edited 2020"),
        ("Judges received a handbook", "since 2017"),
    ],
)
def test_each_sentence_has_its_age_beside_it(reports, text, age):
    assert line_of(page_of(reports, "mirandel"), text).css_first(".age a").text() == age


def test_a_sentence_opens_its_versions_with_the_words_that_changed(reports):
    versions = line_of(page_of(reports, "mirandel"), "In 2019, police investigated 11 cases.").css(".versions li")
    assert [version.css_first(".badge").text() for version in versions] == [
        "2020, edited",
        "2019, edited",
        "2018, edited",
        "2017, edited",
        "2016",
    ]
    assert versions[3].css_first("del").text() == "seven"
    assert versions[-1].css_first("del") is None


def test_every_number_stands_with_its_sentence_and_why_it_was_chosen(reports):
    page = page_of(reports, "karvelia")
    series = next(one for one in page.css(".series") if "Prosecutions" in one.css_first(".name").text())
    year = next(row for row in series.css("dl div") if row.css_first("dt").text() == "2016")
    assert year.css_first("dd b").text() == "11 persons"
    assert "the newest restatement, report of 2018" in year.css_first("dd small").text()
    assert year.css_first(".other b").text() == "12 persons"
    for row in page.css(".series dl div"):
        assert all(len(said.text().strip()) > 10 for said in row.css(".said"))


def test_recommendations_are_told_by_how_many_editions_made_them(reports):
    wishes = page_of(reports, "mirandel").css("#recommendations li")
    assert wishes[0].css_first(".badge").text() == "5 editions: 2016 to 2020"
    assert any("no longer made" in wish.text() for wish in wishes)


def test_what_stood_longest_and_went_comes_first(reports):
    gone = page_of(reports, "drovia").css("#gone li")
    badges = [one.css_first(".badge").text() for one in gone if "boarding schools" in one.text()]
    assert badges == ["2016 to 2017: 2 editions"]
    lengths = [int(re.search(r"(\d+) edition", one.css_first(".badge").text())[1]) for one in gone]
    assert lengths == sorted(lengths, reverse=True)


def test_the_index_has_a_column_an_edition(reports):
    page = page_of(reports, "index")
    heads = [th.text().strip() for th in page.css("#table thead th")]
    assert heads == ["Country", "2016", "2017", "2018", "2019", "2020", "Unchanged since the first"]
    karvelia = next(row for row in page.css("#table tbody tr") if row.css_first("th a").text() == "Karvelia")
    assert [b.text() for b in karvelia.css("td b")] == [
        "Tier 2 Watch List",
        "Tier 2",
        "Tier 2",
        "Tier 2",
        "Tier 2 Watch List",
    ]
    ardesh = next(row for row in page.css("#table tbody tr") if row.css_first("th a").text() == "Ardesh")
    assert [td.text().strip() for td in ardesh.css("td.lack")] == ["not there"] * 2


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        pytest.param([["a", "gone", "b"], ["b", "a"]], "b a gone", id="behind what preceded it"),
        pytest.param([["gone", "a"], ["a"]], "gone a", id="at the top where nothing did"),
        pytest.param([["a", "x", "y", "b"], ["a", "b"]], "a x y b", id="two behind one"),
        pytest.param([["a", "x"], ["a", "y"], ["a"]], "a x y", id="of two editions, the older first"),
        pytest.param([["a", "x", "z"], ["a", "x"], ["a"]], "a x z", id="behind one that went later"),
        pytest.param([["a"]], "a", id="one edition"),
    ],
)
def test_sentences_that_went_stand_where_they_were_lost(editions, expected):
    assert " ".join(order(editions)) == expected


def test_the_editions_stand_side_by_side(reports):
    page = page_of(reports, "mirandel-side-by-side")
    assert [th.text() for th in page.css("#table thead th")] == ["2016", "2017", "2018", "2019", "2020"]

    def row(text, page=page):
        found = next(tr for tr in page.css("#table tbody tr") if text in tr.text())
        return [td.attributes["class"] for td in found.css("td")]

    assert row("Case files were kept on paper") == ["new", "same", "same", "same", "same"]
    assert row("Victims could testify behind a screen.") == ["new", "lack", "returned", "same", "same"]
    drovia = page_of(reports, "drovia-side-by-side")
    assert row("Some victims are minors", drovia) == ["new", "same", "lack", "lack", "lack"]
    assert len(page.css("#table tbody tr:not(.section)")) >= 36
    assert page_of(reports, "mirandel").css_first("a[href='mirandel-side-by-side.html']") is not None


@pytest.mark.parametrize("name", ["index", "mirandel", "quillmar", "mirandel-side-by-side"])
def test_a_page_asks_for_nothing_and_keeps_its_promises(reports, name):
    text = (reports / "history" / f"{name}.html").read_text("utf-8")
    assert "default-src 'none'" in text
    page = Page(text)
    assert not page.css("img, iframe, object, embed, script[src], link[rel=stylesheet]")
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    for link in page.css("a[href^='#']"):
        assert link.attributes["href"][1:] in ids
    assert not re.search(r"\bNone\b(?!:)|undefined|nan%", page.body.text())


def test_the_page_of_two_years_leads_there_and_shows_the_ages(reports):
    page = Page((reports / "2020" / "mirandel.html").read_text("utf-8"))
    assert page.css_first("a[href='../history/mirandel.html']").text() == "All editions"
    index = Page((reports / "2020" / "index.html").read_text("utf-8"))
    assert index.css_first("a[href='../history/index.html']").text() == "All editions"
    assert {mark.text() for mark in page.css("sup.since")} == {"2016", "2017", "2018", "2019"}
    assert "in some form since 2016" in page.css_first("#text").text()


def test_a_history_of_other_texts_says_nothing_of_these(sample, tmp_path):
    shutil.copytree(sample, tmp_path / "corpus")
    run_history(Corpus(sample), out=tmp_path / "history")
    path = tmp_path / "corpus" / "2020" / "mirandel.txt"
    path.write_text(path.read_text("utf-8").replace("Male victims", "Men"), "utf-8")
    run_year(Corpus(tmp_path / "corpus"), 2020, out=tmp_path / "2020")
    mirandel, karvelia = ((tmp_path / "2020" / f"{name}.html").read_text("utf-8") for name in ("mirandel", "karvelia"))
    assert "../history/" not in mirandel
    assert "../history/karvelia.html" in karvelia


def test_text_that_looks_like_markup_is_text(tmp_path):
    for year, said in (
        (2019, "<script>alert(1)</script> was printed."),
        (2020, "<script>alert(2)</script> was printed."),
    ):
        (tmp_path / "corpus" / str(year)).mkdir(parents=True)
        (tmp_path / "corpus" / str(year) / "norvania.txt").write_text(f"PROTECTION\n\n{said} Police met.\n")
    (tmp_path / "corpus" / "corpus.toml").write_text('family = "tip"\n')
    run_history(Corpus(tmp_path / "corpus"), out=tmp_path / "out")
    text = (tmp_path / "out" / "norvania.html").read_text("utf-8")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(2)" in text


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_a_page_fits_its_window_and_its_filters_work(reports, browser, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith(("file:", "data:")) else None
    )
    page.goto((reports / "history" / "mirandel.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    everything = page.locator(".line:visible").count()
    page.select_option("#age", "2016")
    some = page.locator(".line:visible").count()
    assert 0 < some < everything
    assert page.inner_text("#hits") == f"{some} of {everything} sentences"
    page.reload()
    assert page.locator(".line:visible").count() == some  # the choice stands in the address
    page.goto((reports / "history" / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.fill("#q", "karv")
    assert page.locator("#table tbody tr:visible").count() == 1
    page.goto((reports / "history" / "mirandel-side-by-side.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    everything = page.locator("#table tbody tr:visible").count()
    for year in (0, 1):
        page.uncheck(f".edition[value='{year}']")
    assert page.locator("#table thead th:visible").all_inner_texts() == ["2018", "2019", "2020"]
    page.check("#changed")
    assert 0 < page.locator("#table tbody tr:visible").count() < everything
    assert [one for one in said if not one.startswith(("file:", "data:"))] == []
    page.close()


@pytest.mark.browser
def test_without_a_script_all_is_there(reports, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((reports / "history" / "mirandel.html").as_uri())
    assert page.locator(".line:visible").count() > 20
    page.locator(".line details summary").first.click()
    assert page.locator(".versions:visible").count() == 1
    assert page.locator(".tools:visible").count() == 0
    context.close()
