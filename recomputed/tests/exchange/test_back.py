# ruff: noqa: E501  a case is a line
"""What co-authors do to the Word file comes back as exactly that change of the manuscript, or is refused by name."""

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from exchange.conftest import Sent
from recomputed.exchange.back import read_back
from synthetic.coauthors import Edited, paragraph, run, text_of

KNOWN = {"kettle2018", "placeholder2020", "fig-growth", "tbl-prices", "eq-mass", "tbl-letters"}
GROWTH = 'the mean growth is `{python} n["growth.mean"]`'
ROWS = {
    "ROW": (GROWTH, 0),
    "SUNDRIES": ("## Sundries", 0),
    "ASK": ("Does a painted", 0),
    "SIGNS": ("The signs were painted on", 0),
    "SOURCES": ("# References {", 3),
    "CODE": ("x = 1", 0),
    "CAPTION": (": Prices", 0),
    "FIGURE": ("Every stall", 2),
    "PLOT": ("Every stall", 2),
    "LINES": ("as one likes", 0),
    "CUP": ("| ![A cup", -2),
    "DATA": ("# Data", 0),
    "TEAS": ("Teas are", 0),
    "QUOTED": ("> Nobody", 0),
}
"""What is told by its row: words there, and how many rows further."""
SOLD = '[sold more]{.claim data-claim="abstract.all"}'


class Case(NamedTuple):
    """An edit, what it replaces in the manuscript by what, what is told of it, whether tracked changes are taken, the
    labels that went.
    """

    edit: Callable[[Edited], object]
    changes: Sequence[tuple[str, str]] = ()
    refused: Sequence[str] = ()
    comments: Sequence[str] = ()
    take: bool = True
    typed: Sequence[str] = ()
    lost: Sequence[str] = ()


def move(doc: Edited, words: str, behind: str) -> None:
    doc.paragraph(behind).addnext(doc.paragraph(words))


def remove(doc: Edited, words: str) -> None:
    one = doc.paragraph(words)
    one.getparent().remove(one)


def drop(doc: Edited, tag: str, instead: str = "") -> None:
    control = doc.control(tag)
    if instead:
        control.addprevious(run(instead))
    control.getparent().remove(control)


def restyle(doc: Edited, words: str, style: str) -> None:
    one = doc.paragraph(words)
    one.style = style
    for number in list(one.iter(qn("w:numPr"))) if "Heading" not in style else ():
        number.getparent().remove(number)


def split(doc: Edited, words: str, at: str) -> None:
    """Enter, before the run with `at`."""
    _, middle, _ = doc.cut(words, at)
    old = doc.paragraph(words)
    new = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p>')
    for one in [middle, *middle.itersiblings()]:
        new.append(one)
    old.addnext(new)


def join(doc: Edited, words: str) -> None:
    """Delete at the end of the paragraph."""
    one = doc.paragraph(words)
    following = one.getnext()
    one.append(run(" "))
    for child in [child for child in following if child.tag != qn("w:pPr")]:
        one.append(child)
    following.getparent().remove(following)


def cell(doc: Edited, old: str, new: str) -> None:
    doc.replace(old, new)


def row(doc: Edited, words: str) -> None:
    found = next(one for one in doc.body.iter(qn("w:tr")) if words in text_of(one))
    new = deepcopy(found)
    texts = list(new.iter(qn("w:t")))
    texts[0].text, texts[1].text = "white", "none"
    found.addnext(new)


def item(doc: Edited, behind: str, text: str) -> None:
    new = deepcopy(doc.paragraph(behind))
    first, *rest = [one for one in new if one.tag != qn("w:pPr")]
    for one in rest:
        new.remove(one)
    first.find(qn("w:t")).text = text
    doc.paragraph(behind).addnext(new)


def picture(doc: Edited) -> None:
    drawing = deepcopy(next(doc.body.iter(qn("w:drawing"))))
    new = run("x")
    new.replace(new.find(qn("w:t")), drawing)
    doc.paragraph("Nobody drinks").addnext(paragraph(""))
    doc.paragraph("Nobody drinks").getnext().append(new)


def unpictured(doc: Edited) -> None:
    one = next(doc.body.iter(qn("w:drawing")))
    holder = next(one.iterancestors(qn("w:p")))
    holder.getparent().remove(holder)


def note(doc: Edited, text: str) -> None:
    part = next(
        rel.target_part for rel in doc.document.part.rels.values() if rel.reltype.endswith("/footnotes")
    )
    part._blob = part.blob.replace(b"Neither book", text.encode())


