"""Profiles are data: each pattern with examples checked both ways, each error naming the file and the key."""

import os

import pytest

from diffing.corpus.identify import title_claim
from diffing.model import DiffingError
from diffing.profile import ProfileError, load_profile, patterns, shorthand
from diffing.profile.loading import PROFILES
from diffing.profile.shorthand import spelled_out
from diffing.profile.toml_files import parsed_toml
from diffing.reading import parse_narrative
from diffing.reading.documents import Document, cut_report

FAMILIES = ("tip", "hrr", "dol")
ALL = {f"{family}: {where}": rule for family in FAMILIES for where, rule in patterns(load_profile(family))}


LINES = ("headings", "frame", "country_titles")  # patterns of whole lines


@pytest.mark.parametrize(("where", "rule"), ALL.items(), ids=ALL)
def test_a_pattern_matches_its_examples_and_not_its_counter_examples(where, rule):
    match = rule.regex.fullmatch if any(key in where for key in LINES) else rule.regex.search
    assert rule.examples, f"{where} has no example"
    assert [text for text in rule.examples if not match(text)] == []
    assert [text for text in rule.not_examples if match(text)] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_the_families_are_told_apart_by_their_reporting_period(family):
    offset = {"tip": 1, "hrr": 0, "dol": 0}[family]
    assert load_profile(family).reporting_period(2020) == 2020 - offset


