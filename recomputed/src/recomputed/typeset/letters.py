"""The characters that no font of the PDF has, found by typst itself and named with the place they come from."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recomputed.editions import at_hand
from recomputed.faults import Fault

if TYPE_CHECKING:
    import typst

_UNSEEN = re.compile(r'\balt: "(?:\\.|[^"\\])*"')
_LINE = re.compile(r"\.typ:(\d+):\d+$", re.MULTILINE)
EXPECTED = "characters that a font of the PDF has, such as Latin, Greek and Cyrillic (other formats take any)"
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
    """A fault for each of `letters`, at the first place where one of `sources`, names and texts, has it.

    What none has, as a cell may print, comes last.
    """
    faults = []
    for letter in letters:
        name = unicodedata.name(letter, "a character without a name")
        found = f"{letter if letter.isprintable() else ''} U+{ord(letter):04X} {name}".strip()
        holding = ((nth, text.find(letter)) for nth, (_, text) in enumerate(sources) if letter in text)
        nth, at = next(holding, (len(sources), 0))
        fault = Fault(at_hand().name, EXPECTED, found)
        if nth < len(sources):
            file, text = sources[nth]
            row, column = text.count("\n", 0, at) + 1, str(at - text.rfind("\n", 0, at))
            fault = Fault(file, EXPECTED, found, row, column)
        faults.append((nth, at, fault))
    return [fault for _, _, fault in sorted(faults, key=lambda placed: placed[:2])]


def source_texts(root: Path, data: Path) -> list[tuple[str, str]]:
    """What an author writes, by the files' names, in the order in which a reader meets it."""
    files = [at_hand(root), *(root / name for name in ("_quarto.yml", "names.csv", "references.bib"))]
    files += sorted(data.glob("*.csv"))
    named = [
        (file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file), file)
        for file in files
    ]
    return [(name, file.read_text("utf-8-sig", "replace")) for name, file in named if file.is_file()]
