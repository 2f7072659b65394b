"""What a stranger's table can be made of: each is named or read, one bad row is one row, and nothing is filled."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
import xlsxwriter

from diffing.corpus import Corpus, checking_files, folder_contents, table_columns, table_files
from diffing.corpus.checking import check_corpus
from diffing.corpus.importing import import_paths
from diffing.corpus.table_columns import columns_of
from diffing.corpus.table_files import read_table
from diffing.model import DiffingError

TEXT = "Police identified eight victims in 2019. Courts convicted none.\n"
ROWS = {"country": ["Norvania", "Ardesh"], "year": [2019, 2020], "text": [TEXT, TEXT]}


def columns_of_csv(tmp_path, head, row):
    path = tmp_path / "t.csv"
    path.write_text(f"{head}\n{row}\n")
    return columns_of(str(path), ".csv", 1_000_000)


def test_a_table_with_one_year_in_many_columns_is_refused(tmp_path):
    with pytest.raises(DiffingError, match="two columns are of one year"):
        columns_of_csv(tmp_path, "country" + ",2019,2020" * 60, "n" * 1_000 + ",x" * 120)


def test_a_name_without_end_is_not_said_again_for_each_year(tmp_path):
    columns, _note = columns_of_csv(tmp_path, "country,2019,2020", "n" * 1_000_000 + ",x,y")
    assert [len(name) for name in columns["country"]] == [201, 201]


def test_narratives_that_stand_beside_each_other_are_counted_as_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(table_columns, "MAX_ROWS", 3)
    path = tmp_path / "t.csv"
    path.write_text("country,2019,2020\nA,x,y\nB,x,y\n")
    with pytest.raises(DiffingError, match="over 3 rows"):
        columns_of(str(path), ".csv", 1_000_000)


LINE = '{"country": "Norvania", "year": 2020, "text": "Police left."}\n'
BAD_LINES = {
    "a list": "[1, 2]",
    "no JSON": "{country: 1}",
    "cut off": '{"country": "A", "te',
    "a number without end": '{"country": "A", "year": ' + "9" * 100_000 + ', "text": "x y"}',
    "lists in lists": '{"country": "A", "year": 2020, "text": ' + "[" * 100_000 + "]" * 100_000 + "}",
    "no number": '{"country": "A", "year": NaN, "text": "x y"}',
    "half a letter": '{"country": "A", "year": 2020, "text": "\\ud800"}',
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_one_bad_line_of_a_table_is_one_row_and_the_others_are_taken(line, tmp_path):
    (tmp_path / "t.jsonl").write_text(f"{LINE}{line}\n{LINE}")
    table = read_table(tmp_path / "t.jsonl")
    assert [row.number for row in table.rows] == [1, 3]
    assert table.faults[0].startswith("row 2")
    assert table.note is None or "no JSON object in 1 of its lines (line 2: " in table.note


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("text", [["Police left."]], "holds List"),
        ("text", [{"a": "Police left."}], "holds Struct"),
        ("year", [timedelta(2020)], "holds Duration"),
        ("text", [b"Police \xff left."], None),
        ("year", [Decimal("2020.00")], None),
    ],
)
def test_a_column_of_another_kind_is_read_or_named(column, values, said, tmp_path):
    columns = {"country": ["Norvania"], "year": [2020], "text": ["Police left."]} | {column: values}
    pl.DataFrame(columns).write_parquet(tmp_path / "t.parquet")
    if said is None:
        (row,) = read_table(tmp_path / "t.parquet").rows
        assert (row.year, row.text.replace("\ufffd ", "")) == (2020, "Police left.")
        return
    with pytest.raises(DiffingError, match=f"column '{column}' {said}.*write it as text"):
        read_table(tmp_path / "t.parquet")


def test_a_table_with_two_columns_of_one_name_is_refused(tmp_path):
    with pytest.raises(DiffingError, match="several columns 'text': keep one of each"):
        columns_of_csv(tmp_path, "country,year,text,text", "Norvania,2020,Police left.,Police came.")


def test_a_small_table_of_large_texts_is_refused_by_what_is_held_of_them(tmp_path):
    text = "Police left. " * 300_000 + "\U0001f44d"  # one sign by which Python keeps four bytes of each character
    columns = {"country": ["Norvania"] * 2, "year": [2019, 2020], "text": [text] * 2}
    pl.DataFrame(columns).write_parquet(tmp_path / "t.parquet")
    assert (tmp_path / "t.parquet").stat().st_size < 20_000
    with pytest.raises(DiffingError, match="31 MB when unpacked is more"):
        read_table(tmp_path / "t.parquet")


def merged_workbook(path: Path, rows: int, text: str) -> Path:
    """A workbook of one text that is merged over all rows."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["country", "year", "text"])
    for row in range(1, rows):
        sheet.write_row(row, 0, [f"Land {row}", 2019])
    sheet.merge_range(1, 2, rows - 1, 2, text)
    book.close()
    return path


