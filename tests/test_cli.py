"""The command line: what it prints, its exit codes, and that bad input is told what, where and what to do."""

import io
import json
import os
import subprocess
import sys

import pytest

from diffing.cli import run

OLD = "The Government of Norvania increased efforts.\n\nPROTECTION\n\nPolice identified eight victims in 2018.\n"
NEW = "The Government of Norvania increased efforts.\n\nPROTECTION\n\nPolice did not identify any victims in 2019.\n"
TOO_LONG = "x" * 400  # for the name of a file


@pytest.fixture
def corpus(tmp_path):
    for year, text in (("2019", OLD), ("2020", NEW)):
        (tmp_path / "corpus" / year).mkdir(parents=True)
        (tmp_path / "corpus" / year / "norvania.txt").write_text(text)
    (tmp_path / "corpus" / "corpus.toml").write_text('family = "tip"\n')
    return tmp_path / "corpus"


def diff(corpus, out, *more):
    return run(["diff", "--year", "2020", "--corpus", str(corpus), "--out", str(out), *more])


def test_diff_says_where_the_report_is(corpus, tmp_path, capsys):
    assert diff(corpus, tmp_path / "out") == 0
    assert f"Report: {tmp_path / 'out' / 'index.html'}" in capsys.readouterr().out


def test_python_m_is_the_same_command():
    done = subprocess.run([sys.executable, "-m", "diffing", "--version"], capture_output=True, text=True)
    assert done.stdout.startswith("diffing ")


def test_compare_takes_the_years_from_the_folders(corpus, tmp_path, capsys):
    old, new = corpus / "2019" / "norvania.txt", corpus / "2020" / "norvania.txt"
    assert run(["compare", str(old), str(new)]) == 0
    text = capsys.readouterr().out
    assert "Norvania" in text
    assert "did not identify any" in text
    assert run(["compare", str(old), str(new), "--out", str(tmp_path / "page.html")]) == 0
    assert "<!doctype html>" in (tmp_path / "page.html").read_text("utf-8").lower()


