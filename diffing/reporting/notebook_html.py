"""How objects show themselves in a notebook: small HTML fragments, escaped, in the notebook's own colours.

No script and no link out of the page. Styles are scoped to the class ``diffing`` and follow JupyterLab's theme where
there is one, else the system's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from diffing.model import (
    Finding,
    Judgement,
    Narrative,
    Op,
    Pair,
    Row,
    Verdict,
)
from diffing.reporting import one_sided_view, reasons, wording
from diffing.reporting.marked_words import NO_MATHEMATICS, clean, merged, plain, sides
from diffing.reporting.refs import chip

if TYPE_CHECKING:
    import polars as pl

_DARK = "--b:#8cc2ff;--o:#ffb375;--bb:#4a9eff33;--ob:#ff9a3d33;--s:#a6adb5"
_STYLE = (
    "<style>.diffing{--b:#0b4f94;--o:#99400a;--bb:#0b6fd61f;--ob:#d96a001f;--s:#5a6068;"
    "line-height:1.45;max-width:70rem;overflow-wrap:break-word}"
    f"body[data-jp-theme-light=false] .diffing{{{_DARK}}}"
    f"@media(prefers-color-scheme:dark){{body:not([data-jp-theme-light]) .diffing{{{_DARK}}}}}"
    ".diffing .sign.v-progress{color:var(--b);font-weight:600}"
    ".diffing .sign.v-backsliding{color:var(--o);font-weight:600}"
    ".diffing .quiet{color:var(--s)}.diffing table{border-collapse:collapse;margin:.5em 0}"
    ".diffing td,.diffing th{text-align:left!important;padding:.2em .9em .2em 0;vertical-align:top;white-space:normal}"
    ".diffing td.n,.diffing th.n{text-align:right!important;font-variant-numeric:tabular-nums}"
    ".diffing ins{background:var(--bb);color:inherit;text-decoration:underline}"
    ".diffing del{background:var(--ob);color:inherit;text-decoration:line-through}"
    ".diffing mark{background:var(--bb);color:inherit;border-bottom:2px solid var(--b)}"
    ".diffing .text{unicode-bidi:plaintext;margin:.3em 0;overflow-wrap:anywhere}"
    ".diffing .sign,.diffing td:first-child .quiet{white-space:nowrap}.diffing summary{cursor:pointer}</style>"
)
# Changes of the text that a fragment shows; a notebook is no page (range 20 to 2,000): more makes a heavy notebook.
SHOWN_ROWS = 200


def fragment(*parts: str) -> str:
    """A fragment with the styles that it needs; no sum of money in it is taken for a formula."""
    return f'{_STYLE}<div class="diffing {NO_MATHEMATICS}">{"".join(parts)}</div>'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """A table; a heading that begins with "#" is one of numbers. Cells are HTML already."""
    css = [' class="n"' if heading.startswith("#") else "" for heading in headings]
    head = "".join(f'<th scope="col"{c}>{heading.lstrip("#")}</th>' for c, heading in zip(css, headings, strict=True))
    body = "".join(
        f"<tr>{''.join(f'<td{c}>{cell}</td>' for c, cell in zip(css, row, strict=True))}</tr>" for row in rows
    )
    said = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{said}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def text_block(said: str) -> str:
    """A paragraph of a narrative's text."""
    return f'<p class="text">{said}</p>'


def verdict_mark(verdict: Verdict | str, word: str = "") -> str:
    """A verdict with its sign, in its colour; `word` where it is called otherwise."""
    shown = chip(verdict)
    return f'<span class="sign v-{shown.css}">{shown.sign} {word or shown.word}</span>'


