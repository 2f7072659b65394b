"""Whatever is read: no character is lost, spans slice back to their text, and no stage raises.

Odd texts come twice: named ones that have broken readers before, and texts that hypothesis strings together from
the pieces that reading looks for (stops, bullets, headings, numbers, years) and from any characters at all.
"""

from __future__ import annotations

import contextlib
import random
import unicodedata
from collections.abc import Callable
from functools import cache

import pytest
from hostile import HOSTILE, different
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from odd_files import made_odd, read_odd, whole_files

import diffing
from diffing.aligning import align_sentences
from diffing.extracting import extract_figures, extract_narrative, recommendation_items
from diffing.model import DiffingError, Narrative, Sentence, Span
from diffing.profile import Profile
from diffing.reading import parse_narrative

PROFILES = ("tip", "hrr", "dol")
SHORT = 4_000  # characters: enough for every limit of a few hundred, and a tenth of a second each

ODD_TEXTS = {
    "empty": "",
    "only spaces": " \n\t \u00a0\u3000 \r\n\v\f ",
    "only zero-width": "\u200b\u200d\ufeff\u00ad",
    "only bullets": "•\n• \n- \n*\n◦ ▪ –\n",
    "only stops": ". .. ... ?! …… 。。",
    "only numbers": "2019 2018 8 3.5 1,000 $4 (12)",
    "only headings": "PROSECUTION\n\nPROTECTION\n\nPREVENTION\n\nSection 1. Respect\n\n",
    "the same heading again": "PROSECUTION\n\n" * 300,
    "one character": "x",
    "one stop": ".",
    "open quotation": "He said “we will act. They did not. " * 3,
    "open brackets": "(((((((((((((((see section 7.b. " * 50,
    "closed brackets": "))))))]]]] . The end.)))",
    "NULs": "The govern\0ment\0 identified\0 eight victims.\0\0 None\0.",
    "control characters": "Police\x01 identified\x1b[31m nine\x7f victims\x85in\x9d 2019.",
    "lone surrogates": "Police \ud800 identified \udfff eight victims.\udc80 They left.",
    "a surrogate pair in halves": "Smiles \ud83d\ude00 and 8 victims.",
    "noncharacters": "Police\ufffe identified\uffff 3\ufdd0 victims.",
    "combining marks": "Po\u0301lice identified 8 vic\u0308tims. " + "a" + "\u0301" * 500 + " end.",
    "right to left": "حددت الشرطة ٨ ضحايا في ٢٠١٩. \u202eالنيابة\u202c أدانت \u2067ثلاثة\u2069. אין נתונים.",
    "other digits": "Police identified ８ victims in ２０１９, ٣ in ٢٠١٨, and ² in Ⅷ. ½ of them left. ①②③",
    "digits without a value": "The code ৪ ௰ ፼ 〇 ㊿ ⑩ ⅷ ꘢ 𝟡 ߉ counts.",
    "mojibake": "the governmentâ€™s efforts â€œdid not reportâ€\x9d any convictions; CÃ´te dâ€™Ivoire Ã",
    "mojibake of mojibake": "the governmentÃ¢â‚¬â„¢s Ã‚Â victims.",
    "ligatures and soft hyphens": "o\ufb03cials iden\u00adti\ufb01ed eight vic\u00adtims in 20\u00ad19.",
    "emoji": "👩‍👩‍👧 8 victims 🇹🇲. 👍🏽 2019.",
    "markup": "<p>Police &amp; courts <script>alert('8')</script> ]]> <!-- 2019 --> & < > \"</p>",
    "templates": "{{ 7*7 }} {% raw %} %s %(x)s {0} \\1 \\g<0> $& ${x}",
    "formulas": "=1+1\n+cmd|' /C calc'!A0\n@SUM(A1)\n-2+3",
    "a long word": "x" * 100_000,
    "a long number": "9" * 5_000 + " victims in 2019, and " + "1,000," * 2_000 + "000 more.",
    "huge amounts": "The fund spent $1e400, 10^99, 999 billion billion dollars and 1,000,000,000,000,000,000,000 lei.",
    "a long sentence": "Police identified eight victims and " * 3_000 + "left.",
    "a long chain": "Police identified " + ", ".join(f"{n} in {2019 - n % 20}" for n in range(1_000)) + ".",
    "a long list of years": "The government did not identify victims in "
    + ", ".join(map(str, range(1900, 2100)))
    + ".",
    "a long numeral": "twenty-one hundred and million " * 1_000,
    "long abbreviations": "U.S. e.g. i.e. No. Art. Dr. a.m. " * 150,
    "a thousand equal sentences": "Police identified eight victims in 2019. " * 1_000,
    "a thousand equal lines": "Police identified eight victims in 2019\n" * 1_000,
    "a thousand short sentences": "No. Yes. I. 8. A. " * 200,
    "a thousand semicolons": "RECOMMENDATIONS FOR X:\n\n" + "train police; " * 1_000,
    "lone carriage returns": "Police identified\reight victims.\r\rCourts\r\nconvicted none.\n\r",
    "stops without spaces": "a.b.c.d.E.F.G.1.2.3.4...x.Y.2019.The.End." * 100,
    "labels without values": "Labor Inspectors:\nLabor Inspections: \n: 602\n:::\nLabor Funding: Unknown‡‡ N/A",
    "years beyond all": "In 0000, 9999, 20190, -2019, 2019/20, 1899 and 2201 police identified eight victims.",
    "compared with what comes later": "(seven 2018) X:\n none ( compared with 1,204 RECOMMENDATIONS X:\n",
    "a page number and nothing else": "C\x0c",
    "a running head and nothing else": "\x0cNorvania\x0c \x0cNorvania\n",
    "a footnote that is its own mark": "[3]PROSECUTION[3]",
    "footnotes and nothing else": "[1] Police left.[2]\n\n[2] They came.[1]\n",
    "raised notes and nothing else": "¹ Police left.¹",
    "a footnote that tells its head": "\x0c[1]A[1]\x0c",
    "divided by nothing": "Police trained 0 of 0 officers, 8 of none, and 5 percent of zero (1/0).",
}

