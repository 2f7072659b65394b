"""The Python that people reach for: two strings, one section, own splitter and aligner, exports, and clear errors."""

import json
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import pytest

import diffing
from diffing import DiffingError, Link
from diffing.aligning import FITTED, align_sentences
from diffing.extracting import extract_figures

OLD = "Police identified eight victims in 2018. The shelter stayed open."
NEW = "Police identified no victims in 2019. The shelter stayed open. Courts convicted one trafficker in 2019."


@pytest.fixture(scope="module")
def year():
    return diffing.diff_year("corpora/sample", 2020, countries=["turkmenistan", "norvania"])


def test_two_texts_are_compared_without_files():
    comparison = diffing.compare_texts(OLD, NEW)
    assert (comparison.old.year, comparison.new.year) == (2019, 2020)  # the report after the newest year that it names
    assert comparison.sentences["op"].to_list() == ["edited", "equal", "added"]
    assert comparison.verdict is diffing.Verdict.MIXED  # fewer victims, more convictions


def test_texts_that_name_no_year_are_compared_too():
    comparison = diffing.compare_texts("The shelter stayed open.", "The shelter closed.")
    assert comparison.old.year == comparison.new.year - 1
    assert diffing.compare_texts("A.", "B.", old_year=2030).new.year == 2031


def test_the_words_that_changed_are_a_table():
    words = diffing.compare_texts(OLD, NEW).word_edits
    assert words["op"].to_list() == ["equal", "removed", "added", "equal", "removed", "added", "equal"][: words.height]
    assert (
        words.filter(words["op"] != "added")["text"].str.join("").item() == "Police identified eight victims in 2018."
    )
    assert words.filter(words["op"] != "removed")["text"].str.join("").item() == NEW.partition(" The")[0]


def test_one_section_has_its_own_tables_and_shows_itself(year):
    section = year["turkmenistan"].section("protection")
    assert set(section.findings["section"]) == {"protection"}
    assert section.sentences.height < year["turkmenistan"].sentences.height
    assert "<del>" in section._repr_html_()
    with pytest.raises(DiffingError, match="no section 'protecton'; there are overview, "):
        year["turkmenistan"].section("protecton")


def test_a_year_is_a_container_of_comparisons(year):
    assert len(year) == 2
    assert "turkmenistan" in year
    assert "Turkmenistan" in year
    assert "atlantis" not in year
    assert [comparison.new.slug for comparison in year] == ["norvania", "turkmenistan"]
    assert year["Norvania"] in year


def test_json_holds_years_country_signature_and_every_table(year, tmp_path):
    told = json.loads(year["turkmenistan"].to_json(tmp_path / "x.json"))
    assert (told["country"], told["old_year"], told["new_year"]) == ("Turkmenistan", 2019, 2020)
    assert told["signature"]["profile"] == "tip"
    assert len(told["findings"]) == year["turkmenistan"].findings.height
    assert json.loads((tmp_path / "x.json").read_text()) == told
    assert len(json.loads(year.to_json())["index"]) == 2


def test_a_year_goes_to_one_page_one_text_and_one_document(year, tmp_path):
    page = year.to_html(tmp_path / "x.html")
    assert (tmp_path / "x.html").read_text("utf-8") == page
    assert page.count("<style>") == 1
    said = year.to_markdown(tmp_path / "x.md")
    for comparison in year:
        first = comparison.findings["summary"][0]
        assert first in page.replace("&#39;", "'")
        assert f"# {comparison.country}: 2019 to 2020" in said
        assert comparison.to_markdown() in said + "\n"
    year.to_docx(tmp_path / "x.docx")
    with zipfile.ZipFile(tmp_path / "x.docx") as document:
        body = document.read("word/document.xml").decode()
    assert body.count("Accept all changes") == len(year)


def test_the_trends_of_a_corpus_are_of_all_countries_and_editions(tmp_path):
    corpus = diffing.Corpus("corpora/sample")
    trends = corpus.trends()
    assert set(trends["country"]) == {corpus.name(slug) for slug in corpus.countries()}  # those of one edition too
    assert set(trends["report_year"]) == set(corpus.years)
    series = ["country", "indicator", "actor", "unit", "breakdown", "body", "year"]
    assert trends.filter("chosen").group_by(series).len()["len"].max() == 1
    some = corpus.trends(["Norvania"], "convictions")
    assert set(some["indicator"]) == {"convictions"}
    assert set(some["country"]) == {"Norvania"}


