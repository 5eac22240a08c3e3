"""Proofs as publishers make them of a JATS article, and the mistakes that are made on the way, one of each kind."""

import random
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from recomputed.manuscript.markdown import pandoc_path
from recomputed.proofs.corrections import Correction
from recomputed.typeset.pandoc import font_folders

HOUSE = r"""#set page("a5", margin: (x: 12mm, y: 16mm), columns: 2)
#set page(header: context [_Journal of Houses_ 12 (2026) #h(1fr) $short$ #counter(page).display()])
#set text(font: "Libertinus Serif", size: 8pt, lang: "$lang$", hyphenate: true)
#set par(justify: true)
#set par.line(numbering: n => text(size: 5pt)[#n], number-clearance: 2pt)
#show figure: set block(breakable: true)
#set table(inset: (x: 4pt, y: 2pt), stroke: none)
#show table: set text(size: 5pt)
#show figure.caption: it => it.body
#show link: it => it.body
#let horizontalrule = line(length: 100%)
#place(top, scope: "parent", float: true)[#align(center)[
#text(size: 14pt)[$title$] #if "$subtitle$" != "" [\ $subtitle$]

$for(author)$$author$$sep$, $endfor$

Received 3 May 2026; accepted 9 June 2026

$if(abstract)$$abstract$$endif$

$if(keywords)$Keywords: $for(keywords)$$keywords$$sep$ · $endfor$$endif$]]
$body$
"""


# ---------------------------------------------------------------- houses


def pdf(article: Any, source: Path, folder: Path, *changes: str) -> Path:
    """Two columns, hyphens, ligatures, running heads, numbered lines, another typeface, references in another style.

    `changes` are texts of the house's template, each with what stands there instead.
    """
    import typst

    template = HOUSE
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in template
        template = template.replace(old, new)
    (folder / "house.template").write_text(template, encoding="utf-8")
    text = _pandoc(article, source, folder, "typst", "--citeproc", "--template=house.template")
    (folder / "house.typ").write_text(text, encoding="utf-8")
    (folder / "house.pdf").write_bytes(
        typst.compile(folder / "house.typ", font_paths=[str(one) for one in font_folders()])
    )
    return folder / "house.pdf"


def docx(article: Any, source: Path, folder: Path) -> Path:
    """A Word file that LibreOffice has opened and saved."""
    return resaved([article], source, folder)[0]


def resaved(articles: Iterable[Any], source: Path, folder: Path) -> list[Path]:
    """A Word file of each article, all saved by one LibreOffice, which takes longer to start than to save."""
    files = []
    for nth, article in enumerate(articles):
        files.append(f"house{nth}.docx")
        _pandoc(article, source, folder, "docx", "--citeproc", f"--output={files[-1]}")
    command = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "docx:MS Word 2007 XML", "--outdir", "resaved", *files],
        cwd=folder, check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return [folder / "resaved" / file for file in files]


def jats(article: Any, source: Path, folder: Path) -> Path:
    """XML whose numbers have another decimal sign, thin spaces and hyphens for minus, without the engine's elements."""
    for number in list(article.iter("named-content")):
        number.tag, number.text = "styled-content", restyled(number.text or "", article)
        number.attrib.clear()
    for cell in article.iter("td"):
        cell.text = restyled(cell.text or "", article)
    (folder / "house.xml").write_bytes(etree.tostring(article))
    return folder / "house.xml"


def restyled(text: str, article: Any) -> str:
    """A number as the house writes it."""
    ours = _decimal(article)
    group = {",": ".", ".": ","}[ours]
    text = re.sub(rf"(?<=\d){re.escape(group)}(?=\d\d\d)", "\u2009", text)
    return re.sub(rf"(?<=\d){re.escape(ours)}(?=\d)", "·", text).replace("−", "-")


def _decimal(element: Any) -> str:
    return (
        ","
        if element.getroottree().getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == "id"
        else "."
    )


