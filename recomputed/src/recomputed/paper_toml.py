"""`paper.toml`: what the engine is told of a paper. Each key is documented here; an unknown one is refused."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, get_args, get_origin, get_type_hints

from recomputed import paths
from recomputed.faults import Fault, InputError, nearest
from recomputed.language.catalogue import CODES, ENGLISH, Language, Text, language
from recomputed.shapes import ANY, FLAG, NOTHING, NUMBER, TEXT, WHOLE, Keys, Misfit, Rule, Shape, misfits
from recomputed.text_files import read_toml

Texts = Mapping[str, Text]
ASSUMED = "PAPER_ASSUMED"
"""The variable that has other values for assumptions, as `A1=2`, with spaces between them."""


@dataclass(frozen=True, slots=True)
class Article:
    """The published article under examination, as it states itself; what it does not state is left out."""

    title: str = ""
    authors: tuple[str, ...] = ()
    """Their names; none: the paper's own authors."""
    journal: str = ""
    year: int = 0
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    called: Text = field(default_factory=Text)
    """What findings and titles call it, with its article, in German in the nominative; nothing: "the article"."""

    def called_in(self, said: Language) -> str:
        """What it is called in a language."""
        return self.called.get(said.code) or str(said["source"])


@dataclass(frozen=True, slots=True)
class UnitWording:
    """How a figure of a unit is written: in the paper between `prefix` and `suffix`, in a finding before `after`.
    `words` has what else it is called, several after `;`: a sentence with such a figure has one of them.
    """

    prefix: Text = field(default_factory=Text)
    suffix: Text = field(default_factory=Text)
    scaled: bool = False
    """Whether the paper writes it in millions or billions from a million up."""
    after: Text = field(default_factory=Text)
    words: Text = field(default_factory=Text)
    whole: bool = False
    """Whether it counts what comes in whole numbers, so that a mean of n of them has few possible values (GRIM)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`quantity` in `unit`, over the quantity `over` of the same case and condition, is implausible above `above`."""

    quantity: str
    unit: str
    over: str
    above: Decimal
    reason: Text
    message: Text = field(default_factory=Text)
    assumption: Text = field(default_factory=Text)
    """The finding in the paper's own words, with the places of `product` in the language files."""


@dataclass(frozen=True, slots=True)
class Success:
    """A case succeeds if this quantity of it is certainly above this figure; no quantity: none is known to."""

    quantity: str = ""
    above: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the paper adds to what is stated. A number rests on it that it, or an operand of it, is one of `numbers`, or
    was coded from one of `claims`; ids may have `*`. Findings rest on it whose ids are of `findings`.
    """

    id: str
    """A and a number, such as A1."""
    says: Text
    reason: Text
    otherwise: Text
    """What would change if it were not so."""
    numbers: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    value: str = ""
    """What is assumed, where it is a cell or a setting; then `diff --assume` can change it."""
    alternatives: tuple[str, ...] = ()
    """Other values; where `value` is a figure, any figure above 0 is one too."""
    cells: tuple[str, ...] = ()
    """Where the data hold the value, as TABLE:ROW:COLUMN, each with `*`; cells that hold another are of another."""
    setting: str = ""
    """Where this file holds the value, such as `limits[1].above`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """To a point of the checklist: the answer, and what the place that gives it in full must say."""

    answer: str = ""
    says: tuple[str, ...] = ()
    paper: tuple[str, ...] = ()
    """What the manuscript's own statement on data availability must say."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """What a machine cannot tell of a replication package."""

    availability: Answer = Answer()
    raw_data: Answer = Answer()
    transformation: Answer = Answer()
    instruments: Answer = Answer()
    ethics: Answer = Answer()
    pre_registration: Answer = Answer()
    licence: Answer = Answer()


@dataclass(frozen=True, slots=True)
class LicenceFile:
    """The file that has the text of a licence, and words by which it is known."""

    file: str
    says: str


@dataclass(frozen=True, slots=True)
class Basics:
    """The table `[paper]`."""

    analysis: str = "analysis"
    """The package, beside `paper.toml`, that computes the numbers: SUBJECTS, figures and tables."""
    anonymise: str = ""
    """The module with the `RECIPE` that makes private records shareable, if the paper has any."""
    languages: tuple[str, ...] = (ENGLISH,)
    """The first is the manuscript's."""
    repository: str = ""
    """Where its code can be read, as https://github.com/OWNER/NAME: what the cards' lines of code are links into."""
    case: Text = field(default_factory=Text)
    """What a case is called before its code; nothing: its code alone."""
    names_public: bool = False
    """Whether the names of the cases tell nothing of the authors, so that the blind edition has them too."""


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """The tables of the file."""

    paper: Basics = Basics()
    article: Article = Article()
    sections: Texts = field(default_factory=dict)
    """The article's sections by how a locator begins; none: a locator stands as it is."""
    rows: Texts = field(default_factory=dict)
    """The rows of its tables."""
    quantities: Texts = field(default_factory=dict)
    conditions: Texts = field(default_factory=dict)
    evidence: Texts = field(default_factory=dict)
    """What a statement rests on, by the codes of the column `evidence`."""
    subjects: Texts = field(default_factory=dict)
    """What a condition is called where a claim has no case and is a claim of it."""
    units: Mapping[str, UnitWording] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    success: Success = Success()
    chronology: tuple[tuple[str, ...], ...] = ()
    """Quantities that are dates, the earlier first: of one case none can be before one that it follows."""
    expressions: Texts = field(default_factory=dict)
    """What the program's words for an expression, and the data's for a rule, are in the languages after the first."""
    findings: Texts = field(default_factory=dict)
    """Sentences in the paper's own words, by their keys in the language files."""
    licences: Mapping[str, LicenceFile] = field(default_factory=dict)
    """Those that pyproject.toml states, by their SPDX identifiers."""
    checklist: Checklist = Checklist()


