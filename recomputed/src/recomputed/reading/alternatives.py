"""Each assumption with its other values: what differs, exactly as `diff --assume` tells it, at the cost of a moment.

The paper's one execution has shown that its cells run. They are evaluated once more in this process, for each
alternative, with all that the registry prints left out; where that does not give the text that was executed, or what
an alternative changes is more than numbers, pandoc reads the text again, or a kernel runs it, which takes longer.
"""

import hashlib
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from recomputed import paths
from recomputed.atomic import write_whole
from recomputed.faults import Fault, InputError, within
from recomputed.guards.all_guards import text_of
from recomputed.guards.passages import PRINTED, Piece, Text, read_text
from recomputed.judgement import Executed
from recomputed.language.catalogue import language
from recomputed.language.wording import write, write_meant
from recomputed.ledger.baseline import numbered, read_known
from recomputed.ledger.examination import Examination, examine, lending
from recomputed.manuscript.inline import unescape
from recomputed.manuscript.markdown import parse, parse_all
from recomputed.manuscript.paper import SPAN
from recomputed.manuscript.rehearse import rehearse
from recomputed.manuscript.sections import Sections, read_sections
from recomputed.manuscript.source import EXPRESSIONS, Manuscript, inline_expressions, read_manuscript
from recomputed.manuscript.weave import inline_text, weave
from recomputed.paper_toml import assuming, otherwise
from recomputed.quantity.numbers import Number
from recomputed.reading.whatif import Difference, compare, difference, edit_cells, reading
from recomputed.tables.load import load_as

_REGISTRY = re.compile(
    r"^(?:::: \{\.numbers\}\n.*?^:::$|``` \{\.(?:number-cards|number-rows|statements) .*?^```$)",
    re.DOTALL | re.MULTILINE,
)
_KEY = re.compile(r' data-key="[^"]*"')
_CLAIM = re.compile(r".{0,200}\{\.claim[^}]*\}")
_QUOTED = re.compile(r".*»(.*)«.*", re.DOTALL)
_OF_IMAGES = re.compile(r' (?:fig-alt|data-alt-numbers)="[^"]*"')  # no passage
_parse_all = partial(parse_all, warn=False)  # who wrote the text is told of it where it is read whole

Expressions = frozenset[str]


@dataclass(frozen=True, slots=True)
class Alternative:
    """An assumption with another value: what differs then, and what is found of the article. `changed` are the inline
    expressions that give something else; None where that is not known.
    """

    id: str
    value: str
    difference: Difference
    examination: Examination
    changed: Expressions | None


class _Read(NamedTuple):
    """A text of the paper, the Markdown that it was read from, and what each inline expression gives; its sections and
    those of its alternatives, as they are read, where it is the sum of them.
    """

    markdown: str
    text: Text
    results: dict[str, str]
    sections: Future[Sections]


def alternatives(examination: Examination) -> list[tuple[str, str]]:
    """Each assumption's id with each of its other values."""
    return [(one.id, value) for one in examination.assumptions for value in one.alternatives]


def differences(
    executed: Executed, examination: Examination, others: Sequence[tuple[str, str]]
) -> Iterator[Alternative]:
    """What differs in an execution, examined, for each of `others`, ids of assumptions with another value.

    Raises InputError where the data do not validate with one of them.
    """
    if not others:
        return
    manuscript = read_manuscript(paths.ROOT / executed.manuscript.name)
    rehearsed = partial(_rehearsed, manuscript, executed.profile)
    with lending(executed.data, examination):
        (markdown, results), text = rehearsed(executed.data), text_of(executed)
    same = _lines(markdown) == _lines(_REGISTRY.sub("", executed.woven.markdown))
    passages = tuple(passage for passage in text.passages if passage.of not in PRINTED)
    text = replace(text, passages=passages)
    read = partial(reading, place=lambda *_: None, name=executed.manuscript.name)
    first = read(text, examination)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as pool:
        own = _Read(markdown, text, results, pool.submit(_sections, markdown, text))
        made = []
        for nth, (id_, value) in enumerate(others):  # all are evaluated while pandoc reads those before
            data, assumed = Path(folder) / str(nth), {id_: value}
            edit_cells(executed.data, (), data, assumed, examination.tables)
            with otherwise(assuming(assumed)):
                examined = _examined(examination, data, id_, value)
                if same:
                    with lending(data, examined):
                        markdown, results = rehearsed(data)
            made.append((data, examined, results, pool.submit(_other, own, markdown) if same else None))
        for (id_, value), (data, examined, results, other) in zip(others, made, strict=True):
            if other:
                moved = difference(first, read(other.result(), examined))
                changed = frozenset(key for key, found in results.items() if found != own.results[key])
            else:
                moved, changed = compare(executed.data, data, {id_: value}, executed.profile), None
            yield Alternative(id_, value, moved, examined, changed)


def _examined(examination: Examination, data: Path, id_: str, value: str) -> Examination:
    """What is found of the article on the tables in `data`, which the same description describes."""
    try:
        examined = examine(load_as(examination.tables.package, data))
        return examined.in_language(examination.ledger.words.manuscript)
    except InputError as error:
        found = "; ".join(str(within(fault, data.parent)) for fault in error.faults)
        expected = f"alternatives of {id_} with which the data validate"
        raise InputError(Fault(paths.SETTINGS_FILE, expected, f"{value!r}: {found}")) from None


