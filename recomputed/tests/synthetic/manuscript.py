"""A synthetic manuscript: every construct the paper uses, with nothing observed in it."""

from pathlib import Path
from typing import Any

METADATA: dict[str, Any] = {
    "title": "Naskah sintetis untuk menguji tata letak",
    "subtitle": "Tidak ada data di dalamnya",
    "lang": "id",
    "date": "2025-06-30",
    "author": [
        {"name": "Ani Contoh Sintetis", "corresponding": True, "affiliations": [{"ref": "satu"}]},
        {"name": "Budi Contoh", "affiliations": [{"ref": "satu"}, {"ref": "dua"}]},
    ],
    "affiliations": [
        {
            "id": "satu",
            "department": "Prodi Contoh",
            "name": "Universitas Rekaan",
            "city": "Kota",
            "country": "Indonesia",
        },
        {"id": "dua", "name": "Institut Khayal", "country": "Indonesia"},
    ],
    "keywords": ["sintetis", "tata letak", "<b>tebal</b>"],
    "keywords-en": ["synthetic", "layout"],
    "bibliography": "references.bib",
    "number-sections": True,
    "toc": True,
    "license": "CC BY",
    "funding": "Tidak ada pendanaan; naskah ini sintetis.",
    "data-availability": "Tidak ada data; naskah ini sintetis.",
    "citation": {"type": "article-journal", "container-title": "Jurnal Rekaan", "volume": "1", "issue": "2"},
}

MARKDOWN = r"""
::: {.abstract lang=id}
Abstrak sintetis dengan angka [25%]{.num data-number="growth.rise.S1"} di dalamnya. Tidak ada
pengamatan di sini; kalimat-kalimat ini hanya mengisi ruang agar tampak seperti abstrak yang sebenarnya.
:::

::: {.abstract lang=en}
A synthetic abstract that states [25%]{.num data-number="growth.rise.S1"}. Nothing was observed.
:::

# Pendahuluan {#sec-intro}

Naskah sintetis ini mengutip @rekaan2024 dan sumber lain [@khayal2023, hlm. 7]. Angka
[25%]{.num data-number="growth.rise.S1"} dan [10%]{.num data-number="growth.rise.S2"} tampak dalam
@fig-growth, dalam [@fig-growth; @tbl-wide] dan dalam [Lihat @tbl-profile]; nomornya saja [-@tbl-wide].
Catatan kaki menyusul.[^note] Lihat pula @sec-detail. <!-- komentar ini hilang -->

[^note]: Catatan kaki *sintetis* dengan [3]{.num data-number="cases.count"} butir.

![Kenaikan *sintetis* menurut kasus, [25%]{.num data-number="growth.rise.S1"}
tertinggi](figures/growth.svg){#fig-growth fig-alt="Batang sintetis: \"S1\" 25, S2 10."}

## Perincian {#sec-detail}

| Ciri | S1 | S2 |
|:-----|---:|---:|
| Berdiri | [2020]{.num data-number="profile.founded.S1"} | 2021 |
| Bermusuhan | `<script>alert('x')</script>` | <script>alert('x')</script> |
| Perintah | #panic("y") | \input{z} |

: Profil sintetis {#tbl-profile}

::: {.callout-note title="Perhatian, *sintetis*"}
Isi kotak dengan **tebal** dan rujukan ke @sec-intro.

Paragraf kedua kotak.
:::

::: {.callout-warning}
## Judul dari tajuk
Isi peringatan.
:::

- butir satu
- butir dua

1. langkah satu
2. langkah dua

> Kutipan sintetis.

# Hasil {#sec-result}

TABLE

Kalimat penutup sintetis; bagian rinciannya [-@sec-detail].

## Tanpa nomor {.unnumbered}

Selesai.
"""

_LONG = "teks sintetis yang cukup panjang sehingga kolomnya harus melipat baris"
MARKDOWN = MARKDOWN.replace(
    "TABLE",
    "| Butir | "
    + " | ".join(f"Kolom {n}" for n in range(1, 6))
    + " |\n"
    + "|:---" * 6
    + "|\n"
    + "\n".join(
        f"| Baris {n} | {_LONG} | {_LONG} | KataYangSangatPanjangSekaliTanpaSpasi | {n}{n}{n} | {_LONG} |"
        for n in range(1, 9)
    )
    + "\n\n: Tabel lebar sintetis {#tbl-wide}",
)

REFERENCES = """\
@article{rekaan2024, author = {Rekaan, Citra and Khayal, Dedi and Semu, Eka}, year = {2024},
  title = {Sebuah artikel sintetis}, journal = {Jurnal Rekaan}, volume = {1}, number = {2}, pages = {3--9},
  doi = {10.0000/rekaan}}
@book{khayal2023, author = {Khayal, Dedi}, year = {2023}, title = {Buku sintetis}, publisher = {Rekaan}}
"""

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="480" height="170" viewBox="0 0 480 170">
<g font-family="Source Sans Pro" font-size="13" fill="#333">
<rect x="60" y="20" width="375" height="40" fill="#27446b"/><text x="20" y="45">S1</text>
<rect x="60" y="80" width="150" height="40" fill="#8a5a2b"/><text x="20" y="105">S2</text>
<line x1="60" y1="135" x2="460" y2="135" stroke="#888"/><text x="60" y="155">sintetis</text></g></svg>
"""


def write_project(root: Path) -> Path:
    """Lay out the files that the synthetic manuscript names, under `root`."""
    (root / "figures").mkdir(parents=True, exist_ok=True)
    (root / "figures" / "growth.svg").write_text(SVG, encoding="utf-8")
    (root / "figures" / "growth.png").write_bytes(_png())
    (root / "references.bib").write_text(REFERENCES, encoding="utf-8")
    return root


def _png() -> bytes:
    """A grey picture of 48 by 17 pixels."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"\x80" * 48 for _ in range(17))
    head = struct.pack(">IIBBBBB", 48, 17, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
