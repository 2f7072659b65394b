"""A history over all editions: what it writes, that it is the same twice, and that bad input costs nothing else."""

import json
import shutil
from functools import partial

import polars as pl
import pytest

import diffing
from diffing import pipeline, tables
from diffing.corpus import Corpus
from diffing.model import OutputError
from diffing.profile import loading
from diffing.reporting.notebook_values import country_history_html
from diffing.running import history_steps
from diffing.running.history import run_history
from diffing.running.series import country_series
from diffing.running.year import run_year
from diffing.user_cache import cache_of

TABLES = ("lineages", "trends", "ratings", "editions", "problems")
TEXTS = {
    2016: "PROTECTION\n\nPolice identified eight victims. The only shelter stayed closed. Courts heard no case.\n",
    2017: "PROTECTION\n\nPolice identified nine victims. The only shelter stayed closed.\n",
    2018: "PROTECTION\n\nPolice identified nine victims. The only shelter stayed closed. Courts heard no case.\n",
}


@pytest.fixture
def corpus(tmp_path):
    """Two countries in three editions."""
    for year, text in TEXTS.items():
        (tmp_path / "corpus" / str(year)).mkdir(parents=True)
        for slug in ("norvania", "karvelia"):
            (tmp_path / "corpus" / str(year) / f"{slug}.txt").write_text(text)
    (tmp_path / "corpus" / "corpus.toml").write_text('family = "tip"\n')
    return tmp_path / "corpus"


def files_of(folder):
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    files.pop("run.json")  # it tells the seconds
    return files


def lineages(history, country="Norvania", year=2018):
    rows = history.lineages.filter(pl.col("country") == country, pl.col("year") == year)
    return rows.select("origin", "same_since", "via").rows()


def test_since_when_each_sentence_stands(corpus):
    history = diffing.history(corpus)
    assert lineages(history) == [(2016, 2017, "equal"), (2016, 2016, "equal"), (2016, 2018, "returned")]
    assert repr(history) == "<History 2016 to 2018: 2 countries, 3 editions>"
    assert "Norvania" in history._repr_html_()
    one = history["norvania"]
    assert repr(one) == "<CountryHistory Norvania 2016 to 2018: 3 editions>"
    assert "sentences stand in the same words since" in country_history_html(one)


def test_the_tables_have_the_columns_that_are_declared(corpus):
    history = diffing.history(corpus)
    for name, table in (("lineages", history.lineages), ("trends", history.series), ("ratings", history.ratings)):
        assert table.schema == pl.Schema(tables.schema(name)), name
    assert len(history.comparisons) == 4
    assert history["norvania"].editions[-1].returned == 1


def test_a_run_writes_an_index_a_page_a_country_and_every_table(corpus, tmp_path):
    run = run_history(Corpus(corpus), out=tmp_path / "out")
    assert run.errors == ()
    assert "2 countries, 3 editions, 2016 to 2018: 2 sentences" in run.summary
    names = [f"{slug}{more}.html" for slug in ("norvania", "karvelia") for more in ("", "-side-by-side")]
    assert {p.name for p in (tmp_path / "out").glob("*.html")} == {"index.html", *names}
    in_memory = diffing.history(corpus)
    for name in TABLES:
        written = pl.read_parquet(tmp_path / "out" / "tables" / f"{name}.parquet")
        assert written.schema == pl.Schema(tables.schema(name)), name
        assert written.equals({"trends": in_memory.series}.get(name, getattr(in_memory, name, None))), name
    rows = pl.read_csv(tmp_path / "out" / "tables" / "lineages.csv")
    assert all(isinstance(json.loads(parents), list) for parents in rows["parents"])
    assert "Nothing has changed" in run_history(Corpus(corpus), out=tmp_path / "out").summary


def test_a_history_becomes_no_year_of_its_corpus(corpus):
    with pytest.raises(OutputError, match="there the corpus keeps its narratives of 2031"):
        run_history(Corpus(corpus), out=corpus / "2031")
    assert not (corpus / "2031").exists()


@pytest.mark.parametrize("run", [run_history, partial(run_year, year=2018)])
def test_no_link_makes_a_report_a_year_of_its_corpus(run, corpus, tmp_path):
    """A link to a year that is not there, by way of a folder that is one, and a year that is one itself."""
    (tmp_path / "to-a-year").symlink_to(corpus / "2031")
    (tmp_path / "to-a-link").symlink_to(tmp_path / "to-a-year")
    (tmp_path / "there").symlink_to(corpus)
    (corpus / "store").mkdir()
    (corpus / "2032").symlink_to("store")
    for out in ("to-a-year", "to-a-link", "there/2031", "corpus/store", "there/2032", "there/store/../2031"):
        with pytest.raises(OutputError, match=r"there the corpus keeps its narratives of 203[12]"):
            run(Corpus(corpus), out=tmp_path / out)
    assert not (corpus / "2031").exists()
    assert not list((corpus / "store").iterdir())


