"""What is in a corpus and what is wrong with it, in lines that a user can act on.

    report = check_corpus(Path("corpora/tip"))
    print(report.to_text())

Each note has a kind, a line, the countries or files it is about, and what to do. Severity error: a narrative that a
run can't use. Warning: look at this. Without one: what is there.
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from diffing.child import SECONDS_A_COUNTRY, at_most
from diffing.corpus.checking_files import (
    against_manifest,
    between_years,
    files_by_kind,
    names_that_differ,
    not_read,
    parts_of_countries,
    twice,
)
from diffing.corpus.checking_texts import odd_texts, same_texts, sections_missing, what_reading_noticed
from diffing.corpus.folders import Corpus, Source
from diffing.corpus.identify import misplaced
from diffing.corpus.notes import Note
from diffing.model import DiffingError, Narrative, Severity
from diffing.profile import Profile
from diffing.reading.documents import read_document
from diffing.reading.narratives import to_narrative

SHOWN = 12
"""Names in a line before "and N more". Range 3 to 50; default 12, two lines of a terminal; --format json has all."""

WIDTH = 110
"""Characters in a line of the report. Range 60 to 200; default 110, what a terminal beside an editor shows."""

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class CorpusReport:
    """What `check_corpus` found; `years` has the number of countries by year."""

    path: str
    profile: str
    years: dict[int, int]
    notes: list[Note] = field(default_factory=list)

    @property
    def errors(self) -> tuple[Note, ...]:
        """The notes about narratives that a run can't use."""
        return tuple(note for note in self.notes if note.severity is Severity.ERROR)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, with every name."""
        return {
            "corpus": self.path,
            "profile": self.profile,
            "years": {str(year): count for year, count in self.years.items()},
            "notes": [
                {
                    "kind": note.kind,
                    "severity": note.severity.value if note.severity else "info",
                    "year": note.year,
                    "message": note.message,
                    "about": list(note.about),
                    "do": note.do,
                }
                for note in self.notes
            ],
        }

    def to_text(self) -> str:
        """The report as lines: what is there, then errors, then warnings, each with what to do."""
        years = ", ".join(f"{year} ({count} countries)" for year, count in self.years.items())
        lines = [f"{self.path}: {years}; profile {self.profile}", ""]
        for severity, title in ((None, "There"), (Severity.ERROR, "Errors"), (Severity.WARNING, "Warnings")):
            notes = [note for note in self.notes if note.severity is severity]
            if not notes:
                continue
            lines.append(title if severity is None else f"{title} ({len(notes)})")
            for note in notes:
                lines += _wrapped(f"{note.message}: {_names(note.about)}" if note.about else note.message, "  ")
                lines += _wrapped(note.do, "    -> ") if note.do else []
            lines.append("")
        if not any(note.severity for note in self.notes):
            lines.append("Nothing is wrong with it.")
        return "\n".join(lines).rstrip("\n") + "\n"


def check_corpus(
    path: str | Path,
    profile: str | Path | Profile | None = None,
    *,
    read: bool = True,
    progress: Progress | None = None,
) -> CorpusReport:
    """Looks through the corpus at `path`; `read` also reads every narrative and looks for its sections.

    Raises `DiffingError` where there is no corpus to look at.
    """
    corpus, family = open_corpus(path, profile)
    years = {year: len(corpus.countries(year)) for year in corpus.years}
    notes = [family] if family else []
    for look in (
        files_by_kind,
        twice,
        between_years,
        names_that_differ,
        parts_of_countries,
        not_read,
        against_manifest,
    ):
        notes += look(corpus)
    told = set(corpus.unread.values())  # by `not_read`; the family, by its own note
    others = (p for p in corpus.problems if p not in told and p.message != corpus.family_note)
    notes += [Note("table", Severity.WARNING, problem.year, problem.message) for problem in others]
    if read:
        narratives, unreadable = _read_all(corpus, progress or (lambda done, total, line: None))
        notes += unreadable
        for look_at in (sections_missing, odd_texts, same_texts, what_reading_noticed):
            notes += look_at(corpus, narratives)
    return CorpusReport(str(path), corpus.profile.name, years, notes)


def list_corpus(
    path: str | Path, profile: str | Path | Profile | None = None, year: int | None = None
) -> list[dict[str, Any]]:
    """Every country of a corpus (of one year), with slug, name and years, by slug.

    Raises `DiffingError` where there is no corpus, or not that year.
    """
    corpus, _family = open_corpus(path, profile)
    holds: dict[str, list[int]] = defaultdict(list)
    for known in corpus.years:
        for slug in corpus.countries(known):
            holds[slug].append(known)
    only = set(corpus.countries(year)) if year is not None else set(holds)
    return [
        {"slug": slug, "country": corpus.name(slug), "years": holds[slug]} for slug in sorted(holds) if slug in only
    ]


def open_corpus(path: str | Path, profile: str | Path | Profile | None = None) -> tuple[Corpus, Note | None]:
    """The corpus, and where nothing names its family, a note on the one that its texts show.

    Where they show none clearly it is looked at as of the likeliest, for its files can be looked at all the same.
    """
    corpus = Corpus(path, profile)
    if profile is not None or corpus.manifest.profile_of(corpus.path):
        return corpus, None
    best = corpus.family.name or corpus.family.likely or "base"
    if corpus.family.name is not None:
        said, severity = f"no corpus.toml says the family: read as {best}, which its texts show", Severity.WARNING
    else:
        said, severity = "no corpus.toml says the family, and the texts show none clearly", Severity.ERROR
        said += f": looked at as {best}; no run takes it so" if best != "base" else ": no run takes it so"
    do = f'write a file {corpus.path / "corpus.toml"} with the line family = "{best}"'
    if corpus.path.is_file():
        do = f"give --profile {best}"
    note = Note("family", severity, None, said, do=do)
    return (corpus if corpus.family.name else Corpus(path, best)), note


def _read(corpus: Corpus, source: Source, profile: Profile) -> Narrative:
    if source.row is not None:
        return corpus.narrative(source.slug, source.year)
    document = read_document(source.path, profile=profile)
    if told := misplaced(document, source, corpus.names.same, profile):
        raise DiffingError(told)
    slug = corpus.slug(source.slug)
    return replace(to_narrative(document, corpus.name(slug), source.year, profile), slug=slug)


def _read_all(corpus: Corpus, progress: Progress) -> tuple[list[Narrative], list[Note]]:
    narratives, notes = [], []
    sources = [source for year in corpus.years for source in corpus.sources(year)]
    for done, source in enumerate(sources):
        progress(done, len(sources), f"{source.year} {source.slug}")
        try:
            with at_most(SECONDS_A_COUNTRY):
                narratives.append(_read(corpus, source, corpus.profile))
        except DiffingError as error:
            notes.append(Note("unreadable", Severity.ERROR, source.year, str(error)))
    progress(len(sources), len(sources), "")
    return narratives, notes


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=" " * (len(indent) + 2), break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip


def _names(about: Sequence[str]) -> str:
    more = len(about) - SHOWN
    return ", ".join(about[:SHOWN]) + (f" and {more} more" if more > 0 else "")
