"""What a profile can say: the structs of its TOML file, each saying what its keys mean.

Every struct is frozen, and a key that it does not have is an error. `diffing.profile` reads and checks the files.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from diffing.model.deeds import Frame, Nouns, Predicate
from diffing.model.rules import Doubt, Rule

Polarity = Annotated[int, Meta(ge=-1, le=1)]


class _Data(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all that is read from a profile: frozen, and an unknown key is an error."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled form of a profile's pattern: case is ignored, ``^`` and ``$`` are those of the given text."""
    return re.compile(pattern, re.IGNORECASE)


class Pattern(_Data, frozen=True):
    """A regular expression with texts that it must match and texts that it must not, both checked by the tests."""

    pattern: str
    examples: tuple[str, ...]
    not_examples: tuple[str, ...] = ()

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled once."""
        return compiled(self.pattern)


class SectionCue(Pattern, frozen=True):
    """What a paragraph of a section shows where its heading is lost; `weight` is the log odds (nats) that it adds."""

    weight: float = 1.0


class SectionRule(_Data, frozen=True):
    """One section key with its headings (matched against a whole line) and the cues of its paragraphs.

    A rule with `numbers = 35` in its table, and ``{number}`` in key, title and headings, is so many sections.
    `subheadings` are lines that within this section are its own subheadings, though they are another's heading;
    `topics` are those that name the section where a text has no heading of any.
    `words` are the weights of single words in a paragraph (log odds in nats, then the words, parted by spaces).
    """

    key: str
    title: str
    headings: tuple[Pattern, ...] = ()
    subheadings: tuple[Pattern, ...] = ()
    topics: tuple[Pattern, ...] = ()
    cues: tuple[SectionCue, ...] = ()
    words: tuple[tuple[float, str], ...] = ()
    first: bool = False  # it may also stand before all others, out of the order (a country's profile until 2016)
    recommendations: bool = False  # its sentences are items, wishes and not facts
    labels: bool = False  # its lines are `Label: value`


class HtmlRules(_Data, frozen=True):
    """CSS selectors of the family's pages: where the text stands, and what inside it is frame."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


class Reading(_Data, frozen=True):
    """How the family's documents are read: frame lines to drop, title lines that cut a whole report.

    `known_by` are the turns of phrase by which a text without headings shows that it is of this family.
    """

    known_by: tuple[Pattern, ...] = ()
    frame: tuple[Pattern, ...] = ()
    country_titles: tuple[Pattern, ...] = ()  # each with the group `country`
    subsection: Pattern | None = None  # a lettered subsection's heading, with the group `letter`
    html: HtmlRules = HtmlRules()


class Edition(_Data, frozen=True):
    """One year's report: where it stands, or what is different in it since that year.

    Where it stands, of `year`: `index` is the page that lists its countries, and `page` each country's.
    `page` has ``{slug}`` where the address names the country, or ``{number}`` where the site counted its pages; then
    only `index` can tell which is whose. `lists` are pages that list the countries too, tried when `index` can't be had
    or has no list. `mirrors` are other places of the same page, tried in order when the first
    refuses or has lost it, with ``{address}`` (the page's own) or ``{path}`` (without scheme and host) in them.
    `combined` are pages with many countries each, one under the other, which are cut; then `index` is not asked. Where
    their addresses are not known, `parts` says what the links to them are called on `index` ("Countries A through C").
    `unsure` says what was not seen with one's own eyes.

    What is different from the report of `since` on: its `sections` take the place of the profile's, and what one leaves
    out it has from the profile's section of that key, so that a topic that moved keeps its key. `subsections` false:
    its lettered headings stand among the headings of its sections.
    """

    year: int = 0
    index: str = ""
    page: str = ""
    lists: tuple[str, ...] = ()
    mirrors: tuple[str, ...] = ()
    combined: tuple[str, ...] = ()
    parts: Pattern | None = None
    unsure: str = ""
    since: int = 0
    sections: tuple[SectionRule, ...] = ()
    subsections: bool = True