def narrative_html(narrative: Narrative) -> str:
    """A narrative: its country and year, its sections with their lengths, and its text in folds."""
    rows = [
        (
            plain(wording.section_title(narrative.profile, section.key)),
            plain(section.heading) if section.heading else '<span class="quiet">no heading</span>',
            f"{len(section.sentences):,}",
            f"{sum(len(sentence.text) for sentence in section.sentences):,}",
        )
        for section in narrative.sections
    ]
    texts = "".join(
        f"<details><summary>{plain(wording.section_title(narrative.profile, section.key))}</summary>"
        f"{''.join(text_block(plain(sentence.text)) for sentence in section.sentences)}</details>"
        for section in narrative.sections
    )
    said = f"{wording.counted(len(narrative.sentences), 'sentence')}, {len(narrative.text):,} characters"
    return fragment(
        f"<b>{plain(narrative.country)}, {narrative.year}</b> <span class='quiet'>{said}</span>",
        table(("Section", "Heading as printed", "#Sentences", "#Characters"), rows),
        texts,
    )


def comparison_html(pair: Pair, judgement: Judgement, most: int | None = SHOWN_ROWS) -> str:
    """A comparison: the verdict, the table of numbers, the findings, and in a fold the changed text, `most` rows of it
    (None: all)."""
    stated = ""
    if judgement.old_stated or judgement.new_stated:
        old, new = judgement.old_stated or "not stated", judgement.new_stated or "not stated"
        stated = f" · the report's own rating: {plain(new if old == new else f'{old} → {new}')}"
    mark = verdict_mark(judgement.verdict, wording.headline(judgement))
    return fragment(
        f"<b>{plain(pair.new.country)}, {pair.old.year} → {pair.new.year}</b> · {mark}",
        f"<span class='quiet'> ({plain(reasons.verdict_why(judgement).rstrip('.'))}){stated}</span>",
        _changes(pair, judgement),
        _findings(judgement.findings),
        *_one_sided(judgement),
        changed_text(pair, pair.rows, most),
    )


def section_html(pair: Pair, judgement: Judgement, key: str) -> str:
    """One section of a comparison: its findings and its changed text, open."""
    old, new = pair.old.sentence_sections, pair.new.sentence_sections
    there = [row for row in pair.rows if any(old[i] == key for i in row.old) or any(new[j] == key for j in row.new)]
    findings = [finding for finding in judgement.findings if finding.section == key]
    title = wording.section_title(pair.new.profile, key)
    return fragment(
        f"<b>{plain(pair.new.country)}, {plain(title)}, {pair.old.year} → {pair.new.year}</b>",
        _findings(findings),
        changed_text(pair, there, is_open=True),
    )


def _changes(pair: Pair, judgement: Judgement) -> str:
    profile = pair.new.profile
    period = profile.reporting_period(pair.new.year)
    rows, implied = [], wording.implied(judgement.trends)
    for change in sorted(judgement.changes, key=lambda change: wording.SHOWN_FIRST.index(change.verdict)):
        if not (change.restated or change.to_year >= period):
            continue
        before, after = wording.before_and_after(profile, change, implied)
        rows.append(
            (
                plain(wording.row_title(profile, change)),
                f'<span title="{escape(clean(change.from_text))}">{before}</span>',
                f'<span title="{escape(clean(change.to_text))}">{after}</span>',
                f"{wording.direction(change)} {wording.delta(change)} {'restated' * change.restated}",
                verdict_mark(change.verdict),
            )
        )
    return table(("Indicator", "Before", "After", "Direction", "Verdict"), rows) if rows else ""


def _findings(findings: Sequence[Finding]) -> str:
    if not findings:
        return "<p class='quiet'>No finding.</p>"
    ordered = sorted(findings, key=lambda f: (wording.SHOWN_FIRST.index(f.verdict), -f.strength))
    items = "".join(f"<li>{verdict_mark(f.verdict)}: {plain(f.summary)}</li>" for f in ordered)
    few = " open" if len(ordered) <= 12 else ""
    return f"<details{few}><summary>{wording.counted(len(ordered), 'finding')}</summary><ul>{items}</ul></details>"


def _one_sided(judgement: Judgement) -> Iterator[str]:
    for rule, some in one_sided_view.lists(judgement):
        items = "".join(f"<li>{merged(one_sided_view.marked(one))}</li>" for one in some)
        yield f"<details><summary>{one_sided_view.TITLES[rule]} ({len(some):,})</summary><ol>{items}</ol></details>"


