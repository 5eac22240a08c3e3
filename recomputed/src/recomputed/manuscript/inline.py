"""What an inline expression of the manuscript gives: a number's text in a span that carries its id."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

from recomputed import editions
from recomputed.faults import PaperError
from recomputed.language import wording
from recomputed.paper_language import paper_language
from recomputed.quantity.numbers import Number
from recomputed.variables import variable

#: A full stop too: of a list's number, an ellipsis, an abbreviation.
_MARKUP = re.compile(r"[\\`*_{}\[\]()<>#+!|~^$@&:'\"=-]|\.(?!\w)")
#: What Python prints of no value, or of NumPy's.
NOTHING = re.compile(r"\b(?:None|nan|NaN|NaT)\b|\bnp(?=\.\w)")
#: What is left of code that nobody executed; that, and what a cell prints that has failed.
UNEXECUTED = r"`\{python\}|\{\{<|\?@\w"
PRINTED = re.compile(  # what none of them begins with is passed over at once
    rf"(?=[`{{?NnFDICTa<])(?:{UNEXECUTED}|{NOTHING.pattern}"
    r"|\b(?:Fraction|Decimal|Interval|Inline|CaseName|Timestamp)\(|\balt\.\w*Chart"
    r"|(?<!\\)<(?:(?:analysis|function|class|bound method|built-in|generator|Interval)\b|[\w.]+ object at|NA>))"
)
_UNSAFE = re.compile(rf"(?=[<>&@`(\u2028\u2029Nn])(?:[<>&@`(\u2028\u2029]|{NOTHING.pattern})")
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def escape(text: str) -> str:
    """Plain text as Markdown that renders to just that text.

    Direction marks are left out: they would turn around the text that follows them. Nothing that is escaped looks
    like what a failed computation or unread markup leaves, so that a guard can tell the two apart.
    """
    return NOTHING.sub(_coded, _MARKUP.sub(r"\\\g<0>", DIRECTIONS.sub("", text)))


def unescape(markdown: str) -> str:
    """The text that `escape` made this Markdown of."""
    return re.sub(r"\\(.)|&#(\d+);", lambda match: match[1] or chr(int(match[2])), markdown)


def attribute(text: str) -> str:
    """Plain text as the quoted value of a Markdown attribute: what could mean anything there, by its code."""
    return NOTHING.sub(_coded, re.sub(r"""[\\`"&<>{}$@]|:(?=:)""", _coded, DIRECTIONS.sub("", text)))


def _coded(match: re.Match[str]) -> str:
    return f"&#{ord(match[0][0])};{match[0][1:]}"


Made = TypeVar("Made")


class NotDerived(PaperError):
    """The text computes with a number, or formats it by hand, where the paper is to make one."""


def _derive(what: str, function: str = "FUNCTION") -> Callable[..., Any]:
    def refuse(self: "Inline", *others: object) -> NoReturn:
        ids = [one.number.id for one in (self, *others) if isinstance(one, Inline)]
        made = f'"{ids[0].partition(".")[0]}.NAME"'
        operands = "".join(f', known["{id_}"]' for id_ in ids)
        # `sum` begins with 0, and has not met the others yet
        more = function == "total" and others == (0,)
        made_by = f"{function if more or len(ids) > 1 else 'FUNCTION'}{operands}{', …' * more}"
        raise NotDerived(
            f"expected a number of the paper, found {what} of {' and '.join(ids)} in the text. Hint: `add number` "
            f"with an id such as {made}, there `yield derive({made}, {made_by}, unit=…, words=…)`, "
            f"and here n[{made}]"
        )

    return refuse


_OPERATIONS = {
    "a difference": "sub rsub",
    "a sum": "add radd",
    "a product": "mul rmul matmul rmatmul",
    "a ratio": "truediv rtruediv floordiv rfloordiv mod rmod divmod rdivmod",
    "a power": "pow rpow",
    "a comparison": "lt le gt ge",
    "a rounding": "round trunc floor ceil",
    "another sign": "neg pos abs",
    "a conversion": "int float complex index",
}
#: Those of recomputed.quantity.arithmetic.
_FUNCTIONS = {"a difference": "difference", "a sum": "total", "a product": "product"}


def _without_arithmetic(cls: type[Made]) -> type[Made]:
    for what, names in _OPERATIONS.items():
        for name in names.split():
            setattr(cls, f"__{name}__", _derive(what, _FUNCTIONS.get(what, "FUNCTION")))
    cls.value = property(_derive("the value"))  # type: ignore[attr-defined]
    return cls


@_without_arithmetic
@dataclass(frozen=True, slots=True)
class Inline:
    """A number in the text. It prints in digits; its properties give the other ways to write it.

    It is no operand: what is computed of it is a number of its own, which raises NotDerived that says how to make it.
    """

    number: Number
    locale: str
    text: str = ""

    def __str__(self) -> str:
        return self.text or wording.write(self.number, self.locale)

    def __format__(self, spec: str) -> str:
        """In an f-string, as in a caption, the span too, so that the number keeps its id. NotDerived for a format."""
        if spec:
            raise NotDerived(
                f'expected {{n["{self.number.id}"]}} alone, found the format {spec!r}. Hint: how many digits a '
                f"number has is `digits=` where the analysis makes {self.number.id}"
            )
        return self._repr_markdown_()

    def _repr_markdown_(self) -> str:
        return f'[{escape(str(self))}]{{.num data-number="{self.number.id}"}}'

    def _as(self, text: str) -> "Inline":
        return Inline(self.number, self.locale, text)

    @property
    def bare(self) -> "Inline":
        """Without percent sign or scale."""
        return self._as(wording.write_range(self.number, self.locale))

    @property
    def low(self) -> "Inline":
        """The lower end alone."""
        return self._as(wording.write_end(self.number, "low", self.locale))

    @property
    def high(self) -> "Inline":
        """The upper end alone."""
        return self._as(wording.write_end(self.number, "high", self.locale))

    @property
    def change(self) -> "Inline":
        """A change with its direction: rose by 25%, fell by 10%."""
        return self._as(wording.write_change(self.number, self.locale))

    @property
    def about(self) -> "Inline":
        """The same of a figure that is hedged: rose by about 25%."""
        return self._as(wording.write_change(self.number, self.locale, hedged=True))

    @property
    def words(self) -> "Inline":
        """In words: three."""
        return self._as(wording.write_words(self.number, self.locale))

    @property
    def Words(self) -> "Inline":  # noqa: N802
        """In words with a capital, to begin a sentence: Three."""
        return self._as(str(self.words).capitalize())

    @property
    def digits(self) -> "Inline":
        """A month as its number, as in the date 31.12."""
        return self._as(wording.write_month_digits(self.number))

    @property
    def ordinal(self) -> "Inline":
        """As an ordinal: second."""
        return self._as(wording.write_ordinal(self.number, self.locale))


class Inlines(Mapping[str, Inline]):
    """The numbers of the paper as the manuscript's inline expressions use them: `n["height.mean.oak"]`.

    They are written in a language, by default the manuscript's.
    """

    def __init__(self, numbers: Mapping[str, Number], locale: str | None = None):
        self._numbers, self.locale = numbers, locale or paper_language().code

    def __getitem__(self, id_: str) -> Inline:
        return Inline(self._numbers[id_], self.locale)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


@dataclass(frozen=True, slots=True)
class CaseName:
    """The name by which the paper calls a case: its trade name, or in the blind edition its code."""

    case: str
    name: str

    @property
    def code(self) -> str:
        """The code to stand after the name, in brackets; nothing where the name has it."""
        return "" if self.name.endswith(self.case) else f" ({self.case})"

    def __str__(self) -> str:
        return self.name

    def __format__(self, spec: str) -> str:
        return self._repr_markdown_()

    def _repr_markdown_(self) -> str:
        return f'[{escape(self.name)}]{{.case data-case="{self.case}"}}'


def is_blind() -> bool:
    """Whether the double-blind edition is being made: `blind` is among Quarto's profiles."""
    return editions.is_blind(variable(editions.PROFILE))


def block(name: str, content: Mapping[str, Any]) -> str:
    """A code block of one line of JSON that Markdown and HTML leave alone and that does not look like code."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    safe = _UNSAFE.sub(lambda match: f"\\u{ord(match[0][0]):04x}{match[0][1:]}", text)
    return f'``` {{.{name} shortcodes="false"}}\n{safe}\n```\n'
