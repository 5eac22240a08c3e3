"""The contradictions that `benchmarks.audit` plants in a ledger, and the edits that change nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Any

from recomputed.language.catalogue import Text
from recomputed.ledger.claims import Claim, Comparison, Ledger, Relation
from recomputed.paper_toml import UnitWording
from recomputed.quantity.intervals import Interval


@dataclass(frozen=True)
class Number:
    """As much of a number as the rules look at."""

    value: Interval
    stands_for: Interval
    unit: str = "item"
    kind: str = "derived"
    digits: int = 0


@dataclass(frozen=True)
class Edited:
    """An edited ledger, the ids that the edit is about, numbers that it adds, and a printed test as a text."""

    ledger: Ledger
    about: tuple[str, ...] = ()
    numbers: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""


Edit = Callable[[Ledger, Random, int], Edited]


def some(ledger: Ledger, chance: Random, **wanted: object) -> Claim:
    """A claim that states a figure, with these cells."""
    return chance.choice(
        [
            claim
            for claim in ledger.claims
            if claim.is_stated
            and not claim.stance
            and all(getattr(claim, name) == cell for name, cell in wanted.items())
        ]
    )


def new(like: Claim, id_: str, low: object, high: object = "", **cells: str) -> Claim:
    """A claim of another quantity in the place of one of the ledger."""
    hedge = cells.pop("hedge", "range" if high != "" else "exact")
    blank = dict.fromkeys(Claim._fields, "") | {
        "locator": like.locator,
        "number": like.number,
        "unit": "item",
    }
    blank |= {"id": f"planted.{id_}", "low": str(low), "high": str(high), "printed": f"{low}", "hedge": hedge}
    return Claim(**(blank | {"quantity": "planted", "expected": "agrees"} | cells))


def added(ledger: Ledger, *claims: Claim, text: str = "", **numbers: Any) -> Edited:
    about = tuple(claim.id for claim in claims)
    return Edited(replace(ledger, claims=(*ledger.claims, *claims)), about, numbers, text)


def another_figure(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """A figure of the ledger said again, half as much again."""
    like = some(ledger, chance, hedge=chance.choice(["exact", "none"]))
    low = Decimal(like.low) * Decimal("1.5") + 1
    return added(ledger, like._replace(id="planted.again", low=str(low), high="", formula="", part_of=""))


def slightly_other(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """A figure said again, hedged or not, a step or a tenth away, or with two digits exchanged."""
    like = some(ledger, chance)
    figure, digits = Decimal(like.low), like.low
    swapped = digits[1] + digits[0] + digits[2:] if digits[:2].isdecimal() and len(digits) > 1 else digits
    other = chance.choice([figure + 1, round(figure * Decimal("1.1"), 2) + Decimal("0.01"), Decimal(swapped)])
    low = other if other != figure else figure + 1
    high = str(max(low, Decimal(like.high))) if like.high else ""
    return added(ledger, like._replace(id="planted.again", low=str(low), high=high, formula="", part_of=""))


def later_first(ledger: Ledger, chance: Random, nth: int) -> Edited:
    order = (("planted-start", "planted-end"),)
    words = replace(ledger.words, settings=replace(ledger.words.settings, chronology=order))
    year, like = chance.randint(1950, 2020), some(ledger, chance)
    first = new(like, "start", year, unit="year", quantity="planted-start")
    second = new(like, "end", year - chance.randint(1, 9), unit="year", quantity="planted-end")
    return added(replace(ledger, words=words), first, second)


def part_above(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """A part declared `within` a claim of the ledger, and above it."""
    whole = some(ledger, chance, hedge=chance.choice(["exact", "none"]))
    low = abs(Decimal(whole.low)) * 2 + chance.randint(1, 9)
    return added(ledger, new(whole, "part", low, unit=whole.unit, within=whole.id))


def parts_amiss(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, parts = some(ledger, chance), [chance.randint(1, 50) for _ in range(chance.randint(2, 5))]
    whole = new(like, "whole", sum(parts) + chance.choice([-1, 1, 2, 10]))
    claims = [
        new(like, f"part{n}", part, part_of=whole.id, condition=f"c{n}") for n, part in enumerate(parts)
    ]
    return added(ledger, whole, *claims)


def shares_amiss(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, first = some(ledger, chance), chance.randint(10, 60)
    shares = [first, 100 - first + chance.choice([-9, -4, 4, 9])]
    cells = {"unit": "percent-share", "part_of": "100", "hedge": "none"}
    return added(
        ledger, *(new(like, f"share{n}", one, condition=f"c{n}", **cells) for n, one in enumerate(shares))
    )


def beyond_extreme(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, low = some(ledger, chance), chance.randint(10, 90)
    whole, statistic = new(like, "range", low, low + 20), ("maximum", "minimum")[nth % 2]
    limit = low + 19 if statistic == "maximum" else low + 1
    return added(ledger, new(like, "limit", limit, statistic=statistic), whole)


def impossible_mean(ledger: Ledger, chance: Random, nth: int) -> Edited:
    units = {**ledger.words.settings.units}
    units["planted-thing"] = UnitWording(whole=True)
    words = replace(ledger.words, settings=replace(ledger.words.settings, units=units))
    like, n = some(ledger, chance), chance.randint(7, 40)
    possible = {round(Decimal(total) / n, 2) for total in range(n * 3, n * 6 + 1)}
    wrong = chance.choice(sorted({Decimal(cents) / 100 for cents in range(310, 590)} - possible))
    mean = new(like, "mean", f"{wrong:.2f}", unit="planted-thing", statistic="mean", hedge="none")
    return added(replace(ledger, words=words), mean, new(like, "n", n, statistic="n"))


def impossible_share(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, n = some(ledger, chance), chance.randint(7, 60)
    possible = {round(Decimal(count) * 100 / n, 1) for count in range(n + 1)}
    wrong = chance.choice(sorted({Decimal(tenths) / 10 for tenths in range(50, 950)} - possible))
    share = new(like, "share", f"{wrong:.1f}", unit="percent-share", hedge="none")
    return added(ledger, share, new(like, "n", n, statistic="n"))


def printed_test(ledger: Ledger, chance: Random, nth: int, *, right: bool) -> Edited:
    """A statistic, printed with its own p, or with one far from it."""
    from scipy import stats

    name, like = ("t", "F", "chi2", "r", "z")[nth % 5], some(ledger, chance)
    df, df2 = chance.randint(1, 5), chance.randint(20, 80)
    if name in ("t", "r"):
        df = df2
    figure = chance.uniform(0.2, 0.45) if name == "r" else chance.uniform(1.2, 3.4)
    shown = f"{figure:.2f}"
    value = float(shown)
    p = {
        "t": lambda: 2 * stats.t.sf(value, df),
        "F": lambda: stats.f.sf(value, df, df2),
        "chi2": lambda: stats.chi2.sf(value, df),
        "r": lambda: 2 * stats.t.sf(value * (df / (1 - value**2)) ** 0.5, df),
        "z": lambda: 2 * stats.norm.sf(value),
    }[name]()
    said = f"{p if right else (p + chance.uniform(0.2, 0.4)):.3f}"
    claims = [new(like, "statistic", shown, statistic=name, unit="ratio", hedge="none")]
    claims.append(new(like, "p", said, statistic="p", unit="probability", hedge="none"))
    if name != "z":
        claims.append(new(like, "df", df, statistic="df", unit="ratio"))
    if name == "F":
        claims.append(new(like, "df2", df2, statistic="df2", unit="ratio"))
    head = {
        "t": f"t({df})",
        "F": f"F({df}, {df2})",
        "chi2": f"χ2({df}, N = 100)",
        "r": f"r({df})",
        "z": "z",
    }[name]
    return added(ledger, *claims, text=f"{head} = {shown}, p = {said.lstrip('0')}")


def nearly_p(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """A p that is 5 % to 100 % too large: much of it is within the rounding of the statistic."""
    edited = printed_test(ledger, chance, nth, right=True)
    claims = list(edited.ledger.claims)
    at = next(n for n, one in enumerate(claims) if one.id == "planted.p")
    said = f"{float(claims[at].low) * chance.uniform(1.05, 2) + 0.001:.3f}"
    claims[at] = claims[at]._replace(low=said, printed=said)
    text = f"{edited.text.rpartition(' ')[0]} {said.lstrip('0')}"
    return replace(edited, ledger=replace(edited.ledger, claims=tuple(claims)), text=text)


def wrong_p(ledger: Ledger, chance: Random, nth: int) -> Edited:
    return printed_test(ledger, chance, nth, right=False)


def other_unit(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """A figure of the ledger in another unit: points for percent where it is a percentage."""
    like = some(ledger, chance)
    unit = "percent-point" if like.unit.startswith("percent") else "planted-unit"
    return added(ledger, like._replace(id="planted.unit", unit=unit, formula="", part_of=""))


def unreached_bound(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """A figure of the ledger said again as a bound that it stays away from (30 % as "up to 35 %")."""
    like = some(ledger, chance, hedge=chance.choice(["exact", "none"]))
    hedge, more = chance.choice([("up-to", "1.2"), ("at-least", "0.8")])
    low = abs(Decimal(like.low)) * Decimal(more) + (1 if hedge == "up-to" else -1)
    return added(ledger, like._replace(id="planted.bound", low=str(low), high="", hedge=hedge, part_of=""))


def wrong_direction(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, low = some(ledger, chance), chance.randint(10, 90)
    word, after = chance.choice([("rise", low - 5), ("fall", low + 5), ("stable", low * 3)])
    before = new(like, "before", low, condition="before")
    return added(
        ledger,
        new(like, "after", after, direction=word, compared_with=before.id, condition="after"),
        before,
    )


def opposite(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, pair = some(ledger, chance), chance.choice([("rise", "fall"), ("stable", "fluctuating")])
    return added(ledger, *(new(like, word, 5, direction=word) for word in pair))


def related(id_: str, x: str, y: str, kind: str, ledger: Ledger) -> Relation:
    said = Text(dict.fromkeys(ledger.words.languages, f"{x} {kind} {y}"))
    locator = ledger.claims[0].locator
    return Relation(f"planted.{id_}", locator, kind, said, x, y, "", "")


def both_causes(ledger: Ledger, chance: Random, nth: int) -> Edited:
    pair = (
        related("one", f"a{nth}", "b", "drives", ledger),
        related("other", "b", f"a{nth}", "drives", ledger),
    )
    edited = replace(ledger, relations=(*ledger.relations, *pair))
    return Edited(edited, tuple(one.id for one in pair), _series({f"a{nth}": 1, "b": 2}, ledger))


def _series(slopes: Mapping[str, int], ledger: Ledger) -> dict[str, Number]:
    points = {
        f"{name}.{case}": Interval.point(slope * (1 + nth))
        for name, slope in slopes.items()
        for nth, case in enumerate(ledger.cases)
    }
    return {id_: Number(value, value) for id_, value in points.items()}


def no_source(ledger: Ledger, chance: Random, nth: int) -> Edited:
    return added(ledger, new(some(ledger, chance), "sourceless", chance.randint(1, 99), source="missing"))


def figure_too_late(ledger: Ledger, chance: Random, nth: int) -> Edited:
    year = chance.randint(1990, 2020)
    cells = {"source": "Planted", "source_date": str(year), "figure_date": str(year + chance.randint(1, 5))}
    return added(ledger, new(some(ledger, chance), "late", 5, **cells))


def mean_outside(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, low = some(ledger, chance, case=chance.choice(ledger.cases)), chance.randint(10, 50)
    mean = new(like, "mean", low + chance.choice([-5, 25]), statistic="mean", case=like.case, hedge="none")
    return added(ledger, mean, new(like, "range", low, low + 15, case=like.case))


def borrowed(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, low = some(ledger, chance), chance.randint(10, 50)
    one, other = chance.sample(ledger.cases, 2)
    claims = [new(like, f"owner{n}", low, low + 5, case=other) for n in range(2)]
    claims += [new(like, f"own{n}", low + 40, low + 50, case=one) for n in range(2)]
    return added(ledger, new(like, "odd", low, low + 5, case=one, condition="odd"), *claims)


def wrong_total(ledger: Ledger, chance: Random, nth: int) -> Edited:
    a, b, like = chance.randint(2, 50), chance.randint(2, 50), some(ledger, chance)
    parts = new(like, "a", a, condition="a"), new(like, "b", b, condition="b")
    formula, wrong = chance.choice([("+", a + b), ("*", a * b), ("-", a - b)])
    made = new(like, "made", wrong + chance.choice([-2, 3]), formula=f"planted.a {formula} planted.b")
    return added(ledger, made, *parts)


def two_quantities(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, low, case = some(ledger, chance), chance.randint(10, 50), chance.choice(ledger.cases)
    cells = {"case": case, "condition": "planted"}
    return added(
        ledger,
        *(new(like, name, low, low + 7, quantity=f"planted-{name}", **cells) for name in ("one", "other")),
    )


def silent(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like = some(ledger, chance)
    return added(
        ledger, like._replace(id="planted.silent", low="", high="", hedge="", formula="", part_of="")
    )


def unlike(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, (one, other) = some(ledger, chance), chance.sample(ledger.cases, 2)
    cells = {"unit": "percent-change", "hedge": "none"}
    return added(
        ledger,
        new(like, "one", 5, case=one, window="3 month", **cells),
        new(like, "other", 6, case=other, **cells),
    )


def untrue(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """One number said to be above another that it is below."""
    low, locator = chance.randint(1, 50), ledger.claims[0].locator
    values = {"planted-low": Interval.point(low), "planted-high": Interval.point(low + chance.randint(1, 9))}
    said = Text(dict.fromkeys(ledger.words.languages, "more"))
    claim = Comparison("planted.untrue", locator, "order", said, "planted-low > planted-high", "agrees", "")
    edited = replace(ledger, comparisons=(*ledger.comparisons, claim))
    return Edited(edited, (claim.id,), {id_: Number(value, value) for id_, value in values.items()})


def unshown(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """A correlation claimed of the few cases."""
    claim = related("unshown", "a", "b", "correlates", ledger)
    edited = replace(ledger, relations=(*ledger.relations, claim))
    return Edited(edited, (claim.id,), _series({"a": 1, "b": chance.choice([-1, 2])}, ledger))


PLANTS: Mapping[str, Edit] = {
    "values-differ": another_figure,
    "values-differ:slightly": slightly_other,
    "one-figure-two-quantities": two_quantities,
    "not-stated": silent,
    "derived": wrong_total,
    "comparison": untrue,
    "relation": unshown,
    "unlike-changes": unlike,
    "figure-of-another-case": borrowed,
    "mean": mean_outside,
    "chronology": later_first,
    "part-above-whole": part_above,
    "parts": parts_amiss,
    "parts:100 %": shares_amiss,
    "extreme": beyond_extreme,
    "grim": impossible_mean,
    "grim:percentage": impossible_share,
    "p": wrong_p,
    "p:slightly": nearly_p,
    "units": other_unit,
    "bound": unreached_bound,
    "direction": wrong_direction,
    "opposite": opposite,
    "cause": both_causes,
    "missing-citation": no_source,
    "figure-after-source": figure_too_late,
}
"""By the rule that must find them, and after a colon what else tells them apart."""


def again(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """What a place says, said again in the same place."""
    like = some(ledger, chance)
    return added(ledger, like._replace(id="planted.again", formula="", part_of=""))


def about(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like = some(ledger, chance, hedge=chance.choice(["exact", "none"]))
    step = str(max(abs(Decimal(like.low)) / 10, Decimal(1)))
    return added(
        ledger, like._replace(id="planted.about", hedge="about", granularity=step, formula="", part_of="")
    )


def other_print(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """Another way to print a figure."""
    like = some(ledger, chance)
    claims = [one._replace(printed=f" {one.printed} ") if one == like else one for one in ledger.claims]
    return Edited(replace(ledger, claims=tuple(claims)))


def right_parts(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, parts = some(ledger, chance), [chance.randint(1, 50) for _ in range(3)]
    whole = new(like, "whole", sum(parts), condition="whole")
    return added(
        ledger,
        whole,
        *(new(like, f"part{n}", part, part_of=whole.id, condition=f"c{n}") for n, part in enumerate(parts)),
    )


def right_shares(ledger: Ledger, chance: Random, nth: int) -> Edited:
    """Three thirds, each rounded: 99 or 101 in all is rounding, not a fault."""
    like, cells = some(ledger, chance), {"unit": "percent-share", "part_of": "100", "hedge": "none"}
    first = chance.randint(20, 40)
    shares = [first, first + 1, 100 - 2 * first - 1 + chance.choice([-1, 0, 1])]
    return added(
        ledger, *(new(like, f"share{n}", one, condition=f"c{n}", **cells) for n, one in enumerate(shares))
    )


def right_order(ledger: Ledger, chance: Random, nth: int) -> Edited:
    edited = later_first(ledger, chance, nth)
    *claims, first, second = edited.ledger.claims
    swapped = (first._replace(low=second.low), second._replace(low=first.low))
    return replace(edited, ledger=replace(edited.ledger, claims=(*claims, *swapped)))


def right_share(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, n = some(ledger, chance), chance.randint(7, 60)
    share = new(
        like, "share", f"{Decimal(chance.randint(0, n)) * 100 / n:.1f}", unit="percent-share", hedge="none"
    )
    return added(ledger, share, new(like, "n", n, statistic="n"))


def right_p(ledger: Ledger, chance: Random, nth: int) -> Edited:
    return printed_test(ledger, chance, nth, right=True)


def reached_bound(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like = some(ledger, chance, hedge=chance.choice(["exact", "none"]))
    cells = {"hedge": chance.choice(["up-to", "at-least"]), "formula": "", "part_of": ""}
    return added(ledger, like._replace(id="planted.bound", **cells))


def right_direction(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, low = some(ledger, chance), chance.randint(10, 90)
    word, after = chance.choice([("rise", low + 5), ("fall", low - 5), ("stable", low)])
    before = new(like, "before", low, condition="before")
    return added(
        ledger, before, new(like, "after", after, direction=word, compared_with=before.id, condition="after")
    )


def within_range(ledger: Ledger, chance: Random, nth: int) -> Edited:
    like, low = some(ledger, chance), chance.randint(10, 90)
    limits = new(like, "most", low + 20, statistic="maximum"), new(like, "least", low, statistic="minimum")
    return added(ledger, new(like, "range", low, low + 20), *limits)


HARMLESS: Mapping[str, Edit] = {
    one.__name__.replace("_", " "): one
    for one in (
        again,
        about,
        other_print,
        right_parts,
        right_shares,
        right_order,
        right_share,
        right_p,
        reached_bound,
        right_direction,
        within_range,
    )
}