def tracked_replace(doc: Edited) -> None:
    _, old, _ = doc.cut("Nobody drinks", "cold")
    old.addprevious(new := run("warm"))
    doc.deleted(old)
    doc.inserted(new)


def tracked_paragraph(doc: Edited) -> None:
    new = doc.after("Nobody drinks", "Put in.", "BodyText")
    doc.mark_tracked(new, "ins")
    doc.inserted(new.find(qn("w:r")))


def tracked_deleted_paragraph(doc: Edited) -> None:
    one = doc.paragraph("Nobody drinks")
    doc.mark_tracked(one, "del")
    for each in list(one.iter(qn("w:r"))):
        doc.deleted(each)


def tracked_move(doc: Edited) -> None:
    one = doc.paragraph("Nobody drinks")
    new = deepcopy(one)
    doc.paragraph("Does a painted").addnext(new)
    for each in list(new.iter(qn("w:r"))):
        doc.inserted(each).tag = qn("w:moveTo")
    for each in list(one.iter(qn("w:r"))):
        doc.deleted(each).tag = qn("w:moveFrom")
        each.find(qn("w:delText")).tag = qn("w:t")
    doc.mark_tracked(one, "del")
    doc.mark_tracked(new, "ins")


def tracked_format(doc: Edited) -> None:
    doc.formatted("Nobody drinks", "cold", "b")
    found = next(one for one in doc.paragraph("Nobody drinks").iter(qn("w:r")) if text_of(one) == "cold")
    change = f'<w:rPrChange {nsdecls("w")} w:id="9009" w:author="B"><w:rPr/></w:rPrChange>'
    found.rPr.append(parse_xml(change))


def tracked_number(doc: Edited) -> None:
    control = doc.control("growth.mean#1")
    control.addnext(new := run("22%"))
    for each in list(control.iter(qn("w:r"))):
        doc.deleted(each)
    doc.inserted(new)


def asked_and_answered(doc: Edited) -> None:
    """What Ben asks of a word, and Ann answers, in this order."""
    for author, said in (("Ben", "Why?"), ("Ann", "It is.")):
        doc.comment("Nobody drinks", "cold", said, author)
    asked, answered = (
        one.getparent() for one in doc.paragraph("Nobody drinks").iter(qn("w:commentReference"))
    )
    asked.addprevious(answered)


def noted_on_tracked(doc: Edited) -> None:
    """What Ben asks of a word, and Ann answers, which is then deleted with them."""
    asked_and_answered(doc)
    for each in list(doc.paragraph("Nobody drinks").iter(qn("w:r"))):
        if text_of(each) == "cold" or each.find(qn("w:commentReference")) is not None:
            doc.deleted(each)


def threaded(doc: Edited) -> None:
    """What Ben asks, Ann answers, and they resolve; as Word writes it, in a part of its own."""
    asked_and_answered(doc)
    microsoft = "http://schemas.microsoft.com/office/word"
    comments = doc.document.part._comments_part.element
    for nth, one in enumerate(comments.iter(qn("w:p"))):
        one.set(f"{{{microsoft}/2010/wordml}}paraId", f"0000000{nth}")
    entries = '<x:commentEx x:paraId="00000000" x:done="1"/><x:commentEx x:paraId="00000001" x:paraIdParent="00000000" x:done="1"/>'
    content = f'<x:commentsEx xmlns:x="{microsoft}/2012/wordml">{entries}</x:commentsEx>'.encode()
    name = PackURI("/word/commentsExtended.xml")
    part = Part(
        name, "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml", content
    )
    doc.document.part.relate_to(part, f"{microsoft.replace('word', '')}2011/relationships/commentsExtended")


def tracked_code(doc: Edited) -> None:
    one = doc.paragraph("x = 1")
    doc.replace("y = 2", "y = 2 * x")
    *_, last = (each for each in one.iter(qn("w:r")) if text_of(each))
    last.addprevious(old := deepcopy(last))
    old.find(qn("w:t")).text = "y = 2"
    doc.deleted(old, "C")
    doc.inserted(last)


def tracked_caption_out(doc: Edited) -> None:
    """A caption before its table, whose end has no paragraph behind it to be joined with."""
    one = doc.paragraph("Prices, from")
    doc.mark_tracked(one, "del")
    for each in list(one.iter(qn("w:r"))):
        doc.deleted(each)


