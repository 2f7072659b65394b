"""Speed, memory and growth, against other tools on the same texts: `make bench`.

    python tests/benchmarks/bench_speed.py [pair] [large] [years] [imports] [growth] [peers]

Each measurement is a process of its own: CPU seconds of the work (children included), seconds by the clock, peak
memory; medians of five (of one for what takes long). Peers are installed in an environment of their own,
`.venv-peers`. Needs the real texts beside the project.
"""

from __future__ import annotations

import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
PEERS = ROOT / ".venv-peers"
RUNS = 5

# --- what is measured: each function is the work of one process -------------------------------------------------


STAGES = ("read both", "align, word edits", "figures of both", "judge", "tables", "page")


def pair_stages(old: str, new: str, known: str = "") -> dict[str, float]:
    """CPU seconds of each stage on one pair, after one warm-up: the fastest of five, which noise can only lengthen.

    Nothing is known of the pair's sentences at the beginning of a run, as in the first report of a country; with
    `known` what was read of them stays, as where a report is compared again or stands in several editions.
    """
    from diffing import pipeline, reporting, tables
    from diffing.model import Narrative

    def read(path: str, year: int) -> Narrative:
        return pipeline.read_narrative(path, "Norvania", year, "tip")

    best: dict[str, float] = {}
    for number in range(RUNS + 1):
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
COMPILED = ("any_of", "_in_lower_case", "_pattern", "ladder", "words_like", "rules_of", "_data", "_punkt", "_named")


def year_run(corpus: str, profile: str, out: str, jobs: str) -> dict[str, float]:
    """A run of the command over a whole year, 2019 to 2020."""
    from diffing.corpus import Corpus
    from diffing.running.year import run_year

    run_year(Corpus(corpus, profile), 2020, since=2019, out=Path(out), jobs=int(jobs))
    seconds: dict[str, float] = json.loads((Path(out) / "run.json").read_text())["seconds"]
    return seconds


def peer(name: str, old: str, new: str) -> dict[str, float]:
    """What another tool needs for the same two texts (a file, or a folder of them)."""
    pairs = [(Path(old), Path(new))]
    if Path(old).is_dir():
        pairs = [(path, Path(new) / path.name) for path in sorted(Path(old).iterdir())]
    for one, other in pairs:
        if other.exists():
            PEER_WORK[name](one.read_text("utf-8"), other.read_text("utf-8"))
    return {}


def _redlines(old: str, new: str) -> None:
    from redlines import Redlines

    _ = Redlines(old, new).output_markdown


def _difflib_html(old: str, new: str) -> None:
    import difflib

    difflib.HtmlDiff().make_file(old.splitlines(), new.splitlines())


def _diff_match_patch(old: str, new: str) -> None:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    engine.diff_prettyHtml(engine.diff_main(old, new))


def _lxml_htmldiff(old: str, new: str) -> None:
    from html import escape

    from lxml.html.diff import htmldiff

    htmldiff(*("".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line) for text in (old, new)))


