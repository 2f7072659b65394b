"""How fast and how right reading is: narratives, sentences, pages, PDFs; sections with and without headings.

    .venv/bin/python tests/benchmarks/bench_reading.py [--quick]

Reads ../shared beside the project where it is there; CPU seconds of one core, after a warm-up. Results: reading.md.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "real"
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / room) for room in ("", "benchmarks", "reading"))]

from learn_words import learning_half  # noqa: E402
from saved_pages import LABELS, faults_of_page  # noqa: E402
from strip_headings import right_without_headings  # noqa: E402
from test_reading_documents import LEFT, RIGHT, column, make_pdf  # noqa: E402

import diffing  # noqa: E402
from diffing.profile import load_profile  # noqa: E402
from diffing.reading import (  # noqa: E402
    html,
    parse_narrative,
    pdf,
)
from diffing.reading.sentences import sentence_spans  # noqa: E402

QUICK = "--quick" in sys.argv

# Texts of a megabyte that have made readers of text hang: each must stay within seconds.
HOSTILE = {
    "full stops": "." * 10**6,
    "spaces": " " * 10**6 + "x",
    "stars": "*" * 10**6,
    "bullets": "• x " * 250_000,
    "glued capitals": "a.B" * 333_333,
    "short lines": "Aaaa\n\n" * 166_666,
    "headings": "Section 1.\n" * 90_909,
    "initials": "A. " * 333_333,
    "brackets": "(" * 10**6,
    "mojibake": "Ãâ€" * 333_333,
}


def row(what: str, figure: str) -> None:
    print(f"{what:<66} {figure:>20}", flush=True)


def seconds(call: Callable[[], Any], times: int = 1) -> float:
    """CPU seconds of one call, the best of three rounds."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for _ in range(times):
            call()
        best = min(best, (time.process_time() - start) / times)
    return best


def speed() -> None:
    print("Speed (CPU of one core)")
    texts = [p.read_text("utf-8") for p in sorted((SHARED / "hrr/2019").glob("*.txt"))[:40]]
    tip, hrr = load_profile("tip"), load_profile("hrr")
    parse_narrative(texts[0], country="X", year=2020, profile=hrr)
    count = sum(len(sentence_spans(text)) for text in texts)
    taken = seconds(lambda: [sentence_spans(text) for text in texts])
    row(f"sentences a second, {count:,} sentences", f"{count / taken:,.0f}")
    seed = (SHARED / "tip/2020/turkmenistan.txt").read_text("utf-8")
    for name, text, profile in (
        ("seed, no headings, twice over", f"{seed}\n\n{seed}", tip),
        ("human rights report, sections 1 and 2 of it", texts[30][:30_000], hrr),
    ):
        sentences = len(parse_narrative(text, country="X", year=2020, profile=profile).sentences)
        taken = seconds(lambda t=text, p=profile: parse_narrative(t, country="X", year=2020, profile=p), 10)
        row(f"a narrative of {sentences} sentences ({name})", f"{1000 * taken:.1f} ms")
        row("  of 150 sentences", f"{1000 * taken / sentences * 150:.1f} ms")
    once = [p.read_text("utf-8") for p in sorted((SHARED / "hrr/2020").glob("*.txt"))[60:80]]
    start = time.process_time()
    read = sum(len(parse_narrative(text, country="X", year=2021, profile=hrr).sentences) for text in once)
    row("150 sentences that were never read before", f"{1000 * (time.process_time() - start) / read * 150:.1f} ms")
    page = (SHARED / "html/hrr-2019-turkmenistan.html").read_bytes()  # these two as in the process that reads them
    rules = msgspec.to_builtins(hrr.reading.html)
    row("a page of 412 kB", f"{1000 * seconds(lambda: html.read_here(page, rules, 'page')):.1f} ms")
    pages = [[*column(320, 700, RIGHT * 6), *column(60, 700, LEFT * 6)]] * 40
    data = make_pdf(pages)
    row("a page of a PDF in two columns", f"{1000 * seconds(lambda: pdf.read_here(data, 'x.pdf', 60.0)) / 40:.1f} ms")
    slowest = Counter(
        {
            f"{name} ({profile.name})": seconds_once(text, profile)
            for name, text in HOSTILE.items()
            for profile in (tip, hrr)
        }
    )
    for name, taken in slowest.most_common(3):
        row(f"hostile text of 1 MB: {name}", f"{taken:.1f} s")


def seconds_once(text: str, profile: Any) -> float:
    start = time.process_time()
    parse_narrative(text, country="X", year=2020, profile=profile)
    return time.process_time() - start


def sections_with_headings() -> None:
    print("\nSections by their headings")
    for folder, name in (("hrr", "hrr"), ("dol-child-labor", "dol")):
        profile = load_profile(name)
        wanted = {rule.key for rule in profile.sections}
        missing: dict[str, list[str]] = {}
        paths = sorted((SHARED / folder).glob("*/*.txt"))
        for path in paths:
            narrative = diffing.read_narrative(path, path.stem, int(path.parent.name), profile)
            for key in sorted(wanted - {section.key.partition(".")[0] for section in narrative}):
                missing.setdefault(key, []).append(f"{path.parent.name}/{path.stem}")
        lacking = {name for names in missing.values() for name in names}
        row(f"{folder}: narratives with all sections", f"{len(paths) - len(lacking)} of {len(paths)}")
        for key, names in missing.items():
            print(f"  without {key}: {', '.join(names)}")


def saved_pages() -> None:
    print("\nSaved pages: country, year, family, sections, every letter of the body and none of the frame")
    right = 0
    for name in LABELS:
        faults = faults_of_page(SHARED / "html" / name)
        right += not faults
        for fault in faults:
            print(f"  {name}: {fault}")
    row("pages that are right", f"{right} of {len(LABELS)}")


def sections_without_headings() -> None:
    print("\nSections of paragraphs when every heading is taken out")
    profile = load_profile("hrr")
    folder = SHARED / "hrr"
    learnt = learning_half(folder)
    for held, slugs in ((True, "held back"), (False, "learnt from")):
        paths = [p for p in sorted(folder.glob("*/*.txt")) if (p.stem not in learnt) == held]
        paths = paths[::10] if QUICK else paths
        right = total = 0
        below = []
        for path in paths:
            narrative = diffing.read_narrative(path, path.stem, int(path.parent.name), profile)
            one, all_ = right_without_headings(narrative)
            right, total = right + one, total + all_
            if one < 0.95 * all_:
                below.append(f"{path.parent.name}/{path.stem} {one}/{all_}")
        countries = len({path.stem for path in paths})
        row(f"hrr, {countries} countries {slugs}, {total:,} paragraphs", f"{100 * right / total:.2f} %")
        row("  narratives under 95 %", f"{len(below)} of {len(paths)}")
        if held:
            print("  " + ", ".join(below))
    sample = ROOT / "corpora" / "sample"
    tip = load_profile("tip")
    counts = [
        right_without_headings(diffing.read_narrative(path, path.stem, 2020, tip))
        for path in sorted(sample.glob("20*/*.*"))
    ]
    right, total = sum(one for one, _ in counts), sum(all_ for _, all_ in counts)
    row(f"tip, the sample corpus, {total} paragraphs", f"{100 * right / total:.2f} %")


if __name__ == "__main__":
    if not SHARED.is_dir():
        sys.exit(f"no real texts: {SHARED} is missing")
    speed()
    saved_pages()
    sections_with_headings()
    sections_without_headings()
