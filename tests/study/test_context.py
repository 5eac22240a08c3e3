"""Internet and TikTok use, against the article's introduction."""

from decimal import Decimal

from recomputed.language.wording import round_half_up, write
from recomputed.quantity.intervals import Interval


def test_penetration_is_the_published_share_after_rounding(numbers):
    # 79.5 % from 221.56 of 278.7 million: introduction, paragraph 1
    share = numbers["context.penetration.indonesia"].value.value
    assert round_half_up(share, 1) == Decimal("79.5")
    assert share == Interval.point("221.56").value / Interval.point("278.7").value * 100


def test_the_reported_penetration_is_transcribed_apart(numbers):
    reported = numbers["context.penetration.indonesia.reported"]
    assert (reported.kind, write(reported)) == ("transcribed", "79,5%")


def test_tiktok_users_are_four_fifths_of_those_in_the_united_states(numbers):
    # 107.7 and 135.79 million: introduction, paragraph 2
    ratio = numbers["context.tiktok.ratio"].value.value
    assert ratio == Interval.point("107.7").value / Interval.point("135.79").value * 100
    assert write(numbers["context.tiktok.ratio"]) == "79,3%"


def test_indonesia_is_second_of_the_two_countries(numbers):
    # "terbesar kedua": introduction, paragraph 2
    assert numbers["context.rank.indonesia"].value == Interval.point(2)


def test_gaps_to_the_neighbours(numbers):
    # 97 % and 88 %: introduction, paragraph 1
    assert write(numbers["context.gap.malaysia"]) == "17,5"
    assert write(numbers["context.gap.thailand"]) == "8,5"


def test_people_offline_are_the_rest_of_the_population(numbers):
    assert numbers["context.offline.indonesia"].value == Interval.point("57.14")
