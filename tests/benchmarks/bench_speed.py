"""Speed, memory and growth beside their targets, and other tools on the same texts: `make bench`.

    python tests/benchmarks/bench_speed.py [starts] [pair] [peers] [large] [changed] [years] [growth]

Each measurement is a process of its own, with a cache of its own: CPU seconds of the work, seconds by the clock, peak
memory; medians of five (of one for what takes long). CPU and memory are of all its processes, memory what they hold at
once, looked at every second (Linux tells of workers; elsewhere they are left out).
Peers are installed in an environment of their own, `.venv-peers`. Where a target is missed, what it would take stands
beside it. Needs the real texts beside the project.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from weakref import WeakKeyDictionary

from floors import row
from peers import LACKS, PEER_WORK, SLOW

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
PEERS = ROOT / ".venv-peers"
RUNS = 5
WARM_RUNS = 15  # of which the fastest counts, where tools are compared

# --- what is measured: each function is the work of one process -------------------------------------------------


STAGES = ("read both", "align, word edits", "figures of both", "judge", "tables", "page")


def pair_stages(old: str, new: str, known: str = "") -> dict[str, float]:
    """CPU seconds of each stage on one pair, after one warm-up: the fastest of fifteen, which noise can only lengthen.

    Nothing is known of the pair's sentences at the beginning of a run, as in the first report of a country; with
    `known` what was read of them stays, as where a report is compared again or stands in several editions.
    """
    from diffing import pipeline, reporting, tables
    from diffing.model import Narrative

    def read(path: str, year: int) -> Narrative:
        return pipeline.read_narrative(path, "Norvania", year, "tip")

    best: dict[str, float] = {}
    for number in range(WARM_RUNS + 1):
        if not known:
            forget()
        marks = [time.process_time()]
        narratives = read(old, 2019), read(new, 2020)
        marks.append(time.process_time())
        aligned = pipeline.align(*narratives)
        marks.append(time.process_time())
        pair = pipeline.extract(aligned)
        marks.append(time.process_time())
        judgement = pipeline.judge_pair(pair)
        marks.append(time.process_time())
        comparison = pipeline.Comparison(pair, judgement)
        for name in tables.SCHEMAS:
            getattr(comparison, name, None)
        marks.append(time.process_time())
        reporting.country_page(pair, judgement, comparison.signature)
        marks.append(time.process_time())
        for name, start, end in zip(STAGES, marks, marks[1:], strict=False):
            best[name] = min(best.get(name, 1e9), end - start) if number else 1e9
    return best


def forget() -> None:
    """Drops what is kept of sentences, paragraphs and wishes that were met; what profiles compile to stays."""
    from diffing.language.lexicon import Kept, _compiled

    for _, known in _compiled.values():
        known.analyses, known.figures = Kept(), Kept()
    for name, module in list(sys.modules.items()):
        if not name.startswith(("diffing.reading", "diffing.aligning", "diffing.extracting", "diffing.judging",
                                "diffing.language", "diffing.model")):  # fmt: skip
            continue
        for value in list(vars(module).values()):
            if isinstance(value, WeakKeyDictionary):
                value.clear()
            elif hasattr(value, "cache_clear") and value.__name__ not in COMPILED:
                value.cache_clear()


# Functions that keep what a profile's words compile to, and nothing of a text.
COMPILED = (
    "any_of",
    "_in_lower_case",
    "_pattern",
    "_steps",
    "ladder",
    "words_like",
    "rules_of",
    "_data",
    "_named",
    "_alike",
)


def year_run(corpus: str, profile: str, out: str, jobs: str) -> dict[str, float]:
    """A run of the command over a whole year, 2019 to 2020."""
    from diffing.corpus import Corpus
    from diffing.running.year import run_year

    run_year(Corpus(corpus, profile), 2020, since=2019, out=Path(out), jobs=int(jobs))
    seconds: dict[str, float] = json.loads((Path(out) / "run.json").read_text())["seconds"]
    return seconds


def peer(name: str, old: str, new: str) -> dict[str, float]:
    """What another tool needs for the same two texts (a file, or a folder of them)."""
    if Path(old).is_dir():
        for one in sorted(Path(old).iterdir()):
            other = Path(new) / one.name
            if other.exists():
                PEER_WORK[name](one.read_text("utf-8"), other.read_text("utf-8"))
        return {}
    texts = Path(old).read_text("utf-8"), Path(new).read_text("utf-8")
    runs = []
    for _ in range(2 if name in SLOW else WARM_RUNS + 1):
        start = _cpu()
        PEER_WORK[name](*texts)
        runs.append(_cpu() - start)
    return {"warm": min(runs[1:])}


# --- measuring ---------------------------------------------------------------------------------------------------


def measure(work: str, *arguments: str, python: Path | None = None, runs: int = RUNS) -> dict[str, float]:
    """The median CPU seconds, seconds by the clock and peak memory (MB) of `work` in processes of its own."""
    results = []
    for _ in range(runs):
        command = [str(python or sys.executable), __file__, "--work", work, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=_ENVIRONMENT)
        if done.returncode:
            raise SystemExit(f"{work} {' '.join(arguments)} failed:\n{done.stderr}")
        results.append(json.loads(done.stdout.splitlines()[-1]))
    return {key: statistics.median(result[key] for result in results) for key in results[0]}


_CACHE = tempfile.TemporaryDirectory()  # nothing of an earlier day is known
_ENVIRONMENT = {**os.environ, "XDG_CACHE_HOME": _CACHE.name}
_ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # what is measured is not the compiling of modules


def _work(name: str, *arguments: str) -> None:
    start, clock, most = _cpu(), time.perf_counter(), [0.0]
    threading.Thread(target=_watch, args=(most,), daemon=True).start()
    more = WORK[name](*arguments)
    spent = {"cpu": _cpu() - start + sum(cpu for cpu, _ in _workers()), "wall": time.perf_counter() - clock}
    most.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps({**more, **spent, "memory": max(most)}))


def _watch(most: list[float]) -> None:
    """Keeps in `most` what this process and its workers hold at once (MB)."""
    while Path("/proc/self/statm").exists():
        own = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
        most[0] = max(most[0], own + sum(held for _, held in _workers()))
        time.sleep(1)


def _workers() -> Iterator[tuple[float, float]]:
    """CPU seconds and memory (MB) of each process that works for this one and has not ended."""
    for told in Path("/proc/self/task").glob("*/children"):
        for worker in told.read_text().split():
            with contextlib.suppress(OSError):  # it ended meanwhile
                ticks = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[11:13]
                held = int(Path(f"/proc/{worker}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
                yield sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), held


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def large(old: str, new: str) -> dict[str, float]:
    """One pair, once, with all its tables."""
    from diffing import pipeline, tables

    read = [pipeline.read_narrative(path, "Norvania", year, "tip") for path, year in ((old, 2019), (new, 2020))]
    comparison = pipeline.compare(*read)
    for name in tables.OF_A_PAIR:
        getattr(comparison, name)
    return {}


WORK: dict[str, Callable[..., dict[str, float]]] = {
    "pair_stages": pair_stages, "year_run": year_run, "peer": peer, "large": large,
}  # fmt: skip


def made_pair(sentences: int, folder: Path, seed: int = 1) -> tuple[str, str]:
    """The two files of a made pair of this many sentences."""
    name = f"p{sentences}"
    script = SHARED / "bench" / "pairs.py"
    subprocess.run([sys.executable, script, name, str(sentences), str(seed), folder], check=True, capture_output=True)
    return str(folder / f"{name}.old.txt"), str(folder / f"{name}.new.txt")


def peers_python() -> Path:
    """The interpreter of the peers' own environment, made where it is missing."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        # redlines imports typing_extensions without asking for it
        packages = ["redlines", "typing_extensions", "lxml", "lxml_html_clean", "diff-match-patch"]
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages], check=True)
    return python


