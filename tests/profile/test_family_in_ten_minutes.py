"""The page that makes two families: its files, commands and snippets, run as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diffing.cli import run

PAGE = (Path(__file__).parents[2] / "docs" / "family.md").read_text("utf-8")
BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>[\w./]+) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL
)


def test_the_page_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    printed = ""
    done = []
    for block in BLOCK.finditer(PAGE):
        kind, text = block["kind"], block["text"]
        done.append(kind)
        if block["file"]:
            path = tmp_path / block["file"]
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        elif kind == "console":
            command, _, said = text.partition("\n")
            assert run(command.removeprefix("$ diffing ").split()) == 0, capsys.readouterr().err
            assert capsys.readouterr().out == said
        elif kind == "python":
            exec(compile(text, "docs/family.md", "exec"), names)
            printed = capsys.readouterr().out
        else:
            assert printed == text
    assert done.count("console") == 2
    assert done.count("python") == 2
    assert "preparation" in (tmp_path / "enlargement.toml").read_text()
