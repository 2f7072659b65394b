"""What pages show of the pair in `display_pair`, case by case."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import display_pair as made
import pytest
from display_labels import labels
from hypothesis import given, settings
from hypothesis import strategies as st
from page_elements import Page, country

import diffing
from diffing import reporting
from diffing.model import (
    Direction,
    EditionBreak,
    Link,
    Narrative,
    Op,
    Pair,
    Reason,
    Rule,
    SectionLink,
    Status,
    ToldEvent,
    TrendPoint,
    Verdict,
    VerdictReason,
    WordEdit,
)
from diffing.profile import load_profile
from diffing.reporting import phrases, reasons
from diffing.reporting.anchors import change_anchor
from diffing.reporting.layout import blocks
from diffing.reporting.marks import sides
from diffing.reporting.sparklines import Dot, dots, sparkline
from diffing.reporting.year_charts import dot_chart

GOLDENS = Path(__file__).parent / "goldens"
CORPUS = diffing.Corpus(Path(__file__).parents[2] / "corpora" / "sample")


def year(**given: object) -> str:
    return reporting.index_page(made.year(**given))


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(country())


# --- the page as a document --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [country(), year()], ids=["country", "index"])
def test_a_page_is_well_formed_with_unique_ids_and_links_that_lead_somewhere(text: str) -> None:
    page = Page(text)
    assert page.crossed == []
    assert page.open == []
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    hrefs = [attrs.get("href") or "" for attrs in page.all("a")]
    assert [href for href in hrefs if href.startswith("#") and href[1:] not in page.ids] == []


@pytest.mark.parametrize("text", [country(), year()], ids=["country", "index"])
def test_headings_are_in_order_under_one_h1(text: str) -> None:
    levels = [int(tag[1]) for tag, _ in Page(text).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("text", [country(), year()], ids=["country", "index"])
def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else(text: str) -> None:
    page = Page(text)
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert len(inside) == 1
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    attributes = {name for _, attrs in page.elements for name in attrs}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset", "action")}
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("text", [country(), year()], ids=["country", "index"])
def test_style_and_script_of_a_page_weigh_at_most_45_kb(text: str) -> None:
    parts = re.findall(r"<(style|script)>(.*?)</\1>", text, re.DOTALL)
    assert [name for name, _ in parts] == ["style", "script"]
    assert sum(len(inside.encode()) for _, inside in parts) <= 45_000


def test_tables_have_captions_and_scopes(page: Page) -> None:
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(attrs.get("scope") in ("col", "row", "colgroup") for attrs in page.all("th"))


# --- what a country's page says ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "Norvania 2019 → 2020",
        "▼ Backsliding",
        "Tier 2 Watch List in both years = No change",
        "the report’s own rating says no change, the changes in its text say backsliding",
        "Victims identified eight victims in 2018 none in 2019 ↓ down −8 (−100%)",
        "12 prosecutions in 2018 not reported for 2019 no longer reported",
        "12 prosecutions in 2017 (2019 report) 11 prosecutions in 2017 (2020 report) ↓ down −1 (−8.3%) restated",
        "Hotline calls female 300 calls in 2018 300 calls in 2019 → the same",
        "Between earlier years (1)",
        "edited made 3 years in a row Train police and judges to recognise victims. 2019, 2020 ◆ Mixed Officials met",
        "dropped Open a shelter in the north. 2019",
        "split into 2",
        "2 merged into one",
        "moved from Protection A shelter closed in March.",
        "moved to Trafficking profile A shelter closed in March.",
        "now in Trafficking profile The government reported 12 prosecutions in 2017.",
        "edited was in Prevention",
        "4 unchanged sentences Police followed the written procedure. The procedure was written in 2012.",
        "added▲ قالت الحكومة إنها ستفتح مأوى.",
        "the emoji 🧑‍🤝‍🧑 and ✋🏽.",
        "removed Open a shelter in the north.",
        "Trafficking profile not in 2019",
        "edited, moved with its section",
        "moved with the section The ministry printed 100 posters.",
        "Frame An official website",
        "warning: norvania.txt: one <b>heading</b> was lost",
        "phrase TIP Report report 12 (80%)",
        "profile tip (000000000000)",
        "thresholds 2 (32eb87f10a52), listed on the page of all countries",
        "2019/norvania 1111111111111111",
    ],
)
def test_a_countrys_page_says(page: Page, said: str) -> None:
    assert said.casefold() in page.words.replace("“", "").replace("”", "").casefold()


@pytest.mark.parametrize(
    "said",
    [
        "▼ Backsliding 1 finding of backsliding outweighs 1 of progress, by weight 1.3 to 0.4.",
        "Minimal Advancement → Moderate Advancement ▲ Progress",
        "The two differ: the report’s own rating says progress, the changes in its text say backsliding.",
        "about 2,100 inspections in 2019 1,050 inspections in 2020 ↓ down −1,050 (−50%)",
        "three in 2019. Enforcement · less is made public, which is no fall to zero",
        "Another number “About 70 children left.” 50 persons in 2019 70 persons in 2020",
        "A number rose from 50 in 2019 to 70 in 2020. About 70 children left.",
        "Recommendations made for the first time or no longer (1)",
        "The report’s own rating",
    ],
)
def test_the_page_of_a_country_of_labels_says(said: str) -> None:
    assert said in Page(country(*labels())).words


@pytest.mark.parametrize(
    ("verdict", "rule", "ups", "downs", "said"),
    [
        ("progress", "progress weighs 1.1, backsliding 0.0: x", 3, 0, "3 findings of progress, none of backsliding."),
        ("backsliding", "progress weighs 0.0, backsliding 0.8: x", 0, 1, "1 finding of backsliding, none of progress."),
        ("progress", "progress weighs 0.4, backsliding 0.0: x", 1, 0, ("1 finding of progress, none of "
         "backsliding. The verdict rests on little evidence: a weight of 0.4 in all.")),
        ("mixed", "progress weighs 0.35, backsliding 0.4: x", 1, 1, ("1 finding of progress and 1 of "
         "backsliding, by weight 0.4 to 0.3: too close to call it one or the other. The verdict rests on little "
         "evidence: a weight of 0.4 in all.")),
        ("mixed", "progress weighs 1.0, backsliding 1.7: x", 4, 4, ("4 findings of progress and 4 of "
         "backsliding, by weight 1.7 to 1: too close to call it one or the other.")),
        ("backsliding", "progress weighs 0.8, backsliding 1.9: x", 2, 5, ("5 findings of backsliding outweigh 2 "
         "of progress, by weight 1.9 to 0.8.")),
        ("no_change", "nothing of weight changed", 0, 0, "Nothing of weight changed."),
    ],
)  # fmt: skip
def test_what_decided_a_verdict_is_a_sentence_of_counts(
    verdict: str, rule: str, ups: int, downs: int, said: str
) -> None:
    findings = [made.finding(verdict=Verdict.PROGRESS)] * ups + [made.finding()] * downs
    weighed = re.match(r"progress weighs (.+), backsliding (.+):", rule)
    reason = (
        VerdictReason(name="weighed", progress=float(weighed[1]), backsliding=float(weighed[2])) if weighed else None
    )
    judged = replace(
        made.judgement(),
        verdict=Verdict(verdict),
        verdict_rule=rule,
        verdict_reason=reason,
        findings=tuple(findings),
    )
    assert reasons.verdict_why(judged) == said


def test_each_rule_is_called_by_words_and_a_number_that_only_differs_is_said_to() -> None:
    assert [rule for rule in Rule if not rule.words] == []
    because = Reason(because="the only number that differs between the two sentences")
    alone = made.finding(rule=Rule.FIGURE_FELL, indicator=None, reason=because)
    assert reasons.rule_words(alone) == "the only number that differs between the two sentences"
    assert reasons.rule_words(made.finding(rule=Rule.FIGURE_FELL)) == ""
    assert reasons.rule_words(made.finding(rule=Rule.LAW_ACT)) == "a law, plan or body was adopted"


@pytest.mark.parametrize("slug", ["karvelia", "tessandria", "mirandel"])
def test_the_page_of_the_sample_says_why_in_words(slug: str) -> None:
    old, new = CORPUS.narrative(slug, 2019), CORPUS.narrative(slug, 2020)
    said = text_of(diffing.compare(old, new).to_html())
    assert not re.search(r"weighs \d|the lesser|figure_|_reported|Law act", said)


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("Women made up 22 percent.", 22.0, "Women made up 22 percent."),
        ("It had 1,122 rows, 122 columns, and 22 sheets.", 22.0, "It had 1,122 rows, 122 columns, and 22 sheets."),
        ("word " * 30 + "Some 40,000 people left. " + "word " * 30, 40000.0, "Some 40,000 people left."),
        ("There were two of them.", 2.0, "There were two of them."),
        ("", 2.0, ""),
    ],
)
def test_the_words_about_a_number(text: str, value: float, said: str) -> None:
    found = phrases.around(text, value)
    assert said in found
    assert len(found) <= 140


def test_the_years_page_names_who_moved_most_and_leads_to_the_tables() -> None:
    index = tuple(row | {"stated_verdict": "backsliding", "old_stated": "Tier 1", "new_stated": "Tier 2"} if row["slug"]
                  else row for row in made.year().index)  # fmt: skip
    text = year(index=index, tables=("findings", "index"), trends=made.judgement().trends, profile=load_profile("tip"))
    page = Page(text)
    assert "Rating fell (1). Tier 1 → Tier 2: Norvania." in page.words
    assert "Most backsliding Norvania ▼ 1 ▲ 1 Victims identified fell from eight" in page.words.replace("\xa0", " ")
    assert "Victims identified: 2016: 5; 2017: not reported; 2018: 8 (restated); 2019: 0" in page.words
    assert {"tables/findings.csv", "tables/index.parquet"} <= {attrs.get("href") for attrs in page.all("a")}
    assert "tables/changes.csv" not in text


def test_a_verdict_that_rests_on_little_is_an_outline_and_counted_apart() -> None:
    rows = tuple(row | {"on_little": bool(row["slug"])} for row in made.year().index)
    words = Page(year(index=rows)).words
    assert "1 ▼ backsliding 1 on little evidence" in words
    assert "Norvania ▼ Backsliding on little evidence" in words
    assert 'class="chip backsliding little"' in year(index=rows)
    assert "on little evidence" not in year()


def test_dots_stand_abreast_where_most_countries_stand_at_one_place() -> None:
    rows = [{"country": str(n), "progress": n % 3, "backsliding": n % 2} for n in range(193)]
    drawn = str(dot_chart(rows))
    assert drawn.count("<circle") == 193
    assert len(set(re.findall(r'cx="(\S+)" cy="(\S+)"', drawn))) == 193
    assert float(re.findall(r'viewBox="\S+ \S+ \S+ (\d+)"', drawn)[0]) < 260


def test_each_claim_leads_to_its_two_sentences() -> None:
    text = country()
    hrefs = re.findall(r'<td><a href="#([^"]+)">(?:eight victims in 2018|none in 2019)</a>', text)
    assert len(hrefs) == 3
    for href in set(hrefs):
        row = re.search(rf'id="?{href}"?>.*', text)
        assert row is not None
        assert "The government identified" in row[0]
        assert "compared with eight" in row[0]


def test_what_is_not_reported_is_never_a_zero() -> None:
    changes = (
        made.change(to_value=None, to_status=Status.NOT_REPORTED, direction=Direction.NO_LONGER_REPORTED, delta=None),
    )
    text = country(judgement=replace(made.judgement(), changes=changes, trends=(), findings=()))
    row = re.search(r"<tbody>.*?</tbody>", text, re.DOTALL)
    assert row is not None
    cells = Page(row[0]).words
    assert "no longer reported" in cells
    assert not re.search(r"\b0\b|none", cells)


def test_an_edit_of_the_edition_that_nobody_could_look_for_is_said_so() -> None:
    words = Page(country(judgement=replace(made.judgement(), editorial=None))).words
    assert "changes of the whole edition could not be looked for" in words


def test_every_sentence_is_on_the_page_and_an_unchanged_one_only_once(page: Page) -> None:
    pair = made.pair()
    for narrative in (pair.old, pair.new):
        assert [s.text for s in narrative.sentences if s.text not in page.words] == []
    assert page.words.count("Each step had an officer.") == 1
    assert page.words.count(made.LONG_WORD) == 1


def test_markup_in_any_name_stays_text() -> None:
    evil = "<img src=x onerror=alert(1)>'\"</style></script><script>alert(2)</script>"
    pair = made.pair(evil)
    judgement = replace(
        made.judgement(), findings=(made.finding(summary=evil, section=evil, reason=Reason(because=evil)),),
        verdict_rule=evil, old_stated=evil, new_stated=evil,
        changes=(made.change(indicator=evil, breakdown=evil, unit=evil),),
    )  # fmt: skip
    for text in (
        country(pair, judgement),
        reporting.comparison_html(pair, judgement),
        reporting.narrative_html(pair.new),
        year(title=evil, country=evil),
    ):
        page = Page(text)
        assert sum("type" not in attrs for attrs in page.all("script")) <= 1
        assert page.all("img") == []
        assert page.crossed == []


def test_characters_that_turn_or_break_a_page_are_replaced() -> None:
    old, new = sides(made.words("a \x00b", "a \u202eb"))
    assert "\ufffd" in old
    assert "\ufffd" in new
    assert "\u202e" not in new
    assert "\ud800" not in country(made.pair("Norv\ud800ania"))


def text_of(page: str) -> str:
    """The aligned text of a page: words marked inside a sentence joined, everything else apart."""
    body = page[page.index('<section id="text"') :]
    apart = re.sub(r"<(?!/?(?:ins|del|span)\b)[^>]*>", " ", body)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", apart)).split())


@pytest.mark.parametrize("slug", sorted({*CORPUS.countries(2019)} & {*CORPUS.countries(2020)}))
def test_no_sentence_and_no_heading_of_the_sample_is_lost_on_its_page(slug: str) -> None:
    old, new = CORPUS.narrative(slug, 2019), CORPUS.narrative(slug, 2020)
    said = text_of(diffing.compare(old, new).to_html())
    folded = said.casefold()
    for narrative in (old, new):
        assert [s.text for s in narrative.sentences if " ".join(s.text.split()) not in said] == []
        headings = [heading.text for section in narrative.sections for heading in section.headings]
        assert [h for h in headings if " ".join(h.split()).strip(" :").casefold() not in folded] == []


@pytest.mark.real
@pytest.mark.parametrize("slug", ["monaco", "cuba", "sri-lanka"])  # the smallest, and the two heaviest for their texts
def test_the_page_of_a_real_pair_weighs_no_more_than_its_share_of_a_year(shared: Path, slug: str) -> None:
    old, new = (
        diffing.read_narrative(shared / f"real/hrr/{year}/{slug}.txt", country=slug, year=year, profile="hrr")
        for year in (2019, 2020)
    )
    weight = len(diffing.compare(old, new).to_html().encode())
    assert weight <= 1.5 * (len(old.text.encode()) + len(new.text.encode())) + 10_000_000 / 193


# --- permalinks --------------------------------------------------------------------------------------------------


def test_a_permalink_survives_sentences_that_come_before_it() -> None:
    before = Page(country()).ids
    old = [("overview", None, ["A new first sentence.", *made.OLD[0][2]]), *made.OLD[1:]]
    pair = made.pair()
    longer = replace(
        pair,
        old=made.narrative(2019, old),
        links=tuple(replace(link, old=tuple(i + 1 for i in link.old)) for link in pair.links),
    )
    nothing = replace(made.judgement(), findings=(), changes=(), recommendations=())
    after = Page(country(longer, nothing)).ids
    kept = {name for name in before if name.startswith("c-")}
    assert kept
    assert kept <= set(after)


def test_two_changes_with_the_same_words_have_two_ids() -> None:
    sections = [("overview", None, ["Twice.", "Twice."])]
    pair = Pair(made.narrative(2019, []), made.narrative(2020, sections), (), (), (SectionLink(None, 0, 0.0),), (), ())
    page = Page(country(pair, replace(made.judgement(), findings=(), changes=(), recommendations=())))
    anchor = change_anchor(None, "Twice.")
    assert [name for name in page.ids if name.startswith("c-")] == [anchor, f"{anchor}-2"]


def test_the_findings_of_the_index_lead_to_their_ids_on_the_countrys_page(page: Page) -> None:
    assert {reporting.finding_anchor(finding) for finding in made.judgement().findings} <= set(page.ids)


# --- the layout --------------------------------------------------------------------------------------------------


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Pairs of any shape: sections of any length, any sentences linked with any others."""
    sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    new_sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))

    def text(year: int, sizes: list[int]) -> Narrative:
        heads = draw(st.lists(st.sampled_from([None, "A", "B"]), min_size=len(sizes), max_size=len(sizes)))
        sections = [
            (f"k{n}", head, [f"s{n}.{i}" for i in range(size)])
            for n, (size, head) in enumerate(zip(sizes, heads, strict=True))
        ]
        return made.narrative(year, sections)

    old, new = text(2019, sizes), text(2020, new_sizes)
    left = draw(st.permutations(range(len(old.sentences))))
    right = draw(st.permutations(range(len(new.sentences))))
    links = []
    while left and right and draw(st.booleans()):
        many = draw(st.integers(1, 2))
        side = draw(st.booleans())
        olds, left = left[: many if side else 1], left[many if side else 1 :]
        news, right = right[: 1 if side else many], right[1 if side else many :]
        links.append(Link(tuple(sorted(olds)), tuple(sorted(news)), 0.5, draw(st.booleans())))
    links.sort(key=lambda link: link.new)
    both = min(len(sizes), len(new_sizes))
    sections = [SectionLink(n, n, 0.5) for n in range(both)]
    sections += [SectionLink(n, None, 0.0) for n in range(both, len(sizes))]
    sections += [SectionLink(None, n, 0.0) for n in range(both, len(new_sizes))]
    edits = tuple(
        made.words(" ".join(old.sentences[i].text for i in link.old), " ".join(new.sentences[j].text for j in link.new))
        for link in links
    )
    return Pair(old, new, tuple(links), edits, tuple(sections), (), ())


