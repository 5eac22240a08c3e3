"""A small change to the records, the ledger or the text is noticed, and what is told names it."""

import shutil
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import PaperError
from recomputed.guards.all_guards import looks, text_for_guards
from recomputed.guards.exchange import NOTICED, exchanges, replacements
from recomputed.judgement import Edition, prepare, recompute
from recomputed.ledger.attested import unattested
from recomputed.ledger.examination import examine
from recomputed.manuscript import source
from recomputed.tables.load import load

PAPER = paths.PAPER.read_text(encoding="utf-8")
TEXT = [
    ("All in all ", "All in all 19 of ", "»19« of"),
    ("Males are larger than", "Males are smaller than", "'smaller than"),
    ("is [the largest]", "is [the smallest]", "'smallest'"),
    (
        "# Limits {#sec",
        '# Limits of `{python} name["Adelie"]` {#sec',
        "Adelie is named where nothing tells it from",
    ),
    (" (@fig-bills)", "", "fig-bills: a figure or table that the text never refers to"),
    (
        '`{python} n["line.intercept"]` g',
        "a negative mass",
        "line.intercept: a number that the paper does not show",
    ),
]
"""Changes of the text, each with what is told of it."""


def told_of_data(data: Path) -> str:
    """What is told of the data and the ledger, the text apart."""
    try:
        tables = load(data)
        examination = examine(tables)
    except PaperError as error:
        return str(error)
    unexpected = [outcome.id for outcome in examination.outcomes if not outcome.is_expected]
    return "\n".join([*unexpected, *map(str, unattested(tables, examination.numbers))])


def told_of_text(qmd: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What is told of this manuscript, executed on the paper's data."""
    monkeypatch.setattr(source, "read_manuscript", lambda _: source.parse_manuscript(qmd))
    edition = Edition(paths.ROOT, paths.DATA, draws=False)
    try:
        executed, judge = recompute(edition, prepare)
        return "\n".join(judge(executed).failures)
    except PaperError as error:
        return str(error)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def test_the_data_as_they_are_have_nothing_to_tell() -> None:
    assert told_of_data(paths.DATA) == ""


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("penguins.csv", ",46.1,13.2,211,4500,", ",46.1,13.2,211,9500,", "readme.mean.mass.Gentoo"),
        (
            "penguins.csv",
            ",46.1,13.2,211,4500,",
            ",46.1,13.2,-211,4500,",
            "row 154, column flipper_length_mm",
        ),
        ("penguins.csv", "153,Gentoo,Biscoe", "153,Gento,Biscoe", "row 154, column species"),
        ("penguins.csv", "153,Gentoo,Biscoe", "153,Adelie,Biscoe", "readme.count.Adelie"),
        ("published.csv", "manual.format,344 rows,344", "manual.format,344 rows,345", "manual.rows"),
        ("published.csv", "pca.correlations,0.871,0.871", "pca.correlations,0.871,0.872", "pca.flipper.mass"),
        ("published.csv", "python.table,168,168", "python.table,168,169", "stated.csv, row 2, column low"),
        ("stated.csv", "Chinstrap,168", "Chinstrap,186", "column low"),
        ("comparisons.csv", "< min(excess.mass", "> min(excess.mass", "article.mass"),
    ],
)
def test_a_change_of_the_data_is_noticed(file: str, old: str, new: str, told: str, tmp_path: Path) -> None:
    data = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    (data / file).write_text(changed((data / file).read_text(encoding="utf-8"), old, new), encoding="utf-8")
    assert told in told_of_data(data)


def test_each_change_of_the_text_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    qmd = PAPER
    for old, new, _ in TEXT:
        qmd = changed(qmd, old, new)
    told = told_of_text(qmd, monkeypatch)
    assert [expected for _, _, expected in TEXT if expected not in told] == []


def test_a_number_that_there_is_not_is_told_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    qmd = changed(PAPER, 'n["line.slope"]', 'n["line.slop"]')
    assert "did you mean line.slope" in told_of_text(qmd, monkeypatch)


def test_no_number_stands_in_the_place_of_another_of_its_unit_unnoticed() -> None:
    edition = Edition(paths.ROOT, paths.DATA, draws=False)
    executed, judge = recompute(edition, prepare)
    examination = judge(executed).examination
    assert examination is not None
    text = text_for_guards(executed, examination)
    look = looks(examination, "paper.qmd")
    found = [*exchanges(text, examination.numbers, look), *replacements(text, examination.numbers, look)]
    assert len(found) > 900
    assert [] == [one for one in found if one.outcome != NOTICED]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('n["means.mass.Chinstrap"]` g on', 'n["means.mass.Gentoo"]` g on', "means.mass.Gentoo is of Gentoo"),
        ('n["difference.mass"]` g', 'n["difference.mass"]` mm', "in the unit gram, stands before »mm«"),
        ('n["line.slope"]` g', 'n["line.error"]` g', "line.error without the words that tell line.error"),
    ],
)  # fmt: skip
def test_a_right_number_in_a_wrong_place_is_told(
    old: str, new: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told in told_of_text(changed(PAPER, old, new), monkeypatch)
