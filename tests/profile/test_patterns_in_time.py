"""No pattern, of a profile or of the code, takes more than linear time, whatever it is given.

Each is let loose on runs of what it looks for (its own words) and of single characters, and on texts made from its own
structure (`hard_patterns`). Times are only compared with each other: twice the text may not take much more than
twice the time.
"""

import importlib
import json
import pkgutil
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

import diffing
from diffing.profile import ProfileError, load_profile, loading, patterns
from diffing.profile.hard_patterns import first_hard, pumped
from diffing.running import example_trials

LENGTH = 8_000
PLAYED = 0.02  # seconds below which nothing is made of a time: a linear pattern takes a tenth of it
PUMPED = 1_500  # characters of a text made from a pattern's own structure
GROWS = 2.8  # times as long for twice the text; linear is 2, quadratic 4
RUNS = (" ", "a", "A", "8", ".", ",", "-", "(", ")", "\n", "“", "'s ", "a ", "8 ", "8, ", "a, ", "and ", "not ", "a-",
        "8.", "A. ", "\n\n", "a\n", "$", "• ", '\\"', "/* ", "@")  # fmt: skip
# Patterns that are only asked at one place of a text at a time, or of a line of two hundred characters at most.
AT_ONE_PLACE = {
    "diffing.reading.proposing._NO_NOUN",
    "diffing.reporting.swapping._OUR_NAME",
    "diffing.reading.items._GOES_ON",
    "diffing.reading.layout._MARKER",
    "diffing.extracting.labels._LINE",
    "diffing.extracting.labels._VALUE",
}
# Whose patterns, made from the profile's, are only asked at the beginning of a line.
AT_A_LINES_START = "diffing.reading.layout"


def inside(value: object) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from inside(item)
    elif isinstance(value, dict):
        yield from inside(tuple(value.values()))


