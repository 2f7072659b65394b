"""Every column of every table: its name, its type and what it means, in the tables' own order.

A column that can be null says when. Offsets are into a narrative's text, indices count its sentences from 0, years are
calendar years, similarity runs from 0 to 1.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl


class Column(NamedTuple):
    """One column of a table: its name, its polars type, and what its values mean."""

    name: str
    kind: Any
    meaning: str


Declared = tuple[tuple[str, Any, str], ...]
TEXT, WHOLE, NUMBER, YES_NO = pl.String, pl.Int64, pl.Float64, pl.Boolean
WHOLES, TEXTS = pl.List(pl.Int64), pl.List(pl.String)

_COUNTRY: Declared = (("country", TEXT, "the country's name as people write it"),)
_YEARS: Declared = (
    ("old_year", WHOLE, "the report year of the earlier narrative"),
    ("new_year", WHOLE, "the report year of the later narrative"),
)
_SERIES: Declared = (
    ("indicator", TEXT, "what is counted; null where no indicator says it"),
    ("actor", TEXT, "who did or said what is counted: government, ngo, international_organization, other"),
    ("unit", TEXT, "persons, cases, sessions, calls, inspections, facilities, percent, items, or an ISO currency"),
    ("breakdown", TEXT, "which part of a whole, in normal form (sex=female;age=child); null for a whole"),
)
_BODY: Declared = (
    ("body", TEXT, "who counts, in normal form; null but where one narrative counts one thing of one year by two"),
)
_OPS: Declared = tuple(
    (op, WHOLE, f"how many rows of `sentences` are {op}")
    for op in ("equal", "edited", "split", "merged", "added", "removed", "moved")
)
_VERDICTS = "progress, backsliding, no_change, mixed or unclear"
_STATUS = "reported, or not_reported (which is never zero)"
_QUALIFIER = "how sure: exact, at_least, more_than, up_to, fewer_than, approximately or range"

_DECLARED: dict[str, Declared] = {
    "sections": (
        *_COUNTRY,
        *_YEARS,
        ("section", TEXT, "the section's key in the profile"),
        ("old_heading", TEXT, "its first heading in the old narrative; null where it has none, or there is no section"),
        ("new_heading", TEXT, "the same of the new narrative"),
        ("op", TEXT, "kept, added or removed"),
        *_OPS,
        ("similarity", NUMBER, "the share of both sections' characters that is carried over"),
    ),
    "sentences": (
        *_COUNTRY,
        *_YEARS,
        ("op", TEXT, "what became of them: equal, edited, split, merged, added or removed"),
        ("moved", YES_NO, "whether they stand at another place now"),
        ("old_section", TEXT, "the key of the section that the first old sentence stands in; null where there is none"),
        ("new_section", TEXT, "the same of the first new sentence"),
        ("old_sentences", WHOLES, "indices of the old sentences"),
        ("new_sentences", WHOLES, "indices of the new sentences"),
        ("old_starts", WHOLES, "offsets where the old sentences begin"),
        ("new_starts", WHOLES, "offsets where the new sentences begin"),
        ("old_text", TEXT, "the exact old sentences, joined by a line break; null where there are none"),
        ("new_text", TEXT, "the same of the new sentences"),
        ("similarity", NUMBER, "how alike the two sides are; null where there is one side"),
    ),
    "figures": (
        *_COUNTRY,
        ("report_year", WHOLE, "the year on the cover of the report that tells it"),
        ("section", TEXT, "the key of its section"),
        ("sentence", WHOLE, "the index of its sentence"),
        ("figure", WHOLE, "its number within the narrative: by start, then by year downwards"),
        _SERIES[0],
        _SERIES[1],
        ("year", WHOLE, "the year that the number is of; null where that is not sure"),
        ("basis", TEXT, "how the year (or value) is known: stated, reporting_period, relative, streak, implied"),
        ("value", NUMBER, "the number; null where there is none, or only bounds"),
        ("low", NUMBER, "the least that it can be; null where open, and of an exact number"),
        ("high", NUMBER, "the most that it can be; null where open, and of an exact number"),
        ("qualifier", TEXT, _QUALIFIER),
        _SERIES[2],
        ("status", TEXT, _STATUS),
        ("part_of", WHOLE, "the `figure` of the whole that it is a part of; null for a whole"),
        _SERIES[3],
        ("start", WHOLE, "the offset where its text begins"),
        ("end", WHOLE, "the offset behind its text"),
        ("text", TEXT, "the words that tell it, as printed"),
        *_BODY,
        (
            "reason",
            TEXT,
            "what gave the indicator: its own words, a label or the number it leans on; or that nothing did",
        ),
    ),
    "changes": (
        *_COUNTRY,
        *_SERIES,
        ("from_year", WHOLE, "the year of the earlier number; equal to `to_year` where the number was restated"),
        ("to_year", WHOLE, "the year of the later number"),
        ("from_value", NUMBER, "the earlier number; null where none is told, or only bounds"),
        ("to_value", NUMBER, "the later number; null likewise"),
        ("from_status", TEXT, _STATUS),
        ("to_status", TEXT, f"{_STATUS}; not_reported with rule not_mentioned where the new text is silent"),
        ("from_report", WHOLE, "the report year of the narrative that tells the earlier number"),
        ("to_report", WHOLE, "the report year of the narrative that tells the later number"),
        ("delta", NUMBER, "later less earlier; null where the two can't be compared"),
        ("percent", NUMBER, "delta as a percentage of the earlier number; null where that is below ten, or a share"),
        ("direction", TEXT, "up, down, same, no_longer_reported, newly_reported or not_comparable"),
        ("restated", YES_NO, "whether two reports give different numbers for one year"),
        ("verdict", TEXT, _VERDICTS),
        ("rule", TEXT, "the rule that gave the verdict"),
        ("from_text", TEXT, "the sentence that tells the earlier number"),
        ("to_text", TEXT, "the sentence that tells the later number; null where the new text is silent"),
        ("change", TEXT, "the row's id, made of its content: the same in every run"),
        ("from_qualifier", TEXT, f"{_QUALIFIER}; of the earlier number"),
        ("from_low", NUMBER, "the least that the earlier number can be; null likewise"),
        ("from_high", NUMBER, "the most that the earlier number can be; null likewise"),
        ("to_qualifier", TEXT, f"{_QUALIFIER}; of the later number; null where nothing is told"),
        ("to_low", NUMBER, "the least that the later number can be; null likewise"),
        ("to_high", NUMBER, "the most that the later number can be; null likewise"),
        ("from_sentence", WHOLE, "the index of `from_text` in the narrative of `from_report`"),
        ("to_sentence", WHOLE, "the index of `to_text` in that of `to_report`; null where the new text is silent"),
        ("from_start", WHOLE, "the offset where `from_text` begins"),
        ("to_start", WHOLE, "the offset where `to_text` begins; null where the new text is silent"),
        ("newest", YES_NO, "whether it leads from before into the period of the new report: the rows to count"),
        *_BODY,
        ("reason", TEXT, "in words: what the rule compared, or why two numbers can't be compared; empty where plain"),
    ),
    "findings": (
        *_COUNTRY,
        *_YEARS,
        ("section", TEXT, "the key of the section that its new sentence stands in, its old one where it has no new"),
        _SERIES[0],
        ("from_value", NUMBER, "the earlier number; null where it tells none"),
        ("to_value", NUMBER, "the later number; null where it tells none"),
        ("verdict", TEXT, _VERDICTS),
        ("rule", TEXT, "the rule that gave the verdict"),
        ("strength", NUMBER, "how much it weighs in the country's verdict, 0 to 1"),
        ("summary", TEXT, "what it says, in a sentence"),
        ("old_text", TEXT, "its old sentences, joined by a line break; null where there are none"),
        ("new_text", TEXT, "its new sentences, likewise"),
        ("finding", TEXT, "the row's id, made of its evidence and what it claims: the same in every run"),
        ("actor", TEXT, "who did or said what is counted; null where it tells no number"),
        ("from_year", WHOLE, "the year of the earlier number; null where it tells no number"),
        ("to_year", WHOLE, "the year of the later number; null where it tells no number"),
        ("change", TEXT, "the id of the row of `changes` that it tells; null where it tells none"),
        ("old_sentences", WHOLES, "indices of its old sentences"),
        ("new_sentences", WHOLES, "indices of its new sentences"),
        ("old_starts", WHOLES, "offsets where its old sentences begin"),
        ("new_starts", WHOLES, "offsets where its new sentences begin"),
        ("reason", TEXT, "what set the rule off, what was looked for in the old text and what stood there"),
        ("review", TEXT, "a reader's word on it: accepted, rejected or unsure; null where nobody looked"),
        ("note", TEXT, "what the reader noted; null where nothing"),
        *_BODY,
        ("rule_right", WHOLE, "how many of the rule's findings on held-back text were right; null where none was read"),
        ("rule_read", WHOLE, "of how many that were read; null where none was"),
    ),
    "recommendations": (
        *_COUNTRY,
        *_YEARS,
        ("op", TEXT, "equal, edited, added or removed"),
        ("old_text", TEXT, "the old recommendation; null where it is new"),
        ("new_text", TEXT, "the new one; null where it is gone"),
        ("similarity", NUMBER, "how alike the two are; null where there is one"),
        ("years_repeated", WHOLE, "how many reports in a row make it, up to the last that does"),
        ("follow_up", TEXT, "the new narrative's sentence that answers the old recommendation; null where none does"),
        ("follow_up_verdict", TEXT, f"{_VERDICTS}; null where no sentence answers it or it says neither"),
    ),
    "trends": (
        *_COUNTRY,
        *_SERIES,
        ("year", WHOLE, "the year that the number is of"),
        ("value", NUMBER, "the number; null where none is told, or only bounds"),
        ("status", TEXT, _STATUS),
        ("basis", TEXT, "how the year (or value) is known: stated, reporting_period, relative, streak, implied"),
        ("report_year", WHOLE, "the report that says so"),
        ("restated", YES_NO, "whether another report says otherwise of that year, and none agrees"),
        ("qualifier", TEXT, _QUALIFIER),
        ("low", NUMBER, "the least that it can be; null where open, and of an exact number"),
        ("high", NUMBER, "the most that it can be; null where open, and of an exact number"),
        ("chosen", YES_NO, "whether it is the one number of its series and year that a reader should take"),
        *_BODY,
    ),
    "index": (
        *_COUNTRY,
        *_YEARS,
        ("verdict", TEXT, f"{_VERDICTS}; null for a country that is in one year only"),
        ("stated_verdict", TEXT, "the move of the reports' own tier or level; null where they give none"),
        ("old_stated", TEXT, "the old report's tier or level; null where it gives none"),
        ("new_stated", TEXT, "the new report's, likewise"),
        *((name, WHOLE, f"how many findings say {name}") for name in _VERDICTS.replace(" or", ",").split(", ")),
        *_OPS,
        ("similarity", NUMBER, "the share of both texts' characters that is carried over"),
        ("problems", WHOLE, "how many rows of `problems` name the country"),
        ("verdict_reason", TEXT, "why the verdict is what it is, in words; null where there is none"),
        ("words_old", WHOLE, "words of the old narrative"),
        ("words_new", WHOLE, "words of the new narrative"),
    ),
    "editorial": (
        *_YEARS,
        ("kind", TEXT, "phrase, section or label"),
        ("old_text", TEXT, "what the old edition said; null where nothing"),
        ("new_text", TEXT, "what the new edition says; null where nothing"),
        ("countries", WHOLE, "in how many countries"),
        ("share", NUMBER, "the same as a share of all countries that are in both editions, 0 to 1"),
    ),
    "narratives": (
        *_COUNTRY,
        ("slug", TEXT, "the country as files and addresses write it"),
        ("iso3", TEXT, "its ISO 3166-1 code; null where it is no territory that has one"),
        ("year", WHOLE, "the report year"),
        ("file", TEXT, "its file in the corpus, with the row of a table; null where it was given as a text"),
        ("source_url", TEXT, "the address or file that it came from; null where the corpus does not say"),
        ("retrieved", TEXT, "the day on which it was stored (ISO); null where the corpus does not say"),
        ("checksum", TEXT, "the SHA-256 of the file, or of the text; null where it can't be read"),
        ("words", WHOLE, "how many words its sentences have; null where it can't be read"),
        ("sentences", WHOLE, "how many sentences it has; null where it can't be read"),
    ),
    "problems": (
        *_COUNTRY,
        ("year", WHOLE, "the report year; null where it is of no one report"),
        ("stage", TEXT, "where it was met: read, align, extract, judge or report"),
        ("severity", TEXT, "error: could not be processed; warning: processed, but look at this"),
        ("message", TEXT, "what, where, and what to do"),
    ),
    "lineages": (
        *_COUNTRY,
        ("year", WHOLE, "the edition: a report year"),
        ("sentence", WHOLE, "the index of the sentence in that narrative"),
        ("lineage", TEXT, "the sentence through all editions of the country: its first edition and its index there"),
        ("parents", TEXTS, "the lineages that went into it: the others of a merge, and what it was split from"),
        ("hash", TEXT, "the hash of its normalised words: the same for sentences of the same words"),
        ("origin", WHOLE, "the edition since which it stands in some form"),
        ("same_since", WHOLE, "the edition since which it stands in these words without a gap"),
        ("via", TEXT, "how it came from before: equal, edited, split, merged or returned; null where it is new"),
        ("weakest", NUMBER, "the lowest similarity on the way to the origin, 0 to 1"),
        ("broken", YES_NO, "whether the edition before is broken for it: then only its very words were followed"),
        ("text", TEXT, "the sentence, as printed"),
    ),
    "events": (
        *_COUNTRY,
        ("report_year", WHOLE, "the year of the report that tells it"),
        ("section", TEXT, "the key of the section that the sentence stands in; null where none is known"),
        ("sentence", WHOLE, "the index of the sentence that tells it"),
        ("frame", TEXT, "the kind of deed or state that is told"),
        ("predicate", TEXT, "the deed, by the name of its words"),
        ("effect", TEXT, "what it does: more, less, better, worse, help, punish, pursue, shield, keep, none"),
        ("doer", TEXT, "who does it: state, armed, private, civil, international, media, unknown"),
        ("doer_basis", TEXT, "how that is known: named, inherited (from another clause), assumed"),
        ("object", TEXT, "what it acts on, in the text's words"),
        ("worth", TEXT, "what that is worth: protection, right, person, violation, restriction, offender, neutral"),
        ("event_year", WHOLE, "the year that the sentence gives it; null where it gives none"),
        ("value", NUMBER, "the number before what it acts on; null where there is none"),
        ("polarity", TEXT, "affirmed or denied"),
        ("reality", TEXT, "done, ongoing, planned, law, asked, conditional, uncommitted"),
        ("said_by", TEXT, "who says so: the report, or the class of who is named for it"),
        ("alleged", YES_NO, "whether it is only alleged"),
        ("comparison", TEXT, "more, fewer, same, first, again, no_longer; null where it compares nothing"),
        ("example", YES_NO, "whether it is told as one case of many"),
        ("incident", TEXT, "the kind of incident that it is; null where it befell many, or is none"),
        ("text", TEXT, "the words that tell it"),
        ("start", WHOLE, "the offset where they begin"),
        ("end", WHOLE, "the offset behind them"),
    ),
    "ratings": (
        *_COUNTRY,
        ("year", WHOLE, "the edition: a report year"),
        ("scale", TEXT, "the scale's name in the profile; behind a colon the section that it rates"),
        ("level", TEXT, "the level, in the report's words"),
        ("text", TEXT, "the sentence that states it"),
        ("section", TEXT, "the key of the section that the sentence stands in"),
        ("start", WHOLE, "the offset where the sentence begins"),
        ("end", WHOLE, "the offset behind it"),
    ),
    "editions": (
        *_COUNTRY,
        ("year", WHOLE, "the edition: a report year"),
        ("since", WHOLE, "the edition before that has the country; null for the first"),
        ("verdict", TEXT, f"{_VERDICTS}; null for the first edition"),
        ("stated", TEXT, "the report's own tier or level; null where it gives none"),
        ("words", WHOLE, "words of the narrative"),
        ("sentences", WHOLE, "sentences of the narrative"),
        ("kept", WHOLE, "sentences in the same words as in the edition before"),
        ("edited", WHOLE, "sentences that were edited, split or merged since"),
        ("new", WHOLE, "sentences that stand in no edition before"),
        ("returned", WHOLE, "sentences that had gone and came back"),
        ("gone", WHOLE, "sentences of the edition before that do not stand in this one"),
        ("similarity", NUMBER, "the share of both texts' characters that is carried over; null for the first edition"),
        ("broken", YES_NO, "whether the edition broke with the one before"),
    ),
    "indicators": (
        ("indicator", TEXT, "the name that stands in the tables"),
        ("title", TEXT, "what it counts, in words"),
        ("unit", TEXT, "its unit"),
        ("polarity", WHOLE, "what a rise means: 1 better, -1 worse, 0 neither"),
        ("why", TEXT, "why a rise means that; null where it goes without saying"),
        ("example", TEXT, "a sentence that it is read from; null where the profile gives none"),
    ),
    "word_edits": (
        *_COUNTRY,
        *_YEARS,
        ("section", TEXT, "the key of the section"),
        ("row", WHOLE, "the row of `sentences` that it is in, counted from 0"),
        ("op", TEXT, "equal, added or removed"),
        ("text", TEXT, "the run of words, as printed"),
    ),
}

COLUMNS: dict[str, tuple[Column, ...]] = {
    name: tuple(Column(*column) for column in columns) for name, columns in _DECLARED.items()
}
