"""What the project depends on: writes `docs/dependencies.md`, and looks for known holes. Run by `make audit`.

    python docs/dependencies.py [--holes]

`--holes` asks the advisories of PyPI, through pip-audit, for each package of the core's lock, and ends with 1 where
one has a known hole or could not be looked up: what nobody looked at is not safe.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "dependencies.md"
DIRECT = ROOT / "docs" / "direct_dependencies.toml"
USES = (
    "core",
    "documents",
    "download",
    "scale",
    "lab",
    "dev",
    "fuzz",
    "build",
)  # the first that a package is in is said

HEAD = """# Dependencies

Written by `make audit` from the locks and from what each package says of its own licence. *core* is what
the package itself brings; *documents*, *download*, *scale* and *lab* are its extras; *build*, *dev* and *fuzz* are for
those who work on it. A test holds the core to licences without copyleft. The one exception is named there: `tqdm`,
which `nltk` requires, is under MPL-2.0 AND MIT. The MPL's copyleft ends with the file: it asks who changes tqdm's own
files to publish those, and nothing of who uses it. Nothing here is under the GPL, LGPL or AGPL.

## What we ask for ourselves

| package | what it is for | what would replace it |
| --- | --- | --- |
{direct}
## All of them

| package | version | licence | for |
| --- | --- | --- | --- |
"""


def locked() -> dict[str, str]:
    """Version by package of all locks together; where one has two, that for this Python."""
    versions: dict[str, str] = {}
    for lock in sorted(ROOT.glob("requirements*.lock")):
        pins = re.findall(r"^([\w.-]+)==([^\s;]+)(?: ; ([^\\\n]*))?", lock.read_text("utf-8"), re.MULTILINE)
        for name, version, marker in pins:
            if name not in versions or not marker or Marker(marker.strip()).evaluate():
                versions[name] = version
    return versions


def needed(name: str, extras: frozenset[str] = frozenset(), known: dict[str, frozenset[str]] | None = None) -> set[str]:
    """The packages that `name` brings along, itself included, as far as they are installed here."""
    known = {} if known is None else known
    name = canonicalize_name(name)
    if name in known and extras <= known[name]:
        return set(known)
    known[name] = known.get(name, frozenset()) | extras
    found = package(name)
    for line in (found.requires or []) if found else []:
        one = Requirement(line)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras or {""}):
            needed(one.name, frozenset(one.extras), known)
    return set(known)


def package(name: str) -> Distribution | None:
    """The package as it is installed here."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licence(name: str) -> str:
    """What a package says of its licence: an expression, else its classifiers, else a line of its own.

    One that is not installed here keeps what the page said of it.
    """
    found = package(name)
    if found is None:
        was = re.search(rf"^\| {re.escape(name)} \| \S+ \| (.*?) \|", TABLE.read_text("utf-8"), re.MULTILINE)
        return was[1] if was else "(for another system or Python)"
    told = found.metadata
    said = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    free = (told.get("License") or "").strip().partition("\n")[0]
    return told.get("License-Expression") or ", ".join(said) or free or "(not said)"


def uses() -> dict[str, str]:
    """What each package of the locks is for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = {"core": needed("diffing") - {"diffing"}}
    for extra in project["project"]["optional-dependencies"]:
        groups[extra] = needed("diffing", frozenset({extra}))
    for group, lines in project["dependency-groups"].items():
        asked = [Requirement(line) for line in lines]
        groups[group] = {name for one in asked for name in needed(one.name, frozenset(one.extras))}
    return {name: next((use for use in USES if name in groups[use]), "") for name in locked()}


def table() -> str:
    """The page."""
    of = uses()
    order = sorted(locked().items(), key=lambda pin: (USES.index(of[pin[0]]) if of[pin[0]] else len(USES), pin[0]))
    named = tomllib.loads(DIRECT.read_text("utf-8"))
    direct = "".join(f"| {name} | {one['for']} | {one['instead']} |\n" for name, one in named.items())
    return HEAD.format(direct=direct) + "".join(
        f"| {name} | {version} | {licence(name)} | {of[name]} |\n" for name, version in order
    )


def holes() -> str | None:
    """The known holes of the core's lock, and how many packages could not be looked up; None where all is well."""
    audit = [sys.executable, "-m", "pip_audit", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run([*audit, "--requirement", str(ROOT / "requirements.lock")], capture_output=True, text=True)
    try:
        looked = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return f"The advisories could not be reached; nothing was looked up: {done.stderr.strip()[-300:]}"
    skipped = [one["name"] for one in looked if "skip_reason" in one]
    found = [f"{one['name']} {one['version']}: {hole['id']}" for one in looked for hole in one.get("vulns", [])]
    told = [f"Known holes: {', '.join(found)}"] if found else []
    if skipped:
        told.append(
            f"{len(skipped)} of {len(looked)} packages could not be looked up, so nobody knows of holes in them"
        )
    return "; ".join(told) or None


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
    print(f"Wrote {TABLE.relative_to(ROOT)}")
    if "--holes" in sys.argv:
        wrong = holes()
        print(wrong or "No known holes in the packages of requirements.lock.")
        sys.exit(wrong is not None)
