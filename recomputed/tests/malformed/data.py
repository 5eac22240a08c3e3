"""Malformed tables: every column of every table, by what its schema says of it; then keys, shapes and files."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from malformed.case import PACKAGE, Case, edit, kinds_of_file, loading, read_rows, write_rows
from recomputed import paths

Change = Callable[[Path], object]
TIDY = "text without spaces at its ends, or two together"
VISIBLE = "text without invisible characters"
COMPOSED = "letters and their marks as one character each (Unicode NFC)"


def data_cases() -> Iterator[Case]:
    for resource in PACKAGE["resources"]:
        for field in resource["schema"]["fields"]:
            for text, expected in wrong_cells(field, read_rows(paths.DATA / resource["path"])):
                yield in_cell(resource["path"], 2, field["name"], text, expected)
        yield from wrong_keys(resource)
        yield from wrong_columns(resource)
    yield from wrong_values()
    yield from wrong_shapes("stalls.csv")
    yield from wrong_files("stalls.csv")


def in_cell(file: str, row: int, column: str, text: str, expected: str, **others: str) -> Case:
    """A cell that holds `text`, beside `others` in its row."""
    message = f"data/{file}, row {row}, column {column}: expected {expected}, found {text!r}"
    change = edit(file, row, **{column: text}, **others)
    told = ", ".join(f"{name} {other!r}" for name, other in others.items())
    return Case(f"{file} {column} {text!r} {told}".strip(), loading(change), message)


def wrong_cells(field: dict[str, Any], rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Texts that the column may not hold, and what is expected there."""
    limits = field.get("constraints", {})
    held = rows[1][rows[0].index(field["name"])]
    if limits.get("required"):
        yield "", "a value"
    if field["type"] == "number":
        yield "12,5", "a number with a decimal point"
    if field["type"] == "integer":
        yield "1.5", "a whole number"
    if "enum" in limits:
        yield "0" if field["type"] == "number" else "qqqqqqqq", f"one of {', '.join(limits['enum'])}"
    if "minimum" in limits:
        yield str(limits["minimum"] - 1), f"at least {limits['minimum']}"
    if "maximum" in limits:
        yield str(limits["maximum"] + 1), f"at most {limits['maximum']}"
    if "pattern" in limits:
        yield "~", f"text of the form {limits['pattern']}"
    if field["type"] == "string" and field["role"] in ("key", "qualifier") and "enum" not in limits:
        yield f"{held}\N{NO-BREAK SPACE}", TIDY
        yield f"{held}\N{ZERO WIDTH SPACE}x", VISIBLE
        yield f"{held}e\N{COMBINING ACUTE ACCENT}", COMPOSED


def wrong_keys(resource: dict[str, Any]) -> Iterator[Case]:
    """A key twice, in the same or in another case; a key that leads to no row."""
    file, key = resource["path"], resource["schema"]["primaryKey"]
    rows = read_rows(paths.DATA / file)
    first = rows[1][rows[0].index(key)]
    expected = "a key that no other row has"
    place = f"data/{file}, row 3, column {key}: expected {expected}, found"
    yield Case(
        f"{file} doubled key",
        loading(edit(file, 3, **{key: first})),
        f"{place} {first!r}, which row 2 has too",
    )
    if first.swapcase() != first:
        other = first.swapcase()
        told = f"{place} {other!r}, which row 2 has as {first!r}"
        yield Case(f"{file} key in another case", loading(edit(file, 3, **{key: other})), told)
    for link in resource["schema"].get("foreignKeys", []):
        column, target = link["fields"], link["reference"]["resource"] or resource["name"]
        found = (
            f"data/{file}, row 2, column {column}: expected a key of {target} ({link['reference']['fields']})"
        )
        yield Case(f"{file} {column} leads nowhere", loading(edit(file, 2, **{column: "valley"})), found)


