"""`numbers.json`: every number of the paper, what it is worth, what it rests on, and where it stands.

`numbers.schema.json` describes the file. Its numbers are sorted by id, and the same inputs give the
same bytes.
"""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recomputed.descriptions.article import read_article
from recomputed.descriptions.mentions import Mention, mentions
from recomputed.editions import at_hand
from recomputed.language import wording
from recomputed.language.catalogue import Language, language
from recomputed.language.selections import file_name, tell_rows
from recomputed.ledger.verdicts import returned
from recomputed.manuscript.inline import is_blind
from recomputed.paper_language import paper_language, paper_languages
from recomputed.paper_toml import Assumption, paper_settings
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import MEASURED, Number, Selection
from recomputed.tables.load import Place, Tables

if TYPE_CHECKING:
    from recomputed.judgement import Executed, Verdict
    from recomputed.ledger.examination import Examination

FILE = "numbers.json"
VERSION = 1


def document(examination: "Examination", stated: Iterable[Mention] = ()) -> dict[str, Any]:
    """The content of `numbers.json` as plain data. `stated` are the places in the paper."""
    numbers, tables, article = examination.numbers, examination.tables, read_article(examination)
    places: dict[str, list[Mention]] = {}
    for mention in stated:
        places.setdefault(mention.number, []).append(mention)
    cells, resting = Cells(tables), examination.resting()
    used = {number.unit for number in numbers.values()}
    units = {
        name: {code: unit.called(code) for code in paper_languages()}
        for name, unit in sorted(tables.package.units.items())
        if name in used
    }
    described = [
        {
            **describe(numbers[id_], cells),
            **_origin(numbers[id_], examination),
            "assumptions": list(resting[id_]),
            "places": [_place(mention) for mention in places.get(id_, ())],
            "article": list(article.claims.get(id_, ())),
            "findings": [finding.id for finding in article.findings.get(id_, ())],
            "disputed": id_ in article.disputed,
        }
        for id_ in sorted(numbers)
    ]
    found = {finding.id: finding for concerning in article.findings.values() for finding in concerning}
    findings = [found[id_].as_json() for id_ in sorted(found)]
    repository = paper_settings().paper.repository
    assumed = [assumption_as_json(one) for one in examination.assumptions]
    return {
        "version": VERSION,
        **({"repository": repository} if repository and not is_blind() else {}),
        "units": units,
        "assumptions": assumed,
        "findings": findings,
        "numbers": described,
    }


def assumption_as_json(one: Assumption) -> dict[str, Any]:
    """What is assumed as plain data, its sentences in each language."""
    codes = paper_languages()
    told = {
        name: {code: getattr(one, name)[code] for code in codes} for name in ("says", "reason", "otherwise")
    }
    return {"id": one.id, **told, "value": one.value, "alternatives": list(one.alternatives)}


def describe(number: Number, cells: "Cells") -> dict[str, Any]:
    """One number without its surroundings: value, expression, rows and function."""
    return {
        "id": number.id,
        "formatted": {locale: wording.write(number, locale) for locale in paper_languages()},
        "value": exact(number.value),
        "stands_for": exact(number.stands_for),
        "unit": number.unit,
        "kind": number.kind,
        "hedge": number.hedge,
        "expression": {
            "words": expression_of(number, paper_language()),
            "operands": [operand.id for operand in number.operands],
        },
        "subject": number.subject,
        "quantity": number.quantity,
        "rows": [cells.row(place) for place in number.all_cells()],
        "selections": [selected(selection) for selection in number.all_selections()],
        "function": {
            "name": number.formula.name,
            "file": number.formula.file,
            "line": number.formula.line,
            **({"package": number.package} if number.package else {}),
        },
    }


def expression_of(number: Number, said: Language) -> str:
    """The paper's words for what a number is computed by; where it has none, that it was measured, or reported."""
    return number.words or str(
        said["labels.as_measured" if number.kind == MEASURED else "labels.as_reported"]
    )


def _origin(number: Number, examination: "Examination") -> dict[str, Any]:
    """From which statement and by which rule a number was coded (null: it was not), told for a reader; and the claims
    that it returns, as it was coded, or computed from what was coded, from them."""
    claims = examination.ledger.stated
    coded = None
    if number.coding and number.coding.claim in claims:
        claim, words = claims[number.coding.claim], examination.ledger.words
        evidence = words.evidence(number.coding.evidence)
        told = {
            code: language(code)["labels.coded_from"].format(
                published=claim.printed,
                place=", ".join(filter(None, (words.place(claim.locator)[code], evidence[code]))),
                rule=wording.told(number.coding.rule, code),
            )
            for code in paper_languages()
        }
        coded = {
            **number.coding._asdict(),
            "published": claim.printed,
            "locator": claim.locator,
            "told": told,
        }
    return {"coded": coded, "returns": list(returned(number, claims))}


def selected(selection: Selection) -> dict[str, Any]:
    """The rows that a number is measured over: their file, columns, condition, how many, and that in words."""
    return {
        "file": file_name(selection.file),
        "columns": list(selection.columns),
        "where": selection.condition,
        "count": len(selection.rows),
        "left_out": selection.left_out,
        "told": {locale: tell_rows(selection, locale) for locale in paper_languages()},
    }


def exact(interval: Interval) -> dict[str, Any]:
    """An interval as text: each end a decimal where it is finite, else a fraction; null where it has none."""
    return {
        "text": str(interval),
        "low": _end(interval.low),
        "high": _end(interval.high),
        "low_open": interval.low_open,
        "high_open": interval.high_open,
    }


def write_numbers_json(executed: "Executed", verdict: "Verdict", out: Path) -> None:
    """Write `numbers.json` beside the paper."""
    from recomputed.ledger.examination import examine
    from recomputed.tables.load import load

    examination = verdict.examination or examine(load(executed.data))
    content = document(examination, mentions(executed.woven))
    (out / FILE).write_text(as_text(content), encoding="utf-8", newline="\n")


def as_text(content: Mapping[str, Any]) -> str:
    """The bytes of `numbers.json`."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


class Cells:
    """The data cells by their places."""

    def __init__(self, tables: Tables):
        self._by_file = {table.file: table for table in tables.values()}

    def row(self, place: Place) -> dict[str, Any]:
        """A cell: its file within the data directory, its row's key, its column, its row, its text."""
        table = self._by_file[place.file]
        text = table.column(place.column)[place.sheet_row - 2]
        return {
            "file": file_name(place.file),
            "key": place.key,
            "column": place.column,
            "sheet_row": place.sheet_row,
            "cell": text,
        }


def _end(value: Fraction | None) -> str | None:
    return None if value is None else str(Interval.point(value))


def _place(mention: Mention) -> dict[str, Any]:
    return {
        "occurrence": mention.occurrence,
        "file": at_hand().name,
        "line": mention.line,
        "section": mention.section.label,
        "title": mention.section.title,
    }
