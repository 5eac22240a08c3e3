"""A synthetic manuscript, executed once for all tests of this room."""

from collections.abc import Callable
from pathlib import Path

import pytest

from recomputed.manuscript.execute import execute
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave
from recomputed.typeset.verdict import Executed
from synthetic.papers import once
from tests.press import checkouts
from tests.press.checkouts import Made

SYNTHETIC = """\
---
title: Naskah sintetis
lang: id
date: 2024-05-01
---

# Pembuka {#sec-pembuka}

Sebelum sel: `{python} 1 + 1`.

```{python}
class Number:
    def _repr_markdown_(self):
        return '[25%]{.num data-number="turnover.uplift.K1"}'

import os
x = Number()
label = "a_b*c"
print("tidak tampil", file=__import__("sys").stderr)
```

Nilai `{python} x` dan `{python} label`, lalu `{python} x` lagi.
Baris kedua: `{python} os.getcwd()`.

```python
ini = "bukan sel"
```

```{python}
#| label: tabel
#| output: asis
print("| a |\\n|---|\\n| 1 |\\n\\n: Keterangan {#tbl-a}")
```

```{python}
#| echo: true
1 + 2
```

```{python}
#| include: false
print("tersembunyi")
```

```{python}
#| eval: false
raise SystemExit
```

```{python}
#| output: false
print("tanpa keluaran")
```

1. Butir

   ```{python}
   #| output: asis
   print("terindentasi")
   ```

Penutup.
"""


@pytest.fixture(scope="session")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Executed:
    """SYNTHETIC, executed in a directory of its own."""
    root = tmp_path_factory.mktemp("executed")
    manuscript = parse_manuscript(SYNTHETIC)
    with Kernel(root) as kernel:
        notebook = execute(manuscript, kernel)
    return Executed(manuscript, notebook, weave(manuscript, notebook), root, None)


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    """Make a small project whose manuscript has this body."""

    def make(body: str) -> Path:
        (tmp_path / "paper.qmd").write_text(
            f"---\ntitle: Uji\ndate: 2024-05-01\n---\n\n{body}\n", encoding="utf-8"
        )
        (tmp_path / "_quarto.yml").write_text("project:\n  type: manuscript\nlang: id\n", encoding="utf-8")
        (tmp_path / "data").mkdir()
        return tmp_path

    return make


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The deposit of the real paper, made in a clone by two commands at once. Slow: once for all tests."""

    def make(folder: Path) -> None:
        root = checkouts.clone(folder / "paper")
        environment = {"TZ": "Asia/Jakarta", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "USER": "one"}
        both = [checkouts.start(root, "archive", environment=environment, umask=0o022) for _ in range(2)]
        for process in both:
            out, err = process.communicate(timeout=300)
            assert process.returncode == 0, err
            assert checkouts.FILE in out

    root = once(tmp_path_factory, "deposit", make) / "paper"
    return checkouts.read(root, root / "dist" / checkouts.FILE)
