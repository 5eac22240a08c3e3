"""The chart converter in a process of its own, so that its start goes by while the first chart is being made.

`python -m recomputed.manuscript.converter` reads one chart a line, as a JSON string, and answers each with one
line: its files in Base64. It ends with its standard input, and so with whoever started it.
"""

import base64
import json
import subprocess
import sys

from recomputed import paths
from recomputed.manuscript.figure_files import draw

EMPTY_CHART = '{"data": {"values": [{}]}, "mark": "point"}'


class Converter:
    """The converter, starting."""

    def __init__(self) -> None:
        sys.audit("watch.self-contained")  # it draws what it is sent, and reads nothing of the project
        self._process = subprocess.Popen(
            [sys.executable, "-m", "recomputed.manuscript.converter"],
            cwd=paths.ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def draw(self, text: str) -> dict[str, bytes]:
        """A chart's files, as `figure_files.draw` gives them, and raising what it raises."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(text) + "\n")
            self._process.stdin.flush()
            answer = json.loads(self._process.stdout.readline())
        except (OSError, ValueError):
            return draw(text)  # it has ended: here its error has a reader
        return {suffix: base64.b64decode(content) for suffix, content in answer.items()}

    def close(self) -> None:
        """End the process, if it has not ended."""
        self._process.communicate()


def warm() -> None:
    """Start what draws, in this process."""
    draw(EMPTY_CHART)


def main() -> None:
    """Convert what standard input asks for, once everything is loaded."""
    warm()
    for line in sys.stdin:
        files = draw(json.loads(line))
        print(json.dumps({suffix: base64.b64encode(files[suffix]).decode() for suffix in files}), flush=True)


if __name__ == "__main__":
    main()