@given(pairs())
@settings(deadline=None, max_examples=50)
def test_every_sentence_of_both_sides_is_in_exactly_one_row(pair: Pair) -> None:
    rows = [item for block in blocks(pair) for item in block.items if item.kind == "row"]
    assert sorted(i for row in rows for i in row.old) == list(range(len(pair.old.sentences)))
    assert sorted(j for row in rows for j in row.new) == list(range(len(pair.new.sentences)))
    headings = [item for block in blocks(pair) for item in block.items if item.kind == "heading"]
    assert sum(item.heading is not None for item in headings) == sum(len(s.headings) for s in pair.new.sections)


@given(pairs())
@settings(deadline=None, max_examples=20)
def test_any_shape_of_pair_makes_a_sound_page(pair: Pair) -> None:
    page = Page(country(pair, replace(made.judgement(), findings=(), changes=(), recommendations=())))
    assert page.crossed == []
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []
    hrefs = [attrs.get("href") or "" for attrs in page.all("a")]
    assert [href for href in hrefs if href.startswith("#") and href[1:] not in page.ids] == []


ODD = st.text(st.characters(), min_size=1, max_size=40).filter(str.strip) | st.sampled_from(
    [
        "</script>",
        "<!--",
        "]]>",
        "&amp;",
        "{{ view }}",
        "{% raw %}",
        "\x1b[2J",
        "\u202eabc",
        "\ud800",
        "a\r\nb",
        "'\"><b>",
    ]
)


