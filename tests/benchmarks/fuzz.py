"""A million odd inputs to every stage: `make fuzz`.

    python tests/benchmarks/fuzz.py [--inputs 1000000] [--coverage 50000] [--seconds 5400] [--seed 0] [--jobs N]

Three kinds of inputs. Four of five are texts strung together from the pieces that the stages look for (numbers,
years, stops, bullets, headings, markup, any characters): each is read, then its figures are extracted or it is aligned
with the text before, in turn, and one in twenty-five goes through both, is judged and made a page; one of ten of them
is made from a pattern of the program's own, from what it repeats. One of five is a file (text, page, document, PDF,
table, profile, corpus.toml) with some of its bytes changed. The last `--coverage` are grown by atheris, where it is
installed, towards code that no input has reached yet.

What raises anything but the project's own errors, loses a character or takes over a second of CPU is printed and kept
in `.fuzz/`. Ends with 1 where anything was found, and where the seconds were over before the inputs were. Runs from
other seeds add up: each 5,000 inputs are one seed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from importlib import import_module
from itertools import count
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "profile"))

if "--grow" in sys.argv:
    import atheris

    with atheris.instrument_imports(include=["diffing"]):  # before anything else imports us
        import diffing.pipeline
        import diffing.reporting

from odd_files import made_odd, read_odd, whole_files
from test_odd_input import PIECES, check_figures, check_links, check_nothing_lost, parse, scripts_of_a_page, texts_of
from test_patterns_in_time import heard

import diffing
from diffing.model import DiffingError, Narrative
from diffing.profile import Profile, load_profile
from diffing.profile.hard_patterns import pumped

FOUND = Path(__file__).parents[2] / ".fuzz"
PROFILES = ("tip", "hrr", "dol")
FILES_EVERY = 5  # what is wrong with a file's bytes is met in the first lines of the readers
PARQUET_EVERY = 5_000  # each is read in a process of its own first, which takes a third of a second
PAGES_EVERY = 25  # a page costs as much as twenty of the other stages together
LONG = 0.1  # of the texts; what goes wrong mostly does so with a few pieces, at a fifth of the time
FROM_PATTERNS = 0.1  # of the texts
PUMPED = 600  # characters of each of those; `test_patterns_in_time` takes longer ones
SLOW = 1.0  # CPU seconds for an input of some hundred characters: a sign of backtracking
SHARE = 5_000  # inputs that one process runs at a time, from a seed of their own


@cache
def pumped_texts(number: int) -> list[str]:
    """The texts made from the structure of one pattern of the program's."""
    source, flags, _where = heard()[number]
    return pumped(source, PUMPED, flags) or [source]


def text_of(draw: random.Random) -> str:
    """A text of up to eight pieces, one in ten of up to forty; one in ten has any characters in between.

    Another one in ten is made from a pattern.
    """
    if draw.random() < FROM_PATTERNS:
        return draw.choice(pumped_texts(draw.randrange(len(heard()))))
    pieces = draw.choices(PIECES, k=draw.randint(0, 40 if draw.random() < LONG else 8))
    if draw.random() < 0.1:
        pieces.insert(draw.randint(0, len(pieces)), "".join(chr(draw.randrange(0x110000)) for _ in range(8)))
    if draw.random() < 0.05:
        pieces *= draw.randint(2, 20)
    return draw.choice(("", " ")).join(pieces)


def run_text(text: str, before: Narrative | None, profile: Profile, stage: str = "page") -> Narrative:
    """One text read, and through one stage ("figures", "links"), both, or all with its page; raises what is wrong."""
    narrative = parse(text, 2020, profile)
    check_nothing_lost(narrative)
    if stage != "links":
        check_figures(narrative)
    if before is not None and stage != "figures":
        check_links(texts_of(before), texts_of(narrative))
    if stage == "page":
        old = parse(before.text if before else "", 2019, profile)
        html = diffing.compare(old, narrative).to_html()
        assert html.count("<script") == scripts_of_a_page(), "a narrative put a script into the page"
    return narrative


def read_here(work: str, *arguments: object, seconds: float, megabytes: int, what: str, most: int = 0) -> object:
    """As `run_apart`, in this process: starting one takes longer than what is looked for."""
    module, _, name = work.partition(":")
    try:
        return getattr(import_module(module), name)(*arguments)
    except (DiffingError, KeyboardInterrupt):
        raise
    except Exception as error:  # which is how a child of ours ends, too
        raise DiffingError(f"{what}: {error}") from error


def stay_here() -> None:
    """Lets all readers but that of Parquet, which can end a process, read in this one."""
    for module in (
        "reading.pdf",
        "reading.office",
        "reading.html",
        "corpus.table_files",
        "profile.loading",
        "profile.toml_files",
    ):
        room = import_module(f"diffing.{module}")
        apart = room.run_apart

        def either(work: str, *arguments: object, apart: Callable[..., object] = apart, **limits: object) -> object:
            parquet = any(str(one) == ".parquet" for one in arguments)
            return (apart if parquet else read_here)(work, *arguments, **limits)

        room.run_apart = either