def every_pattern() -> dict[str, re.Pattern]:
    """Each pattern of profiles and modules once, by where it stands."""
    found = {f"{name}: {key}": one.regex for name in ("tip", "hrr", "dol") for key, one in patterns(load_profile(name))}
    for module in pkgutil.walk_packages(diffing.__path__, "diffing."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                found |= {f"{module.name}.{name}": pattern for pattern in inside(value)}
    once = {(pattern.pattern, pattern.flags): where for where, pattern in reversed(found.items())}
    return {where: found[where] for where in once.values()}


# Runs the program over every family with an ear at the compiler: patterns are made in functions too, from words.
LISTEN = """
import importlib, json, pathlib, pkgutil, re, sys
heard = {}
real = re._compile
def listen(pattern, flags):
    frame = sys._getframe(1)
    while frame and pathlib.Path(frame.f_code.co_filename).parent.name == "re":
        frame = frame.f_back
    if isinstance(pattern, str) and frame and frame.f_globals.get("__name__", "").startswith("diffing."):
        heard.setdefault((pattern, int(flags)), f"{frame.f_globals['__name__']}, line {frame.f_lineno}")
    return real(pattern, flags)
re._compile = listen
import diffing
from diffing.profile import load_profile, patterns
for module in pkgutil.walk_packages(diffing.__path__, "diffing."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
corpus = diffing.Corpus(sys.argv[1])
texts = [corpus.narrative("turkmenistan", year).text for year in (2019, 2020)]
for family in ("tip", "hrr", "dol"):
    [one.regex for _, one in patterns(load_profile(family))]
    old, new = (diffing.parse_narrative(t, country="X", year=2019 + n, profile=family) for n, t in enumerate(texts))
    diffing.compare(old, new).to_html()
print(json.dumps([[pattern, flags, where] for (pattern, flags), where in heard.items()]))
"""


@cache
def heard() -> list[tuple[str, int, str]]:
    """Every pattern that the program compiles: its text, its flags, and where."""
    sample = Path(diffing.__file__).parents[1] / "corpora" / "sample"
    told = subprocess.run([sys.executable, "-c", LISTEN, str(sample)], capture_output=True, text=True, check=True)
    return [tuple(one) for one in json.loads(told.stdout)]


def seconds(pattern: re.Pattern, text: str | bytes, at_one_place: bool) -> float:
    start = time.process_time()
    if at_one_place:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return time.process_time() - start


def grows(pattern: re.Pattern, piece: str, at_one_place: bool) -> bool:
    """Whether twice as many of the pieces take much more than twice the time, the fastest of three each."""
    texts: list = [piece * (length // len(piece)) for length in (LENGTH // 2, LENGTH)]
    if isinstance(pattern.pattern, bytes):
        texts = [text.encode() for text in texts]
    if seconds(pattern, texts[1], at_one_place) < PLAYED:
        return False
    half, whole = (min(seconds(pattern, text, at_one_place) for _ in range(3)) for text in texts)
    return whole > GROWS * half


def grew(pattern: re.Pattern, short: str, long: str, at_one_place: bool) -> bool:
    """Whether the text of twice the length takes much more than twice the time, the fastest of three each."""
    half, whole = (min(seconds(pattern, text, at_one_place) for _ in range(3)) for text in (short, long))
    return whole > GROWS * half


def runs_for(pattern: re.Pattern) -> list[str]:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    words = sorted(set(re.findall(r"[A-Za-z]{2,}", re.sub(r"\\.", "", source))))
    draw = random.Random(1)
    some = draw.sample(words, min(6, len(words)))
    return [*RUNS, *(f"{word} " for word in some), *([" ".join(draw.choices(words, k=3)) + " "] if words else [])]


def test_a_pattern_that_looks_back_and_forth_is_found_out():
    assert grows(re.compile(r"\w+\s*x"), "a", False)
    assert grows(re.compile(r"(?:a |c)*b"), "a ", False)
    assert not grows(re.compile(r"a.{0,20}b"), "a ", False)


def test_every_pattern_takes_linear_time():
    found = every_pattern()
    assert len(found) > 200
    slow = {
        where: piece
        for where, pattern in found.items()
        for piece in runs_for(pattern)
        if all(grows(pattern, piece, where in AT_ONE_PLACE) for _ in range(3))  # others may take the processor once
    }
    assert slow == {}


def test_no_pattern_takes_for_ever_on_what_it_repeats():
    """Each comes to the end of every text made from its own repeats, as a user's has to at load."""
    assert len(heard()) > 300
    assert first_hard([[f"{where}: {pattern}", pattern] for pattern, _flags, where in heard()]) is None


def test_no_pattern_takes_more_than_linear_time_on_what_it_repeats():
    at_one_place = {pattern.pattern for where, pattern in every_pattern().items() if where in AT_ONE_PLACE}
    slow = {}
    for source, flags, where in heard():
        pattern = re.compile(source, flags)
        once = source in at_one_place or where.startswith(AT_A_LINES_START)
        pairs = zip(pumped(source, PUMPED, flags), pumped(source, 2 * PUMPED, flags), strict=True)
        for short, long in pairs:
            if seconds(pattern, short, once) < PLAYED / 4:
                continue
            if all(grew(pattern, short, long, once) for _ in range(3)):
                slow[f"{where}: {source}"] = short[:40]
                break
    assert not slow, "\n".join(f"{where} <- {text!r}" for where, text in slow.items())


CATASTROPHES = (
    "(a+)+b",
    "(?:a|a)*x",
    r"(\w+\s?)*\.",
    "(?:[^;]{2,80};?){1,9}!",
    r"(?:a{1,50}){1,50}b",
    "(?P<x>a*)*(?=b)",
    r"(?:[b-m]x|[^\x00-@\[-kn-\U0010ffff]x)+#",  # two classes that share only what neither names
)


def own_profile(tmp_path: Path, pattern: str) -> Path:
    path = tmp_path / "own.toml"
    cue = f'[[judging.periods]]\nname = "mine"\npolarity = 1\nexamples = ["a"]\npattern = {json.dumps(pattern)}\n'
    path.write_text(f'extends = "tip"\nname = "own"\n{cue}')
    return path


@pytest.mark.parametrize("pattern", CATASTROPHES)
def test_a_users_pattern_that_would_never_end_is_refused_by_its_key(tmp_path, pattern):
    with pytest.raises(ProfileError, match=r"own\.toml: key judging\.periods\[mine\]\.pattern: takes for ever"):
        load_profile(own_profile(tmp_path, pattern))


@pytest.mark.parametrize("widest", [r"[\x00-\uffff]", r"[!-\U0010ffff]", "[^a]|[a-\uffff]{2,9}"])
def test_a_users_patterns_that_take_long_to_be_made_are_refused_by_their_key(tmp_path, monkeypatch, widest):
    """A class of all letters takes 5 ms to be made, again for each form of it; a profile may hold 100,000 of them."""
    made = []
    monkeypatch.setattr(loading, "compiled", made.append)
    told = r"own\.toml: its patterns take too long to be tried \(key judging\.periods\[mine\]\.pattern: .* to be made"
    with pytest.raises(ProfileError, match=told):
        load_profile(own_profile(tmp_path, "|".join(f"{n}{widest}" for n in range(900))))
    assert not made


@pytest.mark.parametrize("pattern", ["a++b", r"the (?:\w+ ){0,8}law", r"(?:home|reports?)(?: > [^>]{2,80}+){1,6}"])
def test_a_users_sound_pattern_is_taken(tmp_path, pattern):
    assert load_profile(own_profile(tmp_path, pattern)).name == "own"


@pytest.mark.parametrize("pattern", ["(" * 3_000 + ")" * 3_000, "(?:a{60000}){60000}b", "a{9999999999}"])
def test_a_users_pattern_that_is_beyond_all_measure_is_an_error_or_harmless(tmp_path, pattern):
    with suppress(ProfileError):  # any other error is a failure
        load_profile(own_profile(tmp_path, pattern))


def test_examples_that_a_pattern_takes_for_ever_on_end_with_their_profile(tmp_path, monkeypatch):
    """Its trial at load is with texts of 3,000 characters; a profile may hold many of 20,000."""
    monkeypatch.setattr(example_trials, "SECONDS", 0.5)
    path = own_profile(tmp_path, ".*a.*b")
    path.write_text(path.read_text() + f'not_examples = ["{"a" * 19_000}"]\n')
    for tried in (example_trials.check_tried, example_trials.faults_of):
        with pytest.raises(ProfileError, match="profile own: trying its examples took more than"):
            tried(load_profile(path))