# --- the tables --------------------------------------------------------------------------------------------------


def bench_pair(folder: Path) -> None:
    """One pair of 150 sentences, by stage: met for the first time, and known."""
    print("\n## One pair of 150 sentences (CPU ms, warm)\n")
    files = made_pair(150, folder)
    first, again = measure("pair_stages", *files, runs=1), measure("pair_stages", *files, "known", runs=1)
    targets = {"read both": 5, "align, word edits": 8, "figures of both": 14}
    rows = [(name, (name,), targets.get(name)) for name in STAGES]
    rows += [("judge and tables", ("judge", "tables"), 8), ("all but the page", STAGES[:-1], 35), ("all", STAGES, 45)]
    for how, spent in (("first", first), ("known", again)):
        for title, stages, target in rows:
            row(f"{title}, {how}", 1000 * sum(spent[stage] for stage in stages), "ms", target)


def bench_large(folder: Path) -> None:
    """One pair of 5,000 sentences."""
    print("\n## One pair of 5,000 sentences\n")
    spent = measure("large", *made_pair(5000, folder), runs=1)
    row("5,000 sentences, all but the page", spent["cpu"], "s", 2)
    row("5,000 sentences, memory", spent["memory"], "MB", 200)


def bench_changed(folder: Path) -> None:
    """Twenty countries: the first run, again with nothing changed, and with one narrative changed."""
    print("\n## Twenty countries of hrr-sec7 (CPU)\n")
    corpus, out = folder / "corpus", str(folder / "out")
    names = _take(corpus, "hrr-sec7", ("2019", "2020"), 20)
    arguments = (str(corpus), "hrr", out, "1")
    row("first", measure("year_run", *arguments, runs=1)["cpu"], "s")
    row("again, unchanged", measure("year_run", *arguments, runs=1)["cpu"], "s", 0.5)
    before = {path.name: path.read_bytes() for path in (folder / "out").glob("*.html")}
    text = corpus / "2020" / names[7]
    text.write_text(text.read_text("utf-8").replace(". ", ". In June police freed nine workers. ", 1), "utf-8")
    spent = measure("year_run", *arguments, runs=1)
    own = [name for name in before if (folder / "out" / name).read_bytes() != before[name]]
    row("one narrative changed, process and all", spent["cpu"], "s")
    row("of it the stages of its pair", sum(spent.get(stage, 0.0) for stage in PAIR_STAGES), "s")
    row("of it pages of other countries", len({*own} - {f"{Path(names[7]).stem}.html", *SHARED_PAGES}), "", 0)