def test_compare_prints_json(corpus, capsys):
    old, new = corpus / "2019" / "norvania.txt", corpus / "2020" / "norvania.txt"
    assert run(["compare", str(old), str(new), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"verdict", "sentences", "figures", "changes", "findings", "recommendations", "problems"} <= set(told)


def test_compare_asks_for_a_year_that_nothing_says(tmp_path, capsys):
    for name in ("before.txt", "after.txt"):
        (tmp_path / name).write_text(OLD)
    code = run(["compare", str(tmp_path / "before.txt"), str(tmp_path / "after.txt")])
    if any(part.isdigit() for part in tmp_path.parts):
        pytest.skip("the folder of temporary files has a year in its name")
    assert code == 2
    assert "--old-year" in capsys.readouterr().err


def test_compare_refuses_years_in_the_wrong_order(corpus, capsys):
    old, new = corpus / "2019" / "norvania.txt", corpus / "2020" / "norvania.txt"
    assert run(["compare", str(new), str(old)]) == 2
    assert "earlier" in capsys.readouterr().err


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_figures_of_one_narrative(corpus, capsys, format):
    path = corpus / "2019" / "norvania.txt"
    assert run(["figures", str(path), "--year", "2019", "--format", format]) == 0
    named = "Victims identified" if format == "table" else "victims_identified"
    assert named in capsys.readouterr().out


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_trend_of_one_country(sample, capsys, format):
    command = ["trend", "turkmenistan", "--corpus", str(sample), "--indicator", "victims_identified"]
    assert run([*command, "--format", format]) == 0
    text = capsys.readouterr().out
    assert all(year in text for year in ("2016", "2017", "2018", "2019"))


def test_trend_tells_the_ratings_with_their_sentences_and_which_number_to_take(sample, capsys):
    assert run(["trend", "karvelia", "--corpus", str(sample)]) == 0
    said = capsys.readouterr().out
    assert said.index("Tier 2 Watch List") < said.index("Effort: prosecution") < said.index("Convictions")
    assert "Karvelia was upgraded to Tier 2" in " ".join(said.split()).replace("│ ", "").replace("  ", " ")
    assert "2018 report, restated, chosen" in said


def test_trend_of_a_family_of_ratings_alone_is_not_empty(tmp_path, capsys):
    for year, level in ((2019, "Tier 3"), (2020, "Tier 2")):
        (tmp_path / str(year)).mkdir()
        (tmp_path / str(year) / "norvania.txt").write_text(f"Norvania\n\ntier rating: {level} - much is not done\n")
    command = ["trend", "norvania", "--corpus", str(tmp_path), "--profile", "tip", "--indicator", "tier"]
    assert run([*command, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["year"], row["value"], row["level"]) for row in rows] == [(2019, 1.0, "Tier 3"), (2020, 3.0, "Tier 2")]
    assert rows[0]["text"] == "tier rating: Tier 3 - much is not done"


def test_trend_of_an_unknown_indicator_lists_those_that_are(sample, capsys):
    assert run(["trend", "turkmenistan", "--corpus", str(sample), "--indicator", "victims"]) == 2
    assert "victims_identified" in capsys.readouterr().err


# --- bad input: (what is wrong, arguments after `diff`, what the message must say) --------------------------------


def test_a_missing_corpus_is_named(tmp_path, capsys):
    assert diff(tmp_path / "nowhere", tmp_path / "out") == 2
    assert "nowhere" in capsys.readouterr().err


def test_an_empty_corpus_is_told_what_to_hold(tmp_path, capsys):
    (tmp_path / "corpus").mkdir()
    assert diff(tmp_path / "corpus", tmp_path / "out") == 2
    assert "<country>" in capsys.readouterr().err


def test_a_year_that_is_not_there_lists_those_that_are(corpus, tmp_path, capsys):
    assert diff(corpus, tmp_path / "out", "--year", "1999") == 2
    told = capsys.readouterr().err
    assert "2019" in told
    assert "2020" in told


def test_only_one_year_is_nothing_to_compare(corpus, tmp_path, capsys):
    (corpus / "2019" / "norvania.txt").unlink()
    assert diff(corpus, tmp_path / "out") == 2
    assert "2020" in capsys.readouterr().err


def test_an_unknown_country_suggests_near_names(corpus, tmp_path, capsys):
    assert diff(corpus, tmp_path / "out", "--country", "norvana") == 2
    assert "norvania" in capsys.readouterr().err.lower()


def test_a_country_that_is_a_path_is_refused(corpus, tmp_path, capsys):
    assert diff(corpus, tmp_path / "out", "--country", "../2019/norvania") == 2
    assert "../2019/norvania" in capsys.readouterr().err


BAD_FILES = {
    "empty": b"",
    "blank": b" \n\n \n",
    "binary": bytes(range(256)) * 40,
    "undecodable": b"Police identified \xff\xfe\x00\x81\x8d eight victims." + b"\x00\x01" * 50,
    "too large": b"Police identified eight victims. " * 700_000,
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_an_error_row_and_the_rest_goes_on(corpus, tmp_path, capsys, case):
    for year in ("2019", "2020"):
        (corpus / year / "pellam.txt").write_text(OLD)
    (corpus / "2020" / "norvania.txt").write_bytes(BAD_FILES[case])
    assert diff(corpus, tmp_path / "out") == 1
    told = capsys.readouterr().err
    assert "Norvania" in told
    assert "norvania.txt" in told
    assert (tmp_path / "out" / "pellam.html").is_file()


def test_a_place_whose_name_is_any_bytes_is_read_and_written(corpus, tmp_path):
    odd = tmp_path / os.fsdecode(b"\xff")
    corpus.rename(odd)
    command = [sys.executable, "-m", "diffing", "diff", "--year", "2020", "--corpus", odd, "--out", odd / "out"]
    for done in (b"Report: ", b"Nothing has changed"):
        run = subprocess.run(command, capture_output=True)
        assert (run.returncode, run.stderr) == (0, b"")
        assert done in run.stdout
    assert (odd / "out" / "norvania.html").is_file()


def test_a_report_is_not_put_where_the_corpus_keeps_a_year(corpus, capsys):
    assert diff(corpus, corpus / "2021") == 3
    assert "narratives of 2021" in capsys.readouterr().err
    assert not (corpus / "2021").exists()


def test_two_files_for_one_country_are_an_error_row(corpus, tmp_path, capsys):
    (corpus / "2020" / "norvania.md").write_text(NEW)
    assert diff(corpus, tmp_path / "out") == 1
    told = capsys.readouterr().err
    assert "norvania.md" in told
    assert "norvania.txt" in told


def test_an_out_that_is_a_file_cannot_be_written(corpus, tmp_path, capsys):
    (tmp_path / "out").write_text("mine")
    assert diff(corpus, tmp_path / "out") == 3
    assert (tmp_path / "out").read_text() == "mine"
    assert str(tmp_path / "out") in capsys.readouterr().err


def test_an_out_below_a_file_cannot_be_written(corpus, tmp_path, capsys):
    (tmp_path / "file").write_text("mine")
    assert diff(corpus, tmp_path / "file" / "out") == 3
    assert "file" in capsys.readouterr().err


def test_somebody_elses_folder_is_refused(corpus, tmp_path, capsys):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("years of work")
    assert diff(corpus, tmp_path / "out") == 3
    assert (tmp_path / "out" / "thesis.doc").read_text() == "years of work"
    assert "out" in capsys.readouterr().err


def test_markup_in_a_narrative_shows_as_text(corpus, tmp_path):
    (corpus / "2020" / "norvania.txt").write_text(NEW + "\n\nThey wrote <script>alert(1)</script> on the wall.\n")
    assert diff(corpus, tmp_path / "out") == 0
    page = (tmp_path / "out" / "norvania.html").read_text("utf-8")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff"],
        ["diff", "--year", "twenty"],
        ["nothing"],
        ["compare", "one.txt"],
        ["diff", "--year", "2020", "--engine", "dask"],
        ["diff", "--year", "2020", "--profile", "nobody", "--corpus", "corpora/sample"],
        ["figures", "nowhere-2020.txt"],
    ],
    ids=" ".join,
)
def test_wrong_arguments_are_exit_code_2(arguments, capsys):
    assert run(arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["diff", "--year", "2020", "--corpus", TOO_LONG],
        ["diff", "--year", "2020", "--profile", TOO_LONG, "--corpus", "CORPUS"],
        ["diff", "--year", "2020", "--corpus", "CORPUS", "--country", TOO_LONG],
        ["diff", "--year", "2020", "--corpus", "CORPUS", "--out", TOO_LONG],
        ["compare", "CORPUS/2019/norvania.txt", "CORPUS/2020/norvania.txt", "--out", TOO_LONG],
        ["compare", "CORPUS/2019/norvania.txt", TOO_LONG, "--new-year", "2020"],
        ["trend", "norvania", "--corpus", TOO_LONG],
        ["corpus", "check", TOO_LONG],
        ["corpus", "import", TOO_LONG, "--year", "2020", "--family", "tip"],
        ["corpus", "import", "CORPUS/2020/norvania.txt", "--year", "2020", "--family", "tip", "--into", TOO_LONG],
    ],
    ids=lambda arguments: " ".join(arguments).replace(TOO_LONG, "x"),
)
def test_a_name_that_is_too_long_is_said_to_be_wrong(corpus, tmp_path, capsys, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    wanted = 3 if "--out" in arguments else 2
    assert run([argument.replace("CORPUS", str(corpus)) for argument in arguments]) == wanted
    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert TOO_LONG[:40] in told  # a name of a country is cut


def test_a_mistake_of_ours_says_what_to_report(corpus, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("diffing.running.year.run_year", lambda *a, **k: 1 / 0)
    assert diff(corpus, tmp_path / "out") == 4
    told = capsys.readouterr().err
    assert "ZeroDivisionError" in told
    assert "report" in told


def test_an_interruption_is_130_and_says_what_is_kept(corpus, tmp_path, monkeypatch, capsys):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("diffing.running.year.run_year", interrupted)
    assert diff(corpus, tmp_path / "out") == 130
    assert "kept for the next run" in capsys.readouterr().err


def test_a_narrative_may_come_on_standard_input(corpus, capsys, monkeypatch):
    text = io.TextIOWrapper(io.BytesIO(b"Police identified eight victims."))
    monkeypatch.setattr("sys.stdin", text)
    assert run(["figures", "-", "--year", "2020", "--format", "csv"]) == 0
    assert ",victims_identified," in capsys.readouterr().out
    assert run(["figures", "-"]) == 2
    assert "say --year YEAR" in capsys.readouterr().err
    assert run(["compare", "-", "-", "--old-year", "2019", "--new-year", "2020"]) == 2
    assert "only one of the two" in capsys.readouterr().err


def test_the_ending_of_out_says_how_a_comparison_is_written(corpus, tmp_path, capsys):
    files = [f"{corpus}/2019/norvania.txt", f"{corpus}/2020/norvania.txt"]
    assert run(["compare", *files, "--out", str(tmp_path / "x.json")]) == 0
    assert json.loads((tmp_path / "x.json").read_text())["new_year"] == 2020
    assert run(["compare", *files, "--out", str(tmp_path / "y.json"), "--format", "html"]) == 2
    assert "is the name of a json file and --format says html" in capsys.readouterr().err
    assert run(["compare", *files, "--out", str(tmp_path / "x.pdf")]) == 2
    assert "compare writes no .pdf but text, html, json, md, docx" in capsys.readouterr().err
    assert not (tmp_path / "y.json").exists()


@pytest.mark.parametrize("family", ["tip", "hrr", "dol"])
def test_indicators_are_printed_with_what_a_rise_means(family, capsys):
    assert run(["indicators", "--profile", family, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows
    assert all(row["why"] or row["polarity"] == 0 for row in rows)
    assert run(["indicators", "--profile", family]) == 0
    assert rows[0]["indicator"] in capsys.readouterr().out


def test_every_command_gives_an_example(capsys):
    for command in ("diff", "compare", "figures", "indicators", "trend"):
        assert run([command, "--help"]) == 0
        assert "For example: diffing" in capsys.readouterr().out


def test_the_cache_says_its_size_and_can_be_cleared(corpus, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert run(["cache", "size"]) == 0
    assert capsys.readouterr().out == "Nothing is kept.\n"
    diff(corpus, tmp_path / "out")
    capsys.readouterr()
    assert run(["cache", "size", "--corpus", str(corpus)]) == 0
    told = capsys.readouterr()
    assert str(tmp_path / "cache" / "diffing" / "kept" / "corpus-") in told.out
    assert "at most 2,000.0 MB" in told.err
    assert run(["cache", "clear"]) == 0
    assert capsys.readouterr().out.endswith(" MB removed.\n")
    assert not list((tmp_path / "cache").rglob("links"))
