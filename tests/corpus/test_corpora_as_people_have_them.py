"""Sixty files in twenty layouts and kinds, imported without a word of help: each right, or an error that says why."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from office_files import docx, epub, mhtml, odt, rtf, workbook
from report_site import pdf
from typer.testing import CliRunner

from diffing import Corpus
from diffing.cli import run
from diffing.corpus.importing import Imported, import_paths
from diffing.corpus_cli import app

for package in ("mammoth", "striprtf", "python_calamine"):
    pytest.importorskip(package)

YEARS = (2018, 2019, 2020)


def told(country: str, year: int) -> tuple[str, ...]:
    """The sentences of a narrative: no two have the same."""
    return (
        f"The Government of {country} increased its law enforcement efforts.",
        f"Courts in {country} convicted {year - 2000} traffickers in {year - 1}.",
        f"Police in {country} identified {year - 1990} victims and referred all of them to shelters.",
    )


def text(country: str, year: int) -> str:
    one, two, three = told(country, year)
    return f"PROSECUTION\n\n{one} {two}\n\nPROTECTION\n\n{three}\n"


def paragraphs(country: str, year: int) -> list[str]:
    one, two, three = told(country, year)
    return ["PROSECUTION", f"{one} {two}", "PROTECTION", three]


def printed(country: str, year: int) -> list[str]:
    """The lines of a page on paper."""
    lines: list[str] = []
    for paragraph in paragraphs(country, year):
        lines += [*textwrap.wrap(paragraph, 80), ""]
    return lines


def page(country: str, year: int, title: str | None = None, address: str = "") -> str:
    one, two, three = told(country, year)
    link = f'<link rel="canonical" href="{address}">' if address else ""
    return (
        f"<!DOCTYPE html><html><head><title>{title or country} - Department</title>{link}</head><body><nav>Home</nav>"
        f"<main><h1>{title or country}</h1><h2>PROSECUTION</h2><p>{one} {two}</p><h2>PROTECTION</h2><p>{three}</p>"
        "</main></body></html>"
    )


def archive(files: Mapping[str, str]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return into.getvalue()


SITE = "https://www.example.org/reports/{}-trafficking-in-persons-report/{}/"
ODT = "".join(
    ("<text:h>PROSECUTION</text:h><text:p>{0} {1}</text:p>", "<text:h>PROTECTION</text:h><text:p>{2}</text:p>")
)

HEAD = ["Country Name", "Report Year", "Narrative"]

# A layout or kind -> its country, and for each year the file's path and what is in it.
LAYOUTS = {
    "a year a folder": ("Albania", lambda c, y: (f"{y}/albania.txt", text(c, y))),
    "a country a folder": ("Belize", lambda c, y: (f"belize/{y}.txt", text(c, y))),
    "flat, the year first": ("Chile", lambda c, y: (f"{y}_Chile.txt", text(c, y))),
    "flat, the year in brackets": ("St. Orrin", lambda c, y: (f"St. Orrin ({y}).html", page(c, y))),
    "a report's name a folder": ("Denmark", lambda c, y: (f"TIP Report {y}/Denmark.md", text(c, y))),
    "a site as it was saved": (
        "Jordan",
        lambda c, y: (
            f"www.example.org/reports/{y}-trafficking-in-persons-report/jordan/index.html",
            page(c, y, address=SITE.format(y, "jordan")),
        ),
    ),
    "pages saved by their titles": (
        "Estonia",
        lambda c, y: (f"saved {y}/Estonia - United States Department of State.html", page(c, y)),
    ),
    "pages from the waste bin": ("Ghana", lambda c, y: (f"bin/{y}/ghana__trashed.html", page(c, y))),
    "pages saved twice": ("Malaysia", lambda c, y: (f"again/{y}/malaysia-2.html", page(c, y))),
    "nested folders": ("Kenya", lambda c, y: (f"deep/archive/{y}/africa/kenya.txt", text(c, y))),
    "the family in the name": ("Latvia", lambda c, y: (f"tip-{y}-latvia.txt", text(c, y))),
    "the page's own title alone": (
        "Norway",
        lambda c, y: (f"downloads/page{y - 2017}.html", page(c, y, address=SITE.format(y, "norway"))),
    ),
    "Word": ("Peru", lambda c, y: (f"word/Peru {y}.docx", docx(paragraphs(c, y), title=c))),
    "OpenDocument": ("Qatar", lambda c, y: (f"writer/{y}/qatar.odt", odt(ODT.format(*told(c, y))))),
    "rich text": ("Rwanda", lambda c, y: (f"rich/rwanda_{y}.rtf", rtf(paragraphs(c, y)))),
    "an e-book": (
        "Samoa",
        lambda c, y: (
            f"books/{y} Samoa.epub",
            epub(["<h2>PROSECUTION</h2><p>{} {}</p><h2>PROTECTION</h2><p>{}</p>".format(*told(c, y))], title=c),
        ),
    ),
    "a page in one file": ("Togo", lambda c, y: (f"{y}/togo.mhtml", mhtml(page(c, y), SITE.format(y, "togo")))),
    "PDF": ("Uganda", lambda c, y: (f"prints/{y}/Uganda.pdf", pdf([printed(c, y)]))),
    "an archive": ("Vanuatu", lambda c, y: (f"{y}.zip", archive({f"{y}/vanuatu.txt": text(c, y)}))),
    "a workbook": (
        "Yemen",
        lambda c, y: (f"sheets/yemen{y}.xlsx", workbook([HEAD, [c, y, text(c, y)]])),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all of it, and what lies about besides."""
    folder = tmp_path_factory.mktemp("people") / "my reports"
    for country, made in LAYOUTS.values():
        for year in YEARS:
            name, content = made(country, year)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "www.example.org" / "style.css").write_text("p {}")
    (folder / "scan.png").write_bytes(b"\x89PNG")
    (folder / "README.md").write_text("About these.")
    (folder / "notes.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    return folder


@pytest.fixture(scope="module")
def imported(mine: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Imported]:
    into = tmp_path_factory.mktemp("corpus")
    return into, import_paths([mine], "tip", into)


def test_sixty_files_are_sixty_narratives(imported: tuple[Path, Imported]) -> None:
    _into, done = imported
    assert done.failed == []
    assert done.by_year == dict.fromkeys(YEARS, len(LAYOUTS))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_narrative_is_right(layout: str, imported: tuple[Path, Imported]) -> None:
    corpus = Corpus(imported[0])
    country, _made = LAYOUTS[layout]
    for year in YEARS:
        narrative = corpus.narrative(country, year)
        assert narrative.country == country
        assert [" ".join(s.text.split()) for s in narrative.sentences] == list(told(country, year))
        assert [section.key for section in narrative] == ["prosecution", "protection"]


def test_what_is_left_out_is_named_with_what_to_do(imported: tuple[Path, Imported]) -> None:
    said = "\n".join(imported[1].notes)
    for name, do in (("scan.png", "text recognition"), ("notes.doc", "save it as .docx"), ("style.css", "saved site")):
        assert name in said
        assert do in said


DOC = {
    "a page": (page("Chad", 2020).encode(), ".html"),
    "rich text": (rtf(paragraphs("Chad", 2020)), ".rtf"),
    "a newer document": (docx(paragraphs("Chad", 2020)), ".docx"),
}


@pytest.mark.parametrize("case", DOC)
def test_a_doc_that_is_something_else_within_is_read_as_that(case: str, tmp_path: Path) -> None:
    content, suffix = DOC[case]
    (tmp_path / "Chad 2020.doc").write_bytes(content)
    for given in (tmp_path, tmp_path / "Chad 2020.doc"):
        done = import_paths([given], "tip", tmp_path.with_name("corpus"), replace=True)
        assert (done.failed, [*done.stored, *done.kept]) == ([], [(2020, "chad")])
    assert (tmp_path.with_name("corpus") / "2020" / f"chad{suffix}").is_file()


def test_the_family_is_found_and_said(mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["import", str(mine / "2018"), str(mine / "2020_Chile.txt")])
    assert "Family: tip, which the texts show" in result.output
    assert Corpus(tmp_path / "corpora" / "tip").profile.name == "tip"
    other = tmp_path / "other"
    other.mkdir()
    (other / "norvania 2020.txt").write_text("Revenue fell by 4 percent.")
    result = CliRunner().invoke(app, ["import", str(other)])
    assert result.exit_code != 0
    assert "--family" in str(result.exception)


WRONG = {  # files -> what is said of them
    "another country's page": ({"2020/turkmenistan.html": page("Egypt", 2020)}, ("Egypt", "turkmenistan", "2020")),
    "another year's page": (
        {"2020/egypt.html": page("Egypt", 2019, address=SITE.format(2019, "egypt"))},
        ("2019", "2020", "egypt"),
    ),
    "title, name and folder": (
        {"2018/jordan 2020.html": page("Egypt", 2019, address=SITE.format(2019, "egypt"))},
        ("Egypt 2019", "jordan 2020", "2018"),
    ),
    "no year": ({"egypt.txt": text("Egypt", 2020)}, ("--year",)),
    "no country": ({"2020/report.txt": "PROSECUTION\n\nCourts convicted two traffickers.\n"}, ("--country",)),
    "a list and no narrative": ({"2020/index.html": page("Reports", 2020, title="Reports of 2020")}, ("--country",)),
    "an empty one": ({"2020/egypt.txt": " "}, ("empty",)),
    "two of one": (
        {"2020/egypt.txt": text("Egypt", 2020), "Egypt 2020.html": page("Egypt", 2020)},
        ("came already from", "egypt"),
    ),
    "a broken archive": ({"2020.zip": "PK nothing"}, ("no archive that can be unpacked",)),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_says_so(case: str, tmp_path: Path) -> None:
    files, words = WRONG[case]
    for name, content in {**files, "2020/norvania.txt": text("Norvania", 2020)}.items():
        path = tmp_path / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    done = import_paths([tmp_path / "mine"], "tip", tmp_path / "corpus")
    assert (2020, "norvania") in done.stored  # the others go on
    [(_file, why)] = done.failed
    for word in words:
        assert word in f"{_file}: {why}"


def test_columns_are_found_by_what_people_call_them(tmp_path: Path) -> None:
    rows = {"Country name": ["Egypt"], "Report Year": [2020], "Body": [text("Egypt", 2020)], "Region": ["Africa"]}
    pl.DataFrame(rows).write_csv(tmp_path / "all.csv")
    done = import_paths([tmp_path / "all.csv"], "tip", tmp_path / "one")
    assert done.stored == [(2020, "egypt")]
    assert "country from the column 'Country name'" in "\n".join(done.notes)
    pl.DataFrame({"a": ["Egypt"], "b": [2020], "c": [text("Egypt", 2020)]}).write_csv(tmp_path / "odd.csv")
    done = import_paths([tmp_path / "odd.csv"], "tip", tmp_path / "two")
    assert "--columns" in done.failed[0][1]
    named = {"country": "a", "year": "b", "text": "c"}
    assert import_paths([tmp_path / "odd.csv"], "tip", tmp_path / "two", columns=named).stored == [(2020, "egypt")]


def test_columns_as_a_user_writes_them(tmp_path: Path) -> None:
    pl.DataFrame({"Land, name": ["Egypt"], "J": [2020], "T": [text("Egypt", 2020)]}).write_csv(tmp_path / "odd.csv")
    into = ["--into", str(tmp_path / "corpus"), "--family", "tip"]
    columns = 'country="Land, name",year=J,text=T'
    result = CliRunner().invoke(app, ["import", str(tmp_path / "odd.csv"), "--columns", columns, *into])
    assert result.exit_code == 0, result.output
    assert Corpus(tmp_path / "corpus").countries(2020) == ("egypt",)
    result = CliRunner().invoke(app, ["import", str(tmp_path / "odd.csv"), "--columns", "land=J", *into])
    assert "country=NAME" in str(result.exception)


def test_diff_on_such_a_folder_says_the_command(mine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flat = tmp_path / "flat"
    flat.mkdir()
    (flat / "2020_Chile.txt").write_text(text("Chile", 2020))
    for folder in (flat, mine):
        assert run(["diff", "--year", "2020", "--corpus", str(folder), "--out", str(tmp_path / "out")]) in (0, 1, 2)
        told_ = capsys.readouterr()
        assert "diffing corpus import" in told_.err or folder == mine
    result = CliRunner().invoke(app, ["check", str(mine), "--quick", "--profile", "tip"])
    assert "Nothing is wrong" not in result.output
    assert "diffing corpus import" in result.output


def test_the_table_of_narratives_says_where_each_came_from(imported: tuple[Path, Imported]) -> None:
    table = Corpus(imported[0]).narratives(2020)
    assert table.columns == [
        "country", "slug", "iso3", "year", "file", "source_url", "retrieved", "checksum", "words", "sentences",
    ]  # fmt: skip
    rows = {row["slug"]: row for row in table.to_dicts()}
    assert (rows["albania"]["iso3"], rows["albania"]["file"]) == ("ALB", "2020/albania.txt")
    assert rows["st-orrin"]["iso3"] is None
    assert all(row["sentences"] == 3 and row["words"] > 20 and row["retrieved"] for row in rows.values())
