"""The paper's text as the checks read it: passages of pieces, taken from pandoc's syntax tree.

A passage is a paragraph, heading, table cell, caption, text alternative, footnote or attribute. A piece is
plain text, or the whole text of one number, of one case's name; it knows where it stands in the Markdown.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from recomputed.language.catalogue import known, language
from recomputed.manuscript.inline import attribute, unescape
from recomputed.paper_language import paper_language

Node = dict[str, Any]
Attr = tuple[str, list[str], dict[str, str]]

#: Attributes that steer the typesetting or the checks and are shown to nobody.
SILENT = {
    *("data-number", "data-case", "data-quoted", "data-claim", "data-verdict"),
    *("data-key", "data-alt-numbers", "lang", "width", "height", "fig-alt", "alt", "style", "colwidths"),
    *("when-format", "unless-format", "shortcodes"),
}
#: Classes of what the registry prints by itself: their passages are `of` the class.
PRINTED = ("numbers", "number-cards", "number-rows", "statements")
_WINDOW = 2000  # how far on, in characters, the next word may stand: markup, attributes and addresses between
#: What an inline value prints, in the source of a formula, where pandoc reads no spans.
_IN_FORMULA = re.compile(r"\[([^\]]*)\]\{\.(num|case|quoted) data-\w+=\"([^\"]*)\"\}")
#: Digits of a formula that state nothing: an index, an exponent, the 1 of a reciprocal or a difference.
_CONSTANT = re.compile(r"[_^](?:\{[^{}]*\}|\w)|\\[dt]?frac\{1\}|[-+]\s*1(?![\d.,{])|(?<![\d.,}])1\s*[-+]")
_EQUATION = re.compile(r"\{#(eq-[^{}\s]+)\}")
_CORE = re.compile(r"\w+(?:[.,:–-]\w+)*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `at` is its offset in the Markdown, None where it was not found there.

    `number`, `case` and `quoted` are the id that its span carries; `claims` the claim spans around it, outermost
    first. In a `formula` the text is TeX, but for its numbers and names.
    """

    text: str
    at: int | None = None
    number: str = ""
    case: str = ""
    quoted: str = ""
    claims: tuple["Claimed", ...] = ()
    formula: bool = False

    @property
    def is_resolved(self) -> bool:
        """Whether it is what an inline value printed."""
        return bool(self.number or self.case or self.quoted)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A `.claim` span: the comparison that its words state, and the verdict that they give it."""

    id: str
    verdict: str
    nth: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage. `kind` says what it is, `section` the headings' ids that it stands under, `of` the figure
    or table that it belongs to; `cites` are the keys and labels that it refers to, in order.
    """

    kind: str
    lang: str
    section: tuple[str, ...]
    pieces: tuple[Piece, ...]
    cites: tuple[str, ...] = ()
    of: str = ""

    @property
    def text(self) -> str:
        """The passage as it is read, numbers and names included."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def typed(self) -> str:
        """What an author wrote of it: as `text`, but numbers, names and quotations are blanked out.

        So are the constants of a formula.
        """
        return "".join(map(_typed, self.pieces))

    def offset(self, position: int) -> int | None:
        """About where in the Markdown the character at `position` of the text stands: as the words follow there."""
        start, piece = self.piece(position)
        return None if piece.at is None else piece.at + position - start

    def piece(self, position: int) -> tuple[int, Piece]:
        """The piece with the character at `position`, and where it begins; past the end, nothing."""
        start = 0
        for piece in self.pieces:
            if position < start + len(piece.text):
                return start, piece
            start += len(piece.text)
        return start, Piece("")


def _typed(piece: Piece) -> str:
    if piece.is_resolved:
        return "\ufffc" * len(piece.text)
    if piece.formula:
        return _CONSTANT.sub(lambda found: "\ufffc" * len(found[0]), piece.text)
    return piece.text


@dataclass(frozen=True, slots=True)
class Alternative:
    """An image's text alternative, and the ids of the numbers in it, in order."""

    image: str
    text: str
    numbers: tuple[str, ...]
    at: int | None


@dataclass(frozen=True, slots=True)
class Text:
    """The whole paper: its language, its passages in reading order, the labels of its figures, tables, sections.

    `keys` has, for each figure that a cell drew, the hash of what it was drawn from.
    """

    passages: tuple[Passage, ...]
    labels: tuple[str, ...]
    alternatives: tuple["Alternative", ...]
    keys: Mapping[str, str]
    lang: str


def read_text(tree: Mapping[str, Any], markdown: str, lang: str | None = None) -> Text:
    """The text of a pandoc JSON document that was read from `markdown`, in a language, by default the paper's."""
    own = language(lang).code if lang else paper_language().code
    walk = _Walk(markdown, own)
    walk.blocks(tree["blocks"], "paragraph")
    return Text(tuple(walk.passages), tuple(walk.labels), tuple(walk.alternatives), walk.keys, own)


def sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where each sentence of a passage begins and ends. An abbreviation's full stop ends none."""
    text, start = passage.text, 0
    for match in re.finditer(r"[.!?][)\"”’]*\s+(?=[\"“‘(]?[A-Z0-9])", text):
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


@dataclass(slots=True)
class _Walk:
    """Depth first through the tree, with a cursor that follows in the Markdown."""

    markdown: str
    lang: str
    cursor: int = 0
    claims: int = 0
    section: tuple[str, ...] = ()
    passages: list[Passage] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)

    def blocks(self, blocks: Sequence[Node], kind: str, of: str = "") -> None:
        for block in blocks:
            getattr(self, f"_{block['t'].lower()}", self._other)(block.get("c"), kind, of)

    def passage(self, inlines: Sequence[Node], kind: str, of: str = "") -> None:
        reader = _Inlines(self)
        reader.read(inlines, Piece(""))
        pieces = tuple(reader.pieces)
        if pieces or reader.cites:
            self.passages.append(Passage(kind, self.lang, self.section, pieces, tuple(reader.cites), of))
        at = self.cursor  # a note is defined anywhere; the text goes on here
        for note in reader.notes:
            self.blocks(note, "footnote", of)
        self.cursor = at

    def find(self, text: str) -> int | None:
        """Where `text`, the next word of the document, stands; its core where it is escaped or typeset."""
        for wanted in (text, *(match[0] for match in [_CORE.search(text)] if match)):
            at = self.markdown.find(wanted, self.cursor, self.cursor + _WINDOW)
            if at >= 0:
                self.cursor = at + len(wanted)
                return at
        return None

    def attributes(self, attr: Any, kind: str = "attribute") -> Attr:
        """An element's id, classes and attributes; what they show to a reader becomes a passage."""
        id_, classes, pairs = attr[0], attr[1], dict(attr[2])
        for name, value in pairs.items():
            if name not in SILENT:
                self.passages.append(
                    Passage(kind, self.lang, self.section, (Piece(value, self.somewhere(value)),))
                )
        return id_, classes, pairs

    def somewhere(self, text: str) -> int | None:
        found = (
            self.markdown.find(one, start) for one in (text, attribute(text)) for start in (self.cursor, 0)
        )
        return next((at for at in found if at >= 0), None)

    def _para(self, content: Any, kind: str, of: str) -> None:
        self.passage(content, kind, of)

    _plain = _para

    def _lineblock(self, content: Any, kind: str, of: str) -> None:
        for line in content:
            self.passage(line, kind, of)

    def _header(self, content: Any, kind: str, of: str) -> None:
        level, attr, inlines = content
        id_, _, _ = self.attributes(attr)
        self.section = (*self.section[: level - 1], id_)
        self.labels.append(id_)
        self.passage(inlines, "heading", of)

    def _codeblock(self, content: Any, kind: str, of: str) -> None:
        _, classes, _ = self.attributes(content[0])
        self._verbatim(content[1], kind, _printed(classes) or of)

    def _rawblock(self, content: Any, kind: str, of: str) -> None:
        self._verbatim(content[1], kind, of)

    def _verbatim(self, text: str, kind: str, of: str) -> None:
        piece = Piece(text, self.find(text))
        self.passages.append(Passage(kind, self.lang, self.section, (piece,), (), of))

    def _blockquote(self, content: Any, kind: str, of: str) -> None:
        self.blocks(content, kind, of)

    def _bulletlist(self, content: Any, kind: str, of: str) -> None:
        for item in content:
            self.blocks(item, kind, of)

    def _orderedlist(self, content: Any, kind: str, of: str) -> None:
        self._bulletlist(content[1], kind, of)

    def _definitionlist(self, content: Any, kind: str, of: str) -> None:
        for term, definitions in content:
            self.passage(term, kind, of)
            self._bulletlist(definitions, kind, of)

    def _div(self, content: Any, kind: str, of: str) -> None:
        _, classes, pairs = self.attributes(content[0])
        before = self.lang, self.section
        self.lang = next((one.code for one in known([pairs.get("lang", "")])), self.lang)
        self.blocks(content[1], "abstract" if "abstract" in classes else kind, _printed(classes) or of)
        self.lang, self.section = before  # a heading inside opens no section of the paper

    def _figure(self, content: Any, kind: str, of: str) -> None:
        """The caption is read where it stands in the Markdown, as the image's own text."""
        attr, _, inside = content
        id_, _, _ = self.attributes(attr)
        self.labels.append(id_)
        self.blocks(inside, "caption", id_)

    def _table(self, content: Any, kind: str, of: str) -> None:
        attr, caption, _, head, bodies, foot = content
        id_, _, _ = self.attributes(attr)
        if id_:
            self.labels.append(id_)
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        for _, cells in rows:
            for cell in cells:
                self.blocks(cell[4], "table", id_ or of)
        self.blocks(caption[1], "caption", id_)

    def _horizontalrule(self, content: Any, kind: str, of: str) -> None:
        """A line, without text."""

    def _other(self, content: Any, kind: str, of: str) -> None:
        raise ValueError("pandoc gave a kind of block that this reader does not know")


