"""What the text of a country's page is made of: sections of rows, and the way from a sentence back to its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct, field

COUNTED = ("edited", "split", "merged", "added", "removed", "moved")


class Back(Struct, frozen=True):
    """The way from a sentence back to a finding that rests on it."""

    href: str
    sign: str


class RowView(Struct):
    """One row: `kind` is change, gap, same, heading or stub; the texts are escaped already."""

    kind: str
    id: str = ""
    css: str = ""
    tag: str = ""
    tag_links: Sequence[tuple[str, str, str]] = ()  # (words before, href, label)
    old: Sequence[Markup] = ()
    new: Sequence[Markup] = ()
    both: Sequence[Markup] = ()
    count: int = 0
    left: list[RowView] = field(default_factory=list)
    right: list[RowView] = field(default_factory=list)
    backs: Sequence[Back] = ()

    @property
    def classes(self) -> Markup:
        """Its classes as an attribute's value, without quotes where there is one."""
        return Markup(f'"{self.css}"' if " " in self.css else self.css)

    @property
    def one_side(self) -> str:
        """Of a gap: the side that alone has sentences in it, old or new; empty where both have."""
        return "" if self.left and self.right else "old" if self.left else "new"

    @property
    def plain(self) -> bool:
        """Whether its tag is one word and leads nowhere but to the row itself."""
        return bool(self.tag) and not self.tag_links and not self.backs


class BlockView(Struct):
    """A section of the text: its title, what happened in it, and its rows."""

    id: str
    key: str
    title: str
    printed: Sequence[Markup]
    note: str
    counts: Counter[str]
    rows: list[RowView]

    @property
    def changes(self) -> str:
        """'3 edited, 1 added', or 'unchanged'; nothing where one text lacks the section and its sentences moved."""
        said = [f"{self.counts[op]} {op}" for op in COUNTED if self.counts[op]]
        return ", ".join(said) or ("unchanged" if self.rows and not self.note else "")

    @property
    def brief(self) -> str:
        """'~3 +2 −1': what changed, for the table of contents."""
        edited = self.counts["edited"] + self.counts["split"] + self.counts["merged"]
        signs = (("~", edited), ("+", self.counts["added"]), ("−", self.counts["removed"]), ("⇄", self.counts["moved"]))
        return " ".join(f"{sign}{count}" for sign, count in signs if count)


def back_links(backs: Iterable[Back]) -> Markup:
    """The signs behind an unchanged sentence that lead to the findings which rest on it."""
    return Markup("").join(Markup("<a class=back href={}>{}</a>").format(back.href, back.sign) for back in backs)


def since_mark(year: int) -> Markup:
    """The edition since which a sentence stands in these words, small behind it."""
    return Markup("<sup class=since>{}</sup>").format(year)
