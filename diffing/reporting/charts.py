"""Charts for notebooks: each function takes one of the tables and returns an Altair chart to go on with.

They show themselves as SVG and PNG, which need no network, no script and no trust, on a light plate of their own that
reads in any theme. Tooltips are in them for `chart.save("chart.html", inline=True)`. Blue is progress and orange
backsliding, as on the pages; shape or place says the same beside the colour.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import polars as pl

from diffing.model import Actor, DiffingError, Direction, Status, Verdict

if TYPE_CHECKING:
    import altair as alt

VERDICT_COLOURS = {
    Verdict.PROGRESS: "#2f7dd1",
    Verdict.BACKSLIDING: "#d9730d",
    Verdict.MIXED: "#9b6fb5",
    Verdict.UNCLEAR: "#a3a9b0",
    Verdict.NO_CHANGE: "#d5d9dd",
}
_OP_COLOURS = {
    "equal": "#c9ced3", "edited": "#7fa8d6", "split": "#5c8f8a", "merged": "#8f8a5c",
    "added": "#2f7dd1", "removed": "#d9730d",
}  # fmt: skip
_INK, _QUIET, _PLATE = "#3d444b", "#b4bac0", "#fbfbf9"  # 9.5 to 1 on the plate, which no theme takes away

# What JupyterLab and VS Code draw by themselves, with no network: the Vega-Lite that they bring.
_LIVE, _DRAWN_AS = "application/vnd.vegalite.v5+json", "https://vega.github.io/schema/vega-lite/v5.json"

# Countries that a chart names and draws in full; the others are a grey line or bar, found by its tooltip. Range 8 to
# 30, default 15: more names than lines of a screen are read by nobody.
MOST_NAMED = 15


def verdicts_chart(index: pl.DataFrame, most: int | None = 60) -> alt.Chart:
    """Each country's findings of progress (to the right) against those of backsliding (to the left).

    `index` is the table of that name; countries without a comparison are left out, and beyond the `most` with most
    findings (None: no limit) the title says that it shows no more.
    """
    alt = _altair()
    rows = (
        _table(index, "index")
        .filter(pl.col("verdict").is_not_null())
        .select("country", "verdict", "progress", backsliding=-pl.col("backsliding"))
    )
    rows = rows.sort(pl.col("progress") - pl.col("backsliding"), "country", descending=[True, False])
    shown = rows.head(most) if most is not None else rows
    long = shown.unpivot(["progress", "backsliding"], index=["country", "verdict"], value_name="findings")
    order = shown["country"]
    title = "Findings of progress and of backsliding"
    if shown.height < rows.height:
        title += f": the {shown.height} of {rows.height} countries with most"
    return _plain(
        alt.Chart(long, title=title)
        .mark_bar()
        .encode(
            x=alt.X(
                "findings:Q",
                title="◀ backsliding    findings    progress ▶",
                axis=alt.Axis(format="d", labelExpr="abs(datum.value)"),
            ),
            y=alt.Y("country:N", sort=order.to_list(), title=None),
            color=_colour(alt, "variable:N", {"progress": Verdict.PROGRESS, "backsliding": Verdict.BACKSLIDING}),
            tooltip=["country", "verdict", "variable", "findings"],
        )
    )


def indicator_chart(trends: pl.DataFrame, indicator: str, country: str | None = None) -> alt.LayerChart:
    """One indicator over the years as each report gives it: a line of the newest word on each year, a hollow mark
    where an older report said otherwise (restated), and a cross at the foot where no report has a number.

    `trends` is the table of that name. Raises `DiffingError` where it has no such indicator or country.
    """
    alt = _altair()
    trends = _table(trends, "trends")
    points = trends.filter(pl.col("indicator") == indicator, pl.col("breakdown").is_null())
    if country is not None:
        points = points.filter(pl.col("country") == country)
    if points.is_empty() and country is not None and not trends.filter(pl.col("indicator") == indicator).is_empty():
        raise DiffingError(_no_country(trends, country))
    if points.is_empty():
        there = ", ".join(sorted(trends["indicator"].drop_nulls().unique())) or "none"
        raise DiffingError(f"no trend of {indicator!r}{f' in {country}' if country else ''}; there are: {there}")
    points = points.with_columns(year=pl.col("year").cast(pl.String))
    newest = pl.col("report_year") == pl.col("report_year").max().over("country", "actor", "unit", "year")
    told = points.filter(pl.col("status") == Status.REPORTED.value, pl.col("value").is_not_null())
    silent = points.filter(pl.col("status") == Status.NOT_REPORTED.value, newest)
    silent = silent.join(told, on=["country", "actor", "unit", "year"], how="anti", nulls_equal=True)
    base = alt.Chart(told).encode(
        x=alt.X("year:O", title="year", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title=f"{indicator.replace('_', ' ')} ({_units(points)})"),
        color=_by_country(alt, told) if country is None else alt.value("#2f7dd1"),
        detail=["actor:N", "unit:N"],  # a line each: who counted, and what
        tooltip=["country", "actor", "year", "value", "basis", "report_year", "restated"],
    )
    crosses = (
        alt.Chart(silent)
        .mark_text(text="✕ not reported", fontSize=11, color=_INK, dy=-6)
        .encode(x="year:O", y=alt.datum(0), tooltip=["country", "year", "report_year"])
    )
    layers = (
        base.properties(data=told.filter(newest)).mark_line(opacity=0.6),
        base.mark_point(size=70, filled=True),
        base.transform_filter("datum.restated").mark_point(size=180, shape="diamond", filled=False, color=_INK),
        crosses,
    )
    title = f"{indicator.replace('_', ' ').capitalize()}{f', {country}' if country else ''}"
    return _plain(alt.layer(*layers).properties(title=title, width=420))


def _no_country(table: pl.DataFrame, country: str) -> str:
    """What to say of a country that a table does not have: the names that look like it, as the table writes them."""
    there = table["country"].unique().sort().to_list()
    near = [name for name in there if slug_like(name) == slug_like(country)] or get_close_matches(country, there, 3)
    return f"no country {country!r} in this table: " + (
        f"it is called {near[0]!r} there" if near else f"there are {', '.join(there[:MOST_NAMED])}"
    )


def slug_like(name: str) -> str:
    """A name without case, spaces and marks, to know "turkmenistan" for "Turkmenistan"."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _by_country(alt: Any, told: pl.DataFrame) -> Any:
    """A colour a country; beyond `MOST_NAMED`, those whose numbers moved most, and grey for the others."""
    moved = (
        told.group_by("country")
        .agg(moved=pl.col("value").max() - pl.col("value").min())
        .sort("moved", "country", descending=[True, False])
    )
    names = sorted(moved["country"].head(MOST_NAMED))
    # the usual ten colours would come twice
    scale = alt.Scale(domain=names, **({} if len(names) <= 10 else {"scheme": "tableau20"}))
    palette = alt.Color("country:N", title=None, scale=scale)
    if moved.height <= MOST_NAMED:
        return palette
    return alt.condition(alt.FieldOneOfPredicate(field="country", oneOf=names), palette, alt.value(_QUIET))