def test_processes_give_the_same_bytes_as_one_and_so_does_a_second_run(sample, tmp_path, monkeypatch):
    monkeypatch.setattr("diffing.running.engine.FEWEST_FOR_PROCESSES", 1)
    for jobs in (1, 2, 1):
        run_history(Corpus(sample), out=tmp_path / f"out-{jobs}", jobs=jobs, cache=tmp_path / f"cache-{jobs}")
        shutil.rmtree(tmp_path / "last", ignore_errors=True)
        shutil.copytree(tmp_path / f"out-{jobs}", tmp_path / "last")
        (tmp_path / f"out-{jobs}" / "index.html").unlink()
    run_history(Corpus(sample), out=tmp_path / "out-1", cache=tmp_path / "cache-2")
    run_history(Corpus(sample), out=tmp_path / "out-2", cache=tmp_path / "cache-1")
    assert files_of(tmp_path / "out-1") == files_of(tmp_path / "out-2") == files_of(tmp_path / "last")


def test_an_edition_more_costs_one_alignment_a_country(corpus, monkeypatch):
    assert lineages(diffing.history(corpus), year=2018)
    (corpus / "2019").mkdir()
    for slug in ("norvania", "karvelia"):
        (corpus / "2019" / f"{slug}.txt").write_text(TEXTS[2018])
    aligned, read = [], []
    real_align, real_read = pipeline.align, Corpus.narrative
    monkeypatch.setattr(
        pipeline, "align", lambda *pair: aligned.append(tuple(n.year for n in pair)) or real_align(*pair)
    )
    monkeypatch.setattr(Corpus, "narrative", lambda self, *which: read.append(which) or real_read(self, *which))
    history = diffing.history(corpus)
    assert lineages(history, year=2019)[2] == (2016, 2018, "equal")
    assert aligned == [(2018, 2019)] * 2
    assert read == [("karvelia", 2019), ("norvania", 2019)]


def test_a_narrative_that_is_no_text_is_said_and_followed_across(corpus, tmp_path):
    (corpus / "2017" / "norvania.txt").write_bytes(b"")
    run = run_history(Corpus(corpus), out=tmp_path / "out")
    assert [(problem.country, problem.year) for problem in run.errors] == [("Norvania", 2017)]
    assert (tmp_path / "out" / "karvelia.html").is_file()
    page = (tmp_path / "out" / "norvania.html").read_text("utf-8")
    assert "2017: could not be used" in page
    assert lineages(diffing.history(corpus)) == [(2016, 2018, "edited"), (2016, 2016, "equal"), (2016, 2016, "equal")]


def test_editions_that_take_for_ever_have_one_countrys_time_together_and_are_followed_across(
    corpus, tmp_path, monkeypatch
):
    monkeypatch.setattr(loading, "_try_patterns", lambda *_: None)
    monkeypatch.setattr(history_steps, "SECONDS_A_COUNTRY", 3.0)
    monkeypatch.setattr(history_steps, "SECONDS_AN_EDITION", 1.0)
    (corpus / "own.toml").write_text(
        'extends = "tip"\nname = "own"\n[[reading.frame]]\npattern = "(?:a|aa)+#"\nexamples = []\n'
    )
    (corpus / "corpus.toml").write_text('profile = "own.toml"\n')
    for year in ("2016", "2017"):
        (corpus / year / "norvania.txt").write_text(f"\n\n{'a' * 60}\n\nPolice freed 3 men.\n")
    run = run_history(Corpus(corpus), out=tmp_path / "out", jobs=1)
    assert [(problem.country, problem.year) for problem in run.errors] == [("Norvania", 2016), ("Norvania", 2017)]
    assert ["took more than 3 s" in run.errors[0].message, "took more than 1 s" in run.errors[1].message] == [
        True,
        True,
    ]
    assert (tmp_path / "out" / "karvelia.html").is_file()


def test_two_files_for_one_year_are_said_and_neither_is_taken(corpus):
    shutil.copy(corpus / "2017" / "norvania.txt", corpus / "2017" / "norvania.md")
    history = diffing.history(corpus)
    (problem,) = history.problems.filter(pl.col("severity") == "error").to_dicts()
    assert (problem["country"], problem["year"]) == ("Norvania", 2017)
    assert "keep one of them" in problem["message"]
    assert [edition.year for edition in history["norvania"].editions] == [2016, 2018]
    assert [edition.year for edition in history["karvelia"].editions] == [2016, 2017, 2018]


def test_a_country_that_is_missing_for_a_year_is_followed_across_the_gap(corpus):
    (corpus / "2017" / "norvania.txt").unlink()
    history = diffing.history(corpus)
    assert history["norvania"].notes == (
        "2017: the edition does not have the country; what stood before is followed across the gap",
    )
    assert lineages(history)[2] == (2016, 2016, "equal")


