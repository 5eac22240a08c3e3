"""What is there: penguins, species, islands, variables, years, and what is missing."""

from collections.abc import Iterator, Sequence

from analysis.measures import COLUMNS
from recomputed import Number, Numbers, Rows, Tables, Values, measure, transcribe_cell
from recomputed.quantity.summaries import largest, number_of, smallest


def distinct(texts: Sequence[str]) -> int:
    """How many different texts there are."""
    return len(set(texts))


def variables(rows: Rows) -> int:
    """How many variables a record has, the number of the record left out, which this paper added."""
    return len(rows.table.columns) - 1


def missing_cells(rows: Rows) -> int:
    """How many cells have no value."""
    return sum(sum(rows.absent(name) or ()) for name in rows.table.columns)


def complete(*columns: Values | Sequence[str]) -> int:
    """How many rows are left where those with an empty cell in one of the columns are not counted."""
    return len(columns[0])


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """Penguins in all, by species and by completeness; species, islands, variables, empty cells; first and last year;
    what the documentation states against these."""
    penguins = tables["penguins"]
    yield measure("counts.penguins", number_of, penguins, unit="record", words="records")
    yield measure("counts.species", distinct, penguins, "species", unit="species", words="different species")
    yield measure("counts.islands", distinct, penguins, "island", unit="island", words="different islands")
    yield measure("counts.variables", variables, penguins, unit="variable", words="variables of a record")
    yield measure("counts.missing", missing_cells, penguins, unit="cell", words="cells without a value")
    for name, columns in {
        "complete": penguins.columns,
        "measured": COLUMNS.values(),
        "sexed": ("sex",),
    }.items():
        yield measure(
            f"counts.{name}", complete, penguins, *columns, unit="record", words="records with a value", missing="skip"
        )  # fmt: skip
    for case in tables.cases:
        rows = penguins.where(species=case)
        yield measure(
            f"counts.penguins.{case}",
            number_of,
            rows,
            unit="record",
            words="records of the species",
            subject=case,
        )
        yield measure(
            f"counts.measured.{case}",
            complete,
            rows,
            *COLUMNS.values(),
            unit="record",
            words="measured penguins of the species",
            missing="skip",
            subject=case,
        )
    for row in tables["stated"].rows:
        yield transcribe_cell(f"stated.{row.key}", row, "low", unit=row["unit"])
    yield measure("years.first", smallest, penguins, "year", unit="year", words="the first year")
    yield measure("years.last", largest, penguins, "year", unit="year", words="the last year")