def changed_text(pair: Pair, among: Sequence[Row], most: int | None = SHOWN_ROWS, *, is_open: bool = False) -> str:
    """The rows that changed, side by side, in a fold; at most `most`."""
    numbers = {id(link): number for number, link in enumerate(pair.links)}
    changed = [row for row in among if row.op is not Op.EQUAL or (row.link is not None and row.link.moved)]
    rows = []
    for row in changed[:most]:
        label = wording.OPS[row.op] + (", moved" if row.link is not None and row.link.moved else "")
        if row.link is not None and row.op is not Op.EQUAL:
            old, new = sides(pair.edits[numbers[id(row.link)]])
        else:
            old = plain(" ".join(pair.old.sentences[i].text for i in row.old))
            new = plain(" ".join(pair.new.sentences[j].text for j in row.new))
            old = old if row.link or not old else Markup(f"<del>{old}</del>")
            new = new if row.link or not new else Markup(f"<ins>{new}</ins>")
        rows.append(
            (f"<span class='quiet'>{label}</span>", f'<div class="text">{old}</div>', f'<div class="text">{new}</div>')
        )
    more = len(changed) - len(rows)
    note = f"<p class='quiet'>{more:,} more are on the page that .to_html() writes.</p>" if more else ""
    side_by_side = table(("", str(pair.old.year), str(pair.new.year)), rows)
    shown = " open" if is_open else ""
    said = f"{wording.counted(len(changed), 'change')} of the text"
    return f"<details{shown}><summary>{said}</summary>{side_by_side}{note}</details>"


def year_html(index: pl.DataFrame) -> str:
    """A year: the table `index` with a line of counts above it."""
    rows, counts = [], dict.fromkeys(wording.SHOWN_FIRST, 0)
    years: tuple[int, int] | None = None
    for row in index.iter_rows(named=True):
        years = row["old_year"], row["new_year"]
        if row["verdict"] is None:
            rows.append((plain(row["country"]), "<span class='quiet'>in one year only</span>", *[""] * 7))
            continue
        counts[Verdict(row["verdict"])] += 1
        old, new = row["old_stated"], row["new_stated"]
        stated = "" if not (old or new) else new if old == new else f"{old or 'not stated'} → {new or 'not stated'}"
        numbers = [row[name] for name in ("progress", "backsliding", "added", "removed", "edited")]
        rows.append(
            (
                plain(row["country"]),
                verdict_mark(row["verdict"]),
                plain(stated),
                *(f"{number:,}" for number in numbers),
                f"{row['similarity']:.0%}",
            )
        )
    said = ", ".join(f"{count} {wording.VERDICTS[v].lower()}" for v, count in counts.items() if count)
    title = f"{years[0]} → {years[1]}" if years else "No countries"
    headings = ("Country", "Verdict", "Own rating", "#▲", "#▼", "#Added", "#Removed", "#Edited", "#Similarity")
    return fragment(f"<b>{title}</b> <span class='quiet'>{said}</span>", table(headings, rows))


def year_on_one_page(index: pl.DataFrame, judged: Iterable[tuple[Pair, Judgement]]) -> str:
    """A year as one HTML page of fragments: the table `index`, and below it each country in a fold."""
    folds = "".join(
        f"<details><summary><b>{plain(pair.new.country)}</b> · {verdict_mark(judgement.verdict)}</summary>"
        f"{comparison_html(pair, judgement, most=None).removeprefix(_STYLE)}</details>"
        for pair, judgement in judged
    )
    years = " to ".join(str(index[name].max()) for name in ("old_year", "new_year"))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{years}</title></head>\n"
        '<body style="font-family:system-ui,sans-serif;margin:1.5rem auto;max-width:72rem;padding:0 1rem">'
        f"<main>{year_html(index)}{fragment(folds).removeprefix(_STYLE)}</main></body></html>\n"
    )
