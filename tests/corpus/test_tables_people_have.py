"""Workbooks and tables as people have them: titles over the columns, merged cells, a sheet or a column a year, ODS."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from office_files import packed

from diffing.corpus.importing import import_paths

pytest.importorskip("python_calamine")

COUNTRIES, YEARS = ("Chile", "Peru"), (2019, 2020)


def text(country: str, year: int) -> str:
    return f"The Government of {country} increased its efforts. Courts convicted 12 traffickers in {year - 1}."


HEAD = ("Country", "Year", "Text")
ROWS = [(country, year, text(country, year)) for country in COUNTRIES for year in YEARS]


def sheet(book: xlsxwriter.Workbook, rows: list[tuple[object, ...]], name: str | None = None) -> None:
    made = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, datetime.date):
                made.write_datetime(place, column, value, day)
            elif value != "":
                made.write(place, column, value)


def merged(book: xlsxwriter.Workbook) -> None:
    sheet(book, [HEAD, *(("", year, told) for _country, year, told in ROWS)])
    for number, country in enumerate(COUNTRIES):
        book.get_worksheet_by_name("Sheet1").merge_range(1 + 2 * number, 0, 2 + 2 * number, 0, country)


def a_sheet_a_year(book: xlsxwriter.Workbook) -> None:
    for year in YEARS:
        sheet(book, [("Country", "Text"), *((country, text(country, year)) for country in COUNTRIES)], str(year))


def behind_another(book: xlsxwriter.Workbook) -> None:
    sheet(book, [("About these narratives",)])
    sheet(book, [HEAD, *ROWS])


ACROSS = [("Country", *YEARS), *((country, *(text(country, year) for year in YEARS)) for country in COUNTRIES)]
DATED = [(country, datetime.date(year, 6, 1), told) for country, year, told in ROWS]
WORKBOOKS: dict[str, Callable[[xlsxwriter.Workbook], None]] = {
    "a title over the columns": lambda book: sheet(book, [("Narratives",), (), ("Source:", "a site"), HEAD, *ROWS]),
    "merged cells": merged,
    "a sheet a year": a_sheet_a_year,
    "behind another sheet": behind_another,
    "a column a year": lambda book: sheet(book, ACROSS),
    "days for years": lambda book: sheet(book, [("Country", "Date", "Text"), *DATED]),
    "a blank column and a blank row": lambda book: sheet(
        book, [("", *HEAD), ("", *ROWS[0]), (), *(("", *row) for row in ROWS[1:])]
    ),
}


def stored(path: Path, data: bytes, into: Path) -> list[tuple[int, str]]:
    path.write_bytes(data)
    done = import_paths([path], "tip", into)
    assert done.failed == []
    return sorted(done.stored)


ALL = [(2019, "chile"), (2019, "peru"), (2020, "chile"), (2020, "peru")]


@pytest.mark.parametrize("case", WORKBOOKS)
def test_a_workbook_as_people_have_it(case: str, tmp_path: Path) -> None:
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into)
    WORKBOOKS[case](book)
    book.close()
    assert stored(tmp_path / "all.xlsx", into.getvalue(), tmp_path / "corpus") == ALL
    chile = (tmp_path / "corpus" / "2019" / "chile.txt").read_text("utf-8")
    assert chile == text("Chile", 2019)


def ods(rows: list[tuple[object, ...]]) -> bytes:
    """An OpenDocument spreadsheet of these rows."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p>'
            "</table:table-cell>"
            if isinstance(value, int)
            else f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{of}"/>'
        for path, of in (("/", kind), ("content.xml", "text/xml"))
    )
    return packed(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}">{entries}</m:manifest>',
            "content.xml": f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body>'
            f'<office:spreadsheet><table:table table:name="S">{cells}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        }
    )


TEXTS = {
    "all.csv": "Country,2019,2020\n" + "".join(f'{row[0]},"{row[1]}","{row[2]}"\n' for row in ACROSS[1:]),
    "all.tsv": "Country\tYear\tText\n" + "".join(f"{c}\t{y}\t{told}\n" for c, y, told in ROWS),
}


def test_an_opendocument_spreadsheet(tmp_path: Path) -> None:
    assert stored(tmp_path / "all.ods", ods([HEAD, *ROWS]), tmp_path / "corpus") == ALL


@pytest.mark.parametrize("name", TEXTS)
def test_a_table_in_plain_text(name: str, tmp_path: Path) -> None:
    assert stored(tmp_path / name, TEXTS[name].encode(), tmp_path / "corpus") == ALL
