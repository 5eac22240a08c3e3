"""The paper's text as the checks read it: passages of pieces, taken from pandoc's syntax tree.

A passage is a paragraph, heading, table cell, caption, text alternative, footnote or attribute. A piece is
plain text, or the whole text of one number, of one case's name; it knows where it stands in the Markdown.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from typing import Any

from recomputed.language.catalogue import known, language
from recomputed.manuscript.inline import attribute, unescape
from recomputed.paper_language import paper_language

Node = dict[str, Any]

#: Attributes that steer the typesetting or the checks and are shown to nobody.
SILENT = {
    *("data-number", "data-case", "data-quoted", "data-claim", "data-verdict"),
    *("data-subject", "data-numbers", "data-named"),
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
_LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_MARKER = re.compile(
    r"^[>\s]*\(?(?=\w+[.)]\s)", re.MULTILINE
)  # what stands before the number of a list's first item
_CORE = re.compile(r"\w+(?:[.,:–-]\w+)*", re.UNICODE)
_RESOLVED = {
    "num": "number",
    "case": "case",
    "quoted": "quoted",
}  # what a piece calls the id of a span of the class


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `at` is its offset in the Markdown, None where it was not found there.

    `number`, `case` and `quoted` are the id that its span carries; `claims` the claim spans around it, outermost
    first; `of` what the `.of` spans around it say that its numbers are of; `lang` what a span around it says that its
    language is. In a `formula` the text is TeX, but for its numbers and names; `code` is set as it is typed.
    """

    text: str
    at: int | None = None
    number: str = ""
    case: str = ""
    quoted: str = ""
    lang: str = ""
    claims: tuple["Claimed", ...] = ()
    formula: bool = False
    code: bool = False
    of: tuple[tuple[str, str], ...] = ()

    @property
    def is_resolved(self) -> bool:
        """Whether it is what an inline value printed."""
        return bool(self.number or self.case or self.quoted)


EMPTY = Piece("")
CODE = Piece("", code=True)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A `.claim` span: the comparison that its words state, and the verdict that they give it."""

    id: str
    verdict: str
    nth: int


@dataclass(frozen=True)  # without slots: what is asked for again and again is kept
class Passage:
    """One passage. `kind` says what it is, `section` the headings' ids that it stands under, `of` the figure
    or table that it belongs to; `cites` are the keys and labels that it refers to, in order; `heads` what stands at the
    head of a table cell's row and columns; `supplement` is whether it is part of that.
    """

    kind: str
    lang: str
    section: tuple[str, ...]
    pieces: tuple[Piece, ...]
    cites: tuple[str, ...] = ()
    of: str = ""
    heads: tuple[str, ...] = ()
    supplement: bool = False

    @cached_property
    def text(self) -> str:
        """The passage as it is read, numbers and names included."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def typed(self) -> str:
        """What an author wrote of it: as `text`, but numbers, names and quotations are blanked out.

        So are the constants of a formula.
        """
        return "".join(map(_typed, self.pieces))

    def offset(self, position: int) -> int | None:
        """About where in the Markdown the character at `position` of the text stands: as the words follow there."""
        start, piece = self.piece(position)
        return None if piece.at is None else piece.at + position - start

    def placed(self) -> Iterator[tuple[int, Piece]]:
        """Each piece, with where it begins in the text."""
        start = 0
        for piece in self.pieces:
            yield start, piece
            start += len(piece.text)

    def piece(self, position: int) -> tuple[int, Piece]:
        """The piece with the character at `position`, and where it begins; past the end, nothing."""
        nth = bisect_right(self._ends, position)
        if nth == len(self.pieces):
            return len(self.text), EMPTY
        return self._ends[nth] - len(self.pieces[nth].text), self.pieces[nth]

    @cached_property
    def _ends(self) -> list[int]:
        return [*accumulate(len(piece.text) for piece in self.pieces)]


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


def code_of(lang: str | None) -> str:
    """The code of the language that a text says it is in, else of the paper's."""
    return language(lang).code if lang else paper_language().code


