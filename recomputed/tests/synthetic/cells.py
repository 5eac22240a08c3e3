"""A synthetic manuscript with a cell of each kind, and an inline value in each place."""

CELLS = """\
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
        return '[25%]{.num data-number="growth.rise.S1"}'

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


class Shown:
    """What an inline value of a sample prints: a number of the toy."""

    def _repr_markdown_(self) -> str:
        return '[21.0\\%]{.num data-number="growth.mean"}'


shown = Shown()
