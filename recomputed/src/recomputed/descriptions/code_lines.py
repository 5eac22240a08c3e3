"""The lines of code that compute a number."""

import ast
import textwrap
from functools import cache

from recomputed.quantity.numbers import code_path


@cache
def source_of(file: str, line: int) -> str:
    """The source of the function at `line` of `file` (from the project's root), without its docstring."""
    source, function = _function(file, line)
    lines = source.split("\n")[function.lineno - 1 : function.end_lineno]
    if ast.get_docstring(function) is not None:
        first, last = function.body[0].lineno, function.body[0].end_lineno or function.body[0].lineno
        del lines[first - function.lineno : last - function.lineno + 1]
    return textwrap.dedent("\n".join(lines))


def lines_of(file: str, line: int) -> range:
    """The lines of the function at `line` of `file`, decorators left out."""
    function = _function(file, line)[1]
    return range(function.lineno, (function.end_lineno or function.lineno) + 1)


def _function(file: str, line: int) -> tuple[str, ast.FunctionDef]:
    source, functions = _functions(file)
    if line not in functions:
        raise ValueError(f"no function begins at line {line} of {file}")
    return source, functions[line]


@cache
def _functions(file: str) -> tuple[str, dict[int, ast.FunctionDef]]:
    """The source of a file, and its functions by the lines on which they begin."""
    source = code_path(file).read_text(encoding="utf-8")
    nodes = ast.walk(ast.parse(source))
    return source, {node.lineno: node for node in nodes if isinstance(node, ast.FunctionDef)}