PIECES = [
    "The government", "Police", "identified", "did not report", "convicted", "no", "none", "eight", "twenty-one",
    "1,204", "3.5", "2019", "2018", "in", "compared with", "respectively", "each", "percent", "$4.2 million", "victims",
    "of whom", "(seven in 2018)", "U.S.", "e.g.", "No. 4", "Art. 129.1", "labor.Grant", "2022.The", "the previous year",
    "for the third consecutive year", ".", ". ", "; ", " • ", "\n", "\n\n", "\n• ", "\n- ", "“", ".”", "(", ")", "?",
    ":",
    "…", "\nPROSECUTION\n\n", "\nSection 7. Worker Rights\n\n", "RECOMMENDATIONS FOR X:\n", "Labor Inspectors: 12‡\n",
    "\u00a0", "\u200b", "\u0301", "\ud800", "\0", "é", "Ã©", "â€™", "警方", "。", "٣",
]  # fmt: skip
# Any character, halves of surrogate pairs and controls included; and pieces that mean something to a stage.
anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)
pieced = st.lists(st.sampled_from(PIECES) | anything.filter(bool), max_size=30).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda glue: glue.join(pieces))
)
texts = anything | pieced
profiles = st.sampled_from(PROFILES)
# A first run loads the profiles, which is slow once; texts made of long pieces are large.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def parse(text: str, year: int = 2020, profile: str | Profile = "tip") -> Narrative:
    return parse_narrative(text, country="X", year=year, profile=profile)


def spans_of(narrative: Narrative) -> list[Sentence | Span]:
    spans: list[Sentence | Span] = [*narrative.sentences, *narrative.dropped]
    spans += [heading for section in narrative.sections for heading in section.headings]
    return sorted(spans, key=lambda span: (span.start, span.end))


