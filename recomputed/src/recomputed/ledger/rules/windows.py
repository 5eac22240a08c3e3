"""Rule 7: changes over different windows or from different bases, put side by side."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from recomputed.language.terms import both, case_or_place, condition, span, term
from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import NOT_COMPARABLE, Finding, Text, find

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number


class Measured(NamedTuple):
    """How a change is measured, wherever the article says so: all windows and all bases that it gives."""

    windows: tuple[str, ...]
    bases: tuple[str, ...]


def unlike_changes(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Figures of one quantity in one place whose subjects are measured over other windows or from other bases.

    A window or basis belongs to a case (or, without a case, to a condition) wherever it is said; one that is
    nowhere said differs from one that is. One finding for each set of subjects, whatever the places.
    """
    growing = {claim.quantity for claim in ledger.claims if claim.window or claim.basis}
    changes = [claim for claim in ledger.claims if claim.quantity in growing and claim.is_stated]
    measured = _measured(changes)
    places: dict[tuple[str, str], dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in changes:
        places[claim.quantity, claim.locator][_subject(claim)].append(claim)
    beside: dict[tuple[str, tuple[str, ...]], list[Claim]] = defaultdict(list)
    for (quantity, _), subjects in places.items():
        if len({measured[quantity, subject] for subject in subjects}) > 1:
            claims = [claim for same in subjects.values() for claim in same]
            beside[quantity, tuple(sorted(subjects))].extend(claims)
    for (quantity, subjects_), claims in beside.items():
        yield _finding(quantity, subjects_, claims, measured)


def _measured(changes: Sequence[Claim]) -> Mapping[tuple[str, str], Measured]:
    windows: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    bases: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for claim in changes:
        key = (claim.quantity, _subject(claim))
        windows[key].update({claim.window: None} if claim.window else {})
        bases[key].update({claim.basis: None} if claim.basis else {})
    return {key: Measured(tuple(windows[key]), tuple(bases[key])) for key in windows}


def _finding(
    quantity: str,
    subjects: Sequence[str],
    claims: Sequence[Claim],
    measured: Mapping[tuple[str, str], Measured],
) -> Finding:
    alike: dict[Measured, list[str]] = defaultdict(list)
    for subject in subjects:
        alike[measured[quantity, subject]].append(subject)
    groups = [_group(names, how) for how, names in alike.items()]
    what = term(quantity)
    return find(
        "unlike-changes",
        NOT_COMPARABLE,
        claims,
        Text(
            f"The {what.en} is put side by side though it is not measured alike: "
            f"{'; '.join(group.en for group in groups)}.",
            f"Angka {what.id} disandingkan meskipun tidak diukur dengan cara yang sama: "
            f"{'; '.join(group.id for group in groups)}.",
        ),
        Text(
            "They compare if all were measured over the same time from the same basis.",
            "Dapat dibandingkan jika semuanya diukur selama kurun dan dari dasar yang sama.",
        ),
    )


def _group(subjects: Sequence[str], how: Measured) -> Text:
    names = both([case_or_place(subject) for subject in subjects])
    bases, windows = both([condition(base) for base in how.bases]), both([span(w) for w in how.windows])
    basis = Text(f"against {bases.en}", f"terhadap {bases.id}")
    window = Text(f"over {windows.en}", f"selama {windows.id}")
    return Text(
        f"{names.en} {basis.en if how.bases else 'against no stated basis'}, "
        f"{window.en if how.windows else 'over no stated time'}",
        f"{names.id} {basis.id if how.bases else 'tanpa dasar yang disebut'}, "
        f"{window.id if how.windows else 'tanpa kurun yang disebut'}",
    )


def _subject(claim: Claim) -> str:
    return claim.case or claim.condition
