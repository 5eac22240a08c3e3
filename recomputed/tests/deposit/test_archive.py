"""What is in a deposit and who accepts it, on a small synthetic one; the real one is in test_deposit.py."""

import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import bagit
import pytest
import requests
import rocrate
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester

from recomputed.deposit import archive, meca, verify
from recomputed.deposit.credits import read_work
from recomputed.faults import CheckFailed, InputError
from recomputed.judgement import Edition, Verdict
from recomputed.typeset.build import Built, Order
from recomputed.typeset.engines import Engine
from synthetic import deposits

ROOT = "toy-stalls-1.0.0"
CONTEXT = "https://w3id.org/ro/crate/1.2/context"
LINK = "{http://www.w3.org/1999/xlink}href"
ITEM = "{https://manuscriptexchange.org/schema/manifest}item"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic deposit, unpacked."""
    where = tmp_path_factory.mktemp("deposit")
    (where / "deposit.zip").write_bytes(deposits.whole())
    with zipfile.ZipFile(where / "deposit.zip") as zipped:
        zipped.extractall(where)
    return where / ROOT


@pytest.fixture(scope="module")
def crate(folder: Path) -> dict[str, dict[str, Any]]:
    graph = json.loads((folder / "data" / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    return {entity["@id"]: entity for entity in graph}


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The JSON-LD context from the package `rocrate`, which has the next version's; any other address fails."""
    context = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()

    def get(self: HttpRequester, url: str, **options: object) -> requests.Response:
        assert url == CONTEXT, "validating a crate must not ask the network"
        response = requests.Response()
        response.status_code, response.url, response._content = 200, url, context
        response.headers["Content-Type"] = "application/ld+json"
        return response

    monkeypatch.setattr(HttpRequester, "get", get, raising=False)
    yield
    HttpRequester.reset()


def issues(crate: Path, cache: Path) -> list[str]:
    """What the RO-Crate validator finds wrong with what the specification requires."""
    settings = services.ValidationSettings(
        rocrate_uri=str(crate),
        profile_identifier="ro-crate-1.2",
        requirement_severity=models.Severity.REQUIRED,
        offline=True,
        cache_path=cache,
    )
    return [str(issue.message) for issue in services.validate(settings).get_issues()]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the validator's own
def test_the_crate_is_valid(folder: Path, tmp_path: Path, offline: None):
    assert [] == issues(folder / "data", tmp_path / "cache")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the validator's own
def test_the_validator_sees_a_crate_without_a_date(
    tmp_path: Path, offline: None, crate: dict[str, dict[str, Any]]
):
    graph = [crate["ro-crate-metadata.json"], {"@id": "./", "@type": "Dataset", "name": "synthetic"}]
    content = {"@context": CONTEXT, "@graph": graph}
    (tmp_path / "ro-crate-metadata.json").write_text(json.dumps(content), encoding="utf-8")
    assert any("datePublished" in issue for issue in issues(tmp_path, tmp_path / "cache"))


def test_the_bag_is_valid_and_one_with_a_changed_byte_is_not(folder: Path, tmp_path: Path):
    assert bagit.Bag(str(folder)).validate()
    copy = tmp_path / "bag"
    shutil.copytree(folder, copy)
    (copy / "data" / "paper.qmd").write_bytes(b"!" + (copy / "data" / "paper.qmd").read_bytes()[1:])
    with pytest.raises(bagit.BagValidationError, match=r"paper\.qmd sha\d+ validation failed"):
        bagit.Bag(str(copy)).validate()


def test_the_crate_names_authors_article_date_and_licences(crate: dict[str, dict[str, Any]]):
    root, work = crate["./"], read_work()
    authors = [crate[one["@id"]]["name"] for one in root["author"]]
    assert [author.name for author in work.authors] == authors
    assert (work.title, work.version, deposits.DATE) == (root["name"], root["version"], root["datePublished"])
    assert {"MIT", "CC-BY-4.0"} == {crate[one["@id"]]["name"] for one in root["license"]}
    manuscript = crate[root["mainEntity"]["@id"]]
    assert work.article.title == crate[manuscript["isBasedOn"][0]["@id"]]["name"]
    article = crate["#published-article"]
    assert ("2020", "1", "1–3") == tuple(
        str(article[key]) for key in ("datePublished", "volumeNumber", "pagination")
    )


