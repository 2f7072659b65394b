"""A run over a year: what it writes, that it is the same twice, and that only what changed is done again."""

import json
import shutil
from contextlib import contextmanager

import polars as pl
import pytest

import diffing
from diffing.corpus import Corpus
from diffing.corpus.manifest import checksum_of
from diffing.running import year_steps
from diffing.running.series import country_trends
from diffing.running.year import run_year
from diffing.tables import SCHEMAS
from diffing.user_cache import cache_of


@pytest.fixture
def corpus(sample, tmp_path):
    """Three countries of the sample, as a corpus of one's own."""
    for year in ("2019", "2020"):
        (tmp_path / "corpus" / year).mkdir(parents=True)
        for slug in ("turkmenistan", "norvania", "karvelia"):
            shutil.copy(next((sample / year).glob(f"{slug}.*")), tmp_path / "corpus" / year)
    return tmp_path / "corpus"


def files_of(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def narratives_read(monkeypatch):
    """The narratives that are read from now on, as (slug, year)."""
    read = []
    real = Corpus.narrative
    monkeypatch.setattr(Corpus, "narrative", lambda self, *which: read.append(which) or real(self, *which))
    return read


def test_a_run_writes_an_index_a_page_a_country_and_every_table(corpus, tmp_path):
    run = run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    written = files_of(tmp_path / "out")
    assert run.errors == ()
    assert {"index.html", "turkmenistan.html", "norvania.html", "karvelia.html", "run.json"} <= set(written)
    for name, schema in SCHEMAS.items():
        table = pl.read_parquet(tmp_path / "out" / "tables" / f"{name}.parquet")
        assert table.schema == pl.Schema(schema), name
        assert f"tables/{name}.csv" in written
    about = json.loads(written["run.json"])
    assert {"version", "profile", "checksums", "thresholds", "seconds"} <= set(about)


def test_the_bar_of_each_step_counts_each_country_once(corpus, tmp_path):
    told = []

    @contextmanager
    def progress(total):
        told.append(total)
        yield told.append

    run_year(Corpus(corpus), 2020, out=tmp_path / "out", progress=progress)
    assert told == [3, "Karvelia", "Norvania", "Turkmenistan"] * 2  # read and aligned, then judged and printed


def test_two_runs_give_the_same_bytes(corpus, tmp_path):
    for out in ("one", "two"):
        run_year(Corpus(corpus), 2020, out=tmp_path / out)
    one, two = files_of(tmp_path / "one"), files_of(tmp_path / "two")
    one.pop("run.json"), two.pop("run.json")  # it tells the seconds
    assert one == two


def test_many_small_steps_give_the_same_bytes_as_one(corpus, tmp_path, monkeypatch):
    """What is put together a country and a few rows at a time, so that memory lasts, shows no seams."""
    run_year(Corpus(corpus), 2020, out=tmp_path / "one")
    monkeypatch.setattr("diffing.running.year_pages.COUNTRIES_A_FRAME", 1)
    monkeypatch.setattr("diffing.tables.CSV_ROWS", 2)
    run_year(Corpus(corpus), 2020, out=tmp_path / "two")
    one, two = files_of(tmp_path / "one"), files_of(tmp_path / "two")
    one.pop("run.json"), two.pop("run.json")
    assert one == two


def test_processes_give_the_same_bytes_as_one(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("diffing.running.engine.FEWEST_FOR_PROCESSES", 1)
    run_year(Corpus(corpus), 2020, out=tmp_path / "one", jobs=1)
    run_year(Corpus(corpus), 2020, out=tmp_path / "two", jobs=2)
    one, two = files_of(tmp_path / "one"), files_of(tmp_path / "two")
    one.pop("run.json"), two.pop("run.json")
    assert one == two


def test_the_tables_are_those_of_the_year_in_memory(corpus, tmp_path):
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    in_memory = diffing.diff_year(corpus, 2020)
    for name in SCHEMAS:
        written = pl.read_parquet(tmp_path / "out" / "tables" / f"{name}.parquet")
        assert written.equals(getattr(in_memory, name)), name


def test_nothing_is_written_where_nothing_changed(corpus, tmp_path):
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("*")}
    again = run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    assert "Nothing has changed" in again.summary
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "out").rglob("*")} == before


def test_what_corpus_toml_tells_of_a_file_is_written_anew(corpus, tmp_path):
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    told = '[files."2020/norvania.txt"]\naddress = "https://example.org/mirror"\ndate = "2020-07-01"\nsha256 = "{}"\n'
    with (corpus / "corpus.toml").open("a") as file:
        file.write(told.format(checksum_of(corpus / "2020" / "norvania.txt")))
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    assert "https://example.org/mirror" in (tmp_path / "out" / "norvania.html").read_text("utf-8")


def test_a_missing_page_is_written_again(corpus, tmp_path):
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    (tmp_path / "out" / "norvania.html").unlink()
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    assert (tmp_path / "out" / "norvania.html").is_file()


def test_only_the_narrative_that_changed_is_read_again(corpus, tmp_path, monkeypatch):
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    path = corpus / "2020" / "norvania.txt"
    path.write_text(path.read_text("utf-8") + "\n\nPolice arrested four traffickers.\n", "utf-8")
    read = narratives_read(monkeypatch)
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    assert read == [("norvania", 2020)]
    assert "arrested four traffickers" in (tmp_path / "out" / "norvania.html").read_text("utf-8")


