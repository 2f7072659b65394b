"""The commands on single files: `compare` and `figures`; and `indicators`, what a family of reports counts."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diffing.cli_output import OneProfileOption, ProfileOption, TableFormat, colour_wanted, end_with, print_table, tell
from diffing.cli_streams import say
from diffing.model import DiffingError

if TYPE_CHECKING:
    from diffing.corpus.single import Single
    from diffing.results import Comparison

STANDARD_INPUT = Path("-")


class PageFormat(StrEnum):
    """How `compare` shows a comparison."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    MARKDOWN = "md"
    WORD = "docx"


_BY_SUFFIX = {
    ".html": PageFormat.HTML, ".htm": PageFormat.HTML, ".json": PageFormat.JSON, ".txt": PageFormat.TEXT,
    ".md": PageFormat.MARKDOWN, ".docx": PageFormat.WORD,
}  # fmt: skip
_OTHERS = (".pdf", ".doc", ".csv", ".xls", ".xlsx", ".parquet", ".odt", ".rtf")  # what somebody may hope for


def compare(
    old: Annotated[Path, typer.Argument(help="The earlier narrative's file, or -.")],
    new: Annotated[Path, typer.Argument(help="The later narrative's file, or -.")],
    old_year: Annotated[
        int | None, typer.Option(min=1, max=9999, help="Its report year.", show_default="from folder or name")
    ] = None,
    new_year: Annotated[
        int | None, typer.Option(min=1, max=9999, help="Its report year.", show_default="from folder or name")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="The country's name.", show_default="from the file's name")
    ] = None,
    profile: ProfileOption = None,
    out: Annotated[Path | None, typer.Option(help="Write the page here.")] = None,
    format: Annotated[
        PageFormat | None, typer.Option(help="How to show it.", show_default="text, or html for --out")
    ] = None,
) -> None:
    """Compare two narratives, each a file or - for standard input."""
    from diffing import pipeline, reporting
    from diffing.corpus.single import same_country, same_family

    if old == new == STANDARD_INPUT:
        raise DiffingError("only one of the two can come from standard input (-)")
    if same_file(old, new):
        raise DiffingError(f"{old} and {new} are one file: give the narratives of two years")
    if out is not None:
        _check_out(out, old, new, profile)
    before, after = (
        _read(old, country, old_year, profile, "--old-year"),
        _read(new, country, new_year, profile, "--new-year"),
    )
    years = _year_of(before, "--old-year"), _year_of(after, "--new-year")
    same_family(before, after)
    name = same_country(before, after)
    comparison = pipeline.compare(before.narrative(name, years[0]), after.narrative(name, years[1]))
    shape, colour = _format_of(out, format), out is None and colour_wanted()
    text = _shown(comparison, shape, colour=colour)
    if out is None and isinstance(text, str):
        tell(text, nl=not text.endswith("\n"), colour=colour, data=shape is not PageFormat.TEXT)
    elif out is None:
        raise DiffingError("a Word document is no text for the terminal: say --out FILE.docx")
    else:
        reporting.write_page(out, text)
        tell(f"{comparison.country} {years[0]} -> {years[1]}: {comparison.verdict}. Wrote {out}")
    end_with((*comparison.pair.problems, *comparison.judgement.problems))


def _check_out(out: Path, old: Path, new: Path, profile: str | None) -> None:
    """Raises `DiffingError` where the page would be written over a file that is read, or become a narrative itself."""
    from diffing.corpus.listing import year_kept_in
    from diffing.reading.documents import KINDS

    if any(same_file(out, read) for read in (old, new, *([Path(profile)] if profile else []))):
        raise DiffingError(f"--out {out} is one of the files that are read, and would be lost: give another name")
    place = Path(os.path.realpath(out))
    for read in (Path(os.path.realpath(file)) for file in (old, new) if file != STANDARD_INPUT):
        corpus = read.parent.parent
        year = year_kept_in(place.parent, corpus) if place.suffix.lower() in KINDS else None
        if year is not None and year_kept_in(read.parent, corpus) is not None:
            raise DiffingError(f"--out {out}: there a corpus keeps its narratives of {year}: give another name")


