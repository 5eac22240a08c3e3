"""The characters that no font of the PDF has, found by typst itself and named with the place they come from."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recomputed.faults import Fault

if TYPE_CHECKING:
    import typst

_UNSEEN = re.compile(r'\balt: "(?:\\.|[^"\\])*"')
_LINE = re.compile(r"\.typ:(\d+):\d+$", re.MULTILINE)
_HEAD = '#set document(title: "x"); #set text(font: ("Source Serif Pro", "Libertinus Serif"))\n'


def unset(text: str, fonts: "typst.Fonts", standards: Any) -> list[str]:
    """The characters of the typst source `text` that a PDF of these standards cannot have, since no font shows them.

    A text alternative is heard and not seen.
    """
    import typst

    doubtful = sorted(
        {letter for letter in _UNSEEN.sub("", text) if not " " <= letter <= "~" and letter not in "\n\r\t"}
    )
    source = _HEAD + "\n".join(f'#text("x\\u{{{ord(one):x}}}x") \\' for one in doubtful)
    try:
        typst.Compiler(font_paths=fonts).compile(source.encode(), format="pdf", pdf_standards=standards)
    except typst.TypstError as error:
        lines = {int(line) for line in _LINE.findall(str(error.diagnostic))}
        return [doubtful[line - 2] for line in sorted(lines)]
    return []


def letter_faults(letters: Iterable[str], sources: Sequence[tuple[str, str]]) -> list[Fault]:
    """A fault for each of `letters`, at the first place where one of `sources`, names and texts, has it."""
    places = {letter: _place(letter, sources) for letter in letters}
    return [_fault(letter, sources, *places[letter]) for letter in sorted(places, key=places.__getitem__)]


def _place(letter: str, sources: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """Which source, and where in it; past the last for what none has, as a cell may print."""
    found = ((nth, text.find(letter)) for nth, (_, text) in enumerate(sources))
    return next(((nth, at) for nth, at in found if at >= 0), (len(sources), 0))


def _fault(letter: str, sources: Sequence[tuple[str, str]], nth: int, at: int) -> Fault:
    name = unicodedata.name(letter, "a character without a name")
    found = f"{letter if letter.isprintable() else ''} U+{ord(letter):04X} {name}".strip()
    expected = (
        "characters that a font of the PDF has, such as Latin, Greek and Cyrillic (other formats take any)"
    )
    if nth == len(sources):
        return Fault("paper.qmd", expected, found)
    file, text = sources[nth]
    return Fault(file, expected, found, text.count("\n", 0, at) + 1, str(at - text.rfind("\n", 0, at)))


def source_texts(root: Path, data: Path) -> list[tuple[str, str]]:
    """What an author writes, by the files' names, in the order in which a reader meets it."""
    files = [root / name for name in ("paper.qmd", "_quarto.yml", "names.csv", "references.bib")]
    files += sorted(data.glob("*.csv"))
    return [(_named(file, root), file.read_text("utf-8-sig", "replace")) for file in files if file.is_file()]


def _named(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)
