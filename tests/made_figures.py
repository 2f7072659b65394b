"""Figures and pairs of narratives as the tests of judging make them."""

import diffing
from diffing.model import Actor, Basis, Figure, Link, Pair, Qualifier, Status
from diffing.profile import load_profile
from diffing.reading import parse_narrative


def figure(year, value, indicator="victims_identified", **more):
    """A figure as extraction gives it; value None is an explicit absence."""
    fields = {
        "figure": 0,
        "sentence": 0,
        "indicator": indicator,
        "actor": Actor.GOVERNMENT,
        "year": year,
        "basis": Basis.STATED,
        "value": value,
        "low": value,
        "high": value,
        "qualifier": Qualifier.EXACT,
        "unit": "persons" if value is not None else None,
        "status": Status.REPORTED if value is not None else Status.NOT_REPORTED,
        "part_of": None,
        "breakdown": None,
        "start": 0,
        "end": 1,
        "text": "x",
        "section": "protection",
    }
    if more.get("qualifier") in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        fields["high"] = None
    if more.get("qualifier") in (Qualifier.UP_TO, Qualifier.FEWER_THAN):
        fields["low"] = None
    return Figure(**{**fields, **more})


def pair_of(old_figures, new_figures, old="Old sentence.", new="New sentence.", profile="tip", linked=True):
    """Two narratives of one sentence each, linked, with the figures given."""
    loaded = load_profile(profile) if isinstance(profile, str) else profile
    a = parse_narrative(old, country="Norvania", year=2019, profile=loaded)
    b = parse_narrative(new, country="Norvania", year=2020, profile=loaded)
    links = (Link((0,), (0,), 0.8),) if linked and a.sentences and b.sentences else ()
    edits = tuple(diffing.aligning.word_edits(old, new) for _ in links)
    return Pair(a, b, links, edits, (), tuple(old_figures), tuple(new_figures))