def read_text(tree: Mapping[str, Any], markdown: str, lang: str | None = None) -> Text:
    """The text of a pandoc JSON document that was read from `markdown`, in a language, by default the paper's."""
    own = code_of(lang)
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
    cites: list[str] = field(default_factory=list)  # of the passage being read, like its notes
    notes: list[Sequence[Node]] = field(default_factory=list)
    heads: tuple[str, ...] = ()
    supplement: bool = False

    def blocks(self, blocks: Sequence[Node], kind: str, of: str = "") -> None:
        for block in blocks:
            content = block.get("c", ())
            match block["t"]:
                case "Para" | "Plain":
                    self._passage(content, kind, of)
                case "LineBlock":
                    for line in content:
                        self._passage(line, kind, of)
                case "Header":
                    classes, _ = self._attributes(content[1])
                    self.supplement = self.supplement or "supplement" in classes
                    self.section = (*self.section[: content[0] - 1], content[1][0])
                    self.labels.append(content[1][0])
                    self._passage(content[2], "heading", of)
                case "CodeBlock":
                    classes, _ = self._attributes(content[0])
                    self._add(kind, self._found(content[1], CODE), _printed(classes) or of)
                case "RawBlock":
                    self._add(kind, self._found(content[1]), of)
                case "BlockQuote":
                    self.blocks(content, kind, of)
                case "BulletList":
                    self._lists(content, kind, of)
                case "OrderedList":
                    (start, style, _), items = content
                    decimal = style["t"] in ("Decimal", "DefaultStyle")
                    if style["t"] != "Example" and (start != 1 or (decimal and len(items) == 1)):
                        marker = _MARKER.search(self.markdown, self.cursor)
                        at = marker.end() if marker else self.cursor
                        self._add("number of a list", [Piece(str(start), at)], of)
                    self._lists(items, kind, of)
                case "DefinitionList":
                    for term, definitions in content:
                        self._passage(term, kind, of)
                        self._lists(definitions, kind, of)
                case "Div":
                    self._div(content, kind, of)
                case "Figure":  # the caption is read where it stands in the Markdown, as the image's own text
                    self._attributes(content[0])
                    self.labels.append(content[0][0])
                    self.blocks(content[2], "caption", content[0][0])
                case "Table":
                    self._table(content, of)
                case "HorizontalRule":
                    pass
                case other:
                    raise ValueError(f"pandoc gave a kind of block that this reader does not know: {other}")

    def _lists(self, items: Sequence[Sequence[Node]], kind: str, of: str) -> None:
        for item in items:
            self.blocks(item, kind, of)

    def _div(self, content: Any, kind: str, of: str) -> None:
        classes, pairs = self._attributes(content[0])
        before = self.lang, self.section
        self.lang = next((one.code for one in known([pairs.get("lang", "")])), self.lang)
        self.blocks(content[1], "abstract" if "abstract" in classes else kind, _printed(classes) or of)
        self.lang, self.section = before  # a heading inside opens no section of the paper

    def _table(self, content: Any, of: str) -> None:
        attr, caption, _, head, bodies, foot = content
        self._attributes(attr)
        if attr[0]:
            self.labels.append(attr[0])
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        columns: dict[int, str] = {}
        for nth, (_, cells) in enumerate(rows):
            first, at = "", 0
            for cell in cells:
                before, self.heads = len(self.passages), (first, columns.get(at, "")) if at else ()
                self.blocks(cell[4], "table", attr[0] or of)
                said = " ".join(passage.text for passage in self.passages[before:])
                first = said if not at else first
                if nth < len(head[1]):
                    columns |= {at + span: f"{columns.get(at + span, '')} {said}" for span in range(cell[3])}
                at += cell[3]
        self.heads = ()
        self.blocks(caption[1], "caption", attr[0])

    def _passage(self, inlines: Sequence[Node], kind: str, of: str) -> None:
        self.cites, self.notes = [], []
        pieces, cites, notes = self._read(inlines, EMPTY), self.cites, self.notes
        if pieces or cites:
            self._add(kind, pieces, of, cites)
        at = self.cursor  # a note is defined anywhere; the text goes on here
        for note in notes:
            self.blocks(note, "footnote", of)
        self.cursor = at

    def _add(self, kind: str, pieces: Sequence[Piece], of: str = "", cites: Sequence[str] = ()) -> None:
        self.passages.append(
            Passage(
                kind, self.lang, self.section, tuple(pieces), tuple(cites), of, self.heads, self.supplement
            )
        )

    def _attributes(self, attr: Any) -> tuple[list[str], dict[str, str]]:
        """An element's classes and attributes; what they show to a reader becomes a passage."""
        pairs = dict(attr[2])
        for name, value in pairs.items():
            if name not in SILENT:
                self._add("attribute", [Piece(value, self._somewhere(value))])
        return attr[1], pairs

    def _find(self, text: str) -> int | None:
        """Where `text`, the next word of the document, stands; its core where it is escaped or typeset."""
        for wanted in (text, *(match[0] for match in [_CORE.search(text)] if match)):
            at = self.markdown.find(wanted, self.cursor, self.cursor + _WINDOW)
            if at >= 0:
                self.cursor = at + len(wanted)
                return at
        return None

    def _somewhere(self, text: str) -> int | None:
        found = (
            self.markdown.find(one, start) for one in (text, attribute(text)) for start in (self.cursor, 0)
        )
        return next((at for at in found if at >= 0), None)

    def _found(self, text: str, like: Piece = EMPTY) -> list[Piece]:
        return [_piece(like, text, self._find(text))] if text else []

    def _read(self, inlines: Sequence[Node], like: Piece) -> list[Piece]:
        """The pieces of inlines, each `like` what stands around it."""
        pieces: list[Piece] = []
        for inline in inlines:
            content = inline.get("c", [])
            match inline["t"]:
                case "Str":
                    pieces += self._found(self._without_label(content, pieces), like)
                case "Space" | "SoftBreak" | "LineBreak":
                    pieces.append(_piece(like, " ", self.cursor))
                case "Code" | "RawInline":
                    pieces += self._found(content[1], replace(like, code=True))
                case "Math":
                    pieces += self._formula(content[1], replace(like, formula=True))
                case "Quoted":
                    pieces.append(replace(like, text="“", at=self.cursor))
                    pieces += self._read(content[1], like)
                    pieces.append(replace(like, text="”", at=self.cursor))
                case "Span":
                    pieces += self._span(content, like)
                case "Cite":
                    for citation in content[0]:
                        pieces += self._cite(citation, like)
                case "Note":
                    self.notes.append(content)
                case "Link":
                    self._attributes(content[0])
                    pieces += self._read(content[1], like)
                    if title := content[2][1]:
                        self._add("attribute", [Piece(title, self._somewhere(title))])
                case "Image":
                    pieces += self._image(content, like)
                case "Subscript":  # the digits of a formula are told from others by it
                    pieces += map(_lowered, self._read(content, like))
                case _:  # Emph, Strong, Strikeout, Superscript, SmallCaps, Underline
                    pieces += self._read(content, like)
        return pieces

    def _without_label(self, text: str, before: Sequence[Piece]) -> str:
        """`text` without the label of the formula that it stands right behind."""
        last = next((piece for piece in reversed(before) if piece.text != " "), EMPTY)
        label = _EQUATION.match(text) if last.formula else None
        if label:
            self.labels.append(label[1])
        return text[label.end() :] if label else text

    def _formula(self, tex: str, like: Piece) -> list[Piece]:
        pieces, start = [], 0
        for value in _IN_FORMULA.finditer(tex):
            pieces += self._found(tex[start : value.start()], like)
            resolved: dict[str, Any] = {_RESOLVED[value[2]]: value[3]}
            pieces += self._found(unescape(value[1]), replace(like, **resolved))
            start = value.end()
        return pieces + self._found(tex[start:], like)

    def _span(self, content: Any, like: Piece) -> list[Piece]:
        classes, pairs = self._attributes(content[0])
        if "claim" in classes:
            self.claims += 1
            claim, verdict = pairs.get("data-claim", ""), pairs.get("data-verdict", "agrees")
            like = replace(like, claims=(*like.claims, Claimed(claim, verdict, self.claims)))
            return self._read(content[1], like)
        if stated := pairs.get("lang"):
            like = replace(like, lang=stated)
        if "of" in classes:
            said = (
                (name, pairs[f"data-{name}"]) for name in ("subject", "numbers") if f"data-{name}" in pairs
            )
            like = replace(like, of=(*like.of, *said))
        ids: dict[str, Any] = {
            name: pairs.get(f"data-{name}", "") for css, name in _RESOLVED.items() if css in classes
        }
        pieces = self._read(content[1], like)
        if not any(ids.values()):
            return pieces
        text = "".join(piece.text for piece in pieces)
        return [replace(like, text=text, at=pieces[0].at if pieces else None, **ids)]

    def _cite(self, citation: Node, like: Piece) -> list[Piece]:
        prefix = self._read(citation["citationPrefix"], like)
        self.cites.append(citation["citationId"])
        at = self._find(citation["citationId"])
        place = replace(like, text="\u2060", at=at)  # of what the style will print
        return [*prefix, place, *self._read(citation["citationSuffix"], like)]

    def _image(self, content: Any, like: Piece) -> list[Piece]:
        attr, inlines, (name, title) = content
        pieces = self._read(inlines, like)
        _, pairs = self._attributes(attr)
        alternative = pairs.get("fig-alt", pairs.get("alt", ""))
        ids = tuple(pairs.get("data-alt-numbers", "").split())
        self.alternatives.append(Alternative(name, alternative, ids, self._somewhere(alternative)))
        if "data-key" in pairs:
            self.keys[name.rpartition("/")[2].partition(".")[0]] = pairs["data-key"]
        return pieces + self._found(title, like)


def _piece(like: Piece, text: str, at: int | None) -> Piece:
    """Most pieces are like none: `replace` takes five times as long."""
    return Piece(text, at) if like is EMPTY else replace(like, text=text, at=at)


def _lowered(piece: Piece) -> Piece:
    return piece if piece.is_resolved else replace(piece, text=piece.text.translate(_LOW))


def _printed(classes: Sequence[str]) -> str:
    return next((name for name in PRINTED if name in classes), "")
