"""When each business was founded, joined TikTok and first went live, and how long before the interviews."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Reported, Tables, derive, transcribe, transcribe_cell
from recomputed.quantity.arithmetic import difference

PARTS = {"year": "year", "month": "month-of-year", "day": "day-of-month"}


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported years and dates; years from founding to live, and of live until the interviews."""
    dates = Reported(())
    events = tables["events"].rows
    for row in events:
        if row["repeats"]:
            continue
        again = [other for other in events if other["repeats"] == row.key]
        for column, unit in PARTS.items():
            if row[column]:
                number = transcribe_cell(
                    f"events.{row.key}.{column}", row, column, unit=unit, again=again, made=True
                )
                dates[number.id] = number
    yield from dates.values()
    reported = Reported(transcribe(tables["profile"]))
    yield from reported.values()
    for case in tables["cases"].column("case"):
        founded, live = reported[f"profile.founded.{case}"], reported[f"profile.live.{case}"]
        yield derive(
            f"profile.wait.{case}",
            difference,
            live,
            founded,
            unit="year-of-duration",
            words="tahun mulai siaran dikurangi tahun berdiri",
        )
        yield derive(
            f"profile.experience.{case}",
            difference,
            dates["events.interviews.year"],
            live,
            unit="year-of-duration",
            words="tahun wawancara dikurangi tahun mulai siaran",
        )