def carried_over_chart(sections: pl.DataFrame, country: str | None = None) -> alt.Chart:
    """How much of each section was carried over: the share of its sentences that are equal, edited, added, ...

    `sections` is the table of that name, of one country or of many.
    """
    alt = _altair()
    rows = _table(sections, "sections") if country is None else sections.filter(pl.col("country") == country)
    long = (
        rows.group_by("section", maintain_order=True)
        .agg(pl.col(list(_OP_COLOURS)).sum())
        .unpivot(list(_OP_COLOURS), index="section", variable_name="op", value_name="sentences")
        .filter(pl.col("sentences") > 0)
    )
    return _plain(
        alt.Chart(long, title="What became of the sentences of each section")
        .mark_bar()
        .encode(
            x=alt.X("sentences:Q", stack="normalize", title="share of the sentences", axis=alt.Axis(format="%")),
            y=alt.Y("section:N", sort=rows["section"].unique(maintain_order=True).to_list(), title=None),
            color=_colour(alt, "op:N", {op: op for op in _OP_COLOURS}, _OP_COLOURS),
            order=alt.Order("rank:Q"),
            tooltip=["section", "op", "sentences"],
        )
        .transform_calculate(rank=f"indexof({list(_OP_COLOURS)}, datum.op)")
    )


