"""The mutants of the paper at hand: one small change each to manuscript, data, figures or code, from a seed.

A mutant is named by the text that it changes, not by its line, so that a list of survivors outlives edits elsewhere.
"""

import ast
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from recomputed import paths
from recomputed.deposit import metadata
from recomputed.editions import manuscript_of, profiles
from recomputed.language.catalogue import known
from recomputed.language.comparing_words import vocabulary
from recomputed.language.unit_words import unit_words
from recomputed.ledger.examination import Examination
from recomputed.manuscript.names import read_names
from recomputed.paper_language import stated_language
from recomputed.paper_toml import paper_settings
from recomputed.reading import provenance
from recomputed.study import study
from recomputed.tables.load import Tables
from synthetic.reversals import opposite

SEED = 20261124
PROSE = re.compile(
    r"^(?![`:#|>{\s]|from |paper = |n, |print|appendix)[^\n]{30,}$|^#+ [^\n{]+|(?<=caption=f\")[^\n]*"
    r"|(?<=caption=\")[^\n]*|(?<=alt=f\")[^\n]*",
    re.MULTILINE,
)
CODE = re.compile(r"`[^`\n]*`")
SPAN = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\{\.claim ")
INLINE = re.compile(r"""(?:`\{python\} |\{)\w+\[(["'])([^"'\]]+)\1\][^`}\n]*[`}]""")
OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.Lt: ">", ast.Gt: "<", ast.LtE: ">", ast.GtE: "<",
}  # fmt: skip
FUNCTIONS = {
    "largest": "smallest",
    "smallest": "largest",
    "total": "mean",
    "mean": "total",
    "difference": "product",
}

ARITHMETIC = "recomputed.quantity.arithmetic"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: its kind, its name, and the new content of the files that it changes, by their path in the paper."""

    kind: str
    name: str
    files: Mapping[str, bytes] = field(repr=False)


class Manuscript:
    """Makes the mutants of an edition's manuscript."""

    def __init__(self, file: str, examination: Examination):
        self._file, self._lang = file, stated_language(manuscript=file)
        qmd = (paths.ROOT / file).read_text(encoding="utf-8")
        self._qmd, self._numbers = qmd, examination.numbers
        self._cases = examination.tables.cases
        self._named = read_names(self._cases)
        self._prose = [one for one in PROSE.finditer(qmd) if one.start() > qmd.index("\n---\n", 4)]

    def mutants(self) -> Iterator[Mutant]:
        """All of them."""
        for make in (self._ids, self._units, self._subjects, self._words, self._typed):
            yield from make(Random(SEED))

    def _ids(self, random: Random) -> Iterator[Mutant]:
        for match in INLINE.finditer(self._qmd):
            if (id_ := match[2]) in self._numbers:
                unit = self._numbers[id_].unit
                others = [one for one in self._numbers if one != id_ and self._numbers[one].unit == unit]
                if others:
                    yield self._changed("inline id", *match.span(2), random.choice(others))

    def _units(self, random: Random) -> Iterator[Mutant]:
        words = unit_words(self._lang)
        units = sorted({number.unit for number in self._numbers.values()})
        for match in INLINE.finditer(self._qmd):
            if match[2] in self._numbers and self._in_prose(match.start()):
                own = self._numbers[match[2]].unit
                named = (word for unit in units for word in words.of(unit) if not words.are_of(word, own))
                others = sorted(set(named))
                behind = words.behind(self._qmd[match.end() :])
                start = self._qmd.index(behind, match.end()) if behind else match.end()
                if others:
                    other = random.choice(others)
                    yield self._changed("unit", start, start + len(behind), other if behind else f" {other}")

    def _subjects(self, random: Random) -> Iterator[Mutant]:
        """A case's code or name, where its sentence has a number of a case."""
        called = {text: case for case in self._cases for text in (case, self._named[case])}
        pattern = "|".join(sorted(map(re.escape, called), key=len, reverse=True))
        for match in re.finditer(rf"(?<![\w.-])(?:{pattern})(?![\w-])", self._qmd):
            others = [one for one in self._cases if one != called[match[0]]]
            if others and self._in_prose(match.start()) and self._states_a_case(match.start()):
                other = random.choice(others)
                text = other if match[0] in self._cases else self._named[other]
                yield self._changed("subject", *match.span(), text)

    def _words(self, random: Random) -> Iterator[Mutant]:
        """Each comparing word of a claim, with its opposite."""
        for span in SPAN.finditer(self._qmd):
            text = CODE.sub(lambda code: "`" * len(code[0]), span[1])
            for word in vocabulary(self._lang).find(text):
                other = opposite(text[word.start : word.end], word, self._lang)
                start = span.start(1) + word.start
                yield self._changed("comparing word", start, span.start(1) + word.end, other)

    def _typed(self, random: Random) -> Iterator[Mutant]:
        """A number in figures or in words typed into each paragraph, heading, caption and text alternative."""
        (language, *_) = known((self._lang, "en"))
        words = sorted(language.listed("number_words.words"))
        for match in self._prose:
            spaces = [one.start() for one in re.finditer(r"(?<=[a-z,]) (?=[a-z])", match[0])]
            if outside := [at for at in spaces if _is_running(match[0], at)]:
                at = match.start() + random.choice(outside)
                typed = random.choice(["25%", "12", "2024", "3,5", *random.sample(words, 4)])
                yield self._changed("typed number", at, at, f" {typed}")

    def _in_prose(self, at: int) -> bool:
        return any(one.start() <= at < one.end() for one in self._prose)

    def _states_a_case(self, at: int) -> bool:
        start = max(self._qmd.rfind(mark, 0, at) for mark in (". ", "\n", "; "))
        ends = [end for mark in (". ", "\n", "; ") if (end := self._qmd.find(mark, at)) != -1]
        ids = [one[2] for one in INLINE.finditer(self._qmd, start, min(ends))]
        return any(self._numbers[id_].subject for id_ in ids if id_ in self._numbers)

    def _changed(self, kind: str, start: int, end: int, new: str) -> Mutant:
        before, old, after = self._qmd[:start], self._qmd[start:end], self._qmd[end:]
        name = f"{self._file}: {before[-30:]}»{old} -> {new}«{after[:20]}".replace("\n", " ")
        return Mutant(kind, name, {self._file: f"{before}{new}{after}".encode()})