def test_a_judging_key_of_the_profile_leaves_the_pairs_as_they_were(corpus, tmp_path, monkeypatch):
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    profile = tmp_path / "mine.toml"
    profile.write_text('extends = "tip"\n[judging.rules.stated_level]\non = false\n')
    read = narratives_read(monkeypatch)
    run_year(Corpus(corpus, profile), 2020, out=tmp_path / "out")
    assert read == []


def test_another_question_about_the_same_corpus_reads_nothing_again(sample, tmp_path, monkeypatch):
    corpus = tmp_path / "corpus"
    shutil.copytree(sample, corpus)
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    read = narratives_read(monkeypatch)
    run_year(Corpus(corpus), 2019, out=tmp_path / "other")
    diffing.diff_year(corpus, 2020, since=2018)
    country_trends(Corpus(corpus), "norvania")
    both = set(Corpus(corpus).countries(2019)) & set(Corpus(corpus).countries(2020))
    assert not [slug for slug, _ in read if slug in both]


def test_a_cache_deleted_or_broken_is_made_again(corpus, tmp_path):
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    first = files_of(tmp_path / "out")
    for path in cache_of(corpus).rglob("*"):
        if path.is_file():
            path.write_bytes(b"broken")
    (tmp_path / "out" / "index.html").unlink()
    run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    again = files_of(tmp_path / "out")
    first.pop("run.json"), again.pop("run.json")
    assert first == again


def test_one_bad_narrative_takes_no_other_along(corpus, tmp_path):
    (corpus / "2020" / "norvania.txt").write_bytes(b"")
    run = run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    assert [problem.country for problem in run.errors] == ["Norvania"]
    assert (tmp_path / "out" / "karvelia.html").is_file()
    problems = pl.read_parquet(tmp_path / "out" / "tables" / "problems.parquet")
    assert problems.filter(pl.col("severity") == "error")["country"].to_list() == ["Norvania"]
    index = pl.read_parquet(tmp_path / "out" / "tables" / "index.parquet")
    assert index.filter(pl.col("country") == "Norvania")["verdict"].to_list() == [None]


@pytest.mark.parametrize("broken", ["empty", "twice"])
def test_a_bad_narrative_of_an_earlier_year_is_a_warning(sample, tmp_path, broken):
    corpus = tmp_path / "corpus"
    shutil.copytree(sample, corpus)
    if broken == "empty":
        (corpus / "2017" / "karvelia.txt").write_bytes(b"")
    else:
        shutil.copy(corpus / "2017" / "karvelia.txt", corpus / "2017" / "karvelia.md")
    run = run_year(Corpus(corpus), 2020, out=tmp_path / "out", countries=["karvelia"])
    assert run.errors == ()
    problems = pl.read_parquet(tmp_path / "out" / "tables" / "problems.parquet").filter(pl.col("year") == 2017)
    assert problems["severity"].to_list() == ["warning"]
    assert "the narrative of 2017 tells nothing here" in problems["message"][0]
    trends = pl.read_parquet(tmp_path / "out" / "tables" / "trends.parquet")
    assert set(trends["report_year"]) == {2016, 2018, 2019, 2020}


def test_any_two_years_can_be_compared(sample, tmp_path):
    run = run_year(Corpus(sample), 2020, since=2016, out=tmp_path / "out")
    assert run.errors == ()
    index = pl.read_parquet(tmp_path / "out" / "tables" / "index.parquet").filter(pl.col("verdict").is_not_null())
    assert index["country"].to_list() == ["Drovia", "Karvelia", "Mirandel"]
    assert set(index["old_year"]) == {2016}


def test_a_mistake_of_ours_takes_no_other_along(corpus, tmp_path, monkeypatch):
    real = year_steps.make
    monkeypatch.setattr(
        year_steps, "make", lambda work, kept: 1 / 0 if work.piece.slug == "norvania" else real(work, kept)
    )
    run = run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    assert [problem.country for problem in run.errors] == ["Norvania"]
    assert "ZeroDivisionError" in run.errors[0].message
    assert (tmp_path / "out" / "karvelia.html").is_file()


def test_a_country_in_one_year_only_has_a_row_and_no_problem(corpus, tmp_path):
    (corpus / "2019" / "karvelia.txt").unlink()
    run = run_year(Corpus(corpus), 2020, out=tmp_path / "out")
    assert run.errors == ()
    index = pl.read_parquet(tmp_path / "out" / "tables" / "index.parquet")
    assert index.filter(pl.col("verdict").is_null())["country"].to_list() == ["Karvelia"]


def test_single_countries_cannot_tell_what_the_edition_changed(corpus, tmp_path):
    run_year(Corpus(corpus), 2020, out=tmp_path / "out", countries=["turkmenistan"])
    assert sorted(path.name for path in (tmp_path / "out").glob("*.html")) == [
        "index.html",
        "review.html",
        "search.html",
        "turkmenistan.html",
    ]
    assert diffing.diff_year(corpus, 2020, countries=["turkmenistan"]).comparisons[0].judgement.editorial is None


def test_comparisons_are_found_by_slug_name_and_position(corpus):
    comparisons = diffing.diff_year(corpus, 2020).comparisons
    assert comparisons["turkmenistan"] is comparisons["Turkmenistan"] is comparisons[-1]
    with pytest.raises(KeyError, match="norvania"):
        comparisons["nowhere"]