def test_single_keys_are_overridden(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('extends = "tip"\nname = "mine"\n[[indicators]]\nname = "victims_identified"\npolarity = 0\n')
    mine, tip = load_profile(path), load_profile("tip")
    assert mine.indicator("victims_identified").polarity == 0
    assert mine.indicator("victims_identified").nouns == tip.indicator("victims_identified").nouns
    assert mine.sections == tip.sections
    assert mine.checksum != tip.checksum


def test_a_plain_text_is_a_heading_as_it_is_printed(tmp_path):
    path = tmp_path / "filings.toml"
    path.write_text(
        'extends = "base"\nname = "filings"\n[[sections]]\nkey = "mda"\ntitle = "Discussion"\n'
        'headings = ["Item 7. Management\'s Discussion (audited)"]\n'
    )
    rule = load_profile(path).section("mda")
    assert rule.headings[0].regex.fullmatch("Item 7. Management’s Discussion (audited)")
    assert not rule.headings[0].regex.fullmatch("Item 72 Management's Discussion (audited)")


WRONG = {
    "unknown key": ('extends = "tip"\ncolour = "red"\n', "colour"),
    "wrong type": ('extends = "tip"\nperiod_offset = "one"\n', "period_offset: Expected a whole number, got a text"),
    "polarity out of range": (
        'extends = "tip"\n[[indicators]]\nname = "victims_identified"\npolarity = 2\n',
        "polarity",
    ),
    "missing key": ('extends = "tip"\n[[indicators]]\nname = "new"\n', "indicators"),
    "broken pattern": (
        'extends = "tip"\n[[sections]]\nkey = "protection"\nheadings = [{pattern = "(", examples = []}]\n',
        "headings[0].pattern",
    ),
    "no TOML": ("name = \n", "TOML"),
    "circle": ('extends = "mine.toml"\n', "circle"),
    "extends no other": ('name = "own"\ntitle = "Own"\nperiod_offset = 0\nsections = []\n', 'extends = "base"'),
    "extends a number": ("extends = 1\n", "extends"),
    "extends a language": ('extends = "english"\n', "no profile 'english'"),
    "extends nothing": ('extends = "nobody"\n', "nobody"),
    "extends what can be no name": (f'extends = "{"9" * 400}"\n', "no profile"),
    "a frame of no rule": (
        'extends = "tip"\nname = "x"\n[frames.lent]\npredicates = ["adopt"]\nrule = "deeed"\n',
        "key frames.lent.rule: nothing is called deeed",
    ),
    "a frame of no class": (
        'extends = "tip"\nname = "x"\n[frames.lent]\npredicates = ["adopt"]\nobjects = ["camras", "acts", "=van"]\n',
        "key frames.lent.objects: nothing is called camras",
    ),
    "a doubt about no class": (
        'extends = "hrr"\nname = "x"\n[judging.no_sure_worth.vans.when]\nobject_class = ["vens"]\n',
        "key judging.no_sure_worth.vans.when.object_class: nothing is called vens",
    ),
    "a doubt about no column": (
        'extends = "hrr"\nname = "x"\n[judging.no_sure_worth.vans.when]\nkind = ["acts"]\n',
        "key judging.no_sure_worth.vans.when: nothing is called kind",
    ),
    "an offset beyond all years": (
        'extends = "tip"\nperiod_offset = 9999999999999999999\n',
        "key period_offset: Expected",
    ),
    "a scope that a comma ends": (
        'extends = "tip"\nname = "x"\n[modifiers.paper]\nwords = ["on paper,"]\nwhen_affirmed = "planned"\n',
        "key modifiers.paper.words: 'on paper,'",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_error_names_the_file_and_the_key(tmp_path, case):
    text, named = WRONG[case]
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(ProfileError) as caught:
        load_profile(path)
    assert named in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_an_unknown_name_lists_those_that_are():
    with pytest.raises(ProfileError, match=r"dol, hrr, tip"):
        load_profile("nobody")


@pytest.mark.parametrize(
    "name", ["../data/tip", "words/deeds", "../../../tmp/evil", "", "english", "territories", "TIP"]
)
def test_a_name_of_a_family_is_no_path(name, tmp_path):
    with pytest.raises(ProfileError, match="no profile"):
        load_profile(name)
    (tmp_path / "own.toml").write_text(f'extends = "{name}"\nname = "own"\n')
    with pytest.raises(ProfileError, match="no profile"):
        load_profile(tmp_path / "own.toml")


def test_a_file_may_say_it_in_short():
    said = {
        "extends": "tip",
        "name": "short",
        "frames": {"made_up": {"predicates": ["adopt"]}},
        "editions": [
            {"years": [2030, 2032], "index": "https://a.example/{year}/", "page": "https://a.example/{year}/{slug}"},
            {"year": 2031, "unsure": "not seen"},
        ],
        "not_countries": [{"pattern": "annex\n    |preface", "examples": ["Preface"]}],
    }
    profile = load_profile(said)
    assert "made_up" in [frame.name for frame in profile.frames]
    found = {edition.year: (edition.index, edition.unsure) for edition in profile.editions if edition.year > 2029}
    assert found == {
        2030: ("https://a.example/2030/", ""),
        2031: ("https://a.example/2031/", "not seen"),
        2032: ("https://a.example/2032/", ""),
    }
    assert [one.pattern for one in profile.not_countries] == ["annex|preface"]


@pytest.mark.parametrize("years", [[2031, 2030], [2000, 2500], "2030", [2030]])
def test_years_that_are_none_are_refused(years):
    with pytest.raises(ProfileError, match=r"key editions\.years: the first and the last year"):
        load_profile({"extends": "base", "name": "x", "title": "X", "period_offset": 0, "editions": [{"years": years}]})


def test_a_phrase_with_choices_is_each_of_them_but_in_a_pattern():
    told = {
        "lexicon": {"give": ["[hand|give] out"]},
        "indicators": {
            "arrests": {"verbs": ["bring to [a |the |]cell", "jail"], "wordings": [{"objects": ["=[a|b]"]}]}
        },
        "moves": [{"pattern": "[a|b]"}],
    }
    data = spelled_out("p.toml", told)
    (arrests,) = data["indicators"]
    assert data["lexicon"]["give"] == ["hand out", "give out"]
    assert arrests["verbs"] == ["bring to a cell", "bring to the cell", "bring to cell", "jail"]
    assert arrests["wordings"] == [{"objects": ["=a", "=b"]}]
    assert data["moves"] == [{"pattern": "[a|b]"}]


def test_a_phrase_with_too_many_choices_is_refused_by_file_and_key():
    told = {"lexicon": {"give": ["[a|b|c|d|e|f] " * 12]}}
    with pytest.raises(ProfileError, match=r"p\.toml: key give: .* stands for more than 200 phrases"):
        spelled_out("p.toml", told)


def test_a_choice_in_a_choice_is_refused():
    with pytest.raises(ProfileError, match=r"p\.toml: key give: '\[\[a\|b\]\|c\]': a choice in a choice"):
        spelled_out("p.toml", {"lexicon": {"give": ["[[a|b]|c]"]}})


def test_profiles_that_extend_each_other_have_one_size_together(tmp_path):
    below = "base"
    for n in range(3):
        long = "".join(f'\n[indicators.i{n}_{m}]\nnouns = ["{"[a|b]" * 7}{"x" * 12_000}"]' for m in range(1))
        (tmp_path / f"p{n}.toml").write_text(f'extends = "{below}"\nname = "p{n}"\n{long}', "utf-8")
        below = f"p{n}.toml"
    with pytest.raises(ProfileError, match=r"p1\.toml: key \(all\): makes a profile of over 3,000,000"):
        load_profile(tmp_path / below)


def test_a_row_that_is_no_table_is_refused():
    with pytest.raises(ProfileError, match=r"key frames\[\.\.\.\]|key frames\[\d+\]"):
        load_profile({"extends": "tip", "name": "x", "frames": {"made_up": 3}})


def test_a_whole_number_of_thousands_of_digits_is_no_valid_toml():
    with pytest.raises(DiffingError, match=r"corpus\.toml: no valid TOML"):
        parsed_toml(f"x = {'1' * 5_000}", "corpus.toml")


def test_a_text_with_many_dots_is_no_key():
    letters = ". ".join("abcdefghijklmnopqrstuvwxyz")
    told = {"x": "Mr. A. B. Smith came. " * 100, "y": letters, "z": ". . . " * 60}
    assert parsed_toml("".join(f'{key} = "{value}"\n' for key, value in told.items()), "corpus.toml") == told


LONG_KEY = ".".join("a" * 60)


@pytest.mark.parametrize(
    "before",
    ["", 'x = "\\\\"\n', "# it's 6\"\n", 'x = """a"""""\n', "x = '''a''''\n", "[", "x = {", 'x = "open\n', "'it.s' . "],
)
def test_a_key_of_many_parts_is_found_wherever_it_stands(before):
    with pytest.raises(DiffingError, match=rf"x\.toml: line {before.count(chr(10)) + 1}: a key of over 50 parts"):
        parsed_toml(before + LONG_KEY + " = 1", "x.toml")


@pytest.mark.parametrize("holds", ["# {}", "x = '{}'", 'x = "\\"{}"', "x = '''\n'{}'''", 'x = """\n"{}\\""""'])
def test_what_only_looks_like_a_key_of_many_parts_is_none(holds):
    told = parsed_toml(holds.format(LONG_KEY), "x.toml")
    assert LONG_KEY in told.get("x", LONG_KEY)


def test_a_corpuss_profile_by_way_of_our_folder_has_to_lie_in_the_corpus(tmp_path):
    (tmp_path / "corpus").mkdir()
    outside = tmp_path / "x.toml"
    outside.write_text('extends = "tip"\n', "utf-8")
    way = os.path.join(PROFILES, *[".."] * len(PROFILES.parts), *outside.parts[1:])
    assert os.path.isfile(way)
    with pytest.raises(ProfileError, match="has to lie in the corpus"):
        load_profile(way, inside=tmp_path / "corpus")


SECTION = {"key": "chapter_{number}", "title": "x", "headings": ["Chapter {number}"]}
EDITION = {"years": [1990, 2080], "index": "https://a.example/{year}/", "page": "https://a.example/{year}/{slug}"}
TOO_LARGE = {
    "one rule makes many": (
        {"sections": [SECTION | {"numbers": 200, "unknown": ["x" * 10_000] * 10}]},
        "sections.numbers: makes a profile of over",
    ),
    "one row makes many": (
        {"editions": [EDITION | {"unknown": ["x" * 10_000] * 10}]},
        "editions.years: makes a profile of over",
    ),
    "editions that take from sections": (
        {
            "sections": [{"key": "a", "title": "A", "headings": ["H" * 100] * 1_000}],
            "editions": [{"since": 1900 + n, "sections": [{"key": "a"}]} for n in range(100)],
        },
        "editions.sections: makes a profile of over",
    ),
    "selectors": (
        {"reading": {"html": {"drop": [f".a{n}" for n in range(5_001)]}}},
        "reading.html.drop: over 5,000 rows",
    ),
    "names": ({"aliases": {f"a{n}": "b" for n in range(5_001)}}, "aliases: over 5,000 rows"),
    "editions": ({"editions": [{"year": n} for n in range(5_001)]}, "editions: over 5,000 rows"),
    "one key": ({"x" * 20_001: 1}, "(top level): over 20,000 characters"),
    "one text": ({"title": "x" * 20_001}, "title: over 20,000 characters"),
    "tables in each other": ({"unknown": eval("[" * 60 + "]" * 60)}, "tables or lists in each other"),
    "choices": ({"unknown": {"nouns": ["[a|b]" * 7 + "x" * 1_000] * 300}}, "(all): makes a profile of over"),
    "all of it": ({f"k{n}": ["x" * 1_000] * 100 for n in range(30)}, "(all): makes a profile of over"),
}


@pytest.mark.parametrize("case", TOO_LARGE)
def test_what_is_too_large_is_refused_by_its_key(case):
    told, named = TOO_LARGE[case]
    with pytest.raises(ProfileError, match="<dictionary>: key ") as caught:
        load_profile({"extends": "base", "name": "x", "title": "X", "period_offset": 0} | told)
    assert named in str(caught.value)


def test_each_edition_is_put_together_once(monkeypatch):
    looks, real = [], shorthand._name_of
    monkeypatch.setattr(shorthand, "_name_of", lambda item: (looks.append(1), real(item))[1])
    rows = [EDITION, *({"year": 3_000 + n, "index": "https://a.example/", "page": "https://a.example/{slug}"}
                       for n in range(1_000))]  # fmt: skip
    profile = load_profile({"extends": "base", "name": "x", "title": "X", "period_offset": 0, "editions": rows})
    assert len(profile.editions) == 1_091
    assert len(looks) < 20_000  # each with all before it would be half a million


def test_profiles_that_extend_each_other_without_end_are_refused(tmp_path):
    for n in range(1_500):
        (tmp_path / f"{n}.toml").write_text(f'extends = "{n + 1}.toml"\n')
    with pytest.raises(ProfileError, match="more than 20 deep"):
        load_profile(tmp_path / "0.toml")


QUANTITY = {"title": "q", "unit": "", "polarity": 1}


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"judging": {"telling": {"x": {"weight": 0.5, "words": ["("]}}}}, "judging.telling.x.words: no valid pattern"),
        ({"judging": {"telling": {"x": {"weight": 0.5, "words": ["(a+)+b"]}}}}, "judging.telling.x.words: takes for"),
        (
            {"indicators": {"q": {"title": "q", "unit": "", "polarity": 1, "nouns": [""]}}},
            "indicators.q.nouns: an empty",
        ),
        (
            {"indicators": {"q": {"title": "q", "unit": "", "polarity": 1, "objects": ["="]}}},
            "indicators.q.objects: an",
        ),
        ({"modifiers": {"q": {"verbs": [""], "when_affirmed": "denied"}}}, "modifiers.q.verbs: an empty phrase"),
        ({"reading": {"subsection": {"pattern": "[a-z]+", "examples": ["a"]}}}, "name the group of its letter"),
        ({"lexicon": {"noun.person.x": ["", " "]}}, "lexicon.noun.person.x: an empty phrase"),
    ],
)
def test_words_that_no_text_could_have_are_refused_by_their_key(told, named, tmp_path):
    with pytest.raises(ProfileError) as caught:
        load_profile({"extends": "tip", "name": "x", "title": "X"} | told)
    assert named in str(caught.value)


