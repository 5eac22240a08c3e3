"""What a title block needs, from the metadata of a Quarto manuscript. Pure: dictionary in, dictionary out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from babel.dates import format_date

from recomputed.editions import at_hand, is_blind
from recomputed.faults import Fault, InputError, nearest
from recomputed.language.catalogue import CODES, language
from recomputed.manuscript.keys import DATE, is_date
from recomputed.paper_language import paper_language

LICENCES = {
    "CC BY": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC BY-SA": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC BY-NC": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "CC BY-NC-ND": ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    "CC0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
LICENCES |= {text: (text, url) for text, url in LICENCES.values()}

#: Keys that go to the templates as they are written, in either edition.
PLAIN = ("title", "subtitle", "lang", "number-sections", "bibliography", "csl")
#: Keys that would name an author, so the blind edition leaves them out.
NAMING = ("acknowledgements",)


def front_matter(metadata: Mapping[str, Any], profile: str | None = None) -> dict[str, Any]:
    """Return the variables that the templates in `assets/` read.

    With `profile="blind"`, whatever names an author, an institution or a holder of rights is absent.
    Raises InputError for a date that is not ISO 8601 or an affiliation that is referred to and not given.
    """
    blind = is_blind(profile)
    given = metadata
    out: dict[str, Any] = {key: given[key] for key in PLAIN if key in given}
    out["lang"] = str(given.get("lang") or paper_language().code)
    labels = language(out["lang"])["labels"]
    out["labels"], out["languages"] = labels, _languages(given)
    out["hyphenation"] = language(out["lang"])["hyphenation"]
    out["keyword"] = listed(given.get("keywords"))
    out["titles"] = _titles(given)
    day = document_date(given)
    out["day"] = {
        "iso": day.isoformat(),
        "text": _written_out(day, out["lang"]),
        "year": str(day.year),
        "month": f"{day.month:02}",
        "number": f"{day.day:02}",
    }
    if given.get("data-availability"):
        out["availability"] = given["data-availability"]
    if blind:
        out["anonymous"] = labels["anonymous"]
    else:
        authors, institutions = people(given)
        out |= {"byline": authors, "institution": institutions}
        if any("corresponding" in author for author in authors):
            out["corresponding"] = labels["corresponding"]
        out |= {key: given[key] for key in NAMING if key in given}
        out["published"] = _published(given.get("citation"), given.get("doi"))
        out["rights"] = _rights(given, authors, day.year)
        if funding := _statement(given.get("funding")):
            out["support"] = funding
    return out


def _written_out(day: dt.date, lang: str) -> str:
    """The day as Markdown: one that ends in a point must not begin a list."""
    written = format_date(day, language(lang)["labels.day"], locale=lang.replace("-", "_"))
    return written.replace(". ", ".\u00a0")


def document_date(metadata: Mapping[str, Any]) -> dt.date:
    """The date the document carries: the metadata's `date`, never the clock's."""
    value = metadata.get("date")
    if not is_date(value):
        raise InputError(Fault(at_hand().name, f"`date:` with {DATE.expected}", repr(value)))
    return dt.datetime.fromisoformat(str(value)).date()


def _languages(given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """By its code, what an abstract in each language is headed by, and the keywords that follow it."""
    return {
        code: {
            "lang": code,
            "tag": language(code)["tag"],
            "abstract": language(code)["labels.abstract"],
            "keywords": language(code)["labels.keywords"],
            "keyword": listed(given.get(f"keywords-{code}")),
            "hyphenation": language(code)["hyphenation"],
        }
        for code in CODES
    }


def _titles(given: Mapping[str, Any]) -> list[dict[str, str]]:
    """The title in other languages, from `title-en` and the like, with the subtitle."""
    keys = ("title", "subtitle")
    return [
        {"lang": code} | {key: str(given[f"{key}-{code}"]) for key in keys if given.get(f"{key}-{code}")}
        for code in CODES
        if given.get(f"title-{code}")
    ]


def listed(value: Any) -> list[str]:
    """Keywords as a list: Quarto takes one text, with commas, too."""
    if value is None:
        return []
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [str(part) for part in value]


def people(given: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Authors, each with the marks of its institutions; institutions once each, in order of mention.

    Raises InputError for an affiliation that is referred to and not given.
    """
    entries = [*_many(given.get("author")), *_many(given.get("authors"))]
    places = [*_places(given), *(place for entry in entries for place in _places(entry))]
    known = {place["id"]: place for place in places if "id" in place}  # an author's can be the others' too
    institutions: list[dict[str, Any]] = []
    authors = []
    for entry in entries:
        marks = []
        for place in _places(entry):
            institution = _institution(place, known)
            if institution not in institutions:
                institutions.append(institution)
            marks.append(str(institutions.index(institution) + 1))
        authors.append(_author(entry) | {"place": marks})
    single = len(institutions) < 2
    return [author | {"mark": [] if single else author["place"]} for author in authors], [
        {**place, "number": str(n), "mark": "" if single else str(n)}
        for n, place in enumerate(institutions, 1)
    ]


