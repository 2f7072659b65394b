"""A comparison for the terminal: the verdict, the table of numbers, and the changed text with its words marked.

With colour off, what was taken out stands in ``[-...-]`` and what was put in in ``{+...+}``, as `git` writes it.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from diffing.model import Actor, Basis, Figure, Judgement, Narrative, Op, Pair, Qualifier, Row, Verdict, breakdown_words
from diffing.model.printed_numbers import BY_ACTOR, digits
from diffing.reporting import one_sided_view, reasons, wording
from diffing.reporting.banners import country_banners

if TYPE_CHECKING:
    import polars as pl

WIDTH = 100  # columns, where no terminal and no COLUMNS says (range 60 to 200)
WIDEST = 1_000  # columns that a line is filled up to, whatever a terminal says of itself (range 200 to 10,000)
# What a terminal takes for a command or that turns the direction of what follows must not come from a narrative.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_STYLES = {
    Verdict.PROGRESS: "bold blue",
    Verdict.BACKSLIDING: "bold dark_orange3",
    Verdict.MIXED: "bold",
    Verdict.NO_CHANGE: "dim",
    Verdict.UNCLEAR: "italic",
}
# How a report says the year of a number, where it does not just give it.
_BASES = {
    Basis.RELATIVE: "as the year before",
    Basis.STREAK: "in a run of years",
    Basis.IMPLIED: "from a percentage",
}
_RISES = {1: "progress", -1: "backsliding", 0: "neither"}
_REMOVED, _ADDED = "dark_orange3 strike", "blue underline"


def text_diff(pair: Pair, judgement: Judgement, colour: bool, width: int | None = None) -> str:
    """The comparison as text: verdict, findings, numbers, and each change of the text by section.

    `colour` writes ANSI colours; `width` is that of the terminal, in columns.
    """
    console = _console(colour, width)
    old, new = pair.old, pair.new
    console.print(Text(f"{_safe(new.country)}: {old.year} -> {new.year}", "bold"))
    for banner in country_banners(pair, judgement):
        console.print(Text(_safe(f"{banner.title} {banner.text}"), "yellow"))
    console.print(_verdict_line(judgement))
    _print_findings(console, judgement)
    _print_one_sided(console, judgement, colour)
    _print_changes(console, pair, judgement)
    _print_text(console, pair, colour)
    for problem in (*pair.problems, *judgement.problems):
        console.print(Text(f"{problem.severity.value}: {_safe(problem.message)}", "yellow"))
    return _output(console)


def figures_text(narrative: Narrative, figures: Iterable[Figure], colour: bool, width: int | None = None) -> str:
    """The figures of a narrative for the terminal: what each counts, its year and value, and the words around it."""
    console = _console(colour, width)
    shown = Table(show_edge=False, header_style="bold", pad_edge=False)
    for heading, justify in (("indicator", "left"), ("year", "left"), ("value", "right"), ("in its sentence", "left")):
        shown.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    sentences = narrative.sentences
    for one in figures:
        title = wording.indicator_title(narrative.profile, one.indicator) if one.indicator else "?"
        by = BY_ACTOR.get(one.actor)
        title = ", ".join(filter(None, (f"{title}{f' ({by})' if by else ''}", breakdown_words(one.breakdown))))
        about = reasons.about(sentences[one.sentence], one.start, one.end) if one.sentence is not None else one.text
        shown.add_row(
            Text(_safe(title), "bold" if one.indicator else ""),
            str(one.year or "?"),
            wording.amount_of(one, wording.noun_of(narrative.profile, None, one.unit)),
            _safe(about),
        )
    console.print(shown)
    return _output(console)


def indicators_text(table: pl.DataFrame, colour: bool, width: int | None = None) -> str:
    """The table `indicators` for the terminal: what each counts, what a rise of it means, and a sentence."""
    console = _console(colour, width)
    shown = Table(show_edge=False, header_style="bold", pad_edge=False)
    for heading in ("indicator", "unit", "a rise is", "for example"):
        shown.add_column(heading, overflow="fold")
    for row in table.iter_rows(named=True):
        rise = _RISES[row["polarity"]]
        name = Text(_safe(row["title"]), "bold") + Text(f"\n{row['indicator']}", "dim")
        shown.add_row(name, _safe(row["unit"]), rise, _safe(row["example"] or ""))
    console.print(shown)
    return _output(console)


def trend_text(table: pl.DataFrame, colour: bool, width: int | None = None) -> str:
    """The table `trends` for the terminal: a line for each year and value of a series; not reported is never 0.

    Where it has a column `level`, the ratings in it come first, each with the sentence that states it.
    """
    console = _console(colour, width)
    if "level" in table.columns:
        rated = table.filter(table["level"].is_not_null())
        table = table.filter(table["level"].is_null())
        if rated.height:
            console.print(_ratings(rated))
        if rated.height and not table.height:
            return _output(console)
        if rated.height:
            console.print()
    shown = Table(show_edge=False, header_style="bold", pad_edge=False)
    for heading, justify in (("indicator", "left"), ("year", "left"), ("value", "right"), ("said by", "left")):
        shown.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    before: object = None
    for (series, year), group in groupby(table.iter_rows(named=True), lambda row: (_series(row), row["year"])):
        for value, said in _told(list(group)):
            first = _series_words(series) if series != before else ""
            style = "italic" if value[:1].isalpha() else ""
            shown.add_row(Text(_safe(first), "bold"), str(year), Text(value, style), Text(said, "dim"))
            before = series
    console.print(shown)
    return _output(console)


def _ratings(table: pl.DataFrame) -> Table:
    shown = Table(show_edge=False, header_style="bold", pad_edge=False)
    for heading in ("rating", "edition", "level", "sentence"):
        shown.add_column(heading, overflow="fold", ratio=1 if heading == "sentence" else None)
    before = None
    # what rates the whole country first
    for row in sorted(table.iter_rows(named=True), key=lambda row: ":" in row["indicator"]):
        scale = wording.words(row["indicator"].replace(":", ": ")) if row["indicator"] != before else ""
        cells = Text(_safe(scale), "bold"), str(row["year"]), _safe(row["level"]), Text(_safe(row["text"]), "dim")
        shown.add_row(*cells)
        before = row["indicator"]
    return shown


def _series(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    return row["indicator"], row["actor"], row["unit"], row["breakdown"]


def _series_words(series: tuple[str | None, ...]) -> str:
    """('hotline_calls', 'other', 'calls', None) -> 'Hotline calls (by others), calls'."""
    indicator, actor, unit, breakdown = series
    by = BY_ACTOR.get(Actor(actor)) if actor else None
    title = f"{wording.words(indicator or 'another number')}{f' ({by})' if by else ''}"
    return ", ".join(filter(None, (title, breakdown_words(breakdown), unit)))


def _told(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """(value in words, who said so) of one year of one series: reports that say the same share a line.

    A number that a report states overrides what a run of years without one says of that year.
    """
    stated = {row["report_year"] for row in rows if row["value"] is not None}
    said: dict[tuple[str, str], list[str]] = {}
    chosen: set[str] = set()
    for row in rows:
        if row["basis"] == Basis.STREAK and row["report_year"] in stated:
            continue
        bounds = (row["qualifier"], row["low"], row["high"])
        value = wording.amount(row["value"], row["status"], "", row["unit"], bounds)
        if row["value"] is not None and row["qualifier"] == Qualifier.EXACT:
            value = digits(row["value"])
        if row["chosen"]:
            chosen.add(value)
        how = "".join(f", {words}" for words in (_BASES.get(row["basis"]), "restated" * row["restated"]) if words)
        said.setdefault((value, how), []).append(str(row["report_year"]))
    several = len({value for value, _ in said}) > 1
    return [
        (value, f"{wording.listed(years)} {'report' if len(years) == 1 else 'reports'}{how}{', chosen' * taken}")
        for (value, how), years in said.items()
        for taken in (several and value in chosen,)
    ]


def _console(colour: bool, width: int | None) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=colour,
        color_system="256" if colour else None,
        no_color=not colour,
        width=min(WIDEST, width or shutil.get_terminal_size((WIDTH, 24)).columns),
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )


def _output(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    lines = (line.rstrip() for line in console.file.getvalue().splitlines())
    return "\n".join(lines).strip("\n") + "\n"


def _safe(text: str) -> str:
    return _CONTROLS.sub("\ufffd", text)


def _verdict_line(judgement: Judgement) -> Text:
    line = Text()
    verdict = judgement.verdict
    line.append(f"{wording.SIGNS[verdict]} {wording.headline(judgement)}", _STYLES[verdict])
    line.append(f" ({reasons.verdict_why(judgement).rstrip('.')})", "dim")
    if moves := reasons.stated(judgement):
        line.append(f"; the report's own rating: {moves}")
    return line


def _print_findings(console: Console, judgement: Judgement) -> None:
    for verdict in wording.SHOWN_FIRST[:-1]:
        for finding in judgement.findings:
            if finding.verdict is verdict:
                sign = (f"{wording.SIGNS[verdict]} ", _STYLES[verdict])
                _print_indented(console, Text.assemble(sign, _safe(finding.summary)))
    same = [finding for finding in judgement.findings if finding.verdict is Verdict.NO_CHANGE]
    besides = [finding for finding in same if reasons.edited(finding)]
    for finding in besides:
        _print_indented(console, Text(f"= {_safe(finding.summary)} ({reasons.ALL_THE_SAME})", "dim"))
    if more := len(same) - len(besides):
        console.print(Text(f"  = {more} more {'says' if more == 1 else 'say'} no change, in the same words", "dim"))


def _print_one_sided(console: Console, judgement: Judgement, colour: bool) -> None:
    """What one report alone says, the first of each list; how many more there are is said."""
    for rule, some in one_sided_view.lists(judgement):
        console.print()
        console.print(Text(f"{one_sided_view.TITLES[rule]} ({len(some):,})", "bold"))
        for one in some[: one_sided_view.SHOWN]:
            tells, edits = one_sided_view.tells(one), one_sided_view.marked(one)
            said = _joined(((edit.op, edit.text) for edit in edits), colour)
            _print_indented(console, Text.assemble(said, (f" ({tells})" if tells else "", "dim")))
        more = len(some) - one_sided_view.SHOWN
        if more > 0:
            console.print(Text(f"  ... {more:,} more, of less weight: all are on the page and in the tables", "dim"))


def _print_changes(console: Console, pair: Pair, judgement: Judgement) -> None:
    period = pair.new.profile.reporting_period(pair.new.year)
    rows = [c for c in judgement.changes if c.restated or c.to_year >= period]
    rows.sort(key=lambda change: wording.SHOWN_FIRST.index(change.verdict))
    if not rows:
        return
    console.print()
    table = Table(show_edge=False, header_style="bold", pad_edge=False)
    for heading in ("Indicator", "Before", "After", "Direction", "Verdict"):
        table.add_column(heading, overflow="fold")
    profile, implied = pair.new.profile, wording.implied(judgement.trends)
    for change in rows:
        said = wording.delta(change)
        verdict = change.verdict
        table.add_row(
            Text(wording.row_title(profile, change)),
            *wording.before_and_after(profile, change, implied),
            f"{wording.direction(change)}{f' {said}' if said else ''}{', restated' if change.restated else ''}",
            Text(f"{wording.SIGNS[verdict]} {wording.VERDICTS[verdict].lower()}", _STYLES[verdict]),
        )
    console.print(table)


def _print_text(console: Console, pair: Pair, colour: bool) -> None:
    """Each section with what changed in it; one that did not is a line."""
    old_keys, new_keys = pair.old.sentence_sections, pair.new.sentence_sections
    numbers = {id(link): number for number, link in enumerate(pair.links)}
    sections = (*pair.old.sections, *pair.new.sections)
    printed = {s.key: " ".join(s.heading.split()) for s in sections if "." in s.key and s.heading}
    for key, group in groupby(pair.rows, lambda row: new_keys[row.new[0]] if row.new else old_keys[row.old[0]]):
        rows = list(group)
        title = _safe(printed.get(key) or wording.section_title(pair.new.profile, key))
        if all(_is_same(row) for row in rows):
            console.print()
            console.print(Text.assemble((title, "bold"), (f": {_unchanged(len(rows))}", "dim")))
            continue
        console.print()
        console.print(Text(title, "bold underline"))
        for same, run in groupby(rows, _is_same):
            if same:
                console.print(Text(f"  ... {_unchanged(len(list(run)))}", "dim"))
                continue
            for row in run:
                label = wording.OPS[row.op]
                if row.link is not None and row.link.moved:
                    place = _safe(
                        printed.get(old_keys[row.old[0]])
                        or wording.section_title(pair.new.profile, old_keys[row.old[0]])
                    )
                    label = f"{'' if row.op is Op.EQUAL else f'{label}, '}moved from {place}"
                number = None if row.link is None else numbers[id(row.link)]
                _print_indented(console, Text.assemble((f"{label}: ", "dim"), _marked(pair, row, number, colour)))


def _is_same(row: Row) -> bool:
    return row.op is Op.EQUAL and not (row.link is not None and row.link.moved)


def _unchanged(count: int) -> str:
    return f"{wording.counted(count, 'sentence')} unchanged"


def _print_indented(console: Console, line: Text) -> None:
    console.print(Padding(line, (0, 0, 0, 2)))


def _marked(pair: Pair, row: Row, number: int | None, colour: bool) -> Text:
    old = [pair.old.sentences[i].text for i in row.old]
    new = [pair.new.sentences[j].text for j in row.new]
    if number is None:
        return _joined([(row.op, " ".join(old or new))], colour)
    if row.op is Op.EQUAL:
        return _joined([(Op.EQUAL, " ".join(new))], colour)
    return _joined(((edit.op, edit.text) for edit in pair.edits[number]), colour)


def _joined(parts: Iterable[tuple[Op, str]], colour: bool) -> Text:
    line = Text()
    for op, said in parts:
        core = _safe(re.sub(r"\s", " ", said))
        if op is Op.REMOVED:
            line.append(core if colour else f"[-{core}-]", _REMOVED)
        elif op is Op.ADDED:
            line.append(core if colour else f"{{+{core}+}}", _ADDED)
        else:
            line.append(core)
    return line