def test_a_narrative_that_cannot_be_read_is_left_out_of_trends_with_a_warning(tmp_path):
    for year, text in ((2019, OLD), (2020, "")):
        (tmp_path / str(year)).mkdir()
        (tmp_path / str(year) / "norvania.txt").write_text(text)
    with pytest.warns(UserWarning, match="Norvania: the narrative of 2020 is left out"):
        trends = diffing.Corpus(tmp_path, "tip").trends()
    assert set(trends["report_year"]) == {2019}


def by_line(text):
    """A splitter of the user's own: a sentence ends at each semicolon too."""
    cuts = [i + 1 for i, letter in enumerate(text) if letter in ".;"]
    return list(zip([0, *cuts[:-1]], cuts, strict=True))


def test_an_own_splitter_takes_the_place_of_ours():
    text = "Overview\n\nPolice left; courts closed.\n\nA judge stayed."
    narrative = diffing.parse_narrative(text, country="X", year=2020, splitter=by_line)
    assert [s.text for s in narrative.sentences] == ["Police left;", "courts closed.", "A judge stayed."]
    assert all(narrative.text[s.start : s.end] == s.text for s in narrative.sentences)


def test_what_a_user_put_in_our_place_is_said_in_the_signature(tmp_path):
    strict = partial(align_sentences, evidence=replace(FITTED, link=-3.0))
    comparison = diffing.compare_texts(OLD, NEW, splitter=by_line, aligner=strict)
    own = dict(comparison.signature.own)
    assert own["splitter"] == "by_line"
    assert own["aligner"].startswith("align_sentences with evidence=Evidence(")
    assert "link=-3.0" in own["aligner"]
    assert "by_line" in comparison.to_html()
    assert diffing.compare_texts(OLD, NEW).signature.own == ()


def test_where_the_new_text_is_silent_there_is_no_text(year):
    changes = diffing.compare_texts(OLD, "The shelter stayed open.", new_year=2020, profile="tip").changes
    assert changes["to_text"].to_list() == [None]


@pytest.mark.parametrize("spans", [[(0, 5)], [(0, 8), (4, 12)], [(3, 12)], [(0, 99)]])
def test_a_splitter_that_loses_text_is_told_so(spans):
    with pytest.raises(DiffingError, match="splitter"):
        diffing.parse_narrative("Police left.", country="X", year=2020, splitter=lambda text: spans)


def test_an_own_aligner_takes_the_place_of_ours():
    one = diffing.compare_texts(OLD, NEW, aligner=lambda old, new: [Link((1,), (2,), 0.5)])
    assert one.sentences.filter(one.sentences["op"] == "edited")["new_text"].to_list() == [NEW.partition("open. ")[2]]


@pytest.mark.parametrize(
    ("links", "says"),
    [
        ([Link((9,), (0,), 1.0)], "names old sentence 9; there are 2"),
        ([Link((0,), (0,), 1.0), Link((0,), (1,), 1.0)], "old sentence 0 into two links"),
        ([Link((), (0,), 1.0)], "has no old sentence"),
        ([(0, 0)], "gives a list of"),
    ],
)
def test_an_aligner_that_is_wrong_is_told_so(links, says):
    with pytest.raises(DiffingError, match=says):
        diffing.compare_texts(OLD, NEW, aligner=lambda old, new: links)


