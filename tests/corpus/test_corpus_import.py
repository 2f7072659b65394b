"""Files that users have, put into a corpus: each kind, each way to say the year, and what is never overwritten."""

from __future__ import annotations

import os
import re
import stat
import textwrap
import tomllib
from pathlib import Path

import polars as pl
import pytest
from hostile_files import little_memory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_site import PARAGRAPHS, pdf, prose, reports_page
from test_corpus import TEXT, fill
from typer.testing import CliRunner

from diffing.cli import run
from diffing.corpus import Corpus, manifest
from diffing.corpus.importing import import_paths
from diffing.corpus.manifest import MARK, StoredFile, read_manifest
from diffing.corpus.storing import Shelf
from diffing.corpus_cli import app
from diffing.model import DiffingError, OutputError, slug_of
from diffing.reporting.output import write_page
from diffing.running.year import run_year


def report(*countries: str) -> str:
    """A whole report as text: each country under its title line."""
    parts = ["This year's report looks at what governments did.\n"]
    for country in countries:
        parts.append(f"{country.upper()}: Tier 2\n")
        parts += [f"{title}\n\n{text.format(name=country)}\n" for title, text in PARAGRAPHS.items()]
    return "\n".join(parts)


@pytest.mark.parametrize(
    ("name", "year", "stored"),
    [
        pytest.param("2020/norvania.txt", None, "2020/norvania.txt", id="year of the folder"),
        pytest.param("norvania-2020.txt", None, "2020/norvania.txt", id="year in the name"),
        pytest.param("2020_Norvania.TXT", None, "2020/norvania.txt", id="year first"),
        pytest.param("norvania.md", 2020, "2020/norvania.md", id="year given"),
        pytest.param("2019/norvania.txt", 2020, "2020/norvania.txt", id="given goes first"),
        pytest.param("tip-2020-cote-divoire.txt", None, "2020/cote-divoire.txt", id="family in the name"),
        pytest.param("Côte d’Ivoire 2020 report.text", None, "2020/cote-divoire.txt", id="accents"),
        pytest.param("Norvania - Department of Reports.html", 2020, "2020/norvania.html", id="saved by a browser"),
    ],
)
def test_one_file(name: str, year: int | None, stored: str, tmp_path: Path) -> None:
    content = reports_page("Norvania") if name.endswith("html") else TEXT.format("Norvania")
    file = fill(tmp_path / "mine", {name: content}) / name
    done = import_paths([file], "tip", tmp_path / "corpus", year=year)
    assert not done.failed
    assert (tmp_path / "corpus" / stored).read_text() == content  # copied as it is
    [(key, entry)] = read_manifest(tmp_path / "corpus").files.items()
    assert (key, entry.address) == (stored, file.name)  # no path of this machine
    assert Corpus(tmp_path / "corpus").profile.name == "tip"


def test_a_folder_of_years_and_one_of_them(tmp_path: Path) -> None:
    mine = fill(
        tmp_path / "mine", {f"{y}/{c}.txt": TEXT.format(c) for y in (2019, 2020) for c in ("norvania", "karvelia")}
    )
    fill(mine, {"README.md": "About.", "2020/.DS_Store": "x", "2020/map.png": "x", "truth/2020/a.txt": "x"})
    done = import_paths([mine], "hrr", tmp_path / "all")
    assert done.by_year == {2019: 2, 2020: 2}
    done = import_paths([mine], "hrr", tmp_path / "one", year=2020)
    assert done.by_year == {2020: 2}
    assert any("not of 2020" in note and "2019" in note for note in done.notes)
    assert import_paths([mine / "2020"], "hrr", tmp_path / "inner").by_year == {2020: 2}


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl"])
def test_a_table_becomes_files(suffix: str, tmp_path: Path) -> None:
    countries = ["McDonald Isle", "Côte d'Ivoire", "../../etc/passwd", "Norvania", "norvania", " "]
    rows = [{"country": name, "year": 2020, "text": f"{TEXT.format(name)} {n}"} for n, name in enumerate(countries)]
    path = tmp_path / f"all{suffix}"
    frame = pl.DataFrame(rows)
    {".csv": frame.write_csv, ".parquet": frame.write_parquet, ".jsonl": frame.write_ndjson}[suffix](path)
    done = import_paths([path], "tip", tmp_path / "x" / "corpus")
    assert done.stored == [(2020, "mcdonald-isle"), (2020, "cote-divoire"), (2020, "norvania")]
    said = [why for _row, why in done.failed]
    assert len(said) == 3
    for part in ("row 6: no country", "could lead outside", "norvania 2020 came already from"):
        assert any(part in why for why in said), part
    assert {p.name for p in tmp_path.iterdir()} == {"x", f"all{suffix}"}
    corpus = Corpus(tmp_path / "x" / "corpus")
    assert corpus.narrative("mcdonald isle", 2020).country == "McDonald Isle"


