"""The aligned text as the country page shows it: sections of rows with their words marked, ids and links.

What is unchanged is printed once across both columns and folded; what moved is linked both ways.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct

from diffing.model import Age, Judgement, Op, Pair, Sentence
from diffing.reporting.anchors import Anchors, change_anchor, sentence_anchor
from diffing.reporting.country_text_rows import COUNTED, Back, BlockView, RowView, back_links, since_mark
from diffing.reporting.layout import Block, Item, blocks
from diffing.reporting.marked_words import clean, plain, sides
from diffing.reporting.wording import OPS, SIGNS, listed, section_title

# Unchanged runs of fewer sentences are shown as they are: a fold would hide no more than its own line
# (range 1 to 10). At 1 every unchanged sentence is folded and the text reads like a list of folds.
FOLD_FROM = 3
# Letters of a sentence that a stub quotes, enough to know it by (range 20 to 120); more prints texts twice.
EXCERPT = 60


_NO_ID = re.compile(r"[^\w-]+")
# Two sentences that differ in these alone are edited in their marks, and in no word: quotes, dashes, what a line ends.
_MARKS = re.compile(r"[^\w$€£¥%+<>=/&@#]+")


class TextView(Struct):
    """The whole text, and where each sentence of either side stands: sentence index -> id."""

    blocks: list[BlockView]
    old_ids: dict[int, str]
    new_ids: dict[int, str]

    @property
    def has_marks(self) -> bool:
        """Whether some edit is one of marks alone: then a reader may hide those."""
        return any(row.css.endswith(" marks") for block in self.blocks for row in block.rows)


def cited_sentences(pair: Pair, judgement: Judgement) -> tuple[set[int], set[int], set[int], set[int]]:
    """Sentence indices of both sides that something on the page links to, and those whose figures changed.

    (old cited, new cited, old with changed figures, new with changed figures)
    """
    old: set[int] = set()
    new: set[int] = set()
    old_figures: set[int] = set()
    new_figures: set[int] = set()
    for finding in judgement.findings:
        old.update(finding.old_sentences)
        new.update(finding.new_sentences)
    for change in judgement.changes:
        moved = change.direction.value not in ("same", "not_comparable") or change.restated
        for year, sentence in ((change.from_report, change.from_sentence), (change.to_report, change.to_sentence)):
            if sentence is None:
                continue
            if year == pair.old.year:
                old.add(sentence)
                old_figures.update((sentence,) if moved else ())
            elif year == pair.new.year:
                new.add(sentence)
                new_figures.update((sentence,) if moved else ())
    for item in judgement.recommendations:
        old.update(() if item.old_sentence is None else (item.old_sentence,))
        new.update(i for i in (item.new_sentence, item.follow_up_sentence) if i is not None)
    return old, new, old_figures, new_figures


def text_view(
    pair: Pair, judgement: Judgement, anchors: Anchors, names: Sequence[str] = (), ages: Sequence[Age] = ()
) -> TextView:
    """The rows of the page's text, section by section, with an id for each change and each cited sentence.

    `names` are the ids of the judgement's findings on the page, to which their sentences lead back; `ages`
    those of the new sentences, where the history knows them.
    """
    return _Builder(pair, judgement, anchors, names, ages).build()


class _Builder:
    def __init__(
        self, pair: Pair, judgement: Judgement, anchors: Anchors, names: Sequence[str], ages: Sequence[Age]
    ) -> None:
        self.pair, self.anchors, self.ages = pair, anchors, ages
        self.old, self.new = pair.old.sentences, pair.new.sentences
        self.old_keys, self.new_keys = pair.old.sentence_sections, pair.new.sentence_sections
        self.old_cited, self.new_cited, self.old_figures, self.new_figures = cited_sentences(pair, judgement)
        self.found_old = {i for finding in judgement.findings for i in finding.old_sentences}
        self.found_new = {j for finding in judgement.findings for j in finding.new_sentences}
        self.old_backs: dict[int, list[Back]] = {}
        self.new_backs: dict[int, list[Back]] = {}
        for finding, name in zip(judgement.findings, names, strict=False):
            back = Back(f"#{name}", SIGNS[finding.verdict])
            for backs, sentences in ((self.old_backs, finding.old_sentences), (self.new_backs, finding.new_sentences)):
                for index in sentences:
                    backs.setdefault(index, []).append(back)
        self.old_ids: dict[int, str] = {}
        self.new_ids: dict[int, str] = {}
        self.link_ids: dict[int, str] = {}
        self.stubbed: set[int] = set()
        self.titles: dict[str, str] = {}

    def build(self) -> TextView:
        laid = blocks(self.pair)
        for block in laid:  # ids first: a stub may stand before the row that it leads to
            for item in block.items:
                if item.kind == "row":
                    self._name(item)
                elif item.kind == "stub" and item.link is not None:
                    self.stubbed.add(item.link)
        return TextView([self._block(block) for block in laid], self.old_ids, self.new_ids)

    def _name(self, item: Item) -> None:
        if _is_same(item):
            i, j = item.old[0], item.new[0]
            if i not in self.old_cited and j not in self.new_cited:
                return
            name = sentence_anchor(self.new[j].text)
        else:
            name = change_anchor(
                " ".join(self.old[i].text for i in item.old) if item.old else None,
                " ".join(self.new[j].text for j in item.new) if item.new else None,
            )
        name = self.anchors.unique(name)
        self.old_ids.update(dict.fromkeys(item.old, name))
        self.new_ids.update(dict.fromkeys(item.new, name))
        if item.link is not None:
            self.link_ids[item.link] = name

    def _title(self, key: str) -> str:
        title = self.titles.get(key)
        if title is None:
            title = self.titles[key] = section_title(self.pair.new.profile, key)
        return title

    def _block(self, block: Block) -> BlockView:
        counts: Counter[str] = Counter()
        for item in block.items:
            if item.kind == "row":
                counts[item.op.value] += 1
                counts["moved"] += self._moved(item)
        note = ""
        if block.old is None:
            note = f"not in {self.pair.old.year}"
        elif block.new is None:
            note = f"no longer there in {self.pair.new.year}"
        title = self._block_title(block)
        leading = next((n for n, item in enumerate(block.items) if item.kind != "heading"), len(block.items))
        return BlockView(
            id=self.anchors.unique(f"section-{_NO_ID.sub('-', block.key)}"),
            key=block.key,
            title=title,
            printed=[_heading(item) for item in block.items[:leading] if not _says(item, title)],
            note=note,
            counts=counts,
            rows=self._rows(block, block.items[leading:]),
        )

    def _backs(self, item: Item) -> list[Back]:
        """The findings that rest on a row, each once."""
        backs = [back for i in item.old for back in self.old_backs.get(i, ())]
        backs += [back for j in item.new for back in self.new_backs.get(j, ())]
        return list({back.href: back for back in backs}.values())

    def _block_title(self, block: Block) -> str:
        """A subsection is called what its heading says ("d. Freedom of Movement"), a section what its profile says."""
        section = self.pair.old.sections[block.old] if block.old is not None else None
        section = self.pair.new.sections[block.new] if block.new is not None else section
        title = self._title(block.key)
        if section is not None and section.heading:
            heading = clean(" ".join(section.heading.split()))
            if "." in block.key:
                return heading
            if heading.strip(" .:") == title and len(section.headings) > 1:  # "Section 7." and, behind it, its name
                number, name = section.headings[:2]
                text = self.pair.old.text if block.new is None else self.pair.new.text
                if not text[number.end : name.start].strip():
                    return f"{title}. {clean(' '.join(name.text.split()))}"
        return title

    def _rows(self, block: Block, items: Sequence[Item]) -> list[RowView]:
        rows: list[RowView] = []
        same: list[Item] = []
        for item in items:
            if _is_same(item) and not (block.old is None and item.old):
                same.append(item)
                continue
            if same:
                rows.append(self._same(same))
                same = []
            rows.extend(self._changed(block, item, rows))
        if same:
            rows.append(self._same(same))
        return rows

    def _same(self, items: Sequence[Item]) -> RowView:
        """A run of unchanged sentences, in the paragraphs of the new text, each printed once and a line of its own."""
        text = self.pair.new.text
        paragraphs: list[Markup] = []
        line: list[str] = []
        before = -1
        for item in items:
            sentence = self.new[item.new[0]]
            if line and "\n" in text[before : sentence.start]:
                paragraphs.append(Markup("\n".join(line)))
                line = []
            before = sentence.end
            said = plain(" ".join(sentence.text.split()))
            name = self.new_ids.get(item.new[0])
            if self.ages:
                said += since_mark(self.ages[item.new[0]].same_since)
            line.append(f'<span id="{name}">{said}</span>{back_links(self._backs(item))}' if name else said)
        paragraphs.append(Markup("\n".join(line)))
        row = RowView("same", both=paragraphs, count=len(items) if len(items) >= FOLD_FROM else 0)
        if any(self._moved(item) for item in items):
            row.tag = "moved with the section"
        return row

    def _changed(self, block: Block, item: Item, rows: list[RowView]) -> Iterable[RowView]:
        """The row of a change; sentences of one side alone gather in a gap, old ones left and new ones right."""
        if item.kind == "heading":
            return [RowView("heading", both=[_heading(item)])]
        if item.kind == "row" and item.link is not None:
            return [self._linked(block, item)]
        lone = self._stub(item) if item.kind in ("stub", "more") else self._lone(item)
        gap = rows[-1] if rows and rows[-1].kind == "gap" else RowView("gap")
        (gap.right if item.kind == "more" or item.op is Op.ADDED else gap.left).append(lone)
        return [] if rows and rows[-1] is gap else [gap]

    def _lone(self, item: Item) -> RowView:
        sentence = self.old[item.old[0]] if item.old else self.new[item.new[0]]
        name = self.old_ids[item.old[0]] if item.old else self.new_ids[item.new[0]]
        css = f"{item.op.value}{self._flags(item)}"
        return RowView("change", name, css, OPS[item.op], both=[plain(sentence.text)], backs=self._backs(item))

    def _linked(self, block: Block, item: Item) -> RowView:
        assert item.link is not None
        moved = self._moved(item)
        css = f"{item.op.value}{' moved' if moved else ''}{self._flags(item)}"
        row = RowView("change", self.link_ids[item.link], css, backs=self._backs(item))
        said = [] if item.op is Op.EQUAL else [_op_words(item)]
        marks_alone = item.op is Op.EDITED and self._words(item.old, self.old) == self._words(item.new, self.new)
        if marks_alone:
            said = ["only its marks edited"]
        old_key, new_key = self.old_keys[item.old[0]], self.new_keys[item.new[0]]
        place = self._title(old_key) if old_key != new_key else "elsewhere in this section"
        if item.link in self.stubbed and not _split_only(item):
            row.tag_links = [("moved from" if moved else "was in", f"#{_stub_id(row.id)}", place)]
        elif moved:
            said.append("moved with its section")
        elif old_key != new_key:
            said.append(f"was in {place}")
        row.tag = ", ".join(said)
        if self.ages and row.tag and (origin := self.ages[item.new[0]].origin) < self.pair.new.year:
            row.tag += f", in some form since {origin}"
        if not row.tag:  # a permalink needs a word to press on
            row.tag = "moved" if moved else OPS[item.op]
            row.tag_links = [(words.removeprefix("moved "), href, label) for words, href, label in row.tag_links]
        if row.tag != OPS[item.op] or row.tag_links:
            row.css += " more"  # the sign in the margin would not say it all
        if marks_alone:
            row.css += " marks"
        if item.op is Op.EQUAL:
            row.both = [plain(self.new[item.new[0]].text)]
        else:
            old, new = sides(self.pair.edits[item.link])
            row.old, row.new = [old], [new]
        return row

    def _stub(self, item: Item) -> RowView:
        assert item.link is not None
        name = self.link_ids[item.link]
        answer = self.pair.links[item.link]
        if item.kind == "more":
            first = self.new[item.new[0]].text
            return RowView("stub", tag_links=[("shown with", f"#{name}", "the sentences it was split from")],
                           both=[_excerpt(first)])  # fmt: skip
        key = self.new_keys[answer.new[0]]
        place = self._title(key) if key != self.old_keys[item.old[0]] else "elsewhere in this section"
        word = "moved to" if answer.moved else "merged into" if item.op is Op.MERGED else "now in"
        css = " moved" if answer.moved else ""
        first_stub = item.old[0] == answer.old[0]
        stub = RowView("stub", _stub_id(name) if first_stub else "", css, tag_links=[(word, f"#{name}", place)])
        stub.both = [_excerpt(self.old[item.old[0]].text)]
        return stub

    @staticmethod
    def _words(places: Sequence[int], sentences: Sequence[Sentence]) -> list[str]:
        return _MARKS.split(" ".join(sentences[place].text for place in places).strip("\"'“”‘’«».,;:!?()[] "))

    def _moved(self, item: Item) -> bool:
        return item.link is not None and self.pair.links[item.link].moved

    def _flags(self, item: Item) -> str:
        figures = not self.old_figures.isdisjoint(item.old) or not self.new_figures.isdisjoint(item.new)
        found = not self.found_old.isdisjoint(item.old) or not self.found_new.isdisjoint(item.new)
        return f"{' fig' if figures else ''}{' found' if found else ''}"


def _is_same(item: Item) -> bool:
    return item.kind == "row" and item.op is Op.EQUAL and item.in_place


def _says(item: Item, title: str) -> bool:
    """Whether a heading says no more than the title that the page gives its section anyway."""
    shown = item.heading or item.old_heading
    assert shown is not None
    if item.op is not Op.EQUAL:
        return False
    said, given = (" ".join(text.split()).strip(" .:").casefold() for text in (shown.text, title))
    return said == given or given.startswith(f"{said}. ") or given.endswith(f". {said}")


def _split_only(item: Item) -> bool:
    return item.op is Op.MERGED and item.in_place


def _stub_id(name: str) -> str:
    return f"m{name[1:]}"


def _op_words(item: Item) -> str:
    if item.op is Op.SPLIT:
        return f"split into {len(item.new)}"
    if item.op is Op.MERGED:
        return f"{len(item.old)} merged into one"
    return OPS[item.op]


def _excerpt(text: str) -> Markup:
    folded = " ".join(text[: 4 * EXCERPT].split())
    if len(folded) <= EXCERPT:
        return plain(folded)
    cut = folded.rfind(" ", EXCERPT // 2, EXCERPT)
    return plain(folded[: cut if cut > 0 else EXCERPT] + " …")


def _heading(item: Item) -> Markup:
    """A heading as printed; where only one side has it, as taken out or put in."""
    shown = item.heading or item.old_heading
    assert shown is not None
    said = plain(" ".join(shown.text.split()))
    if item.op is Op.EQUAL:
        return said
    tag = "del" if item.op is Op.REMOVED else "ins"
    return Markup(f"<{tag}>{said}</{tag}>")


def totals(views: Iterable[BlockView]) -> str:
    """'12 edited, 3 added and 1 removed; 140 unchanged' for the whole text."""
    counts: Counter[str] = Counter()
    for view in views:
        counts.update(view.counts)
    said = [f"{counts[op]:,} {op}" for op in COUNTED if counts[op]]
    same = f"{counts['equal']:,}" if counts["equal"] else "none"
    return f"{listed(said) or 'nothing changed'}; {same} unchanged"
