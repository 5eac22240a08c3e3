"""How the lines of the verdict look in a terminal. Imports nothing that makes them: a verdict may be on record."""

from collections.abc import Iterable
from typing import TextIO

EXPECTED, UNEXPECTED = "≠", "!"
STYLES = {f"  {EXPECTED}": "yellow", f"  {UNEXPECTED}": "bold red", "  ": "default", "": "bold"}
"""How a line looks, by what it begins with."""


def print_lines(lines: Iterable[str], stream: TextIO) -> None:
    """Print the verdict's lines, in colour where the stream is a terminal and `NO_COLOR` is not set."""
    if not stream.isatty():
        print(*lines, sep="\n", file=stream)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for line in lines:
        style = next(style for begins, style in STYLES.items() if line.startswith(begins))
        console.print(Text(line, style))