_OTHERWISE: ContextVar[PaperSettings | None] = ContextVar("otherwise", default=None)


def paper_settings() -> PaperSettings:
    """The settings of the paper at hand, read once. Raises InputError with every fault."""
    return _OTHERWISE.get() or _own_settings()


@contextmanager
def otherwise(settings: PaperSettings) -> Iterator[None]:
    """Other settings of the paper at hand, for this thread."""
    token = _OTHERWISE.set(settings)
    try:
        yield
    finally:
        _OTHERWISE.reset(token)


@cache
def _own_settings() -> PaperSettings:
    settings = read_settings(paths.ROOT)
    asked = os.environ.get(ASSUMED, "").split()
    return assuming(assumed_otherwise(asked, settings.assumptions)) if asked else settings


def read_settings(root: Path) -> PaperSettings:
    """The settings of the paper in this folder. Raises InputError with every fault."""
    return settings_from(read_toml(root / paths.SETTINGS_FILE, paths.SETTINGS_FILE))


@cache
def _own_file() -> Mapping[str, Any]:
    return read_toml(paths.ROOT / paths.SETTINGS_FILE, paths.SETTINGS_FILE)


def assuming(values: Mapping[str, str]) -> PaperSettings:
    """The settings of the paper at hand with other values assumed, by the ids of the assumptions."""
    given = deepcopy(_own_file())
    for one in given.get("assumptions", ()):
        if one["id"] in values and one.get("setting"):
            *path, last = keys_of(one["setting"])
            within: Any = given
            for key in path:
                within = within[key]
            within[last] = Decimal(values[one["id"]])
        one["value"] = values.get(one["id"], one.get("value", ""))
        one["alternatives"] = [other for other in one.get("alternatives", ()) if other != one["value"]]
    return settings_from(given)


def keys_of(place: str) -> tuple[str | int, ...]:
    """The keys that lead to a setting: `limits[1].above` is limits, 0, above."""
    return tuple(int(part) - 1 if part.isdecimal() else part for part in re.findall(r"[^\[\].]+", place))


