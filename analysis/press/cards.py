"""What the page's cards show, as a block of the manuscript: data that `cards.lua` puts into the HTML.

A cell of the paper's appendix prints it, so that the cards tell of the very execution that is typeset, and so
that a plain Quarto render has them too. Every other format leaves it out.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from analysis.checks.appendix import COLUMNS, statement_rows
from analysis.checks.examination import Examination
from analysis.press.numbers_json import document, file_name
from analysis.study.inline import NOTHING
from analysis.study.load import Table

_UNSAFE = re.compile(rf"[<>&@`\u2028\u2029]|{NOTHING.pattern}")


def cards(examination: Examination) -> str:
    """Markdown: one code block with the numbers, one with the data rows they rest on, for `cards.lua`."""
    return "\n".join(_cards(examination).values())


def statements(examination: Examination) -> str:
    """Markdown: a code block with every statement of the article, which `cards.lua` makes a table in HTML."""
    return block("statements", {"columns": COLUMNS, "rows": statement_rows(examination)})


def blocks(examination: Examination) -> dict[str, str]:
    """All these code blocks by their class."""
    return {**_cards(examination), "statements": statements(examination)}


def _cards(examination: Examination) -> dict[str, str]:
    content = document(examination)
    for number in content["numbers"]:
        del number["places"]  # the page itself shows them
    used = {row["file"] for number in content["numbers"] for row in number["rows"]}
    shown = [_rows(table) for table in examination.tables.values() if file_name(table.file) in used]
    return {name: block(name, told) for name, told in (("number-cards", content), ("number-rows", shown))}


def _rows(table: Table) -> dict[str, Any]:
    """A data file with its columns, empty ones left out."""
    columns = [column for column in table.columns if any(table.column(column))]
    return {
        "file": file_name(table.file),
        "columns": columns,
        "rows": [
            {"key": row.key, "sheet_row": row.sheet_row, "cells": [row[column] for column in columns]}
            for row in table.rows
        ],
    }


def block(name: str, content: Mapping[str, Any] | list[dict[str, Any]]) -> str:
    """A code block of one line of JSON in which no character means anything to Markdown or to HTML."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    safe = _UNSAFE.sub(lambda match: f"\\u{ord(match[0][0]):04x}{match[0][1:]}", text)
    return f'``` {{.{name} shortcodes="false"}}\n{safe}\n```\n'
