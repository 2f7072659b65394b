"""From one document to one narrative: text, frame, sections, sentences."""

from __future__ import annotations

import hashlib
from pathlib import Path

from diffing.model import DiffingError, Narrative, Problem, Severity, Stage, plain_name, slug_of, whole_year
from diffing.profile import Profile, load_profile
from diffing.reading.documents import Document, read_document
from diffing.reading.families import family_of, profile_or_found
from diffing.reading.layout import lay_out, rules_of
from diffing.reading.own_splitter import Splitter, with_splitter
from diffing.reading.plain import plain_text
from diffing.reading.sections import CutText, cut_sections
from diffing.reading.sentences import LONGEST_SENTENCE

TOO_LONG = (
    f"a sentence of over {LONGEST_SENTENCE // 2:,} characters: is this prose? One of over {LONGEST_SENTENCE:,} is read "
    "in pieces"
)

# Characters that one narrative may have: the longest known has 500,000. Five million take 20 s at worst (lines of a
# word each); higher lets one file hold up a run, lower refuses nothing real until half a million.
LONGEST_NARRATIVE = 5_000_000

NO_FAMILY = (
    "no family of reports shows in it clearly: it is read without sections and indicators; say which with profile"
)

# Sentences that one narrative may have: the longest known has 1,500, a company's yearly report of 400 pages 8,000. Two
# texts of 50,000 take 20 s and 1.2 GB; higher lets a file of "No. Yes." take all the memory.
MOST_SENTENCES = 50_000


def parse_narrative(
    text: str,
    *,
    country: str,
    year: int,
    profile: str | Path | Profile | None = None,
    source: str = "",
    splitter: Splitter | None = None,
) -> Narrative:
    """The narrative that `text` holds; pure, and total over any text.

    Without `profile` it is read as of the family that it shows; where it shows none clearly it is read without
    sections and indicators, and a problem of the narrative says so. `splitter` cuts the sentences in place of ours: a
    function from a paragraph to (start, end) of each sentence.
    """
    checksum = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    notes: tuple[str, ...] = ()
    plain = plain_text(text)
    if profile is None:
        found = family_of([plain.text]).name
        profile, notes = found or "base", () if found else (NO_FAMILY,)
    document = Document(plain.text, plain.frame, (*plain.notes, *notes), source=source, checksum=checksum)
    narrative = to_narrative(document, country, year, profile)
    return narrative if splitter is None else with_splitter(narrative, splitter)


def read_narrative(path: str | Path, country: str, year: int, profile: str | Path | Profile | None = None) -> Narrative:
    """The narrative in the file at `path`: text, Markdown, HTML or PDF.

    Without `profile` it is read as of the family that it shows. Raises `DiffingError` naming the file where it can't
    be read, or shows no family clearly.
    """
    given = load_profile(profile or "base")
    document = read_document(path, profile=given)
    of_family = profile_or_found(profile and given, document.text, str(path))
    return checked_narrative(document, country, year, of_family)


def checked_narrative(document: Document, country: str, year: int, profile: Profile) -> Narrative:
    """The narrative in a document. Raises `DiffingError` naming it where it is longer than one narrative can be."""
    path = document.source
    if len(document.text) > LONGEST_NARRATIVE:
        raise DiffingError(
            f"{path}: {len(document.text):,} characters, over the limit of {LONGEST_NARRATIVE:,} for one narrative: "
            "cut a whole report into its countries with `diffing corpus import`"
        )
    narrative = to_narrative(document, country, year, profile)
    if len(narrative.sentences) > MOST_SENTENCES:
        raise DiffingError(
            f"{path}: {len(narrative.sentences):,} sentences, over the limit of {MOST_SENTENCES:,} for one narrative: "
            "is this prose? Cut it, or take out tables and lists"
        )
    return narrative


def to_narrative(document: Document, country: str, year: int, profile: str | Path | Profile) -> Narrative:
    """The narrative in a document that was read; total over any text."""
    year = whole_year(year)
    loaded = load_profile(profile)
    edition = loaded.of_edition(year)
    rules = rules_of(edition)
    cut = cut_sections(document.text, lay_out(document.text, document.frame, rules), rules)
    notes = [*document.notes, *_notes(cut, edition)]
    return Narrative(
        country=plain_name(country),
        slug=slug_of(country),
        year=year,
        text=document.text,
        sections=cut.sections,
        dropped=cut.dropped,
        profile=loaded,
        problems=tuple(Problem(country, year, Stage.READ, Severity.WARNING, note) for note in notes),
        source=document.source,
        checksum=document.checksum,
    )


def _notes(cut: CutText, profile: Profile) -> list[str]:
    """What a reader should know of a narrative that was cut."""
    if not any(section.sentences for section in cut.sections):
        return ["no sentence besides headings and frame: is this the whole narrative?"]
    longest = max(sentence.end - sentence.start for section in cut.sections for sentence in section.sentences)
    long = [TOO_LONG] if longest > LONGEST_SENTENCE // 2 else []
    if cut.paragraphs == 1:
        return [*long, "one paragraph only: is this the whole narrative?"]
    if not cut.headed and any(rule.headings for rule in profile.sections):
        return [*long, "no section heading found: the sections are told by the words and the order of the paragraphs"]
    return long
