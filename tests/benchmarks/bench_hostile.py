"""Texts made to be slow, through every stage: time and memory of each at a megabyte.

    python tests/benchmarks/bench_hostile.py [--size 1000000] [--limit 20] [--only WORDS] [--diff] [--jobs 2]

Each case is two files in a process of its own: the hostile text, and the same with its beginning gone and its
numbers changed. They are read, compared, and shown as page, as text and as tables; with `--diff` they are a corpus
of one country, and it is `diffing diff` that runs. CPU seconds, peak memory (MB), and where the time went. A case
over the limit of seconds, or over 1,500 MB, is marked, and the script ends with 1. What is refused for its number of
sentences is run again with as many as one narrative may have.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile import HOSTILE, different
from odd_files import pdf_of

MOST_MEMORY = 1_500  # MB: what a year of real reports may take
ENOUGH = 6  # times the limit of CPU seconds after which a case is given up
START = 10  # CPU seconds that the imports may take besides


def text_file(make: Callable[[int], str]) -> Callable[[int], tuple[str, bytes, bytes]]:
    """A maker of two plain text files."""

    def made(size: int) -> tuple[str, bytes, bytes]:
        text = make(size)
        old, new = (t.encode("utf-8", "surrogatepass")[:size] for t in (text, different(text)))
        whole = (t.decode("utf-8", "ignore").encode() or t for t in (old, new))
        return ".txt", *whole

    return made


def page_file(piece: str, start: str = "<html><body>", end: str = "") -> Callable[[int], tuple[str, bytes, bytes]]:
    """A maker of two pages of `piece` again and again."""

    def made(size: int) -> tuple[str, bytes, bytes]:
        page = (start + piece * (size // len(piece)) + end).encode()
        return ".html", page, page.replace(b"8", b"9", 1000)

    return made


def pdf_file(line: str, lines: int) -> Callable[[int], tuple[str, bytes, bytes]]:
    """A maker of two PDF files whose one page's drawing says `line` so many times, over and over."""

    def made(size: int) -> tuple[str, bytes, bytes]:
        drawing = "BT /F1 9 Tf 40 800 Td\n" + f"({line}) Tj 0 -10 Td\n" * lines + "ET"
        pages = max(1, size // len(drawing))
        return ".pdf", pdf_of([drawing] * pages), pdf_of([drawing.replace("8", "9")] * pages)

    return made


CASES = {name: text_file(make) for name, make in HOSTILE.items()} | {
    "HTML: nested": page_file("<div>8 "),
    "HTML: nested and closed": lambda size: (
        ".html",
        b"<div>" * (size // 11) + b"8" + b"</div>" * (size // 11),
        b"<div>" * (size // 11) + b"9" + b"</div>" * (size // 11),
    ),
    "HTML: lists in lists": page_file("<ul><li>8 "),
    "HTML: tables in tables": page_file("<table><tr><td>8 "),
    "HTML: bold in bold": page_file("<b>8 "),
    "HTML: paragraphs": page_file("<p>Police identified 8 victims."),
    "HTML: one attribute": page_file("8 ", '<html><body><p title="'),
    "HTML: comments": page_file("<!-- 8"),
    "HTML: comments closed": page_file("<!-- 8 -->a"),
    "HTML: scripts": page_file("<script>8"),
    "HTML: tags never closed": page_file("<b 8 "),
    "HTML: other attributes": lambda size: (
        ".html",
        "".join(f"<b a={n}>8" for n in range(size // 13)).encode(),
        "".join(f"<b a={n}>9<p>" for n in range(size // 16)).encode(),
    ),
    "HTML: entities": page_file("&#56;&amp;"),
    "HTML: angle brackets": page_file("<<8"),
    "HTML: line breaks": page_file("8<br>"),
    "HTML: headings": page_file("<h2>Prosecution</h2>8"),
    "HTML: cells": page_file("<td>8</td>", "<html><body><table><tr>"),
    "HTML: attributes": page_file(" a8=b", "<html><body><p"),
    "HTML: classes": page_file("<div class='entry-content report-body'>8"),
    "PDF: full pages": pdf_file("Police identified 8 victims and the courts convicted nobody at all.", 75),
    "PDF: pages of a letter": pdf_file("8", 1),
    "PDF: a page of lines": pdf_file("Police identified 8 victims in 2019.", 20_000),
    "PDF: a page of letters": pdf_file("8", 40_000),
}


def run(old: str, new: str, out: str) -> dict[str, float]:
    """The stages of one comparison, with CPU seconds of each; `out` is a folder for a `diffing diff` of both or ""."""
    from diffing import pipeline, reporting, tables
    from diffing.corpus import Corpus
    from diffing.model import DiffingError
    from diffing.running.year import run_year

    spent: dict[str, float] = {}
    if out:
        run_year(Corpus(Path(new).parents[1], "tip"), 2020, out=Path(out))
        seconds: dict[str, float] = json.loads((Path(out) / "run.json").read_text())["seconds"]
        del seconds["run by the clock"]
        return seconds
    last = time.process_time()

    def mark(stage: str) -> None:
        nonlocal last
        now = time.process_time()
        spent[stage] = now - last
        last = now

    try:
        narratives = [pipeline.read_narrative(p, "Norvania", y, "tip") for p, y in ((old, 2019), (new, 2020))]
    except DiffingError as error:
        print(str(error)[-150:], file=sys.stderr)
        mark("refused")
        return spent
    mark("read")
    aligned = pipeline.align(*narratives)
    mark("align")
    pair = pipeline.extract(aligned)
    mark("extract")
    comparison = pipeline.Comparison(pair, pipeline.judge_pair(pair))
    mark("judge")
    for name in tables.SCHEMAS:
        getattr(comparison, name, None)
    mark("tables")
    comparison.to_html()
    mark("page")
    reporting.text_diff(comparison.pair, comparison.judgement, colour=True)
    mark("text")
    comparison._repr_html_()
    mark("notebook")
    return spent


def measure(name: str, size: int, limit: float, diff: bool) -> tuple[str, dict[str, float], str]:
    """A case in a process of its own: seconds by stage with `memory` and `cpu`, and what it said."""
    kind, old, new = CASES[name](size)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "corpus" / year / f"norvania{kind}" for year in ("2019", "2020")]
        for path, data in zip(paths, (old, new), strict=True):
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
        most = int(START + ENOUGH * limit)  # of CPU: by the clock others count too
        command = [sys.executable, __file__, "--work", str(most), *map(str, paths), f"{folder}/out" if diff else ""]
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == -signal.SIGXCPU:
        return name, {"cpu": float("inf"), "memory": 0.0}, "given up"
    if done.returncode:
        return name, {"cpu": float("inf"), "memory": 0.0}, f"ended with {done.returncode}: {done.stderr[-600:]}"
    spent, said = json.loads(done.stdout.splitlines()[-1]), done.stderr.strip()
    if refused := re.search(r"([\d,]+) sentences, over the limit of ([\d,]+)", said):
        has, may = (int(number.replace(",", "")) for number in refused.groups())
        shorter = int(0.97 * size * may / has)
        _, less, said = measure(name, shorter, limit, diff)
        worse = max(spent, less, key=lambda one: one["cpu"])
        return name, worse, f"refused for {has:,} sentences; {shorter:,} bytes: {less['cpu']:.1f} s {said}"
    return name, spent, said


def work(most: str, *arguments: str) -> None:
    """One case, in the process made for it, of `most` CPU seconds at most."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(most), int(most) + 5))
    import diffing.pipeline
    import diffing.reporting  # imports are no part of a case

    _ = diffing.pipeline.compare(
        *(diffing.pipeline.parse_narrative("Police identified 8.", country="X", year=y) for y in (2019, 2020))
    ).to_html()
    start = time.process_time()
    spent = run(*arguments)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**spent, "cpu": time.process_time() - start, "memory": memory}))


def main() -> None:
    """Prints a line for each case and ends with 1 where one is over a limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=20)
    parser.add_argument("--only", default="")
    parser.add_argument("--diff", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    wanted = parser.parse_args()
    names = [name for name in CASES if wanted.only in name]
    over: list[str] = []
    print(f"| {'case, ' + format(wanted.size, ',') + ' bytes':34} |  CPU s |    MB | most of it in")
    with ThreadPoolExecutor(wanted.jobs) as pool:
        for name, spent, said in pool.map(lambda n: measure(n, wanted.size, wanted.limit, wanted.diff), names):
            stages = sorted(((s, k) for k, s in spent.items() if k not in ("cpu", "memory")), reverse=True)
            slow = spent["cpu"] > wanted.limit or spent["memory"] > MOST_MEMORY
            over += [name] if slow else []
            told = ", ".join(f"{stage} {seconds:.1f}" for seconds, stage in stages[:3] if seconds > 0.1)
            print(
                f"| {name:34} | {spent['cpu']:6.1f} | {spent['memory']:5.0f} | {told} {said}{' OVER' if slow else ''}",
                flush=True,
            )
    print(f"{len(names)} cases, {len(over)} over {wanted.limit:.0f} s or {MOST_MEMORY} MB: {', '.join(over) or 'none'}")
    sys.exit(bool(over))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(*sys.argv[2:])
    else:
        main()
