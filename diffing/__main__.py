"""``python -m diffing`` is the command ``diffing``, and takes no package from the folder that the user stands in."""

import sys

if not sys.flags.safe_path:
    from importlib.util import find_spec
    from pathlib import Path

    here = find_spec("diffing")
    if here is not None and here.origin is not None and Path(here.origin).parents[1] != Path(sys.path[0]):
        del sys.path[0]  # Python puts that folder there, before all others

from diffing.cli import main

main()
