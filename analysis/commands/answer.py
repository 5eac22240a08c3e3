"""Where a command's JSON goes."""

import json
import sys
from pathlib import Path
from typing import Any


def write_json(content: Any, target: str) -> None:
    """Write `content` as JSON to the file `target`, whole or not at all, or to standard output where it is `-`.

    InputError if the file cannot be written.
    """
    from analysis.press.swap import write_whole

    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if target == "-":
        sys.stdout.write(text)
    else:
        write_whole(Path(target), text)
