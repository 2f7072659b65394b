"""What a terminal and a notebook's cell show of the pair in `display_pair`, case by case."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from types import SimpleNamespace

import display_pair as made
import pytest
from page_elements import Page, country
from places import ROOT

import diffing
from diffing import lab, reporting, tables
from diffing.extracting import extract_narrative
from diffing.language.analysis import analyse
from diffing.model import (
    Basis,
    DiffingError,
    Direction,
    Link,
    Op,
    SectionLink,
    Status,
    Verdict,
)
from diffing.reporting import wording


def test_a_narrative_sends_no_command_to_the_terminal() -> None:
    pair = made.pair()
    new = made.narrative(2020, [("overview", None, ["A \x1b[31mred\x1b[0m word \x07 and \u202e turned."])], "N\x1b[2J")
    pair = replace(pair, new=new, links=(), edits=(), sections=(SectionLink(None, 0, 0.0), SectionLink(0, None, 0.0),
        SectionLink(1, None, 0.0), SectionLink(2, None, 0.0), SectionLink(3, None, 0.0)))  # fmt: skip
    said = reporting.text_diff(pair, made.judgement(), False)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", said)
    assert "red" in said


def test_colour_only_where_it_is_asked_for() -> None:
    assert "\x1b[" in reporting.text_diff(made.pair(), made.judgement(), True)
    assert "\x1b[" not in reporting.text_diff(made.pair(), made.judgement(), False)


def test_tables_and_trends_for_the_terminal() -> None:
    trends = tables.frame("trends", made.judgement().trends)
    said = reporting.trend_text(trends, False)
    assert re.search(r"Victims identified, persons +│ 2016 │ +5 │ 2018 report\n", said)
    assert re.search(r"2017 │ not reported │", said)
    assert "restated" in said


def test_a_long_table_brings_its_script_along() -> None:
    pytest.importorskip("itables")
    table = lab.long_table(tables.frame("trends", made.judgement().trends)).data
    assert len(table) > 100_000, "the library itself, and no address of it"
    shown = table.rpartition("</style>")[2]
    assert "nowrap" not in shown
    assert not re.search(r"(src|href)=.https?:", shown)


def test_reports_that_say_the_same_share_a_line_and_a_stated_number_overrides_a_run_of_years() -> None:
    point = replace(made.judgement().trends[0], indicator="convictions", year=2016, value=3.0, basis=Basis.STATED)
    silent = replace(point, value=None, status=Status.NOT_REPORTED, basis=Basis.STREAK)
    rows = (point, silent, replace(point, report_year=2019), replace(silent, year=2017))
    lines = [line.strip() for line in reporting.trend_text(tables.frame("trends", rows), False).splitlines()[2:]]
    assert lines == [
        "Convictions, persons │ 2016 │            3 │ 2018 and 2019 reports",
        "│ 2017 │ not reported │ 2018 report, in a run of years",
    ]


def test_figures_stand_in_the_words_of_their_sentence() -> None:
    text = "Police identified at least 12 victims in 2019, compared with none in 2018. They did not report convictions."
    narrative = made.narrative(
        2020, [("protection", "PROTECTION", [text.partition(". ")[0] + ".", text.partition(". ")[2]])]
    )
    found, _ = extract_narrative(narrative)
    said = " ".join(reporting.figures_text(narrative, found, False, 200).split())
    assert "Victims identified │ 2019 │ at least 12 persons │ Police identified at least 12 victims in 2019," in said
    assert "Victims identified │ 2018 │ none │" in said
    assert "Convictions │ 2019 │ not reported │ They did not report convictions." in said


def test_a_number_that_no_report_prints_is_about_so_much() -> None:
    implied = replace(made.judgement().trends[0], year=2018, value=8.0, basis=Basis.IMPLIED)
    judged = replace(made.judgement(), changes=(made.change(),), trends=(implied,))
    assert "about eight victims in 2018" in " ".join(reporting.text_diff(made.pair(), judged, False, 160).split())
    assert "about eight victims in 2018" in reporting.comparison_html(made.pair(), judged)
    assert "about eight victims in 2018" in country(judgement=judged)


def test_fragments_show_themselves_escaped_and_without_script() -> None:
    pair, judgement = made.pair(), made.judgement()
    sentence = "Police found eight <b>victims</b> in 2018."
    index = tables.frame("index", [tables.index_row(pair, judgement, 1), tables.lone_row("Quillmar", 2019, 2020, 0)])
    shown = {
        "narrative": (reporting.narrative_html(pair.new), "17 sentences"),
        "comparison": (reporting.comparison_html(pair, judgement), "eight victims in 2018"),
        "year": (reporting.year_html(index), "1 backsliding"),
        "link": (
            reporting.link_html(pair.links[2], pair.edits[2], ["a"], ["b"]),
            "<del>eight victims</del>",
        ),
        "figure": (
            reporting.figure_html(made.figure(sentence, 13, 29), sentence),
            "<mark>eight &lt;b&gt;victims</mark>",
        ),
    }
    for name, (fragment, said) in shown.items():
        page = Page(fragment)
        assert said in fragment, name
        assert page.crossed == [], name
        assert page.all("script") == [], name
        assert page.all("b") == [] or all(not attrs for attrs in page.all("b")), name
    assert "<script>" not in shown["comparison"][0]
    assert html.escape("<script>") in shown["comparison"][0]


def test_what_a_claim_rests_on_is_shown_with_its_sentences() -> None:
    pair = made.pair()
    figure = replace(made.figure(pair.old.text, *_span(pair.old.text, "eight victims")), sentence=3)
    pair = replace(pair, old_figures=(figure,))
    for thing, said in (
        (pair.links[2], "<del>eight victims</del>"),
        (figure, "The government identified <mark>eight victims</mark> in 2018."),
        (made.finding(), "Victims identified fell from eight in 2018 to none in 2019."),
        (made.change(), "<ins>no victims in 2019, compared with eight</ins>"),  # the words that changed are marked
    ):
        shown = reporting.shown(pair, thing)
        assert said in shown._repr_html_()
        assert Page(shown._repr_html_()).crossed == []
        assert "identified" in repr(shown)
    with pytest.raises(DiffingError, match="no link"):
        reporting.shown(pair, Link((0,), (16,), 0.1))
    with pytest.raises(DiffingError, match="no figure"):
        reporting.shown(pair, replace(figure, start=0))


def _span(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


def test_a_notebook_knows_how_values_show_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    formatters = pytest.importorskip("IPython.core.formatters")
    shell = SimpleNamespace(display_formatter=formatters.DisplayFormatter())
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    reporting.show_in_notebooks()
    show = shell.display_formatter.formatters["text/html"]
    pair = made.pair()
    figure, corpus = made.figure("eight victims", 0, 5), diffing.Corpus(ROOT / "corpora" / "sample")
    said = analyse("Police did not report identifying victims.", pair.new.profile)
    one = (pair, pair.new, pair.links[2], figure, made.finding(), made.change(), pair.new.profile, corpus, said)
    for value in (*one, [made.finding(), made.change()], (figure,), list(pair.links)):
        assert '<div class="diffing ' in show(value)
        assert Page(show(value)).crossed == []
    for value in ([], [1, 2], [figure, 1], ("a",)):  # what is not all ours shows itself as ever
        assert show(value) is None
    assert len(repr(pair)) + len(repr(pair.new.profile)) < 200
    assert "&lt;did not report&gt;" in show(said)
    assert "figures" not in show(said)  # nobody looked for any


def test_a_figure_whose_offsets_are_of_another_text_is_shown_without_mark() -> None:
    assert "<mark></mark>" in reporting.figure_html(made.figure("x" * 50, 20, 40), "short")


def test_every_verdict_op_and_direction_has_its_words() -> None:
    assert set(wording.VERDICTS) == set(wording.SIGNS) == set(Verdict) == set(wording.SHOWN_FIRST)
    assert set(wording.OPS) == set(Op)
    assert set(wording.DIRECTIONS) == set(Direction)


def test_a_country_s_name_means_nothing_to_the_bar(capsys) -> None:
    """What rich takes for markup draws links in a terminal, HTML into a notebook, and ends at a wrong bracket."""
    with lab.progress(2) as moved:
        moved("Norvania[/x]")
        moved("[link=https://evil.example/]Nor\x1b]0;x\x07vania")
    printed = capsys.readouterr()
    assert "\x1b]8" not in printed.out + printed.err
