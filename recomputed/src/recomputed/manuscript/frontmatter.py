"""What a title block needs, from the metadata of a Quarto manuscript. Pure: dictionary in, dictionary out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from babel.dates import format_date

from recomputed.faults import Fault, InputError

LICENCES = {
    "CC BY": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC BY-SA": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC BY-NC": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "CC BY-NC-ND": ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    "CC0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
LICENCES |= {text: (text, url) for text, url in LICENCES.values()}

#: Keys that go to the templates as they are written, in either edition.
PLAIN = ("title", "subtitle", "lang", "number-sections", "bibliography")
#: Keys that would name an author, so the blind edition leaves them out.
NAMING = ("acknowledgements", "doi")


def front_matter(metadata: Mapping[str, Any], profile: str | None = None) -> dict[str, Any]:
    """Return the variables that the templates in `assets/` read.

    With `profile="blind"`, whatever names an author, an institution or a holder of rights is absent.
    Raises InputError for a date that is not ISO 8601 or an affiliation that is referred to and not given.
    """
    blind = profile == "blind"
    given = metadata
    out: dict[str, Any] = {key: given[key] for key in PLAIN if key in given}
    out["lang"] = str(given.get("lang", "id"))
    out["keyword"] = _listed(given.get("keywords"))
    out["keyword-en"] = _listed(given.get("keywords-en"))
    day = document_date(given)
    out["day"] = {
        "iso": day.isoformat(),
        "text": format_date(day, "d MMMM y", locale=out["lang"].replace("-", "_")),
        "year": str(day.year),
        "month": f"{day.month:02}",
        "number": f"{day.day:02}",
    }
    if given.get("data-availability"):
        out["availability"] = given["data-availability"]
    if blind:
        out["anonymous"] = "Naskah anonim untuk telaah sejawat"
    else:
        authors, institutions = _people(given)
        out |= {"byline": authors, "institution": institutions}
        if any("corresponding" in author for author in authors):
            out["corresponding"] = "Penulis korespondensi"
        out |= {key: given[key] for key in NAMING if key in given}
        out["published"] = _published(given.get("citation"))
        out["rights"] = _rights(given, authors, day.year)
        if funding := _statement(given.get("funding")):
            out["support"] = funding
    return out


def document_date(metadata: Mapping[str, Any]) -> dt.date:
    """The date the document carries: the metadata's `date`, never the clock's."""
    value = metadata.get("date")
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        raise InputError(Fault("paper.qmd", "date: YYYY-MM-DD in the metadata", repr(value))) from None


def _listed(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [str(part) for part in value]


def _people(given: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Authors, each with the marks of its institutions; institutions once each, in order of mention."""
    people = _many(given.get("author") or given.get("authors"))
    places = _many(given.get("affiliations"))
    for entry in people:  # as in Quarto, an author's own affiliation can be referred to by the others
        places += _many(entry.get("affiliations") or entry.get("affiliation"))
    known = {place["id"]: place for place in places if "id" in place}
    institutions: list[dict[str, Any]] = []
    authors = []
    for entry in people:
        marks = []
        for place in _many(entry.get("affiliations") or entry.get("affiliation")):
            institution = _institution(place, known)
            if institution not in institutions:
                institutions.append(institution)
            marks.append(institutions.index(institution) + 1)
        authors.append(_author(entry, marks))
    single = len(institutions) < 2
    for author in authors:
        author["mark"] = [] if single else [str(mark) for mark in author["place"]]
        author["place"] = [str(mark) for mark in author["place"]]
    return authors, [
        {**place, "number": str(n), "mark": "" if single else str(n)}
        for n, place in enumerate(institutions, 1)
    ]


def _author(entry: Mapping[str, Any], marks: list[int]) -> dict[str, Any]:
    name = entry.get("name", "")
    if isinstance(name, Mapping):
        given, family = str(name.get("given", "")), str(name.get("family", ""))
        full = str(name.get("literal") or f"{given} {family}".strip())
    else:
        full = str(name)
        given, _, family = full.rpartition(" ")
    attributes = entry.get("attributes") or {}
    corresponding = entry.get("corresponding", attributes.get("corresponding", False))
    author: dict[str, Any] = {"name": full, "given": given, "family": family, "place": marks}
    if corresponding:
        author["corresponding"] = True
    if entry.get("orcid"):
        author["orcid"] = str(entry["orcid"])
    return author


def _institution(place: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    if "ref" in place:
        if place["ref"] not in known:
            raise InputError(Fault("paper.qmd", "an affiliation with that id", f"ref: {place['ref']}"))
        place = known[place["ref"]]
    fields = ("department", "name", "city", "region", "country")
    kept = {key: str(place[key]) for key in fields if place.get(key)}
    return kept | {"line": ", ".join(kept.values())}


def _many(value: Any) -> list[Mapping[str, Any]]:
    if value is None:
        return []
    if isinstance(value, (str, Mapping)):
        value = [value]
    return [entry if isinstance(entry, Mapping) else {"name": entry} for entry in value]


def _published(citation: Any) -> dict[str, str]:
    if not isinstance(citation, Mapping):
        return {}
    kept = ("container-title", "doi", "volume", "issue", "page", "issn", "publisher", "url")
    return {key: str(citation[key]) for key in kept if citation.get(key)}


def _rights(given: Mapping[str, Any], authors: Sequence[Mapping[str, Any]], year: int) -> dict[str, str]:
    licence = given.get("license")
    if isinstance(licence, Mapping):
        text, url = str(licence.get("text", "")), str(licence.get("url", ""))
    else:
        text, url = LICENCES.get(str(licence or ""), (str(licence or ""), ""))
    copyright_ = given.get("copyright")
    holder = copyright_.get("holder") if isinstance(copyright_, Mapping) else None
    out = {"year": str(year), "holder": str(holder or ", ".join(author["name"] for author in authors))}
    if text:
        out |= {"text": text, "url": url}
    return out


def _statement(funding: Any) -> str:
    if isinstance(funding, Mapping):
        return str(funding.get("statement", ""))
    if isinstance(funding, Sequence) and not isinstance(funding, str):
        return " ".join(filter(None, (_statement(part) for part in funding)))
    return str(funding or "")
