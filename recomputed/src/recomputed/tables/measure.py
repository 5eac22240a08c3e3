"""From rows of records to numbers: `measure` with an exact statistic, or with the estimate of a statistics package.

    oaks = tables["trees"].where(species="oak")
    measure("height.mean.oak", mean, oaks, "height", unit="metre", words="mean height", missing="skip")
    measure("height.slope", fit(slope, package="scipy", tolerance="0.0001"), oaks, "girth", "height", unit=…)

The exact statistics are those of `quantity.summaries`, or the author's own function of the same form.
"""

import warnings
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from itertools import compress
from math import isfinite
from operator import or_
from typing import TYPE_CHECKING

from recomputed.faults import Fault, InputError, nearest
from recomputed.quantity.intervals import Exact, Interval, exact
from recomputed.quantity.numbers import MEASURED, Formula, Number, Selection
from recomputed.quantity.summaries import Statistic, Values
from recomputed.tables.records import Rows, Table

if TYPE_CHECKING:
    import pandas as pd

REFUSE, SKIP = "refuse", "skip"
FEW, FIRST = 8, 3  # rows that a number names one by one; of more, the first


@dataclass(frozen=True, slots=True)
class fit:  # noqa: N801  # reads as a function where it is used
    """What `estimate` makes of the rows by the `package` named: it is given a data frame and gives a float.

    A float's last digits differ between machines. So a number is worth the estimate rounded to a multiple of
    `tolerance`, and stands for all within one `tolerance` of that. The package's version is recorded.
    """

    estimate: "Callable[[pd.DataFrame], float]"
    package: str
    tolerance: Exact

    def worth(self, frame: "pd.DataFrame") -> tuple[Interval, Interval]:
        """The estimate rounded, and all within one tolerance of it. Raises ValueError for one that is not finite, that
        its package fails to make, or warns of.
        """
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", UserWarning)  # as packages tell that a fit has not converged
                found = float(self.estimate(frame))
        except (RuntimeError, UserWarning) as error:
            raise ValueError(f"no estimate of {self.package}: {error}") from None
        if not isfinite(found):
            raise ValueError(f"an estimate of {found}")
        step = exact(self.tolerance)
        value = Interval.point(round(Fraction(found) / step) * step)
        return value, value + Interval.closed(-step, step)

    def fault(self, id_: str, file: str, digits: int) -> Fault | None:
        """Why no number can be printed with so many digits by it, if so."""
        if not 0 < exact(self.tolerance) < Fraction(10) ** -digits / 2:
            expected = f"a tolerance of {id_} below half a unit of its last digit"
            return Fault(file, expected, f"{self.tolerance}, for {digits} decimals")
        try:
            version(self.package)
        except PackageNotFoundError:
            found = "no such package: pip install it"
            return Fault(file, f"the package {self.package!r}, which estimates {id_}", found)
        return None