def test_a_text_that_is_merged_over_many_rows_fills_no_memory(tmp_path, monkeypatch):
    book = merged_workbook(tmp_path / "t.xlsx", 100, TEXT * 100)
    assert len(columns_of(str(book), ".xlsx", 1_000_000)[0]["text"]) == 99
    monkeypatch.setattr(table_columns, "MOST_IN_WORKBOOK", 100_000)
    with pytest.raises(DiffingError, match="when unpacked is more"):
        columns_of(str(book), ".xlsx", 1_000_000)


def test_the_tables_of_a_corpus_have_one_limit_together(tmp_path, monkeypatch):
    for number in range(5):
        rows = {name: [f"{value}{number}" if name == "country" else value for value in ROWS[name]] for name in ROWS}
        pl.DataFrame(rows).write_parquet(tmp_path / f"t{number}.parquet")
    monkeypatch.setattr(folder_contents, "MAX_TABLE_BYTES", 3_000)
    corpus = Corpus(tmp_path)
    assert {len(corpus.countries(year)) for year in corpus.years} == {3}
    assert sum("beside the others of its corpus" in problem.message for problem in corpus.problems) == 2


def test_ranges_that_lie_over_each_other_are_counted(monkeypatch):
    sheet = SimpleNamespace(
        to_python=lambda **_: [["x"] for _ in range(100)], merged_cell_ranges=[((0, 0), (99, 0))] * 100
    )
    monkeypatch.setattr(table_columns, "MAX_ROWS", 1_000)
    with pytest.raises(DiffingError, match=r"t\.xlsx: over 1,000 rows"):
        table_columns._unmerged(sheet, "t.xlsx")


def many(count: int, year: int = 2020, text: str = "a b.") -> pl.DataFrame:
    return pl.DataFrame({"country": [f"n{n}" for n in range(count)], "year": [year] * count, "text": [text] * count})


def test_a_table_of_tiny_narratives_without_end_is_refused_and_says_what_to_do(tmp_path):
    """46 kB of 1,500 countries made a report of 80 MB, and 800 kB of 600 countries in 200 years as many files."""
    path = tmp_path / "t.csv"
    many(1_500).write_csv(path)
    with pytest.raises(DiffingError, match=r"t\.csv: 1,500 narratives of 4 characters each, .* give a table of their"):
        Corpus(path)
    assert len(Corpus(many(1_000), "tip").countries(2020)) == 1_000
    assert len(Corpus(many(1_500, text="a b. " * 100), "tip").countries(2020)) == 1_500


def test_of_a_corpus_of_files_and_tables_the_table_too_many_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(table_files, "AT_WILL", 9)
    for name in ("a", "b"):
        (tmp_path / name).with_suffix(".csv").write_text(many(5, 2019 if name == "a" else 2020).write_csv())
    corpus = Corpus(tmp_path, "tip")
    assert corpus.years == (2019,)
    assert "b.csv: 10 narratives of 4 characters" in " ".join(problem.message for problem in corpus.problems)


def test_an_import_takes_no_table_of_tiny_narratives_without_end(tmp_path, monkeypatch):
    """Each row becomes a file: a table of half a megabyte took minutes."""
    monkeypatch.setattr(table_files, "AT_WILL", 9)
    for name, year in (("a", 2018), ("b", 2019)):
        many(5, year).write_csv(tmp_path / f"{name}.csv")
    many(5, 2020, "Police left. " * 200).write_csv(tmp_path / "c.csv")
    done = import_paths([tmp_path / f"{name}.csv" for name in "abc"], "tip", tmp_path / "corpus")
    assert done.by_year == {2018: 5, 2020: 5}
    ((where, why),) = done.failed
    assert where.endswith("b.csv")
    assert why.startswith("10 narratives of 4 characters each")


def test_a_day_that_is_none_is_one_row_and_the_others_are_read(tmp_path):
    days = pl.Series([2**62, 1_577_836_800_000_000]).cast(pl.Datetime("us"))  # of the year 148,108, and of 2020
    pl.DataFrame(ROWS | {"year": days}).write_parquet(tmp_path / "t.parquet")
    table = read_table(tmp_path / "t.parquet")
    assert [(row.country, row.year) for row in table.rows] == [("Ardesh", 2020)]
    assert table.faults == ("row 1 (Norvania): '148108' is no year",)


def test_names_without_end_are_not_compared_each_with_each(tmp_path, monkeypatch):
    """Four kilobytes of Parquet can name 20,000 countries, and half of them only in one of two years."""
    monkeypatch.setattr(checking_files, "MOST_COMPARED", 8)
    names = ["Vendoria", "Ardesha", "Norvania", "Vendorria", "Ardesh", "Norvenia"]
    rows = {"country": names, "year": [2019] * 3 + [2020] * 3, "text": [TEXT] * 6}
    pl.DataFrame(rows).write_parquet(tmp_path / "t.parquet")
    notes = check_corpus(tmp_path / "t.parquet", "tip", read=False).notes
    said = [note.message for note in notes if note.kind == "names"]
    alone = "3 names of 2019 and 3 of 2020 stand in one of the two alone"
    assert said == [f"{alone}: too many to look which may be one country"]
    monkeypatch.setattr(checking_files, "MOST_COMPARED", 9)
    notes = check_corpus(tmp_path / "t.parquet", "tip", read=False).notes
    assert sum("look like one country" in note.message for note in notes) == 3
