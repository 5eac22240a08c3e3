"""What is left to do in a format after pandoc, in both engines: the extension's `finish.py` asks for it in Quarto's."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from recomputed.typeset.word import repeatable


def unwrapped(jats: bytes) -> bytes:
    """`jats` with one wrapper around a captioned table: floats.lua's, with label and id, not pandoc's too."""
    jats = re.sub(rb"</caption>\s*<table-wrap>", b"</caption>", jats)
    return re.sub(rb"</table-wrap>\s*</table-wrap>", b"</table-wrap>", jats)


BY_ENDING: Mapping[str, Callable[[bytes], bytes]] = {
    ".docx": repeatable,
    ".jats": unwrapped,
    ".xml": unwrapped,
}


def finished(file: Path) -> bytes:
    """What `file`, as pandoc wrote it, holds in the end. To finish what is finished changes nothing."""
    return BY_ENDING.get(file.suffix, bytes)(file.read_bytes())


def finish_all() -> None:
    """Finish the files that Quarto has just written."""
    for name in os.environ["QUARTO_PROJECT_OUTPUT_FILES"].splitlines():
        Path(name).write_bytes(finished(Path(name)))
