"""What the files of metadata say, made from the paper, `paper.toml` and `pyproject.toml`."""

import json
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

GENERATED = ("CITATION.cff", "codemeta.json", ".zenodo.json")


@pytest.fixture(scope="module")
def work() -> Work:
    return read_work()


@pytest.fixture
def cff() -> dict[str, Any]:
    return yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))


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


def with_article(root: Path, article: str) -> Work:
    """The paper with another `[article]` in its paper.toml."""
    for name in ("paper.qmd", "pyproject.toml"):
        shutil.copy(paths.ROOT / name, root / name)
    (root / "paper.toml").write_text(f"[article]\n{article}", encoding="utf-8")
    return read_work(root)


def test_an_article_that_states_more_is_cited_by_all_it_states(tmp_path: Path):
    work = with_article(
        tmp_path,
        'title = "A"\nauthors = ["Ida Sample", "Ben Placeholder"]\njournal = "J"\nyear = 2020\n'
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
        "Ida Sample, Ben Placeholder. A. J, 9(3), 1–14. 2020. https://doi.org/10.1/x"
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


@pytest.mark.parametrize(
    ("file", "before", "after", "changed"),
    [
        ("paper.qmd", "Ben Placeholder", "Ben Holder", GENERATED),
        ("paper.qmd", "tea, stalls]", "tea]", GENERATED),
        ("pyproject.toml", 'version = "1.0.0"', 'version = "1.0.1"', GENERATED),
        ("paper.toml", "The Tea Stall Survey", "A Survey", GENERATED),
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


def test_other_licences_than_the_usual_are_told_as_they_are_stated(tmp_path: Path):
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


def test_an_author_of_one_name_is_a_group(work: Work):
    """As a project is: CITATION.cff has an entity, CodeMeta an organisation, Zenodo the name without a comma."""
    group = replace(
        work, authors=(Author("Made-up Project", "", "Made-up Project", work.authors[0].affiliation),)
    )
    assert "Made-up Project" == metadata.citation_cff(group)["authors"][0]["name"]
    assert {"@type": "Organization", "name": "Made-up Project"} == metadata.codemeta(group)["author"][0]
    assert "Made-up Project" == metadata.zenodo(group)["creators"][0]["name"]


def test_the_repository_is_named_where_there_is_one(tmp_path: Path, work: Work):
    assert "repository-code" not in metadata.citation_cff(work)
    assert "codeRepository" not in metadata.codemeta(work)
    (tmp_path / "paper").mkdir()
    told = with_article(tmp_path / "paper", '[paper]\nrepository = "https://example.org/owner/name"\n')
    assert metadata.citation_cff(told)["repository-code"] == "https://example.org/owner/name"
    assert metadata.codemeta(told)["codeRepository"] == "https://example.org/owner/name"


@pytest.mark.parametrize(
    "address", ["example.org/x", "http://example.org/x", "https://example.org/x/", "javascript:1"]
)
def test_a_repository_without_an_address_is_refused(tmp_path: Path, address: str):
    with pytest.raises(InputError, match=r"paper\.toml, paper\.repository: expected an address"):
        with_article(tmp_path, f'[paper]\nrepository = "{address}"\n')
