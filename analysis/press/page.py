"""What the page holds besides its text: its style with the fonts in it, and tags for scholarly indexes."""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from analysis import paths

ASSETS = paths.PRESS / "assets"
PUBLISHED = {
    "container-title": "citation_journal_title",
    "doi": "citation_doi",
    "volume": "citation_volume",
    "issue": "citation_issue",
    "issn": "citation_issn",
}


@cache
def stylesheet() -> str:
    """`paper.css` with its fonts in it, so that a page that holds it asks for no file."""

    def embedded(found: re.Match[str]) -> str:
        font = (ASSETS / found[1]).read_bytes()
        return f'url("data:font/woff2;base64,{b64encode(font).decode()}")'

    return re.sub(r'url\("([^":]+\.woff2)"\)', embedded, (ASSETS / "paper.css").read_text(encoding="utf-8"))


def citation_tags(front: Mapping[str, Any], title: str) -> str:
    """Highwire and Dublin Core `<meta>` tags of the front matter, one a line, escaped; `title` has no markup."""
    day, language = front["day"]["iso"], front["lang"]
    names = [person["name"] for person in front.get("byline", [])]
    published = front.get("published", {})
    tags = [
        ("citation_title", title),
        *[("citation_author", name) for name in names],
        *[("citation_author_institution", place["line"]) for place in front.get("institution", [])],
        ("citation_publication_date", day.replace("-", "/")),
        ("citation_language", language),
        *[("citation_keywords", word) for word in front["keyword"]],
        *[(name, published[key]) for key, name in PUBLISHED.items() if key in published],
        ("DC.title", title),
        *[("DC.creator", name) for name in names],
        ("DC.date", day),
        ("DC.language", language),
        *[("DC.rights", url) for url in [front.get("rights", {}).get("url")] if url],
    ]
    return "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in tags)
