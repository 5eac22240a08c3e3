"""The files in `figures/`: SVG, PNG and Vega-Lite JSON of each chart, a narrow drawing of it for phones, and what
they were made from.

`manifest.json` keeps for each figure a key, the hash of all that it is made from, and the hash of each file. A
figure is drawn again only where its key or one of its files has changed: nothing that draws is loaded to know.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from recomputed.language.catalogue import CODES
from recomputed.manuscript import theme

if TYPE_CHECKING:  # to know what is current, no number is computed
    from recomputed.manuscript.figures import Figure, Record

FONT_PACKAGE = "font-source-sans-pro"
MADE_BY = ("altair", "vl-convert-python", FONT_PACKAGE)
PIXELS_PER_UNIT = 2.0
WIDE, NARROW = 600, 340
"""Pixels of a figure on a page, and of its drawing for phones."""
WIDTHS = {"": WIDE, ".narrow": NARROW}
SUFFIXES = (".vl.json", ".svg", ".png", ".narrow.vl.json", ".narrow.svg")
MANIFEST = "manifest.json"
_SHOWN = re.compile(  # as `paper.figure` writes it
    r'\{#fig-(?P<name>\S+) fig-alt="[^"]*" data-alt-numbers="[^"]*" data-key="(?P<key>[^"]*)"\}'
)

Drawing = Callable[[str], dict[str, bytes]]


def figure_key(figure: "Figure", records: "list[Record]", code: str = "") -> str:
    """What the files of a figure depend on, as one SHA-256: its records, the code, packages and density that draw, and
    the language's code where that is not the first edition's.
    """
    from importlib.metadata import version  # a run that finds nothing changed needs none

    shown = json.dumps(records, ensure_ascii=False, sort_keys=True)
    sources = [file.read_text(encoding="utf-8") for file in (*figure.sources, Path(theme.__file__))]
    parts = [figure.name, shown, *sources, str(PIXELS_PER_UNIT), str(WIDTHS)]
    parts += [f"{package} {version(package)}" for package in MADE_BY]
    parts += [code] if code else []
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def font_folder() -> Path:
    """Where the figures' font lies. Nothing outside the environment is used. Raises FileNotFoundError."""
    spec = find_spec(FONT_PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package {FONT_PACKAGE} is not installed")
    return Path(spec.submodule_search_locations[0]) / "files"


def draw(text: str) -> dict[str, bytes]:
    """The three files of a chart, by suffix."""
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))
    svg = vl_convert.vegalite_to_svg(text)
    png = vl_convert.svg_to_png(svg, scale=PIXELS_PER_UNIT)
    return {".vl.json": text.encode(), ".svg": (svg + "\n").encode(), ".png": png}


def read_manifest(folder: Path) -> dict[str, dict[str, str]]:
    """Each figure's key and file hashes; empty where there is no readable manifest."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def shown(folder: Path) -> str:
    """What messages call a folder of figures: another language's has its code for a name."""
    return f"figures/{folder.name}" if folder.name in CODES else "figures"


def keys_in(markdown: str) -> list[tuple[str, str]]:
    """The name and the key of each figure that a text shows."""
    return [(found["name"], found["key"]) for found in _SHOWN.finditer(markdown)]


def faults_of(folder: Path, name: str, key: str) -> list[str]:
    """What is wrong with a figure's files, a sentence each: none where they are those that `key` made."""
    recorded = read_manifest(folder).get(name, {})
    if recorded.get("key") != key:
        return [f"{shown(folder)}/{name} was made from other numbers, code or packages than the present ones"]
    return [
        f"{shown(folder)}/{name}{suffix} is not the file that was generated"
        for suffix in SUFFIXES
        if _hash_of(folder / f"{name}{suffix}") != recorded.get(suffix)
    ]


def edited(folder: Path) -> list[str]:
    """The names of the files in the folder that are not as they were drawn; one that is gone is none of them."""
    return [
        path.name
        for name, recorded in read_manifest(folder).items()
        for suffix in SUFFIXES
        if (path := folder / f"{name}{suffix}").is_file() and _hash_of(path) != recorded.get(suffix)
    ]


def is_current(folder: Path) -> bool:
    """Whether the files of each figure in the manifest are those that were generated. Asks for no chart."""
    manifest = read_manifest(folder)
    return bool(manifest) and not any(
        faults_of(folder, name, manifest[name].get("key", "")) for name in manifest
    )


def save(
    folder: Path, name: str, key: str, chart: Callable[[int], str], drawing: Drawing | None = None
) -> None:
    """Draw the figure of that key into `folder`, by `drawing` or else `draw`, unless its files are there and current.

    `chart` makes its text for a width when it is to be drawn. Each file is written whole, the manifest last, so that a
    half-written figure counts as not current.
    """
    if not faults_of(folder, name, key):
        return
    folder.mkdir(parents=True, exist_ok=True)
    hashes = {"key": key}
    drawn = {
        mark + suffix: content
        for mark, width in WIDTHS.items()
        for suffix, content in (drawing or draw)(chart(width)).items()
    }
    for suffix in SUFFIXES:
        _replace(folder / f"{name}{suffix}", drawn[suffix])
        hashes[suffix] = hashlib.sha256(drawn[suffix]).hexdigest()
    manifest = read_manifest(folder) | {name: hashes}
    _replace(folder / MANIFEST, (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode())


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(content)
    os.replace(part, path)


def _hash_of(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