def tracked_styled(doc: Edited) -> None:
    new = doc.after("Nobody drinks", "Put in.", "Heading2")
    doc.mark_tracked(new, "ins")
    doc.inserted(new.find(qn("w:r")))
    was = f'<w:pPrChange {nsdecls("w")} w:id="9" w:author="B"><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:pPrChange>'
    new.pPr.append(parse_xml(was))


def tracked_by_two(doc: Edited) -> None:
    """B puts words in, of which C takes some out again and puts others in."""
    _, old, _ = doc.cut("Nobody drinks", "cold")
    old.addprevious(new := run("quite "))
    old.addprevious(gone := run("very "))
    old.addprevious(other := run("too "))
    doc.inserted(new)
    doc.inserted(doc.deleted(gone, "C"))
    doc.inserted(other, "C")


def cell_of(doc: Edited, words: str) -> Any:
    return next(one for one in doc.body.iter(qn("w:tc")) if text_of(one) == words)


def in_cell(doc: Edited, words: str, node: Any) -> None:
    cell_of(doc, words).append(node)


def broken_line(doc: Edited) -> None:
    text = next(cell_of(doc, "high").iter(qn("w:t")))
    text.addnext(parse_xml(f"<w:t {nsdecls('w')}>or so</w:t>"))
    text.addnext(parse_xml(f"<w:br {nsdecls('w')}/>"))


def merge_cells(doc: Edited) -> None:
    right = cell_of(doc, "high")
    left = right.getprevious()
    left.get_or_add_tcPr().append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="2"/>'))
    right.getparent().remove(right)


def tracked_row(doc: Edited) -> None:
    found = next(one for one in doc.body.iter(qn("w:tr")) if text_of(one) == "blackhigh")
    found.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="9007" w:author="B"/>'))
    for each in list(found.iter(qn("w:r"))):
        doc.deleted(each)


def box(doc: Edited) -> None:
    """A box of words, as newer programs draw it, with what older ones are given instead."""
    words = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    doc.paragraph("Nobody drinks").append(parse_xml(
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{words.format("In a box.")}</w:drawing></mc:Choice>'
        f'<mc:Fallback><w:pict>{words.format("In a box.")}</w:pict></mc:Fallback></mc:AlternateContent></w:r>'
    ))  # fmt: skip


def end_note(doc: Edited) -> None:
    whole, name = doc.document.part, "endnotes"
    notes = f'<w:endnotes {nsdecls("w")}><w:endnote w:id="7"><w:p><w:r><w:t>Not so.</w:t></w:r></w:p></w:endnote></w:endnotes>'
    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
    part = Part(PackURI(f"/word/{name}.xml"), kind, notes.encode(), whole.package)
    whole.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}")
    doc.paragraph("Nobody drinks").append(
        parse_xml(f'<w:r {nsdecls("w")}><w:endnoteReference w:id="7"/></w:r>')
    )


def deeper(doc: Edited) -> None:
    doc.paragraph("black tea").pPr.numPr.ilvl.val = 1


