"""What a house only writes otherwise: numbers, spaces, short words, citations."""

from collections.abc import Sequence

from recomputed.proofs import house_numbers as figures
from recomputed.proofs.matched import Matched, joined
from recomputed.proofs.words import NUMBER, WORD, Token, same_words


def _is_label(token: Token) -> bool:
    """Whether it is the first word of a caption, as Figure."""
    return token.run.zone == "caption" and token.starts


def _is_drawn_from(short: str, word: str) -> bool:
    """Whether a contraction has the word's first letter, and more of them in their order."""
    letters = iter(word)
    return short[0] == word[0] and all(one in letters for one in short)


class HouseStyle:
    """How the proof's house writes, as it has been found so far."""

    def __init__(self, both: Matched):
        self.both = both
        self.cited: dict[str, str] = {}  # the mark of each reference
        numbers: dict[str, list[tuple[str, str]]] = {}
        for one, at in both.pairs():
            if one.kind == NUMBER and one.run.zone != "ref":
                numbers.setdefault(one.run.lang or both.lang, []).append((one.shown, both.proof[at].shown))
        self.decimals = {
            lang: figures.house_decimal(own, figures.decimal_of(lang)) for lang, own in numbers.items()
        }  # the proof's decimal sign, by language

    def is_same(self, ours: Token, theirs: str) -> bool:
        """Whether `theirs` is the number, in the house's style."""
        lang = ours.run.lang or self.both.lang
        own = figures.decimal_of(lang)
        return figures.is_same(ours.shown, own, theirs, self.decimals.get(lang, own))

    def is_restyled(self, our_places: Sequence[int], their_places: Sequence[int]) -> bool:
        """Whether what stands there is what should, as a house writes it."""
        both = self.both
        ours, theirs = [both.paper[nth] for nth in our_places], [both.proof[at] for at in their_places]
        other = joined(theirs)
        if [one.sign for one in ours if one.sign] != [one.sign for one in theirs if one.sign]:
            return False
        alike = same_words().get(joined(ours), joined(ours)) == same_words().get(other, other)
        if alike or _letters(ours) == _letters(theirs):
            return all(one.kind != NUMBER for one in (*ours, *theirs)) or self._is_parted(ours, theirs)
        said = figures.as_figure(ours, both.codes)
        if said is not None and said == figures.as_figure(theirs, both.codes):
            return True
        if len(ours) == len(theirs) == 1 and ours[0].kind == theirs[0].kind == WORD:
            begins = ours[0].key.startswith(other) or (
                _is_label(ours[0]) and _is_drawn_from(other, ours[0].key)
            )
            return 1 < len(other) < len(ours[0].key) and begins and self._is_short(their_places[0])
        return self._is_cited(ours, theirs) or self.is_cited_title(our_places, their_places)

    def _is_parted(self, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
        """Whether the same letters and digits, parted otherwise, are the same numbers one by one."""
        if len(theirs) < len(ours) and all(one.run.zone == "table" for one in ours):
            return True  # cells of a narrow table that touch
        left = list(theirs)
        for token in ours:
            parts: list[Token] = []
            while left and len(joined(parts)) < len(token.key):
                parts.append(left.pop(0))
            if joined(parts) != token.key:  # letters and digits of one name
                return (
                    "".join(one.shown for one in ours) == "".join(one.shown for one in theirs)
                    and ours[0].kind == WORD
                )
            if (
                token.kind == NUMBER
                and token.run.zone != "cite"
                and not self.is_same(token, " ".join(one.shown for one in parts))
            ):
                return False
        return not left

    def _is_short(self, at: int) -> bool:
        """Whether a full stop is right behind it."""
        return at + 1 < len(self.both.proof) and self.both.proof[at + 1].before.startswith(".")

    def _is_cited(self, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
        """Whether names and years have become the number of the reference, the same each time."""
        groups = list(dict.fromkeys(token.run.group for token in ours if token.run.zone == "cite"))
        if not groups or any(one.kind == WORD for one in theirs) or all(one.kind == NUMBER for one in ours):
            return False
        if any(
            one.run.zone not in ("cite", "text") or (one.run.zone == "text" and one.kind == NUMBER)
            for one in ours
        ):
            return False
        marks = [one.key.strip("^") for one in theirs if one.kind == NUMBER]
        return len(groups) != len(marks) or all(
            self.cited.setdefault(one, mark) == mark for one, mark in zip(groups, marks, strict=True)
        )

    def is_cited_title(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        """Whether the title of the reference stands for its author, an institution that the house takes for none."""
        both = self.both
        groups = {both.paper[nth].run.group for nth in ours if both.paper[nth].kind == WORD}
        if len(groups) != 1 or any(both.paper[nth].run.zone != "cite" for nth in ours):
            return False
        own = f"{groups.pop()}|article-title"
        title = [one.key for one in both.paper if one.run.zone == "ref" and one.run.group == own]
        return bool(title) and [both.proof[at].key for at in theirs] == title


def _letters(tokens: Sequence[Token]) -> str:
    """What tokens are without spaces between them, a word with its like ("and", "&") as itself."""
    return "".join(one for token in tokens for one in token.shown.lower() if not one.isspace())