def problem_of(run: Callable[[], object]) -> str | None:
    """What was wrong with a run of one input, or None."""
    start = time.process_time()
    try:
        run()
    except (DiffingError, KeyboardInterrupt):
        return None
    except BaseException:  # a panic inside a library is no Exception
        return traceback.format_exc()
    spent = time.process_time() - start
    return f"took {spent:.1f} s" if spent > SLOW else None


def run_many(seed: int, inputs: int, until: float) -> tuple[int, list[str]]:
    """How many inputs were run before `until`, and what was found."""
    draw, found = random.Random(seed), []
    before: list[Narrative | None] = [None]
    FOUND.mkdir(exist_ok=True)
    last = FOUND / f"last-{os.getpid()}"
    kinds = [kind for kind in whole_files() if kind != ".parquet"]

    def one_text(text: str, profile: Profile, stage: str) -> None:
        before[0] = run_text(text, before[0], profile, stage)

    heard()
    stay_here()
    profiles = {name: load_profile(name) for name in PROFILES}
    for profile in profiles.values():  # what is made once is no part of an input
        one_text("Police identified eight victims.", profile, "page")
    for number in range(inputs):
        if time.time() > until:
            return number, found
        if number % FILES_EVERY == 0:
            name = kinds[number // FILES_EVERY % len(kinds)] if number % PARQUET_EVERY else ".parquet"
            data = made_odd(draw, whole_files()[name])
            last.write_bytes(data)  # a library that ends the process leaves at least the input behind
            problem = problem_of(partial(read_odd, name, data))
        else:
            name, text = draw.choice(PROFILES), text_of(draw)
            data = text.encode("utf-8", "surrogatepass")
            stage = "page" if number % PAGES_EVERY == 1 else ("figures", "links")[number % 2]
            problem = problem_of(partial(one_text, text, profiles[name], stage))
        if problem is not None:
            kept = FOUND / hashlib.sha256(data).hexdigest()[:12]
            kept.write_bytes(data)
            found.append(f"{kept} ({name}, {len(data)} bytes): {problem}")
    return inputs, found


def grow(inputs: int, seconds: int) -> int:
    """Runs atheris in a process of its own; the number of inputs that it ran, 0 where it is not installed."""
    command = [sys.executable, __file__, "--grow", f"-runs={inputs}", "-max_len=400", "-len_control=0"]
    done = subprocess.run([*command, f"-max_total_time={seconds}"], capture_output=True, text=True)
    if "No module named 'atheris'" in done.stderr:
        print("atheris is not installed: `make fuzz` installs it where there is one for this machine")
        return 0
    told = done.stderr.splitlines()
    for line in told[-40:] if done.returncode else [line for line in told if "\tDONE" in line]:
        print("  atheris:", line)
    counted = [int(number) for number in re.findall(r"^#(\d+)\t", done.stderr, re.MULTILINE)]
    if done.returncode:
        raise SystemExit("atheris found something: see above")
    return max(counted, default=0)


def grow_here(flags: list[str]) -> None:
    """The process that atheris drives."""
    before: list[Narrative | None] = [None]
    number, tip = count(1), load_profile("tip")

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        picks = [
            PIECES[provider.ConsumeIntInRange(0, len(PIECES) - 1)] for _ in range(provider.ConsumeIntInRange(0, 12))
        ]
        text = " ".join(picks) + provider.ConsumeUnicode(200)
        stage = "page" if next(number) % PAGES_EVERY == 0 else "both"
        before[0] = run_text(text, before[0], tip, stage)

    atheris.Setup([sys.argv[0], *flags], one)
    atheris.Fuzz()


def main() -> None:
    """Runs the inputs, prints what was found, and exits with 1 where something was."""
    if "--grow" in sys.argv:
        grow_here(sys.argv[sys.argv.index("--grow") + 1 :])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--coverage", type=int, default=50_000)
    parser.add_argument("--seconds", type=int, default=5_400)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int)
    wanted = parser.parse_args()
    start = time.time()
    until = start + wanted.seconds
    found: list[str] = []
    ran = 0
    shares = [min(SHARE, wanted.inputs - at) for at in range(0, wanted.inputs, SHARE)]
    seeds = range(wanted.seed, wanted.seed + len(shares))
    # processes of their own: in a forked one the threads of polars are missing, and it waits for them for ever
    with ProcessPoolExecutor(wanted.jobs, mp_context=get_context("spawn")) as pool:
        for number, problems in pool.map(run_many, seeds, shares, [until] * len(shares)):
            ran += number
            if ran % (10 * SHARE) == 0:
                print(f"{ran:,} inputs after {time.time() - start:.0f} s, {len(found)} found", flush=True)
            for problem in problems:
                print(problem, flush=True)
            found += problems
    print(f"{ran:,} texts and files in {time.time() - start:.0f} s: {len(found)} found", flush=True)
    grown = grow(wanted.coverage, max(60, int(until - time.time())))
    print(f"{grown:,} inputs grown towards unreached code; {ran + grown:,} in all in {time.time() - start:.0f} s")
    if ran < wanted.inputs:
        print(f"The limit of {wanted.seconds:,} s was over before {wanted.inputs:,} inputs were run: give --seconds")
    sys.exit(bool(found) or ran < wanted.inputs)


if __name__ == "__main__":
    main()
