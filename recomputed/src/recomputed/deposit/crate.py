"""The deposit's RO-Crate 1.2 metadata: who, what, under which licence, and what made what.

Nothing in it depends on the clock or the machine: the date is the deposit's. Authors are named as in the
article, without addresses.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from rocrate.model.contextentity import ContextEntity
from rocrate.model.dataset import Dataset
from rocrate.model.file import File
from rocrate.rocrate import ROCrate

from recomputed.deposit.credits import Work, licence_url
from recomputed.deposit.meca import media_type
from recomputed.deposit.metadata import issue

BUILD = "_manuscript/"
CODE = (".py", ".lua", ".css", ".js", ".typ", ".toml", ".lock")
DATA_PACKAGE = "https://specs.frictionlessdata.io/tabular-data-package/"
NAMES = {
    f"{BUILD}index.html": "The paper as a page",
    f"{BUILD}paper.pdf": "The paper as PDF",
    f"{BUILD}paper.docx": "The paper as a Word file",
    f"{BUILD}paper.xml": "The paper as JATS XML",
    f"{BUILD}paper.ipynb": "The executed manuscript: the one execution that was checked and typeset",
    f"{BUILD}numbers.json": "Every number of the paper: value, expression, data rows, program line",
    f"{BUILD}verdict.json": "The verdict on what the published article states",
    "paper.qmd": "The manuscript",
    "requirements.lock": "The environment: every package with its version and hashes",
    "deposit.json": "What was deposited, and which files are its sources",
}


@dataclass(frozen=True, slots=True)
class Software:
    """A program that took part in the build, by name and version."""

    name: str
    version: str
    url: str


@dataclass(frozen=True, slots=True)
class Render:
    """One step of the build: what it read and wrote, as paths in the deposit, and with which programs."""

    name: str
    inputs: Sequence[str]
    results: Sequence[str]
    instruments: Sequence[Software]


def describe(
    work: Work, payload: Mapping[str, bytes], renders: Sequence[Render], date: str, swhid: str
) -> bytes:
    """The text of `ro-crate-metadata.json` for all files of the `payload`."""
    crate = ROCrate(version="1.2")
    writer = _Writer(crate, work, date)
    writer.root(swhid)
    tables = _tables(payload)
    for name in sorted(payload):
        writer.file(name, len(payload[name]), tables)
    writer.articles(payload)
    for number, render in enumerate(renders, start=1):
        writer.render(number, render)
    graph = crate.metadata.generate()
    return (json.dumps(graph, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


class _Writer:
    """Adds the entities to a crate."""

    def __init__(self, crate: ROCrate, work: Work, date: str):
        self.crate, self.work, self.date = crate, work, date
        self.licences = {
            name: self._entity(licence_url(name), "CreativeWork", name=name)
            for name in (work.code_licence, work.text_licence)
        }
        place = work.authors[0].affiliation
        institution = self._entity("#institution", "Organization", name=place.line, location=place.city)
        self.authors = [
            self._entity(
                f"#author-{number}",
                "Person",
                name=author.name,
                givenName=author.given,
                familyName=author.family,
                affiliation=institution,
            )
            for number, author in enumerate(work.authors, start=1)
        ]
        self.article = self._published() if work.article.title else None

    def _published(self) -> ContextEntity:
        """The published article, as it states itself."""
        article, own = self.work.article, dict(zip(self.work.authors, self.authors, strict=True))
        people = [
            own.get(author) or self._entity(f"#article-author-{number}", "Person", name=author.name)
            for number, author in enumerate(self.work.article_authors, start=1)
        ]
        journal = self._entity("#journal", "Periodical", name=article.journal) if article.journal else None
        return self._entity(
            "#published-article",
            "ScholarlyArticle",
            name=article.title,
            author=people,
            isPartOf=journal,
            **issue(article),
        )

    def root(self, swhid: str) -> None:
        """The deposit as a whole."""
        root, work = self.crate.root_dataset, self.work
        root["name"] = work.title
        root["description"] = work.description
        root["datePublished"] = self.date
        root["version"] = work.version
        root["author"] = self.authors
        root["keywords"] = list(work.all_keywords)
        root["license"] = list(self.licences.values())
        root["creditText"] = work.credit
        root["conditionsOfAccess"] = work.availability
        root["identifier"] = self._entity(
            "#source-tree", "PropertyValue", name="Software Heritage identifier of the sources", value=swhid
        )

    def file(self, name: str, size: int, tables: Mapping[str, Mapping[str, Any]]) -> None:
        """One file, with its licence by kind."""
        code = name.endswith(CODE)
        properties: dict[str, Any] = {
            "@type": ["File", "SoftwareSourceCode"] if code else "File",
            "name": NAMES.get(name) or tables.get(name, {}).get("title") or PurePosixPath(name).name,
            "contentSize": str(size),
            "encodingFormat": media_type(name),
            "license": self.licences[self.work.code_licence if code else self.work.text_licence],
        }
        if name.startswith("_extensions/recomputed/fonts/"):
            del properties["license"]  # theirs is in OFL.txt beside them
        self.crate.add(File(self.crate, dest_path=name, properties=self._refer(properties)))

    def articles(self, payload: Mapping[str, bytes]) -> None:
        """The manuscript with its renderings, and the data as one dataset with its tables."""
        renderings = [name for name in list(NAMES)[:4] if name in payload]
        manuscript = self._entity(
            "#manuscript",
            "ScholarlyArticle",
            name=self.work.title,
            alternativeHeadline=self.work.subtitle,
            author=self.authors,
            inLanguage=self.work.language,
            datePublished=self.work.date,
            license=self.licences[self.work.text_licence],
            isBasedOn=[*filter(None, (self.article,)), self.crate.get("paper.qmd")],
            encoding=[self.crate.get(name) for name in renderings],
        )
        self.crate.root_dataset["mainEntity"] = manuscript
        tables = [name for name in sorted(payload) if PurePosixPath(name).parent == PurePosixPath("data")]
        package = json.loads(payload.get("data/datapackage.json", b"{}"))
        properties = {
            "name": package.get("title", "Data"),
            "description": package.get("description", ""),
            "license": self.licences[self.work.text_licence],
            "conformsTo": self._entity(
                DATA_PACKAGE, "CreativeWork", name="Frictionless tabular data package"
            ),
            "hasPart": [self.crate.get(name) for name in tables],
        }
        self.crate.add(Dataset(self.crate, dest_path="data/", properties=self._refer(properties)))

    def render(self, number: int, render: Render) -> None:
        """One step of the build, as the action that it was."""
        instruments = [
            self._entity(
                f"#software-{program.name}",
                "SoftwareApplication",
                name=program.name,
                version=program.version,
                url=program.url,
            )
            for program in render.instruments
        ]
        action = self._entity(
            f"#render-{number}",
            "CreateAction",
            name=render.name,
            description="Its time is not recorded, so that the same sources give the same deposit.",
            instrument=instruments,
            object=[self.crate.get(name) for name in render.inputs],
            result=[self.crate.get(name) for name in render.results],
        )
        self.crate.root_dataset.append_to("mentions", action)

    def _entity(self, id_: str, kind: str, **properties: Any) -> ContextEntity:
        given = {name: value for name, value in properties.items() if value}
        entity = ContextEntity(self.crate, id_, self._refer({"@type": kind, **given}))
        self.crate.add(entity)
        return entity

    def _refer(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Entities among the values as references to them."""
        return {name: _reference(value) for name, value in properties.items()}


def _reference(value: Any) -> Any:
    if isinstance(value, list):
        return _reference(value[0]) if len(value) == 1 else [_reference(one) for one in value]
    return {"@id": value.id} if isinstance(value, ContextEntity | File) else value


def _tables(payload: Mapping[str, bytes]) -> dict[str, Mapping[str, Any]]:
    """What the data package says of each of its tables."""
    package = json.loads(payload.get("data/datapackage.json", b"{}"))
    return {f"data/{table['path']}": table for table in package.get("resources", ())}
