"""Tables that are a corpus, or a part of one: as spreadsheets write them, and broken."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hostile_files import HOSTILE_TABLES
from hypothesis import given, settings
from hypothesis import strategies as st
from made_corpora import TEXT, fill, small

from diffing.corpus.folders import Corpus
from diffing.corpus.table_files import read_table
from diffing.model import DiffingError


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".jsonl"])
@pytest.mark.parametrize("place", ["file", "top", "year"])
def test_a_table_is_a_corpus_or_a_part_of_one(suffix: str, place: str, tmp_path: Path) -> None:
    rows = [
        {"country": "Norvania", "year": 2020, "text": TEXT.format("Norvania"), "tier": "n/a"},
        {"country": "Isle of Karvelia", "year": 2020, "text": TEXT.format("Karvelia"), "tier": "2"},
        {"country": "Norvania", "year": 2019, "text": TEXT.format("Norvania"), "tier": "007"},
    ]
    if place == "year":
        rows = [{key: value for key, value in row.items() if key != "year"} for row in rows[:2]]
    frame = pl.DataFrame(rows)
    path = tmp_path / "2020" / f"all{suffix}" if place == "year" else tmp_path / f"all{suffix}"
    path.parent.mkdir(exist_ok=True)
    {".csv": frame.write_csv, ".parquet": frame.write_parquet, ".jsonl": frame.write_ndjson}[suffix](path)
    corpus = Corpus(path if place == "file" else tmp_path)
    assert corpus.years == ((2020,) if place == "year" else (2019, 2020))
    assert corpus.countries(2020) == ("isle-of-karvelia", "norvania")
    narrative = corpus.narrative("isle of karvelia", 2020)
    assert (narrative.country, narrative.text) == ("Isle of Karvelia", TEXT.format("Karvelia"))
    assert corpus.path_of("norvania", 2020) == path
    assert corpus.checksum("norvania", 2020) == hashlib.sha256(TEXT.format("Norvania").encode()).hexdigest()


def test_bad_rows_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    rows = (
        "country,year,text\nNorvania,2020,Some text.\n,2020,Nobody.\nKarvelia,2020,\n../evil,2020,X.\nOrdania,soon,X.\n"
    )
    corpus = Corpus(fill(tmp_path, {"all.csv": rows}))
    assert corpus.countries(2020) == ("norvania",)
    said = " ".join(problem.message for problem in corpus.problems)
    for part in ("row 2: no country", "row 3 (Karvelia): no text", "../evil", "row 5 (Ordania): 'soon' is no year"):
        assert part in said


@pytest.mark.parametrize("name", HOSTILE_TABLES)
def test_a_table_that_takes_all_memory_or_ends_its_reader_is_one_bad_file(name: str, tmp_path: Path) -> None:
    """It is named, in a message that fits a screen, and the other narratives of its folder are read."""
    suffix, content, says = HOSTILE_TABLES[name]
    corpus = Corpus(fill(small(tmp_path, "2020/norvania"), {f"2020/odd{suffix}": content()}), "tip")
    assert corpus.countries(2020) == ("norvania",)
    assert corpus.problems
    assert all(f"odd{suffix}" in problem.message and len(problem.message) < 1_000 for problem in corpus.problems)
    assert re.search(says, corpus.problems[-1].message), corpus.problems[-1].message
    assert len(corpus.problems) < 200


def test_a_table_is_read_once_however_many_rows_and_tables_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "country,year,text\n" + "".join(f"Land {n},{{year}},Police left.\n" for n in range(10))
    fill(tmp_path, {f"{year}/all.csv": rows.format(year=year) for year in range(2010, 2022)})
    reads: list[Path] = []
    monkeypatch.setattr(
        "diffing.corpus.folder_contents.read_table", lambda path, most: reads.append(path) or read_table(path)
    )
    corpus = Corpus(tmp_path, "tip")
    assert all(corpus.narrative(slug, year).text for year in corpus.years for slug in corpus.countries(year))
    assert len(reads) == 12


def test_a_table_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    for name, country in (("t1", "Norvania"), ("t[1]", "Karvelia")):
        frame = pl.DataFrame({"country": [country], "year": [2020], "text": [f"Police of {country} left."]})
        frame.write_parquet(tmp_path / f"{name}.parquet")
    corpus = Corpus(tmp_path, "tip")
    assert corpus.countries(2020) == ("karvelia", "norvania")
    assert corpus.narrative("karvelia", 2020).text == "Police of Karvelia left."


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_as_spreadsheets_write_it(separator: str, encoding: str, tmp_path: Path) -> None:
    lines = ["Country {}Year{} text", 'Côte d’Ivoire{}2020{}"It opened 2 shelters, and the ""plan"" was adopted."']
    table = "\r\n".join(line.format(separator, separator) for line in lines)
    (tmp_path / "all.csv").write_bytes(table.encode(encoding))
    corpus = Corpus(tmp_path, "tip")
    assert corpus.narrative("cote-divoire", 2020).text == 'It opened 2 shelters, and the "plan" was adopted.'
    assert bool(corpus.problems) == (encoding == "cp1252")  # read, but look at it


def test_a_table_that_unpacks_to_more_than_it_may_have_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pl.DataFrame({"country": "Norvania", "year": 2020, "text": ["x" * 1000] * 1000})
    frame.write_parquet(tmp_path / "all.parquet")
    for module in ("folder_contents", "table_files"):
        monkeypatch.setattr(f"diffing.corpus.{module}.MAX_TABLE_BYTES", 100_000)
    assert (tmp_path / "all.parquet").stat().st_size < 100_000
    with pytest.raises(DiffingError, match=r"1 MB when unpacked"):
        Corpus(tmp_path)


def test_json_lines_with_odd_rows(tmp_path: Path) -> None:
    rows = [{"country": "Norvania", "year": "2020", "text": "Some text."}, {"country": None, "year": 2020, "text": "x"}]
    corpus = Corpus(fill(tmp_path, {"all.jsonl": "\n".join(json.dumps(row) for row in rows)}))
    assert corpus.countries(2020) == ("norvania",)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([".csv", ".parquet", ".jsonl"]), st.binary(max_size=300), st.booleans())
def test_no_bytes_make_a_table_raise_anything_else(suffix: str, content: bytes, begun: bool) -> None:
    start = {".csv": b"country,year,text\n", ".parquet": b"PAR1", ".jsonl": b'{"country": "X", "year": 2020, "text": '}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"all{suffix}"
        path.write_bytes(start[suffix] * begun + content + b"PAR1" * (suffix == ".parquet"))
        said = str(path)
        try:
            corpus = Corpus(path)
            assert all(corpus.narrative(slug, year).text for year in corpus.years for slug in corpus.countries(year))
        except DiffingError as error:
            said = str(error)
        assert str(path) in said
