"""The article examined on one set of tables: each verdict, each finding, and the numbers that count them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from recomputed.faults import Fault, InputError, nearest
from recomputed.language.catalogue import language
from recomputed.language.wording import hedge_word, write, write_meant
from recomputed.ledger.assumptions import resting, unmatched
from recomputed.ledger.audit import audit
from recomputed.ledger.baseline import numbered, read_known
from recomputed.ledger.claims import Ledger
from recomputed.ledger.expressions import parse_statement
from recomputed.ledger.findings import SEVERITIES, Finding
from recomputed.ledger.read import load_ledger
from recomputed.ledger.verdicts import (
    AGREES,
    COMPARED,
    DISAGREES,
    NOT_A_QUANTITY,
    RETURNED,
    WITHIN_HEDGE,
    WITHIN_ROUNDING,
    Outcome,
    judge,
)
from recomputed.paper_language import in_paper
from recomputed.paper_toml import Assumption, PaperSettings, UnitWording
from recomputed.paths import SETTINGS_FILE
from recomputed.quantity.numbers import DERIVED, TRANSCRIBED, Number, Numbers
from recomputed.study import lending_numbers, study
from recomputed.tables.load import Row, Tables, lending_tables
from recomputed.tables.transcribe import count

_lent: "list[Examination]" = []


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found out about the article. `numbers` has those of the study and those that count the rest."""

    tables: Tables
    ledger: Ledger
    numbers: Numbers
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]

    def quotable(self) -> dict[str, str]:
        """Every text of the ledger and the audit that the paper may quote, by what it is and whose."""
        words = self.ledger.words
        code = words.manuscript
        said = language(code)["verdicts"]
        statements = {comparison.id: comparison.statement[code] for comparison in self.ledger.comparisons}
        texts = {f"number:{id_}": number for id_, number in numbered(read_known()).items()}
        for outcome in self.outcomes:
            texts[f"place:{outcome.id}"] = words.place(outcome.locator)[code]
            texts[f"published:{outcome.id}"] = statements.get(outcome.id, outcome.published)
            texts[f"verdict:{outcome.id}"] = said[outcome.verdict]
            texts[f"recomputed:{outcome.id}"] = self._given(outcome, code)
            texts[f"subject:{outcome.id}"] = self.about(outcome.id)[1]
        for finding in self.findings:
            texts[f"message:{finding.id}"] = finding.message[code]
            texts[f"assumption:{finding.id}"] = finding.assumption[code]
            places = dict.fromkeys(words.place(locator)[code] for locator in finding.locators)
            texts[f"places:{finding.id}"] = "; ".join(places)
        for one in self.assumptions:
            texts[f"assumption-id:{one.id}"] = one.id
            for name in ("says", "reason", "otherwise"):
                texts[f"assumption-{name}:{one.id}"] = getattr(one, name)[code]
        return texts

    def about(self, id_: str) -> tuple[list[str], str]:
        """What a statement is about: its cases, unless it compares all of them, and its quantities in words."""
        words = self.ledger.words
        if claim := self.ledger.stated.get(id_):
            return [claim.case] if claim.case else [], words.matter(claim)[words.manuscript]
        compared = next((one for one in self.ledger.comparisons if one.id == id_), None)
        ids = dict.fromkeys(parse_statement(compared.expression).ids()) if compared else {}
        stating = {claim.number: claim for claim in self.ledger.claims}
        found = {self.numbers[id_].subject for id_ in ids}
        of = {
            id_: claim.quantity if (claim := stating.get(id_)) else self.numbers[id_].quantity for id_ in ids
        }
        what = dict.fromkeys(quantity or words.stem(id_) for id_, quantity in of.items())
        text = words.listed([words.term(one) for one in what])[words.manuscript]
        cases = [case for case in self.tables.cases if case in found]
        return cases if len(cases) < len(self.tables.cases) else [], text

    def _given(self, outcome: Outcome, code: str) -> str:
        """What the data give for a statement, as the paper would write it: a figure with its unit, or a verdict."""
        if outcome.number not in self.numbers:
            return str(language(code)["verdicts"].get(outcome.recomputed, outcome.recomputed))
        number = self.numbers[outcome.number]
        bounded = number.value.low is not None and number.value.high is not None
        text = hedge_word(number.hedge, code) + write(number, code) if bounded else write_meant(number, code)
        unit = self.ledger.words.settings.units.get(number.unit, UnitWording())
        return text if unit.prefix or unit.suffix else text + unit.after.get(code, "")

    def in_language(self, code: str) -> "Examination":
        """The same, for a manuscript in that language."""
        words = self.ledger.words
        if words.manuscript == code:
            return self
        return _counted(replace(self, ledger=replace(self.ledger, words=replace(words, manuscript=code))))

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What the paper assumes."""
        return self.ledger.words.settings.assumptions

    def resting(self) -> dict[str, tuple[str, ...]]:
        """The ids of the assumptions that each number rests on, by its id."""
        return resting(self.numbers.values(), self.assumptions)

    def unmatched(self) -> Iterator[Fault]:
        """What the assumptions name and this paper does not have."""
        named = self.ledger.stated, [finding.id for finding in self.findings]
        return unmatched(self.assumptions, self.tables, self.numbers, *named)


def examine(
    tables: Tables, computed: Numbers | None = None, settings: PaperSettings | None = None
) -> Examination:
    """Judge every claim, run every rule, and count both; `computed` has the study's numbers, if they are, and
    `settings` are other ones than the paper's.

    Raises InputError, with every fault, where the ledger is not one.
    """
    if _lent and _lent[-1].tables is tables and settings is None:
        return _lent[-1]
    own = study().compute(tables) if computed is None else computed
    ledger = load_ledger(tables, own, settings)
    examination = _counted(Examination(tables, ledger, own, judge(ledger, own), audit(ledger, own)))
    _require_units(tables, examination.numbers, ledger.words.settings)
    return examination


@contextmanager
def lending(folder: Path, examination: Examination) -> Iterator[None]:
    """While it lasts, `load(folder)` gives the tables of an examination, the paper computes its numbers from these, and
    `examine` of these gives it.
    """
    with (
        lending_tables(folder, examination.tables),
        lending_numbers(examination.tables, _computed(examination.numbers)),
    ):
        _lent.append(examination)
        try:
            yield
        finally:
            _lent.pop()


def _computed(numbers: Numbers) -> Numbers:
    """The paper's own of an examination's numbers."""
    own = Numbers()
    own.add(number for number in numbers.values() if number.id not in COUNTS)
    return own


def _counted(examination: Examination) -> Examination:
    """With the numbers that count the outcomes and findings, in the words of the manuscript's language."""
    code, tables = examination.ledger.words.manuscript, examination.tables
    numbers = _computed(examination.numbers)
    numbers.add(count_outcomes(tables, examination.outcomes, code))
    numbers.add(count_findings(tables, examination.findings, code))
    return replace(examination, numbers=numbers)