@given(st.lists(ODD, min_size=1, max_size=4), st.lists(ODD, min_size=1, max_size=4), ODD)
@settings(deadline=None, max_examples=30)
def test_any_text_makes_a_sound_page_fragment_and_terminal_text(old: list[str], new: list[str], name: str) -> None:
    link = Link((0,), (0,), 0.5)
    pair = Pair(
        made.narrative(2019, [("overview", name, old)], name),
        made.narrative(2020, [("overview", name, new)], name),
        (link,),
        ((WordEdit(Op.REMOVED, old[0]), WordEdit(Op.ADDED, new[0])),),
        (SectionLink(0, 0, 0.5),),
        (),
        (),
    )
    judgement = replace(made.judgement(), findings=(made.finding(summary=name),), changes=(), recommendations=())
    page = Page(country(pair, judgement))
    assert page.crossed == page.open == []
    assert [attrs.get("type") for attrs in page.all("script")] == [None, "application/json"]
    assert len(page.all("style")) == 1
    assert Page(reporting.comparison_html(pair, judgement)).crossed == []
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", reporting.text_diff(pair, judgement, False)
    )


def test_a_section_that_moved_whole_leaves_no_stubs() -> None:
    sections = [("a", None, ["One.", "Two."]), ("b", None, ["Three.", "Four."])]
    old, new = made.narrative(2019, sections), made.narrative(2020, sections[::-1])
    links = (Link((2,), (0,), 1.0), Link((3,), (1,), 1.0), Link((0,), (2,), 1.0, True), Link((1,), (3,), 1.0, True))
    pair = Pair(old, new, links, ((),) * 4, (SectionLink(1, 0, 1.0), SectionLink(0, 1, 1.0)), (), ())
    kinds = [(item.kind, item.in_place) for block in blocks(pair) for item in block.items]
    assert kinds == [("row", True)] * 4


