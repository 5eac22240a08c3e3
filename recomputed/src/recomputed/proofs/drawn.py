"""The texts drawn in a figure, held to the figure's own, whatever their order."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from recomputed.proofs.corrections import NOTHING, Correction, shown
from recomputed.proofs.matched import Matched, joined
from recomputed.proofs.words import DASHES, NUMBER, Picture, Run, Token, tokens_of

Drawn = list[tuple[str, list[list[Token]]]]
"""The texts of each figure, in each of its drawings."""


def texts_of(pictures: Sequence[Picture]) -> Drawn:
    """The texts in each drawing of the paper's figures."""
    return [
        (one.name, [tokens_of([Run(text, "", "fig", one.name)]) for text in drawing.texts])
        for one in pictures
        for drawing in (one, *one.others)
    ]


def hold_figures(both: Matched, drawn: Drawn) -> None:
    """Hold the texts of each drawn figure to its own; a picture has none."""
    for one, at in both.pairs():
        if one.run.zone == "caption":
            both.found.captions.setdefault(one.run.group, both.proof[at].run.place)
    for theirs in both.unused():
        if found := _drawn(both, drawn, theirs):
            id_, own = found
            while not _is_of(own, both.proof[theirs[0]].key):
                theirs.pop(0)
            while not _is_of(own, both.proof[theirs[-1]].key):
                theirs.pop()
            _hold_texts(both, own, id_, theirs)
        elif not (id_ := _spelled_out(both, drawn, theirs)):
            continue
        _hold_caption(both, {name for name, _ in drawn}, id_, theirs)
        both.use(theirs)
        both.found.drawn.add(id_)


def _spelled_out(both: Matched, drawn: Drawn, theirs: Sequence[int]) -> str:
    """The figure whose texts these are, each whole but its letters apart; "" if they are none's."""
    said = _without_dashes(both.proof[at] for at in theirs)
    for id_, texts in drawn:
        left = said
        for text in sorted(map(_without_dashes, texts), key=len, reverse=True):
            left = left.replace(text, "\0", 1)
        if left.count("\0") == len(left) == len(texts):
            return id_
    return ""


def _without_dashes(tokens: Iterable[Token]) -> str:
    return joined(one for one in tokens if one.shown not in DASHES)


def _is_of(own: Sequence[Token], key: str) -> bool:
    """Whether a figure has that text, or several that touch."""
    keys = [token.key for token in own]
    alike = [len(one) for one in keys if one.isdigit() == key.isdigit()]
    return key in keys or (len(key) > max(alike, default=0) and key in "".join(keys))


def _drawn(both: Matched, drawn: Drawn, theirs: Sequence[int]) -> tuple[str, list[Token]] | None:
    """The figure whose texts these are, most of them, with its own in that drawing; None if they are none's."""
    letters = Counter("".join(both.proof[at].key for at in theirs))
    found: list[tuple[int, str, list[Token]]] = []
    for id_, texts in drawn:
        own = Counter("".join(joined(text) for text in texts))
        if own and (own & letters).total() > max(0.8 * own.total(), 0.5 * letters.total()):
            tokens = [token for text in texts for token in text]
            words = {token.key for token in tokens}
            if sum(both.proof[at].key in words for at in theirs) > len(theirs) / 2:
                found.append(((own - letters).total() + (letters - own).total(), id_, tokens))
    return min(found, key=lambda one: one[0])[1:] if found else None


def _hold_caption(both: Matched, drawn: Collection[str], id_: str, theirs: Sequence[int]) -> None:
    """Tell of a figure that is at another's caption."""
    captions = {(one.run.group, at) for one, at in both.pairs() if one.run.zone == "caption"}
    beside = {group for group, at in captions if at in (theirs[0] - 1, theirs[-1] + 1) and group in drawn}
    if beside and id_ not in beside:
        place, there = both.proof[theirs[0]].run.place, min(beside)
        both.found.corrections.append(
            Correction("figure", place, f"the picture of {id_}", f"the picture of {there}", "", there)
        )


def _hold_texts(both: Matched, ours: Sequence[Token], id_: str, theirs: Sequence[int]) -> None:
    """Tell which texts of a drawn figure differ, whatever their order."""
    left, numbers = list(theirs), []
    for token in ours:
        own = [at for at in left if both.proof[at].key == token.key]
        at = min(own, key=lambda at: both.proof[at].sign != token.sign, default=None)
        if at is None or both.proof[at].sign != token.sign:
            numbers.append(token)
        if at is not None and both.proof[at].sign == token.sign:
            left.remove(at)
    besides = [both.proof[at] for at in left]
    numbers, besides = _unlike(numbers, besides)
    if besides or any(one.kind == NUMBER for one in numbers):
        kind = "number" if any(one.kind == NUMBER for one in (*numbers, *besides)) else "figure"
        place = both.proof[(left or theirs)[0]].run.place
        told = (shown(besides) or NOTHING, shown(numbers) or NOTHING)
        both.found.corrections.append(Correction(kind, place, *told, "", f"figure {id_}"))


def _unlike(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """What of either is not made of the other's: labels that touch are one text, a spaced one is several."""
    ours, theirs = list(ours), list(theirs)
    for wholes, parts in ((theirs, ours), (ours, theirs)):
        for whole in list(wholes):
            if made := _made_of(_written(whole), parts):
                wholes.remove(whole)
                for part in made:
                    parts.remove(part)
    return ours, theirs


def _made_of(text: str, parts: Sequence[Token]) -> list[Token]:
    """Several of the parts that are the text, one behind another; none if they cannot be."""
    for written, part in {_written(one): one for one in parts}.items():
        if text.startswith(written) and text != written:
            others = [one for one in parts if one is not part]
            rest = text[len(written) :]
            last = [one for one in others if _written(one) == rest][:1]
            if more := last or _made_of(rest, others):
                return [part, *more]
    return []


def _written(token: Token) -> str:
    return "-" if token.key == "to" and token.shown in DASHES else token.sign + token.key
