"""The data dictionary is current and says what the schema says."""

import json

import pytest

from recomputed.faults import CheckFailed
from recomputed.paths import DATA
from recomputed.reading import dictionary
from recomputed.streams import told


def test_the_dictionary_in_the_data_s_readme_is_the_one_that_the_schema_gives():
    assert dictionary.README.read_text(encoding="utf-8") == dictionary.current_readme()


def test_every_file_of_the_data_is_described():
    described = {
        resource["path"] for resource in json.loads((DATA / "datapackage.json").read_text())["resources"]
    }
    assert {path.name for path in DATA.glob("*.csv")} == described


def test_a_column_is_told_with_type_role_meaning_and_what_is_allowed():
    field = {"name": "low", "type": "number", "role": "value", "description": "lower end",
             "constraints": {"required": True, "minimum": 0}}  # fmt: skip
    package = {
        "resources": [
            {"path": "x.csv", "title": "Synthetic", "schema": {"fields": [field], "primaryKey": "low"}}
        ],
        "units": {"person": {"title": "person", "minimum": 0, "integer": True}},
    }
    text = dictionary.write_dictionary(package)
    assert "| `low` | number | value | lower end | required; at least 0 |" in text
    assert "| `person` | person | 0 |  | yes |" in text


def test_a_readme_without_its_mark_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(dictionary, "README", tmp_path / "README.md")
    dictionary.README.write_text("# Data\n", encoding="utf-8")
    with pytest.raises(CheckFailed, match="has lost the line"):
        dictionary.current_readme()


def test_a_readme_without_its_mark_is_told_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(dictionary, "MARK", "<!-- no such mark -->\n")
    assert 1 == told(dictionary.write)
    assert capsys.readouterr().err.count("\n") == 1
