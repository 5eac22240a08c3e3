"""How much larger males are than females, in percent of the females' mean."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from analysis.measures import COLUMNS, LENGTHS
from recomputed import Number, Numbers, Tables, Values, derive, measure
from recomputed.quantity import arithmetic
from recomputed.quantity.arithmetic import percent


def excess_of_males(values: Values, sexes: Sequence[str]) -> Fraction:
    """The males' mean over the females', in percent above it."""
    sizes: dict[str, list[Fraction]] = {"male": [], "female": []}
    for value, sex in zip(values, sexes, strict=True):
        sizes[sex].append(value)
    males, females = (sum(found, start=Fraction(0)) / len(found) for found in sizes.values())
    return percent(males / females - 1)


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The males' excess in each measurement by species, and its mean over the three lengths, and over all four."""
    for case in tables.cases:
        excess = {
            name: measure(
                f"excess.{name}.{case}",
                excess_of_males,
                tables["penguins"].where(species=case),
                column,
                "sex",
                unit="percent-ratio",
                words="mean of the males over that of the females, less one",
                digits=1,
                missing="skip",
                subject=case,
                quantity=name,
            )
            for name, column in COLUMNS.items()
        }
        yield from excess.values()
        for name, parts in {"lengths": LENGTHS, "all": tuple(COLUMNS)}.items():
            yield derive(
                f"excess.{name}.{case}",
                arithmetic.mean,
                *(excess[part] for part in parts),
                unit="percent-ratio",
                words="unweighted mean of the males' excesses",
                digits=1,
                subject=case,
            )
