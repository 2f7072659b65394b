"""Where the project stands, and what lies beside it."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"  # real texts and gold data; users do not have it
