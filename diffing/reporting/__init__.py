"""Report: pages, text for the terminal, fragments for notebooks, and the folder that holds a year's report."""

from importlib import import_module
from typing import TYPE_CHECKING

from diffing.model import OutputError
from diffing.reporting.alone import alone_at, one_at_a_time
from diffing.reporting.anchors import change_anchor, finding_anchor, sentence_anchor
from diffing.reporting.notebook_html import comparison_html, narrative_html, section_html, year_html, year_on_one_page
from diffing.reporting.notebook_values import Shown, figure_html, link_html, show_in_notebooks, shown
from diffing.reporting.output import check_out, last_run, write_page, write_report
from diffing.reporting.pages import country_page, index_page, review_page, search_page, with_neighbours
from diffing.reporting.reasons import on_little
from diffing.reporting.year_page import YearFinding, YearPage

if TYPE_CHECKING:
    from diffing.reporting.document import comparison_docx, year_docx
    from diffing.reporting.history_index_view import history_row
    from diffing.reporting.history_pages import history_html, history_index, history_page, years_page
    from diffing.reporting.markdown import comparison_markdown, year_markdown
    from diffing.reporting.terminal import figures_text, indicators_text, text_diff, trend_text
    from diffing.reporting.workbook import year_workbook

__all__ = [
    "OutputError",
    "Shown",
    "YearFinding",
    "YearPage",
    "alone_at",
    "change_anchor",
    "check_out",
    "comparison_docx",
    "comparison_html",
    "comparison_markdown",
    "country_page",
    "figure_html",
    "figures_text",
    "finding_anchor",
    "history_html",
    "history_index",
    "history_page",
    "history_row",
    "index_page",
    "indicators_text",
    "last_run",
    "link_html",
    "narrative_html",
    "on_little",
    "one_at_a_time",
    "review_page",
    "search_page",
    "section_html",
    "sentence_anchor",
    "show_in_notebooks",
    "shown",
    "text_diff",
    "trend_text",
    "with_neighbours",
    "write_page",
    "write_report",
    "year_docx",
    "year_html",
    "year_markdown",
    "year_on_one_page",
    "year_workbook",
    "years_page",
]

# What one kind of page needs alone is loaded when it is asked for: a comparison of two files shows one.
_LATER = {
    "document": ("comparison_docx", "year_docx"),
    "history_index_view": ("history_row",),
    "history_pages": ("history_html", "history_index", "history_page", "years_page"),
    "markdown": ("comparison_markdown", "year_markdown"),
    "terminal": ("figures_text", "indicators_text", "text_diff", "trend_text"),
    "workbook": ("year_workbook",),
}


def __getattr__(name: str) -> object:
    for home, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