def heat_map(changes: pl.DataFrame) -> alt.LayerChart:
    """Countries by indicators: the newest change of each, coloured by its verdict, with an arrow for its direction.

    `changes` is the table of that name; restatements and parts of a whole are left out.
    """
    alt = _altair()
    arrows = {
        Direction.UP: "↑", Direction.DOWN: "↓", Direction.SAME: "=", Direction.NO_LONGER_REPORTED: "✕",
        Direction.NEWLY_REPORTED: "+", Direction.NOT_COMPARABLE: "≠",
    }  # fmt: skip
    newest = (
        _table(changes, "changes")
        .filter(~pl.col("restated"), pl.col("breakdown").is_null(), pl.col("indicator").is_not_null())
        .sort("to_year")
        .group_by("country", "indicator")
        .last()
        .with_columns(arrow=pl.col("direction").replace({key.value: arrow for key, arrow in arrows.items()}))
        .sort("country", "indicator")
    )
    base = alt.Chart(newest).encode(
        x=alt.X("indicator:N", title=None, axis=alt.Axis(labelAngle=-40, labelLimit=220)),
        y=alt.Y("country:N", title=None),
        tooltip=["country", "indicator", "from_year", "from_value", "to_year", "to_value", "direction", "verdict"],
    )
    cells = base.mark_rect(stroke=_INK, strokeWidth=0.4).encode(
        color=_colour(alt, "verdict:N", {verdict.value: verdict for verdict in VERDICT_COLOURS})
    )
    marks = base.mark_text(fontSize=11, color="#1b1f24").encode(text="arrow:N")
    return _plain(alt.layer(cells, marks).properties(title="The newest change of each indicator"))


def small_multiples(trends: pl.DataFrame, indicator: str, most: int = 24) -> alt.FacetChart:
    """One small chart a country of one indicator over the years, those whose numbers moved most first.

    `trends` is the table of that name; each country has its own scale. A year without a number is a gap, and a cross at
    the foot where a report says that it has none. Raises `DiffingError` where there is no such indicator.
    """
    alt = _altair()
    points = newest_told(trends, indicator)
    told = points.filter(pl.col("value").is_not_null())
    order = (
        told.group_by("country")
        .agg(moved=(pl.col("value").max() - pl.col("value").min()) / (pl.col("value").max().abs() + 1))
        .sort("moved", "country", descending=[True, False])["country"]
        .head(most)
        .to_list()
    )
    shown = points.filter(pl.col("country").is_in(order)).with_columns(silent=pl.lit(0))
    base = alt.Chart().encode(x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=-45, labelOverlap=True)))
    line = base.mark_line(point=True, color="#2f7dd1").encode(
        y=alt.Y("value:Q", title=None), tooltip=["country", "year", "value", "report_year"]
    )
    cross = (
        base.transform_filter("datum.status == 'not_reported'")
        .mark_text(text="✕", color=_INK)
        .encode(y="silent:Q", tooltip=["country", "year", "status"])
    )
    return _plain(
        alt.layer(line, cross, data=shown)
        .properties(width=150, height=80)
        .facet(alt.Facet("country:N", sort=order, title=None), columns=min(4, max(1, len(order))))
        .resolve_scale(y="independent")
        .properties(title=f"{indicator.replace('_', ' ').capitalize()} ({_units(points)}); ✕ not reported")
    )


