"""One more thing in a paper: the code, the cell or the rows that it needs, and what is left to fill in."""

import ast
import csv
import io
import keyword
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, InputError, PaperError, nearest
from recomputed.paper_toml import paper_settings
from recomputed.study import study
from recomputed.tables.load import load
from recomputed.tables.properties import read_json
from recomputed.text_files import read_text
from recomputed.typeset.swap import write_whole

WORD = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
TAIL = r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*"
PATTERNS = {"number": rf"{WORD}\.{TAIL}", "figure": WORD, "table": WORD, "claim": TAIL, "case": r"\w+(-\w+)*"}
EXAMPLES = {"number": "days.half", "figure": "half-years", "table": "half-years", "claim": "year", "case": "K1"}
MARK = re.compile(r"""to_fill_in\(\s*["'](.*)["']\)""")

NUMBER = """\
    yield derive(
        "{name}",
        total,  # or what else computes it: a function of recomputed.quantity.arithmetic, or one of your own
        to_fill_in("the numbers that {name} is computed from"),
        unit=to_fill_in("the unit of {name}, one of data/datapackage.json"),
        words=to_fill_in("how {name} is computed, in the paper's words"),
    )
"""
SUBJECT = '''\
"""To fill in: what this module computes."""


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """To fill in: which numbers. `known` has those of the modules before this one."""
'''
FIGURE = '''

@figure
def {name}(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """To fill in: what it shows."""
    records: list[Record] = to_fill_in("a record a bar, with its label and its value, from numbers")
    return records


@{name}.chart
def draw_{name}(records: list[Record]) -> Chart:
    """A bar a record."""
    chart: Chart = (
        alt.Chart({{"values": records}}, width=480, height=140)
        .mark_bar()
        .encode(x=alt.X("value:Q", title=None), y=alt.Y("label:N", title=None))
        .configure(font="Source Sans Pro")
    )
    return chart
'''
TABLE = '''

@table
def {name}(paper: Paper) -> str:
    """To fill in: what it shows."""
    rows: list[list[str]] = to_fill_in("its rows: lists of cells, md(paper.n[id]) for a number")
    return pipe_table(to_fill_in("the heads of its columns"), rows, to_fill_in("their relative widths"))
'''
CELL = """\
```{{python}}
#| output: asis
#| echo: false
from recomputed import to_fill_in

print(paper.{kind}(
    "{name}",
    caption=to_fill_in("what the {kind} {name} shows, a sentence"),{alt}
))
```

"""
ALT = """
    alt=to_fill_in("what the figure {name} shows, for those who don't see it"),"""
ARITHMETIC, ROOT = "recomputed.quantity.arithmetic", "recomputed"
IMPORTS: Mapping[str, Mapping[str, str]] = {
    "number": {
        "Iterator": "collections.abc", "Number": ROOT, "Numbers": ROOT, "Tables": ROOT, "derive": ROOT,
        "to_fill_in": ROOT, "total": ARITHMETIC,
    },
    "figure": {
        "Sequence": "collections.abc", "Chart": "recomputed.manuscript.figures", "Numbers": ROOT, "Record": ROOT,
        "figure": ROOT, "to_fill_in": ROOT,
    },
    "table": {
        "Paper": ROOT, "table": ROOT, "to_fill_in": ROOT, "pipe_table": "recomputed.manuscript.pipe_tables",
        "md": "recomputed.manuscript.pipe_tables",
    },
}  # fmt: skip


@dataclass
class Addition:
    """The files as they will be, by path from the paper's root, and what is left: where, and what."""

    files: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def text(self, file: str, new: str = "") -> str:
        """The file as it will be; `new` where it is not there."""
        there = (paths.ROOT / file).is_file()
        return self.files.get(file) or (read_text(paths.ROOT / file, file) if there else new)

    def write(self) -> None:
        """Write every file, or none. Raises what cannot be written."""
        before = {file: read_text(paths.ROOT / file) for file in self.files if (paths.ROOT / file).is_file()}
        try:
            for file, text in self.files.items():
                write_whole(paths.ROOT / file, text)
        except BaseException:
            for file in self.files:
                with suppress(PaperError, OSError):
                    if file in before:
                        write_whole(paths.ROOT / file, before[file])
                    else:
                        (paths.ROOT / file).unlink(missing_ok=True)
            raise