def measure(
    id_: str,
    statistic: Statistic | fit,
    rows: Rows | Table,
    *columns: str,
    unit: str,
    words: str,
    digits: int = 0,
    missing: str = REFUSE,
    subject: str = "",
    quantity: str = "",
) -> Number:
    """The number `id_` = `statistic` of these `columns` of `rows`; of the rows themselves where none is named.

    A column of numbers is given as `Values`, one of text as its texts; a `fit` gets a data frame of them. A row with
    an empty cell in one of them is refused, or with `missing="skip"` left out and counted. A statistic that gives an
    `Interval` in which the exact value lies is worth its end nearer to 0, and stands for the whole.
    Raises InputError, naming table and selection, where no row is left, a cell is empty, or there is no value.
    """
    rows = rows.rows if isinstance(rows, Table) else rows
    table = rows.table
    if isinstance(statistic, fit) and (fault := statistic.fault(id_, table.file, digits)):
        raise InputError(fault)
    if not rows:
        raise InputError(_fault(rows, f"rows to measure {id_} over", f"none{_hint(rows)}"))
    kept = _present(id_, rows, columns, missing)
    try:
        value, stands = _worth(statistic, kept, columns)
    except (ArithmeticError, ValueError) as error:
        raise InputError(_fault(kept, f"rows from which {id_} can be computed", str(error))) from None
    except (AttributeError, TypeError) as error:
        texts = [name for name in columns if not table.field(name).numeric]
        if not texts:
            raise
        expected, found = f"numbers from which {id_} can be computed", f"a column of text ({error})"
        raise InputError(Fault(table.file, expected, found, column=", ".join(texts))) from error
    shown = columns or table.resource.primary_key or table.columns[:1]
    named = kept[: FEW if len(kept) <= FEW else FIRST]
    return Number(
        id=id_,
        value=value,
        stands_for=stands,
        unit=unit,
        kind=MEASURED,
        digits=digits,
        words=words,
        formula=Formula.of(statistic.estimate if isinstance(statistic, fit) else statistic),
        cells=tuple(row.place(name) for row in named for name in shown),
        hedge="exact",
        subject=subject,
        quantity=quantity,
        selections=(
            Selection(table.file, shown, kept.indices, kept.by, kept.condition, len(rows) - len(kept)),
        ),
        package=f"{statistic.package} {version(statistic.package)}" if isinstance(statistic, fit) else "",
    )


def _present(id_: str, rows: Rows, columns: Sequence[str], missing: str) -> Rows:
    """The rows that have a value in each column. Raises InputError where none has, or one has not and must."""
    if missing not in (REFUSE, SKIP):
        raise ValueError(f"missing is {REFUSE!r} or {SKIP!r}, not {missing!r}")
    absent: list[bool] = []
    for name in columns:
        here = rows.absent(name)
        if here is None:
            continue
        if missing == REFUSE:
            expected = f'a value to measure {id_} over (missing="{SKIP}" leaves such rows out)'
            found = f"an empty cell, one of {sum(here)}" if sum(here) > 1 else "an empty cell"
            row = rows[here.index(True)].sheet_row
            raise InputError(Fault(rows.table.file, expected, found, row, name))
        absent = list(map(or_, absent, here)) if absent else list(here)
    if not absent:
        return rows
    kept = array("q", compress(rows.indices, [not one for one in absent]))
    if not kept:
        raise InputError(_fault(rows, f"a value to measure {id_} over", "only rows with an empty cell"))
    return Rows(rows.table, kept, rows.condition, rows.by)


def _worth(statistic: Statistic | fit, rows: Rows, columns: Sequence[str]) -> tuple[Interval, Interval]:
    """What a statistic is worth over the rows, and what that stands for."""
    read = {name: _column(rows, name) for name in columns}
    if isinstance(statistic, fit):
        import pandas as pd

        return statistic.worth(
            pd.DataFrame({n: c.floats() if isinstance(c, Values) else list(c) for n, c in read.items()})
        )
    found = statistic(*read.values() or [rows])
    stands = found if isinstance(found, Interval) else Interval.point(found)
    return Interval.point(min((end for end in (stands.low, stands.high) if end is not None), key=abs)), stands


def _column(rows: Rows, name: str) -> Values | Sequence[str]:
    return rows.values(name) if rows.table.field(name).numeric else rows.texts(name)


def _fault(rows: Rows, expected: str, found: str) -> Fault:
    condition = f" where {rows.condition}" if rows.condition else ""
    return Fault(rows.table.file, f"{expected}{condition}", found)


def _hint(rows: Rows) -> str:
    """The nearest text that a column has, where it has not the one that the condition asks for."""
    for told, name in zip(rows.condition.split(", "), rows.by, strict=False):
        wanted, known = told.partition(" = ")[2], set(rows.table.column(name))
        if wanted and wanted not in known:
            return nearest(wanted, known)
    return ""
