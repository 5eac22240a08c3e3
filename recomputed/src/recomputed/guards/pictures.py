"""A picture says what the registry says: its texts, what it draws, and its text alternative.

A figure may draw and write the numbers that its function asked the registry for, and the cells of the rows that one of
them is measured over. A number anywhere else in its Vega-Lite is typed: in a title, an annotation, a label's or a
computed field's expression, or as a constant in data units; so is one in a text that the figure's code has to the
letter, even where the registry has it too. Scales, and sizes in pixels, are free.
"""

import ast
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from recomputed.guards.passages import Text
from recomputed.guards.stated import Misplaced
from recomputed.guards.typed_numbers import Place
from recomputed.guards.units import foreign, other_units
from recomputed.language import wording
from recomputed.language.number_words import unnamed_numbers
from recomputed.language.unit_words import unit_words
from recomputed.ledger.examination import Examination
from recomputed.manuscript.figure_files import WIDTHS, faults_of
from recomputed.manuscript.figures import Figure, Record
from recomputed.manuscript.names import labelled
from recomputed.quantity.numbers import Number, Numbers
from recomputed.study import study
from recomputed.tables.records import Tables

#: Keys of Vega-Lite whose strings are read or computed with, and the channels whose constants are.
WORDS = {"title", "subtitle", "description", "text", "tooltip", "labelExpr", "calculate", "expr"}
CHANNELS = {"text", "tooltip", "description"}
PLACES = {"x", "x2", "y", "y2", "theta", "theta2", "radius", "radius2"}
#: What stands under one of those keys and is no text: how it looks, and which field it shows.
_LOOKS = {
    *("field", "type", "aggregate", "timeUnit", "format", "test", "sort"),
    *("color", "font", "fontStyle", "fontWeight", "anchor", "align", "baseline", "orient"),
}
_SCALED = re.compile(r"\bencoding\..*title(?:\[\d+\])?$")  # of an axis or a legend
_TOLERANCE = 1e-9  # of a binary float, relative


class Asked(Numbers):
    """The registry, which notes the numbers that a figure asks it for."""

    def __init__(self, numbers: Mapping[str, Number]):
        super().__init__()
        self._by_id = dict(numbers)
        self.asked: dict[str, Number] = {}

    def __getitem__(self, id_: str) -> Number:
        self.asked[id_] = found = super().__getitem__(id_)
        return found