def _author(entry: Mapping[str, Any]) -> dict[str, Any]:
    author: dict[str, Any] = name_parts(entry.get("name", ""))
    if entry.get("corresponding") or "corresponding" in _truths(entry.get("attributes")):
        author["corresponding"] = True
    if entry.get("orcid"):
        author["orcid"] = str(entry["orcid"]).rpartition("/")[2]
    if entry.get("email"):
        author["email"] = str(entry["email"])
    return author


def name_parts(name: Any) -> dict[str, str]:
    """A name in full, and its parts, which Quarto has BibTeX's rules find: `Family, Given`; a small `van` is family."""
    if isinstance(name, Mapping):
        full = str(
            name.get("literal") or " ".join(str(name[part]) for part in ("given", "family") if part in name)
        )
        if "family" in name:
            return {"name": full, "given": str(name.get("given", "")), "family": str(name["family"])}
    else:
        full = str(name)
    before, comma, after = full.partition(",")
    if comma:
        return {"name": full, "given": after.strip(), "family": before.strip()}
    words = full.split()
    small = (at for at, word in enumerate(words[:-1]) if at and word[0].islower())
    at = next(small, len(words) - 1)
    return {"name": full, "given": " ".join(words[:at]), "family": " ".join(words[at:])}


def _truths(attributes: Any) -> list[str]:
    """The attributes that hold: Quarto takes a list of them, or each with true or false."""
    if isinstance(attributes, Mapping):
        return [name for name, holds in attributes.items() if holds]
    return list(attributes or ())


def _institution(place: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    if "ref" in place:
        if place["ref"] not in known:
            found = f"ref: {place['ref']}{nearest(str(place['ref']), map(str, known))}"
            raise InputError(Fault(at_hand().name, "an affiliation with that id", found))
        place = known[place["ref"]]
    place = {"region": place.get("state"), **place}
    fields = ("department", "name", "city", "region", "country")
    kept = {key: str(place[key]) for key in fields if place.get(key)}
    return kept | {"line": ", ".join(kept.values())}


def _places(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*_many(entry.get("affiliations")), *_many(entry.get("affiliation"))]


def _many(value: Any) -> list[Mapping[str, Any]]:
    if value is None:
        return []
    if not isinstance(value, list):
        value = [value]
    return [entry if isinstance(entry, Mapping) else {"name": entry} for entry in value]


def _published(citation: Any, doi: Any) -> dict[str, str]:
    given = {"doi": doi, **(citation if isinstance(citation, Mapping) else {})}
    kept = ("container-title", "doi", "volume", "issue", "page", "issn", "publisher", "url")
    return {key: str(given[key]) for key in kept if given.get(key)}


def _rights(given: Mapping[str, Any], authors: Sequence[Mapping[str, Any]], year: int) -> dict[str, str]:
    licence = given.get("license")
    if isinstance(licence, Mapping):
        text, url = str(licence.get("text", "")), str(licence.get("url") or licence.get("link") or "")
    else:
        text, url = LICENCES.get(str(licence or ""), (str(licence or ""), ""))
    stated = given.get("copyright") or {}
    holder = stated.get("holder") or ", ".join(author["name"] for author in authors)
    out = {"year": str(stated.get("year") or year), "holder": str(holder)}
    if text:
        out |= {"text": text, "url": url}
    return out


def _statement(funding: Any) -> str:
    if isinstance(funding, Mapping):
        return str(funding.get("statement", ""))
    if isinstance(funding, Sequence) and not isinstance(funding, str):
        return " ".join(filter(None, (_statement(part) for part in funding)))
    return str(funding or "")
