"""What the project depends on is listed as it is locked, and what everybody installs is without copyleft."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "docs"))

import dependencies

COPYLEFT = re.compile(r"GPL|MPL|Mozilla|EPL|Eclipse|CDDL|EUPL|copyleft|share.?alike|CC-BY-SA", re.IGNORECASE)
FREE = re.compile(r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0|CNRI", re.IGNORECASE)
EXCEPTIONS = {"tqdm": "MPL-2.0 AND MIT"}  # required by nltk; said on the page


def test_the_page_lists_what_is_locked():
    rows = re.findall(
        r"^\| ([\w.-]+) \| (\S+) \| [^|]+ \| \w* \|$", dependencies.TABLE.read_text("utf-8"), re.MULTILINE
    )
    pins = {
        pin
        for lock in dependencies.ROOT.glob("requirements*.lock")
        for pin in re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text("utf-8"), re.MULTILINE)
    }
    assert {name for name, _ in rows} - {"package"} == {name for name, _ in pins}
    assert set(rows) - {("package", "version")} <= pins, "run `make audit`, which writes the page anew"


def test_of_each_that_we_ask_for_it_is_said_what_for_and_what_would_replace_it():
    project = tomllib.loads((dependencies.ROOT / "pyproject.toml").read_text("utf-8"))
    extras = [*project["project"]["optional-dependencies"].values(), *project["dependency-groups"].values()]
    lines = [*project["project"]["dependencies"], *(line for lines in extras for line in lines)]
    told = tomllib.loads(dependencies.DIRECT.read_text("utf-8"))
    assert {re.match(r"[\w.-]+", line)[0] for line in lines} == set(told)
    page = dependencies.TABLE.read_text("utf-8")
    assert all(f"| {name} | {one['for']} | {one['instead']} |" in page for name, one in told.items())


def test_what_everybody_installs_is_without_copyleft():
    core = dependencies.needed("diffing") - {"diffing"}
    assert {"polars", "typer"} <= core
    licences = {name: dependencies.licence(name) for name in core}
    assert {name: said for name, said in licences.items() if COPYLEFT.search(said)} == EXCEPTIONS
    assert {name: said for name, said in licences.items() if not FREE.search(said)} == {}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"dependencies": [{"name": "rich", "version": "1", "vulns": []}]}, None),
        ({"dependencies": [{"name": "rich", "version": "1", "vulns": [{"id": "CVE-1"}]}]}, "rich 1: CVE-1"),
        ({"dependencies": [{"name": "rich", "skip_reason": "not found"}]}, "1 of 1 packages could not be looked up"),
        (None, "could not be reached"),
    ],
)
def test_what_nobody_looked_at_is_not_safe(answer, told, monkeypatch):
    out = "" if answer is None else json.dumps(answer)
    monkeypatch.setattr(
        "subprocess.run", lambda *a, **k: subprocess.CompletedProcess(a, 0 if answer else 1, stdout=out, stderr="")
    )
    found = dependencies.holes()
    assert found is None if told is None else found is not None and told in found
