"""Quarto and the embedded engine give the reader the same paper; skipped without Quarto."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.judgement import Executed
from recomputed.manuscript.execute import execute
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave
from recomputed.outputs import FILES, FORMATS
from recomputed.typeset.engines import engine_named
from synthetic.checkouts import commit
from synthetic.papers import CHECKOUT, MADE, TOY, copy_toy
from synthetic.shown import QUARTO, READ, both, differing, needs_quarto, rendered_by_quarto

pytestmark = needs_quarto

MANUSCRIPT = """\
---
title: "Uji *dua* mesin & <lain>"
subtitle: Anak judul
lang: id
date: 2024-05-01
author:
  - name: Penulis Rekaan
    corresponding: true
    affiliations:
      - {id: a, name: Lembaga Rekaan, city: Kota, country: Negeri}
  - name: Penulis Kedua
    affiliations: [{ref: a}]
keywords: [satu, dua]
keywords-en: [one, two]
license: "CC BY"
funding: Tiada.
data-availability: Tersedia.
bibliography: references.bib
---

::: {.abstract lang="id"}
Abstrak dengan *tekanan*.
:::

::: {.abstract lang="en"}
An abstract.
:::

# Pembuka {#sec-a}

Lihat @fig-a, @tbl-a, @eq-a dan @sec-b; juga [Lihat @fig-a; @tbl-a]. Menurut @placeholder2020 [lihat juga @kettle2018].
Catatan.^[Isi catatan dengan `kode`.] Ada 25% & `<b>` dan [*tautan*](https://example.org/a?b=1&c=2).

![Keterangan *gambar*.](figures/growth.png){#fig-a fig-alt="Uraian \\"gambar\\""}

| Nama | Nilai |
|------|------:|
| a^[Di tabel.] | $p$ |
| b [@kettle2018] | 2 |

: Keterangan tabel {#tbl-a}

$$
a = \\frac{1}{2}
$$ {#eq-a}

::: {.callout-warning title="Awas & waspada"}
Isi.
:::

::: {.callout-note}
## Judul catatan
Isi.
:::

## Bagian dalam {#sec-b}

> Kutipan.

```python
kode = 1  # {{< bukan >}}
```

::: {.content-visible when-format="html"}
Hanya laman.
:::

### Lebih dalam {.unnumbered}

1. Satu
2. Dua

Istilah
:   Arti.

- [ ] H~2~O, x^2^, ~~coret~~, :smile:, "kutip" -- dan --- titik... [-@placeholder2020] @{kettle2018}

![](figures/wait.svg){fig-alt="Tanpa keterangan" width=50%}

Gambar di baris ![kecil](figures/wait.png){width=20%} sini.
"""

FROM_DATA = """
Sel \\{\\{\\< meta title \\>\\}\\} dan {{< meta title >}}.

| a |
|---|
| {{< pagebreak >}} |
"""


@pytest.fixture(scope="module")
def of_everything() -> Executed:
    manuscript = parse_manuscript(MANUSCRIPT)
    with Kernel(paths.ROOT) as kernel:
        notebook = execute(manuscript, kernel)
    woven = weave(manuscript, notebook)
    printed = replace(woven, markdown=woven.markdown + FROM_DATA)
    return Executed(manuscript, notebook, printed, paths.DATA, None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the toy with the extension that both typeset with."""
    return copy_toy(tmp_path / "toy")


@pytest.fixture
def within(tmp_path: Path) -> Path:
    """The toy where a checkout has it: the extension and the fonts are above."""
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT / "_extensions", checkout / "_extensions", ignore=MADE)
    (checkout / ".venv").symlink_to(sys.prefix)
    return Path(shutil.copytree(TOY, checkout / "recomputed" / "tests" / "toy", ignore=MADE))


@pytest.mark.parametrize("made", ["toy", "everything", "blind"])
def test_both_engines_set_the_same(
    made: str, root: Path, tmp_path: Path, executed_paper: Executed, of_everything: Executed
) -> None:
    profile = "blind" if made == "blind" else None
    executed = executed_paper if made == "toy" else replace(of_everything, profile=profile)
    quartos, pandocs = both(executed, root, tmp_path)
    assert all(len(READ[name](pandocs / file)) > 10 for name, file in FILES.items() if name != "pdf")
    assert differing(quartos, pandocs) == []


def test_both_engines_name_what_is_not_there_by_its_line(
    of_everything: Executed, root: Path, tmp_path: Path
) -> None:
    woven = replace(
        of_everything.woven, markdown=of_everything.woven.markdown + "\nLihat @fig-tiada dan @tiada.\n"
    )
    told = []
    for name in ("quarto", "pandoc"):
        with pytest.raises(InputError) as error:
            engine_named(name).typeset(replace(of_everything, woven=woven), root, tmp_path, ["html"])
        told.append(str(error.value))
    assert told[0] == told[1]
    assert "fig-tiada" in told[0]


def test_quarto_render_gives_the_same_paper_and_leaves_nothing_else(built_paper: Path, root: Path) -> None:
    assert QUARTO is not None
    formats = FORMATS if QUARTO.tags else ("html", "docx", "jats")
    assert differing(built_paper, rendered_by_quarto(commit(root)), formats, ("html", "docx")) == []


def test_a_paper_within_a_checkout_is_the_same_by_every_way(
    built_paper: Path, executed_paper: Executed, within: Path, tmp_path: Path
) -> None:
    by_command = tmp_path / "by-command"
    by_command.mkdir()
    engine_named("quarto").typeset(executed_paper, within, by_command, FORMATS)
    assert differing(built_paper, by_command) == []
    plain = rendered_by_quarto(commit(within))
    assert QUARTO is not None
    formats = FORMATS if QUARTO.tags else ("html", "docx", "jats")
    assert differing(built_paper, plain, formats, ("html", "docx")) == []
