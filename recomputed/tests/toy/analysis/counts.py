"""How many stalls, wishes and steps there are, and when the signs were painted."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Tables, count, transcribe_cell


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The number of stalls and of the items of each list; each part of each date."""
    yield count(
        "counts.stalls", tables["cases"].rows, "case", unit="stall", words="stalls listed", subject=""
    )
    yield count(
        "counts.signs", tables["signs"].rows, "case", unit="item", words="lines on the signs", subject=""
    )
    for name in sorted(set(tables["items"].column("list"))):
        rows = tables["items"].where(list=name)
        yield count(f"counts.{name}", rows, "position", unit="item", words=f"{name} listed", subject="")
    units = {"year": "year", "month": "month-of-year", "day": "day-of-month"}
    for row in tables["events"].rows:
        for part, unit in units.items():
            if row[part]:
                yield transcribe_cell(f"events.{row.key}.{part}", row, part, unit=unit)
