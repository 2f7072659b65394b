"""What all tests share: the folder of real texts and gold data beside the project."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from places import ROOT, SHARED

os.environ.pop("COLUMNS", None)  # texts for the terminal are as wide as where nobody says
# what the tests keep of their corpora is theirs alone
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="diffing-tests-")
settings.register_profile("diffing", deadline=None)  # a busy machine is no defect
settings.load_profile("diffing")


@pytest.fixture(scope="session")
def sample() -> Path:
    """The corpus that ships with the project."""
    return ROOT / "corpora" / "sample"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts and gold data beside the project; skips, saying so, where it is missing."""
    if not (SHARED / "real").is_dir():
        pytest.skip(f"no real texts: {SHARED}/real is missing")
    return SHARED
