"""How the documentation site is built from these pages: `make docs`, offline, with every dead link an error."""

import re
from pathlib import Path
from typing import Any

import diffing

project = "diffing"
author = "The diffing contributors"
version = release = diffing.__version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_site"]
html_theme = "furo"
html_title = "diffing"
html_static_path: list[str] = []
myst_heading_anchors = 4
myst_enable_extensions = ["attrs_inline"]
autodoc_typehints = "description"
autodoc_member_order = "bysource"
nitpicky = False
suppress_warnings = ["myst.header", "misc.highlighting_failure"]

ROOT = Path(__file__).parents[1]
# Pages of the project's root that are pages of the site too; what they link to within the project is a page here.
FROM_ROOT = {
    "readme": "README.md",
    "contributing": "CONTRIBUTING.md",
    "changelog": "CHANGELOG.md",
    "security": "SECURITY.md",
    "benchmarks": "tests/benchmarks/README.md",
}
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)")


def from_root(app: Any, docname: str, source: list[str]) -> None:
    """Puts the text of a page of the root where the site has only its name."""
    if docname in FROM_ROOT:
        page = ROOT / FROM_ROOT[docname]
        source[0] = _LINK.sub(lambda link: _moved(link, page), page.read_text("utf-8"))


def _moved(link: re.Match[str], page: Path) -> str:
    """A link as it is from `docs/`: to a page of the site, to the page made of a notebook, or no link at all."""
    target = (page.parent / link[1]).resolve().relative_to(ROOT).as_posix()
    here = {file: f"{name}.md" for name, file in FROM_ROOT.items()}
    if target in here:
        return f"]({here[target]}{link[2] or ''})"
    if target.startswith("notebooks/"):
        return f"](notebooks/{Path(target).stem}.md)"
    if target.startswith("docs/"):
        return f"]({target.removeprefix('docs/')}{link[2] or ''})"
    return "]{.no-link}"


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", from_root)
