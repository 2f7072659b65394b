"""A page as tests look at it: its elements, ids and words; and the page of the pair in `display_pair`."""

from __future__ import annotations

from html.parser import HTMLParser

import display_pair as made

from diffing import reporting
from diffing.model import Judgement, Pair

BLOCKS = {"p", "div", "li", "td", "th", "dt", "dd", "summary", "details", "h2", "h3", "caption", "title", "small"}
VOID = {"meta", "link", "br", "input"}


class Page(HTMLParser):
    """What a page is made of: elements in order, ids, links within it, and the text that is no style or script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in BLOCKS:
            self.text += " "
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


def country(pair: Pair | None = None, judgement: Judgement | None = None) -> str:
    return reporting.country_page(
        pair or made.pair(), judgement or made.judgement(), made.SIGNATURE, index_href="index.html"
    )


def year(**given: object) -> str:
    """The page of the year, with what a test gives otherwise."""
    return reporting.index_page(made.year(**given))
