"""The keys of the front matter and of `_quarto.yml` that both engines honour, and what each may hold.

Quarto takes many more. A key that one engine would honour and the other not is refused by its name and line, so
that no setting is lost without a word. What stands under a format's name is that format's and is not looked at.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from recomputed.faults import Fault, nearest
from recomputed.language.catalogue import CODES
from recomputed.shapes import ANY, FLAG, Rule, Shape, misfits
from recomputed.yaml_text import Yaml

OWN_FILTERS = ("recomputed", "_extensions/")
EXTENSION = r"(\.\./)*_extensions/recomputed/"
"""The engine's own files for Quarto; of a paper within the engine's checkout they are above it."""


def is_date(value: Any) -> bool:
    """Whether it is a day that exists, as YYYY-MM-DD, or a time of that day."""
    try:
        return re.match(r"\d{4}-\d\d-\d\d($|[T ])", str(value)) is not None and bool(
            dt.datetime.fromisoformat(str(value))
        )
    except ValueError:
        return False


def _one_of(*values: object) -> Rule:
    return Rule(" or ".join(str(value).lower() for value in values), lambda value: value in values)


def _matching(expected: str, pattern: str) -> Rule:
    return Rule(expected, lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None)


TEXT = Rule("a text", lambda value: isinstance(value, str | int | float) and not isinstance(value, bool))
TEXTS = (TEXT, [TEXT])
DATE = Rule(
    "a day that exists, as YYYY-MM-DD, and not the clock's: the output would differ each day", is_date
)
SECONDS = Rule(
    "a number of seconds, as 600",
    lambda value: isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf"),
)
LANGUAGE = _matching(
    f"the language of the paper, one of {', '.join(CODES)}", rf"({'|'.join(CODES)})(-[A-Za-z0-9-]+)?"
)
DOI = _matching("a DOI as 10.1234/abc, without address or `doi:`", r"10\.\d{4,9}/[^\s{}\\]+")
INSIDE = r"(?!.*(^|[/\\])\.\.([/\\]|$))/?(?![\w+.-]+:)[^/\\~].*"
BIBLIOGRAPHY = _matching("a BibTeX file (.bib) in the project's folder", INSIDE + r"\.bib")
STYLE = _matching("a citation style (.csl) in the project's folder", rf"{INSIDE}\.csl|{EXTENSION}apa\.csl")
FILTER = Rule(
    "a filter of this project, which both engines run",
    lambda value: (
        isinstance(value, str)
        and ".." not in re.sub(f"^{EXTENSION}", "", value)
        and re.sub(r"^(\.\./)+(?=_)", "", value).startswith(OWN_FILTERS)
    ),
)

PLACE = dict.fromkeys(("id", "ref", "name", "department", "city", "region", "state", "country"), TEXT)
PLACES = (TEXT, PLACE, [TEXT, PLACE])
MARKS = {"corresponding": FLAG}
PERSON = {
    "id": TEXT,
    "name": (TEXT, {"given": TEXT, "family": TEXT, "literal": TEXT}),
    "email": _matching("an address such as name@example.org", r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+"),
    "orcid": _matching(
        "an ORCID iD such as 0000-0002-1825-0097", r"(https://orcid\.org/)?(\d{4}-){3}\d{3}[\dX]"
    ),
    "corresponding": FLAG,
    "attributes": (MARKS, [_one_of("corresponding")]),
    "affiliation": PLACES,
    "affiliations": PLACES,
}
PEOPLE = (TEXT, PERSON, [TEXT, PERSON])
STATEMENT = {"statement": TEXT}
_NAMES = ("type", "container-title", "volume", "issue", "page", "issn", "publisher", "url")
PUBLISHED = {**dict.fromkeys(_NAMES, TEXT), "doi": DOI}
EXECUTE: dict[str, Shape] = dict.fromkeys(("eval", "echo", "warning", "error", "include"), FLAG)
EXECUTE["output"] = (FLAG, _one_of("asis"))

METADATA: Mapping[str, Shape] = {
    "title": TEXT,
    "subtitle": TEXT,
    "lang": LANGUAGE,
    "date": DATE,
    "author": PEOPLE,
    "authors": PEOPLE,
    "affiliation": PLACES,
    "affiliations": PLACES,
    "keywords": TEXTS,
    **{f"{key}-{code}": TEXT for key in ("title", "subtitle") for code in CODES},
    **{f"keywords-{code}": TEXTS for code in CODES},
    "license": (TEXT, {"text": TEXT, "url": TEXT, "link": TEXT}),
    "copyright": {"holder": TEXT, "year": TEXT},
    "funding": (TEXT, STATEMENT, [TEXT, STATEMENT]),
    "data-availability": TEXT,
    "acknowledgements": TEXT,
    "citation": PUBLISHED,
    "doi": DOI,
    "bibliography": (BIBLIOGRAPHY, [BIBLIOGRAPHY]),
    "csl": STYLE,
    "link-citations": _one_of(True),
    "number-sections": FLAG,
    "crossref": _one_of(False),
    "highlight-style": _one_of("pygments"),
    "callout-icon": _one_of(False),
    "execute": {**EXECUTE, "daemon": ANY},
    **EXECUTE,
    "cell-timeout": SECONDS,
    "jupyter": (_one_of("python3"), {"kernelspec": ANY}),
    "engine": _one_of("jupyter"),
    "format": (
        _one_of("html", "typst", "docx", "jats"),
        dict.fromkeys(("html", "typst", "docx", "jats"), ANY),
    ),
    "filters": [FILTER, {"at": TEXT, "path": FILTER}],
    "google-scholar": FLAG,
    "appendix-cite-as": ANY,
    "editor": ANY,
    "editor_options": ANY,
}
"""Of the front matter."""

SETTINGS: Mapping[str, Shape] = {
    **METADATA,
    "project": {
        "type": _one_of("default", "manuscript"),
        "render": ANY,
        "title": TEXT,
        "output-dir": _matching("_manuscript, or _manuscript-en and the like", r"_manuscript(-\w+)*"),
        "post-render": _matching("_extensions/recomputed/finish.py", rf"{EXTENSION}finish\.py"),
    },
    "quarto-required": TEXT,
    "manuscript": {"article": _one_of("paper.qmd"), "meca-bundle": FLAG},
}
"""Of `_quarto.yml` and the files of its profiles."""

INSTEAD = {
    "abstract": "; an abstract is a div in the text, `::: {.abstract lang=id}`, where numbers are computed",
    "date-format": "; a date is written as the paper's language has it",
    "params": "; data come from `data/`",
    "nocite": "; a source is cited, or leaves the bibliography",
    "toc": "; under `format:` and the name of one it is that format's",
}


def key_faults(read: Yaml, known: Mapping[str, Shape], file: str) -> Iterator[Fault]:
    """A fault for each key that `known` has not, and each value that is not what its key takes."""
    for one in misfits(read.value, known):
        place = ".".join(str(part) for part in one.path if isinstance(part, str))
        if one.key:
            under = f" under `{place}:`" if place else ""
            found = repr(one.key) + (
                ("" if place else INSTEAD.get(one.key, "")) or nearest(one.key, one.known)
            )
            yield Fault(
                file, f"a key that both engines honour{under}", found, read.rows.get((*one.path, one.key))
            )
        else:
            found = "nothing" if one.value is None else f"{place}: {_shown(one.value)}"
            yield Fault(file, f"`{place}:` with {one.expected}", found[:200], read.rows.get(one.path))


def _shown(value: Any) -> str:
    if isinstance(value, Mapping | list):
        return "a mapping" if isinstance(value, Mapping) else "a list"
    return str(value).lower() if isinstance(value, bool) else str(value)
