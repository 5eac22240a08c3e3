"""What each figure shows, as plain records computed from the numbers; `figures` draws them.

Apart from the drawing, so that whether a figure is current is known without loading what draws it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Number, Numbers
from recomputed.language.wording import write

Record = dict[str, Any]

AUDIENCE = {
    "audience.viewers.K1": "K1 penonton, waktu utama",
    "audience.active.K1": "K1 penonton aktif, tabel",
    "audience.comments.K1": "K1 komentar, wawancara",
    "audience.viewers.K2": "K2 penonton, waktu utama",
    "audience.viewers.K3.hour1": "K3 penonton, jam awal",
    "audience.viewers.K3.hour1.mean": "K3 rata-rata, jam awal",
    "audience.viewers.K3.hour2": "K3 penonton, jam berikutnya",
    "audience.viewers.K3.mean": "K3 rata-rata, sesi penuh",
}
CONVERSION = {
    "sessions.conversion.K1.reported": "seperti terbit",
    "sessions.conversion.K1": "semua pasangan",
    "sessions.conversion.K1.paired": "ujung berpasangan",
    "sessions.conversion.K1.fewest": "penonton paling sedikit saja",
}


def uplift(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The rise in turnover of each case (percent), with the interval that its hedge stands for."""
    return [_record(case, numbers[f"turnover.uplift.{case}"]) for case in cases]


def audience(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """Viewers and comments of each case (a session), one for each place of the article that reports them."""
    return [_record(label, numbers[id_]) | {"kind": _kind(id_)} for id_, label in AUDIENCE.items()]


def conversion(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The conversion rate (percent) as published, and the ranges that units and viewers allow."""
    return [
        _record(label, numbers[id_]) | {"kind": "terbit" if id_.endswith("reported") else "dihitung"}
        for id_, label in CONVERSION.items()
    ]


def start(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The year of the first live session and the rise in turnover (percent) of each case."""
    years = {case: int(numbers[f"profile.live.{case}"].value.value) for case in cases}
    rises = zip(cases, uplift(numbers, cases), strict=True)
    return [record | {"year": years[case]} for case, record in rises]


RECORDS: dict[str, Callable[[Numbers, Sequence[str]], list[Record]]] = {
    "uplift": uplift,
    "audience": audience,
    "conversion": conversion,
    "start": start,
}
"""Each figure's name, which is its file's name and its label's (`fig-uplift`), and what computes its records."""


def _record(name: str, number: Number) -> Record:
    """One mark: nominal ends and, for a single figure, the interval that it stands for."""
    label = write(number)
    shown = number.value if not number.value.is_point else number.stands_for
    return {
        "name": name,
        "value": _float(number.value, "high"),
        "low": _float(shown, "low"),
        "high": _float(shown, "high"),
        "label": label,
        "both": f"{name}: {label}",
    }


def _float(interval: Interval, end: str) -> float:
    """An end as a binary float, for drawing only."""
    value = getattr(interval, end)
    if value is None:
        raise ValueError(f"{interval} cannot be drawn: it has no {end} end")
    return float(value)


def _kind(id_: str) -> str:
    if ".comments." in id_:
        return "komentar"
    return "rata-rata" if id_.endswith(".mean") else "penonton"
