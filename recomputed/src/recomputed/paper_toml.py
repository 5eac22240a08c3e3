"""`paper.toml`: what the engine is told of a paper. Each key is documented here; an unknown one is refused."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.faults import Fault, InputError, nearest
from recomputed.text_files import read_text


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """The table `[paper]`."""

    analysis: str = "analysis"
    """The package, beside `paper.toml`, that computes the numbers: SUBJECTS, figures and tables."""
    article: str = ""
    """The title of the published article under examination."""
    languages: Sequence[str] = ("en",)
    """The codes of the languages that the paper writes its numbers in. The manuscript's `lang:` is one of them."""
    case: str = ""
    """What a case is called, before its code, where no name is given: `Case` gives `Case K1`."""
    currencies: Mapping[str, str] = field(default_factory=dict)
    """Units that are money, each with the sign that stands before an amount."""


@cache
def paper_settings(root: Path = paths.ROOT) -> PaperSettings:
    """The settings of the paper at hand. Raises InputError with every fault."""
    file = paths.SETTINGS_FILE
    try:
        given: dict[str, Any] = tomllib.loads(read_text(root / file, file))
    except tomllib.TOMLDecodeError as error:
        raise InputError(Fault(file, "TOML", str(error))) from None
    known = [key.name for key in fields(PaperSettings)]
    paper = given.get("paper", {})
    faults = [Fault(file, "the table [paper]", f"{name!r}") for name in given if name != "paper"]
    faults += [
        Fault(file, f"one of the keys {', '.join(known)}", f"{name!r}{nearest(name, known)}")
        for name in paper
        if name not in known
    ]
    if faults:
        raise InputError(faults)
    return PaperSettings(**paper)
