"""The paper's title, authors, version, licences and keywords, in every file that states them."""

import json
import re
import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from recomputed import paths
from recomputed.deposit import metadata
from recomputed.deposit.credits import Author, Work, read_work
from recomputed.faults import InputError

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


def test_citation_cff_is_valid_against_the_schema_of_its_version(cff: dict[str, Any]):
    package = Path(str(find_spec("check_jsonschema").origin)).parent
    file = package / "builtin_schemas" / "vendor" / "citation-file-format.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    assert schema["properties"]["cff-version"]["pattern"] == r"^1\.2\.0$"
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(cff)


def test_the_schema_would_refuse_a_citation_cff_without_authors(cff: dict[str, Any]):
    package = Path(str(find_spec("check_jsonschema").origin)).parent
    schema = json.loads(
        (package / "builtin_schemas" / "vendor" / "citation-file-format.json").read_text(encoding="utf-8")
    )
    del cff["authors"]
    with pytest.raises(jsonschema.ValidationError, match="authors"):
        jsonschema.Draft7Validator(schema).validate(cff)


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


def with_article(root: Path, article: str) -> Work:
    """The paper with another `[article]` in its paper.toml."""
    for name in ("paper.qmd", "pyproject.toml"):
        shutil.copy(paths.ROOT / name, root / name)
    (root / "paper.toml").write_text(f"[article]\n{article}", encoding="utf-8")
    return read_work(root)


def test_an_article_that_states_more_is_cited_by_all_it_states(tmp_path: Path):
    work = with_article(
        tmp_path,
        'title = "A"\nauthors = ["Ida Sample", "Muhammad Rikzam Kamal"]\njournal = "J"\nyear = 2020\n'
        'volume = "9"\nissue = "3"\npages = "1–14"\ndoi = "10.1/x"\n',
    )
    cited = metadata.citation_cff(work)["preferred-citation"]
    assert cited["authors"][0] == {"given-names": "Ida", "family-names": "Sample"}
    assert cited["authors"][1]["affiliation"] == work.authors[0].affiliation.line
    stated = {
        "journal": "J",
        "year": 2020,
        "volume": "9",
        "issue": "3",
        "start": "1",
        "end": "14",
        "doi": "10.1/x",
    }
    assert cited == {"type": "article", "title": "A", "authors": cited["authors"], **stated}
    assert metadata.zenodo(work)["references"] == [
        "Ida Sample, Muhammad Rikzam Kamal. A. J, 9(3), 1–14. 2020. https://doi.org/10.1/x"
    ]
    assert metadata.codemeta(work)["referencePublication"]["isPartOf"] == {"@type": "Periodical", "name": "J"}


@pytest.mark.parametrize(
    ("article", "told"),
    [
        ('title = "A"', "The article's text states neither journal nor year of publication."),
        ('title = "A"\nyear = 2020', "The article's text states no journal."),
        ('title = "A"\njournal = "J"', "The article's text states no year of publication."),
    ],
)
def test_what_the_article_does_not_state_is_said(tmp_path: Path, article: str, told: str):
    work = with_article(tmp_path, article)
    assert metadata.citation_cff(work)["preferred-citation"]["notes"] == told
    assert metadata.zenodo(work)["references"][0].endswith(told)


def test_a_paper_that_examines_no_article_cites_none(tmp_path: Path):
    work = with_article(tmp_path, "")
    assert "preferred-citation" not in metadata.citation_cff(work)
    assert "referencePublication" not in metadata.codemeta(work)
    assert "references" not in metadata.zenodo(work)
    assert work.credit.endswith(f"{work.authors[-1].name}. {work.title}.")


def test_no_file_that_states_authors_has_an_e_mail_address():
    for name in (*GENERATED, "paper.qmd", "paper.toml", "pyproject.toml", "data/datapackage.json"):
        text = (paths.ROOT / name).read_text(encoding="utf-8")
        assert [] == re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", text), name


@pytest.mark.parametrize(
    ("file", "before", "after", "changed"),
    [
        ("paper.qmd", "Muhammad Rikzam Kamal", "Muhammad Rikzam", GENERATED),
        ("paper.qmd", "UMKM kreatif]", "UMKM]", GENERATED),
        ("pyproject.toml", 'version = "1.0.0"', 'version = "1.0.1"', GENERATED),
        ("paper.toml", "Peran Live Streaming", "Peran", GENERATED),
    ],
)
def test_a_changed_source_shows_in_every_file(
    tmp_path: Path, file: str, before: str, after: str, changed: tuple[str, ...]
):
    for name in ("paper.qmd", "paper.toml", "pyproject.toml", *GENERATED):
        shutil.copy(paths.ROOT / name, tmp_path / name)
    assert [] == metadata.stale(tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after), encoding="utf-8")
    assert list(changed) == metadata.stale(tmp_path)


def test_licences_that_disagree_are_refused(tmp_path: Path):
    for name in ("paper.qmd", "paper.toml", "pyproject.toml"):
        text = (paths.ROOT / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace('license: "CC BY"', 'license: "CC0"'), encoding="utf-8")
    with pytest.raises(InputError, match=r"license = 'MIT AND CC0-1\.0'"):
        read_work(tmp_path)


def test_other_licences_than_this_papers_are_told_as_they_are_stated(tmp_path: Path):
    for name in ("paper.qmd", "paper.toml", "pyproject.toml"):
        text = (
            (paths.ROOT / name).read_text(encoding="utf-8").replace('license: "CC BY"', 'license: "CC BY-SA"')
        )
        text = text.replace("MIT AND CC-BY-4.0", "Apache-2.0 AND CC-BY-SA-4.0")
        (tmp_path / name).write_text(text, encoding="utf-8")
    work = read_work(tmp_path)
    assert ("Apache-2.0", "CC-BY-SA-4.0") == (work.code_licence, work.text_licence)
    code = metadata.codemeta(work)
    assert "https://spdx.org/licenses/Apache-2.0" == code["license"]
    assert "https://creativecommons.org/licenses/by-sa/4.0/" == code["supportingData"]["license"]


def test_the_readme_states_title_authors_affiliation_and_article(work: Work):
    readme = re.sub(r"\s+", " ", (paths.ROOT / "README.md").read_text(encoding="utf-8"))
    places = [readme.find(part) for part in metadata.author_block(work)]
    assert -1 not in places, dict(zip(metadata.author_block(work), places, strict=True))
    assert sorted(places) == places


def test_an_author_of_one_name_is_a_group(work: Work):
    """As a project is: CITATION.cff has an entity, CodeMeta an organisation, Zenodo the name without a comma."""
    group = replace(
        work, authors=(Author("Proyek Rekaan", "", "Proyek Rekaan", work.authors[0].affiliation),)
    )
    assert "Proyek Rekaan" == metadata.citation_cff(group)["authors"][0]["name"]
    assert {"@type": "Organization", "name": "Proyek Rekaan"} == metadata.codemeta(group)["author"][0]
    assert "Proyek Rekaan" == metadata.zenodo(group)["creators"][0]["name"]