ScopeKind = Literal[
    "denied", "affirmed", "planned", "asked", "conditional", "law", "charged", "reported", "alleged", "earlier",
    "example", "compared", "first", "again", "same", "no_longer", "nothing",
]  # fmt: skip


class Modifier(_Data, frozen=True, kw_only=True):
    """A scope: words that say of what stands in their reach that it was denied, only planned, asked for, ...

    `words` stand as they are printed; of `verbs` the first word takes every form, and behind "be " it is a passive
    ("was ordered to", never "ordered to"). `when_affirmed` is the kind of the scope, `when_denied` its kind where the
    words themselves are denied ("did not fail to"); empty for none. A scope goes `forward` from its words, `backward`
    or to `both` sides, at most `reach` words, and ends before any of `stops`: "clause" (a semicolon, a contrast),
    "deed" (a deed told beside it: "and convicted four"), "comma", or a word. Right before one of `unless` the words
    open nothing: "ordered to pay". In `examples` the reach stands in brackets; in `not_examples` the words open none.
    `of` says for what the row holds: for numbers and deeds alike (all), or for deeds alone (events).
    """

    name: str
    words: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    of: Literal["all", "events"] = "all"
    when_affirmed: ScopeKind | Literal[""] = ""
    when_denied: ScopeKind | Literal[""] = ""
    direction: Literal["forward", "backward", "both"] = "forward"
    reach: Annotated[int, Meta(ge=1, le=80)] = 20
    stops: tuple[str, ...] = ("clause", "deed")
    unless: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


class Wording(_Data, frozen=True, kw_only=True):
    """Other words for what an indicator counts, which take objects of their own: "rescued 12 victims" identifies them.

    `verbs` govern what is counted; `acts` are nouns with it behind "of" ("the rescue of 12 victims"); `subjects` are
    verbs that it does itself ("12 victims entered the program"); `states` are what it is ("nine are on trial").
    `objects` are as those of an indicator; one that starts with "=" is the very noun, never its class.
    """

    objects: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


class Indicator(_Data, frozen=True):
    """One thing that figures count.

    `nouns` and `verbs` are lemmas or phrases that name it; `unit` its unit; `polarity` what a rise means (+1 better,
    -1 worse, 0 neither); `label` the label of a `Label: value` line. `examples` are sentences with a figure of this
    indicator, `not_examples` sentences with none, both checked by the tests.
    """

    name: str
    title: str
    unit: str
    polarity: Polarity
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()  # nouns, or classes of nouns (lexicon `noun.<unit>.<class>`); any where empty
    acts: tuple[str, ...] = ()  # these three as in a wording
    subjects: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()  # classes of nouns that are counted by it where no deed is told: "the 12 victims"
    wordings: tuple[Wording, ...] = ()
    label: str | None = None
    sections: tuple[str, ...] = ()  # the sections that tell of it, where its words mean something else in others
    why: str = ""  # why the polarity is what it is, shown on the page
    shared: tuple[
        str, ...
    ] = ()  # breakdowns that all who are counted share, and that part nobody: "nationality=foreign"
    found_by: tuple[str, ...] = ()  # indicators of the work that finds it: where they are none, its silence is nothing
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


class Level(_Data, frozen=True, kw_only=True):
    """One step of a stated scale (a tier, an advancement level, an effort word); a higher rank is better.

    Equal ranks are levels between which a move says nothing; a level without a rank can't be compared. A `firm` level
    is compared with those of the other yardsticks of its group too.
    """

    name: str
    rank: float | None = None
    firm: bool = False
    pattern: Pattern


