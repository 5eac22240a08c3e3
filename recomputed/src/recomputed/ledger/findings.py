"""A finding about the article: what is wrong with which claims, how badly, and what would make it right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from recomputed.language.catalogue import ENGLISH, Text

CONTRADICTION = "contradiction"
UNSUPPORTED = "unsupported"
IMPLAUSIBLE = "implausible"
NOT_COMPARABLE = "not comparable"
UNTESTABLE = "untestable"
TIGHTER = "tighter than derivable"
SEVERITIES = {
    CONTRADICTION: "no values that the statements allow make them all true",
    UNSUPPORTED: "nothing that the article gives bears the statement out, though it may be true",
    IMPLAUSIBLE: "possible, but only under an unusual assumption",
    NOT_COMPARABLE: "figures of different things, times or bases are put side by side",
    UNTESTABLE: "no data that the article has, or could have with these cases, can show it",
    TIGHTER: "the stated figure is narrower than what the article's own figures allow",
}
"""The severities, the gravest first, and what each means."""


FIGURES, CODING = "figures", "coding"
UNSEEN = (
    "anything that is not in the ledger: a figure or a statement that nobody entered",
    "a cell coded otherwise than the article says it",
    "pictures, and figures that only a picture shows",
    "whether a cited source says what it is cited for",
    "whether a stated figure is true, where the article gives no other to hold it against",
    "causes, arguments and contradictions in words that no column of the ledger codes",
)
"""The classes of contradiction that no rule can see; `audit` and the engine's README tell them."""


class Placed(Protocol):
    """What a finding is about: a claim, a comparison or a relation, with its place in the article."""

    @property
    def id(self) -> str: ...
    @property
    def locator(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `locators` has the place of each of `claims`; `assumption` is what would save the statement.

    `follows`: whether a rule found it in figures alone, or it rests on a formula, a statement or a gap that the
    coder entered.
    """

    id: str
    rule: str
    severity: str
    claims: tuple[str, ...]
    locators: tuple[str, ...]
    message: Text
    assumption: Text
    follows: str = FIGURES

    def as_json(self) -> dict[str, Any]:
        """The finding as plain data, its sentences in each language."""
        return {
            "id": self.id,
            "rule": self.rule,
            "severity": self.severity,
            "claims": list(self.claims),
            "locators": list(self.locators),
            "follows": self.follows,
            **by_language("message", self.message),
            **by_language("assumption", self.assumption),
        }


def by_language(name: str, text: Text) -> dict[str, str]:
    """A text as fields: the English one by the name alone, any other with its language, as `message_id`."""
    return {name if code == ENGLISH else f"{name}_{code}": said for code, said in text.items()}


def find(
    rule: str,
    severity: str,
    about: Iterable[Placed],
    message: Text,
    assumption: Text,
    named: Placed | None = None,
    follows: str = FIGURES,
) -> Finding:
    """A finding about one or more claims, named after the rule and one of them, by default the first."""
    claims = list(about)
    return Finding(
        id=f"{rule}.{(named or claims[0]).id}",
        rule=rule,
        severity=severity,
        claims=tuple(claim.id for claim in claims),
        locators=tuple(claim.locator for claim in claims),
        message=_sentence(message),
        assumption=_sentence(assumption),
        follows=follows,
    )


def _sentence(text: Text) -> Text:
    """It may begin with a quantity, which has no capital of its own."""
    return Text({code: said[:1].upper() + said[1:] for code, said in text.items()})


def as_json(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings as plain data, in their order."""
    return [finding.as_json() for finding in findings]
