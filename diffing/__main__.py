"""``python -m diffing`` is the command ``diffing``."""

from diffing.cli import main

main()
