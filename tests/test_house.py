"""The house as the design draws it: who imports whom, what is public, what the docs must name."""

import ast
import subprocess
import sys
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import diffing

PACKAGE = Path(diffing.__file__).parent
ROOT = PACKAGE.parent
ROOMS = ("language", "corpus", "reading", "aligning", "extracting", "judging", "reporting")
SHARED = {
    "diffing.plain_files",
    "diffing.store",
    "diffing.user_cache",
    "diffing.model",
    "diffing.profile",
    "diffing.columns",
    "diffing.tables",
    "diffing.language",
}
KEEPING = ("diffing.child", "diffing.plain_files", "diffing.store", "diffing.user_cache")
ALSO = {"corpus": ("diffing.reading",)}  # what a room may import besides
ONE_THING = {"read_here"}  # functions of several files that are one thing: what a reader does in a process of its own


def imports_of(path: Path) -> set[str]:
    """The modules of ours that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.split(".")[0] == "diffing"}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_all_share_and_itself(room):
    homes = (*SHARED, *KEEPING, f"diffing.{room}", *ALSO.get(room, ()))
    strangers = {
        (path.name, name)
        for path in (PACKAGE / room).rglob("*.py")
        for name in imports_of(path)
        if not any(name == home or name.startswith(f"{home}.") for home in homes)
    }
    assert strangers == set()


def test_the_values_know_no_room():
    for path in (PACKAGE / "model").glob("*.py"):
        assert {name for name in imports_of(path) if not name.startswith("diffing.model")} == set()
    for path in (PACKAGE / "profile").glob("*.py"):
        homes = (*KEEPING, "diffing.model", "diffing.profile")
        assert all(name.startswith(homes) for name in imports_of(path)), path
    assert imports_of(PACKAGE / "child.py") == {"diffing.model"}
    assert imports_of(PACKAGE / "plain_files.py") == {"diffing.model"}
    assert imports_of(PACKAGE / "store.py") == {"diffing.model", "diffing.plain_files"}
    assert imports_of(PACKAGE / "tables.py") <= {"diffing.columns", "diffing.model", "diffing.profile"}
    assert imports_of(PACKAGE / "columns.py") == set()


def modules() -> dict[str, Path]:
    """Every file of ours by its name as a module."""
    named = {path: path.relative_to(ROOT).with_suffix("").parts for path in PACKAGE.rglob("*.py")}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): path for path, parts in named.items()}


def test_there_are_no_circles():
    """Not even where an import is late or for the type checker alone; that a file is in its package is none."""
    files = modules()
    known: dict[str, set[str]] = {module: set() for module in files}
    for module, path in files.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in files:
                inside = {f"{node.module}.{alias.name}" for alias in node.names} & files.keys()
                known[module] |= inside or {node.module}
            elif isinstance(node, ast.Import):
                known[module] |= {alias.name for alias in node.names} & files.keys()
    assert len(list(TopologicalSorter(known).static_order())) == len(files)  # or it raises, naming the circle


@pytest.mark.parametrize("room", [*ROOMS, "model", "profile", "running"])
def test_a_room_has_no_name_twice(room):
    """Of classes and functions; what begins with "_" is its file's own."""
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for path in (PACKAGE / room).rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name[0] != "_" and node.name not in ONE_THING:
                homes[node.name].add(path.name)
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_the_public_names_are_exactly_these():
    assert sorted(diffing.__all__) == [
        "Change",
        "Comparison",
        "Corpus",
        "DiffingError",
        "Figure",
        "Finding",
        "History",
        "Link",
        "Narrative",
        "Verdict",
        "YearDiff",
        "__version__",
        "compare",
        "compare_texts",
        "describe",
        "diff_year",
        "history",
        "load_profile",
        "parse_narrative",
        "read_narrative",
    ]
    assert all(getattr(diffing, name).__doc__ for name in diffing.__all__)
    assert diffing.aligning.align_sentences.__doc__
    assert not hasattr(diffing, "nothing_of_the_kind")
    assert set(diffing._HOMES) == set(diffing.__all__) <= set(dir(diffing))


def test_there_is_no_drawer_and_no_file_with_two_reasons_to_change():
    files = [*PACKAGE.rglob("*.py"), *Path(__file__).parent.rglob("*.py")]
    assert not [path for path in files if path.stem in ("utils", "util", "helpers", "common", "misc")]
    too_long = {p.name: n for p in files if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert too_long == {}


def test_importing_is_light():
    """Heavy packages load where they are used: nothing that only some commands need comes with the import."""
    code = "import sys, diffing; diffing.compare; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"nltk", "joblib", "jinja2", "selectolax", "pypdfium2", "rich", "typer", "altair", "dask", "httpx"}
    assert heavy.isdisjoint(loaded)


def test_make_help_lists_at_most_twelve_targets_with_a_line_each():
    lines = [line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if "##" in line and ":" in line]
    assert 5 <= len(lines) <= 12
    assert all(line.partition("## ")[2].count(" | ") == 1 for line in lines)


def test_nothing_of_this_machine_is_kept():
    """No lock with addresses and no path of a machine in what git tracks."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    tracked = listed.stdout.split("\n")
    assert "uv.lock" not in tracked
    assert "pylock.toml" not in tracked
    for lock in ROOT.glob("requirements*.lock"):
        assert "://" not in lock.read_text("utf-8"), lock.name
