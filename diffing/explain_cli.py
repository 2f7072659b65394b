"""The command `explain`: what is read in each sentence, layer by layer, and why."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from diffing.cli_output import OneProfileOption, tell
from diffing.model import DiffingError, names_a_file


def explain(
    text: Annotated[str, typer.Argument(help="A sentence or more, or the file that holds them, or -.")],
    year: Annotated[
        int | None, typer.Option(min=1, max=9999, help="The report year.", show_default="this year")
    ] = None,
    profile: OneProfileOption = "tip",
) -> None:
    """Print how each sentence is read: phrases, clauses, scopes, events and figures, and why others were refused."""
    from diffing import extracting
    from diffing.language.analysis import analyse
    from diffing.profile import load_profile
    from diffing.reading import parse_narrative, read_narrative
    from diffing.reading.documents import MAX_BYTES, read_document
    from diffing.reading.narratives import checked_narrative
    from diffing.reporting.explain import explain_sentence

    family, report_year = load_profile(profile), year or date.today().year
    if text == "-":
        document = read_document(sys.stdin.buffer.read(MAX_BYTES + 1), profile=family, source="standard input")
        told = checked_narrative(document, "Text", report_year, family)
    elif is_file(text):
        told = read_narrative(Path(text), country="Text", year=report_year, profile=family)
    else:
        told = parse_narrative(text, country="Text", year=report_year, profile=family)
    sentences = told.sentences
    if not sentences:
        raise DiffingError("nothing to explain: give a sentence, or a file with some")
    before, shown = "", []
    for sentence in sentences:
        asked = (sentence.text, report_year, family, before)
        figures, refused = extracting.extract_figures(*asked), extracting.refused_numbers(*asked)
        shown.append(explain_sentence(analyse(sentence.text, family), figures, refused))
        before = sentence.text
    tell("\n\n".join(shown))


def is_file(text: str) -> bool:
    """Whether an argument is the name of a file, one that may be missing too, and no text."""
    return os.path.isfile(text) or ("\n" not in text and names_a_file(text))  # a Path raises for a long name