def settings_from(given: Mapping[str, Any]) -> PaperSettings:
    """The settings that a parsed file gives. Raises InputError with every fault."""
    faults = [_fault(one) for one in misfits(given, _shape(PaperSettings))]
    if not faults:
        settings: PaperSettings = _made(PaperSettings, given)
        languages = settings.paper.languages
        if not languages or not set(languages) <= set(CODES):
            expected = f"some of {', '.join(CODES)}"
            faults.append(_fault_at("paper.languages", expected, ", ".join(languages) or "none"))
        faults += [_fault(one) for one in misfits(given, _shape(PaperSettings, languages))]
        if settings.paper.repository and not re.fullmatch(ADDRESS, settings.paper.repository):
            expected = "an address such as https://github.com/OWNER/NAME, without a slash behind it"
            faults.append(_fault_at("paper.repository", expected, settings.paper.repository))
        faults += _sentence_faults(settings)
        faults += _assumption_faults(settings, given)
    if faults:
        raise InputError(faults)
    return settings


ADDRESS = r"https://[^\s/?#@]+(/[^\s/?#]+)+"
PRODUCT = {"case", "what", "per", "first", "second", "ratio", "limit", "reason"}
"""The places that the sentences on a limit may have."""
_SINGLE = {str: TEXT, bool: FLAG, int: WHOLE, Decimal: NUMBER}


def _shape(kind: Any, languages: Sequence[str] = ()) -> Shape:
    """What a value must be to be made this kind; a text in several languages, to be in all of these."""
    each = get_args(kind)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = {_key(one): _shape(hints[one.name], languages) for one in fields(kind)}
        required = [_key(one) for one in fields(kind) if one.default is one.default_factory is MISSING]
        return Keys(known, "a table", required)
    if get_origin(kind) is tuple:
        return [_shape(each[0], languages)]
    if each:  # a table whose names are the paper's own
        return Keys({}, "a table", others=_shape(each[1], languages))
    if kind is Text:
        own = {code: Rule(f"a text in {code!r}, a language of the paper", TEXT.fits) for code in languages}
        return TEXT, Keys(dict.fromkeys(CODES, TEXT) | own, "one for each language", list(own))
    return _SINGLE[kind]


def _made(kind: Any, value: Any) -> Any:
    """A value that fits as that kind."""
    each = get_args(kind)
    if is_dataclass(kind):
        hints: dict[str, Any] = get_type_hints(kind)
        make: Any = kind
        own = {_key(one): one.name for one in fields(kind)}
        return make(**{own[key]: _made(hints[own[key]], part) for key, part in value.items()})
    if get_origin(kind) is tuple:
        return tuple(_made(each[0], one) for one in value)
    if each:
        return {name: _made(each[1], one) for name, one in value.items()}
    if kind is Text:
        return Text(dict.fromkeys(CODES, value) if isinstance(value, str) else value)
    return value


def _key(one: Field[Any]) -> str:
    return one.name.replace("_", "-")


def _fault(one: Misfit) -> Fault:
    at = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in one.path)[1:]
    if one.key:
        known = f"one of the keys {', '.join(one.known)}" if len(one.known) < 20 else "a key of the engine's"
        return _fault_at(at, known, f"{one.key!r}{nearest(one.key, one.known)}")
    return _fault_at(at, one.expected, "nothing" if one.value is NOTHING else repr(one.value))


def _fault_at(at: str, expected: str, found: str) -> Fault:
    return Fault(", ".join(filter(None, (paths.SETTINGS_FILE, at))), expected, found)


def _sentence_faults(settings: PaperSettings) -> Iterator[Fault]:
    """Sentences of the paper's own that are none of the engine's, or have places that it does not fill."""
    known = dict(_sentences(language(ENGLISH)["findings"]))
    yield from map(_fault, misfits(settings.findings, dict.fromkeys(known, ANY), ("findings",)))
    own = {f"findings.{key}": (text, _places(known.get(key, ""))) for key, text in settings.findings.items()}
    for nth, limit in enumerate(settings.limits, start=1):
        own[f"limits[{nth}].message"] = limit.message, PRODUCT
        own[f"limits[{nth}].assumption"] = limit.assumption, PRODUCT
    for at, (text, allowed) in own.items():
        for code, sentence in text.items():
            try:
                wrong = _places(sentence) - allowed
            except ValueError as error:
                yield _fault_at(f"{at}.{code}", "a sentence with its places in braces", str(error))
                continue
            for place in sorted(wrong):
                expected = f"none but the places {', '.join(sorted(allowed))}" if allowed else "no place"
                yield _fault_at(f"{at}.{code}", expected, f"{{{place}}}{nearest(place, allowed)}")


