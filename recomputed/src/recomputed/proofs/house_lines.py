"""Lines and marks of a house's own, which the paper has not: marks of notes, heads, contents, dates, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

from recomputed.language.catalogue import CODES, known
from recomputed.proofs.matched import Matched, joined
from recomputed.proofs.words import NUMBER, SIGN, WORD, Token

_FRONT = 25  # tokens around the authors' names in which a house sets its own lines
_OWN_BLOCK = 40  # tokens of a block that a house has added, unless it repeats the paper
_AUTHORS = "contrib-group"
_COUNTED = 5  # numbers that count up by one, each a line's
_NAMES = ("surname", "string-name")
_TITLE = "title at "  # where JATS has one
_BROKEN = 3  # lines that an entry of contents has at most


@dataclass(frozen=True, slots=True)
class Front:
    """Where the proof has its front matter: the places behind the text, all in which a house sets its own lines, and
    the groups of the paper's front that it does not print.
    """

    end_matter: range
    around: frozenset[int]
    unprinted: frozenset[str]

    def is_optional(self, token: Token) -> bool:
        """Whether a house may leave it out: a heading's number, the title in another language."""
        return token.run.zone == "label" or (token.run.zone == "front" and token.run.group in self.unprinted)


def find_front(both: Matched) -> Front:
    """Find the authors' names and the like in any order, before the text and around what is matched of them."""
    body = both.places("text") or [0]
    end = max(body)
    near = (range(at - _FRONT, at + _FRONT + 1) for at in both.places("front"))
    notes = [at for at in both.places("note") if at > end]
    end_matter = range(end + 1, min(notes, default=len(both.proof)))
    around = frozenset(range(min(body))).union(end_matter, *near)
    free = [at for at in sorted(around) if 0 <= at < len(both.used) and not both.used[at]]
    taken: dict[int, int] = {}
    for nth, token in enumerate(both.paper):
        if token.run.zone == "front" and both.match[nth] < 0:
            for at in (at for at in free if both.proof[at].key == token.key and not both.used[at]):
                both.take(nth, at)
                taken[nth] = at
                break
    for nth in [nth for nth, at in taken.items() if _is_amid_others(both, at)]:
        both.leave(nth)
    groups = Counter(one.run.group for one in both.paper if one.run.zone == "front")
    printed = Counter(one.run.group for one, _ in both.pairs())
    unprinted = frozenset(one for one in groups if one != _AUTHORS and 2 * printed[one] < groups[one])
    return Front(end_matter, around, unprinted)


def _is_amid_others(both: Matched, at: int) -> bool:
    """Whether a place is within a line in which none beside it is matched."""
    near = [one for one in (at - 1, at + 1) if 0 <= one < len(both.used)]
    return not any(both.used[one] for one in near) and not _is_whole_line(both, [at])


def is_own_mark(both: Matched, theirs: Sequence[int]) -> bool:
    """Whether what the paper has not there is a mark or label, or says again what it has elsewhere."""
    first = both.proof[theirs[0]]
    label = first.starts and joined(both.proof[at] for at in theirs) in _labels()
    looks = (_is_mark, _is_named_again, _is_dash_of_cell, _is_contents)
    return label or any(look(both, theirs) for look in looks)


def is_added(both: Matched, front: Front, theirs: Sequence[int]) -> bool:
    """Whether it is whole lines of a house: by the authors, at a page's turn, or a long block unlike the paper."""
    first, after = theirs[0], theirs[-1] + 1
    if first in front.end_matter or _is_count(both, theirs) or _is_query(both, theirs):
        return True
    if not _is_whole_line(both, theirs):
        return False
    if all(at in front.around for at in theirs):
        return True
    if len(theirs) >= _OWN_BLOCK:
        own = {tuple(one.key for one in both.paper[nth : nth + 3]) for nth in range(len(both.paper))}
        return (
            sum(tuple(one.key for one in both.proof[at : at + 3]) in own for at in theirs) < len(theirs) / 2
        )
    page = both.proof[first].run.place.split(",")[0]
    near = [at for at in (first - 1, after) if 0 <= at < len(both.proof)]
    turns = len(near) < 2 or any(both.proof[at].run.place.split(",")[0] != page for at in near)
    return page.startswith("page") and turns and len(theirs) <= 30


def _is_count(both: Matched, theirs: Sequence[int]) -> bool:
    """Whether it is the numbers of a column's lines."""
    keys = [both.proof[at].key for at in theirs]
    return (
        len(keys) >= _COUNTED
        and all(map(str.isdecimal, keys))
        and all(int(one) + 1 == int(other) for one, other in pairwise(keys))
    )


def _is_query(both: Matched, theirs: Sequence[int]) -> bool:
    """Whether it is names of questions to the author, as AQ1: letters that the paper numbers nothing by."""
    letters = {both.proof[at].key for at in theirs[::2]}
    named = [_numbered(both.proof, at) for at in range(len(both.proof) - 1) if not both.used[at]]
    counted = {name for name in named if name[0] in letters}
    own = any(_numbered(both.paper, nth)[0] in letters for nth in range(len(both.paper) - 1))
    return len(counted) > 1 and not own and all(_numbered(both.proof, at)[0] for at in theirs[::2])


