"""Each assumption with its other values: what differs, exactly as `diff --assume` tells it, at the cost of a moment.

The paper's one execution has shown that its cells run. They are evaluated once more in this process, for each
alternative, with all that the registry prints left out; where that does not give the text that was executed, or what an
alternative changes is more than numbers, the long way is gone instead: pandoc reads the text again, or a kernel runs it.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from recomputed import paths
from recomputed.faults import Fault, InputError
from recomputed.guards.all_guards import text_of
from recomputed.guards.passages import PRINTED, Piece, Text, read_text
from recomputed.judgement import MANUSCRIPT, Executed
from recomputed.ledger.examination import Examination, examine
from recomputed.manuscript.inline import unescape
from recomputed.manuscript.paper import SPAN
from recomputed.manuscript.rehearse import rehearse
from recomputed.manuscript.source import read_manuscript
from recomputed.manuscript.weave import weave
from recomputed.paper_toml import Assumption, assuming, otherwise
from recomputed.reading.whatif import Difference, compare, difference, edit_cells, reading
from recomputed.tables.load import load
from recomputed.typeset.pandoc import parse

_REGISTRY = re.compile(
    r"^(?:::: \{\.numbers\}\n.*?^:::$|``` \{\.(?:number-cards|number-rows|statements) .*?^```$)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r' data-key="[^"]*"')
_OF_IMAGES = re.compile(r' (?:fig-alt|data-alt-numbers)="[^"]*"')  # no passage


@dataclass(frozen=True, slots=True)
class Alternative:
    """An assumption with another value: what differs then, and what is found of the article."""

    assumption: Assumption
    value: str
    difference: Difference
    examination: Examination


class _Read(NamedTuple):
    """A text of the paper, and the Markdown that it was read from."""

    markdown: str
    text: Text


def alternatives(executed: Executed, examination: Examination) -> Iterator[Alternative]:
    """What differs in an execution, examined, for each value that an assumption has besides its own.

    Raises InputError where the data do not validate with one of them.
    """
    others = [(one, value) for one in examination.assumptions for value in one.alternatives]
    if not others:
        return
    markdown, text = _rehearsed(executed, executed.data), text_of(executed)
    same = _lines(markdown) == _lines(_REGISTRY.sub("", executed.woven.markdown))
    passages = tuple(passage for passage in text.passages if passage.of not in PRINTED)
    own = _Read(markdown, replace(text, passages=passages))
    read = partial(reading, place=lambda *_: None)
    first = read(own.text, examination)
    for one, value in others:
        with tempfile.TemporaryDirectory() as folder:
            data, assumed = Path(folder) / "data", {one.id: value}
            edit_cells(executed.data, (), data, assumed)
            with otherwise(assuming(assumed)):
                try:
                    examined = examine(load(data))
                except InputError as error:
                    found = "; ".join(str(fault).replace(f"{folder}/", "") for fault in error.faults)
                    expected = f"alternatives of {one.id} with which the data validate"
                    raise InputError(Fault(paths.SETTINGS_FILE, expected, f"{value!r}: {found}")) from None
                other = _other(own, _rehearsed(executed, data)) if same else None
            if other is None:
                moved = compare(executed.data, data, assumed, executed.profile)
            else:
                moved = difference(first, read(other, examined))
        yield Alternative(one, value, moved, examined)


def _rehearsed(executed: Executed, data: Path) -> str:
    manuscript = read_manuscript(paths.ROOT / MANUSCRIPT)
    notebook = rehearse(manuscript, data, executed.profile, draw=False, registry=False)
    return weave(manuscript, notebook).markdown


def _parsed(markdown: str, lang: str) -> Text:
    return read_text(json.loads(parse(markdown, warn=False)), markdown, lang)


def _lines(markdown: str) -> list[str]:
    """The lines with anything on them, the keys of figures left out."""
    return [line for line in _KEY.sub("", markdown).split("\n") if line.strip()]


def _other(own: _Read, markdown: str) -> Text:
    """The text of Markdown that is like the paper's own: read, or where numbers alone differ, those put in."""
    found = _numbers(own.markdown, markdown)
    if found is None:
        return _parsed(markdown, own.text.lang)

    def put(piece: Piece) -> Piece:
        return replace(piece, text=found.get((piece.number, piece.text), piece.text))

    passages = (replace(one, pieces=tuple(map(put, one.pieces))) for one in own.text.passages)
    return replace(own.text, passages=tuple(passages))


def _numbers(old: str, new: str) -> dict[tuple[str, str], str] | None:
    """The new text of each number, by its id and old text; None where more differs, or that does not tell it."""
    if _shape(old) != _shape(new):
        return None
    found: dict[tuple[str, str], str] = {}
    for before, after in zip(SPAN.finditer(old), SPAN.finditer(new), strict=True):
        text = unescape(after[1])
        if found.setdefault((before[2], unescape(before[1])), text) != text:
            return None
    return found


def _shape(markdown: str) -> str:
    return SPAN.sub(lambda found: found[0].removeprefix(f"[{found[1]}"), _OF_IMAGES.sub("", markdown))