def years_heat_map(trends: pl.DataFrame, indicator: str) -> alt.LayerChart:
    """Countries by years: the number of one indicator in each, darker for more within a country; ✕ not reported.

    `trends` is the table of that name. Raises `DiffingError` where there is no such indicator.
    """
    alt = _altair()
    points = newest_told(trends, indicator).with_columns(
        share=pl.col("value") / pl.col("value").max().over("country").clip(1),
        shown=pl.when(pl.col("status") == Status.NOT_REPORTED.value)
        .then(pl.lit("✕"))
        .when(pl.col("value").is_null())
        .then(pl.lit("≈"))
        .otherwise(pl.col("value").round(0).cast(pl.Int64, strict=False).cast(pl.String)),
    )
    base = alt.Chart(points).encode(
        x=alt.X("year:O", title="year", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("country:N", title=None),
        tooltip=["country", "year", "value", "status", "report_year"],
    )
    cells = base.mark_rect().encode(
        color=alt.Color(
            "share:Q",
            title="of its own largest",
            scale=alt.Scale(range=["#eef4fb", "#7fb0e6"]),
            legend=alt.Legend(format="%"),
        )
    )
    marks = base.mark_text(fontSize=11, color="#1b1f24").encode(text="shown:N")
    told = "✕ not reported, ≈ no single number, empty: not mentioned"
    title = f"{indicator.replace('_', ' ').capitalize()} ({_units(points)}); {told}"
    return _plain(alt.layer(cells, marks).properties(title=title, width=alt.Step(46)))


def newest_told(trends: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """A row for each country and year of one indicator: the government's whole number, the `chosen` of those told.

    Raises `DiffingError` where the table has no such indicator.
    """
    points = _table(trends, "trends").filter(
        pl.col("indicator") == indicator, pl.col("breakdown").is_null(), pl.col("actor") == Actor.GOVERNMENT.value
    )
    if points.is_empty():
        there = ", ".join(sorted(trends["indicator"].drop_nulls().unique())) or "none"
        raise DiffingError(f"no trend of {indicator!r}; there are: {there}")
    newest = points.sort([name for name in ("chosen", "report_year") if name in points.columns], maintain_order=True)
    return newest.group_by("country", "year", maintain_order=True).last().sort("country", "year")


# A column by which each table is known from the others.
_KNOWN_BY = {"index": "similarity", "trends": "report_year", "sections": "section", "changes": "from_year"}


def _table(given: object, name: str) -> pl.DataFrame:
    """`given`, which a chart takes for the table `name`; `DiffingError` for anything else."""
    if not isinstance(given, pl.DataFrame) or _KNOWN_BY[name] not in given.columns:
        what = "another table" if isinstance(given, pl.DataFrame) else f"a {type(given).__name__}"
        raise DiffingError(f"this chart is of the table {name} (year.{name}), not of {what}")
    return given


def _units(points: pl.DataFrame) -> str:
    return ", ".join(points["unit"].drop_nulls().unique().sort()) or "no unit"


def _altair() -> Any:
    """Altair; how the user's own charts are shown is left as it is."""
    try:
        import altair
    except ImportError as error:
        raise DiffingError("charts need Altair: `make lab` installs it") from error
    return altair


def _colour(alt: Any, field: str, domain: dict[str, Any], colours: dict[Any, str] | None = None) -> Any:
    known = colours or VERDICT_COLOURS
    scale = alt.Scale(domain=list(domain), range=[known[domain[name]] for name in domain])
    return alt.Color(field, scale=scale, legend=alt.Legend(title=None))


def _plain(chart: Any) -> Any:
    """`chart` on its own plate; it shows itself as pictures, or drawn by JupyterLab with words at the pointer."""
    styled = (
        chart.configure(background=_PLATE, padding=12)
        .configure_view(strokeWidth=0)
        .configure_axis(
            labelColor=_INK, titleColor=_INK, gridColor=_QUIET, gridOpacity=0.4, labelFontSize=12, titleFontSize=12
        )
        .configure_legend(labelColor=_INK, titleColor=_INK, labelFontSize=12)
        .configure_header(labelColor=_INK, titleColor=_INK, labelFontSize=12)
        .configure_title(color=_INK, anchor="start", fontSize=14)
    )
    # on this chart alone: one that is made from it goes the way of the user's renderer
    object.__setattr__(styled, "_repr_mimebundle_", lambda *_, **__: pictures(styled))
    return styled


def pictures(chart: Any) -> dict[str, Any]:
    """`chart` as SVG and, for a notebook that is not trusted, as PNG (base64 text): a bundle by MIME type.

    JupyterLab draws it by itself, from what it has at hand, and shows the country under the pointer.
    """
    import base64
    import io

    svg, png = io.StringIO(), io.BytesIO()
    with _altair().data_transformers.disable_max_rows():  # 200 countries over 25 years are more than Altair's 5,000
        chart.save(svg, format="svg")
        chart.save(png, format="png", scale_factor=2)
        drawn = chart.to_dict()
    drawn |= {"$schema": _DRAWN_AS, "usermeta": {"embedOptions": {"actions": False}}}  # no menu that leads to the web
    return {
        _LIVE: drawn,
        "image/svg+xml": svg.getvalue(),
        "image/png": base64.b64encode(png.getvalue()).decode(),
    }
