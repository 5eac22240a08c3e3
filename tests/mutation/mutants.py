"""The mutants: one small change each to data, manuscript, code or figures. Made in a fixed order, from a seed."""

import ast
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from recomputed import paths
from recomputed.language.comparing_words import vocabulary
from recomputed.ledger.examination import Examination
from recomputed.paper_language import paper_language
from recomputed.quantity.numbers import Number
from recomputed.tables.load import Tables
from synthetic.reversals import opposite

SEED = 20261124
INLINE = re.compile(r"""\b(n|en)\[(["'])([^"']+)\2\]""")
PROSE = re.compile(
    r"^(?![`:#|>{\s]|from |paper = |n, en|print)[^\n]{30,}$|^#+ [^\n{]+|(?<=caption=f\")[^\n]*|(?<=alt=f\")[^\n]*",
    re.MULTILINE,
)
TYPED = ("tiga", "25%", "kedua", "12", "setengah", "2024", "sepuluh")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change. `kind` is what was changed, `name` says how; `files` has the changed files' new content by
    their path in the project.
    """

    kind: str
    name: str
    files: Mapping[str, bytes] = field(repr=False)


def data_cells(tables: Tables) -> Iterator[Mutant]:
    """Each numeric cell that takes part in computation: another digit, another sign; ends and cases swapped."""
    random = Random(SEED)
    for cell in tables.places("value"):
        table, file = _table_of(tables, cell.file)
        if not table.field(cell.column).numeric:
            continue
        rows = _rows(file)
        at = rows[0].index(cell.column)
        text = rows[cell.sheet_row - 1][at]
        digit = random.randrange(len(text))
        while not text[digit].isdigit():
            digit = random.randrange(len(text))
        other = text[:digit] + str((int(text[digit]) + random.randint(1, 9)) % 10) + text[digit + 1 :]
        name = f"{file}:{cell.key}:{cell.column}"
        yield _data_mutant(rows, file, {(cell.sheet_row - 1, at): other}, f"{name} {text} -> {other}")
        if float(text):
            yield _data_mutant(
                rows, file, {(cell.sheet_row - 1, at): f"-{text}"}, f"{name} {text} -> -{text}"
            )
        yield from _swaps(rows, file, cell.sheet_row - 1, at, name)


def _swaps(rows: list[list[str]], file: str, row: int, at: int, name: str) -> Iterator[Mutant]:
    header = rows[0]
    if (
        header[at] == "low"
        and "high" in header
        and rows[row][header.index("high")] not in ("", rows[row][at])
    ):
        high = header.index("high")
        changed = {(row, at): rows[row][high], (row, high): rows[row][at]}
        yield _data_mutant(rows, file, changed, f"{name} low <-> high")
    if "case" not in header:
        return
    case = header.index("case")
    for other in range(row + 1, len(rows)):
        same = all(
            rows[row][header.index(one)] == rows[other][header.index(one)]
            for one in ("measure", "condition", "statistic")
            if one in header
        )
        if same and rows[row][case] != rows[other][case] and rows[row][at] != rows[other][at]:
            changed = {(row, at): rows[other][at], (other, at): rows[row][at]}
            yield _data_mutant(rows, file, changed, f"{name} <-> {rows[other][case]}")
            return


def inline_ids(qmd: str, numbers: Mapping[str, Number]) -> Iterator[Mutant]:
    """Each inline id of the manuscript, replaced by another number's of the same unit."""
    random = Random(SEED)
    for match in INLINE.finditer(qmd):
        id_ = match[3]
        others = [one for one in numbers if one != id_ and numbers[one].unit == numbers[id_].unit]
        if others:
            new = random.choice(others)
            changed = qmd[: match.start(3)] + new + qmd[match.end(3) :]
            line = qmd.count("\n", 0, match.start()) + 1
            yield _qmd_mutant("inline id", f"line {line}: {id_} -> {new}", changed)


