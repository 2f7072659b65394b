"""What a country's page shows, ready to print: the template computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import replace

from diffing.model import (
    Age,
    Change,
    Direction,
    Judgement,
    Op,
    Pair,
    Recommendation,
    Signature,
    Span,
    TrendPoint,
    Verdict,
    breakdown_words,
)
from diffing.model.printed_numbers import digits
from diffing.reporting import reasons, wording
from diffing.reporting.anchors import Anchors, finding_anchor
from diffing.reporting.banners import Banner, country_banners
from diffing.reporting.country_text_rows import BlockView
from diffing.reporting.country_text_view import text_view, totals
from diffing.reporting.findings_view import FindingGroup, finding_groups
from diffing.reporting.incidents import IncidentView, incident_views
from diffing.reporting.marked_words import clean, merged, plain
from diffing.reporting.one_sided_view import OneSidedView, one_sided_views
from diffing.reporting.refs import Chip, Ref, Refs, chip
from diffing.reporting.sparklines import Dot, axis_of, dots, sparkline


class ChangeView(Struct, frozen=True):
    """One row of the table of numbers."""

    title: str
    breakdown: str
    quote: str
    before: Ref
    after: Ref
    direction: str
    direction_css: str
    delta: str
    sort: float
    rank: int
    chip: Chip
    restated: str
    spark: Markup


class RecommendationView(Struct, frozen=True):
    """What became of one recommendation."""

    op: str
    refs: Sequence[Ref]
    text: Markup
    repeated: str
    follow_up: Ref | None
    chip: Chip | None


class EditorialView(Struct, frozen=True):
    """One edit of the whole edition."""

    kind: str
    old: str
    new: str
    countries: str


class Stated(Struct, frozen=True):
    """The report's own verdict beside ours."""

    moves: str
    chip: Chip | None
    differ: str


class CountryView(Struct, frozen=True):
    """Everything that the template `country.html` prints."""

    history_href: str | None
    country: str
    profile_title: str
    old_year: int
    new_year: int
    index_href: str | None
    sources: Sequence[tuple[int, str]]
    banners: Sequence[Banner]
    verdict: Chip
    verdict_why: str
    stated: Stated | None
    tally: Sequence[tuple[Chip, int, str]]
    totals: str
    groups: Sequence[FindingGroup]
    one_sided: Sequence[OneSidedView]
    changes: Sequence[ChangeView]
    earlier: Sequence[ChangeView]
    incidents: Sequence[IncidentView]
    recommendations: Sequence[RecommendationView]
    text: Sequence[BlockView]
    has_marks: bool  # whether some edit is one of quotes and dashes alone
    editorial: Sequence[EditorialView] | None
    dropped: Sequence[tuple[int, Sequence[tuple[str, str]]]]
    problems: Sequence[tuple[str, str]]
    rules: Sequence[tuple[str, str, str]]
    little: str
    signature: Sequence[tuple[str, str]]
    signature_more: Sequence[tuple[str, Sequence[tuple[str, str]]]]


