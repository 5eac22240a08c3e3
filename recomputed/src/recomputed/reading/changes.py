"""`changes.docx` and `changes.pdf`: a revision for its reviewers, with all that went and all that came marked in it.

The references of both states are resolved first, so that a figure's new number and a source's other year are
changes too.
"""

import copy
import datetime as dt
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from recomputed import paths
from recomputed.atomic import whole
from recomputed.editions import is_blind
from recomputed.faults import CheckFailed, Fault, InputError, failed
from recomputed.guards.leftovers import DATA
from recomputed.language.catalogue import Language, language
from recomputed.manuscript import markdown
from recomputed.manuscript.frontmatter import document_date, front_matter
from recomputed.manuscript.inline import escape
from recomputed.manuscript.settings import document_metadata, project_settings
from recomputed.reading.marked import DELETED, INSERTED, Marks, Merge, for_typst
from recomputed.reading.revision import State
from recomputed.reading.whatif import Difference, with_unit
from recomputed.typeset import pandoc
from recomputed.typeset.blind import anonymous_pictures, leaks, names_to_hide
from recomputed.typeset.engines import by_kind, elements
from recomputed.typeset.finish import finished

FILES = ("changes.docx", "changes.pdf")


def write_changes(old: State, new: State, difference: Difference, out: Path) -> None:
    """Write both documents into `out`, which takes the place of what is there, whole or not at all."""
    front = _front(new)
    said = language(front["lang"])
    words = said["labels.revision"]
    day = dt.datetime.combine(document_date(_metadata(new)), dt.time(), dt.UTC)
    marks = Marks(old.name, f"{day:%Y-%m-%dT%H:%M:%SZ}", words["before"], words["now"])
    with tempfile.TemporaryDirectory() as folder, whole(out) as written:
        scratch = Path(folder)
        before, now = (_resolved(state, scratch) for state in (old, new))
        describe_alike(before, now)
        tree = Merge(marks).documents(before, now)
        tree["blocks"] = [*_summary(old, new, difference, said, marks), *tree["blocks"]]
        tree["meta"].pop("bibliography", None)  # its sources are in words
        for header in elements(tree, "Header"):  # the supplement is told in the same document
            header["c"][1][1] = [name for name in header["c"][1][1] if name != "supplement"]
        unlink(tree)
        _write(tree, "docx", front, scratch)
        _write(for_typst(copy.deepcopy(tree)), "typst", front, scratch)
        (written / "changes.docx").write_bytes(finished(scratch / "paper.docx"))
        pdf = pandoc.set_pdf(scratch / "paper.typst", scratch, new.root, None, day)
        (written / "changes.pdf").write_bytes(pdf)
        if is_blind(new.executed.profile) and (named := _named(old, new, written)):
            raise CheckFailed("\n".join(named))


def describe_alike(old: Any, new: Any) -> None:
    """Give pictures of the old state that look the same in the new one their description there, which is told apart."""
    now = {image["c"][2][0]: image["c"] for image in elements(new, "Image")}
    for image in elements(old, "Image"):
        image["c"] = now.get(image["c"][2][0], image["c"])


def unlink(tree: Any) -> None:
    """Leave the words alone of links to what is in neither state, as to a source that is cited and is not there."""
    kinds = ("Div", "Span", "Header", "Figure", "Table", "Code", "CodeBlock", "Image", "Link")
    found = by_kind(tree)
    ids = {one["c"][kind == "Header"][0] for kind in kinds for one in found[kind]}
    for link in found["Link"]:
        _, words, (target, _) = link["c"]
        if target.startswith("#") and target[1:] not in ids:
            link.update(t="Span", c=[["", [], []], words])


def require_own(out: Path) -> None:
    """InputError if the directory holds anything but these documents: it is replaced whole."""
    others = sorted(path.name for path in out.iterdir() if path.name not in FILES) if out.is_dir() else []
    if others:
        expected = "a new or an empty directory, or one that this command made: it is replaced whole"
        raise InputError(Fault("--out", expected, f"{out} with {', '.join(others[:3])} in it"))


def _metadata(state: State) -> dict[str, Any]:
    settings = project_settings(state.root, state.executed.profile)
    return document_metadata(settings, state.executed.manuscript.metadata)


def _front(state: State) -> dict[str, Any]:
    return front_matter(_metadata(state), state.executed.profile)


def _named(old: State, new: State, folder: Path) -> list[str]:
    """A sentence for each file of a blind edition's that names whom either state has to hide."""
    names = [
        one for state in (old, new) for one in names_to_hide(_metadata(state), state.root / paths.NAMES.name)
    ]
    return list(leaks(folder, list(dict.fromkeys(names))))


def _resolved(state: State, scratch: Path) -> dict[str, Any]:
    """The document with its cross references, citations and sources in words; its pictures, named by how they look,
    are put into the folder `scratch`.
    """
    front, pictures = _front(state), state.root
    meta = {name: pandoc.meta_tree(value) for name, value in {**front, "reader": markdown.READER}.items()}
    source = json.dumps({**state.tree, "meta": meta}).encode()
    command = [markdown.pandoc_path(), "--from=json", "--to=json", *pandoc.resolving(front, state.root)]
    tree: dict[str, Any] = _readable(json.loads(_run(command, state.root, source)))
    if is_blind(state.executed.profile):
        pictures = Path(tempfile.mkdtemp(dir=scratch))
        anonymous_pictures(tree, state.root, pictures)
    for image in elements(tree, "Image"):
        image["c"][0][2] = [pair for pair in image["c"][0][2] if pair[0] != "data-key"]
        look = pictures / unquote(image["c"][2][0])
        if look.is_file():
            image["c"][2][0] = _by_look(look, scratch)
    return tree