def _pandoc(article: Any, source: Path, folder: Path, to: str, *options: str) -> str:
    article = deepcopy(article)
    for both in list(article.iter("alternatives")):
        both.getparent().replace(both, both[-1 if to == "docx" else 0])  # Word has no drawings
    for graphic in article.iter("graphic"):
        name = graphic.get("{http://www.w3.org/1999/xlink}href")
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes((source / name).read_bytes())
    for beside in article.xpath(".//sec[@sec-type='supplementary-material']"):
        beside.getparent().remove(beside)
    titles = {"".join(title.itertext()) for title in article.iter("title")}
    for caption in [
        one for one in article.iterfind(".//app//caption") if "".join(one.itertext()).strip() in titles
    ]:
        caption.getparent().remove(caption)  # JATS asks for one where the paper has none
    for link in article.iter("xref"):
        if link.get("ref-type") not in ("bibr", "fn"):
            link.tag = "named-content"
    for label in list(article.iter("label")):  # pandoc leaves them out
        titled = label.getparent().find("title")
        caption = label.getparent().find("caption")
        if titled is None and caption is not None:
            titled = caption.find("p") if caption.find("p") is not None else caption.find("title")
        if titled is not None and label.text not in "".join(titled.itertext()):
            titled.text = f"{label.text} {titled.text or ''}"
    abstract = article.find(".//abstract")
    for paragraph in [
        *article.iterfind(".//trans-abstract/*"),
        *article.iterfind(".//kwd-group"),
        *article.iterfind(".//funding-group//funding-statement"),
        *article.iterfind(".//aff"),
        *article.iterfind(".//author-notes"),
    ]:
        words = "; ".join(kwd.text or "" for kwd in paragraph.iter("kwd"))
        paragraph.tag, paragraph.tail = "p", "\n"
        if words:
            paragraph[:] = []
            paragraph.text = words
        abstract.append(paragraph)
    (folder / "house.source.xml").write_bytes(etree.tostring(article))
    lang = article.get("{http://www.w3.org/XML/1998/namespace}lang")
    command = [
        pandoc_path(),
        "--from=jats",
        f"--to={to}",
        f"--metadata=lang:{lang}",
        *options,
        "house.source.xml",
    ]
    return subprocess.run(
        command, cwd=folder, capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout


# ---------------------------------------------------------------- mistakes


@dataclass(frozen=True, slots=True)
class Plant:
    """A mistake: its kind, the block it is in, what is to be told as expected and found, and how it is made."""

    kind: str
    block: int
    expected: str
    found: str
    make: Callable[[list[Any]], None]

    @property
    def is_number(self) -> bool:
        return not self.kind.startswith("word")

    def is_told(self, one: Correction) -> bool:
        """Whether the correction says of this mistake what stood and what should."""
        if self.is_number and one.kind != "number":
            return False
        ours, theirs = _parts(self.expected), _parts(self.found)
        lacking, besides = ours - theirs or ours, theirs - ours or theirs
        return lacking <= _parts(one.expected) and besides <= _parts(one.found)


def _parts(text: str) -> Counter[str]:
    """Numbers with their signs, the words, and signs; one decimal sign, no groups, no hyphens of a line's end."""
    text = re.sub(
        r"(?<=[^\W\d])-(?=[^\W\d])|(?<=\d)[’,](?=\d{3}(?!\d))", "", text.replace("−", "-").replace("·", ".")
    )
    return Counter(re.findall(r"(?:(?<![\w%-])-)?\d+(?:[.,]\d+)*|[^\W\d]+|%", text))


def _write(nth: int, text: str, tail: bool = False) -> Callable[[list[Any]], None]:
    return lambda nodes: setattr(nodes[nth], "tail" if tail else "text", text)


def _turned(text: str) -> str:
    """With another last digit."""
    at = max(nth for nth, one in enumerate(text) if one.isdigit())
    return f"{text[:at]}{(int(text[at]) + 4) % 10}{text[at + 1 :]}"


def plants(article: Any) -> list[Plant]:
    """Every mistake that can be made of the article, of each kind."""
    nodes = list(article.iter())
    place = {one: nth for nth, one in enumerate(nodes)}
    return [
        one for nth, node in enumerate(nodes) if isinstance(node.tag, str) for one in _of(node, nth, place)
    ]


def _block(node: Any, place: dict[Any, int]) -> int:
    block = next((one for one in node.iterancestors("p", "tr", "ref", "caption", "contrib")), node)
    return place[block]


def _of(node: Any, nth: int, place: dict[Any, int]) -> Iterator[Plant]:
    block, text = _block(node, place), node.text or ""
    inside = {one.tag for one in node.iterancestors()}
    number = node.tag == "named-content" and node.get("content-type") == "number"
    digits = any(map(str.isdigit, text))
    if number and digits and inside.isdisjoint({"caption", "td", "th"}):
        yield Plant("digit changed", block, text, _turned(text), _write(nth, _turned(text)))
        yield Plant("missing", block, text, "", _write(nth, ""))
        yield Plant("doubled", block, "", text, _write(nth, f"{text} {text}"))
        if text[0] in "−-":
            yield Plant("sign lost", block, text, text[1:], _write(nth, text[1:]))
        if decimal := re.search(rf"(?<=\d){re.escape(_decimal(node))}(?=\d)", text):
            lost = text[: decimal.start()] + text[decimal.end() :]
            yield Plant("decimal lost", block, text, lost, _write(nth, lost))
        group = {",": ".", ".": ","}[_decimal(node)]
        if re.search(rf"\d{re.escape(group)}\d{{3}}(?!\d)", text) and "–" not in text:
            small = text.replace(group, _decimal(node))
            yield Plant("thousands made decimals", block, text, small, _write(nth, small))
        if "%" in text:
            yield Plant("percent made per mille", block, "%", "", _write(nth, text.replace("%", "‰")))
        if unit := re.search(r"(?<=\d)\s?(%|[^\W\d]+)$", text):
            yield Plant("unit lost", block, unit[1], "", _write(nth, text[: unit.start()]))
    elif number and text.isalpha():
        other = "seven" if text.islower() else "Seven"
        yield Plant("number word", block, text, other, _write(nth, other))
    if (digits and not inside.isdisjoint({"td", "th"}) and number) or (
        digits and node.tag in ("td", "th") and not any(map(str.isalpha, text))
    ):
        yield Plant("table cell", block, text, _turned(text), _write(nth, _turned(text)))
    if digits and "caption" in inside and "ref-list" not in inside:
        yield Plant("caption", block, text, _turned(text), _write(nth, _turned(text)))
    if digits and "ref" in inside and node.tag in ("year", "fpage", "volume", "pub-id", "lpage"):
        yield Plant(f"reference {node.tag}", block, text, _turned(text), _write(nth, _turned(text)))
    if node.tag == "p" and "body" in inside and "ref" not in inside:
        words = list(re.finditer(r"(?<=\s)[a-z]{6,}(?=\s)", text))
        if words:
            word = words[len(words) // 2]
            kinds = {
                "word changed": word[0][:2] + {"x": "q"}.get(word[0][2], "x") + word[0][3:],
                "word missing": "",
                "word doubled": f"{word[0]} {word[0]}",
            }
            for kind, other in kinds.items():
                told = (
                    "" if kind == "word doubled" else word[0],
                    word[0] if kind == "word doubled" else other,
                )
                yield Plant(
                    kind, block, *told, _write(nth, text[: word.start()] + other + text[word.end() :])
                )


def exchanged(article: Any) -> Iterator[Plant]:
    """Numbers of two sentences in each other's place, told at both."""
    nodes = list(article.iter())
    place = {one: nth for nth, one in enumerate(nodes)}
    numbers = [
        nth for nth, one in enumerate(nodes)
        if one.get("content-type") == "number" and re.fullmatch(r"\d{2,}", one.text or "")
        and next(one.iterancestors("p"), None) is not None and next(one.iterancestors("td", "caption"), None) is None
    ]  # fmt: skip
    half = len(numbers) // 2
    for one, other in zip(numbers[:half], numbers[half:], strict=False):
        a, b = nodes[one].text, nodes[other].text
        if a != b:
            yield Plant("swapped", _block(nodes[one], place), a, b, _write(one, b))
            yield Plant("swapped", _block(nodes[other], place), b, a, _write(other, a))


def one_a_block(found: Iterable[Plant], seed: int = 1) -> list[Plant]:
    """Of each kind one in each block, any of them, so that few proofs hold them all."""
    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    return list({(one.kind, one.block): one for one in shuffled}.values())


def rounds(found: list[Plant], size: int = 12, seed: int = 1) -> Iterator[list[Plant]]:
    """The plants in groups of so many, no two in one block."""
    left = list(found)
    random.Random(seed).shuffle(left)
    while left:
        taken: list[Plant] = []
        blocks: set[int] = set()
        for one in left:
            if one.block not in blocks and len(taken) < size:
                taken.append(one)
                blocks.add(one.block)
        yield taken
        left = [one for one in left if one not in taken]


def planted(article: Any, made: list[Plant]) -> Any:
    """A copy of the article with these mistakes."""
    copy = deepcopy(article)
    nodes = list(copy.iter())
    for one in made:
        one.make(nodes)
    return copy
