"""Other tools on two texts: what `bench_speed` runs beside ours, in an environment of their own."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path


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
SLOW = {"diff-match-patch"}
LACKS = {
    "redlines": "no sentences, moves, figures or verdicts; words only",
    "difflib.HtmlDiff": "lines only: a paragraph with one new word is a new paragraph",
    "diff-match-patch": "fragments of words; no sentences, moves or figures",
    "lxml htmldiff": "words only; moves are deletions and insertions",
    "git --word-diff": "words only; moves are deletions and insertions; no page",
}
