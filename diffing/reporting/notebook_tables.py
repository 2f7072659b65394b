"""Tables for notebooks: a printed one for a page of changes, a long one to search and sort, and a diff to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from diffing.model import DiffingError, Status
from diffing.reporting.charts import VERDICT_COLOURS
from diffing.reporting.marked_words import NO_MATHEMATICS
from diffing.reporting.wording import DIRECTIONS

if TYPE_CHECKING:
    from great_tables import GT


# great-tables writes dark ink on white wherever it stands; in a notebook the ink and the ground are the theme's.
_PRINTED_ID = "diffing-printed"
_PRINTED_STYLE = f"#{_PRINTED_ID} :is(table,th,td,tr){{color:inherit!important;background:transparent!important}}"


def printed_changes(changes: pl.DataFrame, title: str = "What changed in the numbers") -> GT:
    """The table `changes` as a table to print: a row a change, values in words where there are none, no texts.

    Returns a great-tables object to go on with.
    """
    great_tables = _needed("great_tables", "great-tables")
    rows = changes.select(
        "country",
        indicator=pl.col("indicator").fill_null("unattributed").str.replace_all("_", " "),
        what=pl.col("breakdown").fill_null(""),
        before=_told("from"),
        after=_told("to"),
        direction=pl.col("direction").replace({key.value: words for key, words in DIRECTIONS.items()}),
        verdict=pl.col("verdict").str.replace_all("_", " "),
        restated=pl.when("restated").then(pl.lit("restated")).otherwise(pl.lit("")),
    )
    table = great_tables.GT(rows, groupname_col="country", id=_PRINTED_ID).tab_header(title=title)
    for verdict, colour in VERDICT_COLOURS.items():
        words = verdict.value.replace("_", " ")
        table = table.tab_style(
            style=great_tables.style.borders(sides="left", color=colour, weight="4px"),
            locations=great_tables.loc.body(columns="verdict", rows=pl.col("verdict") == words),
        )
    table = table.opt_css(_PRINTED_STYLE)
    return table.cols_label(what="of these", before="before", after="after")


def _told(side: str) -> pl.Expr:
    """A value with its year; what is not reported in words, and what has no single value as such."""
    value = pl.col(f"{side}_value")
    whole = value == value.round(0)
    number = pl.when(whole).then(value.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(value.cast(pl.String))
    words = (
        pl.when(pl.col(f"{side}_status") == Status.NOT_REPORTED.value)
        .then(pl.lit("not reported"))
        .when(value.is_null())
        .then(pl.lit("no exact number"))
        .when(value == 0)
        .then(pl.lit("none"))
        .otherwise(number)
    )
    at = pl.when(pl.col(f"{side}_status") == Status.NOT_REPORTED.value).then(pl.lit("for")).otherwise(pl.lit("in"))
    return pl.format("{} {} {}", words, at, pl.col(f"{side}_year"))


# The script's own colours know the theme only where it is asked first: the ground is the notebook's, whatever it is.
_LONG_STYLE = (
    "<style>.diffing-long .dt-container{background:transparent!important;color:inherit!important}"
    ".diffing-long .dt-container :is(th,td,label,.dt-info,.dt-column-title,.itables-dtype){color:inherit!important}"
    ".diffing-long .dt-container :is(tbody tr>*,thead){background:transparent!important;box-shadow:none!important}"
    ".diffing-long tbody tr{border-bottom:1px solid #8886}"
    ".diffing-long .dt-container :is(.dt-paging-button,input,select){color:inherit!important;background:transparent"
    "!important;opacity:1!important}.diffing-long .dt-container .dt-paging .dt-paging-button.disabled{color:inherit"
    "!important}.diffing-long .dt-paging-button.current{font-weight:700;text-decoration:underline}"
    ".diffing-long option{color:#000;background:#fff}</style>"
)


def long_table(table: pl.DataFrame, caption: str = "") -> Any:
    """A table of any length to search, sort and page through; its script is inside the notebook, nothing is fetched."""
    itables = _needed("itables", "itables")
    display = _needed("IPython.display", "ipython")
    lists = [name for name, kind in table.schema.items() if isinstance(kind, pl.List)]
    plain = table.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join(", "))
    scripts = _needed("itables.javascript", "itables")
    # each time, so that the table also shows itself where the cells before it were cleared or not run
    start = scripts.generate_init_offline_itables_html(itables.options.dt_bundle)
    html = itables.to_html_datatable(
        plain,
        caption=caption,
        connected=False,
        allow_html=False,
        showIndex=False,
        classes="display compact",  # without nowrap: a sentence is read on several lines
        columnDefs=[{"className": "dt-left", "targets": "_all"}],
    )
    return display.HTML(f'{start}{_LONG_STYLE}<div class="diffing-long {NO_MATHEMATICS}">{html}</div>')


def chooser(countries: Sequence[str], years: Sequence[int], show: Callable[[str, int, int], str]) -> Any:
    """A diff to choose: a country and two years in menus, and below them what `show(country, old, new)` gives as HTML.

    Returns a widget. Errors of the project's own are shown in the place of the diff.
    """
    widgets = _needed("ipywidgets", "ipywidgets")
    country = widgets.Dropdown(options=list(countries), description="country")
    old = widgets.Dropdown(options=list(years), value=years[-2], description="from")
    new = widgets.Dropdown(options=list(years), value=years[-1], description="to")
    below = widgets.HTML()

    def update(_: object = None) -> None:
        from markupsafe import escape

        try:
            below.value = show(country.value, old.value, new.value)
        except DiffingError as error:
            below.value = f"<p>{escape(str(error))}</p>"

    for menu in (country, old, new):
        menu.observe(update, names="value")
    update()
    return widgets.VBox([widgets.HBox([country, old, new]), below])


def _needed(module: str, package: str) -> Any:
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as error:
        raise DiffingError(f"this needs {package}: `make lab` installs it") from error
