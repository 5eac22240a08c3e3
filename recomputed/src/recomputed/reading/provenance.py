"""`docs/numbers.md`: each figure, table and number of the paper, with the program and line that makes it.

    python -m recomputed.reading.provenance    write it again, from the manuscript, the data and the code

What a data editor asks for as the list of exhibits and programs. Nothing in it is typed by hand. It is the record of
the values, too, with a digest of each: on the same data a number may have no other one (`moved`), unless
the file is written again.
"""

import hashlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.atomic import write_whole
from recomputed.descriptions.mentions import lines_of_numbers
from recomputed.descriptions.numbers_json import document
from recomputed.editions import figures_of, manuscript_of, profiles
from recomputed.faults import Fault
from recomputed.language import wording
from recomputed.language.catalogue import ENGLISH
from recomputed.manuscript.paper import open_paper
from recomputed.quantity.numbers import Number, code_file
from recomputed.reading.appendix import Appendix, open_appendix
from recomputed.streams import told
from recomputed.study import study
from recomputed.text_files import read_text

FILE = paths.ROOT / "docs" / "numbers.md"
HEAD = """\
# Each figure, table and number, and the program and line that makes it

Written by `python -m recomputed.reading.provenance` from the manuscript, the data and the code; a test says whether
it is current. `python3 reproduce.py trace ID` tells the whole of one number: its rows, its expression, what the article
stated. A *transcribed* number is read from the data as the article reports it; a *coded* one was made
from a statement, by a rule; a *derived* one is computed.
"""
ON = "The values are those of the data whose SHA-256 is"
_APPENDED = re.compile(r"\bappendix\.(disagreements)\(\)")
_EXHIBIT = re.compile(r"""\bpaper\.(figure|table)\(\s*["']([a-z-]+)["']""")


def current() -> str:
    """The file's text as the manuscript, the data and the code give it. Raises InputError for faulty data."""
    appendix = open_appendix(open_paper())
    sources = {file: read_text(paths.ROOT / file) for file in map(manuscript_of, profiles())}
    shown = (line for profile, source in zip(profiles(), sources.values(), strict=True)
             for line in _exhibits(appendix, source, profile))  # fmt: skip
    sections = (shown, _numbers(appendix, sources))
    return HEAD + "".join(f"\n{line}" for section in sections for line in section) + "\n"


def _exhibits(appendix: Appendix, source: str, profile: str | None) -> Iterator[str]:
    """The figures of an edition, then its tables."""
    made: dict[str, dict[str, int]] = {"figure": {}, "table": {}}
    for match in _EXHIBIT.finditer(source):
        made[match[1]][match[2]] = source.count("\n", 0, match.start()) + 1
    file, folder = manuscript_of(profile), figures_of(Path("figures"), profile).as_posix()
    of = f" of {file}" if profile else ""
    yield f"{'' if profile is None else chr(10)}## Figures{of}\n"
    yield "| figure | made by | shown at | files |\n|---|---|---|---|"
    for name, number in made["figure"].items():
        files = ", ".join(f"`{folder}/{name}{suffix}`" for suffix in (".svg", ".png", ".vl.json"))
        yield f"| `fig-{name}` | {_code(study().figures[name].drawn_by)} | `{file}:{number}` | {files} |"
    yield f"\n## Tables{of}\n"
    yield "| table | made by | shown at |\n|---|---|---|"
    for name, number in made["table"].items():
        yield f"| `tbl-{name}` | {_code(study().tables[name].make)} | `{file}:{number}` |"
    for match in _APPENDED.finditer(source):
        number = source.count("\n", 0, match.start()) + 1
        yield f"| `tbl-{match[1]}` | {_code(getattr(appendix, match[1]))} | `{file}:{number}` |"


