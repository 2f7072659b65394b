"""The findings of a country as its page lists them: by verdict, what is only silent and wishes apart."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from diffing.model import Finding, Verdict
from diffing.reporting import reasons, wording
from diffing.reporting.marked_words import clean
from diffing.reporting.refs import Chip, Ref, Refs, chip


class FindingView(Struct, frozen=True):
    """One finding with its evidence; `quote` is what its summary counts, where only the sentence says it.

    `about`: its section, where the summary does not name it, what it rests on, and how often its rule was right on
    held-back text. `mark` and `note` are what a reader said of it.
    """

    id: str
    summary: str
    quote: str
    about: Sequence[str]
    refs: Sequence[Ref]
    mark: str
    note: str


class FindingGroup(Struct, frozen=True):
    """The findings of one verdict; `folded` where they are shown on demand."""

    chip: Chip
    title: str
    note: str
    folded: bool
    findings: Sequence[FindingView]


_NOTES = {
    Verdict.UNCLEAR: "Changed, but nothing says whether for the better.",
    Verdict.NO_CHANGE: "Where the sentence was edited, what else is in it may have moved.",
}
_SILENT = "The new report says nothing of it: neither that it ended nor that it goes on."


def finding_groups(findings: Sequence[Finding], refs: Refs, names: Sequence[str]) -> list[FindingGroup]:
    """The findings by verdict; what is only silent, and wishes, which say nothing of what was done, stand apart."""
    groups = []
    for verdict in wording.SHOWN_FIRST:
        of_verdict = [pair for pair in zip(findings, names, strict=True) if pair[0].verdict is verdict]
        of_verdict.sort(key=lambda pair: -pair[0].strength)
        unclear = verdict is Verdict.UNCLEAR
        wishes = [one for one in of_verdict if unclear and one[0].rule in reasons.WISHES]
        silent = [one for one in of_verdict if unclear and reasons.silent(one[0])]
        apart = {id(one) for one in (*wishes, *silent)}
        others = [one for one in of_verdict if id(one) not in apart]
        for some, title, note, folded in (
            (others, wording.VERDICTS[verdict], _NOTES.get(verdict, ""), verdict is Verdict.NO_CHANGE),
            (silent, "No longer mentioned", _SILENT, False),
            (wishes, "Recommendations made for the first time or no longer", "", True),
        ):
            if some:
                shown = [_finding(finding, name, refs) for finding, name in some]
                groups.append(FindingGroup(chip(verdict), f"{title} ({len(shown)})", note, folded, shown))
    return groups


def _finding(finding: Finding, name: str, refs: Refs) -> FindingView:
    section = refs.section(finding.section)
    quote = ""
    if finding.indicator is None and finding.rule.on_numbers and not finding.summary.startswith("“"):
        quote = wording.around(finding.new_text or finding.old_text or "", finding.to_value)
    summary = clean(finding.summary)
    section = "" if section in summary else section
    return FindingView(
        id=name,
        summary=summary,
        quote=clean(quote),
        about=[said for said in (section, reasons.rule_words(finding), reasons.sure(finding)) if said],
        refs=refs.evidence(finding),
        mark=finding.review or "",
        note=clean(finding.note or ""),
    )