MEAN = "growth.mean#1"
QUOTE = "> Nobody drinks it cold.\n\n"
CASES: dict[str, Case] = {
    # words
    "nothing": Case(lambda doc: None),
    "a word": Case(lambda doc: doc.replace("Does a painted sign", "Does a carved sign"), [("a painted sign sell", "a carved sign sell")]),
    "a word put in": Case(lambda doc: doc.replace("sign sell tea?", "sign ever sell tea?"), [("sign sell", "sign ever sell")]),
    "a word out": Case(lambda doc: doc.replace("a painted sign", "a sign"), [("a painted sign sell", "a sign sell")]),
    "a sentence put in": Case(lambda doc: doc.replace(" says so. ", " says so. It is short. "), [(" says so. ", " says so. It is short. ")]),
    "a sentence rewritten around a number": Case(
        lambda doc: doc.replace("), and the mean growth is ", "), whose average is "),
        [(f"), and {GROWTH}", '), whose average is `{python} n["growth.mean"]`')],
    ),
    "what reads as markup": Case(lambda doc: doc.replace("sell tea?", "sell *tea* [x]?"), [("sell tea?", "sell \\*tea\\* \\[x\\]?")]),
    "letters of other scripts": Case(lambda doc: doc.replace("sell tea?", "sell 茶 – “чай”?"), [("sell tea?", "sell 茶 – “чай”?")]),
    "a word in the abstract": Case(lambda doc: doc.replace("Everything in this", "All in this"), [("Everything in this", "All in this")]),
    "a word in a callout": Case(lambda doc: doc.replace("The survey advises", "It advises"), [("The survey advises", "It advises")]),
    "a callout's title": Case(lambda doc: doc.replace("What is not there", "What lacks"), [("## What is not there", "## What lacks")]),
    "a word in a note": Case(lambda doc: note(doc, "No book"), [("Neither book", "No book")]),
    "a word in a quotation": Case(lambda doc: doc.replace("Nobody drinks", "None drinks"), [("Nobody drinks", "None drinks")]),
    "broken lines stay broken": Case(lambda doc: doc.replace("Lines are broken", "Rows are broken"), [("Lines are broken", "Rows are broken")]),
    "quotation marks stay as typed": Case(lambda doc: doc.replace("as one likes", "as you like"), [("as one likes", "as you like")]),
    "a letter that marks are made of": Case(lambda doc: doc.replace("sell tea?", "sell \ue000tea?")),
    # paragraphs
    "a new paragraph": Case(lambda doc: doc.after("Does a painted", "A new one."), [("on such matters ask [@kettle2018].[^made-up]\n\n", "on such matters ask [@kettle2018].[^made-up]\n\nA new one.\n\n")]),
    "two new paragraphs": Case(
        lambda doc: (doc.after("Does a painted", "Two."), doc.after("Does a painted", "One.")),
        [("[@kettle2018].[^made-up]\n\n", "[@kettle2018].[^made-up]\n\nOne.\n\nTwo.\n\n")],
    ),
    "a new paragraph behind a heading": Case(lambda doc: doc.after("Waiting", "It begins.", "BodyText"), [("{#sec-waiting}\n\n", "{#sec-waiting}\n\nIt begins.\n\n")]),
    "a new paragraph in a callout": Case(lambda doc: doc.after("is open", "And more."), [("hours.\n:::\n\n## Sundries", "hours.\n\nAnd more.\n:::\n\n## Sundries")]),
    "a new paragraph behind a callout": Case(lambda doc: doc.after("is open", "And more.", "BodyText"), [("hours.\n:::\n\n## Sundries", "hours.\n:::\n\nAnd more.\n\n## Sundries")]),
    "a new paragraph in the abstract": Case(lambda doc: doc.after("Everything in", "And more."), [("what they rest on.\n:::", "what they rest on.\n\nAnd more.\n:::")]),
    "a paragraph out": Case(lambda doc: remove(doc, "Nobody drinks"), [(QUOTE, "")]),
    "a paragraph moved": Case(lambda doc: move(doc, "Teas are", "Does a painted"), [
        ("Teas are *hot* and **strong**, as the [board](https://example.org/board) says; see [the data](#sec-data).\n\n", ""),
        ("[@kettle2018].[^made-up]\n\n", "[@kettle2018].[^made-up]\n\nTeas are *hot* and **strong**, as the [board](https://example.org/board) says; see [the data](#sec-data).\n\n"),
    ]),
    "a paragraph moved and edited": Case(
        lambda doc: (doc.replace("Nobody drinks it cold", "Nobody drinks it warm"), move(doc, "Nobody drinks", "Does a painted"))[0],
        [(QUOTE, ""), ("[@kettle2018].[^made-up]\n\n", "[@kettle2018].[^made-up]\n\n> Nobody drinks it warm.\n\n")],
    ),
    "a paragraph made two": Case(
        lambda doc: split(doc, "Does a painted", " says so. We hold what it states to what it reports, and to the records of "),
        [(" says so. We hold", "\n\nsays so. We hold")],
    ),
    "a callout out": Case(lambda doc: (remove(doc, "What is not there"), remove(doc, "is open")), [("CALLOUT", "")]),
    # headings
    "a heading": Case(lambda doc: doc.replace("Sundries", "Odds and ends"), [("## Sundries {", "## Odds and ends {")]),
    "a heading's level": Case(lambda doc: restyle(doc, "Sundries", "Heading1"), [("## Sundries {", "# Sundries {")]),
    "a heading out": Case(lambda doc: remove(doc, "Sundries"), [("## Sundries {#sec-sundries}\n\n", "")], lost=["#sec-sundries"]),
    "a new heading": Case(lambda doc: doc.after("Nobody drinks", "More", "Heading2"), [(QUOTE, QUOTE + "## More\n\n")]),
    "a heading made text": Case(lambda doc: restyle(doc, "Sundries", "BodyText"), [("## Sundries {#sec-sundries}", "Sundries")], lost=["#sec-sundries"]),
    # lists
    "an item": Case(lambda doc: doc.replace("green tea", "jade tea"), [("- green tea", "- jade tea")]),
    "a new item": Case(lambda doc: item(doc, "green tea", "white tea"), [("- green tea\n", "- green tea\n- white tea\n")]),
    "an item out": Case(lambda doc: remove(doc, "black tea"), [("- black tea\n", "")]),
    "an item moved": Case(lambda doc: move(doc, "green tea", "black tea"), [("- green tea\n- black tea\n", "- black tea\n- green tea\n")]),
    "a new numbered item": Case(lambda doc: item(doc, "boil", "wait"), [("1. boil\n", "1. boil\n1. wait\n")]),
    "an item's level": Case(deeper, [("- black tea", "  - black tea")]),
    "emphasis in an item": Case(lambda doc: doc.formatted("black tea", "black", "b"), [("- black tea", "- **black** tea")]),
    # emphasis, links
    "emphasis": Case(lambda doc: doc.formatted("Does a painted", "painted", "i"), [("Does a painted", "Does a *painted*")]),
    "strong": Case(lambda doc: doc.formatted("Does a painted", "painted", "b"), [("Does a painted", "Does a **painted**")]),
    "struck out": Case(lambda doc: doc.formatted("Does a painted", "painted", "strike"), [("Does a painted", "Does a ~~painted~~")]),
    "raised": Case(lambda doc: doc.cut("Does a painted", "painted")[1].get_or_add_rPr().append(parse_xml(f'<w:vertAlign {nsdecls("w")} w:val="superscript"/>')), [("a painted", "a ^painted^")]),
    "emphasis off": Case(lambda doc: [one.getparent().remove(one) for one in list(doc.paragraph("Teas are").iter(qn("w:i")))], [("*hot*", "hot")]),
    "a link's words": Case(lambda doc: doc.replace("board", "plate"), [("[board](", "[plate](")]),
    "a link's address": Case(
        lambda doc: next(rel for rel in doc.document.part.rels.values() if rel.is_external and "board" in rel._target).__setattr__("_target", "https://example.org/menu"),
        [("example.org/board", "example.org/menu")],
    ),
    "code that a program cut": Case(lambda doc: doc.cut("Behind it", "--brew")),
    "a word in code that a program cut": Case(lambda doc: doc.cut("Behind it", "--brew")[1].find(qn("w:t")).__setattr__("text", "--steep"), [("tea --brew cold", "tea --steep cold")]),
    # citations and references
    "a citation out": Case(lambda doc: drop(doc, "_@placeholder2020_#1"), [("The survey [@placeholder2020] says", "The survey says")]),
    "a citation typed": Case(lambda doc: doc.replace("sell tea?", "sell tea [@kettle2018]?"), [("sell tea?", "sell tea [@kettle2018]?")]),
    "a citation of nothing": Case(
        lambda doc: doc.replace("sell tea?", "sell tea [@nobody]?"),
        [("sell tea?", "sell tea \\[\\@nobody\\]?")],
        ["paper.qmd: the text cites @nobody, which is no source of this paper: add it to the bibliography"],
    ),
    "a reference typed": Case(lambda doc: doc.replace("sell tea?", "sell tea (see [@fig-growth])?"), [("sell tea?", "sell tea (see [@fig-growth])?")]),
    "a citation copied": Case(lambda doc: doc.paragraph("Nobody drinks").append(deepcopy(doc.control("_@kettle2018_#1"))), [("it cold.", "it cold.[@kettle2018]")]),
    "a citation typed over": Case(
        lambda doc: doc.type_over("_@kettle2018_#1", "(Pan, 2019)"),
        [],
        ["paper.qmd, row ASK: the co-author wrote (Pan, 2019) for `[@kettle2018]` ((Kettle & Spout, 2018)): cite another source, or refer to another place, as [@key]"],
    ),
    # numbers
    "a number typed over": Case(lambda doc: doc.type_over(MEAN, "35 %"), [], ["paper.qmd, row ROW: the co-author wrote 35 % for `growth.mean` (21.0%): change the data, or the sentence"]),
    "a number typed in its control's place": Case(lambda doc: drop(doc, MEAN, "22%"), [], ["paper.qmd, row ROW: the co-author wrote 22% for `growth.mean` (21.0%): change the data, or the sentence"]),
    "the same number in its control's place": Case(lambda doc: drop(doc, MEAN, "21.0%")),
    "a number typed in a rewritten sentence": Case(
        lambda doc: (drop(doc, MEAN), doc.replace("), and the mean growth is ", "), while on average 22% were gained"))[0],
        [(f", and {GROWTH}. ", ', while on average `{python} n["growth.mean"]` were gained. ')],
        ["paper.qmd, row ROW: the co-author wrote 22% for `growth.mean` (21.0%): change the data, or the sentence"],
    ),
    "a number out with its words": Case(lambda doc: (drop(doc, MEAN), doc.replace(", and the mean growth is ", "")), [(f", and {GROWTH}", "")]),
    "a number moved": Case(
        lambda doc: doc.paragraph("Nobody drinks").append(doc.control(MEAN)),
        [(f"{GROWTH}.", "the mean growth is ."), ("it cold.", 'it cold.`{python} n["growth.mean"]`')],
    ),
    "a number copied": Case(lambda doc: doc.paragraph("Nobody drinks").append(deepcopy(doc.control(MEAN))), [("it cold.", 'it cold.`{python} n["growth.mean"]`')]),
    "a number of a table copied": Case(lambda doc: doc.paragraph("Nobody drinks").append(deepcopy(doc.control("cups.wait.gap#1"))), [("it cold.", 'it cold.`{python} n["cups.wait.gap"]`')]),
    "a number copied without its control": Case(
        lambda doc: doc.replace("drinks it cold", "drinks it cold, 21.0% more"), [("it cold.", "it cold, 21.0% more.")],
        typed=["the co-author typed 21.0%, which is no control; the paper has it as `growth.mean`"]),
    "numbers typed": Case(
        lambda doc: doc.after("Does a painted", "All 17 of 1,000, or 4–6 [@kettle2018]."),
        [("on such matters ask [@kettle2018].[^made-up]\n\n", "on such matters ask [@kettle2018].[^made-up]\n\nAll 17 of 1,000, or 4–6 [@kettle2018].\n\n")],
        typed=[f"the co-author typed {one}, which is no control" for one in ("17", "1,000", "4–6")]),
    "a number typed again": Case(
        lambda doc: doc.replace("on boards 4–6;", "on boards 4–6, yes 4–6;"), [("on boards 4–6;", "on boards 4–6, yes 4–6;")],
        typed=["the co-author typed 4–6, which is no control"]),
    "words beside a typed number": Case(lambda doc: doc.replace("on boards 4–6;", "on signs 4–6;"), [("on boards 4–6;", "on signs 4–6;")]),
    "a number in words typed over": Case(lambda doc: doc.type_over("counts.wishes#1", "seven"), [], ["paper.qmd, row SIGNS: the co-author wrote seven for `counts.wishes` (two): change the data, or the sentence"]),
    "a number in strong letters": Case(lambda doc: [one.get_or_add_rPr().append(parse_xml(f"<w:b {nsdecls('w')}/>")) for one in doc.control(MEAN).iter(qn("w:r"))], [('`{python} n["growth.mean"]`', '**`{python} n["growth.mean"]`**')]),
    "a number of a made table": Case(
        lambda doc: doc.type_over("stalls.hosts.north#1", "5"), [], ["the co-author wrote 5 for `stalls.hosts.north` (2): change the data, or the sentence"]),
    "a cell of a made table": Case(lambda doc: cell(doc, "mint & sage", "mint"), [], ["the co-author deleted '& sage' in 'mint & sage', which code makes: change the data, or the code"]),
    "a formula": Case(
        lambda doc: next(doc.body.iter("{http://schemas.openxmlformats.org/officeDocument/2006/math}t")).__setattr__("text", "c"),
        [], ["the co-author wrote c+b for `$a + b$` (a+b): change the formula in the manuscript"]),
    # claims
    "a formula out": Case(
        lambda doc: (one := doc.control("_a_b_#1")).getparent().remove(one),
        [], ["`$a + b$`: its formula is gone, which some programs lose: delete it in the manuscript"]),
    "words in a claim": Case(lambda doc: doc.type_over("abstract.all#1", "sold much more"), [(SOLD, SOLD.replace("sold more", "sold much more"))]),
    "a claim out": Case(lambda doc: drop(doc, "abstract.all#1"), [(f"stall {SOLD} than", "stall than")]),
    # displays
    "a caption that code holds": Case(lambda doc: doc.replace("Growth of sales since", "Growth in sales since"), [("Growth of sales since", "Growth in sales since")]),
    "a caption of the text": Case(lambda doc: doc.replace("from hearsay", "by hearsay"), [(": Prices, from hearsay", ": Prices, by hearsay")]),
    "a cell of the text's table": Case(lambda doc: cell(doc, "high", "dear"), [("| black | high |", "| black | dear |")]),
    "a row of the text's table": Case(lambda doc: row(doc, "greenlow"), [("| green | low |\n", "| green | low |\n| white | none |\n")]),
    "a figure out": Case(unpictured, [], ["the co-author deleted 'a picture', which code makes: change the data, or the code"]),
    "a picture put in": Case(picture, [], ["row 111: the co-author put in a picture: make it a figure of the paper"]),
    "the paper's title": Case(lambda doc: doc.replace("Tea stalls and their signs", "Stalls and signs"), [('title: "Tea stalls and their signs"', 'title: "Stalls and signs"')]),
    "an author's name": Case(lambda doc: doc.replace("Ben Placeholder", "Benno Placeholder"), [], ["paper.qmd, row 9: the co-author wrote Benno for 'Ben', which the front matter gives: change it there"]),
    "a source": Case(lambda doc: doc.replace("Sample House", "Some House"), [], ["paper.qmd: the co-author wrote Some for 'Sample', which the bibliography gives: change it there"]),
    "a second paragraph in a cell": Case(lambda doc: in_cell(doc, "high", paragraph("or so", "")), [("| black | high |", "| black | high or so |")]),
    "a list in a cell": Case(lambda doc: in_cell(doc, "high", deepcopy(doc.paragraph("green tea"))), [("| black | high |", "| black | high green tea |")]),
    "a line broken in a cell": Case(broken_line, [("| black | high |", "| black | high or so |")]),
    "cells made one": Case(merge_cells, [("| black | high |", "| black | |")]),
    "a second paragraph in a cell of a made table": Case(
        lambda doc: cell_of(doc, "mint & sage").append(paragraph("or so", "")), [], ["the co-author added 'or so' to 'mint & sage', which code makes: change the data, or the code"]),
    # what pandoc does not read by itself
    "a box of words": Case(box, [("it cold.\n", "it cold.\n\nIn a box.\n")]),
    "an endnote": Case(end_note, [("it cold.", "it cold.^[Not so.]")]),
    "a field in one piece": Case(
        lambda doc: doc.paragraph("Nobody drinks").append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" REF x "><w:r><w:t> See above.</w:t></w:r></w:fldSimple>')),
        [("it cold.", "it cold. See above.")]),
    "small capitals": Case(lambda doc: doc.formatted("Does a painted", "painted", "smallCaps"), [("Does a painted", "Does a [painted]{.smallcaps}")]),
    # notes
    "a note out": Case(lambda doc: [one.getparent().getparent().remove(one.getparent()) for one in list(doc.body.iter(qn("w:footnoteReference")))], [("[@kettle2018].[^made-up]", "[@kettle2018]."), ("[^made-up]: Neither book nor survey exists.\n\n", "")]),
    # tracked changes
    "tracked words taken": Case(tracked_replace, [("it cold.", "it warm.")]),
    "tracked words left": Case(tracked_replace, take=False),
    "a tracked paragraph taken": Case(tracked_paragraph, [(QUOTE, QUOTE + "Put in.\n\n")]),
    "a tracked paragraph left": Case(tracked_paragraph, take=False),
    "a tracked deletion taken": Case(tracked_deleted_paragraph, [(QUOTE, "")]),
    "a tracked deletion left": Case(tracked_deleted_paragraph, take=False),
    "a tracked row's deletion taken": Case(tracked_row, [("| black | high |\n", "")]),
    "a tracked row's deletion left": Case(tracked_row, take=False),
    "a tracked move taken": Case(tracked_move, [(QUOTE, ""), ("[@kettle2018].[^made-up]\n\n", "[@kettle2018].[^made-up]\n\n" + QUOTE)]),
    "a tracked move left": Case(tracked_move, take=False),
    "tracked formatting taken": Case(tracked_format, [("it cold.", "it **cold**.")]),
    "tracked formatting left": Case(tracked_format, take=False),
    "a tracked number taken": Case(tracked_number, [], ["paper.qmd, row ROW: the co-author wrote 22% for `growth.mean` (21.0%): change the data, or the sentence"]),
    "a tracked number left": Case(tracked_number, take=False),
    "tracked words in code taken": Case(tracked_code, [("y = 2\n", "y = 2 * x\n")]),
    "tracked words in code left": Case(tracked_code, take=False),
    "tracked changes of two taken": Case(tracked_by_two, [("it cold.", "it quite too cold.")]),
    "tracked changes of two left": Case(tracked_by_two, take=False),
    "a tracked caption out taken": Case(
        tracked_caption_out, [(": Prices, from hearsay {#tbl-prices}\n\n", "")],
        ["#tbl-prices is gone with what was deleted or joined, and referred to in row LINES: put it back, or take the reference away"]),
    "a tracked caption out left": Case(tracked_caption_out, take=False),
    "a tracked paragraph of another style left": Case(tracked_styled, take=False),
    # comments
    "comments on tracked words taken": Case(
        noted_on_tracked, [("it cold.", "it <!-- Ben: Why? --> <!-- Ann: It is. -->.")], comments=["QUOTED Ben Why?", "QUOTED Ann It is."]),
    "comments on tracked words left": Case(
        noted_on_tracked, [("it cold.", "it cold <!-- Ben: Why? --> <!-- Ann: It is. -->.")], comments=["QUOTED Ben Why?", "QUOTED Ann It is."], take=False),
    "comments that answer and are resolved": Case(
        threaded, [("it cold.", "it cold <!-- Ben (resolved): Why? --> <!-- Ann to Ben (resolved): It is. -->.")],
        comments=["QUOTED Ben (resolved) Why?", "QUOTED Ann to Ben (resolved) It is."]),
    "a comment": Case(lambda doc: doc.comment("Does a painted", "painted", "Which sign?"), [("a painted sign sell", "a painted <!-- Ben: Which sign? --> sign sell")], comments=["ASK Ben Which sign?"]),
    "a comment on a heading": Case(lambda doc: doc.comment("Sundries", "Sundries", "Drop it?"), [("{#sec-sundries}\n", "{#sec-sundries}\n\n<!-- Ben: Drop it? -->\n")], comments=["SUNDRIES Ben Drop it?"]),
    "a comment that would end itself": Case(lambda doc: doc.comment("Does a painted", "painted", "a --> b"), [("a painted sign sell", "a painted <!-- Ben: a –> b --> sign sell")], comments=["ASK Ben a --> b"]),
}  # fmt: skip