def _shown(comparison: Comparison, format: PageFormat, *, colour: bool) -> str | bytes:
    """The comparison as it was asked for: a text, or the bytes of a document."""
    from diffing import reporting

    pair, judgement = comparison.pair, comparison.judgement
    if format is PageFormat.TEXT:
        return reporting.text_diff(pair, judgement, colour=colour)
    if format is PageFormat.MARKDOWN:
        return reporting.comparison_markdown(pair, judgement)
    if format is PageFormat.WORD:
        return reporting.comparison_docx(pair, judgement)
    return comparison.to_json() if format is PageFormat.JSON else comparison.to_html()


def same_file(old: Path, new: Path) -> bool:
    """Whether two paths are one file, under whatever names."""
    try:
        return old.samefile(new)
    except OSError:
        return False  # which of them is missing is said when it is read


def _format_of(out: Path | None, asked: PageFormat | None) -> PageFormat:
    """How to show a comparison: as asked, else as the file's ending says; the two must not differ."""
    if out is None:
        return asked or PageFormat.TEXT
    meant = _BY_SUFFIX.get(out.suffix.lower())
    if asked is not None and meant is not None and asked is not meant:
        raise DiffingError(f"--out {out} is the name of a {meant} file and --format says {asked}: change one of them")
    if asked is None and meant is None and out.suffix.lower() in _OTHERS:
        raise DiffingError(f"--out {out}: compare writes no {out.suffix} but {', '.join(PageFormat)}: name it so")
    return asked or meant or PageFormat.HTML


def figures(
    file: Annotated[Path, typer.Argument(help="The narrative's file, or - for standard input.")],
    year: Annotated[
        int | None, typer.Option(min=1, max=9999, help="Its report year.", show_default="from folder or name")
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="The country's name.", show_default="from the file's name")
    ] = None,
    profile: ProfileOption = None,
    format: Annotated[TableFormat, typer.Option(help="How to print it.")] = TableFormat.TABLE,
) -> None:
    """Print every figure of one narrative with its indicator, actor and year."""
    from diffing import extracting, tables

    single = _read(file, country, year, profile, "--year")
    narrative = single.narrative(None, _year_of(single, "--year"))
    found, _ = extracting.extract_narrative(narrative)
    if format is TableFormat.TABLE:
        from diffing.reporting import figures_text

        tell(figures_text(narrative, found, colour=colour_wanted()), nl=False, colour=colour_wanted())
    else:
        print_table(tables.frame("figures", found), format)
    end_with(narrative.problems)


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

        tell(indicators_text(table, colour=colour_wanted()), nl=False, colour=colour_wanted())
    else:
        print_table(table, format)


def _read(file: Path, country: str | None, year: int | None, profile: str | None, option: str) -> Single:
    """A file, or what comes on standard input; says the family where it was found in the text."""
    from diffing.corpus.single import read_single
    from diffing.running.example_trials import check_tried

    if file == STANDARD_INPUT and year is None:
        raise DiffingError(f"standard input has no year in its name: say {option} YEAR")
    from diffing.reading.documents import MAX_BYTES

    data = sys.stdin.buffer.read(MAX_BYTES + 1) if file == STANDARD_INPUT else None
    single = read_single(file, country, year, profile, data=data)
    check_tried(single.profile)
    if single.found:
        say(f"{_called(file)}: read as {single.profile.name}, which its text shows (--profile names another)")
    return single


def _year_of(single: Single, option: str) -> int:
    """The report year of a file; raises `DiffingError` that asks for `option`."""
    if single.year is None:
        raise DiffingError(f"{_called(single.path)}: no year in its title, name or folder: say {option} YEAR")
    return single.year


def _called(file: Path) -> str:
    return "standard input" if file == STANDARD_INPUT else str(file)