# --- words and sparklines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "status", "noun", "unit", "said"),
    [
        (8.0, "reported", "victim", "persons", "eight victims"),
        (1.0, "reported", "victim", "persons", "one victim"),
        (0.0, "reported", "victim", "persons", "none"),
        (1234.0, "reported", "case", "cases", "1,234 cases"),
        (2.5, "reported", "case", "cases", "2.5 cases"),
        (75.0, "reported", "", "percent", "75 percent"),
        (0.0, "reported", "", "percent", "0 percent"),
        (26000.0, "reported", "", "USD", "$26,000"),
        (500.0, "reported", "", "EUR", "500 EUR"),
        (None, "reported", "victim", "persons", "no exact number"),
        (None, "not_reported", "victim", "persons", "not reported"),
        (3.0, "reported", "facility", "facilities", "three facilities"),
    ],
)
def test_amounts(value: float | None, status: str, noun: str, unit: str, said: str) -> None:
    assert phrases.amount(value, status, noun, unit) == said


def point(year: int, value: float | None, report: int, restated: bool = False) -> TrendPoint:
    status = Status.REPORTED if value is not None else Status.NOT_REPORTED
    base = made.judgement().trends[0]
    return replace(base, year=year, value=value, status=status, report_year=report, restated=restated)


def test_the_newest_number_of_a_year_makes_its_dot() -> None:
    series = dots([point(2018, 8, 2019), point(2018, 9, 2020, True), point(2017, 3, 2018), point(2017, None, 2020)])
    assert series == (Dot(2017, 3, Status.REPORTED), Dot(2018, 9, Status.REPORTED, True))


