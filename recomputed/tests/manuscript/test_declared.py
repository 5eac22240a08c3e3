"""A figure and a table are known by the name of the function that declares them, each name once."""

from types import ModuleType

import pytest

from recomputed import figure, table
from recomputed.faults import InputError
from recomputed.manuscript.figures import Figure
from recomputed.paper_toml import settings_from
from recomputed.study import _named, study

HEIGHTS = "@figure\ndef all_heights(numbers, cases):\n    return []\n"
SIZES = "@table\ndef all_sizes(paper):\n    return ''\n"


def module(name: str, source: str) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(figure=figure, table=table)
    exec(compile(source, f"{name}.py", "exec"), vars(made))
    return made


def test_underscores_become_hyphens() -> None:
    made = module("figures", HEIGHTS + SIZES)
    assert (made.all_heights.name, made.all_sizes.name) == ("all-heights", "all-sizes")


@pytest.mark.parametrize(("source", "name"), [(HEIGHTS, "all_heights"), (SIZES, "all_sizes")])
def test_the_second_of_a_name_in_a_module_does_not_silently_replace_the_first(source: str, name: str) -> None:
    with pytest.raises(InputError) as told:
        module("analysis", source * 2)
    line = source.count("\n") + 1
    assert str(told.value) == f"analysis.py, row {line}: expected one function called '{name}', found two"


def test_a_package_that_is_not_there_is_told_by_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("", "os", "../x", "nowhere"):
        monkeypatch.setattr(
            "recomputed.study.paper_settings", lambda name=name: settings_from({"paper": {"analysis": name}})
        )
        with pytest.raises(
            InputError, match=r"^paper\.toml, paper\.analysis: expected the name of a package"
        ):
            study.__wrapped__()


def test_subjects_that_are_no_modules_with_numbers_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for subjects, told in (
        (5, "the modules that compute, .* found 5"),
        (("growth",), "`numbers`, found 'growth'"),
    ):
        monkeypatch.setattr("analysis.SUBJECTS", subjects)
        with pytest.raises(InputError, match=rf"^analysis/__init__\.py: expected SUBJECTS.*{told}$"):
            study.__wrapped__()


def test_one_name_in_two_modules_is_told_with_both_places() -> None:
    with pytest.raises(InputError) as told:
        _named([module("one", HEIGHTS), module("other", f"\n{HEIGHTS}")], Figure)
    assert str(told.value) == (
        "other.py, row 2: expected one figure called 'all-heights', found one here and in one.py, line 1"
    )
