"""One more thing in a paper: the code, the cell or the rows that it needs, and what is left to fill in."""

import ast
import builtins
import csv
import io
import keyword
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from recomputed import paths
from recomputed.atomic import only_one, write_together
from recomputed.faults import Fault, InputError, PaperError, nearest
from recomputed.file_names import unusable
from recomputed.paper_toml import paper_settings
from recomputed.study import study
from recomputed.tables.load import load
from recomputed.text_files import kept, read_json, read_text

WORD = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
TAIL = r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*"
PATTERNS = {"number": rf"{WORD}\.{TAIL}", "figure": WORD, "table": WORD, "claim": TAIL, "case": r"\w+(-\w+)*"}
EXAMPLES = {
    "number": "days.half",
    "figure": "half-years",
    "table": "half-years",
    "claim": "year",
    "case": "north",
}
MARK = re.compile(r"""to_fill_in\(\s*["'](.*)["']\)""")

PIECES = Path(__file__).parent / "pieces"
IN_CODE = ("number", "figure", "table")  # whose names are names in Python too
LABELS = {"figure": "fig", "table": "tbl"}


@dataclass
class Addition:
    """The files as they will be, by path from the paper's root, and what is left: where, and what."""

    files: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def write(self) -> None:
        """Write every file, or none. Raises what cannot be written."""
        texts = {file: kept(paths.ROOT / file, text) for file, text in self.files.items()}
        with only_one(paths.ROOT, paths.LOCKS):
            write_together(paths.ROOT, texts, paths.UNFINISHED)


def add(kind: str, name: str) -> Addition:
    """What one more `kind` called `name` needs; nothing is written yet. InputError for a name that will not do."""
    if kind not in PATTERNS:
        expected = f"one of {', '.join(PATTERNS)}"
        raise InputError(Fault("add", expected, f"{kind!r}{nearest(kind, PATTERNS)}"))
    reserved = kind in IN_CODE and keyword.iskeyword(name.partition(".")[0])
    if reserved or not re.fullmatch(PATTERNS[kind], name, re.ASCII):
        raise InputError(Fault(f"add {kind}", f"a name such as {EXAMPLES[kind]}", repr(name)))
    if kind in IN_CODE and (reason := unusable(name.partition(".")[0])):  # what its file is called after
        raise InputError(Fault(f"add {kind}", "a name that a file may have on every system", reason))
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
    if (paths.ROOT / file).is_file():
        _merge(made, file, kind, name, inside="numbers")
    else:
        made.files[file] = _piece("number.py", name)
        made.files[f"{package}/__init__.py"] = _with_subject(package, module)
    made.left += _marks(file, made.files[file])
    made.left.append(f'{paths.PAPER.name}: a sentence that states it, with `{{python}} n["{name}"]`')


def _exhibit(made: Addition, kind: str, name: str) -> None:
    """Its function at the end of `figures.py` or `tables.py`, and its cell before the list of references."""
    file, paper = f"{paper_settings().paper.analysis}/{kind}s.py", paths.PAPER.name
    if (paths.ROOT / file).is_file():
        _merge(made, file, kind, name)
    else:
        made.files[file] = _piece(f"{kind}.py", name)
    lines = read_text(paths.PAPER).splitlines(keepends=True)
    end = next((nth for nth, line in enumerate(lines) if line.startswith("::: {#refs")), len(lines))
    at = next((nth for nth in range(end - 1, 0, -1) if lines[nth].startswith("#")), end)
    lines.insert(at, _piece(f"{kind}.qmd", name))
    made.files[paper] = "".join(lines)
    made.left += [*_marks(file, made.files[file]), *_marks(paper, made.files[paper])]
    made.left.append(f"{paper}: a sentence that refers to it, with @{LABELS[kind]}-{name}")


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
    wanted = (
        ("low", "hedge") if kind == "claim" else ()
    )  # a row without them says that nothing is stated there
    needed = {
        key: one.get("description", "")
        for key, one in fields.items()
        if one.get("constraints", {}).get("required") or key in wanted
    }
    _append(made, f"data/{listed}", given, needed)
    if kind == "case":
        if paths.NAMES.is_file():
            _append(made, paths.NAMES.name, {"case": name}, {"name": "what the paper calls it"})
        for one in resources:
            keys = one["schema"].get("foreignKeys", ())
            if (
                any(key["reference"]["resource"] == own["name"] for key in keys)
                and one["path"] != "published.csv"
            ):
                made.left.append(f"data/{one['path']}: its rows, where the paper computes with some")


