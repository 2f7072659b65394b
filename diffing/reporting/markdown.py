"""A comparison, or a year of them, as Markdown: the verdict, the findings with their sentences, the numbers, the text.

What a narrative says is escaped, so that no sign of its own becomes a mark; taken out is ~~struck~~, put in **bold**.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from diffing.model import Finding, Judgement, Op, Pair, Verdict, WordEdit
from diffing.reporting import one_sided_view, reasons, wording
from diffing.reporting.banners import country_banners
from diffing.reporting.layout import Item, blocks
from diffing.reporting.marked_words import clean

if TYPE_CHECKING:
    import polars as pl

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")


def comparison_markdown(pair: Pair, judgement: Judgement) -> str:
    """The comparison of a pair as one Markdown text."""
    return "\n".join(_lines(pair, judgement)).rstrip() + "\n"


def year_markdown(index: pl.DataFrame, judged: Iterable[tuple[Pair, Judgement]]) -> str:
    """A year as one Markdown text: the countries of the table `index` with their verdicts, then each of them."""
    lines = ["| Country | Verdict | Own rating | ▲ | ▼ | Kept |", "| --- | --- | --- | --: | --: | --: |"]
    for row in index.iter_rows(named=True):
        if row["verdict"] is None:
            lines.append(f"| {_said(row['country'])} | in one year only | | | | |")
            continue
        verdict = Verdict(row["verdict"])
        old, new = row["old_stated"] or "not stated", row["new_stated"] or "not stated"
        cells = (
            f"{wording.SIGNS[verdict]} {wording.VERDICTS[verdict]}",
            _said(new if old == new else f"{old} → {new}"),
            *(str(row[name]) for name in ("progress", "backsliding")),
            f"{row['similarity']:.0%}",
        )
        lines.append(f"| {_said(row['country'])} | {' | '.join(cells)} |")
    return "\n\n".join(["\n".join(lines), *(comparison_markdown(*one) for one in judged)]).rstrip() + "\n"


def _lines(pair: Pair, judgement: Judgement) -> Iterator[str]:
    old, new = pair.old.year, pair.new.year
    yield from (f"# {_said(pair.new.country)}: {old} to {new}", "", f"{_said(pair.new.profile.title)}", "")
    for banner in country_banners(pair, judgement):
        yield from (f"**{_said(banner.title)}** {_said(banner.text)}", "")
    sign = wording.SIGNS[judgement.verdict]
    why = _said(reasons.verdict_why(judgement))
    yield from (f"**{sign} {wording.headline(judgement)}.** {why}", "")
    if moves := reasons.stated(judgement):
        yield from (f"The report’s own rating: {_said(moves)}.", "")
    yield from ("## Findings", "")
    if not judgement.findings:
        yield from ("No finding: nothing that the text says could be judged.", "")
    for verdict in wording.SHOWN_FIRST:
        of_verdict = [finding for finding in judgement.findings if finding.verdict is verdict]
        if of_verdict:
            yield from (f"### {wording.SIGNS[verdict]} {wording.VERDICTS[verdict]} ({len(of_verdict)})", "")
            for finding in sorted(of_verdict, key=lambda one: -one.strength):
                yield from _finding(finding, old, new)
    for rule, some in one_sided_view.lists(judgement):
        yield from (f"## {one_sided_view.TITLES[rule]} ({len(some)})", "", one_sided_view.note(rule), "")
        for one in some:
            tells = one_sided_view.tells(one)
            yield f"- {_marked(one_sided_view.marked(one))}{f' ({_said(tells)})' if tells else ''}"
        yield ""
    if judgement.changes:
        yield from (
            "## Numbers",
            "",
            "| Indicator | Before | After | Direction | Verdict |",
            "| --- | --- | --- | --- | --- |",
        )
        implied = wording.implied(judgement.trends)
        for change in judgement.changes:
            before, after = wording.before_and_after(pair.new.profile, change, implied)
            title = wording.row_title(pair.new.profile, change)
            cells = (title, before, after, wording.direction(change), wording.VERDICTS[change.verdict])
            yield f"| {' | '.join(map(_said, cells))} |"
        yield ""
    yield from (
        "## The text",
        "",
        f"~~Taken out~~ since {old}, **put in** in {new}. Unchanged sentences are left out.",
        "",
    )
    for block in blocks(pair):
        changed = list(filter(None, (_row(pair, item) for item in block.items)))
        if changed:
            yield from (f"### {_said(wording.section_title(pair.new.profile, block.key))}", "")
            for line in changed:
                yield from (f"- {line}",)
            yield ""


def _finding(finding: Finding, old: int, new: int) -> Iterator[str]:
    about = reasons.rule_words(finding)
    mark = f" [{finding.review}]" if finding.review else ""
    yield f"- {_said(finding.summary)}{f' ({_said(about)})' if about else ''}{_said(mark)}"
    for year, text in ((old, finding.old_text), (new, finding.new_text)):
        if text:
            yield f"  > {year}: {_said(text)}"
            yield "  >"
    yield ""


def _row(pair: Pair, item: Item) -> str:
    """One changed row of the text; empty for what did not change."""
    if item.kind != "row" or (item.op is Op.EQUAL and item.in_place):
        return ""
    if item.link is None:
        text = pair.old.sentences[item.old[0]].text if item.old else pair.new.sentences[item.new[0]].text
        return _marked([WordEdit(item.op, text)])
    moved = "(moved) " if pair.links[item.link].moved else ""
    if item.op is Op.EQUAL:
        return f"{moved}{_said(pair.new.sentences[item.new[0]].text)}" if moved else ""
    return f"{moved}{_marked(pair.edits[item.link])}"


def _marked(edits: Iterable[WordEdit]) -> str:
    said = []
    for edit in edits:
        mark = {Op.REMOVED: "~~", Op.ADDED: "**"}.get(edit.op, "")
        core = edit.text.strip()
        if not mark or not core:
            said.append(_said(edit.text, keep=True))
            continue
        start = edit.text[: len(edit.text) - len(edit.text.lstrip())]
        end = edit.text[len(start) + len(core) :]
        said.append(f"{start}{mark}{_said(core)}{mark}{end}")
    return " ".join("".join(said).split())


def _said(text: str, keep: bool = False) -> str:
    escaped = _MARKS.sub(r"\\\1", clean(text))
    return escaped if keep else " ".join(escaped.split())