def test_a_sparkline_says_every_year_and_leaves_a_gap_where_nothing_was_reported() -> None:
    text = sparkline("Victims <x>", dots([point(2016, 5, 2018), point(2017, None, 2018), point(2018, 0, 2020)]))
    assert "Victims &lt;x&gt;: 2016: 5; 2017: not reported; 2018: 0" in text
    assert text.count("<circle") == 2
    assert text.count('class="nr"') == 1
    assert "L" not in re.search(r'<path d="([^"]*)"', text)[1]  # type: ignore[index]
    assert len(text) < 700


def test_one_year_makes_no_sparkline() -> None:
    assert sparkline("x", dots([point(2016, 5, 2018)])) == ""


# --- the year's page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "1 ▼ backsliding",
        "2 numbers went up, 1 down; 1 are no longer reported",
        "Sandoria new in 2020",
        "Quillmar only in 2019",
        "All findings (1)",
        "Backsliding: Victims identified fell from eight in 2018 to none in 2019.",
        "phrase TIP Report report 12 (80%)",
        "error, Ardesh: ardesh.txt: the file is empty",
    ],
)
def test_the_years_page_says(said: str) -> None:
    assert said.casefold() in Page(year()).words.casefold()


def test_the_years_page_leads_to_each_finding() -> None:
    assert f'href="norvania.html#{reporting.finding_anchor(made.finding())}"' in year()