def _require_units(tables: Tables, numbers: Numbers, settings: PaperSettings) -> None:
    """InputError for each unit of a number, or of paper.toml, that `datapackage.json`, where it describes units, does
    not.
    """
    known, package = tables.package.units, f"{tables.shown}/datapackage.json"
    first = {number.unit: number.id for number in reversed(list(numbers.values()))}
    named = [(unit, package, f"the unit of {id_} among units") for unit, id_ in first.items()]
    told = f"a unit of {package}"
    named += [(unit, f"{SETTINGS_FILE}, units", told) for unit in settings.units]
    named += [
        (limit.unit, f"{SETTINGS_FILE}, limits[{nth}].unit", told)
        for nth, limit in enumerate(settings.limits, start=1)
    ]
    faults = [
        Fault(file, f"{expected}: {', '.join(known)}", f"{unit!r}{nearest(unit, known)}")
        for unit, file, expected in named
        if known and unit not in known
    ]
    if faults:
        raise InputError(faults)


Chosen = Callable[[Outcome], bool]

COUNTED: Mapping[str, Chosen] = {
    "statements": lambda _: True,
    "agree": lambda outcome: outcome.verdict == AGREES,
    "within-rounding": lambda outcome: outcome.verdict == WITHIN_ROUNDING,
    "within-hedge": lambda outcome: outcome.verdict == WITHIN_HEDGE,
    "disagree": lambda outcome: outcome.verdict == DISAGREES,
    "not-quantities": lambda outcome: outcome.verdict == NOT_A_QUANTITY,
    "derived": lambda outcome: outcome.kind == DERIVED,
    "transcribed": lambda outcome: outcome.kind == TRANSCRIBED,
    "returned": lambda outcome: outcome.kind == RETURNED,
    "compared": lambda outcome: outcome.kind == COMPARED,
}
"""What the ledger's numbers count, by the end of their ids: which outcomes. Their words are the language's."""

COUNTS = frozenset(
    [
        *(f"ledger.{name}" for name in COUNTED),
        *(f"audit.{one.replace(' ', '-')}" for one in ("findings", *SEVERITIES)),
    ]
)
"""The ids of the numbers that count the examination: the engine's, not the paper's."""


def count_outcomes(tables: Tables, outcomes: Sequence[Outcome], code: str) -> Iterator[Number]:
    """`ledger.<what>`: how many claims there are and how many have each verdict and kind, in words of a language."""
    rows, words = _rows_by_id(tables), in_paper(code)["verdicts.counted"]
    for name, chosen in COUNTED.items():
        counted = [rows[outcome.id] for outcome in outcomes if chosen(outcome)]
        yield count(f"ledger.{name}", counted, "locator", unit="item", words=words[name], subject="")


def count_findings(tables: Tables, findings: Sequence[Finding], code: str) -> Iterator[Number]:
    """`audit.findings` and `audit.<severity>`: each counted at the first claim that the finding is about."""
    rows, words = _rows_by_id(tables), language(code)["verdicts.counted.findings"]
    by_severity = {severity: [f for f in findings if f.severity == severity] for severity in SEVERITIES}
    for name, some in {"findings": list(findings), **by_severity}.items():
        first = [rows[finding.claims[0]] for finding in some]
        yield count(f"audit.{name.replace(' ', '-')}", first, "locator", unit="item", words=words, subject="")


def _rows_by_id(tables: Tables) -> dict[str, Row]:
    rows = {row.key: row for name in ("published", "comparisons", "relations") for row in tables.rows(name)}
    return rows | {f"token.{row.key}": row for row in tables.rows("source_tokens")}
