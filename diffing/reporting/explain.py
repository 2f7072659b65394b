"""The reading of a sentence, layer by layer: what `diffing explain` prints.

>>> from diffing.language.analysis import analyse
>>> from diffing.profile import load_profile
>>> print(explain_sentence(analyse("NGOs urged the state to close the camp.", load_profile("hrr")), ()))
NGOs urged the state to close the camp.
  phrases  [NGOs] <urged> [the state] <to close> [the camp]
  clauses  urge (main): who: NGOs; on whom: the state
           close (infinitive, led by urge): who: the state; on whom: the camp
  scopes   asked, by “urged”: “the state to close the camp”
  events   none
           “to close”: no frame takes what it acts on by state
  figures  none
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from diffing.language.analysis import Analysis
from diffing.language.constituents import Clause, Phrase
from diffing.language.scopes import Scope
from diffing.model import Event, Figure, Refused
from diffing.reporting.wording import amount_of

_SIGNS = {1: "better", -1: "worse", 0: "neither better nor worse"}
_BRACKETS = {"noun": "[{}]", "verb": "<{}>"}
_WIDTH = 11


def explain_sentence(said: Analysis, figures: Sequence[Figure] | None, numbers: Sequence[Refused] = ()) -> str:
    """The layers of one sentence as lines of text: phrases, clauses, scopes, events and figures, with what was refused.

    `figures` None: nobody looked for any; `numbers` are those of its numbers that are no figures.
    """
    layers = [
        ("phrases", [_phrases(said)]),
        ("clauses", [_clause(said, clause) for clause in said.clauses]),
        ("scopes", [_scope(said, scope) for scope in said.scopes]),
        ("events", [*_events(said.events), *_refused(said)]),
    ]
    if figures is not None:
        layers.append(("figures", [*map(_figure, figures), *map(str, numbers)]))
    lines = [" ".join(said.text.split())]
    for name, rows in layers:
        shown = rows or ["none"]
        if (name == "events" and not said.events) or (name == "figures" and not figures):
            shown = ["none", *rows]
        lines += [f"  {name if k == 0 else '':<{_WIDTH - 2}}{row}" for k, row in enumerate(shown)]
    return "\n".join(lines)


def _of(said: Analysis, phrase: Phrase) -> str:
    return " ".join(said.text[phrase.start : phrase.end].split())


def _phrases(said: Analysis) -> str:
    shown = (_BRACKETS.get(part.kind, "{}").format(_of(said, part)) for part in said.phrases)
    return " ".join(shown).removesuffix(" .")


def _clause(said: Analysis, clause: Clause) -> str:
    led = f", led by {clause.leader.verb.lemma}" if clause.leader is not None and clause.kind != "main" else ""
    voice = ", passive" if clause.passive else ""
    parts = [
        ("who", [clause.doer] if clause.doer is not None else []),
        ("on whom", clause.patients),
    ]
    told = [f"{name}: {', '.join(_of(said, noun) for noun in nouns)}" for name, nouns in parts if nouns]
    told += [f"{prep} {_of(said, noun)}" for prep, noun in clause.preps if not (clause.passive and prep == "by")]
    return f"{clause.verb.lemma} ({clause.kind}{voice}{led}): {'; '.join(told) or 'nothing beside it'}"


def _scope(said: Analysis, scope: Scope) -> str:
    by, over = said.text[scope.trigger : scope.trigger_end], said.text[scope.start : scope.end]
    return f"{scope.kind}, by “{by}”: “{over}”"


def _events(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        meant = [event.polarity, event.reality.value]
        meant += [name for name, on in (("alleged", event.alleged), ("charged", event.charged)) if on]
        meant += [event.comparison] if event.comparison else []
        meant += [str(event.year)] if event.year else ["dated"] if event.dated else ["undated"]
        yield (
            f"{event.frame}: “{event.text}”, by {event.doer} ({event.doer_basis}), on {event.object_class or 'a noun'} "
            f"worth {event.worth}: {event.effect} x {event.worth} is {_SIGNS[event.direction]}; {', '.join(meant)}"
        )


def _refused(said: Analysis) -> Iterator[str]:
    for tried in said.tried:
        if tried.event is None:
            yield f"“{tried.words}”: {tried.refused}"


def _figure(figure: Figure) -> str:
    value = amount_of(figure)
    year = f"{figure.year} ({figure.basis})" if figure.year else "no year"
    return f"“{figure.text}”: {value}, {figure.indicator or 'no indicator'}, {year}; {figure.reason}"
