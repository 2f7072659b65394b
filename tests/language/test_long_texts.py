"""Twice the text takes twice the work, whatever it says over and over."""

import pytest

from diffing.language import phrases
from diffing.language.analysis import analyse
from diffing.profile import load_profile


@pytest.mark.parametrize("said", ["police", "women and children", "the", "8", "convicted", "national action plan"])
def test_what_is_said_again_and_again_takes_linear_work(said, monkeypatch):
    looked = []
    longest = phrases.longest
    monkeypatch.setattr(phrases, "longest", lambda *given: looked.append(given[2]) or longest(*given))

    def looks(times: int) -> int:
        looked.clear()
        _ = analyse(f"Police {f'{said} ' * times}left.", load_profile("tip")).clauses
        return len(looked)

    few, many = looks(400), looks(800)
    assert many <= 2.2 * few + 100
