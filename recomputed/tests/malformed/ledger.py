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
    begins = "the beginning of the ids of numbers of cases (north, river, hill)"
    for file, row, cells, column, told in (
        ("published.csv", 2, {"number": "counts.stals"}, "number", "the id of a number, found 'counts.stals' (did"),
        ("published.csv", 2, {"unit": "person"}, "unit", "'stall', the unit of counts.stalls, found 'person'"),
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
        ("comparisons.csv", 2, {"expression": "growth.rise.valley > 0"}, "expression", "the id of a number, found"),
        ("comparisons.csv", 2, {"expression": "growth.rise.hill"}, "expression", "a statement over numbers, found"),
        ("comparisons.csv", 2, {"expected": "disagrees"}, "reason", "a reason why it is expected to disagree"),
        ("comparisons.csv", 2, {"id": "abstract.stalls"}, "id", "an id that"),
        ("relations.csv", 3, {"x": "stalls.weeks"}, "x", begins),
        ("relations.csv", 3, {"y": "nothing"}, "y", begins),
        ("relations.csv", 3, {"via": "nothing"}, "via", begins),
        ("relations.csv", 3, {"id": "abstract.stalls"}, "id", "an id that"),
        ("source_tokens.csv", 2, {"claim": ""}, "claim", "either a claim or the reason why it is no quantity, found n"),
        ("source_tokens.csv", 2, {"reason": "idiom"}, "claim", "either a claim or the reason why it is no quantity"),
        ("stalls.csv", 5, {"hedge": "about"}, "low", "a figure, hedge and granularity that fit: hedge 'about' needs"),
        ("stalls.csv", 5, {"granularity": "1"}, "low", "a figure, hedge and granularity that fit: hedge 'exact' takes"),
        ("stalls.csv", 9, {"low": "41"}, "low", "'40', as in row 8 that this row repeats, found '41'"),
        ("growth.csv", 2, {"hedge": "about", "granularity": ""}, "index", "a figure, hedge and granularity that fit"),
    ):  # fmt: skip
        message = f"data/{file}, row {row}, column {column}: expected {told}"
        yield Case(f"{file} {cells}"[:90], loading(edit(file, row, **cells), read), message)
    lost = (
        "data/published.csv, row 30, column number: expected the id of a number, found 'stalls.hours.north'"
    )
    yield Case("a row of another name", loading(edit("stalls.csv", 16, id="seen.north"), read), lost)
