"""Each comparing word that a claim of a paper holds, reversed: its opposite is taken from the language's paradigms.

Run on a paper (`RECOMPUTED_PAPER`), it prints each reversal and in how many ways the guard tells it.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from recomputed.guards.allowed import Allowances
from recomputed.guards.comparing import ComparingWords, read_comparisons
from recomputed.guards.passages import Passage, Piece, Text
from recomputed.language.catalogue import language
from recomputed.language.comparing_words import LESS, MORE, MULTIPLE, Word, vocabulary
from recomputed.ledger.examination import Examination

_INVERSE = {Fraction(2): "half as", Fraction(1, 2): "twice as"}  # English counts everywhere


def opposite(text: str, word: Word, code: str) -> str:
    """What says the opposite of a word: its counterpart in the lists, else another word of the other way."""
    words = language(code)
    if word.sense == MULTIPLE:
        return _INVERSE[word.factor or Fraction(2)]
    if word.sense not in (MORE, LESS):
        return str(words.listed("comparing.more")[-1])
    before, _, last = text.lower().rpartition(" ")
    for up, down in (("more", "less"), ("upward", "downward")):
        pairs = list(zip(words.listed(f"comparing.{up}"), words.listed(f"comparing.{down}"), strict=False))
        found = dict(pairs if word.sense == MORE else [(less, more) for more, less in pairs])
        if last in found:
            return f"{before} {found[last]}".strip()
    return str(words.listed(f"comparing.{LESS if word.sense == MORE else MORE}")[0])


def reversals(text: Text, examination: Examination) -> Iterator[tuple[str, str, list[str]]]:
    """Each comparing word in a claim, its opposite, and what the guard tells of it instead."""
    comparisons = read_comparisons(examination.ledger.comparisons, examination.numbers)
    for passage in text.passages:
        for word in vocabulary(text.lang, passage.lang).find(passage.typed):
            start, piece = passage.piece(word.start)
            if piece.claims:
                said = passage.text[word.start : word.end]
                other = opposite(said, word, passage.lang)
                changed = _replaced(passage, piece, word.start - start, said, other)
                guard = ComparingWords(comparisons, examination.numbers, Allowances(()), "paper.qmd")
                alone = replace(text, passages=(changed,))
                told = [one.message for one in guard.in_text(alone, lambda *_: None)]
                yield said, other, [message for message in told if "says otherwise" in message]


def _replaced(passage: Passage, piece: Piece, at: int, said: str, other: str) -> Passage:
    changed = replace(piece, text=piece.text[:at] + other + piece.text[at + len(said) :])
    return replace(passage, pieces=tuple(changed if one is piece else one for one in passage.pieces))


def main() -> None:
    """Print every reversal of the paper at hand."""
    from recomputed.guards.all_guards import text_for_guards
    from synthetic.variants import examined, execute_here

    for said, other, told in reversals(text_for_guards(execute_here(), examined()), examined()):
        print(f"{said}\t{other}\t{len(told)}")


if __name__ == "__main__":
    main()
