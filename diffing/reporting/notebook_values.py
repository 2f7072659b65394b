"""How single values show themselves in a notebook: figures, links, findings, changes, profiles, corpora, and lists."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from diffing.language.analysis import Analysis
from diffing.model import (
    Change,
    CountryHistory,
    DiffingError,
    Figure,
    Finding,
    Link,
    Narrative,
    Pair,
    Verdict,
    WordEdit,
    breakdown_words,
)
from diffing.profile import Profile
from diffing.reporting import wording
from diffing.reporting.explain import explain_sentence
from diffing.reporting.marked_words import plain, sides
from diffing.reporting.notebook_html import changed_text, fragment, narrative_html, table, text_block, verdict_mark
from diffing.reporting.reasons import rule_words

# Values of a list that are shown, and notes on a corpus; a notebook is no page (range 10 to 500).
MOST_LISTED = 50


def link_html(link: Link, edits: Sequence[WordEdit], old: Sequence[str], new: Sequence[str]) -> str:
    """A link with its sentences: `old` and `new` are the texts of the linked ones, `edits` the words between them."""
    if edits:
        left, right = sides(edits)
    else:
        left, right = plain(" ".join(old)), plain(" ".join(new))
    said = f"similarity {link.similarity:.2f}{', moved' if link.moved else ''}"
    shape = f"old {', '.join(map(str, link.old))} → new {', '.join(map(str, link.new))}"
    return fragment(
        f"<span class='quiet'>{shape}; {said}</span>",
        f'<p class="text">{left}</p><p class="text">{right}</p>',
    )


def figure_html(figure: Figure, text: str) -> str:
    """A figure in its sentence: `text` is what its offsets are into, the sentence or the narrative's text."""
    start, end = figure.start, figure.end
    if not (0 <= start <= end <= len(text)):
        start = end = 0
    before = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    before, after = max(before, start - 400), min(len(text) if after < 0 else after, end + 400)
    marked = f"{plain(text[before:start])}<mark>{plain(text[start:end])}</mark>{plain(text[end:after])}"
    about = [
        wording.words(figure.indicator) if figure.indicator else "no indicator",
        figure.actor.value.replace("_", " "),
        "no year" if figure.year is None else str(figure.year),
        wording.amount_of(figure),
        figure.unit or "",
        breakdown_words(figure.breakdown),
        f"year {figure.basis.value.replace('_', ' ')}",
    ]
    return fragment(
        f"<span class='quiet'>{plain(' · '.join(part for part in about if part))}</span>",
        f'<p class="text">{marked}</p>',
    )


class Shown:
    """Something with its sentences, ready to be shown: HTML in a notebook, text elsewhere."""

    def __init__(self, html: str, text: str) -> None:
        self._html, self._text = html, text

    def _repr_html_(self) -> str:
        return self._html

    def __repr__(self) -> str:
        return self._text


def shown(pair: Pair, thing: Link | Figure | Finding | Change) -> Shown:
    """A link, figure, finding or change of `pair` with the sentences that it rests on, marked.

    Raises `DiffingError` for anything else, and for a link or figure that is not of this pair.
    """
    if not isinstance(thing, Link | Figure | Finding | Change):
        raise DiffingError(
            f"show takes a link, figure, finding or change, not a {type(thing).__name__}: comparison.judgement.findings"
            " and .changes, comparison.pair.links and .new_figures hold them"
        )
    if isinstance(thing, Link):
        if thing not in pair.links:
            raise DiffingError(f"{thing} is no link of {pair.new.country}, {pair.old.year} and {pair.new.year}")
        old = [pair.old.sentences[i].text for i in thing.old]
        new = [pair.new.sentences[j].text for j in thing.new]
        return Shown(link_html(thing, pair.edits[pair.links.index(thing)], old, new), "\n".join([*old, "->", *new]))
    if isinstance(thing, Figure):
        for narrative, figures in ((pair.old, pair.old_figures), (pair.new, pair.new_figures)):
            if thing in figures:
                sentence = narrative.sentences[thing.sentence].text
                return Shown(figure_html(thing, narrative.text), f"{thing.text!r} in {sentence!r}")
        raise DiffingError(f"{thing.text!r} is no figure of {pair.new.country}, {pair.old.year} and {pair.new.year}")
    if isinstance(thing, Change):
        title, years = wording.series_title(pair.new.profile, thing), (thing.from_report, thing.to_report)
        before, after = thing.from_text, thing.to_text
        marked = _marked(pair, _indices(thing.from_sentence), _indices(thing.to_sentence))
    else:
        title, years = thing.summary, (thing.old_year, thing.new_year)
        before, after = thing.old_text or "", thing.new_text or ""
        marked = _marked(pair, thing.old_sentences, thing.new_sentences)
    html = claim_html(thing, title, years, marked or (plain(before), plain(after)))
    return Shown(html, f"{title}\n{years[0]}: {before}\n{years[1]}: {after}")


def _indices(sentence: int | None) -> tuple[int, ...]:
    return () if sentence is None else (sentence,)


def _marked(pair: Pair, old: tuple[int, ...], new: tuple[int, ...]) -> tuple[Markup, Markup] | None:
    """Both sentences of a claim with the words that changed, where the two are linked to each other."""
    for link, edits in zip(pair.links, pair.edits, strict=True):
        if edits and set(old) == set(link.old) and set(new) == set(link.new):
            return sides(edits)
    return None


def claim_html(thing: Finding | Change, title: str, years: tuple[int, int], texts: tuple[Markup, Markup]) -> str:
    """A finding or a change: what it says, which way, its two sentences and why it is said."""
    why = str(thing.reason)
    rule = rule_words(thing) if isinstance(thing, Finding) else ""
    about = " · ".join(part for part in (rule, why) if part)
    return fragment(
        f"<b>{plain(title)}</b> · {verdict_mark(thing.verdict)}",
        table((str(years[0]), str(years[1])), [[text_block(text) for text in texts]]),
        f"<p class='quiet'>{plain(about)}</p>" if about else "",
    )


