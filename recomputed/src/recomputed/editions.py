"""The editions of a paper: which manuscript, figures and output each has, by its Quarto profile.

`paper.qmd` is the first; `paper.<language>.qmd` another language's, whose profile is the language's code. With
`blind` a profile names nobody: `blind`, `en`, `en,blind`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, InputError, nearest
from recomputed.language.catalogue import CODES
from recomputed.paper_toml import paper_settings
from recomputed.variables import giving, variable

BLIND = "blind"
PROFILE = "QUARTO_PROFILE"
MANUSCRIPT, LANGUAGE = "PAPER_MANUSCRIPT", "PAPER_LANG"
"""Name the manuscript that is executed or judged, and its language."""
RUN_BY_QUARTO = "QUARTO_DOCUMENT_FILE"
"""Quarto's own; names the document that it executes."""


def is_blind(profile: str | None) -> bool:
    """Whether the profile is of an edition that names nobody."""
    return BLIND in _parts(profile)


def code_of(profile: str | None) -> str:
    """The language's code in a profile; nothing for the first edition's."""
    return next((part for part in _parts(profile) if part in CODES), "")


def manuscript_of(profile: str | None) -> str:
    """The file name of the profile's manuscript."""
    return _named(code_of(profile))


def settings_files(profile: str | None) -> tuple[str, ...]:
    """The names of the files of settings that Quarto merges for a profile, in that order."""
    return (paths.QUARTO.name, *(f"_quarto-{part}.yml" for part in _parts(profile)))


def output_of(profile: str | None, first: Path | None = None) -> Path:
    """The folder that an edition is written into by default, which no other is: `first`, else `_manuscript`, is that of
    the first edition.
    """
    first = first or paths.MANUSCRIPT
    return first.with_name("-".join([first.name, *_parts(profile)]))


def figures_of(figures: Path, profile: str | None) -> Path:
    """Where in a folder of figures those of an edition are: another language's are in a folder of its own."""
    return figures / code_of(profile)


def profile_named(text: str, root: Path = paths.ROOT) -> str | None:
    """The profile that `--profile` names, in one form. InputError where the paper has none, or no manuscript, of it."""
    given = [part.strip() for part in text.split(",") if part.strip()]
    others = paper_settings().paper.languages[1:]
    known = (*others, BLIND)
    unknown = [part for part in given if part not in known]
    languages = {part for part in given if part != BLIND}
    if unknown or len(languages) > 1 or len(given) > len(set(given)):
        expected = f"{', '.join(known)}, or a language and {BLIND}" if others else BLIND
        hint = nearest(unknown[0], known) if unknown else ""
        raise InputError(Fault("--profile", expected, text + hint))
    profile = ",".join(_parts(",".join(given))) or None
    if not (root / (file := manuscript_of(profile))).is_file():
        raise InputError(Fault("--profile", f"the manuscript {file} of that language", "no such file"))
    return profile


def profiles(root: Path = paths.ROOT) -> tuple[str | None, ...]:
    """The profile of each language's edition that there is, the first edition's None.

    InputError for a manuscript in a language that `paper.toml` does not name.
    """
    known = paper_settings().paper.languages
    there = [file.name.split(".")[1] for file in sorted(root.glob(_named("*")))]
    faults = [
        Fault(_named(code), "a manuscript in one of the further `languages` of paper.toml", code)
        for code in there
        if code not in known[1:]
    ]
    if faults:
        raise InputError(faults)
    return (None, *(code for code in known if code in there))


def at_hand(root: Path = paths.ROOT) -> Path:
    """The manuscript that is executed or judged: the one that is named, or that Quarto executes, else the first."""
    return root / (variable(MANUSCRIPT) or variable(RUN_BY_QUARTO) or paths.PAPER.name)


def code_at_hand() -> str:
    """The code in the name of the manuscript at hand; nothing for the first edition's."""
    return next((part for part in at_hand().name.split(".")[1:-1] if part in CODES), "")


@contextmanager
def taking(profile: str | None, lang: str) -> Iterator[None]:
    """This profile's edition is at hand, and its language the paper's: an edition is judged and typeset so."""
    with giving({MANUSCRIPT: manuscript_of(profile), LANGUAGE: lang, PROFILE: profile or ""}):
        yield


def _named(code: str) -> str:
    return f"{paths.PAPER.stem}.{code}{paths.PAPER.suffix}" if code else paths.PAPER.name


def _parts(profile: str | None) -> list[str]:
    """A profile's parts in one order, the language before `blind`."""
    return sorted(filter(None, (profile or "").split(",")), key=lambda part: (part == BLIND, part))