def typed_numbers(qmd: str) -> Iterator[Mutant]:
    """A number typed into each paragraph, heading, caption and text alternative."""
    random = Random(SEED)
    body = qmd.index("\n---\n", 4) + 5
    for match in PROSE.finditer(qmd):
        if match.start() < body:
            continue
        spaces = [one.start() for one in re.finditer(r"(?<=[a-z,]) (?=[a-z])", match[0])]
        outside = [at for at in spaces if _is_prose(match[0], at)]
        if outside:
            at, text = match.start() + random.choice(outside), random.choice(TYPED)
            line = qmd.count("\n", 0, at) + 1
            yield _qmd_mutant("typed number", f"line {line}: {text}", f"{qmd[:at]} {text}{qmd[at:]}")


def comparing_words(qmd: str) -> Iterator[Mutant]:
    """Each comparing word that a claim holds, reversed."""
    code = paper_language().code
    for span in re.finditer(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\{\.claim ", qmd):
        for word in vocabulary(code).find(re.sub("`[^`]*`", _blank, span[1])):
            said = span[1][word.start : word.end]
            other = opposite(said, word, code)
            start = span.start(1) + word.start
            line = qmd.count("\n", 0, start) + 1
            changed = qmd[:start] + other + qmd[start + len(said) :]
            yield _qmd_mutant("comparing word", f"line {line}: {said} -> {other}", changed)


def _blank(found: re.Match[str]) -> str:
    return "\ufffc" * len(found[0])


def formula_constants(root: Path = paths.ROOT) -> Iterator[Mutant]:
    """Each whole number written in the modules of `analysis` that compute the paper's numbers.

    The interval arithmetic beneath them states no fact of the paper; its tests are properties.
    """
    from analysis import SUBJECTS

    for module in (subject.__name__ for subject in SUBJECTS):
        file = f"{module.replace('.', '/')}.py"
        source = (root / file).read_text(encoding="utf-8")
        lines = source.split("\n")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and type(node.value) is int:
                line = lines[node.lineno - 1]
                new = str(node.value + 1)
                # ast counts bytes of UTF-8
                before = line.encode()[: node.col_offset].decode()
                after = line.encode()[node.end_col_offset :].decode()
                changed = [*lines[: node.lineno - 1], before + new + after, *lines[node.lineno :]]
                name = f"{file}:{node.lineno}: {node.value} -> {new}"
                yield Mutant("formula constant", name, {file: "\n".join(changed).encode()})


def figure_files(root: Path = paths.ROOT) -> Iterator[Mutant]:
    """Each committed figure file, with one byte changed."""
    random = Random(SEED)
    for path in sorted((root / "figures").iterdir()):
        content = bytearray(path.read_bytes())
        at = random.randrange(len(content))
        content[at] ^= 1
        name = f"figures/{path.name}: byte {at}"
        yield Mutant("figure", name, {f"figures/{path.name}": bytes(content)})


def all_mutants(examination: Examination) -> list[Mutant]:
    """Every mutant, kind by kind."""
    tables, numbers = examination.tables, examination.numbers
    qmd = paths.PAPER.read_text(encoding="utf-8")
    return [
        *data_cells(tables),
        *inline_ids(qmd, numbers),
        *typed_numbers(qmd),
        *comparing_words(qmd),
        *formula_constants(),
        *figure_files(),
    ]


def _is_prose(text: str, at: int) -> bool:
    """Whether a place is in running text: not in code, a span's attributes, a citation or a replacement field."""
    before = text[:at]
    return (
        before.count("`") % 2 == 0
        and before.count("{") == before.count("}")
        and not re.search(r"\[@[^\]]*$|@[\w-]*$", before)
    )


def _qmd_mutant(kind: str, name: str, text: str) -> Mutant:
    return Mutant(kind, f"paper.qmd {name}", {"paper.qmd": text.encode()})


def _data_mutant(
    rows: list[list[str]], file: str, changed: Mapping[tuple[int, int], str], name: str
) -> Mutant:
    new = [[changed.get((r, c), cell) for c, cell in enumerate(row)] for r, row in enumerate(rows)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(new)
    return Mutant("data cell", name, {file: text.getvalue().encode()})


def _rows(file: str) -> list[list[str]]:
    with (paths.ROOT / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def _table_of(tables: Tables, shown: str):  # type: ignore[no-untyped-def]
    name = Path(shown).stem
    return tables[name], f"data/{name}.csv"
