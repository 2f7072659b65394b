"""Year-over-year report diff: what changed between two editions of a yearly report, and which way.

>>> import diffing
>>> corpus = diffing.Corpus("corpora/sample")
>>> old, new = corpus.narrative("turkmenistan", 2019), corpus.narrative("turkmenistan", 2020)
>>> diffing.compare(old, new)
<Comparison Turkmenistan 2019 -> 2020: ...>
"""

import sys as _sys

from diffing.model import DiffingError, Narrative
from diffing.pipeline import (
    Comparison,
    YearDiff,
    __version__,
    compare,
    diff_year,
    parse_narrative,
    read_narrative,
)
from diffing.profile import load_profile
from diffing.reading import Corpus

__all__ = [
    "Comparison",
    "Corpus",
    "DiffingError",
    "Narrative",
    "YearDiff",
    "__version__",
    "compare",
    "diff_year",
    "load_profile",
    "parse_narrative",
    "read_narrative",
]

if "IPython" in _sys.modules:  # in a notebook, narratives, figures and links show themselves; nowhere else is it loaded
    from diffing.reporting import show_in_notebooks as _show_in_notebooks

    _show_in_notebooks()