_ADD: Mapping[str, Callable[[Addition, str, str], None]] = {
    "number": _number, "figure": _exhibit, "table": _exhibit, "claim": _row, "case": _row,
}  # fmt: skip


def _append(made: Addition, file: str, given: Mapping[str, str], needed: Mapping[str, str]) -> None:
    text = read_text(paths.ROOT / file, file)
    rows = list(csv.reader(io.StringIO(text)))
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(given.get(column, "") for column in rows[0])
    made.files[file] = text + "\n" * (not text.endswith("\n")) + line.getvalue()
    made.left += [
        f"{file}, row {len(rows) + 1}, column {column}: {what}"
        for column, what in needed.items()
        if column not in given
    ]


def _piece(piece: str, name: str) -> str:
    text = (PIECES / f"{piece}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(name=name, ident=name.replace("-", "_"))


def _merge(made: Addition, file: str, kind: str, name: str, inside: str = "") -> None:
    """The file's new text: the piece without its imports at the end, or what is in its function at the end of that
    of the file, and the imports that the file lacks. InputError where it is no Python, or has no such function.
    """
    text, piece = read_text(paths.ROOT / file, file), _piece(f"{kind}.py", name)
    tree, new = _parsed(text, file), ast.parse(piece)
    lines, added = text.rstrip().splitlines(), piece.splitlines()
    imports = [node for node in new.body if isinstance(node, ast.Import | ast.ImportFrom)]
    bound = {node.asname or node.name for node in ast.walk(tree) if isinstance(node, ast.alias)}
    bound |= {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    if inside:
        found = next((node for node in tree.body if getattr(node, "name", "") == inside), None)
        if not isinstance(found, ast.FunctionDef):
            raise InputError(Fault(file, f"a function `{inside}`, to which a {kind} is added", "none"))
        ours = next(node for node in new.body if isinstance(node, ast.FunctionDef))
        lines[found.end_lineno : found.end_lineno] = added[ours.body[1].lineno - 1 :]
    else:
        taken = bound | {one.name for node in imports for one in node.names}
        taken |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        taken |= set(dir(builtins))
        if (own := name.replace("-", "_")) in taken:
            raise InputError(Fault(f"add {kind}", f"a name that {file} does not use yet", repr(own)))
        lines += added[imports[-1].end_lineno or 0 :]
    above = [node.end_lineno or 0 for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    at = above[-1] if above else (tree.body[0].end_lineno or 0 if ast.get_docstring(tree) else 0)
    for node in imports:
        node.names = [one for one in node.names if (one.asname or one.name) not in bound]
        if node.names:
            lines.insert(at, ast.unparse(node))
    made.files[file] = "\n".join(lines) + "\n"


def _with_subject(package: str, module: str) -> str:
    """`__init__.py` with the module imported, and last among SUBJECTS."""
    file = f"{package}/__init__.py"
    text = read_text(paths.ROOT / file, file)
    made = [node for node in _parsed(text, file).body if isinstance(node, ast.Assign)]
    found = [one.value for one in made if getattr(one.targets[0], "id", "") == "SUBJECTS"]
    if not found or not isinstance(found[0], ast.Tuple) or not found[0].elts:
        raise InputError(Fault(file, "SUBJECTS, a tuple of modules", "none"))
    last, lines = found[0].elts[-1], text.splitlines()
    row, column = (last.end_lineno or 1) - 1, last.end_col_offset or 0
    lines[row] = f"{lines[row][:column]}, {module}{lines[row][column:].replace(',)', ')')}"
    lines.insert(made[0].lineno - 1, f"from {package} import {module}\n")
    return "\n".join(lines) + "\n"


def _parsed(text: str, file: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise InputError(Fault(file, "Python", error.msg, error.lineno)) from None


def _marks(file: str, text: str) -> Iterator[str]:
    """What the file's new text leaves to fill in, but not what it does already."""
    path = paths.ROOT / file
    there = MARK.findall(read_text(path, file)) if path.is_file() else ()
    for number, line in enumerate(text.splitlines(), start=1):
        if (found := MARK.search(line)) and found[1] not in there:
            yield f"{file}, line {number}: {found[1]}"