SHARED_PAGES = ("index.html", "search.html", "review.html")  # they take in all countries
PAIR_STAGES = ("read", "align", "extract", "judge", "tables", "pages")


def _take(corpus: Path, family: str, years: tuple[str, ...], most: int) -> list[str]:
    """Copies the first countries of a family into a corpus; their files' names."""
    names = sorted(p.name for p in (SHARED / "real" / family / years[-1]).iterdir())[:most]
    for year in years:
        (corpus / year).mkdir(parents=True)
        for name in names:
            source = SHARED / "real" / family / year / name
            if source.exists():
                shutil.copy(source, corpus / year / name)
    return names


def bench_years(folder: Path) -> None:
    """Whole years of real reports: the first run, a second with nothing changed, and where the time goes."""
    print("\n## A year of real reports, 2019 -> 2020, every page and table\n")
    redlines = measure("peer", "redlines", *_both("hrr"), python=peers_python(), runs=1)["cpu"]
    row("redlines' bare words of hrr, CPU", redlines, "s")
    two = folder / "two"
    _take(two, "hrr-sec7", ("2019", "2020"), 1000)
    sections = _year("hrr-sec7, two editions", two, "hrr", folder, 4)
    five = _year("hrr-sec7, five editions", SHARED / "real" / "hrr-sec7", "hrr", folder, None)
    row("five editions, of two", five["cpu"] / sections["cpu"], "", 1.1)
    _year("dol-child-labor", SHARED / "real" / "dol-child-labor", "dol", folder, None)
    whole = _year("hrr", SHARED / "real" / "hrr", "hrr", folder, 15)
    row("hrr, memory", whole["memory"], "MB", 400)
    row("hrr, of the CPU of redlines", whole["cpu"] / redlines, "", 0.25)


def _both(family: str) -> tuple[str, str]:
    return str(SHARED / "real" / family / "2019"), str(SHARED / "real" / family / "2020")


def _year(name: str, corpus: Path, profile: str, folder: Path, target: float | None) -> dict[str, float]:
    """A year twice, the second time with nothing changed."""
    arguments = (str(corpus), profile, str(folder / name.replace(", ", "-").replace(" ", "-")), "2")
    first = measure("year_run", *arguments, runs=1)
    row(f"{name}, by the clock", first["wall"], "s", target)
    stages = {k: v for k, v in first.items() if k not in ("cpu", "wall", "memory", "run by the clock")}
    row(f"{name}, CPU", first["cpu"], "s")
    print("  by stage, CPU s:", ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in stages.items()))
    row(f"{name}, again, by the clock", measure("year_run", *arguments, runs=1)["wall"], "s", 0.5)
    return first