def test_there_are_kinds_enough() -> None:
    assert len(CASES) >= 60


def holds(case: Case, sent: Sent) -> None:
    """An edit comes back as exactly its changes of the manuscript, with exactly what is told of it."""
    expected = sent.text
    for old, new in case.changes:
        old = old.replace("CALLOUT", _callout(sent.text)).replace("EVERY", _every(sent.text))
        assert expected.count(old) == 1, f"{old!r} is {expected.count(old)} times in the manuscript"
        expected = expected.replace(old, new)
    doc = Edited(sent.docx)
    case.edit(doc)
    back = read_back(doc.saved(), "sent.docx", sent.text, KNOWN, case.take)
    assert expected == back.text
    assert len(case.refused) == len(back.refused), back.refused
    assert all(
        found.endswith(_filled(told, sent)) for told, found in zip(case.refused, back.refused, strict=True)
    ), back.refused
    assert list(case.typed) == [one.split(": ", 1)[1] for one in back.typed]
    assert list(case.lost) == [one.split(": ", 1)[1].split(" is gone")[0] for one in back.lost]
    told = [f"{one.row} {one.author} {one.text}" for one in back.comments]
    assert [_filled(one, sent) for one in case.comments] == told
    assert back.conflicts == []


@pytest.mark.parametrize("name", CASES)
def test_an_edit_comes_back(name: str, sent: Sent) -> None:
    holds(CASES[name], sent)


def _filled(text: str, sent: Sent) -> str:
    """A text with rows in the place of their names."""
    for name, (words, further) in ROWS.items():
        row = sent.text[: sent.text.index(words)].count("\n") + 1 + further
        text = re.sub(rf"\b{name}\b", str(row), text)
    return text


def _every(text: str) -> str:
    (line,) = (line for line in text.split("\n") if line.startswith("Every stall"))
    return line


def _callout(text: str) -> str:
    start = text.index("::: {.callout-note}")
    return text[start : text.index(":::\n\n", start) + 5]
