"""Numbers made up for a test, as if a paper had computed them."""

from collections.abc import Callable
from typing import TypeVar

from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import DERIVED, Number
from synthetic.papers import TOY

Function = TypeVar("Function", bound=Callable[..., object])


def made(low: str | int, high: str | int | None = None, *, unit: str = "item", digits: int = 0) -> Number:
    """A derived number, a range where it has two ends, that stands for what it is and rests on nothing."""
    value = Interval.closed(low, low if high is None else high)
    return Number("x", value, value, unit, DERIVED, digits, "made up", None, (), ())  # type: ignore[arg-type]


def of_the_paper(function: Function) -> Function:
    """The function of a test, as if the toy had it: a number names the file of the function that it was computed by."""
    function.__code__ = function.__code__.replace(co_filename=str(TOY / "analysis" / "cups.py"))  # type: ignore[attr-defined]
    return function
