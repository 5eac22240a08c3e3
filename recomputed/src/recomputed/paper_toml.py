"""`paper.toml`: what the engine is told of a paper. Each key is documented here; an unknown one is refused."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, get_args, get_origin, get_type_hints

from recomputed import paths
from recomputed.faults import Fault, InputError, nearest
from recomputed.language.catalogue import CODES, ENGLISH, Text, language
from recomputed.text_files import read_text

Texts = Mapping[str, Text]


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


@dataclass(frozen=True, slots=True)
class UnitWording:
    """How a figure of a unit is written: in the paper between `prefix` and `suffix`, in a finding before `after`."""

    prefix: Text = field(default_factory=Text)
    suffix: Text = field(default_factory=Text)
    scaled: bool = False
    """Whether the paper writes it in millions or billions from a million up."""
    after: Text = field(default_factory=Text)
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


@dataclass(frozen=True, slots=True)
class Basics:
    """The table `[paper]`."""

    analysis: str = "analysis"
    """The package, beside `paper.toml`, that computes the numbers: SUBJECTS, figures and tables."""
    anonymise: str = ""
    """The module whose `anonymise(private, out, threshold)` makes private records shareable, if the paper has any."""
    languages: tuple[str, ...] = (ENGLISH,)
    """The first is the manuscript's."""
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
    subjects: Texts = field(default_factory=dict)
    """What a condition is called where a claim has no case and is a claim of it."""
    units: Mapping[str, UnitWording] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    success: Success = Success()
    chronology: tuple[tuple[str, ...], ...] = ()
    """Quantities that are dates, the earlier first: of one case none can be before one that it follows."""
    findings: Texts = field(default_factory=dict)
    """Sentences in the paper's own words, by their keys in the language files."""
    checklist: Checklist = Checklist()


@cache
def paper_settings() -> PaperSettings:
    """The settings of the paper at hand, read once. Raises InputError with every fault."""
    return read_settings(paths.ROOT)


def read_settings(root: Path) -> PaperSettings:
    """The settings of the paper in this folder. Raises InputError with every fault."""
    text = read_text(root / paths.SETTINGS_FILE, paths.SETTINGS_FILE)
    try:
        given = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Fault(paths.SETTINGS_FILE, "TOML", str(error))) from None
    return settings_from(given)


def settings_from(given: Mapping[str, Any]) -> PaperSettings:
    """The settings that a parsed file gives. Raises InputError with every fault."""
    reader = _Reader()
    settings: PaperSettings = reader.read(PaperSettings, given, "")
    if not reader.faults:
        reader.check_languages(settings.paper.languages)
        reader.check_sentences(settings)
    if reader.faults:
        raise InputError(reader.faults)
    return settings


_KINDS = {
    str: "a text",
    bool: "true or false",
    int: "a whole number",
    Decimal: "a number",
    Text: "a text, or one for each language",
}
PRODUCT = {"case", "what", "per", "first", "second", "ratio", "limit", "reason"}
"""The places that the sentences on a limit may have."""


class _Reader:
    """Reads a table into the dataclass that describes it, by the types of its fields, and collects faults."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.texts: dict[str, Text] = {}

    def fault(self, at: str, expected: str, found: str) -> None:
        self.faults.append(Fault(", ".join(filter(None, (paths.SETTINGS_FILE, at))), expected, found))

    def known(self, given: Iterable[str], known: Iterable[str], at: str) -> None:
        names = list(known)
        for name in given:
            if name not in names:
                expected = (
                    f"one of the keys {', '.join(names)}" if len(names) < 20 else "a key of the engine's"
                )
                self.fault(at, expected, f"{name!r}{nearest(name, names)}")

    def read(self, kind: Any, value: Any, at: str) -> Any:
        """`value` as `kind`; where it is none, a fault and what stands for nothing."""
        each = get_args(kind)
        if is_dataclass(kind):
            return self._record(kind, self._table(value, at), at)
        if get_origin(kind) is tuple:
            if isinstance(value, list):
                return tuple(
                    self.read(each[0], one, f"{at}[{nth}]") for nth, one in enumerate(value, start=1)
                )
            self.fault(at, "a list", repr(value))
            return ()
        if each:  # a table whose names are the paper's own
            return {
                name: self.read(each[1], one, f"{at}.{name}") for name, one in self._table(value, at).items()
            }
        if kind is Text:
            return self._text(value, at)
        if not isinstance(value, (int, Decimal) if kind is Decimal else kind) or (
            isinstance(value, bool) and kind is not bool
        ):
            self.fault(at, _KINDS[kind], repr(value))
        return value

    def _table(self, value: object, at: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.fault(at, "a table", repr(value))
        return {}

    def _record(self, kind: Any, tree: Mapping[str, Any], at: str) -> Any:
        hints, found = get_type_hints(kind), {}
        keys = {one.name.replace("_", "-"): one for one in fields(kind)}
        self.known(tree, keys, at)
        for key, one in keys.items():
            place = f"{at}.{key}" if at else key
            if key in tree:
                found[one.name] = self.read(hints[one.name], tree[key], place)
            elif one.default is MISSING and one.default_factory is MISSING:
                self.fault(place, _KINDS[hints[one.name]], "nothing")
                found[one.name] = None
        return kind(**found)

    def _text(self, value: object, at: str) -> Text:
        if isinstance(value, str):
            return Text(dict.fromkeys(CODES, value))
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            self.fault(at, _KINDS[Text], repr(value))
            return Text()
        self.known(value, CODES, at)
        self.texts[at] = Text(value)
        return self.texts[at]

    def check_languages(self, languages: tuple[str, ...]) -> None:
        """The languages are known, and each text is there in each of them."""
        if not languages or not set(languages) <= set(CODES):
            self.fault("paper.languages", f"some of {', '.join(CODES)}", ", ".join(languages) or "none")
        for at, text in self.texts.items():
            for code in languages:
                if code not in text:
                    self.fault(at, f"a text in {code!r}, a language of the paper", f"{', '.join(text)} only")

    def check_sentences(self, settings: PaperSettings) -> None:
        """Sentences of the paper's own: each is one of the engine's, with places that it fills."""
        known = dict(_sentences(language(ENGLISH)["findings"]))
        self.known(settings.findings, known, "findings")
        own = {
            f"findings.{key}": (text, _places(known.get(key, ""))) for key, text in settings.findings.items()
        }
        for nth, limit in enumerate(settings.limits, start=1):
            own[f"limits[{nth}].message"] = limit.message, PRODUCT
            own[f"limits[{nth}].assumption"] = limit.assumption, PRODUCT
        for at, (text, allowed) in own.items():
            for code, sentence in text.items():
                try:
                    wrong = _places(sentence) - allowed
                except ValueError as error:
                    self.fault(f"{at}.{code}", "a sentence with its places in braces", str(error))
                    continue
                for place in sorted(wrong):
                    expected = f"none but the places {', '.join(sorted(allowed))}" if allowed else "no place"
                    self.fault(f"{at}.{code}", expected, f"{{{place}}}{nearest(place, allowed)}")


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def _sentences(table: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _sentences(value, f"{at}{name}.")
        elif isinstance(value, str):
            yield f"{at}{name}", value
