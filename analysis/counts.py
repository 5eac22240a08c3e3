"""The counted things: cases, and the items of each list."""

from collections.abc import Iterator

from recomputed import Interval, Number, Numbers, Tables, count, derive, transcribe, transcribe_cell


def all_but_one(cases: Interval) -> Interval:
    """The cases with which one case is compared [-]."""
    return cases - 1


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """How many cases, items of each list, and promotions of each case; the reported bandwidths and delays."""
    cases = count("counts.cases", tables["cases"].rows, "case", unit="case", words="banyaknya kasus")
    yield cases
    yield derive("counts.others", all_but_one, cases, unit="case", words="banyaknya kasus dikurangi satu")
    items = tables["items"].rows
    for name in dict.fromkeys(tables["items"].column("list")):
        yield count(
            f"counts.{name}",
            items.where(list=name),
            "item",
            unit="item",
            words="banyaknya butir dalam daftar",
        )
    promotions = tables["promotions"].rows
    for case in dict.fromkeys(tables["promotions"].column("case")):
        yield count(
            f"counts.promotions.{case}",
            promotions.where(case=case),
            "label",
            unit="item",
            words="banyaknya bentuk promosi",
        )
    yield from transcribe(tables["bandwidth"])
    for row in tables["obstacles"].rows:
        if row["low"]:
            yield transcribe_cell(f"obstacles.{row.key}", row, "low", unit=row["unit"], hedge=row["hedge"])
