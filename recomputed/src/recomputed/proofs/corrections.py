"""What a proof is to be corrected in, and how its words are shown."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from recomputed.proofs.words import Token

KINDS = ("number", "word", "figure")
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Correction:
    """What stands in the proof, where, and what should. `numbers` are the ids of the paper's numbers there."""

    kind: str
    place: str
    found: str
    expected: str
    context: str
    part: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(slots=True)
class Compared:
    """What a comparison gives: corrections, how often the house only writes otherwise, and what it added."""

    corrections: list[Correction] = field(default_factory=list)
    restyled: int = 0
    added: list[tuple[str, str]] = field(default_factory=list)
    tokens: int = 0
    drawn: set[str] = field(default_factory=set)  # figures whose texts are there
    captions: dict[str, str] = field(default_factory=dict)  # where that of a figure stands

    def as_json(self) -> dict[str, Any]:
        """The content of `proof --json`, but for where numbers are made."""
        corrections = [asdict(one) for one in self.corrections]
        added = [{"place": place, "text": text} for place, text in self.added]
        return {"corrections": corrections, "restyled": self.restyled, "added": added}


def shown(tokens: Sequence[Token]) -> str:
    """Tokens as they are read, the middle of many left out."""
    texts = [
        (" " if one.starts or len(one.before) > 3 else re.sub(r"\s+", " ", one.before)) + one.sign + one.shown
        for one in tokens
    ]
    if len(texts) > 40:
        texts = [*texts[:15], f" … ({len(texts)} words and numbers) … ", *texts[-10:]]
    return "".join(texts).lstrip(" .,;:()").strip() if texts else ""


def about(token: Token) -> str:
    """What of the paper a token is part of; nothing for its text."""
    return "" if token.run.zone == "text" else f"{token.run.zone} {token.run.group.replace('|', ' ')}".strip()