def test_the_crate_says_of_each_format_what_made_it_from_what(crate: dict[str, dict[str, Any]]):
    actions = [entity for entity in crate.values() if entity["@type"] == "CreateAction"]
    results = {entity["@id"]: action for action in actions for entity in listed(action["result"])}
    formats = {"index.html": "pandoc", "paper.pdf": "typst", "paper.docx": "pandoc", "paper.xml": "pandoc"}
    for file, program in formats.items():
        action = results[f"_manuscript/{file}"]
        assert any(program in one["@id"] for one in listed(action["instrument"]))
        assert {"@id": "_manuscript/paper.ipynb"} in listed(action["object"])
    execution = results["_manuscript/paper.ipynb"]
    assert {"@id": "paper.qmd"} in listed(execution["object"])
    assert {"@id": "data/growth.csv"} in listed(execution["object"])
    assert all(crate[one["@id"]]["version"] for one in listed(execution["instrument"]))
    assert not any(name.lower().endswith("time") for action in actions for name in action)


def test_the_crate_describes_the_dataset_with_its_tables(crate: dict[str, dict[str, Any]]):
    tables = [one["@id"] for one in crate["data/"]["hasPart"]]
    assert ["data/cases.csv", "data/datapackage.json", "data/growth.csv", "data/stalls.csv"] == tables
    assert crate["data/cases.csv"]["name"] == "The three stalls, by code"  # its title in datapackage.json


def test_who_unpacks_it_reads_first_what_it_is_and_where_everything_lies(folder: Path):
    text, work = (folder / "README.txt").read_text(encoding="utf-8"), read_work()
    for part in (
        work.title,
        work.article.title,
        work.version,
        *(author.name for author in work.authors),
        "python3 verify.py",
    ):
        assert part in text
    for name in re.findall(r"^(data/[\w./-]+[\w])  ", text, re.MULTILINE):
        assert name in {"data/README.md", "data/REPRODUCIBILITY.md"} or (folder / name).exists()


def test_nothing_in_the_deposit_is_an_e_mail_address(folder: Path):
    for name in ("bag-info.txt", "data/ro-crate-metadata.json", "data/deposit.json"):
        assert not re.search(r"[\w.+-]+@[\w-]+\.\w+", (folder / name).read_text(encoding="utf-8"))


def test_the_journals_package_lists_each_of_its_files_once_by_kind(folder: Path):
    with zipfile.ZipFile(folder / "data" / "journal" / "paper-meca.zip") as package:
        manifest = ElementTree.fromstring(package.read("manifest.xml"))
        items = [(item.get("item-type"), item[0].get(LINK), item[0].get("media-type")) for item in manifest]
        assert sorted({"manifest.xml", *package.namelist()}) == package.namelist()
        files = [name for _, name, _ in items if name != "source"]
        assert sorted([*files, "manifest.xml"]) == package.namelist()
        assert package.read("source/paper.qmd") == (folder / "data" / "paper.qmd").read_bytes()
    assert ITEM == manifest[0].tag
    assert ("article-metadata", "paper.xml", "application/xml") == items[0]
    assert ("manuscript", "paper.pdf", "application/pdf") in items
    assert ("manuscript-supporting-file", "figures/synthetic.svg", "image/svg+xml") in items
    assert ("article-source", "source/paper.qmd", "text/markdown") in items
    assert ("article-source-environment", "source/requirements.lock", "text/plain") in items
    assert ("article-source-directory", "source", "application/x-directory") == items[-1]


def test_a_manifest_keeps_hostile_names_as_text():
    name = """figures/"<&>'.svg"""
    item = ElementTree.fromstring(meca.manifest([("manuscript-supporting-file", name)]).encode())[0]
    assert name == item[0].get(LINK)


def test_the_same_parts_give_the_same_bytes():
    assert deposits.make() == deposits.make()


