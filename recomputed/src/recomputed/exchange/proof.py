"""A publisher's proof held to the paper: what to correct, numbers first, then words.

The paper's tokens are those of its own JATS, where numbers know their ids. They are aligned with the proof's, blocks
wherever they stand; a reference's parts, a figure's labels and the authors' names in whatever order a house sets them.
What is left is a correction, unless it is only a house's way of writing the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from recomputed.exchange import proof_numbers as figures
from recomputed.exchange.proof_align import align, around, gaps
from recomputed.exchange.proof_text import DASHES, NUMBER, SIGN, WORD, Document, Token, same_words
from recomputed.language.catalogue import CODES, known

KINDS = ("number", "word", "figure")
NOTHING = "nothing"
_CONTEXT = 6  # tokens around a correction
_ALIKE = 0.7  # of the letters of a name, where one is meant for the other
_ENTRY = 80  # tokens in which the rest of a reference is looked for
_FEWEST = 0.3  # of the paper's tokens that a proof of it has


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


def compare(paper: Document, proof: Document, labels: Mapping[str, Sequence[Token]], lang: str) -> Compared:
    """Hold a proof to a paper in a language. `labels` are the texts of its figures, by their ids.

    Raises AnotherPaper.
    """
    comparison = _Comparison(_as_set(paper.tokens, proof.tokens), proof.tokens, lang)
    if sum(at >= 0 for at in comparison.match) < _FEWEST * len(paper.tokens):
        found = sum(at >= 0 for at in comparison.match) / max(1, len(paper.tokens))
        raise AnotherPaper(f"{found:.0%} of its words and numbers")
    comparison.references()
    for id_, texts in labels.items():
        comparison.labels_of(id_, texts)
    comparison.style()
    comparison.differences()
    found = comparison.found
    found.corrections.sort(key=lambda one: KINDS.index(one.kind))
    return found


def _as_set(paper: Sequence[Token], proof: Sequence[Token]) -> list[Token]:
    """The paper's tokens, with the cells of a table that the proof has turned by their columns."""
    there = {tuple(one.key for one in proof[at : at + 3]) for at in range(len(proof))}
    ordered: list[Token] = []
    for table, group in groupby(paper, lambda one: one.run.zone == "table" and one.run.group.split("#")[0]):
        by_rows = list(group)
        if table:
            by_columns = sorted(by_rows, key=lambda one: _cell(one)[::-1])
            by_rows = max(by_rows, by_columns, key=lambda cells: _known(cells, there))
        ordered += by_rows
    return ordered


def _cell(token: Token) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", token.run.group.partition("#")[2]))) or (0, 0)


def _known(cells: Sequence[Token], there: set[tuple[str, ...]]) -> int:
    return sum(tuple(one.key for one in cells[at : at + 3]) in there for at in range(len(cells) - 2))