class Picture:
    """A figure's numbers, and what of it is none of them."""

    def __init__(self, figure: Figure, numbers: Mapping[str, Number], tables: Tables, lang: str):
        noting = Asked(numbers)
        self.records: list[Record] = figure.shown(noting, tables.cases, tables)
        self.figure, self.asked, self._cases, self._lang = figure, noting.asked, tables.cases, lang
        self._ends = {id_: tuple(_ends(number)) for id_, number in self.asked.items()}
        forms = {form for number in self.asked.values() for form in wording.forms(number, lang).values()}
        names = {*tables.cases, *(labelled(case) for case in tables.cases)}
        self._forms, self._called = (
            sorted(texts - {""}, key=len, reverse=True) for texts in (forms | names, names)
        )
        self._written = {text for file in (figure.sources if figure.draw else ()) for text in _texts_of(file)}
        self._cells = set(_measured(self.asked.values(), tables))
        self.units = {number.unit for number in _about(numbers, self.asked.values())}

    def faults(self, spec: Any, mark: str = "") -> Iterator[str]:
        """A sentence for each number of the chart, or of the records where there is no chart, that is not its own."""
        found = self._drawn(self.records, "records") if spec is None else self._walk(spec, "", "")
        yield from dict.fromkeys(f"figures/{self.figure.name}{mark}, {one}" for one in found)

    def _walk(self, node: Any, at: str, key: str) -> Iterator[str]:
        if isinstance(node, list):
            for nth, part in enumerate(node):
                yield from self._walk(part, f"{at}[{nth}]", key)
        elif isinstance(node, Mapping):
            yield from _placed(node, at)
            for name, part in node.items():
                yield from self._member(name, part, f"{at}.{name}".lstrip("."), key)

    def _member(self, name: str, part: Any, at: str, key: str) -> Iterator[str]:
        if name == "datasets" or (name == "values" and key == "data"):
            for rows in part.values() if isinstance(part, Mapping) else [part]:
                yield from self._drawn(rows, at)
        elif name in WORDS or (name == "domain" and key == "scale") or (name == "values" and key == "axis"):
            yield from self._texts(part, at, name)
        elif name in ("value", "datum") and key in CHANNELS:
            yield from self._typed(str(part), at)
        elif name == "datum" or (name == "value" and key == "params"):
            yield from self._constant(part, at)
        else:
            yield from self._walk(part, at, name)

    def _texts(self, part: Any, at: str, key: str) -> Iterator[str]:
        """The texts under a key, wherever; a constant or a number there is one as well, but ends of a scale."""
        if isinstance(part, str):
            yield from self._typed(part, at)
        elif isinstance(part, list):
            for nth, one in enumerate(part):
                yield from self._texts(one, f"{at}[{nth}]", key)
        elif isinstance(part, Mapping):
            for name, one in part.items():
                if name not in _LOOKS and (
                    isinstance(one, str | list | Mapping) or name in ("value", "datum")
                ):
                    yield from self._texts(str(one) if _is_number(one) else one, f"{at}.{name}", key)

    def _typed(self, text: str, at: str) -> Iterator[str]:
        """The numbers of a text that are no form of the figure's own."""
        rest = text
        for form in self._called if text in self._written else self._forms:
            rest = _without(rest, form)
        for found in unnamed_numbers(rest, self._lang):
            yield f"{at}: a typed number, »{found.text}« in »{text}«, that is none of the registry that it shows"
        for word in self._other_units(text, at):
            shown = ", ".join(sorted(filter(None, self.units)))
            yield f"{at}: »{word}« in »{text}« is no unit of the numbers that it shows, which are in {shown}"

    def _other_units(self, text: str, at: str) -> list[str]:
        """The words in which a text says its figures to be and that are of no unit shown; in the title of an axis or
        a legend, where none is of one, any words of units.
        """
        words = unit_words(self._lang)
        named = [word for word in words.found_in(text) if len(word) > 1]
        of_none = not any(words.are_of(word, unit) for word in named for unit in self.units)
        return (named if of_none and _SCALED.search(at) else []) or list(other_units(words, text, self.units))

    def _constant(self, value: Any, at: str) -> Iterator[str]:
        if isinstance(value, str):
            yield from self._typed(value, at)
        elif _is_number(value) and not self._may_draw(value, ""):
            yield f"{at}: it draws {value!r}, which is no value of the registry that it shows"

    def _drawn(self, rows: Sequence[Record], at: str) -> Iterator[str]:
        for nth, row in enumerate(rows):
            texts = [value for value in row.values() if isinstance(value, str)]
            cases = [case for case in self._cases if any(case in text.split(" ")[:1] for text in texts)]
            case = cases[0] if len(cases) == 1 else ""
            for field, value in row.items():
                where = f"{at}[{nth}].{field}"
                if isinstance(value, str):
                    yield from self._typed(value, where)
                elif _is_number(value) and not self._may_draw(value, case):
                    of = f" for {case}" if case else ""
                    yield f"{where}: it draws {value!r}, which is no value of the registry that it shows{of}"

    def _may_draw(self, value: float, case: str) -> bool:
        """Whether a value is nothing, an end of a number of this case, or the cell of a row measured."""
        ends = (end for id_, own in self._ends.items() if self._is_of(id_, case) for end in own)
        return value == 0 or value in self._cells or any(_same(value, end) for end in ends)

    def _is_of(self, id_: str, case: str) -> bool:
        subject = self.asked[id_].subject
        return not case or subject not in self._cases or subject == case


