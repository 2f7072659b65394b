"""Small corpora as tests make them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

TEXT = "The Government of {} increased its efforts. It identified eight victims in 2018."


def fill(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files, by path."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def small(folder: Path, *names: str) -> Path:
    """A corpus of these narratives, by path without ending."""
    return fill(folder, {f"{name}.txt": TEXT.format(name.rpartition("/")[2]) for name in names})
