"""A measured figure beside its target, and where that is missed, where the time goes and what it would take."""

from __future__ import annotations

# Of what is missed: where the time goes, and what cannot be had for less.
FLOORS = {
    "import diffing": "Python alone takes 9 ms",
    "diffing --help": "typer with pydantic 0.11 s, Python 0.01, rich's table of options 0.04",
    "read both": "encodings, paragraphs, sentence ends and sections: 40 microseconds a sentence",
    "align, word edits": "numpy's cosines of all sentences, and the words of each edited pair: 60 a sentence",
    "figures of both": "a sentence that counts: words and phrases 0.1 ms, twelve passes over its numbers 0.25",
    "judge and tables": "analyses of all sentences 0.2 ms each; links to rows and findings to tables 10 ms",
    "all, ": "as all but the page; the page 10 ms, half of it links to sentences",
    "again": "the start, and the checksums of all texts; by the clock, others use the cores too",
    "of two": "three more editions are read; numbers change each year: sentences with figures are new ones",
    "5,000 sentences, all": "linear: 0.4 ms a new sentence for figures, 0.25 for judging; Python's garbage search 0.1",
    "5,000 sentences, memory": "Python and all libraries 85 MB, what is read of 6,600 sentences 100, tables 30",
    "all but the page": "links, tables and verdicts must be made each time: 20 ms; the rest is 0.4 ms a new sentence",
    "CPU of redlines": "reading and aligning alone take a fifth of redlines' words; analyses as long as they",
    "of redlines": "redlines takes 0.13 ms a sentence and marks words; reading and aligning alone take as long",
    "of difflib": "as of redlines",
    "compare": "Python, typer with pydantic, numpy, Jinja2 0.16 s, our modules 0.1, profile 0.03, pair 0.2",
    "by the clock": "two fifths is judging, 0.2 ms a new sentence, a third figures; less only compiled",
    "other countries": "only the index, the search page and the page of reviews take in all of them",
    "hrr, memory": "three processes with their libraries 220 MB, two watchers 50, tables 100, a pair 90 each",
    "MB": "what is read of each sentence is kept while a process lives",
}


def row(what: str, value: float, unit: str, target: float | None = None) -> None:
    """Prints one line: what was measured, its target, and the floor where that is missed."""
    missed = target is not None and value > target
    floor = next((why for key, why in FLOORS.items() if key in what or key == unit), "") if missed else ""
    aim = "" if target is None else f"{target:g} {unit}"
    print(f"| {what:44} | {value:8.3g} {unit:3} | {aim:9} | {'missed' if missed else '':6} | {floor}", flush=True)
