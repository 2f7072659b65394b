"""What is known of a family of reports, as data: loads and checks the TOML files of `profile/data/`.

A profile is a name of ours (``tip``, ``hrr``, ``dol``) or a path to a ``.toml``. It may say ``extends = "tip"``
and override single keys: tables are merged key by key, arrays of tables that have a `key` or a `name` are merged by
it, any other value is replaced. `keys` says what every key means; adding a family takes no Python.

>>> load_profile("tip").indicator("victims_identified").polarity
1
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from diffing.child import run_apart
from diffing.model import DiffingError, Event, Rule
from diffing.model.deeds import ACTS
from diffing.model.profiles import Cue, Pattern, Profile, compiled
from diffing.plain_files import file_bytes
from diffing.profile.hard_patterns import stands_alone
from diffing.profile.kept import kept
from diffing.profile.shorthand import ProfileError, check_size, merged, spelled_out, with_editions, with_numbered
from diffing.profile.toml_files import MOST_BYTES, parsed_toml

_KINDS = {
    "object": "a table { ... }",
    "array": "a list [ ... ]",
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
}

# What trying all patterns of a user's profile may take: all of a family of ours take 0.6 s.
SECONDS_TO_TRY, MEGABYTES_TO_TRY = 20.0, 500
_LINES = frozenset({"headings", "subheadings", "topics", "frame", "country_titles"})  # patterns of whole lines
_MARKS = " ,.;:"  # marks that no word of a text holds

# Profiles that each extend the next. Range 3 to 50; ours are three.
MOST_BELOW = 20

PROFILES = Path(__file__).parent / "data"
_LANGUAGE = "english"  # the file that families are made of, and no family
_DICTIONARY = Path("<dictionary>")  # what stands for a file where a profile is given as a dictionary


def load_profile(profile: str | Path | Profile | Mapping[str, Any], inside: Path | None = None) -> Profile:
    """The profile called `profile`, read from the ``.toml`` at that path, or made of a dictionary with the same keys.

    With `inside`, a stranger's folder, it and those that it extends are ours or lie there. Raises `ProfileError` with
    the file, the key and what is wrong.
    """
    if isinstance(profile, Profile):
        return profile
    if isinstance(profile, Mapping):
        below = _chain(_base_of(profile, _DICTIONARY, inside), (), inside)
        try:
            return _built((*below, (_DICTIONARY, msgspec.json.encode(profile, order="sorted"))))
        except TypeError as error:
            raise ProfileError(f"{_DICTIONARY}: a value that TOML could not hold: {error}") from error
    if not str(profile).endswith(".toml"):
        return _of_ours(str(profile))
    return _built(_chain(_path_of(profile, None, inside), (), inside))


@lru_cache(maxsize=32)
def _of_ours(name: str) -> Profile:
    """One that comes with the program: its files are looked at once."""
    path = _path_of(name)
    files = (part for file in sorted(PROFILES.rglob("*.toml")) for part in (file.name.encode(), file.read_bytes()))
    return kept(Profile, b"\0".join((name.encode(), *files)), lambda: _built(_chain(path, ())))


def files_of_profile(profile: str | Path) -> list[Path]:
    """The user's own files that a profile is made of: its own, and those that it extends."""
    return [path for path, _ in _chain(_path_of(profile), ()) if PROFILES not in path.parents]


def family_names() -> tuple[str, ...]:
    """The families that come with the program, by name."""
    return tuple(name for name in _ours() if load_profile(name).reading.known_by)


def _ours() -> list[str]:
    return sorted(path.stem for path in PROFILES.glob("*.toml") if path.stem != _LANGUAGE)


