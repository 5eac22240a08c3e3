"""`CITATION.cff`, `codemeta.json` and `.zenodo.json`, generated from the paper's own front matter.

    python -m recomputed.deposit.metadata           write them again
    python -m recomputed.deposit.metadata --check   say which are not current; exit code 1 if any

The published article is cited by title and authors alone: its text states neither journal nor year, and
nothing is made up here. There are no e-mail addresses in any of them.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.deposit.work import LICENCE_URLS, Author, Work, read_work
from recomputed.faults import PaperError
from recomputed.language.catalogue import language

MADE_BY = "# Generated from paper.qmd and pyproject.toml: python -m recomputed.deposit.metadata\n"
UNSTATED = "The article's text states neither journal nor year of publication."


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
    return [name for name, text in wanted.items() if _text(root / name) != text]


def citation_cff(work: Work) -> dict[str, Any]:
    """The Citation File Format 1.2.0. Its licence is the code's; a list there would mean a choice."""
    return {
        "cff-version": "1.2.0",
        "message": "Please cite the article; cite this package too where you use its data or its code.",
        "type": "software",
        "title": work.title,
        "abstract": work.description,
        "authors": [_cff_person(author) for author in work.authors],
        "version": work.version,
        "date-released": work.date,
        "license": work.code_licence,
        "keywords": list(work.all_keywords),
        "preferred-citation": {
            "type": "article",
            "title": work.article,
            "authors": [_cff_person(author) for author in work.authors],
            "notes": UNSTATED,
        },
        "references": [
            {
                "type": kind,
                "title": work.title,
                "authors": [
                    {"given-names": author.given, "family-names": author.family} for author in work.authors
                ],
                "license": work.text_licence,
                "notes": notes,
            }
            for kind, notes in (
                ("data", "The tables in data/."),
                ("unpublished", "The text and its figures."),
            )
        ],
    }


def codemeta(work: Work) -> dict[str, Any]:
    """CodeMeta 3.0, a schema.org description of the software with its data and its article."""
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "identifier": work.name,
        "name": work.title,
        "description": work.description,
        "version": work.version,
        "datePublished": work.date,
        "license": LICENCE_URLS[work.code_licence],
        "author": [_schema_person(author) for author in work.authors],
        "keywords": list(work.all_keywords),
        "programmingLanguage": "Python",
        "runtimePlatform": "Python 3.11 or newer",
        "operatingSystem": ["Linux", "macOS", "Windows"],
        "funding": work.funding,
        "supportingData": {
            "@type": "Dataset",
            "name": work.title,
            "license": LICENCE_URLS[work.text_licence],
            "conditionsOfAccess": work.availability,
        },
        "referencePublication": {
            "@type": "ScholarlyArticle",
            "name": work.article,
            "author": [_schema_person(author) for author in work.authors],
        },
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
            {"name": f"{author.family}, {author.given}", "affiliation": author.affiliation.line}
            for author in work.authors
        ],
        "keywords": list(work.all_keywords),
        "access_right": "open",
        "license": work.code_licence,
        "notes": f"Code: {work.code_licence}. Text, figures and data: {work.text_licence}. {work.availability}",
        "references": [f"{', '.join(author.name for author in work.authors)}. {work.article}. {UNSTATED}"],
    }


def author_block(work: Work) -> tuple[str, ...]:
    """What the README must state, in this order."""
    names = tuple(author.name for author in work.authors)
    return (*names, work.authors[0].affiliation.line, work.article)


def _cff_person(author: Author) -> dict[str, str]:
    return {
        "given-names": author.given,
        "family-names": author.family,
        "affiliation": author.affiliation.line,
    }


def _schema_person(author: Author) -> dict[str, Any]:
    return {
        "@type": "Person",
        "givenName": author.given,
        "familyName": author.family,
        "affiliation": {"@type": "Organization", "name": author.affiliation.line},
    }


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def main(arguments: Sequence[str]) -> int:
    """Write the files that are not current, or with `--check` name them. The exit code."""
    try:
        names = stale()
        if arguments not in ([], ["--check"]):
            print(__doc__, file=sys.stderr)
            return 2
        if arguments:
            print(
                *(f"{name} is not current" for name in names),
                sep="\n",
                file=sys.stderr,
                end="\n" * bool(names),
            )
            return bool(names)
        from recomputed.typeset.swap import write_whole

        for name in names:
            write_whole(paths.ROOT / name, files_of(read_work())[name])
            print(f"{name} written")
    except PaperError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
