"""What is reported of each stall: hosts, guests, cups sold, income; sums and ratios of these."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Reported, Tables, derive, transcribe, transcribe_cell
from recomputed.quantity.arithmetic import difference, share, total


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported quantities; all hosts; cups sold in percent of guests; what is only stated."""
    reported = Reported(transcribe(tables["stalls"]))
    yield from reported.values()
    yield derive(
        "stalls.hosts.all",
        total,
        *(reported[f"stalls.hosts.{case}"] for case in tables.cases),
        unit="person",
        words="the hosts of all stalls",
    )
    for case in tables.cases:
        yield derive(
            f"stalls.conversion.{case}",
            share,
            reported[f"stalls.sold.{case}"],
            reported[f"stalls.guests.{case}"],
            unit="percent-ratio",
            words="cups sold in a day over guests in a day",
            digits=0,
            quantity="conversion",
        )
    yield derive(
        "stalls.ahead",
        difference,
        reported["stalls.opened.river"],
        reported["stalls.opened.north"],
        unit="year-of-duration",
        words="from the first stall's opening to the second's",
    )
    for row in tables["stated"].rows:
        yield transcribe_cell(f"stated.{row.key}", row, "low", unit=row["unit"])
