"""How numbers are written in Indonesian and in English."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from unittest import mock

import pytest

from recomputed.language import wording
from recomputed.language.wording import forms, round_half_up, write, write_end, write_ordinal, write_words
from recomputed.paper_toml import settings_from
from recomputed.quantity.intervals import Interval


@pytest.mark.parametrize(
    ("id_", "indonesian", "english"),
    [
        ("turnover.uplift.K1", "25%", "25%"),
        ("context.penetration.indonesia", "79,5%", "79.5%"),
        ("context.users.indonesia", "221,56\u00a0juta", "221.56\u00a0million"),
        ("sessions.conversion.K1", "4–14%", "4–14%"),
        ("sessions.revenue.K1", "Rp\u00a01\u00a0miliar", "Rp\u00a01\u00a0billion"),
        ("schedule.prime", "19.00–21.00", "19:00–21:00"),
        ("profile.founded.K1", "2020", "2020"),
        ("events.interviews.K1.month", "Mei", "May"),
    ],
)
def test_numbers_in_digits(numbers, id_, indonesian, english):
    assert write(numbers[id_], "id") == indonesian
    assert write(numbers[id_], "en") == english


def test_how_a_unit_is_written_is_for_the_paper_to_say(numbers):
    units = {
        "crown": {"prefix": {"id": "K ", "en": "Kr "}, "suffix": ",-", "scaled": True},
        "box": {"suffix": " pcs"},
    }
    told = settings_from({"paper": {"languages": ["id", "en"]}, "units": units})
    number = replace(
        numbers["counts.cases"], value=Interval.closed(2_500_000, 3_000_000), unit="crown", digits=-5
    )
    with mock.patch.object(wording, "paper_settings", return_value=told):
        assert write(number, "id") == "K 2,5–3,0\u00a0juta,-"
        assert write(number, "en") == "Kr 2.5–3.0\u00a0million,-"
        assert write(replace(number, value=Interval.point(12), digits=0), "en") == "Kr 12,-"
        assert write(replace(number, value=Interval.point(12), unit="box", digits=0), "en") == "12 pcs"
        assert (
            write(replace(number, value=Interval.point(2_000_000), unit="rupiah", digits=0), "en")
            == "2,000,000"
        )


def test_numbers_in_words_and_as_ordinals(numbers):
    assert write_words(numbers["counts.cases"], "id") == "tiga"
    assert write_words(numbers["counts.cases"], "en") == "three"
    assert write_ordinal(numbers["context.rank.indonesia"], "id") == "kedua"
    assert write_ordinal(numbers["context.rank.indonesia"], "en") == "second"


def test_a_range_has_no_words(numbers):
    with pytest.raises(ValueError, match="not one whole number"):
        write_words(numbers["sessions.units.K1"])


def test_an_end_alone(numbers):
    assert write_end(numbers["audience.viewers.K1"], "low") == "150"
    with pytest.raises(ValueError, match="low and high, not 'middle'"):
        write_end(numbers["audience.viewers.K1"], "middle")


def test_an_unknown_locale_is_refused(numbers):
    with pytest.raises(ValueError, match="no locale 'fr'"):
        write(numbers["turnover.uplift.K1"], "fr")


def test_thousands_are_grouped_and_minus_is_a_minus(numbers):
    number = replace(numbers["counts.cases"], value=Interval.point(-12345))
    assert write(number, "id") == "−12.345"
    assert write(number, "en") == "−12,345"


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(2), 1, "2.0"),
        (Fraction(1250), -2, "1300"),
    ],
)
def test_halves_round_away_from_zero(value, digits, expected):
    assert str(round_half_up(value, digits)) == str(Decimal(expected))


def test_forms_list_every_way_to_write_a_number(numbers):
    assert forms(numbers["counts.cases"], "id") == {
        "text": "3", "bare": "3", "low": "3", "high": "3", "words": "tiga", "ordinal": "ketiga",
    }  # fmt: skip