@pytest.mark.parametrize("pattern", ["(?i)costs", r"(a)\1 costs", "(?P<a>x)(?P=a) costs", "(?P<a>x)?(?(a)y|z) costs"])
@pytest.mark.parametrize("kind", ["headings", "subheadings", "topics", "frame", "country_titles"])
def test_a_line_that_cannot_be_put_together_with_others_is_refused_by_its_key(kind, pattern):
    """Each is right by itself, and was an error of ours at every narrative."""
    row = {"pattern": f"{pattern}(?P<country>.)" if kind == "country_titles" else pattern, "examples": []}
    line = {kind: [row]}
    told = (
        {"reading": line} if kind in ("frame", "country_titles") else {"sections": [{"key": "a", "title": "A"} | line]}
    )
    with pytest.raises(ProfileError, match=rf"<dictionary>: key .*{kind}\[\d+\]\.pattern: it is put together"):
        load_profile({"extends": "tip", "name": "x", "title": "X"} | told)


def test_a_title_line_names_its_country():
    title = {"pattern": "Report on .+", "examples": ["Report on Norvania"]}
    with pytest.raises(ProfileError, match=r"country_titles\[0\]\.pattern: name the group of its country"):
        load_profile({"extends": "base", "name": "x", "title": "X", "reading": {"country_titles": [title]}})


