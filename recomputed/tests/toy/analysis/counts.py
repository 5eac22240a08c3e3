"""How many stalls there are."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Tables, count


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The number of stalls."""
    yield count(
        "counts.stalls", tables["cases"].rows, "case", unit="stall", words="stalls listed", subject=""
    )
