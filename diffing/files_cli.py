"""The commands on single files: `compare` and `figures`; and `indicators`, what a family of reports counts."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diffing.cli_output import OneProfileOption, TableFormat, colour_wanted, end_with, print_table
from diffing.model import DiffingError

if TYPE_CHECKING:
    from diffing.model import Narrative

STANDARD_INPUT = Path("-")


class PageFormat(StrEnum):
    """How `compare` shows a comparison."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


_BY_SUFFIX = {".html": PageFormat.HTML, ".htm": PageFormat.HTML, ".json": PageFormat.JSON, ".txt": PageFormat.TEXT}


def compare(
    old: Annotated[Path, typer.Argument(help="The earlier narrative's file, or -.")],
    new: Annotated[Path, typer.Argument(help="The later narrative's file, or -.")],
    old_year: Annotated[int | None, typer.Option(help="Its report year.", show_default="from folder or name")] = None,
    new_year: Annotated[int | None, typer.Option(help="Its report year.", show_default="from folder or name")] = None,
    country: Annotated[
        str | None, typer.Option(help="The country's name.", show_default="from the file's name")
    ] = None,
    profile: OneProfileOption = "tip",
    out: Annotated[Path | None, typer.Option(help="Write the page here.")] = None,
    format: Annotated[
        PageFormat | None, typer.Option(help="How to show it.", show_default="text, or html for --out")
    ] = None,
) -> None:
    """Compare two narratives, each a file or - for standard input."""
    from diffing import pipeline, reporting

    years = old_year or _year_of(old, "--old-year"), new_year or _year_of(new, "--new-year")
    name = country or _country_of(old if new == STANDARD_INPUT else new, profile)
    if old == new == STANDARD_INPUT:
        raise DiffingError("only one of the two can come from standard input (-)")
    comparison = pipeline.compare(_narrative(old, name, years[0], profile), _narrative(new, name, years[1], profile))
    chosen = _format_of(out, format)
    if chosen is PageFormat.HTML:
        text = comparison.to_html()
    elif chosen is PageFormat.JSON:
        text = comparison.to_json()
    else:
        text = reporting.text_diff(comparison.pair, comparison.judgement, colour=out is None and colour_wanted())
    if out is None:
        typer.echo(text, nl=not text.endswith("\n"))
    else:
        reporting.write_page(out, text)
        typer.echo(f"{comparison.country} {years[0]} -> {years[1]}: {comparison.verdict}. Wrote {out}")
    end_with(comparison.problems)


def _format_of(out: Path | None, asked: PageFormat | None) -> PageFormat:
    """How to show a comparison: as asked, else as the file's ending says; the two must not differ."""
    if out is None:
        return asked or PageFormat.TEXT
    meant = _BY_SUFFIX.get(out.suffix.lower())
    if asked is not None and meant is not None and asked is not meant:
        raise DiffingError(f"--out {out} is the name of a {meant} file and --format says {asked}: change one of them")
    return asked or meant or PageFormat.HTML


def figures(
    file: Annotated[Path, typer.Argument(help="The narrative's file, or - for standard input.")],
    year: Annotated[int | None, typer.Option(help="Its report year.", show_default="from folder or name")] = None,
    country: Annotated[
        str | None, typer.Option(help="The country's name.", show_default="from the file's name")
    ] = None,
    profile: OneProfileOption = "tip",
    format: Annotated[TableFormat, typer.Option(help="How to print it.")] = TableFormat.TABLE,
) -> None:
    """Print every figure of one narrative with its indicator, actor and year."""
    from diffing import extracting, tables

    name = country or _country_of(file, profile)
    narrative = _narrative(file, name, year or _year_of(file, "--year"), profile)
    found, _ = extracting.extract_narrative(narrative)
    if format is TableFormat.TABLE:
        from diffing.reporting import figures_text

        typer.echo(figures_text(narrative, found, colour=colour_wanted()), nl=False)
    else:
        print_table(tables.frame("figures", found), format)
    end_with(tables.frame("problems", narrative.problems))


def indicators(
    profile: OneProfileOption = "tip",
    format: Annotated[TableFormat, typer.Option(help="How to print it.")] = TableFormat.TABLE,
) -> None:
    """Print what a family of reports counts: each indicator, what a rise of it means, and a sentence that tells it."""
    from diffing import tables
    from diffing.profile import load_profile

    table = tables.frame("indicators", tables.indicator_rows(load_profile(profile)))
    if format is TableFormat.TABLE:
        from diffing.reporting import indicators_text

        typer.echo(indicators_text(table, colour=colour_wanted()), nl=False)
    else:
        print_table(table, format)


def _year_of(path: Path, option: str) -> int:
    """The report year in the file's folder or name; raises `DiffingError` that asks for `option`."""
    if path == STANDARD_INPUT:
        raise DiffingError(f"standard input has no year in its name: say {option} YEAR")
    for name in (path.stem, *(parent.name for parent in path.absolute().parents)):
        found = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)
        if found:
            return int(found[-1])
    raise DiffingError(f"{path}: no year in its folder or name; say {option} YEAR")


def _country_of(path: Path, profile: str) -> str:
    """The country that a file's name gives without its year; its folder's where nothing is left (2019.txt)."""
    if path == STANDARD_INPUT:
        return "Text"
    from diffing.corpus.folders import country_names
    from diffing.corpus.manifest import Manifest
    from diffing.profile import load_profile

    bare = re.sub(r"[-_ .]*(?<!\d)(?:19|20)\d\d(?!\d)[-_ .]*", " ", path.stem).strip(" -_.")
    return country_names(load_profile(profile), Manifest()).display(bare or path.absolute().parent.name)


def _narrative(file: Path, country: str, year: int, profile: str) -> Narrative:
    """The narrative in a file, or on standard input where that is ``-``."""
    from diffing.reading import parse_narrative, read_narrative

    if file != STANDARD_INPUT:
        return read_narrative(file, country, year, profile)
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    return parse_narrative(text, country=country, year=year, profile=profile, source="standard input")
