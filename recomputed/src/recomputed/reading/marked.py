"""Two states of a document as one, in pandoc's JSON: what went is in spans of class `deletion`, what came in
`insertion`.

Blocks are aligned first, then the rows of tables and the items of lists, then words. Pandoc writes the spans into DOCX
as tracked changes; for typst `for_typst` makes them a line through and a line under.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple, TypeVar

Node = dict[str, Any]
Part = TypeVar("Part")

DELETED, INSERTED = "deletion", "insertion"
ALIKE = 0.4  # of the words of two parts that are the same part, changed
LABEL = "caption-label"
_BARE: Any = ["", [], []]
_VISIBLE = (
    "title",
    "subtitle",
    "keyword",
    "abstract",
    "translated",
    "availability",
    "support",
    "acknowledgements",
)
_WRAPPERS = {
    "Emph": 0,
    "Strong": 0,
    "Strikeout": 0,
    "Superscript": 0,
    "Subscript": 0,
    "SmallCaps": 0,
    "Underline": 0,
}
_WRAPPERS |= {"Quoted": 1, "Span": 1, "Link": 1, "Cite": 1}
"""Where in the content of what wraps other inlines these are: the content itself (0), or its second part."""
_TYPST = {
    DELETED: ('#text(fill: rgb("#9a1f1f"))[#strike[', "]]"),
    INSERTED: ('#text(fill: rgb("#14508c"))[#underline(stroke: 0.9pt, offset: 1.8pt)[', "]]"),
}


class Marks(NamedTuple):
    """Who changed it and when, as Word shows it, and the words beside a picture that was replaced."""

    author: str
    date: str
    before: str
    now: str


def aligned(
    old: Sequence[Part], new: Sequence[Part], key: Callable[[Part], str], text: Callable[[Part], str]
) -> Iterator[tuple[Part | None, Part | None]]:
    """The parts of both, in order, each with what it was or became, or None where there is nothing like it."""
    matcher = SequenceMatcher(None, [key(one) for one in old], [key(one) for one in new], False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _paired(old[a:b], new[c:d], text)


def _paired(
    old: Sequence[Part], new: Sequence[Part], text: Callable[[Part], str]
) -> Iterator[tuple[Part | None, Part | None]]:
    """The pairs, in the order of both, that are most alike in all."""
    first, second = [_words(text(one)) for one in old], [_words(text(one)) for one in new]
    likeness = [[_likeness(one, other) for other in second] for one in first]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    i = j = 0
    while i < len(old) or j < len(new):
        if (
            i < len(old)
            and j < len(new)
            and likeness[i][j]
            and best[i][j] == likeness[i][j] + best[i + 1][j + 1]
        ):
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif i < len(old) and best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\S+", text))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Twice what two texts have in common over all they have; 0 where that is less than ALIKE."""
    common = 2 * (one & other).total() / ((one.total() + other.total()) or 1)
    return common if common >= ALIKE else 0.0


def text_of(node: Any) -> str:
    """The words of a part of the tree, with a blank between blocks."""
    if isinstance(node, list):
        return "".join(map(text_of, node))
    if not isinstance(node, dict):
        return ""
    content = node.get("c", "")
    match node.get("t"):
        case "Str":
            return str(content)
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Math" | "Code" | "CodeBlock" | "RawInline" | "RawBlock":
            return f"{content[1]} "
        case "Image":
            return text_of(content[1])
        case "Para" | "Plain" | "Header":
            return text_of(content) + " "
    return text_of(content)


