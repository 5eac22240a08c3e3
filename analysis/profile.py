"""When each business was founded, joined TikTok and first went live, and how long before the interviews."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Reported, Table, Tables, derive, transcribe, transcribe_cell
from recomputed.quantity.arithmetic import difference

PARTS = {"year": "year", "month": "month-of-year", "day": "day-of-month"}


def dated(events: Table, key: str, part: str) -> Number:
    """The year, month or day of an event, as every place reports it."""
    again = events.where(repeats=key)
    return transcribe_cell(
        f"events.{key}.{part}", events.row(key), part, unit=PARTS[part], again=again, made=True
    )


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported years and dates; years from founding to live, of live until a dated interview."""
    events = tables["events"]
    dates = [dated(events, row.key, part) for row in events.where(repeats="") for part in PARTS if row[part]]
    yield from dates
    interviewed = {number.id: number for number in dates}
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
        if interview := interviewed.get(f"events.interviews.{case}.year"):
            yield derive(
                f"profile.experience.{case}",
                difference,
                interview,
                live,
                unit="year-of-duration",
                words="tahun wawancara dikurangi tahun mulai siaran",
            )
