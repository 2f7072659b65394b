"""A comparison for the terminal: the verdict, the table of numbers, and the changed text with its words marked.

With colour off, what was taken out stands in ``[-...-]`` and what was put in in ``{+...+}``, as `git` writes it.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from diffing.model import Judgement, Op, Pair, Row, Verdict
from diffing.reporting import phrases, reasons

if TYPE_CHECKING:
    import polars as pl

WIDTH = 100  # columns, where there is no terminal to say (range 60 to 200)
# What a terminal takes for a command or that turns the direction of what follows must not come from a narrative.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_STYLES = {
    Verdict.PROGRESS: "bold blue",
    Verdict.BACKSLIDING: "bold dark_orange3",
    Verdict.MIXED: "bold",
    Verdict.NO_CHANGE: "dim",
    Verdict.UNCLEAR: "italic",
}
_REMOVED, _ADDED = "dark_orange3 strike", "blue underline"


def text_diff(pair: Pair, judgement: Judgement, colour: bool, width: int | None = None) -> str:
    """The comparison as text: verdict, findings, numbers, and each change of the text by section.

    `colour` writes ANSI colours; `width` is that of the terminal, in columns.
    """
    console = _console(colour, width)
    old, new = pair.old, pair.new
    console.print(Text(f"{_safe(new.country)}: {old.year} -> {new.year}", "bold"))
    console.print(_verdict_line(judgement))
    _print_findings(console, judgement)
    _print_changes(console, pair, judgement)
    _print_text(console, pair, colour)
    for problem in (*pair.problems, *judgement.problems):
        console.print(Text(f"{problem.severity.value}: {_safe(problem.message)}", "yellow"))
    return _output(console)


def table_text(table: pl.DataFrame, colour: bool, width: int | None = None) -> str:
    """A polars table for the terminal, all its rows, numbers to the right and nulls empty."""
    console = _console(colour, width)
    shown = Table(show_edge=False, header_style="bold", pad_edge=False)
    for name, kind in table.schema.items():
        shown.add_column(name.replace("_", " "), justify="right" if kind.is_numeric() else "left", overflow="fold")
    for row in table.iter_rows():
        shown.add_row(*(Text(_cell(value)) for value in row))
    console.print(shown)
    return _output(console)


def trend_text(table: pl.DataFrame, colour: bool, width: int | None = None) -> str:
    """The table `trends` for the terminal: a line for each series and year; not reported in words, never 0."""
    console = _console(colour, width)
    shown = Table(show_edge=False, header_style="bold", pad_edge=False)
    for heading, justify in (("indicator", "left"), ("year", "left"), ("value", "right"), ("said by", "left")):
        shown.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    before: object = None
    for row in table.iter_rows(named=True):
        series = (row["indicator"], row["actor"], row["unit"], row["breakdown"])
        about = [phrases.words(row["indicator"] or "another number")]
        about += [part for part in (row["actor"], row["unit"], row["breakdown"]) if part and part != "government"]
        value = phrases.number(row["value"]) if row["value"] is not None else phrases.amount(None, row["status"])
        basis = "" if row["basis"] in ("stated", "reporting_period") else f", {row['basis']}"
        said = f"{row['report_year']} report{basis}{', restated' if row['restated'] else ''}"
        first = ", ".join(about) if series != before else ""
        style = "italic" if row["value"] is None else ""
        shown.add_row(Text(_safe(first), "bold"), str(row["year"]), Text(value, style), Text(said, "dim"))
        before = series
    console.print(shown)
    return _output(console)


def _console(colour: bool, width: int | None) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=colour,
        color_system="256" if colour else None,
        no_color=not colour,
        width=width or (shutil.get_terminal_size((WIDTH, 24)).columns if colour else WIDTH),
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


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return phrases.number(value)
    return _safe(" ".join(str(value).split()))


def _verdict_line(judgement: Judgement) -> Text:
    line = Text()
    verdict = judgement.verdict
    line.append(f"{phrases.SIGNS[verdict]} {phrases.VERDICTS[verdict]}", _STYLES[verdict])
    line.append(f" ({reasons.verdict_why(judgement).rstrip('.')})", "dim")
    if judgement.new_stated or judgement.old_stated:
        old, new = judgement.old_stated or "not stated", judgement.new_stated or "not stated"
        line.append(f"; the report's own rating: {old if old == new else f'{old} -> {new}'}")
    return line


def _print_findings(console: Console, judgement: Judgement) -> None:
    for verdict in phrases.SHOWN_FIRST[:-1]:
        for finding in judgement.findings:
            if finding.verdict is verdict:
                sign = (f"{phrases.SIGNS[verdict]} ", _STYLES[verdict])
                _print_indented(console, Text.assemble(sign, _safe(finding.summary)))
    same = sum(finding.verdict is Verdict.NO_CHANGE for finding in judgement.findings)
    if same:
        console.print(Text(f"  = {same} more {'says' if same == 1 else 'say'} no change", "dim"))


def _print_changes(console: Console, pair: Pair, judgement: Judgement) -> None:
    period = pair.new.profile.reporting_period(pair.new.year)
    rows = [c for c in judgement.changes if c.restated or c.to_year >= period]
    rows.sort(key=lambda change: phrases.SHOWN_FIRST.index(change.verdict))
    if not rows:
        return
    console.print()
    table = Table(show_edge=False, header_style="bold", pad_edge=False)
    for heading in ("Indicator", "Before", "After", "Direction", "Verdict"):
        table.add_column(heading, overflow="fold")
    for change in rows:
        profile = pair.new.profile
        noun = phrases.noun_of(profile, change.indicator, change.unit)
        title = ", ".join(
            filter(None, (phrases.series_title(profile, change), phrases.breakdown_words(change.breakdown)))
        )
        said = phrases.delta(change)
        verdict = change.verdict
        table.add_row(
            Text(title),
            phrases.dated(change.from_value, change.from_status, change.from_year, noun, change.unit),
            phrases.dated(change.to_value, change.to_status, change.to_year, noun, change.unit),
            f"{phrases.DIRECTIONS[change.direction]}{f' {said}' if said else ''}"
            f"{', restated' if change.restated else ''}",
            Text(f"{phrases.SIGNS[verdict]} {phrases.VERDICTS[verdict].lower()}", _STYLES[verdict]),
        )
    console.print(table)


def _print_text(console: Console, pair: Pair, colour: bool) -> None:
    """Each section with what changed in it; one that did not is a line."""
    old_keys, new_keys = pair.old.sentence_sections, pair.new.sentence_sections
    numbers = {id(link): number for number, link in enumerate(pair.links)}
    for key, group in groupby(pair.rows, lambda row: new_keys[row.new[0]] if row.new else old_keys[row.old[0]]):
        rows = list(group)
        title = _safe(phrases.section_title(pair.new.profile, key))
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
                label = phrases.OPS[row.op]
                if row.link is not None and row.link.moved:
                    place = phrases.section_title(pair.new.profile, old_keys[row.old[0]])
                    label = f"{'' if row.op is Op.EQUAL else f'{label}, '}moved from {place}"
                number = None if row.link is None else numbers[id(row.link)]
                _print_indented(console, Text.assemble((f"{label}: ", "dim"), _marked(pair, row, number, colour)))


def _is_same(row: Row) -> bool:
    return row.op is Op.EQUAL and not (row.link is not None and row.link.moved)


def _unchanged(count: int) -> str:
    return f"{phrases.counted(count, 'sentence')} unchanged"


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
