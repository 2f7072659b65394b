"""The check of a corpus: each thing that can be wrong is said, and nothing is said of a corpus in order."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from report_site import PARAGRAPHS
from test_corpus import fill
from typer.testing import CliRunner

from diffing import cli
from diffing.corpus.checking import CorpusReport, check_corpus, list_corpus
from diffing.corpus.checking_files import NEAR_NAME
from diffing.corpus.importing import import_paths
from diffing.corpus_cli import app
from diffing.model import DiffingError, Severity


def narrative(name: str, year: int = 2020, leave_out: str = "") -> str:
    """A narrative with all sections of the trafficking report but `leave_out`."""
    parts = [
        f"{title}\n\n{text.format(name=name)}"
        for title, text in PARAGRAPHS.items()
        if not leave_out or leave_out not in title
    ]
    return "\n\n".join([*parts, f"{name} was last visited in {year}."])


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two years of four countries, in order."""
    names = {"norvania": "Norvania", "karvelia": "Karvelia", "ordania": "Ordania", "saint-petra": "St. Petra"}
    files = {f"{year}/{slug}.txt": narrative(name, year) for year in (2019, 2020) for slug, name in names.items()}
    return fill(tmp_path / "tip", {"corpus.toml": 'family = "tip"\n', **files})


BINARY = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9


def warnings(report: CorpusReport) -> dict[str, list[str]]:
    """The kinds of warnings and errors, with what they are about."""
    return {note.kind: list(note.about) for note in report.notes if note.severity}


def test_a_corpus_in_order(corpus: Path) -> None:
    report = check_corpus(corpus)
    assert warnings(report) == {}
    assert report.years == {2019: 4, 2020: 4}
    assert report.to_text().endswith("Nothing is wrong with it.\n")
    assert "2020: 4 of 4 narratives have all of overview, recommendations, prosecution" in report.to_text()


def put(name: str, content: str | bytes) -> Callable[[Path], object]:
    return lambda corpus: fill(corpus, {name: content})


def drop(name: str) -> Callable[[Path], object]:
    return lambda corpus: (corpus / name).unlink()