def _path_of(profile: str | Path, beside: Path | None = None, inside: Path | None = None) -> Path:
    name = str(profile)
    if name.endswith(".toml"):
        path = Path(name) if beside is None else beside.parent / name
        known = os.path.isfile(path)  # a Path raises for a name that is too long
    else:
        path = PROFILES / f"{name}.toml"
        known = name in _ours() or (beside is not None and PROFILES in beside.parents)  # ours are made of others
    if not known:
        where = f"{beside}: key extends: " if beside else ""
        raise ProfileError(f"{where}no profile {name!r}: give one of {', '.join(_ours())}, or the path of a .toml file")
    if inside is not None and not any(map(path.resolve().is_relative_to, (PROFILES.resolve(), inside.resolve()))):
        raise ProfileError(
            f"{path}: a corpus's profile has to lie in the corpus, with what it extends: copy it into {inside}, or "
            "give it yourself (--profile)"
        )
    return path


def _chain(path: Path, seen: tuple[Path, ...], inside: Path | None = None) -> tuple[tuple[Path, bytes], ...]:
    """A profile's file and those that it extends, each with what is in it now, the lowest first."""
    if path in seen or len(seen) > MOST_BELOW:
        why = "in a circle" if path in seen else f"more than {MOST_BELOW} deep"
        raise ProfileError(f"{path}: key extends: the profiles extend each other {why}")
    try:
        raw = file_bytes(path, MOST_BYTES)
    except OSError as error:
        raise ProfileError(f"{path}: can't be read: {error.strerror}") from error
    except DiffingError as error:
        raise ProfileError(str(error)) from error
    if seen and path == PROFILES / f"{_LANGUAGE}.toml":
        return ((path, raw),)
    return (*_chain(_base_of(_parsed(path, raw), path, inside), (*seen, path), inside), (path, raw))


def _base_of(told: Mapping[str, Any], path: Path, inside: Path | None) -> Path:
    """The file of the profile that another extends; each extends one, for it has the words of English from there."""
    base = told.get("extends")
    if not isinstance(base, str):
        raise ProfileError(f'{path}: key extends: say which profile this one is made of, at least extends = "base"')
    return _path_of(base, path, inside)


