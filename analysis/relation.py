"""Whether few cases can show a relation between the schedule and the rise in turnover."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Tables, count, derive
from recomputed.quantity.statistics import correlation, orders, p_value, smallest_p

HYPOTHESIS = "introduction.hypothesis1"
WEEKLY = "schedule.weekly"
MEASURES = {
    WEEKLY: "sesi per minggu",
    "schedule.days": "hari siaran per minggu",
    "schedule.sessions": "sesi per hari",
}


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """How consistent the schedule is, as the hypothesis is coded, against the rise in turnover: correlation, exact p,
    and the smallest p that n allows.
    """
    every = tables["cases"].column("case")
    measure = next((row["x"] for row in tables.rows("relations") if row.key == HYPOTHESIS), WEEKLY)
    cases = [case for case in every if f"{measure}.{case}" in known]
    pairs = [known[f"{measure}.{case}"] for case in cases] + [
        known[f"turnover.uplift.{case}"] for case in cases
    ]
    called = MEASURES[measure]
    yield derive(
        "relation.correlation",
        correlation,
        *pairs,
        unit="correlation",
        words=f"korelasi peringkat antara {called} dan kenaikan omzet",
        digits=2,
    )
    yield derive(
        "relation.p",
        p_value,
        *pairs,
        unit="probability",
        words="bagian dari semua urutan yang berkorelasi sedikitnya sekuat itu",
        digits=2,
    )
    number_of_cases = known["counts.cases"]
    if len(cases) < len(every):
        rows = tables["cases"].where(case=cases)
        words = "banyaknya kasus yang jadwalnya disebut"
        number_of_cases = count("relation.cases", rows, "case", unit="case", words=words)
        yield number_of_cases
    yield derive(
        "relation.orders", orders, number_of_cases, unit="item", words="banyaknya urutan yang mungkin"
    )
    yield derive(
        "relation.p.smallest",
        smallest_p,
        number_of_cases,
        unit="probability",
        words="satu dibagi banyaknya urutan yang mungkin",
        digits=2,
    )