def bench_starts(folder: Path) -> None:
    """How long it takes before anything happens, and a comparison of two files, process and all."""
    print("\n## A process (median of five, CPU)\n")
    for number, year in enumerate(("2019", "2020")):
        (folder / year).mkdir()
        shutil.move(made_pair(150, folder)[number], folder / year / "norvania.txt")
    files = [str(folder / year / "norvania.txt") for year in ("2019", "2020")]
    compare = ["compare", *files, "--profile", "tip", "--out", str(folder / "page.html")]
    main = "import sys; from diffing.cli import main; main(sys.argv[1:])"
    for name, command, target in (
        ("python -c pass", ["-c", "pass"], None),
        ("import diffing", ["-c", "import diffing"], 20),
        ("diffing --help", ["-c", main, "--help"], 200),
        ("diffing compare, two files of 150 sentences", ["-c", main, *compare], 350),
    ):
        row(name, 1000 * statistics.median(_spent([sys.executable, *command]) for _ in range(RUNS)), "ms", target)


def _spent(command: list[str]) -> float:
    """CPU seconds of a process."""
    start = _cpu()
    subprocess.run(command, capture_output=True, check=True, env=_ENVIRONMENT)
    return _cpu() - start


def bench_growth(folder: Path) -> None:
    """1, 2, 4, 8 times the sentences, and the pairs."""
    print("\n## Growth (seconds; a ratio of 2 is linear)\n")
    last = None
    for times in (1, 2, 4, 8):
        spent = measure("pair_stages", *made_pair(250 * times, folder), runs=1)
        seconds = sum(v for k, v in spent.items() if k not in ("cpu", "wall", "memory"))
        print(f"| {250 * times:5} sentences | {seconds:6.3f} s CPU | {seconds / last if last else 1:4.1f} times |")
        last = seconds
    last = None
    for times in (1, 2, 4, 8):
        corpus = folder / f"pairs{times}"
        _take(corpus, "hrr-sec7", ("2019", "2020"), 24 * times)
        spent = measure("year_run", str(corpus), "hrr", str(folder / f"out{times}"), "1", runs=1)
        print(f"| {24 * times:5} pairs | {spent['cpu']:6.2f} s CPU | {spent['cpu'] / last if last else 1:4.1f} times |")
        last = spent["cpu"]


def bench_peers(folder: Path) -> None:
    """Other tools on the same pair, in the same run."""
    python = peers_python()
    old, new = made_pair(150, folder)
    print("\n## The same pair of 150 sentences by others, warm, the fastest of fifteen (CPU)\n")
    first, known = measure("pair_stages", old, new, runs=1), measure("pair_stages", old, new, "known", runs=1)
    peers = {name: measure("peer", name, old, new, python=python, runs=1)["warm"] for name in PEER_WORK}
    for name, seconds in peers.items():
        row(f"{name}: {LACKS[name]}"[:44], 1000 * seconds, "ms")
    for how, spent in (("first", first), ("known", known)):
        ours = sum(spent[stage] for stage in STAGES[:-1])
        row(f"diffing ({how})", 1000 * ours, "ms")
        row(f"diffing ({how}), of redlines", ours / peers["redlines"], "", 0.6)
        row(f"diffing ({how}), of difflib.HtmlDiff", ours / peers["difflib.HtmlDiff"], "", 0.8)


BENCHES = {
    "starts": bench_starts, "pair": bench_pair, "peers": bench_peers, "large": bench_large,
    "changed": bench_changed, "years": bench_years, "growth": bench_growth,
}  # fmt: skip


def main(names: list[str]) -> None:
    """Prints the tables called `names`, or all."""
    if not SHARED.is_dir():
        raise SystemExit(f"the real texts are needed: {SHARED} is missing")
    unknown = set(names) - set(BENCHES)
    if unknown:
        raise SystemExit(__doc__)
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for name in names or BENCHES:
        with tempfile.TemporaryDirectory() as folder:
            BENCHES[name](Path(folder))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        _work(*sys.argv[2:])
    else:
        main(sys.argv[1:])