def country_view(
    pair: Pair,
    judgement: Judgement,
    signature: Signature,
    index_href: str | None,
    sources: Sequence[str | None] = (),
    ages: Sequence[Age] = (),
    history_href: str | None = None,
) -> CountryView:
    """The page of one country, from what is known of it; `sources` are the addresses of the old and the new text.

    `ages` are those of the new sentences, and `history_href` where the country's history stands, if there is one.
    """
    anchors = Anchors()
    names = [anchors.unique(finding_anchor(finding)) for finding in judgement.findings]
    text = text_view(pair, judgement, anchors, names, ages)
    refs = Refs(pair, text)
    main, earlier = _changes(pair, judgement, refs)
    counts = wording.verdict_counts(judgement.findings)
    wishes = sum(f.verdict is Verdict.UNCLEAR and f.rule in reasons.WISHES for f in judgement.findings)
    notes = {Verdict.UNCLEAR: f" ({wishes} of them about recommendations)" if wishes else ""}
    return CountryView(
        history_href=history_href,
        country=clean(pair.new.country),
        profile_title=pair.new.profile.title,
        old_year=pair.old.year,
        new_year=pair.new.year,
        index_href=index_href,
        sources=[
            (year, address) for year, address in zip((pair.old.year, pair.new.year), sources, strict=False) if address
        ],
        banners=country_banners(pair, judgement),
        verdict=replace(chip(judgement.verdict, reasons.on_little(judgement)), word=wording.headline(judgement)),
        verdict_why=clean(reasons.verdict_why(judgement)),
        stated=_stated(judgement),
        tally=[(chip(verdict), count, notes.get(verdict, "")) for verdict, count in counts.items() if count],
        totals=totals(text.blocks),
        groups=finding_groups(judgement.findings, refs, names),
        one_sided=one_sided_views(judgement, refs),
        changes=main,
        earlier=earlier,
        incidents=incident_views(judgement, refs),
        recommendations=[_recommendation(pair, item, refs) for item in judgement.recommendations],
        text=text.blocks,
        has_marks=text.has_marks,
        editorial=None if judgement.editorial is None else [editorial_view(e) for e in judgement.editorial],
        dropped=[(n.year, _dropped(n.dropped)) for n in (pair.old, pair.new) if n.dropped],
        problems=[(p.severity.value, clean(p.message)) for p in (*pair.problems, *judgement.problems)],
        rules=[(name, clean(why), weight) for name, why, weight in reasons.used_rules(pair.new.profile, judgement)],
        little=digits(reasons.LITTLE),
        signature=signature_rows(signature, brief=index_href is not None),
        signature_more=signature_folds(signature, brief=index_href is not None),
    )


def _stated(judgement: Judgement) -> Stated | None:
    moves, move = reasons.stated(judgement), judgement.stated_verdict
    if not moves:
        return None
    differ = ""
    if move is not None and move is not judgement.verdict:
        ours, theirs = wording.VERDICTS[judgement.verdict].lower(), wording.VERDICTS[move].lower()
        differ = f"The two differ: the report’s own rating says {theirs}, the changes in its text say {ours}."
    return Stated(clean(moves), chip(move) if move is not None else None, differ)


def _changes(pair: Pair, judgement: Judgement, refs: Refs) -> tuple[list[ChangeView], list[ChangeView]]:
    """The changes up to the new reporting period and all restatements, and those between earlier years."""
    period = pair.new.profile.reporting_period(pair.new.year)
    axis, implied = axis_of(judgement.trends, period), wording.implied(judgement.trends)
    series: dict[tuple[object, ...], list[TrendPoint]] = {}
    for point in judgement.trends:
        series.setdefault((point.indicator, point.actor, point.body, point.unit, point.breakdown), []).append(point)
    lines = {key: dots(points) for key, points in series.items()}
    main: list[ChangeView] = []
    earlier: list[ChangeView] = []
    for change in judgement.changes:
        line = lines.get((change.indicator, change.actor, change.body, change.unit, change.breakdown), ())
        to_now, spark = change.restated or change.to_year >= period, Markup("")
        if to_now and not change.restated and _agrees(change, line):
            spark = sparkline(wording.series_title(pair.new.profile, change), line, axis, years=True)
        (main if to_now else earlier).append(_change(pair, change, refs, spark, implied))
    main.sort(key=lambda view: view.rank)  # stable: what an analyst must not miss first, then as judged
    return main, earlier


def _agrees(change: Change, line: Sequence[Dot]) -> bool:
    """Whether a series draws what its row says: one indicator may count several things, and one line shows one."""
    ends = {change.from_year: change.from_value, change.to_year: change.to_value}
    return all(dot.restated or ends.get(dot.year, dot.value) == dot.value for dot in line)


def _change(
    pair: Pair, change: Change, refs: Refs, spark: Markup, implied: frozenset[tuple[object, ...]]
) -> ChangeView:
    profile = pair.new.profile
    before, after = wording.before_and_after(profile, change, implied)
    lacks = change.direction in (Direction.NO_LONGER_REPORTED, Direction.NEWLY_REPORTED, Direction.NOT_COMPARABLE)
    return ChangeView(
        title=clean(wording.series_title(profile, change)),
        quote="" if change.indicator else clean(wording.around(change.to_text, change.to_value)),
        breakdown=breakdown_words(change.breakdown),
        before=refs.sentence(change.from_report, change.from_sentence, before),
        after=refs.sentence(change.to_report, change.to_sentence, after),
        direction=wording.direction(change),
        direction_css="lack" if lacks else "",
        delta=wording.delta(change),
        sort=change.delta or 0.0,
        rank=wording.SHOWN_FIRST.index(change.verdict),
        chip=chip(change.verdict),
        restated="restated" if change.restated else "",
        spark=spark,
    )


