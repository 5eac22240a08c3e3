"""The paper that a proof is held to: executed, set as JATS, and read as the proof is; and how its pictures look."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lxml import etree

from recomputed import streams
from recomputed.editions import taking
from recomputed.faults import CheckFailed
from recomputed.judgement import Edition, Executed, Verdict, prepare, recompute
from recomputed.kept import writable_cache
from recomputed.manuscript.frontmatter import front_matter
from recomputed.outputs import FILES, SUPPLEMENT
from recomputed.paper_language import paper_language
from recomputed.proofs.markup import read_docx, read_xml
from recomputed.proofs.words import Document, Picture, Run, tokens_of
from recomputed.typeset.engines import engine_named


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper's text, with the picture of each figure named by its id, and where each number is made; the text of
    its supplement, if it has one.
    """

    document: Document
    supplement: Document | None
    made: Mapping[str, str]
    lang: str

    @property
    def documents(self) -> tuple[Document, ...]:
        """What a proof may be of."""
        return (self.document, self.supplement) if self.supplement else (self.document,)


def read_paper(edition: Edition) -> Paper:
    """Execute the edition and set it. Raises CheckFailed where it does not hold itself, and what a build raises."""
    with taking(edition.profile, edition.lang):
        executed, judge = recompute(edition, prepare, writable_cache())
        verdict = judge(executed)
        if not verdict.holds:
            raise CheckFailed(
                "\n".join(("the paper itself does not hold; nothing was compared", *verdict.failures))
            )
        streams.progress("setting the paper to compare with")
        return set_paper(executed, verdict, edition.root)


def set_paper(executed: Executed, verdict: Verdict, root: Path) -> Paper:
    """The executed paper as it is compared."""
    from recomputed.descriptions.numbers_json import FILE, write_numbers_json

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine_named("pandoc").typeset(executed, root, folder, ("jats", "docx"))
        write_numbers_json(executed, verdict, folder)
        content = (folder / FILES["jats"]).read_bytes()
        described = json.loads((folder / FILE).read_text(encoding="utf-8"))["numbers"]
        document = read_xml(content)
        document.pictures = list(figures_of(etree.fromstring(content), folder, root).values())
        beside = folder / SUPPLEMENT["docx"]  # JATS has none
        supplement = read_docx(beside.read_bytes()) if beside.is_file() else None
    front = front_matter(executed.metadata(), executed.profile)
    if supplement and (licence := front.get("rights", {}).get("text")):
        state_licence(supplement, front["day"]["text"], licence)
    made = {
        one["id"]: f"{one['function']['file']}:{one['function']['line']}"
        for one in described
        if one["function"]
    }
    return Paper(document, supplement, made, paper_language().code)


def state_licence(document: Document, day: str, licence: str) -> None:
    """Put a licence behind the day, where page and PDF state it and a Word file does not: it may be there."""
    words = [one.key for one in tokens_of([Run(day, "")])]
    keys = [one.key for one in document.tokens]
    for at in range(len(words), len(keys)):
        if keys[at - len(words) : at] == words:
            document.tokens[at:at] = tokens_of([Run(licence, "", "front", "license")])
            return


def figures_of(article: Any, *folders: Path) -> dict[str, Picture]:
    """The pictures of an article by the ids of their figures, drawn ones with their texts; and the other drawings of
    each, the narrow one too. The files are in the first of the folders that has them.
    """
    figures: dict[str, Picture] = {}
    for figure in article.iter("fig"):
        id_, names = figure.get("id"), []
        for graphic in figure.iter("graphic"):
            name = Path(graphic.get("{http://www.w3.org/1999/xlink}href", ""))
            names += [name, *([name.with_suffix(".narrow.svg")] if name.suffix == ".svg" else ())]
        there = (next((file for one in folders if (file := one / name).is_file()), None) for name in names)
        drawings = [one for file in there if file for one in _drawings(id_, file)]
        if drawings:
            drawings.sort(key=lambda one: not one.texts)
            figures[id_] = replace(drawings[0], others=tuple(drawings[1:]))
    return figures


def _drawings(name: str, file: Path) -> Iterator[Picture]:
    """A file as a picture with its texts, and with those alone that are seen: others are read in some proofs."""
    content = file.read_bytes()
    texts = list(etree.fromstring(content).iter("{*}text")) if file.suffix == ".svg" else []
    seen = [one for one in texts if one.get("opacity") != "0"]
    for some in (texts, seen) if len(seen) < len(texts) else (texts,):
        yield Picture(name, "", content, tuple("".join(one.itertext()) for one in some))