class StatedScale(_Data, frozen=True):
    """A ladder: what the report itself says by ordered levels; searched in `sections` (all where empty).

    Scales of one `group` are yardsticks for one thing. `about` is a word in small letters that every sentence with a
    mark holds (of several with | between, one); `phrase` is how the report mostly puts it. The levels of a `relative`
    scale compare with the year before: up (1), as before (0), down (-1), both ways (no rank). A level named within
    `aside` is not where the subject stands ("from Tier 3").
    """

    name: str
    title: str
    levels: tuple[Level, ...]
    sections: tuple[str, ...] = ()
    group: str = ""
    about: str = ""
    phrase: str = ""
    relative: bool = False
    aside: Pattern | None = None


class Cue(_Data, frozen=True):
    """Words that say which way something moved, or what kind it is; `polarity` is theirs, where they have one."""

    name: str
    pattern: str
    polarity: Polarity
    examples: tuple[str, ...]
    not_examples: tuple[str, ...] = ()

    @property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled once."""
        return compiled(self.pattern)


class RuleSwitch(_Data, frozen=True):
    """A reader's say in one judging rule: off, another weight in the country's verdict, or turned round.

    `weight` (0 to 1) is the strength of a finding of this rule; `polarity` 1 leaves the verdict as the rule has it,
    -1 turns progress and backsliding round, 0 makes both unclear. Two sentences less `alike` (0 to 1, Dice of the stems
    of their words) claim no direction by it. Of `read` findings of the rule on held-back pairs
    `right` were right, both texts read; None where none was read.
    """

    on: bool = True
    weight: Annotated[float, Meta(ge=0, le=1)] = 1.0
    polarity: Polarity = 1
    why: str = ""
    alike: Annotated[float, Meta(ge=0, le=1)] = 0.0
    right: Annotated[int, Meta(ge=0)] | None = None
    read: Annotated[int, Meta(ge=0)] | None = None


class Telling(_Data, frozen=True):
    """What a sentence may tell that weighs where one report alone says it, and how much (0 to 1).

    A negative weight (to -1) is the share that it takes off what the others weigh.

    It tells it where one of the predicates `deeds` acts on a noun of one of the classes `things` (without `deeds`:
    where there is such a noun), and where it has one of `words` (regular expressions, whole words in any case); a list
    that is empty asks for nothing.
    """

    weight: Annotated[float, Meta(ge=-1, le=1)]
    deeds: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class NoSureWorth(_Data, frozen=True):
    """A kind of deed of which nobody can tell what it is worth: a finding on it claims no direction.

    It is of the kind where all of `when` holds, each column of the table `events` with the values that it may have, and
    none of `never`; where its sentence has one of `words` (empty: any sentence is right) and none of `never_words`, or,
    with `deed_alone`, what is done and its object. Each word is the name of a list of `judging.words`, else a regular
    expression (whole words in any case).
    """

    when: dict[str, tuple[str | int, ...]]
    never: dict[str, tuple[str | int, ...]] = {}
    words: tuple[str, ...] = ()
    never_words: tuple[str, ...] = ()
    deed_alone: bool = False
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()


class Judging(_Data, frozen=True):
    """How changes become findings and findings a verdict.

    `stated` are the report's own overall verdicts; `moves` the words beside a level that say how it came about (the
    first decides where the old level is not known; all are named); `ladders` the marks that a subsection gives for one
    thing (enforcement, penalties), compared subsection by subsection; `effort` the words for a section's efforts, how
    far they go and, on a relative scale, which way they went; `periods` the words for a period that is no calendar
    year, each kind with a name that a reader understands. `words` are lists of words that the rules use, by name;
    `telling` what weighs that one report alone says, by how readers call it; `no_sure_worth` the deeds whose worth
    nobody can tell, by why; `background` the sections that describe what others do, where no deed counts;
    `deeds_are_of_the_period` says that the family tells the deeds of its period and dates the others; `twins` pairs of
    indicators that mostly are one number, which weighs once; `rules` the switches of all rules, by the rule's name;
    `doubts` those under which no finding claims a direction; `kinds` how many findings of a kind (its rule, and
    what they are of) were right when they were first read in reports of this family, before any was mended: (kind,
    right and read of progress, right and read of backsliding), which a page tells.
    """

    stated: tuple[StatedScale, ...] = ()
    moves: tuple[Cue, ...] = ()
    ladders: tuple[StatedScale, ...] = ()
    effort: tuple[StatedScale, ...] = ()
    periods: tuple[Cue, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
    telling: dict[str, Telling] = {}
    no_sure_worth: dict[str, NoSureWorth] = {}
    background: tuple[str, ...] = ()
    deeds_are_of_the_period: bool = False
    twins: tuple[tuple[str, str], ...] = ()
    rules: dict[Rule, RuleSwitch] = {}
    doubts: tuple[Doubt, ...] = ()
    kinds: tuple[tuple[str, int, int, int, int], ...] = ()


class Profile(_Data, frozen=True):
    """A family of reports. `period_offset` years before the report year is the reporting period."""

    name: str
    title: str
    period_offset: Annotated[int, Meta(ge=-100, le=100)]
    sections: tuple[SectionRule, ...]
    extends: str | None = None
    licence: str = ""
    reading: Reading = Reading()
    editions: tuple[Edition, ...] = ()
    not_countries: tuple[Pattern, ...] = ()  # titles of pages in an edition's list that are no country's
    aliases: dict[str, tuple[str, ...]] = {}  # a country's usual name: its other names
    names: dict[str, str] = {}  # slug: the name as people write it, where capitals by rule would be wrong
    lexicon: dict[str, tuple[str, ...]] = {}
    grammar: dict[str, tuple[str, ...]] = {}  # the small words of a sentence, by what they are
    nouns: tuple[Nouns, ...] = ()
    predicates: tuple[Predicate, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    frames: tuple[Frame, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    judging: Judging = Judging()
    checksum: str = ""  # of the file and all that it extends; set by `load_profile`

    def __repr__(self) -> str:  # all of it is 100,000 characters
        return f"<Profile {self.name}: {len(self.sections)} sections, {len(self.indicators)} indicators>"

    def indicator(self, name: str | None) -> Indicator | None:
        """The indicator called `name`, or None."""
        return next((indicator for indicator in self.indicators if indicator.name == name), None)

    def section(self, key: str) -> SectionRule | None:
        """The rule of a section key (of its top level for a subsection, ``section_7.b``), or None."""
        top = key.partition(".")[0]
        of_editions = (rule for edition in self.editions for rule in edition.sections)
        found = (*self.sections, *of_editions)
        return next((rule for rule in found if rule.key == key or rule.key == top), None)

    def wishes(self, key: str) -> bool:
        """Whether the sentences of a section are recommendations."""
        return (rule := self.section(key)) is not None and rule.recommendations

    def of_edition(self, report_year: int) -> Profile:
        """The profile by which the report of `report_year` is read: with the sections that it has.

        It is this very profile for the years before any edition has sections of its own.
        """
        own = [edition for edition in self.editions if edition.sections and edition.since <= report_year]
        return _with_sections(self, max(own, key=lambda edition: edition.since)) if own else self

    def reporting_period(self, report_year: int) -> int:
        """The year that a report of `report_year` covers."""
        return report_year - self.period_offset


_of_editions: dict[tuple[int, int], tuple[Profile, Profile]] = {}


def _with_sections(profile: Profile, edition: Edition) -> Profile:
    """`profile` with the sections of an edition; the same object for the same two, as its rules are kept by it."""
    known = _of_editions.get((id(profile), edition.since))
    if known is None or known[0] is not profile:
        reading = profile.reading if edition.subsections else replace(profile.reading, subsection=None)
        known = profile, replace(profile, sections=edition.sections, reading=reading)
        if len(_of_editions) > 16:
            _of_editions.clear()
        _of_editions[id(profile), edition.since] = known
    return known[1]