class Merge:
    """Makes the one document of the two."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks

    def documents(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
        """Both documents as one; what can be read of the metadata too."""
        meta = dict(new["meta"])
        for name in _VISIBLE:
            before, after = old["meta"].get(name), meta.get(name)
            if before or after:
                meta[name] = self._meta(before, after)
        return {**new, "meta": meta, "blocks": self.blocks(old["blocks"], new["blocks"])}

    def blocks(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        """Blocks with what changed of them marked."""
        out: list[Node] = []
        for before, after in aligned(old, new, _key, _block_text):
            if before is None:
                assert after is not None
                out += self._marked([after], INSERTED)
            elif after is None:
                out += self._marked([before], DELETED)
            else:
                out += [after] if _key(before) == _key(after) else self._block(before, after)
        return out

    def inlines(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        """Inlines with the words that changed marked; a blank between two changed words goes with them."""
        out: list[Node] = []
        keys = [_key(one) for one in old], [_key(one) for one in new]
        steps: list[tuple[str, int, int, int, int]] = []
        for step in SequenceMatcher(None, *keys, False).get_opcodes():
            blank = steps[-1] if steps else step
            if len(steps) > 1 and _all_changed(steps[-2], step) and _is_blank(old[blank[1] : blank[2]]):
                steps[-2:] = [("replace", steps[-2][1], step[2], steps[-2][3], step[4])]
            else:
                steps.append(step)
        for tag, a, b, c, d in steps:
            if tag == "equal":
                out += new[c:d]
            else:
                out += self._words_changed(old[a:b], new[c:d])
        return out

    def _words_changed(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        """What wraps words is gone into where there is one such on both sides; all else goes and comes whole."""
        out: list[Node] = []
        first, second = ([nth for nth, one in enumerate(side) if _is_wrapper(one)] for side in (old, new))
        i = j = 0
        if len(first) == len(second):
            for a, c in zip(first, second, strict=True):
                if old[a]["t"] == new[c]["t"]:
                    out += self._mark(old[i:a], DELETED) + self._mark(new[j:c], INSERTED)
                    out.append(self._inside(old[a], new[c]))
                    i, j = a + 1, c + 1
        return out + self._mark(old[i:], DELETED) + self._mark(new[j:], INSERTED)

    def _inside(self, old: Node, new: Node) -> Node:
        if new["t"] == "Note":
            return {**new, "c": self.blocks(old["c"], new["c"])}
        if not _WRAPPERS[new["t"]]:
            return {**new, "c": self.inlines(old["c"], new["c"])}
        return {**new, "c": [_attributes(new), self.inlines(old["c"][1], new["c"][1]), *new["c"][2:]]}

    def _block(self, old: Node, new: Node) -> list[Node]:
        if old["t"] != new["t"]:
            return self._marked([old], DELETED) + self._marked([new], INSERTED)
        before, after = old.get("c", ()), new.get("c", ())
        match new["t"]:
            case "Para" | "Plain":
                content: Any = self.inlines(before, after)
            case "Header":
                content = [*after[:2], self.inlines(before[2], after[2])]
            case "Div":
                content = [after[0], self.blocks(before[1], after[1])]
            case "BlockQuote":
                content = self.blocks(before, after)
            case "BulletList":
                content = self._items(before, after)
            case "OrderedList":
                content = [after[0], self._items(before[1], after[1])]
            case "Figure":
                content = [after[0], self._caption(before[1], after[1]), self._pictures(before[2], after[2])]
            case "Table" if len(before[2]) == len(after[2]) and len(before[4]) == len(after[4]):
                content = self._table(before, after)
            case _:
                return self._marked([old], DELETED) + self._marked([new], INSERTED)
        return [{**new, "c": content}]

    def _items(self, old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
        return [self.blocks(before or [], after or []) for before, after in aligned(old, new, _key, text_of)]

    def _caption(self, old: Any, new: Any) -> Any:
        """A caption without the label that its number gives it: that is the new one's."""
        label, after = _without_label(new[1])
        return [new[0], _with_label(label, self.blocks(_without_label(old[1])[1], after))]

    def _pictures(self, old: Sequence[Node], new: Sequence[Node]) -> list[Node]:
        """What a figure shows: one below the other where it is another picture, each with the words that say which."""
        if _key(old) == _key(new):
            return list(new)
        return [
            *({"t": "Para", "c": self._said(self.marks.before, DELETED)}, *self._marked(old, DELETED)),
            *({"t": "Para", "c": self._said(self.marks.now, INSERTED)}, *new),
        ]

    def _said(self, words: str, what: str) -> list[Node]:
        return self._mark([{"t": "Str", "c": words}], what)

    def _table(self, old: Any, new: Any) -> Any:
        bodies = [
            [*after[:3], self._rows(before[3], after[3])]
            for before, after in zip(old[4], new[4], strict=True)
        ]
        head = [new[3][0], self._rows(old[3][1], new[3][1])]
        foot = [new[5][0], self._rows(old[5][1], new[5][1])]
        return [new[0], self._caption(old[1], new[1]), new[2], head, bodies, foot]

    def _rows(self, old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
        """Rows of the same number stand for each other where those alike leave one over on each side."""
        pairs = list(aligned(old, new, _key, text_of))
        if len(old) == len(new) and [a for a, _ in pairs if a is None] and len(pairs) == len(old) + 1:
            pairs = list(zip(old, new, strict=True))
        return [self._row(before, after) for before, after in pairs]

    def _row(self, old: Any, new: Any) -> Any:
        if old is None or new is None or len(old[1]) != len(new[1]):
            row, what = (new, INSERTED) if new is not None else (old, DELETED)
            return [row[0], [[*cell[:4], self._marked(cell[4], what)] for cell in row[1]]]
        cells = zip(old[1], new[1], strict=True)
        return [new[0], [[*after[:4], self.blocks(before[4], after[4])] for before, after in cells]]

    def _marked(self, blocks: Sequence[Node], what: str) -> list[Node]:
        """Whole blocks that went or came. One that went has no label, no number and no place in the contents."""
        out: list[Node] = []
        gone = what == DELETED
        for block in blocks:
            content: Any = block.get("c")
            match block["t"]:
                case "Para":
                    out.append(
                        {"t": "Para", "c": [*self._mark(content, what), self._span([], f"paragraph-{what}")]}
                    )
                case "Plain":
                    out.append({"t": "Plain", "c": self._mark(content, what)})
                case "Header":
                    inlines = self._mark(content[2], what)
                    bold = {"t": "Para", "c": [{"t": "Strong", "c": inlines}]}
                    out.append(bold if gone else {**block, "c": [*content[:2], inlines]})
                case "CodeBlock":
                    lines = [{"t": "Code", "c": [_BARE, line]} for line in content[1].split("\n")]
                    out += [{"t": "Para", "c": self._mark([line], what)} for line in lines]
                case "LineBlock":
                    out += [{"t": "Para", "c": self._mark(line, what)} for line in content]
                case "Div":
                    inner = self._marked(content[1], what)
                    out += inner if gone else [{**block, "c": [content[0], inner]}]
                case "BlockQuote":
                    out.append({**block, "c": self._marked(content, what)})
                case "BulletList":
                    out.append({**block, "c": [self._marked(item, what) for item in content]})
                case "OrderedList":
                    out.append(
                        {**block, "c": [content[0], [self._marked(item, what) for item in content[1]]]}
                    )
                case "DefinitionList":
                    out.append({**block, "c": [self._definition(term, said, what) for term, said in content]})
                case "Figure":
                    inner = self._marked(content[2], what) if gone else content[2]
                    attr = _BARE if gone else content[0]
                    out.append({**block, "c": [attr, self._whole_caption(content[1], what), inner]})
                case "Table":
                    attr = _BARE if gone else content[0]
                    parts = [self._whole_rows(part, what) for part in (content[3], *content[4], content[5])]
                    caption = self._whole_caption(content[1], what)
                    out.append({**block, "c": [attr, caption, content[2], parts[0], parts[1:-1], parts[-1]]})
                case _:
                    out.append(block)
        return out

    def _definition(self, term: Sequence[Node], definitions: Sequence[Any], what: str) -> Any:
        return [self._mark(term, what), [self._marked(one, what) for one in definitions]]

    def _whole_rows(self, part: Any, what: str) -> Any:
        """The head, the foot or a body of a table: its last parts are rows."""

        def rows(found: Sequence[Any]) -> list[Any]:
            return [self._row(None, row) if what == INSERTED else self._row(row, None) for row in found]

        return [part[0], rows(part[1])] if len(part) == 2 else [*part[:2], rows(part[2]), rows(part[3])]

    def _whole_caption(self, caption: Any, what: str) -> Any:
        if what == DELETED:
            return [None, self._marked(caption[1], what)]
        label, rest = _without_label(caption[1])
        return [caption[0], _with_label(label, self._marked(rest, what))]

    def _mark(self, inlines: Sequence[Node], what: str) -> list[Node]:
        """Inlines that went or came: spans around words, within what wraps them. What went leads nowhere."""
        out: list[Node] = []
        run: list[Node] = []
        gone = what == DELETED

        def end() -> None:
            if run:
                out.append(self._span(list(run), what))
                run.clear()

        for inline in inlines:
            kind, content = inline["t"], inline.get("c", ())
            if gone and kind in ("Span", "Link", "Cite"):
                end()
                out += self._mark(content[1], what)
            elif kind in _WRAPPERS:
                end()
                place = _WRAPPERS[kind]
                marked = self._mark(content[1] if place else content, what)
                out.append({**inline, "c": [_attributes(inline), marked, *content[2:]] if place else marked})
            elif gone and kind == "Note":
                run.append({"t": "Str", "c": f" [{text_of(content).strip()}]"})
            elif kind == "Note":
                end()
                out.append({**inline, "c": self._marked(content, what)})
            elif kind == "Math":
                run.append({"t": "Code", "c": [_BARE, content[1]]} if gone else inline)
            elif kind == "SoftBreak":
                run.append({"t": "Space"})
            else:
                run.append(inline)
        end()
        return out

    def _span(self, inlines: list[Node], what: str) -> Node:
        who = [["author", self.marks.author], ["date", self.marks.date]]
        return {"t": "Span", "c": [["", [what], who], inlines]}

    def _meta(self, old: Any, new: Any) -> Any:
        if old is None or new is None:
            value, what = (new, INSERTED) if old is None else (old, DELETED)
            return self._whole_meta(value, what)
        match old["t"], new["t"]:
            case "MetaString", "MetaString":
                if old["c"] == new["c"]:
                    return new
                words = [[{"t": "Str", "c": one["c"]}] for one in (old, new)]
                return {
                    "t": "MetaInlines",
                    "c": self._mark(words[0], DELETED) + self._mark(words[1], INSERTED),
                }
            case "MetaInlines", "MetaInlines":
                return {**new, "c": self.inlines(old["c"], new["c"])}
            case "MetaBlocks", "MetaBlocks":
                return {**new, "c": self.blocks(old["c"], new["c"])}
            case "MetaList", "MetaList":
                pairs = aligned(old["c"], new["c"], _key, lambda one: json.dumps(one.get("c")))
                return {**new, "c": [self._meta(before, after) for before, after in pairs]}
            case "MetaMap", "MetaMap":
                told = {"title", "subtitle", "abstract", "body", "keyword"}
                changed = {
                    name: self._meta(old["c"][name], value)
                    for name, value in new["c"].items()
                    if name in told and name in old["c"]
                }
                return {**new, "c": {**new["c"], **changed}}
        return new

    def _whole_meta(self, value: Any, what: str) -> Any:
        match value["t"]:
            case "MetaString":
                return {"t": "MetaInlines", "c": self._mark([{"t": "Str", "c": value["c"]}], what)}
            case "MetaInlines":
                return {**value, "c": self._mark(value["c"], what)}
            case "MetaBlocks":
                return {**value, "c": self._marked(value["c"], what)}
            case "MetaList":
                return {**value, "c": [self._whole_meta(one, what) for one in value["c"]]}
        return value


def for_typst(node: Any) -> Any:
    """The tree with marks that typst draws: a line through what went, a line under what came, in two colours."""
    if isinstance(node, dict):
        return {name: for_typst(value) for name, value in node.items()}
    if not isinstance(node, list):
        return node
    out: list[Any] = []
    for one in node:
        what = next(iter(one["c"][0][1]), "") if isinstance(one, dict) and one.get("t") == "Span" else ""
        if what in _TYPST:
            opens, closes = ({"t": "RawInline", "c": ["typst", text]} for text in _TYPST[what])
            out += [opens, *for_typst(one["c"][1]), closes]
        elif what not in (f"paragraph-{DELETED}", f"paragraph-{INSERTED}"):
            out.append(for_typst(one))
    return out


def _all_changed(*steps: tuple[str, int, int, int, int]) -> bool:
    return all(step[0] == "replace" for step in steps)


def _is_blank(inlines: Sequence[Node]) -> bool:
    return len(inlines) == 1 and inlines[0]["t"] in ("Space", "SoftBreak")


def _is_wrapper(inline: Node) -> bool:
    if inline["t"] == "Span" and "num" in inline["c"][0][1]:
        return False  # a number goes and comes whole
    return inline["t"] in _WRAPPERS or inline["t"] == "Note"


def _attributes(wrapper: Node) -> Any:
    """Its attributes; of a cross reference none, which would count its words anew, without their marks."""
    attributes = wrapper["c"][0]
    return _BARE if wrapper["t"] == "Link" and "quarto-xref" in attributes[1] else attributes


def _key(node: Any) -> str:
    return json.dumps(node, sort_keys=True)


def _block_text(block: Node) -> str:
    """What blocks are paired by: their words, and what they are."""
    label = block["c"][0][0] if block["t"] in ("Figure", "Table", "Div") else ""
    return f"{text_of(block)} {f'{label} ' * 40 if label else ''}"


def _without_label(blocks: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """The label at the beginning of a caption, and the caption without it."""
    first = blocks[0]["c"] if blocks and blocks[0]["t"] in ("Plain", "Para") else []
    if not (first and first[0]["t"] == "Span" and LABEL in first[0]["c"][0][1]):
        return [], list(blocks)
    return first[:2], [{**blocks[0], "c": first[2:]}, *blocks[1:]]


def _with_label(label: list[Node], blocks: list[Node]) -> list[Node]:
    return [{**blocks[0], "c": [*label, *blocks[0]["c"]]}, *blocks[1:]] if blocks and label else blocks