def told(
    executed: Executed,
    examination: Examination,
    others: Sequence[tuple[str, str]],
    lang: str,
    file: Path,
    key: str,
) -> list[dict[str, Any]]:
    """What differs with each of `others` as plain data in a language, sorted as they are.

    `file` keeps it for `key`, which stands for the cells and all that they read: an edit of the prose asks anew only
    where it is one of a sentence that moves, of a heading, or of a claim.
    """
    stored = _stored(file)
    known = stored["told"] if stored.get("key") == key else {}
    missing = [
        pair
        for pair in others
        if known.get("=".join(pair), {}).get("prose")
        != _prose(executed, known.get("=".join(pair), {}).get("changed"))
    ]
    before = examination.quotable() if missing else {}
    for one in differences(executed, examination, missing):
        changed = None if one.changed is None else sorted(one.changed)
        content = {"changed": changed, "prose": _prose(executed, changed)}
        known[f"{one.id}={one.value}"] = {**content, **_told(one, examination, before, lang)}
    if missing:
        with suppress(OSError, InputError):  # without it the next run only computes once more
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, json.dumps({"key": key, "told": known}))
    return [{"id": id_, "value": value, **known[f"{id_}={value}"]} for id_, value in others]


def _stored(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _prose(executed: Executed, changed: Sequence[str] | None) -> str:
    """What stands for the prose that says what moves: headings, divs, claims, and what has a `changed` expression."""
    digest = hashlib.sha256()
    for cell in executed.notebook.cells:
        for block in re.split(r"\n\s*\n", cell.source) if cell.cell_type == "markdown" else ["code"]:
            found = [expression for expression, _ in inline_expressions(block)]
            if changed is None or block.startswith(("#", ":::")) or not set(found).isdisjoint(changed):
                digest.update(f"{block}\n\n".encode())
            else:
                digest.update(repr((_CLAIM.findall(block), found)).encode() if "{.claim" in block else b"")
    return digest.hexdigest()


def _told(
    other: Alternative, examination: Examination, before: Mapping[str, str], lang: str
) -> dict[str, Any]:
    """What an alternative changes, its texts in a language; `before` has what may be quoted of the examination."""
    moved, verdicts = other.difference, language(lang)["verdicts"]
    old, new = examination.numbers, other.examination.numbers
    units, number = examination.tables.package.units, numbered(read_known())

    def unit(id_: str) -> str:
        code = (new.get(id_) or old[id_]).unit
        return (units[code].called(lang) if code in units else "") or code

    def findings(among: Examination, lines: Iterable[str]) -> list[dict[str, str]]:
        ids = {line.partition(":")[0] for line in lines}
        return [
            {
                "number": number.get(one.id, ""),
                "severity": one.severity,
                "message": one.message[lang],
                "assumption": one.assumption[lang],
            }
            for one in among.findings
            if one.id in ids
        ]

    return {
        "numbers": [
            [one.id, _worth(old.get(one.id), lang), _worth(new.get(one.id), lang), unit(one.id)]
            for one in moved.numbers
        ],
        "sentences": [[one.section, list(map(list, one.parts))] for one in moved.sentences],
        "verdicts": [
            [
                *(before[f"{what}:{one.id}"] for what in ("place", "published", "verdict")),
                verdicts[one.new],
            ]
            for one in moved.verdicts
        ],
        "broken": [_QUOTED.sub(r"\1", one) for one in moved.broken],
        "new": findings(other.examination, moved.new_findings),
        "gone": findings(examination, moved.gone_findings),
    }


def _worth(number: Number | None, lang: str) -> str:
    """What a number is worth, and what it stands for where that is another text; empty where it is not there."""
    if number is None:
        return ""
    text, meant = write(number, lang), write_meant(number, lang)
    return text if meant == text else f"{text} ({meant})"


def _rehearsed(manuscript: Manuscript, profile: str | None, data: Path) -> tuple[str, dict[str, str]]:
    """The Markdown of the manuscript's cells on these data, and what each inline expression gives."""
    notebook = rehearse(manuscript, data, profile, draw=False, registry=False)
    results = {
        one["expression"]: inline_text(one["result"]["data"])
        for cell in notebook.cells
        for one in cell.metadata.get(EXPRESSIONS, [])
    }
    return weave(manuscript, notebook).markdown, results


def _sections(markdown: str, text: Text) -> Sections:
    """The sections of Markdown, read, if together they are `text`; none else."""
    document, sections = read_sections(markdown, {}, _parse_all)
    if document is None:
        return {}
    found = (one for one in _read_text(document, markdown, text.lang).passages if one.of not in PRINTED)
    same = [(one.section, one.text) for one in found] == [(one.section, one.text) for one in text.passages]
    return sections if same else {}


def _parsed(markdown: str, own: _Read) -> Text:
    """The text of Markdown, of which only those sections are read that have not been."""
    found, sections = None, own.sections.result()
    if sections:
        found, read = read_sections(markdown, sections, _parse_all)
        sections.update(read)
    return _read_text(found or parse(markdown, warn=False), markdown, own.text.lang)


def _read_text(document: bytes, markdown: str, lang: str) -> Text:
    return read_text(json.loads(document), markdown, lang)


def _lines(markdown: str) -> list[str]:
    """The lines with anything on them, the keys of figures left out."""
    return [line for line in _KEY.sub("", markdown).split("\n") if line.strip()]


def _other(own: _Read, markdown: str) -> Text:
    """The text of Markdown that is like the paper's own: read, or where numbers alone differ, those put in."""
    found = _numbers(own.markdown, markdown)
    if found is None:
        return _parsed(markdown, own)

    def put(piece: Piece) -> Piece:
        text = found.get((piece.number, piece.text), piece.text)
        return piece if text == piece.text else replace(piece, text=text)

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
