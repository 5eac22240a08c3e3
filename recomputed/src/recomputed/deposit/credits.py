"""Who wrote what, under which licence: read once, from `paper.qmd`'s front matter and `pyproject.toml`.

The front matter gives title, authors, affiliations, keywords, date, licence of the text and statements;
`pyproject.toml` gives name, version, description and the licences, `paper.toml` the published article.
Every other file that says any of this is generated from here or compared with it by a test.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.faults import Fault, InputError
from recomputed.language.catalogue import CODES
from recomputed.manuscript.frontmatter import LICENCES, listed, name_parts, people
from recomputed.paper_toml import Article, read_settings
from recomputed.text_files import read_text, read_toml
from recomputed.yaml_text import read_front_matter

_URLS = {name.replace(" ", "-"): url for name, url in LICENCES.values()}


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
    """An author as the article names them, and the parts of the name."""

    name: str
    given: str
    family: str
    affiliation: Affiliation


@dataclass(frozen=True, slots=True)
class Work:
    """The paper and its package. Licences are SPDX identifiers; `titles` are the title in
    other languages, by their codes; `date` is ISO 8601."""

    name: str
    version: str
    description: str
    title: str
    subtitle: str
    titles: Mapping[str, str]
    language: str
    date: str
    authors: tuple[Author, ...]
    keywords: tuple[str, ...]
    translated_keywords: tuple[str, ...]
    """Those of `keywords-en` and the like."""
    code_licence: str
    text_licence: str
    article: Article
    funding: str
    availability: str
    repository: str = ""

    @property
    def all_keywords(self) -> tuple[str, ...]:
        """In every language, each once."""
        seen: dict[str, str] = {}
        for word in self.keywords + self.translated_keywords:
            seen.setdefault(word.casefold(), word)
        return tuple(seen.values())

    @property
    def article_authors(self) -> tuple[Author, ...]:
        """Those of the published article: whom paper.toml names, else the paper's own."""
        own = {author.name: author for author in self.authors}
        named = tuple(
            own.get(name) or Author(**name_parts(name), affiliation=Affiliation("", "", "", ""))
            for name in self.article.authors
        )
        return named or self.authors

    @property
    def credit(self) -> str:
        """Whose work it is, and of which article, or else under which title."""
        return f"{', '.join(author.name for author in self.authors)}. {self.article.title or self.title}."


def read_work(root: Path = paths.ROOT) -> Work:
    """The work as its two sources state it. InputError names what a source lacks."""
    from recomputed.manuscript.markdown import plain

    file = root / "paper.qmd"
    front = read_front_matter(read_text(file).split("\n"), file.name)[0].value
    project = read_toml(root / "pyproject.toml", "pyproject.toml")["project"]
    code_licence, text_licence = _licences(front, project["license"])
    settings = read_settings(root)
    return Work(
        name=project["name"],
        version=project["version"],
        description=project["description"],
        title=plain(_stated(front, "title")),
        subtitle=plain(str(front.get("subtitle", ""))),
        titles={code: plain(str(front[f"title-{code}"])) for code in CODES if front.get(f"title-{code}")},
        language=_stated(front, "lang"),
        date=_stated(front, "date")[:10],
        authors=tuple(_authors(front)),
        keywords=tuple(listed(front.get("keywords"))),
        translated_keywords=tuple(word for code in CODES for word in listed(front.get(f"keywords-{code}"))),
        code_licence=code_licence,
        text_licence=text_licence,
        article=settings.article,
        funding=plain(_stated(front, "funding")),
        availability=plain(_stated(front, "data-availability")),
        repository=settings.paper.repository,
    )


def licence_url(spdx: str) -> str:
    """Where a licence is told, by its SPDX identifier."""
    return _URLS.get(spdx, f"https://spdx.org/licenses/{spdx}")


def _licences(front: Mapping[str, Any], expression: str) -> tuple[str, str]:
    """The code's and the text's: pyproject.toml states both, the front matter the text's, by Quarto's name for it."""
    stated = front.get("license")
    name = str(stated.get("text") if isinstance(stated, Mapping) else stated)
    text = LICENCES[name][0].replace(" ", "-") if name in LICENCES else name
    code, _, other = expression.rpartition(" AND ")
    if text != other:
        expected = f"license = '{code or other} AND {text}', of the code and of the text in paper.qmd"
        raise InputError(Fault("pyproject.toml", expected, expression))
    return code or other, text


def _stated(front: Mapping[str, Any], key: str) -> str:
    if not front.get(key):
        raise InputError(Fault("paper.qmd", f"`{key}:` in the front matter", "none"))
    return str(front[key])


def _authors(front: Mapping[str, Any]) -> Iterator[Author]:
    authors, institutions = people(front)
    for author in authors:
        place = institutions[int(author["place"][0]) - 1] if author["place"] else {}
        stated = (place.get(key, "") for key in ("department", "name", "city", "country"))
        yield Author(author["name"], author["given"], author["family"], Affiliation(*stated))