def pictures_of(text: Text, examination: Examination) -> dict[str, Picture]:
    """The figures of the paper by their names."""
    numbers, tables = examination.numbers, examination.tables
    return {name: Picture(study().figures[name], numbers, tables, text.lang) for name in text.keys}


def caption_units(
    text: Text, pictures: Mapping[str, Picture], file: str, place: Place
) -> Iterator[Misplaced]:
    """The words of units in the captions of figures, in the manuscript `file`, in which nothing is that they show."""
    for one in text.passages:
        picture = pictures.get(one.of.removeprefix("fig-")) if one.kind == "caption" else None
        for word in other_units(unit_words(text.lang, one.lang), one.text, picture.units) if picture else ():
            yield foreign(file, one, word, place, "the numbers that the figure shows")


def picture_faults(text: Text, pictures: Mapping[str, Picture], folder: Path | None) -> list[str]:
    """A sentence for each number that a figure of the paper, or its text alternative, has and the registry does not
    give it. `folder` is where the figures drawn are kept, None where only their records are to be had.
    """
    faults: list[str] = []
    for name, picture in pictures.items():
        for mark in WIDTHS if folder else [""]:
            faults += picture.faults(_spec(picture, folder, text.keys[name], mark) if folder else None, mark)
        for alternative in text.alternatives:
            if Path(alternative.image).stem == name:
                faults += [
                    f"figures/{name}: its text alternative tells {id_}, which the figure does not show"
                    for id_ in alternative.numbers
                    if id_ not in picture.asked
                ]
    return faults


def _spec(picture: Picture, folder: Path, key: str, mark: str) -> Any:
    """A chart in Vega-Lite, wide or narrow: the file drawn, or where that is not current what would be drawn."""
    name = picture.figure.name
    if not faults_of(folder, name, key):
        with suppress(OSError, ValueError):
            return json.loads((folder / f"{name}{mark}.vl.json").read_text(encoding="utf-8"))
    return json.loads(picture.figure.chart_text(picture.records, WIDTHS[mark]))


def _placed(view: Mapping[str, Any], at: str) -> Iterator[str]:
    """The marks of a view, other than its texts, that stand where no datum puts them."""
    mark = view.get("mark")
    kind = mark.get("type") if isinstance(mark, Mapping) else mark
    for channel, given in view.get("encoding", {}).items() if kind not in (None, "text") else ():
        value = given.get("value", 0) if isinstance(given, Mapping) else 0
        if channel in PLACES and _is_number(value) and value:
            where = f"{at}.encoding.{channel}.value".lstrip(".")
            yield f"{where}: a {kind} at {value!r} pixels, which is no value of the registry"


def _texts_of(file: Path) -> Iterator[str]:
    """The texts that a module's code has to the letter."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _ends(number: Number) -> Iterator[float]:
    for interval in (number.value, number.stands_for):
        yield from (float(end) for end in (interval.low, interval.high) if end is not None)


def _about(numbers: Mapping[str, Number], asked: Collection[Number]) -> Iterator[Number]:
    """The numbers asked for, and those over no other columns than theirs, whose rows a figure may draw."""
    columns = {column for one in asked for column in _columns(one)}
    yield from asked
    yield from (one for one in numbers.values() if one.selections and columns.issuperset(_columns(one)))


def _columns(number: Number) -> Iterator[tuple[str, str]]:
    return ((one.file, column) for one in number.selections for column in one.columns)


def _measured(numbers: Iterable[Number], tables: Tables) -> Iterator[float]:
    """The cells of the rows that one of the numbers is measured over."""
    for number in numbers:
        if len(number.selections) == 1:
            columns = number.selections[0].columns
            for record in tables.measured(number).records(*columns):
                yield from (value for value in record.values() if isinstance(value, float))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other))


def _without(text: str, form: str) -> str:
    """A text with each place where a form stands as a word of its own blanked out."""
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            text = text[:start] + "\ufffc" * len(form) + text[end:]
        start = text.find(form, end)
    return text
