"""`paper.toml` is read by its documented keys, and each fault names the key, what was expected and what was found."""

import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.paper_toml import PaperSettings, read_settings, settings_from


def faults(given) -> list[str]:
    with pytest.raises(InputError) as raised:
        settings_from(given)
    return [str(fault) for fault in raised.value.faults]


def assumed(**more):
    """An assumption with all that it must have."""
    return {"id": "A1", "says": "x", "reason": "y", "otherwise": "z", **more}


def test_an_empty_file_is_a_paper_in_english_with_the_defaults():
    assert settings_from({}) == PaperSettings()
    assert PaperSettings().paper.languages == ("en",)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"papr": {}}, "paper.toml: expected one of the keys paper, article,"),
        ({"papr": {}}, "found 'papr' (did you mean 'paper'?)"),
        (
            {"paper": {"langs": []}},
            (
                "paper.toml, paper: expected one of the keys analysis, anonymise, languages, repository, case, "
                "names-public"
            ),
        ),
        ({"paper": 3}, "paper.toml, paper: expected a table, found 3"),
        ({"paper": {"languages": "en"}}, "paper.toml, paper.languages: expected a list, found 'en'"),
        (
            {"paper": {"languages": ["xx"]}},
            "paper.toml, paper.languages: expected some of de, en, id, found xx",
        ),
        (
            {"paper": {"languages": []}},
            "paper.toml, paper.languages: expected some of de, en, id, found none",
        ),
        ({"paper": {"languages": [1]}}, "paper.toml, paper.languages[1]: expected a text, found 1"),
        ({"article": {"year": "2020"}}, "paper.toml, article.year: expected a whole number, found '2020'"),
        ({"article": {"year": True}}, "paper.toml, article.year: expected a whole number, found True"),
        (
            {"rows": {"a": {"en": "x", "fr": "y"}}},
            "paper.toml, rows.a: expected one of the keys de, en, id, found",
        ),
        (
            {"rows": {"a": {"de": "x"}}},
            "paper.toml, rows.a.en: expected a text in 'en', a language of the paper, found nothing",
        ),
        ({"rows": {"a": 3}}, "paper.toml, rows.a: expected a text, or one for each language, found 3"),
        ({"rows": {"a": {"en": 3}}}, "paper.toml, rows.a.en: expected a text, found 3"),
        ({"units": {"kg": {"sufix": "x"}}}, "found 'sufix' (did you mean 'suffix'?)"),
        ({"limits": [{"quantity": "a"}]}, "paper.toml, limits[1].above: expected a number, found nothing"),
        ({"limits": {}}, "paper.toml, limits: expected a list, found {}"),
        ({"assumptions": [{"id": "A1", "sais": "x"}]}, "found 'sais' (did you mean 'says'?)"),
        ({"assumptions": [{"id": "A1"}]}, "paper.toml, assumptions[1].says: expected a text"),
        ({"assumptions": [assumed(id="B1")]}, "assumptions[1].id: expected A and a number that no other"),
        ({"assumptions": [assumed(), assumed()]}, "assumptions[2].id: expected A and a number that no other"),
        ({"assumptions": [assumed(value="5")]}, "assumptions[1].value: expected a value with either"),
        ({"assumptions": [assumed(cells=["a:*:b"])]}, "assumptions[1].value: expected a value with either"),
        (
            {"assumptions": [assumed(value="5", cells=["a:b"])]},
            "assumptions[1].cells: expected cells as TABLE:ROW:COLUMN, found 'a:b'",
        ),
        (
            {"assumptions": [assumed(value="5", setting="limits[1].above")]},
            "a setting that holds the value, '5', found 'limits[1].above', which holds no figure",
        ),
        (
            {"assumptions": [assumed(alternatives=["5"])]},
            "assumptions[1].alternatives: expected a value, to have others, found '5'",
        ),
        (
            {"assumptions": [assumed(value="5", cells=["a:*:b"], alternatives=["2", "5"])]},
            "assumptions[1].alternatives: expected other values than the value, each once, found '5'",
        ),
        (
            {
                "success": {"above": 4},
                "assumptions": [assumed(value="4", setting="success.above", alternatives=["x"])],
            },
            "assumptions[1].alternatives: expected figures above 0, as a setting has, found 'x'",
        ),
        (
            {"success": {"above": 4}, "assumptions": [assumed(value="5", setting="success.above")]},
            "found 'success.above', which holds 4",
        ),
        ({"success": {"above": "0"}}, "paper.toml, success.above: expected a number, found '0'"),
        (
            {"findings": {"mean.asumption": "x"}},
            "a key of the engine's, found 'mean.asumption' (did you mean 'mean.as",
        ),
        (
            {"findings": {"mean.message": {"en": "{wat}"}}},
            "none but the places here, there, what, where, found {wat}",
        ),
        (
            {"findings": {"mean.message": {"en": "{what"}}},
            "findings.mean.message.en: expected a sentence with its",
        ),
        ({"checklist": {"ethic": {}}}, "found 'ethic' (did you mean 'ethics'?)"),
        (
            {"checklist": {"ethics": {"says": ["a", 2]}}},
            "paper.toml, checklist.ethics.says[2]: expected a text, found 2",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_key(given, told):
    assert told in "\n".join(faults(given))


def test_all_faults_are_told_together():
    assert len(faults({"papr": {}, "article": {"titel": ""}, "rows": 1})) == 3


def test_a_limit_s_own_sentence_may_use_only_what_it_is_told():
    limit = {
        "quantity": "a",
        "unit": "b",
        "over": "c",
        "above": 1,
        "reason": "d",
        "message": {"en": "{ratoi}"},
    }
    (fault,) = faults({"limits": [limit]})
    assert fault.startswith("paper.toml, limits[1].message.en: expected none but the places case, first,")
    assert fault.endswith("found {ratoi} (did you mean 'ratio'?)")


def test_what_is_no_toml_is_told_with_its_line(tmp_path):
    (tmp_path / paths.SETTINGS_FILE).write_text("[paper]\nanalysis =\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"paper.toml: expected TOML, found .*line 2"):
        read_settings(tmp_path)