def _is_running(text: str, at: int) -> bool:
    """Whether a place is in running text: not in code, a span's attributes, a citation or a replacement field."""
    before = text[:at]
    return (
        before.count("`") % 2 == 0
        and before.count("{") == before.count("}")
        and not re.search(r"\[@[^\]]*$|@[\w-]*$", before)
    )


def data_cells(tables: Tables) -> Iterator[Mutant]:
    """Each numeric cell with another digit, with another sign, and exchanged with that of another case."""
    random = Random(SEED)
    for cell in tables.places("value"):
        table = tables[Path(cell.file).stem]
        if table.field(cell.column).numeric:
            rows = _rows(paths.DATA / f"{table.name}.csv")
            row, at = cell.sheet_row - 1, rows[0].index(cell.column)
            text, name = rows[row][at], f"{table.name}.csv:{cell.key}:{cell.column}"
            digits = [nth for nth, character in enumerate(text) if character.isdigit()]
            digit = random.choice(digits)
            new = f"{text[:digit]}{(int(text[digit]) + random.randint(1, 9)) % 10}{text[digit + 1 :]}"
            changes = [(new, {(row, at): new})]
            if float(text):
                changes.append((f"-{text}", {(row, at): f"-{text}"}))
            if other := _of_another_case(rows, row, at):
                changes.append((f"row {other + 1}", {(row, at): rows[other][at], (other, at): text}))
            for told, changed in changes:
                yield _data_mutant(rows, f"data/{table.name}.csv", changed, f"{name} {text} -> {told}")


def _of_another_case(rows: Sequence[Sequence[str]], row: int, at: int) -> int:
    """The next row that has another case and another figure, else alike; 0 where there is none."""
    header = rows[0]
    case = header.index("case") if "case" in header else at
    alike = [header.index(one) for one in ("measure", "condition", "statistic") if one in header]
    for other in range(row + 1, len(rows)):
        differs = rows[row][case] != rows[other][case] and rows[row][at] != rows[other][at] != ""
        if differs and all(rows[row][one] == rows[other][one] for one in alike):
            return other
    return 0


def figure_files() -> Iterator[Mutant]:
    """Each committed figure file, with one byte changed."""
    random = Random(SEED)
    for path in sorted(path for path in paths.FIGURES.rglob("*") if path.is_file()):
        content = bytearray(path.read_bytes())
        at = random.randrange(len(content))
        content[at] ^= 1
        name = path.relative_to(paths.ROOT).as_posix()
        yield Mutant("figure file", f"{name}: byte {at}", {name: bytes(content)})


