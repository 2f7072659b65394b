"""`diffing profile`: check a profile's own examples, and begin one from two texts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from diffing.cli_output import DONE, USAGE, tell
from diffing.cli_streams import say
from diffing.model import DiffingError

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(epilog="For example: diffing profile check my.toml")
def check(
    profile: Annotated[str, typer.Argument(help="A .toml file, or tip, hrr, dol.")],
) -> None:
    """Load a profile and try its examples and counter-examples; name each that fails."""
    from diffing.profile import load_profile
    from diffing.running.example_trials import faults_of

    loaded = load_profile(profile)
    faults = faults_of(loaded)
    for fault in faults:
        say(f"error: {profile}: {fault}")
    scales = len(loaded.judging.stated) + len(loaded.judging.ladders)
    said = f"{len(loaded.sections)} sections, {len(loaded.indicators)} indicators, {scales} scale{'s' * (scales != 1)}"
    tell(f"{profile}: {loaded.title}: {said}; {f'{len(faults)} examples fail' if faults else 'every example holds'}")
    raise typer.Exit(USAGE if faults else DONE)


@app.command(epilog="For example: diffing profile new 2019/norvania.txt 2020/norvania.txt --name enlargement")
def new(
    old: Annotated[Path, typer.Argument(help="A narrative of the family.")],
    new: Annotated[Path, typer.Argument(help="Another, of the next year or of another country.")],
    name: Annotated[str, typer.Option(help="What the family is called: small letters, digits and _.")] = "mine",
    out: Annotated[Path | None, typer.Option(help="The file to write.", show_default="NAME.toml")] = None,
) -> None:
    """Write the start of a profile from two texts: headings found, likely scales, nouns that are counted."""
    from diffing.profile import load_profile
    from diffing.reading.documents import read_document
    from diffing.reading.proposing import proposed
    from diffing.reporting import write_page

    if not re.fullmatch(r"[a-z0-9_]{1,60}", name):
        raise DiffingError(f"--name {name}: no name of a family: small letters, digits and _")
    target = out or Path(f"{name}.toml")
    if target.exists():
        raise DiffingError(f"{target} is there already: give another --out")
    base = load_profile("base")
    text = proposed(read_document(old, profile=base).text, read_document(new, profile=base).text, name=name)
    write_page(target, text)
    load_profile(str(target))
    tell(f"Wrote {target}. Look through it, then: diffing profile check {target}")
