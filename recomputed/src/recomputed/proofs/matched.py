"""Which tokens of a paper and its proof have been found to be the same, and what has been told of the others."""

import re
from collections.abc import Iterable, Iterator, Sequence

from recomputed.proofs import house_numbers as figures
from recomputed.proofs.alignment import align, gaps
from recomputed.proofs.corrections import NOTHING, Compared, Correction, about, shown
from recomputed.proofs.words import WORD, Token

_CONTEXT = 6  # tokens around a correction


class Matched:
    """The tokens of the paper and the proof. Of each of the paper's, `match` has its place in the proof, or -1; of each
    of the proof's, `used` whether it is accounted for. `found` is what is told so far.
    """

    def __init__(self, paper: Sequence[Token], proof: Sequence[Token], lang: str):
        self.paper, self.proof, self.lang = paper, proof, lang
        self.codes = tuple(dict.fromkeys((lang, *(one.run.lang for one in paper if one.run.lang))))
        starts = [nth for nth, one in enumerate(paper) if one.starts and nth]
        self.match = align([one.key for one in paper], [_sought(one) for one in proof], starts)
        there = set(self.match)
        self.used = [at in there for at in range(len(proof))]
        self.found = Compared(tokens=len(paper))

    def pairs(self) -> Iterator[tuple[Token, int]]:
        """The paper's tokens that are matched, each with its place in the proof."""
        return ((one, at) for one, at in zip(self.paper, self.match, strict=True) if at >= 0)

    def places(self, zone: str) -> list[int]:
        """Where the tokens of a zone of the paper are in the proof."""
        return [at for one, at in self.pairs() if one.run.zone == zone]

    def ours_at(self, there: int) -> Token | None:
        """What of the paper is matched there."""
        return next((one for one, at in self.pairs() if at == there), None)

    def unused(self) -> list[list[int]]:
        """The runs of the proof's places that are not accounted for."""
        return [list(range(*run)) for run in gaps([0 if one else -1 for one in self.used])]

    def take(self, nth: int, at: int) -> None:
        """Match the paper's token `nth` with the proof's at `at`."""
        self.match[nth], self.used[at] = at, True

    def leave(self, nth: int) -> None:
        """Leave the place of the paper's token `nth` to others."""
        self.used[self.match[nth]], self.match[nth] = False, -1

    def use(self, places: Iterable[int]) -> None:
        """Account for these places of the proof."""
        for at in places:
            self.used[at] = True

    def tell(self, ours: Sequence[int], theirs: Sequence[int], where: int) -> None:
        """Tell that these places of the paper stand as those of the proof, at or behind `where`."""
        tokens, expected = [self.proof[at] for at in theirs], [self.paper[nth] for nth in ours]
        states = any(self._states(self.paper, nth) for nth in ours)
        states |= any(self._states(self.proof, at) for at in theirs)
        first, last = (theirs[0], theirs[-1] + 1) if theirs else (where + 1, where + 1)
        around_it = (self.proof[max(0, first - _CONTEXT) : first], self.proof[last : last + _CONTEXT])
        context = f"{shown(around_it[0])} »{shown(tokens)}« {shown(around_it[1])}".strip()
        ids = tuple(dict.fromkeys(one.run.id for one in expected if one.run.id))
        place = self.proof[min(where, len(self.proof) - 1)].run.place
        told = (shown(tokens) or NOTHING, shown(expected) or NOTHING, context)
        of = about(expected[0]) if expected else ""
        self.found.corrections.append(Correction("number" if states else "word", place, *told, of, ids))

    def _states(self, tokens: Sequence[Token], nth: int) -> bool:
        return figures.states_number(tokens[nth], tokens[nth - 1] if nth else None, self.codes)


def _sought(token: Token) -> str:
    """The key by which a token is looked for: a word of an address that is parted at its hyphens is none of a title."""
    return f"-{token.key}" if token.kind == WORD and re.search(r"\s-\Z", token.before) else token.key


def joined(tokens: Iterable[Token]) -> str:
    """The keys of tokens, as one word."""
    return "".join(token.key for token in tokens)
