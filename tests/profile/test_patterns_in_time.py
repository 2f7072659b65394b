"""No pattern, of a profile or of the code, takes more than linear time, whatever it is given.

Each is let loose on runs of what it looks for (its own words) and of single characters. Times are only compared with
each other: twice the text may not take much more than twice the time.
"""

import importlib
import pkgutil
import random
import re
import time
from collections.abc import Iterator

import diffing
from diffing.profile import load_profile, patterns

LENGTH = 8_000
PLAYED = 0.02  # seconds below which nothing is made of a time: a linear pattern takes a tenth of it
GROWS = 2.8  # times as long for twice the text; linear is 2, quadratic 4
RUNS = (" ", "a", "A", "8", ".", ",", "-", "(", ")", "\n", "“", "'s ", "a ", "8 ", "8, ", "a, ", "and ", "not ", "a-",
        "8.", "A. ", "\n\n", "a\n", "$", "• ")  # fmt: skip
# Patterns that are only asked at one place of a text at a time, or of a line of two hundred characters at most.
AT_ONE_PLACE = {
    "diffing.reading.items._GOES_ON",
    "diffing.reading.layout._MARKER",
    "diffing.judging.cues._TAKES",
    "diffing.judging.governed._TAKES",
    "diffing.extracting.labels._LINE",
    "diffing.extracting.labels._VALUE",
}


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


def seconds(pattern: re.Pattern, text: str | bytes, at_one_place: bool) -> float:
    start = time.process_time()
    if at_one_place:
        pattern.match(text)
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