def _recommendation(pair: Pair, item: Recommendation, refs: Refs) -> RecommendationView:
    repeated = f"made {item.years_repeated} years in a row" if item.years_repeated > 1 else ""
    follow_up = None
    if item.follow_up is not None:
        follow_up = refs.sentence(refs.new_year, item.follow_up_sentence, clean(item.follow_up))
    return RecommendationView(
        op={Op.ADDED: "new", Op.REMOVED: "dropped", Op.EQUAL: "repeated"}.get(item.op, wording.OPS[item.op]),
        refs=refs.places(
            (refs.old_year, () if item.old_text is None else (item.old_sentence,)),
            (refs.new_year, () if item.new_text is None else (item.new_sentence,)),
        ),
        text=_recommended(pair, item),
        repeated=repeated,
        follow_up=follow_up,
        chip=chip(item.follow_up_verdict) if item.follow_up_verdict is not None else None,
    )


def _recommended(pair: Pair, item: Recommendation) -> Markup:
    """The recommendation's words, with what was edited in them where its two sentences are one link."""
    link = pair.new_links.get(-1 if item.new_sentence is None else item.new_sentence)
    if item.op is Op.EDITED and link is not None and pair.edits[link]:
        answer = pair.links[link]
        if answer.old == (item.old_sentence,) and answer.new == (item.new_sentence,):
            return merged(pair.edits[link])
    return plain(item.new_text or item.old_text or "")


def editorial_view(change: object) -> EditorialView:
    """One row of the table `editorial`, as a dataclass or a mapping, in words."""
    get = change.__getitem__ if isinstance(change, Mapping) else change.__getattribute__
    return EditorialView(
        wording.words(get("kind")),
        clean(get("old_text") or ""),
        clean(get("new_text") or ""),
        f"{get('countries'):,} ({get('share'):.0%})",
    )


def _dropped(spans: Sequence[Span]) -> list[tuple[str, str]]:
    """(reason in words, text) of what was set apart; the same text of the same reason once, with its count."""
    counts: dict[tuple[str, str], int] = {}
    for span in spans:
        key = (wording.words(span.reason), clean(span.text))
        counts[key] = counts.get(key, 0) + 1
    return [(f"{reason} (× {n})" if n > 1 else reason, text) for (reason, text), n in counts.items()]


def signature_rows(signature: Signature, brief: bool = False) -> list[tuple[str, str]]:
    """Version and profile as (what, value) rows for a footer; `brief` with a digest in the thresholds' place."""
    rows = [
        ("diffing", clean(signature.version)),
        ("profile", clean(f"{signature.profile} ({signature.profile_checksum[:12]})")),
        *((f"{what} of one's own", clean(name)) for what, name in signature.own),
    ]
    if brief and signature.thresholds:
        told = "; ".join(f"{name} {value:g}" for name, value in signature.thresholds)
        digest = sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        rows.append(("thresholds", f"{len(signature.thresholds)} ({digest}), listed on the page of all countries"))
    return rows


def signature_folds(signature: Signature, brief: bool = False) -> list[tuple[str, list[tuple[str, str]]]]:
    """The long parts of the signature, each with its title; `brief` without the thresholds, which the index has."""
    texts = [(clean(name), digest[:16]) for name, digest in signature.checksums]
    by_module: dict[str, list[str]] = {}
    for name, value in signature.thresholds:
        module, _, constant = name.rpartition(".")
        by_module.setdefault(module, []).append(f"{constant} {value:g}")
    thresholds = [(clean(module), clean(", ".join(some))) for module, some in by_module.items()]
    return [
        (title, rows)
        for title, rows in (("Checksums of the texts, SHA-256", texts), ("Thresholds", thresholds))
        if rows and not (brief and rows is thresholds)
    ]