def _numbers(appendix: Appendix, sources: Mapping[str, str]) -> Iterator[str]:
    """Every number in the order of its id."""
    make = cache(appendix.paper.make_table)
    stating = [lines_of_numbers(source, make) for source in sources.values()]
    content = document(appendix.examination)
    yield f"\n## Numbers\n\n{ON} `{data_hash()}`.\n"
    stated_in = " | ".join(f"stated in `{file}`, line" for file in sources)
    yield f"| number | value | unit | kind | made by | rests on | {stated_in} | digest |"
    yield "|---|---|---|---|---|---|" + "---|" * len(sources) + "---|"
    for number in content["numbers"]:
        function = number["function"]
        stated = [lines.get(number["id"], []) for lines in stating]
        cells = (
            f"`{number['id']}`",
            number["formatted"][ENGLISH],
            content["units"][number["unit"]]["en"],
            number["kind"],
            f"`{function['file']}:{function['line']}`",
            rests_on(number),
            *(", ".join(map(str, lines)) or "in no line; others are computed from it" for lines in stated),
            f"`{_digest(appendix.examination.numbers[number['id']])}`",
        )
        yield "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _digest(number: Number) -> str:
    """What tells a number's value from another that prints the same. Nine digits of it, as the tenth of what a package
    estimates may be another on another machine.
    """
    value = number.value
    ends = [format(float(end), ".9g") if end is not None else "" for end in (value.low, value.high)]
    said = [*ends, str(value.low_open), str(value.high_open)]
    return hashlib.sha256(" ".join(said).encode()).hexdigest()[:8]


def data_hash() -> str:
    """The SHA-256 of what the numbers rest on besides code: the tables, their description, `paper.toml`."""
    files = [*paths.DATA.rglob("*.csv"), *paths.DATA.rglob("*.json"), paths.ROOT / paths.SETTINGS_FILE]
    names = sorted((file.relative_to(paths.ROOT).as_posix(), file) for file in files)
    found = hashlib.sha256()
    for name, file in names:
        content = file.read_bytes().replace(b"\r\n", b"\n")
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def moved(numbers: Mapping[str, Number], file: Path = FILE) -> Iterator[Fault]:
    """A fault for each number whose value is not the recorded one though the data are: its code has changed."""
    text = read_text(file) if file.is_file() else ""
    if f"{ON} `{data_hash()}`" not in text:
        return
    for id_, was, exact in re.findall(r"^\| `([^`]+)` \| (.*?) \| .* \| `(\w+)` \|$", text, re.MULTILINE):
        if id_ not in numbers:
            continue
        same = _cell(now := wording.write(numbers[id_], ENGLISH)) == was
        if not same or _digest(numbers[id_]) != exact:
            now += ", of another value before rounding" if same else ""
            where = numbers[id_].formula
            by = f", by {where.file}, line {where.line}" if where else ""
            again = "if that is meant, record it: python -m recomputed.reading.provenance"
            expected = f"{id_} as docs/numbers.md records it of the same data, {was}"
            yield Fault("docs/numbers.md", expected, f"{now}{by}; {again}")


def rests_on(number: Mapping[str, Any]) -> str:
    """The data rows: those measured over in words, the others by file with the sheet's numbers (the header is 1)."""
    over = number["selections"]
    measured = {(one["file"], column) for one in over for column in one["columns"]}
    rows: dict[str, list[int]] = {}
    for cell in number["rows"]:
        if (cell["file"], cell["column"]) not in measured:
            rows.setdefault(cell["file"], []).append(cell["sheet_row"])
    named = [f"`{file}` {', '.join(map(str, sorted(set(found))))}" for file, found in rows.items()]
    return "; ".join([*dict.fromkeys(one["told"]["en"] for one in over), *named])


def _code(function: Callable[..., object]) -> str:
    """Where a function begins."""
    made = inspect.unwrap(function)
    return f"`{code_file(made)}:{made.__code__.co_firstlineno}`"


def write() -> None:
    """Write the file again."""
    FILE.parent.mkdir(exist_ok=True)
    write_whole(FILE, current())


if __name__ == "__main__":
    sys.exit(told(write))
