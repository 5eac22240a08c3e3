"""A publisher's proof held to the paper: what to correct, numbers first, then words.

The paper's tokens are those of its own JATS, where numbers know their ids. They are aligned with the proof's, blocks
wherever they stand. Each difference is a correction, a house's way of writing the same, or a house's own line.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import Any

from recomputed.exchange import proof_numbers as figures
from recomputed.exchange.proof_align import align, around, gaps
from recomputed.exchange.proof_text import (
    NUMBER,
    SIGN,
    WORD,
    Document,
    Run,
    Token,
    same_words,
    tokens_of,
)
from recomputed.language.catalogue import CODES, known

KINDS = ("number", "word", "figure")
NOTHING = "nothing"
_CONTEXT = 6  # tokens around a correction
_ALIKE = 0.7  # of the letters of a name, where one is meant for the other
_ENTRY = 80  # tokens that a reference has at most
_FRONT = 25  # tokens around the authors' names in which a house sets its own lines
_OWN_BLOCK = 40  # tokens of a block that a house has added, unless it repeats the paper
_FEWEST = 0.3  # of the paper's tokens that a proof of it has
_AUTHORS = "contrib-group"
_COUNTED = 5  # numbers that count up by one, each a line's
_NAMES = ("surname", "string-name")
_ADDRESS = ("uri", "ext-link", "pub-id")
_LEFT_OUT = (
    "pub-id",
    "uri",
    "ext-link",
    "issue",
    "month",
    "day",
    "date-in-citation",
)  # by some houses, of a reference


class AnotherPaper(ValueError):
    """The proof has little of the paper's text."""


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

    def as_json(self) -> dict[str, Any]:
        """The content of `proof --json`, but for where numbers are made."""
        corrections = [asdict(one) for one in self.corrections]
        added = [{"place": place, "text": text} for place, text in self.added]
        return {"corrections": corrections, "restyled": self.restyled, "added": added}


def compare(paper: Document, proof: Document, lang: str) -> Compared:
    """Hold a proof to a paper in a language. Raises AnotherPaper."""
    comparison = _Comparison(paper.tokens, proof.tokens, lang)
    comparison.drawn = {
        one.name: [tokens_of([Run(text, "", "fig", one.name)]) for text in one.texts]
        for one in paper.pictures
    }
    share = sum(at >= 0 for at in comparison.match) / max(1, len(paper.tokens))
    if share < _FEWEST:
        raise AnotherPaper(f"{share:.0%} of its words and numbers")
    comparison.front()
    comparison.references()
    comparison.matched()
    comparison.figures()
    comparison.gaps()
    comparison.found.corrections.sort(key=lambda one: KINDS.index(one.kind))
    return comparison.found


def compare_likest(documents: Sequence[Document], proof: Document, lang: str) -> tuple[Document, Compared]:
    """Hold a proof to that of the documents which it has most of. Raises AnotherPaper."""
    words = Counter(one.key for one in proof.tokens)

    def shared(document: Document) -> float:
        own = Counter(one.key for one in document.tokens)
        return 2 * (own & words).total() / (own.total() + words.total())

    likest = max(documents, key=shared)
    return likest, compare(likest, proof, lang)


