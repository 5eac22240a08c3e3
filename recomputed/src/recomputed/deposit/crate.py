"""The deposit's RO-Crate 1.2 metadata: who, what, under which licence, and what made what.

Nothing in it depends on the clock or the machine: the date is the deposit's. Authors are named as in the
article, without addresses.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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
    f"{BUILD}supplement.html": "The supplement as a page",
    f"{BUILD}supplement.pdf": "The supplement as PDF",
    f"{BUILD}supplement.docx": "The supplement as a Word file",
    f"{BUILD}review.html": "For reviewers: verdict, findings, and what other assumptions would change",
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
    licences = {
        name: _add(crate, licence_url(name), "CreativeWork", name=name)
        for name in (work.code_licence, work.text_licence)
    }
    authors = _authors(crate, work)
    article = _published(crate, work, authors) if work.article.title else None
    root = {
        "name": work.title,
        "description": work.description,
        "datePublished": date,
        "version": work.version,
        "author": authors,
        "keywords": list(work.all_keywords),
        "license": list(licences.values()),
        "creditText": work.credit,
        "conditionsOfAccess": work.availability,
        "identifier": _add(
            crate,
            "#source-tree",
            "PropertyValue",
            name="Software Heritage identifier of the sources",
            value=swhid,
        ),
    }
    for name, value in root.items():
        crate.root_dataset[name] = value
    package = json.loads(payload.get("data/datapackage.json", b"{}"))
    _add_files(crate, work, payload, package, licences)
    crate.root_dataset["mainEntity"] = _add(
        crate,
        "#manuscript",
        "ScholarlyArticle",
        name=work.title,
        alternateName=list(work.titles.values()),
        alternativeHeadline=work.subtitle,
        author=authors,
        inLanguage=work.language,
        datePublished=work.date,
        license=licences[work.text_licence],
        isBasedOn=[*filter(None, (article,)), crate.get("paper.qmd")],
        encoding=[crate.get(name) for name in list(NAMES)[:4] if name in payload],
    )
    _add_data(crate, payload, package, licences[work.text_licence])
    for number, render in enumerate(renders, start=1):
        _add_render(crate, number, render)
    graph = crate.metadata.generate()
    return (json.dumps(graph, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _authors(crate: ROCrate, work: Work) -> list[ContextEntity]:
    place = work.authors[0].affiliation
    institution = _add(crate, "#institution", "Organization", name=place.line, location=place.city)
    return [
        _add(
            crate,
            f"#author-{number}",
            "Person",
            name=author.name,
            givenName=author.given,
            familyName=author.family,
            affiliation=institution,
        )
        for number, author in enumerate(work.authors, start=1)
    ]


def _published(crate: ROCrate, work: Work, authors: Sequence[ContextEntity]) -> ContextEntity:
    """The published article, as it states itself."""
    article, own = work.article, dict(zip(work.authors, authors, strict=True))
    people = [
        own.get(author) or _add(crate, f"#article-author-{number}", "Person", name=author.name)
        for number, author in enumerate(work.article_authors, start=1)
    ]
    journal = _add(crate, "#journal", "Periodical", name=article.journal) if article.journal else None
    facts = {"name": article.title, "author": people, "isPartOf": journal, **issue(article)}
    return _add(crate, "#published-article", "ScholarlyArticle", **facts)


def _add_files(
    crate: ROCrate,
    work: Work,
    payload: Mapping[str, bytes],
    package: Mapping[str, Any],
    licences: Mapping[str, ContextEntity],
) -> None:
    """Every file, with its licence by kind."""
    titles = {f"data/{table['path']}": table.get("title") for table in package.get("resources", ())}
    for name, body in sorted(payload.items()):
        code = name.endswith(CODE)
        properties: dict[str, Any] = {
            "@type": ["File", "SoftwareSourceCode"] if code else "File",
            "name": _named(name) or titles.get(name) or PurePosixPath(name).name,
            "contentSize": str(len(body)),
            "encodingFormat": media_type(name),
        }
        if not name.startswith("_extensions/recomputed/fonts/"):  # theirs is in OFL.txt beside them
            properties["license"] = licences[work.code_licence if code else work.text_licence]
        crate.add(File(crate, dest_path=name, properties=_refer(properties)))


def _named(name: str) -> str:
    """What a file is, in another edition's folder too; nothing for a file of no known name."""
    edition = re.fullmatch(r"_manuscript-(\w+)/(.*)|paper\.(\w+)\.qmd", name)
    if edition is None:
        return NAMES.get(name, "")
    known = NAMES.get(f"{BUILD}{edition[2]}" if edition[2] else "paper.qmd", "")
    return f"{known} ({edition[1] or edition[3]})" if known else ""


def _add_data(
    crate: ROCrate, payload: Mapping[str, bytes], package: Mapping[str, Any], licence: ContextEntity
) -> None:
    """The data as one dataset with its tables."""
    tables = [name for name in sorted(payload) if PurePosixPath(name).parent == PurePosixPath("data")]
    properties = {
        "name": package.get("title", "Data"),
        "description": package.get("description", ""),
        "license": licence,
        "conformsTo": _add(crate, DATA_PACKAGE, "CreativeWork", name="Frictionless tabular data package"),
        "hasPart": [crate.get(name) for name in tables],
    }
    crate.add(Dataset(crate, dest_path="data/", properties=_refer(properties)))


def _add_render(crate: ROCrate, number: int, render: Render) -> None:
    """One step of the build, as the action that it was."""
    action = _add(
        crate,
        f"#render-{number}",
        "CreateAction",
        name=render.name,
        description="Its time is not recorded, so that the same sources give the same deposit.",
        instrument=[
            _add(crate, f"#software-{program.name}", "SoftwareApplication", **asdict(program))
            for program in render.instruments
        ],
        object=[crate.get(name) for name in render.inputs],
        result=[crate.get(name) for name in render.results],
    )
    crate.root_dataset.append_to("mentions", action)


def _add(crate: ROCrate, id_: str, kind: str, **properties: Any) -> ContextEntity:
    given = {name: value for name, value in properties.items() if value}
    return crate.add(ContextEntity(crate, id_, _refer({"@type": kind, **given})))


def _refer(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Entities among the values as references to them."""
    return {name: _reference(value) for name, value in properties.items()}


def _reference(value: Any) -> Any:
    if isinstance(value, list):
        return _reference(value[0]) if len(value) == 1 else [_reference(one) for one in value]
    return {"@id": value.id} if isinstance(value, ContextEntity | File) else value
