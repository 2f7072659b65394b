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
from display_texts import LONG_WORD
from page_elements import Page, country, year

import diffing
from diffing import reporting
from diffing.model import (
    Direction,
    EditionBreak,
    Reason,
    Rule,
    Status,
    Verdict,
    VerdictReason,
)
from diffing.reporting import reasons, wording
from diffing.reporting.marked_words import sides

GOLDENS = Path(__file__).parent / "goldens"
CORPUS = diffing.Corpus(Path(__file__).parents[2] / "corpora" / "sample")


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
        "edited made 3 years in a row Train police and judges to recognise victims. 2019 and 2020 ◆ Mixed Officials",
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
        ("no_change", "nothing that can be weighed changed", 0, 0, "Nothing that can be weighed changed."),
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
    found = wording.around(text, value)
    assert said in found
    assert len(found) <= 140


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
    assert page.words.count(LONG_WORD) == 1


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


def test_the_findings_of_the_index_lead_to_their_ids_on_the_countrys_page(page: Page) -> None:
    assert {reporting.finding_anchor(finding) for finding in made.judgement().findings} <= set(page.ids)


# --- goldens -----------------------------------------------------------------------------------------------------


def readable(page: str) -> str:
    """A page without its style, script and policy, and with the long word cut: what a person can read."""
    page = re.sub(r"<(style|script)>.*?</\1>", r"<\1>…</\1>", page, flags=re.DOTALL)
    page = re.sub(r'(Security-Policy" content=")[^"]*', r"\1…", page)
    page = page.replace(LONG_WORD, "xxx…xxx")
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
def test_golden(name: str, file_regression) -> None:
    file_regression.check(GOLDEN[name](), fullpath=GOLDENS / name, encoding="utf-8", newline="")


# --- neighbours, and what stands before the verdict ------------------------------------------------------------------


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
    event = made.incident()
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
