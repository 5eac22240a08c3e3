"""Live schedule: days, sessions and hours a week, and the length of prime time."""

from collections.abc import Iterator

from recomputed import Interval, Number, Numbers, Reported, Tables, count, derive, transcribe
from recomputed.quantity.arithmetic import length, product

DAYS_A_WEEK = 7


def days_live(pause: Interval) -> Interval:
    """Days a week with live sessions: a week less the days of pause."""
    return DAYS_A_WEEK - pause


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported schedule; days, sessions and hours a week by case; slots a day; length of prime time."""
    reported = Reported(transcribe(tables["schedule"]))
    yield from reported.values()
    for case in dict.fromkeys(tables["schedule"].column("case")):
        if not case:  # prime time is of no case
            continue
        days = derive(
            f"schedule.days.{case}",
            days_live,
            reported[f"schedule.pause.{case}"],
            unit="day-per-week",
            words="hari dalam seminggu dikurangi hari tanpa siaran",
        )
        weekly = derive(
            f"schedule.weekly.{case}",
            product,
            reported[f"schedule.sessions.{case}"],
            days,
            unit="session-per-week",
            words="sesi per hari dikalikan hari siaran per minggu",
        )
        yield from (days, weekly)
        duration = reported.get(f"schedule.duration.{case}")
        if duration is not None:
            yield derive(
                f"schedule.hours.{case}",
                product,
                weekly,
                duration,
                unit="hour-per-week",
                words="sesi per minggu dikalikan lama satu sesi",
            )
        if slots := tables["slots"].where(case=case):
            yield count(
                f"schedule.slots.{case}",
                slots,
                "slot",
                unit="session-per-day",
                words="banyaknya waktu siaran yang disebut",
            )
    for name in ("prime", "prime.advised"):
        yield derive(
            f"schedule.{name}.length",
            length,
            reported[f"schedule.{name}"],
            unit="hour",
            words="akhir waktu utama dikurangi awalnya",
        )