def _by_look(picture: Path, folder: Path) -> str:
    """Copy a picture, and the PNG of a drawing, into `folder` under a name that another look would not have."""
    name = f"{hashlib.sha256(picture.read_bytes()).hexdigest()}{picture.suffix}"
    for file in (picture, picture.with_suffix(".png")):
        if file.is_file():
            shutil.copyfile(file, (folder / name).with_suffix(file.suffix))
    return name


def _readable(node: Any) -> Any:
    """The tree without what is only for the page: the cards' data, and what is shown in HTML alone."""
    if isinstance(node, dict):
        return {name: _readable(value) for name, value in node.items()}
    return [_readable(one) for one in node if not _is_for_page(one)] if isinstance(node, list) else node


def _is_for_page(node: Any) -> bool:
    if not isinstance(node, dict) or node.get("t") not in ("Div", "CodeBlock"):
        return False
    _, classes, pairs = node["c"][0]
    shown = "content-visible" in classes and dict(pairs).get("when-format") == "html"
    return shown or any(name in DATA for name in classes)


def _run(command: list[str], root: Path, source: bytes = b"") -> bytes:
    done = subprocess.run(command, input=source, capture_output=True, cwd=root, check=False)
    if done.returncode:
        raise failed("pandoc", done.stderr)
    return done.stdout


def _write(tree: dict[str, Any], format_: str, front: dict[str, Any], scratch: Path) -> None:
    variables = {"paper": pandoc.template_variables(front)}
    orders = {"formats": [format_], "folder": str(scratch), "variables": variables}
    orders["reference"] = pandoc.escaped(pandoc.ASSETS / "reference.docx")
    (scratch / "job.json").write_text(json.dumps(orders, ensure_ascii=False), encoding="utf-8", newline="\n")
    (scratch / "tree.json").write_text(json.dumps(tree), encoding="utf-8", newline="\n")
    command = [markdown.pandoc_path(), "tree.json", "--from=json", f"--to={pandoc.ASSETS / 'formats.lua'}"]
    _run([*command, f"--variable=job:{scratch / 'job.json'}"], scratch)


def _summary(
    old: State, new: State, difference: Difference, said: Language, marks: Marks
) -> list[dict[str, Any]]:
    """What is before the text: numbers, verdicts and findings that changed, and what is in no line of it."""
    words, code = said["labels.revision"], str(said.code)
    units = new.units(code)
    lines = [f"# {escape(words['title'].format(revision=old.name))} {{.unnumbered}}", ""]
    numbers = [
        f"{escape(one.id)}: {_both(_text(old, one.id, code, units), _text(new, one.id, code, units), marks)}"
        for one in difference.numbers
    ]
    verdicts = [
        f"{escape(one.id)} ({escape(one.published)}): "
        + _both(_verdict(one.old, said), _verdict(one.new, said), marks)
        for one in difference.verdicts
    ]
    for name, items in (
        ("numbers", numbers),
        ("verdicts", verdicts),
        ("findings", list(_findings(old, new, code, marks))),
        ("alternatives", list(_alternatives(old, new, marks))),
    ):
        if items:
            lines += [f"## {words[name]} {{.unnumbered}}", "", *(f"- {item}" for item in items), ""]
    if len(lines) == 2:
        lines.append(words["none"])
    blocks: list[dict[str, Any]] = json.loads(markdown.parse("\n".join(lines)))["blocks"]
    return blocks


def _text(state: State, id_: str, code: str, units: Mapping[str, str]) -> str:
    """A number of a state with its unit; nothing where the state has none of that id."""
    if not (number := state.numbers.get(id_)):
        return ""
    formatted = number["formatted"]
    figure = formatted.get(code) or next(iter(formatted.values()))
    return with_unit(figure, units.get(number["unit"], ""))


def _verdict(verdict: str, said: Language) -> str:
    return str(said["verdicts"].get(verdict, verdict)) if verdict else ""


def _findings(old: State, new: State, code: str, marks: Marks) -> Iterator[str]:
    before, after = (
        {
            id_: str(one.get(f"message_{code}") or one["message"])
            for id_, one in state.by_id("findings").items()
        }
        for state in (old, new)
    )
    for id_ in dict.fromkeys((*before, *after)):
        if before.get(id_) != after.get(id_):
            yield f"{escape(id_)}: {_both(before.get(id_, ''), after.get(id_, ''), marks)}"


def _alternatives(old: State, new: State, marks: Marks) -> Iterator[str]:
    before, after = ({one.image: one.text for one in state.text.alternatives} for state in (old, new))
    for image in dict.fromkeys((*before, *after)):
        if before.get(image) != after.get(image):
            yield f"{escape(image)}: {_both(before.get(image, ''), after.get(image, ''), marks)}"


def _both(old: str, new: str, marks: Marks) -> str:
    """What it was and what it is, marked."""
    told = f'author="{marks.author}" date="{marks.date}"'
    spans = ((old, DELETED), (new, INSERTED))
    return " ".join(f"[{escape(text)}]{{.{what} {told}}}" for text, what in spans if text)