def check_nothing_lost(narrative: Narrative) -> None:
    """Every character that is not white space lies in exactly one span, and each span slices back to its text."""
    text, end = narrative.text, 0
    for span in spans_of(narrative):
        assert text[span.start : span.end] == span.text
        assert span.start < span.end
        assert span.start >= end, f"{span} overlaps what ends at {end}"
        assert not text[end : span.start].strip(), f"lost: {text[end : span.start]!r}"
        end = span.end
    assert not text[end:].strip(), f"lost: {text[end:]!r}"
    starts = [sentence.start for sentence in narrative.sentences]
    assert starts == sorted(starts), "sentences are not in the order of the text"
    assert all(sentence.text.strip() == sentence.text for sentence in narrative.sentences)
    keys = {section.key for section in narrative.profile.sections}
    assert all(section.key.split(".")[0] in keys for section in narrative.sections)


def check_figures(narrative: Narrative) -> None:
    figures, _ = extract_narrative(narrative)
    sentences = narrative.sentences
    for number, figure in enumerate(figures):
        sentence = sentences[figure.sentence]
        assert figure.figure == number
        assert sentence.start <= figure.start < figure.end <= sentence.end
        assert narrative.text[figure.start : figure.end] == figure.text
        assert figure.part_of is None or (0 <= figure.part_of < len(figures) and figure.part_of != number)
        if figure.status == "not_reported":
            assert figure.value is figure.low is figure.high is None
        numbers = [number for number in (figure.low, figure.value, figure.high) if number is not None]
        assert numbers == sorted(numbers)
        assert all(abs(number) != float("inf") for number in numbers)


def check_links(old: list[str], new: list[str]) -> None:
    links = align_sentences(old, new)
    for side, texts in ((0, old), (1, new)):
        used = [index for link in links for index in (link.old, link.new)[side]]
        assert len(used) == len(set(used)), "a sentence is in two links"
        assert all(0 <= index < len(texts) for index in used)
    for link in links:
        assert link.old
        assert link.new
        assert 0 <= link.similarity <= 1


@cache
def scripts_of_a_page() -> int:
    """How many scripts a page of two plain sentences has: no text may add one."""
    return diffing.compare(parse("It left.", 2019), parse("It came.", 2020)).to_html().count("<script")


def texts_of(narrative: Narrative) -> list[str]:
    return [sentence.text for sentence in narrative.sentences]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_texts_lose_nothing(text: str, profile: str) -> None:
    narrative = parse(text, profile=profile)
    check_nothing_lost(narrative)
    check_figures(narrative)
    recommendation_items(narrative)


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_texts_are_compared(text: str) -> None:
    plain = "The government identified eight victims in 2018. It convicted none.\n\nTrain police."
    odd, even = parse(text, 2020), parse(plain, 2019)
    for old, new in ((even, odd), (parse(text, 2019), odd), (odd, parse(plain, 2021))):
        check_links(texts_of(old), texts_of(new))
        comparison = diffing.compare(old, new)
        for table in (
            "sections",
            "sentences",
            "figures",
            "changes",
            "findings",
            "recommendations",
            "problems",
            "trends",
        ):
            getattr(comparison, table)
        assert comparison.index.height == 1


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_odd_texts_are_extracted_as_given(text: str) -> None:
    """`extract_figures` takes what it is given, cleaned or not."""
    for figure in extract_figures(text, report_year=2020, before=text[:200]):
        assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_an_odd_text_against_itself_is_unchanged(text: str) -> None:
    comparison = diffing.compare(parse(text, 2019), parse(text, 2020))
    assert set(comparison.sentences["op"]) <= {"equal"}
    assert not any(comparison.sentences["moved"])


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_texts_made_to_be_slow_lose_nothing(make: Callable[[int], str]) -> None:
    """Short forms; `benchmarks/bench_hostile.py` has them at a megabyte."""
    text = make(SHORT)
    old, new = parse(text, 2019), parse(different(text), 2020)
    for narrative in (old, new):
        check_nothing_lost(narrative)
        check_figures(narrative)
    check_links(texts_of(old), texts_of(new))
    comparison = diffing.compare(old, new)
    assert comparison.index.height == 1
    assert comparison.to_html().count("<script") == scripts_of_a_page()


@pytest.mark.parametrize("kind", whole_files())
def test_files_made_odd_are_read_or_refused(kind: str) -> None:
    """A few of each kind; `benchmarks/fuzz.py` has a hundred thousand."""
    draw = random.Random(kind)
    read_odd(kind, whole_files()[kind])
    for _ in range(100 if kind.endswith((".txt", ".html", ".toml")) else 3):  # each in a process of its own
        with contextlib.suppress(DiffingError):
            read_odd(kind, made_odd(draw, whole_files()[kind]))