def wrong_columns(resource: dict[str, Any]) -> Iterator[Case]:
    """The last column left out, misspelt."""
    file = resource["path"]
    last = resource["schema"]["fields"][-1]["name"]

    def header(change: Callable[[list[str]], list[str]]) -> Change:
        def apply(data: Path) -> None:
            rows = read_rows(data / file)
            write_rows(data / file, [change(rows[0]), *rows[1:]])

        return apply

    missing = f"data/{file}, row 1, column {last}: expected a column {last!r}, found no such column"
    yield Case(f"{file} without {last}", loading(header(lambda names: names[:-1])), missing)
    unknown = f"found '{last}x' (did you mean {last!r}?)"
    yield Case(f"{file} {last} misspelt", loading(header(lambda names: [*names[:-1], f"{last}x"])), unknown)


def wrong_values() -> Iterator[Case]:
    """Dates, positions, steps and bounds that no single cell shows."""
    for month, day, last in (("2", "30", 29), ("4", "31", 30), ("6", "31", 30), ("11", "31", 30)):
        expected = f"at most {last}, the last day of month {month}"
        yield in_cell("events.csv", 3, "day", day, expected, month=month, year="")
    for year, day in (("2023", "29"), ("1900", "29"), ("2100", "29"), ("2024", "30"), ("2000", "30")):
        last = 29 if year in ("2024", "2000") else 28
        expected = f"at most {last}, the last day of month 2 of {year}"
        yield in_cell("events.csv", 3, "day", day, expected, year=year, month="2")
    yield in_cell("events.csv", 3, "month", "", "a value, as day is 12")
    yield in_cell("events.csv", 2, "year", "", "a value, as part is early")
    yield in_cell("growth.csv", 4, "window_unit", "", "a value, as window is 3")
    yield in_cell("growth.csv", 4, "window", "", "a value, as window_unit is month")
    for row, position, expected in (
        (4, "2", "1"),
        (5, "1", "2"),
        (5, "3", "2"),
        (6, "4", "3"),
        (6, "03", "3"),
    ):
        yield in_cell("items.csv", row, "position", position, f"{expected}, the next position of 'steps'")
    yield in_cell("source_tokens.csv", 4, "position", "5", "3, the next position")
    for step, figure in (("121", "120"), ("1000", "120"), ("120.5", "120")):
        yield in_cell("growth.csv", 2, "granularity", step, f"at most {figure}, the figure in index")
    for step in ("0", "0.0"):
        yield in_cell("growth.csv", 2, "granularity", step, "a step above 0")
    yield in_cell("stalls.csv", 10, "granularity", "81", "at most 80, the figure in low or high")
    yield in_cell("published.csv", 26, "granularity", "21", "at most 20, the figure in low or high")
    yield in_cell(
        "published.csv", 26, "granularity", "21", "at most 20, the figure in low or high", low="-20"
    )
    for row, low, high in ((8, "61", "60"), (12, "46", "45"), (16, "9", "8")):
        yield in_cell("stalls.csv", row, "low", low, f"at most high, which is {high}")
    yield in_cell("stalls.csv", 5, "low", "-1", "at least 0 (unit person)")
    yield in_cell("stalls.csv", 5, "low", "1.5", "a whole number (unit person)")
    yield in_cell("stalls.csv", 2, "low", "1899", "at least 1900 (unit year)")
    yield in_cell("stalls.csv", 2, "low", "2101", "at most 2100 (unit year)")
    yield in_cell("published.csv", 3, "low", "-101", "at least -100 (unit percent-change)")
    for date in ("2024-13", "2024-00", "0024", "2024-1"):
        for column in ("source_date", "figure_date"):
            form = "text of the form [12][0-9]{3}(-(0[1-9]|1[0-2]))?"
            yield in_cell("published.csv", 2, column, date, form)
    yield in_cell("stalls.csv", 9, "repeats", "guests.north.table", "the key of a row whose repeats is empty")
    yield in_cell(
        "stalls.csv", 10, "repeats", "guests.north.table", "the key of a row whose repeats is empty"
    )


