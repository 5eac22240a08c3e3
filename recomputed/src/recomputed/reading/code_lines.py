"""The lines of code that compute a number."""

import ast
import textwrap
from functools import cache

from recomputed.quantity.numbers import code_path


@cache
def source_of(file: str, line: int) -> str:
    """The source of the function at `line` of `file` (from the project's root), without its docstring."""
    source = code_path(file).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.lineno == line:
            lines = source.split("\n")[node.lineno - 1 : node.end_lineno]
            if ast.get_docstring(node) is not None:
                first, last = node.body[0].lineno, node.body[0].end_lineno or node.body[0].lineno
                del lines[first - node.lineno : last - node.lineno + 1]
            return textwrap.dedent("\n".join(lines))
    raise ValueError(f"no function begins at line {line} of {file}")
