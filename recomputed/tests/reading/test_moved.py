"""`docs/numbers.md` records each value: on the same data no number may have another."""

from dataclasses import replace
from fractions import Fraction

from recomputed.quantity.intervals import Interval
from recomputed.reading import provenance
from synthetic.variants import examined


def test_a_value_that_is_not_the_recorded_one_is_named_with_what_makes_it():
    numbers = dict(examined().numbers)
    rise = numbers["growth.rise.north"]
    numbers[rise.id] = replace(rise, value=Interval.point(21))
    (fault,) = map(str, provenance.moved(numbers))
    assert (
        "expected growth.rise.north as docs/numbers.md records it of the same data, 20%, found 21%, " in fault
    )
    assert f"by analysis/growth.py, line {rise.formula.line}; if that is meant, record it: python -m" in fault


def test_a_value_that_prints_the_same_and_is_another_is_named():
    numbers = dict(examined().numbers)
    rise = numbers["growth.rise.north"]
    numbers[rise.id] = replace(rise, value=Interval.point(Fraction("20.01")))
    (fault,) = map(str, provenance.moved(numbers))
    assert "20%, found 20%, of another value before rounding, by analysis/growth.py" in fault


def test_nothing_is_moved_where_code_is_as_it_was_nor_on_other_data(tmp_path):
    numbers = dict(examined().numbers)
    assert not list(provenance.moved(numbers))
    other = tmp_path / "numbers.md"
    recorded = provenance.FILE.read_text(encoding="utf-8").replace(provenance.data_hash(), "0" * 64)
    other.write_text(recorded.replace("| 20% |", "| 19% |"), encoding="utf-8")
    assert not list(provenance.moved(numbers, other))
    other.write_text(
        recorded.replace("| 20% |", "| 19% |").replace("0" * 64, provenance.data_hash()), encoding="utf-8"
    )
    assert [fault.file for fault in provenance.moved(numbers, other)] == ["docs/numbers.md"]
    assert not list(provenance.moved(numbers, tmp_path / "none.md"))