def add(kind: str, name: str) -> Addition:
    """What one more `kind` called `name` needs; nothing is written yet. InputError for a name that will not do."""
    if kind not in PATTERNS:
        expected = f"one of {', '.join(PATTERNS)}"
        raise InputError(Fault("add", expected, f"{kind!r}{nearest(kind, PATTERNS)}"))
    plain = not keyword.iskeyword(name) or kind in ("claim", "case")
    if not (plain and re.fullmatch(PATTERNS[kind], name, re.ASCII)):
        raise InputError(Fault(f"add {kind}", f"a name such as {EXAMPLES[kind]}", repr(name)))
    if name in _there(kind):
        raise InputError(Fault(f"add {kind}", "a name that is not there yet", repr(name)))
    made = Addition()
    _ADD[kind](made, kind, name)
    return made


def _there(kind: str) -> Iterable[str]:
    """The names of that kind that there are already, as far as an unfinished paper tells."""
    if kind in ("figure", "table"):
        return study().figures if kind == "figure" else study().tables
    if kind == "number":
        with suppress(PaperError):
            return study().compute(load(paths.DATA))
        package = paths.ROOT / paper_settings().paper.analysis
        return re.findall(r'"([^"\n]+)"', "".join(map(read_text, sorted(package.glob("*.py")))))
    file, column = ("published.csv", "id") if kind == "claim" else ("cases.csv", "case")
    return [row[column] for row in csv.DictReader(io.StringIO(read_text(paths.DATA / file, f"data/{file}")))]


def _number(made: Addition, kind: str, name: str) -> None:
    """A `yield` at the end of `numbers` in the module of its id's first part, which is made if it is not there."""
    package = paper_settings().paper.analysis
    module = name.partition(".")[0].replace("-", "_")
    file = f"{package}/{module}.py"
    text = made.text(file, SUBJECT)
    function = next((n for n in _parsed(text, file).body if getattr(n, "name", "") == "numbers"), None)
    if not isinstance(function, ast.FunctionDef):
        raise InputError(Fault(file, "a function `numbers`, to which a number is added", "none"))
    if not (paths.ROOT / file).is_file():
        made.files[f"{package}/__init__.py"] = _with_subject(made.text(f"{package}/__init__.py"), package, module)
    lines = text.splitlines(keepends=True)
    lines.insert(function.end_lineno or len(lines), NUMBER.format(name=name))
    _code(made, file, "".join(lines), kind)
    made.left.append(f'{paths.PAPER.name}: a sentence that states it, with `{{python}} n["{name}"]`')


def _exhibit(made: Addition, kind: str, name: str) -> None:
    """Its function at the end of `figures.py` or `tables.py`, and its cell before the list of references."""
    file = f"{paper_settings().paper.analysis}/{kind}s.py"
    template = FIGURE if kind == "figure" else TABLE
    text = made.text(file, f'"""The paper\'s {kind}s."""\n') + template.format(name=name.replace("-", "_"))
    if kind == "figure" and not re.search(r"\balt\b *=|\bas alt\b", text):
        text = _with_line(text, "import altair as alt", file)
    _code(made, file, text, kind)
    lines = made.text(paths.PAPER.name).splitlines(keepends=True)
    end = next((nth for nth, line in enumerate(lines) if line.startswith("::: {#refs")), len(lines))
    at = next((nth for nth in range(end - 1, 0, -1) if lines[nth].startswith("#")), end)
    alt = ALT.format(name=name) if kind == "figure" else ""
    lines.insert(at, CELL.format(kind=kind, name=name, alt=alt))
    made.files[paths.PAPER.name] = "".join(lines)
    made.left += _marks(paths.PAPER.name, "".join(lines), name)
    made.left.append(f"{paths.PAPER.name}: a sentence that refers to it, with @{kind[:3].replace('tab', 'tbl')}-{name}")


