"""What the page's cards show, as blocks of the manuscript: data that its filters put into the HTML."""

from collections.abc import Set
from typing import Any

from recomputed.descriptions.code_lines import source_of
from recomputed.descriptions.numbers_json import document
from recomputed.language import wording
from recomputed.language.catalogue import Language
from recomputed.language.selections import file_name
from recomputed.ledger.examination import Examination
from recomputed.ledger.verdicts import Outcome
from recomputed.manuscript.inline import block
from recomputed.manuscript.paper import case_names
from recomputed.paper_language import in_paper, paper_language, paper_languages
from recomputed.tables.load import Table

LONG = 1000  # rows of a file that the page shows whole
NONE = "–"


def blocks(examination: Examination, lang: str | None = None) -> dict[str, str]:
    """All these code blocks by their class, their words in a language, by default the manuscript's."""
    return {**cards_of(examination, lang), "statements": statements_of(examination, lang)}


def cards_of(examination: Examination, lang: str | None) -> dict[str, str]:
    """The blocks of the numbers, and of the data rows they rest on."""
    said = _said(lang)
    rows = {**said["labels.rows"], "files": data_rows(examination)}
    return {"number-cards": number_cards(examination, said), "number-rows": block("number-rows", rows)}


def statements_of(examination: Examination, lang: str | None) -> str:
    """The block of every statement of the article."""
    said = _said(lang)
    return block("statements", {**said["labels.statements"], "rows": statement_rows(examination, said)})


def _said(lang: str | None) -> Language:
    return in_paper(lang) if lang else paper_language()


def number_cards(examination: Examination, said: Language) -> str:
    """The code block with the numbers."""
    content, quotable = document(examination), examination.quotable()
    for number in content["numbers"]:
        del number["places"]  # the page itself shows them
        of = examination.numbers[number["id"]]
        number["meant"] = {code: wording.write_meant(of, code) for code in paper_languages()}
        number["expression"]["words"] = wording.told(number["expression"]["words"], said.code)
        number["function"]["source"] = source_of(of.formula.file, of.formula.line)
        number["article"] = [
            {
                **claim,
                "place": quotable[f"place:{claim['claim']}"],
                "said": quotable[f"verdict:{claim['claim']}"],
            }
            for claim in number["article"]
        ]
    labels = {key: said["labels"][key] for key in ("kinds", "severities", "cards")}
    labels |= {key: said[f"labels.{key}"] for key in ("assumptions", "otherwise", "whose")}
    labels["returns"] = said["labels.returns"]
    labels["hedges"] = said["numbers.hedges"]
    return block("number-cards", {"language": said.code, "labels": labels, **content})


def data_rows(examination: Examination) -> list[dict[str, Any]]:
    """The data files with rows that the numbers rest on."""
    used: dict[str, set[int]] = {}
    for number in examination.numbers.values():
        for place in number.all_cells():
            used.setdefault(file_name(place.file), set()).add(place.sheet_row)
    tables = {file_name(table.file): table for table in examination.tables.values()}
    return [_rows(table, used[file]) for file, table in tables.items() if file in used]


def _rows(table: Table, linked: Set[int]) -> dict[str, Any]:
    """A data file with its columns, empty ones left out; of a long one the rows alone that a card leads to."""
    columns = [column for column in table.columns if any(table.column(column))]
    return {
        "file": file_name(table.file),
        "columns": columns,
        "rows": [
            {"key": row.key, "sheet_row": row.sheet_row, "cells": [row[column] for column in columns]}
            for row in table.rows
            if len(table) <= LONG or row.sheet_row in linked
        ],
    }


def statement_rows(examination: Examination, said: Language) -> list[list[str]]:
    """Every statement of the article with its verdict, in plain text, a row of `labels.statements.columns` each."""
    quotable, cases = examination.quotable(), examination.tables.cases
    names = case_names(cases) if cases else {}

    def row(outcome: Outcome) -> list[str]:
        def quoted(what: str) -> str:
            return quotable[f"{what}:{outcome.id}"] or NONE

        named = ", ".join(str(names[case]) + names[case].code for case in examination.about(outcome.id)[0])
        about = ": ".join(filter(None, (named, quoted("subject"))))
        others = map(quoted, ("published", "recomputed", "verdict"))
        return [quoted("place"), about, *others, kind(outcome.kind, said)]

    return [row(outcome) for outcome in examination.outcomes]


def kind(code: str, said: Language) -> str:
    """What a kind of number is called; a dash for what is none."""
    return str(said["labels.kinds"][code]) if code else NONE
