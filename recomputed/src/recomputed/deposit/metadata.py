"""`CITATION.cff`, `codemeta.json` and `.zenodo.json`, generated from the paper's own front matter.

    python -m recomputed.deposit.metadata           write them again
    python -m recomputed.deposit.metadata --check   say which are not current; exit code 1 if any

The published article is cited by what paper.toml says that it states of itself; nothing is made up here. There
are no e-mail addresses in any of them.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.atomic import write_whole
from recomputed.deposit.credits import Author, Work, licence_url, read_work
from recomputed.faults import PaperError
from recomputed.language.catalogue import language
from recomputed.paper_toml import Article

MADE_BY = "# Generated from paper.qmd and pyproject.toml: python -m recomputed.deposit.metadata\n"

FILES = ("CITATION.cff", "codemeta.json", ".zenodo.json")


def files_of(work: Work) -> dict[str, str]:
    """The text of each metadata file, by its name at the repository's root."""
    import yaml

    citation = yaml.safe_dump(citation_cff(work), allow_unicode=True, sort_keys=False, width=100)
    return {
        "CITATION.cff": MADE_BY + citation,
        "codemeta.json": _json(codemeta(work)),
        ".zenodo.json": _json(zenodo(work)),
    }


def stale(root: Path = paths.ROOT) -> list[str]:
    """Which of the files are not what their sources give, by name."""
    wanted = files_of(read_work(root))
    return [
        name
        for name, text in wanted.items()
        if not (root / name).is_file() or (root / name).read_text("utf-8", "replace") != text
    ]


def citation_cff(work: Work) -> dict[str, Any]:
    """The Citation File Format 1.2.0. Its licence is the code's; a list there would mean a choice."""
    return {
        "cff-version": "1.2.0",
        "message": "Please cite the article; cite this package too where you use its data or its code."
        if work.article.title
        else "Please cite this package where you use its text, its data or its code.",
        "type": "software",
        "title": work.title,
        "abstract": work.description,
        "authors": [_cff_person(author) for author in work.authors],
        "version": work.version,
        "date-released": work.date,
        "license": work.code_licence,
        **_given(**{"repository-code": work.repository}),
        "keywords": list(work.all_keywords),
        **({"preferred-citation": _cff_article(work)} if work.article.title else {}),
        "references": [
            {
                "type": kind,
                "title": work.title,
                "authors": [_cff_name(author) for author in work.authors],
                "license": work.text_licence,
                "notes": notes,
            }
            for kind, notes in (
                ("data", "The tables in data/."),
                ("unpublished", "The text and its figures."),
            )
        ]
        + [
            {
                "type": "unpublished",
                "title": title,
                "authors": [_cff_name(author) for author in work.authors],
                "languages": [code],
                "license": work.text_licence,
                "notes": "The title in this language, of the same text or of its edition.",
            }
            for code, title in work.titles.items()
        ],
    }


def codemeta(work: Work) -> dict[str, Any]:
    """CodeMeta 3.0, a schema.org description of the software with its data and its article."""
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "identifier": work.name,
        "name": work.title,
        **_given(alternateName=list(work.titles.values())),
        "description": work.description,
        "version": work.version,
        "datePublished": work.date,
        "license": licence_url(work.code_licence),
        **_given(codeRepository=work.repository),
        "author": [_schema_person(author) for author in work.authors],
        "keywords": list(work.all_keywords),
        "programmingLanguage": "Python",
        "runtimePlatform": "Python 3.11 or newer",
        "operatingSystem": ["Linux", "macOS", "Windows"],
        "funding": work.funding,
        "supportingData": {
            "@type": "Dataset",
            "name": work.title,
            "license": licence_url(work.text_licence),
            "conditionsOfAccess": work.availability,
        },
        **({"referencePublication": _schema_article(work)} if work.article.title else {}),
    }