def generated_files() -> Iterator[Mutant]:
    """Each other file that is generated and kept, with its last letter changed, as by hand."""
    for path in (paths.DATA / "README.md", provenance.FILE, *(paths.ROOT / name for name in metadata.FILES)):
        if path.is_file():
            name, text = path.relative_to(paths.ROOT).as_posix(), path.read_text(encoding="utf-8")
            changed = re.sub(r"[a-zA-Z](?=[^a-zA-Z]*\Z)", lambda last: last[0].swapcase(), text)
            yield Mutant("generated file", name, {name: changed.encode()})


def code(package: Path) -> Iterator[Mutant]:
    """The constants and operators of the modules that compute, and the texts of charts in those that draw."""
    shown = {
        text
        for file in paths.FIGURES.glob("*.vl.json")
        for text in _texts(json.loads(file.read_text("utf-8")))
    }
    drawing = {file for figure in study().figures.values() for file in figure.sources}
    made = {Path(table.make.__code__.co_filename) for table in study().tables.values()}
    for file in sorted(package.glob("*.py")):
        if file in drawing:
            yield from _Code(file).changes(lambda node: _text(node, shown))
        elif file not in made and file.name != "__init__.py" and "RECIPE" not in file.read_text("utf-8"):
            yield from _Code(file).changes(_formula)


class _Code:
    """Changes of one module's source, by its syntax tree."""

    def __init__(self, file: Path):
        self._file = file.relative_to(paths.ROOT).as_posix()
        self._lines = file.read_bytes().split(b"\n")

    def changes(self, change: Callable[[ast.AST], tuple[str, ast.expr, str] | None]) -> Iterator[Mutant]:
        """What `change` makes of each node: a kind, the expression to replace, the new one."""
        for node in ast.walk(ast.parse(b"\n".join(self._lines))):
            found = change(node)
            if found and found[1].lineno == found[1].end_lineno:
                kind, old, new = found
                nth, line = old.lineno - 1, self._lines[old.lineno - 1]
                changed = line[: old.col_offset] + new.encode() + line[old.end_col_offset :]
                told = f"{self._file}: {line.strip().decode()} -> {changed.strip().decode()}"
                source = b"\n".join([*self._lines[:nth], changed, *self._lines[nth + 1 :]])
                yield Mutant(kind, told, {self._file: source})


def _formula(node: ast.AST) -> tuple[str, ast.expr, str] | None:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return "constant", node, str(node.value + 1)
    if isinstance(node, ast.Constant) and re.fullmatch(r"-?\d+\.\d+", str(node.value)):
        digit = re.search(r"\d", text := str(node.value))
        assert digit
        new = f"{text[: digit.start()]}{(int(digit[0]) + 1) % 10}{text[digit.end() :]}"
        return "constant", node, repr(new) if isinstance(node.value, str) else new
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return _operator(node, node.left, node.op, node.right)
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OPERATORS and len(node.ops) == 1:
        return _operator(node, node.left, node.ops[0], node.comparators[0])
    if isinstance(node, ast.Call):
        for name in (node.func, *node.args):
            if isinstance(name, ast.Name) and name.id in FUNCTIONS:
                return "operator", name, f"__import__('{ARITHMETIC}', fromlist=['*']).{FUNCTIONS[name.id]}"
    return None


def _operator(
    node: ast.expr, left: ast.expr, operator: ast.AST, right: ast.expr
) -> tuple[str, ast.expr, str]:
    return "operator", node, f"{ast.unparse(left)} {OPERATORS[type(operator)]} ({ast.unparse(right)})"


def _text(node: ast.AST, shown: set[str]) -> tuple[str, ast.expr, str] | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in shown:
        return "chart text", node, repr(f"{node.value} 12")
    return None


def _texts(part: Any) -> Iterator[str]:
    """The titles and fixed texts of a chart."""
    if isinstance(part, dict):
        yield from (part[key] for key in ("title", "text") if isinstance(part.get(key), str))
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _texts(one)


def all_mutants(examination: Examination) -> list[Mutant]:
    """Every mutant, kind by kind."""
    return [
        *(one for profile in profiles() for one in Manuscript(manuscript_of(profile), examination).mutants()),
        *data_cells(examination.tables),
        *figure_files(),
        *generated_files(),
        *code(paths.ROOT / paper_settings().paper.analysis),
    ]


def _data_mutant(
    rows: Sequence[Sequence[str]], file: str, changed: Mapping[tuple[int, int], str], name: str
) -> Mutant:
    new = [[changed.get((r, c), cell) for c, cell in enumerate(row)] for r, row in enumerate(rows)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(new)
    return Mutant("data cell", name, {file: text.getvalue().encode()})


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))
