"""Malformed claims: each row is a row of its table, and yet says what cannot be."""

from collections.abc import Iterator
from pathlib import Path

from malformed.case import Case, edit, loading
from recomputed.ledger.read import load_ledger
from recomputed.study import study
from recomputed.tables.load import load


def read(data: Path) -> object:
    tables = load(data)
    return load_ledger(tables, study().compute(tables))


def ledger_cases() -> Iterator[Case]:
    hedge = "a hedge that fits the figure"
    for file, row, cells, column, told in (
        ("published.csv", 2, {"number": "counts.casses"}, "number", "the id of a number, found 'counts.casses' (did"),
        ("published.csv", 2, {"unit": "person"}, "unit", "'case', the unit of counts.cases, found 'person'"),
        ("published.csv", 2, {"low": ""}, "hedge", "an empty cell, as low is empty, found 'exact'"),
        ("published.csv", 2, {"hedge": ""}, "hedge", "a hedge, found an empty cell"),
        ("published.csv", 2, {"hedge": "about"}, "hedge", f"{hedge}, found hedge 'about' needs a granularity"),
        ("published.csv", 2, {"granularity": "1"}, "hedge", f"{hedge}, found hedge 'exact' takes no granularity"),
        ("published.csv", 2, {"high": "5", "hedge": "up-to"}, "hedge", f"{hedge}, found hedge 'up-to' takes a single"),
        ("published.csv", 2, {"expected": "disagrees"}, "reason", "a reason why it is expected to disagree, found an"),
        ("published.csv", 2, {"formula": "1 +"}, "formula", "an expression over claims, found"),
        ("published.csv", 2, {"formula": "nowhere"}, "formula", "the id of a claim that states a figure, found"),
        ("published.csv", 2, {"formula": "__import__('os')"}, "formula", "an expression over claims, found"),
        ("published.csv", 2, {"formula": "(" * 500}, "formula", "an expression over claims, found"),
        ("comparisons.csv", 2, {"expression": "1 <"}, "expression", "a statement over numbers, found"),
        ("comparisons.csv", 2, {"expression": "1 < 2 <"}, "expression", "a statement over numbers, found"),
        ("comparisons.csv", 2, {"expression": "1 == 2"}, "expression", "a statement over numbers, found"),
        ("comparisons.csv", 2, {"expression": "1 / 0 ; 3"}, "expression", "a statement over numbers, found"),
        ("comparisons.csv", 2, {"expression": "turnover.uplift.K9 > 0"}, "expression", "the id of a number, found"),
        ("comparisons.csv", 2, {"expression": "turnover.uplift.K1"}, "expression", "a statement over numbers, found"),
        ("comparisons.csv", 2, {"expected": "disagrees"}, "reason", "a reason why it is expected to disagree"),
        ("comparisons.csv", 2, {"id": "abstract.id.cases"}, "id", "an id that"),
        ("relations.csv", 3, {"x": "schedule.weeks"}, "x", "the beginning of the ids of numbers of cases (K1, K2, K3)"),
        ("relations.csv", 3, {"y": "nothing"}, "y", "the beginning of the ids of numbers of cases (K1, K2, K3)"),
        ("relations.csv", 3, {"via": "nothing"}, "via", "the beginning of the ids of numbers of cases (K1, K2, K3)"),
        ("relations.csv", 3, {"id": "abstract.id.cases"}, "id", "an id that"),
        ("source_tokens.csv", 2, {"claim": ""}, "claim", "either a claim or the reason why it is no quantity, found n"),
        ("source_tokens.csv", 2, {"reason": "idiom"}, "claim", "either a claim or the reason why it is no quantity"),
        ("people.csv", 2, {"hedge": "about"}, "low", "a figure, hedge and granularity that fit: hedge 'about' needs"),
        ("people.csv", 2, {"granularity": "1"}, "low", "a figure, hedge and granularity that fit: hedge 'exact' takes"),
        ("people.csv", 3, {"low": "13"}, "low", "'12', as in row 2 that this row repeats, found '13'"),
        ("turnover.csv", 2, {"hedge": "about", "granularity": ""}, "index", "a figure, hedge and granularity that fit"),
    ):  # fmt: skip
        message = f"data/{file}, row {row}, column {column}: expected {told}"
        yield Case(f"{file} {cells}"[:90], loading(edit(file, row, **cells), read), message)
    lost = (
        "data/published.csv, row 84, column number: expected the id of a number, found 'audience.viewers.K1'"
    )
    yield Case("a row of another name", loading(edit("audience.csv", 2, id="seen.K1"), read), lost)