@pytest.mark.parametrize(
    ("change", "kind", "about"),
    [
        pytest.param(drop("2020/norvania.txt"), "gone", ["Norvania"], id="gone"),
        pytest.param(drop("2019/norvania.txt"), "new", ["Norvania"], id="new"),
        pytest.param(put("2020/norvania.html", "<html><p>Norvania.</p></html>"), "twice", None, id="twice"),
        pytest.param(put("2020/ordania.txt", narrative("Norvania")), "doubled", ["Norvania 2020", "Ordania 2020"],
                     id="another country's text"),
        pytest.param(put("2020/ordania.txt", narrative("Norvania", 1)), "misplaced", ["Ordania"], id="never named"),
        pytest.param(put("2020/ordania.txt", narrative("Ordania", 2019)), "repeated", ["Ordania (2019, 2020)"],
                     id="the old text again"),
        pytest.param(put("2020/ordania.txt", "Ordania did little."), "short", ["Ordania (19)"], id="short"),
        pytest.param(put("2020/ordania.txt", b""), "unreadable", [], id="empty file"),
        pytest.param(put("2020/ordania.txt", BINARY), "unreadable", [], id="binary"),
        pytest.param(put("2020/ordania.pdf", b"%PDF-1.7\nbroken"), "unreadable", [], id="corrupt PDF"),
        pytest.param(put("2020/ordania.txt", narrative("Ordania", leave_out="PROTECTION")), "sections", ["Ordania"],
                     id="a section lost"),
        pytest.param(put("2020/notes.doc", "x"), "not_read", ["2020/notes.doc"], id="unknown ending"),
        pytest.param(put("2020/all.csv", "country,text\nOrdan Isle,\n"), "table", [], id="row without text"),
        pytest.param(put("corpus.toml", 'family = "tip"\n[files."2020/lost.html"]\nsha256 = "0"\ndate = "d"\n'),
                     "gone_file", ["2020/lost.html"], id="stored and gone"),
        pytest.param(put("corpus.toml", 'family = "tip"\n[files."2020/ordania.txt"]\nsha256 = "0"\ndate = "d"\n'),
                     "changed", ["2020/ordania.txt"], id="stored and changed"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(
    change: Callable[[Path], object], kind: str, about: list[str] | None, corpus: Path
) -> None:
    change(corpus)
    report = check_corpus(corpus)
    found = warnings(report)
    assert kind in found
    if about is not None:
        assert found[kind] == about
    errors = {note.kind for note in report.notes if note.severity is Severity.ERROR}
    assert (kind in errors) == (kind in {"twice", "unreadable", "empty"})


def test_a_name_with_a_slash_in_it_ends_no_check(corpus: Path) -> None:
    (corpus / "corpus.toml").write_text('family = "tip"\n[aliases]\n"Norvania/North" = ["norvania"]\n')
    assert check_corpus(corpus).years == {2019: 4, 2020: 4}


def test_gaps_between_years_are_told_from_comings_and_goings(corpus: Path) -> None:
    for slug in ("norvania", "karvelia"):
        fill(
            corpus,
            {f"2021/{slug}.txt": narrative(slug.title(), 2021), f"2023/{slug}.txt": narrative(slug.title(), 2023)},
        )
    (corpus / "2020" / "norvania.txt").unlink()
    said = [(note.kind, note.year, note.about) for note in check_corpus(corpus, read=False).notes if note.severity]
    assert said == [
        ("missing", 2020, ("Norvania",)),
        ("gone", 2021, ("Ordania", "Saint Petra")),
        ("years", 2023, ()),
    ]


def test_one_country_under_two_names_is_said_and_near_names_are_asked_about(corpus: Path) -> None:
    fill(corpus, {"2019/swaziland.txt": narrative("Swaziland", 2019), "2020/eswatini.txt": narrative("Eswatini")})
    fill(corpus, {"2019/vendoria.txt": narrative("Vendoria", 2019), "2020/vendorria.txt": narrative("Vendorria")})
    report = check_corpus(corpus, read=False)
    known, asked = [note for note in report.notes if note.kind == "names"]
    assert "Eswatini is one country under 2 names: eswatini (2020), swaziland (2019)" in known.message
    assert known.severity is None
    assert '"Vendorria" = ["Vendoria"]' in asked.do
    fill(corpus, {"corpus.toml": 'family = "tip"\n[aliases]\n"Vendorria" = ["Vendoria"]\n'})  # done as it says
    assert not [note for note in check_corpus(corpus, read=False).notes if note.kind == "names" and note.severity]


@pytest.mark.parametrize(
    ("one", "other"), [("niger", "nigeria"), ("guinea", "guyana"), ("iran", "iraq"), ("mali", "malta")]
)
def test_names_that_are_alike_by_chance_are_not_asked_about(one: str, other: str, corpus: Path) -> None:
    fill(corpus, {f"2019/{one}.txt": narrative(one.title(), 2019), f"2020/{other}.txt": narrative(other.title())})
    assert NEAR_NAME <= 100
    assert not [note for note in check_corpus(corpus, read=False).notes if note.kind == "names"]


def test_the_family_is_told_by_the_headings_where_nothing_says_it(corpus: Path, tmp_path: Path) -> None:
    (corpus / "corpus.toml").unlink()
    report = check_corpus(corpus)
    assert (report.profile, list(warnings(report))) == ("tip", ["family"])
    sections = "\n\n".join(f"Section {n}. Respect for Norvania\n\nThe law provides for it." for n in range(1, 8))
    other = fill(tmp_path / "hrr", {"2020/norvania.txt": f"EXECUTIVE SUMMARY\n\nNorvania is a republic.\n\n{sections}"})
    report = check_corpus(other)
    assert report.profile == "hrr"
    assert 'family = "hrr"' in report.to_text()
    assert check_corpus(other, "dol").profile == "dol"  # what the user says goes first


def test_a_report_names_a_dozen_and_counts_the_rest(corpus: Path) -> None:
    for number in range(20):
        fill(corpus, {f"2020/isle-{number}.txt": narrative(f"Isle {number}")})
    report = check_corpus(corpus, read=False)
    assert "and 8 more" in report.to_text()
    [new] = [note for note in report.to_dict()["notes"] if note["kind"] == "new"]
    assert len(new["about"]) == 20


def test_the_list(corpus: Path) -> None:
    fill(corpus, {"2020/cote-divoire.txt": narrative("Ivory Coast")})
    rows = list_corpus(corpus)
    assert rows[0] == {"slug": "cote-divoire", "country": "Côte d'Ivoire", "years": [2020]}
    assert [row["slug"] for row in list_corpus(corpus, year=2019)] == ["karvelia", "norvania", "ordania", "saint-petra"]
    with pytest.raises(DiffingError, match=r"no year 2021.*2019, 2020"):
        list_corpus(corpus, year=2021)


def test_the_commands(corpus: Path) -> None:
    runner = CliRunner()
    assert runner.invoke(app, ["check", str(corpus)]).exit_code == 0
    fill(corpus, {"2020/norvania.md": "Norvania again."})
    result = runner.invoke(app, ["check", str(corpus), "--quick", "--format", "json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["years"] == {"2019": 4, "2020": 4}
    listed = runner.invoke(app, ["list", str(corpus)]).stdout
    assert "norvania     Norvania     2019 2020\n" in listed
    assert json.loads(runner.invoke(app, ["list", str(corpus), "--format", "json"]).stdout)[0]["slug"] == "karvelia"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["corpus", "check", "nowhere"], 2, "no such corpus"),
        (["corpus", "check", "empty"], 2, "no narratives in it"),
        (["corpus", "list", "tip", "--year", "1999"], 2, "no year 1999"),
        (["corpus", "check", "tip", "--profile", "nosuch"], 2, "no profile 'nosuch'"),
        (["corpus", "import", "nowhere", "--year", "2020"], 2, "no such file or folder"),
        (["corpus", "import", "tip", "--into", "taken"], 3, "can't be written"),
        (["corpus", "download", "--family", "dol", "--year", "2020"], 2, "corpus import"),
        (["corpus", "download", "--year", "1999"], 2, "no address of the edition of 1999"),
        (["corpus", "download"], 2, "--year"),
    ],
)
def test_exit_codes(
    arguments: list[str],
    code: int,
    says: str,
    corpus: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(corpus.parent)
    Path("empty").mkdir()
    fill(Path("taken"), {"2019": "a file where the folder of a year should be", "2020": "likewise"})
    assert cli.run(arguments) == code
    assert says in capsys.readouterr().err


def test_the_documentation_has_every_command_and_option_and_no_other() -> None:
    text = (Path(__file__).parents[2] / "docs" / "corpora.md").read_text()
    commands = typer.main.get_command(app).commands
    shown = [shlex.split(line)[3:] for line in text.splitlines() if line.startswith("$ diffing corpus ")]
    for name, *arguments in shown:
        commands[name].make_context(name, arguments)  # raises for an option that is not there
    assert {name for name, *_ in shown} == set(commands)
    options = {option for command in commands.values() for parameter in command.params for option in parameter.opts}
    assert not [option for option in options if option.startswith("--") and option not in text and option != "--help"]


def test_downloading_without_its_packages_says_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "hishel", None)
    assert cli.run(["corpus", "download", "--year", "2020", "--into", str(tmp_path / "tip")]) == 2
    said = capsys.readouterr().err
    assert "make corpus" in said
    assert ".[download]" in said
    assert os.listdir(tmp_path) == []


def test_an_imported_corpus_checks_clean(corpus: Path, tmp_path: Path) -> None:
    import_paths([corpus], "tip", tmp_path / "copy")
    assert warnings(check_corpus(tmp_path / "copy")) == {}


@pytest.mark.real
@pytest.mark.slow
def test_the_real_human_rights_reports(shared: Path, tmp_path: Path) -> None:
    for year in ("2018", "2019", "2020"):  # a country that is missing is one between two editions
        shutil.copytree(shared / "real" / "hrr" / year, tmp_path / "hrr" / year)
    report = check_corpus(tmp_path / "hrr")
    assert report.profile == "hrr"
    assert not report.errors
    found = warnings(report)
    assert found["gone"] == ["Western Sahara"]
    assert found["missing"] == ["Antigua and Barbuda"]
    assert "family" in found
    for year in (2019, 2020):
        assert f"{year}: 194 of 194 narratives have all of summary, section_1, section_2" in report.to_text()
