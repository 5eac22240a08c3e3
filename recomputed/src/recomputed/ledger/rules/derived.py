"""Rule 2: a stated figure that differs from what the article's own figures give: share, sum, ratio of ranges."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.expressions import Node, parse_value, value
from recomputed.ledger.findings import CODING, CONTRADICTION, TIGHTER, UNSUPPORTED, Finding, find
from recomputed.ledger.verdicts import DISAGREES, verdict
from recomputed.quantity.intervals import Interval, ratio_attained, ratio_ends

if TYPE_CHECKING:
    from recomputed.language.catalogue import Text
    from recomputed.ledger.terms import Words
    from recomputed.quantity.numbers import Number


class Ratio(NamedTuple):
    """a / b times a constant, both ranges: with three readings."""

    a: Interval
    b: Interval
    scale: Interval
    a_name: str
    b_name: str


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
                yield _difference(ledger.words, claim, tree, nominal, by_id)


def _holds(claim: Claim, nominal: Interval, can_be: Interval) -> bool:
    """Within rounding or hedge, of the claim or of what it is derived from."""
    if nominal.is_point and claim.stands_for.intersection(can_be):
        return True
    return any(verdict(claim, derived, can_be) != DISAGREES for derived in (nominal, can_be))


def _difference(
    words: "Words", claim: Claim, tree: Node, derived: Interval, by_id: Mapping[str, Claim]
) -> Finding:
    if claim.stands_for.intersection(derived) is None:
        severity = CONTRADICTION
    else:
        severity = TIGHTER if derived.contains(claim.nominal) else UNSUPPORTED
    parts = [by_id[id_] for id_ in dict.fromkeys(tree.ids())]
    ratio = _ratio(tree, by_id)
    return find(
        "derived",
        severity,
        [claim, *parts],
        words.say(
            "derived.message",
            what=words.subject(claim),
            here=words.stated(claim),
            operands=words.listed([words.claimed(part) for part in parts]),
            there=words.figure(derived, claim.unit),
            readings=_readings(words, ratio, claim.unit) if ratio else "",
        ),
        _saving(words, claim, ratio),
        follows=CODING,
    )


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
    return Ratio(a.nominal, b.nominal, scale, a.quantity, b.quantity)


def _readings(words: "Words", ratio: Ratio, unit: str) -> "Text":
    """The two readings beside the hull: paired ends, and ends that real cases reach."""
    low, high = map(Interval.point, ratio_ends(ratio.a, ratio.b))
    least, most = ratio_attained(ratio.a, ratio.b)
    ends = {"low": low, "high": high, "least": least, "most": most}
    figures = {name: words.figure(end * ratio.scale, unit) for name, end in ends.items()}
    return words.say("derived.readings", **figures)


def _saving(words: "Words", claim: Claim, ratio: Ratio | None) -> "Text":
    """The assumption that would make the statement hold: one of the two ranges always at one of its ends."""
    if ratio is None:
        return words.say("derived.another")
    fixed = [(ratio.b_name, end, ratio.a / end) for end in _ends(ratio.b)]
    fixed += [(ratio.a_name, end, end / ratio.b) for end in _ends(ratio.a)]
    for name, end, computed in fixed:
        if verdict(claim, computed * ratio.scale) != DISAGREES:
            return words.say("derived.fixed", what=words.term(name), figure=words.figure(end, ""))
    return words.say("derived.never")


def _ends(interval: Interval) -> list[Interval]:
    return [Interval.point(end) for end in (interval.low, interval.high) if end is not None]