@pytest.mark.parametrize("name", ["numbers.json", "paper.xml", "index.html", "paper.pdf", "paper.docx"])
def test_a_build_that_lacks_a_file_is_refused(name: str):
    with pytest.raises(CheckFailed, match=f"a deposit needs _manuscript/{name}, and the build has none"):
        deposits.make(change_outputs=lambda outputs: outputs.pop(name))


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    """A finished synthetic build, in a project of the synthetic sources."""
    sources, outputs = deposits.parts()
    for name, body in [*sources.items(), *((f"_manuscript/{name}", body) for name, body in outputs.items())]:
        (tmp_path / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "project" / name).write_bytes(body)
    built_reading(monkeypatch, {"file:paper.qmd": "a", "file:none.txt": "none", "variable:UNSET": "none"})
    monkeypatch.setattr(archive, "stale", lambda root: [])
    monkeypatch.setattr(archive, "read_sources", lambda root: deposits.sources_of(sources))
    root = tmp_path / "project"
    engine = Engine("pandoc", "", lambda *_: None)
    return Order(Edition(root, root / "data"), engine, ("html",), root / "_manuscript", root / ".cache")


def built_reading(monkeypatch: pytest.MonkeyPatch, reads: dict[str, str]) -> None:
    built = Built(Verdict({}, (), ()), ("html",), "pandoc", unchanged=True, reads=reads)
    monkeypatch.setattr(archive, "build", lambda *_: built)


@pytest.mark.parametrize(
    ("read", "told"),
    [
        ("file:notes/kept-apart.txt", r"notes/kept-apart\.txt is read by the build and is not in the commit"),
        (
            "variable:SCALE",
            "the environment variable SCALE is set and read by a cell, and no deposit holds it",
        ),
    ],
)
def test_what_the_build_read_and_no_deposit_would_hold_is_refused(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: str, told: str
):
    built_reading(monkeypatch, {"file:paper.qmd": "a", read: "b"})
    with pytest.raises(CheckFailed, match=told):
        make(order, tmp_path)
    assert not list(tmp_path.glob("*.zip"))


def test_the_crate_names_what_the_execution_read(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def inputs() -> list[str]:
        with zipfile.ZipFile(make(order, tmp_path)) as zipped:
            graph = json.loads(zipped.read(f"{ROOT}/data/ro-crate-metadata.json"))["@graph"]
        execution = next(one for one in graph if one.get("name") == "Execute the manuscript and check it")
        return [one["@id"] for one in listed(execution["object"])]

    assert "pyproject.toml" not in inputs()
    built_reading(monkeypatch, {"file:pyproject.toml": "a"})
    assert "pyproject.toml" in inputs()


def make(order: Order, out: Path) -> Path:
    return archive.archive(order, lambda _: lambda _: None, out)


def test_a_finished_build_is_archived_under_its_name_and_version(order: Order, tmp_path: Path):
    target = make(order, tmp_path / "new" / "dist")
    assert target == tmp_path / "new" / "dist" / "toy-stalls-1.0.0.zip"
    assert deposits.whole() == target.read_bytes()
    assert verify.verify(str(target))
    assert [target] == list(target.parent.iterdir())


def test_metadata_that_disagree_with_the_paper_are_refused(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(archive, "stale", lambda root: ["CITATION.cff"])
    with pytest.raises(CheckFailed, match=r"not current: CITATION\.cff"):
        make(order, tmp_path)
    assert [] == list(tmp_path.glob("*.zip"))


def test_what_the_system_leaves_in_a_folder_is_not_archived(order: Order, tmp_path: Path):
    (order.out / ".DS_Store").write_bytes(b"where windows were")
    assert deposits.whole() == make(order, tmp_path).read_bytes()


def test_what_an_interrupted_run_left_is_cleared_and_what_is_not_its_own_stays(order: Order, tmp_path: Path):
    (tmp_path / ".toy-stalls-1.0.0.zip.new-xyz").write_bytes(b"half")
    (tmp_path / "toy-stalls-0.9.zip").write_bytes(b"earlier")
    make(order, tmp_path)
    assert not list(tmp_path.glob(".toy*"))
    assert b"earlier" == (tmp_path / "toy-stalls-0.9.zip").read_bytes()


def test_a_write_that_fails_leaves_the_earlier_deposit_and_says_why(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = make(order, tmp_path)
    before = target.read_bytes()
    monkeypatch.setattr(
        os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(
        InputError, match="expected a file that can be written, found No space left on device"
    ):
        make(order, tmp_path)
    assert before == target.read_bytes()
    assert not list(tmp_path.glob(".toy*"))


def test_a_file_where_the_folder_should_be_is_refused(order: Order, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="expected a file that can be written"):
        make(order, tmp_path / "file" / "dist")


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
