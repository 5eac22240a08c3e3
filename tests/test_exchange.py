"""No number can stand where another of its unit does, in either edition, without `check` telling."""

import pytest

from recomputed.editions import profiles
from recomputed.guards.all_guards import looks, text_for_guards
from recomputed.guards.exchange import EQUIVALENT, UNNOTICED, exchanges, replacements
from synthetic.variants import examined, execute_edition

ALIKE = {
    ("events.interviews.K2.month", "events.interviews.K1.month"),
    ("sessions.response.K1", "sessions.response.K2"),
    ("people.employee.K2.profile", "people.employee.K2"),
    ("schedule.sessions.K3", "schedule.sessions.K2"),
}
"""Print the same in their places, in the same words: whoever reads the text cannot tell that they are exchanged."""


@pytest.mark.parametrize("profile", profiles())
def test_no_number_stands_in_the_place_of_another_of_its_unit_unnoticed(profile: str | None) -> None:
    with execute_edition(profile) as executed:
        examination = examined()
        text, look = text_for_guards(executed, examination), looks(examination, executed.manuscript.name)
        pairs = list(exchanges(text, examination.numbers, look))
        places = list(replacements(text, examination.numbers, look))
    assert len(pairs) > 500  # each pair of one unit that the text states
    assert len(places) > 2000  # each number that the text states, with each of its unit
    assert [] == [one for one in (*pairs, *places) if one.outcome == UNNOTICED]
    assert {(one.first, one.second) for one in (*pairs, *places) if one.outcome == EQUIVALENT} <= ALIKE