def test_what_is_no_prose_is_cut_short_with_a_warning() -> None:
    """A row of numbers is read up to a limit, and the reader is told."""
    narrative = parse("Police counted " + "8 " * 3_000)
    figures, problems = extract_narrative(narrative)
    assert len(figures) < 1_000  # each is held against the others of its sentence
    assert any("left out" in problem.message for problem in problems)


def test_thousands_of_sections_are_linked() -> None:
    turns = "PROSECUTION\n\nPROTECTION\n\nPREVENTION\n\n" * 200
    old, new = parse(turns, 2019), parse(turns + "PROSECUTION\n\nPolice acted.", 2020)
    links = diffing.compare(old, new).pair.sections
    assert sorted(link.new for link in links if link.new is not None) == list(range(len(new.sections)))
    assert sorted(link.old for link in links if link.old is not None) == list(range(len(old.sections)))
    assert [link.old for link in links][: len(old.sections)] == list(range(len(old.sections)))


@patient
@given(texts, profiles)
def test_no_character_is_lost(text: str, profile: str) -> None:
    narrative = parse(text, profile=profile)
    check_nothing_lost(narrative)
    check_figures(narrative)
    recommendation_items(narrative)


# Letters that cleaning leaves as they are: scripts of all kinds, but no controls, ligatures or mojibake.
ordinary = st.text(st.sampled_from("aZé ü—“”’().,;:?!•-\n 0123456789$%§警方。Жدाе\u0301"), max_size=120)


@patient
@given(ordinary, profiles)
def test_cleaning_changes_no_ordinary_character(text: str, profile: str) -> None:
    composed = unicodedata.normalize("NFC", text)  # a letter and its accent are one character
    assert "".join(parse(text, profile=profile).text.split()) == "".join(composed.split())


APART = ("footnote", "running heads of the pages")


@pytest.mark.parametrize("text", [text for name, text in ODD_TEXTS.items() if "nothing else" in name or "foot" in name])
def test_what_stands_beside_nothing_is_what_the_text_says(text: str) -> None:
    narrative = parse(text)
    assert not [span for span in narrative.dropped if span.reason in APART]
    assert texts_of(parse(narrative.text)) == texts_of(narrative)


@patient
@given(texts)
def test_cleaned_text_is_read_alike_again(text: str) -> None:
    """But for what is set apart by a footnote's mark or a page's break: cleaning takes out what tells it."""
    once = parse(text)
    again = parse(once.text)
    assume(not any(span.reason in APART for span in once.dropped))
    assert again.text == once.text
    assert texts_of(again) == texts_of(once)


@patient
@given(texts, st.integers(min_value=1, max_value=9999), texts)
def test_figures_of_any_text(text: str, report_year: int, before: str) -> None:
    for figure in extract_figures(text, report_year=report_year, before=before):
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.text


@patient
@given(st.lists(texts, max_size=8), st.lists(texts, max_size=8))
def test_any_sentences_are_aligned(old: list[str], new: list[str]) -> None:
    check_links(old, new)


@settings(patient, max_examples=40)
@given(texts, texts)
def test_any_two_texts_are_compared(old: str, new: str) -> None:
    comparison = diffing.compare(parse(old, 2019), parse(new, 2020))
    for table in ("sections", "sentences", "figures", "changes", "findings", "recommendations", "problems", "trends"):
        getattr(comparison, table)
    assert comparison.index.height == 1


@pytest.mark.parametrize("digit", ["²", "③", "⑴", "٣"])
@pytest.mark.parametrize(
    "said",
    [
        "In 2019, police identified {} victims.",
        "Courts sentenced {} traffickers.",
        "On {} May 2019 courts convicted three of {}{}{}{}.",
    ],
)
def test_a_digit_that_is_no_number_is_no_mistake(said: str, digit: str) -> None:
    new = said.replace("{}", digit)
    assert diffing.compare_texts("Police left.", new, profile="tip").to_html()
