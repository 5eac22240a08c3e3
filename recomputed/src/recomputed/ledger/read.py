"""Reads the ledger from the loaded tables, and tells every fault that the schema of one row cannot see."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from recomputed.faults import Fault, InputError
from recomputed.language.catalogue import ENGLISH, Text
from recomputed.ledger.claims import HUNDRED, Claim, Comparison, Ledger, Relation, Token
from recomputed.ledger.expressions import ExpressionError, parse_statement, parse_value
from recomputed.ledger.terms import Words
from recomputed.paper_language import paper_language
from recomputed.paper_toml import PaperSettings, paper_settings
from recomputed.paths import SETTINGS_FILE
from recomputed.tables.cell_rules import nearest

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number
    from recomputed.tables.load import Table, Tables

TABLES = ("published", "comparisons", "relations", "source_tokens")


Record = TypeVar("Record", Claim, Comparison, Relation, Token)


def load_ledger(
    tables: "Tables", numbers: Mapping[str, "Number"], settings: PaperSettings | None = None
) -> Ledger:
    """The ledger from the loaded tables, in the words of the paper at hand or of these `settings`.

    Raises InputError with every fault that `ledger_faults` finds, and for a language that statements are not in.
    """
    words = Words(settings or paper_settings(), paper_language().code)
    ledger = Ledger(
        tuple(_rows(tables, "published", Claim, words)),
        tuple(_rows(tables, "comparisons", Comparison, words)),
        tuple(_rows(tables, "relations", Relation, words)),
        tuple(_rows(tables, "source_tokens", Token, words)),
        tables.cases,
        words,
    )
    files = {name: tables[name].file if name in tables else f"{name}.csv" for name in TABLES}
    faults = list(ledger_faults(ledger, numbers, files))
    if faults:
        raise InputError(faults)
    return ledger


def ledger_faults(
    ledger: Ledger, numbers: Mapping[str, "Number"], files: Mapping[str, str]
) -> Iterator[Fault]:
    """Every fault of the ledger that needs the numbers or several rows.

    An id of a number or a claim that does not exist, another unit than the number's, a hedge that does not fit
    its figures, an expression that is none, a disagreement expected without a reason, a token with both or
    neither of claim and reason, an id that two tables share, a place that the article has not, a rule of
    paper.toml on a quantity that no claim is of.
    `files` names the file of each of `TABLES`.
    """
    yield from _claim_faults(ledger.claims, numbers, files["published"])
    yield from _comparison_faults(ledger.comparisons, numbers, files["comparisons"])
    yield from _relation_faults(ledger, numbers, files["relations"])
    yield from _token_faults(ledger.tokens, files["source_tokens"])
    yield from _shared_ids(ledger, files)
    yield from _place_faults(ledger, files)
    yield from _rule_faults(ledger)


def _rows(tables: "Tables", name: str, record: type[Record], words: Words) -> Iterator[Record]:
    """The rows of one table; none where the paper has no such table, empty where it has no such column."""
    if name not in tables:
        return iter(())
    table = tables[name]
    columns = [
        _statements(table, words)
        if column == "statement"
        else table.column(column)
        if column in table.columns
        else ("",) * len(table)
        for column in record._fields
    ]
    return map(record._make, zip(*columns, strict=True))


def _statements(table: "Table", words: Words) -> list[Text]:
    """English in `statement`, another language of the paper in `statement_<code>`."""
    names = ["statement" if code == ENGLISH else f"statement_{code}" for code in words.languages]
    missing = [name for name in names if name not in table.columns]
    if missing:
        expected = "a column for each language of the paper, as paper.toml has them"
        raise InputError([Fault(table.file, expected, f"no column {name}", 1) for name in missing])
    columns = [table.column(name) for name in names]
    return [Text(zip(words.languages, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _claim_faults(claims: Sequence[Claim], numbers: Mapping[str, "Number"], file: str) -> Iterator[Fault]:
    by_id = {claim.id: claim for claim in claims}
    for row, claim in enumerate(claims, start=2):
        yield from _figure_faults(claim, file, row)
        number = numbers.get(claim.number)
        if number is None:
            found = f"{claim.number!r}{nearest(claim.number, numbers)}"
            yield Fault(file, "the id of a number", found, row, "number")
        elif number.unit != claim.unit:
            expected = f"{number.unit!r}, the unit of {claim.number}"
            yield Fault(file, expected, repr(claim.unit), row, "unit")
        if claim.expected == "disagrees" and not claim.reason:
            yield Fault(file, "a reason why it is expected to disagree", "an empty cell", row, "reason")
        for column in ("part_of", "within", "compared_with"):
            named = getattr(claim, column)
            if named and named not in by_id and (column, named) != ("part_of", HUNDRED):
                yield Fault(file, "the id of a claim", f"{named!r}{nearest(named, by_id)}", row, column)
        if claim.formula:
            try:
                named = list(parse_value(claim.formula).ids())
            except ExpressionError as error:
                yield Fault(file, "an expression over claims", str(error), row, "formula")
                continue
            unknown = [id_ for id_ in named if id_ not in by_id or not by_id[id_].is_stated]
            for id_ in unknown:
                found = f"{id_!r}{nearest(id_, by_id)}"
                yield Fault(file, "the id of a claim that states a figure", found, row, "formula")


def _figure_faults(claim: Claim, file: str, row: int) -> Iterator[Fault]:
    if not claim.is_stated:
        for column in ("high", "hedge", "granularity"):
            if getattr(claim, column):
                found = repr(getattr(claim, column))
                yield Fault(file, "an empty cell, as low is empty", found, row, column)
    elif not claim.hedge:
        yield Fault(file, "a hedge", "an empty cell", row, "hedge")
    else:
        try:
            _ = claim.stands_for
        except ValueError as error:
            yield Fault(file, "a hedge that fits the figure", str(error), row, "hedge")


def _comparison_faults(
    comparisons: Sequence[Comparison], numbers: Mapping[str, "Number"], file: str
) -> Iterator[Fault]:
    for row, comparison in enumerate(comparisons, start=2):
        if comparison.expected == "disagrees" and not comparison.reason:
            yield Fault(file, "a reason why it is expected to disagree", "an empty cell", row, "reason")
        try:
            named = list(parse_statement(comparison.expression).ids())
        except ExpressionError as error:
            yield Fault(file, "a statement over numbers", str(error), row, "expression")
            continue
        for id_ in named:
            if id_ not in numbers:
                yield Fault(file, "the id of a number", f"{id_!r}{nearest(id_, numbers)}", row, "expression")


def _relation_faults(ledger: Ledger, numbers: Mapping[str, "Number"], file: str) -> Iterator[Fault]:
    prefixes = {id_.rpartition(".")[0] for id_ in numbers}
    for row, relation in enumerate(ledger.relations, start=2):
        for column in ("x", "y", "via"):
            prefix = getattr(relation, column)
            if prefix and not any(f"{prefix}.{case}" in numbers for case in ledger.cases):
                expected = f"the beginning of the ids of numbers of cases ({', '.join(ledger.cases)})"
                yield Fault(file, expected, f"{prefix!r}{nearest(prefix, prefixes)}", row, column)


def _token_faults(tokens: Sequence[Token], file: str) -> Iterator[Fault]:
    for row, token in enumerate(tokens, start=2):
        if bool(token.claim) == bool(token.reason):
            found = "both" if token.claim else "neither"
            yield Fault(file, "either a claim or the reason why it is no quantity", found, row, "claim")


def _shared_ids(ledger: Ledger, files: Mapping[str, str]) -> Iterator[Fault]:
    """Findings name claims, comparisons and relations by id alone."""
    seen: dict[str, str] = {}
    groups: tuple[Sequence[Claim | Comparison | Relation], ...] = (
        ledger.claims,
        ledger.comparisons,
        ledger.relations,
    )
    for table, records in zip(TABLES, groups, strict=False):
        for row, record in enumerate(records, start=2):
            if record.id in seen:
                yield Fault(
                    files[table], f"an id that {seen[record.id]} does not have", repr(record.id), row, "id"
                )
        seen |= dict.fromkeys((record.id for record in records), files[table])


def _place_faults(ledger: Ledger, files: Mapping[str, str]) -> Iterator[Fault]:
    groups: tuple[Sequence[Claim | Comparison | Relation | Token], ...] = (
        ledger.claims,
        ledger.comparisons,
        ledger.relations,
        ledger.tokens,
    )
    places = set()
    for table, records in zip(TABLES, groups, strict=True):
        for row, record in enumerate(records, start=2):
            if record.locator in places:
                continue
            try:
                ledger.words.place(record.locator)
            except ValueError as error:
                yield Fault(
                    files[table],
                    "a place of the article, as paper.toml names them",
                    str(error),
                    row,
                    "locator",
                )
            else:
                places.add(record.locator)


def _rule_faults(ledger: Ledger) -> Iterator[Fault]:
    """Limits and success: on a misspelt quantity their rules would find nothing, and nobody would know."""
    settings, known = ledger.words.settings, {claim.quantity for claim in ledger.claims}
    named = {"success.quantity": settings.success.quantity}
    for nth, limit in enumerate(settings.limits, start=1):
        named |= {f"limits[{nth}].quantity": limit.quantity, f"limits[{nth}].over": limit.over}
    for nth, order in enumerate(settings.chronology, start=1):
        named |= {f"chronology[{nth}][{at}]": quantity for at, quantity in enumerate(order, start=1)}
    for key, quantity in named.items():
        if quantity and quantity not in known:
            found = f"{quantity!r}{nearest(quantity, known)}"
            yield Fault(f"{SETTINGS_FILE}, {key}", "a quantity of published.csv", found)
