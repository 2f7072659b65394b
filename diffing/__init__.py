"""Year-over-year report diff: what changed between two editions of a yearly report, and which way.

>>> import diffing
>>> corpus = diffing.Corpus("corpora/sample")
>>> old, new = corpus.narrative("turkmenistan", 2019), corpus.narrative("turkmenistan", 2020)
>>> diffing.compare(old, new)
<Comparison Turkmenistan 2019 -> 2020: ...>
"""

import sys as _sys

TYPE_CHECKING = False  # as type checkers know it by its name; importing `typing` would take as long as Python's start
if TYPE_CHECKING:
    from diffing.model import Change, DiffingError, Figure, Finding, Link, Narrative, Verdict
    from diffing.pipeline import Comparison, YearDiff, compare, compare_texts
    from diffing.profile import load_profile
    from diffing.reading import parse_narrative, read_narrative
    from diffing.running.editions import diff_year
    from diffing.running.history import History, history
    from diffing.running.series import Corpus
    from diffing.running.signature import __version__
    from diffing.tables import describe

__all__ = [
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

# Where each public name stands. They are loaded when they are asked for, so that a command which needs none of the
# rooms (`--help`, `--version`, a usage error) answers at once.
_HOMES = {
    **dict.fromkeys(("Change", "DiffingError", "Figure", "Finding", "Link", "Narrative", "Verdict"), "diffing.model"),
    "Corpus": "diffing.running.series",
    "parse_narrative": "diffing.reading",
    "read_narrative": "diffing.reading",
    "load_profile": "diffing.profile",
    "describe": "diffing.tables",
    "__version__": "diffing.running.signature",
    **dict.fromkeys(("Comparison", "YearDiff", "compare", "compare_texts"), "diffing.pipeline"),
    "diff_year": "diffing.running.editions",
    **dict.fromkeys(("History", "history"), "diffing.running.history"),
}


def __getattr__(name: str) -> object:
    from importlib import import_module
    from importlib.util import find_spec

    if name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value
    if not name.startswith("_") and find_spec(f"diffing.{name}") is not None:
        return import_module(f"diffing.{name}")  # a room, as after `import diffing.aligning`
    raise AttributeError(f"module 'diffing' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if "IPython" in _sys.modules:  # in a notebook, narratives, figures and links show themselves; nowhere else is it loaded
    from diffing.reporting import show_in_notebooks as _show_in_notebooks

    _show_in_notebooks()
