"""The pages: view models put into Jinja2 templates that compute nothing.

Style and script are part of every page, so that a page travels by mail, and are allowed by their hashes in a policy
that allows nothing else: no request leaves a page, whatever a narrative says.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from diffing.model import EditorialChange, Finding, Judgement, Pair, Problem, Signature, TrendPoint
from diffing.profile import Profile
from diffing.reporting.country_view import country_view

_HERE = Path(__file__).parent
_NEIGHBOURS = Markup("<!--neighbours-->")  # no narrative can hold it: what it says is escaped
Neighbour = tuple[str, str]
"""A country's slug, which names its page, and its name."""


@dataclass(frozen=True, slots=True)
class YearFinding:
    """A finding on the year's page: its country's page is ``<slug>.html``, where it has the id `anchor`."""

    finding: Finding
    slug: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """What the year's page is made of.

    `index` are rows of the table `index` with five more keys: `slug` (None where there is no page), `on_little`
    (whether the verdict rests on little evidence), and the counts of changes up to the new reporting period
    `figures_up`, `figures_down` and `figures_no_longer_reported`.
    `tables` are the names of the tables that lie beside the page as ``tables/<name>.csv`` and ``.parquet``.
    `trends` are the points of all countries' series, for a sparkline beside each country; it takes the `profile`.
    `editorial` None: nobody could look for changes of the edition, as single countries were asked for.
    """

    title: str
    profile_title: str
    old_year: int
    new_year: int
    index: Sequence[Mapping[str, Any]]
    findings: Sequence[YearFinding]
    editorial: Sequence[EditorialChange] | None
    problems: Sequence[Problem]
    new_countries: Sequence[str]
    gone_countries: Sequence[str]
    signature: Signature
    profile: Profile | None = None
    trends: Sequence[TrendPoint] | None = None
    tables: Collection[str] = ()


def country_page(pair: Pair, judgement: Judgement, signature: Signature, *, index_href: str | None = None) -> str:
    """The page of one country as one self-contained HTML text.

    `index_href` is where the year's page stands, None where there is none.
    """
    view = country_view(pair, judgement, signature, index_href)
    return _template("country.html").render(view=view, neighbours=_NEIGHBOURS, **_assets("report.css"))


def with_neighbours(page: str, before: Neighbour | None, after: Neighbour | None) -> str:
    """A country's page with links to the countries before and after it, which it does not know when it is made."""
    links = [
        Markup(' · <a rel="{}" href="{}.html">{}{}{}</a>').format(rel, quote(one[0]), left, one[1], right)
        for rel, one, left, right in (("prev", before, "← ", ""), ("next", after, "", " →"))
        if one is not None
    ]
    return page.replace(_NEIGHBOURS, "".join(links), 1)


def index_page(year: YearPage) -> str:
    """The page of a year as one self-contained HTML text: all countries, their findings, what the edition changed."""
    from diffing.reporting.index_view import index_view

    return _template("index.html").render(view=index_view(year), **_assets("report.css", "index.css"))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@lru_cache(maxsize=8)
def _template(name: str) -> Template:
    return _environment().get_template(name)


@lru_cache(maxsize=2)
def _assets(*styles: str) -> dict[str, Markup]:
    """The style, the script, and the policy that allows these two and nothing else."""
    css = "".join((_HERE / "static" / name).read_text("utf-8") for name in styles)
    script = _lean((_HERE / "static" / "report.js").read_text("utf-8"))
    policy = (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"css": Markup(css), "script": Markup(script), "policy": Markup(policy)}


def _lean(script: str) -> str:
    """`script` without indents and comment lines: every page of a year carries it."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
