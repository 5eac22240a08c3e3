"""No case is named, in either edition, where the name of another would go unnoticed."""

from itertools import product

import pytest

from recomputed import paths
from recomputed.editions import manuscript_of, profiles, taking
from recomputed.guards.told import read_told
from recomputed.paper_language import stated_language
from synthetic.variants import change, examined, guard_here

SWAPPED = {
    "paper.qmd": [
        ('sedangkan `{python} name["K3"]` mengutamakan', 'sedangkan `{python} name["K2"]` mengutamakan'),
        ('milik `{python} name["K2"]` (', 'milik `{python} name["K3"]` ('),
        ('`{python} name["K3"]` menjual kebaya', '`{python} name["K1"]` menjual kebaya'),
    ],
    "paper.en.qmd": [
        ('whereas `{python} name["K3"]` sets', 'whereas `{python} name["K2"]` sets'),
        ('as that of `{python} name["K2"]` (', 'as that of `{python} name["K3"]` ('),
        ('`{python} name["K3"]` sells *kebaya', '`{python} name["K1"]` sells *kebaya'),
    ],
}


def test_each_language_has_words_that_tell_each_case() -> None:
    examination = examined()
    cases = list(examination.tables.cases)
    rows = {(row.numbers, row.lang) for row in read_told([*examination.numbers, *cases])}
    languages = [stated_language(manuscript=manuscript_of(profile)) for profile in profiles()]
    assert {*product(cases, languages)} <= rows


@pytest.mark.parametrize("profile", profiles())
def test_the_name_of_another_case_is_told(profile: str | None) -> None:
    name = manuscript_of(profile)
    qmd = (paths.ROOT / name).read_text(encoding="utf-8")
    for old, new in SWAPPED[name]:
        qmd = change(qmd, old, new)
    with taking(profile, stated_language(manuscript=name)):
        told = "\n".join(guard_here(qmd).failures)
    cases = [new.split('"')[1] for _, new in SWAPPED[name]]
    assert [] == [case for case in cases if f"{case} is named where nothing tells it" not in told]
    assert told.count("is named where nothing tells it") == len(cases)
