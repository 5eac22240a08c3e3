"""How numbers are written, in digits and in words, in each language."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from unittest import mock

import pytest

from recomputed.language import wording
from recomputed.language.wording import forms, round_half_up, write, write_end, write_ordinal, write_words
from recomputed.paper_toml import settings_from
from recomputed.quantity.intervals import Interval
from synthetic.quantities import made


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (made(25, unit="percent-change"), "25%", "25%"),
        (made("79.5", unit="percent-share", digits=1), "79,5%", "79.5%"),
        (made(4, 14, unit="percent-share"), "4–14%", "4–14%"),
        (made(10**9, unit="crown"), "cr\u00a01\u00a0miliar", "cr\u00a01\u00a0billion"),
        (
            made("221560000", unit="crown", digits=-4),
            "cr\u00a0221,56\u00a0juta",
            "cr\u00a0221.56\u00a0million",
        ),
        (made(19, 21, unit="clock"), "19.00–21.00", "19:00–21:00"),
        (made(2020, unit="year"), "2020", "2020"),
        (made(5, unit="month-of-year"), "Mei", "May"),
    ],
)
def test_numbers_in_digits(number, indonesian, english):
    assert write(number, "id") == indonesian
    assert write(number, "en") == english


def test_a_number_of_any_length_is_written_whole():
    assert write(made("9" * 30 + ".5", digits=1), "de") == ".".join(["999"] * 10) + ",5"


def test_how_a_unit_is_written_is_for_the_paper_to_say():
    units = {
        "crown": {"prefix": {"id": "K ", "en": "Kr "}, "suffix": ",-", "scaled": True},
        "box": {"suffix": " pcs"},
    }
    told = settings_from({"paper": {"languages": ["id", "en"]}, "units": units})
    number = made(2_500_000, 3_000_000, unit="crown", digits=-5)
    with mock.patch.object(wording, "paper_settings", return_value=told):
        assert write(number, "id") == "K 2,5–3,0\u00a0juta,-"
        assert write(number, "en") == "Kr 2.5–3.0\u00a0million,-"
        assert write(replace(number, value=Interval.point(12), digits=0), "en") == "Kr 12,-"
        assert write(replace(number, value=Interval.point(12), unit="box", digits=0), "en") == "12 pcs"
        assert (
            write(replace(number, value=Interval.point(2_000_000), unit="guinea", digits=0), "en")
            == "2,000,000"
        )


def test_numbers_in_words_and_as_ordinals():
    assert write_words(made(3), "id") == "tiga"
    assert write_words(made(3), "en") == "three"
    assert write_ordinal(made(2), "id") == "kedua"
    assert write_ordinal(made(2), "en") == "second"


def test_a_range_has_no_words():
    with pytest.raises(ValueError, match="not one whole number"):
        write_words(made(12, 21))


def test_an_end_alone():
    assert write_end(made(150, 300), "low") == "150"
    with pytest.raises(ValueError, match="low and high, not 'middle'"):
        write_end(made(150, 300), "middle")


def test_an_unknown_locale_is_refused():
    with pytest.raises(ValueError, match="no locale 'fr'"):
        write(made(25), "fr")


def test_thousands_are_grouped_and_minus_is_a_minus():
    number = made(-12345)
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


def test_forms_list_every_way_to_write_a_number():
    assert forms(made(3), "id") == {
        "text": "3", "bare": "3", "low": "3", "high": "3", "words": "tiga", "ordinal": "ketiga",
    }  # fmt: skip
