"""The two engines that typeset, and which one is meant by `auto`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from recomputed.faults import Fault, InputError
from recomputed.typeset.verdict import Executed

FORMATS = ("html", "pdf", "docx", "jats")
FILES = {"html": "index.html", "pdf": "paper.pdf", "docx": "paper.docx", "jats": "paper.xml"}
ENGINES = ("auto", "quarto", "pandoc")

Typeset = Callable[[Executed, Path, Path, Sequence[str]], None]
"""`typeset(executed, root, out, formats)` writes `out/FILES[format]` for each format."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: its name, what its output depends on besides the environment's packages, and its work."""

    name: str
    identity: str
    typeset: Typeset


def formats_named(text: str) -> tuple[str, ...]:
    """The formats that `--to` names, in the order of FORMATS. InputError for another name, or none."""
    wanted = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise InputError(Fault("--to", ", ".join(FORMATS), ", ".join(unknown) or "no format"))
    return tuple(name for name in FORMATS if name in wanted)


def engine_named(name: str) -> Engine:
    """The engine of that name; `auto` is pandoc, which gives the same paper many times sooner than Quarto.

    InputError for another name, and for `quarto` where there is none to use.
    """
    if name not in ENGINES:
        raise InputError(Fault("--engine", ", ".join(ENGINES), name))
    if name != "quarto":
        return Engine("pandoc", "", _typeset_pandoc)
    from recomputed.typeset import quarto

    found = quarto.find()
    if found is not None:
        return Engine("quarto", found.require(), found.typeset)
    expected = f"quarto {quarto.OLDEST_TEXT} or newer on the path"
    raise InputError(Fault("--engine quarto", expected, "none; `--engine pandoc` needs nothing installed"))


def _typeset_pandoc(executed: Executed, root: Path, out: Path, formats: Sequence[str]) -> None:
    from recomputed.manuscript.settings import document_metadata, project_settings
    from recomputed.typeset.pandoc import typeset

    metadata = document_metadata(project_settings(root, executed.profile), executed.manuscript.metadata)
    typeset(executed.woven.markdown, metadata, out, formats, executed.profile, root, executed.data)