class _Comparison:
    def __init__(self, paper: Sequence[Token], proof: Sequence[Token], lang: str):
        self.paper, self.proof, self.lang = paper, proof, lang
        self.codes = tuple(dict.fromkeys((lang, *(one.run.lang for one in paper if one.run.lang))))
        starts = [nth for nth, one in enumerate(paper) if one.starts and nth]
        self.match = align([one.key for one in paper], [_sought(one) for one in proof], starts)
        self.used = [False] * len(proof)
        for at in self.match:
            if at >= 0:
                self.used[at] = True
        self.found = Compared(tokens=len(paper))
        self.cited: dict[str, str] = {}
        self.house: dict[str, str] = {}  # the proof's decimal sign, by language
        self.drawn: dict[str, list[list[Token]]] = {}  # the texts of each figure
        self.notes = sum(one.run.zone == "label" and one.kind == NUMBER for one in paper)

    def _take(self, nth: int, at: int) -> None:
        self.match[nth], self.used[at] = at, True

    def _places(self, zone: str) -> list[int]:
        return [
            at for one, at in zip(self.paper, self.match, strict=True) if at >= 0 and one.run.zone == zone
        ]

    # ------------------------------------------------------------ what is set in any order

    def front(self) -> None:
        """Find the authors' names and the like in any order, before the text and around what is matched of them."""
        body = self._places("text") or [0]
        end = max(body)
        near = (range(at - _FRONT, at + _FRONT + 1) for at in self._places("front"))
        notes = [at for at in self._places("note") if at > end]
        self.end_matter = range(end + 1, min(notes, default=len(self.proof)))
        self.around_front = {*range(min(body)), *self.end_matter}.union(*near)
        free = [at for at in sorted(self.around_front) if 0 <= at < len(self.used) and not self.used[at]]
        for nth, token in enumerate(self.paper):
            if token.run.zone == "front" and self.match[nth] < 0:
                for at in (at for at in free if self.proof[at].key == token.key and not self.used[at]):
                    self._take(nth, at)
                    break
        groups = Counter(one.run.group for one in self.paper if one.run.zone == "front")
        printed = Counter(one.run.group for one, at in zip(self.paper, self.match, strict=True) if at >= 0)
        self.unprinted = {one for one in groups if one != _AUTHORS and 2 * printed[one] < groups[one]}

    def _is_optional(self, token: Token) -> bool:
        """Whether a house may leave it out: a heading's number, the title in another language."""
        return token.run.zone == "label" or (token.run.zone == "front" and token.run.group in self.unprinted)

    def references(self) -> None:
        """Find each reference's parts in its own entry of the proof, in whatever order; tell what differs."""
        entries = sorted(self._entries(), key=lambda one: one[0])
        for ordinal, (start, ours) in enumerate(entries, start=1):
            stop = entries[ordinal][0] if ordinal < len(entries) else len(self.proof)
            taken = set(ours)
            others = {
                at
                for nth, at in enumerate(self.match)
                if at >= 0 and nth not in taken and self.paper[nth].run.zone != "ref"
            }
            last = max(at for at in (self.match[nth] for nth in ours) if start <= at < stop)
            end = next(
                (at for at in range(last + 1, min(stop, start + 2 * _ENTRY)) if at in others),
                min(stop, start + 2 * _ENTRY),
            )
            self._entry(ours, range(start, end), ordinal)

    def _entries(self) -> Iterator[tuple[int, list[int]]]:
        """Where each reference begins in the proof, and the places of its tokens in the paper."""
        indexed = enumerate(self.paper)
        for id_, group in groupby(
            indexed, lambda one: one[1].run.zone == "ref" and one[1].run.group.split("|")[0]
        ):
            ours = [nth for nth, _ in group] if id_ else []
            runs = _runs(
                [
                    nth
                    for nth in ours
                    if self.paper[nth].kind == WORD and _part(self.paper[nth]) not in _ADDRESS
                ],
                self.match,
            )
            if not runs:
                if ours:
                    self._tell(ours, [], 0)
                continue
            title = self.match[max(runs, key=len)[0]]
            first = self.paper[ours[0]].key
            named = [at for at in range(title, max(-1, title - _ENTRY), -1) if self.proof[at].key == first]
            begins = [at for at in named if self.proof[at].starts or (at and self.proof[at - 1].starts)]
            yield (begins or named or [title])[0], ours

    def _entry(self, ours: Sequence[int], window: range, ordinal: int) -> None:
        for nth in ours:  # what only happens to stand elsewhere
            if self.match[nth] >= 0 and self.match[nth] not in window:
                self.used[self.match[nth]], self.match[nth] = False, -1
        free = [at for at in window if not self.used[at]]
        for nth in (nth for nth in ours if self.match[nth] < 0):
            at = next((at for at in free if self.proof[at].key == self.paper[nth].key), None)
            if at is not None:
                self._take(nth, at)
                free.remove(at)
        left = [nth for nth in ours if self.match[nth] < 0]
        numbers = [nth for nth in left if self.paper[nth].kind == NUMBER]
        theirs = [at for at in free if self.proof[at].kind == NUMBER]
        theirs = [
            at
            for at in theirs
            if self.proof[at].key not in (str(ordinal), str(ordinal + 1))
            or not self.proof[at].starts
            or self.proof[at - 1].kind == SIGN  # the end of a range, on the next line
        ]
        if "".join(self.paper[n].key for n in numbers) != "".join(self.proof[at].key for at in theirs):
            self._entry_numbers(numbers, theirs, window)
        for nth in (nth for nth in left if self.paper[nth].kind == WORD):
            word = self.paper[nth].key
            if word in _joined(
                self.proof[at] for at in (window if _part(self.paper[nth]) in _ADDRESS else free)
            ):
                continue  # parted at a line's end
            likely = [at for at in free if _is_misprint(word, self.proof[at].key)]
            if likely:
                free.remove(likely[0])
            if likely or _part(self.paper[nth]) == "article-title":
                before = self.match[nth - 1] if nth else -1
                self._tell([nth], likely[:1], likely[0] if likely else max(before, window.start))
        for nth in ours[:-1]:  # what is between two words of the title
            low, high = self.match[nth], self.match[nth + 1]
            between = [at for at in range(low + 1, high) if at in free]
            if (
                {_part(self.paper[one]) for one in (nth, nth + 1)} == {"article-title"}
                and 0 <= low < high
                and len(between) == high - low - 1 < 4
                and between
            ):
                self._tell([], between, low)
        for at in window:
            self.used[at] = True

    def _entry_numbers(self, ours: list[int], theirs: list[int], window: range) -> None:
        for nth in ours:
            key = self.paper[nth].key
            at = max(theirs, key=lambda at: _ratio(key, self.proof[at].key), default=None)
            if at is not None and (_ratio(key, self.proof[at].key) >= 0.5 or len(theirs) >= len(ours)):
                theirs.remove(at)
                if not (_part(self.paper[nth]) == "lpage" and key.endswith(self.proof[at].key)):
                    self._tell([nth], [at], at)
            elif _part(self.paper[nth]) not in _LEFT_OUT:
                self._tell([nth], [], window[-1])
        for at in theirs:
            self._tell([], [at], at)

    # ------------------------------------------------------------ what is matched, and what is not

    def matched(self) -> None:
        """Hold every matched figure to its value, sign and decimals; count what is only written otherwise."""
        pairs = [(nth, self.paper[nth], at) for nth, at in enumerate(self.match) if at >= 0]
        numbers: dict[str, list[tuple[str, str]]] = {}
        for _, one, at in pairs:
            if one.kind == NUMBER and one.run.zone != "ref":
                numbers.setdefault(one.run.lang or self.lang, []).append((one.shown, self.proof[at].shown))
        self.house = {
            lang: figures.house_decimal(own, figures.decimal_of(lang)) for lang, own in numbers.items()
        }
        for nth, one, at in pairs:
            other = self.proof[at]
            held = one.kind == NUMBER and one.run.zone != "ref" and one.key[0] != "^"
            spaced = self._is_spaced_range(nth, at)
            if spaced:
                self.match[nth - 1] = at
            if held and ((one.sign != other.sign and not spaced) or not self._is_same(one, other.shown)):
                self._tell([nth], [at], at)
            else:
                self.found.restyled += one.shown != other.shown

    def _is_spaced_range(self, nth: int, at: int) -> bool:
        """Whether a minus is the dash of a range, set apart from what is before it alone: `50 -100`."""
        minus = self.proof[at].sign == "-" and self.paper[nth].sign == "" and nth > 1
        return (
            minus
            and (self.paper[nth - 1].kind, self.match[nth - 1]) == (SIGN, -1)
            and self.match[nth - 2] == at - 1
        )

    def _is_same(self, ours: Token, theirs: str) -> bool:
        lang = ours.run.lang or self.lang
        own = figures.decimal_of(lang)
        return figures.is_same(ours.shown, own, theirs, self.house.get(lang, own))

    def gaps(self) -> None:
        """Judge what the paper has and the proof has not, with what stands there, then what the proof has besides."""
        for start, end in list(gaps(self.match)):
            there = around(self.match, self.used, start, end)
            ours = [nth for nth in range(start, end) if self.paper[nth].run.zone != "ref"]
            self.found.restyled += any(self._is_optional(self.paper[nth]) for nth in ours)
            ours = [nth for nth in ours if not self._is_optional(self.paper[nth])]
            if not ours:
                continue
            runs = [
                [at for _, at in run] for _, run in groupby(enumerate(there), lambda one: one[1] - one[0])
            ]
            theirs = [
                at
                for run in runs
                if len(run) <= 3 * len(ours) + 4 or self._is_cited_title(ours, run)
                for at in run
            ]
            for at in theirs:
                self.used[at] = True
            where = theirs[0] if theirs else max(0, self.match[start - 1]) if start else 0
            if theirs:
                self._judge(ours, theirs, where)
            else:
                for _, group in groupby(ours, lambda nth: self.paper[nth].run.zone):
                    self._judge(list(group), [], where)
        for first, last in gaps([0 if one else -1 for one in self.used]):
            theirs = list(range(first, last))
            if self._is_added(theirs):
                self.found.added.append((self.proof[first].run.place, _shown(self.proof[first:last])))
            else:
                self._judge([], theirs, first)

    def figures(self) -> None:
        """Hold the texts of each drawn figure to its own; a picture has none."""
        for first, last in list(gaps([0 if one else -1 for one in self.used])):
            theirs = list(range(first, last))
            if id_ := self._drawn(theirs):
                while not self._is_of(id_, self.proof[theirs[0]].key):
                    theirs.pop(0)
                while not self._is_of(id_, self.proof[theirs[-1]].key):
                    theirs.pop()
                self._figure(id_, theirs)
                for at in theirs:
                    self.used[at] = True

    def _is_of(self, id_: str, key: str) -> bool:
        """Whether a figure has that text, or several that touch."""
        own = [token.key for text in self.drawn[id_] for token in text]
        alike = [len(one) for one in own if one.isdigit() == key.isdigit()]
        return key in own or (len(key) > max(alike, default=0) and key in "".join(own))

    def _drawn(self, theirs: Sequence[int]) -> str:
        """The figure whose texts these are, most of them; "" if they are none's."""
        letters = Counter("".join(self.proof[at].key for at in theirs))
        for id_, texts in self.drawn.items():
            own = Counter("".join(_joined(text) for text in texts))
            if own and (own & letters).total() > max(0.8 * own.total(), 0.5 * letters.total()):
                words = {token.key for text in texts for token in text}
                if sum(self.proof[at].key in words for at in theirs) > len(theirs) / 2:
                    return id_
        return ""

    def _figure(self, id_: str, theirs: Sequence[int]) -> None:
        """Tell which texts of a drawn figure differ, whatever their order, and whether it is at another's caption."""
        captions = {
            (one.run.group, at)
            for one, at in zip(self.paper, self.match, strict=True)
            if at >= 0 and one.run.zone == "caption"
        }
        beside = {
            group for group, at in captions if at in (theirs[0] - 1, theirs[-1] + 1) and group in self.drawn
        }
        if beside and id_ not in beside:
            place, there = self.proof[theirs[0]].run.place, min(beside)
            self.found.corrections.append(
                Correction("figure", place, f"the picture of {id_}", f"the picture of {there}", "", there)
            )
        ours = [token for text in self.drawn[id_] for token in text]
        left, numbers = list(theirs), []
        for token in ours:
            own = [at for at in left if self.proof[at].key == token.key]
            at = min(own, key=lambda at: self.proof[at].sign != token.sign, default=None)
            if at is None or self.proof[at].sign != token.sign:
                numbers.append(token)
            if at is not None and self.proof[at].sign == token.sign:
                left.remove(at)
        besides = [self.proof[at] for at in left]
        if sorted(_written(numbers)) == sorted(_written(besides)) and len(besides) < len(numbers):
            return  # labels that touch are read as one
        if besides or any(one.kind == NUMBER for one in numbers):
            kind = "number" if any(one.kind == NUMBER for one in (*numbers, *besides)) else "figure"
            place = self.proof[(left or theirs)[0]].run.place
            told = (_shown(besides) or NOTHING, _shown(numbers) or NOTHING)
            self.found.corrections.append(Correction(kind, place, *told, "", f"figure {id_}"))

    def _judge(self, ours: Sequence[int], theirs: Sequence[int], where: int) -> None:
        if self._is_restyled(ours, theirs):
            self.found.restyled += 1
        else:
            self._tell(ours, theirs, where)

    def _is_restyled(self, our_places: Sequence[int], their_places: Sequence[int]) -> bool:
        """Whether what stands there is what should, as a house writes it."""
        ours, theirs = [self.paper[nth] for nth in our_places], [self.proof[at] for at in their_places]
        if not theirs:
            return False
        other = _joined(theirs)
        if not ours:
            return (
                self._is_mark(their_places)
                or (other in _labels() and theirs[0].starts)
                or self._is_repeated(their_places)
                or self._is_named_again(their_places)
                or self._is_dash_of_cell(their_places)
                or self._is_contents(their_places)
            )
        if [one.sign for one in ours if one.sign] != [one.sign for one in theirs if one.sign]:
            return False
        if same_words().get(_joined(ours), _joined(ours)) == same_words().get(other, other):
            return all(one.kind != NUMBER for one in (*ours, *theirs)) or self._is_parted(ours, theirs)
        said = figures.as_figure(ours, self.codes)
        if said is not None and said == figures.as_figure(theirs, self.codes):
            return True
        if len(ours) == len(theirs) == 1 and ours[0].kind == theirs[0].kind == WORD:
            return (
                1 < len(other) < len(ours[0].key)
                and ours[0].key.startswith(other)
                and self._is_short(their_places[0])
            )
        return self._is_cited(ours, theirs) or self._is_cited_title(our_places, their_places)

    def _is_parted(self, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
        """Whether the same letters and digits, parted otherwise, are the same numbers one by one."""
        if len(theirs) < len(ours) and all(one.run.zone == "table" for one in ours):
            return True  # cells of a narrow table that touch
        left = list(theirs)
        for token in ours:
            parts: list[Token] = []
            while left and len(_joined(parts)) < len(token.key):
                parts.append(left.pop(0))
            if _joined(parts) != token.key:  # letters and digits of one name
                return (
                    "".join(one.shown for one in ours) == "".join(one.shown for one in theirs)
                    and ours[0].kind == WORD
                )
            if (
                token.kind == NUMBER
                and token.run.zone != "cite"
                and not self._is_same(token, " ".join(one.shown for one in parts))
            ):
                return False
        return not left

    def _is_whole_line(self, theirs: Sequence[int]) -> bool:
        after = theirs[-1] + 1
        return self.proof[theirs[0]].starts and (after >= len(self.proof) or self.proof[after].starts)

    def _is_contents(self, theirs: Sequence[int]) -> bool:
        """Whether its lines, after the first, are each a block of the paper and the number of a page: headings."""
        lines = _cut([self.proof[at] for at in theirs])
        headings = {said for block in _cut(self.paper) if re.search(r"[^\W\d]", said := _joined(block))}
        return len(lines) > 1 and all(
            len(line) > 1 and any(_joined(line[:-behind]) in headings for behind in (1, 2))
            for line in lines[1:]
        )

    def _is_repeated(self, theirs: Sequence[int]) -> bool:
        """Whether it is a table's head again, at the turn of a column or page."""
        heads: dict[str, str] = {}
        for (is_table, table), cells in groupby(
            self.paper, lambda one: (one.run.zone == "table", one.run.group)
        ):
            if is_table:
                heads.setdefault(table, _joined(cells))
        said = _joined(self.proof[at] for at in theirs)
        return (
            len(theirs) > 1
            and self.proof[theirs[0]].starts
            and any(head.startswith(said) for head in heads.values())
        )

    def _is_mark(self, theirs: Sequence[int]) -> bool:
        """Whether it is the mark of a note: raised, or a small number right behind a word or a full stop."""
        at = theirs[0]
        one = self.proof[at]
        if one.key[0] == "^" and all(
            self.proof[at].key[0] == "^" and len(self.proof[at].key) < 4 for at in theirs
        ):
            return True
        tight = one.before != "" or not one.starts
        return (
            len(theirs) == 1
            and one.key.isdigit()
            and tight
            and one.before[-1:] in tuple(".,;:)”")
            and int(one.key) <= self.notes
        )

    def _is_short(self, at: int) -> bool:
        """Whether a full stop is right behind it."""
        return at + 1 < len(self.proof) and self.proof[at + 1].before.startswith(".")

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

    def _is_cited_title(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        """Whether the title of the reference stands for its author, an institution that the house takes for none."""
        groups = {self.paper[nth].run.group for nth in ours if self.paper[nth].kind == WORD}
        if len(groups) != 1 or any(self.paper[nth].run.zone != "cite" for nth in ours):
            return False
        own = f"{groups.pop()}|article-title"
        title = [one.key for one in self.paper if one.run.zone == "ref" and one.run.group == own]
        return bool(title) and [self.proof[at].key for at in theirs] == title

    def _is_named_again(self, theirs: Sequence[int]) -> bool:
        """Whether a citation repeats the names right before it, which the paper has in its sentence alone."""
        first, after = theirs[0], theirs[-1] + 1
        before = self.proof[max(0, first - len(theirs)) : first]
        cited = self._ours(after)
        if cited is None or cited.run.zone != "cite":
            return False
        named = {
            one.key for one in self.paper if one.run.group in (f"{cited.run.group}|{name}" for name in _NAMES)
        }
        keys = [self.proof[at].key for at in theirs]
        return (
            keys[0] in named
            and keys == [one.key for one in before]
            and all(self.proof[at].kind == WORD for at in theirs)
        )

    def _ours(self, there: int) -> Token | None:
        """What of the paper is matched there."""
        return next((one for one, at in zip(self.paper, self.match, strict=True) if at == there), None)

    def _is_dash_of_cell(self, theirs: Sequence[int]) -> bool:
        """Whether it is a dash alone on its line, or before what begins a block of the paper: an empty cell."""
        dash, *after = self.proof[theirs[0] : theirs[-1] + 2]
        if dash.kind != SIGN or len(after) != 1 or not after[0].starts:
            return False
        behind = self._ours(theirs[-1] + 1)
        return dash.starts or (behind is not None and behind.starts)

    def _is_count(self, theirs: Sequence[int]) -> bool:
        """Whether it is the numbers of a column's lines."""
        keys = [self.proof[at].key for at in theirs]
        return (
            len(keys) >= _COUNTED
            and all(map(str.isdecimal, keys))
            and all(int(one) + 1 == int(other) for one, other in pairwise(keys))
        )

    def _is_added(self, theirs: Sequence[int]) -> bool:
        """Whether it is whole lines of a house: by the authors, at a page's turn, or a long block unlike the paper."""
        first, after = theirs[0], theirs[-1] + 1
        if first in self.end_matter or self._is_count(theirs):
            return True
        if not self._is_whole_line(theirs):
            return False
        if all(at in self.around_front for at in theirs):
            return True
        if len(theirs) >= _OWN_BLOCK:
            own = {tuple(one.key for one in self.paper[nth : nth + 3]) for nth in range(len(self.paper))}
            return (
                sum(tuple(one.key for one in self.proof[at : at + 3]) in own for at in theirs)
                < len(theirs) / 2
            )
        page = self.proof[first].run.place.split(",")[0]
        near = [at for at in (first - 1, after) if 0 <= at < len(self.proof)]
        turns = len(near) < 2 or any(self.proof[at].run.place.split(",")[0] != page for at in near)
        return page.startswith("page") and turns and len(theirs) <= 30

    def _tell(self, ours: Sequence[int], theirs: Sequence[int], where: int) -> None:
        tokens, expected = [self.proof[at] for at in theirs], [self.paper[nth] for nth in ours]
        states = any(
            figures.states_number(self.paper[nth], self.paper[nth - 1] if nth else None, self.codes)
            for nth in ours
        )
        states |= any(
            figures.states_number(self.proof[at], self.proof[at - 1] if at else None, self.codes)
            for at in theirs
        )
        first, last = (theirs[0], theirs[-1] + 1) if theirs else (where + 1, where + 1)
        around_it = (self.proof[max(0, first - _CONTEXT) : first], self.proof[last : last + _CONTEXT])
        context = f"{_shown(around_it[0])} »{_shown(tokens)}« {_shown(around_it[1])}".strip()
        ids = tuple(dict.fromkeys(one.run.id for one in expected if one.run.id))
        place = self.proof[min(where, len(self.proof) - 1)].run.place
        about = _about(expected[0]) if expected else ""
        kind = "number" if states else "word"
        self.found.corrections.append(
            Correction(
                kind, place, _shown(tokens) or NOTHING, _shown(expected) or NOTHING, context, about, ids
            )
        )


def _runs(places: Sequence[int], match: Sequence[int]) -> list[list[int]]:
    """The runs of places that are matched one after another."""
    runs: list[list[int]] = []
    for nth in (nth for nth in places if match[nth] >= 0):
        if runs and match[nth] == match[runs[-1][-1]] + 1:
            runs[-1].append(nth)
        else:
            runs.append([nth])
    return runs


def _sought(token: Token) -> str:
    """The key by which a token is looked for: a word of an address that is parted at its hyphens is none of a title."""
    return f"-{token.key}" if token.kind == WORD and re.search(r"\s-\Z", token.before) else token.key


def _part(token: Token) -> str:
    """The part of a reference that it is of: `year`, `volume`, `article-title`."""
    return token.run.group.partition("|")[2]


def _about(token: Token) -> str:
    return "" if token.run.zone == "text" else f"{token.run.zone} {token.run.group.replace('|', ' ')}".strip()


def _cut(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens by the lines, or blocks, that they stand in."""
    lines: list[list[Token]] = []
    for one in tokens:
        if one.starts or not lines:
            lines.append([])
        lines[-1].append(one)
    return lines


def _joined(tokens: Iterable[Token]) -> str:
    return "".join(token.key for token in tokens)


def _written(tokens: Iterable[Token]) -> str:
    return "".join(token.sign + token.key for token in tokens)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _is_misprint(one: str, other: str) -> bool:
    """Whether two words differ by a letter or two and neither is short for the other."""
    if min(len(one), len(other)) < 4 or one.startswith(other) or other.startswith(one):
        return False
    return _ratio(one, other) >= _ALIKE


def _labels() -> set[str]:
    """What the engine itself calls the parts of a paper, in each language, by the letters alone."""
    said = (
        text for language in known(CODES) for text in language["labels"].values() if isinstance(text, str)
    )
    return {"".join(filter(str.isalpha, text.lower())) for text in said}


def _shown(tokens: Sequence[Token]) -> str:
    """Tokens as they are read, the middle of many left out."""
    texts = [
        (" " if one.starts or len(one.before) > 3 else re.sub(r"\s+", " ", one.before)) + one.sign + one.shown
        for one in tokens
    ]
    if len(texts) > 40:
        texts = [*texts[:15], f" … ({len(texts)} words and numbers) … ", *texts[-10:]]
    return "".join(texts).lstrip(" .,;:()").strip() if texts else ""