def _printed(classes: Sequence[str]) -> str:
    return next((name for name in PRINTED if name in classes), "")


class _Inlines:
    """The pieces of one passage."""

    def __init__(self, walk: _Walk):
        self.walk = walk
        self.pieces: list[Piece] = []
        self.cites: list[str] = []
        self.notes: list[Sequence[Node]] = []

    def read(self, inlines: Sequence[Node], like: Piece) -> None:
        for inline in inlines:
            kind, content = inline["t"], inline.get("c", [])
            if kind == "Str" and (label := self._label(content)):
                self.walk.labels.append(label[1])
                self._add(content[label.end() :], like)
            elif kind == "Str":
                self._add(content, like)
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                self.pieces.append(replace(like, text=" ", at=self.walk.cursor))
            elif kind in ("Code", "RawInline"):
                self._add(content[1], like)
            elif kind == "Math":
                self._formula(content[1], replace(like, formula=True))
            elif kind == "Quoted":
                self.pieces.append(replace(like, text="“", at=self.walk.cursor))
                self.read(content[1], like)
                self.pieces.append(replace(like, text="”", at=self.walk.cursor))
            elif kind == "Span":
                self._span(content, like)
            elif kind == "Cite":
                self._cite(content[0], like)
            elif kind == "Note":
                self.notes.append(content)
            elif kind == "Link":
                self.walk.attributes(content[0])
                self.read(content[1], like)
            elif kind == "Image":
                self._image(content, like)
            else:  # Emph, Strong, Strikeout, Superscript, Subscript, SmallCaps, Underline
                self.read(content, like)

    def _add(self, text: str, like: Piece) -> None:
        if not text:
            return
        self.pieces.append(replace(like, text=text, at=self.walk.find(text)))

    def _label(self, text: str) -> re.Match[str] | None:
        """A formula's label, right behind it."""
        before = next((piece for piece in reversed(self.pieces) if piece.text != " "), None)
        return _EQUATION.match(text) if before and before.formula else None

    def _formula(self, tex: str, like: Piece) -> None:
        start = 0
        for value in _IN_FORMULA.finditer(tex):
            self._add(tex[start : value.start()], like)
            ids = {kind: value[3] if value[2] == kind else "" for kind in ("num", "case", "quoted")}
            resolved = replace(like, number=ids["num"], case=ids["case"], quoted=ids["quoted"])
            self._add(unescape(value[1]), resolved)
            start = value.end()
        self._add(tex[start:], like)

    def _span(self, content: Any, like: Piece) -> None:
        _, classes, pairs = self.walk.attributes(content[0])
        if "claim" in classes:
            self.walk.claims += 1
            claimed = Claimed(
                pairs.get("data-claim", ""), pairs.get("data-verdict", "agrees"), self.walk.claims
            )
            self.read(content[1], replace(like, claims=(*like.claims, claimed)))
            return
        number = pairs.get("data-number", "") if "num" in classes else ""
        case = pairs.get("data-case", "") if "case" in classes else ""
        quoted = pairs.get("data-quoted", "") if "quoted" in classes else ""
        if not (number or case or quoted):
            self.read(content[1], like)
            return
        inner = _Inlines(self.walk)
        inner.read(content[1], like)
        text = "".join(piece.text for piece in inner.pieces)
        at = inner.pieces[0].at if inner.pieces else None
        self.pieces.append(replace(like, text=text, at=at, number=number, case=case, quoted=quoted))
        self.cites.extend(inner.cites)
        self.notes.extend(inner.notes)

    def _cite(self, citations: Sequence[Node], like: Piece) -> None:
        for citation in citations:
            self.read(citation["citationPrefix"], like)
            self.cites.append(citation["citationId"])
            at = self.walk.find(citation["citationId"])
            self.pieces.append(replace(like, text="\u2060", at=at))  # a place for what the style will print
            self.read(citation["citationSuffix"], like)

    def _image(self, content: Any, like: Piece) -> None:
        attr, inlines, (_, title) = content
        self.read(inlines, like)
        _, _, pairs = self.walk.attributes(attr)
        name = content[2][0]
        alternative = pairs.get("fig-alt", pairs.get("alt", ""))
        ids = tuple(pairs.get("data-alt-numbers", "").split())
        at = self.walk.somewhere(alternative)
        self.walk.alternatives.append(Alternative(name, alternative, ids, at))
        if "data-key" in pairs:
            self.walk.keys[name.rpartition("/")[2].partition(".")[0]] = pairs["data-key"]
        if title:
            self._add(title, like)
