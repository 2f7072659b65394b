"""A million odd inputs to every stage: `make fuzz`.

    python tests/benchmarks/fuzz.py [--inputs 1000000] [--coverage 20000] [--seconds 1500] [--seed 0]

Nine tenths of the inputs are strung together from the pieces that the stages look for (numbers, years, stops,
bullets, headings, markup, any characters); the rest is grown by atheris, where it is installed, towards code that no
input has reached yet. Each is read, extracted, aligned with the input before, and now and then judged and made a
page. What raises anything, loses a character or takes over a second is printed and kept in `.fuzz/`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

if "--grow" in sys.argv:
    import atheris

    with atheris.instrument_imports(include=["diffing"]):  # before anything else imports us
        import diffing.reading
        import diffing.reporting

from test_odd_input import PIECES, check_figures, check_links, check_nothing_lost, parse, texts_of

import diffing
from diffing.model import DiffingError, Narrative

FOUND = Path(__file__).parents[2] / ".fuzz"
PROFILES = ("tip", "hrr", "dol")
PAGES_EVERY = 25  # a page costs as much as twenty of the other stages together
SLOW = 1.0  # CPU seconds for a text of some hundred characters: a sign of backtracking


def text_of(draw: random.Random) -> str:
    """A text of up to forty pieces; one in ten has any characters in between."""
    pieces = draw.choices(PIECES, k=draw.randint(0, 40))
    if draw.random() < 0.1:
        pieces.insert(draw.randint(0, len(pieces)), "".join(chr(draw.randrange(0x110000)) for _ in range(8)))
    if draw.random() < 0.05:
        pieces *= draw.randint(2, 20)
    return draw.choice(("", " ")).join(pieces)


def run_one(text: str, before: Narrative | None, profile: str, page: bool) -> Narrative:
    """One input through every stage; raises where something is wrong with the answer."""
    narrative = parse(text, 2020, profile)
    check_nothing_lost(narrative)
    check_figures(narrative)
    if before is not None:
        check_links(texts_of(before), texts_of(narrative))
    if page:
        old = parse(before.text if before else "", 2019, profile)
        html = diffing.compare(old, narrative).to_html()
        assert html.count("<script") == 1, "a narrative put a script into the page"
    return narrative


def run_many(seed: int, inputs: int, until: float) -> tuple[int, list[str]]:
    """How many inputs were run before `until`, and what was found."""
    draw, before, found = random.Random(seed), None, []
    for profile in PROFILES:  # loading them is no part of an input
        run_one("Police identified eight victims.", None, profile, True)
    for number in range(inputs):
        if time.time() > until:
            return number, found
        text, profile = text_of(draw), draw.choice(PROFILES)
        start = time.process_time()
        try:
            before = run_one(text, before, profile, number % PAGES_EVERY == 0)
            problem = None
        except DiffingError:
            problem = None
        except Exception:
            problem = traceback.format_exc()
        if problem is None and time.process_time() - start > SLOW:
            problem = f"took {time.process_time() - start:.1f} s"
        if problem is not None:
            FOUND.mkdir(exist_ok=True)
            name = FOUND / f"{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}.txt"
            name.write_text(text, "utf-8", errors="surrogatepass")
            found.append(f"{name.name} ({profile}, {len(text)} characters): {problem}")
    return inputs, found


def grow(inputs: int, seconds: int) -> int:
    """Runs atheris in a process of its own; the number of inputs that it ran, 0 where it is not installed."""
    command = [sys.executable, __file__, "--grow", f"-runs={inputs}", "-max_len=400", f"-max_total_time={seconds}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if "No module named 'atheris'" in done.stderr:
        print("atheris is not installed: `make fuzz` installs it where there is one for this machine")
        return 0
    for line in done.stderr.splitlines()[-40 if done.returncode else -2 :]:
        print("  atheris:", line)
    counted = [int(line.split("#")[1].split()[0]) for line in done.stderr.splitlines() if line.startswith("#")]
    if done.returncode:
        raise SystemExit("atheris found something: see above")
    return max(counted, default=0)


def grow_here(flags: list[str]) -> None:
    """The process that atheris drives."""
    before: list[Narrative] = []

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        picks = [
            PIECES[provider.ConsumeIntInRange(0, len(PIECES) - 1)] for _ in range(provider.ConsumeIntInRange(0, 12))
        ]
        text = " ".join(picks) + provider.ConsumeUnicode(200)
        before[:] = [run_one(text, before[0] if before else None, "tip", page=False)]

    atheris.Setup([sys.argv[0], *flags], one)
    atheris.Fuzz()


def main() -> None:
    """Runs the inputs, prints what was found, and exits with 1 where something was."""
    if "--grow" in sys.argv:
        grow_here(sys.argv[sys.argv.index("--grow") + 1 :])
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--coverage", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    until, start, share = time.time() + wanted.seconds, time.time(), 5_000
    found: list[str] = []
    ran = 0
    with ProcessPoolExecutor() as pool:
        seeds = range(wanted.seed, wanted.seed + -(-wanted.inputs // share))
        for number, problems in pool.map(run_many, seeds, [share] * len(seeds), [until] * len(seeds)):
            ran += number
            if ran % (10 * share) == 0:
                print(f"{ran:,} inputs after {time.time() - start:.0f} s, {len(found)} found", flush=True)
            for problem in problems:
                print(problem, flush=True)
            found += problems
    print(f"{ran:,} inputs of pieces in {time.time() - start:.0f} s: {len(found)} found")
    grown = grow(wanted.coverage, max(60, int(until - time.time())))
    print(f"{grown:,} inputs grown towards unreached code; {ran + grown:,} in all")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
