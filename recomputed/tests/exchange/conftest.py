"""The toy with something of each kind in it, sent out once, and what was sent read once."""

import base64
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from recomputed.exchange import back
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
MORE = r"""## More {#sec-more}

- jars

  with lids
- bowls
    - blue
    - grey

1. alpha
   - beta

$$
e = m c^2
$$ {#eq-mass}

A ***bold italic*** word, 50\% of it; see @eq-mass.

```
x = 1
y = 2
```

| A | B | C |
|:--|:-:|--:|
| a | b | `{python} n["counts.signs"]` |
| d | e | f |

: Letters {#tbl-letters}

Behind it `tea --brew cold` is typed.

| Sign | Seen |
|:-----|------|
| ![A cup of tea](cup.png) | often |

::: {.callout-tip}
## Keep it short

Be brief.
:::

"""
CUP = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="
)
REFERENCES = "# References {.unnumbered}"
ALL_NUMBERS = "print(paper.table_of_numbers())"
"""Which is two thirds of the file, and there is a table that code makes without it."""


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
        assert text.count(REFERENCES) == text.count(ALL_NUMBERS) == 1
        paper.write_text(
            text.replace(REFERENCES, SUNDRIES + MORE + REFERENCES).replace(ALL_NUMBERS, ""), "utf-8"
        )
        (root / "cup.png").write_bytes(CUP)
        done = recomputed(root, "word", "out", str(folder / "sent.docx"))
        assert done.returncode == 0, done.stderr

    folder = once(tmp_path_factory, "sent", send)
    root = folder / "toy"
    return Sent(root, (root / "paper.qmd").read_text(encoding="utf-8"), (folder / "sent.docx").read_bytes())


@pytest.fixture(autouse=True, scope="module")
def read_once() -> Iterator[None]:
    """What was sent is in each edited file, and takes as long to read as the edit: the same content is read once."""
    read, kept = back.blocks_in, dict[int, bytes]()

    def blocks_in(parts: Mapping[str, bytes]) -> object:
        key = hash(tuple(sorted(parts.items())))
        if key not in kept:
            kept[key] = pickle.dumps(read(parts))
        return pickle.loads(kept[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(back, "blocks_in", blocks_in)
        yield
