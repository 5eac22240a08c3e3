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


def test_the_rank_in_the_world_is_transcribed_as_two_countries_give_none(numbers):
    # "terbesar kedua di dunia": introduction, paragraph 2
    rank = numbers["context.rank.indonesia"]
    assert (rank.kind, rank.value) == ("transcribed", Interval.point(2))


def test_gaps_to_the_neighbours(numbers):
    # 97 % and 88 %, whole percents: introduction, paragraph 1; 17.503 and 8.503 are known to a whole point
    assert write(numbers["context.gap.malaysia"]) == "18"
    assert write(numbers["context.gap.thailand"]) == "9"


def test_people_offline_are_the_rest_of_the_population(numbers):
    # 278.7 less 221.56 million: no finer than the population is printed
    assert numbers["context.offline.indonesia"].value == Interval.point("57.14")
    assert write(numbers["context.offline.indonesia"]) == "57,1\u00a0juta"
