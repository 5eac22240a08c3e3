"""The toy with something of each kind in it, sent out once."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from synthetic.papers import copy_toy, once, recomputed

SUNDRIES = """\
## Sundries {#sec-sundries}

Teas are *hot* and **strong**, as the [board](https://example.org/board) says; see [the data](#sec-data).

- green tea
- black tea
- mint of *this* garden

1. boil
2. pour

> Nobody drinks it cold.

| Tea | Price |
|:----|------:|
| green | low |
| black | high |

: Prices, from hearsay {#tbl-prices}

The cost is $a + b$ a cup.
Lines are broken
as one likes, on boards 4–6; @tbl-prices has "prices".

"""


@dataclass(frozen=True)
class Sent:
    """The paper that was sent, its manuscript, and the Word file."""

    root: Path
    text: str
    docx: bytes


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The toy and its sundries, sent out. Not to be changed."""

    def send(folder: Path) -> None:
        root = copy_toy(folder / "toy")
        paper = root / "paper.qmd"
        text = paper.read_text(encoding="utf-8")
        assert text.count("# References {.unnumbered}") == 1
        paper.write_text(
            text.replace("# References {.unnumbered}", SUNDRIES + "# References {.unnumbered}"), "utf-8"
        )
        done = recomputed(root, "word", "out", str(folder / "sent.docx"))
        assert done.returncode == 0, done.stderr

    folder = once(tmp_path_factory, "sent", send)
    root = folder / "toy"
    return Sent(root, (root / "paper.qmd").read_text(encoding="utf-8"), (folder / "sent.docx").read_bytes())