def _claim(thing: Finding | Change) -> str:
    """A claim away from its pair: the same without marked words."""
    if isinstance(thing, Change):
        title, years = wording.words(thing.indicator or "another number"), (thing.from_report, thing.to_report)
        return claim_html(thing, title, years, (plain(thing.from_text), plain(thing.to_text)))
    years = thing.old_year, thing.new_year
    return claim_html(thing, thing.summary, years, (plain(thing.old_text or ""), plain(thing.new_text or "")))


def _figure(figure: Figure) -> str:
    return figure_html(figure, " " * figure.start + figure.text)


def _link(link: Link) -> str:
    return link_html(link, (), (), ())


def pair_html(pair: Pair) -> str:
    """A pair that is not judged yet: what became of its sentences, and the changed text."""
    counts = Counter(row.op for row in pair.rows)
    said = ", ".join(f"{count} {wording.OPS[op].lower()}" for op, count in counts.items())
    title = f"<b>{plain(pair.new.country)}, {pair.old.year} → {pair.new.year}</b>"
    return fragment(f"{title} <span class='quiet'>{plain(said)}</span>", changed_text(pair, pair.rows, is_open=True))


def profile_html(profile: Profile) -> str:
    """A family of reports on a page: its sections, and what it counts with what a rise means."""
    rises = {1: verdict_mark(Verdict.PROGRESS), -1: verdict_mark(Verdict.BACKSLIDING), 0: "neither"}
    sections = ", ".join(f"{rule.title or rule.key}" for rule in profile.sections) or "none"
    rows = [
        (plain(one.title), f"<code>{plain(one.name)}</code>", plain(one.unit), rises[one.polarity])
        for one in profile.indicators
    ]
    return fragment(
        f"<b>{plain(profile.title)}</b> <span class='quiet'>profile {plain(profile.name)}, checksum "
        f"{plain(profile.checksum[:12])}</span>",
        f"<p>Sections: {plain(sections)}</p>",
        table(("Indicator", "Name", "Unit", "A rise is"), rows),
    )


def corpus_html(corpus: Any) -> str:
    """A corpus (`diffing.Corpus`): where it is, its years, and how many countries each has."""
    rows = [(str(year), f"{len(corpus.countries(year)):,}") for year in corpus.years]
    notes = "".join(f"<li>{plain(problem.message)}</li>" for problem in corpus.problems[:MOST_LISTED])
    return fragment(
        f"<b>{plain(str(corpus.path))}</b> <span class='quiet'>profile {plain(corpus.profile.name)}</span>",
        table(("Year", "#Countries"), rows),
        f"<ul>{notes}</ul>" if notes else "",
    )


def country_history_html(history: CountryHistory) -> str:
    """A country through its editions: a line an edition, and how many of its newest sentences stand since the first."""
    rows = []
    for edition in history.editions:
        rating = next((rating.level for rating in edition.ratings if ":" not in rating.scale), "")
        before = [f"{n:,}" for n in (edition.kept, edition.edited, edition.new, edition.returned, edition.gone)]
        kept = before if edition.since is not None else [""] * len(before)
        verdict = verdict_mark(edition.verdict) if edition.verdict else "<span class='quiet'>first edition</span>"
        rows.append((str(edition.year), plain(rating), verdict, f"{edition.words:,}", *kept))
    first = history.editions[0].year
    same = sum(row.same_since == first for row in history.lineages[-1])
    said = f"{same:,} of {len(history.lineages[-1]):,} sentences stand in the same words since {first}"
    notes = "".join(f"<li>{plain(note)}</li>" for note in history.notes)
    headings = ("Edition", "Own rating", "Verdict", "#Words", "#Unchanged", "#Edited", "#New", "#Back", "#Gone")
    return fragment(
        f"<b>{plain(history.country)}</b> <span class='quiet'>{said}</span>",
        table(headings, rows),
        f"<ul>{notes}</ul>" if notes else "",
    )


def analysis_html(said: Analysis) -> str:
    """How a sentence is read, as `diffing explain` prints it: phrases in brackets, who does what to whom."""
    return fragment(f'<pre style="white-space:pre-wrap">{plain(explain_sentence(said, None))}</pre>')


_ONE: dict[type, Callable[[Any], str]] = {
    Analysis: analysis_html,
    CountryHistory: country_history_html,
    Figure: _figure,
    Link: _link,
    Finding: _claim,
    Change: _claim,
    Narrative: narrative_html,
    Pair: pair_html,
    Profile: profile_html,
}


def list_html(things: Sequence[object]) -> str | None:
    """A list of values of ours, one below the other; None for any other list, which shows itself as ever."""
    if not things or not all(type(thing) in _ONE for thing in things):
        return None
    each = (_ONE[type(thing)](thing).partition("</style>")[2] for thing in things[:MOST_LISTED])
    more = f"<p class='quiet'>and {len(things) - MOST_LISTED:,} more</p>" if len(things) > MOST_LISTED else ""
    return fragment(f"<ol>{''.join(f'<li>{one}</li>' for one in each)}</ol>", more)


def show_in_notebooks() -> None:
    """Tells a running IPython how values of ours, and lists of them, show themselves."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        return
    html = shell.display_formatter.formatters["text/html"]
    for kind, show in _ONE.items():
        html.for_type(kind, show)
    html.for_type_by_name("diffing.corpus.folders", "Corpus", corpus_html)
    html.for_type(list, list_html)
    html.for_type(tuple, list_html)
