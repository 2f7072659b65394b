"""The wheel holds all that a run needs: built, installed beside the dependencies, and run far from the project.

`make audit` does the same in an empty environment, with the dependencies of the lock.
"""

import os
import shutil
import subprocess
import sys

import pytest
from places import ROOT


@pytest.mark.slow
def test_the_wheel_runs_far_from_the_project(sample, tmp_path):
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(site), str(wheel)], check=True)
    shutil.copytree(sample, tmp_path / "away" / "texts")

    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path / "away", env=os.environ | {"PYTHONPATH": str(site)},
            capture_output=True, text=True,
        )  # fmt: skip

    assert run("-c", "import diffing; print(diffing.__file__)").stdout.startswith(str(site))
    assert "Exit codes" in run("-m", "diffing", "--help").stdout
    done = run("-m", "diffing", "diff", "--year", "2020", "--corpus", "texts", "--out", "report")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "away" / "report" / "turkmenistan.html").is_file()
    without = run("-m", "diffing", "diff", "--year", "2020")
    assert without.returncode == 2
    assert "--corpus FOLDER" in without.stderr
