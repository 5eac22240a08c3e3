"""A MECA package for a journal, made as Quarto's manuscripts make it (src/project/types/manuscript).

Its manifest lists the JATS article with its figures, the PDF and the Word file, and the sources; what
describes the environment is a kind of its own, by the names that repo2docker knows.
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from xml.sax.saxutils import quoteattr

from recomputed.deposit.bag import zipped

FILE = "paper-meca.zip"
ARTICLE = "paper.xml"
RENDERINGS = ("paper.pdf", "paper.docx")
SUPPLEMENT = ("supplement.pdf", "supplement.docx")
ENVIRONMENT = {"requirements.lock", "reproduce.py", "pyproject.toml", "requirements.txt", "environment.yml"}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE manifest PUBLIC "-//MECA//DTD Manifest v1.0//en" "MECA_manifest.dtd">\n'
    '<manifest manifest-version="1" xmlns="https://manuscriptexchange.org/schema/manifest"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink">\n'
)
MEDIA_TYPES = {
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".py": "text/x-python",
    ".qmd": "text/markdown",
    ".svg": "image/svg+xml",
    ".toml": "application/toml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "application/yaml",
    ".zip": "application/zip",
}


def media_type(name: str) -> str:
    """The media type of a file by its name; text where the repository's files without one are text."""
    suffix = PurePosixPath(name).suffix
    other = "text/plain" if suffix in ("", ".lock", ".lua", ".csl", ".typ") else "application/octet-stream"
    return MEDIA_TYPES.get(suffix, other)


def package(outputs: Mapping[str, bytes], sources: Mapping[str, bytes], date: str) -> bytes:
    """The zip: `outputs` are the files of a finished build by name, of which JATS, PDF and Word must be there."""
    figures = sorted(name for name in outputs if name.startswith("figures/"))
    items = [("article-metadata", ARTICLE)]
    items += [("manuscript", name) for name in RENDERINGS]
    supplement = [name for name in SUPPLEMENT if name in outputs]
    items += [("supplementary-material", name) for name in supplement]
    items += [("manuscript-supporting-file", name) for name in figures]
    items += [
        ("article-source-environment" if name in ENVIRONMENT else "article-source", f"source/{name}")
        for name in sorted(sources)
    ]
    files = {name: outputs[name] for name in (ARTICLE, *RENDERINGS, *supplement, *figures)}
    files |= {f"source/{name}": body for name, body in sources.items()}
    files["manifest.xml"] = manifest(items).encode()
    return zipped(files, {}, date)


def manifest(items: Iterable[tuple[str, str]]) -> str:
    """The manifest of files, each given with its kind, and of the folder of sources."""
    listed = [(kind, name, media_type(name)) for kind, name in items]
    listed.append(("article-source-directory", "source", "application/x-directory"))
    lines = (
        f"  <item item-type={quoteattr(kind)}>"
        f"<instance media-type={quoteattr(media)} xlink:href={quoteattr(name)}/></item>\n"
        for kind, name, media in listed
    )
    return f"{HEAD}{''.join(lines)}</manifest>\n"