class _Comparison:
    def __init__(self, paper: Sequence[Token], proof: Sequence[Token], lang: str):
        self.paper, self.proof, self.lang = paper, proof, lang
        self.codes = tuple(dict.fromkeys((lang, *(one.run.lang for one in paper if one.run.lang))))
        self.match = align([one.key for one in paper], [one.key for one in proof])
        self.used = [False] * len(proof)
        for at in self.match:
            if at >= 0:
                self.used[at] = True
        self.pairs = [(one, at) for one, at in zip(paper, self.match, strict=True) if at >= 0]
        self.found = Compared(tokens=len(paper))
        self.cited: dict[str, str] = {}

    # ------------------------------------------------------------ what is set in any order

    def references(self) -> None:
        """Find each reference's parts in its own entry of the proof, in whatever order; tell what differs."""
        entries = list(self._entries())
        missing: list[tuple[Token, int | None, tuple[int, int]]] = []
        present: set[str] = set()
        for ours, (start, end) in entries:
            for nth in ours:  # what only happens to stand elsewhere
                if self.match[nth] >= 0 and not start <= self.match[nth] < end:
                    self.pairs.remove((self.paper[nth], self.match[nth]))
                    self.used[self.match[nth]], self.match[nth] = False, -1
            free: dict[str, list[int]] = {}
            for at in range(start, end):
                if not self.used[at]:
                    free.setdefault(self.proof[at].key, []).append(at)
            for nth in ours:
                if self.match[nth] < 0 and free.get(self.paper[nth].key):
                    self._take(nth, free[self.paper[nth].key].pop(0))
            present |= {
                _part(self.paper[nth])
                for nth in ours
                if self.match[nth] >= 0 and self.paper[nth].kind == NUMBER
            }
            missing += self._left(ours, start, end)
        for token, at, (start, end) in missing:
            part = _part(token)
            if at is None and token.kind == NUMBER and part not in present:
                self.found.restyled += 1  # a house that prints no issue, or no DOI
                continue
            where = at if at is not None else max(start, end - 1)
            self._tell([token], [] if at is None else [at], where)

    def _entries(self) -> Iterator[tuple[list[int], tuple[int, int]]]:
        """The places of each reference's tokens, and where its entry begins and ends in the proof."""
        known: list[tuple[int, int, list[int]]] = []
        indexed = enumerate(self.paper)
        for zone, group in groupby(
            indexed, lambda one: one[1].run.zone == "ref" and one[1].run.group.split("|")[0]
        ):
            ours = [nth for nth, _ in group]
            if not zone:
                continue
            titles = [nth for nth in ours if _part(self.paper[nth]) not in ("", "year")]
            runs = [[self.match[nth] for nth in run] for run in _runs(titles, self.match)]
            if runs:
                run = max(runs, key=len)
                known.append((self._begin(ours, run[0]), run[-1], ours))
            else:
                self._tell_missing(ours)
        known.sort()
        for nth, (start, last, ours) in enumerate(known):
            entry = self.proof[last].run.group.split("|")[0]
            if self.proof[last].run.zone == "ref":  # JATS says where it begins and ends
                own_places = [
                    at
                    for at, one in enumerate(self.proof)
                    if one.run.group.split("|")[0] == entry and one.run.zone == "ref"
                ]
                yield ours, (own_places[0], own_places[-1] + 1)
                continue
            following = known[nth + 1][0] if nth + 1 < len(known) else len(self.proof)
            own = self.proof[last].run.place
            blocks = "page" not in own
            stop = next(
                (
                    at
                    for at in range(last, min(following, last + _ENTRY))
                    if blocks and self.proof[at].run.place != own
                ),
                following,
            )
            taken = set(ours)
            owner = {at: n for n, at in enumerate(self.match) if at >= 0 and n not in taken}
            stop = next(
                (at for at in range(last + 1, min(stop, last + _ENTRY)) if at in owner),
                min(stop, last + _ENTRY),
            )
            yield ours, (start, max(stop, last + 1))

    def _begin(self, ours: Sequence[int], title: int) -> int:
        """Where the entry begins: at its first author, where a line or a block does."""
        first = self.paper[ours[0]].key
        window = range(title, max(-1, title - _ENTRY), -1)
        named = [at for at in window if self.proof[at].key == first]
        strict = [at for at in named if self.proof[at].starts]
        lines = strict or [
            at for at in named if any(self.proof[one].starts for one in range(max(0, at - 2), at + 1))
        ]
        begin = (lines or named or [title])[0]
        while (
            begin
            and not self.proof[begin].starts
            and self.proof[begin - 1].kind == NUMBER
            and not self.used[begin - 1]
        ):
            begin -= 1
        return begin

    def _left(
        self, ours: Sequence[int], start: int, end: int
    ) -> Iterator[tuple[Token, int | None, tuple[int, int]]]:
        """What of a reference is not in its entry, with what may stand for it; what else stands there is told."""
        numbers = [at for at in range(start, end) if not self.used[at] and self.proof[at].kind == NUMBER]
        if (
            numbers
            and self.proof[numbers[0]].starts
            and numbers[0] <= start + 1
            and len(self.proof[numbers[0]].key) < 4
        ):
            self.used[numbers.pop(0)] = True  # the entry's own number
        words = [at for at in range(start, end) if not self.used[at] and self.proof[at].kind == WORD]
        for nth in ours:
            token = self.paper[nth]
            if self.match[nth] >= 0 or token.run.group.endswith("|uri"):
                continue
            if token.kind == NUMBER:
                at = self._standing_for(nth, numbers, ours)
                if at is None or not self._is_elided(nth, at):
                    yield token, at, (start, end)
                if at is not None:
                    numbers.remove(at)
                    self.used[at] = True
            else:
                likely = [at for at in words if _is_misprint(token.key, self.proof[at].key)]
                if likely:
                    yield token, likely[0], (start, end)
                    words.remove(likely[0])
        for at in numbers:
            self._tell([], [at], at)
        for at in range(start, end):
            self.used[at] = True

    def _standing_for(self, nth: int, numbers: Sequence[int], ours: Sequence[int]) -> int | None:
        """The figure that stands for one that is missing: the likest, else the next."""
        key = self.paper[nth].key
        left = sum(self.match[one] < 0 and self.paper[one].kind == NUMBER for one in ours if one > nth)
        if not numbers:
            return None
        likest = max(numbers, key=lambda at: SequenceMatcher(None, key, self.proof[at].key).ratio())
        alike = SequenceMatcher(None, key, self.proof[likest].key).ratio()
        return likest if alike >= 0.5 or left < len(numbers) else None

    def _is_elided(self, nth: int, at: int) -> bool:
        """Whether it is the last page without the digits that it shares with the first."""
        key = self.proof[at].key
        return (
            _part(self.paper[nth]) == "lpage"
            and len(key) < len(self.paper[nth].key)
            and self.paper[nth].key.endswith(key)
        )

    def labels_of(self, id_: str, texts: Sequence[Token]) -> None:
        """Find the labels of a drawn figure near its caption; tell the numbers that differ. A picture has none."""
        caption = [
            at for one, at in self.pairs if one.run.zone in ("caption", "fig") and one.run.group == id_
        ]
        if not caption:
            return
        near = max(self._free(caption[0], -1), self._free(max(caption), 1), key=len)
        taken: list[tuple[Token, int]] = []
        left: list[Token] = []
        for token in texts:
            own = [at for at in near if self.proof[at].key == token.key]
            at = min(own, key=lambda at: self.proof[at].sign != token.sign, default=None)
            if at is None:
                left.append(token)
            else:
                near.remove(at)
                taken.append((token, at))
        if 2 * len(taken) < len(texts):
            return
        mixed = [one.sign for one, at in taken] != [self.proof[at].sign for _, at in taken]
        for token, at in taken:
            self.used[at] = True
            self.pairs.append(
                (
                    replace(token, sign=self.proof[at].sign)
                    if mixed and self._as_many_signs(texts, taken)
                    else token,
                    at,
                )
            )
        others = sorted(near)
        numbers = [at for at in others if self.proof[at].kind == NUMBER]
        touching = [token for token in left if token.kind == NUMBER]
        if len(touching) > 1 and _digits(touching) == _digits(
            self.proof[at] for at in numbers
        ):  # labels that overlap are read as one
            left, numbers = [token for token in left if token.kind != NUMBER], []
        for token in left:
            if token.kind == NUMBER:
                self._tell([token], [numbers.pop(0)] if numbers else [], taken[0][1], f"figure {id_}")
            elif likely := [at for at in others if _is_misprint(token.key, self.proof[at].key)]:
                self._tell([token], likely[:1], likely[0], f"figure {id_}")
        for at in others:
            self.used[at] = True

    def _free(self, at: int, step: int) -> list[int]:
        """What no paragraph has, from a place on."""
        free: list[int] = []
        at += step
        while 0 <= at < len(self.used) and not self.used[at]:
            free.append(at)
            at += step
        return free

    def _as_many_signs(self, texts: Sequence[Token], taken: Sequence[tuple[Token, int]]) -> bool:
        """Whether overlapping labels have exchanged signs rather than lost one."""
        low, high = min(at for _, at in taken), max(at for _, at in taken)
        here = "".join(one.before + one.sign + one.shown for one in self.proof[low : high + 1])
        return sum(bool(one.sign) for one in texts) <= sum(mark in DASHES for mark in here)

    # ------------------------------------------------------------ what is matched, and what is not

    def style(self) -> None:
        """Hold every matched figure to its value, sign and decimals; count what is only written otherwise."""
        pairs = [(one, self.proof[at], at) for one, at in self.pairs]
        numbers: dict[str, list[tuple[str, str]]] = {}
        for one, other, _ in pairs:
            if one.kind == NUMBER and one.run.zone != "ref":
                numbers.setdefault(one.run.lang or self.lang, []).append((one.shown, other.shown))
        self.house = {
            lang: figures.house_decimal(own, figures.decimal_of(lang)) for lang, own in numbers.items()
        }
        for one, other, at in pairs:
            lang = one.run.lang or self.lang
            if one.kind == NUMBER and one.run.zone != "ref" and not one.key.startswith("^"):
                same = figures.is_same(one.shown, figures.decimal_of(lang), other.shown, self.house[lang])
                if not same or one.sign != other.sign:
                    self._tell([one], [at], at)
                    continue
            self.found.restyled += one.shown != other.shown or _plain(one.before) != _plain(other.before)

    def differences(self) -> None:
        """Tell what the paper has and the proof has not, with what stands there, and what the proof has besides."""
        for start, end in list(gaps(self.match)):
            ours = [one for one in self.paper[start:end] if one.run.zone != "ref"]
            if not ours:
                continue
            theirs = self._standing(start, end)
            for at in theirs:
                self.used[at] = True
            where = theirs[0] if theirs else self.match[start - 1] if start else 0
            self._judge(ours, theirs, where)
        for first, last in gaps([0 if one else -1 for one in self.used]):
            self._judge([], list(range(first, last)), first)

    def _standing(self, start: int, end: int) -> list[int]:
        """The free tokens of the proof in the place of those from `start` to `end` of the paper."""
        there = around(self.match, self.used, start, end)
        longest = 3 * (end - start) + 4
        runs = [[at for _, at in run] for _, run in groupby(enumerate(there), lambda one: one[1] - one[0])]
        return [at for run in runs if len(run) <= longest for at in run]

    def _judge(self, ours: Sequence[Token], theirs: Sequence[int], where: int) -> None:
        tokens = [self.proof[at] for at in theirs]
        if self._is_restyled(ours, tokens):
            self.found.restyled += 1
        elif not ours and self._is_added(theirs):
            self.found.added.append((tokens[0].run.place, _shown(tokens)))
        else:
            self._tell(ours, theirs, where)

    def _is_restyled(self, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
        """Whether what stands there is what should, as a house writes it."""
        one, other = ("".join(token.key for token in tokens) for tokens in (ours, theirs))
        signs = [token.sign for token in ours if token.sign] == [token.sign for token in theirs if token.sign]
        if ours and theirs and same_words().get(one, one) == same_words().get(other, other) and signs:
            return self._is_one_figure(ours, theirs)
        if not theirs:
            return all(token.run.zone in ("label", "front") for token in ours)
        if not ours:
            small = all(token.key.startswith("^") and len(token.key) < 4 for token in theirs)
            return small or other in _labels() or (self._beside_front(theirs) and not _has_number(theirs))
        first, second = (figures.as_figure(tokens, self.codes) for tokens in (ours, theirs))
        if first is not None and first == second:
            return True
        if all(token.run.zone == "front" for token in ours):
            return True
        if len(ours) == len(theirs) == 1 and theirs[0].kind == ours[0].kind == WORD:
            return len(other) > 1 and one.startswith(other) and self._is_shortened(theirs[0])
        return self._is_cited(ours, theirs)

    def _is_one_figure(self, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
        """Whether the same letters and digits, parted otherwise, are the same number."""
        if not any(token.kind == NUMBER for token in (*ours, *theirs)) or ours[0].run.zone in ("ref", "cite"):
            return True
        lang = ours[0].run.lang or self.lang
        shown = (" ".join(token.shown for token in tokens) for tokens in (ours, theirs))
        house = self.house.get(lang, figures.decimal_of(lang))
        first, second = shown
        return (
            first.replace(" ", "") == second.replace(" ", "") and not first[:1].isdigit()
        ) or figures.is_same(first, figures.decimal_of(lang), second, house)

    def _beside_front(self, theirs: Sequence[Token]) -> bool:
        """Whether the authors' names and the like stand next to it."""
        at = next(nth for nth, one in enumerate(self.proof) if one is theirs[0])
        near = {at - 1, at + len(theirs)}
        return any(one.run.zone == "front" and there in near for one, there in self.pairs)

    def _is_shortened(self, token: Token) -> bool:
        """Whether a full stop is right behind it."""
        at = next(nth for nth, one in enumerate(self.proof) if one is token) + 1
        return at < len(self.proof) and self.proof[at].before.startswith(".")

    def _is_cited(self, ours: Sequence[Token], theirs: Sequence[Token]) -> bool:
        """Whether names and years have become the number of the reference, the same each time."""
        groups = list(dict.fromkeys(token.run.group for token in ours if token.run.zone == "cite"))
        if (
            not groups
            or any(token.kind not in (NUMBER, SIGN) for token in theirs)
            or all(t.kind == NUMBER for t in ours)
        ):
            return False
        if len(groups) == len(theirs):
            return all(
                self.cited.setdefault(one, t.key.strip("^")) == t.key.strip("^")
                for one, t in zip(groups, theirs, strict=True)
            )
        return all(token.zone in ("cite", "text") for token in (t.run for t in ours))

    def _is_added(self, theirs: Sequence[int]) -> bool:
        """Whether it is whole lines that a house sets by itself: above the abstract, or at a page's head or foot."""
        first, after = theirs[0], theirs[-1] + 1
        page = self.proof[first].run.place.split(",")[0]
        if any("©" in self.proof[at].before for at in theirs):
            return True
        if not self.proof[first].starts or (after < len(self.proof) and not self.proof[after].starts):
            return False
        body = min((at for one, at in self.pairs if one.run.zone == "text"), default=0)
        titles = [at for one, at in self.pairs if one.run.zone == "front"]
        if first < body or (
            titles and first <= max(titles) + 60 and any(abs(first - at) <= 25 for at in titles)
        ):
            return True
        turns = [
            0 <= at < len(self.proof) and self.proof[at].run.place.split(",")[0] == page
            for at in (first - 1, after)
        ]
        return page.startswith("page") and not all(turns) and len(theirs) <= 30

    def _take(self, nth: int, at: int) -> None:
        self.match[nth], self.used[at] = at, True
        self.pairs.append((self.paper[nth], at))

    def _tell_missing(self, ours: Sequence[int]) -> None:
        self._tell([self.paper[nth] for nth in ours], [], 0)

    def _tell(self, ours: Sequence[Token], theirs: Sequence[int], where: int, part: str = "") -> None:
        tokens = [self.proof[at] for at in theirs]
        before = self.proof[where - 1] if where else None
        states = any(figures.states_number(token, before, self.codes) for token in ours) or any(
            figures.states_number(token, before, self.codes) for token in tokens
        )
        first, last = (theirs[0], theirs[-1] + 1) if theirs else (where + 1, where + 1)
        context = " ".join(
            filter(
                None,
                (
                    _shown(self.proof[max(0, first - _CONTEXT) : first]),
                    "»" + _shown(tokens) + "«",
                    _shown(self.proof[last : last + _CONTEXT]),
                ),
            )
        )
        kind = "figure" if part else "number" if states else "word"
        ids = tuple(dict.fromkeys(token.run.id for token in ours if token.run.id))
        about = part or _about(ours[0]) if ours else ""
        place = self.proof[min(where, len(self.proof) - 1)].run.place
        self.found.corrections.append(
            Correction(kind, place, _shown(tokens) or NOTHING, _shown(ours) or NOTHING, context, about, ids)
        )


def _runs(places: Sequence[int], match: Sequence[int]) -> Iterator[list[int]]:
    """The longest runs of places that are matched one after another."""
    run: list[int] = []
    for nth in places:
        if match[nth] < 0 or (run and match[nth] != match[run[-1]] + 1):
            if run:
                yield run
            run = []
        if match[nth] >= 0:
            run.append(nth)
    if run:
        yield run


def _part(token: Token) -> str:
    """The part of a reference that it is of: `year`, `volume`, `article-title`."""
    return token.run.group.partition("|")[2]


def _about(token: Token) -> str:
    zone, _, _ = (token.run.zone, *token.run.group.partition("|")[::2]) if token.run.zone else ("", "", "")
    group = token.run.group.split("#")[0].replace("|", " ")
    return f"{zone} {group}".strip() if zone != "text" else ""


def _has_number(tokens: Iterable[Token]) -> bool:
    return any(token.kind == NUMBER for token in tokens)


def _digits(tokens: Iterable[Token]) -> list[str]:
    return sorted("".join(token.key for token in tokens))


def _is_misprint(one: str, other: str) -> bool:
    """Whether two words differ by a letter or two and neither is short for the other."""
    if min(len(one), len(other)) < 4 or one == other or one.startswith(other) or other.startswith(one):
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _labels() -> set[str]:
    """What the engine itself calls the parts of a paper, in each language, by the letters alone."""
    said = (
        text for language in known(CODES) for text in language["labels"].values() if isinstance(text, str)
    )
    return {"".join(filter(str.isalpha, text.lower())) for text in said}


def _plain(before: str) -> str:
    return re.sub(r"\s+", "", before)


def _shown(tokens: Iterable[Token]) -> str:
    """Tokens as they are read, the middle of many left out."""
    texts = [
        ("" if not nth else re.sub(r"\s+", " ", token.before) if len(token.before) < 4 else " ")
        + token.sign
        + token.shown
        for nth, token in enumerate(tokens)
    ]
    if len(texts) > 40:
        texts = [*texts[:15], f" … ({len(texts)} words and numbers) … ", *texts[-10:]]
    return "".join(texts).strip()