def test_a_group_that_may_be_missing_names_nothing():
    title = {"pattern": "(?P<country>[A-Z]{3,})?:.*", "examples": [":"]}
    part = {"pattern": r"(?:(?P<letter>[a-z])\.)? ?Courts", "examples": ["a. Courts"]}
    profile = load_profile(
        {"extends": "hrr", "name": "x", "title": "X", "reading": {"country_titles": [title], "subsection": part}}
    )
    text = ": a report\n\nCourts\n\nIt freed nobody.\n\nARDESH: b\n\nIt left."
    assert [name for name, _text in cut_report(Document(text), profile)] == ["Ardesh"]
    assert title_claim(Document(text), profile).country is None
    assert len(parse_narrative(text, country="Norvania", year=2020, profile=profile).sentences) >= 2


def test_what_a_page_would_obey_is_written_out_in_a_profile():
    odd = "\x1b[31m\u202eX\x85"
    number = {"title": odd, "unit": odd, "polarity": 1, "nouns": ["goat"], "why": odd}
    profile = load_profile({"extends": "base", "name": odd, "title": odd, "indicators": {"goats" + odd: number}})
    goats = profile.indicators[-1]
    for text in (profile.name, profile.title, goats.name.removeprefix("goats"), goats.title, goats.unit, goats.why):
        assert text == "\\x1b[31m\\u202eX\\x85"
