"""The two engines that typeset, and which one is meant by `auto`."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from recomputed.faults import Fault, InputError
from recomputed.judgement import REVIEW, Executed
from recomputed.outputs import FILES, FORMATS, PARTS, SUPPLEMENT

ENGINES = ("auto", "quarto", "pandoc")

Opened = Callable[[Executed, Path], Iterable[Path]]
"""`opened(executed, root)`: the files of the project that typesetting opens, besides what every build reads."""

Typeset = Callable[[Executed, Path, Path, Sequence[str]], None]
"""`typeset(executed, root, out, formats)` writes `out/FILES[format]` for each format, and `out/SUPPLEMENT[format]`."""


def outputs(formats: Iterable[str] = FORMATS) -> tuple[str, ...]:
    """The files that these formats may have: the paper's, the supplement's, the page for reviewers."""
    wanted, pages = set(formats), (FILES, SUPPLEMENT, {"html": REVIEW})
    return tuple(file for names in pages for name, file in names.items() if name in wanted)


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: its name, what its output depends on besides the environment's packages, and its work."""

    name: str
    identity: str
    typeset: Typeset
    opened: Opened = lambda executed, root: ()


def formats_named(text: str) -> tuple[str, ...]:
    """The formats that `--to` names, in the order of FORMATS. InputError for another name, or none."""
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise InputError(Fault("--to", ", ".join(FORMATS), ", ".join(map(repr, unknown)) or "no format"))
    return tuple(name for name in FORMATS if name in wanted)


def engine_named(name: str, reference: bytes | None = None) -> Engine:
    """The engine of that name; `auto` is pandoc, which gives the same paper many times sooner than Quarto.

    `reference` is a DOCX whose styles the Word file is to have, in the place of the engine's own.

    InputError for another name, and for `quarto` where there is none to use.
    """
    if name not in ENGINES:
        raise InputError(Fault("--engine", ", ".join(ENGINES), name))
    dressed = hashlib.sha256(reference).hexdigest() if reference else ""
    if name != "quarto":
        return Engine("pandoc", dressed, partial(typeset_by_pandoc, reference=reference), _opened_by_pandoc)
    from recomputed.typeset import quarto

    found = quarto.find()
    if found is not None:
        typeset = partial(found.typeset, reference=reference)
        return Engine(
            "quarto", found.require() + dressed, typeset, lambda executed, root: quarto.staged(root)
        )
    expected = f"quarto {quarto.OLDEST_TEXT} or newer on the path"
    raise InputError(Fault("--engine quarto", expected, "none; `--engine pandoc` needs nothing installed"))


def typeset_by_pandoc(
    executed: Executed,
    root: Path,
    out: Path,
    formats: Sequence[str],
    reference: bytes | None = None,
    parts: Sequence[str] = PARTS,
) -> None:
    """Write `out/FILES[format]` for each format, and `out/SUPPLEMENT[format]`; of these the `parts` alone."""
    from recomputed.manuscript.settings import document_metadata, project_settings
    from recomputed.typeset.pandoc import typeset

    metadata = document_metadata(project_settings(root, executed.profile), executed.manuscript.metadata)
    text, profile, data = executed.woven.markdown, executed.profile, executed.data
    typeset(text, metadata, out, formats, profile, root, data, reference, parts)


def _opened_by_pandoc(executed: Executed, root: Path) -> Iterator[Path]:
    """Whatever file the settings or the front matter name, and each image."""
    from recomputed.manuscript.markdown import read
    from recomputed.manuscript.settings import leaves, merge, project_settings

    settings = merge(project_settings(root, executed.profile), executed.manuscript.metadata)
    images = (node["c"][2][0] for node in elements(json.loads(read(executed.woven.markdown)), "Image"))
    named = (one.lstrip("/") for one in leaves(settings) if isinstance(one, str))
    for name in {*named, *map(unquote, images)}:
        with suppress(OSError, ValueError):  # no name of a file
            if name and (root / name).is_file():
                yield root / name


def elements(value: Any, kind: str) -> Iterator[dict[str, Any]]:
    """The elements of that kind in pandoc's JSON."""
    if isinstance(value, dict):
        if value.get("t") == kind:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from elements(one, kind)


def by_kind(value: Any) -> defaultdict[str, list[dict[str, Any]]]:
    """All elements in pandoc's JSON, itself too, by their kinds, in no order."""
    found, left = defaultdict[str, list[dict[str, Any]]](list), [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            found[one.get("t", "")].append(one)
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)
    return found


def has_supplement(tree: Any) -> bool:
    """Whether pandoc's JSON has a heading, at its top, from which on it is a supplement."""
    return any(block["t"] == "Header" and "supplement" in block["c"][1][1] for block in tree["blocks"])