def test_a_whole_report_is_cut_into_countries(tmp_path: Path) -> None:
    file = fill(tmp_path, {"report-2020.txt": report("Norvania", "Karvelia", "Guinea-Bissau")}) / "report-2020.txt"
    done = import_paths([file], "tip", tmp_path / "corpus")
    assert sorted(done.stored) == [(2020, "guinea-bissau"), (2020, "karvelia"), (2020, "norvania")]
    corpus = Corpus(tmp_path / "corpus")
    for country in ("Norvania", "Karvelia", "Guinea-Bissau"):
        text = corpus.narrative(country, 2020).text
        assert PARAGRAPHS["TRAFFICKING PROFILE"].format(name=country) in text
        assert "This year's report" not in text
    assert "Karvelia" not in corpus.narrative("norvania", 2020).text


def test_a_page_of_the_archive_with_a_letters_countries(tmp_path: Path) -> None:
    body = "".join(f"<p><b>{name.upper()} (Tier 2)</b></p>{prose(name)}" for name in ("Karvelia", "Karpathia"))
    page = f"<html><body><div id='centerblock'><h2>Country Narratives: K</h2>{body}</div></body></html>"
    file = fill(tmp_path, {"2009/123139.htm": page}) / "2009" / "123139.htm"
    done = import_paths([file], "tip", tmp_path / "corpus")
    assert sorted(done.stored) == [(2009, "karpathia"), (2009, "karvelia")]
    text = Corpus(tmp_path / "corpus").narrative("karvelia", 2009).text
    assert ("men from the north of Karvelia" in text, "Karpathia" in text) == (True, False)


def test_a_whole_report_in_pdf(tmp_path: Path) -> None:
    countries = ("Norvania", "Karvelia", "Ordania", "Sandoria")
    pages = []
    for country in countries:
        lines = [f"{country.upper()}: Tier 2"]
        for title, text in PARAGRAPHS.items():
            lines += ["", title, "", *textwrap.wrap(text.format(name=country), 90)]
        pages.append([line.replace("•", "*") for line in lines])
    file = fill(tmp_path, {"report-2020.pdf": pdf(pages)}) / "report-2020.pdf"
    done = import_paths([file], "tip", tmp_path / "corpus")
    assert (sorted(done.stored), done.failed) == ([(2020, slug_of(name)) for name in sorted(countries)], [])
    corpus = Corpus(tmp_path / "corpus")
    for country in countries:
        narrative = corpus.narrative(country, 2020)
        assert not re.search(r"\b30[0-3]\b", narrative.text)  # the page's number
        text = " ".join(narrative.text.split()).replace("’", "'")  # what Helvetica makes of an apostrophe
        assert PARAGRAPHS["PROSECUTION"] in text
        assert {"prosecution", "protection", "prevention", "profile"} <= {s.key for s in narrative.sections}
        entry = read_manifest(tmp_path / "corpus").files[f"2020/{narrative.slug}.txt"]
        assert entry.address == f"report-2020.pdf, {entry.country}"


def test_what_is_there_is_kept_unless_told(tmp_path: Path) -> None:
    mine = fill(
        tmp_path / "mine", {"2020/burma.txt": TEXT.format("Burma"), "2020/norvania.txt": TEXT.format("Norvania")}
    )
    corpus = tmp_path / "corpus"
    import_paths([mine], "tip", corpus)
    again = import_paths([mine], "tip", corpus)
    assert (again.stored, len(again.kept), again.notes) == ([], 2, [])
    other = fill(tmp_path / "other", {"2020/myanmar.md": "Another text about Burma."}) / "2020" / "myanmar.md"
    done = import_paths([other], "tip", corpus)
    assert done.stored == []
    assert "--replace" in done.notes[0]
    done = import_paths([other], "tip", corpus, replace=True)
    assert done.stored == [(2020, "myanmar")]
    assert sorted(p.name for p in (corpus / "2020").iterdir()) == ["myanmar.md", "norvania.txt"]
    assert sorted(read_manifest(corpus).files) == ["2020/myanmar.md", "2020/norvania.txt"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "", id="binary"),
        pytest.param(b"%PDF-1.7\nbroken", "", id="corrupt PDF"),
        pytest.param(b"x" * 20_000_001, "limit", id="20 MB"),
    ],
)
def test_a_bad_file_is_named_and_the_others_go_on(content: bytes, says: str, tmp_path: Path) -> None:
    name = "karvelia.pdf" if content.startswith(b"%PDF") else "karvelia.txt"
    mine = fill(tmp_path / "mine", {f"2020/{name}": content, "2020/norvania.txt": TEXT})
    done = import_paths([mine], "tip", tmp_path / "corpus")
    assert done.stored == [(2020, "norvania")]
    [(file, why)] = done.failed
    assert file.endswith(name)
    assert says in why
    assert not (tmp_path / "corpus" / "2020" / name).exists()


