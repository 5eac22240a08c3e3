"""Who wrote what, under which licence: read once, from `paper.qmd`'s front matter and `pyproject.toml`.

The front matter gives title, authors, affiliations, keywords, date, licence of the text and statements;
`pyproject.toml` gives name, version, description and the licences, `paper.toml` the title of the published
article.
Every other file that says any of this is generated from here or compared with it by a test.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.faults import Fault, InputError
from recomputed.paper_toml import paper_settings

CODE_LICENCE = "MIT"
TEXT_LICENCES = {"CC BY": "CC-BY-4.0"}
LICENCE_URLS = {
    "MIT": "https://spdx.org/licenses/MIT",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
}


@dataclass(frozen=True, slots=True)
class Affiliation:
    """Where an author works, from the part to the whole."""

    department: str
    name: str
    city: str
    country: str

    @property
    def line(self) -> str:
        """In one line, without the place."""
        return ", ".join(filter(None, (self.department, self.name)))


@dataclass(frozen=True, slots=True)
class Author:
    """An author as the article names them. The last word of the name stands as the family name."""

    name: str
    affiliation: Affiliation

    @property
    def given(self) -> str:
        return self.name.rpartition(" ")[0]

    @property
    def family(self) -> str:
        return self.name.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Work:
    """The paper and its package. Licences are SPDX identifiers; `date` is ISO 8601."""

    name: str
    version: str
    description: str
    title: str
    subtitle: str
    language: str
    date: str
    authors: tuple[Author, ...]
    keywords: tuple[str, ...]
    keywords_en: tuple[str, ...]
    code_licence: str
    text_licence: str
    article: str
    funding: str
    availability: str

    @property
    def all_keywords(self) -> tuple[str, ...]:
        """In both languages, each once."""
        seen: dict[str, str] = {}
        for word in self.keywords + self.keywords_en:
            seen.setdefault(word.casefold(), word)
        return tuple(seen.values())


def read_work(root: Path = paths.ROOT) -> Work:
    """The work as its two sources state it. InputError names what a source lacks."""
    front = front_matter(root / "paper.qmd")
    with (root / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    project = settings["project"]
    text_licence = TEXT_LICENCES.get(str(front.get("license")), str(front.get("license")))
    if project["license"] != f"{CODE_LICENCE} AND {text_licence}":
        raise InputError(
            Fault("pyproject.toml", f"license = '{CODE_LICENCE} AND {text_licence}'", project["license"])
        )
    return Work(
        name=project["name"],
        version=project["version"],
        description=project["description"],
        title=_stated(front, "title"),
        subtitle=str(front.get("subtitle", "")),
        language=_stated(front, "lang"),
        date=_stated(front, "date")[:10],
        authors=tuple(_authors(front)),
        keywords=tuple(front.get("keywords") or ()),
        keywords_en=tuple(front.get("keywords-en") or ()),
        code_licence=CODE_LICENCE,
        text_licence=text_licence,
        article=paper_settings(root).article,
        funding=_stated(front, "funding"),
        availability=_stated(front, "data-availability"),
    )


def front_matter(file: Path) -> dict[str, Any]:
    """The YAML between the first two `---` lines. InputError if there is none."""
    import yaml

    start, _, rest = file.read_text(encoding="utf-8-sig").partition("---\n")
    text, end, _ = rest.partition("\n---\n")
    front = yaml.safe_load(text) if not start and end else None
    if not isinstance(front, dict):
        raise InputError(Fault(file.name, "front matter between `---` lines", "none", 1))
    return front


def _stated(front: Mapping[str, Any], key: str) -> str:
    if not front.get(key):
        raise InputError(Fault("paper.qmd", f"`{key}:` in the front matter", "none"))
    return str(front[key])


def _authors(front: Mapping[str, Any]) -> Iterator[Author]:
    """Quarto's authors: an affiliation is written out where it is first named, and referred to afterwards."""
    places = [*(front.get("affiliations") or ())]
    places += [place for entry in front["author"] for place in entry.get("affiliations") or ()]
    known = {place["id"]: place for place in places if "id" in place}
    for entry in front["author"]:
        place = (entry.get("affiliations") or [{}])[0]
        if place.get("ref", "") not in {"", *known}:
            raise InputError(Fault("paper.qmd", "an affiliation with that id", f"ref: {place['ref']}"))
        place = known.get(place.get("ref", ""), place)
        yield Author(
            entry["name"],
            Affiliation(*(str(place.get(key, "")) for key in ("department", "name", "city", "country"))),
        )
