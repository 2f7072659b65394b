"""Texts made to be slow: each of one piece again and again, of any length, the same each time.

`test_odd_input` reads, compares and shows a short form of each; `benchmarks/bench_hostile.py` measures a megabyte.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count


def again(piece: str) -> Callable[[int], str]:
    """A maker of texts of `piece` again and again, of at least so many characters."""
    return lambda length: piece * (length // len(piece) + 1)


def counted(piece: str, between: str = "") -> Callable[[int], str]:
    """A maker of texts of `piece` with a running number, put together by `between`."""

    def make(length: int) -> str:
        pieces: list[str] = []
        total = 0
        for number in count():
            pieces.append(piece.format(n=number, year=2000 + number % 20))
            total += len(pieces[-1]) + len(between)
            if total >= length:
                return between.join(pieces)
        raise AssertionError

    return make


def opened(piece: str, start: str = "", end: str = "") -> Callable[[int], str]:
    """A maker of texts of `start`, as many `piece`, and `end`."""
    return lambda length: start + piece * (length // len(piece)) + end


HOSTILE: dict[str, Callable[[int], str]] = {
    "clause on clause": lambda n: "taking " * (n // 7),
    "breadcrumbs": lambda n: "Reports" + " …" * (n // 2) + "/\n\nPolice left.\n",
    "form feeds": counted("Police {n} left.", "\f"),
    "notes glued to words": lambda n: (
        "Men left.1 " * (n // 20)
        + " ".join(f"men.{i}" for i in range(2, 999))
        + "\n\n"
        + "".join(f"{i} The press.\n" for i in range(1, 999))
    ),
    # numbers
    "parts of a whole": again("of whom 3 were.\n\n"),
    "numbers of one series": counted("{n} victims", ", "),
    "digits": again("8"),
    "digits and commas": again("1,000,"),
    "digits and stops": again("8."),
    "digits and spaces": again("8 "),
    "years": again("2018 "),
    "years and commas": again("2018, "),
    "dollars": again("$"),
    "amounts": again("$4.2 million "),
    "percents": again("8 percent "),
    "dashes between numbers": again("8-"),
    "slashes between numbers": again("8/9/"),
    "numbers alone": again("1.5 2 "),
    "neither and nor": again("neither 5 nor "),
    "number words": again("twenty "),
    "number words joined": again("eight and "),
    "and after and": again("one hundred and "),
    # chains of figures
    "eight in 2018": again("eight in 2018, "),
    "eight in 2018, one sentence": opened("eight in 2018, ", "Police identified ", "and none before."),
    "counted chain": counted("{n} in {year}", ", "),
    "each in years": again("three each in 2017, 2016, and 2015, "),
    "compared with": again("eight compared with nine compared with "),
    "compared with, short sentences": again("This compared with eight in 2018. "),
    "parts": opened("including eight girls, ", "Police identified 900 victims, ", "and others."),
    "respectively": opened("8 and 9, ", "Police identified ", "respectively."),
    "of whom": again("eight victims, of whom "),
    "of of": again("8 of "),
    "no and no": again("no victims, no traffickers, "),
    "not reported": opened("the number of victims, ", "The government did not report ", "or others."),
    "years in a row": again("for the third consecutive year, "),
    "previous year": again("in the previous year "),
    "sums": again("eight victims and nine traffickers and "),
    # brackets and quotation marks
    "brackets open": again("("),
    "brackets closed": again(")"),
    "brackets in each other": lambda length: "(" * (length // 2) + ")" * (length // 2),
    "brackets with numbers": again("(8 "),
    "brackets with years": again("(eight in 2018 "),
    "identified 8 (of 9": again("Police (identified 8 (of 9 "),
    "numbers in brackets": again("eight (8) "),
    "square brackets": again("[8"),
    "quotation marks": again('"'),
    "curly quotation marks": again("“8 "),
    "apostrophes": again("'s "),
    # stops and lines
    "stops": again("."),
    "stops and spaces": again(". "),
    "letters and stops": again("U."),
    "abbreviations": again("No. Art. "),
    "questions": again("? "),
    "semicolons": again("; "),
    "commas": again(", "),
    "colons": again("a: "),
    "ands": again("and "),
    "dashes": again("—"),
    "hyphens": again("a-"),
    "spaces": again(" "),
    "no-break spaces": again("\u00a0"),
    "spaces between letters": again("a     "),
    "line breaks": again("\n"),
    "carriage returns": again("\r"),
    "lines of a letter": again("a\n"),
    "paragraphs of a letter": again("a\n\n"),
    "equal lines": again("No news.\n"),
    "equal sentences": again("Police identified eight victims in 2019. "),
    "equal paragraphs": again("Police identified eight victims in 2019.\n\n"),
    "counted sentences": counted("Police identified {n} victims in {year}. "),
    "counted paragraphs": counted("Police identified {n} victims in {year}.", "\n\n"),
    "equal counted paragraphs": again("In 2018, police identified 12 victims.\n\n"),
    "short sentences": again("No. Yes. We 8. "),
    "wrapped lines": again("the police of the country and the courts of the\ncountry "),
    "hyphenated lines": again("traf-\nfickers "),
    # lists and headings
    "bullets": again("•"),
    "bullets and spaces": again("• "),
    "bullet lines": again("• a\n"),
    "bullets in a line": again("train police • "),
    "numbered lines": counted("{n}. Train police.", "\n"),
    "headings": again("PROSECUTION\n\n"),
    "headings in turn": again("PROSECUTION\n\nPROTECTION\n\nPREVENTION\n\n"),
    "capital letters": again("A"),
    "lines of capitals": again("THE POLICE\n"),
    "recommendations": opened("train police; ", "RECOMMENDATIONS FOR X:\n\n"),
    "counted recommendations": lambda length: "RECOMMENDATIONS FOR X:\n\n" + counted("Train {n} police", "; ")(length),
    "sections of a report": again("Section 7. Worker Rights\n\na. Freedom of Association\n\nNone.\n\n"),
    "labels": again("Labor Inspectors: 8\n"),
    "label after label": again("Labor Inspectors: "),
    "stars": again("*"),
    "underscores": again("_"),
    "hash signs": again("# a\n"),
    "equals signs": again("a\n=\n"),
    "bars": again("| a "),
    "addresses": again("https://a.b/c?d=e&f "),
    "mail addresses": again("a@b.c "),
    "page numbers": counted("Page {n} of 9", "\n\n"),
    # words
    "one letter": again("x"),
    "one word": again("police "),
    "one sentence": opened("Police identified victims and courts convicted traffickers, while ", "", "the rest left."),
    "one sentence of numbers": opened("Police identified 8 victims and ", "", "left."),
    "letters apart": again("a "),
    "accents": opened("\u0301", "a"),
    "zero-width": again("a\u200b"),
    "soft hyphens": again("a\u00ad"),
    "mojibake": again("â€™"),
    "mojibake twice": again("Ã¢â‚¬â„¢"),
    "mojibake of accents": again("Ã©"),
    "entities": again("&amp;"),
    "angle brackets": again("<"),
    "tags": again("<b>"),
    "emoji": again("👩‍👧"),
    "surrogates": again("\ud800"),
    "other scripts": again("警方。"),
    "other digits": again("٣"),
    "right to left": again("\u202ea"),
    "NULs": again("\0"),
    "effort words": again("The government maintained efforts and increased decreased efforts. "),
    "tiers": again("Tier 2 Watch List "),
    "laws": again("Article 129.1 of law No. 8 "),
    "cue words": again("did not demonstrate overall increasing efforts to "),
}


def different(text: str) -> str:
    """`text` a year on: its beginning gone, and one in three of its lines or stretches with another number."""
    pieces = text[len(text) // 20 :].split("8")
    return "".join(piece + ("9" if number % 3 else "8") for number, piece in enumerate(pieces))[: len(text)]