def wrong_shapes(file: str) -> Iterator[Case]:
    """Rows that are no rows of the table."""

    def lines(change: Callable[[list[str]], list[str]]) -> Change:
        def apply(data: Path) -> None:
            old = (data / file).read_text(encoding="utf-8").splitlines(keepends=True)
            (data / file).write_text("".join(change(old)), encoding="utf-8")

        return apply

    width = len(read_rows(paths.DATA / file)[0])
    cells = f"data/{file}, row 3: expected {width} cells, one for each column, found"
    comma = "expected comma-separated text, found"
    for name, change, message in (
        ("too few cells", lambda old: [*old[:2], "a,b\n", *old[2:]], f"{cells} 2"),
        ("an empty row", lambda old: [*old[:2], "\n", *old[2:]], f"{cells} an empty row"),
        ("a row of semicolons", lambda old: [*old[:2], old[2].replace(",", ";"), *old[3:]],
         f"{cells} 1, separated by semicolons"),
        ("a comma too many", lambda old: [*old[:2], old[2].replace(",", ",,", 1), *old[3:]], f"{cells} {width + 1}"),
        ("a quotation that never ends", lambda old: [*old[:2], '"' + old[2], *old[3:]],
         f"{comma} a quotation mark that is never closed"),
        ("text after a quotation", lambda old: [*old[:2], '"a"b' + old[2], *old[3:]],
         f"data/{file}, row 3: {comma} text after a quoted cell"),
        ("semicolons", lambda old: [line.replace(",", ";") for line in old],
         f"data/{file}, row 1: {comma} columns separated by semicolons: save it as CSV with commas"),
        ("tabs", lambda old: [line.replace(",", "\t") for line in old],
         f"data/{file}, row 1: {comma} columns separated by tabs: save it as CSV with commas"),
        ("only a header", lambda old: old[:1], f"data/{file}: expected at least one row of data, found only a header"),
        ("nothing", lambda old: [], f"data/{file}: expected a header and rows, found an empty file"),
        ("an empty first line", lambda old: ["\n", *old],
         f"data/{file}: expected a header and rows, found an empty first line"),
        ("columns in another order", lambda old: [old[0].replace("id,case", "case,id"), *old[1:]],
         f"data/{file}, row 1: expected the columns in this order: id, case"),
        ("a column twice", lambda old: [old[0].replace("note", "id"), *old[1:]],
         f"data/{file}, row 1, column id: expected each column only once, found 2 of it"),
        ("a line of more than a megabyte", lambda old: [*old, "x" * (2**20 + 1) + "\n"],
         f"data/{file}, row 18: expected lines of at most 1 MB, found a longer one"),
    ):  # fmt: skip
        yield Case(f"{file} {name}", loading(lines(change)), message)


def wrong_files(file: str) -> Iterator[Case]:
    """What is no table at all."""

    def holding(content: bytes) -> Change:
        return lambda data: (data / file).write_bytes(content)

    text = "expected text, found"
    for name, content, message in (
        ("a workbook", b"PK\x03\x04", f"data/{file}: {text} a zip file, as a workbook or a Word document is"),
        ("an old workbook", b"\xd0\xcf\x11\xe0", f"data/{file}: {text} an old Excel or Word file"),
        ("a PDF", b"%PDF-1.7", f"data/{file}: {text} a PDF: save it as plain text in UTF-8"),
        ("a compressed file", b"\x1f\x8b", f"data/{file}: {text} a compressed file"),
        ("UTF-16", "id,case".encode("utf-16"), f"data/{file}, row 1: expected UTF-8 text, found UTF-16 text"),
        ("UTF-32", "id,case".encode("utf-32"), f"data/{file}, row 1: expected UTF-8 text, found UTF-32 text"),
        (
            "Windows-1252",
            b"id\ncaf\xe9\n",
            f"data/{file}, row 2, column id: expected UTF-8 text, found byte 0xe9",
        ),
        (
            "NUL",
            b"id\n\0\n",
            f"data/{file}, row 2, column id: expected UTF-8 text, found byte 0x00 at offset 3",
        ),
    ):
        yield Case(f"{file} {name}", loading(holding(content)), message)
    for name, change, message in kinds_of_file(file):
        yield Case(f"{file} {name}", loading(change), f"data/{message}")
    missing = f"data/{file}: expected a file, found no such file"
    yield Case(f"{file} missing", loading(lambda data: (data / file).unlink()), missing)
    yield Case(
        f"{file} in capitals", loading(lambda data: (data / file).rename(data / "Stalls.csv")), missing
    )
