"""Charts for notebooks: each function takes one of the tables and returns an Altair chart to go on with.

They show themselves as SVG, which needs no network and no script, and read on light and dark grounds alike.
Blue is progress and orange backsliding, as on the pages; shape or place says the same beside the colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from diffing.model import DiffingError, Direction, Status, Verdict

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
_INK = "#75808b"  # reads on white (4.0) and on JupyterLab's dark ground (4.5) alike


def verdicts_chart(index: pl.DataFrame) -> alt.Chart:
    """Each country's findings of progress (to the right) against those of backsliding (to the left).

    `index` is the table of that name; countries without a comparison are left out.
    """
    alt = _altair()
    rows = index.filter(pl.col("verdict").is_not_null()).select(
        "country", "verdict", "progress", backsliding=-pl.col("backsliding")
    )
    long = rows.unpivot(["progress", "backsliding"], index=["country", "verdict"], value_name="findings")
    order = rows.sort(pl.col("progress") + pl.col("backsliding"), "country", descending=[True, False])["country"]
    return _plain(
        alt.Chart(long, title="Findings of progress and of backsliding")
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
    points = trends.filter(pl.col("indicator") == indicator, pl.col("breakdown").is_null())
    if country is not None:
        points = points.filter(pl.col("country") == country)
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
        y=alt.Y("value:Q", title=indicator.replace("_", " ")),
        color=alt.Color("country:N", title=None) if country is None else alt.value("#2f7dd1"),
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


def carried_over_chart(sections: pl.DataFrame, country: str | None = None) -> alt.Chart:
    """How much of each section was carried over: the share of its sentences that are equal, edited, added, ...

    `sections` is the table of that name, of one country or of many.
    """
    alt = _altair()
    rows = sections if country is None else sections.filter(pl.col("country") == country)
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
        changes.filter(~pl.col("restated"), pl.col("breakdown").is_null(), pl.col("indicator").is_not_null())
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


def _altair() -> Any:
    """Altair, set to show charts as SVG; a renderer that the user chose is left as it is."""
    try:
        import altair
    except ImportError as error:
        raise DiffingError("charts need Altair: `make lab` installs it, or pip install 'diffing[lab]'") from error
    if altair.renderers.active == "default":
        altair.renderers.enable("svg")
    return altair


def _colour(alt: Any, field: str, domain: dict[str, Any], colours: dict[Any, str] | None = None) -> Any:
    known = colours or VERDICT_COLOURS
    scale = alt.Scale(domain=list(domain), range=[known[domain[name]] for name in domain])
    return alt.Color(field, scale=scale, legend=alt.Legend(title=None))


def _plain(chart: Any) -> Any:
    """`chart` on no ground of its own, in ink that reads on any."""
    return (
        chart.configure(background="transparent")
        .configure_view(strokeWidth=0)
        .configure_axis(labelColor=_INK, titleColor=_INK, gridOpacity=0.25, labelFontSize=12, titleFontSize=12)
        .configure_legend(labelColor=_INK, labelFontSize=12)
        .configure_title(color=_INK, anchor="start", fontSize=14)
    )