def zenodo(work: Work) -> dict[str, Any]:
    """What Zenodo reads from a deposited repository. It knows one licence; the notes give the other."""
    return {
        "upload_type": "software",
        "title": work.title,
        "description": work.description,
        "version": work.version,
        "publication_date": work.date,
        "language": language(work.language)["iso639_3"],
        "creators": [
            {
                "name": ", ".join(filter(None, (author.family, author.given))),
                "affiliation": author.affiliation.line,
            }
            for author in work.authors
        ],
        "keywords": list(work.all_keywords),
        "access_right": "open",
        "license": work.code_licence,
        "notes": " ".join(
            [
                f"Code: {work.code_licence}. Text, figures and data: {work.text_licence}. {work.availability}",
                *(f"{code}: {title}." for code, title in work.titles.items()),
            ]
        ),
        **({"references": [_reference(work)]} if work.article.title else {}),
    }


def author_block(work: Work) -> tuple[str, ...]:
    """What the README must state, in this order."""
    names = tuple(author.name for author in work.authors)
    return (*names, work.authors[0].affiliation.line, *filter(None, (work.article.title,)))


def unstated(article: Article) -> str:
    """What a citation lacks because the article does not state it, in a sentence; nothing where it states both."""
    stated = {"journal": article.journal, "year of publication": article.year}
    missing = [name for name, value in stated.items() if not value]
    if len(missing) == 2:
        return f"The article's text states neither {missing[0]} nor {missing[1]}."
    return f"The article's text states no {missing[0]}." if missing else ""


def _cff_article(work: Work) -> dict[str, Any]:
    article = work.article
    start, _, end = article.pages.replace("–", "-").partition("-")
    return {
        "type": "article",
        "title": article.title,
        "authors": [_cff_person(author) for author in work.article_authors],
        **_given(
            journal=article.journal,
            year=article.year,
            volume=article.volume,
            issue=article.issue,
            start=start,
            end=end,
            doi=article.doi,
            notes=unstated(article),
        ),
    }


def _schema_article(work: Work) -> dict[str, Any]:
    journal = work.article.journal
    return {
        "@type": "ScholarlyArticle",
        "name": work.article.title,
        "author": [_schema_person(author) for author in work.article_authors],
        **_given(isPartOf={"@type": "Periodical", "name": journal} if journal else None),
        **issue(work.article),
    }


def issue(article: Article) -> dict[str, str]:
    """When and where in its journal the article appeared, in the terms of schema.org."""
    return _given(
        datePublished=str(article.year or ""),
        volumeNumber=article.volume,
        issueNumber=article.issue,
        pagination=article.pages,
        identifier=article.doi,
    )


def _reference(work: Work) -> str:
    article = work.article
    number = f"{article.volume}({article.issue})" if article.issue else article.volume
    authors = ", ".join(author.name for author in work.article_authors)
    place = ", ".join(filter(None, (article.journal, number, article.pages)))
    said = ". ".join(filter(None, (authors, article.title, place, str(article.year or "")))) + "."
    doi = f"https://doi.org/{article.doi}" if article.doi else ""
    return " ".join(filter(None, (said, doi, unstated(article))))


def _given(**properties: Any) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value}


def _cff_person(author: Author) -> dict[str, str]:
    return {**_cff_name(author), **_given(affiliation=author.affiliation.line)}


def _cff_name(author: Author) -> dict[str, str]:
    """A person by both names; who has one name alone is a group, an entity there."""
    if not author.given:
        return {"name": author.name}
    return {"given-names": author.given, "family-names": author.family}


def _schema_person(author: Author) -> dict[str, Any]:
    if not author.given:
        return {"@type": "Organization", "name": author.name}
    place = author.affiliation.line
    return {
        "@type": "Person",
        "givenName": author.given,
        "familyName": author.family,
        **_given(affiliation={"@type": "Organization", "name": place} if place else None),
    }


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the files that are not current, or with `--check` name them. The exit code."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        names, made = stale(), files_of(read_work())
        for name in names:
            if arguments:
                print(f"{name} is not current", file=sys.stderr)
            else:
                write_whole(paths.ROOT / name, made[name])
                print(f"{name} written")
    except PaperError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return int(bool(arguments and names))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
