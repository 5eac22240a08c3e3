"""The converter in its own process draws what the one in this process draws."""

import json

import pytest

from recomputed.manuscript import converter
from recomputed.manuscript.converter import Converter
from recomputed.manuscript.figure_files import SUFFIXES, draw, is_current, save

CHART = json.dumps({"data": {"values": [{"x": 1}]}, "mark": "point", "encoding": {"x": {"field": "x"}}})


@pytest.fixture
def process():
    process = Converter()
    yield process
    process.close()


def test_it_draws_the_same_files(process):
    drawn = process.draw(CHART)
    assert drawn == draw(CHART)
    assert set(drawn) < set(SUFFIXES)


def test_one_that_has_ended_is_done_without(process):
    process.close()
    assert process.draw(CHART) == draw(CHART)


def test_an_error_is_raised_here(process):
    with pytest.raises(ValueError, match="conversion failed"):
        process.draw('{"mark": 1}')


def test_it_ends_with_its_input(process):
    process.close()
    assert process._process.returncode == 0


def test_a_folder_is_current_until_a_file_of_it_is_not(tmp_path):
    assert not is_current(tmp_path)
    save(tmp_path, "a", "key", lambda width: CHART)
    assert is_current(tmp_path)
    (tmp_path / "a.svg").unlink()
    assert not is_current(tmp_path)


def test_the_chart_that_it_starts_with_can_be_drawn():
    assert b"<svg" in draw(converter.EMPTY_CHART)[".svg"]
