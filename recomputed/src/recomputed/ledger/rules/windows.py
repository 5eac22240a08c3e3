"""Rule 7: changes over different windows or from different bases, put side by side."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import NOT_COMPARABLE, Finding, find

if TYPE_CHECKING:
    from recomputed.language.catalogue import Text
    from recomputed.ledger.terms import Words
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
        yield _finding(ledger.words, quantity, subjects_, claims, measured)


def _measured(changes: Sequence[Claim]) -> Mapping[tuple[str, str], Measured]:
    windows: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    bases: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for claim in changes:
        key = (claim.quantity, _subject(claim))
        windows[key].update({claim.window: None} if claim.window else {})
        bases[key].update({claim.basis: None} if claim.basis else {})
    return {key: Measured(tuple(windows[key]), tuple(bases[key])) for key in windows}


def _finding(
    words: "Words",
    quantity: str,
    subjects: Sequence[str],
    claims: Sequence[Claim],
    measured: Mapping[tuple[str, str], Measured],
) -> Finding:
    alike: dict[Measured, list[str]] = defaultdict(list)
    for subject in subjects:
        alike[measured[quantity, subject]].append(subject)
    groups = words.joined([_group(words, names, how) for how, names in alike.items()], "; ")
    message = words.say("unlike-changes.message", what=words.term(quantity), groups=groups)
    return find("unlike-changes", NOT_COMPARABLE, claims, message, words.say("unlike-changes.assumption"))


def _group(words: "Words", subjects: Sequence[str], how: Measured) -> "Text":
    bases = words.listed([words.condition(base) for base in how.bases])
    windows = words.listed([words.span(window) for window in how.windows])
    return words.fill(
        "{names} {basis}, {window}",
        names=words.listed([words.case_or_subject(subject) for subject in subjects]),
        basis=words.say(f"unlike-changes.{'basis' if how.bases else 'no-basis'}", bases=bases),
        window=words.say(f"unlike-changes.{'window' if how.windows else 'no-window'}", windows=windows),
    )


def _subject(claim: Claim) -> str:
    return claim.case or claim.condition