@lru_cache(maxsize=32)
def _parsed(path: Path, raw: bytes) -> dict[str, Any]:
    if path == _DICTIONARY:
        told: dict[str, Any] = msgspec.json.decode(raw)
        return told
    try:
        return parsed_toml(raw.decode("utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path}: no valid TOML: {error}") from error
    except DiffingError as error:
        raise ProfileError(str(error)) from error


def _in_words(what: str) -> str:
    """What msgspec says of a wrong value, in the words of a TOML file."""
    for kind, words in _KINDS.items():
        what = what.replace(f"`{kind}`", words)
    return what


@lru_cache(maxsize=32)
def _built(chain: tuple[tuple[Path, bytes], ...]) -> Profile:
    """The profile of these files; kept, for parsing them takes longer than reading a narrative."""
    data: Any = {}
    digest = hashlib.sha256()
    file = str(chain[-1][0])
    for path, raw in chain:
        try:
            data = merged(data, spelled_out(str(path), _parsed(path, raw)))
            if PROFILES not in path.parents:  # ours fit
                check_size(str(path), data)
        except RecursionError as error:
            raise ProfileError(f"{path}: tables in each other without end") from error
        digest.update(raw)
    data = with_numbered(file, with_editions(file, data))
    if data.get("judging", {}).get("cues"):
        raise ProfileError(
            f"{file}: key judging.cues: deeds are no patterns any more: say the verbs as [predicates], what they act "
            "on as [nouns], and which of them count as [frames] (see CONTRIBUTING.md, Add a deed)"
        )
    try:
        profile = msgspec.convert(data, Profile)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at ")
        key = where.strip("`").removeprefix("$").removeprefix(".") or "(top level)"
        raise ProfileError(f"{file}: key {key}: {_in_words(what)}") from error
    _check_names(file, profile)
    if not all(PROFILES in path.parents for path, _ in chain):  # ours are tried by the tests
        _check_phrases(file, profile)
        _try_patterns(file, profile, chain)
        _check_patterns(file, profile, "")
        _check_lines(file, profile)
        heading = profile.reading.subsection
        if heading is not None and "letter" not in heading.regex.groupindex:
            raise ProfileError(
                f"{file}: key reading.subsection.pattern: name the group of its letter: (?P<letter>[a-z])"
            )
    return msgspec.structs.replace(profile, checksum=digest.hexdigest())


def _check_names(file: str, profile: Profile) -> None:
    for key, names in (
        ("sections", [rule.key for rule in profile.sections]),
        ("indicators", [indicator.name for indicator in profile.indicators]),
        ("nouns", [row.name for row in profile.nouns]),
        ("predicates", [row.name for row in profile.predicates]),
        ("frames", [row.name for row in profile.frames]),
    ):
        twice = sorted(name for name, times in Counter(names).items() if times > 1)
        if twice:
            raise ProfileError(f"{file}: key {key}: {', '.join(twice)} stands there twice")
    known = {
        "predicate": {row.name for row in profile.predicates},
        "object_class": {ACTS, *(row.name for row in profile.nouns)},
        "rule": {rule.value for rule in Rule},
        "column": set(Event.__dataclass_fields__),
    }
    named: list[tuple[str, Iterable[object], str]] = []
    for frame in profile.frames:
        key, objects = f"frames.{frame.name}", [name for name in frame.objects if not name.startswith("=")]
        named += [(f"{key}.predicates", frame.predicates, "predicate"), (f"{key}.objects", objects, "object_class")]
        named += [(f"{key}.rule", filter(None, [frame.rule]), "rule")]
    for name, row in profile.judging.no_sure_worth.items():
        for key, asked in ((f"judging.no_sure_worth.{name}.{part}", getattr(row, part)) for part in ("when", "never")):
            named += [(key, asked, "column"), *((f"{key}.{column}", asked[column], column) for column in asked)]
    for key, told, kind in named:
        if kind in known and (strange := sorted({*map(str, told)} - known[kind])):
            raise ProfileError(f"{file}: key {key}: nothing is called {', '.join(strange)}")
    for modifier in profile.modifiers:
        if odd := [words for words in modifier.words if words.strip(_MARKS) != words]:
            raise ProfileError(f"{file}: key modifiers.{modifier.name}.words: {odd[0]!r}: leave out its comma or stop")
    for edition in profile.editions:
        if not (edition.year and edition.index and edition.page) and not (edition.since and edition.sections):
            raise ProfileError(f"{file}: key editions: give year, index and page, or since and sections")
    # every rule of ours says why in base.toml: one without is a switch of no rule
    unknown = sorted(name for name, rule in profile.judging.rules.items() if not rule.why)
    if unknown:
        raise ProfileError(f"{file}: key judging.rules: no rule is called {', '.join(unknown)}")


def _check_patterns(file: str, value: object, where: str) -> None:
    """Compiles every pattern in `value`, so that a broken one is met at load and by name."""
    if isinstance(value, Struct):
        pattern = getattr(value, "pattern", None)
        if isinstance(pattern, str):
            try:
                compiled(pattern)
            except (re.error, RecursionError, OverflowError) as error:
                raise ProfileError(f"{file}: key {where}.pattern: no valid pattern: {error}") from error
        for name in value.__struct_fields__:
            _check_patterns(file, getattr(value, name), f"{where}.{name}".lstrip("."))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            if not isinstance(item, str):  # lists of words: most of a profile
                _check_patterns(file, item, f"{where}[{number}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            _check_patterns(file, item, f"{where}.{name}")


def _check_lines(file: str, profile: Profile) -> None:
    """Refuses patterns of whole lines that can't be put together into one, and titles that name no country."""
    for key, rule in patterns(profile):
        kind = key.rpartition(".")[2].partition("[")[0]
        if kind in _LINES and stands_alone(rule.pattern):
            raise ProfileError(
                f"{file}: key {key}.pattern: it is put together with others: leave out flags for all of it, as (?i), "
                "and what refers to a group, as \\1"
            )
        if kind == "country_titles" and "country" not in rule.regex.groupindex:
            raise ProfileError(f"{file}: key {key}.pattern: name the group of its country: (?P<country>[A-Z].+)")


def _try_patterns(file: str, profile: Profile, chain: tuple[tuple[Path, bytes], ...]) -> None:
    """Tries the patterns that are not ours with texts made for them; refuses by its key one that would never end."""
    ours = tuple((path, raw) for path, raw in chain if PROFILES in path.parents)
    known = {pattern for _, pattern in _all_patterns(_built(ours))} if ours else set()
    tried = [(key, pattern) for key, pattern in _all_patterns(profile) if pattern not in known]
    if not tried:
        return
    work = "diffing.profile.hard_patterns:first_hard"
    try:
        hard = run_apart(work, tried, seconds=SECONDS_TO_TRY, megabytes=MEGABYTES_TO_TRY, what=file)
    except DiffingError as error:
        raise ProfileError(f"{file}: its patterns take too long to be tried ({error}): make them simpler") from error
    if hard is not None:
        raise ProfileError(
            f"{file}: key {hard}: takes for ever on some texts: where a repeat is followed by another that "
            "takes the same characters, write the first as possessive (`a++b` for `a+b`, `(?>...)` for `(...)`)"
        )
    for key, pattern in tried:
        try:
            compiled(pattern)
        except (re.error, RecursionError, OverflowError) as error:
            raise ProfileError(f"{file}: key {key}: no valid pattern: {error}") from error


def _all_patterns(profile: Profile) -> list[tuple[str, str]]:
    """Every regular expression of a profile with its key: those with examples, and words that are written as one."""
    found = [(f"{key}.pattern", one.pattern) for key, one in patterns(profile)]
    for name, telling in profile.judging.telling.items():
        found += [(f"judging.telling.{name}.words", word) for word in telling.words]
    for name, row in profile.judging.no_sure_worth.items():
        words = (word for word in (*row.words, *row.never_words) if word not in profile.judging.words)
        found += [(f"judging.no_sure_worth.{name}", word) for word in words]
    return found


def _check_phrases(file: str, profile: Profile) -> None:
    """Refuses a phrase without a word in it, which could be looked up nowhere."""
    rows: list[tuple[str, object]] = [(f"lexicon.{name}", words) for name, words in profile.lexicon.items()]
    for key, all_of_them in (
        ("indicators", profile.indicators),
        ("predicates", profile.predicates),
        ("modifiers", profile.modifiers),
        ("nouns", profile.nouns),
    ):
        rows += [
            (f"{key}.{row.name}.{field}", getattr(row, field)) for row in all_of_them for field in row.__struct_fields__
        ]
    for key, words in rows:
        if isinstance(words, tuple) and any(isinstance(w, str) and not w.strip(" =*~") for w in words):
            raise ProfileError(f"{file}: key {key}: an empty phrase: take it out")


def patterns(value: object, where: str = "") -> list[tuple[str, Pattern | Cue]]:
    """Every pattern with examples in a profile, each with its key: what the tests check both ways."""
    if isinstance(value, Pattern | Cue):
        return [(where, value)]
    if isinstance(value, Struct):
        items: list[tuple[str, object]] = [
            (f"{where}.{name}".lstrip("."), getattr(value, name)) for name in value.__struct_fields__
        ]
    elif isinstance(value, tuple):
        items = [(f"{where}[{getattr(item, 'name', number)}]", item) for number, item in enumerate(value)]
    elif isinstance(value, dict):
        items = [(f"{where}.{name}", item) for name, item in value.items()]
    else:
        items = []
    return [found for name, item in items for found in patterns(item, name)]