def _row(made: Addition, kind: str, name: str) -> None:
    """Rows of the tables that list it; the cells that a person must fill in are left."""
    described = read_json(paths.DATA / "datapackage.json", "data/datapackage.json")
    resources = described.get("resources", []) if isinstance(described, dict) else []
    listed = "published.csv" if kind == "claim" else "cases.csv"
    own = next((one for one in resources if one["path"] == listed), None)
    if own is None:
        raise InputError(Fault("data/datapackage.json", f"a table with the path {listed}", "none"))
    fields = {one["name"]: one for one in own["schema"]["fields"]}
    given = {"id": name, "expected": "agrees"} if kind == "claim" else {"case": name}
    needed = {key: one["description"] for key, one in fields.items() if one.get("constraints", {}).get("required")}
    _append(made, f"data/{listed}", given, needed)
    if kind == "case":
        if paths.NAMES.is_file():
            _append(made, paths.NAMES.name, {"case": name}, {"name": "what the paper calls it"})
        for one in resources:
            keys = one["schema"].get("foreignKeys", ())
            if any(key["reference"]["resource"] == own["name"] for key in keys) and one["path"] != "published.csv":
                made.left.append(f"data/{one['path']}: its rows, where the paper computes with some")


_ADD: Mapping[str, Callable[[Addition, str, str], None]] = {
    "number": _number, "figure": _exhibit, "table": _exhibit, "claim": _row, "case": _row,
}  # fmt: skip


def _append(made: Addition, file: str, given: Mapping[str, str], needed: Mapping[str, str]) -> None:
    text = made.text(file)
    rows = list(csv.reader(io.StringIO(text)))
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(given.get(column, "") for column in rows[0])
    made.files[file] = text + "\n" * (not text.endswith("\n")) + line.getvalue()
    made.left += [
        f"{file}, row {len(rows) + 1}, column {column}: {what}"
        for column, what in needed.items()
        if column not in given
    ]


def _code(made: Addition, file: str, text: str, kind: str) -> None:
    """Take the file's new text, with the imports that it lacks; InputError where it was no Python before."""
    tree = _parsed(text, file)
    bound = {alias.asname or alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    lacking: dict[str, list[str]] = {}
    for name, home in IMPORTS[kind].items():
        if name not in bound:
            lacking.setdefault(home, []).append(name)
    for home, names in reversed(lacking.items()):
        text = _with_line(text, f"from {home} import {', '.join(names)}", file)
    before = made.text(file).count("to_fill_in(")
    made.files[file] = text
    made.left += list(_marks(file, text))[before:] if before else list(_marks(file, text))


def _with_line(text: str, line: str, file: str) -> str:
    """The module's text with this import, after its last one, or else after its docstring."""
    body = _parsed(text, file).body
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    docstring = body[:1] if body and isinstance(body[0], ast.Expr) else []
    after = (imports or docstring or [None])[-1]
    lines = text.splitlines(keepends=True)
    lines.insert(after.end_lineno or 0 if after else 0, f"{line}\n" if imports else f"\n{line}\n")
    return "".join(lines)


def _with_subject(text: str, package: str, module: str) -> str:
    """`__init__.py` with the module imported, and last among SUBJECTS."""
    file = f"{package}/__init__.py"
    made = [node for node in _parsed(text, file).body if isinstance(node, ast.Assign)]
    found = [one.value for one in made if getattr(one.targets[0], "id", "") == "SUBJECTS"]
    if not found or not isinstance(found[0], ast.Tuple) or not found[0].elts:
        raise InputError(Fault(file, "SUBJECTS, a tuple of modules", "none"))
    last, lines = found[0].elts[-1], text.splitlines(keepends=True)
    row, column = (last.end_lineno or 1) - 1, last.end_col_offset or 0
    lines[row] = f"{lines[row][:column]}, {module}{lines[row][column:]}".replace(f"{module},)", f"{module})")
    return _with_line("".join(lines), f"from {package} import {module}", file)


def _parsed(text: str, file: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise InputError(Fault(file, "Python", error.msg, error.lineno)) from None


def _marks(file: str, text: str, about: str = "") -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        if (found := MARK.search(line)) and about in line:
            yield f"{file}, line {number}: {found[1]}"
