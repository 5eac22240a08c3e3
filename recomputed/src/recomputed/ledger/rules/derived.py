"""Rule 2: a stated figure that differs from what the article's own figures give: share, sum, ratio of ranges."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from recomputed.language.terms import both, figure, stated, subject, term
from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.expressions import Node, parse_value, value
from recomputed.ledger.findings import CONTRADICTION, TIGHTER, UNSUPPORTED, Finding, Text, find
from recomputed.ledger.verdicts import DISAGREES, verdict
from recomputed.quantity.intervals import Interval, ratio_attained, ratio_ends

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number


class Ratio(NamedTuple):
    """a / b times a constant, both ranges: with three readings."""

    a: Interval
    b: Interval
    scale: Interval
    a_name: Text
    b_name: Text


def differs_from_derived(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A claim whose `formula` over other claims gives another figure, neither within rounding nor hedge.

    Where no value fits both it is a contradiction; where the derived range holds the stated one, that is tighter
    than derivable; else it is unsupported. Of a ratio of ranges all three readings are told, and the
    assumption under which the stated range is what one of its ranges alone gives.
    """
    by_id = {claim.id: claim for claim in ledger.claims}
    for claim in ledger.claims:
        if claim.formula and claim.is_stated:
            tree = parse_value(claim.formula)
            nominal = value(tree, lambda id_: by_id[id_].nominal)
            can_be = value(tree, lambda id_: by_id[id_].stands_for)
            if not _holds(claim, nominal, can_be):
                yield _difference(claim, tree, nominal, by_id)


def _holds(claim: Claim, nominal: Interval, can_be: Interval) -> bool:
    """Within rounding or hedge, of the claim or of what it is derived from."""
    if nominal.is_point and claim.stands_for.intersection(can_be):
        return True
    return any(verdict(claim, derived, can_be) != DISAGREES for derived in (nominal, can_be))


def _difference(claim: Claim, tree: Node, derived: Interval, by_id: Mapping[str, Claim]) -> Finding:
    if claim.stands_for.intersection(derived) is None:
        severity = CONTRADICTION
    else:
        severity = TIGHTER if derived.contains(claim.nominal) else UNSUPPORTED
    parts = [by_id[id_] for id_ in dict.fromkeys(tree.ids())]
    what, here, there = subject(claim), stated(claim), figure(derived, claim.unit)
    operands = both([_operand(part) for part in parts])
    ratio = _ratio(tree, by_id)
    readings = _readings(ratio, claim.unit) if ratio else Text("", "")
    return find(
        "derived",
        severity,
        [claim, *parts],
        Text(
            f"For {what.en} the article states {here.en}, but {operands.en} give {there.en}{readings.en}.",
            f"Untuk {what.id}, artikel menyebut {here.id}, padahal {operands.id} memberi {there.id}{readings.id}.",
        ),
        _saving(claim, ratio),
    )


def _operand(claim: Claim) -> Text:
    what, number = subject(claim), stated(claim)
    return Text(f"{what.en} ({number.en})", f"{what.id} ({number.id})")


def _ratio(tree: Node, by_id: Mapping[str, Claim]) -> Ratio | None:
    """The ratio of two ranges that the tree is, up to a constant factor at its end; else None."""
    scale = Interval.point(1)
    if tree.operation == "*" and tree.parts[1].operation == "decimal":
        scale, tree = value(tree.parts[1], lambda id_: by_id[id_].nominal), tree.parts[0]
    if tree.operation != "/" or any(part.operation != "id" for part in tree.parts):
        return None
    a, b = (by_id[part.text] for part in tree.parts)
    for claim in (a, b):
        if claim.nominal.is_point or claim.nominal.low is None or claim.nominal.low <= 0:
            return None
    return Ratio(a.nominal, b.nominal, scale, term(a.quantity), term(b.quantity))


def _readings(ratio: Ratio, unit: str) -> Text:
    """The two readings beside the hull: paired ends, and ends that real cases reach."""
    low, high = (figure(Interval.point(end) * ratio.scale, unit) for end in ratio_ends(ratio.a, ratio.b))
    least, most = (figure(end * ratio.scale, unit) for end in ratio_attained(ratio.a, ratio.b))
    return Text(
        f" over all pairs, {low.en} for the lower ends and {high.en} for the upper ones; if real cases reach "
        f"all four ends, the lowest is in {least.en} and the highest in {most.en}",
        f" untuk semua pasangan, {low.id} untuk ujung bawah dan {high.id} untuk ujung atas; jika kasus nyata "
        f"mencapai keempat ujung, nilai terendah berada di {least.id} dan tertinggi di {most.id}",
    )


def _saving(claim: Claim, ratio: Ratio | None) -> Text:
    """The assumption that would make the statement hold: one of the two ranges always at one of its ends."""
    if ratio is None:
        return Text(
            "It holds if one of these figures is of another count or another time.",
            "Berlaku jika salah satu angka itu berasal dari hitungan atau waktu lain.",
        )
    fixed: list[tuple[Callable[[Interval], Interval], Interval, Text]] = [
        (lambda end: ratio.a / end, ratio.b, ratio.b_name),
        (lambda end: end / ratio.b, ratio.a, ratio.a_name),
    ]
    for compute, of_range, name in fixed:
        for end in (of_range.low, of_range.high):
            assert end is not None  # a ratio has ranges with ends only
            point = Interval.point(end)
            if verdict(claim, compute(point) * ratio.scale) != DISAGREES:
                number = figure(point, "")
                return Text(
                    f"It holds if the number of {name.en} were {number.en} every time.",
                    f"Berlaku jika jumlah {name.id} selalu {number.id}.",
                )
    return Text(
        "It holds under no reading of these ranges.",
        "Tidak berlaku menurut pembacaan mana pun atas kisaran itu.",
    )