MISTAKES = [
    ("two strings to compare", lambda: diffing.compare(OLD, NEW), "compare_texts"),
    ("narratives to compare_texts", lambda: diffing.compare_texts(None, NEW), "takes two texts"),
    ("a bare string to align_sentences", lambda: align_sentences("One.", ["One."]), "two lists of sentences"),
    (
        "one country as a string",
        lambda: diffing.diff_year("corpora/sample", 2020, countries="turkmenistan"),
        r"countries=\['turkmenistan'\]",
    ),
    ("a corpus that is not there", lambda: diffing.Corpus("corpora/nothing"), "no such corpus"),
    ("a year that is not there", lambda: diffing.diff_year("corpora/sample", 1999), "no year 1999: it holds"),
    ("a file that is not there", lambda: diffing.read_narrative("x.txt", "X", 2020, "tip"), "x.txt"),
    ("a year as text", lambda: diffing.Corpus("corpora/sample").narrative("norvania", "2019"), "not '2019'"),
    ("a year as text of a diff", lambda: diffing.diff_year("corpora/sample", "2020"), "not '2020'"),
    ("a country that is none", lambda: diffing.Corpus("corpora/sample").slug("Norvana"), "did you mean norvania"),
    ("the old year first", lambda: diffing.diff_year("corpora/sample", 2019, since=2020), "2020 is not before 2019"),
    ("a table that is not there", lambda: diffing.describe("sentence"), "there are changes, "),
    (
        "narratives the wrong way round",
        lambda: diffing.compare(*(diffing.Corpus("corpora/sample").narrative("norvania", y) for y in (2020, 2019))),
        "must be of an earlier year",
    ),
    ("an indicator that is none", lambda: diffing.Corpus("corpora/sample").trends(indicator="victim"), "did you mean"),
    (
        "one country as a string, of trends",
        lambda: diffing.Corpus("corpora/sample").trends("norvania"),
        r"countries=\['norvania'\]",
    ),
    ("a profile that is not there", lambda: diffing.load_profile("tipp"), "give one of"),
]


def sample():
    return diffing.Corpus("corpora/sample")


def one_country():
    return diffing.diff_year(sample(), 2020, countries=["norvania"])


MISTAKES += [
    ("the year before the country", lambda: sample().narrative(2020, "norvania"), "not 2020; a year comes behind it"),
    ("a corpus of a number", lambda: diffing.diff_year(2020, "corpora/sample"), "not a int: give a path, or polars"),
    ("a corpus of a dictionary", lambda: diffing.Corpus({"country": ["X"]}), "not a dict: give a path, or polars"),
    ("a list of years", lambda: diffing.diff_year(sample(), [2019, 2020]), r"not \[2019, 2020\]"),
    ("a country that is known and not here", lambda: sample().narrative("USA", 2020), "'USA'; `diffing corpus list"),
    (
        "a frame whose rows are empty",
        lambda: diffing.diff_year(diffing.Corpus(as_frame([("X", 2019, None), ("X", 2020, "A.")]), "tip"), 2020),
        "row 1",
    ),
    ("names of files for texts", lambda: diffing.compare_texts("2019/x.txt", "2020/x.txt"), "read_narrative"),
    ("years as texts", lambda: diffing.compare_texts("A.", "B.", old_year="2019"), "whole number, not '2019'"),
    ("a year as text of a file", lambda: diffing.parse_narrative("A.", country="X", year="2020"), "not '2020'"),
    ("a table for its name", lambda: diffing.describe(one_country().findings), "DataFrame: give its name"),
    ("a row to show", lambda: one_country()["norvania"].show({"finding": "x"}), "not a dict: comparison.judgement"),
    (
        "a table as Word",
        lambda: one_country()["norvania"].to_docx("x.doc"),
        "x.doc: to_docx writes no .doc: use to_docx",
    ),
    ("a page as JSON", lambda: one_country()["norvania"].to_html("x.json"), "use to_json"),
    ("a workbook as CSV", lambda: one_country().to_excel("x.csv"), "write_csv"),
    ("a list to extract from", lambda: extract_figures(["A."], 2020), "one sentence, not a list"),
    ("a year as text to extract for", lambda: extract_figures("A.", "2020"), "not '2020'"),
    ("numbers to align", lambda: align_sentences([1, 2], ["A."]), r"each a text, not \[1, 2\]"),
    ("nothing to align", lambda: align_sentences(None, ["A."]), "not None"),
    ("a bar that is none", lambda: diffing.diff_year(sample(), 2020, progress=True), "lab.progress, not True"),
    ("a slug of a chart", lambda: chart(one_country().trends, "norvania"), "it is called 'Norvania' there"),
    ("a chart of a year", lambda: chart(one_country()), r"the table trends \(year.trends\), not of a YearDiff"),
    ("a chart of another table", lambda: chart(one_country().changes), "not of another table"),
]


def as_frame(rows):
    import polars as pl

    return pl.DataFrame(dict(zip(("country", "year", "text"), map(list, zip(*rows, strict=True)), strict=True)))


def chart(table, country=None):
    pytest.importorskip("altair")
    from diffing import lab

    return lab.indicator_chart(table, "convictions", country)


