"""Events: the frames' own examples, and sentences made of each frame in every way that English tells a deed."""

from __future__ import annotations

import pytest

from diffing.language.analysis import analyse
from diffing.language.inflection import irregular_forms, verb_forms
from diffing.model.events import Event, Reality, direction_of
from diffing.profile import Frame, Modifier, load_profile

PROFILE = load_profile("hrr")
PREDICATES = {predicate.name: predicate for predicate in PROFILE.predicates}
CLASSES = {row.name: row for row in PROFILE.nouns}
IRREGULAR = irregular_forms((*PROFILE.lexicon["irregular"], *PROFILE.grammar["irregular"]))
EXAMPLES = [(frame, text) for frame in PROFILE.frames for text in frame.examples]
NOT_EXAMPLES = [(frame, text) for frame in PROFILE.frames for text in frame.not_examples]
# Of these the object is told as one and means many, so that "a" before it is no English; or the verb has no passive.
MADE = [
    frame
    for frame in PROFILE.frames
    if frame.objects and not frame.charge and CLASSES.get(frame.objects[0]) and PREDICATES[frame.predicates[0]].verbs
]


def told(text: str, frame: Frame) -> list[Event]:
    return [event for event in analyse(text, PROFILE).events if event.frame == frame.name]


@pytest.mark.parametrize(("frame", "text"), EXAMPLES, ids=[f"{f.name}: {text}" for f, text in EXAMPLES])
def test_examples(frame: Frame, text: str) -> None:
    (event, *_) = told(text, frame) or [None]
    assert event is not None, [(t.words, t.refused) for t in analyse(text, PROFILE).tried]
    assert (event.reality, event.polarity) == (Reality.DONE, "affirmed")


@pytest.mark.parametrize(("frame", "text"), NOT_EXAMPLES, ids=[f"{f.name}: {text}" for f, text in NOT_EXAMPLES])
def test_not_examples(frame: Frame, text: str) -> None:
    assert not [event for event in told(text, frame) if event.reality is Reality.DONE]


def test_every_frame_has_an_example() -> None:
    assert [frame.name for frame in PROFILE.frames if not frame.examples] == []


# Each way: the sentence, then polarity, reality and doer. {ed} is the past tense, {en} the participle, {base} the
# infinitive, {ing} the gerund, {s} the present; {it} the object.
WAYS = {
    "active": ("The government {ed} {it}.", "affirmed", "done", "state"),
    "dated": ("In June the ministry {ed} {it}.", "affirmed", "done", "state"),
    "passive": ("{It} was {en} by the government.", "affirmed", "done", "state"),
    "passive without a doer": ("{It} was {en}.", "affirmed", "done", "unknown"),
    "relative": ("The minister, who {ed} {it}, resigned.", "affirmed", "done", "state"),
    "list of deeds": ("The government met twice, {ed} {it}, and went on.", "affirmed", "done", "state"),
    "participial": ("The government changed its mind, {ing} {it}.", "affirmed", "done", "state"),
    "gone on": ("The government began {ing} {it}.", "affirmed", "done", "state"),
    "denied": ("The government did not {base} {it}.", "denied", "done", "state"),
    "denied in the perfect": ("The government has not yet {en} {it}.", "denied", "done", "state"),
    "denied passive": ("{It} was not {en}.", "denied", "done", "unknown"),
    "failed": ("The government failed to {base} {it}.", "denied", None, "state"),
    "not failed": ("The government did not fail to {base} {it}.", "affirmed", "done", "state"),
    "planned": ("The government planned to {base} {it}.", "affirmed", "planned", "state"),
    "will": ("The government will {base} {it}.", "affirmed", "planned", "state"),
    "asked": ("Unions urged the government to {base} {it}.", "affirmed", "asked", "state"),
    "should": ("The government should {base} {it}.", "affirmed", "asked", "state"),
    "conditional": ("The government could {base} {it}.", "affirmed", "conditional", "state"),
    "if": ("If the government {ed} {it}, many would leave.", "affirmed", "conditional", "state"),
    "law": ("By law the government {s} {it}.", "affirmed", "law", "state"),
    "said": ("Officials said that the government {ed} {it}.", "affirmed", "done", "state"),
    "alleged": ("Unions alleged that the government {ed} {it}.", "affirmed", "done", "state"),
    "by others": ("Parents {ed} {it}.", "affirmed", "done", "private"),
}


def made(way: str, frame: Frame) -> str:
    verbs = PREDICATES[frame.predicates[0]].verbs
    verb = min(verbs, key=lambda verb: " " in verb).split()[0]  # "hand" of "hand out" where no verb is one word
    forms = verb_forms(verb, IRREGULAR)
    by_name = {name: form for form, name in forms.items()}
    noun = CLASSES[frame.objects[0]].words[0]
    it = f"the {noun}"
    participle = IRREGULAR[verb][1] if verb in IRREGULAR else by_name["past"]
    past = IRREGULAR[verb][0] if verb in IRREGULAR else by_name["past"]
    return WAYS[way][0].format(
        ed=past, en=participle, base=verb, ing=by_name["ing"], s=by_name["s"], it=it, It=it[0].upper() + it[1:]
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("frame", MADE, ids=[frame.name for frame in MADE])
def test_every_way_to_tell_it(frame: Frame, way: str) -> None:
    _, polarity, reality, doer = WAYS[way]
    text = made(way, frame)
    found = told(text, frame)
    if frame.doers and doer not in frame.doers:
        assert found == [], text
        return
    assert found, (text, [(t.words, t.refused) for t in analyse(text, PROFILE).tried])
    event = found[0]
    assert event.polarity == polarity, text
    assert reality is None or event.reality.value == reality, text
    assert event.doer == doer, text
    assert event.alleged == (way == "alleged"), text
    assert text[event.start : event.end].strip(), text


@pytest.mark.parametrize("frame", MADE, ids=[frame.name for frame in MADE])
def test_direction_is_effect_times_worth(frame: Frame) -> None:
    (event, *_) = told(made("active", frame), frame)
    if frame.direction is None and event.object_class not in ("instruments", "orders"):
        assert event.direction == direction_of(event.effect, event.worth)
    elif event.object_class not in ("instruments", "orders"):
        assert event.direction == frame.direction


MODIFIERS = [row for row in PROFILE.modifiers if row.of == "events"]


@pytest.mark.parametrize("row", MODIFIERS, ids=[row.name for row in MODIFIERS])
def test_modifiers_of_deeds_are_tried_both_ways(row: Modifier) -> None:
    assert row.examples
    for text in row.examples:
        assert [scope for scope in analyse(text, PROFILE).scopes if scope.kind == row.when_affirmed], text
    for text in row.not_examples:
        assert not [scope for scope in analyse(text, PROFILE).scopes if scope.kind == row.when_affirmed], text


def test_a_participle_behind_a_verb_and_its_adverb_only_describes() -> None:
    events = analyse("The government repealed newly adopted rules on strikes.", PROFILE).events
    assert [event.frame for event in events] == ["instrument_ended"]