def test_a_year_that_the_corpus_lacks_is_said(corpus):
    shutil.rmtree(corpus / "2017")
    assert diffing.history(corpus)["norvania"].notes == ("2017: the corpus has no edition",)


def test_a_country_that_changes_its_name_is_one(corpus):
    for year, slug in ((2016, "swaziland"), (2017, "swaziland"), (2018, "eswatini")):
        shutil.copy(corpus / str(year) / "norvania.txt", corpus / str(year) / f"{slug}.txt")
    history = diffing.history(corpus, countries=["swaziland"])
    assert history.countries == ("eswatini",)
    assert lineages(history, "Eswatini")[1] == (2016, 2016, "equal")


def test_an_edition_of_one_country_only_and_a_country_in_one_edition_only(corpus):
    (corpus / "2017" / "karvelia.txt").unlink()
    (corpus / "2018" / "drovia.txt").write_text(TEXTS[2018])
    history = diffing.history(corpus)
    assert history.problems.is_empty()
    assert history["drovia"].notes == ("The first edition of the corpus that has the country is 2018",)
    assert lineages(history, "Drovia") == [(2018, 2018, None)] * 3
    assert history["drovia"].editions[0].verdict is None


def test_an_edition_that_breaks_is_said_once_and_breaks_lineages(tmp_path):
    sections = {
        key: f"{key}\n\n" + " ".join(f"The {word} of the {key.lower()} unit met each month." for word in words)
        for key, words in (
            ("PROTECTION", ("board", "head", "clerk", "guard")),
            ("PREVENTION", ("panel", "chair", "nurse", "pilot")),
        )
    }
    for slug in ("ardesh", "drovia", "karvelia", "mirandel", "norvania", "ulmoria"):
        for year, text in ((2019, "\n\n".join(sections.values())), (2020, sections["PROTECTION"])):
            (tmp_path / "corpus" / str(year)).mkdir(parents=True, exist_ok=True)
            (tmp_path / "corpus" / str(year) / f"{slug}.txt").write_text(text)
    (tmp_path / "corpus" / "corpus.toml").write_text('family = "tip"\n')
    history = diffing.history(tmp_path / "corpus")
    (problem,) = history.problems.to_dicts()
    assert problem["message"].startswith("the edition of 2020 broke with that of 2019")
    assert set(history.lineages.filter(pl.col("year") == 2020)["broken"]) == {True}
    run = run_history(Corpus(tmp_path / "corpus"), out=tmp_path / "out")
    assert run.summary.count("CAUTION: the edition of 2020 broke") == 1


def test_countries_is_a_list(corpus):
    with pytest.raises(diffing.DiffingError, match="countries is a list"):
        diffing.history(corpus, countries="norvania")
    with pytest.raises(diffing.DiffingError, match="no country 'nowhere'"):
        diffing.history(corpus, countries=["nowhere"])


def test_a_cache_that_is_gone_or_broken_is_made_again(corpus, tmp_path):
    run_history(Corpus(corpus), out=tmp_path / "out")
    first = files_of(tmp_path / "out")
    for path in cache_of(corpus).rglob("*"):
        if path.is_file():
            path.write_bytes(b"broken")
    (tmp_path / "out" / "index.html").unlink()
    run_history(Corpus(corpus), out=tmp_path / "out")
    assert files_of(tmp_path / "out") == first


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "profile", "years", "scale"),
    [("hrr-sec7", "hrr", (2016, 2020), None), ("dol-child-labor", "dol", (2014, 2020), "assessment"),
     ("factbook-tip", "tip", (2014, 2021), "tier")],
)  # fmt: skip
def test_the_real_corpora_have_a_history(shared, tmp_path, name, profile, years, scale):
    corpus = Corpus(shared / "real" / name, profile)
    countries = corpus.countries(years[1])[:4]
    run = run_history(corpus, out=tmp_path / "out", countries=countries)
    assert run.errors == ()
    rows = pl.read_parquet(tmp_path / "out" / "tables" / "lineages.parquet")
    newest = rows.filter(pl.col("year") == years[1])
    assert newest.filter(pl.col("origin") < years[1]).height > 0
    first = rows.filter(pl.col("year") == years[0]).select("country", "lineage", "hash")
    stood = newest.filter(pl.col("same_since") == years[0]).join(first, on=["country", "lineage", "hash"], how="anti")
    assert stood.is_empty()  # what is said to stand in these words since then stood in these words then
    ratings = pl.read_parquet(tmp_path / "out" / "tables" / "ratings.parquet")
    assert (scale is None) or set(ratings["scale"]) >= {scale}
    if scale:
        told = country_series(corpus, countries[0])
        assert told.filter(pl.col("indicator") == scale)["text"].str.len_chars().min() > 10
