"""`diffing explain`: every layer of a reading, from a text or a file."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from diffing.cli import app
from diffing.model import DiffingError

SENTENCE = "The ministry closed the only shelter in May, and NGOs urged it to open another."


@pytest.fixture
def told(tmp_path):
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, ["explain", *arguments, "--year", "2020", "--profile", "hrr"])
        assert result.exit_code == 0, result.output
        return result.output

    return run


def test_every_layer_is_shown(told):
    text = told(SENTENCE)
    assert [line[2:9].strip() for line in text.splitlines() if line[2:3] != " "][1:] == [
        "phrases", "clauses", "scopes", "events", "figures",
    ]  # fmt: skip
    assert "service_ended: “closed the only shelter" in text
    assert "asked, by “urged”" in text


def test_a_file_is_read_sentence_by_sentence(told, tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(f"{SENTENCE} Courts convicted two traffickers.")
    assert told(str(path)).count("  figures") == 2


def test_a_sentence_with_more_bytes_than_a_name_may_have_is_a_sentence(told):
    assert "Police" in told("“Police” freed 12 men — " * 9)
    assert "events" in told("Полиция освободила 12 человек. " * 8)


def test_a_number_in_words_without_end_is_read_to_its_end(told):
    assert "figures" in told(f"Police freed {'hundred ' * 160}men and {'million ' * 60}women in 2019.")


def test_what_comes_on_standard_input_is_explained_as_a_file_is():
    said = "Police identified eight victims in 2018."
    piped = CliRunner().invoke(app, ["explain", "-", "--year", "2020"], input=said)
    assert piped.exit_code == 0
    assert piped.stdout == CliRunner().invoke(app, ["explain", said, "--year", "2020"]).stdout


def test_a_file_that_is_not_there_is_no_sentence():
    result = CliRunner().invoke(app, ["explain", "2020/norvania.txt"])
    assert isinstance(result.exception, DiffingError)
    assert "No such file" in str(result.exception)


def test_nothing_to_explain_is_said():
    result = CliRunner().invoke(app, ["explain", " ", "--year", "2020"])
    assert result.exit_code != 0


def test_why_numbers_are_no_figures_is_shown(told):
    text = told(
        "The agency promised to open four shelters and arrested 40 men, a 16 percent increase; nine were foreigners."
    )
    assert "“four”: no figure: planned, by “promised to”" in text
    assert "“16 percent”: no figure: by how much something changed" in text
    assert "as the whole, “40”: a state of some of those counted before" in text
