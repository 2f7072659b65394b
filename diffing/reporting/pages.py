"""The pages: view models put into Jinja2 templates that compute nothing.

Style and script are part of every page, so that a page travels by mail, and are allowed by their hashes in a policy
that allows nothing else: no request leaves a page, whatever a narrative says.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket
from markupsafe import Markup
from rjsmin import jsmin

from diffing.model import Age, Judgement, Pair, Signature
from diffing.reporting.country_view import country_view, signature_rows
from diffing.reporting.marked_words import clean
from diffing.reporting.year_page import YearPage

_HERE = Path(__file__).parent
_NEIGHBOURS = Markup("<!--neighbours-->")  # no narrative can hold it: what it says is escaped
Neighbour = tuple[str, str]
"""A country's slug, which names its page, and its name."""


def country_page(
    pair: Pair,
    judgement: Judgement,
    signature: Signature,
    *,
    index_href: str | None = None,
    sources: Sequence[str | None] = (),
    ages: Sequence[Age] = (),
    history_href: str | None = None,
) -> str:
    """The page of one country as one self-contained HTML text.

    `index_href` is where the year's page stands, None where there is none; `sources` are the addresses of the old
    and the new text, None where nobody knows it. `ages` are those of the new sentences, and `history_href` where the
    country's history stands, if there is one.
    """
    view = country_view(pair, judgement, signature, index_href, sources, ages, history_href)
    known = dict(view.sources)
    about = {
        "country": view.country,
        "profile": view.profile_title,
        "old": {"year": view.old_year, "url": known.get(view.old_year, "")},
        "new": {"year": view.new_year, "url": known.get(view.new_year, "")},
        "tool": f"diffing {signature.version}",
        "draft": draft_name(signature.profile, view.old_year, view.new_year),
    }
    return _template("country.html").render(
        view=view, neighbours=_NEIGHBOURS, about=as_data(about), **_assets("country")
    )


def draft_name(profile: str, old_year: int, new_year: int) -> str:
    """Where a browser keeps a reader's marks of a year."""
    return f"diffing-review:{profile}:{old_year}-{new_year}"


def as_data(value: object) -> Markup:
    """`value` as JSON that no text in it can end: what a script reads on its page."""
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        said = said.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(said)


def with_neighbours(page: str, before: Neighbour | None, after: Neighbour | None) -> str:
    """A country's page with links to the countries before and after it, which it does not know when it is made."""
    links = [
        Markup(' · <a rel="{}" href="{}.html">{}{}{}</a>').format(rel, quote(one[0]), left, clean(one[1]), right)
        for rel, one, left, right in (("prev", before, "← ", ""), ("next", after, "", " →"))
        if one is not None
    ]
    return page.replace(_NEIGHBOURS, "".join(links), 1)


def index_page(year: YearPage) -> str:
    """The page of a year as one self-contained HTML text: all countries, their findings, what the edition changed."""

    from diffing.reporting.index_view import index_view

    view = index_view(year)
    about = {"facets": [{"key": f.key, "title": f.title, "values": f.values} for f in view.facets]}
    return _template("index.html").render(view=view, about=as_data(about), **_assets("index"))


def render(template: str, kind: str, view: object) -> str:
    """A page of another kind: `template` filled with `view`, dressed as `kind` is."""
    return _template(template).render(view=view, neighbours=_NEIGHBOURS, about=as_data({}), **_assets(kind))


class _Beside(FileSystemBytecodeCache):
    """Compiled templates, beside them as Python keeps compiled modules: whoever may write there may change both."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a template's code where Python would keep a module's."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    templates = _HERE / "templates"
    return Environment(
        loader=FileSystemLoader(templates),
        bytecode_cache=_Beside(str(templates / "__pycache__"), "%s.pyc"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@lru_cache(maxsize=8)
def _template(name: str) -> Template:
    return _environment().get_template(name)


def search_page(year: YearPage, sentences: Mapping[str, Iterable[Mapping[str, Any]]]) -> str:
    """The page on which all texts of a year are searched; `sentences` are the rows of that table by country's name."""
    from diffing.reporting.search_view import search_data

    about = {
        "profile": clean(year.profile_title),
        "old": {"year": year.old_year},
        "new": {"year": year.new_year},
        "tool": f"diffing {year.signature.version}",
    }
    view = {
        "title": clean(year.title),
        "old_year": year.old_year,
        "new_year": year.new_year,
        "index": as_data(search_data(year, sentences)),
        "signature": signature_rows(year.signature),
        "signature_more": [],
    }
    return _template("search.html").render(view=view, about=as_data(about), **_assets("search"))


def review_page(year: YearPage) -> str:
    """The page on which a reader goes through the findings of a year and says what is right."""
    from diffing.reporting.review_view import review_view

    view = review_view(year)
    about = {
        "facets": [{"key": f.key, "title": f.title, "values": f.values} for f in view.facets],
        "profile": view.profile_title,
        "old": {"year": view.old_year},
        "new": {"year": view.new_year},
        "tool": f"diffing {year.signature.version}",
        "version": year.signature.version,
        "draft": draft_name(year.signature.profile, year.old_year, year.new_year),
    }
    return _template("review.html").render(view=view, about=as_data(about), **_assets("review"))


# What each kind of page is dressed with and does, in order: a page carries no more than it needs.
STYLES = {
    "country": ("report.css",),
    "index": ("report.css", "facets.css", "index.css"),
    "history": ("report.css", "history.css"),
    "years": ("report.css", "history.css"),
    "search": ("report.css", "search.css"),
    "review": ("report.css", "facets.css", "review.css"),
}
SCRIPTS = {
    "country": ("base.js", "words.js", "cite.js", "sentences.js", "country.js"),
    "index": ("base.js", "words.js", "facets.js", "index.js"),
    "history": ("base.js", "history.js"),
    "years": ("base.js", "years.js"),
    "search": ("base.js", "packed.js", "words.js", "cite.js", "search.js"),
    "review": ("base.js", "packed.js", "cite.js", "facets.js", "review.js"),
}


@lru_cache(maxsize=8)
def _assets(kind: str) -> dict[str, Markup]:
    """The style, the script, and the policy that allows these two and nothing else.

    The script stands in the head: its first part runs before anything is painted, the rest when the page is read.
    """
    static = _HERE / "static"
    css = "".join((static / name).read_text("utf-8") for name in STYLES[kind]).replace("\n", "")
    parts = "\n".join((static / name).read_text("utf-8") for name in SCRIPTS[kind])
    first = (static / "head.js").read_text("utf-8")
    script = jsmin(f"{first}\naddEventListener('DOMContentLoaded', () => {{\n'use strict';\n{parts}\n}});\n")
    policy = (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"css": Markup(css), "script": Markup(script), "policy": Markup(policy)}


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