def test_a_year_without_countries_makes_a_page() -> None:
    assert "0 countries compared" in Page(year(index=(), findings=(), problems=(), editorial=None)).words


# --- goldens -----------------------------------------------------------------------------------------------------


def readable(page: str) -> str:
    """A page without its style, script and policy, and with the long word cut: what a person can read."""
    page = re.sub(r"<(style|script)>.*?</\1>", r"<\1>…</\1>", page, flags=re.DOTALL)
    page = re.sub(r'(Security-Policy" content=")[^"]*', r"\1…", page)
    page = page.replace(made.LONG_WORD, "xxx…xxx")
    return re.sub(r"(?<=>)(?=<(?:div|p|li|tr|td|th|details|section|h\d)\b)", "\n", page)


GOLDEN = {
    "norvania.html": lambda: readable(country()),
    "unchanged.html": lambda: readable(country(*made.unchanged())),
    "quillmar.html": lambda: readable(country(*labels())),
    "year.html": lambda: readable(year()),
    "norvania.txt": lambda: re.sub(
        r"(\s*x{90,})+", "\n  xxx…xxx", reporting.text_diff(made.pair(), made.judgement(), False)
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name: str, file_regression) -> None:  # type: ignore[no-untyped-def]
    file_regression.check(GOLDEN[name](), fullpath=GOLDENS / name, encoding="utf-8", newline="")


# --- neighbours, and what stands before the verdict ------------------------------------------------------------------


def test_a_page_leads_to_its_neighbours_whatever_they_are_called() -> None:
    page = reporting.with_neighbours(country(), ("a b", "<b>Arstotzka</b>"), ("zubrowka", "Zubrowka"))
    assert '<a rel="prev" href="a%20b.html">← &lt;b&gt;Arstotzka&lt;/b&gt;</a>' in page
    assert '<a rel="next" href="zubrowka.html">Zubrowka →</a>' in page
    assert "<a rel=" not in reporting.with_neighbours(country(), None, None)


def test_the_year_says_where_each_number_went_over_all_countries() -> None:
    def found(
        rule: Rule, said: str, country: str, indicator: str | None = "convictions", to: float = 4.0
    ) -> reporting.YearFinding:
        one = made.finding(
            country=country, indicator=indicator, rule=rule, summary=f"Convictions {said}.", from_value=8.0, to_value=to
        )
        return reporting.YearFinding(one, country.lower(), f"f-{country}")

    findings = (
        found(Rule.FIGURE_ROSE, "rose from one to two", "Drovia"),
        found(Rule.NOT_COMPARABLE, "can't be compared", "Ulmoria"),
        found(Rule.FIGURE_FELL, "fell from two to one", "Ardesh"),
        found(Rule.FIGURE_FELL, "fell from eight to one", "Tessandria", to=1.0),
        found(Rule.MOVEMENT, "are told in words", "Karvelia", None),
    )
    source = year(findings=findings, profile=CORPUS.profile)
    numbers = Page(source).words.partition("a gap one not mentioned. ")[2].partition(" All findings")[0]
    assert numbers == (
        "Convictions 2 fell · 1 rose · 1 not comparable Tessandria fell from eight to one. "
        "Ardesh fell from two to one. Drovia rose from one to two. Ulmoria can't be compared."
    )
    assert '<a href="ardesh.html#f-Ardesh"' in source


def test_a_broken_edition_is_said_before_the_verdict() -> None:
    broken = EditionBreak(old_year=2019, new_year=2020, countries=190, moved=0.66, lost=0.4, sections=("section_2",))
    page = country(judgement=replace(made.judgement(), broken=broken))
    assert "The edition broke. The edition of 2020 broke with that of 2019" in Page(page).words
    assert page.index('class="banner"') < page.index('id="verdict"')


def test_a_text_that_was_cut_is_said_so_before_the_verdict() -> None:
    old = "The court sat in May and heard a case of forced labor. " * 12
    page = diffing.compare_texts(old, "The court sat in May.", old_year=2019, new_year=2020).to_html()
    assert "The text was cut. It has 5 words in 2020 and had 144 in 2019 (3%)." in Page(page).words
    assert page.index('class="banner"') < page.index('id="verdict"')


def test_incidents_are_listed_by_kind_and_lead_to_their_sentences() -> None:
    event = ToldEvent(
        country="Norvania", report_year=2020, section="protection", sentence=3, frame="harm", predicate="beat",
        effect="worse", doer="state", doer_basis="named", object="person", worth="person", event_year=2019, value=1.0,
        polarity="affirmed", reality="done", said_by="report", alleged=False, comparison=None, example=False,
        incident="ill_treatment", text="An officer beat a man.", start=0, end=5,
    )  # fmt: skip
    words = Page(country(judgement=replace(made.judgement(), events=(event,)))).words
    assert "Incidents told" in words
    assert "Ill treatment none in the 2019 report, 1 in the 2020 report 2020 An officer beat a man." in words


@pytest.mark.parametrize(
    "path", sorted((Path(reporting.__file__).parent / "static").glob("*.js")), ids=lambda p: p.name
)
def test_no_template_stands_in_a_template_of_a_script(path: Path) -> None:
    """What makes the scripts lean takes the inner one for code and its spaces away."""
    assert re.findall(r"`[^`]*\$\{[^}`]*`", path.read_text("utf-8")) == []


def test_an_edit_of_quotes_and_dashes_alone_is_told_and_can_be_hidden(tmp_path):
    old, new = "The “law” changed. It spent $5.", 'The "law" changed. It spent 5.'
    page = tmp_path / "page.html"
    diffing.compare_texts(old, new, profile="tip").to_html(page)
    text = page.read_text("utf-8")
    assert text.count("only its marks edited") == 1
    assert '<option value="words">without edits of marks alone</option>' in text
    diffing.compare_texts("It fell.", "It rose.", profile="tip").to_html(page)
    assert "without edits of marks" not in page.read_text("utf-8")
