"""The paper's title, authors, version, licences and keywords, in every file that states them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from recomputed import paths
from recomputed.deposit import metadata
from recomputed.deposit.credits import Work, read_work

AUTHORS = [  # the article's title page, in its order
    "Fadilah Zahra Dwi Kinanti",
    "Mutiara Sofia Ramadhani",
    "M. Hamdan Aldiansyah",
    "Muhammad Rikzam Kamal",
]
ARTICLE = "Peran Live Streaming Tiktok dalam Meningkatkan Omzet UMKM Kreatif di Pekalongan"  # its title
GENERATED = ("CITATION.cff", "codemeta.json", ".zenodo.json")


@pytest.fixture(scope="module")
def work() -> Work:
    return read_work()


@pytest.fixture
def cff() -> dict[str, Any]:
    return yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def read_json(name: str) -> dict[str, Any]:
    return json.loads((paths.ROOT / name).read_text(encoding="utf-8"))


def test_the_committed_files_are_those_that_the_sources_give():
    assert [] == metadata.stale()


def test_every_file_names_the_same_authors_in_the_articles_order(cff: dict[str, Any], work: Work):
    code, zenodo = read_json("codemeta.json"), read_json(".zenodo.json")
    named = {
        "paper.qmd": [author.name for author in work.authors],
        "cff": [f"{person['given-names']} {person['family-names']}" for person in cff["authors"]],
        "cff article": [
            f"{person['given-names']} {person['family-names']}"
            for person in cff["preferred-citation"]["authors"]
        ],
        "codemeta": [f"{person['givenName']} {person['familyName']}" for person in code["author"]],
        "codemeta article": [
            f"{person['givenName']} {person['familyName']}"
            for person in code["referencePublication"]["author"]
        ],
        "zenodo": [" ".join(reversed(person["name"].split(", "))) for person in zenodo["creators"]],
    }
    assert dict.fromkeys(named, AUTHORS) == named


def test_every_file_states_the_same_title_version_licences_and_keywords(cff: dict[str, Any], work: Work):
    code, zenodo, data = (
        read_json("codemeta.json"),
        read_json(".zenodo.json"),
        read_json("data/datapackage.json"),
    )
    assert {work.title} == {cff["title"], code["name"], zenodo["title"]}
    assert {work.version} == {cff["version"], code["version"], zenodo["version"], data["version"]}
    assert {work.date} == {cff["date-released"], code["datePublished"], zenodo["publication_date"]}
    assert {"MIT"} == {work.code_licence, cff["license"], Path(code["license"]).name, zenodo["license"]}
    texts = {work.text_licence, *(part["license"] for part in cff["references"]), data["licenses"][0]["name"]}
    assert {"CC-BY-4.0"} == texts
    assert {data["licenses"][0]["path"]} == {code["supportingData"]["license"]}
    assert list(work.all_keywords) == cff["keywords"] == code["keywords"] == zenodo["keywords"]


def test_the_licences_of_the_metadata_are_those_of_the_licence_files():
    assert (paths.ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    text = (paths.ROOT / "LICENSE-CC-BY-4.0").read_text(encoding="utf-8")
    assert "Attribution 4.0 International" in text


def test_the_article_is_cited_by_its_title_without_an_invented_journal_or_year(cff: dict[str, Any]):
    cited = cff["preferred-citation"]
    assert cited["title"] == ARTICLE
    assert {"type", "title", "authors", "notes"} == set(cited)
    assert {"@type", "name", "author"} == set(read_json("codemeta.json")["referencePublication"])


def test_no_file_that_states_authors_has_an_e_mail_address():
    for name in (*GENERATED, "paper.qmd", "paper.toml", "pyproject.toml", "data/datapackage.json"):
        text = (paths.ROOT / name).read_text(encoding="utf-8")
        assert [] == re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", text), name


def test_the_readme_states_title_authors_affiliation_and_article(work: Work):
    readme = re.sub(r"\s+", " ", (paths.ROOT / "README.md").read_text(encoding="utf-8"))
    places = [readme.find(part) for part in metadata.author_block(work)]
    assert -1 not in places, dict(zip(metadata.author_block(work), places, strict=True))
    assert sorted(places) == places