def test_years_and_sentences_may_come_out_of_a_data_frame():
    frame = pytest.importorskip("pandas").DataFrame({"year": [2019, 2020], "text": ["A left.", "A went."]})
    assert sample().narrative("norvania", frame["year"][1]).year == 2020
    assert type(sample().narrative("norvania", frame["year"][1]).year) is int
    assert len(diffing.diff_year(sample(), frame["year"][1], frame["year"][0], countries=["norvania"])) == 1
    assert align_sentences(frame["text"], frame["text"]) == align_sentences([*frame["text"]], [*frame["text"]])


def test_a_country_of_a_year_is_found_by_any_of_its_names():
    texts = [("Swaziland", 2019, OLD), ("Eswatini", 2020, NEW), ("X", 2019, OLD), ("X", 2020, NEW)]
    year = diffing.diff_year(diffing.Corpus(as_frame(texts), "tip"), 2020)
    assert year["swaziland"] is year["Eswatini"] is year["eSwatini "]
    assert "Swaziland" in year
    assert "Atlantis" not in year
    assert repr(year) == "<YearDiff 2019 -> 2020: 2 countries>"


@pytest.mark.parametrize(("mistake", "says"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_typical_mistake_is_told_what_to_do(mistake, says):
    with pytest.raises(DiffingError, match=says):
        mistake()


ROWS = [("Norvania", 2019, OLD), ("Norvania", 2020, NEW), ("Quillmar", 2020, "A new country.")]


@pytest.mark.parametrize("kind", ["polars", "pandas"])
def test_a_corpus_may_be_a_data_frame(kind):
    library = pytest.importorskip(kind)
    frame = library.DataFrame(dict(zip(("Country", "year", "text"), map(list, zip(*ROWS, strict=True)), strict=True)))
    corpus = diffing.Corpus(frame, "tip")
    assert corpus.years == (2019, 2020)
    assert corpus.countries(2020) == ("norvania", "quillmar")
    year = diffing.diff_year(corpus, 2020)
    assert year.index.filter(year.index["country"] == "Quillmar")["verdict"].to_list() == [None]
    assert year["norvania"].verdict is diffing.Verdict.MIXED
    with pytest.raises(DiffingError, match="no column text"):
        diffing.Corpus(library.DataFrame({"country": ["X"], "year": [2020], "body": ["A."]}))


def test_a_profile_may_be_a_dictionary():
    own = {
        "name": "press",
        "extends": "tip",
        "indicators": [
            {
                "name": "journalists_arrested", "title": "Journalists arrested", "unit": "persons", "polarity": -1,
                "why": "Counts against a government.", "verbs": ["arrest"], "objects": ["journalist"],
                "examples": ["Police arrested eight journalists."],
            }
        ],
    }  # fmt: skip
    comparison = diffing.compare_texts(
        "Police arrested two journalists in 2018.", "Police arrested eight journalists in 2019.",
        profile=diffing.load_profile(own),
    )  # fmt: skip
    assert comparison.changes.select("indicator", "verdict").rows() == [("journalists_arrested", "backsliding")]
    with pytest.raises(DiffingError, match="key indicators"):
        diffing.load_profile({"extends": "tip", "indicators": [{"name": "x"}]})


def test_a_year_says_how_far_it_is_and_several_processes_give_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # nothing is kept from before
    monkeypatch.setattr("diffing.running.engine.FEWEST_FOR_PROCESSES", 1)
    steps: list[str] = []

    @contextmanager
    def progress(total):
        steps.append(str(total))
        yield steps.append

    some = ["norvania", "turkmenistan"]
    told = diffing.diff_year("corpora/sample", 2020, countries=some, jobs=2, progress=progress)
    assert steps == ["2", "Norvania", "Turkmenistan"]
    assert told.findings.equals(diffing.diff_year("corpora/sample", 2020, countries=some).findings)


def test_a_comparison_goes_to_word_markdown_and_excel(year, tmp_path):
    from python_calamine import CalamineWorkbook

    one = year["turkmenistan"]
    one.to_docx(tmp_path / "x.docx")
    with zipfile.ZipFile(tmp_path / "x.docx") as document:
        body = document.read("word/document.xml").decode()
    assert "<w:ins " in body
    assert "<w:del " in body
    assert one.to_markdown(tmp_path / "x.md").startswith("# ")
    year.to_excel(tmp_path / "x.xlsx")
    sheets = CalamineWorkbook.from_path(tmp_path / "x.xlsx").sheet_names
    assert sheets == ["Countries", "Numbers", "Findings", "Recommendations", "Columns"]