@pytest.mark.parametrize(
    ("files", "options", "says"),
    [
        ({}, {}, "no such file"),
        ({"mine/notes.doc": "x"}, {}, "nothing to import"),
        ({"mine/2020/a.txt": TEXT, "mine/2020/b.txt": TEXT}, {"country": "Norvania"}, "goes with one file"),
        ({"mine/2020/a.txt": TEXT, "corpus": "a file"}, {}, "a file stands where the corpus should be"),
        ({"mine/2020/a.txt": TEXT, "corpus/corpus.toml": 'family = "hrr"'}, {}, "of family hrr, not tip"),
    ],
)
def test_wrong_arguments(files: dict[str, str], options: dict[str, str], says: str, tmp_path: Path) -> None:
    fill(tmp_path, files)
    with pytest.raises(DiffingError, match=says):
        import_paths([tmp_path / "mine"], "tip", tmp_path / "corpus", country=options.get("country"))


def test_a_file_of_no_year_or_no_country_asks_for_it(tmp_path: Path) -> None:
    mine = fill(tmp_path / "mine", {"norvania.txt": TEXT, "report 2020.txt": TEXT})
    done = import_paths([mine], "tip", tmp_path / "corpus")
    assert ["--year" in done.failed[0][1], "--country" in done.failed[1][1]] == [True, True]
    file = mine / "report 2020.txt"
    assert import_paths([file], "tip", tmp_path / "corpus", country="Norvania").stored == [(2020, "norvania")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_nothing_is_written_outside_whatever_a_country_is_called(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    top = tmp_path_factory.mktemp("top")
    pl.DataFrame({"country": [name], "year": [2020], "text": ["Some text."]}).write_ndjson(top / "all.jsonl")
    import_paths([top / "all.jsonl"], "tip", top / "corpus")
    assert {path.name for path in top.iterdir()} <= {"all.jsonl", "corpus"}
    written = [
        path for path in (top / "corpus").rglob("*") if path.is_file() and path.name not in ("corpus.toml", ".lock")
    ]
    assert all(path.parent == top / "corpus" / "2020" for path in written)


def test_a_corpus_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    mine = fill(tmp_path / "mine", {"2020/norvania.txt": TEXT})
    fill(tmp_path / "corpus", {"2020": "a file where the year's folder should be"})
    with pytest.raises(DiffingError, match=r"can't be written|outside"):
        import_paths([mine], "tip", tmp_path / "corpus")


def test_what_looks_like_ours_and_is_the_users_survives(tmp_path: Path) -> None:
    """A `.part` file of another program, and a line of the user's own that is our mark, in a text and alone."""
    corpus = tmp_path / "corpus"
    fill(corpus, {"2020/.draft.part": "mine", ".mail.part": "mine"})
    own = f'title = """\nMine\n{MARK}\nstill mine\n"""\nnotes = \'mine\'\n'
    (corpus / "corpus.toml").write_text(own)
    fill(tmp_path / "in", {"norvania.txt": "Police left.", "karvelia.txt": "Police left."})
    for name in ("norvania", "karvelia"):
        assert import_paths([tmp_path / "in" / f"{name}.txt"], "tip", corpus, year=2020).stored
    told = tomllib.loads((corpus / "corpus.toml").read_text())
    assert (told["title"], told["notes"], len(told["files"])) == (f"Mine\n{MARK}\nstill mine\n", "mine", 2)
    assert (corpus / "2020" / ".draft.part").exists()
    assert (corpus / ".mail.part").exists()
    with (corpus / "corpus.toml").open("a") as file:
        file.write("\n[names]\nnorvania = 'Norvania'\n")
    before = (corpus / "corpus.toml").read_text()
    fill(tmp_path / "in", {"ardesh.txt": "Police left."})
    with pytest.raises(DiffingError, match="below the line"):
        import_paths([tmp_path / "in" / "ardesh.txt"], "tip", corpus, year=2020)
    assert (corpus / "corpus.toml").read_text() == before


def test_drafts_that_lie_elsewhere_are_let_be(tmp_path: Path) -> None:
    """A year's folder of a stranger's corpus that is a link, and a folder that is called as a draft is."""
    fill(tmp_path, {"other/.thesis.diffing-part": "mine", "in/norvania.txt": "Police left."})
    (tmp_path / "corpus" / ".kept.diffing-part").mkdir(parents=True)
    (tmp_path / "corpus" / "2019").symlink_to(tmp_path / "other")
    assert import_paths([tmp_path / "in" / "norvania.txt"], "tip", tmp_path / "corpus", year=2020).stored
    assert (tmp_path / "other" / ".thesis.diffing-part").read_text() == "mine"


def test_a_file_that_is_there_and_has_no_end_fills_no_memory(tmp_path: Path) -> None:
    fill(tmp_path, {"in/norvania.txt": "Police left.", "corpus/2020/norvania.txt": ""})
    os.truncate(tmp_path / "corpus" / "2020" / "norvania.txt", 300_000_000)
    with little_memory():
        done = import_paths([tmp_path / "in" / "norvania.txt"], "tip", tmp_path / "corpus", year=2020)
        assert done.kept == [(2020, "norvania")]
        shelf = Shelf(tmp_path / "corpus", "tip")
        shelf.manifest.files["2020/norvania.txt"] = StoredFile(sha256="0" * 64, date="2020-01-01")
        assert "was changed" in (shelf.present(2020, "norvania") or "")


def test_two_names_that_share_a_long_beginning_are_never_one_file(tmp_path: Path) -> None:
    long = "republic-of-" + "very-" * 16
    fill(tmp_path / "in", {f"{long}north.txt": "Police left.", f"{long}{'far-' * 5}south.txt": "Police came."})
    done = import_paths([tmp_path / "in"], "tip", tmp_path / "corpus", year=2020)
    assert [slug for _, slug in done.stored] == [f"{long}north"]
    assert [why for _, why in done.failed if "no name of a country" in why]


def test_two_runs_do_not_fill_one_corpus_at_once(tmp_path: Path) -> None:
    mine = fill(tmp_path / "mine", {"2020/norvania.txt": TEXT})
    left = (
        fill(tmp_path / "corpus", {"2020/.karvelia.txt.x1.diffing-part": "half a"})
        / "2020"
        / ".karvelia.txt.x1.diffing-part"
    )
    with Shelf(tmp_path / "corpus", "tip"):
        assert not left.exists()  # what a killed run left
        with pytest.raises(DiffingError, match="another download or import"):
            import_paths([mine], "tip", tmp_path / "corpus")
    assert import_paths([mine], "tip", tmp_path / "corpus").stored == [(2020, "norvania")]


def test_what_our_own_program_wrote_is_no_narrative(sample: Path, tmp_path: Path) -> None:
    run_year(Corpus(sample), 2020, countries=["ardesh", "drovia"], out=tmp_path / "report")
    done = import_paths([tmp_path / "report"], "tip", tmp_path / "corpus")
    assert not done.stored
    assert {name.rpartition("/")[2] for name, _why in done.failed} >= {
        "ardesh.html",
        "index.html",
        "events.csv",
        "changes.parquet",
    }
    told = [
        why
        for name, why in done.failed
        if not name.rpartition("/")[2].startswith(("narratives.", "problems.", "report."))
    ]
    assert [why for why in told if " of a report that diffing wrote" not in why] == []
    assert any(name.endswith("ardesh.html") and "(Ardesh: 2019 → 2020)" in why for name, why in done.failed)


def test_the_command(tmp_path: Path) -> None:
    mine = fill(tmp_path / "mine", {"2020/norvania.txt": TEXT, "2020/karvelia.txt": b""})
    result = CliRunner().invoke(app, ["import", str(mine), "--family", "hrr", "--into", str(tmp_path / "corpus")])
    assert result.exit_code == 1
    assert "1 stored (2020: 1), 0 there already, 1 failed" in result.stdout
    assert "karvelia.txt" in result.stderr


def test_the_family_comes_from_the_corpus_where_it_is_not_said(tmp_path: Path) -> None:
    mine = fill(tmp_path / "mine", {"2020/norvania.txt": TEXT, "2021/norvania.txt": TEXT})
    corpus = fill(tmp_path / "corpus", {"corpus.toml": 'family = "hrr"\n# mine\n'})
    result = CliRunner().invoke(app, ["import", str(mine), "--into", str(corpus)])
    assert (result.exit_code, Corpus(corpus).profile.name) == (0, "hrr")
    assert (corpus / "corpus.toml").read_text().startswith('family = "hrr"\n# mine\n')


@pytest.mark.real
def test_the_saved_page_of_2019_reads_as_the_text_of_the_same_report(shared: Path, tmp_path: Path) -> None:
    import_paths([shared / "real" / "html"], "hrr", tmp_path)
    corpus = Corpus(tmp_path)
    assert {2016, 2019, 2022} <= set(corpus.years)
    text = Corpus(shared / "real" / "hrr", "hrr").narrative("turkmenistan", 2019)
    page = corpus.narrative("turkmenistan", 2019)

    def sentences(narrative: object) -> list[str]:
        return [" ".join(sentence.text.split()) for sentence in narrative.sentences]

    assert sentences(page) == sentences(text)
    sections = [section.key for section in page.sections]
    assert sections == [section.key for section in text.sections]
    for year in (2016, 2022):
        keys = {section.key.partition(".")[0] for section in corpus.narrative("turkmenistan", year).sections}
        assert {f"section_{number}" for number in range(1, 8)} <= keys


def test_what_a_killed_import_stored_without_an_entry_gets_one(tmp_path):
    (tmp_path / "given" / "2020").mkdir(parents=True)
    for name in ("norvania", "sudania"):
        (tmp_path / "given" / "2020" / f"{name}.txt").write_text("Police left.")
    import_paths([tmp_path / "given"], "tip", tmp_path / "corpus")
    (tmp_path / "corpus" / "corpus.toml").write_text('family = "tip"\n')  # killed before it was written
    done = import_paths([tmp_path / "given"], "tip", tmp_path / "corpus")
    assert len(done.kept) == 2
    assert sorted(read_manifest(tmp_path / "corpus").files) == ["2020/norvania.txt", "2020/sudania.txt"]


def test_entries_that_nobody_could_read_again_are_not_written(tmp_path, monkeypatch):
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "norvania.txt").write_text("Police left.")
    import_paths([tmp_path / "2020"], "tip", tmp_path / "corpus")
    before = (tmp_path / "corpus" / "corpus.toml").read_bytes()
    (tmp_path / "2020" / "sudania.txt").write_text("Police came.")
    monkeypatch.setattr(manifest, "MOST_BYTES", len(before) + 10)
    with pytest.raises(OutputError, match="more files than one corpus may have"):
        import_paths([tmp_path / "2020"], "tip", tmp_path / "corpus")
    assert (tmp_path / "corpus" / "corpus.toml").read_bytes() == before


@pytest.mark.parametrize("mask", [0o077, 0o022])
def test_a_file_keeps_the_mode_it_has_and_a_new_one_follows_the_umask(mask: int, tmp_path: Path) -> None:
    mine = fill(tmp_path / "mine", {"2020/norvania.txt": TEXT, "2020/karvelia.txt": f"{TEXT} More left."})
    corpus = fill(tmp_path / "corpus", {"corpus.toml": 'family = "tip"\n', "2020/karvelia.txt": TEXT})
    (corpus / "corpus.toml").chmod(0o600)
    (corpus / "2020" / "karvelia.txt").chmod(0o640)
    before = os.umask(mask)
    try:
        done = import_paths([mine], "tip", corpus, replace=True)
        pages = [tmp_path / "new.html", tmp_path / "karvelia.html"]
        pages[1].touch(0o640)
        for page in pages:
            write_page(page, "Police left.")
    finally:
        os.umask(before)
    assert len(done.stored) == 2
    files = (corpus / "corpus.toml", corpus / "2020" / "karvelia.txt", corpus / "2020" / "norvania.txt", *pages)
    new = 0o666 & ~mask
    old = 0o640 & ~mask
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o640, new, new, old]


@pytest.mark.parametrize("year", [1, 1899, 2100, 2150, 9999])
def test_a_year_that_no_command_reads_is_refused(year: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = fill(tmp_path, {"norvania.txt": TEXT}) / "norvania.txt"
    into = ["--family", "tip", "--into", str(tmp_path / "corpus")]
    assert run(["corpus", "import", str(mine), "--year", str(year), *into]) == 2
    assert f"{year} is the year of no report: give one from 1900 to 2099" in capsys.readouterr().err
    assert not (tmp_path / "corpus").exists()
