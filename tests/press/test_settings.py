"""Settings merge as Quarto merges them."""

from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.manuscript.settings import document_metadata, execute_defaults, merge, project_settings


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
