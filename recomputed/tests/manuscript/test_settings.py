"""Settings merge as Quarto merges them."""

from pathlib import Path
from typing import Any

import pytest

from recomputed import paths
from recomputed.editions import output_of
from recomputed.faults import InputError
from recomputed.manuscript.settings import (
    document_metadata,
    execute_defaults,
    merge,
    project_settings,
    require_settings,
)
from recomputed.manuscript.source import parse_manuscript, read_manuscript


def test_mappings_merge_lists_join_and_the_rest_is_replaced() -> None:
    base = {"a": {"b": 1, "c": 2}, "list": [1, 2], "lang": "en"}
    over = {"a": {"c": 3}, "list": [2, 3], "lang": "id"}
    assert merge(base, over) == {"a": {"b": 1, "c": 3}, "list": [1, 2, 3], "lang": "id"}


def test_a_profile_goes_over_the_project(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("lang: id\nproject:\n  type: manuscript\n")
    (tmp_path / "_quarto-blind.yml").write_text("lang: en\n")
    assert project_settings(tmp_path)["lang"] == "id"
    assert project_settings(tmp_path, "blind") == {"lang": "en", "project": {"type": "manuscript"}}


def test_metadata_leaves_the_structure_out_and_the_front_matter_wins() -> None:
    settings = {"project": {}, "format": {}, "lang": "en", "csl": "x.csl"}
    assert document_metadata(settings, {"lang": "id", "jupyter": "python3"}) == {"lang": "id", "csl": "x.csl"}


def test_execute_options_are_taken_from_both_places() -> None:
    assert execute_defaults({"echo": True}, {"execute": {"error": True, "cache": False}}) == {
        "echo": True,
        "error": True,
    }


def test_bad_yaml_is_a_fault_on_its_line(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("a: 1\nb: c: d\n")
    with pytest.raises(InputError, match=r"_quarto\.yml, row 2: expected YAML, found mapping values"):
        project_settings(tmp_path)


def test_a_profile_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("a: 1\n")
    with pytest.raises(InputError, match=r"_quarto-blind\.yml"):
        project_settings(tmp_path, "blind")


NEEDED = "title: T\ndate: 2025-06-30"


def required(root: Path, front: str, profile: str | None = None) -> list[tuple[str, int | None, str]]:
    """What `require_settings` finds in a project of `root` with this front matter."""
    try:
        require_settings(root, profile, parse_manuscript(f"---\n{front}\n---\n\nTeks.\n"))
    except InputError as error:
        return [(fault.file, fault.row, fault.found) for fault in error.faults]
    return []


def test_the_papers_own_settings_are_honoured_by_both_engines() -> None:
    manuscript = read_manuscript(paths.PAPER)
    for profile in (None, "blind"):
        require_settings(paths.ROOT, profile, manuscript)


def test_every_fault_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("lang: id\ntoc: true\n")
    (tmp_path / "_quarto-blind.yml").write_text("# the blind edition\nfilter: []\n")
    assert [
        ("_quarto.yml", 2, "'toc'; under `format:` and the name of one it is that format's"),
        ("_quarto-blind.yml", 2, "'filter' (did you mean 'filters'?)"),
        ("paper.qmd", 3, "date: now"),
    ] == required(tmp_path, "title: T\ndate: now", "blind")


def test_a_file_that_is_named_is_there_and_needs_no_network(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("csl: own.csl\n")
    (tmp_path / "own.csl").write_text('<style><link rel="independent-parent" href="http://x"/></style>')
    (tmp_path / "cut.csl").write_text("<style")
    (tmp_path / "page.csl").write_text("<html/>")
    (tmp_path / "a.bib").write_text("")
    (tmp_path / "folder.bib").mkdir()
    assert [
        ("_quarto.yml", 1, "own.csl, which names another style on a network"),
        ("paper.qmd", 4, "b.bib: no such file (did you mean 'a.bib'?)"),
        ("paper.qmd", 4, "folder.bib: a directory"),
    ] == required(tmp_path, f"{NEEDED}\nbibliography: [/a.bib, b.bib, folder.bib]")
    for name, found in (("cut", "unclosed token"), ("page", "whose outermost element is html")):
        assert found in required(tmp_path, f"{NEEDED}\ncsl: {name}.csl")[1][2]


def test_what_every_paper_has_is_missed(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("lang: id\n")
    with pytest.raises(InputError, match=r"paper\.qmd, row 1: expected `title:` .*\n.* expected `date:`"):
        require_settings(tmp_path, None, parse_manuscript("Teks.\n"))


def test_an_affiliation_that_nobody_gives_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("affiliations: [{id: satu, name: A}]\n")
    author = "author:\n  - name: B\n    affiliations:\n      - ref: satu\n      - ref: sato"
    assert [("paper.qmd", 8, "sato (did you mean 'satu'?)")] == required(tmp_path, f"{NEEDED}\n{author}")


def test_a_bibliography_needs_a_style_that_both_engines_use(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("lang: id\n")
    (tmp_path / "a.bib").write_text("")
    assert [("_quarto.yml", None, "none")] == required(tmp_path, f"{NEEDED}\nbibliography: a.bib")


def test_settings_in_the_text_are_refused_by_their_line(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("lang: id\n")
    assert [("paper.qmd", 8, "lang: en")] == required(tmp_path, f"{NEEDED}\n---\n\nTeks.\n\n---\nlang: en")
    rules = "Teks.\n\n---\n\nTeks: satu.\n\n---\n\n```yaml\n---\na: 1\n---\n```\n\n---\n\nAkhir"
    assert [] == required(tmp_path, f"{NEEDED}\n---\n\n{rules}")


@pytest.mark.parametrize(
    ("given", "files"),
    [("a.bib", ["a.bib"]), ("/a.bib", ["a.bib"]), (["a.bib", "b/c.bib"], ["a.bib", "b/c.bib"])],
)
def test_files_are_named_from_the_projects_root(given: Any, files: list[str]) -> None:
    assert {"bibliography": files} == document_metadata({}, {"bibliography": given})
    assert {"csl": "b/c.csl"} == document_metadata({"csl": "/b/c.csl"}, {})


@pytest.mark.parametrize(
    ("content", "found"), [(b"lang: \xe9\n", "byte 0xe9"), (b"lang: id\0\n", "byte 0x00")]
)
def test_settings_in_another_encoding_are_told(content: bytes, found: str, tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_bytes(content)
    with pytest.raises(
        InputError, match=rf"_quarto\.yml, row 1, column \d: expected UTF-8 text, found {found}"
    ):
        project_settings(tmp_path)


def test_plain_quarto_puts_each_edition_where_render_does() -> None:
    for profile in (None, "blind", "de"):
        assert project_settings(paths.ROOT, profile)["project"]["output-dir"] == output_of(profile).name