def _numbered(tokens: Sequence[Token], at: int) -> tuple[str, str]:
    """The capitals and the number of a name of both, as AQ1, that begins there; nothing where none does."""
    letters, number = tokens[at : at + 2] if at + 1 < len(tokens) else (tokens[at], tokens[at])
    tight = number.kind == NUMBER and number.before == ""
    return (
        (letters.key, number.key) if tight and letters.kind == WORD and letters.shown.isupper() else ("", "")
    )


def _is_whole_line(both: Matched, theirs: Sequence[int]) -> bool:
    after = theirs[-1] + 1
    return both.proof[theirs[0]].starts and (after >= len(both.proof) or both.proof[after].starts)


def _is_mark(both: Matched, theirs: Sequence[int]) -> bool:
    """Whether it is the mark of a note: raised, or a small number right behind a word or a full stop."""
    at = theirs[0]
    one = both.proof[at]
    if one.key[0] == "^" and all(
        both.proof[at].key[0] == "^" and len(both.proof[at].key) < 4 for at in theirs
    ):
        return True
    notes = sum(one.run.zone == "label" and one.kind == NUMBER for one in both.paper)
    tight = one.before != "" or not one.starts
    return (
        len(theirs) == 1
        and one.key.isdigit()
        and tight
        and one.before[-1:] in tuple(".,;:)”")
        and int(one.key) <= notes
    )


def use_repeated_heads(both: Matched) -> None:
    """Account for each head of a table that is set again at the turn of a column or page."""
    heads: dict[str, tuple[str, str]] = {}  # what of a table is no more than a head in pieces, and all of it
    zones = zip(both.paper, both.match, strict=True)
    for (zone, table), group in groupby(zones, lambda pair: (pair[0].run.zone, pair[0].run.group)):
        if zone == "table":
            cells = list(group)
            missing = joined(one for one, _ in takewhile(lambda pair: pair[1] < 0, cells))
            tokens = [one for one, _ in cells]
            heads.setdefault(table, (max(missing, joined(_cut(tokens)[0]), key=len), joined(tokens)))
    for theirs in both.unused():
        lines = _cut([both.proof[at] for at in theirs])
        ends = [sum(map(len, lines[:nth])) for nth in range(1, len(lines) + 1)]
        for end in (end for end in reversed(ends) if end > 1 and both.proof[theirs[0]].starts):
            said = joined(both.proof[at] for at in theirs[:end])
            if any(head.startswith(said) and said not in first for first, head in heads.values()):
                both.use(theirs[:end])
                both.found.restyled += 1
                break


def _is_named_again(both: Matched, theirs: Sequence[int]) -> bool:
    """Whether a citation repeats the names right before it, which the paper has in its sentence alone."""
    first, after = theirs[0], theirs[-1] + 1
    before = both.proof[max(0, first - len(theirs)) : first]
    cited = both.ours_at(after)
    if cited is None or cited.run.zone != "cite":
        return False
    named = {
        one.key for one in both.paper if one.run.group in (f"{cited.run.group}|{name}" for name in _NAMES)
    }
    keys = [both.proof[at].key for at in theirs]
    return (
        keys[0] in named
        and keys == [one.key for one in before]
        and all(both.proof[at].kind == WORD for at in theirs)
    )


def _is_dash_of_cell(both: Matched, theirs: Sequence[int]) -> bool:
    """Whether it is a dash alone on its line, or before what begins a block of the paper: an empty cell."""
    dash, *after = both.proof[theirs[0] : theirs[-1] + 2]
    if dash.kind != SIGN or len(after) != 1 or not after[0].starts:
        return False
    behind = both.ours_at(theirs[-1] + 1)
    return dash.starts or (behind is not None and behind.starts)


def _is_contents(both: Matched, theirs: Sequence[int]) -> bool:
    """Whether what is behind its first line is blocks of the paper, each with the number of a page, or its titles."""
    blocks = _cut(both.paper)
    paged = {said for block in blocks if re.search(r"[^\W\d]", said := joined(block))}
    titled = [(label, one) for label, one in pairwise(blocks) if one[0].run.place.startswith(_TITLE)]
    titles = {joined(one) for _, one in titled} | {
        joined((*label, *one)) for label, one in titled if label[0].run.zone == "label"
    }

    def is_entry(tokens: Sequence[Token]) -> bool:
        ends = (joined(tokens[:-behind]) for behind in (1, 2) if len(tokens) > 1)
        return joined(tokens) in titles | _labels() or any(end in paged for end in ends)

    end = theirs[-1] + 1
    # the last words may be held for another place's
    while end < len(both.proof) and not both.proof[end].starts:
        end += 1
    lines = _cut(both.proof[theirs[0] : end])[1:]
    found = len(lines) > 0
    while lines and found:
        ends = (
            end for end in range(1, _BROKEN + 1) if is_entry([one for line in lines[:end] for one in line])
        )
        found = bool(end := next(ends, 0))
        lines = lines[end:]
    return found


def _cut(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens by the lines, or blocks, that they stand in."""
    lines: list[list[Token]] = []
    for one in tokens:
        if one.starts or not lines:
            lines.append([])
        lines[-1].append(one)
    return lines


def _labels() -> set[str]:
    """What the engine itself calls the parts of a paper, in each language, by the letters alone."""
    said = (
        text for language in known(CODES) for text in language["labels"].values() if isinstance(text, str)
    )
    return {"".join(filter(str.isalpha, text.lower())) for text in said}
