"""No two numbers of one unit can be exchanged in the paper without `check` telling."""

from recomputed.guards.all_guards import looks, text_for_guards
from recomputed.guards.exchange import UNNOTICED, exchanges
from recomputed.judgement import Executed, Verdict


def test_no_exchange_of_two_numbers_of_one_unit_goes_unnoticed(
    judged_paper: tuple[Executed, Verdict],
) -> None:
    executed, verdict = judged_paper
    examination = verdict.examination
    assert examination is not None
    text = text_for_guards(executed, examination)
    found = list(exchanges(text, examination.numbers, looks(examination, executed.manuscript.name)))
    assert len(found) > 500  # each pair of one unit that the text states
    assert [] == [one for one in found if one.outcome == UNNOTICED]
