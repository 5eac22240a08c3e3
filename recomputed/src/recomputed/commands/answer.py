"""Where a command's JSON goes."""

import json
import sys
from pathlib import Path
from typing import Any

from recomputed.commands.given import require_writable

STANDARD_OUTPUT = "-"


def require_target(target: str | None) -> None:
    """InputError where no JSON can be written to `target`: called before there is any, so that none is lost."""
    if target is not None and target != STANDARD_OUTPUT:
        require_writable("--json", Path(target))


def write_json(content: Any, target: str) -> None:
    """Write `content` as JSON to the file `target`, whole or not at all, or to standard output where it is `-`.

    InputError if the file cannot be written.
    """
    from recomputed.typeset.swap import write_whole

    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if target == STANDARD_OUTPUT:
        sys.stdout.write(text)
    else:
        write_whole(Path(target), text)
