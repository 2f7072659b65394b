"""Writes `docs/notebooks/<name>.md`: each notebook run to its end, as a page that shows its outputs anywhere.

Usage: python docs/render_notebooks.py [NAME ...]

Charts become PNG files beside the page; tables stay HTML without styles and scripts; what only a script shows is said
to be in the notebook.
"""

from __future__ import annotations

import base64
import re
import sys
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
PLACE = ROOT / "docs" / "notebooks"
NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
_ONLY_LIVE = "*A table or menus to use: open the notebook in JupyterLab.*"
# An output with more HTML than this is a script with data; the largest of a table is some 60,000 characters.
LONGEST_HTML = 200_000


def rendered(name: str) -> tuple[str, dict[str, bytes]]:
    """The page of a notebook as Markdown, and its pictures by file name; runs the notebook."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    parts = [f"<!-- Made by `make docs` from notebooks/{name}.ipynb, with what it prints. -->"]
    pictures: dict[str, bytes] = {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        for output in cell.outputs:
            shown = _shown(output, f"{name}_{len(pictures) + 1}.png", pictures)
            if shown:
                parts.append(shown)
    page = "\n\n".join(part.strip() for part in parts) + "\n"
    return re.sub(rf"{re.escape(gettempdir())}/\w+/", "", page), pictures  # a folder that is another each time


def _shown(output: Any, picture: str, pictures: dict[str, bytes]) -> str:
    if output.output_type == "stream":
        return f"```text\n{output.text.rstrip()}\n```" if output.name == "stdout" else ""
    data = output.get("data", {})
    if "image/png" in data:
        pictures[picture] = base64.b64decode(data["image/png"])
        return f"![chart]({picture})"
    if "application/vnd.jupyter.widget-view+json" in data:
        return _ONLY_LIVE
    html = data.get("text/html", "")
    if html:
        if "<script" in html or len(html) > LONGEST_HTML:
            return _ONLY_LIVE
        plain = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
        return re.sub(r"\n\s*\n", "\n", plain).strip()
    return f"```text\n{data.get('text/plain', '').rstrip()}\n```"


if __name__ == "__main__":
    PLACE.mkdir(exist_ok=True)
    for name in sys.argv[1:] or NAMES:
        page, pictures = rendered(name)
        for old in PLACE.glob(f"{name}*"):
            old.unlink()
        (PLACE / f"{name}.md").write_text(page, "utf-8")
        for file, content in pictures.items():
            (PLACE / file).write_bytes(content)
        print(f"Wrote docs/notebooks/{name}.md")
