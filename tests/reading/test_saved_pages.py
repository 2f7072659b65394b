"""Report pages as they were saved: country, year and sections as a reader labels them, all of the body, none else."""

from __future__ import annotations

from pathlib import Path

import pytest
from saved_pages import LABELS, faults_of_page


@pytest.mark.real
@pytest.mark.parametrize("name", LABELS)
def test_a_saved_page_is_read_as_a_reader_labels_it(name: str, shared: Path) -> None:
    assert faults_of_page(shared / "real" / "html" / name) == []
