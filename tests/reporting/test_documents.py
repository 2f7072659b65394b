"""A comparison as Word document, Markdown and workbook: read back as their programs would."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import display_pair as made
import polars as pl
import pytest

import diffing
from diffing import tables
from diffing.reporting import comparison_docx, comparison_markdown, year_workbook
from diffing.running.year import run_year

docx = pytest.importorskip("docx")
SAMPLE = Path(__file__).parents[2] / "corpora" / "sample"
CORPUS = diffing.Corpus(SAMPLE)
COUNTRIES = sorted(set(CORPUS.countries(2019)) & set(CORPUS.countries(2020)))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts(data: bytes, accept: bool) -> list[str]:
    """The paragraphs of a document's text after all its changes were accepted, or rejected."""
    body = docx.Document(io.BytesIO(data)).element.body
    gone, kept = (f"{W}del", f"{W}ins") if accept else (f"{W}ins", f"{W}del")
    said: list[str] = []
    begun = False
    for paragraph in body.iter(f"{W}p"):
        if "".join(t.text or "" for t in paragraph.iter(f"{W}t")).startswith("Accept all changes"):
            begun = True
            continue
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if not begun or (style is not None and "Heading" in style.get(f"{W}val")):
            continue
        if paragraph.find(f"{W}pPr/{W}rPr/{gone}") is not None:
            continue
        runs = []
        for child in paragraph:
            if child.tag in (f"{W}r", kept):
                runs += [t.text or "" for t in child.iter(f"{W}t", f"{W}delText")]
        said.append("".join(runs))
    return said


def words(paragraphs: list[str]) -> list[str]:
    return sorted(" ".join(paragraphs).split())


@pytest.mark.parametrize("slug", COUNTRIES)
def test_all_changes_accepted_give_the_new_text_and_rejected_the_old_one(slug: str) -> None:
    old, new = CORPUS.narrative(slug, 2019), CORPUS.narrative(slug, 2020)
    comparison = diffing.compare(old, new)
    data = comparison_docx(comparison.pair, comparison.judgement)
    for narrative, accept in ((old, False), (new, True)):
        said = texts(data, accept)
        assert words(said) == words([sentence.text for sentence in narrative.sentences])
        if accept:
            assert " ".join(said).split() == " ".join(s.text for s in narrative.sentences).split()


def test_marks_have_ids_of_their_own_and_an_author() -> None:
    data = comparison_docx(made.pair(), made.judgement())
    body = docx.Document(io.BytesIO(data)).element.body
    marks = [*body.iter(f"{W}ins"), *body.iter(f"{W}del")]
    ids = [mark.get(f"{W}id") for mark in marks]
    assert len(marks) > 5
    assert len(set(ids)) == len(ids)
    assert {mark.get(f"{W}author") for mark in marks} == {"diffing"}
    assert not [r for d in body.iter(f"{W}del") for r in d.iter(f"{W}t")], "what is taken out is w:delText"


def test_markdown_says_verdict_findings_numbers_and_changes_and_escapes_what_a_text_says() -> None:
    said = comparison_markdown(made.pair(), made.judgement())
    assert said.startswith("# Norvania: 2019 to 2020\n")
    assert "**▼ Backsliding.**" in said
    assert "- Victims identified fell from eight in 2018 to none in 2019." in said
    assert re.search(r"\| Victims identified \| eight victims in 2018 \| none in 2019 \|", said)
    assert "~~eight victims~~" in said
    assert "**no victims in 2019, compared with eight**" in said
    assert r"\<b\>" in said
    assert "<b>" not in said


# --- the workbook ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("book") / "2020"
    run_year(CORPUS, 2020, out=out, cache=out.parent / "cache")
    return out


def sheet(path: Path, number: int) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_the_workbook_lies_beside_the_pages_with_frozen_heads_filters_and_links(report: Path) -> None:
    path = report / "report.xlsx"
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert names == ["Countries", "Numbers", "Findings", "Recommendations", "Columns"]
    for number in range(1, 6):
        text = sheet(path, number)
        assert 'state="frozen"' in text
        assert "<autoFilter" in text
    for target in re.findall(r'Target="([^"]+)"', links):
        assert (report / target).is_file()
    assert links.count("Target=") == len(list(pl.read_parquet(report / "tables/index.parquet")["verdict"].drop_nulls()))


def test_what_begins_as_a_formula_is_text_in_every_export(report: Path) -> None:
    sly = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=2", "＝1+1", "＠SUM(A1)", "harmless"]
    rows = [made.finding(summary=said, old_text=said) for said in sly]
    findings = tables.frame("findings", rows)
    book = year_workbook({"index": tables.frame("index", []), "findings": findings})
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert not [n for n in parts.namelist() if n.endswith(".xml") and b"<f>" in parts.read(n)]
    told = pl.read_csv(io.StringIO(tables.to_csv(findings)))
    assert told["summary"].to_list() == [f"'{said}" for said in sly[:-1]] + ["harmless"]


def test_numbers_are_numbers(report: Path) -> None:
    text = sheet(report / "report.xlsx", 1)
    assert re.search(r'<c r="E2" s="\d+"><v>\d+</v></c>', text)
    assert re.search(r'<c r="N2" s="\d+"><v>0\.\d+</v></c>', text)


def test_every_column_of_the_sheets_is_explained(report: Path) -> None:
    with zipfile.ZipFile(report / "report.xlsx") as book:
        shared = book.read("xl/sharedStrings.xml").decode()
    for name in ("changes", "findings", "recommendations"):
        for column in tables.SCHEMAS[name]:
            assert f">{column}<" in shared


def test_a_csv_file_begins_with_the_mark_that_excel_looks_for(report: Path) -> None:
    for path in (report / "tables").glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
    frame = pl.read_csv(report / "tables" / "index.csv")
    assert frame.columns[0] == "country"