def _git_word_diff(old: str, new: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (("old", old), ("new", new)):
            (Path(folder) / name).write_text(text, "utf-8")
        command = ["git", "diff", "--no-index", "--word-diff=plain", f"{folder}/old", f"{folder}/new"]
        subprocess.run(command, capture_output=True, check=False)


PEER_WORK: dict[str, Callable[[str, str], None]] = {
    "redlines": _redlines,
    "difflib.HtmlDiff": _difflib_html,
    "diff-match-patch": _diff_match_patch,
    "lxml htmldiff": _lxml_htmldiff,
    "git --word-diff": _git_word_diff,
}
LACKS = {
    "redlines": "no sentences, moves, figures or verdicts; words only",
    "difflib.HtmlDiff": "lines only: a paragraph with one new word is a new paragraph",
    "diff-match-patch": "fragments of words; no sentences, moves or figures",
    "lxml htmldiff": "words only; moves are deletions and insertions",
    "git --word-diff": "words only; moves are deletions and insertions; no page",
}

# --- measuring ---------------------------------------------------------------------------------------------------


def measure(work: str, *arguments: str, python: Path | None = None, runs: int = RUNS) -> dict[str, float]:
    """The median CPU seconds, seconds by the clock and peak memory (MB) of `work` in processes of its own."""
    results = []
    for _ in range(runs):
        command = [str(python or sys.executable), __file__, "--work", work, *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{work} {' '.join(arguments)} failed:\n{done.stderr}")
        results.append(json.loads(done.stdout.splitlines()[-1]))
    return {key: statistics.median(result[key] for result in results) for key in results[0]}


def _work(name: str, *arguments: str) -> None:
    start, clock = _cpu(), time.perf_counter()
    more = WORK[name](*arguments)
    spent = {"cpu": _cpu() - start, "wall": time.perf_counter() - clock}
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(json.dumps({**more, **spent, "memory": own + children}))


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


WORK: dict[str, Callable[..., dict[str, float]]] = {"pair_stages": pair_stages, "year_run": year_run, "peer": peer}


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
    first, again = measure("pair_stages", *files), measure("pair_stages", *files, "known")
    targets = {"read both": 5, "align, word edits": 8, "figures of both": 14}
    rows = [(name, (name,), targets.get(name)) for name in STAGES]
    rows += [("judge and tables", ("judge", "tables"), 8), ("all but the page", STAGES[:-1], 35)]
    print(f"| {'':22} |  first | known | target |")
    for title, stages, target in rows:
        spent = [1000 * sum(one[stage] for stage in stages) for one in (first, again)]
        print(f"| {title:22} | {spent[0]:6.1f} | {spent[1]:5.1f} | {target or '':6} |")


def bench_large(folder: Path) -> None:
    """One pair of 5,000 sentences."""
    print("\n## One pair of 5,000 sentences (targets 5 s, 500 MB)\n")
    spent = measure("pair_stages", *made_pair(5000, folder), runs=1)
    stages = [name for name in spent if name not in ("cpu", "wall", "memory")]
    print(f"all but the page {sum(spent[s] for s in stages if s != 'page'):.2f} s CPU, page {spent['page']:.2f} s, "
          f"peak memory {spent['memory']:.0f} MB")  # fmt: skip


def bench_years(folder: Path) -> None:
    """Whole years of real reports: the first run, a second with nothing changed, and where the time goes."""
    print("\n## A year of real reports, 2019 -> 2020, every page and table\n")
    for name, profile in (("hrr-sec7", "hrr"), ("hrr", "hrr"), ("dol-child-labor", "dol")):
        arguments = (str(SHARED / "real" / name), profile, str(folder / name), "2")
        first = measure("year_run", *arguments, runs=1)
        again = measure("year_run", *arguments, runs=1)
        size = sum(p.stat().st_size for p in (folder / name).glob("*.html")) / 1e6
        texts = sum(p.stat().st_size for y in ("2019", "2020") for p in (SHARED / "real" / name / y).iterdir()) / 1e6
        stages = {k: v for k, v in first.items() if k not in ("cpu", "wall", "memory", "run by the clock")}
        print(f"| {name:16} | {first['wall']:6.1f} s by the clock | {first['cpu']:6.1f} s CPU | "
              f"{first['memory']:6.0f} MB | again {again['wall']:.2f} s |"
              f" texts {texts:.1f}, pages {size:.1f} MB |")  # fmt: skip
        print("  by stage, CPU s:", ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in stages.items()))


def bench_imports(folder: Path) -> None:
    """How long it takes before anything happens."""
    print("\n## Before anything happens (median of five, by the clock; targets 250 and 400 ms)\n")
    for name, command in (
        ("python -c pass", ["-c", "pass"]),
        ("import diffing", ["-c", "import diffing"]),
        ("diffing --help", ["-m", "diffing", "--help"]),
    ):
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        print(f"| {name:16} | {1000 * statistics.median(times):5.0f} ms |")


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
    names = sorted(p.name for p in (SHARED / "real" / "hrr-sec7" / "2020").iterdir())
    for times in (1, 2, 4, 8):
        corpus = folder / f"pairs{times}"
        for year in ("2019", "2020"):
            (corpus / year).mkdir(parents=True)
            for name in names[: 24 * times]:
                source = SHARED / "real" / "hrr-sec7" / year / name
                if source.exists():
                    (corpus / year / name).write_bytes(source.read_bytes())
        spent = measure("year_run", str(corpus), "hrr", str(folder / f"out{times}"), "1", runs=1)
        print(f"| {24 * times:5} pairs | {spent['cpu']:6.2f} s CPU | {spent['cpu'] / last if last else 1:4.1f} times |")
        last = spent["cpu"]


def bench_peers(folder: Path) -> None:
    """Other tools on the same pair, in the same run."""
    python = peers_python()
    old, new = made_pair(150, folder)
    print("\n## The same pair of 150 sentences by others (each a process, its imports included; CPU s, MB)\n")
    ours = measure("pair_stages", old, new)
    whole = sum(v for k, v in ours.items() if k not in ("cpu", "wall", "memory"))
    print(
        f"| {'diffing, page too':18} | {whole:7.3f} s | {ours['memory']:5.0f} MB | sentences, moves, figures, verdicts"
    )
    for name in PEER_WORK:
        spent = measure("peer", name, old, new, python=python)
        print(f"| {name:18} | {spent['cpu']:7.3f} s | {spent['memory']:5.0f} MB | {LACKS[name]}")
    print("\n## The real year hrr by redlines (bare word diff of the same pairs, no page of sections or figures)\n")
    texts = (str(SHARED / "real" / "hrr" / year) for year in ("2019", "2020"))
    spent = measure("peer", "redlines", *texts, python=python, runs=1)
    print(f"| redlines           | {spent['cpu']:7.1f} s CPU | {spent['wall']:7.1f} s | {spent['memory']:5.0f} MB |")


BENCHES = {
    "pair": bench_pair, "large": bench_large, "imports": bench_imports, "growth": bench_growth,
    "years": bench_years, "peers": bench_peers,
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