def assumed_otherwise(asked: Sequence[str], assumptions: Sequence[Assumption]) -> Mapping[str, str]:
    """The values to assume instead, by the id of the assumption, from texts as `A1=2`. Raises InputError for an id that
    there is not, and a value that it cannot have.
    """
    known = {one.id: one for one in assumptions}
    values = {}
    for text in asked:
        id_, equals, value = text.partition("=")
        if not equals or id_ not in known:
            told = (
                f"ID=VALUE, the id one of {', '.join(known)}"
                if known
                else "no assumption: the paper has none"
            )
            raise InputError(Fault("--assume", told, f"{text!r}{nearest(id_, known)}"))
        one = known[id_]
        if not one.value:
            changeable = ", ".join(other.id for other in assumptions if other.value)
            raise InputError(
                Fault("--assume", f"an assumption with a value: {changeable}", f"{id_}, which has none")
            )
        if value not in (one.value, *one.alternatives) and not (_figure(one.value) and _figure(value)):
            listed = ", ".join((one.value, *one.alternatives))
            more = " or another figure above 0" if _figure(one.value) else ""
            raise InputError(
                Fault(
                    "--assume",
                    f"a value of {id_}: {listed}{more}",
                    f"{value!r}{nearest(value, one.alternatives)}",
                )
            )
        values[id_] = value
    return values


def _figure(text: str) -> bool:
    """Whether it is a finite figure above 0, as a cell holds one."""
    try:
        return text.isascii() and Decimal(text).is_finite() and Decimal(text) > 0
    except InvalidOperation:
        return False


def _assumption_faults(settings: PaperSettings, given: Mapping[str, Any]) -> Iterator[Fault]:
    """Assumptions of one id, or whose value is not where they say that it is; the cells are for who has the data."""
    seen: set[str] = set()
    for nth, one in enumerate(settings.assumptions, start=1):
        at = f"assumptions[{nth}]"
        if not re.fullmatch(r"A[1-9]\d*", one.id) or one.id in seen:
            yield _fault_at(f"{at}.id", "A and a number that no other assumption has", repr(one.id))
        seen.add(one.id)
        if bool(one.value) != (bool(one.cells) != bool(one.setting)):
            expected = "a value with either the cells or the setting that hold it, or none of them"
            yield _fault_at(f"{at}.value", expected, repr(one.value))
        for value in one.alternatives:
            if not one.value or (one.value, *one.alternatives).count(value) > 1:
                expected = (
                    "other values than the value, each once" if one.value else "a value, to have others"
                )
                yield _fault_at(f"{at}.alternatives", expected, repr(value))
            if one.setting and not _figure(value):
                yield _fault_at(f"{at}.alternatives", "figures above 0, as a setting has", repr(value))
        for pattern in one.cells:
            if pattern.count(":") != 2:
                yield _fault_at(f"{at}.cells", "cells as TABLE:ROW:COLUMN", repr(pattern))
        if one.setting and (held := _held(given, one.setting)) != one.value:
            expected = f"a setting that holds the value, {one.value!r}"
            yield _fault_at(f"{at}.setting", expected, f"{one.setting!r}, which holds {held or 'no figure'}")


def _held(given: Any, place: str) -> str:
    """The figure at that place of the file; nothing where none is."""
    for key in keys_of(place):
        fits = (
            0 <= key < len(given)
            if isinstance(key, int) and isinstance(given, list)
            else isinstance(given, dict) and key in given
        )
        if not fits:
            return ""
        given = given[key]
    return str(given) if isinstance(given, int | float | Decimal) and not isinstance(given, bool) else ""


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _sentences(table: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _sentences(value, f"{at}{name}.")
        elif isinstance(value, str):
            yield f"{at}{name}", value
